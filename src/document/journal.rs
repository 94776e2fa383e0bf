//! Unsaved changes as lines of text, by the file's own keys: the format of a journal, which outlives a crash.
//!
//! The first line is a [`Header`]; each further line is a batch of [`JournalChange`]s with the time at which it was written.
//! A change says what is not as the file has it, or, with `same`, that it is again. The last word on one thing counts,
//! so a journal is a set of differences from the file, and a line that is torn off loses its own changes only.
//! Nothing here touches a disk or a clock.

mod apply;
mod changes;
mod filter;
mod records;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Look, Snapshot};
use crate::model::Map;

pub use apply::AppliedJournal;
pub use changes::changes;

/// The version of the format that is written.
const VERSION: u32 = 1;

/// What a change is about, as journals spell it. Each but those of the whole look is followed by a key of the file.
pub mod what {
    /// What the map says about itself.
    pub const META: &str = "map";
    /// A kind of actor, by its word.
    pub const ACTOR_KIND: &str = "actorKind";
    /// A kind of tie, by its word.
    pub const TIE_KIND: &str = "tieKind";
    /// An actor, as the file has it.
    pub const ACTOR: &str = "actor";
    /// A source, as the file has it.
    pub const SOURCE: &str = "source";
    /// A tie, as the file has it.
    pub const TIE: &str = "tie";
    /// A fact, as the file has it.
    pub const FACT: &str = "fact";
    /// A table that records were made from, as the file has it.
    pub const IMPORT: &str = "import";
    /// Whether two actors were judged not to be the same, by a list of the two ids.
    pub const DISTINCT: &str = "distinct";
    /// What a view tells beside a look, such as its story, by its id.
    pub const STORY: &str = "story";
    /// The ids of all records that the file does not have, in their order.
    pub const RECORD_ORDER: &str = "recordOrder";
    /// The center of an actor's card.
    pub const PLACE: &str = "place";
    /// The center of the hub of a many-party tie.
    pub const HUB: &str = "hub";
    /// A center that a layout found for what has no place in the file: no change of a person's.
    pub const SETTLED: &str = "settled";
    /// Whether layouts leave an actor where it is.
    pub const PINNED: &str = "pinned";
    /// Whether an actor is hidden by hand.
    pub const HIDDEN: &str = "hidden";
    /// Whether the label of a tie is shown, by hand.
    pub const LABEL: &str = "label";
    /// Where the lane of a tie is bent.
    pub const BEND: &str = "bend";
    /// How the ties of a pair are drawn, by a list of the two ids.
    pub const PAIR: &str = "pair";
    /// A note, by its id.
    pub const NOTE: &str = "note";
    /// The ids of all notes in their order.
    pub const NOTE_ORDER: &str = "noteOrder";
    /// Which labels are shown where no hand has chosen.
    pub const LABEL_MODE: &str = "labelMode";
    /// How actors are arranged, and the seed.
    pub const ARRANGEMENT: &str = "arrangement";
    /// What else is left out.
    pub const FILTER: &str = "filter";
}

/// The first line: which file the changes belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// The version of the format.
    tieline_journal: u32,
    /// The absolute path of the file, as far as it is text; `None` for the bundled sample.
    pub file: Option<String>,
    /// The bytes of a path that is not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_bytes: Option<Vec<u8>>,
    /// SHA-256 of the file's bytes as they were read or last saved, in hexadecimal digits.
    pub base: String,
    /// When the journal was begun, in seconds since 1970.
    pub begun: u64,
}

impl Header {
    /// The header of a new journal.
    #[must_use]
    pub fn new(file: Option<String>, file_bytes: Option<Vec<u8>>, base: String, begun: u64) -> Self {
        Self { tieline_journal: VERSION, file, file_bytes, base, begun }
    }

    /// Its line, with the line break.
    #[must_use]
    pub fn line(&self) -> String {
        line_of(self)
    }
}

/// One thing that is not as the file has it, or is again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalChange {
    /// A word of [`what`], or one of a later version.
    pub what: String,
    /// The key of the record in the file; empty for what belongs to the whole look.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// How it is now; `null` where it is gone.
    #[serde(default)]
    pub to: Value,
    /// Whether it is again as the file has it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub same: bool,
}

/// A line of changes that were written at one time.
#[derive(Serialize)]
struct Batch<'a> {
    at: u64,
    changes: &'a [JournalChange],
}

