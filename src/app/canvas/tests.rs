//! Tests that drive the canvas by role and label.

mod bench;
mod keyboard;
mod slow {
    mod far_layer;
    mod pixels;
}

use std::sync::Arc;

use egui::{Event, Key, Modifiers, MouseWheelUnit, TouchPhase, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::document::{Command, Document};
use crate::load::Origin;
use crate::model::{ActorId, FactId, Item, Map, MapParts, Placed, SourceId, TieId};

use self::bench::{A, AB, B, Bench, C, CENTERS, NAMES, drag, harness, map, on_screen};
use crate::app::ask::command::AppCommand;
use crate::app::ask::selection::Selection;

#[test]
fn a_click_on_a_name_selects_and_on_nothing_clears() {
    let mut harness = harness();
    harness.get_by_label("Anchor, company, on the map").click();
    harness.run();
    assert_eq!(harness.state().selection, Selection::one(A));
    harness.get_by_label("tie 0, on the map").click();
    harness.run();
    assert_eq!(harness.state().selection, Selection::one(AB));
    harness.get_by_label("Breakwater, company, on the map").click_modifiers(Modifiers::COMMAND);
    harness.run();
    assert_eq!(harness.state().selection, Selection::new([AB, B]));
    let empty = on_screen(&harness, pos2(150.0, 220.0));
    harness.drag_at(empty);
    harness.drop_at(empty);
    harness.run();
    assert_eq!(harness.state().selection, Selection::default());
    assert_eq!(harness.state().log.len(), 4, "{:?}", harness.state().log);
}

#[test]
fn a_second_click_keeps_the_selection_and_a_double_click_focuses() {
    let mut harness = harness();
    for _ in 0..2 {
        harness.get_by_label("Anchor, company, on the map").click();
        harness.step();
    }
    harness.run();
    assert_eq!(harness.state().selection, Selection::one(A));
    assert!(harness.state().log.iter().any(|command| matches!(command, AppCommand::FocusNeighborhood(ActorId(0)))));
}

#[test]
fn dragging_a_card_moves_it_with_one_command() {
    let mut harness = harness();
    let from = on_screen(&harness, CENTERS[1] + vec2(20.0, 5.0));
    let scale = harness.state().canvas.camera.goal().scale;
    drag(&mut harness, from, from + vec2(60.0, -30.0), Modifiers::NONE);
    let [AppCommand::Change(Command::Move(moved))] = harness.state().log.as_slice() else {
        panic!("{:?}", harness.state().log)
    };
    let [(Placed::Actor(ActorId(1)), pos)] = moved.as_slice() else { panic!("{moved:?}") };
    let expected = CENTERS[1] + vec2(60.0, -30.0) / scale;
    assert!(pos.distance(expected) < 0.5, "{pos:?} {expected:?}");
}

#[test]
fn dragging_one_of_the_selected_moves_them_all() {
    let mut harness = harness();
    harness.state_mut().selection = Selection::new([A, C, AB]);
    harness.run();
    let from = on_screen(&harness, CENTERS[0]);
    drag(&mut harness, from, from + vec2(40.0, 40.0), Modifiers::NONE);
    let [AppCommand::Change(Command::Move(moved))] = harness.state().log.as_slice() else {
        panic!("{:?}", harness.state().log)
    };
    let placed: Vec<_> = moved.iter().map(|(placed, _)| *placed).collect();
    assert_eq!(placed, [Placed::Actor(ActorId(0)), Placed::Actor(ActorId(2))]);
}

#[test]
fn dragging_a_pill_bends_its_lane() {
    let mut harness = harness();
    let from = on_screen(&harness, pos2(200.0, 0.0));
    let scale = harness.state().canvas.camera.goal().scale;
    drag(&mut harness, from, from + vec2(0.0, 50.0), Modifiers::NONE);
    let [AppCommand::Change(Command::Bend(TieId(0), Some(bend)))] = harness.state().log.as_slice() else {
        panic!("{:?}", harness.state().log)
    };
    assert!((bend.along - 0.5).abs() < 0.01 && (bend.across - 50.0 / scale).abs() < 0.5, "{bend:?}");
}

#[test]
fn dragging_the_pill_of_three_parties_moves_the_hub() {
    let mut harness = harness();
    let from = on_screen(&harness, pos2(250.0, 150.0));
    drag(&mut harness, from, from + vec2(30.0, 10.0), Modifiers::NONE);
    let log = &harness.state().log;
    assert!(
        matches!(log.as_slice(), [AppCommand::Change(Command::Move(moved))] if moved[0].0 == Placed::Hub(TieId(3))),
        "{log:?}"
    );
}

#[test]
fn dragging_the_background_pans() {
    let mut harness = harness();
    let world = pos2(150.0, 220.0);
    let from = on_screen(&harness, world);
    drag(&mut harness, from, from + vec2(-70.0, 25.0), Modifiers::NONE);
    let moved = on_screen(&harness, world) - from;
    assert!((moved - vec2(-70.0, 25.0)).length() < 1.5, "{moved:?}");
    assert!(harness.state().log.is_empty(), "{:?}", harness.state().log);
}

#[test]
fn a_box_with_shift_selects_what_it_holds() {
    let mut harness = harness();
    let from = on_screen(&harness, pos2(-85.0, -35.0));
    let to = on_screen(&harness, pos2(500.0, 60.0));
    drag(&mut harness, from, to, Modifiers::SHIFT);
    assert_eq!(harness.state().selection, Selection::new([A, B, AB]));
}

#[test]
fn a_notched_wheel_zooms_at_the_pointer_and_a_trackpad_pans() {
    let mut harness = harness();
    let world = pos2(390.0, 10.0);
    let pointer = on_screen(&harness, world);
    let scale = harness.state().canvas.camera.goal().scale;
    harness.hover_at(pointer);
    harness.step();
    let wheel = |unit, delta| Event::MouseWheel { unit, delta, phase: TouchPhase::Move, modifiers: Modifiers::NONE };
    harness.event(wheel(MouseWheelUnit::Line, vec2(0.0, 3.0)));
    harness.run();
    let zoomed = harness.state().canvas.camera.goal().scale;
    assert!((zoomed / scale).ln() > 0.25 && (zoomed / scale).ln() < 0.35, "{scale} {zoomed}");
    assert!(on_screen(&harness, world).distance(pointer) < 1.0);
    harness.event(wheel(MouseWheelUnit::Point, vec2(5.0, -7.0)));
    harness.run();
    assert!((harness.state().canvas.camera.goal().scale - zoomed).abs() < 1e-6);
    assert!((on_screen(&harness, world) - pointer - vec2(5.0, -7.0)).length() < 1.0);
    harness.event(Event::Zoom(0.5));
    harness.run();
    assert!((harness.state().canvas.camera.goal().scale - zoomed * 0.5).abs() < 1e-4);
}

#[test]
fn arrows_walk_along_ties() {
    let mut harness = harness();
    let walk = |harness: &mut Harness<'_, Bench>, key| {
        harness.key_press(key);
        harness.run();
        harness.state().selection.single()
    };
    harness.state_mut().selection = Selection::one(A);
    assert_eq!(walk(&mut harness, Key::ArrowRight), Some(B));
    assert_eq!(walk(&mut harness, Key::ArrowRight), Some(B), "nothing lies further to the right");
    assert_eq!(walk(&mut harness, Key::ArrowLeft), Some(A));
    assert_eq!(walk(&mut harness, Key::ArrowDown), Some(C));
    assert!(harness.get_by_label("Crane, company, on the map").is_focused());
    harness.state_mut().selection = Selection::one(AB);
    harness.get_by_label("tie 0, on the map").focus();
    harness.run();
    assert_eq!(walk(&mut harness, Key::ArrowLeft), Some(A));
    assert_eq!(walk(&mut harness, Key::Escape), None);
}

