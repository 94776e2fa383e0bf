//! Formatting of sources as references.

use crate::model::{Map, Source, SourceId};

use super::date::date_text;
use super::grammar::joined_and;
use super::link::{link_address, link_host};
use crate::hidden_characters::visible;

/// Returns the short name of a source: the short title of its CSL item, else its publisher, title or host.
#[must_use]
pub fn source_name(map: &Map, id: SourceId) -> String {
    let source = map.source(id);
    short_title(source)
        .or_else(|| filled(source.publisher.as_deref()))
        .or_else(|| title(source))
        .or_else(|| source.url.as_deref().and_then(link_host))
        .unwrap_or_else(|| "unnamed source".to_owned())
}

/// Formats a short reference: "GeekWire, March 2026, geekwire.com". A title replaces a missing publisher.
#[must_use]
pub fn reference(map: &Map, id: SourceId) -> String {
    let source = map.source(id);
    let name = filled(source.publisher.as_deref()).or_else(|| title(source));
    let date = source.published.as_ref().map(date_text);
    let host = source.url.as_deref().map(|url| link_host(url).unwrap_or_else(|| link_address(url)));
    or_unnamed(&name.into_iter().chain(date).chain(host).collect::<Vec<_>>())
}

/// Formats a full reference: authors, title, publisher, date, address.
#[must_use]
pub fn reference_full(map: &Map, id: SourceId) -> String {
    let source = map.source(id);
    let authors: Vec<String> = source.authors.iter().map(|author| visible(author).into_owned()).collect();
    let authors = (!authors.is_empty()).then(|| joined_and(&authors));
    let publisher = filled(source.publisher.as_deref()).filter(|publisher| authors.as_ref() != Some(publisher));
    let date = source.published.as_ref().map(date_text);
    let address = source.url.as_deref().map(link_address);
    or_unnamed(
        &authors
            .into_iter()
            .chain(quoted_title(source))
            .chain(publisher)
            .chain(date)
            .chain(address)
            .collect::<Vec<_>>(),
    )
}

/// Formats a full reference with its citation number: "\[3\] “Annual report 2020”, Corvane Shipping Group, April 2021,
/// …".
#[must_use]
pub fn reference_line(map: &Map, id: SourceId) -> String {
    let full = reference_full(map, id);
    map.citation_number(id).map_or_else(|| full.clone(), |number| format!("[{number}] {full}"))
}

/// Returns the title as running text; a supplied title keeps its square brackets.
pub(super) fn title(source: &Source) -> Option<String> {
    filled(source.title.as_deref())
}

/// Returns the title in quotation marks, unless it begins with a bracket or quotation mark itself.
fn quoted_title(source: &Source) -> Option<String> {
    let title = title(source)?;
    Some(if title.starts_with(['[', '“', '"', '«']) { title } else { format!("“{title}”") })
}

fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(|text| visible(text).into_owned())
}

fn or_unnamed(parts: &[String]) -> String {
    if parts.is_empty() { "unnamed source".to_owned() } else { parts.join(", ") }
}

/// Returns the short title of the CSL item, such as "Digest".
pub(super) fn short_title(source: &Source) -> Option<String> {
    let csl: serde_json::Value = serde_json::from_str(source.csl.as_deref()?).ok()?;
    let text = csl.get("title-short").or_else(|| csl.get("shortTitle"))?.as_str();
    filled(text)
}

#[cfg(test)]
mod tests {
    use super::{reference, reference_full, reference_line, source_name};
    use crate::model::{Date, Map, MapParts, Source, SourceId};

    fn map_of(source: Source) -> Map {
        Map::new(MapParts { sources: vec![source], ..MapParts::default() }).expect("a sound map")
    }

    const ONLY: SourceId = SourceId(0);

    #[test]
    fn references_in_brief_and_in_full() {
        let map = map_of(Source {
            title: Some("Who is behind Amberlock?".to_owned()),
            publisher: Some("The Calvessa Ledger".to_owned()),
            authors: vec!["Mara Quill".to_owned(), "Ivo Sandgate".to_owned()],
            published: Date::parse("2023-02-18").ok(),
            url: Some("https://ledger.example.org/2023/amberlock".to_owned()),
            ..Source::default()
        });
        assert_eq!(reference(&map, ONLY), "The Calvessa Ledger, 18 February 2023, ledger.example.org");
        let full = "Mara Quill and Ivo Sandgate, “Who is behind Amberlock?”, The Calvessa Ledger, 18 February 2023, ledger.example.org/2023/amberlock";
        assert_eq!(reference_full(&map, ONLY), full);
        assert_eq!(reference_line(&map, ONLY), full, "what nothing cites has no number");
    }

    #[test]
    fn names_fall_back_from_short_title_to_site() {
        let named = |source: Source| source_name(&map_of(source), ONLY);
        let csl = Some(r#"{"title":"OpenAI pushes beyond Microsoft","title-short":"Digest"}"#.to_owned());
        let title = Some("[Report]".to_owned());
        let url = Some("https://www.geekwire.com/x".to_owned());
        assert_eq!(named(Source { csl, title: title.clone(), ..Source::default() }), "Digest");
        assert_eq!(
            named(Source { publisher: Some("GeekWire".to_owned()), title: title.clone(), ..Source::default() }),
            "GeekWire"
        );
        assert_eq!(named(Source { title, url: url.clone(), ..Source::default() }), "[Report]");
        assert_eq!(named(Source { url, ..Source::default() }), "geekwire.com");
        assert_eq!(named(Source { csl: Some("not json".to_owned()), ..Source::default() }), "unnamed source");
    }

    #[test]
    fn a_publisher_that_is_its_own_author_is_named_once() {
        let map = map_of(Source {
            title: Some("An audit".to_owned()),
            publisher: Some("Audit Chamber".to_owned()),
            authors: vec!["Audit Chamber".to_owned()],
            ..Source::default()
        });
        assert_eq!(reference_full(&map, ONLY), "Audit Chamber, “An audit”");
    }
}
