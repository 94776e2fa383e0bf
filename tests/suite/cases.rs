//! Tables of many makes become the maps that `tests/data/cases` and `tests/data/import` say: the same actors, ties, values
//! and warnings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use rust_decimal::Decimal;
use serde_json::Value;
use tieline::load::load_file;
use tieline::model::{Actor, Amount, Claim, Date, Ends, Fact, Map, OwnFields, OwnValue, Severity, Tie};

fn data(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(folder)
}

/// Imports files by the command line, in another folder, and returns its report, the map, and the errors of that.
fn import(files: &[PathBuf]) -> (Value, Map, Vec<String>) {
    let out = tempfile::tempdir().expect("a folder");
    let map = out.path().join("map.tieline.jsonc");
    let done = Command::new(env!("CARGO_BIN_EXE_tieline"))
        .arg("import")
        .args(files)
        .arg("-o")
        .arg(&map)
        .arg("--json")
        .output()
        .expect("the program");
    let report = serde_json::from_slice(&done.stdout)
        .unwrap_or_else(|error| panic!("{files:?}: {error}: {}", String::from_utf8_lossy(&done.stderr)));
    let (loaded, _) = load_file(&map).unwrap_or_else(|error| panic!("{files:?}: {error}"));
    let errors = loaded.problems.into_iter().filter(|problem| problem.severity == Severity::Error);
    (report, loaded.map, errors.map(|problem| problem.message).collect())
}

/// Returns the files in a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

#[test]
fn every_case_becomes_the_map_it_says() {
    let expected =
        entries(&data("cases")).into_iter().map(|case| case.join("expect.json")).filter(|path| path.is_file());
    import_all(expected, 20);
}

#[test]
fn the_files_of_many_programs_become_the_maps_they_say() {
    let is_expected = |path: &PathBuf| path.to_string_lossy().ends_with(".expect.json");
    import_all(entries(&data("import")).into_iter().filter(is_expected), 60);
}

/// Imports the tables beside each file of expected results, several tables of a map in both orders.
fn import_all(expected: impl Iterator<Item = PathBuf>, least: usize) {
    let mut failures = Vec::new();
    let mut count = 0;
    for path in expected {
        let text = std::fs::read_to_string(&path).expect("text");
        let expected: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let folder = path.parent().expect("a folder");
        for map in expected["maps"].as_array().into_iter().flatten().filter(|map| map["actors"].is_array()) {
            let files =
                map["open"].as_array().expect("files").iter().map(|file| folder.join(file.as_str().expect("a name")));
            let mut files: Vec<PathBuf> = files.collect();
            for turn in 0..files.len().min(2) {
                if turn == 1 {
                    files.reverse();
                }
                count += 1;
                let case = path.strip_prefix(data("")).expect("a case").display();
                let name = format!("{case}: {}{}", map["open"], ["", " reversed"][turn]);
                compare(&name, map, &files, turn == 0, &mut failures);
            }
        }
    }
    assert!(count >= least, "only {count} cases were found");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_projection_is_asked_for_by_the_side_that_stays() {
    let out = tempfile::tempdir().expect("a folder");
    let import = |side: &str| {
        Command::new(env!("CARGO_BIN_EXE_tieline"))
            .args(["import", "--json", "--project", side, "-o"])
            .arg(out.path().join("map.tieline.jsonc"))
            .arg(data("cases").join("62-people-by-boards/boards.csv"))
            .output()
            .expect("the program")
    };
    for (side, actors, ties) in [("first", 3, 2), ("second", 3, 2)] {
        let done = import(side);
        let report: Value = serde_json::from_slice(&done.stdout).expect("JSON");
        assert_eq!((&report["actors"], &report["ties"]), (&actors.into(), &ties.into()), "{side}: {report}");
        let (loaded, _) = load_file(&out.path().join("map.tieline.jsonc")).expect("a map");
        let names: Vec<&str> = loaded.map.actors().values().map(|actor| actor.name.as_str()).collect();
        assert_eq!(names, if side == "first" { ["Ada", "Bo", "Cy"] } else { ["Alpha", "Beta", "Gamma"] });
        assert!(loaded.map.ties().values().all(|tie| tie.claim.label.as_deref() == Some("1 in common")));
    }
    let refused = import("third");
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("write first or second"));
}

