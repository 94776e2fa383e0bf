//! Brings a map up to date with the tables that it was made of: says first what is new, changed and gone in them, then
//! makes the changes that the user wants.
//!
//! Rows are told by their keys, see [`crate::model::Import`]. What was corrected by hand stays, unless the user takes what
//! the table says; rows deleted by hand are not brought back; records that are gone from a table stay if they carry work
//! of the user.

mod apply;
mod candidates;
mod compare;
mod files;
mod gone;
mod matching;
mod plan;
mod progress;
mod renaming;
mod set;
mod words;

pub use apply::Choices;
pub use files::{SourceFile, find_source_files};
pub use plan::{ReadAgain, plan_update};

use crate::model::{ImportId, Item, Records};

use compare::FieldOutcome;

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UpdateSort {
    /// A row that the map has no record of.
    New,
    /// A row that says something else than before.
    Changed,
    /// A row that the table doesn't have any more.
    Gone,
}

/// A field of a row that says something else than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldUpdate {
    /// The name of the field in the file.
    pub field: String,
    /// Its name for people.
    pub words: String,
    /// What the row said before, as people read it; `None` for nothing.
    pub old: Option<String>,
    /// What it says now.
    pub new: Option<String>,
    /// What the map says, if it was corrected by hand to something else than either; `Some(None)` for nothing.
    pub mine: Option<Option<String>>,
}

/// A record that an update would add, change or remove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateEntry {
    /// What it is about.
    pub sort: UpdateSort,
    /// The record; a new one is not in the map yet.
    pub item: Item,
    /// The id of the record in the file.
    pub key: String,
    /// The record as people call it.
    pub words: String,
    /// The table.
    pub table: String,
    /// The keys of its row, or its number.
    pub row: String,
    /// The changed fields.
    pub fields: Vec<FieldUpdate>,
    /// Why a record stays although its row is gone: work of the user that it carries.
    pub reasons: Vec<String>,
    /// Whether it is taken unless the user says otherwise.
    pub is_default: bool,
    /// Entries without which it can't be taken: new actors of a new tie.
    pub needs: Vec<usize>,
}

impl UpdateEntry {}

/// A row that is not brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithheldRow {
    /// What the row would be, as people call it.
    pub words: String,
    /// The table.
    pub table: String,
    /// The keys of its row, or its number.
    pub row: String,
    /// Why: "deleted by hand", or which actor was.
    pub reason: String,
}

/// What an update would do.
#[derive(Clone, Debug)]
pub struct UpdatePlan {
    /// What is new, then changed, then gone, in the order of the tables.
    pub entries: Vec<UpdateEntry>,
    /// Rows that are not brought back.
    pub withheld: Vec<WithheldRow>,
    /// The number of new rows that say what other records of the map say already.
    pub known: usize,
    /// Files that have changed since they were read.
    pub changed_files: Vec<String>,
    /// Files that are as they were.
    pub unchanged_files: Vec<String>,
    /// Our records with those of the tables in their places, and the new ones.
    theirs: Records,
    rows: Vec<RowPair>,
    /// Whether the map was made of more than one table.
    has_several_tables: bool,
    /// Sources of these tables that the tables don't cite any more.
    gone_sources: Vec<Item>,
    /// The imports as they will be.
    imports: Vec<(ImportId, crate::model::Import)>,
}

/// A record that the tables have, and what its row says now.
#[derive(Clone, Debug)]
struct RowPair {
    item: Item,
    row: crate::model::ImportRow,
    fields: Vec<FieldOutcome>,
    entry: Option<usize>,
}

impl UpdatePlan {
    /// Whether the tables say what they said before.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the entries of a sort with their indexes.
    pub fn of_sort(&self, sort: UpdateSort) -> impl Iterator<Item = (usize, &UpdateEntry)> {
        self.entries.iter().enumerate().filter(move |(_, entry)| entry.sort == sort)
    }

    /// Returns the name of the undo step.
    #[must_use]
    pub fn label(&self) -> String {
        let names: Vec<&str> = self.changed_files.iter().map(String::as_str).collect();
        format!("Update from {}", crate::hidden_characters::visible(&crate::wording::joined_and(&names)))
    }
}
