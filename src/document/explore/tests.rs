//! Tests of exploring on a star whose last leaf leads on.

use std::sync::Arc;

use emath::{Pos2, pos2};
use imbl::OrdSet;
use rust_decimal::Decimal;

use super::{MOST_AT_ONCE, NeighborChoice, bring_in, start_from, take_away, unseen_count, unseen_neighbors};
use super::{among, show_whole_map};
use crate::document::{Command, Document, Filter, History};
use crate::model::fixture;
use crate::model::{Actor, ActorId, Claim, Date, Ends, Item, Map, MapParts, Party, Placed, Tie, TieId, TieKindId};

const HUB: ActorId = ActorId(0);
/// Leaves of the hub; the first two are tied to each other, the last one leads on.
const LEAVES: u32 = 30;
const LAST: ActorId = ActorId(LEAVES);
/// Beyond the last leaf; both share a tie of several parties with it.
const FAR: [ActorId; 2] = [ActorId(LEAVES + 1), ActorId(LEAVES + 2)];
const PARTIES: TieId = TieId(LEAVES + 1);

fn tie(number: usize, ends: Ends) -> Tie {
    let key = format!("t{number}").as_str().into();
    Tie { kind: TieKindId(number as u32 % 2), ends, is_directed: true, claim: Claim { key, ..Claim::default() } }
}

fn map() -> Map {
    let kinds = fixture::parts();
    let actor = |index: u32| Actor {
        key: format!("a{index}").as_str().into(),
        name: format!("Actor {index}"),
        kind: (index % 2 == 0).then_some(crate::model::ActorKindId(0)),
        ..Actor::default()
    };
    let pair = |from: u32, to: u32| Ends::Pair { from: ActorId(from), to: ActorId(to) };
    let mut ends: Vec<Ends> = (1..=LEAVES).map(|leaf| pair(0, leaf)).collect();
    ends.push(pair(1, 2));
    let party = |actor| Party { actor, role: None };
    ends.push(Ends::Parties([LAST, FAR[0], FAR[1]].map(party).into()));
    let mut ties: Vec<Tie> = ends.into_iter().enumerate().map(|(number, ends)| tie(number, ends)).collect();
    ties[6].claim.metadata.weight = Some(Decimal::TEN);
    ties[7].claim.start = Date::parse("2019-05").ok();
    Map::new(MapParts {
        actor_kinds: kinds.actor_kinds,
        tie_kinds: kinds.tie_kinds,
        actors: (0..LEAVES + 3).map(actor).collect(),
        ties,
        ..MapParts::default()
    })
    .expect("a sound map")
}

/// Every card and the hub at a place of its own.
fn placed() -> Document {
    let document = Document::new(Arc::new(map()), Arc::default());
    let places = document.map.actor_ids().map(Placed::Actor).chain([Placed::Hub(PARTIES)]);
    let places: Vec<(Placed, Pos2)> = places.zip((0..).map(|x| pos2(x as f32, 7.0))).collect();
    document.with(Command::Move(places))
}

fn shown(document: &Document) -> Vec<ActorId> {
    document.shown().actors().collect()
}

fn bring(document: &Document, of: &[ActorId], choice: NeighborChoice, most: usize) -> Document {
    document.with(bring_in(&document.map, &document.look, of, choice, most).expect("neighbors"))
}

fn start(document: &Document, most: usize) -> Document {
    document.with(start_from(&document.map, &document.look, HUB, 1, most))
}

#[test]
fn a_start_shows_the_strongest_ties_and_counts_the_rest() {
    let document = start(&placed(), MOST_AT_ONCE);
    let seen = shown(&document);
    assert_eq!(seen.len(), MOST_AT_ONCE + 1);
    // By weight, then by the number of ties of the neighbor.
    assert!(seen.contains(&ActorId(7)) && seen.contains(&LAST));
    let of_two = start(&placed(), 2);
    assert_eq!(shown(&of_two), [HUB, ActorId(1), ActorId(7)]);
    let count = |actor| unseen_count(&of_two.map, &of_two.look, actor);
    assert_eq!((count(HUB), count(ActorId(1)), count(ActorId(7))), (LEAVES as usize - 2, 1, 0));
}

