//! Places labels and roles of ties, and headings of columns, whose text would be too small.

use std::collections::HashMap;
use std::sync::Arc;

use emath::{Pos2, Rect, Vec2};

use super::occupied::Occupied;
use super::{Dot, Labeling, LabelingInput, TOLERANCE, enlarge, frame};
use crate::model::TieId;
use crate::scene::curve::chain;
use crate::scene::plan::Pill;
use crate::scene::theme::{line, solid};
use crate::scene::{Part, SceneItem, Shape, Stroke};
use crate::text::Face;

/// A whole label is enlarged by at most this factor; beyond it, so much of the map would be covered that the label is
/// reduced.
const MAX_ENLARGED: f32 = 1.7;
/// The same for a reduced label, which is left out beyond it.
const MAX_ENLARGED_REDUCED: f32 = 3.6;
/// Owner of everything that is no actor.
const NO_OWNER: u32 = u32::MAX;
/// Radius of the hub of a many-party tie without a label, in pixels.
const HUB_PX: f32 = 3.0;
/// Size of the mark of a tie without sources whose label has no room, in pixels.
const HOLLOW_MARK_PX: Vec2 = Vec2::new(14.0, 8.0);
/// Places tried along a lane, as shares of its length.
const SHARES: [f32; 13] = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8];
/// Distance of a moved label from everything else, in pixels.
const APART_PX: f32 = 3.0;
/// Rows tried for the heading of a column.
const ROWS: usize = 4;

impl Labeling {
    /// Places labels and roles of ties: first those with signs of doubt, then those of the most important ties.
    pub(super) fn place_labels(
        &mut self,
        (labels, lanes): (&[&Arc<SceneItem>], &[&Arc<SceneItem>]),
        input: &LabelingInput<'_>,
        occupied: &mut Occupied,
    ) {
        let (roles, pills): (Vec<_>, Vec<_>) =
            labels.iter().copied().partition(|item| matches!(item.part, Part::Role(..)));
        let mut small = Vec::new();
        for item in pills {
            let (Part::Pill(tie) | Part::RibbonPill(tie)) = item.part else { continue };
            let Some((pill, rect)) = input.of.plan.pills.get(&tie).zip(frame(item)) else { continue };
            if pill.text_size() * input.scale >= input.readable.label_px * TOLERANCE {
                occupied.take(input.to_px(rect), NO_OWNER);
                self.counts.labeled += 1;
            } else {
                small.push((tie, item, pill, rect.center()));
            }
        }
        let weight = |tie: TieId| input.of.plan.line_weight(tie);
        small.sort_by(|a, b| {
            let doubt = b.2.is_doubtful().cmp(&a.2.is_doubtful());
            doubt.then(weight(b.0).total_cmp(&weight(a.0))).then(a.0.cmp(&b.0))
        });
        // Only labels that have no room where they belong are moved, so that none takes the place of another.
        small.retain(|&(_, item, pill, center)| !self.place_pill(item.part, (pill, center), input, occupied));
        let lanes: HashMap<TieId, &SceneItem> = lanes
            .iter()
            .filter_map(|item| match item.part {
                Part::Lane(tie) | Part::Ribbon(tie) => Some((tie, &***item)),
                _ => None,
            })
            .collect();
        for (tie, item, pill, center) in small {
            let centers = lanes.get(&tie).map(|lane| places_along(lane, center)).unwrap_or_default();
            if !self.move_pill(tie, item.part, (pill, &centers), input, occupied) {
                self.leave_out(tie, item.part, (pill, center), input);
            }
        }
        for item in roles {
            self.enlarge_role(item, input, occupied);
        }
    }

