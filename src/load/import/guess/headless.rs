//! Tables without headings: their first row is one of data. They get the letters of their columns as headings.

use std::collections::HashSet;

use crate::hidden_characters::Quoted;
use crate::load::table::{Table, TableRow};
use crate::model::Severity;
use crate::wording::read::{fold_heading, roles_of_heading};

use super::look::{self, bare_year, cell_looks_like, counts_up, filled, holds_numbers};
use crate::load::import::cells::{is_number, text};
use crate::load::import::columns::headings::letters;
use crate::load::import::options::{ColumnChoice, ImportOptions};
use crate::load::import::registry::fold_name;
use crate::load::import::report::preview::table_name;
use crate::load::import::report::{ImportReport, Place};
use crate::load::import::{kinds, matrix};

/// Puts headings above a table whose first row looks like those below it, and says so.
pub(in crate::load::import) fn add_missing_headings(
    table: &mut Table<'_>,
    options: &ImportOptions,
    report: &mut ImportReport,
) {
    if !options.uses(&table_name(table), table.is_hidden)
        || matches!(table.format, "sif" | "ncol")
        || table.is_of_graph()
        || matrix::is_matrix(table)
    {
        return;
    }
    let name = table_name(table);
    let had_none = options.known(&name).is_some() && were_letters(table, options);
    if !had_none && (table.row_count() < 2 || has_known_heading(table, &options.columns) || !begins_with_data(table)) {
        return;
    }
    let width = table.width();
    table.add_headings((0..width).map(letters));
    let first = table.row(1).map_or(String::new(), |row| {
        let cells: Vec<&str> = (0..width).map(|column| text(row, column)).filter(|text| !text.is_empty()).collect();
        cells.join(", ")
    });
    let columns = match width {
        1 => "column is called A".to_owned(),
        2 => "columns are called A and B".to_owned(),
        _ => format!("columns are called A to {}", letters(width - 1)),
    };
    let message = format!(
        "the table has no headings: its first row, {}, looks like those below, so it is taken for data; the {columns}",
        Quoted(&first)
    );
    report.add(
        Severity::Remark,
        Place::new(table, table.heading_number(), 0),
        message,
        "if it holds headings, give one of them a role, such as --set from=HEADING",
    );
}

/// Whether a table that was imported before had no headings then: its columns are called by their letters.
fn were_letters(table: &Table<'_>, options: &ImportOptions) -> bool {
    let name = table_name(table);
    let mut of_table = options.columns.iter().filter(|choice| choice.table.as_ref() == Some(&name)).peekable();
    let is_letter = |choice: &ColumnChoice| (0..table.width().max(1)).any(|column| choice.heading == letters(column));
    let header = table.row(0);
    let stands = |choice: &ColumnChoice| {
        header.is_some_and(|header| (0..table.width()).any(|column| text(header, column) == choice.heading))
    };
    of_table.peek().is_some() && of_table.all(|choice| is_letter(choice) && !stands(choice))
}

/// Whether the first row has a word for a role, or one that the user named. Single letters say nothing.
fn has_known_heading(table: &Table<'_>, fixed: &[ColumnChoice]) -> bool {
    let Some(header) = table.row(0) else { return false };
    (0..table.width()).map(|column| text(header, column)).filter(|heading| !heading.is_empty()).any(|heading| {
        let is_word = heading.chars().nth(1).is_some() && !roles_of_heading(heading).is_empty();
        is_word || fixed.iter().any(|choice| fold_heading(&choice.heading) == fold_heading(heading))
    })
}

fn begins_with_data(table: &Table<'_>) -> bool {
    let Some(first) = table.row(0) else { return false };
    recurs_below(table, first)
        || (0..table.width()).any(|column| has_look_of_column(table, first, column))
        || has_numbers_as_below(table, first)
        || (0..table.width()).all(|column| is_one_of_the_names(table, column))
}

/// Whether a name of the first row occurs again, other than in a repetition of the whole row.
fn recurs_below(table: &Table<'_>, first: TableRow<'_, '_>) -> bool {
    let folded = |row: TableRow<'_, '_>| -> Vec<String> {
        (0..table.width()).map(|column| fold_name(text(row, column))).collect()
    };
    let header = folded(first);
    let names: HashSet<&str> =
        header.iter().map(String::as_str).filter(|name| name.chars().any(char::is_alphabetic)).collect();
    table.rows().skip(1).any(|row| {
        let cells = folded(row);
        cells != header && cells.iter().any(|cell| names.contains(cell.as_str()))
    })
}

/// Whether the first cell of a column is a date, an amount of money, a percentage or an address as all below it are.
fn has_look_of_column(table: &Table<'_>, first: TableRow<'_, '_>, column: usize) -> bool {
    let Some(cell) = filled(first, column) else { return false };
    look::look(table, column).is_some_and(|look| cell_looks_like(cell, look))
}

/// Whether the first row has numbers where the others have them. Years and numbers of columns may be headings.
fn has_numbers_as_below(table: &Table<'_>, first: TableRow<'_, '_>) -> bool {
    let is_of_numbers = |column: &usize| is_number(text(first, *column)) && holds_numbers(table, *column);
    let columns: Vec<usize> = (0..table.width()).filter(is_of_numbers).collect();
    let values: Vec<&str> = columns.iter().map(|&column| text(first, column)).collect();
    let numbers: Option<Vec<u32>> = values.iter().map(|text| text.parse().ok()).collect();
    let are_numbered = numbers.is_some_and(|numbers| counts_up(&numbers));
    let are_years = values.iter().all(|text| bare_year(text).is_some());
    !columns.is_empty() && !are_numbered && !are_years
}

/// Whether the first cell of a column is a name as most of the others: of as many words, two or more, all capitalized,
/// and without a word that headings have.
fn is_one_of_the_names(table: &Table<'_>, column: usize) -> bool {
    let word_count = |text: &str| text.split_whitespace().count();
    let is_capitalized = |text: &str| text.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    let is_of_headings = |word: &str| !roles_of_heading(word).is_empty() || kinds::is_word_for_a_kind(word);
    let first = table.row(0).map_or("", |row| text(row, column));
    let wanted = word_count(first);
    let names = table.rows().skip(1).map(|row| text(row, column));
    let alike = names.clone().filter(|name| word_count(name) == wanted && is_capitalized(name)).count();
    let is_usual = names.len() >= 2 && alike * 2 >= names.len();
    wanted >= 2
        && is_usual
        && is_capitalized(first)
        && look::holds_names(table, column)
        && !first.split_whitespace().any(is_of_headings)
}
