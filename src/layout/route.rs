//! Routes each line as a lane: a curve from outline to outline that avoids foreign boxes and keeps apart from the other
//! lanes of its pair. Labels are placed later; each lane comes with the best position of its label.

mod around;
mod loops;
mod ports;
mod shape;

use std::collections::{BTreeMap, BTreeSet};

use emath::{Pos2, Rect, Vec2};

use super::Cubic;
use super::curve::flatten_within;
use super::geometry::{boxed, length, segment_hits};
use super::grid::Grid;
use super::model::Model;
use super::rough_shape::{Form, RoughShape, rough_shape};

/// Gap between a lane and a foreign box.
pub(super) const CLEARANCE: f32 = 7.0;
/// Gap between an arrow's tip and the outline it points to.
const TIP_GAP: f32 = 2.0;
/// Maximum number of boxes for which the labels of bundles are moved to a free position before routing.
const MOVED_LABELS: usize = 500;
/// Extent of the stretches for which boxes near a lane are looked up.
const LONG: f32 = 300.0;
/// Step length of the polylines that approximate curves.
const STEP: f32 = 8.0;

/// Maximum number of steps per curve piece, in maps of up to some 2,000 lines.
const STEPS: usize = 512;
/// Lower limit of that maximum in maps of any size.
const FEWEST_STEPS: usize = 12;
/// Approximate maximum number of steps in a map.
const MAX_STEPS: usize = 1_000_000;
/// Maximum number of bundles whose labels are moved to a free position, those with the most lanes first.
const MOVED_BUNDLES: usize = 500;

/// A drawn lane before labeling.
#[derive(Clone, Debug, Default)]
pub(super) struct Routed {
    pub curve: Vec<Cubic>,
    /// The curve as a polyline.
    pub path: Vec<Pos2>,
    /// Best center of its label.
    pub home: Option<Pos2>,
    /// Whether the label must lie at `home`, because the user put it there.
    pub pinned: bool,
}

impl Routed {
    fn new(context: &RouteContext, mut curve: Vec<Cubic>, home: Option<Pos2>) -> Self {
        // Pieces that were computed one by one may miss each other by a rounding error.
        for n in 1..curve.len() {
            curve[n][0] = curve[n - 1][3];
        }
        let path = flatten_within(&curve, STEP, context.steps);
        Self { curve, path, home, pinned: false }
    }

    /// Returns a copy with only this part of the path, and no curve.
    pub(super) fn with_path(&self, path: Vec<Pos2>) -> Self {
        Self { curve: Vec::new(), path, home: self.home, pinned: self.pinned }
    }

    /// Creates a lane from its curve in an earlier layout.
    pub(super) fn earlier(context: &RouteContext, curve: &[Cubic]) -> Self {
        Self::new(context, curve.to_vec(), None)
    }
}

/// The boxes at their positions, with a spatial index.
pub(super) struct BoxIndex {
    pub cards: Vec<Rect>,
    pub grid: Grid,
}

impl BoxIndex {
    pub(super) fn new(model: &Model, centers: &[Pos2]) -> Self {
        let cards: Vec<Rect> = centers.iter().zip(&model.size).map(|(c, s)| boxed(*c, *s)).collect();
        let grid = Grid::of(&cards);
        Self { cards, grid }
    }

    /// Moves a box.
    pub(super) fn relocate(&mut self, model: &Model, v: u32, center: Pos2) {
        let card = boxed(center, model.size[v as usize]);
        self.cards[v as usize] = card;
        self.grid.relocate(v, card);
    }
}

/// Context of routing: the model, its box centers and their index.
pub(super) struct RouteContext<'a> {
    pub model: &'a Model,
    pub centers: &'a [Pos2],
    pub box_index: &'a BoxIndex,
    /// Maximum number of steps per curve piece.
    steps: usize,
}

/// Remaining work for obstructed lanes. Once it is used up, lanes keep their first curve.
pub(super) struct Budget {
    /// Segments of arcs to check against boxes.
    segments: usize,
    /// Corner-to-corner visibility checks in the search for ways around boxes.
    views: usize,
}

impl Budget {
    /// The budget for one layout of any size.
    pub(super) const WHOLE: Self = Self { segments: 12_000_000, views: 150_000_000 };

    /// Subtracts `work`; returns whether any was left before.
    fn take(left: &mut usize, work: usize) -> bool {
        let was_left = *left > 0;
        *left = left.saturating_sub(work);
        was_left
    }
}

