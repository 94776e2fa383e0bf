//! The numbered sources: in columns on the page of the map, or on further pages.

use std::sync::Arc;

use emath::{Rect, pos2, vec2};

use super::block::{BlockBuilder, CAPTION_WIDTH, NotesContent, SheetBlock, TITLE, placed};
use super::words::{Detail, SourceLine, skipped_line, source_lines};
use crate::model::{Rgb, SourceId};
use crate::scene::{Legend, Part, Scene, Shape};
use crate::text::{Face, Style, Text};
use crate::wording::{ALL_TIES, date_text, link_host};

/// Font size of sources on a page of plain area, in pixels: above 8 points on a slide 13.33 inches wide.
const SOURCES: f32 = 16.5;
/// Minimum width of a column, which fits most references in two lines.
const COLUMN: f32 = 430.0;
/// Space between columns.
const GUTTER: f32 = 30.0;
/// Factors for the font size of sources on a page of their own; the largest at which all fit one page is taken.
const ENLARGED: [f32; 9] = [1.9, 1.8, 1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1];
/// Maximum number of columns on a page of their own, and of sources that are listed in one.
const MAX_COLUMNS: usize = 3;
const IN_ONE_COLUMN: usize = 4;
/// Space below a source on a page of their own, as a multiple of the font size.
const SPACED: f32 = 0.3;
/// Maximum lines of a reference, on the map's page and on further pages.
const MAX_LINES: (usize, usize) = (4, 12);

/// How sources are set.
#[derive(Clone, Copy)]
struct SourceStyle {
    /// Font size on a page of plain size.
    font_size: f32,
    most_lines: usize,
    /// Space below each, in page pixels.
    gap: f32,
    columns: usize,
}

/// A source, shaped for a column.
struct ShapedSource {
    /// `None` for the line on numbers that are skipped.
    source: Option<SourceId>,
    number: Arc<Text>,
    text: Arc<Text>,
    height: f32,
}

/// Sources shaped for columns of one width.
struct Column {
    entries: Vec<ShapedSource>,
    /// Number of columns side by side.
    count: usize,
    width: f32,
    /// Distance from the left of the numbers to the left of the texts.
    indent: f32,
}

