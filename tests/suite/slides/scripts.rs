//! Texts of other scripts, and labels whose numbers are beside two lines.

use std::sync::Arc;

use serde_json::json;
use tieline::document::Document;
use tieline::load::load_map;
use tieline::publish::PictureOptions;
use tieline::text::Fonts;

use super::package::Element;
use super::{Format, edition, links, slides};

fn deck(map: &serde_json::Value) -> Vec<u8> {
    let map = load_map(map.to_string().as_bytes(), "a map").expect("a map").map;
    let document = Document::new(Arc::new(map), Arc::default());
    edition(&document, &Fonts::new(), PictureOptions::default()).write(Format::Pptx).expect("written")
}

/// Returns the shape whose text has these words.
fn shape_of<'a>(slide: &'a Element, words: &str) -> &'a Element {
    slide.named("sp").find(|shape| shape.words().replace('\n', " ").contains(words)).expect("a shape")
}

#[test]
fn text_from_right_to_left_ends_at_its_right_and_may_be_set_smaller() {
    let names = ["صندوق المرفأ الأزرق للاستثمار", "קרן הנמל הכחול להשקעות בע״מ", "Harbor Fund", "港口机械有限公司"];
    let actors: Vec<_> =
        names.iter().enumerate().map(|(at, name)| json!({ "id": format!("a{at}"), "name": name })).collect();
    let map = json!({ "format": "tieline", "version": "1.0", "map": { "title": "ميناء كالفيسا" }, "actors": actors,
        "ties": [{ "id": "t", "kind": "x", "from": "a0", "to": "a1" }, { "id": "u", "kind": "x", "from": "a2", "to": "a3" }] });
    let slide = slides(&deck(&map)).remove(0);
    for (words, is_rtl) in [("صندوق", true), ("קרן", true), ("Harbor", false), ("港口", false)] {
        let shape = shape_of(&slide, words);
        let (body, paragraph) =
            (shape.named("bodyPr").next().expect("a body"), shape.named("pPr").next().expect("one"));
        let told = (paragraph.get("algn"), paragraph.get("rtl"), body.named("normAutofit").count());
        assert_eq!(told, if is_rtl { ("r", "1", 1) } else { ("l", "", 0) }, "{words}");
        let inset: i64 = body.get("rIns").parse().expect("a number");
        assert_eq!(inset > 0, is_rtl, "{words} ends inside its card");
    }
    let title = shape_of(&slide, "ميناء").named("pPr").next().expect("a paragraph");
    assert_eq!(title.get("rtl"), "1");
}

#[test]
fn numbers_beside_two_lines_have_a_box_of_their_own() {
    let map = json!({ "format": "tieline", "version": "1.0",
        "actors": [{ "id": "a", "name": "Alpha" }, { "id": "b", "name": "Beta" }, { "id": "c", "name": "Gamma" }],
        "ties": [
            { "id": "t", "kind": "x", "from": "a", "to": "b", "label": "A stateful runtime environment",
                "evidence": [{ "source": "s" }] },
            { "id": "u", "kind": "x", "from": "b", "to": "c", "label": "Short", "evidence": [{ "source": "s" }] },
        ],
        "sources": [{ "id": "s", "title": "Report", "url": "https://a.example/" }] });
    let deck = deck(&map);
    let slide = slides(&deck).remove(0);
    let group = |words: &str| -> Vec<(String, String)> {
        let group = slide.named("grpSp").find(|group| group.words().contains(words)).expect("a label");
        let shapes = group.children.iter().filter(|child| child.name == "sp");
        let told = |shape: &Element| {
            (
                shape.named("cNvPr").next().expect("a name").get("name").to_owned(),
                shape.words().trim().replace('\n', " "),
            )
        };
        shapes.map(told).filter(|(_, words)| !words.is_empty()).collect()
    };
    let two = group("stateful");
    assert_eq!(two.iter().map(|(name, _)| &**name).collect::<Vec<_>>(), ["Label", "Numbers"], "in reading order");
    assert!(two[0].1.starts_with("A stateful") && two[0].1.ends_with("environment") && two[1].1 == "[1]", "{two:?}");
    assert_eq!(group("Short"), [("Label".to_owned(), "Short  [1]".to_owned())]);
    // Beside the middle of both lines.
    let label = shape_of(&slide, "A stateful");
    let numbers = slide.named("sp").find(|shape| shape.words().trim() == "[1]").expect("the numbers");
    let middle = |shape: &Element| -> f64 {
        let place = shape.named("xfrm").next().expect("a place");
        let number =
            |name: &str, side: &str| place.child(name).expect("it").get(side).parse::<f64>().expect("a number");
        number("off", "y") + number("ext", "cy") / 2.0
    };
    assert!((middle(label) - middle(numbers)).abs() < 12_700.0, "{} {}", middle(label), middle(numbers));
    // Two numbers, and the address in the list of sources.
    assert_eq!(links(&deck, 1).iter().filter(|(target, _)| target == "https://a.example/").count(), 3);
}
