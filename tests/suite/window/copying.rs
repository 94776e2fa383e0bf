//! Copying, cutting, pasting and duplicating records.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use tieline::document::Document;
use tieline::load::load_map;
use tieline::view::rows_of;

use super::bench::Bench;

const MAP: &str = r##"{
  "format": "tieline", "version": "1.0", "map": { "title": "Two mills" },
  "kinds": { "tie": { "loan": { "label": "Loan", "verb": "lends to", "directed": true, "color": "#AA3377" } } },
  "actors": [
    { "id": "a", "name": "Alder Mill", "summary": "By the weir", "formerIds": ["old"] },
    { "id": "b", "name": "Birch Mill", "partOf": "a" }
  ],
  "sources": [ { "id": "f", "title": "Filing", "url": "https://example.org/f" } ],
  "ties": [
    { "id": "t", "kind": "loan", "from": "a", "to": "b", "startDate": "2019", "supersedes": ["u"],
      "amount": { "exact": 13000000, "currency": "USD" },
      "evidence": [ { "source": "f", "quote": { "exact": "lent\twhat was\nneeded" } } ] },
    { "id": "u", "kind": "loan", "from": "b", "to": "a", "status": "superseded" }
  ],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [420, 0] } }]
}
"##;

const OTHER: &str = r#"{
  "format": "tieline", "version": "1.0",
  "actors": [ { "id": "birch", "name": "Birch Mill" }, { "id": "c", "name": "Cedar Mill" } ],
  "sources": [ { "id": "g", "title": "The filing", "url": "https://www.example.org/f/" } ],
  "views": [{ "id": "main", "positions": { "birch": [0, 0], "c": [420, 0] } }]
}
"#;

fn opened() -> (Bench, PathBuf) {
    let first = Bench::new();
    let path = first.write("mills.tieline.jsonc", MAP);
    (Bench::start(Some(path.clone()), Rc::clone(&first.folder)), path)
}

/// Presses a key that copies a record, and returns the text that other programs get.
fn copied(bench: &mut Bench, key: Key, id: &str) -> String {
    bench.press(Modifiers::COMMAND, key);
    let map = load_map(MAP.as_bytes(), "mills").expect("a map").map;
    let item = map.find(id).expect("a record");
    rows_of(&Document::new(Arc::new(map), Arc::default()), &[item])
}

fn paste(bench: &mut Bench, text: &str) {
    bench.harness.event(Event::Paste(text.to_owned()));
    bench.settle();
}

fn click_tie(bench: &mut Bench) {
    let is_tie = |text: &String| text.starts_with("Alder Mill → Birch Mill, loan") && text.ends_with("the map");
    let label = bench.texts().into_iter().find(is_tie).expect("the tie is on the map");
    bench.click(&label);
}

/// Saves the map and returns its file.
fn saved(bench: &mut Bench, path: &PathBuf) -> serde_json::Value {
    bench.press(Modifiers::COMMAND, Key::S);
    serde_json::from_str(&std::fs::read_to_string(path).expect("the file")).expect("plain JSON")
}

#[test]
fn a_tie_is_copied_with_its_proof_and_pasted_beside_it() {
    let (mut bench, path) = opened();
    click_tie(&mut bench);
    let text = copied(&mut bench, Key::C, "t");
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 2, "{text}");
    for (heading, value) in [
        ("From", "Alder Mill"),
        ("Kind", "Loan"),
        ("To", "Birch Mill"),
        ("Amount", "$13 million"),
        ("Start date", "2019"),
        ("Source", "Filing"),
        ("Source URL", "https://example.org/f"),
        ("Quote", "lent what was needed"),
    ] {
        let column = rows[0].iter().position(|known| *known == heading).expect(heading);
        assert_eq!(rows[1][column], value, "{heading}: {text}");
    }
    paste(&mut bench, &text.replace('\n', "\r\n"));
    assert!(bench.shows("Paste Alder Mill → Birch Mill"), "{:?}", bench.texts());
    let file = saved(&mut bench, &path);
    let ties = file["ties"].as_array().expect("ties");
    assert_eq!(ties.len(), 3, "{file:#}");
    let (first, copy) = (&ties[0], &ties[2]);
    for field in ["kind", "from", "to", "startDate", "amount", "evidence"] {
        assert_eq!(copy[field], first[field], "{field}");
    }
    assert_ne!(copy["id"], first["id"]);
    assert!(copy.get("supersedes").is_none(), "only the original takes the place of another: {copy}");
    assert_eq!(file["sources"].as_array().map(Vec::len), Some(1));
    bench.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(saved(&mut bench, &path)["ties"].as_array().map(Vec::len), Some(2));
}

