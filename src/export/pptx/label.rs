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
            let (on_body, others) = texts.into_iter().partition(|text| rect.contains(text.bounds().center()));
            loose = others;
            elements.extend(
                self.body(part, shapes[index], *rect, &on_body).map(|shape| SlideElement::Shape(Box::new(shape))),
            );
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

    fn body(&self, part: Part, shape: &Shape, rect: Rect, texts: &[PlacedText<'_>]) -> Option<ShapeElement> {
        let tools = (self.deck.fonts, &self.deck.colors);
        let mut element = shape_element(shape, "Card", tools, self.units)?;
        let block = self.block(part, texts);
        let is_fixed = element.fill.is_some_and(|fill| matches!(fill.base, BaseColor::Fixed(_)));
        let factor = block.fit(rect.right() - EDGE - block.bounds.left(), self.deck);
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
            is_at_top,
            ..TextBody::default()
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
        let factor = if part == Part::Title { block.as_in_scene(self.deck) } else { 1.0 };
        let mut paragraphs = block.paragraphs(self.deck, self.units, false, factor);
        for paragraph in &mut paragraphs {
            paragraph.is_right_aligned = is_right_aligned;
        }
        let bounds = text.bounds();
        let width = (block.width(self.deck) * factor).max(bounds.width());
        let left = if is_right_aligned { bounds.right() - width } else { bounds.left() };
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

fn sign_name(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text { .. } => "Icon",
        Shape::Rect { .. } => "Tile",
        _ => "Sign",
    }
}
