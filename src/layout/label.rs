//! Places labels: each one upright and centered on its lane, off boxes and other labels and, if possible, off foreign
//! lanes. If there isn't room for all, the least important are omitted.

use std::collections::{BTreeSet, HashSet};

use emath::{Pos2, Rect, Vec2};

use super::geometry::{boxed, length, path_length, point_after, segment_hits};
use super::grid::Grid;
use super::model::Model;
use super::route::{Routed, each_stretch};
use super::work;

/// Positions along a lane at which a label is tried, as shares of its length.
const SHARES: [f32; 29] = [
    0.5, 0.475, 0.525, 0.45, 0.55, 0.425, 0.575, 0.4, 0.6, 0.375, 0.625, 0.35, 0.65, 0.325, 0.675, 0.3, 0.7, 0.275,
    0.725, 0.25, 0.75, 0.225, 0.775, 0.2, 0.8, 0.18, 0.82, 0.16, 0.84,
];
/// Clearance around a label.
const GAP: f32 = 3.0;
/// Distances from a label, with the cost of a foreign lane within each: under the label, at its edge (where it could
/// be taken for the label's own), and nearby. The costs add up.
const LANES_CLOSE: [(f32, f32); 3] = [(1.5, 2.5), (7.0, 0.35), (12.0, 0.18)];
/// Cost of a label that covers an end of its lane.
const HIDDEN_END: f32 = 1.2;
/// Cost of two overlapping labels during the search.
const OVERLAP: f32 = 20.0;
/// Above this many lines, only a few positions are tried for each.
const MANY: usize = 20_000;

/// From this many lanes in a bundle on, labels are tried only near their best positions: elsewhere, each lane runs
/// among the others.
const WIDE: usize = 9;
/// Maximum number of foreign lanes counted near a label; more don't add to the cost.
const MAX_CLOSE: usize = 64;
/// Length and width of a stretch, the unit in which lanes are indexed.
const STRETCH: f32 = 80.0;
/// Maximum number of stretches inspected for one position.
const MAX_SEEN: usize = 1_024;
/// Maximum number of stretches, and of other labels' positions, inspected for all labels of a map.
const MAX_SEEN_IN_ALL: usize = 50_000_000;
/// Approximate maximum number of pieces for all lanes together.
const MAX_PIECES: usize = 3_000_000;
/// Up to this many pairs of conflicting positions, labels make room for each other; above, each takes its best
/// position among those that more important labels leave free.
const MAX_RIVALS: usize = 2_000_000;

/// A candidate position of a label.
struct Candidate {
    rect: Rect,
    cost: f32,
    /// Candidates of other labels that overlap this one.
    rivals: Vec<u32>,
}

/// Candidates of all labels, and the ones chosen.
struct LabelCandidates {
    candidates: Vec<Candidate>,
    /// Label of each candidate.
    owner: Vec<u32>,
    /// Candidates of each label.
    of: Vec<std::ops::Range<u32>>,
    /// Chosen candidate of each label.
    taken: Vec<Option<u32>>,
    /// Labels by descending importance.
    order: Vec<u32>,
}

