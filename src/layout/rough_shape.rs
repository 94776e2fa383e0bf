//! Course of a pair's lanes without obstacles: one rough shape that placement estimates with and routing draws, so
//! that both use the same room.

use emath::{Pos2, Rect, Vec2, vec2};

use super::geometry::{boxed, exit, length, right_of, unit};
use super::model::{Bundle, LABEL_GAP, Model, STUB};

/// Possible positions of a bundle's labels, as shares of its length; the first is the middle.
pub(super) const SHARES: [f32; 7] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];

/// Extra length that a slanted line needs beside its label: a share of the length that the label covers, times the
/// slant.
const SLANT: f32 = 0.6;

/// Course of a bundle's lanes between their boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A single straight lane.
    Single,
    /// Lanes leave left and right; their labels are stacked in a column.
    Stack,
    /// Lanes bulge apart; their labels lie side by side or staggered.
    Spread,
    /// From a box to itself.
    Loop,
}

/// The rough shape of a bundle.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoughShape {
    pub form: Form,
    /// Ends of the middle line, on the two outlines.
    pub ends: (Pos2, Pos2),
    /// Area taken by the labels.
    pub block: Rect,
    /// Length missing for labels and arrowheads; 0 if there is room.
    pub lack: f32,
}

/// Computes the lanes' distances from the middle line so that no label touches a neighboring lane. The labels of two
/// lanes lie side by side; more are staggered, see [`stagger`].
pub(super) fn spread_offsets(bundle: &Bundle, dir: Vec2) -> Vec<f32> {
    let normal = right_of(dir).abs();
    let reach = |label: &Vec2| (label.x * normal.x + label.y * normal.y) * 0.5;
    let mut offsets = Vec::with_capacity(bundle.labels.len());
    let mut at = 0.0;
    for (i, label) in bundle.labels.iter().enumerate() {
        if i > 0 {
            let before = &bundle.labels[i - 1];
            let mut step = reach(before).max(reach(label)) + LABEL_GAP;
            if bundle.labels.len() == 2 {
                let apart = (*before + *label) * 0.5 + Vec2::splat(LABEL_GAP);
                step = step.max((apart.x / normal.x.max(1e-3)).min(apart.y / normal.y.max(1e-3)));
            }
            at += step.max(14.0) * bundle.squeeze;
        }
        offsets.push(at);
    }
    let middle = at * 0.5;
    offsets.iter().map(|o| o - middle).collect()
}

/// Returns the distance from the middle at which the labels of three or more spread lanes alternate.
pub(super) fn stagger(bundle: &Bundle, dir: Vec2) -> f32 {
    if bundle.lanes.len() < 3 {
        return 0.0;
    }
    let tall = bundle.labels.iter().fold(0.0_f32, |m, l| m.max(l.y));
    (tall + LABEL_GAP) * 0.5 / dir.y.abs().max(0.5)
}

fn single(bundle: &Bundle, ends: (Pos2, Pos2), dir: Vec2, gap: f32, share: f32) -> RoughShape {
    let label = bundle.labels.first().copied().unwrap_or(Vec2::ZERO);
    let along = (label.x / dir.x.abs().max(1e-3)).min(label.y / dir.y.abs().max(1e-3));
    // A slanted line shows less of itself beside an upright label than a level or upright one.
    let slant = SLANT * along * dir.x.abs().min(dir.y.abs());
    let stub = if label.x > 0.0 { 2.0 * STUB + bundle.heads + slant } else { 30.0 };
    let block = boxed(ends.0 + dir * (gap * share), label);
    RoughShape { form: Form::Single, ends, block, lack: (along + stub - gap).max(0.0) }
}

