//! Stories as slides: a slide for each step, the same places and numbers on all, and the sources at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tieline::document::Document;
use tieline::export::svg::TextMode;
use tieline::layout::NoProgress;
use tieline::load::load_map;
use tieline::publish::{Citations, Edition, Format, PageParts, PictureOptions, Preset, Tone};
use tieline::text::Fonts;

use super::lint::faults;
use super::package::{Element, Entry, archive, entries};
use super::{links, overflowing, slides, words};

const STORY: &str = include_str!("../../data/story/openai-microsoft-amazon.tieline.jsonc");

/// Returns the first bundled map with a story of five steps.
pub(crate) fn story() -> Document {
    let loaded = load_map(STORY.as_bytes(), "story").expect("a map");
    assert_eq!(loaded.problems, [], "a sound story");
    Document::new(Arc::new(loaded.map), Arc::default())
}

pub(crate) fn told() -> PictureOptions {
    PictureOptions { has_steps: true, text: TextMode::Fonts, ..PictureOptions::default() }
}

pub(crate) fn edition<'a>(document: &Document, fonts: &'a Fonts, options: PictureOptions) -> Edition<'a> {
    Edition::prepare(document, fonts, options, &NoProgress).expect("not canceled")
}

fn deck(options: PictureOptions) -> Vec<u8> {
    edition(&story(), &Fonts::new(), options).write(Format::Pptx).expect("written")
}

fn title(slide: &Element) -> String {
    let titled = slide.named("sp").find(|shape| shape.named("ph").next().is_some());
    titled.map(|shape| shape.words().trim().to_owned()).expect("a title")
}

/// Returns place and size of each object whose name is matched between slides.
fn matched(slide: &Element) -> BTreeMap<String, Vec<String>> {
    let groups = slide.named("grpSp").chain(slide.named("sp")).filter_map(|object| {
        let name = object.children.first()?.child("cNvPr")?.get("name").to_owned();
        let place = object.children.get(1)?.child("xfrm")?;
        let numbers =
            place.children.iter().take(2).flat_map(|side| side.attributes.iter().map(|(_, value)| value.clone()));
        name.starts_with("!!").then(|| (name, numbers.collect()))
    });
    groups.collect()
}

#[test]
fn a_story_has_a_slide_for_each_step_and_one_for_the_sources() {
    let bytes = deck(told());
    assert!(bytes == deck(told()), "the same bytes");
    assert!(bytes.len() < 300_000, "{} bytes", bytes.len());
    let slides = slides(&bytes);
    let titles: Vec<String> = slides.iter().map(title).collect();
    let expected = [
        "Who ties OpenAI to its two clouds",
        "Microsoft came first",
        "What Microsoft got for it",
        "Amazon opens a second route",
        "As it stood in 2024",
        "Sources",
    ];
    assert_eq!(titles, expected);
    assert!(slides[1].words().contains("Money since 2019, and a stake since 2025."), "the caption");
    assert!(slides[1].words().contains("OpenAI between Microsoft and Amazon, step 2 of 5"));
    assert!(slides[4].words().contains("As of 2024") && !slides[4].words().contains("Bedrock"));
    for slide in &slides {
        assert_eq!(overflowing(slide), [""; 0]);
    }
}

#[test]
fn titles_have_one_size_on_all_slides() {
    for preset in [Preset::Slide16x9, Preset::Slide4x3] {
        let slides = slides(&deck(PictureOptions { page: preset.page(), ..told() }));
        let sizes: BTreeSet<String> = slides
            .iter()
            .map(|slide| {
                let titled = slide.named("sp").find(|shape| shape.named("ph").next().is_some()).expect("a title");
                titled.named("rPr").next().expect("a run").get("sz").to_owned()
            })
            .collect();
        assert_eq!((sizes.len(), slides.len()), (1, 6), "{sizes:?}");
    }
}

