//! Pills, the labels of ties: measurement and shapes.

mod measures;
mod numbers;

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use self::measures::{MANY_TIES, PillMeasures};
use self::numbers::{PillNumbers, is_all_unsourced, numbers, ribbon_numbers, signs};
use super::doubt::Doubt;
use super::labels::LabelDetail;
use super::ribbon::common_kind;
use crate::analysis::PairSummary;
use crate::model::{Map, Rgb, TieId, TieKindId};
use crate::scene::theme::{line, solid};
use crate::scene::{Part, SceneItem, Shape, Stroke, Theme};
use crate::text::{Face, Fonts, Text, icon};
use crate::wording;

/// Scale from which labels are drawn; still too small to read there, they already help tell lanes apart.
const PILLS_FROM: f32 = 0.36;

/// Maximum width of a line of words and figure, in world units.
const WIDEST: f32 = 160.0;
/// Maximum number of kinds named on the pill of a ribbon; others are counted.
const NAMED_KINDS: usize = 2;
/// Maximum number of sums on the pill of a ribbon; other currencies are counted.
const MAX_SUMS: usize = 2;

/// A measured pill.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "signs that a label has or lacks, one by one")]
pub struct Pill {
    /// The labeled tie; for a ribbon, its first tie.
    pub tie: TieId,
    /// Kind that determines the color, or `None` for a ribbon of several kinds.
    kind: Option<TieKindId>,
    is_ribbon: bool,
    /// Full size.
    pub size: Vec2,
    icon: Option<Arc<Text>>,
    words: Option<Arc<Text>>,
    figure: Option<Arc<Text>>,
    /// Whether the figure is below the words.
    is_stacked: bool,
    /// Whether the numbers are below words and figure.
    are_numbers_below: bool,
    /// Size of words, figure and any numbers below them.
    texts: Vec2,
    measures: PillMeasures,
    numbers: PillNumbers,
    is_hollow: bool,
}

/// Measures the pill of a tie: words and figure on one line if they fit, else the figure below the words.
pub(in crate::scene) fn measure(map: &Map, id: TieId, doubt: Doubt, fonts: &Fonts) -> Pill {
    whole(map, id, numbers(map, id, doubt, PillMeasures::of_map(map), fonts), fonts)
}

/// Measures the pill of a tie without citation numbers; missing sources are still marked.
pub(in crate::scene) fn measure_plain(map: &Map, id: TieId, doubt: Doubt, fonts: &Fonts) -> Pill {
    let measures = PillMeasures::of_map(map);
    let numbers = if map.tie(id).claim.evidence.is_empty() {
        numbers(map, id, doubt, measures, fonts)
    } else {
        signs(doubt, measures, fonts)
    };
    whole(map, id, numbers, fonts)
}

/// Measures the pill of a tie with only its icon and citation numbers, or the mark for missing sources.
pub(in crate::scene) fn measure_numbers(map: &Map, id: TieId, doubt: Doubt, fonts: &Fonts) -> Pill {
    let measures = PillMeasures::of_map(map);
    let texts = Texts { icon: set_icon(map, id, measures, fonts), ..Texts::default() };
    assemble(map, id, texts, numbers(map, id, doubt, measures, fonts))
}

/// Measures the pill of a tie whose label is hidden: only the signs of doubt, which are always drawn. `None` without
/// any.
pub(in crate::scene) fn measure_signs(map: &Map, id: TieId, doubt: Doubt, fonts: &Fonts) -> Option<Pill> {
    let measures = PillMeasures::of_map(map);
    let is_unsourced = map.tie(id).claim.evidence.is_empty();
    let signs = if is_unsourced { numbers(map, id, doubt, measures, fonts) } else { signs(doubt, measures, fonts) };
    (signs.room > 0.0).then(|| assemble(map, id, Texts::default(), signs))
}

