//! A part of a map, explored from an actor: what is drawn, counted and withheld.

use std::fmt::Write as _;
use std::sync::Arc;

use emath::{Pos2, Rect};
use tieline::derive::{self, LayoutInput};
use tieline::document::{Command, Document, NeighborChoice, bring_in, start_from};
use tieline::layout::NoProgress;
use tieline::load::load_map;
use tieline::model::{ActorId, Filter, Map, Placed, Redaction};
use tieline::publish::{Edition, Format, PictureOptions};
use tieline::scene::{Scene, Shape};
use tieline::text::Fonts;

/// The number of leaves of the hub.
pub(crate) const LEAVES: usize = 30;
/// Leaves with twigs of their own.
const BRANCHES: usize = 3;
/// The number of all actors: each branch has three twigs.
pub(crate) const ACTORS: usize = 1 + LEAVES + 3 * BRANCHES;

/// Returns a map file: a hub, its leaves, and twigs of the first ones; `more` are further fields of its view.
/// It is arranged by a single start, since it is larger than the maps that the search for the best is tested with.
pub(crate) fn text(more: &str) -> String {
    let mut actors = String::from(r#"{ "id": "hub", "name": "Hub", "kind": "board" }"#);
    let mut ties = Vec::new();
    for leaf in 1..=LEAVES {
        let kind = if leaf % 2 == 0 { "firm" } else { "person" };
        let _ = write!(actors, r#", {{ "id": "leaf-{leaf}", "name": "Leaf {leaf}", "kind": "{kind}" }}"#);
        let year = 2000 + leaf % 5;
        ties.push(format!(
            r#"{{ "id": "t{leaf}", "kind": "loan", "from": "hub", "to": "leaf-{leaf}", "startDate": "{year}", "weight": {leaf} }}"#
        ));
        for twig in (1..=3).filter(|_| leaf <= BRANCHES) {
            let _ =
                write!(actors, r#", {{ "id": "twig-{leaf}-{twig}", "name": "Twig {leaf} {twig}", "kind": "firm" }}"#);
            ties.push(format!(
                r#"{{ "id": "u{leaf}-{twig}", "kind": "gift", "from": "leaf-{leaf}", "to": "twig-{leaf}-{twig}" }}"#
            ));
        }
    }
    format!(
        r#"{{ "format": "tieline", "version": "1.1", "actors": [{actors}], "ties": [{}],
        "views": [{{ "id": "v", "layout": {{ "algorithm": "force" }}{more} }}] }}"#,
        ties.join(", ")
    )
}

fn map() -> Map {
    load_map(text("").as_bytes(), "a map").expect("a map").map
}

fn document() -> Document {
    Document::new(Arc::new(map()), Arc::default())
}

fn actor(map: &Map, name: &str) -> ActorId {
    map.actors().iter().find(|(_, actor)| actor.name == name).expect("an actor").0
}

/// Returns the document with its explored part laid out, and what is drawn of it.
fn laid_out(document: &Document, fonts: &Fonts) -> (Document, LayoutInput, Vec<Pos2>) {
    let input = derive::build_request(document, fonts, derive::LANDSCAPE);
    let layout = derive::lay_out(&input, &NoProgress).expect("not canceled");
    let places: Vec<(Placed, Pos2)> = input.places().into_iter().zip(layout.centers.iter().copied()).collect();
    (document.with_settled(places), input, layout.centers)
}

fn lines_of(scene: &Scene) -> Vec<String> {
    let texts = scene.items.iter().flat_map(|item| &item.shapes).filter_map(|shape| match shape {
        Shape::Text { text, .. } => {
            Some(text.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    });
    texts.collect()
}

/// Returns the numbers of neighbors that a picture says it leaves out, sorted.
fn left_out(document: &Document, redaction: Redaction) -> Vec<String> {
    let fonts = Fonts::new();
    let options = PictureOptions { redaction, ..PictureOptions::default() };
    let edition = Edition::prepare(document, &fonts, options, &NoProgress).expect("not canceled");
    let mut counts: Vec<String> = lines_of(&edition.sheet(Format::Svg).first)
        .into_iter()
        .filter(|line| line.strip_prefix('+').is_some_and(|rest| rest.parse::<u32>().is_ok()))
        .collect();
    counts.sort();
    counts
}

fn started(most: usize) -> Document {
    let document = document();
    let start = start_from(&document.map, &document.look, actor(&document.map, "Hub"), 1, most);
    document.with(start)
}

#[test]
fn a_picture_says_how_many_neighbors_are_left_out_and_what_the_sign_means() {
    let all = document();
    assert!(left_out(&all, Redaction::default()).is_empty(), "nothing is left out");
    let document = started(LEAVES - 1);
    // The lightest tie, that of the first leaf, is left out; the second and third have three twigs each.
    assert_eq!(left_out(&document, Redaction::default()), ["+1", "+3", "+3"]);
    let fonts = Fonts::new();
    let edition = Edition::prepare(&document, &fonts, PictureOptions::default(), &NoProgress).expect("not canceled");
    let lines = lines_of(&edition.sheet(Format::Svg).first);
    assert!(lines.iter().any(|line| line == "Number of neighbors not shown"), "{lines:?}");
    assert_eq!(edition.counts(), (LEAVES, LEAVES - 1));
}

#[test]
fn what_is_withheld_is_not_counted_among_the_neighbors_left_out() {
    let document = started(LEAVES - 1);
    let map = &document.map;
    let mut twig = Redaction::default();
    assert!(twig.add_record(map, "twig-2-1"));
    assert_eq!(left_out(&document, twig), ["+1", "+2", "+3"]);
    let mut leaf = Redaction::default();
    assert!(leaf.add_record(map, "leaf-1"));
    assert_eq!(left_out(&document, leaf), ["+3", "+3"]);
    let mut kind = Redaction::default();
    assert!(kind.add_kind(map, "gift"));
    assert_eq!(left_out(&document, kind), ["+1"]);
    // Nor does the number stand on a card whose name is withheld: it would help to guess the name.
    let mut branch = Redaction::default();
    assert!(branch.add_record(map, "leaf-2"));
    assert_eq!(left_out(&document, branch), ["+1", "+3"]);
}

#[test]
fn the_least_weight_holds_although_weights_are_withheld() {
    let filter = Filter { min_weight: Some(25.into()), ..Filter::default() };
    let document = document().with(Command::SetFilter(filter));
    let mut amounts = Redaction::default();
    amounts.hides_amounts = true;
    let fonts = Fonts::new();
    for redaction in [Redaction::default(), amounts] {
        let options = PictureOptions { redaction, ..PictureOptions::default() };
        let edition = Edition::prepare(&document, &fonts, options, &NoProgress).expect("not canceled");
        assert_eq!(edition.counts(), (ACTORS, LEAVES - 24));
    }
}

#[test]
fn what_is_there_stays_and_what_is_brought_in_comes_near() {
    let fonts = Fonts::new();
    let (document, ..) = laid_out(&started(12), &fonts);
    let hub = actor(&document.map, "Hub");
    let before = document.look.positions.clone();
    let more = bring_in(&document.map, &document.look, &[hub], NeighborChoice::All, 10).expect("neighbors");
    let (after, input, centers) = laid_out(&document.with(more), &fonts);
    for (placed, pos) in &before {
        assert_eq!(after.look.positions.get(placed), Some(pos), "{placed:?}");
    }
    assert_eq!(after.shown().actors().count(), 23);
    let boxes: Vec<Rect> = input
        .request
        .nodes
        .iter()
        .zip(&centers)
        .map(|(node, &center)| Rect::from_center_size(center, node.size))
        .collect();
    for (index, one) in boxes.iter().enumerate() {
        assert!(boxes[index + 1..].iter().all(|other| !one.intersects(*other)), "cards lie over each other");
    }
    let old = before.values().fold(Rect::NOTHING, |all, &pos| all.union(Rect::from_min_max(pos, pos)));
    let reach = old.size().max_elem();
    let new = after.look.positions.iter().filter(|(placed, _)| !before.contains_key(*placed));
    for (placed, pos) in new {
        assert!(old.expand(0.6 * reach).contains(*pos), "{placed:?} at {pos:?} is far from {old:?}");
    }
}

#[test]
fn a_file_says_which_part_is_explored() {
    let loaded = load_map(text(r#", "shown": ["hub", "leaf-1"]"#).as_bytes(), "a map");
    let document = Document::new(Arc::new(loaded.expect("a map").map), Arc::default());
    assert_eq!(document.shown().actors().count(), 2);
    assert_eq!(left_out(&document, Redaction::default()), ["+29", "+3"]);
}