#[test]
fn further_actors_are_reached_over_ties_of_several_parties() {
    let document = placed();
    let reached = |hops| shown(&document.with(start_from(&document.map, &document.look, HUB, hops, 100))).len();
    assert_eq!((reached(0), reached(1), reached(2)), (1, LEAVES as usize + 1, LEAVES as usize + 3));
}

#[test]
fn neighbors_are_chosen_by_kind_year_and_number() {
    let alone = placed().with(among([HUB]));
    let chosen = |choice| shown(&bring(&alone, &[HUB], choice, 100)).len() - 1;
    assert_eq!(chosen(NeighborChoice::All), LEAVES as usize);
    assert_eq!(chosen(NeighborChoice::ActorKind(None)), LEAVES as usize / 2);
    assert_eq!(chosen(NeighborChoice::TieKind(TieKindId(1))), LEAVES as usize / 2);
    assert_eq!(chosen(NeighborChoice::Year(2019)), 1);
    let none = bring_in(&alone.map, &alone.look, &[HUB], NeighborChoice::Year(1900), 100);
    assert_eq!(none, None, "nothing to do");
    let heaviest = bring(&alone, &[HUB], NeighborChoice::All, 1);
    assert_eq!(shown(&heaviest), [HUB, ActorId(7)]);
    let label =
        bring_in(&alone.map, &alone.look, &[HUB], NeighborChoice::All, 12).expect("neighbors").label(&alone.map);
    assert_eq!(label, "Show 12 neighbors of Actor 0");
}

#[test]
fn only_neighbors_that_lead_nowhere_else_are_taken_away() {
    let document = start(&placed(), 100);
    let document = bring(&document, &[LAST], NeighborChoice::All, 100);
    let away = take_away(&document.map, &document.look, &[HUB]).expect("neighbors");
    assert_eq!(away.label(&document.map), "Take away 29 neighbors of Actor 0");
    let document = document.with(away);
    assert_eq!(shown(&document), [HUB, LAST, FAR[0], FAR[1]], "even the two that are tied to each other go");
    let document = document.with(take_away(&document.map, &document.look, &[LAST]).expect("neighbors"));
    assert_eq!(shown(&document), [LAST], "the rest is tied to the last leaf alone");
    assert_eq!(take_away(&document.map, &document.look, &[LAST]), None);
}

#[test]
fn what_is_hidden_or_filtered_out_is_not_counted() {
    let alone = placed().with(among([HUB]));
    let count = |document: &Document| unseen_neighbors(&document.map, &document.look, &[HUB]).len();
    assert_eq!(count(&alone), LEAVES as usize);
    assert_eq!(count(&alone.with(Command::Hide(vec![Item::Actor(LAST), Item::Tie(TieId(0))]))), LEAVES as usize - 2);
    let filter = Filter { hidden_actor_kinds: [None].into(), ..Filter::default() };
    assert_eq!(count(&alone.with(Command::SetFilter(filter))), LEAVES as usize / 2);
}

#[test]
fn the_least_number_of_ties_counts_ties_of_the_whole_map() {
    let least = |least| Command::SetFilter(Filter { min_ties: Some(least), ..Filter::default() });
    let document = placed().with(least(2));
    assert_eq!(shown(&document), [HUB, ActorId(1), ActorId(2), LAST]);
    let alone = document.with(among([LAST]));
    assert_eq!(shown(&alone), [LAST], "it has two ties, though none is shown");
    assert_eq!(unseen_count(&alone.map, &alone.look, LAST), 1, "the two beyond have one tie each");
    assert_eq!(shown(&document.with(least(3))), [HUB]);
}

