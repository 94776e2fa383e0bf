//! Words in a view: titles of areas with leaders, and names.

use std::collections::BTreeSet;
use std::sync::Arc;

use emath::{Pos2, Rect};

use super::occupancy::WordGround;
use super::{Overview, OverviewView, item};
use crate::layout::Cubic;
use crate::model::{ActorId, Map, Rgb};
use crate::scene::theme::solid;
use crate::scene::{Paint, Part, SceneItem, Shape, Stroke, Theme};
use crate::text::{Face, Fonts, Style, Text};
use crate::wording;

/// Longest name, in characters.
const LONGEST: usize = 30;
/// Opacity of halos.
const HALO: f32 = 0.88;
/// Font size from which names have a wider halo, in pixels.
const WIDE_HALO_FROM: f32 = 14.0;

/// What words are made of.
#[derive(Clone, Copy)]
pub struct WordMaterials<'a> {
    /// The map.
    pub map: &'a Map,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The colors.
    pub theme: &'a Theme,
}

/// The name of an actor beside its dot.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedName {
    /// The dot.
    pub node: u32,
    /// Position and size, in pixels.
    pub rect: Rect,
    /// The name.
    pub text: Arc<Text>,
}

/// The title of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedTitle {
    /// Index of the area.
    pub area: u32,
    /// Position and size, in pixels.
    pub rect: Rect,
    /// The name, and upper left corner.
    pub name: (Arc<Text>, Pos2),
    /// The number of actors, and upper left corner.
    pub count: (Arc<Text>, Pos2),
    /// Line from the title to the best connected actor.
    pub leader: Option<[Pos2; 2]>,
    /// Whether it serves as the name of the best connected actor.
    pub is_name_of_hub: bool,
}

/// All words in a view. Nothing overlaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewWords {
    /// Names, the most important first.
    pub names: Vec<PlacedName>,
    /// Titles, that of the largest area first.
    pub titles: Vec<PlacedTitle>,
    /// Number of dots that were looked at.
    pub walked: usize,
}

impl OverviewWords {
    /// Returns the actors whose names are shown.
    #[must_use]
    pub fn named(&self, overview: &Overview) -> BTreeSet<ActorId> {
        let names = self.names.iter().map(|name| name.node);
        let titles = self.titles.iter().filter(|title| title.is_name_of_hub);
        let titles = titles.map(|title| overview.areas()[title.area as usize].hub);
        names.chain(titles).filter_map(|node| overview.dots().actor(node)).collect()
    }

    /// Returns the items of all words: leaders, names, titles.
    #[must_use]
    pub fn items(&self, overview: &Overview, theme: &Theme) -> Vec<Arc<SceneItem>> {
        let mut items = self.leader_items(overview, theme);
        items.extend(self.text_items(overview, theme));
        items
    }

    /// Returns the lines from titles to the best connected actors.
    #[must_use]
    pub fn leader_items(&self, overview: &Overview, theme: &Theme) -> Vec<Arc<SceneItem>> {
        let leader = |title: &PlacedTitle| {
            let (line, color) = (title.leader?, overview.areas()[title.area as usize].title_color(theme));
            Some(item(Part::Area(title.area), leader_shapes(line, color, theme)))
        };
        self.titles.iter().filter_map(leader).collect()
    }

    /// Returns the items of all names, then of all titles.
    #[must_use]
    pub fn text_items(&self, overview: &Overview, theme: &Theme) -> Vec<Arc<SceneItem>> {
        let color = |title: &PlacedTitle| overview.areas()[title.area as usize].title_color(theme);
        let names = self.names.iter().map(|name| {
            let size = name.text.style.size;
            let width = if size >= WIDE_HALO_FROM { 2.8 } else { 2.2 };
            let shapes = haloed(&name.text, name.rect.min, theme.text, width, theme);
            let part = overview.dots().actor(name.node).map_or(Part::Dots, Part::Card);
            item(part, shapes.into())
        });
        let titles = self.titles.iter().map(|title| {
            let [name_halo, name] = haloed(&title.name.0, title.name.1, color(title), 3.2, theme);
            let [count_halo, count] = haloed(&title.count.0, title.count.1, theme.muted, 3.2, theme);
            item(Part::Area(title.area), vec![name_halo, count_halo, name, count])
        });
        names.chain(titles).collect()
    }
}

fn haloed(text: &Arc<Text>, pos: Pos2, color: Rgb, width: f32, theme: &Theme) -> [Shape; 2] {
    let paint = Paint { color: theme.backing(), opacity: HALO };
    [
        Shape::Halo { pos, text: Arc::clone(text), paint, width },
        Shape::Text { pos, text: Arc::clone(text), paint: solid(color) },
    ]
}

fn leader_shapes([from, to]: [Pos2; 2], color: Rgb, theme: &Theme) -> Vec<Shape> {
    let curve: Cubic = [from, from.lerp(to, 1.0 / 3.0), from.lerp(to, 2.0 / 3.0), to];
    let line = |color: Rgb, opacity: f32, width: f32| Shape::Curve {
        pieces: vec![curve],
        stroke: Stroke { paint: Paint { color, opacity }, width, dashes: Vec::new() },
    };
    vec![line(theme.backing(), 0.8, 3.0), line(color, 1.0, 1.1)]
}

impl Overview {
    /// Places the words of a view. Names of `kept` dots, shown a moment ago, are a little more likely to be shown.
    #[must_use]
    pub fn words(&self, view: &OverviewView, of: WordMaterials<'_>, kept: &[u32]) -> OverviewWords {
        let mut ground = WordGround::new(self, view);
        let titles = self.place_titles(view, of, &mut ground);
        let names = self.place_names(view, of, kept, &titles, &mut ground);
        OverviewWords { names, titles, walked: ground.seen().len() }
    }
}

/// Returns the name of an actor as shown on the map.
pub(super) fn name_of(overview: &Overview, map: &Map, node: u32) -> String {
    overview.dots().actor(node).map_or_else(String::new, |actor| shortened(&wording::actor_name(map, actor)))
}

/// Cuts a name that is too long.
pub(super) fn shortened(name: &str) -> String {
    let end = name
        .char_indices()
        .nth(LONGEST)
        .map_or(name.len(), |_| name.char_indices().nth(LONGEST - 1).map_or(name.len(), |(at, _)| at));
    if end < name.len() { format!("{}…", name[..end].trim_end()) } else { name.to_owned() }
}

pub(super) fn shaped(fonts: &Fonts, text: &str, face: Face, size: f32) -> Arc<Text> {
    fonts.shape(text, Style { face, size }, None, Some(1))
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_names_are_cut() {
        assert_eq!(shortened("Alder Bank"), "Alder Bank");
        assert_eq!(shortened(&"é".repeat(30)), "é".repeat(30));
        assert_eq!(shortened("Thornbury Infrastructure Fund of the North"), "Thornbury Infrastructure Fund…");
    }
}
