//! Loading: every broken file yields the expected verdict stored beside it, no input crashes or hangs, and the schema
//! agrees with the loader.

mod slow;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tieline::load::{BUNDLED, Loaded, json_schema, load_bundled, load_map};

use crate::golden;

/// Processor time that tells a hang from a slow machine: a step that is quadratic in 2 MB takes many minutes. What the
/// released program takes is measured by the bench `load`.
const HANG: Duration = Duration::from_secs(30);

fn broken_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/broken");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| !path.to_string_lossy().ends_with(".problems.txt"));
    files.sort();
    files
}

/// Formats the result of loading, as in the files beside the broken ones.
fn verdict(bytes: &[u8], name: &str) -> String {
    let loaded = match load_map(bytes, name) {
        Ok(loaded) => loaded,
        Err(error) => return format!("does not open: {error}\n"),
    };
    let map = &loaded.map;
    let mut out = format!(
        "opens: {} actors, {} sources, {} ties, {} facts, {} views\n",
        map.actors().len(),
        map.sources().len(),
        map.ties().len(),
        map.facts().len(),
        map.views().len()
    );
    if let Some(reason) = &loaded.read_only {
        let _ = writeln!(out, "read-only: {reason}");
    }
    for problem in &loaded.problems {
        let place = problem.location.as_ref().map_or_else(|| "-".to_owned(), |place| place.position.to_string());
        let severity = format!("{:?}", problem.severity).to_lowercase();
        let _ = writeln!(out, "\n{place} {severity} {}", problem.field);
        let _ = writeln!(out, "    {}", problem.message);
        let _ = writeln!(out, "    → {}", problem.remedy.as_deref().unwrap_or("(no remedy)"));
        if let Some(related) = &problem.related {
            let _ = writeln!(out, "    {}: {} {}", related.words, related.location.position, related.field);
        }
    }
    out
}

#[test]
fn each_broken_file_gets_its_verdict() {
    let files = broken_files();
    assert!(files.len() >= 60, "only {} broken files", files.len());
    let mut wrong = Vec::new();
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("readable");
        let (elapsed, found) = timed(|| verdict(&bytes, &name));
        assert!(elapsed < HANG, "{name} took {elapsed:?}");
        assert!(found.contains('→') || found.starts_with("does not open"), "{name} opens as if nothing were wrong");
        assert!(!found.contains("(no remedy)"), "{name}: {found}");
        wrong.extend(golden::difference(&format!("broken/{name}.problems.txt"), &found));
    }
    golden::assert_none(wrong);
}

/// Returns the CPU time of this thread for `work`, and its result.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let spent = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("a clock that goes forward");
    let before = spent();
    let done = work();
    (spent().saturating_sub(before), done)
}

/// Loads an input and checks the invariants: problems are reported, and it doesn't hang.
fn load_unhung(bytes: &[u8]) -> Option<Loaded> {
    let (elapsed, loaded) = timed(|| load_map(bytes, "test.tieline.jsonc").ok());
    let sample = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).into_owned();
    assert!(elapsed < HANG, "{} bytes took {elapsed:?}: {sample}", bytes.len());
    if let Some(loaded) = &loaded {
        assert!(!loaded.map.actors().is_empty() || loaded.counts.total() > 0, "opened empty without a word");
        assert_eq!(loaded.problems.len(), loaded.counts.total().min(1000));
    }
    loaded
}

fn map_with(field: &str) -> String {
    format!(
        r#"{{"format": "tieline", "version": "1.0", "actors": [{{"id": "a", "name": "A"{}}}]{}}}"#,
        field.split('|').next().unwrap_or_default(),
        field.split('|').nth(1).unwrap_or_default()
    )
}

