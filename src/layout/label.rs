//! Finds room for labels: each lies centered on its lane, upright, off boxes, other labels and, if it
//! can, foreign lanes. Where there is no room for all, the least important are left out.

use emath::{Pos2, Rect, Vec2};

use super::geometry::{bounds, boxed, length, path_length, point_along, segment_hits};
use super::grid::Grid;
use super::model::Model;
use super::route::Routed;

/// Shares of the way at which a label is tried.
const SHARES: [f32; 29] = [
    0.5, 0.475, 0.525, 0.45, 0.55, 0.425, 0.575, 0.4, 0.6, 0.375, 0.625, 0.35, 0.65, 0.325, 0.675, 0.3, 0.7, 0.275,
    0.725, 0.25, 0.75, 0.225, 0.775, 0.2, 0.8, 0.18, 0.82, 0.16, 0.84,
];
/// Free room around a label.
const GAP: f32 = 3.0;
/// Cost of a foreign lane so close to a label: under it, at its edge, where it looks as if it were its own, and near.
/// They add up.
const LANES_CLOSE: [(f32, f32); 3] = [(1.5, 2.5), (7.0, 0.35), (12.0, 0.18)];
/// Cost of a label that hides the end of its lane.
const HIDDEN_END: f32 = 1.2;
/// Cost of two labels on one spot while searching.
const OVERLAP: f32 = 20.0;
/// Above this many lines, only a few places are tried for each.
const MANY: usize = 20_000;

/// A place that a label could take.
struct Candidate {
    rect: Rect,
    cost: f32,
    /// Candidates of other labels that overlap it.
    rivals: Vec<u32>,
}

/// All places of all labels and which are taken.
struct Labeling {
    candidates: Vec<Candidate>,
    /// Per candidate: the line it belongs to.
    owner: Vec<u32>,
    /// Per line: its candidates.
    of: Vec<std::ops::Range<u32>>,
    /// Per line: the candidate taken.
    taken: Vec<Option<u32>>,
    /// Lines with labels, the most important first.
    order: Vec<u32>,
}

/// A label rectangle for each lane that has room for one. With `only`, the labels of other lines
/// stay where `before` says.
pub(super) fn place(
    model: &Model,
    cards: &Grid,
    lanes: &[Routed],
    before: &[Option<Rect>],
    only: Option<&[bool]>,
) -> Vec<Option<Rect>> {
    let is_open = |i: usize| only.is_none_or(|o| o[i]);
    let mut labeling = propose(model, cards, lanes, before, &is_open);
    labeling.find_rivals();
    labeling.search();
    labeling.thin_out();
    labeling.reinsert();
    (0..lanes.len())
        .map(|i| {
            if is_open(i) {
                labeling.taken[i].map(|c| labeling.candidates[c as usize].rect)
            } else {
                before.get(i).copied().flatten()
            }
        })
        .collect()
}

/// The segments of all lanes in a grid, with their owners.
struct Segments {
    grid: Grid,
    ends: Vec<(Pos2, Pos2, u32)>,
}

impl Segments {
    fn of(lanes: &[Routed]) -> Self {
        let mut ends = Vec::new();
        let mut rects = Vec::new();
        // In a crowd of many thousands of lines, none is free of the others.
        let lanes = if lanes.len() > MANY { &[] } else { lanes };
        for (i, lane) in lanes.iter().enumerate() {
            for w in lane.path.windows(2) {
                // Long slanted segments have large boxes; pieces of them are found faster.
                let pieces = ((length(w[1] - w[0]) / 80.0).ceil() as usize).clamp(1, 400);
                for p in 0..pieces {
                    let at = |s: usize| w[0] + (w[1] - w[0]) * (s as f32 / pieces as f32);
                    rects.push(bounds(&[at(p), at(p + 1)]));
                    ends.push((at(p), at(p + 1), i as u32));
                }
            }
        }
        Self { grid: Grid::of(&rects), ends }
    }

    /// How many lanes other than `own` pass through `rect`.
    fn through(&self, rect: &Rect, own: u32) -> usize {
        let mut found: Vec<u32> = Vec::new();
        self.grid.each(rect, |s, _| {
            let (a, b, lane) = self.ends[s as usize];
            if lane != own && !found.contains(&lane) && segment_hits(a, b, rect) {
                found.push(lane);
            }
        });
        found.len()
    }
}

