//! Finds out what a table is about and what each of its columns says: by headings, by their values, and by what the
//! other columns are.

use std::collections::HashSet;

use crate::load::table::{CellKind, Row, Table};
use crate::model::Severity;
use crate::wording::read::{Role, fold_heading, read_direction, read_is_directed, roles_of_heading};

use super::report::{ImportReport, Place};
use super::values::Style;

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One actor each.
    Actors,
    /// One tie each, or several with the same start.
    Ties,
    /// The ties of one actor with the actors of the first row.
    Matrix,
    /// An actor, a kind of tie, and any number of other actors (SIF).
    Chains,
    /// Nothing that a map shows.
    Unknown,
}

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column {
    /// The heading as it stands.
    pub(super) heading: String,
    /// What its values are; `None` for a column whose values are kept as fields.
    pub(super) role: Option<Role>,
    /// The id space of neo4j: `Person` in `:ID(Person)`.
    pub(super) id_space: Option<String>,
    /// How its numbers and dates are written.
    pub(super) style: Style,
}

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) shape: Shape,
    pub(super) list: Vec<Column>,
}

impl Columns {
    /// Recognizes the columns of a table; `fixed` are roles by heading that the user gave.
    pub(super) fn recognize(table: &Table<'_>, fixed: &[(Role, String)], report: &mut ImportReport) -> Self {
        if table.format == "sif" {
            return Self { shape: Shape::Chains, list: Vec::new() };
        }
        if super::matrix::is_matrix(table) {
            return Self { shape: Shape::Matrix, list: Vec::new() };
        }
        let width = table.width();
        let Some(header) = table.row(0) else { return Self { shape: Shape::Unknown, list: Vec::new() } };
        let headings: Vec<Heading> = (0..width).map(|column| Heading::parse(text(header, column))).collect();
        let mut roles = Roles::new(&headings, table, fixed);
        let shape = roles.settle();
        if shape == Shape::Unknown {
            return Self { shape, list: columns(table, &headings, vec![None; width]) };
        }
        for (column, heading) in headings.iter().enumerate() {
            if heading.text.is_empty() && roles.chosen[column].is_none() && !roles.is_blank(column) {
                let place = Place::new(table, header.number, column);
                report.warn(
                    place,
                    "the column has no heading; its values are kept under its letter".to_owned(),
                    "add a heading",
                );
            }
        }
        Self { shape, list: columns(table, &headings, roles.chosen) }
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.with(role).is_some()
    }

    /// Returns the first column with a role.
    pub(super) fn with(&self, role: Role) -> Option<usize> {
        self.list.iter().position(|column| column.role == Some(role))
    }

    /// Returns the recipe: the role of each column by its heading, as JSON.
    pub(super) fn recipe(&self) -> Option<String> {
        let roles = self
            .list
            .iter()
            .filter_map(|column| Some((column.heading.clone(), serde_json::Value::from(column.role?.word()))));
        let roles: serde_json::Map<String, serde_json::Value> = roles.collect();
        (!roles.is_empty()).then(|| serde_json::json!({ "version": 1, "columns": roles }).to_string())
    }
}

