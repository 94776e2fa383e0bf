//! Signs of a large map seen from afar: areas, lines within and between them, dots and rings.

use emath::{Rect, Vec2, pos2, vec2};

use super::entry::{EntryBuilder, LegendEntry, LegendGroup, straight};
use super::{Legend, OverviewSigns};
use crate::model::Rgb;
use crate::scene::overview::{Level, Overview};
use crate::scene::theme::{line, solid};
use crate::scene::{Shape, Theme};
use crate::wording;

impl Legend {
    /// Collects the signs of a large map at a level of detail.
    #[must_use]
    pub fn of_overview(overview: &Overview, level: Level) -> Self {
        let is_by_area = overview.is_colored_by_area(level);
        let (used, areas) = (overview.used(), overview.areas());
        let tie_kinds = if is_by_area { Vec::new() } else { used.tie_kinds.iter().copied().collect() };
        let has_actor_kinds = !is_by_area && used.actor_kinds.len() > 1;
        let actor_kinds =
            if has_actor_kinds { used.actor_kinds.iter().flatten().copied().collect() } else { Vec::new() };
        let signs = OverviewSigns {
            area: areas.first().map(|area| area.hue),
            is_all_named: areas.iter().all(|area| area.name.is_some()),
            is_by_area,
            has_between: used.has_between,
            bridge_reach: used.has_bridges.then(|| overview.bridge_reach()),
        };
        Self { tie_kinds, actor_kinds, overview: Some(signs), ..Self::default() }
    }
}

impl EntryBuilder<'_> {
    /// Returns the groups of a large map: areas, ties, actors.
    pub(super) fn overview_groups(&self, legend: &Legend, signs: &OverviewSigns) -> Vec<LegendGroup> {
        let areas: Vec<LegendEntry> = signs.area.map(|hue| self.area(hue, signs.is_all_named)).into_iter().collect();
        let mut ties: Vec<LegendEntry> = legend
            .tie_kinds
            .iter()
            .map(|&kind| self.thin_line(self.theme.tie_kind(self.map, kind), &self.map.tie_kinds()[kind].label))
            .collect();
        if let Some(hue) = signs.area.filter(|_| signs.is_by_area) {
            ties.push(self.thin_line(self.theme.line_hue(hue), "Within an area"));
            ties.extend(signs.has_between.then(|| self.thin_line(self.theme.mixed(), "Between areas")));
        }
        let mut actors: Vec<LegendEntry> = legend
            .actor_kinds
            .iter()
            .map(|&kind| {
                let hue = self.theme.actor_kind(self.map, Some(kind));
                self.dots(&[0.36], hue, None, &self.map.actor_kinds()[kind].label)
            })
            .collect();
        actors.push(self.dots(&[0.1, 0.22, 0.4], self.theme.mixed(), None, "More ties"));
        actors.extend(signs.bridge_reach.map(|reach| {
            let hue = signs
                .area
                .filter(|_| signs.is_by_area)
                .map_or_else(|| self.theme.mixed(), |hue| self.theme.line_hue(hue));
            let meaning = format!("Ties into {} or more other areas", wording::number(reach as usize));
            self.dots(&[0.36], hue, Some(self.theme.text), &meaning)
        }));
        let group = |heading: &str, entries| LegendGroup { heading: heading.to_owned(), entries };
        vec![group("Areas", areas), group("Ties", ties), group("Actors", actors)]
    }

    fn area(&self, hue: Rgb, is_all_named: bool) -> LegendEntry {
        let size = vec2(1.4, 0.8) * self.size;
        let rect = Rect::from_min_size(pos2(0.0, -size.y / 2.0), size);
        let fill = Some(solid(tinted(self.theme, hue)));
        let stroke = Some(line(self.theme.background.mix(self.theme.line_hue(hue), 0.5), self.size * 0.07));
        let shape = Shape::Rect { rect, radius: self.size * 0.15, fill, stroke };
        let meaning = if is_all_named {
            "Actors with many ties among themselves"
        } else {
            "Actors with many ties among themselves, named after the best connected"
        };
        self.wrapped(vec![shape], size.x, meaning)
    }

    fn thin_line(&self, hue: Rgb, meaning: &str) -> LegendEntry {
        let width = self.size * 1.4;
        let shape = Shape::Curve { pieces: straight(0.0, width), stroke: line(hue, self.size * 0.12) };
        self.entry(vec![shape], width, meaning)
    }

    /// Returns an entry of dots side by side with radii in font sizes, maybe with rings.
    fn dots(&self, radii: &[f32], hue: Rgb, ring: Option<Rgb>, meaning: &str) -> LegendEntry {
        let (mut dots, mut left) = (Vec::new(), 0.0);
        for radius in radii {
            let radius = radius * self.size;
            left += if left > 0.0 { self.size * 0.14 } else { 0.0 };
            dots.push((pos2(left + radius, 0.0), radius));
            left += 2.0 * radius;
        }
        let mut shapes = vec![Shape::Dots { dots: dots.clone(), fill: Some(solid(hue)), rim: None }];
        if let Some(color) = ring {
            let gap = self.size * 0.07;
            let dots = dots.into_iter().map(|(center, radius)| (center, radius + gap)).collect();
            shapes.push(Shape::Dots { dots, fill: None, rim: Some((solid(color), self.size * 0.09)) });
        }
        for shape in &mut shapes {
            shape.transform(1.0, Vec2::new(self.size * 0.12, 0.0));
        }
        self.entry(shapes, left + self.size * 0.24, meaning)
    }
}

fn tinted(theme: &Theme, hue: Rgb) -> Rgb {
    theme.background.mix(hue, if theme.is_dark() { 0.2 } else { 0.16 })
}
