//! The lists of the side panel: actors, ties and sources.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::document::Shown;
use crate::model::{ActorId, ActorKindId, ClaimId, FactId, Map, SourceId, TieId, TieKindId};
use crate::wording::{actor_name, evidence_numbers, reference, source_name, tie_title, visible};

use super::Mark;
use super::line::{claims_text, tie_note};

/// A row of the list of actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorRow {
    /// The actor.
    pub id: ActorId,
    /// Its name.
    pub name: String,
    /// Its kind, for color and icon.
    pub kind: Option<ActorKindId>,
    /// The label of its kind; empty if it has none.
    pub kind_label: String,
    /// The number of its visible ties.
    pub shown_ties: usize,
    /// The number of its ties.
    pub ties: usize,
    /// Whether it is visible in the picture.
    pub is_shown: bool,
}

/// A row of the list of ties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieRow {
    /// The tie.
    pub id: TieId,
    /// The names of its ends.
    pub title: String,
    /// Label, amount and stage.
    pub note: String,
    /// Its kind, for color and icon.
    pub kind: TieKindId,
    /// The citation numbers of its sources.
    pub numbers: Vec<u32>,
    /// Its warnings.
    pub marks: Vec<Mark>,
    /// Whether it is visible in the picture.
    pub is_shown: bool,
}

/// A row of the list of sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// The source.
    pub id: SourceId,
    /// Its citation number; `None` if nothing cites it.
    pub number: Option<u32>,
    /// Its display name.
    pub name: String,
    /// Its title if that differs from the name, else publisher, date and site.
    pub note: String,
    /// The number of ties and facts based on it, as text: "3 ties".
    pub claims: String,
}

/// All three lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// Actors, by descending number of ties, then by name.
    pub actors: Vec<ActorRow>,
    /// Ties, in file order.
    pub ties: Vec<TieRow>,
    /// Sources, by citation number, then uncited ones.
    pub sources: Vec<SourceRow>,
}

/// Builds the lists of the side panel, including hidden actors and ties.
#[must_use]
pub fn build_lists(map: &Map, shown: &Shown) -> Lists {
    let mut actors: Vec<ActorRow> = map.actor_ids().map(|id| actor_row(map, shown, id)).collect();
    sort_actors(&mut actors);
    let ties = map.tie_ids().map(|id| tie_row(map, shown, id));
    Lists { actors, ties: ties.collect(), sources: sources_in_order(map).map(|id| source_row(map, id)).collect() }
}

/// The rows whose texts must be rebuilt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaleRows {
    /// Stale actors.
    pub actors: BTreeSet<ActorId>,
    /// Stale ties.
    pub ties: BTreeSet<TieId>,
    /// Changed facts, which may contradict ties.
    pub facts: BTreeSet<FactId>,
    /// Stale sources.
    pub sources: BTreeSet<SourceId>,
}

/// Updates the lists for a changed map or visible part. Texts are made only for stale rows, and records are looked up only
/// where something may have changed: the rows of a large map lie one after the other, its records do not.
pub fn update_lists(lists: &mut Lists, map: &Map, shown: &Shown, stale: &StaleRows) {
    let cited = lists.sources.iter().filter(|row| row.number.is_some()).map(|row| row.id);
    let has_new_numbers = !cited.eq(map.cited_sources().iter().copied());
    let ends = update_ties(&mut lists.ties, map, shown, (stale, has_new_numbers));
    update_actors(&mut lists.actors, map, shown, (stale, &ends));

    let kept = std::mem::take(&mut lists.sources).into_iter().filter(|row| !stale.sources.contains(&row.id));
    let mut kept: HashMap<SourceId, SourceRow> = kept.map(|row| (row.id, row)).collect();
    let row = |id: SourceId| match kept.remove(&id) {
        Some(row) => SourceRow { number: map.citation_number(id), claims: claims_words(map, id), ..row },
        None => source_row(map, id),
    };
    lists.sources = sources_in_order(map).map(row).collect();
}

