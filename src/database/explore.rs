//! Explores a database from a few actors outward: their ties, those of the actors at the other ends, and so on. So one
//! sees the neighbors of an actor in a database that is too large for any map.

use std::collections::HashSet;

use super::connection::{DatabaseConnection, DatabaseFault, Sink, Value};
use super::statement::{SelectStatement, parameter, quoted_name};
use super::watch::watched;
use super::{Access, DatabaseError, DatabaseQuestion, StatementError, finish};
use crate::load::{
    ImportFile, ImportOptions, LoadError, ProgressFn, RowsHead, RowsWriter, TablePreview, ValueKind, import_tables,
};
use crate::wording::read::Role;

/// What the tables of an exploration are called.
const TIES: &str = "ties";
const ACTORS: &str = "actors";
/// Rows beyond those that are taken, which are counted.
const MAX_COUNTED: usize = 100_000;
/// Actors whose rows are asked for at once.
const ACTORS_AT_ONCE: usize = 500;

/// What is explored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exploration {
    /// The statement for the ties of an actor, whose id is `:actor` in it.
    pub neighbors: String,
    /// The statement for all actors, of which those at the ends of ties are taken; `None` if ties say all.
    pub actors: Option<String>,
    /// The ids of the actors to start from, as the database writes them.
    pub from: Vec<String>,
    /// How many steps are made; with one, the ties of these actors alone are asked for.
    pub hops: usize,
    /// The maximum number of ties.
    pub most: usize,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Explored {
    /// The rows to import.
    pub file: ImportFile,
    /// The number of ties in it.
    pub ties: usize,
    /// What was not taken.
    pub left_out: Unexplored,
}

/// What an exploration left out because there is more than was wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unexplored {
    /// Ties of the actors that were asked for.
    pub ties: usize,
    /// Whether there are more of them than were counted.
    pub has_more: bool,
    /// Actors that were found, but not asked for.
    pub actors: usize,
}

impl Exploration {
    /// Builds the statement for the ties of one actor from one for all ties; `ends` are the columns that name actors.
    #[must_use]
    pub fn neighbors_in(ties: &str, ends: &[String]) -> String {
        let conditions: Vec<String> = ends.iter().map(|end| format!("t.{} = :actor", quoted_name(end))).collect();
        format!("SELECT * FROM (\n{}\n) AS t WHERE {}", ties.trim_end().trim_end_matches(';'), conditions.join(" OR "))
    }
}

/// Explores a database; `options` say what columns are, as for an import.
///
/// # Errors
///
/// If a statement does more than reading, the one for neighbors lacks `:actor`, no column says who is tied to whom, the
/// database can't be read, a limit is exceeded, or the user cancels.
pub fn explore(
    access: &Access,
    exploration: &Exploration,
    options: &ImportOptions,
    on_progress: ProgressFn,
) -> Result<Explored, DatabaseError> {
    let question =
        |name: &str, statement: &str| DatabaseQuestion { name: name.to_owned(), statement: statement.to_owned() };
    let neighbors = access.check(&question("neighbors", &exploration.neighbors))?;
    if !neighbors.has_parameter() {
        return Err(DatabaseError::Statement { name: "neighbors".to_owned(), source: StatementError::needs_actor() });
    }
    let actors = exploration.actors.as_deref().map(|actors| access.check(&question(ACTORS, actors))).transpose()?;
    if actors.as_ref().is_some_and(SelectStatement::has_parameter) {
        return Err(DatabaseError::Statement { name: ACTORS.to_owned(), source: StatementError::no_actor() });
    }
    let options = ImportOptions { tables: Vec::new(), sheet: None, projection: None, ..options.clone() };
    watched(access.timeout, on_progress, |watch| {
        let connection = access.open(watch)?;
        let mut explorer = Explorer {
            access,
            connection,
            neighbors: &neighbors,
            options: &options,
            most: exploration.most,
            ends: None,
            asked: HashSet::new(),
            rows: TieRows::default(),
            left_out: Unexplored::default(),
        };
        explorer.walk(&exploration.from, exploration.hops)?;
        explorer.into_explored(actors.as_ref())
    })
}

/// An exploration under way.
struct Explorer<'a> {
    access: &'a Access,
    connection: Box<dyn DatabaseConnection>,
    neighbors: &'a SelectStatement,
    options: &'a ImportOptions,
    most: usize,
    /// The columns that name actors, once rows have shown it.
    ends: Option<Vec<usize>>,
    asked: HashSet<String>,
    rows: TieRows,
    left_out: Unexplored,
}

/// The rows that were taken.
#[derive(Default)]
struct TieRows {
    headings: Vec<String>,
    rows: Vec<Vec<(ValueKind, String)>>,
}

