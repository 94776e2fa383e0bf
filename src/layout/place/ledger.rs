//! Stores the costs between all parts of a sketch, so that judging a move only recomputes what it changes, and stops
//! as soon as the move must be rejected.

use super::sketch::{Sketch, Touched};

/// Costs of one sketch, by part: first the boxes, then the bundles.
pub(super) struct Ledger {
    /// Other parts with a cost, for each part; mostly only a few.
    rows: Vec<Vec<(u32, f32)>>,
    /// Cost of each part by itself.
    own: Vec<f32>,
    frame: f32,
    pub total: f32,
    trial: Trial,
}

/// Pending changes of the move being judged.
#[derive(Default)]
struct Trial {
    frame: f32,
    /// Parts touched by the move, boxes first.
    touched: Vec<u32>,
    /// Cost of each touched part by itself.
    own: Vec<f32>,
    /// Pairs with a touched part and their nonzero costs.
    pairs: Vec<(u32, u32, f32)>,
    change: Vec<LedgerChange>,
    near: Vec<u32>,
}

/// Effect of a move on a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LedgerChange {
    Nothing,
    /// Moves together with all other carried parts; their mutual costs stay.
    Carried,
    Anything,
}

impl Ledger {
    pub(super) fn new(sketch: &Sketch) -> Self {
        let parts = sketch.parts();
        let mut ledger = Self {
            rows: vec![Vec::new(); parts],
            own: vec![0.0; parts],
            frame: 0.0,
            total: 0.0,
            trial: Trial { change: vec![LedgerChange::Nothing; parts], ..Trial::default() },
        };
        if let Some(change) = ledger.judge(sketch, &sketch.all(), f32::INFINITY) {
            ledger.accept(change);
        }
        ledger
    }

    /// Returns how much more the sketch costs after the move than before, or `None` if that exceeds `limit`.
    pub(super) fn judge(&mut self, sketch: &Sketch, touched: &Touched, limit: f32) -> Option<f32> {
        self.trial.begin(sketch, touched);
        let before = self.before();
        self.trial.cost(sketch, before + limit).map(|cost| cost - before)
    }

    /// Returns the stored cost of the touched parts and the frame, without costs that the move keeps.
    fn before(&self) -> f32 {
        let trial = &self.trial;
        let mut cost = self.frame;
        for &i in &trial.touched {
            cost += self.own[i as usize];
            let counted = self.rows[i as usize].iter().filter(|&&(j, _)| trial.counts(i, j));
            cost += counted.map(|entry| entry.1).sum::<f32>();
        }
        cost
    }

    /// Stores the move judged last.
    pub(super) fn accept(&mut self, change: f32) {
        let Self { rows, trial, .. } = self;
        self.total += change;
        self.frame = trial.frame;
        for (&i, &own) in trial.touched.iter().zip(&trial.own) {
            self.own[i as usize] = own;
            let mut row = std::mem::take(&mut rows[i as usize]);
            row.retain(|&(j, _)| {
                let is_kept = trial.keeps(i, j);
                if !is_kept {
                    rows[j as usize].retain(|&(other, _)| other != i);
                }
                is_kept
            });
            rows[i as usize] = row;
        }
        for &(i, j, cost) in &trial.pairs {
            rows[i as usize].push((j, cost));
            rows[j as usize].push((i, cost));
        }
    }
}

impl Trial {
    /// Returns whether a move keeps the mutual cost of two parts.
    fn keeps(&self, i: u32, j: u32) -> bool {
        self.change[i as usize] == LedgerChange::Carried && self.change[j as usize] == LedgerChange::Carried
    }

    /// Returns whether to count the pair of a touched part and another: not if the move keeps its cost, and only once
    /// if both are touched.
    fn counts(&self, i: u32, j: u32) -> bool {
        (j > i || self.change[j as usize] == LedgerChange::Nothing) && !self.keeps(i, j)
    }

    /// Records the effect of a move on each part.
    fn begin(&mut self, sketch: &Sketch, touched: &Touched) {
        for &i in &self.touched {
            self.change[i as usize] = LedgerChange::Nothing;
        }
        let boxes = sketch.pos.len() as u32;
        self.touched.clear();
        self.touched.extend(&touched.nodes);
        self.touched.extend(touched.bundles.iter().map(|k| boxes + k));
        let moved = if touched.is_rigid { LedgerChange::Carried } else { LedgerChange::Anything };
        for &v in &touched.nodes {
            self.change[v as usize] = moved;
        }
        for &k in &touched.bundles {
            let bundle = &sketch.model.bundles[k as usize];
            let are_carried = [bundle.a, bundle.b].iter().all(|&v| self.change[v as usize] == LedgerChange::Carried);
            self.change[(boxes + k) as usize] =
                if are_carried { LedgerChange::Carried } else { LedgerChange::Anything };
        }
    }

    /// Returns the current cost of the touched parts, or `None` once it must exceed `limit`.
    fn cost(&mut self, sketch: &Sketch, limit: f32) -> Option<f32> {
        let boxes = sketch.pos.len() as u32;
        self.pairs.clear();
        self.own.clear();
        self.frame = sketch.frame_cost();
        let mut cost = self.frame;
        for n in 0..self.touched.len() {
            let i = self.touched[n];
            let own = i.checked_sub(boxes).map_or(0.0, |k| sketch.own_cost(k as usize));
            self.own.push(own);
            cost += own;
            if i < boxes {
                for u in (0..boxes).filter(|&u| u != i) {
                    if self.counts(i, u) {
                        cost += self.note(i, u, sketch.cards_cost(i as usize, u as usize));
                    }
                }
            }
        }
        // All costs from here on are nonnegative.
        let mut near = std::mem::take(&mut self.near);
        'all: for n in 0..self.touched.len() {
            if cost > limit {
                break;
            }
            let i = self.touched[n];
            sketch.near(i as usize, &mut near);
            for &j in &near {
                if self.counts(i, j) {
                    cost += self.note(i, j, sketch.near_cost(i as usize, j as usize));
                    if cost > limit {
                        break 'all;
                    }
                }
            }
        }
        self.near = near;
        (cost <= limit).then_some(cost)
    }

    fn note(&mut self, i: u32, j: u32, cost: f32) -> f32 {
        if cost != 0.0 {
            self.pairs.push((i, j, cost));
        }
        cost
    }
}
