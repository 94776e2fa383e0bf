//! Gives a finished arrangement the room that labels and lanes need, without changing what it shows.

use emath::{Pos2, Vec2};

use super::refine::{Freedom, Schedule, refine};
use super::separate;
use super::sketch::Sketch;
use crate::layout::Progress;
use crate::layout::model::Model;
use crate::layout::rng::Rng;

/// Up to this many boxes a sketch is affordable.
const SKETCHED: usize = 150;
/// The arrangement improved by small moves within its freedom; none when canceled.
pub(super) fn eased(model: &Model, centers: Vec<Pos2>, freedom: Freedom, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    if model.len() > SKETCHED {
        return Some(centers);
    }
    let mut sketch = Sketch::new(model, centers);
    let size = model.len() + model.bundles.len();
    let moves = (4_000_000 / size.max(10)).min(1000 * size);
    let stride = model.size.iter().fold(Vec2::ZERO, |m, s| m.max(*s)).y + 20.0;
    let mut rng = Rng::new(model.seed, 11);
    let warm = Schedule { moves, hot: 1.5, cold: 0.1, stride: 2.0 * stride, freedom };
    refine(&mut sketch, warm, &mut rng, progress);
    let cool = Schedule { moves: moves / 2, hot: 0.1, cold: 0.005, stride, freedom };
    refine(&mut sketch, cool, &mut rng, progress);
    (!progress.is_canceled()).then(|| separate::apart(model, sketch.pos))
}
