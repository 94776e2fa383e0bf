// A map's page: opens records and points at what is drawn. The records stand in the markup; the address after "#"
// says which one is open, so that links, history and bookmarks work as everywhere. Nothing is loaded or sent.

document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const [map, picture, panel] = ["map", "picture", "panel"].map(byId);
  const OVERVIEW = "overview";

  // ---- The picture's parts ------------------------------------------------------------------------------------

  const groupBy = (elements) => {
    const groups = new Map();
    for (const element of elements) {
      const of = element.dataset.of;
      if (!groups.has(of)) groups.set(of, []);
      groups.get(of).push(element);
    }
    return groups;
  };
  const links = groupBy(map.querySelectorAll("a[data-of]"));
  const stops = [...map.querySelectorAll("a.stop")];
  // A tie that is drawn in a ribbon is found where the ribbon is.
  for (const stop of stops) {
    for (const tie of (stop.dataset.ties || "").split(" ").filter(Boolean)) links.set(tie, links.get(stop.dataset.of));
  }

  /** For each actor its ties and their other ends, for each tie its ends. */
  const neighbors = new Map();
  const join = (a, b) => neighbors.set(a, (neighbors.get(a) || new Set()).add(b));
  for (const stop of stops) {
    const ends = (stop.dataset.ends || "").split(" ").filter(Boolean);
    for (const end of ends) {
      join(stop.dataset.of, end);
      join(end, stop.dataset.of);
      for (const other of ends) join(end, other);
    }
    for (const tie of (stop.dataset.ties || "").split(" ").filter(Boolean)) {
      join(tie, stop.dataset.of);
      for (const end of ends) join(tie, end);
    }
  }

  /** The place of a record at which the Tab key stops. */
  const stopOf = (id) => (links.get(id) || []).find((link) => link.classList.contains("stop"));

  /** The boxes of stops that depend on the scale: each with the scale from which it applies. */
  const boxes = [...map.querySelectorAll("rect[data-boxes]")].map((rect) => {
    return { rect, of: rect.dataset.boxes.split(";").map((box) => box.split(" ").map(Number)) };
  });
  /** The scales at which the picture changes. */
  const turns = new Set(boxes.flatMap(({ of }) => of.map(([from]) => from)));
  for (const { dataset: { from, until } } of picture.querySelectorAll("g.scaled")) {
    for (const turn of [from, until]) if (turn) turns.add(Number(turn));
  }
  const sorted = [...turns].sort((a, b) => a - b);
  let level = -1;

  /** Shows what is drawn at a scale. */
  function showAt(scale) {
    const now = sorted.filter((turn) => turn <= scale).length;
    if (now === level) return;
    level = now;
    for (const group of map.querySelectorAll("g.scaled")) {
      const { from, until } = group.dataset;
      group.classList.toggle("seen", scale >= Number(from || 0) && scale < Number(until || Infinity));
    }
    for (const { rect, of } of boxes) {
      const [, x, y, width, height, rx] = of.filter(([from]) => from <= scale).pop() || of[0];
      for (const [name, value] of Object.entries({ x, y, width, height, rx })) rect.setAttribute(name, value);
    }
  }

  const camera = createCamera(map, (scale) => {
    byId("scale").textContent = `${Math.round(scale * 100)}%`;
    showAt(scale);
  });
  window.addEventListener("beforeprint", () => showAt(Number(picture.dataset.scale)));

  // ---- Pointing -------------------------------------------------------------------------------------------------

  /** The part under a place on the screen: what contains it, else the nearest of the lanes that are close. */
  function partAt(clientX, clientY) {
    const found = document.elementsFromPoint(clientX, clientY).map((element) => element.closest("a.hit")).filter(Boolean);
    const solid = found.find((link) => !link.classList.contains("lane"));
    if (solid) return solid.dataset.of;
    const place = camera.placeAt(clientX, clientY);
    const distances = [...new Set(found)].map((link) => [distance(link.querySelector("path"), place), link.dataset.of]);
    return distances.sort((a, b) => a[0] - b[0]).map(([, of]) => of)[0];
  }

  /** How far a place is from a path, in the picture's units. */
  function distance(path, place) {
    const length = path.getTotalLength();
    const steps = Math.min(Math.max(Math.ceil(length / 6), 8), 400);
    let least = Infinity;
    for (let step = 0; step <= steps; step += 1) {
      const point = path.getPointAtLength((length * step) / steps);
      least = Math.min(least, Math.hypot(point.x - place.x, point.y - place.y));
    }
    return least;
  }

  let hot = null;
  function warm(id) {
    if (id === hot) return;
    for (const link of links.get(hot) || []) link.classList.remove("hot");
    for (const link of links.get(id) || []) link.classList.add("hot");
    hot = id;
  }
  map.addEventListener("pointermove", (event) => {
    if (!camera.isBusy() && event.pointerType === "mouse") warm(partAt(event.clientX, event.clientY));
  });
  map.addEventListener("pointerleave", () => warm(null));
  // Heard at the stage: an SVG that listens for the focus would become a stop of the Tab key itself.
  map.parentElement.addEventListener("focusin", (event) => {
    const stop = event.target.closest("a.stop");
    if (!stop) return;
    warm(stop.dataset.of);
    if (stop.matches(":focus-visible")) camera.reveal(stop);
  });
  map.parentElement.addEventListener("focusout", () => warm(null));

  map.addEventListener("click", (event) => {
    if (camera.wasDragged()) {
      event.preventDefault();
      return;
    }
    cameFrom = event.target.closest("a.stop");
    // A key press has no place; the browser then follows the link by itself.
    if (event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(partAt(event.clientX, event.clientY) || OVERVIEW);
  });

  // ---- Records --------------------------------------------------------------------------------------------------

  /** Where on the map the open record was chosen, to go back to. */
  let cameFrom = null;
  let isByKey = false;
  document.addEventListener("keydown", () => { isByKey = true; }, true);
  document.addEventListener("pointerdown", () => { isByKey = false; }, true);

  const named = () => {
    const record = byId(location.hash.slice(1));
    return record && record.matches("article.record") ? record : byId(OVERVIEW);
  };

  function go(id) {
    if (named().id === id) showPanel();
    else if (id !== OVERVIEW || location.hash) location.hash = id;
  }

  /** On a narrow screen the panel lies below the picture. */
  function showPanel() {
    if (matchMedia("(max-width: 799.98px)").matches && named().id !== OVERVIEW) panel.scrollIntoView();
  }

  function open() {
    const record = named();
    const id = record.id;
    for (const other of document.querySelectorAll("article.open")) other.classList.remove("open");
    record.classList.add("open");
    root.dataset.at = id;
    panel.scrollTop = 0;
    for (const link of map.querySelectorAll("a.open")) link.classList.remove("open");
    for (const link of links.get(id) || []) link.classList.add("open");
    fade(id);
    if (stopOf(id)) camera.reveal(stopOf(id));
    if (isByKey && id !== OVERVIEW) record.querySelector("h2").focus({ preventScroll: true });
    showPanel();
  }

  /** Keeps a part and its neighbors bright: what is not near lies under a veil, over which the rest is drawn again. */
  function fade(id) {
    const layer = byId("near");
    layer.replaceChildren();
    const near = neighbors.get(id) || mentioned(byId(id));
    if (!near.size) return;
    const veil = document.createElementNS(map.namespaceURI, "rect");
    const { x, y, width, height } = camera.world;
    const box = { x: x - width, y: y - height, width: 3 * width, height: 3 * height, class: "veil" };
    for (const [name, value] of Object.entries(box)) veil.setAttribute(name, value);
    layer.append(veil);
    for (const path of map.querySelectorAll("#lanes a.open path")) {
      const halo = path.cloneNode();
      halo.setAttribute("class", "halo");
      layer.append(halo);
    }
    for (const group of picture.children) {
      const of = group.dataset.of;
      if (!of || of === id || near.has(of)) layer.append(group.cloneNode(true));
    }
  }

  /** What a record that is not on the map itself names there: the ties that rest on a source, with their ends. */
  function mentioned(record) {
    const near = new Set();
    for (const link of record.matches("[data-kind]") ? record.querySelectorAll("a[href^='#']") : []) {
      const of = link.hash.slice(1);
      if (!links.has(of)) continue;
      near.add(of);
      const stop = stopOf(of);
      if (stop) near.add(stop.dataset.of);
      for (const end of (stop && stop.dataset.ends || "").split(" ").filter(Boolean)) near.add(end);
    }
    return near;
  }

  function close() {
    const back = cameFrom;
    cameFrom = null;
    if (matchMedia("(max-width: 799.98px)").matches) window.scrollTo(0, 0);
    go(OVERVIEW);
    (back || byId(OVERVIEW).querySelector("h2")).focus({ preventScroll: true });
  }

  /** Copies the citation of a record; where the browser allows no copying, shows it to be copied by hand. */
  async function copy(button) {
    const text = button.closest("article").querySelector(".citation");
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy citation"; }, 1500);
    } catch {
      text.hidden = false;
      getSelection().selectAllChildren(text);
    }
  }
  panel.addEventListener("click", (event) => {
    if (event.target.matches("button.copy")) copy(event.target);
  });
  byId("close").addEventListener("click", close);
  window.addEventListener("hashchange", open);

  // ---- Keys and buttons -----------------------------------------------------------------------------------------

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  /** The nearest stop in a direction, seen from one that has the focus. */
  function walk(stop, [dx, dy]) {
    const here = centerOf(stop);
    let best = null;
    for (const other of stops) {
      const there = centerOf(other);
      const [x, y] = [there.x - here.x, there.y - here.y];
      const ahead = x * dx + y * dy;
      const aside = Math.abs(x * dy - y * dx);
      if (other === stop || ahead <= 0 || aside > 2 * ahead) continue;
      const cost = ahead + 2 * aside;
      if (!best || cost < best.cost) best = { cost, other };
    }
    if (best) best.other.focus();
  }

  const search = createSearch(open);

  const ACTIONS = {
    "+": () => camera.zoomAtCenter(1.25), "=": () => camera.zoomAtCenter(1.25), "-": () => camera.zoomAtCenter(0.8),
    f: camera.fit, "0": camera.fit, "/": search.focus, Escape: close,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
    const stop = event.target.closest("#map a.stop");
    if (stop && ARROWS[event.key]) walk(stop, ARROWS[event.key]);
    else if (ACTIONS[event.key]) ACTIONS[event.key]();
    else return;
    event.preventDefault();
  });

  byId("in").addEventListener("click", () => camera.zoomAtCenter(1.25));
  byId("out").addEventListener("click", () => camera.zoomAtCenter(0.8));
  byId("fit").addEventListener("click", camera.fit);
  byId("print").addEventListener("click", () => window.print());
  byId("theme").addEventListener("click", () => {
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  });

