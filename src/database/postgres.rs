//! Reads databases on servers that speak the protocol of PostgreSQL, in a transaction that can't write.
//!
//! All values arrive as text, since the server casts them: so unknown types can be read, too. The server is
//! not trusted: it may send rubbish, nothing, or rows without end.

mod rows;
mod tls;
mod wire;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::{CancelToken, Client, Config};

use super::address::{Server, TlsMode};
use super::connection::{DatabaseConnection, DatabaseFault, DatabaseNote, Sink};
use super::password::Password;
use super::relation::DatabaseTable;
use super::values::notes_on_blobs;
use super::watch::{STEP, Stopped, Watch};
use crate::hidden_characters::visible;
use rows::{ListSink, RowBatch, Sort, TakeError, TextValue, take_rows, with_casts};
use tls::Encryption;
use wire::{ByteBudget, Wire};

/// Bytes that a server may send in all.
const MAX_BYTES: u64 = 3 << 29;
/// The time for the last request to a server: to cancel a statement, or to end the transaction.
const LAST_WORD: Duration = Duration::from_secs(3);
/// The extra time after the limit of a statement in which the server may report the timeout itself.
const GRACE: Duration = Duration::from_secs(2);
/// The longest message of a server that is shown, in characters.
const MAX_MESSAGE: usize = 400;
/// Columns of tables and views that are listed.
const MAX_LISTED: usize = 50_000;

/// An open connection, with its transaction.
pub(super) struct PostgresConnection {
    /// Taken when the connection ends.
    runtime: Option<Runtime>,
    client: Client,
    link: ServerLink,
    notes: Vec<DatabaseNote>,
}

/// What it takes to reach the server.
struct ServerLink {
    server: Server,
    password: Option<Password>,
    encryption: Encryption,
    budget: ByteBudget,
    watch: Arc<Watch>,
}

/// Connects to a server, and begins a transaction that only reads.
pub(super) fn open(
    server: &Server,
    password: Option<&Password>,
    watch: &Arc<Watch>,
) -> Result<PostgresConnection, DatabaseFault> {
    let runtime = Builder::new_current_thread().enable_io().enable_time().build();
    let runtime =
        runtime.map_err(|error| DatabaseFault::new(format!("the network could not be used: {error}"), "try again"))?;
    let link = ServerLink {
        server: server.clone(),
        password: password.cloned(),
        encryption: Encryption::new(server)?,
        budget: ByteBudget::new(MAX_BYTES),
        watch: Arc::clone(watch),
    };
    let connected = link.connect(&runtime);
    let client = match connected {
        Ok(client) => client,
        Err(fault) => {
            // Looking up a name can't be interrupted.
            runtime.shutdown_background();
            return Err(fault);
        }
    };
    let mut connection = PostgresConnection { runtime: Some(runtime), client, link, notes: Vec::new() };
    connection.begin()?;
    Ok(connection)
}

impl ServerLink {
    fn connect(&self, runtime: &Runtime) -> Result<Client, DatabaseFault> {
        let mut config = Config::new();
        config.user(&self.server.user).dbname(&self.server.database).application_name("tieline");
        config.ssl_mode(match self.server.tls {
            _ if wire::is_local(&self.server) => SslMode::Disable,
            TlsMode::Disable => SslMode::Disable,
            TlsMode::Prefer => SslMode::Prefer,
            TlsMode::Require | TlsMode::VerifyCa | TlsMode::VerifyFull => SslMode::Require,
        });
        if let Some(password) = &self.password {
            config.password(password.text());
        }
        let connecting = async {
            let wire =
                Wire::connect(&self.server, self.budget.clone()).await.map_err(|error| self.unreachable(&error))?;
            let connected = config.connect_raw(wire, self.encryption.clone()).await;
            let (client, connection) = connected.map_err(|error| self.fault(&error))?;
            // Ends with the runtime; its error is that of the statement under way.
            tokio::spawn(async move { connection.await.unwrap_or_default() });
            Ok(client)
        };
        let too_slow = || {
            let seconds = self.server.connect_timeout.as_secs();
            DatabaseFault::new(
                format!("no connection within {seconds} s"),
                "check host and port, and that the server is running",
            )
        };
        self.wait(runtime, Some(self.server.connect_timeout), connecting)?.unwrap_or_else(|| Err(too_slow()))
    }

