//! What a field offers while a person types into it, and what it takes on Enter.

mod evidence_fields;
mod understood;
mod wholes;

use crate::document::Document;
use crate::document::edit::{ActorChoice, Field, KindChoice, SourceChoice, StarterKind, TextEntry, read_typed};
use crate::load::{Pasted, guess_publisher, read_pasted, same_source, tidy_quotation};
use crate::model::{Item, Map, Quote, Source, SourceId};
use crate::wording::typed::Typed;
use crate::wording::{counted, reference, source_name, visible};

use evidence_fields::{proves, stances};
use understood::{MAX_ROWS, best, rank};
use wholes::wholes;

pub use evidence_fields::proves_text;
pub use understood::{Answered, Asked, Suggestion, Understood};

/// Reads a text typed into a field, and offers what it may mean.
#[must_use]
pub fn understand(document: &Document, asked: Asked, text: &str) -> Understood {
    let map = &document.map;
    match asked {
        Asked::Actor => actors(map, text.trim()),
        Asked::TieKind => tie_kinds(map, text.trim()),
        Asked::ActorKind => actor_kinds(map, text.trim()),
        Asked::Source => sources(map, text.trim()),
        Asked::Quote => quote(text),
        Asked::Stance => stances(text.trim()),
        Asked::Proves(claim) => proves(map, claim, text.trim()),
        Asked::Entry(item, TextEntry::Field(Field::PartOf)) if !text.trim().is_empty() => {
            wholes(document, item, text.trim())
        }
        Asked::Entry(item, entry) => values(document, item, entry, text),
        Asked::Text if text.trim().is_empty() => Understood::only("", String::new(), Answered::Nothing),
        Asked::Text => Understood::only(text.trim(), String::new(), Answered::Text(text.trim().to_owned())),
    }
}

fn values(document: &Document, item: Item, entry: TextEntry, text: &str) -> Understood {
    let today = Some(jiff::Zoned::now().date());
    match read_typed(document, item, entry, text, today) {
        Typed::Empty => match entry.emptied(document, item) {
            Some(values) => Understood::only("", String::new(), Answered::Values(values)),
            None => Understood::refused(format!("A record needs its {}.", entry.words())),
        },
        Typed::Means(meaning) => {
            let remark = if meaning.shown == text.trim() { String::new() } else { meaning.shown };
            Understood::only(text.trim(), remark, Answered::Values(meaning.value))
        }
        Typed::Several { meanings, usual } => {
            let rows = meanings.into_iter().map(|meaning| Suggestion {
                words: meaning.shown,
                note: String::new(),
                answer: Answered::Values(meaning.value),
            });
            let mut understood = Understood::list(rows.collect(), usual.map(|_| 0));
            understood.remark = match usual {
                Some(why) => format!("{}, {why}", understood.suggestions[0].words),
                None => "Several meanings: choose one.".to_owned(),
            };
            understood
        }
        Typed::Unreadable(reason) => Understood::refused(reason),
    }
}

fn actors(map: &Map, text: &str) -> Understood {
    let typed = text.to_lowercase();
    let ranked = map.actors().iter().filter_map(|(id, actor)| {
        let alias = || actor.aliases.iter().filter_map(|alias| rank(alias, &typed)).min().map(|rank| rank + 1);
        let rank = rank(&actor.name, &typed).or_else(alias)?;
        Some((rank, map.ties_of(id).len(), id))
    });
    let found = best(ranked);
    let is_exact = found.first().is_some_and(|(rank, _)| *rank <= 1 && !text.is_empty());
    let mut rows: Vec<Suggestion> = found
        .iter()
        .map(|&(_, id)| {
            let actor = map.actor(id);
            let kind = actor.kind.map(|kind| visible(&map.actor_kinds()[kind].label).into_owned());
            let ties = counted(map.ties_of(id).len(), "tie", "ties");
            let is_by_name = rank(&actor.name, &typed).is_some();
            let alias = actor.aliases.iter().find(|alias| !is_by_name && rank(alias, &typed).is_some());
            let alias = alias.map(|alias| format!("also {}", visible(alias)));
            Suggestion {
                words: visible(&actor.name).into_owned(),
                note: [alias, kind, Some(ties)].into_iter().flatten().collect::<Vec<_>>().join(", "),
                answer: Answered::Actor(ActorChoice::Known(id)),
            }
        })
        .collect();
    let is_known = found.first().is_some_and(|(rank, _)| *rank == 0);
    if !text.is_empty() && !is_known {
        rows.truncate(MAX_ROWS - 1);
        rows.push(Suggestion {
            words: text.to_owned(),
            note: "new actor".to_owned(),
            answer: Answered::Actor(ActorChoice::New(text.to_owned())),
        });
    }
    let marked = match () {
        () if text.is_empty() => None,
        () if is_exact && is_known => Some(0),
        // A prefix is completed only from three letters on; otherwise short new names could not be typed.
        () if is_exact && text.chars().count() >= 3 => Some(0),
        () => rows.len().checked_sub(1),
    };
    Understood::list(rows, marked)
}

