//! Shapes of the legend: groups of entries that flow from left to right.

use std::sync::Arc;

use emath::{Rect, Vec2, pos2, vec2};

use super::columns::cells;
use super::{Legend, Widths};
use crate::layout::Cubic;
use crate::model::{Map, Rgb, Stage};
use crate::scene::lane::{self, LineStyle, Tip};
use crate::scene::plan::THINNEST;
use crate::scene::theme::{line, solid};
use crate::scene::{Shape, Stroke, Theme};
use crate::text::{Face, Fonts, Style, Text, icon};
use crate::wording;

/// Meaning of the sign for ties that may have held at the date of the view, but not surely.
pub const UNCERTAIN: &str = "May have held then";

/// Meaning of the color of an actor that is not that of its kind.
pub const OWN_COLOR: &str = "Individual color, not that of its kind";

/// Sign of an actor with neighbors that are not shown.
pub const UNSEEN_SIGN: &str = "+n";

/// Its meaning.
pub const UNSEEN: &str = "Number of neighbors not shown";

/// Width of the sample of a line, as a multiple of the font size: two dashes on the largest map have room.
const LINE_SAMPLE: f32 = 3.3;

/// One sign with its meaning; its left end is at the origin, vertically centered.
pub(super) struct LegendEntry {
    /// The sign, then its meaning.
    shapes: Vec<Shape>,
    /// Width of the sign alone.
    sign_width: f32,
    meaning: String,
    width: f32,
    /// Height of a text of several lines beyond that of the first.
    extra_height: f32,
}

/// Entries under a common heading.
pub(super) struct LegendGroup {
    pub(super) heading: String,
    pub(super) entries: Vec<LegendEntry>,
}

/// A sign with its meaning as text, for pages that lay out text themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendSign {
    /// The sign, from the left at zero, vertically centered at zero.
    pub shapes: Vec<Shape>,
    /// Width of the sign.
    pub width: f32,
    /// What it means.
    pub meaning: String,
}

/// Signs under a common heading.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendSignGroup {
    /// The heading.
    pub heading: String,
    /// The signs, in display order.
    pub signs: Vec<LegendSign>,
}

/// Common context for building entries.
pub(super) struct EntryBuilder<'a> {
    pub(super) map: &'a Map,
    fonts: &'a Fonts,
    pub(super) theme: &'a Theme,
    pub(super) size: f32,
    /// Width of the legend.
    width: f32,
    /// Page units per world unit of the map, so that signs are as large as on the map.
    scale: f32,
}

/// Returns the shapes of a legend of the given width, from the origin down, and its height; text in `size`, signs at
/// `scale`.
pub(in crate::scene) fn legend_shapes(
    legend: &Legend,
    (map, fonts, theme): (&Map, &Fonts, &Theme),
    width: f32,
    size: f32,
    scale: f32,
) -> (Vec<Shape>, f32) {
    let maker = EntryBuilder { map, fonts, theme, size, width, scale };
    let groups = maker.groups(legend);
    flow(&maker, groups, width)
}

/// Returns the signs of a legend for text in `size`; lines and their widths are as on a map at `scale`.
#[must_use]
pub fn legend_signs(
    legend: &Legend,
    (map, fonts, theme): (&Map, &Fonts, &Theme),
    size: f32,
    scale: f32,
) -> Vec<LegendSignGroup> {
    let maker = EntryBuilder { map, fonts, theme, size, width: f32::INFINITY, scale };
    let sign = |mut entry: LegendEntry| {
        // The meaning comes last.
        entry.shapes.pop();
        LegendSign { shapes: entry.shapes, width: entry.sign_width, meaning: entry.meaning }
    };
    let groups = maker.groups(legend).into_iter();
    groups
        .map(|LegendGroup { heading, entries }| LegendSignGroup {
            heading,
            signs: entries.into_iter().map(sign).collect(),
        })
        .collect()
}

