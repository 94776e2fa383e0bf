//! Tables in the window: opened, corrected by the roles of their columns, added to the open map.

use std::path::Path;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::bench::{Bench, Dropped};

const TIES: &str = "From,To,Type,Date,Amount,Note\nHollis Fund,Tarragon Chips,invests in,2023-05,$40m,first\n\
                    Tarragon Chips,Umber Data,sells to,2022,,second\n,Umber Data,sells to,2022,,no start\n";
const START: &str = include_str!("../../data/cases/46-paste-a-table/start.tieline.json");
const PASTE: &str = include_str!("../../data/cases/46-paste-a-table/paste.txt");

/// Pastes text as Ctrl+V does.
fn paste(bench: &mut Bench, text: &str) {
    bench.harness.event(Event::Paste(text.to_owned()));
    bench.settle();
}

/// Starts with the map of the case: Larch Co, Maple SA, and a tie between them.
fn with_start() -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("start.tieline.json");
    std::fs::write(&path, START).expect("written");
    Bench::start(Some(path), folder.into())
}

fn choose(bench: &mut Bench, column: &str, role: &str) {
    bench.click_as(Role::ComboBox, &format!("Role of {column}"));
    bench.click_as(Role::Button, role);
}

fn role_of(bench: &Bench, column: &str) -> String {
    let name = format!("Role of {column}");
    let combo = bench.harness.get_by_role_and_label(Role::ComboBox, &name);
    combo.accesskit_node().value().expect("a role")
}

#[test]
fn a_table_with_known_headings_is_drawn_without_a_question() {
    let mut bench = Bench::new();
    let table = bench.write("deals.csv", TIES);
    bench.drop_file(&table);
    assert!(bench.shows("3 actors · 2 of 2 ties"), "{:?}", bench.texts());
    assert!(bench.harness.query_by_label("Role of From").is_none(), "no panel in the way");
    assert!(bench.shows("deals.csv: 3 actors and 2 ties from 3 rows; 1 row left out"), "{:?}", bench.texts());
    assert!(bench.shows("deals") && !bench.shows("Untitled map"));
    bench.notes.borrow_mut().answers.push_back(None);
    bench.press(Modifiers::COMMAND, Key::S);
    assert_eq!(bench.notes.borrow().answers.len(), 0, "it asks for a name");
    assert_eq!(std::fs::read_to_string(&table).expect("text"), TIES, "the table is never written");
}

#[test]
fn the_columns_of_an_opened_table_are_changed_live_and_remembered() {
    let mut bench = Bench::new();
    let table = bench.write("deals.csv", TIES);
    bench.drop_file(&table);
    bench.click("File");
    bench.click_as(Role::Button, "Columns of the table");
    assert_eq!((role_of(&bench, "Amount"), role_of(&bench, "Note")), ("Amount".to_owned(), "Summary".to_owned()));
    assert!(bench.shows("3 rows read, 2 used, 1 left out"), "{:?}", bench.texts());
    assert!(bench.shows("A4: nothing says where the tie starts"), "{:?}", bench.texts());
    choose(&mut bench, "To", "Keep as a field");
    assert!(!bench.shows("2 of 2 ties"), "{:?}", bench.texts());
    choose(&mut bench, "Note", "To");
    assert!(bench.shows("4 actors and 2 ties"), "live: {:?}", bench.texts());
    bench.click_as(Role::Button, "Done");
    assert!(bench.harness.query_by_label("Role of From").is_none());
    let again = bench.write("june.csv", &TIES.replace("Umber Data", "Vetch Data"));
    bench.drop_file(&again);
    bench.click_as(Role::Button, "Open as a new map");
    assert!(bench.shows("Save the map?"), "the first one is in no file yet: {:?}", bench.texts());
    bench.click_now("Don’t save");
    bench.click("File");
    bench.click_as(Role::Button, "Columns of the table");
    assert_eq!(role_of(&bench, "Note"), "To", "what was said about these headings is remembered");
}

