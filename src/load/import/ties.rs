//! Makes ties of rows. Rows that differ only in what proves them are one tie with several pieces of evidence; all others
//! stay as they are, repeated or not.

mod citation;
mod facts;
mod graph;
mod known;
mod row;
mod seen;

use crate::hidden_characters::{prose, visible};
use crate::load::LoadError;
use crate::load::table::Table;
use crate::model::{
    ActorId, Claim, Confidence, Ends, Evidence, ImportId, Item, MetadataFields, Severity, Stage, Status, Tie, TieId,
    Word,
};
use crate::wording::counted;
use crate::wording::read::{
    Direction, Role, read_confidence, read_direction, read_is_directed, read_stage, read_status,
};

use super::actors::keep;
use super::cells::{self, RowOrigin, one_line, text};
use super::columns::{TableColumns, split_at_commas};
use super::keys::KeyOwner;
use super::progress::RowProgress;
use super::registry::Found;
use super::report::Place;
use super::roles::is_used_elsewhere;
use super::sources::Citation;
use super::values;

pub(super) use known::KnownTies;
use row::{RowOfTies, TieColumns};
use seen::{Seen, SeenTies};

/// The kind of ties of tables without one.
const UNNAMED_KIND: &str = "tie";

/// The ties of a row with lists of actors in both cells: each of one list with each of the other. Few people write such
/// rows, but a file of a few bytes could make millions of ties by them.
const MAX_PAIRS: usize = 64;

