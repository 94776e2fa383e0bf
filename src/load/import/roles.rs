//! Chooses the roles of the columns of a table: by headings, by the other columns, and by values.

use crate::load::table::{CellKind, Table, TableRow};
use crate::wording::read::{DateOrder, Role, fold_heading, read_dates, read_direction, read_is_directed};

use super::cells::{is_number, text};
use super::columns::headings::{Heading, is_target, unique_names};
use super::options::ColumnChoice;
use super::report::preview::{TableShape, table_name};

/// The roles of the columns of one table while they are chosen.
pub(super) struct Roles<'a, 't> {
    headings: &'a [Heading],
    table: &'a Table<'t>,
    pub(super) chosen: Vec<Option<Role>>,
    is_fixed: Vec<bool>,
}

impl<'a, 't> Roles<'a, 't> {
    /// Starts with what the user chose for the columns of these headings.
    pub(super) fn new(headings: &'a [Heading], table: &'a Table<'t>, choices: &[ColumnChoice]) -> Self {
        let of_table = table_name(table);
        let fixed = headings.iter().zip(unique_names(headings)).map(|(heading, name)| {
            choices.iter().find(|choice| choice.is_for(&of_table, &name, &heading.folded)).map(|choice| choice.role)
        });
        let chosen: Vec<Option<Role>> = fixed.collect();
        let is_fixed = chosen.iter().map(Option::is_some).collect();
        Self { headings, table, chosen, is_fixed }
    }

    fn has(&self, role: Role) -> bool {
        self.chosen.contains(&Some(role))
    }

    /// Returns the first free column whose heading may have a role.
    fn candidate(&self, role: Role) -> Option<usize> {
        (0..self.headings.len()).find(|&column| self.is_free(column) && self.headings[column].may_be(role))
    }

    /// Whether a column has no role yet.
    fn is_free(&self, column: usize) -> bool {
        self.chosen[column].is_none()
    }

    /// Returns the roles that the user chose.
    pub(super) fn fixed(&self) -> Vec<Option<Role>> {
        self.chosen.iter().zip(&self.is_fixed).map(|(role, is_fixed)| role.filter(|_| *is_fixed)).collect()
    }

    /// Chooses the roles of all columns and returns what the table is about.
    pub(super) fn settle(&mut self) -> TableShape {
        if self.table.is_of_graph() {
            // Its format says which elements are ties; attributes may have any name.
            let shape = if self.table.is_of_facts {
                TableShape::Facts
            } else if self.has(Role::From) {
                TableShape::Ties
            } else {
                TableShape::Actors
            };
            self.settle_rest(shape);
            return shape;
        }
        let has_ends = self.settle_ends();
        if has_ends {
            self.settle_rest(TableShape::Ties);
            return TableShape::Ties;
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
            return TableShape::Unknown;
        }
        self.settle_labels();
        self.settle_rest(TableShape::Actors);
        TableShape::Actors
    }

    /// Takes the names of vertices that have labels for ids, as in `NodeXL`.
    fn settle_labels(&mut self) {
        let name = self.position(Role::ActorName).filter(|&column| {
            !self.is_fixed[column] && matches!(self.headings[column].folded.as_str(), "vertex" | "node")
        });
        let label = (0..self.headings.len())
            .find(|&column| self.headings[column].folded == "label" && self.chosen[column].is_none());
        let (Some(name), Some(label), false) = (name, label, self.has(Role::ActorId)) else { return };
        let mut known = std::collections::HashSet::new();
        let labels = self.table.rows().skip(1).map(|row| text(row, label)).filter(|text| !text.is_empty());
        if labels.clone().next().is_some() && labels.into_iter().all(|label| known.insert(label)) {
            (self.chosen[name], self.chosen[label]) = (Some(Role::ActorId), Some(Role::ActorName));
        }
    }

