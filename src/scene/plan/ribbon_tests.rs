//! Tests of the counts and texts of ribbons.

use std::collections::BTreeSet;

use emath::pos2;
use imbl::OrdMap;

use crate::layout::{Layout, Request, route_and_label};
use crate::load::load_map;
use crate::model::{ActorId, Date, Ends, LabelMode, Map, Pair, PairMode, TieId};
use crate::scene::{Labels, Legend, Part, Plan, Scene, SceneItem, Shape, Theme, build_scene};
use crate::text::{Face, Fonts};

fn both() -> Pair {
    Pair::new(ActorId(0), ActorId(1))
}

/// Returns a map of two actors with `ties` ties, each extended by its number.
fn map(ties: usize, tie: impl Fn(usize) -> String) -> Map {
    let ties: Vec<String> = (0..ties)
        .map(|n| format!(r#"{{"id": "t{n}", "kind": "loan", "from": "a", "to": "b", "directed": true{}}}"#, tie(n)))
        .collect();
    let sources: Vec<String> = (0..5).map(|n| format!(r#"{{"id": "s{n}", "title": "S{n}"}}"#)).collect();
    let text = format!(
        r#"{{"format": "tieline", "version": "1.0", "actors": [{{"id": "a", "name": "Alpha"}}, {{"id": "b", "name": "Beta"}}],
            "sources": [{}], "ties": [{}]}}"#,
        sources.join(","),
        ties.join(",")
    );
    load_map(text.as_bytes(), "test").expect("opens").map
}

fn sourced(n: usize) -> String {
    format!(r#", "evidence": [{{"source": "s{}"}}]"#, n % 5)
}

fn planned(map: &Map, modes: &[(Pair, PairMode)], mode: LabelMode, fonts: &Fonts) -> Plan {
    let actors: Vec<ActorId> = map.actor_ids().collect();
    let ties: Vec<TieId> = map.tie_ids().filter(|&tie| !map.tie(tie).claim.is_withdrawn()).collect();
    let modes: OrdMap<Pair, PairMode> = modes.iter().copied().collect();
    Plan::new(map, &actors, &ties, &modes, Labels { mode, ..Labels::default() }, fonts)
}

fn drawn(map: &Map, plan: &Plan) -> (Layout, Scene) {
    let (nodes, edges) = (plan.nodes(&OrdMap::new()), plan.edges(&OrdMap::new()));
    let request = Request { nodes, edges, aspect: 1.4, ..Request::default() };
    let layout = route_and_label(&request, &[pos2(0.0, 0.0), pos2(700.0, 0.0)]);
    let scene = build_scene(map, plan, &layout, &Theme::light());
    (layout, scene)
}

/// Returns the words on the pill of the only ribbon.
fn said(map: &Map, plan: &Plan) -> String {
    let (_, scene) = drawn(map, plan);
    words(scene.items.iter().find(|item| matches!(item.part, Part::RibbonPill(_))).expect("a ribbon"))
}

/// Returns the words of an item.
fn words(item: &SceneItem) -> String {
    let lines = item.shapes.iter().filter_map(|shape| match shape {
        Shape::Text { text, .. } if text.style.face != Face::Icon => {
            Some(text.lines.iter().map(|line| line.text.trim().to_owned()).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" | ")
}

fn all_said(ties: usize, tie: impl Fn(usize) -> String) -> String {
    let map = map(ties, tie);
    said(&map, &planned(&map, &[], LabelMode::All, &Fonts::new()))
}

#[test]
fn more_than_eight_ties_are_one_ribbon() {
    let fonts = Fonts::new();
    let lanes = |ties: usize, modes: &[(Pair, PairMode)]| planned(&map(ties, sourced), modes, LabelMode::All, &fonts);
    assert_eq!(lanes(8, &[]).lines.len(), 8);
    assert_eq!(lanes(9, &[]).lines.len(), 1);
    assert_eq!(lanes(9, &[(both(), PairMode::Ties)]).lines.len(), 9);
    assert_eq!(lanes(2, &[(both(), PairMode::Ribbon)]).lines.len(), 1);
    assert!(lanes(1, &[(both(), PairMode::Ribbon)]).ribbons.is_empty(), "one tie is no ribbon");
    assert_eq!(lanes(9, &[]).ties().len(), 9);
}

#[test]
fn a_ribbon_counts_and_never_adds_up_currencies() {
    let money = |n: usize| {
        let currency = if n < 6 { "EUR" } else { "USD" };
        format!(r#", "amount": {{"exact": {}, "currency": "{currency}"}}{}"#, (n + 1) * 1_000_000, sourced(n))
    };
    // Amounts contain no-break spaces.
    let said = all_said(12, money).replace('\u{a0}', " ");
    assert_eq!(said, "12 ties: loan | €21 million in 6 · $57 million in 6 | [1–5]");
    assert_eq!(all_said(1_000, sourced), "1,000 ties: loan | [1–5]");
}

#[test]
fn doubt_in_one_tie_is_said_of_the_ribbon() {
    let disputed = |n: usize| sourced(n) + if n == 7 { r#", "status": "disputed""# } else { "" };
    assert_eq!(all_said(9, disputed), "9 ties: loan | [1–5]‡");
    let lacking = |n: usize| if n < 3 { String::new() } else { sourced(n) };
    assert_eq!(all_said(9, lacking), "9 ties: loan | [1–5], 3 with no source");
    assert_eq!(all_said(9, |_| String::new()), "9 ties: loan | no source");
    // At any level of detail, count and doubt stay.
    let fonts = Fonts::new();
    let map = map(9, |n| if n == 2 { r#", "status": "disputed""#.to_owned() } else { sourced(n) });
    let none = planned(&map, &[], LabelMode::None, &fonts);
    assert_eq!(said(&map, &none), "9 ties | 1 with no source‡");
    let plain = planned(&map, &[], LabelMode::All, &fonts).without_numbers(&map, &fonts);
    assert_eq!(said(&map, &plain), "9 ties: loan | 1 with no source‡");
    let legend = Legend::of_plan(&map, &none);
    assert!(legend.has_ribbon && legend.has_disputed && legend.has_unsourced);
}

#[test]
fn withdrawn_ties_are_not_counted() {
    let fonts = Fonts::new();
    let map = map(10, |n| sourced(n) + if n == 4 { r#", "status": "superseded""# } else { "" });
    assert!(said(&map, &planned(&map, &[], LabelMode::All, &fonts)).starts_with("9 ties"));
}

#[test]
fn arrowheads_tell_the_ways() {
    let fonts = Fonts::new();
    let heads = |turned: &[usize]| {
        let mut parts = map(9, sourced).records().to_parts();
        for &tie in turned {
            if let Ends::Pair { from, to } = &mut parts.ties[tie].ends {
                std::mem::swap(from, to);
            }
        }
        let map = Map::new(parts).expect("a sound map");
        let (layout, scene) = drawn(&map, &planned(&map, &[], LabelMode::All, &fonts));
        let item = scene.items.iter().find(|item| matches!(item.part, Part::Ribbon(_))).expect("a ribbon");
        let heads = item.shapes.iter().filter(|shape| matches!(shape, Shape::Polygon { .. })).count();
        (heads, layout.lanes[0].curve[0][0].x < 350.0)
    };
    assert_eq!(heads(&[]), (1, true), "from Alpha to Beta");
    assert_eq!(heads(&[3]), (2, true), "both ways");
    assert_eq!(heads(&[0, 1, 2, 3, 4, 5, 6, 7, 8]), (1, false), "from Beta to Alpha");
}

#[test]
fn an_excerpt_counts_what_is_left() {
    let fonts = Fonts::new();
    let map = map(12, sourced);
    let plan = planned(&map, &[], LabelMode::All, &fonts);
    let (layout, _) = drawn(&map, &plan);
    let actors: BTreeSet<ActorId> = map.actor_ids().collect();
    let left = |ties: &[u32]| {
        let ties: BTreeSet<TieId> = ties.iter().copied().map(TieId).collect();
        plan.excerpt((&map, &fonts), &layout, &actors, &ties)
    };
    let some = left(&[3, 4, 5]);
    assert_eq!(some.plan.ties().len(), 3);
    let scene = build_scene(&map, &some.plan, &some.layout, &Theme::light());
    let words: Vec<String> = scene.items.iter().flat_map(|item| &item.shapes).filter_map(first_line).collect();
    assert!(words.contains(&"3 ties: loan".to_owned()), "{words:?}");
    let one = left(&[7]);
    assert!(one.plan.ribbons.is_empty() && one.plan.lines.len() == 1 && one.plan.lines[0].tie == TieId(7));
    assert!(left(&[]).plan.lines.is_empty());
}

fn first_line(shape: &Shape) -> Option<String> {
    if let Shape::Text { text, .. } = shape { text.lines.first().map(|line| line.text.clone()) } else { None }
}

#[test]
fn ties_that_may_have_held_are_marked_only_with_a_date() {
    let fonts = Fonts::new();
    let dates = |n: usize| match n {
        0 => r#", "startDate": "2019""#,
        _ => r#", "startDate": "2019", "endDate": "2025""#,
    };
    let map = map(9, |n| sourced(n) + dates(n) + if n < 2 { r#", "status": "disputed""# } else { "" });
    let actors: Vec<ActorId> = map.actor_ids().collect();
    let plan = |ties: std::ops::Range<u32>, mode, as_of: Option<&str>| {
        let ties: Vec<TieId> = ties.map(TieId).collect();
        let as_of = as_of.and_then(|text| Date::parse(text).ok());
        Plan::new(&map, &actors, &ties, &OrdMap::new(), Labels { mode, as_of, ..Labels::default() }, &fonts)
    };
    // The first tie has no known end.
    let marks = [
        (0..9, LabelMode::All, Some("2021"), "9 ties: loan | [1–5]‡\u{a0}?"),
        (1..9, LabelMode::Numbers, Some("2021"), "[2]‡"),
        (0..1, LabelMode::All, Some("2021"), "[1]‡\u{a0}?"),
        (0..1, LabelMode::None, Some("2021"), "‡\u{a0}?"),
        (0..1, LabelMode::None, None, "‡"),
        (0..9, LabelMode::All, None, "9 ties: loan | [1–5]‡"),
    ];
    for (ties, mode, as_of, wanted) in marks {
        let plan = plan(ties, mode, as_of);
        let (_, scene) = drawn(&map, &plan);
        let texts = scene.items.iter().filter(|item| matches!(item.part, Part::RibbonPill(_) | Part::Pill(_)));
        let texts: Vec<String> = texts.map(|item| words(item)).collect();
        assert!(texts.iter().any(|text| text.ends_with(wanted)), "{wanted}: {texts:?}");
        let is_marked = wanted.ends_with('?');
        assert_eq!(texts.iter().any(|text| text.contains('?')), is_marked, "{texts:?}");
        assert_eq!(Legend::of_plan(&map, &plan).has_uncertain, is_marked, "the legend has what occurs");
        let plain = plan.without_numbers(&map, &fonts);
        let (_, scene) = drawn(&map, &plain);
        let has_mark = scene.items.iter().any(|item| words(item).ends_with('?'));
        assert_eq!(has_mark, is_marked, "signs of doubt stay without numbers");
    }
}
