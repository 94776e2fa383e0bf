//! Slides that show the map as a picture: on request, and because a map has too many shapes.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;
use tieline::document::Document;
use tieline::export::pptx::SlideContent;
use tieline::load::load_map;
use tieline::publish::{Format, PictureOptions};
use tieline::text::Fonts;

use super::lint::faults;
use super::package::{Element, entries};
use super::{bundled, edition, slides};

/// Returns the alternative text of the only picture of a slide, whose files are there in both formats.
fn picture_text(deck: &[u8]) -> String {
    let all = entries(deck);
    assert_eq!(faults(&all), [""; 0]);
    let slide = slides(deck).remove(0);
    let pictures: Vec<&Element> = slide.named("pic").collect();
    assert_eq!(pictures.len(), 1);
    let files = |ending| all.iter().filter(|entry| entry.name.ends_with(ending)).collect::<Vec<_>>();
    let (png, svg) = (files(".png"), files(".svg"));
    assert_eq!((png.len(), svg.len()), (1, 1));
    assert!(png[0].content.starts_with(b"\x89PNG"));
    Element::parse(&svg[0].content).expect("an SVG");
    assert_eq!(pictures[0].named("svgBlip").count(), 1);
    pictures[0].named("cNvPr").next().map(|label| label.get("descr").to_owned()).expect("a label")
}

#[test]
fn a_picture_on_request_has_all_of_the_slide_and_a_text() {
    let options = PictureOptions { slide: SlideContent::Picture, ..PictureOptions::default() };
    let fonts = Fonts::new();
    let edition = edition(&bundled(0), &fonts, options);
    let deck = edition.write(Format::Pptx).expect("written");
    let text = picture_text(&deck);
    assert!(text.starts_with("OpenAI between Microsoft and Amazon. 4 actors, 11 ties"), "{text}");
    let slide = slides(&deck).remove(0);
    assert_eq!((slide.named("sp").count(), slide.named("grpSp").count()), (1, 0));
    let title = slide.named("sp").next().expect("the title");
    let top: i64 = title.named("off").next().expect("a place").get("y").parse().expect("a number");
    assert!(title.words().contains("OpenAI between") && top < 0, "the title is above the slide");
    assert!(!edition.is_slide_too_large());
}

/// Returns a map of a ring of actors, each with a tie to the next and to one across.
fn ring(count: usize) -> Document {
    let actors: Vec<_> =
        (0..count).map(|at| json!({ "id": format!("a{at}"), "name": format!("Actor {at}") })).collect();
    let ties: Vec<_> = (0..count)
        .flat_map(|at| [(at, (at + 1) % count), (at, (at * 7 + 3) % count)])
        .enumerate()
        .map(|(tie, (from, to))| {
            json!({ "id": format!("t{tie}"), "kind": "x", "from": format!("a{from}"), "to": format!("a{to}") })
        })
        .collect();
    let map =
        json!({ "format": "tieline", "version": "1.0", "map": { "title": "Ring" }, "actors": actors, "ties": ties });
    Document::new(Arc::new(load_map(map.to_string().as_bytes(), "a map").expect("a map").map), Arc::default())
}

#[test]
fn a_large_map_is_a_picture_with_names_as_text() {
    let fonts = Fonts::new();
    let edition = edition(&ring(160), &fonts, PictureOptions::default());
    assert!(edition.is_slide_too_large());
    let deck = edition.write(Format::Pptx).expect("written");
    let text = picture_text(&deck);
    assert!(text.starts_with("Ring. 160 actors"), "{text}");
    let slide = slides(&deck).remove(0);
    let words = slide.words();
    let named: BTreeSet<&str> = words.lines().filter(|line| line.starts_with("Actor ")).collect();
    let svg = String::from_utf8(edition.write(Format::Svg).expect("written")).expect("text");
    let expected: BTreeSet<String> = (0..160).map(|at| format!("Actor {at}")).collect();
    let expected: BTreeSet<&str> =
        expected.iter().map(String::as_str).filter(|name| svg.contains(&format!(">{name}</text>"))).collect();
    assert!(named.len() > 10);
    assert_eq!(named, expected, "the names that the map shows");
    assert!(words.contains("Ring\n"), "the title is text");
}

#[test]
fn few_actors_are_shapes() {
    let fonts = Fonts::new();
    let edition = edition(&ring(20), &fonts, PictureOptions::default());
    assert!(!edition.is_slide_too_large());
    assert_eq!(slides(&edition.write(Format::Pptx).expect("written"))[0].named("pic").count(), 0);
}
