//! `tieline render`: draws a map as PNG, SVG, PDF, HTML or PPTX, without a window.

mod arguments;
mod deck;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

pub(super) use self::arguments::{RenderArguments, parse_layout};

use self::deck::{house_style, keep_stories};
use super::PROBLEMS;
use super::output::print_json;
use crate::document::{Document, Look, start_from};
use crate::layout::NoProgress;
use crate::load::load_file;
use crate::model::{Item, Map};
use crate::publish::{Edition, Format, MAX_STEPS, PictureOptions, Scope, is_further_page, page_path};
use crate::save::{Disk, KeptStory, open_companions, open_outputs, write_outputs};
use crate::scene::Part;
use crate::text::Fonts;

/// Lays a map out once and writes all requested files.
pub(super) fn run(arguments: &RenderArguments) -> anyhow::Result<ExitCode> {
    let mut arguments = arguments.clone();
    // Existing decks and moving pictures may have been edited or sent, so they are never overwritten.
    let kept = if arguments.steps { keep_stories(&mut arguments.output)? } else { Vec::new() };
    let arguments = &arguments;
    if let Some(moving) = arguments.output.iter().find(|output| output.format.is_moving() && !arguments.steps) {
        bail!("{} would show the steps of a story; add --steps", moving.path.display());
    }
    // All outputs are opened before the first is written, and before a large map is loaded in vain.
    let paths = arguments.paths();
    let mut outputs = open_outputs(&paths, &[&arguments.file], &Disk)?;
    let (document, errors) = document(arguments)?;
    let options = PictureOptions {
        house_style: arguments.template.as_deref().map(house_style).transpose()?,
        redaction: arguments.redacting.redaction(&document)?,
        scope: scope(&document.map, &arguments.only)?,
        ..arguments.options()
    };
    let review = arguments.redacting.review(&document, &options.redaction);
    let fonts = Fonts::new();
    let edition = Edition::prepare(&document, &fonts, options, &NoProgress).context("the layout was canceled")?;
    // All content is generated before anything is written, so that an error leaves all files unchanged.
    let mut files = named_files(&edition, arguments)?;
    files.extend(review.map(String::into_bytes));
    let (further_paths, further_files): (Vec<PathBuf>, Vec<Vec<u8>>) =
        further_files(&edition, arguments)?.into_iter().unzip();
    let taken: Vec<&Path> = paths.iter().copied().chain([&*arguments.file]).collect();
    outputs.extend(open_companions(&further_paths, &taken, is_further_page, &Disk)?);
    files.extend(further_files);
    let paths: Vec<&Path> = paths.into_iter().chain(further_paths.iter().map(PathBuf::as_path)).collect();
    for (output, path) in outputs.iter().zip(&paths) {
        for loss in output.losses(&Disk)? {
            eprintln!("tieline: replacing {}: {loss}", path.display());
        }
    }
    let found = |story: &KeptStory| paths.iter().zip(&files).find(|(path, _)| **path == story.new);
    let reports: Vec<String> = kept.iter().filter_map(|story| Some(story.report(found(story)?.1))).collect();
    let is_new = |path: &Path, bytes: &[u8]| !kept.iter().any(|story| story.new == path && story.is_same(bytes));
    let written = outputs.into_iter().zip(files).zip(&paths).filter(|((_, bytes), path)| is_new(path, bytes));
    write_outputs(written.map(|(file, _)| file).collect(), &Disk)?;
    for report in reports {
        eprintln!("tieline: {report}");
    }
    remark(&edition, arguments, &further_paths, errors);
    if arguments.report {
        print_json(&report(&edition, arguments))?;
    }
    Ok(glyph_verdict(&edition, arguments.require_glyphs, &arguments.file))
}

/// Loads the document to draw; also returns the number of errors in its file.
fn document(arguments: &RenderArguments) -> anyhow::Result<(Document, usize)> {
    let (loaded, origin) = load_file(&arguments.file)?;
    let errors = loaded.counts.errors;
    let document = explored(Document::new(Arc::new(loaded.map), Arc::new(origin)), arguments)?;
    let document = arranged(document, arguments);
    match document.steps().len() {
        0 if arguments.steps => {
            bail!("the map tells no story, so there is nothing to draw; add “steps” to its first view, or omit --steps")
        }
        count if arguments.steps && count > MAX_STEPS => {
            bail!("the story has {count} steps, but at most {MAX_STEPS} are drawn; divide it into several maps")
        }
        _ => Ok((document, errors)),
    }
}

/// Returns the contents of the files whose names are given, except the review.
fn named_files(edition: &Edition<'_>, arguments: &RenderArguments) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut files = Vec::new();
    for output in arguments.output.iter().filter(|output| !arguments.is_numbered(output)) {
        files.push(edition.write(output.format)?);
    }
    files.extend(arguments.notes.as_ref().map(|_| edition.notes().into_bytes()));
    Ok(files)
}

