//! The look of a map: positions, pins, filters, hidden actors and hidden ties.

use std::sync::Arc;

use emath::Pos2;
use imbl::{OrdMap, OrdSet};

use crate::model::{
    ActorId, Arrangement, BendPoint, Item, LabelChoice, LabelMode, Map, Note, NoteId, Pair, PairMode, Placed, TieId,
    View, Visibility, Word,
};

use super::Filter;

/// A look of a map. All of it is undoable; hover and selection are not included. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The arrangement of actors without a position.
    pub arrangement: Arrangement,
    /// The seed of the arrangement.
    pub seed: u64,
    /// Centers of all cards and hubs with a position: from the file, set by hand, or computed by a layout.
    pub positions: OrdMap<Placed, Pos2>,
    /// Actors that "lay out again" must not move.
    pub pinned: OrdSet<ActorId>,
    /// Actors hidden by hand.
    pub hidden: OrdSet<ActorId>,
    /// Ties hidden by hand.
    pub hidden_ties: OrdSet<TieId>,
    /// The filter.
    pub filter: Filter,
    /// The rule for labels without a choice in `labels`.
    pub label_mode: LabelMode,
    /// Labels shown or hidden by hand.
    pub labels: OrdMap<TieId, LabelChoice>,
    /// Drawing modes of pairs, regardless of their number of ties.
    pub pairs: OrdMap<Pair, PairMode>,
    /// Bends of lanes, set by hand; the label is placed at the bend.
    pub bends: OrdMap<TieId, BendPoint>,
    /// Notes on the canvas.
    pub notes: OrdMap<NoteId, Note>,
    /// The explored part: the only actors shown, as far as they are neither hidden nor filtered out; `None` for all.
    pub shown: Option<OrdSet<ActorId>>,
    /// The positions in the whole map of what is laid out anew in the explored part. Not saved.
    pub set_aside: OrdMap<Placed, Pos2>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            arrangement: Arrangement::Auto,
            seed: 1,
            positions: OrdMap::new(),
            pinned: OrdSet::new(),
            hidden: OrdSet::new(),
            hidden_ties: OrdSet::new(),
            filter: Filter::default(),
            label_mode: LabelMode::All,
            labels: OrdMap::new(),
            pairs: OrdMap::new(),
            bends: OrdMap::new(),
            notes: OrdMap::new(),
            shown: None,
            set_aside: OrdMap::new(),
        }
    }
}

impl Look {
    /// Drops all positions except those of pinned actors and of what is not explored, and all bends, so that a layout
    /// computes new ones.
    pub fn forget_places(&mut self, map: &Map) {
        let is_kept = |placed: &Placed| match placed {
            Placed::Actor(actor) => self.pinned.contains(actor) || !self.explores(*actor),
            Placed::Hub(_) => !self.explores_place(map, *placed),
        };
        let kept = self.positions.iter().filter(|(placed, _)| is_kept(placed));
        self.positions = kept.map(|(&placed, &pos)| (placed, pos)).collect();
        self.bends.clear();
    }

    /// Returns whether this actor or tie is hidden by hand.
    #[must_use]
    pub fn hides(&self, item: Item) -> bool {
        match item {
            Item::Actor(actor) => self.hidden.contains(&actor),
            Item::Tie(tie) => self.hidden_ties.contains(&tie),
            Item::Fact(_) | Item::Source(_) => false,
        }
    }

    /// Returns whether any actor or tie is hidden by hand.
    #[must_use]
    pub fn hides_any(&self) -> bool {
        !self.hidden.is_empty() || !self.hidden_ties.is_empty()
    }

    /// Returns whether the look refers to an actor.
    #[must_use]
    pub fn has_actor(&self, actor: ActorId) -> bool {
        self.positions.contains_key(&Placed::Actor(actor))
            || self.pinned.contains(&actor)
            || self.hidden.contains(&actor)
            || self.shown.as_ref().is_some_and(|shown| shown.contains(&actor))
            || self.pairs.keys().any(|pair| pair.actors().contains(&actor))
    }

