//! Places the names of actors whose cards are too small for them.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::occupied::Occupied;
use super::{Dot, Labeling, LabelingInput, PlacedCard, TOLERANCE, item};
use crate::scene::plan::Card;
use crate::scene::theme::{line, solid};
use crate::scene::{Paint, Part, SceneItem, Shape};

/// Space inside a box around a name, in pixels.
const BOX_PADDING: Vec2 = Vec2::new(5.0, 1.5);
/// Space between an icon and a name, in pixels.
const ICON_GAP: f32 = 4.0;
/// Space around a name beside a dot, in pixels.
const NAME_PADDING: Vec2 = Vec2::new(2.0, 0.0);
/// Space between a dot and its name, in pixels.
const DOT_GAP: f32 = 2.0;
/// Clearance between any two names, in pixels.
const CLEARANCE: f32 = 1.0;
/// Cost of a dot under a name, where the worst position beside a dot costs 0.7.
const COVERED_DOT: f32 = 0.35;
/// Opacity of the background behind a name beside a dot.
const BACKING: f32 = 0.82;

/// Positions of a name around its dot with their costs. Where `x` is ±1, the name is to the right or left and shifted
/// down by `y` half heights; else it is above or below and shifted to the right by `x` half widths.
const BESIDE: [(f32, f32, f32); 16] = [
    (1.0, 0.0, 0.1),
    (0.0, 1.0, 0.3),
    (0.0, -1.0, 0.35),
    (-1.0, 0.0, 0.5),
    (1.0, -0.8, 0.6),
    (1.0, 0.8, 0.6),
    (-1.0, -0.8, 0.65),
    (-1.0, 0.8, 0.65),
    (0.5, 1.0, 0.7),
    (-0.5, 1.0, 0.7),
    (0.5, -1.0, 0.75),
    (-0.5, -1.0, 0.75),
    (0.9, 1.0, 0.8),
    (-0.9, 1.0, 0.8),
    (0.9, -1.0, 0.85),
    (-0.9, -1.0, 0.85),
];

/// Number of attempts to place all names of a map with at most [`MAX_RETRIED`] small cards.
const ATTEMPTS: usize = 12;
/// Additional distances from the dot at which names are tried, in pixels.
const FARTHER: [f32; 4] = [0.0, 7.0, 14.0, 21.0];
/// Number of actors whose names come before all others.
const IMPORTANT_COUNT: usize = 12;
/// See [`ATTEMPTS`].
const MAX_RETRIED: usize = 150;

/// Where a name goes.
#[derive(Clone, Copy)]
enum NamePlace {
    /// In a box over the card, given in pixels, with the icon of the actor's kind before it.
    OverWithIcon(Rect),
    /// In a box over the card, given in pixels.
    Over(Rect),
    /// Beside a dot, given in pixels.
    Beside(Rect),
}

/// The names of small cards, in some order.
struct Placement {
    /// Indices into the small cards, with the radius of the dot and the place of the name, if it has one.
    names: Vec<(usize, f32, Option<NamePlace>)>,
    occupied: Occupied,
}

/// The cards whose names would be too small.
struct SmallCards<'a> {
    cards: Vec<&'a PlacedCard>,
    dots: DotSizes,
    input: &'a LabelingInput<'a>,
}

