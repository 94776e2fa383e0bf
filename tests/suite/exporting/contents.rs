//! What graph formats, lists of sources and reports have in them. Their readers are other programs, and readers of our own
//! that don't depend on these writers; here the files are read by packages for XML, JSON and BibTeX.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};
use serde_json::{Value, json};
use tieline::document::Document;
use tieline::export_data::{DATA_FORMATS, DataContent, Loss, format_of_word, losses};
use tieline::model::Ends;

use super::{all_maps, document, exported};

/// A node, an edge or a graph of a file: its attributes and data by name.
#[derive(Debug, Default)]
struct Element {
    attributes: HashMap<String, String>,
    data: HashMap<String, String>,
}

/// A graph read by a package for XML.
#[derive(Debug, Default)]
struct Read {
    nodes: Vec<Element>,
    edges: Vec<Element>,
    graph: Element,
}

fn attributes(start: &BytesStart<'_>) -> HashMap<String, String> {
    let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        let value = quick_xml::escape::unescape(&attribute.value).expect("sound").into_owned();
        (attribute.key.as_ref().to_owned(), value)
    };
    start.attributes().map(|found| attribute(found.expect("sound"))).collect()
}

/// Reads `GraphML`.
fn read_graphml(bytes: &[u8]) -> Read {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut keys, mut read, mut key) = (HashMap::new(), Read::default(), None::<String>);
    let (mut current, mut value) = ("graph", String::new());
    loop {
        match reader.read_event().expect("XML") {
            Event::Empty(start) if start.name().as_ref() == "key" => {
                let found = attributes(&start);
                keys.insert(found["id"].clone(), found["attr.name"].clone());
            }
            Event::Start(start) => match start.name().as_ref() {
                "node" => {
                    read.nodes.push(Element { attributes: attributes(&start), ..Element::default() });
                    current = "node";
                }
                "edge" => {
                    read.edges.push(Element { attributes: attributes(&start), ..Element::default() });
                    current = "edge";
                }
                "graph" => read.graph.attributes = attributes(&start),
                "data" => key = Some(keys[&attributes(&start)["key"]].clone()),
                _ => {}
            },
            Event::Text(text) if key.is_some() => value.push_str(&text),
            Event::GeneralRef(entity) if key.is_some() => {
                value.push_str(&quick_xml::escape::unescape(&format!("&{};", &*entity)).expect("sound"));
            }
            Event::End(end) if end.name().as_ref() == "data" => {
                let element = match current {
                    "node" => read.nodes.last_mut().expect("a node"),
                    "edge" => read.edges.last_mut().expect("an edge"),
                    _ => &mut read.graph,
                };
                element.data.insert(key.take().expect("a key"), std::mem::take(&mut value));
            }
            Event::Eof => return read,
            _ => {}
        }
    }
}

/// Returns the JSON of our own format.
fn own_json(document: &Document) -> Value {
    serde_json::from_slice(&exported(document, "tieline")).expect("JSON")
}

#[test]
fn graphml_has_all_fields_of_actors_and_ties() {
    for (name, document) in all_maps() {
        let read = read_graphml(&exported(&document, "graphml"));
        let file = own_json(&document);
        let map = &document.map;
        let hubs = map.ties().values().filter(|tie| matches!(tie.ends, Ends::Parties(_))).count();
        assert_eq!(read.nodes.len(), map.actors().len() + hubs, "{name}");
        let find = |elements: &'_ [Element], id: &str| -> usize {
            elements.iter().position(|element| element.attributes["id"] == id).unwrap_or_else(|| panic!("{name}: {id}"))
        };
        for actor in file["actors"].as_array().expect("a list") {
            let id = actor["id"].as_str().expect("an id");
            check_fields(&name, actor, &read.nodes[find(&read.nodes, id)].data);
        }
        for tie in file["ties"].as_array().into_iter().flatten() {
            let id = tie["id"].as_str().expect("an id");
            let element = match tie.get("parties") {
                Some(_) => &read.nodes[find(&read.nodes, id)],
                None => &read.edges[find(&read.edges, id)],
            };
            if tie.get("parties").is_none() {
                assert_eq!(element.attributes["source"], tie["from"].as_str().expect("an id"), "{name}");
                assert_eq!(element.attributes["target"], tie["to"].as_str().expect("an id"), "{name}");
            }
            check_fields(&name, tie, &element.data);
        }
        for list in ["sources", "facts", "kinds", "map"] {
            let written = read.graph.data.get(list).map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
            assert_eq!(written.as_ref(), file.get(list), "{name}: {list}");
        }
    }
}

