//! Spatial index over a scene: finds the parts under a point or in a rectangle.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use emath::{Pos2, Rect, Vec2};
use rstar::{AABB, RTree, RTreeObject};

use crate::layout::Cubic;
use crate::layout::curve::{chord_ends, is_straight, segment_distance};
use crate::layout::geometry::segment_hits;

use super::parts::{Items, Order};
use super::{Part, Scene, SceneItem, Shape};

/// Segments per curved Bézier piece; for lanes a few hundred units long, the error is less than half a unit.
const STEPS: usize = 24;

/// Approximate length of the segments of a straight Bézier piece; the bounding box of a long slanted one would overlap
/// almost everything.
const LONG: f32 = 150.0;

/// The most segments of a straight piece: in maps so large that lanes are longer, more take most of the memory.
const STRAIGHT_STEPS: usize = 6;

/// An index over a scene: items by part, and outlines of cards, pills, roles, notes and lanes by position.
#[derive(Clone, Debug, Default)]
pub struct Picker {
    tree: RTree<PickTarget>,
    items: HashMap<Part, Items>,
    /// Number of cards, lanes and ribbons.
    records: usize,
    /// Parts that are not in the tree because they can't be picked: headings and the surroundings of the map.
    loose: BTreeSet<Part>,
}

/// One area, or one segment of a lane.
#[derive(Clone, Debug, PartialEq)]
struct PickTarget {
    part: Part,
    /// Position in the scene's drawing order; the topmost target wins.
    order: Order,
    outline: Outline,
}

#[derive(Clone, Debug, PartialEq)]
enum Outline {
    Area(Rect),
    Segment { from: Pos2, to: Pos2, half_width: f32 },
}

impl Outline {
    fn bounds(&self) -> Rect {
        match self {
            Self::Area(rect) => *rect,
            Self::Segment { from, to, half_width } => Rect::from_two_pos(*from, *to).expand(*half_width),
        }
    }

    /// Returns whether it touches a rectangle.
    fn touches(&self, other: Rect) -> bool {
        match self {
            Self::Area(rect) => rect.intersects(other),
            Self::Segment { from, to, half_width } => segment_hits(*from, *to, &other.expand(*half_width)),
        }
    }

    fn distance(&self, pos: Pos2) -> f32 {
        match self {
            Self::Area(rect) => rect.distance_to_pos(pos),
            Self::Segment { from, to, half_width } => (segment_distance(*from, *to, pos) - half_width).max(0.0),
        }
    }
}

impl RTreeObject for PickTarget {
    type Envelope = AABB<[f32; 2]>;

    fn envelope(&self) -> Self::Envelope {
        envelope(self.outline.bounds())
    }
}

impl Picker {
    /// Indexes a scene.
    #[must_use]
    pub fn new(scene: &Scene) -> Self {
        Self::of_items(scene.items.iter().enumerate().map(|(index, item)| (Order::of_index(index), item)))
    }

