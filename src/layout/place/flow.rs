//! Maps whose arrows lead from somewhere to somewhere: who owns, supplies or lends stands before who is owned,
//! supplied or lent to. Where no arrow runs against the others, levels in columns may say more than a tight picture.

use emath::{Vec2, vec2};

use super::ledger::Ledger;
use super::polish::DrawnSketch;
use super::sketch::Sketch;
use super::{layered, pack, separate};
use crate::layout::model::Model;

/// What an arrow that points the wrong way costs in a map that is a flow throughout; one across costs half of it.
const AGAINST: f32 = 1.5;
/// From which agreement on direction counts, and from which on it counts in full, see [`strength`].
const AGREEMENT: [f32; 2] = [0.6, 0.85];
/// Fewer levels are no way to anywhere: members and boards.
const FEWEST_LEVELS: usize = 3;
/// From which strength on a picture in levels is tried.
const LEVELS_FROM: f32 = 0.5;
/// From which share of boxes between others on a picture in levels is tried: a star has one, whose arrows tell it all.
const BETWEEN: f32 = 0.1;
/// How much less readable a picture in levels may be for each line of the map.
const LEVELS: f64 = 0.13;
/// How many times as wide and high a picture in levels may be.
const LEVELS_LARGER: f32 = 1.3;

/// How much of a flow a map is, from 0 to 1: its lines are arrows, few run against the others, and they pass few
/// levels for so many boxes, unlike a chain or a ring, which may as well be wound up.
pub(super) fn strength(model: &Model) -> f32 {
    let (share, levels) = layered::agreement(model);
    if levels < FEWEST_LEVELS {
        return 0.0;
    }
    let agreement = share * (1.0 - levels as f32 / model.len().max(1) as f32);
    ((agreement - AGREEMENT[0]) / (AGREEMENT[1] - AGREEMENT[0])).clamp(0.0, 1.0)
}

/// Where the arrows of a start should point, as long as that counts: half of the starts flow right, half down.
pub(super) fn heading(strength: f32, start: usize) -> Vec2 {
    let heading = if start.is_multiple_of(2) { vec2(0.0, 1.0) } else { vec2(1.0, 0.0) };
    heading * AGAINST * strength
}

/// Starts in levels from left to right, one for each height that the levels may have; none for a map that hardly flows.
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

/// The share of boxes that arrows lead to and from.
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

/// Whether a picture in levels is about as readable as the best other one; what it says besides makes up for the rest.
pub(super) fn is_worth(levels: &DrawnSketch, other: &DrawnSketch, lines: usize) -> bool {
    levels.quality.frame <= LEVELS_LARGER * other.quality.frame
        && levels.quality.score() <= other.quality.score() + LEVELS * lines as f64
}
