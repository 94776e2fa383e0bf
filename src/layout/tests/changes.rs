//! Changes of a part of a layout: what moved follows, what is far away stays, and taking it back leaves no trace.

use std::collections::BTreeMap;

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::assert_sound;
use super::maps;
use crate::layout::geometry::boxed;
use crate::layout::quality::measure;
use crate::layout::{Bend, Layout, LayoutChange, Request, Router, Undo, route_and_label};

/// The lines whose curve or label may touch a rectangle, found by asking all.
fn near(layout: &Layout) -> impl Fn(Rect) -> Vec<u32> + use<> {
    let lanes: Vec<(Rect, Option<Rect>)> =
        layout.lanes.iter().map(|lane| (Rect::from_points(lane.curve.as_flattened()), lane.label)).collect();
    move |rect| {
        let touches = |(curve, label): &(Rect, Option<Rect>)| {
            curve.intersects(rect) || label.is_some_and(|label| label.intersects(rect))
        };
        (0..).zip(&lanes).filter(|(_, lane)| touches(lane)).map(|(line, _)| line).collect()
    }
}

fn change(router: &mut Router, change: &LayoutChange) -> Undo {
    let near = near(router.layout());
    router.change(change, &near, usize::MAX).expect("not too much")
}

fn moved(layout: &Layout, v: u32, way: Vec2) -> LayoutChange {
    LayoutChange { centers: vec![(v, layout.centers[v as usize] + way)], bends: Vec::new() }
}

/// Boxes on a wide grid, each tied to the next one in its row and column and to one farther on.
fn grid(side: u32) -> (Request, Layout) {
    let count = side * side;
    let ties: Vec<maps::Tie> = (0..count)
        .flat_map(|v| {
            let right = (v % side + 1 < side).then_some((v as usize, v as usize + 1, true));
            let below = (v + side < count).then_some((v as usize, (v + side) as usize, false));
            let far = v.is_multiple_of(7).then_some((v as usize, (v as usize * 5 + 3) % count as usize, true));
            [right, below, far.filter(|(from, to, _)| from != to)].into_iter().flatten()
        })
        .collect();
    let request = maps::request(count as usize, &ties, 3);
    let centers: Vec<Pos2> = (0..count).map(|v| pos2((v % side) as f32 * 420.0, (v / side) as f32 * 260.0)).collect();
    let layout = route_and_label(&request, &centers);
    (request, layout)
}

#[test]
fn lanes_of_a_moved_box_follow_and_those_far_away_stay() {
    let (request, before) = grid(12);
    let mut router = Router::new(&request, before.clone());
    let v = 6 * 12 + 5;
    let undo = change(&mut router, &moved(&before, v, vec2(120.0, 90.0)));
    let after = router.layout();
    assert_sound(&request, after);
    let anew = route_and_label(&request, &after.centers);
    let (old, new) = (before.centers[v as usize], after.centers[v as usize]);
    let around = Rect::from_two_pos(old, new).expand2(vec2(430.0, 270.0));
    let (mut own, mut far) = (0, 0);
    for (i, edge) in request.edges.iter().enumerate() {
        let covers = |layout: &Layout| Rect::from_points(layout.lanes[i].curve.as_flattened());
        if edge.from == v || edge.to == v {
            own += 1;
            assert_eq!(after.lanes[i].curve, anew.lanes[i].curve, "the same ways as when all is routed anew");
        } else if !covers(&before).intersects(around) {
            far += 1;
            assert_eq!(after.lanes[i], before.lanes[i], "what is far away stays");
            assert_eq!(after.lanes[i].curve, anew.lanes[i].curve, "as it does when all is routed anew");
        }
    }
    assert!(own >= 4 && far > 150, "{own} {far}");
    assert!(undo.routed < 40, "{} lanes were routed", undo.routed);
    assert_eq!(measure(&request, after).label_overlaps, 0);
}