    /// Indexes items with their positions in the drawing order.
    #[must_use]
    pub fn of_items<'a>(items: impl Iterator<Item = (Order, &'a Arc<SceneItem>)>) -> Self {
        let mut picker = Self::default();
        let mut targets = Vec::new();
        for (order, item) in items {
            push_targets(item, order, &mut targets);
            let of_part = picker.items.entry(item.part).or_default();
            if of_part.is_empty() {
                picker.records += usize::from(is_record(item.part));
                picker.loose.extend(Some(item.part).filter(|&part| is_loose(part)));
            }
            of_part.push((order, Arc::clone(item)));
        }
        picker.tree = RTree::bulk_load(targets);
        picker
    }

    /// Replaces the items of a part; an empty list removes it.
    pub fn replace(&mut self, part: Part, items: Items) {
        let mut targets = Vec::new();
        for (order, item) in &items {
            push_targets(item, *order, &mut targets);
        }
        let is_there = !items.is_empty();
        let before = if is_there { self.items.insert(part, items) } else { self.items.remove(&part) };
        let mut old = Vec::new();
        for (order, item) in before.iter().flatten() {
            push_targets(item, *order, &mut old);
        }
        for target in old {
            self.tree.remove(&target);
        }
        for target in targets {
            self.tree.insert(target);
        }
        if is_record(part) {
            self.records = self.records + usize::from(is_there) - usize::from(before.is_some());
        }
        if is_loose(part) && is_there {
            self.loose.insert(part);
        } else {
            self.loose.remove(&part);
        }
    }

    /// Returns the items of a part, back to front; empty if it is not in the picture.
    #[must_use]
    pub fn items(&self, part: Part) -> &[(Order, Arc<SceneItem>)] {
        self.items.get(&part).map_or(&[], Vec::as_slice)
    }

    /// Returns the number of cards, lanes and ribbons.
    #[must_use]
    pub fn record_count(&self) -> usize {
        self.records
    }

    /// Returns the parts that can't be picked, such as headings.
    pub fn loose(&self) -> impl Iterator<Item = Part> {
        self.loose.iter().copied()
    }

    /// Returns all parts whose outline touches a rectangle, without duplicates.
    #[must_use]
    pub fn in_view(&self, rect: Rect) -> Vec<Part> {
        let touching = self.tree.locate_in_envelope_intersecting(envelope(rect));
        let touching = touching.filter(|target| target.outline.touches(rect));
        let mut found: Vec<Part> = touching.map(|target| target.part).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns the part at a position: the topmost card, pill or role that contains it, otherwise the nearest part
    /// within `tolerance` world units.
    #[must_use]
    pub fn pick(&self, pos: Pos2, tolerance: f32) -> Option<Part> {
        let around = Rect::from_center_size(pos, Vec2::splat(2.0 * tolerance.max(0.0)));
        let mut best: Option<(bool, f32, Order, Part)> = None;
        for target in self.tree.locate_in_envelope_intersecting(envelope(around)) {
            let distance = target.outline.distance(pos);
            if distance > tolerance {
                continue;
            }
            // A note lies below all lanes, which must stay pickable across it.
            let is_below = matches!(target.part, Part::Note(_));
            let is_inside = matches!(target.outline, Outline::Area(_)) && distance <= 0.0 && !is_below;
            let is_better = best.is_none_or(|(was_inside, nearest, order, _)| {
                (is_inside, -distance, target.order) > (was_inside, -nearest, order)
            });
            if is_better {
                best = Some((is_inside, distance, target.order, target.part));
            }
        }
        best.map(|(.., part)| part)
    }

    /// Returns whether nothing lies in a rectangle.
    #[must_use]
    pub fn is_free(&self, rect: Rect) -> bool {
        !self.tree.locate_in_envelope_intersecting(envelope(rect)).any(|target| target.outline.touches(rect))
    }

    /// Returns all parts with their area wholly inside a rectangle, in drawing order: cards, labels of ties, roles and
    /// notes.
    #[must_use]
    pub fn in_rect(&self, rect: Rect) -> Vec<Part> {
        let mut found: Vec<(Order, Part)> = self
            .tree
            .locate_in_envelope(envelope(rect))
            .filter(|target| matches!(target.outline, Outline::Area(_)))
            .map(|target| (target.order, target.part))
            .collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|(_, part)| part).collect()
    }
}

fn envelope(rect: Rect) -> AABB<[f32; 2]> {
    AABB::from_corners([rect.min.x, rect.min.y], [rect.max.x, rect.max.y])
}

/// Returns the bounding box of a shape without its stroke, or `None` for a curve.
fn shape_bounds(shape: &Shape) -> Option<Rect> {
    match shape {
        Shape::Rect { rect, .. } => Some(*rect),
        Shape::Polygon { points, .. } => Some(Rect::from_points(points)),
        Shape::Text { pos, text, .. } => Some(Rect::from_min_size(*pos, text.size)),
        Shape::Region { .. } => Some(shape.bounds()),
        Shape::Curve { .. } | Shape::Segments { .. } | Shape::Dots { .. } | Shape::Halo { .. } => None,
    }
}