    /// Returns whether the look refers to a tie.
    #[must_use]
    pub fn has_tie(&self, tie: TieId) -> bool {
        self.positions.contains_key(&Placed::Hub(tie))
            || self.hidden_ties.contains(&tie)
            || self.labels.contains_key(&tie)
            || self.bends.contains_key(&tie)
    }

    /// Iterates over the actors that the look refers to, with duplicates.
    pub(super) fn actors(&self) -> impl Iterator<Item = ActorId> {
        let placed = self.positions.keys().chain(self.set_aside.keys()).filter_map(|placed| match placed {
            Placed::Actor(actor) => Some(*actor),
            Placed::Hub(_) => None,
        });
        let pairs = self.pairs.keys().flat_map(|pair| pair.actors());
        let shown = self.shown.iter().flatten().copied();
        placed.chain(self.pinned.iter().copied()).chain(self.hidden.iter().copied()).chain(shown).chain(pairs)
    }

    /// Iterates over the ties whose hub has a position.
    pub(super) fn hubs(&self) -> impl Iterator<Item = TieId> {
        self.positions.keys().chain(self.set_aside.keys()).filter_map(|placed| match placed {
            Placed::Hub(tie) => Some(*tie),
            Placed::Actor(_) => None,
        })
    }

    /// Iterates over the ties that the look refers to, with duplicates.
    pub(super) fn ties(&self) -> impl Iterator<Item = TieId> {
        let chosen = self.labels.keys().chain(self.bends.keys()).chain(&self.hidden_ties).copied();
        self.hubs().chain(chosen)
    }

    /// Removes the position of a hub.
    pub(super) fn forget_hub(&mut self, tie: TieId) {
        self.positions.remove(&Placed::Hub(tie));
        self.set_aside.remove(&Placed::Hub(tie));
    }

    /// Removes all references to an actor.
    pub fn forget_actor(&mut self, actor: ActorId) {
        self.positions.remove(&Placed::Actor(actor));
        self.set_aside.remove(&Placed::Actor(actor));
        self.pinned.remove(&actor);
        self.hidden.remove(&actor);
        if let Some(shown) = &mut self.shown {
            shown.remove(&actor);
        }
        for pair in self.pairs.keys().copied().filter(|pair| pair.actors().contains(&actor)).collect::<Vec<_>>() {
            self.pairs.remove(&pair);
        }
    }

    /// Removes all references to a tie.
    pub fn forget_tie(&mut self, tie: TieId) {
        self.forget_hub(tie);
        self.hidden_ties.remove(&tie);
        self.labels.remove(&tie);
        self.bends.remove(&tie);
    }

    /// Returns the initial look of a map: that of its first view, or the default.
    #[must_use]
    pub fn of_map(map: &Map) -> Self {
        map.first_view().map_or_else(Self::default, Self::of_view)
    }

    /// Converts the look to a view for the file, with the key, name and story of the map's first view.
    #[must_use]
    pub fn to_view(&self, map: &Map) -> View {
        let first = map.first_view();
        let mut view = View {
            key: first.map_or_else(|| "main".into(), |view| Arc::clone(&view.key)),
            name: first.and_then(|view| view.name.clone()),
            algorithm: Some(self.arrangement.word().to_owned()),
            seed: Some(self.seed),
            pinned: self.pinned.iter().copied().collect(),
            hidden: self.hidden.iter().copied().collect(),
            hidden_ties: self.hidden_ties.iter().copied().collect(),
            filter: self.filter.clone(),
            label_mode: Some(self.label_mode),
            labels: self.labels.iter().map(|(&tie, &choice)| (tie, choice)).collect(),
            pairs: self.pairs.iter().map(|(&pair, &mode)| (pair, mode)).collect(),
            bends: self.bends.iter().map(|(&tie, &bend)| (tie, bend)).collect(),
            notes: self.notes.values().cloned().collect(),
            shown: self.shown.as_ref().map(|shown| shown.iter().copied().collect()),
            ..View::default()
        };
        if let Some(first) = first {
            view.take_story(first);
        }
        for (&place, &pos) in &self.positions {
            match place {
                Placed::Actor(actor) => view.positions.push((actor, pos)),
                Placed::Hub(tie) => view.hub_positions.push((tie, pos)),
            }
        }
        view
    }

