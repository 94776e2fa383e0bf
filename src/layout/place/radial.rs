//! Radial layout: rings around the most important box, from a breadth-first tree whose branches share the circle by
//! size.

use std::collections::VecDeque;

use emath::{Pos2, pos2};

use super::MARGIN;
use crate::layout::model::Model;
use crate::layout::rng::Rng;

/// A breadth-first tree over the indices of a part.
struct Tree {
    order: Vec<usize>,
    depth: Vec<usize>,
    children: Vec<Vec<usize>>,
    /// Space that each branch needs on the circle, as its number of leaves.
    leaves: Vec<f32>,
}

/// Returns the branch orders to try, in four batches.
pub(super) fn starts() -> Vec<Vec<u64>> {
    [0..6, 6..12, 12..18, 18..24].map(Iterator::collect).to_vec()
}

/// Computes the center and ring number of each box of a connected part, in the order of `part`; the middle is the
/// origin.
pub(super) fn place(model: &Model, part: &[u32]) -> (Vec<Pos2>, Vec<usize>) {
    started(model, part, 0)
}

/// Like [`place`], but with one of several orders of the branches; 0 is the order of the request.
pub(super) fn started(model: &Model, part: &[u32], start: u64) -> (Vec<Pos2>, Vec<usize>) {
    let mut tree = tree(model, part);
    if start > 0 {
        let mut rng = Rng::new(model.seed, 600 + start);
        tree.children.iter_mut().for_each(|children| rng.shuffle(children));
    }
    let radii = radii(model, part, &tree);
    let mut from = vec![0.0; part.len()];
    let mut centers = vec![Pos2::ZERO; part.len()];
    for &i in &tree.order {
        let share = std::f32::consts::TAU / tree.leaves[tree.order[0]].max(1.0);
        let middle = from[i] + tree.leaves[i] * share * 0.5;
        if tree.depth[i] > 0 {
            let radius = radii[tree.depth[i]];
            // Elliptical rings fit the page's aspect ratio; the first branch starts at the left.
            let stretch = model.aspect.sqrt();
            centers[i] = pos2(-libm::cosf(middle) * radius * stretch, -libm::sinf(middle) * radius / stretch);
        }
        let mut at = from[i];
        for &child in &tree.children[i] {
            from[child] = at;
            at += tree.leaves[child] * share;
        }
    }
    (centers, tree.depth)
}

fn tree(model: &Model, part: &[u32]) -> Tree {
    let mut index = vec![usize::MAX; model.len()];
    for (i, &v) in part.iter().enumerate() {
        index[v as usize] = i;
    }
    let rank = |i: &usize| (model.weight[part[*i] as usize], model.at[part[*i] as usize].len());
    let root = (0..part.len())
        .max_by(|x, y| {
            let (p, q) = (rank(x), rank(y));
            p.0.total_cmp(&q.0).then(p.1.cmp(&q.1)).then(y.cmp(x))
        })
        .unwrap_or(0);
    let mut tree = Tree {
        order: Vec::new(),
        depth: vec![usize::MAX; part.len()],
        children: vec![Vec::new(); part.len()],
        leaves: vec![0.0; part.len()],
    };
    tree.depth[root] = 0;
    let mut queue = VecDeque::from([root]);
    while let Some(i) = queue.pop_front() {
        tree.order.push(i);
        for other in model.neighbors(part[i]) {
            let j = index[other as usize];
            if tree.depth[j] == usize::MAX {
                tree.depth[j] = tree.depth[i] + 1;
                tree.children[i].push(j);
                queue.push_back(j);
            }
        }
    }
    for &i in tree.order.iter().rev() {
        let below: f32 = tree.children[i].iter().map(|&c| tree.leaves[c]).sum();
        tree.leaves[i] = below.max(1.0);
    }
    tree
}

/// Computes the radius of each ring: a box and a label beyond the previous one, and large enough for its boxes.
fn radii(model: &Model, part: &[u32], tree: &Tree) -> Vec<f32> {
    let rings = tree.order.last().map_or(0, |&i| tree.depth[i]);
    let mut radii = vec![0.0_f32; rings + 1];
    let total = tree.leaves[tree.order[0]].max(1.0);
    for ring in 1..=rings {
        let mut gap = 120.0_f32;
        let mut need = 0.0_f32;
        for &i in tree.order.iter().filter(|&&i| tree.depth[i] == ring) {
            let v = part[i] as usize;
            for &k in &model.at[v] {
                gap = gap.max(model.ideal_distance(&model.bundles[k as usize]).min(420.0));
            }
            let extent = (model.size[v].x + model.size[v].y) * 0.6 + 2.0 * MARGIN.x;
            need = need.max(extent * total / tree.leaves[i] / std::f32::consts::TAU);
        }
        radii[ring] = (radii[ring - 1] + gap).max(need);
    }
    radii
}
