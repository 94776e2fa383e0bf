//! `tieline render`: a map as PNG, SVG or HTML, without a window.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::ValueEnum;
use emath::{Vec2, vec2};
use serde_json::{Value, json};

use super::PROBLEMS;
use super::output::print_json;
use crate::document::{Document, Look};
use crate::export::html::{HtmlPage, HtmlTheme, html_sheet, write_html};
use crate::export::svg::{TextMode, write_svg};
use crate::export::{Frame, png};
use crate::layout::{NoProgress, quality};
use crate::load::load_file;
use crate::model::{Arrangement, Word};
use crate::picture::{self, Picture};
use crate::save::{Disk, save_bytes};
use crate::scene::{Scene, Shape, SheetOptions, Theme};
use crate::text::Fonts;

/// White space around the map, as a share of the picture's shorter side.
const MARGIN: f32 = 0.03;

/// What to draw, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A map file
    file: PathBuf,
    /// The picture to write; its ending chooses the format: .png, .svg or .html
    #[arg(short, long = "output", value_name = "OUT", value_parser = parse_output)]
    output: Output,
    /// Size of the picture in pixels
    #[arg(long, value_name = "WxH", value_parser = parse_size, default_value = "1920x1080")]
    size: Vec2,
    /// How many times as many pixels a PNG has
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = parse_scale)]
    scale: f32,
    /// Light or dark
    #[arg(long, value_enum, default_value_t = ThemeName::Light)]
    theme: ThemeName,
    /// Arrange anew: auto, force, layered, radial, circle or columns
    #[arg(long, value_name = "NAME", value_parser = parse_layout)]
    layout: Option<Arrangement>,
    /// Choose among equally good pictures
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Write text in an SVG as outlines, or as text in the typeface
    #[arg(long, value_enum, default_value_t = TextName::Paths)]
    text: TextName,
    /// Draw the map alone, without title, legend, sources and credits
    #[arg(long)]
    map_only: bool,
    /// Print how readable the picture is, as one JSON object
    #[arg(long)]
    report: bool,
    /// Fail when no font at hand has a character of the map
    #[arg(long)]
    require_glyphs: bool,
}

/// The picture to write.
#[derive(Clone, Debug)]
struct Output {
    path: PathBuf,
    format: Format,
}

/// How a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Png,
    Svg,
    Html,
}

/// The look of the picture.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ThemeName {
    /// Dark on light
    Light,
    /// Light on dark
    Dark,
}

/// How text is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum TextName {
    /// As outlines
    Paths,
    /// As text
    Fonts,
}

/// Draws one picture.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (loaded, origin) = load_file(&arguments.file)?;
    let errors = loaded.counts.errors;
    let document = arranged(Document::new(Arc::new(loaded.map), Arc::new(origin)), arguments);
    let fonts = Fonts::new();
    let theme = match arguments.theme {
        ThemeName::Light => Theme::light(),
        ThemeName::Dark => Theme::dark(),
    };
    let aspect = arguments.size.x / arguments.size.y;
    let picture =
        picture::compose(&document, &fonts, &theme, aspect, &NoProgress).context("the layout was canceled")?;
    let (scene, frame) = if arguments.map_only {
        (picture.scene.clone(), frame(&picture, arguments.size))
    } else {
        let options = SheetOptions { size_px: arguments.size, ..SheetOptions::default() };
        let sheet = picture::build_sheet(&document, &picture.draft, &picture.scene, &fonts, &theme, &options);
        let frame = page_frame(&sheet, arguments.size);
        (sheet, frame)
    };
    let bytes = match arguments.output.format {
        Format::Svg => {
            let mode = match arguments.text {
                TextName::Paths => TextMode::Paths,
                TextName::Fonts => TextMode::Fonts,
            };
            let title = document.map.meta.title.as_deref().unwrap_or("Relationship map");
            write_svg(&scene, &fonts, &frame, mode, title).into_bytes()
        }
        Format::Png => png::write_png(&scene, &fonts, &frame, arguments.scale)?,
        Format::Html => html_page(&document, &picture, &fonts, arguments).into_bytes(),
    };
    save_bytes(&arguments.output.path, &bytes, &Disk)?;
    if errors > 0 {
        eprintln!(
            "tieline: {} has errors, which `tieline check` lists; the picture shows the rest",
            arguments.file.display()
        );
    }
    if arguments.report {
        print_json(&report(&picture, &scene, &frame))?;
    }
    Ok(glyph_verdict(&scene, arguments.require_glyphs, &arguments.file))
}

