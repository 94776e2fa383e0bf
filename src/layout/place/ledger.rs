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
    /// Sums of the rows of `cards`; sums are wide, because they are only ever corrected.
    cards_of_node: Vec<f64>,
    /// Sums of the rows of `through`.
    through_of_node: Vec<f64>,
    /// Sums of the columns of `through`.
    through_of_bundle: Vec<f64>,
    /// Sums of the rows of `pairs`.
    pairs_of_bundle: Vec<f64>,
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
            cards_of_node: vec![0.0; nodes],
            through_of_node: vec![0.0; nodes],
            through_of_bundle: vec![0.0; bundles],
            pairs_of_bundle: vec![0.0; bundles],
            pairs: vec![0.0; bundles * bundles],
            own: vec![0.0; bundles],
            frame: 0.0,
            total: 0.0,
            trial: Trial { in_bundles: vec![false; bundles], ..Trial::default() },
        };
        let all = sketch.all();
        if let Some(change) = ledger.judge(sketch, &all, f32::INFINITY) {
            ledger.accept(&all, change);
        }
        ledger
    }

    /// What the touched parts cost as written down, with the frame.
    fn before(&self, touched: &Touched) -> f32 {
        let mut cost = f64::from(self.frame);
        for (i, &v) in touched.nodes.iter().enumerate() {
            cost += self.cards_of_node[v as usize] + self.through_of_node[v as usize];
            let row = v as usize * self.nodes;
            cost -= touched.nodes[..i].iter().map(|&u| f64::from(self.cards[row + u as usize])).sum::<f64>();
            let row = v as usize * self.bundles;
            cost -= touched.bundles.iter().map(|&k| f64::from(self.through[row + k as usize])).sum::<f64>();
        }
        for (i, &k) in touched.bundles.iter().enumerate() {
            let row = k as usize * self.bundles;
            cost +=
                f64::from(self.own[k as usize]) + self.through_of_bundle[k as usize] + self.pairs_of_bundle[k as usize];
            cost -= touched.bundles[..i].iter().map(|&j| f64::from(self.pairs[row + j as usize])).sum::<f64>();
        }
        cost as f32
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
            let v = v as usize;
            for u in (0..nodes).filter(|&u| u != v) {
                let cost = self.trial.cards[i * nodes + u];
                let change = f64::from(cost) - f64::from(self.cards[v * nodes + u]);
                if change != 0.0 {
                    self.cards_of_node[v] += change;
                    self.cards_of_node[u] += change;
                    self.cards[v * nodes + u] = cost;
                    self.cards[u * nodes + v] = cost;
                }
            }
            for k in (0..bundles).filter(|&k| !is_touched[k]) {
                self.enter_through(v, k, self.trial.through[i * bundles + k]);
            }
        }
        for (i, &k) in touched.bundles.iter().enumerate() {
            let k = k as usize;
            self.own[k] = self.trial.own[i];
            for v in 0..nodes {
                self.enter_through(v, k, self.trial.bundle_through[i * nodes + v]);
            }
            for j in (0..bundles).filter(|&j| j != k) {
                let cost = self.trial.pairs[i * bundles + j];
                let change = f64::from(cost) - f64::from(self.pairs[k * bundles + j]);
                if change != 0.0 {
                    self.pairs_of_bundle[k] += change;
                    self.pairs_of_bundle[j] += change;
                    self.pairs[k * bundles + j] = cost;
                    self.pairs[j * bundles + k] = cost;
                }
            }
        }
        self.trial.in_bundles = is_touched;
    }

    fn enter_through(&mut self, v: usize, k: usize, cost: f32) {
        let entry = &mut self.through[v * self.bundles + k];
        let change = f64::from(cost) - f64::from(*entry);
        if change != 0.0 {
            *entry = cost;
            self.through_of_node[v] += change;
            self.through_of_bundle[k] += change;
        }
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
    fn cards_and_bundles(
        &mut self,
        sketch: &Sketch,
        touched: &Touched,
        (nodes, bundles): (usize, usize),
        limit: f32,
    ) -> Option<f32> {
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