    /// Waits for something unless the work is stopped; `None` if it takes longer than `most`.
    fn wait<T>(
        &self,
        runtime: &Runtime,
        most: Option<Duration>,
        work: impl Future<Output = T>,
    ) -> Result<Option<T>, DatabaseFault> {
        let began = Instant::now();
        runtime.block_on(async {
            let mut work = pin!(work);
            loop {
                if let Ok(done) = timeout(STEP, work.as_mut()).await {
                    return Ok(Some(done));
                }
                match self.watch.stopped() {
                    Some(Stopped::Canceled) => return Err(DatabaseFault::Canceled),
                    // The limit of a connection is its own.
                    Some(Stopped::TimedOut) if most.is_none() => return Ok(None),
                    _ => {}
                }
                if most.is_some_and(|most| began.elapsed() > most) {
                    return Ok(None);
                }
            }
        })
    }

    fn unreachable(&self, error: &std::io::Error) -> DatabaseFault {
        let message = format!("no connection to {} at port {}: {error}", visible(&self.server.host), self.server.port);
        DatabaseFault::new(message, "check host and port, and that the server is running")
    }

    /// Returns an error in words, without the password should the server repeat it.
    fn fault(&self, error: &tokio_postgres::Error) -> DatabaseFault {
        if self.budget.is_spent() {
            let message = format!("the server sends more than {} MB", MAX_BYTES >> 20);
            return DatabaseFault::new(message, "narrow the statement, such as by WHERE or LIMIT");
        }
        if let Some(error) = tls::find_in(error) {
            return tls::certificate_fault(error, &self.server);
        }
        let mut words = error.to_string();
        let mut next = std::error::Error::source(error);
        while let Some(cause) = next {
            words = cause.to_string();
            next = cause.source();
        }
        if words == "password missing" {
            return DatabaseFault::NeedsPassword;
        }
        if words == "server does not support TLS" {
            return DatabaseFault::new(
                "the server can't encrypt the connection",
                "use sslmode=disable only in a network that you trust",
            );
        }
        let Some(error) = error.as_db_error() else {
            return DatabaseFault::new(
                format!("the connection failed: {}", self.shown(&words)),
                "check host and port, or try again",
            );
        };
        let detail = [error.detail(), error.hint()].into_iter().flatten().map(|text| format!(" ({text})"));
        let message = self.shown(&format!("{}{}", error.message(), detail.collect::<String>()));
        let code = error.code();
        if *code == SqlState::QUERY_CANCELED {
            return DatabaseFault::of_watch(&self.watch);
        }
        let remedy = if *code == SqlState::INVALID_PASSWORD || *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION {
            "check user and password"
        } else if *code == SqlState::INVALID_CATALOG_NAME {
            "check the name of the database"
        } else if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
            "only reading is allowed: leave out what changes the database"
        } else if *code == SqlState::INSUFFICIENT_PRIVILEGE {
            "ask for permission to read it"
        } else {
            "check the statement; --list names tables and columns"
        };
        DatabaseFault::new(message, remedy)
    }

    /// Returns a message of the server in displayable form.
    fn shown(&self, words: &str) -> String {
        let words = self.password.as_ref().map_or_else(|| words.to_owned(), |password| password.hide_in(words));
        let mut shown: String = visible(&words).chars().take(MAX_MESSAGE).collect();
        if words.chars().nth(MAX_MESSAGE).is_some() {
            shown.push('…');
        }
        shown
    }
}