#[test]
fn a_lane_gives_way_to_a_box_that_comes_in_between() {
    let ties = [(0, 1, true), (2, 3, true)];
    let request = maps::request(5, &ties, 1);
    let centers = [(0.0, 0.0), (900.0, 0.0), (0.0, 600.0), (900.0, 600.0), (450.0, 300.0)].map(|(x, y)| pos2(x, y));
    let before = route_and_label(&request, &centers);
    let mut router = Router::new(&request, before.clone());
    change(&mut router, &moved(&before, 4, vec2(0.0, -300.0)));
    assert_ne!(router.layout().lanes[0], before.lanes[0], "it gives way");
    assert_eq!(router.layout().lanes[1], before.lanes[1]);
    let quality = measure(&request, router.layout());
    assert_eq!((quality.lanes_through_cards, quality.label_overlaps), (0, 0));
    let there = router.layout().clone();
    change(&mut router, &moved(&there, 4, vec2(0.0, 300.0)));
    assert_eq!(router.layout().lanes[0].curve, before.lanes[0].curve, "and comes back when it is gone");
}

#[test]
fn a_label_keeps_away_from_a_box_that_comes_to_lie_on_it() {
    let request = maps::request(3, &[(0, 1, true)], 1);
    let centers = [pos2(0.0, 0.0), pos2(900.0, 0.0), pos2(450.0, 300.0)];
    let before = route_and_label(&request, &centers);
    let label = before.lanes[0].label.expect("room for it");
    let mut router = Router::new(&request, before.clone());
    // Beside the lane, but on the label.
    let half = request.nodes[2].size.y / 2.0 + 8.0;
    change(&mut router, &moved(&before, 2, label.center() + vec2(0.0, half) - centers[2]));
    let card = boxed(router.layout().centers[2], request.nodes[2].size);
    assert!(router.layout().lanes[0].label.is_none_or(|label| !label.intersects(card)));
}

#[test]
fn taking_a_change_back_leaves_no_trace() {
    let (request, before) = grid(6);
    let mut router = Router::new(&request, before.clone());
    let bend = Some(Bend { along: 0.4, across: 60.0 });
    let both = LayoutChange { bends: vec![(3, bend), (9, bend)], ..moved(&before, 14, vec2(150.0, -40.0)) };
    let undo = change(&mut router, &both);
    assert_ne!(*router.layout(), before);
    let once = router.layout().clone();
    router.revert(undo);
    assert_eq!(*router.layout(), before);
    change(&mut router, &both);
    assert_eq!(*router.layout(), once, "the same again");
    let straight = LayoutChange { bends: vec![(3, None), (9, None)], ..moved(&before, 14, Vec2::ZERO) };
    change(&mut router, &straight);
    let curves = |layout: &Layout| layout.lanes.iter().map(|lane| lane.curve.clone()).collect::<Vec<_>>();
    assert_eq!(curves(router.layout()), curves(&before), "back by a change");
}

#[test]
fn a_bend_goes_through_its_point() {
    let (request, before) = grid(5);
    let mut router = Router::new(&request, before.clone());
    let change_of = LayoutChange { centers: Vec::new(), bends: vec![(4, Some(Bend { along: 0.5, across: 80.0 }))] };
    change(&mut router, &change_of);
    let mut bent = request.clone();
    bent.edges[4].bend = Some(Bend { along: 0.5, across: 80.0 });
    assert_eq!(router.layout().lanes[4], route_and_label(&bent, &before.centers).lanes[4]);
}

#[test]
fn too_much_is_refused_and_leaves_everything() {
    let (request, before) = grid(6);
    let mut router = Router::new(&request, before.clone());
    let near = near(&before);
    assert!(router.change(&moved(&before, 8, vec2(50.0, 0.0)), &near, 2).is_none());
    assert_eq!(*router.layout(), before);
}

#[test]
fn hostile_changes_do_no_harm() {
    let (request, before) = grid(4);
    let mut router = Router::new(&request, before.clone());
    let centers = vec![(2, pos2(f32::NAN, 1.0)), (99, pos2(1.0, 1.0)), (3, pos2(f32::MAX, -9.0e9))];
    let bends = vec![(999, None), (1, Some(Bend { along: f32::NAN, across: 1.0 }))];
    change(&mut router, &LayoutChange { centers, bends });
    assert!(router.layout().centers.iter().all(|center| center.is_finite()));
    let count: BTreeMap<bool, usize> = router.layout().lanes.iter().fold(BTreeMap::new(), |mut counts, lane| {
        *counts.entry(lane.curve.iter().flatten().all(|point| point.is_finite())).or_default() += 1;
        counts
    });
    assert_eq!(count.get(&false), None);
}
