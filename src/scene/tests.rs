//! Invariants of a scene, checked on bundled maps.

use std::collections::BTreeSet;

use emath::{Pos2, pos2, vec2};

use super::*;
use crate::layout::{self, Request};
use crate::load::{BUNDLED, load_bundled};
use crate::model::{LabelChoice, LabelMode, Map, Stage};
use crate::text::Fonts;

fn bundled(index: usize) -> Map {
    let (loaded, _) = load_bundled(BUNDLED[index]).expect("a bundled map");
    loaded.map
}

fn sample() -> Map {
    bundled(0)
}

fn harbor() -> Map {
    bundled(1)
}

/// Ties that are disputed: by their status, by disputing evidence, or by contradicting each other.
const DISPUTED_IN_HARBOR: [&str; 5] = [
    "advisory-payment",
    "advisory-payment-corvane",
    "verrin-owns-amberlock",
    "amberlock-lends-verrin",
    "ferrel-lends-verrin",
];

/// Plans everything that is shown initially.
fn plan(map: &Map, fonts: &Fonts) -> Plan {
    let actors: Vec<ActorId> = map.actor_ids().collect();
    let ties: Vec<TieId> = map.tie_ids().filter(|&id| !map.tie(id).claim.is_withdrawn()).collect();
    Plan::new(map, &actors, &ties, &imbl::OrdMap::new(), Labels::default(), fonts)
}

/// Puts cards on a grid: a layout that doesn't depend on any search.
fn on_grid(plan: &Plan) -> (Request, crate::layout::Layout) {
    let nodes = plan.nodes(&imbl::OrdMap::new());
    let side = (nodes.len() as f32).sqrt().ceil() as usize;
    let place = |index: usize| pos2((index % side) as f32 * 420.0, (index / side) as f32 * 300.0);
    let centers: Vec<Pos2> = (0..nodes.len()).map(place).collect();
    let edges = plan.edges(&imbl::OrdMap::new());
    let request = Request { nodes, edges, aspect: 1.6, ..Request::default() };
    let layout = layout::route_and_label(&request, &centers);
    (request, layout)
}

pub(super) fn scene_of(map: &Map, fonts: &Fonts, theme: &Theme) -> (Plan, Scene) {
    let plan = plan(map, fonts);
    let (_, layout) = on_grid(&plan);
    let scene = build_scene(map, &plan, &layout, theme);
    (plan, scene)
}

fn words(item: &SceneItem) -> Vec<String> {
    let lines = |shape: &Shape| match shape {
        Shape::Text { text, .. } if text.style.face != crate::text::Face::Icon => {
            text.lines.iter().map(|line| line.text.clone()).collect()
        }
        _ => Vec::new(),
    };
    item.shapes.iter().flat_map(lines).collect()
}

#[test]
fn items_of_one_part_stand_together_and_cards_on_top() {
    let fonts = Fonts::new();
    let map = harbor();
    let (plan, scene) = scene_of(&map, &fonts, &Theme::light());
    let mut seen = BTreeSet::new();
    let mut last = None;
    for item in &scene.items {
        if last != Some(item.part) {
            assert!(seen.insert(item.part), "{:?} comes twice", item.part);
        }
        last = Some(item.part);
    }
    let first_card = scene.items.iter().position(|item| matches!(item.part, Part::Card(_))).expect("cards");
    assert!(scene.items[first_card..].iter().all(|item| matches!(item.part, Part::Card(_))));
    assert_eq!(seen.iter().filter(|part| matches!(part, Part::Card(_))).count(), plan.cards.len());
    let lanes = seen.iter().filter(|part| matches!(part, Part::Lane(_))).count();
    assert_eq!(lanes, plan.lines.iter().map(|line| line.tie).collect::<BTreeSet<_>>().len());
    assert!(scene.items.iter().flat_map(|item| &item.shapes).all(|shape| scene.bounds.contains_rect(shape.bounds())));
}

#[test]
fn leading_actors_stand_out() {
    let fonts = Fonts::new();
    let map = sample();
    let plan = plan(&map, &fonts);
    let leading: Vec<&str> =
        plan.cards.iter().filter(|card| card.is_leading).map(|card| map.actor(card.actor).name.as_str()).collect();
    assert_eq!(leading, ["OpenAI", "Microsoft", "Amazon"]);
    let widths: BTreeSet<u32> = plan.cards.iter().filter(|c| c.is_leading).map(|c| c.size.x as u32).collect();
    assert_eq!(widths.len(), 1);
    let small = plan.cards.iter().find(|card| !card.is_leading).expect("Anthropic");
    assert!(plan.cards.iter().filter(|c| c.is_leading).all(|c| c.size.y > 1.4 * small.size.y));
}

