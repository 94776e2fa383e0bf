//! Tests of maps that are derived by a job, with limits so low that a small map is one.

use std::sync::Arc;

use egui::{Context, ThemePreference};
use emath::vec2;

use crate::document::Command;
use crate::document::edit::{self, Field, FieldValue};
use crate::model::{Actor, ActorId, Arrangement, Item, Placed};
use crate::scene::{Part, Shape};

use super::large_map::LargeLimits;
use super::progress_tests::{CARD, add_note, drag, home, seen, settle, start};
use super::{Derived, Pipeline};
use crate::app::session::Session;

fn started() -> (Context, Session, Pipeline) {
    let (ctx, mut session, mut pipeline) = start(true);
    pipeline.large.limits = LargeLimits { measured: 10, moved: 10 };
    settle(&mut pipeline, &ctx, &mut session);
    (ctx, session, pipeline)
}

fn set(session: &mut Session, field: Field, words: &str) {
    let value = match field {
        Field::Name => FieldValue::Words(words.to_owned()),
        _ => FieldValue::OptionalWords(Some(words.to_owned())),
    };
    let change = edit::set_field(&session.document, Item::Actor(CARD), field, value).expect("it can be set");
    session.edit(&change).expect("it fits");
}

/// Returns the name on the card.
fn name(pipeline: &Pipeline) -> String {
    let texts =
        pipeline.scene().items.iter().filter(|item| item.part == Part::Card(CARD)).flat_map(|item| &item.shapes);
    let mut lines = texts.filter_map(|shape| match shape {
        Shape::Text { text, .. } => Some(text.lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>().join(" ")),
        _ => None,
    });
    lines.next_back().unwrap_or_default()
}

#[test]
fn what_is_not_drawn_keeps_the_picture_and_what_is_drawn_follows() {
    let (ctx, mut session, mut pipeline) = started();
    let picture = Arc::clone(pipeline.scene());
    set(&mut session, Field::Summary, "It grinds.");
    assert_eq!(pipeline.derive(&ctx, &mut session, None), Derived::Same);
    assert!(pipeline.task().is_some());
    settle(&mut pipeline, &ctx, &mut session);
    assert!(Arc::ptr_eq(&picture, pipeline.scene()));

    let places = session.document.look.positions.clone();
    // The second takes the place of the first, whose job is not waited for.
    set(&mut session, Field::Name, "Old mill");
    pipeline.derive(&ctx, &mut session, None);
    set(&mut session, Field::Name, "New mill");
    settle(&mut pipeline, &ctx, &mut session);
    assert_eq!(name(&pipeline), "New mill");
    assert_eq!(session.document.look.positions, places);
    session.undo().expect("it fits");
    settle(&mut pipeline, &ctx, &mut session);
    assert_eq!(name(&pipeline), "Old mill");
}

#[test]
fn a_dropped_card_stays_and_is_told_where_it_is_until_the_job_has_ended() {
    let (ctx, mut session, mut pipeline) = started();
    let (before, way) = (seen(&pipeline), vec2(31.0, 17.0));
    let (drag, command) = drag(&[CARD], way);
    pipeline.derive(&ctx, &mut session, Some(&drag));
    session.change(command);
    pipeline.derive(&ctx, &mut session, None);
    assert!(pipeline.task().is_some());
    assert!((seen(&pipeline) - before - way).length() < 0.1, "{:?} is not where it was dropped", seen(&pipeline));
    assert_eq!(pipeline.moved().get(&Placed::Actor(CARD)), Some(&(home(CARD.0) + way)));
    settle(&mut pipeline, &ctx, &mut session);
    assert!((seen(&pipeline) - before - way).length() < 0.1 && pipeline.moved().is_empty());
    session.undo().expect("it fits");
    settle(&mut pipeline, &ctx, &mut session);
    assert!((seen(&pipeline) - before).length() < 0.1 && pipeline.moved().is_empty());
}

#[test]
fn a_note_is_no_reason_to_begin_anew_and_is_drawn() {
    let (ctx, mut session, mut pipeline) = started();
    set(&mut session, Field::Name, "New mill");
    pipeline.derive(&ctx, &mut session, None);
    let step = session.history.latest();
    add_note(&mut session);
    pipeline.derive(&ctx, &mut session, None);
    let super::LayoutState::Running { cause, .. } = &pipeline.progress else { panic!("it has ended") };
    assert_eq!(*cause, step, "it was not begun anew");
    settle(&mut pipeline, &ctx, &mut session);
    assert_eq!(name(&pipeline), "New mill");
    assert!(pipeline.scene().items.iter().any(|item| matches!(item.part, Part::Note(_))));
}

