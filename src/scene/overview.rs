//! Large maps from far away: areas of actors with many ties among themselves, dots, thin lines, and the names that
//! find room.
//!
//! [`Overview::new`] runs once per layout. Everything that depends on the zoom is derived per view from the mean
//! spacing of actors in pixels ([`Overview::spacing_px`]), which alone decides the [`Level`] of detail. Pictures draw
//! [`Overview::items`]; a window may draw dots and ties itself from the flat arrays and ask for [`Overview::words`].

mod area_map;
mod areas;
mod contour;
mod density;
mod dots;
mod hues;
mod input;
mod lookup;
mod names;
mod network;
mod occupancy;
mod palette;
mod ranks;
mod ties;
mod titles;
mod used;
mod view;
mod words;

pub use areas::MapArea;
pub use dots::DotScale;
pub use input::OverviewInput;
pub use network::{NO_AREA, OverviewDots, OverviewTies};
pub use palette::OverviewPalette;
pub use ties::{BENT_TIES_FROM, BOW, MAX_DRAWN_TIES, TIE_FADES, TieBudget, TieStyle, bow_pieces};
pub use used::UsedSigns;
pub(crate) use view::mean_spacing;
pub use view::{Level, OverviewView};
pub use words::{OverviewWords, PlacedName, PlacedTitle, WordMaterials};

use std::sync::Arc;

use emath::{Pos2, Rect};

use self::area_map::AreaMap;
use self::lookup::OverviewLookup;
use self::ranks::Ranking;
use super::{Part, SceneItem, Shape, Theme};
use crate::model::Map;

/// Maps with at most this many actors are always drawn in full.
pub const FULL_DETAIL: usize = 150;

/// A large map, prepared for being drawn at any zoom.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    dots: OverviewDots,
    ties: OverviewTies,
    areas: Vec<MapArea>,
    area_map: AreaMap,
    ranking: Ranking,
    lookup: OverviewLookup,
    used: UsedSigns,
    bounds: Rect,
    spacing: f32,
}

impl Overview {
    /// Finds areas with their outlines and hues, bridges and ranks. Areas of `earlier` keep their hues.
    #[must_use]
    pub fn new(input: &OverviewInput<'_>, earlier: Option<&Overview>) -> Self {
        let (mut dots, mut ties) = network::gather(input);
        let bounds = view::bounds_of(&dots.centers);
        let spacing = view::mean_spacing(bounds, dots.actor_count());
        let found = areas::find(input, &mut dots, &ties, (bounds, spacing));
        ties.mark_between(&dots, !found.areas.is_empty());
        let mut areas = found.areas;
        let ranking = Ranking::new(&mut dots, &ties, areas.len());
        areas::sort_members(&mut areas, &dots);
        hues::choose(&mut areas, &dots, spacing, earlier);
        let lookup = OverviewLookup::new(&dots.centers, &ties);
        let used = UsedSigns::new(&dots, &ties);
        Self { dots, ties, areas, area_map: found.map, ranking, lookup, used, bounds, spacing }
    }

    /// Returns the dots: actors, then the hubs of many-party ties.
    #[must_use]
    pub fn dots(&self) -> &OverviewDots {
        &self.dots
    }

    /// Returns the ties.
    #[must_use]
    pub fn ties(&self) -> &OverviewTies {
        &self.ties
    }

    /// Returns the areas, largest first; none if the map has no significant communities.
    #[must_use]
    pub fn areas(&self) -> &[MapArea] {
        &self.areas
    }

