//! Steps of stories in files of any kind: what each shows, problems with their places, hostile and large stories.

use std::sync::Arc;

use serde_json::{Value, json};
use tieline::document::Document;
use tieline::export::animation::AnimationSize;
use tieline::load::load_map;
use tieline::publish::{Citations, Format, PictureOptions};
use tieline::scene::Part;
use tieline::text::Fonts;

use crate::slides::story::{edition, told};

/// Returns a map of a chain of actors with these steps.
fn map(actors: usize, steps: &Value, view: &Value) -> Vec<u8> {
    let list: Vec<Value> =
        (0..actors).map(|at| json!({ "id": format!("a{at}"), "name": format!("Mill {at}") })).collect();
    let ties = (1..actors).map(|at| {
        json!({ "id": format!("t{at}"), "kind": "loan", "from": format!("a{}", at - 1), "to": format!("a{at}"),
            "evidence": [{ "source": format!("s{at}") }] })
    });
    let sources = (1..actors)
        .map(|at| json!({ "id": format!("s{at}"), "title": format!("Report {at}"), "publisher": "Courier" }));
    let mut view = view.clone();
    view["id"] = "main".into();
    view["steps"] = steps.clone();
    let map = json!({ "format": "tieline", "version": "1.0", "map": { "title": "A chain" }, "actors": list,
        "ties": ties.collect::<Vec<_>>(), "sources": sources.collect::<Vec<_>>(), "views": [view] });
    map.to_string().into_bytes()
}

pub(super) fn document(actors: usize, steps: &Value, view: &Value) -> Document {
    let map = load_map(&map(actors, steps, view), "a map").expect("a map").map;
    Document::new(Arc::new(map), Arc::default())
}

fn problems(steps: &Value, view: &Value) -> Vec<(String, String)> {
    let loaded = load_map(&map(4, steps, view), "a map").expect("a map");
    assert!(loaded.problems.iter().all(|problem| problem.remedy.is_some()), "each has a remedy");
    loaded.problems.into_iter().map(|problem| (problem.field, problem.message)).collect()
}

#[test]
fn steps_that_show_nothing_are_problems_with_a_place_and_a_remedy() {
    let sound = json!([{ "id": "a", "title": "All" }, { "id": "b", "show": ["a0", "t3"], "focus": ["a3", "s3"] }]);
    assert_eq!(problems(&sound, &json!({})), []);
    let steps = json!([
        { "id": "a", "show": [] },
        { "id": "b", "show": ["a0", "ghost"], "focus": ["a0", "nobody"] },
        7,
        { "id": "c", "show": ["a2", "t1"] },
        { "id": "d", "show": ["a0"], "focus": ["t2", "a0"] },
    ]);
    let found = problems(&steps, &json!({ "hidden": ["a2"] }));
    let expected = [
        ("views[0].steps[0].show", "the step shows nothing"),
        ("views[0].steps[3].show", "the view or the date of the step hides “a2”"),
        ("views[0].steps[4].focus", "“t2” is in focus, but the step doesn't show it"),
    ];
    for (field, message) in expected {
        let is_there = |(at, said): &(String, String)| at == field && said == message;
        assert!(found.iter().any(is_there), "{field}: {message} in {found:#?}");
    }
    let unknown: Vec<&str> = found
        .iter()
        .filter(|(_, said)| said.contains("ghost") || said.contains("nobody"))
        .map(|(at, _)| at.as_str())
        .collect();
    assert_eq!(unknown, ["views[0].steps[1].show[1]", "views[0].steps[1].focus[1]"]);
}

#[test]
fn each_page_shows_its_step_and_never_what_the_view_hides() {
    let steps = json!([{ "id": "a" }, { "id": "b", "show": ["a0", "a1", "a2"] }, { "id": "c", "show": ["t3"] }]);
    let document = document(4, &steps, &json!({ "hidden": ["a2"] }));
    let fonts = Fonts::new();
    let edition = edition(&document, &fonts, told());
    let sheet = edition.sheet(Format::Pdf);
    let pages: Vec<_> = std::iter::once(&sheet.first).chain(&sheet.more).collect();
    let cards = |page: usize| -> Vec<u32> {
        let parts = pages[page].items.iter().filter_map(|item| match item.part {
            Part::Card(actor) => Some(actor.0),
            _ => None,
        });
        let mut cards: Vec<u32> = parts.collect();
        cards.dedup();
        cards
    };
    assert_eq!((cards(0), cards(1), cards(2)), (vec![0, 1, 3], vec![0, 1], vec![]));
    let sources = |page: usize| pages[page].items.iter().filter(|item| matches!(item.part, Part::Source(_))).count();
    assert_eq!((sources(0), sources(1), sources(2)), (1, 1, 0));
    assert_eq!((pages.len(), sources(3)), (4, 1), "the sources of what is shown");
    assert!(pages.iter().all(|page| page.bounds == pages[0].bounds), "pages of one size");
}

