//! Converts single values of the file to values of the model, reporting a fault for each problem.

use crate::address::{Address, Refusal, holds_password, without_credentials};
use crate::model::{Date, Word};

use crate::hidden_characters::{Breaks, first_hidden, is_break, visible, write_out};
use crate::load::faults::{Faults, FieldPath, Quoted};
use crate::load::loose::{FromJson, Loose};
use crate::load::records::{Extra, JsonText, List};
use crate::load::suggest::Suggester;

/// Reads values and collects faults.
#[derive(Debug, Default)]
pub(crate) struct ValueReader {
    pub(crate) faults: Faults,
    pub(crate) suggester: Suggester,
}

/// A closed list of words: how to parse a word, all words, how to spell one.
pub(super) type ClosedList<T> = (fn(&str) -> Word<T>, &'static [T], fn(T) -> &'static str);

impl ValueReader {
    /// Returns the value if it has the right type; reports a fault otherwise.
    pub(crate) fn good<'a, T: FromJson<'a>>(&mut self, at: &FieldPath, value: Loose<T>) -> Option<T> {
        match value {
            Loose::Good(value) => Some(value),
            Loose::Absent => None,
            Loose::Bad(found) => {
                let expected = T::EXPECTED;
                let remedy = match (expected, found) {
                    ("text", "a number" | "true or false") => "put it in double quotes, or remove it".to_owned(),
                    _ => format!("write {expected} here, or remove it"),
                };
                let instead = match (expected, found) {
                    ("a whole number", "a number") => String::new(),
                    _ => format!(", not {found}"),
                };
                let message = format_args!("{expected} is expected here{instead}; the value is ignored");
                self.faults.error(at, message, &remedy);
                None
            }
        }
    }

    /// Returns the elements of the right type, each with its index in the file's list.
    pub(crate) fn elements<'a, T: FromJson<'a>>(&mut self, at: &FieldPath, list: Loose<List<T>>) -> Vec<(usize, T)> {
        let Some(list) = self.good(at, list) else { return Vec::new() };
        let mut elements = Vec::with_capacity(list.len());
        for (index, element) in list.into_iter().enumerate() {
            if let Loose::Absent = element {
                self.faults.warn(&at.index(index), format_args!("this entry is empty"), "remove it");
            } else if let Some(element) = self.good(&at.index(index), element) {
                elements.push((index, element));
            }
        }
        elements
    }

    /// Reads text that may have line breaks. Blank text counts as absent.
    pub(crate) fn prose(&mut self, at: &FieldPath, text: Loose<JsonText>) -> Option<String> {
        let text = self.good(at, text)?;
        self.clean(at, text, Breaks::Kept)
    }

    /// Reads a single-line text. Blank text counts as absent.
    pub(crate) fn line(&mut self, at: &FieldPath, text: Loose<JsonText>) -> Option<String> {
        let text = self.good(at, text)?;
        self.clean(at, text, Breaks::Joined)
    }

    /// Reads a list of single-line texts.
    pub(crate) fn lines(&mut self, at: &FieldPath, list: Loose<List<JsonText>>) -> Vec<String> {
        let texts = self.elements(at, list);
        let mut lines = Vec::with_capacity(texts.len());
        lines.extend(texts.into_iter().filter_map(|(index, text)| self.clean(&at.index(index), text, Breaks::Joined)));
        lines
    }

    fn clean(&mut self, at: &FieldPath, text: JsonText, breaks: Breaks) -> Option<String> {
        if holds_password(&text) {
            let message = format_args!("an address in the text contains a password, which pictures may show");
            self.faults.warn(at, message, Refusal::Credentials.remedy());
        }
        if let Some(hidden) = first_hidden(&text, breaks) {
            let code = u32::from(hidden);
            let shown = if is_break(hidden) { "a space".to_owned() } else { format!("[U+{code:04X}]") };
            self.faults.warn(
                at,
                format_args!("the text contains the invisible character U+{code:04X}, which is shown as {shown}"),
                "remove the character",
            );
            return Some(write_out(&text, breaks));
        }
        (!text.trim().is_empty()).then(|| text.into_owned())
    }

