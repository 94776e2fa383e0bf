//! A simplified picture: boxes as rectangles, bundles as straight lines with a block for their labels. Its cost can be
//! computed for only the parts that a move touches, which makes thousands of moves affordable.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2};

use super::MARGIN;
use super::components::Components;
use super::reaches::Reaches;
use crate::layout::geometry::{boxed, cross, framed, overlap_depth, segment_hits, segments_cross, unit};
use crate::layout::model::Model;
use crate::layout::rough_shape::{Form, RoughShape, reach, rough_shape};

/// Cost of two crossing lines; for bundles multiplied by their breadths.
const CROSSING: f32 = 2.6;
/// Cost of a line through a foreign box.
const LINE_THROUGH_CARD: f32 = 2.6;
/// Cost of a line through a foreign label; for bundles per line, and more for a stack of labels.
const LINE_UNDER_LABEL: f32 = 1.2;
/// Cost of a line within [`LABEL_CLOSE`] of a foreign label, but not under it, since it looks like the label's own.
const LINE_AT_LABEL: f32 = 0.5;
/// See [`LINE_AT_LABEL`].
const LABEL_CLOSE: f32 = 9.0;
/// Base cost of overlapping labels; grows with depth.
const LABELS_OVERLAP: f32 = 1.3;
/// Base cost of a label on a box; grows with depth.
const LABEL_ON_CARD: f32 = 1.5;
/// Base cost of two boxes closer than their margins; grows with depth.
const CARDS_OVERLAP: f32 = 5.0;
/// Missing length of a line, in units, that costs 1.
const LACK: f32 = 10.0;
/// Line length, in units, that costs 1.
const LENGTH: f32 = 1000.0;
/// Cost of each lane beyond the first of a pair whose labels can't be stacked.
const SPREAD: f32 = 0.5;
/// Cost of each lane of a stack at a slope of 1.
const STEEP: f32 = 0.5;
/// Cost of two lines that leave a box in almost the same direction.
const NARROW_ANGLE: f32 = 0.6;
/// Reward for two tied boxes exactly in a row or column; the minimum cost of a bundle.
const LEAST: f32 = -0.35;
/// Reward for any two boxes in a row or column.
const IN_ROW: f32 = 0.04;
/// Cost per box and bundle of a frame twice as wide and high as the boxes need: in a small map, which is readable on
/// any page, and in a full one, where a compact frame makes names larger.
const FRAME: [f32; 2] = [0.24, 0.5];
/// Number of boxes and lines of a small and of a full map.
const FULL: [f32; 2] = [15.0, 26.0];
/// Cost of the most important box at the edge instead of in the middle.
const MIDDLE: f32 = 0.8;

#[derive(Clone)]
pub(super) struct Sketch<'a> {
    pub model: &'a Model,
    pub pos: Vec<Pos2>,
    /// Label position of each bundle, see [`rough_shape`].
    pub choice: Vec<u8>,
    shapes: Vec<RoughShape>,
    /// Bounding rectangle of each box, and of each bundle with its labels.
    reaches: Reaches,
    /// Side of a square with the total area of boxes and labels.
    need: f32,
    heaviest: f32,
    /// Weight of the frame, see [`FRAME`].
    frame_weight: f32,
    components: Arc<Components>,
    /// Preferred direction of arrows; its length is the cost of an arrow in the opposite direction.
    heading: Vec2,
}

/// Boxes touched by a move, and the bundles at them.
#[derive(Clone, Default)]
pub(super) struct Touched {
    pub nodes: Vec<u32>,
    pub bundles: Vec<u32>,
    /// Whether all boxes move by the same offset.
    pub is_rigid: bool,
}

impl Touched {
    /// Marks the move as carrying all boxes by the same offset.
    pub(super) fn rigidly(self) -> Self {
        Self { is_rigid: true, ..self }
    }
}

fn reach_of(shape: &RoughShape) -> Rect {
    let block = if shape.block.width() > 0.0 { shape.block } else { Rect::NOTHING };
    Rect::from_two_pos(shape.ends.0, shape.ends.1).union(block).expand(LABEL_CLOSE + 1.0)
}

