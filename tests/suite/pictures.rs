//! From a file to a picture: the output is well formed, harmless and deterministic.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};
use tieline::derive::{self, Composed, LANDSCAPE};
use tieline::document::Document;
use tieline::export::svg::{TextMode, write_svg};
use tieline::export::{Frame, bitmap};
use tieline::layout::{NoProgress, quality};
use tieline::load::{BUNDLED, load_bundled};
use tieline::model::Map;
use tieline::scene::{Scene, SheetOptions, Theme};
use tieline::text::Fonts;

fn bundled(index: usize) -> Map {
    load_bundled(BUNDLED[index]).expect("a bundled map").0.map
}

fn picture_of(map: Map, fonts: &Fonts, theme: &Theme) -> (Composed, Scene) {
    let document = Document::new(Arc::new(map), Arc::default());
    let picture = derive::compose(&document, fonts, theme, LANDSCAPE, &NoProgress).expect("not canceled");
    let options = SheetOptions::default();
    let sheet = derive::build_sheet(&document, &picture.input, &picture.scene, fonts, theme, &options).first;
    (picture, sheet)
}

fn svg_of(sheet: &Scene, fonts: &Fonts, mode: TextMode) -> String {
    let frame = Frame::around(sheet.bounds, Some(sheet.background));
    write_svg(sheet, fonts, &frame, mode, "A map")
}

pub(crate) fn check_harmless(svg: &str) {
    usvg::Tree::from_str(svg, &usvg::Options::default()).expect("well-formed SVG");
    let known = ["svg", "title", "desc", "defs", "use", "g", "rect", "path", "polygon", "circle", "text"];
    for tag in svg.split('<').skip(1) {
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(known.contains(&name.as_str()), "<{}", tag.chars().take(40).collect::<String>());
        let inside = tag.split('>').next().unwrap_or_default();
        let is_glyph = name == "use" && inside.matches("href").count() == 1 && inside.contains("use xlink:href=\"#");
        assert!((is_glyph || !inside.contains("href")) && !inside.contains(" on"), "<{inside}>");
    }
}

#[test]
fn bundled_maps_become_sound_svg() {
    let fonts = Fonts::new();
    for (index, theme) in [(0, Theme::light()), (1, Theme::dark())] {
        let (_, sheet) = picture_of(bundled(index), &fonts, &theme);
        for mode in [TextMode::Paths, TextMode::Fonts] {
            check_harmless(&svg_of(&sheet, &fonts, mode));
        }
        let readable = svg_of(&sheet, &fonts, TextMode::Fonts);
        assert!(readable.contains(">[1]</text>") && readable.contains("font-family"));
    }
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let draw = || {
        let fonts = Fonts::new();
        let (_, sheet) = picture_of(bundled(1), &fonts, &Theme::light());
        svg_of(&sheet, &fonts, TextMode::Paths)
    };
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    assert!(draw() == one_thread.install(draw), "two runs differ");
}

#[test]
fn the_sample_is_readable() {
    let fonts = Fonts::new();
    let (picture, sheet) = picture_of(bundled(0), &fonts, &Theme::light());
    let quality = quality::measure(&picture.input.request, &picture.layout);
    assert_eq!((quality.label_overlaps, quality.labels_on_cards, quality.lanes_through_cards), (0, 0, 0));
    assert_eq!(quality.labels_left_out, 0);
    assert!(sheet.missing().is_empty(), "{:?}", sheet.missing());
    // On a slide 13.33 inches wide, a point is two of these pixels.
    let sizes = |part: fn(&tieline::scene::Part) -> bool| {
        let shapes = sheet.items.iter().filter(move |item| part(&item.part)).flat_map(|item| &item.shapes);
        shapes.filter_map(|shape| match shape {
            tieline::scene::Shape::Text { text, .. } if text.style.face != tieline::text::Face::Icon => {
                Some(text.style.size)
            }
            _ => None,
        })
    };
    let least = |sizes: &mut dyn Iterator<Item = f32>| sizes.fold(f32::INFINITY, f32::min);
    let names = least(&mut sizes(|part| matches!(part, tieline::scene::Part::Card(_))));
    assert!(names >= 24.0, "names are {names} pixels high");
    let sources =
        least(&mut sizes(|part| matches!(part, tieline::scene::Part::Sources | tieline::scene::Part::Source(_))));
    assert!(sources >= 16.0, "sources are {sources} pixels high");
}