    /// Places a label, whole or reduced, where it belongs; returns whether it has room there.
    fn place_pill(
        &mut self,
        part: Part,
        (pill, center): (&Pill, Pos2),
        input: &LabelingInput<'_>,
        occupied: &mut Occupied,
    ) -> bool {
        let reduced = pill.reduced();
        let whole = enlarged(pill, center, (MAX_ENLARGED, 0.0), input, occupied);
        let is_reduced = whole.is_none() && reduced != *pill;
        let shapes = whole.or_else(|| enlarged(&reduced, center, (MAX_ENLARGED_REDUCED, 0.0), input, occupied));
        let Some(shapes) = shapes else { return false };
        self.counts.labeled += 1;
        self.counts.reduced += usize::from(is_reduced);
        self.replace(part, shapes);
        true
    }

    /// Places a reduced label at the first of these centers with room; returns whether there is one.
    fn move_pill(
        &mut self,
        tie: TieId,
        part: Part,
        (pill, centers): (&Pill, &[Pos2]),
        input: &LabelingInput<'_>,
        occupied: &mut Occupied,
    ) -> bool {
        // The lines of a many-party tie meet at its label.
        if input.of.plan.hubs.contains(&tie) {
            return false;
        }
        let reduced = pill.reduced();
        let mut places = centers.iter();
        let placed = places.find_map(|&center| {
            enlarged(&reduced, center, (MAX_ENLARGED_REDUCED, APART_PX), input, occupied).map(|shapes| (center, shapes))
        });
        let Some((center, shapes)) = placed else { return false };
        self.counts.labeled += 1;
        self.counts.reduced += usize::from(reduced != *pill);
        self.moved.insert(tie, center);
        self.replace(part, shapes);
        true
    }

    /// Leaves out a label, but never the sign of a tie without sources, nor the hub of a many-party tie.
    fn leave_out(&mut self, tie: TieId, part: Part, (pill, center): (&Pill, Pos2), input: &LabelingInput<'_>) {
        self.counts.unlabeled += 1;
        let is_hub = input.of.plan.hubs.contains(&tie);
        if pill.is_hollow() && !is_hub {
            return self.replace(part, vec![hollow_mark(pill, center, input)]);
        }
        if !is_hub {
            return drop(self.replaced.insert(part, Vec::new()));
        }
        let hue = input.of.theme.tie_kind(input.of.map, input.of.map.tie(tie).kind);
        let radius = HUB_PX / input.scale;
        self.hub_dots.insert(tie, Dot { center, radius, is_named: false });
        let rect = Rect::from_center_size(center, Vec2::splat(2.0 * radius));
        self.replace(part, vec![Shape::Rect { rect, radius, fill: Some(solid(hue)), stroke: None }]);
    }

    fn enlarge_role(&mut self, item: &SceneItem, input: &LabelingInput<'_>, occupied: &mut Occupied) {
        let (Some(rect), Some(size)) = (frame(item), text_size(item)) else { return };
        let factor = input.readable.label_px / (size * input.scale);
        if factor * TOLERANCE <= 1.0 {
            return occupied.take(input.to_px(rect), NO_OWNER);
        }
        let enlarged = input.to_px(Rect::from_center_size(rect.center(), rect.size() * factor));
        if factor > MAX_ENLARGED || !occupied.is_free(enlarged, NO_OWNER - 1) {
            return drop(self.replaced.insert(item.part, Vec::new()));
        }
        occupied.take(enlarged, NO_OWNER);
        let mut shapes = item.shapes.clone();
        enlarge(&mut shapes, rect.center(), factor);
        self.replace(item.part, shapes);
    }

    /// Enlarges the headings of columns; where neighbors would overlap, a heading moves to a row above.
    pub(super) fn place_headings(
        &mut self,
        headings: &[&Arc<SceneItem>],
        input: &LabelingInput<'_>,
        occupied: &mut Occupied,
    ) {
        for item in headings {
            let (Some(rule), Some(size)) = (frame(item), text_size(item)) else { continue };
            let factor = input.readable.name_px / (size * input.scale);
            if factor * TOLERANCE <= 1.0 {
                continue;
            }
            let (rules, mut texts): (Vec<Shape>, Vec<Shape>) =
                item.shapes.iter().cloned().partition(|shape| matches!(shape, Shape::Rect { .. }));
            enlarge(&mut texts, rule.center(), factor);
            let bounds = |texts: &[Shape]| texts.iter().fold(Rect::NOTHING, |all, shape| all.union(shape.bounds()));
            for _ in 1..ROWS {
                let rect = input.to_px(bounds(&texts));
                if occupied.is_free_anywhere(rect) {
                    break;
                }
                let up = Vec2::new(0.0, -bounds(&texts).height());
                for shape in &mut texts {
                    shape.transform(1.0, up);
                }
            }
            occupied.take(input.to_px(bounds(&texts)), NO_OWNER);
            self.replace(item.part, rules.into_iter().chain(texts).collect());
        }
    }
}

