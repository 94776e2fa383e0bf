//! Edits of a JSON text with comments: values are replaced, entries appended and taken out, and every other
//! byte stays as it is.

use std::borrow::Cow;
use std::ops::Range;

use crate::load::blank::blank;
use crate::load::lex::{bare_end, text_token};
use crate::load::scan::scan_sound;
use crate::load::tape::Tape;

/// A text with its shape, and the edits that wait to be made.
pub(crate) struct Editor<'a> {
    text: &'a str,
    /// The text without comments and trailing commas, at the same offsets.
    json: Cow<'a, str>,
    pub(crate) tape: Tape,
    edits: Vec<(Range<usize>, String)>,
}

/// An entry of a list or object: an element, or a name with its value.
type Entry = Range<usize>;

impl<'a> Editor<'a> {
    /// Reads a text that is JSON but for comments and trailing commas.
    pub(crate) fn new(text: &'a str) -> Self {
        let json = blank(text).text;
        let tape = scan_sound(&json);
        Self { text, json, tape, edits: Vec::new() }
    }

    /// The text after all edits.
    pub(crate) fn finish(mut self) -> String {
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(self.text.len() + 64);
        let mut at = 0;
        for (range, new) in &self.edits {
            out.push_str(&self.text[at..range.start.max(at)]);
            out.push_str(new);
            at = range.end.max(at);
        }
        out.push_str(&self.text[at..]);
        out
    }

    /// The value of a field.
    pub(crate) fn field(&self, object: usize, name: &str) -> Option<usize> {
        self.tape.field(&self.json, object, name).map(|(_, value)| value)
    }

    /// Names and values of an object, in order.
    pub(crate) fn fields(&self, object: usize) -> Vec<(Cow<'_, str>, usize)> {
        let fields = self.tape.fields(&self.json, object);
        fields.map(|(name, value)| (self.words(name), value)).collect()
    }

