//! Tests of layouts that outlast a frame: the picture shown meanwhile, and the effect of canceling.

use std::sync::Arc;

use egui::Context;
use emath::{Pos2, pos2, vec2};

use crate::document::{Command, Document};
use crate::model::{Actor, ActorId, Arrangement, Claim, Ends, Item, Map, MapParts, Placed, Tie, TieKind, TieKindId};
use crate::scene::Part;
use crate::text::Fonts;

use super::{Derived, Pipeline, ROUTED_AT_ONCE};
use crate::app::canvas::Drag;
use crate::app::session::Session;

pub(super) const CARD: ActorId = ActorId(7);

/// Enough ties that no job ends within the call that starts it.
const TIES: u32 = 600;

pub(super) fn home(index: u32) -> Pos2 {
    pos2((index % 20) as f32 * 260.0, (index / 20) as f32 * 160.0)
}

/// Creates a session with more actors than are routed within a frame, on a grid if `has_places`.
pub(super) fn session(has_places: bool) -> Session {
    let count = ROUTED_AT_ONCE as u32 + 30;
    let actor =
        |index: u32| Actor { key: format!("a{index}").into(), name: format!("Mill {index}"), ..Actor::default() };
    let tie = |index: u32| Tie {
        kind: TieKindId(0),
        ends: Ends::Pair { from: ActorId(index % count), to: ActorId((index * 7 + 1 + index / count) % count) },
        is_directed: true,
        claim: Claim { key: format!("t{index}").into(), ..Claim::default() },
    };
    let kind = TieKind {
        key: "loan".into(),
        label: "Loan".to_owned(),
        verb: None,
        is_directed: true,
        color: None,
        icon: None,
        is_listed: true,
        is_auto: false,
    };
    let map = Map::new(MapParts {
        tie_kinds: vec![kind],
        actors: (0..count).map(actor).collect(),
        // Without positions everything is laid out; fewer ties keep that fast.
        ties: (0..if has_places { TIES } else { TIES / 20 }).map(tie).collect(),
        ..MapParts::default()
    })
    .expect("a sound map");
    let document = Document::new(Arc::new(map), Arc::default());
    let places = (0..count).filter(|_| has_places).map(|index| (Placed::Actor(ActorId(index)), home(index)));
    Session::new(document.with_settled(places.collect::<Vec<_>>()), Vec::new())
}

