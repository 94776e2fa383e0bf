//! Redacted content must not occur in any byte of exported files: constructed cases, non-interference, and content
//! that must stay.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use regex::Regex;
use serde_json::{Value, json};
use tieline::document::Document;
use tieline::export::pptx::SlideContent;
use tieline::export::svg::TextMode;
use tieline::export_data::{DATA_FORMATS, DataContent};
use tieline::layout::NoProgress;
use tieline::load::{BUNDLED, load_bundled, load_map};
use tieline::model::{ActorId, Map, Redaction, redact};
use tieline::publish::{Edition, Format, PictureOptions, Resolution, Scope, remaining_texts};
use tieline::text::Fonts;

use crate::placing::placed;

fn map_of(value: &Value) -> Map {
    load_map(value.to_string().as_bytes(), "a map").expect("a map").map
}

/// Returns the redaction for these command-line words.
fn redaction(map: &Map, words: &[&str]) -> Redaction {
    let mut redaction = Redaction::default();
    for word in words {
        let is_known = match word.split_once(':') {
            Some(("actor" | "source", key)) => redaction.add_record(map, key),
            Some(("kind", kind)) => redaction.add_kind(map, kind),
            _ => {
                let choices = [
                    ("amounts", &mut redaction.hides_amounts),
                    ("quotes", &mut redaction.hides_quotes),
                    ("texts", &mut redaction.hides_texts),
                ];
                choices.into_iter().find(|(name, _)| name == word).is_some_and(|(_, choice)| {
                    *choice = true;
                    true
                })
            }
        };
        assert!(is_known, "{word}");
    }
    redaction
}

/// Returns the files of all formats of pictures and data, and the notes.
fn files(document: &Document, fonts: &Fonts, options: PictureOptions) -> Vec<(&'static str, Vec<u8>)> {
    let data = data_files(document, &options.redaction);
    let options = PictureOptions { text: TextMode::Fonts, resolution: Resolution::Scale(0.25), ..options };
    let edition = Edition::prepare(document, fonts, options, &NoProgress).expect("not canceled");
    let mut files: Vec<_> =
        Format::STILL.into_iter().map(|format| (format.ending(), edition.write(format).expect("written"))).collect();
    for format in Format::STILL {
        let pages = edition.write_further_pages(format).expect("written");
        files.extend(pages.into_iter().map(|page| (format.ending(), page)));
    }
    files.push(("txt", edition.notes().into_bytes()));
    files.extend(data);
    files
}

/// Returns the files of all formats of data that the map has something for.
fn data_files(document: &Document, redaction: &Redaction) -> Vec<(&'static str, Vec<u8>)> {
    let content = DataContent::redacted(document, redaction);
    let written = DATA_FORMATS.iter().filter_map(|format| Some((format.word, format.write(&content).ok()?)));
    written.flat_map(|(word, files)| files.into_iter().map(move |file| (word, file.bytes))).collect()
}

/// Returns the files of all formats that show the story of a map step by step, and the notes.
fn story_files(document: &Document, fonts: &Fonts, options: PictureOptions) -> Vec<(&'static str, Vec<u8>)> {
    files(document, fonts, PictureOptions { has_steps: true, ..options })
}

/// Returns the readable content of the files of all formats and the notes, plus their raw bytes.
pub(crate) fn readable_files(document: &Document, fonts: &Fonts, redaction: Redaction) -> Vec<(&'static str, String)> {
    let options = PictureOptions { redaction, ..PictureOptions::default() };
    let files = files(document, fonts, options);
    let whole = |ending, bytes: &[u8]| readable(ending, bytes) + &String::from_utf8_lossy(bytes);
    files.into_iter().map(|(ending, bytes)| (ending, whole(ending, &bytes))).collect()
}

