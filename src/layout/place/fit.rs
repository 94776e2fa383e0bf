//! Makes room for labels and lanes in a finished arrangement without changing its structure.

use emath::{Pos2, Vec2};
use rayon::prelude::*;

use super::is_compared;
use super::ledger::Ledger;
use super::refine::{Freedom, Schedule, refine};
use super::separate;
use super::sketch::Sketch;
use crate::layout::model::Model;
use crate::layout::quality::measure_model;
use crate::layout::rng::Rng;
use crate::layout::{Progress, Request, route_model};

/// Number of kinds of starts that get a full search.
const FINALISTS: usize = 4;
/// Divisor for the moves of a first look, compared to a full search.
const FIRST_LOOK: usize = 6;

/// A search for the most readable of many starts.
pub(super) struct FitSearch<'a> {
    pub request: &'a Request,
    /// The sanitized request.
    pub model: &'a Model,
    pub progress: &'a dyn Progress,
}

impl FitSearch<'_> {
    /// Improves the best start of each kind a little within its freedom and the most promising ones fully; returns the
    /// one that is most readable when routed and labeled, or `None` if canceled.
    pub(super) fn best_eased<S: Copy + Send + Sync, T: Send + Sync>(
        &self,
        kinds: &[Vec<S>],
        place: impl Fn(S) -> (Vec<Pos2>, T) + Sync,
        freedom: impl Fn(&T) -> Freedom<'_> + Sync,
    ) -> Option<Vec<Pos2>> {
        let (model, progress) = (self.model, self.progress);
        if !is_compared(model) {
            return kinds.iter().flatten().next().map(|first| place(*first).0);
        }
        let looked_at: Vec<(f32, Vec<Pos2>, T)> = kinds
            .par_iter()
            .filter_map(|kind| {
                let cost = |centers: &[Pos2]| Ledger::new(&Sketch::new(model, centers.to_vec())).total;
                let starts = kind.iter().map(|start| place(*start));
                let judged = starts.map(|start| (cost(&start.0), start));
                let (_, (centers, extra)) = judged.min_by(|a, b| a.0.total_cmp(&b.0))?;
                let mut sketch = Sketch::new(model, centers);
                let moves = moves(model) / FIRST_LOOK;
                let look = Schedule { moves, hot: 0.8, cold: 0.1, stride: stride(model), freedom: freedom(&extra) };
                refine(&mut sketch, look, &mut Rng::new(model.seed, 12), progress);
                Some((Ledger::new(&sketch).total, sketch.pos, extra))
            })
            .collect();
        let mut order: Vec<usize> = (0..looked_at.len()).collect();
        order.sort_by(|&a, &b| looked_at[a].0.total_cmp(&looked_at[b].0).then(a.cmp(&b)));
        // Kinds that make no difference for a map give equal results.
        order.dedup_by(|a, b| looked_at[*a].1 == looked_at[*b].1);
        order.truncate(FINALISTS);
        let finished: Vec<Option<FitResult>> = order
            .par_iter()
            .map(|&n| {
                let centers = eased(model, looked_at[n].1.clone(), freedom(&looked_at[n].2), progress)?;
                let layout = route_model(model, centers);
                let quality = measure_model(self.request, model, &layout);
                let faults = quality.labels_left_out + quality.lanes_through_cards;
                Some(FitResult { faults, score: quality.score(), centers: layout.centers })
            })
            .collect();
        let finished: Option<Vec<FitResult>> = finished.into_iter().collect();
        let order = |a: &FitResult, b: &FitResult| a.faults.cmp(&b.faults).then(a.score.total_cmp(&b.score));
        finished?.into_iter().min_by(order).map(|found| found.centers)
    }
}

/// A finished arrangement and its readability.
struct FitResult {
    /// Number of omitted labels and lanes through boxes.
    faults: usize,
    score: f64,
    centers: Vec<Pos2>,
}

/// Returns the number of moves of a full search.
fn moves(model: &Model) -> usize {
    let size = model.len() + model.bundles.len();
    (4_000_000 / size.max(10)).min(1000 * size)
}

/// Returns the step width of moves: a row of boxes.
fn stride(model: &Model) -> f32 {
    model.size.iter().fold(Vec2::ZERO, |m, s| m.max(*s)).y + 20.0
}

/// Improves an arrangement by small moves within its freedom; `None` if canceled.
pub(super) fn eased(model: &Model, centers: Vec<Pos2>, freedom: Freedom, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    if !is_compared(model) {
        return Some(centers);
    }
    let mut sketch = Sketch::new(model, centers);
    let (moves, stride) = (moves(model), stride(model));
    let mut rng = Rng::new(model.seed, 11);
    let warm = Schedule { moves, hot: 1.5, cold: 0.1, stride: 2.0 * stride, freedom };
    refine(&mut sketch, warm, &mut rng, progress);
    let cool = Schedule { moves: moves / 2, hot: 0.1, cold: 0.005, stride, freedom };
    refine(&mut sketch, cool, &mut rng, progress);
    (!progress.is_canceled()).then(|| separate::apart(model, sketch.pos))
}
