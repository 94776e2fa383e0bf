//! Random graphs of well-known kinds.

use std::collections::BTreeSet;

/// An undirected graph without repeated ties.
pub struct Graph {
    pub count: usize,
    pub ties: Vec<(u32, u32)>,
    /// Planted community of each node.
    pub community: Option<Vec<u32>>,
}

/// A generator of random numbers (`SplitMix64`, S. Vigna).
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 33) as usize % count.max(1)
    }

    fn permutation(&mut self, count: usize) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0..count as u32).collect();
        for n in (1..count).rev() {
            numbers.swap(n, self.below(n + 1));
        }
        numbers
    }
}

impl Graph {
    fn new(count: usize, ties: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let ties: BTreeSet<(u32, u32)> =
            ties.into_iter().filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))).collect();
        Self { count, ties: ties.into_iter().collect(), community: None }
    }

    /// Returns the number that each node gets, and the graph with these numbers and with its ties in another order.
    pub fn shuffled(&self, seed: u64) -> (Vec<u32>, Self) {
        let mut random = Random(seed * 77);
        let numbers = random.permutation(self.count);
        let order = random.permutation(self.ties.len());
        let ties = order.iter().map(|&tie| self.ties[tie as usize]);
        let ties = ties.map(|(a, b)| (numbers[a as usize], numbers[b as usize])).collect();
        (numbers, Self { count: self.count, ties, community: None })
    }
}

/// Communities of `size` nodes with so many ties inside and to anywhere for each node, on a path so that it is connected.
fn planted(count: usize, size: usize, inside: usize, outside: usize) -> Graph {
    let mut random = Random(count as u64 + size as u64);
    let mut ties: Vec<(usize, usize)> = (0..count - 1).map(|v| (v, v + 1)).collect();
    for _ in 0..count * inside / 2 {
        let a = random.below(count);
        ties.push((a, (a / size * size + random.below(size)).min(count - 1)));
    }
    ties.extend((0..count * outside / 2).map(|_| (random.below(count), random.below(count))));
    let numbers = random.permutation(count);
    let mut community = vec![0; count];
    (0..count).for_each(|v| community[numbers[v] as usize] = (v / size) as u32);
    let graph = Graph::new(count, ties.into_iter().map(|(a, b)| (numbers[a], numbers[b])));
    Graph { community: Some(community), ..graph }
}

/// Preferential attachment, two ties for each new node (Barabási and Albert 1999).
fn attached(count: usize) -> Graph {
    let mut random = Random(count as u64);
    let mut ends: Vec<u32> = vec![0, 1];
    let mut ties = vec![(0, 1)];
    for v in 2..count as u32 {
        let others = [ends[random.below(ends.len())], ends[random.below(ends.len())]];
        for other in others {
            ties.push((v, other));
            ends.extend([v, other]);
        }
    }
    Graph::new(count, ties)
}

fn grid(side: u32) -> Graph {
    let right = (0..side * side).filter(move |v| v % side + 1 < side).map(|v| (v, v + 1));
    Graph::new((side * side) as usize, right.chain((0..side * (side - 1)).map(move |v| (v, v + side))))
}

fn tree(count: usize) -> Graph {
    let mut random = Random(count as u64);
    Graph::new(count, (1..count).map(|v| (random.below(v) as u32, v as u32)).collect::<Vec<_>>())
}

/// Returns all graphs with their names.
pub fn all() -> impl Iterator<Item = (&'static str, Graph)> {
    type Maker = fn() -> Graph;
    let makers: [(&str, Maker); 8] = [
        ("pp1k", || planted(1_000, 50, 6, 1)),
        ("pp10k", || planted(10_000, 100, 6, 1)),
        ("pp100k", || planted(100_000, 250, 6, 1)),
        ("pp1m", || planted(100_000, 250, 16, 3)),
        ("ba10k", || attached(10_000)),
        ("ba100k", || attached(100_000)),
        ("grid10k", || grid(100)),
        ("tree10k", || tree(10_000)),
    ];
    makers.into_iter().map(|(name, make)| (name, make()))
}
