//! The visible part of a map.

use std::collections::BTreeSet;

use super::view::Visibility;
use super::{ActorId, Ends, Map, TieId};

/// A set of visible actors and ties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    actors: Vec<bool>,
    ties: Vec<bool>,
}

impl Shown {
    /// Computes the visible part of a map: what is explored, passes the filter and is not hidden by hand. A tie is shown only if both its ends are (a many-party tie needs
    /// two) and it is not hidden itself.
    #[must_use]
    pub fn new(map: &Map, look: &impl Visibility) -> Self {
        let mut shown = Self { actors: vec![false; map.actors().bound()], ties: vec![false; map.ties().bound()] };
        let explored: Vec<ActorId> = match look.explored() {
            Some(explored) => explored.filter(|actor| map.actors().has(*actor)).collect(),
            None => map.actor_ids().collect(),
        };
        for id in explored {
            shown.actors[id.index()] = lets_actor(map, look, id);
        }
        for id in map.tie_ids() {
            shown.ties[id.index()] = has_ends(map, id, &shown.actors) && lets_tie(map, look, id);
        }
        shown
    }

    /// Updates it after a change of these records alone, which changes the status of no other claim. Returns `false`, without changing anything, if others may appear
    /// or vanish with them: where a part is explored, or actors need ties to be seen.
    pub fn update(
        &mut self,
        map: &Map,
        look: &impl Visibility,
        actors: &BTreeSet<ActorId>,
        ties: &BTreeSet<TieId>,
    ) -> bool {
        if look.explored().is_some() || look.filter().min_ties.is_some() {
            return false;
        }
        self.actors.resize(map.actors().bound(), false);
        self.ties.resize(map.ties().bound(), false);
        let mut stale = ties.clone();
        for &id in actors.iter().filter(|id| map.actors().has(**id)) {
            let is_shown = lets_actor(map, look, id);
            if std::mem::replace(&mut self.actors[id.index()], is_shown) != is_shown {
                stale.extend(map.ties_of(id));
            }
        }
        for id in actors.iter().filter(|id| !map.actors().has(**id)) {
            self.actors.get_mut(id.index()).into_iter().for_each(|is_shown| *is_shown = false);
        }
        for id in stale {
            let is_shown = map.ties().has(id) && has_ends(map, id, &self.actors) && lets_tie(map, look, id);
            self.ties.get_mut(id.index()).into_iter().for_each(|it| *it = is_shown);
        }
        true
    }

    /// Shows exactly these actors and ties.
    #[must_use]
    pub fn only(map: &Map, actors: &BTreeSet<ActorId>, ties: &BTreeSet<TieId>) -> Self {
        let (slots, tie_slots) = (map.actors().bound(), map.ties().bound());
        Self {
            actors: (0..slots).map(|index| actors.contains(&ActorId::from_index(index))).collect(),
            ties: (0..tie_slots).map(|index| ties.contains(&TieId::from_index(index))).collect(),
        }
    }

    /// Returns whether this actor is shown.
    #[must_use]
    pub fn has_actor(&self, id: ActorId) -> bool {
        self.actors.get(id.index()).copied().unwrap_or(false)
    }

    /// Returns whether this tie is shown.
    #[must_use]
    pub fn has_tie(&self, id: TieId) -> bool {
        self.ties.get(id.index()).copied().unwrap_or(false)
    }

    /// Iterates over the shown actors, in file order.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> {
        (0..self.actors.len()).filter(|&index| self.actors[index]).map(ActorId::from_index)
    }

    /// Iterates over the shown ties, in file order.
    pub fn ties(&self) -> impl Iterator<Item = TieId> {
        (0..self.ties.len()).filter(|&index| self.ties[index]).map(TieId::from_index)
    }
}

/// Returns whether an actor is visible wherever it is explored: it passes the filter and is not hidden by hand.
pub(crate) fn lets_actor(map: &Map, look: &impl Visibility, id: ActorId) -> bool {
    let filter = look.filter();
    let has_ties = |least: u64| {
        let ties = map.ties_of(id).iter().filter(|&&tie| lets_tie(map, look, tie));
        ties.take(usize::try_from(least).unwrap_or(usize::MAX)).count() as u64 >= least
    };
    !look.hides_actor(id)
        && !filter.hidden_actor_kinds.contains(&map.actor(id).kind)
        && filter.min_ties.is_none_or(has_ties)
}

/// Returns whether a tie is visible between visible actors.
pub(crate) fn lets_tie(map: &Map, look: &impl Visibility, id: TieId) -> bool {
    !look.hides_tie(id) && look.filter().lets_tie(map, id)
}

fn has_ends(map: &Map, id: TieId, actors: &[bool]) -> bool {
    let tie = map.tie(id);
    match &tie.ends {
        Ends::Pair { from, to } => actors[from.index()] && actors[to.index()],
        Ends::Parties(_) => tie.ends.actors().iter().filter(|actor| actors[actor.index()]).count() >= 2,
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;
    use crate::model::fixture::{self, AGREEMENT, INVESTS};
    use crate::model::{View, ViewVisibility};

    #[test]
    fn a_hidden_tie_is_left_out_and_its_ends_stay() {
        let map = fixture::map();
        let all = Shown::new(&map, &ViewVisibility::new(&View::default()));
        let view = View { hidden_ties: vec![INVESTS, AGREEMENT], ..View::default() };
        let some = Shown::new(&map, &ViewVisibility::new(&view));
        assert!(all.has_tie(INVESTS) && all.has_tie(AGREEMENT), "of two ends and of several parties");
        assert!(!some.has_tie(INVESTS) && !some.has_tie(AGREEMENT));
        assert_eq!(some.actors().count(), all.actors().count());
        assert_eq!(some.ties().count(), all.ties().count() - 2);
    }
}
