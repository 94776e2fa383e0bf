//! Shaped texts as the paragraphs of a shape: lines stay where they break in the scene, texts side by side become runs.

use emath::{Pos2, Rect};

use super::deck::{Deck, DeckSlide};
use super::metrics::arial_width;
use super::model::{Paragraph, SlideColor, TextLink, TextRun};
use super::units::{Units, color, fixed};
use crate::scene::{Paint, Part, Shape};
use crate::text::{Face, Style, Text};

/// The least factor by which text is made smaller to fit its shape.
const LEAST_FIT: f32 = 0.6;
/// The most by which titles are made larger or smaller to be as wide as in the scene.
const MOST_SCALED: f32 = 1.04;
/// The smallest font size on slides, in points, to which text is made smaller.
const LEAST_POINTS: f32 = 8.0;
/// Width of a text relative to the scene, at most, in a script whose typeface on slides is not known.
const OTHER_SCRIPT: f32 = 1.25;
/// Width of the space between texts side by side, as a multiple of the font size: one or two spaces.
const SPACE: f32 = 0.278;

/// A text at its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacedText<'a> {
    pub(super) pos: Pos2,
    pub(super) text: &'a Text,
    pub(super) paint: Paint,
}

impl<'a> PlacedText<'a> {
    /// Returns the text of a shape; `None` for other shapes and for icons, which no typeface of a slide has.
    pub(super) fn of(shape: &'a Shape) -> Option<Self> {
        match shape {
            Shape::Text { pos, text, paint } if text.style.face != Face::Icon => {
                let has_words = text.lines.iter().any(|line| !line.text.trim().is_empty());
                has_words.then_some(Self { pos: *pos, text, paint: *paint })
            }
            _ => None,
        }
    }

    pub(super) fn bounds(&self) -> Rect {
        Rect::from_min_size(self.pos, self.text.size)
    }
}

/// Part of a row in one style.
#[derive(Clone, Debug)]
struct TextSpan {
    text: String,
    style: Style,
    paint: Paint,
    link: Option<TextLink>,
}

/// One line of a block.
#[derive(Clone, Debug)]
struct TextRow {
    baseline: f32,
    left: f32,
    right: f32,
    spans: Vec<TextSpan>,
    is_rtl: bool,
    /// Right edge of the first text.
    text_right: f32,
    /// Whether it continues the paragraph of the row above.
    is_continued: bool,
    /// Whether an empty line is above.
    is_after_blank: bool,
}

/// Texts as rows from top to bottom.
#[derive(Clone, Debug)]
pub(super) struct TextBlock {
    rows: Vec<TextRow>,
    /// Area of the texts in the scene.
    pub(super) bounds: Rect,
}

/// Returns the links in a line, as byte ranges in ascending order; given the indices of text and line.
pub(super) type FindLinks<'a> = &'a dyn Fn([usize; 2], &str) -> Vec<(std::ops::Range<usize>, TextLink)>;

