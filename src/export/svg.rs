//! Writes a scene as SVG, with text as text or as outlines: no scripts, no external resources, the same bytes on every
//! run.

mod glyphs;
mod marks;

use std::fmt::Write as _;

use emath::{Pos2, Rect, vec2};

use crate::layout::Cubic;
use crate::scene::{Paint, Scene, SceneItem, Shape, Stroke};
use crate::text::{Face, Fonts, Text, TextLine};

use super::{Caption, Captions, Frame};
pub(super) use glyphs::Glyphs;
use glyphs::{UNITS_PER_EM, push_step};

/// Representation of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextMode {
    /// As outlines: looks the same everywhere, even if the typeface is missing.
    #[default]
    Paths,
    /// As text that can be selected and searched; the typeface is referenced by name, not embedded.
    Fonts,
}

/// Writes the part of a scene that a frame shows. `title` is the picture's name for screen readers.
#[must_use]
pub fn write_svg(scene: &Scene, fonts: &Fonts, frame: &Frame, mode: TextMode, title: &str) -> String {
    write_captioned_svg(scene, fonts, frame, mode, &Captions::titled(title))
}

/// Like [`write_svg`], with captions for the parts, which screen readers read out and browsers show as tooltips.
#[must_use]
pub fn write_captioned_svg(scene: &Scene, fonts: &Fonts, frame: &Frame, mode: TextMode, captions: &Captions) -> String {
    let world = frame.world_rect();
    let mut glyphs = Glyphs::default();
    let mut writer = SvgWriter { out: String::new(), fonts, mode, glyphs: Some(&mut glyphs) };
    writer.open(frame, world, captions);
    let start = writer.out.len();
    let scale = frame.scale();
    let mut last = None;
    for item in scene.items.iter().filter(|item| item.min_scale <= scale) {
        // A card is two items, its body and its name; only the first gets the caption.
        let caption = captions.parts.get(&item.part).filter(|_| last != Some(item.part));
        last = Some(item.part);
        writer.item(&item.shapes, caption);
    }
    let mut out = writer.out;
    out.push_str("</svg>\n");
    out.insert_str(start, &glyphs.defs());
    out
}

/// Returns the markup of one item's shapes, with text as outlines: references to `glyphs`, whose definitions must be in
/// the same page, or self-contained paths if `None`.
pub(super) fn item_markup(item: &SceneItem, fonts: &Fonts, glyphs: Option<&mut Glyphs>) -> String {
    let mut writer = SvgWriter { out: String::new(), fonts, mode: TextMode::Paths, glyphs };
    item.shapes.iter().for_each(|shape| writer.shape(shape));
    writer.out
}

struct SvgWriter<'a> {
    out: String,
    fonts: &'a Fonts,
    mode: TextMode,
    /// Glyph definitions to refer to; `None` to write each outline where it is drawn.
    glyphs: Option<&'a mut Glyphs>,
}

