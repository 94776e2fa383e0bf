//! File content that no window shows yet must survive every operation on its records. A second parser determines the
//! content of files.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use tieline::document::edit::{self, Field, FieldValue};
use tieline::document::journal::{Header, Journal, JournalState, batch_line, changes};
use tieline::document::{Change, Document, Transaction, merge};
use tieline::load::{Origin, load_map};
use tieline::model::{
    ActorId, Date, Item, Map, OwnNumber, OwnValue, Pair, RecordChange, Redaction, SourceId, Swap, Tie, TieId,
};
use tieline::save::{MapContent, save_text, write_map};

/// A file with every field of version 1.1.
const NEWEST: &str = include_str!("../data/version-1-1.tieline.jsonc");

/// Unknown fields in forms that are easily lost; added to one record of each type.
const ODD: &str = r#""x-Price": 1.50, "x-Huge": 123456789012345678901234567890, "x-Twice": ["w", "w"], "x-None": null, "x-Deep": { "d": [1.0, { "d": 2, "d": 3 }] }, "later": [1e30, "ü"], "#;

/// Returns the file with the odd fields in the first record of each list.
fn odd_text() -> String {
    let mut text = NEWEST.to_owned();
    for id in ["a", "ledger", "t", "f", "i1", "main", "first"] {
        let new = text.replace(&format!("{{ \"id\": \"{id}\", "), &format!("{{ \"id\": \"{id}\", {ODD}"));
        assert_ne!(new, text, "{id}");
        text = new;
    }
    text
}

