//! Removes what is not part of a table: columns without text, titles above the headings, totals and footnotes below.

use super::types::{Cell, CellKind, RowSpan, Table, TableNote};
use crate::hidden_characters::shortened;
use crate::model::Severity;

/// The number of rows in which titles are looked for.
const MAX_TITLES: usize = 10;
/// The number of rows at the end in which totals and footnotes are looked for.
const MAX_FOOTERS: usize = 20;
/// The number of rows that tell how many cells a row usually has.
const MAX_COUNTED: usize = 200;
/// First words of rows that sum up a column.
const TOTALS: [&str; 18] = [
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sub-total",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "insgesamt",
    "zwischensumme",
    "somme",
    "total général",
    "sous-total",
    "suma",
    "total general",
    "totale",
    "totaal",
];

/// Removes titles, group titles, totals and footnotes with a note on each, and columns without any text.
pub(crate) fn trim_table(table: &mut Table) {
    if matches!(table.format, "sif" | "ncol") || table.is_of_graph() {
        return;
    }
    trim_columns(table);
    let usual = usual_count(table);
    if usual < 2 {
        return;
    }
    trim_titles(table, usual);
    trim_group_titles(table);
    trim_footers(table, usual);
}

/// Removes cells at the end of rows that lie beyond the last column with text.
fn trim_columns(table: &mut Table) {
    let filled = |cells: &[Cell]| cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let width = table.rows().map(|row| filled(row.cells)).max().unwrap_or(0) as u32;
    for span in &mut table.rows {
        span.end = span.end.min(span.start + width);
    }
}

