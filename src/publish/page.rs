//! Page sizes and their presets.

use emath::{Vec2, vec2};

/// Size and resolution of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Page {
    /// Width and height in pixels, the unit of page composition.
    pub size_px: Vec2,
    /// Length of one pixel in points (1/72 inch).
    pub points_per_px: f32,
    /// Default resolution of a bitmap of the page, in pixels per inch.
    pub dpi: f32,
    /// Whether it is read at its size, as slides and paper are, so that small print has to be readable.
    pub is_print: bool,
}

impl Page {
    /// Creates a screen page at 96 pixels per inch.
    #[must_use]
    pub fn of_pixels(size_px: Vec2) -> Self {
        Self { size_px, points_per_px: 0.75, dpi: 96.0, is_print: false }
    }

    /// Creates a slide 7.5 inches high, the default of presentation programs.
    fn slide(size_px: Vec2) -> Self {
        let points_per_px = 540.0 / size_px.y;
        Self { size_px, points_per_px, dpi: 72.0 / points_per_px, is_print: true }
    }

    /// Creates a page of paper with the given size in millimeters.
    fn paper(width_mm: f32, height_mm: f32) -> Self {
        Self { dpi: 300.0, is_print: true, ..Self::of_pixels(vec2(width_mm, height_mm) / 25.4 * 96.0) }
    }
}

/// A page size, named by its use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// Wide slide, 1920 × 1080 pixels, 13.33 × 7.5 inches.
    #[default]
    Slide16x9,
    /// Wide slide, 3840 × 2160 pixels, 13.33 × 7.5 inches.
    Slide16x9At4k,
    /// Classic 4:3 slide, 1440 × 1080 pixels, 10 × 7.5 inches.
    Slide4x3,
    /// A4, portrait.
    A4,
    /// A4, landscape.
    A4Landscape,
    /// US Letter, portrait.
    Letter,
    /// US Letter, landscape.
    LetterLandscape,
    /// Square for social media, 1080 × 1080 pixels.
    Square,
    /// Window size, 1440 × 900 pixels.
    Screen,
}

impl Preset {
    /// All presets, in display order.
    pub const ALL: [Self; 9] = [
        Self::Slide16x9,
        Self::Slide16x9At4k,
        Self::Slide4x3,
        Self::A4,
        Self::A4Landscape,
        Self::Letter,
        Self::LetterLandscape,
        Self::Square,
        Self::Screen,
    ];

    /// Returns the preset's name on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Slide16x9 => "slide-16x9",
            Self::Slide16x9At4k => "slide-16x9-4k",
            Self::Slide4x3 => "slide-4x3",
            Self::A4 => "a4",
            Self::A4Landscape => "a4-landscape",
            Self::Letter => "letter",
            Self::LetterLandscape => "letter-landscape",
            Self::Square => "square",
            Self::Screen => "screen",
        }
    }

    /// Returns the preset with this command-line name.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.word() == word)
    }

    /// Returns the preset's page.
    #[must_use]
    pub fn page(self) -> Page {
        match self {
            Self::Slide16x9 => Page::slide(vec2(1920.0, 1080.0)),
            Self::Slide16x9At4k => Page::slide(vec2(3840.0, 2160.0)),
            Self::Slide4x3 => Page::slide(vec2(1440.0, 1080.0)),
            Self::A4 => Page::paper(210.0, 297.0),
            Self::A4Landscape => Page::paper(297.0, 210.0),
            Self::Letter => Page::paper(215.9, 279.4),
            Self::LetterLandscape => Page::paper(279.4, 215.9),
            // Looked at on a phone, where the map needs the room more than the legend does.
            Self::Square => Page { is_print: false, ..Page::slide(vec2(1080.0, 1080.0)) },
            Self::Screen => Page::of_pixels(vec2(1440.0, 900.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_the_size_of_their_names() {
        let inches = |preset: Preset| preset.page().size_px * preset.page().points_per_px / 72.0;
        let is_near = |a: Vec2, b: Vec2| (a - b).length() < 0.01;
        assert!(is_near(inches(Preset::Slide16x9), vec2(13.333, 7.5)));
        assert!(is_near(inches(Preset::Slide16x9At4k), vec2(13.333, 7.5)));
        assert!(is_near(inches(Preset::A4), vec2(8.268, 11.693)));
        assert!(is_near(inches(Preset::LetterLandscape), vec2(11.0, 8.5)));
    }

    #[test]
    fn names_lead_back() {
        assert!(Preset::ALL.iter().all(|preset| Preset::of_word(preset.word()) == Some(*preset)));
        assert_eq!(Preset::of_word("a5"), None);
    }
}