    pub(super) fn of_view(view: &View) -> Self {
        let arrangement = view.algorithm.as_deref().map(Arrangement::from_word);
        let actors = view.positions.iter().map(|&(id, pos)| (Placed::Actor(id), pos));
        let hubs = view.hub_positions.iter().map(|&(id, pos)| (Placed::Hub(id), pos));
        Self {
            arrangement: arrangement.as_ref().and_then(Word::known).unwrap_or(Arrangement::Auto),
            seed: view.seed.unwrap_or(1),
            positions: actors.chain(hubs).collect(),
            pinned: view.pinned.iter().copied().collect(),
            hidden: view.hidden.iter().copied().collect(),
            hidden_ties: view.hidden_ties.iter().copied().collect(),
            filter: view.filter.clone(),
            label_mode: view.label_mode.unwrap_or(LabelMode::All),
            labels: view.labels.iter().copied().collect(),
            pairs: view.pairs.iter().copied().collect(),
            bends: view.bends.iter().copied().collect(),
            notes: (0..).map(NoteId).zip(view.notes.iter().cloned()).collect(),
            shown: view.shown.as_ref().map(|shown| shown.iter().copied().collect()),
            set_aside: OrdMap::new(),
        }
    }
}

impl Visibility for Look {
    fn hides_actor(&self, actor: ActorId) -> bool {
        self.hidden.contains(&actor)
    }

    fn hides_tie(&self, tie: TieId) -> bool {
        self.hidden_ties.contains(&tie)
    }

    fn filter(&self) -> &Filter {
        &self.filter
    }

    fn explored(&self) -> Option<impl Iterator<Item = ActorId>> {
        self.shown.as_ref().map(|shown| shown.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use emath::pos2;
    use imbl::OrdMap;

    use super::{Filter, Look};
    use crate::model::{ActorId, Arrangement, BendPoint, LabelChoice, LabelMode, Map, Note, NoteId};
    use crate::model::{Pair, PairMode, Placed, TieId};

    #[test]
    fn a_view_holds_all_of_a_look() {
        let look = Look {
            arrangement: Arrangement::Radial,
            seed: 7,
            positions: [(Placed::Actor(ActorId(1)), pos2(1.0, 2.0)), (Placed::Hub(TieId(3)), pos2(3.0, 4.0))]
                .into_iter()
                .collect(),
            pinned: [ActorId(1)].into_iter().collect(),
            hidden: [ActorId(2)].into_iter().collect(),
            hidden_ties: [TieId(2)].into_iter().collect(),
            filter: Filter { hides_unsourced: true, ..Filter::default() },
            label_mode: LabelMode::Important,
            labels: [(TieId(0), LabelChoice::Hide)].into_iter().collect(),
            pairs: [(Pair::new(ActorId(2), ActorId(1)), PairMode::Ribbon)].into_iter().collect(),
            bends: [(TieId(1), BendPoint { along: 0.5, across: 20.0 })].into_iter().collect(),
            notes: [(NoteId(0), Note { key: "n".into(), text: "See".to_owned(), at: pos2(1.0, 2.0), width: None })]
                .into_iter()
                .collect(),
            shown: Some([ActorId(1), ActorId(2)].into_iter().collect()),
            // Not part of a view.
            set_aside: OrdMap::new(),
        };
        assert_eq!(Look::of_view(&look.to_view(&Map::default())), look);
    }
}
