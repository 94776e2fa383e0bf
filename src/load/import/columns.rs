//! Finds out what a table is about and what each of its columns says: by headings, by their values, and by what the
//! other columns are.

pub(super) mod headings;
pub(super) mod key;
mod lists;

use serde_json::Value;

use crate::load::table::Table;
use crate::model::Severity;
use crate::wording::read::Role;

use super::cells::text;
use super::options::{ColumnChoice, recipe_json};
use super::report::preview::{PreviewColumn, TablePreview, TableShape};
use super::report::{ImportReport, Place};
use super::roles::Roles;
use super::values::ColumnStyle;
use headings::{Heading, unique_names};
pub(super) use lists::split_at_commas;

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
    /// Whether its cells list actors with commas between them.
    pub(super) has_commas: bool,
}

/// The columns of a table.
#[derive(Debug)]
pub(super) struct TableColumns {
    pub(super) shape: TableShape,
    pub(super) list: Vec<TableColumn>,
    /// The kinds of new actors at the start and at the end of ties, if the headings name two sorts of actors.
    pub(super) end_kinds: Option<[String; 2]>,
    /// The columns whose values identify a row; empty if only its number does.
    pub(super) key: Vec<usize>,
}

impl TableColumns {
    /// Recognizes the columns of a table; what the user chose goes before, and `guessed` are roles of further columns by
    /// their values.
    pub(super) fn recognize(table: &Table<'_>, choices: &[ColumnChoice], guessed: &[(usize, Role)]) -> Self {
        if table.format == "sif" {
            return Self { shape: TableShape::Chains, list: Vec::new(), end_kinds: None, key: Vec::new() };
        }
        if !table.is_of_graph() && super::matrix::is_matrix(table) {
            return Self { shape: TableShape::Matrix, list: Vec::new(), end_kinds: None, key: Vec::new() };
        }
        let headings = headings(table);
        let mut roles = Roles::new(&headings, table, choices);
        for &(column, role) in guessed {
            roles.chosen[column] = Some(role);
        }
        for (column, role) in roles.chosen.iter_mut().zip(table.known_roles.iter().flatten()) {
            *column = column.or(*role);
        }
        if table.format == "ncol" {
            // Its headings are not in the file, but its format says what they are.
            for (column, role) in roles.chosen.iter_mut().zip([Role::From, Role::To, Role::Weight]) {
                column.get_or_insert(role);
            }
        }
        let shape = roles.settle();
        if shape != TableShape::Unknown
            && roles.chosen.first() == Some(&None)
            && is_row_number(&headings[0].text, table)
        {
            roles.chosen[0] = Some(Role::Ignore);
        }
        let chosen = if shape == TableShape::Unknown { roles.fixed() } else { roles.chosen };
        let mut list = columns(table, &headings, chosen);
        for (column, _) in guessed {
            list[*column].is_guess = true;
        }
        Self { shape, list, end_kinds: None, key: Vec::new() }
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

    /// Returns the recipe: the role of each column by its heading. Columns without a role are kept as fields.
    pub(super) fn recipe(&self) -> Option<Value> {
        let role = |column: &TableColumn| column.role.unwrap_or(Role::Keep);
        let roles: Vec<_> = self.list.iter().map(|column| (column.heading.as_str(), role(column))).collect();
        (!roles.is_empty()).then(|| recipe_json(roles))
    }
}

/// Whether the first column numbers the rows, as R and pandas write it: without a heading, from 0 or 1 on.
fn is_row_number(heading: &str, table: &Table<'_>) -> bool {
    let is_counted =
        |from: usize| table.rows().skip(1).enumerate().all(|(index, row)| text(row, 0).parse() == Ok(index + from));
    (heading.is_empty() || heading == "Unnamed: 0") && (is_counted(0) || is_counted(1))
}

/// Parses the headings of a table; those that were added have no role.
pub(super) fn headings(table: &Table<'_>) -> Vec<Heading> {
    let Some(header) = table.row(0) else { return Vec::new() };
    let parse = |column| {
        let heading = Heading::parse(text(header, column));
        let roles = if table.has_added_headings() && !table.is_of_graph() { Vec::new() } else { heading.roles };
        Heading { roles, ..heading }
    };
    (0..table.width()).map(parse).collect()
}

/// Reports what the user should know about the columns of a table.
pub(super) fn report_columns(table: &Table<'_>, columns: &TableColumns, report: &mut ImportReport) {
    warn_of_missing_headings(table, columns, report);
    tell_of_commas(table, columns, report);
}

/// Says which lists of actors are split at commas.
fn tell_of_commas(table: &Table<'_>, columns: &TableColumns, report: &mut ImportReport) {
    for (index, column) in columns.list.iter().enumerate().filter(|(_, column)| column.has_commas) {
        let message =
            format!("lists of {} are split at their commas", crate::hidden_characters::Quoted(&column.heading));
        let remedy = "separate names that contain commas with semicolons";
        report.add(Severity::Remark, Place::new(table, table.heading_number(), index), message, remedy);
    }
}

/// Reports columns with values and without heading or role.
fn warn_of_missing_headings(table: &Table<'_>, columns: &TableColumns, report: &mut ImportReport) {
    let Some(header) =
        table.row(0).filter(|_| matches!(columns.shape, TableShape::Actors | TableShape::Ties | TableShape::Facts))
    else {
        return;
    };
    for (column, known) in columns.list.iter().enumerate() {
        let has_value = || table.rows().skip(1).any(|row| !text(row, column).is_empty());
        if known.role.is_none() && text(header, column).is_empty() && has_value() {
            let message = "the column has no heading; its values are kept under its letter".to_owned();
            report.warn(Place::new(table, header.number, column), message, "add a heading");
        }
    }
}

fn columns(table: &Table<'_>, headings: &[Heading], roles: Vec<Option<Role>>) -> Vec<TableColumn> {
    let parsed = unique_names(headings).into_iter().zip(roles).enumerate();
    parsed
        .map(|(column, (heading, role))| {
            let style = ColumnStyle::of_column(table, column, role, &heading);
            let id_space = table.row(0).and_then(|header| Heading::parse(text(header, column)).id_space);
            let has_commas = !table.is_of_graph() && lists::has_commas(table, column, role, &heading);
            TableColumn { heading, role, is_guess: false, id_space, style, has_commas }
        })
        .collect()
}