/// Asserts that each field of a record is among the data of its element, by value.
fn check_fields(name: &str, record: &Value, data: &HashMap<String, String>) {
    for (field, value) in record.as_object().expect("an object") {
        let is_elsewhere = matches!(field.as_str(), "id" | "from" | "to" | "kind" | "directed");
        if is_elsewhere {
            continue;
        }
        let get = |key: &str| data.get(key).unwrap_or_else(|| panic!("{name}: {field} of {record} is not in {data:?}"));
        match (field.as_str(), value) {
            ("name", _) => assert!(!get("label").is_empty() || value == ""),
            ("url", _) => _ = get("website"),
            ("amount" | "share" | "quantity", Value::Object(fields)) => {
                let has_number =
                    fields.keys().any(|key| key != "text" && key != "currency" && key != "unit" && key != "approx");
                if has_number || fields.contains_key("text") {
                    get(field);
                }
                if has_number && fields.contains_key("text") {
                    assert_eq!(
                        get(&format!("{field}InWords")),
                        &readable(fields["text"].as_str().expect("a text")),
                        "{name}"
                    );
                }
            }
            ("evidence" | "stages" | "retraction" | "parties" | "row" | "checks" | "formerIds", _) => {
                let written: Value = serde_json::from_str(get(field)).expect("JSON");
                assert_eq!(&written, value, "{name}: {field}");
            }
            (_, Value::String(text)) if !text.is_empty() => {
                let shown = field.strip_prefix("x-").filter(|shown| data.contains_key(*shown)).unwrap_or(field);
                let written = get(shown);
                let is_number = text.parse::<f64>().is_ok();
                assert!(written == &readable(text) || is_number, "{name}: {field} is {written:?}, not {text:?}");
            }
            (_, Value::Array(list)) if !list.is_empty() => {
                let shown = field.strip_prefix("x-").filter(|shown| data.contains_key(*shown)).unwrap_or(field);
                get(shown);
            }
            _ => {}
        }
    }
}

/// Returns a text with the characters that XML can't hold written out.
fn readable(text: &str) -> String {
    let is_legal =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if is_legal(c) { c.to_string() } else { format!("[U+{:04X}]", u32::from(c)) }).collect()
}

const SAMPLE: &str = r##"{ "format": "tieline", "version": "1.1", "map": { "title": "A & B", "asOf": "2026-01-02", "authors": ["Desk"] },
    "kinds": { "actor": { "person": { "label": "Person", "color": "#112233" }, "company": { "label": "Company" } },
               "tie": { "owns": { "label": "Ownership", "verb": "owns", "directed": true }, "friends": { "label": "Friends", "directed": false } } },
    "actors": [{ "id": "ann", "kind": "person", "name": "Ann", "identifiers": { "wikidata": "Q1" }, "url": "https://ann.example/" },
               { "id": "acme", "kind": "company", "name": "Acme", "startDate": "2011-02-03", "aliases": ["ACME Inc."], "identifiers": { "lei": "X1" } },
               { "id": "ben", "kind": "person", "name": "Ben" }],
    "sources": [{ "id": "reg", "kind": "register", "title": "Register", "publisher": "State", "url": "https://reg.example/1", "accessed": "2025-12-01" },
                { "id": "news", "kind": "news", "title": "50% & more_", "publisher": "Herald", "authors": ["Mara Quill"], "published": "2023-02-18" }],
    "ties": [{ "id": "own-1", "kind": "owns", "from": "ann", "to": "acme", "startDate": "2012", "endDate": "..", "weight": "2.5",
               "share": { "exclusiveMinimum": 25, "maximum": 50 }, "evidence": [{ "source": "reg", "quote": { "exact": "Ann holds over a quarter." } }, { "source": "news" }] },
             { "id": "fr-1", "kind": "friends", "from": "ann", "to": "ben", "directed": false },
             { "id": "pact-1", "kind": "pact", "parties": [{ "actor": "ann", "role": "lead" }, { "actor": "ben" }, { "actor": "acme" }] }],
    "facts": [{ "id": "f", "actor": "acme", "text": "Employs 12 people.", "evidence": [{ "source": "news" }] }],
    "views": [{ "id": "main", "positions": { "ann": [1.5, -2], "acme": [100, 0] }, "bends": { "own-1": [0.5, 30] },
                "notes": [{ "id": "n1", "text": "Look", "at": [0, 0] }], "hidden": ["ben"] }] }"##;

