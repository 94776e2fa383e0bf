//! Text formats other than JSON, detected by how they begin.

use crate::load::table::is_graph;

use super::{Confidence, FileFormat, FormatReader, Sample, table};

/// Declares a format identified by a test of the start of the text and its lower-case form.
macro_rules! text {
    ($name:literal, $endings:expr, $confidence:ident, |$start:pat_param, $lower:pat_param| $test:expr) => {
        FileFormat {
            name: $name,
            endings: &$endings,
            sniff: |sample| match sample {
                Sample::Text { start: $start, lower: $lower } if $test => Confidence::$confidence,
                _ => Confidence::No,
            },
            reader: FormatReader::Unsupported,
        }
    };
}

/// Declares an XML format identified by a marker near the start.
macro_rules! xml {
    ($name:literal, $endings:expr, $mark:literal) => {
        text!($name, $endings, Sure, |_, lower| lower.starts_with('<') && lower.contains($mark))
    };
}

/// Declares a format of graphs that is read as tables.
macro_rules! graph {
    ($name:literal, $endings:expr, $format:literal) => {
        FileFormat {
            reader: FormatReader::Known(table::read),
            ..text!($name, $endings, Sure, |start, _| is_graph(start, $format))
        }
    };
}

/// Declares a table format with this column separator.
macro_rules! table {
    ($name:literal, $endings:expr, $sign:literal) => {
        FileFormat {
            reader: FormatReader::Known(table::read),
            ..text!($name, $endings, Possible, |start, lower| !lower.starts_with('<') && is_table(start, $sign))
        }
    };
}

pub(super) const FORMATS: &[FileFormat] = &[
    graph!("a GraphML graph", ["graphml"], "graphml"),
    graph!("a GEXF graph (Gephi)", ["gexf"], "gexf"),
    xml!("a draw.io drawing", ["drawio"], "<mxfile"),
    xml!("an SVG picture", ["svg"], "<svg"),
    xml!("a web page", ["html", "htm"], "<html"),
    xml!("a web page", ["html", "htm"], "<!doctype html"),
    xml!("an RDF file", ["rdf"], "<rdf:rdf"),
    xml!("an OPML outline", ["opml"], "<opml"),
    text!("an XML file", ["xml"], Possible, |_, lower| lower.starts_with('<')),
    graph!("a DOT graph (Graphviz)", ["dot", "gv"], "dot"),
    graph!("a GML graph", ["gml"], "gml"),
    graph!("a Pajek network", ["net", "paj"], "pajek"),
    graph!("a UCINET DL file", ["dl"], "dl"),
    text!("a YAML or Markdown file", ["yaml", "yml", "md"], Sure, |_, lower| words(lower)[0] == "---"),
    text!("a Markdown file", ["md"], Sure, |_, lower| words(lower)[0] == "#"),
    text!("an RDF file (Turtle)", ["ttl"], Sure, |_, lower| lower.starts_with("@prefix")),
    text!("a BibTeX file", ["bib"], Sure, |_, lower| lower.starts_with('@') && lower.contains('{')),
    text!("an RIS file", ["ris"], Sure, |_, lower| lower.starts_with("ty  -")),
    table!("a tab-separated table", ["tsv", "tab"], '\t'),
    table!("a CSV table", ["csv"], ';'),
    table!("a CSV table", ["csv"], ','),
    table!("a table with bars", ["csv"], '|'),
];

/// Returns the first three words; empty strings if there are fewer.
fn words(text: &str) -> [&str; 3] {
    let mut words = text.split_whitespace();
    [(); 3].map(|()| words.next().unwrap_or_default())
}

/// Returns whether the first two lines have the same number of separators.
fn is_table(text: &str, sign: char) -> bool {
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let is_json = first.starts_with(['{', '[']);
    !is_json && first.contains(sign) && first.matches(sign).count() == second.matches(sign).count()
}