fn compare(name: &str, expected: &Value, files: &[PathBuf], is_ordered: bool, failures: &mut Vec<String>) {
    let (report, map, errors) = import(files);
    let mut fail = |what: String| failures.push(format!("{name}: {what}"));
    if !errors.is_empty() {
        fail(format!("the map has errors: {errors:?}"));
    }
    let rows = &report["rows"];
    if rows["read"].as_u64() != Some(rows["used"].as_u64().unwrap_or(0) + rows["skipped"].as_u64().unwrap_or(0)) {
        fail(format!("rows do not add up: {rows}"));
    }
    for part in ["rows", "kept_fields"] {
        if !expected[part].is_null() && expected[part] != report[part] {
            fail(format!("{part}: {}, not {}", report[part], expected[part]));
        }
    }
    let warned: Vec<&Value> = report["problems"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|problem| problem["severity"] != "remark" || (is_of_encoding(problem) && counts_encoding(expected)))
        .collect();
    let title = map.meta().title.as_deref().map(Value::from);
    if !expected["title"].is_null() && !is_same(&expected["title"], title.as_ref()) {
        fail(format!("the title is {title:?}, not {}", expected["title"]));
    }
    if is_ordered && warned.len() as u64 != expected["counts"]["warnings"].as_u64().unwrap_or(0) {
        let messages: Vec<String> =
            warned.iter().map(|problem| format!("{}: {}", problem["row"], problem["message"])).collect();
        fail(format!("{} warnings expected: {messages:#?}", expected["counts"]["warnings"]));
    }
    let (actors, ties) = (expected["actors"].as_array().expect("actors"), expected["ties"].as_array().expect("ties"));
    if map.actors().len() != actors.len() || map.ties().len() != ties.len() {
        let names: Vec<&str> = map.actors().values().map(|actor| actor.name.as_str()).take(12).collect();
        fail(format!("{} actors and {} ties: {names:?}", map.actors().len(), map.ties().len()));
        return;
    }
    for wanted in actors {
        let id = wanted["id"].as_str();
        let is_it = |actor: &&Actor| match id {
            Some(id) => is_actor(&map, actor, id),
            None => wanted["name"].as_str() == Some(&actor.name),
        };
        let Some(actor) = map.actors().values().find(is_it) else {
            fail(format!("no actor {wanted}"));
            continue;
        };
        for (field, value) in wanted.as_object().expect("an object") {
            let found = actor_field(&map, actor, field);
            let is_right = if field == "place" && !value.is_null() {
                is_placed(value, found.as_ref(), scale_of(&map, actors))
            } else {
                is_same(value, found.as_ref())
            };
            if field != "id" && !is_right {
                fail(format!("actor {}: {field} is {found:?}, not {value}", wanted["name"]));
            }
        }
    }
    let facts = expected["facts"].as_array();
    if facts.is_some_and(|facts| map.facts().len() != facts.len()) {
        let texts: Vec<&str> = map.facts().values().map(|fact| fact.text.as_str()).collect();
        fail(format!("{} facts: {texts:#?}", map.facts().len()));
    }
    for (fact, wanted) in map.facts().values().zip(facts.into_iter().flatten()).filter(|_| is_ordered) {
        for (field, value) in wanted.as_object().expect("an object") {
            let found = fact_field(&map, fact, field, value);
            if !is_same(value, found.as_ref()) {
                fail(format!("fact {wanted}: {field} is {found:?}"));
            }
        }
    }
    if let Some(sources) = expected["sources"].as_array() {
        let found: Vec<&str> = map.sources().values().filter_map(|source| source.title.as_deref()).collect();
        if sources.iter().any(|title| !found.contains(&title.as_str().expect("a title"))) {
            fail(format!("the sources are {found:?}, not {sources:?}"));
        }
    }
    if is_ordered {
        for (tie, wanted) in map.ties().values().zip(ties) {
            for (field, value) in wanted.as_object().expect("an object") {
                let found = tie_field(&map, tie, field, value);
                if !is_same(value, found.as_ref()) {
                    fail(format!("tie {wanted}: {field} is {found:?}"));
                }
            }
        }
    }
}