impl TextBlock {
    /// Joins texts in reading order.
    pub(super) fn new(texts: &[PlacedText<'_>], links: FindLinks<'_>) -> Self {
        let mut rows: Vec<TextRow> = Vec::new();
        let bounds = texts.iter().map(PlacedText::bounds).fold(Rect::NOTHING, Rect::union);
        for (index, placed) in texts.iter().enumerate() {
            let size = placed.text.style.size;
            for (number, line) in placed.text.lines.iter().enumerate() {
                let spans = spans(placed, &line.text, &links([index, number], &line.text));
                let left = placed.pos.x + line.left;
                let (baseline, right) = (placed.pos.y + line.baseline, left + line.width);
                // A number beside a text of two lines is centered beside both; it continues the last.
                let is_beside = |row: &TextRow| row.right <= left + 0.1 && baseline <= row.baseline + 0.4 * size;
                if let Some(row) = rows.last_mut().filter(|row| number == 0 && is_beside(row)) {
                    let spaces = ((left - row.right) / (SPACE * size)).ceil().clamp(1.0, 2.0) as usize;
                    row.spans.push(TextSpan { text: " ".repeat(spaces), link: None, ..spans[0].clone() });
                    row.spans.extend(spans);
                    row.right = right;
                    continue;
                }
                let pitch = placed.text.style.face.line_height() * size;
                let is_after_blank =
                    number == 0 && rows.last().is_some_and(|row| baseline - row.baseline > 1.5 * pitch);
                let (is_rtl, text_right) = (placed.text.is_rtl, placed.bounds().right());
                let is_continued = number > 0;
                rows.push(TextRow { baseline, left, right, spans, is_rtl, text_right, is_continued, is_after_blank });
            }
        }
        Self { rows, bounds }
    }

    /// Returns the factor for font sizes at which every row has at most this width, unless that is too small to read.
    pub(super) fn fit(&self, width: f32, deck: &Deck<'_>) -> f32 {
        let widest = self.width(deck, OTHER_SCRIPT);
        let sizes = self.rows.iter().flat_map(|row| &row.spans).map(|span| span.style.size);
        let least = LEAST_POINTS / (sizes.fold(f32::INFINITY, f32::min) * deck.points).max(1e-3);
        if widest > width { (width / widest).max(LEAST_FIT).max(least.min(1.0)) } else { 1.0 }
    }

    /// Returns whether the widths of its letters on slides are not known, nor all the same.
    pub(super) fn is_of_other_script(&self) -> bool {
        self.rows.iter().any(|row| row.spans.iter().any(TextSpan::is_of_other_script))
    }

    /// Returns whether it runs from right to left, with lines that end at its right.
    pub(super) fn is_right_to_left(&self) -> bool {
        self.rows.iter().all(|row| self.is_at_right(row))
    }

    fn is_at_right(&self, row: &TextRow) -> bool {
        row.is_rtl && row.text_right >= self.bounds.right() - 0.5
    }

    /// Returns the factor for font sizes at which the widest row is as wide as in the scene. Letters much larger or
    /// smaller than there would be the worse difference.
    pub(super) fn as_in_scene(&self, deck: &Deck<'_>) -> f32 {
        (self.bounds.width() / self.width(deck, 1.0).max(1e-3)).clamp(1.0 / MOST_SCALED, MOST_SCALED)
    }

    /// Returns the greatest width that the widest row may have.
    pub(super) fn greatest_width(&self, deck: &Deck<'_>) -> f32 {
        self.width(deck, OTHER_SCRIPT)
    }

    /// Returns the width of the widest row in the typeface of the deck; its width in the scene if that is unknown,
    /// multiplied by a factor for scripts whose typeface is not that of the deck.
    fn width(&self, deck: &Deck<'_>, other_script: f32) -> f32 {
        let has_metrics = is_like_arial(deck.typeface);
        let width = |row: &TextRow| {
            let known = row.spans.iter().map(TextSpan::arial_width).sum::<Option<f32>>().filter(|_| has_metrics);
            let is_other = row.spans.iter().any(TextSpan::is_of_other_script);
            known.unwrap_or((row.right - row.left) * if is_other { other_script } else { 1.0 })
        };
        self.rows.iter().map(width).fold(0.0, f32::max)
    }

    /// Returns the paragraphs, with font sizes multiplied by `factor`.
    pub(super) fn paragraphs(&self, deck: &Deck<'_>, units: Units, is_fixed: bool, factor: f32) -> Vec<Paragraph> {
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for row in &self.rows {
            let Some(first) = row.spans.first() else { continue };
            let size = |style: Style| units.font_size(style.size * factor);
            if row.is_after_blank {
                paragraphs.push(Paragraph {
                    runs: vec![run(None, first, deck, is_fixed, size(first.style))],
                    ..Paragraph::default()
                });
                // A break alone would make two lines.
                paragraphs.last_mut().into_iter().for_each(|blank| blank.runs[0].text = Some(" ".to_owned()));
            }
            let (is_right_to_left, is_right_aligned) = (row.is_rtl, self.is_at_right(row));
            match paragraphs.last_mut().filter(|_| row.is_continued) {
                Some(paragraph) => paragraph.runs.push(run(None, first, deck, is_fixed, size(first.style))),
                None => paragraphs.push(Paragraph { is_right_aligned, is_right_to_left, ..Paragraph::default() }),
            }
            let runs = row.spans.iter().map(|span| run(Some(&span.text), span, deck, is_fixed, size(span.style)));
            if let Some(paragraph) = paragraphs.last_mut() {
                paragraph.runs.extend(runs);
            }
        }
        paragraphs
    }
}

/// Factors for the font sizes of the texts of heads, by their style: the same on all slides of a deck, at which each
/// text is at most as wide as in its scene if the letters are not much smaller than there.
pub(super) struct HeadScale {
    factors: Vec<(Style, f32)>,
}

impl HeadScale {
    pub(super) fn new(deck: &Deck<'_>, slides: &[DeckSlide<'_>]) -> Self {
        let mut factors: Vec<(Style, f32)> = Vec::new();
        let items = slides.iter().flat_map(|slide| &slide.scene.items).filter(|item| item.part == Part::Title);
        for text in items.flat_map(|item| &item.shapes).filter_map(PlacedText::of) {
            let factor = TextBlock::new(&[text], &|_, _| Vec::new()).as_in_scene(deck);
            // Not smaller than is readable.
            let least = LEAST_POINTS / (text.text.style.size * deck.points).max(1e-3);
            let factor = factor.max(least.min(1.0));
            match factors.iter_mut().find(|(style, _)| *style == text.text.style) {
                Some((_, least)) => *least = least.min(factor),
                None => factors.push((text.text.style, factor)),
            }
        }
        Self { factors }
    }

