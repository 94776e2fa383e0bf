//! Ties between the actors of one side of a table of two sorts of actors, by what they share of the other side: two
//! people on the same board. The other side is left out, and named in a field of the ties.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::load::LoadError;
use crate::load::table::Table;
use crate::model::{
    ActorId, ActorKindId, Claim, Ends, Evidence, ImportId, ImportRow, Item, Key, MapParts, MetadataFields, OwnFields,
    OwnValue, Severity, Tie, TieId, TieKind, TieKindId,
};
use crate::wording::counted;
use crate::wording::read::{Role, roles_of_heading};

use super::cells::text;
use super::columns::TableColumns;
use super::keys::KeyOwner;
use super::options::Projection;
use super::report::preview::TableShape;

/// The maximum number of ties that a projection makes.
const MAX_TIES: usize = 200_000;
/// The maximum number of ties that those of a projection stand for, counted for each of them.
const MAX_REPLACED: usize = 10_000_000;
/// The field of a tie that lists what its actors share.
const SHARED_FIELD: &str = "x-in common";
/// The field of a tie that lists its rows in further tables.
const ROWS_FIELD: &str = "x-further rows";
/// The kind of ties if no heading says what the actors share.
const UNNAMED_KIND: &str = "has links in common";

/// The tables of an import, for a projection.
pub(super) struct ProjectedTables<'a> {
    side: Projection,
    /// By the index of the import: the file, and the heading over the other side.
    tables: HashMap<ImportId, (&'a Arc<str>, Option<&'a str>)>,
}

impl<'a> ProjectedTables<'a> {
    pub(super) fn new(side: Projection, plans: &[(&'a Table<'_>, TableColumns)], imports: &[ImportId]) -> Self {
        let tables = plans.iter().zip(imports).filter_map(|((table, columns), import)| {
            let column = match (columns.shape, side) {
                (TableShape::Ties, Projection::First) => columns.with(Role::To),
                (TableShape::Ties, Projection::Second) => columns.with(Role::From),
                (TableShape::Matrix, Projection::First) => None,
                (TableShape::Matrix, Projection::Second) => Some(0),
                _ => return None,
            };
            let header = table.row(0).filter(|_| !table.has_added_headings());
            let heading = header.zip(column).map(|(header, column)| text(header, column));
            Some((*import, (&table.file, heading)))
        });
        Self { side, tables: tables.collect() }
    }
}

/// The tables of two sorts of actors, and their ties.
#[derive(Default)]
struct TwoSided {
    imports: HashSet<ImportId>,
    /// The indexes of their ties.
    ties: Vec<usize>,
    kept: HashSet<ActorId>,
    /// The actors of the kept side that have ties with each actor of the other side, and those ties.
    members: BTreeMap<ActorId, BTreeMap<ActorId, Vec<usize>>>,
}

/// What two actors share.
#[derive(Default)]
struct SharedActors {
    actors: Vec<ActorId>,
    ties: Vec<usize>,
}

