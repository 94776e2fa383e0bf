//! Graphs whose right picture is known: planted communities, grids, stars, islands.

use std::collections::VecDeque;

use emath::{Pos2, Vec2, pos2, vec2};

use super::graph::Graph;
use super::quadtree::Quadtree;
use super::repulsion::repulsion;
use super::spacing::DISTANCE;
use super::{place, unfold};
use crate::layout::model::Model;
use crate::layout::rng::Rng;
use crate::layout::tests::maps;
use crate::layout::work::steps_of;
use crate::layout::{Algorithm, NoProgress, Progress, Request, communities, lay_out_centers};

type Pairs = Vec<(u32, u32)>;

/// Returns communities of `size` nodes, each node with six ties inside and one to anywhere, in random order; and the
/// community of each node.
fn planted(count: usize, size: usize, seed: u64) -> (Pairs, Vec<usize>) {
    let mut rng = Rng::new(seed, 77);
    let mut number: Vec<u32> = (0..count as u32).collect();
    rng.shuffle(&mut number);
    let mut pairs = Vec::new();
    for v in 0..count {
        let first = v / size * size;
        pairs.extend((0..3).map(|_| (v, first + rng.below(size))));
        pairs.push((v, first + (v + 1 - first) % size));
        if rng.unit() < 0.5 {
            pairs.push((v, rng.below(count)));
        }
    }
    let mut community = vec![0; count];
    for v in 0..count {
        community[number[v] as usize] = v / size;
    }
    (pairs.into_iter().map(|(a, b)| (number[a], number[b])).collect(), community)
}

fn grid(side: u32) -> Pairs {
    let at = |x, y| y * side + x;
    let right = (0..side).flat_map(|y| (0..side - 1).map(move |x| (at(x, y), at(x + 1, y))));
    let down = (0..side - 1).flat_map(|y| (0..side).map(move |x| (at(x, y), at(x, y + 1))));
    right.chain(down).collect()
}

fn request(count: usize, pairs: &[(u32, u32)]) -> Request {
    let ties: Vec<_> = pairs.iter().map(|&(a, b)| (a as usize, b as usize, true)).collect();
    Request { algorithm: Algorithm::Force, aspect: 1.4, ..maps::request(count, &ties, 1) }
}

fn placed(count: usize, pairs: &[(u32, u32)]) -> Vec<Pos2> {
    place(&Model::new(&request(count, pairs)), &NoProgress).expect("not canceled")
}

fn length(d: Vec2) -> f32 {
    (d.x * d.x + d.y * d.y).sqrt()
}

/// Returns the mean distance of points from their neighbors, as if they filled their frame evenly.
fn spacing(at: &[Pos2]) -> f32 {
    let frame = emath::Rect::from_points(at);
    (0.62 * frame.area() / at.len() as f32).sqrt()
}

/// Returns the normalized stress of the best scale, over paths from every `step`th node.
fn stress(at: &[Vec2], pairs: &[(u32, u32)], step: usize) -> f64 {
    let mut near = vec![Vec::new(); at.len()];
    for &(a, b) in pairs {
        near[a as usize].push(b as usize);
        near[b as usize].push(a as usize);
    }
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
    for from in (0..at.len()).step_by(step) {
        let mut far = vec![usize::MAX; at.len()];
        far[from] = 0;
        let mut open = VecDeque::from([from]);
        while let Some(v) = open.pop_front() {
            for &u in near[v].iter().filter(|&&u| far[u] == usize::MAX).collect::<Vec<_>>() {
                far[u] = far[v] + 1;
                open.push_back(u);
            }
        }
        for v in (0..at.len()).filter(|&v| v != from && far[v] != usize::MAX) {
            let ratio = f64::from(length(at[v] - at[from])) / far[v] as f64;
            sum += ratio;
            squares += ratio * ratio;
            count += 1.0;
        }
    }
    1.0 - sum * sum / (squares * count)
}

/// Returns which share of the ten nearest of a node are of its community.
fn purity(at: &[Vec2], community: &[usize]) -> f64 {
    let mut same = 0;
    let tried: Vec<usize> = (0..at.len()).step_by(7).collect();
    for &v in &tried {
        let mut others: Vec<usize> = (0..at.len()).filter(|&u| u != v).collect();
        others.sort_by(|&a, &b| length(at[a] - at[v]).total_cmp(&length(at[b] - at[v])));
        same += others[..10].iter().filter(|&&u| community[u] == community[v]).count();
    }
    same as f64 / (10 * tried.len()) as f64
}

