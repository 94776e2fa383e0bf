//! Runs edits on hand-written files and compares the saved results: `tests/data/saving/{before,edits,after}`.
//!
//! Each script in `edits` names the file in `before` that it opens; `after` holds the final saved text. That text must
//! be readable by a second parser, match the document, and give the original back after undoing everything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::Value;
use tieline::document::Document;
use tieline::model::{ActorId, ActorKindId, FactId, Map, SourceId, TieId, TieKindId, View};

use super::script::Session;
use crate::golden::{self, data};

const ENDING: &str = ".tieline.jsonc";

/// Returns the content of a map and its open view as text, with the file's keys in place of ids.
pub(super) fn told(document: &Document) -> Vec<String> {
    let map = &document.map;
    let actors = map.actors().values().map(|record| format!("{record:?}"));
    let sources = map.sources().values().map(|record| format!("{record:?}"));
    let claims = map.ties().values().map(|record| format!("{record:?}"));
    let facts = map.facts().values().map(|record| format!("{record:?}"));
    let open = told_view(&document.look.to_view(map));
    let views = map.views().values().skip(1).map(told_view);
    let head = format!("{:?}", map.meta());
    let all = actors.chain(sources).chain(claims).chain(facts).chain(views).chain([head, open]);
    all.map(|text| with_keys(map, &text)).collect()
}

/// Sorts entries that have no order in the file.
fn told_view(view: &View) -> String {
    let mut view = view.clone();
    view.positions.sort_by_key(|(actor, _)| *actor);
    view.hub_positions.sort_by_key(|(tie, _)| *tie);
    view.labels.sort_by_key(|(tie, _)| *tie);
    view.bends.sort_by_key(|(tie, _)| *tie);
    format!("{view:?}")
}

fn with_keys(map: &Map, text: &str) -> String {
    static IDS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(\w+Id)\((\d+)\)").expect("a sound pattern"));
    let key = |found: &Captures<'_>| {
        let id = found[2].parse().expect("a number");
        let key = match &found[1] {
            "ActorId" => map.actor(ActorId(id)).key.clone(),
            "SourceId" => map.source(SourceId(id)).key.clone(),
            "TieId" => map.tie(TieId(id)).claim.key.clone(),
            "FactId" => map.fact(FactId(id)).claim.key.clone(),
            "ActorKindId" => map.actor_kinds()[ActorKindId(id)].key.clone(),
            "TieKindId" => map.tie_kinds()[TieKindId(id)].key.clone(),
            other => panic!("what is a {other}?"),
        };
        format!("<{key}>")
    };
    IDS.replace_all(text, key).into_owned()
}

/// Parses a text with a second parser.
fn parsed(name: &str, text: &str) -> Value {
    let body = text.trim_start_matches('\u{feff}');
    jsonc_parser::parse_to_serde_value(body, &jsonc_parser::ParseOptions::default())
        .unwrap_or_else(|error| panic!("{name} is no JSON with comments: {error}\n{text}"))
}

/// Returns content that no edit touches, by location: unknown fields, kinds, the head.
fn untouched(value: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    let root = value.as_object().expect("an object");
    for (name, value) in root {
        let records = value.as_array().into_iter().flatten().filter_map(Value::as_object);
        let with_id = records.filter_map(|record| Some((record.get("id")?.as_str()?, record)));
        for (id, record) in with_id {
            let fields = record.iter().filter(|(name, _)| name.starts_with("x-"));
            found.extend(fields.map(|(field, value)| (format!("{name} {id} {field}"), value.clone())));
        }
        if name.starts_with("x-") || ["format", "kinds"].contains(&name.as_str()) {
            found.insert(name.clone(), value.clone());
        }
    }
    found
}

fn ids(value: &Value) -> BTreeSet<String> {
    let lists = value.as_object().expect("an object").values().filter_map(Value::as_array);
    lists.flatten().filter_map(|record| Some(record.get("id")?.as_str()?.to_owned())).collect()
}

/// Runs one script; returns the difference between its result and the golden file.
fn check(name: &str) -> Option<String> {
    let script = std::fs::read_to_string(data(&format!("saving/edits/{name}.txt"))).expect("readable");
    let mut lines = script.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let base = lines.next().and_then(|line| line.strip_prefix("open ")).expect("it opens a file first");
    let before = std::fs::read_to_string(data(&format!("saving/before/{base}{ENDING}"))).expect("readable");
    let mut session = Session::open(before.as_bytes());
    let first = told(&session.document);
    assert_eq!(session.saved().text, before, "{name}: nothing changed yet");
    lines.for_each(|line| session.run(line));

    let saved = session.saved();
    assert_eq!(saved.rewritten, None, "{name}");
    let after = saved.text;
    assert_ne!(after, before, "{name}: the edits leave no trace");
    let (was, is) = (untouched(&parsed(base, &before)), untouched(&parsed(name, &after)));
    for (place, value) in &is {
        assert_eq!(was.get(place), Some(value), "{name}: {place}\n{after}");
    }
    let ids = ids(&parsed(name, &after));
    let record = |place: &str| place.split(' ').nth(1).map(str::to_owned);
    let must_stay = |place: &str| record(place).is_none_or(|id| ids.contains(&id));
    let lacks = |place: &&String| !is.contains_key(*place) && must_stay(place);
    assert_eq!(was.keys().find(lacks), None, "{name}: what only the file knows is lost\n{after}");
    assert_eq!(after.contains("\r\n"), before.contains("\r\n"), "{name}: line ends");
    assert!(!before.contains("\r\n") || !after.replace("\r\n", "").contains('\n'), "{name}: line ends are mixed");
    assert_eq!(after.starts_with('\u{feff}'), before.starts_with('\u{feff}'), "{name}: the mark at the start");

    let again = Session::open(after.as_bytes());
    assert_eq!(told(&again.document), told(&session.document), "{name} opens as something else");
    session.undo_all();
    assert_eq!(told(&session.document), first, "{name}: undoing everything");
    if !script.lines().any(|line| line == "save") {
        assert_eq!(session.saved().text, before, "{name}: undoing everything gives the file's bytes");
    }
    // Also undo after the edits were saved.
    session.origin = again.origin;
    session.on_disk = edited(&before, &script);
    let back = session.saved().text;
    assert_eq!(told(&Session::open(back.as_bytes()).document), first, "{name}: undone after saving\n{back}");
    golden::difference(&format!("saving/after/{name}{ENDING}"), &after)
}

/// Returns the document after a script.
fn edited(before: &str, script: &str) -> Document {
    let mut session = Session::open(before.as_bytes());
    script.lines().skip(1).filter(|line| !line.starts_with('#') && !line.is_empty()).for_each(|line| session.run(line));
    session.document
}

#[test]
fn files_with_edits_become_what_is_written_beside_them() {
    let names = golden::names("saving/edits", ".txt");
    assert!(names.len() >= 20, "only {} scripts", names.len());
    let differences: Vec<String> = names.iter().filter_map(|name| check(name)).collect();
    golden::assert_none(differences);
    assert_eq!(golden::names("saving/after", ENDING), names, "each of `after` belongs to one of `edits`");
}

#[test]
fn every_file_of_the_examples_is_opened_by_a_script() {
    let opened: Vec<String> = golden::names("saving/edits", ".txt")
        .iter()
        .filter_map(|name| {
            let script = std::fs::read_to_string(data(&format!("saving/edits/{name}.txt"))).ok()?;
            Some(script.lines().next()?.strip_prefix("open ")?.to_owned())
        })
        .collect();
    for name in golden::names("saving/before", ENDING) {
        assert!(opened.contains(&name), "no script opens {name}");
    }
}