fn spread(bundle: &Bundle, ends: (Pos2, Pos2), dir: Vec2, gap: f32, share: f32) -> RoughShape {
    let offsets = spread_offsets(bundle, dir);
    let wide = offsets.last().copied().unwrap_or(0.0) * 2.0;
    let tall = bundle.labels.iter().fold(0.0_f32, |m, l| m.max(l.y));
    let along = 2.0 * stagger(bundle, dir) + (bundle.stack.x * dir.x.abs()).max(tall * dir.y.abs());
    // The farther the lanes part, the more length they need to do so gently.
    let need = along + 2.0 * STUB + wide * 0.3;
    let normal = right_of(dir).abs();
    let size = vec2(normal.x * wide + bundle.stack.x, normal.y * wide + tall + 2.0 * stagger(bundle, dir));
    let block = boxed(ends.0 + dir * (gap * share), size);
    RoughShape { form: Form::Spread, ends, block, lack: (need - gap).max(0.0) }
}

/// Computes the rough shape of a bundle between two positions; `choice` selects the position of the labels along it
/// (for a loop, the side of the box).
pub(super) fn rough_shape(model: &Model, bundle: &Bundle, a: Pos2, b: Pos2, choice: u8) -> RoughShape {
    let (size_a, size_b) = (model.size[bundle.a as usize], model.size[bundle.b as usize]);
    if bundle.is_loop() {
        return loop_plan(bundle, a, size_a, choice);
    }
    let share = SHARES[usize::from(choice) % SHARES.len()];
    let dir = unit(b - a);
    let ends = (exit(a, size_a * 0.5, dir), exit(b, size_b * 0.5, -dir));
    let gap = (ends.1 - ends.0).dot(dir);
    if bundle.lanes.len() < 2 {
        return single(bundle, ends, dir, gap, share);
    }
    let side = if b.x >= a.x { 1.0 } else { -1.0 };
    let from = a + vec2(side * size_a.x * 0.5, 0.0);
    let to = b - vec2(side * size_b.x * 0.5, 0.0);
    let free = (to.x - from.x) * side;
    let fan = STUB + 4.0 * bundle.rows();
    // A steep lane needs length to turn level and back.
    let lack = (bundle.stack.x + 2.0 * fan + (b.y - a.y).abs() * 0.35 - free).max(0.0);
    let stack = RoughShape {
        form: Form::Stack,
        ends: (from, to),
        block: boxed(from + (to - from) * share, bundle.stack),
        lack,
    };
    if free > 0.0 && lack == 0.0 {
        return stack;
    }
    let other = spread(bundle, ends, dir, gap, share);
    // Stacked labels read like a table; spread ones only pay where there is no width for a stack.
    let preference = 30.0 * (bundle.lanes.len() as f32 - 1.0);
    if free > 0.0 && lack <= other.lack + preference { stack } else { other }
}

/// Returns the side of its box on which a loop stands: top, right, bottom, left.
pub(super) fn loop_side(choice: u8) -> Vec2 {
    [vec2(0.0, -1.0), vec2(1.0, 0.0), vec2(0.0, 1.0), vec2(-1.0, 0.0)][usize::from(choice) % 4]
}

fn loop_plan(bundle: &Bundle, center: Pos2, size: Vec2, choice: u8) -> RoughShape {
    let out = loop_side(choice);
    let start = center + vec2(out.x * size.x, out.y * size.y) * 0.5;
    // The nearest label keeps clear of the box; lanes without labels still need some room.
    let deep = if out.x == 0.0 { bundle.stack.y.max(22.0) + 12.0 } else { bundle.stack.x.max(22.0) + 22.0 };
    let wide = if out.x == 0.0 { bundle.stack.x.max(60.0) } else { bundle.stack.y.max(30.0) };
    let across = right_of(out);
    let size = vec2((out.x * deep).abs() + (across.x * wide).abs(), (out.y * deep).abs() + (across.y * wide).abs());
    let block = boxed(start + out * (deep * 0.5 + 1.0), size);
    RoughShape { form: Form::Loop, ends: (center, center), block, lack: 0.0 }
}

/// Returns the distance between the two ends.
pub(super) fn reach(shape: &RoughShape) -> f32 {
    length(shape.ends.1 - shape.ends.0)
}
