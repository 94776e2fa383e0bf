//! Blocks of a page around the map: head, legend, sources, foot.

use std::sync::Arc;

use emath::{Pos2, Rect, pos2, vec2};

use super::words::{coverage_line, credit_line, source_lines};
use super::{Arrangement, SheetOptions};
use crate::model::{Map, Rgb};
use crate::scene::legend::legend_shapes;
use crate::scene::plan::Plan;
use crate::scene::theme::solid;
use crate::scene::{Legend, Part, Shape, Theme};
use crate::text::{Face, Fonts, Style, Text};
use crate::wording;

/// Font sizes on a page of plain area, in pixels: 8 points on a 13.33 inch wide slide are 16.
const TITLE: f32 = 42.0;
const SUBTITLE: f32 = 23.0;
const LEGEND: f32 = 17.0;
const SOURCES: f32 = 16.5;
const FOOT: f32 = 16.0;

/// Shapes from the origin down and right, and how much room they take.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) parts: Vec<(Part, Vec<Shape>)>,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// Everything that blocks are made with.
pub(super) struct Desk<'a> {
    pub(super) map: &'a Map,
    pub(super) plan: &'a Plan,
    pub(super) fonts: &'a Fonts,
    pub(super) theme: &'a Theme,
    pub(super) options: &'a SheetOptions,
    /// Size of one pixel of the plain page on this one.
    pub(super) unit: f32,
}