#[test]
fn nothing_moves_but_the_camera() {
    let slides = slides(&deck(told()));
    let [first, second, third, fourth, last]: [_; 5] = std::array::from_fn(|index| matched(&slides[index]));
    assert!(first.len() > 20 && first.contains_key("!!actor-openai") && first.contains_key("!!line-microsoft-invests"));
    for other in [&third, &last] {
        assert!(other.len() > 5);
        for (name, place) in other {
            // Other marks make another label, in the same place.
            assert!(name.starts_with("!!tie-") || first.get(name) == Some(place), "{name}: {place:?}");
        }
    }
    assert!(second.keys().all(|name| first.contains_key(name)) && second != third, "another camera");
    assert!(!second.contains_key("!!actor-amazon") && fourth.contains_key("!!actor-anthropic"));
    for (slide, has_morph) in slides.iter().zip([false, true, true, true, true, false]) {
        assert_eq!(slide.named("morph").count(), usize::from(has_morph), "{}", title(slide));
    }
}

#[test]
fn numbers_are_those_of_the_map_and_lead_to_the_last_slide() {
    let bytes = deck(told());
    for number in 1..=5 {
        let numbers = links(&bytes, number);
        let to_last = numbers.iter().filter(|(target, _)| target == "slide6.xml").count();
        assert!(to_last > 0, "slide {number}: {numbers:?}");
    }
    let slides = slides(&bytes);
    let numbers = |slide: &Element| -> Vec<u32> {
        let lists = slide
            .named("sp")
            .filter(|shape| shape.named("cNvPr").next().is_some_and(|label| label.get("name") == "Sources"));
        let entries = lists.flat_map(|list| list.named("p").map(Element::words).collect::<Vec<_>>());
        entries.filter_map(|entry| entry.split_once(']')?.0.trim_start_matches('[').parse().ok()).collect()
    };
    let all = numbers(&slides[5]);
    assert_eq!(all, (1..=all.len() as u32).collect::<Vec<_>>(), "each once, in order");
    let own = numbers(&slides[1]);
    assert!(!own.is_empty() && own.len() < all.len(), "only its own: {own:?}");
    // The same number is the same source on every slide.
    let mut sources: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for slide in &slides[..5] {
        for run in slide.named("r") {
            let Some(link) = run.named("hlinkClick").next() else { continue };
            let Ok(number) = run.words().parse() else { continue };
            sources.entry(number).or_default().insert(link.get("tooltip").to_owned());
        }
    }
    assert!(sources.len() > 5 && sources.values().all(|tooltips| tooltips.len() == 1), "{sources:?}");
}

#[test]
fn what_is_out_of_focus_is_pale_on_its_slide_alone() {
    let slides = slides(&deck(told()));
    let fill = |slide: &Element, name: &str| -> String {
        let group = slide
            .named("grpSp")
            .find(|group| group.children[0].named("cNvPr").next().is_some_and(|own| own.get("name") == name));
        let run = group.expect("a label").named("rPr").next().expect("a run").clone();
        run.child("solidFill").and_then(|fill| fill.children.first()).expect("a color").get("val").to_owned()
    };
    let name = "!!tie-revenue-share";
    assert_eq!(fill(&slides[0], name), fill(&slides[2], name), "in focus");
    assert_ne!(fill(&slides[0], name), fill(&slides[1], name), "faded");
    assert_eq!(fill(&slides[0], "!!tie-microsoft-invests"), fill(&slides[1], "!!tie-microsoft-invests"));
}

#[test]
fn notes_have_what_is_to_be_said_and_all_sources_of_the_step() {
    let bytes = deck(told());
    let notes = |number: usize| {
        let name = format!("ppt/notesSlides/notesSlide{number}.xml");
        let entry = entries(&bytes).into_iter().find(|entry| entry.name == name)?;
        Some(Element::parse(&entry.content).expect("XML").words())
    };
    let first = notes(1).expect("notes");
    assert!(first.contains("Start with the two clouds.") && first.contains("Sources"), "{first}");
    let second = notes(2).expect("notes");
    assert!(second.contains("GeekWire") && !second.contains("aboutamazon"), "{second}");
    assert_eq!(notes(6), None);
    let bare = deck(PictureOptions { citations: Citations::None, ..told() });
    let bare: Vec<Entry> = entries(&bare);
    let own: Vec<&str> = bare.iter().map(|entry| &*entry.name).filter(|name| name.contains("notesSlides/n")).collect();
    assert_eq!(own, ["ppt/notesSlides/notesSlide1.xml", "ppt/notesSlides/notesSlide4.xml"], "of those with words");
    assert!(!bare.iter().any(|entry| entry.name == "ppt/slides/slide6.xml"));
}