#[test]
fn no_name_of_the_bundled_maps_is_cut_or_misses_a_character() {
    let fonts = Fonts::new();
    for map in [sample(), harbor()] {
        let plan = plan(&map, &fonts);
        for card in &plan.cards {
            assert!(!card.name().is_cut && card.name().lines.len() <= 2, "{}", map.actor(card.actor).name);
        }
    }
}

#[test]
fn the_legend_has_what_occurs_and_nothing_else() {
    let fonts = Fonts::new();
    let map = sample();
    let legend = Legend::of_plan(&map, &plan(&map, &fonts));
    assert_eq!(legend.tie_kinds.len(), map.tie_kinds().len());
    assert!(legend.actor_kinds.is_empty(), "all are companies");
    let agreed = (LineStyle::Solid, vec![Stage::Agreed, Stage::Active]);
    assert_eq!(legend.lines, [agreed, (LineStyle::Dashed, vec![Stage::Announced])]);
    assert!(!legend.has_disputed && !legend.has_unsourced);
    let widths = legend.widths.expect("amounts");
    assert_eq!((widths.currency.as_str(), widths.has_unknown, widths.has_other_currency), ("USD", true, false));
    assert!(widths.steps.windows(2).all(|pair| pair[0].1 < pair[1].1));

    let all = Legend::of_plan(&harbor(), &plan(&harbor(), &fonts));
    assert!(all.has_disputed && all.has_unsourced && all.actor_kinds.len() > 5);
    assert_eq!(all.lines.len(), 4);

    let only = [TieId(0)];
    let actors: Vec<ActorId> = map.actor_ids().collect();
    let one = Plan::new(&map, &actors, &only, &imbl::OrdMap::new(), Labels::default(), &fonts);
    let legend = Legend::of_plan(&map, &one);
    assert_eq!(legend.tie_kinds, [map.tie(TieId(0)).kind]);
    assert!(legend.lines.is_empty() && legend.widths.is_some_and(|widths| !widths.has_unknown));
}

#[test]
fn labels_hidden_by_hand_have_no_pill() {
    let fonts = Fonts::new();
    let map = sample();
    let actors: Vec<ActorId> = map.actor_ids().collect();
    let ties: Vec<TieId> = map.tie_ids().collect();
    let by_hand = imbl::OrdMap::from(vec![(TieId(2), LabelChoice::Hide), (TieId(3), LabelChoice::Show)]);
    let plan = Plan::new(&map, &actors, &ties, &imbl::OrdMap::new(), Labels { by_hand, ..Labels::default() }, &fonts);
    let edges = plan.edges(&imbl::OrdMap::new());
    assert!(!plan.pills.contains_key(&TieId(2)) && edges[2].label.is_none());
    assert!(edges.iter().enumerate().all(|(index, edge)| index == 3 || edge.weight < edges[3].weight));
}

#[test]
fn fewer_labels_leave_the_important_ones_and_every_sign_of_doubt() {
    let fonts = Fonts::new();
    let map = harbor();
    let actors: Vec<ActorId> = map.actor_ids().collect();
    let ties: Vec<TieId> = map.tie_ids().collect();
    let labeled = |mode| {
        let plan = Plan::new(&map, &actors, &ties, &imbl::OrdMap::new(), Labels { mode, ..Labels::default() }, &fonts);
        let pills = plan.pills.values().filter(|pill| !plan.hubs.contains(&pill.tie));
        let (signs, whole): (Vec<&Pill>, Vec<&Pill>) = pills.partition(|pill| !pill.has_words());
        let ids = |pills: Vec<&Pill>| pills.into_iter().map(|pill| pill.tie).collect::<BTreeSet<TieId>>();
        (ids(whole), ids(signs))
    };
    let (all, _) = labeled(LabelMode::All);
    let (important, signs_of_rest) = labeled(LabelMode::Important);
    let (none, signs) = labeled(LabelMode::None);
    assert!(none.is_empty() && important.len() < all.len() && important.len() * 3 > all.len());
    assert!(important.is_disjoint(&signs_of_rest));
    let is_doubtful = |id: &TieId| {
        let key = &*map.tie(*id).claim.key;
        map.tie(*id).claim.evidence.is_empty() || DISPUTED_IN_HARBOR.contains(&key)
    };
    assert_eq!(signs, all.iter().copied().filter(is_doubtful).collect());
    assert!(!signs.is_empty() && signs.len() < all.len());
}

