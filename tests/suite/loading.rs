//! Loading: every broken file gives the verdict written beside it, no input crashes or hangs, and the schema
//! agrees with what opens.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tieline::load::{BUNDLED, Loaded, json_schema, load_bundled, load_map};
use tieline::model::Severity;

use crate::golden;

/// How long any small input may take.
const MOST_TIME: Duration = Duration::from_secs(2);

fn broken_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/broken");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| !path.to_string_lossy().ends_with(".problems.txt"));
    files.sort();
    files
}

/// What loading says, as the files beside the broken ones have it.
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
        let place = problem.place.as_ref().map_or_else(|| "-".to_owned(), |place| place.position.to_string());
        let severity = format!("{:?}", problem.severity).to_lowercase();
        let _ = writeln!(out, "\n{place} {severity} {}", problem.field);
        let _ = writeln!(out, "    {}", problem.message);
        let _ = writeln!(out, "    → {}", problem.remedy.as_deref().unwrap_or("(no remedy)"));
        if let Some(related) = &problem.related {
            let _ = writeln!(out, "    {}: {} {}", related.words, related.place.position, related.field);
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
        let start = Instant::now();
        let found = verdict(&bytes, &name);
        assert!(start.elapsed() < MOST_TIME, "{name} took {:?}", start.elapsed());
        assert!(found.contains('→') || found.starts_with("does not open"), "{name} opens as if nothing were wrong");
        assert!(!found.contains("(no remedy)"), "{name}: {found}");
        wrong.extend(golden::difference(&format!("broken/{name}.problems.txt"), &found));
    }
    golden::assert_none(wrong);
}

/// Loads and checks what holds for every input: no silence, in time.
fn load_timed(bytes: &[u8]) -> Option<Loaded> {
    let allowed = MOST_TIME + Duration::from_secs(bytes.len() as u64 / 50_000_000);
    let timed = || {
        let start = Instant::now();
        let loaded = load_map(bytes, "test.tieline.jsonc").ok();
        (start.elapsed(), loaded)
    };
    // Other programs may take the processor for a while; what takes too long each time does so by itself.
    let mut attempts = std::iter::repeat_with(timed).take(3);
    let (elapsed, loaded) = attempts.find(|(elapsed, _)| *elapsed < allowed).unwrap_or((Duration::MAX, None));
    let sample = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).into_owned();
    assert!(elapsed < allowed, "{} bytes took longer than {allowed:?} three times: {sample}", bytes.len());
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
fn nesting_of_any_depth_neither_crashes_nor_hangs() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let inner = if open == "[" { "" } else { "1" };
        let deep = format!("{}{inner}{}", open.repeat(100_000), close.repeat(100_000));
        assert!(load_timed(deep.as_bytes()).is_none(), "the whole file is one deep value");
        assert!(load_timed(open.repeat(100_000).as_bytes()).is_none());
        for place in ["name", "x-mine", "csl", "partOf", "aliases", "identifiers"] {
            let text = map_with(&format!(", \"{place}\": {deep}|"));
            assert!(load_timed(text.as_bytes()).is_some(), "{place}");
            let cut = &text[..text.len() - 150_000];
            assert!(load_timed(cut.as_bytes()).is_some(), "{place}, cut");
        }
        for list in ["ties", "views", "kinds", "map", "sources", "moods"] {
            let text = map_with(&format!("|, \"{list}\": {deep}"));
            assert_eq!(load_timed(text.as_bytes()).expect("opens").map.actors().len(), 1, "{list}");
            let text = map_with(&format!("|, \"{list}\": [{{\"id\": \"x\", \"csl\": {deep}, \"amount\": {deep}}}]"));
            assert_eq!(load_timed(text.as_bytes()).expect("opens").map.actors().len(), 1, "{list}");
        }
    }
}

#[test]
fn a_text_of_50_megabytes_opens() {
    let long = "x".repeat(50_000_000);
    let sound = map_with(&format!(", \"summary\": \"{long}\"|"));
    let loaded = load_timed(sound.as_bytes()).expect("opens");
    assert_eq!(loaded.map.actors()[tieline::model::ActorId(0)].summary.as_ref().map(String::len), Some(50_000_000));
    let open = map_with(&format!("|, \"ties\": [{{\"id\": \"{long}"));
    assert!(load_timed(&open.as_bytes()[..open.len() - 1]).is_some());
    let as_id = map_with(&format!("|, \"ties\": [{{\"id\": \"{long}\"}}], \"{long}\": 1"));
    let loaded = load_timed(as_id.as_bytes()).expect("opens");
    assert!(loaded.problems.iter().all(|problem| problem.message.len() < 1000 && problem.field.len() < 1000));
}

