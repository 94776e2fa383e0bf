//! Improves a sketch by many small random moves, of which the good and, while hot, some bad ones are
//! kept (simulated annealing, Kirkpatrick et al. 1983; for drawings Davidson and Harel 1996).

use emath::{Pos2, Vec2, pos2, vec2};

use super::ledger::Ledger;
use super::sketch::{Sketch, Touched};
use crate::layout::Progress;
use crate::layout::rng::Rng;

/// Centers lie on this raster, so that equal coordinates come about by themselves.
const RASTER: f32 = 4.0;

/// Where boxes may go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Freedom {
    /// Anywhere.
    All,
    /// Up and down; ranks and columns stay.
    Vertical,
}

/// How long and how hot to search.
#[derive(Clone, Copy)]
pub(super) struct Schedule {
    /// How many moves are tried.
    pub moves: usize,
    /// Cost that a bad move may have at the start, about.
    pub hot: f32,
    /// The same at the end.
    pub cold: f32,
    /// Width of the steps at the start, in units.
    pub stride: f32,
    /// Where boxes may go.
    pub freedom: Freedom,
}

/// What a move did, to take it back.
struct Move {
    touched: Touched,
    places: Vec<(u32, Pos2)>,
    choice: Option<(u32, u8)>,
}

/// Improves `sketch` in place; the best picture on the way is the result.
pub(super) fn refine(sketch: &mut Sketch, schedule: Schedule, rng: &mut Rng, progress: &dyn Progress) {
    let free: Vec<u32> = (0..sketch.model.len() as u32).filter(|&v| sketch.model.fixed[v as usize].is_none()).collect();
    if free.is_empty() {
        return;
    }
    let mut ledger = Ledger::new(sketch);
    let mut best = (ledger.total, sketch.pos.clone(), sketch.choice.clone());
    let ratio = libm::logf(schedule.cold / schedule.hot);
    for i in 0..schedule.moves {
        if i % 1024 == 0 && progress.is_canceled() {
            return;
        }
        let done = i as f32 / schedule.moves as f32;
        let heat = schedule.hot * libm::expf(ratio * done);
        let stride = schedule.stride * (1.0 - done) + 2.0 * RASTER;
        let Some(mut step) = propose(sketch, &free, stride, rng) else { continue };
        if schedule.freedom == Freedom::Vertical {
            for (v, place) in &mut step.places {
                place.x = sketch.pos[*v as usize].x;
            }
        }
        // Drawing the luck first tells how bad the move may be at the most (Metropolis).
        let limit = -heat * libm::logf(rng.unit().max(1e-9));
        let undo = apply(sketch, &step);
        match ledger.judge(sketch, &step.touched, limit) {
            Some(change) if change <= limit => {
                ledger.accept(&step.touched, change);
                if ledger.total < best.0 - 1e-3 {
                    best = (ledger.total, sketch.pos.clone(), sketch.choice.clone());
                }
            }
            _ => {
                apply(sketch, &undo);
            }
        }
    }
    sketch.pos = best.1;
    sketch.choice = best.2;
    let all = sketch.all();
    sketch.redraw(&all.bundles);
}

/// Does a move and returns its opposite.
fn apply(sketch: &mut Sketch, step: &Move) -> Move {
    let mut undo = Move { touched: step.touched.clone(), places: Vec::with_capacity(step.places.len()), choice: None };
    for &(v, p) in &step.places {
        undo.places.push((v, std::mem::replace(&mut sketch.pos[v as usize], p)));
    }
    if let Some((k, choice)) = step.choice {
        undo.choice = Some((k, std::mem::replace(&mut sketch.choice[k as usize], choice)));
    }
    sketch.redraw(&step.touched.bundles);
    undo
}

fn on_raster(p: Pos2) -> Pos2 {
    pos2((p.x / RASTER).round() * RASTER, (p.y / RASTER).round() * RASTER)
}

fn propose(sketch: &Sketch, free: &[u32], stride: f32, rng: &mut Rng) -> Option<Move> {
    let v = free[rng.below(free.len())];
    let kind = rng.unit();
    if kind < 0.40 {
        let offset = vec2(rng.signed() + rng.signed(), rng.signed() + rng.signed()) * stride * 0.5;
        Some(to(sketch, v, on_raster(sketch.pos[v as usize] + offset)))
    } else if kind < 0.60 {
        align(sketch, v, rng)
    } else if kind < 0.66 {
        with_leaves(sketch, v, stride, rng)
    } else if kind < 0.76 {
        Some(beside_neighbors(sketch, v, stride, rng))
    } else if kind < 0.86 {
        swap(sketch, v, free[rng.below(free.len())])
    } else if kind < 0.88 {
        choose(sketch, rng)
    } else {
        Some(cut(sketch, free, stride, rng))
    }
}