impl BlockBuilder<'_> {
    /// Returns whether nothing drawn has a source.
    pub(super) fn is_unsourced(&self) -> bool {
        source_lines(self.map, self.plan, Detail::Brief).is_empty()
    }

    /// Returns the number of columns that fit a width.
    pub(super) fn columns(&self, width: f32) -> usize {
        self.columns_of(width, SOURCES).clamp(1, 4)
    }

    /// Returns the number of columns for text of a size, which may be 0.
    fn columns_of(&self, width: f32, font_size: f32) -> usize {
        (width / (COLUMN * self.font_size(font_size) / SOURCES)).floor() as usize
    }

    /// Returns the numbered sources below a hairline, in columns filled one after the other.
    pub(super) fn sources(&self, width: f32, columns: usize) -> SheetBlock {
        let lines = source_lines(self.map, self.plan, Detail::Brief);
        let style = SourceStyle { font_size: SOURCES, most_lines: MAX_LINES.0, gap: 3.0 * self.unit, columns };
        let column = self.set(&lines, width, style);
        if column.entries.is_empty() {
            return SheetBlock::default();
        }
        let heights: Vec<f32> = column.entries.iter().map(|entry| entry.height).collect();
        let tallest = column_height(&heights, columns);
        let top = 16.0 * self.unit;
        let mut block = SheetBlock::of(Part::Sources, vec![self.hairline(width)], width, top + tallest);
        self.pour(&column, &column.entries, tallest, top, &mut block);
        self.put_plate(&mut block);
        block
    }

    /// Returns pages with the full sources that had no room on the first page, and with its legend if that had none:
    /// with what is left over.
    pub(super) fn further_pages(
        &self,
        legend: &Legend,
        left_over: NotesContent,
        scale: f32,
        background: Rgb,
    ) -> Vec<Scene> {
        let lines = source_lines(self.map, self.plan, Detail::Full);
        let first_room = self.room_below(&self.further_head(legend, left_over, scale));
        let column = self.enlarged(&lines, first_room);
        let columns = column.count;
        let mut rest: &[ShapedSource] = &column.entries;
        let mut pages = Vec::new();
        while !rest.is_empty() || (pages.is_empty() && left_over.has_legend) {
            let has_legend = pages.is_empty() && left_over.has_legend;
            let mut block = self.further_head(legend, NotesContent { has_legend, ..left_over }, scale);
            let (foot, top, room) = (self.foot(), block.height + self.gap(), self.room_below(&block));
            let count = count_that_fits(rest, columns, room);
            let (here, later) = rest.split_at(count);
            let heights: Vec<f32> = here.iter().map(|entry| entry.height).collect();
            self.pour(&column, here, column_height(&heights, columns).min(room), top, &mut block);
            self.put_plate(&mut block);
            let mut items = Vec::new();
            block.place(pos2(self.margin(), self.margin()), &mut items);
            foot_at_bottom(self, foot, &mut items);
            pages.push(Scene { items, bounds: Rect::from_min_size(pos2(0.0, 0.0), self.size), background });
            rest = later;
        }
        pages
    }

    /// Sets sources for a page of their own of this height: as large as they fit, or in plain size on several pages.
    fn enlarged(&self, lines: &[SourceLine], room: f32) -> Column {
        let width = self.inner_width();
        let (most, width) =
            if lines.len() <= IN_ONE_COLUMN { (1, width.min(CAPTION_WIDTH * self.unit)) } else { (MAX_COLUMNS, width) };
        let style = |factor: f32| SourceStyle {
            font_size: SOURCES * factor,
            most_lines: MAX_LINES.1,
            gap: SPACED * self.font_size(SOURCES * factor),
            columns: self.columns_of(width, SOURCES * factor).clamp(1, most),
        };
        let mut set = ENLARGED.iter().map(|&factor| self.set(lines, width, style(factor)));
        let fits = |column: &Column| count_that_fits(&column.entries, column.count, room) == column.entries.len();
        let plain = || self.set(lines, width, SourceStyle { gap: 3.0 * self.unit, ..style(1.0) });
        set.find(fits).unwrap_or_else(plain)
    }

    /// Returns the heading of a page of sources, with the legend if it is left over.
    fn further_head(&self, legend: &Legend, left_over: NotesContent, scale: f32) -> SheetBlock {
        let width = self.inner_width();
        let mut block = self.running_head("Sources", width);
        if left_over.has_legend {
            block.push_below(self.gap(), self.legend(legend, width, scale.max(0.2 * self.unit)));
        }
        block
    }

    /// Returns the height between the head of a page without a map and its foot.
    fn room_below(&self, head: &SheetBlock) -> f32 {
        let top = head.height + self.gap();
        (self.size.y - 2.0 * self.margin() - top - self.foot().height - self.gap()).max(1.0)
    }

    /// Adds one plate behind all entries of a block, if the background requires plates.
    fn put_plate(&self, block: &mut SheetBlock) {
        let shapes: Vec<Shape> = block.parts.iter().flat_map(|(_, shapes)| shapes.iter().cloned()).collect();
        let count = shapes.len();
        let plated = self.plated(shapes);
        if plated.len() > count {
            block.parts.insert(0, (Part::Sources, plated.into_iter().take(1).collect()));
        }
    }

    /// Returns the heading of a page without a map, as large as a title, with the map's title.
    pub(super) fn running_head(&self, heading: &str, width: f32) -> SheetBlock {
        let heading = self.text(heading, Face::SemiBold, TITLE, width, 1);
        let room = (width - heading.size.x - self.gap()).max(1.0);
        let title = self.map.meta().title.as_deref().filter(|_| self.options.has_title);
        let title = self.text(title.unwrap_or_default(), Face::Regular, SOURCES, room, 1);
        let mut rule = self.hairline(width);
        let below = heading.size.y + 10.0 * self.unit;
        rule.transform(1.0, vec2(0.0, below));
        let baseline = |text: &Text| text.lines.first().map_or(0.0, |line| line.baseline);
        let title_pos = pos2(width - title.size.x, baseline(&heading) - baseline(&title));
        let shapes =
            vec![placed(&heading, pos2(0.0, 0.0), self.theme.text), placed(&title, title_pos, self.theme.muted), rule];
        SheetBlock::of(Part::Sources, shapes, width, below)
    }

    /// Shapes sources for columns that share a width.
    fn set(&self, lines: &[SourceLine], width: f32, style: SourceStyle) -> Column {
        let SourceStyle { font_size, most_lines, gap, columns } = style;
        let column_width = (width - GUTTER * self.unit * (columns - 1) as f32) / columns as f32;
        let numbers: Vec<Arc<Text>> =
            lines.iter().map(|line| self.text(&line.number, Face::Regular, font_size, column_width, 1)).collect();
        let indent = numbers.iter().map(|text| text.size.x).fold(0.0, f32::max) + 7.0 * self.unit;
        let text_width = (column_width - indent).max(50.0);
        let text_style = Style { face: Face::Regular, size: self.font_size(font_size) };
        let set = |text: &str, unbroken: &[String]| {
            self.fonts.shape_unbroken(text, text_style, (text_width, most_lines), unbroken)
        };
        let entry = |(line, number): (&SourceLine, Arc<Text>)| {
            let is_of_all = self.plan.common_source == Some(line.source);
            let text = format!("{}{}", if is_of_all { ALL_TIES } else { "" }, line.text);
            let text = set(&text, &self.unbroken(line.source));
            ShapedSource { source: Some(line.source), number, height: text.size.y + gap, text }
        };
        let mut entries: Vec<ShapedSource> = lines.iter().zip(numbers).map(entry).collect();
        if let Some(line) = skipped_line(self.map, self.plan).filter(|_| self.explains_gaps) {
            let text = set(&line, &[]);
            let number = self.text("", Face::Regular, font_size, column_width, 1);
            entries.push(ShapedSource { source: None, number, height: text.size.y + gap, text });
        }
        Column { entries, count: columns, width: column_width, indent }
    }

    /// Returns the parts of a reference that should be on one line: its date, and the host of its address.
    fn unbroken(&self, source: SourceId) -> Vec<String> {
        let source = self.map.source(source);
        let date = source.published.as_ref().map(date_text);
        date.into_iter().chain(source.url.as_deref().and_then(link_host)).collect()
    }

    /// Places entries in columns of a given height, from `top` down.
    fn pour(&self, column: &Column, entries: &[ShapedSource], height: f32, top: f32, block: &mut SheetBlock) {
        let heights = entries.iter().map(|entry| entry.height);
        for (entry, (index, y)) in entries.iter().zip(fill_columns(heights, height)) {
            let pos = pos2(index as f32 * (column.width + GUTTER * self.unit), top + y);
            let shapes: Vec<Shape> = vec![
                placed(&entry.number, pos, self.theme.muted),
                placed(&entry.text, pos + vec2(column.indent, 0.0), self.theme.muted),
            ];
            block.parts.push((entry.source.map_or(Part::Sources, Part::Source), shapes));
        }
    }
}