impl super::Builder<'_> {
    /// Replaces the ties of tables of two sorts of actors by ties within one side.
    pub(super) fn project(&mut self, parts: &mut MapParts, projected: &ProjectedTables<'_>) -> Result<(), LoadError> {
        let two_sided = TwoSided::find(parts, projected);
        let Some(file) = two_sided.first_file(projected) else {
            let file = parts.imports.first().and_then(|import| import.file.as_deref()).unwrap_or("table");
            let message = "no table has two sides without a common actor, so nothing is projected".to_owned();
            let remedy = "import without a projection, or give the columns of the two sides their roles";
            self.report.add_to_file(Severity::Warning, &Arc::from(file), message, remedy);
            return Ok(());
        };
        let pairs = two_sided.pairs(parts, file)?;
        let count = pairs.len();
        let mut kinds = HashMap::new();
        let mut ties = Vec::with_capacity(count);
        for (ends, shared) in pairs {
            let owner = KeyOwner::Record(Item::Tie(TieId::from_index(parts.ties.len() + ties.len())));
            let key = self.keys.take("", owner);
            ties.push(tie_of(parts, (key, ends, &shared), projected, &mut kinds));
        }
        let left_out = two_sided.left_out(parts);
        for &tie in &two_sided.ties {
            self.keys.remove(&parts.ties[tie].claim.key);
        }
        let gone: HashSet<usize> = two_sided.ties.iter().copied().collect();
        let mut index = 0..;
        parts.ties.retain(|_| index.next().is_none_or(|index| !gone.contains(&index)));
        parts.ties.append(&mut ties);
        remove_actors(parts, &left_out);
        remove_unused_kinds(parts);
        let (kept, other) = match projected.side {
            Projection::First => ("first", "second"),
            Projection::Second => ("second", "first"),
        };
        let message = format!(
            "{} of the {other} side and {} with it are left out; {} between actors of the {kept} side say what they share",
            counted(left_out.len(), "actor", "actors"),
            counted(gone.len(), "tie", "ties"),
            counted(count, "tie", "ties")
        );
        self.report.add_to_file(Severity::Remark, file, message, "import without a projection to keep them");
        Ok(())
    }
}

impl TwoSided {
    fn find(parts: &MapParts, projected: &ProjectedTables<'_>) -> Self {
        let mut sides: HashMap<ImportId, [HashSet<ActorId>; 2]> = HashMap::new();
        let ends = |tie: &Tie| {
            let import = tie.claim.metadata.row.as_ref()?.import;
            match tie.ends {
                Ends::Pair { from, to } if projected.tables.contains_key(&import) => Some((import, from, to)),
                _ => None,
            }
        };
        for (import, from, to) in parts.ties.iter().filter_map(ends) {
            let [froms, tos] = sides.entry(import).or_default();
            froms.insert(from);
            tos.insert(to);
        }
        let imports = sides.iter().filter(|(_, [from, to])| from.is_disjoint(to)).map(|(import, _)| *import).collect();
        let mut found = Self { imports, ..Self::default() };
        for (index, tie) in parts.ties.iter().enumerate() {
            let Some((_, from, to)) = ends(tie).filter(|(import, ..)| found.imports.contains(import)) else { continue };
            let (kept, other) = if projected.side == Projection::First { (from, to) } else { (to, from) };
            found.ties.push(index);
            found.kept.insert(kept);
            found.members.entry(other).or_default().entry(kept).or_default().push(index);
        }
        found
    }

    /// Returns the file of the first of the tables; `None` if there are none.
    fn first_file<'a>(&self, projected: &ProjectedTables<'a>) -> Option<&'a Arc<str>> {
        let first = self.imports.iter().min_by_key(|import| import.index())?;
        projected.tables.get(first).map(|(file, _)| *file)
    }

    /// Returns all pairs of actors that share others.
    fn pairs(
        &self,
        parts: &MapParts,
        file: &Arc<str>,
    ) -> Result<BTreeMap<(ActorId, ActorId), SharedActors>, LoadError> {
        let too_many = || {
            let largest = self.members.iter().max_by_key(|(_, members)| members.len());
            let (shared, members) = largest.map_or((String::new(), 0), |(actor, members)| {
                (parts.actors[actor.index()].name.clone(), members.len())
            });
            LoadError::TooManyShared { file: Arc::clone(file), limit: "200,000".to_owned(), shared, members }
        };
        let replaced = |members: &BTreeMap<ActorId, Vec<usize>>| {
            members.values().map(Vec::len).sum::<usize>().saturating_mul(members.len().saturating_sub(1))
        };
        if self.members.values().map(replaced).fold(0_usize, usize::saturating_add) > MAX_REPLACED {
            return Err(too_many());
        }
        let mut pairs: BTreeMap<(ActorId, ActorId), SharedActors> = BTreeMap::new();
        for (other, members) in &self.members {
            let members: Vec<(&ActorId, &Vec<usize>)> = members.iter().collect();
            for (at, (first, first_ties)) in members.iter().enumerate() {
                for (second, second_ties) in &members[at + 1..] {
                    let shared = pairs.entry((**first, **second)).or_default();
                    shared.actors.push(*other);
                    shared.ties.extend(first_ties.iter().chain(second_ties.iter()));
                }
            }
            if pairs.len() > MAX_TIES {
                return Err(too_many());
            }
        }
        Ok(pairs)
    }

    /// Returns the actors of the other side that have no place in any other tie or fact.
    fn left_out(&self, parts: &MapParts) -> HashSet<ActorId> {
        let ties: HashSet<usize> = self.ties.iter().copied().collect();
        let others = parts.ties.iter().enumerate().filter(|(index, _)| !ties.contains(index));
        let mut used: HashSet<ActorId> = others.flat_map(|(_, tie)| tie.ends.actors()).collect();
        used.extend(parts.facts.iter().map(|fact| fact.actor));
        used.extend(parts.actors.iter().filter_map(|actor| actor.part_of));
        self.members.keys().copied().filter(|actor| !used.contains(actor) && !self.kept.contains(actor)).collect()
    }
}