impl<'a> RouteContext<'a> {
    pub(super) fn new(model: &'a Model, centers: &'a [Pos2], box_index: &'a BoxIndex) -> Self {
        let steps = (MAX_STEPS / model.lines.len().max(1)).clamp(FEWEST_STEPS, STEPS);
        Self { model, centers, box_index, steps }
    }

    pub(super) fn center(&self, v: u32) -> Pos2 {
        self.centers[v as usize]
    }

    pub(super) fn half(&self, v: u32) -> Vec2 {
        self.model.size[v as usize] * 0.5
    }

    /// Returns the number of foreign boxes that a path comes closer to than `clearance`, counted up to `most`.
    pub(super) fn hits(&self, path: &[Pos2], ends: (u32, u32), clearance: f32, most: usize) -> usize {
        let mut found: Vec<u32> = Vec::new();
        if most == 0 {
            return 0;
        }
        any_stretch(path, LONG, |pieces, area| {
            self.box_index.grid.any(&area.expand(clearance), |v, card| {
                if v != ends.0 && v != ends.1 && !found.contains(&v) {
                    let card = card.expand(clearance);
                    if pieces.iter().any(|&(a, b)| segment_hits(a, b, &card)) {
                        found.push(v);
                    }
                }
                found.len() >= most
            })
        });
        found.len()
    }
}

/// Calls `visit` with the pieces of each stretch of a path and its bounding box, as [`any_stretch`] does.
pub(super) fn each_stretch(path: &[Pos2], long: f32, mut visit: impl FnMut(&[(Pos2, Pos2)], Rect)) {
    any_stretch(path, long, |pieces, area| {
        visit(pieces, area);
        false
    });
}

/// Calls `visit` with the pieces of each stretch of a path and its bounding box, at most about `long` wide and high,
/// until it returns `true`. The bounding box of a longer slanted stretch would contain boxes that it doesn't come near;
/// shorter stretches would repeat the same lookups.
fn any_stretch(path: &[Pos2], long: f32, mut visit: impl FnMut(&[(Pos2, Pos2)], Rect) -> bool) -> bool {
    let mut stretch: Vec<(Pos2, Pos2)> = Vec::new();
    let mut area = Rect::NOTHING;
    for w in path.windows(2) {
        let count = ((length(w[1] - w[0]) / long).ceil() as usize).clamp(1, 10_000);
        for piece in 0..count {
            let at = |n: usize| w[0] + (w[1] - w[0]) * (n as f32 / count as f32);
            let (a, b) = (at(piece), at(piece + 1));
            let own = Rect::from_points(&[a, b]);
            if !stretch.is_empty() && area.union(own).size().max_elem() > long {
                if visit(&stretch, area) {
                    return true;
                }
                stretch.clear();
                area = Rect::NOTHING;
            }
            stretch.push((a, b));
            area = area.union(own);
        }
    }
    !stretch.is_empty() && visit(&stretch, area)
}

/// Routes all lanes.
pub(super) fn route(context: &RouteContext, shapes: &[RoughShape]) -> Vec<Routed> {
    let model = context.model;
    let ports = ports::Ports::new(context, shapes);
    let mut lanes = vec![Routed::default(); model.lines.len()];
    let mut budget = Budget::WHOLE;
    let mut put = |line: u32, lane: Routed| lanes[line as usize] = lane;
    for k in 0..model.bundles.len() {
        draw(context, k, (shapes, &ports), &mut budget, &mut put);
    }
    for (index, line) in model.lines.iter().enumerate() {
        match line {
            Some(line) if line.bend.is_some() => lanes[index] = shape::bent(context, line),
            Some(_) => {}
            None => lanes[index] = Routed::new(context, vec![[Pos2::ZERO; 4]], None),
        }
    }
    lanes
}

/// Routes the lanes of a bundle, except those bent by the user.
fn draw(
    context: &RouteContext,
    k: usize,
    (shapes, ports): (&[RoughShape], &ports::Ports),
    budget: &mut Budget,
    put: &mut dyn FnMut(u32, Routed),
) {
    if context.model.bundles[k].is_loop() {
        loops::draw(context, k, shapes, put);
    } else {
        shape::draw(context, k, (&shapes[k], ports), budget, put);
    }
}

/// Routes the lanes of some bundles, including those bent by the user.
pub(super) fn route_some(
    context: &RouteContext,
    shapes: &[RoughShape],
    bundles: &BTreeSet<usize>,
) -> BTreeMap<u32, Routed> {
    let ends = bundles.iter().flat_map(|&k| [context.model.bundles[k].a, context.model.bundles[k].b]);
    let ports = ports::Ports::at(context, shapes, &ends.collect());
    let mut lanes = BTreeMap::new();
    let mut budget = Budget::WHOLE;
    for &k in bundles {
        draw(context, k, (shapes, &ports), &mut budget, &mut |line, lane| drop(lanes.insert(line, lane)));
        for &line in &context.model.bundles[k].bent {
            if let Some(of) = &context.model.lines[line as usize] {
                lanes.insert(line, shape::bent(context, of));
            }
        }
    }
    lanes
}

