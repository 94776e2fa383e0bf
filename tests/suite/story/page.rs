//! A story as an HTML page: readable without its script, and shown step by step with it.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::usvg::roxmltree::{Document as Tree, ParsingOptions};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tieline::publish::{Format, PageParts, PictureOptions, Tone};
use tieline::text::Fonts;

use crate::html::{check_harmless, inside, without_script};
use crate::slides::story::{edition, story, told};

fn page(options: PictureOptions) -> String {
    let bytes = edition(&story(), &Fonts::new(), options).write(Format::Html).expect("a page");
    String::from_utf8(bytes).expect("text")
}

/// Returns the values of an attribute, by the id of their element.
fn values(page: &str, name: &str) -> Vec<(String, String)> {
    let text = without_script(page);
    let tree = Tree::parse_with_options(&text, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() });
    let tree = tree.expect("well-formed");
    let found = tree.descendants().filter_map(|node| {
        let of = node.attribute("id").or(node.attribute("data-of")).unwrap_or_default();
        Some((of.to_owned(), node.attribute(name)?.to_owned()))
    });
    found.collect()
}

#[test]
fn a_page_has_all_steps_as_text_and_asks_nobody() {
    let page = page(told());
    check_harmless(&page);
    assert!(page == self::page(told()), "the same bytes");
    let document = story();
    let text = inside(&page, "body").replace("&#39;", "'");
    let mut at = 0;
    for (number, step) in (1..).zip(document.steps()) {
        let words = [
            format!("id=\"step={number}\""),
            step.title.clone().expect("a title"),
            step.caption.clone().expect("a caption"),
        ];
        for words in words {
            at += text[at..].find(&words).unwrap_or_else(|| panic!("{words} in order"));
        }
        assert!(step.notes.as_ref().is_none_or(|notes| !text.contains(notes)), "what the speaker says stays out");
    }
    assert!(text.contains("As of 2024"));
    // The policy allows exactly this script and style.
    for (kind, name) in [("script-src", "script"), ("style-src", "style")] {
        let digest = STANDARD.encode(Sha256::digest(inside(&page, name).as_bytes()));
        assert!(page.contains(&format!("{kind} 'sha256-{digest}'")), "{kind}");
    }
    assert!(inside(&page, "style").contains("@media print"));
}

#[test]
fn parts_of_the_picture_know_their_steps() {
    let page = page(told());
    let steps = values(&page, "data-steps");
    let of = |part: &str| -> Vec<&str> {
        let mut own: Vec<&str> = steps.iter().filter(|(of, _)| of == part).map(|(_, steps)| steps.as_str()).collect();
        own.dedup();
        own
    };
    let map = story().map;
    let index = |key: &str| match map.find(key) {
        Some(tieline::model::Item::Actor(actor)) => format!("a{}", actor.0),
        Some(tieline::model::Item::Tie(tie)) => format!("t{}", tie.0),
        _ => panic!("{key}"),
    };
    assert_eq!(of(&index("microsoft")), ["0 1 2 3 5"]);
    assert_eq!(of(&index("openai")), [""; 0], "always");
    // Line and label; in 2024 the label has another mark.
    let exclusivity = of(&index("azure-exclusivity"));
    assert!(exclusivity.contains(&"0 1 2 3 5") && exclusivity.contains(&"0 1 2 3") && exclusivity.contains(&"5"));
    let focus = values(&page, "data-focus");
    assert_eq!(focus.iter().map(|(of, _)| of.as_str()).collect::<Vec<_>>(), ["step=2", "step=3"]);
    let second: Vec<&str> = focus[0].1.split(' ').collect();
    assert!(second.contains(&&*index("microsoft-stake")) && !second.contains(&&*index("revenue-share")), "{second:?}");
    let views = values(&page, "data-view");
    assert_eq!(views.iter().map(|(of, _)| of.as_str()).collect::<Vec<_>>(), ["step=2", "step=4"]);
}

#[test]
fn steps_of_a_large_map_have_pictures_of_their_own() {
    let steps = json!([
        { "id": "a", "title": "All of it" },
        { "id": "b", "title": "A few", "show": ["a0", "a1", "a2"], "camera": "shown" },
        { "id": "c", "title": "In focus", "focus": ["a7", "a8"] },
    ]);
    let document = super::steps::document(200, &steps, &json!({}));
    let write = |options| edition(&document, &Fonts::new(), options).write(Format::Html).expect("a page");
    let page = String::from_utf8(write(told())).expect("text");
    check_harmless(&page);
    let drawn: BTreeSet<String> = values(&page, "data-steps").into_iter().map(|(_, steps)| steps).collect();
    // The first step is the whole map, and what it shows is not written twice.
    assert!(drawn.contains("0 1") && drawn.contains("2") && drawn.contains("3") && !drawn.contains("1"), "{drawn:?}");
    // In its own place nothing leads to the records of the whole map.
    let linked: BTreeSet<String> =
        values(&page, "data-steps").into_iter().filter(|(of, _)| !of.is_empty()).map(|(_, steps)| steps).collect();
    assert!(linked.iter().all(|steps| steps.starts_with('0')), "{linked:?}");
    assert!(values(&page, "data-view").is_empty(), "each picture has its own camera");
    let plain = write(PictureOptions { has_steps: false, ..told() }).len();
    assert!(page.len() < 3 * plain, "{} bytes for {plain} without steps", page.len());
    // The names of the three actors are all that is drawn of the second step.
    let names = |step: &str| {
        let own = page.split("<g ").filter(|group| group.contains(&format!("data-steps=\"{step}\"")));
        own.count()
    };
    assert!(names("2") > 0 && names("2") < 60, "{}", names("2"));
}

#[test]
fn the_legend_of_a_page_is_text() {
    let page = page(told());
    let legend = page.split("id=\"legend\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("a legend");
    for words in ["<b>Ties</b>", ">Investment</span>", ">Agreed or active</span>", "<svg viewBox"] {
        assert!(legend.contains(words), "{words}: {legend}");
    }
    let options = PictureOptions { parts: PageParts { legend: false, ..PageParts::ALL }, ..told() };
    assert!(!self::page(options).contains("id=\"legend\""));
}

#[test]
fn a_page_without_a_story_is_as_before() {
    let plain = page(PictureOptions { has_steps: false, ..told() });
    let dark = page(PictureOptions { has_steps: false, tone: Tone::Dark, ..told() });
    for page in [plain, dark] {
        assert!(!page.contains("data-steps") && !page.contains("id=\"story\"") && !page.contains("The story"));
    }
}
