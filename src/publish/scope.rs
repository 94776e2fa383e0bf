//! Selects the part of a map that is drawn.

use std::collections::BTreeSet;

use super::Scope;
use crate::derive::LayoutInput;
use crate::layout::Layout;
use crate::model::{ActorId, Map, TieId, spread};

/// Returns the actors and ties to keep, or `None` to keep all.
pub(super) fn kept(
    scope: &Scope,
    map: &Map,
    input: &LayoutInput,
    layout: &Layout,
) -> Option<(BTreeSet<ActorId>, BTreeSet<TieId>)> {
    match scope {
        Scope::Whole => None,
        Scope::Only { actors, ties } => Some(spread(map, actors, ties)),
        Scope::InView(rect) => {
            let cards = input.plan.cards.iter().zip(&layout.centers);
            let actors = cards.filter(|(_, center)| rect.contains(**center)).map(|(card, _)| card.actor).collect();
            Some(spread(map, &actors, &BTreeSet::new()))
        }
    }
}
