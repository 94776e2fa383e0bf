//! Scans a possibly broken JSON text into a tape: reports each fault with its offset and reads the rest. Iterative, so
//! that deep nesting can't overflow the stack.

mod blanks;
mod values;

use std::fmt::Arguments;

use crate::hidden_characters::Quoted;

use super::lex::{Close, bare_end, decode_text, is_name, text_token};
use super::tape::{PathStep, Tape, TapeEntry};

/// Receives the faults that a scan finds.
pub(crate) trait FaultSink {
    /// Whether further faults are only counted, so that their paths aren't needed.
    fn is_full(&self) -> bool;

    /// Reports a fault: its byte offset, path, message and remedy.
    fn fault(&mut self, offset: usize, steps: Vec<PathStep>, message: Arguments, remedy: &str);
}

/// Ignores all faults.
impl FaultSink for () {
    fn is_full(&self) -> bool {
        true
    }

    fn fault(&mut self, _: usize, _: Vec<PathStep>, _: Arguments, _: &str) {}
}

/// Scans a possibly broken text without comments and trailing commas, and reports its faults. `landmarks` are names of
/// lists that occur directly under the root only: one at a deeper level proves that closing brackets are missing before
/// it.
pub(crate) fn scan(text: &str, landmarks: &[&str], faults: &mut dyn FaultSink) -> Tape {
    Scanner { landmarks, ..Scanner::new(text, faults) }.run()
}

/// Scans a text that is known to be valid JSON.
pub(crate) fn scan_sound(text: &str) -> Tape {
    Scanner { is_sound: true, ..Scanner::new(text, &mut ()) }.run()
}

#[derive(Clone, Copy, Debug)]
struct OpenContainer {
    entry: usize,
    is_object: bool,
    /// Number of values so far, including the current one.
    count: usize,
    /// Tape entry of the last name in it.
    name: usize,
}

/// The token expected next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    Value,
    ValueOrEnd,
    Name,
    NameOrEnd,
    Colon,
    /// A comma or the closing bracket.
    CommaOrEnd,
    /// The root is complete.
    Nothing,
}

struct Scanner<'a, 'f> {
    text: &'a str,
    at: usize,
    tape: Tape,
    open: Vec<OpenContainer>,
    want: Want,
    faults: &'f mut dyn FaultSink,
    landmarks: &'f [&'f str],
    /// Whether the text is valid JSON, so that recovery is unnecessary.
    is_sound: bool,
}

impl<'a, 'f> Scanner<'a, 'f> {
    fn new(text: &'a str, faults: &'f mut dyn FaultSink) -> Self {
        let (tape, open, want) = (Tape::default(), Vec::new(), Want::Value);
        Self { text, at: 0, tape, open, want, faults, landmarks: &[], is_sound: false }
    }

    fn run(mut self) -> Tape {
        while let Some(byte) = self.skip_blanks() {
            match self.want {
                Want::Nothing => {
                    let message = format_args!("there is more text after the end of the map; it is ignored");
                    self.fault(self.at, message, "remove it, or look for an extra closing bracket before it");
                    return self.tape;
                }
                Want::Value | Want::ValueOrEnd => self.value(byte),
                Want::Name | Want::NameOrEnd => self.name(byte),
                Want::Colon => self.colon(byte),
                Want::CommaOrEnd => self.comma(byte),
            }
        }
        self.end_of_file();
        self.tape
    }

    /// Reports a fault at a byte of the current value.
    fn fault(&mut self, offset: usize, message: Arguments, remedy: &str) {
        let steps = if self.faults.is_full() { Vec::new() } else { self.steps() };
        self.faults.fault(offset, steps, message, remedy);
    }