/// Whether a problem says in which encoding a file was read, which the cases count though nothing is wrong.
fn is_of_encoding(problem: &Value) -> bool {
    problem["message"].as_str().is_some_and(|message| message.to_lowercase().contains("windows-1252"))
}

/// Whether a case has a warning on the encoding. Those of formats that are older than UTF-8 have none.
fn counts_encoding(expected: &Value) -> bool {
    let mut warnings = expected["warnings"].as_array().into_iter().flatten();
    expected["warnings"].is_null()
        || warnings.any(|warning| warning.to_string().to_lowercase().contains("windows-1252"))
}

/// Whether an actor is the one that the case calls so: by id, by name, or by kind and name.
fn is_actor(map: &Map, actor: &Actor, wanted: &str) -> bool {
    let kind = actor.kind.map(|kind| map.actor_kinds()[kind].label.clone()).unwrap_or_default();
    *wanted == *actor.key || format!("{kind}/{}", actor.name) == wanted
}

fn actor_field(map: &Map, actor: &Actor, field: &str) -> Option<Value> {
    Some(match field {
        "name" => actor.name.as_str().into(),
        "kind" => map.actor_kinds()[actor.kind?].label.as_str().into(),
        "summary" => actor.summary.as_deref()?.into(),
        "url" => actor.url.as_deref()?.into(),
        "tags" => actor.metadata.tags.clone().into(),
        "aliases" => actor.aliases.clone().into(),
        "startDate" => actor.start.as_ref()?.text().into(),
        "endDate" => actor.end.as_ref()?.text().into(),
        "weight" => actor.metadata.weight?.normalize().to_string().into(),
        "partOf" => map.actors()[actor.part_of?].key.to_string().into(),
        "identifiers" => serde_json::Value::Object(
            actor.identifiers.iter().map(|(register, id)| (register.clone(), id.as_str().into())).collect(),
        ),
        "place" => place(map, actor)?,
        "color" => {
            let view = map.views().values().next()?;
            let [red, green, blue] = view.colors.iter().find(|(id, _)| *map.actors()[*id].key == *actor.key)?.1.0;
            format!("#{red:02x}{green:02x}{blue:02x}").into()
        }
        field => return own(&actor.metadata.own, field),
    })
}

/// Returns the place of an actor; exact, but for places so close that they were all multiplied by one number.
fn place(map: &Map, actor: &Actor) -> Option<Value> {
    let view = map.views().values().next()?;
    let (_, at) = view.positions.iter().find(|(id, _)| *map.actors()[*id].key == *actor.key)?;
    Some(vec![at.x, at.y].into())
}

/// Returns the number by which all expected places were multiplied, 1 for places that lie apart.
fn scale_of(map: &Map, actors: &[Value]) -> f64 {
    let places = actors.iter().filter_map(|wanted| {
        let id = wanted["id"].as_str()?;
        let found = place(map, map.actors().values().find(|actor| is_actor(map, actor, id))?)?;
        Some((wanted["place"][0].as_f64()?, found[0].as_f64()?))
    });
    let first = places.filter(|(wanted, _)| *wanted != 0.0).map(|(wanted, found)| found / wanted).next().unwrap_or(1.0);
    // Only dots that are smaller than cards are moved apart.
    if first > 1.05 { first } else { 1.0 }
}

fn is_placed(wanted: &Value, found: Option<&Value>, scale: f64) -> bool {
    let is_near = |at: usize| {
        let (Some(wanted), Some(found)) = (wanted[at].as_f64(), found.and_then(|found| found[at].as_f64())) else {
            return false;
        };
        // A map says tenths, of which the scale is taken.
        (wanted * scale - found).abs() <= if scale > 1.0 { 0.02 * found.abs() + 0.1 } else { 0.051 }
    };
    is_near(0) && is_near(1)
}

