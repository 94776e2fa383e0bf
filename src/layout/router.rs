//! Incremental routing: a change reroutes the lanes of moved boxes, and those that the boxes were or are in the way
//! of.

use std::collections::{BTreeMap, BTreeSet};

use emath::{Pos2, Rect, Vec2, pos2};

use super::geometry::path_length;
use super::grid::Grid;
use super::model::Model;
use super::rough_shape::RoughShape;
use super::route::{BoxIndex, Ports, RouteContext, Routed, rough_shape_again, rough_shapes, route_some};
use super::{Bend, Lane, Layout, Request, label, safe_center};

/// Distance from a box's old and new position within which lanes are rerouted: detours stay close to a box.
const NEAR: f32 = 24.0;
/// Distance from a lane within which others affect its label: half a label and the room around it.
const BESIDE: f32 = 110.0;
/// Length of the pieces in which the surroundings of a lane are looked up.
const LONG: f32 = 300.0;
/// Side of the squares used for this lookup.
const SQUARE: f32 = 250.0;
/// Maximum number of squares looked up; along extremely long lanes, some are missed.
const MAX_SQUARES: usize = 10_000;
/// A longer lane without a label tries to place one again only if the lane itself changes: a single box changes little
/// along it.
const LONGEST_RETRIED: f32 = 1_500.0;
/// At a box with more bundles than this, only moved bundles get new ports.
const MAX_LANES_AT_BOX: usize = 24;

/// A change to a layout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayoutChange {
    /// Indices of moved boxes, with their new centers.
    pub centers: Vec<(u32, Pos2)>,
    /// Indices of lines, with their new bends.
    pub bends: Vec<(u32, Option<Bend>)>,
}

/// Undo record of a change.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    centers: Vec<(u32, Pos2)>,
    bends: Vec<(u32, Option<Bend>)>,
    shapes: Vec<(usize, RoughShape)>,
    lanes: Vec<(u32, Lane)>,
    /// Number of lanes rerouted.
    pub routed: usize,
}

impl Undo {
    /// Returns the moved boxes.
    pub fn nodes(&self) -> impl Iterator<Item = u32> {
        self.centers.iter().map(|&(node, _)| node)
    }

    /// Returns the lines whose lanes or labels changed, each with its previous lane.
    pub fn lanes(&self) -> impl Iterator<Item = (u32, &Lane)> {
        self.lanes.iter().map(|(line, lane)| (*line, lane))
    }
}

/// A layout with all state needed to change parts of it.
pub struct Router {
    model: Model,
    box_index: BoxIndex,
    shapes: Vec<RoughShape>,
    layout: Layout,
}

impl std::fmt::Debug for Router {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Router").field("boxes", &self.model.len()).finish_non_exhaustive()
    }
}

/// Finds the lines that pass near a rectangle or have labels there.
pub type LinesNear<'a> = dyn Fn(Rect) -> Vec<u32> + 'a;

impl Router {
    /// Creates a router for the layout of a request.
    #[must_use]
    pub fn new(request: &Request, layout: Layout) -> Self {
        let model = Model::new(request);
        let box_index = BoxIndex::new(&model, &layout.centers);
        let shapes = rough_shapes(&RouteContext::new(&model, &layout.centers, &box_index));
        Self { model, box_index, shapes, layout }
    }

