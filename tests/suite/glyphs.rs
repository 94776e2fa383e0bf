//! Glyphs of an SVG are defined once and drawn by reference: with the same pixels as inline outlines, and without
//! conflicts between pictures in the same page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

use resvg::usvg::roxmltree::{Document as Tree, Node};
use tieline::document::Document;
use tieline::export::Frame;
use tieline::export::svg::{TextMode, write_svg};
use tieline::layout::NoProgress;
use tieline::load::{BUNDLED, load_bundled, load_map};
use tieline::model::{Map, Redaction, Rgb};
use tieline::publish::{Edition, Format, PictureOptions, Tone};
use tieline::scene::{Paint, Part, Scene, SceneItem, Shape};
use tieline::text::{Face, Fonts, PathSegment, Style, TextLine};

use crate::pictures::pixels_of;
use crate::readers::{chromium_pixels, difference, is_here};

const XLINK: &str = "http://www.w3.org/1999/xlink";

/// A map with names in nine scripts, one of them cursive and right to left.
fn scripts() -> Map {
    let text = include_bytes!("../data/maps/30-scripts-15.tieline.json");
    load_map(text, "scripts").expect("a map").map
}

fn bundled(index: usize) -> Map {
    load_bundled(BUNDLED[index]).expect("a bundled map").0.map
}

fn edition<'a>(document: &'a Document, fonts: &'a Fonts, tone: Tone) -> Edition<'a> {
    Edition::prepare(document, fonts, PictureOptions { tone, ..PictureOptions::default() }, &NoProgress)
        .expect("not canceled")
}

/// Returns the sheet of a map, and its SVG at one pixel per world unit.
fn picture(map: Map, fonts: &Fonts, tone: Tone) -> (Scene, String) {
    let document = Document::new(Arc::new(map), Arc::default());
    let sheet = edition(&document, fonts, tone).sheet(Format::Svg).first.clone();
    let svg = write_svg(&sheet, fonts, &Frame::around(sheet.bounds, Some(sheet.background)), TextMode::Paths, "");
    (sheet, svg)
}

/// Returns path data of a line's glyphs at their final positions and size; empty if they have no outlines.
fn line_data(line: &TextLine, start: emath::Pos2, size: f32, fonts: &Fonts) -> String {
    let mut data = String::new();
    for (font, glyph) in line.runs.iter().flat_map(|run| run.glyphs.iter().map(|glyph| (run.font, glyph))) {
        for step in fonts.outline(font, glyph.id, size).iter() {
            let (sign, points) = match *step {
                PathSegment::Move(a) => ('M', vec![a]),
                PathSegment::Line(a) => ('L', vec![a]),
                PathSegment::Quad(a, b) => ('Q', vec![a, b]),
                PathSegment::Cubic(a, b, c) => ('C', vec![a, b, c]),
                PathSegment::Close => ('Z', Vec::new()),
            };
            data.push(sign);
            for point in points {
                let _ = write!(data, "{} {} ", start.x + glyph.x + point.x, start.y + glyph.y + point.y);
            }
        }
    }
    data
}

/// Returns the same picture with the glyphs of each line as inline outlines, computed from the scene.
fn written_out(sheet: &Scene, svg: &str, fonts: &Fonts) -> String {
    let mut lines = sheet.items.iter().flat_map(|item| &item.shapes).filter_map(|shape| match shape {
        Shape::Text { pos, text, .. } => Some((*pos, text)),
        _ => None,
    });
    let mut lines = lines.by_ref().flat_map(|(pos, text)| {
        let at = move |line: &TextLine| pos + emath::vec2(line.left, line.baseline);
        text.lines.iter().map(move |line| line_data(line, at(line), text.style.size, fonts))
    });
    let (before, rest) = svg.split_once("<defs>").expect("definitions");
    let (_, rest) = rest.split_once("</defs>").expect("their end");
    let mut out = before.to_owned();
    for part in rest.split_inclusive("</g>") {
        let Some((before, group)) = part.split_once("<use ") else {
            out.push_str(part);
            continue;
        };
        let (before, attributes) = before.rsplit_once("<g ").expect("a group for each line");
        let fill = attributes.split_once(" transform=").expect("a place").0;
        let data = lines.by_ref().find(|data| !data.is_empty()).expect("a line of the scene");
        let _ = write!(out, "{before}<path {fill} d=\"{data}\"/>");
        assert!(group.ends_with("</g>") && !group.contains("<path"));
    }
    assert!(lines.all(|data| data.is_empty()), "every line with ink is in the picture");
    out
}

