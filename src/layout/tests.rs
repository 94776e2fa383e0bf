//! One specification for every algorithm, over generated maps with realistic box and label sizes.

mod bounds;
mod changes;
pub(super) mod maps;
mod slow;

use emath::{Pos2, Rect, pos2};

use super::curve::{flatten_within, segment_distance};
use super::geometry::{boxed, length};
use super::quality::measure;
use super::{Algorithm, Bend, Layout, NoProgress, Progress, Request, lay_out, route_and_label};

const ALL: [Algorithm; 7] = [
    Algorithm::Auto,
    Algorithm::Force,
    Algorithm::Layered,
    Algorithm::LayeredDown,
    Algorithm::Radial,
    Algorithm::Circle,
    Algorithm::Columns,
];

fn laid_out(request: &Request) -> Layout {
    lay_out(request, &NoProgress).expect("nobody cancels")
}

fn with(mut request: Request, algorithm: Algorithm) -> Request {
    request.algorithm = algorithm;
    request
}

/// Returns the distance of a point from the outline of a box.
fn off_outline(p: Pos2, card: &Rect) -> f32 {
    let outside = length(p - card.clamp(p));
    let inside = (p.x - card.min.x).min(card.max.x - p.x).min(p.y - card.min.y).min(card.max.y - p.y);
    outside.max(inside.max(0.0))
}

fn assert_sound(request: &Request, layout: &Layout) {
    assert_eq!(layout.centers.len(), request.nodes.len());
    assert_eq!(layout.lanes.len(), request.edges.len());
    assert!(layout.centers.iter().all(|c| c.is_finite()));
    for (lane, edge) in layout.lanes.iter().zip(&request.edges) {
        assert!(lane.curve.iter().flatten().all(|p| p.is_finite()), "a curve is not finite");
        assert!(!lane.curve.is_empty());
        for pieces in lane.curve.windows(2) {
            assert_eq!(pieces[0][3], pieces[1][0], "pieces must join");
        }
        let card = |v: u32| boxed(layout.centers[v as usize], request.nodes[v as usize].size);
        let (start, end) = (lane.curve[0][0], lane.curve[lane.curve.len() - 1][3]);
        assert!(
            off_outline(start, &card(edge.from)) < 0.1,
            "{edge:?} starts {} off",
            off_outline(start, &card(edge.from))
        );
        assert!(off_outline(end, &card(edge.to)) < 2.1, "{edge:?} ends {} off", off_outline(end, &card(edge.to)));
        if let (Some(label), Some(size)) = (lane.label, edge.label) {
            assert!((label.size() - size).abs().max_elem() < 0.01);
            let chords = flatten_within(&lane.curve, 1.0, 4096);
            let near = chords.windows(2).any(|chord| segment_distance(chord[0], chord[1], label.center()) < 1.0);
            assert!(near, "a label is not on its lane");
        }
    }
}

/// The slow specification's checks on a single small map.
#[test]
fn every_algorithm_makes_a_sound_picture_of_a_chain() {
    for algorithm in ALL {
        let request = with(maps::chain(5, 2), algorithm);
        let layout = laid_out(&request);
        assert_sound(&request, &layout);
        let quality = measure(&request, &layout);
        assert_eq!(
            (quality.cards_overlapping, quality.label_overlaps, quality.labels_on_cards),
            (0, 0, 0),
            "{algorithm:?}"
        );
    }
}

#[test]
fn a_large_map_is_the_same_on_any_number_of_threads() {
    let request = maps::random(300, 420, 8);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| laid_out(&request))
    };
    let layout = run(1);
    assert_eq!(layout, run(4));
    assert_sound(&request, &layout);
    assert_eq!(measure(&request, &layout).cards_overlapping, 0);
}

#[test]
fn seeds_choose_among_pictures() {
    let mut request = maps::random(10, 14, 2);
    let first = laid_out(&request);
    request.seed = 99;
    assert_ne!(first, laid_out(&request));
}

#[test]
fn four_actors_with_many_ties_stand_in_a_row_with_every_label() {
    let request = maps::four_actors();
    let layout = laid_out(&request);
    let quality = measure(&request, &layout);
    assert_eq!(quality.labels_left_out, 0);
    assert_eq!(quality.lanes_through_labels, 0);
    assert_eq!(quality.crossings, 0);
    let x = |v: usize| layout.centers[v].x;
    assert!((x(0) > x(1)) == (x(2) > x(0)), "the most tied actor stands between the other two");
    assert!(layout.centers[..3].iter().all(|c| (c.y - layout.centers[0].y).abs() < 1.0), "three actors in a row");
}