/// The same as it is read: changes one by one, so that one that cannot be read costs no other.
#[derive(Deserialize)]
struct BatchRead {
    at: u64,
    changes: Vec<Value>,
}

/// The line of a batch, with the line break; `at` is in seconds since 1970.
#[must_use]
pub fn batch_line(at: u64, changes: &[JournalChange]) -> String {
    line_of(&Batch { at, changes })
}

fn line_of(value: &impl Serialize) -> String {
    // Text, numbers and lists of them always have JSON; an empty line would be skipped when read.
    let mut line = serde_json::to_string(value).unwrap_or_default();
    line.push('\n');
    line
}

/// A look together with what it is compared to.
#[derive(Clone, Debug)]
pub struct JournalState {
    /// The claims, for keys.
    pub map: Arc<Map>,
    /// What the file holds.
    pub on_disk: Snapshot,
    /// Its look with the places that a layout found, which are no changes.
    pub saved: Arc<Look>,
    /// The look as it is now.
    pub look: Arc<Look>,
}

impl JournalState {
    /// Whether a person changed something that is not saved.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        let is_same_map = Arc::ptr_eq(&self.map, &self.on_disk.map) || self.map.records() == self.on_disk.map.records();
        !is_same_map || (!Arc::ptr_eq(&self.look, &self.saved) && self.look != self.saved)
    }

    /// Whether both are the same state, not merely equal ones.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.has_base_of(other) && Arc::ptr_eq(&self.saved, &other.saved) && Arc::ptr_eq(&self.look, &other.look)
    }

    /// Whether both differ from the same look of the same map, so that the changes between them can be told.
    #[must_use]
    pub fn has_base_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.on_disk.map, &other.on_disk.map) && Arc::ptr_eq(&self.on_disk.look, &other.on_disk.look)
    }
}

/// Why bytes are no journal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// The first line is not a header.
    #[error("its first line is not that of a recovery file")]
    NoHeader,
    /// A later program wrote it.
    #[error("a later version of Tieline wrote it (format {0}); open it with that one")]
    Newer(u32),
}

/// A journal that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Journal {
    /// Which file it belongs to.
    pub header: Header,
    /// When its last line was written, in seconds since 1970.
    pub last: u64,
    /// What differs from the file, by what and of which record.
    differences: BTreeMap<(String, String), Value>,
    /// How many changes and lines could not be read.
    pub unreadable: usize,
}

impl Journal {
    /// Reads a journal. A last line without its line break is torn and ignored; what else cannot be read is counted.
    ///
    /// # Errors
    ///
    /// When the bytes do not begin with a header of this version.
    pub fn parse(bytes: &[u8]) -> Result<Self, JournalError> {
        let mut lines = bytes.split_inclusive(|&byte| byte == b'\n').filter_map(|line| line.strip_suffix(b"\n"));
        let first = lines.next().ok_or(JournalError::NoHeader)?;
        let version: VersionOnly = serde_json::from_slice(first).map_err(|_| JournalError::NoHeader)?;
        if version.tieline_journal > VERSION {
            return Err(JournalError::Newer(version.tieline_journal));
        }
        let header: Header = serde_json::from_slice(first).map_err(|_| JournalError::NoHeader)?;
        let mut journal = Self { last: header.begun, header, differences: BTreeMap::new(), unreadable: 0 };
        for line in lines {
            match serde_json::from_slice::<BatchRead>(line) {
                Ok(batch) => journal.take(batch),
                Err(_) => journal.unreadable += 1,
            }
        }
        Ok(journal)
    }

    fn take(&mut self, batch: BatchRead) {
        self.last = self.last.max(batch.at);
        for change in batch.changes {
            match serde_json::from_value::<JournalChange>(change) {
                Ok(JournalChange { what, of, same: true, .. }) => drop(self.differences.remove(&(what, of))),
                Ok(JournalChange { what, of, to, .. }) => drop(self.differences.insert((what, of), to)),
                Err(_) => self.unreadable += 1,
            }
        }
    }

    /// What differs from the file: what, of which record, and how it is now.
    pub fn differences(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        self.differences.iter().map(|((what, of), to)| (what.as_str(), of.as_str(), to))
    }

    /// Whether it holds something that a person did, or that may have been such.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.unreadable > 0 || self.differences.keys().any(|(what, _)| what != what::SETTLED)
    }
}

/// The part of a header that every version has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VersionOnly {
    tieline_journal: u32,
}