fn is_record(part: Part) -> bool {
    matches!(part, Part::Card(_) | Part::Lane(_) | Part::Ribbon(_))
}

fn is_loose(part: Part) -> bool {
    matches!(
        part,
        Part::Heading(_)
            | Part::Area(_)
            | Part::Ties
            | Part::Dots
            | Part::Title
            | Part::Legend
            | Part::Sources
            | Part::Source(_)
    )
}

/// Adds the outlines of an item.
fn push_targets(item: &SceneItem, order: Order, targets: &mut Vec<PickTarget>) {
    match item.part {
        Part::Card(_) | Part::Pill(_) | Part::RibbonPill(_) | Part::Role(..) | Part::Note(_) => {
            let bounds = item.shapes.iter().filter_map(shape_bounds).reduce(Rect::union);
            if let Some(rect) = bounds.filter(Rect::is_finite) {
                targets.push(PickTarget { part: item.part, order, outline: Outline::Area(rect) });
            }
        }
        Part::Lane(_) | Part::Ribbon(_) => {
            for shape in &item.shapes {
                push_segments(shape, item.part, order, targets);
            }
        }
        part => debug_assert!(is_loose(part), "{part:?} can be picked"),
    }
}

fn push_segments(shape: &Shape, part: Part, order: Order, targets: &mut Vec<PickTarget>) {
    let mut push = |from: Pos2, to: Pos2, half_width: f32| {
        let outline = Outline::Segment { from, to, half_width };
        if outline.bounds().is_finite() {
            targets.push(PickTarget { part, order, outline });
        }
    };
    match shape {
        Shape::Curve { pieces, stroke } => {
            for piece in pieces {
                let mut last = piece[0];
                for next in chord_ends(piece, steps(piece)) {
                    push(last, next, stroke.width / 2.0);
                    last = next;
                }
            }
        }
        Shape::Polygon { points, .. } => {
            for (index, &from) in points.iter().enumerate() {
                push(from, points[(index + 1) % points.len()], 0.0);
            }
        }
        _ => {}
    }
}

/// Returns the number of segments that approximate a Bézier piece.
fn steps(piece: &Cubic) -> usize {
    let length = piece[0].distance(piece[3]);
    if is_straight(piece) { ((length / LONG).ceil() as usize).clamp(1, STRAIGHT_STEPS) } else { STEPS }
}

#[cfg(test)]
mod tests {
    use emath::pos2;

    use super::*;
    use crate::model::{ActorId, Rgb, TieId};
    use crate::scene::{Paint, SceneItem, Stroke};

    fn lane(tie: u32, y: f32) -> SceneItem {
        let pieces = vec![[pos2(0.0, y), pos2(30.0, y), pos2(70.0, y), pos2(100.0, y)]];
        let paint = Paint { color: Rgb([0; 3]), opacity: 1.0 };
        let stroke = Stroke { paint, width: 2.0, dashes: Vec::new() };
        SceneItem { part: Part::Lane(TieId(tie)), min_scale: 0.0, shapes: vec![Shape::Curve { pieces, stroke }] }
    }

    fn area(part: Part, rect: Rect) -> SceneItem {
        let shapes = vec![Shape::Rect { rect, radius: 0.0, fill: None, stroke: None }];
        SceneItem { part, min_scale: 0.0, shapes }
    }

    fn picker() -> Picker {
        let card = area(Part::Card(ActorId(0)), Rect::from_min_max(pos2(-50.0, -20.0), pos2(0.0, 20.0)));
        let pill = area(Part::Pill(TieId(1)), Rect::from_min_max(pos2(40.0, -5.0), pos2(60.0, 5.0)));
        let items = vec![lane(0, 10.0), lane(1, 0.0), card, pill];
        scene_picker(items)
    }

