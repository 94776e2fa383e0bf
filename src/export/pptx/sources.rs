//! The list of sources as text boxes, one a column, and the heads and feet of pages.

use emath::{Pos2, Rect, pos2};

use super::build::{SlideBuilder, shape_element};
use super::model::{Element, Geometry, Label, Link, LinkTarget, Paragraph, Run, ShapeElement, ShapeKind, TextBody};
use super::text::{PlacedText, TextBlock};
use crate::model::SourceId;
use crate::scene::{Part, Shape};
use crate::text::Face;
use crate::wording::{is_openable, link_host};

/// Distance between lines, relative to Arial's own, that gives the distance in the scene.
const LINE_SPACING: u32 = 109_000;
/// Space between columns that stays free, in world units, if the typeface is wider than expected.
const FREE: f32 = 10.0;

/// A numbered source on the page.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    source: Option<SourceId>,
    /// Upper left corner of number and text.
    pos: Pos2,
    /// `None` for the line on numbers that are skipped.
    number: Option<PlacedText<'a>>,
    text: PlacedText<'a>,
}

impl<'a> Entry<'a> {
    /// Returns the entry that an item shows.
    pub(super) fn of(part: Part, shapes: &'a [&'a Shape]) -> Option<Self> {
        let source = match part {
            Part::Source(source) => Some(source),
            Part::Sources => None,
            _ => return None,
        };
        let [Shape::Text { pos, .. }, second @ Shape::Text { .. }] = shapes else { return None };
        let text = PlacedText::of(second)?;
        // Head and foot have two texts at most, and hairlines.
        ((text.pos.y - pos.y).abs() < 0.1).then_some(Self { source, pos: *pos, number: PlacedText::of(shapes[0]), text })
    }
}

impl SlideBuilder<'_> {
    /// Returns the list of sources, a text box for each column.
    pub(super) fn source_list(&self, entries: &[Entry<'_>]) -> Vec<Element> {
        let columns: Vec<&[Entry<'_>]> = entries.chunk_by(|a, b| b.pos.y > a.pos.y).collect();
        let page = self.slide.scene.bounds;
        let lefts: Vec<f32> = columns.iter().filter_map(|column| Some(column.first()?.pos.x)).collect();
        let widths = lefts.windows(2).map(|pair| pair[1] - pair[0]);
        // Rules and feet end at the margin.
        let around = self.slide.scene.items.iter().filter(|item| item.part == Part::Sources);
        let margin = around.flat_map(|item| &item.shapes).map(|shape| shape.bounds().right()).reduce(f32::max);
        let last = lefts.last().map(|left| margin.unwrap_or(page.right()).min(page.right()) - left + FREE);
        columns.iter().zip(widths.chain(last)).map(|(column, width)| self.source_column(column, width - FREE)).collect()
    }

    fn source_column(&self, entries: &[Entry<'_>], width: f32) -> Element {
        let first = entries[0];
        let mut paragraphs = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let bottom = entry.text.bounds().bottom();
            let gap = entries.get(index + 1).map_or(0.0, |next| (next.pos.y - bottom).max(0.0));
            paragraphs.push(self.entry(entry, gap));
        }
        let bottom = entries.last().map_or(first.pos.y, |entry| entry.text.bounds().bottom());
        let rect = Rect::from_min_max(first.pos, pos2(first.pos.x + width, bottom));
        Element::Shape(Box::new(ShapeElement {
            label: Label::named("Sources"),
            kind: ShapeKind::TextBox,
            rect: self.units.rect(rect),
            geometry: Geometry::Rect,
            fill: None,
            line: None,
            text: Some(TextBody { paragraphs, is_at_top: true, is_wrapped: true, ..TextBody::default() }),
        }))
    }

    fn entry(&self, entry: &Entry<'_>, gap: f32) -> Paragraph {
        let indent = entry.text.pos.x - entry.pos.x;
        let address = entry.source.and_then(|source| self.address(source));
        let host = address.and_then(link_host);
        let link = |address: &str| Link {
            target: LinkTarget::Address(address.to_owned()),
            tooltip: address.to_owned(),
        };
        let found = |line: &str| {
            let start = line.find(host.as_deref()?)?;
            let length = line[start..].find(char::is_whitespace).unwrap_or(line.len() - start);
            Some((start..start + length, link(address?)))
        };
        let mut has_link = false;
        for line in &entry.text.text.lines {
            has_link |= found(&line.text).is_some();
        }
        let block = TextBlock::new(&[entry.text], &|_, line| found(line).into_iter().collect());
        let factor = block.fit(f32::INFINITY, self.deck);
        let mut body = block.paragraphs(self.deck, self.units, false, factor);
        let mut runs: Vec<Run> = Vec::new();
        if let Some(number) = entry.number {
            let whole = |_, line: &str| {
                let address = address.filter(|_| !has_link);
                address.map(|address| (0..line.len(), link(address))).into_iter().collect()
            };
            let mut number = TextBlock::new(&[number], &whole).paragraphs(self.deck, self.units, false, factor);
            runs.extend(number.iter_mut().flat_map(|paragraph| std::mem::take(&mut paragraph.runs)));
        }
        let mut text: Vec<Run> = body.iter_mut().flat_map(|paragraph| std::mem::take(&mut paragraph.runs)).collect();
        if let Some(first) = text.first().cloned() {
            runs.push(Run { text: Some("\t".to_owned()), link: None, ..first });
        }
        runs.append(&mut text);
        Paragraph {
            hanging: self.units.length(indent),
            line_spacing: LINE_SPACING,
            space_after: self.units.font_size(gap.max(0.0)).saturating_sub(if gap > 0.0 { 0 } else { 100 }),
            is_right_to_left: body.first().is_some_and(|paragraph| paragraph.is_right_to_left),
            runs,
            ..Paragraph::default()
        }
    }

    /// Returns the address of a source, if it may be opened.
    pub(super) fn address(&self, source: SourceId) -> Option<&str> {
        let address = self.deck.captions.links.get(&source)?;
        (is_openable(address) && address.len() <= MAX_ADDRESS).then_some(address)
    }

    /// Returns rules and texts of head or foot.
    pub(super) fn surroundings(&self, part: Part, shapes: &[&Shape], is_heading_title: bool) -> Vec<Element> {
        let page = self.slide.scene.bounds;
        let mut elements = Vec::new();
        for shape in shapes {
            let Some(text) = PlacedText::of(shape) else {
                let tools = (self.deck.fonts, &self.deck.colors);
                let element = shape_element(shape, "Rule", tools, self.units);
                elements.extend(element.map(|shape| Element::Shape(Box::new(shape))));
                continue;
            };
            // The heading of a page of sources is its title.
            if is_heading_title && text.text.style.face == Face::SemiBold {
                continue;
            }
            let is_right = text.pos.x > page.center().x;
            elements.push(self.text_box(part, text, if is_right { "Credits" } else { "Coverage" }));
        }
        elements
    }
}

/// The longest address that presentation programs accept, in bytes.
const MAX_ADDRESS: usize = 2_000;