    /// Returns the path from the root to the current value, limited to a readable depth.
    fn steps(&self) -> Vec<PathStep> {
        const MAX: usize = 8;
        let is_named = |open: &OpenContainer| open.is_object && matches!(self.want, Want::Colon | Want::Value);
        let innermost = self.open.len().saturating_sub(1);
        let ways = self.open.iter().enumerate().filter(|(depth, open)| *depth < innermost || is_named(open));
        let name = |open: &OpenContainer| decode_text(self.text, self.tape.entries[open.name].start()).into_owned();
        let step = |open: &OpenContainer| {
            if open.is_object { PathStep::Field(name(open)) } else { PathStep::Index(open.count.saturating_sub(1)) }
        };
        ways.take(MAX).map(|(_, open)| step(open)).collect()
    }

    /// Adds a value without children.
    fn leaf(&mut self, mut entry: TapeEntry) {
        self.count_value();
        entry.next = self.tape.entries.len() as u32 + 1;
        self.tape.entries.push(entry);
        self.after_value();
    }

    fn count_value(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.count += 1;
        }
    }

    fn after_value(&mut self) {
        self.want = if self.open.is_empty() { Want::Nothing } else { Want::CommaOrEnd };
    }

    fn enter(&mut self, is_object: bool) {
        self.count_value();
        self.open.push(OpenContainer { entry: self.tape.entries.len(), is_object, count: 0, name: 0 });
        self.tape.entries.push(TapeEntry::new(self.at));
        self.at += 1;
        self.want = if is_object { Want::NameOrEnd } else { Want::ValueOrEnd };
    }

    fn is_in_object(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_object)
    }

    fn name(&mut self, byte: u8) {
        match byte {
            b'}' | b']' => {
                if self.want == Want::Name {
                    self.fault(self.at, format_args!("a field is missing before this"), "remove the comma before it");
                }
                self.close(byte);
            }
            b',' | b':' => {
                self.fault(self.at, format_args!("a field name is missing before this"), "write \"name\": value");
                self.at += 1;
            }
            b'{' if self.want == Want::Name && self.is_in_list_of_records() => {
                let message = format_args!("a record begins inside another one; the outer one is taken as complete");
                self.fault(self.at, message, "close the record before this one with }");
                self.leave();
                self.want = Want::ValueOrEnd;
            }
            b'{' | b'[' => {
                self.fault(
                    self.at,
                    format_args!("this value has no field name"),
                    "write a field name and a colon before it, such as \"name\":",
                );
                self.push_name(TapeEntry::broken(self.at));
                self.want = Want::Value;
            }
            _ => self.take_name(byte),
        }
    }

    /// Whether the innermost container is an object inside a list and has at least one field.
    fn is_in_list_of_records(&self) -> bool {
        matches!(self.open.as_slice(), [.., list, record] if !list.is_object && record.count > 0)
    }

    fn take_name(&mut self, byte: u8) {
        let start = self.at;
        if byte == b'"' && self.is_landmark(start) {
            self.back_to_root();
        }
        if matches!(byte, b'"' | b'\'') {
            if self.take_text() == Close::File {
                return;
            }
        } else {
            self.at = bare_end(self.text, start).max(start + 1);
            let word = &self.text[start..self.at];
            self.fault(
                start,
                format_args!("the field name {} has no quotes", Quoted(word)),
                "put field names in double quotes",
            );
        }
        self.push_name(TapeEntry::new(start));
        self.want = Want::Colon;
    }

    fn push_name(&mut self, mut entry: TapeEntry) {
        if let Some(open) = self.open.last_mut() {
            open.name = self.tape.entries.len();
        }
        entry.next = self.tape.entries.len() as u32 + 1;
        self.tape.entries.push(entry);
    }

    /// Whether a list of the root begins here inside another container, so that a bracket is missing before it.
    fn is_landmark(&self, name: usize) -> bool {
        let is_nested = !self.is_sound && self.open.len() > 1 && self.open[0].is_object;
        if !is_nested || !self.landmarks.iter().any(|list| is_name(self.text, name, list)) {
            return false;
        }
        let after = self.text[text_token(self.text, name).end..].trim_start();
        after.strip_prefix(':').is_some_and(|rest| rest.trim_start().starts_with('['))
    }

    /// Closes everything but the root, which then expects a name.
    fn back_to_root(&mut self) {
        let remedy = format!("add the missing {} before it", closers(&self.open[1..]));
        let message = format_args!("a list of the map begins inside an unclosed value");
        self.fault(self.at, message, &remedy);
        while self.open.len() > 1 {
            self.leave();
        }
        self.want = Want::Name;
    }

    fn colon(&mut self, byte: u8) {
        if byte == b':' {
            self.at += 1;
        } else {
            self.fault(self.at, format_args!("a colon is missing before this"), "write \"name\": value");
        }
        self.want = Want::Value;
    }

    fn comma(&mut self, byte: u8) {
        match byte {
            b',' => {
                self.at += 1;
                self.want = if self.is_in_object() { Want::Name } else { Want::Value };
            }
            b']' | b'}' => self.close(byte),
            b':' => {
                self.fault(self.at, format_args!("there is an extra colon here"), "remove it");
                self.at += 1;
            }
            _ => {
                self.fault(self.at, format_args!("a comma is missing before this"), "add a comma");
                self.want = if self.is_in_object() { Want::Name } else { Want::Value };
            }
        }
    }

    /// Handles a closing bracket: closes the innermost matching container and everything open inside it.
    fn close(&mut self, byte: u8) {
        let is_object = byte == b'}';
        let fitting = self.open.iter().rposition(|open| open.is_object == is_object);
        // A bracket that closes the root while other containers are open and more text follows is superfluous.
        let has_more = || self.text.as_bytes()[self.at + 1..].iter().any(|byte| !byte.is_ascii_whitespace());
        let Some(fitting) = fitting.filter(|fitting| *fitting > 0 || self.open.len() == 1 || !has_more()) else {
            let message = format_args!("this {} closes nothing; it is ignored", char::from(byte));
            self.fault(self.at, message, "remove it");
            self.at += 1;
            return;
        };
        for at in fitting + 1..self.open.len() {
            let open = self.open[at];
            let (opening, closing) = if open.is_object { ('{', '}') } else { ('[', ']') };
            let message = format_args!("this {opening} is not closed before the end of the value around it");
            self.fault(self.tape.entries[open.entry].start(), message, &format!("add the missing {closing}"));
        }
        while self.open.len() > fitting {
            self.leave();
        }
        self.at += 1;
    }

    /// Closes the innermost container.
    fn leave(&mut self) {
        // A name without a value gets a broken one.
        if self.is_in_object() && matches!(self.want, Want::Colon | Want::Value) {
            self.tape.entries.push(TapeEntry::broken(self.at));
            let next = self.tape.entries.len() as u32;
            if let Some(last) = self.tape.entries.last_mut() {
                last.next = next;
            }
        }
        if let Some(open) = self.open.pop() {
            self.tape.entries[open.entry].next = self.tape.entries.len() as u32;
        }
        self.after_value();
    }

    /// Handles the end of the file: closes all containers, and drops a record that was cut off.
    fn end_of_file(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let brackets = closers(&self.open);
        let is_in_record = self.open.len() > 2 && self.open[0].is_object && !self.open[1].is_object;
        let last = if is_in_record { " inside a record; that record is left out" } else { "" };
        self.fault(
            self.text.trim_end().len(),
            format_args!("the file ends too early{last}"),
            &format!("get a complete copy of the file, or add the missing {brackets}"),
        );
        if is_in_record {
            self.tape.entries.truncate(self.open[2].entry);
            self.open.truncate(2);
            self.want = Want::CommaOrEnd;
        }
        while !self.open.is_empty() {
            self.leave();
        }
    }
}

/// Returns the brackets that close `open`, innermost first.
fn closers(open: &[OpenContainer]) -> String {
    const MAX: usize = 12;
    let mut brackets: String = open.iter().rev().take(MAX).map(|open| if open.is_object { '}' } else { ']' }).collect();
    if open.len() > MAX {
        brackets.push('…');
    }
    brackets
}

#[cfg(test)]
mod tests;
