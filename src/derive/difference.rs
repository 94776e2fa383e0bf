//! The differences between two documents of the same map.

use std::collections::BTreeSet;
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;

use crate::document::{Document, Look};
use crate::model::{ActorId, FactId, Map, Placed, Records, Rgb, SlotId, Slots, SourceId, TieId};

/// The records that differ, including those that only one document has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedRecords {
    /// Changed actors.
    pub actors: BTreeSet<ActorId>,
    /// Changed ties.
    pub ties: BTreeSet<TieId>,
    /// Changed facts.
    pub facts: BTreeSet<FactId>,
    /// Changed sources.
    pub sources: BTreeSet<SourceId>,
    /// Whether the map's own fields, its kinds or what is drawn of its first view differ.
    pub has_others: bool,
    /// Whether a kind that both documents have differs, so that its records are described differently.
    pub has_kinds: bool,
}

impl ChangedRecords {
    /// Returns whether no record differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The differences between two documents, across any number of transactions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "parts of a look that differ or not, one by one")]
pub struct Difference {
    /// Changed records.
    pub records: ChangedRecords,
    /// Cards and hubs whose position differs, or that have one in only one document.
    pub places: BTreeSet<Placed>,
    /// Ties whose bend differs.
    pub bends: BTreeSet<TieId>,
    /// Whether notes differ.
    pub has_notes: bool,
    /// Whether the pinned actors differ.
    pub has_pins: bool,
    /// Whether the label mode, label choices or drawing modes of pairs differ.
    pub has_labels: bool,
    /// Whether the explored part, the hidden actors, the hidden ties or the filter differ.
    pub has_filter: bool,
    /// Whether the arrangement or its seed differs.
    pub has_arrangement: bool,
    /// The number of records compared plus the number of look entries that differ.
    pub compared: usize,
}

impl Difference {
    /// Compares two documents, skipping records and parts of the look that they share.
    #[must_use]
    pub fn between(before: &Document, now: &Document) -> Self {
        let mut difference = Self::default();
        if !Arc::ptr_eq(&before.map, &now.map) {
            difference.compare_maps(&before.map, &now.map);
        }
        if !Arc::ptr_eq(&before.look, &now.look) {
            difference.compare_looks(&before.look, &now.look);
        }
        difference
    }

    fn compare_maps(&mut self, before: &Map, now: &Map) {
        let (before, now) = (before.records(), now.records());
        let records = &mut self.records;
        records.actors = differing_records(&before.actors, &now.actors, &mut self.compared);
        records.ties = differing_records(&before.ties, &now.ties, &mut self.compared);
        records.facts = differing_records(&before.facts, &now.facts, &mut self.compared);
        records.sources = differing_records(&before.sources, &now.sources, &mut self.compared);
        records.has_kinds =
            has_other(&before.actor_kinds, &now.actor_kinds) || has_other(&before.tie_kinds, &now.tie_kinds);
        records.has_others = before.meta != now.meta
            || before.actor_kinds != now.actor_kinds
            || before.tie_kinds != now.tie_kinds
            || drawn_of_views(before) != drawn_of_views(now);
    }

    fn compare_looks(&mut self, before: &Look, now: &Look) {
        self.places = differing_entries(&before.positions, &now.positions, &mut self.compared);
        self.bends = differing_entries(&before.bends, &now.bends, &mut self.compared);
        self.has_notes = before.notes != now.notes;
        self.has_pins = before.pinned != now.pinned;
        self.has_labels =
            before.label_mode != now.label_mode || before.labels != now.labels || before.pairs != now.pairs;
        self.has_filter = before.shown != now.shown
            || (&before.hidden, &before.hidden_ties, &before.filter) != (&now.hidden, &now.hidden_ties, &now.filter);
        self.has_arrangement = (before.arrangement, before.seed) != (now.arrangement, now.seed);
    }

    /// Returns whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Self { compared: 0, ..self.clone() } == Self::default()
    }

    /// Returns whether measured sizes and the visible records are the same; only positions, bends, notes and pins may
    /// differ.
    #[must_use]
    pub fn keeps_measures(&self) -> bool {
        self.records.is_empty() && !self.has_labels && !self.has_filter && !self.has_arrangement
    }

    /// Returns whether the visible records may differ.
    #[must_use]
    pub fn has_shown(&self) -> bool {
        !self.records.is_empty() || self.has_filter
    }

    /// Adds the differences of another comparison.
    pub fn extend(&mut self, other: Self) {
        let ChangedRecords { actors, ties, facts, sources, has_others, has_kinds } = other.records;
        self.records.actors.extend(actors);
        self.records.ties.extend(ties);
        self.records.facts.extend(facts);
        self.records.sources.extend(sources);
        self.records.has_others |= has_others;
        self.records.has_kinds |= has_kinds;
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

/// The colors of actors, and the names of areas.
type DrawnOfView<'r> = (&'r [(ActorId, Rgb)], &'r [(ActorId, String)]);

/// Returns the parts of the first view that are drawn and not in a look. Its steps are not: each shows the same map.
fn drawn_of_views(records: &Records) -> Option<DrawnOfView<'_>> {
    let drawn = records.views.values().next().map(|view| (&*view.colors, &*view.communities));
    drawn.filter(|(colors, names)| !colors.is_empty() || !names.is_empty())
}

/// Returns whether one of the kinds that both have differs.
fn has_other<I: SlotId, T: PartialEq>(before: &Slots<I, T>, now: &Slots<I, T>) -> bool {
    before.iter().any(|(id, kind)| now.get(id).is_some_and(|other| other != kind))
}

/// Returns the ids of the records that differ. A list shared by both maps is skipped.
fn differing_records<I: SlotId, T: PartialEq>(
    before: &Slots<I, T>,
    now: &Slots<I, T>,
    compared: &mut usize,
) -> BTreeSet<I> {
    if !before.is_same_list(now) {
        *compared += before.bound().max(now.bound());
    }
    before.differences(now).map(|(id, ..)| id).collect()
}

/// Returns the keys whose values differ or exist on one side only. Subtrees shared by both maps are skipped.
fn differing_entries<K: Ord + Copy, V: PartialEq>(
    before: &OrdMap<K, V>,
    now: &OrdMap<K, V>,
    compared: &mut usize,
) -> BTreeSet<K> {
    let found: BTreeSet<K> = before
        .diff(now)
        .map(|item| match item {
            DiffItem::Add(key, _) | DiffItem::Remove(key, _) | DiffItem::Update { new: (key, _), .. } => *key,
        })
        .collect();
    *compared += found.len();
    found
}