    /// Chooses the columns of the two ends: those of one pair of words, Source and Target before From and To, which
    /// beside them are years.
    fn settle_ends(&mut self) -> bool {
        if self.has(Role::From) && self.has(Role::To) {
            return true;
        }
        let is_year_word = |heading: &Heading| heading.may_be(Role::Start) || heading.may_be(Role::End);
        let ends = |role: Role, wanted: &dyn Fn(&Heading) -> bool| {
            let may_be = |column: &usize| {
                self.is_free(*column) && self.headings[*column].may_be(role) && wanted(&self.headings[*column])
            };
            // A name of the end only if nothing else is the end.
            let is_name = |column: &usize| matches!(self.headings[*column].roles[0], Role::FromName | Role::ToName);
            let columns = || (0..self.headings.len()).filter(may_be);
            columns()
                .find(|column| role == self.headings[*column].roles[0] || !is_name(column))
                .or_else(|| columns().next())
        };
        let is_source = |heading: &Heading| heading.may_be(Role::SourceTitle);
        // "Source" beside "To" alone is who says so, not an end.
        // From and To beside the names of both are no years unless their values are.
        let named = |role: Role| self.headings.iter().filter(|heading| heading.may_be(role)).count() > 0;
        let exact = |word: &str| {
            let is_end = |heading: &Heading| heading.folded == word;
            let column =
                (0..self.headings.len()).find(|&column| self.is_free(column) && is_end(&self.headings[column]))?;
            let has_names = named(Role::FromName) && named(Role::ToName);
            (has_names && !self.mostly(column, is_date)).then_some(column)
        };
        let pairs = [
            (exact("from"), exact("to")),
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
    fn settle_rest(&mut self, shape: TableShape) {
        for column in 0..self.headings.len() {
            if !self.is_free(column) {
                continue;
            }
            let roles = self.headings[column].roles.clone();
            self.chosen[column] =
                roles.into_iter().map(|role| role_in(role, shape)).find(|&role| self.fits(role, column, shape));
        }
    }

    /// Whether a column may have a role in this table, by the other columns and its values.
    fn fits(&self, role: Role, column: usize, shape: TableShape) -> bool {
        let is_repeatable =
            matches!(role, Role::Alias | Role::Tag | Role::Keep | Role::Ignore | Role::Identifier | Role::Party)
                || (role == Role::To && self.continues(role, column));
        if self.has(role) && !is_repeatable {
            return false;
        }
        if self.table.is_of_graph() && names_elements(role) {
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
                | Role::Party
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
        let of_actors = matches!(
            role,
            Role::ActorId
                | Role::ActorName
                | Role::Alias
                | Role::Url
                | Role::PartOf
                | Role::Identifier
                | Role::X
                | Role::Y
                | Role::Color
        );
        match shape {
            TableShape::Actors if of_ties => return false,
            TableShape::Ties | TableShape::Facts if of_actors => return false,
            _ => {}
        }
        match role {
            Role::Direction => self.all(column, |text| read_direction(text).is_some() || self.is_flag(column, text)),
            Role::Kind => !self.has(Role::Kind) && !self.is_direction(column),
            Role::Weight => self.mostly(column, is_number) && !self.is_only_drawn(column),
            // Pairs of values and their labels name actors by addresses.
            Role::Amount => self.mostly(column, |text| !text.contains("://")) && !self.is_bare_value(column),
            Role::Label => self.mostly(column, |text| !text.contains("://")),
            Role::Confidence => !self.mostly(column, is_number) || self.is_blank(column),
            Role::Share | Role::Quantity => {
                self.mostly(column, |text| text.len() <= 40 && text.bytes().any(|byte| byte.is_ascii_digit()))
            }
            Role::Url | Role::SourceUrl => self.mostly(column, |text| text.contains("://") || text.starts_with("www.")),
            _ => true,
        }
    }

    /// Whether a column "Value" has numbers only, and nothing says in which currency: programs for networks call the
    /// weight so.
    fn is_bare_value(&self, column: usize) -> bool {
        let is_number = |row: TableRow<'_, '_>| {
            let is_money = row.cells.get(column).is_some_and(|cell| matches!(cell.kind, CellKind::Money(_)));
            !is_money && (text(row, column).is_empty() || is_number(text(row, column)))
        };
        fold_heading(&self.headings[column].text) == "value"
            && !self.headings[column].text.contains(['(', '['])
            && self.candidate(Role::Currency).is_none()
            && !self.has(Role::Currency)
            && self.table.rows().skip(1).all(is_number)
    }

    /// Whether a column says how wide a tie is drawn, and another one its weight.
    fn is_only_drawn(&self, column: usize) -> bool {
        let is_width = |heading: &Heading| {
            let widths = ["width", "thickness", "breite", "dicke", "epaisseur", "largeur", "grosor", "ancho"];
            widths.contains(&heading.folded.as_str())
        };
        let has_weight = || self.headings.iter().any(|heading| heading.may_be(Role::Weight) && !is_width(heading));
        is_width(&self.headings[column]) && has_weight()
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

    pub(super) fn is_blank(&self, column: usize) -> bool {
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
                good += usize::from(holds(value));
            }
        }
        good * 2 >= all
    }
}

/// Whether a text is a date or a year.
fn is_date(text: &str) -> bool {
    read_dates(text, DateOrder::Unknown).value().is_some()
}

/// Returns what a word for one kind of table says in another: an id of ties, an address of who says so.
fn role_in(role: Role, shape: TableShape) -> Role {
    match (role, shape) {
        (Role::ActorId, TableShape::Ties | TableShape::Facts) => Role::TieId,
        (Role::TieId, TableShape::Actors) => Role::ActorId,
        (Role::Url, TableShape::Ties | TableShape::Facts) => Role::SourceUrl,
        (Role::SourceUrl, TableShape::Actors) => Role::Url,
        (Role::ActorName, TableShape::Ties | TableShape::Facts) => Role::Label,
        (Role::Label, TableShape::Actors) => Role::ActorName,
        _ => role,
    }
}

/// Whether a role is of what the format of a graph says, never of an attribute.
fn names_elements(role: Role) -> bool {
    matches!(
        role,
        Role::ActorId
            | Role::TieId
            | Role::From
            | Role::To
            | Role::FromKind
            | Role::ToKind
            | Role::FromName
            | Role::ToName
            | Role::Party
            | Role::PartOf
    )
}

/// Whether a role is read together with others.
pub(super) fn is_used_elsewhere(role: Role) -> bool {
    is_of_evidence(role)
        || matches!(
            role,
            Role::From
                | Role::To
                | Role::Party
                | Role::FromKind
                | Role::ToKind
                | Role::FromName
                | Role::ToName
                | Role::Kind
                | Role::TieId
                | Role::Currency
                | Role::Ignore
        )
}

/// Whether a role is of what proves a tie rather than of the tie.
pub(super) fn is_of_evidence(role: Role) -> bool {
    matches!(
        role,
        Role::SourceTitle
            | Role::SourceUrl
            | Role::SourcePublisher
            | Role::SourcePublished
            | Role::SourceAccessed
            | Role::SourceKind
            | Role::Quote
            | Role::Locator
    )
}
