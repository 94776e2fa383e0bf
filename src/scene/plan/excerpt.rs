//! Excerpts of a plan, with positions unchanged.

use std::collections::{BTreeMap, BTreeSet};

use super::line::PlanLine;
use super::{Plan, doubt, ribbon};
use crate::analysis::summarize_pair;
use crate::layout::Layout;
use crate::model::{ActorId, Date, Ends, Map, TieId};
use crate::scene::lane::reversed;
use crate::text::Fonts;

/// The rest of a plan and its layout, with indices into the whole.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// The reduced plan.
    pub plan: Plan,
    /// Positions of its nodes and lanes.
    pub layout: Layout,
    /// Indices of the remaining nodes in the whole.
    pub nodes: Vec<u32>,
    /// Indices of the remaining lines in the whole.
    pub lines: Vec<u32>,
}

impl Plan {
    /// Keeps only these actors, and the lines of these ties between them, with positions unchanged. Ribbons count only
    /// their remaining ties.
    #[must_use]
    pub fn excerpt(
        &self,
        (map, fonts): (&Map, &Fonts),
        layout: &Layout,
        actors: &BTreeSet<ActorId>,
        ties: &BTreeSet<TieId>,
    ) -> Excerpt {
        let cards = self.cards.iter().map(|card| actors.contains(&card.actor));
        let hubs = self.hubs.iter().map(|tie| ties.contains(tie));
        let is_kept: Vec<bool> = cards.chain(hubs).collect();
        let nodes: Vec<u32> = (0..is_kept.len() as u32).filter(|&node| is_kept[node as usize]).collect();
        let renumbered = |node: u32| nodes.binary_search(&node).ok().map(|index| index as u32);
        let kept_line = |(index, line): (usize, &PlanLine)| {
            let (from, to) = (renumbered(line.from)?, renumbered(line.to)?);
            let is_kept = match self.ribbons.get(line.tie) {
                Some(summary) => summary.ties.iter().any(|tie| ties.contains(tie)),
                None => ties.contains(&line.tie),
            };
            is_kept.then(|| (index as u32, PlanLine { from, to, ..line.clone() }))
        };
        let kept: Vec<(u32, PlanLine)> = self.lines.iter().enumerate().filter_map(kept_line).collect();
        let drawn: BTreeSet<TieId> = kept.iter().map(|(_, line)| line.tie).collect();
        let mut plan = self.clone();
        plan.cards.retain(|card| actors.contains(&card.actor));
        // A note may mention omitted actors or ties.
        plan.notes.clear();
        plan.hubs.retain(|tie| ties.contains(tie));
        plan.pills.retain(|tie, _| drawn.contains(tie) || plan.hubs.contains(tie));
        let lines: Vec<u32> = kept.iter().map(|(index, _)| *index).collect();
        plan.lines = kept.into_iter().map(|(_, line)| line).collect();
        let mut layout = Layout {
            centers: nodes.iter().map(|&node| layout.centers[node as usize]).collect(),
            // A layout may have centers alone.
            lanes: lines.iter().filter_map(|&line| layout.lanes.get(line as usize).cloned()).collect(),
        };
        plan.narrow_ribbons((map, fonts), &mut layout, ties);
        Excerpt { plan, layout, nodes, lines }
    }

    /// Marks the ties of which it is not sure that they held at a date, instead of those at the date before; their
    /// labels stay where they are.
    pub fn set_date(&mut self, (map, fonts): (&Map, &Fonts), layout: &mut Layout, as_of: Option<&Date>) {
        let before = std::mem::replace(&mut self.labels.as_of, as_of.cloned());
        if before.as_ref() == as_of {
            return;
        }
        let is_changed = |tie: TieId| {
            let [was, is] = [before.as_ref(), as_of].map(|date| doubt::is_uncertain(map, tie, date));
            was != is
        };
        let mut renewed = BTreeMap::new();
        for tie in self.lines.iter().map(|line| line.tie).collect::<BTreeSet<_>>() {
            let of_pair = matches!(map.tie(tie).ends, Ends::Pair { .. });
            match self.ribbons.get(tie) {
                Some(summary) if summary.ties.iter().any(|&tie| is_changed(tie)) => {
                    renewed.insert(tie, Some(self.ribbon_pill(map, summary, fonts)));
                }
                None if is_changed(tie) && of_pair => _ = renewed.insert(tie, self.pair_pill(map, tie, fonts)),
                None if is_changed(tie) => _ = renewed.insert(tie, Some(self.hub_pill(map, tie, fonts))),
                _ => {}
            }
        }
        for (index, line) in self.lines.iter().enumerate().filter(|(_, line)| line.party.is_none()) {
            let (Some(pill), Some(lane)) = (renewed.get(&line.tie), layout.lanes.get_mut(index)) else { continue };
            lane.label = lane
                .label
                .zip(pill.as_ref())
                .map(|(rect, pill)| emath::Rect::from_center_size(rect.center(), pill.size));
        }
        for (tie, pill) in renewed {
            self.pills.remove(&tie);
            self.pills.extend(pill.map(|pill| (tie, pill)));
        }
    }

    /// Removes all other ties from the ribbons; each becomes a smaller ribbon or a single tie.
    fn narrow_ribbons(&mut self, (map, fonts): (&Map, &Fonts), layout: &mut Layout, ties: &BTreeSet<TieId>) {
        let nodes: BTreeMap<ActorId, u32> = self.cards.iter().map(|card| card.actor).zip(0..).collect();
        let whole = std::mem::take(&mut self.ribbons);
        for index in 0..self.lines.len() {
            let Some(summary) = whole.get(self.lines[index].tie) else { continue };
            let inside: Vec<TieId> = summary.ties.iter().copied().filter(|tie| ties.contains(tie)).collect();
            self.pills.remove(&summary.ties[0]);
            let (line, pill) = if let [only] = inside[..] {
                (self.pair_line(map, only, &nodes), self.pair_pill(map, only, fonts))
            } else {
                let Some(summary) = summarize_pair(map, &inside) else { continue };
                let found = (ribbon::line(map, &summary, &nodes), Some(self.ribbon_pill(map, &summary, fonts)));
                self.ribbons.extend([summary]);
                found
            };
            let Some(line) = line else { continue };
            if let Some(lane) = layout.lanes.get_mut(index) {
                if line.from != self.lines[index].from {
                    lane.curve = reversed(&lane.curve);
                }
                lane.label = lane
                    .label
                    .zip(pill.as_ref())
                    .map(|(rect, pill)| emath::Rect::from_center_size(rect.center(), pill.size));
            }
            self.pills.extend(pill.map(|pill| (line.tie, pill)));
            self.lines[index] = line;
        }
    }
}