/// The page with the picture in both themes; it opens in dark colors where they were asked for.
fn html_page(document: &Document, picture: &Picture, fonts: &Fonts, arguments: &Arguments) -> String {
    let [light, dark] = [Theme::light(), Theme::dark()].map(|theme| {
        let scene = picture::build_scene(document, &picture.draft, &picture.layout, &theme);
        if arguments.map_only {
            return scene;
        }
        let options = html_sheet(SheetOptions { size_px: arguments.size, ..SheetOptions::default() }, &scene);
        picture::build_sheet(document, &picture.draft, &scene, fonts, &theme, &options)
    });
    let theme = match arguments.theme {
        ThemeName::Light => HtmlTheme::System,
        ThemeName::Dark => HtmlTheme::Dark,
    };
    let (shown, told) = (document.shown(), document.shown_with_withdrawn());
    let (map, light, dark) = (&document.map, &light, &dark);
    let page = HtmlPage { map, shown: &shown, told: &told, light, dark, theme, remark: None };
    write_html(&page, fonts)
}

/// The document with the arrangement and the seed that were asked for.
fn arranged(document: Document, arguments: &Arguments) -> Document {
    if arguments.layout.is_none() && arguments.seed.is_none() {
        return document;
    }
    let mut look = Look::clone(&document.look);
    if let Some(arrangement) = arguments.layout {
        look.arrangement = arrangement;
        look.positions.clear();
    }
    look.seed = arguments.seed.unwrap_or(look.seed);
    document.with_look(Arc::new(look))
}

fn frame(picture: &Picture, size: Vec2) -> Frame {
    let margin = MARGIN * size.min_elem();
    let inner = Frame {
        view: picture.scene.bounds,
        size_px: (size - Vec2::splat(2.0 * margin)).max(Vec2::splat(1.0)),
        background: None,
    };
    let view = picture.scene.bounds.expand(margin / inner.scale());
    Frame { view, size_px: size, background: Some(picture.scene.background) }
}

/// A page at the width that was asked for; taller where its sources needed more room.
fn page_frame(sheet: &Scene, size: Vec2) -> Frame {
    let height = sheet.bounds.height() * size.x / sheet.bounds.width();
    Frame { view: sheet.bounds, size_px: vec2(size.x, height.max(size.y).round()), background: Some(sheet.background) }
}

fn report(picture: &Picture, scene: &Scene, frame: &Frame) -> Value {
    let quality = quality::measure(&picture.draft.request, &picture.layout);
    let scale = frame.scale();
    let texts = scene.items.iter().filter(|item| item.min_scale <= scale).flat_map(|item| &item.shapes);
    let smallest = texts
        .filter_map(|shape| if let Shape::Text { text, .. } = shape { Some(text.style.size * scale) } else { None })
        .fold(f32::INFINITY, f32::min);
    let tenth = |number: f32| (f64::from(number) * 10.0).round() / 10.0;
    json!({
        "label_overlaps": quality.label_overlaps,
        "labels_on_cards": quality.labels_on_cards,
        "lanes_through_cards": quality.lanes_through_cards,
        "lanes_through_labels": quality.lanes_through_labels,
        "labels_left_out": quality.labels_left_out,
        "crossings": quality.crossings,
        "smallest_text_px": if smallest.is_finite() { Value::from(tenth(smallest)) } else { Value::Null },
        "aspect": (f64::from(quality.aspect) * 100.0).round() / 100.0,
    })
}

fn glyph_verdict(scene: &Scene, require_glyphs: bool, file: &Path) -> ExitCode {
    let missing = scene.missing();
    if missing.is_empty() {
        return ExitCode::SUCCESS;
    }
    let listed: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    eprintln!(
        "tieline: no font at hand has these characters of {}: {}; install one, such as Noto",
        file.display(),
        listed.join(", ")
    );
    if require_glyphs { ExitCode::from(PROBLEMS) } else { ExitCode::SUCCESS }
}

fn parse_output(text: &str) -> Result<Output, String> {
    let path = PathBuf::from(text);
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => Ok(Output { path, format: Format::Svg }),
        Some("png") => Ok(Output { path, format: Format::Png }),
        Some("html") => Ok(Output { path, format: Format::Html }),
        _ => Err("let its name end in .png, .svg or .html, which chooses the format".to_owned()),
    }
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

fn parse_layout(text: &str) -> Result<Arrangement, String> {
    match Arrangement::from_word(text) {
        Word::Known(arrangement) => Ok(arrangement),
        Word::Other(_) => {
            let names: Vec<&str> = Arrangement::ALL.iter().map(|arrangement| arrangement.word()).collect();
            Err(format!("choose one of {}", names.join(", ")))
        }
    }
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
        assert!(parse_scale("nan").is_err());
        assert!(parse_layout("spiral").is_err());
    }
}