/// Calls `derive` until the layout is complete.
pub(super) fn settle(pipeline: &mut Pipeline, ctx: &Context, session: &mut Session) {
    for _ in 0..20_000 {
        pipeline.derive(ctx, session, None);
        if pipeline.is_settled() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    panic!("never laid out");
}

pub(super) fn start(has_places: bool) -> (Context, Session, Pipeline) {
    let ctx = Context::default();
    ctx.all_styles_mut(|style| style.animation_time = 0.0);
    (ctx, session(has_places), Pipeline::new(Arc::new(Fonts::new())))
}

/// Returns the center of the card in the current scene.
pub(super) fn seen(pipeline: &Pipeline) -> Pos2 {
    let item = pipeline.scene().items.iter().find(|item| item.part == Part::Card(CARD)).expect("the card");
    item.shapes.iter().map(crate::scene::Shape::bounds).reduce(|all, rect| all | rect).expect("shapes").center()
}

fn move_by(session: &mut Session, card: ActorId, way: emath::Vec2) {
    let to = home(card.0) + way;
    session.change(Command::Move(vec![(Placed::Actor(card), to)]));
}

pub(super) fn add_note(session: &mut Session) {
    let (_, command) = session.document.new_note("Ask", pos2(-900.0, -900.0));
    session.change(command);
}

/// Returns a drag that moves these cards by `way`, and the resulting command.
pub(super) fn drag(cards: &[ActorId], way: emath::Vec2) -> (Drag, Command) {
    let origins: Vec<(Placed, Pos2)> = cards.iter().map(|card| (Placed::Actor(*card), home(card.0))).collect();
    let moved: Vec<(Placed, Pos2)> = origins.iter().map(|&(place, home)| (place, home + way)).collect();
    let from_in_world = home(CARD.0);
    let drag = Drag::Move { grabbed: Item::Actor(CARD), from_in_world, origins, moved: moved.clone() };
    (drag, Command::Move(moved))
}

/// Returns all cards.
fn all_cards(session: &Session) -> Vec<ActorId> {
    session.document.map.actor_ids().collect()
}

fn assert_stays_where_dropped(cards: fn(&Session) -> Vec<ActorId>, takes_a_job: bool) {
    let (ctx, mut session, mut pipeline) = start(true);
    settle(&mut pipeline, &ctx, &mut session);
    let (before, way) = (seen(&pipeline), vec2(31.0, 17.0));
    let picture = Arc::clone(pipeline.scene());
    let (drag, command) = drag(&cards(&session), way);
    pipeline.derive(&ctx, &mut session, Some(&drag));
    assert!((seen(&pipeline) - before - way).length() < 0.1, "it follows");
    pipeline.derive(&ctx, &mut session, None);
    assert_eq!(**pipeline.scene(), *picture, "a drag that came to nothing leaves nothing");
    pipeline.derive(&ctx, &mut session, Some(&drag));
    let dragged = Arc::clone(pipeline.scene());
    session.change(command);
    for _ in 0..3 {
        pipeline.derive(&ctx, &mut session, None);
        assert!((seen(&pipeline) - before - way).length() < 0.1, "{:?} is not where it was dropped", seen(&pipeline));
        assert_eq!(**pipeline.scene(), *dragged, "and nothing else changes on release");
    }
    assert_eq!(pipeline.task().is_some(), takes_a_job);
    let center = pipeline.boxes().find(|(other, _)| *other == Placed::Actor(CARD)).map(|(_, rect)| rect.center());
    assert_eq!(center, Some(home(CARD.0) + way));
    settle(&mut pipeline, &ctx, &mut session);
    assert!((seen(&pipeline) - before - way).length() < 0.1);
}

#[test]
fn a_released_card_stays_where_it_was_dropped() {
    assert_stays_where_dropped(|_| vec![CARD], false);
}

#[test]
fn giving_up_takes_back_the_layouts_own_step() {
    let (ctx, mut session, mut pipeline) = start(true);
    settle(&mut pipeline, &ctx, &mut session);
    let (places, picture) = (session.document.look.positions.clone(), seen(&pipeline));
    session.change(Command::LayOutAgain { arrangement: Arrangement::Circle, seed: 3 });
    pipeline.derive(&ctx, &mut session, None);
    assert!(pipeline.task().is_some() && session.document.look.positions.is_empty());
    pipeline.cancel(&ctx, &mut session);
    assert_eq!(session.history.undo_label(), None);
    assert_eq!(session.document.look.positions, places);
    assert_eq!(pipeline.derive(&ctx, &mut session, None), Derived::Settled);
    assert!(pipeline.is_settled() && seen(&pipeline) == picture);
}

#[test]
fn giving_up_leaves_later_steps_alone() {
    let (ctx, mut session, mut pipeline) = start(true);
    settle(&mut pipeline, &ctx, &mut session);
    let (places, picture) = (session.document.look.positions.clone(), seen(&pipeline));
    session.change(Command::LayOutAgain { arrangement: Arrangement::Circle, seed: 3 });
    pipeline.derive(&ctx, &mut session, None);
    add_note(&mut session);
    pipeline.derive(&ctx, &mut session, None);
    assert!(pipeline.task().is_some(), "a note is no reason to begin anew");
    pipeline.cancel(&ctx, &mut session);
    assert_eq!(session.history.undo_label(), Some("Add a note"));
    assert_eq!(session.document.look.notes.len(), 1);
    assert_eq!(session.document.look.positions, places, "all went back to where it was");
    pipeline.derive(&ctx, &mut session, None);
    assert!(pipeline.is_settled() && seen(&pipeline) == picture);
}

#[test]
fn giving_up_after_an_undo_takes_nothing_more_back() {
    let (ctx, mut session, mut pipeline) = start(true);
    settle(&mut pipeline, &ctx, &mut session);
    move_by(&mut session, ActorId(1), vec2(40.0, 0.0));
    settle(&mut pipeline, &ctx, &mut session);
    let others: Vec<ActorId> = all_cards(&session).into_iter().filter(|card| *card != ActorId(1)).collect();
    session.change(drag(&others, vec2(0.0, 40.0)).1);
    settle(&mut pipeline, &ctx, &mut session);
    session.undo().expect("it fits");
    pipeline.derive(&ctx, &mut session, None);
    assert!(pipeline.task().is_some());
    pipeline.cancel(&ctx, &mut session);
    let places = &session.document.look.positions;
    assert_eq!(places.get(&Placed::Actor(ActorId(1))), Some(&(home(1) + vec2(40.0, 0.0))), "the first move stays");
    assert_eq!(places.get(&Placed::Actor(CARD)), Some(&home(CARD.0)));
    let center = pipeline.boxes().find(|(other, _)| *other == Placed::Actor(CARD)).map(|(_, rect)| rect.center());
    assert_eq!(center, Some(home(CARD.0)), "and the picture shows it");
}

#[test]
fn giving_up_the_first_layout_leaves_what_was_done_meanwhile() {
    let (ctx, mut session, mut pipeline) = start(false);
    pipeline.derive(&ctx, &mut session, None);
    assert!(pipeline.task().is_some());
    add_note(&mut session);
    pipeline.derive(&ctx, &mut session, None);
    assert_eq!(pipeline.cancel(&ctx, &mut session), Derived::Settled);
    assert_eq!(session.document.look.notes.len(), 1);
    assert_eq!(session.document.look.positions.len(), session.document.map.actors().len(), "all have a place");
    assert!(pipeline.is_settled() && !pipeline.scene().items.is_empty());
}

mod slow {
    use super::*;

    #[test]
    fn many_released_cards_stay_where_they_were_dropped() {
        assert_stays_where_dropped(all_cards, true);
    }
}
