//! Splits delimited text into cells that borrow from it.
//!
//! Not a package, since none borrows its fields, closes a quote that was left open at the end of its line, and reads
//! quotes escaped by a backslash.

pub(super) mod dialect;

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem};

use super::limits::Meter;
use super::types::{Cell, Stop, Table, TableNote};
use crate::model::Severity;

/// How the fields of a text are separated and quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) separator: u8,
    /// Whether a backslash before a quote makes it a sign of the text.
    pub(super) has_escapes: bool,
}

/// What ends a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FieldEnd {
    Separator,
    Line,
    Text,
}

/// A field enclosed in quotes.
struct QuotedField {
    /// The offset of the closing quote.
    end: usize,
    /// The offset of the separator or line end after it.
    next: usize,
    /// Whether the text has doubled or escaped quotes, or carriage returns.
    needs_unescaping: bool,
}

/// Reads a text field by field.
pub(super) struct FieldScanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    dialect: Dialect,
    at: usize,
    /// The current line, from 1.
    line: u32,
    /// Bytes searched for closing quotes that are missing; beyond a limit, quotes are closed within their line.
    wasted: usize,
    /// Up to this offset, quotes are signs of the text.
    literal_until: usize,
    /// The line and column of each quote that is never closed, from 1.
    unclosed: Vec<(u32, u32)>,
    /// Whether all fields of the first record are quoted, if it is read: then `NA` without quotes is no text.
    is_all_quoted: Option<bool>,
    /// Whether the text is one of a database, with `\N` for missing values and `\n` for line breaks.
    is_dump: bool,
}

/// The number of possible marks of missing values that are looked at.
const MAX_MARKS: usize = 1000;
/// What databases write for a missing value.
const MISSING: [&str; 2] = ["NULL", "\\N"];

impl<'a> FieldScanner<'a> {
    /// Starts at an offset in the text, which is in this line.
    pub(super) fn new(text: &'a str, dialect: Dialect, at: usize, line: u32) -> Self {
        let bytes = text.as_bytes();
        let is_dump = dialect.separator == b'\t' && has_missing_mark(text);
        let unclosed = Vec::new();
        Self { text, bytes, dialect, at, line, wasted: 0, literal_until: 0, unclosed, is_all_quoted: None, is_dump }
    }