#[test]
fn slides_of_a_story_have_the_words_of_its_pictures() {
    let fonts = Fonts::new();
    let edition = edition(&story(), &fonts, told());
    let mut files = vec![edition.write(Format::Svg).expect("written")];
    files.extend(edition.write_further_pages(Format::Svg).expect("written"));
    assert_eq!(files.len(), 5, "the sources are on the pages");
    let texts = files.iter().flat_map(|file| {
        let root = Element::parse(file).expect("an SVG");
        root.named("text").map(|text| text.text.clone()).collect::<Vec<_>>()
    });
    let slides = slides(&edition.write(Format::Pptx).expect("written"));
    assert_eq!(words(slides[..5].iter().map(Element::words)), words(texts));
}

#[test]
fn stories_in_all_forms_have_no_faults() {
    for tone in [Tone::Light, Tone::Dark] {
        for preset in [Preset::Slide16x9, Preset::Slide4x3] {
            for parts in [PageParts::ALL, PageParts::NONE] {
                let bytes = deck(PictureOptions { tone, page: preset.page(), parts, ..told() });
                assert_eq!(faults(&entries(&bytes)), [""; 0], "{tone:?} {}", preset.word());
                let titles: BTreeSet<String> = slides(&bytes).iter().map(title).collect();
                assert_eq!(titles.len(), slides(&bytes).len(), "titles differ");
            }
        }
    }
}

/// Replaces the first occurrence of a text in a part.
fn swap(entries: &mut [Entry], name: &str, from: &str, to: &str) {
    let entry = entries.iter_mut().find(|entry| entry.name == name).expect("the part");
    let text = String::from_utf8(entry.content.clone()).expect("text");
    assert!(text.contains(from), "{name} has no {from}");
    entry.content = text.replacen(from, to, 1).into_bytes();
}

#[test]
fn every_mistake_of_a_story_is_found() {
    type Mutation = (&'static str, fn(&mut Vec<Entry>));
    const SECOND: &str = "ppt/slides/slide2.xml";
    let mutations: [Mutation; 8] = [
        ("transition before the color map", |all| {
            let text = String::from_utf8(all.iter().find(|entry| entry.name == SECOND).expect("it").content.clone());
            let text = text.expect("text");
            let at = text.find("<mc:AlternateContent").expect("a transition");
            let end = at + text[at..].find("</mc:AlternateContent>").expect("its end") + "</mc:AlternateContent>".len();
            let transition = text[at..end].to_owned();
            swap(all, SECOND, &transition, "");
            swap(all, SECOND, "<p:clrMapOvr>", &format!("{transition}<p:clrMapOvr>"));
        }),
        ("morph without a condition", |all| swap(all, SECOND, " Requires=\"p159\"", " Requires=\"p14\"")),
        ("unknown namespace", |all| swap(all, SECOND, "powerpoint/2015/09/main", "powerpoint/2015/10/main")),
        ("no fallback", |all| {
            swap(all, SECOND, "<mc:Fallback><p:transition spd=\"slow\"><p:fade/></p:transition></mc:Fallback>", "");
        }),
        ("unknown morph", |all| swap(all, SECOND, "option=\"byObject\"", "option=\"byName\"")),
        ("morph on the first slide", |all| {
            let morph = "</p:clrMapOvr><p:transition><p159:morph option=\"byObject\"/></p:transition>";
            swap(all, "ppt/slides/slide1.xml", "</p:clrMapOvr>", morph);
        }),
        ("a name of two objects", |all| swap(all, SECOND, "name=\"!!actor-microsoft\"", "name=\"!!actor-openai\"")),
        ("a name of two sorts", |all| {
            swap(all, SECOND, "name=\"!!line-microsoft-invests\"", "name=\"!!tie-bedrock-route\"");
        }),
    ];
    let sound = entries(&deck(told()));
    assert_eq!(faults(&sound), [""; 0]);
    let mut missed = Vec::new();
    for (name, mutate) in mutations {
        let mut mutated = sound.clone();
        mutate(&mut mutated);
        if faults(&entries(&archive(&mutated))).is_empty() {
            missed.push(name);
        }
    }
    assert_eq!(missed, [""; 0]);
}
