//! Workbooks: everything comes back, whatever a map has.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Map as Object, Value, json};
use tieline::document::Document;
use tieline::load::load_map;
use tieline::model::{Ends, Position, Severity};

use super::{all_maps, document, exported, imported, own_text};
use crate::slides::package::{Entry, archive, entries};

/// Returns what comes back of a workbook, as a map in our own format.
fn back(document: &Document) -> String {
    let (map, report) = imported(vec![("map.xlsx", exported(document, "xlsx"))]);
    // Some maps of the tests have faults that are kept as they are.
    let expected = load_map(own_text(document).as_bytes(), "map.tieline.json").expect("a map").counts.errors;
    assert_eq!(report.counts.errors, expected, "{:?}", report.problems);
    own_text(&Document::new(Arc::new(map), Arc::default()))
}

/// Asserts that two texts are equal, and shows the first line that differs.
fn check_same(name: &str, before: &str, after: &str) {
    if before == after {
        return;
    }
    let differs = before.lines().zip(after.lines()).find(|(one, other)| one != other);
    panic!("{name} changed:\n{differs:#?}");
}

/// The fields that are decimals.
const NUMBERS: [&str; 6] = ["exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "weight"];

/// Returns a decimal without zeros at its end, which a number in a cell has not.
fn digits(value: Value) -> Value {
    let decimal = value.as_str().and_then(|text| text.parse::<rust_decimal::Decimal>().ok());
    decimal.map_or(value, |decimal| decimal.normalize().to_string().into())
}

/// Returns a text with the fields of each object sorted: their order has no meaning.
fn sorted(text: &str) -> String {
    fn sort(value: Value) -> Value {
        match value {
            Value::Object(fields) => {
                let mut fields: Vec<_> = fields.into_iter().collect();
                fields.sort_by(|one, other| one.0.cmp(&other.0));
                let field = |(name, value): (String, Value)| {
                    let value = if NUMBERS.contains(&name.as_str()) { digits(value) } else { sort(value) };
                    (name, value)
                };
                Value::Object(fields.into_iter().map(field).collect::<Object<_, _>>())
            }
            Value::Array(list) => list.into_iter().map(sort).collect(),
            other => other,
        }
    }
    format!("{:#}", sort(serde_json::from_str(text).expect("JSON")))
}

#[test]
fn every_map_comes_back_whole() {
    for (name, document) in all_maps() {
        check_same(&name, &sorted(&own_text(&document)), &sorted(&back(&document)));
    }
}

#[test]
fn numbers_dates_and_flags_are_what_they_are() {
    let document = document(
        r#"{ "format": "tieline", "version": "1.1",
        "actors": [{ "id": "a", "name": "A", "startDate": "2011-02-03", "x-Staff": 12, "x-Listed": true, "x-Ratio": 1.50 },
                   { "id": "b", "name": "=1+1", "startDate": "2011", "x-Sectors": ["sea", "rail"] }],
        "ties": [{ "id": "t", "kind": "loan", "from": "a", "to": "b",
                   "amount": { "exact": 12500000, "currency": "EUR" }, "share": { "minimum": "12.5" } }] }"#,
    );
    let parts = entries(&exported(&document, "xlsx"));
    let part = |name: &str| {
        let part = parts.iter().find(|part| part.name == name).expect("a part");
        String::from_utf8(part.content.clone()).expect("UTF-8")
    };
    let (actors, ties) = (part("xl/worksheets/sheet1.xml"), part("xl/worksheets/sheet2.xml"));
    assert!(part("xl/workbook.xml").contains("name=\"Actors\"") && part("xl/workbook.xml").contains("name=\"Ties\""));
    assert!(actors.contains("<v>40577</v>"), "3 February 2011 is a day: {actors}");
    assert!(actors.contains("<v>12</v>") && actors.contains("t=\"b\"><v>1</v>"), "{actors}");
    assert!(ties.contains("<v>12500000</v>") && ties.contains("<v>12.5</v>"), "{ties}");
    assert!(actors.contains("state=\"frozen\"") && actors.contains("numberStoredAsText=\"1\""), "{actors}");
    let texts = part("xl/sharedStrings.xml");
    for text in ["=1+1", "2011", "[&quot;sea&quot;,&quot;rail&quot;]", "x-Ratio", "1.50"] {
        assert!(texts.contains(text) || texts.contains(&text.replace("&quot;", "\"")), "{text} in {texts}");
    }
    for part in &parts {
        let text = String::from_utf8_lossy(&part.content);
        assert!(!text.contains("<f>") && !text.contains("<f ") && !text.contains("hyperlink"), "{}", part.name);
        assert!(!text.contains("TargetMode"), "{} refers to something outside", part.name);
    }
    check_same("the map", &sorted(&own_text(&document)), &sorted(&back(&document)));
}

#[test]
fn the_same_map_gives_the_same_bytes() {
    for (name, document) in all_maps().into_iter().take(6) {
        for word in ["xlsx", "kumu", "csv-zip"] {
            // Reading the archive checks that no entry has a time.
            let bytes = exported(&document, word);
            assert!(!entries(&bytes).is_empty());
            assert_eq!(bytes, exported(&document, word), "{name} as {word}");
        }
    }
}

