//! `GraphML` there and back: our own reader finds the whole map but its views.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;
use tieline::document::Document;
use tieline::load::load_map;

use super::workbook::map;
use super::{all_maps, document, exported, imported, own_text};

/// Returns the JSON of a map without its views, which `GraphML` has no place for.
fn said(text: &str) -> Value {
    let mut file: Value = serde_json::from_str(text).expect("JSON");
    let fields = file.as_object_mut().expect("an object");
    for name in ["$schema", "views", "requires", "version"] {
        fields.remove(name);
    }
    file
}

/// Returns what comes back.
fn back(document: &Document) -> Document {
    let (map, _) = imported(vec![("map.graphml", exported(document, "graphml"))]);
    Document::new(Arc::new(map), Arc::default())
}

/// Returns the first record that differs.
fn difference(before: &Value, after: &Value) -> Option<String> {
    let (before, after) = (before.as_object()?, after.as_object()?);
    for (name, value) in before {
        let now = after.get(name);
        if now == Some(value) {
            continue;
        }
        let (Some(one), Some(other)) = (value.as_array(), now.and_then(Value::as_array)) else {
            return Some(format!("{name}: {value} became {now:?}"));
        };
        let differs = one.iter().zip(other).find(|(one, other)| one != other);
        return Some(format!("{name}: {} became {}: {differs:?}", one.len(), other.len()));
    }
    after.keys().find(|name| !before.contains_key(*name)).map(|name| format!("{name} is new"))
}

#[test]
fn every_map_comes_back_from_graphml() {
    for (name, document) in all_maps() {
        // What the reader of maps leaves out or repairs, it leaves out twice.
        let again = load_map(own_text(&document).as_bytes(), "map.tieline.json").expect("a map").map;
        let before = said(&own_text(&Document::new(Arc::new(again), Arc::default())));
        let after = said(&own_text(&back(&document)));
        assert_eq!(difference(&before, &after), None, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn any_map_comes_back_from_graphml(json in map()) {
        let loaded = load_map(json.to_string().as_bytes(), "map.tieline.json").expect("a map");
        let document = Document::new(Arc::new(loaded.map), Arc::default());
        let again = load_map(own_text(&document).as_bytes(), "map.tieline.json").expect("a map").map;
        let before = said(&own_text(&Document::new(Arc::new(again), Arc::default())));
        let after = said(&own_text(&back(&document)));
        prop_assert_eq!(difference(&before, &after), None);
    }
}

const SAMPLE: &str = r#"{ "format": "tieline", "version": "1.1",
    "kinds": { "actor": { "person": { "label": "Person" } }, "tie": { "owns": { "label": "Ownership" } } },
    "actors": [{ "id": "ann", "kind": "person", "name": "Ann", "x-Founded": 1907 }, { "id": "acme", "name": "Acme" }],
    "sources": [{ "id": "reg", "title": "Register" }],
    "ties": [{ "id": "own-1", "kind": "owns", "from": "ann", "to": "acme", "label": "half of it",
               "share": { "exact": 50 }, "evidence": [{ "source": "reg", "quote": { "exact": "Ann holds half." } }] }],
    "views": [{ "id": "main", "positions": { "ann": [1.5, -2], "acme": [100, 0] } }] }"#;

#[test]
fn what_another_program_changed_is_read() {
    let text = String::from_utf8(exported(&document(SAMPLE), "graphml")).expect("UTF-8");
    assert!(text.contains("attr.name=\"tieline\""), "{text}");
    let changed = text
        .replace(">Ann<", ">Ann Marsh<")
        .replace(">half of it<", ">sold since<")
        .replace(">50<", ">51.5<")
        .replace(
            "</graph>",
            "<node id=\"new\"><data key=\"n0\">New Ltd</data></node><edge source=\"new\" target=\"acme\"><data key=\"e0\">lends</data></edge></graph>",
        );
    let (map, report) = imported(vec![("map.graphml", changed.into_bytes())]);
    assert_eq!(report.counts.errors, 0, "{:?}", report.problems);
    let names: Vec<&str> = map.actors().values().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Ann Marsh", "Acme", "New Ltd"]);
    let ties: Vec<_> = map.ties().values().collect();
    assert_eq!(ties.len(), 2);
    assert_eq!(ties[0].claim.label.as_deref(), Some("sold since"));
    let share = ties[0].claim.share.as_ref().and_then(|share| share.exact()).map(|exact| exact.to_string());
    assert_eq!(share.as_deref(), Some("51.5"));
    assert_eq!(ties[0].claim.evidence[0].quote.as_ref().map(|quote| quote.exact.as_str()), Some("Ann holds half."));
    assert_eq!(map.tie_kinds()[ties[1].kind].label, "lends");
    let view = map.views().values().next().expect("a view");
    assert_eq!(view.positions.len(), 2);
}

#[test]
fn a_damaged_graph_is_read_like_any_other() {
    let text = String::from_utf8(exported(&document(SAMPLE), "graphml")).expect("UTF-8");
    for (end, _) in text.char_indices().step_by(7) {
        let files =
            vec![tieline::load::ImportFile { name: "map.graphml".into(), bytes: text.as_bytes()[..end].into() }];
        // Whatever it is, it is no panic, and never a map with less than the file has and no word of it.
        if let Ok((map, report)) =
            tieline::load::import_tables(&files, &tieline::load::ImportOptions::default(), &|_| true)
            && map.ties().is_empty()
            && end > text.find("<edge").expect("an edge") + 40
        {
            assert!(report.counts.total() > 0, "cut at {end}");
        }
    }
}
