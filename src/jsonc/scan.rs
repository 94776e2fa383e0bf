//! A JSON text to a tape, whatever is wrong with it: each fault is listed with its place, and what can be
//! read is read. Walks without recursion, so that depth costs nothing.

mod blanks;
mod values;

use std::fmt::Arguments;

use crate::visible::Quoted;

use super::lex::{Close, bare_end, decode_text, is_name, text_token};
use super::tape::{PathStep, Tape, TapeEntry};

/// Receives the faults that a scan finds.
pub(crate) trait FaultSink {
    /// Whether further faults are only counted, so that their paths are not needed.
    fn is_full(&self) -> bool;

    /// Takes one fault: the byte at which it is, the path to what stands there, the message and the remedy.
    fn fault(&mut self, offset: usize, steps: Vec<PathStep>, message: Arguments, remedy: &str);
}

/// Ignores all faults.
impl FaultSink for () {
    fn is_full(&self) -> bool {
        true
    }

    fn fault(&mut self, _: usize, _: Vec<PathStep>, _: Arguments, _: &str) {}
}

/// Reads the shape of a broken text without comments and trailing commas, and reports what is wrong with it. The
/// `landmarks` are names of lists that stand right under the root and nowhere else: where one begins deeper, brackets
/// are missing before it.
pub(crate) fn scan(text: &str, landmarks: &[&str], faults: &mut dyn FaultSink) -> Tape {
    Scanner { landmarks, ..Scanner::new(text, faults) }.run()
}

/// Reads the shape of a text that is known to be JSON.
pub(crate) fn scan_sound(text: &str) -> Tape {
    Scanner { is_sound: true, ..Scanner::new(text, &mut ()) }.run()
}

/// A list or object that is not closed yet.
#[derive(Clone, Copy, Debug)]
struct OpenContainer {
    entry: usize,
    is_object: bool,
    /// How many values it has so far, the open one included.
    count: usize,
    /// The entry of the last name in it.
    name: usize,
}

