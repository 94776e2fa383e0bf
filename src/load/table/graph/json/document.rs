//! A JSON file: one value, or one value in each line. What can't be read of it is noted with its line; the rest is read.

use std::fmt::Arguments;

use crate::jsonc::{FaultSink, PathStep, Tape, scan};
use crate::load::table::limits::Meter;
use crate::load::table::types::{Stop, TableNote};
use crate::model::Severity;

use super::value::{JsonValue, end_of_value};

/// Values that are nested deeper are not read: no program writes such files.
const MAX_DEPTH: usize = 512;
/// The maximum number of faults of one file that are noted one by one.
const MAX_FAULTS: usize = 20;

/// The bytes of an entry of a tape.
const BYTES_OF_ENTRY: usize = 8;
/// The maximum number of notes on one file.
const MAX_NOTES: usize = 1000;

/// Adds a note on an element; of very many, the last ones are left out.
pub(super) fn add_note(notes: &mut Vec<TableNote>, note: TableNote) {
    match notes.len() {
        0..MAX_NOTES => notes.push(note),
        MAX_NOTES => notes.push(TableNote::new(Severity::Warning, "further notes on the file are left out", "")),
        _ => {}
    }
}

/// Returns whether values are not nested deeper than they are read.
pub(super) fn is_flat_enough(text: &str) -> bool {
    let (mut depth, mut is_in_text, mut is_escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_in_text => is_escaped = true,
            b'"' => is_in_text = !is_in_text,
            b'{' | b'[' if !is_in_text => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return false;
                }
            }
            b'}' | b']' if !is_in_text => depth = depth.saturating_sub(1),
            // Texts don't span lines, so that an unclosed one damages only its line.
            b'\n' => is_in_text = false,
            _ => {}
        }
    }
    true
}

/// Whether a text is in one line, so that its elements are located by columns instead.
pub(in crate::load::table::graph) fn is_of_one_line(text: &str) -> bool {
    memchr::memchr(b'\n', text.trim_end().as_bytes()).is_none()
}

/// The lines at which bytes of a text are, asked for in ascending order; the columns, in characters, in a text of one line.
pub(super) struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    is_of_one_line: bool,
}

impl<'a> LineCounter<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1, is_of_one_line: is_of_one_line(text) }
    }

    pub(super) fn line(&mut self, offset: usize) -> u32 {
        if offset < self.at {
            (self.at, self.line) = (0, 1);
        }
        let between = &self.text.as_bytes()[self.at..offset.min(self.text.len())];
        let is_first = |byte: &&u8| (**byte & 0xc0) != 0x80;
        let count = if self.is_of_one_line {
            between.iter().filter(is_first).count()
        } else {
            memchr::memchr_iter(b'\n', between).count()
        };
        self.line = self.line.saturating_add(count as u32);
        self.at = offset.min(self.text.len());
        self.line
    }
}

/// The faults of a JSON text as notes.
struct NotedFaults<'a, 'n> {
    lines: LineCounter<'a>,
    notes: &'n mut Vec<TableNote>,
    count: usize,
}

impl FaultSink for NotedFaults<'_, '_> {
    fn is_full(&self) -> bool {
        true
    }

    fn fault(&mut self, offset: usize, _: Vec<PathStep>, message: Arguments, remedy: &str) {
        self.count += 1;
        if self.count <= MAX_FAULTS {
            let line = self.lines.line(offset);
            self.notes.push(TableNote::new(Severity::Error, message.to_string(), remedy).at_row(line));
        }
    }
}

/// Scans a text, and notes what can't be read of it.
pub(super) fn scan_noted(text: &str, notes: &mut Vec<TableNote>, meter: &Meter) -> Result<Tape, Stop> {
    let mut faults = NotedFaults { lines: LineCounter::new(text), notes, count: 0 };
    let tape = scan(text, &[], &mut faults);
    let more = faults.count.saturating_sub(MAX_FAULTS);
    if more > 0 {
        let message = format!("further parts of the file can't be read as JSON ({more})");
        notes.push(TableNote::new(Severity::Error, message, "get a complete copy of the file"));
    }
    meter.count_structure(tape.entries.len(), BYTES_OF_ENTRY)?;
    Ok(tape)
}