    /// Returns the factor for texts of a style; 1 for one that no head has.
    pub(super) fn factor(&self, style: Style) -> f32 {
        self.factors.iter().find(|(own, _)| *own == style).map_or(1.0, |(_, factor)| *factor)
    }
}

impl TextSpan {
    /// Returns whether it has letters that are not of about the same width in all typefaces.
    fn is_of_other_script(&self) -> bool {
        self.text.chars().any(|c| {
            let is_european = c < '\u{530}' || matches!(c, '\u{1e00}'..='\u{2bff}');
            let is_square = matches!(c, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
                | '\u{ff00}'..='\u{ffef}' | '\u{1f000}'..);
            !is_european && !is_square
        })
    }

    fn arial_width(&self) -> Option<f32> {
        Some(arial_width(&self.text, self.style.face == Face::SemiBold)? * self.style.size)
    }
}

fn run(text: Option<&str>, span: &TextSpan, deck: &Deck<'_>, is_fixed: bool, size: u32) -> TextRun {
    let color: SlideColor = if is_fixed { fixed(span.paint) } else { color(span.paint, &deck.colors) };
    TextRun {
        text: text.map(str::to_owned),
        size,
        is_bold: span.style.face == Face::SemiBold,
        is_italic: span.style.face == Face::Italic,
        color,
        link: span.link.clone().filter(|_| text.is_some()),
    }
}

fn spans(placed: &PlacedText<'_>, line: &str, links: &[(std::ops::Range<usize>, TextLink)]) -> Vec<TextSpan> {
    let span = |range: std::ops::Range<usize>, link: Option<&TextLink>| TextSpan {
        text: line[range].to_owned(),
        style: placed.text.style,
        paint: placed.paint,
        link: link.cloned(),
    };
    let mut spans = Vec::new();
    let mut end = 0;
    for (range, link) in links {
        if range.start > end {
            spans.push(span(end..range.start, None));
        }
        spans.push(span(range.clone(), Some(link)));
        end = range.end;
    }
    if end < line.len() || spans.is_empty() {
        spans.push(span(end..line.len(), None));
    }
    spans
}

/// Returns whether the typeface has the widths of Arial.
fn is_like_arial(typeface: &str) -> bool {
    ["Arial", "Helvetica", "Liberation Sans", "Nimbus Sans", "Arimo"].contains(&typeface)
}
