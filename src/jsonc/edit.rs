//! Edits of a JSON text with comments: replaces values, inserts and removes entries, and leaves every other byte
//! unchanged.

mod splice;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::blank::blank;
use super::lex::{bare_end, decode_text, line_end, line_start, text_token};
use super::scan::scan_sound;
use super::tape::Tape;
use super::text_edit::{Overlap, TextEdit};
use splice::Splice;

/// A scanned text and its pending edits.
pub(crate) struct Editor<'a> {
    text: &'a str,
    /// The text without comments and trailing commas, at the same offsets.
    json: Cow<'a, str>,
    pub(crate) tape: Tape,
    edits: Result<TextEdit, Overlap>,
    /// Pending insertions and removals by container entry.
    splices: BTreeMap<usize, Splice>,
    /// The most frequent line break of the text.
    line_break: &'static str,
}

impl<'a> Editor<'a> {
    /// Scans a text that is valid JSON apart from comments and trailing commas.
    pub(crate) fn new(text: &'a str) -> Self {
        Self::of(text, blank(text).text)
    }

    /// Like [`Editor::new`], but reuses the blanked text, which saves a pass.
    pub(crate) fn of(text: &'a str, json: Cow<'a, str>) -> Self {
        let (tape, line_break) = (scan_sound(&json), usual_break(text));
        Self { text, json, tape, edits: Ok(TextEdit::default()), splices: BTreeMap::new(), line_break }
    }

    /// Returns the text after all edits.
    ///
    /// # Errors
    ///
    /// If two edits overlap, which is a bug in the caller; no edit is applied then.
    pub(crate) fn finish(mut self) -> Result<String, Overlap> {
        for (container, splice) in std::mem::take(&mut self.splices) {
            self.splice(container, splice);
        }
        self.edits?.apply(self.text).ok_or(Overlap)
    }

    fn edit(&mut self, part: Range<usize>, new: String) {
        if let Ok(edits) = &mut self.edits
            && let Err(overlap) = edits.replace(part, new)
        {
            self.edits = Err(overlap);
        }
    }

    /// Returns the value of a field.
    pub(crate) fn field(&self, object: usize, name: &str) -> Option<usize> {
        self.tape.field(&self.json, object, name).map(|(_, value)| value)
    }

    /// Returns names and values of an object, in order.
    pub(crate) fn fields(&self, object: usize) -> Vec<(Cow<'_, str>, usize)> {
        let fields = self.tape.fields(&self.json, object);
        fields.map(|(name, value)| (self.words(name), value)).collect()
    }

    /// Returns the decoded string of a value or name.
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

    /// Returns a value as JSON without comments.
    pub(crate) fn json_of(&self, entry: usize) -> &str {
        &self.json[self.extent(entry)]
    }

    fn extent(&self, entry: usize) -> Range<usize> {
        let start = self.tape.entries[entry].start();
        start..self.end_of(start)
    }

    /// Returns the offset after the value that begins at `start`.
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

    /// Returns the byte ranges of the entries of a list or object.
    fn entries(&self, container: usize) -> Vec<Range<usize>> {
        if self.is_object(container) {
            let fields = self.tape.fields(&self.json, container);
            fields.map(|(name, value)| self.extent(name).start..self.extent(value).end).collect()
        } else {
            self.tape.children(container).map(|child| self.extent(child)).collect()
        }
    }

    /// Replaces a value.
    pub(crate) fn replace(&mut self, entry: usize, value: String) {
        self.edit(self.extent(entry), value);
    }

    /// Returns the offset of the comma after an entry, including a trailing comma.
    fn comma_after(&self, end: usize) -> Option<usize> {
        let at = self.skip_trivia(end);
        (self.text.as_bytes().get(at) == Some(&b',')).then_some(at)
    }

    /// Returns the offset of the first byte that is neither blank nor comment.
    fn skip_trivia(&self, mut at: usize) -> usize {
        loop {
            let after = self.skip_one(at);
            if after == at {
                return at;
            }
            at = after;
        }
    }

    /// Returns the offset after one blank or one comment, or `at` if there is neither.
    fn skip_one(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let length = match rest.as_bytes().first() {
            Some(b' ' | b'\t' | b'\r' | b'\n') => 1,
            Some(b'/') if rest.starts_with("//") => line_end(rest, 0),
            Some(b'/') if rest.starts_with("/*") => rest[2..].find("*/").map_or(rest.len(), |length| length + 4),
            _ => 0,
        };
        at + length
    }

    /// Returns the blanks at the beginning of the line that contains an offset.
    pub(crate) fn indent_at(&self, at: usize) -> String {
        let line = &self.text[line_start(self.text, at)..at];
        line[..line.len() - line.trim_start().len()].to_owned()
    }

    /// Returns the blanks at the beginning of the line on which a value begins.
    pub(crate) fn indent_of(&self, entry: usize) -> String {
        self.indent_at(self.tape.entries[entry].start())
    }

    /// Returns one level of indentation: that of the first indented field of the file, else two spaces.
    pub(crate) fn unit(&self) -> &str {
        let first = self.tape.root().and_then(|root| self.tape.children(root).next());
        let first = first.map(|name| self.tape.entries[name].start());
        let indent = first.map(|at| &self.text[line_start(self.text, at)..at]).unwrap_or_default();
        if indent.is_empty() || !indent.trim().is_empty() { "  " } else { indent }
    }

    /// Returns a line break in the style of the file, followed by an indentation.
    pub(crate) fn new_line(&self, indent: &str) -> String {
        format!("{}{indent}", self.line_break)
    }
}

/// Returns the most frequent line break of a text.
fn usual_break(text: &str) -> &'static str {
    let (mut pairs, mut feeds, mut returns) = (0_usize, 0_usize, 0_usize);
    let mut last = 0;
    for byte in text.bytes() {
        match byte {
            b'\n' if last == b'\r' => (pairs, returns) = (pairs + 1, returns - 1),
            b'\n' => feeds += 1,
            b'\r' => returns += 1,
            _ => {}
        }
        last = byte;
    }
    match () {
        () if pairs > feeds.max(returns) => "\r\n",
        () if returns > feeds => "\r",
        () => "\n",
    }
}

#[cfg(test)]
mod tests;
