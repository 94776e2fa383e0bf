//! Colors of dots and ties at a level of detail. A color means one thing at a time: the area when far, else the kind.

use super::{Level, NO_AREA, Overview};
use crate::model::{Map, Rgb};
use crate::scene::Theme;

/// The colors of dots and ties.
#[derive(Clone, Debug)]
pub struct OverviewPalette<'a> {
    overview: &'a Overview,
    is_by_area: bool,
    areas: Vec<Rgb>,
    actor_kinds: Vec<Rgb>,
    tie_kinds: Vec<Rgb>,
    /// Color of dots without a kind or outside areas, of ties of several kinds, and of ties between areas.
    mixed: Rgb,
}

impl<'a> OverviewPalette<'a> {
    pub(super) fn new(overview: &'a Overview, level: Level, map: &Map, theme: &Theme) -> Self {
        let actor_kinds = (0..map.actor_kinds().len()).map(crate::model::ActorKindId::from_index);
        let tie_kinds = (0..map.tie_kinds().len()).map(crate::model::TieKindId::from_index);
        Self {
            overview,
            is_by_area: overview.is_colored_by_area(level),
            areas: overview.areas().iter().map(|area| area.line_color(theme)).collect(),
            actor_kinds: actor_kinds.map(|kind| theme.actor_kind(map, Some(kind))).collect(),
            tie_kinds: tie_kinds.map(|kind| theme.tie_kind(map, kind)).collect(),
            mixed: theme.mixed(),
        }
    }

    /// Returns the color of a dot.
    #[must_use]
    pub fn dot(&self, node: u32) -> Rgb {
        let dots = self.overview.dots();
        if self.is_by_area {
            return match dots.areas[node as usize] {
                NO_AREA => self.mixed,
                area => self.areas[area as usize],
            };
        }
        dots.kinds[node as usize].map_or(self.mixed, |kind| self.actor_kinds[kind.index()])
    }

    /// Returns the color of a tie.
    #[must_use]
    pub fn tie(&self, tie: u32) -> Rgb {
        let (dots, ties) = (self.overview.dots(), self.overview.ties());
        if !self.is_by_area {
            return ties.kinds[tie as usize].map_or(self.mixed, |kind| self.tie_kinds[kind.index()]);
        }
        if ties.is_between[tie as usize] {
            return self.mixed;
        }
        self.areas[dots.areas[ties.ends[tie as usize][0] as usize] as usize]
    }
}
