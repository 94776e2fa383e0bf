//! What both sorts of databases have in common.

use std::borrow::Cow;

use super::relation::DatabaseTable;
use super::watch::{Stopped, Watch};
use crate::load::{RowsError, ValueKind};
use crate::model::Severity;

/// A value of a row; a missing one is empty.
pub(super) type Value<'a> = (ValueKind, Cow<'a, str>);

/// Takes the rows of an answer.
pub(super) trait Sink: Send {
    /// Takes the names of the columns, before all rows.
    fn columns(&mut self, names: &[String]) -> Result<(), DatabaseFault>;

    /// Takes a row.
    fn row(&mut self, cells: &[Value<'_>]) -> Result<(), DatabaseFault>;
}

/// An open database.
pub(super) trait DatabaseConnection {
    /// Lists the tables and views.
    fn relations(&mut self) -> Result<Vec<DatabaseTable>, DatabaseFault>;

    /// Runs a statement that was checked; `values` are bound to its parameters.
    fn query(&mut self, text: &str, values: &[String], sink: &mut dyn Sink) -> Result<(), DatabaseFault>;

    /// Ends reading, and returns what was noticed.
    fn end(&mut self) -> Result<Vec<DatabaseNote>, DatabaseFault>;
}

/// A remark on a database as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DatabaseNote {
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) remedy: String,
}

/// Why a database does not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DatabaseFault {
    Canceled,
    /// The server wants a password, and none was given.
    NeedsPassword,
    Failed {
        message: String,
        remedy: String,
    },
}

impl DatabaseFault {
    pub(super) fn new(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Failed { message: message.into(), remedy: remedy.into() }
    }

    /// Returns the reason why work was stopped.
    pub(super) fn of_watch(watch: &Watch) -> Self {
        match watch.stopped() {
            Some(Stopped::Canceled) => Self::Canceled,
            _ => Self::too_slow(watch),
        }
    }

    pub(super) fn too_slow(watch: &Watch) -> Self {
        let message = format!("it did not answer within {} s", watch.timeout().as_secs());
        Self::new(message, "narrow the statement, such as by WHERE or LIMIT, or give it more time (--timeout)")
    }
}

impl From<RowsError> for DatabaseFault {
    fn from(error: RowsError) -> Self {
        let (message, remedy) = error.parts();
        Self::new(message, remedy)
    }
}
