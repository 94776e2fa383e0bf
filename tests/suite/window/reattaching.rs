//! Ties are corrected where they are drawn: their ends are dragged to other cards, and sources dropped on them.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const MAP: &str = r#"{
  "format": "tieline", "version": "1.0", "map": { "title": "Ties" },
  "kinds": { "tie": { "pays": { "label": "Pays", "directed": true } } },
  "actors": [{ "id": "a", "name": "Ardent Ltd" }, { "id": "b", "name": "Brook Trust" }, { "id": "c", "name": "Cove Bank" }],
  "sources": [{ "id": "s1", "title": "Court file 12", "publisher": "District Court" }, { "id": "s2", "title": "Ledger" }],
  "ties": [{ "id": "t1", "kind": "pays", "from": "a", "to": "b", "amount": { "exact": 100, "currency": "USD" },
    "evidence": [{ "source": "s1", "quote": { "exact": "Ardent paid Brook one hundred dollars." } }] }],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [460, 0], "c": [230, 360] } }]
}
"#;

fn opened() -> (Bench, std::path::PathBuf) {
    let first = Bench::new();
    let path = first.write("ties.tieline.json", MAP);
    (Bench::start(Some(path.clone()), std::rc::Rc::clone(&first.folder)), path)
}

fn tie(bench: &Bench, title: &str) -> Option<String> {
    bench.texts().into_iter().find(|text| text.starts_with(title) && text.ends_with("the map"))
}

fn click_tie(bench: &mut Bench) {
    let label = tie(bench, "Ardent Ltd → Brook Trust").expect("the tie is on the map");
    bench.click(&label);
}

fn saved(bench: &mut Bench, path: &std::path::Path) -> String {
    bench.press(Modifiers::COMMAND, Key::S);
    std::fs::read_to_string(path).expect("the file")
}

#[test]
fn an_end_is_dragged_to_another_card_and_everything_else_of_the_tie_stays() {
    let (mut bench, path) = opened();
    assert!(
        bench.harness.query_by_label("End of Ardent Ltd → Brook Trust").is_none(),
        "only the selected tie has dots"
    );
    click_tie(&mut bench);
    let [start, end] =
        ["Start of Ardent Ltd → Brook Trust", "End of Ardent Ltd → Brook Trust"].map(|dot| bench.center_of(dot));
    let [ardent, brook] =
        ["Ardent Ltd, on the map", "Brook Trust, on the map"].map(|card| bench.harness.get_by_label(card).rect());
    assert!(!ardent.contains(start) && !brook.contains(end), "a dot lies over no card");
    assert!(ardent.distance_to_pos(start) < 40.0 && brook.distance_to_pos(end) < 40.0, "{start} {end}");
    let cove = bench.center_of("Cove Bank, on the map");
    bench.drag(end, cove);
    assert!(tie(&bench, "Ardent Ltd → Cove Bank").is_some(), "{:?}", bench.texts());
    assert!(bench.shows("“Ardent paid Brook one hundred dollars.”") && bench.shows("$100"), "{:?}", bench.texts());
    let text = saved(&mut bench, &path);
    assert!(text.contains(r#""from": "a", "to": "c""#), "{text}");
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(tie(&bench, "Ardent Ltd → Brook Trust").is_some(), "one step: {:?}", bench.texts());
    // The other end: both now have the same actor, which is kept.
    click_tie(&mut bench);
    let start = bench.center_of("Start of Ardent Ltd → Brook Trust");
    let brook = bench.center_of("Brook Trust, on the map");
    bench.drag(start, brook);
    let text = saved(&mut bench, &path);
    assert!(text.contains(r#""from": "b", "to": "b""#), "{text}");
}

#[test]
fn a_drag_of_an_end_that_is_given_up_or_leads_nowhere_changes_nothing() {
    let (mut bench, _) = opened();
    click_tie(&mut bench);
    let end = bench.center_of("End of Ardent Ltd → Brook Trust");
    let cove = bench.center_of("Cove Bank, on the map");
    bench.drag(end, end + Vec2::new(30.0, -140.0));
    assert!(tie(&bench, "Ardent Ltd → Brook Trust").is_some() && !bench.app().title().starts_with('•'));
    click_tie(&mut bench);
    bench.drag_and_escape(end, cove);
    assert!(tie(&bench, "Ardent Ltd → Brook Trust").is_some(), "{:?}", bench.texts());
    assert!(!bench.app().title().starts_with('•'), "no step was made");
    assert!(bench.harness.query_by_label("End of Ardent Ltd → Brook Trust").is_some(), "the tie is still selected");
}

#[test]
fn ends_are_changed_and_swapped_by_keyboard_alone() {
    let (mut bench, path) = opened();
    click_tie(&mut bench);
    let command = |bench: &mut Bench, words: &str| {
        bench.press(Modifiers::COMMAND, Key::K);
        bench.type_text(words);
        bench.press(Modifiers::NONE, Key::Enter);
    };
    command(&mut bench, "Swap the ends");
    assert!(tie(&bench, "Brook Trust → Ardent Ltd").is_some(), "{:?}", bench.texts());
    command(&mut bench, "Start…");
    bench.type_text("Cove");
    bench.press(Modifiers::NONE, Key::Enter);
    let text = saved(&mut bench, &path);
    assert!(text.contains(r#""from": "c", "to": "a""#), "{text}");
    for _ in 0..2 {
        bench.press(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(saved(&mut bench, &path), MAP, "two steps");
}

#[test]
fn a_source_dragged_from_the_list_onto_a_tie_is_cited_and_its_words_are_asked_for() {
    let (mut bench, path) = opened();
    bench.click_as(Role::Tab, "Sources");
    let row = bench.texts().into_iter().find(|text| text.contains("Ledger")).expect("the row");
    let from = bench.center_of(&row);
    let pill = bench.center_of(&tie(&bench, "Ardent Ltd → Brook Trust").expect("the tie"));
    // On an empty place nothing is cited.
    bench.drag(from, pill + Vec2::new(0.0, -170.0));
    assert!(!bench.app().title().starts_with('•'), "{:?}", bench.texts());
    bench.drag(from, pill);
    assert!(bench.app().title().starts_with('•'), "{:?}", bench.texts());
    bench.type_text("Paid in full");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("“Paid in full”"), "{:?}", bench.texts());
    let text = saved(&mut bench, &path);
    assert!(text.contains(r#""source": "s2""#) && text.contains("Paid in full"), "{text}");
    for _ in 0..2 {
        bench.press(Modifiers::COMMAND, Key::Z);
    }
    let text = saved(&mut bench, &path);
    assert!(!text.contains(r#""source": "s2""#) && text.contains("one hundred dollars"), "two steps: {text}");
}
