//! Lets lanes end where actors and hubs are drawn at a scale: at the edge of an enlarged card, which would cover their
//! arrowheads, or at a dot, which is smaller than the card.

use std::collections::HashMap;
use std::sync::Arc;

use emath::{Pos2, Rect, Vec2};

use super::{Labeling, LabelingInput, frame};
use crate::layout::Cubic;
use crate::model::TieId;
use crate::scene::curve::{chain, end, without_end};
use crate::scene::lane::{self, TIP_GAP, reversed};
use crate::scene::plan::PlanLine;
use crate::scene::{Part, SceneItem, Shape};

/// Gaps shorter than this are left open, in pixels.
const MIN_GAP_PX: f32 = 2.0;

/// The outline of what is drawn at the end of a lane, in world units.
#[derive(Clone, Copy)]
enum DrawnOutline {
    Box(Rect),
    Dot { center: Pos2, radius: f32 },
}

impl DrawnOutline {
    fn center(self) -> Pos2 {
        match self {
            Self::Box(rect) => rect.center(),
            Self::Dot { center, .. } => center,
        }
    }

    fn contains(self, pos: Pos2) -> bool {
        match self {
            Self::Box(rect) => rect.contains(pos),
            Self::Dot { center, radius } => center.distance(pos) < radius,
        }
    }

    /// Returns where a straight line from a point outside to the center meets the outline.
    fn meets(self, from: Pos2) -> Pos2 {
        let way = self.center() - from;
        let inside = match self {
            Self::Box(rect) => {
                let part = |half: f32, way: f32| if way == 0.0 { f32::INFINITY } else { half / way.abs() };
                let half: Vec2 = rect.size() / 2.0;
                part(half.x, way.x).min(part(half.y, way.y))
            }
            Self::Dot { radius, .. } => radius / way.length().max(f32::EPSILON),
        };
        self.center() - way * inside.min(1.0)
    }
}

impl Labeling {
    /// Cuts lanes off at what is drawn over their ends, and extends those that end short of it.
    pub(super) fn fit_lanes(&mut self, lanes: &[&Arc<SceneItem>], input: &LabelingInput<'_>) {
        let plan = input.of.plan;
        let widest = plan.cards.iter().map(|card| card.size.x).fold(0.0, f32::max);
        if self.replaced.is_empty() || widest / 2.0 * input.scale < MIN_GAP_PX + 3.0 {
            return;
        }
        let mut lines: HashMap<TieId, &[PlanLine]> = HashMap::new();
        for of_tie in plan.lines.chunk_by(|a, b| a.tie == b.tie) {
            lines.insert(of_tie[0].tie, of_tie);
        }
        for item in lanes {
            let (Part::Lane(tie) | Part::Ribbon(tie)) = item.part else { continue };
            let Some(lines) = lines.get(&tie) else { continue };
            let ends: Vec<[Option<DrawnOutline>; 2]> =
                lines.iter().map(|line| [line.from, line.to].map(|node| self.outline(node, tie, input))).collect();
            if ends.iter().flatten().all(Option::is_none) {
                continue;
            }
            let curves = if matches!(item.part, Part::Ribbon(_)) { 2 } else { 1 };
            let mut is_changed = false;
            let mut shapes = Vec::with_capacity(item.shapes.len());
            for ((line, ends), drawn) in lines.iter().zip(ends).zip(by_line(&item.shapes, curves)) {
                let fitted = fitted(line, drawn, ends, input);
                is_changed |= fitted.is_some();
                shapes.extend(fitted.unwrap_or_else(|| drawn.to_vec()));
            }
            if is_changed {
                self.replace(item.part, shapes);
            }
        }
    }

    /// Returns the outline of what is drawn in place of a card, or of the hub of a many-party tie.
    fn outline(&self, node: u32, tie: TieId, input: &LabelingInput<'_>) -> Option<DrawnOutline> {
        let (dot, part) = match input.of.plan.cards.get(node as usize) {
            Some(card) => (self.dots.get(&card.actor), Part::Card(card.actor)),
            None => (self.hub_dots.get(&tie), Part::Pill(tie)),
        };
        if let Some(dot) = dot {
            return Some(DrawnOutline::Dot { center: dot.center, radius: dot.radius });
        }
        let drawn = self.replaced.get(&part)?;
        drawn.iter().find_map(|(_, item)| frame(item)).map(DrawnOutline::Box)
    }
}

