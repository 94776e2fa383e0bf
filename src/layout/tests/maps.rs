//! Generated requests: stars, chains, trees, communities, dense cores, boards, parallel lines.

use emath::vec2;

use crate::layout::rng::Rng;
use crate::layout::{Algorithm, Edge, Node, Request};

pub(super) type Tie = (usize, usize, bool);

/// Creates a request with realistic box and label sizes; ties are (from, to, arrow).
pub(in crate::layout) fn request(count: usize, ties: &[Tie], seed: u64) -> Request {
    let mut rng = Rng::new(seed, 1);
    let mut degree = vec![0_u8; count + 2];
    for tie in ties {
        for end in [tie.0, tie.1] {
            degree[end] = degree[end].saturating_add(1);
        }
    }
    let mut node = |v: usize| Node {
        size: if degree[v] >= 5 {
            vec2(165.0 + (rng.unit() * 25.0).floor(), 60.0)
        } else {
            vec2(130.0 + (rng.unit() * 45.0).floor(), if rng.unit() < 0.4 { 58.0 } else { 48.0 })
        },
        fixed: None,
        hub: false,
        group: v as u32 % 3,
        weight: f32::from(degree[v]),
    };
    let nodes = (0..count).map(&mut node).collect();
    let edges = ties
        .iter()
        .map(|tie| Edge {
            from: tie.0 as u32,
            to: tie.1 as u32,
            width: 1.5 + rng.unit() * 3.0,
            arrow: tie.2,
            label: Some(vec2((70.0 + rng.unit() * rng.unit() * 130.0).floor(), 22.0)),
            weight: 1.0 + rng.unit(),
            bend: None,
        })
        .collect();
    Request { nodes, edges, algorithm: Algorithm::Auto, seed: 1, aspect: 1.5 }
}

/// A company between two others, with six and four ties to them, and a fourth at the end.
pub(super) fn four_actors() -> Request {
    let ties = [
        (1, 0, true),
        (1, 0, true),
        (0, 1, true),
        (0, 1, true),
        (0, 1, false),
        (0, 1, true),
        (2, 0, true),
        (0, 2, true),
        (0, 2, true),
        (0, 2, false),
        (2, 3, false),
    ];
    let mut request = request(4, &ties, 3);
    let widths = [190.0, 90.0, 180.0, 110.0, 130.0, 120.0, 150.0, 120.0, 140.0, 100.0, 120.0];
    for (edge, width) in request.edges.iter_mut().zip(widths) {
        edge.label = Some(vec2(width, 22.0));
    }
    request
}

pub(super) fn star(count: usize, seed: u64) -> Request {
    request(count, &(1..count).map(|v| (0, v, v % 3 > 0)).collect::<Vec<_>>(), seed)
}

pub(in crate::layout) fn chain(count: usize, seed: u64) -> Request {
    request(count, &(1..count).map(|v| (v - 1, v, true)).collect::<Vec<_>>(), seed)
}

pub(super) fn tree(count: usize, seed: u64) -> Request {
    let mut rng = Rng::new(seed, 2);
    request(count, &(1..count).map(|v| (rng.below(v.div_ceil(2)), v, true)).collect::<Vec<_>>(), seed)
}

pub(super) fn random(count: usize, lines: usize, seed: u64) -> Request {
    let mut rng = Rng::new(seed, 3);
    let mut ties: Vec<Tie> = (1..count).map(|v| (rng.below(v), v, true)).collect();
    while ties.len() < lines {
        let (a, b) = (rng.below(count), rng.below(count));
        if a != b {
            ties.push((a, b, rng.unit() < 0.7));
        }
    }
    request(count, &ties, seed)
}

