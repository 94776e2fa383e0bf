//! Redaction of names, sources, amounts, quotes or texts, for sharing a map with people who must not see them.
//!
//! In the redacted map, every record keeps its slot, so that typed ids, saved views and citation numbers stay valid;
//! only the contents of records change. Three steps:
//!
//! 1. *Structure*: removes the contents of everything that refers to a redacted record (`records.rs`).
//! 2. *Matching*: withholds every other text that contains a spelling of something redacted (`spellings.rs`,
//!    `matcher.rs`, `quotes.rs`, `amounts.rs`, `hosts.rs`); compares normalized text (`fold.rs`).
//! 3. *Review*: lists the remaining texts for a person, who can withhold each one (`review.rs`).
//!
//! The review exists for nicknames and descriptions that share no word with a name, which no algorithm can find.

mod amounts;
mod fields;
mod fold;
mod hosts;
mod lexicon;
mod matcher;
mod placeholders;
mod quotes;
mod records;
mod request;
mod review;
mod romanize;
mod secrets;
mod spellings;

use std::collections::BTreeSet;

pub use self::fields::{TextOwner, TextPlace};
pub use self::placeholders::WITHHELD;
pub use self::request::Redaction;
pub use self::review::RemainingText;

use self::fields::{TextCategory, judge_texts};
use self::placeholders::is_mark;
use self::secrets::Secrets;
use crate::model::{ActorId, Map};

/// Applies a [`Redaction`] to a map and lists the remaining texts.
pub struct Redactor<'a> {
    map: &'a Map,
    redaction: &'a Redaction,
    /// The redacted records, including implied ones, and the matchers.
    secrets: Secrets,
}

impl<'a> Redactor<'a> {
    /// Determines the implied redactions and builds the matchers.
    #[must_use]
    pub fn new(map: &'a Map, redaction: &'a Redaction) -> Self {
        Self { map, redaction, secrets: Secrets::new(map, redaction) }
    }

    /// Returns the redacted map. Records keep their slots, ties their ends and sources their citation numbers.
    #[must_use]
    pub fn redact(&self) -> Map {
        if self.redaction.is_empty() {
            return self.map.clone();
        }
        let mut records = self.map.records().clone();
        records::strip(self.map, self.redaction, &self.secrets, &mut records);
        judge_texts(&mut records, &mut |place, sort, text| self.is_withheld(place, sort, text));
        records::rename_keys(&mut records);
        // Can't fail, since ids are unchanged and the new keys are unique; if it does, fail closed with an empty map.
        Map::of_records(records).unwrap_or_default()
    }

    /// Whether a note on the canvas must not be shown; `index` is its position among the notes.
    #[must_use]
    pub fn is_note_withheld(&self, index: u32, words: &str) -> bool {
        !self.redaction.is_empty() && self.is_withheld(TextPlace::of_note(index), TextCategory::Free, words)
    }

    /// Returns all redacted actors, including implied ones.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> {
        self.secrets.actors.iter().copied()
    }

    /// Returns the actors that are redacted only because they share the name of a redacted one.
    #[must_use]
    pub fn bearers(&self) -> BTreeSet<ActorId> {
        self.secrets.actors.difference(&self.secrets.asked).copied().collect()
    }

    fn is_withheld(&self, place: TextPlace, sort: TextCategory, text: &str) -> bool {
        !is_mark(text.trim())
            && !text.is_empty()
            && (self.redaction.texts.contains(&place)
                || (self.redaction.hides_texts && sort.is_text())
                || self.secrets.touch(sort, text))
    }
}

/// Returns the redacted map; see [`Redactor::redact`].
#[must_use]
pub fn redact(map: &Map, redaction: &Redaction) -> Map {
    Redactor::new(map, redaction).redact()
}

#[cfg(test)]
mod tests;
