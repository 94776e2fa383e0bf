//! Pills, the labels of ties: their measures, and their shapes.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::theme::{line, solid};

use super::{Part, SceneItem, Shape, Stroke, Theme};
use crate::model::{ClaimId, Map, Rgb, Stance, Status, Tie, TieId};
use crate::text::{Face, Fonts, Style, Text, icon};
use crate::wording;

/// Font size of everything in a pill.
const SIZE: f32 = 12.0;
/// Height of a pill with one line.
const HEIGHT: f32 = 24.0;
/// Space at both ends.
const PADDING: f32 = 9.0;
/// Space between icon, texts and numbers.
const GAP: f32 = 5.0;
/// Widest text before it is cut or set on two lines.
const WIDEST: f32 = 178.0;
/// Maps with more ties than this show the figure alone where a tie has one.
const MANY_TIES: usize = 24;

/// A measured pill.
#[derive(Clone, Debug, PartialEq)]
pub struct Pill {
    /// The tie it labels.
    pub tie: TieId,
    /// Full size.
    pub size: Vec2,
    icon: Option<Arc<Text>>,
    kind: Option<Arc<Text>>,
    figure: Option<Arc<Text>>,
    numbers: Option<Numbers>,
    is_hollow: bool,
}

/// Citation numbers with the room that two digits each would take.
#[derive(Clone, Debug, PartialEq)]
struct Numbers {
    text: Arc<Text>,
    room: f32,
}

fn style(face: Face) -> Style {
    Style { face, size: SIZE }
}

/// Whether someone disputes the tie or another claim that still stands can't be true together with it.
pub(super) fn is_disputed(map: &Map, id: TieId) -> bool {
    let claim = &map.tie(id).claim;
    let stands = |other: &ClaimId| !map.claim(*other).is_withdrawn();
    let named_by = |tie: &Tie| !tie.claim.is_withdrawn() && tie.claim.contradicts.contains(&ClaimId::Tie(id));
    claim.has_status(Status::Disputed)
        || claim.contradicts.iter().any(stands)
        || claim.evidence.iter().any(|piece| piece.stance.is(&Stance::Disputes))
        || map.ties.iter().any(named_by)
}

/// Measures the pill of a tie.
pub(super) fn measure(map: &Map, id: TieId, fonts: &Fonts) -> Pill {
    let tie = map.tie(id);
    let figure = wording::amount_label(&tie.claim);
    let shows_kind = figure.is_none() || tie.claim.label.is_some() || map.ties.len() <= MANY_TIES;
    let words = shows_kind.then(|| wording::tie_label(map, id));
    let figure = figure.map(|figure| fonts.shape(&figure, style(Face::SemiBold), Some(WIDEST), Some(1)));
    let left = WIDEST - figure.as_ref().map_or(0.0, |figure| figure.size.x + GAP);
    let kind = words.map(|words| fonts.shape(&words, style(Face::Regular), Some(left.max(60.0)), Some(2)));
    let icon =
        icon_of(map, id).map(|icon| fonts.shape(&icon.to_string(), Style { face: Face::Icon, size: 13.0 }, None, None));
    let numbers = numbers(map, id, fonts);
    let is_hollow = tie.claim.evidence.is_empty();
    let icon_width = icon.as_ref().map(|icon| icon.size.x);
    let widths = [
        icon_width,
        kind.as_ref().map(|t| t.size.x),
        figure.as_ref().map(|t| t.size.x),
        numbers.as_ref().map(|n| n.room),
    ];
    let filled: Vec<f32> = widths.into_iter().flatten().collect();
    let width = filled.iter().sum::<f32>() + GAP * (filled.len().saturating_sub(1)) as f32 + 2.0 * PADDING;
    let tallest = kind.as_ref().map_or(0.0, |kind| kind.size.y);
    Pill { tie: id, size: vec2(width.ceil(), HEIGHT.max(tallest + 8.0)), icon, kind, figure, numbers, is_hollow }
}

