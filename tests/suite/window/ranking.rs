//! The list of actors by measure, the list of areas by size, and the bounds of the filter.

use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use super::bench::Bench;
use crate::exploring::text;
use crate::overview::board;

fn opened() -> Bench {
    let bench = Bench::new();
    let path = bench.write("map.tieline.jsonc", &text(""));
    Bench::start(Some(path), Rc::clone(&bench.folder))
}

/// Returns the rows of the list of actors that can be seen, from the top.
fn rows(bench: &Bench) -> Vec<String> {
    let is_row = |text: &String| text.starts_with("Leaf") || text.starts_with("Hub") || text.starts_with("Twig");
    let mut rows: Vec<(f32, String)> = bench
        .texts()
        .into_iter()
        .filter(|text| is_row(text) && !text.contains('→') && !text.contains("on the map"))
        .map(|text| (bench.center_of(&text).y, text))
        .collect();
    rows.sort_by(|one, other| one.0.total_cmp(&other.0));
    rows.into_iter().map(|(_, text)| text).collect()
}

fn sort_by(bench: &mut Bench, was: &str, measure: &str) {
    bench.click(&format!("Actors by {was}"));
    bench.click(measure);
}

#[test]
fn actors_are_listed_by_each_measure() {
    let mut bench = opened();
    assert_eq!(rows(&bench)[..4], ["Hub", "Leaf 1", "Leaf 2", "Leaf 3"], "by number of ties");
    sort_by(&mut bench, "ties", "Weight");
    let heaviest = rows(&bench);
    assert_eq!(heaviest[0], "Hub, ties with a weight of 465 in all");
    assert_eq!(heaviest[1], "Leaf 30, ties with a weight of 30 in all");
    sort_by(&mut bench, "weight", "Bridges");
    let bridges = rows(&bench);
    // Without the hub, the largest rest is a leaf with its three twigs.
    assert_eq!(bridges[0], "Hub, 35 actors would be cut off");
    assert!(bridges[1..4].iter().all(|row| row.ends_with(", 3 actors would be cut off")), "{bridges:?}");
    sort_by(&mut bench, "bridges", "Betweenness");
    assert!(rows(&bench)[0].starts_with("Hub, on 9"), "{:?}", rows(&bench));
    sort_by(&mut bench, "betweenness", "PageRank");
    assert_eq!(rows(&bench)[0], "Hub, 100% of the highest PageRank");
    let row = rows(&bench)[1].clone();
    bench.click(&row);
    let name = row.split(',').next().expect("a name").to_owned();
    let card = bench.texts().into_iter().find(|text| text.starts_with(&name) && text.ends_with("on the map"));
    assert!(bench.is_selected(&card.expect("a card")), "the list and the map have one selection");
}

#[test]
fn the_least_number_of_ties_is_typed_and_undone_by_one_step() {
    let mut bench = opened();
    bench.click("At least");
    let type_bound = |bench: &mut Bench, name: &str, value: &str| {
        bench.click_as(Role::SpinButton, name);
        bench.press(Modifiers::COMMAND, Key::A);
        bench.type_text(value);
        bench.press(Modifiers::NONE, Key::Enter);
    };
    type_bound(&mut bench, "Ties of an actor", "2");
    assert!(bench.shows("4 of 40 actors") && bench.shows("3 of 39 ties"), "{:?}", bench.texts());
    type_bound(&mut bench, "Weight of a tie", "2.5");
    assert!(bench.shows("1 of 40 actors"), "twigs have no weight, and the bounds hold together: {:?}", bench.texts());
    bench.press(Modifiers::COMMAND, Key::Z);
    assert!(bench.shows("4 of 40 actors"), "{:?}", bench.texts());
    bench.click("Reset");
    assert!(bench.shows("39 of 39 ties"));
}

#[test]
fn areas_are_listed_by_size_and_shown_by_a_click() {
    const ACTORS: usize = 900;
    let bench = Bench::new();
    let path = bench.write("boards.tieline.jsonc", &board::text(ACTORS, &board::board_ties(ACTORS, 8, 8), ""));
    let mut bench = Bench::start(Some(path), Rc::clone(&bench.folder));
    bench.click_as(Role::Tab, "Areas");
    let size = |text: &String| text.rsplit_once(", ")?.1.strip_suffix(" actors")?.parse::<usize>().ok();
    let mut areas: Vec<(f32, usize, String)> = bench
        .texts()
        .into_iter()
        .filter_map(|text| size(&text).map(|size| (bench.center_of(&text).y, size, text)))
        .collect();
    areas.sort_by(|one, other| one.0.total_cmp(&other.0));
    assert!(areas.len() >= 4 && areas.is_sorted_by(|one, other| one.1 >= other.1), "{areas:?}");
    let names = |bench: &Bench| -> std::collections::BTreeSet<String> {
        bench.texts().into_iter().filter(|text| text.ends_with(", on the map")).collect()
    };
    let before = names(&bench);
    let smallest = areas.last().expect("an area").2.clone();
    bench.click(&smallest);
    assert!(names(&bench) != before, "the view has changed");
    assert!(bench.shows("Sourced"), "the selection has not: the details are those of the map");
}
