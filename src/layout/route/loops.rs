//! Lines from a box to itself: arches outside the box, on the side with the most free room.

use emath::{Pos2, Rect, Vec2, vec2};

use super::{RouteContext, Routed, TIP_GAP};
use crate::layout::geometry::{boxed, exit, overlap_depth, right_of, segment_hits, unit};
use crate::layout::rough_shape::{Form, RoughShape, loop_side};

/// Draws the loops of bundle `k`, nested if there are several.
pub(super) fn draw(context: &RouteContext, k: usize, shapes: &[RoughShape], put: &mut dyn FnMut(u32, Routed)) {
    let bundle = &context.model.bundles[k];
    let (center, half) = (context.center(bundle.a), context.half(bundle.a));
    let mut best = (f32::INFINITY, vec2(0.0, -1.0), 0.0);
    for choice in 0..4 {
        let out = loop_side(choice);
        for slide in [0.0, -0.6, 0.6] {
            let block = block(center, half, out, slide, bundle.stack);
            // Readers look for loops at the top; other sides must be freer.
            let cost =
                crowd(context, shapes, k, &block) + f32::from(choice != 0) * 0.2 + if slide == 0.0 { 0.0 } else { 0.1 };
            if cost < best.0 {
                best = (cost, out, slide);
            }
        }
    }
    let (_, out, slide) = best;
    let across = right_of(out);
    let side = reach(half, across);
    let foot = center + out * reach(half, out) + across * side * slide;
    let mut rise = 12.0;
    for (rank, (&lane, label)) in bundle.lanes.iter().zip(&bundle.labels).enumerate() {
        let deep = (out.x * label.x).abs() + (out.y * label.y).abs();
        let wide = (across.x * label.x).abs() + (across.y * label.y).abs();
        let top = rise + deep.max(10.0) * 0.5 + 8.0;
        let next = top + deep.max(10.0) * 0.5 + 4.0;
        rise = if bundle.squeeze < 1.0 { rise + (next - rise) * bundle.squeeze } else { next };
        let rank = rank as f32 * bundle.squeeze;
        let span = (wide * 0.5 + 24.0).max(26.0 + 9.0 * rank);
        let stand = (side * (1.0 - slide.abs()) - 4.0).clamp(4.0, 22.0 + 9.0 * rank);
        let arrow = context.model.lines[lane as usize].as_ref().is_some_and(|l| l.arrow);
        let (start, end) = (foot - across * stand, foot + across * stand + out * if arrow { TIP_GAP } else { 0.0 });
        put(lane, arch(context, start, end, foot + out * top, across * span, out));
    }
}

fn reach(half: Vec2, dir: Vec2) -> f32 {
    (half.x * dir.x).abs() + (half.y * dir.y).abs()
}

/// Returns an arch from `start` up through `top` and down to `end`.
fn arch(context: &RouteContext, start: Pos2, end: Pos2, top: Pos2, span: Vec2, out: Vec2) -> Routed {
    let rise = out * (top - start).dot(out);
    let first = [start, start + rise * 0.55 - span * 0.25, top - span, top];
    let second = [top, top + span, end + rise * 0.55 + span * 0.25, end];
    Routed::new(context, vec![first, second], Some(top))
}

/// Returns an arch through a manually chosen point.
pub(super) fn through(context: &RouteContext, (center, half): (Pos2, Vec2), top: Pos2, gap: f32) -> Routed {
    let out = unit(top - center);
    let across = right_of(out);
    let aim = |sign: f32| unit(out + across * (0.45 * sign));
    let start = exit(center, half, aim(-1.0));
    let end = exit(center, half, aim(1.0)) + aim(1.0) * gap;
    arch(context, start, end, top, across * 26.0, out)
}

fn block(center: Pos2, half: Vec2, out: Vec2, slide: f32, stack: Vec2) -> Rect {
    let across = right_of(out);
    let deep = reach(stack, out).max(22.0) + 20.0;
    let wide = reach(stack, across).max(44.0) + 8.0;
    let middle = center + out * (reach(half, out) + deep * 0.5 + 1.0) + across * reach(half, across) * slide;
    let size = vec2((out.x * deep).abs() + (across.x * wide).abs(), (out.y * deep).abs() + (across.y * wide).abs());
    boxed(middle, size)
}

/// Returns the cost of everything in the way of a loop.
fn crowd(context: &RouteContext, shapes: &[RoughShape], k: usize, block: &Rect) -> f32 {
    let own = context.model.bundles[k].a;
    let mut cost = 0.0;
    context.box_index.grid.each(&block.expand(4.0), |v, card| {
        if v != own {
            cost += 3.0 + overlap_depth(block, card).max(0.0) * 0.1;
        }
    });
    // In large maps, only the box's own lines are checked, since these are near.
    let near = context.model.at[own as usize].iter().map(|&j| j as usize);
    let far = (0..shapes.len()).filter(|_| context.model.len() <= 300);
    for j in near.chain(far) {
        let shape = &shapes[j];
        if j == k || shape.form == Form::Loop {
            continue;
        }
        if segment_hits(shape.ends.0, shape.ends.1, block) {
            cost += 1.0;
        }
        if shape.block.width() > 0.0 && overlap_depth(block, &shape.block) > 0.0 {
            cost += 1.5;
        }
    }
    cost
}