/// Returns a workbook in which a part is changed.
fn with_part(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let change = |part: Entry| {
        if part.name != name {
            return part;
        }
        Entry { content: change(&String::from_utf8_lossy(&part.content)).into_bytes(), ..part }
    };
    archive(&entries(bytes).into_iter().map(change).collect::<Vec<_>>())
}

#[test]
fn a_fault_in_a_workbook_has_its_cell() {
    let document = document(
        r#"{ "format": "tieline", "version": "1.0", "actors": [{ "id": "ann", "name": "Ann" }, { "id": "ben", "name": "Ben" }],
        "sources": [{ "id": "src-1", "title": "T" }],
        "ties": [{ "id": "tie-1", "kind": "loan", "from": "ann", "to": "ben", "startDate": "2019~",
                   "evidence": [{ "source": "src-1" }] }] }"#,
    );
    let bytes = exported(&document, "xlsx");
    let broken = with_part(&bytes, "xl/sharedStrings.xml", |text| text.replace("2019~", "nineteen"));
    let (map, report) = imported(vec![("map.xlsx", broken)]);
    assert_eq!((map.actors().len(), map.ties().len()), (2, 1), "one bad cell keeps nothing else from opening");
    let problem = report.problems.iter().find(|problem| problem.message.contains("nineteen")).expect("a problem");
    let place = problem.location.as_ref().map(|location| location.position.clone());
    let Some(Position::Cell { sheet, row, column }) = place else { panic!("{problem:?}") };
    // Id, From, From name, Kind, To, To name, Start date
    assert_eq!((&*sheet, row, column), ("Ties", 2, 7), "{problem:?}");
    let stray = with_part(&bytes, "xl/worksheets/sheet4.xml", |text| {
        assert!(text.contains("r=\"A2\""), "{text}");
        text.replacen("r=\"A2\" t=\"s\"><v>", "r=\"A2\" t=\"s\"><v>1", 1)
    });
    let (map, report) = imported(vec![("map.xlsx", stray)]);
    assert!(map.ties().values().all(|tie| tie.claim.evidence.is_empty()));
    let message = "its evidence is left out";
    let is_told =
        |problem: &tieline::model::Problem| problem.severity == Severity::Error && problem.message.contains(message);
    assert!(report.problems.iter().any(is_told), "{:?}", report.problems);
}

#[test]
fn without_its_mark_a_workbook_is_a_table_of_actors_and_ties() {
    let (_, harbor) = all_maps().into_iter().find(|(name, _)| name.starts_with("harbor")).expect("a map");
    let plain = with_part(&exported(&harbor, "xlsx"), "xl/sharedStrings.xml", |text| {
        assert!(text.contains("Tieline map"));
        text.replace("Tieline map", "Some map")
    });
    let (map, report) = imported(vec![("map.xlsx", plain)]);
    let pairs = harbor.map.ties().values().filter(|tie| matches!(tie.ends, Ends::Pair { .. })).count();
    let mut found: Vec<_> = map.ties().values().map(|tie| tie.claim.key.to_string()).collect();
    found.retain(|key| harbor.map.find(key).is_some());
    assert!(found.len() >= pairs, "{} of {pairs} ties; {:?}", found.len(), report.problems);
    for actor in harbor.map.actors().values() {
        assert!(map.find(&actor.key).is_some(), "{}", actor.name);
    }
    let of_ties = report.tables.iter().find(|table| table.name.sheet.as_deref() == Some("Ties")).expect("the sheet");
    assert!(of_ties.columns.iter().all(|column| !column.is_guess), "{of_ties:?}");
}

#[test]
fn actors_and_ties_of_a_workbook_are_added_to_another_map() {
    let ours = document(r#"{ "format": "tieline", "version": "1.0", "actors": [{ "id": "zoe", "name": "Zoe" }] }"#);
    let theirs = document(
        r#"{ "format": "tieline", "version": "1.0", "actors": [{ "id": "ann", "name": "Ann" }, { "id": "zoe", "name": "Zoe" }],
        "sources": [{ "id": "s", "title": "T", "note": "n" }],
        "ties": [{ "id": "t", "kind": "loan", "from": "ann", "to": "zoe", "evidence": [{ "source": "s" }],
                   "retraction": { "future": 1, "reason": " x" } }] }"#,
    );
    let file = tieline::load::ImportFile { name: "map.xlsx".into(), bytes: exported(&theirs, "xlsx").into() };
    let options = tieline::load::ImportOptions::default();
    let (changes, report) = tieline::load::add_tables(&ours.map, &[file], &options, &|_| true).expect("added");
    let map = ours.map.with_changes(&changes).expect("they fit");
    assert_eq!((map.actors().len(), map.ties().len(), map.sources().len()), (2, 1, 0));
    assert!(map.ties().values().all(|tie| tie.claim.metadata.own.is_empty()), "no column of the program's own is kept");
    let left_out = report.problems.iter().filter(|problem| problem.message.contains("the sheet is left out")).count();
    assert!(left_out >= 2, "sources and evidence: {:?}", report.problems);
}