    /// Returns the current layout.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Moves boxes and bends lines. Returns `None` and changes nothing if lanes of more than `most_bundles` pairs had
    /// to be rerouted.
    pub fn change(&mut self, change: &LayoutChange, near: &LinesNear<'_>, most_bundles: usize) -> Option<Undo> {
        if self.layout.centers.len() != self.model.len() || self.layout.lanes.len() != self.model.lines.len() {
            return None;
        }
        let boxes = change.centers.iter().filter(|(v, _)| (*v as usize) < self.model.len());
        let moved: BTreeMap<u32, Pos2> = boxes.map(|&(v, center)| (v, safe_center(center))).collect();
        let moved_bundles = moved.keys().flat_map(|&v| &self.model.at[v as usize]);
        let bent = change.bends.iter().filter_map(|&(line, _)| self.model.bundle_of(line));
        let own: BTreeSet<usize> = moved_bundles.map(|&k| k as usize).chain(bent).collect();
        let beside = self.lines_beside(&moved, near);
        let passing: BTreeSet<usize> = beside.iter().filter_map(|&line| self.model.bundle_of(line)).collect();
        if own.len() + passing.len() > most_bundles {
            return None;
        }
        let ends: BTreeSet<u32> =
            own.iter().flat_map(|&k| [self.model.bundles[k].a, self.model.bundles[k].b]).collect();
        let ports = Ports::at(&self.context(), &self.shapes, &ends);
        let mut undo = self.put(&moved, change, &own);
        let mut open = self.with_other_ports(&own, &ends, &ports);
        open.extend(passing);
        if open.len() > most_bundles {
            self.revert(undo);
            return None;
        }
        let lanes = route_some(&self.context(), &self.shapes, &open);
        undo.routed = lanes.len();
        let boxes: Vec<Rect> = moved.keys().map(|&v| self.box_index.cards[v as usize]).collect();
        let is_open = |(line, lane): &(&u32, &Routed)| {
            let before = &self.layout.lanes[**line as usize];
            let is_covered = |rect: Rect| boxes.iter().any(|card| card.expand(NEAR / 2.0).intersects(rect));
            let is_asked = before.label.map_or_else(|| path_length(&lane.path) <= LONGEST_RETRIED, is_covered);
            before.curve != lane.curve || is_asked || self.is_own(**line, &own)
        };
        let changed: BTreeMap<u32, Routed> =
            lanes.iter().filter(is_open).map(|(&line, lane)| (line, lane.clone())).collect();
        let labels = self.labels(&changed, near);
        for ((line, lane), label) in changed.into_iter().zip(labels) {
            let lane = Lane { curve: lane.curve, label };
            if self.layout.lanes[line as usize] != lane {
                undo.lanes.push((line, std::mem::replace(&mut self.layout.lanes[line as usize], lane)));
            }
        }
        Some(undo)
    }

    /// Reverts a change; it must be the latest one.
    pub fn revert(&mut self, undo: Undo) {
        for (line, bend) in undo.bends {
            self.model.set_bend(line, bend);
        }
        for (v, center) in undo.centers {
            self.layout.centers[v as usize] = center;
            self.box_index.relocate(&self.model, v, center);
        }
        for (k, shape) in undo.shapes {
            self.shapes[k] = shape;
        }
        for (line, lane) in undo.lanes {
            self.layout.lanes[line as usize] = lane;
        }
    }

    fn context(&self) -> RouteContext<'_> {
        RouteContext::new(&self.model, &self.layout.centers, &self.box_index)
    }

    fn is_own(&self, line: u32, own: &BTreeSet<usize>) -> bool {
        self.model.bundle_of(line).is_some_and(|k| own.contains(&k))
    }

    /// Returns the lines near the old and new positions of boxes.
    fn lines_beside(&self, moved: &BTreeMap<u32, Pos2>, near: &LinesNear<'_>) -> BTreeSet<u32> {
        let boxes = moved.iter().map(|(&v, &center)| (self.box_index.cards[v as usize], center));
        let both = boxes.flat_map(|(card, center)| [card, Rect::from_center_size(center, card.size())]);
        both.flat_map(|rect| near(rect.expand(NEAR))).collect()
    }

    /// Applies new positions and bends, and recomputes the rough shapes of the affected bundles.
    fn put(&mut self, moved: &BTreeMap<u32, Pos2>, change: &LayoutChange, own: &BTreeSet<usize>) -> Undo {
        let mut undo = Undo::default();
        for &(line, bend) in &change.bends {
            if let Some((_, before)) = self.model.set_bend(line, bend) {
                undo.bends.push((line, before));
            }
        }
        for (&v, &center) in moved {
            undo.centers.push((v, std::mem::replace(&mut self.layout.centers[v as usize], center)));
            self.box_index.relocate(&self.model, v, center);
        }
        for &k in own {
            let shape = rough_shape_again(&self.context(), k, &self.shapes);
            undo.shapes.push((k, std::mem::replace(&mut self.shapes[k], shape)));
        }
        undo
    }

    /// Returns these bundles, and bundles at the same boxes whose ports had to move for them.
    fn with_other_ports(&self, own: &BTreeSet<usize>, ends: &BTreeSet<u32>, before: &Ports) -> BTreeSet<usize> {
        let mut open = own.clone();
        let now = Ports::at(&self.context(), &self.shapes, ends);
        for &v in ends {
            let at = &self.model.at[v as usize];
            for k in at.iter().map(|&k| k as usize).filter(|_| at.len() <= MAX_LANES_AT_BOX) {
                if !open.contains(&k) && now.differ(before, k, self.model.bundles[k].a == v) {
                    open.insert(k);
                }
            }
        }
        open
    }

    /// Places labels for lanes among all others, which keep theirs.
    fn labels(&self, open: &BTreeMap<u32, Routed>, near: &LinesNear<'_>) -> Vec<Option<Rect>> {
        let rects = open.values().flat_map(|lane| pieces(&lane.path)).map(|piece| piece.expand(BESIDE));
        let around = squares(rects);
        let beside: BTreeSet<u32> = around.iter().flat_map(|&rect| near(rect)).collect();
        let (context, box_index) = (self.context(), Grid::of(&around));
        let mut others: Vec<(u32, Routed)> = Vec::new();
        let is_asked = label::keeps_off_lanes(&self.model);
        for line in beside.iter().copied().filter(|line| is_asked && !open.contains_key(line)) {
            let Some(lane) = self.layout.lanes.get(line as usize) else { continue };
            let whole = Routed::earlier(&context, &lane.curve);
            others.extend(parts_in(&whole.path, &box_index).into_iter().map(|path| (line, whole.with_path(path))));
        }
        let labels = beside.iter().filter(|line| !open.contains_key(line));
        let question = label::Question {
            model: &self.model,
            cards: &self.box_index.grid,
            open: open.iter().map(|(&line, lane)| (line, lane)).collect(),
            near: open.iter().map(|(&line, lane)| (line, lane)).chain(others.iter().map(|(l, r)| (*l, r))).collect(),
            standing: labels.filter_map(|&line| self.layout.lanes.get(line as usize)?.label).collect(),
        };
        label::place(&question)
    }
}

