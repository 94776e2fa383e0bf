//! Cards of actors: measurement and shapes.

use std::collections::HashMap;
use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::rank::Ranks;
use crate::model::{ActorId, Map, Rgb};
use crate::scene::theme::{line, solid};
use crate::scene::{Part, SceneItem, Shape, Theme};
use crate::text::{Face, Fonts, Style, Text, icon};
use crate::wording;

/// Maps with up to this many actors and [`SMALL_TIES`] ties are shown near scale 1. Larger ones are shown smaller, so
/// their names are larger relative to everything else and readable before zooming in.
const SMALL_MAP: usize = 12;
/// See [`SMALL_MAP`].
const SMALL_TIES: usize = 20;

/// Card widths are rounded up to a multiple of this, so that cards line up.
const WIDTH_STEP: f32 = 8.0;

/// Leading cards get a common width if none has to grow by more than this factor.
const MAX_WIDENED: f32 = 1.5;

/// Size of the number of neighbors that are not shown, compared to the name.
const UNSEEN_SIZE: f32 = 0.72;

/// Padding at the ends of that number, in world units.
const UNSEEN_PADDING: f32 = 5.0;

/// Gap between the name and that number, in world units.
const UNSEEN_GAP: f32 = 6.0;

/// Dimensions of one card size, in world units.
#[derive(Clone, Copy, Debug)]
struct CardMeasures {
    name: f32,
    widest_name: f32,
    badge: f32,
    padding: f32,
    gap: f32,
    least_height: f32,
    radius: f32,
}

/// A measured card.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Actor shown on the card.
    pub actor: ActorId,
    /// Full size.
    pub size: Vec2,
    /// Whether the actor is one of the few leading ones.
    pub is_leading: bool,
    /// Importance, 0 or more.
    pub weight: f32,
    name: Arc<Text>,
    icon: Arc<Text>,
    badge: f32,
    padding: f32,
    radius: f32,
    name_from_scale: f32,
    unseen: Option<UnseenSign>,
    /// The color that the view gives this actor, whatever its kind.
    own_color: Option<Rgb>,
}

/// The sign for neighbors that are not shown, as "+37".
#[derive(Clone, Debug, PartialEq)]
struct UnseenSign {
    count: usize,
    text: Arc<Text>,
}

impl UnseenSign {
    /// Returns the size of the plate around the text.
    fn size(&self) -> Vec2 {
        self.text.size + vec2(UNSEEN_PADDING * 2.0, UNSEEN_PADDING * 0.5)
    }
}

fn measures(map: &Map, is_leading: bool) -> CardMeasures {
    let is_small = map.actors().len() <= SMALL_MAP && map.ties().len() <= SMALL_TIES;
    match (is_leading, is_small) {
        (true, true) => CardMeasures {
            name: 20.0,
            widest_name: 200.0,
            badge: 38.0,
            padding: 13.0,
            gap: 12.0,
            least_height: 76.0,
            radius: 10.0,
        },
        (false, true) => CardMeasures {
            name: 16.5,
            widest_name: 170.0,
            badge: 26.0,
            padding: 10.0,
            gap: 9.0,
            least_height: 48.0,
            radius: 8.0,
        },
        (true, false) => CardMeasures {
            name: 22.0,
            widest_name: 200.0,
            badge: 28.0,
            padding: 8.0,
            gap: 8.0,
            least_height: 48.0,
            radius: 8.0,
        },
        (false, false) => CardMeasures {
            name: 20.0,
            widest_name: 165.0,
            badge: 18.0,
            padding: 5.0,
            gap: 5.0,
            least_height: 32.0,
            radius: 6.0,
        },
    }
}

