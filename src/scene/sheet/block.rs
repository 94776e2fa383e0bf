//! Blocks of a page around the map: head, legend and foot, and their composition.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::options::{PLAIN_AREA, SheetInputs, SheetOptions};
use super::words::{coverage_line, credit_line};
use crate::model::{Map, Rgb};
use crate::scene::legend::legend_shapes;
use crate::scene::plan::Plan;
use crate::scene::theme::solid;
use crate::scene::{Ground, Legend, Part, SceneItem, Shape, Theme};
use crate::text::{Face, Fonts, Style, Text};
use crate::wording;

/// Font sizes on a page of [`PLAIN_AREA`], in pixels: 16 are 8 points on a slide 13.33 inches wide.
pub(super) const TITLE: f32 = 42.0;
pub(super) const SUBTITLE: f32 = 23.0;
const LEGEND: f32 = 17.0;
pub(super) const FOOT: f32 = 16.0;
/// Width of a column of legend and sources, in pixels.
const SIDE: f32 = 484.0;

/// Maximum width of a caption in pixels of a page of plain size: longer lines are hard to read.
pub(super) const CAPTION_WIDTH: f32 = 1_250.0;
/// Lines that a caption may have on every page, and the share of a page's height that it may take if that is more.
const CAPTION_ROOM: (usize, f32) = (4, 0.3);

/// Shapes extending from the origin right and down, and their size.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetBlock {
    pub(super) parts: Vec<(Part, Vec<Shape>)>,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// The texts above a map.
pub(super) struct HeadTexts {
    pub(super) title: Option<Arc<Text>>,
    pub(super) subtitle: Option<Arc<Text>>,
    pub(super) date: Option<Arc<Text>>,
}

/// Position of legend and sources.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum NotesPosition {
    /// In a column to the right of the map.
    Side,
    /// Below the map, on the page.
    Bottom,
    /// Below the page, which grows.
    Below,
}

/// Content beside or below a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NotesContent {
    pub(super) has_legend: bool,
    pub(super) has_sources: bool,
}

impl NotesContent {
    /// Returns everything that the options request.
    pub(super) fn of(options: &SheetOptions) -> Self {
        Self { has_legend: options.has_legend, has_sources: options.has_sources }
    }
}

/// Common context for building blocks.
pub(super) struct BlockBuilder<'a> {
    pub(super) map: &'a Map,
    pub(super) plan: &'a Plan,
    pub(super) fonts: &'a Fonts,
    /// Theme for elements directly on the background.
    pub(super) theme: Theme,
    pub(super) options: &'a SheetOptions,
    /// Page size in pixels.
    pub(super) size: Vec2,
    /// Size of a pixel of the plain page on this page.
    pub(super) unit: f32,
    /// Width of a column beside the map, in pixels of the plain page.
    pub(super) side: f32,
    /// Whether the list of sources says why it skips numbers.
    pub(super) explains_gaps: bool,
}

impl<'a> BlockBuilder<'a> {
    pub(super) fn new(materials: SheetInputs<'a>, options: &'a SheetOptions) -> Self {
        let SheetInputs { map, plan, fonts, theme } = materials;
        let size = options.size_px.clamp(Vec2::splat(200.0), Vec2::splat(30_000.0));
        let unit = (size.x * size.y / PLAIN_AREA).sqrt();
        let theme = theme.outside();
        Self { map, plan, fonts, theme, options, size, unit, side: SIDE, explains_gaps: true }
    }

    pub(super) fn margin(&self) -> f32 {
        52.0 * self.unit
    }

    pub(super) fn gap(&self) -> f32 {
        26.0 * self.unit
    }

    /// Returns the width within the margins.
    pub(super) fn inner_width(&self) -> f32 {
        self.size.x - 2.0 * self.margin()
    }

    pub(super) fn side_width(&self) -> f32 {
        self.side * self.unit
    }

    /// Converts a font size of a page of plain size to page pixels, at least the smallest of the options.
    pub(super) fn font_size(&self, size: f32) -> f32 {
        (size * self.unit).max(self.options.least_text_px)
    }

    pub(super) fn text(&self, text: &str, face: Face, size: f32, width: f32, lines: usize) -> Arc<Text> {
        self.fonts.shape(text, Style { face, size: self.font_size(size) }, Some(width), Some(lines))
    }

    /// Returns the height of a line of a caption, in page pixels.
    pub(super) fn caption_line(&self) -> f32 {
        Face::Regular.line_height() * self.font_size(SUBTITLE)
    }

    /// Returns the number of lines that a caption may have on the page of its step.
    fn caption_lines(&self) -> usize {
        let (least, share) = CAPTION_ROOM;
        ((share * self.size.y / self.caption_line()).floor() as usize).max(least)
    }

    /// Returns the texts of the head; `None` if the page has none.
    pub(super) fn head_texts(&self) -> Option<HeadTexts> {
        let width = self.inner_width();
        let meta = &self.map.meta();
        if !self.options.has_title {
            return None;
        }
        let date = meta.as_of.as_ref().map(|date| format!("As of {}", wording::date_text(date)));
        let date = date.map(|date| self.text(&date, Face::Regular, FOOT, width * 0.4, 1));
        let room = width - date.as_ref().map_or(0.0, |date| date.size.x + self.gap());
        let title = meta.title.as_deref().map(|title| self.text(title, Face::SemiBold, TITLE, room, 2));
        let (lines, subtitle_room) = if self.options.has_caption {
            (self.caption_lines(), room.min(CAPTION_WIDTH * self.unit))
        } else {
            (2, room)
        };
        let subtitle = meta.subtitle.as_deref();
        let subtitle = subtitle.map(|text| self.text(text, Face::Regular, SUBTITLE, subtitle_room, lines));
        Some(HeadTexts { title, subtitle, date })
    }