#[test]
fn tab_reaches_every_actor_and_enter_selects() {
    let mut harness = harness();
    for name in NAMES {
        harness.key_press(Key::Tab);
        harness.run();
        assert!(harness.get_by_label(&format!("{name}, company, on the map")).is_focused(), "{name}");
    }
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().selection, Selection::one(Item::Actor(ActorId(3))));
    harness.get_by_label("tie 1, on the map").click_accesskit();
    harness.run();
    assert_eq!(harness.state().selection, Selection::one(Item::Tie(TieId(1))));
}

#[test]
fn focus_brings_what_is_outside_into_view() {
    let mut harness = harness();
    harness.get_by_label("Zoom to 100 %").click();
    harness.run();
    assert!((harness.state().canvas.camera.goal().scale - 1.0).abs() < 1e-6);
    let away = on_screen(&harness, pos2(150.0, 220.0));
    drag(&mut harness, away, away + vec2(0.0, -300.0), Modifiers::NONE);
    assert!(on_screen(&harness, CENTERS[0]).y < 0.0, "{:?}", on_screen(&harness, CENTERS[0]));
    harness.key_press(Key::Tab);
    harness.run();
    assert!(on_screen(&harness, CENTERS[0]).y > 30.0, "{:?}", on_screen(&harness, CENTERS[0]));
}

