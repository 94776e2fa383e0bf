//! Large maps seen from afar, and closer.

use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::bench::Bench;
use crate::overview::board::{board_ties, name, text};

const ACTORS: usize = 900;

fn opened() -> Bench {
    let bench = Bench::new();
    let ties = board_ties(ACTORS, 8, 8);
    let path = bench.write("boards.tieline.jsonc", &text(ACTORS, &ties, ""));
    Bench::start(Some(path), std::rc::Rc::clone(&bench.folder))
}

/// Returns the names of the actors on the map that can be reached by keyboard, with their middles.
fn named(bench: &Bench) -> Vec<(String, Pos2)> {
    let root = bench.harness.root();
    let label = |node: &egui_kittest::Node<'_>| node.accesskit_node().label();
    let nodes = root.children_recursive().filter(|node| label(node).is_some_and(|it| it.ends_with(", on the map")));
    let actors = nodes.map(|node| (label(&node).unwrap_or_default(), node.rect().center()));
    let actors: Vec<_> = actors.filter(|(label, _)| !label.contains('→')).collect();
    actors
}

/// Returns whether an actor is selected: its ties are listed.
fn is_told(bench: &Bench, name: &str) -> bool {
    bench.texts().iter().any(|text| text.starts_with(&format!("{name} →")) || text.ends_with(&format!("→ {name}")))
}

/// Returns an actor that no word covers, after clicking it.
fn clickable(bench: &mut Bench) -> (String, Pos2) {
    for (label, at) in named(bench) {
        bench.click_at(at);
        let name = label.split(", ").next().unwrap_or_default();
        // Selecting moves nothing, but fades the rest.
        if is_told(bench, name) && named(bench).contains(&(label.clone(), at)) {
            return (label, at);
        }
    }
    panic!("no dot can be clicked");
}

fn zoom_in(bench: &mut Bench, steps: usize) {
    for _ in 0..steps {
        bench.press(Modifiers::NONE, Key::Plus);
    }
}

