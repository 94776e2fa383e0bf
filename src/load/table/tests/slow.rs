//! Long runs of the tests of hostile files, and the memory that reading takes.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::super::{Limits, Table, open_tables};
use super::hostile::{survive_cuts, survive_damage, survive_damage_of_json, zip_of};

#[test]
fn files_cut_off_at_each_byte_are_survived() {
    survive_cuts(usize::MAX, usize::MAX);
}

#[test]
fn ten_thousand_damaged_graphs_of_each_format_in_json_are_survived() {
    survive_damage_of_json(10_000);
}

#[test]
fn ten_thousand_damaged_files_of_each_make_are_survived() {
    survive_damage(10_000);
}

/// File that a child process reads; unset when a person starts the test binary.
const READ: &str = "TIELINE_TEST_READ_TABLES";

/// Returns the peak memory of this process in bytes, from Linux's `VmHWM`.
fn peak_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM")).expect("is there");
    line.split_whitespace().nth(1).and_then(|count| count.parse::<usize>().ok()).expect("a number") * 1024
}

#[test]
#[ignore = "the process that `tables_take_less…` starts"]
fn child_that_reads_tables() {
    let Some(path) = std::env::var_os(READ) else { return };
    let bytes = std::fs::read(&path).expect("a file");
    let name: Arc<str> = Path::new(&path).file_name().expect("a name").to_string_lossy().into();
    let said = match open_tables(&bytes, &name, &Limits::default(), &|_| true) {
        Err(error) => error.to_string(),
        Ok(files) => match files.read(&|_| true) {
            Err(error) => error.to_string(),
            Ok(tables) => format!("{} rows", tables.tables.iter().map(Table::row_count).sum::<usize>()),
        },
    };
    writeln!(std::io::stdout(), "peak {} said {said}", peak_bytes()).expect("written");
}

/// Reads a file in a child process, and returns its peak memory and what it said.
fn read_in_child(name: &str, bytes: &[u8]) -> (usize, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    let test = concat!(module_path!(), "::child_that_reads_tables");
    let test = test.split_once("::").expect("a path").1;
    child.args([test, "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    let output = child.env(READ, &path).stderr(Stdio::null()).output().expect("ran").stdout;
    let output = String::from_utf8_lossy(&output);
    let said = output.split("peak ").nth(1).and_then(|rest| rest.split_once(" said "));
    let (peak, said) = said.unwrap_or_else(|| panic!("{name}: {output}"));
    (peak.parse().expect("a number"), said.lines().next().unwrap_or_default().to_owned())
}

#[test]
fn tables_take_less_than_eight_times_their_size() {
    let quoted = format!("a,b\n\"{}\",x\n", "\"\"".repeat(24 << 20));
    let edges: String = (0..3_000_000_u32).fold(String::from("from,to\n"), |mut text, index| {
        let _ = writeln!(text, "{},{}", 100_000 + index % 90_000, 100_000 + index * 7 % 80_000);
        text
    });
    let wide: Vec<u8> = edges.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sheet: String = (0..400_000_u32).fold(String::from("<worksheet><sheetData>"), |mut text, row| {
        let _ = write!(text, "<row><c><v>{row}</v></c><c t=\"str\"><v>name {row}</v></c></row>");
        text
    }) + "</sheetData></worksheet>";
    let workbook = zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", br#"<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>"#),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="a.xml"/></Relationships>"#,
        ),
        ("xl/a.xml", sheet.as_bytes()),
    ]);
    let document: String = (0..400_000_u32).fold(String::from("<d><table name=\"A\">"), |mut text, row| {
        let _ = write!(
            text,
            "<table-row><table-cell><p>{row}</p></table-cell><table-cell><p>n</p></table-cell></table-row>"
        );
        text
    }) + "</table></d>";
    let document = zip_of(&[("content.xml", document.as_bytes()), ("META-INF/manifest.xml", b"<m/>")]);
    for (name, bytes, expected) in [
        ("edges.csv", edges.into_bytes(), "3000001 rows"),
        ("wide.csv", wide, "3000001 rows"),
        ("quoted.csv", quoted.into_bytes(), "2 rows"),
        ("long.csv", format!("a,b\n{},x\n", "y".repeat(51 << 20)).into_bytes(), "a cell of more than 50 MB"),
        ("row.csv", "a,".repeat(20 << 20).into_bytes(), "more than 16384 columns"),
        ("cells.csv", ("a,".repeat(1000) + "\n").repeat(20_000).into_bytes(), "most of them blank"),
        ("lines.csv", "a\n".repeat(20 << 20).into_bytes(), "most of them blank"),
        ("many.csv", ("abcdef,".repeat(999) + "abcdef\n").repeat(20_001).into_bytes(), "more than 20000000 cells"),
        ("full.csv", ("abcdef,".repeat(999) + "abcdef\n").repeat(20_000).into_bytes(), "20000 rows"),
        ("sheet.xlsx", workbook, "400000 rows"),
        ("document.ods", document, "400000 rows"),
    ] {
        let (allowed, (peak, said)) = (8 * bytes.len() + (64 << 20), read_in_child(name, &bytes));
        assert!(said.contains(expected), "{name}: {said}");
        assert!(peak < allowed, "{name}: {} of {} MB for {} MB", peak >> 20, allowed >> 20, bytes.len() >> 20);
    }
}