/// Returns the tie of two actors that share others: with all sources and rows of the ties that it stands for.
fn tie_of(
    parts: &mut MapParts,
    (key, (from, to), shared): (Key, (ActorId, ActorId), &SharedActors),
    projected: &ProjectedTables<'_>,
    kinds: &mut HashMap<String, TieKindId>,
) -> Tie {
    let mut indexes = shared.ties.clone();
    indexes.sort_unstable();
    indexes.dedup();
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut cited = HashSet::new();
    let mut rows: Vec<(ImportId, &String)> = Vec::new();
    for &index in &indexes {
        let claim = &parts.ties[index].claim;
        for piece in &claim.evidence {
            // Evidence of tables differs in nothing else.
            let quote = piece.quote.as_ref().map(|quote| quote.exact.as_str());
            if cited.insert((piece.source, piece.locator.as_deref(), quote)) {
                evidence.push(piece.clone());
            }
        }
        rows.extend(claim.metadata.row.iter().flat_map(|row| row.keys.iter().map(|key| (row.import, key))));
    }
    let mut seen = HashSet::new();
    rows.retain(|row| seen.insert(*row));
    let names = shared.actors.iter().map(|actor| OwnValue::Text(parts.actors[actor.index()].name.clone()));
    let mut own = OwnFields::NONE;
    own.set(SHARED_FIELD, Some(OwnValue::List(names.collect())));
    let first = rows.first().map(|(import, _)| *import);
    let (own_rows, further): (Vec<_>, Vec<_>) = rows.iter().partition(|(import, _)| Some(*import) == first);
    if !further.is_empty() {
        let name = |import: ImportId| projected.tables.get(&import).map_or("", |(file, _)| &***file);
        let rows = further.iter().map(|(import, row)| OwnValue::Text(format!("{}, row {row}", name(*import))));
        own.set(ROWS_FIELD, Some(OwnValue::List(rows.collect())));
    }
    let row = first.map(|import| ImportRow {
        import,
        keys: own_rows.iter().map(|(_, key)| (*key).clone()).collect(),
        was: Vec::new(),
        own: OwnFields::NONE,
    });
    let count = shared.actors.len();
    let metadata = MetadataFields { row, own, weight: Some(Decimal::from(count)), ..MetadataFields::default() };
    let heading = first.and_then(|import| projected.tables.get(&import)).and_then(|(_, heading)| *heading);
    let replaced = indexes.first().map(|&index| parts.ties[index].kind);
    let kind = kind_of(parts, heading, replaced, kinds);
    let claim = Claim {
        key,
        label: Some(format!("{count} in common")),
        evidence,
        metadata: metadata.into(),
        ..Claim::default()
    };
    Tie { kind, ends: Ends::Pair { from, to }, is_directed: false, claim }
}

