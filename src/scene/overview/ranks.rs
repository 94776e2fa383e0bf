//! Importance of actors, and bridges: actors with ties into many areas.

use super::network::{NO_AREA, OverviewDots, OverviewTies, hash};

/// Most areas that count for the importance of an actor.
const MAX_REACH: u32 = 6;

/// Ranks and what is derived from all degrees.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ranking {
    /// Actors, the most important first.
    pub by_rank: Vec<u32>,
    /// Number of other areas from which an actor is a bridge.
    pub bridge_reach: u32,
    /// Degree from which dots have their full size.
    pub full_degree: u32,
    /// Score from which names have their full size.
    pub full_score: f32,
}

impl Ranking {
    /// Ranks all actors and marks the bridges.
    pub(super) fn new(dots: &mut OverviewDots, ties: &OverviewTies, area_count: usize) -> Self {
        dots.reaches = reaches(dots, ties, area_count);
        let actors = dots.actor_count();
        let bridge_reach = bridge_reach(&dots.reaches[..actors], area_count);
        for node in 0..actors {
            dots.is_bridge[node] = dots.reaches[node] >= bridge_reach;
        }
        let score = |(degree, reach): (&u32, &u32)| *degree as f32 * (1.0 + 0.25 * (*reach).min(MAX_REACH) as f32);
        dots.scores = dots.degrees.iter().zip(&dots.reaches).map(score).collect();
        let mut by_rank: Vec<u32> = (0..actors as u32).collect();
        // Equal actors come in random but fixed order, so that those that are named are spread over the map.
        let order = |node: u32| (hash(u64::from(node)), node);
        by_rank.sort_by(|&a, &b| {
            dots.scores[b as usize].total_cmp(&dots.scores[a as usize]).then_with(|| order(a).cmp(&order(b)))
        });
        dots.ranks = vec![u32::MAX; dots.len()];
        for (rank, &node) in (0..).zip(&by_rank) {
            dots.ranks[node as usize] = rank;
        }
        let mut degrees = dots.degrees[..actors].to_vec();
        degrees.sort_unstable();
        let third = degrees.iter().rev().nth(2).or(degrees.last()).copied().unwrap_or(0);
        let median = degrees.get(actors / 2).copied().unwrap_or(0);
        let score_at = |rank: usize| by_rank.get(rank).map_or(0.0, |&node| dots.scores[node as usize]);
        let full_score = score_at(0).max(8.0 * score_at(actors / 2)).max(1.0);
        Self { bridge_reach, full_degree: third.max(8 * median).max(2), full_score, by_rank }
    }
}

/// Returns the number of other areas into which each node has ties.
fn reaches(dots: &OverviewDots, ties: &OverviewTies, area_count: usize) -> Vec<u32> {
    let mut reached: Vec<(u32, u32)> = Vec::new();
    for (&[a, b], _) in ties.ends.iter().zip(&ties.is_between).filter(|(_, is_between)| **is_between) {
        for (node, other) in [(a, b), (b, a)] {
            let area = dots.areas[other as usize];
            if area != NO_AREA && (area as usize) < area_count {
                reached.push((node, area));
            }
        }
    }
    reached.sort_unstable();
    reached.dedup();
    let mut reaches = vec![0; dots.len()];
    for (node, area) in reached {
        if dots.areas[node as usize] != area {
            reaches[node as usize] += 1;
        }
    }
    reaches
}

/// Returns the smallest number of areas that leaves only a few bridges.
fn bridge_reach(reaches: &[u32], area_count: usize) -> u32 {
    let most = (reaches.len() / 200).max(12);
    let least = if area_count < 6 { 3 } else { 4 };
    let highest = reaches.iter().copied().max().unwrap_or(0).max(least) + 1;
    let count = |reach: u32| reaches.iter().filter(|&&own| own >= reach).count();
    (least..=highest).find(|&reach| count(reach) <= most).unwrap_or(highest)
}

#[cfg(test)]
mod tests {
    use super::bridge_reach;

    #[test]
    fn bridges_are_few() {
        assert_eq!(bridge_reach(&[0, 1, 4, 5], 8), 4);
        assert_eq!(bridge_reach(&[0, 1, 3, 5], 5), 3);
        // All hubs reach into four areas, so four is nothing special.
        assert_eq!(bridge_reach(&[vec![4; 40], vec![7; 3]].concat(), 8), 5);
        assert_eq!(bridge_reach(&[9; 40], 20), 10);
        assert_eq!(bridge_reach(&[], 0), 3);
    }
}
