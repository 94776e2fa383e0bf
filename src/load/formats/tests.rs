//! Tests of format detection, and of a reader added to the table.

use super::{
    Confidence, FORMATS, FileFormat, FormatReader, FormatRefusal, Input, Json, Sample, read, recognize, recognize_text,
};
use crate::jsonc::scan_sound;
use crate::load::file::load_file_as;
use crate::load::{LoadError, Loaded};

fn of_bytes(bytes: &[u8]) -> Option<&'static str> {
    recognize(FORMATS, &Sample::Bytes(bytes)).map(|format| format.name)
}

#[test]
fn tells_bytes() {
    assert_eq!(of_bytes(b"%PDF-1.7"), Some("a PDF document"));
    assert_eq!(of_bytes(b"PK\x03\x04....xl/workbook.xml"), Some("an Excel workbook"));
    assert_eq!(of_bytes(b"PK\x03\x04\0\0\0\0"), Some("a ZIP archive"));
    assert_eq!(of_bytes(b"{\"format\": \"tieline\"}"), None);
    assert_eq!(of_bytes("{é}".as_bytes()), None);
}

#[test]
fn tells_texts() {
    for (text, wanted) in [
        ("<?xml version='1.0'?>\n<graphml>", "a GraphML graph"),
        ("<!DOCTYPE html><html>", "a web page"),
        ("<a>, b\n<c>, d", "an XML file"),
        ("digraph g { a -> b }", "a DOT graph (Graphviz)"),
        ("graph [\n node [ id 1 ]", "a GML graph"),
        ("<!-- a --><!DOCTYPE gexf [<!ENTITY a 'b'>]>\n<g:gexf>", "a GEXF graph (Gephi)"),
        ("// a\nstrict Graph \"a b\" {", "a DOT graph (Graphviz)"),
        ("% a\n*network x\n*Vertices 2", "a Pajek network"),
        ("DL n=2\ndata:\n0 1", "a UCINET DL file"),
        ("<rss><graphml/></rss>", "an XML file"),
        ("name,kind\nOpenAI,company\n", "a CSV table"),
        ("@article{x, title={y}}", "a BibTeX file"),
    ] {
        assert_eq!(recognize_text(FORMATS, text).map(|format| format.name), Some(wanted), "{text}");
    }
    assert!(recognize_text(FORMATS, "hello").is_none());
    assert!(recognize_text(FORMATS, "").is_none());
}

