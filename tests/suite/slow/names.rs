//! Names at every scale: readable, free of each other, and as many as there is room for.

use std::collections::BTreeMap;
use std::sync::Arc;

use emath::{Rect, Vec2, vec2};
use tieline::derive::{self, Composed, LANDSCAPE};
use tieline::document::{Document, Look};
use tieline::layout::NoProgress;
use tieline::load::{self, BUNDLED, load_bundled};
use tieline::model::{ActorId, Arrangement, Map};
use tieline::scene::{LabelMaterials, Labeling, LabelingInput, Part, ReadableSizes, Scene, Shape, Theme, room_for};
use tieline::text::{Face, Fonts};

/// The canvas of a window of 1440 × 900, with panels, legend and years; in points.
const CANVAS: Vec2 = vec2(920.0, 634.0);
/// The same of a window of 1000 × 700, whose lists and legend are collapsed.
const SMALL_CANVAS: Vec2 = vec2(680.0, 543.0);
/// The same of a window of 1440 × 900 at 200 %.
const DOUBLED_CANVAS: Vec2 = vec2(447.0, 293.0);
/// The margins around a map at fit, and the height of the zoom buttons below it.
const AROUND: Vec2 = vec2(36.0, 78.0);
/// The margins that names leave.
const EDGES: Vec2 = vec2(24.0, 24.0);

const ARRANGEMENTS: [Arrangement; 8] = [
    Arrangement::Auto,
    Arrangement::Force,
    Arrangement::Layered,
    Arrangement::LayeredDown,
    Arrangement::Radial,
    Arrangement::Circle,
    Arrangement::Columns,
    Arrangement::Timeline,
];

fn compose(map: Map, arrangement: Arrangement, fonts: &Fonts) -> (Document, Composed) {
    let document = Document::new(Arc::new(map), Arc::default());
    let mut look = Look::clone(&document.look);
    look.forget_places(&document.map);
    look.arrangement = arrangement;
    let document = document.with_parts(Arc::clone(&document.map), Arc::new(look));
    let picture = derive::compose(&document, fonts, &Theme::light(), LANDSCAPE, &NoProgress).expect("not canceled");
    (document, picture)
}

fn fit(scene: &Scene, canvas: Vec2) -> f32 {
    let (size, canvas) = (scene.bounds.size(), canvas - AROUND);
    (canvas.x / size.x).min(canvas.y / size.y).min(1.5)
}

fn label(document: &Document, picture: &Composed, canvas: Vec2, scale: f32) -> Labeling {
    let theme = Theme::light();
    let of = LabelMaterials { map: &document.map, plan: &picture.input.plan, theme: &theme };
    let readable = ReadableSizes::SCREEN;
    let room = room_for(picture.scene.bounds, (canvas - EDGES) / scale);
    Labeling::new(&picture.scene.items, &LabelingInput { of, scale, readable, room })
}

/// Returns the rectangles of all names, in world units; fails if a text is too small, or a card is without its name.
fn check_names(scene: &Scene, scale: f32) -> BTreeMap<ActorId, Rect> {
    let mut names: BTreeMap<ActorId, Rect> = BTreeMap::new();
    let mut boxes: Vec<ActorId> = Vec::new();
    for item in &scene.items {
        let (Part::Card(_) | Part::Pill(_) | Part::RibbonPill(_) | Part::Role(..)) = item.part else { continue };
        for shape in &item.shapes {
            match (shape, item.part) {
                (Shape::Text { text, .. }, part) if text.style.face != Face::Icon => {
                    let least = if matches!(part, Part::Card(_)) { 11.0 } else { 9.0 };
                    let size = text.style.size * scale;
                    assert!(size > least * 0.99, "{part:?} is {size} px at {scale}");
                    if let Part::Card(actor) = part {
                        names.insert(actor, shape.bounds());
                    }
                }
                (Shape::Rect { rect, radius, .. }, Part::Card(actor)) if *radius < 0.4 * rect.height() => {
                    boxes.push(actor);
                }
                _ => {}
            }
        }
    }
    assert!(boxes.iter().all(|actor| names.contains_key(actor)), "a box without a name at {scale}");
    names
}

