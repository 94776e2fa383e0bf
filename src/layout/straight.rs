//! Straight lines between boxes, for maps with too many lines to route each around the others.

use emath::{Pos2, Vec2};

use super::model::Model;
use super::{Cubic, Lane, Layout};

/// Draws each line straight from box to box, without a label.
pub(super) fn straight(model: &Model, centers: Vec<Pos2>) -> Layout {
    let lane = |line: &Option<super::model::ModelLine>| {
        let Some(line) = line else { return Lane { curve: vec![[Pos2::ZERO; 4]], label: None } };
        let (from, to) = (line.from as usize, line.to as usize);
        let (a, b) = (centers[from], centers[to]);
        let (start, end) = (edge_toward(a, model.size[from], b), edge_toward(b, model.size[to], a));
        Lane { curve: vec![piece(start, end)], label: None }
    };
    Layout { lanes: model.lines.iter().map(lane).collect(), centers }
}

fn piece(start: Pos2, end: Pos2) -> Cubic {
    [start, start.lerp(end, 1.0 / 3.0), start.lerp(end, 2.0 / 3.0), end]
}

/// Returns where the way from the center of a box to `other` leaves the box; the top of a box on itself.
fn edge_toward(center: Pos2, size: Vec2, other: Pos2) -> Pos2 {
    let way = other - center;
    let share = (size.x / 2.0 / way.x.abs()).min(size.y / 2.0 / way.y.abs());
    if share.is_finite() { center + way * share.min(0.5) } else { center - Vec2::new(0.0, size.y / 2.0) }
}

#[cfg(test)]
mod tests {
    use emath::{Rect, pos2};

    use super::*;
    use crate::layout::tests::maps;

    #[test]
    fn lines_end_at_the_edges_of_their_boxes() {
        let mut request = maps::request(4, &[(0, 1, true), (1, 2, true), (2, 3, true), (3, 3, true)], 1);
        request.edges[2].to = 77;
        let centers = vec![pos2(0.0, 0.0), pos2(900.0, 40.0), pos2(900.0, -700.0), pos2(0.0, -700.0)];
        let model = Model::new(&request);
        let layout = straight(&model, centers.clone());
        assert_eq!((layout.lanes.len(), &layout.centers), (4, &centers));
        for (lane, (from, to)) in layout.lanes.iter().zip([(0, 1), (1, 2)]) {
            let edge = |node: usize| Rect::from_center_size(centers[node], request.nodes[node].size);
            let [start, .., end] = lane.curve[0];
            assert!(edge(from).distance_to_pos(start) < 0.01 && !edge(from).shrink(0.01).contains(start));
            assert!(edge(to).distance_to_pos(end) < 0.01 && !edge(to).shrink(0.01).contains(end));
        }
        assert!(
            layout.lanes.iter().all(|lane| lane.curve.iter().flatten().all(|p| p.is_finite()) && lane.label.is_none())
        );
        // Boxes on top of each other.
        let layout = straight(&model, vec![Pos2::ZERO; 4]);
        assert!(layout.lanes.iter().all(|lane| lane.curve.iter().flatten().all(|p| p.is_finite())));
    }
}