    /// Returns the head: title and subtitle, and the as-of date at the right.
    pub(super) fn head(&self) -> SheetBlock {
        let width = self.inner_width();
        let Some(HeadTexts { title, subtitle, date }) = self.head_texts() else { return SheetBlock::default() };
        let mut shapes = Vec::new();
        let mut top = 0.0_f32;
        for (text, color) in [(title, self.theme.text), (subtitle, self.theme.muted)] {
            let Some(text) = text else { continue };
            top += if top > 0.0 { 4.0 * self.unit } else { 0.0 };
            shapes.push(placed(&text, pos2(0.0, top), color));
            top += text.size.y;
        }
        let mut shapes = self.plated(shapes);
        if let Some(date) = date {
            shapes.extend(self.plated(vec![placed(
                &date,
                pos2(width - date.size.x, 14.0 * self.unit),
                self.theme.muted,
            )]));
            top = top.max(14.0 * self.unit + date.size.y);
        }
        SheetBlock::of(Part::Title, shapes, width, top)
    }

    /// Returns legend and sources as one block, with signs as large as on a map at `scale`.
    pub(super) fn notes(
        &self,
        legend: &Legend,
        content: NotesContent,
        arrangement: NotesPosition,
        width: f32,
        scale: f32,
    ) -> SheetBlock {
        let mut block = SheetBlock::default();
        if content.has_legend {
            block.push_below(0.0, self.legend(legend, width, scale));
        }
        if content.has_sources {
            let columns = if arrangement == NotesPosition::Side { 1 } else { self.columns(width) };
            block.push_below(self.gap() * 0.8, self.sources(width, columns));
        }
        block
    }

    pub(super) fn legend(&self, legend: &Legend, width: f32, scale: f32) -> SheetBlock {
        let tools = (self.map, self.fonts, &self.theme);
        let (shapes, height) = legend_shapes(legend, tools, width, self.font_size(LEGEND), scale);
        SheetBlock::of(Part::Legend, self.plated(shapes), width, height)
    }

    /// Returns the foot below a hairline: coverage at the left, authors and license at the right.
    pub(super) fn foot(&self) -> SheetBlock {
        let width = self.inner_width();
        let coverage = self.options.has_coverage.then(|| coverage_line(self.map, self.plan));
        let common = self.plan.common_source.filter(|_| !self.options.has_sources);
        let common = common.map(|source| wording::common_source_line(self.map, source));
        let left: Vec<String> = coverage.into_iter().chain(common).chain(self.options.remark.clone()).collect();
        let right = if self.options.has_credits { credit_line(self.map) } else { String::new() };
        if left.is_empty() && right.is_empty() {
            return SheetBlock::default();
        }
        let left = self.text(&left.join(" · "), Face::Regular, FOOT, width * 0.6, 2);
        let right = self.text(&right, Face::Regular, FOOT, width * 0.38, 2);
        let top = 12.0 * self.unit;
        let height = top + left.size.y.max(right.size.y);
        let right_pos = pos2(width - right.size.x, top);
        let texts = [(left, pos2(0.0, top)), (right, right_pos)].into_iter().filter(|(text, _)| text.size.x > 0.0);
        let plated = texts.flat_map(|(text, pos)| self.plated(vec![placed(&text, pos, self.theme.muted)]));
        let shapes = std::iter::once(self.hairline(width)).chain(plated).collect();
        SheetBlock::of(Part::Sources, shapes, width, height)
    }

    /// Adds a plate behind shapes if the background is unknown.
    pub(super) fn plated(&self, shapes: Vec<Shape>) -> Vec<Shape> {
        let covered = shapes.iter().map(Shape::bounds).reduce(Rect::union);
        let Some(covered) = covered.filter(|_| self.theme.ground == Ground::Any) else { return shapes };
        let plate = Shape::Rect {
            rect: covered.expand2(vec2(12.0, 7.0) * self.unit),
            radius: 9.0 * self.unit,
            fill: Some(solid(self.theme.card)),
            stroke: None,
        };
        std::iter::once(plate).chain(shapes).collect()
    }

    pub(super) fn hairline(&self, width: f32) -> Shape {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(width, self.unit.max(0.5)));
        Shape::Rect { rect, radius: 0.0, fill: Some(solid(self.theme.hairline)), stroke: None }
    }
}

impl SheetBlock {
    pub(super) fn of(part: Part, shapes: Vec<Shape>, width: f32, height: f32) -> Self {
        Self { parts: vec![(part, shapes)], width, height }
    }

    /// Moves the parts to a position on the page.
    pub(super) fn place(self, pos: Pos2, items: &mut Vec<Arc<SceneItem>>) {
        for (part, mut shapes) in self.parts {
            for shape in &mut shapes {
                shape.transform(1.0, pos.to_vec2());
            }
            items.push(Arc::new(SceneItem { part, min_scale: 0.0, shapes }));
        }
    }

    /// Appends a block below this one.
    pub(super) fn push_below(&mut self, gap: f32, other: Self) {
        if other.height <= 0.0 {
            return;
        }
        let top = if self.height > 0.0 { self.height + gap } else { 0.0 };
        for (part, mut shapes) in other.parts {
            for shape in &mut shapes {
                shape.transform(1.0, vec2(0.0, top));
            }
            self.parts.push((part, shapes));
        }
        self.height = top + other.height;
        self.width = self.width.max(other.width);
    }
}

pub(super) fn placed(text: &Arc<Text>, pos: Pos2, color: Rgb) -> Shape {
    Shape::Text { pos, text: Arc::clone(text), paint: solid(color) }
}