#[test]
fn graphs_in_json_take_less_than_eight_times_their_size() {
    let list = |count: u32, element: &dyn Fn(u32) -> String| {
        let elements: Vec<String> = (0..count).map(element).collect();
        elements.join(",")
    };
    let edge = |at: u32| format!("{{\"source\":{},\"target\":{}}}", at % 90_000, at * 7 % 80_000);
    let node = |at: u32| format!("{{\"id\":{at},\"name\":\"Actor {at}\",\"group\":\"person\"}}");
    let links = format!("{{\"nodes\":[{}],\"links\":[{}]}}", list(100_000, &node), list(1_000_000, &edge));
    let entity = |at: u32| {
        format!("{{\"id\":\"entity-{at}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"Name of {at}\"]}}}}\n")
    };
    let lines = (0..400_000).map(entity).collect::<Vec<_>>().concat();
    let ones = format!("{{\"nodes\":[{}1],\"links\":[]}}", "1,".repeat(20 << 20));
    let empty = format!("{{\"nodes\":[{}{{}}],\"links\":[]}}", "{},".repeat(10 << 20));
    let cards =
        |cards: &str| format!("{{\"nodes\":[{{\"type\":\"text\",\"x\":0,\"y\":0,\"width\":1,\"height\":1}}{cards}]}}");
    let names = format!("{{\"nodes\":[{{{}\"z\":1}}],\"links\":[]}}", "\"a\":1,".repeat(4 << 20));
    let unlike = format!("{{\"nodes\":[{{{}}}],\"links\":[]}}", list(2_000_000, &|at| format!("\"n{at}\":1")));
    let objects = "{\"type\":\"x\",\"id\":\"x--1\"},".repeat(1 << 20);
    let bundle = format!("{{\"type\":\"bundle\",\"id\":\"b\",\"objects\":[{objects}1]}}");
    for (name, text, expected) in [
        ("links.json", links, "1100002 rows"),
        ("lines.ndjson", lines, "400001 rows"),
        ("ones.json", ones, ""),
        ("empty.json", empty, "most of them"),
        ("cards.canvas", cards(&",{}".repeat(10 << 20)), "most of them"),
        ("names.json", names, ""),
        ("unlike.json", unlike, "more than 16384"),
        ("bundle.json", bundle, ""),
        ("deep.json", format!("{{\"nodes\":{}", "[".repeat(20 << 20)), ""),
    ] {
        let (allowed, (peak, said)) = (8 * text.len() + (64 << 20), read_in_child(name, text.as_bytes()));
        assert!(said.contains(expected), "{name}: {said}");
        assert!(peak < allowed, "{name}: {} of {} MB for {} MB", peak >> 20, allowed >> 20, text.len() >> 20);
    }
}
