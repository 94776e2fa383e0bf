//! Tests that an update costs in proportion to the change and has the same result as deriving everything again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::{Difference, PanelData, Picture, Shift, Work};
use crate::document::edit::{self, Field, FieldValue};
use crate::document::{Command, Document, Filter};
use crate::layout::NoProgress;
use crate::load::load_map;
use crate::model::{ActorId, BendPoint, Ends, Item, Placed, TieId};
use crate::scene::{Order, Part, Picker, SceneItem, Theme};
use crate::text::Fonts;

const SIDE: u32 = 20;
const CARD: u32 = 9 * SIDE + 8;

fn home(index: u32) -> Pos2 {
    pos2((index % SIDE) as f32 * 420.0, (index / SIDE) as f32 * 260.0)
}

/// Builds a grid of actors, each tied to its right and lower neighbor, with a three-party tie and a pair with many
/// ties.
fn document() -> Document {
    let count = SIDE * SIDE;
    let mut text = String::from("{ \"format\": \"tieline\", \"version\": \"1.0\", \"actors\": [");
    for index in 0..count {
        let _ = write!(text, r#"{{ "id": "a{index}", "name": "Mill {index}" }},"#);
    }
    text.push_str("], \"ties\": [");
    let mut number = 0;
    let mut tie = |text: &mut String, from: u32, to: u32| {
        number += 1;
        let _ = write!(text, r#"{{ "id": "t{number}", "kind": "loan", "from": "a{from}", "to": "a{to}" }},"#);
    };
    for index in 0..count {
        if index % SIDE + 1 < SIDE {
            tie(&mut text, index, index + 1);
        }
        if index + SIDE < count {
            tie(&mut text, index + SIDE, index);
        }
    }
    (0..12).for_each(|_| tie(&mut text, CARD, CARD + 1));
    let parties =
        [CARD, CARD + 2, CARD + 2 * SIDE].map(|actor| format!(r#"{{ "actor": "a{actor}", "role": "guest" }}"#));
    let _ = write!(text, r#"{{ "id": "deal", "kind": "deal", "parties": [{}] }},"#, parties.join(","));
    text.push_str("], \"views\": [{ \"id\": \"main\", \"positions\": {");
    for index in 0..count {
        let _ = write!(text, "\"a{index}\": [{}, {}],", home(index).x, home(index).y);
    }
    text.push_str("} }] }");
    let map = load_map(text.as_bytes(), "grid").expect("a map").map;
    let document = Document::new(Arc::new(map), Arc::default());
    let hub = document.map.tie_ids().last().expect("the deal");
    document.with_settled([(Placed::Hub(hub), home(CARD) + vec2(600.0, 390.0))])
}

fn picture(document: &Document, fonts: &Fonts) -> Picture {
    let input = super::build_request(document, fonts, 1.25);
    let layout = super::lay_out(&input, &NoProgress).expect("nobody cancels");
    Picture::new(Arc::clone(&document.map), input, layout, Theme::light(), &mut Work::default())
}

/// Returns the items of a picture by part.
fn items(picture: &Picture) -> BTreeMap<Part, Vec<Arc<SceneItem>>> {
    let mut items: BTreeMap<Part, Vec<Arc<SceneItem>>> = BTreeMap::new();
    for item in &picture.scene().items {
        items.entry(item.part).or_default().push(Arc::clone(item));
    }
    items
}

fn bounds(items: &[Arc<SceneItem>]) -> Rect {
    items.iter().flat_map(|item| &item.shapes).fold(Rect::NOTHING, |all, shape| all | shape.bounds())
}

fn move_card(document: &Document, way: Vec2) -> Document {
    document.with(Command::Move(vec![(Placed::Actor(ActorId(CARD)), home(CARD) + way)]))
}

/// Compares the index with one built from the same scene.
fn assert_indexed(picture: &Picture) {
    let anew = Picker::new(picture.scene());
    assert_eq!(picture.picker().record_count(), anew.record_count());
    for part in items(picture).into_keys() {
        let of = |picker: &Picker| -> Vec<Arc<SceneItem>> {
            picker.items(part).iter().map(|(_, item): &(Order, Arc<SceneItem>)| Arc::clone(item)).collect()
        };
        assert_eq!(of(picture.picker()), of(&anew), "{part:?}");
    }
    let around = home(CARD);
    for step in 0..3_000 {
        let at = around + vec2((step % 60) as f32 * 25.0 - 750.0, (step / 60) as f32 * 20.0 - 500.0);
        assert_eq!(picture.picker().pick(at, 6.0), anew.pick(at, 6.0), "{at:?}");
        let view = Rect::from_center_size(at, vec2(90.0, 70.0));
        assert_eq!(picture.picker().in_view(view), anew.in_view(view));
    }
    let left_out = picture.labels_left_out();
    let plan = &picture.input().plan;
    let lanes = plan.lines.iter().zip(&picture.layout().lanes);
    let lacks =
        lanes.filter(|(line, lane)| line.party.is_none() && plan.pills.contains_key(&line.tie) && lane.label.is_none());
    assert_eq!(left_out, lacks.count());
}

#[test]
fn a_moved_card_takes_its_lanes_along_and_leaves_the_rest_as_anew() {
    let (fonts, document) = (Fonts::new(), document());
    let mut picture = picture(&document, &fonts);
    let (before, first) = (items(&picture), Arc::clone(picture.scene()));
    let now = move_card(&document, vec2(150.0, 100.0));
    let difference = Difference::between(&document, &now);
    assert_eq!(difference.places, BTreeSet::from([Placed::Actor(ActorId(CARD))]));
    let mut work = Work::default();
    assert!(picture.update(&now, &difference, &fonts, &mut work));
    assert_eq!((work.texts, work.records), (0, 0));
    assert!((5..60).contains(&work.lanes), "{work}");
    assert!((5..120).contains(&work.made), "{work}");

    let (after, anew) = (items(&picture), items(&super::tests::picture(&now, &fonts)));
    assert_eq!(after[&Part::Card(ActorId(CARD))], anew[&Part::Card(ActorId(CARD))]);
    let around = Rect::from_two_pos(home(CARD), home(CARD) + vec2(150.0, 100.0)).expand2(vec2(900.0, 600.0));
    let mut far = 0;
    for (part, items) in &anew {
        if !bounds(items).intersects(around) {
            far += 1;
            assert_eq!(after.get(part), Some(items), "{part:?} as anew");
            let is_kept = after[part].iter().zip(&before[part]).all(|(now, then)| Arc::ptr_eq(now, then));
            assert!(is_kept, "{part:?} was made again");
        }
    }
    assert!(far > 900, "{far}");
    let ends = |tie: TieId| now.map.tie(tie).ends.actors();
    let own: Vec<Part> = anew
        .keys()
        .copied()
        .filter(|part| match part {
            Part::Lane(tie) | Part::Ribbon(tie) => ends(*tie).contains(&ActorId(CARD)),
            _ => false,
        })
        .collect();
    assert!(own.len() >= 5, "{own:?}");
    for part in own {
        let lane = |items: &BTreeMap<Part, Vec<Arc<SceneItem>>>| items[&part].clone();
        assert_eq!(lane(&after), lane(&anew), "{part:?} follows");
        assert_ne!(lane(&after), lane(&before), "{part:?} moved");
    }
    assert_eq!(picture.scene().bounds, after.values().map(|items| bounds(items)).fold(Rect::NOTHING, Rect::union));
    assert_indexed(&picture);
    let back = Difference::between(&now, &document);
    assert!(picture.update(&document, &back, &fonts, &mut work));
    assert_eq!(items(&picture).keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    assert_indexed(&picture);
    assert_ne!(*first, *Picture::scene(&super::tests::picture(&now, &fonts)).as_ref(), "the test sees a move");
}

#[test]
fn a_foreign_lane_gives_way_to_a_card_and_comes_back() {
    let (fonts, document) = (Fonts::new(), document());
    let mut picture = picture(&document, &fonts);
    let before = items(&picture);
    let from = CARD + 4 * SIDE - 3;
    let now = move_card(&document, home(from) + vec2(210.0, 0.0) - home(CARD));
    let in_the_way = |tie: &TieId| document.map.tie(*tie).ends.actors() == [ActorId(from), ActorId(from + 1)];
    let lane = Part::Lane(document.map.tie_ids().find(in_the_way).expect("a tie"));
    assert!(picture.update(&now, &Difference::between(&document, &now), &fonts, &mut Work::default()));
    let after = items(&picture);
    assert_ne!(after[&lane], before[&lane], "it gives way");
    assert_eq!(after[&lane], items(&super::tests::picture(&now, &fonts))[&lane], "as anew");
    assert!(picture.update(&document, &Difference::between(&now, &document), &fonts, &mut Work::default()));
    assert_eq!(items(&picture)[&lane], before[&lane], "it comes back");
}

#[test]
fn a_shift_comes_to_the_same_as_the_change_and_leaves_no_trace() {
    let (fonts, document) = (Fonts::new(), document());
    let (id, command) = document.new_note("Ask", pos2(-900.0, -900.0));
    let document = document.with(command);
    let mut picture = picture(&document, &fonts);
    let before = Arc::clone(picture.scene());
    let tie = document
        .map
        .tie_ids()
        .find(|&tie| matches!(&document.map.tie(tie).ends, Ends::Pair { from, .. } if *from == ActorId(3)));
    let (tie, bend) = (tie.expect("a tie"), BendPoint { along: 0.5, across: 70.0 });
    let place = (Placed::Actor(ActorId(CARD)), home(CARD) + vec2(-90.0, 60.0));
    let shifts = [
        (Shift { moved: vec![place], ..Shift::default() }, Command::Move(vec![place])),
        (Shift { bent: Some((tie, bend)), ..Shift::default() }, Command::Bend(tie, Some(bend))),
        (
            Shift { noted: Some((id, pos2(-700.0, -800.0))), ..Shift::default() },
            Command::MoveNote(id, pos2(-700.0, -800.0)),
        ),
    ];
    for (shift, command) in shifts {
        let work = &mut Work::default();
        assert!(picture.shift(shift.clone(), work));
        assert!(!picture.shift(shift.clone(), work), "the same again is nothing new");
        let shifted = Arc::clone(picture.scene());
        assert_ne!(*shifted, *before, "{shift:?}");
        assert!(picture.restore(work) && !picture.restore(work));
        assert_eq!(**picture.scene(), *before, "{shift:?}");
        assert_indexed(&picture);
        let now = document.with(command);
        assert!(picture.shift(shift.clone(), work));
        assert!(picture.update(&now, &Difference::between(&document, &now), &fonts, work));
        assert_eq!(**picture.scene(), *shifted, "{shift:?}");
        assert!(picture.update(&document, &Difference::between(&now, &document), &fonts, work));
    }
}

#[test]
fn a_difference_tells_what_differs_and_nothing_else() {
    let document = document();
    assert!(Difference::between(&document, &document).is_empty());
    assert!(Difference::between(&document, &document.with_look(Arc::clone(&document.look))).is_empty());
    let moved = move_card(&document, vec2(1.0, 0.0));
    let hidden = document.with(Command::Hide(vec![Item::Actor(ActorId(3))]));
    let (_, note) = document.new_note("Ask", pos2(0.0, 0.0));
    let noted = document.with(note);
    let bent = document.with(Command::Bend(TieId(2), Some(BendPoint { along: 0.5, across: 9.0 })));
    let of = |now: &Document| Difference { compared: 0, ..Difference::between(&document, now) };
    assert_eq!(of(&moved), Difference { places: [Placed::Actor(ActorId(CARD))].into(), ..Difference::default() });
    assert!(of(&moved).keeps_measures() && !of(&moved).has_shown());
    assert_eq!(of(&hidden), Difference { has_filter: true, ..Difference::default() });
    assert!(of(&hidden).has_shown() && !of(&hidden).keeps_measures());
    assert_eq!(of(&noted), Difference { has_notes: true, ..Difference::default() });
    assert_eq!(of(&bent), Difference { bends: [TieId(2)].into(), ..Difference::default() });
    let forgotten = document.with(Command::LayOutAgain { arrangement: crate::model::Arrangement::Circle, seed: 4 });
    assert_eq!(of(&forgotten).places.len(), (SIDE * SIDE) as usize + 1, "places that are gone count too");
    let mut both = of(&moved);
    both.extend(of(&bent));
    assert_eq!(both, of(&moved.with(Command::Bend(TieId(2), Some(BendPoint { along: 0.5, across: 9.0 })))));
}

#[test]
fn a_difference_names_the_records_that_differ() {
    let text = |name: &str, more: &str| {
        let actors = format!(r#"{{ "id": "a", "name": "{name}" }}, {{ "id": "b", "name": "B" }}{more}"#);
        format!(
            r#"{{ "format": "tieline", "version": "1.0", "actors": [{actors}],
                "ties": [{{ "id": "t", "kind": "loan", "from": "a", "to": "b" }}] }}"#
        )
    };
    let document =
        |text: String| Document::new(Arc::new(load_map(text.as_bytes(), "map").expect("a map").map), Arc::default());
    let before = document(text("A", ""));
    let renamed = Difference::between(&before, &document(text("Aa", "")));
    assert_eq!(
        (renamed.records.actors.into_iter().collect::<Vec<_>>(), renamed.records.ties.len()),
        (vec![ActorId(0)], 0)
    );
    let added = Difference::between(&before, &document(text("A", r#", { "id": "c", "name": "C" }"#)));
    assert_eq!(added.records.actors, [ActorId(2)].into());
    assert!(Difference::between(&before, &document(text("A", ""))).is_empty(), "equal maps differ in nothing");
}

#[test]
fn panels_follow_a_filter_as_if_derived_anew_and_ignore_a_move() {
    let document = document();
    let mut work = Work::default();
    let mut panels = PanelData::new(&document, &document.shown(), &mut work);
    let moved = move_card(&document, vec2(9.0, 9.0));
    let before = work;
    panels.update(&moved, &moved.shown(), &Difference::between(&document, &moved), &mut work);
    assert_eq!(work, before, "a move is nothing to the lists");
    let filter = Filter { hides_unsourced: true, ..Filter::default() };
    for command in [
        Command::SetFilter(filter),
        Command::Hide(vec![Item::Actor(ActorId(4))]),
        Command::Hide(vec![Item::Tie(TieId(4))]),
    ] {
        let now = moved.with(command);
        panels.update(&now, &now.shown(), &Difference::between(&moved, &now), &mut work);
        let anew = PanelData::new(&now, &now.shown(), &mut Work::default());
        assert!(panels.lists == anew.lists && panels.figures == anew.figures);
        panels.update(&moved, &moved.shown(), &Difference::between(&now, &moved), &mut work);
    }
}

fn named(document: &Document, item: Item, field: Field, value: FieldValue) -> Document {
    let transaction = edit::set_field(document, item, field, value).expect("it can be set");
    document.apply(&transaction).expect("it fits").document
}

#[test]
fn words_that_no_picture_shows_keep_it_and_a_color_does_not() {
    let text = r##"{ "format": "tieline", "version": "1.0",
        "kinds": { "actor": { "mill": { "color": "#228833" }, "bank": { "color": "#4477AA" } } },
        "actors": [{ "id": "a", "name": "A", "kind": "mill" }, { "id": "b", "name": "B" }],
        "ties": [{ "id": "t", "kind": "loan", "from": "a", "to": "b" }],
        "views": [{ "id": "main", "positions": { "a": [0, 0], "b": [400, 0] } }] }"##;
    let map = load_map(text.as_bytes(), "map").expect("a map").map;
    let (fonts, first) = (Fonts::new(), Document::new(Arc::new(map), Arc::default()));
    let mut picture = picture(&first, &fonts);
    let mut takes = |now: &Document| {
        let input = super::build_request(now, &fonts, 1.25);
        assert!(picture.fits(&input) || now.map.actor(ActorId(0)).name != "A", "nothing has another size");
        picture.take_claims(&now.map, &input, &Difference::between(&first, now))
    };
    let words = |words: &str| FieldValue::OptionalWords(Some(words.to_owned()));
    assert!(takes(&named(&first, Item::Tie(TieId(0)), Field::Summary, words("It was repaid."))));
    let bank = FieldValue::ActorKind(first.map.find_actor_kind("bank"));
    assert!(!takes(&named(&first, Item::Actor(ActorId(0)), Field::Kind, bank)), "another color");
    let name = FieldValue::Words("Another name".to_owned());
    assert!(!takes(&named(&first, Item::Actor(ActorId(0)), Field::Name, name)), "another size");
}

#[test]
fn panels_make_only_stale_words_and_search_looks_at_little_that_does_not_match() {
    let first = document();
    let mut panels = PanelData::new(&first, &first.shown(), &mut Work::default());
    assert_eq!(panels.search(&first.map, "mill 77", &mut Work::default()).hits[0].title.text, "Mill 77");
    let mut work = Work::default();
    let hits = panels.search(&first.map, "mill 77", &mut work).hits;
    assert!(hits.len() >= 4 && (hits.len()..150).contains(&work.records), "{work}");

    let name = FieldValue::Words("Quarry".to_owned());
    let now = named(&first, Item::Actor(ActorId(CARD)), Field::Name, name);
    let ties = now.map.ties_of(ActorId(CARD)).len();
    let mut work = Work::default();
    panels.update(&now, &now.shown(), &Difference::between(&first, &now), &mut work);
    assert_eq!(work.texts, 1 + ties, "the actor's row and those of its ties");
    let anew = PanelData::new(&now, &now.shown(), &mut Work::default());
    assert!(panels.lists == anew.lists, "as derived anew");
    let found = panels.search(&now.map, "quarry", &mut Work::default()).hits;
    assert_eq!(found.first().map(|hit| hit.item), Some(Item::Actor(ActorId(CARD))));
}
