//! JSON formats of other programs, detected by fields of the root. Those of graphs are read as tables of their elements.

use crate::load::table::{JsonShape, json_shape};

use super::{Confidence, FileFormat, FormatReader, Json, Sample, table};

/// Declares a format identified by a test of its JSON.
macro_rules! json {
    ($name:literal, $endings:expr, $confidence:ident, |$json:ident| $test:expr) => {
        FileFormat {
            name: $name,
            endings: &$endings,
            sniff: |sample| match sample {
                Sample::Json($json) if $test => Confidence::$confidence,
                _ => Confidence::No,
            },
            reader: FormatReader::Unsupported,
        }
    };
}

/// Declares a format of graphs, which is read.
macro_rules! graph {
    ($name:literal, $endings:expr, $shape:ident) => {
        FileFormat {
            name: $name,
            endings: &$endings,
            sniff: |sample| match sample {
                Sample::Json(json) if json_shape(json.text, json.tape) == Some(JsonShape::$shape) => Confidence::Sure,
                _ => Confidence::No,
            },
            reader: FormatReader::Known(table::read),
        }
    };
}

pub(super) const FORMATS: &[FileFormat] = &[
    json!("an empty file", [], Sure, |json| json.tape.root().is_none()),
    json!("a list of references (CSL-JSON)", ["json"], Sure, |json| json.lists("type")
        && (json.lists("issued") || json.lists("author") || json.lists("title"))),
    graph!("a node-link graph in JSON", ["json"], NodeLink),
    graph!("a Cytoscape network", ["cyjs", "json"], Cytoscape),
    FileFormat {
        name: "a Cytoscape web export",
        endings: &["js"],
        sniff: |sample| match sample {
            Sample::Text { start, .. } if start.starts_with("var ") && start.contains("\"elements\"") => {
                Confidence::Sure
            }
            _ => Confidence::No,
        },
        reader: FormatReader::Known(table::read),
    },
    graph!("a Cytoscape network (CX2)", ["cx2", "json"], Cx2),
    graph!("a Kumu blueprint or project", ["json"], Kumu),
    graph!("an Oligrapher map", ["json"], Oligrapher),
    graph!("a LittleSis file", ["json"], LittleSis),
    graph!("a file of FollowTheMoney entities", ["ndjson", "jsonl", "ijson", "json"], FollowTheMoney),
    graph!("beneficial ownership statements (BODS)", ["jsonl", "json"], Bods),
    graph!("a Neo4j graph in JSON", ["jsonl", "json"], Apoc),
    graph!("an Obsidian canvas", ["canvas", "json"], Canvas),
    graph!("a graph in JSON Graph Format", ["json", "jgf"], GraphFormat),
    graph!("a STIX bundle", ["json"], Stix),
    graph!("the results of a SPARQL query", ["json", "srj"], Sparql),
    graph!("a table in JSON", ["json", "jsonl", "ndjson"], Records),
    json!("a JSON list from another program", ["json"], Possible, |json| root(*json) == Some(b'[')),
    json!("a GeoJSON file", ["geojson"], Sure, |json| json.says("type", "Feature")
        || json.says("type", "GeometryCollection")),
    json!("an Excalidraw drawing", ["excalidraw"], Sure, |json| json.says("type", "excalidraw")),
    json!("a Jupyter notebook", ["ipynb"], Sure, |json| json.has("nbformat")),
    json!("a JSON Schema", ["json"], Sure, |json| json.says("$schema", "json-schema.org")),
    json!("a package.json of Node.js", ["json"], Sure, |json| json.has("dependencies")
        || json.has("devDependencies")
        || (json.has("name") && json.has("scripts"))),
    json!("a TypeScript configuration", ["json"], Sure, |json| json.has("compilerOptions")),
    json!("a JSON-LD file", ["jsonld"], Sure, |json| json.has("@context") || json.has("@graph")),
    json!("a HAR file of a web browser", ["har"], Sure, |json| json.has("log")),
    json!("a JSON file from another program", ["json"], Possible, |json| root(*json) == Some(b'{')),
    json!("a single JSON value", ["json"], Possible, |json| !matches!(root(*json), None | Some(b'{' | b'['))),
];

/// Returns the first byte of the root value.
fn root(json: Json) -> Option<u8> {
    json.tape.root().map(|root| json.tape.byte(json.text, root))
}
