//! What differs between two documents of one map.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::document::{Document, Look};
use crate::model::{ActorId, FactId, Map, Placed, SourceId, TieId};

/// The records that differ; those of one document alone are among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// Actors.
    pub actors: BTreeSet<ActorId>,
    /// Ties.
    pub ties: BTreeSet<TieId>,
    /// Facts.
    pub facts: BTreeSet<FactId>,
    /// Sources.
    pub sources: BTreeSet<SourceId>,
    /// Whether the map's own fields, its kinds or its views differ.
    pub has_others: bool,
}

impl Records {
    /// Whether all are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What differs between two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "parts of a look that differ or not, one by one")]
pub struct Delta {
    /// Claims and what they are about.
    pub records: Records,
    /// Cards and hubs that have another place, or have one in one document alone.
    pub places: BTreeSet<Placed>,
    /// Ties that are bent otherwise.
    pub bends: BTreeSet<TieId>,
    /// Whether words on the canvas differ.
    pub has_notes: bool,
    /// Whether other actors are pinned.
    pub has_pins: bool,
    /// Whether other labels are shown, or pairs drawn otherwise.
    pub has_labels: bool,
    /// Whether something else is hidden or filtered.
    pub has_filter: bool,
    /// Whether actors without a place are arranged otherwise.
    pub has_arrangement: bool,
    /// How many records and entries of looks were compared.
    pub compared: usize,
}

impl Delta {
    /// Compares two documents: records and parts of looks that both share are not looked at.
    #[must_use]
    pub fn between(before: &Document, now: &Document) -> Self {
        let mut delta = Self::default();
        if !Arc::ptr_eq(&before.map, &now.map) {
            delta.compare_maps(&before.map, &now.map);
        }
        if !Arc::ptr_eq(&before.look, &now.look) {
            delta.compare_looks(&before.look, &now.look);
        }
        delta
    }

    fn compare_maps(&mut self, before: &Map, now: &Map) {
        let parts = [before, now];
        let Records { actors, ties, facts, sources, has_others } = &mut self.records;
        let known = |list: usize, other: usize| list.max(other) as u32;
        let [a, b] = parts.map(|map| &map.actors);
        actors.extend((0..known(a.len(), b.len())).map(ActorId).filter(|id| a.get(id.index()) != b.get(id.index())));
        let [a, b] = parts.map(|map| &map.ties);
        ties.extend((0..known(a.len(), b.len())).map(TieId).filter(|id| a.get(id.index()) != b.get(id.index())));
        let [a, b] = parts.map(|map| &map.facts);
        facts.extend((0..known(a.len(), b.len())).map(FactId).filter(|id| a.get(id.index()) != b.get(id.index())));
        let [a, b] = parts.map(|map| &map.sources);
        sources.extend((0..known(a.len(), b.len())).map(SourceId).filter(|id| a.get(id.index()) != b.get(id.index())));
        let others = parts.map(|map| (&map.meta, &map.actor_kinds, &map.tie_kinds, &map.views));
        *has_others = others[0] != others[1];
        self.compared += now.actors.len() + now.ties.len() + now.facts.len() + now.sources.len();
    }

    fn compare_looks(&mut self, before: &Look, now: &Look) {
        self.places = differing(before.positions.iter(), now.positions.iter(), &mut self.compared);
        self.bends = differing(before.bends.iter(), now.bends.iter(), &mut self.compared);
        self.has_notes = before.notes != now.notes;
        self.has_pins = before.pinned != now.pinned;
        self.has_labels =
            before.label_mode != now.label_mode || before.labels != now.labels || before.pairs != now.pairs;
        self.has_filter = before.hidden != now.hidden || before.filter != now.filter;
        self.has_arrangement = (before.arrangement, before.seed) != (now.arrangement, now.seed);
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Self { compared: 0, ..self.clone() } == Self::default()
    }

    /// Whether nothing that is measured or shown differs, only where things are, notes and pins.
    #[must_use]
    pub fn keeps_measures(&self) -> bool {
        self.records.is_empty() && !self.has_labels && !self.has_filter && !self.has_arrangement
    }

    /// Whether what is shown may differ.
    #[must_use]
    pub fn has_shown(&self) -> bool {
        !self.records.is_empty() || self.has_filter
    }

    /// Adds what another delta tells.
    pub fn extend(&mut self, other: Self) {
        let Records { actors, ties, facts, sources, has_others } = other.records;
        self.records.actors.extend(actors);
        self.records.ties.extend(ties);
        self.records.facts.extend(facts);
        self.records.sources.extend(sources);
        self.records.has_others |= has_others;
        self.places.extend(other.places);
        self.bends.extend(other.bends);
        self.has_notes |= other.has_notes;
        self.has_pins |= other.has_pins;
        self.has_labels |= other.has_labels;
        self.has_filter |= other.has_filter;
        self.has_arrangement |= other.has_arrangement;
        self.compared += other.compared;
    }
}

/// The keys with another value, or with one on one side alone; both sides are in the order of their keys.
fn differing<'a, K: Ord + Copy + 'a, V: PartialEq + 'a>(
    before: impl Iterator<Item = (&'a K, &'a V)>,
    now: impl Iterator<Item = (&'a K, &'a V)>,
    compared: &mut usize,
) -> BTreeSet<K> {
    let (mut before, mut now) = (before.peekable(), now.peekable());
    let mut found = BTreeSet::new();
    loop {
        let keys = (before.peek().map(|(key, _)| **key), now.peek().map(|(key, _)| **key));
        let (takes_before, takes_now) = match keys {
            (None, None) => return found,
            (Some(_), None) => (true, false),
            (None, Some(_)) => (false, true),
            (Some(old), Some(new)) => (old <= new, new <= old),
        };
        *compared += 1;
        let old = if takes_before { before.next() } else { None };
        let new = if takes_now { now.next() } else { None };
        if old.map(|(_, value)| value) != new.map(|(_, value)| value) {
            found.extend(old.or(new).map(|(key, _)| *key));
        }
    }
}