    /// Returns the bounding box of all centers, in world units.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        self.bounds
    }

    /// Returns the number of other areas from which a tie makes an actor a bridge.
    #[must_use]
    pub fn bridge_reach(&self) -> u32 {
        self.ranking.bridge_reach
    }

    /// Iterates over the bridges, the most important first.
    pub fn bridges(&self) -> impl Iterator<Item = u32> + '_ {
        self.ranking.by_rank.iter().copied().filter(|&node| self.dots.is_bridge[node as usize])
    }

    /// Iterates over all actors, the most important first.
    pub fn by_rank(&self) -> impl Iterator<Item = u32> + '_ {
        self.ranking.by_rank.iter().copied()
    }

    /// Returns the kinds and marks in use.
    #[must_use]
    pub fn used(&self) -> &UsedSigns {
        &self.used
    }

    /// Calls `each` for all dots in a rectangle of the world, and maybe for some beside it, without looking at others.
    pub fn each_dot_in(&self, rect: Rect, each: impl FnMut(u32)) {
        self.lookup.each_in(rect, each);
    }

    /// Returns the area around a position in the world.
    #[must_use]
    pub fn area_at(&self, pos: Pos2) -> Option<u32> {
        self.area_map.at(pos)
    }

    /// Returns the mean spacing of actors at a scale in pixels per world unit.
    #[must_use]
    pub fn spacing_px(&self, scale: f32) -> f32 {
        self.spacing * scale
    }

    /// Returns the scale at which actors have a mean spacing, in pixels per world unit.
    #[must_use]
    pub fn scale_of_spacing(&self, spacing_px: f32) -> f32 {
        spacing_px / self.spacing
    }

    /// Returns the level of detail at a scale.
    #[must_use]
    pub fn level(&self, scale: f32) -> Level {
        Level::of_spacing(self.spacing_px(scale))
    }

    /// Returns the level of detail at a scale when coming from another level: zooming back and forth a little keeps it.
    #[must_use]
    pub fn level_from(&self, before: Level, scale: f32) -> Level {
        before.next(self.spacing_px(scale))
    }

    /// Returns whether dots and ties have the colors of their areas instead of those of their kinds.
    #[must_use]
    pub fn is_colored_by_area(&self, level: Level) -> bool {
        level == Level::Far && !self.areas.is_empty()
    }

    /// Returns the radii of dots at a scale.
    #[must_use]
    pub fn dot_sizes(&self, scale: f32) -> DotScale {
        DotScale::new(self.spacing_px(scale), self.ranking.full_degree)
    }

    /// Returns the radius of a dot at a scale, in pixels.
    #[must_use]
    pub fn dot_radius(&self, node: u32, scale: f32) -> f32 {
        self.dot_sizes(scale).radius(self.dots.degrees[node as usize])
    }

    /// Returns the colors of dots and ties at a level.
    #[must_use]
    pub fn palette(&self, level: Level, map: &Map, theme: &Theme) -> OverviewPalette<'_> {
        OverviewPalette::new(self, level, map, theme)
    }

    /// Returns everything drawn in a view, from back to front, in pixels, with the words placed in it.
    #[must_use]
    pub fn items(&self, view: &OverviewView, of: WordMaterials<'_>) -> (Vec<Arc<SceneItem>>, OverviewWords) {
        let words = self.words(view, of, &[]);
        let mut items = self.area_items(view, of.theme);
        items.extend(self.tie_items(view, of.map, of.theme));
        items.extend(self.dot_items(view, of.map, of.theme));
        items.extend(words.items(self, of.theme));
        (items, words)
    }

    /// Returns the fills of areas and their outlines.
    #[must_use]
    pub fn area_items(&self, view: &OverviewView, theme: &Theme) -> Vec<Arc<SceneItem>> {
        let visible = view.visible.expand(2.0);
        let shape = |(index, area): (usize, &MapArea)| {
            let rings: Vec<Vec<Pos2>> =
                area.rings.iter().map(|ring| ring.iter().map(|&point| view.pos(point)).collect()).collect();
            let covered = rings.iter().fold(Rect::NOTHING, |all, ring| all.union(Rect::from_points(ring)));
            let is_seen = covered.is_finite() && covered.intersects(visible);
            is_seen.then_some((index, rings))
        };
        let seen: Vec<(usize, Vec<Vec<Pos2>>)> = self.areas.iter().enumerate().filter_map(shape).collect();
        let fills = seen.iter().map(|(index, rings)| {
            let (fill, stroke) = (Some(self.areas[*index].fill(view.level, theme)), None);
            item(Part::Area(*index as u32), vec![Shape::Region { rings: rings.clone(), fill, stroke }])
        });
        let outlines = seen.iter().map(|(index, rings)| {
            let (fill, stroke) = (None, Some(self.areas[*index].outline(view.level, theme)));
            item(Part::Area(*index as u32), vec![Shape::Region { rings: rings.clone(), fill, stroke }])
        });
        let fills: Vec<_> = fills.collect();
        fills.into_iter().chain(outlines).collect()
    }
}

fn item(part: Part, shapes: Vec<Shape>) -> Arc<SceneItem> {
    Arc::new(SceneItem { part, min_scale: 0.0, shapes })
}

#[cfg(test)]
mod tests;
