//! Our files in other programs: PDFs in Poppler, SVGs in Chromium.
//!
//! Skipped with a printed notice if the program is missing, unless `TIELINE_REQUIRE_READERS=1` is set.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use tieline::document::Document;
use tieline::export::svg::TextMode;
use tieline::layout::NoProgress;
use tieline::load::{BUNDLED, load_bundled};
use tieline::model::Map;
use tieline::publish::{Edition, Format, PictureOptions, Preset};
use tieline::scene::{Part, Shape};
use tieline::text::{Face, Fonts};

pub(crate) fn is_here(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_found = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    if !is_found {
        assert!(std::env::var_os("TIELINE_REQUIRE_READERS").is_none(), "{program} must be installed");
        eprintln!("skipped: {program} is not installed");
    }
    is_found
}

fn output_of(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().expect("it runs");
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Keeps only letters and digits, because programs break lines and mark directions differently.
fn compact(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn map_of(index: usize) -> Map {
    load_bundled(BUNDLED[index]).expect("a bundled map").0.map
}

#[test]
fn poppler_finds_names_citations_links_and_fonts() {
    if !["pdftotext", "pdffonts", "pdfinfo"].into_iter().all(is_here) {
        return;
    }
    let fonts = Fonts::new();
    for (index, preset) in [(0, Preset::Slide16x9), (1, Preset::A4)] {
        let map = map_of(index);
        let document = Document::new(Arc::new(map), Arc::default());
        let options = PictureOptions { page: preset.page(), ..PictureOptions::default() };
        let edition = Edition::prepare(&document, &fonts, options, &NoProgress).expect("not canceled");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.pdf"), edition.write(Format::Pdf).expect("written")).expect("saved");

        // In column order, which gets Arabic right, and in drawing order, which keeps lines together.
        let texts = [&["a.pdf", "-"][..], &["-raw", "a.pdf", "-"]];
        let texts = texts.map(|arguments| compact(&output_of("pdftotext", arguments, folder.path())));
        let map = &document.map;
        let sheet = edition.sheet(Format::Pdf);
        let pages = std::iter::once(&sheet.first).chain(&sheet.more);
        let items: Vec<_> = pages.flat_map(|page| &page.items).filter(|item| item.min_scale <= 1.0).collect();
        let count = |is_meant: fn(Part) -> bool| items.iter().filter(|item| is_meant(item.part)).count();
        let is_name = |shape: &Shape| matches!(shape, Shape::Text { text, .. } if text.style.face != Face::Icon);
        let named: std::collections::BTreeSet<Part> = items
            .iter()
            .filter(|item| matches!(item.part, Part::Card(_)) && item.shapes.iter().any(is_name))
            .map(|item| item.part)
            .collect();
        assert_eq!(named.len(), map.actors().len(), "each actor has its name");
        assert!(
            count(|part| matches!(part, Part::Source(_))) >= 9 && count(|part| matches!(part, Part::Pill(_))) >= 11
        );
        for shape in items.into_iter().flat_map(|item| &item.shapes) {
            let Shape::Text { text, .. } = shape else { continue };
            if text.style.face == Face::Icon || !text.missing.is_empty() {
                continue;
            }
            for line in &text.lines {
                let words = compact(&line.text);
                assert!(texts.iter().any(|text| text.contains(&words)), "{} in {}", line.text, texts[0]);
            }
        }

        let table = output_of("pdffonts", &["a.pdf"], folder.path());
        assert!(table.lines().count() > 2, "{table}");
        for row in table.lines().skip(2) {
            let flags: Vec<&str> = row.split_whitespace().rev().skip(2).take(3).collect();
            assert_eq!(flags, ["yes"; 3], "embedded, subset and with Unicode: {row}");
        }
        let facts = output_of("pdfinfo", &["a.pdf"], folder.path());
        let points = if index == 0 { "960 x 540 pts" } else { "595.2" };
        assert!(facts.contains(points) && facts.contains(map.meta().title.as_deref().expect("a title")), "{facts}");
        assert!(!facts.contains("CreationDate"), "{facts}");
        let links = output_of("pdfinfo", &["-url", "a.pdf"], folder.path());
        assert!(links.matches("https://").count() >= 7, "{links}");
    }
}

#[test]
fn poppler_has_nothing_to_complain_about() {
    if !is_here("pdfinfo") {
        return;
    }
    let fonts = Fonts::new();
    let document = Document::new(Arc::new(map_of(1)), Arc::default());
    let edition = Edition::prepare(&document, &fonts, PictureOptions::default(), &NoProgress).expect("not canceled");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.pdf"), edition.write(Format::Pdf).expect("written")).expect("saved");
    for arguments in [&["a.pdf"][..], &["-struct", "a.pdf"], &["-url", "a.pdf"]] {
        let output = Command::new("pdfinfo").args(arguments).current_dir(folder.path()).output().expect("it runs");
        assert!(output.status.success());
        let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(complaints, "", "{arguments:?}");
    }
}

#[test]
fn poppler_finds_title_figure_legend_and_sources_as_such() {
    if !["pdftotext", "pdfinfo"].into_iter().all(is_here) {
        return;
    }
    let fonts = Fonts::new();
    let map = map_of(0);
    let (title, language) = (map.meta().title.clone().expect("a title"), map.meta().language.clone());
    let document = Document::new(Arc::new(map), Arc::default());
    let edition = Edition::prepare(&document, &fonts, PictureOptions::default(), &NoProgress).expect("not canceled");
    let bytes = edition.write(Format::Pdf).expect("written");
    assert_eq!(bytes, edition.write(Format::Pdf).expect("written again"));
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.pdf"), &bytes).expect("saved");

    let facts = output_of("pdfinfo", &["a.pdf"], folder.path());
    let tagged = facts.lines().find(|line| line.starts_with("Tagged:")).expect("said");
    assert!(tagged.ends_with("yes"), "{facts}");
    let text = output_of("pdfinfo", &["-struct-text", "a.pdf"], folder.path());
    let at = |tag: &str| text.find(tag).unwrap_or_else(|| panic!("{tag} in {text}"));
    let heading = &text[at("H1")..at("Figure")];
    assert!(compact(heading).contains(&compact(&title)), "{heading}");
    let figure = &text[at("Figure")..at("Sect")];
    assert!(compact(figure).contains("Microsoft"), "{figure}");
    let words = format!("/Alt(Relationship map: {title}. It shows 4 actors, 11 ties");
    assert!(bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{words}");
    let sources = &text[at("Sect")..];
    assert!(sources.matches("Link").count() >= 7, "{sources}");
    assert!(compact(sources).contains("GeekWire"), "{sources}");
    if let Some(language) = language {
        assert!(String::from_utf8_lossy(&bytes).contains(&format!("/Lang({language})")), "{language}");
    }
}

/// Returns the mean over pixels of the largest channel difference, and the fraction of pixels in which it is more than
/// a quarter of the range.
pub(crate) fn difference(ours: &[u8], theirs: &[u8]) -> (f64, f64) {
    assert_eq!(ours.len(), theirs.len());
    let (mut sum, mut far) = (0_u64, 0_u64);
    for (a, b) in ours.chunks(4).zip(theirs.chunks(4)) {
        let most = (0..3).map(|channel| u64::from(a[channel].abs_diff(b[channel]))).max().unwrap_or(0);
        sum += most;
        far += u64::from(most > 64);
    }
    let pixels = (ours.len() / 4) as f64;
    (sum as f64 / pixels, far as f64 / pixels)
}

fn rgba_of(path: &Path) -> (Vec<u8>, (u32, u32)) {
    let pixmap = resvg::tiny_skia::Pixmap::load_png(path).expect("a PNG");
    let size = (pixmap.width(), pixmap.height());
    (pixmap.take(), size)
}

/// Renders an SVG with Chromium in a window of this size.
pub(crate) fn chromium_pixels(svg: &Path, size: (u32, u32), folder: &Path) -> Vec<u8> {
    let shot = folder.join("shot.png");
    let arguments = [
        "--headless".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--hide-scrollbars".to_owned(),
        "--force-device-scale-factor=1".to_owned(),
        format!("--user-data-dir={}", folder.join("profile").display()),
        format!("--window-size={},{}", size.0, size.1),
        format!("--screenshot={}", shot.display()),
        format!("file://{}", svg.display()),
    ];
    let output = Command::new("chromium").args(&arguments).output().expect("it runs");
    assert!(shot.is_file(), "{}", String::from_utf8_lossy(&output.stderr));
    let (pixels, found) = rgba_of(&shot);
    assert_eq!(found, size);
    pixels
}

#[test]
fn chromium_shows_an_svg_as_we_draw_it() {
    if !is_here("chromium") {
        return;
    }
    let fonts = Fonts::new();
    let document = Document::new(Arc::new(map_of(0)), Arc::default());
    let options = PictureOptions { text: TextMode::Paths, ..PictureOptions::default() };
    let edition = Edition::prepare(&document, &fonts, options, &NoProgress).expect("not canceled");
    let folder = tempfile::tempdir().expect("a folder");
    let svg = folder.path().join("a.svg");
    fs::write(&svg, edition.write(Format::Svg).expect("written")).expect("saved");
    let ours = edition.bitmap().expect("drawn");
    let theirs = chromium_pixels(&svg, (ours.width_px, ours.height_px), folder.path());
    let (mean, far) = difference(&ours.rgba, &theirs);
    println!(
        "Chromium and resvg differ by {mean:.2} of 255 on average, by more than a quarter in {:.3} %",
        far * 100.0
    );
    // Both smooth edges differently; nothing else may differ.
    assert!(mean < 1.0 && far < 0.005, "mean {mean}, far {far}");
}