#[test]
fn layers_follow_the_arrows_to_the_right_or_down() {
    let mut request = maps::tree(14, 2);
    for (algorithm, is_down) in [(Algorithm::Layered, false), (Algorithm::LayeredDown, true)] {
        request.algorithm = algorithm;
        let layout = laid_out(&request);
        let along = |v: u32| if is_down { layout.centers[v as usize].y } else { layout.centers[v as usize].x };
        // Where a flow turns at the edge of the picture, two layers are side by side.
        let ahead = request.edges.iter().filter(|edge| along(edge.from) < along(edge.to) - 30.0).count();
        assert!(ahead * 10 >= request.edges.len() * 9, "{algorithm:?}: {ahead} of {}", request.edges.len());
    }
}

#[test]
fn a_star_has_what_enters_on_one_side_and_what_leaves_on_the_other() {
    let ties: Vec<_> = (1..=16).map(|v| if v <= 8 { (v, 0, true) } else { (0, v, true) }).collect();
    let layout = laid_out(&maps::request(17, &ties, 1));
    let mean =
        |from: usize| layout.centers[from..from + 8].iter().fold(emath::Vec2::ZERO, |sum, p| sum + p.to_vec2()) / 8.0;
    let flow = mean(9) - mean(1);
    assert!(flow.x.max(flow.y) > 200.0, "from left to right or from the top down, but the means differ by {flow:?}");
}

#[test]
fn a_bent_line_passes_through_its_bend_with_the_label_there() {
    let mut request = maps::chain(2, 1);
    request.edges[0].bend = Some(Bend { along: 0.5, across: 60.0 });
    let layout = route_and_label(&request, &[pos2(0.0, 0.0), pos2(400.0, 0.0)]);
    let label = layout.lanes[0].label.expect("there is room");
    assert!(length(label.center() - pos2(200.0, 60.0)) < 0.01);
    assert_sound(&request, &layout);
}

#[test]
fn a_line_bends_around_a_box_in_its_way() {
    let request = maps::request(3, &[(0, 2, true)], 1);
    let layout = route_and_label(&request, &[pos2(0.0, 0.0), pos2(300.0, 8.0), pos2(600.0, 0.0)]);
    let quality = measure(&request, &layout);
    assert_eq!((quality.lanes_through_cards, quality.labels_left_out), (0, 0));
}

#[test]
fn loops_lie_outside_their_box() {
    let request = maps::request(2, &[(0, 0, true), (0, 0, true), (0, 0, false), (0, 1, true)], 1);
    let layout = laid_out(&request);
    assert_sound(&request, &layout);
    let quality = measure(&request, &layout);
    assert_eq!((quality.lanes_through_cards, quality.labels_left_out, quality.lanes_through_labels), (0, 0, 0));
}

#[test]
fn routing_keeps_given_centers() {
    let request = maps::random(12, 20, 6);
    let layout = laid_out(&request);
    assert_eq!(route_and_label(&request, &layout.centers).centers, layout.centers);
}

struct Canceled;

impl Progress for Canceled {
    fn report(&self, _done: f32) {}

    fn is_canceled(&self) -> bool {
        true
    }
}

#[test]
fn a_canceled_layout_is_none() {
    for algorithm in ALL {
        assert_eq!(lay_out(&with(maps::chain(8, 1), algorithm), &Canceled), None);
    }
    assert_eq!(lay_out(&maps::chain(400, 1), &Canceled), None);
}

#[test]
fn degenerate_requests_come_out_whole() {
    for algorithm in ALL {
        for count in [0, 1, 2] {
            let layout = laid_out(&with(maps::request(count, &[], 1), algorithm));
            assert_eq!(layout.centers.len(), count);
        }
        let mut coincident = with(maps::chain(4, 1), algorithm);
        for node in &mut coincident.nodes {
            node.fixed = Some(pos2(5.0, 5.0));
        }
        let layout = laid_out(&coincident);
        assert_eq!(layout.centers, vec![pos2(5.0, 5.0); 4]);
        assert!(layout.lanes.iter().flat_map(|l| l.curve.iter().flatten()).all(|p| p.is_finite()));
        let dangling = with(maps::request(0, &[(0, 1, true)], 1), algorithm);
        assert_eq!(laid_out(&dangling).lanes.len(), 1);
    }
}