/// Measures the cards of these actors. Leading cards get a common width, unless one name is far longer than another.
pub(in crate::scene) fn measure_cards(map: &Map, actors: &[ActorId], ranks: &Ranks, fonts: &Fonts) -> Vec<Card> {
    let colors = map.views().values().next().map_or(&[][..], |view| view.colors.as_slice());
    let colors: HashMap<ActorId, Rgb> = colors.iter().copied().collect();
    let measured = actors.iter().map(|&actor| {
        let own_color = colors.get(&actor).copied();
        Card { own_color, ..measure(map, actor, ranks, fonts) }
    });
    let mut cards: Vec<Card> = measured.collect();
    let widths = || cards.iter().filter(|card| card.is_leading).map(|card| card.size.x);
    let (narrowest, widest) = (widths().fold(f32::INFINITY, f32::min), widths().fold(0.0, f32::max));
    if widest <= MAX_WIDENED * narrowest {
        for card in cards.iter_mut().filter(|card| card.is_leading) {
            card.size.x = widest;
        }
    }
    cards
}

fn measure(map: &Map, actor: ActorId, ranks: &Ranks, fonts: &Fonts) -> Card {
    let is_leading = ranks.is_leading(actor);
    let m = measures(map, is_leading);
    let name_style = Style { face: Face::SemiBold, size: m.name };
    let name = shape_name(&map.actor(actor).name, name_style, m.widest_name, fonts);
    let glyph = icon_of(map, actor);
    let icon = fonts.shape(&glyph.to_string(), Style { face: Face::Icon, size: m.badge * 0.62 }, None, None);
    let width = m.padding + m.badge + m.gap + name.size.x + m.padding * 1.3;
    let width = (width / WIDTH_STEP).ceil() * WIDTH_STEP;
    let height = m.least_height.max(name.size.y + 2.0 * m.padding);
    Card {
        actor,
        size: vec2(width, height),
        is_leading,
        weight: ranks.actor(actor),
        name,
        icon,
        badge: m.badge,
        padding: m.padding,
        radius: m.radius,
        name_from_scale: if is_leading { 0.2 } else { 0.24 + 0.1 * ranks.standing(actor) },
        unseen: None,
        own_color: None,
    }
}

/// Shapes a name in up to two lines; longer names first widen the card, and only extremely long ones are cut.
fn shape_name(name: &str, style: Style, width: f32, fonts: &Fonts) -> Arc<Text> {
    let widths = [1.0, 1.3, 1.7, 2.2].map(|factor| width * factor);
    let attempts = widths.into_iter().map(|width| fonts.shape(name, style, Some(width), Some(2)));
    let mut last = None;
    for attempt in attempts {
        if !attempt.is_cut {
            return attempt;
        }
        last = Some(attempt);
    }
    last.unwrap_or_else(|| fonts.shape(name, style, Some(width), Some(2)))
}

/// Returns the outline of a rectangle with round ends.
fn pill_outline(rect: Rect) -> Vec<Pos2> {
    let radius = rect.height() / 2.0;
    let end = |center: Pos2, from: f32| {
        (0..=6).map(move |step| center + radius * Vec2::angled(from + step as f32 * std::f32::consts::PI / 6.0))
    };
    let quarter = std::f32::consts::FRAC_PI_2;
    let right = end(pos2(rect.right() - radius, rect.center().y), -quarter);
    right.chain(end(pos2(rect.left() + radius, rect.center().y), quarter)).collect()
}

/// Returns the icon named by the actor's kind, or else one suggested by the kind's key.
fn icon_of(map: &Map, actor: ActorId) -> char {
    let kind = map.actor_kind(actor);
    let named = kind.and_then(|kind| kind.icon.as_deref()).and_then(icon);
    let suggested = match kind.map(|kind| &*kind.key) {
        Some("person" | "people" | "human") => "user",
        Some("company" | "organization" | "organisation" | "business" | "firm") => "buildings",
        Some("government" | "authority" | "public-body" | "state" | "agency") => "bank",
        Some("project" | "product" | "software" | "crate") => "cube",
        _ => "circle",
    };
    named.or_else(|| icon(suggested)).unwrap_or('•')
}

impl Card {
    /// Returns the name as laid out on the card.
    #[must_use]
    pub fn name(&self) -> &Arc<Text> {
        &self.name
    }

    /// Returns the number of neighbors that are not shown.
    #[must_use]
    pub fn unseen(&self) -> usize {
        self.unseen.as_ref().map_or(0, |sign| sign.count)
    }

