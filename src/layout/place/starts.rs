//! Tries many starts and keeps the most readable picture. The number of starts depends on the size
//! alone and ties go to the lower start, so threads and clocks have no say.

use emath::Pos2;
use rayon::prelude::*;

use super::ledger::Ledger;
use super::refine::{Freedom, Schedule, refine};
use super::sketch::Sketch;
use super::{circle, layered, pack, radial, separate, stress};
use crate::layout::model::Model;
use crate::layout::quality::measure_model;
use crate::layout::rng::Rng;
use crate::layout::{Layout, Progress, Request, route_model};

/// How many of the refined sketches are drawn in full and measured.
const FINALISTS: usize = 4;

/// How much to try for a map of some size: starts and moves per start.
fn effort(model: &Model) -> (usize, usize) {
    let size = model.len() + model.bundles.len();
    let starts = match size {
        0..=30 => 6,
        31..=80 => 4,
        _ => 2,
    };
    // A move costs about as much as there are boxes and bundles; small maps need fewer of them.
    let budget = if size > 80 { 18_000_000 } else { 7_000_000 };
    let moves = (budget / size.max(10)).min(1000 * size).max(3000);
    (starts, moves)
}

/// The most readable layout found; none when canceled.
pub(super) fn most_readable(request: &Request, model: &Model, progress: &dyn Progress) -> Option<Layout> {
    let (starts, moves) = effort(model);
    let done = std::sync::atomic::AtomicUsize::new(0);
    let mut sketches: Vec<(f32, usize, Vec<Pos2>)> = (0..starts)
        .into_par_iter()
        .map(|start| {
            let found = one_start(model, start, moves, progress);
            let count = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            progress.report(0.8 * count as f32 / starts as f32);
            (found.0, start, found.1)
        })
        .collect();
    if progress.is_canceled() {
        return None;
    }
    sketches.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
    sketches.truncate(FINALISTS);
    let finished: Vec<(f64, Layout)> = sketches
        .into_par_iter()
        .map(|(cost, _, centers)| {
            let layout = route_model(model, centers);
            // The sketch also knows what no figure tells: rows, columns, angles.
            (measure_model(request, model, &layout).score() + f64::from(cost), layout)
        })
        .collect();
    progress.report(1.0);
    let mut best: Option<(f64, Layout)> = None;
    for (score, layout) in finished {
        if best.as_ref().is_none_or(|b| score < b.0) {
            best = Some((score, layout));
        }
    }
    (!progress.is_canceled()).then(|| best.map(|b| b.1).unwrap_or_default())
}

/// One start, refined: its cost as a sketch and its centers.
fn one_start(model: &Model, start: usize, moves: usize, progress: &dyn Progress) -> (f32, Vec<Pos2>) {
    let seed = model.seed.wrapping_mul(1_000_003).wrapping_add(start as u64);
    let rough = match start % 6 {
        3 => pack::by_component(model, |part| layered::place(model, part)),
        4 => pack::by_component(model, |part| circle::place(model, part)),
        5 => pack::by_component(model, |part| radial::place(model, part)),
        _ => pack::by_component(model, |part| stress::place(model, part, seed)),
    };
    let mut sketch = Sketch::new(model, separate::apart(model, rough));
    let mut rng = Rng::new(seed, 77);
    let warm = Schedule { moves: moves * 2 / 3, hot: 2.0, cold: 0.12, stride: 160.0, freedom: Freedom::All };
    refine(&mut sketch, warm, &mut rng, progress);
    let cool = Schedule { moves: moves / 3, hot: 0.05, cold: 0.004, stride: 30.0, freedom: Freedom::All };
    refine(&mut sketch, cool, &mut rng, progress);
    sketch.pos = separate::apart(model, std::mem::take(&mut sketch.pos));
    let all = sketch.all();
    sketch.redraw(&all.bundles);
    (Ledger::new(&sketch).total, sketch.pos)
}
