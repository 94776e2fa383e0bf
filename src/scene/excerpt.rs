//! A part of what a plan draws, in the same places.

use std::collections::BTreeSet;

use super::plan::{Plan, PlanLine};
use crate::layout::Layout;
use crate::model::{ActorId, TieId};

/// What is left of a plan and its layout, and where it stood before.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// What is drawn.
    pub plan: Plan,
    /// Its places.
    pub layout: Layout,
    /// The nodes that are left, by their numbers in the whole.
    pub nodes: Vec<u32>,
    /// The lines that are left, by their numbers in the whole.
    pub lines: Vec<u32>,
}

impl Plan {
    /// Leaves these actors, and of these ties the lines between them; everything stays in its place.
    #[must_use]
    pub fn excerpt(&self, layout: &Layout, actors: &BTreeSet<ActorId>, ties: &BTreeSet<TieId>) -> Excerpt {
        let cards = self.cards.iter().map(|card| actors.contains(&card.actor));
        let hubs = self.hubs.iter().map(|tie| ties.contains(tie));
        let is_kept: Vec<bool> = cards.chain(hubs).collect();
        let nodes: Vec<u32> = (0..is_kept.len() as u32).filter(|&node| is_kept[node as usize]).collect();
        let renumbered = |node: u32| nodes.binary_search(&node).ok().map(|index| index as u32);
        let kept_line = |(index, line): (usize, &PlanLine)| {
            let (from, to) = (renumbered(line.from)?, renumbered(line.to)?);
            ties.contains(&line.tie).then(|| (index as u32, PlanLine { from, to, ..line.clone() }))
        };
        let kept: Vec<(u32, PlanLine)> = self.lines.iter().enumerate().filter_map(kept_line).collect();
        let drawn: BTreeSet<TieId> = kept.iter().map(|(_, line)| line.tie).collect();
        let mut plan = self.clone();
        plan.cards.retain(|card| actors.contains(&card.actor));
        // A note may speak of what is left out.
        plan.notes.clear();
        plan.hubs.retain(|tie| ties.contains(tie));
        plan.pills.retain(|tie, _| drawn.contains(tie) || plan.hubs.contains(tie));
        let lines: Vec<u32> = kept.iter().map(|(index, _)| *index).collect();
        plan.lines = kept.into_iter().map(|(_, line)| line).collect();
        let layout = Layout {
            centers: nodes.iter().map(|&node| layout.centers[node as usize]).collect(),
            lanes: lines.iter().map(|&line| layout.lanes[line as usize].clone()).collect(),
        };
        Excerpt { plan, layout, nodes, lines }
    }
}