#[test]
fn an_actor_is_duplicated_aside_without_its_ties() {
    let (mut bench, path) = opened();
    bench.click("Alder Mill, on the map");
    bench.press(Modifiers::COMMAND, Key::D);
    bench.press(Modifiers::COMMAND, Key::D);
    let file = saved(&mut bench, &path);
    let actors = file["actors"].as_array().expect("actors");
    assert_eq!(actors.len(), 4);
    let ids: Vec<&str> = actors.iter().filter_map(|actor| actor["id"].as_str()).collect();
    assert_eq!(ids, ["a", "b", "alder-mill", "alder-mill-2"]);
    assert!(actors[2..].iter().all(|copy| copy["name"] == "Alder Mill" && copy["summary"] == "By the weir"));
    assert!(actors[2].get("formerIds").is_none(), "another actor was not merged into the copy");
    assert_eq!(file["ties"].as_array().map(Vec::len), Some(2));
    let positions = &file["views"][0]["positions"];
    let places: Vec<&serde_json::Value> = ids.iter().map(|id| &positions[*id]).collect();
    assert!(
        places.iter().enumerate().all(|(at, place)| place.is_array() && !places[..at].contains(place)),
        "{places:?}"
    );
    bench.press(Modifiers::COMMAND, Key::Z);
    bench.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(saved(&mut bench, &path)["actors"].as_array().map(Vec::len), Some(2));
}

#[test]
fn what_is_cut_comes_back_by_pasting() {
    let (mut bench, path) = opened();
    click_tie(&mut bench);
    let text = copied(&mut bench, Key::X, "t");
    assert!(bench.shows("Cut Alder Mill → Birch Mill"), "{:?}", bench.texts());
    assert_eq!(saved(&mut bench, &path)["ties"].as_array().map(Vec::len), Some(1));
    paste(&mut bench, &text);
    let file = saved(&mut bench, &path);
    assert_eq!(file["ties"].as_array().map(Vec::len), Some(2));
    assert_eq!(file["ties"][1]["evidence"][0]["source"], "f");
}

#[test]
fn in_another_map_known_actors_and_sources_are_not_made_again() {
    let (mut bench, _) = opened();
    let path = bench.write("other.tieline.jsonc", OTHER);
    click_tie(&mut bench);
    let text = copied(&mut bench, Key::C, "t");
    bench.drop_file(&path);
    bench.settle();
    paste(&mut bench, &text);
    let file = saved(&mut bench, &path);
    let names: Vec<&str> =
        file["actors"].as_array().expect("actors").iter().filter_map(|actor| actor["name"].as_str()).collect();
    assert_eq!(names, ["Birch Mill", "Cedar Mill", "Alder Mill"], "{file:#}");
    let tie = &file["ties"][0];
    assert_eq!((&tie["to"], &tie["evidence"][0]["source"]), (&"birch".into(), &"g".into()), "{tie:#}");
    assert_eq!(file["kinds"]["tie"]["loan"]["color"], "#AA3377", "a new kind keeps its look");
}

#[test]
fn other_text_on_the_clipboard_is_pasted_as_what_it_is() {
    let (mut bench, path) = opened();
    bench.click("Alder Mill, on the map");
    copied(&mut bench, Key::C, "a");
    paste(&mut bench, "https://example.org/another");
    let file = saved(&mut bench, &path);
    assert_eq!((file["actors"].as_array().map(Vec::len), file["sources"].as_array().map(Vec::len)), (Some(2), Some(2)));
}

#[test]
fn while_text_is_typed_copying_and_cutting_are_of_the_text() {
    let (mut bench, path) = opened();
    bench.click("Alder Mill, on the map");
    bench.press(Modifiers::NONE, Key::F2);
    bench.press(Modifiers::COMMAND, Key::A);
    bench.harness.event(Event::Cut);
    bench.settle();
    bench.type_text("Elder Mill");
    bench.press(Modifiers::NONE, Key::Enter);
    let file = saved(&mut bench, &path);
    assert_eq!(file["actors"][0]["name"], "Elder Mill", "{file:#}");
    assert_eq!(file["actors"].as_array().map(Vec::len), Some(2));
    bench.click_as(Role::Button, "Edit");
    assert!(bench.shows("Duplicate") && bench.shows("Cut"), "{:?}", bench.texts());
}
