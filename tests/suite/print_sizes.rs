//! Print: nothing on a page is smaller than 8 points, and lists of sources are set for the page they have.

use std::sync::Arc;

use serde_json::json;
use tieline::document::Document;
use tieline::layout::NoProgress;
use tieline::load::{BUNDLED, load_map};
use tieline::publish::{Edition, Format, PictureOptions, Preset, Tone};
use tieline::scene::{Part, Scene, Shape};
use tieline::text::{Face, Fonts, Text};
use tieline::wording::{date_text, link_host};

use crate::slides::package::Element;
use crate::slides::{bundled, slides};

fn texts(page: &Scene) -> impl Iterator<Item = (Part, &Text)> {
    let shown = page.items.iter().filter(|item| item.min_scale <= 1.0);
    shown.flat_map(|item| item.shapes.iter().map(move |shape| (item.part, shape))).filter_map(|(part, shape)| {
        match shape {
            Shape::Text { text, .. } if text.style.face != Face::Icon && text.size.x > 0.0 => Some((part, &**text)),
            _ => None,
        }
    })
}

#[test]
fn no_text_is_below_8_points_on_any_page() {
    let fonts = Fonts::new();
    let mut small = Vec::new();
    for (index, name) in BUNDLED.iter().enumerate() {
        for preset in Preset::ALL.into_iter().filter(|preset| *preset != Preset::Square) {
            let page = preset.page();
            let options = PictureOptions { page, ..PictureOptions::default() };
            let edition = Edition::prepare(&bundled(index), &fonts, options, &NoProgress).expect("not canceled");
            for format in [Format::Png, Format::Pdf, Format::Pptx] {
                let sheet = edition.sheet(format);
                for (number, scene) in std::iter::once(&sheet.first).chain(&sheet.more).enumerate() {
                    for (part, text) in texts(scene) {
                        let points = text.style.size * page.points_per_px;
                        // Names and labels may be smaller by a half percent, for rounding.
                        if points < 7.96 {
                            let words = &text.lines[0].text;
                            small.push(format!(
                                "{name} {} {format:?} {number}: {part:?} {words:?} {points}",
                                preset.word()
                            ));
                        }
                    }
                }
            }
            let deck = edition.write(Format::Pptx).expect("written");
            for run in slides(&deck).iter().flat_map(|slide| slide.named("r").collect::<Vec<&Element>>()) {
                let size: u32 = run.child("rPr").expect("a style").get("sz").parse().expect("a size");
                if size < 796 {
                    small.push(format!("{name} {} slide: {:?} {size}", preset.word(), run.words()));
                }
            }
        }
    }
    assert_eq!(small, [""; 0]);
}

#[test]
fn hosts_and_dates_of_sources_are_on_one_line() {
    let fonts = Fonts::new();
    let mut checked = 0;
    for index in 0..BUNDLED.len() {
        for preset in Preset::ALL.into_iter().filter(|preset| *preset != Preset::Square) {
            let document = bundled(index);
            let options = PictureOptions { page: preset.page(), ..PictureOptions::default() };
            let edition = Edition::prepare(&document, &fonts, options, &NoProgress).expect("not canceled");
            let sheet = edition.sheet(Format::Pdf);
            for (part, text) in std::iter::once(&sheet.first).chain(&sheet.more).flat_map(texts) {
                let Part::Source(source) = part else { continue };
                if text.is_cut || text.lines[0].text.starts_with('[') && text.lines[0].text.ends_with(']') {
                    continue;
                }
                let source = document.map.source(source);
                let date = source.published.as_ref().map(date_text);
                for whole in date.into_iter().chain(source.url.as_deref().and_then(link_host)) {
                    let has = text.lines.iter().any(|line| line.text.contains(&whole));
                    assert!(has, "{whole} in {:?}", text.lines.iter().map(|line| &line.text).collect::<Vec<_>>());
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 200, "{checked}");
}

/// Returns a map with a story of one step, whose ties cite a number of sources; these are on a page of their own as well.
fn sourced(sources: usize, actors: usize) -> Document {
    let list: Vec<_> =
        (0..actors).map(|at| json!({ "id": format!("a{at}"), "name": format!("Company number {at}") })).collect();
    let ties: Vec<_> = (1..actors)
        .map(|at| {
            json!({ "id": format!("t{at}"), "kind": "loan", "from": "a0", "to": format!("a{at}"),
                "evidence": [{ "source": format!("s{}", at % sources) }] })
        })
        .collect();
    let cited: Vec<_> = (0..sources)
        .map(|at| {
            json!({ "id": format!("s{at}"), "title": format!("A report of the commission on matter number {at}"),
                "publisher": "The Gazette of the City", "published": format!("2024-03-{:02}", at + 10),
                "url": format!("https://gazette.example.org/reports/2024/{at}") })
        })
        .collect();
    let map = json!({ "format": "tieline", "version": "1.0", "map": { "title": "Loans" },
        "actors": list, "ties": ties, "sources": cited,
        "views": [{ "id": "main", "steps": [{ "id": "all", "title": "All" }] }] });
    let loaded = load_map(map.to_string().as_bytes(), "a map").expect("a map");
    Document::new(Arc::new(loaded.map), Arc::default())
}

mod slow {
    use super::{Edition, Fonts, Format, NoProgress, Part, PictureOptions, Tone, sourced, texts};

    #[test]
    fn few_sources_fill_their_page_in_large_print() {
        let fonts = Fonts::new();
        for (sources, columns, least, most) in [(3, 1, 14.0, 16.0), (9, 2, 14.0, 16.0), (60, 3, 8.0, 12.0)] {
            let options = PictureOptions { has_steps: true, tone: Tone::Dark, ..PictureOptions::default() };
            let points_per_px = options.page.points_per_px;
            let edition =
                Edition::prepare(&sourced(sources, sources + 1), &fonts, options, &NoProgress).expect("not canceled");
            let sheet = edition.sheet(Format::Pdf);
            assert!(!sheet.more.is_empty(), "{sources} sources have a page of their own");
            let lefts = sheet.more[0].items.iter().filter(|item| matches!(item.part, Part::Source(_)));
            let mut lefts: Vec<i32> = lefts.map(|item| item.shapes[0].bounds().left() as i32).collect();
            lefts.sort_unstable();
            lefts.dedup();
            assert_eq!(lefts.len(), columns, "columns of {sources} sources");
            for page in &sheet.more {
                for (part, text) in texts(page) {
                    let points = text.style.size * points_per_px;
                    let is_source = matches!(part, Part::Source(_));
                    assert!(!is_source || (least..=most).contains(&points), "{sources} sources in {points} points");
                }
                let heading = texts(page).find(|(_, text)| text.lines[0].text == "Sources").expect("a heading");
                assert_eq!(heading.1.style.size, 42.0, "as large as the title of a map");
            }
        }
    }
}
