//! Levels of detail and views.

use emath::{Pos2, Rect, Vec2};

/// Share of a map's bounding box that its actors cover.
const COVERED: f32 = 0.62;

/// Level of detail of a large map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Areas are the subject: dots and ties have their colors.
    Far,
    /// Single actors are told apart: dots and ties have the colors of their kinds.
    Middle,
    /// Cards and labels.
    Near,
}

impl Level {
    /// Returns the level for a mean spacing of actors, in pixels.
    #[must_use]
    pub fn of_spacing(spacing_px: f32) -> Self {
        if spacing_px < 22.0 {
            Self::Far
        } else if spacing_px < 80.0 {
            Self::Middle
        } else {
            Self::Near
        }
    }

    /// Returns the level for a mean spacing when coming from this one, which it leaves late when zooming out.
    #[must_use]
    pub fn next(self, spacing_px: f32) -> Self {
        let plain = Self::of_spacing(spacing_px);
        let stays = match self {
            Self::Far => false,
            Self::Middle => spacing_px >= 19.0,
            Self::Near => spacing_px >= 70.0,
        };
        if plain < self && stays { self } else { plain }
    }
}

/// What of a map is seen, and how large. Pixels are logical: on a page, those of a page of the plain size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OverviewView {
    /// Pixels per world unit.
    pub scale: f32,
    /// Position of the world's origin, in pixels.
    pub offset: Vec2,
    /// The visible rectangle, in pixels.
    pub visible: Rect,
    /// Size of text: 1 in a window, more on a page.
    pub unit: f32,
    /// The smallest size of names, in pixels.
    pub least_px: f32,
    /// The level of detail.
    pub level: Level,
}

impl OverviewView {
    /// Returns a position in pixels.
    #[must_use]
    pub fn pos(&self, world: Pos2) -> Pos2 {
        (world.to_vec2() * self.scale + self.offset).to_pos2()
    }

    /// Returns the position in the world.
    #[must_use]
    pub fn world(&self, pos: Pos2) -> Pos2 {
        ((pos.to_vec2() - self.offset) / self.scale).to_pos2()
    }
}

/// Returns the bounding box of positions; never empty.
pub(super) fn bounds_of(centers: &[Pos2]) -> Rect {
    let bounds = centers
        .iter()
        .filter(|center| center.is_finite())
        .fold(Rect::NOTHING, |all, &center| all.union(Rect::from_min_max(center, center)));
    let bounds = if bounds.is_finite() { bounds } else { Rect::from_min_max(Pos2::ZERO, Pos2::ZERO) };
    bounds.expand2((Vec2::splat(1.0) - bounds.size()).max(Vec2::ZERO) / 2.0)
}

/// Returns the mean spacing of so many actors in a rectangle.
pub(crate) fn mean_spacing(bounds: Rect, count: usize) -> f32 {
    (COVERED * bounds.area() / count.max(1) as f32).sqrt()
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn a_level_is_left_later_than_it_is_entered() {
        use Level::{Far, Middle, Near};
        let path = [5.0, 21.0, 22.0, 20.0, 19.0, 18.9, 21.0, 79.0, 80.0, 71.0, 69.9, 79.0, 10.0, 300.0];
        let levels = [Far, Far, Middle, Middle, Middle, Far, Far, Middle, Near, Near, Middle, Middle, Far, Near];
        let mut level = Far;
        for (spacing, expected) in path.into_iter().zip(levels) {
            level = level.next(spacing);
            assert_eq!(level, expected, "at {spacing}");
        }
    }
}
