//! Files that take a while to read: a job reads them, the window stays responsive, and the user can cancel.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};

use super::bench::Bench;

/// Generates two actors and `sources` sources: much to read, little to draw.
pub(in crate::window) fn map_with_sources(title: &str, sources: usize) -> String {
    let mut text = format!(
        r#"{{ "format": "tieline", "version": "1.0", "map": {{ "title": "{title}" }},
            "actors": [{{ "id": "a", "name": "Alder Mill" }}, {{ "id": "b", "name": "Birch Mill" }}],
            "ties": [{{ "id": "t", "kind": "loan", "from": "a", "to": "b" }}],
            "views": [{{ "id": "main", "positions": {{ "a": [0.0, 0.0], "b": [400.0, 0.0] }} }}],
            "sources": ["#
    );
    for index in 0..sources {
        let comma = if index == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            r#"{comma}{{ "id": "source-{index}", "title": "Report {index}", "published": "2024-03-05", "url": "https://example.org/{index}" }}"#
        );
    }
    text + "] }"
}

/// Generates a map of about 1.5 MB, more than is read within a frame.
pub(in crate::window) fn large(title: &str) -> String {
    map_with_sources(title, 15_000)
}

/// Opens a file without waiting for it.
pub(in crate::window) fn ask_for(bench: &mut Bench, path: &Path) {
    bench.notes.borrow_mut().answers.push_back(Some(path.to_owned()));
    bench.harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    // The first frame handles the key, the second asks the dialog, the third takes its answer.
    for _ in 0..3 {
        bench.harness.step();
    }
}

/// Draws until `text` is shown.
pub(in crate::window) fn wait_for(bench: &mut Bench, text: &str) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while !bench.shows(text) {
        assert!(Instant::now() < deadline, "never showed {text}: {}", bench.app().title());
        std::thread::sleep(Duration::from_millis(10));
        bench.harness.step();
    }
}

#[test]
fn a_large_file_opens_while_the_window_goes_on() {
    let mut bench = Bench::new();
    let path = bench.write("large.tieline.json", &large("Large"));
    ask_for(&mut bench, &path);
    assert!(bench.app().title().contains("sample map"), "it is not read within a frame: {}", bench.app().title());
    bench.settle();
    assert!(bench.app().title().contains("Large"), "{} {:?}", bench.app().title(), bench.texts());
    assert!(bench.shows("1 of 1 tie"), "{:?}", bench.texts());
}

#[test]
fn a_large_file_that_is_no_map_leaves_the_open_one() {
    let mut bench = Bench::new();
    let path = bench.write("large.json", &format!("[{}0]", "1, ".repeat(500_000)));
    ask_for(&mut bench, &path);
    bench.settle();
    assert!(bench.shows("The file was not opened"), "{:?}", bench.texts());
    assert!(bench.app().title().contains("sample map"), "{}", bench.app().title());
}

#[test]
fn a_large_file_is_read_again_when_it_changes() {
    let mut bench = Bench::new();
    let path = bench.write("large.tieline.json", &large("Large"));
    ask_for(&mut bench, &path);
    bench.settle();
    std::fs::write(&path, large("Larger")).expect("written");
    bench.harness.key_press_modifiers(Modifiers::COMMAND, Key::R);
    bench.harness.run_steps(2);
    bench.settle();
    assert!(bench.app().title().contains("Larger"), "{} {:?}", bench.app().title(), bench.texts());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_at_once() {
    let mut bench = Bench::new();
    ask_for(&mut bench, Path::new("/dev/zero"));
    bench.settle();
    assert!(bench.shows("it is not a file"), "{:?}", bench.texts());
}
