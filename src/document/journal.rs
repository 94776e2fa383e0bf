//! The journal format: unsaved changes as lines of JSON, keyed by the ids in the file, to survive a crash.
//!
//! The first line is a [`Header`]; each further line is a batch of [`JournalChange`]s with its time. A change holds the
//! new value of something that differs from the file, or `same` if it no longer differs; that of a record also holds what
//! the file says, so that a journal can be merged with a newer content of its file. The last change of each
//! subject counts, so a journal is a set of differences from the file, and a truncated line loses only its own changes.
//! This module accesses neither disk nor clock.

mod apply;
mod changes;
mod filter;
mod newer;
mod records;
mod typed;

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
pub use newer::MergedJournal;
pub use typed::{TypedForm, TypedRow, TypedState, typed_changes};

/// The format version written.
const VERSION: u32 = 1;

/// The subjects of changes, as spelled in journals. Except for those of the whole look, each is used with a key of the
/// file.
pub mod what {
    /// The metadata of the map.
    pub const META: &str = "map";
    /// A kind of actor, by its word.
    pub const ACTOR_KIND: &str = "actorKind";
    /// A kind of tie, by its word.
    pub const TIE_KIND: &str = "tieKind";
    /// An actor, as JSON of the file.
    pub const ACTOR: &str = "actor";
    /// A source, as JSON of the file.
    pub const SOURCE: &str = "source";
    /// A tie, as JSON of the file.
    pub const TIE: &str = "tie";
    /// A fact, as JSON of the file.
    pub const FACT: &str = "fact";
    /// An import (a table that records were made from), as JSON of the file.
    pub const IMPORT: &str = "import";
    /// Whether two actors are recorded as distinct; the key is a list of the two ids.
    pub const DISTINCT: &str = "distinct";
    /// The parts of a view that are not in a look, such as its steps, by view id.
    pub const STORY: &str = "story";
    /// The ids of all records that are not in the file, in order.
    pub const RECORD_ORDER: &str = "recordOrder";
    /// The center of an actor's card.
    pub const PLACE: &str = "place";
    /// The center of the hub of a many-party tie.
    pub const HUB: &str = "hub";
    /// A center computed by a layout for an item without a position in the file; not a user's change.
    pub const SETTLED: &str = "settled";
    /// Whether an actor is pinned.
    pub const PINNED: &str = "pinned";
    /// Whether an actor is hidden.
    pub const HIDDEN: &str = "hidden";
    /// Whether a tie is hidden.
    pub const HIDDEN_TIE: &str = "hiddenTie";
    /// The label choice of a tie.
    pub const LABEL: &str = "label";
    /// The bend of a tie's lane.
    pub const BEND: &str = "bend";
    /// The drawing mode of a pair's ties; the key is a list of the two ids.
    pub const PAIR: &str = "pair";
    /// A note, by its id.
    pub const NOTE: &str = "note";
    /// The ids of all notes, in order.
    pub const NOTE_ORDER: &str = "noteOrder";
    /// The label mode.
    pub const LABEL_MODE: &str = "labelMode";
    /// The arrangement and its seed.
    pub const ARRANGEMENT: &str = "arrangement";
    /// The filter.
    pub const FILTER: &str = "filter";
    /// The explored part: a list of the ids of actors, or `null` for the whole map.
    pub const SHOWN: &str = "shown";
    /// A form with typed texts that are in no record yet.
    pub const TYPED: &str = "typed";
}

/// The first line of a journal, which identifies the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// The version of the format.
    tieline_journal: u32,
    /// The absolute path of the file, `None` for the bundled sample; see `file_bytes` if it is not UTF-8.
    pub file: Option<String>,
    /// The bytes of a path that is not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_bytes: Option<Vec<u8>>,
    /// SHA-256 of the file's bytes as they were read or last saved, in hexadecimal digits.
    pub base: String,
    /// When the journal was started, in seconds since 1970.
    pub begun: u64,
}

impl Header {
    /// Creates the header of a new journal.
    #[must_use]
    pub fn new(file: Option<String>, file_bytes: Option<Vec<u8>>, base: String, begun: u64) -> Self {
        Self { tieline_journal: VERSION, file, file_bytes, base, begun }
    }

    /// Returns the header as a line, with the line break.
    #[must_use]
    pub fn line(&self) -> String {
        line_of(self)
    }
}

/// A value that differs from the file, or no longer does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalChange {
    /// A constant of [`what`], or one of a later version.
    pub what: String,
    /// The key of the record in the file; empty for the whole look.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// The new value; `null` if it was removed.
    #[serde(default)]
    pub to: Value,
    /// A record as the file has it; `null` if the file hasn't it, or for what is not a record.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub was: Value,
    /// Whether the value equals that of the file again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub same: bool,
}

/// A line of changes written at the same time.
#[derive(Serialize)]
struct Batch<'a> {
    at: u64,
    changes: &'a [JournalChange],
}

/// A line as it is read. Changes are parsed one by one, so that an unreadable one doesn't affect the others.
#[derive(Deserialize)]
#[serde(untagged)]
enum LineRead {
    Batch { at: u64, changes: Vec<Value> },
    Saving { saving: String },
}

/// Returns the line of a batch, with the line break; `at` is in seconds since 1970.
#[must_use]
pub fn batch_line(at: u64, changes: &[JournalChange]) -> String {
    line_of(&Batch { at, changes })
}

/// Returns the line that announces a save: the file is about to get the bytes with this hash, which contain all changes
/// so far.
#[must_use]
pub fn saving_line(hash: &str) -> String {
    line_of(&serde_json::json!({ "saving": hash }))
}