#[test]
fn places_are_set_aside_and_come_back() {
    let whole = placed();
    let pinned = whole.with(Command::Pin(vec![ActorId(7)]));
    let explored = pinned.with(start_from(&pinned.map, &pinned.look, LAST, 1, 100));
    let place = |document: &Document, placed| document.look.positions.get(&placed).copied();
    let places = [Placed::Actor(LAST), Placed::Actor(FAR[0]), Placed::Hub(PARTIES), Placed::Actor(HUB)];
    assert!(places.iter().all(|&placed| place(&explored, placed).is_none()), "laid out anew");
    let aside = Placed::Actor(ActorId(3));
    assert_eq!(place(&explored, aside), place(&whole, aside), "what is not shown keeps its place");
    let moved = explored.with(Command::Move(places.iter().map(|&placed| (placed, pos2(900.0, 900.0))).collect()));
    let more = bring(&moved, &[HUB], NeighborChoice::All, 100);
    assert_eq!(place(&more, places[0]), Some(pos2(900.0, 900.0)), "what is there stays");
    assert_eq!(place(&more, Placed::Actor(ActorId(7))), place(&whole, Placed::Actor(ActorId(7))), "pinned");
    let fewer = more.with(take_away(&more.map, &more.look, &[LAST]).expect("neighbors"));
    assert!(places[1..3].iter().all(|&placed| place(&fewer, placed) == place(&whole, placed)), "gone with its hub");
    let back = fewer.with(show_whole_map());
    assert_eq!(back.look.positions, whole.look.positions);
    assert!(back.look.set_aside.is_empty() && back.look.shown.is_none());
}

#[test]
fn each_step_is_undone_by_itself() {
    let whole = placed();
    let mut history = History::default();
    let mut document = whole.clone();
    let mut states = vec![whole.clone()];
    for step in 0..4 {
        let (map, look) = (&document.map, &document.look);
        let command = match step {
            0 => start_from(map, look, HUB, 1, 3),
            1 => bring_in(map, look, &[HUB], NeighborChoice::All, 5).expect("neighbors"),
            2 => take_away(map, look, &[HUB]).expect("neighbors"),
            _ => show_whole_map(),
        };
        let applied = document.apply(&command.transaction(&document)).expect("it fits");
        history.record(applied.inverse);
        document = applied.document.with_settled([(Placed::Actor(HUB), pos2(1.0, 1.0))]);
        states.push(document.clone());
    }
    assert_eq!(document.look, whole.look);
    for before in states.iter().rev().skip(1) {
        let (undone, _) = history.undo(&document).expect("a step").expect("it fits");
        assert_eq!((&undone.look.shown, shown(&undone)), (&before.look.shown, shown(before)));
        document = undone;
    }
    assert_eq!(document.look, whole.look);
}

#[test]
fn a_removed_actor_leaves_the_explored_part_and_returns_with_it() {
    let document = start(&placed(), 100);
    let removal = crate::document::edit::remove(&document, &[Item::Actor(ActorId(3))]).expect("it can go");
    let applied = document.apply(&removal).expect("it fits");
    let is_in = |document: &Document| document.look.shown.as_ref().is_some_and(|shown| shown.contains(&ActorId(3)));
    assert!(is_in(&document) && !is_in(&applied.document));
    let back = applied.document.apply(&applied.inverse).expect("it fits").document;
    assert_eq!(back.look, document.look);
}

#[test]
fn showing_an_actor_again_brings_it_in() {
    let document = start(&placed(), 1).with(Command::Hide(vec![Item::Actor(HUB)]));
    let document = document.with(Command::Show(vec![Item::Actor(HUB), Item::Tie(PARTIES)]));
    assert_eq!(shown(&document), [HUB, ActorId(7), LAST, FAR[0], FAR[1]]);
    let expected: OrdSet<ActorId> = shown(&document).into_iter().collect();
    assert_eq!(document.look.shown, Some(expected));
}
