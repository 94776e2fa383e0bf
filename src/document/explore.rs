//! Exploring a map: only a part of its actors is shown, and neighbors are brought in and taken away step by step.
//!
//! The explored part is laid out like a small map. The positions that its items have in the whole map are set aside
//! until they leave it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use imbl::OrdSet;
use rust_decimal::Decimal;

use crate::model::{ActorId, ActorKindId, Item, Map, Placed, TieId, TieKindId, lets_actor, lets_tie};

use super::{Command, ExploreStep, Look};

/// The number of neighbors that one step brings in if no other is given, so that the picture stays readable.
pub const MOST_AT_ONCE: usize = 20;

/// Which neighbors to bring in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeighborChoice {
    /// All.
    All,
    /// Those of this kind of actor; `None` for actors without a kind.
    ActorKind(Option<ActorKindId>),
    /// Those with a tie of this kind.
    TieKind(TieKindId),
    /// Those with a tie that began in this year.
    Year(i64),
}

/// A neighbor that is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnseenNeighbor {
    /// The neighbor.
    pub actor: ActorId,
    /// Its ties to the actors in question, in file order; never empty.
    pub ties: Vec<TieId>,
}

impl UnseenNeighbor {
    /// Returns the sum of the weights of its ties, or `None` if none has a weight.
    #[must_use]
    pub fn weight(&self, map: &Map) -> Option<Decimal> {
        let weights = self.ties.iter().filter_map(|&tie| map.tie(tie).claim.metadata.weight);
        weights.fold(None, |sum, weight| Some(sum.unwrap_or_default().saturating_add(weight)))
    }

    /// Returns whether a choice includes it.
    #[must_use]
    pub fn is_in(&self, map: &Map, choice: NeighborChoice) -> bool {
        match choice {
            NeighborChoice::All => true,
            NeighborChoice::ActorKind(kind) => map.actor(self.actor).kind == kind,
            NeighborChoice::TieKind(kind) => self.ties.iter().any(|&tie| map.tie(tie).kind == kind),
            NeighborChoice::Year(year) => self.ties.iter().any(|&tie| year_of(map, tie) == Some(year)),
        }
    }
}

/// Returns the year in which a tie began, if it is known.
#[must_use]
pub fn year_of(map: &Map, tie: TieId) -> Option<i64> {
    map.tie(tie).claim.begins().map(|day| day.year)
}

/// Returns the neighbors of these actors that are outside the explored part and would be visible inside it, the most
/// strongly tied ones first. The cost is proportional to the number of ties of the actors.
#[must_use]
pub fn unseen_neighbors(map: &Map, look: &Look, of: &[ActorId]) -> Vec<UnseenNeighbor> {
    let seen = |actor: ActorId| look.explores(actor);
    strongest_first(map, beside(map, look, of, |actor| !seen(actor)))
}

/// Returns how many neighbors of an actor are outside the explored part and would be visible inside it.
#[must_use]
pub fn unseen_count(map: &Map, look: &Look, actor: ActorId) -> usize {
    beside(map, look, &[actor], |other| !look.explores(other)).len()
}

/// Returns the command that shows only an actor and at most `most` actors around it, up to `hops` ties away; the
/// nearest first, then the most strongly tied ones.
#[must_use]
pub fn start_from(map: &Map, look: &Look, from: ActorId, hops: usize, most: usize) -> Command {
    let mut shown = OrdSet::unit(from);
    let mut edge = vec![from];
    for _ in 0..hops {
        let found = strongest_first(map, beside(map, look, &edge, |actor| !shown.contains(&actor)));
        edge = found.into_iter().map(|neighbor| neighbor.actor).take((most + 1).saturating_sub(shown.len())).collect();
        shown.extend(edge.iter().copied());
    }
    Command::Explore(ExploreStep::Start(from), Some(shown))
}

/// Returns the command that shows only these actors, with the ties among them.
#[must_use]
pub fn among(actors: impl IntoIterator<Item = ActorId>) -> Command {
    let shown: OrdSet<ActorId> = actors.into_iter().collect();
    Command::Explore(ExploreStep::Among(shown.len()), Some(shown))
}