    fn scene_picker(items: Vec<SceneItem>) -> Picker {
        let items = items.into_iter().map(Arc::new).collect();
        Picker::new(&Scene { items, bounds: Rect::NOTHING, background: Rgb([255; 3]) })
    }

    #[test]
    fn what_is_replaced_is_found_where_it_is_now_alone() {
        let mut picker = picker();
        let order = picker.items(Part::Lane(TieId(0)))[0].0;
        let view = |y: f32| Rect::from_center_size(pos2(80.0, y), Vec2::splat(4.0));
        picker.replace(Part::Lane(TieId(0)), vec![(order, Arc::new(lane(0, 60.0)))]);
        assert_eq!((picker.in_view(view(10.0)), picker.in_view(view(60.0))), (vec![], vec![Part::Lane(TieId(0))]));
        assert_eq!(picker.pick(pos2(20.0, 61.0), 6.0), Some(Part::Lane(TieId(0))));
        assert_eq!(picker.record_count(), 3);
        picker.replace(Part::Lane(TieId(0)), Vec::new());
        assert_eq!((picker.in_view(view(60.0)), picker.record_count()), (vec![], 2));
        let card = area(Part::Card(ActorId(0)), Rect::from_min_max(pos2(0.0, -20.0), pos2(100.0, 20.0)));
        picker.replace(Part::Card(ActorId(0)), vec![(Order::of_index(0), Arc::new(card))]);
        assert_eq!(picker.pick(pos2(50.0, 0.0), 6.0), Some(Part::Pill(TieId(1))), "the drawing order stays");
    }

    #[test]
    fn a_long_straight_lane_is_near_only_what_it_passes() {
        let mut slanted = lane(0, 0.0);
        let ends = (pos2(0.0, 0.0), pos2(3000.0, 3000.0));
        let piece = [ends.0, ends.0.lerp(ends.1, 0.3), ends.0.lerp(ends.1, 0.6), ends.1];
        let Shape::Curve { pieces, .. } = &mut slanted.shapes[0] else { panic!("a curve") };
        *pieces = vec![piece];
        let picker = scene_picker(vec![slanted]);
        let at = |x: f32, y: f32| picker.in_view(Rect::from_center_size(pos2(x, y), Vec2::splat(40.0))).len();
        assert_eq!((at(1500.0, 1500.0), at(2000.0, 1000.0), at(1300.0, 1100.0)), (1, 0, 0));
        assert_eq!(picker.tree.size(), STRAIGHT_STEPS);
        assert_eq!(picker.pick(pos2(1301.0, 1299.0), 6.0), Some(Part::Lane(TieId(0))));
    }

    #[test]
    fn parallel_lanes_are_told_apart_within_the_tolerance() {
        let picker = picker();
        assert_eq!(picker.pick(pos2(20.0, 7.0), 6.0), Some(Part::Lane(TieId(0))));
        assert_eq!(picker.pick(pos2(20.0, 3.0), 6.0), Some(Part::Lane(TieId(1))));
        assert_eq!(picker.pick(pos2(20.0, 30.0), 6.0), None);
    }

    #[test]
    fn what_contains_the_point_wins_over_what_is_near() {
        let picker = picker();
        assert_eq!(picker.pick(pos2(-1.0, 9.5), 6.0), Some(Part::Card(ActorId(0))));
        assert_eq!(picker.pick(pos2(50.0, 4.0), 6.0), Some(Part::Pill(TieId(1))));
    }

    #[test]
    fn a_box_holds_what_lies_wholly_inside() {
        let all = picker().in_rect(Rect::from_min_max(pos2(-60.0, -30.0), pos2(80.0, 30.0)));
        assert_eq!(all, [Part::Card(ActorId(0)), Part::Pill(TieId(1))]);
        assert!(
            picker().in_rect(Rect::from_min_max(pos2(-40.0, -30.0), pos2(80.0, 30.0))).contains(&Part::Pill(TieId(1)))
        );
    }
}