/// Returns the readable content of a file: text between tags and in text attributes, both raw and decoded.
fn readable(ending: &str, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let plain = match ending {
        "svg" | "html" => {
            let without =
                |text: &str, pattern: &str| Regex::new(pattern).expect("a pattern").replace_all(text, " ").into_owned();
            let text = without(&text, r"(?s)<(script|style)[^>]*>.*?</(script|style)>");
            without(
                &text,
                r#"\s(d|transform|viewBox|x|y|x1|x2|y1|y2|width|height|points|rx|ry|cx|cy|r|fill|stroke|style|font-size|stroke-width|stroke-dasharray|textLength|data-from|data-until|data-boxes|data-scale)="[^"]*""#,
            )
        }
        "pdf" => unpacked(bytes),
        "pptx" => unzipped(bytes),
        "xlsx" | "kumu" | "csv-zip" => cells(bytes),
        _ => text.into_owned(),
    };
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let decoded = entities.iter().fold(plain.clone(), |text, (entity, sign)| text.replace(entity, sign));
    let undone = percent_encoding::percent_decode_str(&decoded).decode_utf8_lossy().into_owned();
    format!("{plain}\n{decoded}\n{undone}")
}

/// Returns the strings of a PDF outside its streams (links, titles, alternative texts), with UTF-16 decoded.
fn unpacked(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let pattern = |pattern: &str| Regex::new(pattern).expect("a pattern");
    let outside = pattern(r"(?s)stream\r?\n.*?endstream").replace_all(&text, " ").into_owned();
    let strings = pattern(r"(?s)\(((?:[^()\\]|\\.)*)\)");
    let strings = strings.captures_iter(&outside).map(|found| found[1].to_owned());
    let hex = pattern(r"<(?i:feff)([0-9a-fA-F]+)>");
    let decoded = hex.captures_iter(&outside).map(|found| {
        let digits = found[1].as_bytes().chunks_exact(4).filter_map(|unit| std::str::from_utf8(unit).ok());
        let units: Vec<u16> = digits.filter_map(|unit| u16::from_str_radix(unit, 16).ok()).collect();
        String::from_utf16_lossy(&units)
    });
    strings.chain(decoded).collect::<Vec<_>>().join("\n")
}

/// Returns all parts of a package, notes and properties among them, without the names of namespaces, the numbers of
/// objects, and those of geometry.
fn unzipped(bytes: &[u8]) -> String {
    let entries = crate::slides::package::entries(bytes);
    let all = entries.iter().map(|entry| format!("{}\n{}\n", entry.name, String::from_utf8_lossy(&entry.content)));
    let all: String = all.collect::<Vec<_>>().concat();
    let patterns = [
        r#" (xmlns(:\w+)?|Type)="http://schemas\.(openxmlformats\.org|microsoft\.com)/[\w./-]*""#,
        r#"<p:cNvPr id="[0-9]+""#,
        r#" uri="\{[0-9A-F-]+\}""#,
        r#" (x|y|cx|cy|w|h|sz|marL|indent|lIns|tIns|rIns|bIns)="-?[0-9]+""#,
    ];
    let without = |text: String, pattern| Regex::new(pattern).expect("a pattern").replace_all(&text, " ").into_owned();
    patterns.into_iter().fold(all, without)
}

/// Returns all texts and numbers of a workbook or of the tables in an archive, without places of cells, and with the
/// characters that workbooks escape.
fn cells(bytes: &[u8]) -> String {
    let entries = crate::slides::package::entries(bytes);
    let is_fixed = |name: &str| name.starts_with("xl/theme") || name.starts_with("xl/styles");
    let texts = entries.iter().filter(|entry| !is_fixed(&entry.name));
    let all: Vec<String> = texts.map(|entry| String::from_utf8_lossy(&entry.content).into_owned()).collect();
    let without = |text: String, pattern| Regex::new(pattern).expect("a pattern").replace_all(&text, " ").into_owned();
    let patterns: [&str; 4] = [
        r#"<c r="[A-Z]+[0-9]+"( s="[0-9]+")? t="s"><v>[0-9]+</v></c>"#,
        r#" [A-Za-z:]+="[^"]*""#,
        r"<dcterms:[^>]*>[^<]*",
        // The same in every workbook.
        "<Application>Microsoft Excel</Application>",
    ];
    patterns.into_iter().fold(all.join("\n"), without)
}

