//! Final small moves, judged by the drawn picture: the sketch treats lanes as straight lines, so the effect of their
//! curves on labels is only visible here. Slow per move, and thus limited to boxes in trouble.

use super::ledger::Ledger;
use super::refine::{RASTER, apply, nudge};
use super::sketch::Sketch;
use crate::layout::model::Model;
use crate::layout::quality::{self, Quality, measure_model};
use crate::layout::rng::Rng;
use crate::layout::{Layout, Progress, Request, route_model};

/// Maximum number of moves tried.
const TRIES: usize = 150;
/// Maximum cost of all tries. Each redraws everything, which costs about the number of lines times the boxes and lines
/// that each may meet.
const BUDGET: usize = 1_600_000;
/// Step width of moves, in raster steps.
const STRIDE: f32 = 12.0;

pub(super) struct DrawnSketch<'a> {
    pub sketch: Sketch<'a>,
    pub layout: Layout,
    /// Readability metrics of the picture.
    pub quality: Quality,
    /// Lower is more readable: the metrics, plus the sketch's cost for rows, columns and angles.
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

/// Moves boxes with lanes or labels in trouble while the picture gets more readable.
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

/// Returns the number of moves to try.
fn tries(model: &Model) -> usize {
    let lines = model.lines.len();
    (BUDGET / (lines * (model.len() + lines)).max(1)).min(TRIES)
}

/// Returns the free boxes at lines in trouble, repeated for each such line.
fn troubled(model: &Model, layout: &Layout) -> Vec<u32> {
    let lines = quality::troubled(model, layout);
    let ends = lines.iter().filter_map(|&i| model.lines[i as usize].as_ref()).flat_map(|l| [l.from, l.to]);
    ends.filter(|&v| model.fixed[v as usize].is_none()).collect()
}
