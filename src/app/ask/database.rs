//! What the user enters about a database: how to connect, and what to read. Plain data, without any drawing.

use std::fmt;
use std::path::PathBuf;

use crate::database::{
    Access, DatabaseAddress, DatabaseQuestion, DatabaseSource, DatabaseTable, Exploration, Password, STATEMENT_TIMEOUT,
    Server, TlsMode,
};
use crate::wording::read::{Role, roles_of_heading};

/// What the rows of a database are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DatabasePurpose {
    /// Make a map of them.
    Open,
    /// Add them to the open map.
    Add,
    /// Add the ties of some actors.
    Neighbors(NeighborRequest),
    /// Bring the open map up to date with them.
    Update(DatabaseSource),
}

impl DatabasePurpose {
    /// Returns whether the map says what to ask, so that no tables are chosen.
    pub(crate) fn has_statements(&self) -> bool {
        matches!(self, Self::Neighbors(_) | Self::Update(_))
    }
}

/// What is asked for the neighbors of some actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NeighborRequest {
    /// The names of the actors, or their number.
    pub(crate) names: String,
    /// Their ids, as the database writes them.
    pub(crate) ids: Vec<String>,
    /// The statement that the map has, from which that for the neighbors is made.
    pub(crate) query: String,
    /// The statement for ties, in which `:actor` is the id.
    pub(crate) ties: String,
    /// The statement for all actors, if there is one.
    pub(crate) actors: Option<String>,
    /// The name of the database in the map.
    pub(crate) database: String,
    /// The maximum number of ties.
    pub(crate) most: usize,
}

/// A password while it is typed; it is not printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct TypedPassword(pub(crate) String);

impl fmt::Debug for TypedPassword {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TypedPassword(…)")
    }
}

/// A table that was chosen, and the statement that reads it, which may be edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TableChoice {
    /// The index among the tables; `None` if nothing is chosen.
    pub(crate) table: Option<usize>,
    pub(crate) statement: String,
}

/// The fields of the dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DatabaseForm {
    pub(crate) purpose: DatabasePurpose,
    /// Whether the database is on a server, rather than in a file.
    pub(crate) is_server: bool,
    pub(crate) path: String,
    pub(crate) host: String,
    pub(crate) port: String,
    pub(crate) database: String,
    pub(crate) user: String,
    pub(crate) password: TypedPassword,
    /// How the connection is encrypted; `None` for what fits the host.
    pub(crate) tls: Option<TlsMode>,
    pub(crate) root_file: String,
    /// The tables of the database, once they are listed.
    pub(crate) tables: Option<Vec<DatabaseTable>>,
    pub(crate) actors: TableChoice,
    pub(crate) ties: TableChoice,
    /// The id of the actor to start from; empty to read everything.
    pub(crate) start: String,
    /// Why the database could not be read.
    pub(crate) error: Option<String>,
    /// Whether the database is being asked.
    pub(crate) is_asking: bool,
}

/// What the dialog asks for.
#[derive(Clone, Debug)]
pub(crate) enum DatabaseRequest {
    /// Choose the file.
    ChooseFile,
    /// List the tables.
    List(Box<DatabaseForm>),
    /// Read what was chosen.
    Read(Box<DatabaseForm>),
}

/// The maximum number of actors whose neighbors are asked for at once.
pub(crate) const MOST_ACTORS: usize = 20;
/// The maximum number of ties that are asked for at once.
pub(crate) const MOST_NEIGHBORS: usize = 200;
/// The port of servers unless said otherwise.
const PORT: u16 = 5432;

impl DatabaseForm {
    /// Starts the form with the database that was asked last, without its password.
    pub(crate) fn new(purpose: DatabasePurpose, last: Option<&DatabaseAddress>) -> Self {
        let mut form = Self {
            purpose,
            is_server: false,
            path: String::new(),
            host: String::new(),
            port: PORT.to_string(),
            database: String::new(),
            user: String::new(),
            password: TypedPassword::default(),
            tls: None,
            root_file: String::new(),
            tables: None,
            actors: TableChoice::default(),
            ties: TableChoice::default(),
            start: String::new(),
            error: None,
            is_asking: false,
        };
        match last {
            None => {}
            Some(DatabaseAddress::Sqlite(path)) => form.path = path.to_string_lossy().into_owned(),
            Some(DatabaseAddress::Postgres(server)) => {
                form.is_server = true;
                form.host.clone_from(&server.host);
                form.port = server.port.to_string();
                form.database.clone_from(&server.database);
                form.user.clone_from(&server.user);
                form.tls = Some(server.tls);
                form.root_file =
                    server.root_file.as_ref().map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
            }
        }
        form
    }

    /// Returns the encryption that is chosen, or fits the host.
    pub(crate) fn tls_now(&self) -> TlsMode {
        self.tls.unwrap_or_else(|| TlsMode::for_host(self.host.trim()))
    }

    /// Returns how the database is reached.
    ///
    /// # Errors
    ///
    /// If a field lacks its value; says which.
    pub(crate) fn access(&self) -> Result<Access, String> {
        let filled = |text: &str, what: &str| {
            let text = text.trim();
            if text.is_empty() { Err(format!("{what} is not filled in")) } else { Ok(text.to_owned()) }
        };
        if !self.is_server {
            let path = PathBuf::from(filled(&self.path, "The file")?);
            return Ok(Access { address: DatabaseAddress::Sqlite(path), password: None, timeout: STATEMENT_TIMEOUT });
        }
        let server = Server {
            host: filled(&self.host, "The server")?,
            port: self.port.trim().parse().map_err(|_| "The port is not a number from 1 to 65535".to_owned())?,
            user: filled(&self.user, "The user")?,
            database: filled(&self.database, "The name of the database")?,
            tls: self.tls_now(),
            root_file: Some(self.root_file.trim()).filter(|file| !file.is_empty()).map(PathBuf::from),
            connect_timeout: crate::database::CONNECT_TIMEOUT,
        };
        let typed = (!self.password.0.is_empty()).then(|| Password::new(self.password.0.clone()));
        let password = typed.or_else(|| Password::of_environment(&server));
        Ok(Access { address: DatabaseAddress::Postgres(server), password, timeout: STATEMENT_TIMEOUT })
    }