/// Updates the rows of ties; returns the ends of those that are new, changed, or no longer as visible as they were.
fn update_ties(
    rows: &mut Vec<TieRow>,
    map: &Map,
    shown: &Shown,
    (stale, has_new_numbers): (&StaleRows, bool),
) -> HashSet<ActorId> {
    let is_there = |id: &&TieId| map.ties().has(**id);
    let position = |rows: &[TieRow], id: TieId| rows.binary_search_by_key(&id, |row| row.id);
    if stale.ties.iter().any(|id| !map.ties().has(*id) && position(rows, *id).is_ok()) {
        rows.retain(|row| !stale.ties.contains(&row.id) || map.ties().has(row.id));
    }
    let mut more = Vec::new();
    for &id in stale.ties.iter().filter(is_there) {
        match position(rows, id) {
            Ok(at) => rows[at] = tie_row(map, shown, id),
            Err(_) => more.push(tie_row(map, shown, id)),
        }
    }
    if !more.is_empty() {
        rows.extend(more);
        rows.sort_by_key(|row| row.id);
    }
    let mut ends: HashSet<ActorId> = HashSet::new();
    let mut doubted: Vec<TieId> = Vec::new();
    for row in rows.iter_mut() {
        let is_shown = shown.has_tie(row.id);
        if row.is_shown != is_shown {
            row.is_shown = is_shown;
            ends.extend(map.tie(row.id).ends.actors());
        }
        if has_new_numbers {
            row.numbers = evidence_numbers(map, ClaimId::Tie(row.id));
        }
        if row.marks.contains(&Mark::Disputed) {
            doubted.push(row.id);
        }
    }
    ends.extend(stale.ties.iter().filter(is_there).flat_map(|&id| map.tie(id).ends.actors()));
    // A claim is contested by others, too: one that loses this mark has it, one that gains it is related to a changed one.
    for id in doubted.into_iter().chain(related_ties(map, stale)) {
        let claim = ClaimId::Tie(id);
        if let Ok(at) = position(rows, id)
            && map.is_contested(claim) != rows[at].marks.contains(&Mark::Disputed)
        {
            rows[at].marks = Mark::of(map, claim);
        }
    }
    ends
}

/// Returns the ties that stale claims contradict, on either side.
fn related_ties(map: &Map, stale: &StaleRows) -> Vec<TieId> {
    let ties = stale.ties.iter().filter(|id| map.ties().has(**id)).map(|&id| ClaimId::Tie(id));
    let facts = stale.facts.iter().filter(|id| map.facts().has(**id)).map(|&id| ClaimId::Fact(id));
    let related = ties.chain(facts).flat_map(|id| {
        let named_by = map.named_by(id).iter().map(|(other, _)| *other);
        map.claim(id).contradicts.iter().copied().chain(named_by)
    });
    let tie = |id| if let ClaimId::Tie(tie) = id { Some(tie) } else { None };
    related.filter_map(tie).collect()
}

/// Updates the rows of actors, given the ends of the ties whose number or visibility may have changed. An actor that lost
/// a tie has another number of them, or gained one.
fn update_actors(rows: &mut Vec<ActorRow>, map: &Map, shown: &Shown, (stale, ends): (&StaleRows, &HashSet<ActorId>)) {
    let mut has_new_order = !stale.actors.is_empty();
    if has_new_order {
        rows.retain(|row| !stale.actors.contains(&row.id));
    }
    for row in rows.iter_mut() {
        row.is_shown = shown.has_actor(row.id);
        if map.ties_of(row.id).len() != row.ties || ends.contains(&row.id) {
            let counts = tie_counts(map, shown, row.id);
            has_new_order |= counts.1 != row.ties;
            (row.shown_ties, row.ties) = counts;
        }
    }
    rows.extend(stale.actors.iter().filter(|id| map.actors().has(**id)).map(|&id| actor_row(map, shown, id)));
    if has_new_order {
        sort_actors(rows);
    }
}