fn frame_weight(model: &Model) -> f32 {
    let full = ((model.len() + model.lines.len()) as f32 - FULL[0]) / (FULL[1] - FULL[0]);
    FRAME[0] + (FRAME[1] - FRAME[0]) * full.clamp(0.0, 1.0)
}

impl<'a> Sketch<'a> {
    pub(super) fn new(model: &'a Model, pos: Vec<Pos2>) -> Self {
        let choice = vec![0; model.bundles.len()];
        let mut area: f32 = model.size.iter().map(|s| (s.x + 2.0 * MARGIN.x) * (s.y + 2.0 * MARGIN.y)).sum();
        area += model.bundles.iter().map(|b| (b.stack.x + 8.0) * (b.stack.y + 8.0)).sum::<f32>();
        let mut sketch = Self {
            reaches: Reaches::new(model.len() + model.bundles.len()),
            shapes: Vec::with_capacity(model.bundles.len()),
            need: area.sqrt().max(1.0),
            frame_weight: frame_weight(model),
            heaviest: model.weight.iter().fold(0.0_f32, |m, w| m.max(*w)),
            components: Arc::new(Components::new(model)),
            heading: Vec2::ZERO,
            model,
            pos,
            choice,
        };
        sketch.shapes = (0..model.bundles.len()).map(|k| sketch.rough_shape_of(k)).collect();
        sketch.redraw(&sketch.all());
        sketch
    }

    /// Sets the preferred direction of arrows, see [`super::flow::heading`].
    #[must_use]
    pub(super) fn headed(self, heading: Vec2) -> Self {
        Self { heading, ..self }
    }

    /// Returns the preferred direction of arrows.
    pub(super) fn heading(&self) -> Vec2 {
        self.heading
    }

    /// Returns the number of boxes and bundles.
    pub(super) fn parts(&self) -> usize {
        self.model.len() + self.model.bundles.len()
    }

    fn rough_shape_of(&self, k: usize) -> RoughShape {
        let bundle = &self.model.bundles[k];
        rough_shape(self.model, bundle, self.pos[bundle.a as usize], self.pos[bundle.b as usize], self.choice[k])
    }

    /// Recomputes the shapes that a move touches, after positions or choices have changed.
    pub(super) fn redraw(&mut self, touched: &Touched) {
        for &v in &touched.nodes {
            self.reaches.set(v as usize, self.card(v as usize));
        }
        for &k in &touched.bundles {
            let shape = self.rough_shape_of(k as usize);
            self.reaches.set(self.pos.len() + k as usize, reach_of(&shape));
            self.shapes[k as usize] = shape;
        }
    }

    /// Returns all boxes and bundles as touched.
    pub(super) fn all(&self) -> Touched {
        Touched {
            nodes: (0..self.model.len() as u32).collect(),
            bundles: (0..self.model.bundles.len() as u32).collect(),
            is_rigid: false,
        }
    }

    /// Returns the boxes and all bundles at them.
    pub(super) fn touched_by(&self, nodes: &[u32]) -> Touched {
        let mut bundles: Vec<u32> = nodes.iter().flat_map(|&v| self.model.at[v as usize].iter().copied()).collect();
        bundles.sort_unstable();
        bundles.dedup();
        Touched { nodes: nodes.to_vec(), bundles, is_rigid: false }
    }

    fn card(&self, v: usize) -> Rect {
        boxed(self.pos[v], self.model.size[v])
    }

    /// Returns the bounding rectangle of all boxes and labels.
    pub(super) fn bounds(&self) -> Rect {
        let mut rect = Rect::NOTHING;
        for v in 0..self.pos.len() {
            rect = rect.union(self.card(v));
        }
        for shape in self.shapes.iter().filter(|p| p.block.width() > 0.0) {
            rect = rect.union(shape.block);
        }
        rect
    }

