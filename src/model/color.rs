//! Colors as hexadecimal text, and WCAG contrast.

use std::sync::LazyLock;

/// An opaque sRGB color, written `#RRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub [u8; 3]);

/// Colors that color-blind readers can tell apart, the most distinct first, and a gray at the end (P. Tol, "bright",
/// "muted" and "vibrant" schemes).
pub const SAFE_COLORS: [Rgb; 12] = [
    Rgb([0x44, 0x77, 0xAA]),
    Rgb([0xEE, 0x66, 0x77]),
    Rgb([0x22, 0x88, 0x33]),
    Rgb([0xAA, 0x33, 0x77]),
    Rgb([0xB8, 0x8A, 0x00]),
    Rgb([0x33, 0x99, 0xCC]),
    Rgb([0x33, 0x22, 0x88]),
    Rgb([0x44, 0xAA, 0x99]),
    Rgb([0x88, 0x22, 0x55]),
    Rgb([0x99, 0x66, 0x33]),
    Rgb([0xCC, 0x33, 0x11]),
    Rgb([0x77, 0x77, 0x77]),
];

/// The linear value of each sRGB channel, 0 to 1. A picture asks for the contrast of every lane.
static LINEAR: LazyLock<[f64; 256]> = LazyLock::new(|| {
    std::array::from_fn(|channel| {
        let value = channel as f64 / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
    })
});

/// Writes `#RRGGBB`.
impl std::fmt::Display for Rgb {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self([red, green, blue]) = self;
        write!(formatter, "#{red:02X}{green:02X}{blue:02X}")
    }
}

impl Rgb {
    /// Parses `#RRGGBB` or `#RGB`, case-insensitively; anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#')?;
        if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let digit = |at: usize| u8::from_str_radix(&hex[at..=at], 16).ok();
        match hex.len() {
            3 => Some(Self([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17])),
            6 => Some(Self([digit(0)? * 16 + digit(1)?, digit(2)? * 16 + digit(3)?, digit(4)? * 16 + digit(5)?])),
            _ => None,
        }
    }

    /// Returns the channels as linear light, 0 to 1.
    #[must_use]
    pub fn linear(self) -> [f64; 3] {
        self.0.map(|channel| LINEAR[usize::from(channel)])
    }

    /// Returns the WCAG 2 relative luminance, 0 (black) to 1 (white).
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Returns the WCAG 2 contrast ratio of two colors, 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Interpolates linearly between two colors: `self` at 0, `other` at 1.
    #[must_use]
    pub fn mix(self, other: Self, share: f32) -> Self {
        let mut mixed = [0; 3];
        for (out, (a, b)) in mixed.iter_mut().zip(self.0.into_iter().zip(other.0)) {
            let value = f32::from(a) + (f32::from(b) - f32::from(a)) * share.clamp(0.0, 1.0);
            *out = value.round() as u8;
        }
        Self(mixed)
    }
}

#[cfg(test)]
mod tests {
    use super::Rgb;

    #[test]
    fn reads_both_lengths_and_nothing_else() {
        assert_eq!(Rgb::parse("#4477AA"), Some(Rgb([0x44, 0x77, 0xaa])));
        assert_eq!(Rgb::parse("#fc0"), Some(Rgb([0xff, 0xcc, 0])));
        for bad in ["4477AA", "#44", "#44é7A", "#+477AA", ""] {
            assert_eq!(Rgb::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_of_black_and_white_is_21() {
        assert!((Rgb([0; 3]).contrast(Rgb([255; 3])) - 21.0).abs() < 1e-9);
    }
}
