//! Bounds the work: doubling the lines takes little more than twice the steps, whatever their arrangement.

use emath::{Pos2, pos2, vec2};

use crate::layout::work::steps_of;
use crate::layout::{Edge, Layout, Node, Request, route_and_label};

/// Maximum growth when the input doubles: a little more than 2, for grids and sorting.
const MAX_GROWTH: f64 = 2.6;

fn node() -> Node {
    Node { size: vec2(140.0, 52.0), fixed: None, hub: false, group: 0, weight: 1.0 }
}

fn edge(from: usize, to: usize) -> Edge {
    let label = Some(vec2(90.0, 22.0));
    Edge { from: from as u32, to: to as u32, width: 2.0, arrow: true, label, weight: 1.0, bend: None }
}

fn request(boxes: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Request {
    let edges = pairs.map(|(from, to)| edge(from, to)).collect();
    Request { nodes: vec![node(); boxes], edges, aspect: 1.4, ..Request::default() }
}

fn routed(request: &Request, centers: &[Pos2]) -> Layout {
    route_and_label(request, centers)
}

/// Compares the steps for `size` lines with those for twice as many.
fn grows_gently(name: &str, size: usize, map: impl Fn(usize) -> (Request, Vec<Pos2>)) {
    let steps = |size: usize| {
        let (request, centers) = map(size);
        steps_of(|| drop(routed(&request, &centers)))
    };
    let (once, twice) = (steps(size), steps(2 * size));
    let growth = twice as f64 / once as f64;
    assert!(growth < MAX_GROWTH, "{name}: {once} steps for {size} lines, {twice} for twice as many: {growth:.2}");
}

#[test]
fn lanes_of_one_pair_are_spaced_without_comparing_each_with_each() {
    for (name, apart) in [("side by side", pos2(900.0, 40.0)), ("below each other", pos2(10.0, 900.0))] {
        grows_gently(name, 400, |lanes| {
            let pairs = (0..lanes).map(|lane| if lane % 2 == 0 { (0, 1) } else { (1, 0) });
            (request(2, pairs), vec![Pos2::ZERO, apart])
        });
    }
}

#[test]
fn arches_of_one_box_are_nested_without_comparing_each_with_each() {
    grows_gently("loops", 300, |lanes| (request(1, (0..lanes).map(|_| (0, 0))), vec![Pos2::ZERO]));
}

#[test]
fn parties_of_a_hub_and_leaves_of_a_star_grow_gently() {
    grows_gently("star", 1_000, |leaves| {
        let ring = |v: usize| pos2((v % 100) as f32 * 170.0 - 8500.0, (v / 100) as f32 * 80.0 - 800.0);
        let centers = std::iter::once(Pos2::ZERO).chain((0..leaves).map(ring)).collect();
        (request(leaves + 1, (1..=leaves).map(|leaf| (0, leaf))), centers)
    });
}

#[test]
fn lanes_of_a_wide_pair_keep_their_labels_apart_and_in_order() {
    let (request, centers) = (request(2, (0..40).map(|_| (0, 1))), vec![Pos2::ZERO, pos2(1200.0, 0.0)]);
    let layout = routed(&request, &centers);
    let labels: Vec<_> = layout.lanes.iter().filter_map(|lane| lane.label).collect();
    assert_eq!(labels.len(), 40, "each lane of its own has its label");
    for (n, label) in labels.iter().enumerate() {
        assert!(labels[n + 1..].iter().all(|other| !label.intersects(*other)));
    }
    let gaps: Vec<f32> = labels.windows(2).map(|pair| pair[1].center().y - pair[0].center().y).collect();
    let least = gaps.iter().copied().fold(f32::INFINITY, f32::min);
    let most = gaps.iter().copied().fold(0.0, f32::max);
    assert!(least > 0.0 && most - least < 1.0, "evenly spaced: {least} to {most}");
}

#[test]
fn lanes_beyond_some_number_take_no_more_room_and_leave_labels_out() {
    let height = |lanes: usize| {
        let request = request(2, (0..lanes).map(|_| (0, 1)));
        let layout = routed(&request, &[Pos2::ZERO, pos2(1200.0, 0.0)]);
        let labels: Vec<_> = layout.lanes.iter().filter_map(|lane| lane.label).collect();
        for (n, label) in labels.iter().enumerate() {
            assert!(labels[n + 1..].iter().all(|other| !label.intersects(*other)), "labels over each other");
        }
        let points = layout.lanes.iter().flat_map(|lane| lane.curve.iter().flatten());
        let (low, high) = points.fold((f32::MAX, f32::MIN), |(low, high), p| (low.min(p.y), high.max(p.y)));
        (high - low, labels.len())
    };
    let ((few, all), (many, some)) = (height(60), height(600));
    assert_eq!(all, 60);
    assert!(many < 1.1 * few && (30..=60).contains(&some), "{few} and {many} high, {some} labels");
}

mod slow {
    use super::*;

    #[test]
    fn many_pairs_share_a_gap() {
        let facing = |lines: usize| {
            let side = 60;
            let centers = (0..2 * side).map(|v| pos2((v / side) as f32 * 1500.0, (v % side) as f32 * 90.0)).collect();
            (request(2 * side, (0..lines).map(move |n| (n % side, side + (n / side + n * 7) % side))), centers)
        };
        grows_gently("two columns", 1_500, facing);
    }
}
