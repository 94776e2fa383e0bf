//! Options of an exported picture, independent of the format.

use std::collections::BTreeSet;
use std::path::Path;

use emath::Rect;

use super::{Page, Preset};
use crate::export::animation::AnimationSize;
use crate::export::pptx::{HouseStyle, SlideContent};
use crate::export::svg::TextMode;
use crate::model::{ActorId, LabelMode, Redaction, TieId};
use crate::scene::{Ground, Theme};

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Bitmap.
    Png,
    /// Vector graphic for the web and drawing programs.
    Svg,
    /// Vector graphic on pages.
    Pdf,
    /// Interactive page with the cited details of everything in the picture.
    Html,
    /// Slides with shapes and text that can be edited.
    Pptx,
    /// The steps of a story one after the other, in at most 256 colors; shown everywhere.
    Gif,
    /// The steps of a story one after the other, in all colors.
    Apng,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 7] = [Self::Png, Self::Svg, Self::Pdf, Self::Html, Self::Pptx, Self::Gif, Self::Apng];

    /// The formats of a map as a whole.
    pub const STILL: [Self; 5] = [Self::Png, Self::Svg, Self::Pdf, Self::Html, Self::Pptx];

    /// Returns whether the format shows the steps of a story one after the other.
    #[must_use]
    pub fn is_moving(self) -> bool {
        matches!(self, Self::Gif | Self::Apng)
    }

    /// Returns what a page is called.
    pub(super) fn page_word(self) -> &'static str {
        if self == Self::Pptx { "slide" } else { "page" }
    }

    /// Returns the file name extension, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Pptx => "pptx",
            Self::Gif => "gif",
            Self::Apng => "apng",
        }
    }

    /// Returns the format for a file name's extension.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| ending.eq_ignore_ascii_case(format.ending()))
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// Amount of evidence in a picture. Missing sources are marked in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Citations {
    /// Nothing.
    None,
    /// Numbers on the ties' labels.
    Numbers,
    /// Numbers and the list of sources.
    #[default]
    Full,
}

/// Parts of the page around the map, except the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four parts that are switched on and off one by one")]
pub struct PageParts {
    /// Title, subtitle and as-of date.
    pub title: bool,
    /// Legend of the signs.
    pub legend: bool,
    /// Summary of how well the map is sourced.
    pub coverage: bool,
    /// Authors and license.
    pub credits: bool,
}

impl PageParts {
    /// Everything.
    pub const ALL: Self = Self { title: true, legend: true, coverage: true, credits: true };
    /// The map alone.
    pub const NONE: Self = Self { title: false, legend: false, coverage: false, credits: false };
}

/// Resolution of a bitmap.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Resolution {
    /// Default of the page: one pixel per slide or screen pixel, 300 per inch of paper.
    #[default]
    OfPage,
    /// Multiple of the page's pixels.
    Scale(f32),
    /// Pixels per inch of the page.
    Dpi(f32),
}

impl Resolution {
    /// Returns the number of bitmap pixels per page pixel.
    #[must_use]
    pub fn scale(self, page: Page) -> f32 {
        match self {
            Self::OfPage => page.dpi * page.points_per_px / 72.0,
            Self::Scale(scale) => scale,
            Self::Dpi(dpi) => dpi * page.points_per_px / 72.0,
        }
    }
}

/// Part of the map that is drawn, with positions as in the whole map.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Scope {
    /// Everything that the document shows.
    #[default]
    Whole,
    /// These actors with the ties between them, and these ties with their ends.
    Only {
        /// The actors.
        actors: BTreeSet<ActorId>,
        /// The ties.
        ties: BTreeSet<TieId>,
    },
    /// Actors with card centers in this world rectangle, and the ties between them.
    InView(Rect),
}

/// Options of an exported picture; the same for every format.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureOptions {
    /// Page size and default resolution.
    pub page: Page,
    /// Resolution of a PNG.
    pub resolution: Resolution,
    /// Size of a moving picture.
    pub moving: AnimationSize,
    /// Light or dark.
    pub tone: Tone,
    /// Background.
    pub ground: Ground,
    /// Parts of the page around the map.
    pub parts: PageParts,
    /// Amount of evidence in the picture.
    pub citations: Citations,
    /// Encoding of text in an SVG.
    pub text: TextMode,
    /// How slides show the map.
    pub slide: SlideContent,
    /// Name of the typeface of slides; `None` for those of the house style, or
    /// [`DEFAULT_TYPEFACE`](crate::export::pptx::DEFAULT_TYPEFACE).
    pub typeface: Option<String>,
    /// Colors and typefaces of the theme of slides; `None` for Tieline's own.
    pub house_style: Option<HouseStyle>,
    /// Part of the map that is drawn.
    pub scope: Scope,
    /// Redaction, applied before everything else.
    pub redaction: Redaction,
    /// Labels shown; `None` for the same as on the canvas.
    pub labels: Option<LabelMode>,
    /// Whether to lay out actors again for the page's aspect ratio, keeping manually placed ones.
    pub is_arranged_anew: bool,
    /// Whether notes are written, for sources without room on the page.
    pub has_notes: bool,
    /// Whether the steps of the view's story are drawn, each on a page of its own, instead of the map as a whole.
    pub has_steps: bool,
}

impl Default for PictureOptions {
    fn default() -> Self {
        Self {
            page: Preset::default().page(),
            resolution: Resolution::OfPage,
            moving: AnimationSize::Fitting,
            tone: Tone::Light,
            ground: Ground::Own,
            parts: PageParts::ALL,
            citations: Citations::Full,
            text: TextMode::Paths,
            slide: SlideContent::Shapes,
            typeface: None,
            house_style: None,
            scope: Scope::Whole,
            redaction: Redaction::default(),
            labels: None,
            is_arranged_anew: false,
            has_notes: false,
            has_steps: false,
        }
    }
}

impl PictureOptions {
    /// Returns the theme.
    #[must_use]
    pub fn theme(&self) -> Theme {
        let theme = match self.tone {
            Tone::Light => Theme::light(),
            Tone::Dark => Theme::dark(),
        };
        theme.over(self.ground)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_go_by_the_ending() {
        assert_eq!(Format::of_path(Path::new("a/b.PDF")), Some(Format::Pdf));
        assert_eq!(Format::of_path(Path::new("a.svg.txt")), None);
        assert_eq!(Format::of_path(Path::new("png")), None);
    }

    #[test]
    fn resolutions_agree() {
        let slide = Preset::Slide16x9.page();
        assert_eq!(Resolution::OfPage.scale(slide), 1.0);
        assert_eq!(Resolution::Dpi(288.0).scale(slide), 2.0);
        let paper = Preset::A4.page();
        assert_eq!((paper.size_px * Resolution::OfPage.scale(paper)).round(), emath::vec2(2480.0, 3508.0));
    }
}
