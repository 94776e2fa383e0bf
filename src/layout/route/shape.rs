//! Curves of a bundle: straight for one lane, a fan with level middle pieces for a stack, a bulge for a spread, and
//! gentle arcs or a detour where boxes are in between.

use emath::{Pos2, Vec2, vec2};

use super::ports::{Port, Ports};
use super::{Budget, CLEARANCE, LONG, RouteContext, Routed, TIP_GAP, around};
use crate::layout::Cubic;
use crate::layout::geometry::{exit, length, path_length, right_of, straight, unit};
use crate::layout::model::{Bundle, LABEL_GAP, ModelLine};
use crate::layout::rough_shape::{Form, RoughShape, spread_offsets, stagger};

/// Up to this many boxes, a detour is searched however many boxes are in the way.
const WINDING: usize = 300;
/// In larger maps, a lane with more boxes than this in its way stays straight.
const HOPELESS: usize = 3;
/// Above this many boxes, lanes are never rerouted.
const STRAIGHT: usize = 20_000;
/// Heights of the arcs tried around obstacles.
const BULGES: [f32; 12] = [18.0, -18.0, 36.0, -36.0, 56.0, -56.0, 80.0, -80.0, 110.0, -110.0, 150.0, -150.0];

/// Draws the lanes of bundle `k`.
pub(super) fn draw(
    context: &RouteContext,
    k: usize,
    (shape, ports): (&RoughShape, &Ports),
    budget: &mut Budget,
    put: &mut dyn FnMut(u32, Routed),
) {
    let bundle = &context.model.bundles[k];
    let ends = (bundle.a, bundle.b);
    let mut drawn: Vec<Routed> = match shape.form {
        Form::Stack => stack(context, k, shape, ports),
        _ => spread(context, k, shape, ports),
    };
    let is_checked = context.model.len() <= STRAIGHT && Budget::take(&mut budget.segments, walked(&drawn));
    let hits = if is_checked { blocked(context, &drawn, ends, usize::MAX) } else { 0 };
    if hits > 0 && (context.model.len() <= WINDING || hits <= HOPELESS * drawn.len()) {
        drawn = freed(context, bundle, (hits, drawn), budget);
    }
    for (routed, &lane) in drawn.into_iter().zip(&bundle.lanes) {
        let backward = context.model.lines[lane as usize].as_ref().is_some_and(|l| l.from != bundle.a);
        put(lane, if backward { reversed(routed) } else { routed });
    }
}

/// Returns the number of boxes in the way of lanes, counted up to `most`.
fn blocked(context: &RouteContext, lanes: &[Routed], ends: (u32, u32), most: usize) -> usize {
    lanes.iter().fold(0, |hits, lane| hits + context.hits(&lane.path, ends, CLEARANCE, most - hits))
}

/// Returns the number of segments to test when looking for boxes in the way of lanes.
fn walked(lanes: &[Routed]) -> usize {
    lanes.iter().map(|lane| lane.path.len() + (path_length(&lane.path) / LONG) as usize).sum()
}

fn reversed(mut lane: Routed) -> Routed {
    lane.curve.reverse();
    for piece in &mut lane.curve {
        piece.reverse();
    }
    lane.path.reverse();
    lane
}

/// Returns the line that a lane of a bundle draws.
fn line<'a>(context: &'a RouteContext, bundle: &Bundle, lane: usize) -> Option<&'a ModelLine> {
    context.model.lines[bundle.lanes[lane] as usize].as_ref()
}

/// Returns the distances of the curve from the outlines of `a` and `b`.
fn tips(context: &RouteContext, bundle: &Bundle, lane: usize) -> (f32, f32) {
    match line(context, bundle, lane) {
        Some(line) if line.arrow && line.to == bundle.a => (TIP_GAP, 0.0),
        Some(line) if line.arrow => (0.0, TIP_GAP),
        _ => (0.0, 0.0),
    }
}

fn off(port: Port, gap: f32) -> Pos2 {
    port.place + port.out * gap
}

