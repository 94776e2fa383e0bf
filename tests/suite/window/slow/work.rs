//! Bounds the work of changes in a large map, by counters instead of time.

use egui::{Event, Key, Modifiers, Vec2};
use tieline::app::probe::Probe;
use tieline::derive::Work;

use crate::window::bench::Bench;

#[path = "../../../../benches/shared/large_map.rs"]
mod large_map;

const ACTORS: usize = 2_000;
const TIES: usize = 6_000;
/// Maximum number of items the canvas may hold for the view, with some slack for ends of ties.
const MAX_HELD: usize = 1_600;
/// A card in the middle of the grid.
const CARD: usize = 1_010;

/// Runs an action until the window is at rest; returns the work it took.
fn work_of(bench: &mut Bench, act: impl FnOnce(&mut Bench)) -> Work {
    let before = bench.app().work();
    act(bench);
    bench.settle();
    bench.app().work() - before
}

/// Returns the work without drawing, which occurs in each frame.
fn derived(work: Work) -> Work {
    Work { drawn: 0, held: 0, walked: 0, ..work }
}

/// Returns the work of drawing one frame.
fn drawn_in_a_frame(bench: &mut Bench) -> Work {
    let before = bench.app().work();
    bench.harness.step();
    let work = bench.app().work() - before;
    assert!(work.held <= MAX_HELD, "the canvas holds what is in view alone: {work}");
    work
}

fn probe(bench: &mut Bench) -> Probe<'_> {
    Probe(bench.harness.state_mut().as_mut().expect("made in the first frame"))
}

fn hover(bench: &mut Bench, actor: usize) {
    let pos = probe(bench).pos_in_screen(actor).expect("drawn");
    bench.harness.event(Event::PointerMoved(pos));
    bench.settle();
    assert!(probe(bench).is_hovering());
}

#[test]
fn a_change_takes_as_much_as_changes() {
    let folder = std::rc::Rc::new(tempfile::tempdir().expect("a folder"));
    let path = folder.path().join("large.tieline.json");
    std::fs::write(&path, large_map::map(ACTORS, TIES)).expect("written");
    let mut bench = Bench::start(Some(path), folder);
    let opening = bench.app().work();
    assert!(opening.texts > ACTORS && opening.lanes > TIES / 2 && opening.made > 2 * ACTORS, "{opening}");

    // Everything in view, at rest.
    let rest = drawn_in_a_frame(&mut bench);
    assert_eq!(derived(rest), Work::default());
    assert!((ACTORS..3 * (ACTORS + TIES)).contains(&rest.drawn), "{rest}");

    // Move a card, then undo.
    let moved = |bench: &mut Bench| probe(bench).move_actor(CARD, Vec2::new(130.0, 70.0));
    let work = work_of(&mut bench, moved);
    assert_moved(work);
    assert_moved(work_of(&mut bench, |bench| bench.press(Modifiers::COMMAND, Key::Z)));

    // Hover from card to card.
    hover(&mut bench, CARD);
    let work = work_of(&mut bench, |bench| hover(bench, CARD + 1));
    assert_eq!(derived(work), Work::default());

    // Select all.
    let work = work_of(&mut bench, |bench| bench.press(Modifiers::COMMAND, Key::A));
    assert_eq!(derived(work), Work::default());
    let rest = drawn_in_a_frame(&mut bench);
    assert!(rest.drawn < 5 * (ACTORS + TIES), "{rest}");
    bench.press(Modifiers::NONE, Key::Escape);

    // Zoom in.
    probe(&mut bench).zoom_to(1.0);
    bench.settle();
    probe(&mut bench).reveal_actor(CARD);
    bench.settle();
    let work = drawn_in_a_frame(&mut bench);
    assert_eq!(derived(work), Work::default());
    assert!((2..600).contains(&work.drawn) && work.held < 1_000, "what is in view is drawn: {work}");
    let name = format!("Company number {CARD}, company, on the map");
    assert!(bench.shows(&name), "and has its name");
    let work = work_of(&mut bench, moved);
    assert_moved(work);
    assert!(work.drawn < 20_000, "in a few frames: {work}");

    let work = work_of(&mut bench, |bench| hover(bench, CARD));
    assert_eq!(derived(work), Work::default());
}

/// Asserts that moving a card with some neighbors touched only nearby lanes, and no text, ranks or lists.
fn assert_moved(work: Work) {
    assert_eq!(work.texts, 0, "{work}");
    assert!((1..300).contains(&work.lanes), "{work}");
    assert!((2..600).contains(&work.made), "{work}");
    // Only the changed positions; no list is traversed.
    assert!(work.records <= 10, "{work}");
}
