//! Places labels and roles of ties, and headings of columns, whose text would be too small.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2};

use super::occupied::Occupied;
use super::{Dot, Labeling, LabelingInput, TOLERANCE, enlarge, frame};
use crate::model::TieId;
use crate::scene::plan::Pill;
use crate::scene::theme::{line, solid};
use crate::scene::{Part, SceneItem, Shape, Stroke};
use crate::text::Face;

/// A whole label is enlarged by at most this factor; beyond it, so much of the map would be covered that the label is
/// reduced.
const MAX_ENLARGED: f32 = 1.7;
/// The same for a reduced label, which is left out beyond it.
const MAX_ENLARGED_REDUCED: f32 = 2.4;
/// Owner of everything that is no actor.
const NO_OWNER: u32 = u32::MAX;
/// Radius of the hub of a many-party tie without a label, in pixels.
const HUB_PX: f32 = 3.0;
/// Size of the mark of a tie without sources whose label has no room, in pixels.
const HOLLOW_MARK_PX: Vec2 = Vec2::new(14.0, 8.0);
/// Rows tried for the heading of a column.
const ROWS: usize = 4;

impl Labeling {
    /// Places labels and roles of ties: first those with signs of doubt, then those of the most important ties.
    pub(super) fn place_tags(&mut self, tags: &[&Arc<SceneItem>], input: &LabelingInput<'_>, occupied: &mut Occupied) {
        let (roles, pills): (Vec<_>, Vec<_>) =
            tags.iter().copied().partition(|item| matches!(item.part, Part::Role(..)));
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
        for (tie, item, pill, center) in small {
            self.place_pill(tie, item.part, (pill, center), input, occupied);
        }
        for item in roles {
            self.enlarge_role(item, input, occupied);
        }
    }

    fn place_pill(
        &mut self,
        tie: TieId,
        part: Part,
        (pill, center): (&Pill, Pos2),
        input: &LabelingInput<'_>,
        occupied: &mut Occupied,
    ) {
        let factor = input.readable.label_px / (pill.text_size() * input.scale);
        let mut place = |pill: &Pill, most: f32| -> Option<Vec<Shape>> {
            let rect = input.to_px(Rect::from_center_size(center, pill.size * factor));
            if factor > most || !occupied.is_free(rect, NO_OWNER - 1) || occupied.dots_in(rect, NO_OWNER) > 0 {
                return None;
            }
            occupied.take(rect, NO_OWNER);
            let mut shapes = pill.item(input.of.map, center, input.of.theme).shapes;
            enlarge(&mut shapes, center, factor);
            Some(shapes)
        };
        let reduced = pill.reduced();
        let whole = place(pill, MAX_ENLARGED);
        let is_reduced = whole.is_none() && reduced != *pill;
        let shapes = whole.or_else(|| place(&reduced, MAX_ENLARGED_REDUCED));
        if let Some(shapes) = shapes {
            self.counts.labeled += 1;
            self.counts.reduced += usize::from(is_reduced);
            return self.replace(part, shapes);
        }
        self.counts.unlabeled += 1;
        let is_hub = input.of.plan.hubs.contains(&tie);
        if pill.is_hollow() && !is_hub {
            // A tie without sources is never drawn without a sign of that.
            return self.replace(part, vec![hollow_mark(pill, center, input)]);
        }
        let dot = is_hub.then(|| {
            let hue = input.of.theme.tie_kind(input.of.map, input.of.map.tie(tie).kind);
            let radius = HUB_PX / input.scale;
            self.hub_dots.insert(tie, Dot { center, radius, is_named: false });
            let rect = Rect::from_center_size(center, Vec2::splat(2.0 * radius));
            Shape::Rect { rect, radius, fill: Some(solid(hue)), stroke: None }
        });
        match dot {
            Some(dot) => self.replace(part, vec![dot]),
            None => drop(self.replaced.insert(part, Vec::new())),
        }
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
