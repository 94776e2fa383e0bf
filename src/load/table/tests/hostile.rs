//! Damaged and hostile files: none may panic, hang, or cost more than the limits allow.

use std::io::Write as _;
use std::sync::Arc;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::super::limits::Meter;
use super::super::zip::Archive;
use super::super::{Limits, TableError, open_tables, trim_table};
use super::damage::{Numbers, mutated};
use super::{data, error_of, with_tables};

/// Packs members without compression; those of the last argument of [`zip_with`] are deflated.
pub(super) fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(members, 0)
}

/// Packs members by a method: 0 stored, 8 deflated.
pub(super) fn zip_with(members: &[(&str, &[u8])], method: u16) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, contents) in members {
        let packed = if method == 0 { contents.to_vec() } else { deflate(contents) };
        let mut crc = Crc::new();
        crc.update(contents);
        let mut common = vec![20, 0, 0, 0];
        common.extend(method.to_le_bytes());
        common.extend([0; 4]);
        for number in [crc.sum(), packed.len() as u32, contents.len() as u32] {
            common.extend(number.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        directory.extend([b"PK\x01\x02\x14\x00", &*common, &[0; 12], &(out.len() as u32).to_le_bytes()].concat());
        directory.extend(name.bytes());
        out.extend([b"PK\x03\x04", &*common, &[0; 2], name.as_bytes(), &packed].concat());
    }
    let (count, at) = (members.len() as u16, out.len() as u32);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend([(directory.len() as u32).to_le_bytes(), at.to_le_bytes()].concat());
    out.extend([0, 0]);
    out
}

fn deflate(contents: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(contents).expect("memory");
    encoder.finish().expect("memory")
}

/// Small limits, so that files that grow are refused soon.
fn small() -> Limits {
    Limits { small_bytes: 1 << 20, cells: 200_000, ..Limits::default() }
}

/// Opens, reads and trims a file, whatever comes of it.
fn survive(bytes: &[u8], name: &str) {
    let Ok(files) = open_tables(bytes, &Arc::from(name), &small(), &|_| true) else { return };
    let Ok(mut tables) = files.read(&|_| true) else { return };
    for table in &mut tables.tables {
        trim_table(table);
        let added = usize::from(table.is_of_graph());
        assert!(table.rows().skip(added).all(|row| row.number > 0));
        assert!(table.width() > 0 && table.row(0).is_some());
    }
}

/// Files of each make: the name, and the bytes with the members of archives unpacked, so that damage reaches them.
fn makes() -> Vec<(&'static str, Vec<u8>)> {
    let mut makes: Vec<(&'static str, Vec<u8>)> = vec![
        ("a.csv", data("cases/06-quotes-and-newlines/edges.csv")),
        ("b.csv", data("cases/06-quotes-and-newlines/unclosed.csv")),
        ("c.csv", data("cases/06-quotes-and-newlines/backslash.csv")),
        ("d.csv", data("cases/04-windows-1252/cp1252.csv")),
        ("e.sif", data("cases/24-sif/net.sif")),
        ("f.csv.gz", data("import/edges.csv.gz")),
        ("g.zip", data("import/tables.zip")),
        ("h.xls", data("import/xlwt.xls")),
    ];
    makes.push(("i.xlsx", data("cases/14-xlsx-dates-and-formats/dates.xlsx")));
    makes.push(("j.xlsx", data("import/openpyxl.xlsx")));
    makes.push(("k.ods", data("import/odfpy.ods")));
    makes.push(("l.graphml", data("cases/25-graphml-yed/yed.graphml")));
    makes.push(("m.graphml", data("cases/26-graphml-defaults-and-mixed/mixed.graphml")));
    makes.push(("n.gexf", data("cases/28-gexf-dynamic/v12.gexf")));
    makes.push(("o.gexf", data("cases/28-gexf-dynamic/v13.gexf")));
    makes.push(("p.dot", data("cases/30-dot-everything/net.dot")));
    makes.push(("q.net", data("cases/31-pajek-net/net.net")));
    makes.push(("r.gml", data("import/networkx.gml")));
    makes.push(("s.dl", data("import/ucinet.dl")));
    makes
}

/// A file of each format in JSON.
const JSON: [&str; 18] = [
    "cases/33-json-node-link/links.json",
    "cases/33-json-node-link/graphology.json",
    "import/networkx-adjacency.json",
    "cases/35-json-cx2/net.cx2",
    "cases/36-json-kumu/blueprint.json",
    "cases/37-json-oligrapher/v2.json",
    "cases/39-ftm-ndjson/entities.ftm.json",
    "cases/40-json-bods/bods02.json",
    "cases/40-json-bods/bods04.jsonl",
    "cases/42-obsidian-canvas/board.canvas",
    "import/cytoscape-web.js",
    "import/littlesis-api.json",
    "import/apoc.jsonl",
    "import/apoc-keys.json",
    "import/jgf-2.json",
    "import/stix2.json",
    "import/wikidata.srj",
    "import/records.ndjson",
];

fn graphs_in_json() -> Vec<(&'static str, Vec<u8>)> {
    JSON.map(|file| (file, data(file))).into()
}

/// Returns the members of an archive, unpacked.
fn members(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let meter = Meter::new(Limits::default(), bytes.len(), &|_| true);
    let archive = Archive::open(bytes).expect("an archive");
    let read = |member| archive.read(member, &meter).expect("a member");
    archive.members.iter().map(|member| (member.name.clone(), read(member))).collect()
}

fn is_document(name: &str) -> bool {
    [".xlsx", ".ods"].iter().any(|ending| name.ends_with(ending))
}

/// Packs members again, with one of them replaced.
fn repack(members: &[(String, Vec<u8>)], changed: usize, contents: &[u8]) -> Vec<u8> {
    let all = members.iter().enumerate();
    let all = all.map(|(index, (name, own))| (&**name, if index == changed { contents } else { own }));
    zip_of(&all.collect::<Vec<_>>())
}

#[test]
fn files_cut_off_in_many_places_are_survived() {
    survive_cuts(1500, 150);
}

/// Reads the files cut off in up to this number of places, and those of archives in others for each member.
pub(super) fn survive_cuts(places: usize, places_of_members: usize) {
    for (name, bytes) in [makes(), graphs_in_json()].concat() {
        for end in (0..bytes.len()).step_by((bytes.len() / places).max(1)) {
            survive(&bytes[..end], name);
        }
        if is_document(name) {
            let members = members(&bytes);
            for (index, (part, contents)) in members.iter().enumerate().filter(|(_, (part, _))| !part.contains("theme"))
            {
                for end in (0..contents.len()).step_by((contents.len() / places_of_members).max(1)) {
                    survive(&repack(&members, index, &contents[..end]), name);
                }
                assert!(!part.is_empty());
            }
        }
    }
}

/// Reads files with random damage, this number of each make.
pub(super) fn survive_damage(count: usize) {
    survive_damage_of(makes(), count);
}

/// Reads graphs in JSON with random damage, this number of each format.
pub(super) fn survive_damage_of_json(count: usize) {
    survive_damage_of(graphs_in_json(), count);
}

fn survive_damage_of(makes: Vec<(&'static str, Vec<u8>)>, count: usize) {
    let mut numbers = Numbers(54);
    for (name, bytes) in makes {
        let members = if is_document(name) { members(&bytes) } else { Vec::new() };
        for _ in 0..count {
            survive(&mutated(&bytes, &mut numbers), name);
            if !members.is_empty() {
                let index = numbers.below(members.len());
                let contents = mutated(&members[index].1, &mut numbers);
                survive(&repack(&members, index, &contents), name);
            }
        }
    }
}

#[test]
fn files_with_random_damage_are_survived() {
    survive_damage(300);
    survive_damage_of_json(300);
}

#[test]
fn files_in_a_wrong_encoding_or_under_a_wrong_name_are_survived() {
    for (name, bytes) in [makes(), graphs_in_json()].concat() {
        for ending in [
            "csv", "tsv", "txt", "sif", "ncol", "xlsx", "xls", "ods", "zip", "csv.gz", "graphml", "gexf", "dot", "gml",
            "net", "dl", "json", "",
        ] {
            survive(&bytes, &format!("a.{ending}"));
        }
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let wider: Vec<u8> = text.chars().flat_map(|sign| u32::from(sign).to_le_bytes()).collect();
        for encoded in [wide.clone(), wide[1..].to_vec(), wider, text.into_bytes(), [b"\xef\xbb\xbf", &*bytes].concat()]
        {
            survive(&encoded, name);
        }
        survive(&[b"\xff\xfe", &*bytes].concat(), name);
    }
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b' '; 4 << 20];
    let bomb = zip_with(&[("a.csv", &zeros)], 8);
    assert!(bomb.len() < 10_000);
    let error = error_of(&bomb, "a.zip", &small());
    assert!(error.contains("unpacks to more than 200 times its size"), "{error}");
    let sheet = zip_with(&[("[Content_Types].xml", b""), ("xl/workbook.xml", &zeros)], 8);
    assert!(error_of(&sheet, "a.xlsx", &small()).contains("unpacks to more"));
    let many: Vec<(String, &[u8])> = (0..8).map(|index| (format!("{index}.csv"), &zeros[..1 << 19])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, contents)| (&**name, *contents)).collect();
    assert!(error_of(&zip_with(&many, 8), "a.zip", &small()).contains("unpacks to more"), "all members count together");
    with_tables(&zip_with(&[("a.csv", b"a,b\n1,2\n")], 8), "a.zip", |tables| assert_eq!(tables.tables.len(), 1));
}