pub(super) use ports::Ports;

fn rough_shape_of(context: &RouteContext, k: usize, choice: u8) -> RoughShape {
    let bundle = &context.model.bundles[k];
    rough_shape(context.model, bundle, context.center(bundle.a), context.center(bundle.b), choice)
}

/// Computes the rough shapes of all bundles; moves the labels of a bundle along it to the least crowded position.
pub(super) fn rough_shapes(context: &RouteContext) -> Vec<RoughShape> {
    let model = context.model;
    let mut shapes: Vec<RoughShape> = (0..model.bundles.len()).map(|k| rough_shape_of(context, k, 0)).collect();
    let mut order: Vec<usize> = (0..shapes.len()).filter(|&k| shapes[k].form != Form::Single).collect();
    order.sort_by_key(|&k| std::cmp::Reverse(model.bundles[k].lanes.len()));
    order.truncate(MOVED_BUNDLES);
    let mut blocks: Vec<Rect> = Vec::new();
    for k in order {
        if shapes[k].form == Form::Loop || model.len() > MOVED_LABELS {
            continue;
        }
        shapes[k] = freest(context, k, shapes[k], &blocks);
        blocks.push(shapes[k].block);
    }
    shapes
}

/// Recomputes the rough shape of one bundle while the others stay.
pub(super) fn rough_shape_again(context: &RouteContext, k: usize, others: &[RoughShape]) -> RoughShape {
    let first = rough_shape_of(context, k, 0);
    if matches!(first.form, Form::Single | Form::Loop) || context.model.len() > MOVED_LABELS {
        return first;
    }
    let is_stacked = |shape: &RoughShape| !matches!(shape.form, Form::Single | Form::Loop);
    let others = others.iter().enumerate().filter(|(j, shape)| *j != k && is_stacked(shape));
    let blocks: Vec<Rect> = others.map(|(_, shape)| shape.block).collect();
    freest(context, k, first, &blocks)
}

/// Returns the rough shape whose labels lie among the fewest boxes and other labels.
fn freest(context: &RouteContext, k: usize, first: RoughShape, blocks: &[Rect]) -> RoughShape {
    let crowd = |shape: &RoughShape| {
        let mut count = 0;
        context.box_index.grid.each(&shape.block.expand(4.0), |_, _| count += 1);
        count + blocks.iter().filter(|b| b.expand(4.0).intersects(shape.block)).count()
    };
    let mut best = (crowd(&first), first);
    for choice in 1..super::rough_shape::SHARES.len() as u8 {
        if best.0 == 0 {
            break;
        }
        let other = rough_shape_of(context, k, choice);
        let count = crowd(&other);
        if count < best.0 && other.form == first.form {
            best = (count, other);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use emath::{Pos2, Rect, pos2};

    use super::each_stretch;

    #[test]
    fn stretches_are_the_whole_path_in_areas_of_their_own() {
        let curve: Vec<Pos2> = (0..90).map(|n| pos2(n as f32 * 8.0, (n as f32 * 0.2).sin() * 60.0)).collect();
        let paths = [curve, vec![pos2(0.0, 0.0), pos2(900.0, 500.0)], vec![pos2(5.0, 5.0), pos2(6.0, 5.0)], vec![]];
        for path in paths {
            let mut joined: Vec<Pos2> = path.first().copied().into_iter().collect();
            let mut count = 0;
            each_stretch(&path, 80.0, |pieces, area| {
                count += 1;
                assert!(area.size().max_elem() <= 80.0, "{area:?}");
                for &(a, b) in pieces {
                    assert!(area.expand(0.01).contains_rect(Rect::from_two_pos(a, b)));
                    assert!(joined.last().is_some_and(|last| last.distance(a) < 0.01), "no gap before {a:?}");
                    joined.push(b);
                }
            });
            assert_eq!(joined.last(), path.last(), "to the end");
            let is_met = |point: &Pos2| joined.iter().any(|other| other.distance(*point) < 0.01);
            assert!(path.iter().all(is_met), "every point of the path");
            assert!(count < path.len() / 4 || path.len() <= 2, "{count} questions for {} points", path.len());
        }
    }
}