/// Checks that the search leaves out nothing of a package that may hold words of a map.
#[test]
fn words_are_found_in_every_place_of_a_package() {
    let fonts = Fonts::new();
    let document = Document::new(Arc::new(telling(&SECRETS[0])), Arc::default());
    let options = PictureOptions { has_notes: true, ..PictureOptions::default() };
    let mut all = files(&document, &fonts, options).into_iter();
    let (_, deck) = all.find(|(ending, _)| *ending == "pptx").expect("a deck");
    assert!(!readable("pptx", &deck).contains("microsoft"), "no namespace is left");
    let slide = "ppt/slides/slide1.xml";
    let places = [
        (slide, " descr=\""),
        (slide, " name=\""),
        (slide, " tooltip=\""),
        (slide, "<a:t>"),
        ("ppt/slides/_rels/slide1.xml.rels", " Target=\"https://"),
        ("ppt/notesSlides/notesSlide1.xml", "<a:t>"),
        ("ppt/theme/theme1.xml", " typeface=\""),
        ("docProps/core.xml", "<dc:title>"),
        ("docProps/core.xml", "<dc:creator>"),
        ("docProps/core.xml", "<dc:description>"),
    ];
    for (part, before) in places {
        let mut entries = crate::slides::package::entries(&deck);
        let entry = entries.iter_mut().find(|entry| entry.name == part).expect("a part");
        let text = String::from_utf8(entry.content.clone()).expect("text");
        assert!(text.contains(before), "{part} has {before}");
        for word in ["microsoft", "17", "uri", "x=&quot;17&quot;"] {
            let planted = format!("{before}schemas.{word}.planted");
            entries.iter_mut().filter(|entry| entry.name == part).for_each(|entry| {
                entry.content = text.replacen(before, &planted, 1).into_bytes();
            });
            let found = readable("pptx", &crate::slides::package::archive(&entries));
            assert!(found.contains(&format!("schemas.{word}.planted")), "{word} after {before} in {part}");
        }
    }
}

/// Checks the search itself: if it missed visible content, the tests above would prove nothing.
#[test]
fn what_is_not_redacted_is_found_in_every_format() {
    let fonts = Fonts::new();
    let document = Document::new(Arc::new(telling(&SECRETS[0])), Arc::default());
    let options = PictureOptions { has_notes: true, ..PictureOptions::default() };
    let all = files(&document, &fonts, options.clone()).into_iter().chain(story_files(&document, &fonts, options));
    for (ending, bytes) in all {
        let is_picture = ending == "png";
        assert_eq!(readable(ending, &bytes).contains("Verrin"), !is_picture, "{ending}");
    }
}