#[test]
fn thousands_of_problems_are_counted_and_the_first_are_listed() {
    let mut text = map_with("|, \"ties\": [").trim_end_matches('}').to_owned();
    for index in 0..20_000 {
        let _ = write!(text, "{{\"id\": \"t{index}\", \"kind\": \"k\", \"from\": \"a\", \"to\": \"nobody{index}\"}},");
    }
    text.push_str("]}");
    let loaded = load_timed(text.as_bytes()).expect("opens");
    assert_eq!(loaded.problems.len(), 1000);
    assert_eq!(loaded.counts.errors, 20_000);
}

#[test]
fn many_broken_places_take_no_longer() {
    for unit in [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "'",
        "/",
        "/*",
        "//\n",
        "NaN,",
        "\\",
        "\"\\ud800\",",
        "a\n",
        "{\"actors\":[",
        "\u{202e}",
    ] {
        let noise = unit.repeat(2_000_000 / unit.len());
        load_timed(noise.as_bytes());
        load_timed(map_with(&format!("|, \"ties\": [{noise}")).as_bytes());
        load_timed(map_with(&format!(", \"x\": {noise}|")).as_bytes());
    }
}

#[test]
fn the_file_on_the_disk_stays_as_it_is() {
    for path in broken_files() {
        let before =
            (std::fs::read(&path).expect("readable"), std::fs::metadata(&path).and_then(|meta| meta.modified()).ok());
        let _ = tieline::load::load_file(&path);
        let after =
            (std::fs::read(&path).expect("readable"), std::fs::metadata(&path).and_then(|meta| meta.modified()).ok());
        assert!(before == after, "{} was touched", path.display());
    }
}

/// One way in which a file goes bad.
#[derive(Clone, Debug)]
enum Damage {
    Flip(usize, u8),
    Delete(usize, usize),
    Double(usize, usize),
    Insert(usize, String),
    Cut(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    const TOKENS: [&str; 16] =
        ["\"", "{", "}", "[", "]", ",", ":", "null", "NaN", "1e999", "\\", "//", "/*", "\u{202e}", "-", "\0"];
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Damage::Flip(at, byte)),
        (any::<usize>(), 1..200_usize).prop_map(|(at, length)| Damage::Delete(at, length)),
        (any::<usize>(), 1..2000_usize).prop_map(|(at, length)| Damage::Double(at, length)),
        (any::<usize>(), proptest::sample::select(&TOKENS[..]))
            .prop_map(|(at, token)| Damage::Insert(at, token.to_owned())),
        any::<usize>().prop_map(Damage::Cut),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match damage {
        Damage::Flip(at, byte) => bytes[at % length] = *byte,
        Damage::Delete(at, count) => {
            let at = at % length;
            bytes.drain(at..(at + count).min(length));
        }
        Damage::Double(at, count) => {
            let at = at % length;
            let copy = bytes[at..(at + count).min(length)].to_vec();
            bytes.splice(at..at, copy);
        }
        Damage::Insert(at, token) => {
            let at = at % length;
            bytes.splice(at..at, token.bytes());
        }
        Damage::Cut(at) => bytes.truncate(at % length),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_crashes_or_empties_a_map(which in 0..2_usize, damages in prop::collection::vec(damage(), 1..5)) {
        let (_, origin) = load_bundled(BUNDLED[which]).expect("opens");
        let mut bytes = origin.bytes().to_vec();
        for damage in &damages {
            apply(&mut bytes, damage);
        }
        if let Some(loaded) = load_timed(&bytes) {
            for problem in &loaded.problems {
                prop_assert!(!problem.message.is_empty());
                let ends = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).count();
                let places = problem.place.iter().chain(problem.related.as_ref().map(|related| &related.place));
                let is_inside = |(line, column): (u32, u32)| line as usize <= ends && column >= 1;
                for place in places {
                    prop_assert!(place.position.line_and_column().is_some_and(is_inside), "{}", place);
                }
            }
        }
    }
}

/// JSON without comments, by a parser that is not ours.
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
    // Whatever the schema names here stands in the file, so that nothing new goes untested.
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

#[test]
fn bundled_maps_have_no_problem_at_all_beyond_notes() {
    for name in BUNDLED {
        let (loaded, _) = load_bundled(name).expect("opens");
        assert!(loaded.problems.iter().all(|problem| problem.severity == Severity::Remark), "{:#?}", loaded.problems);
    }
}
