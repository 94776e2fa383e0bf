//! Side effects of an edit: records deleted with another one, proof that is lost, ties that move.

use std::collections::BTreeSet;

use crate::hidden_characters::Quoted;
use crate::model::{Claim, Ends, Item, Map, TieId};
use crate::wording::{counted, joined_and};

/// Ids that are listed before the others are counted.
const MAX_LISTED: usize = 12;

/// What changed between two maps with the same ids.
#[derive(Debug, Default)]
pub(super) struct Effects {
    gone: Vec<(Item, String)>,
    /// Claims that lost their last evidence.
    unsourced: Vec<String>,
    /// Sources that nothing cites any more.
    uncited: Vec<String>,
}

impl Effects {
    pub(super) fn of(before: &Map, after: &Map) -> Self {
        let mut effects = Self::default();
        for (item, key) in before.records().items() {
            if !after.has(item) {
                effects.gone.push((item, key.to_string()));
            }
        }
        let lost =
            |was: &Claim, is: Option<&Claim>| !was.evidence.is_empty() && is.is_some_and(|is| is.evidence.is_empty());
        for (id, was) in before.records().claims() {
            if lost(was, after.records().claim(id)) {
                effects.unsourced.push(was.key.to_string());
            }
        }
        for (id, source) in before.sources().iter() {
            let is_cited = |map: &Map| map.citation_number(id).is_some();
            if after.sources().has(id) && is_cited(before) && !is_cited(after) {
                effects.uncited.push(source.key.to_string());
            }
        }
        effects
    }

    /// Returns a sentence for each effect; `named` is the record whose removal was asked for.
    pub(super) fn words(&self, named: Item) -> Vec<String> {
        let mut words = Vec::new();
        let others: Vec<&(Item, String)> = self.gone.iter().filter(|(item, _)| *item != named).collect();
        if !others.is_empty() {
            let keys: Vec<String> = others.iter().map(|(_, key)| key.clone()).collect();
            let facts = others.iter().filter(|(item, _)| matches!(item, Item::Fact(_))).count();
            let ties = others.len() - facts;
            let counts = [(ties, counted(ties, "tie", "ties")), (facts, counted(facts, "fact", "facts"))];
            let counts: Vec<String> =
                counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
            let verb = if others.len() == 1 { "is deleted" } else { "are deleted" };
            words.push(format!("{} {verb} with it: {}", joined_and(&counts), listed(&keys)));
        }
        if !self.unsourced.is_empty() {
            let count = counted(self.unsourced.len(), "tie or fact has", "ties and facts have");
            words.push(format!("{count} no source now: {}", listed(&self.unsourced)));
        }
        if !self.uncited.is_empty() {
            let count = counted(self.uncited.len(), "source is", "sources are");
            words.push(format!("{count} no longer cited: {}", listed(&self.uncited)));
        }
        words
    }
}

fn listed(keys: &[String]) -> String {
    let shown: Vec<String> = keys.iter().take(MAX_LISTED).map(|key| Quoted(key).to_string()).collect();
    let more = keys.len() - shown.len();
    let tail = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{tail}", shown.join(", "))
}

/// Returns what a merge did: which record stays, what moved, and ties that now join an actor to itself.
pub(super) fn words_of_merge(before: &Map, after: &Map, keep: Item, other: Item) -> Vec<String> {
    let key = |item| Quoted(before.key(item)).to_string();
    let mut words = vec![format!("{} is kept, {} is merged into it", key(keep), key(other))];
    match (keep, other) {
        (Item::Actor(kept), Item::Actor(gone)) => {
            let alias = &before.actor(gone).name;
            if after.actor(kept).aliases.contains(alias) && !before.actor(kept).aliases.contains(alias) {
                words.push(format!("{} becomes an alias", Quoted(alias)));
            }
            let is_loop = |tie: &TieId| matches!(after.tie(*tie).ends, Ends::Pair { from, to } if from == to);
            let ties: BTreeSet<TieId> = before.ties_of(gone).iter().copied().collect();
            let (loops, moved): (Vec<TieId>, Vec<TieId>) = ties.into_iter().partition(is_loop);
            let keys =
                |ties: &[TieId]| ties.iter().map(|tie| before.tie(*tie).claim.key.to_string()).collect::<Vec<_>>();
            let facts = before.facts_of(gone).len();
            let mut parts = Vec::new();
            if !moved.is_empty() {
                parts.push(format!("{} ({})", counted(moved.len(), "tie", "ties"), listed(&keys(&moved))));
            }
            if facts > 0 {
                parts.push(counted(facts, "fact", "facts"));
            }
            if !parts.is_empty() {
                let verb = if moved.len() + facts == 1 { "moves" } else { "move" };
                words.push(format!("{} {verb} to it", joined_and(&parts)));
            }
            if !loops.is_empty() {
                let verb = if loops.len() == 1 { "joins" } else { "join" };
                let name = &after.actor(kept).name;
                words.push(format!("{} {verb} {name} to itself; `tieline check` lists it", listed(&keys(&loops))));
            }
        }
        (_, Item::Source(gone)) => {
            let claims = before.claims_of(gone).len();
            words.push(format!("{} cite it instead", counted(claims, "tie or fact", "ties and facts")));
        }
        _ => {}
    }
    words
}
