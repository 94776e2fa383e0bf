//! Maps with a dominant direction: owners, suppliers or lenders come before their counterparts. If no arrow runs
//! against the others, levels in columns may express more than a compact picture.

use emath::{Vec2, vec2};

use super::ledger::Ledger;
use super::polish::DrawnSketch;
use super::sketch::Sketch;
use super::{layered, pack, separate};
use crate::layout::model::Model;

/// Cost of an arrow against the flow in a map that flows throughout; an arrow across the flow costs half.
const AGAINST: f32 = 1.5;
/// Agreement from which direction starts to count, and from which it counts in full; see [`strength`].
const AGREEMENT: [f32; 2] = [0.6, 0.85];
/// Minimum number of levels; fewer, such as members and boards, form no flow.
const FEWEST_LEVELS: usize = 3;
/// Minimum strength for trying a picture in levels.
const LEVELS_FROM: f32 = 0.5;
/// Minimum share of boxes with both incoming and outgoing arrows for trying a picture in levels; a
/// star has one such box at most, and its arrows are clear enough.
const BETWEEN: f32 = 0.1;
/// Accepted loss of readability of a picture in levels, per line of the map.
const LEVELS: f64 = 0.13;
/// Accepted size of a picture in levels, as a multiple of the other picture's.
const LEVELS_LARGER: f32 = 1.3;

/// Returns the strength of a map's flow, from 0 to 1. In a strong flow, lines are arrows, few run against the others,
/// and there are few levels for the number of boxes, unlike in a chain or ring, which may as well be wound up.
pub(super) fn strength(model: &Model) -> f32 {
    let (share, levels) = layered::agreement(model);
    if levels < FEWEST_LEVELS {
        return 0.0;
    }
    let agreement = share * (1.0 - levels as f32 / model.len().max(1) as f32);
    ((agreement - AGREEMENT[0]) / (AGREEMENT[1] - AGREEMENT[0])).clamp(0.0, 1.0)
}

/// Returns the direction in which a start's arrows should point, scaled by cost: half the starts flow right, half
/// down.
pub(super) fn heading(strength: f32, start: usize) -> Vec2 {
    let heading = if start.is_multiple_of(2) { vec2(0.0, 1.0) } else { vec2(1.0, 0.0) };
    heading * AGAINST * strength
}

/// Returns starts in levels from left to right, one per level height; empty for maps with little flow.
pub(super) fn leveled(model: &Model, strength: f32) -> Vec<Sketch<'_>> {
    if strength < LEVELS_FROM || share_between(model) < BETWEEN {
        return Vec::new();
    }
    let heading = vec2(AGAINST * strength, 0.0);
    let start = |style| {
        let centers = pack::by_component(model, |part| layered::styled(model, part, style));
        let sketch = Sketch::new(model, separate::apart(model, centers)).headed(heading);
        (Ledger::new(&sketch).total, sketch)
    };
    let shapes = layered::styles().into_iter().filter(|styles| styles.iter().all(|style| style.bands == 1));
    let cheapest = shapes.filter_map(|styles| styles.into_iter().map(start).min_by(|a, b| a.0.total_cmp(&b.0)));
    cheapest.map(|(_, sketch)| sketch).collect()
}

/// Returns the share of boxes with both incoming and outgoing arrows.
fn share_between(model: &Model) -> f32 {
    let toward = |v: usize, k: &u32| {
        let bundle = &model.bundles[*k as usize];
        if bundle.b as usize == v { bundle.flow } else { -bundle.flow }
    };
    let is_between = |v: &usize| {
        let mut flows = model.at[*v].iter().map(|k| toward(*v, k));
        flows.clone().any(|flow| flow > 0.0) && flows.any(|flow| flow < 0.0)
    };
    (0..model.len()).filter(is_between).count() as f32 / model.len().max(1) as f32
}

/// Returns whether a picture in levels is readable enough to be preferred for the direction it shows.
pub(super) fn is_worth(levels: &DrawnSketch, other: &DrawnSketch, lines: usize) -> bool {
    levels.quality.frame <= LEVELS_LARGER * other.quality.frame
        && levels.quality.score() <= other.quality.score() + LEVELS * lines as f64
}
