//! `tieline arrange`: places all actors and writes their places, without a window.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use super::output::print_json;
use super::render::parse_layout;
use super::timings::StepTimings;
use crate::derive::{self, LANDSCAPE, LayoutInput};
use crate::document::{Document, Look};
use crate::layout::{self, NoProgress};
use crate::load::load_file;
use crate::model::Arrangement;
use crate::save::{Disk, MapContent, open_outputs, save_text, write_outputs};
use crate::scene::Theme;
use crate::text::Fonts;

/// What to arrange, and how.
#[derive(Debug, clap::Args)]
pub(super) struct ArrangeArguments {
    /// A map file, or a table that makes one
    file: PathBuf,
    /// The map to write, with a place for each actor; all else is as in FILE
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Method: auto, force, layered, layered-down, radial, circle, columns or timeline
    #[arg(long, value_name = "NAME", value_parser = parse_layout)]
    layout: Option<Arrangement>,
    /// Seed that chooses among equally good layouts
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Print how long each step took, in seconds of CPU and wall time, as one JSON object
    #[arg(long)]
    timings: bool,
}

/// Arranges all but pinned actors anew and writes the map.
pub(super) fn run(arguments: &ArrangeArguments) -> anyhow::Result<ExitCode> {
    let outputs = open_outputs(&[arguments.output.as_path()], &[&arguments.file], &Disk)?;
    let mut timings = StepTimings::new();
    let (loaded, origin) = timings.time("reading", || load_file(&arguments.file))?;
    let before = Document::new(Arc::new(loaded.map), Arc::new(origin));
    let mut look = Look::clone(&before.look);
    look.arrangement = arguments.layout.unwrap_or(look.arrangement);
    look.seed = arguments.seed.unwrap_or(look.seed);
    look.forget_places(&before.map);
    let open = before.with_look(Arc::new(look.clone()));

    let fonts = Fonts::new();
    let input = timings.time("measuring", || derive::build_request(&open, &fonts, LANDSCAPE));
    let centers = timings.time("layout", || layout::lay_out_centers(&input.request, &NoProgress));
    let centers = centers.context("the layout was canceled")?;
    if arguments.timings {
        time_picture(&open, &input, &centers, &mut timings);
    }
    for (placed, center) in input.places().into_iter().zip(centers) {
        look.positions.insert(placed, center);
    }
    let after = before.with_look(Arc::new(look));
    let [was, is] = [&before, &after].map(|document| document.look.to_view(&document.map));
    let (was, is) = (MapContent { map: &before.map, view: &was }, MapContent { map: &after.map, view: &is });
    let saved = timings.time("writing", || save_text(&before.origin, was, is))?;
    write_outputs(outputs.into_iter().zip([saved.text]).collect(), &Disk)?;
    if arguments.timings {
        print_json(&timings.into_json())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Times the steps from places to a picture.
fn time_picture(document: &Document, input: &LayoutInput, centers: &[emath::Pos2], timings: &mut StepTimings) {
    let layout = timings.time("routing and labels", || layout::route_and_label(&input.request, centers));
    timings.time("drawing", || derive::build_scene(document, input, &layout, &Theme::light()));
}
