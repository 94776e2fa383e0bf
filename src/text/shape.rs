//! Shaping and line breaking of a single text.

use parley::{
    BaseDirection, FontFamily, FontFamilyName, Layout, OverflowWrap, PositionedLayoutItem, StyleProperty, TextWrapMode,
};
use unicode_segmentation::UnicodeSegmentation;

use super::faces::FACES;
use super::shaping_state::ShapingState;
use super::{Face, FontId, Glyph, Run, Style, Text, TextLine};
use crate::hidden_characters::visible;
use emath::vec2;

/// Maximum length in bytes; longer texts are truncated before shaping, because they never fit.
const MAX_BYTES: usize = 20_000;

/// Texts with up to this many lines are names and titles, whose lines are balanced; longer ones are running text, which
/// fills its lines.
const MAX_BALANCED: usize = 3;

/// See [`super::Fonts::shape`].
pub(super) fn shape(
    state: &mut ShapingState,
    text: &str,
    style: Style,
    (max_width, max_lines): (Option<f32>, Option<usize>),
    unbroken: &[&str],
) -> Text {
    let whole = visible(text);
    let room = room_in_bytes(style, max_width, max_lines);
    let kept = prefix(&whole, room);
    let mut is_cut = kept.len() < whole.len();
    let mut content = if is_cut { format!("{}…", kept.trim_end()) } else { kept.to_owned() };
    let mut layout = lay_out(state, &content, style, unbroken);
    if layout_misses_glyphs(&layout) && state.load_system_fonts() {
        layout = lay_out(state, &content, style, unbroken);
    }
    break_lines(&mut layout, max_width);
    if let Some(most) = max_lines.filter(|&most| layout.len() > most.max(1)) {
        is_cut = true;
        (content, layout) = cut(state, kept, (style, unbroken), max_width, most.max(1));
    }
    if !is_cut && max_lines.is_some_and(|most| most <= MAX_BALANCED) {
        balance(&mut layout, max_width);
    }
    finish(state, &content, style, &layout, is_cut)
}

/// Returns an upper bound of the bytes that fit: a narrow letter is about a fifth of the font size wide and has up to
/// four bytes.
fn room_in_bytes(style: Style, max_width: Option<f32>, max_lines: Option<usize>) -> usize {
    let (Some(width), Some(lines)) = (max_width, max_lines) else { return MAX_BYTES };
    let per_line = (width / (0.2 * style.size.max(0.1))).clamp(1.0, 5_000.0) as usize * 4;
    per_line.saturating_mul(lines.saturating_add(1)).saturating_add(64).min(MAX_BYTES)
}

