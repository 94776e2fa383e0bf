//! Each form of pasted text, by example.

mod hostile;
mod slow;

use super::{CitationFormat, NewSource, Pasted, PastedQuote, PastedSources, guess_publisher, read_pasted, same_source};
use crate::model::{Map, MapParts, OwnValue, Source, SourceId, SourceKind};

fn sources(text: &str) -> PastedSources {
    match read_pasted(text) {
        Pasted::Sources(sources) => sources,
        other => panic!("{text}: {other:?}"),
    }
}

fn only(text: &str) -> NewSource {
    let mut found = sources(text);
    assert_eq!((found.sources.len(), found.skipped), (1, 0), "{text}: {:?}", found.remarks);
    found.sources.remove(0)
}

fn quote(text: &str) -> String {
    match read_pasted(text) {
        Pasted::Quote(PastedQuote { quote, is_complete: true }) => quote.exact,
        other => panic!("{text}: {other:?}"),
    }
}

fn own<'s>(source: &'s Source, name: &str) -> Option<&'s str> {
    match source.own.get(name) {
        Some(OwnValue::Text(text)) => Some(text),
        _ => None,
    }
}

#[test]
fn addresses_become_sources() {
    for (text, url) in [
        ("https://geekwire.com/2026/deal", "https://geekwire.com/2026/deal"),
        ("  http://example.org/a#b \n", "http://example.org/a#b"),
        ("geekwire.com", "https://geekwire.com"),
        ("www.geekwire.com/2026", "https://www.geekwire.com/2026"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("example.org/report.pdf", "https://example.org/report.pdf"),
        ("https://user:secret@example.org/x", "https://example.org/x"),
    ] {
        let found = sources(text);
        assert_eq!(found.format, CitationFormat::Address);
        assert_eq!(found.sources[0].source, Source { url: Some(url.to_owned()), ..Source::default() }, "{text}");
    }
    assert_eq!(sources("https://user:secret@example.org/x").remark_count, 1, "what was left out is told");
    let several = sources("https://a.example/1\n\nb.example/2\n10.1000/182");
    let urls: Vec<_> = several.sources.iter().map(|new| new.source.url.as_deref().unwrap_or_default()).collect();
    assert_eq!(urls, ["https://a.example/1", "https://b.example/2", "https://doi.org/10.1000/182"]);
    assert_eq!(several.summary(), "3 addresses pasted: all become sources");
}

#[test]
fn what_may_not_be_opened_is_refused_with_its_reason() {
    for text in
        ["javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/x", "https://a%2eexample/", "data:text/html,x"]
    {
        match read_pasted(text) {
            Pasted::Unreadable { format: CitationFormat::Address, reason } => {
                assert!(reason.contains("; "), "the remedy is told: {reason}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(matches!(read_pasted(" \n\u{feff}"), Pasted::Nothing));
}

#[test]
fn words_are_no_addresses() {
    for text in
        ["report.pdf", "e.g", "U.S.", "node.js", "3.5", "a@b.example", "See geekwire.com", "Note:this", "no.", ".."]
    {
        assert_eq!(quote(text), text);
    }
}

#[test]
fn a_link_to_a_highlight_brings_its_words() {
    let link = "https://geekwire.com/deal#:~:text=said%20that-,more%20than%20%2413%2C5%20billion,-since%202019";
    let new = only(link);
    assert_eq!(new.source.url.as_deref(), Some("https://geekwire.com/deal"));
    let [PastedQuote { quote, is_complete: true }] = new.quotes.as_slice() else { panic!("{:?}", new.quotes) };
    assert_eq!(quote.exact, "more than $13,5 billion");
    assert_eq!((quote.prefix.as_deref(), quote.suffix.as_deref()), (Some("said that"), Some("since 2019")));
}

#[test]
fn a_long_highlight_is_not_whole_and_several_are_kept_apart() {
    let new = only("http://x.example/a?b#part:~:text=The%20first,the%20last&text=ein%20W%C3%B6rtchen&foo=1");
    assert_eq!(new.source.url.as_deref(), Some("http://x.example/a?b#part"), "an ordinary fragment stays");
    let quotes: Vec<_> = new.quotes.iter().map(|quote| (quote.quote.exact.as_str(), quote.is_complete)).collect();
    assert_eq!(quotes, [("The first … the last", false), ("ein Wörtchen", true)]);
    let bad = sources("https://x.example/#:~:text=a,b,c&text=&text=-,&text=only-");
    assert_eq!((bad.sources[0].quotes.len(), bad.remark_count), (0, 4), "{:?}", bad.sources[0].quotes);
}

#[test]
fn a_shared_text_brings_words_and_link() {
    let new = only("“Microsoft paid more than\n$13 billion.” https://geekwire.com/x#:~:text=a-,Microsoft,billion");
    assert_eq!(new.source.url.as_deref(), Some("https://geekwire.com/x"));
    assert_eq!(new.quotes[0].quote.exact, "Microsoft paid more than $13 billion.");
    assert_eq!((new.quotes[0].quote.prefix.as_deref(), new.quotes[0].is_complete), (Some("a"), true));
    let new = only("The deal, explained\nhttps://geekwire.com/x");
    assert_eq!(new.source.title.as_deref(), Some("The deal, explained"));
    let words = "He said so, see https://geekwire.com/x";
    assert_eq!(quote(words), words, "a sentence with a link stays a sentence");
}

#[test]
fn dois_become_sources() {
    for text in ["10.1000/182", "doi:10.1000/182", "https://doi.org/10.1000/182", "http://dx.doi.org/10.1000/182"] {
        let found = sources(text);
        assert_eq!(found.format, CitationFormat::Doi, "{text}");
        assert_eq!(found.sources[0].source.url.as_deref(), Some("https://doi.org/10.1000/182"), "{text}");
    }
}

#[test]
fn quotations_lose_what_copying_added() {
    for (text, wanted) in [
        ("“Microsoft paid.”", "Microsoft paid."),
        ("„Der Rat zahlt.“", "Der Rat zahlt."),
        ("« Le prix »", "Le prix"),
        ("\"a\" and \"b\"", "\"a\" and \"b\""),
        ("“a” and “b”", "“a” and “b”"),
        ("“a “b” c”", "a “b” c"),
        ("‘don’t’", "don’t"),
        ("one\r\n two\n\n\tthree", "one two three"),
        ("the state-\nowned bank", "the state-owned bank"),
        ("the com-\npany, a company", "the company, a company"),
        ("pre-\nand post-war", "pre- and post-war"),
        ("com\u{ad}\npany and sum\u{ad}mer", "company and summer"),
        ("in 2019 -\nand later", "in 2019 - and later"),
        ("pay\u{202e}lap\u{7}", "pay[U+202E]lap[U+0007]"),
    ] {
        assert_eq!(quote(text), wanted, "{text:?}");
    }
}

#[test]
fn bibtex_becomes_sources() {
    let text = r#"@article{doe2019,
      author = {Doe, Jane and {van der Berg}, Piet},
      title = {{\"O}l \& {NASA}: a {\emph{history}}},
      journal = {Journal of Things}, volume = 12, pages = {3--9},
      year = 2019, month = mar, doi = {10.1000/182},
      url = {https://x.example/a--b\_c}, urldate = {2020-01-02},
      language = {ngerman}, note = {Read twice}, keywords = {a, b},
      file = {:C\:/Users/jane/a.pdf:PDF}, owner = {jane}
    }"#;
    let found = sources(text);
    assert_eq!(found.format, CitationFormat::Bibtex);
    assert_eq!(found.remark_count, 1, "local names are left out: {:?}", found.remarks);
    let new = &found.sources[0];
    assert_eq!(new.citation_key.as_deref(), Some("doe2019"));
    let source = &new.source;
    assert_eq!(source.title.as_deref(), Some("Öl & NASA: a history"));
    assert_eq!(source.authors, ["Jane Doe", "Piet van der Berg"]);
    assert_eq!(source.publisher.as_deref(), Some("Journal of Things"));
    assert_eq!(source.published.as_ref().map(crate::model::Date::text), Some("2019-03"));
    assert_eq!(source.accessed.as_ref().map(crate::model::Date::text), Some("2020-01-02"));
    assert_eq!(source.url.as_deref(), Some("https://x.example/a--b_c"));
    assert_eq!((source.language.as_deref(), source.note.as_deref()), (Some("de"), Some("Read twice")));
    assert_eq!(source.sort(), SourceKind::Report);
    let kept: Vec<_> = source.own.iter().map(|field| &*field.name).collect();
    assert_eq!(kept, ["x-doi", "x-keywords", "x-pages", "x-volume"]);
    assert_eq!((own(source, "x-pages"), own(source, "x-doi")), (Some("3–9"), Some("10.1000/182")));
}

#[test]
fn one_bad_entry_costs_only_itself() {
    let text = "Two of mine:\n@string{pub = \"Big \" # house} @string{house = {House}}\n@book{a, title = {A}, publisher = pub # { x}}\n\
        @misc{b, title = }\n@misc{c, year = 2020}\n@online(d, title = {D}, date = {2019-21}, year = {in press})\n\
        @article{e, title = {E}, journal = aj, year = {2019}, abstract = {cut";
    let found = sources(text);
    let titles: Vec<_> = found.sources.iter().filter_map(|new| new.source.title.as_deref()).collect();
    assert_eq!(titles, ["A", "D", "E"]);
    assert_eq!(found.skipped, 2, "{:?}", found.remarks);
    assert_eq!(found.summary(), "5 entries pasted: 3 become sources, 2 can't be read");
    let remarks = found.remarks.join("\n");
    for part in ["“b” can't be read", "“c” has neither", "“e” is cut off"] {
        assert!(remarks.contains(part), "{part} in\n{remarks}");
    }
    assert_eq!(found.sources[0].source.publisher.as_deref(), Some("Big house x"), "a later name stands for itself");
    assert_eq!(found.sources[2].source.publisher.as_deref(), Some("aj"), "an unknown abbreviation stays");
    assert_eq!(sources("@misc{a, title={A}}\n@misc{b, title={B}}").summary(), "2 entries pasted: both become sources");
}

#[test]
fn an_entry_takes_what_it_lacks_from_the_one_it_names() {
    let text = "@inproceedings{a, title={A}, crossref={P}}\n@proceedings{p, title={Papers}, year=2018, publisher={House}, crossref={a}}";
    let found = sources(text);
    let source = &found.sources[0].source;
    assert_eq!(source.publisher.as_deref(), Some("House"));
    assert_eq!(own(source, "x-booktitle"), Some("Papers"));
    assert_eq!(source.published.as_ref().map(crate::model::Date::text), Some("2018"));
}

#[test]
fn ris_becomes_sources() {
    let text = "TY  - NEWS\r\nAU  - Doe, Jane, Jr.\r\nAU  - Herald Staff\r\nTI  - A deal\r\n and more\r\nT2  - The Herald\r\n\
        PY  - 2019\r\nDA  - 2019/05/12/\r\nUR  - https://herald.example/a\r\nDO  - 10.1000/182\r\nSP  - 3\r\nEP  - 5\r\n\
        KW  - ports\r\nKW  - ships\r\nC1  - odd\r\nL1  - internal-pdf://a.pdf\r\nID  - 77\r\nER  - \r\n\r\n\
        TY  - STAT\r\nTI  - An act\r\nY1  - 2020/06//\r\n";
    let found = sources(text);
    assert_eq!((found.format, found.sources.len()), (CitationFormat::Ris, 2));
    let source = &found.sources[0].source;
    assert_eq!(source.title.as_deref(), Some("A deal and more"));
    assert_eq!(source.authors, ["Jane Doe Jr.", "Herald Staff"]);
    assert_eq!((source.publisher.as_deref(), source.sort()), (Some("The Herald"), SourceKind::News));
    assert_eq!(source.published.as_ref().map(crate::model::Date::text), Some("2019-05-12"));
    assert_eq!(source.url.as_deref(), Some("https://herald.example/a"));
    let kept: Vec<_> = source.own.iter().map(|field| &*field.name).collect();
    assert_eq!(kept, ["x-c1", "x-doi", "x-keywords", "x-pages"]);
    let second = &found.sources[1].source;
    assert_eq!(second.published.as_ref().map(crate::model::Date::text), Some("2020-06"));
    assert_eq!((second.kind.as_ref(), own(second, "x-type")), (None, Some("STAT")));
    assert_eq!(found.remark_count, 2, "a local file, and an open end: {:?}", found.remarks);
}

#[test]
fn csl_items_become_sources() {
    let item = r#"{"id":"doe","type":"article-journal","title":"A","DOI":"10.1000/182","volume":"3",
        "author":[{"family":"Doe","given":"Jane"}],"issued":{"date-parts":[[2019,3]]}}"#;
    let new = only(item);
    assert_eq!(new.source.title.as_deref(), Some("A"));
    assert_eq!(new.source.authors, ["Jane Doe"]);
    assert_eq!(new.source.url.as_deref(), Some("https://doi.org/10.1000/182"));
    assert!(new.source.csl.as_deref().is_some_and(|csl| csl.contains("\"volume\":\"3\"")));
    let list = format!("[{item}, {{\"type\":\"book\",\"id\":\"x\",\"author\":[]}}]");
    let found = sources(&list);
    assert_eq!(found.summary(), "2 entries pasted: 1 becomes a source, 1 can't be read");
    let cut = &item[..item.len() - 10];
    assert!(
        matches!(read_pasted(cut), Pasted::Unreadable { format: CitationFormat::Csl, .. }),
        "{:?}",
        read_pasted(cut)
    );
    for text in ["[sic]", "{a}", r#"{"format":"tieline","id":"x","title":"y"}"#, r"[1, 2]"] {
        assert!(matches!(read_pasted(text), Pasted::Quote(_)), "{text}");
    }
}

fn map_of(sources: &[(&str, Option<&str>)]) -> Map {
    let source = |(index, (url, publisher)): (usize, &(&str, Option<&str>))| Source {
        key: format!("s{index}").into(),
        url: Some((*url).to_owned()),
        publisher: publisher.map(str::to_owned),
        ..Source::default()
    };
    let sources = sources.iter().enumerate().map(source).collect();
    Map::new(MapParts { sources, ..MapParts::default() }).expect("a sound map")
}

#[test]
fn a_known_source_is_found_by_address_or_doi() {
    let map = map_of(&[
        ("https://x.example/a", None),
        ("http://www.geekwire.com/2026/deal/?utm_medium=rss", None),
        ("https://doi.org/10.1000/ABC", None),
        ("https://xn--bcher-kva.example/x", None),
    ]);
    let found = |text: &str| same_source(&map, &only(text).source);
    assert_eq!(found("geekwire.com/2026/deal"), Some(SourceId(1)));
    assert_eq!(found("https://geekwire.com/2026/deal?fbclid=1#:~:text=x"), Some(SourceId(1)));
    assert_eq!(found("https://bücher.example/x/"), Some(SourceId(3)));
    assert_eq!(found("doi:10.1000/abc"), Some(SourceId(2)));
    assert_eq!(found("@misc{k, title={T}, url={https://y.example}, doi={10.1000/Abc}}"), Some(SourceId(2)));
    assert_eq!(found("https://geekwire.com/2026"), None);
    assert_eq!(same_source(&map, &Source::default()), None);
}

#[test]
fn the_publisher_is_the_one_of_the_site() {
    let map = map_of(&[
        ("https://www.geekwire.com/1", Some("Geek Wire")),
        ("https://geekwire.com/2", Some("GeekWire")),
        ("https://geekwire.com/3", Some("GeekWire")),
        ("https://doi.org/10.1000/1", Some("Journal")),
        ("https://tie.example/1", Some("Zeta")),
        ("https://tie.example/2", Some("Alpha")),
    ]);
    let guess = |text: &str| guess_publisher(&map, &only(text).source);
    assert_eq!(guess("https://geekwire.com/new").as_deref(), Some("GeekWire"));
    assert_eq!(guess("https://tie.example/new").as_deref(), Some("Zeta"), "the first of two");
    assert_eq!(guess("10.1000/2"), None, "a resolver publishes nothing");
    assert_eq!(guess("https://other.example"), None);
}

#[test]
fn keys_are_made_of_what_is_known() {
    assert_eq!(only("@misc{doe2019, title={A}}").words_for_key(), "doe2019");
    assert_eq!(only("https://www.geekwire.com/x").words_for_key(), "geekwire.com");
    let dated = only("TY  - NEWS\nUR  - https://x.example/a\nPY  - 2019\nER  - ");
    assert_eq!(dated.words_for_key(), "x.example 2019");
    assert_eq!(only("10.1000/182").words_for_key(), "https://doi.org/10.1000/182");
}