#[test]
fn limits_are_errors() {
    let limits = Limits { cell_bytes: 1 << 20, columns: 10, cells: 30, ..Limits::default() };
    assert!(error_of("a,".repeat(20).as_bytes(), "a.csv", &limits).contains("row 1 has more than 10 columns"));
    assert!(error_of("a,b\n".repeat(20).as_bytes(), "a.csv", &limits).contains("more than 30 cells"));
    let long = format!("a,b\n{}\n", "x".repeat(2 << 20));
    assert!(error_of(long.as_bytes(), "a.csv", &limits).contains("row 2 has a cell of more than 1 MB"));
    let row = "a ".repeat(20);
    assert!(error_of(row.as_bytes(), "a.sif", &limits).contains("columns"));
}

#[test]
fn repeated_cells_of_a_small_document_are_counted() {
    let content = "<d><table name=\"A\"><table-row number-rows-repeated=\"1000000\">\
        <table-cell number-columns-repeated=\"16384\"><p>x</p></table-cell></table-row></table></d>";
    let document = zip_of(&[("content.xml", content.as_bytes()), ("META-INF/manifest.xml", b"<m/>")]);
    assert!(error_of(&document, "a.ods", &small()).contains("more than 200000 cells"));
}

#[test]
fn repeated_texts_of_a_small_document_are_counted() {
    let long = "x".repeat(100_000);
    let manifest = ("META-INF/manifest.xml", &b"<m/>"[..]);
    let cells = "<table-cell number-columns-repeated=\"9999\"><p>";
    let repeated = format!("<d><table name=\"A\"><table-row>{cells}{long}</p></table-cell></table-row></table></d>");
    let merged = format!(
        "<d><table name=\"A\"><table-row><table-cell number-rows-spanned=\"999\"><p>{long}</p></table-cell></table-row>\
        <table-row number-rows-repeated=\"998\"/><table-row><table-cell/><table-cell><p>y</p></table-cell></table-row></table></d>"
    );
    let blanks = format!(
        "<d><table name=\"A\"><table-row><table-cell><p>{}</p></table-cell></table-row></table></d>",
        "<s c=\"1000\"/>".repeat(2000)
    );
    for content in [repeated, merged, blanks] {
        let document = zip_of(&[("content.xml", content.as_bytes()), manifest]);
        let limits = Limits { ratio: 1, ..small() };
        assert!(error_of(&document, "a.ods", &limits).contains("unpacks to more"), "{}", &content[..100]);
    }
}

