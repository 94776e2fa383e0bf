//! What every part of a sketch costs every other, written down, so that a move is judged by computing only
//! what it changes, and no further than is needed to turn it down.

use super::sketch::{LEAST, Sketch, Touched};

/// The books of one sketch.
pub(super) struct Ledger {
    nodes: usize,
    bundles: usize,
    /// Box against box.
    cards: Vec<f32>,
    /// Box (row) against bundle (column).
    through: Vec<f32>,
    /// Per bundle: the sum of its column in `through`.
    through_sum: Vec<f32>,
    /// Bundle against bundle.
    pairs: Vec<f32>,
    /// Per bundle: its own cost.
    own: Vec<f32>,
    /// Cost of the frame.
    frame: f32,
    /// Sum of everything.
    pub total: f32,
    trial: Trial,
}

/// New entries of the move in hand, not yet written down.
#[derive(Default)]
struct Trial {
    cards: Vec<f32>,
    through: Vec<f32>,
    bundle_through: Vec<f32>,
    pairs: Vec<f32>,
    own: Vec<f32>,
    frame: f32,
    in_nodes: Vec<bool>,
    in_bundles: Vec<bool>,
}

impl Ledger {
    pub(super) fn new(sketch: &Sketch) -> Self {
        let (nodes, bundles) = (sketch.model.len(), sketch.model.bundles.len());
        let mut ledger = Self {
            nodes,
            bundles,
            cards: vec![0.0; nodes * nodes],
            through: vec![0.0; nodes * bundles],
            through_sum: vec![0.0; bundles],
            pairs: vec![0.0; bundles * bundles],
            own: vec![0.0; bundles],
            frame: 0.0,
            total: 0.0,
            trial: Trial { in_nodes: vec![false; nodes], in_bundles: vec![false; bundles], ..Trial::default() },
        };
        let all = sketch.all();
        if let Some(change) = ledger.judge(sketch, &all, f32::INFINITY) {
            ledger.accept(&all, change);
        }
        ledger
    }

    /// What the touched parts cost as written down, with the frame.
    fn before(&self, touched: &Touched) -> f32 {
        let mut cost = self.frame;
        for (i, &v) in touched.nodes.iter().enumerate() {
            let row = v as usize * self.nodes;
            cost += self.cards[row..row + self.nodes].iter().sum::<f32>();
            cost -= touched.nodes[..i].iter().map(|&u| self.cards[row + u as usize]).sum::<f32>();
            let row = v as usize * self.bundles;
            cost += self.through[row..row + self.bundles].iter().sum::<f32>();
            cost -= touched.bundles.iter().map(|&k| self.through[row + k as usize]).sum::<f32>();
        }
        for (i, &k) in touched.bundles.iter().enumerate() {
            let row = k as usize * self.bundles;
            cost += self.own[k as usize] + self.through_sum[k as usize];
            cost += self.pairs[row..row + self.bundles].iter().sum::<f32>();
            cost -= touched.bundles[..i].iter().map(|&j| self.pairs[row + j as usize]).sum::<f32>();
        }
        cost
    }

    /// How much the sketch, already moved, costs more than before; none if it is more than `limit`.
    pub(super) fn judge(&mut self, sketch: &Sketch, touched: &Touched, limit: f32) -> Option<f32> {
        let before = self.before(touched);
        let mut trial = std::mem::take(&mut self.trial);
        let after = trial.cost(self, sketch, touched, before + limit);
        self.trial = trial;
        after.map(|cost| cost - before)
    }