#[test]
fn gexf_has_places_colors_kinds_and_time() {
    let text = String::from_utf8(exported(&document(SAMPLE), "gexf")).expect("UTF-8");
    for part in [
        "<gexf xmlns=\"http://gexf.net/1.3\"",
        "<title>A &amp; B</title>",
        "mode=\"dynamic\" timeformat=\"date\"",
        "<node id=\"ann\" label=\"Ann\">",
        "<node id=\"acme\" label=\"Acme\" start=\"2011-02-03\">",
        "<viz:position x=\"1.5\" y=\"2\" z=\"0\"/>",
        "<viz:color r=\"17\" g=\"34\" b=\"51\"/>",
        "<edge id=\"own-1\" source=\"ann\" target=\"acme\" type=\"directed\" kind=\"Ownership\" weight=\"2.5\" start=\"2012-01-01\">",
        "<edge id=\"fr-1\" source=\"ann\" target=\"ben\" type=\"undirected\" kind=\"Friends\">",
        "<edge id=\"pact-1-party-1\" source=\"pact-1\" target=\"ann\" type=\"undirected\"",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(!text.contains("lastmodified"), "no time of writing");
}

#[test]
fn json_graphs_have_the_same_values() {
    let document = document(SAMPLE);
    let node_link: Value = serde_json::from_slice(&exported(&document, "node-link")).expect("JSON");
    assert_eq!((node_link["directed"].as_bool(), node_link["multigraph"].as_bool()), (Some(true), Some(true)));
    assert_eq!(node_link["nodes"][1]["name"], "Acme");
    assert_eq!(node_link["nodes"][1]["aliases"], json!(["ACME Inc."]));
    assert_eq!(node_link["nodes"][0]["x"], 1.5);
    let link = &node_link["links"][0];
    assert_eq!((&link["source"], &link["target"], &link["key"]), (&json!("ann"), &json!("acme"), &json!("own-1")));
    assert_eq!((&link["weight"], &link["share"]), (&json!(2.5), &json!("more than 25 and at most 50")));
    assert_eq!(link["evidence"][0]["quote"]["exact"], "Ann holds over a quarter.");
    assert_eq!(node_link["links"][1]["direction"], "undirected");
    assert_eq!(node_link["graph"]["sources"][0]["id"], "reg");
    let cyjs: Value = serde_json::from_slice(&exported(&document, "cyjs")).expect("JSON");
    assert_eq!(cyjs["elements"]["nodes"][0]["position"], json!({ "x": 1.5, "y": -2.0 }));
    assert_eq!(cyjs["elements"]["edges"][0]["data"]["interaction"], "Ownership");
    let hub = &cyjs["elements"]["nodes"][3]["data"];
    assert_eq!((&hub["id"], &hub["record"]), (&json!("pact-1"), &json!("tie")));
    assert_eq!(hub["parties"][0], json!({ "actor": "ann", "role": "lead" }));
}

#[test]
fn follow_the_money_has_schemata_and_sources() {
    let text = String::from_utf8(exported(&document(SAMPLE), "ftm")).expect("UTF-8");
    let entities: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let find = |id: &str| entities.iter().find(|entity| entity["id"] == id).unwrap_or_else(|| panic!("{id} in {text}"));
    assert_eq!((&find("ann")["schema"], &find("acme")["schema"]), (&json!("Person"), &json!("Company")));
    let own = find("own-1");
    assert_eq!(own["schema"], "Ownership");
    assert_eq!((&own["properties"]["owner"], &own["properties"]["asset"]), (&json!(["ann"]), &json!(["acme"])));
    assert_eq!(own["properties"]["percentage"], json!(["more than 25% and up to 50%"]));
    assert_eq!(own["properties"]["proof"], json!(["reg", "news"]));
    assert_eq!(own["properties"]["sourceUrl"], json!(["https://reg.example/1"]));
    assert_eq!(own["properties"]["startDate"], json!(["2012"]));
    assert_eq!(own["properties"].get("endDate"), None, "“..” is no date there");
    assert_eq!(find("fr-1")["schema"], "Associate");
    assert_eq!(find("reg")["schema"], "Document");
}

#[test]
fn ownership_data_has_bounds_and_needs_ownership() {
    let sample = document(SAMPLE);
    let statements: Value = serde_json::from_slice(&exported(&sample, "bods")).expect("JSON");
    let statements = statements.as_array().expect("a list");
    let sorts: Vec<&str> = statements.iter().filter_map(|statement| statement["recordType"].as_str()).collect();
    assert_eq!(sorts, ["person", "entity", "relationship"]);
    let details = &statements[2]["recordDetails"];
    assert_eq!((&details["subject"], &details["interestedParty"]), (&json!("acme"), &json!("ann")));
    assert_eq!(details["interests"][0]["share"], json!({ "exclusiveMinimum": 25, "maximum": 50 }));
    assert_eq!(statements[2]["source"]["url"], "https://reg.example/1");
    for statement in statements {
        let id = statement["statementId"].as_str().expect("an id");
        assert!(
            (32..=64).contains(&id.len()) && statement["publicationDetails"]["bodsVersion"] == "0.4",
            "{statement}"
        );
    }
    let withdrawn = document(
        r#"{ "format": "tieline", "version": "1.0", "actors": [{ "id": "a", "name": "A" }, { "id": "b", "name": "B" }],
        "ties": [{ "id": "t", "kind": "owns", "from": "a", "to": "b", "share": { "exact": 5 }, "status": "retracted" }] }"#,
    );
    let ftm = String::from_utf8(exported(&withdrawn, "ftm")).expect("UTF-8");
    assert!(!ftm.contains("\"t\""), "a program that knows no status would take a retracted tie for true: {ftm}");
    let content = DataContent::new(&withdrawn);
    assert!(format_of_word("bods").expect("a format").write(&content).is_err());
    let told = Loss::sentence(&losses(&content, format_of_word("ftm").expect("a format")));
    assert!(told.is_some_and(|told| told.contains("superseded and retracted ties (1)")));
    let plain = document(
        r#"{ "format": "tieline", "version": "1.0", "actors": [{ "id": "a", "name": "A" }, { "id": "b", "name": "B" }],
        "ties": [{ "id": "t", "kind": "friends", "from": "a", "to": "b" }] }"#,
    );
    for (word, reason) in [("bods", "no ownership ties"), ("csl", "no sources"), ("bibtex", "no sources")] {
        let refused = format_of_word(word).expect("a format").write(&DataContent::new(&plain)).expect_err("refused");
        assert!(refused.to_string().contains(reason), "{refused}");
    }
}

