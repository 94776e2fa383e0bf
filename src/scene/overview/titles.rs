//! Places the titles of areas: outside their outlines if possible, never over another area.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::areas::MapArea;
use super::occupancy::{WordGround, share_of_others};
use super::words::{PlacedTitle, WordMaterials, name_of, shaped, shortened};
use super::{Level, NO_AREA, Overview, OverviewView};
use crate::model::Map;
use crate::text::{Face, Text};
use crate::wording;

/// Square pixels per title, at text size 1.
const ROOM: f32 = 18_000.0;
/// Maps with more areas have titles of one line.
const TWO_LINES: usize = 16;
/// Members of the smallest area in view that has a title in the middle level.
const FEWEST_IN_VIEW: usize = 12;
/// Distance from the outline, in pixels.
const OFF: f32 = 5.0;
/// Share of a title over other areas from which it has a leader in the middle level, and from which it isn't shown.
const NEEDS_LEADER: f32 = 0.2;
const MOST_OVER_OTHERS: f32 = 0.5;

/// Columns and rows of places that are tried last.
const LATTICE: [usize; 2] = [7, 11];

/// The texts of a title, not yet placed.
struct TitleTexts {
    name: Arc<Text>,
    count: Arc<Text>,
    has_two_lines: bool,
    size: Vec2,
}

/// How texts are aligned: at the left, in the middle, or at the right.
#[derive(Clone, Copy)]
enum Align {
    Left,
    Center,
    Right,
}

/// A place for a title.
struct TitlePlace {
    rect: Rect,
    align: Align,
    cost: f32,
}

impl Overview {
    pub(super) fn place_titles(
        &self,
        view: &OverviewView,
        of: WordMaterials<'_>,
        ground: &mut WordGround,
    ) -> Vec<PlacedTitle> {
        let mut in_view = vec![0; self.areas.len()];
        let areas = ground.seen().iter().map(|&node| self.dots.areas[node as usize]);
        areas.filter(|&area| area != NO_AREA).for_each(|area| in_view[area as usize] += 1);
        let most = (view.visible.area() / (ROOM * view.unit * view.unit)).ceil() as usize;
        let mut titles = Vec::new();
        for index in 0..self.areas.len() as u32 {
            if titles.len() >= most || view.level == Level::Near {
                break;
            }
            if view.level == Level::Far || in_view[index as usize] >= FEWEST_IN_VIEW {
                titles.extend(self.place_title(index, view, of, ground));
            }
        }
        titles
    }