fn tie_field(map: &Map, tie: &Tie, field: &str, wanted: &Value) -> Option<Value> {
    let (from, to) = match &tie.ends {
        Ends::Pair { from, to } => (*from, *to),
        Ends::Parties(parties) if field == "parties" => {
            return Some(parties.iter().map(|party| map.actors()[party.actor].key.to_string()).collect());
        }
        Ends::Parties(parties) => (parties[0].actor, parties[0].actor),
    };
    let end = |end: &Actor| {
        let wanted = wanted.as_str().unwrap_or_default();
        if is_actor(map, end, wanted) || end.name == wanted { wanted.into() } else { Value::from(end.name.as_str()) }
    };
    Some(match field {
        "from" => end(&map.actors()[from]),
        "to" => end(&map.actors()[to]),
        "kind" => map.tie_kinds()[tie.kind].label.as_str().into(),
        "directed" => tie.is_directed.into(),
        field => return claim_field(map, &tie.claim, field, wanted),
    })
}

fn fact_field(map: &Map, fact: &Fact, field: &str, wanted: &Value) -> Option<Value> {
    Some(match field {
        "actor" => (*map.actors()[fact.actor].key).into(),
        "text" => fact.text.as_str().into(),
        field => return claim_field(map, &fact.claim, field, wanted),
    })
}

fn claim_field(map: &Map, claim: &Claim, field: &str, wanted: &Value) -> Option<Value> {
    Some(match field {
        // An id that an actor has in the file, too, is that of the actor in the map.
        "id" => match claim.key.strip_prefix("tie-") {
            Some(id) if map.actors().values().any(|actor| *actor.key == *id) => id.into(),
            _ => (*claim.key).into(),
        },
        "label" => claim.label.as_deref()?.into(),
        "startDate" | "date" => claim.start.as_ref().or(claim.date.as_ref())?.text().into(),
        "endDate" => claim.end.as_ref()?.text().into(),
        "weight" => claim.metadata.weight?.normalize().to_string().into(),
        "tags" => claim.metadata.tags.clone().into(),
        "summary" => claim.summary.as_deref()?.into(),
        "stage" => claim.stage.as_ref()?.known()?.word().into(),
        "status" => claim.status.as_ref()?.known()?.word().into(),
        "confidence" => claim.confidence.as_ref()?.known()?.word().into(),
        "share" => figure(claim.share.as_ref()?, wanted)?,
        "source" => {
            let source = &map.sources()[claim.evidence.first()?.source];
            source.url.as_deref().or(source.title.as_deref())?.into()
        }
        "quantity" => claim.quantity.as_ref()?.exact()?.normalize().to_string().into(),
        "amount" => figure(claim.amount.as_ref()?, wanted)?,
        "evidence" => claim
            .evidence
            .iter()
            .map(|evidence| {
                let source = &map.sources()[evidence.source];
                let mut object = serde_json::json!({ "source": source.url.as_deref().or(source.title.as_deref()) });
                for (field, text) in [
                    ("title", source.title.as_deref()),
                    ("publisher", source.publisher.as_deref()),
                    ("published", source.published.as_ref().map(Date::text)),
                    ("accessed", source.accessed.as_ref().map(Date::text)),
                ] {
                    if let Some(text) = text {
                        object[field] = text.into();
                    }
                }
                if let Some(quote) = &evidence.quote {
                    object["quote"] = quote.exact.as_str().into();
                }
                if let Some(locator) = &evidence.locator {
                    object["locator"] = locator.as_str().into();
                }
                object
            })
            .collect::<Vec<_>>()
            .into(),
        // An address or document of a tie is what proves it.
        "url" | "document" if own(&claim.metadata.own, field).is_none() => {
            let source = &map.sources()[claim.evidence.first()?.source];
            source.url.as_deref().or(source.title.as_deref())?.into()
        }
        "note" => own(&claim.metadata.own, field).or_else(|| Some(claim.summary.as_deref()?.into()))?,
        field => return own(&claim.metadata.own, field),
    })
}

/// Returns a figure as the case writes it: as a number, or with its bounds and what else is said of it.
fn figure(figure: &Amount, wanted: &Value) -> Option<Value> {
    if wanted.is_object() {
        return Some(amount(figure));
    }
    Some(figure.exact()?.normalize().to_string().into())
}

