//! Finds out what a table is about and what each of its columns says: by headings, by their values, and by what the
//! other columns are.

use std::collections::HashMap;

use crate::load::table::Table;
use crate::model::Severity;
use crate::wording::read::Role;

use super::cells::text;
use super::headings::Heading;
use super::options::{ColumnChoice, recipe_json};
use super::preview::{PreviewColumn, TablePreview, TableShape};
use super::report::{ImportReport, Place};
use super::roles::Roles;
use super::values::ColumnStyle;

/// A column of a table.
#[derive(Debug)]
pub(super) struct TableColumn {
    /// The heading as it stands.
    pub(super) heading: String,
    /// What its values are; `None` for a column whose values are kept as fields.
    pub(super) role: Option<Role>,
    /// Whether the role was guessed from the values.
    pub(super) is_guess: bool,
    /// The id space of neo4j: `Person` in `:ID(Person)`.
    pub(super) id_space: Option<String>,
    /// How its numbers and dates are written.
    pub(super) style: ColumnStyle,
}

/// The columns of a table.
#[derive(Debug)]
pub(super) struct TableColumns {
    pub(super) shape: TableShape,
    pub(super) list: Vec<TableColumn>,
}

impl TableColumns {
    /// Recognizes the columns of a table; the choices of the user go before.
    pub(super) fn recognize(table: &Table<'_>, choices: &[ColumnChoice], report: &mut ImportReport) -> Self {
        if table.format == "sif" {
            return Self { shape: TableShape::Chains, list: Vec::new() };
        }
        if super::matrix::is_matrix(table) {
            return Self { shape: TableShape::Matrix, list: Vec::new() };
        }
        let width = table.width();
        let Some(header) = table.row(0) else { return Self { shape: TableShape::Unknown, list: Vec::new() } };
        let headings: Vec<Heading> = (0..width).map(|column| Heading::parse(text(header, column))).collect();
        let names = unique_names(&headings);
        let mut roles = Roles::new((&headings, &names), table, choices);
        let shape = roles.settle();
        if shape == TableShape::Unknown {
            return Self { shape, list: columns(table, names, vec![None; width]) };
        }
        if !headings.is_empty() && roles.is_free(0) && is_row_number(&headings[0].text, table) {
            roles.chosen[0] = Some(Role::Ignore);
        }
        for (column, heading) in headings.iter().enumerate() {
            if heading.text.is_empty() && roles.chosen[column].is_none() && !roles.is_blank(column) {
                let place = Place::new(table, header.number, column);
                report.warn(
                    place,
                    "the column has no heading; its values are kept under its letter".to_owned(),
                    "add a heading",
                );
            }
        }
        let chosen = roles.chosen;
        Self { shape, list: columns(table, names, chosen) }
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.with(role).is_some()
    }

    /// Returns the first column with a role.
    pub(super) fn with(&self, role: Role) -> Option<usize> {
        self.list.iter().position(|column| column.role == Some(role))
    }

    /// Returns what is shown of a table; one without columns is not used.
    pub(super) fn preview(table: &Table<'_>, columns: Option<&Self>) -> TablePreview {
        let listed = columns.into_iter().flat_map(|columns| &columns.list);
        let listed = listed.map(|column| PreviewColumn {
            heading: column.heading.clone(),
            role: column.role,
            is_guess: column.is_guess,
        });
        TablePreview::new(table, columns.map(|columns| columns.shape), listed.collect())
    }

    /// Returns the recipe: the role of each column by its heading, as JSON.
    pub(super) fn recipe(&self) -> Option<String> {
        let known = self.list.iter().filter(|column| column.role.is_some());
        let roles: Vec<_> = known.map(|column| (column.heading.as_str(), column.role)).collect();
        (!roles.is_empty()).then(|| recipe_json(roles).to_string())
    }
}

/// Decides what a table with both names and kinds but no ends is, and which table is about ties if none says so.
pub(super) fn settle_shapes(plans: &mut [(&Table<'_>, TableColumns)], report: &mut ImportReport) {
    if plans
        .iter()
        .any(|(_, columns)| matches!(columns.shape, TableShape::Ties | TableShape::Matrix | TableShape::Chains))
    {
        return;
    }
    // A single table without known headings: its first two columns of words are taken for the ends, and said to be.
    let unknown: Vec<usize> = (0..plans.len()).filter(|&at| plans[at].1.shape == TableShape::Unknown).collect();
    let ([at], false) = (unknown.as_slice(), plans.is_empty()) else { return };
    let (table, columns) = &mut plans[*at];
    let words: Vec<usize> = (0..columns.list.len()).filter(|&column| holds_names(table, column)).collect();
    let [from, to, ..] = words.as_slice() else { return };
    let number = table.row(0).map_or(1, |row| row.number);
    for (&column, role) in [from, to].iter().zip([Role::From, Role::To]) {
        (columns.list[*column].role, columns.list[*column].is_guess) = (Some(role), true);
        let heading = &columns.list[*column].heading;
        let message = format!("the heading “{heading}” is not known; it is taken for “{}” as a guess", role.word());
        report.add(
            Severity::Warning,
            Place::new(table, number, *column),
            message,
            "rename it to From or To if that is right",
        );
    }
    columns.shape = TableShape::Ties;
}

/// Whether the first column numbers the rows, as R and pandas write it: without a heading, from 0 or 1 on.
fn is_row_number(heading: &str, table: &Table<'_>) -> bool {
    let is_counted =
        |from: usize| table.rows().skip(1).enumerate().all(|(index, row)| text(row, 0).parse() == Ok(index + from));
    (heading.is_empty() || heading == "Unnamed: 0") && (is_counted(0) || is_counted(1))
}

/// Whether a column has short texts that are no numbers.
fn holds_names(table: &Table<'_>, column: usize) -> bool {
    let mut count = 0;
    for row in table.rows().skip(1).take(200) {
        let value = text(row, column);
        if value.is_empty() {
            continue;
        }
        if value.len() > 120 || !value.chars().any(char::is_alphabetic) || value.contains("://") {
            return false;
        }
        count += 1;
    }
    count > 0
}

/// Returns a name for each column that no other has: its heading, or its letter.
fn unique_names(headings: &[Heading]) -> Vec<String> {
    // The number of the last column with a heading, so that many columns of one heading are named in linear time.
    let mut known: HashMap<String, usize> = HashMap::new();
    let names = headings.iter().enumerate().map(|(column, heading)| {
        let stem = if heading.text.is_empty() { letters(column) } else { heading.text.clone() };
        let mut name = stem.clone();
        let mut count = known.get(&stem).copied().unwrap_or(0);
        while known.contains_key(&name) {
            count = count.max(1) + 1;
            name = format!("{stem} ({count})");
        }
        known.insert(stem, count.max(1));
        known.entry(name.clone()).or_insert(1);
        name
    });
    names.collect()
}

fn columns(table: &Table<'_>, names: Vec<String>, roles: Vec<Option<Role>>) -> Vec<TableColumn> {
    let parsed = names.into_iter().zip(roles).enumerate();
    parsed
        .map(|(column, (heading, role))| {
            let style = ColumnStyle::of_column(table, column, role, &heading);
            let id_space = table.row(0).and_then(|header| Heading::parse(text(header, column)).id_space);
            TableColumn { heading, role, is_guess: false, id_space, style }
        })
        .collect()
}

/// Returns the letters of a column in a spreadsheet.
fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
