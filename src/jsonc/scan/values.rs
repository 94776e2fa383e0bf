//! Scalar values: strings, numbers, words, and invalid tokens.

use crate::hidden_characters::Quoted;

use super::super::lex::{Close, bare_end, is_number, text_token};
use super::super::tape::TapeEntry;
use super::{Scanner, Want};

impl Scanner<'_, '_> {
    pub(super) fn value(&mut self, byte: u8) {
        match byte {
            b'{' | b'[' => self.enter(byte == b'{'),
            b'"' if self.is_landmark(self.at) => self.back_to_root(),
            b'"' => self.text_value(),
            b']' | b'}' if self.want == Want::ValueOrEnd => self.close(byte),
            b',' | b']' | b'}' | b':' => {
                self.fault(
                    self.at,
                    format_args!("a value is missing before this"),
                    "write the value, or remove the field name or comma before it",
                );
                if self.is_in_object() {
                    self.leaf(TapeEntry::broken(self.at));
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

    pub(super) fn text_value(&mut self) {
        let start = self.at;
        let close = self.take_text();
        // The rest of a string cut off by the end of the file is unknown.
        let entry = if close == Close::File { TapeEntry::broken(start) } else { TapeEntry::new(start) };
        self.leaf(entry);
    }

    /// Scans a string and reports its faults.
    pub(super) fn take_text(&mut self) -> Close {
        let start = self.at;
        let token = text_token(self.text, start);
        self.at = token.end.max(start + 1);
        if self.text.as_bytes()[start] == b'\'' {
            self.fault(start, format_args!("this text is in single quotes"), "use double quotes");
        }
        if let Some(at) = token.bad_escape.filter(|_| token.close != Close::File) {
            let message =
                format_args!("this escape sequence does not exist in JSON; the backslash is read as a plain character");
            self.fault(at, message, "write a backslash as \\\\");
        }
        match token.close {
            Close::Line => self.fault(
                start,
                format_args!("this text has no closing quote; it is read to the end of the line"),
                "add a closing quote \"",
            ),
            // `end_of_file` reports this fault.
            Close::File => {}
            Close::Quote => {
                if let Some(at) = token.raw_control {
                    let message = format_args!("this text contains an unescaped line break or control character");
                    self.fault(at, message, "write a line break as \\n and a tab as \\t");
                }
            }
        }
        token.close
    }

    pub(super) fn bare_value(&mut self) {
        let start = self.at;
        if self.text.as_bytes()[start] == b'\'' {
            return self.text_value();
        }
        let end = bare_end(self.text, start).max(start + 1);
        let word = &self.text[start..end];
        self.at = end;
        if self.is_in_object() && self.skip_thousands(start) {
            return self.leaf(TapeEntry::broken(start));
        }
        let is_cut = end == self.text.len() && !self.open.is_empty();
        if !is_cut && (matches!(word, "true" | "false" | "null") || is_number(word)) {
            return self.leaf(TapeEntry::new(start));
        }
        if !is_cut {
            self.bad_word(start, word);
        }
        self.leaf(TapeEntry::broken(start));
    }

    /// Skips the digit groups of a number such as `50,000,000`.
    pub(super) fn skip_thousands(&mut self, start: usize) -> bool {
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
            let number = Quoted(&self.text[start..end]);
            self.fault(
                start,
                format_args!("{number} has commas between its digits; it is ignored"),
                "write the digits without commas",
            );
            self.at = end;
        }
        is_number
    }

    pub(super) fn bad_word(&mut self, start: usize, word: &str) {
        let starts_number = word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
        if self.text.as_bytes().get(self.at) == Some(&b'"') {
            self.at += 1;
            let message = format_args!("{} has no opening quote; it is ignored", Quoted(word));
            return self.fault(start, message, "add an opening quote \"");
        }
        match word {
            "NaN" | "Infinity" | "-Infinity" | "undefined" | "None" | "nil" | "-NaN" => self.fault(
                start,
                format_args!("“{word}” is not a JSON value; it is ignored"),
                "write a number or null, or remove the field",
            ),
            "True" | "False" | "TRUE" | "FALSE" | "Null" | "NULL" => self.fault(
                start,
                format_args!("“{word}” is not a JSON value; it is ignored"),
                &format!("did you mean “{}”?", word.to_lowercase()),
            ),
            _ if starts_number && word.parse::<f64>().is_ok_and(f64::is_infinite) => {
                self.fault(start, format_args!("{} is too large; it is ignored", Quoted(word)), "correct the number");
            }
            _ if starts_number => self.fault(
                start,
                format_args!("{} is not a valid JSON number; it is ignored", Quoted(word)),
                "write digits only, such as 13000000000 or 12.5",
            ),
            _ => self.fault(
                start,
                format_args!("{} is not a JSON value; it is ignored", Quoted(word)),
                "put text in double quotes",
            ),
        }
    }
}
