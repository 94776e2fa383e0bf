//! A JSON text to a tape, whatever is wrong with it: each fault is listed with its place, and what can be
//! read is read. Walks without recursion, so that depth costs nothing.

use std::fmt::Arguments;

use super::faults::{Faults, Shown, Step};
use super::lex::{Close, bare_end, decode_text, is_name, is_number, text_token};
use super::tape::{Entry, Tape};
use super::visible::is_hidden;

/// Reads the shape of a broken text without comments and trailing commas, and lists what is wrong with it.
pub(crate) fn scan(text: &str, faults: &mut Faults) -> Tape {
    Scanner::new(text, faults).run()
}

/// Reads the shape of a text that is known to be JSON.
pub(crate) fn scan_sound(text: &str) -> Tape {
    let mut none = Faults::default();
    Scanner { is_sound: true, ..Scanner::new(text, &mut none) }.run()
}

/// A list or object that is not closed yet.
#[derive(Clone, Copy, Debug)]
struct Open {
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
    open: Vec<Open>,
    want: Want,
    faults: &'f mut Faults,
    /// Whether there is nothing to guess, because the text is JSON.
    is_sound: bool,
}

/// The lists of a map, which stand right under its root and nowhere else.
const LISTS: [&str; 5] = ["actors", "sources", "ties", "facts", "views"];

impl<'a, 'f> Scanner<'a, 'f> {
    fn new(text: &'a str, faults: &'f mut Faults) -> Self {
        let (tape, open, want) = (Tape::default(), Vec::new(), Want::Value);
        Self { text, at: 0, tape, open, want, faults, is_sound: false }
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
        self.faults.syntax(offset, steps, message, remedy);
    }

    /// The way from the root to what is being read, as far as people can follow it.
    fn steps(&self) -> Vec<Step> {
        const MOST: usize = 8;
        let is_named = |open: &Open| open.is_object && matches!(self.want, Want::Colon | Want::Value);
        let innermost = self.open.len().saturating_sub(1);
        let ways = self.open.iter().enumerate().filter(|(depth, open)| *depth < innermost || is_named(open));
        let name = |open: &Open| decode_text(self.text, self.tape.entries[open.name].start()).into_owned();
        let step = |open: &Open| {
            if open.is_object { Step::Field(name(open)) } else { Step::Index(open.count.saturating_sub(1)) }
        };
        ways.take(MOST).map(|(_, open)| step(open)).collect()
    }