/// Groups with ties inside, and two ties to the next group.
pub(super) fn communities(groups: usize, each: usize, seed: u64) -> Request {
    let mut rng = Rng::new(seed, 4);
    let mut ties = Vec::new();
    for group in 0..groups {
        let base = group * each;
        ties.extend((1..each).map(|v| (base + rng.below(v), base + v, true)));
        for _ in 0..each / 3 {
            let (a, b) = (rng.below(each), rng.below(each));
            if a != b {
                ties.push((base + a, base + b, false));
            }
        }
        if group > 0 {
            ties.push((base - each + rng.below(each), base + rng.below(each), true));
            ties.push((base - each + rng.below(each), base + rng.below(each), false));
        }
    }
    request(groups * each, &ties, seed)
}

/// A clique with leaves.
pub(super) fn core(count: usize, core: usize, seed: u64) -> Request {
    let mut rng = Rng::new(seed, 5);
    let mut ties: Vec<Tie> = (0..core).flat_map(|a| (0..a).map(move |b| (a, b, true))).collect();
    ties.extend((core..count).map(|v| (rng.below(core), v, true)));
    request(count, &ties, seed)
}

/// A tree whose pairs have one to `most` lines each, in both directions.
pub(super) fn parallel(count: usize, most: usize, seed: u64) -> Request {
    let mut rng = Rng::new(seed, 6);
    let mut ties = Vec::new();
    for v in 1..count {
        let u = rng.below(v);
        for i in 0..=rng.below(most) {
            ties.push(if i % 2 == 0 { (u, v, true) } else { (v, u, i % 3 > 0) });
        }
    }
    request(count, &ties, seed)
}

/// Companies in a chain and people who sit on one to three of their boards.
pub(super) fn boards(companies: usize, people: usize, seed: u64) -> Request {
    let mut rng = Rng::new(seed, 7);
    let mut ties: Vec<Tie> = (1..companies).map(|v| (v - 1, v, true)).collect();
    for person in companies..companies + people {
        let first = rng.below(companies);
        for seat in 0..=rng.below(2) {
            ties.push((person, (first + seat) % companies, true));
        }
    }
    request(companies + people, &ties, seed)
}

/// Small maps for checks that hold for every algorithm.
pub(super) fn small() -> Vec<(&'static str, Request)> {
    vec![
        ("four actors", four_actors()),
        ("star", star(9, 1)),
        ("tree", tree(14, 2)),
        ("core", core(10, 4, 3)),
        ("two parts", {
            let mut request = chain(6, 4);
            request.edges.remove(2);
            request
        }),
        ("loops", request(4, &[(0, 1, true), (1, 1, true), (1, 2, true), (2, 2, false), (2, 3, true)], 5)),
        ("hub", {
            let mut request = request(5, &[(0, 4, false), (1, 4, false), (2, 4, false), (3, 4, true), (0, 1, true)], 6);
            request.nodes[4].size = vec2(16.0, 16.0);
            request.nodes[4].hub = true;
            request
        }),
    ]
}

/// Maps of 5 to 60 boxes whose layout must be readable.
pub(super) fn readable() -> Vec<(&'static str, Request)> {
    vec![
        ("star of 8", star(8, 1)),
        ("star of 20", star(20, 2)),
        ("chain of 5", chain(5, 3)),
        ("chain of 18", chain(18, 4)),
        ("tree of 25", tree(25, 5)),
        ("tree of 50", tree(50, 6)),
        ("two communities", communities(2, 9, 7)),
        ("four communities", communities(4, 9, 8)),
        ("clique of 5", core(5, 5, 9)),
        ("core of 18", core(18, 5, 10)),
        ("many lines in 5 pairs", parallel(6, 5, 11)),
        ("many lines in 11 pairs", parallel(12, 6, 12)),
        (
            "eight lines",
            request(
                2,
                &[
                    (0, 1, true),
                    (0, 1, true),
                    (1, 0, true),
                    (0, 1, false),
                    (1, 0, true),
                    (1, 0, true),
                    (0, 1, true),
                    (0, 1, true),
                ],
                13,
            ),
        ),
        ("boards of 20", boards(6, 14, 14)),
        ("random of 15", random(15, 22, 15)),
        ("random of 25", random(25, 38, 16)),
        ("random of 40", random(40, 54, 17)),
        ("random of 60", random(60, 78, 18)),
    ]
}
