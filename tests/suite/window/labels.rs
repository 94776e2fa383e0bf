//! Labels of ties: fewer of them, and exceptions for single ties.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::bench::Bench;

const INVESTS: &str = "Microsoft → OpenAI, investment, more than $13 billion, on the map";

/// Returns the size of a tie's accessible area: its label, or a spot on its lane.
fn size_of(bench: &Bench, label: &str) -> egui::Vec2 {
    bench.harness.get_by_label(label).rect().size()
}

fn run(bench: &mut Bench, words: &str) {
    bench.press(Modifiers::COMMAND, Key::K);
    bench.type_text(words);
    bench.press(Modifiers::NONE, Key::Enter);
}

#[test]
fn a_tie_without_its_label_is_still_clicked_on_its_lane() {
    let mut bench = Bench::new();
    let labeled = size_of(&bench, INVESTS);
    run(&mut bench, "labels: none");
    let bare = size_of(&bench, INVESTS);
    assert!(bare.x < labeled.x * 0.6, "{labeled} {bare}");
    assert!(bench.app().title().starts_with('•'), "which labels are shown is saved");
    bench.click(INVESTS);
    assert!(bench.shows("more than $13 billion"));
    assert!(bench.is_selected(INVESTS));
    bench.press(Modifiers::NONE, Key::Escape);
    bench.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(size_of(&bench, INVESTS), labeled);
    assert!(!bench.app().title().starts_with('•'));
}

#[test]
fn a_label_of_numbers_alone_is_short_and_can_be_clicked() {
    let mut bench = Bench::new();
    let labeled = size_of(&bench, INVESTS);
    run(&mut bench, "labels: numbers");
    let short = size_of(&bench, INVESTS);
    assert!(short.x < labeled.x * 0.6, "{labeled} {short}");
    bench.click(INVESTS);
    assert!(bench.is_selected(INVESTS) && bench.shows("more than $13 billion"));
}

#[test]
fn the_view_menu_says_which_labels_are_shown() {
    let mut bench = Bench::new();
    bench.click("View");
    bench.click("Labels");
    let toggled =
        |bench: &Bench, name| bench.harness.get_by_role_and_label(Role::Button, name).accesskit_node().toggled();
    assert_eq!(toggled(&bench, "All"), Some(egui::accesskit::Toggled::True));
    bench.click_as(Role::Button, "Important");
    bench.click("View");
    bench.click("Labels");
    assert_eq!(toggled(&bench, "Important"), Some(egui::accesskit::Toggled::True));
    assert_eq!(toggled(&bench, "All"), Some(egui::accesskit::Toggled::False));
}

#[test]
fn a_right_click_on_a_tie_shows_or_hides_its_label_by_hand() {
    let mut bench = Bench::new();
    let labeled = size_of(&bench, INVESTS);
    bench.right_click(INVESTS);
    bench.click("Hide the label");
    assert!(bench.is_selected(INVESTS), "what is right-clicked is selected");
    assert!(size_of(&bench, INVESTS).x < labeled.x * 0.6);
    run(&mut bench, "labels: none");
    bench.right_click(INVESTS);
    bench.click("Always show the label");
    assert_eq!(size_of(&bench, INVESTS).x.round(), labeled.x.round(), "whatever the rule says");
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(size_of(&bench, INVESTS).x < labeled.x * 0.6);
}

#[test]
fn the_legend_tells_the_source_of_all_ties() {
    let opened = |ties: usize| {
        let bench = Bench::new();
        let tie = |at: usize| {
            format!(
                r#"{{ "id": "t{at}", "kind": "loan", "from": "a{at}", "to": "b", "evidence": [{{ "source": "s" }}] }}"#
            )
        };
        let actor = |at: usize| format!(r#"{{ "id": "a{at}", "name": "Alpha {at}" }}, "#);
        let text = format!(
            r#"{{ "format": "tieline", "version": "1.0",
                "actors": [{}{{ "id": "b", "name": "Beta" }}], "ties": [{}],
                "sources": [{{ "id": "s", "title": "Register of loans" }}] }}"#,
            (0..ties).map(actor).collect::<String>(),
            (0..ties).map(tie).collect::<Vec<_>>().join(", ")
        );
        let path = bench.write("map.tieline.json", &text);
        Bench::start(Some(path), std::rc::Rc::clone(&bench.folder))
    };
    assert!(opened(8).shows("All ties: Register of loans"));
    assert!(!opened(7).shows("All ties: "));
}

#[test]
fn labels_that_had_to_move_are_clicked_where_they_are() {
    let mut bench = Bench::with_file(Some("data/harbor.tieline.jsonc".into()));
    let is_tie = |node: &egui_kittest::Node<'_>| {
        let label = node.accesskit_node().label();
        label.filter(|label| label.ends_with(", on the map") && label.contains('→') && !label.contains("ties"))
    };
    let spots = |bench: &Bench| -> Vec<(String, egui::Rect, bool)> {
        let root = bench.harness.root();
        let nodes = root.children_recursive();
        let toggled =
            |node: &egui_kittest::Node<'_>| node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True);
        nodes.filter_map(|node| Some((is_tie(&node)?, node.rect(), toggled(&node)))).collect()
    };
    let labels: Vec<String> = spots(&bench).into_iter().map(|(label, ..)| label).collect();
    assert!(labels.len() > 40, "{}", labels.len());
    let room = |bench: &Bench| {
        let maps = bench.harness.get_all_by_label("Map").map(|node| node.rect().width());
        maps.fold(0.0, f32::max)
    };
    let before = room(&bench);
    let mut placed = 0;
    for label in &labels {
        // Showing details may change the room of the map.
        let rect = spots(&bench).into_iter().find_map(|(other, rect, _)| (other == *label).then_some(rect));
        let rect = rect.expect("still there");
        // Labels that are drawn anew are higher than the gaps between lanes, and count up to their edges.
        let is_placed = rect.height() > 13.0;
        placed += usize::from(is_placed);
        let edge = is_placed.then(|| rect.center_top() + egui::vec2(0.0, 1.5));
        for at in std::iter::once(rect.center()).chain(edge) {
            bench.click_at(at);
            let now = spots(&bench);
            let selected: Vec<&str> = now.iter().filter(|(.., is)| *is).map(|(label, ..)| label.as_str()).collect();
            assert_eq!(selected, [label], "at {at:?}");
        }
        assert!((room(&bench) - before).abs() < 0.5, "the details of {label} widen their panel");
        bench.press(Modifiers::NONE, Key::Escape);
    }
    assert!(placed > 20, "{placed}");
}
