//! Arguments of `tieline render`: parsing and conversion to picture options.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use emath::{Vec2, vec2};

use crate::cli::redacting::RedactArguments;
use crate::document::MOST_AT_ONCE;
use crate::export::animation::AnimationSize;
use crate::export::pptx::SlideContent;
use crate::export::svg::TextMode;
use crate::model::{Arrangement, LabelMode};
use crate::publish::{
    Citations, Format, Page, PageParts, PictureOptions, Preset, Resolution, Tone, has_one_file_per_page,
};
use crate::scene::Ground;

/// What to draw, and how.
#[derive(Clone, Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(in crate::cli) struct RenderArguments {
    /// A map file
    pub(super) file: PathBuf,
    /// Picture to write in the format of its extension: .png, .svg, .pdf, .html or .pptx, and with --steps also .gif or
    /// .apng, a moving picture of the steps. Several make several files of one layout
    #[arg(short, long = "output", value_name = "OUT", required = true, value_parser = parse_output)]
    pub(super) output: Vec<OutputArguments>,
    /// Also write the sources in full and what each proves as text, for speaker notes; sources that don't fit beside the
    /// map of a PNG or SVG are then only there
    #[arg(long, value_name = "FILE")]
    pub(super) notes: Option<PathBuf>,
    /// Draw the steps of the story that the map's view tells, each on a page or slide of its own, and list all sources on
    /// the last; a PNG or SVG becomes OUT-1, OUT-2 and so on
    #[arg(long)]
    pub(super) steps: bool,
    /// Page by its use: slide-16x9, slide-16x9-4k, slide-4x3, a4, a4-landscape, letter, letter-landscape, square, screen
    #[arg(long, visible_alias = "page", value_name = "NAME", value_parser = parse_preset, conflicts_with = "size")]
    preset: Option<Preset>,
    /// Size of the page in pixels, 96 to the inch
    #[arg(long, value_name = "WxH", value_parser = parse_size)]
    size: Option<Vec2>,
    /// Pixels of a PNG per pixel of its page
    #[arg(long, value_name = "N", value_parser = parse_scale, conflicts_with = "dpi")]
    scale: Option<f32>,
    /// Pixels per inch of a PNG; 144 for slides, 300 for paper unless given
    #[arg(long, value_name = "N", value_parser = parse_dpi)]
    dpi: Option<f32>,
    /// Pixels on the longer side of a .gif or .apng; 1,280 unless given, or fewer if the file would exceed 8 MB
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(16..=4000))]
    longest: Option<u16>,
    /// Light or dark
    #[arg(long, value_enum, default_value_t = ThemeName::Light)]
    theme: ThemeName,
    /// Background
    #[arg(long, value_enum, default_value_t = GroundName::Theme)]
    background: GroundName,
    /// How much of its proof the picture shows
    #[arg(long, value_enum, default_value_t = CitationsName::Full)]
    citations: CitationsName,
    /// Leave out a part of the page; can be given several times
    #[arg(long, value_enum, value_name = "PART", value_delimiter = ',')]
    without: Vec<PartName>,
    /// Draw the map alone, without title, legend, sources and credits
    #[arg(long)]
    map_only: bool,
    /// Draw only this actor or tie, by its id; can be given several times
    #[arg(long, value_name = "ID")]
    pub(super) only: Vec<String>,
    /// Explore from this actor, by its id: draw only it and actors around it; a card says how many of its neighbors are
    /// left out
    #[arg(long, value_name = "ID")]
    pub(super) from: Option<String>,
    /// How many ties away the actors around it may be
    #[arg(long, value_name = "N", requires = "from", default_value_t = 1)]
    pub(super) hops: usize,
    /// How many actors around it are drawn at most: the nearest, then the most strongly tied ones
    #[arg(long, value_name = "N", requires = "from", default_value_t = MOST_AT_ONCE)]
    pub(super) most: usize,
    #[command(flatten)]
    pub(super) redacting: RedactArguments,
    /// Arrange anew: auto, force, layered, layered-down, radial, circle, columns or timeline
    #[arg(long, value_name = "NAME", value_parser = parse_layout)]
    pub(super) layout: Option<Arrangement>,
    /// Which ties are labeled instead of those that the map's view says: all, important, numbers (their citation
    /// numbers alone, which take little room) or none
    #[arg(long, value_name = "WHICH", value_parser = parse_labels)]
    labels: Option<LabelMode>,
    /// Seed that chooses among equally good layouts
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Write text in an SVG as outlines, or as text in the typeface
    #[arg(long, value_enum, default_value_t = TextName::Paths)]
    text: TextName,
    /// Draw the map of a PPTX with shapes and text that can be edited, or as a picture that looks exactly like the other
    /// formats
    #[arg(long, value_enum, default_value_t = SlideName::Shapes)]
    slide: SlideName,
    /// Typeface that a PPTX names, Arial unless given; where it is not installed, programs use another
    #[arg(long, value_name = "NAME", value_parser = parse_typeface)]
    font: Option<String>,
    /// A .potx, .thmx or .pptx file whose colors and typefaces a PPTX takes over, as far as its text stays readable
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// Print how readable the picture is, as one JSON object
    #[arg(long)]
    pub(super) report: bool,
    /// Fail when no font at hand has a character of the map
    #[arg(long)]
    pub(super) require_glyphs: bool,
}