    /// Reads a word of a closed list; an unknown word is kept, with a warning.
    pub(crate) fn word<T: Copy + 'static>(
        &mut self,
        at: &FieldPath,
        text: Loose<JsonText>,
        (from_word, all, spell): ClosedList<T>,
    ) -> Option<Word<T>> {
        let text = self.good(at, text)?;
        let word = from_word(&text);
        if word.known().is_some() {
            return Some(word);
        }
        let words = || all.iter().map(|word| spell(*word));
        let list = words().collect::<Vec<_>>().join(", ");
        let remedy = self.suggester.or(&text, words(), &format!("use one of: {list}"));
        self.faults.warn(
            at,
            format_args!("{} is not a standard word of the format; it is shown as written", Quoted(&text)),
            &remedy,
        );
        self.clean(at, text, Breaks::Joined).map(|text| Word::Other(text.into()))
    }

    /// Reads a date; ".." is rejected.
    pub(crate) fn date(&mut self, at: &FieldPath, text: Loose<JsonText>) -> Option<Date> {
        let text = self.good(at, text)?;
        if text.trim().is_empty() {
            return None;
        }
        match Date::parse(&text) {
            Ok(date) if date.is_open() => {
                self.faults.error(
                    at,
                    format_args!("“..” means ongoing and is valid only in “endDate”; it is ignored"),
                    "write a date such as 2026-03, or remove the field",
                );
                None
            }
            Ok(date) => Some(date),
            Err(error) => {
                self.bad_date(at, &text, &error.reason);
                None
            }
        }
    }

    /// Reads an end date; ".." means that it is still open.
    pub(crate) fn end_date(&mut self, at: &FieldPath, text: Loose<JsonText>) -> Option<Date> {
        match text {
            Loose::Good(text) if text == ".." => Date::parse("..").ok(),
            text => self.date(at, text),
        }
    }

    fn bad_date(&mut self, at: &FieldPath, text: &str, reason: &str) {
        // The offset is of no use beside the quoted text.
        let reason = reason
            .strip_prefix("invalid EDTF at offset ")
            .and_then(|rest| rest.split_once(": "))
            .map_or(reason, |(_, why)| why);
        let reason = visible(reason);
        self.faults.error(
            at,
            format_args!("{} is not a date: {reason}; it is ignored", Quoted(text)),
            "write 2026, 2026-03 or 2026-03-31, with ~ for about and ? for uncertain (EDTF)",
        );
    }

    /// Reads an address that may be opened: `http` or `https` with a host. User names and passwords are removed, so
    /// that no picture shows them.
    pub(crate) fn url(&mut self, at: &FieldPath, text: Loose<JsonText>) -> Option<String> {
        let text = self.good(at, text)?;
        if text.trim().is_empty() {
            return None;
        }
        let Err(refusal) = Address::openable(&text) else { return Some(text.into_owned()) };
        let plain = without_credentials(&text);
        if refusal == Refusal::Credentials && Address::openable(&plain).is_ok() {
            let message = format_args!("{} contained a user name or password, which is left out", Quoted(&plain));
            self.faults.warn(at, message, refusal.remedy());
            return Some(plain.into_owned());
        }
        let is_bare_domain =
            text.split('/').next().is_some_and(|host| host.contains('.') && !host.contains([':', ' ']));
        let with_scheme = format!("https://{text}");
        let remedy = if is_bare_domain && Address::openable(&with_scheme).is_ok() {
            format!("did you mean {}?", Quoted(&with_scheme))
        } else {
            refusal.remedy().to_owned()
        };
        self.faults.error(at, format_args!("{} {refusal}; the link is left out", Quoted(&plain)), &remedy);
        None
    }

    /// Reports the unread fields of a record.
    pub(crate) fn extras(&mut self, at: &FieldPath, extras: &[Extra], known: &'static [&'static str]) {
        for extra in extras {
            match extra {
                Extra::Repeated(name) => self.faults.error_with_related(
                    &at.name(name),
                    format_args!("the field “{name}” appears twice; the first one is used"),
                    "remove one of them",
                    Some((&at.field(name), "first one here")),
                ),
                Extra::Own(..) => {}
                Extra::Unknown(name, _) => match self.suggester.closest(name, known.iter().copied()) {
                    Some(close) => self.faults.warn(
                        &at.name(name),
                        format_args!("the format has no field {} here; it is kept but not used", Quoted(name)),
                        &format!("did you mean “{close}”?"),
                    ),
                    None => self.faults.remark(
                        &at.name(name),
                        format_args!("the format has no field {} here; it is kept but not used", Quoted(name)),
                        "begin the names of custom fields with “x-”",
                    ),
                },
            }
        }
    }
}

/// The arguments of [`ValueReader::word`] for a closed list.
macro_rules! words_of {
    ($list:ident) => {
        ($list::from_word, $list::ALL, $list::word)
    };
}
pub(crate) use words_of;
