//! Makes ties of rows. Rows that differ only in what proves them are one tie with several pieces of evidence; all others
//! stay as they are, repeated or not.

mod known;
mod seen;

use crate::load::LoadError;
use crate::load::table::{Table, TableRow};
use crate::model::{ActorId, Claim, Confidence, Ends, ImportId, MetadataFields, Stage, Status, Tie, TieId, Word};
use crate::visible::{prose, visible};
use crate::wording::read::{
    Direction, Role, read_confidence, read_direction, read_is_directed, read_stage, read_status,
};

use super::actors::{keep, single_line};
use super::cells::{self, text};
use super::columns::TableColumns;
use super::import_row;
use super::progress::RowProgress;
use super::registry::Found;
use super::report::Place;
use super::roles::{is_of_evidence, is_used_elsewhere};
use super::sources::{Citation, evidence_of};
use super::values;

pub(super) use known::KnownTies;
use seen::{Seen, SeenTies};

/// The kind of ties of tables without one.
const UNNAMED_KIND: &str = "tie";

/// The ties of a row with lists of actors in both cells: each of one list with each of the other. Few people write such
/// rows, but a file of a few bytes could make millions of ties by them.
const MAX_PAIRS: usize = 64;

/// A row of a table with its columns.
#[derive(Clone, Copy)]
struct RowOfTies<'a, 't> {
    table: &'a Table<'t>,
    columns: &'a TableColumns,
    row: TableRow<'a, 't>,
    import: ImportId,
}

impl RowOfTies<'_, '_> {
    fn cell(&self, role: Role) -> &str {
        self.columns.with(role).map_or("", |column| text(self.row, column))
    }

    /// Whether a role is of evidence for which the row names no source, or which sources have no field for.
    fn is_left_over(&self, role: Role) -> bool {
        let names_a_source = [Role::SourceTitle, Role::SourceUrl].iter().any(|role| !self.cell(*role).is_empty());
        role == Role::SourceKind || (is_of_evidence(role) && !names_a_source)
    }
}