impl Desk<'_> {
    pub(super) fn margin(&self) -> f32 {
        52.0 * self.unit
    }

    pub(super) fn gap(&self) -> f32 {
        26.0 * self.unit
    }

    pub(super) fn side_width(&self) -> f32 {
        484.0 * self.unit
    }

    fn text(&self, text: &str, face: Face, size: f32, width: f32, lines: usize) -> Arc<Text> {
        self.fonts.shape(text, Style { face, size: size * self.unit }, Some(width), Some(lines))
    }

    /// Title and subtitle, and the as-of date at the right.
    pub(super) fn head(&self, width: f32) -> Block {
        let meta = &self.map.meta;
        if !self.options.has_title {
            return Block::default();
        }
        let date = meta.as_of.as_ref().map(|date| format!("As of {}", wording::date_text(date)));
        let date = date.map(|date| self.text(&date, Face::Regular, FOOT, width * 0.4, 1));
        let room = width - date.as_ref().map_or(0.0, |date| date.size.x + self.gap());
        let title = meta.title.as_deref().map(|title| self.text(title, Face::SemiBold, TITLE, room, 2));
        let subtitle = meta.subtitle.as_deref().map(|subtitle| self.text(subtitle, Face::Regular, SUBTITLE, room, 2));
        let mut shapes = Vec::new();
        let mut top = 0.0;
        for (text, color) in [(title, self.theme.text), (subtitle, self.theme.muted)] {
            let Some(text) = text else { continue };
            top += if top > 0.0 { 4.0 * self.unit } else { 0.0 };
            shapes.push(placed(&text, pos2(0.0, top), color));
            top += text.size.y;
        }
        if let Some(date) = date {
            shapes.push(placed(&date, pos2(width - date.size.x, 14.0 * self.unit), self.theme.muted));
            top = top.max(14.0 * self.unit + date.size.y);
        }
        Block::of(Part::Title, shapes, width, top)
    }

    /// Legend and sources as one block.
    pub(super) fn notes(&self, legend: &Legend, arrangement: Arrangement, width: f32, scale: f32) -> Block {
        let mut block = Block::default();
        if self.options.has_legend {
            let tools = (self.map, self.fonts, self.theme);
            let (shapes, height) = legend_shapes(legend, tools, width, LEGEND * self.unit, scale);
            block.push_below(0.0, Block::of(Part::Legend, shapes, width, height));
        }
        if self.options.has_sources {
            let columns = if arrangement == Arrangement::Side {
                1
            } else {
                ((width / (430.0 * self.unit)).floor() as usize).clamp(1, 4)
            };
            block.push_below(self.gap() * 0.8, self.sources(width, columns));
        }
        block
    }

    /// The numbered sources under a hairline, in columns that fill one after the other.
    fn sources(&self, width: f32, columns: usize) -> Block {
        let lines = source_lines(self.map, self.plan);
        if lines.is_empty() {
            return Block::default();
        }
        let gutter = 30.0 * self.unit;
        let column_width = (width - gutter * (columns - 1) as f32) / columns as f32;
        let numbers: Vec<Arc<Text>> =
            lines.iter().map(|(number, _)| self.text(number, Face::Regular, SOURCES, column_width, 1)).collect();
        let indent = numbers.iter().map(|text| text.size.x).fold(0.0, f32::max) + 7.0 * self.unit;
        let texts: Vec<Arc<Text>> = lines
            .iter()
            .map(|(_, text)| self.text(text, Face::Regular, SOURCES, (column_width - indent).max(50.0), 4))
            .collect();
        let spacing = 3.0 * self.unit;
        let heights: Vec<f32> = texts.iter().map(|text| text.size.y + spacing).collect();
        let tallest = column_height(&heights, columns);
        let top = 16.0 * self.unit;
        let mut shapes = vec![self.hairline(width)];
        let (mut column, mut y) = (0, 0.0);
        for ((number, text), height) in numbers.iter().zip(&texts).zip(&heights) {
            if y > 0.0 && y + height > tallest + 0.5 {
                column += 1;
                y = 0.0;
            }
            let pos = pos2(column as f32 * (column_width + gutter), top + y);
            shapes.push(placed(number, pos, self.theme.muted));
            shapes.push(placed(text, pos + vec2(indent, 0.0), self.theme.muted));
            y += height;
        }
        Block::of(Part::Sources, shapes, width, top + tallest)
    }

    /// Coverage at the left, authors and license at the right, under a hairline.
    pub(super) fn foot(&self, width: f32) -> Block {
        if !self.options.has_credits {
            return Block::default();
        }
        let coverage = self.text(&coverage_line(self.map, self.plan), Face::Regular, FOOT, width * 0.6, 1);
        let credit = self.text(&credit_line(self.map), Face::Regular, FOOT, width * 0.38, 1);
        let top = 12.0 * self.unit;
        let shapes = vec![
            self.hairline(width),
            placed(&coverage, pos2(0.0, top), self.theme.muted),
            placed(&credit, pos2(width - credit.size.x, top), self.theme.muted),
        ];
        Block::of(Part::Sources, shapes, width, top + coverage.size.y.max(credit.size.y))
    }

    fn hairline(&self, width: f32) -> Shape {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(width, self.unit.max(0.5)));
        Shape::Rect { rect, radius: 0.0, fill: Some(solid(self.theme.hairline)), stroke: None }
    }
}

impl Block {
    fn of(part: Part, shapes: Vec<Shape>, width: f32, height: f32) -> Self {
        Self { parts: vec![(part, shapes)], width, height }
    }
}

fn placed(text: &Arc<Text>, pos: Pos2, color: Rgb) -> Shape {
    Shape::Text { pos, text: Arc::clone(text), paint: solid(color) }
}

/// The least height at which texts of these heights, kept in order, fill no more than `columns`.
fn column_height(heights: &[f32], columns: usize) -> f32 {
    let fits = |limit: f32| {
        let (mut used, mut y) = (1, 0.0);
        for &height in heights {
            if y > 0.0 && y + height > limit + 0.5 {
                used += 1;
                y = 0.0;
            }
            y += height;
        }
        used <= columns
    };
    let tallest = heights.iter().copied().fold(0.0, f32::max);
    let (mut low, mut high) = (tallest, heights.iter().sum::<f32>().max(tallest));
    for _ in 0..24 {
        let middle = f32::midpoint(low, high);
        if fits(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::column_height;

    #[test]
    fn columns_are_about_equally_long() {
        assert!((column_height(&[10.0; 9], 3) - 30.0).abs() < 0.6);
        assert!((column_height(&[10.0, 30.0, 10.0], 2) - 40.0).abs() < 0.6);
        assert!(column_height(&[], 3).abs() < 1e-6);
    }
}