/// A picture to write.
#[derive(Clone, Debug)]
pub(super) struct OutputArguments {
    pub(super) path: PathBuf,
    pub(super) format: Format,
}

/// Colors of the picture.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ThemeName {
    /// Dark on light
    Light,
    /// Light on dark
    Dark,
}

/// Background of the picture.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum GroundName {
    /// The theme's own color
    Theme,
    /// White
    White,
    /// Transparent, readable on light and on dark slides
    Transparent,
}

/// Citations in the picture.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum CitationsName {
    /// Nothing; what has no source still says so
    None,
    /// Numbers on the labels
    Numbers,
    /// Numbers and the list of sources
    Full,
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PartName {
    /// Title, subtitle and date
    Title,
    /// The meaning of the signs
    Legend,
    /// How well the map is sourced
    Coverage,
    /// Authors and license
    Credits,
}

/// How text is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum TextName {
    /// As outlines
    Paths,
    /// As text
    Fonts,
}

/// How the map is drawn on a slide.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum SlideName {
    /// As shapes and text
    Shapes,
    /// As one picture
    Picture,
}

impl RenderArguments {
    /// Returns whether the files of an output are numbered from the first page on.
    pub(super) fn is_numbered(&self, output: &OutputArguments) -> bool {
        self.steps && has_one_file_per_page(output.format)
    }

    /// Returns all files to write whose names are given: the pictures, then the notes, then the review.
    pub(super) fn paths(&self) -> Vec<&Path> {
        let pictures = self.output.iter().filter(|output| !self.is_numbered(output));
        pictures
            .map(|output| output.path.as_path())
            .chain(self.notes.as_deref())
            .chain(self.redacting.review.as_deref())
            .collect()
    }

    /// Returns the page size.
    pub(super) fn page(&self) -> Page {
        self.size.map_or_else(|| self.preset.unwrap_or_default().page(), Page::of_pixels)
    }