#[test]
fn a_crop_cuts_no_card_and_no_label() {
    let steps = json!([{ "id": "a" }, { "id": "b", "camera": { "x": 400, "y": 0, "zoom": 3 } }]);
    let positions = json!({ "a0": [0, 0], "a1": [400, 0], "a2": [800, 0], "a3": [1200, 0], "a4": [1600, 0] });
    let document = document(5, &steps, &json!({ "positions": positions }));
    let fonts = Fonts::new();
    let edition = edition(&document, &fonts, told());
    let sheet = edition.sheet(Format::Pdf);
    let page = &sheet.more[0];
    let bounds = |item: &tieline::scene::SceneItem| {
        item.shapes.iter().map(tieline::scene::Shape::bounds).reduce(emath::Rect::union).expect("shapes")
    };
    let is_of_map = |part: Part| matches!(part, Part::Card(_) | Part::Lane(_) | Part::Pill(_));
    let parts: Vec<_> = page.items.iter().filter(|item| is_of_map(item.part)).collect();
    assert!(parts.iter().any(|item| item.part == Part::Card(tieline::model::ActorId(1))));
    assert!(!parts.iter().any(|item| item.part == Part::Card(tieline::model::ActorId(4))), "far away");
    let legend = page.items.iter().find(|item| item.part == Part::Legend).map(|item| bounds(item)).expect("a legend");
    for item in parts {
        assert!(page.bounds.contains_rect(bounds(item)), "{:?} on the page", item.part);
        assert!(!legend.intersects(bounds(item)), "{:?} beside the legend", item.part);
    }
}

#[test]
fn a_story_of_a_large_map_is_written_in_all_formats() {
    let steps = json!([
        { "id": "a", "title": "All of it", "focus": ["a7"] },
        { "id": "b", "title": "A few", "show": ["a0", "a1", "a2"], "camera": "shown" },
        { "id": "c", "title": "All of it", "camera": { "x": 1e300, "y": -5, "zoom": 1e-12 } },
        { "id": "d", "show": ["a1"], "focus": ["a1"], "asOf": "1999" },
    ]);
    let document = document(400, &steps, &json!({}));
    let fonts = Fonts::new();
    let options = PictureOptions {
        resolution: tieline::publish::Resolution::Scale(0.2),
        moving: AnimationSize::Longest(320),
        ..told()
    };
    let edition = edition(&document, &fonts, options);
    assert_eq!(edition.step_count(), 4);
    for format in Format::ALL {
        assert!(!edition.write(format).expect("written").is_empty());
        edition.write_further_pages(format).expect("written");
    }
    let deck = edition.write(Format::Pptx).expect("written");
    assert_eq!(crate::slides::faults_of(&crate::slides::package::entries(&deck)), [""; 0]);
}

#[test]
fn hostile_words_of_steps_give_sound_files() {
    let long = "Word & <name> \u{202e}]]> ".repeat(600);
    let steps = json!([
        { "id": "a", "title": long, "caption": long, "notes": long },
        { "id": "b", "title": "", "caption": "\u{0}\u{1}\r\n\t" },
        { "id": "c", "title": "صندوق", "caption": "港口机械有限公司" },
        { "id": "d", "title": "صندوق", "show": [], "camera": { "x": "1" } },
    ]);
    let document = document(3, &steps, &json!({}));
    let fonts = Fonts::new();
    for citations in [Citations::Full, Citations::None] {
        let edition = edition(&document, &fonts, PictureOptions { citations, ..told() });
        let deck = edition.write(Format::Pptx).expect("written");
        let parts = crate::slides::package::entries(&deck);
        assert_eq!(crate::slides::faults_of(&parts), [""; 0]);
        let text: String = parts.iter().map(|part| String::from_utf8_lossy(&part.content).into_owned()).collect();
        assert!(!text.contains('\u{202e}'));
        let page = String::from_utf8(edition.write(Format::Html).expect("a page")).expect("text");
        crate::html::check_harmless(&page);
        edition.write(Format::Pdf).expect("a PDF");
    }
}

#[test]
fn labels_that_are_placed_anew_for_a_small_page_are_faded_too() {
    let (fonts, document) = (Fonts::new(), crate::slides::story::story());
    let options = PictureOptions { page: tieline::publish::Preset::Slide4x3.page(), ..told() };
    let edition = edition(&document, &fonts, options);
    let sheet = edition.sheet(Format::Pdf);
    let is_pale = |key: &str| {
        let Some(tieline::model::Item::Tie(tie)) = document.map.find(key) else { panic!("{key}") };
        let items = sheet.more[0].items.iter().filter(|item| item.part == Part::Pill(tie));
        let paints = items.flat_map(|item| &item.shapes).filter_map(|shape| match shape {
            tieline::scene::Shape::Text { paint, .. } => Some(paint.color),
            _ => None,
        });
        let contrasts: Vec<f64> = paints.map(|color| color.contrast(tieline::model::Rgb([255; 3]))).collect();
        assert!(!contrasts.is_empty(), "{key}");
        contrasts.iter().all(|contrast| *contrast < 2.5)
    };
    assert!(edition.labeling(Format::Pdf).reduced > 0, "the page is small");
    assert!(!is_pale("microsoft-invests") && !is_pale("microsoft-stake"));
    for key in ["openai-azure-commitment", "azure-exclusivity", "revenue-share", "microsoft-route"] {
        assert!(is_pale(key), "{key}");
    }
}