/// Returns the command that brings in neighbors, at most `most`; `None` if there are none or the whole map is shown.
#[must_use]
pub fn bring_in(map: &Map, look: &Look, of: &[ActorId], choice: NeighborChoice, most: usize) -> Option<Command> {
    let mut shown = look.shown.clone()?;
    let chosen = unseen_neighbors(map, look, of).into_iter().filter(|neighbor| neighbor.is_in(map, choice));
    let chosen: Vec<ActorId> = chosen.map(|neighbor| neighbor.actor).take(most).collect();
    shown.extend(chosen.iter().copied());
    let step = ExploreStep::BringIn { of: of.to_vec(), count: chosen.len() };
    (!chosen.is_empty()).then_some(Command::Explore(step, Some(shown)))
}

/// Returns the command that takes neighbors away; `None` if all are tied to something else that is shown.
#[must_use]
pub fn take_away(map: &Map, look: &Look, of: &[ActorId]) -> Option<Command> {
    let mut shown = look.shown.clone()?;
    let gone = loose_neighbors(map, look, of);
    for actor in &gone {
        shown.remove(actor);
    }
    let step = ExploreStep::TakeAway { of: of.to_vec(), count: gone.len() };
    (!gone.is_empty()).then_some(Command::Explore(step, Some(shown)))
}

/// Returns the command that shows the whole map.
#[must_use]
pub fn show_whole_map() -> Command {
    Command::Explore(ExploreStep::End, None)
}

/// Returns the explored neighbors of these actors that are tied to nothing else in the explored part, except to each
/// other.
fn loose_neighbors(map: &Map, look: &Look, of: &[ActorId]) -> BTreeSet<ActorId> {
    let Some(shown) = &look.shown else { return BTreeSet::new() };
    let near: BTreeSet<ActorId> = beside(map, look, of, |actor| shown.contains(&actor)).into_keys().collect();
    let is_beyond = |actor| shown.contains(&actor) && !near.contains(&actor) && !of.contains(&actor);
    near.iter().copied().filter(|&actor| beside(map, look, &[actor], is_beyond).is_empty()).collect()
}

/// Returns the actors that pass `is_meant` and share a tie with one of these actors, with those ties. Only what is
/// neither hidden nor filtered out counts.
fn beside(map: &Map, look: &Look, of: &[ActorId], is_meant: impl Fn(ActorId) -> bool) -> BTreeMap<ActorId, Vec<TieId>> {
    let own: BTreeSet<ActorId> = of.iter().copied().collect();
    let mut found: BTreeMap<ActorId, Vec<TieId>> = BTreeMap::new();
    for &actor in &own {
        for &tie in map.ties_of(actor).iter().filter(|&&tie| lets_tie(map, look, tie)) {
            for other in map.tie(tie).ends.actors() {
                if own.contains(&other) || !is_meant(other) {
                    continue;
                }
                match found.get_mut(&other) {
                    Some(ties) if ties.last() == Some(&tie) => {}
                    Some(ties) => ties.push(tie),
                    None if lets_actor(map, look, other) => drop(found.insert(other, vec![tie])),
                    None => {}
                }
            }
        }
    }
    found
}

/// Sorts neighbors by the weight and number of their ties, then by the number of all their ties.
fn strongest_first(map: &Map, found: BTreeMap<ActorId, Vec<TieId>>) -> Vec<UnseenNeighbor> {
    let mut all: Vec<UnseenNeighbor> = found.into_iter().map(|(actor, ties)| UnseenNeighbor { actor, ties }).collect();
    all.sort_by_cached_key(|neighbor| {
        let weight = neighbor.weight(map).unwrap_or_default();
        (Reverse((weight, neighbor.ties.len(), map.ties_of(neighbor.actor).len())), neighbor.actor)
    });
    all
}

