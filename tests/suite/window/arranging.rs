//! Aligning and distributing actors.

use egui::{Key, Modifiers};

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
    bench.click("Arrange");
    assert!(bench.is_disabled("Align left"), "one actor has nothing to be lined up with");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.is_selected(AMAZON), "Escape closed the menu and nothing more");
    bench.click_with(MICROSOFT, Modifiers::COMMAND);
    bench.right_click(MICROSOFT);
    bench.click("Arrange");
    assert!(!bench.is_disabled("Align left"));
    assert!(bench.is_disabled("Distribute vertically"), "two have one gap");
    let wanted = bench.left_of(MICROSOFT).min(bench.left_of(AMAZON));
    bench.click("Align left");
    assert!((bench.left_of(MICROSOFT) - wanted).abs() < 1.0 && (bench.left_of(AMAZON) - wanted).abs() < 1.0);
}
