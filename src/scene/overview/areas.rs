//! Areas: communities that are large enough, each with its members, its outline and its best connected actor.

use std::collections::BTreeMap;

use emath::{Pos2, Rect};

use super::area_map::{self, AreaMap};
use super::input::OverviewInput;
use super::network::{NO_AREA, OverviewDots, OverviewTies};
use super::view::Level;
use crate::model::Rgb;
use crate::scene::{Ground, Paint, Stroke, Theme};

/// Actors of the smallest area.
const SMALLEST: usize = 8;
/// Share of actors in areas below which areas say too little about a map.
const LEAST_COVERED: f32 = 0.5;
/// Communities of lower modularity are no better than chance.
const LEAST_MODULARITY: f64 = 0.3;
/// Share of members that lie inside the outlines of their areas, below which the arrangement shows no areas.
const LEAST_INSIDE: f32 = 0.35;

/// An area: actors with many ties among themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct MapArea {
    /// Members, the most important first.
    pub members: Vec<u32>,
    /// Number of members that are actors.
    pub size: u32,
    /// The actor with the most ties.
    pub hub: u32,
    /// Name given by a person.
    pub name: Option<String>,
    /// Closed outlines, in world units; holes are among them, to be filled by the even-odd rule.
    pub rings: Vec<Vec<Pos2>>,
    /// Bounding box of the outlines.
    pub bounds: Rect,
    /// Median of the members' centers.
    pub center: Pos2,
    /// Color before it is adjusted to a theme.
    pub hue: Rgb,
    /// Areas that touch this one or nearly so.
    pub neighbors: Vec<u32>,
}

impl MapArea {
    /// Returns the color of its dots, ties and outline.
    #[must_use]
    pub fn line_color(&self, theme: &Theme) -> Rgb {
        theme.line_hue(self.hue)
    }

    /// Returns the color of its title.
    #[must_use]
    pub fn title_color(&self, theme: &Theme) -> Rgb {
        theme.title_hue(self.hue)
    }

    /// Returns the paint of its inside.
    #[must_use]
    pub fn fill(&self, level: Level, theme: &Theme) -> Paint {
        let opacity = match (level, theme.is_dark()) {
            (Level::Far, false) => 0.13,
            (Level::Middle, false) => 0.08,
            (Level::Near, false) => 0.05,
            (Level::Far, true) => 0.17,
            (Level::Middle, true) => 0.105,
            (Level::Near, true) => 0.065,
        };
        if theme.ground == Ground::Any {
            return Paint { color: self.hue, opacity };
        }
        // Areas don't overlap, so the mixed color is the same in every program that draws it.
        Paint { color: theme.background.mix(self.hue, opacity), opacity: 1.0 }
    }

    /// Returns the style of its outline.
    #[must_use]
    pub fn outline(&self, level: Level, theme: &Theme) -> Stroke {
        let opacity = if level == Level::Far { 0.38 } else { 0.30 };
        Stroke { paint: Paint { color: self.line_color(theme), opacity }, width: 1.0, dashes: Vec::new() }
    }
}

/// Areas, and where they are.
pub(super) struct FoundAreas {
    pub areas: Vec<MapArea>,
    pub map: AreaMap,
}

