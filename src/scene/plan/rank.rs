//! Importance of actors and ties, which determines name sizes, label order and what is hidden first when zooming out.

use super::lane_width::WidthScale;
use crate::analysis;
use crate::model::{ActorId, Map, TieId};

/// Minimum share of the greatest weight for leading actors.
const LEADING_SHARE: f32 = 0.38;

/// Weights of actors and ties, computed over the whole map, so that filters change no ranks.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scene) struct Ranks {
    actors: Vec<f32>,
    ties: Vec<f32>,
    /// Whether a tie is in the more important half.
    important: Vec<bool>,
    leading: Vec<bool>,
    /// Position in the order of weights: 0 for the greatest, toward 1 for the least.
    standing: Vec<f32>,
}

impl Ranks {
    pub(in crate::scene) fn of_map(map: &Map, scale: &WidthScale) -> Self {
        let mut ties = vec![0.0; map.ties().bound()];
        for (id, tie) in map.ties().iter() {
            ties[id.index()] = 1.0 + 0.5 * (scale.width(&tie.claim) - super::lane_width::THINNEST);
        }
        let actors = analysis::rank(map);
        let mut order: Vec<usize> = map.actor_ids().map(ActorId::index).collect();
        order.sort_by(|&a, &b| actors[b].total_cmp(&actors[a]).then(a.cmp(&b)));
        let mut standing = vec![0.0; actors.len()];
        for (place, &index) in order.iter().enumerate() {
            standing[index] = place as f32 / order.len() as f32;
        }
        let leading = leading(&actors, &order);
        let important = more_important_half(map, &ties, &actors);
        Self { actors, ties, important, leading, standing }
    }

    pub(in crate::scene) fn actor(&self, id: ActorId) -> f32 {
        self.actors[id.index()]
    }

    pub(in crate::scene) fn tie(&self, id: TieId) -> f32 {
        self.ties[id.index()]
    }

    pub(in crate::scene) fn is_important(&self, id: TieId) -> bool {
        self.important[id.index()]
    }

    pub(in crate::scene) fn is_leading(&self, id: ActorId) -> bool {
        self.leading[id.index()]
    }

    pub(in crate::scene) fn standing(&self, id: ActorId) -> f32 {
        self.standing[id.index()]
    }
}

/// Returns the first half of the ties (rounded up) by weight, then by the weight of their actors, then in file order.
fn more_important_half(map: &Map, ties: &[f32], actors: &[f32]) -> Vec<bool> {
    let between = |index: usize| -> f32 {
        let ends = map.tie(TieId::from_index(index)).ends.actors();
        let mut weights: Vec<f32> = ends.into_iter().map(|actor| actors[actor.index()]).collect();
        weights.sort_by(|a, b| b.total_cmp(a));
        weights.iter().take(2).sum()
    };
    let mut order: Vec<(usize, f32)> = map.tie_ids().map(|id| (id.index(), between(id.index()))).collect();
    order.sort_by(|(a, between_a), (b, between_b)| {
        ties[*b].total_cmp(&ties[*a]).then(between_b.total_cmp(between_a)).then(a.cmp(b))
    });
    let mut is_important = vec![false; ties.len()];
    for &(index, _) in &order[..order.len().div_ceil(2)] {
        is_important[index] = true;
    }
    is_important
}

/// Returns the few actors that stand out; equal weights stand out together or not at all.
fn leading(weights: &[f32], order: &[usize]) -> Vec<bool> {
    let mut leads = vec![false; weights.len()];
    let most = (order.len() / 6).max(3).min(order.len().saturating_sub(1));
    let top = order.first().map_or(0.0, |&first| weights[first]);
    let mut count = order.iter().take_while(|&&index| top > 0.0 && weights[index] >= LEADING_SHARE * top).count();
    if count > most {
        let cut = weights[order[most]];
        count = order.iter().take_while(|&&index| weights[index] > cut).count();
    }
    for &index in &order[..count] {
        leads[index] = true;
    }
    leads
}

#[cfg(test)]
mod tests {
    use super::leading;

    #[test]
    fn few_stand_out_and_equals_never_alone() {
        assert_eq!(leading(&[14.0, 9.0, 7.0, 1.0], &[0, 1, 2, 3]), [true, true, true, false]);
        assert_eq!(leading(&[2.0; 5], &[0, 1, 2, 3, 4]), [false; 5]);
        assert_eq!(leading(&[9.0, 1.0, 1.0, 1.0], &[0, 1, 2, 3]), [true, false, false, false]);
        assert_eq!(leading(&[0.0, 0.0], &[0, 1]), [false, false]);
    }
}
