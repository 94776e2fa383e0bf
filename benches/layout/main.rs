//! Lays large graphs out as points, beside OGDF's multilevel multipole method and Graphviz's sfdp, and prints what each
//! takes and how good the pictures are.
//!
//! `cargo bench --bench layout -- [--python PYTHON] [GRAPH…]`: PYTHON is an interpreter with `ogdf-python`; sfdp is run if it
//! is installed. Processor seconds of the layout alone; medians of five seeds, each with other numbers for the nodes.
#![allow(clippy::print_stdout, reason = "the table is the result")]

mod graphs;
mod judge;
mod peers;

use std::time::{Duration, Instant};

use emath::vec2;
use rustix::time::{ClockId, clock_gettime};
use tieline::layout::{Algorithm, Edge, NoProgress, Node, Request, lay_out_points};

use graphs::Graph;
use judge::Verdict;

const SEEDS: u64 = 5;

/// What one program takes for a graph, and what its picture is like.
struct Row {
    program: &'static str,
    processor_s: f64,
    verdict: Verdict,
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (mut python, mut wanted) = (None, Vec::new());
    while let Some(argument) = arguments.next() {
        if argument == "--python" { python = arguments.next() } else { wanted.push(argument) }
    }
    println!("| graph | program | processor s | ratio | stress | purity | wall of two threads / one |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (name, graph) in graphs::all() {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        let (ours, speedup) = tieline(&graph);
        let peers = [python.as_deref().and_then(|python| peers::fmme(python, &graph)), peers::sfdp(&graph)];
        let peers: Vec<Row> = peers.into_iter().flatten().collect();
        for row in std::iter::once(&ours).chain(&peers) {
            let ratio = row.processor_s / ours.processor_s;
            let purity = row.verdict.purity.map_or_else(String::new, |purity| format!("{purity:.2}"));
            let speedup = if row.program == ours.program { format!("{speedup:.2}") } else { String::new() };
            println!(
                "| {name}: {} + {} | {} | {:.3} | {ratio:.1} | {:.3} | {purity} | {speedup} |",
                graph.count,
                graph.ties.len(),
                row.program,
                row.processor_s,
                row.verdict.stress
            );
        }
    }
}

/// Lays a graph out with five seeds; returns the medians, and the share of the wall time that two threads take.
fn tieline(graph: &Graph) -> (Row, f64) {
    let runs: Vec<(f64, Verdict)> = (1..=SEEDS)
        .map(|seed| {
            let (numbers, shuffled) = graph.shuffled(seed);
            let request = request(&shuffled, seed);
            let before = processor_time();
            let centers = on_threads(1, || lay_out_points(&request, &NoProgress)).expect("not canceled");
            let spent = processor_time().saturating_sub(before).as_secs_f64();
            let at: Vec<[f64; 2]> =
                numbers.iter().map(|&n| centers[n as usize]).map(|p| [f64::from(p.x), f64::from(p.y)]).collect();
            (spent, judge::judge(graph, &at))
        })
        .collect();
    let median = |of: &dyn Fn(&(f64, Verdict)) -> f64| {
        let mut values: Vec<f64> = runs.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let purity = graph.community.as_ref().map(|_| median(&|run| run.1.purity.unwrap_or(0.0)));
    let verdict = Verdict { stress: median(&|run| run.1.stress), purity };
    let request = request(graph, 1);
    let wall = |threads| {
        let mut walls: Vec<Duration> = (0..3)
            .map(|_| {
                let start = Instant::now();
                on_threads(threads, || lay_out_points(&request, &NoProgress));
                start.elapsed()
            })
            .collect();
        walls.sort();
        walls[0].as_secs_f64()
    };
    (Row { program: "Tieline", processor_s: median(&|run| run.0), verdict }, wall(2) / wall(1))
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool").install(work)
}

fn processor_time() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).expect("a clock that goes forward")
}

fn request(graph: &Graph, seed: u64) -> Request {
    let node = Node { size: vec2(150.0, 50.0), fixed: None, hub: false, group: 0, weight: 1.0 };
    let edge =
        |&(from, to): &(u32, u32)| Edge { from, to, width: 1.0, arrow: false, label: None, weight: 1.0, bend: None };
    Request {
        nodes: vec![node; graph.count],
        edges: graph.ties.iter().map(edge).collect(),
        algorithm: Algorithm::Auto,
        seed,
        aspect: 1.0,
    }
}