/// Splits the shapes of a lane into those of its lines, each of which begins with so many curves.
fn by_line(shapes: &[Shape], curves: usize) -> impl Iterator<Item = &[Shape]> {
    let is_curve = |shape: &Shape| matches!(shape, Shape::Curve { .. });
    let begins = (0..shapes.len()).filter(move |&at| is_curve(&shapes[at])).step_by(curves);
    let ends = (0..shapes.len()).filter(move |&at| is_curve(&shapes[at])).step_by(curves).skip(1);
    begins.zip(ends.chain([shapes.len()])).map(|(begin, end)| &shapes[begin..end])
}

/// Returns the shapes of a line between the outlines at its ends; `None` if it already ends there.
fn fitted(
    line: &PlanLine,
    drawn: &[Shape],
    [near, far]: [Option<DrawnOutline>; 2],
    input: &LabelingInput<'_>,
) -> Option<Vec<Shape>> {
    let whole = whole_curve(drawn)?;
    let gap = if line.tip.has_arrow() { TIP_GAP } else { 0.0 };
    let to_far = far.and_then(|outline| fitted_end(&whole, outline, gap, input.scale));
    let backward = reversed(to_far.as_ref().unwrap_or(&whole));
    let to_near = near.and_then(|outline| fitted_end(&backward, outline, 0.0, input.scale));
    let curve = to_near.map(|curve| reversed(&curve)).or(to_far)?;
    let of = &input.of;
    if of.plan.ribbons.get(line.tie).is_some() {
        let Some(Shape::Curve { stroke, .. }) = drawn.first() else { return None };
        let hue = stroke.paint.color;
        return Some(lane::ribbon_shapes(&curve, line.style, (hue, of.theme.tint(hue)), line.tip));
    }
    let hue = of.theme.tie_kind(of.map, of.map.tie(line.tie).kind);
    Some(lane::shapes(&curve, line.style, line.width, hue, line.tip))
}

/// Returns the curve of a line up to the tips of its arrowheads.
fn whole_curve(drawn: &[Shape]) -> Option<Vec<Cubic>> {
    let Some(Shape::Curve { pieces, .. }) = drawn.first() else { return None };
    let mut whole = pieces.clone();
    for shape in drawn {
        // Bars have four corners.
        let Shape::Polygon { points, .. } = shape else { continue };
        let &[tip, ..] = points.as_slice() else { continue };
        if points.len() != 3 {
            continue;
        }
        let (first, last) = (whole.first()?[0], end(&whole)?);
        if tip.distance_sq(last) <= tip.distance_sq(first) {
            whole.push(straight(last, tip));
        } else {
            whole.insert(0, straight(tip, first));
        }
    }
    Some(whole)
}

/// Returns a curve that ends at an outline, with a gap for an arrowhead; `None` if it does already, or lies within it.
fn fitted_end(pieces: &[Cubic], outline: DrawnOutline, gap: f32, scale: f32) -> Option<Vec<Cubic>> {
    let last = end(pieces)?;
    if outline.contains(last) {
        let points = chain(pieces);
        let outside = points.iter().rposition(|&point| !outline.contains(point))?;
        let (mut out, mut inside) = (points[outside], points[outside + 1]);
        for _ in 0..16 {
            let middle = out.lerp(inside, 0.5);
            if outline.contains(middle) { inside = middle } else { out = middle }
        }
        let covered = points[outside + 1..].windows(2).map(|pair| pair[0].distance(pair[1])).sum::<f32>();
        return Some(without_end(pieces, covered + points[outside + 1].distance(out) + gap));
    }
    let target = outline.meets(last);
    let missing = last.distance(target) - gap;
    if missing * scale <= MIN_GAP_PX {
        return None;
    }
    let mut longer = pieces.to_vec();
    longer.push(straight(last, last.lerp(target, missing / (missing + gap))));
    Some(longer)
}

fn straight(from: Pos2, to: Pos2) -> Cubic {
    [from, from.lerp(to, 1.0 / 3.0), from.lerp(to, 2.0 / 3.0), to]
}
