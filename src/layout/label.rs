//! Finds room for labels: each lies centered on its lane, upright, off boxes, other labels and, if it
//! can, foreign lanes. Where there is no room for all, the least important are left out.

use std::collections::{BTreeSet, HashSet};

use emath::{Pos2, Rect, Vec2};

use super::geometry::{boxed, length, path_length, point_along, segment_hits};
use super::grid::Grid;
use super::model::Model;
use super::route::{Routed, each_stretch};
use super::work;

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

/// From so many lanes of one bundle on, a label is tried near its best place alone: elsewhere its lane is among the
/// others, and so is each of theirs.
const WIDE: usize = 9;
/// How many foreign lanes are counted near a label; more are no worse.
const MOST_CLOSE: usize = 64;
/// Length and breadth of the stretches in which lanes near a label are looked up.
const STRETCH: f32 = 80.0;
/// How many stretches of lanes near it are looked at for that.
const MOST_SEEN: usize = 1_024;
/// How many stretches, and places of other labels, are looked at for all labels of a map together.
const MOST_SEEN_IN_ALL: usize = 50_000_000;
/// How many pieces all lanes are divided into at the most, about.
const MOST_PIECES: usize = 3_000_000;
/// Up to this many pairs of places that exclude each other, labels make room for others; beyond, each takes what the
/// more important ones have left.
const MOST_RIVALS: usize = 2_000_000;

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
    /// Per candidate: the label it belongs to.
    owner: Vec<u32>,
    /// Per label: its candidates.
    of: Vec<std::ops::Range<u32>>,
    /// Per label: the candidate taken.
    taken: Vec<Option<u32>>,
    /// The labels, the most important first.
    order: Vec<u32>,
}

/// Labels that look for room, and what they keep away from.
pub(super) struct Question<'a> {
    pub(super) model: &'a Model,
    /// The boxes.
    pub(super) cards: &'a Grid,
    /// The lanes whose labels look for room, by ascending number of their lines.
    pub(super) open: Vec<(u32, &'a Routed)>,
    /// The lanes that pass near by, those of `open` among them.
    pub(super) near: Vec<(u32, &'a Routed)>,
    /// Labels that stay where they are.
    pub(super) standing: Vec<Rect>,
}

/// Whether labels keep off foreign lanes: in a crowd of many thousands of lines, none is free of the others.
pub(super) fn keeps_off_lanes(model: &Model) -> bool {
    model.lines.len() <= MANY
}

/// A label rectangle for each lane that looks for one, or `None` where there is no room.
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

/// The lanes in a grid, in stretches.
struct Stretches {
    grid: Grid,
    /// Per stretch: its pieces, and the line that it belongs to.
    of: Vec<(std::ops::Range<u32>, u32)>,
    pieces: Vec<(Pos2, Pos2)>,
    /// Per line: the question in which it was last found near a label, and how near.
    nearest: Vec<(u32, u8)>,
    /// How many questions were asked.
    asked: u32,
    /// How many stretches may still be looked at; with none left, all places count as equally free of lanes.
    left: usize,
}

impl Stretches {
    fn of(lanes: &[(u32, &Routed)], count: usize) -> Self {
        let (mut of, mut all, mut rects) = (Vec::new(), Vec::new(), Vec::new());
        // In a crowd of many thousands of lines, none is free of the others.
        let lanes = if count > MANY { &[] } else { lanes };
        let most = MOST_PIECES / count.max(1);
        for &(line, lane) in lanes {
            // A lane far longer than all others is nowhere near most of its labels.
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
        Self { grid: Grid::of(&rects), of, pieces: all, nearest, asked: 0, left: MOST_SEEN_IN_ALL }
    }

    /// How many lanes other than `own` pass each of the [`LANES_CLOSE`] distances from `rect`, up to [`MOST_CLOSE`].
    fn close(&mut self, rect: &Rect, own: u32) -> [usize; LANES_CLOSE.len()] {
        let Self { grid, of, pieces, nearest, asked, left } = self;
        let rects = LANES_CLOSE.map(|(far, _)| rect.expand(far));
        let mut counts = [0; LANES_CLOSE.len()];
        let mut looks = (*left).min(MOST_SEEN);
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
            counts[0] >= MOST_CLOSE
        });
        *left -= before - looks;
        if is_crowded { [MOST_CLOSE; LANES_CLOSE.len()] } else { counts.map(|count| count.min(MOST_CLOSE)) }
    }
}

fn propose(question: &Question<'_>) -> Labeling {
    let Question { model, cards, open, near, standing } = question;
    let count = model.lines.len();
    let mut stretches = Stretches::of(near, count);
    let mut labeling = Labeling {
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

/// Lines that are among many others of their pair.
struct Crowded {
    /// Lanes that lie so close to others that only every second, third or so on has room for a label.
    bare: HashSet<u32>,
    /// Lanes whose labels are tried near their best places alone.
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

/// The places to try on a lane, with how little each is wished for.
fn places(lane: &Routed, are_few: bool) -> Vec<(Pos2, f32)> {
    if lane.pinned {
        return lane.home.map(|h| (h, 0.0)).into_iter().collect();
    }
    let mut places: Vec<(Pos2, f32)> = lane.home.map(|h| (h, 0.0)).into_iter().collect();
    let shares = if are_few { &SHARES[..3] } else { &SHARES[..] };
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
    /// Finds the places that exclude each other. False if there are too many of them.
    fn find_rivals(&mut self) -> bool {
        let (mut count, mut left) = (0, MOST_SEEN_IN_ALL);
        let rects: Vec<Rect> = self.candidates.iter().map(|c| c.rect).collect();
        let grid = Grid::of(&rects);
        for (c, rect) in rects.iter().enumerate() {
            let own = self.owner[c];
            let owner = &self.owner;
            let rivals = &mut self.candidates[c].rivals;
            // The grid answers for touching rectangles; the gap belongs to one of the two.
            let is_too_many = grid.any_within(&rect.expand2(Vec2::splat(GAP)).shrink(0.01), &mut left, |d, _| {
                if owner[d as usize] != own {
                    rivals.push(d);
                    count += 1;
                }
                count > MOST_RIVALS
            });
            if is_too_many {
                return false;
            }
        }
        true
    }

    /// Each label, the most important first, takes its cheapest place that is still free.
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

    /// How many taken places overlap candidate `c`.
    fn conflicts(&self, c: u32) -> impl Iterator<Item = u32> {
        let rivals = &self.candidates[c as usize].rivals;
        work::count(rivals.len());
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
