//! JSON formats of other programs, detected by fields of the root.

use super::{Confidence, FileFormat, FormatReader, Json, Sample};

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

pub(super) const FORMATS: &[FileFormat] = &[
    json!("an empty file", [], Sure, |json| json.tape.root().is_none()),
    json!("a list of references (CSL-JSON)", ["json"], Sure, |json| json.lists("type")
        && (json.lists("issued") || json.lists("author") || json.lists("title"))),
    json!("a list of edges in JSON", ["json"], Sure, |json| json.lists("source") && json.lists("target")),
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
    json!("a Cytoscape graph", ["cyjs"], Sure, |json| json.has("elements") && (json.has("data") || json.has("style"))),
    json!("a node-link graph in JSON", ["json"], Sure, |json| json.has("nodes") && json.has("links")),
    json!("a graph in JSON, such as an Obsidian canvas or a Gephi export", ["canvas", "json"], Sure, |json| json
        .has("nodes")
        && json.has("edges")),
    json!("a graph in JSON Graph Format", ["json"], Sure, |json| json.has("graph") || json.has("graphs")),
    json!("a HAR file of a web browser", ["har"], Sure, |json| json.has("log")),
    json!("a JSON file from another program", ["json"], Possible, |json| root(*json) == Some(b'{')),
    json!("a single JSON value", ["json"], Possible, |json| !matches!(root(*json), None | Some(b'{' | b'['))),
];

/// Returns the first byte of the root value.
fn root(json: Json) -> Option<u8> {
    json.tape.root().map(|root| json.tape.byte(json.text, root))
}
