//! The ids that each record refers to, defined once for shared and mutable access.

use std::collections::BTreeSet;

use crate::model::{
    Actor, ActorId, ActorKindId, Claim, ClaimId, Ends, Fact, FactId, Import, ImportId, Item, Metadata, Source,
    SourceId, StoryStep, Tie, TieId, TieKindId, View,
};

/// A shared reference to an id in a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reference<'a> {
    Actor(&'a ActorId),
    ActorKind(&'a ActorKindId),
    TieKind(&'a TieKindId),
    Source(&'a SourceId),
    Claim(&'a ClaimId),
    Import(&'a ImportId),
}

/// A mutable reference to an id in a record.
#[derive(Debug, PartialEq)]
pub(crate) enum ReferenceMut<'a> {
    Actor(&'a mut ActorId),
    ActorKind(&'a mut ActorKindId),
    TieKind(&'a mut TieKindId),
    Source(&'a mut SourceId),
    Claim(&'a mut ClaimId),
    Import(&'a mut ImportId),
}

/// A record that refers to others by id.
pub(crate) trait Refers {
    /// Calls `visit` with each id in the record and the name of its field in the file.
    fn references(&self, visit: &mut dyn FnMut(&'static str, Reference<'_>));

    /// Like [`Refers::references`], with mutable access.
    fn references_mut(&mut self, visit: &mut dyn FnMut(&'static str, ReferenceMut<'_>));
}

/// Generates the visitors of all records; the optional last argument `mut` makes them mutable.
macro_rules! walks {
    (
        $Reference:ident, $actor:ident, $source:ident, $tie:ident, $fact:ident, $import:ident, $claim:ident, $metadata:ident
        $(, $mutability:tt)?
    ) => {
        fn $actor(record: &$($mutability)? Actor, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            if let Some(kind) = &$($mutability)? record.kind {
                visit("kind", $Reference::ActorKind(kind));
            }
            if let Some(whole) = &$($mutability)? record.part_of {
                visit("partOf", $Reference::Actor(whole));
            }
            $metadata(&$($mutability)? record.metadata, visit);
        }

        fn $source(record: &$($mutability)? Source, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            for actor in &$($mutability)? record.by {
                visit("by", $Reference::Actor(actor));
            }
            if let Some(same) = &$($mutability)? record.same_as {
                visit("sameAs", $Reference::Source(same));
            }
            if let Some(row) = &$($mutability)? record.row {
                visit("row", $Reference::Import(&$($mutability)? row.import));
            }
        }

        fn $tie(record: &$($mutability)? Tie, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            visit("kind", $Reference::TieKind(&$($mutability)? record.kind));
            match &$($mutability)? record.ends {
                Ends::Pair { from, to } => {
                    visit("from", $Reference::Actor(from));
                    visit("to", $Reference::Actor(to));
                }
                Ends::Parties(parties) => {
                    for party in parties {
                        visit("parties", $Reference::Actor(&$($mutability)? party.actor));
                    }
                }
            }
            $claim(&$($mutability)? record.claim, visit);
        }

        fn $fact(record: &$($mutability)? Fact, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            visit("actor", $Reference::Actor(&$($mutability)? record.actor));
            $claim(&$($mutability)? record.claim, visit);
        }

        fn $claim(claim: &$($mutability)? Claim, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            for other in &$($mutability)? claim.supersedes {
                visit("supersedes", $Reference::Claim(other));
            }
            for other in &$($mutability)? claim.contradicts {
                visit("contradicts", $Reference::Claim(other));
            }
            if let Some(whole) = &$($mutability)? claim.part_of {
                visit("partOf", $Reference::Claim(whole));
            }
            if let Some(retraction) = &$($mutability)? claim.retraction
                && let Some(source) = &$($mutability)? retraction.source
            {
                visit("retraction", $Reference::Source(source));
            }
            for piece in &$($mutability)? claim.evidence {
                visit("evidence", $Reference::Source(&$($mutability)? piece.source));
                if let Some(cited) = &$($mutability)? piece.cited_in {
                    visit("evidence", $Reference::Source(&$($mutability)? cited.source));
                }
            }
            $metadata(&$($mutability)? claim.metadata, visit);
        }

        fn $metadata(metadata: &$($mutability)? Metadata, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            // Accessing the fields through `DerefMut` would allocate them.
            if let Some(fields) = &$($mutability)? metadata.0
                && let Some(row) = &$($mutability)? fields.row
            {
                visit("row", $Reference::Import(&$($mutability)? row.import));
            }
        }

        fn $import(import: &$($mutability)? Import, visit: &mut dyn FnMut(&'static str, $Reference<'_>)) {
            if let Some(source) = &$($mutability)? import.source {
                visit("source", $Reference::Source(source));
            }
        }
    };
}

walks!(Reference, actor, source, tie, fact, import, claim, metadata);
walks!(ReferenceMut, actor_mut, source_mut, tie_mut, fact_mut, import_mut, claim_mut, annex_mut, mut);

macro_rules! refers {
    ($($record:ty: $walk:ident, $walk_mut:ident;)+) => {
        $(impl Refers for $record {
            fn references(&self, visit: &mut dyn FnMut(&'static str, Reference<'_>)) {
                $walk(self, visit);
            }

            fn references_mut(&mut self, visit: &mut dyn FnMut(&'static str, ReferenceMut<'_>)) {
                $walk_mut(self, visit);
            }
        })+
    };
}

refers! {
    Actor: actor, actor_mut;
    Source: source, source_mut;
    Tie: tie, tie_mut;
    Fact: fact, fact_mut;
    Import: import, import_mut;
}

/// Maps ids of one document to those of another; `None` if the other has no such record.
pub(crate) trait Translate {
    fn actor(&self, id: ActorId) -> Option<ActorId>;
    fn actor_kind(&self, id: ActorKindId) -> Option<ActorKindId>;
    fn tie_kind(&self, id: TieKindId) -> Option<TieKindId>;
    fn tie(&self, id: TieId) -> Option<TieId>;
    fn source(&self, id: SourceId) -> Option<SourceId>;
    fn fact(&self, id: FactId) -> Option<FactId>;
    fn import(&self, id: ImportId) -> Option<ImportId>;

    fn claim(&self, id: ClaimId) -> Option<ClaimId> {
        match id {
            ClaimId::Tie(id) => self.tie(id).map(ClaimId::Tie),
            ClaimId::Fact(id) => self.fact(id).map(ClaimId::Fact),
        }
    }

    fn item(&self, id: Item) -> Option<Item> {
        match id {
            Item::Actor(id) => self.actor(id).map(Item::Actor),
            Item::Tie(id) => self.tie(id).map(Item::Tie),
            Item::Fact(id) => self.fact(id).map(Item::Fact),
            Item::Source(id) => self.source(id).map(Item::Source),
        }
    }
}

/// Replaces all ids in a record.
///
/// # Errors
///
/// Returns the name of the field with the first id that has no counterpart; the other ids are replaced nevertheless.
pub(crate) fn translate(record: &mut impl Refers, to: &impl Translate) -> Result<(), &'static str> {
    fn replace<T: Copy>(id: &mut T, found: Option<T>) -> bool {
        if let Some(found) = found {
            *id = found;
        }
        found.is_some()
    }
    let mut lost = None;
    record.references_mut(&mut |field, reference| {
        let is_found = match reference {
            ReferenceMut::Actor(id) => replace(id, to.actor(*id)),
            ReferenceMut::ActorKind(id) => replace(id, to.actor_kind(*id)),
            ReferenceMut::TieKind(id) => replace(id, to.tie_kind(*id)),
            ReferenceMut::Source(id) => replace(id, to.source(*id)),
            ReferenceMut::Claim(id) => replace(id, to.claim(*id)),
            ReferenceMut::Import(id) => replace(id, to.import(*id)),
        };
        if !is_found {
            lost = lost.or(Some(field));
        }
    });
    lost.map_or(Ok(()), Err)
}

/// Returns a view with its ids replaced; drops entries without a counterpart.
pub(crate) fn translate_view(view: &View, to: &impl Translate) -> View {
    let pair = |pair: crate::model::Pair| {
        let [one, other] = pair.actors().map(|actor| to.actor(actor));
        Some(crate::model::Pair::new(one?, other?))
    };
    View {
        positions: view.positions.iter().filter_map(|&(id, pos)| Some((to.actor(id)?, pos))).collect(),
        hub_positions: view.hub_positions.iter().filter_map(|&(id, pos)| Some((to.tie(id)?, pos))).collect(),
        pinned: view.pinned.iter().filter_map(|&id| to.actor(id)).collect(),
        hidden: view.hidden.iter().filter_map(|&id| to.actor(id)).collect(),
        hidden_ties: once(view.hidden_ties.iter().filter_map(|&id| to.tie(id))),
        labels: view.labels.iter().filter_map(|&(id, choice)| Some((to.tie(id)?, choice))).collect(),
        pairs: view.pairs.iter().filter_map(|&(of, mode)| Some((pair(of)?, mode))).collect(),
        bends: view.bends.iter().filter_map(|&(id, bend)| Some((to.tie(id)?, bend))).collect(),
        filter: translate_filter(&view.filter, to),
        ..translate_story(view, to)
    }
}

/// Returns a view with the ids of its story fields replaced and duplicates removed; see [`View::take_story`].
pub(crate) fn translate_story(view: &View, to: &impl Translate) -> View {
    let actors = |ids: &Vec<ActorId>| once(ids.iter().filter_map(|&id| to.actor(id)));
    let items = |ids: &Vec<Item>| once(ids.iter().filter_map(|&id| to.item(id)));
    let step =
        |step: &StoryStep| StoryStep { show: step.show.as_ref().map(items), focus: items(&step.focus), ..step.clone() };
    View {
        shown: view.shown.as_ref().map(actors),
        colors: by_actor(&view.colors, to),
        communities: by_actor(&view.communities, to),
        steps: view.steps.iter().map(step).collect(),
        ..view.clone()
    }
}

/// Removes duplicates, keeping the first occurrence.
fn once<I: Copy + Ord>(ids: impl Iterator<Item = I>) -> Vec<I> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(*id)).collect()
}

/// Replaces the ids of entries by actor; the first of several entries for an actor wins.
fn by_actor<T: Clone>(entries: &[(ActorId, T)], to: &impl Translate) -> Vec<(ActorId, T)> {
    let mut seen = BTreeSet::new();
    let entries = entries.iter().filter_map(|(id, value)| Some((to.actor(*id)?, value)));
    entries.filter(|(id, _)| seen.insert(*id)).map(|(id, value)| (id, value.clone())).collect()
}

/// Returns a filter with the ids of its kinds replaced; drops kinds without a counterpart.
fn translate_filter(filter: &crate::model::Filter, to: &impl Translate) -> crate::model::Filter {
    let actor_kind = |kind: &Option<ActorKindId>| kind.map_or(Some(None), |kind| to.actor_kind(kind).map(Some));
    crate::model::Filter {
        hidden_actor_kinds: filter.hidden_actor_kinds.iter().filter_map(actor_kind).collect(),
        hidden_tie_kinds: filter.hidden_tie_kinds.iter().filter_map(|&kind| to.tie_kind(kind)).collect(),
        ..filter.clone()
    }
}
