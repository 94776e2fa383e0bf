//! Converts positions, lengths and colors of a scene to those of a slide.

use emath::{Pos2, Rect};

use super::deck::DeckColors;
use super::model::{BaseColor, EmuRect, SlideColor, SlideLine};
use crate::model::Rgb;
use crate::scene::{Paint, Stroke};

/// EMU in a hundredth of a point, the unit of font sizes.
const EMU_PER_SIZE: f64 = 127.0;
/// The widest line of the format.
const MAX_WIDTH: i64 = 20_116_800;
/// Bound of positions, far outside any slide; readers take 32-bit numbers.
const MAX_POSITION: f64 = 1e9;

/// The position and scale of a scene on its slide.
#[derive(Clone, Copy, Debug)]
pub(super) struct Units {
    origin: Pos2,
    emu: f64,
}

impl Units {
    /// `origin` is the upper left corner of the slide in world units, `emu` the length of a world unit.
    pub(super) fn new(origin: Pos2, emu: f64) -> Self {
        Self { origin, emu }
    }

    pub(super) fn length(self, length: f32) -> i64 {
        let length = f64::from(length) * self.emu;
        if length.is_finite() { length.clamp(-MAX_POSITION, MAX_POSITION).round() as i64 } else { 0 }
    }

    /// Returns a length of the slide in world units.
    pub(super) fn world(self, length: i64) -> f32 {
        (length as f64 / self.emu.max(f64::MIN_POSITIVE)) as f32
    }

    pub(super) fn point(self, point: Pos2) -> [i64; 2] {
        [self.length(point.x - self.origin.x), self.length(point.y - self.origin.y)]
    }

    pub(super) fn rect(self, rect: Rect) -> EmuRect {
        let ([x, y], [right, bottom]) = (self.point(rect.min), self.point(rect.max));
        EmuRect { x, y, width: (right - x).max(0), height: (bottom - y).max(0) }
    }

    /// Returns a font size in hundredths of a point.
    pub(super) fn font_size(self, size: f32) -> u32 {
        let size = f64::from(size) * self.emu / EMU_PER_SIZE;
        if size.is_finite() { size.round().clamp(100.0, 400_000.0) as u32 } else { 100 }
    }

    pub(super) fn line(self, stroke: &Stroke, colors: &DeckColors) -> SlideLine {
        SlideLine {
            color: color(stroke.paint, colors),
            width: self.length(stroke.width).clamp(0, MAX_WIDTH),
            dash: dash(stroke),
            head: None,
            tail: None,
        }
    }
}

/// Returns the lengths of dash and gap, as multiples of the line's width.
fn dash(stroke: &Stroke) -> Option<[u32; 2]> {
    let [dash, gap] = *stroke.dashes.as_slice() else { return None };
    let share = |length: f32| (length / stroke.width.max(1e-3) * 100_000.0).round().clamp(1_000.0, 1e8) as u32;
    Some([share(dash), share(gap)])
}

/// Returns a color of the theme if it is one, so that it changes with the theme; else a fixed color.
pub(super) fn color(paint: Paint, colors: &DeckColors) -> SlideColor {
    let DeckColors { background, text, muted, card } = *colors;
    let names = [(background, "bg1"), (text, "tx1"), (card, "bg2"), (muted, "tx2")];
    let named = names.into_iter().find(|(color, _)| *color == paint.color);
    let base = named.map_or(BaseColor::Fixed(paint.color), |(_, name)| BaseColor::Theme(name));
    SlideColor { base, opacity: paint.opacity }
}

/// Returns a color that stays when the theme changes, for text on a fill that stays.
pub(super) fn fixed(paint: Paint) -> SlideColor {
    SlideColor { base: BaseColor::Fixed(paint.color), opacity: paint.opacity }
}

/// Returns an opaque paint.
pub(super) fn solid(color: Rgb) -> Paint {
    Paint { color, opacity: 1.0 }
}