/// Returns lanes that fan out, run level past their stacked labels, and converge.
fn stack(context: &RouteContext, k: usize, shape: &RoughShape, ports: &Ports) -> Vec<Routed> {
    let bundle = &context.model.bundles[k];
    let side = if shape.ends.1.x >= shape.ends.0.x { 1.0 } else { -1.0 };
    let middle = shape.block.center();
    let way = shape.ends.1 - shape.ends.0;
    // A slight slope in the middle follows the bundle without touching the neighbors' labels.
    let slope = (way.y / way.x.abs().max(1.0)).clamp(-1.0, 1.0) * (12.0 / shape.block.width().max(60.0));
    let level = unit(vec2(side, slope));
    let half = (shape.block.width() * 0.5 + 6.0).min(way.x.abs() * 0.4);
    let mut y = if side > 0.0 { shape.block.top() } else { shape.block.bottom() };
    let mut drawn = Vec::with_capacity(bundle.lanes.len());
    for (lane, label) in bundle.labels.iter().enumerate() {
        let tall = label.y.max(8.0);
        let home = Pos2::new(middle.x, y + side * tall * 0.5);
        y += side * (tall + LABEL_GAP) * bundle.squeeze;
        let (p, q) = ports.of(k, lane);
        let gaps = tips(context, bundle, lane);
        let (start, end) = (off(p, gaps.0), off(q, gaps.1));
        let (left, right) = (home - level * half, home + level * half);
        let fan = |from: Pos2, to: Pos2| (to.x - from.x).abs() * 0.5;
        let (f, g) = (fan(start, left), fan(right, end));
        let curve = vec![
            [start, start + p.out * f, left - level * f, left],
            straight(left, right),
            [right, right + level * g, end + q.out * g, end],
        ];
        drawn.push(Routed::new(context, curve, Some(home)));
    }
    drawn
}

/// Returns a gentle arc through a point beside the middle of the straight line.
fn arc(start: Pos2, end: Pos2, beside: Vec2) -> Vec<Cubic> {
    let d = end - start;
    if length(beside) < 0.5 {
        return vec![straight(start, end)];
    }
    let lift = beside * (4.0 / 3.0);
    vec![[start, start + d * 0.25 + lift, end - d * 0.25 + lift, end]]
}

/// Returns lanes that bulge apart far enough for their labels; a single one is straight.
fn spread(context: &RouteContext, k: usize, shape: &RoughShape, ports: &Ports) -> Vec<Routed> {
    let bundle = &context.model.bundles[k];
    let dir = unit(context.center(bundle.b) - context.center(bundle.a));
    let offsets = spread_offsets(bundle, dir);
    let stagger = stagger(bundle, dir);
    let middle = shape.block.center();
    let mut drawn = Vec::with_capacity(bundle.lanes.len());
    for (lane, offset) in offsets.iter().enumerate() {
        let (p, q) = ports.of(k, lane);
        let gaps = tips(context, bundle, lane);
        let (start, end) = (off(p, gaps.0), off(q, gaps.1));
        let wish = middle + right_of(dir) * *offset;
        drawn.push(match offsets.len() {
            1 => Routed::new(context, vec![straight(start, end)], None),
            2 => {
                // The ports are already apart; the arc adds the missing distance.
                let chord = start + (end - start) * 0.5;
                let beside = right_of(dir) * (wish - chord).dot(right_of(dir));
                Routed::new(context, arc(start, end, beside), None)
            }
            _ => {
                let home = wish + dir * if lane % 2 == 0 { -stagger } else { stagger };
                Routed::new(context, bow(start, end, wish, dir * (stagger + 8.0)), Some(home))
            }
        });
    }
    drawn
}

/// Returns a curve out to `middle`, straight along `half` before and after it, and back.
fn bow(start: Pos2, end: Pos2, middle: Pos2, half: Vec2) -> Vec<Cubic> {
    let (enter, leave) = (middle - half, middle + half);
    let dir = unit(half);
    let (f, g) = ((enter - start).dot(dir).max(1.0), (end - leave).dot(dir).max(1.0));
    vec![
        [start, start + (enter - start) * 0.3 + dir * (f * 0.1), enter - dir * (f * 0.6), enter],
        straight(enter, leave),
        [leave, leave + dir * (g * 0.6), end - (end - leave) * 0.3 - dir * (g * 0.1), end],
    ]
}