    /// Writes down the move that was judged last.
    pub(super) fn accept(&mut self, touched: &Touched, change: f32) {
        let (nodes, bundles) = (self.nodes, self.bundles);
        self.total += change;
        self.frame = self.trial.frame;
        let mut is_touched = std::mem::take(&mut self.trial.in_bundles);
        is_touched.fill(false);
        touched.bundles.iter().for_each(|&k| is_touched[k as usize] = true);
        for (i, &v) in touched.nodes.iter().enumerate() {
            for u in 0..nodes {
                let cost = self.trial.cards[i * nodes + u];
                self.cards[v as usize * nodes + u] = cost;
                self.cards[u * nodes + v as usize] = cost;
            }
            for k in (0..bundles).filter(|&k| !is_touched[k]) {
                let cost = self.trial.through[i * bundles + k];
                self.through_sum[k] += cost - self.through[v as usize * bundles + k];
                self.through[v as usize * bundles + k] = cost;
            }
        }
        for (i, &k) in touched.bundles.iter().enumerate() {
            let k = k as usize;
            self.own[k] = self.trial.own[i];
            let column = &self.trial.bundle_through[i * nodes..(i + 1) * nodes];
            self.through_sum[k] = column.iter().sum();
            for (v, cost) in column.iter().enumerate() {
                self.through[v * bundles + k] = *cost;
            }
            for j in 0..bundles {
                let cost = self.trial.pairs[i * bundles + j];
                self.pairs[k * bundles + j] = cost;
                self.pairs[j * bundles + k] = cost;
            }
        }
        self.trial.in_bundles = is_touched;
    }
}

impl Trial {
    /// Cost of the touched parts now; none as soon as it must be above `limit`.
    fn cost(&mut self, ledger: &Ledger, sketch: &Sketch, touched: &Touched, limit: f32) -> Option<f32> {
        let (nodes, bundles) = (ledger.nodes, ledger.bundles);
        self.cards.resize(touched.nodes.len() * nodes, 0.0);
        self.through.resize(touched.nodes.len() * bundles, 0.0);
        self.bundle_through.resize(touched.bundles.len() * nodes, 0.0);
        self.pairs.resize(touched.bundles.len() * bundles, 0.0);
        self.own.resize(touched.bundles.len(), 0.0);
        self.frame = sketch.frame_cost();
        let mut cost = self.frame;
        for (i, &v) in touched.nodes.iter().enumerate() {
            for u in 0..nodes {
                let card = if u == v as usize { 0.0 } else { sketch.cards_cost(v as usize, u) };
                self.cards[i * nodes + u] = card;
                cost += card;
            }
            cost -= touched.nodes[..i].iter().map(|&u| self.cards[i * nodes + u as usize]).sum::<f32>();
        }
        // From here on only the bundles' own rewards can bring the cost down again.
        let limit = limit - LEAST * touched.bundles.len() as f32;
        for (i, &k) in touched.bundles.iter().enumerate() {
            self.own[i] = sketch.own_cost(k as usize);
            cost += self.own[i];
        }
        if cost > limit {
            return None;
        }
        cost += self.cards_and_bundles(sketch, touched, (nodes, bundles), limit - cost)?;
        cost += self.bundle_pairs(sketch, touched, bundles, limit - cost)?;
        (cost <= limit).then_some(cost)
    }

    /// Touched boxes against untouched bundles, touched bundles against all boxes.
    fn cards_and_bundles(&mut self, sketch: &Sketch, touched: &Touched, (nodes, bundles): (usize, usize), limit: f32) -> Option<f32> {
        let mut cost = 0.0;
        self.in_bundles.fill(false);
        touched.bundles.iter().for_each(|&k| self.in_bundles[k as usize] = true);
        for (i, &v) in touched.nodes.iter().enumerate() {
            for k in 0..bundles {
                let through = if self.in_bundles[k] { 0.0 } else { sketch.card_cost(k, v as usize) };
                self.through[i * bundles + k] = through;
                cost += through;
            }
            if cost > limit {
                return None;
            }
        }
        for (i, &k) in touched.bundles.iter().enumerate() {
            for v in 0..nodes {
                let through = sketch.card_cost(k as usize, v);
                self.bundle_through[i * nodes + v] = through;
                cost += through;
            }
            if cost > limit {
                return None;
            }
        }
        Some(cost)
    }

    /// Touched bundles against all others.
    fn bundle_pairs(&mut self, sketch: &Sketch, touched: &Touched, bundles: usize, limit: f32) -> Option<f32> {
        let mut cost = 0.0;
        for (i, &k) in touched.bundles.iter().enumerate() {
            for j in 0..bundles {
                let pair = if j == k as usize { 0.0 } else { sketch.pair_cost(k as usize, j) };
                self.pairs[i * bundles + j] = pair;
                cost += pair;
            }
            cost -= touched.bundles[..i].iter().map(|&j| self.pairs[i * bundles + j as usize]).sum::<f32>();
            if cost > limit {
                return None;
            }
        }
        Some(cost)
    }
}
