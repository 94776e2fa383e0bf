//! Interpolates between two scenes of the same map.

use std::collections::BTreeMap;
use std::sync::Arc;

use emath::{Pos2, Vec2};

use super::{Part, Scene, SceneItem, Shape, curve};
use crate::layout::Cubic;

/// Returns scene `to` with every item that `from` also has interpolated: at `share` 0 at its old position, at 1 at its
/// new one. New items appear in place at once.
#[must_use]
pub fn tween(from: &Scene, to: &Scene, share: f32) -> Scene {
    let earlier: BTreeMap<(Part, usize), &Arc<SceneItem>> = numbered(from).collect();
    let blended = numbered(to).map(|(key, item)| match earlier.get(&key) {
        Some(old) if !Arc::ptr_eq(old, item) => Arc::new(blend(old, item, share)),
        _ => Arc::clone(item),
    });
    Scene { items: blended.collect(), bounds: to.bounds, background: to.background }
}

/// Numbers the items of each part.
fn numbered(scene: &Scene) -> impl Iterator<Item = ((Part, usize), &Arc<SceneItem>)> {
    let mut counts: BTreeMap<Part, usize> = BTreeMap::new();
    scene.items.iter().map(move |item| {
        let count = counts.entry(item.part).or_default();
        *count += 1;
        ((item.part, *count), item)
    })
}

fn blend(old: &SceneItem, new: &SceneItem, share: f32) -> SceneItem {
    if matches!(new.part, Part::Lane(_) | Part::Ribbon(_)) {
        return bend(old, new, share);
    }
    let Some((was, is)) = old.shapes.first().zip(new.shapes.first()) else { return new.clone() };
    moved(new, (anchor(was) - anchor(is)) * (1.0 - share))
}

/// Interpolates the shape of a lane; if it is made of other shapes than before, the new ones appear at once.
fn bend(old: &SceneItem, new: &SceneItem, share: f32) -> SceneItem {
    if old.shapes.len() != new.shapes.len() {
        return new.clone();
    }
    let shapes = old.shapes.iter().zip(&new.shapes).map(|(was, is)| match (was, is) {
        (Shape::Curve { pieces: was, .. }, Shape::Curve { pieces: is, stroke }) => {
            Shape::Curve { pieces: between(was, is, share), stroke: stroke.clone() }
        }
        (Shape::Polygon { points: was, .. }, Shape::Polygon { points: is, fill, stroke }) if was.len() == is.len() => {
            let points = was.iter().zip(is).map(|(was, is)| was.lerp(*is, share)).collect();
            Shape::Polygon { points, fill: *fill, stroke: stroke.clone() }
        }
        _ => is.clone(),
    });
    SceneItem { shapes: shapes.collect(), ..new.clone() }
}

/// Interpolates two curves piece by piece; the one with fewer pieces is split first.
fn between(was: &[Cubic], is: &[Cubic], share: f32) -> Vec<Cubic> {
    let count = was.len().max(is.len());
    let (was, is) = (cut(was, count), cut(is, count));
    let lerp = |(was, is): (&Cubic, &Cubic)| [0, 1, 2, 3].map(|index| was[index].lerp(is[index], share));
    was.iter().zip(&is).map(lerp).collect()
}

/// Splits a curve into `count` pieces by halving the longest repeatedly.
fn cut(pieces: &[Cubic], count: usize) -> Vec<Cubic> {
    let mut pieces = pieces.to_vec();
    let length = |piece: &Cubic| piece.windows(2).map(|pair| pair[0].distance(pair[1])).sum::<f32>();
    while !pieces.is_empty() && pieces.len() < count {
        let lengths = pieces.iter().map(length).enumerate();
        let longest = lengths.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(index, _)| index);
        let (first, second) = curve::split(&pieces[longest], 0.5);
        pieces.splice(longest..=longest, [first, second]);
    }
    pieces
}

fn anchor(shape: &Shape) -> Pos2 {
    match shape {
        Shape::Rect { rect, .. } => rect.center(),
        Shape::Text { pos, .. } | Shape::Halo { pos, .. } => *pos,
        _ => shape.bounds().center(),
    }
}

fn moved(item: &SceneItem, offset: Vec2) -> SceneItem {
    let mut item = item.clone();
    for shape in &mut item.shapes {
        shape.transform(1.0, offset);
    }
    item
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use emath::{Pos2, Rect, pos2, vec2};

    use super::tween;
    use crate::model::{ActorId, Rgb, TieId};
    use crate::scene::{Paint, Part, Scene, SceneItem, Shape, Stroke};

    fn card(id: u32, center: Pos2) -> SceneItem {
        let rect = Rect::from_center_size(center, vec2(40.0, 20.0));
        let shapes = vec![Shape::Rect { rect, radius: 2.0, fill: None, stroke: None }];
        SceneItem { part: Part::Card(ActorId(id)), min_scale: 0.0, shapes }
    }

    fn lane(points: &[Pos2]) -> SceneItem {
        let pieces =
            points.windows(2).map(|pair| [pair[0], pair[0].lerp(pair[1], 0.3), pair[0].lerp(pair[1], 0.6), pair[1]]);
        let stroke = Stroke { paint: Paint { color: Rgb([0; 3]), opacity: 1.0 }, width: 1.0, dashes: Vec::new() };
        let shapes = vec![Shape::Curve { pieces: pieces.collect(), stroke }];
        SceneItem { part: Part::Lane(TieId(0)), min_scale: 0.0, shapes }
    }

    fn scene(items: Vec<SceneItem>) -> Scene {
        Scene { items: items.into_iter().map(Arc::new).collect(), bounds: Rect::EVERYTHING, background: Rgb([255; 3]) }
    }

    #[test]
    fn cards_go_straight_and_new_ones_are_there_at_once() {
        let from = scene(vec![card(0, pos2(0.0, 0.0))]);
        let to = scene(vec![card(1, pos2(9.0, 9.0)), card(0, pos2(100.0, 40.0))]);
        let half = tween(&from, &to, 0.5);
        assert_eq!(half, scene(vec![card(1, pos2(9.0, 9.0)), card(0, pos2(50.0, 20.0))]));
        assert_eq!(tween(&from, &to, 1.0), to);
    }

    #[test]
    fn lanes_of_other_lengths_bend_into_each_other() {
        let from = scene(vec![lane(&[pos2(0.0, 0.0), pos2(100.0, 0.0)])]);
        let to = scene(vec![lane(&[pos2(0.0, 20.0), pos2(50.0, 80.0), pos2(100.0, 20.0)])]);
        let ends = |scene: &Scene| match &scene.items[0].shapes[0] {
            Shape::Curve { pieces, .. } => (pieces[0][0], pieces[pieces.len() - 1][3], pieces.len()),
            other => panic!("{other:?}"),
        };
        assert_eq!(ends(&tween(&from, &to, 0.0)), (pos2(0.0, 0.0), pos2(100.0, 0.0), 2));
        assert_eq!(ends(&tween(&from, &to, 0.5)), (pos2(0.0, 10.0), pos2(100.0, 10.0), 2));
        assert_eq!(ends(&tween(&to, &from, 1.0)).2, 2, "the same curve in two pieces");
    }
}
