//! Improves a sketch by many small random moves, keeping good ones and, while hot, some bad ones (simulated annealing,
//! Kirkpatrick et al. 1983; for drawings Davidson and Harel 1996).

mod columns;
mod free;
mod rings;

use emath::{Pos2, pos2, vec2};

use columns::Axis;
pub(super) use columns::ColumnHop;
pub(super) use rings::Rings;

use super::ledger::Ledger;
use super::sketch::{Sketch, Touched};
use crate::layout::Progress;
use crate::layout::geometry::length;
use crate::layout::rng::Rng;

/// Raster of centers, so that equal coordinates occur naturally.
pub(super) const RASTER: f32 = 4.0;

/// Maximum distance at which two boxes look almost aligned.
const ALMOST: f32 = 14.0;
/// Maximum number of alignment rounds; each may make others possible.
const ALIGNED_ROUNDS: usize = 4;

/// Allowed positions of boxes.
#[derive(Clone, Copy)]
pub(super) enum Freedom<'a> {
    /// Anywhere.
    All,
    /// Vertically, and to some other columns; columns move as a whole and keep their order.
    Columns(ColumnHop),
    /// Horizontally, and to some other rows as a flow allows: `Columns` mirrored along the diagonal.
    Rows,
    /// Along their rings; rings widen and narrow as a whole and keep their order.
    Rings(&'a Rings),
}

/// Length and temperature of a search.
#[derive(Clone, Copy)]
pub(super) struct Schedule<'a> {
    /// Number of moves tried.
    pub moves: usize,
    /// Approximate cost that a bad move may have at the start.
    pub hot: f32,
    /// Approximate cost that a bad move may have at the end.
    pub cold: f32,
    /// Step width at the start, in units.
    pub stride: f32,
    /// Allowed positions of boxes.
    pub freedom: Freedom<'a>,
}

/// A move; also its own undo record.
pub(super) struct Move {
    touched: Touched,
    places: Vec<(u32, Pos2)>,
    choice: Option<(u32, u8)>,
}

/// Improves `sketch` in place, leaving the best state found.
pub(super) fn refine(sketch: &mut Sketch, schedule: Schedule, rng: &mut Rng, progress: &dyn Progress) {
    let free: Vec<u32> = (0..sketch.model.len() as u32).filter(|&v| sketch.model.fixed[v as usize].is_none()).collect();
    if free.is_empty() {
        return;
    }
    let mut ledger = Ledger::new(sketch);
    let mut best = (ledger.total, sketch.pos.clone(), sketch.choice.clone());
    let ratio = libm::logf(schedule.cold / schedule.hot);
    for i in 0..schedule.moves {
        if i % 1024 == 0 && progress.is_canceled() {
            return;
        }
        let done = i as f32 / schedule.moves as f32;
        let heat = schedule.hot * libm::expf(ratio * done);
        let stride = schedule.stride * (1.0 - done) + 2.0 * RASTER;
        let step = match schedule.freedom {
            Freedom::All => free::propose(sketch, &free, stride, rng),
            Freedom::Columns(hop) => columns::propose(sketch, &free, stride, (hop, Axis::Across), rng),
            Freedom::Rows => columns::propose(sketch, &free, stride, (ColumnHop::Flow, Axis::Down), rng),
            Freedom::Rings(rings) => rings.propose(sketch, &free, stride, rng),
        };
        let Some(step) = step else { continue };
        // Drawing the random number first gives the maximum cost of an acceptable move (Metropolis).
        let limit = -heat * libm::logf(rng.unit().max(1e-9));
        let undo = apply(sketch, &step);
        match ledger.judge(sketch, &step.touched, limit) {
            Some(change) if change <= limit => {
                ledger.accept(change);
                if ledger.total < best.0 - 1e-3 {
                    best = (ledger.total, sketch.pos.clone(), sketch.choice.clone());
                }
            }
            _ => {
                apply(sketch, &undo);
            }
        }
    }
    sketch.pos = best.1;
    sketch.choice = best.2;
    sketch.redraw(&sketch.all());
}

/// Aligns boxes that are almost in a row or column with another, where that costs nothing.
pub(super) fn align(sketch: &mut Sketch) {
    let mut ledger = Ledger::new(sketch);
    for _ in 0..ALIGNED_ROUNDS {
        let before = ledger.total;
        for v in (0..sketch.model.len() as u32).filter(|&v| sketch.model.fixed[v as usize].is_none()) {
            for u in 0..sketch.pos.len() {
                let (own, theirs) = (sketch.pos[v as usize], sketch.pos[u]);
                for place in [pos2(theirs.x, own.y), pos2(own.x, theirs.y)] {
                    let far = length(place - own);
                    if !(0.01..=ALMOST).contains(&far) {
                        continue;
                    }
                    let step = to(sketch, v, place);
                    let undo = apply(sketch, &step);
                    match ledger.judge(sketch, &step.touched, 0.0) {
                        Some(change) => ledger.accept(change),
                        None => drop(apply(sketch, &undo)),
                    }
                }
            }
        }
        if ledger.total > before - 1e-3 {
            break;
        }
    }
}

/// Applies a move and returns its inverse.
pub(super) fn apply(sketch: &mut Sketch, step: &Move) -> Move {
    let mut undo = Move { touched: step.touched.clone(), places: Vec::with_capacity(step.places.len()), choice: None };
    for &(v, p) in &step.places {
        undo.places.push((v, std::mem::replace(&mut sketch.pos[v as usize], p)));
    }
    if let Some((k, choice)) = step.choice {
        undo.choice = Some((k, std::mem::replace(&mut sketch.choice[k as usize], choice)));
    }
    sketch.redraw(&step.touched);
    undo
}

fn on_raster(p: Pos2) -> Pos2 {
    pos2((p.x / RASTER).round() * RASTER, (p.y / RASTER).round() * RASTER)
}

/// Moves a box by up to about `stride`, or into the row or column of another.
pub(super) fn nudge(sketch: &Sketch, v: u32, stride: f32, rng: &mut Rng) -> Option<Move> {
    if rng.unit() < 0.3 {
        return free::align(sketch, v, rng);
    }
    let offset = vec2(rng.signed() + rng.signed(), rng.signed() + rng.signed()) * stride * 0.5;
    Some(to(sketch, v, on_raster(sketch.pos[v as usize] + offset)))
}

fn to(sketch: &Sketch, v: u32, place: Pos2) -> Move {
    Move { touched: sketch.touched_by(&[v]), places: vec![(v, place)], choice: None }
}

/// Moves the labels of a bundle to another position along it.
fn choose(sketch: &Sketch, rng: &mut Rng) -> Option<Move> {
    if sketch.model.bundles.is_empty() {
        return None;
    }
    let k = rng.below(sketch.model.bundles.len()) as u32;
    let choice = rng.below(crate::layout::rough_shape::SHARES.len()) as u8;
    let touched = Touched { bundles: vec![k], ..Touched::default() };
    (choice != sketch.choice[k as usize]).then(|| Move { touched, places: Vec::new(), choice: Some((k, choice)) })
}
