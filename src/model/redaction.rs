//! A map with names, sources, amounts, quotes or texts taken out, for people who must not see them.
//!
//! Map to map: every record stays at its place, so that typed ids, saved looks and citation numbers go on to hold; only
//! what the records say is changed. Three steps:
//!
//! 1. *Structure*: what refers to something redacted goes whole (`records.rs`).
//! 2. *Net*: every other text is compared with the spellings of what is redacted (`spellings.rs`, `net.rs`, `quotes.rs`, `amounts.rs`,
//!    `hosts.rs`) in a form without disguises (`fold.rs`), and goes whole when it is touched.
//! 3. *Review*: what remains is listed for a person, who can withhold each text (`review.rs`).
//!
//! No program knows nicknames and descriptions that share no word with a name: that is what the review is for.

mod amounts;
mod fields;
mod fold;
mod hosts;
mod lexicon;
mod net;
mod quotes;
mod records;
mod review;
mod romanize;
mod secrets;
mod spellings;

use std::collections::BTreeSet;

pub use self::fields::{TextOwner, TextPlace};
pub use self::review::RemainingText;

use self::fields::{Sort, judge_texts};
use self::secrets::Secrets;
use super::{ActorId, ActorKindId, Item, Map, SourceId, TieKindId};

/// What stands in place of a text.
pub const WITHHELD: &str = "withheld";

/// The same for a title and for the words of a quote, in the brackets that mark what editors put there.
const TITLE_WITHHELD: &str = "[title withheld]";
const QUOTE_WITHHELD: &str = "[withheld]";

/// What a picture for others must not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redaction {
    /// Actors that become "Company A", "Person B".
    pub actors: BTreeSet<ActorId>,
    /// Actors that keep their name although they bear that of a redacted one.
    pub kept_actors: BTreeSet<ActorId>,
    /// Kinds of actors that are left out, with all that is said of their actors.
    pub actor_kinds: BTreeSet<ActorKindId>,
    /// Kinds of ties that are left out, with all that is said by them.
    pub tie_kinds: BTreeSet<TieKindId>,
    /// Sources of which only the number stays.
    pub sources: BTreeSet<SourceId>,
    /// Single texts.
    pub texts: BTreeSet<TextPlace>,
    /// Whether amounts, shares, quantities and the texts that speak of them are withheld.
    pub hides_amounts: bool,
    /// Whether all quotes are withheld, and texts that repeat them.
    pub hides_quotes: bool,
    /// Whether all texts are withheld: what is left are names, kinds, stages, dates and numbers.
    pub hides_texts: bool,
}

impl Redaction {
    /// Whether nothing is to be taken out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { kept_actors: self.kept_actors.clone(), ..Self::default() }
    }

    /// What is taken out, for those who see the rest: "names, amounts and quotes withheld". `None` for nothing.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        let kinds = self.actor_kinds.len() + self.tie_kinds.len();
        let texts = if self.hides_texts { "texts" } else { "some texts" };
        let parts: Vec<&str> = [
            (!self.actors.is_empty(), "names"),
            (self.hides_amounts, "amounts"),
            (self.hides_quotes, "quotes"),
            (self.hides_texts || !self.texts.is_empty(), texts),
            (!self.sources.is_empty(), "sources"),
            (kinds > 0, if kinds == 1 { "one kind" } else { "some kinds" }),
        ]
        .into_iter()
        .filter_map(|(is_so, word)| is_so.then_some(word))
        .collect();
        match parts.as_slice() {
            [] => None,
            [one] => Some(format!("{one} withheld")),
            [most @ .., last] => Some(format!("{} and {last} withheld", most.join(", "))),
        }
    }

    /// Adds the record with this key; false if there is none that can be redacted by itself.
    #[must_use]
    pub fn add_record(&mut self, map: &Map, key: &str) -> bool {
        match map.find(key) {
            Some(Item::Actor(actor)) => self.actors.insert(actor),
            Some(Item::Source(source)) => self.sources.insert(source),
            Some(Item::Tie(_) | Item::Fact(_)) | None => return false,
        };
        true
    }

    /// Adds all kinds of actors and ties that have this word as key or label; false if there is none.
    #[must_use]
    pub fn add_kind(&mut self, map: &Map, word: &str) -> bool {
        let is_named =
            |key: &str, label: &str| key.eq_ignore_ascii_case(word) || label.to_lowercase() == word.to_lowercase();
        let before = self.actor_kinds.len() + self.tie_kinds.len();
        let actor_kinds = map.actor_kinds().iter().filter(|(_, kind)| is_named(&kind.key, &kind.label));
        self.actor_kinds.extend(actor_kinds.map(|(id, _)| id));
        let tie_kinds = map.tie_kinds().iter().filter(|(_, kind)| is_named(&kind.key, &kind.label));
        self.tie_kinds.extend(tie_kinds.map(|(id, _)| id));
        self.actor_kinds.len() + self.tie_kinds.len() > before
    }

    /// Adds the text that stands at a place written as [`TextPlace`] writes it, whether in the map or on the canvas
    /// with so many notes; false if there is none.
    #[must_use]
    pub fn add_text(&mut self, map: &Map, notes: u32, place: &str) -> bool {
        let mut found = None;
        judge_texts(&mut map.records().clone(), &mut |at, _, _| {
            if at.to_string() == place {
                found = Some(at);
            }
            false
        });
        let note = (0..notes).map(TextPlace::of_note).find(|at| at.to_string() == place);
        found.or(note).is_some_and(|at| {
            self.texts.insert(at);
            true
        })
    }
}

