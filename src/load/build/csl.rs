//! CSL-JSON items as exported by reference managers; they fill missing fields of a source.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use crate::address::{Refusal, without_credentials};
use crate::load::faults::FieldPath;
use crate::load::loose::Loose;
use crate::load::records::Raw;
use crate::model::{Date, Source, SourceKind, Word};

use super::values::ValueReader;

impl ValueReader {
    /// Keeps the CSL item of a source and fills the source's missing fields from it.
    pub(crate) fn fill_from_csl(&mut self, at: &FieldPath, raw: Raw, source: &mut Source) {
        let Some(raw) = raw else { return };
        let mut item = match serde_json::from_str::<Value>(raw.get()) {
            // Zotero exports a list; a list of one item is accepted.
            Ok(Value::Array(mut items)) if items.len() == 1 => items.remove(0),
            Ok(item) => item,
            Err(_) => Value::Null,
        };
        if strip_credentials(&mut item) {
            let message =
                format_args!("an address in the CSL item contained a user name or password, which is left out");
            self.faults.warn(at, message, Refusal::Credentials.remedy());
        }
        let Value::Object(fields) = &item else {
            let message = format_args!("this is not a CSL-JSON item; it is kept but not used");
            return self.faults.error(at, message, "write one item as an object, as Zotero exports it");
        };
        let text = |name: &str| fields.get(name).and_then(Value::as_str).map(|text| text.to_owned().into());
        let is_part_of_publication = text("container-title").is_some();
        let publisher = if is_part_of_publication { "container-title" } else { "publisher" };
        fill(&mut source.title, || self.line(&at.field("title"), loose(text("title"))));
        fill(&mut source.publisher, || self.line(&at.field(publisher), loose(text(publisher))));
        fill(&mut source.url, || self.url(&at.field("URL"), loose(text("URL"))));
        fill(&mut source.language, || self.line(&at.field("language"), loose(text("language"))));
        fill(&mut source.published, || self.csl_date(&at.field("issued"), fields.get("issued")));
        fill(&mut source.accessed, || self.csl_date(&at.field("accessed"), fields.get("accessed")));
        fill(&mut source.kind, || text("type").and_then(|kind: Cow<str>| kind_of(&kind)));
        if source.authors.is_empty() {
            source.authors = self.csl_names(&at.field("author"), fields.get("author"));
        }
        source.csl = Some(item.to_string());
    }

    fn csl_names(&mut self, at: &FieldPath, names: Option<&Value>) -> Vec<String> {
        let names = names.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let mut authors = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            let part = |field: &str| name.get(field).and_then(Value::as_str).unwrap_or_default();
            let parts = [part("given"), part("non-dropping-particle"), part("family"), part("literal")];
            let whole = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            authors.extend(self.line(&at.index(index), Loose::Good(whole.into())));
        }
        authors
    }

    fn csl_date(&mut self, at: &FieldPath, value: Option<&Value>) -> Option<Date> {
        let value = value?;
        let text = match value.get("date-parts").and_then(|ranges| ranges.get(0)).and_then(Value::as_array) {
            Some(parts) => date_of_parts(parts)?,
            None => value.get("raw").or_else(|| value.get("literal")).and_then(Value::as_str)?.to_owned(),
        };
        match Date::parse(&text) {
            Ok(date) if !date.is_open() => Some(date),
            _ => {
                let message = format_args!("{} is not a date; it is ignored", crate::load::faults::Quoted(&text));
                self.faults.warn(at, message, "write “published” or “accessed” as a field of the source");
                None
            }
        }
    }
}

/// Removes user names and passwords from all addresses; returns whether there were any.
fn strip_credentials(value: &mut Value) -> bool {
    let mut is_changed = false;
    match value {
        Value::String(text) => {
            if let Cow::Owned(plain) = without_credentials(text) {
                *text = plain;
                is_changed = true;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| is_changed |= strip_credentials(value)),
        Value::Object(fields) => fields.values_mut().for_each(|value| is_changed |= strip_credentials(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    is_changed
}

fn fill<T>(slot: &mut Option<T>, value: impl FnOnce() -> Option<T>) {
    if slot.is_none() {
        *slot = value();
    }
}

fn loose<T>(value: Option<T>) -> Loose<T> {
    value.map_or(Loose::Absent, Loose::Good)
}

/// Formats `[2026, 3]` as `2026-03`; Zotero sometimes writes the numbers as text.
fn date_of_parts(parts: &[Value]) -> Option<String> {
    let number = |part: &Value| part.as_i64().or_else(|| part.as_str().and_then(|text| text.parse().ok()));
    let year = parts.first().and_then(number)?;
    let mut text = if year < 0 { format!("-{:04}", year.unsigned_abs()) } else { format!("{year:04}") };
    for part in parts.iter().skip(1).take(2) {
        let _ = write!(text, "-{:02}", number(part)?);
    }
    Some(text)
}

fn kind_of(csl_type: &str) -> Option<Word<SourceKind>> {
    let kind = match csl_type {
        "article-newspaper" | "article-magazine" | "broadcast" => SourceKind::News,
        "report" | "article-journal" | "thesis" => SourceKind::Report,
        "legal_case" | "hearing" => SourceKind::Court,
        "book" | "chapter" => SourceKind::Book,
        "dataset" => SourceKind::Dataset,
        "interview" => SourceKind::Interview,
        "post" | "post-weblog" => SourceKind::Post,
        "speech" | "personal_communication" => SourceKind::Statement,
        _ => return None,
    };
    Some(Word::Known(kind))
}
