//! Damaged, deeply nested and large files; skipped by `cargo quick`.

use proptest::prelude::*;
use tieline::load::{BUNDLED, load_bundled};

use super::{load_unhung, map_with};

#[test]
fn nesting_of_any_depth_neither_crashes_nor_hangs() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let inner = if open == "[" { "" } else { "1" };
        let deep = format!("{}{inner}{}", open.repeat(100_000), close.repeat(100_000));
        assert!(load_unhung(deep.as_bytes()).is_none(), "the whole file is one deep value");
        assert!(load_unhung(open.repeat(100_000).as_bytes()).is_none());
        for place in ["name", "x-mine", "csl", "partOf", "aliases", "identifiers"] {
            let text = map_with(&format!(", \"{place}\": {deep}|"));
            assert!(load_unhung(text.as_bytes()).is_some(), "{place}");
            let cut = &text[..text.len() - 150_000];
            assert!(load_unhung(cut.as_bytes()).is_some(), "{place}, cut");
        }
        for list in ["ties", "views", "kinds", "map", "sources", "moods"] {
            let text = map_with(&format!("|, \"{list}\": {deep}"));
            assert_eq!(load_unhung(text.as_bytes()).expect("opens").map.actors().len(), 1, "{list}");
            let text = map_with(&format!("|, \"{list}\": [{{\"id\": \"x\", \"csl\": {deep}, \"amount\": {deep}}}]"));
            assert_eq!(load_unhung(text.as_bytes()).expect("opens").map.actors().len(), 1, "{list}");
        }
    }
}

#[test]
fn a_text_of_50_megabytes_opens() {
    let long = "x".repeat(50_000_000);
    let sound = map_with(&format!(", \"summary\": \"{long}\"|"));
    let loaded = load_unhung(sound.as_bytes()).expect("opens");
    assert_eq!(loaded.map.actors()[tieline::model::ActorId(0)].summary.as_ref().map(String::len), Some(50_000_000));
    let open = map_with(&format!("|, \"ties\": [{{\"id\": \"{long}"));
    assert!(load_unhung(&open.as_bytes()[..open.len() - 1]).is_some());
    let as_id = map_with(&format!("|, \"ties\": [{{\"id\": \"{long}\"}}], \"{long}\": 1"));
    let loaded = load_unhung(as_id.as_bytes()).expect("opens");
    assert!(loaded.problems.iter().all(|problem| problem.message.len() < 1000 && problem.field.len() < 1000));
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
        load_unhung(noise.as_bytes());
        load_unhung(map_with(&format!("|, \"ties\": [{noise}")).as_bytes());
        load_unhung(map_with(&format!(", \"x\": {noise}|")).as_bytes());
    }
}

/// A kind of damage to a file.
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
        if let Some(loaded) = load_unhung(&bytes) {
            for problem in &loaded.problems {
                prop_assert!(!problem.message.is_empty());
                let ends = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).count();
                let places = problem.location.iter().chain(problem.related.as_ref().map(|related| &related.location));
                let is_inside = |(line, column): (u32, u32)| line as usize <= ends && column >= 1;
                for place in places {
                    prop_assert!(place.position.line_and_column().is_some_and(is_inside), "{}", place);
                }
            }
        }
    }
}
