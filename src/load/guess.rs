//! What a file that is not a map seems to be, so that a person knows at once why it does not open.

use crate::jsonc::{Tape, decode_text};

/// What the first bytes of some kinds of file are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a file compressed with gzip"),
    (b"BZh", "a file compressed with bzip2"),
    (b"\xfd7zXZ", "a file compressed with xz"),
    (b"(\xb5/\xfd", "a file compressed with zstd"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls)"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet table"),
];

/// What the bytes seem to be, for kinds of file that are no text.
pub(crate) fn of_bytes(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(of_zip(bytes));
    }
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what);
    known.or_else(|| {
        let is_wide = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, ..] | [0, _, ..]);
        let start = &bytes[..bytes.len().min(4096)];
        let controls = start.iter().filter(|byte| matches!(byte, 0..=8 | 14..=31)).count();
        (!is_wide && controls * 20 > start.len()).then_some("no text at all")
    })
}

fn of_zip(bytes: &[u8]) -> &'static str {
    let start = &bytes[..bytes.len().min(8192)];
    let has = |needle: &[u8]| start.windows(needle.len()).any(|window| window == needle);
    if has(b"xl/") {
        "an Excel workbook"
    } else if has(b"word/") {
        "a Word document"
    } else if has(b"ppt/") {
        "a PowerPoint presentation"
    } else if has(b"opendocument") {
        "an OpenDocument file"
    } else {
        "a ZIP archive or Office document"
    }
}

/// What a text that is not JSON seems to be.
pub(crate) fn of_text(text: &str) -> Option<&'static str> {
    let start: String = text.trim_start().chars().take(2000).collect();
    let lower = start.to_lowercase();
    if lower.starts_with('<') {
        let kinds = [
            ("<graphml", "a GraphML graph"),
            ("<gexf", "a GEXF graph (Gephi)"),
            ("<mxfile", "a draw.io drawing"),
            ("<svg", "an SVG picture"),
            ("<html", "a web page"),
            ("<!doctype html", "a web page"),
            ("<rdf:rdf", "an RDF file"),
            ("<opml", "an OPML outline"),
        ];
        let known = kinds.iter().find(|(mark, _)| lower.contains(mark)).map(|(_, what)| *what);
        return Some(known.unwrap_or("an XML file"));
    }
    let words: Vec<&str> = lower.split_whitespace().take(3).collect();
    match words.as_slice() {
        ["strict", "graph" | "digraph", ..] | ["graph" | "digraph", ..] if lower.contains('{') => {
            Some("a DOT graph (Graphviz)")
        }
        ["graph", "[" | "directed", ..] | ["creator", ..] if lower.contains("node") => Some("a GML graph"),
        [first, ..] if first.starts_with("*vertices") => Some("a Pajek network"),
        ["---", ..] => Some("a YAML or Markdown file"),
        ["#", ..] => Some("a Markdown file"),
        _ if lower.starts_with("@prefix") => Some("an RDF file (Turtle)"),
        _ if lower.starts_with('@') && lower.contains('{') => Some("a BibTeX file"),
        _ if lower.starts_with("ty  -") => Some("an RIS file"),
        _ => of_table(&start),
    }
}

/// Two lines with the same number of separators make a table.
fn of_table(text: &str) -> Option<&'static str> {
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.is_empty());
    let (first, second) = (lines.next()?, lines.next()?);
    let tables = [('\t', "a table separated by tabs"), (';', "a CSV table"), (',', "a CSV table")];
    let is_table = |sign: char| first.contains(sign) && first.matches(sign).count() == second.matches(sign).count();
    let is_json = first.starts_with(['{', '[']);
    tables.iter().find(|(sign, _)| !is_json && is_table(*sign)).map(|(_, what)| *what)
}

/// What JSON that is not a map seems to be, by the names at its root.
pub(crate) fn of_json(tape: &Tape, text: &str) -> &'static str {
    let Some(root) = tape.root() else { return "an empty file" };
    if tape.is_list(text, root) {
        let first = tape.children(root).next();
        let has = |name: &str| first.is_some_and(|first| tape.field(text, first, name).is_some());
        return match () {
            () if has("type") && (has("issued") || has("author") || has("title")) => "a list of references (CSL-JSON)",
            () if has("source") && has("target") => "a list of edges in JSON",
            () => "a JSON list of another program",
        };
    }
    if !tape.is_object(text, root) {
        return "a single JSON value";
    }
    let has = |name: &str| tape.field(text, root, name).is_some();
    let is = |name: &str, wanted: &str| {
        let value = tape.field(text, root, name).map(|(_, value)| value);
        value.is_some_and(|value| {
            tape.byte(text, value) == b'"' && decode_text(text, tape.entries[value].start()).contains(wanted)
        })
    };
    match () {
        () if is("type", "Feature") || is("type", "GeometryCollection") => "a GeoJSON file",
        () if is("type", "excalidraw") => "an Excalidraw drawing",
        () if has("nbformat") => "a Jupyter notebook",
        () if is("$schema", "json-schema.org") => "a JSON Schema",
        () if has("dependencies") || has("devDependencies") || (has("name") && has("scripts")) => {
            "a package.json of Node.js"
        }
        () if has("compilerOptions") => "a TypeScript configuration",
        () if has("@context") || has("@graph") => "a JSON-LD file",
        () if has("elements") && (has("data") || has("style")) => "a Cytoscape graph",
        () if has("nodes") && has("links") => "a node-link graph in JSON",
        () if has("nodes") && has("edges") => "a graph in JSON, such as a canvas of Obsidian or an export of Gephi",
        () if has("graph") || has("graphs") => "a graph in JSON Graph Format",
        () if has("log") => "a HAR record of a browser",
        () => "a JSON file of another program",
    }
}

#[cfg(test)]
mod tests {
    use super::{of_bytes, of_json, of_text};
    use crate::jsonc::scan_sound;

    #[test]
    fn tells_bytes() {
        assert_eq!(of_bytes(b"%PDF-1.7"), Some("a PDF document"));
        assert_eq!(of_bytes(b"PK\x03\x04....xl/workbook.xml"), Some("an Excel workbook"));
        assert_eq!(of_bytes(b"{\"format\": \"tieline\"}"), None);
        assert_eq!(of_bytes("{é}".as_bytes()), None);
    }

    #[test]
    fn tells_texts() {
        for (text, wanted) in [
            ("<?xml version='1.0'?>\n<graphml>", "a GraphML graph"),
            ("<!DOCTYPE html><html>", "a web page"),
            ("digraph g { a -> b }", "a DOT graph (Graphviz)"),
            ("name,kind\nOpenAI,company\n", "a CSV table"),
            ("@article{x, title={y}}", "a BibTeX file"),
        ] {
            assert_eq!(of_text(text), Some(wanted), "{text}");
        }
        assert_eq!(of_text("hello"), None);
    }

    #[test]
    fn tells_json() {
        for (text, wanted) in [
            (r#"{"type": "FeatureCollection", "features": []}"#, "a GeoJSON file"),
            (r#"[{"type": "book", "title": "x"}]"#, "a list of references (CSL-JSON)"),
            (r#"{"nodes": [], "links": []}"#, "a node-link graph in JSON"),
            ("12", "a single JSON value"),
        ] {
            assert_eq!(of_json(&scan_sound(text), text), wanted, "{text}");
        }
    }
}
