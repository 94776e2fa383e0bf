//! Cards, labels and notes: one shape with its text, and the signs beside it.

use emath::{Rect, pos2, vec2};

use super::build::SlideBuilder;
use super::model::{BaseColor, Geometry, Label, LinkTarget, ShapeElement, ShapeKind, SlideElement, TextBody, TextLink};
use super::shape::shape_element;
use super::text::{PlacedText, TextBlock};
use crate::scene::{Part, Shape};

/// Difference between the heights of a line in the scene and on a slide, half of which is above the letters, as a
/// multiple of the font size.
const LEADING: f32 = 1.25 - 1.2;
/// Distance from the edge to the text area of a rounded rectangle, as a multiple of its corner radius: 1 − √½.
const CORNER: f32 = 0.292_89;
/// How far numbers are from the line of words beside them if they are between two lines, as a multiple of the font size.
const BETWEEN: f32 = 0.1;
/// Room kept free at the right of text in a shape, in world units.
const EDGE: f32 = 2.0;

impl SlideBuilder<'_> {
    /// Returns the objects of a part with a body: first the body with the texts on it, then the rest.
    pub(super) fn labeled(&self, part: Part, shapes: &[&Shape]) -> Vec<SlideElement> {
        let texts: Vec<PlacedText<'_>> = shapes.iter().filter_map(|shape| PlacedText::of(shape)).collect();
        let body = shapes.iter().position(|shape| match shape {
            Shape::Rect { rect, .. } => texts.iter().any(|text| rect.contains(text.bounds().center())),
            _ => false,
        });
        let mut elements = Vec::new();
        let mut loose = texts.clone();
        if let Some(index) = body
            && let Shape::Rect { rect, .. } = shapes[index]
        {
            let (on_body, others): (Vec<_>, Vec<_>) =
                texts.into_iter().partition(|text| rect.contains(text.bounds().center()));
            loose = others;
            let (on_body, numbers) = split_numbers(part, &on_body);
            let room = numbers.map_or(rect.right(), |numbers| numbers.pos.x) - EDGE;
            elements.extend(
                self.body(part, shapes[index], (*rect, room), on_body)
                    .map(|shape| SlideElement::Shape(Box::new(shape))),
            );
            elements.extend(numbers.map(|numbers| self.text_box(part, numbers, "Numbers")));
        }
        for (index, shape) in shapes.iter().enumerate() {
            if Some(index) != body && PlacedText::of(shape).is_none() {
                let tools = (self.deck.fonts, &self.deck.colors);
                let element = shape_element(shape, sign_name(shape), tools, self.units);
                elements.extend(element.map(|shape| SlideElement::Shape(Box::new(shape))));
            }
        }
        elements.extend(loose.iter().map(|text| self.text_box(part, *text, "Name")));
        elements
    }

    /// Returns the body with its texts, which have room up to `right`.
    fn body(
        &self,
        part: Part,
        shape: &Shape,
        (rect, right): (Rect, f32),
        texts: &[PlacedText<'_>],
    ) -> Option<ShapeElement> {
        let tools = (self.deck.fonts, &self.deck.colors);
        let mut element = shape_element(shape, "Card", tools, self.units)?;
        let block = self.block(part, texts);
        let is_fixed = element.fill.is_some_and(|fill| matches!(fill.base, BaseColor::Fixed(_)));
        let is_rtl = block.is_right_to_left();
        // Text that ends at its right keeps half of the room beside it.
        let right = if is_rtl { f32::midpoint(block.bounds.right(), right) } else { right };
        let factor = block.fit(right - block.bounds.left(), self.deck);
        let is_at_top = matches!(part, Part::Note(_));
        let Shape::Rect { radius, .. } = shape else { return None };
        let corner = radius.min(rect.width().min(rect.height()) / 2.0) * CORNER;
        let size = texts.first().map_or(0.0, |text| text.text.style.size);
        element.label = Label::named(match part {
            Part::Card(_) => "Card",
            Part::Note(_) => "Note",
            Part::Role(..) => "Role",
            _ => "Label",
        });
        element.text = Some(TextBody {
            paragraphs: block.paragraphs(self.deck, self.units, is_fixed, factor),
            left: self.units.length((block.bounds.left() - rect.left() - corner).max(0.0)),
            top: if is_at_top {
                self.units.length((block.bounds.top() - rect.top() - corner + LEADING / 2.0 * size).max(0.0))
            } else {
                0
            },
            right: if is_rtl { self.units.length((rect.right() - right - corner).max(0.0)) } else { 0 },
            is_at_top,
            is_wrapped: block.is_of_other_script(),
            is_fitted: block.is_of_other_script(),
        });
        Some(element)
    }

    /// Returns texts as a block, with links from the numbers of a label to their sources.
    fn block(&self, part: Part, texts: &[PlacedText<'_>]) -> TextBlock {
        let is_label = matches!(part, Part::Pill(_) | Part::RibbonPill(_));
        let last = texts.len().saturating_sub(1);
        // The numbers are the last text of a label; elsewhere, brackets are words of the map.
        TextBlock::new(texts, &|[index, _], line| {
            if is_label && index == last { self.number_links(line) } else { Vec::new() }
        })
    }

    /// Returns a text without a shape. Date and credits, at the right of head and foot, are aligned right.
    pub(super) fn text_box(&self, part: Part, text: PlacedText<'_>, name: &str) -> SlideElement {
        let block = self.block(part, &[text]);
        let is_right_aligned = matches!(part, Part::Title | Part::Sources) && self.is_at_right(text);
        // In the head, a typeface of another width is seen at once.
        let factor = if part == Part::Title { self.head_scale.factor(text.text.style) } else { 1.0 };
        // The colors of a label stay when the theme changes, as do those of its body.
        let is_fixed = matches!(part, Part::Pill(_) | Part::RibbonPill(_));
        let mut paragraphs = block.paragraphs(self.deck, self.units, is_fixed, factor);
        for paragraph in &mut paragraphs {
            paragraph.is_right_aligned |= is_right_aligned;
        }
        let bounds = text.bounds();
        let width = (block.greatest_width(self.deck) * factor).max(bounds.width());
        let ends_at_right = is_right_aligned || block.is_right_to_left();
        let left = if ends_at_right { bounds.right() - width } else { bounds.left() };
        let rect = Rect::from_min_size(pos2(left, bounds.top()), vec2(width, bounds.height()));
        SlideElement::Shape(Box::new(ShapeElement {
            label: Label::named(name),
            kind: ShapeKind::TextBox,
            rect: self.units.rect(rect),
            geometry: Geometry::Rect,
            fill: None,
            line: None,
            text: Some(TextBody { paragraphs, ..TextBody::default() }),
        }))
    }

    /// Returns whether a text begins in the right half of the page.
    pub(super) fn is_at_right(&self, text: PlacedText<'_>) -> bool {
        text.pos.x > self.slide.scene.bounds.center().x
    }

    /// Returns links for the numbers in brackets: to the slide that lists the source, or to its address if it is listed
    /// beside the map or nowhere.
    fn number_links(&self, line: &str) -> Vec<(std::ops::Range<usize>, TextLink)> {
        let (Some(start), Some(end)) = (line.find('['), line.rfind(']')) else { return Vec::new() };
        let mut links = Vec::new();
        let mut at = start + 1;
        for piece in line[start + 1..end.max(start + 1)].split_inclusive(|c: char| !c.is_ascii_digit()) {
            let digits = piece.trim_end_matches(|c: char| !c.is_ascii_digit());
            let link = digits.parse().ok().and_then(|number| self.citation_link(number));
            links.extend(link.map(|link| (at..at + digits.len(), link)));
            at += piece.len();
        }
        links
    }

    fn citation_link(&self, number: u32) -> Option<TextLink> {
        let cited = self.deck.citations.get(&number)?;
        let slide = self.listed.get(&cited.source).copied().filter(|slide| *slide != self.index);
        let target = match slide {
            Some(slide) => LinkTarget::Slide(slide),
            None => LinkTarget::Address(self.address(cited.source)?.to_owned()),
        };
        Some(TextLink { target, tooltip: cited.reference.clone() })
    }
}

/// Splits the numbers off the texts of a label if they are beside several lines, centered between them.
fn split_numbers<'a, 'b>(part: Part, texts: &'b [PlacedText<'a>]) -> (&'b [PlacedText<'a>], Option<PlacedText<'a>>) {
    let is_label = matches!(part, Part::Pill(_) | Part::RibbonPill(_));
    let Some((numbers, words)) = texts.split_last().filter(|_| is_label) else { return (texts, None) };
    let baselines =
        |text: &PlacedText<'_>| -> Vec<f32> { text.text.lines.iter().map(|line| text.pos.y + line.baseline).collect() };
    let own = baselines(numbers).first().copied().unwrap_or_default();
    let is_beside = words.iter().all(|text| text.bounds().right() <= numbers.pos.x + 0.1);
    let is_between =
        words.iter().flat_map(baselines).all(|line| (line - own).abs() > BETWEEN * numbers.text.style.size);
    if is_beside && is_between && !words.is_empty() { (words, Some(*numbers)) } else { (texts, None) }
}

fn sign_name(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text { .. } => "Icon",
        Shape::Rect { .. } => "Tile",
        _ => "Sign",
    }
}
