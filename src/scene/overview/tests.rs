//! Names and areas of a map with planted communities on spirals, without a layout.

use emath::{Pos2, Rect, vec2};

use super::occupancy::{WordGround, share_of_others};
use super::*;
use crate::model::{Actor, ActorId, ActorKind, ActorKindId, Claim, Ends, MapParts, Tie, TieId, TieKind, TieKindId};
use crate::scene::plan::{Labels, Plan};
use crate::text::Fonts;

const AREAS: usize = 9;

/// Actors of an area; larger for the first ones.
fn size(area: usize) -> usize {
    220 - 18 * area
}

fn map() -> (Map, Vec<Pos2>, Vec<u32>) {
    let (mut actors, mut ties, mut centers, mut communities) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut tie = |from: usize, to: usize| {
        let ends = Ends::Pair { from: ActorId::from_index(from), to: ActorId::from_index(to) };
        let claim = Claim { key: format!("t{}", ties.len()).as_str().into(), ..Claim::default() };
        ties.push(Tie { kind: TieKindId(0), ends, is_directed: false, claim });
    };
    for area in 0..AREAS {
        let first = actors.len();
        let middle = vec2((area % 3) as f32, (area / 3) as f32) * 2_400.0;
        for index in 0..size(area) {
            // The leading actor of an area is in its middle, as in a layout by forces.
            let (angle, radius) = (2.4 * index as f32, 52.0 * (index as f32).sqrt());
            centers.push((middle + radius * vec2(libm::cosf(angle), libm::sinf(angle))).to_pos2());
            communities.push(area as u32);
            let (key, name) = (format!("a{}", actors.len()), format!("Actor {index} of {area}"));
            actors.push(Actor { key: key.as_str().into(), kind: Some(ActorKindId(0)), name, ..Actor::default() });
            if index > 0 {
                let parent = if index <= 8 { 0 } else { (index - 1) / 4 };
                tie(first + index, first + parent);
            }
        }
        if first > 0 {
            tie(first, 0);
            tie(first + 1, 2);
        }
    }
    let kind =
        ActorKind { key: "x".into(), label: "X".to_owned(), color: None, icon: None, is_listed: true, is_auto: false };
    let (key, label) = ("tie".into(), "Tie".to_owned());
    let tie_kind = TieKind {
        key,
        label,
        verb: None,
        is_directed: false,
        color: None,
        icon: None,
        is_listed: true,
        is_auto: false,
    };
    let parts = MapParts { actor_kinds: vec![kind], tie_kinds: vec![tie_kind], actors, ties, ..MapParts::default() };
    (Map::new(parts).expect("a sound map"), centers, communities)
}

fn overview(fonts: &Fonts) -> (Map, Overview) {
    let (map, centers, communities) = map();
    let actors: Vec<ActorId> = map.actor_ids().collect();
    let ties: Vec<TieId> = map.tie_ids().collect();
    let plan = Plan::new(&map, &actors, &ties, &imbl::OrdMap::new(), Labels::default(), fonts);
    let input = OverviewInput { map: &map, plan: &plan, centers: &centers, communities: &communities, names: &[] };
    let overview = Overview::new(&input, None);
    (map, overview)
}

fn view(overview: &Overview, enlarged: f32) -> OverviewView {
    let size = vec2(900.0, 720.0);
    let scale = (size / (overview.bounds().size() * 1.12)).min_elem() * enlarged;
    let offset = size / 2.0 - overview.bounds().center().to_vec2() * scale;
    let visible = Rect::from_min_size(Pos2::ZERO, size);
    OverviewView { scale, offset, visible, unit: 1.0, least_px: 11.0, level: overview.level(scale) }
}

#[test]
fn areas_are_the_communities_with_their_leading_actors() {
    let (_, overview) = overview(&Fonts::new());
    let sizes: Vec<u32> = overview.areas().iter().map(|area| area.size).collect();
    assert_eq!(sizes, (0..AREAS).map(|area| size(area) as u32).collect::<Vec<_>>());
    let mut first = 0;
    for (index, area) in overview.areas().iter().enumerate() {
        // The roots of the trees have the most ties.
        assert_eq!(area.hub, first);
        assert_eq!(overview.area_at(overview.dots().centers[first as usize]), Some(index as u32));
        assert!(
            area.members
                .windows(2)
                .all(|pair| { overview.dots().ranks[pair[0] as usize] < overview.dots().ranks[pair[1] as usize] })
        );
        first += area.size;
    }
    assert_eq!(overview.bridges().collect::<Vec<_>>(), [0, 2], "all other areas have ties to them");
}