/// Measures the pill of a ribbon. At any level of detail, it counts the ties and marks doubt about any of them.
pub(in crate::scene) fn measure_ribbon(
    map: &Map,
    summary: &PairSummary,
    (shown, has_numbers): (LabelDetail, bool),
    doubt: Doubt,
    fonts: &Fonts,
) -> Pill {
    let measures = PillMeasures::of_map(map);
    let kind = common_kind(summary);
    let count = wording::counted(summary.ties.len(), "tie", "ties");
    let (mut words, mut figures) = (count, Vec::new());
    if shown == LabelDetail::Whole {
        words = format!("{words}: {}", wording::kinds_text(map, &summary.kinds, NAMED_KINDS));
        let all = summary.ties.len();
        let sums = summary.sums.iter().filter_map(|sum| wording::sum_text(&sum.amount, sum.ties.len(), all));
        // A sum must not break across lines.
        figures.extend(sums.take(MAX_SUMS).map(|sum| sum.replace(' ', "\u{a0}")));
        if summary.sums.len() > MAX_SUMS {
            figures.push(format!("+\u{a0}{}\u{a0}currencies", summary.sums.len() - MAX_SUMS));
        }
    }
    let icon = kind.filter(|_| shown != LabelDetail::Signs).and_then(|kind| icon_of_kind(map, kind));
    let set_text = |text: &str, face| fonts.shape(text, measures.style(face), Some(WIDEST), Some(2));
    let texts = Texts {
        icon: icon.map(|icon| fonts.shape(&icon.to_string(), measures.style(Face::Icon), None, None)),
        words: Some(set_text(&words, Face::Regular)),
        figure: (!figures.is_empty()).then(|| set_text(&figures.join("\u{a0}· "), Face::SemiBold)),
    };
    let of = Labeled { tie: summary.ties[0], kind, is_ribbon: true, is_hollow: is_all_unsourced(summary) };
    let shows_sources = has_numbers && shown != LabelDetail::Signs;
    set(of, measures, texts, ribbon_numbers((map, summary), shows_sources, doubt, measures, fonts))
}

/// Contents of a pill besides its numbers.
#[derive(Default)]
struct Texts {
    icon: Option<Arc<Text>>,
    words: Option<Arc<Text>>,
    figure: Option<Arc<Text>>,
}

fn whole(map: &Map, id: TieId, numbers: PillNumbers, fonts: &Fonts) -> Pill {
    let measures = PillMeasures::of_map(map);
    let claim = &map.tie(id).claim;
    let figure = wording::amount_label(claim);
    let shows_words = figure.is_none() || claim.label.is_some() || map.ties().len() <= MANY_TIES;
    let words = shows_words.then(|| wording::tie_label(map, id));
    let set = |text: &str, face, lines| fonts.shape(text, measures.style(face), Some(WIDEST), Some(lines));
    let words = words.map(|words| set(&words, Face::Regular, if figure.is_some() { 1 } else { 2 }));
    let figure = figure.map(|figure| set(&figure, Face::SemiBold, 1));
    assemble(map, id, Texts { icon: set_icon(map, id, measures, fonts), words, figure }, numbers)
}

fn set_icon(map: &Map, id: TieId, measures: PillMeasures, fonts: &Fonts) -> Option<Arc<Text>> {
    icon_of(map, id).map(|icon| fonts.shape(&icon.to_string(), measures.style(Face::Icon), None, None))
}

fn assemble(map: &Map, id: TieId, texts: Texts, numbers: PillNumbers) -> Pill {
    let of = Labeled {
        tie: id,
        kind: Some(map.tie(id).kind),
        is_ribbon: false,
        is_hollow: map.tie(id).claim.evidence.is_empty(),
    };
    set(of, PillMeasures::of_map(map), texts, numbers)
}

/// The tie or ribbon that a pill labels.
#[derive(Clone, Copy)]
struct Labeled {
    tie: TieId,
    kind: Option<TieKindId>,
    is_ribbon: bool,
    is_hollow: bool,
}