#[test]
fn repulsion_is_that_of_all_pairs() {
    let mut rng = Rng::new(3, 1);
    let at: Vec<Vec2> = (0..3000).map(|_| vec2(rng.signed(), rng.signed()) * 100.0).collect();
    let mass: Vec<f32> = (0..at.len()).map(|_| 1.0 + 20.0 * rng.unit()).collect();
    let soft = vec![0.05; at.len()];
    let found = repulsion(&Quadtree::new(&at, &mass, &soft));
    let (mut error, mut all) = (0.0, 0.0);
    for v in (0..at.len()).step_by(5) {
        let exact = at.iter().zip(&mass).fold(Vec2::ZERO, |sum, (p, mass)| {
            let d = at[v] - *p;
            sum + d * (mass / (d.x * d.x + d.y * d.y + 0.1))
        });
        error += length(found[v] - exact);
        all += length(exact);
    }
    let share = error / all;
    assert!(share < 0.02, "{share}");
}

#[test]
fn contraction_keeps_all_mass_and_weight() {
    let (pairs, _) = planted(600, 30, 1);
    let graph = Graph::new(600, &pairs);
    let parent: Vec<u32> = (0..600).map(|v| v % 7).collect();
    let coarse = graph.contracted(&parent, 7);
    let weight = |graph: &Graph| (0..graph.len()).map(|v| graph.strength(v) + graph.inner[v]).sum::<f32>();
    assert!((weight(&coarse) - weight(&graph)).abs() < 0.1);
    assert_eq!(coarse.mass.iter().sum::<f32>(), 600.0);
    assert!((0..7).all(|v| coarse.neighbors(v).count() == 6), "each pair once, none with itself");
}

#[test]
fn several_ties_of_a_pair_weigh_little_more_than_one() {
    let graph = Graph::new(3, &[(0, 1), (1, 0), (0, 1), (1, 2), (2, 2)]);
    let weights: Vec<(usize, f32)> = graph.neighbors(1).collect();
    assert_eq!(weights, [(0, 1.0 + libm::logf(3.0)), (2, 1.0)]);
    assert_eq!(graph.neighbors(2).count(), 1, "a tie to itself doesn't count");
}

#[test]
fn planted_communities_are_found_and_drawn_apart() {
    for seed in 1..=3 {
        let (pairs, community) = planted(2000, 50, seed);
        let found = communities(&request(2000, &pairs));
        // Each planted community is one of those found, all but a few members.
        let mut strays = 0;
        for planted in 0..40 {
            let members: Vec<u32> = (0..2000).filter(|&v| community[v] == planted).map(|v| found[v]).collect();
            let most = members.iter().map(|of| members.iter().filter(|other| *other == of).count()).max();
            strays += members.len() - most.unwrap_or(0);
        }
        let count = found.iter().max().map_or(0, |last| last + 1);
        assert!(strays < 40 && (35..=45).contains(&count), "{strays} strays, {count} communities");
        let graph = Graph::new(2000, &pairs);
        let (at, _) = unfold::unfold(&graph, seed, &NoProgress).expect("not canceled");
        let (purity, stress) = (purity(&at, &community), stress(&at, &pairs, 10));
        assert!(purity > 0.95, "purity {purity}");
        assert!(stress < 0.205, "stress {stress}");
        let finished: Vec<Vec2> = placed(2000, &pairs).iter().map(|p| p.to_vec2()).collect();
        let purity = self::purity(&finished, &community);
        assert!(purity > 0.95, "purity after finishing {purity}");
    }
}

#[test]
fn few_actors_would_fit_another_community_better() {
    let (pairs, _) = planted(2000, 50, 9);
    let graph = Graph::new(2000, &pairs);
    let found = communities(&request(2000, &pairs));
    let strength: Vec<f32> = (0..2000).map(|v| graph.strength(v)).collect();
    let mut total = vec![0.0; 2000];
    for v in 0..2000 {
        total[found[v] as usize] += strength[v];
    }
    let all: f32 = strength.iter().sum();
    let gain = |v: usize, of: u32| {
        let weight: f32 = graph.neighbors(v).filter(|(u, _)| found[*u] == of).map(|(_, weight)| weight).sum();
        let own = if found[v] == of { strength[v] } else { 0.0 };
        weight - strength[v] * (total[of as usize] - own) / all
    };
    let is_misplaced = |v: &usize| {
        let best = graph.neighbors(*v).map(|(u, _)| gain(*v, found[u])).fold(f32::NEG_INFINITY, f32::max);
        best > gain(*v, found[*v]) + 0.01
    };
    let misplaced = (0..2000).filter(is_misplaced).count();
    assert!(misplaced < 12, "{misplaced} of 2,000");
}

