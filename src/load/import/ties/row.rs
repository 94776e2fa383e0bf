//! A row of a table of ties, and its columns by role.

use crate::load::import::cells::{RowOrigin, text};
use crate::load::import::columns::{TableColumn, TableColumns};
use crate::load::import::roles::is_of_evidence;
use crate::load::table::{Table, TableRow};
use crate::model::ImportId;
use crate::wording::read::Role;

/// The columns of a table of ties.
pub(super) struct TieColumns<'a> {
    columns: &'a TableColumns,
    /// The first column of each role.
    first: [Option<u16>; Role::ALL.len()],
    /// The columns that say anything but the ends of a tie, its id and what proves it.
    claimed: Vec<usize>,
    /// The word for a bare number in the column of locators, such as "page".
    pub(super) locator_word: Option<String>,
}

impl<'a> TieColumns<'a> {
    pub(super) fn new(columns: &'a TableColumns) -> Self {
        let mut first = [None; Role::ALL.len()];
        for &role in Role::ALL {
            first[role as usize] = columns.with(role).and_then(|column| u16::try_from(column).ok());
        }
        let is_claim = |role: Option<Role>| {
            !role.is_some_and(|role| is_of_evidence(role) || matches!(role, Role::TieId | Role::From | Role::To))
        };
        let claimed = (0..columns.list.len()).filter(|&column| is_claim(columns.list[column].role)).collect();
        let locator_word = columns.with(Role::Locator).map(|column| columns.list[column].heading.to_lowercase());
        Self { columns, first, claimed, locator_word }
    }

    /// Returns the columns that identify a row.
    pub(super) fn key(&self) -> &'a [usize] {
        &self.columns.key
    }

    pub(super) fn list(&self) -> &'a [TableColumn] {
        &self.columns.list
    }

    /// Returns the kind of new actors in the column of an end, if its heading names one.
    pub(super) fn end_kind(&self, role: Role) -> Option<&'a str> {
        let [from, to] = self.columns.end_kinds.as_ref()?;
        Some(if role == Role::From { from } else { to })
    }

    /// Returns the first column with a role.
    pub(super) fn with(&self, role: Role) -> Option<usize> {
        self.first[role as usize].map(usize::from)
    }
}

/// A row of a table with its columns.
#[derive(Clone, Copy)]
pub(super) struct RowOfTies<'a, 't> {
    pub(super) table: &'a Table<'t>,
    pub(super) columns: &'a TieColumns<'a>,
    pub(super) row: TableRow<'a, 't>,
    pub(super) import: ImportId,
}

impl<'a, 't> RowOfTies<'a, 't> {
    /// Returns another row of the same table.
    pub(super) fn in_row(self, row: TableRow<'a, 't>) -> Self {
        Self { row, ..self }
    }

    /// Returns where records of the row come from.
    pub(super) fn origin(self) -> RowOrigin<'a, 't> {
        RowOrigin { import: self.import, key: self.columns.key(), row: self.row }
    }

    pub(super) fn cell(&self, role: Role) -> &'a str {
        self.columns.with(role).map_or("", |column| text(self.row, column))
    }

    /// Whether a role is of evidence for which the row names no source, or which sources have no field for.
    pub(super) fn is_left_over(&self, role: Role) -> bool {
        let names_a_source = || [Role::SourceTitle, Role::SourceUrl].iter().any(|role| !self.cell(*role).is_empty());
        role == Role::SourceKind || (is_of_evidence(role) && !names_a_source())
    }

    /// Returns all values of the row but its ends, its id and what proves it.
    pub(super) fn claimed_values(&self) -> impl Iterator<Item = &'a str> {
        let row = self.row;
        self.columns.claimed.iter().map(move |&column| text(row, column))
    }
}
