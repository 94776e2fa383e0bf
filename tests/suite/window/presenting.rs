//! Presenting: the whole screen, its keys, the proof of a tie, the black screen and the speaker's window.

use egui::{Event, Key, Modifiers, ViewportCommand, ViewportId};

use super::bench::Bench;
use super::story::opened;

fn presented(has_steps: bool) -> Bench {
    let (mut bench, _) = opened(has_steps);
    bench.press_now(Modifiers::NONE, Key::F5);
    bench.settle();
    bench
}

/// Returns the number of the step that the audience sees.
fn number(bench: &Bench) -> Option<String> {
    bench.texts().into_iter().find(|text| text.starts_with("Step ") && text.ends_with(" of 3"))
}

/// Presses a key and returns what is asked of the native window in the next frames.
fn asked(bench: &mut Bench, key: Key) -> Vec<ViewportCommand> {
    let press = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    // Queued events get frames of their own, whose output nobody sees.
    bench.harness.input_mut().events.push(press);
    let mut asked = Vec::new();
    for _ in 0..5 {
        bench.harness.step();
        asked.extend(bench.harness.output().viewport_output[&ViewportId::ROOT].commands.clone());
    }
    bench.settle();
    asked
}

#[test]
fn the_story_fills_the_screen_until_it_is_ended() {
    let (mut bench, _) = opened(true);
    assert!(asked(&mut bench, Key::F5).contains(&ViewportCommand::Fullscreen(true)));
    assert!(bench.shows("All of it") && bench.shows("Four actors"), "{:?}", bench.texts());
    assert!(!bench.shows("Lists") && !bench.shows("File"), "no menus and no panels");
    assert_eq!(number(&bench).as_deref(), Some("Step 1 of 3"));
    assert!(asked(&mut bench, Key::Escape).contains(&ViewportCommand::Fullscreen(false)));
    assert!(bench.shows("File") && !bench.shows("Leave the step"), "as before");
    assert!(!bench.app().title().starts_with('•'));
}

#[test]
fn every_key_goes_where_it_says() {
    let mut bench = presented(true);
    let mut press = |key| {
        bench.press(Modifiers::NONE, key);
        number(&bench).unwrap_or_default()
    };
    assert_eq!(press(Key::ArrowRight), "Step 2 of 3");
    assert_eq!(press(Key::Space), "Step 3 of 3");
    assert_eq!(press(Key::PageDown), "Step 3 of 3", "there is no further one");
    assert_eq!(press(Key::Home), "Step 1 of 3");
    assert_eq!(press(Key::PageUp), "Step 1 of 3");
    assert_eq!(press(Key::End), "Step 3 of 3");
    assert_eq!(press(Key::ArrowLeft), "Step 2 of 3");
}

#[test]
fn a_click_on_a_tie_shows_its_proof_and_escape_closes_that_first() {
    let mut bench = presented(true);
    bench.press(Modifiers::NONE, Key::ArrowRight);
    let tie = bench.texts().into_iter().find(|text| text.starts_with("Alder → Birch")).expect("the tie");
    bench.click(&tie);
    assert!(bench.shows("no source"), "{:?}", bench.texts());
    assert_eq!(number(&bench).as_deref(), Some("Step 2 of 3"));
    bench.press(Modifiers::NONE, Key::Escape);
    assert_eq!(number(&bench).as_deref(), Some("Step 2 of 3"), "still presented");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.shows("File"));
}

#[test]
fn nothing_is_changed_by_chance() {
    let mut bench = presented(true);
    let actor = bench.texts().into_iter().find(|text| text.starts_with("Alder,")).expect("the actor");
    bench.click(&actor);
    for key in [Key::Delete, Key::H, Key::X, Key::R, Key::A, Key::E] {
        bench.press(Modifiers::NONE, key);
    }
    let from = bench.center_of(&actor);
    bench.drag(from, from + egui::vec2(80.0, 50.0));
    bench.press(Modifiers::NONE, Key::Escape);
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.shows("File") && bench.shows("4 actors"), "{:?}", bench.texts());
    assert!(!bench.app().title().starts_with('•'), "nothing has changed");
}

#[test]
fn the_screen_turns_black_and_comes_back_with_the_next_step() {
    let mut bench = presented(true);
    bench.press(Modifiers::NONE, Key::B);
    assert!(bench.shows("Black screen") && number(&bench).is_none());
    bench.press(Modifiers::NONE, Key::B);
    assert_eq!(number(&bench).as_deref(), Some("Step 1 of 3"));
    bench.press(Modifiers::NONE, Key::B);
    bench.press(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(number(&bench).as_deref(), Some("Step 2 of 3"));
}

#[test]
fn without_steps_the_map_is_presented_as_it_is() {
    let mut bench = presented(false);
    assert!(bench.shows("A chain") && !bench.shows("File"));
    assert!(bench.texts().iter().any(|text| text.starts_with("Dogwood,")));
    bench.press(Modifiers::NONE, Key::ArrowRight);
    assert!(bench.shows("A chain"), "nowhere to go");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.shows("File"));
}

#[test]
fn the_speaker_sees_notes_the_next_step_and_a_clock() {
    let mut bench = presented(true);
    assert!(!bench.shows("Since the start"));
    bench.press_now(Modifiers::NONE, Key::S);
    assert!(bench.shows("No notes for this step") && bench.shows("The loan"), "{:?}", bench.texts());
    bench.press_now(Modifiers::NONE, Key::ArrowRight);
    assert!(bench.shows("Say how much") && bench.shows("Two thousand nineteen"), "{:?}", bench.texts());
    assert!(bench.shows("Since the start: 0:0"));
    bench.press_now(Modifiers::NONE, Key::ArrowRight);
    assert!(bench.shows("This is the last step"));
    bench.press_now(Modifiers::NONE, Key::S);
    assert!(!bench.shows("Since the start"));
}

#[test]
fn the_camera_moves_in_three_tenths_of_a_second_and_at_once_without_animation() {
    let frames = |bench: &mut Bench| {
        bench.harness.key_press_modifiers(Modifiers::NONE, Key::ArrowRight);
        let place = |bench: &Bench| {
            bench.texts().into_iter().find(|text| text.starts_with("Alder,")).map(|name| bench.center_of(&name))
        };
        let mut places = Vec::new();
        for _ in 0..20 {
            bench.harness.step();
            places.push(place(bench));
        }
        places.dedup();
        places.len()
    };
    let mut bench = presented(true);
    // Frames of 50 ms: six of them move.
    assert!((5..=9).contains(&frames(&mut bench)), "it moves");
    let (mut bench, _) = opened(true);
    bench.click("View");
    bench.click("Animate changes");
    bench.press_now(Modifiers::NONE, Key::F5);
    bench.settle();
    assert!(frames(&mut bench) <= 2, "it is there at once");
}
