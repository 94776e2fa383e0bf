//! The update of a map from its tables: shown first, row by row, and done in one step.

use std::path::PathBuf;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const TIES: &str =
    "From,To,Kind,Date,Amount\nAlder,Birch,loan,2020,5\nBirch,Cedar,owns,2021,\nCedar,Dogwood,loan,2019,3\n";
const NEW: &str =
    "From,To,Kind,Date,Amount\nAlder,Birch,loan,2020,6\nCedar,Dogwood,loan,2019,3\nElm,Birch,loan,2022,1\n";

/// Opens the map that was made of a table, which lies beside it.
pub(super) fn with_map() -> (Bench, PathBuf) {
    with_map_of("ties.csv", TIES)
}

fn with_map_of(name: &str, text: &str) -> (Bench, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let (table, map) = (folder.path().join(name), folder.path().join("map.tieline.jsonc"));
    std::fs::write(&table, text).expect("written");
    let (imported, _) =
        tieline::load::import_files(std::slice::from_ref(&table), &tieline::load::ImportOptions::default())
            .expect("a map");
    std::fs::write(&map, tieline::save::write_map(&imported)).expect("written");
    (Bench::start(Some(map), Rc::new(folder)), table)
}

fn update(bench: &mut Bench) {
    bench.click("File");
    bench.click_as(Role::Button, "Update from its sources…");
}

