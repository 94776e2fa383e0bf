//! What a picture for others is to be.

use std::collections::BTreeSet;
use std::path::Path;

use emath::Rect;

use super::{Page, Preset};
use crate::export::svg::TextMode;
use crate::model::{ActorId, LabelMode, Redaction, TieId};
use crate::scene::{Ground, Theme};

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A bitmap.
    Png,
    /// Vector shapes for the web and for drawing programs.
    Svg,
    /// Vector shapes on pages.
    Pdf,
    /// A page with the cited details behind everything on the picture.
    Html,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Png, Self::Svg, Self::Pdf, Self::Html];

    /// How names of such files end, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Html => "html",
        }
    }

    /// The format that a file's name asks for.
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

/// How much of its proof a picture shows. What has no source says so in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Citations {
    /// Nothing.
    None,
    /// The numbers on the ties' labels.
    Numbers,
    /// The numbers and the list of sources.
    #[default]
    Full,
}

/// What stands around the map, apart from the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four parts that are switched on and off one by one")]
pub struct PageParts {
    /// Title, subtitle and as-of date.
    pub title: bool,
    /// What the signs mean.
    pub legend: bool,
    /// How well the map is sourced.
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

/// How many pixels a bitmap has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Resolution {
    /// What the page's use asks for: one for each pixel of a slide or screen, 300 per inch of paper.
    #[default]
    OfPage,
    /// So many times the page's pixels.
    Scale(f32),
    /// So many per inch of the page.
    Dpi(f32),
}

impl Resolution {
    /// Pixels of the bitmap per pixel of the page.
    #[must_use]
    pub fn scale(self, page: Page) -> f32 {
        match self {
            Self::OfPage => page.dpi * page.points_per_px / 72.0,
            Self::Scale(scale) => scale,
            Self::Dpi(dpi) => dpi * page.points_per_px / 72.0,
        }
    }
}

/// What part of the map is drawn; what is left stays where the whole map has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Scope {
    /// All that the document shows.
    #[default]
    Whole,
    /// These actors with the ties between them, and these ties with their ends.
    Only {
        /// The actors.
        actors: BTreeSet<ActorId>,
        /// The ties.
        ties: BTreeSet<TieId>,
    },
    /// The actors whose cards have their middle in this part of the world, with the ties between them.
    InView(Rect),
}

/// What a picture for others is to be; the same for every format.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureOptions {
    /// Size and use of the page.
    pub page: Page,
    /// How many pixels a PNG has.
    pub resolution: Resolution,
    /// Light or dark.
    pub tone: Tone,
    /// What everything lies on.
    pub ground: Ground,
    /// What stands around the map.
    pub parts: PageParts,
    /// How much of its proof the picture shows.
    pub citations: Citations,
    /// How an SVG writes text.
    pub text: TextMode,
    /// What part of the map is drawn.
    pub scope: Scope,
    /// What is taken out before everything else.
    pub redaction: Redaction,
    /// Which labels are shown; none for those that the canvas shows.
    pub labels: Option<LabelMode>,
    /// Whether actors are arranged anew for the proportions of the page, around those placed by hand.
    pub is_arranged_anew: bool,
    /// Whether there are notes to hold the sources that find no room on a page.
    pub has_notes: bool,
}

impl Default for PictureOptions {
    fn default() -> Self {
        Self {
            page: Preset::default().page(),
            resolution: Resolution::OfPage,
            tone: Tone::Light,
            ground: Ground::Own,
            parts: PageParts::ALL,
            citations: Citations::Full,
            text: TextMode::Paths,
            scope: Scope::Whole,
            redaction: Redaction::default(),
            labels: None,
            is_arranged_anew: false,
            has_notes: false,
        }
    }
}

impl PictureOptions {
    /// The colors.
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
