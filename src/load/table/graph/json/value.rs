//! Values of a JSON text, which borrow their words from it.

use std::borrow::Cow;

use crate::jsonc::lex::bare_end;
use crate::jsonc::{Tape, decode_text};

/// A value of a JSON text.
#[derive(Clone, Copy)]
pub(in crate::load::table) struct JsonValue<'a, 't> {
    text: &'a str,
    tape: &'t Tape,
    entry: usize,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load::table) enum JsonKind {
    Object,
    List,
    Text,
    Number,
    Flag,
    /// `null`, or a value that can't be read.
    Nothing,
}

impl<'a, 't> JsonValue<'a, 't> {
    /// Returns the outermost value; `None` if there is none.
    pub(in crate::load::table) fn root(text: &'a str, tape: &'t Tape) -> Option<Self> {
        tape.root().map(|entry| Self { text, tape, entry })
    }

    /// Returns the text that the value is in, in which its offset is.
    pub(in crate::load::table) fn source(self) -> &'a str {
        self.text
    }

    fn at(self, entry: usize) -> Self {
        Self { entry, ..self }
    }

    pub(in crate::load::table) fn kind(self) -> JsonKind {
        match self.tape.byte(self.text, self.entry) {
            b'{' => JsonKind::Object,
            b'[' => JsonKind::List,
            b'"' | b'\'' => JsonKind::Text,
            b't' | b'f' => JsonKind::Flag,
            b'-' | b'0'..=b'9' => JsonKind::Number,
            _ => JsonKind::Nothing,
        }
    }

    pub(in crate::load::table) fn is_object(self) -> bool {
        self.kind() == JsonKind::Object
    }

    pub(in crate::load::table) fn is_list(self) -> bool {
        self.kind() == JsonKind::List
    }

    /// Returns the byte at which the value begins.
    pub(in crate::load::table) fn offset(self) -> usize {
        self.tape.entries[self.entry].start()
    }

    /// Returns a field of an object.
    pub(in crate::load::table) fn get(self, name: &str) -> Option<Self> {
        self.tape.field(self.text, self.entry, name).map(|(_, value)| self.at(value))
    }

    /// Returns the value at the end of a path of names.
    pub(in crate::load::table) fn path(self, names: &[&str]) -> Option<Self> {
        names.iter().try_fold(self, |value, name| value.get(name))
    }

    /// Returns the first of several fields that an object has.
    pub(in crate::load::table) fn first_of(self, names: &[&str]) -> Option<Self> {
        names.iter().find_map(|name| self.get(name))
    }

    /// Returns the names and values of an object.
    pub(in crate::load::table) fn fields(self) -> impl Iterator<Item = (Cow<'a, str>, Self)> + use<'a, 't> {
        let fields = self.tape.is_object(self.text, self.entry).then(|| self.tape.children(self.entry));
        let mut children = fields.into_iter().flatten();
        std::iter::from_fn(move || {
            let (name, value) = (children.next()?, children.next()?);
            Some((decode_text(self.text, self.tape.entries[name].start()), self.at(value)))
        })
    }

    /// Returns the elements of a list.
    pub(in crate::load::table) fn items(self) -> impl Iterator<Item = Self> + use<'a, 't> {
        let items = self.is_list().then(|| self.tape.children(self.entry));
        items.into_iter().flatten().map(move |entry| self.at(entry))
    }

    /// Returns the elements of a list, or the value itself if it is none. `null` has none.
    pub(in crate::load::table) fn each(self) -> impl Iterator<Item = Self> + use<'a, 't> {
        let is_single = !matches!(self.kind(), JsonKind::List | JsonKind::Nothing);
        self.items().chain(is_single.then_some(self))
    }

    /// Returns the elements of a list or the values of an object, with the names of those.
    pub(in crate::load::table) fn members(self) -> impl Iterator<Item = (Option<Cow<'a, str>>, Self)> + use<'a, 't> {
        self.items().map(|item| (None, item)).chain(self.fields().map(|(name, value)| (Some(name), value)))
    }

    /// Returns the words of a text.
    pub(in crate::load::table) fn text(self) -> Option<Cow<'a, str>> {
        (self.kind() == JsonKind::Text).then(|| decode_text(self.text, self.offset()))
    }

    /// Returns a text, a number or a flag as it is written.
    pub(in crate::load::table) fn word(self) -> Option<Cow<'a, str>> {
        match self.kind() {
            JsonKind::Text => self.text(),
            JsonKind::Number | JsonKind::Flag => Some(Cow::Borrowed(self.bare())),
            JsonKind::Object | JsonKind::List | JsonKind::Nothing => None,
        }
    }

    /// Returns a field that has words.
    pub(in crate::load::table) fn word_of(self, name: &str) -> Option<Cow<'a, str>> {
        self.get(name)?.word().filter(|word| !word.trim().is_empty())
    }

    /// Returns the words of the first of several fields that has any.
    pub(in crate::load::table) fn first_word(self, names: &[&str]) -> Option<Cow<'a, str>> {
        names.iter().find_map(|name| self.word_of(name))
    }

    pub(in crate::load::table) fn flag(self) -> Option<bool> {
        match self.bare() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    pub(in crate::load::table) fn number(self) -> Option<f64> {
        if self.kind() == JsonKind::Number {
            self.bare().parse().ok().filter(|number: &f64| number.is_finite())
        } else {
            None
        }
    }

    /// Whether a field is this text.
    pub(in crate::load::table) fn says(self, name: &str, wanted: &str) -> bool {
        self.get(name).and_then(Self::text).is_some_and(|text| text == wanted)
    }

    pub(in crate::load::table) fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(in crate::load::table) fn has_all(self, names: &[&str]) -> bool {
        names.iter().all(|name| self.has(name))
    }

    fn bare(self) -> &'a str {
        let start = self.offset();
        &self.text[start..bare_end(self.text, start)]
    }

    /// Returns the value as it is written.
    pub(in crate::load::table) fn json(self) -> &'a str {
        let start = self.offset();
        match self.kind() {
            JsonKind::Object | JsonKind::List | JsonKind::Text => &self.text[start..end_of_value(self.text, start)],
            JsonKind::Number | JsonKind::Flag | JsonKind::Nothing => self.bare(),
        }
    }
}

/// Returns the byte after the object, list or text that begins at a byte; the end of the text if it is not closed.
pub(super) fn end_of_value(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut is_in_text) = (start, 0_usize, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if is_in_text => at += 1,
            b'"' => is_in_text = !is_in_text,
            b'{' | b'[' if !is_in_text => depth += 1,
            b'}' | b']' if !is_in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 && !is_in_text {
            break;
        }
    }
    // A backslash at the end has nothing behind it.
    let end = at.min(bytes.len());
    (end..=bytes.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(bytes.len())
}