/// Texts that programs stumble over.
fn text() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a",
        "Ann",
        " ",
        "|",
        ":",
        ";",
        ",",
        "\"",
        "'",
        "\r",
        "\n",
        "\t",
        "1",
        "-",
        "=",
        "+",
        "@",
        "[",
        "{",
        "_x0041_",
        "\u{7}",
        "\u{0}",
        "\u{202e}",
        "\u{fffe}",
        "é",
        "👩\u{200d}🔬",
        "שלום",
        "]]>",
        "<b>",
        "&amp;",
        "\u{a0}",
        "\u{3000}",
        "Total",
        "true",
        "2019",
        "..",
    ]);
    prop::collection::vec(parts, 0..5).prop_map(|parts| parts.concat())
}

/// Values of fields outside the format.
fn own_value() -> impl Strategy<Value = Value> {
    let single = prop_oneof![
        text().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON", |number| number.is_finite()).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
    ];
    prop_oneof![
        4 => single.clone(),
        1 => prop::collection::vec(single, 0..3).prop_map(Value::from),
        1 => Just(Value::Null),
        1 => Just(json!({ "a": [1.5, null, { "b": "c" }] })),
    ]
}

/// A map with hostile texts in its fields.
pub(super) fn map() -> impl Strategy<Value = Value> {
    let own = prop::collection::vec((text(), own_value()), 0..4);
    let record = (text(), text(), prop::collection::vec(text(), 0..3), own, any::<i32>());
    let records = prop::collection::vec(record, 2..5);
    (records, text()).prop_map(|(records, title)| {
        let own = |fields: &[(String, Value)]| -> Object<String, Value> {
            fields.iter().map(|(name, value)| (format!("x-{name}"), value.clone())).collect()
        };
        let actors: Vec<Value> = records
            .iter()
            .enumerate()
            .map(|(number, (name, summary, list, fields, _))| {
                let mut actor = own(fields);
                actor.insert("id".into(), format!("a{number}").into());
                actor.insert("name".into(), format!("N{name}").into());
                actor.insert("summary".into(), summary.as_str().into());
                actor.insert("tags".into(), list.clone().into());
                actor.insert("identifiers".into(), json!({ "lei": name, "a|b": summary }));
                Value::Object(actor)
            })
            .collect();
        let ties: Vec<Value> = records
            .iter()
            .enumerate()
            .map(|(number, (label, quote, list, fields, amount))| {
                let mut tie = own(fields);
                tie.extend(
                    json!({ "id": format!("t{number}"), "kind": format!("k{label}"), "from": "a0", "to": "a1", "label": label,
                        "summary": quote, "tags": list, "amount": { "minimum": amount, "text": label, "currency": "EUR" },
                        "stages": [{ "stage": "announced", "date": "2019" }, { "stage": format!("s{label}") }],
                        "evidence": [{ "source": "s", "quote": { "exact": format!("q{quote}"), "prefix": label }, "note": label },
                                     { "source": "s", "citedIn": { "source": "s", "quote": { "exact": format!("r{quote}") } } }] })
                    .as_object()
                    .expect("an object")
                    .clone(),
                );
                Value::Object(tie)
            })
            .collect();
        json!({ "format": "tieline", "version": "1.1", "map": { "title": title, "note": title }, "actors": actors, "ties": ties,
                "sources": [{ "id": "s", "title": format!("T{title}"), "csl": { "type": "book", "title": title } }],
                "facts": [{ "id": "f", "actor": "a0", "text": format!("F{title}") }],
                "views": [{ "id": "main", "positions": { "a0": [1.5, -2], "a1": [100, 0] }, "notes": [{ "id": "n", "text": format!("T{title}"), "at": [0, 0] }] }] })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn any_map_comes_back_whole(json in map()) {
        let loaded = load_map(json.to_string().as_bytes(), "map.tieline.json").expect("a map");
        let document = Document::new(Arc::new(loaded.map), Arc::default());
        let (map, _) = imported(vec![("map.xlsx", exported(&document, "xlsx"))]);
        let after = own_text(&Document::new(Arc::new(map), Arc::default()));
        // A tag of blanks is dropped when a map is read, so the map is read once more first.
        let again = load_map(own_text(&document).as_bytes(), "map.tieline.json").expect("a map").map;
        let before = own_text(&Document::new(Arc::new(again), Arc::default()));
        let (before, after) = (sorted(&before), sorted(&after));
        let differs = before.lines().zip(after.lines()).find(|(one, other)| one != other);
        prop_assert!(before == after, "{differs:?}");
    }
}

#[test]
fn long_texts_and_long_other_fields_come_back() {
    for filler in ["x", " ", "\u{a0}", "é", "👩", "\r", "\"", "\\"] {
        let long = format!("a{}b", filler.repeat(70_000));
        let json = json!({ "format": "tieline", "version": "1.1",
            "actors": [{ "id": "a", "name": "A", "summary": long, "x-long": long }, { "id": "b", "name": "B" }] });
        let document = document(&json.to_string());
        check_same(filler, &sorted(&own_text(&document)), &sorted(&back(&document)));
    }
}
