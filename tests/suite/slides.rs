//! PowerPoint files: sound packages, the same words as in the other formats, alternative texts, links, sizes.

mod lanes;
mod lint;
mod mutations;
pub(crate) mod package;
mod pictures;
mod scripts;
pub(crate) mod story;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::json;
use tieline::document::Document;
use tieline::export::pptx::arial_width;
use tieline::export::svg::TextMode;
use tieline::layout::NoProgress;
use tieline::load::{BUNDLED, load_bundled, load_map};
use tieline::publish::{Citations, Edition, Format, PageParts, PictureOptions, Preset, Tone};
use tieline::scene::{Ground, Part, Shape};
use tieline::text::Fonts;

use lint::faults;
pub(crate) use lint::faults as faults_of;
use package::{Element, entries};

pub(crate) fn bundled(index: usize) -> Document {
    let (loaded, origin) = load_bundled(BUNDLED[index]).expect("a bundled map");
    Document::new(Arc::new(loaded.map), Arc::new(origin))
}

fn edition<'a>(document: &Document, fonts: &'a Fonts, options: PictureOptions) -> Edition<'a> {
    let options = PictureOptions { text: TextMode::Fonts, ..options };
    Edition::prepare(document, fonts, options, &NoProgress).expect("not canceled")
}

fn bundled_deck(index: usize) -> Vec<u8> {
    edition(&bundled(index), &Fonts::new(), PictureOptions::default()).write(Format::Pptx).expect("written")
}

/// Returns the decks of all bundled maps, light and dark, wide and classic.
fn decks() -> Vec<(String, Vec<u8>)> {
    let fonts = Fonts::new();
    let mut decks = Vec::new();
    for (index, name) in BUNDLED.iter().enumerate() {
        for tone in [Tone::Light, Tone::Dark] {
            for preset in [Preset::Slide16x9, Preset::Slide4x3] {
                let options = PictureOptions { tone, page: preset.page(), ..PictureOptions::default() };
                let bytes = edition(&bundled(index), &fonts, options).write(Format::Pptx).expect("written");
                decks.push((format!("{name} {tone:?} {}", preset.word()), bytes));
            }
        }
    }
    decks
}

/// Returns the parsed slides of a deck.
pub(crate) fn slides(deck: &[u8]) -> Vec<Element> {
    let all = entries(deck);
    let slides =
        (1..).map_while(|number| all.iter().find(|entry| entry.name == format!("ppt/slides/slide{number}.xml")));
    slides.map(|entry| Element::parse(&entry.content).expect("a slide")).collect()
}