impl EntryBuilder<'_> {
    fn groups(&self, legend: &Legend) -> Vec<LegendGroup> {
        if let Some(signs) = &legend.overview {
            let groups = self.overview_groups(legend, signs);
            return groups.into_iter().filter(|group| !group.entries.is_empty()).collect();
        }
        let ties = legend.tie_kinds.iter().map(|&kind| {
            let record = &self.map.tie_kinds()[kind];
            let hue = self.theme.tie_kind(self.map, kind);
            self.kind(hue, record.icon.as_deref(), &record.label, true)
        });
        let actors = legend.actor_kinds.iter().map(|&kind| {
            let record = &self.map.actor_kinds()[kind];
            let hue = self.theme.actor_kind(self.map, Some(kind));
            self.kind(hue, record.icon.as_deref(), &record.label, false)
        });
        let mut signs: Vec<LegendEntry> =
            legend.lines.iter().map(|(style, stages)| self.style(*style, stages)).collect();
        signs.extend(legend.has_ribbon.then(|| self.ribbon("Several ties, drawn as one")));
        signs.extend(legend.has_disputed.then(|| self.mark("‡", "Disputed or contradicted")));
        signs.extend(legend.has_uncertain.then(|| self.mark("?", UNCERTAIN)));
        signs.extend(legend.has_unsourced.then(|| self.hollow("No source")));
        signs.extend(legend.own_color.map(|color| self.swatch(self.theme.line_hue(color), OWN_COLOR)));
        signs.extend(legend.has_unseen.then(|| self.mark(UNSEEN_SIGN, UNSEEN)));
        let groups = [
            LegendGroup { heading: "Ties".to_owned(), entries: ties.collect() },
            LegendGroup { heading: "Actors".to_owned(), entries: actors.collect() },
            LegendGroup { heading: "Signs".to_owned(), entries: signs },
            self.width_group(legend.widths.as_ref()),
        ];
        groups.into_iter().filter(|group| !group.entries.is_empty()).collect()
    }

    fn text(&self, text: &str, face: Face) -> Arc<Text> {
        self.fonts.shape(text, Style { face, size: self.size }, Some(self.size * 26.0), Some(1))
    }

    /// Returns an entry of a sign with its width, followed by its meaning.
    pub(super) fn entry(&self, shapes: Vec<Shape>, sign_width: f32, meaning: &str) -> LegendEntry {
        self.entry_of(shapes, sign_width, (self.text(meaning, Face::Regular), meaning), 0.0)
    }

    /// Returns an entry whose meaning may take three lines.
    pub(super) fn wrapped(&self, shapes: Vec<Shape>, sign_width: f32, meaning: &str) -> LegendEntry {
        let style = Style { face: Face::Regular, size: self.size };
        // Beside the heading and the space after it.
        let room = (self.width - sign_width - self.size * 7.5).max(self.size * 8.0);
        let text = self.fonts.shape(meaning, style, Some(room), Some(3));
        let extra = text.size.y * (1.0 - 1.0 / text.lines.len().max(1) as f32);
        self.entry_of(shapes, sign_width, (text, meaning), extra)
    }

    fn entry_of(
        &self,
        mut shapes: Vec<Shape>,
        sign_width: f32,
        (text, meaning): (Arc<Text>, &str),
        extra_height: f32,
    ) -> LegendEntry {
        let left = if sign_width > 0.0 { sign_width + self.size * 0.45 } else { 0.0 };
        let width = left + text.size.x;
        let top = -(text.size.y - extra_height) / 2.0;
        shapes.push(Shape::Text { pos: pos2(left, top), text, paint: solid(self.theme.text) });
        LegendEntry { shapes, sign_width, meaning: meaning.to_owned(), width, extra_height }
    }

    /// Returns an entry with a color.
    fn swatch(&self, hue: Rgb, meaning: &str) -> LegendEntry {
        let side = self.size;
        let rect = Rect::from_center_size(pos2(side / 2.0, 0.0), Vec2::splat(side));
        let shape = Shape::Rect { rect, radius: side * 0.24, fill: Some(solid(hue)), stroke: None };
        self.entry(vec![shape], side, meaning)
    }

    fn kind(&self, hue: Rgb, icon_name: Option<&str>, label: &str, has_line: bool) -> LegendEntry {
        let mut shapes = Vec::new();
        let mut width = 0.0;
        if has_line {
            width = self.size * 1.25;
            shapes.push(Shape::Curve { pieces: straight(0.0, width), stroke: line(hue, self.size * 0.2) });
        }
        if let Some(sign) = icon_name.and_then(icon) {
            width += if has_line { self.size * 0.35 } else { 0.0 };
            let style = Style { face: Face::Icon, size: self.size * 1.1 };
            let text = self.fonts.shape(&sign.to_string(), style, None, None);
            shapes.push(Shape::Text {
                pos: pos2(width, -text.size.y / 2.0),
                text: Arc::clone(&text),
                paint: solid(hue),
            });
            width += text.size.x;
        } else if !has_line {
            let rect = Rect::from_center_size(pos2(self.size * 0.5, 0.0), Vec2::splat(self.size * 0.7));
            shapes.push(Shape::Rect { rect, radius: self.size * 0.2, fill: Some(solid(hue)), stroke: None });
            width = self.size;
        }
        self.entry(shapes, width, label)
    }

    fn style(&self, style: LineStyle, stages: &[Stage]) -> LegendEntry {
        let words: Vec<&str> = stages.iter().map(|stage| stage.word()).collect();
        let meaning = match words.as_slice() {
            [] => "Stage not stated".to_owned(),
            words => wording::capitalized(&wording::joined_or(words)),
        };
        let width = self.size * LINE_SAMPLE;
        let tip = if style == LineStyle::Ended { Tip::Bar } else { Tip::None };
        let dashes = style.stroke(self.theme.muted, style.width(1.9)).dashes;
        let curve = straight(0.0, sample_length(&dashes, width / self.scale));
        let mut shapes = lane::shapes(&curve, style, style.width(1.9), self.theme.muted, tip);
        for shape in &mut shapes {
            shape.transform(self.scale, Vec2::ZERO);
        }
        self.entry(shapes, width, &meaning)
    }

    fn ribbon(&self, meaning: &str) -> LegendEntry {
        let width = self.size * LINE_SAMPLE;
        let hue = self.theme.mixed();
        let curve = straight(0.0, width / self.scale);
        let mut shapes = lane::ribbon_shapes(&curve, LineStyle::Solid, (hue, self.theme.tint(hue)), Tip::None);
        for shape in &mut shapes {
            shape.transform(self.scale, Vec2::ZERO);
        }
        self.entry(shapes, width, meaning)
    }

    fn mark(&self, sign: &str, meaning: &str) -> LegendEntry {
        let text = self.text(sign, Face::SemiBold);
        let width = text.size.x;
        let pos = pos2(0.0, -text.size.y / 2.0);
        self.entry(vec![Shape::Text { pos, text, paint: solid(self.theme.text) }], width, meaning)
    }

    fn hollow(&self, meaning: &str) -> LegendEntry {
        let size = vec2(self.size * 2.2, self.size * 1.15);
        let rect = Rect::from_min_size(pos2(0.0, -size.y / 2.0), size);
        let dashes = vec![4.0 * self.scale, 3.0 * self.scale];
        let stroke = Stroke { dashes, ..line(self.theme.muted, 1.25 * self.scale) };
        let shape = Shape::Rect { rect, radius: size.y / 2.0, fill: None, stroke: Some(stroke) };
        self.entry(vec![shape], size.x, meaning)
    }

    fn width_group(&self, widths: Option<&Widths>) -> LegendGroup {
        let Some(widths) = widths else { return LegendGroup { heading: String::new(), entries: Vec::new() } };
        let sample = self.size * 1.8;
        let steps = widths.steps.iter().map(|(words, width)| {
            let stroke = line(self.theme.muted, width * self.scale);
            self.entry(vec![Shape::Curve { pieces: straight(0.0, sample), stroke }], sample, words)
        });
        let thinnest = match (widths.has_unknown, widths.has_other_currency) {
            (true, true) => Some("Amount not known, or in another currency"),
            (true, false) => Some("Amount not known"),
            (false, true) => Some("Amount in another currency"),
            (false, false) => None,
        };
        let thinnest = thinnest.map(|meaning| {
            let stroke = line(self.theme.muted, THINNEST * self.scale);
            self.wrapped(vec![Shape::Curve { pieces: straight(0.0, sample), stroke }], sample, meaning)
        });
        let entries = steps.chain(thinnest).collect();
        LegendGroup { heading: format!("Width, {}", widths.currency), entries }
    }
}