#[test]
fn changes_made_since_survive_other_columns() {
    let mut bench = Bench::new();
    let table = bench.write("deals.csv", TIES);
    bench.drop_file(&table);
    bench.click("Umber Data, on the map");
    bench.press(Modifiers::NONE, Key::H);
    assert!(bench.shows("3 actors · 1 of 2 ties") || bench.shows("2 of 3 actors"), "{:?}", bench.texts());
    bench.click("File");
    bench.click_as(Role::Button, "Columns of the table");
    choose(&mut bench, "Note", "Label");
    bench.click_as(Role::Button, "Done");
    assert!(bench.shows("2 of 3 actors"), "still hidden: {:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("2 of 3 actors"), "the columns are a step of their own");
}

#[test]
fn a_table_in_which_nothing_is_found_asks_what_its_columns_are() {
    let mut bench = Bench::new();
    let table = bench.write("odd.csv", "Qx,Qy,Qz\n1,2,3\n4,5,6\n");
    bench.drop_file(&table);
    assert!(bench.shows("no column says who is tied to whom"), "{:?}", bench.texts());
    choose(&mut bench, "Qx", "From");
    choose(&mut bench, "Qy", "To");
    assert!(bench.shows("4 actors and 2 ties") || bench.shows("4 actors, 2 ties"), "{:?}", bench.texts());
}

#[test]
fn pasted_rows_are_shown_first_and_undone_in_one_step() {
    let mut bench = with_start();
    assert!(bench.shows("2 actors · 1 of 1 tie"), "{:?}", bench.texts());
    paste(&mut bench, PASTE);
    assert!(bench.shows("Add to this map") && bench.shows("3 new actors and 4 new ties"), "{:?}", bench.texts());
    assert!(bench.shows("B6: "), "the row without an end: {:?}", bench.texts());
    assert!(bench.harness.query_by_label("Nutwood Ltd, on the map").is_some(), "the picture as it would be");
    bench.click_as(Role::Button, "Cancel");
    assert!(bench.shows("2 actors · 1 of 1 tie"), "nothing has changed: {:?}", bench.texts());
    assert!(bench.harness.query_by_label("Nutwood Ltd, on the map").is_none());
    assert!(!bench.app().title().starts_with('•'), "{}", bench.app().title());
    paste(&mut bench, PASTE);
    bench.click_as(Role::Button, "Add");
    assert!(bench.shows("5 actors · 5 of 5 ties"), "{:?}", bench.texts());
    assert!(bench.shows("Nutwood Ltd") && bench.app().title().starts_with('•'));
    paste(&mut bench, PASTE);
    assert!(bench.shows("4 ties are in the map already") && bench.shows("0 new ties"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Cancel");
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("2 actors · 1 of 1 tie"), "one step: {:?}", bench.texts());
}

#[test]
fn while_rows_are_shown_the_map_is_neither_changed_nor_written() {
    let mut bench = with_start();
    let file = bench.folder.path().join("start.tieline.json");
    paste(&mut bench, PASTE);
    bench.press(Modifiers::COMMAND, Key::S);
    assert_eq!(std::fs::read_to_string(&file).expect("text"), START);
    assert!(bench.shows("Add the rows of the table first, or cancel"), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::H);
    bench.press(Modifiers::COMMAND, Key::Z);
    bench.press(Modifiers::NONE, Key::Plus);
    assert!(bench.shows("3 new actors"), "still there: {:?}", bench.texts());
    bench.close_now();
    assert!(
        bench.closes() || bench.app().title().contains("start"),
        "nothing of the user's is lost, so nothing is asked"
    );
    assert!(!bench.shows("Save the changes?"), "{:?}", bench.texts());
}

#[test]
fn text_fields_keep_what_is_pasted() {
    let mut bench = with_start();
    bench.press(Modifiers::COMMAND, Key::F);
    paste(&mut bench, PASTE);
    assert!(!bench.shows("Add to this map"), "it went into the search field");
}

#[test]
fn a_table_dropped_on_a_map_asks_which() {
    let mut bench = with_start();
    let table = bench.write("deals.csv", TIES);
    bench.drop_file(&table);
    assert!(bench.shows("Open as a new map, or add to this one?"));
    bench.click_as(Role::Button, "Add to this map");
    assert!(bench.shows("3 new actors and 2 new ties"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Add");
    assert!(bench.shows("5 actors · 3 of 3 ties"), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    bench.drop_file(&table);
    bench.click_as(Role::Button, "Open as a new map");
    assert!(bench.shows("3 actors · 2 of 2 ties"), "{:?}", bench.texts());
}

#[test]
fn actors_and_ties_dropped_together_make_one_map() {
    let mut bench = Bench::new();
    let actors = bench.write("people.csv", "Id,Name,Type\n1,Ann,person\n2,Ben,person\n3,Eve,person\n");
    let ties = bench.write("ties.csv", "Source,Target\n1,2\n");
    for path in [&ties, &actors] {
        bench.harness.input_mut().dropped_files.push(Arc::new(Dropped(Path::to_owned(path))));
    }
    bench.settle();
    assert!(bench.shows("3 actors · 1 of 1 tie"), "{:?}", bench.texts());
    assert!(bench.shows("Ann") && bench.shows("Eve"));
}

#[test]
fn the_table_as_a_source_is_one_switch() {
    let mut bench = Bench::new();
    let table = bench.write("deals-2024.csv", TIES);
    bench.drop_file(&table);
    assert!(bench.shows("none sourced") || bench.shows("no source"), "{:?}", bench.texts());
    bench.click("File");
    bench.click_as(Role::Button, "Columns of the table");
    bench.click_as(Role::CheckBox, "This table is itself a source");
    assert!(bench.shows("1 source"), "{:?}", bench.texts());
    for field in ["title", "publisher", "web address", "published"] {
        let width = bench.harness.get_by_label(&format!("Source: {field}")).rect().width();
        assert!(width >= 120.0, "the field {field} is {width} points wide");
    }
    let sorts = bench.harness.query_by_role_and_label(Role::ComboBox, "Two sorts of actors");
    assert!(sorts.is_none(), "From and To name no sorts of actors");
    bench.click_as(Role::Button, "Done");
    bench.click_as(Role::Tab, "Sources");
    assert!(bench.shows("deals 2024"), "{:?}", bench.texts());
}

#[test]
fn rows_without_a_kind_are_asked_what_they_say() {
    let mut bench = with_start();
    paste(&mut bench, "From\tTo\nLarch Co\tMaple SA\nMaple SA\tOak & Ash\n");
    bench.harness.get_by_label("Kind of these ties").focus();
    bench.type_text("advises");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.click_as(Role::Button, "Add");
    assert!(bench.shows("Advises") || bench.shows("advises"), "{:?}", bench.texts());
    assert!(bench.shows("3 actors · 3 of 3 ties"), "{:?}", bench.texts());
}

#[test]
fn kinds_of_a_table_are_written_with_their_colors() {
    let mut bench = Bench::new();
    let table = bench.write("deals.csv", TIES);
    bench.drop_file(&table);
    let file = bench.folder.path().join("deals.tieline.jsonc");
    bench.notes.borrow_mut().answers.push_back(Some(file.clone()));
    bench.press(Modifiers::COMMAND, Key::S);
    let saved: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).expect("text")).expect("JSON");
    for kind in ["invests in", "sells to"] {
        let written = &saved["kinds"]["tie"][kind];
        assert!(written["auto"] == true && written["color"].is_string(), "{saved}");
        assert_eq!(written["verb"], kind, "{saved}");
    }
    assert_eq!(std::fs::read_to_string(&table).expect("text"), TIES);
}

#[test]
fn people_and_boards_may_be_tied_by_what_they_share() {
    let mut bench = Bench::new();
    let table = bench.write("boards.csv", "Person,Board\nAnn,Alpha\nBen,Alpha\nBen,Beta\nEve,Beta\nAnn,Beta\n");
    bench.drop_file(&table);
    assert!(bench.shows("5 actors · 5 of 5 ties"), "{:?}", bench.texts());
    // The ends were guessed, so the panel is open.
    bench.click_as(Role::ComboBox, "Two sorts of actors");
    bench.click_as(Role::Button, "tie each Person with those of the same Board");
    assert!(bench.shows("3 actors · 3 of 3 ties"), "{:?}", bench.texts());
    assert!(bench.shows("shares board"), "{:?}", bench.texts());
}
