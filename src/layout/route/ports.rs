//! Ports, where lanes leave and enter boxes: on the side that faces the other end, in the order of the lanes'
//! directions, never two at one point.

use std::collections::{BTreeMap, BTreeSet};

use emath::{Pos2, Vec2, pos2, vec2};

use super::RouteContext;
use crate::layout::geometry::{exit, pooled, right_of, unit};
use crate::layout::rough_shape::{Form, RoughShape};

/// Distance between neighboring ports where there is room.
const SPACING: f32 = 11.0;
/// Gap between wide lines or arrowheads at neighboring ports.
const GAP: f32 = 2.5;
/// Part of a side near each corner without ports, for rounded corners.
const CORNER: f32 = 9.0;

/// A point on an outline, and the direction away from the box.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::layout) struct Port {
    pub place: Pos2,
    pub out: Vec2,
}

/// Ports by bundle: at its `a` end and at its `b` end, in the order of its lanes.
pub(in crate::layout) enum Ports {
    /// Ports of all bundles.
    All(Vec<(Vec<Port>, Vec<Port>)>),
    /// Ports at some boxes only.
    Some(BTreeMap<usize, (Vec<Port>, Vec<Port>)>),
}

/// One bundle's end at a side of a box.
struct Arrival {
    bundle: usize,
    at_a: bool,
    /// Outward direction of the side.
    out: Vec2,
    /// Preferred offset of the bundle's middle from the middle of the side.
    wish: f32,
    /// Sort key: the slope of the bundle.
    slope: f32,
    /// Whether the bundle's first lane comes first along the side.
    forward: bool,
    /// Width that each lane takes of the side, in order along it.
    breadths: Vec<f32>,
}

fn unplaced(context: &RouteContext, k: usize) -> (Vec<Port>, Vec<Port>) {
    let count = context.model.bundles[k].lanes.len();
    (vec![Port::default(); count], vec![Port::default(); count])
}

impl Ports {
    /// Places the ports at all boxes.
    pub(in crate::layout) fn new(context: &RouteContext, shapes: &[RoughShape]) -> Self {
        let mut ports = Self::All((0..context.model.bundles.len()).map(|k| unplaced(context, k)).collect());
        (0..context.centers.len()).for_each(|v| ports.place_at(context, shapes, v));
        ports
    }

    /// Places the ports at some boxes.
    pub(in crate::layout) fn at(context: &RouteContext, shapes: &[RoughShape], boxes: &BTreeSet<u32>) -> Self {
        let bundles = boxes.iter().flat_map(|&v| &context.model.at[v as usize]).map(|&k| k as usize);
        let mut ports = Self::Some(bundles.map(|k| (k, unplaced(context, k))).collect());
        for &v in boxes {
            ports.place_at(context, shapes, v as usize);
        }
        ports
    }

    fn place_at(&mut self, context: &RouteContext, shapes: &[RoughShape], v: usize) {
        let mut arrivals: Vec<Arrival> = context.model.at[v]
            .iter()
            .filter(|&&k| !context.model.bundles[k as usize].is_loop())
            .map(|&k| arrival(context, shapes, k as usize, v as u32))
            .collect();
        for side in [vec2(1.0, 0.0), vec2(0.0, 1.0), vec2(-1.0, 0.0), vec2(0.0, -1.0)] {
            let mut here: Vec<&mut Arrival> = arrivals.iter_mut().filter(|a| a.out == side).collect();
            here.sort_by(|a, b| a.slope.total_cmp(&b.slope).then(a.bundle.cmp(&b.bundle)));
            place(context, v, side, &here, self);
        }
    }

    fn ends(&self, bundle: usize) -> Option<&(Vec<Port>, Vec<Port>)> {
        match self {
            Self::All(at) => at.get(bundle),
            Self::Some(at) => at.get(&bundle),
        }
    }

    fn ends_mut(&mut self, bundle: usize) -> Option<&mut (Vec<Port>, Vec<Port>)> {
        match self {
            Self::All(at) => at.get_mut(bundle),
            Self::Some(at) => at.get_mut(&bundle),
        }
    }

    /// Returns the ports of a lane, at its bundle's `a` and `b` ends.
    pub(super) fn of(&self, bundle: usize, lane: usize) -> (Port, Port) {
        self.ends(bundle).map_or_else(Default::default, |(a, b)| (a[lane], b[lane]))
    }

    /// Returns whether the ports of a bundle at a box differ from those before.
    pub(in crate::layout) fn differ(&self, before: &Self, bundle: usize, is_at_a: bool) -> bool {
        let at = |ports: &Self| ports.ends(bundle).map(|(a, b)| if is_at_a { a.clone() } else { b.clone() });
        let is_far = |(a, b): (&Port, &Port)| (a.place - b.place).length() > 0.25 || a.out != b.out;
        match (at(self), at(before)) {
            (Some(now), Some(then)) => now.len() != then.len() || now.iter().zip(&then).any(is_far),
            _ => true,
        }
    }
}

