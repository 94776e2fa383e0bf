//! Measures the peak memory of loading a large map in a child process, which runs this same test binary.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tieline::load::load_file;

/// File that a child process loads; unset when a person starts the test binary.
const LOAD: &str = "TIELINE_TEST_LOAD";

/// Generates a map with realistic claims and with comments, so that its text must be copied once.
fn large_map(ties: usize) -> String {
    let actors = ties / 3;
    let mut text = String::from("{ \"format\": \"tieline\", \"version\": \"1.0\", // large\n\"actors\": [\n");
    for index in 0..actors {
        let _ = writeln!(text, r#"{{"id": "actor-{index}", "kind": "company", "name": "Company number {index}"}},"#);
    }
    text.push_str("], \"sources\": [{\"id\": \"s\", \"title\": \"Report\"}], \"ties\": [\n");
    for index in 0..ties {
        let (from, to) = (index % actors, (index * 7_919 + 13) % actors);
        let _ = writeln!(
            text,
            r#"{{"id": "tie-{index}", "kind": "investment", "from": "actor-{from}", "to": "actor-{to}", "startDate": "2019", "stage": "active", "amount": {{"exact": {index}, "currency": "USD"}}, "evidence": [{{"source": "s", "locator": "page {}"}}]}},"#,
            index % 90
        );
    }
    text + "] }"
}

/// Returns the peak memory of this process in bytes, from Linux's `VmHWM`.
fn peak_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM")).expect("is there");
    line.split_whitespace().nth(1).and_then(|count| count.parse::<usize>().ok()).expect("a number") * 1024
}

#[test]
#[ignore = "the process that `loading_takes_less…` starts"]
fn child_that_loads() {
    let Some(path) = std::env::var_os(LOAD) else { return };
    let (loaded, origin) = load_file(Path::new(&path)).expect("opens");
    println!("peak {} ties {} bytes {}", peak_bytes(), loaded.map.ties().len(), origin.bytes().len());
}

fn peak_of(text: &str) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.tieline.jsonc");
    std::fs::write(&path, text).expect("written");
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["slow::memory::child_that_loads", "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    let said = child.env(LOAD, &path).stderr(Stdio::null()).output().expect("ran").stdout;
    let said = String::from_utf8_lossy(&said);
    let peak = said.split("peak ").nth(1).and_then(|rest| rest.split(' ').next()).map(str::parse);
    peak.and_then(Result::ok).unwrap_or_else(|| panic!("{said}"))
}

#[test]
fn loading_takes_less_than_eight_times_the_file() {
    let sound = large_map(150_000);
    // A quotation mark is missing in the middle: the text is repaired and its problems are listed.
    let broken = sound.replace("\"tie-75000\"", "\"tie-75000");
    assert_eq!(sound.len(), broken.len() + 1);
    for (name, text) in [("sound", sound), ("broken", broken)] {
        let (allowed, peak) = (8 * text.len() + (64 << 20), peak_of(&text));
        assert!(peak < allowed, "{name}: {} of {} MB for {} MB", peak >> 20, allowed >> 20, text.len() >> 20);
    }
}