/// Returns a label at a readable size around a center, and takes its room; `None` if it has none, or would be enlarged by
/// more than a factor. It is at least so far apart from others, in pixels.
fn enlarged(
    pill: &Pill,
    center: Pos2,
    (most, apart): (f32, f32),
    input: &LabelingInput<'_>,
    occupied: &mut Occupied,
) -> Option<Vec<Shape>> {
    let factor = input.readable.label_px / (pill.text_size() * input.scale);
    let rect = input.to_px(Rect::from_center_size(center, pill.size * factor));
    if factor > most || !occupied.is_free(rect.expand(apart), NO_OWNER - 1) || occupied.dots_in(rect, NO_OWNER) > 0 {
        return None;
    }
    occupied.take(rect, NO_OWNER);
    let mut shapes = pill.item(input.of.map, center, input.of.theme).shapes;
    enlarge(&mut shapes, center, factor);
    Some(shapes)
}

/// Returns further centers for the label of a lane, the nearest to its own first; not close to the ends, where many lanes
/// meet.
fn places_along(lane: &SceneItem, center: Pos2) -> Vec<Pos2> {
    let curves = lane.shapes.iter().filter_map(|shape| match shape {
        Shape::Curve { pieces, .. } => Some(chain(pieces)),
        _ => None,
    });
    let length = |points: &[Pos2]| points.windows(2).map(|pair| pair[0].distance(pair[1])).sum::<f32>();
    let Some(points) = curves.max_by(|a, b| length(a).total_cmp(&length(b))) else { return Vec::new() };
    let total = length(&points);
    let mut places = Vec::new();
    let mut before = 0.0;
    for pair in points.windows(2) {
        let along = pair[0].distance(pair[1]);
        let share = |part: f32| (part * total - before) / along.max(f32::EPSILON);
        let within = SHARES.map(share).into_iter().filter(|share| (0.0..1.0).contains(share));
        places.extend(within.map(|share| pair[0].lerp(pair[1], share)));
        before += along;
    }
    places.sort_by(|a, b| a.distance_sq(center).total_cmp(&b.distance_sq(center)));
    places
}

/// Returns the frame of a hollow label, small and empty.
fn hollow_mark(pill: &Pill, center: Pos2, input: &LabelingInput<'_>) -> Shape {
    let rect = Rect::from_center_size(center, HOLLOW_MARK_PX / input.scale);
    let hue = pill.hue(input.of.map, input.of.theme);
    let stroke = Stroke { dashes: vec![2.5 / input.scale, 2.0 / input.scale], ..line(hue, 1.0 / input.scale) };
    Shape::Rect { rect, radius: rect.height() / 2.0, fill: Some(solid(input.of.theme.backing())), stroke: Some(stroke) }
}

/// Returns a whole label at a readable size around a center.
pub(super) fn label_on_top(pill: &Pill, center: Pos2, input: &LabelingInput<'_>) -> SceneItem {
    let mut item = pill.item(input.of.map, center, input.of.theme);
    enlarge(&mut item.shapes, center, (input.readable.label_px / (pill.text_size() * input.scale)).max(1.0));
    SceneItem { min_scale: 0.0, ..item }
}

/// Returns the size of the first text of an item that is no icon.
fn text_size(item: &SceneItem) -> Option<f32> {
    item.shapes.iter().find_map(|shape| match shape {
        Shape::Text { text, .. } if text.style.face != Face::Icon => Some(text.style.size),
        _ => None,
    })
}