fn check_apart(names: &BTreeMap<ActorId, Rect>) {
    let all: Vec<(&ActorId, &Rect)> = names.iter().collect();
    for (at, (one, rect)) in all.iter().enumerate() {
        for (other, beside) in &all[at + 1..] {
            let shared = rect.intersect(**beside);
            assert!(!shared.is_positive(), "the names of {one:?} and {other:?} overlap");
        }
    }
}

#[test]
fn the_harbor_map_names_all_actors_in_every_arrangement() {
    let fonts = Fonts::new();
    for arrangement in ARRANGEMENTS {
        let map = load_bundled(BUNDLED[1]).expect("a bundled map").0.map;
        let (document, picture) = compose(map, arrangement, &fonts);
        for (canvas, least) in [(CANVAS, 25), (SMALL_CANVAS, 25), (DOUBLED_CANVAS, 12)] {
            let scale = fit(&picture.scene, canvas);
            let labeling = label(&document, &picture, canvas, scale);
            let names = check_names(&labeling.apply(&picture.scene), scale);
            check_apart(&names);
            assert_eq!(labeling.counts().named, names.len());
            let mut central: Vec<_> = picture.input.plan.cards.iter().collect();
            central.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            let missing: Vec<_> = central[..least]
                .iter()
                .filter(|card| !names.contains_key(&card.actor))
                .map(|card| card.actor)
                .collect();
            assert!(missing.is_empty(), "{arrangement:?} at {canvas}: {missing:?} without names");
        }
    }
}

#[test]
fn names_stay_readable_and_apart_at_all_scales() {
    let fonts = Fonts::new();
    let map = load_bundled(BUNDLED[1]).expect("a bundled map").0.map;
    let (document, picture) = compose(map, Arrangement::Circle, &fonts);
    for step in 0..24 {
        let scale = 0.06 * 1.15_f32.powi(step);
        let labeling = label(&document, &picture, CANVAS, scale);
        let names = check_names(&labeling.apply(&picture.scene), scale);
        check_apart(&names);
        // Whoever has no name is less important than somebody who has one, and there is at least one name.
        assert!(!names.is_empty(), "no name at {scale}");
        if scale > 0.76 {
            assert!(labeling.is_empty(), "everything is readable at {scale}");
        }
    }
}

fn generated(actors: usize, ties: usize) -> Map {
    use std::fmt::Write as _;
    let mut text = String::from("{\"format\":\"tieline\",\"version\":\"1.0\",\"actors\":[");
    for index in 0..actors {
        let comma = if index > 0 { "," } else { "" };
        let _ =
            write!(text, "{comma}{{\"id\":\"a{index}\",\"name\":\"Corvane Holding {index}\",\"kind\":\"company\"}}");
    }
    text.push_str("],\"ties\":[");
    let mut state = 7_u64;
    let mut below = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    for index in 0..ties {
        let from = below(actors);
        // Some actors have many ties, and most ties stay within a group.
        let group = from / 25 * 25;
        let near = 1 + below(25);
        let to = if below(10) == 0 { below(actors) } else { (group + below(near)).min(actors - 1) };
        let to = if to == from { (to + 1) % actors } else { to };
        let comma = if index > 0 { "," } else { "" };
        let _ =
            write!(text, "{comma}{{\"id\":\"t{index}\",\"from\":\"a{from}\",\"to\":\"a{to}\",\"kind\":\"supply\"}}");
    }
    text.push_str("]}");
    load::load_map(text.as_bytes(), "generated.tieline.json").expect("a map").map
}

#[test]
fn large_maps_name_their_most_important_actors() {
    let fonts = Fonts::new();
    for (actors, ties, least) in [(300, 500, 60), (2_000, 5_000, 40)] {
        let (document, picture) = compose(generated(actors, ties), Arrangement::Auto, &fonts);
        let scale = fit(&picture.scene, CANVAS);
        let labeling = label(&document, &picture, CANVAS, scale);
        let names = check_names(&labeling.apply(&picture.scene), scale);
        check_apart(&names);
        assert!(names.len() >= least, "{} of {actors} actors have names", names.len());
        let most_central =
            picture.input.plan.cards.iter().max_by(|a, b| a.weight.total_cmp(&b.weight)).expect("a card");
        assert!(names.contains_key(&most_central.actor), "the most central actor has no name");
    }
}