fn propose(
    model: &Model,
    cards: &Grid,
    lanes: &[Routed],
    before: &[Option<Rect>],
    is_open: &dyn Fn(usize) -> bool,
) -> Labeling {
    let segments = Segments::of(lanes);
    let mut labeling = Labeling {
        candidates: Vec::new(),
        owner: Vec::new(),
        of: Vec::new(),
        taken: vec![None; lanes.len()],
        order: Vec::new(),
    };
    let standing: Vec<Rect> =
        (0..lanes.len()).filter(|&i| !is_open(i)).filter_map(|i| before.get(i).copied().flatten()).collect();
    let standing = Grid::of(&standing);
    for (i, lane) in lanes.iter().enumerate() {
        let start = labeling.candidates.len() as u32;
        let label = model.lines[i].as_ref().and_then(|l| l.label);
        if let (Some(size), true) = (label, is_open(i)) {
            for (center, wish) in places(lane, lanes.len()) {
                let rect = boxed(center, size);
                let wide = rect.expand(GAP);
                if !lane.pinned && (cards.any(&wide, |_, _| true) || standing.any(&wide, |_, _| true)) {
                    continue;
                }
                let close = LANES_CLOSE.map(|(far, cost)| cost * segments.through(&rect.expand(far), i as u32) as f32);
                let cost = wish + close.iter().sum::<f32>() + hidden_ends(lane, &rect);
                labeling.candidates.push(Candidate { rect, cost, rivals: Vec::new() });
                labeling.owner.push(i as u32);
            }
            labeling.order.push(i as u32);
        }
        labeling.of.push(start..labeling.candidates.len() as u32);
    }
    let weight = |i: &u32| {
        model.lines[*i as usize]
            .as_ref()
            .map_or(0.0, |l| l.weight + if lanes[*i as usize].pinned { 1.0e7 } else { 0.0 })
    };
    labeling.order.sort_by(|i, j| weight(j).total_cmp(&weight(i)).then(i.cmp(j)));
    labeling
}

/// The places to try on a lane, with how little each is wished for.
fn places(lane: &Routed, lines: usize) -> Vec<(Pos2, f32)> {
    if lane.pinned {
        return lane.home.map(|h| (h, 0.0)).into_iter().collect();
    }
    let mut places: Vec<(Pos2, f32)> = lane.home.map(|h| (h, 0.0)).into_iter().collect();
    let shares = if lines > MANY { &SHARES[..3] } else { &SHARES[..] };
    let full = path_length(&lane.path);
    for share in shares {
        let center = point_along(&lane.path, *share);
        let wish = match lane.home {
            Some(home) => 0.05 + length(center - home) / full.max(1.0) * 1.6,
            None => (share - 0.5).abs() * 1.6,
        };
        places.push((center, wish));
    }
    places
}

fn hidden_ends(lane: &Routed, rect: &Rect) -> f32 {
    let wide = rect.expand(11.0);
    [lane.path.first(), lane.path.last()].into_iter().flatten().filter(|p| wide.contains(**p)).count() as f32
        * HIDDEN_END
}

impl Labeling {
    fn find_rivals(&mut self) {
        let rects: Vec<Rect> = self.candidates.iter().map(|c| c.rect).collect();
        let grid = Grid::of(&rects);
        for (c, rect) in rects.iter().enumerate() {
            let own = self.owner[c];
            let owner = &self.owner;
            let rivals = &mut self.candidates[c].rivals;
            // The grid answers for touching rectangles; the gap belongs to one of the two.
            grid.each(&rect.expand2(Vec2::splat(GAP)).shrink(0.01), |d, _| {
                if owner[d as usize] != own {
                    rivals.push(d);
                }
            });
        }
    }

    /// How many taken places overlap candidate `c`.
    fn conflicts(&self, c: u32) -> impl Iterator<Item = u32> {
        let rivals = &self.candidates[c as usize].rivals;
        rivals.iter().copied().filter(|&d| self.taken[self.owner[d as usize] as usize] == Some(d))
    }

    /// Each label in turn takes its cheapest place until none wants to move.
    fn search(&mut self) {
        for _ in 0..16 {
            let mut changed = false;
            for index in 0..self.order.len() {
                let i = self.order[index] as usize;
                let mut best: Option<(f32, u32)> = None;
                for c in self.of[i].clone() {
                    let cost = self.candidates[c as usize].cost;
                    if best.is_some_and(|b| cost >= b.0) {
                        continue;
                    }
                    let cost = cost + OVERLAP * self.conflicts(c).count() as f32;
                    if best.is_none_or(|b| cost < b.0) {
                        best = Some((cost, c));
                    }
                }
                let next = best.map(|b| b.1);
                changed |= next != self.taken[i];
                self.taken[i] = next;
            }
            if !changed {
                break;
            }
        }
    }

    /// Takes away the least important labels that still overlap.
    fn thin_out(&mut self) {
        for index in (0..self.order.len()).rev() {
            let i = self.order[index] as usize;
            if self.taken[i].is_some_and(|c| self.conflicts(c).next().is_some()) {
                self.taken[i] = None;
            }
        }
    }

    /// Brings back labels that fit after all, if need be by moving one other label.
    fn reinsert(&mut self) {
        for index in 0..self.order.len() {
            let i = self.order[index] as usize;
            if self.taken[i].is_none() {
                self.bring_back(i);
            }
        }
    }

    fn bring_back(&mut self, i: usize) {
        for c in self.of[i].clone() {
            let blockers: Vec<u32> = self.conflicts(c).take(2).collect();
            match blockers[..] {
                [] => {
                    self.taken[i] = Some(c);
                    return;
                }
                [blocker] => {
                    let j = self.owner[blocker as usize] as usize;
                    self.taken[i] = Some(c);
                    let other = self.of[j].clone().find(|&d| d != blocker && self.conflicts(d).all(|e| e == blocker));
                    if other.is_some() {
                        self.taken[j] = other;
                        return;
                    }
                    self.taken[i] = None;
                }
                _ => {}
            }
        }
    }
}
