//! Routes around boxes: the shortest polyline over the corners of enlarged boxes (visibility graph with A*), with
//! rounded corners.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use emath::{Pos2, Rect};

use super::{CLEARANCE, RouteContext};
use crate::layout::Cubic;
use crate::layout::geometry::{exit, length, segment_hits, straight, unit};
use crate::layout::grid::corners;
use crate::layout::model::Bundle;
use crate::layout::work;

/// Maximum number of boxes considered near a route.
const MAX_BOXES: usize = 48;
/// Radius of rounded corners.
const ROUND: f32 = 34.0;

/// Returns a smooth route around the boxes between a bundle's ends; `rank` keeps lanes of one bundle apart. `None` if
/// there is no route, or if `views`, the remaining number of visibility tests, is used up.
pub(super) fn way(
    context: &RouteContext,
    bundle: &Bundle,
    rank: f32,
    tips: (f32, f32),
    views: &mut usize,
) -> Option<Vec<Cubic>> {
    let (a, b) = (context.center(bundle.a), context.center(bundle.b));
    let margin = CLEARANCE + 7.0 + 8.0 * (rank + bundle.lanes.len() as f32 * 0.5);
    for margin in [margin, CLEARANCE + 3.0] {
        if *views == 0 {
            return None;
        }
        let boxes = obstacles(context, bundle, margin);
        if let Some(points) = shortest(a, b, &boxes, views) {
            return Some(rounded(context, bundle, &points, tips));
        }
    }
    None
}

fn obstacles(context: &RouteContext, bundle: &Bundle, margin: f32) -> Vec<Rect> {
    let (a, b) = (context.center(bundle.a), context.center(bundle.b));
    let area = Rect::from_two_pos(a, b);
    let mut near: Vec<(f32, u32)> = Vec::new();
    context.box_index.grid.each(&area.expand(300.0), |v, card| {
        if v != bundle.a && v != bundle.b {
            let outside = (card.center() - area.clamp(card.center())).abs();
            near.push((outside.x + outside.y, v));
        }
    });
    near.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
    near.truncate(MAX_BOXES);
    near.iter().map(|n| context.box_index.cards[n.1 as usize].expand(margin)).collect()
}

#[derive(PartialEq)]
struct OpenCorner {
    guess: f32,
    point: usize,
}

impl Eq for OpenCorner {}

impl PartialOrd for OpenCorner {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OpenCorner {
    fn cmp(&self, other: &Self) -> Ordering {
        // `BinaryHeap` pops the largest item; the shortest estimate is needed.
        other.guess.total_cmp(&self.guess).then(other.point.cmp(&self.point))
    }
}

/// Returns the shortest polyline from `a` to `b` that enters no box.
fn shortest(a: Pos2, b: Pos2, boxes: &[Rect], views: &mut usize) -> Option<Vec<Pos2>> {
    let solid: Vec<Rect> = boxes.iter().map(|r| r.shrink(0.5)).collect();
    let mut points = vec![a, b];
    points.extend(boxes.iter().flat_map(corners).filter(|p| !solid.iter().any(|r| r.contains(*p))));
    // Ends inside an enlarged neighbor must be able to leave it.
    let walls: Vec<&Rect> = solid.iter().filter(|r| !r.contains(a) && !r.contains(b)).collect();
    let sees = |p: Pos2, q: Pos2| !walls.iter().any(|r| segment_hits(p, q, r));
    let mut cost = vec![f32::INFINITY; points.len()];
    let mut from = vec![0; points.len()];
    let mut closed = vec![false; points.len()];
    let mut open = BinaryHeap::new();
    cost[0] = 0.0;
    open.push(OpenCorner { guess: length(b - a), point: 0 });
    while let Some(OpenCorner { point, .. }) = open.pop() {
        if std::mem::replace(&mut closed[point], true) {
            continue;
        }
        if point == 1 {
            break;
        }
        work::count(points.len() * walls.len().max(1));
        *views = views.saturating_sub(points.len() * walls.len().max(1));
        for next in 1..points.len() {
            // Each corner costs a little, so that few wide turns win over many small ones.
            let way = cost[point] + length(points[next] - points[point]) + 12.0;
            if !closed[next] && way < cost[next] && sees(points[point], points[next]) {
                cost[next] = way;
                from[next] = point;
                open.push(OpenCorner { guess: way + length(b - points[next]), point: next });
            }
        }
    }
    if !closed[1] {
        return None;
    }
    let mut path = vec![b];
    let mut at = 1;
    while at != 0 {
        at = from[at];
        path.push(points[at]);
    }
    path.reverse();
    Some(path)
}

/// Turns a polyline into a curve from outline to outline with rounded corners.
fn rounded(context: &RouteContext, bundle: &Bundle, points: &[Pos2], tips: (f32, f32)) -> Vec<Cubic> {
    let last = points.len() - 1;
    let mut points = points.to_vec();
    let (first, end) = (unit(points[1] - points[0]), unit(points[last - 1] - points[last]));
    points[0] = exit(points[0], context.half(bundle.a), first) + first * tips.0;
    points[last] = exit(points[last], context.half(bundle.b), end) + end * tips.1;
    let mut curve = Vec::new();
    let mut at = points[0];
    for i in 1..last {
        let (before, corner, after) = (points[i - 1], points[i], points[i + 1]);
        let into = corner - before;
        let out = after - corner;
        let radius = ROUND.min(length(into) * 0.5).min(length(out) * 0.5);
        let enter = corner - unit(into) * radius;
        let leave = corner + unit(out) * radius;
        if length(enter - at) > 0.5 {
            curve.push(straight(at, enter));
        }
        curve.push([enter, enter + (corner - enter) * 0.6, leave + (corner - leave) * 0.6, leave]);
        at = leave;
    }
    curve.push(straight(at, points[last]));
    curve
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::{pos2, vec2};

    #[test]
    fn the_shortest_way_turns_at_the_nearer_corners() {
        let wall = Rect::from_min_max(pos2(40.0, -100.0), pos2(60.0, 20.0));
        let path = shortest(pos2(0.0, 0.0), pos2(100.0, 0.0), &[wall], &mut 1000);
        assert_eq!(path, Some(vec![pos2(0.0, 0.0), pos2(40.0, 20.0), pos2(60.0, 20.0), pos2(100.0, 0.0)]));
    }

    #[test]
    fn a_free_way_is_straight() {
        let aside = Rect::from_min_size(pos2(40.0, 50.0), vec2(20.0, 20.0));
        assert_eq!(
            shortest(pos2(0.0, 0.0), pos2(100.0, 0.0), &[aside], &mut 1000),
            Some(vec![pos2(0.0, 0.0), pos2(100.0, 0.0)])
        );
    }
}
