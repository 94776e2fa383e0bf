// The search field: finds records by a part of a name, an alias, a label, a text, a source or a quote.

const MOST_HITS = 40;

/** What a hit in a field is worth; the order in which the hits are listed. */
const FIELDS = { name: 50, alias: 40, label: 30, source: 20, text: 10, quote: 5 };

/** Wakes the search field. `reopen` is called for a hit that is open already. */
function createSearch(reopen) {
  const [query, hits, count] = ["query", "hits", "count"].map((id) => document.getElementById(id));
  const list = hits.querySelector("ul");
  let index = null;

  /** Letters without marks and in one case; of the same length where that is possible, so that places agree. */
  const fold = (text) => [...text].map((letter) => {
    const plain = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return plain.length === letter.length ? plain : letter.toLowerCase();
  }).join("");

  function fieldsOf(record) {
    const kind = record.dataset.kind;
    const texts = (field, selector) =>
      [...record.querySelectorAll(selector)].map((element) => [field, element.textContent]);
    const own = [...texts("name", ":scope > h2"), ...texts("alias", "[data-field=alias]")];
    const text = texts("text", ":scope > p.text");
    if (kind === "actor") return [...own, ...text];
    if (kind === "source") return [...own, ...texts("source", ":scope > dl:first-of-type dd")];
    return [...own, ...texts("label", ":scope > .subtitle, :scope > .figure"), ...text, ...texts("quote", "blockquote")];
  }

  function buildIndex() {
    const records = [...document.querySelectorAll("article.record[data-kind]")];
    return records.map((record) => ({
      id: record.id,
      title: record.querySelector("h2").textContent,
      note: (record.querySelector(":scope > .subtitle") || { textContent: "" }).textContent,
      fields: fieldsOf(record).map(([field, text]) => ({ field, text, folded: fold(text) })),
    }));
  }

  function search() {
    index = index || buildIndex();
    const words = fold(query.value).split(/\s+/).filter(Boolean);
    const found = [];
    for (const record of words.length ? index : []) {
      let best = null;
      for (const { field, text, folded } of record.fields) {
        if (!words.every((word) => folded.includes(word))) continue;
        const score = FIELDS[field] + (folded.startsWith(words[0]) ? 3 : 0) + Math.max(0, 2 - text.length / 100);
        if (!best || score > best.score) best = { record, field, text, folded, score };
      }
      if (best) found.push(best);
    }
    found.sort((a, b) => b.score - a.score);
    hits.hidden = !words.length;
    count.textContent = found.length ? `${found.length} found` : "Nothing found";
    list.replaceChildren(...found.slice(0, MOST_HITS).map((hit) => hitLine(hit, words)));
  }

  function hitLine({ record, field, text, folded }, words) {
    const make = (tag, ...children) => {
      const element = document.createElement(tag);
      element.append(...children);
      return element;
    };
    const excerpt = marked(text, folded, words[0], make);
    const link = make("a");
    link.href = `#${record.id}`;
    if (field === "name") link.append(make("span", ...excerpt), make("small", record.note));
    else link.append(make("span", record.title), make("small", `${field}: `, ...excerpt));
    return make("li", link);
  }

  /** The words around a match, which is marked where folding kept the places. */
  function marked(text, folded, word, make) {
    const at = folded.length === text.length ? folded.indexOf(word) : -1;
    if (at < 0) return [text.slice(0, 160)];
    const end = at + word.length;
    const from = at < 60 ? 0 : text.indexOf(" ", at - 50) + 1;
    const before = from > 0 && from <= at ? `… ${text.slice(from, at)}` : text.slice(at < 60 ? 0 : at, at);
    const after = text.slice(end, end + 120);
    return [before, make("mark", text.slice(at, end)), after.length < 120 ? after : `${after} …`];
  }

  function leaveSearch() {
    query.value = "";
    hits.hidden = true;
  }
  query.addEventListener("input", search);
  query.addEventListener("focus", () => { if (query.value) search(); });
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("#search")) hits.hidden = true;
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    leaveSearch();
    if (link.hash === location.hash) reopen();
  });
  document.getElementById("search").addEventListener("keydown", (event) => {
    const all = [...list.querySelectorAll("a")];
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      leaveSearch();
      query.focus();
      event.stopPropagation();
    } else if (event.key === "Enter" && at < 0 && all.length && !hits.hidden) {
      all[0].click();
    } else if (event.key === "ArrowDown" && all.length) {
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (all[at - 1] || query).focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  return { focus: () => query.focus() };
}
