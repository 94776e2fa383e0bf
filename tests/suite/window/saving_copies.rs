//! Save a copy as: what a format can't hold is said before it is written, and the open map stays the one that is edited.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const MAP: &str = r#"{ "format": "tieline", "version": "1.0", "map": { "title": "Two mills" },
  "actors": [{ "id": "a", "name": "Alder Mill" }, { "id": "b", "name": "Birch Mill" }],
  "sources": [{ "id": "s", "title": "Ledger" }],
  "ties": [{ "id": "t", "kind": "loan", "from": "a", "to": "b", "evidence": [{ "source": "s" }] }],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [400, 0] }, "notes": [{ "id": "n", "text": "Look", "at": [0, 200] }] }] }"#;

fn bench() -> (Bench, std::path::PathBuf) {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    bench.notes.borrow_mut().answers.push_back(Some(path.clone()));
    bench.press(Modifiers::COMMAND, Key::O);
    bench.click("File");
    bench.click("Save a copy as…");
    (bench, path)
}

/// Chooses a format, which may lie below the edge of the list.
fn choose(bench: &mut Bench, format: &str) {
    bench.harness.get_by_label(format).click_accesskit();
    bench.settle();
}

#[test]
fn a_copy_says_what_it_lacks_before_it_is_written() {
    let (mut bench, map) = bench();
    assert!(bench.shows("Nothing of this map is lost."), "{:?}", bench.texts());
    bench.click("CSV tables");
    assert!(bench.shows("•  Notes on the map (1)"), "{:?}", bench.texts());
    let copy = bench.folder.path().join("deals.csv");
    bench.notes.borrow_mut().answers.push_back(Some(copy));
    bench.click("Save…");
    let ties = std::fs::read_to_string(bench.folder.path().join("deals-ties.csv")).expect("written");
    assert!(ties.contains("Alder Mill"), "{ties}");
    let told = bench.texts();
    let is_told = |text: &String| text.contains("deals-actors.csv") && text.contains("not in it: notes on the map (1)");
    assert!(told.iter().any(is_told), "{told:?}");
    assert!(bench.app().title().contains("mills.tieline.jsonc"), "{}", bench.app().title());
    assert_eq!(std::fs::read_to_string(map).expect("read"), MAP, "the map itself is not written");
}

#[test]
fn a_format_that_a_map_has_nothing_for_says_so() {
    let (mut bench, _) = bench();
    choose(&mut bench, "Beneficial ownership data (BODS 0.4)");
    let told = bench.texts();
    assert!(told.iter().any(|text| text.contains("the map has no ownership ties")), "{told:?}");
    assert!(!bench.shows("Save…"), "{told:?}");
    bench.click("Cancel");
    assert!(!bench.shows("Save a copy for another program"), "{:?}", bench.texts());
}

#[test]
fn a_copy_never_replaces_the_open_map() {
    let (mut bench, map) = bench();
    choose(&mut bench, "Tieline map");
    bench.notes.borrow_mut().answers.push_back(Some(map.clone()));
    bench.click("Save…");
    let told = bench.texts();
    assert!(told.iter().any(|text| text.contains("The copy was not saved")), "{told:?}");
    assert_eq!(std::fs::read_to_string(map).expect("read"), MAP);
}
