//! Ribbons: all ties of a pair of actors drawn as one lane, where single lanes would be too many to read.

use std::collections::{BTreeMap, BTreeSet};

use imbl::OrdMap;

use super::line::PlanLine;
use crate::analysis::{PairSummary, summarize_pair};
use crate::model::{ActorId, Map, Pair, PairMode, TieId, TieKindId};
use crate::scene::lane::{LineStyle, RIBBON_WIDTH, Tip};

/// Pairs with more ties than this are drawn as a ribbon, unless the view says otherwise.
pub const MAX_LANES: usize = 8;

/// Ribbons of a picture, each identified by its first tie.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ribbons {
    of: BTreeMap<TieId, PairSummary>,
    lead_of: BTreeMap<TieId, TieId>,
}

impl Ribbons {
    /// Groups the ties of each pair that has more than [`MAX_LANES`] of them, or that the view sets to be a ribbon.
    pub(in crate::scene) fn gather(map: &Map, ties: &[TieId], modes: &OrdMap<Pair, PairMode>) -> Self {
        let mut by_pair: BTreeMap<Pair, Vec<TieId>> = BTreeMap::new();
        for &tie in ties {
            if let Some(pair) = Pair::of_ends(&map.tie(tie).ends) {
                by_pair.entry(pair).or_default().push(tie);
            }
        }
        let is_ribbon = |pair: &Pair, count: usize| match modes.get(pair) {
            Some(PairMode::Ribbon) => count > 1,
            Some(PairMode::Ties) => false,
            None => count > MAX_LANES,
        };
        let mut ribbons = Self::default();
        for (_, ties) in by_pair.into_iter().filter(|(pair, ties)| is_ribbon(pair, ties.len())) {
            ribbons.extend(summarize_pair(map, &ties));
        }
        ribbons
    }

    /// Adds ribbons, each under its first tie.
    pub(in crate::scene) fn extend(&mut self, added: impl IntoIterator<Item = PairSummary>) {
        for summary in added {
            let lead = summary.ties[0];
            self.lead_of.extend(summary.ties.iter().map(|&tie| (tie, lead)));
            self.of.insert(lead, summary);
        }
    }

    /// Returns the ribbon identified by this tie.
    #[must_use]
    pub fn get(&self, lead: TieId) -> Option<&PairSummary> {
        self.of.get(&lead)
    }

    /// Returns the tie that identifies the ribbon containing `tie`.
    #[must_use]
    pub fn lead(&self, tie: TieId) -> Option<TieId> {
        self.lead_of.get(&tie).copied()
    }

    /// Iterates over all ribbons with their identifying ties.
    pub fn iter(&self) -> impl Iterator<Item = (TieId, &PairSummary)> {
        self.of.iter().map(|(&lead, summary)| (lead, summary))
    }

    /// Returns whether there are no ribbons.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }
}

/// Returns the common kind of a ribbon's ties, or `None` if there are several.
pub(in crate::scene) fn common_kind(summary: &PairSummary) -> Option<TieKindId> {
    let [(kind, _)] = summary.kinds[..] else { return None };
    Some(kind)
}

/// Returns the common line style of a ribbon's ties; solid if there are several.
pub(in crate::scene) fn common_style(map: &Map, summary: &PairSummary) -> LineStyle {
    let styles: BTreeSet<LineStyle> = summary.ties.iter().map(|&tie| LineStyle::of(&map.tie(tie).claim)).collect();
    match styles.first() {
        Some(&only) if styles.len() == 1 => only,
        _ => LineStyle::Solid,
    }
}

/// Returns the lane of a ribbon, in the direction of its ties; `None` if an actor is not among the nodes.
pub(in crate::scene) fn line(map: &Map, summary: &PairSummary, nodes: &BTreeMap<ActorId, u32>) -> Option<PlanLine> {
    let [mut from, mut to] = summary.pair.actors();
    if summary.forward == 0 && summary.backward > 0 {
        std::mem::swap(&mut from, &mut to);
    }
    let style = common_style(map, summary);
    let tip = match (summary.forward > 0, summary.backward > 0, style == LineStyle::Ended) {
        (true, true, _) => Tip::Arrows,
        (false, false, true) => Tip::Bar,
        (false, false, false) => Tip::None,
        (_, _, true) => Tip::ArrowAndBar,
        (_, _, false) => Tip::Arrow,
    };
    let (from, to) = (*nodes.get(&from)?, *nodes.get(&to)?);
    Some(PlanLine { tie: summary.ties[0], party: None, from, to, width: RIBBON_WIDTH, style, tip, role: None })
}