impl super::Builder<'_> {
    /// Makes ties of each row.
    pub(super) fn ties_of(
        &mut self,
        table: &Table<'_>,
        columns: &TableColumns,
        import: ImportId,
        progress: &mut RowProgress<'_>,
    ) -> Result<(), LoadError> {
        let mut seen = SeenTies::default();
        for (index, row) in table.rows().enumerate().skip(1) {
            progress.step()?;
            self.report.rows.read += 1;
            let at = RowOfTies { table, columns, row, import };
            let citation = self.citation(at);
            let Some(ends) = self.ends(at) else { continue };
            self.report.rows.used += 1;
            for (from, to) in ends {
                self.add_tie(at, index, (from, to), &citation, &mut seen);
            }
        }
        Ok(())
    }

    /// Adds a tie, or further evidence if the same tie is there with another source.
    fn add_tie(
        &mut self,
        at: RowOfTies<'_, '_>,
        index: usize,
        (from, to): (ActorId, ActorId),
        citation: &Citation,
        seen: &mut SeenTies,
    ) {
        let hash = seen.hash(from, to, claimed_values(at.columns, at.row));
        let first = seen.by_hash.get(&hash).copied();
        let is_same = |seen: Seen| {
            let before = at.table.row(seen.row)?;
            let has_ends = self.ties.get(seen.tie)?.ends == Ends::Pair { from, to };
            let is_same = has_ends && claimed_values(at.columns, before).eq(claimed_values(at.columns, at.row));
            is_same.then_some((before.number, seen.tie))
        };
        if let Some((before, tie)) = first.and_then(is_same) {
            let place = Place::new(at.table, at.row.number, 0);
            if citation.names_a_source() && self.lacks(tie, citation) {
                let message = format!(
                    "says the same as row {before} but for its source: taken as further evidence, not as a second tie"
                );
                self.report.warn(place, message, "add an id column to keep them apart");
                self.add_evidence(tie, citation, at);
                return;
            }
            let message = format!("repeats row {before}; both are kept");
            self.report.warn(place, message, "remove one of them if they are the same");
        }
        let tie = self.tie(at, from, to, citation);
        let id = self.push_tie(tie, Place::new(at.table, at.row.number, 0));
        seen.by_hash.entry(hash).or_insert(Seen { row: index, tie: id });
    }

    /// Whether a citation is of another source, quote or place than those of a tie.
    fn lacks(&mut self, tie: TieId, citation: &Citation) -> bool {
        let Some(source) = self.source(citation) else { return false };
        let evidence = self.ties.get(tie).map_or(&[][..], |tie| &tie.claim.evidence);
        !evidence.is_empty() && !evidence.contains(&citation.evidence(source))
    }

    fn add_evidence(&mut self, tie: TieId, citation: &Citation, at: RowOfTies<'_, '_>) {
        let Some(source) = self.source(citation) else { return };
        let Some(Tie { claim, .. }) = self.ties.get_mut(tie) else { return };
        claim.evidence.push(citation.evidence(source));
        // A tie of the map that is added to came from another table.
        if claim.metadata.row.as_ref().is_some_and(|rows| rows.import == at.import)
            && let Some(rows) = &mut claim.metadata.row
        {
            rows.keys.push(at.row.number.to_string());
        }
    }

    /// Returns the ends of the ties of a row; `None` if it is left out.
    fn ends(&mut self, at: RowOfTies<'_, '_>) -> Option<Vec<(ActorId, ActorId)>> {
        let from = self.end(at, Role::From, Role::FromKind, Role::FromName)?;
        let to = self.end(at, Role::To, Role::ToKind, Role::ToName)?;
        if from.len() > 1 && to.len() > 1 && from.len() * to.len() > MAX_PAIRS {
            let message = format!("lists of {} and {} actors would be too many ties", from.len(), to.len());
            self.report.skip(Place::new(at.table, at.row.number, 0), message, "give each pair a row");
            return None;
        }
        Some(from.iter().flat_map(|&from| to.iter().map(move |&to| (from, to))).collect())
    }

    /// Finds or makes the actors of one end; several where the cell is a list, or where several columns have the role.
    fn end(&mut self, at: RowOfTies<'_, '_>, role: Role, kind: Role, name: Role) -> Option<Vec<ActorId>> {
        let mut actors = Vec::with_capacity(1);
        let columns = at.columns.list.iter().enumerate().filter(|(_, column)| column.role == Some(role));
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
                actors.push(self.end_actor(at, index, (&id, part), kind, at.cell(name))?);
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
        Some(actors)
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
        column: usize,
        (id, part): (&str, &str),
        kind: Option<&str>,
        name: &str,
    ) -> Option<ActorId> {
        if let Some(kind) = kind {
            return Some(self.actor_named(part, Some(kind), at.import, Some(at.row.number)));
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
            Found::None if !name.is_empty() => {
                Some(self.add_actor(Some(id), None, name, at.import, Some(at.row.number)))
            }
            Found::None => {
                let actor = self.add_actor(None, None, part, at.import, Some(at.row.number));
                Some(actor)
            }
        }
    }

    /// Returns a tie without any value but its kind.
    pub(super) fn blank_tie(
        &mut self,
        from: ActorId,
        to: ActorId,
        kind: Option<&str>,
        import: ImportId,
        row: u32,
    ) -> Tie {
        let kind = self.kinds.tie(kind.or(self.tie_kind.as_deref()).unwrap_or(UNNAMED_KIND));
        let key = self.free_key("", "tie");
        let metadata = MetadataFields { row: Some(import_row(import, row)), ..MetadataFields::default() };
        let mut claim = Claim { key, metadata: metadata.into(), ..Claim::default() };
        if let Some(source) = self.imports.get(import).and_then(|import| import.source) {
            claim.evidence.push(evidence_of(source));
        }
        Tie { kind, ends: Ends::Pair { from, to }, is_directed: true, claim }
    }

    fn tie(&mut self, at: RowOfTies<'_, '_>, from: ActorId, to: ActorId, citation: &Citation) -> Tie {
        let kind = single_line(at.cell(Role::Kind)).into_owned();
        let kind = visible(&kind).into_owned();
        let mut tie = self.blank_tie(from, to, (!kind.is_empty()).then_some(kind.as_str()), at.import, at.row.number);
        let id = at.cell(Role::TieId);
        if !id.is_empty() {
            self.keys.remove(&tie.claim.key);
            tie.claim.key = self.free_key(id, "tie");
        }
        if let Some(source) = self.source(citation) {
            tie.claim.evidence.push(citation.evidence(source));
        }
        for index in 0..at.columns.list.len() {
            if !text(at.row, index).is_empty() {
                self.fill_tie(&mut tie, at, index);
            }
        }
        tie
    }

    /// Sets the field of a tie that a cell says.
    fn fill_tie(&mut self, tie: &mut Tie, at: RowOfTies<'_, '_>, index: usize) {
        let column = &at.columns.list[index];
        let value = text(at.row, index);
        let place = Place::new(at.table, at.row.number, index);
        let claim = &mut tie.claim;
        match column.role {
            Some(role) if is_used_elsewhere(role) && !at.is_left_over(role) => {}
            Some(Role::Label) => claim.label = Some(visible(&single_line(value)).into_owned()),
            Some(Role::Summary) => claim.summary = Some(prose(value)),
            Some(Role::Direction) => {
                let direction = read_direction(value).or_else(|| read_is_directed(value));
                if direction == Some(Direction::Reversed)
                    && let Ends::Pair { from, to } = &mut tie.ends
                {
                    std::mem::swap(from, to);
                }
                tie.is_directed = direction.and_then(Direction::is_directed).unwrap_or(true);
            }
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
            Some(Role::Weight) => match values::number(value, &column.style) {
                Some(weight) => claim.metadata.weight = Some(weight),
                None => keep(&mut claim.metadata.own, &column.heading, &at.row.cells[index], true),
            },
            _ => {
                keep(&mut claim.metadata.own, &column.heading, &at.row.cells[index], true);
                self.report.kept_fields.insert(column.heading.clone());
            }
        }
    }

    /// Reads what a row says of its source.
    fn citation(&mut self, at: RowOfTies<'_, '_>) -> Citation {
        let line = |role: Role| {
            let text = at.cell(role);
            (!text.is_empty()).then(|| visible(&single_line(text)).into_owned())
        };
        let title = line(Role::SourceTitle);
        let (title, url) = match (title, line(Role::SourceUrl)) {
            // Many tables have the address in a column named "Source".
            (Some(title), None) if title.contains("://") && !title.contains(' ') => (None, Some(title)),
            other => other,
        };
        if title.is_none() && url.is_none() {
            return Citation::default();
        }
        let mut date = |role: Role| {
            let column = at.columns.with(role)?;
            let place = Place::new(at.table, at.row.number, column);
            let cell = at.row.cells.get(column).filter(|cell| !cell.is_empty())?;
            values::dates(cell, &at.columns.list[column].style, (&mut self.report, place))?.as_start().cloned()
        };
        let quote = at.cell(Role::Quote);
        let (published, accessed) = (date(Role::SourcePublished), date(Role::SourceAccessed));
        let quote = (!quote.is_empty()).then(|| prose(quote));
        // What is no address would be an error in the map.
        let (title, url) = match url.map(|url| values::address(&url).ok_or(url)) {
            Some(Ok(url)) => (title, Some(url)),
            Some(Err(words)) => (Some(title.map_or(words.clone(), |title| format!("{title}, {words}"))), None),
            None => (title, None),
        };
        let publisher = line(Role::SourcePublisher);
        let locator = line(Role::Locator).map(|locator| {
            // A bare number in a column "Page" is the place "page 12".
            let heading = at.columns.with(Role::Locator).map(|column| at.columns.list[column].heading.to_lowercase());
            let is_bare = locator.bytes().all(|byte| byte.is_ascii_digit());
            heading.filter(|_| is_bare).map_or(locator.clone(), |heading| format!("{heading} {locator}"))
        });
        Citation { title, url, publisher, published, accessed, quote, locator }
    }
}

/// Returns all values of a row but its ends, its id and what proves it.
fn claimed_values<'r>(columns: &'r TableColumns, row: TableRow<'r, 'r>) -> impl Iterator<Item = &'r str> {
    let is_claim = |role: Option<Role>| {
        !role.is_some_and(|role| is_of_evidence(role) || matches!(role, Role::TieId | Role::From | Role::To))
    };
    let claims = columns.list.iter().enumerate().filter(move |(_, column)| is_claim(column.role));
    claims.map(move |(index, _)| text(row, index))
}