/// Returns the greatest length up to `room` at which a dashed line ends on a whole dash; at least two dashes are seen.
fn sample_length(dashes: &[f32], room: f32) -> f32 {
    let &[dash, gap] = dashes else { return room };
    let count = ((room + gap) / (dash + gap)).floor().max(2.0);
    count * (dash + gap) - gap
}

/// Returns a straight horizontal line at height zero.
pub(super) fn straight(from: f32, to: f32) -> Vec<Cubic> {
    vec![[0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].map(|t| pos2(from + (to - from) * t, 0.0))]
}

/// Arranges groups beside their headings, two short groups side by side; entries of more than one row form columns.
fn flow(maker: &EntryBuilder<'_>, groups: Vec<LegendGroup>, width: f32) -> (Vec<Shape>, f32) {
    let size = maker.size;
    let headings: Vec<Arc<Text>> = groups.iter().map(|group| maker.text(&group.heading, Face::SemiBold)).collect();
    let indent = headings.iter().map(|heading| heading.size.x).fold(0.0, f32::max) + size * 1.2;
    let half = (width - size * 2.4) / 2.0;
    let is_short = |group: &LegendGroup| {
        let entries: f32 = group.entries.iter().map(|entry| entry.width + size * 1.2).sum();
        indent + entries - size * 1.2 <= half
    };
    let mut waiting: Vec<(LegendGroup, Arc<Text>)> = groups.into_iter().zip(headings).collect();
    let mut shapes = Vec::new();
    let mut top = 0.0;
    while !waiting.is_empty() {
        top += if top > 0.0 { size * 0.6 } else { 0.0 };
        let (first, heading) = waiting.remove(0);
        let partner = if is_short(&first) { waiting.iter().position(|(group, _)| is_short(group)) } else { None };
        let mut height = set_group(maker, first, &heading, vec2(0.0, top), (indent, width), &mut shapes);
        if let Some((second, heading)) = partner.map(|index| waiting.remove(index)) {
            let left = vec2(width - half, top);
            height = height.max(set_group(maker, second, &heading, left, (indent, half), &mut shapes));
        }
        top += height;
    }
    (shapes, top)
}