/// Returns the numbered pages: those after the first, and the first of outputs that are numbered from there on.
fn further_files(edition: &Edition<'_>, arguments: &RenderArguments) -> anyhow::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for output in &arguments.output {
        if arguments.is_numbered(output) {
            files.push((page_path(&output.path, 1), edition.write(output.format)?));
        }
        for (number, bytes) in (2..).zip(edition.write_further_pages(output.format)?) {
            files.push((page_path(&output.path, number), bytes));
        }
    }
    Ok(files)
}

/// Says what a person should know about the written files.
fn remark(edition: &Edition<'_>, arguments: &RenderArguments, further_paths: &[PathBuf], errors: usize) {
    for path in further_paths {
        if arguments.steps {
            eprintln!("tieline: wrote {}", path.display());
        } else {
            eprintln!("tieline: sources that don't fit beside the map are in {}", path.display());
        }
    }
    if arguments.output.iter().any(|output| output.format == Format::Pptx) && edition.is_slide_too_large() {
        eprintln!(
            "tieline: the map has too many shapes to be edited on a slide; it is a picture there, with names as text"
        );
    }
    let lines = arguments.output.iter().filter_map(|output| edition.long_captions_line(output.format));
    for line in lines.collect::<std::collections::BTreeSet<_>>() {
        eprintln!("tieline: {}{}", line[..1].to_lowercase(), &line[1..]);
    }
    if errors > 0 {
        eprintln!(
            "tieline: {} has errors, so the picture shows only part of it; run `tieline check` to list them",
            arguments.file.display()
        );
    }
}

/// Returns the document with only the requested part explored.
fn explored(document: Document, arguments: &RenderArguments) -> anyhow::Result<Document> {
    let Some(key) = &arguments.from else { return Ok(document) };
    let Some(Item::Actor(from)) = document.map.find(key) else {
        bail!("the map has no actor “{key}” to start from")
    };
    let start = start_from(&document.map, &document.look, from, arguments.hops, arguments.most);
    Ok(document.with(start))
}

/// Returns the document with the requested arrangement and seed.
fn arranged(document: Document, arguments: &RenderArguments) -> Document {
    if arguments.layout.is_none() && arguments.seed.is_none() {
        return document;
    }
    let mut look = Look::clone(&document.look);
    if let Some(arrangement) = arguments.layout {
        look.arrangement = arrangement;
        look.forget_places(&document.map);
    }
    look.seed = arguments.seed.unwrap_or(look.seed);
    document.with_look(Arc::new(look))
}

fn scope(map: &Map, only: &[String]) -> anyhow::Result<Scope> {
    if only.is_empty() {
        return Ok(Scope::Whole);
    }
    let (mut actors, mut ties) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    for key in only {
        match map.find(key) {
            Some(Item::Actor(actor)) => _ = actors.insert(actor),
            Some(Item::Tie(tie)) => _ = ties.insert(tie),
            Some(Item::Fact(_) | Item::Source(_)) | None => bail!("the map has no actor or tie “{key}”"),
        }
    }
    Ok(Scope::Only { actors, ties })
}

fn report(edition: &Edition<'_>, arguments: &RenderArguments) -> Value {
    let quality = edition.quality();
    let format = arguments.output.first().map_or(Format::Png, |output| output.format);
    let tenth = |number: f32| (f64::from(number) * 10.0).round() / 10.0;
    let labeling = edition.labeling(format);
    let smallest = |is_meant: fn(Part) -> bool| edition.smallest_text_px(format, is_meant);
    let points = arguments.page().points_per_px;
    let in_points = |size: Option<f32>| size.map(|size| tenth(size * points));
    json!({
        "label_overlaps": quality.label_overlaps,
        "labels_on_cards": quality.labels_on_cards,
        "lanes_through_cards": quality.lanes_through_cards,
        "lanes_through_labels": quality.lanes_through_labels,
        "labels_left_out": quality.labels_left_out,
        "names": labeling.named,
        "names_left_out": labeling.nameless,
        "titles": labeling.titles,
        "labels": labeling.labeled,
        "labels_reduced": labeling.reduced,
        "labels_too_small": labeling.unlabeled,
        "long_captions": edition.long_captions().len(),
        "crossings": quality.crossings,
        "smallest_text_px": smallest(|_| true).map(tenth),
        "smallest_name_pt": in_points(smallest(|part| matches!(part, Part::Card(_)))),
        "smallest_source_pt": in_points(smallest(|part| matches!(part, Part::Source(_)))),
        "aspect": (f64::from(quality.aspect) * 100.0).round() / 100.0,
    })
}

fn glyph_verdict(edition: &Edition<'_>, require_glyphs: bool, file: &Path) -> ExitCode {
    let missing = edition.missing();
    if missing.is_empty() {
        return ExitCode::SUCCESS;
    }
    let listed: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    eprintln!(
        "tieline: no installed font has these characters of {}: {}; install one that does, such as Noto",
        file.display(),
        listed.join(", ")
    );
    if require_glyphs { ExitCode::from(PROBLEMS) } else { ExitCode::SUCCESS }
}