    /// Takes the tables of the database, and chooses those that look like ties and actors.
    pub(crate) fn take_tables(&mut self, tables: Vec<DatabaseTable>) {
        let has = |table: &DatabaseTable, role: Role| {
            table.columns.iter().any(|column| roles_of_heading(column).contains(&role))
        };
        let are_ties = |table: &DatabaseTable| has(table, Role::From) && has(table, Role::To);
        // The rows of a view are in the tables in full.
        let first = |fits: &dyn Fn(usize) -> bool| {
            (0..tables.len()).filter(|index| fits(*index)).min_by_key(|index| tables[*index].is_view)
        };
        let ties = first(&|index| are_ties(&tables[index]));
        let actors = first(&|index| Some(index) != ties && has(&tables[index], Role::ActorName));
        let choice = |table: Option<usize>| TableChoice {
            table,
            statement: table.map(|index| tables[index].select()).unwrap_or_default(),
        };
        (self.actors, self.ties) = (choice(actors), choice(ties));
        self.tables = Some(tables);
    }

    /// Returns what is explored from the actor to start from; `None` if everything is read.
    ///
    /// # Errors
    ///
    /// If it is not clear which columns of the ties name actors; says what helps.
    pub(crate) fn exploration(&self) -> Result<Option<Exploration>, String> {
        let start = self.start.trim();
        if start.is_empty() {
            return Ok(None);
        }
        let ties = &self.ties.statement;
        let chosen = self.tables.iter().flatten().nth(self.ties.table.unwrap_or(usize::MAX));
        let neighbors = if ties.to_ascii_lowercase().contains(":actor") {
            ties.clone()
        } else {
            let is_end =
                |column: &&String| roles_of_heading(column).iter().any(|role| matches!(role, Role::From | Role::To));
            let ends: Vec<String> =
                chosen.iter().flat_map(|table| table.columns.iter().filter(is_end).cloned()).collect();
            if ends.len() < 2 {
                return Err("To start from one actor, write :actor for its id into the SELECT for ties, such as WHERE payer = :actor OR payee = :actor".to_owned());
            }
            Exploration::neighbors_in(ties, &ends)
        };
        let actors = Some(self.actors.statement.clone()).filter(|statement| !statement.trim().is_empty());
        Ok(Some(Exploration { neighbors, actors, from: vec![start.to_owned()], hops: 1, most: MOST_NEIGHBORS }))
    }

    /// Returns the statements to ask.
    pub(crate) fn questions(&self) -> Vec<DatabaseQuestion> {
        let named = [("actors", &self.actors), ("ties", &self.ties)].into_iter();
        let filled = named.filter(|(_, choice)| !choice.statement.trim().is_empty());
        filled
            .map(|(name, choice)| DatabaseQuestion { name: name.to_owned(), statement: choice.statement.clone() })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{DatabaseForm, DatabasePurpose};
    use crate::database::{DatabaseAddress, DatabaseTable, TlsMode};

    fn table(name: &str, columns: &[&str]) -> DatabaseTable {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        DatabaseTable { schema: None, name: name.to_owned(), is_view: false, columns, rows: None }
    }

    #[test]
    fn tables_that_look_like_ties_and_actors_are_chosen() {
        let mut form = DatabaseForm::new(DatabasePurpose::Open, None);
        form.take_tables(vec![
            table("log", &["at"]),
            table("links", &["source", "target"]),
            table("people", &["id", "name"]),
        ]);
        assert_eq!((form.actors.table, form.ties.table), (Some(2), Some(1)));
        let statements: Vec<String> = form.questions().into_iter().map(|question| question.statement).collect();
        assert_eq!(statements, [r#"SELECT "id", "name" FROM "people""#, r#"SELECT "source", "target" FROM "links""#]);
        let view = DatabaseTable { is_view: true, ..table("a", &["from", "to"]) };
        form.take_tables(vec![view, table("links", &["source", "target"])]);
        assert_eq!(form.ties.table, Some(1), "a table rather than a view");
        form.take_tables(vec![table("log", &["at"])]);
        assert!(form.questions().is_empty());
    }

    #[test]
    fn fields_become_an_address_and_back_without_the_password() {
        let mut form = DatabaseForm::new(DatabasePurpose::Open, None);
        assert_eq!(form.access().expect_err("no file"), "The file is not filled in");
        form.is_server = true;
        (form.host, form.user, form.database) = ("db.example.org".to_owned(), "ann".to_owned(), "deals".to_owned());
        form.password.0 = "s3cret-word".to_owned();
        let access = form.access().expect("an address");
        let DatabaseAddress::Postgres(server) = &access.address else { panic!("a server") };
        assert_eq!((server.port, server.tls), (5432, TlsMode::VerifyFull));
        assert!(access.password.is_some());
        assert!(!format!("{form:?} {access:?}").contains("s3cret-word"));
        let again = DatabaseForm::new(DatabasePurpose::Add, Some(&access.address));
        assert_eq!((again.user.as_str(), again.password.0.as_str()), ("ann", ""));
        form.port = "70000".to_owned();
        assert!(form.access().expect_err("no port").contains("65535"));
    }
}
