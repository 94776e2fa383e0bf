//! The visible records after a change, computed from those before it.

use crate::document::{Document, Shown};
use crate::model::{ClaimId, Map};

use super::{Difference, Work};

/// Updates the visible records of `before` to those of `now`: only the changed ones are looked at, unless more than
/// they may appear or vanish.
pub fn update_shown(shown: &mut Shown, before: &Map, now: &Document, difference: &Difference, work: &mut Work) {
    let (map, records) = (&now.map, &difference.records);
    let has_same_sort = |id| {
        let sort = |map: &Map| map.sources().get(id).map(crate::model::Source::sort);
        sort(before) == sort(map)
    };
    let mut claims =
        records.ties.iter().copied().map(ClaimId::Tie).chain(records.facts.iter().copied().map(ClaimId::Fact));
    let is_local = !difference.has_filter
        && records.sources.iter().all(|&id| has_same_sort(id))
        && claims.all(|id| is_apart(before, id) && is_apart(map, id));
    if is_local && shown.update(map, &*now.look, &records.actors, &records.ties) {
        work.records += records.actors.len() + records.ties.len();
    } else {
        *shown = now.shown();
        work.records += map.actors().len() + map.ties().len();
    }
}

/// Returns whether a claim, if the map has it, has no relation to others, which may decide whether they are disputed.
fn is_apart(map: &Map, id: ClaimId) -> bool {
    let is_there = match id {
        ClaimId::Tie(tie) => map.ties().has(tie),
        ClaimId::Fact(fact) => map.facts().has(fact),
    };
    !is_there
        || (map.claim(id).contradicts.is_empty() && map.contested_by(id).is_empty() && map.named_by(id).is_empty())
}
