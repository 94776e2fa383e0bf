//! Compares the readability of our layouts with those of Graphviz and ELK: the same maps, the same sizes of cards and
//! labels, and one metric (`layout::quality`) for the curves that each program draws.
//!
//! `cargo bench --bench peers` prints the table; `-- NAME…` selects maps whose names contain one of the words, `--
//! --ours` measures only our layouts, `-- --keep FOLDER` saves each layout as a picture. Peers that aren't installed
//! are reported and skipped. For ELK, `NODE_PATH` must point to a folder with `elkjs`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

mod draw;
mod elk;
mod graphviz;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use emath::{Pos2, Rect, pos2};
use tieline::derive;
use tieline::document::Document;
use tieline::layout::quality::{self, Quality};
use tieline::layout::{Layout, NoProgress, Request};
use tieline::scene::Plan;
use tieline::text::Fonts;

/// Aspect ratio of the frame for comparing areas, as width divided by height.
const ASPECT: f32 = 16.0 / 9.0;

/// A layout, or the reason why there is none.
type Drawn = Result<Layout, String>;

/// A program and one of its methods.
struct Peer {
    name: &'static str,
    lay_out: fn(&Request) -> Drawn,
}

const PEERS: [Peer; 6] = [
    Peer { name: "dot", lay_out: |request| graphviz::lay_out(request, "dot") },
    Peer { name: "neato", lay_out: |request| graphviz::lay_out(request, "neato") },
    Peer { name: "fdp", lay_out: |request| graphviz::lay_out(request, "fdp") },
    Peer { name: "sfdp", lay_out: |request| graphviz::lay_out(request, "sfdp") },
    Peer { name: "elk layered", lay_out: |request| elk::lay_out(request, "layered") },
    Peer { name: "elk stress", lay_out: |request| elk::lay_out(request, "stress") },
];

/// Command-line options.
#[derive(Default)]
struct Wanted {
    names: Vec<String>,
    ours_alone: bool,
    keep: Option<PathBuf>,
}

fn wanted() -> Wanted {
    let mut wanted = Wanted::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bench" => {}
            "--ours" => wanted.ours_alone = true,
            "--keep" => wanted.keep = arguments.next().map(PathBuf::from),
            name => wanted.names.push(name.to_owned()),
        }
    }
    wanted
}

fn maps(wanted: &Wanted) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = ["tests/data/maps", "data"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).into_iter().flatten().flatten())
        .map(|entry| entry.path())
        .filter(|path| wanted.names.is_empty() || wanted.names.iter().any(|name| title(path).contains(name.as_str())))
        .collect();
    files.sort_by_key(|path| title(path));
    files
}

fn title(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// Returns the area of the frame around a drawing; with equal names, it is the space that a map takes on a page.
fn frame(bounds: Rect) -> f32 {
    let height = bounds.height().max(bounds.width() / ASPECT);
    height * height * ASPECT
}

fn main() {
    let wanted = wanted();
    let fonts = Fonts::new();
    let mut ranks = Ranks::default();
    println!(
        "| map | by | crossings | area at names of 11 px | cards on cards, lanes through cards | labels: overlaps, on cards, left out, crossed | seconds |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for path in maps(&wanted) {
        let loaded = tieline::load::load_file(&path).expect("a map of the repository");
        let document = Document::new(Arc::new(loaded.0.map), Arc::new(loaded.1));
        let mut input = derive::build_request(&document, &fonts, ASPECT);
        for node in &mut input.request.nodes {
            node.fixed = None;
        }
        for edge in &mut input.request.edges {
            edge.bend = None;
        }
        let mut results = vec![timed("Tieline", &input.request, |request| {
            derive::lay_out(&derive::LayoutInput { request: request.clone(), plan: input.plan.clone() }, &NoProgress)
                .ok_or_else(|| "canceled".to_owned())
        })];
        if !wanted.ours_alone {
            results.extend(PEERS.iter().map(|peer| timed(peer.name, &input.request, peer.lay_out)));
        }
        let per_unit = (11.0 / least_name(&input.plan)).powi(2);
        for result in &results {
            print_row(&title(&path), result, per_unit);
            if let (Some(folder), Ok((layout, _))) = (&wanted.keep, &result.outcome) {
                draw::keep(folder, &title(&path), result.name, &document, &input, layout, &fonts);
            }
        }
        ranks.note(&results);
    }
    ranks.print();
}

/// Returns the size of the smallest name on a card, in units.
fn least_name(plan: &Plan) -> f32 {
    plan.cards.iter().map(|card| card.name().style.size).fold(f32::INFINITY, f32::min)
}

/// A layout with its metrics.
struct Measured {
    name: &'static str,
    outcome: Result<(Layout, Quality), String>,
    secs: f64,
}

fn timed(name: &'static str, request: &Request, lay_out: impl Fn(&Request) -> Drawn) -> Measured {
    let start = Instant::now();
    let drawn = lay_out(request);
    let secs = start.elapsed().as_secs_f64();
    let outcome = drawn.map(|layout| {
        let quality = quality::measure(request, &layout);
        (layout, quality)
    });
    Measured { name, outcome, secs }
}

fn print_row(map: &str, result: &Measured, per_unit: f32) {
    match &result.outcome {
        Ok((_, q)) => println!(
            "| {map} | {} | {} | {:.0} | {}, {} | {}, {}, {}, {} | {:.2} |",
            result.name,
            q.crossings,
            frame(q.bounds) * per_unit / 1000.0,
            q.cards_overlapping,
            q.lanes_through_cards,
            q.label_overlaps,
            q.labels_on_cards,
            q.labels_left_out,
            q.lanes_through_labels,
            result.secs,
        ),
        Err(why) => println!("| {map} | {} | not run: {why} | | | | |", result.name),
    }
}

/// Number of maps on which our layout is among the best, and totals.
#[derive(Default)]
struct Ranks {
    maps: usize,
    fewest_crossings: usize,
    least_area: usize,
    least_readable_area: usize,
    area: f64,
    crossings: usize,
}

impl Ranks {
    fn note(&mut self, results: &[Measured]) {
        let Some(Ok((_, ours))) = results.first().map(|first| &first.outcome) else { return };
        let others = || results[1..].iter().filter_map(|result| result.outcome.as_ref().ok().map(|(_, q)| q));
        self.maps += 1;
        self.area += f64::from(frame(ours.bounds)) / 1e6;
        self.crossings += ours.crossings;
        self.fewest_crossings += usize::from(others().all(|q| ours.crossings <= q.crossings));
        let is_least = |q: &Quality| frame(ours.bounds) <= frame(q.bounds);
        self.least_area += usize::from(others().all(is_least));
        // Overlapping cards take little room but can't be read.
        let is_readable = |q: &&Quality| q.cards_overlapping == 0 && q.lanes_through_cards == 0;
        self.least_readable_area += usize::from(others().filter(is_readable).all(is_least));
    }

    fn print(&self) {
        println!(
            "\nTieline on {} maps: fewest crossings or as few on {}, least area on {} (on {} among layouts without cards on \
             cards or lanes through cards); {} crossings and {:.2} million square units in all",
            self.maps, self.fewest_crossings, self.least_area, self.least_readable_area, self.crossings, self.area
        );
    }
}

/// Converts coordinates from a peer's output.
fn at(x: f64, y: f64) -> Pos2 {
    pos2(x as f32, y as f32)
}