fn to(sketch: &Sketch, v: u32, place: Pos2) -> Move {
    Move { touched: sketch.touched_by(&[v]), places: vec![(v, place)], choice: None }
}

/// Takes over a row or column from another box, mostly a tied one.
fn align(sketch: &Sketch, v: u32, rng: &mut Rng) -> Option<Move> {
    let bundles = &sketch.model.at[v as usize];
    let other = if rng.unit() < 0.6 && !bundles.is_empty() {
        sketch.model.bundles[bundles[rng.below(bundles.len())] as usize].other(v)
    } else {
        rng.below(sketch.pos.len()) as u32
    };
    let (own, theirs) = (sketch.pos[v as usize], sketch.pos[other as usize]);
    let place = if rng.unit() < 0.5 { pos2(theirs.x, own.y) } else { pos2(own.x, theirs.y) };
    (other != v && place != own).then(|| to(sketch, v, place))
}

/// Jumps to somewhere around the middle of the tied boxes.
fn beside_neighbors(sketch: &Sketch, v: u32, stride: f32, rng: &mut Rng) -> Move {
    let mut sum = Vec2::ZERO;
    let mut count = 0.0;
    for other in sketch.model.neighbors(v) {
        sum += sketch.pos[other as usize].to_vec2();
        count += 1.0;
    }
    if count == 0.0 {
        let place = sketch.bounds().lerp_inside(vec2(rng.unit(), rng.unit()));
        return to(sketch, v, on_raster(place));
    }
    let spread = if sketch.model.hub[v as usize] { 60.0 } else { stride + 160.0 };
    let offset = vec2(rng.signed() * spread * 1.4, rng.signed() * spread);
    to(sketch, v, on_raster((sum / count).to_pos2() + offset))
}

/// Moves a box together with those that are tied to it alone.
fn with_leaves(sketch: &Sketch, v: u32, stride: f32, rng: &mut Rng) -> Option<Move> {
    let mut nodes = vec![v];
    for u in sketch.model.neighbors(v) {
        if sketch.model.at[u as usize].len() == 1 && sketch.model.fixed[u as usize].is_none() {
            nodes.push(u);
        }
    }
    let offset = vec2(rng.signed() + rng.signed(), rng.signed() + rng.signed()) * stride;
    let offset = on_raster(offset.to_pos2()).to_vec2();
    (nodes.len() > 1).then(|| Move {
        touched: sketch.touched_by(&nodes),
        places: nodes.iter().map(|&u| (u, sketch.pos[u as usize] + offset)).collect(),
        choice: None,
    })
}

fn swap(sketch: &Sketch, v: u32, u: u32) -> Option<Move> {
    (u != v).then(|| Move {
        touched: sketch.touched_by(&[v, u]),
        places: vec![(v, sketch.pos[u as usize]), (u, sketch.pos[v as usize])],
        choice: None,
    })
}

/// Puts the labels of a bundle elsewhere along its way.
fn choose(sketch: &Sketch, rng: &mut Rng) -> Option<Move> {
    if sketch.model.bundles.is_empty() {
        return None;
    }
    let k = rng.below(sketch.model.bundles.len()) as u32;
    let choice = rng.below(crate::layout::plan::SHARES.len()) as u8;
    let touched = Touched { nodes: Vec::new(), bundles: vec![k] };
    (choice != sketch.choice[k as usize]).then(|| Move { touched, places: Vec::new(), choice: Some((k, choice)) })
}

/// Cuts the picture in two and moves one part, which closes gaps and makes room.
fn cut(sketch: &Sketch, free: &[u32], stride: f32, rng: &mut Rng) -> Move {
    let at = sketch.pos[free[rng.below(free.len())] as usize];
    let far = RASTER * (1.0 + (rng.unit() * stride * 0.3 / RASTER).floor());
    let by = if rng.unit() < 0.65 { -far } else { far };
    let across = rng.unit() < 0.5;
    let mut places = Vec::new();
    for &v in free {
        let p = sketch.pos[v as usize];
        if across && p.x >= at.x {
            places.push((v, pos2(p.x + by, p.y)));
        } else if !across && p.y >= at.y {
            places.push((v, pos2(p.x, p.y + by)));
        }
    }
    let nodes: Vec<u32> = places.iter().map(|m| m.0).collect();
    Move { touched: sketch.touched_by(&nodes), places, choice: None }
}