#[test]
fn glyphs_have_the_pixels_of_outlines_written_where_they_are_drawn() {
    let fonts = Fonts::new();
    for (name, map, tone) in [("harbor", bundled(1), Tone::Light), ("scripts", scripts(), Tone::Dark)] {
        let (sheet, svg) = picture(map, &fonts, tone);
        let plain = written_out(&sheet, &svg, &fonts);
        assert!(svg.len() * 3 < plain.len() * 2, "{name}: {} and {} bytes", svg.len(), plain.len());
        for scale in [1.0, 2.3] {
            let (ours, theirs) = (pixels_of(&svg, scale), pixels_of(&plain, scale));
            assert_eq!(ours.len(), theirs.len());
            let gaps = || ours.iter().zip(&theirs).map(|(a, b)| a.abs_diff(*b));
            let (most, seen) = (gaps().max().unwrap_or(0), gaps().filter(|gap| *gap > 2).count());
            let mean = gaps().map(f64::from).sum::<f64>() / ours.len() as f64;
            println!("{name} × {scale}: up to {most} of 255, mean {mean:.4}, {seen} of {} by more than 2", ours.len());
            // A horizontal edge between two of the four samples of a pixel can fall to either side; thin strokes have
            // two such edges.
            assert!(
                most <= 128 && seen * 500 < ours.len() && mean < 0.04,
                "{name}: {most}, mean {mean}, {seen} by more than 2"
            );
        }
    }
}

#[test]
fn chromium_draws_references_as_outlines() {
    if !is_here("chromium") {
        return;
    }
    let fonts = Fonts::new();
    let (sheet, svg) = picture(scripts(), &fonts, Tone::Light);
    let size = (sheet.bounds.width().ceil() as u32, sheet.bounds.height().ceil() as u32);
    let folder = tempfile::tempdir().expect("a folder");
    let shown = |name: &str, svg: &str| {
        let path = folder.path().join(name);
        fs::write(&path, svg).expect("written");
        chromium_pixels(&path, size, folder.path())
    };
    let (ours, theirs) = (shown("ours.svg", &svg), shown("plain.svg", &written_out(&sheet, &svg, &fonts)));
    let (mean, far) = difference(&ours, &theirs);
    println!("mean {mean:.3} of 255, {:.5} % by more than a quarter", far * 100.0);
    // Chromium smooths the edges of long and short paths differently.
    assert!(mean < 0.15 && far < 1e-5, "mean {mean}, far {far}");
}

/// Returns the definitions of a picture by id; checks that they are unique and exactly those that are used.
fn definitions(tree: &Tree<'_>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for path in tree.descendants().filter(|node| node.has_tag_name("defs")).flat_map(|defs| defs.children()) {
        let attribute = |name| path.attribute(name).expect("an attribute").to_owned();
        assert!(found.insert(attribute("id"), attribute("d")).is_none(), "{} is defined twice", attribute("id"));
    }
    let is_use = |node: &Node<'_, '_>| node.tag_name().name() == "use";
    let used: BTreeSet<&str> = tree
        .descendants()
        .filter(is_use)
        .filter_map(|node| node.attribute((XLINK, "href"))?.strip_prefix('#'))
        .collect();
    assert!(found.keys().map(String::as_str).eq(used), "what is defined is what is used");
    let outlines: BTreeSet<&String> = found.values().collect();
    assert_eq!(outlines.len(), found.len(), "each outline once");
    found
}

#[test]
fn each_outline_is_written_once_whatever_its_sizes() {
    let fonts = Fonts::new();
    let (sheet, svg) = picture(bundled(1), &fonts, Tone::Light);
    let texts = sheet.items.iter().flat_map(|item| &item.shapes).filter_map(|shape| match shape {
        Shape::Text { text, .. } => Some(text),
        _ => None,
    });
    let (mut glyphs, mut sizes) = (BTreeSet::new(), BTreeSet::new());
    for text in texts {
        sizes.insert(text.style.size.to_bits());
        for run in text.lines.iter().flat_map(|line| &line.runs) {
            glyphs.extend(run.glyphs.iter().map(|glyph| (run.font, glyph.id)));
        }
    }
    assert!(sizes.len() > 2, "several sizes");
    let defined = definitions(&Tree::parse(&svg).expect("well-formed")).len();
    let blank = glyphs.iter().filter(|(font, glyph)| fonts.outline(*font, *glyph, 10.0).is_empty()).count();
    assert!(defined > 50 && defined <= glyphs.len() - blank, "{defined} outlines of {} glyphs", glyphs.len() - blank);
}

