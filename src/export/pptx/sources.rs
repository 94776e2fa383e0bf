//! The list of sources as text boxes, one a column, and the heads and feet of pages.

use std::ops::Range;

use emath::{Rect, pos2};

use super::build::SlideBuilder;
use super::entry::SourceEntry;
use super::model::{
    Geometry, Label, LinkTarget, Paragraph, ShapeElement, ShapeKind, SlideElement, TextBody, TextLink, TextRun,
};
use super::shape::shape_element;
use super::text::{PlacedText, TextBlock};
use crate::model::SourceId;
use crate::scene::{Part, Shape};
use crate::text::{Face, TextLine};
use crate::wording::{is_openable, link_address, link_host};

/// Distance between lines, relative to the typeface's own of about 1.2 font sizes, that gives the distance in the scene.
const LINE_SPACING: u32 = 104_500;
/// Where the foot of a page begins at the earliest, relative to its height.
const FOOT: f32 = 0.8;
/// Space between columns that stays free, in world units, if the typeface is wider than expected.
const FREE: f32 = 10.0;

impl SlideBuilder<'_> {
    /// Returns the list of sources, a text box for each column.
    pub(super) fn source_list(&self, entries: &[SourceEntry<'_>]) -> Vec<SlideElement> {
        let columns: Vec<&[SourceEntry<'_>]> = entries.chunk_by(|a, b| b.pos.y > a.pos.y).collect();
        let page = self.slide.scene.bounds;
        let lefts: Vec<f32> = columns.iter().filter_map(|column| Some(column.first()?.pos.x)).collect();
        let widths = lefts.windows(2).map(|pair| pair[1] - pair[0]);
        // Rules and feet end at the margin.
        let around = self.slide.scene.items.iter().filter(|item| item.part == Part::Sources);
        let margin = around.flat_map(|item| &item.shapes).map(|shape| shape.bounds().right()).reduce(f32::max);
        let last = lefts.last().map(|left| margin.unwrap_or(page.right()).min(page.right()) - left + FREE);
        columns.iter().zip(widths.chain(last)).map(|(column, width)| self.source_column(column, width - FREE)).collect()
    }

    fn source_column(&self, entries: &[SourceEntry<'_>], width: f32) -> SlideElement {
        let first = entries[0];
        let mut paragraphs = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let bottom = entry.text.bounds().bottom();
            let gap = entries.get(index + 1).map_or(0.0, |next| (next.pos.y - bottom).max(0.0));
            paragraphs.push(self.entry(entry, gap));
        }
        let bottom = entries.last().map_or(first.pos.y, |entry| entry.text.bounds().bottom());
        let rect = Rect::from_min_max(first.pos, pos2(first.pos.x + width, bottom));
        SlideElement::Shape(Box::new(ShapeElement {
            label: Label::named("Sources"),
            kind: ShapeKind::TextBox,
            rect: self.units.rect(rect),
            geometry: Geometry::Rect,
            fill: None,
            line: None,
            text: Some(TextBody { paragraphs, is_at_top: true, is_wrapped: true, ..TextBody::default() }),
        }))
    }

    fn entry(&self, entry: &SourceEntry<'_>, gap: f32) -> Paragraph {
        let indent = entry.text.pos.x - entry.pos.x;
        let address = entry.source.and_then(|source| self.address(source));
        let link =
            |address: &str| TextLink { target: LinkTarget::Address(address.to_owned()), tooltip: address.to_owned() };
        let found = address.map_or_else(Vec::new, |address| address_in(&entry.text.text.lines, address));
        let block = TextBlock::new(&[entry.text], &|[_, number], _| {
            let own = found.iter().filter(|(line, _)| *line == number);
            own.filter_map(|(_, range)| Some((range.clone(), link(address?)))).collect()
        });
        let mut body = block.paragraphs(self.deck, self.units, false, 1.0);
        let mut runs: Vec<TextRun> = Vec::new();
        if let Some(number) = entry.number {
            let whole = |_, line: &str| {
                let address = address.filter(|_| found.is_empty());
                address.map(|address| (0..line.len(), link(address))).into_iter().collect()
            };
            let mut number = TextBlock::new(&[number], &whole).paragraphs(self.deck, self.units, false, 1.0);
            runs.extend(number.iter_mut().flat_map(|paragraph| std::mem::take(&mut paragraph.runs)));
        }
        let mut text: Vec<TextRun> =
            body.iter_mut().flat_map(|paragraph| std::mem::take(&mut paragraph.runs)).collect();
        if let Some(first) = text.first().cloned() {
            runs.push(TextRun { text: Some("\t".to_owned()), link: None, ..first });
        }
        runs.append(&mut text);
        Paragraph {
            hanging: self.units.length(indent),
            line_spacing: LINE_SPACING,
            space_after: if gap > 0.0 { self.units.font_size(gap) } else { 0 },
            runs,
            ..Paragraph::default()
        }
    }

    /// Returns the address of a source, if it may be opened.
    pub(super) fn address(&self, source: SourceId) -> Option<&str> {
        let address = self.slide.captions.links.get(&source)?;
        (is_openable(address) && address.len() <= MAX_ADDRESS).then_some(address)
    }

    /// Returns rules and texts of head or foot.
    pub(super) fn surroundings(&self, part: Part, shapes: &[&Shape], is_heading_title: bool) -> Vec<SlideElement> {
        let mut elements = Vec::new();
        for shape in shapes {
            let Some(text) = PlacedText::of(shape) else {
                let tools = (self.deck.fonts, &self.deck.colors);
                let element = shape_element(shape, "Rule", tools, self.units);
                elements.extend(element.map(|shape| SlideElement::Shape(Box::new(shape))));
                continue;
            };
            // The heading of a page of sources is its title.
            if is_heading_title && text.text.style.face == Face::SemiBold {
                continue;
            }
            let page = self.slide.scene.bounds;
            let is_foot = text.pos.y > page.top() + FOOT * page.height();
            let name = match (is_foot, self.is_at_right(text)) {
                (true, true) => "Credits",
                (true, false) => "Coverage",
                (false, _) => "Text",
            };
            elements.push(self.text_box(part, text, name));
        }
        elements
    }
}

/// Finds the host of an address, and what follows it of the address, in lines, across which it may be broken: the index
/// of each line with the byte range.
fn address_in(lines: &[TextLine], address: &str) -> Vec<(usize, Range<usize>)> {
    let Some(host) = link_host(address) else { return Vec::new() };
    // Lines break without a space within an address.
    let joined: String = lines.iter().map(|line| &*line.text).collect();
    // The address is at the end of a reference.
    let Some(start) = joined.rfind(&host) else { return Vec::new() };
    let whole = link_address(address);
    let own = whole.find(&host).map_or("", |at| &whole[at..]);
    let is_same = |(a, b): &(char, char)| a == b && !a.is_whitespace();
    let shared = joined[start..].chars().zip(own.chars()).take_while(is_same);
    let end = start + shared.map(|(letter, _)| letter.len_utf8()).sum::<usize>();
    let mut line_start = 0;
    let ranges = lines.iter().enumerate().map(|(index, line)| {
        let from = start.max(line_start) - line_start;
        let to = end.saturating_sub(line_start).min(line.text.len());
        line_start += line.text.len();
        (index, from..to)
    });
    ranges.filter(|(_, range)| range.start < range.end).collect()
}

/// The longest address that presentation programs accept, in bytes.
const MAX_ADDRESS: usize = 2_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str], address: &str) -> Vec<String> {
        let line = |text: &&str| TextLine {
            text: (*text).to_owned(),
            left: 0.0,
            baseline: 0.0,
            width: 0.0,
            runs: Vec::new(),
            is_plain: true,
        };
        let lines: Vec<TextLine> = lines.iter().map(line).collect();
        address_in(&lines, address).into_iter().map(|(line, range)| lines[line].text[range].to_owned()).collect()
    }

    #[test]
    fn addresses_are_found_across_lines() {
        let address = "https://www.sorrel-lyne.example.org/prospectus-2020/a";
        let broken = ["Bank, 10 February 2020, sorrel-", "lyne.example.org/prospectus-", "2020/a"];
        assert_eq!(found(&broken, address), ["sorrel-", "lyne.example.org/prospectus-", "2020/a"]);
        assert_eq!(found(&["Bank, sorrel-lyne.example.org – cited in [2]"], address), ["sorrel-lyne.example.org"]);
        assert_eq!(found(&["Ä, http://a.example/b", "and more"], "http://a.example/b"), ["a.example/b"]);
        assert_eq!(found(&["nothing", "of it"], address), [""; 0]);
    }
}
