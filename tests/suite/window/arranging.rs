//! Aligning and distributing actors, and searching for a more readable arrangement.

use std::sync::Arc;

use egui::{Key, Modifiers};

use tieline::derive::{build_request, lay_out};
use tieline::document::Document;
use tieline::layout::{NoProgress, quality};
use tieline::load::load_file;
use tieline::text::Fonts;

use super::bench::Bench;

const AMAZON: &str = "Amazon, company, on the map";
const MICROSOFT: &str = "Microsoft, company, on the map";
const OPENAI: &str = "OpenAI, company, on the map";

fn run(bench: &mut Bench, words: &str) {
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text(words);
    bench.press(Modifiers::NONE, Key::Enter);
}

#[test]
fn selected_actors_are_lined_up_in_one_step() {
    let mut bench = Bench::new();
    let from = bench.center_of(AMAZON);
    bench.drag(from, from + egui::vec2(37.0, 21.0));
    bench.press(Modifiers::COMMAND, Key::A);
    let before = bench.center_of(AMAZON);
    run(&mut bench, "align middle");
    let [amazon, microsoft, openai] = [AMAZON, MICROSOFT, OPENAI].map(|name| bench.center_of(name));
    assert!((amazon.y - microsoft.y).abs() < 1.0 && (amazon.y - openai.y).abs() < 1.0, "{amazon} {microsoft} {openai}");
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!((bench.center_of(AMAZON) - before).length() < 1.5, "one step back");
}

#[test]
fn what_needs_more_actors_can_not_be_run() {
    let mut bench = Bench::new();
    bench.click(AMAZON);
    bench.click("Edit");
    bench.click("Align");
    assert!(bench.is_disabled("Align left"), "one actor has nothing to be lined up with");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.is_selected(AMAZON), "Escape closed the menu and nothing more");
    bench.click_with(MICROSOFT, Modifiers::COMMAND);
    bench.right_click(MICROSOFT);
    bench.click("Align");
    assert!(!bench.is_disabled("Align left"));
    assert!(bench.is_disabled("Distribute vertically"), "two have one gap");
    let wanted = bench.left_of(MICROSOFT).min(bench.left_of(AMAZON));
    bench.click("Align left");
    assert!((bench.left_of(MICROSOFT) - wanted).abs() < 1.0 && (bench.left_of(AMAZON) - wanted).abs() < 1.0);
}

const NOTHING_BETTER: &str = "No more readable arrangement was found";

/// Saves the map to another file and returns how readable it is; lower is better.
fn saved_score(bench: &mut Bench) -> f64 {
    let path = bench.folder.path().join("scored.tieline.jsonc");
    bench.notes.borrow_mut().answers.push_back(Some(path.clone()));
    bench.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    let (loaded, origin) = load_file(&path).expect("saved");
    let document = Document::new(Arc::new(loaded.map), Arc::new(origin));
    let input = build_request(&document, &Fonts::new(), 1.25);
    assert!(input.request.nodes.iter().all(|node| node.fixed.is_some()), "all places are in the file");
    quality::measure(&input.request, &lay_out(&input, &NoProgress).expect("not canceled")).score()
}

#[test]
fn a_search_that_finds_nothing_better_says_so_and_changes_nothing() {
    let mut bench = Bench::new();
    let from = bench.center_of(AMAZON);
    run(&mut bench, "most readable");
    assert!(bench.shows(NOTHING_BETTER), "{:?}", bench.texts());
    assert_eq!(bench.center_of(AMAZON), from);
    assert!(!bench.app().title().starts_with('•'), "nothing changed: {}", bench.app().title());
    bench.click("Edit");
    assert!(!bench.shows("Undo “"), "there is no step to undo: {:?}", bench.texts());
}

#[test]
fn searching_again_never_makes_the_map_less_readable() {
    let mut bench = Bench::new();
    let mut best = saved_score(&mut bench);
    let mut kept = 0;
    for round in 0..5 {
        bench.press(Modifiers::NONE, Key::R);
        let score = saved_score(&mut bench);
        assert!(score <= best + 1e-3, "round {round}: {score} after {best}");
        kept += usize::from(bench.shows(NOTHING_BETTER));
        best = score;
    }
    assert!(kept > 0, "some of the searches found nothing better");
}

#[test]
fn places_that_are_less_readable_are_replaced() {
    let mut bench = Bench::new();
    let (from, onto) = (bench.center_of(AMAZON), bench.center_of(MICROSOFT));
    bench.drag(from, onto + egui::vec2(10.0, 10.0));
    let worse = saved_score(&mut bench);
    bench.press(Modifiers::NONE, Key::R);
    assert!(!bench.shows(NOTHING_BETTER), "{:?}", bench.texts());
    assert!(saved_score(&mut bench) < worse);
}
