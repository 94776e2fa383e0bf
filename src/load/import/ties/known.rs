//! The ties that a map has before tables are added to it, so that a row that is there already is noticed.

use std::collections::HashMap;

use crate::load::import::Builder;
use crate::load::import::report::Place;
use crate::model::{ActorId, Claim, Ends, Evidence, Key, Map, MetadataFields, Tie, TieId, TieKindId};

/// The ties between two actors of a map by ends and kind.
#[derive(Debug, Default)]
pub(in crate::load::import) struct KnownTies(HashMap<(ActorId, ActorId, TieKindId), Vec<TieId>>);

/// How a new tie relates to those that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KnownTie {
    /// One says the same, with the same sources.
    Same(TieId),
    /// One says the same, and lacks a source.
    LacksSource(TieId),
}

impl KnownTies {
    pub(in crate::load::import) fn of_map(map: &Map) -> Self {
        let mut ties: HashMap<_, Vec<TieId>> = HashMap::new();
        for (id, tie) in map.ties().iter() {
            let Ends::Pair { from, to } = tie.ends else { continue };
            ties.entry((from, to, tie.kind)).or_default().push(id);
            if !tie.is_directed && from != to {
                ties.entry((to, from, tie.kind)).or_default().push(id);
            }
        }
        Self(ties)
    }

    /// Finds a tie that says what `tie` says; `get` returns a tie of the map.
    fn find<'a>(&self, tie: &Tie, get: impl Fn(TieId) -> Option<&'a Tie>) -> Option<KnownTie> {
        let Ends::Pair { from, to } = tie.ends else { return None };
        let candidates = self.0.get(&(from, to, tie.kind))?;
        let claimed = claimed(&tie.claim);
        let mut lacking = None;
        for &id in candidates {
            let Some(old) = get(id) else { continue };
            if old.is_directed != tie.is_directed || self::claimed(&old.claim) != claimed {
                continue;
            }
            let has = |piece: &Evidence| old.claim.evidence.contains(piece);
            if tie.claim.evidence.iter().all(has) {
                return Some(KnownTie::Same(id));
            }
            lacking = lacking.or(Some(KnownTie::LacksSource(id)));
        }
        lacking
    }
}

impl Builder<'_> {
    /// Adds a tie unless the map that is added to has it; returns the new or the old one.
    pub(in crate::load::import) fn push_tie(&mut self, tie: Tie, place: Place<'_, '_>) -> TieId {
        let known = if self.adds_known { None } else { self.known_ties.find(&tie, |id| self.ties.get(id)) };
        let Some(known) = known else { return self.ties.push(tie) };
        self.report.known_ties += 1;
        let (KnownTie::Same(id) | KnownTie::LacksSource(id)) = known;
        let Some(old) = self.ties.get_mut(id) else { return self.ties.push(tie) };
        let lacking: Vec<Evidence> =
            tie.claim.evidence.into_iter().filter(|piece| !old.claim.evidence.contains(piece)).collect();
        let message = if lacking.is_empty() {
            format!("the map has this tie already ({}); it is not added again", old.claim.key)
        } else {
            format!("the map has this tie already ({}); it gets this source as further evidence", old.claim.key)
        };
        old.claim.evidence.extend(lacking);
        self.keys.remove(&tie.claim.key);
        self.report.remark(place, message);
        id
    }
}

/// Returns what a claim says, without its key, what proves it and where it came from.
fn claimed(claim: &Claim) -> Claim {
    let own = claim.metadata.own.clone();
    let metadata = MetadataFields { weight: claim.metadata.weight, own, ..MetadataFields::default() };
    Claim { key: Key::default(), evidence: Vec::new(), metadata: metadata.into(), ..claim.clone() }
}