fn arrival(context: &RouteContext, shapes: &[RoughShape], k: usize, v: u32) -> Arrival {
    let bundle = &context.model.bundles[k];
    let at_a = bundle.a == v;
    let (own, half) = (context.center(v), context.half(v));
    let dir = unit(context.center(bundle.other(v)) - own);
    let leave = exit(own, half, dir) - own;
    let level = shapes[k].form == Form::Stack || leave.x.abs() >= half.x - 0.01;
    let out = if level { vec2(dir.x.signum(), 0.0) } else { vec2(0.0, dir.y.signum()) };
    let (wish, slope) =
        if level { (leave.y, dir.y / dir.x.abs().max(1e-3)) } else { (leave.x, dir.x / dir.y.abs().max(1e-3)) };
    let wish = if shapes[k].form == Form::Stack { wish.clamp(-half.y, half.y) * 0.3 } else { wish };
    let right = right_of(if at_a { dir } else { -dir });
    let forward = if level { right.y >= 0.0 } else { right.x >= 0.0 };
    let breadth = |&lane: &u32| context.model.lines[lane as usize].as_ref().map_or(0.0, |line| line.breadth_at(v));
    let mut breadths: Vec<f32> = bundle.lanes.iter().map(breadth).collect();
    if !forward {
        breadths.reverse();
    }
    Arrival { bundle: k, at_a, out, wish, slope, forward, breadths }
}

/// Places a port for each lane of the sorted arrivals at one side.
fn place(context: &RouteContext, v: usize, out: Vec2, arrivals: &[&mut Arrival], at: &mut Ports) {
    let breadths: Vec<f32> = arrivals.iter().flat_map(|a| a.breadths.iter().copied()).collect();
    if breadths.is_empty() {
        return;
    }
    let half = context.half(v as u32);
    let side = if out.x == 0.0 { half.x } else { half.y };
    let room = (side - CORNER.min(side * 0.4)).max(0.0);
    // Positions of the ports if the first is at 0 and there is room for all.
    let mut offsets = vec![0.0];
    for pair in breadths.windows(2) {
        let before = offsets.last().copied().unwrap_or(0.0);
        offsets.push(before + SPACING.max((pair[0] + pair[1]) * 0.5 + GAP));
    }
    let whole = offsets.last().copied().unwrap_or(0.0);
    let squeeze = if whole > 2.0 * room { 2.0 * room / whole } else { 1.0 };
    for offset in &mut offsets {
        *offset *= squeeze;
    }
    let mut wishes = Vec::with_capacity(breadths.len());
    for arrival in arrivals {
        let own = &offsets[wishes.len()..wishes.len() + arrival.breadths.len()];
        let middle = (own.first().unwrap_or(&0.0) + own.last().unwrap_or(&0.0)) * 0.5;
        wishes.extend(own.iter().map(|offset| arrival.wish + offset - middle));
    }
    let spots = if context.model.hub[v] { wishes } else { spaced(&wishes, &offsets, room) };
    let mut next = 0;
    for arrival in arrivals {
        for lane in 0..arrival.breadths.len() {
            let spot = spots[next];
            next += 1;
            let center = context.centers[v];
            let place = if out.x == 0.0 {
                pos2(center.x + spot, center.y + out.y * half.y)
            } else {
                pos2(center.x + out.x * half.x, center.y + spot)
            };
            let Some(ends) = at.ends_mut(arrival.bundle) else { continue };
            let ports = if arrival.at_a { &mut ends.0 } else { &mut ends.1 };
            let index = if arrival.forward { lane } else { arrival.breadths.len() - 1 - lane };
            ports[index] = Port { place, out };
        }
    }
}

/// Returns the ascending positions nearest to the wishes that are as far apart as the offsets and within `room` of the
/// middle (least squares by pooling neighbors).
fn spaced(wishes: &[f32], offsets: &[f32], room: f32) -> Vec<f32> {
    let pools = pooled(wishes.iter().zip(offsets).map(|(wish, offset)| wish - offset));
    let last = offsets.last().copied().unwrap_or(0.0);
    let values = pools.iter().flat_map(|&(value, count)| std::iter::repeat_n(value, count));
    values.zip(offsets).map(|(value, offset)| value.clamp(-room, (room - last).max(-room)) + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn spaced_keeps_wishes_where_there_is_room() {
        assert_eq!(spaced(&[-20.0, 0.0, 20.0], &[0.0, 10.0, 20.0], 30.0), vec![-20.0, 0.0, 20.0]);
    }

    #[test]
    fn spaced_parts_equal_wishes_around_their_middle() {
        assert_eq!(spaced(&[0.0, 0.0, 0.0], &[0.0, 10.0, 20.0], 30.0), vec![-10.0, 0.0, 10.0]);
    }

    #[test]
    fn spaced_stays_within_the_side() {
        assert_eq!(spaced(&[50.0, 60.0], &[0.0, 10.0], 30.0), vec![20.0, 30.0]);
    }
}
