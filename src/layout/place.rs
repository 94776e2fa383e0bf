//! Finds a center for each box: one file per method, and what they share.

mod circle;
mod columns;
mod fit;
mod layered;
mod ledger;
mod multilevel;
mod pack;
mod polish;
mod radial;
mod reaches;
mod refine;
mod separate;
mod sketch;
mod starts;
mod stress;

use emath::{Pos2, Vec2};

use refine::{Freedom, Rings};

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
    let centers = match algorithm {
        Algorithm::Auto | Algorithm::Force if model.len() > FULL_STRESS => {
            separate::apart(model, multilevel::place(model, progress)?)
        }
        Algorithm::Auto | Algorithm::Force => {
            let rough = pack::by_component(model, |part| stress::place(model, part, model.seed));
            fit::eased(model, separate::apart(model, rough), Freedom::All, progress)?
        }
        Algorithm::Layered => {
            let rough = pack::by_component(model, |part| layered::place(model, part));
            fit::eased(model, separate::apart(model, rough), Freedom::Columns, progress)?
        }
        Algorithm::Columns => fit::eased(model, columns::place(model), Freedom::Columns, progress)?,
        Algorithm::Radial => on_rings(model, |part| radial::place(model, part), progress)?,
        Algorithm::Circle => on_rings(model, |part| (circle::place(model, part), vec![1; part.len()]), progress)?,
    };
    (!progress.is_canceled()).then_some(centers)
}

/// Centers on rings: each part is placed around the origin, parts are packed, and boxes find room along their rings.
fn on_rings(
    model: &Model,
    place: impl Fn(&[u32]) -> (Vec<Pos2>, Vec<usize>),
    progress: &dyn Progress,
) -> Option<Vec<Pos2>> {
    let mut parts = Vec::new();
    let centers = pack::by_component(model, |part| {
        let (around, ring) = place(part);
        parts.push((part.to_vec(), around.clone(), ring));
        around
    });
    let rings = Rings::new(&centers, &parts, model.aspect.sqrt());
    fit::eased(model, centers, Freedom::Rings(&rings), progress)
}

/// The most readable of many starts, routed and labeled; none when canceled.
pub(super) fn most_readable(request: &super::Request, model: &Model, progress: &dyn Progress) -> Option<Layout> {
    starts::most_readable(request, model, progress)
}
