//! Collects the elements of a graph as rows of tables of actors, ties and facts, whose columns are found while reading.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop, Table, TableNote, Tables};
use crate::model::Severity;
use crate::wording::read::Role;

use super::GraphFormat;

/// The heading of a party to a tie, which its role follows.
const PARTY: &str = "party";
/// The number of columns of a table beyond which a row is refused in any case.
const MAX_COLUMNS: usize = 1 << 16;

/// The columns that each table has, in this order.
const ACTOR_COLUMNS: [(&str, Role); 2] = [("id", Role::ActorId), ("name", Role::ActorName)];
const TIE_COLUMNS: [(&str, Role); 4] =
    [("id", Role::TieId), ("from", Role::From), ("to", Role::To), ("direction", Role::Direction)];
const FACT_COLUMNS: [(&str, Role); 3] = [("id", Role::TieId), ("actor", Role::From), ("text", Role::Label)];

/// What an element or attribute of a graph is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::load::table) enum ElementSort {
    Node,
    Edge,
}

/// The graph of a file while it is read.
pub(in crate::load::table) struct GraphTables<'a> {
    /// The actors. A row has an id that no other has, which ties refer to; its name is the id unless it has one.
    pub(in crate::load::table) actors: GraphRows<'a>,
    /// The ties, with ids of actors in their ends. A row without ends whose id is that of the row before is further
    /// evidence for the same tie.
    pub(in crate::load::table) ties: GraphRows<'a>,
    /// What is said of one actor, with its id. A row without actor and text whose id is that of the row before is further
    /// evidence for the same fact; with another id, it names a source that proves nothing.
    pub(in crate::load::table) facts: GraphRows<'a>,
    /// What the graph is called.
    pub(in crate::load::table) title: Option<String>,
    /// What the file says of the graph as a whole.
    pub(in crate::load::table) description: Option<String>,
    pub(in crate::load::table) notes: Vec<TableNote>,
    /// Rows of a file that is no graph but a table, whose columns are found as in other tables.
    pub(in crate::load::table) records: GraphRows<'a>,
    /// The parties that the current row of ties has so far, by their role.
    parties: HashMap<String, usize>,
}

impl<'a> GraphTables<'a> {
    pub(super) fn new(file: &Arc<str>, format: &GraphFormat) -> Self {
        Self {
            actors: GraphRows::new(file, "actors", format, &ACTOR_COLUMNS),
            ties: GraphRows::new(file, "ties", format, &TIE_COLUMNS),
            facts: GraphRows::new(file, "facts", format, &FACT_COLUMNS).of_facts(),
            title: None,
            description: None,
            notes: Vec::new(),
            records: GraphRows::new(file, "", format, &[]),
            parties: HashMap::new(),
        }
    }

    /// Says that the lines of elements are the columns of the only line.
    pub(super) fn set_of_one_line(&mut self) {
        for rows in [&mut self.actors, &mut self.ties, &mut self.facts, &mut self.records] {
            rows.table.is_of_one_line = true;
        }
    }

    /// Sets id and name of the current row of actors.
    pub(in crate::load::table) fn set_actor(&mut self, id: impl Into<Cow<'a, str>>, name: impl Into<Cow<'a, str>>) {
        self.actors.set(0, Cell::text(id));
        self.actors.set(1, Cell::text(name));
    }

