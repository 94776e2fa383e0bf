//! Disconnected components of a map: each keeps a frame of its own, with white space around it.

use emath::Rect;

use crate::layout::geometry::overlap_depth;
use crate::layout::model::Model;

/// Half the white space between two components.
const SHORE: f32 = 14.0;
/// Base cost of two components that are closer; [`DEPTH`] sets the rest.
const INTERLOCKED: f32 = 0.3;
/// Number of largest components whose frames all others avoid.
const LARGEST: usize = 20;
/// Overlap depth, in units, that costs 1.
const DEPTH: f32 = 40.0;

/// Component of each box.
pub(super) struct Components {
    of: Vec<u32>,
    count: usize,
    /// Number of components with more than one box, at most [`LARGEST`]; they come first.
    wide: usize,
}

impl Components {
    pub(super) fn new(model: &Model) -> Self {
        let parts = model.components();
        let mut of = vec![0; model.len()];
        for (number, part) in (0..).zip(&parts) {
            for &v in part {
                of[v as usize] = number;
            }
        }
        let wide = parts.iter().take_while(|part| part.len() > 1).count();
        Self { of, count: parts.len(), wide: wide.min(LARGEST) }
    }

    /// Returns the cost of components that overlap each other's frames; `drawn` yields everything drawn and the box it
    /// belongs to.
    pub(super) fn cost(&self, drawn: impl Iterator<Item = (u32, Rect)>) -> f32 {
        if self.count < 2 || self.wide == 0 {
            return 0.0;
        }
        let mut frames = vec![Rect::NOTHING; self.count];
        for (v, rect) in drawn {
            let frame = &mut frames[self.of[v as usize] as usize];
            *frame = frame.union(rect);
        }
        let mut cost = 0.0;
        for (i, one) in frames.iter().enumerate().take(self.wide) {
            for other in &frames[i + 1..] {
                let depth = overlap_depth(&one.expand(SHORE), &other.expand(SHORE));
                if depth > 0.0 {
                    cost += INTERLOCKED + depth / DEPTH;
                }
            }
        }
        cost
    }
}

#[cfg(test)]
mod tests {
    use emath::{pos2, vec2};

    use super::*;
    use crate::layout::tests::maps;

    #[test]
    fn islands_cost_the_more_the_deeper_they_reach_into_each_other() {
        // Two pairs and one box alone.
        let components = Components::new(&Model::new(&maps::request(5, &[(0, 1, true), (2, 3, true)], 1)));
        let cost = |apart: f32, alone: f32| {
            let xs = [0.0, 200.0, apart, apart + 200.0, alone];
            let boxes = xs.map(|x| Rect::from_center_size(pos2(x, 0.0), vec2(100.0, 40.0)));
            components.cost((0..).zip(boxes))
        };
        assert!(cost(400.0, 900.0).abs() < f32::EPSILON, "all apart");
        assert!(cost(310.0, 900.0) > 0.0, "too close");
        assert!(cost(100.0, 900.0) > cost(280.0, 900.0), "the deeper, the more");
        assert!(cost(400.0, 100.0) > 0.0, "a box alone within the frame of a pair");
    }
}