    /// Returns the place of that number on the card at a center, if there are such neighbors.
    #[must_use]
    pub fn unseen_rect(&self, center: Pos2) -> Option<Rect> {
        let size = self.unseen.as_ref()?.size();
        let right = center.x + self.size.x / 2.0 - self.padding;
        Some(Rect::from_center_size(pos2(right - size.x / 2.0, center.y), size))
    }

    /// Sets the number of neighbors that are not shown, and widens the card by its room.
    pub(super) fn set_unseen(&mut self, count: usize, fonts: &Fonts) {
        if count == 0 {
            return;
        }
        let style = Style { face: Face::SemiBold, size: self.name.style.size * UNSEEN_SIZE };
        let text = fonts.shape(&format!("+{}", wording::number(count)), style, None, None);
        let sign = UnseenSign { count, text };
        self.size.x = ((self.size.x + sign.size().x + UNSEEN_GAP) / WIDTH_STEP).ceil() * WIDTH_STEP;
        self.unseen = Some(sign);
    }

    /// Returns the color that the view gives this actor, whatever its kind.
    pub(in crate::scene) fn own_color(&self) -> Option<Rgb> {
        self.own_color
    }

    /// Returns its color: its own, else that of its kind.
    pub(in crate::scene) fn hue(&self, map: &Map, theme: &Theme) -> Rgb {
        match self.own_color {
            Some(color) => theme.line_hue(color),
            None => theme.actor_kind(map, map.actor(self.actor).kind),
        }
    }

    /// Returns the icon of the actor's kind.
    pub(in crate::scene) fn icon(&self) -> &Arc<Text> {
        &self.icon
    }

    /// Returns the shapes around a center: the card itself, and its name, which is hidden when zoomed far out.
    pub(in crate::scene) fn items(&self, map: &Map, center: Pos2, theme: &Theme) -> [SceneItem; 2] {
        let rect = Rect::from_center_size(center, self.size);
        let hue = self.hue(map, theme);
        let (edge, edge_width) = if self.is_leading { (hue, 2.0) } else { (theme.card.mix(hue, 0.55), 1.25) };
        let badge = Rect::from_center_size(
            pos2(rect.left() + self.padding + self.badge / 2.0, center.y),
            Vec2::splat(self.badge),
        );
        let (badge_fill, sign) = if self.is_leading { (hue, theme.card) } else { (theme.tint(hue), hue) };
        let part = Part::Card(self.actor);
        let body = vec![
            Shape::Rect {
                rect,
                radius: self.radius,
                fill: Some(solid(theme.card)),
                stroke: Some(line(edge, edge_width)),
            },
            Shape::Rect { rect: badge, radius: self.badge * 0.24, fill: Some(solid(badge_fill)), stroke: None },
            Shape::Text {
                pos: badge.center() - self.icon.size / 2.0,
                text: Arc::clone(&self.icon),
                paint: solid(sign),
            },
        ];
        let unseen = self.unseen_rect(center);
        let right = unseen.map_or(rect.right(), |sign| sign.left() - UNSEEN_GAP);
        let room = Rect::from_min_max(pos2(badge.right(), rect.top()), pos2(right, rect.bottom()));
        // Optically centered between badge and edge when the card is wider than its name needs.
        let slack = ((room.width() - self.name.size.x) / 2.0).min(self.padding * 1.05).max(0.0);
        let name = Shape::Text {
            pos: pos2(room.left() + slack, center.y - self.name.size.y / 2.0),
            text: Arc::clone(&self.name),
            paint: solid(theme.text),
        };
        let mut text = vec![name];
        if let Some((sign, plate)) = self.unseen.as_ref().zip(unseen) {
            // Not a rectangle, since the rectangle of a card is its frame.
            let (points, fill) = (pill_outline(plate), Some(solid(theme.tint(hue))));
            text.push(Shape::Polygon { points, fill, stroke: Some(line(hue, 1.0)) });
            let pos = plate.center() - sign.text.size / 2.0;
            text.push(Shape::Text { pos, text: Arc::clone(&sign.text), paint: solid(theme.text) });
        }
        [
            SceneItem { part, min_scale: 0.0, shapes: body },
            SceneItem { part, min_scale: self.name_from_scale, shapes: text },
        ]
    }
}
