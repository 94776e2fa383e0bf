//! The page of all keys, and the pages of help.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

#[test]
fn the_keys_fill_the_window_and_are_filtered_by_key_and_command() {
    let mut bench = Bench::new();
    bench.press(Modifiers::NONE, Key::F1);
    let top = bench.harness.get_by_label("Filter by key or command").rect().top();
    let bottom = bench.harness.get_by_role_and_label(Role::Button, "Close").rect().bottom();
    assert!(bottom - top > 0.8 * 900.0 && top > 0.0 && bottom < 900.0, "{top} to {bottom}");
    assert!(bench.shows("Walk from actor to actor, then leave the map") && bench.shows("Save as"));
    assert!(!bench.shows("Copy for Zotero"), "a command without a key");
    bench.type_text("zotero");
    assert!(bench.shows("Copy for Zotero") && !bench.shows("Save as"));
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Keyboard and mouse"));
    bench.press(Modifiers::NONE, Key::F1);
    bench.type_text("f9");
    assert!(bench.shows("F9") && !bench.shows("Zotero"), "it opens without the earlier filter");
    bench.press(Modifiers::NONE, Key::Escape);
    bench.press(Modifiers::NONE, Key::F1);
    bench.type_text("presenting pointer");
    assert!(bench.shows("Pointer spot") && bench.shows("L"), "{:?}", bench.texts());
}

#[test]
fn help_shows_the_readme_and_the_address_of_its_links_before_they_open() {
    let mut bench = Bench::new();
    bench.click("Help");
    bench.click_as(Role::Button, "Your own data…");
    assert!(bench.shows("Tieline's own format is one JSON file"), "{:?}", bench.texts());
    bench.click_as(Role::Button, "Close");
    bench.click("Help");
    bench.click_as(Role::Button, "Start…");
    assert!(bench.shows("cargo run --release"));
    bench.click_as(Role::Link, "https://rustup.rs");
    assert!(bench.shows("Open this link in the browser?") && bench.notes.borrow().opened.is_empty());
    bench.click_as(Role::Button, "Open link");
    assert_eq!(bench.notes.borrow().opened, ["https://rustup.rs"]);
    assert!(bench.shows("cargo run --release"), "the page is still there");
}