impl TextPlace {
    /// The words of a note on the canvas, by its place among the notes.
    #[must_use]
    pub fn of_note(index: u32) -> Self {
        Self { owner: TextOwner::Note(index), field: "", entry: None }
    }
}

/// Takes out of one map what a [`Redaction`] names, and tells what remains.
pub struct Redactor<'a> {
    map: &'a Map,
    redaction: &'a Redaction,
    /// What is redacted with it, and the nets.
    secrets: Secrets,
}

impl<'a> Redactor<'a> {
    /// Decides what goes with what is redacted, and knots the nets.
    #[must_use]
    pub fn new(map: &'a Map, redaction: &'a Redaction) -> Self {
        Self { map, redaction, secrets: Secrets::new(map, redaction) }
    }

    /// The map without what is redacted. Records keep their places, ties their ends and sources their numbers.
    #[must_use]
    pub fn redact(&self) -> Map {
        if self.redaction.is_empty() {
            return self.map.clone();
        }
        let mut records = self.map.records().clone();
        records::strip(self.map, self.redaction, &self.secrets, &mut records);
        judge_texts(&mut records, &mut |place, sort, text| self.is_withheld(place, sort, text));
        records::rename_keys(&mut records);
        // Ids stay and the new keys are unique; if that should ever fail, nothing at all is shown.
        Map::of_records(records).unwrap_or_default()
    }

    /// Whether a note on the canvas must not be shown; `index` is its place among the notes.
    #[must_use]
    pub fn is_note_withheld(&self, index: u32, words: &str) -> bool {
        !self.redaction.is_empty() && self.is_withheld(TextPlace::of_note(index), Sort::Free, words)
    }

    /// Actors that lose their name only since they bear that of a redacted one.
    #[must_use]
    pub fn bearers(&self) -> BTreeSet<ActorId> {
        self.secrets.actors.difference(&self.secrets.asked).copied().collect()
    }

    fn is_withheld(&self, place: TextPlace, sort: Sort, text: &str) -> bool {
        let is_mark = [WITHHELD, TITLE_WITHHELD, QUOTE_WITHHELD].contains(&text.trim());
        !is_mark
            && !text.is_empty()
            && (self.redaction.texts.contains(&place)
                || (self.redaction.hides_texts && sort.is_text())
                || self.secrets.touch(sort, text))
    }
}

/// The map without what is redacted.
#[must_use]
pub fn redact(map: &Map, redaction: &Redaction) -> Map {
    Redactor::new(map, redaction).redact()
}

/// A, B, … Z, AA, AB, …
fn letters(index: usize) -> String {
    let last = char::from(b'A' + (index % 26) as u8);
    if index < 26 { last.to_string() } else { format!("{}{last}", letters(index / 26 - 1)) }
}

#[cfg(test)]
mod tests;
