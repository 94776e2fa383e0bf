//! Tries many starts and keeps the most readable picture. The number of starts depends on the size alone, and the
//! lower start wins ties, so the result is independent of threads and time.

use emath::Pos2;
use rayon::prelude::*;

use super::ledger::Ledger;
use super::polish::{DrawnSketch, polish};
use super::refine::{ColumnHop, Freedom, Schedule, align, refine};
use super::sketch::Sketch;
use super::{circle, flow, layered, pack, radial, separate, stress};
use crate::layout::model::Model;
use crate::layout::rng::Rng;
use crate::layout::{Layout, Progress, Request};

/// Number of part evaluations per start of a small map.
const SMALL_BUDGET: usize = 8_000_000;
/// Number of part evaluations per start of a larger map, where more can be improved.
const LARGE_BUDGET: usize = 16_000_000;

/// Maximum work for the moves of a start. A move costs about the square of the number of boxes and bundles, since
/// moves of rows and groups touch a share of them and compare each with all, times the 1.5th power of the number of
/// parts per box, since bundles of boxes with many bundles meet more often. Measured on random maps of 50 to 150
/// boxes; large enough not to limit maps of up to 60 boxes with few bundles each.
const MAX_WORK: f32 = 14.5e9;

/// Extent of a search.
struct Effort {
    /// Number of sketches begun.
    starts: usize,
    /// Number of sketches refined further, fully drawn and measured.
    finalists: usize,
    /// Number of moves per start.
    moves: usize,
}

/// Returns the effort for a map of this size.
fn effort(model: &Model) -> Effort {
    let size = model.len() + model.bundles.len();
    let (starts, finalists, budget) = match size {
        0..=40 => (8, 2, SMALL_BUDGET),
        41..=80 => (8, 3, SMALL_BUDGET),
        _ => (6, 3, LARGE_BUDGET),
    };
    // A move costs about the number of boxes and bundles; small maps need fewer moves.
    let touched = 1.0 + 2.0 * model.bundles.len() as f32 / model.len().max(1) as f32;
    let parts = size.max(1) as f32;
    let affordable = (MAX_WORK / (touched * touched.sqrt() * parts * parts)) as usize;
    let moves = (budget / size.max(10)).min(affordable).min(1400 * size).min(60 * size * size).max(1000);
    Effort { starts, finalists, moves }
}

/// Returns the most readable layout found, or `None` if canceled.
pub(super) fn most_readable(request: &Request, model: &Model, progress: &dyn Progress) -> Option<Layout> {
    let Effort { starts, finalists, moves } = effort(model);
    let strength = flow::strength(model);
    let free = search((0..starts).collect(), progress, 0.4, |start| {
        let sketch = Sketch::new(model, separate::apart(model, rough(model, start)));
        let mut sketch = sketch.headed(flow::heading(strength, start));
        let warm = Schedule { moves, hot: 2.0, cold: 0.12, stride: 160.0, freedom: Freedom::All };
        refine(&mut sketch, warm, &mut Rng::new(model.seed, 100 + start as u64), progress);
        sketch
    });
    let columns = Freedom::Columns(ColumnHop::Flow);
    let leveled = search(flow::leveled(model, strength), progress, 0.5, |mut sketch| {
        let warm = Schedule { moves, hot: 0.8, cold: 0.12, stride: 120.0, freedom: columns };
        refine(&mut sketch, warm, &mut Rng::new(model.seed, 300), progress);
        sketch
    });
    let free = best(free, finalists).into_iter().map(|(start, sketch)| (200 + start as u64, sketch, Freedom::All));
    let leveled = best(leveled, 1).into_iter().map(|(_, sketch)| (400, sketch, columns));
    let drawn: Vec<(bool, DrawnSketch)> = free
        .chain(leveled)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(stream, sketch, freedom)| {
            let finished = finish(request, sketch, (moves, freedom), &mut Rng::new(model.seed, stream), progress);
            progress.report(0.9);
            (matches!(freedom, Freedom::Columns(_)), finished)
        })
        .collect();
    let (leveled, free): (Vec<_>, Vec<_>) = drawn.into_iter().partition(|(is_leveled, _)| *is_leveled);
    let least =
        free.into_iter().map(|(_, drawn)| drawn).reduce(|best, next| if next.score < best.score { next } else { best });
    let least = least.map(|least| {
        let levels = leveled
            .into_iter()
            .map(|(_, levels)| levels)
            .find(|levels| flow::is_worth(levels, &least, model.lines.len()));
        levels.unwrap_or(least)
    });
    progress.report(1.0);
    (!progress.is_canceled()).then(|| least.map(|drawn| drawn.layout).unwrap_or_default())
}