/// Returns rectangles along a path, none much longer than [`LONG`].
fn pieces(path: &[Pos2]) -> Vec<Rect> {
    let mut rects: Vec<Rect> = Vec::new();
    for w in path.windows(2) {
        let count = (((w[1] - w[0]).length() / LONG).ceil() as usize).clamp(1, 1_000);
        for piece in 0..count {
            let at = |n: usize| w[0].lerp(w[1], n as f32 / count as f32);
            let rect = Rect::from_two_pos(at(piece), at(piece + 1));
            match rects.last_mut().filter(|last| last.union(rect).size().max_elem() < LONG) {
                Some(last) => *last = last.union(rect),
                None => rects.push(rect),
            }
        }
    }
    rects
}

/// Returns the squares of a grid that intersect the rectangles, without duplicates: parallel lanes share most of them.
fn squares(rects: impl Iterator<Item = Rect>) -> Vec<Rect> {
    let number = |x: f32| (x / SQUARE).floor() as i32;
    let numbers = rects.flat_map(|rect| {
        let columns = number(rect.min.x)..=number(rect.max.x);
        columns.flat_map(move |x| (number(rect.min.y)..=number(rect.max.y)).map(move |y| (x, y)))
    });
    let unique: BTreeSet<(i32, i32)> = numbers.take(MAX_SQUARES).collect();
    let square = |(x, y): (i32, i32)| {
        let corner = pos2(x as f32 * SQUARE, y as f32 * SQUARE);
        Rect::from_min_size(corner, Vec2::splat(SQUARE))
    };
    unique.into_iter().map(square).collect()
}

/// Returns the parts of a path that pass some rectangles, so that only the nearby parts of a long lane count.
fn parts_in(path: &[Pos2], rects: &Grid) -> Vec<Vec<Pos2>> {
    let mut parts: Vec<Vec<Pos2>> = Vec::new();
    let mut is_open = false;
    for w in path.windows(2) {
        let count = (((w[1] - w[0]).length() / LONG).ceil() as usize).clamp(1, 1_000);
        for piece in 0..count {
            let at = |n: usize| w[0].lerp(w[1], n as f32 / count as f32);
            let (from, to) = (at(piece), at(piece + 1));
            let own = Rect::from_two_pos(from, to);
            if !rects.any(&own, |_, _| true) {
                is_open = false;
                continue;
            }
            match parts.last_mut().filter(|_| is_open) {
                Some(part) => part.push(to),
                None => parts.push(vec![from, to]),
            }
            is_open = true;
        }
    }
    parts
}
