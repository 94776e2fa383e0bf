//! The sources as BibTeX.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::model::{Date, Source, SourceKind};
use crate::wording::doi_of;

use super::content::DataContent;
use super::{DataFile, one_file};

pub(super) fn write(content: &DataContent) -> Vec<DataFile> {
    let mut keys = HashSet::new();
    let entries: Vec<String> = content.map.sources().values().map(|source| entry(source, &mut keys)).collect();
    one_file(entries.join("\n"))
}

fn entry(source: &Source, keys: &mut HashSet<String>) -> String {
    let sort = source.sort();
    let is_book = matches!(sort, SourceKind::Book);
    let kind = match sort {
        SourceKind::Book => "book",
        SourceKind::News => "article",
        SourceKind::Report => "techreport",
        _ => "misc",
    };
    let mut out = format!("@{kind}{{{},\n", citation_key(&source.key, keys));
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
    };
    field("title", source.title.as_deref().map(|title| format!("{{{}}}", escaped(title))).unwrap_or_default());
    // Braces keep "Audit Chamber and Sons" one author.
    let authors: Vec<String> = source.authors.iter().map(|author| format!("{{{}}}", escaped(author))).collect();
    field("author", authors.join(" and "));
    let publisher = source.publisher.as_deref().map(escaped).unwrap_or_default();
    field(
        match sort {
            SourceKind::News => "journal",
            SourceKind::Report => "institution",
            _ if is_book => "publisher",
            _ => "organization",
        },
        publisher,
    );
    if let Some(date) = &source.published {
        let day = date.earliest().filter(|_| !date.is_open());
        let (year, month) = day.map_or((None, None), |day| (Some(day.year), known_month(date, day.month)));
        field("year", year.map(|year| year.to_string()).unwrap_or_default());
        field("month", month.map(|month| month.to_string()).unwrap_or_default());
        // For BibLaTeX, which reads EDTF.
        field("date", escaped(date.text()));
    }
    field("doi", doi_of(source).map(|doi| verbatim(&doi)).unwrap_or_default());
    field("url", source.url.as_deref().map(verbatim).unwrap_or_default());
    field("urldate", source.accessed.as_ref().map(|date| escaped(date.text())).unwrap_or_default());
    field("langid", source.language.as_deref().map(escaped).unwrap_or_default());
    field("note", source.note.as_deref().map(escaped).unwrap_or_default());
    out.push_str("}\n");
    out
}

/// Returns the month if the date names one.
fn known_month(date: &Date, month: u8) -> Option<u8> {
    let latest = date.latest()?;
    (latest.month == month && date.earliest()?.year == latest.year).then_some(month)
}

/// Returns a key of letters, digits and a few signs that no other entry has.
fn citation_key(key: &str, taken: &mut HashSet<String>) -> String {
    let plain: String = key
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':') { c } else { '-' })
        .collect();
    let plain = if plain.is_empty() { "source".to_owned() } else { plain };
    // BibTeX takes keys that differ in case alone for one.
    let mut unique = plain.clone();
    let mut number = 1;
    while !taken.insert(unique.to_lowercase()) {
        number += 1;
        unique = format!("{plain}-{number}");
    }
    unique
}

/// Escapes what TeX gives a meaning.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in crate::hidden_characters::visible(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '$' | '#' | '&' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Returns an address, in which only braces and backslashes are changed, by their percent codes.
fn verbatim(text: &str) -> String {
    let visible = crate::hidden_characters::visible(text);
    visible.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D").replace(' ', "%20")
}