#[test]
fn a_graph_without_communities_is_not_broken_up() {
    let pairs = grid(40);
    assert!(communities(&request(1600, &pairs)).iter().all(|of| *of == 0));
    let at = placed(1600, &pairs);
    let mut lengths: Vec<f32> = pairs.iter().map(|&(a, b)| length(at[a as usize] - at[b as usize])).collect();
    lengths.sort_by(f32::total_cmp);
    let median = lengths[lengths.len() / 2];
    assert!(lengths[lengths.len() - 1] < 3.0 * median, "a crack of {}", lengths[lengths.len() - 1] / median);
    let graph = Graph::new(1600, &pairs);
    for seed in 1..=6 {
        let (at, _) = unfold::unfold(&graph, seed, &NoProgress).expect("not canceled");
        let stress = stress(&at, &pairs, 10);
        assert!(stress < 0.04, "not folded: {stress} with seed {seed}");
    }
}

#[test]
fn a_star_is_a_disc_around_its_middle() {
    let at = placed(2001, &(1..=2000).map(|leaf| (0, leaf)).collect::<Vec<_>>());
    let spacing = spacing(&at);
    let stretched: Vec<Vec2> = at.iter().map(|p| (*p - at[0]) / vec2(1.4_f32.sqrt(), 1.0 / 1.4_f32.sqrt())).collect();
    let widest = stretched.iter().map(|d| length(*d)).fold(0.0, f32::max);
    let mean = stretched.iter().map(|d| length(*d)).sum::<f32>() / 2000.0;
    // In an even disc, points are two thirds of the radius from the middle.
    assert!((0.60..0.72).contains(&(mean / widest)), "{}", mean / widest);
    let closest = (1..2000).map(|v| length(at[v] - at[v + 1])).fold(f32::INFINITY, f32::min);
    assert!(closest > 0.4 * spacing, "{closest} at a spacing of {spacing}");
}

#[test]
fn points_keep_their_distance() {
    let (pairs, _) = planted(1200, 40, 4);
    let at = placed(1200, &pairs);
    let area = crate::layout::geometry::boxed(Pos2::ZERO, maps::request(1, &[], 1).nodes[0].size).area();
    let mean = spacing(&at);
    let mut too_close = 0;
    for v in 0..at.len() {
        too_close += (0..v).filter(|&u| length(at[u] - at[v]) < 0.7 * DISTANCE * mean).count();
    }
    assert!(too_close < 12, "{too_close} pairs at a spacing of {mean}, boxes of {area}");
}

#[test]
fn parts_without_ties_to_each_other_have_places_of_their_own() {
    let mut pairs: Pairs = (1..120).map(|v| (v / 3, v)).collect();
    pairs.extend((121..150).map(|v| (120, v)));
    pairs.extend((0..10).map(|n| (150 + 2 * n, 151 + 2 * n)));
    // 120 in a tree, 30 in a star, ten pairs, thirty alone.
    let at = placed(200, &pairs);
    let spread = |range: std::ops::Range<usize>| emath::Rect::from_points(&at[range]);
    assert!(!spread(0..120).intersects(spread(120..150)));
    for n in 0..10 {
        let pair = spread(150 + 2 * n..152 + 2 * n);
        assert!(!pair.intersects(spread(0..120)) && !pair.intersects(spread(120..150)));
    }
    assert!((170..200).all(|v| !spread(0..120).contains(at[v]) && !spread(120..150).contains(at[v])));
    let frame = spread(0..200);
    assert!((0.8..2.4).contains(&(frame.width() / frame.height())), "{frame:?}");
}

#[test]
fn islands_of_all_shapes_fill_their_frame() {
    // Chains, stars and rings of 5 to 34 actors.
    let (mut pairs, mut count) = (Pairs::new(), 0);
    for n in 0..60 {
        let size = 5 + n % 30;
        pairs.extend((1..size).map(|v| match n % 3 {
            0 => (count + v - 1, count + v),
            1 => (count, count + v),
            _ => (count + v, count + (v + 1) % size),
        }));
        count += size;
    }
    let at = placed(count as usize, &pairs);
    let frame = emath::Rect::from_points(&at);
    // In a grid of eight by eight, nearly all cells have actors.
    let cell = |p: &Pos2| {
        let share = (*p - frame.min) / frame.size() * 7.999;
        (share.x as usize, share.y as usize)
    };
    let filled: std::collections::BTreeSet<_> = at.iter().map(cell).collect();
    assert!(filled.len() >= 52, "{} of 64", filled.len());
    assert!((1.0..2.0).contains(&(frame.width() / frame.height())), "{frame:?}");
}