/// Decides what a table with both names and kinds but no ends is, and which table is about ties if none says so.
pub(super) fn settle_shapes(plans: &mut [(&Table<'_>, Columns)], report: &mut ImportReport) {
    if plans.iter().any(|(_, columns)| matches!(columns.shape, Shape::Ties | Shape::Matrix | Shape::Chains)) {
        return;
    }
    // A single table without known headings: its first two columns of words are taken for the ends, and said to be.
    let unknown: Vec<usize> = (0..plans.len()).filter(|&at| plans[at].1.shape == Shape::Unknown).collect();
    let ([at], false) = (unknown.as_slice(), plans.is_empty()) else { return };
    let (table, columns) = &mut plans[*at];
    let words: Vec<usize> = (0..columns.list.len()).filter(|&column| holds_names(table, column)).collect();
    let [from, to, ..] = words.as_slice() else { return };
    let number = table.row(0).map_or(1, |row| row.number);
    for (&column, role) in [from, to].iter().zip([Role::From, Role::To]) {
        columns.list[*column].role = Some(role);
        let heading = &columns.list[*column].heading;
        let message = format!("the heading “{heading}” is not known; it is taken for “{}” as a guess", role.word());
        report.add(
            Severity::Warning,
            Place::new(table, number, *column),
            message,
            "rename it to From or To if that is right",
        );
    }
    columns.shape = Shape::Ties;
}

/// Whether a column has short texts that are no numbers.
fn holds_names(table: &Table<'_>, column: usize) -> bool {
    let mut count = 0;
    for row in table.rows().skip(1).take(200) {
        let value = text(row, column);
        if value.is_empty() {
            continue;
        }
        if value.len() > 120 || !value.chars().any(char::is_alphabetic) || value.contains("://") {
            return false;
        }
        count += 1;
    }
    count > 0
}

/// Returns the trimmed text of a cell; empty if the row is shorter, or the cell holds an error.
pub(super) fn text<'r>(row: Row<'r, '_>, column: usize) -> &'r str {
    row.cells.get(column).filter(|cell| cell.kind != CellKind::Error).map_or("", |cell| trimmed(&cell.text))
}

/// Trims blanks and what looks like them.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}

fn columns(table: &Table<'_>, headings: &[Heading], roles: Vec<Option<Role>>) -> Vec<Column> {
    let mut known: HashSet<String> = HashSet::new();
    let headings = headings.iter().enumerate().map(|(column, heading)| {
        let mut name = if heading.text.is_empty() { letters(column) } else { heading.text.clone() };
        while !known.insert(name.clone()) {
            name.push_str(" (2)");
        }
        name
    });
    let headings: Vec<String> = headings.collect();
    let parsed = headings.into_iter().zip(roles).enumerate();
    parsed
        .map(|(column, (heading, role))| {
            let style = Style::of_column(table, column, role, &heading);
            let id_space = table.row(0).and_then(|header| Heading::parse(text(header, column)).id_space);
            Column { heading, role, id_space, style }
        })
        .collect()
}

/// Returns the letters of a column in a spreadsheet.
fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A heading, with the type that neo4j writes behind it taken off.
#[derive(Debug)]
struct Heading {
    /// As it is shown.
    text: String,
    /// As it is compared.
    folded: String,
    id_space: Option<String>,
    roles: Vec<Role>,
}

impl Heading {
    fn parse(heading: &str) -> Self {
        let heading = trimmed(heading);
        let (name, kind) = heading.rsplit_once(':').unwrap_or((heading, ""));
        let (kind, space) = kind.strip_suffix(')').and_then(|kind| kind.split_once('(')).unwrap_or((kind, ""));
        let neo4j = match kind {
            "ID" => Some(Role::ActorId),
            "START_ID" => Some(Role::From),
            "END_ID" => Some(Role::To),
            "TYPE" | "LABEL" => Some(Role::Kind),
            _ => None,
        };
        let is_typed = matches!(
            kind.trim_end_matches("[]"),
            "int"
                | "long"
                | "float"
                | "double"
                | "boolean"
                | "byte"
                | "short"
                | "char"
                | "string"
                | "point"
                | "date"
                | "localtime"
                | "time"
                | "localdatetime"
                | "datetime"
                | "duration"
        );
        let text = if neo4j.is_none() && is_typed { name } else { heading };
        let folded = fold_heading(text);
        let roles = neo4j.map_or_else(|| roles_of_heading(text).to_vec(), |role| vec![role]);
        let id_space = (neo4j.is_some() && !space.is_empty()).then(|| space.to_owned());
        Self { text: crate::visible::visible(text).into_owned(), folded, id_space, roles }
    }

    fn may_be(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// The roles of the columns of one table while they are chosen.
struct Roles<'a, 't> {
    headings: &'a [Heading],
    table: &'a Table<'t>,
    chosen: Vec<Option<Role>>,
    is_fixed: Vec<bool>,
}

impl<'a, 't> Roles<'a, 't> {
    fn new(headings: &'a [Heading], table: &'a Table<'t>, fixed: &[(Role, String)]) -> Self {
        let fixed_role = |heading: &Heading| {
            fixed.iter().find(|(_, name)| fold_heading(name) == heading.folded).map(|(role, _)| *role)
        };
        let chosen: Vec<Option<Role>> = headings.iter().map(fixed_role).collect();
        let is_fixed = chosen.iter().map(Option::is_some).collect();
        Self { headings, table, chosen, is_fixed }
    }

    fn has(&self, role: Role) -> bool {
        self.chosen.contains(&Some(role))
    }

    /// Returns the first free column whose heading may have a role.
    fn candidate(&self, role: Role) -> Option<usize> {
        (0..self.headings.len()).find(|&column| self.chosen[column].is_none() && self.headings[column].may_be(role))
    }

    /// Chooses the roles of all columns and returns what the table is about.
    fn settle(&mut self) -> Shape {
        let has_ends = self.settle_ends();
        if has_ends {
            self.settle_rest(Shape::Ties);
            return Shape::Ties;
        }
        let is_named = self.has(Role::ActorName) || self.has(Role::ActorId);
        if !is_named {
            for role in [Role::ActorName, Role::ActorId] {
                if let Some(column) = self.candidate(role) {
                    self.chosen[column] = Some(role);
                }
            }
        }
        if !self.has(Role::ActorName)
            && let Some(column) = self.candidate(Role::Label).or_else(|| self.candidate(Role::Alias))
        {
            self.chosen[column] = Some(Role::ActorName);
        }
        if !self.has(Role::ActorName) && !self.has(Role::ActorId) {
            return Shape::Unknown;
        }
        self.settle_rest(Shape::Actors);
        Shape::Actors
    }

    /// Chooses the columns of the two ends: those of one pair of words, Source and Target before From and To, which
    /// beside them are years.
    fn settle_ends(&mut self) -> bool {
        if self.has(Role::From) && self.has(Role::To) {
            return true;
        }
        let is_year_word = |heading: &Heading| heading.may_be(Role::Start) || heading.may_be(Role::End);
        let ends = |role: Role, wanted: &dyn Fn(&Heading) -> bool| {
            (0..self.headings.len()).find(|&column| {
                self.chosen[column].is_none() && self.headings[column].may_be(role) && wanted(&self.headings[column])
            })
        };
        let is_source = |heading: &Heading| heading.may_be(Role::SourceTitle);
        // "Source" beside "To" alone is who says so, not an end.
        let pairs = [
            (
                ends(Role::From, &|heading| !is_year_word(heading) && !is_source(heading)),
                ends(Role::To, &|heading| !is_year_word(heading) && !is_target(heading)),
            ),
            (ends(Role::From, &is_source), ends(Role::To, &is_target)),
            (ends(Role::From, &|heading| !is_source(heading)), ends(Role::To, &|heading| !is_target(heading))),
            (ends(Role::From, &|_| true), ends(Role::To, &|_| true)),
            (ends(Role::FromName, &|_| true), ends(Role::ToName, &|_| true)),
        ];
        let fixed = (self.position(Role::From), self.position(Role::To));
        for (from, to) in pairs {
            let (Some(from), Some(to)) = (fixed.0.or(from), fixed.1.or(to)) else { continue };
            if from != to {
                (self.chosen[from], self.chosen[to]) = (Some(Role::From), Some(Role::To));
                return true;
            }
        }
        false
    }

    fn position(&self, role: Role) -> Option<usize> {
        self.chosen.iter().position(|chosen| *chosen == Some(role))
    }

    /// Chooses the roles of the other columns, each role once, but for those that may have several columns.
    fn settle_rest(&mut self, shape: Shape) {
        for column in 0..self.headings.len() {
            if self.chosen[column].is_some() {
                continue;
            }
            let roles = self.headings[column].roles.clone();
            self.chosen[column] =
                roles.into_iter().map(|role| role_in(role, shape)).find(|&role| self.fits(role, column, shape));
        }
    }

    /// Whether a column may have a role in this table, by the other columns and its values.
    fn fits(&self, role: Role, column: usize, shape: Shape) -> bool {
        let is_repeatable = matches!(role, Role::Alias | Role::Tag | Role::Ignore)
            || (role == Role::To && self.continues(role, column));
        if self.has(role) && !is_repeatable {
            return false;
        }
        let of_ties = matches!(
            role,
            Role::Direction
                | Role::Date
                | Role::Amount
                | Role::Currency
                | Role::Share
                | Role::Quantity
                | Role::Stage
                | Role::Status
                | Role::Confidence
                | Role::TieId
                | Role::FromKind
                | Role::ToKind
                | Role::FromName
                | Role::ToName
                | Role::Quote
                | Role::Locator
                | Role::SourceTitle
                | Role::SourceUrl
                | Role::SourcePublisher
                | Role::SourcePublished
                | Role::SourceAccessed
                | Role::SourceKind
                | Role::From
                | Role::To
        );
        let of_actors = matches!(role, Role::ActorId | Role::ActorName | Role::Alias | Role::Url);
        match shape {
            Shape::Actors if of_ties => return false,
            Shape::Ties if of_actors => return false,
            _ => {}
        }
        match role {
            Role::Direction => self.all(column, |text| read_direction(text).is_some() || self.is_flag(column, text)),
            Role::Kind => !self.has(Role::Kind) && !self.is_direction(column),
            Role::Weight => self.mostly(column, super::values::is_number),
            Role::Share | Role::Quantity => {
                self.mostly(column, |text| text.len() <= 40 && text.bytes().any(|byte| byte.is_ascii_digit()))
            }
            Role::Url | Role::SourceUrl => self.mostly(column, |text| text.contains("://") || text.starts_with("www.")),
            _ => true,
        }
    }

    /// Whether a column is a further one of a role: "To 2" beside "To" or "To 1".
    fn continues(&self, role: Role, column: usize) -> bool {
        let stem =
            |column: usize| self.headings[column].folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        self.position(role).is_some_and(|first| stem(first) == stem(column))
    }

    /// Whether a column that could be a kind is one of directions.
    fn is_direction(&self, column: usize) -> bool {
        !self.is_fixed[column]
            && self.headings[column].may_be(Role::Direction)
            && self.all(column, |text| read_direction(text).is_some() || self.is_flag(column, text))
            && !self.is_blank(column)
    }

    /// Whether a value is yes or no in a column that asks for the direction.
    fn is_flag(&self, column: usize, text: &str) -> bool {
        let asks = !self.headings[column].may_be(Role::Kind);
        asks && read_is_directed(text).is_some()
    }

    fn is_blank(&self, column: usize) -> bool {
        self.table.rows().skip(1).all(|row| text(row, column).is_empty())
    }

    /// Whether a condition holds for all values of a column.
    fn all(&self, column: usize, holds: impl Fn(&str) -> bool) -> bool {
        let mut values = self.table.rows().skip(1).map(|row| text(row, column)).filter(|text| !text.is_empty());
        values.all(holds)
    }

    /// Whether a condition holds for at least half of the values of a column.
    fn mostly(&self, column: usize, holds: impl Fn(&str) -> bool) -> bool {
        let (mut good, mut all) = (0_usize, 0_usize);
        for row in self.table.rows().skip(1) {
            let value = text(row, column);
            if !value.is_empty() {
                all += 1;
                let is_typed = row.cells.get(column).is_some_and(|cell| matches!(cell.kind, CellKind::Number));
                good += usize::from(is_typed || holds(value));
            }
        }
        good * 2 >= all
    }
}

/// Returns what a word for one kind of table says in another: an id of ties, an address of who says so.
fn role_in(role: Role, shape: Shape) -> Role {
    match (role, shape) {
        (Role::ActorId, Shape::Ties) => Role::TieId,
        (Role::TieId, Shape::Actors) => Role::ActorId,
        (Role::Url, Shape::Ties) => Role::SourceUrl,
        (Role::SourceUrl, Shape::Actors) => Role::Url,
        (Role::ActorName, Shape::Ties) => Role::Label,
        (Role::Label, Shape::Actors) => Role::ActorName,
        _ => role,
    }
}

fn is_target(heading: &Heading) -> bool {
    heading.folded.contains("target")
        || heading.folded.contains("dest")
        || heading.folded.contains("ziel")
        || heading.folded.contains("cible")
}