/// Arranges one group within a width, its entries behind an indent; returns its height.
fn set_group(
    maker: &EntryBuilder<'_>,
    group: LegendGroup,
    heading: &Arc<Text>,
    corner: Vec2,
    (indent, width): (f32, f32),
    shapes: &mut Vec<Shape>,
) -> f32 {
    let line_height = maker.size * 1.7;
    let pos = pos2(corner.x, corner.y + (line_height - heading.size.y) / 2.0);
    shapes.push(Shape::Text { pos, text: Arc::clone(heading), paint: solid(maker.theme.muted) });
    let widths: Vec<f32> = group.entries.iter().map(|entry| entry.width).collect();
    let cells = cells(&widths, width - indent, maker.size * 1.2);
    let (mut extra_before, mut extra, mut last_row) = (0.0, 0.0_f32, 0);
    for (entry, &(left, row)) in group.entries.into_iter().zip(&cells) {
        if row != last_row {
            extra_before += std::mem::take(&mut extra);
            last_row = row;
        }
        extra = extra.max(entry.extra_height);
        let offset = corner + vec2(indent + left, (row as f32 + 0.5) * line_height + extra_before);
        shapes.extend(entry.shapes.into_iter().map(|mut shape| {
            shape.transform(1.0, offset);
            shape
        }));
    }
    cells.last().map_or(0, |&(_, row)| row + 1) as f32 * line_height + extra_before + extra
}

#[cfg(test)]
mod tests {
    use super::sample_length;

    #[test]
    fn samples_of_dashed_lines_end_on_a_whole_dash() {
        assert_eq!(sample_length(&[], 31.0), 31.0);
        assert_eq!(sample_length(&[10.0, 5.0], 31.0), 25.0);
        assert_eq!(sample_length(&[10.0, 5.0], 40.0), 40.0);
        assert_eq!(sample_length(&[10.0, 5.0], 12.0), 25.0);
    }
}