#[test]
fn buttons_and_keys_change_the_zoom() {
    let mut harness = harness();
    let fitted = harness.state().canvas.camera.goal().scale;
    harness.get_by_label("Zoom in").click();
    harness.run();
    assert!((harness.state().canvas.camera.goal().scale / fitted - super::ZOOM_STEP).abs() < 1e-3);
    harness.key_press(Key::Num0);
    harness.run();
    assert!((harness.state().canvas.camera.goal().scale - 1.0).abs() < 1e-6);
    harness.key_press(Key::F);
    harness.run();
    assert!((harness.state().canvas.camera.goal().scale - fitted).abs() < 1e-4);
}

#[test]
fn what_is_not_adjacent_fades_and_then_all_is_at_rest() {
    let mut harness = harness();
    harness.get_by_label("Crane, company, on the map").click();
    // The harness panics if repaints don't stop.
    harness.run();
    let delay = harness.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min();
    assert!(delay.is_none_or(|delay| delay > std::time::Duration::from_secs(5)), "{delay:?}");
    let canvas = &mut harness.state_mut().canvas;
    let mut strengths = Vec::new();
    let map_graph = canvas.map_graph.as_mut().expect("a mirror");
    map_graph.for_each_drawn(|drawn| strengths.push(drawn.strength()));
    // Anchor, Breakwater, Crane, Dock and the hub, then the ties of two actors.
    let is_bright: Vec<bool> = strengths.into_iter().map(|strength| strength > 0.99).collect();
    assert_eq!(is_bright, [true, false, true, false, false, false, true, true]);
}

#[test]
fn hovering_tells_the_name_and_then_all_is_at_rest() {
    let mut harness = harness();
    let over = on_screen(&harness, CENTERS[3] + vec2(40.0, 0.0));
    harness.hover_at(over);
    harness.run_steps(30);
    harness.run();
    assert_eq!(harness.state().canvas.hovered, Some(Item::Actor(ActorId(3))));
    assert_eq!(harness.get_all_by_label("Dock, company, on the map").count(), 2, "its area and the tooltip");
    let empty = on_screen(&harness, pos2(150.0, 220.0));
    harness.hover_at(empty);
    harness.run();
    assert_eq!(harness.state().canvas.hovered, None);
    assert_eq!(harness.get_all_by_label("Dock, company, on the map").count(), 1);
}

#[test]
fn a_scene_of_an_earlier_map_is_shown_without_a_panic() {
    let mut harness = harness();
    harness.state_mut().selection = Selection::new([A, AB, Item::Fact(FactId(7)), Item::Source(SourceId(9))]);
    harness.run();
    let shorter = MapParts { actors: map().actors().values().take(1).cloned().collect(), ..MapParts::default() };
    harness.state_mut().document =
        Document::new(Arc::new(Map::new(shorter).expect("a sound map")), Arc::new(Origin::default()))
            .with(Command::ShowAll);
    let over = on_screen(&harness, CENTERS[3]);
    harness.hover_at(over);
    harness.run();
    assert_eq!(harness.state().canvas.hovered, None, "the map has no such actor");
    drag(&mut harness, over, over + vec2(20.0, 20.0), Modifiers::NONE);
    assert!(harness.state().log.is_empty(), "{:?}", harness.state().log);
}

#[test]
fn what_fades_stays_faded_while_something_is_dragged() {
    let mut harness = harness();
    harness.state_mut().selection = Selection::one(C);
    harness.run();
    let from = on_screen(&harness, CENTERS[2]);
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + vec2(50.0, 0.0));
    harness.run_steps(2);
    let mut strengths = Vec::new();
    let map_graph = harness.state_mut().canvas.map_graph.as_mut().expect("a mirror");
    map_graph.for_each_drawn(|drawn| strengths.push(drawn.strength()));
    let is_bright: Vec<bool> = strengths.into_iter().map(|strength| strength > 0.3).collect();
    assert_eq!(is_bright, [true, false, true, false, false, false, true, true]);
}

#[test]
fn escape_gives_a_drag_up() {
    let mut harness = harness();
    let from = on_screen(&harness, CENTERS[0]);
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + vec2(50.0, 0.0));
    harness.step();
    assert!(harness.state().canvas.drag_under_way().is_some_and(|drag| !drag.moved().is_empty()));
    harness.key_press(Key::Escape);
    harness.step();
    assert!(harness.state().canvas.drag_under_way().is_none());
    harness.drop_at(from + vec2(60.0, 0.0));
    harness.run();
    assert!(harness.state().log.is_empty(), "{:?}", harness.state().log);
}
