//! Gives a finished arrangement the room that labels and lanes need, without changing what it shows:
//! stretched as a whole, and boxes of a rank or column moved up and down.

use emath::{Pos2, Vec2, vec2};

use super::ledger::Ledger;
use super::refine::{Freedom, Schedule, refine};
use super::separate;
use super::sketch::Sketch;
use crate::layout::Progress;
use crate::layout::model::Model;
use crate::layout::rng::Rng;

/// Up to this many boxes a sketch is affordable.
const SKETCHED: usize = 150;
/// Stretches that are tried across.
const ACROSS: [f32; 5] = [1.0, 1.2, 1.45, 1.75, 2.1];
/// Stretches that are tried down.
const DOWN: [f32; 6] = [1.0, 1.3, 1.7, 2.2, 2.9, 3.8];

/// The arrangement stretched to where it costs least.
pub(super) fn stretched(model: &Model, centers: Vec<Pos2>) -> Vec<Pos2> {
    if model.len() > SKETCHED || model.fixed.iter().any(Option::is_some) {
        return separate::apart(model, centers);
    }
    let mut best: Option<(f32, Vec<Pos2>)> = None;
    for x in ACROSS {
        for y in DOWN {
            let scaled = centers.iter().map(|c| (c.to_vec2() * vec2(x, y)).to_pos2()).collect();
            let places = separate::apart(model, scaled);
            let cost = Ledger::new(&Sketch::new(model, places.clone())).total;
            if best.as_ref().is_none_or(|b| cost < b.0) {
                best = Some((cost, places));
            }
        }
    }
    best.map_or(centers, |b| b.1)
}

/// The arrangement improved by small moves; none when canceled.
pub(super) fn eased(model: &Model, centers: Vec<Pos2>, freedom: Freedom, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    if model.len() > SKETCHED {
        return Some(centers);
    }
    let mut sketch = Sketch::new(model, centers);
    let size = model.len() + model.bundles.len();
    let moves = (3_000_000 / size.max(10)).min(1000 * size);
    let stride = model.size.iter().fold(Vec2::ZERO, |m, s| m.max(*s)).y + 20.0;
    let schedule = Schedule { moves, hot: 0.4, cold: 0.01, stride, freedom };
    refine(&mut sketch, schedule, &mut Rng::new(model.seed, 11), progress);
    (!progress.is_canceled()).then(|| separate::apart(model, sketch.pos))
}
