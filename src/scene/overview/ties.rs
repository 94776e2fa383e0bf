//! Ties as thin lines, whose opacity is limited by the ink they would take together.

use std::collections::BTreeMap;
use std::sync::Arc;

use emath::{Pos2, Rect};

use super::{Level, Overview, OverviewView, item};
use crate::model::{Map, Rgb};
use crate::scene::{Paint, Part, SceneItem, Shape, Theme};

/// Maximum number of ties drawn; if there are more, always the same sample.
pub const MAX_DRAWN_TIES: usize = 40_000;
/// Share of the canvas that actors cover.
const COVERED: f32 = 0.62;
/// Length from which a tie between areas is bent, in pixels, see [`bow_pieces`].
pub const BENT_TIES_FROM: f32 = 90.0;
/// Sideways distance of the control point of a bent tie, as a share of its length.
pub const BOW: f32 = 0.1;
/// Opacity along a bent tie, from an end to the middle, as factors; as many straight pieces make up each half.
pub const TIE_FADES: [f32; 4] = [1.25, 1.05, 0.8, 0.5];

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

/// Which ties are drawn in a view, and what they take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TieBudget {
    /// Summed lengths of the drawn ties within and between areas, in pixels.
    pub lengths: [f64; 2],
    /// Of the ties with an end in the view, those before this place in sampling order are drawn.
    pub limit: u32,
    /// Number of drawn ties.
    pub drawn: usize,
    /// Number of dots and ties that were looked at.
    pub walked: usize,
}

struct TieSample {
    ties: Vec<u32>,
    limit: u32,
    walked: usize,
}

/// Lines by layer, color and opacity in 1/1000.
type LineGroups = BTreeMap<(bool, [u8; 3], u32), Vec<[Pos2; 2]>>;

impl Overview {
    /// Returns the ties drawn in a view: those with an end in it, or a sample of them if they are too many.
    #[must_use]
    pub fn drawn_ties(&self, view: &OverviewView) -> Vec<u32> {
        let mut drawn = self.sample(view).ties;
        drawn.sort_unstable();
        drawn
    }

    /// Returns which ties are drawn in a view and how, without listing them.
    #[must_use]
    pub fn tie_budget(&self, view: &OverviewView) -> TieBudget {
        let TieSample { ties, limit, walked } = self.sample(view);
        TieBudget { lengths: self.tie_lengths(view, &ties), limit, walked, drawn: ties.len() }
    }

    fn sample(&self, view: &OverviewView) -> TieSample {
        let world = Rect::from_min_max(view.world(view.visible.min), view.world(view.visible.max));
        if world.contains_rect(self.bounds) {
            return self.first_in(world);
        }
        let is_seen = |node: u32| world.contains(self.dots.centers[node as usize]);
        let (mut ties, mut walked) = (Vec::new(), 0);
        let mut ends = 0;
        self.lookup.each_in(world, |node| ends += self.lookup.ties_of(node).len());
        // In a view of much of the map, most of the first ties in sampling order are seen.
        if ends * ends > MAX_DRAWN_TIES * self.ties.len() {
            return self.first_in(world);
        }
        self.lookup.each_in(world, |node| {
            walked += 1;
            if !is_seen(node) {
                return;
            }
            for &tie in self.lookup.ties_of(node) {
                walked += 1;
                let [from, to] = self.ties.ends[tie as usize];
                if from == node || !is_seen(from) && to == node {
                    ties.push(tie);
                }
            }
        });
        let mut limit = u32::MAX;
        if ties.len() > MAX_DRAWN_TIES {
            let rank = |tie: &u32| self.ties.sampling_ranks[*tie as usize];
            let (_, last, _) = ties.select_nth_unstable_by_key(MAX_DRAWN_TIES - 1, rank);
            limit = rank(last) + 1;
            ties.truncate(MAX_DRAWN_TIES);
        }
        TieSample { ties, limit, walked }
    }

    /// Returns the first ties in sampling order with an end in a part of the world.
    fn first_in(&self, world: Rect) -> TieSample {
        let has_end =
            |tie: u32| self.ties.ends[tie as usize].iter().any(|&end| world.contains(self.dots.centers[end as usize]));
        let mut ties = Vec::with_capacity(MAX_DRAWN_TIES.min(self.ties.len()));
        for (walked, &tie) in self.ties.sampling_order.iter().enumerate() {
            if ties.len() == MAX_DRAWN_TIES {
                return TieSample { ties, limit: walked as u32, walked };
            }
            if has_end(tie) {
                ties.push(tie);
            }
        }
        TieSample { ties, limit: u32::MAX, walked: self.ties.len() }
    }

    fn tie_lengths(&self, view: &OverviewView, drawn: &[u32]) -> [f64; 2] {
        let longest = view.visible.size().length() / 2.0;
        let mut lengths = [0.0; 2];
        for &tie in drawn {
            let [a, b] = self.tie_ends(tie, view);
            lengths[usize::from(self.ties.is_between[tie as usize])] += f64::from(a.distance(b).min(longest));
        }
        lengths
    }

    /// Returns the style of these ties in a view.
    #[must_use]
    pub fn tie_style(&self, view: &OverviewView, drawn: &[u32]) -> TieStyle {
        TieStyle::new(self.spacing_px(view.scale), view.visible.area(), self.tie_lengths(view, drawn))
    }

    /// Returns the ends of a tie in pixels.
    #[must_use]
    pub fn tie_ends(&self, tie: u32, view: &OverviewView) -> [Pos2; 2] {
        self.ties.ends[tie as usize].map(|node| view.pos(self.dots.centers[node as usize]))
    }

    /// Returns the lines of ties, those between areas below those within.
    #[must_use]
    pub fn tie_items(&self, view: &OverviewView, map: &Map, theme: &Theme) -> Vec<Arc<SceneItem>> {
        let drawn = self.drawn_ties(view);
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
    let pieces = 2 * TIE_FADES.len();
    let at = |index: usize| {
        let t = index as f32 / pieces as f32;
        from.lerp(control, t).lerp(control.lerp(to, t), t)
    };
    for index in 0..pieces {
        push([at(index), at(index + 1)], TIE_FADES[index.min(pieces - 1 - index)]);
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