#[test]
fn what_is_new_changed_and_gone_is_shown_before_anything_happens() {
    let (mut bench, table) = with_map();
    std::fs::write(&table, NEW).expect("written");
    update(&mut bench);
    assert!(bench.shows("New (2)") && bench.shows("Changed (1)"), "{:?}", bench.texts());
    assert!(bench.shows("Gone from the tables: ticked ones are removed (1)"), "{:?}", bench.texts());
    assert!(bench.shows("amount: 5 → 6") && bench.shows("2 new, 1 changed, 1 removed"), "{:?}", bench.texts());
    assert!(bench.shows("4 actors · 3 of 3 ties") && !bench.app().title().starts_with('•'), "nothing has happened");
    bench.press(Modifiers::NONE, Key::H);
    bench.press(Modifiers::COMMAND, Key::S);
    assert!(bench.shows("Update the map from its sources first, or cancel"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Cancel");
    assert!(bench.shows("4 actors · 3 of 3 ties") && !bench.shows("New (2)"), "{:?}", bench.texts());
    update(&mut bench);
    bench.click_as(Role::Button, "Update");
    assert!(bench.shows("5 actors · 3 of 3 ties"), "{:?}", bench.texts());
    assert!(bench.shows("Updated: 2 new, 1 changed, 1 removed"), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("4 actors · 3 of 3 ties") && !bench.app().title().starts_with('•'), "one step");
    bench.click("Edit");
    assert!(bench.shows("Redo “Update from ties.csv”"), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(bench.shows("5 actors · 3 of 3 ties"), "{:?}", bench.texts());
    update(&mut bench);
    assert!(bench.shows("Nothing to update: ties.csv is unchanged"), "{:?}", bench.texts());
}

#[test]
fn single_rows_are_left_out_and_a_tie_is_not_taken_without_its_actor() {
    let (mut bench, table) = with_map();
    std::fs::write(&table, NEW).expect("written");
    update(&mut bench);
    bench.click_as(Role::CheckBox, "Add Elm");
    assert!(bench.is_disabled("Add Elm → Birch, loan, 2022"));
    bench.click_as(Role::CheckBox, "Change Alder → Birch, loan, 2020");
    bench.click_as(Role::CheckBox, "Remove all that is gone");
    assert!(bench.shows("0 new, 0 changed, 0 removed"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Update");
    assert!(bench.shows("4 actors · 3 of 3 ties"), "{:?}", bench.texts());
}

#[test]
fn a_correction_by_hand_stays_unless_what_the_table_says_is_taken() {
    for takes_theirs in [false, true] {
        let actors = "Id,Name\nq1,Alder\nq2,Birch\n";
        let (mut bench, table) = with_map_of("actors.csv", actors);
        bench.click("Alder, on the map");
        bench.press(Modifiers::NONE, Key::F2);
        bench.type_text("Alder Group");
        bench.press(Modifiers::NONE, Key::Enter);
        std::fs::write(&table, actors.replace("Alder", "Alder AG").replace("Birch", "Birch AG")).expect("written");
        update(&mut bench);
        assert!(bench.shows("Changed (2)") && bench.shows("name: Birch → Birch AG"), "{:?}", bench.texts());
        let told = "name: yours, “Alder Group”, stays; the table has “Alder AG” instead of “Alder”";
        assert!(bench.shows(told), "{:?}", bench.texts());
        if takes_theirs {
            bench.click_as(Role::CheckBox, "Take “Alder AG” for the name of Alder Group");
            assert!(bench.shows("name: yours, “Alder Group”, becomes “Alder AG”"), "{:?}", bench.texts());
        }
        bench.click_as(Role::Button, "Update");
        let name = if takes_theirs { "Alder AG, on the map" } else { "Alder Group, on the map" };
        assert!(bench.harness.query_by_label(name).is_some(), "{:?}", bench.texts());
        assert!(bench.harness.query_by_label("Birch AG, on the map").is_some(), "{:?}", bench.texts());
    }
}

#[test]
fn a_row_leads_to_its_record() {
    let (mut bench, table) = with_map();
    std::fs::write(&table, NEW).expect("written");
    update(&mut bench);
    bench.click_as(Role::Button, "Birch → Cedar, owns, 2021");
    bench.click_as(Role::Button, "Cancel");
    assert!(bench.shows("owns"), "the tie is selected: {:?}", bench.texts());
    assert!(bench.shows("Birch owns Cedar") || bench.shows("Birch → Cedar"), "{:?}", bench.texts());
}

#[test]
fn a_table_that_is_not_beside_the_map_is_asked_for() {
    let (mut bench, table) = with_map();
    let other = bench.folder.path().join("other");
    std::fs::create_dir(&other).expect("a folder");
    let moved = other.join("ties-2025.csv");
    std::fs::rename(&table, &moved).expect("moved");
    std::fs::write(&moved, NEW).expect("written");
    bench.notes.borrow_mut().answers.push_back(None);
    update(&mut bench);
    assert!(bench.shows("4 actors · 3 of 3 ties") && !bench.shows("New (2)"), "canceled: {:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::N);
    bench.press(Modifiers::NONE, Key::Escape);
    bench.notes.borrow_mut().answers.push_back(Some(moved));
    update(&mut bench);
    assert!(bench.shows("New (2)"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Update");
    assert!(bench.shows("5 actors · 3 of 3 ties"), "{:?}", bench.texts());
}

#[test]
fn a_table_that_lost_a_column_is_told_and_changes_nothing() {
    let (mut bench, table) = with_map();
    std::fs::write(&table, NEW.replace("Kind", "What")).expect("written");
    update(&mut bench);
    assert!(bench.shows("The map was not updated"), "{:?}", bench.texts());
    assert!(bench.shows("it no longer has a column “Kind”"), "{:?}", bench.texts());
}

#[test]
fn a_map_made_by_hand_has_no_sources_to_update_from() {
    let mut bench = Bench::new();
    bench.click("File");
    assert!(bench.is_disabled("Update from its sources…"), "{:?}", bench.texts());
}

#[test]
fn pasted_rows_are_in_no_file_and_are_not_asked_for() {
    let (mut bench, table) = with_map();
    bench.harness.event(egui::Event::Paste("From,To,Kind\nAlder,Elm,loan\nElm,Fir,loan\n".to_owned()));
    bench.settle();
    bench.click_as(Role::Button, "Add");
    assert!(bench.shows("6 actors · 5 of 5 ties"), "{:?}", bench.texts());
    std::fs::write(&table, NEW).expect("written");
    update(&mut bench);
    assert!(bench.shows("1 new, 1 changed, 1 removed"), "Elm is there already: {:?}", bench.texts());
    bench.click_as(Role::Button, "Update");
    assert!(bench.shows("6 actors · 5 of 5 ties"), "{:?}", bench.texts());
}
