//! Marks of large maps: thousands of dots and thin lines under common attributes, areas, and halos of words.

use std::fmt::Write as _;

use emath::{Pos2, vec2};

use super::glyphs::UNITS_PER_EM;
use super::{Fine, Hex, Num, SvgWriter, line_as_uses, tenths, write_decimal};
use crate::scene::{Paint, Stroke};
use crate::text::Text;

impl SvgWriter<'_> {
    pub(super) fn region(&mut self, rings: &[Vec<Pos2>], fill: Option<Paint>, stroke: Option<&Stroke>) {
        self.out.push_str("<path d=\"");
        for ring in rings {
            for (index, point) in ring.iter().enumerate() {
                let step = match index {
                    0 => "M",
                    1 => "L",
                    _ => " ",
                };
                let _ = write!(self.out, "{step}{} {}", Tenth(point.x), Tenth(point.y));
            }
            self.out.push_str(if ring.is_empty() { "" } else { "Z" });
        }
        self.out.push_str("\" fill-rule=\"evenodd\"");
        self.fill(fill);
        self.stroke(stroke);
        self.out.push_str("/>");
    }

    pub(super) fn segments(&mut self, lines: &[[Pos2; 2]], paint: Paint, width: f32) {
        if lines.is_empty() {
            return;
        }
        self.out.push_str("<g fill=\"none\"");
        let _ = write!(self.out, " stroke=\"{}\" stroke-width=\"{}\"", Hex(paint), Num(width));
        if paint.opacity < 1.0 {
            let _ = write!(self.out, " stroke-opacity=\"{}\"", Thousandth(paint.opacity));
        }
        self.out.push('>');
        // Each line is a path of its own, so that crossing lines add up.
        for [from, to] in lines {
            let (x, y) = (Tenth(from.x), Tenth(from.y));
            let _ = write!(self.out, "<path d=\"M{x} {y}L{} {}\"/>", Tenth(to.x), Tenth(to.y));
        }
        self.out.push_str("</g>");
    }

    pub(super) fn dots(&mut self, dots: &[(Pos2, f32)], fill: Option<Paint>, rim: Option<(Paint, f32)>) {
        if dots.is_empty() {
            return;
        }
        self.out.push_str("<g");
        self.fill(fill);
        let width = rim.map_or(0.0, |(_, width)| width);
        let stroke = rim.map(|(paint, width)| Stroke { paint, width, dashes: Vec::new() });
        self.stroke(stroke.as_ref());
        self.out.push('>');
        for (center, radius) in dots {
            // The stroke lies on the edge of a circle, the rim outside the dot.
            let radius = tenths(*radius) as f32 / 10.0 + width / 2.0;
            let _ = write!(
                self.out,
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
                Tenth(center.x),
                Tenth(center.y),
                Num(radius)
            );
        }
        self.out.push_str("</g>");
    }

    /// Writes a halo as outlines even where text is text, so that nobody selects or searches it twice.
    pub(super) fn halo(&mut self, pos: Pos2, text: &Text, paint: Paint, width: f32) {
        let size = text.style.size;
        for line in text.lines.iter().filter(|_| width > 0.0 && size.is_finite() && size > 0.0) {
            let start = pos + vec2(line.left, line.baseline);
            let Some(glyphs) = &mut self.glyphs else {
                self.halo_as_path(line, start, size, (paint, width));
                continue;
            };
            let uses = line_as_uses(line, size, self.fonts, glyphs);
            if uses.is_empty() {
                continue;
            }
            let scale = size / UNITS_PER_EM;
            let (x, y) = (Fine(start.x), Fine(start.y));
            let _ = write!(self.out, "<g fill=\"none\"{}", HaloStyle(paint, 2.0 * width / scale));
            let _ = write!(self.out, " transform=\"translate({x} {y}) scale({scale})\">{uses}</g>");
        }
    }

    fn halo_as_path(&mut self, line: &crate::text::TextLine, start: Pos2, size: f32, (paint, width): (Paint, f32)) {
        let data = self.line_data(line, start, size);
        if !data.is_empty() {
            let _ = write!(self.out, "<path d=\"{data}\" fill=\"none\"{}/>", HaloStyle(paint, 2.0 * width));
        }
    }
}

/// The attributes of a halo; its opacity is that of the whole, so that the halos of two letters don't add up.
struct HaloStyle(Paint, f32);

impl std::fmt::Display for HaloStyle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(paint, width) = *self;
        write!(f, " stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"", Hex(paint), Num(width))?;
        if paint.opacity < 1.0 { write!(f, " opacity=\"{}\"", Num(paint.opacity)) } else { Ok(()) }
    }
}

/// A number formatted with at most one decimal.
struct Tenth(f32);

impl std::fmt::Display for Tenth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_decimal(f, tenths(self.0), 1)
    }
}

/// A number formatted with at most three decimals.
struct Thousandth(f32);

impl std::fmt::Display for Thousandth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = if self.0.is_finite() { f64::from(self.0) } else { 0.0 };
        write_decimal(f, (number * 1e3).round() as i64, 3)
    }
}
