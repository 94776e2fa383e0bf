//! Computes a center for each box: one file per method, and their common parts.

mod circle;
mod columns;
mod components;
mod fit;
mod flow;
mod large;
mod layered;
mod ledger;
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

use fit::FitSearch;
use refine::{ColumnHop, Freedom, Rings};

use super::model::Model;
use super::{Algorithm, Layout, Progress, Request};

/// Up to this many boxes, many starts are tried and the most readable layout is kept.
const MANY_STARTS: usize = 150;
/// Up to this many lines, candidate layouts are sketched, drawn and compared.
const MAX_COMPARED: usize = 400;
/// Up to this many boxes, stress over all pairs is affordable.
const FULL_STRESS: usize = 150;

/// Returns whether a map is small enough to compare many starts.
pub(super) fn is_compared(model: &Model) -> bool {
    model.len() <= MANY_STARTS && model.lines.len() <= MAX_COMPARED
}

/// Free space around each box, on each side.
pub(super) const MARGIN: Vec2 = Vec2::new(13.0, 11.0);

/// Computes centers with the requested method, without overlaps and with fixed boxes in place; `None` if canceled.
pub(super) fn centers(request: &Request, model: &Model, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    let search = FitSearch { request, model, progress };
    let centers = match request.algorithm {
        Algorithm::Auto | Algorithm::Force if model.len() > FULL_STRESS => {
            separate::apart(model, large::place(model, progress)?)
        }
        Algorithm::Auto | Algorithm::Force => {
            let rough = pack::by_component(model, |part| stress::place(model, part, model.seed));
            fit::eased(model, separate::apart(model, rough), Freedom::All, progress)?
        }
        Algorithm::Layered => {
            let place = |style| pack::by_component(model, |part| layered::styled(model, part, style));
            let place = |style| (separate::apart(model, place(style)), ());
            search.best_eased(&layered::styles(), place, |()| Freedom::Columns(ColumnHop::Flow))?
        }
        Algorithm::LayeredDown => {
            // Flowing down equals flowing right in a mirrored model.
            let turned = model.turned();
            let place = |style| pack::by_component(model, |part| turn(layered::styled(&turned, part, style)));
            let place = |style| (separate::apart(model, place(style)), ());
            search.best_eased(&layered::styles(), place, |()| Freedom::Rows)?
        }
        Algorithm::Columns => {
            let place = |style| (columns::place(model, style), ());
            search.best_eased(&columns::styles(), place, |()| Freedom::Columns(ColumnHop::Group))?
        }
        Algorithm::Radial => {
            let place = |start| on_rings(model, |part| radial::started(model, part, start));
            search.best_eased(&radial::starts(), place, |rings| Freedom::Rings(rings))?
        }
        Algorithm::Circle => {
            let place = |style| on_rings(model, |part| (circle::styled(model, part, style), vec![1; part.len()]));
            search.best_eased(&circle::styles(), place, |rings| Freedom::Rings(rings))?
        }
    };
    (!progress.is_canceled()).then_some(centers)
}

/// Mirrors centers along the diagonal.
fn turn(mut centers: Vec<Pos2>) -> Vec<Pos2> {
    for p in &mut centers {
        std::mem::swap(&mut p.x, &mut p.y);
    }
    centers
}

/// Computes centers on rings: places each part around the origin and packs the parts.
fn on_rings(model: &Model, place: impl Fn(&[u32]) -> (Vec<Pos2>, Vec<usize>)) -> (Vec<Pos2>, Rings) {
    let mut parts = Vec::new();
    let centers = pack::by_component(model, |part| {
        let (around, ring) = place(part);
        parts.push((part.to_vec(), around.clone(), ring));
        around
    });
    let rings = Rings::new(&centers, &parts, model.aspect.sqrt());
    (centers, rings)
}

/// Places boxes as if they were points, see [`large::points`].
pub(super) fn points(model: &Model, progress: &dyn Progress) -> Option<Vec<Pos2>> {
    large::points(model, progress)
}

/// Returns the community of each box, numbered from 0.
pub(super) fn communities(model: &Model) -> Vec<u32> {
    large::communities(model)
}

/// Returns the most readable layout of many starts, routed and labeled; `None` if canceled.
pub(super) fn most_readable(request: &Request, model: &Model, progress: &dyn Progress) -> Option<Layout> {
    starts::most_readable(request, model, progress)
}