    fn place_title(
        &self,
        index: u32,
        view: &OverviewView,
        of: WordMaterials<'_>,
        ground: &mut WordGround,
    ) -> Option<PlacedTitle> {
        let area = &self.areas[index as usize];
        let hub = view.pos(self.dots.centers[area.hub as usize]);
        let radius = self.dot_radius(area.hub, view.scale);
        let title = self.title(area, view, of);
        let places = places(area, view, title.size, (hub, radius));
        let padding = if view.level == Level::Far { vec2(4.0, 2.0) } else { vec2(16.0, 10.0) };
        let mut best: Option<(f32, TitlePlace, Option<[Pos2; 2]>)> = None;
        for place in places {
            let rect = place.rect;
            if !ground.room().contains_rect(rect) || !ground.is_free(rect.expand2(padding)) {
                continue;
            }
            let over_others = share_of_others(self, view, rect.expand(2.0), index);
            if over_others > MOST_OVER_OTHERS {
                continue;
            }
            let has_leader = area.name.is_none() && (view.level == Level::Far || over_others > NEEDS_LEADER);
            let leader = has_leader.then(|| leader(rect, hub, radius)).flatten();
            let is_crossed = leader.is_some_and(|line| !ground.is_line_free(line));
            let distance = rect.distance_to_pos(hub);
            let cost = place.cost
                + 0.10 * ground.ink(rect)
                + 12.0 * over_others
                + distance / 200.0
                + if is_crossed { 3.0 } else { 0.0 };
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, place, leader));
            }
        }
        let (_, place, leader) = best?;
        ground.take(place.rect.expand2(padding / 2.0));
        if let Some(line) = leader {
            ground.take_line(line);
        }
        let is_name_of_hub = area.name.is_none() && view.level == Level::Far;
        Some(title.placed(index, &place, leader, is_name_of_hub))
    }

    /// Returns the name of an area: the one that a person gave it, else that of its best connected actor; `None` if that
    /// actor is gone from the map.
    #[must_use]
    pub fn area_name(&self, area: &MapArea, map: &Map) -> Option<String> {
        let given = area.name.as_deref().map(|name| wording::visible(name).into_owned());
        given.or_else(|| {
            let hub = self.dots().actor(area.hub).filter(|actor| map.actors().has(*actor))?;
            Some(wording::actor_name(map, hub))
        })
    }

    fn title(&self, area: &MapArea, view: &OverviewView, of: WordMaterials<'_>) -> TitleTexts {
        let members: u32 = self.areas.iter().map(|area| area.size).sum();
        let share = area.size as f32 * self.areas.len() as f32 / members.max(1) as f32;
        let few = if self.areas.len() < 20 { 1.0 } else { 0.0 };
        let largest = if view.level == Level::Far { 19.0 } else { 15.0 };
        let size = (12.5 + 3.2 * (share - 0.35).max(0.0).sqrt() + few).clamp(13.0, 19.0).min(largest) * view.unit;
        let size = size.round().max(view.least_px);
        let has_two_lines = view.level != Level::Far || self.areas.len() <= TWO_LINES;
        let hub = name_of(self, of.map, area.hub);
        let around = area.size as usize - 1;
        let all = wording::counted(area.size as usize, "actor", "actors");
        let (name, count) = match (&area.name, view.level) {
            (Some(name), _) if has_two_lines => (shortened(name), all),
            (Some(name), _) => (shortened(name), wording::number(area.size as usize)),
            (None, Level::Far) if has_two_lines => (hub, format!("and {} around it", wording::number(around))),
            (None, Level::Far) => (hub, format!("+{}", wording::number(around))),
            (None, _) => (format!("Around {hub}"), all),
        };
        let name = shaped(of.fonts, &name, Face::SemiBold, size);
        let count = shaped(of.fonts, &count, Face::Regular, (11.5 * view.unit).round().max(view.least_px));
        let size = if has_two_lines {
            vec2(name.size.x.max(count.size.x), name.size.y + count.size.y)
        } else {
            vec2(name.size.x + gap(&name) + count.size.x, name.size.y)
        };
        TitleTexts { name, count, has_two_lines, size }
    }
}

impl TitleTexts {
    fn placed(self, area: u32, place: &TitlePlace, leader: Option<[Pos2; 2]>, is_name_of_hub: bool) -> PlacedTitle {
        let (rect, min) = (place.rect, place.rect.min);
        let (name_pos, count_pos) = if self.has_two_lines {
            let share = match place.align {
                Align::Left => 0.0,
                Align::Center => 0.5,
                Align::Right => 1.0,
            };
            let left = |text: &Text| min.x + (rect.width() - text.size.x) * share;
            (pos2(left(&self.name), min.y), pos2(left(&self.count), min.y + self.name.size.y))
        } else {
            let baseline = |text: &Text| text.lines.first().map_or(0.0, |line| line.baseline);
            let drop = baseline(&self.name) - baseline(&self.count);
            (min, pos2(min.x + self.name.size.x + gap(&self.name), min.y + drop))
        };
        let (name, count) = ((self.name, name_pos), (self.count, count_pos));
        PlacedTitle { area, rect, name, count, leader, is_name_of_hub }
    }
}

/// Returns the gap between name and count in one line.
fn gap(name: &Text) -> f32 {
    name.style.size * 0.3
}

/// Returns the line from a title to a dot; `None` if they are close.
fn leader(rect: Rect, hub: Pos2, radius: f32) -> Option<[Pos2; 2]> {
    let center = rect.center();
    // Vertical or horizontal leaders are calmer than slanted ones.
    let inner = rect.shrink2(vec2(rect.width() * 0.12, rect.height() * 0.3));
    let start = rect.clamp(inner.clamp(hub));
    let start = if rect.y_range().contains(hub.y) || rect.x_range().contains(hub.x) { rect.clamp(hub) } else { start };
    let start = if start.distance(center) > 0.0 { rect.clamp(start) } else { center };
    let on_edge = edge_point(rect.expand(2.0), start, hub);
    let distance = on_edge.distance(hub);
    if distance <= radius + 7.0 {
        return None;
    }
    let end = hub + (on_edge - hub) / distance * (radius + 1.5);
    Some([on_edge, end])
}