/// Labels to place, and the obstacles to avoid.
pub(super) struct Question<'a> {
    pub(super) model: &'a Model,
    /// Boxes to avoid.
    pub(super) cards: &'a Grid,
    /// Lanes whose labels are to be placed, by ascending line number.
    pub(super) open: Vec<(u32, &'a Routed)>,
    /// Lanes nearby, including those in `open`.
    pub(super) near: Vec<(u32, &'a Routed)>,
    /// Labels that keep their positions.
    pub(super) standing: Vec<Rect>,
}

/// Returns whether labels avoid foreign lanes; among many thousands of lines, no position is free of them.
pub(super) fn keeps_off_lanes(model: &Model) -> bool {
    model.lines.len() <= MANY
}

/// Returns a label rectangle for each open lane, or `None` where there is no room.
pub(super) fn place(question: &Question<'_>) -> Vec<Option<Rect>> {
    let mut labeling = propose(question);
    if labeling.find_rivals() {
        labeling.search();
        labeling.thin_out();
        labeling.reinsert();
    } else {
        labeling.take_in_turn();
    }
    labeling.taken.iter().map(|taken| taken.map(|c| labeling.candidates[c as usize].rect)).collect()
}

/// Lanes, split into stretches and indexed in a grid.
struct Stretches {
    grid: Grid,
    /// Pieces and line number of each stretch.
    of: Vec<(std::ops::Range<u32>, u32)>,
    pieces: Vec<(Pos2, Pos2)>,
    /// Per line: the last query that found it near a label, and its distance level there.
    nearest: Vec<(u32, u8)>,
    /// Number of queries so far.
    asked: u32,
    /// Remaining number of stretches to inspect; at 0, all positions count as equally free of lanes.
    left: usize,
}

impl Stretches {
    fn of(lanes: &[(u32, &Routed)], count: usize) -> Self {
        let (mut of, mut all, mut rects) = (Vec::new(), Vec::new(), Vec::new());
        // Among many thousands of lines, no position is free of foreign lanes.
        let lanes = if count > MANY { &[] } else { lanes };
        let most = MAX_PIECES / count.max(1);
        for &(line, lane) in lanes {
            // A lane far longer than all others is nowhere near most labels.
            if lane.path.len() + (path_length(&lane.path) / STRETCH) as usize > most {
                continue;
            }
            each_stretch(&lane.path, STRETCH, |pieces, area| {
                let start = all.len() as u32;
                all.extend_from_slice(pieces);
                of.push((start..all.len() as u32, line));
                rects.push(area);
            });
        }
        let nearest = vec![(0, 0); count];
        Self { grid: Grid::of(&rects), of, pieces: all, nearest, asked: 0, left: MAX_SEEN_IN_ALL }
    }

    /// Counts the lanes other than `own` within each of the [`LANES_CLOSE`] distances of `rect`, up to [`MAX_CLOSE`].
    fn close(&mut self, rect: &Rect, own: u32) -> [usize; LANES_CLOSE.len()] {
        let Self { grid, of, pieces, nearest, asked, left } = self;
        let rects = LANES_CLOSE.map(|(far, _)| rect.expand(far));
        let mut counts = [0; LANES_CLOSE.len()];
        let mut looks = (*left).min(MAX_SEEN);
        let before = looks;
        *asked += 1;
        let is_crowded = grid.any_within(&rects[rects.len() - 1], &mut looks, |stretch, _| {
            let (range, lane) = &of[stretch as usize];
            if *lane == own {
                return false;
            }
            let (last, known) = &mut nearest[*lane as usize];
            let before = if *last == *asked { usize::from(*known) } else { rects.len() };
            let mut level = before;
            for &(a, b) in &pieces[range.start as usize..range.end as usize] {
                level = (0..level).find(|&nearer| segment_hits(a, b, &rects[nearer])).unwrap_or(level);
            }
            if level < before {
                counts[level..before].iter_mut().for_each(|count| *count += 1);
                (*last, *known) = (*asked, level as u8);
            }
            counts[0] >= MAX_CLOSE
        });
        *left -= before - looks;
        if is_crowded { [MAX_CLOSE; LANES_CLOSE.len()] } else { counts.map(|count| count.min(MAX_CLOSE)) }
    }
}

fn propose(question: &Question<'_>) -> LabelCandidates {
    let Question { model, cards, open, near, standing } = question;
    let count = model.lines.len();
    let mut stretches = Stretches::of(near, count);
    let mut labeling = LabelCandidates {
        candidates: Vec::new(),
        owner: Vec::new(),
        of: Vec::new(),
        taken: vec![None; open.len()],
        order: Vec::new(),
    };
    let standing = Grid::of(standing);
    let crowded = Crowded::of(model, open);
    for (label, &(i, lane)) in open.iter().enumerate() {
        let start = labeling.candidates.len() as u32;
        let size = model.lines[i as usize].as_ref().and_then(|l| l.label);
        if let (Some(size), true) = (size, lane.pinned || !crowded.bare.contains(&i)) {
            for (center, wish) in places(lane, count > MANY || crowded.wide.contains(&i)) {
                let rect = boxed(center, size);
                let wide = rect.expand(GAP);
                if !lane.pinned && (cards.any(&wide, |_, _| true) || standing.any(&wide, |_, _| true)) {
                    continue;
                }
                let counts = stretches.close(&rect, i);
                let close = LANES_CLOSE.iter().zip(counts).map(|((_, cost), count)| cost * count as f32);
                let cost = wish + close.sum::<f32>() + hidden_ends(lane, &rect);
                labeling.candidates.push(Candidate { rect, cost, rivals: Vec::new() });
                labeling.owner.push(label as u32);
            }
            labeling.order.push(label as u32);
        }
        labeling.of.push(start..labeling.candidates.len() as u32);
    }
    let weight = |label: &u32| {
        let (i, lane) = open[*label as usize];
        model.lines[i as usize].as_ref().map_or(0.0, |l| l.weight + if lane.pinned { 1.0e7 } else { 0.0 })
    };
    labeling.order.sort_by(|i, j| weight(j).total_cmp(&weight(i)).then(i.cmp(j)));
    labeling
}

/// Lines in dense bundles.
struct Crowded {
    /// Lanes without a label: in a squeezed bundle, only every second, third, … lane has room for one.
    bare: HashSet<u32>,
    /// Lanes whose labels are tried only near their best positions.
    wide: HashSet<u32>,
}

impl Crowded {
    fn of(model: &Model, open: &[(u32, &Routed)]) -> Self {
        let (mut bare, mut wide) = (HashSet::new(), HashSet::new());
        let is_all = open.len() == model.lines.len();
        let some: BTreeSet<usize> =
            if is_all { BTreeSet::new() } else { open.iter().filter_map(|&(line, _)| model.bundle_of(line)).collect() };
        let all = (0..model.bundles.len()).filter(|_| is_all);
        for bundle in all.chain(some).map(|k| &model.bundles[k]).filter(|bundle| bundle.lanes.len() >= WIDE) {
            wide.extend(bundle.lanes.iter().copied());
            if bundle.squeeze < 1.0 {
                let stride = (1.0 / bundle.squeeze).ceil() as usize;
                let lanes = bundle.lanes.iter().enumerate();
                bare.extend(lanes.filter(|(rank, _)| rank % stride != 0).map(|(_, &lane)| lane));
            }
        }
        Self { bare, wide }
    }
}

/// Returns the positions to try on a lane, each with a cost that grows with its distance from the preferred one.
fn places(lane: &Routed, are_few: bool) -> Vec<(Pos2, f32)> {
    if lane.pinned {
        return lane.home.map(|h| (h, 0.0)).into_iter().collect();
    }
    let mut places: Vec<(Pos2, f32)> = lane.home.map(|h| (h, 0.0)).into_iter().collect();
    let shares = if are_few { &SHARES[..3] } else { &SHARES[..] };
    let full = path_length(&lane.path);
    for share in shares {
        let center = point_after(&lane.path, full * share);
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

impl LabelCandidates {
    /// Finds overlapping candidates of different labels. Returns `false` if there are too many.
    fn find_rivals(&mut self) -> bool {
        let (mut count, mut left) = (0, MAX_SEEN_IN_ALL);
        let rects: Vec<Rect> = self.candidates.iter().map(|c| c.rect).collect();
        let grid = Grid::of(&rects);
        for (c, rect) in rects.iter().enumerate() {
            let own = self.owner[c];
            let owner = &self.owner;
            let rivals = &mut self.candidates[c].rivals;
            // The grid tests plain intersection, so one of the two rectangles includes the gap.
            let is_too_many = grid.any_within(&rect.expand2(Vec2::splat(GAP)).shrink(0.01), &mut left, |d, _| {
                if owner[d as usize] != own {
                    rivals.push(d);
                    count += 1;
                }
                count > MAX_RIVALS
            });
            if is_too_many {
                return false;
            }
        }
        true
    }

    /// Assigns each label, the most important first, its cheapest position that is still free.
    fn take_in_turn(&mut self) {
        let mut area = Rect::NOTHING;
        for candidate in &self.candidates {
            area = area.union(candidate.rect);
        }
        let mut taken = Grid::new(area, self.order.len());
        for index in 0..self.order.len() {
            let i = self.order[index] as usize;
            let candidates = self.of[i].clone();
            let is_free = |c: &u32| {
                let rect = self.candidates[*c as usize].rect.expand(GAP).shrink(0.01);
                !taken.any(&rect, |_, _| true)
            };
            let cost = |c: &u32| self.candidates[*c as usize].cost;
            let best = candidates.filter(is_free).min_by(|a, b| cost(a).total_cmp(&cost(b)));
            if let Some(c) = best {
                taken.insert(self.candidates[c as usize].rect);
            }
            self.taken[i] = best;
        }
    }

    /// Returns the chosen candidates that overlap candidate `c`.
    fn conflicts(&self, c: u32) -> impl Iterator<Item = u32> {
        let rivals = &self.candidates[c as usize].rivals;
        work::count(rivals.len());
        rivals.iter().copied().filter(|&d| self.taken[self.owner[d as usize] as usize] == Some(d))
    }

    /// Moves each label in turn to its cheapest position until nothing changes, for at most 16 rounds.
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

    /// Removes the least important labels that still overlap.
    fn thin_out(&mut self) {
        for index in (0..self.order.len()).rev() {
            let i = self.order[index] as usize;
            if self.taken[i].is_some_and(|c| self.conflicts(c).next().is_some()) {
                self.taken[i] = None;
            }
        }
    }

    /// Re-adds labels that fit after all, moving at most one other label for each.
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
