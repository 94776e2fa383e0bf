//! Last small moves, judged by the picture as drawn: the sketch knows lanes only as straight lines, so what
//! their curves do to labels is seen here. Slow per move, and therefore only for what is in trouble.

use super::ledger::Ledger;
use super::refine::{RASTER, apply, nudge};
use super::sketch::Sketch;
use crate::layout::model::Model;
use crate::layout::quality::{self, Quality, measure_model};
use crate::layout::rng::Rng;
use crate::layout::{Layout, Progress, Request, route_model};

/// How many moves are tried at the most.
const TRIES: usize = 150;
/// How much all tries may cost: each draws everything again, which costs about as much as there are lines, times boxes
/// and lines that each may meet.
const BUDGET: usize = 1_600_000;
/// Width of the moves, in steps of the raster.
const STRIDE: f32 = 12.0;

/// A drawn sketch.
pub(super) struct DrawnSketch<'a> {
    pub sketch: Sketch<'a>,
    pub layout: Layout,
    /// The figures of the picture.
    pub quality: Quality,
    /// How hard it is to read: the figures of the picture, and what no figure tells but the sketch: rows, columns, angles.
    pub score: f64,
}

impl<'a> DrawnSketch<'a> {
    pub(super) fn new(request: &Request, model: &Model, sketch: Sketch<'a>) -> Self {
        let layout = route_model(model, sketch.pos.clone());
        let quality = measure_model(request, model, &layout);
        let score = quality.score() + f64::from(Ledger::new(&sketch).total);
        Self { sketch, layout, quality, score }
    }
}

/// Moves boxes whose lanes or labels are in trouble, as long as the picture becomes more readable.
pub(super) fn polish<'a>(
    request: &Request,
    model: &Model,
    mut best: DrawnSketch<'a>,
    rng: &mut Rng,
    progress: &dyn Progress,
) -> DrawnSketch<'a> {
    let mut troubled = troubled(model, &best.layout);
    let tries = tries(model);
    for _ in 0..tries {
        if troubled.is_empty() || progress.is_canceled() {
            break;
        }
        let v = troubled[rng.below(troubled.len())];
        let Some(step) = nudge(&best.sketch, v, STRIDE * RASTER, rng) else { continue };
        let mut sketch = best.sketch.clone();
        apply(&mut sketch, &step);
        let next = DrawnSketch::new(request, model, sketch);
        if next.score < best.score {
            best = next;
            troubled = self::troubled(model, &best.layout);
        }
    }
    best
}

/// How many moves are tried.
fn tries(model: &Model) -> usize {
    let lines = model.lines.len();
    (BUDGET / (lines * (model.len() + lines)).max(1)).min(TRIES)
}

/// The free boxes at lines in trouble, each as often as it has such lines.
fn troubled(model: &Model, layout: &Layout) -> Vec<u32> {
    let lines = quality::troubled(model, layout);
    let ends = lines.iter().filter_map(|&i| model.lines[i as usize].as_ref()).flat_map(|l| [l.from, l.to]);
    ends.filter(|&v| model.fixed[v as usize].is_none()).collect()
}
