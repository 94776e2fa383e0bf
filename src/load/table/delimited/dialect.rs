//! Detects how a text is separated into columns, from its contents.

use memchr::memmem;

use super::{Dialect, FieldScanner};
use crate::load::table::types::TableNote;
use crate::model::Severity;

/// The separators that are tried; among equals, the first wins.
const SEPARATORS: [u8; 4] = [b'\t', b';', b',', b'|'];
/// What is examined of a text.
const MAX_SAMPLE: usize = 256 << 10;
const MAX_RECORDS: usize = 200;
const MAX_ESCAPES: usize = 1000;

/// How to read a text, and where its table begins.
#[derive(Debug)]
pub(in crate::load::table) struct TextStart {
    pub(in crate::load::table) dialect: Dialect,
    /// The offset of the first record.
    pub(in crate::load::table) at: usize,
    /// The line of the first record, from 1.
    pub(in crate::load::table) line: u32,
    pub(in crate::load::table) notes: Vec<TableNote>,
}

/// Detects the dialect of a text, and skips the line `sep=` of Excel and comments before the header.
pub(in crate::load::table) fn detect_dialect(text: &str, is_tab_separated: bool) -> TextStart {
    let has_escapes = has_escapes(text.as_bytes());
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    if let Some((separator, length)) = declared_separator(&text[at..]) {
        let dialect = Dialect { separator, has_escapes };
        return TextStart { dialect, at: at + length, line: 2, notes: Vec::new() };
    }
    let comments = comment_lines(&text[at..]);
    let mut dialect = Dialect { separator: b',', has_escapes };
    let mut best = 0.0;
    let body = &text[at + comments.1..];
    let sample = &body[..body.floor_char_boundary(MAX_SAMPLE)];
    for separator in SEPARATORS {
        let score = score(sample, Dialect { separator, has_escapes });
        if score > best {
            best = score;
            dialect.separator = separator;
        }
    }
    if best <= 0.0 && is_tab_separated {
        dialect.separator = b'\t';
    }
    let (mut line, mut notes) = (1, Vec::new());
    // A commented header has the separators of the rows below it; it is kept.
    let skipped = &text[at..at + comments.1];
    if comments.0 > 0 && !skipped.bytes().any(|byte| byte == dialect.separator) {
        at += comments.1;
        line += comments.0;
        let message = format!("{} comment lines above the table are left out", comments.0);
        notes.push(TableNote::new(Severity::Remark, message, "nothing to do").at_row(1));
    }
    TextStart { dialect, at, line, notes }
}

/// Returns the separator that the first line declares, with the length of that line.
fn declared_separator(text: &str) -> Option<(u8, usize)> {
    let line = text.split_inclusive('\n').next()?;
    let declared = line.trim_end_matches(['\n', '\r']).trim_matches('"');
    let separator =
        declared.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).map(|_| &declared.as_bytes()[4..]);
    match separator {
        Some([separator]) if separator.is_ascii() && !separator.is_ascii_alphanumeric() => {
            Some((*separator, line.len()))
        }
        _ => None,
    }
}

/// Returns the number of leading lines that begin with `#`, and their length.
fn comment_lines(text: &str) -> (u32, usize) {
    let lines = text.split_inclusive('\n').take_while(|line| line.starts_with('#'));
    lines.fold((0, 0), |(count, length), line| (count + 1, length + line.len()))
}

/// Returns whether quotes are escaped by backslashes: some backslash is followed by a quote that can't close a field.
fn has_escapes(bytes: &[u8]) -> bool {
    let mut found = memmem::find_iter(bytes, b"\\\"").take(MAX_ESCAPES);
    found.any(|at| {
        bytes.get(at + 2).is_some_and(|next| !matches!(next, b'\t' | b';' | b',' | b'|' | b'\n' | b'\r' | b'"' | b' '))
    })
}

/// Scores how well a dialect fits: the share of records that have the most frequent number of columns, more if the
/// first one has it, too, and a little more for each column; 0 if that number is 1.
fn score(sample: &str, dialect: Dialect) -> f32 {
    let mut scanner = FieldScanner::new(sample, dialect, 0, 1);
    let mut counts: Vec<u32> = Vec::new();
    while counts.len() < MAX_RECORDS {
        let (mut columns, mut is_blank) = (0, true);
        let read = scanner.record(|field| {
            columns += 1;
            is_blank &= field.trim().is_empty();
        });
        if read.is_none() {
            break;
        }
        if !is_blank {
            counts.push(columns);
        }
    }
    let mut sorted = counts.clone();
    sorted.sort_unstable();
    let groups = sorted.chunk_by(|a, b| a == b).map(|group| (group.len(), group[0]));
    let Some((count, columns)) = groups.filter(|(_, columns)| *columns > 1).max() else { return 0.0 };
    let share = count as f32 / counts.len() as f32;
    // Few records beside titles and notes still show the separator, but less than prose with commas does.
    let header = if counts.first() == Some(&columns) { 0.5 } else { 0.0 };
    share + header + columns.min(50) as f32 / 1000.0
}