#[test]
fn from_afar_areas_are_the_subject_and_many_actors_are_named() {
    let bench = opened();
    assert!(bench.shows("Actors with many ties among themselves, named after the best connected"));
    assert!(bench.shows("Ties within an area") && bench.shows("Ties between areas") && bench.shows("More ties"));
    let names = named(&bench);
    assert!((60..ACTORS).contains(&names.len()), "{} names", names.len());
    let told = format!("{} of {ACTORS} names", names.len());
    assert!(bench.shows(&told), "{told}: {:?}", bench.texts());
    assert!(!bench.shows("without room"), "labels of ties are of no concern from afar");
    // They are all over the map, not in a corner.
    let xs: Vec<f32> = names.iter().map(|(_, at)| at.x).collect();
    let (low, high) = xs.iter().fold((f32::MAX, f32::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
    assert!(high - low > 450.0, "{low} to {high}");
}

#[test]
fn a_dot_is_clicked_like_a_card() {
    let mut bench = opened();
    let (label, at) = named(&bench)[7].clone();
    let name = label.split(", ").next().expect("a name").to_owned();
    bench.click_at(at);
    let selected = bench.harness.query_all_by_label(&name).count();
    assert!(selected > 0 && bench.shows("Ties") && !bench.shows("Sourced"), "{name}: {:?}", bench.texts());
    assert!(
        bench.texts().iter().any(|text| text.starts_with(&format!("{name} →")) || text.contains(&format!("→ {name}")))
    );
    // Beside all dots, a click selects nothing.
    bench.click_at(Pos2::new(260.0, 70.0));
    assert!(!bench.texts().iter().any(|text| text.starts_with(&format!("{name} →"))));
}

#[test]
fn a_selected_dot_without_a_name_can_be_reached_by_keyboard_and_screen_reader() {
    let mut bench = opened();
    let before: Vec<String> = named(&bench).into_iter().map(|(label, _)| label).collect();
    let middle = named(&bench)[0].1;
    let spots = (0..80_u16).map(|n| middle + egui::vec2(f32::from(n % 10) - 4.5, f32::from(n / 10) - 3.5) * 9.0);
    let found = spots.into_iter().find_map(|at| {
        bench.click_at(at);
        named(&bench).into_iter().map(|(label, _)| label).find(|label| !before.contains(label))
    });
    let label = found.expect("one of the dots has no name");
    assert!(is_told(&bench, label.split(", ").next().expect("a name")), "{label}: {:?}", bench.texts());
}

#[test]
fn closer_colors_mean_kinds_and_closest_there_are_cards() {
    let mut bench = opened();
    assert!(!bench.shows("Position, ") && bench.shows("Ties within an area"));
    let far = named(&bench).len();
    zoom_in(&mut bench, 4);
    assert!(!bench.shows("Ties within an area") && bench.shows("More ties"), "{:?}", bench.texts());
    zoom_in(&mut bench, 8);
    assert!(!bench.shows("More ties"), "cards and lanes have the usual legend");
    let near = named(&bench).len();
    assert!(near < far, "only what is in view");
    let is_tie = |text: &String| text.contains('→') && text.ends_with(", on the map");
    assert!(bench.texts().iter().any(is_tie), "ties can be reached");
    bench.press(Modifiers::NONE, Key::F);
    assert!(bench.shows("Ties within an area"), "fitted again");
}

#[test]
fn what_is_searched_for_is_shown_close_enough_to_be_told_apart() {
    let mut bench = opened();
    // The least connected actors have no name from afar.
    let from_afar: Vec<String> = named(&bench).into_iter().map(|(label, _)| label).collect();
    let nameless = (0..ACTORS).map(name).find(|name| {
        let is_unique = (0..ACTORS).filter(|&index| crate::overview::board::name(index) == *name).count() == 1;
        is_unique && !from_afar.iter().any(|label| label.starts_with(name.as_str()))
    });
    let nameless = nameless.expect("not all have room");
    bench.press(Modifiers::COMMAND, Key::F);
    bench.type_text(&nameless);
    bench.press(Modifiers::NONE, Key::Enter);
    let canvas = bench.harness.get_by_role_and_label(egui::accesskit::Role::Unknown, "Map").rect();
    let found = named(&bench).into_iter().find(|(label, _)| label.starts_with(&nameless));
    let (_, at) = found.unwrap_or_else(|| panic!("{nameless} has a name now: {:?}", bench.texts()));
    assert!(canvas.contains(at));
    assert!(!bench.shows("Ties within an area"), "closer than from afar");
}

#[test]
fn a_dot_is_dragged_like_a_card_and_the_move_is_undone_by_one_key() {
    let mut bench = opened();
    let (label, from) = clickable(&mut bench);
    let to = from + egui::vec2(40.0, 60.0);
    bench.drag(from, to);
    let at = |bench: &Bench| named(bench).into_iter().find(|(other, _)| *other == label).map(|(_, at)| at);
    let moved = at(&bench).expect("still named, since it is selected or important");
    assert!(moved.distance(to) < 12.0, "{moved:?} instead of {to:?}");
    bench.press(Modifiers::COMMAND, Key::Z);
    let back = at(&bench).expect("named as before");
    assert!(back.distance(from) < 12.0, "{back:?} instead of {from:?}");
}

#[test]
fn hiding_a_hub_and_filtering_a_kind_keep_the_rest_in_place() {
    let mut bench = opened();
    let before = named(&bench);
    bench.click_first("Only Company");
    assert!(bench.shows("300 of 900 actors"), "{:?}", bench.texts());
    let after = named(&bench);
    assert!(!after.is_empty() && after.iter().all(|(label, _)| label.contains("company")));
    let stayed =
        after.iter().filter(|(label, at)| before.iter().any(|(other, was)| other == label && was.distance(*at) < 60.0));
    assert!(stayed.count() > 5, "actors named before and after stay where they are");
    bench.press(Modifiers::COMMAND, Key::Z);
    // Names shown a moment ago are preferred, so a few others are named than before.
    let again = named(&bench);
    let both = again.iter().filter_map(|(label, at)| Some((at, before.iter().find(|(other, _)| other == label)?.1)));
    let both: Vec<_> = both.collect();
    assert!(both.iter().all(|(at, was)| at.distance(*was) < 1.0), "all are where they were");
    assert!(both.len() * 10 >= before.len() * 7, "{} of {} are named again", both.len(), before.len());
}