/// Shows the values of a file to `examine`, with their lines: the elements of a list, the values of lines, or the only
/// value. A line that can't be read is noted and left out.
pub(super) fn for_each_value<'a>(
    text: &'a str,
    notes: &mut Vec<TableNote>,
    meter: &Meter,
    mut examine: impl FnMut(JsonValue<'a, '_>, u32, &mut Vec<TableNote>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    if text.trim_start().starts_with('[') {
        let tape = scan_noted(text, notes, meter)?;
        let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
        let mut lines = LineCounter::new(text);
        for item in root.items() {
            examine(item, lines.line(item.offset()), notes)?;
        }
        return Ok(());
    }
    if !has_lines(text) {
        return for_whole(text, notes, meter, &mut examine);
    }
    let mut left_out = 0_usize;
    let (mut start, mut number) = (0, 0_u32);
    while start < text.len() {
        number += 1;
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |length| start + length + 1);
        let line = &text[start..end];
        start = end;
        if line.trim().is_empty() {
            continue;
        }
        if number.is_multiple_of(4096) {
            meter.report(start as f32 / text.len() as f32)?;
        }
        match tape_of_line(line) {
            Ok(tape) => {
                if let Some(value) = JsonValue::root(line, &tape) {
                    examine(value, number, notes)?;
                }
            }
            Err(fault) => {
                left_out += 1;
                if left_out <= MAX_FAULTS {
                    let message = format!("the line can't be read: {}; it is left out", fault.0);
                    notes.push(TableNote::new(Severity::Error, message, fault.1).at_row(number));
                }
            }
        }
    }
    if left_out > MAX_FAULTS {
        let message = format!("further lines can't be read ({}); they are left out", left_out - MAX_FAULTS);
        notes.push(TableNote::new(Severity::Error, message, "correct them"));
    }
    Ok(())
}

/// Whether each line of a text is a value. The first line, or the second if that one is damaged, shows it: the lines of a
/// value that is written over several are no objects by themselves.
pub(super) fn has_lines(text: &str) -> bool {
    let is_object = |line: &str| line.trim_start().starts_with('{') && tape_of_line(line).is_ok();
    text.lines().filter(|line| !line.trim().is_empty()).take(2).any(is_object)
}

/// Shows values that are written over several lines each.
fn for_whole<'a>(
    text: &'a str,
    notes: &mut Vec<TableNote>,
    meter: &Meter,
    examine: &mut impl FnMut(JsonValue<'a, '_>, u32, &mut Vec<TableNote>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let (mut start, mut lines) = (0, LineCounter::new(text));
    while let Some(begin) = text[start..].find('{') {
        let begin = start + begin;
        let number = lines.line(begin);
        if !text[start..begin].trim().is_empty() {
            let message = "there is text before this that is not a JSON object; it is left out";
            notes.push(TableNote::new(Severity::Error, message, "remove it").at_row(number));
        }
        start = end_of_value(text, begin);
        let (value, mut found) = (&text[begin..start], Vec::new());
        let tape = scan_noted(value, &mut found, meter)?;
        let is_damaged = !found.is_empty();
        for note in &mut found {
            note.row = note.row.map(|row| row + number - 1);
        }
        notes.append(&mut found);
        if let Some(value) = JsonValue::root(value, &tape) {
            examine(value, number, notes)?;
        }
        if is_damaged {
            break;
        }
    }
    Ok(())
}

/// The message and remedy of a fault.
type LineFault = (String, String);

/// Returns the structure of a line that is one value; its first fault if it isn't one.
fn tape_of_line(line: &str) -> Result<Tape, LineFault> {
    let mut first = FirstFault(None);
    let tape = scan(line, &[], &mut first);
    first.0.map_or(Ok(tape), Err)
}

struct FirstFault(Option<LineFault>);

impl FaultSink for FirstFault {
    fn is_full(&self) -> bool {
        true
    }

    fn fault(&mut self, _: usize, _: Vec<PathStep>, message: Arguments, remedy: &str) {
        if self.0.is_none() {
            self.0 = Some((message.to_string(), remedy.to_owned()));
        }
    }
}