/// Returns how often each word occurs.
fn words(texts: impl IntoIterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in texts.into_iter().flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()) {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

#[test]
fn slides_have_the_words_of_the_svg() {
    let fonts = Fonts::new();
    for (index, name) in BUNDLED.iter().enumerate() {
        let edition = edition(&bundled(index), &fonts, PictureOptions::default());
        let mut files = vec![edition.write(Format::Svg).expect("written")];
        files.extend(edition.write_further_pages(Format::Svg).expect("written"));
        let texts = files.iter().flat_map(|file| {
            let root = Element::parse(file).expect("an SVG");
            // What is a page of an SVG is a slide of a deck.
            let plain = |text: &Element| text.text.replace("sources on page 2", "sources on slide 2");
            root.named("text").map(plain).collect::<Vec<_>>()
        });
        let deck = edition.write(Format::Pptx).expect("written");
        assert_eq!(words(slides(&deck).iter().map(Element::words)), words(texts), "{name}");
    }
}

#[test]
fn every_actor_and_tie_is_described_once_and_its_line_not_at_all() {
    let fonts = Fonts::new();
    for (index, name) in BUNDLED.iter().enumerate() {
        let edition = edition(&bundled(index), &fonts, PictureOptions::default());
        let svg = Element::parse(&edition.write(Format::Svg).expect("written")).expect("an SVG");
        let told = |group: &Element| {
            let parts = ["title", "desc"].map(|name| group.child(name).map(|child| child.text.clone()));
            parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
        };
        let expected: BTreeSet<String> =
            svg.named("g").filter(|group| group.get("role") == "graphics-symbol").map(told).collect();
        let slide = slides(&edition.write(Format::Pptx).expect("written")).remove(0);
        // Cards and labels are groups; a tie without a label is described by its line.
        let labels: Vec<&Element> = slide.named("cNvPr").filter(|label| !label.get("descr").is_empty()).collect();
        let described: BTreeSet<String> = labels.iter().map(|label| label.get("descr").to_owned()).collect();
        assert_eq!(described.len(), labels.len(), "nothing is described twice");
        let legend = "Legend: the meaning of colors, icons and lines";
        assert!(described.contains(legend));
        let described: BTreeSet<String> = described.into_iter().filter(|text| text != legend).collect();
        assert_eq!(described, expected, "{name}");
        let names: BTreeSet<&str> = labels.iter().map(|label| label.get("name")).collect();
        assert_eq!(names.len(), labels.len(), "names are unique");
        let lines = slide.named("cNvPr").filter(|label| label.get("name").starts_with("Line: "));
        let lines: Vec<&Element> = lines.collect();
        assert!(lines.len() > 10 && lines.iter().all(|line| line.named("decorative").count() == 1));
        let order: Vec<&str> = slide.named("cNvPr").map(|label| label.get("name")).collect();
        let place = |is_meant: &dyn Fn(&str) -> bool| order.iter().position(|name| is_meant(name)).expect("it");
        let places = [
            place(&|name| name == "Title"),
            place(&|name| name == "Subtitle"),
            place(&|name| name.starts_with("Line: ")),
            place(&|name| name == "Card"),
            place(&|name| name == "Label"),
            place(&|name| name == "Legend"),
        ];
        assert!(places.is_sorted(), "{places:?}");
    }
}

/// Returns the targets of a slide's links by id, and the tooltip of each link.
fn links(deck: &[u8], number: usize) -> Vec<(String, String)> {
    let all = entries(deck);
    let part = |name: &str| {
        let entry = all.iter().find(|entry| entry.name == name).expect("a part");
        Element::parse(&entry.content).expect("XML")
    };
    let related = part(&format!("ppt/slides/_rels/slide{number}.xml.rels"));
    let target = |id: &str| {
        let found = related.named("Relationship").find(|one| one.get("Id") == id).expect("a target");
        found.get("Target").to_owned()
    };
    let slide = part(&format!("ppt/slides/slide{number}.xml"));
    let links = slide.named("hlinkClick").map(|link| (target(link.get("r:id")), link.get("tooltip").to_owned()));
    links.collect()
}

#[test]
fn numbers_lead_to_the_sources_and_sources_to_their_addresses() {
    let with_address = |document: &Document| -> BTreeSet<String> {
        let map = &document.map;
        map.cited_sources().iter().filter_map(|&source| map.source(source).url.clone()).collect()
    };
    // All sources have room beside the first map.
    let beside = bundled_deck(0);
    let targets: BTreeSet<String> = links(&beside, 1).into_iter().map(|(target, _)| target).collect();
    assert_eq!(targets, with_address(&bundled(0)));
    assert!(links(&beside, 1).iter().all(|(_, tooltip)| !tooltip.is_empty()));
    let split = bundled_deck(1);
    let numbers = links(&split, 1);
    assert!(numbers.len() > 20 && numbers.iter().all(|(target, _)| target == "slide2.xml"), "{numbers:?}");
    let listed: BTreeSet<String> = links(&split, 2).into_iter().map(|(target, _)| target).collect();
    let known = with_address(&bundled(1));
    assert!(listed.len() > 15 && listed.is_subset(&known), "{listed:?}");
}

#[test]
fn a_slide_without_room_has_its_sources_on_the_next_and_in_the_notes() {
    let fonts = Fonts::new();
    let edition = edition(&bundled(1), &fonts, PictureOptions::default());
    let deck = edition.write(Format::Pptx).expect("written");
    let slides = slides(&deck);
    let title = |slide: &Element| {
        let titled = slide.named("sp").find(|shape| shape.named("ph").next().is_some());
        titled.map(|shape| shape.words().trim().to_owned()).expect("a title")
    };
    assert_eq!(slides.len(), 2);
    assert_eq!(
        [title(&slides[0]), title(&slides[1])],
        ["The Calvessa port concession (an invented affair)", "Sources"]
    );
    assert!(!slides[0].words().contains("[1] "), "no list beside the map");
    let notes = entries(&deck).into_iter().find(|entry| entry.name == "ppt/notesSlides/notesSlide1.xml");
    let notes = Element::parse(&notes.expect("notes").content).expect("XML");
    assert_eq!(notes.words().trim(), edition.notes().trim());
    // Never tiny: 8 points at least.
    for slide in &slides {
        let sizes = slide.named("rPr").filter_map(|run| run.get("sz").parse::<u32>().ok());
        assert!(sizes.min().is_some_and(|size| size >= 800));
    }
}

#[test]
fn nothing_covers_the_title_of_a_transparent_page() {
    let options = PictureOptions { ground: Ground::Any, ..PictureOptions::default() };
    let deck = edition(&bundled(0), &Fonts::new(), options).write(Format::Pptx).expect("written");
    let slide = slides(&deck).remove(0);
    let order: Vec<&str> = slide.named("cNvPr").map(|label| label.get("name")).collect();
    let title = order.iter().position(|name| *name == "Title").expect("a title");
    let plates: Vec<usize> = (0..order.len()).filter(|&at| order[at] == "Plate").collect();
    assert!(plates.len() >= 2 && plates.iter().all(|at| *at < title), "{order:?}");
    assert_eq!(faults(&entries(&deck)), [""; 0]);
}

/// Checks the width of every line in Arial against that of its shape.
fn overflowing(slide: &Element) -> Vec<String> {
    let mut found = Vec::new();
    for shape in slide.named("sp") {
        let (Some(body), Some(properties)) = (shape.child("txBody"), shape.child("spPr")) else { continue };
        let Some(size) = properties.child("xfrm").and_then(|place| place.child("ext")) else { continue };
        let side = |name: &str| size.get(name).parse::<f32>().expect("a length");
        let adjust = properties.named("gd").next().and_then(|guide| guide.get("fmla")[4..].parse::<f32>().ok());
        let corner = adjust.unwrap_or(0.0) / 100_000.0 * side("cx").min(side("cy")) * 0.292_89;
        let insets = body.child("bodyPr").expect("properties");
        let left = insets.get("lIns").parse::<f32>().unwrap_or(0.0) + corner;
        for paragraph in body.named("p").filter(|_| insets.get("wrap") == "none") {
            let mut width = Some(0.0);
            let mut widest = 0.0_f32;
            for run in paragraph.children.iter().filter(|child| child.name == "r" || child.name == "br") {
                if run.name == "br" {
                    width = Some(0.0);
                    continue;
                }
                let style = run.child("rPr").expect("a style");
                let em = style.get("sz").parse::<f32>().expect("a size") * 127.0;
                let own = arial_width(&run.words(), style.get("b") == "1").map(|own| own * em);
                width = width.zip(own).map(|(sum, own)| sum + own);
                widest = widest.max(width.unwrap_or(0.0));
            }
            // A thousandth of a slide's width is for rounding.
            if left + widest > side("cx") + 12_000.0 {
                found.push(format!("{:?} by {}", paragraph.words(), left + widest - side("cx")));
            }
        }
    }
    found
}

#[test]
fn no_text_is_wider_than_its_shape() {
    for (name, deck) in decks() {
        for slide in slides(&deck) {
            assert_eq!(overflowing(&slide), [""; 0], "{name}");
        }
        // Maps with more than 50 ties take somewhat more than those with a dozen.
        let most = if name.starts_with("openai") { 100_000 } else { 150_000 };
        assert!(deck.len() < most, "{name} has {} bytes", deck.len());
    }
}

#[test]
fn titles_are_as_wide_as_on_the_map() {
    let fonts = Fonts::new();
    let options = PictureOptions::default();
    let emu = options.page.points_per_px * 12_700.0;
    let mut checked = 0;
    for index in 0..BUNDLED.len() {
        let edition = edition(&bundled(index), &fonts, options.clone());
        let slide = slides(&edition.write(Format::Pptx).expect("written")).remove(0);
        let sheet = edition.sheet(Format::Pptx);
        let shapes = sheet.first.items.iter().filter(|item| item.part == Part::Title).flat_map(|item| &item.shapes);
        for shape in shapes {
            let Shape::Text { text, .. } = shape else { continue };
            let [line] = text.lines.as_slice() else { continue };
            let run = slide.named("r").find(|run| run.words() == line.text).expect("the same text");
            let style = run.child("rPr").expect("a style");
            let em = style.get("sz").parse::<f32>().expect("a size") * 127.0;
            let width = arial_width(&line.text, style.get("b") == "1").expect("Latin letters") * em;
            let share = width / (line.width * emu);
            // At most 4 % larger than on the map.
            let larger = em / (text.style.size * emu);
            let is_largest = share < 1.0 && (1.039..=1.041).contains(&larger);
            assert!(is_largest || (0.99..=1.01).contains(&share), "{:?} is {share} as wide", line.text);
            checked += 1;
        }
    }
    assert!(checked > 5, "{checked} texts");
}

#[test]
fn a_wide_name_is_set_smaller_rather_than_over_the_edge() {
    let map = json!({
        "format": "tieline", "version": "1.0",
        // Letters that are wider in Arial than in the typeface of the map.
        "actors": [{ "id": "a", "name": "%%%%%%%%%% rrrr %%%%%" }, { "id": "b", "name": "@@@@@@@ @@@@" }],
        "ties": [{ "id": "t", "kind": "x", "from": "a", "to": "b", "label": "%%% @@@ %%%" }],
    });
    let document =
        Document::new(Arc::new(load_map(map.to_string().as_bytes(), "a map").expect("a map").map), Arc::default());
    let deck = edition(&document, &Fonts::new(), PictureOptions::default()).write(Format::Pptx).expect("written");
    let slide = slides(&deck).remove(0);
    assert_eq!(overflowing(&slide), [""; 0]);
    let sizes: BTreeSet<&str> = slide.named("rPr").filter(|run| run.get("b") == "1").map(|run| run.get("sz")).collect();
    assert!(sizes.len() > 1, "one of the names is smaller: {sizes:?}");
}

#[test]
fn hostile_texts_give_sound_files() {
    let names = [
        "]]></a:t><a:hlinkClick/>&amp;\u{0}\u{1}\u{8}\u{b}\u{1f}",
        "\u{202e}gpj.exe\u{2066}\u{fffe}",
        "صندوق المرفأ الأزرق",
        "港口机械有限公司",
        "👩‍👩‍👧‍👦 \"family\" 'x'",
        "\t\n  \r\n",
    ];
    let long = "Word & <name> ".repeat(800);
    let texts: Vec<&str> = names.into_iter().chain([&*long]).collect();
    let actors = texts.iter().enumerate().map(|(at, name)| json!({ "id": format!("a{at}"), "name": name }));
    let actors: Vec<_> = actors.collect();
    let sources = json!([
        { "id": "s", "title": long, "url": format!("https://a.example/{}", "x y|é%zz\"<>".repeat(30)) },
        { "id": "u", "title": texts[0], "publisher": texts[1], "url": "https://b.example/a b" },
        { "id": "v", "title": "too long", "url": format!("https://c.example/{}", "x".repeat(9_000)) },
        { "id": "w", "title": "script", "url": "javascript:alert(1)" },
    ]);
    let evidence = json!([{ "source": "s" }, { "source": "u" }, { "source": "v" }, { "source": "w" }]);
    let ties: Vec<_> = (1..texts.len())
        .map(|at| {
            json!({ "id": format!("t{at}"), "kind": texts[at], "from": "a0", "to": format!("a{at}"),
                "label": texts[at], "evidence": evidence })
        })
        .collect();
    let map = json!({ "format": "tieline", "version": "1.0",
        "map": { "title": long, "subtitle": texts[0], "authors": texts, "language": "\"><x" },
        "actors": actors, "ties": ties, "sources": sources });
    let map = load_map(map.to_string().as_bytes(), "a map").expect("a map").map;
    let document = Document::new(Arc::new(map), Arc::default());
    for (citations, parts) in [(Citations::Full, PageParts::ALL), (Citations::None, PageParts::NONE)] {
        let options = PictureOptions { citations, parts, ..PictureOptions::default() };
        let deck = edition(&document, &Fonts::new(), options).write(Format::Pptx).expect("written");
        assert_eq!(faults(&entries(&deck)), [""; 0]);
        let text: String =
            entries(&deck).iter().map(|entry| String::from_utf8_lossy(&entry.content).into_owned()).collect();
        assert!(!text.contains("javascript:") && !text.contains('\u{202e}'));
        for slide in slides(&deck) {
            assert_eq!(overflowing(&slide), [""; 0]);
        }
        assert_eq!(entries(&deck).iter().any(|entry| entry.name.contains("notesSlides")), citations == Citations::Full);
    }
}
