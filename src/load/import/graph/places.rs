//! Spreads the places of a drawing whose dots would be cards on top of each other.

use emath::Pos2;
use rstar::RTree;

use crate::model::ActorId;

/// The size of a small card, in world units; where all are farther apart than this, each is left where it is.
const SMALL_CARD: [f64; 2] = [140.0, 50.0];
/// The size of a large card with room for the label of a tie, to which places are spread.
const ROOM: [f64; 2] = [320.0, 120.0];
/// The number of actors among which no two may lie on each other; more of them are drawn as dots first.
const MAX_APART: usize = 150;
/// The share of more actors that lie apart from all others.
const APART: f64 = 0.9;
/// The number of neighbors looked at.
const NEIGHBORS: usize = 6;
/// Places beyond this are taken for damaged data, in world units.
pub(super) const MAX_COORDINATE: f32 = 1e6;

/// Multiplies all places by one number if the cards would lie on each other: programs that draw dots place them closer,
/// or between 0 and 1.
pub(super) fn spread(mut positions: Vec<(ActorId, Pos2)>) -> Vec<(ActorId, Pos2)> {
    let factor = factor(&positions);
    if factor > 1.0 {
        for (_, place) in &mut positions {
            let [x, y] = [place.x, place.y].map(|at| (f64::from(at) * factor) as f32);
            *place = Pos2::new(x, y);
        }
    }
    positions
}

/// Returns the number by which places are multiplied so that cards lie beside each other, 1 if they do already.
fn factor(positions: &[(ActorId, Pos2)]) -> f64 {
    // No factor separates dots in one place; the tree would look at all of them for each.
    let mut points: Vec<[f64; 2]> = positions.iter().map(|(_, at)| [f64::from(at.x), f64::from(at.y)]).collect();
    points.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    points.dedup();
    let tree = RTree::bulk_load(points.clone());
    let neighbors: Vec<([f64; 2], [f64; 2])> = points
        .iter()
        .flat_map(|at| {
            // The nearest is the place itself.
            let others = tree.nearest_neighbor_iter(*at).skip(1).take(NEIGHBORS);
            others.map(|other| (*at, [(other[0] - at[0]).abs(), (other[1] - at[1]).abs()]))
        })
        .collect();
    if needed(&neighbors, SMALL_CARD) <= 1.0 {
        return 1.0;
    }
    let farthest = points.iter().flatten().map(|at| at.abs()).fold(f64::MIN_POSITIVE, f64::max);
    needed(&neighbors, ROOM).min(f64::from(MAX_COORDINATE) / farthest)
}

/// Returns the number by which distances to neighbors are multiplied so that cards of a size lie beside each other.
/// Each neighbor is listed with the place that it is one of, in order.
fn needed(neighbors: &[([f64; 2], [f64; 2])], card: [f64; 2]) -> f64 {
    let of_place = |place: &[([f64; 2], [f64; 2])]| {
        let factors = place.iter().map(|(_, [across, down])| (card[0] / across).min(card[1] / down));
        factors.max_by(f64::total_cmp)
    };
    let is_same = |a: [f64; 2], b: [f64; 2]| a.map(f64::to_bits) == b.map(f64::to_bits);
    let mut needed: Vec<f64> = neighbors.chunk_by(|a, b| is_same(a.0, b.0)).filter_map(of_place).collect();
    needed.sort_by(f64::total_cmp);
    let Some(last) = needed.len().checked_sub(1) else { return 1.0 };
    let share = if needed.len() <= MAX_APART { 1.0 } else { APART };
    // Two dots that nearly touch do not blow up all others.
    needed[(last as f64 * share) as usize].min(needed[last / 2].max(1.0) * 4.0)
}

#[cfg(test)]
mod tests {
    use emath::Pos2;

    use super::spread;
    use crate::model::ActorId;

    fn spread_all(places: &[[f32; 2]]) -> Vec<[f32; 2]> {
        let places = (0..).map(ActorId).zip(places.iter().map(|[x, y]| Pos2::new(*x, *y)));
        spread(places.collect()).into_iter().map(|(_, at)| [at.x, at.y]).collect()
    }

    #[test]
    fn places_far_enough_from_each_other_stay_exact() {
        for places in [&[[60.0, 20.0], [360.0, 20.0], [80.0, 260.0], [230.0, 260.0]][..], &[[0.1, 0.2]], &[]] {
            assert_eq!(spread_all(places), places);
        }
        assert_eq!(spread_all(&[[1e5, 0.0], [-1e5, 0.0]]), [[1e5, 0.0], [-1e5, 0.0]], "wide is not close");
    }

    #[test]
    fn places_between_0_and_1_become_cards_beside_each_other_in_the_same_shape() {
        let spread = spread_all(&[[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]);
        assert!((spread[1][1] - spread[0][1]) >= 119.9, "{spread:?}");
        for ([x, y], [from_x, from_y]) in spread.iter().zip([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]) {
            assert!((x / y - from_x / from_y).abs() < 1e-3, "{spread:?}");
        }
    }

    #[test]
    fn dots_in_one_place_or_nearly_do_not_blow_up_the_rest() {
        let mut places: Vec<[f32; 2]> = (0..40_u8).map(|index| [f32::from(index) * 200.0, 0.0]).collect();
        places.extend([[0.0, 0.0], [200.0, 0.001]]);
        let widest = spread_all(&places).iter().map(|[x, _]| *x).fold(0.0, f32::max);
        assert!(widest <= 4.0 * 1.6 * 39.0 * 200.0, "{widest}");
        let tiny = spread_all(&[[0.0, 0.0], [f32::MIN_POSITIVE, f32::MIN_POSITIVE]]);
        assert!(tiny.iter().flatten().all(|at| at.abs() <= 1e6), "{tiny:?}");
    }
}
