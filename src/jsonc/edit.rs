//! Edits of a JSON text with comments: values are replaced, entries appended and taken out, and every other
//! byte stays as it is.

use std::borrow::Cow;
use std::ops::Range;

use super::blank::blank;
use super::lex::{bare_end, decode_text, line_end, line_start, text_token};
use super::scan::scan_sound;
use super::tape::Tape;
use super::text_edit::{Overlap, TextEdit};

/// A text with its shape, and the edits that wait to be made.
pub(crate) struct Editor<'a> {
    text: &'a str,
    /// The text without comments and trailing commas, at the same offsets.
    json: Cow<'a, str>,
    pub(crate) tape: Tape,
    edits: Result<TextEdit, Overlap>,
    /// The line break that most lines have.
    line_break: &'static str,
}

/// An entry of a list or object: an element, or a name with its value.
type Entry = Range<usize>;

impl<'a> Editor<'a> {
    /// Reads a text that is JSON but for comments and trailing commas.
    pub(crate) fn new(text: &'a str) -> Self {
        let json = blank(text).text;
        let tape = scan_sound(&json);
        Self { text, json, tape, edits: Ok(TextEdit::default()), line_break: usual_break(text) }
    }

    /// The text after all edits.
    ///
    /// # Errors
    ///
    /// When two edits overlap, which would be a fault of this program: none is made then.
    pub(crate) fn finish(self) -> Result<String, Overlap> {
        self.edits?.apply(self.text).ok_or(Overlap)
    }

    fn edit(&mut self, part: Range<usize>, new: String) {
        if let Ok(edits) = &mut self.edits
            && let Err(overlap) = edits.replace(part, new)
        {
            self.edits = Err(overlap);
        }
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
        decode_text(&self.json, self.tape.entries[entry].start())
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
        self.edit(self.extent(entry), value);
    }

    /// Takes entries out of a list or object; `goes` says which, counted from 0.
    pub(crate) fn remove(&mut self, container: usize, goes: &[bool]) {
        let entries = self.entries(container);
        let pairs = || entries.iter().zip(goes);
        for (entry, _) in pairs().filter(|(_, goes)| **goes) {
            let comma = self.comma_after(entry.end);
            let end = comma.map_or(entry.end, |comma| comma + 1);
            let range = self.with_its_line(entry.start..end);
            self.edit(range, String::new());
        }
        let is_last_gone = goes.last().is_some_and(|goes| *goes);
        let had_trailing_comma = entries.last().is_some_and(|last| self.comma_after(last.end).is_some());
        let new_last = pairs().rfind(|(_, goes)| !**goes);
        if let Some((new_last, _)) = new_last.filter(|_| is_last_gone && !had_trailing_comma)
            && let Some(comma) = self.comma_after(new_last.end)
        {
            self.edit(comma..comma + 1, String::new());
        }
    }

    /// The range, and with it the line if nothing else stands there; else the blanks after it.
    fn with_its_line(&self, range: Range<usize>) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let line_start = line_start(self.text, range.start);
        let after = range.end + bytes[range.end..].iter().take_while(|byte| is_blank(byte)).count();
        let is_alone = bytes[line_start..range.start].iter().all(is_blank);
        match bytes.get(after) {
            Some(b'\r') if is_alone && bytes.get(after + 1) == Some(&b'\n') => line_start..after + 2,
            Some(b'\n' | b'\r') if is_alone => line_start..after + 1,
            Some(b'\n' | b'\r') => range,
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
            self.edit(inner, new.join(", "));
            return;
        }
        let base = self.indent_at(extent.start);
        let line = self.new_line(&(base.clone() + self.unit()));
        let list = new.join(&format!(",{line}"));
        self.edit(at..inner.end, format!("{line}{list}{}", self.new_line(&base)));
    }

    fn append_after(&mut self, last: &Entry, new: &[String], has_lines: bool) {
        let line_start = line_start(self.text, last.start);
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
            Some(_) => self.edit(anchor..anchor, format!("{gap}{list},")),
            None if anchor == last.end => self.edit(anchor..anchor, format!(",{gap}{list}")),
            None => {
                self.edit(last.end..last.end, ",".to_owned());
                self.edit(anchor..anchor, format!("{gap}{list}"));
            }
        }
    }

    /// The end of the comments that follow on the same line; the offset itself if more than comments follow.
    fn end_of_remark(&self, from: usize) -> usize {
        let line_end = line_end(self.text, from);
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
                b'/' if rest.starts_with("//") => line_end(rest, 0),
                b'/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |length| length + 2),
                _ => break,
            };
        }
        at
    }

    /// The blanks at the beginning of the line of an offset.
    pub(crate) fn indent_at(&self, at: usize) -> String {
        let line = &self.text[line_start(self.text, at)..at];
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
        let indent = first.map(|at| &self.text[line_start(self.text, at)..at]).unwrap_or_default();
        if indent.is_empty() || !indent.trim().is_empty() { "  " } else { indent }
    }

    /// A line break as the file has them, and an indentation.
    pub(crate) fn new_line(&self, indent: &str) -> String {
        format!("{}{indent}", self.line_break)
    }
}

/// The line break that most lines of a text have.
fn usual_break(text: &str) -> &'static str {
    let both = text.matches("\r\n").count();
    let [feeds, returns] = ['\n', '\r'].map(|single| text.matches(single).count() - both);
    match () {
        () if both > feeds.max(returns) => "\r\n",
        () if returns > feeds => "\r",
        () => "\n",
    }
}

#[cfg(test)]
mod tests;
