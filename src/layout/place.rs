//! Finds a center for each box: one file per method, and what they share.

mod circle;
mod columns;
mod layered;
mod ledger;
mod multilevel;
mod pack;
mod radial;
mod refine;
mod separate;
mod sketch;
mod starts;
mod stress;

use emath::{Pos2, Vec2};

use super::model::Model;
use super::{Algorithm, Layout, Progress};

/// Up to this many boxes, many starts are tried and the most readable is kept.
pub(super) const MANY_STARTS: usize = 150;
/// Up to this many boxes, stress over all pairs is affordable.
const FULL_STRESS: usize = 150;

/// Free room that a box keeps around itself, on each side.
pub(super) const MARGIN: Vec2 = Vec2::new(13.0, 11.0);

/// Centers by one method, boxes apart and fixed ones in place; none when canceled.
pub(super) fn centers(model: &Model, algorithm: Algorithm, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    let rough = match algorithm {
        Algorithm::Auto | Algorithm::Force if model.len() > FULL_STRESS => multilevel::place(model, progress)?,
        Algorithm::Auto | Algorithm::Force => pack::by_component(model, |part| stress::place(model, part, model.seed)),
        Algorithm::Layered => pack::by_component(model, |part| layered::place(model, part)),
        Algorithm::Radial => pack::by_component(model, |part| radial::place(model, part)),
        Algorithm::Circle => pack::by_component(model, |part| circle::place(model, part)),
        Algorithm::Columns => columns::place(model),
    };
    (!progress.is_canceled()).then(|| separate::apart(model, rough))
}

/// The most readable of many starts, routed and labeled; none when canceled.
pub(super) fn most_readable(request: &super::Request, model: &Model, progress: &dyn Progress) -> Option<Layout> {
    starts::most_readable(request, model, progress)
}
