//! Ties as thin lines, whose opacity is limited by the ink they would take together.

use std::collections::BTreeMap;
use std::sync::Arc;

use emath::Pos2;

use super::{Level, Overview, OverviewView, item};
use crate::model::{Map, Rgb};
use crate::scene::{Paint, Part, SceneItem, Shape, Theme};

/// At most so many ties are drawn; of more, always the same sample.
pub const MAX_DRAWN_TIES: usize = 40_000;
/// Share of the canvas that actors cover.
const COVERED: f32 = 0.62;
/// Length from which a tie between areas is bent, in pixels, see [`bow_pieces`].
pub const BENT_TIES_FROM: f32 = 90.0;
/// Sideways distance of the control point of a bent tie, as a share of its length.
const BOW: f32 = 0.1;
/// Opacity along a bent tie, from an end to the middle, as factors.
const FADES: [f32; 4] = [1.25, 1.05, 0.8, 0.5];

/// Widths and opacities of ties in a view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TieStyle {
    /// Width in pixels.
    pub width: f32,
    /// Opacity of ties within an area.
    pub within: f32,
    /// Opacity of ties between areas.
    pub between: f32,
}

impl TieStyle {
    /// Returns the style for a mean spacing in pixels, a canvas of this area in square pixels, and these lengths of all
    /// ties drawn within and between areas, in pixels.
    #[must_use]
    pub fn new(spacing_px: f32, canvas: f32, [within, between]: [f64; 2]) -> Self {
        let width = (0.37 + 0.03 * spacing_px).clamp(0.6, 1.4);
        let is_dense = (22.0..34.0).contains(&spacing_px);
        let [ink_within, ink_between] = if is_dense { [0.20, 0.084] } else { [0.30, 0.126] };
        let opacity = |ink: f32, length: f64, least: f32, most: f32| {
            let even = ink * COVERED * canvas / (length as f32 * width).max(1.0);
            even.min(most).max(least)
        };
        Self {
            width,
            within: opacity(ink_within, within, 0.05, (0.10 + 0.012 * spacing_px).min(0.55)),
            between: opacity(ink_between, between, 0.04, (0.10 + 0.005 * spacing_px).min(0.35)),
        }
    }
}

/// Lines by layer, color and opacity in 1/1000.
type LineGroups = BTreeMap<(bool, [u8; 3], u32), Vec<[Pos2; 2]>>;

impl Overview {
    /// Returns the ties drawn in a view: those with an end in it, or a sample of them if they are too many. Also returns
    /// how many there are.
    #[must_use]
    pub fn drawn_ties(&self, view: &OverviewView) -> (Vec<u32>, usize) {
        let is_seen: Vec<bool> =
            self.dots.centers.iter().map(|&center| view.visible.contains(view.pos(center))).collect();
        let has_end = |tie: &u32| self.ties.ends[*tie as usize].iter().any(|&end| is_seen[end as usize]);
        let mut drawn: Vec<u32> = self.ties.sampling_order.iter().copied().filter(has_end).collect();
        let count = drawn.len();
        drawn.truncate(MAX_DRAWN_TIES);
        drawn.sort_unstable();
        (drawn, count)
    }

    /// Returns the style of these ties in a view.
    #[must_use]
    pub fn tie_style(&self, view: &OverviewView, drawn: &[u32]) -> TieStyle {
        let longest = view.visible.size().length() / 2.0;
        let mut lengths = [0.0; 2];
        for &tie in drawn {
            let [a, b] = self.tie_ends(tie, view);
            lengths[usize::from(self.ties.is_between[tie as usize])] += f64::from(a.distance(b).min(longest));
        }
        TieStyle::new(self.spacing_px(view.scale), view.visible.area(), lengths)
    }

    /// Returns the ends of a tie in pixels.
    #[must_use]
    pub fn tie_ends(&self, tie: u32, view: &OverviewView) -> [Pos2; 2] {
        self.ties.ends[tie as usize].map(|node| view.pos(self.dots.centers[node as usize]))
    }