/// Finishes a sketch, with lanes and labels drawn.
fn finish<'a>(
    request: &Request,
    mut sketch: Sketch<'a>,
    (moves, freedom): (usize, Freedom),
    rng: &mut Rng,
    progress: &dyn Progress,
) -> DrawnSketch<'a> {
    let model = sketch.model;
    let warm = Schedule { moves: moves * 3 / 2, hot: 0.6, cold: 0.1, stride: 120.0, freedom };
    refine(&mut sketch, warm, rng, progress);
    let cool = Schedule { moves: moves / 2, hot: 0.05, cold: 0.004, stride: 30.0, freedom };
    refine(&mut sketch, cool, rng, progress);
    let heading = sketch.heading();
    let mut apart = Sketch::new(model, separate::apart(model, sketch.pos)).headed(heading);
    align(&mut apart);
    polish(request, model, DrawnSketch::new(request, model, apart), rng, progress)
}

/// Processes all items in parallel; returns sketches with their costs, in order.
fn search<'a, T: Send>(
    items: Vec<T>,
    progress: &dyn Progress,
    until: f32,
    work: impl Fn(T) -> Sketch<'a> + Sync,
) -> Vec<(f32, Sketch<'a>)> {
    items
        .into_par_iter()
        .map(|item| {
            let sketch = work(item);
            progress.report(until);
            (Ledger::new(&sketch).total, sketch)
        })
        .collect()
}

/// Returns the `count` cheapest sketches with their indices; equal costs are ordered by index.
fn best(found: Vec<(f32, Sketch)>, count: usize) -> Vec<(usize, Sketch)> {
    let mut numbered: Vec<(usize, (f32, Sketch))> = found.into_iter().enumerate().collect();
    numbered.sort_by(|x, y| x.1.0.total_cmp(&y.1.0).then(x.0.cmp(&y.0)));
    numbered.into_iter().take(count).map(|(start, (_, sketch))| (start, sketch)).collect()
}

/// Returns the initial positions of a start.
fn rough(model: &Model, start: usize) -> Vec<Pos2> {
    let seed = model.seed.wrapping_mul(1_000_003).wrapping_add(start as u64);
    match start % 6 {
        3 => pack::by_component(model, |part| layered::place(model, part)),
        4 => pack::by_component(model, |part| circle::place(model, part)),
        5 => pack::by_component(model, |part| radial::place(model, part).0),
        _ => pack::by_component(model, |part| stress::place(model, part, seed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::maps;

    #[test]
    fn crowded_maps_get_fewer_moves_and_readable_ones_all_that_they_need() {
        let moves = |boxes: usize, pairs: usize| {
            // Each pair once: steps around a ring, by one, then by two, and so on.
            let ties: Vec<_> = (0..pairs).map(|n| (n % boxes, (n + 1 + n / boxes) % boxes, true)).collect();
            let model = Model::new(&maps::request(boxes, &ties, 1));
            assert_eq!(model.bundles.len(), pairs);
            effort(&model).moves
        };
        // The same number as without a limit; the pictures of the test maps depend on it.
        assert_eq!(moves(50, 70), 16_000_000 / 120);
        assert_eq!(moves(30, 50), 8_000_000 / 80);
        // The more is in the way of a move, the more it costs.
        for (boxes, pairs, most) in [(60, 350, 2_500), (100, 300, 6_000), (150, 200, 20_000), (150, 400, 4_000)] {
            let moves = moves(boxes, pairs);
            assert!((1_000..most).contains(&moves), "{boxes} boxes, {pairs} pairs: {moves} moves");
        }
    }
}