#[test]
fn labels_of_numbers_alone_keep_every_citation_and_take_less_room() {
    let fonts = Fonts::new();
    let map = harbor();
    let actors: Vec<ActorId> = map.actor_ids().collect();
    let ties: Vec<TieId> = map.tie_ids().collect();
    let plan =
        |mode| Plan::new(&map, &actors, &ties, &imbl::OrdMap::new(), Labels { mode, ..Labels::default() }, &fonts);
    let (all, numbers) = (plan(LabelMode::All), plan(LabelMode::Numbers));
    assert_eq!(all.pills.keys().collect::<Vec<_>>(), numbers.pills.keys().collect::<Vec<_>>());
    let texts = |plan: &Plan, tie: &TieId| -> Vec<String> {
        let item = plan.pills[tie].item(&map, emath::Pos2::ZERO, &Theme::light());
        let texts = item.shapes.iter().filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(text.lines.iter().map(|line| &*line.text).collect()),
            _ => None,
        });
        texts.collect()
    };
    for tie in all.pills.keys().filter(|tie| !all.hubs.contains(tie)) {
        let (whole, short) = (texts(&all, tie), texts(&numbers, tie));
        assert_eq!(whole.last(), short.last(), "the numbers, or that there is no source");
        assert!(short.len() < whole.len() && numbers.pills[tie].size.x < all.pills[tie].size.x);
    }
    // Without citations, only the signs of doubt are left.
    let (plain, none) = (numbers.without_numbers(&map, &fonts), plan(LabelMode::None));
    let pairs = |plan: &Plan| plan.pills.keys().filter(|tie| !plan.hubs.contains(tie)).copied().collect::<Vec<_>>();
    assert_eq!(pairs(&plain), pairs(&none));
}

#[test]
fn a_sheet_holds_everything_on_its_page_without_overlap() {
    let fonts = Fonts::new();
    for map in [sample(), harbor()] {
        let (plan, scene) = scene_of(&map, &fonts, &Theme::light());
        for size_px in [vec2(1920.0, 1080.0), vec2(800.0, 1130.0), vec2(1080.0, 1080.0)] {
            let options = SheetOptions { size_px, ..SheetOptions::default() };
            let sheet = compose_sheet(
                SheetInputs { map: &map, plan: &plan, fonts: &fonts, theme: &Theme::light() },
                &scene,
                &options,
            )
            .first;
            assert!(sheet.bounds.width() == size_px.x && sheet.bounds.height() >= size_px.y);
            let mut notes = Vec::new();
            let mut on_map = Vec::new();
            for item in &sheet.items {
                let list = if matches!(item.part, Part::Title | Part::Legend | Part::Sources | Part::Source(_)) {
                    &mut notes
                } else {
                    &mut on_map
                };
                list.extend(item.shapes.iter().map(Shape::bounds));
            }
            for rect in notes.iter().chain(&on_map) {
                assert!(sheet.bounds.contains_rect(*rect), "{rect:?} on {:?}", sheet.bounds);
            }
            for note in &notes {
                assert!(on_map.iter().all(|rect| !rect.intersects(note.shrink(1.0))), "{note:?} lies on the map");
            }
        }
    }
}

#[test]
fn parts_of_a_sheet_can_be_left_out() {
    let fonts = Fonts::new();
    let map = sample();
    let (plan, scene) = scene_of(&map, &fonts, &Theme::dark());
    let bare = SheetOptions {
        has_title: false,
        has_legend: false,
        has_sources: false,
        has_coverage: false,
        has_credits: false,
        ..SheetOptions::default()
    };
    let sheet =
        compose_sheet(SheetInputs { map: &map, plan: &plan, fonts: &fonts, theme: &Theme::dark() }, &scene, &bare)
            .first;
    assert_eq!(sheet.items.len(), scene.items.len());
    let full = compose_sheet(
        SheetInputs { map: &map, plan: &plan, fonts: &fonts, theme: &Theme::dark() },
        &scene,
        &SheetOptions::default(),
    )
    .first;
    let sources: Vec<String> = full
        .items
        .iter()
        .filter(|item| matches!(item.part, Part::Sources | Part::Source(_)))
        .flat_map(|item| words(item))
        .collect();
    assert!(sources.iter().any(|line| line == "[9]") && sources.iter().all(|line| line != "[10]"));
    assert!(sources.iter().any(|line| line.starts_with("11 of 11 ties sourced, 7 independently")), "{sources:?}");
}