#[test]
fn hostile_words_are_harmless_in_every_place() {
    let fonts = Fonts::new();
    let hostile = "</svg><script>alert(1)</script>]]>&x;\u{202e}\u{0}\u{ffff}\u{200b}\" onload=\"x";
    let mut parts = bundled(0).records().to_parts();
    parts.meta.title = Some(hostile.to_owned());
    parts.meta.authors = vec![hostile.to_owned()];
    parts.actors[0].name = hostile.to_owned();
    parts.actors[1].name = "👩\u{200d}🔬".repeat(2_500);
    parts.tie_kinds[0].label = hostile.to_owned();
    parts.ties[2].claim.label = Some(hostile.to_owned());
    parts.sources[1].publisher = Some(hostile.to_owned());
    let (_, sheet) = picture_of(Map::new(parts).expect("a sound map"), &fonts, &Theme::light());
    for mode in [TextMode::Paths, TextMode::Fonts] {
        let svg = svg_of(&sheet, &fonts, mode);
        check_harmless(&svg);
        assert!(!svg.contains('\u{202e}') && !svg.contains('\u{0}') && !svg.contains('\u{ffff}'));
    }
}

#[test]
fn png_and_svg_agree_in_size() {
    let fonts = Fonts::new();
    let (_, sheet) = picture_of(bundled(0), &fonts, &Theme::light());
    let frame = Frame::around(sheet.bounds, Some(sheet.background));
    let bitmap = bitmap::draw(&sheet, &fonts, &frame, 0.5).expect("drawn");
    assert_eq!((bitmap.width_px, bitmap.height_px), (960, 540));
    let dark = bitmap.rgba.chunks(4).filter(|pixel| pixel[0] < 60).count();
    assert!(dark > 2_000, "there is ink: {dark} dark pixels");
}

/// Renders an SVG with `resvg`; returns premultiplied pixels.
pub(crate) fn pixels_of(svg: &str, scale: f32) -> Vec<u8> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).expect("well-formed SVG");
    let size = [tree.size().width(), tree.size().height()].map(|side| (side * scale).round());
    let mut pixmap = tiny_skia::Pixmap::new(size[0] as u32, size[1] as u32).expect("a size");
    let [across, down] = [size[0] / tree.size().width(), size[1] / tree.size().height()];
    resvg::render(&tree, tiny_skia::Transform::from_scale(across, down), &mut pixmap.as_mut());
    pixmap.take()
}

/// Premultiplies colors by alpha, so that the hue of almost transparent pixels doesn't count.
fn premultiplied(rgba: &[u8]) -> Vec<u8> {
    let weighted = |pixel: &[u8]| {
        let alpha = u32::from(pixel[3]);
        let channel = |value: u8| ((u32::from(value) * alpha + 127) / 255) as u8;
        [channel(pixel[0]), channel(pixel[1]), channel(pixel[2]), pixel[3]]
    };
    rgba.chunks_exact(4).flat_map(weighted).collect()
}

#[test]
fn a_bitmap_has_the_pixels_of_the_svg() {
    let fonts = Fonts::new();
    for (index, theme, scale) in [(0, Theme::light(), 1.0), (1, Theme::dark(), 0.7)] {
        let (_, sheet) = picture_of(bundled(index), &fonts, &theme);
        for background in [Some(sheet.background), None] {
            let frame = Frame::around(sheet.bounds, background);
            let theirs = pixels_of(&write_svg(&sheet, &fonts, &frame, TextMode::Paths, ""), scale);
            let ours = premultiplied(&bitmap::draw(&sheet, &fonts, &frame, scale).expect("drawn").rgba);
            assert_eq!(ours.len(), theirs.len());
            // `resvg` draws a round corner as two curves where we draw one, and glyphs are off by some hundredths: a
            // horizontal edge between two of the four samples of a pixel can fall to either side.
            let gaps = || ours.iter().zip(&theirs).map(|(a, b)| a.abs_diff(*b));
            let (most, seen) = (gaps().max().unwrap_or(0), gaps().filter(|gap| *gap > 2).count());
            let mean = gaps().map(f64::from).sum::<f64>() / ours.len() as f64;
            println!(
                "map {index}, {background:?}: up to {most} of 255, mean {mean:.4}, {seen} channels by more than 2"
            );
            assert!(most < 96 && seen * 250 < ours.len() && mean < 0.05, "up to {most}, mean {mean}, {seen} channels");
        }
    }
}