/// What comes next, if nothing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    /// A value.
    Value,
    /// A value or the end of the list.
    ValueOrEnd,
    /// A name.
    Name,
    /// A name or the end of the object.
    NameOrEnd,
    /// The colon between name and value.
    Colon,
    /// A comma or the end of what is open.
    CommaOrEnd,
    /// Nothing: the root is complete.
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
    /// Whether there is nothing to guess, because the text is JSON.
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
                    let message = format_args!("there is something after the end of the map; it is ignored");
                    self.fault(self.at, message, "take it out, or look for a bracket that is too many before it");
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

    /// Lists a fault at a byte of what is being read.
    fn fault(&mut self, offset: usize, message: Arguments, remedy: &str) {
        let steps = if self.faults.is_full() { Vec::new() } else { self.steps() };
        self.faults.fault(offset, steps, message, remedy);
    }

    /// The way from the root to what is being read, as far as people can follow it.
    fn steps(&self) -> Vec<PathStep> {
        const MOST: usize = 8;
        let is_named = |open: &OpenContainer| open.is_object && matches!(self.want, Want::Colon | Want::Value);
        let innermost = self.open.len().saturating_sub(1);
        let ways = self.open.iter().enumerate().filter(|(depth, open)| *depth < innermost || is_named(open));
        let name = |open: &OpenContainer| decode_text(self.text, self.tape.entries[open.name].start()).into_owned();
        let step = |open: &OpenContainer| {
            if open.is_object { PathStep::Field(name(open)) } else { PathStep::Index(open.count.saturating_sub(1)) }
        };
        ways.take(MOST).map(|(_, open)| step(open)).collect()
    }

    /// A value without anything inside.
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
                    self.fault(self.at, format_args!("a field is missing before this"), "take the comma before it out");
                }
                self.close(byte);
            }
            b',' | b':' => {
                self.fault(
                    self.at,
                    format_args!("the name of a field is missing before this"),
                    "write \"name\": value",
                );
                self.at += 1;
            }
            b'{' if self.want == Want::Name && self.is_in_list_of_records() => {
                let message = format_args!("a record begins inside another one; the one before is taken as complete");
                self.fault(self.at, message, "close the record before this one with `}`");
                self.leave();
                self.want = Want::ValueOrEnd;
            }
            b'{' | b'[' => {
                self.fault(self.at, format_args!("a value stands here without a name"), "write \"name\": before it");
                self.push_name(TapeEntry::broken(self.at));
                self.want = Want::Value;
            }
            _ => self.take_name(byte),
        }
    }

    /// Whether an object of a list is open that has a field already.
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
            self.fault(start, format_args!("the name {} has no quotes", Quoted(word)), "put names in double quotes");
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

    /// Whether a list of the root begins here, inside something else: a bracket is missing before it.
    fn is_landmark(&self, name: usize) -> bool {
        let is_nested = !self.is_sound && self.open.len() > 1 && self.open[0].is_object;
        if !is_nested || !self.landmarks.iter().any(|list| is_name(self.text, name, list)) {
            return false;
        }
        let after = self.text[text_token(self.text, name).end..].trim_start();
        after.strip_prefix(':').is_some_and(|rest| rest.trim_start().starts_with('['))
    }

    /// Closes all but the root, in which a name comes next.
    fn back_to_root(&mut self) {
        let remedy = format!("close what is open before it: {} is missing", closers(&self.open[1..]));
        let message = format_args!("a list of the map begins inside something that is not closed");
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
                self.fault(self.at, format_args!("a colon is too many here"), "take it out");
                self.at += 1;
            }
            _ => {
                self.fault(self.at, format_args!("a comma is missing before this"), "add the comma");
                self.want = if self.is_in_object() { Want::Name } else { Want::Value };
            }
        }
    }

    /// A closing bracket: closes what it fits, and what is open inside that.
    fn close(&mut self, byte: u8) {
        let is_object = byte == b'}';
        let fitting = self.open.iter().rposition(|open| open.is_object == is_object);
        // Whoever closes the whole map while a list is open and more follows has written a bracket too many.
        let has_more = || self.text.as_bytes()[self.at + 1..].iter().any(|byte| !byte.is_ascii_whitespace());
        let Some(fitting) = fitting.filter(|fitting| *fitting > 0 || self.open.len() == 1 || !has_more()) else {
            let message = format_args!("this `{}` closes nothing; it is ignored", char::from(byte));
            self.fault(self.at, message, "take it out");
            self.at += 1;
            return;
        };
        for at in fitting + 1..self.open.len() {
            let open = self.open[at];
            let (opening, closing) = if open.is_object { ('{', '}') } else { ('[', ']') };
            let message = format_args!("this `{opening}` is not closed before what it stands in ends");
            self.fault(self.tape.entries[open.entry].start(), message, &format!("add the `{closing}` that is missing"));
        }
        while self.open.len() > fitting {
            self.leave();
        }
        self.at += 1;
    }

    /// Closes the innermost list or object.
    fn leave(&mut self) {
        // A name that still waits for its value gets none.
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

    /// The file ends: whatever is open was cut off, and the record in which that happened is not to be trusted.
    fn end_of_file(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let brackets = closers(&self.open);
        let is_in_record = self.open.len() > 2 && self.open[0].is_object && !self.open[1].is_object;
        let last = if is_in_record { ", inside a record, which is left out" } else { "" };
        self.fault(
            self.text.trim_end().len(),
            format_args!("the file ends too early{last}"),
            &format!("get the whole file again, or add what is missing: {brackets}"),
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

/// The brackets that close what is open, innermost first.
fn closers(open: &[OpenContainer]) -> String {
    const MOST: usize = 12;
    let mut brackets: String =
        open.iter().rev().take(MOST).map(|open| if open.is_object { '}' } else { ']' }).collect();
    if open.len() > MOST {
        brackets.push('…');
    }
    format!("`{brackets}`")
}

#[cfg(test)]
mod tests;