fn set(of: Labeled, measures: PillMeasures, texts: Texts, numbers: PillNumbers) -> Pill {
    let Texts { icon, words, figure } = texts;
    let sizes = [&words, &figure].map(|text| text.as_ref().map_or(Vec2::ZERO, |text| text.size));
    let gap = if words.is_some() && figure.is_some() { measures.gap } else { 0.0 };
    let side_by_side = sizes[0].x + gap + sizes[1].x;
    let wide = side_by_side + numbers.room;
    // A ribbon's text is often too long for one line.
    let are_numbers_below = of.is_ribbon && numbers.room > 0.0 && wide > WIDEST;
    let is_stacked = (gap > 0.0 && side_by_side > WIDEST) || are_numbers_below;
    let mut texts = if is_stacked {
        vec2(sizes[0].x.max(sizes[1].x), sizes[0].y + sizes[1].y)
    } else {
        vec2(side_by_side, sizes[0].y.max(sizes[1].y))
    };
    let mut around = icon.as_ref().map_or(0.0, |icon| icon.size.x + measures.gap);
    if are_numbers_below {
        texts = vec2(texts.x.max(numbers.room), texts.y + numbers.text.size.y);
    } else {
        around += numbers.gap_after(texts.x, measures) + numbers.room;
    }
    let size = vec2((texts.x + around + 2.0 * measures.padding).ceil(), measures.height.max(texts.y + 6.0));
    Pill {
        tie: of.tie,
        kind: of.kind,
        is_ribbon: of.is_ribbon,
        size,
        icon,
        words,
        figure,
        is_stacked,
        are_numbers_below,
        texts,
        measures,
        numbers,
        is_hollow: of.is_hollow,
    }
}

fn icon_of(map: &Map, id: TieId) -> Option<char> {
    icon_of_kind(map, map.tie(id).kind)
}

fn icon_of_kind(map: &Map, kind: TieKindId) -> Option<char> {
    map.tie_kinds()[kind].icon.as_deref().and_then(icon)
}

impl Pill {
    /// Returns whether the pill has words or a figure.
    pub(in crate::scene) fn has_words(&self) -> bool {
        self.words.is_some() || self.figure.is_some()
    }

    /// Returns the font size of its text, in world units.
    pub(in crate::scene) fn text_size(&self) -> f32 {
        self.measures.font
    }

    /// Returns the same pill with only its icon and citation numbers, or the mark for missing sources.
    pub(in crate::scene) fn reduced(&self) -> Self {
        let of = Labeled { tie: self.tie, kind: self.kind, is_ribbon: self.is_ribbon, is_hollow: self.is_hollow };
        let texts = Texts { icon: self.icon.clone(), words: None, figure: None };
        set(of, self.measures, texts, self.numbers.clone())
    }

    /// Returns the shapes around `center`.
    pub(in crate::scene) fn item(&self, map: &Map, center: Pos2, theme: &Theme) -> SceneItem {
        let rect = Rect::from_center_size(center, self.size);
        let hue = self.kind.map_or_else(|| theme.mixed(), |kind| theme.tie_kind(map, kind));
        let (fill, edge) = if self.is_hollow {
            (theme.backing(), Stroke { dashes: vec![4.0, 3.0], ..line(hue, 1.25) })
        } else {
            (theme.tint(hue), line(theme.card.mix(hue, 0.7), 1.0))
        };
        let PillMeasures { height, padding, gap, .. } = self.measures;
        let radius = height / 2.0;
        let mut shapes = vec![Shape::Rect { rect, radius, fill: Some(solid(fill)), stroke: Some(edge) }];
        let mut push = |text: &Arc<Text>, pos: Pos2, color: Rgb| {
            shapes.push(Shape::Text { pos, text: Arc::clone(text), paint: solid(color) });
        };
        let middle = |text: &Text| center.y - text.size.y / 2.0;
        // Room reserved for a second digit is split between both sides.
        let spare = if self.are_numbers_below { 0.0 } else { (self.numbers.room - self.numbers.text.size.x).max(0.0) };
        let mut left = rect.left() + padding + spare / 2.0;
        if let Some(icon) = &self.icon {
            push(icon, pos2(left, middle(icon)), hue);
            left += icon.size.x + gap;
        }
        let mut top = center.y - self.texts.y / 2.0;
        let mut inner = left;
        for text in [&self.words, &self.figure].into_iter().flatten() {
            push(text, pos2(inner, if self.is_stacked { top } else { middle(text) }), theme.text);
            if self.is_stacked {
                top += text.size.y;
            } else {
                inner += text.size.x + gap;
            }
        }
        let numbers = &self.numbers.text;
        let beside = left + self.texts.x + self.numbers.gap_after(self.texts.x, self.measures);
        let at = if self.are_numbers_below { pos2(left, top) } else { pos2(beside, middle(numbers)) };
        push(numbers, at, theme.muted);
        let part = if self.is_ribbon { Part::RibbonPill(self.tie) } else { Part::Pill(self.tie) };
        SceneItem { part, min_scale: PILLS_FROM, shapes }
    }
}
