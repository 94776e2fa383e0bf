//! Whole sittings of editing, step by step: everything is undone and redone in its order; ties are made, turned, led to
//! another actor, given another kind and deleted where they are drawn.

use std::path::PathBuf;
use std::rc::Rc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use serde_json::Value;

use super::bench::Bench;

fn opened(name: &str) -> (Bench, PathBuf) {
    let first = Bench::new();
    let text = std::fs::read_to_string(format!("tests/data/edit/{name}")).expect("the map");
    let path = first.write(name, &text);
    (Bench::start(Some(path.clone()), Rc::clone(&first.folder)), path)
}

fn key(bench: &mut Bench, key: Key) {
    bench.press(Modifiers::NONE, key);
}

fn undo(bench: &mut Bench) {
    bench.press(Modifiers::COMMAND, Key::Z);
}

fn redo(bench: &mut Bench) {
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
}

fn command(bench: &mut Bench, words: &str) {
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text(words);
    key(bench, Key::Enter);
}

fn saved(bench: &mut Bench, path: &PathBuf) -> Value {
    bench.press(Modifiers::COMMAND, Key::S);
    serde_json::from_str(&std::fs::read_to_string(path).expect("the file")).expect("JSON")
}

/// The cards, ties and notes on the map, each actor with where it is beside Alma Kern, in widths of that card.
fn on_the_map(bench: &Bench) -> Vec<String> {
    let mut all: Vec<String> = bench.texts();
    all.retain(|text| text.ends_with("on the map") || text == "Remember this");
    let alma = all.iter().find(|text| text.starts_with("Alma Kern, ")).expect("the card").clone();
    let alma = bench.harness.get_by_label(&alma).rect();
    for text in &mut all {
        if !text.contains('→') && text.ends_with("on the map") {
            let way = 10.0 * (bench.center_of(text) - alma.center()) / alma.width();
            *text = format!("{text} at {}, {}", way.x.round() as i32, way.y.round() as i32);
        }
    }
    all.sort();
    all
}

fn is_on_the_map(bench: &Bench, text: &str) -> bool {
    bench.texts().iter().any(|label| label.starts_with(text) && label.ends_with("on the map"))
}

/// Selects a tie by its label on the map.
fn click_tie(bench: &mut Bench, title: &str) {
    let label = bench.texts().into_iter().find(|text| text.starts_with(title) && text.ends_with("on the map"));
    bench.click(&label.unwrap_or_else(|| panic!("{title} is on the map: {:?}", bench.texts())));
}

#[test]
fn everything_is_undone_and_redone_in_its_order() {
    let (mut bench, path) = opened("undo.tieline.json");
    // The layout that opening found is no step of a person.
    let start = on_the_map(&bench);
    bench.click("Bolt Works, on the map");
    key(&mut bench, Key::Delete);
    assert!(bench.shows("Deleted Bolt Works with its 3 ties"), "{:?}", bench.texts());
    bench.click("Crane Trust, on the map");
    key(&mut bench, Key::F2);
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("Crane Foundation");
    key(&mut bench, Key::Enter);
    assert!(is_on_the_map(&bench, "Crane Foundation"));
    key(&mut bench, Key::Escape);
    key(&mut bench, Key::A);
    bench.type_text("Elm Bank");
    key(&mut bench, Key::Enter);
    assert!(is_on_the_map(&bench, "Elm Bank"), "{:?}", bench.texts());
    // It is selected; the tie begins at what was selected first.
    bench.harness.get_by_label("Dune Media, on the map").click_modifiers(Modifiers::COMMAND);
    bench.settle();
    key(&mut bench, Key::E);
    bench.type_text("Pays");
    key(&mut bench, Key::Enter);
    assert!(is_on_the_map(&bench, "Elm Bank → Dune Media"), "{:?}", bench.texts());
    click_tie(&mut bench, "Crane Foundation → Dune Media");
    key(&mut bench, Key::K);
    bench.type_text("Owns");
    key(&mut bench, Key::Enter);
    let alma = bench.center_of("Alma Kern, on the map");
    bench.drag(alma, alma + egui::vec2(60.0, 40.0));
    bench.click("Dune Media, on the map");
    key(&mut bench, Key::H);
    assert!(!is_on_the_map(&bench, "Dune Media"), "{:?}", bench.texts());
    command(&mut bench, "Add a note");
    bench.type_text("Remember this");
    bench.press(Modifiers::COMMAND, Key::Enter);
    let end = on_the_map(&bench);
    assert!(end != start && bench.app().title().starts_with('•'));

    for _ in 0..8 {
        undo(&mut bench);
    }
    assert_eq!(on_the_map(&bench), start, "as at the start");
    assert!(!bench.app().title().starts_with('•'), "nothing is unsaved: {}", bench.app().title());
    for _ in 0..8 {
        redo(&mut bench);
    }
    assert_eq!(on_the_map(&bench), end, "as before the undoing");

    for _ in 0..3 {
        undo(&mut bench);
    }
    bench.click("Alma Kern, on the map");
    key(&mut bench, Key::F2);
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("Alma Kerning");
    key(&mut bench, Key::Enter);
    redo(&mut bench);
    assert!(is_on_the_map(&bench, "Dune Media") && is_on_the_map(&bench, "Alma Kerning"), "the three are gone");
    undo(&mut bench);
    assert!(is_on_the_map(&bench, "Alma Kern,"));

    undo(&mut bench);
    let middle = saved(&mut bench, &path);
    assert!(!bench.app().title().starts_with('•') && middle["ties"].as_array().map(Vec::len) == Some(2), "{middle:#}");
    undo(&mut bench);
    undo(&mut bench);
    assert!(bench.app().title().starts_with('•'), "undo goes on beyond the save, and that is a change");
    assert!(is_on_the_map(&bench, "Crane Foundation") && !is_on_the_map(&bench, "Elm Bank"), "{:?}", bench.texts());
}