fn filled_count(cells: &[Cell]) -> usize {
    cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// Returns the number of filled cells that most rows have or exceed.
fn usual_count(table: &Table) -> usize {
    let mut counts: Vec<usize> = table.rows().take(MAX_COUNTED).map(|row| filled_count(row.cells)).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

fn first_filled(cells: &[Cell]) -> Option<usize> {
    cells.iter().position(|cell| !cell.is_empty())
}

/// Removes rows above the headings that have a single text.
fn trim_titles(table: &mut Table, usual: usize) {
    let is_alone = |span: &RowSpan| filled_count(table.row_of(*span).cells) == 1;
    let titles = table.rows.iter().take_while(|span| is_alone(span)).count();
    let Some(header) = table.rows.get(titles).copied().filter(|_| (1..=MAX_TITLES).contains(&titles)) else { return };
    let header_row = table.row_of(header);
    let header_at = first_filled(header_row.cells).unwrap_or(0);
    let is_title = |(index, span): (usize, &RowSpan)| {
        let cells = table.row_of(*span).cells;
        let Some(cell) = first_filled(cells).filter(|at| *at <= header_at).and_then(|at| cells.get(at)) else {
            return false;
        };
        // In text files, a line with a single field may be an actor without ties.
        let is_set_off = table.rows.get(index + 1).is_some_and(|next| next.follows_blank);
        let is_wordy = cell.text.split_whitespace().nth(2).is_some();
        cell.kind == CellKind::Text && (table.sheet.is_some() || is_set_off || is_wordy || cells.len() >= usual)
    };
    if !table.rows.iter().take(titles).enumerate().all(is_title) {
        return;
    }
    for span in table.rows.drain(..titles).collect::<Vec<_>>() {
        let message = format!("“{}” above the headings is not part of the table", first_text(table, span));
        table.note(TableNote::new(Severity::Remark, message, "nothing to do").at_row(span.number));
    }
}

fn first_text(table: &Table, span: RowSpan) -> String {
    let cells = table.row_of(span).cells;
    let cell = first_filled(cells).and_then(|at| cells.get(at));
    shortened(cell.map_or("", |cell| cell.text.trim()))
}

/// Removes a row of group titles over the headings, as in workbooks of `NodeXL`: fewer texts than headings, with gaps or
/// repeated over merged cells, above a row of texts that differ from each other.
fn trim_group_titles(table: &mut Table) {
    let [groups, headings, _, ..] = table.rows.as_slice() else { return };
    let (groups, headings) = (*groups, *headings);
    let (over, under) = (table.row_of(groups).cells, table.row_of(headings).cells);
    let is_words = |cells: &[Cell]| {
        cells.iter().filter(|cell| !cell.is_empty()).all(|cell| {
            let text = cell.text.trim();
            cell.kind == CellKind::Text && text.parse::<f64>().is_err()
        })
    };
    let differing = |cells: &[Cell]| {
        let mut texts: Vec<String> = cells.iter().map(|cell| cell.text.trim().to_lowercase()).collect();
        texts.retain(|text| !text.is_empty());
        texts.sort_unstable();
        texts.dedup();
        texts.len()
    };
    let (group_count, heading_count) = (differing(over), differing(under));
    let is_full = heading_count == under.len() && under.len() >= over.len() && heading_count > 2;
    let is_grouped = over.windows(2).any(|pair| pair[0] == pair[1]) || over.len() > filled_count(over);
    if is_words(over) && is_words(under) && is_full && is_grouped && group_count * 2 <= heading_count {
        table.rows.remove(0);
        let message =
            format!("the titles of groups of columns above the headings in row {} are left out", headings.number);
        table.note(TableNote::new(Severity::Remark, message, "nothing to do").at_row(groups.number));
    }
}

/// Removes totals and footnotes at the end: below an empty row, or a total of fewer cells than usual.
fn trim_footers(table: &mut Table, usual: usize) {
    // The headings and one row stay in any case.
    let from = table.rows.len().saturating_sub(MAX_FOOTERS).max(2);
    let is_footer = |span: &RowSpan| {
        let cells = table.row_of(*span).cells;
        let is_sum = is_total(cells);
        let count = filled_count(cells);
        (is_sum && (span.follows_blank || (count < usual && has_only_numbers(cells))))
            || (count == 1 && usual > 1 && first_filled(cells) == Some(0) && span.follows_blank)
    };
    let Some(first) = (from..table.rows.len()).find(|index| is_footer(&table.rows[*index])) else { return };
    // What follows a footer is left out only if it has as few cells.
    let is_short = |span: &RowSpan| {
        let cells = table.row_of(*span).cells;
        is_total(cells) || filled_count(cells) < usual
    };
    if !table.rows[first..].iter().all(is_short) {
        return;
    }
    for span in table.rows.drain(first..).collect::<Vec<_>>() {
        let place = if span.follows_blank { "below an empty row" } else { "below the table" };
        let message = format!("“{}” {place} is not part of the table", first_text(table, span));
        let remedy = "move it up to the other rows if it belongs to them";
        table.note(TableNote::new(Severity::Warning, message, remedy).at_row(span.number));
    }
}

fn is_total(cells: &[Cell]) -> bool {
    let first = first_filled(cells).and_then(|at| cells.get(at));
    let text = first.map(|cell| cell.text.trim().trim_end_matches([':', '.']).to_lowercase());
    text.is_some_and(|text| TOTALS.contains(&&*text))
}

/// Returns whether all cells but the first one are empty or numbers.
fn has_only_numbers(cells: &[Cell]) -> bool {
    let others = cells.iter().filter(|cell| !cell.is_empty()).skip(1);
    let mut numbers = others.map(|cell| match cell.kind {
        CellKind::Number | CellKind::Money(_) | CellKind::Percent => true,
        CellKind::Text => {
            cell.text.contains(|sign: char| sign.is_ascii_digit()) && !cell.text.contains(char::is_alphabetic)
        }
        CellKind::Date | CellKind::Bool | CellKind::List | CellKind::Error => false,
    });
    let Some(first) = numbers.next() else { return false };
    first && numbers.all(|is_number| is_number)
}