fn icon_of(map: &Map, id: TieId) -> Option<char> {
    map.tie_kind(id).icon.as_deref().and_then(icon)
}

fn numbers(map: &Map, id: TieId, fonts: &Fonts) -> Option<Numbers> {
    let numbers = wording::evidence_numbers(map, ClaimId::Tie(id));
    let mark = if is_disputed(map, id) { "‡" } else { "" };
    if numbers.is_empty() {
        let text = fonts.shape(&format!("no source{mark}"), style(Face::Italic), None, None);
        return Some(Numbers { room: text.size.x, text });
    }
    let padded: Vec<u32> = numbers.iter().map(|&number| number.max(10)).collect();
    let widest = cited(&numbers, &padded).replace(|c: char| c.is_ascii_digit(), "0");
    let text = fonts.shape(&format!("{}{mark}", cited(&numbers, &numbers)), style(Face::Regular), None, None);
    let room = fonts.shape(&format!("{widest}{mark}"), style(Face::Regular), None, None).size.x.max(text.size.x);
    Some(Numbers { text, room })
}

/// Rising numbers as `[1]`, `[1, 2]` or `[1–3]`; after the third place the rest is left to the details.
fn cited(numbers: &[u32], shown: &[u32]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    while at < numbers.len() {
        let mut end = at;
        while end + 1 < numbers.len() && numbers[end + 1] == numbers[end] + 1 {
            end += 1;
        }
        match end - at {
            0 => parts.push(shown[at].to_string()),
            1 => parts.extend([shown[at].to_string(), shown[end].to_string()]),
            _ => parts.push(format!("{}–{}", shown[at], shown[end])),
        }
        at = end + 1;
    }
    if parts.len() > 3 {
        parts.truncate(2);
        parts.push("…".to_owned());
    }
    format!("[{}]", parts.join(", "))
}

impl Pill {
    /// Its shapes in the place that the layout found.
    pub(super) fn item(&self, map: &Map, center: Pos2, theme: &Theme) -> SceneItem {
        let rect = Rect::from_center_size(center, self.size);
        let hue = theme.tie_kind(map, map.tie(self.tie).kind);
        let (fill, edge) = if self.is_hollow {
            (theme.background, Stroke { dashes: vec![4.0, 3.0], ..line(hue, 1.25) })
        } else {
            (theme.tint(hue), line(theme.card.mix(hue, 0.7), 1.0))
        };
        let radius = HEIGHT.min(rect.height()) / 2.0;
        let mut shapes = vec![Shape::Rect { rect, radius, fill: Some(solid(fill)), stroke: Some(edge) }];
        let mut left = rect.left() + PADDING;
        let mut push = |text: &Arc<Text>, color: Rgb, room: f32| {
            let pos = pos2(left, center.y - text.size.y / 2.0);
            shapes.push(Shape::Text { pos, text: Arc::clone(text), paint: solid(color) });
            left += room + GAP;
        };
        if let Some(icon) = &self.icon {
            push(icon, hue, icon.size.x);
        }
        for text in [&self.kind, &self.figure].into_iter().flatten() {
            push(text, theme.text, text.size.x);
        }
        if let Some(numbers) = &self.numbers {
            push(&numbers.text, theme.muted, numbers.room);
        }
        SceneItem { part: Part::Pill(self.tie), min_scale: 0.5, shapes }
    }
}

#[cfg(test)]
mod tests {
    use super::cited;

    #[test]
    fn numbers_read_as_in_print() {
        let read = |numbers: &[u32]| cited(numbers, numbers);
        assert_eq!(read(&[1]), "[1]");
        assert_eq!(read(&[1, 2]), "[1, 2]");
        assert_eq!(read(&[1, 2, 3]), "[1–3]");
        assert_eq!(read(&[1, 4, 5, 6]), "[1, 4–6]");
        assert_eq!(read(&[1, 3, 5, 7]), "[1, 3, …]");
    }
}
