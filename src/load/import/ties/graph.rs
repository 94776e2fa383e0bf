//! Makes ties of the elements of a graph: repeated ones are as many ties, and ends are ids.

use std::collections::HashMap;

use crate::hidden_characters::visible;
use crate::load::LoadError;
use crate::load::import::Builder;
use crate::load::import::cells::text;
use crate::load::import::columns::TableColumns;
use crate::load::import::progress::RowProgress;
use crate::load::import::report::Place;
use crate::load::table::Table;
use crate::model::{ActorId, Ends, ImportId, Party, TieId};
use crate::wording::read::Role;

use super::row::{RowOfTies, TieColumns};

/// The actors of a graph by id.
pub(super) type ActorsById = HashMap<Box<str>, ActorId>;

impl Builder<'_> {
    /// Makes a tie of each row; one without ends that has the id of the row before is further evidence.
    pub(in crate::load::import) fn ties_between(
        &mut self,
        table: &Table<'_>,
        columns: &TableColumns,
        import: ImportId,
        ids: &ActorsById,
        progress: &mut RowProgress<'_>,
    ) -> Result<(), LoadError> {
        self.ties.reserve(table.row_count());
        let columns = TieColumns::new(columns);
        let mut last: Option<(&str, TieId)> = None;
        for row in table.rows().skip(1) {
            progress.step()?;
            self.report.rows.read += 1;
            let at = RowOfTies { table, columns: &columns, row, import };
            let citation = self.citation(at);
            let id = at.cell(Role::TieId);
            if let Some((_, tie)) = last.filter(|(last, _)| *last == id && is_continued(at)) {
                self.report.rows.used += 1;
                if let Some(source) = self.source(&citation, at.origin()) {
                    self.add_evidence(tie, citation.evidence(source), at);
                }
                continue;
            }
            let Some(ends) = self.graph_ends(at, ids) else { continue };
            self.report.rows.used += 1;
            let (from, to) = match &ends {
                Ends::Pair { from, to } => (*from, *to),
                Ends::Parties(parties) => (parties[0].actor, parties[0].actor),
            };
            let mut tie = self.tie(at, from, to, &citation);
            if matches!(ends, Ends::Parties(_)) {
                (tie.ends, tie.is_directed) = (ends, false);
            }
            let tie = self.push_tie(tie, Place::new(table, row.number, 0));
            last = (!id.is_empty()).then_some((id, tie));
        }
        Ok(())
    }

    /// Returns the actors of a row: its parties if it has any, else its two ends. `None` if it is left out.
    fn graph_ends(&mut self, at: RowOfTies<'_, '_>, ids: &ActorsById) -> Option<Ends> {
        let mut parties = Vec::new();
        for (index, column) in at.columns.list().iter().enumerate() {
            let id = text(at.row, index);
            if column.role == Some(Role::Party) && !id.is_empty() {
                let actor = self.graph_end(at, ids, index)?;
                parties.push(Party { actor, role: role_of(&column.heading) });
            }
        }
        if !parties.is_empty() {
            return Some(Ends::Parties(parties));
        }
        let mut end = |role: Role| self.graph_end(at, ids, at.columns.with(role)?);
        Some(Ends::Pair { from: end(Role::From)?, to: end(Role::To)? })
    }

    pub(super) fn graph_end(&mut self, at: RowOfTies<'_, '_>, ids: &ActorsById, column: usize) -> Option<ActorId> {
        let id = text(at.row, column);
        let shared = || self.names.with_id(id).filter(|_| at.table.has_shared_ids);
        let actor = ids.get(id).copied().or_else(shared);
        if actor.is_none() {
            self.skip_unknown_end(Place::new(at.table, at.row.number, column), id);
        }
        actor
    }
}

/// Whether a row names no actor.
fn is_continued(at: RowOfTies<'_, '_>) -> bool {
    let names_actor = |role| matches!(role, Some(Role::From | Role::To | Role::Party));
    let mut ends = at.columns.list().iter().enumerate().filter(|(_, column)| names_actor(column.role));
    ends.all(|(index, _)| text(at.row, index).is_empty())
}

/// Returns the role that the heading of a column of parties says: `seller` in "party: seller" and "party: seller (2)".
fn role_of(heading: &str) -> Option<String> {
    let (_, role) = heading.split_once(": ")?;
    let role = match role.rsplit_once(" (") {
        Some((role, number)) if number.trim_end_matches(')').parse::<usize>().is_ok() => role,
        _ => role,
    };
    Some(visible(role).into_owned()).filter(|role| !role.is_empty())
}