fn amount(amount: &Amount) -> Value {
    let mut object = BTreeMap::<&str, Value>::new();
    let number = |value: Decimal| Value::from(value.normalize().to_string());
    if let Some(exact) = amount.exact() {
        object.insert("exact", number(exact));
    } else {
        for (bound, inclusive, exclusive) in
            [(amount.lower, "minimum", "exclusiveMinimum"), (amount.upper, "maximum", "exclusiveMaximum")]
        {
            if let Some(bound) = bound {
                object.insert(if bound.is_inclusive { inclusive } else { exclusive }, number(bound.value));
            }
        }
    }
    if amount.is_approximate {
        object.insert("approx", true.into());
    }
    if let Some(currency) = &amount.currency {
        object.insert("currency", currency.as_str().into());
    }
    if let Some(text) = &amount.text {
        object.insert("text", text.as_str().into());
    }
    serde_json::to_value(object).expect("JSON")
}

/// Returns a field that the format doesn't know, by its heading without case.
fn own(own: &OwnFields, heading: &str) -> Option<Value> {
    let field = own
        .iter()
        .find(|field| field.heading().is_some_and(|name| name.replace(' ', "_").to_lowercase().starts_with(heading)))?;
    Some(match &field.value {
        OwnValue::Text(text) => text.as_str().into(),
        OwnValue::Number(number) => number.text().into(),
        OwnValue::Flag(flag) => (*flag).into(),
        OwnValue::List(list) => {
            let texts = list
                .iter()
                .map(|value| if let OwnValue::Text(text) = value { Value::from(text.as_str()) } else { Value::Null });
            texts.collect::<Vec<_>>().into()
        }
        OwnValue::Other(json) => serde_json::from_str(json.text()).expect("JSON"),
    })
}

/// Whether a value is the expected one: numbers by value, texts without the form of their blanks, and of an amount all
/// fields that are listed.
fn is_same(wanted: &Value, found: Option<&Value>) -> bool {
    let Some(found) = found else { return wanted.is_null() };
    match (wanted, found) {
        (Value::String(wanted), Value::String(found)) => {
            let number = |text: &str| text.parse::<Decimal>().ok().map(|number| number.normalize());
            let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            plain(wanted) == plain(found) || (number(wanted).is_some() && number(wanted) == number(found))
        }
        (Value::Object(wanted), Value::Object(found)) => wanted
            .iter()
            .all(|(field, value)| (field == "text" && !found.contains_key("text")) || is_same(value, found.get(field))),
        (Value::Array(wanted), Value::Array(found)) => {
            wanted.len() == found.len() && wanted.iter().zip(found).all(|(wanted, found)| is_same(wanted, Some(found)))
        }
        (Value::String(wanted), Value::Bool(found)) => (wanted == "yes") == *found,
        (Value::Number(wanted), Value::String(found)) => {
            wanted.to_string().parse::<Decimal>().ok().map(|number| number.normalize().to_string())
                == Some(found.clone())
        }
        _ => wanted == found,
    }
}

#[test]
fn problems_in_one_line_of_json_have_its_column() {
    let position = |text: &str| {
        let files = [tieline::load::ImportFile { name: "g.json".into(), bytes: text.as_bytes().into() }];
        let (_, report) =
            tieline::load::import_tables(&files, &tieline::load::ImportOptions::default(), &|_| true).expect("a graph");
        let problem = report.problems.iter().find(|problem| problem.message.contains("no actor has the id"));
        problem.and_then(|problem| problem.location.clone()).expect("a place").position
    };
    let line = r#"{"nodes": [{"id": "é1"}, {"id": "b"}], "links": [{"source": "é1", "target": "b"}, {"source": "b", "target": "none"}]}"#;
    let column = line.chars().collect::<String>().find(r#"{"source": "b""#).expect("the link");
    let column = line[..column].chars().count() as u32 + 1;
    assert_eq!(position(line), tieline::model::Position::Text { line: 1, column });
    assert_eq!(position(&format!("{line}\n")), tieline::model::Position::Text { line: 1, column });
    let lines = line.replace(", {", ",\n {");
    assert_eq!(position(&lines), tieline::model::Position::Text { line: 3, column: 1 });
}
