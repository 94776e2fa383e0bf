//! Reads rows of databases that the user names: files of SQLite, and servers that speak the protocol of PostgreSQL.
//! CockroachDB, YugabyteDB, Citus and Redshift speak it, too, but none of them was tried.
//!
//! Only read-only statements are sent: `statement` checks their text, and connections can't write. What comes back is
//! the bytes of an import, which takes them as it takes files. Nothing connects by itself, and no password is kept.

mod address;
mod again;
mod connection;
mod explore;
mod password;
mod postgres;
mod relation;
mod sqlite;
mod statement;
mod token;
mod values;
mod watch;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::hidden_characters::visible;
use crate::load::{ImportFile, ProgressFn, RowsHead, RowsOrigin, RowsWriter};

pub use address::{AddressError, CONNECT_TIMEOUT, DatabaseAddress, Server, TlsMode};
pub use again::{DatabaseSource, database_sources};
use connection::{DatabaseConnection, DatabaseFault, Sink, Value};
pub use explore::{Exploration, Explored, Unexplored, explore};
pub use password::Password;
pub use relation::{DatabaseTable, RowEstimate};
use statement::SelectStatement;
pub use statement::StatementError;
use token::SqlDialect;
use watch::{Watch, watched};

/// The time that a statement may take unless the user says otherwise.
pub const STATEMENT_TIMEOUT: Duration = Duration::from_mins(5);

/// How a database is reached.
#[derive(Clone, Debug)]
pub struct Access {
    /// The database.
    pub address: DatabaseAddress,
    /// The password, if the user has given one.
    pub password: Option<Password>,
    /// The time that each statement may take.
    pub timeout: Duration,
}

/// A statement, and what the table of its rows is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseQuestion {
    /// What the table is called, such as "ties".
    pub name: String,
    /// The statement.
    pub statement: String,
}

/// The reason why a database could not be read, with a remedy.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The user canceled.
    #[error("asking the database was canceled")]
    Canceled,
    /// The server wants a password.
    #[error("{database} requires a password; set PGPASSWORD, write it into ~/.pgpass, or type it")]
    NeedsPassword {
        /// The database and its host.
        database: String,
    },
    /// The statement is not one that only reads.
    #[error("{name}: {source}")]
    Statement {
        /// What the table of its rows is called.
        name: String,
        /// The reason.
        source: StatementError,
    },
    /// The database could not be read.
    #[error("could not read {}“{database}”: {message}; {remedy}", what.as_ref().map(|what| format!("{what} from ")).unwrap_or_default())]
    Failed {
        /// What was asked for, such as "ties"; `None` for the database as a whole.
        what: Option<String>,
        /// The file, or database and host.
        database: String,
        /// What happened.
        message: String,
        /// What helps.
        remedy: String,
    },
}

impl Access {
    /// Reaches a database with the password that the environment has for it.
    #[must_use]
    pub fn of_environment(address: DatabaseAddress) -> Self {
        let password = match &address {
            DatabaseAddress::Sqlite(_) => None,
            DatabaseAddress::Postgres(server) => Password::of_environment(server),
        };
        Self { address, password, timeout: STATEMENT_TIMEOUT }
    }

    fn dialect(&self) -> SqlDialect {
        match self.address {
            DatabaseAddress::Sqlite(_) => SqlDialect::Sqlite,
            DatabaseAddress::Postgres(_) => SqlDialect::Postgres,
        }
    }

    fn origin(&self) -> RowsOrigin {
        match self.address {
            DatabaseAddress::Sqlite(_) => RowsOrigin::Sqlite,
            DatabaseAddress::Postgres(_) => RowsOrigin::Postgresql,
        }
    }

    fn open(&self, watch: &Arc<Watch>) -> Result<Box<dyn DatabaseConnection>, DatabaseError> {
        let opened: Result<Box<dyn DatabaseConnection>, DatabaseFault> = match &self.address {
            DatabaseAddress::Sqlite(path) => sqlite::open(path, watch).map(|open| Box::new(open) as _),
            DatabaseAddress::Postgres(server) => {
                postgres::open(server, self.password.as_ref(), watch).map(|open| Box::new(open) as _)
            }
        };
        opened.map_err(|fault| self.error(None, fault))
    }