#[test]
fn no_invented_case_leaks() {
    let cases: Vec<Value> =
        serde_json::from_str(include_str!("../data/redaction/cases.json")).expect("a list of cases");
    assert!(cases.len() >= 156);
    let fonts = Fonts::new();
    let mut leaks = Vec::new();
    for case in &cases {
        let map = map_of(&case["map"]);
        let words: Vec<&str> = case["redact"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let mut options =
            PictureOptions { redaction: redaction(&map, &words), has_notes: true, ..PictureOptions::default() };
        if case["options"].as_array().is_some_and(|options| !options.is_empty()) {
            options.scope = Scope::Only { actors: [ActorId(0)].into(), ties: BTreeSet::new() };
        }
        let pattern = Regex::new(case["must_not_match"].as_str().expect("a pattern")).expect("a pattern");
        let document = placed(map);
        for (ending, bytes) in files(&document, &fonts, options) {
            if let Some(found) = pattern.find(&readable(ending, &bytes)) {
                leaks.push(format!("{} {}: {:?} in {ending}", case["n"], case["name"], found.as_str()));
            }
        }
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}

/// A secret identity, in all forms in which a map may contain it.
struct Secret {
    name: &'static str,
    surname: &'static str,
    alias: &'static str,
    id: &'static str,
    host: &'static str,
    handle: &'static str,
    title: &'static str,
    quote: &'static str,
    money: &'static str,
    number: i64,
}

const SECRETS: [Secret; 4] = [
    Secret {
        name: "Tomas Verrin",
        surname: "Verrin",
        alias: "The Heron",
        id: "verrin",
        host: "verrin-law.example",
        handle: "tverrin",
        title: "Talks with the accountant",
        quote: "we gave him the pearls at night",
        money: "€13 million",
        number: 13_000_000,
    },
    Secret {
        name: "Xu",
        surname: "Xu",
        alias: "Oak",
        id: "s1",
        host: "oak.example",
        handle: "xu_oak",
        title: "A",
        quote: "nobody knew that anything was ever signed there at all by any of them",
        money: "2bn",
        number: 2_000_000_000,
    },
    Secret {
        name: "Алексей Константинович Навальченко-Заболотный",
        surname: "Навальченко-Заболотный",
        alias: "Полковник",
        id: "a-very-long-id-for-this-one",
        host: "xn--80ak6aa92e.example",
        handle: "Полковник",
        title: "Протокол допроса свидетеля в присутствии переводчика",
        quote: "он сказал что деньги лежат дома",
        money: "500 рублей",
        number: 500,
    },
    Secret {
        name: "王小明",
        surname: "王小明",
        alias: "老虎",
        id: "wxm",
        host: "wxm.example",
        handle: "王小明",
        title: "密谈记录",
        quote: "他说我们已经付了全部的钱",
        money: "支付1300万美元",
        number: 13,
    },
];

/// Returns a map that contains a secret in every field of the format.
fn telling(secret: &Secret) -> Map {
    let Secret { name, surname, alias, id, host, handle, title, quote, money, number } = *secret;
    let said = format!("Seen with {surname} in May");
    let own = format!("https://{host}/about");
    let told = format!("{said}, for {money}: “{quote}”");
    map_of(&json!({
        "format": "tieline", "version": "1.0",
        "map": { "title": format!("The {surname} papers"), "subtitle": said, "authors": ["Desk", name], "note": said,
                 "license": "CC0-1.0", "asOf": "2025-01-01" },
        "kinds": {
            "actor": { "person": { "label": "Person" }, "company": { "label": "Company" } },
            "tie": { "payment": { "label": "Payment", "verb": "pays", "directed": true },
                     "contact": { "label": "Contact", "verb": "meets", "directed": true } } },
        "actors": [
            { "id": "b", "kind": "company", "name": "Birch Mills", "summary": said, "aliases": ["BM", format!("{surname} Mills")],
              "identifiers": { "x-handle": format!("@{handle}") }, "url": "https://birch.example/" },
            { "id": id, "kind": "person", "name": name, "aliases": [alias], "summary": "Lives somewhere.", "url": own,
              "identifiers": { "x-tax": format!("T-{id}-9") } },
            { "id": "c", "kind": "company", "name": "Cedar Works", "summary": "plain" },
            { "id": "d", "kind": "company", "name": format!("{surname} Holding"), "summary": "Holds things." } ],
        "sources": [
            { "id": format!("{id}-q"), "kind": "interview", "title": title, "publisher": format!("{surname} press"), "authors": [name],
              "published": "2024-05-17", "accessed": "2024-06-01", "url": format!("https://{host}/x"), "note": said, "by": [id] },
            { "id": "q2", "title": "Other", "publisher": "Courier", "url": format!("https://courier.example/{handle}") },
            { "id": "q3", "title": format!("On {alias}"), "publisher": "Courier", "sameAs": format!("{id}-q"), "url": "https://courier.example/b" } ],
        "ties": [
            { "id": format!("{id}-t"), "kind": "payment", "from": id, "to": "b", "label": format!("pays {handle}"), "summary": "hired him",
              "amount": { "exact": number, "currency": "EUR", "text": money },
              "evidence": [ { "source": format!("{id}-q"), "locator": "page 9", "quote": { "exact": quote } },
                            { "source": "q2", "citedIn": { "source": format!("{id}-q"), "quote": { "exact": quote }, "locator": "p. 2" } } ] },
            { "id": "t2", "kind": "contact", "from": "b", "to": "c", "label": said, "summary": format!("“{quote}”, they say"), "scope": said, "via": said,
              "stage": "announced", "startDate": "2024",
              "evidence": [ { "source": "q2", "locator": said, "note": said, "quote": { "exact": format!("As {surname} said") } } ] },
            { "id": "t3", "kind": "contact", "supersedes": [format!("{id}-t")], "summary": "instead of that",
              "parties": [ { "actor": "b", "role": format!("for {surname}") }, { "actor": "c" }, { "actor": id, "role": "the boss" } ], "evidence": [ { "source": "q3" } ] } ],
        "facts": [ { "id": "f1", "actor": "c", "text": format!("Was paid {money} once"), "evidence": [ { "source": "q2" } ] } ],
        "views": [ { "id": "main", "name": said, "positions": { "b": [0, 0], "c": [420, 0], "d": [420, 300] , id: [0, 300] },
                     "notes": [ { "id": "n1", "text": said, "at": [0, -200] }, { "id": "n2", "text": "Plain", "at": [400, -200] } ],
                     "steps": [
                        { "id": format!("{id}-s"), "title": format!("{surname} pays"), "caption": told, "notes": told,
                          "show": ["b", id], "focus": [format!("{id}-t")], "checks": [ { "field": "title", "result": "ok", "by": name } ] },
                        { "id": "s2", "title": format!("{surname} again"), "caption": told, "notes": format!("Say that {alias} came"),
                          "show": ["b", "c"], "asOf": "2024", "camera": "shown", "x-by": name } ] } ]
    }))
}

/// Returns the files of the map with a secret, after redacting these words; `{id}` stands for the secret's id.
fn redacted_files(secret: &Secret, words: &[&str], fonts: &Fonts) -> Vec<(&'static str, Vec<u8>)> {
    let map = telling(secret);
    let words: Vec<String> = words.iter().map(|word| word.replace("{id}", secret.id)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let redaction = redaction(&map, &words);
    let document = Document::new(Arc::new(map), Arc::default());
    let options = PictureOptions { redaction, ..PictureOptions::default() };
    let mut all = files(&document, fonts, options.clone());
    all.extend(story_files(&document, fonts, options));
    all
}

/// Asserts non-interference: the output is byte-identical for every secret.
fn check_same(words: &[&str], secrets: &[Secret]) {
    let fonts = Fonts::new();
    let first = redacted_files(&secrets[0], words, &fonts);
    for secret in &secrets[1..] {
        for ((ending, one), (_, other)) in first.iter().zip(redacted_files(secret, words, &fonts)) {
            let (one_text, other_text) = (String::from_utf8_lossy(one), String::from_utf8_lossy(&other));
            let differs = one_text.lines().zip(other_text.lines()).find(|(one, other)| one != other);
            assert!(*one == other, "{words:?}, {}: {ending} differs: {differs:.600?}", secret.name);
        }
    }
    let plain = redacted_files(&secrets[0], &[], &fonts);
    assert!(plain.iter().zip(&first).all(|((_, plain), (_, first))| plain != first), "the secret is in every format");
}

#[test]
fn an_actor_that_is_redacted_makes_no_difference() {
    check_same(&["actor:{id}", "amounts"], &SECRETS);
}

#[test]
fn a_redacted_story_moves_alike() {
    let fonts = Fonts::new();
    let moving = |secret: &Secret, words: &[&str]| {
        let map = telling(secret);
        let words: Vec<String> = words.iter().map(|word| word.replace("{id}", secret.id)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let redaction = redaction(&map, &words);
        let document = Document::new(Arc::new(map), Arc::default());
        let options = PictureOptions { redaction, has_steps: true, ..PictureOptions::default() };
        let edition = Edition::prepare(&document, &fonts, options, &NoProgress).expect("not canceled");
        [Format::Gif, Format::Apng].map(|format| edition.write(format).expect("written"))
    };
    let words = ["actor:{id}", "amounts"];
    let first = moving(&SECRETS[0], &words);
    assert!(first == moving(&SECRETS[1], &words));
    assert!(first != moving(&SECRETS[0], &[]));
}

#[test]
fn a_redacted_actor_is_in_no_part_of_slides_that_are_pictures() {
    let fonts = Fonts::new();
    let parts = |secret: &Secret, words: &[&str]| {
        let map = telling(secret);
        let words: Vec<String> = words.iter().map(|word| word.replace("{id}", secret.id)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let redaction = redaction(&map, &words);
        let document = Document::new(Arc::new(map), Arc::default());
        let deck = |has_steps| {
            let (redaction, slide) = (redaction.clone(), SlideContent::Picture);
            let options = PictureOptions { redaction, slide, has_steps, ..PictureOptions::default() };
            let edition = Edition::prepare(&document, &fonts, options, &NoProgress).expect("not canceled");
            crate::slides::package::entries(&edition.write(Format::Pptx).expect("written"))
        };
        let parts = deck(false).into_iter().chain(deck(true)).map(|part| (part.name, part.content));
        parts.collect::<Vec<(String, Vec<u8>)>>()
    };
    let words = ["actor:{id}", "amounts"];
    let first = parts(&SECRETS[0], &words);
    for secret in &SECRETS[1..] {
        let other = parts(secret, &words);
        assert_eq!(other.len(), first.len(), "{}", secret.name);
        for ((name, one), (other_name, other)) in first.iter().zip(&other) {
            assert_eq!(name, other_name);
            assert!(one == other, "{name} differs for {}", secret.name);
        }
    }
    // Without redaction, the secret is in each sort of part: picture, alternative text, slide, notes, properties.
    let plain = parts(&SECRETS[0], &[]);
    let of = |parts: &[(String, Vec<u8>)], sort: &str| {
        let found = parts.iter().filter(|(name, _)| name.contains(sort) && !name.contains("_rels"));
        found.map(|(_, content)| content.clone()).collect::<Vec<_>>()
    };
    let slides = of(&plain, "ppt/slides/").into_iter().map(|slide| String::from_utf8(slide).expect("text"));
    let described = slides.filter(|slide| slide.split("descr=\"").any(|text| text.starts_with("The Verrin")));
    assert!(described.count() > 0, "an alternative text names it");
    for sort in ["ppt/slides/", "ppt/notesSlides/", "docProps/core.xml", ".png", ".svg"] {
        let (told, withheld) = (of(&plain, sort), of(&first, sort));
        assert!(!withheld.is_empty() && told.iter().all(|part| !withheld.contains(part)), "{sort}");
    }
}

#[test]
fn texts_of_steps_stay_where_they_say_nothing() {
    let document = crate::slides::story::story();
    let map = &document.map;
    let options = PictureOptions { redaction: redaction(map, &["actor:anthropic"]), ..PictureOptions::default() };
    let redacted = redact(map, &options.redaction);
    let steps = &redacted.first_view().expect("a view").steps;
    let was = document.steps();
    assert_eq!((&steps[0].title, &steps[0].notes), (&was[0].title, &was[0].notes));
    assert_eq!((&steps[3].title, &steps[3].caption), (&was[3].title, &Some("withheld".to_owned())));
    // Each can be withheld by hand.
    let places: Vec<String> = remaining_texts(&document, &options).iter().map(|text| text.place.to_string()).collect();
    assert!(places.contains(&"view-1.steps-1.caption".to_owned()) && !places.contains(&"view-1.name".to_owned()));
    let mut by_hand = options.redaction;
    assert!(by_hand.add_text(map, 0, "view-1.steps-1.notes"));
    assert_eq!(redact(map, &by_hand).first_view().expect("a view").steps[0].notes.as_deref(), Some("withheld"));
}

#[test]
fn a_source_that_is_redacted_makes_no_difference() {
    // The actor's own name is not part of the secret here, so both are redacted.
    check_same(&["source:{id}-q", "actor:{id}", "amounts"], &SECRETS);
}

#[test]
fn a_kind_that_is_left_out_makes_no_difference() {
    check_same(&["kind:person", "amounts"], &SECRETS);
}

#[test]
fn texts_that_are_withheld_make_no_difference() {
    check_same(&["texts", "actor:{id}", "amounts"], &SECRETS);
}

#[test]
fn amounts_that_are_redacted_make_no_difference() {
    let amounts =
        [("€13 million", 13_000_000), ("2bn", 2_000_000_000), ("five hundred dollars", 500), ("支付1300万美元", 1)];
    let secrets = amounts.map(|(money, number)| Secret { money, number, ..SECRETS[0] });
    check_same(&["amounts"], &secrets);
}

#[test]
fn quotes_that_are_redacted_make_no_difference() {
    let quotes =
        ["we gave him the pearls at night", "it never rained on those four days", "он сказал что деньги лежат дома"];
    let secrets = quotes.map(|quote| Secret { quote, ..SECRETS[0] });
    check_same(&["quotes"], &secrets);
}

/// Returns the words by which a reader would search for an actor, determined independently of the code under test.
fn search_words(map: &Map, id: ActorId) -> HashSet<String> {
    let actor = map.actor(id);
    let names = std::iter::once(&actor.name).chain(&actor.aliases);
    let words = names.flat_map(|name| name.split(|c: char| !c.is_alphanumeric()));
    let skipped = ["of", "the", "and", "for", "ltd", "inc", "mv", "group", "в", "ае", "α", "ε"];
    words
        .filter(|word| word.chars().count() > 1)
        .map(str::to_lowercase)
        .filter(|word| !skipped.contains(&word.as_str()))
        .collect()
}

fn is_free(words: &HashSet<String>, text: &str) -> bool {
    let text = text.to_lowercase();
    !words.iter().any(|word| text.contains(word.as_str()))
}

/// Returns all texts of a map that a picture or page shows, in a fixed order of records and fields.
fn texts_of(map: &Map) -> Vec<(usize, Vec<Option<String>>)> {
    let mut all = Vec::new();
    let mut push = |texts: Vec<Option<String>>| all.push((all.len(), texts));
    let meta = &map.meta();
    push(vec![meta.title.clone(), meta.subtitle.clone(), meta.note.clone()]);
    for actor in map.actors().values() {
        push(vec![actor.summary.clone(), actor.url.clone()]);
    }
    for source in map.sources().values() {
        push(vec![source.title.clone(), source.publisher.clone(), source.note.clone(), source.url.clone()]);
    }
    let facts = map.facts().values().map(|fact| (&fact.claim, Some(fact.text.clone())));
    for (claim, text) in map.ties().values().map(|tie| (&tie.claim, None)).chain(facts) {
        let mut texts = vec![text, claim.label.clone(), claim.summary.clone(), claim.scope.clone(), claim.via.clone()];
        texts.extend([&claim.amount, &claim.share, &claim.quantity].map(|amount| amount.as_ref()?.text.clone()));
        for piece in &claim.evidence {
            let cited = piece.cited_in.as_ref();
            texts.extend([
                piece.locator.clone(),
                piece.note.clone(),
                piece.quote.as_ref().map(|quote| quote.exact.clone()),
            ]);
            texts.push(cited.and_then(|cited| Some(cited.quote.as_ref()?.exact.clone())));
        }
        push(texts);
    }
    all
}

#[test]
fn redacted_maps_stay_useful() {
    let (mut free, mut kept) = (0_usize, 0_usize);
    let mut worst: Vec<(usize, String)> = Vec::new();
    for bundled in BUNDLED {
        let map = load_bundled(bundled).expect("a bundled map").0.map;
        for id in map.actor_ids() {
            let words = search_words(&map, id);
            let redaction = Redaction { actors: [id].into(), ..Redaction::default() };
            let after = redact(&map, &redaction);
            for other in map.actor_ids().filter(|other| *other != id) {
                let name = &map.actor(other).name;
                assert!(*name == after.actor(other).name || !is_free(&words, name), "{name} for {words:?}");
                let label = |map: &Map| map.actor_kind(other).map(|kind| kind.label.clone());
                assert_eq!(label(&map), label(&after), "the kind of {name} for {words:?}");
            }
            for tie in map.tie_ids() {
                let (before, after) = (&map.tie(tie).claim, &after.tie(tie).claim);
                assert_eq!((&before.stage, &before.start, &before.end), (&after.stage, &after.start, &after.end));
            }
            let name = &map.actor(id).name;
            let (mut here_free, mut here_kept) = (0, 0);
            for ((_, before), (_, after)) in texts_of(&map).iter().zip(texts_of(&after)) {
                for (before, after) in before.iter().zip(after) {
                    let Some(before) = before.as_ref().filter(|text| is_free(&words, text)) else { continue };
                    here_free += 1;
                    here_kept += usize::from(after.as_ref() == Some(before));
                }
            }
            worst.push((100 * here_kept / here_free, format!("{name}: {here_kept} of {here_free}")));
            free += here_free;
            kept += here_kept;
        }
    }
    worst.sort();
    assert!(kept * 100 >= free * 85, "{kept} of {free} texts are kept:\n{worst:#?}");
    eprintln!("{kept} of {free} texts are kept; least: {:?}", &worst[..8]);
}
