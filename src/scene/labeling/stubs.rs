//! Extends lanes to actors that are drawn as dots: lanes end at the edges of cards, which are larger.

use std::sync::Arc;

use emath::{Pos2, Rect};

use super::{Labeling, LabelingInput};
use crate::layout::Cubic;
use crate::model::ActorId;
use crate::scene::{Part, SceneItem, Shape, Stroke};

/// Gaps shorter than this are left open, in pixels.
const MIN_GAP_PX: f32 = 2.0;
/// Distance from a card within which the end of a lane belongs to it, in world units.
const REACH: f32 = 16.0;

impl Labeling {
    /// Adds straight pieces between lanes and dots.
    pub(super) fn connect_dots(&mut self, lanes: &[&Arc<SceneItem>], input: &LabelingInput<'_>) {
        if self.dots.is_empty() && self.hub_dots.is_empty() {
            return;
        }
        let widest = input.of.plan.cards.iter().map(|card| card.size.x).fold(0.0, f32::max);
        if widest / 2.0 * input.scale < MIN_GAP_PX + 3.0 {
            return;
        }
        let index_of: std::collections::HashMap<ActorId, usize> =
            input.of.plan.cards.iter().map(|card| card.actor).zip(0..).collect();
        for item in lanes {
            let (Part::Lane(tie) | Part::Ribbon(tie)) = item.part else { continue };
            let ends = input.of.map.tie(tie).ends.actors();
            let hub = self.hub_dots.get(&tie).zip(input.of.plan.pills.get(&tie)).map(|(dot, pill)| {
                let hub = Rect::from_center_size(dot.center, pill.size);
                (dot.center, hub.expand(REACH), dot.radius)
            });
            let dots: Vec<(Pos2, Rect, f32)> = ends
                .into_iter()
                .filter_map(|actor| {
                    let (dot, index) = (self.dots.get(&actor)?, *index_of.get(&actor)?);
                    let card = Rect::from_center_size(dot.center, input.of.plan.cards[index].size);
                    Some((dot.center, card.expand(REACH), dot.radius))
                })
                .chain(hub)
                .collect();
            if dots.is_empty() {
                continue;
            }
            let stubs: Vec<Shape> = item.shapes.iter().flat_map(|shape| stubs(shape, &dots, input)).collect();
            if !stubs.is_empty() {
                let shapes = stubs.into_iter().chain(item.shapes.iter().cloned()).collect();
                self.replace(item.part, shapes);
            }
        }
    }
}

/// Returns lines from the ends of a curve to the centers of the dots they belong to.
fn stubs(shape: &Shape, dots: &[(Pos2, Rect, f32)], input: &LabelingInput<'_>) -> Vec<Shape> {
    let Shape::Curve { pieces, stroke } = shape else { return Vec::new() };
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Vec::new() };
    let stub = |end: Pos2| {
        let near = dots.iter().filter(|(_, reach, _)| reach.contains(end));
        let (center, _, radius) = near.min_by(|a, b| a.0.distance_sq(end).total_cmp(&b.0.distance_sq(end)))?;
        let is_apart = (end.distance(*center) - radius) * input.scale > MIN_GAP_PX;
        is_apart.then(|| Shape::Curve {
            pieces: vec![straight(end, *center)],
            stroke: Stroke { dashes: Vec::new(), ..stroke.clone() },
        })
    };
    [first[0], last[3]].into_iter().filter_map(stub).collect()
}

fn straight(from: Pos2, to: Pos2) -> Cubic {
    [from, from.lerp(to, 1.0 / 3.0), from.lerp(to, 2.0 / 3.0), to]
}
