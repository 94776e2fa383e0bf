//! A file that another program changed while it was edited here: what both changed is decided by a person.

use std::path::PathBuf;
use std::rc::Rc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;
use super::recovering::{open_map, wait_for_journals};

const MAP: &str = r#"{
  "format": "tieline", "version": "1.0", "map": { "title": "Two mills" },
  "actors": [{ "id": "a", "name": "Alder Mill" }, { "id": "b", "name": "Birch Mill" }, { "id": "c", "name": "Cedar Mill" }],
  "ties": [{ "id": "t", "kind": "loan", "from": "a", "to": "b", "amount": { "exact": 10, "currency": "USD" } }],
  "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [420, 0], "c": [420, 300] } }]
}
"#;

/// Changes an amount and a name here and in the file, and reads the file again.
fn contested() -> (Bench, PathBuf) {
    let (mut bench, path) = edited();
    let theirs = MAP.replace("\"exact\": 10", "\"exact\": 14").replace("Cedar Mill", "Cedar Works");
    std::fs::write(&path, theirs.replace("Two mills", "Three mills")).expect("written");
    bench.press(Modifiers::COMMAND, Key::R);
    (bench, path)
}

/// Changes an amount and a name here.
fn edited() -> (Bench, PathBuf) {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.json", MAP);
    open_map(&mut bench, &path);
    let is_tie = |text: &String| text.starts_with("Alder Mill → Birch Mill") && text.ends_with("the map");
    let label = bench.texts().into_iter().find(is_tie).expect("the tie is on the map");
    bench.click(&label);
    change(&mut bench, Key::M, "$13");
    bench.click("Cedar Mill, on the map");
    change(&mut bench, Key::F2, "Cedar Bank");
    (bench, path)
}

fn change(bench: &mut Bench, key: Key, text: &str) {
    bench.press(Modifiers::NONE, key);
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text(text);
    bench.press(Modifiers::NONE, Key::Enter);
}

fn saved(bench: &mut Bench, path: &PathBuf) -> String {
    bench.press(Modifiers::COMMAND, Key::S);
    std::fs::read_to_string(path).expect("the file")
}

#[test]
fn both_values_are_shown_and_nothing_is_written_until_each_is_decided() {
    let (mut bench, path) = contested();
    assert!(bench.shows("2 values were changed in both places and need your choice"), "{:?}", bench.texts());
    assert!(
        bench.app().title().contains("Three mills"),
        "what only the file changed is taken: {}",
        bench.app().title()
    );
    let before = std::fs::read_to_string(&path).expect("the file");
    assert_eq!(saved(&mut bench, &path), before, "nothing is written");
    assert!(bench.shows("Not saved: 2 differences from the file are not decided"), "{:?}", bench.texts());
    bench.click_first("Compare");
    for words in
        ["Changed here and in the file", "2 of 2 left.", "Amount of Alder Mill → Birch Mill", "$13", "$14", "$10"]
    {
        assert!(bench.shows(words), "{words}: {:?}", bench.texts());
    }
    for words in ["Name of Cedar Bank", "Cedar Bank", "Cedar Works", "Cedar Mill"] {
        assert!(bench.shows(words), "{words}: {:?}", bench.texts());
    }
    assert!(bench.is_disabled("Done"), "none is chosen by itself");
    bench.click("Take the file’s: Amount of Alder Mill → Birch Mill");
    assert!(bench.is_disabled("Done") && bench.shows("1 of 2 left."), "{:?}", bench.texts());
    bench.click("Keep mine: Name of Cedar Bank");
    bench.click("Done");
    assert!(!bench.shows("Changed here and in the file"), "{:?}", bench.texts());
    let text = saved(&mut bench, &path);
    for (words, is_there) in
        [("14", true), ("Cedar Bank", true), ("Three mills", true), ("13", false), ("Cedar Works", false)]
    {
        assert_eq!(text.contains(words), is_there, "{words}: {text}");
    }
    bench.press(Modifiers::COMMAND, Key::Z);
    let text = saved(&mut bench, &path);
    assert!(text.contains("\"exact\": 13") && text.contains("Cedar Bank"), "one step: {text}");
}

