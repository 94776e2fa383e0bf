//! Turns a page into the objects of a slide, in reading order: title, lanes, actors, labels, legend, sources.

use std::collections::{BTreeMap, BTreeSet};

use emath::{Rect, vec2};

use super::deck::{Deck, DeckSlide, SlideContent};
use super::entry::SourceEntry;
use super::model::{
    Geometry, GroupElement, Label, Paragraph, ShapeElement, ShapeKind, SlideElement, TextBody, TextRun,
};
use super::names::UniqueNames;
use super::shape::shape_element;
use super::text::{HeadScale, PlacedText};
use super::units::{Units, color, solid};
use super::{lanes, picture};
use crate::export::{Caption, ExportError};
use crate::model::SourceId;
use crate::scene::{Part, Scene, Shape};
use crate::text::{Face, Text};

/// Everything that the objects of one slide depend on.
pub(super) struct SlideBuilder<'a> {
    pub(super) deck: &'a Deck<'a>,
    pub(super) slide: &'a DeckSlide<'a>,
    pub(super) units: Units,
    /// Index of the slide.
    pub(super) index: usize,
    /// The slide that lists each source.
    pub(super) listed: &'a BTreeMap<SourceId, usize>,
    /// Sizes of titles, subtitles and dates.
    pub(super) head_scale: &'a HeadScale,
}

/// All shapes of one part, from back to front.
struct PartShapes<'a> {
    part: Part,
    shapes: Vec<&'a Shape>,
}