/// Returns an arc between two boxes whose ends point toward its middle.
fn free_arc(context: &RouteContext, bundle: &Bundle, lane: usize, lift: f32) -> Routed {
    let (a, b) = (context.center(bundle.a), context.center(bundle.b));
    let beside = right_of(unit(b - a)) * lift;
    let target = a + (b - a) * 0.5 + beside * 1.2;
    let gaps = tips(context, bundle, lane);
    let (u, v) = (unit(target - a), unit(target - b));
    let start = exit(a, context.half(bundle.a), u) + u * gaps.0;
    let end = exit(b, context.half(bundle.b), v) + v * gaps.1;
    let chord = start + (end - start) * 0.5;
    let normal = right_of(unit(b - a));
    let missing = (a + (b - a) * 0.5 + beside - chord).dot(normal);
    Routed::new(context, arc(start, end, normal * missing), None)
}

/// Bends a blocked bundle around its obstacles: all lanes as arcs, or each with its own detour.
fn freed(
    context: &RouteContext,
    bundle: &Bundle,
    (hits, drawn): (usize, Vec<Routed>),
    budget: &mut Budget,
) -> Vec<Routed> {
    let ends = (bundle.a, bundle.b);
    let way = context.center(bundle.b) - context.center(bundle.a);
    let offsets = spread_offsets(bundle, unit(way));
    let mut best = (hits, drawn);
    for bulge in BULGES {
        if bulge.abs() > length(way) * 0.45 {
            break;
        }
        let lanes: Vec<Routed> =
            offsets.iter().enumerate().map(|(lane, o)| free_arc(context, bundle, lane, bulge + o)).collect();
        if !Budget::take(&mut budget.segments, walked(&lanes)) {
            return best.1;
        }
        let hits = blocked(context, &lanes, ends, best.0);
        if hits < best.0 {
            best = (hits, lanes);
        }
        if hits == 0 {
            return best.1;
        }
    }
    for (lane, routed) in best.1.iter_mut().enumerate() {
        if context.hits(&routed.path, ends, CLEARANCE, 1) > 0 {
            let rank = lane as f32 - (bundle.lanes.len() - 1) as f32 * 0.5;
            if let Some(way) = around::way(context, bundle, rank, tips(context, bundle, lane), &mut budget.views) {
                *routed = Routed::new(context, way, None);
            }
        }
    }
    best.1
}

/// Returns a lane through its manual bend point, with the label there.
pub(super) fn bent(context: &RouteContext, line: &ModelLine) -> Routed {
    let bend = line.bend.unwrap_or(crate::layout::Bend { along: 0.5, across: 0.0 });
    let (a, b) = (context.center(line.from), context.center(line.to));
    let mut routed = if line.from == line.to {
        let turn = bend.along * std::f32::consts::TAU;
        let out = vec2(libm::sinf(turn), -libm::cosf(turn));
        let reach = context.half(line.from);
        super::loops::through(
            context,
            (a, reach),
            a + out * bend.across.abs().max(length(reach)),
            if line.arrow { TIP_GAP } else { 0.0 },
        )
    } else {
        let through = a + (b - a) * bend.along + right_of(unit(b - a)) * bend.across;
        let start = exit(a, context.half(line.from), through - a);
        let toward = unit(through - b);
        let end = exit(b, context.half(line.to), toward) + toward * if line.arrow { TIP_GAP } else { 0.0 };
        let tangent = unit(end - start);
        let (d, e) = (length(through - start) * 0.4, length(end - through) * 0.4);
        let curve = vec![
            [start, start + (through - start) * 0.35, through - tangent * d, through],
            [through, through + tangent * e, end + (through - end) * 0.35, end],
        ];
        Routed::new(context, curve, Some(through))
    };
    routed.pinned = true;
    routed
}