impl SvgWriter<'_> {
    fn open(&mut self, frame: &Frame, world: Rect, captions: &Captions) {
        let _ = write!(
            self.out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{}\" height=\"{}\" viewBox=\"{} {} {} {}\"",
            Num(frame.size_px.x),
            Num(frame.size_px.y),
            Num(world.min.x),
            Num(world.min.y),
            Num(world.width()),
            Num(world.height()),
        );
        // With captioned parts the picture is a document of symbols, otherwise a single image.
        self.out.push_str(if captions.parts.is_empty() { " role=\"img\"" } else { " role=\"graphics-document\"" });
        if let Some(language) = &captions.language {
            let _ = write!(self.out, " xml:lang=\"{}\"", Escaped(language));
        }
        let _ = write!(self.out, ">\n<title>{}</title>\n", Escaped(&captions.title));
        if !captions.description.is_empty() {
            let _ = writeln!(self.out, "<desc>{}</desc>", Escaped(&captions.description));
        }
        if let Some(background) = frame.background {
            self.rect(world, 0.0, Some(Paint { color: background, opacity: 1.0 }), None);
        }
    }

    fn item(&mut self, shapes: &[Shape], caption: Option<&Caption>) {
        match caption {
            Some(Caption { title, description }) => {
                let _ = write!(self.out, "<g role=\"graphics-symbol\"><title>{}</title>", Escaped(title));
                if !description.is_empty() {
                    let _ = write!(self.out, "<desc>{}</desc>", Escaped(description));
                }
            }
            None => self.out.push_str("<g>"),
        }
        for shape in shapes {
            self.shape(shape);
        }
        self.out.push_str("</g>\n");
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => self.rect(*rect, *radius, *fill, stroke.as_ref()),
            Shape::Curve { pieces, stroke } => self.curve(pieces, stroke),
            Shape::Polygon { points, fill, stroke } => self.polygon(points, *fill, stroke.as_ref()),
            Shape::Region { rings, fill, stroke } => self.region(rings, *fill, stroke.as_ref()),
            Shape::Segments { lines, paint, width } => self.segments(lines, *paint, *width),
            Shape::Dots { dots, fill, rim } => self.dots(dots, *fill, *rim),
            Shape::Halo { pos, text, paint, width } => self.halo(*pos, text, *paint, *width),
            Shape::Text { pos, text, paint } => self.text(*pos, text, *paint),
        }
    }

    fn rect(&mut self, rect: Rect, radius: f32, fill: Option<Paint>, stroke: Option<&Stroke>) {
        let (x, y, width, height) = (Num(rect.min.x), Num(rect.min.y), Num(rect.width()), Num(rect.height()));
        let _ = write!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
        if radius > 0.0 {
            let _ = write!(self.out, " rx=\"{}\"", Num(radius));
        }
        self.fill(fill);
        self.stroke(stroke);
        self.out.push_str("/>");
    }

    fn curve(&mut self, pieces: &[Cubic], stroke: &Stroke) {
        let Some(first) = pieces.first() else { return };
        let _ = write!(self.out, "<path d=\"M{} {}", Num(first[0].x), Num(first[0].y));
        for [_, a, b, end] in pieces {
            let _ =
                write!(self.out, "C{} {} {} {} {} {}", Num(a.x), Num(a.y), Num(b.x), Num(b.y), Num(end.x), Num(end.y));
        }
        self.out.push('"');
        self.fill(None);
        self.stroke(Some(stroke));
        self.out.push_str("/>");
    }

    fn polygon(&mut self, points: &[Pos2], fill: Option<Paint>, stroke: Option<&Stroke>) {
        self.out.push_str("<polygon points=\"");
        for (index, point) in points.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            let _ = write!(self.out, "{gap}{},{}", Num(point.x), Num(point.y));
        }
        self.out.push('"');
        self.fill(fill);
        self.stroke(stroke);
        self.out.push_str("/>");
    }

    fn text(&mut self, pos: Pos2, text: &Text, paint: Paint) {
        for line in &text.lines {
            let start = pos + vec2(line.left, line.baseline);
            // Icons use a private typeface that other programs don't have.
            if self.mode == TextMode::Paths || text.style.face == Face::Icon {
                self.line_as_outlines(line, start, text.style.size, paint);
            } else {
                self.line_as_text(line, start, text, paint);
            }
        }
    }

    fn line_as_outlines(&mut self, line: &TextLine, start: Pos2, size: f32, paint: Paint) {
        // Overlapping translucent glyphs would show through each other unless they are one path.
        match &mut self.glyphs {
            Some(glyphs) if paint.opacity >= 1.0 => {
                let uses = line_as_uses(line, size, self.fonts, glyphs);
                if !uses.is_empty() {
                    self.out.push_str("<g");
                    self.fill(Some(paint));
                    let scale = if size.is_finite() { size / UNITS_PER_EM } else { 0.0 };
                    let (x, y) = (Fine(start.x), Fine(start.y));
                    let _ = write!(self.out, " transform=\"translate({x} {y}) scale({scale})\">{uses}</g>");
                }
            }
            _ => self.line_as_path(line, start, size, paint),
        }
    }

    fn line_as_path(&mut self, line: &TextLine, start: Pos2, size: f32, paint: Paint) {
        let data = self.line_data(line, start, size);
        if !data.is_empty() {
            let _ = write!(self.out, "<path d=\"{data}\"");
            self.fill(Some(paint));
            self.out.push_str("/>");
        }
    }

    /// Returns the outlines of a line of text as path data.
    fn line_data(&self, line: &TextLine, start: Pos2, size: f32) -> String {
        let mut data = String::new();
        for run in &line.runs {
            for glyph in &run.glyphs {
                let origin = start + vec2(glyph.x, glyph.y);
                for step in self.fonts.outline(run.font, glyph.id, size).iter() {
                    push_step(&mut data, step.map(|point| origin + point.to_vec2()));
                }
            }
        }
        data
    }

    fn line_as_text(&mut self, line: &TextLine, start: Pos2, text: &Text, paint: Paint) {
        let _ = write!(
            self.out,
            "<text x=\"{}\" y=\"{}\" font-family=\"Inter, 'Noto Sans', sans-serif\" font-size=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\"",
            Num(start.x),
            Num(start.y),
            Num(text.style.size),
            Num(line.width),
        );
        match text.style.face {
            Face::SemiBold => self.out.push_str(" font-weight=\"600\""),
            Face::Italic => self.out.push_str(" font-style=\"italic\""),
            Face::Regular | Face::Icon => {}
        }
        self.fill(Some(paint));
        let _ = write!(self.out, ">{}</text>", Escaped(&line.text));
    }

    fn fill(&mut self, fill: Option<Paint>) {
        match fill {
            Some(paint) => {
                let _ = write!(self.out, " fill=\"{}\"", Hex(paint));
                if paint.opacity < 1.0 {
                    let _ = write!(self.out, " fill-opacity=\"{}\"", Num(paint.opacity));
                }
            }
            None => self.out.push_str(" fill=\"none\""),
        }
    }

    fn stroke(&mut self, stroke: Option<&Stroke>) {
        let Some(stroke) = stroke else { return };
        let _ = write!(self.out, " stroke=\"{}\" stroke-width=\"{}\"", Hex(stroke.paint), Num(stroke.width));
        if stroke.paint.opacity < 1.0 {
            let _ = write!(self.out, " stroke-opacity=\"{}\"", Num(stroke.paint.opacity));
        }
        if !stroke.dashes.is_empty() {
            self.out.push_str(" stroke-dasharray=\"");
            for (index, length) in stroke.dashes.iter().enumerate() {
                let gap = if index == 0 { "" } else { " " };
                let _ = write!(self.out, "{gap}{}", Num(*length));
            }
            self.out.push('"');
        }
    }
}