/// If two of our pictures are embedded in one page, the browser uses the first element with each id.
#[test]
fn pictures_in_one_page_can_not_take_each_others_glyphs() {
    let fonts = Fonts::new();
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    let mut of_outline: BTreeMap<String, String> = BTreeMap::new();
    let mut shared = 0;
    for (map, tone) in [(bundled(0), Tone::Light), (bundled(1), Tone::Dark), (scripts(), Tone::Light)] {
        // Fonts and glyphs are first used in a different order in each picture.
        let (_, svg) = picture(map, &fonts, tone);
        for (id, outline) in definitions(&Tree::parse(&svg).expect("well-formed")) {
            assert!(id.bytes().all(|sign| sign.is_ascii_alphabetic() && !b"aeiouyAEIOUY".contains(&sign)), "{id}");
            shared += usize::from(all.contains_key(&id));
            assert_eq!(all.entry(id.clone()).or_insert_with(|| outline.clone()), &outline, "{id} is two outlines");
            assert_eq!(of_outline.entry(outline).or_insert_with(|| id.clone()), &id, "an outline has two ids");
        }
    }
    assert!(shared > 50, "the pictures have letters in common");
}

#[test]
fn a_page_defines_the_glyphs_of_its_picture_once() {
    let fonts = Fonts::new();
    let document = Document::new(Arc::new(bundled(1)), Arc::default());
    let page = edition(&document, &fonts, Tone::Light).write(Format::Html).expect("written");
    let page = String::from_utf8(page).expect("UTF-8");
    let (_, picture) = page.split_once("<svg id=\"map\"").expect("a picture");
    let (picture, _) = picture.split_once("</svg>").expect("its end");
    let picture = format!("<svg id=\"map\"{picture}</svg>");
    let found = definitions(&Tree::parse(&picture).expect("well-formed"));
    assert!(found.len() > 50);
    assert_eq!(page.matches("<defs>").count(), 1);
    // All other ids are a letter and a number, or a word.
    assert!(found.keys().all(|id| page.matches(&format!(" id=\"{id}\"")).count() == 1));
}

/// Redacted text is not drawn, and glyphs that are not drawn are not defined.
#[test]
fn a_redacted_letter_leaves_no_outline() {
    let map = |name: &str| {
        let text = format!(
            r#"{{ "format": "tieline", "version": "1.0", "actors": [{{ "id": "a", "name": "Alder" }}, {{ "id": "b", "name": "{name}" }}],
            "ties": [{{ "id": "t", "kind": "loan", "from": "a", "to": "b" }}] }}"#
        );
        load_map(text.as_bytes(), "a map").expect("a map").map
    };
    let picture = |name: &str| {
        let (map, fonts) = (map(name), Fonts::new());
        let mut redaction = Redaction::default();
        assert!(redaction.add_record(&map, "b"));
        let document = Document::new(Arc::new(map), Arc::default());
        let options = PictureOptions { redaction, ..PictureOptions::default() };
        let edition = Edition::prepare(&document, &fonts, options, &NoProgress).expect("not canceled");
        [Format::Svg, Format::Html].map(|format| edition.write(format).expect("written"))
    };
    assert!(picture("Žižka Ωmega") == picture("Birch"));
}

#[test]
fn translucent_glyphs_are_not_seen_through_each_other() {
    let fonts = Fonts::new();
    let text = fonts.shape("AVA", Style { face: Face::Regular, size: 20.0 }, None, None);
    let svg = |opacity| {
        let paint = Paint { color: Rgb([0; 3]), opacity };
        let shapes = vec![Shape::Text { pos: emath::Pos2::ZERO, text: Arc::clone(&text), paint }];
        let item = SceneItem { part: Part::Title, min_scale: 0.0, shapes };
        let bounds = emath::Rect::from_min_size(emath::Pos2::ZERO, emath::vec2(60.0, 30.0));
        let scene = Scene { items: vec![Arc::new(item)], bounds, background: Rgb([255; 3]) };
        write_svg(&scene, &fonts, &Frame::around(bounds, None), TextMode::Paths, "")
    };
    assert!(svg(0.5).contains("<path d=") && !svg(0.5).contains("<use") && !svg(0.5).contains("<defs"));
    assert!(!svg(1.0).contains("<path d=") && svg(1.0).matches("<use ").count() == 3);
}