impl super::Builder<'_> {
    /// Makes ties of each row.
    pub(super) fn ties_of(
        &mut self,
        table: &Table<'_>,
        columns: &TableColumns,
        import: ImportId,
        progress: &mut RowProgress<'_>,
    ) -> Result<(), LoadError> {
        let rows = table.row_count();
        self.ties.reserve(rows);
        self.keys.reserve(rows);
        let mut seen = SeenTies::with_capacity(rows);
        let columns = TieColumns::new(columns);
        let (mut froms, mut tos) = (Vec::new(), Vec::new());
        let mut sharing = 0;
        for (index, row) in table.rows().enumerate().skip(1) {
            progress.step()?;
            self.report.rows.read += 1;
            let at = RowOfTies { table, columns: &columns, row, import };
            let citation = self.citation(at);
            if self.ends(at, &mut froms, &mut tos).is_none() {
                continue;
            }
            self.report.rows.used += 1;
            sharing += usize::from(froms.len() * tos.len() > 1 && !at.cell(Role::Amount).is_empty());
            for from in &froms {
                for to in &tos {
                    self.add_tie(at, index, (*from, *to), &citation, &mut seen);
                }
            }
        }
        self.tell_of_shared_amounts(table, &columns, sharing);
        Ok(())
    }

    /// Says how many rows give one amount for several ties.
    fn tell_of_shared_amounts(&mut self, table: &Table<'_>, columns: &TieColumns<'_>, rows: usize) {
        let Some(amount) = columns.with(Role::Amount).filter(|_| rows > 0) else { return };
        let message = format!(
            "{} with several actors and one amount: each of the ties has the whole of it, so that a sum counts it more than \
             once",
            counted(rows, "row", "rows")
        );
        let remedy = "give each pair a row with an amount of its own";
        self.report.add(Severity::Remark, Place::new(table, table.heading_number(), amount), message, remedy);
    }

    /// Adds a tie, or further evidence if the same tie is there with another source.
    fn add_tie(
        &mut self,
        at: RowOfTies<'_, '_>,
        index: usize,
        (from, to): (ActorId, ActorId),
        citation: &Citation<'_>,
        seen: &mut SeenTies,
    ) {
        let hash = seen.hash(from, to, at.claimed_values());
        let first = seen.first(hash);
        let is_same = |seen: Seen| {
            let before = at.in_row(at.table.row(seen.row as usize)?);
            let has_ends = self.ties.get(seen.tie)?.ends == Ends::Pair { from, to };
            let is_same = has_ends && before.claimed_values().eq(at.claimed_values());
            is_same.then_some((before.row.number, seen.tie))
        };
        if let Some((before, tie)) = first.and_then(is_same) {
            let place = Place::new(at.table, at.row.number, 0);
            if let Some(further) = self.further_evidence(tie, (at, citation), seen) {
                let message = format!(
                    "says the same as row {before} but for its source: taken as further evidence, not as a second tie"
                );
                self.report.warn(place, message, "add an id column to keep them apart");
                self.add_evidence(tie, further, at);
                return;
            }
            let message = format!("repeats row {before}; both are kept");
            self.report.warn(place, message, "remove one of them if they are the same");
        }
        let tie = self.tie(at, from, to, citation);
        let id = self.push_tie(tie, Place::new(at.table, at.row.number, 0));
        seen.add(hash, Seen { row: index as u32, tie: id });
    }

    /// Returns the evidence of a citation if a tie has other evidence, but not this.
    fn further_evidence(
        &mut self,
        tie: TieId,
        (at, citation): (RowOfTies<'_, '_>, &Citation<'_>),
        seen: &mut SeenTies,
    ) -> Option<Evidence> {
        let further = citation.evidence(self.source(citation, at.origin())?);
        let evidence = self.ties.get(tie).map_or(&[][..], |tie| &tie.claim.evidence);
        (!evidence.is_empty() && seen.lacks(tie, evidence, &further)).then_some(further)
    }

    fn add_evidence(&mut self, tie: TieId, evidence: Evidence, at: RowOfTies<'_, '_>) {
        let Some(Tie { claim, .. }) = self.ties.get_mut(tie) else { return };
        claim.evidence.push(evidence);
        // A tie of the map that is added to came from another table.
        if claim.metadata.row.as_ref().is_some_and(|rows| rows.import == at.import)
            && let Some(rows) = &mut claim.metadata.row
        {
            let key = at.origin().key();
            if !rows.keys.contains(&key) {
                rows.keys.push(key);
            }
        }
    }

    /// Finds or makes the actors at both ends of the ties of a row; `None` if it is left out.
    fn ends(&mut self, at: RowOfTies<'_, '_>, from: &mut Vec<ActorId>, to: &mut Vec<ActorId>) -> Option<()> {
        self.end(at, [Role::From, Role::FromKind, Role::FromName], from)?;
        self.end(at, [Role::To, Role::ToKind, Role::ToName], to)?;
        if from.len() > 1 && to.len() > 1 && from.len() * to.len() > MAX_PAIRS {
            let message = format!("lists of {} and {} actors would be too many ties", from.len(), to.len());
            self.report.skip(Place::new(at.table, at.row.number, 0), message, "give each pair a row");
            return None;
        }
        Some(())
    }

    /// Finds or makes the actors of one end; several where the cell is a list, or where several columns have the role.
    fn end(&mut self, at: RowOfTies<'_, '_>, [role, kind, name]: [Role; 3], actors: &mut Vec<ActorId>) -> Option<()> {
        actors.clear();
        let columns = at.columns.list().iter().enumerate().filter(|(_, column)| column.role == Some(role));
        let mut first = None;
        for (index, column) in columns {
            first = first.or(Some(index));
            let cell = text(at.row, index);
            if cell.is_empty() {
                continue;
            }
            let is_plain = column.id_space.is_none() && !column.heading.starts_with('_') && at.cell(kind).is_empty();
            // A name may contain a semicolon.
            let parts: Vec<&str> = match self.names.find(cell) {
                Found::None if column.has_commas => split_at_commas(cell),
                Found::None => cells::split_list(cell).collect(),
                Found::One(actor) if is_plain => {
                    actors.push(actor);
                    continue;
                }
                Found::One(_) | Found::Several(_) => vec![cell],
            };
            for part in parts {
                let part = self.without_table(&column.heading, part);
                let id = column.id_space.as_ref().map_or_else(|| part.to_owned(), |space| format!("{space}/{part}"));
                let kind = Some(at.cell(kind)).filter(|kind| !kind.is_empty());
                actors.push(self.end_actor(at, (index, role), (&id, part), kind, at.cell(name))?);
            }
        }
        if actors.is_empty() {
            let place = Place::new(at.table, at.row.number, first.unwrap_or(0));
            let side = if role == Role::From { "starts" } else { "ends" };
            self.report.skip(
                place,
                format!("nothing says where the tie {side}; the row is left out"),
                "fill in the cell",
            );
            return None;
        }
        Some(())
    }

    /// Returns the key of a reference such as `people/1`, which databases of graphs write in columns `_from` and `_to`.
    fn without_table<'c>(&self, heading: &str, reference: &'c str) -> &'c str {
        let key = reference.split_once('/').map(|(_, key)| key).filter(|_| heading.starts_with('_'));
        key.filter(|key| self.names.with_id(reference).is_none() && self.names.with_id(key).is_some())
            .unwrap_or(reference)
    }

    fn end_actor(
        &mut self,
        at: RowOfTies<'_, '_>,
        (column, role): (usize, Role),
        (id, part): (&str, &str),
        kind: Option<&str>,
        name: &str,
    ) -> Option<ActorId> {
        if let Some(kind) = kind {
            return Some(self.actor_named(part, Some(kind), Some(at.origin())));
        }
        match self.names.find(id) {
            Found::One(actor) => Some(actor),
            Found::Several(several) => {
                let ids: Vec<String> =
                    several.iter().filter_map(|actor| Some(self.actors.get(*actor)?.key.to_string())).collect();
                let message = format!(
                    "“{}” is the name of several actors, {}; the tie is left out until one is chosen",
                    visible(part),
                    ids.join(" and ")
                );
                self.report.skip(Place::new(at.table, at.row.number, column), message, "write its id instead");
                None
            }
            // A label beside an id names an actor that no table lists.
            Found::None if !name.is_empty() => Some(self.add_actor(Some(id), None, name, Some(at.origin()))),
            Found::None => {
                let kind = at.columns.end_kind(role);
                Some(self.add_actor(None, kind, part, Some(at.origin())))
            }
        }
    }

    /// Returns a tie without any value but its kind.
    pub(super) fn blank_tie(&mut self, from: ActorId, to: ActorId, kind: Option<&str>, row: RowOrigin<'_, '_>) -> Tie {
        let kind = self.kinds.tie(kind.or(self.tie_kind.as_deref()).unwrap_or(UNNAMED_KIND));
        let claim = self.blank_claim(self.tie_owner(), row);
        Tie { kind, ends: Ends::Pair { from, to }, is_directed: true, claim }
    }

    fn blank_claim(&mut self, owner: KeyOwner, row: RowOrigin<'_, '_>) -> Claim {
        let key = self.keys.take("", owner);
        let metadata = MetadataFields { row: Some(row.to_row()), ..MetadataFields::default() };
        let mut claim = Claim { key, metadata: metadata.into(), ..Claim::default() };
        if let Some(source) = self.imports.get(row.import).and_then(|import| import.source) {
            claim.evidence.push(Evidence::supporting(source));
        }
        claim
    }

    /// Returns the owner of the key of the next tie.
    fn tie_owner(&self) -> KeyOwner {
        KeyOwner::Record(Item::Tie(self.ties.next_id()))
    }

    fn tie(&mut self, at: RowOfTies<'_, '_>, from: ActorId, to: ActorId, citation: &Citation<'_>) -> Tie {
        let kind = one_line(at.cell(Role::Kind));
        let mut tie = self.blank_tie(from, to, (!kind.is_empty()).then_some(&*kind), at.origin());
        self.fill_claim(&mut tie.claim, self.tie_owner(), at, citation);
        self.keep_made_label(&mut tie.claim, at, [from, to]);
        let direction = at.cell(Role::Direction);
        if !direction.is_empty() {
            let direction = read_direction(direction).or_else(|| read_is_directed(direction));
            if direction == Some(Direction::Reversed)
                && let Ends::Pair { from, to } = &mut tie.ends
            {
                std::mem::swap(from, to);
            }
            tie.is_directed = direction.and_then(Direction::is_directed).unwrap_or(true);
        }
        tie
    }

    /// Keeps a label as a field if it only repeats the ends and the kind, as Cytoscape writes it: "Alder (owns) Birch".
    fn keep_made_label(&mut self, claim: &mut Claim, at: RowOfTies<'_, '_>, ends: [ActorId; 2]) {
        let Some(column) = at.columns.with(Role::Label) else { return };
        let [from, to] = ends.map(|actor| self.actors.get(actor).map_or("", |actor| &*actor.name));
        let label = claim.label.as_deref().unwrap_or_default();
        let rest = label.strip_prefix(from).and_then(|rest| rest.strip_suffix(to));
        let middle = rest.and_then(|rest| rest.strip_prefix(" (")?.strip_suffix(") "));
        if middle.is_some_and(|middle| middle == at.cell(Role::Kind)) {
            claim.label = None;
            let heading = &at.columns.list()[column].heading;
            keep(&mut claim.metadata.own, heading, &at.row.cells[column], true);
            self.report.kept_fields.insert(heading.clone());
        }
    }

    /// Sets the key, the evidence and the fields of a claim that a row says.
    fn fill_claim(&mut self, claim: &mut Claim, owner: KeyOwner, at: RowOfTies<'_, '_>, citation: &Citation<'_>) {
        let id = at.cell(Role::TieId);
        if !id.is_empty() {
            self.keys.remove(&claim.key);
            claim.key = self.keys.take(id, owner);
        }
        if let Some(source) = self.source(citation, at.origin()) {
            claim.evidence.push(citation.evidence(source));
        }
        for index in 0..at.columns.list().len() {
            if !text(at.row, index).is_empty() {
                self.fill_field(claim, at, index);
            }
        }
    }

    /// Sets the field of a claim that a cell says.
    fn fill_field(&mut self, claim: &mut Claim, at: RowOfTies<'_, '_>, index: usize) {
        let column = &at.columns.list()[index];
        let value = text(at.row, index);
        let place = Place::new(at.table, at.row.number, index);
        match column.role {
            Some(role) if is_used_elsewhere(role) && !at.is_left_over(role) => {}
            Some(Role::Label) => claim.label = Some(one_line(value).into_owned()),
            Some(Role::Summary) => claim.summary = Some(prose(value)),
            // It is of a tie as a whole.
            Some(Role::Direction) => {}
            Some(Role::Stage) => {
                claim.stage = Some(read_stage(value).map_or_else(|| Stage::from_word(&visible(value)), Word::Known));
            }
            Some(Role::Status) => {
                claim.status = Some(read_status(value).map_or_else(|| Status::from_word(&visible(value)), Word::Known));
            }
            Some(Role::Confidence) => {
                let word = read_confidence(value).map_or_else(|| Confidence::from_word(&visible(value)), Word::Known);
                claim.confidence = Some(word);
            }
            Some(Role::Tag) => {
                let tags: Vec<String> = cells::split_list(value).map(|tag| visible(tag).into_owned()).collect();
                claim.metadata.tags.extend(tags);
            }
            Some(Role::Start | Role::End | Role::Date | Role::Timeset) => {
                if let Some(read) = values::dates(&at.row.cells[index], &column.style, (&mut self.report, place)) {
                    values::set_dates(claim, column.role, read);
                }
            }
            Some(Role::Amount) => {
                let currency = Some(at.cell(Role::Currency)).filter(|text| !text.is_empty());
                let cell = &at.row.cells[index];
                values::set_amount(claim, cell, &column.style, currency, (&mut self.report, place));
            }
            Some(Role::Share) => {
                let share = values::share(&at.row.cells[index], &column.style, (&mut self.report, place));
                claim.share = share.map(Box::new);
            }
            Some(Role::Quantity) => {
                let quantity = values::quantity(&at.row.cells[index], &column.style, (&mut self.report, place));
                claim.quantity = quantity.map(Box::new);
            }
            Some(Role::Weight) => {
                match values::weight(&at.row.cells[index], &column.heading, &column.style, (&mut self.report, place)) {
                    Some(weight) => claim.metadata.weight = Some(weight),
                    None => keep(&mut claim.metadata.own, &column.heading, &at.row.cells[index], true),
                }
            }
            _ => {
                keep(&mut claim.metadata.own, &column.heading, &at.row.cells[index], true);
                self.report.kept_fields.insert(column.heading.clone());
            }
        }
    }
}