    /// Reads the fields of the next record into `push`, and returns the line where it starts; `None` at the end.
    pub(super) fn record(&mut self, mut push: impl FnMut(Cow<'a, str>)) -> Option<u32> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let line = self.line;
        let (mut column, mut is_all_quoted) = (1, true);
        loop {
            let open = self.skip_blanks(self.at);
            is_all_quoted &= self.bytes.get(open) == Some(&b'"');
            let (field, end) = self.field(column);
            push(field);
            if end != FieldEnd::Separator {
                self.is_all_quoted.get_or_insert(is_all_quoted);
                return Some(line);
            }
            column += 1;
        }
    }

    fn field(&mut self, column: u32) -> (Cow<'a, str>, FieldEnd) {
        let open = self.skip_blanks(self.at);
        if self.bytes.get(open) == Some(&b'"') && open >= self.literal_until {
            if let Some(quoted) = self.closing_quote(open) {
                self.line += count_lines(&self.bytes[open..quoted.end]);
                let text = &self.text[open + 1..quoted.end];
                let field = if quoted.needs_unescaping { Cow::Owned(self.unescape(text)) } else { text.into() };
                self.at = quoted.next;
                return (field, self.field_end());
            }
            self.unclosed.push((self.line, column));
            self.at = open + 1;
        }
        let rest = &self.bytes[self.at..];
        let end = memchr3(self.dialect.separator, b'\n', b'\r', rest).map_or(self.bytes.len(), |end| self.at + end);
        let field = self.plain_field(&self.text[self.at..end]);
        self.at = end;
        (field, self.field_end())
    }

    /// Returns the text of a field without quotes; none for the marks of missing values. R writes texts with quotes
    /// and missing values without them.
    fn plain_field(&self, field: &'a str) -> Cow<'a, str> {
        if MISSING.contains(&field) || (field == "NA" && self.is_all_quoted == Some(true)) {
            return Cow::Borrowed("");
        }
        if self.is_dump && field.contains('\\') { undumped(field).into() } else { field.into() }
    }

    /// Moves past what ends a field.
    fn field_end(&mut self) -> FieldEnd {
        let Some(sign) = self.bytes.get(self.at) else { return FieldEnd::Text };
        self.at += 1;
        if *sign == self.dialect.separator {
            return FieldEnd::Separator;
        }
        if *sign == b'\r' && self.bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
        self.line += 1;
        FieldEnd::Line
    }

    fn skip_blanks(&self, from: usize) -> usize {
        let is_blank = |byte: &u8| *byte == b' ' || (*byte == b'\t' && self.dialect.separator != b'\t');
        from + self.bytes[from..].iter().take_while(|byte| is_blank(byte)).count()
    }

    fn is_field_end(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(|byte| *byte == self.dialect.separator || matches!(byte, b'\n' | b'\r'))
    }

    /// Finds the quote that closes the one at `open`. A quote within the field that is neither doubled nor at its end
    /// belongs to the text, unless it opens a field in a later line: then the one at `open` was never closed.
    fn closing_quote(&mut self, open: usize) -> Option<QuotedField> {
        let is_bounded = self.wasted > 4 * self.bytes.len() + (1 << 20);
        let end = if is_bounded { self.line_end(open) } else { self.bytes.len() };
        let (mut at, mut checked, mut has_line, mut needs_unescaping) = (open + 1, open, false, false);
        let mut searched = end;
        while let Some(found) = self.next_quote(at, end) {
            if self.bytes[found] == b'\\' {
                needs_unescaping = true;
                at = found + 2;
                continue;
            }
            if self.bytes.get(found + 1) == Some(&b'"') {
                needs_unescaping = true;
                at = found + 2;
                continue;
            }
            let next = self.skip_blanks(found + 1);
            if self.is_field_end(next) {
                needs_unescaping |= memchr(b'\r', &self.bytes[open..found]).is_some();
                return Some(QuotedField { end: found, next, needs_unescaping });
            }
            has_line |= memchr2(b'\n', b'\r', &self.bytes[checked..found]).is_some();
            checked = found;
            if has_line && self.is_field_end(found - 1) {
                searched = found;
                break;
            }
            at = found + 1;
        }
        self.wasted += searched - open;
        if is_bounded {
            self.literal_until = end;
        }
        None
    }

    /// Finds the next quote, or the next backslash if it can escape one.
    fn next_quote(&self, at: usize, end: usize) -> Option<usize> {
        let range = self.bytes.get(at..end)?;
        let found = if self.dialect.has_escapes { memchr2(b'"', b'\\', range) } else { memchr(b'"', range) };
        found.map(|found| at + found)
    }

    fn line_end(&self, at: usize) -> usize {
        memchr2(b'\n', b'\r', &self.bytes[at..]).map_or(self.bytes.len(), |end| at + end)
    }

    fn unescape(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut signs = text.chars().peekable();
        while let Some(sign) = signs.next() {
            let next = signs.peek().copied();
            match (sign, next) {
                ('"', Some('"')) => {
                    signs.next();
                    out.push('"');
                }
                ('\\', Some(escaped @ ('"' | '\\'))) if self.dialect.has_escapes => {
                    signs.next();
                    out.push(escaped);
                }
                ('\r', Some('\n')) => {}
                ('\r', _) => out.push('\n'),
                _ => out.push(sign),
            }
        }
        out
    }
}

/// Whether a text has a field with the mark of databases for missing values.
fn has_missing_mark(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_end = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b'\t' | b'\n' | b'\r'));
    memmem::find_iter(bytes, b"\\N")
        .take(MAX_MARKS)
        .any(|at| is_end(at.checked_sub(1).and_then(|before| bytes.get(before))) && is_end(bytes.get(at + 2)))
}

