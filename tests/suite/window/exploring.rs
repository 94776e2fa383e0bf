//! Exploring a part of the map in the window: start, neighbors in and out, back step by step, and saved.

use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use serde_json::Value;

use super::bench::Bench;
use crate::exploring::{ACTORS, LEAVES, text};

const HUB: &str = "Hub, board, on the map";

fn opened() -> (Bench, PathBuf) {
    let bench = Bench::new();
    let path = bench.write("map.tieline.jsonc", &text(""));
    (Bench::start(Some(path.clone()), Rc::clone(&bench.folder)), path)
}

/// Returns the bench after a start from the hub: with the leaves 11 to 30, whose ties are the heaviest.
fn started() -> (Bench, PathBuf) {
    let (mut bench, path) = opened();
    bench.click(HUB);
    bench.press(Modifiers::NONE, Key::X);
    (bench, path)
}

fn explores(bench: &Bench, actors: usize) -> bool {
    bench.shows(&format!("Exploring: {actors} of {ACTORS} actors"))
}

fn is_drawn(bench: &Bench, name: &str) -> bool {
    bench.texts().iter().any(|text| text.starts_with(name) && text.ends_with("on the map") && !text.contains('→'))
}

/// Returns the positions and the explored part in the saved file.
fn saved(path: &PathBuf) -> (Value, Value) {
    let text = fs::read_to_string(path).expect("saved");
    let file: Value = serde_json::from_str(&text).expect("plain JSON");
    let view = &file["views"][0];
    (view["positions"].clone(), view["shown"].clone())
}

#[test]
fn an_actor_and_its_strongest_neighbors_are_shown_and_the_rest_is_counted_on_its_card() {
    let (mut bench, _) = started();
    assert!(explores(&bench, 21), "{:?}", bench.texts());
    assert!(is_drawn(&bench, "Leaf 30,") && !is_drawn(&bench, "Leaf 10,"));
    assert!(bench.shows("Number of neighbors not shown"), "the legend tells the sign");
    bench.click("Bring in 10 neighbors of Hub");
    assert!(explores(&bench, LEAVES + 1) && is_drawn(&bench, "Leaf 1,"));
    assert!(bench.harness.query_by_label_contains("neighbors of Hub").is_none(), "all are there");
    bench.click("Bring in 3 neighbors of Leaf 1");
    assert!(explores(&bench, LEAVES + 4) && is_drawn(&bench, "Twig 1 2,"));
}

