//! Draws the many dots and thin lines of large maps, each by itself, without a path: 40,000 lines in a fraction of a
//! second.

use emath::{Pos2, Rect, Vec2, pos2};
use resvg::tiny_skia::{ColorU8, Pixmap};

/// Pixels to be drawn on.
pub(super) struct Marks<'a> {
    pixmap: &'a mut Pixmap,
}

/// A color with premultiplied opacity, from 0 to 1.
#[derive(Clone, Copy)]
struct MarkColor {
    color: [f32; 3],
    opacity: f32,
}

impl MarkColor {
    fn new(color: ColorU8) -> Self {
        let [red, green, blue] = [color.red(), color.green(), color.blue()].map(f32::from);
        Self { color: [red, green, blue], opacity: f32::from(color.alpha()) / 255.0 }
    }
}

impl<'a> Marks<'a> {
    pub(super) fn new(pixmap: &'a mut Pixmap) -> Self {
        Self { pixmap }
    }

    /// Draws a line of a width in pixels, with flat ends.
    pub(super) fn line(&mut self, [from, to]: [Pos2; 2], width: f32, opacity: f32, color: ColorU8) {
        let (mut ink, way) = (MarkColor::new(color), to - from);
        ink.opacity = opacity;
        let length = way.length();
        if !length.is_finite() || length < 1e-3 {
            return;
        }
        let is_steep = way.y.abs() > way.x.abs();
        let turn = |pos: Pos2| if is_steep { pos2(pos.y, pos.x) } else { pos };
        let (mut a, mut b) = (turn(from), turn(to));
        if a.x > b.x {
            std::mem::swap(&mut a, &mut b);
        }
        let slope = (b.y - a.y) / (b.x - a.x);
        // Half of the width across the minor axis.
        let half = width / 2.0 * length / (b.x - a.x);
        let (columns, rows) = (self.pixmap.width() as f32, self.pixmap.height() as f32);
        let (along, across) = if is_steep { (rows, columns) } else { (columns, rows) };
        let (first, last) = (a.x.floor().max(0.0), b.x.ceil().min(along));
        let mut major = first;
        while major < last {
            let part = (b.x.min(major + 1.0) - a.x.max(major)).clamp(0.0, 1.0);
            let middle = a.y + (major + 0.5 - a.x) * slope;
            let (top, bottom) = (middle - half, middle + half);
            let mut minor = top.floor().max(0.0);
            while minor < bottom.min(across) {
                let covered = (bottom.min(minor + 1.0) - top.max(minor)).clamp(0.0, 1.0);
                let (x, y) = if is_steep { (minor, major) } else { (major, minor) };
                self.blend(x as u32, y as u32, covered * part, ink);
                minor += 1.0;
            }
            major += 1.0;
        }
    }

    /// Draws a ring between two radii in pixels; a disk if the inner one is 0.
    pub(super) fn ring(&mut self, center: Pos2, [inner, outer]: [f32; 2], color: ColorU8) {
        let ink = MarkColor::new(color);
        let area = Rect::from_center_size(center, Vec2::splat(2.0 * outer + 1.0));
        let size = pos2(self.pixmap.width() as f32, self.pixmap.height() as f32);
        if !(center.is_finite() && outer.is_finite()) {
            return;
        }
        let (min, max) = (area.min.floor().max(Pos2::ZERO), area.max.ceil().min(size));
        let mut y = min.y;
        while y < max.y {
            let mut x = min.x;
            while x < max.x {
                let distance = center.distance(pos2(x + 0.5, y + 0.5));
                let covered = disk(distance, outer) - if inner > 0.0 { disk(distance, inner) } else { 0.0 };
                self.blend(x as u32, y as u32, covered, ink);
                x += 1.0;
            }
            y += 1.0;
        }
    }

    fn blend(&mut self, x: u32, y: u32, covered: f32, ink: MarkColor) {
        let alpha = covered * ink.opacity;
        if alpha <= 0.0 {
            return;
        }
        let at = 4 * (y as usize * self.pixmap.width() as usize + x as usize);
        let Some(pixel) = self.pixmap.data_mut().get_mut(at..at + 4) else { return };
        let mut mix = |channel: usize, value: f32| {
            let below = f32::from(pixel[channel]);
            pixel[channel] = (below + (value - below) * alpha + 0.5) as u8;
        };
        (0..3).for_each(|channel| mix(channel, ink.color[channel]));
        mix(3, 255.0);
    }
}

/// Returns the share of a pixel that a disk covers whose center is this far from the pixel's.
fn disk(distance: f32, radius: f32) -> f32 {
    if radius >= 0.5 {
        return (radius + 0.5 - distance).clamp(0.0, 1.0);
    }
    // Smaller than a pixel.
    (1.0 - distance).clamp(0.0, 1.0) * std::f32::consts::PI * radius * radius
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(pixmap: &Pixmap) -> f32 {
        pixmap.data().chunks_exact(4).map(|pixel| f32::from(pixel[3]) / 255.0).sum()
    }

    #[test]
    fn marks_cover_as_much_as_they_should() {
        let black = ColorU8::from_rgba(0, 0, 0, 255);
        for end in [pos2(90.0, 20.0), pos2(90.0, 85.0), pos2(20.0, 90.0), pos2(12.0, 3.0)] {
            let mut pixmap = Pixmap::new(100, 100).expect("pixels");
            let from = pos2(10.3, 15.8);
            Marks::new(&mut pixmap).line([from, end], 0.8, 1.0, black);
            let expected = from.distance(end) * 0.8;
            assert!((sum(&pixmap) / expected - 1.0).abs() < 0.05, "{} instead of {expected}", sum(&pixmap));
        }
        for radius in [0.2, 1.0, 2.5, 9.0] {
            let mut pixmap = Pixmap::new(100, 100).expect("pixels");
            Marks::new(&mut pixmap).ring(pos2(50.3, 49.8), [0.0, radius], black);
            let expected = std::f32::consts::PI * radius * radius;
            assert!((sum(&pixmap) / expected - 1.0).abs() < 0.12, "{} instead of {expected}", sum(&pixmap));
        }
    }

    #[test]
    fn crossing_lines_add_up_and_nothing_is_drawn_outside() {
        let mut pixmap = Pixmap::new(20, 20).expect("pixels");
        let ink = ColorU8::from_rgba(0, 0, 0, 255);
        let mut marks = Marks::new(&mut pixmap);
        marks.line([pos2(-50.0, 10.5), pos2(70.0, 10.5)], 1.0, 0.5, ink);
        marks.line([pos2(10.5, -1e7), pos2(10.5, 1e7)], 1.0, 0.5, ink);
        marks.line([pos2(f32::NAN, 0.0), pos2(1.0, 1.0)], 1.0, 0.5, ink);
        marks.ring(pos2(-3.0, f32::INFINITY), [0.0, 5.0], ink);
        let alpha = |x: u32, y: u32| pixmap.pixel(x, y).map(resvg::tiny_skia::PremultipliedColorU8::alpha);
        assert_eq!((alpha(5, 10), alpha(10, 10), alpha(5, 5)), (Some(128), Some(192), Some(0)));
    }
}