impl Labeling {
    /// Places the names of all cards; the more important ones first.
    pub(super) fn place_names(&mut self, cards: &[PlacedCard], input: &LabelingInput<'_>, occupied: &mut Occupied) {
        let plan_cards = &input.of.plan.cards;
        let fits = |card: &PlacedCard| {
            plan_cards[card.index].name().style.size * input.scale >= input.readable.name_px * TOLERANCE
        };
        let (whole, mut small): (Vec<&PlacedCard>, Vec<&PlacedCard>) = cards.iter().partition(|card| fits(card));
        self.counts.named = whole.len();
        let rect = |card: &PlacedCard| Rect::from_center_size(card.center, plan_cards[card.index].size);
        occupied.set_taken(whole.iter().map(|card| (input.to_px(rect(card)), card.index as u32)));
        occupied.set_dots(small.iter().map(|card| (input.pos_to_px(card.center), card.index as u32)));
        let weight = |card: &PlacedCard| plan_cards[card.index].weight;
        small.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.index.cmp(&b.index)));
        let small = SmallCards { cards: small, dots: DotSizes::of(cards, input), input };
        let best = small.best(occupied);
        *occupied = best.occupied;
        for (at, radius_px, place) in best.names {
            let placed = small.cards[at];
            self.draw_name(&plan_cards[placed.index], placed, place, radius_px, input);
        }
    }

    fn draw_name(
        &mut self,
        card: &Card,
        placed: &PlacedCard,
        place: Option<NamePlace>,
        radius_px: f32,
        input: &LabelingInput<'_>,
    ) {
        let part = Part::Card(card.actor);
        self.counts.named += usize::from(place.is_some());
        self.counts.nameless += usize::from(place.is_none());
        match place {
            Some(NamePlace::OverWithIcon(rect)) => return self.replace(part, boxed_name(card, rect, true, input)),
            Some(NamePlace::Over(rect)) => return self.replace(part, boxed_name(card, rect, false, input)),
            Some(NamePlace::Beside(_)) | None => {}
        }
        let radius = radius_px / input.scale;
        self.dots.insert(card.actor, Dot { center: placed.center, radius, is_named: place.is_some() });
        let hue = input.of.theme.actor(input.of.map, card.actor);
        let rim = (radius_px >= 2.2).then(|| line(input.of.theme.background, (0.16 * radius).max(0.5 / input.scale)));
        let rect = Rect::from_center_size(placed.center, Vec2::splat(2.0 * radius));
        self.replace(part, vec![Shape::Rect { rect, radius, fill: Some(solid(hue)), stroke: rim }]);
        if let Some(NamePlace::Beside(rect)) = place {
            let name = item(part, name_beside(card, rect, BACKING, input));
            self.replaced.entry(part).or_default().push((Some(placed.index), name));
        }
    }
}

impl SmallCards<'_> {
    /// Returns the best of a few placements: where names find no room, they go first in the next attempt, and icons
    /// are left out.
    fn best(&self, occupied: &Occupied) -> Placement {
        let mut order: Vec<usize> = (0..self.cards.len()).collect();
        let mut best: Option<(f32, Placement)> = None;
        let attempts = if self.cards.len() > MAX_RETRIED { 1 } else { ATTEMPTS };
        for attempt in 0..attempts {
            let placement = self.place(&order, attempt == 0, occupied.clone());
            let mut failed: Vec<usize> =
                placement.names.iter().filter(|(.., place)| place.is_none()).map(|(at, ..)| *at).collect();
            let lost: f32 = failed.iter().map(|&at| self.loss(at)).sum();
            let is_complete = failed.is_empty();
            order.retain(|at| !failed.contains(at));
            failed.append(&mut order);
            // The most important names always go before all others.
            let (first, rest): (Vec<usize>, Vec<usize>) = failed.into_iter().partition(|at| *at < IMPORTANT_COUNT);
            order = [first, rest].concat();
            if best.as_ref().is_none_or(|(least, _)| lost < *least) {
                best = Some((lost, placement));
            }
            if is_complete {
                break;
            }
        }
        best.map_or_else(|| Placement { names: Vec::new(), occupied: occupied.clone() }, |(_, placement)| placement)
    }

    /// Returns how bad it is that an actor has no name.
    fn loss(&self, at: usize) -> f32 {
        let share = self.card(at).weight / self.dots.top_weight.max(f32::EPSILON);
        if at < IMPORTANT_COUNT { 100.0 + share } else { 0.05 + share }
    }

    fn card(&self, at: usize) -> &Card {
        &self.input.of.plan.cards[self.cards[at].index]
    }

    fn place(&self, order: &[usize], has_icons: bool, mut occupied: Occupied) -> Placement {
        let mut names = Vec::with_capacity(order.len());
        for &at in order {
            let (placed, card) = (self.cards[at], self.card(at));
            let (owner, center) = (placed.index as u32, self.input.pos_to_px(placed.center));
            let radius_px = self.dots.radius_px(card, self.input.scale);
            let free_place = |most_covered: usize, gap: f32| {
                let space = (has_icons, most_covered);
                place_name(card, (owner, center, radius_px + gap), space, self.input, &occupied)
            };
            let place = free_place(self.dots.most_covered, 0.0);
            // On small maps names may lie farther off; the most important names may cover dots of others.
            let most_covered = if at < IMPORTANT_COUNT { usize::MAX } else { self.dots.most_covered };
            let farther = || FARTHER.into_iter().find_map(|gap| free_place(most_covered, gap));
            let is_tried = at < IMPORTANT_COUNT || self.cards.len() <= MAX_RETRIED;
            let place = place.or_else(|| is_tried.then(farther).flatten());
            if let Some(NamePlace::OverWithIcon(rect) | NamePlace::Over(rect) | NamePlace::Beside(rect)) = place {
                occupied.take(rect.expand(CLEARANCE), owner);
            }
            if place.is_some() || self.dots.are_apart {
                occupied.take(Rect::from_center_size(center, Vec2::splat(2.0 * radius_px)), owner);
            }
            names.push((at, radius_px, place));
        }
        Placement { names, occupied }
    }
}