#[test]
fn tells_json() {
    for (text, wanted) in [
        (r#"{"type": "FeatureCollection", "features": []}"#, "a GeoJSON file"),
        (r#"[{"type": "book", "title": "x"}]"#, "a list of references (CSL-JSON)"),
        (r#"[{"name": "x"}]"#, "a table in JSON"),
        ("[1, 2]", "a JSON list from another program"),
        (r#"{"graph": {"nodes": {}}}"#, "a graph in JSON Graph Format"),
        (r#"{"type": "bundle", "id": "b", "objects": []}"#, "a STIX bundle"),
        (r#"{"id": "a", "schema": "Person", "properties": {}}"#, "a file of FollowTheMoney entities"),
        (r#"{"nodes": [], "links": []}"#, "a node-link graph in JSON"),
        (r#"{"mine": 1}"#, "a JSON file from another program"),
        ("12", "a single JSON value"),
    ] {
        let json = Json { tape: &scan_sound(text), text };
        assert_eq!(recognize(FORMATS, &Sample::Json(json)).map(|format| format.name), Some(wanted), "{text}");
    }
}

/// A format with one line per tie: an example that takes the same path as real readers.
mod pairs {
    use super::{Confidence, FileFormat, FormatReader, FormatRefusal, Input, Loaded, Sample};
    use crate::jsonc::PathStep;
    use crate::load::build::build;
    use crate::load::faults::{FaultLocation, Faults, FieldPath};
    use crate::load::locations::Locate;
    use crate::load::loose::Loose;
    use crate::load::records::FileRecord;
    use crate::load::{LoadError, finish};
    use crate::model::Position;

    pub(super) const FORMATS: &[FileFormat] = &[FileFormat {
        name: "a table of pairs",
        endings: &["pairs"],
        sniff: |sample| match sample {
            Sample::Text { lower, .. } if lower.starts_with("payer,payee") => Confidence::Sure,
            _ => Confidence::No,
        },
        reader: FormatReader::Known(read),
    }];

    struct Cells;

    impl Locate for Cells {
        fn positions(&self, locations: &[&FaultLocation]) -> Vec<Option<Position>> {
            let position = |location: &&FaultLocation| match location {
                FaultLocation::Path(steps) => match steps.as_slice() {
                    [PathStep::Field(list), PathStep::Index(index), PathStep::Field(field)] if list == "ties" => {
                        let column = if field == "from" { 1 } else { 2 };
                        Some(Position::Cell { sheet: "".into(), row: *index as u32 + 2, column })
                    }
                    _ => None,
                },
                _ => None,
            };
            locations.iter().map(position).collect()
        }

        fn name(&self, location: &FaultLocation) -> String {
            let last = if let FaultLocation::Path(steps) = location { steps.last() } else { None };
            let is_end = |name: &str| matches!(last, Some(PathStep::Field(field)) if field == name);
            [("from", "Payer"), ("to", "Payee")]
                .into_iter()
                .find(|(field, _)| is_end(field))
                .map_or_else(String::new, |(_, column)| format!("column {column}"))
        }
    }

    fn read(input: &Input) -> Result<Loaded, FormatRefusal> {
        let text = std::str::from_utf8(input.bytes).unwrap_or_default();
        let pairs: Vec<(&str, &str)> = text.lines().skip(1).filter_map(|line| line.split_once(',')).collect();
        if pairs.is_empty() {
            return Err(LoadError::not_a_map(input.file, "a table without rows").into());
        }
        let actor = |id: &str| format!("{{\"id\": \"{id}\", \"name\": \"{id}\"}}");
        let tie = |(index, (from, to)): (usize, &(&str, &str))| {
            format!("{{\"id\": \"t{index}\", \"kind\": \"pays\", \"from\": \"{from}\", \"to\": \"{to}\"}}")
        };
        let actors: Vec<String> = pairs.iter().map(|(from, _)| actor(from)).collect();
        let ties: Vec<String> = pairs.iter().enumerate().map(tie).collect();
        let json = format!(
            "{{\"format\": \"tieline\", \"version\": \"1.0\", \"actors\": [{}], \"ties\": [{}]}}",
            actors.join(","),
            ties.join(",")
        );
        let Ok(Loose::Good(record)) = serde_json::from_str::<Loose<FileRecord>>(&json) else {
            return Err(LoadError::not_a_map(input.file, "a table of another kind").into());
        };
        let mut faults = Faults::default();
        faults.remark(&FieldPath::Root, format_args!("no source is named"), "name one");
        Ok(finish(build(record, faults, input.on_progress)?, input.file, None, || Cells)?)
    }
}

/// The same format without a reader.
const UNSUPPORTED: &[FileFormat] = &[FileFormat { reader: FormatReader::Unsupported, ..pairs::FORMATS[0] }];

fn read_with(text: &str, formats: &[&'static [FileFormat]]) -> Result<Loaded, LoadError> {
    let file = "ties.csv".into();
    read(&Input { bytes: text.as_bytes(), file: &file, on_progress: &|_| true, formats })
}

#[test]
fn an_entry_with_a_reader_is_all_that_another_format_needs() {
    let formats = [FORMATS, &[pairs::FORMATS]].concat();
    let loaded = read_with("Payer,Payee\nA,B\nB,Nobody\n", &formats).expect("read");
    assert_eq!((loaded.map.actors().len(), loaded.map.ties().len()), (2, 1));
    let lost = loaded.problems.iter().find(|problem| problem.message.contains("Nobody")).expect("a problem");
    let place = lost.location.as_ref().map(ToString::to_string);
    assert_eq!((place.as_deref(), lost.field.as_str()), (Some("ties.csv, B3"), "column Payee"));
    assert_eq!(loaded.imported, Some("a table of pairs"));
    // Our own maps are unaffected.
    assert!(read_with(r#"{"format": "tieline", "version": "1.0", "actors": []}"#, &formats).is_ok());
    let refused = read_with("Payer,Payee\nA,B\n", &[FORMATS, &[UNSUPPORTED]].concat()).expect_err("no reader");
    assert!(refused.to_string().contains("seems to be a table of pairs"), "{refused}");
}

#[test]
fn a_file_of_another_format_is_no_place_to_save() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ties.pairs");
    std::fs::write(&path, "Payer,Payee\nA,A\n").expect("written");
    let formats = [FORMATS, &[pairs::FORMATS]].concat();
    let (_, origin) = load_file_as(&path, &formats, &|_| true).expect("read");
    assert_eq!(origin.imported_from(), Some((&*path, "a table of pairs")));
    assert_eq!((origin.path(), origin.own_path(), origin.can_save_in_place()), (Some(&*path), None, false));
    assert!(origin.map_bytes().is_empty() && !origin.bytes().is_empty());
    std::fs::write(&path, r#"{"format": "tieline", "version": "1.0", "actors": []}"#).expect("written");
    let (_, origin) = load_file_as(&path, &formats, &|_| true).expect("read");
    assert_eq!((origin.imported_from(), origin.own_path()), (None, Some(&*path)), "the name decides nothing");
}

#[test]
fn endings_of_what_can_be_read_are_those_of_entries_with_a_reader() {
    let tables = [
        "xlsx", "xlsm", "ods", "zip", "gz", "xls", "graphml", "gexf", "dot", "gv", "gml", "net", "paj", "dl", "tsv",
        "tab", "csv", "sif", "ncol", "cyjs", "js", "cx2", "ndjson", "jsonl", "ijson", "canvas", "jgf", "srj",
    ];
    assert_eq!(super::readable_endings(FORMATS), [&["jsonc", "json"][..], &tables].concat());
    let more = super::readable_endings(&[FORMATS, &[pairs::FORMATS]].concat());
    assert_eq!(more, [&["jsonc", "json"][..], &tables, &["pairs"]].concat());
}