/// Returns the kind of ties by what is shared, in the color of those that they stand for.
fn kind_of(
    parts: &mut MapParts,
    heading: Option<&str>,
    replaced: Option<TieKindId>,
    kinds: &mut HashMap<String, TieKindId>,
) -> TieKindId {
    let label = heading.and_then(shares).unwrap_or_else(|| UNNAMED_KIND.to_owned());
    if let Some(kind) = kinds.get(&label) {
        return *kind;
    }
    let id = TieKindId::from_index(parts.tie_kinds.len());
    let mut key = label.clone();
    while parts.tie_kinds.iter().any(|kind| *kind.key == *key) {
        key.push_str(" (2)");
    }
    parts.tie_kinds.push(TieKind {
        key: Key::from(key.as_str()),
        label: label.clone(),
        verb: None,
        is_directed: false,
        color: replaced.and_then(|kind| parts.tie_kinds[kind.index()].color),
        icon: None,
        is_auto: true,
        is_listed: true,
    });
    kinds.insert(label, id);
    id
}

/// Returns "shares board" for the heading "Board"; `None` for one that says no more than that it is an end.
fn shares(heading: &str) -> Option<String> {
    let heading = crate::hidden_characters::visible(heading);
    let is_end = |role: &Role| matches!(role, Role::From | Role::To | Role::FromName | Role::ToName | Role::ActorId);
    if heading.is_empty() || roles_of_heading(&heading).iter().any(is_end) {
        return None;
    }
    let mut letters = heading.chars();
    let first = letters.next()?;
    let is_word = letters.clone().next().is_some_and(char::is_lowercase);
    let first: String = if is_word { first.to_lowercase().collect() } else { first.to_string() };
    Some(format!("shares {first}{}", letters.as_str()))
}

/// Removes actors that nothing refers to; those behind them get other ids.
fn remove_actors(parts: &mut MapParts, gone: &HashSet<ActorId>) {
    let mut next = 0..;
    let ids: Vec<ActorId> = (0..parts.actors.len())
        .map(|index| if gone.contains(&ActorId::from_index(index)) { 0 } else { next.next().unwrap_or(0) })
        .map(ActorId::from_index)
        .collect();
    let renamed = |id: &mut ActorId| *id = ids[id.index()];
    let mut index = 0..;
    parts.actors.retain(|_| index.next().is_none_or(|index| !gone.contains(&ActorId::from_index(index))));
    parts.actors.iter_mut().filter_map(|actor| actor.part_of.as_mut()).for_each(renamed);
    parts.facts.iter_mut().for_each(|fact| renamed(&mut fact.actor));
    for tie in &mut parts.ties {
        match &mut tie.ends {
            Ends::Pair { from, to } => [from, to].into_iter().for_each(renamed),
            Ends::Parties(parties) => parties.iter_mut().for_each(|party| renamed(&mut party.actor)),
        }
    }
}

/// Removes kinds that only what is left out had.
fn remove_unused_kinds(parts: &mut MapParts) {
    let used: HashSet<usize> = parts.ties.iter().map(|tie| tie.kind.index()).collect();
    let ids = retain_indexed(&mut parts.tie_kinds, &used);
    parts.ties.iter_mut().for_each(|tie| tie.kind = TieKindId::from_index(ids[tie.kind.index()]));
    let used: HashSet<usize> = parts.actors.iter().filter_map(|actor| Some(actor.kind?.index())).collect();
    let ids = retain_indexed(&mut parts.actor_kinds, &used);
    for kind in parts.actors.iter_mut().filter_map(|actor| actor.kind.as_mut()) {
        *kind = ActorKindId::from_index(ids[kind.index()]);
    }
}

/// Keeps the items of a list at some indexes, and returns the new index of each.
fn retain_indexed<T>(list: &mut Vec<T>, used: &HashSet<usize>) -> Vec<usize> {
    let mut next = 0;
    let ids = (0..list.len()).map(|index| {
        let id = next;
        next += usize::from(used.contains(&index));
        id
    });
    let ids: Vec<usize> = ids.collect();
    let mut index = 0..;
    list.retain(|_| index.next().is_none_or(|index| used.contains(&index)));
    ids
}

#[cfg(test)]
mod tests;
