//! What every two parts of a sketch cost each other, written down, so that a move is judged by computing only
//! what it changes, and no further than is needed to turn it down.

use super::sketch::{Sketch, Touched};

/// The books of one sketch. Its parts are the boxes, then the bundles.
pub(super) struct Ledger {
    /// Per part: the others that it costs something with, and what; most parts have no more than a few.
    rows: Vec<Vec<(u32, f32)>>,
    /// What each part costs by itself.
    own: Vec<f32>,
    /// Cost of the frame.
    frame: f32,
    /// Sum of everything.
    pub total: f32,
    trial: Trial,
}

/// What the move in hand changes, not yet written down.
#[derive(Default)]
struct Trial {
    frame: f32,
    /// The parts that the move touches, the boxes first.
    touched: Vec<u32>,
    /// What each of them costs by itself.
    own: Vec<f32>,
    /// Pairs with a touched part that cost something.
    pairs: Vec<(u32, u32, f32)>,
    change: Vec<LedgerChange>,
    near: Vec<u32>,
}

/// What a move does to a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LedgerChange {
    Nothing,
    /// It moves together with all others that are carried: these keep what they cost each other.
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

    /// How much the sketch, already moved, costs more than before; none if it is more than `limit`.
    pub(super) fn judge(&mut self, sketch: &Sketch, touched: &Touched, limit: f32) -> Option<f32> {
        self.trial.begin(sketch, touched);
        let before = self.before();
        self.trial.cost(sketch, before + limit).map(|cost| cost - before)
    }

    /// What the touched parts cost as written down, with the frame, less what the move keeps.
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

    /// Writes down the move that was judged last.
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
    /// Whether a move leaves what two parts cost each other as it is.
    fn keeps(&self, i: u32, j: u32) -> bool {
        self.change[i as usize] == LedgerChange::Carried && self.change[j as usize] == LedgerChange::Carried
    }

    /// Whether the pair of a touched part and another is reckoned with here: not where the move keeps what it costs,
    /// and only once where both are touched.
    fn counts(&self, i: u32, j: u32) -> bool {
        (j > i || self.change[j as usize] == LedgerChange::Nothing) && !self.keeps(i, j)
    }

    /// Notes what a move does to which part.
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

    /// Cost of the touched parts now; none as soon as it must be above `limit`.
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
        // Everything from here on costs something or nothing, but is never a reward.
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
