//! CPU time from the bytes of a large map with all positions to a picture: for the command line, and for the window's
//! derived data. `-- ACTORS TIES` sets the size, `-- --keep FILE` writes the map to a file.
#![allow(clippy::print_stdout, reason = "printing is what a bench is for")]

#[path = "shared/large_map.rs"]
mod large_map;

use std::sync::Arc;
use std::time::Instant;

use tieline::analysis::coverage;
use tieline::derive;
use tieline::document::Document;
use tieline::layout::NoProgress;
use tieline::load::load_map;
use tieline::publish::{Edition, Format, PictureOptions};
use tieline::scene::{Legend, Picker, Theme};
use tieline::text::Fonts;
use tieline::view::{build_facets, build_lists, build_status_line};

/// Clock ticks per second in which Linux reports CPU time.
const TICKS: f64 = 100.0;

/// Returns the CPU time of this process in seconds, for all threads, or elapsed time where it isn't available.
fn processor_secs(started: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").ok().and_then(|text| {
        // User and system time are fields 14 and 15; field 2, in parentheses, may contain spaces.
        let fields: Vec<f64> =
            text.rsplit(')').next()?.split_whitespace().skip(11).take(2).flat_map(str::parse).collect();
        Some(fields.iter().sum::<f64>() / TICKS)
    });
    told.unwrap_or_else(|| started.elapsed().as_secs_f64())
}

/// Times steps and prints each with its share of the first.
struct Clock {
    started: Instant,
    first: f64,
    total: f64,
}

impl Clock {
    fn time<T>(&mut self, words: &str, step: impl FnOnce() -> T) -> T {
        let before = processor_secs(self.started);
        let done = step();
        let secs = processor_secs(self.started) - before;
        if self.first == 0.0 {
            self.first = secs;
        }
        self.total += secs;
        println!("{words:<44} {secs:>7.2} s  {:>6.1} x reading", secs / self.first);
        done
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let numbers: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let (actors, ties) = if let [actors, ties, ..] = numbers[..] { (actors, ties) } else { (10_000, 30_000) };
    let text = large_map::map(actors, ties);
    if let Some(path) = words.iter().position(|word| word == "--keep").and_then(|at| words.get(at + 1)) {
        std::fs::write(path, &text).expect("written");
    }
    println!("{actors} actors and {ties} ties, all with places, {} MB", text.len() / 1_000_000);
    let mut clock = Clock { started: Instant::now(), first: 0.0, total: 0.0 };
    let map = clock.time("reading the file", || load_map(text.as_bytes(), "large").expect("opens").map);
    let document = Document::new(Arc::new(map), Arc::default());
    let fonts = Fonts::new();

    println!("\nwhat the window derives");
    let shown = document.shown();
    let input = clock.time("measuring all cards and pills", || derive::build_request(&document, &fonts, 1.25));
    let layout = clock.time("routing and labeling", || derive::lay_out(&input, &NoProgress).expect("not canceled"));
    let scene = clock.time("drawing the scene", || derive::build_scene(&document, &input, &layout, &Theme::light()));
    clock.time("the index for picking", || Picker::new(&scene));
    clock.time("the legend", || Legend::of_plan(&document.map, &input.plan));
    clock.time("the lists", || build_lists(&document.map, &shown));
    clock.time("the filters' counts", || build_facets(&document.map, &document.look.filter));
    clock.time("the status line", || {
        build_status_line(&document.map, &document.look, &shown, &coverage(&document.map, shown.ties()))
    });
    println!("{:<44} {:>7.2} s", "reading and deriving", clock.total);

    println!("\nwhat `tieline render` does");
    clock.total = clock.first;
    let edition = clock.time("preparing", || {
        Edition::prepare(&document, &fonts, PictureOptions::default(), &NoProgress).expect("not canceled")
    });
    clock.time("an SVG", || edition.write(Format::Svg).expect("written"));
    clock.time("characters without a glyph", || edition.missing());
    println!("{:<44} {:>7.2} s", "reading, preparing, SVG", clock.total);
    clock.time("a PNG after that", || edition.write(Format::Png).expect("written"));
}
