//! Crops a map to a part of the world without cutting through cards and labels.

use std::collections::BTreeSet;
use std::sync::Arc;

use emath::{Rect, Vec2};

use crate::layout::Cubic;
use crate::scene::curve::split;
use crate::scene::{Part, Scene, SceneItem, Shape};

/// How often the visible part grows to show cards and labels as a whole; those at its edge are left out afterward.
const ROUNDS: usize = 3;
/// Number of parts of a piece of a curve, each of which is either drawn or not.
const PARTS: usize = 32;

impl Scene {
    /// Returns a part of the world that contains `view` and the cards and labels at its edge as a whole, if it is shown in
    /// a room of this size.
    #[must_use]
    pub fn around_whole_parts(&self, view: Rect, room: Vec2) -> Rect {
        let solid: Vec<Rect> = self.items.iter().filter(|item| is_solid(item.part)).map(|item| bounds(item)).collect();
        let mut view = view;
        for _ in 0..ROUNDS {
            let visible = with_aspect(view, room);
            let cut = solid.iter().filter(|part| visible.intersects(**part) && !visible.contains_rect(**part));
            let grown = cut.fold(view, |all, part| all.union(*part));
            if grown == view {
                break;
            }
            view = grown;
        }
        view
    }
}

/// Returns the smallest rectangle of the aspect ratio of `room` around `view`.
fn with_aspect(view: Rect, room: Vec2) -> Rect {
    let scale = (room.x / view.width().max(1e-3)).min(room.y / view.height().max(1e-3));
    Rect::from_center_size(view.center(), room / scale.max(1e-6))
}

/// Returns the items within a room: lines are cut at its edge, and everything else that isn't inside as a whole is left
/// out.
pub(super) fn cropped(items: &[Arc<SceneItem>], room: Rect) -> Vec<Arc<SceneItem>> {
    let outside = |item: &&Arc<SceneItem>| !is_line(item.part) && !room.contains_rect(bounds(item));
    let left_out: BTreeSet<Part> = items.iter().filter(outside).map(|item| item.part).collect();
    let kept = items.iter().filter(|item| !left_out.contains(&item.part)).filter_map(|item| {
        if !is_line(item.part) || room.contains_rect(bounds(item)) {
            return Some(Arc::clone(item));
        }
        let shapes: Vec<Shape> = item.shapes.iter().flat_map(|shape| cut(shape, room)).collect();
        (!shapes.is_empty()).then(|| Arc::new(SceneItem { shapes, ..SceneItem::clone(item) }))
    });
    kept.collect()
}

fn is_line(part: Part) -> bool {
    matches!(part, Part::Lane(_) | Part::Ribbon(_))
}

fn is_solid(part: Part) -> bool {
    matches!(part, Part::Card(_) | Part::Pill(_) | Part::RibbonPill(_))
}

fn bounds(item: &SceneItem) -> Rect {
    item.shapes.iter().fold(Rect::NOTHING, |all, shape| all.union(shape.bounds()))
}

/// Returns what is inside of a shape of a line. Arrowheads and end bars are kept or left out as a whole.
fn cut(shape: &Shape, room: Rect) -> Vec<Shape> {
    let Shape::Curve { pieces, stroke } = shape else {
        return room.contains_rect(shape.bounds()).then(|| shape.clone()).into_iter().collect();
    };
    let mut strands: Vec<Vec<Cubic>> = Vec::new();
    let mut is_open = false;
    for piece in pieces.iter().flat_map(|piece| divided(*piece)) {
        let is_inside = piece.iter().all(|point| room.contains(*point));
        match strands.last_mut().filter(|_| is_open && is_inside) {
            Some(strand) => strand.push(piece),
            None if is_inside => strands.push(vec![piece]),
            None => {}
        }
        is_open = is_inside;
    }
    strands.into_iter().map(|pieces| Shape::Curve { pieces, stroke: stroke.clone() }).collect()
}

/// Divides a piece into parts of equal parameter length.
fn divided(piece: Cubic) -> Vec<Cubic> {
    let mut rest = piece;
    let mut parts = Vec::with_capacity(PARTS);
    for left in (2..=PARTS).rev() {
        let (first, others) = split(&rest, 1.0 / left as f32);
        parts.push(first);
        rest = others;
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use emath::{Pos2, pos2};

    use super::*;
    use crate::model::{ActorId, Rgb, TieId};
    use crate::scene::Stroke;
    use crate::scene::theme::solid;

    fn card(actor: u32, rect: Rect) -> Arc<SceneItem> {
        let shapes = vec![Shape::Rect { rect, radius: 4.0, fill: Some(solid(Rgb([255; 3]))), stroke: None }];
        Arc::new(SceneItem { part: Part::Card(ActorId(actor)), min_scale: 0.0, shapes })
    }

    fn line(from: Pos2, to: Pos2) -> Arc<SceneItem> {
        let pieces = vec![[from, from.lerp(to, 1.0 / 3.0), from.lerp(to, 2.0 / 3.0), to]];
        let stroke = Stroke { paint: solid(Rgb([0; 3])), width: 2.0, dashes: Vec::new() };
        Arc::new(SceneItem {
            part: Part::Lane(TieId(0)),
            min_scale: 0.0,
            shapes: vec![Shape::Curve { pieces, stroke }],
        })
    }

    fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), Vec2::new(width, height))
    }

    #[test]
    fn cards_at_the_edge_are_shown_as_a_whole() {
        let items = vec![card(0, rect(80.0, 10.0, 40.0, 20.0)), card(1, rect(500.0, 10.0, 40.0, 20.0))];
        let scene = Scene { items, bounds: rect(0.0, 0.0, 600.0, 100.0), background: Rgb([255; 3]) };
        let view = scene.around_whole_parts(rect(0.0, 0.0, 100.0, 100.0), Vec2::splat(300.0));
        assert_eq!(view, rect(0.0, 0.0, 120.0, 100.0), "and a far card changes nothing");
    }

    #[test]
    fn lines_end_at_the_edge_and_nothing_else_is_cut() {
        let room = rect(0.0, 0.0, 100.0, 100.0);
        let items = [
            line(pos2(50.0, 50.0), pos2(350.0, 50.0)),
            card(0, rect(40.0, 40.0, 20.0, 20.0)),
            card(1, rect(90.0, 40.0, 20.0, 20.0)),
        ];
        let kept = cropped(&items, room);
        let parts: Vec<Part> = kept.iter().map(|item| item.part).collect();
        assert_eq!(parts, [Part::Lane(TieId(0)), Part::Card(ActorId(0))]);
        let right = bounds(&kept[0]).right();
        assert!((85.0..=101.0).contains(&right), "{right}");
        assert!(cropped(&[line(pos2(150.0, 50.0), pos2(350.0, 50.0))], room).is_empty());
    }
}
