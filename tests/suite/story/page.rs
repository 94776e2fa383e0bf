//! A story as an HTML page: readable without its script, and shown step by step with it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::usvg::roxmltree::{Document as Tree, ParsingOptions};
use sha2::{Digest as _, Sha256};
use tieline::publish::{Format, PictureOptions, Tone};
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
    // The legend, where the camera would not cut it.
    assert_eq!(of(""), ["0 1 3 5"]);
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
fn a_page_without_a_story_is_as_before() {
    let plain = page(PictureOptions { has_steps: false, ..told() });
    let dark = page(PictureOptions { has_steps: false, tone: Tone::Dark, ..told() });
    for page in [plain, dark] {
        assert!(!page.contains("data-steps") && !page.contains("id=\"story\"") && !page.contains("The story"));
    }
}