    /// Returns the cost of the frame, of important boxes far from its middle, and of interlocking components.
    pub(super) fn frame_cost(&self) -> f32 {
        let rect = self.bounds();
        if !rect.is_positive() {
            return 0.0;
        }
        let size = framed(rect.size(), self.model.aspect);
        let side = (size.x * size.y).sqrt();
        let count = self.parts() as f32;
        // The spread about the middle gives each box a reason to move inward, not only those at the edge.
        let mut cost = self.frame_weight * count * (0.6 * side + 0.4 * self.spread()) / self.need;
        if self.heaviest > 0.0 {
            let center = rect.center();
            let mut off = 0.0;
            let mut sum = 0.0;
            for (v, p) in self.pos.iter().enumerate() {
                let weight = self.model.weight[v] / self.heaviest;
                let d = *p - center;
                off += weight * weight * ((d.x / size.x).abs() + (d.y / size.y).abs());
                sum += weight * weight;
            }
            cost += MIDDLE * 2.0 * off / sum.max(1.0);
        }
        let boxes = (0..self.pos.len()).map(|v| (v as u32, self.card(v)));
        let labels = self.shapes.iter().zip(&self.model.bundles).filter(|(shape, _)| shape.block.width() > 0.0);
        cost + self.components.cost(boxes.chain(labels.map(|(shape, bundle)| (bundle.a, shape.block))))
    }

    /// Returns the side of a frame that evenly scattered boxes of the same variance would fill.
    fn spread(&self) -> f32 {
        let count = self.pos.len() as f32;
        let (mut sum, mut squares) = (Vec2::ZERO, Vec2::ZERO);
        for p in &self.pos {
            let v = p.to_vec2();
            sum += v;
            squares += v * v;
        }
        let mean = sum / count;
        let variance = (squares / count - mean * mean).max(Vec2::ZERO);
        (6.0 * (variance.x / self.model.aspect + variance.y * self.model.aspect)).sqrt()
    }

    /// Returns the cost of two boxes that are too close, or the reward for sharing a row or column.
    #[inline]
    pub(super) fn cards_cost(&self, v: usize, u: usize) -> f32 {
        let (size, other) = (self.model.size[v], self.model.size[u]);
        let d = (self.pos[u] - self.pos[v]).abs();
        let x = (size.x + other.x) * 0.5 + 2.0 * MARGIN.x - d.x;
        let y = (size.y + other.y) * 0.5 + 2.0 * MARGIN.y - d.y;
        let depth = x.min(y);
        if depth > 0.0 {
            CARDS_OVERLAP * (0.3 + depth / 20.0)
        } else if d.x < 0.5 || d.y < 0.5 {
            -IN_ROW
        } else {
            0.0
        }
    }

    /// Collects the bundles near a box, or the boxes and bundles near a bundle, indexed as parts. Others cost nothing,
    /// see [`Self::near_cost`].
    pub(super) fn near(&self, part: usize, near: &mut Vec<u32>) {
        let boxes = self.pos.len();
        self.reaches.near(part, if part < boxes { boxes } else { 0 }, near);
    }

    /// Returns the mutual cost of a bundle and a box or bundle near it; never negative.
    pub(super) fn near_cost(&self, part: usize, other: usize) -> f32 {
        let boxes = self.pos.len();
        match (part.checked_sub(boxes), other.checked_sub(boxes)) {
            (Some(k), Some(j)) => self.pair_cost(k, j),
            (Some(k), None) => self.card_cost(k, other),
            (None, Some(k)) => self.card_cost(k, part),
            (None, None) => 0.0,
        }
    }

    /// Returns the cost of a bundle that runs through a box or has its labels there.
    fn card_cost(&self, k: usize, v: usize) -> f32 {
        let card = self.card(v);
        let (bundle, shape) = (&self.model.bundles[k], &self.shapes[k]);
        let own = bundle.a as usize == v || bundle.b as usize == v;
        if own && bundle.is_loop() {
            return 0.0;
        }
        let mut cost = 0.0;
        if !own && shape.form != Form::Loop && segment_hits(shape.ends.0, shape.ends.1, &card.expand(7.0)) {
            cost += LINE_THROUGH_CARD * bundle.breadth;
        }
        let depth = overlap_depth(&shape.block.expand(6.0), &card);
        if depth > 0.0 && shape.block.width() > 0.0 {
            cost += LABEL_ON_CARD * (0.4 + depth / 18.0);
        }
        cost
    }

