//! The specification over many maps; takes minutes, so `cargo quick` skips it.

use emath::{pos2, vec2};

use super::{ALL, assert_sound, laid_out, maps, with};
use crate::layout::quality::measure;
use crate::layout::{Bend, Request};

#[test]
fn every_algorithm_makes_sound_pictures_without_overlapping_boxes() {
    for algorithm in ALL {
        for (name, request) in maps::small() {
            let request = with(request, algorithm);
            let layout = laid_out(&request);
            assert_sound(&request, &layout);
            let quality = measure(&request, &layout);
            assert_eq!(quality.cards_overlapping, 0, "{algorithm:?} {name}");
            assert_eq!((quality.label_overlaps, quality.labels_on_cards), (0, 0), "{algorithm:?} {name}");
        }
    }
}

#[test]
fn every_algorithm_keeps_fixed_boxes_exactly_and_others_off_them() {
    for algorithm in ALL {
        let mut request = with(maps::communities(2, 6, 3), algorithm);
        let places = [(2, pos2(123.25, -77.5)), (7, pos2(-300.0, 410.125)), (9, pos2(500.0, 0.0))];
        for (v, place) in places {
            request.nodes[v].fixed = Some(place);
        }
        let layout = laid_out(&request);
        for (v, place) in places {
            assert_eq!(layout.centers[v], place, "{algorithm:?}");
        }
        assert_eq!(measure(&request, &layout).cards_overlapping, 0, "{algorithm:?}");
        assert_sound(&request, &layout);
    }
}

#[test]
fn every_algorithm_gives_the_same_layout_on_any_number_of_threads() {
    for algorithm in ALL {
        let request = with(maps::parallel(9, 4, 5), algorithm);
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| laid_out(&request))
        };
        assert_eq!(run(1), run(4), "{algorithm:?}");
    }
}

#[test]
fn generated_maps_are_readable() {
    for (name, request) in maps::readable() {
        let layout = laid_out(&request);
        assert_sound(&request, &layout);
        let quality = measure(&request, &layout);
        assert_eq!(quality.label_overlaps, 0, "{name}");
        assert_eq!(quality.labels_on_cards, 0, "{name}");
        assert_eq!(quality.lanes_through_cards, 0, "{name}");
        assert!(quality.labels_left_out * 20 <= request.edges.len(), "{name}: {} left out", quality.labels_left_out);
    }
}

#[test]
fn a_tree_is_drawn_in_levels_that_flow_one_way() {
    // Ownership: one owner, four subsidiaries, three below each of them.
    let mut ties = Vec::new();
    for daughter in 1..=4 {
        ties.push((0, daughter, true));
        ties.extend((1..=3).map(|n| (daughter, 3 * daughter + 1 + n, true)));
    }
    let request = maps::request(17, &ties, 1);
    let layout = laid_out(&request);
    let x = |v: usize| layout.centers[v].x;
    assert!(ties.iter().all(|&(owner, owned, _)| x(owner) < x(owned)), "everyone stands to the right of the owner");
    // Reversed, the same tree flows toward its root.
    let turned: Vec<_> = ties.iter().map(|&(from, to, is_directed)| (to, from, is_directed)).collect();
    let layout = laid_out(&maps::request(17, &turned, 1));
    let x = |v: usize| layout.centers[v].x;
    assert!(turned.iter().all(|&(from, to, _)| x(from) < x(to)), "all arrows point to the right");
}

#[test]
fn islands_have_frames_of_their_own() {
    // A star, a ring, a chain and two single actors.
    let mut ties: Vec<_> = (1..=6).map(|v| (0, v, true)).collect();
    ties.extend([(7, 8, true), (8, 9, true), (9, 10, true), (10, 7, true), (11, 12, true), (12, 13, true)]);
    let islands: [&[usize]; 5] = [&[0, 1, 2, 3, 4, 5, 6], &[7, 8, 9, 10], &[11, 12, 13], &[14], &[15]];
    for seed in 1..=4 {
        let request = Request { seed, ..maps::request(16, &ties, 1) };
        let layout = laid_out(&request);
        let frames = islands.map(|island| {
            let card = |&v: &usize| emath::Rect::from_center_size(layout.centers[v], request.nodes[v].size);
            island.iter().map(card).fold(emath::Rect::NOTHING, emath::Rect::union)
        });
        for (i, one) in frames.iter().enumerate().take(3) {
            for other in &frames[i + 1..] {
                assert!(!one.expand(6.0).intersects(other.expand(6.0)), "seed {seed}: {one:?} reaches into {other:?}");
            }
        }
    }
}

#[test]
fn hostile_numbers_do_no_harm() {
    let strange = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0, -5.0, 1.0e30];
    for algorithm in ALL {
        let mut request = with(maps::random(12, 20, 3), algorithm);
        for (i, value) in strange.into_iter().enumerate() {
            request.nodes[i].size = vec2(value, 40.0);
            request.nodes[i + 6].fixed = Some(pos2(value, 10.0));
            request.nodes[i].weight = value;
            request.edges[i].label = Some(vec2(80.0, value));
            request.edges[i + 6].weight = value;
            request.edges[i + 12].bend = Some(Bend { along: value, across: value });
        }
        request.edges[0].from = 4_000_000;
        request.edges[1].to = u32::MAX;
        request.aspect = f32::NAN;
        let layout = laid_out(&request);
        assert_eq!(layout.lanes.len(), request.edges.len());
        assert!(layout.centers.iter().all(|c| c.is_finite()), "{algorithm:?}");
        for lane in &layout.lanes {
            assert!(!lane.curve.is_empty() && lane.curve.iter().flatten().all(|p| p.is_finite()), "{algorithm:?}");
        }
    }
}
