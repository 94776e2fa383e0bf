//! Typed texts that are in no record yet: drafts and open forms outlive a crash, and no map is left without a word.

use std::path::PathBuf;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;
use super::recovering::{MAP, close, leave, open_map, wait_for_journals};

const ONE: &str = "1 typed text not yet in the map";
const BIBTEX: &str = "@report{a, title = {The mills of the north}, url = {https://example.org/north}}\n\
    @report{b, title = {The mills of the south}, url = {https://example.org/south}}";

fn opened() -> (Bench, PathBuf) {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.jsonc", MAP);
    open_map(&mut bench, &path);
    (bench, path)
}

fn click_tie(bench: &mut Bench) {
    let is_tie = |text: &String| text.starts_with("Alder Mill → Birch Mill") && text.ends_with("the map");
    let label = bench.texts().into_iter().find(is_tie).expect("the tie is on the map");
    bench.click(&label);
}

fn key(bench: &mut Bench, key: Key) {
    bench.press(Modifiers::NONE, key);
}

fn paste(bench: &mut Bench, text: &str) {
    bench.harness.event(egui::Event::Paste(text.to_owned()));
    bench.settle();
}

/// Returns the text of the field of this name.
fn field(bench: &Bench, label: &str) -> Option<String> {
    let roles = [Role::TextInput, Role::MultilineTextInput, Role::EditableComboBox];
    let mut all = roles.into_iter().flat_map(|role| bench.harness.query_all_by_role_and_label(role, label));
    all.next().and_then(|node| node.value())
}

/// Simulates a crash once the journal is written, and starts again.
fn crash(bench: Bench) -> Bench {
    wait_for_journals(&bench, 1);
    let folder = Rc::clone(&bench.folder);
    drop(bench);
    Bench::start(None, folder)
}

/// Types a date that can't be read.
fn type_draft(bench: &mut Bench) {
    click_tie(bench);
    key(bench, Key::D);
    bench.type_text("last spring");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.harness.query_by_label("Reopen").is_none(), "few typed characters are not put aside");
    key(bench, Key::D);
    bench.type_text("last spring");
    bench.click("Alder Mill, on the map");
}

#[test]
fn a_draft_comes_back_in_its_field_after_a_crash() {
    let (mut bench, path) = opened();
    type_draft(&mut bench);
    assert!(!bench.app().title().starts_with('•'), "the map is as it was");
    let mut again = crash(bench);
    assert!(again.shows(&format!("Not saved: {ONE}")), "{:?}", again.texts());
    again.click("Recover");
    assert!(again.shows(&format!("Recovered, not saved yet: {ONE}")), "{:?}", again.texts());
    again.click("When");
    assert_eq!(field(&again, "When").as_deref(), Some("last spring"), "{:?}", again.texts());
    assert_eq!(std::fs::read_to_string(&path).expect("read"), MAP, "the file is untouched");
    // What is corrected is no longer typed but not kept.
    again.type_text("2019");
    key(&mut again, Key::Enter);
    again.press(Modifiers::COMMAND, Key::S);
    wait_for_journals(&again, 0);
}

#[test]
fn an_open_form_comes_back_with_all_that_was_typed() {
    let (mut bench, _) = opened();
    bench.click("Alder Mill, on the map");
    key(&mut bench, Key::E);
    for text in ["owns", "Cedar Mill", "$13bm"] {
        bench.type_text(text);
        key(&mut bench, Key::Tab);
    }
    key(&mut bench, Key::Tab);
    paste(&mut bench, BIBTEX);
    let mut again = crash(bench);
    assert!(again.shows(&format!("Not saved: {ONE}")), "{:?}", again.texts());
    again.click("Recover");
    let rows = [("From", "Alder Mill"), ("To", "Cedar Mill"), ("How much", "$13bm")];
    for (label, text) in rows {
        assert_eq!(field(&again, label).as_deref(), Some(text), "{label}: {:?}", again.texts());
    }
    assert_eq!(field(&again, "Source").as_deref(), Some("The mills of the north and 1 more"), "{:?}", again.texts());
    again.harness.get_by_role_and_label(Role::TextInput, "How much").focus();
    again.settle();
    again.press(Modifiers::COMMAND, Key::A);
    again.type_text("$13m");
    key(&mut again, Key::Enter);
    assert!(again.shows("Alder Mill → Cedar Mill"), "{:?}", again.texts());
    assert!(again.shows("2 sources"), "both pasted entries are there: {:?}", again.texts());
    again.press(Modifiers::COMMAND, Key::Z);
    assert!(!again.shows("Cedar Mill") && !again.shows("2 sources"), "one step: {:?}", again.texts());
}

#[test]
fn what_was_put_aside_can_be_brought_back_after_a_crash() {
    let (mut bench, _) = opened();
    bench.click("Alder Mill, on the map");
    bench.click("Change name");
    bench.type_text("The Alder Mill of the North");
    key(&mut bench, Key::Escape);
    let mut again = crash(bench);
    again.click("Recover");
    again.click_as(Role::Button, "Edit");
    again.click("Reopen the last form");
    assert_eq!(field(&again, "Name").as_deref(), Some("The Alder Mill of the North"), "{:?}", again.texts());
}

#[test]
fn no_map_is_left_with_typed_texts_without_a_question() {
    let (mut bench, _) = opened();
    type_draft(&mut bench);
    let other = bench.write("other.tieline.jsonc", &MAP.replace("Two mills", "Others"));
    open_map(&mut bench, &other);
    assert!(bench.shows("Discard what was typed?"), "{:?}", bench.texts());
    bench.click("Go back");
    assert!(bench.app().title().contains("Two mills"), "{}", bench.app().title());
    open_map(&mut bench, &other);
    bench.click("Discard");
    assert!(bench.app().title().contains("Others"), "{}", bench.app().title());
    close(&mut bench);
    assert!(!bench.shows("Discard what was typed?"), "it was of the other map: {:?}", bench.texts());
}

#[test]
fn typed_texts_are_kept_for_later_too() {
    let (mut bench, _) = opened();
    type_draft(&mut bench);
    close(&mut bench);
    bench.harness.get_by_label("Keep for later").click();
    assert!(bench.closes());
    leave(&mut bench);
    let again = crash(bench);
    assert!(again.shows(&format!("Not saved: {ONE}")), "{:?}", again.texts());
}

#[test]
fn of_several_entries_pasted_into_a_form_all_become_sources_and_the_first_is_cited() {
    let (mut bench, path) = opened();
    click_tie(&mut bench);
    key(&mut bench, Key::C);
    paste(&mut bench, BIBTEX);
    assert!(bench.shows("2 entries pasted: both become sources, the first is cited."), "{:?}", bench.texts());
    key(&mut bench, Key::Enter);
    assert!(bench.shows("2 sources"), "{:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::S);
    let saved = std::fs::read_to_string(&path).expect("saved");
    assert!(saved.contains("The mills of the north") && saved.contains("The mills of the south"), "{saved}");
    assert_eq!(saved.matches("\"source\"").count(), 1, "one citation: {saved}");
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(!bench.shows("2 sources"), "one step: {:?}", bench.texts());
}
