//! A weighted graph in flat arrays, for maps of up to hundreds of thousands of actors.

use rayon::prelude::*;

use crate::layout::buckets::Buckets;

/// Nodes per task of a parallel loop.
pub(super) const CHUNK: usize = 1024;

/// An undirected graph: the neighbors of each node lie side by side, each tie twice.
#[derive(Clone, Default)]
pub(super) struct Graph {
    /// Start of each node's neighbors in `to`, and the end of the last ones.
    start: Vec<u32>,
    to: Vec<u32>,
    weight: Vec<f32>,
    /// Number of actors that each node stands for.
    pub mass: Vec<f32>,
    /// Twice the weight of all ties within each node.
    pub inner: Vec<f32>,
}

impl Graph {
    /// Builds a graph from pairs of nodes: several ties of a pair count logarithmically, loops not at all.
    pub(super) fn new(count: usize, pairs: &[(u32, u32)]) -> Self {
        let pairs = || pairs.iter().filter(|(a, b)| a != b).flat_map(|&(a, b)| [(a, b), (b, a)]);
        // Sorted by the second end, then stably by the first: each list of neighbors comes out sorted.
        let second = Buckets::new(count, pairs().map(|(_, b)| b));
        let mut ends = vec![(0, 0); second.len()];
        second.fill(pairs(), |pair| pair.1, |pair| pair, &mut ends);
        let first = Buckets::new(count, ends.iter().map(|&(a, _)| a));
        let mut to = vec![0; first.len()];
        first.fill(ends.into_iter(), |pair| pair.0, |pair| pair.1, &mut to);
        let mut graph = Self { mass: vec![1.0; count], inner: vec![0.0; count], ..Self::default() };
        for v in 0..count {
            graph.start.push(graph.to.len() as u32);
            for same in to[first.range(v)].chunk_by(|a, b| a == b) {
                graph.to.push(same[0]);
                graph.weight.push(1.0 + libm::logf(same.len() as f32));
            }
        }
        graph.start.push(graph.to.len() as u32);
        graph
    }

    /// Returns the number of nodes.
    pub(super) fn len(&self) -> usize {
        self.mass.len()
    }

    /// Returns the number of neighbors of all nodes, which is twice the number of tied pairs.
    pub(super) fn ends(&self) -> usize {
        self.to.len()
    }

    pub(super) fn range(&self, v: usize) -> std::ops::Range<usize> {
        self.start[v] as usize..self.start[v + 1] as usize
    }

    /// Returns the neighbors of a node, each with the weight of the ties to it.
    pub(super) fn neighbors(&self, v: usize) -> impl Iterator<Item = (usize, f32)> {
        let range = self.range(v);
        self.to[range.clone()].iter().map(|&u| u as usize).zip(self.weight[range].iter().copied())
    }

    /// Returns the weight of all ties of a node to others.
    pub(super) fn strength(&self, v: usize) -> f32 {
        self.weight[self.range(v)].iter().sum()
    }

    /// Multiplies the weight of each tie by a factor of its two nodes.
    pub(super) fn reweigh(&mut self, factor: impl Fn(usize, usize) -> f32) {
        for v in 0..self.len() {
            for k in self.range(v) {
                self.weight[k] *= factor(v, self.to[k] as usize);
            }
        }
    }

    /// Returns the graph with node `order[n]` as its node `n`.
    pub(super) fn reordered(&self, order: &[u32]) -> Self {
        let mut place = vec![0; self.len()];
        for (n, &v) in (0..).zip(order) {
            place[v as usize] = n;
        }
        let parts = |nodes: &[u32]| {
            let mut part = GraphPart::default();
            for &v in nodes {
                let range = self.range(v as usize);
                part.degree.push(range.len() as u32);
                part.to.extend(self.to[range.clone()].iter().map(|&u| place[u as usize]));
                part.weight.extend_from_slice(&self.weight[range]);
            }
            part
        };
        let parts: Vec<GraphPart> = order.par_chunks(CHUNK).map(parts).collect();
        let of = |values: &[f32]| order.iter().map(|&v| values[v as usize]).collect();
        joined(&parts, of(&self.mass), of(&self.inner))
    }

    /// Returns the graph of some of the nodes, in ascending order, which have no ties to others.
    pub(super) fn part(&self, nodes: &[u32]) -> Self {
        if nodes.len() == self.len() {
            return self.clone();
        }
        let mut part = Self { start: vec![0], ..Self::default() };
        for &v in nodes {
            let range = self.range(v as usize);
            let number = |u: &u32| nodes.partition_point(|node| node < u) as u32;
            part.to.extend(self.to[range.clone()].iter().map(number));
            part.weight.extend_from_slice(&self.weight[range]);
            part.start.push(part.to.len() as u32);
            part.mass.push(self.mass[v as usize]);
            part.inner.push(self.inner[v as usize]);
        }
        part
    }

    /// Returns the graph of `count` parents: masses and weights of their children are summed.
    pub(super) fn contracted(&self, parent: &[u32], count: usize) -> Self {
        let children = Buckets::new(count, parent.iter().copied());
        let mut order = vec![0; parent.len()];
        children.fill(0..parent.len() as u32, |v| parent[*v as usize], |v| v, &mut order);
        let parents: Vec<usize> = (0..count).collect();
        let sums = |parents: &[usize]| {
            let mut part = GraphPart::default();
            let mut sum = vec![0.0; count];
            for &p in parents {
                let first = part.to.len();
                let (mut mass, mut inner) = (0.0, 0.0);
                for &v in &order[children.range(p)] {
                    mass += self.mass[v as usize];
                    inner += self.inner[v as usize];
                    for (u, weight) in self.neighbors(v as usize) {
                        let q = parent[u];
                        if q as usize == p {
                            inner += weight;
                        } else {
                            if sum[q as usize] == 0.0 {
                                part.to.push(q);
                            }
                            sum[q as usize] += weight;
                        }
                    }
                }
                part.mass.push(mass);
                part.inner.push(inner);
                part.degree.push((part.to.len() - first) as u32);
                part.to[first..].sort_unstable();
                part.weight.extend(part.to[first..].iter().map(|&q| std::mem::take(&mut sum[q as usize])));
            }
            part
        };
        let parts: Vec<GraphPart> = parents.par_chunks(count.div_ceil(16).max(64)).map(sums).collect();
        let all = |of: fn(&GraphPart) -> &Vec<f32>| parts.iter().flat_map(|part| of(part).iter().copied()).collect();
        joined(&parts, all(|part| &part.mass), all(|part| &part.inner))
    }
}

/// Some consecutive nodes of a graph that is built in parallel.
#[derive(Default)]
struct GraphPart {
    degree: Vec<u32>,
    to: Vec<u32>,
    weight: Vec<f32>,
    mass: Vec<f32>,
    inner: Vec<f32>,
}

fn joined(parts: &[GraphPart], mass: Vec<f32>, inner: Vec<f32>) -> Graph {
    let ends = parts.iter().map(|part| part.to.len()).sum();
    let mut graph =
        Graph { to: Vec::with_capacity(ends), weight: Vec::with_capacity(ends), mass, inner, start: vec![0] };
    let mut end = 0;
    for part in parts {
        graph.start.extend(part.degree.iter().map(|degree| {
            end += degree;
            end
        }));
        graph.to.extend_from_slice(&part.to);
        graph.weight.extend_from_slice(&part.weight);
    }
    graph
}