impl SlideBuilder<'_> {
    /// Returns the objects of the slide; the first that is read out is its title.
    ///
    /// # Errors
    ///
    /// When a picture can't be drawn.
    pub(super) fn elements(&self) -> Result<Vec<SlideElement>, ExportError> {
        let scene = self.slide.scene;
        let mut names = UniqueNames::default();
        if self.slide.content == SlideContent::Picture {
            let title = self.hidden_title();
            return Ok(vec![title, picture::picture(scene, (self.deck, self.slide), self.units, "Map")?]);
        }
        let is_picture = picture::has_too_many_shapes(scene);
        let parts: Vec<PartShapes<'_>> = parts(scene);
        // A plate behind the title must not cover it; screen readers skip it.
        let mut elements = self.title_plates(&parts);
        elements.extend(self.title(&parts));
        if is_picture {
            let map = picture::map_without_names(scene);
            elements.push(picture::picture(&map, (self.deck, self.slide), self.units, &names.give("Map"))?);
        }
        let labeled: BTreeSet<Part> = parts.iter().filter_map(|part| label_of(part.part)).collect();
        let mut entries = Vec::new();
        for part in &parts {
            if let Some(entry) = SourceEntry::of(part.part, &part.shapes) {
                entries.push(entry);
            } else if is_picture && picture::is_of_map(part.part) {
                let is_kept = |shape: &&&Shape| picture::is_name(part.part, shape);
                let texts = part.shapes.iter().filter(is_kept).filter_map(|shape| PlacedText::of(shape));
                elements.extend(texts.map(|text| {
                    let name = self.caption(part.part).map_or("Name", |caption| &caption.title);
                    self.text_box(part.part, text, &names.give(name))
                }));
            } else {
                elements.extend(self.part(part, &labeled, &mut names));
            }
        }
        elements.extend(self.source_list(&entries));
        Ok(elements)
    }

    fn part(&self, part: &PartShapes<'_>, labeled: &BTreeSet<Part>, names: &mut UniqueNames) -> Vec<SlideElement> {
        let PartShapes { part, shapes } = part;
        match part {
            Part::Title => self.subtitle(shapes),
            Part::Legend => vec![self.legend(shapes)],
            Part::Sources | Part::Source(_) => self.surroundings(*part, shapes, !has_title(self.slide.scene)),
            Part::Lane(_) | Part::Ribbon(_) => self.lane(*part, shapes, labeled, names).into_iter().collect(),
            Part::Card(_) | Part::Pill(_) | Part::RibbonPill(_) => {
                let children = self.labeled(*part, shapes);
                let caption = self.caption(*part).cloned().unwrap_or_default();
                let label = Label {
                    name: self.name(*part, if caption.title.is_empty() { "Part" } else { &caption.title }, names),
                    description: described(&caption),
                    is_decorative: false,
                };
                let group = SlideElement::Group(GroupElement { label, children });
                if group.rect().width > 0 { vec![group] } else { Vec::new() }
            }
            Part::Note(_) | Part::Role(..) | Part::Heading(_) | Part::Area(_) | Part::Ties | Part::Dots => {
                self.labeled(*part, shapes)
            }
        }
    }

    /// Returns a lane. Screen readers skip it if a label describes its tie.
    fn lane(
        &self,
        part: Part,
        shapes: &[&Shape],
        labeled: &BTreeSet<Part>,
        names: &mut UniqueNames,
    ) -> Option<SlideElement> {
        let caption = self.caption(part).cloned().unwrap_or_default();
        let label = if labeled.contains(&part) {
            Label::decorative(self.name(part, &format!("Line: {}", caption.title), names))
        } else {
            let description = described(&caption);
            Label { name: self.name(part, &caption.title, names), description, is_decorative: false }
        };
        let tools = (self.deck.fonts, &self.deck.colors);
        let mut shapes = lanes::lane_elements(shapes, tools, self.units);
        if shapes.len() > 1 {
            let children = shapes.into_iter().map(|shape| SlideElement::Shape(Box::new(shape))).collect();
            return Some(SlideElement::Group(GroupElement { label, children }));
        }
        let shape = shapes.pop()?;
        Some(SlideElement::Shape(Box::new(ShapeElement { label, ..shape })))
    }

    fn legend(&self, shapes: &[&Shape]) -> SlideElement {
        let tools = (self.deck.fonts, &self.deck.colors);
        let children = shapes.iter().filter_map(|shape| match PlacedText::of(shape) {
            Some(text) => Some(self.text_box(Part::Legend, text, "Legend text")),
            None => Some(SlideElement::Shape(Box::new(shape_element(shape, "Sign", tools, self.units)?))),
        });
        let description = "Legend: the meaning of colors, icons and lines".to_owned();
        let label = Label { name: "Legend".to_owned(), description, is_decorative: false };
        SlideElement::Group(GroupElement { label, children: children.collect() })
    }

    /// Returns the name of a part: that which it has on all slides, or one of its own.
    fn name(&self, part: Part, own: &str, names: &mut UniqueNames) -> String {
        names.give(self.deck.names.get(part).unwrap_or(own))
    }

    pub(super) fn caption(&self, part: Part) -> Option<&Caption> {
        self.slide.captions.parts.get(&part)
    }

    /// Returns the title: that of the page, the heading of a page of sources, or one above the slide.
    fn title(&self, parts: &[PartShapes<'_>]) -> Vec<SlideElement> {
        let heading = |kind: Part| {
            let shapes = parts.iter().filter(move |part| part.part == kind).flat_map(|part| &part.shapes);
            shapes.filter_map(|shape| PlacedText::of(shape)).find(|text| text.text.style.face == Face::SemiBold)
        };
        if let Some(text) = heading(Part::Title) {
            let words = joined(text.text);
            return vec![self.title_element(text, &words)];
        }
        match heading(Part::Sources) {
            Some(text) => vec![self.title_element(text, self.slide.title)],
            None => vec![self.hidden_title()],
        }
    }

    fn title_element(&self, text: PlacedText<'_>, words: &str) -> SlideElement {
        let page = self.slide.scene.bounds;
        let bounds = text.bounds();
        // Up to the date at the right, or the margin.
        let date = self.slide.scene.items.iter().filter(|item| item.part == Part::Title).flat_map(|item| &item.shapes);
        let date = date.filter_map(PlacedText::of).map(|text| text.pos.x).filter(|left| *left > page.center().x);
        let right = date.fold(page.right() - (bounds.left() - page.left()), f32::min);
        let is_long = text.text.lines.len() > 1;
        let width = if is_long { bounds.width() * 1.02 } else { (right - bounds.left()).max(bounds.width()) };
        let rect = Rect::from_min_size(
            bounds.min,
            vec2(width.min((right - bounds.left()).max(bounds.width())), bounds.height()),
        );
        let factor = self.head_scale.factor(text.text.style);
        self.title_box(rect, words, text.text.style.size * factor, text.text.is_rtl.then_some(is_long))
    }

    /// Returns a title above the slide: read out and listed, but not seen.
    fn hidden_title(&self) -> SlideElement {
        let page = self.slide.scene.bounds;
        let size = page.height() / 26.0;
        let rect = Rect::from_min_size(page.min - vec2(0.0, 2.5 * size), vec2(page.width(), 1.5 * size));
        self.title_box(rect, self.slide.title, size, None)
    }

    /// Returns a title. One that runs from right to left states whether its lines end at its right.
    fn title_box(&self, rect: Rect, words: &str, size: f32, right_to_left: Option<bool>) -> SlideElement {
        let run = TextRun {
            text: Some(words.to_owned()),
            size: self.units.font_size(size),
            is_bold: true,
            is_italic: false,
            color: color(solid(self.deck.colors.text), &self.deck.colors),
            link: None,
        };
        let paragraph = Paragraph {
            runs: vec![run],
            is_right_to_left: right_to_left.is_some(),
            is_right_aligned: right_to_left == Some(true),
            ..Paragraph::default()
        };
        SlideElement::Shape(Box::new(ShapeElement {
            label: Label::named("Title"),
            kind: ShapeKind::Title,
            rect: self.units.rect(rect),
            geometry: Geometry::Rect,
            fill: None,
            line: None,
            text: Some(TextBody { paragraphs: vec![paragraph], is_wrapped: true, ..TextBody::default() }),
        }))
    }

    /// Returns the plates behind title, subtitle and date.
    fn title_plates(&self, parts: &[PartShapes<'_>]) -> Vec<SlideElement> {
        let tools = (self.deck.fonts, &self.deck.colors);
        let shapes = parts.iter().filter(|part| part.part == Part::Title).flat_map(|part| &part.shapes);
        let plates = shapes.filter_map(|shape| shape_element(shape, "Plate", tools, self.units));
        plates.map(|shape| SlideElement::Shape(Box::new(shape))).collect()
    }

    /// Returns subtitle and date.
    fn subtitle(&self, shapes: &[&Shape]) -> Vec<SlideElement> {
        let mut has_title = false;
        let mut elements = Vec::new();
        for shape in shapes {
            let Some(text) = PlacedText::of(shape) else { continue };
            if text.text.style.face == Face::SemiBold && !has_title {
                has_title = true;
                continue;
            }
            let name = if self.is_at_right(text) { "Date" } else { "Subtitle" };
            elements.push(self.text_box(Part::Title, text, name));
        }
        elements
    }
}

/// Returns whether the page shows the map's title.
fn has_title(scene: &Scene) -> bool {
    let shapes = scene.items.iter().filter(|item| item.part == Part::Title).flat_map(|item| &item.shapes);
    shapes.filter_map(PlacedText::of).any(|text| text.text.style.face == Face::SemiBold)
}

/// Returns a caption as one text.
fn described(caption: &Caption) -> String {
    let parts = [&*caption.title, &*caption.description];
    parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(". ")
}

/// Returns the lane whose tie a label describes.
fn label_of(part: Part) -> Option<Part> {
    match part {
        Part::Pill(tie) => Some(Part::Lane(tie)),
        Part::RibbonPill(tie) => Some(Part::Ribbon(tie)),
        _ => None,
    }
}

/// Returns the visible parts of a page in reading order.
fn parts(scene: &Scene) -> Vec<PartShapes<'_>> {
    let mut parts: Vec<PartShapes<'_>> = Vec::new();
    let mut places: BTreeMap<Part, usize> = BTreeMap::new();
    for item in scene.items.iter().filter(|item| item.min_scale <= 1.0 && !item.shapes.is_empty()) {
        // Rules, heading and foot are separate items of one part.
        let place = if item.part == Part::Sources { None } else { places.get(&item.part).copied() };
        if let Some(place) = place {
            parts[place].shapes.extend(&item.shapes);
        } else {
            places.insert(item.part, parts.len());
            parts.push(PartShapes { part: item.part, shapes: item.shapes.iter().collect() });
        }
    }
    parts.sort_by_key(|part| rank(part.part));
    parts
}

/// Returns the place of a part in reading order; what is behind comes first.
fn rank(part: Part) -> u8 {
    match part {
        Part::Title => 0,
        Part::Area(_) => 1,
        Part::Ties => 2,
        Part::Note(_) => 3,
        Part::Lane(_) | Part::Ribbon(_) => 4,
        Part::Dots | Part::Heading(_) => 5,
        Part::Card(_) => 6,
        Part::Role(..) => 7,
        Part::Pill(_) | Part::RibbonPill(_) => 8,
        Part::Legend => 9,
        Part::Sources | Part::Source(_) => 10,
    }
}

/// Returns the lines of a text as one line, which breaks where the program finds best.
fn joined(text: &Text) -> String {
    let mut words = String::new();
    for line in &text.lines {
        let is_spaced = |c: Option<char>| c.is_some_and(|c| c < '\u{1100}');
        if is_spaced(words.chars().next_back()) && is_spaced(line.text.chars().next()) {
            words.push(' ');
        }
        words.push_str(line.text.trim_end());
    }
    words
}
