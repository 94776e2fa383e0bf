//! Hiding single ties, and what context menus offer for each kind of thing.

use std::fs;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const TIE: &str = "Microsoft → OpenAI, investment, more than $13 billion, on the map";
const ACTOR: &str = "Microsoft, company, on the map";
const NOTE: &str = "Note: Ask, on the map";

fn opened() -> (Bench, std::path::PathBuf) {
    let bench = Bench::new();
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/openai-microsoft-amazon.tieline.jsonc"))
        .expect("the sample");
    let path = bench.write("map.tieline.jsonc", &text);
    (Bench::start(Some(path.clone()), Rc::clone(&bench.folder)), path)
}

fn is_drawn(bench: &Bench) -> bool {
    bench.harness.query_by_label(TIE).is_some()
}

/// Returns the entries of the open context menu.
fn offered(bench: &Bench, action: &str) -> bool {
    bench.harness.query_all_by_role_and_label(Role::Button, action).count() > 0
}

#[test]
fn a_tie_is_hidden_by_two_clicks_and_undone_by_one_key() {
    let (mut bench, path) = opened();
    assert!(bench.shows("11 of 11 ties") && !bench.shows("Reset"), "{:?}", bench.texts());
    bench.right_click(TIE);
    bench.click_as(Role::Button, "Hide this tie");
    assert!(!is_drawn(&bench) && bench.shows("10 of 11 ties") && bench.shows("Reset"), "{:?}", bench.texts());
    assert!(bench.harness.query_by_label(ACTOR).is_some(), "its actors stay");
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(is_drawn(&bench) && bench.shows("11 of 11 ties"));
    bench.press(Modifiers::COMMAND, Key::Y);
    bench.press(Modifiers::COMMAND, Key::S);
    let saved = fs::read_to_string(&path).expect("saved");
    assert!(saved.contains(r#""hidden": ["#) && saved.contains(r#""version": "1.1""#), "{saved}");
    let again = Bench::with_file(Some(path));
    assert!(!is_drawn(&again) && again.shows("10 of 11 ties"));
}

#[test]
fn a_key_opens_the_menu_of_the_selection_and_arrows_walk_its_entries() {
    let (mut bench, _) = opened();
    bench.click(TIE);
    bench.press(Modifiers::SHIFT, Key::F10);
    assert!(offered(&bench, "Hide this tie"), "{:?}", bench.texts());
    let is_focused = |bench: &Bench, label: &str| {
        let mut entries = bench.harness.query_all_by_role_and_label(Role::Button, label);
        entries.any(|entry| entry.is_focused())
    };
    let mut walked = 0;
    while !is_focused(&bench, "Hide this tie") {
        bench.press(Modifiers::NONE, Key::ArrowDown);
        walked += 1;
        assert!(walked < 40, "it is never reached");
    }
    assert!(walked > 2, "the first entries come first");
    bench.press(Modifiers::NONE, Key::ArrowUp);
    assert!(!is_focused(&bench, "Hide this tie"));
    bench.press(Modifiers::NONE, Key::ArrowDown);
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(!is_drawn(&bench) && !offered(&bench, "Hide this tie"), "it is run and the menu closed");

    // Nothing is selected: the menu of the map, and what has the keyboard focus is selected first.
    bench.press(Modifiers::NONE, Key::Escape);
    bench.press(Modifiers::SHIFT, Key::F10);
    assert!(offered(&bench, "Select all actors") && !offered(&bench, "Cut"), "{:?}", bench.texts());
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!offered(&bench, "Select all actors"));
    bench.press(Modifiers::NONE, Key::Tab);
    bench.press(Modifiers::SHIFT, Key::F10);
    assert!(offered(&bench, "Delete this actor"), "{:?}", bench.texts());
}

#[test]
fn a_hidden_tie_comes_back_by_reset_by_its_row_by_its_menu_and_by_the_map_menu() {
    let (mut bench, _) = opened();
    let hide = |bench: &mut Bench| {
        bench.right_click(TIE);
        bench.click_as(Role::Button, "Hide this tie");
        assert!(!is_drawn(bench));
    };
    hide(&mut bench);
    bench.click("Reset");
    assert!(is_drawn(&bench));
    hide(&mut bench);
    bench.click_as(Role::Tab, "Ties");
    let row = |bench: &Bench| {
        let shown = bench.texts().into_iter().find(|text| text.starts_with("Show Microsoft → OpenAI"));
        shown.expect("a button that shows it")
    };
    let name = row(&bench);
    bench.click(&name);
    assert!(is_drawn(&bench));
    let hides = name.replacen("Show", "Hide", 1);
    bench.click(&hides);
    assert!(!is_drawn(&bench), "the row hides too");
    bench.click_as(Role::Button, "Map");
    bench.click_as(Role::Button, "Show hidden actors and ties");
    assert!(is_drawn(&bench));
    hide(&mut bench);
    // Hiding keeps it selected, so its row and menu still offer it.
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text("show this tie");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(is_drawn(&bench));
    bench.press(Modifiers::NONE, Key::H);
    assert!(!is_drawn(&bench), "as H hides actors");
}

#[test]
fn each_kind_of_thing_offers_what_can_be_done_with_it() {
    let (mut bench, _) = opened();
    bench.press(Modifiers::NONE, Key::T);
    bench.type_text("Ask");
    bench.press(Modifiers::COMMAND, Key::Enter);
    let of_tie = ["Copy citation", "Copy for Zotero", "Open the source…", "Hide this tie", "Select its ends"];
    let of_actor = ["Hide this actor", "Select its ties", "Focus on neighborhood", "Pin"];
    for (thing, entries, not) in [
        (TIE, &of_tie[..], &["Hide this actor", "Pin", "Edit note", "Spread the ties out"][..]),
        (ACTOR, &of_actor[..], &["Copy citation", "Select its ends", "Edit note"][..]),
        (NOTE, &["Edit note", "Delete note"][..], &["Copy citation", "Hide this tie", "Pin"][..]),
    ] {
        bench.press(Modifiers::NONE, Key::Escape);
        bench.right_click(thing);
        for entry in entries {
            assert!(offered(&bench, entry), "{thing}: {entry}");
        }
        for entry in not.iter().chain(&["Add note", "Select all actors"]) {
            assert!(bench.harness.query_all_by_label(entry).all(|node| node.rect().top() > 800.0), "{thing}: {entry}");
        }
        bench.press(Modifiers::NONE, Key::Escape);
    }
    bench.press(Modifiers::NONE, Key::Escape);
    let named = bench.harness.get_all_by_label("Map").map(|node| node.rect());
    let canvas = named.max_by(|a, b| a.area().total_cmp(&b.area())).expect("a menu and the canvas");
    let nothing = canvas.left_top() + egui::vec2(40.0, 40.0);
    bench.right_click_at(nothing);
    for entry in ["Add note", "Select all actors", "Zoom to fit", "Arrange again", "Copy picture"] {
        assert!(offered(&bench, entry), "empty canvas: {entry}");
    }
    assert!(!offered(&bench, "Pin") && !offered(&bench, "Edit note"));
}

#[test]
fn rows_of_lists_have_the_menu_of_their_record() {
    let (mut bench, _) = opened();
    for (tab, row, entries) in [
        ("Actors", "Microsoft", &["Hide this actor", "Select its ties"][..]),
        ("Ties", "Microsoft → OpenAI, Investment", &["Hide this tie", "Select its ends", "Select its sources"][..]),
        ("Sources", "[1] ", &["Copy citation", "Open the source…", "Select its ties"][..]),
    ] {
        bench.click_as(Role::Tab, tab);
        let is_row = |text: &&String| text.starts_with(row);
        let name = bench.texts().iter().find(is_row).expect("a row").clone();
        let pos =
            bench.harness.query_all_by_label(&name).find(|node| node.rect().left() < 300.0).expect("a row").rect();
        bench.right_click_at(pos.center());
        for entry in entries {
            assert!(offered(&bench, entry), "{tab}: {entry}");
        }
        bench.press(Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn evidence_in_the_details_offers_its_quote_and_its_source() {
    let (mut bench, _) = opened();
    bench.click(TIE);
    let is_quote = |text: &String| text.starts_with("Quotation from");
    let quote = bench.texts().into_iter().find(is_quote).expect("a quotation");
    let pos = bench.harness.get_by_value(&quote).rect().center();
    bench.right_click_at(pos);
    for entry in ["Copy quote", "Copy citation", "Open the source…", "Select its ties"] {
        assert!(offered(&bench, entry), "{entry}");
    }
    bench.click_as(Role::Button, "Copy quote");
    assert!(bench.shows("Copied the quote"));
    assert!(bench.is_selected(TIE), "the tie stays selected");
    bench.right_click_at(pos);
    let entries = bench.harness.query_all_by_role_and_label(Role::Button, "Open the source…");
    let entry = entries.map(|node| node.rect().center()).min_by(|a, b| a.y.total_cmp(&b.y)).expect("an entry");
    bench.click_at(entry);
    assert!(bench.shows("Open this link in the browser?"), "its address is shown first");
    assert!(bench.notes.borrow().opened.is_empty());
}

#[test]
fn ends_ties_and_sources_are_selected_from_each_other() {
    let (mut bench, _) = opened();
    bench.right_click(TIE);
    bench.click_as(Role::Button, "Select its ends");
    assert!(bench.is_selected(ACTOR) && bench.is_selected("OpenAI, company, on the map") && !bench.is_selected(TIE));
    bench.right_click(ACTOR);
    bench.click_as(Role::Button, "Select their ties");
    assert!(bench.is_selected(TIE) && !bench.is_selected(ACTOR));
}

#[test]
fn a_search_hit_that_is_hidden_is_said_to_be_and_shown_by_one_click() {
    let (mut bench, _) = opened();
    bench.click("Only Partnership");
    assert!(!is_drawn(&bench), "the filter leaves one tie");
    let find = |bench: &mut Bench| {
        bench.press(Modifiers::COMMAND, Key::F);
        bench.type_text("more than $13");
        bench.press(Modifiers::NONE, Key::Enter);
    };
    find(&mut bench);
    assert!(bench.shows("Microsoft → OpenAI is not shown"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Show");
    assert!(is_drawn(&bench) && !bench.shows("is not shown"), "{:?}", bench.texts());
    bench.right_click(TIE);
    bench.click_as(Role::Button, "Hide this tie");
    find(&mut bench);
    assert!(bench.shows("Microsoft → OpenAI is hidden"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Show");
    assert!(is_drawn(&bench) && !bench.shows("is hidden"), "{:?}", bench.texts());
    find(&mut bench);
    assert!(!bench.shows("is hidden") && !bench.shows("is not among"), "what is shown is only brought into view");
}
