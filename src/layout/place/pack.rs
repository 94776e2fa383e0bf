//! Lays out connected parts one by one and packs them into a frame of the requested aspect ratio.

use emath::{Pos2, Rect, Vec2, vec2};
use rstar::primitives::Rectangle;
use rstar::{AABB, RTree};

use super::MARGIN;
use crate::layout::geometry::{boxed, framed};
use crate::layout::model::Model;

/// Free space between two parts.
const GUTTER: f32 = 36.0;

/// Lays out each connected part with `place` (centers in the part's order) and packs the parts. A part with fixed
/// boxes is first moved to fit them best.
pub(super) fn by_component(model: &Model, mut place: impl FnMut(&[u32]) -> Vec<Pos2>) -> Vec<Pos2> {
    let mut centers = vec![Pos2::ZERO; model.len()];
    let mut shelves: Vec<(Vec<u32>, Rect)> = Vec::new();
    let mut taken = Rect::NOTHING;
    for part in model.components() {
        for (&v, p) in part.iter().zip(place(&part)) {
            centers[v as usize] = p;
        }
        let shift = anchor(model, &part, &centers);
        let mut rect = Rect::NOTHING;
        for &v in &part {
            centers[v as usize] += shift.unwrap_or(Vec2::ZERO);
            if let (Some(fixed), Some(_)) = (model.fixed[v as usize], shift) {
                centers[v as usize] = fixed;
            }
            rect = rect.union(boxed(centers[v as usize], model.size[v as usize] + 2.0 * MARGIN));
        }
        if shift.is_some() {
            taken = taken.union(rect);
        } else {
            shelves.push((part, rect));
        }
    }
    pack(model, &mut centers, &shelves, taken);
    centers
}

/// Returns the translation that brings a part's fixed boxes closest to their positions, or `None` if it has none.
fn anchor(model: &Model, part: &[u32], centers: &[Pos2]) -> Option<Vec2> {
    let mut sum = Vec2::ZERO;
    let mut count = 0.0;
    for &v in part {
        if let Some(fixed) = model.fixed[v as usize] {
            sum += fixed - centers[v as usize];
            count += 1.0;
        }
    }
    (count > 0.0).then(|| sum / count)
}

/// Puts each part where the common frame grows least: right of or below the parts already placed.
fn pack(model: &Model, centers: &mut [Pos2], parts: &[(Vec<u32>, Rect)], frame: Rect) {
    let mut placed: Vec<Rect> = Vec::new();
    let mut all = frame;
    if frame.is_positive() {
        placed.push(frame);
    }
    let mut taken: RTree<Rectangle<[f32; 2]>> = RTree::new();
    placed.iter().filter(|rect| rect.is_finite()).for_each(|rect| taken.insert(rectangle(*rect)));
    // Beyond some number of parts, only the spots next to the latest ones are worth trying.
    let recent = 60;
    for (part, rect) in parts {
        let size = rect.size();
        let mut best: Option<(f32, Pos2)> = None;
        let first = placed.len().saturating_sub(recent);
        for other in &placed[first..] {
            for spot in [
                Pos2::new(other.max.x + GUTTER, other.min.y),
                Pos2::new(other.min.x, other.max.y + GUTTER),
                Pos2::new(other.max.x + GUTTER, all.min.y),
                Pos2::new(all.min.x, other.max.y + GUTTER),
            ] {
                let here = Rect::from_min_size(spot, size);
                if taken.locate_in_envelope_intersecting(envelope(here.expand(GUTTER - 1.0))).next().is_some() {
                    continue;
                }
                let grown = all.union(here);
                let page = framed(grown.size(), model.aspect);
                let cost = page.x * page.y + 0.02 * grown.width() * grown.height();
                if best.is_none_or(|b| cost < b.0) {
                    best = Some((cost, spot));
                }
            }
        }
        let spot = best.map_or_else(
            || if placed.is_empty() { Pos2::ZERO } else { all.left_bottom() + vec2(0.0, GUTTER) },
            |b| b.1,
        );
        for &v in part {
            centers[v as usize] += spot - rect.min;
        }
        let here = Rect::from_min_size(spot, size);
        placed.push(here);
        if here.is_finite() {
            taken.insert(rectangle(here));
        }
        all = all.union(here);
    }
}

fn envelope(rect: Rect) -> AABB<[f32; 2]> {
    AABB::from_corners([rect.min.x, rect.min.y], [rect.max.x, rect.max.y])
}

fn rectangle(rect: Rect) -> Rectangle<[f32; 2]> {
    Rectangle::from_corners([rect.min.x, rect.min.y], [rect.max.x, rect.max.y])
}
