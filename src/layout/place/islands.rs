//! Parts of a map that no line joins: each keeps a frame of its own, with white space around it.

use emath::Rect;

use crate::layout::geometry::overlap_depth;
use crate::layout::model::Model;

/// Half of the white space between two islands.
const SHORE: f32 = 14.0;
/// Cost of two islands that are closer; more the deeper, see [`DEPTH`].
const INTERLOCKED: f32 = 0.3;
/// How many of the largest islands keep all others out of their frames.
const LARGEST: usize = 20;
/// Units of depth that cost 1.
const DEPTH: f32 = 40.0;

/// Which box belongs to which island.
pub(super) struct Islands {
    of: Vec<u32>,
    count: usize,
    /// How many have more than one box; they come first.
    wide: usize,
}

impl Islands {
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

    /// Cost of islands that reach into each other's frames, for all that is drawn and a box that it belongs to.
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