    /// Returns the cost of a bundle by itself; at least [`LEAST`].
    pub(super) fn own_cost(&self, k: usize) -> f32 {
        let (bundle, shape) = (&self.model.bundles[k], &self.shapes[k]);
        let mut cost = shape.lack / LACK + reach(shape) / LENGTH;
        if shape.form == Form::Spread {
            cost += SPREAD * (bundle.lanes.len() as f32 - 1.5);
        }
        if shape.form == Form::Stack {
            let way = shape.ends.1 - shape.ends.0;
            cost += STEEP * (bundle.lanes.len() as f32 - 0.5) * (way.y / way.x).abs().min(3.0);
        }
        if self.choice[k] != 0 && !bundle.is_loop() {
            cost += 0.04 * f32::from(self.choice[k]);
        }
        let d = self.pos[bundle.b as usize] - self.pos[bundle.a as usize];
        let ahead = unit(d).dot(self.heading) * bundle.flow.signum();
        cost += bundle.flow.abs() * bundle.breadth * (self.heading.length() - ahead) * 0.5;
        if !bundle.is_loop() && (d.x.abs() < 0.5 || d.y.abs() < 0.5) {
            cost += LEAST;
        }
        cost
    }

    /// Returns the mutual cost of two bundles; never negative.
    fn pair_cost(&self, k: usize, j: usize) -> f32 {
        let (shape, other) = (&self.shapes[k], &self.shapes[j]);
        let (one, two) = (&self.model.bundles[k], &self.model.bundles[j]);
        let mut cost = 0.0;
        let lines = shape.form != Form::Loop && other.form != Form::Loop;
        if lines {
            if one.meets(two) {
                cost += self.angle_cost(k, j);
            } else if segments_cross(shape.ends.0, shape.ends.1, other.ends.0, other.ends.1) {
                cost += CROSSING * one.breadth * two.breadth;
            }
        }
        let labels = (shape.block.width() > 0.0, other.block.width() > 0.0);
        if labels.0 && labels.1 {
            let depth = overlap_depth(&shape.block.expand(2.5), &other.block.expand(2.5));
            if depth > 0.0 {
                cost += LABELS_OVERLAP * (0.5 + depth / 16.0);
            }
        }
        for (labeled, under, line, below) in [(shape, one, other, two), (other, two, shape, one)] {
            if labeled.block.width() <= 0.0 || line.form == Form::Loop {
                continue;
            }
            let weight = under.breadth * below.lanes.len() as f32;
            let runs_within = |far: f32| segment_hits(line.ends.0, line.ends.1, &labeled.block.expand(far));
            if runs_within(3.0) {
                cost += LINE_UNDER_LABEL * weight;
            } else if runs_within(LABEL_CLOSE) {
                cost += LINE_AT_LABEL * weight;
            }
        }
        cost
    }

    /// Returns the cost of two lines that leave a common box side by side and can't be told apart there.
    fn angle_cost(&self, k: usize, j: usize) -> f32 {
        let (one, two) = (&self.model.bundles[k], &self.model.bundles[j]);
        let common = if one.a == two.a || one.a == two.b { one.a } else { one.b };
        let at = self.pos[common as usize];
        let toward = |other: u32| -> Vec2 { unit(self.pos[other as usize] - at) };
        let (u, v) = (toward(one.other(common)), toward(two.other(common)));
        if u.dot(v) > 0.0 {
            // A stack takes most of the side where it starts.
            let stacked = |k: usize| {
                if self.shapes[k].form == Form::Stack { 0.09 * self.model.bundles[k].lanes.len() as f32 } else { 0.0 }
            };
            let wanted = 0.35 + stacked(k) + stacked(j);
            NARROW_ANGLE * (wanted - cross(u, v).abs()).max(0.0) / 0.35
        } else {
            0.0
        }
    }
}
