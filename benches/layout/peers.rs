//! Other programs on the same graphs.

use std::fmt::Write as _;
use std::process::Command;

use super::Row;
use super::graphs::Graph;
use super::judge;

/// Above so many ties, sfdp takes minutes.
const MOST_FOR_SFDP: usize = 100_000;

/// Runs the fast multipole multilevel embedder of OGDF; `None` if the interpreter can't.
pub fn fmme(python: &str, graph: &Graph) -> Option<Row> {
    let folder = tempfile::tempdir().ok()?;
    let (edges, places) = (folder.path().join("edges"), folder.path().join("places"));
    let text: String = graph.ties.iter().fold(String::new(), |mut text, (a, b)| {
        let _ = writeln!(text, "{a} {b}");
        text
    });
    std::fs::write(&edges, text).ok()?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/layout/fmme.py");
    let ran = Command::new(python).arg(script).arg(graph.count.to_string()).args([&edges, &places]).output().ok()?;
    let seconds = String::from_utf8(ran.stdout).ok()?.trim().lines().last()?.parse().ok()?;
    let text = std::fs::read_to_string(&places).ok()?;
    let at: Option<Vec<[f64; 2]>> = text.lines().map(pair).collect();
    Some(Row { program: "OGDF FMME", processor_s: seconds, verdict: judge::judge(graph, &at?) })
}

fn pair(line: &str) -> Option<[f64; 2]> {
    let (x, y) = line.split_once(' ')?;
    Some([x.parse().ok()?, y.parse().ok()?])
}

/// Runs sfdp, whose time includes reading and writing; `None` if it is not installed or the graph is too large.
pub fn sfdp(graph: &Graph) -> Option<Row> {
    if graph.ties.len() > MOST_FOR_SFDP {
        return None;
    }
    let folder = tempfile::tempdir().ok()?;
    let file = folder.path().join("graph.gv");
    let mut text = String::from("graph G {\n");
    for v in 0..graph.count {
        let _ = writeln!(text, "{v}");
    }
    for (a, b) in &graph.ties {
        let _ = writeln!(text, "{a}--{b}");
    }
    text.push('}');
    std::fs::write(&file, text).ok()?;
    // The shell reports the CPU time of its child.
    let command = "times >/dev/null; sfdp -Tplain \"$0\" && times";
    let ran = Command::new("bash").arg("-c").arg(command).arg(&file).output().ok()?;
    let mut at = vec![[0.0; 2]; graph.count];
    let text = String::from_utf8(ran.stdout).ok()?;
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let ["node", name, x, y, ..] = words[..] {
            at[name.parse::<usize>().ok()?] = [x.parse().ok()?, y.parse().ok()?];
        }
    }
    let times = text.lines().last().and_then(child_seconds)?;
    Some(Row { program: "sfdp", processor_s: times, verdict: judge::judge(graph, &at) })
}

/// Reads the processor time of children, in the form "0m3.520s 0m0.110s" of the shell's `times`.
fn child_seconds(line: &str) -> Option<f64> {
    let seconds = |word: &str| {
        let (minutes, seconds) = word.trim_end_matches('s').split_once('m')?;
        Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
    };
    line.split_whitespace().map(seconds).sum()
}
