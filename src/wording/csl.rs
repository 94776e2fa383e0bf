//! Conversion of a source to a CSL-JSON item, for reference managers.

use edtf_core::{DateField, Edtf};
use serde_json::{Map as JsonMap, Value, json};

use super::doi::doi_of;
use crate::model::{Date, Map, Source, SourceId, SourceKind, Word};

/// Formats a source as a CSL-JSON array of one item: the item in the file, completed by the plain fields.
///
/// Plain fields override the item's texts, but not its names and dates, which are more precise.
#[must_use]
pub fn csl_json(map: &Map, id: SourceId) -> String {
    let source = map.source(id);
    let mut item = own_item(source);
    let own_type = item.get("type").and_then(Value::as_str).map(str::to_owned);
    set_missing(&mut item, "id", || Some(json!(&*source.key)));
    set_missing(&mut item, "type", || Some(json!(csl_type(source.kind.as_ref()))));
    set(&mut item, "title", source.title.as_deref());
    let publisher = source.publisher.as_deref();
    if !["publisher", "container-title"].iter().any(|field| item.get(*field).and_then(Value::as_str) == publisher) {
        let kind = own_type.as_deref().unwrap_or(csl_type(source.kind.as_ref()));
        set(&mut item, if kind.starts_with("article") { "container-title" } else { "publisher" }, publisher);
    }
    set_missing(&mut item, "author", || names(&source.authors));
    set_missing(&mut item, "issued", || source.published.as_ref().map(csl_date));
    set_missing(&mut item, "accessed", || source.accessed.as_ref().map(csl_date));
    set(&mut item, "URL", source.url.as_deref());
    set_missing(&mut item, "DOI", || doi_of(source).map(|doi| json!(doi)));
    set(&mut item, "language", source.language.as_deref());
    set_missing(&mut item, "archive", || source.archive_url.as_deref().map(|url| json!(url)));
    set_missing(&mut item, "note", || source.note.as_deref().map(|note| json!(note)));
    // Serializing a value built here can't fail; tests would reveal an empty text.
    serde_json::to_string_pretty(&json!([item])).unwrap_or_default()
}

fn own_item(source: &Source) -> JsonMap<String, Value> {
    match source.csl.as_deref().map(serde_json::from_str) {
        Some(Ok(Value::Object(item))) => item,
        _ => JsonMap::new(),
    }
}

fn set(item: &mut JsonMap<String, Value>, field: &str, text: Option<&str>) {
    if let Some(text) = text {
        item.insert(field.to_owned(), json!(text));
    }
}

fn set_missing(item: &mut JsonMap<String, Value>, field: &str, value: impl FnOnce() -> Option<Value>) {
    if !item.contains_key(field)
        && let Some(value) = value()
    {
        item.insert(field.to_owned(), value);
    }
}

fn names(authors: &[String]) -> Option<Value> {
    let names: Vec<Value> = authors.iter().map(|author| json!({ "literal": author })).collect();
    (!names.is_empty()).then_some(Value::Array(names))
}

/// Returns the item type of CSL 1.0.2.
fn csl_type(kind: Option<&Word<SourceKind>>) -> &'static str {
    match kind.and_then(Word::known) {
        Some(SourceKind::News) => "article-newspaper",
        Some(SourceKind::Report) => "report",
        Some(SourceKind::Court) => "legal_case",
        Some(SourceKind::Book) => "book",
        Some(SourceKind::Dataset) => "dataset",
        Some(SourceKind::Interview) => "interview",
        Some(SourceKind::Post) => "post",
        Some(SourceKind::Statement) => "webpage",
        Some(SourceKind::Filing | SourceKind::Register | SourceKind::Other) | None => "document",
    }
}

/// Converts a plain date to date parts, any other to its EDTF text as a CSL literal.
fn csl_date(date: &Date) -> Value {
    let parts = match date.edtf() {
        Some(Edtf::Date(day)) if !day.has_unspecified() && !day.is_approximate() && !day.is_uncertain() => {
            let month = day.month.and_then(DateField::value);
            day.year
                .value()
                .filter(|_| day.year.significant_digits.is_none() && month.is_none_or(|month| month <= 12))
                .map(|year| {
                    let rest = [month, day.day.and_then(DateField::value)].into_iter().flatten().map(i64::from);
                    std::iter::once(year).chain(rest).collect::<Vec<i64>>()
                })
        }
        _ => None,
    };
    parts.map_or_else(|| json!({ "literal": date.text() }), |parts| json!({ "date-parts": [parts] }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::csl_json;
    use crate::model::{Date, Map, MapParts, Source, SourceId, SourceKind, Word};

    fn item(source: Source) -> Value {
        let map = Map::new(MapParts { sources: vec![source], ..MapParts::default() }).expect("a sound map");
        serde_json::from_str(&csl_json(&map, SourceId(0))).expect("JSON")
    }

    #[test]
    fn plain_fields_make_an_item() {
        let source = Source {
            key: "geekwire-2026-03".into(),
            kind: Some(Word::Known(SourceKind::News)),
            title: Some("[Report]".to_owned()),
            publisher: Some("GeekWire".to_owned()),
            authors: vec!["A. Writer".to_owned()],
            published: Date::parse("2026-03").ok(),
            accessed: Date::parse("2026-04~").ok(),
            url: Some("https://geekwire.com/".to_owned()),
            ..Source::default()
        };
        let expected = json!([{ "id": "geekwire-2026-03", "type": "article-newspaper", "title": "[Report]",
            "container-title": "GeekWire", "author": [{ "literal": "A. Writer" }],
            "issued": { "date-parts": [[2026, 3]] }, "accessed": { "literal": "2026-04~" }, "URL": "https://geekwire.com/" }]);
        assert_eq!(item(source), expected);
    }

    #[test]
    fn the_item_of_the_file_stays_and_plain_fields_lead_its_texts() {
        let source = Source {
            key: "audit".into(),
            title: Some("An audit, second edition".to_owned()),
            publisher: Some("Audit Chamber".to_owned()),
            authors: vec!["Jane Doe".to_owned()],
            csl: Some(r#"{"id":"z1","type":"report","title":"An audit","number":"9/2024","publisher":"Audit Chamber","author":[{"family":"Doe","given":"Jane"}]}"#.to_owned()),
            ..Source::default()
        };
        let expected = json!([{ "id": "z1", "type": "report", "title": "An audit, second edition", "number": "9/2024",
            "publisher": "Audit Chamber", "author": [{ "family": "Doe", "given": "Jane" }] }]);
        assert_eq!(item(source), expected);
    }

    #[test]
    fn the_doi_of_an_address_has_its_own_field() {
        let source =
            Source { key: "k".into(), url: Some("https://doi.org/10.1000/182".to_owned()), ..Source::default() };
        let expected =
            json!([{ "id": "k", "type": "document", "URL": "https://doi.org/10.1000/182", "DOI": "10.1000/182" }]);
        assert_eq!(item(source), expected);
    }

    #[test]
    fn a_broken_item_is_replaced() {
        let source = Source { key: "k".into(), csl: Some("[1]".to_owned()), ..Source::default() };
        assert_eq!(item(source), json!([{ "id": "k", "type": "document" }]));
    }
}