impl PostgresConnection {
    /// Waits for the server; if it takes too long, or the user cancels, the statement is canceled there, too.
    fn wait<T>(&self, work: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, DatabaseFault> {
        let Some(runtime) = &self.runtime else { return Err(DatabaseFault::Canceled) };
        let waited = self.link.wait(runtime, None, work);
        match waited {
            Ok(Some(done)) => done.map_err(|error| self.link.fault(&error)),
            Ok(None) => Err(self.give_up(DatabaseFault::too_slow(&self.link.watch))),
            Err(fault) => Err(self.give_up(fault)),
        }
    }

    /// Cancels the statement, and returns the reason.
    fn give_up(&self, fault: DatabaseFault) -> DatabaseFault {
        if let Some(runtime) = &self.runtime {
            self.cancel(runtime);
        }
        fault
    }

    /// Asks the server to stop what it does, over a connection of its own.
    fn cancel(&self, runtime: &Runtime) {
        let token: CancelToken = self.client.cancel_token();
        let ServerLink { server, encryption, budget, .. } = &self.link;
        let asking = async {
            if let Ok(wire) = Wire::connect(server, budget.clone()).await {
                let _ = token.cancel_query_raw(wire, encryption.clone()).await;
            }
        };
        let _ = runtime.block_on(async { timeout(LAST_WORD, asking).await });
    }

    fn begin(&mut self) -> Result<(), DatabaseFault> {
        self.link.watch.start_statement();
        let limit = (self.link.watch.timeout() + GRACE).as_millis();
        // Other implementations may not support all of them.
        for setting in [
            "default_transaction_read_only = on".to_owned(),
            format!("statement_timeout = {limit}"),
            format!("idle_in_transaction_session_timeout = {}", limit.max(60_000)),
            "datestyle = 'ISO, YMD'".to_owned(),
            "intervalstyle = 'postgres'".to_owned(),
            "bytea_output = 'hex'".to_owned(),
            "standard_conforming_strings = on".to_owned(),
        ] {
            let set = async { Ok(self.client.batch_execute(&format!("SET {setting}")).await) };
            match self.wait(set)? {
                Err(error) if error.as_db_error().is_none() => return Err(self.link.fault(&error)),
                _ => {}
            }
        }
        self.wait(self.client.batch_execute("BEGIN TRANSACTION READ ONLY"))
    }
}

impl Drop for PostgresConnection {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Nothing waits for a server that does not answer.
            if !self.client.is_closed() {
                let _ = runtime.block_on(async { timeout(STEP, self.client.batch_execute("ROLLBACK")).await });
            }
            runtime.shutdown_background();
        }
    }
}

impl DatabaseConnection for PostgresConnection {
    fn relations(&mut self) -> Result<Vec<DatabaseTable>, DatabaseFault> {
        let text = format!(
            "SELECT n.nspname, c.relname, c.relkind IN ('v', 'm'), c.reltuples, a.attname \
             FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
             JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
             WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') \
             AND n.nspname NOT LIKE 'pg\\_%' AND pg_catalog.has_table_privilege(c.oid, 'SELECT') \
             ORDER BY n.nspname, c.relname, a.attnum LIMIT {MAX_LISTED}"
        );
        let mut listed = ListSink::default();
        self.query(&text, &[], &mut listed)?;
        Ok(listed.tables)
    }

    fn query(&mut self, text: &str, values: &[String], sink: &mut dyn Sink) -> Result<(), DatabaseFault> {
        self.link.watch.start_statement();
        let asked = self.wait(self.client.prepare(text))?;
        let names: Vec<String> = asked.columns().iter().map(|column| column.name().to_owned()).collect();
        sink.columns(&names)?;
        let sorts: Vec<Sort> = asked.columns().iter().map(|column| Sort::of(column.type_())).collect();
        let cast = self.wait(self.client.prepare(&with_casts(text, asked.columns())))?;
        let texts = values.iter().map(|value| TextValue(value));
        let rows = self.wait(self.client.query_raw(&cast, texts))?;
        let mut rows = pin!(rows);
        let mut blobs = vec![0_u64; names.len()];
        loop {
            let taking = async { Ok(take_rows(rows.as_mut(), &sorts, &mut blobs, &self.link.watch, sink).await) };
            match self.wait(taking)? {
                Ok(RowBatch::All) => break,
                Ok(RowBatch::Some) if self.link.watch.stopped().is_none() => {}
                Ok(RowBatch::Some) => return Err(self.give_up(DatabaseFault::of_watch(&self.link.watch))),
                Err(TakeError::Server(error)) => return Err(self.link.fault(&error)),
                Err(TakeError::Sink(fault)) => return Err(self.give_up(fault)),
            }
        }
        self.notes.extend(notes_on_blobs(&names, &blobs));
        Ok(())
    }

    fn end(&mut self) -> Result<Vec<DatabaseNote>, DatabaseFault> {
        Ok(std::mem::take(&mut self.notes))
    }
}