    /// Returns the options that don't depend on the map.
    pub(super) fn options(&self) -> PictureOptions {
        let has = |part| !self.map_only && !self.without.contains(&part);
        let resolution = match (self.scale, self.dpi) {
            (Some(scale), _) => Resolution::Scale(scale),
            (None, Some(dpi)) => Resolution::Dpi(dpi),
            (None, None) => Resolution::OfPage,
        };
        PictureOptions {
            page: self.page(),
            resolution,
            moving: self.longest.map_or(AnimationSize::Fitting, AnimationSize::Longest),
            tone: match self.theme {
                ThemeName::Light => Tone::Light,
                ThemeName::Dark => Tone::Dark,
            },
            ground: match self.background {
                GroundName::Theme => Ground::Own,
                GroundName::White => Ground::White,
                GroundName::Transparent => Ground::Any,
            },
            parts: PageParts {
                title: has(PartName::Title),
                legend: has(PartName::Legend),
                coverage: has(PartName::Coverage),
                credits: has(PartName::Credits),
            },
            citations: match self.citations {
                CitationsName::None => Citations::None,
                CitationsName::Full if !self.map_only => Citations::Full,
                CitationsName::Numbers | CitationsName::Full => Citations::Numbers,
            },
            text: match self.text {
                TextName::Paths => TextMode::Paths,
                TextName::Fonts => TextMode::Fonts,
            },
            slide: match self.slide {
                SlideName::Shapes => SlideContent::Shapes,
                SlideName::Picture => SlideContent::Picture,
            },
            typeface: self.font.clone(),
            labels: self.labels,
            has_notes: self.notes.is_some(),
            has_steps: self.steps,
            ..PictureOptions::default()
        }
    }
}

fn parse_output(text: &str) -> Result<OutputArguments, String> {
    let path = PathBuf::from(text);
    let format = Format::of_path(&path);
    let format = format.ok_or("the file name must end in .png, .svg, .pdf, .html, .pptx, .gif or .apng")?;
    Ok(OutputArguments { path, format })
}

fn parse_preset(text: &str) -> Result<Preset, String> {
    let names = || Preset::ALL.map(Preset::word).join(", ");
    Preset::of_word(text).ok_or_else(|| format!("choose one of {}", names()))
}

fn parse_size(text: &str) -> Result<Vec2, String> {
    let parse = |part: &str| part.parse::<u32>().ok().filter(|pixels| (1..=20_000).contains(pixels));
    let sides = text.split_once(['x', 'X', '×']).and_then(|(width, height)| Some((parse(width)?, parse(height)?)));
    let (width, height) = sides.ok_or("write width x height in pixels, such as 1920x1080, each from 1 to 20000")?;
    Ok(vec2(width as f32, height as f32))
}

fn parse_scale(text: &str) -> Result<f32, String> {
    let scale = text.parse::<f32>().ok().filter(|scale| (0.1..=8.0).contains(scale));
    scale.ok_or_else(|| "write a number from 0.1 to 8".to_owned())
}

fn parse_dpi(text: &str) -> Result<f32, String> {
    let dpi = text.parse::<f32>().ok().filter(|dpi| (10.0..=1_200.0).contains(dpi));
    dpi.ok_or_else(|| "write a number from 10 to 1200".to_owned())
}

fn parse_typeface(text: &str) -> Result<String, String> {
    let name = text.trim();
    let is_name = !name.is_empty() && name.chars().count() <= 100 && !name.chars().any(char::is_control);
    if is_name { Ok(name.to_owned()) } else { Err("write the name of a typeface".to_owned()) }
}

fn parse_labels(text: &str) -> Result<LabelMode, String> {
    one_of(LabelMode::ALL, LabelMode::word, text)
}

pub(in crate::cli) fn parse_layout(text: &str) -> Result<Arrangement, String> {
    one_of(Arrangement::ALL, Arrangement::word, text)
}

/// Returns the value with this word.
fn one_of<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str, text: &str) -> Result<T, String> {
    let found = all.iter().copied().find(|&value| word(value) == text);
    found.ok_or_else(|| format!("choose one of {}", all.iter().copied().map(word).collect::<Vec<_>>().join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_two_numbers_within_reason() {
        assert_eq!(parse_size("1920x1080"), Ok(vec2(1920.0, 1080.0)));
        for bad in ["1920", "0x100", "x", "1920x1080x2", "99999x1", "-1x5", "1.5x2"] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
        assert!(parse_scale("nan").is_err() && parse_dpi("nan").is_err());
        assert!(parse_layout("spiral").is_err() && parse_labels("some").is_err());
        assert_eq!(parse_labels("numbers"), Ok(LabelMode::Numbers));
    }
}