    /// Sets id and ends of the current row of ties; the id may be empty. Without a direction the kind of the tie says
    /// it.
    pub(in crate::load::table) fn set_tie(
        &mut self,
        id: impl Into<Cow<'a, str>>,
        ends: [Cow<'a, str>; 2],
        is_directed: Option<bool>,
    ) {
        let [from, to] = ends;
        for (column, text) in [id.into(), from, to].into_iter().enumerate() {
            self.ties.set(column, Cell::text(text));
        }
        if let Some(is_directed) = is_directed {
            self.ties.set(3, Cell::text(if is_directed { "directed" } else { "undirected" }));
        }
    }

    /// Sets id, actor and text of the current row of facts; the id may be empty.
    pub(in crate::load::table) fn set_fact(&mut self, id: Cow<'a, str>, actor: Cow<'a, str>, text: Cow<'a, str>) {
        for (column, text) in [id, actor, text].into_iter().enumerate() {
            self.facts.set(column, Cell::text(text));
        }
    }

    /// Adds a party to the current row of ties, which has no ends then; the role says what it is in the tie.
    pub(in crate::load::table) fn add_party(&mut self, id: impl Into<Cow<'a, str>>, role: Option<&str>) {
        let mut heading = role.map_or_else(|| PARTY.to_owned(), |role| format!("{PARTY}: {role}"));
        let count = self.parties.entry(heading.clone()).or_default();
        *count += 1;
        if *count > 1 {
            heading = format!("{heading} ({count})");
        }
        self.ties.put(heading, Some(Role::Party), id);
    }

    /// Ends the current row of ties, see [`GraphRows::end`].
    pub(in crate::load::table) fn end_tie(&mut self, line: u32, meter: &Meter) -> Result<(), Stop> {
        self.parties.clear();
        self.ties.end(line, meter)
    }

    /// Adds a warning at a line of the file, from 1.
    pub(in crate::load::table) fn warn(&mut self, line: u32, message: impl Into<String>, remedy: &'static str) {
        self.note(Severity::Warning, line, message, remedy);
    }

    /// Adds a note at a line of the file, from 1.
    pub(in crate::load::table) fn note(
        &mut self,
        severity: Severity,
        line: u32,
        message: impl Into<String>,
        remedy: &'static str,
    ) {
        self.actors.table.note(TableNote::new(severity, message, remedy).at_row(line));
    }

    /// Whether nothing was read.
    pub(super) fn is_empty(&self) -> bool {
        [&self.actors, &self.ties, &self.facts, &self.records].iter().all(|rows| rows.table.row_count() == 0)
    }

    pub(super) fn finish(mut self, tables: &mut Tables<'a>, meter: &Meter) -> Result<(), Stop> {
        tables.title = tables.title.take().or(self.title);
        tables.description = tables.description.take().or(self.description);
        let noted = if self.records.table.row_count() > 0 { &mut self.records } else { &mut self.actors };
        for note in self.notes {
            noted.table.note(note);
        }
        let tables_of_graph = [self.actors, self.ties, self.facts].map(GraphRows::into_table);
        for table in tables_of_graph.into_iter().chain([self.records.into_records()]) {
            let (columns, count) = (table.width(), table.row_count());
            meter.check_elements(columns, count)?;
            if count > 1 {
                tables.tables.push(table);
            } else {
                tables.notes.extend(table.notes);
            }
        }
        Ok(())
    }
}

/// The rows of one table of a graph. A column is added when an element first has its attribute.
pub(in crate::load::table) struct GraphRows<'a> {
    table: Table<'a>,
    headings: Vec<(Cow<'a, str>, Option<Role>)>,
    /// Attributes may be called as the columns that the format defines, so each has its own.
    by_heading: HashMap<(Cow<'a, str>, Option<Role>), usize>,
    /// The cells of the current row by column.
    row: Vec<Option<Cell<'a>>>,
}

impl<'a> GraphRows<'a> {
    fn new(file: &Arc<str>, sheet: &str, format: &GraphFormat, columns: &[(&'static str, Role)]) -> Self {
        let has_shared_ids = format.has_shared_ids;
        let table = Table::new(file, (!sheet.is_empty()).then(|| sheet.to_owned()), format.format);
        let table = Table { has_shared_ids, ..table };
        let mut rows = Self { table, headings: Vec::new(), by_heading: HashMap::new(), row: Vec::new() };
        for &(heading, role) in columns {
            rows.column(heading, Some(role));
        }
        rows
    }

    fn of_facts(mut self) -> Self {
        self.table.is_of_facts = true;
        self
    }

    /// Returns the column with a heading and a role, and adds it if there is none. With a role the format says what
    /// its values are; without, the heading is the name of an attribute, which may say it.
    pub(in crate::load::table) fn column(&mut self, heading: impl Into<Cow<'a, str>>, role: Option<Role>) -> usize {
        let key = (heading.into(), role);
        if let Some(&column) = self.by_heading.get(&key) {
            return column;
        }
        let column = self.headings.len();
        if column > MAX_COLUMNS {
            // The row is refused for its width when it ends.
            return column;
        }
        self.headings.push(key.clone());
        self.by_heading.insert(key, column);
        column
    }

    /// Sets a cell of the current row; the last of several values counts.
    pub(in crate::load::table) fn set(&mut self, column: usize, cell: Cell<'a>) {
        if column >= self.row.len() {
            self.row.resize(column + 1, None);
        }
        self.row[column] = Some(cell);
    }

    /// Sets a cell of text, in the column with this heading.
    pub(in crate::load::table) fn put(
        &mut self,
        heading: impl Into<Cow<'a, str>>,
        role: Option<Role>,
        text: impl Into<Cow<'a, str>>,
    ) {
        self.put_cell(heading, role, Cell::text(text));
    }

    /// Sets a cell of any kind, in the column with this heading.
    pub(in crate::load::table) fn put_cell(
        &mut self,
        heading: impl Into<Cow<'a, str>>,
        role: Option<Role>,
        cell: Cell<'a>,
    ) {
        let column = self.column(heading, role);
        self.set(column, cell);
    }

    /// Drops what was set of the current row.
    pub(in crate::load::table) fn clear(&mut self) {
        self.row.clear();
    }

    /// Ends the row; `line` is that of its element in the file, from 1. Several rows may have one line.
    pub(in crate::load::table) fn end(&mut self, line: u32, meter: &Meter) -> Result<(), Stop> {
        let start = self.table.cells.len();
        let width = self.row.len();
        meter.check_attributes(width, line)?;
        meter.count_row(width)?;
        for cell in self.row.drain(..) {
            let cell = cell.unwrap_or_else(|| Cell::text(""));
            meter.check_text(cell.text.len(), line)?;
            if let Cow::Owned(text) = &cell.text {
                meter.count_owned(text.capacity());
            }
            self.table.cells.push(cell);
        }
        self.table.end_row(start, line, false);
        Ok(())
    }

    /// Returns the number of columns, and of cells of the current row.
    pub(in crate::load::table) fn width(&self) -> usize {
        self.headings.len()
    }

    /// Returns a table like those of other files, whose first row is that of its headings.
    fn into_records(mut self) -> Table<'a> {
        let headings = std::mem::take(&mut self.headings);
        self.table.add_first_row(headings.into_iter().map(|(heading, _)| heading));
        self.table
    }

    fn into_table(mut self) -> Table<'a> {
        let (headings, roles): (Vec<_>, Vec<_>) = self.headings.into_iter().unzip();
        self.table.add_headings(headings.into_iter().map(Cow::into_owned));
        self.table.known_roles = Some(roles);
        self.table
    }
}