#[test]
fn thousands_of_problems_are_counted_and_the_first_are_listed() {
    let mut text = map_with("|, \"ties\": [").trim_end_matches('}').to_owned();
    for index in 0..20_000 {
        let _ = write!(text, "{{\"id\": \"t{index}\", \"kind\": \"k\", \"from\": \"a\", \"to\": \"nobody{index}\"}},");
    }
    text.push_str("]}");
    let loaded = load_unhung(text.as_bytes()).expect("opens");
    assert_eq!(loaded.problems.len(), 1000);
    assert_eq!(loaded.counts.errors, 20_000);
}

/// Parses JSON with comments, with a second parser.
fn plain(text: &str) -> serde_json::Value {
    let text = text.trim_start_matches('\u{feff}');
    jsonc_parser::parse_to_serde_value::<serde_json::Value>(text, &jsonc_parser::ParseOptions::default())
        .expect("JSON with comments")
}

#[test]
fn the_schema_accepts_the_bundled_maps_and_refuses_wrong_types() {
    let schema = json_schema();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for name in BUNDLED {
        let (_, origin) = load_bundled(name).expect("opens");
        let map = plain(std::str::from_utf8(origin.bytes()).expect("UTF-8"));
        let errors: Vec<_> =
            validator.iter_errors(&map).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    for name in [
        "actors-as-object",
        "name-as-number",
        "evidence-as-object",
        "amount-as-text",
        "positions-of-wrong-types",
        "version-as-number",
        "kinds-as-list",
        "name-of-actor-missing",
        "kind-missing",
        "ends-missing",
        "fact-without-text",
        "words-misspelled",
        "stance-misspelled",
        "color-unknown",
        "format-missing",
        "id-missing",
    ] {
        let path = format!("{}/tests/data/broken/{name}.tieline.jsonc", env!("CARGO_MANIFEST_DIR"));
        let map = plain(&std::fs::read_to_string(path).expect("readable"));
        assert!(!validator.is_valid(&map), "the schema lets {name} pass");
    }
}

/// A file with every field of version 1.1.
const NEWEST: &str = include_str!("../data/version-1-1.tieline.jsonc");

#[test]
fn every_field_of_version_1_1_is_known_and_in_the_schema() {
    let loaded = load_map(NEWEST.as_bytes(), "newest.tieline.jsonc").expect("opens");
    assert!(loaded.problems.is_empty(), "{:#?}", loaded.problems);
    let schema = json_schema();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<_> = validator.iter_errors(&plain(NEWEST)).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // Every field of these schema definitions must occur in the file, so that new fields don't go untested.
    for record in ["Actor", "Claim", "Import", "Row", "Check", "Story step", "Communities", "Filters", "View"] {
        let fields = schema["$defs"][record]["properties"].as_object().unwrap_or_else(|| panic!("{record} is defined"));
        let newest = ["tags", "weight", "formerIds", "row", "checks", "shown", "colors", "communities", "steps"];
        for field in fields.keys() {
            let is_new = !["Actor", "Claim", "View", "Filters"].contains(&record) || newest.contains(&field.as_str());
            assert!(!is_new || NEWEST.contains(&format!("\"{field}\":")), "{record}.{field} is not in the file");
        }
    }
    for (wrong, is_in) in [("\"12.5\"", "weight"), ("\"unclear\"", "result"), ("\"shown\"", "camera")] {
        let text = NEWEST.replacen(&format!("\"{is_in}\": {wrong}"), &format!("\"{is_in}\": \"odd\""), 1);
        assert_ne!(text, NEWEST, "{is_in}");
        assert!(!validator.is_valid(&plain(&text)), "the schema lets a wrong {is_in} pass");
        assert_eq!(load_map(text.as_bytes(), "x").expect("opens").counts.total(), 1, "{is_in}");
    }
}

#[test]
fn the_schema_explains_every_field() {
    let schema = json_schema();
    let definitions = schema["$defs"].as_object().expect("definitions");
    assert!(definitions.len() >= 15, "{definitions:?}");
    for (name, definition) in definitions {
        assert!(definition["description"].is_string(), "{name} has no description");
        for (field, value) in definition["properties"].as_object().expect("properties") {
            assert!(value["description"].is_string(), "{name}.{field} has no description: {value}");
        }
    }
}