#[test]
fn hostile_names_stay_texts() {
    let fonts = Fonts::new();
    let mut parts = sample().records().to_parts();
    for (actor, name) in parts.actors.iter_mut().zip(["</svg><script>", "\u{202e}evil", "x\u{200b}y", "W"]) {
        actor.name = name.repeat(if name == "W" { 10_000 } else { 1 });
    }
    let map = Map::new(parts).expect("a sound map");
    let (_, scene) = scene_of(&map, &fonts, &Theme::light());
    let all: Vec<String> = scene.items.iter().flat_map(|item| words(item)).collect();
    assert!(all.iter().any(|line| line.contains("[U+202E]")) && all.iter().all(|line| !line.contains('\u{202e}')));
    assert!(scene.bounds.width() < 3_000.0);
}

#[test]
fn a_timeline_has_its_years_from_left_to_right_and_what_has_none_last() {
    let (map, fonts) = (sample(), Fonts::new());
    let plan = plan(&map, &fonts).gathered(&map, ColumnGrouping::ByYear, &fonts);
    let group = |name: &str| {
        let card = plan.cards.iter().position(|card| map.actor(card.actor).name == name).expect("a card");
        plan.nodes(&imbl::OrdMap::new())[card].group
    };
    assert_eq!(["OpenAI", "Microsoft", "Amazon", "Anthropic"].map(group), [0, 0, 1, 2]);
    let (_, layout) = on_grid(&plan);
    let scene = build_scene(&map, &plan, &layout, &Theme::light());
    let headings: Vec<_> = scene.items.iter().filter(|item| matches!(item.part, Part::Heading(_))).collect();
    assert_eq!(headings.iter().flat_map(|item| words(item)).collect::<Vec<_>>(), ["2019", "2026", "No date"]);
    let lowest =
        headings.iter().flat_map(|item| &item.shapes).map(|shape| shape.bounds().bottom()).fold(f32::MIN, f32::max);
    let highest =
        plan.cards.iter().zip(&layout.centers).map(|(card, at)| at.y - card.size.y / 2.0).fold(f32::MAX, f32::min);
    assert!(lowest < highest, "headings stand above all cards");
}

#[test]
fn arrowheads_lie_beside_what_is_drawn_at_the_ends_of_their_lanes() {
    let fonts = Fonts::new();
    let (map, theme) = (harbor(), Theme::light());
    let (plan, scene) = scene_of(&map, &fonts, &theme);
    let of = LabelMaterials { map: &map, plan: &plan, theme: &theme };
    let tips = |item: &SceneItem| -> Vec<Pos2> {
        let tip = |shape: &Shape| match shape {
            Shape::Polygon { points, .. } if points.len() == 3 => Some(points[0]),
            _ => None,
        };
        item.shapes.iter().filter_map(tip).collect()
    };
    let all: usize = scene.items.iter().map(|item| tips(item).len()).sum();
    assert!(all > 30, "{all} arrowheads");
    for scale in [0.5, 0.32, 0.24, 0.16] {
        let input = LabelingInput { of, scale, readable: ReadableSizes::SCREEN, room: scene.bounds };
        let drawn = Labeling::new(&scene.items, &input).apply(&scene);
        let body = |item: &SceneItem| match (item.part, item.shapes.first()?) {
            (Part::Card(actor), Shape::Rect { rect, .. }) => Some((actor, *rect)),
            _ => None,
        };
        // The plate of a name comes after its dot.
        let mut bodies: Vec<(ActorId, Rect)> = drawn.items.iter().filter_map(|item| body(item)).collect();
        bodies.sort_by_key(|(actor, _)| *actor);
        bodies.dedup_by_key(|(actor, _)| *actor);
        let mut checked = 0;
        for item in &drawn.items {
            let Part::Lane(tie) = item.part else { continue };
            let ends = map.tie(tie).ends.actors();
            let own = || bodies.iter().filter(|(actor, _)| ends.contains(actor)).map(|(_, rect)| *rect);
            for tip in tips(item) {
                checked += 1;
                let is_loop = ends.iter().collect::<BTreeSet<_>>().len() == 1;
                // Dots are round, and as wide as high.
                let is_dot = |rect: Rect| (rect.width() - rect.height()).abs() < 0.1;
                let is_in_dot = |rect: Rect| rect.center().distance(tip) < rect.width() / 2.0;
                let is_under = own().any(|rect| rect.shrink(0.5).contains(tip) && (!is_dot(rect) || is_in_dot(rect)));
                assert!(!is_under || is_loop, "{item:?} points under a card at {scale}");
                let near = own().map(|rect| rect.distance_to_pos(tip)).fold(f32::INFINITY, f32::min);
                assert!(near * scale < 6.0, "{item:?} points at nothing at {scale}: {near}");
            }
        }
        assert_eq!(checked, all, "every arrowhead is drawn at {scale}");
    }
}
