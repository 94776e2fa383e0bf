//! Ranks boxes by their ties: cycles are broken by the greedy rule of Eades, Lin and Smyth (1993), ranks follow the
//! longest path, whole groups then move where that shortens ties (node promotion after Nikolov and Tarassov 2006), and
//! overfull ranks are spread (list scheduling after Coffman and Graham 1972).

use std::collections::BTreeSet;

/// Maximum number of rounds in which all boxes may move to another rank.
const ROUNDS: usize = 64;
/// Maximum number of ties inspected in these rounds.
const BUDGET: usize = 3_000_000;

/// A bundle as a one-way tie between indices of a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct OneWayTie {
    /// Start index.
    pub from: usize,
    /// End index.
    pub to: usize,
    /// Cost of reversing the tie.
    pub weight: i64,
    /// Index of the bundle.
    pub bundle: usize,
}

/// Returns the indices of outgoing and of incoming ties of each box.
fn ends(count: usize, ways: &[OneWayTie]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let (mut out, mut into) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for (n, way) in ways.iter().enumerate() {
        out[way.from].push(n);
        into[way.to].push(n);
    }
    (out, into)
}

/// Orders boxes so that few ties run backward: sinks last, sources first, then by most outgoing weight.
fn sequence(count: usize, ways: &[OneWayTie]) -> Vec<usize> {
    let (out, into) = ends(count, ways);
    let sum = |numbers: &[usize]| numbers.iter().map(|&n| ways[n].weight).sum::<i64>();
    let mut flow: Vec<(i64, i64)> = (0..count).map(|v| (sum(&out[v]), sum(&into[v]))).collect();
    let key = |(out, into): (i64, i64)| match (out, into) {
        (0, _) => i64::MIN,
        (_, 0) => i64::MIN + 1,
        _ => into - out,
    };
    let mut open: BTreeSet<(i64, usize)> = (0..count).map(|v| (key(flow[v]), v)).collect();
    let mut is_gone = vec![false; count];
    let (mut first, mut last) = (Vec::with_capacity(count), Vec::new());
    while let Some((_, v)) = open.pop_first() {
        is_gone[v] = true;
        if flow[v].0 == 0 {
            last.push(v);
        } else {
            first.push(v);
        }
        for &n in out[v].iter().chain(&into[v]) {
            let way = ways[n];
            let other = if way.from == v { way.to } else { way.from };
            if is_gone[other] {
                continue;
            }
            open.remove(&(key(flow[other]), other));
            if way.from == v {
                flow[other].1 -= way.weight;
            } else {
                flow[other].0 -= way.weight;
            }
            open.insert((key(flow[other]), other));
        }
    }
    first.extend(last.into_iter().rev());
    first
}

/// Reverses ties until there are no cycles, and ranks each box before those it leads to.
pub(super) fn ranked(count: usize, ways: &mut [OneWayTie]) -> Vec<usize> {
    let order = sequence(count, ways);
    let mut at = vec![0; count];
    for (n, &v) in order.iter().enumerate() {
        at[v] = n;
    }
    for way in ways.iter_mut().filter(|way| at[way.from] > at[way.to]) {
        (way.from, way.to) = (way.to, way.from);
    }
    let (out, into) = ends(count, ways);
    let mut rank = vec![0_usize; count];
    for &v in &order {
        rank[v] = into[v].iter().map(|&n| rank[ways[n].from] + 1).max().unwrap_or(0);
    }
    tighten(ways, (&out, &into), &mut rank);
    rank
}