/// Finds the areas and assigns the dots to them.
pub(super) fn find(
    input: &OverviewInput<'_>,
    dots: &mut OverviewDots,
    ties: &OverviewTies,
    (bounds, spacing): (Rect, f32),
) -> FoundAreas {
    let none = FoundAreas { areas: Vec::new(), map: AreaMap::default() };
    if input.communities.len() < dots.len() {
        return none;
    }
    let mut areas = candidates(input, dots);
    let members = areas.iter().map(|area| area.size as usize).sum::<usize>();
    let is_little = (members as f32) < LEAST_COVERED * dots.actor_count() as f32;
    if areas.len() < 2 || is_little || modularity(&input.communities[..dots.len()], ties) < LEAST_MODULARITY {
        return none;
    }
    assign(&areas, dots);
    let of_areas: Vec<&[u32]> = areas.iter().map(|area| &*area.members).collect();
    let (map, outlines) = area_map::build(&of_areas, dots, (bounds, spacing));
    let is_inside = |node: usize| dots.areas[node] != NO_AREA && map.at(dots.centers[node]) == Some(dots.areas[node]);
    let inside = (0..dots.len()).filter(|&node| is_inside(node)).count();
    if (inside as f32) < LEAST_INSIDE * members as f32 {
        dots.areas.fill(NO_AREA);
        return none;
    }
    let neighbors = map.neighbors(areas.len());
    for ((area, rings), neighbors) in areas.iter_mut().zip(outlines).zip(neighbors) {
        area.bounds = rings.iter().fold(Rect::NOTHING, |all, ring| all.union(Rect::from_points(ring)));
        area.rings = rings;
        area.neighbors = neighbors;
    }
    FoundAreas { areas, map }
}

/// Returns the communities that are large enough, largest first.
fn candidates(input: &OverviewInput<'_>, dots: &OverviewDots) -> Vec<MapArea> {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (node, &community) in (0..dots.len() as u32).zip(input.communities) {
        members.entry(community).or_default().push(node);
    }
    let given: BTreeMap<_, _> = input.names.iter().map(|(actor, name)| (*actor, name)).collect();
    let area = |members: Vec<u32>| {
        let actors: Vec<u32> = members.iter().copied().filter(|&node| dots.actor(node).is_some()).collect();
        let hub = actors.iter().copied().max_by_key(|&node| (dots.degrees[node as usize], std::cmp::Reverse(node)))?;
        let name = actors.iter().find_map(|&node| given.get(&dots.actor(node)?)).map(|name| (*name).clone());
        (actors.len() >= SMALLEST).then(|| MapArea {
            size: actors.len() as u32,
            hub,
            name,
            center: median(&members, dots),
            members,
            rings: Vec::new(),
            bounds: Rect::NOTHING,
            hue: Rgb([0x80; 3]),
            neighbors: Vec::new(),
        })
    };
    let mut areas: Vec<MapArea> = members.into_values().filter_map(area).collect();
    areas.sort_by_key(|area| (std::cmp::Reverse(area.size), area.hub));
    areas
}

fn assign(areas: &[MapArea], dots: &mut OverviewDots) {
    for (index, area) in (0..).zip(areas) {
        for &node in &area.members {
            dots.areas[node as usize] = index;
        }
    }
}

/// Sorts the members of all areas by rank; hubs of many-party ties come last.
pub(super) fn sort_members(areas: &mut [MapArea], dots: &OverviewDots) {
    for area in areas {
        area.members.sort_by_key(|&node| (dots.ranks[node as usize], node));
    }
}

fn median(members: &[u32], dots: &OverviewDots) -> Pos2 {
    let middle = |coordinate: fn(Pos2) -> f32| {
        let mut values: Vec<f32> = members.iter().map(|&node| coordinate(dots.centers[node as usize])).collect();
        let half = values.len() / 2;
        *values.select_nth_unstable_by(half, f32::total_cmp).1
    };
    Pos2::new(middle(|pos| pos.x), middle(|pos| pos.y))
}

/// Returns the modularity of communities: the share of ties within them, minus the share expected by chance (Newman
/// and Girvan 2004).
fn modularity(communities: &[u32], ties: &OverviewTies) -> f64 {
    let count = communities.iter().max().map_or(0, |last| *last as usize + 1);
    let (mut inside, mut ends) = (0_u64, vec![0_u64; count]);
    for &[a, b] in &ties.ends {
        let [a, b] = [a, b].map(|node| communities[node as usize] as usize);
        inside += u64::from(a == b);
        ends[a] += 1;
        ends[b] += 1;
    }
    let all = ties.len() as f64;
    let expected: f64 = ends.iter().map(|&own| own as f64 / (2.0 * all)).map(|share| share * share).sum();
    if all > 0.0 { inside as f64 / all - expected } else { 0.0 }
}
