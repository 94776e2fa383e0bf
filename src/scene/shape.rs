//! Bounding boxes and transforms of shapes.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2};

use super::{Shape, Stroke, curve};

impl Shape {
    /// Returns the bounding box, including the stroke.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        let half = |stroke: &Option<Stroke>| stroke.as_ref().map_or(0.0, |stroke| stroke.width / 2.0);
        match self {
            Self::Rect { rect, stroke, .. } => rect.expand(half(stroke)),
            Self::Curve { pieces, stroke } => Rect::from_points(&curve::chain(pieces)).expand(stroke.width / 2.0),
            Self::Polygon { points, stroke, .. } => Rect::from_points(points).expand(half(stroke)),
            Self::Region { rings, stroke, .. } => {
                let covered = rings.iter().fold(Rect::NOTHING, |all, ring| all.union(Rect::from_points(ring)));
                covered.expand(half(stroke))
            }
            Self::Segments { lines, width, .. } => {
                let covered = lines.iter().fold(Rect::NOTHING, |all, &[a, b]| all.union(Rect::from_two_pos(a, b)));
                covered.expand(width / 2.0)
            }
            Self::Dots { dots, rim, .. } => {
                let rim = rim.map_or(0.0, |(_, width)| width);
                let dot = |&(center, radius): &(Pos2, f32)| Rect::from_center_size(center, Vec2::splat(2.0 * radius));
                dots.iter().map(dot).fold(Rect::NOTHING, Rect::union).expand(rim)
            }
            // What counts is the text.
            Self::Halo { pos, text, .. } | Self::Text { pos, text, .. } => Rect::from_min_size(*pos, text.size),
        }
    }

    /// Scales around the origin, including strokes and text, then translates.
    pub(crate) fn transform(&mut self, factor: f32, offset: Vec2) {
        let grow = |stroke: &mut Stroke| {
            stroke.width *= factor;
            stroke.dashes.iter_mut().for_each(|length| *length *= factor);
        };
        let place = |point: &mut Pos2| *point = (point.to_vec2() * factor + offset).to_pos2();
        match self {
            Self::Rect { rect, radius, stroke, .. } => {
                *rect = Rect::from_min_max(
                    (rect.min.to_vec2() * factor + offset).to_pos2(),
                    (rect.max.to_vec2() * factor + offset).to_pos2(),
                );
                *radius *= factor;
                stroke.iter_mut().for_each(grow);
            }
            Self::Curve { pieces, stroke } => {
                pieces.iter_mut().flatten().for_each(place);
                grow(stroke);
            }
            Self::Polygon { points, stroke, .. } => {
                points.iter_mut().for_each(place);
                stroke.iter_mut().for_each(grow);
            }
            Self::Region { rings, stroke, .. } => {
                rings.iter_mut().flatten().for_each(place);
                stroke.iter_mut().for_each(grow);
            }
            Self::Segments { lines, width, .. } => {
                lines.iter_mut().flatten().for_each(place);
                *width *= factor;
            }
            Self::Dots { dots, rim, .. } => {
                for (center, radius) in dots {
                    place(center);
                    *radius *= factor;
                }
                if let Some((_, width)) = rim {
                    *width *= factor;
                }
            }
            Self::Halo { pos, text, width, .. } => {
                place(pos);
                *width *= factor;
                if (factor - 1.0).abs() > f32::EPSILON {
                    *text = Arc::new(text.scaled(factor));
                }
            }
            Self::Text { pos, text, .. } => {
                *pos = (pos.to_vec2() * factor + offset).to_pos2();
                if (factor - 1.0).abs() > f32::EPSILON {
                    *text = Arc::new(text.scaled(factor));
                }
            }
        }
    }
}

/// Divides a region into strips for filling: quadrilaterals with horizontal upper and lower sides. Holes are found by
/// the even-odd rule.
#[must_use]
pub fn region_strips(rings: &[Vec<Pos2>]) -> Vec<[Pos2; 4]> {
    let mut edges: Vec<[Pos2; 2]> = Vec::new();
    for ring in rings {
        let next = ring.iter().cycle().skip(1);
        let sides = ring.iter().zip(next).filter(|(a, b)| a.is_finite() && b.is_finite());
        edges.extend(
            sides.filter(|(a, b)| (a.y - b.y).abs() > 0.0).map(|(&a, &b)| if a.y < b.y { [a, b] } else { [b, a] }),
        );
    }
    edges.sort_by(|a, b| a[0].y.total_cmp(&b[0].y));
    let mut heights: Vec<f32> = edges.iter().flatten().map(|point| point.y).collect();
    heights.sort_by(f32::total_cmp);
    heights.dedup();
    let (mut strips, mut active, mut next) = (Vec::new(), Vec::<[Pos2; 2]>::new(), 0);
    for pair in heights.windows(2) {
        let (top, bottom) = (pair[0], pair[1]);
        active.retain(|edge| edge[1].y > top);
        while next < edges.len() && edges[next][0].y <= top {
            active.push(edges[next]);
            next += 1;
        }
        let at = |[from, to]: &[Pos2; 2], y: f32| from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y);
        let mut crossings: Vec<[f32; 2]> = active.iter().map(|edge| [at(edge, top), at(edge, bottom)]).collect();
        crossings.sort_by(|a, b| (a[0] + a[1]).total_cmp(&(b[0] + b[1])));
        for side in crossings.chunks_exact(2) {
            let ([left_top, left_bottom], [right_top, right_bottom]) = (side[0], side[1]);
            let corners = [(left_top, top), (right_top, top), (right_bottom, bottom), (left_bottom, bottom)];
            strips.push(corners.map(Pos2::from));
        }
    }
    strips
}

#[cfg(test)]
mod tests {
    use emath::pos2;

    use super::*;

    #[test]
    fn strips_fill_a_region_but_not_its_holes() {
        let square = |x: f32, y: f32, side: f32| {
            vec![pos2(x, y), pos2(x + side, y), pos2(x + side, y + side), pos2(x, y + side)]
        };
        let notched = vec![pos2(20.0, 0.0), pos2(30.0, 0.0), pos2(25.0, 5.0), pos2(30.0, 10.0), pos2(20.0, 10.0)];
        let strips = region_strips(&[square(0.0, 0.0, 10.0), square(4.0, 4.0, 2.0), notched, Vec::new()]);
        let area = |[a, b, c, d]: &[Pos2; 4]| f32::midpoint(b.x - a.x, c.x - d.x) * (d.y - a.y);
        let total: f32 = strips.iter().map(area).sum();
        assert!((total - (100.0 - 4.0 + 75.0)).abs() < 1e-3, "{total}");
        assert!(strips.iter().all(|strip| area(strip) > 0.0));
    }
}
