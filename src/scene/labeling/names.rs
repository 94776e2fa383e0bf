//! Places the names of actors whose cards are too small for them.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::name_places::{DOT_GAP, ICON_GAP, NAME_PADDING, NamePlace, NameToPlace};
use super::occupied::Occupied;
use super::{Dot, Labeling, LabelingInput, PlacedCard, TOLERANCE, item, search};
use crate::scene::plan::Card;
use crate::scene::theme::{line, solid};
use crate::scene::{Paint, Part, SceneItem, Shape};

/// Opacity of the background behind a name beside a dot.
const BACKING: f32 = 0.82;

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
        let dots = DotSizes::of(cards, input);
        let names: Vec<NameToPlace> = small
            .iter()
            .map(|placed| {
                let card = &plan_cards[placed.index];
                NameToPlace {
                    owner: placed.index as u32,
                    center: input.pos_to_px(placed.center),
                    card: card.size * input.scale,
                    text: text_px(card, input),
                    icon: icon_px(input),
                    radius: dots.radius_px(card, input.scale),
                }
            })
            .collect();
        let places = search::place_names(&names, dots.most_covered, occupied);
        for ((placed, name), place) in small.into_iter().zip(&names).zip(places) {
            self.draw_name(&plan_cards[placed.index], placed, place, name.radius, input);
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
        let hue = card.hue(input.of.map, input.of.theme);
        let rim = (radius_px >= 2.2).then(|| line(input.of.theme.background, (0.16 * radius).max(0.5 / input.scale)));
        let rect = Rect::from_center_size(placed.center, Vec2::splat(2.0 * radius));
        self.replace(part, vec![Shape::Rect { rect, radius, fill: Some(solid(hue)), stroke: rim }]);
        if let Some(NamePlace::Beside(rect)) = place {
            let name = item(part, name_beside(card, rect, BACKING, input));
            self.replaced.entry(part).or_default().push((Some(placed.index), name));
        }
    }
}

/// Returns the size of a name at the smallest readable size, in pixels.
fn text_px(card: &Card, input: &LabelingInput<'_>) -> Vec2 {
    card.name().size * (input.readable.name_px / card.name().style.size)
}

/// Returns a card reduced to a box with the name.
fn boxed_name(card: &Card, rect_px: Rect, has_icon: bool, input: &LabelingInput<'_>) -> Vec<Shape> {
    let hue = card.hue(input.of.map, input.of.theme);
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
