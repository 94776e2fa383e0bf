//! Keys on the canvas: Tab over actors, arrows and pages over ties, several events in one frame.

use egui::{Event, Key, Modifiers, PointerButton, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::bench::{A, B, Bench, C, CENTERS, NAMES, harness, on_screen};
use crate::app::ask::command::AppCommand;
use crate::app::ask::selection::Selection;
use crate::model::{Item, TieId};

fn press(harness: &mut Harness<'_, Bench>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn focused(harness: &Harness<'_, Bench>) -> Option<String> {
    let nodes = harness.root().children_recursive();
    nodes.into_iter().find(egui_kittest::Node::is_focused).and_then(|node| node.accesskit_node().label())
}

fn actor(index: usize) -> String {
    format!("{}, company, on the map", NAMES[index])
}

/// Clicks the canvas where nothing is.
fn click_background(harness: &mut Harness<'_, Bench>) {
    let pos = on_screen(harness, CENTERS[1] + vec2(0.0, -60.0));
    for pressed in [true, false] {
        harness.event(Event::PointerMoved(pos));
        let button = PointerButton::Primary;
        harness.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
    }
    harness.run();
}

#[test]
fn tab_walks_the_actors_in_file_order_and_leaves_at_both_ends() {
    let mut harness = harness();
    click_background(&mut harness);
    assert_eq!(focused(&harness).as_deref(), Some("Map"));
    let order: Vec<String> = (0..NAMES.len()).map(actor).collect();
    for _ in 0..2 {
        for name in &order {
            press(&mut harness, Modifiers::NONE, Key::Tab);
            assert_eq!(focused(&harness).as_ref(), Some(name));
        }
        press(&mut harness, Modifiers::NONE, Key::Tab);
        assert_eq!(focused(&harness).as_deref(), Some("Zoom out"), "Tab leaves after the last actor");
        for name in order.iter().rev() {
            press(&mut harness, Modifiers::SHIFT, Key::Tab);
            assert_eq!(focused(&harness).as_ref(), Some(name));
        }
        press(&mut harness, Modifiers::SHIFT, Key::Tab);
        assert_eq!(focused(&harness).as_deref(), Some("Map"), "Shift+Tab leaves before the first actor");
        // Neither the selection nor the view changes the order.
        harness.state_mut().selection = Selection::new([C, Item::Tie(TieId(1))]);
        press(&mut harness, Modifiers::NONE, Key::Num0);
    }
}

#[test]
fn pages_walk_over_the_ties_of_an_actor_and_tab_goes_on_from_it() {
    let mut harness = harness();
    press(&mut harness, Modifiers::NONE, Key::Tab);
    let walk = |harness: &mut Harness<'_, Bench>, key: Key| {
        press(harness, Modifiers::NONE, key);
        harness.state().selection.single()
    };
    let ties: [u32; 3] = [0, 1, 3];
    for tie in ties {
        assert_eq!(walk(&mut harness, Key::PageDown), Some(Item::Tie(TieId(tie))));
        assert_eq!(focused(&harness), Some(format!("tie {tie}, on the map")));
    }
    assert_eq!(walk(&mut harness, Key::PageDown), Some(Item::Tie(TieId(0))), "around again");
    assert_eq!(walk(&mut harness, Key::PageUp), Some(Item::Tie(TieId(3))));
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(focused(&harness), Some(actor(1)), "the actor after the one whose ties were walked");
    press(&mut harness, Modifiers::SHIFT, Key::Tab);
    assert_eq!(focused(&harness), Some(actor(0)));
}

#[test]
fn a_screen_reader_can_focus_a_tie() {
    let mut harness = harness();
    harness.get_by_label("tie 2, on the map").focus();
    harness.run();
    assert_eq!(focused(&harness).as_deref(), Some("tie 2, on the map"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().selection, Selection::one(Item::Tie(TieId(2))));
}

#[test]
fn the_last_step_of_escape_takes_the_focus_back_to_the_canvas() {
    let mut harness = harness();
    press(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().selection, Selection::default());
    assert_eq!(focused(&harness), Some(actor(0)), "only the selection is cleared");
    harness.state_mut().canvas.leave_element();
    harness.run();
    assert_eq!(focused(&harness).as_deref(), Some("Map"));
}

#[test]
fn ctrl_and_enter_add_to_the_selection() {
    let mut harness = harness();
    press(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, Modifiers::COMMAND, Key::Enter);
    assert_eq!(harness.state().selection, Selection::new([A, B]));
}

#[test]
fn keys_of_one_frame_are_walked_one_after_the_other() {
    let walked = |keys: [Key; 2]| {
        let mut harness = harness();
        harness.state_mut().selection = Selection::one(A);
        harness.run();
        let key =
            |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
        harness.input_mut().events.extend(keys.map(key));
        harness.run();
        let selected = harness.state().log.iter().filter_map(|command| match command {
            AppCommand::Select(selection) => selection.single(),
            _ => None,
        });
        selected.collect::<Vec<_>>()
    };
    assert_eq!(walked([Key::ArrowRight, Key::ArrowLeft]), [B, A]);
    assert_eq!(walked([Key::ArrowDown, Key::ArrowUp]), [C, A]);
}

#[test]
fn a_click_is_read_with_the_modifiers_of_its_button() {
    let mut harness = harness();
    harness.state_mut().selection = Selection::one(A);
    let pos = harness.get_by_label(&actor(1)).rect().center();
    harness.hover_at(pos);
    harness.run();
    let ctrl = Modifiers { ctrl: true, ..Modifiers::COMMAND };
    let button = |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: ctrl };
    let events = [Event::ModifiersChanged(ctrl), button(true), button(false), Event::ModifiersChanged(Modifiers::NONE)];
    harness.input_mut().events.extend(events);
    harness.run();
    assert_eq!(harness.state().selection, Selection::new([A, B]));
}