/// Returns references to the outlines of a line's glyphs, in units of 1/[`UNITS_PER_EM`] of the font size.
fn line_as_uses(line: &TextLine, size: f32, fonts: &Fonts, glyphs: &mut Glyphs) -> String {
    let mut uses = String::new();
    for run in &line.runs {
        for glyph in &run.glyphs {
            let Some(id) = glyphs.id(fonts, run.font, glyph.id) else { continue };
            // SVG 1.1 renderers only support this name of the attribute; newer ones support both.
            let _ = write!(uses, "<use xlink:href=\"#{id}\"");
            for (axis, place) in [('x', glyph.x), ('y', glyph.y)] {
                let place = place / size * UNITS_PER_EM;
                if hundredths(place) != 0 {
                    let _ = write!(uses, " {axis}=\"{}\"", Num(place));
                }
            }
            uses.push_str("/>");
        }
    }
    uses
}

/// Returns a number in hundredths, the precision of pictures; 0 if it is not finite.
pub(super) fn hundredths(number: f32) -> i64 {
    if number.is_finite() { (f64::from(number) * 100.0).round() as i64 } else { 0 }
}

/// Returns a number in tenths, the precision of marks of which a picture has thousands; 0 if it is not finite.
pub(super) fn tenths(number: f32) -> i64 {
    if number.is_finite() { (f64::from(number) * 10.0).round() as i64 } else { 0 }
}

/// A number formatted with at most two decimals, never in scientific notation; 0 if it is not finite.
pub(super) struct Num(pub(super) f32);

impl std::fmt::Display for Num {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_decimal(f, hundredths(self.0), 2)
    }
}

/// A number formatted with at most four decimals, for the origin of many relative coordinates.
struct Fine(f32);

impl std::fmt::Display for Fine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = if self.0.is_finite() { f64::from(self.0) } else { 0.0 };
        write_decimal(f, (number * 1e4).round() as i64, 4)
    }
}

/// Writes a number given in units of its last decimal.
fn write_decimal(f: &mut std::fmt::Formatter<'_>, number: i64, decimals: u32) -> std::fmt::Result {
    let unit = 10_u64.pow(decimals);
    let (sign, value) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    write!(f, "{sign}{}", value / unit)?;
    let (mut part, mut width) = (value % unit, decimals as usize);
    if part == 0 {
        return Ok(());
    }
    while part % 10 == 0 {
        part /= 10;
        width -= 1;
    }
    write!(f, ".{part:0width$}")
}

struct Hex(Paint);

impl std::fmt::Display for Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [r, g, b] = self.0.color.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// Text escaped for XML. Control characters become spaces; bidirectional controls and noncharacters are left out.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => {}
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Escaped, Fine, Num};

    #[test]
    fn numbers_are_short_and_plain() {
        let cases = [
            (1.0, "1"),
            (-0.5, "-0.5"),
            (0.126, "0.13"),
            (-0.001, "0"),
            (1e9, "1000000000"),
            (f32::NAN, "0"),
            (2.05, "2.05"),
        ];
        for (number, text) in cases {
            assert_eq!(Num(number).to_string(), text);
        }
        for (number, text) in [(0.5, "0.5"), (-0.012_34, "-0.0123"), (1920.0, "1920"), (f32::INFINITY, "0")] {
            assert_eq!(Fine(number).to_string(), text);
        }
    }

    #[test]
    fn text_can_not_break_out() {
        let hostile = "</svg><script>\u{202e}'\"&\u{0}]]>";
        assert_eq!(Escaped(hostile).to_string(), "&lt;/svg&gt;&lt;script&gt;&#39;&quot;&amp; ]]&gt;");
    }
}