fn tie_kinds(map: &Map, text: &str) -> Understood {
    let typed = text.to_lowercase();
    let mut uses = std::collections::HashMap::new();
    map.ties().values().for_each(|tie| *uses.entry(tie.kind).or_insert(0_usize) += 1);
    let ranked = map.tie_kinds().iter().filter_map(|(id, kind)| {
        let verb = || kind.verb.as_deref().and_then(|verb| rank(verb, &typed)).map(|rank| rank + 1);
        let rank = rank(&kind.label, &typed).or_else(verb)?;
        Some((rank, uses.get(&id).copied().unwrap_or(0), id))
    });
    let found = best(ranked);
    let is_known = found.first().is_some_and(|(rank, _)| *rank == 0);
    let mut rows: Vec<Suggestion> = found
        .into_iter()
        .map(|(_, id)| {
            let kind = &map.tie_kinds()[id];
            Suggestion {
                words: visible(&kind.label).into_owned(),
                note: kind.verb.as_deref().map(|verb| visible(verb).into_owned()).unwrap_or_default(),
                answer: Answered::TieKind(KindChoice::Known(id)),
            }
        })
        .collect();
    let is_there = |label: &str| map.tie_kinds().values().any(|kind| kind.label.eq_ignore_ascii_case(label));
    let starters = StarterKind::ALL.into_iter().filter(|kind| !is_there(kind.label));
    let mut starters: Vec<(u8, StarterKind)> = starters
        .filter_map(|kind| Some((rank(kind.label, &typed).or_else(|| rank(kind.verb, &typed).map(|it| it + 1))?, kind)))
        .collect();
    starters.sort_by_key(|(rank, _)| *rank);
    let has_starter = starters.first().is_some_and(|(rank, _)| *rank == 0);
    rows.extend(starters.into_iter().map(|(_, kind)| Suggestion {
        words: kind.label.to_owned(),
        note: kind.verb.to_owned(),
        answer: Answered::TieKind(KindChoice::New(kind.label.to_owned())),
    }));
    rows.truncate(MAX_ROWS - 1);
    let marked = (!text.is_empty()).then_some(0);
    if !text.is_empty() && !is_known && !has_starter {
        rows.push(Suggestion {
            words: text.to_owned(),
            note: "new kind".to_owned(),
            answer: Answered::TieKind(KindChoice::New(text.to_owned())),
        });
    }
    Understood::list(rows, marked)
}

fn actor_kinds(map: &Map, text: &str) -> Understood {
    let typed = text.to_lowercase();
    let ranked = map.actor_kinds().iter().filter_map(|(id, kind)| Some((rank(&kind.label, &typed)?, 0, id)));
    let found = best(ranked);
    let is_known = found.first().is_some_and(|(rank, _)| *rank == 0);
    let mut rows: Vec<Suggestion> = found
        .into_iter()
        .map(|(_, id)| Suggestion {
            words: visible(&map.actor_kinds()[id].label).into_owned(),
            note: "kind".to_owned(),
            answer: Answered::ActorKind(Ok(id)),
        })
        .collect();
    let is_there = |label: &str| map.actor_kinds().values().any(|kind| kind.label.eq_ignore_ascii_case(label));
    let starters = StarterKind::ACTORS.iter().filter(|label| !is_there(label) && rank(label, &typed).is_some());
    rows.extend(starters.map(|label| Suggestion {
        words: (*label).to_owned(),
        note: "kind".to_owned(),
        answer: Answered::ActorKind(Err((*label).to_owned())),
    }));
    rows.truncate(MAX_ROWS - 1);
    let has_starter = StarterKind::ACTORS.iter().any(|label| label.eq_ignore_ascii_case(text));
    if text.is_empty() {
        let mut understood = Understood::list(rows, None);
        understood.suggestions.push(Suggestion {
            words: String::new(),
            note: "no kind".to_owned(),
            answer: Answered::Nothing,
        });
        return understood;
    }
    if !is_known && !has_starter {
        rows.push(Suggestion {
            words: text.to_owned(),
            note: "new kind".to_owned(),
            answer: Answered::ActorKind(Err(text.to_owned())),
        });
    }
    Understood::list(rows, Some(0))
}