/// Moves each box, with all boxes it pushes along, by one rank while that shortens the ties in total.
fn tighten(ways: &[OneWayTie], (out, into): (&[Vec<usize>], &[Vec<usize>]), rank: &mut [usize]) {
    let mut budget = BUDGET;
    let mut mark = vec![0_usize; rank.len()];
    let mut turn = 0;
    let mut rested = 0;
    for round in 0..ROUNDS {
        let mut moved = false;
        for v in 0..rank.len() {
            let right = round % 2 == 0;
            turn += 1;
            mark[v] = turn;
            let mut group = vec![v];
            let (mut next, mut shorter, mut longer) = (0, 0, 0);
            let mut is_first = false;
            while next < group.len() && budget > 0 {
                let u = group[next];
                next += 1;
                is_first |= rank[u] == 0;
                budget = budget.saturating_sub(out[u].len() + into[u].len());
                for &n in out[u].iter().chain(&into[u]) {
                    let (from, to) = (ways[n].from, ways[n].to);
                    let other = if from == u { to } else { from };
                    let is_ahead = (from == u) == right;
                    if is_ahead && rank[to] == rank[from] + 1 && mark[other] != turn {
                        mark[other] = turn;
                        group.push(other);
                    }
                }
            }
            for &u in &group {
                let leaves = |n: &&usize| mark[ways[**n].from] != turn || mark[ways[**n].to] != turn;
                let (ahead, behind) = if right { (&out[u], &into[u]) } else { (&into[u], &out[u]) };
                shorter += ahead.iter().filter(leaves).count();
                longer += behind.iter().filter(leaves).count();
            }
            if shorter > longer && budget > 0 && (right || !is_first) {
                for u in group {
                    rank[u] = if right { rank[u] + 1 } else { rank[u] - 1 };
                }
                moved = true;
            }
        }
        rested = if moved { 0 } else { rested + 1 };
        if rested == 2 {
            break;
        }
    }
    let first = rank.iter().min().copied().unwrap_or(0);
    for r in rank.iter_mut() {
        *r -= first;
    }
}

/// Limits ranks to `limit` boxes: boxes without room move to a later rank, and so do their successors.
pub(super) fn spread(ways: &[OneWayTie], rank: &[usize], limit: usize) -> Vec<usize> {
    let (out, into) = ends(rank.len(), ways);
    let mut order: Vec<usize> = (0..rank.len()).collect();
    // Boxes with the most dependents go first.
    order.sort_by_key(|&v| (rank[v], std::cmp::Reverse(out[v].len()), v));
    let mut filled: Vec<usize> = Vec::new();
    let mut spread = vec![0; rank.len()];
    for v in order {
        let mut r = into[v].iter().map(|&n| spread[ways[n].from] + 1).max().unwrap_or(0).max(rank[v]);
        while filled.get(r).is_some_and(|&count| count >= limit) {
            r += 1;
        }
        filled.resize(filled.len().max(r + 1), 0);
        filled[r] += 1;
        spread[v] = r;
    }
    // Remove ranks left empty between distant ties.
    let mut place = 0;
    let number: Vec<usize> = filled
        .iter()
        .map(|&count| {
            place += usize::from(count > 0);
            place.saturating_sub(1)
        })
        .collect();
    spread.iter().map(|&r| number[r]).collect()
}

#[cfg(test)]
mod tests {
    use super::{OneWayTie, ranked, spread};

    fn ways(pairs: &[(usize, usize)]) -> Vec<OneWayTie> {
        pairs.iter().enumerate().map(|(bundle, &(from, to))| OneWayTie { from, to, weight: 3, bundle }).collect()
    }

    #[test]
    fn a_cycle_is_opened_at_one_tie_only() {
        for count in [3, 7, 12] {
            let pairs: Vec<(usize, usize)> = (0..count).map(|v| (v, (v + 1) % count)).collect();
            let mut ways = ways(&pairs);
            let rank = ranked(count, &mut ways);
            let turned = ways.iter().zip(&pairs).filter(|(way, pair)| way.from != pair.0).count();
            assert_eq!(turned, 1, "{count}");
            assert_eq!(rank.iter().max(), Some(&(count - 1)));
        }
    }

    #[test]
    fn ties_that_close_no_cycle_keep_their_direction() {
        let pairs = [(0, 3), (1, 3), (3, 4), (4, 5), (1, 5), (2, 5)];
        let mut ways = ways(&pairs);
        let rank = ranked(6, &mut ways);
        for (way, pair) in ways.iter().zip(pairs) {
            assert_eq!((way.from, way.to), pair);
            assert!(rank[pair.0] < rank[pair.1]);
        }
        assert_eq!(rank[2] + 1, rank[5], "a source stands right before what it leads to");
    }

    #[test]
    fn spread_ranks_hold_no_more_than_allowed_and_keep_the_flow() {
        let mut ways = ways(&[(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (5, 6)]);
        let rank = ranked(7, &mut ways);
        let spread = spread(&ways, &rank, 2);
        assert!((0..7).all(|r| spread.iter().filter(|&&s| s == r).count() <= 2), "{spread:?}");
        assert!(ways.iter().all(|way| spread[way.from] < spread[way.to]));
    }
}
