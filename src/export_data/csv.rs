//! A pair of CSV tables: actors and ties, in UTF-8 with a byte order mark, by which Excel knows the encoding.
//!
//! A text that spreadsheets would take for a formula gets an apostrophe in front; the import of tables removes it.

use std::collections::HashSet;

use crate::hidden_characters::prose;
use crate::model::{Date, Ends, TieId};
use crate::wording::date_text;
use crate::wording::read::{DateOrder, read_dates};
use crate::zip::ZipWriter;

use super::content::DataContent;
use super::flat::tie::{TieProof, flat_tie};
use super::flat::{FlatRecord, FlatValue, KindLabels, flat_actor, heading, names_in_use};
use super::{ACTORS_SUFFIX, DataError, DataFile, TIES_SUFFIX, one_file};

/// The mark at the start of the file.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The columns with dates.
const DATES: [&str; 5] = ["startDate", "endDate", "date", "sourcePublished", "sourceAccessed"];
/// The first columns of each table, by which it is known.
const FIRST_COLUMNS: [&str; 2] = ["Id,Name", "Id,From,To"];

/// Writes two tables.
pub(super) fn write(content: &DataContent) -> Vec<DataFile> {
    let [actors, ties] = tables(content);
    vec![
        DataFile { suffix: ACTORS_SUFFIX, bytes: actors.into_bytes() },
        DataFile { suffix: TIES_SUFFIX, bytes: ties.into_bytes() },
    ]
}

/// Writes two tables into one archive.
pub(super) fn write_zip(content: &DataContent) -> Result<Vec<DataFile>, DataError> {
    let [actors, ties] = tables(content);
    let mut zip = ZipWriter::default();
    let added = zip.add("actors.csv", actors.as_bytes()).and_then(|()| zip.add("ties.csv", ties.as_bytes()));
    let bytes = added.and_then(|()| zip.finish());
    let bytes = bytes.map_err(|error| DataError::TooLarge { format: "a ZIP archive", reason: error.to_string() })?;
    Ok(one_file(bytes))
}

/// Whether the bytes of a file are those of a table that was written here.
pub(super) fn is_exported(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes());
    start.is_some_and(|start| FIRST_COLUMNS.iter().any(|columns| start.starts_with(columns.as_bytes())))
}

fn tables(content: &DataContent) -> [String; 2] {
    let kinds = KindLabels::new(content);
    let id = |key: &str| vec![("id".to_owned(), FlatValue::Text(key.to_owned()))];
    let actors: Vec<FlatRecord> = content
        .map
        .actors()
        .iter()
        .map(|(actor, record)| {
            let mut row = id(&record.key);
            row.extend(flat_actor(content, &kinds, actor, "name"));
            row
        })
        .collect();
    let ties: Vec<FlatRecord> = content.map.tie_ids().flat_map(|tie| tie_rows(content, &kinds, tie)).collect();
    [table(&actors, &["id", "name"]), table(&ties, &["id", "from", "to"])]
}

/// Returns the rows of a tie: one, or one from the first party to each other.
pub(super) fn tie_rows(content: &DataContent, kinds: &KindLabels, id: TieId) -> Vec<FlatRecord> {
    let tie = content.map.tie(id);
    let values = flat_tie(content, kinds, id, TieProof::First);
    let row = |key: String, from, to, is_directed: bool| {
        let (from, to) = (content.map.actor(from), content.map.actor(to));
        let direction = if is_directed { "directed" } else { "undirected" };
        let texts = [
            ("id", key),
            ("from", from.key.to_string()),
            ("to", to.key.to_string()),
            ("fromName", from.name.clone()),
            ("toName", to.name.clone()),
            ("direction", direction.to_owned()),
        ];
        let mut row: FlatRecord = texts.map(|(name, text)| (name.to_owned(), FlatValue::Text(text))).into();
        row.extend(values.iter().cloned());
        row
    };
    let key = &tie.claim.key;
    match &tie.ends {
        Ends::Pair { from, to } => vec![row(key.to_string(), *from, *to, tie.is_directed)],
        Ends::Parties(parties) => {
            let Some((first, others)) = parties.split_first() else { return Vec::new() };
            let key = |number: usize| if number == 1 { key.to_string() } else { format!("{key}-{number}") };
            (1..).zip(others).map(|(number, other)| row(key(number), first.actor, other.actor, false)).collect()
        }
    }
}

fn table(rows: &[FlatRecord], first: &[&str]) -> String {
    let mut names: Vec<String> = first.iter().map(|name| (*name).to_owned()).collect();
    names.extend(names_in_use(rows.iter()).into_iter().filter(|name| !first.contains(&name.as_str())));
    let mut out = String::from(BYTE_ORDER_MARK);
    let mut taken = HashSet::new();
    line(&mut out, names.iter().map(|name| cell(&FlatValue::Text(unique_heading(name, &mut taken)))));
    for row in rows {
        let value = |name: &String| {
            let (_, value) = row.iter().find(|(known, _)| known == name)?;
            Some(if DATES.contains(&name.as_str()) { readable_date(&value.text()) } else { cell(value) })
        };
        line(&mut out, names.iter().map(|name| value(name).unwrap_or_default()));
    }
    out
}

/// Returns a date as it is read from a table again: "2018-21", the spring of 2018, would be a period of years.
fn readable_date(edtf: &str) -> String {
    let Ok(date) = Date::parse(edtf) else { return guarded(edtf) };
    let words = date_text(&date);
    if !is_read_as(edtf, &date) && is_read_as(&words, &date) { words } else { guarded(edtf) }
}

/// Whether a table holds a date as it is.
pub(super) fn is_readable(date: &Date) -> bool {
    is_read_as(date.text(), date) || is_read_as(&date_text(date), date)
}

fn is_read_as(text: &str, date: &Date) -> bool {
    let read = read_dates(text, DateOrder::Unknown).value();
    read.is_some_and(|read| read.date.or(read.end).as_ref() == Some(date))
}

/// Returns the heading of a column, which no other has.
fn unique_heading(name: &str, taken: &mut HashSet<String>) -> String {
    let mut heading = heading(name).to_owned();
    while !taken.insert(heading.to_lowercase()) {
        heading.insert_str(0, "x-");
    }
    heading
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r', ';', '\t']) || cell.trim() != cell {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// Returns the text of a cell that no spreadsheet runs.
fn cell(value: &FlatValue) -> String {
    match value {
        FlatValue::Number(digits) => digits.clone(),
        other => guarded(&prose(&other.text())),
    }
}

/// Puts an apostrophe before what spreadsheets take for a formula, and before what looks like a guarded one.
fn guarded(text: &str) -> String {
    let start = text.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    let is_formula = start.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if is_formula && !is_plain_number(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a text is a number with a sign, which a spreadsheet shows as it is.
fn is_plain_number(text: &str) -> bool {
    text.strip_prefix(['-', '+']).is_some_and(|digits| {
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    })
}

#[cfg(test)]
mod tests {
    use super::{guarded, is_exported};

    #[test]
    fn formulas_are_texts_and_numbers_stay() {
        for text in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "'=1", " =1", "\t=1", "－1+1", "-", "+49 30 1"]
        {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
        }
        for text in ["-5", "+5.25", "-0.5", "a=b", "'tis", "“=”", ""] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn only_tables_of_an_export_are_known() {
        assert!(is_exported("\u{feff}Id,Name,Kind\r\n".as_bytes()));
        assert!(!is_exported(b"Id,Name,Kind\r\n") && !is_exported("\u{feff}Name,Id\r\n".as_bytes()));
    }
}
