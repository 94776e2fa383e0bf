//! Processor time to import tables, compared to loading the same map from its own file, and to reading a workbook with
//! calamine; and to import a graph in GraphML and in node-link JSON, compared to reading its XML with quick-xml and its JSON
//! with `serde_json`. Prints ratios of medians; each pair is measured in turn. With `GRAPHML_OUT` or `NODE_LINK_OUT` set, the
//! graph is written to that file, for other programs to read.

#![allow(clippy::print_stdout, reason = "ratios are the result")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

use calamine::{Data, Reader as _, Xlsx};
use mimalloc::MiMalloc;
use rust_xlsxwriter::Workbook;
use rustix::time::{ClockId, clock_gettime};
use tieline::load::{ImportFile, ImportOptions, count_cells, import_tables, load_map};
use tieline::save::write_map;

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const TIES: usize = 300_000;
const ACTORS: usize = 100_000;
const SOURCES: usize = 2_000;
const SHEET_ROWS: u32 = 100_000;
const GRAPH_EDGES: usize = 200_000;
const ROUNDS: usize = 5;

/// Returns ties with kinds, dates, amounts as people write them, and sources.
fn table() -> String {
    let mut text = String::from("From,To,Type,Start,Amount,Stage,Source,Source URL,Page\n");
    for index in 0..TIES {
        let (from, to) = (index % ACTORS, (index * 7_919 + 13) % ACTORS);
        let (kind, stage) = (["invests in", "owns", "supplies"][index % 3], ["active", "agreed"][index % 2]);
        let (year, source) = (2000 + index % 26, index % SOURCES);
        let _ = writeln!(
            text,
            "Company {from},Company {to},{kind},{year}-{:02},\"${},{:03}\",{stage},Report {source},https://example.org/reports/{source},{}",
            index % 12 + 1,
            index / 1000 + 1,
            index % 1000,
            index % 90 + 1
        );
    }
    text
}

/// Returns a workbook with ties, as numbers, dates and texts.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["From", "To", "Type", "Year", "Amount"].into_iter().enumerate() {
        sheet.write(0, column as u16, heading).expect("written");
    }
    for row in 1..=SHEET_ROWS {
        sheet.write(row, 0, format!("Company {}", row % 20_000)).expect("written");
        sheet.write(row, 1, format!("Company {}", (row * 7_919 + 13) % 20_000)).expect("written");
        sheet.write(row, 2, ["invests in", "owns"][row as usize % 2]).expect("written");
        sheet.write(row, 3, 2000 + row % 26).expect("written");
        sheet.write(row, 4, f64::from(row) * 1.5).expect("written");
    }
    book.save_to_buffer().expect("a workbook")
}

/// Returns a graph with typed attributes, as `NetworkX` writes it.
fn graph() -> String {
    let mut text = String::from(
        "<?xml version='1.0' encoding='utf-8'?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         <key id=\"d0\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n\
         <key id=\"d1\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n\
         <key id=\"d2\" for=\"node\" attr.name=\"staff\" attr.type=\"long\"/>\n\
         <key id=\"d3\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n\
         <key id=\"d4\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n<graph edgedefault=\"directed\">\n",
    );
    for node in 0..ACTORS {
        let (kind, staff) = (["company", "person", "fund"][node % 3], node * 37 % 5_000);
        let _ = writeln!(
            text,
            "  <node id=\"n{node}\">\n    <data key=\"d0\">Company {node}</data>\n    <data key=\"d1\">{kind}</data>\n    \
             <data key=\"d2\">{staff}</data>\n  </node>"
        );
    }
    for edge in 0..GRAPH_EDGES {
        let (from, to) = (edge % ACTORS, (edge * 7_919 + 13) % ACTORS);
        let (kind, weight) = (["owns", "supplies", "lends to"][edge % 3], edge % 1_000);
        let _ = writeln!(
            text,
            "  <edge id=\"{edge}\" source=\"n{from}\" target=\"n{to}\">\n    <data key=\"d3\">{kind}</data>\n    \
             <data key=\"d4\">{weight}.25</data>\n  </edge>"
        );
    }
    text + "</graph></graphml>\n"
}

/// Returns the same graph in JSON, as `NetworkX` writes it.
fn node_link() -> String {
    let mut text = String::from("{\"directed\": true, \"multigraph\": true, \"graph\": {}, \"nodes\": [");
    for node in 0..ACTORS {
        let (kind, staff) = (["company", "person", "fund"][node % 3], node * 37 % 5_000);
        let comma = if node > 0 { ", " } else { "" };
        let _ = write!(
            text,
            "{comma}{{\"label\": \"Company {node}\", \"kind\": \"{kind}\", \"staff\": {staff}, \"id\": \"n{node}\"}}"
        );
    }
    text.push_str("], \"links\": [");
    for edge in 0..GRAPH_EDGES {
        let (from, to) = (edge % ACTORS, (edge * 7_919 + 13) % ACTORS);
        let (kind, weight) = (["owns", "supplies", "lends to"][edge % 3], edge % 1_000);
        let comma = if edge > 0 { ", " } else { "" };
        let _ = write!(
            text,
            "{comma}{{\"kind\": \"{kind}\", \"weight\": {weight}.25, \"source\": \"n{from}\", \"target\": \"n{to}\", \"key\": {edge}}}"
        );
    }
    text + "]}\n"
}