/// Takes out what rows note of corrections by hand.
fn without_corrections(text: &str) -> String {
    regex::Regex::new(r#",\s*"was": \{[^{}]*\}"#).expect("a pattern").replace_all(text, "").into_owned()
}

fn open(text: &str) -> Map {
    load_map(text.as_bytes(), "carried.tieline.jsonc").expect("opens").map
}

fn document(text: &str) -> Document {
    Document::new(Arc::new(open(text)), Arc::default())
}

/// Parses a file with a second parser.
fn said(text: &str) -> Value {
    jsonc_parser::parse_to_serde_value(text, &jsonc_parser::ParseOptions::default()).expect("JSON with comments")
}

/// Asserts that the odd forms occur `count` times; searches the text, since that parser reads numbers as floats.
fn assert_has_odd_forms(text: &str, count: usize) {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for form in [
        "\"x-Price\":1.50",
        ":123456789012345678901234567890",
        "[\"w\",\"w\"]",
        "\"x-None\":null",
        "{\"d\":[1.0,{\"d\":2,\"d\":3}]}",
        "\"later\":[1e30,\"ü\"]",
    ] {
        assert_eq!(text.matches(form).count(), count, "{form} in {text}");
    }
}

fn item(map: &Map, key: &str) -> Item {
    map.find(key).unwrap_or_else(|| panic!("{key} is there"))
}

fn actor(map: &Map, key: &str) -> ActorId {
    let Item::Actor(id) = item(map, key) else { panic!("{key} is no actor") };
    id
}

fn applied(document: &Document, transaction: &Transaction) -> tieline::document::Applied {
    document.apply(transaction).expect("it fits")
}

/// Saves a file with the content `before` to match `now`; returns its text.
fn saved(text: &str, before: &Document, now: &Document) -> String {
    let origin = Origin::without_file(text.as_bytes().into());
    let [was, is] = [before, now].map(|document| document.look.to_view(&document.map));
    let (before, now) = (MapContent { map: &before.map, view: &was }, MapContent { map: &now.map, view: &is });
    save_text(&origin, before, now).expect("it opens as what was to be saved").text
}

/// Sorts records by id, and sets by their elements, to compare without order.
fn lists_by_id(value: &Value) -> Value {
    let mut value = value.clone();
    for list in ["actors", "sources", "ties", "facts", "imports"] {
        if let Some(list) = value[list].as_array_mut() {
            list.sort_by_key(|record| record["id"].to_string());
        }
    }
    let pairs = value["distinct"].as_array_mut().into_iter().flatten().filter_map(Value::as_array_mut);
    pairs.for_each(|pair| pair.sort_by_key(ToString::to_string));
    if let Some(shown) = value["views"][0]["shown"].as_array_mut() {
        shown.sort_by_key(ToString::to_string);
    }
    value
}

#[test]
fn a_file_written_anew_says_all_that_the_first_one_said() {
    let text = odd_text();
    let map = open(&text);
    let anew = write_map(&map);
    let mut expected = said(&text);
    // Default values are omitted.
    assert_eq!(
        expected["kinds"]["tie"]["loan"].as_object_mut().expect("a kind").shift_remove("auto"),
        Some(json!(false))
    );
    // Whole numbers become numbers, even if they were text before.
    expected["views"][0]["filters"]["minWeight"] = json!(1);
    assert_eq!(said(&anew), expected);
    assert_has_odd_forms(&anew, 7);
    let again = open(&anew);
    assert!(again.records() == map.records(), "{:?}\n{:?}", again.records(), map.records());
    assert_eq!(write_map(&again), anew);
}

#[test]
fn a_new_file_names_the_version_that_it_needs() {
    let version = |text: &str| said(&write_map(&open(text)))["version"].clone();
    let plain = |more: &str, of_actor: &str, of_view: &str| {
        format!(
            r#"{{ "format": "tieline", "version": "1.0", {more}
            "actors": [ {{ "id": "a", "name": "A"{of_actor} }}, {{ "id": "b", "name": "B", "x-mine": 1 }} ],
            "ties": [ {{ "id": "t", "kind": "owns", "from": "a", "to": "b" }} ],
            "views": [ {{ "id": "v", "hidden": ["a"], "asOf": "2019", "labelMode": "none"{of_view} }} ] }}"#
        )
    };
    assert_eq!(version(&plain("", "", "")), "1.0");
    for (more, of_actor, of_view) in [
        ("", r#", "tags": ["x"]"#, ""),
        ("", r#", "endDate": "2019""#, ""),
        (r#""distinct": [["a", "b"]],"#, "", ""),
        (r#""imports": [{ "id": "i", "file": "x.csv" }],"#, "", ""),
        (r#""kinds": { "tie": { "owns": { "auto": true } } },"#, "", ""),
        ("", "", r#", "steps": [{ "id": "s" }]"#),
        ("", "", r#", "filters": { "minTies": 2 }"#),
    ] {
        assert_eq!(version(&plain(more, of_actor, of_view)), "1.1", "{more}{of_actor}{of_view}");
    }
    let interval = plain("", "", "").replace("\"2019\"", "\"2019/2020\"");
    let tie = plain("", "", "").replace("[\"a\"]", "[\"t\"]");
    assert_eq!((version(&interval), version(&tie)), (json!("1.1"), json!("1.1")));
}

#[test]
fn a_file_is_raised_to_the_new_version_by_its_first_field_of_it() {
    let text = "{ \"format\": \"tieline\", \"version\": \"1.0\", // old\n \"actors\": [\n  { \"id\": \"a\", \"name\": \"A\" },\n  { \"id\": \"b\", \"name\": \"B\", \"weight\": 2 }\n ] }";
    let first = document(text);
    let name = FieldValue::Words("C".to_owned());
    let set = |field, value| edit::set_field(&first, item(&first.map, "a"), field, value).expect("a field");
    let renamed = applied(&first, &set(Field::Name, name)).document;
    assert_eq!(saved(text, &first, &renamed), text.replace("\"A\"", "\"C\""), "what was there already raises nothing");
    let tagged = applied(&first, &set(Field::Tags, FieldValue::List(vec!["x".to_owned()]))).document;
    let raised = saved(text, &first, &tagged);
    assert_eq!(raised, text.replace("\"1.0\"", "\"1.1\"").replace("\"A\" }", "\"A\", \"tags\": [\"x\"] }"));
    let pair = Pair::new(actor(&first.map, "a"), actor(&first.map, "b"));
    let judged = RecordChange::Distinct { pair, was: false, is: true };
    let judged = Transaction { label: "Not the same".to_owned(), changes: vec![Change::Record(judged)] };
    let judged = applied(&first, &judged).document;
    assert_eq!(said(&saved(text, &first, &judged))["distinct"], json!([["a", "b"]]));
    assert_eq!(said(&saved(text, &first, &judged))["version"], "1.1");
}

/// Undo restores all removed records, even after saving in between.
#[test]
fn what_undo_brings_back_after_a_save_is_whole() {
    let text = odd_text();
    let first = document(&text);
    for keys in [vec!["a"], vec!["b"], vec!["ledger"], vec!["ties-csv"], vec!["t"], vec!["f"], vec!["a", "b", "ledger"]]
    {
        let items: Vec<Item> = keys.iter().map(|key| item(&first.map, key)).collect();
        let removed = applied(&first, &edit::remove(&first, &items).expect("is there"));
        let short = saved(&text, &first, &removed.document);
        let without = said(&short);
        for key in &keys {
            let is_there = ["actors", "sources", "ties", "facts"].iter().any(|list| {
                without[*list].as_array().is_some_and(|list| list.iter().any(|record| record["id"] == *key))
            });
            assert!(
                !is_there && !without["distinct"].to_string().contains(&format!("\"{key}\"")),
                "{key} in {without}"
            );
            assert!(!without["views"].to_string().contains(&format!("\"{key}\"")), "{key} in {}", without["views"]);
        }
        assert_eq!(without["imports"][0].get("source").is_some(), !keys.contains(&"ties-csv"));
        let back = applied(&removed.document, &removed.inverse).document;
        assert!(back.map.records() == first.map.records());
        let whole = saved(&short, &removed.document, &back);
        assert_eq!(lists_by_id(&said(&whole)), lists_by_id(&said(&text)), "{keys:?}");
        assert_has_odd_forms(&whole, 7);
        let state = JournalState {
            map: Arc::clone(&back.map),
            look: Arc::clone(&back.look),
            on_disk: removed.document.base(),
            saved: Arc::clone(&removed.document.look),
        };
        let recovered = recovered(&removed.document, &state);
        let strings = |map: &Map| lists_by_id(&said(&write_map(map)));
        let [mut found, mut wanted] = [strings(&recovered.map), strings(&back.map)];
        // Positions belong to views.
        for file in [&mut found, &mut wanted] {
            file["views"][0]["positions"].take();
        }
        assert_eq!(found, wanted, "{keys:?}");
    }
}

/// Applies a journal to a document as saved on disk.
fn recovered(on_disk: &Document, state: &JournalState) -> Document {
    let text = Header::new(None, None, String::new(), 0).line() + &batch_line(1, &changes(None, state));
    let journal = Journal::parse(text.as_bytes()).expect("a journal");
    let found = journal.apply(&on_disk.map, &on_disk.look, &on_disk.look);
    assert!(found.left_out.is_empty(), "{:?}", found.left_out);
    let mut transaction = Transaction::of_looks("Recover", &on_disk.look, &found.look);
    transaction.changes.extend(found.records.into_iter().map(Change::Record));
    applied(on_disk, &transaction).document
}

#[test]
fn a_journal_carries_tables_and_judgments() {
    let first = document(&odd_text());
    let records = first.map.records();
    let id = first.map.imports().ids().next().expect("an import");
    let mut import = records.imports[id].clone();
    import.gone.push("20".to_owned());
    let mut another = import.clone();
    another.key = "i2".into();
    let pair = |one, other| Pair::new(actor(&first.map, one), actor(&first.map, other));
    let changes = [
        RecordChange::Import(id, Swap::of(&records.imports, id, Some(import))),
        RecordChange::Import(records.imports.next_id(), Swap::add(another)),
        RecordChange::Distinct { pair: pair("a", "b"), was: true, is: false },
        RecordChange::Distinct { pair: pair("b", "c"), was: false, is: true },
    ];
    let transaction = Transaction { label: "Import".to_owned(), changes: changes.map(Change::Record).into() };
    let now = applied(&first, &transaction).document;
    let state = JournalState {
        map: Arc::clone(&now.map),
        look: Arc::clone(&now.look),
        on_disk: first.base(),
        saved: Arc::clone(&first.look),
    };
    assert!(recovered(&first, &state).map.records() == now.map.records());
    let text = saved(&odd_text(), &first, &now);
    assert_eq!(said(&text)["distinct"], json!([["b", "c"]]));
    assert_eq!(said(&text)["imports"].as_array().map(Vec::len), Some(2));
    assert!(text.contains("\"gone\": [\"19\", \"20\"]"), "{text}");
}

#[test]
fn own_fields_and_new_ones_are_set_and_read() {
    let text = odd_text();
    let first = document(&text);
    let number = |text: &str| OwnValue::Number(OwnNumber::parse(text).expect("a number"));
    for key in ["a", "ledger", "t", "f"] {
        let item = item(&first.map, key);
        assert_eq!(edit::own_field(&first, item, "x-Price").expect("is there"), Some(number("1.50")));
        let set = edit::set_own_field(&first, item, "x-Price", Some(number("1.500"))).expect("a name");
        let now = applied(&first, &set).document;
        let out = edit::set_own_field(&now, item, "x-None", None).expect("a name");
        let now = applied(&now, &out).document;
        let new = edit::set_own_field(&now, item, "x-New", Some(OwnValue::List(vec![number("2.0"), number("2.0")])));
        let now = applied(&now, &new.expect("a name")).document;
        let begin = text.find(&format!("\"id\": \"{key}\"")).expect("is there");
        let (before, rest) = text.split_at(begin);
        // On a separate line if the record spans several.
        let without_new = |text: &str| {
            [", ", ",\n      "]
                .iter()
                .fold(text.to_owned(), |text, before| text.replacen(&format!("{before}\"x-New\": [2.0, 2.0]"), "", 1))
        };
        let rest = rest.replacen("1.50,", "1.500,", 1).replacen("\"x-None\": null, ", "", 1);
        let saved = saved(&text, &first, &now);
        let (start, end) = saved.split_at(begin);
        // What the row said is noted there.
        let end = without_corrections(&without_new(end));
        assert_eq!((start, end), (before, without_corrections(&rest)), "{key}");
        for name in ["Price", "x-", "x- "] {
            assert!(edit::set_own_field(&first, item, name, None).is_err(), "{name}");
        }
    }
    let item = item(&first.map, "b");
    for (field, value) in [
        (Field::Start, FieldValue::Date(Date::parse("2011-05").ok())),
        (Field::End, FieldValue::Date(Date::parse("..").ok())),
        (Field::Tags, FieldValue::List(vec!["x".to_owned()])),
        (Field::Weight, FieldValue::Number(Some("2.50".parse().expect("a number")))),
    ] {
        let set = edit::set_field(&first, item, field, value.clone()).expect("a field");
        assert_eq!(edit::field(&applied(&first, &set).document, item, field), Ok(value));
    }
}

#[test]
fn merged_actors_keep_what_either_had() {
    let first = document(&odd_text());
    let map = &first.map;
    let (a, b, c) = (actor(map, "a"), actor(map, "b"), actor(map, "c"));
    let own = |document: &Document, id, name: &str| edit::own_field(document, Item::Actor(id), name).expect("is there");
    let flag = |document: &Document, id, value| {
        applied(
            document,
            &edit::set_own_field(document, Item::Actor(id), "x-Flag", Some(OwnValue::Flag(value))).expect("a name"),
        )
        .document
    };
    let tags = FieldValue::List(vec!["new".to_owned(), "lobby".to_owned()]);
    let before =
        applied(&first, &edit::set_field(&first, Item::Actor(b), Field::Tags, tags).expect("a field")).document;
    let before = flag(&flag(&before, b, true), a, false);
    let merged = applied(&before, &edit::merge_actors(&before, b, &[a]).expect("are there"));
    let now = &merged.document;
    let kept = now.map.actor(b);
    assert_eq!(kept.metadata.tags, ["new", "lobby"]);
    assert_eq!(kept.former_ids.iter().map(|key| &**key).collect::<Vec<_>>(), ["a", "a-2"]);
    assert_eq!(kept.metadata.weight, Some(3.into()), "its own weight stays");
    assert_eq!((kept.start.as_ref().map(Date::text), kept.end.as_ref().map(Date::text)), (Some("2011"), Some("..")));
    assert_eq!(
        (own(now, b, "x-Flag"), own(now, b, "x-Price")),
        (Some(OwnValue::Flag(true)), own(&first, a, "x-Price"))
    );
    let (row, was) = (kept.metadata.row.as_ref().expect("its row"), map.actor(a).metadata.row.as_ref().expect("a row"));
    assert_eq!((row.import, &row.keys), (was.import, &was.keys));
    assert!(row.was.contains(&("name".to_owned(), "A Ltd".to_owned())), "what the row says is noted: {:?}", row.was);
    assert!(kept.metadata.checks.is_empty(), "other words were checked");
    assert!(now.map.records().distinct.is_empty(), "they are the same after all");
    let view = now.map.first_view().expect("a view");
    assert_eq!((view.shown.as_deref(), &view.communities[0].0, &view.colors[0].0), (Some(&[b][..]), &b, &b));
    assert_eq!(view.steps[0].focus, [item(map, "t"), item(map, "f"), Item::Actor(b)]);
    assert!(now.map.was_key_used("a-2") && now.map.was_key_used("a"), "no new record gets a former id");
    // Judgments are transferred to the remaining actor.
    let merged = applied(&first, &edit::merge_actors(&first, c, &[a]).expect("are there"));
    assert_eq!(merged.document.map.records().distinct, [Pair::new(b, c)].into_iter().collect());
    let back = applied(&merged.document, &merged.inverse).document;
    assert!(back.map.records() == first.map.records());
    assert!(said(&saved(&odd_text(), &first, &merged.document))["distinct"] == json!([["b", "c"]]));
}

#[test]
fn merged_sources_keep_what_either_had() {
    let first = document(&odd_text());
    let ids: Vec<SourceId> = first.map.source_ids().collect();
    let now = applied(&first, &edit::merge_sources(&first, ids[0], &[ids[1]]).expect("are there")).document;
    assert_eq!(now.map.imports().values().next().and_then(|import| import.source), Some(ids[0]));
    let now = applied(&first, &edit::merge_sources(&first, ids[1], &[ids[0]]).expect("are there")).document;
    let (kept, was) = (now.map.source(ids[1]), first.map.source(ids[0]));
    let keys = |source: &tieline::model::Source| source.row.as_ref().map(|row| row.keys.clone());
    assert_eq!((keys(kept), &kept.own), (keys(was), &was.own));
}

/// Three-way merge of the file now, the file before, and local edits: each side's changes stay, field by field.
#[test]
fn a_file_that_changed_is_merged_field_by_field() {
    let text = odd_text();
    let first = document(&text);
    let a = item(&first.map, "a");
    let ours = applied(&first, &edit::set_own_field(&first, a, "x-Ours", Some(OwnValue::Flag(true))).expect("a name"));
    let theirs = text
        .replacen("\"x-Price\": 1.50", "\"x-Price\": 1.5", 1)
        .replace("\"gone\": [\"19\"]", "\"gone\": [\"19\", \"20\"]")
        .replace("\"It begins\"", "\"It ends\"")
        .replace("\"distinct\": [ [\"a\", \"b\"] ]", "\"distinct\": [ [\"c\", \"b\"] ]")
        .replace("\"tags\": [\"old\"]", "\"tags\": [\"old\", \"older\"]");
    let merged = merge(&first.base(), &ours.document, &open(&theirs));
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    let now = applied(&ours.document, &merged.transaction).document;
    let expected = theirs.replacen("[\"sea\", \"rail\"]", "[\"sea\", \"rail\"], \"x-Ours\": true", 1);
    let expected = expected.replace("\"name\": \"A Ltd\"", "\"name\": \"A Ltd\", \"x-Ours\": \"\"");
    assert!(now.map.records() == open(&expected).records(), "{}", write_map(&now.map));
    // Without changes, nothing is taken over.
    assert_eq!(merge(&first.base(), &ours.document, &open(&text)).taken, 0);
    // If both sides changed a field, the local value stays and a conflict is reported.
    let both = edit::set_own_field(&first, a, "x-Price", Some(OwnValue::Flag(true))).expect("a name");
    assert_eq!(merge(&first.base(), &applied(&first, &both).document, &open(&theirs)).conflicts.len(), 1);
}

#[test]
fn judgments_of_actors_that_went_go_with_them() {
    let first = document(&odd_text());
    let c = actor(&first.map, "c");
    let pair = Pair::new(c, actor(&first.map, "b"));
    let judged = RecordChange::Distinct { pair, was: false, is: true };
    let ours = Transaction { label: "Not the same".to_owned(), changes: vec![Change::Record(judged)] };
    let ours = applied(&first, &ours).document;
    let cut = |text: &str| text.replace(",\n    { \"id\": \"c\", \"name\": \"Cedar\" }", "");
    let theirs = open(&cut(&odd_text()));
    let merged = merge(&first.base(), &ours, &theirs);
    assert_eq!(merged.conflicts, []);
    let now = applied(&ours, &merged.transaction).document;
    assert!(!now.map.actors().has(c) && now.map.records().distinct.len() == 1);
    // The reverse: removed locally, judged in the file.
    let gone = applied(&first, &edit::remove(&first, &[Item::Actor(c)]).expect("is there")).document;
    let theirs = odd_text().replace("\"distinct\": [ ", "\"distinct\": [ [\"c\", \"b\"], ");
    let merged = merge(&first.base(), &gone, &open(&theirs));
    assert_eq!(merged.conflicts, []);
    let now = applied(&gone, &merged.transaction).document;
    assert!(!now.map.actors().has(c) && now.map.records().distinct.len() == 1);
}

/// Puts a secret word in each place that pictures don't show, along with the redaction that must remove it.
#[test]
fn nothing_of_it_leaves_the_house() {
    let mut value = said(&odd_text());
    let mut words = BTreeSet::new();
    let mut mark = |place: &str| {
        let word = format!("SECRET{place}SECRET");
        words.insert(word.clone());
        Value::from(word)
    };
    for (list, name) in [("actors", "Actor"), ("ties", "Tie"), ("facts", "Fact"), ("sources", "Source")] {
        let record = &mut value[list][0];
        record["x-Own"] = mark(&format!("own{name}"));
        record["later"] = json!({ "a": mark(&format!("later{name}")) });
        record["row"] = json!({ "import": "i1", "keys": [mark(&format!("key{name}"))], "was": { "name": mark(&format!("was{name}")) } });
        if list != "sources" {
            record["checks"] = json!([{ "field": "x-Own", "result": mark(&format!("result{name}")), "by": mark(&format!("by{name}")),
                "note": mark(&format!("note{name}")), "value": mark(&format!("value{name}")), "x-more": mark(&format!("more{name}")) }]);
        }
    }
    value["actors"][0]["formerIds"] = json!([mark("former")]);
    let import = &mut value["imports"][0];
    import["recipe"] = json!({ "columns": { "a": mark("recipe") } });
    for name in ["file", "sheet", "query", "sha256", "x-Own"] {
        import[name] = mark(&format!("import{name}"));
    }
    (import["key"], import["gone"]) = (json!([mark("columns")]), json!([mark("gone")]));
    value["views"][0]["communities"]["names"]["a"] = mark("community");
    value["views"][0]["x-Own"] = mark("view");
    for name in ["title", "caption", "notes", "x-Own"] {
        value["views"][0]["steps"][0][name] = mark(&format!("step{name}"));
    }
    value["views"][0]["steps"][1]["camera"] = json!({ "x": mark("camera") });
    assert!(words.len() > 45, "{words:?}");
    let map = open(&value.to_string());
    let all = format!("{:?}", map.records());
    assert!(words.iter().all(|word| all.contains(word.as_str())), "the map has each of them");
    let document = Document::new(Arc::new(map), Arc::default());
    let fonts = tieline::text::Fonts::new();
    let redactions = [
        Redaction::default(),
        Redaction { hides_quotes: true, ..Redaction::default() },
        Redaction { actors: [ActorId(1)].into(), hides_amounts: true, ..Redaction::default() },
    ];
    for redaction in redactions {
        let redacted = format!("{:?}", tieline::model::redact(&document.map, &redaction).records());
        // A story is told with its words, as far as they say nothing of what is redacted.
        let is_told =
            |word: &str| ["title", "caption", "notes"].iter().any(|name| word.contains(&format!("step{name}")));
        let found: Vec<_> = words.iter().filter(|word| redacted.contains(word.as_str()) && !is_told(word)).collect();
        assert!(redaction.is_empty() || found.is_empty(), "{found:?} under {redaction:?}");
        for (ending, text) in crate::redaction::readable_files(&document, &fonts, redaction.clone()) {
            let is_data = tieline::export_data::DATA_FORMATS.iter().any(|format| format.word == ending);
            if is_data && redaction.is_empty() {
                // A whole copy of a map is asked for as such.
                continue;
            }
            let found: Vec<_> =
                words.iter().filter(|word| text.contains(word.as_str()) && !(is_data && is_told(word))).collect();
            assert!(found.is_empty(), "{found:?} in {ending}");
            assert!(
                is_data
                    || ["png", "pdf"].contains(&ending)
                    || text.contains("Birch")
                    || redaction.actors.contains(&ActorId(1)),
                "{ending} is read"
            );
        }
    }
}

/// Tags are redacted like all other words.
#[test]
fn tags_go_through_the_net() {
    let text = NEWEST
        .replace("\"tags\": [\"lobby\"]", "\"tags\": [\"lobby\", \"friends of Birch\"]")
        .replace("\"tags\": [\"new\"]", "\"tags\": [\"birchy\", \"Birch’s own\"]")
        .replace("\"hiddenTags\": [\"old\"]", "\"hiddenTags\": [\"old\", \"Birch\"]");
    let map = open(&text);
    let redaction = Redaction { actors: [actor(&map, "b")].into(), ..Redaction::default() };
    let redacted = tieline::model::redact(&map, &redaction);
    assert_eq!(redacted.actor(ActorId(0)).metadata.tags, ["lobby"]);
    assert!(redacted.tie(TieId(0)).claim.metadata.tags.is_empty(), "the tie of someone redacted");
    assert!(!format!("{:?}", redacted.records()).contains("Birch"), "{:?}", redacted.records());
    assert_eq!(redacted.actor(ActorId(0)).metadata.weight, map.actor(ActorId(0)).metadata.weight);
    let amounts = Redaction { hides_amounts: true, ..Redaction::default() };
    let redacted = tieline::model::redact(&map, &amounts);
    let weights = redacted.ties().values().map(|tie: &Tie| tie.claim.metadata.weight);
    assert!(
        weights.chain(redacted.actors().values().map(|actor| actor.metadata.weight)).all(|weight| weight.is_none())
    );
    let texts = Redaction { hides_texts: true, ..Redaction::default() };
    assert!(tieline::model::redact(&map, &texts).actor(ActorId(0)).metadata.tags.is_empty());
}