#[test]
fn a_theme_changed_meanwhile_is_that_of_the_picture() {
    let (ctx, mut session, mut pipeline) = started();
    let background = pipeline.scene().background;
    set(&mut session, Field::Name, "New mill");
    pipeline.derive(&ctx, &mut session, None);
    ctx.set_theme(ThemePreference::Light);
    settle(&mut pipeline, &ctx, &mut session);
    assert_eq!(name(&pipeline), "New mill");
    assert_ne!(pipeline.scene().background, background);
}

#[test]
fn computed_places_are_those_of_the_document_and_giving_up_takes_the_step_back() {
    let (ctx, mut session, mut pipeline) = started();
    let places = session.document.look.positions.clone();
    let again = Command::LayOutAgain { arrangement: Arrangement::Circle, seed: 3 };
    session.change(again.clone());
    pipeline.derive(&ctx, &mut session, None);
    pipeline.cancel(&ctx, &mut session);
    assert_eq!((session.history.undo_label(), &session.document.look.positions), (None, &places));
    settle(&mut pipeline, &ctx, &mut session);
    session.change(again);
    settle(&mut pipeline, &ctx, &mut session);
    assert!(session.document.look.positions != places);
    for (placed, rect) in pipeline.boxes().collect::<Vec<_>>() {
        let place = session.document.look.positions.get(&placed).expect("a place");
        assert!((*place - rect.center()).length() < 0.01, "{place:?}, {:?}", rect.center());
    }
}

#[test]
fn an_edit_that_is_undone_at_once_needs_no_picture() {
    let (ctx, mut session, mut pipeline) = started();
    let picture = Arc::clone(pipeline.scene());
    set(&mut session, Field::Name, "New mill");
    pipeline.derive(&ctx, &mut session, None);
    session.undo().expect("it fits");
    assert_eq!(pipeline.derive(&ctx, &mut session, None), Derived::Settled);
    assert!(pipeline.is_settled() && Arc::ptr_eq(&picture, pipeline.scene()));
}

#[test]
fn giving_up_a_later_step_leaves_no_earlier_one_undrawn() {
    let (ctx, mut session, mut pipeline) = started();
    // Moves alone are drawn at once, also that of the step taken back.
    pipeline.large.limits.moved = usize::MAX;
    session.change(Command::Hide(vec![Item::Actor(ActorId(1))]));
    pipeline.derive(&ctx, &mut session, None);
    session.change(drag(&[CARD], vec2(31.0, 17.0)).1);
    pipeline.derive(&ctx, &mut session, None);
    pipeline.cancel(&ctx, &mut session);
    assert_eq!(session.history.undo_label().map(|label| label.contains("Move")), Some(false), "the move is taken back");
    settle(&mut pipeline, &ctx, &mut session);
    assert!(pipeline.scene().items.iter().all(|item| item.part != Part::Card(ActorId(1))), "it is hidden");
}

#[test]
fn giving_up_takes_note_of_what_was_edited_in_the_same_frame() {
    let (ctx, mut session, mut pipeline) = started();
    session.change(Command::LayOutAgain { arrangement: Arrangement::Circle, seed: 3 });
    pipeline.derive(&ctx, &mut session, None);
    let weir = Actor { key: "weir".into(), name: "Weir".to_owned(), ..Actor::default() };
    session.edit(&edit::add_actor(&session.document, weir).1).expect("it fits");
    pipeline.cancel(&ctx, &mut session);
    settle(&mut pipeline, &ctx, &mut session);
    assert_eq!(pipeline.shown().actors().count(), session.document.map.actors().len());
}

#[test]
fn an_edit_during_a_drag_keeps_nothing_of_the_drag() {
    let (ctx, mut session, mut pipeline) = started();
    let before = seen(&pipeline);
    let (drag, _) = drag(&[CARD], vec2(31.0, 17.0));
    pipeline.derive(&ctx, &mut session, Some(&drag));
    set(&mut session, Field::Summary, "It grinds.");
    pipeline.derive(&ctx, &mut session, Some(&drag));
    pipeline.derive(&ctx, &mut session, None);
    assert!((seen(&pipeline) - before).length() < 0.1, "the drag was given up");
    settle(&mut pipeline, &ctx, &mut session);
    assert!((seen(&pipeline) - before).length() < 0.1);
}
