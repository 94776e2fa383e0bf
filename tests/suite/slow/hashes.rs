//! Compares every picture of the bundled maps byte by byte, so that no change is accidental.
//!
//! `tests/data/pictures.sha256` holds the digest of each file; `TIELINE_BLESS=1` rewrites it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use tieline::document::Document;
use tieline::layout::NoProgress;
use tieline::load::{BUNDLED, load_bundled};
use tieline::publish::{Edition, Format, PictureOptions, Preset, Tone};
use tieline::scene::{Scene, Shape};
use tieline::text::{FontId, Fonts};

use crate::golden;

/// Bundled faces have the lowest ids; later ones are system fonts.
const BUNDLED_FACES: u32 = 4;

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn document(name: &str) -> Document {
    let (loaded, origin) = load_bundled(name).expect("a bundled map");
    Document::new(Arc::new(loaded.map), Arc::new(origin))
}

/// Returns the digests of all files of a map in one tone, by name.
fn pictures(name: &str, tone: Tone) -> Vec<(String, String)> {
    let (document, fonts) = (document(name), Fonts::new());
    let mut found = Vec::new();
    for preset in Preset::ALL {
        let options = PictureOptions { page: preset.page(), tone, ..PictureOptions::default() };
        let edition = Edition::prepare(&document, &fonts, options, &NoProgress).expect("not canceled");
        for format in Format::STILL {
            let bytes = edition.write(format).expect("written");
            let tone = format!("{tone:?}").to_lowercase();
            found.push((format!("{name} {tone} {}.{}", preset.word(), format.ending()), digest(&bytes)));
            for (number, bytes) in (2..).zip(edition.write_further_pages(format).expect("written")) {
                found.push((
                    format!("{name} {tone} {}.{} page {number}", preset.word(), format.ending()),
                    digest(&bytes),
                ));
            }
        }
    }
    found
}

/// Returns the digest of the system fonts that a map needs; its pictures are only equal where these are.
fn system_fonts(name: &str) -> String {
    let fonts = Fonts::new();
    let edition =
        Edition::prepare(&document(name), &fonts, PictureOptions::default(), &NoProgress).expect("not canceled");
    let sheet = edition.sheet(Format::Pdf);
    let used = |page: &Scene| -> BTreeSet<FontId> {
        let shapes = page.items.iter().flat_map(|item| &item.shapes);
        let texts = shapes.filter_map(|shape| if let Shape::Text { text, .. } = shape { Some(text) } else { None });
        texts.flat_map(|text| &text.lines).flat_map(|line| &line.runs).map(|run| run.font).collect()
    };
    let ids: BTreeSet<FontId> = std::iter::once(&sheet.first).chain(&sheet.more).flat_map(used).collect();
    let mut files: Vec<String> = ids
        .into_iter()
        .filter(|id| id.0 >= BUNDLED_FACES)
        .filter_map(|id| fonts.font_file(id))
        .map(|file| format!("{} {}", digest((*file.bytes).as_ref()), file.index))
        .collect();
    files.sort();
    if files.is_empty() { "none".to_owned() } else { digest(files.join("\n").as_bytes()) }
}

#[test]
fn the_bundled_maps_pictures_are_the_same_bytes() {
    let tones = [Tone::Light, Tone::Dark];
    let jobs: Vec<(&str, Tone)> = BUNDLED.iter().flat_map(|&name| tones.map(|tone| (name, tone))).collect();
    let mut found: BTreeMap<String, String> =
        jobs.par_iter().flat_map_iter(|&(name, tone)| pictures(name, tone)).collect();
    found.extend(BUNDLED.iter().map(|name| (format!("{name} fonts of the system"), system_fonts(name))));
    let first_pages = found.keys().filter(|name| !name.contains(" page ")).count();
    assert_eq!(first_pages, BUNDLED.len() * (2 * Preset::ALL.len() * Format::STILL.len() + 1));
    let digests: String = found.iter().fold(String::new(), |text, (name, digest)| text + digest + "  " + name + "\n");
    if golden::bless("pictures.sha256", &digests) {
        return;
    }
    let text = std::fs::read_to_string(golden::data("pictures.sha256")).unwrap_or_default();
    let expected: BTreeMap<String, String> = text
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(digest, name)| (name.to_owned(), digest.to_owned()))
        .collect();
    let has_other_fonts = |name: &str| {
        let fonts = format!("{name} fonts of the system");
        found.get(&fonts) != expected.get(&fonts)
    };
    let others: Vec<&str> = BUNDLED.into_iter().filter(|name| has_other_fonts(name)).collect();
    for name in &others {
        eprintln!("skipped: {name} needs fonts of the system, and those here are not those of the digests");
    }
    let is_comparable = |name: &str| !others.iter().any(|other| name.starts_with(&format!("{other} ")));
    let names: BTreeSet<&String> = found.keys().chain(expected.keys()).filter(|name| is_comparable(name)).collect();
    let differing: Vec<&String> = names.into_iter().filter(|name| found.get(*name) != expected.get(*name)).collect();
    assert!(
        differing.is_empty(),
        "set TIELINE_BLESS=1 if these are meant to change:\n{}",
        differing.into_iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    );
    assert!(others.len() < BUNDLED.len(), "nothing was compared");
}