    /// The words of a text value or name.
    pub(crate) fn words(&self, entry: usize) -> Cow<'_, str> {
        crate::load::lex::decode_text(&self.json, self.tape.entries[entry].start())
    }

    pub(crate) fn is_text(&self, entry: usize) -> bool {
        self.tape.byte(&self.json, entry) == b'"'
    }

    pub(crate) fn is_object(&self, entry: usize) -> bool {
        self.tape.is_object(&self.json, entry)
    }

    pub(crate) fn is_list(&self, entry: usize) -> bool {
        self.tape.is_list(&self.json, entry)
    }

    /// A value as JSON without comments.
    pub(crate) fn json_of(&self, entry: usize) -> &str {
        &self.json[self.extent(entry)]
    }

    fn extent(&self, entry: usize) -> Range<usize> {
        let start = self.tape.entries[entry].start();
        start..self.end_of(start)
    }

    /// The offset after the value that begins at `start`.
    fn end_of(&self, start: usize) -> usize {
        let bytes = self.json.as_bytes();
        let mut depth = 0_usize;
        let mut at = start;
        loop {
            match bytes.get(at) {
                None => return bytes.len(),
                Some(b'"') => at = text_token(&self.json, at).end,
                Some(b'{' | b'[') => {
                    depth += 1;
                    at += 1;
                }
                Some(b'}' | b']') => {
                    depth = depth.saturating_sub(1);
                    at += 1;
                }
                Some(_) if depth == 0 => at = bare_end(&self.json, at).max(at + 1),
                Some(_) => {
                    at += 1;
                    continue;
                }
            }
            if depth == 0 {
                return at;
            }
        }
    }

    /// The extents of the entries of a list or object.
    fn entries(&self, container: usize) -> Vec<Entry> {
        if self.is_object(container) {
            let fields = self.tape.fields(&self.json, container);
            fields.map(|(name, value)| self.extent(name).start..self.extent(value).end).collect()
        } else {
            self.tape.children(container).map(|child| self.extent(child)).collect()
        }
    }

    /// Puts another value in the place of one.
    pub(crate) fn replace(&mut self, entry: usize, value: String) {
        self.edits.push((self.extent(entry), value));
    }

    /// Takes entries out of a list or object; `goes` says which, counted from 0.
    pub(crate) fn remove(&mut self, container: usize, goes: &[bool]) {
        let entries = self.entries(container);
        let pairs = || entries.iter().zip(goes);
        for (entry, _) in pairs().filter(|(_, goes)| **goes) {
            let comma = self.comma_after(entry.end);
            let end = comma.map_or(entry.end, |comma| comma + 1);
            let range = self.with_its_line(entry.start..end);
            self.edits.push((range, String::new()));
        }
        let is_last_gone = goes.last().is_some_and(|goes| *goes);
        let had_trailing_comma = entries.last().is_some_and(|last| self.comma_after(last.end).is_some());
        let new_last = pairs().rfind(|(_, goes)| !**goes);
        if let Some((new_last, _)) = new_last.filter(|_| is_last_gone && !had_trailing_comma)
            && let Some(comma) = self.comma_after(new_last.end)
        {
            self.edits.push((comma..comma + 1, String::new()));
        }
    }

    /// The range, and with it the line if nothing else stands there; else the blanks after it.
    fn with_its_line(&self, range: Range<usize>) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
        let line_start = self.line_start(range.start);
        let after = range.end + bytes[range.end..].iter().take_while(|byte| is_blank(byte)).count();
        let is_alone = bytes[line_start..range.start].iter().all(is_blank);
        match bytes.get(after) {
            Some(b'\n') if is_alone => line_start..after + 1,
            Some(b'\n') => range,
            _ => range.start..after,
        }
    }

    /// Appends entries to a list or object, in the style of those that it has; new ones get lines if `has_lines`.
    pub(crate) fn append(&mut self, container: usize, new: &[String], has_lines: bool) {
        if new.is_empty() {
            return;
        }
        match self.entries(container).last() {
            Some(last) => self.append_after(last, new, has_lines),
            None => self.append_first(container, new, has_lines),
        }
    }

    fn append_first(&mut self, container: usize, new: &[String], has_lines: bool) {
        let extent = self.extent(container);
        let inner = extent.start + 1..extent.end - 1;
        let held = self.text[inner.clone()].trim_end();
        let at = inner.start + held.len();
        if held.is_empty() && !has_lines {
            self.edits.push((inner, new.join(", ")));
            return;
        }
        let base = self.indent_at(extent.start);
        let line = self.new_line(&(base.clone() + self.unit()));
        let list = new.join(&format!(",{line}"));
        self.edits.push((at..inner.end, format!("{line}{list}{}", self.new_line(&base))));
    }

    fn append_after(&mut self, last: &Entry, new: &[String], has_lines: bool) {
        let line_start = self.line_start(last.start);
        let indent = &self.text[line_start..last.start];
        let is_on_own_line = indent.trim().is_empty() && line_start > 0;
        let comma = self.comma_after(last.end);
        let gap = if is_on_own_line {
            self.new_line(indent)
        } else if has_lines && new.len() > 1 {
            self.new_line(&(self.indent_at(last.start) + self.unit()))
        } else {
            " ".to_owned()
        };
        let list = new.join(&format!(",{gap}"));
        let after = comma.map_or(last.end, |comma| comma + 1);
        let anchor = if is_on_own_line { self.end_of_remark(after) } else { after };
        match comma {
            Some(_) => self.edits.push((anchor..anchor, format!("{gap}{list},"))),
            None if anchor == last.end => self.edits.push((anchor..anchor, format!(",{gap}{list}"))),
            None => {
                self.edits.push((last.end..last.end, ",".to_owned()));
                self.edits.push((anchor..anchor, format!("{gap}{list}")));
            }
        }
    }

    /// The end of the comments that follow on the same line; the offset itself if more than comments follow.
    fn end_of_remark(&self, from: usize) -> usize {
        let line_end = self.text[from..].find('\n').map_or(self.text.len(), |length| from + length);
        let line_end = from + self.text[from..line_end].trim_end_matches('\r').len();
        if self.json[from..line_end].trim().is_empty() && self.skip_trivia(from) >= line_end { line_end } else { from }
    }

    /// The comma after an entry, which may be a trailing one.
    fn comma_after(&self, end: usize) -> Option<usize> {
        let at = self.skip_trivia(end);
        (self.text.as_bytes().get(at) == Some(&b',')).then_some(at)
    }

    /// The offset of the first byte that is neither blank nor comment.
    fn skip_trivia(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(at) {
            let rest = &self.text[at..];
            at += match byte {
                b' ' | b'\t' | b'\r' | b'\n' => 1,
                b'/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
                b'/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |length| length + 2),
                _ => break,
            };
        }
        at
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |line_break| line_break + 1)
    }

    /// The blanks at the beginning of the line of an offset.
    pub(crate) fn indent_at(&self, at: usize) -> String {
        let line = &self.text[self.line_start(at)..at];
        line[..line.len() - line.trim_start().len()].to_owned()
    }

    /// The blanks at the beginning of the line on which a value begins.
    pub(crate) fn indent_of(&self, entry: usize) -> String {
        self.indent_at(self.tape.entries[entry].start())
    }

    /// One level of indentation: that of the file's first indented field.
    pub(crate) fn unit(&self) -> &str {
        let first = self.tape.root().and_then(|root| self.tape.children(root).next());
        let first = first.map(|name| self.tape.entries[name].start());
        let indent = first.map(|at| &self.text[self.line_start(at)..at]).unwrap_or_default();
        if indent.is_empty() || !indent.trim().is_empty() { "  " } else { indent }
    }

    /// A line break as the file has them, and an indentation.
    pub(crate) fn new_line(&self, indent: &str) -> String {
        let line_break = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        format!("{line_break}{indent}")
    }
}