/// Replaces what databases write for the signs that separate fields.
fn undumped(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut signs = field.chars();
    while let Some(sign) = signs.next() {
        match (sign, signs.as_str().as_bytes().first()) {
            ('\\', Some(b'n' | b'r')) => out.push('\n'),
            ('\\', Some(b't')) => out.push('\t'),
            ('\\', Some(b'\\')) => out.push('\\'),
            _ => {
                out.push(sign);
                continue;
            }
        }
        signs.next();
    }
    out
}

/// Counts line ends; a carriage return with a line feed is one.
fn count_lines(bytes: &[u8]) -> u32 {
    let mut count = 0;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'\n', b'\r', rest)) {
        at += found + 1;
        if bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') {
            at += 1;
        }
        count += 1;
    }
    count
}

/// The number of rows between two reports of progress.
const ROWS_PER_REPORT: usize = 4096;

/// Reads a text into a table, from an offset that is in this line.
pub(super) fn read_delimited<'a>(
    table: &mut Table<'a>,
    text: &'a str,
    dialect: Dialect,
    (at, line): (usize, u32),
    meter: &Meter,
) -> Result<(), Stop> {
    let mut scanner = FieldScanner::new(text, dialect, at, line);
    let mut follows_blank = false;
    let most = meter.read_columns();
    // Lists that grow by doubling would take three times the memory meanwhile.
    let ends = |sign: u8| (memchr_iter(sign, &text.as_bytes()[at..]).count() + 1).min(meter.most_cells());
    let rows = ends(b'\n').max(ends(b'\r'));
    table.rows.reserve_exact(rows);
    table.cells.reserve_exact(ends(dialect.separator) + rows);
    loop {
        let start = table.cells.len();
        let cells = &mut table.cells;
        let push = |text: Cow<'a, str>| {
            if cells.len() - start < most {
                cells.push(Cell::text(without_guard(text)));
            }
        };
        let Some(line) = scanner.record(push) else { break };
        let row = &table.cells[start..];
        meter.check_columns(row.len(), line)?;
        for cell in row {
            meter.check_text(cell.text.len(), line)?;
        }
        meter.count_row(row.len())?;
        follows_blank = !table.end_row(start, line, follows_blank);
        for (line, column) in scanner.unclosed.drain(..) {
            table.note(unclosed_note(line, column));
        }
        if table.rows.len().is_multiple_of(ROWS_PER_REPORT) {
            meter.report(scanner.at as f32 / text.len().max(1) as f32)?;
        }
    }
    Ok(())
}

/// Removes the apostrophe that exports put before what a spreadsheet would run as a formula.
fn without_guard(text: Cow<'_, str>) -> Cow<'_, str> {
    // Few cells begin so, and most of those are quotations.
    let Some(rest) = text.strip_prefix('\'') else { return text };
    let start = rest.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    let is_guarded = start.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    match text {
        _ if !is_guarded => text,
        Cow::Borrowed(text) => Cow::Borrowed(&text[1..]),
        Cow::Owned(mut text) => {
            text.remove(0);
            Cow::Owned(text)
        }
    }
}

fn unclosed_note(line: u32, column: u32) -> TableNote {
    let remedy = "the quote is ignored; close it, or delete it";
    TableNote::new(Severity::Warning, "a quote is opened and never closed", remedy).at_cell(line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_that_are_never_closed_cost_linear_time() {
        for line in ["\"\"a\n", "\"\"a,", "x,\"a\"\"\n", "\"a b\"c,\n\"\""] {
            let text = line.repeat(20_000);
            let mut scanner = FieldScanner::new(&text, Dialect { separator: b',', has_escapes: false }, 0, 1);
            while scanner.record(drop).is_some() {}
            assert!(scanner.wasted <= 6 * text.len() + (2 << 20), "{line:?}: {}", scanner.wasted);
        }
    }
}
