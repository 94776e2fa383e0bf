//! Tables that take long to read again: the update can be canceled, and its thousands of lines are shown.

use std::fmt::Write as _;

use super::jobs::wait_for_end_of_job;
use crate::window::bench::Bench;
use crate::window::large_files::wait_for;
use crate::window::updating::with_map;

/// A table that takes well over 0.5 s to read.
fn large_table() -> String {
    let mut text = "From,To,Kind,Date,Amount\n".to_owned();
    for row in 0..40_000 {
        let _ = writeln!(text, "Actor {},Actor {},loan,{},{row}", row % 900, row % 701, 1990 + row % 30);
    }
    text
}

fn start_update(bench: &mut Bench) {
    bench.click("File");
    bench.click_now("Update from its sources…");
}

#[test]
fn reading_again_says_so_and_can_be_canceled() {
    let (mut bench, table) = with_map();
    std::fs::write(&table, large_table()).expect("written");
    start_update(&mut bench);
    wait_for(&mut bench, "Reading the tables");
    bench.click("Cancel");
    assert!(!bench.shows("Reading the tables"), "{:?}", bench.texts());
    wait_for_end_of_job("Reading the tables");
    bench.harness.run_steps(3);
    assert!(bench.shows("4 actors · 3 of 3 ties") && !bench.shows("Changed ("), "{:?}", bench.texts());
    start_update(&mut bench);
    bench.settle();
    assert!(bench.shows("0 changed, 7 removed") && bench.shows("New (40,"), "{:?}", bench.texts());
    assert!(bench.texts().len() < 500, "only the lines in view are drawn");
    bench.click("Cancel");
    assert!(bench.shows("4 actors · 3 of 3 ties"), "{:?}", bench.texts());
}