#[cfg(test)]
mod tests {
    use super::Editor;

    fn with_field(text: &str, change: impl FnOnce(&mut Editor, usize)) -> String {
        let mut editor = Editor::new(text);
        let value = editor.field(0, "a").expect("a field");
        change(&mut editor, value);
        editor.finish()
    }

    #[test]
    fn appends_in_the_style_of_the_file() {
        let add = |editor: &mut Editor, at: usize| editor.append(at, &["\"y\": 2".to_owned()], true);
        for (text, wanted) in [
            ("{\n  \"a\": {\n    \"x\": 1 // one\n  }\n}", "{\n  \"a\": {\n    \"x\": 1, // one\n    \"y\": 2\n  }\n}"),
            (
                "{\n  \"a\": {\n    \"x\": 1, // one\n  },\n}",
                "{\n  \"a\": {\n    \"x\": 1, // one\n    \"y\": 2,\n  },\n}",
            ),
            ("{\"a\": {\"x\": 1}}", "{\"a\": {\"x\": 1, \"y\": 2}}"),
            ("{\n  \"a\": {}\n}", "{\n  \"a\": {\n    \"y\": 2\n  }\n}"),
            ("{\n  \"a\": { // none\n  }\n}", "{\n  \"a\": { // none\n    \"y\": 2\n  }\n}"),
            (
                "{\r\n\t\"a\": {\r\n\t\t\"x\": 1\r\n\t}\r\n}",
                "{\r\n\t\"a\": {\r\n\t\t\"x\": 1,\r\n\t\t\"y\": 2\r\n\t}\r\n}",
            ),
        ] {
            assert_eq!(with_field(text, add), wanted, "{text}");
        }
    }

    #[test]
    fn takes_out_lines_and_commas() {
        for (text, goes, wanted) in [
            ("{\"a\": [1, 2, 3]}", [true, false, false], "{\"a\": [2, 3]}"),
            ("{\"a\": [1, 2, 3]}", [false, true, true], "{\"a\": [1 ]}"),
            ("{\"a\": [1, 2, 3]}", [true, true, true], "{\"a\": []}"),
            ("{\"a\": [\n  1, // one\n  2,\n  3\n]}", [false, true, true], "{\"a\": [\n  1 // one\n]}"),
            ("{\"a\": [\n  1,\n  2,\n  3,\n]}", [false, false, true], "{\"a\": [\n  1,\n  2,\n]}"),
        ] {
            assert_eq!(with_field(text, |editor, at| editor.remove(at, &goes)), wanted, "{text}");
        }
    }

    #[test]
    fn replaces_one_value() {
        let text = "{ // é\n \"a\": [1, /* two */ 2], // end\n}";
        assert_eq!(with_field(text, |editor, at| editor.replace(at, "0".to_owned())), "{ // é\n \"a\": 0, // end\n}");
    }
}
