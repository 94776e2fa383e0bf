//! `tieline arrange`: places written without a window, all else as it was.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tieline::load::load_map;
use tieline::model::Map;

use crate::overview::board::{board_ties, text};

const SAMPLE: &str = "data/openai-microsoft-amazon.tieline.jsonc";

fn arrange(file: &Path, out: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieline"));
    command.arg("arrange").arg(file).arg("-o").arg(out).args(more).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.output().expect("the program runs")
}

/// Returns the map of a file, in which nothing is wrong.
fn loaded(path: &Path) -> (String, Map) {
    let text = fs::read_to_string(path).expect("written");
    let loaded = load_map(text.as_bytes(), "arranged").expect("a map");
    assert_eq!(loaded.counts.errors, 0, "{:?}", loaded.problems);
    (text, loaded.map)
}

fn placed(map: &Map) -> usize {
    map.first_view().map_or(0, |view| view.positions.len())
}

#[test]
fn each_actor_gets_a_place_and_comments_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out.tieline.jsonc");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE);
    let ran = arrange(&source, &out, &["--layout", "circle", "--seed", "3"]);
    assert!(ran.status.success(), "{ran:?}");
    let (before, map) = loaded(&source);
    let (after, arranged) = loaded(&out);
    assert!(placed(&arranged) >= map.actors().len(), "{} places", placed(&arranged));
    assert_eq!((arranged.actors().len(), arranged.ties().len()), (map.actors().len(), map.ties().len()));
    let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with("//")).count();
    assert!(comments(&before) > 0 && comments(&before) == comments(&after));
    assert!(after.contains(r#""circle""#), "the method is remembered");
    let again = folder.path().join("again.tieline.jsonc");
    assert!(arrange(&source, &again, &["--layout", "circle", "--seed", "3"]).status.success());
    assert_eq!(fs::read(&again).expect("written"), fs::read(&out).expect("written"), "the same places each time");
}

#[test]
fn large_maps_are_arranged_and_pinned_actors_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (folder.path().join("boards.tieline.jsonc"), folder.path().join("out.tieline.jsonc"));
    let view = r#"{ "positions": { "a7": [1234.5, -678.0], "a8": [5.0, 5.0] }, "pinned": ["a7"] }"#;
    fs::write(&file, text(600, &board_ties(600, 8, 8), view)).expect("a file");
    let ran = arrange(&file, &out, &["--timings"]);
    assert!(ran.status.success(), "{ran:?}");
    let (text, map) = loaded(&out);
    assert_eq!(placed(&map), 600);
    assert!(text.contains("1234.5"), "the pinned actor stays");
    let view = map.first_view().expect("a view");
    let at = |key: &str| view.positions.iter().find(|(id, _)| &*map.actor(*id).key == key).map(|(_, at)| (at.x, at.y));
    assert!(at("a8").is_some() && at("a8") != Some((5.0, 5.0)), "others get new places");
    let timings: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    for step in ["reading", "measuring", "layout", "routing and labels", "drawing", "writing"] {
        let wall = timings[step]["wall_s"].as_f64().unwrap_or(-1.0);
        assert!(wall >= 0.0, "{step}: {timings}");
    }
    assert!(timings["layout"]["wall_s"].as_f64() > Some(0.0));
}

#[test]
fn the_input_is_never_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("boards.tieline.jsonc");
    let before = text(200, &board_ties(200, 4, 8), "");
    fs::write(&file, &before).expect("a file");
    let ran = arrange(&file, &file, &[]);
    assert!(!ran.status.success());
    assert_eq!(fs::read_to_string(&file).expect("still there"), before);
}