#[test]
fn changes_recovered_onto_a_newer_file_are_merged_with_it_field_by_field() {
    let (bench, path) = edited();
    wait_for_journals(&bench, 1);
    let folder = Rc::clone(&bench.folder);
    drop(bench);
    // Another program gives the tie a summary besides another amount, and the renamed actor an alias.
    let theirs = MAP
        .replace(
            "\"exact\": 10, \"currency\": \"USD\" }",
            "\"exact\": 14, \"currency\": \"USD\" }, \"summary\": \"For a weir.\"",
        )
        .replace("\"name\": \"Cedar Mill\"", "\"name\": \"Cedar Mill\", \"aliases\": [\"Old Cedar\"]");
    std::fs::write(&path, &theirs).expect("written");
    let mut bench = Bench::start(None, folder);
    assert!(bench.shows("The file has changed since"), "{:?}", bench.texts());
    bench.click("Recover");
    assert!(bench.shows("one value was changed in both places and needs your choice"), "{:?}", bench.texts());
    assert_eq!(saved(&mut bench, &path), theirs, "nothing is written before it is decided");
    bench.click_first("Compare");
    for words in ["Amount of Alder Mill → Birch Mill", "$13", "$14", "$10"] {
        assert!(bench.shows(words), "{words}: {:?}", bench.texts());
    }
    bench.click("Take the file’s: Amount of Alder Mill → Birch Mill");
    bench.click("Done");
    let text = saved(&mut bench, &path);
    for (words, is_there) in
        [("For a weir.", true), ("Old Cedar", true), ("Cedar Bank", true), ("14", true), ("13", false)]
    {
        assert_eq!(text.contains(words), is_there, "{words}: {text}");
    }
}

#[test]
fn what_another_program_saved_too_is_not_offered_again() {
    let (bench, path) = edited();
    wait_for_journals(&bench, 1);
    let folder = Rc::clone(&bench.folder);
    drop(bench);
    let theirs = MAP.replace("\"exact\": 10", "\"exact\": 13").replace("Cedar Mill", "Cedar Bank");
    std::fs::write(&path, theirs.replace("Two mills", "Three mills")).expect("written");
    let bench = Bench::start(Some(path), folder);
    assert!(!bench.shows("Recover unsaved changes?"), "{:?}", bench.texts());
    assert!(bench.shows("Three mills") || bench.app().title().contains("Three mills"));
}

#[test]
fn all_of_one_side_are_taken_at_once_and_by_keyboard_alone() {
    let (mut bench, path) = contested();
    bench.click_first("Compare");
    bench.click("All from the file");
    bench.click("Done");
    let text = saved(&mut bench, &path);
    assert!(text.contains("Cedar Works") && text.contains("\"exact\": 14"), "{text}");

    let (mut bench, path) = contested();
    bench.click_first("Compare");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Changed here and in the file"), "Escape closes it: {:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text("Compare with the file");
    bench.press(Modifiers::NONE, Key::Enter);
    bench.harness.get_by_label("Keep mine: Amount of Alder Mill → Birch Mill").focus();
    bench.settle();
    bench.press(Modifiers::NONE, Key::Num2);
    bench.harness.get_by_label("Keep mine: Name of Cedar Bank").focus();
    bench.settle();
    bench.press(Modifiers::NONE, Key::Num1);
    bench.click("Done");
    let text = saved(&mut bench, &path);
    assert!(text.contains("Cedar Bank") && text.contains("\"exact\": 14"), "{text}");
}

#[test]
fn names_changed_here_and_amounts_there_need_no_question() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.json", MAP);
    open_map(&mut bench, &path);
    bench.click("Cedar Mill, on the map");
    change(&mut bench, Key::F2, "Cedar Bank");
    std::fs::write(&path, MAP.replace("\"exact\": 10", "\"exact\": 14")).expect("written");
    bench.press(Modifiers::COMMAND, Key::R);
    assert!(bench.harness.query_by_label("Compare").is_none(), "{:?}", bench.texts());
    let text = saved(&mut bench, &path);
    assert!(text.contains("Cedar Bank") && text.contains("\"exact\": 14"), "{text}");
    bench.press(Modifiers::COMMAND, Key::Z);
    let text = saved(&mut bench, &path);
    assert!(text.contains("Cedar Bank") && text.contains("\"exact\": 10"), "the merge is one step: {text}");
}

#[test]
fn what_was_deleted_here_and_changed_in_the_file_is_asked_about() {
    let mut bench = Bench::new();
    let path = bench.write("mills.tieline.json", MAP);
    open_map(&mut bench, &path);
    bench.click("Cedar Mill, on the map");
    bench.press(Modifiers::NONE, Key::Delete);
    std::fs::write(&path, MAP.replace("Cedar Mill", "Cedar Works")).expect("written");
    bench.press(Modifiers::COMMAND, Key::R);
    bench.click_first("Compare");
    assert!(bench.shows("deleted") && bench.shows("changed: name Cedar Works"), "{:?}", bench.texts());
    bench.click("Delete it: Cedar Works");
    bench.click("Done");
    assert!(!bench.shows("Cedar Works, on the map"), "{:?}", bench.texts());
    assert!(!saved(&mut bench, &path).contains("Cedar"));
}
