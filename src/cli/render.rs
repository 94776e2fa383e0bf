//! `tieline render`: a map as a picture file.

mod options;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use atomic_write_file::AtomicWriteFile;
use serde_json::{Value, json};

use crate::document::{Command, Document};
use crate::export::Frame;
use crate::export::png::write_png;
use crate::export::svg::{TextMode, write_svg};
use crate::layout::NoProgress;
use crate::layout::quality::measure;
use crate::load::{LoadError, Loaded, load_file};
use crate::model::Arrangement;
use crate::picture::{LANDSCAPE, Picture, compose};
use crate::scene::{Scene, Shape, SheetOptions, compose_sheet};
use crate::text::Fonts;
use crate::wording::visible;

use self::options::{Format, PictureSize, ThemeName};
use super::{FINE, Output, PROBLEMS, WRONG_USE};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Map file
    file: PathBuf,
    /// Picture to write, ending in .png or .svg
    #[arg(short, long, value_name = "OUT", value_parser = options::parse_output)]
    output: (PathBuf, Format),
    /// Width and height in pixels
    #[arg(long, value_name = "WxH", default_value = "1920x1080", value_parser = options::parse_size)]
    size: PictureSize,
    /// Pixels of the file for each pixel of the size
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = options::parse_scale)]
    scale: f32,
    /// Colors
    #[arg(long, default_value = "light")]
    theme: ThemeName,
    /// How actors are arranged; lays out again what is not pinned
    #[arg(long, value_name = "NAME", value_parser = options::parse_arrangement)]
    layout: Option<Arrangement>,
    /// Seed of the arrangement; lays out again what is not pinned
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Print how readable the picture is, as one JSON object
    #[arg(long)]
    report: bool,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> io::Result<u8> {
    let (loaded, origin) = match load_file(&arguments.file) {
        Ok(opened) => opened,
        Err(error) => {
            writeln!(output.messages, "tieline: {error}")?;
            return Ok(if matches!(error, LoadError::Read { .. }) { WRONG_USE } else { PROBLEMS });
        }
    };
    super::tell_problems(&arguments.file, &loaded, output)?;
    let Loaded { map, .. } = loaded;
    let document = arranged(Document::new(Arc::new(map), Arc::new(origin)), arguments);
    let fonts = Fonts::new();
    let theme = arguments.theme.theme();
    let Some(picture) = compose(&document, &fonts, &theme, LANDSCAPE, &NoProgress) else {
        // Nobody can cancel it here.
        return Ok(PROBLEMS);
    };
    let options = SheetOptions { size_px: arguments.size.0, ..SheetOptions::default() };
    let sheet = compose_sheet(&document.map, &picture.draft.plan, &picture.scene, &fonts, &theme, &options);
    let bytes = match encode(&document, &sheet, &fonts, arguments) {
        Ok(bytes) => bytes,
        Err(error) => {
            writeln!(output.messages, "tieline: {error}")?;
            return Ok(WRONG_USE);
        }
    };
    let path = &arguments.output.0;
    if let Err(error) = write_file(path, &bytes) {
        writeln!(output.messages, "tieline: could not write `{}`: {error}", path.display())?;
        return Ok(PROBLEMS);
    }
    if arguments.report {
        writeln!(output.results, "{:#}", report(&picture, &sheet))?;
    }
    tell_missing_letters(&sheet, output)
}

/// The document with the arrangement and seed that were asked for, else with its own places.
fn arranged(document: Document, arguments: &Arguments) -> Document {
    if arguments.layout.is_none() && arguments.seed.is_none() {
        return document;
    }
    let arrangement = arguments.layout.unwrap_or(document.look.arrangement);
    let seed = arguments.seed.unwrap_or(document.look.seed);
    document.with(Command::LayOutAgain { arrangement, seed })
}

fn encode(
    document: &Document,
    sheet: &Scene,
    fonts: &Fonts,
    arguments: &Arguments,
) -> Result<Vec<u8>, crate::export::ExportError> {
    let mut frame = Frame::around(sheet.bounds, Some(sheet.background));
    match arguments.output.1 {
        Format::Png => write_png(sheet, fonts, &frame, arguments.scale),
        Format::Svg => {
            frame.size_px *= arguments.scale;
            let title = visible(document.map.meta.title.as_deref().unwrap_or("Relationship map"));
            Ok(write_svg(sheet, fonts, &frame, TextMode::Paths, &title).into_bytes())
        }
    }
}

/// Writes the whole file or nothing.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(bytes)?;
    file.commit()
}

/// How readable the picture is: the layout's figures, and the smallest text of the page.
fn report(picture: &Picture, sheet: &Scene) -> Value {
    let quality = measure(&picture.draft.request, &picture.layout);
    let sizes = texts(sheet).map(|text| text.style.size);
    let smallest = sizes.reduce(f32::min);
    json!({
        "label_overlaps": quality.label_overlaps,
        "labels_on_cards": quality.labels_on_cards,
        "lanes_through_cards": quality.lanes_through_cards,
        "labels_left_out": quality.labels_left_out,
        "crossings": quality.crossings,
        "smallest_text_px": smallest.map(rounded),
        "aspect": rounded(quality.aspect),
    })
}

/// To two decimals, as the nearest `f64`, so that the figure reads as it is meant.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

fn texts(sheet: &Scene) -> impl Iterator<Item = &crate::text::Text> {
    let shapes = sheet.items.iter().filter(|item| item.min_scale <= 1.0).flat_map(|item| &item.shapes);
    shapes.filter_map(|shape| if let Shape::Text { text, .. } = shape { Some(&**text) } else { None })
}

/// Letters that no typeface has are drawn as boxes; whoever uses the picture must know.
fn tell_missing_letters(sheet: &Scene, output: &mut Output) -> io::Result<u8> {
    let missing: std::collections::BTreeSet<char> =
        texts(sheet).flat_map(|text| text.missing.iter().copied()).collect();
    if missing.is_empty() {
        return Ok(FINE);
    }
    let letters: String = missing.into_iter().collect();
    writeln!(
        output.messages,
        "tieline: no installed typeface has the letters `{letters}`; install one for their script"
    )?;
    Ok(PROBLEMS)
}