/// Sorts by descending number of ties, then by name.
fn sort_actors(rows: &mut [ActorRow]) {
    rows.sort_by(|a, b| b.ties.cmp(&a.ties).then_with(|| a.name.cmp(&b.name)).then(a.id.cmp(&b.id)));
}

/// Iterates over the sources by citation number, then the uncited ones.
fn sources_in_order(map: &Map) -> impl Iterator<Item = SourceId> {
    let uncited = map.source_ids().filter(|&id| map.citation_number(id).is_none());
    map.cited_sources().iter().copied().chain(uncited)
}

/// Returns the number of visible ties and of all ties of an actor.
fn tie_counts(map: &Map, shown: &Shown, id: ActorId) -> (usize, usize) {
    let ties = map.ties_of(id);
    (ties.iter().filter(|&&tie| shown.has_tie(tie)).count(), ties.len())
}

fn claims_words(map: &Map, id: SourceId) -> String {
    claims_text(map.claims_of(id))
}

fn tie_row(map: &Map, shown: &Shown, id: TieId) -> TieRow {
    TieRow {
        id,
        title: tie_title(map, id),
        note: tie_note(map, id),
        kind: map.tie(id).kind,
        numbers: evidence_numbers(map, ClaimId::Tie(id)),
        marks: Mark::of(map, ClaimId::Tie(id)),
        is_shown: shown.has_tie(id),
    }
}

fn actor_row(map: &Map, shown: &Shown, id: ActorId) -> ActorRow {
    let (shown_ties, ties) = tie_counts(map, shown, id);
    ActorRow {
        id,
        name: actor_name(map, id),
        kind: map.actor(id).kind,
        kind_label: map.actor_kind(id).map(|kind| visible(&kind.label).into_owned()).unwrap_or_default(),
        shown_ties,
        ties,
        is_shown: shown.has_actor(id),
    }
}

fn source_row(map: &Map, id: SourceId) -> SourceRow {
    let name = source_name(map, id);
    let title = map.source(id).title.as_deref().map(|title| visible(title).into_owned()).filter(|title| *title != name);
    SourceRow {
        id,
        number: map.citation_number(id),
        name,
        note: title.unwrap_or_else(|| reference(map, id)),
        claims: claims_words(map, id),
    }
}

#[cfg(test)]
mod tests {
    use super::build_lists;
    use crate::document::{Look, Shown};
    use crate::model::fixture::{self, ALDER, BIRCH, DANA, LENDS, RETRACTED};
    use crate::view::Mark;

    #[test]
    fn lists_hold_everything_in_a_useful_order() {
        let map = fixture::map();
        let lists = build_lists(&map, &Shown::new(&map, &Look::default()));
        assert_eq!(lists.actors.iter().map(|row| row.id).collect::<Vec<_>>()[..2], [BIRCH, ALDER]);
        assert_eq!(lists.actors.last().map(|row| (row.id, row.ties)), Some((DANA, 1)));
        assert_eq!(lists.ties.len(), 8);
        assert!(!lists.ties[RETRACTED.index()].is_shown);
        assert_eq!(lists.ties[LENDS.index()].marks, [Mark::Disputed]);
        assert_eq!(lists.ties[LENDS.index()].numbers, [1, 5]);
        let numbers: Vec<Option<u32>> = lists.sources.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [Some(1), Some(2), Some(3), Some(4), Some(5)]);
        assert_eq!(
            (lists.sources[1].name.as_str(), lists.sources[1].note.as_str()),
            ("Digest", "A digest of the news")
        );
        assert_eq!(lists.sources[0].claims, "3 ties");
    }

    #[test]
    fn ties_of_actors_count_what_is_shown() {
        let map = fixture::map();
        let lists = build_lists(&map, &Shown::new(&map, &Look::default()));
        let birch = lists.actors.iter().find(|row| row.id == BIRCH).expect("a row");
        assert_eq!((birch.shown_ties, birch.ties), (6, 7));
        assert_eq!(birch.kind_label, "Company");
    }
}