#[test]
fn ties_are_corrected_where_they_are_drawn() {
    let (mut bench, path) = opened("ties.tieline.json");
    let brook = bench.harness.get_by_label("Brook Trust, on the map").rect();
    bench.harness.hover_at(brook.center());
    bench.settle();
    let handle = bench.harness.get_all_by_label("Tie from Brook Trust").nth(2).expect("a handle").rect().center();
    let cove = bench.center_of("Cove Bank, on the map");
    bench.drag(handle, cove);
    bench.type_text("owns");
    key(&mut bench, Key::Enter);
    assert!(is_on_the_map(&bench, "Brook Trust → Cove Bank"), "{:?}", bench.texts());
    assert!(bench.texts().iter().any(|text| text.to_lowercase().contains("no source")), "{:?}", bench.texts());

    click_tie(&mut bench, "Ardent Ltd → Brook Trust");
    command(&mut bench, "Swap the ends");
    assert!(is_on_the_map(&bench, "Brook Trust → Ardent Ltd"), "{:?}", bench.texts());
    assert!(bench.shows("“Ardent paid Brook one hundred dollars.”") && bench.shows("$100"), "{:?}", bench.texts());
    let end = bench.center_of("End of Brook Trust → Ardent Ltd");
    let cove = bench.center_of("Cove Bank, on the map");
    bench.drag(end, cove);
    let now = saved(&mut bench, &path);
    let ends: Vec<(&Value, &Value)> =
        now["ties"].as_array().expect("ties").iter().map(|tie| (&tie["from"], &tie["to"])).collect();
    assert!(ends.iter().all(|(from, to)| *from == "b" && *to == "c") && ends.len() == 2, "{now:#}");

    click_tie(&mut bench, "Brook Trust → Cove Bank, pays");
    key(&mut bench, Key::K);
    bench.type_text("grants");
    key(&mut bench, Key::Enter);
    key(&mut bench, Key::M);
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("€ 2.5m");
    key(&mut bench, Key::Enter);
    key(&mut bench, Key::D);
    bench.type_text("Mar 2020");
    key(&mut bench, Key::Enter);
    let now = saved(&mut bench, &path);
    let tie = &now["ties"].as_array().expect("ties").iter().find(|tie| tie["id"] == "t1").expect("t1").clone();
    assert!(now["kinds"]["tie"]["grants"]["color"].is_string(), "the new kind has a color of its own: {now:#}");
    assert_eq!((&tie["kind"], &tie["date"]), (&Value::from("grants"), &Value::from("2020-03")), "{tie:#}");
    assert_eq!((&tie["amount"]["exact"], &tie["amount"]["currency"]), (&Value::from(2_500_000), &Value::from("EUR")));
    key(&mut bench, Key::D);
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("2020-13");
    key(&mut bench, Key::Enter);
    assert!(bench.texts().iter().any(|text| text.contains("13")), "the reason is told: {:?}", bench.texts());
    key(&mut bench, Key::Escape);
    assert_eq!(saved(&mut bench, &path)["ties"], now["ties"], "the old date stays");

    click_tie(&mut bench, "Brook Trust → Cove Bank, grants");
    key(&mut bench, Key::Delete);
    bench.click("Brook Trust, on the map");
    command(&mut bench, "Select its ties");
    key(&mut bench, Key::Delete);
    assert!(!is_on_the_map(&bench, "Brook Trust → Cove Bank"), "{:?}", bench.texts());
    undo(&mut bench);
    undo(&mut bench);
    assert_eq!(saved(&mut bench, &path)["ties"], now["ties"], "both are back with all fields");
}