/// Returns the longest prefix of at most `bytes` bytes that ends at a character boundary.
fn prefix(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

fn lay_out(state: &mut ShapingState, text: &str, style: Style, unbroken: &[&str]) -> Layout<()> {
    let ShapingState { font_context, layout_context, .. } = state;
    let mut builder = layout_context.ranged_builder(font_context, text, 1.0, false);
    // The regular face is the fallback, because texts in the icon face may contain letters.
    let families = [style.face, Face::Regular].map(|face| FontFamilyName::named(face.family()));
    builder.push_default(StyleProperty::FontFamily(FontFamily::List(families.to_vec().into())));
    builder.push_default(StyleProperty::FontSize(style.size));
    builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
    if style.face == Face::SemiBold {
        builder.push_default(StyleProperty::FontWeight(parley::FontWeight::SEMI_BOLD));
    }
    for part in unbroken {
        // Date and address are at the end of a reference.
        if let Some(start) = text.rfind(part) {
            builder.push(StyleProperty::TextWrapMode(TextWrapMode::NoWrap), start..start + part.len());
        }
    }
    if is_mostly_ltr(text) {
        builder.set_base_direction(BaseDirection::Ltr);
    }
    let mut layout = builder.build(text);
    layout.break_all_lines(None);
    layout
}

/// Whether most letters of a mixed text run left to right, regardless of its first word, such as in an English
/// reference that begins with an Arabic title.
fn is_mostly_ltr(text: &str) -> bool {
    let (rtl, ltr): (Vec<char>, Vec<char>) = text.chars().filter(|c| c.is_alphabetic()).partition(|&c| is_rtl(c));
    !rtl.is_empty() && ltr.len() > rtl.len()
}

/// Whether a character is in a Unicode block reserved for right-to-left scripts.
fn is_rtl(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

fn layout_misses_glyphs(layout: &Layout<()>) -> bool {
    layout.lines().flat_map(|line| line.runs()).flat_map(|run| run.clusters()).any(|c| c.glyphs().any(|g| g.id == 0))
}

fn break_lines(layout: &mut Layout<()>, max_width: Option<f32>) {
    if let Some(width) = max_width {
        layout.break_all_lines(Some(width.max(1.0)));
    }
}

/// Narrows two or three lines as far as their number stays the same, so that names break near their middle.
fn balance(layout: &mut Layout<()>, max_width: Option<f32>) {
    let (Some(max), lines @ 2..=MAX_BALANCED) = (max_width, layout.len()) else { return };
    let (mut low, mut high) = (max / lines as f32 * 0.5, max);
    for _ in 0..8 {
        let middle = f32::midpoint(low, high);
        layout.break_all_lines(Some(middle));
        if layout.len() > lines || breaks_word(layout) {
            low = middle;
        } else {
            high = middle;
        }
    }
    layout.break_all_lines(Some(high));
}

fn breaks_word(layout: &Layout<()>) -> bool {
    layout.lines().any(|line| line.break_reason() == parley::BreakReason::Emergency)
}

/// Returns the longest prefix of the text that fits with "…" appended.
fn cut(
    state: &mut ShapingState,
    text: &str,
    (style, unbroken): (Style, &[&str]),
    max_width: Option<f32>,
    most: usize,
) -> (String, Layout<()>) {
    let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    let mut attempt = |end: usize| {
        let content = format!("{}…", text[..end].trim_end());
        let mut layout = lay_out(state, &content, style, unbroken);
        break_lines(&mut layout, max_width);
        (content, layout)
    };
    let (mut fits, mut fails) = (0, ends.len());
    while fails - fits > 1 {
        let middle = usize::midpoint(fits, fails);
        if attempt(ends[middle]).1.len() <= most {
            fits = middle;
        } else {
            fails = middle;
        }
    }
    attempt(ends.get(fits).copied().unwrap_or(0))
}

fn finish(state: &mut ShapingState, content: &str, style: Style, layout: &Layout<()>, is_cut: bool) -> Text {
    let line_height = style.face.line_height() * style.size;
    let baseline = state.baseline(style);
    let mut missing = Vec::new();
    let mut lines = Vec::with_capacity(layout.len());
    for (index, line) in layout.lines().enumerate() {
        let baseline = baseline + index as f32 * line_height;
        lines.push(finish_line(state, content, style, layout.is_rtl(), &line, baseline, &mut missing));
    }
    missing.sort_unstable();
    missing.dedup();
    let width = lines.iter().map(|line: &TextLine| line.width).fold(0.0, f32::max);
    if layout.is_rtl() {
        for line in &mut lines {
            line.left = width - line.width;
        }
    }
    let size = vec2(width, line_height * lines.len().max(1) as f32);
    Text { style, size, lines, is_cut, is_rtl: layout.is_rtl(), missing }
}

fn finish_line(
    state: &mut ShapingState,
    content: &str,
    style: Style,
    is_rtl: bool,
    line: &parley::Line<'_, ()>,
    baseline: f32,
    missing: &mut Vec<char>,
) -> TextLine {
    let metrics = line.metrics();
    // Trailing space hangs over the end of the line, which is on the left in right-to-left text.
    let shift = if is_rtl { -metrics.hanging_advance } else { 0.0 };
    let face = FontId(style.face.index() as u32);
    let mut runs: Vec<Run> = Vec::new();
    let mut is_plain = !is_rtl;
    let text_range = line.text_range();
    let text = content.get(text_range.clone()).unwrap_or_default().trim_end().to_owned();
    for item in line.items() {
        let PositionedLayoutItem::GlyphRun(glyphs) = item else { continue };
        let font = state.font_id(glyphs.run().font());
        is_plain &= font == face && !glyphs.run().is_rtl();
        let ranges = glyph_ranges(glyphs.run()).into_iter().chain(std::iter::repeat(text_range.clone()));
        for (glyph, range) in glyphs.positioned_glyphs().zip(ranges) {
            let within = |at: usize| at.saturating_sub(text_range.start).min(text.len()) as u32;
            let (start, end) = (within(range.start), within(range.end));
            let placed = Glyph { id: glyph.id, x: glyph.x + shift, y: glyph.y - metrics.baseline, start, end };
            // Show a missing-glyph box for a glyph without an outline, such as in a color font.
            let (font, id) = if state.can_draw(font, glyph.id) { (font, glyph.id) } else { (face, 0) };
            match runs.last_mut().filter(|run| run.font == font) {
                Some(run) => run.glyphs.push(Glyph { id, ..placed }),
                None => runs.push(Run { font, glyphs: vec![Glyph { id, ..placed }] }),
            }
        }
    }
    collect_missing(state, content, line, missing);
    is_plain &= runs.iter().all(|run| run.glyphs.iter().all(|glyph| glyph.id != 0));
    TextLine { text, left: 0.0, baseline, width: (metrics.advance - metrics.hanging_advance).max(0.0), runs, is_plain }
}

/// Returns the byte range of the characters of each glyph of a run, from left to right; a ligature covers all of its
/// characters.
fn glyph_ranges(run: &parley::Run<'_, ()>) -> Vec<std::ops::Range<usize>> {
    let mut clusters: Vec<(std::ops::Range<usize>, usize)> = Vec::new();
    for cluster in run.clusters() {
        match clusters.last_mut().filter(|_| cluster.is_ligature_continuation()) {
            Some((range, _)) => range.end = range.end.max(cluster.text_range().end),
            None => clusters.push((cluster.text_range(), cluster.glyphs().count())),
        }
    }
    if run.is_rtl() {
        clusters.reverse();
    }
    clusters.into_iter().flat_map(|(range, count)| std::iter::repeat_n(range, count)).collect()
}

fn collect_missing(state: &mut ShapingState, content: &str, line: &parley::Line<'_, ()>, missing: &mut Vec<char>) {
    for run in line.runs() {
        let font = state.font_id(run.font());
        let is_bundled = (font.0 as usize) < FACES.len();
        for cluster in run.clusters() {
            let lacks = cluster.glyphs().any(|g| g.id == 0 || (!is_bundled && !state.can_draw(font, g.id)));
            if lacks {
                missing.extend(content.get(cluster.text_range()).unwrap_or_default().chars());
            }
        }
    }
}