#[test]
fn no_actor_is_nameless_whose_name_has_room() {
    let fonts = Fonts::new();
    let (map, overview) = overview(&fonts);
    let theme = Theme::light();
    let of = WordMaterials { map: &map, fonts: &fonts, theme: &theme };
    for enlarged in [1.0, 2.5, 5.0] {
        let view = view(&overview, enlarged);
        let mut ground = WordGround::new(&overview, &view);
        let titles = overview.place_titles(&view, of, &mut ground);
        let names = overview.place_names(&view, of, &[], &titles, &mut ground);
        assert_eq!(
            overview.words(&view, of, &[]),
            OverviewWords { names: names.clone(), titles: titles.clone(), walked: ground.seen().len() }
        );
        let is_hub = |node: u32| overview.areas().iter().any(|area| area.hub == node);
        let ranks =
            names.iter().filter(|name| !is_hub(name.node)).map(|name| overview.dots().ranks[name.node as usize]);
        let last = ranks.max().expect("names");
        let mut nameless = 0;
        for node in overview.by_rank().take(last as usize) {
            let is_named = names.iter().any(|name| name.node == node)
                || titles.iter().any(|title| title.is_name_of_hub && overview.areas()[title.area as usize].hub == node);
            if !is_named && view.visible.contains(view.pos(overview.dots().centers[node as usize])) {
                nameless += 1;
                let is_leading = overview.areas().iter().any(|area| area.members[..3].contains(&node));
                let name = overview.place_name(node, is_leading, &view, of, &mut ground);
                assert_eq!(name, None, "at {enlarged}");
            }
        }
        assert!(nameless > 0 || names.len() > 60, "{} names, all that lead", names.len());
    }
}

#[test]
fn titles_stand_beside_their_areas() {
    let fonts = Fonts::new();
    let (map, overview) = overview(&fonts);
    let of = WordMaterials { map: &map, fonts: &fonts, theme: &Theme::light() };
    let view = view(&overview, 1.0);
    let words = overview.words(&view, of, &[]);
    assert_eq!(words.titles.len(), AREAS);
    for title in &words.titles {
        assert!(share_of_others(&overview, &view, title.rect, title.area) <= 0.0, "{title:?} has room");
        assert!(share_of_others(&overview, &view, title.rect, u32::MAX) < 0.5, "{title:?} is outside");
        let area = &overview.areas()[title.area as usize];
        assert_eq!(title.name.0.lines[0].text, format!("Actor 0 of {}", title.area));
        assert_eq!(title.count.0.lines[0].text, format!("and {} around it", area.size - 1));
        assert!(title.leader.is_some() && title.is_name_of_hub);
    }
}

#[test]
fn names_shown_a_moment_ago_stay() {
    let fonts = Fonts::new();
    let (map, overview) = overview(&fonts);
    let of = WordMaterials { map: &map, fonts: &fonts, theme: &Theme::light() };
    let view = view(&overview, 1.0);
    let named = |kept: &[u32]| overview.words(&view, of, kept).names.iter().map(|name| name.node).collect::<Vec<_>>();
    let before = named(&[]);
    let score = |node: u32| overview.dots().scores[node as usize];
    let last = before.iter().copied().map(score).fold(f32::INFINITY, f32::min);
    let near = overview.by_rank().filter(|node| !before.contains(node) && score(*node) * 1.25 > last);
    let near: Vec<u32> = near.collect();
    assert!(!near.is_empty());
    let after = named(&near);
    assert!(near.iter().any(|node| after.contains(node)), "none of {near:?} stays");
    assert_eq!(named(&[u32::MAX]), before, "a dot that is gone");
}

#[test]
fn ties_of_a_view_are_found_without_looking_at_all() {
    let (_, overview) = overview(&Fonts::new());
    let all = overview.dots().len() + overview.ties().len();
    for enlarged in [1.0, 3.0, 9.0] {
        let view = view(&overview, enlarged);
        let is_seen = |end: &u32| view.visible.contains(view.pos(overview.dots().centers[*end as usize]));
        let ends = &overview.ties().ends;
        let seen: Vec<u32> = (0..ends.len() as u32).filter(|&tie| ends[tie as usize].iter().any(is_seen)).collect();
        assert!(!seen.is_empty());
        assert_eq!(overview.drawn_ties(&view), seen);
        let budget = overview.tie_budget(&view);
        assert_eq!((budget.drawn, budget.limit), (seen.len(), u32::MAX));
        let style = TieStyle::new(overview.spacing_px(view.scale), view.visible.area(), budget.lengths);
        assert_eq!(style, overview.tie_style(&view, &seen));
        assert!(enlarged < 5.0 || budget.walked < all / 4, "{} of {all}", budget.walked);
    }
}