#[test]
fn references_are_read_by_reference_managers() {
    let document = document(SAMPLE);
    let items: Value = serde_json::from_slice(&exported(&document, "csl")).expect("JSON");
    assert_eq!(items.as_array().map(Vec::len), Some(2));
    assert_eq!((&items[1]["id"], &items[1]["issued"]), (&json!("news"), &json!({ "date-parts": [[2023, 2, 18]] })));
    let text = String::from_utf8(exported(&document, "bibtex")).expect("UTF-8");
    let read = biblatex::Bibliography::parse(&text).expect("BibTeX");
    let entry = read.get("news").expect("an entry");
    let chunks = |chunks: &[biblatex::Spanned<biblatex::Chunk>]| {
        chunks.iter().map(|chunk| chunk.v.get().to_owned()).collect::<String>()
    };
    assert_eq!(chunks(entry.title().expect("a title")), "50% & more_");
    assert_eq!(chunks(entry.get("year").expect("a year")), "2023");
    assert!(text.contains("@article{news,") && text.contains("author = {{Mara Quill}}"), "{text}");
}

#[test]
fn a_report_cites_each_sentence() {
    let text = String::from_utf8(exported(&document(SAMPLE), "markdown")).expect("UTF-8");
    let expected = "\
# A \\& B

3 actors · 3 ties · 2 sources · as of 2 January 2026 · by Desk

## Ownership

- Ann owns Acme: more than 25% and up to 50%, since 2012. \\[1\\]\\[2\\]
  > “Ann holds over a quarter.” \\[1\\]

## Friends

- Friends between Ann and Ben: no source.

## Pact

- Pact between Ann (lead), Ben and Acme: no source.

## Facts

- Acme: Employs 12 people. \\[2\\]

## Sources

\\[1\\] “Register”, State, reg.example/1 ([link](<https://reg.example/1>))

\\[2\\] Mara Quill, “50% \\& more\\_”, Herald, 18 February 2023

";
    assert_eq!(text, expected);
}

#[test]
fn what_a_format_lacks_is_counted() {
    let document = document(SAMPLE);
    let lost = |word: &str| {
        let losses = losses(&DataContent::new(&document), format_of_word(word).expect("a format"));
        Loss::sentence(&losses)
    };
    assert_eq!((lost("xlsx"), lost("tieline")), (None, None), "a workbook and a copy lose nothing");
    let csv = lost("csv").expect("losses");
    for part in [
        "notes on the map (1)",
        "bends of lines (1)",
        "places of actors (2)",
        "facts about single actors (1)",
        "ties of several parties, written as ties between two (1)",
        "further sources of ties (1)",
    ] {
        assert!(csv.contains(part), "{part} in {csv}");
    }
    let graphml = lost("graphml").expect("losses");
    assert!(
        graphml.contains("notes on the map (1)") && graphml.contains("only the attribute “direction” shows (1)"),
        "{graphml}"
    );
    assert!(!graphml.contains("places") && !graphml.contains("facts"), "{graphml}");
    let csl = lost("csl").expect("losses");
    assert!(csl.contains("actors (3)") && csl.contains("ties (3)"), "{csl}");
    let bods = lost("bods").expect("losses");
    assert!(
        bods.contains("ties that are not about ownership (2)") && bods.contains("actors without ownership ties (1)"),
        "{bods}"
    );
}

#[test]
fn nothing_is_lost_where_there_is_nothing() {
    let document = document(
        r#"{ "format": "tieline", "version": "1.0", "actors": [{ "id": "a", "name": "A" }, { "id": "b", "name": "B" }],
        "ties": [{ "id": "t", "kind": "friends", "from": "a", "to": "b" }] }"#,
    );
    for format in DATA_FORMATS.iter().filter(|format| !matches!(format.word, "csl" | "bibtex" | "bods")) {
        assert_eq!(losses(&DataContent::new(&document), format), [], "{}", format.word);
    }
}

#[test]
fn hidden_records_are_exported_too() {
    let document = document(SAMPLE);
    let read = read_graphml(&exported(&document, "graphml"));
    assert!(read.nodes.iter().any(|node| node.attributes["id"] == "ben"), "the view hides Ben, the file has him");
}