impl Look {
    /// Returns whether an actor is in the explored part.
    #[must_use]
    pub fn explores(&self, actor: ActorId) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.contains(&actor))
    }

    /// Returns whether an actor or tie is hidden by hand or outside the explored part.
    #[must_use]
    pub fn leaves_out(&self, map: &Map, item: Item) -> bool {
        let is_outside = match item {
            Item::Actor(actor) => !self.explores(actor),
            Item::Tie(tie) => !is_tie_in_part(map, self.shown.as_ref(), tie),
            Item::Fact(_) | Item::Source(_) => false,
        };
        is_outside || self.hides(item)
    }

    /// Returns whether the card or hub of something is in the explored part; a hub needs two of its parties.
    pub(super) fn explores_place(&self, map: &Map, placed: Placed) -> bool {
        is_in_part(map, self.shown.as_ref(), placed)
    }

    /// Replaces the explored part. What enters it is laid out anew unless it is pinned; what leaves it returns to its
    /// position in the whole map.
    pub(super) fn set_shown(&mut self, map: &Map, shown: Option<OrdSet<ActorId>>) {
        let before = std::mem::replace(&mut self.shown, shown);
        let (was, is) = (before.as_ref(), self.shown.as_ref());
        let entering: Vec<ActorId> = is.into_iter().flatten().copied().filter(|actor| !contains(was, *actor)).collect();
        let leaving: Vec<ActorId> = was.into_iter().flatten().copied().filter(|actor| !contains(is, *actor)).collect();
        let is_inside = |part: Option<&OrdSet<ActorId>>, placed| part.is_some() && is_in_part(map, part, placed);
        let moved = places_of(map, entering.iter().chain(&leaving));
        let entering = moved.iter().filter(|&&placed| !is_inside(was, placed) && is_inside(is, placed));
        let entering: Vec<Placed> = entering.copied().filter(|&placed| !self.is_pinned(placed)).collect();
        let leaving = moved.iter().filter(|&&placed| is_inside(was, placed) && !is_inside(is, placed));
        let leaving: Vec<Placed> = leaving.copied().filter(|&placed| !self.is_pinned(placed)).collect();
        for placed in entering {
            if let Some(pos) = self.positions.remove(&placed) {
                self.set_aside.insert(placed, pos);
            }
        }
        for placed in leaving {
            match self.set_aside.remove(&placed) {
                Some(pos) => drop(self.positions.insert(placed, pos)),
                None => drop(self.positions.remove(&placed)),
            }
        }
    }

    /// Shows hidden actors and ties, and brings them into the explored part.
    pub(super) fn show(&mut self, map: &Map, items: &[Item]) {
        let mut shown = self.shown.clone();
        for &item in items {
            let actors = match item {
                Item::Actor(actor) => {
                    self.hidden.remove(&actor);
                    vec![actor]
                }
                Item::Tie(tie) => {
                    self.hidden_ties.remove(&tie);
                    map.ties().get(tie).map(|tie| tie.ends.actors()).unwrap_or_default()
                }
                Item::Fact(_) | Item::Source(_) => Vec::new(),
            };
            if let Some(shown) = &mut shown {
                shown.extend(actors);
            }
        }
        if shown != self.shown {
            self.set_shown(map, shown);
        }
    }

    fn is_pinned(&self, placed: Placed) -> bool {
        matches!(placed, Placed::Actor(actor) if self.pinned.contains(&actor))
    }
}

fn contains(part: Option<&OrdSet<ActorId>>, actor: ActorId) -> bool {
    part.is_some_and(|part| part.contains(&actor))
}

/// Returns whether a card or hub is in a part of the map; `None` stands for the whole map.
fn is_in_part(map: &Map, part: Option<&OrdSet<ActorId>>, placed: Placed) -> bool {
    match placed {
        Placed::Actor(actor) => part.is_none_or(|part| part.contains(&actor)),
        Placed::Hub(tie) => is_tie_in_part(map, part, tie),
    }
}

/// Returns whether a tie is in a part of the map: with two of its actors, or with its only one.
fn is_tie_in_part(map: &Map, part: Option<&OrdSet<ActorId>>, tie: TieId) -> bool {
    let Some(part) = part else { return true };
    let ends = map.ties().get(tie).map(|tie| tie.ends.actors()).unwrap_or_default();
    let inside = ends.iter().filter(|&actor| part.contains(actor)).count();
    inside > 0 && inside >= ends.len().min(2)
}

/// Returns the cards of actors and the hubs of their ties.
fn places_of<'a>(map: &Map, actors: impl Iterator<Item = &'a ActorId>) -> BTreeSet<Placed> {
    let mut places = BTreeSet::new();
    for &actor in actors {
        places.insert(Placed::Actor(actor));
        places.extend(map.ties_of(actor).iter().filter(|&&tie| map.is_hub(tie)).map(|&tie| Placed::Hub(tie)));
    }
    places
}

#[cfg(test)]
mod tests;
