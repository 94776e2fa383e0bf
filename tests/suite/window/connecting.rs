//! Finding connections between two actors.

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use super::bench::Bench;

const AMAZON: &str = "Amazon, company, on the map";
const MICROSOFT: &str = "Microsoft, company, on the map";

fn two_selected() -> Bench {
    let mut bench = Bench::new();
    bench.click(AMAZON);
    bench.click_with(MICROSOFT, Modifiers::COMMAND);
    bench
}

#[test]
fn two_selected_actors_are_answered_in_cited_sentences() {
    let mut bench = two_selected();
    assert!(bench.shows("How are these two connected?"));
    assert!(bench.shows("Microsoft and Amazon are connected through OpenAI."), "{:?}", bench.texts());
    assert!(bench.shows("Through OpenAI"));
    bench.click("Copy answer");
    assert!(bench.shows("Copied the answer"));
}

#[test]
fn numbers_lead_to_their_sources_and_sentences_to_their_ties() {
    let mut bench = two_selected();
    let number = bench.texts().into_iter().find(|text| text.starts_with("[1] ")).expect("a citation number");
    bench.click_first(&number);
    assert!(!bench.shows("How are these two connected?"), "the source is shown instead");
    let mut bench = two_selected();
    let sentence = bench.texts().into_iter().find(|text| text.starts_with("Microsoft invests in OpenAI"));
    bench.click(&sentence.expect("a sentence"));
    assert!(bench.is_selected("Microsoft → OpenAI, investment, more than $13 billion, on the map"));
}

#[test]
fn the_ways_light_up_on_the_map_and_escape_lets_them_go() {
    let mut bench = two_selected();
    bench.right_click(MICROSOFT);
    bench.click_as(Role::Button, "How are these two connected?");
    assert!(bench.is_selected(AMAZON) && bench.is_selected(MICROSOFT), "the answer stays in the details");
    assert!(bench.shows("Copy answer"));
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.is_selected(AMAZON), "first the light goes, then the selection");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.is_selected(AMAZON));
}