#[test]
fn tables_that_take_more_memory_than_their_file_are_refused() {
    let blanks = "a,".repeat(1000) + "\n";
    let error = error_of(blanks.repeat(4000).as_bytes(), "a.csv", &Limits::default());
    assert!(error.contains("most of them blank or of a single character"), "{error}");
    let lines = error_of("a\n".repeat(1_800_000).as_bytes(), "a.csv", &Limits::default());
    assert!(lines.contains("most of them blank or of a single character"), "{lines}");
    let wide = format!("{}\n{}", "heading,".repeat(1000), "from,to,date\n".repeat(300));
    assert!(error_of(wide.as_bytes(), "a.csv", &small()).contains("rows of up to 1001 columns"));
    let row = "a,".repeat(1_000_000);
    assert!(error_of(row.as_bytes(), "a.csv", &Limits::default()).contains("row 1 has more than 16384 columns"));
}

#[test]
fn opening_and_reading_can_be_canceled() {
    let file: Arc<str> = Arc::from("a.csv");
    let text = "a,b\n".repeat(10_000);
    let opened = open_tables(text.as_bytes(), &file, &Limits::default(), &|_| false);
    assert!(matches!(opened, Err(TableError::Canceled)));
    let opened = open_tables(text.as_bytes(), &file, &Limits::default(), &|_| true).expect("a file");
    assert!(matches!(opened.read(&|_| false), Err(TableError::Canceled)));
}