/// Returns the number of XML events.
fn events(text: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut count = 0;
    while !matches!(reader.read_event().expect("XML"), quick_xml::events::Event::Eof) {
        count += 1;
    }
    count
}

/// Returns the processor time of all threads that `work` takes.
fn spent<T>(work: impl FnOnce() -> T) -> Duration {
    let now = || Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).expect("a clock that goes forward");
    let before = now();
    let done = black_box(work());
    let spent = now().saturating_sub(before);
    drop(done);
    spent
}

/// Measures both in turn, and prints the medians and their ratio.
fn compare<A, B>(name: &str, ours: impl Fn() -> A, (peer, theirs): (&str, impl Fn() -> B)) {
    let mut times: [Vec<Duration>; 2] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(spent(&ours));
        times[1].push(spent(&theirs));
    }
    let [ours, theirs] = times.map(|mut times| {
        times.sort();
        times[ROUNDS / 2]
    });
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("{name}: {} ms; {peer}: {} ms; ratio {ratio:.2}", ours.as_millis(), theirs.as_millis());
}

fn import(name: &str, bytes: &[u8]) -> usize {
    let files = [ImportFile { name: name.into(), bytes: bytes.into() }];
    let (map, report) = import_tables(&files, &ImportOptions::default(), &|_| true).expect("tables");
    assert_eq!(report.rows.read, report.rows.used, "all rows are used");
    map.ties().len()
}

fn main() {
    let csv = table();
    let files = [ImportFile { name: "ties.csv".into(), bytes: csv.as_bytes().into() }];
    let (map, _) = import_tables(&files, &ImportOptions::default(), &|_| true).expect("tables");
    let own = write_map(&map);
    drop(map);
    println!("{TIES} ties: {} MB of CSV, {} MB of Tieline's own file", csv.len() >> 20, own.len() >> 20);
    let load = || load_map(own.as_bytes(), "own").expect("opens").map.ties().len();
    compare("importing the CSV", || import("ties.csv", csv.as_bytes()), ("loading the own file", load));
    let book = workbook();
    println!("{SHEET_ROWS} rows: {} MB of XLSX", book.len() >> 20);
    let bare = || {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.as_slice())).expect("a workbook");
        let range = book.worksheet_range_at(0).expect("a sheet").expect("cells");
        range.used_cells().filter(|(_, _, cell)| !matches!(cell, Data::Empty)).count()
    };
    let file = ImportFile { name: "ties.xlsx".into(), bytes: book.as_slice().into() };
    let cells = || count_cells(&file).expect("cells");
    assert_eq!(cells(), bare(), "the same cells");
    compare("reading the cells of the XLSX", cells, ("calamine's bare read", bare));
    let graphml = graph();
    if let Some(path) = std::env::var_os("GRAPHML_OUT") {
        std::fs::write(path, &graphml).expect("written");
    }
    println!("{ACTORS} nodes and {GRAPH_EDGES} edges: {} MB of GraphML", graphml.len() >> 20);
    let ours = || import("graph.graphml", graphml.as_bytes());
    assert_eq!(ours(), GRAPH_EDGES, "each edge is a tie");
    let seconds = spent(ours).as_secs_f64();
    println!("importing the GraphML: {:.0} MB per second of processor", graphml.len() as f64 / 1e6 / seconds);
    compare("importing the GraphML", ours, ("quick-xml's bare read", || events(&graphml)));
    let json = node_link();
    if let Some(path) = std::env::var_os("NODE_LINK_OUT") {
        std::fs::write(path, &json).expect("written");
    }
    println!("{ACTORS} nodes and {GRAPH_EDGES} edges: {} MB of node-link JSON", json.len() >> 20);
    let ours = || import("graph.json", json.as_bytes());
    assert_eq!(ours(), GRAPH_EDGES, "each link is a tie");
    let seconds = spent(ours).as_secs_f64();
    println!("importing the JSON: {:.0} MB per second of processor", json.len() as f64 / 1e6 / seconds);
    let bare = || serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
    compare("importing the JSON", ours, ("serde_json's bare read", bare));
    compare("importing the XLSX", || import("ties.xlsx", &book), ("calamine's bare read", bare));
}