#[test]
fn steps_go_back_one_by_one() {
    let (mut bench, _) = started();
    bench.press(Modifiers::NONE, Key::X);
    assert!(explores(&bench, LEAVES + 1), "the key does what the number on the card does");
    bench.press(Modifiers::NONE, Key::X);
    assert!(bench.shows("Hub has no more neighbors that are not shown"), "{:?}", bench.texts());
    bench.press(Modifiers::SHIFT, Key::X);
    assert!(explores(&bench, 1), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(explores(&bench, LEAVES + 1));
    bench.click_as(Role::Button, "Edit");
    assert!(bench.shows("Undo “Show 10 neighbors of Hub”"), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(explores(&bench, 21));
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!bench.shows("Exploring") && is_drawn(&bench, "Twig 1 2,"));
    bench.press(Modifiers::COMMAND, Key::Y);
    assert!(explores(&bench, 21));
}

#[test]
fn the_explored_part_is_saved_opened_again_and_left() {
    let (mut bench, path) = started();
    bench.press(Modifiers::COMMAND, Key::S);
    let (before, shown) = saved(&path);
    assert_eq!(shown.as_array().map(Vec::len), Some(21));
    bench.press(Modifiers::NONE, Key::X);
    bench.press(Modifiers::COMMAND, Key::S);
    let (after, _) = saved(&path);
    let is_shown = |key: &String| shown.as_array().is_some_and(|shown| shown.iter().any(|id| id == key));
    for (key, place) in before.as_object().expect("places").iter().filter(|(key, _)| is_shown(key)) {
        assert_eq!(after.get(key), Some(place), "{key} stays");
    }
    let mut again = Bench::with_file(Some(path));
    assert!(explores(&again, LEAVES + 1), "{:?}", again.texts());
    again.click("Show the whole map");
    assert!(!again.shows("Exploring") && is_drawn(&again, "Twig 3 3,"));
}

#[test]
fn the_whole_map_comes_back_as_it_was() {
    let (mut bench, path) = opened();
    bench.press(Modifiers::NONE, Key::R);
    bench.press(Modifiers::COMMAND, Key::S);
    let (before, _) = saved(&path);
    assert_eq!(before.as_object().map(serde_json::Map::len), Some(ACTORS));
    bench.click(HUB);
    bench.press(Modifiers::NONE, Key::X);
    bench.press(Modifiers::NONE, Key::X);
    bench.click("Show the whole map");
    bench.press(Modifiers::COMMAND, Key::S);
    assert_eq!(saved(&path), (before, Value::Null));
}

#[test]
fn an_actor_to_start_from_is_searched_for() {
    let (mut bench, _) = opened();
    bench.click_as(Role::Button, "Map");
    bench.click_as(Role::Button, "Start from an actor…");
    bench.type_text("loan");
    assert!(bench.shows("No matches in this map"), "only actors are found");
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("Leaf 2");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(explores(&bench, 5), "its hub and its three twigs: {:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::F);
    bench.type_text("Leaf 7");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("Leaf 7 is not shown"), "a plain search starts nothing: {:?}", bench.texts());
    bench.click_as(Role::Button, "Show");
    assert!(explores(&bench, 6) && is_drawn(&bench, "Leaf 7,"));
}

#[test]
fn neighbors_are_brought_in_by_kind_and_by_year() {
    let (mut bench, _) = opened();
    bench.click(HUB);
    bench.click_with("Leaf 1, person, on the map", Modifiers::COMMAND);
    bench.right_click(HUB);
    bench.click_as(Role::Button, "Ties among these");
    assert!(explores(&bench, 2));
    bench.click(HUB);
    bench.right_click(HUB);
    bench.click("Bring in");
    bench.click("By kind of actor");
    bench.click("person – 14");
    assert!(explores(&bench, 16), "{:?}", bench.texts());
    bench.right_click(HUB);
    bench.click("Bring in");
    bench.click("By year of the tie");
    // The others of that year are persons.
    bench.click("2004 – 3");
    assert!(explores(&bench, 19), "{:?}", bench.texts());
}

#[test]
fn everything_is_shown_in_two_steps() {
    let (mut bench, _) = started();
    bench.press(Modifiers::NONE, Key::H);
    assert!(!is_drawn(&bench, "Hub,") && explores(&bench, 20));
    bench.press(Modifiers::SHIFT, Key::H);
    assert!(is_drawn(&bench, "Hub,") && explores(&bench, 21), "what is hidden in the part comes first");
    bench.press(Modifiers::SHIFT, Key::H);
    assert!(!bench.shows("Exploring") && is_drawn(&bench, "Twig 1 1,"));
}

#[test]
fn a_large_map_offers_a_start_when_it_is_opened() {
    let count = 5_001;
    let mut actors = Vec::new();
    let mut places = Vec::new();
    for index in 0..count {
        actors.push(format!(r#"{{ "id": "a{index}", "name": "Actor {index}" }}"#));
        places.push(format!(r#""a{index}": [{}, {}]"#, index % 71 * 300, index / 71 * 150));
    }
    let text = format!(
        r#"{{ "format": "tieline", "version": "1.1", "actors": [{}],
        "ties": [{{ "id": "t", "kind": "loan", "from": "a7", "to": "a8" }}],
        "views": [{{ "id": "v", "positions": {{ {} }} }}] }}"#,
        actors.join(", "),
        places.join(", ")
    );
    let bench = Bench::new();
    let path = bench.write("large.tieline.jsonc", &text);
    let mut bench = Bench::start(Some(path), Rc::clone(&bench.folder));
    assert!(bench.shows("All 5,001 actors at a glance"), "{:?}", bench.texts());
    bench.click("Start from an actor…");
    bench.type_text("Actor 7");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("Exploring: 2 of 5,001 actors") && is_drawn(&bench, "Actor 8,"), "{:?}", bench.texts());
    bench.click("Show the whole map");
    assert!(!bench.shows("at a glance"), "it is offered once");
}
