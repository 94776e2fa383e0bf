//! Maps that take a while to save: a job saves them, and success is reported only once they are on disk.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::{Key, Modifiers, Vec2, ViewportCommand, ViewportEvent, ViewportId};

use crate::window::bench::Bench;
use crate::window::large_files::{ask_for, large, map_with_sources, wait_for};

const ALDER: &str = "Alder Mill, on the map";
const BIRCH: &str = "Birch Mill, on the map";

/// Opens a map that takes many frames to save, and moves Alder Mill.
fn moved() -> (Bench, PathBuf) {
    moved_among("slow", 150_000)
}

/// Like [`moved`], with `sources` sources in the map.
fn moved_among(name: &str, sources: usize) -> (Bench, PathBuf) {
    let mut bench = Bench::new();
    let path = bench.write(&format!("{name}.tieline.json"), &map_with_sources("Slow", sources));
    ask_for(&mut bench, &path);
    bench.settle();
    let from = bench.center_of(ALDER);
    bench.drag(from, from + Vec2::new(0.0, 80.0));
    (bench, path)
}

/// Starts saving without waiting for it.
fn save_now(bench: &mut Bench) {
    bench.harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    bench.harness.run_steps(2);
}

/// Returns whether the file still has both original positions.
fn is_untouched(path: &Path) -> bool {
    let text = std::fs::read_to_string(path).expect("read");
    text.contains(r#""a": [0.0, 0.0], "b": [400.0, 0.0]"#)
}

fn commands(bench: &Bench) -> &[ViewportCommand] {
    &bench.harness.output().viewport_output[&ViewportId::ROOT].commands
}

#[test]
fn what_is_done_while_a_map_is_saved_stays_unsaved() {
    let (mut bench, path) = moved();
    save_now(&mut bench);
    assert!(is_untouched(&path) && !bench.shows("Saved slow"), "not within a frame: {:?}", bench.texts());
    assert!(bench.app().title().starts_with('•'), "{}", bench.app().title());
    let birch = bench.center_of(BIRCH);
    bench.drag_now(birch, birch + Vec2::new(0.0, 80.0));
    assert!(!bench.shows("Saved slow"), "it takes longer than a drag");
    wait_for(&mut bench, "Saved slow.tieline.json");
    let saved = std::fs::read_to_string(&path).expect("read");
    assert!(!saved.contains(r#""a": [0.0, 0.0]"#), "the first change is on the disk");
    assert!(saved.contains(r#""b": [400.0, 0.0]"#), "the second is not");
    assert!(bench.app().title().starts_with('•'), "and is unsaved: {}", bench.app().title());
    save_now(&mut bench);
    bench.settle();
    assert!(!bench.app().title().starts_with('•'), "{}", bench.app().title());
    assert!(!std::fs::read_to_string(&path).expect("read").contains(r#""b": [400.0, 0.0]"#));
}

#[test]
fn who_saves_again_meanwhile_gets_that_saved_too() {
    let (mut bench, path) = moved();
    save_now(&mut bench);
    let birch = bench.center_of(BIRCH);
    bench.drag_now(birch, birch + Vec2::new(0.0, 80.0));
    save_now(&mut bench);
    bench.settle();
    assert!(!bench.app().title().starts_with('•'), "{}", bench.app().title());
    assert!(!std::fs::read_to_string(&path).expect("read").contains(r#""b": [400.0, 0.0]"#));
}

#[test]
fn closing_waits_until_the_map_is_on_the_disk() {
    let (mut bench, path) = moved();
    save_now(&mut bench);
    let viewport = bench.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    viewport.events.push(ViewportEvent::Close);
    bench.harness.step();
    assert!(commands(&bench).contains(&ViewportCommand::CancelClose), "{:?}", commands(&bench));
    assert!(is_untouched(&path) && !bench.shows("Save the changes?"), "{:?}", bench.texts());
    let deadline = Instant::now() + Duration::from_mins(1);
    while !commands(&bench).contains(&ViewportCommand::Close) {
        assert!(Instant::now() < deadline, "it never closes: {:?}", bench.texts());
        std::thread::sleep(Duration::from_millis(5));
        bench.harness.step();
    }
    assert!(!is_untouched(&path));
}

#[test]
fn another_map_opens_after_the_save_and_a_question_about_what_came_later() {
    let (mut bench, path) = moved();
    let other = bench.write("large.tieline.json", &large("Large"));
    save_now(&mut bench);
    let birch = bench.center_of(BIRCH);
    bench.drag_now(birch, birch + Vec2::new(0.0, 80.0));
    ask_for(&mut bench, &other);
    assert!(bench.app().title().contains("Slow") && is_untouched(&path), "{}", bench.app().title());
    bench.settle();
    assert!(bench.shows("Save the changes?"), "{} {:?}", bench.app().title(), bench.texts());
    bench.click("Don’t save");
    assert!(bench.app().title().contains("Large"), "{}", bench.app().title());
    assert!(!is_untouched(&path));
}

#[cfg(target_os = "linux")]
#[test]
fn a_save_can_be_canceled_and_leaves_the_file_alone() {
    // Long enough for the strip with the button, which appears after 0.5 s.
    let (mut bench, path) = moved_among("canceled", 500_000);
    save_now(&mut bench);
    wait_for(&mut bench, "Saving canceled.tieline.json");
    bench.click("Cancel");
    assert!(bench.shows("was not saved"), "{:?}", bench.texts());
    super::jobs::wait_for_end_of_job("Saving canceled.tieline.json");
    bench.harness.run_steps(3);
    assert!(is_untouched(&path) && bench.app().title().starts_with('•'), "{}", bench.app().title());
}

#[test]
fn a_large_map_that_can_not_be_saved_stays_unsaved_and_says_why() {
    let mut bench = Bench::new();
    let folder = bench.folder.path().join("lent");
    std::fs::create_dir(&folder).expect("made");
    let path = bench.write("lent/large.tieline.json", &large("Large"));
    ask_for(&mut bench, &path);
    bench.settle();
    let from = bench.center_of(ALDER);
    bench.drag(from, from + Vec2::new(0.0, 80.0));
    std::fs::remove_dir_all(&folder).expect("gone");
    save_now(&mut bench);
    bench.settle();
    assert!(bench.shows("The map was not saved") && bench.shows("does not exist"), "{:?}", bench.texts());
    assert!(bench.app().title().starts_with('•'), "{}", bench.app().title());
}
