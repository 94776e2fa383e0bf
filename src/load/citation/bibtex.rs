//! BibTeX and BibLaTeX, through the crate `biblatex`.
//!
//! The crate stops at the first fault and follows references without a bound, so it gets one entry and one value at a
//! time: `entries` splits the text, `value` decodes.

mod entries;
mod value;

use std::collections::BTreeMap;

use biblatex::RawBibliography;

use crate::hidden_characters::{Quoted, shortened};
use crate::model::SourceKind;

use super::entry_fields::EntryFields;
use super::pasted::{CitationFormat, MAX_ENTRIES, Pasted, PastedSources};
use entries::{BibEntry, entries};
use value::{Strings, people_of, plain_of, raw_value, text_of};

/// Fields with several persons or organizations.
const PEOPLE: [&str; 7] = ["author", "editor", "editora", "editorb", "translator", "bookauthor", "holder"];
/// Fields that are read literally.
const LITERAL: [&str; 8] = ["url", "urls", "doi", "eprint", "file", "pdf", "howpublished", "keywords"];

/// The fields of an entry by name, as written.
type RawFields = Vec<(String, String)>;

/// Reads a text that begins with an entry, or has a readable one; `None` for any other text.
pub(super) fn read_bibtex(text: &str) -> Option<Pasted> {
    let entries = entries(text);
    if entries.is_empty() {
        return None;
    }
    let mut found = PastedSources::new(CitationFormat::Bibtex);
    let mut strings = Strings::default();
    let mut read: Vec<(&BibEntry<'_>, RawFields)> = Vec::new();
    for entry in &entries {
        let kind = entry.kind.to_ascii_lowercase();
        match kind.as_str() {
            "comment" | "preamble" => {}
            "string" => {
                for (name, value) in raw_fields(entry.body, &strings).unwrap_or_default() {
                    strings.set(&name, value);
                }
            }
            _ if read.len() >= MAX_ENTRIES => found.skip(|| "only the first 1,000 entries are read".to_owned()),
            _ => match fields_of(entry, &strings, &mut found) {
                Ok(fields) => read.push((entry, fields)),
                Err(reason) => found.skip(|| format!("the entry {} {reason}", name_of(entry))),
            },
        }
    }
    // A line of prose or of a program may look like the start of an entry.
    if read.is_empty() && !text.starts_with('@') {
        return None;
    }
    let parents = parents(&read);
    for (entry, fields) in &read {
        add_source(entry, fields, &parents, &mut found);
    }
    Some(found.finish())
}

fn name_of(entry: &BibEntry<'_>) -> String {
    if entry.key.is_empty() { format!("@{}", shortened(entry.kind)) } else { Quoted(entry.key).to_string() }
}

/// Reads the fields of an entry; one that is cut off loses its last field.
fn fields_of(entry: &BibEntry<'_>, strings: &Strings, found: &mut PastedSources) -> Result<RawFields, String> {
    match raw_fields(entry.body, strings) {
        Ok(fields) if entry.is_closed => Ok(fields),
        Ok(fields) => {
            found.remark(|| format!("the entry {} has no closing brace; it may be cut off", name_of(entry)));
            Ok(fields)
        }
        Err(reason) => {
            let rescued = entry.last_comma.and_then(|end| raw_fields(&entry.body[..end], strings).ok());
            let rescued = rescued.filter(|fields| !fields.is_empty()).ok_or(reason)?;
            let what = if entry.is_closed { "has a fault" } else { "is cut off" };
            found.remark(|| format!("the entry {} {what}; its last field is left out", name_of(entry)));
            Ok(rescued)
        }
    }
}

/// Parses the fields of an entry, or says what is wrong.
fn raw_fields(body: &str, strings: &Strings) -> Result<RawFields, String> {
    let entry = format!("@misc{{k,{body}}}");
    let parsed = RawBibliography::parse(&entry).map_err(|error| format!("can't be read: {}", error.kind))?;
    let [entry] = parsed.entries.as_slice() else { return Err("can't be read: its braces do not match".to_owned()) };
    let fields = entry.v.fields.iter();
    Ok(fields.map(|field| (field.key.v.to_ascii_lowercase(), raw_value(&field.value.v, strings))).collect())
}

/// The entries that others name in `crossref`, by key.
fn parents<'e>(read: &'e [(&BibEntry<'_>, RawFields)]) -> BTreeMap<String, &'e RawFields> {
    read.iter().map(|(entry, fields)| (entry.key.to_lowercase(), fields)).collect()
}

fn add_source(
    entry: &BibEntry<'_>,
    raw: &RawFields,
    parents: &BTreeMap<String, &RawFields>,
    found: &mut PastedSources,
) {
    let mut fields = EntryFields::default();
    for (name, value) in raw {
        if PEOPLE.contains(&name.as_str()) {
            for person in people_of(value) {
                fields.push(name, &person);
            }
        } else if LITERAL.contains(&name.as_str()) {
            fields.push(name, &plain_of(value));
        } else {
            fields.push(name, &text_of(value));
        }
    }
    // What an entry lacks comes from the one that it names; one level, so that cycles end.
    let parent = fields.first("crossref").and_then(|key| parents.get(&key.to_lowercase()).copied());
    for (name, value) in parent.into_iter().flatten() {
        let name = if name == "title" { "booktitle" } else { name };
        if matches!(name, "booktitle" | "publisher" | "year" | "date" | "journaltitle" | "editor") && !fields.has(name)
        {
            fields.push(name, &text_of(value));
        }
    }
    let kind = kind_of(entry.kind, fields.first("entrysubtype").unwrap_or_default());
    if kind.is_none() && !matches!(entry.kind.to_ascii_lowercase().as_str(), "misc" | "online" | "electronic" | "www") {
        fields.push("entrytype", entry.kind);
    }
    let new = fields.into_source(kind, Some(entry.key), found);
    found.add(new, || format!("the entry {}", name_of(entry)));
}

fn kind_of(entry_type: &str, subtype: &str) -> Option<SourceKind> {
    let is_press = ["newspaper", "magazine"].iter().any(|word| subtype.eq_ignore_ascii_case(word));
    Some(match entry_type.to_ascii_lowercase().as_str() {
        "article" if is_press => SourceKind::News,
        "article" | "periodical" | "suppperiodical" | "techreport" | "report" | "thesis" | "phdthesis"
        | "mastersthesis" | "inproceedings" | "conference" | "proceedings" | "mvproceedings" => SourceKind::Report,
        "book" | "mvbook" | "inbook" | "bookinbook" | "suppbook" | "booklet" | "collection" | "mvcollection"
        | "incollection" | "suppcollection" | "reference" | "inreference" => SourceKind::Book,
        "dataset" => SourceKind::Dataset,
        "jurisdiction" => SourceKind::Court,
        "letter" => SourceKind::Statement,
        _ => return None,
    })
}
