//! A map with names, sources, amounts, quotes or texts taken out, for people who must not see them.
//!
//! Map to map: every record stays at its place, so that typed ids, saved looks and citation numbers go on to hold; only
//! what the records say is changed. Three steps:
//!
//! 1. *Structure*: what refers to something redacted goes whole (`records.rs`).
//! 2. *Matching*: every other text is compared with the spellings of what is redacted (`spellings.rs`, `matcher.rs`, `quotes.rs`, `amounts.rs`,
//!    `hosts.rs`) in a form without disguises (`fold.rs`), and goes whole when it is touched.
//! 3. *Review*: what remains is listed for a person, who can withhold each text (`review.rs`).
//!
//! No program knows nicknames and descriptions that share no word with a name: that is what the review is for.

mod amounts;
mod fields;
mod fold;
mod hosts;
mod lexicon;
mod marks;
mod matcher;
mod quotes;
mod records;
mod request;
mod review;
mod romanize;
mod secrets;
mod spellings;

use std::collections::BTreeSet;

pub use self::fields::{TextOwner, TextPlace};
pub use self::marks::WITHHELD;
pub use self::request::Redaction;
pub use self::review::RemainingText;

use self::fields::{Sort, judge_texts};
use self::marks::is_mark;
use self::secrets::Secrets;
use crate::model::{ActorId, Map};

/// Takes out of one map what a [`Redaction`] names, and tells what remains.
pub struct Redactor<'a> {
    map: &'a Map,
    redaction: &'a Redaction,
    /// What is redacted with it, and the matchers.
    secrets: Secrets,
}

impl<'a> Redactor<'a> {
    /// Decides what goes with what is redacted, and builds the matchers.
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
        !is_mark(text.trim())
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

#[cfg(test)]
mod tests;
