//! Selects the part of a map that is drawn.

use std::collections::BTreeSet;

use super::Scope;
use crate::derive::LayoutInput;
use crate::layout::Layout;
use crate::model::{ActorId, Ends, Map, TieId};

/// Returns the actors and ties to keep, or `None` to keep all.
pub(super) fn kept(
    scope: &Scope,
    map: &Map,
    input: &LayoutInput,
    layout: &Layout,
) -> Option<(BTreeSet<ActorId>, BTreeSet<TieId>)> {
    match scope {
        Scope::Whole => None,
        Scope::Only { actors, ties } => {
            let ends = ties.iter().flat_map(|&tie| map.tie(tie).ends.actors());
            let with_ends = actors.iter().copied().chain(ends).collect();
            let between = map.tie_ids().filter(|&tie| lies_between(map, tie, actors));
            Some((with_ends, ties.iter().copied().chain(between).collect()))
        }
        Scope::InView(rect) => {
            let cards = input.plan.cards.iter().zip(&layout.centers);
            let actors = cards.filter(|(_, center)| rect.contains(**center)).map(|(card, _)| card.actor).collect();
            let ties = map.tie_ids().filter(|&tie| lies_between(map, tie, &actors)).collect();
            Some((actors, ties))
        }
    }
}

/// Returns whether a tie connects these actors: both its ends are among them, or at least two of its parties.
fn lies_between(map: &Map, tie: TieId, actors: &BTreeSet<ActorId>) -> bool {
    let ends = &map.tie(tie).ends;
    let count = ends.actors().iter().filter(|actor| actors.contains(actor)).count();
    match ends {
        Ends::Pair { from, to } => count == if from == to { 1 } else { 2 },
        Ends::Parties(_) => count >= 2,
    }
}