/// Returns where the line from a point inside a rectangle to a point outside leaves it.
fn edge_point(rect: Rect, inside: Pos2, outside: Pos2) -> Pos2 {
    let way = outside - inside;
    let mut share = 1.0_f32;
    for (from, step, low, high) in
        [(inside.x, way.x, rect.left(), rect.right()), (inside.y, way.y, rect.top(), rect.bottom())]
    {
        if step > 0.0 {
            share = share.min((high - from) / step);
        } else if step < 0.0 {
            share = share.min((low - from) / step);
        }
    }
    inside + way * share.clamp(0.0, 1.0)
}

/// Returns places for a title of this size, with their costs.
fn places(area: &MapArea, view: &OverviewView, size: Vec2, (hub, radius): (Pos2, f32)) -> Vec<TitlePlace> {
    let mut places = Vec::new();
    let mut push = |rect: Rect, align: Align, cost: f32| places.push(TitlePlace { rect, align, cost });
    let top_center = |at: Pos2| Rect::from_min_size(at - vec2(size.x / 2.0, 0.0), size);
    let seen = view.visible;
    let points = area.rings.iter().flatten().map(|&point| view.pos(point)).filter(|&point| seen.contains(point));
    let points: Vec<Pos2> = points.collect();
    let by = |key: fn(&Pos2) -> f32| points.iter().copied().min_by(|a, b| key(a).total_cmp(&key(b)));
    let [top, bottom] = [by(|p| p.y), by(|p| -p.y)];
    let [left, right] = [by(|p| p.x), by(|p| -p.x)];
    // Beside the middle of a rim, the title may be shifted, or stand right above the best connected actor.
    let shifts = |at: Pos2, width: f32| {
        let over_hub = (hub.x - at.x).clamp(-0.6 * width, 0.6 * width);
        [(0.0, 0.0), (-0.3 * width, 0.08), (0.3 * width, 0.08), (over_hub, 0.04)]
    };
    for (point, costs, is_top) in [(top, [0.0, 0.3, 0.6], true), (bottom, [0.2, 0.4, 0.7], false)] {
        let Some(point) = point else { continue };
        for (shift, extra) in shifts(point, size.x) {
            let at = point + vec2(shift, 0.0);
            let (outside, inside) = if is_top { (-OFF - size.y, OFF) } else { (OFF, -OFF - size.y) };
            for (offset, cost) in [outside, -size.y / 2.0, inside].into_iter().zip(costs) {
                push(top_center(at + vec2(0.0, offset)), Align::Center, cost + extra);
            }
        }
    }
    let sides = if view.level == Level::Far { [0.35, 0.5] } else { [0.9, 1.0] };
    for (shift, extra) in [(0.0, 0.0), (-0.8 * size.y, 0.1), (0.8 * size.y, 0.1)] {
        if let Some(point) = right {
            let min = point + vec2(OFF, shift - size.y / 2.0);
            push(Rect::from_min_size(min, size), Align::Left, sides[0] + extra);
        }
        if let Some(point) = left {
            let min = point + vec2(-OFF - size.x, shift - size.y / 2.0);
            push(Rect::from_min_size(min, size), Align::Right, sides[1] + extra);
        }
    }
    let off = radius + 4.0;
    push(top_center(hub - vec2(0.0, off + size.y)), Align::Center, 2.2);
    push(top_center(hub + vec2(0.0, off)), Align::Center, 2.3);
    push(Rect::from_min_size(hub + vec2(off, -size.y / 2.0), size), Align::Left, 2.4);
    push(Rect::from_min_size(hub + vec2(-off - size.x, -size.y / 2.0), size), Align::Right, 2.5);
    // Anywhere in or close to the area is better than no title.
    let around = Rect::from_points(&points).expand2(vec2(0.0, size.y));
    for row in 0..LATTICE[1] * usize::from(around.is_finite()) {
        for column in 0..LATTICE[0] {
            let share = vec2(column as f32 / (LATTICE[0] - 1) as f32, row as f32 / (LATTICE[1] - 1) as f32);
            push(Rect::from_center_size(around.lerp_inside(share), size), Align::Center, 2.6);
        }
    }
    // Places partly out of view are moved into it.
    let room = seen.shrink(2.0);
    for place in &mut places {
        let into = (room.min - place.rect.min).max(Vec2::ZERO) + (room.max - place.rect.max).min(Vec2::ZERO);
        if into != Vec2::ZERO && into.length() < size.x {
            place.rect = place.rect.translate(into);
            place.cost += 0.1 + into.length() / 200.0;
        }
    }
    places
}
