//! The options of `render`, read and checked.

use std::path::{Path, PathBuf};

use emath::{Vec2, vec2};

use crate::model::Arrangement;
use crate::scene::Theme;

/// Fewest and most pixels on a side.
const SIDES_PX: std::ops::RangeInclusive<u32> = 200..=20_000;
/// Least and greatest scale.
const SCALES: std::ops::RangeInclusive<f32> = 0.1..=10.0;

/// What the end of the picture's name asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Png,
    Svg,
}

/// Width and height in pixels at scale 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PictureSize(pub(super) Vec2);

/// The names of the themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ThemeName {
    Light,
    Dark,
}

impl ThemeName {
    pub(super) fn theme(self) -> Theme {
        match self {
            Self::Light => Theme::light(),
            Self::Dark => Theme::dark(),
        }
    }
}

pub(super) fn parse_output(text: &str) -> Result<(PathBuf, Format), String> {
    let path = Path::new(text);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("png") => Ok((path.to_owned(), Format::Png)),
        Some("svg") => Ok((path.to_owned(), Format::Svg)),
        _ => Err("the name of a picture ends in .png or .svg".to_owned()),
    }
}

pub(super) fn parse_size(text: &str) -> Result<PictureSize, String> {
    let side = |text: &str| text.trim().parse::<u32>().ok().filter(|side| SIDES_PX.contains(side));
    let sides = text.split_once(['x', 'X', '×']).and_then(|(width, height)| Some((side(width)?, side(height)?)));
    let wrong = || format!("a size is two numbers from {} to {}, such as 1920x1080", SIDES_PX.start(), SIDES_PX.end());
    sides.map(|(width, height)| PictureSize(vec2(width as f32, height as f32))).ok_or_else(wrong)
}

pub(super) fn parse_scale(text: &str) -> Result<f32, String> {
    let scale = text.parse::<f32>().ok().filter(|scale| SCALES.contains(scale));
    scale.ok_or_else(|| format!("a scale is a number from {} to {}", SCALES.start(), SCALES.end()))
}

pub(super) fn parse_arrangement(text: &str) -> Result<Arrangement, String> {
    let names: Vec<&str> = Arrangement::ALL.iter().map(|arrangement| arrangement.word()).collect();
    Arrangement::from_word(text).known().ok_or_else(|| format!("a layout is one of {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::{Format, parse_arrangement, parse_output, parse_scale, parse_size};
    use crate::model::Arrangement;

    #[test]
    fn sizes_are_two_sane_numbers() {
        assert_eq!(parse_size("1440x900").map(|size| (size.0.x, size.0.y)), Ok((1440.0, 900.0)));
        for bad in ["", "1440", "1440x", "0x900", "-5x900", "1440x900x2", "99999x900", "1e3x900", "NaNxNaN"] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn scales_are_sane_numbers() {
        assert_eq!(parse_scale("2"), Ok(2.0));
        for bad in ["0", "-1", "NaN", "inf", "1000", "two"] {
            assert!(parse_scale(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn endings_tell_the_format() {
        assert_eq!(parse_output("a/b.PNG").map(|(_, format)| format), Ok(Format::Png));
        assert_eq!(parse_output("b.svg").map(|(_, format)| format), Ok(Format::Svg));
        assert!(parse_output("b.pdf").is_err() && parse_output("png").is_err());
    }

    #[test]
    fn layouts_go_by_the_words_of_the_file() {
        assert_eq!(parse_arrangement("radial"), Ok(Arrangement::Radial));
        assert!(parse_arrangement("spiral").is_err_and(|message| message.contains("layered")));
    }
}