#[test]
fn fixed_points_stay_and_new_ones_join_what_they_are_tied_to() {
    let (mut pairs, _) = planted(400, 40, 2);
    let at = placed(400, &pairs);
    // One new actor with ties to three of the old ones, and one without any.
    let friends = [5_usize, 17, 29];
    pairs.extend(friends.map(|friend| (400, friend as u32)));
    let mut request = request(402, &pairs);
    for (node, p) in request.nodes.iter_mut().zip(&at) {
        node.fixed = Some(*p);
    }
    let again = lay_out_centers(&request, &NoProgress).expect("not canceled");
    assert_eq!(again[..400], at[..]);
    let middle = friends.iter().fold(Vec2::ZERO, |sum, &v| sum + at[v].to_vec2()) / 3.0;
    let frame = emath::Rect::from_points(&at);
    assert!(length(again[400].to_vec2() - middle) < 0.12 * frame.width(), "{:?} {middle:?}", again[400]);
    assert!(!frame.contains(again[401]), "without ties: outside");
    for new in [400, 401] {
        let closest = (0..400).map(|v| length(again[v] - again[new])).fold(f32::INFINITY, f32::min);
        assert!(closest > 0.3 * spacing(&at), "on top of another: {closest}");
    }
}

#[test]
fn a_few_fixed_points_stay_where_they_are() {
    let (pairs, _) = planted(400, 40, 3);
    let mut request = request(400, &pairs);
    let places = [(3, pos2(1000.0, -500.0)), (200, pos2(-800.0, 300.0)), (399, pos2(0.0, 0.0))];
    for (v, p) in places {
        request.nodes[v].fixed = Some(p);
    }
    let at = lay_out_centers(&request, &NoProgress).expect("not canceled");
    assert!(places.iter().all(|&(v, p)| at[v] == p));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (pairs, _) = planted(3000, 60, 5);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| placed(3000, &pairs))
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(5));
    assert!(one.iter().all(|p| p.is_finite()));
}

#[test]
fn work_grows_with_the_graph_and_little_more() {
    let steps = |count: usize| {
        let (pairs, _) = planted(count, 50, 6);
        let graph = Graph::new(count, &pairs);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        // Steps are counted by thread.
        pool.install(|| steps_of(|| drop(unfold::unfold(&graph, 1, &NoProgress))))
    };
    let (once, twice) = (steps(8000), steps(16_000));
    assert!(once > 100_000 && twice < once * 5 / 2, "{once} steps, {twice} for twice as many");
    assert!(once / 8000 < 3000, "{} steps for each actor", once / 8000);
}

/// Cancels after some questions.
struct Impatient(std::sync::atomic::AtomicUsize);

impl Progress for Impatient {
    fn report(&self, _done: f32) {}

    fn is_canceled(&self) -> bool {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= 40
    }
}

#[test]
fn it_stops_when_it_is_canceled() {
    let (pairs, _) = planted(2000, 50, 7);
    let impatient = Impatient(0.into());
    assert!(place(&Model::new(&request(2000, &pairs)), &impatient).is_none());
    assert!(impatient.0.into_inner() < 60, "asked in each round, and no more afterwards");
}

#[test]
fn odd_graphs_do_no_harm() {
    for (count, pairs) in [
        (0, vec![]),
        (1, vec![(0, 0)]),
        (2, vec![(0, 1)]),
        (300, vec![]),
        (300, vec![(7, 7); 50]),
        (300, (0..299).map(|v| (v, v + 1)).collect()),
        (200, (0..200).flat_map(|a| (0..a).map(move |b| (a, b))).collect()),
        (400, (0..200).flat_map(|v| [(v, 399), (v, 398)]).collect::<Pairs>()),
    ] {
        let at = placed(count, &pairs);
        assert_eq!(at.len(), count);
        assert!(at.iter().all(|p| p.is_finite()), "{count} nodes, {} ties", pairs.len());
        let spots: std::collections::BTreeSet<_> = at.iter().map(|p| (p.x.to_bits(), p.y.to_bits())).collect();
        assert_eq!(spots.len(), count, "no two at the same place");
    }
}
