//! RIS: lines of a tag of two characters and a value, from `TY` to `ER`.

use crate::model::SourceKind;

use super::entry_fields::EntryFields;
use super::pasted::{CitationFormat, MAX_ENTRIES, Pasted, PastedSources};

/// Reads a text whose first line is the `TY` of a record; `None` for any other text.
pub(super) fn read_ris(text: &str) -> Option<Pasted> {
    let first = text.lines().next()?;
    (tagged(first)?.0 == "TY").then_some(())?;
    let mut found = PastedSources::new(CitationFormat::Ris);
    let mut record: Option<RisRecord> = None;
    for line in text.lines() {
        match tagged(line) {
            Some(("TY", kind)) => {
                finish(record.take(), &mut found, false);
                record = Some(RisRecord { kind: kind.to_owned(), lines: Vec::new() });
            }
            Some(("ER", _)) => finish(record.take(), &mut found, true),
            Some((tag, value)) => {
                if let Some(record) = &mut record {
                    record.lines.push((tag.to_owned(), value.to_owned()));
                }
            }
            None => {
                if let Some((_, value)) = record.as_mut().and_then(|record| record.lines.last_mut()) {
                    value.push('\n');
                    value.push_str(line.trim());
                }
            }
        }
    }
    finish(record, &mut found, false);
    Some(found.finish())
}

/// A record by its lines.
#[derive(Debug)]
struct RisRecord {
    kind: String,
    lines: Vec<(String, String)>,
}

/// Splits a line into tag and value; `None` for a line that continues the previous one.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.trim_start_matches('\u{feff}').split_at_checked(2)?;
    let is_tag = tag.as_bytes()[0].is_ascii_uppercase()
        && (tag.as_bytes()[1].is_ascii_uppercase() || tag.as_bytes()[1].is_ascii_digit());
    let dash = rest.trim_start_matches([' ', '\t']);
    let value = dash.strip_prefix('-').filter(|_| is_tag && dash.len() < rest.len())?;
    (value.is_empty() || value.starts_with([' ', '\t'])).then(|| (tag, value.trim()))
}

fn finish(record: Option<RisRecord>, found: &mut PastedSources, is_closed: bool) {
    let Some(record) = record else { return };
    if record.lines.is_empty() {
        return found.skip(|| "a record has no field besides its type".to_owned());
    }
    if found.sources.len() >= MAX_ENTRIES {
        return found.skip(|| "only the first 1,000 records are read".to_owned());
    }
    if !is_closed {
        found.remark(|| "a record does not end with “ER  -”; it may be cut off".to_owned());
    }
    let mut fields = EntryFields::default();
    let (mut first_page, mut last_page, mut id) = (None, None, None);
    let exact_date = record.lines.iter().find(|(tag, value)| tag == "DA" && !value.is_empty()).map(|(_, date)| date);
    for (tag, value) in &record.lines {
        match (tag.as_str(), name_of(tag)) {
            ("SP", _) => first_page = Some(value),
            ("EP", _) => last_page = Some(value),
            ("ID", _) => id = Some(value.as_str()),
            // The year is repeated beside the date.
            ("PY" | "Y1", _) if exact_date.is_some_and(|date| date.starts_with(value.trim_end_matches('/'))) => {}
            // Primary and further forms of one field: the first counts.
            (_, Some(name @ ("title" | "journaltitle" | "date" | "urldate" | "doi"))) => {
                if fields.first(name).is_none_or(|known| known != value) {
                    let name = if fields.has(name) { tag.to_lowercase() } else { name.to_owned() };
                    fields.push(&name, &if name.ends_with("date") { date_text(value) } else { value.clone() });
                }
            }
            ("AU" | "A1", _) => fields.push("author", &given_first(value)),
            (_, Some(name)) => fields.push(name, value),
            (_, None) => fields.push(&tag.to_lowercase(), value),
        }
    }
    if let Some(first) = first_page {
        let pages =
            last_page.filter(|last| *last != first).map_or_else(|| first.clone(), |last| format!("{first}–{last}"));
        fields.push("pages", &pages);
    } else if let Some(last) = last_page {
        fields.push("ep", last);
    }
    let kind = kind_of(&record.kind);
    if kind.is_none() {
        fields.push("type", &record.kind);
    }
    let new = fields.into_source(kind, id, found);
    found.add(new, || "a record".to_owned());
}

/// Returns the BibLaTeX name of a tag.
fn name_of(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "TI" | "T1" | "CT" | "BT" => "title",
        "JO" | "JF" | "JA" | "J1" | "J2" | "T2" => "journaltitle",
        "T3" => "series",
        "PB" => "publisher",
        "DA" | "PY" | "Y1" => "date",
        "Y2" => "urldate",
        "UR" => "url",
        "DO" => "doi",
        "LA" => "language",
        "N1" => "note",
        "AB" | "N2" => "abstract",
        "VL" => "volume",
        "IS" => "number",
        "SN" => "isbn",
        "KW" => "keywords",
        "CY" | "PP" => "location",
        "ED" | "A2" => "editor",
        "ET" => "edition",
        _ => return None,
    })
}

/// Turns `2019/05/12/` into EDTF; other words stay.
fn date_text(value: &str) -> String {
    let mut parts = value.split('/').map(str::trim);
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let [year, month, day] = [(); 3].map(|()| parts.next().unwrap_or_default());
    let rest = parts.next().unwrap_or_default();
    if !is_number(&year) || year.len() != 4 || !rest.is_empty() {
        return value.to_owned();
    }
    match (is_number(&month), is_number(&day)) {
        (true, true) => format!("{year}-{month:0>2}-{day:0>2}"),
        (true, false) if day.is_empty() => format!("{year}-{month:0>2}"),
        (false, false) if month.is_empty() && day.is_empty() => year.to_owned(),
        _ => value.to_owned(),
    }
}

/// Turns "Doe, Jane, Jr." into "Jane Doe Jr.".
fn given_first(name: &str) -> String {
    let parts: Vec<&str> = name.splitn(3, ',').map(str::trim).collect();
    match parts.as_slice() {
        [family, given] => format!("{given} {family}"),
        [family, given, suffix] => format!("{given} {family} {suffix}"),
        _ => name.to_owned(),
    }
}

fn kind_of(word: &str) -> Option<SourceKind> {
    Some(match word.trim().to_ascii_uppercase().as_str() {
        "NEWS" | "MGZN" => SourceKind::News,
        "JOUR" | "EJOUR" | "RPRT" | "THES" | "CONF" | "CPAPER" | "GOVDOC" | "ABST" | "INPR" => SourceKind::Report,
        "CASE" | "HEAR" => SourceKind::Court,
        "BOOK" | "EBOOK" | "CHAP" | "ECHAP" | "EDBOOK" => SourceKind::Book,
        "DATA" | "DBASE" | "AGGR" => SourceKind::Dataset,
        "BLOG" => SourceKind::Post,
        "PCOMM" => SourceKind::Statement,
        _ => return None,
    })
}