    fn error(&self, what: Option<&str>, fault: DatabaseFault) -> DatabaseError {
        let database = self.address.to_string();
        match fault {
            DatabaseFault::Canceled => DatabaseError::Canceled,
            DatabaseFault::NeedsPassword => DatabaseError::NeedsPassword { database },
            DatabaseFault::Failed { message, remedy } => {
                // Names of columns and messages of databases come from elsewhere.
                let message = visible(&message).into_owned();
                DatabaseError::Failed { what: what.map(str::to_owned), database, message, remedy }
            }
        }
    }

    fn check(&self, question: &DatabaseQuestion) -> Result<SelectStatement, DatabaseError> {
        SelectStatement::check(&question.statement, self.dialect())
            .map_err(|source| DatabaseError::Statement { name: question.name.clone(), source })
    }
}

/// Returns whether a file is a database of SQLite, by its first bytes.
#[must_use]
pub fn is_sqlite_file(path: &Path) -> bool {
    path.is_file() && sqlite::begins_as_database(path).unwrap_or(false)
}

/// Lists the tables and views of a database.
///
/// # Errors
///
/// If the database can't be read, or the user cancels.
pub fn list(access: &Access, on_progress: ProgressFn) -> Result<Vec<DatabaseTable>, DatabaseError> {
    watched(access.timeout, on_progress, |watch| {
        let mut connection = access.open(watch)?;
        let listed = connection.relations().map_err(|fault| access.error(None, fault))?;
        connection.end().map_err(|fault| access.error(None, fault))?;
        Ok(listed)
    })
}

/// Runs statements, and returns their rows as a file to import, with a table for each.
///
/// # Errors
///
/// If a statement does more than reading or has a parameter, the database can't be read, a limit is exceeded, or the user
/// cancels.
pub fn ask(
    access: &Access,
    questions: &[DatabaseQuestion],
    on_progress: ProgressFn,
) -> Result<ImportFile, DatabaseError> {
    let mut checked = Vec::with_capacity(questions.len());
    for question in questions {
        let statement = access.check(question)?;
        if statement.has_parameter() {
            let source = StatementError::no_actor();
            return Err(DatabaseError::Statement { name: question.name.clone(), source });
        }
        checked.push((question.name.as_str(), statement));
    }
    watched(access.timeout, on_progress, |watch| {
        let mut connection = access.open(watch)?;
        let mut rows = RowsWriter::new(access.origin());
        for (name, statement) in &checked {
            let mut sink = TableSink { rows: &mut rows, name, query: statement.text(), has_values: false };
            let asked = connection.query(&statement.bound(), &[], &mut sink);
            asked.map_err(|fault| access.error(Some(name), fault))?;
        }
        finish(access, connection, rows)
    })
}

/// Returns the rows as a file to import, with what was noticed.
fn finish(
    access: &Access,
    mut connection: Box<dyn DatabaseConnection>,
    mut rows: RowsWriter,
) -> Result<ImportFile, DatabaseError> {
    for note in connection.end().map_err(|fault| access.error(None, fault))? {
        rows.note(note.severity, &note.message, &note.remedy);
    }
    Ok(ImportFile { name: Arc::from(access.address.name()), bytes: rows.into_bytes() })
}

/// Writes the rows of an answer as a table.
struct TableSink<'a> {
    rows: &'a mut RowsWriter,
    name: &'a str,
    query: &'a str,
    has_values: bool,
}

impl Sink for TableSink<'_> {
    fn columns(&mut self, names: &[String]) -> Result<(), DatabaseFault> {
        let Self { name, query, has_values, .. } = *self;
        Ok(self.rows.start_table(RowsHead { name, query, has_values, headings: names })?)
    }

    fn row(&mut self, cells: &[Value<'_>]) -> Result<(), DatabaseFault> {
        Ok(self.rows.push_row(cells.iter().map(|(kind, text)| (*kind, &**text)))?)
    }
}