/// Returns the best free place of a name, or `None` if there is none.
fn place_name(
    card: &Card,
    (owner, center, radius_px): (u32, Pos2, f32),
    (has_icons, most_covered): (bool, usize),
    input: &LabelingInput<'_>,
    occupied: &Occupied,
) -> Option<NamePlace> {
    let text = text_px(card, input);
    let over = |content: Vec2| {
        let size = (content + 2.0 * BOX_PADDING).max(card.size * input.scale);
        let rect = occupied.nudge(Rect::from_center_size(center, size));
        (occupied.is_free(rect.expand(CLEARANCE), owner) && occupied.dots_in(rect, owner) == 0).then_some(rect)
    };
    let with_icon = text + vec2(icon_px(input) + ICON_GAP, 0.0);
    if let Some(rect) = over(with_icon).filter(|_| has_icons) {
        return Some(NamePlace::OverWithIcon(rect));
    }
    if let Some(rect) = over(text) {
        return Some(NamePlace::Over(rect));
    }
    let size = text + 2.0 * NAME_PADDING;
    let reach = radius_px + DOT_GAP;
    let beside = BESIDE.into_iter().filter_map(|(x, y, cost)| {
        // Beside the dot, above or below it; the other coordinate shifts the name along that side.
        let offset = if x.abs() >= 1.0 {
            vec2(x * (reach + size.x / 2.0), y * size.y / 2.0)
        } else {
            vec2(x * size.x / 2.0, y * (reach + size.y / 2.0))
        };
        let rect = Rect::from_center_size(center + offset, size);
        let covered = occupied.dots_in(rect.expand(2.0), owner);
        let is_free = covered <= most_covered && occupied.is_free(rect.expand(CLEARANCE), owner);
        is_free.then_some((cost + COVERED_DOT * covered as f32, rect))
    });
    beside.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, rect)| NamePlace::Beside(rect))
}

/// Returns the size of a name at the smallest readable size, in pixels.
fn text_px(card: &Card, input: &LabelingInput<'_>) -> Vec2 {
    card.name().size * (input.readable.name_px / card.name().style.size)
}