fn source_row(map: &Map, id: SourceId, quote: Option<Quote>, note: Option<String>) -> Suggestion {
    let number = map.citation_number(id).map(|number| format!("[{number}] ")).unwrap_or_default();
    Suggestion {
        words: format!("{number}{}", source_name(map, id)),
        note: note.unwrap_or_else(|| reference(map, id)),
        answer: Answered::Source(SourceChoice::Known(id), quote, Vec::new()),
    }
}

fn sources(map: &Map, text: &str) -> Understood {
    if text.is_empty() {
        // The sources added last are the likeliest.
        let mut ids: Vec<SourceId> = map.sources().iter().map(|(id, _)| id).collect();
        ids.reverse();
        ids.truncate(MAX_ROWS);
        let mut rows: Vec<Suggestion> = ids.into_iter().map(|id| source_row(map, id, None, None)).collect();
        rows.push(Suggestion { words: String::new(), note: "no source".to_owned(), answer: Answered::Nothing });
        return Understood::list(rows, None);
    }
    if let Some(understood) = pasted_sources(map, text) {
        return understood;
    }
    let typed = text.to_lowercase();
    let ranked = map.sources().iter().filter_map(|(id, source)| {
        let texts = [source.title.as_deref(), source.publisher.as_deref(), source.url.as_deref()];
        let rank = texts.into_iter().flatten().filter_map(|text| rank(text, &typed)).min()?;
        Some((rank, map.claims_of(id).len(), id))
    });
    let mut rows: Vec<Suggestion> =
        best(ranked).into_iter().take(MAX_ROWS - 1).map(|(_, id)| source_row(map, id, None, None)).collect();
    let title = Source { title: Some(text.to_owned()), ..Source::default() };
    rows.push(Suggestion {
        words: text.to_owned(),
        note: "new source with this title".to_owned(),
        answer: Answered::Source(SourceChoice::New(Box::new(title)), None, Vec::new()),
    });
    Understood::list(rows, Some(0))
}

/// Returns how entries of a bibliography, an address or a DOI are understood; `None` for other texts.
fn pasted_sources(map: &Map, text: &str) -> Option<Understood> {
    let Pasted::Sources(pasted) = read_pasted(text) else { return None };
    let mut entries = pasted.sources.into_iter();
    let new = entries.next()?;
    let further: Vec<Source> = entries.map(|entry| with_publisher(map, entry.source)).collect();
    let quote = new.quotes.into_iter().next().map(|quote| quote.quote);
    if let Some(known) = same_source(map, &new.source) {
        let mut row = source_row(map, known, quote.clone(), None);
        row.answer = Answered::Source(SourceChoice::Known(known), quote, further);
        let here = format!("Already here: {}. That one is cited.", source_name(map, known));
        let remark = [Some(here), further_words(&row.answer)].into_iter().flatten().collect::<Vec<_>>().join(" ");
        return Some(Understood { remark, ..Understood::list(vec![row], Some(0)) });
    }
    let source = with_publisher(map, new.source);
    let name = match (&source.title, &source.url) {
        (Some(title), _) => visible(title).into_owned(),
        (None, Some(url)) => format!("No title yet: shown by its address, {}", visible(url)),
        (None, None) => String::new(),
    };
    let answer = Answered::Source(SourceChoice::New(Box::new(source)), quote, further);
    let remark = further_words(&answer).unwrap_or(name);
    Some(Understood::only(text, remark, answer))
}

/// Fills in the publisher that sources of the same site have.
fn with_publisher(map: &Map, source: Source) -> Source {
    let publisher = source.publisher.clone().or_else(|| guess_publisher(map, &source));
    Source { publisher, ..source }
}

/// Says what becomes of several entries that were pasted at once; `None` for a single one.
#[must_use]
pub fn further_words(answer: &Answered) -> Option<String> {
    let Answered::Source(_, _, further) = answer else { return None };
    let count = further.len() + 1;
    let all = if count == 2 { "both" } else { "all" };
    (count > 1).then(|| format!("{count} entries pasted: {all} become sources, the first is cited."))
}

fn quote(text: &str) -> Understood {
    let tidy = tidy_quotation(text);
    if tidy.trim().is_empty() {
        return Understood::only("", String::new(), Answered::Nothing);
    }
    let remark = if tidy == text.trim() { String::new() } else { format!("“{}”", visible(&tidy)) };
    Understood::only(text, remark, Answered::Text(tidy))
}
