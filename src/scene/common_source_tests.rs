//! A source that all ties cite is told once, not on each label.

use super::tests::scene_of;
use super::*;
use crate::model::{Map, MapParts, fixture};
use crate::text::Fonts;

/// Returns all texts of items.
fn texts(items: &[Arc<SceneItem>]) -> Vec<String> {
    let shapes = items.iter().flat_map(|item| &item.shapes);
    let texts = shapes.filter_map(|shape| match shape {
        Shape::Text { text, .. } => {
            Some(text.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    });
    texts.collect()
}

/// Returns the texts of the map alone, and of a page with and without a list of sources.
fn told(parts: MapParts) -> [Vec<String>; 3] {
    let (map, fonts, theme) = (Map::new(parts).expect("a sound map"), Fonts::new(), Theme::light());
    let (plan, scene) = scene_of(&map, &fonts, &theme);
    let page = |has_sources| {
        let materials = SheetInputs { map: &map, plan: &plan, fonts: &fonts, theme: &theme };
        texts(&compose_sheet(materials, &scene, &SheetOptions { has_sources, ..SheetOptions::default() }).first.items)
    };
    [texts(&scene.items), page(true), page(false)]
}

#[test]
fn a_source_of_all_ties_is_in_no_label_and_once_on_a_page() {
    let [scene, with_list, without_list] = told(fixture::of_one_source(8));
    assert!(scene.iter().any(|text| text.contains("Deal 3")) && scene.iter().any(|text| text.contains("Deal 7")));
    let numbers = |texts: &[String]| texts.iter().filter(|text| text.contains("[1]")).count();
    assert_eq!(numbers(&scene), 0, "{scene:?}");
    for page in [with_list, without_list] {
        assert_eq!(numbers(&page), 1, "{page:?}");
        assert_eq!(page.iter().filter(|text| text.contains("All ties: ")).count(), 1, "{page:?}");
        assert!(page.iter().any(|text| text.contains("All ties: ") && text.contains("The Courier")), "{page:?}");
    }
}

#[test]
fn one_tie_of_another_source_or_none_brings_all_numbers_back() {
    let mut other = fixture::of_one_source(8);
    other.ties[7].claim.evidence[0].source = fixture::HERALD;
    let mut unsourced = fixture::of_one_source(8);
    unsourced.ties[0].claim.evidence.clear();
    for parts in [other, unsourced, fixture::of_one_source(7)] {
        let ties = parts.ties.len();
        let [scene, page, _] = told(parts);
        let is_label = |text: &&String| text.starts_with('[') || *text == "no source";
        assert_eq!(scene.iter().filter(is_label).count(), ties, "{scene:?}");
        assert!(!page.iter().any(|text| text.contains("All ties: ")));
    }
}
