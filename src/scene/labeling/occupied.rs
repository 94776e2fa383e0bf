//! The rectangles already taken by names and labels, and the dots between them, in pixels.

use emath::{Pos2, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

type Taken = GeomWithData<Rectangle<[f32; 2]>, u32>;

/// Taken rectangles and dots.
pub(super) struct Occupied {
    /// The area that nothing may leave.
    bounds: Rect,
    taken: RTree<Taken>,
    /// Centers of all dots, with their index.
    dots: RTree<GeomWithData<[f32; 2], u32>>,
}

impl Occupied {
    pub(super) fn new(bounds: Rect) -> Self {
        Self { bounds, taken: RTree::new(), dots: RTree::new() }
    }

    /// Replaces the dots, given by their centers; `owners` tells them apart.
    pub(super) fn set_dots(&mut self, dots: impl Iterator<Item = (Pos2, u32)>) {
        self.dots = RTree::bulk_load(dots.map(|(pos, owner)| GeomWithData::new([pos.x, pos.y], owner)).collect());
    }

    /// Replaces everything taken; `owners` are the indices of the cards.
    pub(super) fn set_taken(&mut self, rects: impl Iterator<Item = (Rect, u32)>) {
        self.taken = RTree::bulk_load(rects.map(|(rect, owner)| taken(rect, owner)).collect());
    }

    pub(super) fn take(&mut self, rect: Rect, owner: u32) {
        self.taken.insert(taken(rect, owner));
    }

    /// Returns whether a rectangle lies within the bounds and over nothing taken by another owner.
    pub(super) fn is_free(&self, rect: Rect, owner: u32) -> bool {
        let mut touching = self.taken.locate_in_envelope_intersecting(envelope(rect));
        self.bounds.contains_rect(rect) && touching.all(|taken| taken.data == owner)
    }

    /// Returns whether a rectangle, inside or outside of the bounds, lies over nothing taken.
    pub(super) fn is_free_anywhere(&self, rect: Rect) -> bool {
        self.taken.locate_in_envelope_intersecting(envelope(rect)).next().is_none()
    }

    /// Returns the number of dots of other owners in a rectangle.
    pub(super) fn dots_in(&self, rect: Rect, owner: u32) -> usize {
        self.dots.locate_in_envelope(envelope(rect)).filter(|dot| dot.data != owner).count()
    }

    /// Moves a rectangle into the bounds, by at most half of its size.
    pub(super) fn nudge(&self, rect: Rect) -> Rect {
        let room = self.bounds;
        let shift = |low: f32, high: f32, min: f32, max: f32| (low - min).max(0.0) - (max - high).max(0.0);
        let x = shift(room.left(), room.right(), rect.left(), rect.right());
        let y = shift(room.top(), room.bottom(), rect.top(), rect.bottom());
        let (most_x, most_y) = (rect.width() / 2.0, rect.height() / 2.0);
        rect.translate(emath::vec2(x.clamp(-most_x, most_x), y.clamp(-most_y, most_y)))
    }
}

fn taken(rect: Rect, owner: u32) -> Taken {
    GeomWithData::new(Rectangle::from_corners([rect.min.x, rect.min.y], [rect.max.x, rect.max.y]), owner)
}

fn envelope(rect: Rect) -> AABB<[f32; 2]> {
    AABB::from_corners([rect.min.x, rect.min.y], [rect.max.x, rect.max.y])
}