impl Explorer<'_> {
    fn error(&self, what: &str, fault: DatabaseFault) -> DatabaseError {
        self.access.error(Some(what), fault)
    }

    /// Asks for the ties of all actors, step by step.
    fn walk(&mut self, from: &[String], hops: usize) -> Result<(), DatabaseError> {
        let mut wave: Vec<String> = Vec::new();
        let mut found: HashSet<String> = HashSet::new();
        for actor in from {
            if found.insert(actor.clone()) {
                wave.push(actor.clone());
            }
        }
        for _ in 0..hops.max(1) {
            let mut next = Vec::new();
            for (index, actor) in wave.iter().enumerate() {
                if self.rows.rows.len() >= self.most {
                    self.left_out.actors += wave.len() - index;
                    return Ok(());
                }
                let first = self.rows.rows.len();
                self.ask(actor)?;
                let ends = self.ends.clone().unwrap_or_default();
                for row in &self.rows.rows[first..] {
                    for end in ends.iter().filter_map(|column| row.get(*column)).map(|(_, text)| text.trim()) {
                        if !end.is_empty() && found.insert(end.to_owned()) {
                            next.push(end.to_owned());
                        }
                    }
                }
            }
            wave = next;
            if wave.is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// Asks for the ties of an actor.
    fn ask(&mut self, actor: &str) -> Result<(), DatabaseError> {
        let limit = self.most.saturating_add(MAX_COUNTED);
        let text = format!("SELECT * FROM (\n{}\n) AS t LIMIT {limit}", self.neighbors.bound());
        let mut sink = TieSink {
            headings: Vec::new(),
            rows: Vec::new(),
            count: 0,
            left: 0,
            room: self.most.saturating_sub(self.rows.rows.len()),
            ends: self.ends.as_deref().unwrap_or_default(),
            asked: &self.asked,
        };
        let answered = self.connection.query(&text, &[actor.to_owned()], &mut sink);
        let TieSink { headings, rows, count, left, .. } = sink;
        answered.map_err(|fault| self.error(TIES, fault))?;
        self.rows.headings = headings;
        self.rows.rows.extend(rows);
        self.left_out.ties += left;
        self.left_out.has_more |= count >= limit;
        self.asked.insert(actor.to_owned());
        if self.ends.is_none() && !self.rows.rows.is_empty() {
            self.ends = Some(self.find_ends()?);
        }
        Ok(())
    }

    /// Finds out which columns name actors, as an import of the rows does.
    fn find_ends(&self) -> Result<Vec<usize>, DatabaseError> {
        let preview = self.preview(TIES, &self.rows.headings, &self.rows.rows)?;
        let is_end = |role: Option<Role>| matches!(role, Some(Role::From | Role::To));
        let columns = preview.iter().flat_map(|table| &table.columns).enumerate();
        let ends: Vec<usize> = columns.filter(|(_, column)| is_end(column.role)).map(|(index, _)| index).collect();
        if ends.len() < 2 {
            let fault = DatabaseFault::new(
                "no columns of the neighbors say who is tied to whom",
                "name them “from” and “to”, such as SELECT payer AS \"from\"",
            );
            return Err(self.error(TIES, fault));
        }
        Ok(ends)
    }

    /// Returns what an import makes of rows.
    fn preview(
        &self,
        name: &str,
        headings: &[String],
        rows: &[Vec<(ValueKind, String)>],
    ) -> Result<Option<TablePreview>, DatabaseError> {
        let fault = |fault: DatabaseFault| self.error(name, fault);
        let mut writer = RowsWriter::new(self.access.origin());
        let head = RowsHead { name, query: "", has_values: true, headings };
        writer.start_table(head).map_err(|error| fault(error.into()))?;
        for row in rows {
            writer
                .push_row(row.iter().map(|(kind, text)| (*kind, text.as_str())))
                .map_err(|error| fault(error.into()))?;
        }
        let file = ImportFile { name: name.into(), bytes: writer.into_bytes() };
        match import_tables(&[file], self.options, &|_| true) {
            Ok((_, report)) => Ok(report.tables.into_iter().next()),
            Err(LoadError::Canceled) => Err(DatabaseError::Canceled),
            Err(error) => Err(fault(DatabaseFault::new(error.to_string(), "check the statement"))),
        }
    }

    /// Asks for the rows of the actors that were found, and returns all rows.
    fn into_explored(mut self, actors: Option<&SelectStatement>) -> Result<Explored, DatabaseError> {
        let mut writer = RowsWriter::new(self.access.origin());
        if let Some(statement) = actors {
            self.write_actors(statement, &mut writer)?;
        }
        let access = self.access;
        let fault = |error: crate::load::RowsError| access.error(Some(TIES), error.into());
        if !self.rows.headings.is_empty() {
            let headings = &self.rows.headings;
            let head = RowsHead { name: TIES, query: self.neighbors.text(), has_values: true, headings };
            writer.start_table(head).map_err(fault)?;
            for row in &self.rows.rows {
                writer.push_row(row.iter().map(|(kind, text)| (*kind, text.as_str()))).map_err(fault)?;
            }
        }
        let (ties, left_out) = (self.rows.rows.len(), self.left_out);
        let file = finish(access, self.connection, writer)?;
        Ok(Explored { file, ties, left_out })
    }

    /// Writes the rows of the actors that were asked for or found.
    fn write_actors(&mut self, statement: &SelectStatement, writer: &mut RowsWriter) -> Result<(), DatabaseError> {
        let inner = statement.text();
        let mut heads = ActorSink { headings: Vec::new(), rows: Vec::new() };
        let empty = format!("SELECT * FROM (\n{inner}\n) AS t WHERE 1 = 0");
        self.connection.query(&empty, &[], &mut heads).map_err(|fault| self.access.error(Some(ACTORS), fault))?;
        let preview = self.preview(ACTORS, &heads.headings, &[])?;
        let columns = preview.map(|table| table.columns).unwrap_or_default();
        let with = |role: Role| columns.iter().position(|column| column.role == Some(role));
        let Some(id) = with(Role::ActorId).or_else(|| with(Role::ActorName)) else {
            let fault = DatabaseFault::new(
                "no column of the actors is their id or name",
                "name it “id”, such as SELECT number AS id",
            );
            return Err(self.error(ACTORS, fault));
        };
        let dialect = self.access.dialect();
        let mut ids: Vec<String> = Vec::new();
        let mut known = HashSet::new();
        let ends = self.ends.clone().unwrap_or_default();
        let of_rows = self.rows.rows.iter().flat_map(|row| ends.iter().filter_map(|column| row.get(*column)));
        let mut asked: Vec<&str> = self.asked.iter().map(String::as_str).collect();
        asked.sort_unstable();
        for text in asked.into_iter().chain(of_rows.map(|(_, text)| text.trim())) {
            if !text.is_empty() && known.insert(text) {
                ids.push(text.to_owned());
            }
        }
        for ids in ids.chunks(ACTORS_AT_ONCE) {
            let places: Vec<String> = (1..=ids.len()).map(|number| parameter(dialect, number)).collect();
            let column = quoted_name(&heads.headings[id]);
            let text = format!("SELECT * FROM (\n{inner}\n) AS t WHERE t.{column} IN ({})", places.join(", "));
            self.connection.query(&text, ids, &mut heads).map_err(|fault| self.access.error(Some(ACTORS), fault))?;
        }
        let fault = |error: crate::load::RowsError| self.access.error(Some(ACTORS), error.into());
        let head = RowsHead { name: ACTORS, query: inner, has_values: true, headings: &heads.headings };
        writer.start_table(head).map_err(fault)?;
        for row in &heads.rows {
            writer.push_row(row.iter().map(|(kind, text)| (*kind, text.as_str()))).map_err(fault)?;
        }
        Ok(())
    }
}

fn owned(cells: &[Value<'_>]) -> Vec<(ValueKind, String)> {
    cells.iter().map(|(kind, text)| (*kind, text.to_string())).collect()
}

/// Takes ties as long as there is room, and counts the rest.
struct TieSink<'a> {
    headings: Vec<String>,
    rows: Vec<Vec<(ValueKind, String)>>,
    count: usize,
    left: usize,
    room: usize,
    ends: &'a [usize],
    /// Actors whose ties were taken before.
    asked: &'a HashSet<String>,
}

impl Sink for TieSink<'_> {
    fn columns(&mut self, names: &[String]) -> Result<(), DatabaseFault> {
        self.headings = names.to_vec();
        Ok(())
    }

    fn row(&mut self, cells: &[Value<'_>]) -> Result<(), DatabaseFault> {
        self.count += 1;
        // The tie was among those of the actor at its other end.
        let mut ends = self.ends.iter().filter_map(|column| cells.get(*column));
        if ends.any(|(_, text)| self.asked.contains(text.trim())) {
            return Ok(());
        }
        if self.room > self.rows.len() {
            self.rows.push(owned(cells));
        } else {
            self.left += 1;
        }
        Ok(())
    }
}

/// Collects the rows of actors.
struct ActorSink {
    headings: Vec<String>,
    rows: Vec<Vec<(ValueKind, String)>>,
}

impl Sink for ActorSink {
    fn columns(&mut self, names: &[String]) -> Result<(), DatabaseFault> {
        self.headings = names.to_vec();
        Ok(())
    }

    fn row(&mut self, cells: &[Value<'_>]) -> Result<(), DatabaseFault> {
        self.rows.push(owned(cells));
        Ok(())
    }
}