pub(super) fn foot_at_bottom(
    builder: &BlockBuilder<'_>,
    foot: SheetBlock,
    items: &mut Vec<Arc<crate::scene::SceneItem>>,
) {
    let top = builder.size.y - builder.margin() - foot.height;
    foot.place(pos2(builder.margin(), top), items);
}

/// Returns the column and the top of entries of these heights that fill columns of a height one after another.
fn fill_columns(heights: impl IntoIterator<Item = f32>, limit: f32) -> impl Iterator<Item = (usize, f32)> {
    /// How far an entry may reach below its column, for rounding.
    const SLACK: f32 = 0.5;
    let (mut column, mut y) = (0, 0.0);
    heights.into_iter().map(move |height| {
        if y > 0.0 && y + height > limit + SLACK {
            (column, y) = (column + 1, 0.0);
        }
        let top = y;
        y += height;
        (column, top)
    })
}

/// Returns the number of entries, at least one, that fit columns of a height.
fn count_that_fits(entries: &[ShapedSource], columns: usize, height: f32) -> usize {
    let heights = entries.iter().map(|entry| entry.height);
    fill_columns(heights, height).take_while(|(column, _)| *column < columns).count().max(1)
}

/// Returns the minimum height at which texts of these heights, in order, fit `columns` columns.
fn column_height(heights: &[f32], columns: usize) -> f32 {
    let fits = |limit: f32| fill_columns(heights.iter().copied(), limit).all(|(column, _)| column < columns);
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