    /// Goes to the next byte that means something. Invisible characters and lines of other programs are listed.
    fn skip_blanks(&mut self) -> Option<u8> {
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let blanks = rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
            self.at += blanks.unwrap_or(rest.len());
            let byte = *self.text.as_bytes().get(self.at)?;
            match byte {
                b'#' | b'<' | b'=' | b'>' if self.skip_foreign_line() => {}
                0..0x20 | 0x7f.. if self.skip_invisible() => {}
                _ => return Some(byte),
            }
        }
    }

    /// Skips a line that a shell would take for a comment, or a mark that a version control left.
    fn skip_foreign_line(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let is_mark = ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| rest.starts_with(mark));
        if is_mark {
            let message = format_args!("a version control left a mark of a conflict here; its line is ignored");
            self.fault(self.at, message, "decide for one of the two sides and take the marks out");
        } else if rest.starts_with('#') {
            self.fault(
                self.at,
                format_args!("`#` does not begin a comment here; its line is ignored"),
                "begin comments with //",
            );
        } else {
            return false;
        }
        self.at += rest.find('\n').unwrap_or(rest.len());
        true
    }

    /// Skips characters that nobody sees and that JSON does not allow between values.
    fn skip_invisible(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let is_invisible =
            |c: char| is_hidden(c) || matches!(c, '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2060}') || c.is_whitespace();
        let Some(first) = rest.chars().next().filter(|c| is_invisible(*c)) else { return false };
        let code = u32::from(first);
        self.fault(
            self.at,
            format_args!("the invisible character U+{code:04X} stands here; it is skipped"),
            "take it out",
        );
        self.at += rest.find(|c| !is_invisible(c)).unwrap_or(rest.len());
        true
    }

    fn value(&mut self, byte: u8) {
        match byte {
            b'{' | b'[' => self.enter(byte == b'{'),
            b'"' if self.is_list_of_map(self.at) => self.back_to_root(),
            b'"' => self.text_value(),
            b']' | b'}' if self.want == Want::ValueOrEnd => self.close(byte),
            b',' | b']' | b'}' | b':' => {
                self.fault(
                    self.at,
                    format_args!("a value is missing before this"),
                    "write the value, or take the name or comma before it out",
                );
                if self.is_in_object() {
                    self.leaf(Entry::broken(self.at));
                }
                match byte {
                    b',' if self.is_in_object() => self.want = Want::CommaOrEnd,
                    b',' | b':' => self.at += 1,
                    _ => self.close(byte),
                }
            }
            _ => self.bare_value(),
        }
    }

    fn text_value(&mut self) {
        let start = self.at;
        let close = self.take_text();
        // Nobody knows how a text went on that the end of the file cuts off.
        let entry = if close == Close::File { Entry::broken(start) } else { Entry::new(start) };
        self.leaf(entry);
    }

    /// Reads over a text and lists what is wrong with it.
    fn take_text(&mut self) -> Close {
        let start = self.at;
        let token = text_token(self.text, start);
        self.at = token.end.max(start + 1);
        if self.text.as_bytes()[start] == b'\'' {
            self.fault(start, format_args!("text stands in single quotes"), "use double quotes");
        }
        if let Some(at) = token.bad_escape.filter(|_| token.close != Close::File) {
            let message = format_args!("there is no such escape in JSON; the backslash is read as a letter");
            self.fault(at, message, "write a backslash as \\\\");
        }
        match token.close {
            Close::Line => self.fault(
                start,
                format_args!("this text has no closing quote; it is read to the end of its line"),
                "add the closing quote \"",
            ),
            // The end of the file is a fault of its own, listed once.
            Close::File => {}
            Close::Quote => {
                if let Some(at) = token.raw_control {
                    let message = format_args!("a text holds a line break or control character as it is");
                    self.fault(at, message, "write a line break as \\n and a tab as \\t");
                }
            }
        }
        token.close
    }

    fn bare_value(&mut self) {
        let start = self.at;
        if self.text.as_bytes()[start] == b'\'' {
            return self.text_value();
        }
        let end = bare_end(self.text, start).max(start + 1);
        let word = &self.text[start..end];
        self.at = end;
        if self.is_in_object() && self.skip_thousands(start) {
            return self.leaf(Entry::broken(start));
        }
        let is_cut = end == self.text.len() && !self.open.is_empty();
        if !is_cut && (matches!(word, "true" | "false" | "null") || is_number(word)) {
            return self.leaf(Entry::new(start));
        }
        if !is_cut {
            self.bad_word(start, word);
        }
        self.leaf(Entry::broken(start));
    }

    /// Skips the groups of a number that someone wrote as `50,000,000`.
    fn skip_thousands(&mut self, start: usize) -> bool {
        let is_group =
            |text: &[u8]| matches!(text, [b',', rest @ ..] if rest.len() == 3 && rest.iter().all(u8::is_ascii_digit));
        let bytes = self.text.as_bytes();
        let has_digits = self.at - start <= 3 && bytes[start..self.at].iter().all(u8::is_ascii_digit);
        let mut end = self.at;
        while has_digits && bytes.get(end..end + 4).is_some_and(is_group) {
            end += 4;
        }
        let is_number = end > self.at && !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        if is_number {
            let number = Shown(&self.text[start..end]);
            self.fault(
                start,
                format_args!("{number} has commas between its digits; it is read as nothing"),
                "write the digits without commas",
            );
            self.at = end;
        }
        is_number
    }

    fn bad_word(&mut self, start: usize, word: &str) {
        let starts_number = word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
        if self.text.as_bytes().get(self.at) == Some(&b'"') {
            self.at += 1;
            let message = format_args!("{} has no opening quote; it is read as nothing", Shown(word));
            return self.fault(start, message, "add the opening quote \"");
        }
        match word {
            "NaN" | "Infinity" | "-Infinity" | "undefined" | "None" | "nil" | "-NaN" => self.fault(
                start,
                format_args!("`{word}` is not a value of JSON; it is read as nothing"),
                "write a number, or null, or take the field out",
            ),
            "True" | "False" | "TRUE" | "FALSE" | "Null" | "NULL" => self.fault(
                start,
                format_args!("`{word}` is not a value of JSON; it is read as nothing"),
                &format!("did you mean `{}`?", word.to_lowercase()),
            ),
            _ if starts_number && word.parse::<f64>().is_ok_and(f64::is_infinite) => self.fault(
                start,
                format_args!(
                    "{} is larger than any number that a program can hold; it is read as nothing",
                    Shown(word)
                ),
                "correct the number",
            ),
            _ if starts_number => self.fault(
                start,
                format_args!("{} is not a number as JSON writes it; it is read as nothing", Shown(word)),
                "write digits only, such as 13000000000 or 12.5",
            ),
            _ => self.fault(
                start,
                format_args!("{} stands where a value is expected; it is read as nothing", Shown(word)),
                "put text in double quotes",
            ),
        }
    }

    /// A value without anything inside.
    fn leaf(&mut self, mut entry: Entry) {
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
        self.open.push(Open { entry: self.tape.entries.len(), is_object, count: 0, name: 0 });
        self.tape.entries.push(Entry::new(self.at));
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
                self.push_name(Entry::broken(self.at));
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
        if byte == b'"' && self.is_list_of_map(start) {
            self.back_to_root();
        }
        if matches!(byte, b'"' | b'\'') {
            if self.take_text() == Close::File {
                return;
            }
        } else {
            self.at = bare_end(self.text, start).max(start + 1);
            let word = &self.text[start..self.at];
            self.fault(start, format_args!("the name {} has no quotes", Shown(word)), "put names in double quotes");
        }
        self.push_name(Entry::new(start));
        self.want = Want::Colon;
    }

    fn push_name(&mut self, mut entry: Entry) {
        if let Some(open) = self.open.last_mut() {
            open.name = self.tape.entries.len();
        }
        entry.next = self.tape.entries.len() as u32 + 1;
        self.tape.entries.push(entry);
    }

    /// Whether one of the map's own lists begins here, inside something else: a bracket is missing before it.
    fn is_list_of_map(&self, name: usize) -> bool {
        let is_nested = !self.is_sound && self.open.len() > 1 && self.open[0].is_object;
        if !is_nested || !LISTS.iter().any(|list| is_name(self.text, name, list)) {
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
        for open in self.open[fitting + 1..].to_vec() {
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
            self.tape.entries.push(Entry::broken(self.at));
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
fn closers(open: &[Open]) -> String {
    const MOST: usize = 12;
    let mut brackets: String =
        open.iter().rev().take(MOST).map(|open| if open.is_object { '}' } else { ']' }).collect();
    if open.len() > MOST {
        brackets.push('…');
    }
    format!("`{brackets}`")
}

#[cfg(test)]
mod tests {
    use super::scan;
    use crate::load::faults::Faults;

    fn faults_of(text: &str) -> Vec<String> {
        let mut faults = Faults::default();
        scan(text, &mut faults);
        faults.listed.into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn a_good_text_has_no_faults() {
        assert_eq!(faults_of(r#" {"a": [1, -2.5e3, "x", true, null, {}], "b": {"c": []}} "#), [""; 0]);
    }

    #[test]
    fn names_what_is_wrong() {
        for (text, wanted) in [
            (r#"{"a": 1 "b": 2}"#, "a comma is missing"),
            (r#"{"a" 1}"#, "a colon is missing"),
            (r#"{"a": }"#, "a value is missing"),
            (r#"{"a": NaN}"#, "`NaN` is not a value"),
            (r#"{"a": 1e999}"#, "larger than any number"),
            (r#"{a: 1}"#, "no quotes"),
            (r#"{"a": [1}"#, "is not closed before"),
            (r#"{"a": 1}}"#, "after the end"),
            (r#"{"a": 1"#, "ends too early"),
            (r#"{"a": 'x'}"#, "single quotes"),
        ] {
            let faults = faults_of(text);
            assert_eq!(faults.len(), 1, "{text}: {faults:?}");
            assert!(faults[0].contains(wanted), "{text}: {faults:?}");
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = "[".repeat(200_000);
        assert_eq!(faults_of(&deep).len(), 1);
        let balanced = format!("{deep}{}", "]".repeat(200_000));
        assert_eq!(faults_of(&balanced), [""; 0]);
    }
}
