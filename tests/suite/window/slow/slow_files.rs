//! Files slow enough to show a progress strip: opening can be canceled, and the window stays usable.

use std::path::PathBuf;

use egui::Vec2;
use egui_kittest::kittest::Queryable as _;

use super::jobs::{wait_for_end_of_job, wait_for_start_of_job};
use crate::window::bench::Bench;
use crate::window::large_files::{ask_for, large, map_with_sources, wait_for};

/// Writes a file that takes well over 0.5 s to read, so that the strip is sure to appear.
fn slow_file(bench: &Bench, name: &str) -> PathBuf {
    bench.write(&format!("{name}.tieline.json"), &map_with_sources("Slow", 400_000))
}

#[test]
fn what_takes_long_says_so_and_can_be_canceled() {
    let mut bench = Bench::new();
    let before = bench.app().title().to_owned();
    let path = slow_file(&bench, "one");
    ask_for(&mut bench, &path);
    wait_for(&mut bench, "Opening one.tieline.json");
    assert!(bench.harness.query_by_role(egui::accesskit::Role::ProgressIndicator).is_some(), "{:?}", bench.texts());
    // The window stays responsive.
    let amazon = bench.center_of("Amazon, company, on the map");
    bench.harness.hover_at(amazon);
    bench.harness.step();
    bench.click("Cancel");
    assert!(!bench.shows("Opening one.tieline.json"), "{:?}", bench.texts());
    wait_for_end_of_job("Opening one.tieline.json");
    bench.harness.run_steps(3);
    assert_eq!(bench.app().title(), before);
    assert!(bench.shows("11 of 11 ties"), "{:?}", bench.texts());
}

#[test]
fn who_asks_for_another_file_gives_the_first_one_up() {
    let mut bench = Bench::new();
    let (slow, large) = (slow_file(&bench, "two"), bench.write("large.tieline.json", &large("Large")));
    ask_for(&mut bench, &slow);
    wait_for_start_of_job("Opening two.tieline.json");
    ask_for(&mut bench, &large);
    bench.settle();
    assert!(bench.app().title().contains("Large"), "{}", bench.app().title());
    wait_for_end_of_job("Opening two.tieline.json");
    bench.harness.run_steps(3);
    assert!(bench.app().title().contains("Large"), "the first one never comes: {}", bench.app().title());
}

#[test]
fn what_was_done_while_a_file_was_read_is_not_given_up_unasked() {
    let mut bench = Bench::new();
    let slow = slow_file(&bench, "three");
    ask_for(&mut bench, &slow);
    let amazon = bench.center_of("Amazon, company, on the map");
    bench.drag_now(amazon, amazon + Vec2::new(60.0, 90.0));
    assert!(bench.app().title().starts_with('•'), "{}", bench.app().title());
    bench.settle();
    assert!(bench.shows("Save the changes?"), "{} {:?}", bench.app().title(), bench.texts());
    bench.click("Don’t save");
    assert!(bench.app().title().contains("Slow"), "{} {:?}", bench.app().title(), bench.texts());
}
