//! Places names beside their dots, the most important first.

use std::collections::BTreeSet;

use emath::{Pos2, Rect, Vec2, vec2};

use super::network::NO_AREA;
use super::occupancy::WordGround;
use super::words::{PlacedName, PlacedTitle, WordMaterials, name_of, shaped};
use super::{DotScale, Level, Overview, OverviewView};
use crate::text::Face;

/// Distance of a name from the rim of its dot, in pixels.
const OFF: f32 = 3.5;
/// Names are set in semi-bold from this share of the top score on.
const BOLD_FROM: f32 = 0.34;
/// How much more important a name is that was shown a moment ago.
const KEPT: f32 = 1.3;
/// Cost of covering a large dot.
const COVERING: f32 = 1.2;
/// Members of each area whose names may cover larger dots.
const LEADING: usize = 3;
/// Maximum ratio of names tried to names shown.
const TRIES: usize = 5;
/// In a view with less than one in this many dots, its own dots are ranked instead of searching the ranking of all.
const PART: usize = 8;

impl Overview {
    pub(super) fn place_names(
        &self,
        view: &OverviewView,
        of: WordMaterials<'_>,
        kept: &[u32],
        titles: &[PlacedTitle],
        ground: &mut WordGround,
    ) -> Vec<PlacedName> {
        let budget = self.name_budget(view);
        let titled = titles.iter().filter(|title| title.is_name_of_hub);
        let mut done: BTreeSet<u32> = titled.map(|title| self.areas[title.area as usize].hub).collect();
        let leading: BTreeSet<u32> =
            self.areas.iter().flat_map(|area| area.members.iter().take(LEADING)).copied().collect();
        let hubs = self.areas.iter().map(|area| area.hub);
        let is_seen = |node: &u32| view.visible.contains(view.pos(self.dots.centers[*node as usize]));
        // In a view of a small part, most of the important actors are elsewhere.
        let is_part = ground.seen().len() * PART < self.dots.len();
        let here = if is_part { self.ranked(ground.seen()) } else { Vec::new() };
        let ranked: &[u32] = if is_part { &here } else { &self.ranking.by_rank };
        let (mut names, mut tries) = (Vec::new(), 0);
        for node in hubs.chain(self.by_importance(ranked, kept)).filter(is_seen) {
            if names.len() >= budget || tries >= TRIES * budget {
                break;
            }
            if done.insert(node) {
                tries += 1;
                names.extend(self.place_name(node, leading.contains(&node), view, of, ground));
            }
        }
        names
    }

    /// Returns the most names in a view.
    fn name_budget(&self, view: &OverviewView) -> usize {
        let spacing = self.spacing_px(view.scale);
        let room = match view.level {
            Level::Far if spacing < 4.0 => 40_000.0,
            Level::Far if spacing < 10.0 => 15_000.0,
            Level::Far => 8_200.0,
            Level::Middle | Level::Near => 5_200.0,
        };
        (view.visible.area() / (room * view.unit * view.unit)).ceil() as usize
    }

    /// Returns the actors among dots, the most important first.
    fn ranked(&self, nodes: &[u32]) -> Vec<u32> {
        let is_actor = |node: &u32| (*node as usize) < self.dots.actor_count();
        let mut ranked: Vec<u32> = nodes.iter().copied().filter(is_actor).collect();
        ranked.sort_unstable_by_key(|&node| self.dots.ranks[node as usize]);
        ranked
    }

    /// Iterates over `ranked` actors by importance; `kept` ones count for more.
    fn by_importance<'a>(&'a self, ranked: &'a [u32], kept: &[u32]) -> impl Iterator<Item = u32> + use<'a> {
        let score = |node: u32| self.dots.scores.get(node as usize).copied().unwrap_or(0.0);
        let mut kept: Vec<(f32, u32)> = kept.iter().map(|&node| (score(node) * KEPT, node)).collect();
        kept.retain(|(_, node)| (*node as usize) < self.dots.actor_count());
        kept.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (mut kept, mut ranked) = (kept.into_iter().peekable(), ranked.iter().copied().peekable());
        std::iter::from_fn(move || match (kept.peek(), ranked.peek()) {
            (Some(&(own, _)), Some(&next)) if own < score(next) => ranked.next(),
            (Some(_), _) => kept.next().map(|(_, node)| node),
            (None, _) => ranked.next(),
        })
    }

    pub(super) fn place_name(
        &self,
        node: u32,
        is_leading: bool,
        view: &OverviewView,
        of: WordMaterials<'_>,
        ground: &mut WordGround,
    ) -> Option<PlacedName> {
        let index = node as usize;
        let share = (self.dots.scores[index] / self.ranking.full_score).min(1.0).sqrt();
        let base = if view.level == Level::Far { 11.0 } else { 11.4 };
        let size = ((base + 4.0 * share) * view.unit).round().max(view.least_px);
        let is_bold = share > BOLD_FROM || self.dots.is_bridge[index];
        let face = if is_bold { Face::SemiBold } else { Face::Regular };
        let text = shaped(of.fonts, &name_of(self, of.map, node), face, size);
        let sizes = self.dot_sizes(view.scale);
        let radius = sizes.radius(self.dots.degrees[index]);
        let ring = if self.dots.is_bridge[index] { DotScale::ring() } else { 0.0 };
        let off = radius + DotScale::rim(radius) + ring + OFF;
        let (most, may_cover) = self.largest_covered(node, is_leading, radius, &sizes);
        let ink = if is_leading { 0.06 } else { 0.12 };
        let mut best: Option<(f32, Rect)> = None;
        for (rect, cost) in places(view.pos(self.dots.centers[index]), off, text.size) {
            let is_possible = ground.room().contains_rect(rect)
                && ground.is_free(rect.expand2(vec2(2.0, 0.0)))
                && (may_cover || ground.is_below(rect.shrink(1.0), most, node));
            if !is_possible {
                continue;
            }
            let is_covering = may_cover && !ground.is_below(rect.shrink(1.0), most, node);
            let cost = cost + ink * ground.ink(rect) + if is_covering { COVERING } else { 0.0 };
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, rect));
            }
        }
        let (_, rect) = best?;
        ground.take(rect);
        Some(PlacedName { node, rect, text })
    }

    /// Returns the radius from which dots should not be covered by a name, and whether it may cover them nonetheless.
    fn largest_covered(&self, node: u32, is_leading: bool, radius: f32, sizes: &DotScale) -> (f32, bool) {
        let most = (sizes.most / 2.0).max(5.5);
        let area = self.dots.areas[node as usize];
        let is_hub = area != NO_AREA && self.areas[area as usize].hub == node;
        let may_cover = is_hub || self.dots.is_bridge[node as usize];
        (if is_leading { most.max(0.95 * radius) } else { most }, may_cover)
    }
}

/// Returns the places of a name around its dot, with their costs.
fn places(center: Pos2, off: f32, size: Vec2) -> [(Rect, f32); 6] {
    let half = size / 2.0;
    let diagonal = off * std::f32::consts::FRAC_1_SQRT_2;
    let place = |offset: Vec2| Rect::from_center_size(center + offset, size);
    [
        (place(vec2(off + half.x, 0.0)), 0.0),
        (place(vec2(0.0, off + half.y - 1.0)), 0.3),
        (place(vec2(0.0, -off - half.y + 1.0)), 0.35),
        (place(vec2(-off - half.x, 0.0)), 0.5),
        (place(vec2(diagonal + half.x, diagonal + half.y - 3.0)), 0.7),
        (place(vec2(diagonal + half.x, -diagonal - half.y + 3.0)), 0.7),
    ]
}