    /// Returns the lines of ties, those between areas below those within.
    #[must_use]
    pub fn tie_items(&self, view: &OverviewView, map: &Map, theme: &Theme) -> Vec<Arc<SceneItem>> {
        let (drawn, _) = self.drawn_ties(view);
        let (style, palette) = (self.tie_style(view, &drawn), self.palette(view.level, map, theme));
        let mut groups = LineGroups::new();
        for tie in drawn {
            let (is_between, ends) = (self.ties.is_between[tie as usize], self.tie_ends(tie, view));
            let leads_out = view.level == Level::Middle && ends.iter().any(|&end| !view.visible.contains(end));
            let opacity = if is_between { style.between } else { style.within } * if leads_out { 0.5 } else { 1.0 };
            let color = palette.tie(tie).0;
            let mut push = |line: [Pos2; 2], opacity: f32| {
                let thousandths = (opacity * 1000.0).round().max(1.0) as u32;
                groups.entry((!is_between, color, thousandths)).or_default().push(line);
            };
            if is_between && ends[0].distance(ends[1]) > BENT_TIES_FROM {
                bow_pieces(ends, |line, fade| push(line, opacity * fade));
            } else {
                push(ends, opacity);
            }
        }
        let mut shapes: [Vec<Shape>; 2] = Default::default();
        for ((is_within, color, thousandths), lines) in groups {
            let paint = Paint { color: Rgb(color), opacity: thousandths as f32 / 1000.0 };
            shapes[usize::from(is_within)].push(Shape::Segments { lines, paint, width: style.width });
        }
        shapes.into_iter().filter(|shapes| !shapes.is_empty()).map(|shapes| item(Part::Ties, shapes)).collect()
    }
}

/// Divides the bow of a bent tie into straight pieces, each with a factor on its opacity: ties fade toward the middle.
pub fn bow_pieces([from, to]: [Pos2; 2], mut push: impl FnMut([Pos2; 2], f32)) {
    let along = to - from;
    let control = from + along / 2.0 + emath::vec2(along.y, -along.x) * BOW;
    let pieces = 2 * FADES.len();
    let at = |index: usize| {
        let t = index as f32 / pieces as f32;
        from.lerp(control, t).lerp(control.lerp(to, t), t)
    };
    for index in 0..pieces {
        push([at(index), at(index + 1)], FADES[index.min(pieces - 1 - index)]);
    }
}

#[cfg(test)]
mod tests {
    use emath::pos2;

    use super::*;

    #[test]
    fn more_ties_are_drawn_fainter() {
        let few = TieStyle::new(12.0, 600_000.0, [1_000.0, 1_000.0]);
        let many = TieStyle::new(12.0, 600_000.0, [900_000.0, 900_000.0]);
        assert_eq!((few.within, few.between), (0.10 + 0.012 * 12.0, 0.10 + 0.005 * 12.0));
        assert!(many.within < few.within && many.between < few.between);
        let most = TieStyle::new(12.0, 600_000.0, [1e12, 1e12]);
        assert_eq!((most.within, most.between), (0.05, 0.04));
    }

    #[test]
    fn a_bent_tie_is_one_line_from_end_to_end() {
        let ends = [pos2(10.0, 20.0), pos2(310.0, 20.0)];
        let mut lines = Vec::new();
        bow_pieces(ends, |line, fade| lines.push((line, fade)));
        assert_eq!((lines[0].0[0], lines[lines.len() - 1].0[1]), (ends[0], ends[1]));
        assert!(lines.windows(2).all(|pair| pair[0].0[1] == pair[1].0[0]));
        let top = lines.iter().map(|(line, _)| line[1].y).fold(f32::INFINITY, f32::min);
        assert!((top - 5.0).abs() < 0.5, "{top}");
        assert!(lines[0].1 > 1.0 && lines[4].1 < 0.6);
    }
}
