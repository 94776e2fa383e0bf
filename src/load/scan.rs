//! A JSON text to a tape, whatever is wrong with it: each fault is listed with its place, and what can be
//! read is read. Walks without recursion, so that depth costs nothing.

use super::faults::{Faults, Shown};
use super::lex::{Close, bare_end, is_name, is_number, text_token};
use super::tape::{Entry, Tape};

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
                    self.faults.syntax(
                        self.at,
                        message,
                        "take it out, or look for a bracket that is too many before it",
                    );
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

    fn skip_blanks(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let blanks = rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))?;
        self.at += blanks;
        Some(rest[blanks])
    }

    fn value(&mut self, byte: u8) {
        match byte {
            b'{' | b'[' => self.enter(byte == b'{'),
            b'"' => self.text_value(),
            b']' | b'}' if self.want == Want::ValueOrEnd => self.close(byte),
            b',' | b']' | b'}' | b':' => {
                self.faults.syntax(
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
            self.faults.syntax(start, format_args!("text stands in single quotes"), "use double quotes");
        }
        if let Some(at) = token.bad_escape {
            let message = format_args!("there is no such escape in JSON; the backslash is read as a letter");
            self.faults.syntax(at, message, "write a backslash as \\\\");
        }
        match token.close {
            Close::Line => self.faults.syntax(
                start,
                format_args!("this text has no closing quote; it is read to the end of its line"),
                "add the closing quote \"",
            ),
            // The end of the file is a fault of its own, listed once.
            Close::File => {}
            Close::Quote => {
                if let Some(at) = token.raw_control {
                    let message = format_args!("a text holds a line break or control character as it is");
                    self.faults.syntax(at, message, "write a line break as \\n and a tab as \\t");
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
        let is_cut = end == self.text.len() && !self.open.is_empty();
        if !is_cut && (matches!(word, "true" | "false" | "null") || is_number(word)) {
            return self.leaf(Entry::new(start));
        }
        if !is_cut {
            self.bad_word(start, word);
        }
        self.leaf(Entry::broken(start));
    }

    fn bad_word(&mut self, start: usize, word: &str) {
        let starts_number = word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
        match word {
            "NaN" | "Infinity" | "-Infinity" | "undefined" | "None" | "nil" | "-NaN" => self.faults.syntax(
                start,
                format_args!("`{word}` is not a value of JSON; it is read as nothing"),
                "write a number, or null, or take the field out",
            ),
            "True" | "False" | "TRUE" | "FALSE" | "Null" | "NULL" => self.faults.syntax(
                start,
                format_args!("`{word}` is not a value of JSON; it is read as nothing"),
                &format!("did you mean `{}`?", word.to_lowercase()),
            ),
            _ if starts_number && word.parse::<f64>().is_ok_and(f64::is_infinite) => self.faults.syntax(
                start,
                format_args!(
                    "{} is larger than any number that a program can hold; it is read as nothing",
                    Shown(word)
                ),
                "correct the number",
            ),
            _ if starts_number => self.faults.syntax(
                start,
                format_args!("{} is not a number as JSON writes it; it is read as nothing", Shown(word)),
                "write digits only, such as 13000000000 or 12.5",
            ),
            _ => self.faults.syntax(
                start,
                format_args!("{} stands where a value is expected; it is read as nothing", Shown(word)),
                "put text in double quotes",
            ),
        }
    }

    /// A value without anything inside.
    fn leaf(&mut self, mut entry: Entry) {
        entry.next = self.tape.entries.len() as u32 + 1;
        self.tape.entries.push(entry);
        self.after_value();
    }

    fn after_value(&mut self) {
        self.want = if self.open.is_empty() { Want::Nothing } else { Want::CommaOrEnd };
    }

    fn enter(&mut self, is_object: bool) {
        self.open.push(Open { entry: self.tape.entries.len(), is_object });
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
                    self.faults.syntax(
                        self.at,
                        format_args!("a field is missing before this"),
                        "take the comma before it out",
                    );
                }
                self.close(byte);
            }
            b',' | b':' => {
                self.faults.syntax(
                    self.at,
                    format_args!("the name of a field is missing before this"),
                    "write \"name\": value",
                );
                self.at += 1;
            }
            b'{' | b'[' if self.open.len() > 1 && !self.open[self.open.len() - 2].is_object && byte == b'{' => {
                let message = format_args!("a record begins inside another one; the one before is taken as complete");
                self.faults.syntax(self.at, message, "close the record before this one with `}`");
                self.leave();
                self.want = Want::ValueOrEnd;
            }
            b'{' | b'[' => {
                self.faults.syntax(
                    self.at,
                    format_args!("a value stands here without a name"),
                    "write \"name\": before it",
                );
                self.push_name(Entry::broken(self.at));
                self.want = Want::Value;
            }
            _ => self.take_name(byte),
        }
    }

    fn take_name(&mut self, byte: u8) {
        let start = self.at;
        if matches!(byte, b'"' | b'\'') {
            if self.take_text() == Close::File {
                return;
            }
        } else {
            self.at = bare_end(self.text, start).max(start + 1);
            let word = &self.text[start..self.at];
            self.faults.syntax(
                start,
                format_args!("the name {} has no quotes", Shown(word)),
                "put names in double quotes",
            );
        }
        self.maybe_back_to_root(start);
        self.push_name(Entry::new(start));
        self.want = Want::Colon;
    }

    fn push_name(&mut self, mut entry: Entry) {
        entry.next = self.tape.entries.len() as u32 + 1;
        self.tape.entries.push(entry);
    }

    /// One of the map's own lists inside another value: a bracket is missing before it.
    fn maybe_back_to_root(&mut self, name: usize) {
        let is_nested = !self.is_sound && self.open.len() > 1 && self.open[0].is_object;
        if !is_nested || !LISTS.iter().any(|list| is_name(self.text, name, list)) {
            return;
        }
        let after = self.text[self.at..].trim_start();
        let opens_list = after.strip_prefix(':').is_some_and(|rest| rest.trim_start().starts_with('['));
        if opens_list {
            let brackets = closers(&self.open[1..]);
            self.faults.syntax(
                name,
                format_args!("a list of the map begins inside something that is not closed"),
                &format!("close what is open before it: {brackets} is missing"),
            );
            while self.open.len() > 1 {
                self.leave();
            }
        }
    }

    fn colon(&mut self, byte: u8) {
        if byte == b':' {
            self.at += 1;
        } else {
            self.faults.syntax(self.at, format_args!("a colon is missing before this"), "write \"name\": value");
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
                self.faults.syntax(self.at, format_args!("a colon is too many here"), "take it out");
                self.at += 1;
            }
            _ => {
                self.faults.syntax(self.at, format_args!("a comma is missing before this"), "add the comma");
                self.want = if self.is_in_object() { Want::Name } else { Want::Value };
            }
        }
    }

    /// A closing bracket: closes what it fits, and what is open inside that.
    fn close(&mut self, byte: u8) {
        let is_object = byte == b'}';
        let Some(fitting) = self.open.iter().rposition(|open| open.is_object == is_object) else {
            let message = format_args!("this `{}` closes nothing; it is ignored", char::from(byte));
            self.faults.syntax(self.at, message, "take it out");
            self.at += 1;
            return;
        };
        for open in &self.open[fitting + 1..] {
            let (opening, closing) = if open.is_object { ('{', '}') } else { ('[', ']') };
            let message = format_args!("this `{opening}` is not closed before what it stands in ends");
            self.faults.syntax(
                self.tape.entries[open.entry].start(),
                message,
                &format!("add the `{closing}` that is missing"),
            );
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
        let last = if is_in_record { "; the record in which it ends is left out" } else { "" };
        self.faults.syntax(
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