fn line_of(value: &impl Serialize) -> String {
    // Serializing text, numbers and lists of them can't fail; an empty line would count as unreadable.
    let mut line = serde_json::to_string(value).unwrap_or_default();
    line.push('\n');
    line
}

/// The state of a document to be journaled, with the base it is compared to.
#[derive(Clone, Debug)]
pub struct JournalState {
    /// The current claims.
    pub map: Arc<Map>,
    /// The claims and look of the file.
    pub on_disk: Snapshot,
    /// The look of the file with layout positions, which don't count as changes.
    pub saved: Arc<Look>,
    /// The current look.
    pub look: Arc<Look>,
}

impl JournalState {
    /// Returns whether there are unsaved changes by the user.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        let is_same_map = Arc::ptr_eq(&self.map, &self.on_disk.map) || self.map.records() == self.on_disk.map.records();
        !is_same_map || (!Arc::ptr_eq(&self.look, &self.saved) && self.look != self.saved)
    }

    /// Returns whether both share the same saved and current look, by pointer, not merely by value. The maps are not
    /// compared.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.has_base_of(other) && Arc::ptr_eq(&self.saved, &other.saved) && Arc::ptr_eq(&self.look, &other.look)
    }

    /// Returns whether both have the same base, so that the changes between them can be computed.
    #[must_use]
    pub fn has_base_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.on_disk.map, &other.on_disk.map) && Arc::ptr_eq(&self.on_disk.look, &other.on_disk.look)
    }
}

/// The reason why bytes are not a readable journal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// The first line is not a header.
    #[error("its first line is not the header of a recovery file")]
    NoHeader,
    /// The journal has a later format version.
    #[error("it was written by a later version of Tieline (format {0}); open it with that version")]
    Newer(u32),
}

/// A parsed journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Journal {
    /// The file it belongs to.
    pub header: Header,
    /// The time of its last batch, in seconds since 1970.
    pub last: u64,
    /// The current differences from the file, by subject and key.
    differences: Differences,
    /// The hashes of announced saves, with the differences since each of them.
    saves: Vec<(String, Differences)>,
    /// The number of unreadable changes and lines.
    pub unreadable: usize,
}

/// What differs from the file, by subject and key.
type Differences = BTreeMap<(String, String), RecordedDifference>;

/// The new value of something and, if it is a record, its value in the file; `null` is an absent one.
#[derive(Clone, Debug, PartialEq)]
struct RecordedDifference {
    to: Value,
    was: Value,
}

impl Journal {
    /// Parses a journal. A last line without a line break is truncated and ignored; other unreadable parts are counted.
    ///
    /// # Errors
    ///
    /// If the bytes don't start with a header, or its version is newer.
    pub fn parse(bytes: &[u8]) -> Result<Self, JournalError> {
        let mut lines = bytes.split_inclusive(|&byte| byte == b'\n').filter_map(|line| line.strip_suffix(b"\n"));
        let first = lines.next().ok_or(JournalError::NoHeader)?;
        let version: VersionOnly = serde_json::from_slice(first).map_err(|_| JournalError::NoHeader)?;
        if version.tieline_journal > VERSION {
            return Err(JournalError::Newer(version.tieline_journal));
        }
        let header: Header = serde_json::from_slice(first).map_err(|_| JournalError::NoHeader)?;
        let last = header.begun;
        let mut journal = Self { last, header, differences: BTreeMap::new(), saves: Vec::new(), unreadable: 0 };
        for line in lines {
            match serde_json::from_slice::<LineRead>(line) {
                Ok(LineRead::Batch { at, changes }) => journal.take(at, changes),
                Ok(LineRead::Saving { saving }) => journal.saves.push((saving, BTreeMap::new())),
                Err(_) => journal.unreadable += 1,
            }
        }
        Ok(journal)
    }

    fn take(&mut self, at: u64, changes: Vec<Value>) {
        self.last = self.last.max(at);
        for change in changes {
            let Ok(change) = serde_json::from_value::<JournalChange>(change) else {
                self.unreadable += 1;
                continue;
            };
            let JournalChange { what, of, to, was, same } = change;
            for differences in
                std::iter::once(&mut self.differences).chain(self.saves.iter_mut().map(|(_, since)| since))
            {
                let key = (what.clone(), of.clone());
                if same {
                    differences.remove(&key);
                } else {
                    differences.insert(key, RecordedDifference { to: to.clone(), was: was.clone() });
                }
            }
        }
    }

    /// Forgets the changes that a file contains, if it is one whose saving was announced: the program was killed before
    /// the journal followed. Returns whether it is.
    pub(crate) fn follow_save(&mut self, hash: &str) -> bool {
        let Some(at) = self.saves.iter().rposition(|(saved, _)| saved == hash) else { return false };
        let (hash, since) = self.saves.split_off(at).swap_remove(0);
        (self.header.base, self.differences, self.unreadable) = (hash, since, 0);
        true
    }

    /// Iterates over the differences from the file: subject, key and new value.
    pub fn differences(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        self.differences.iter().map(|((what, of), RecordedDifference { to, .. })| (what.as_str(), of.as_str(), to))
    }

    /// Returns whether it contains changes by the user, or unreadable parts that may have been such.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        self.unreadable > 0 || self.differences.keys().any(|(what, _)| what != what::SETTLED)
    }
}

/// The part of a header that all versions share.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VersionOnly {
    tieline_journal: u32,
}
