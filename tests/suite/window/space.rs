//! How the map uses its room: focus, small windows, fit, and views found again.

use std::rc::Rc;

use egui::{Key, Modifiers, Rect, Vec2, pos2};
use egui_kittest::kittest::Queryable as _;

use super::bench::Bench;

const AMAZON: &str = "Amazon, company, on the map";
const MICROSOFT: &str = "Microsoft, company, on the map";

fn opened() -> Bench {
    let bench = Bench::new();
    let text = std::fs::read_to_string("data/openai-microsoft-amazon.tieline.jsonc").expect("the sample");
    let path = bench.write("map.tieline.jsonc", &text);
    Bench::start(Some(path), Rc::clone(&bench.folder))
}

fn rect(bench: &Bench, label: &str) -> Rect {
    bench.harness.get_by_label(label).rect()
}

/// Returns the rectangle of the canvas; a menu has the same name.
fn canvas(bench: &Bench) -> Rect {
    let all = bench.harness.get_all_by_label("Map").map(|node| node.rect());
    all.max_by(|a, b| a.area().total_cmp(&b.area())).expect("a canvas")
}

fn is_drawn(bench: &Bench, label: &str) -> bool {
    bench.harness.query_by_label(label).is_some()
}

#[test]
fn a_neighborhood_hides_the_rest_fits_the_view_and_says_so() {
    let mut bench = opened();
    let before = rect(&bench, AMAZON);
    bench.click(AMAZON);
    bench.press(Modifiers::NONE, Key::N);
    assert!(!is_drawn(&bench, MICROSOFT), "what is not tied to it is hidden");
    assert!(bench.shows("Only Amazon and its 2 neighbors"), "{:?}", bench.texts());
    assert!(rect(&bench, AMAZON).width() > 1.1 * before.width(), "the neighborhood fills the view");
    bench.click("Show the whole map (Esc)");
    assert!(is_drawn(&bench, MICROSOFT) && !bench.shows("Only Amazon and its 2 neighbors"));
    assert_eq!(rect(&bench, AMAZON), before, "the view is where it was");
}

#[test]
fn a_small_window_collapses_the_lists_and_the_legend() {
    let mut bench = opened();
    assert!(bench.shows("Sources") && !is_drawn(&bench, "More"));
    bench.harness.set_size(Vec2::new(1000.0, 700.0));
    bench.settle();
    assert!(!bench.shows("Kinds of actors"), "the lists are collapsed");
    assert!(is_drawn(&bench, "More"), "the legend takes one line");
    let map = canvas(&bench);
    assert!(map.width() > 600.0 && map.height() > 520.0, "{map:?}");
    bench.press(Modifiers::NONE, Key::F9);
    assert!(bench.shows("Kinds of actors"), "they open on request");
    bench.press(Modifiers::NONE, Key::F9);
    bench.harness.set_size(Vec2::new(1440.0, 900.0));
    bench.settle();
    assert!(bench.shows("Kinds of actors"), "closed in a narrow window, they are still open in a wide one");
}

#[test]
fn a_map_at_fit_stays_at_fit_when_the_window_is_resized() {
    let mut bench = opened();
    for size in [Vec2::new(1000.0, 700.0), Vec2::new(2200.0, 1300.0), Vec2::new(1440.0, 900.0)] {
        bench.harness.set_size(size);
        bench.settle();
        let map = canvas(&bench);
        for label in [AMAZON, MICROSOFT, "OpenAI, company, on the map", "Anthropic, company, on the map"] {
            assert!(map.contains_rect(rect(&bench, label)), "{label} at {size}");
        }
        let high = rect(&bench, AMAZON).bottom() - rect(&bench, MICROSOFT).top();
        let wide = rect(&bench, "Anthropic, company, on the map").right() - rect(&bench, AMAZON).left();
        assert!(high > 0.55 * map.height() || wide > 0.55 * map.width(), "the map fills its room at {size}");
    }
    // Selecting what is in view moves nothing, and the map stays at fit.
    bench.click_first("Microsoft");
    bench.harness.set_size(Vec2::new(1000.0, 700.0));
    bench.settle();
    assert!(canvas(&bench).contains_rect(rect(&bench, "Anthropic, company, on the map")), "the map is cut");
    bench.harness.set_size(Vec2::new(1440.0, 900.0));
    bench.settle();
    // After a zoom, the view is the user's.
    bench.click("Zoom in");
    let before = rect(&bench, AMAZON).width();
    bench.harness.set_size(Vec2::new(1200.0, 800.0));
    bench.settle();
    assert!((rect(&bench, AMAZON).width() - before).abs() < 0.5);
}

#[test]
fn selecting_in_a_list_does_not_move_a_map_that_fits() {
    let mut bench = opened();
    let before = rect(&bench, MICROSOFT);
    for name in ["Anthropic", "Microsoft"] {
        bench.click_first(name);
        assert_eq!(rect(&bench, MICROSOFT), before, "after {name}");
    }
}

#[test]
fn the_view_of_a_map_is_found_again() {
    let mut bench = opened();
    bench.click("Zoom in");
    bench.click("Zoom in");
    let zoomed = rect(&bench, AMAZON);
    let path = bench.folder.path().join("map.tieline.jsonc");
    let folder = Rc::clone(&bench.folder);
    bench.harness.state_mut().as_mut().expect("made in the first frame").leave();
    drop(bench);
    let mut again = Bench::start(Some(path), folder);
    let found = rect(&again, AMAZON);
    assert!((found.width() - zoomed.width()).abs() < 0.5, "{found:?} {zoomed:?}");
    assert!(found.center().distance(zoomed.center()) < 1.5, "{found:?} {zoomed:?}");
    again.click("Zoom to fit");
    assert!(canvas(&again).contains(pos2(rect(&again, AMAZON).left(), rect(&again, AMAZON).top())));
}