/// Returns a card reduced to a box with the name.
fn boxed_name(card: &Card, rect_px: Rect, has_icon: bool, input: &LabelingInput<'_>) -> Vec<Shape> {
    let hue = input.of.theme.actor(input.of.map, card.actor);
    let rect = input.to_world(rect_px);
    let (edge, width_px) = if card.is_leading { (hue, 1.5) } else { (input.of.theme.card.mix(hue, 0.55), 1.0) };
    let frame = Shape::Rect {
        rect,
        radius: 3.0 / input.scale,
        fill: Some(solid(input.of.theme.tint(hue))),
        stroke: Some(line(edge, width_px / input.scale)),
    };
    if !has_icon {
        return vec![frame, name(card, rect.center(), input)];
    }
    let (icon_size, gap) = (icon_px(input) / input.scale, ICON_GAP / input.scale);
    let icon = Arc::new(card.icon().scaled(icon_size / card.icon().size.x.max(f32::EPSILON)));
    let name = name(card, rect.center() + vec2(f32::midpoint(icon_size, gap), 0.0), input);
    let center = pos2(name.bounds().left() - gap - icon_size / 2.0, rect.center().y);
    let sign = Shape::Text { pos: center - icon.size / 2.0, text: icon, paint: solid(hue) };
    vec![frame, sign, name]
}

/// Returns the width of an icon before a name, in pixels.
fn icon_px(input: &LabelingInput<'_>) -> f32 {
    input.readable.name_px * 1.15
}

/// Returns a name on a plate of this opacity.
fn name_beside(card: &Card, rect_px: Rect, opacity: f32, input: &LabelingInput<'_>) -> Vec<Shape> {
    let rect = input.to_world(rect_px);
    let fill = Paint { color: input.of.theme.backing(), opacity };
    let plate = Shape::Rect { rect, radius: 2.0 / input.scale, fill: Some(fill), stroke: None };
    vec![plate, name(card, rect.center(), input)]
}

/// Returns the name of an actor on an opaque plate to the right of its dot.
pub(super) fn name_on_top(card: &Card, dot: Dot, input: &LabelingInput<'_>) -> SceneItem {
    let size = text_px(card, input) + 2.0 * NAME_PADDING;
    let center = (dot.center.to_vec2() * input.scale).to_pos2();
    let reach = dot.radius * input.scale + DOT_GAP;
    let rect = Rect::from_center_size(center + vec2(reach + size.x / 2.0, 0.0), size);
    SceneItem { part: Part::Card(card.actor), min_scale: 0.0, shapes: name_beside(card, rect, 1.0, input) }
}

fn name(card: &Card, center: Pos2, input: &LabelingInput<'_>) -> Shape {
    let factor = input.readable.name_px / (card.name().style.size * input.scale);
    let text = Arc::new(card.name().scaled(factor));
    Shape::Text { pos: center - text.size / 2.0, text, paint: solid(input.of.theme.text) }
}

/// The sizes of dots, which depend on how dense the map is on the screen or page.
struct DotSizes {
    least_px: f32,
    most_px: f32,
    top_weight: f32,
    /// Whether there is space between most dots, so that names of others can stay off them.
    are_apart: bool,
    /// How many dots a name may cover.
    most_covered: usize,
}

impl DotSizes {
    fn of(cards: &[PlacedCard], input: &LabelingInput<'_>) -> Self {
        let bounds = Rect::from_points(&cards.iter().map(|card| card.center).collect::<Vec<_>>());
        let area_px = (bounds.area() * input.scale * input.scale).max(1.0);
        // Mean distance between actors.
        let spacing_px = (0.62 * area_px / cards.len().max(1) as f32).sqrt();
        let top_weight = input.of.plan.cards.iter().map(|card| card.weight).fold(0.0, f32::max);
        Self {
            least_px: (0.11 * spacing_px).clamp(1.0, 4.0),
            most_px: (4.0 + 0.13 * spacing_px).clamp(5.0, 9.0),
            top_weight,
            are_apart: spacing_px > 40.0,
            // In a dense map, every name covers dots; there, they form an area rather than single marks.
            most_covered: if spacing_px > 20.0 { 0 } else { usize::MAX },
        }
    }

    /// Returns the radius of a dot: its area grows with the weight of the actor. At most about as high as the card.
    fn radius_px(&self, card: &Card, scale: f32) -> f32 {
        let share = if self.top_weight > 0.0 { (card.weight / self.top_weight).clamp(0.0, 1.0).sqrt() } else { 0.0 };
        let wanted = self.least_px + (self.most_px - self.least_px) * share;
        wanted.min((0.6 * card.size.y * scale).max(self.least_px + 2.0))
    }
}
