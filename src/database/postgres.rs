//! Reads databases on servers that speak the protocol of PostgreSQL, in a transaction that can't write.
//!
//! All values arrive as text, since the server casts them: types that nobody here knows can be read, too. The server is
//! not trusted: it may send rubbish, nothing, or rows without end.

mod tls;
mod wire;

use std::borrow::Cow;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_core::Stream;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{Format, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{CancelToken, Client, Column, Config, RowStream};

use super::address::{Server, TlsMode};
use super::connection::{Connection, Fault, Note, Sink, Value};
use super::password::Password;
use super::relation::{Relation, RowEstimate};
use super::values::{MAX_HEX_BYTES, is_day, notes_on_blobs, number_kind};
use super::watch::{STEP, Stopped, Watch};
use crate::load::ValueKind;
use crate::visible::visible;
use tls::Encryption;
use wire::{Budget, Wire};

/// Bytes that a server may send in all.
const MAX_BYTES: u64 = 3 << 29;
/// The time for a last word to a server: that a statement is canceled, or that reading has ended.
const LAST_WORD: Duration = Duration::from_secs(3);
/// The time that the server has beyond the limit of a statement to say so itself.
const GRACE: Duration = Duration::from_secs(2);
/// The longest message of a server that is shown, in characters.
const MAX_MESSAGE: usize = 400;
/// Columns of tables and views that are listed.
const MAX_LISTED: usize = 50_000;
/// What the server says of a binary value that is too long to be written out.
const LONG_BLOB: &str = "\\x";
/// Rows between two looks at the clock.
const ROWS_AT_ONCE: usize = 256;

/// An open connection, with its transaction.
pub(super) struct PostgresConnection {
    /// Taken when the connection ends.
    runtime: Option<Runtime>,
    client: Client,
    link: Link,
    notes: Vec<Note>,
}

/// What it takes to reach the server.
struct Link {
    server: Server,
    password: Option<Password>,
    encryption: Encryption,
    budget: Budget,
    watch: Arc<Watch>,
}

/// Connects to a server, and begins a transaction that only reads.
pub(super) fn open(
    server: &Server,
    password: Option<&Password>,
    watch: &Arc<Watch>,
) -> Result<PostgresConnection, Fault> {
    let runtime = Builder::new_current_thread().enable_io().enable_time().build();
    let runtime =
        runtime.map_err(|error| Fault::new(format!("the network could not be used: {error}"), "try again"))?;
    let link = Link {
        server: server.clone(),
        password: password.cloned(),
        encryption: Encryption::new(server)?,
        budget: Budget::new(MAX_BYTES),
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

impl Link {
    fn connect(&self, runtime: &Runtime) -> Result<Client, Fault> {
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
            Fault::new(format!("no connection within {seconds} s"), "check host and port, and that the server runs")
        };
        self.wait(runtime, Some(self.server.connect_timeout), connecting)?.unwrap_or_else(|| Err(too_slow()))
    }

    /// Waits for something unless the work is stopped; `None` if it takes longer than `most`.
    fn wait<T>(
        &self,
        runtime: &Runtime,
        most: Option<Duration>,
        work: impl Future<Output = T>,
    ) -> Result<Option<T>, Fault> {
        let began = Instant::now();
        runtime.block_on(async {
            let mut work = pin!(work);
            loop {
                if let Ok(done) = timeout(STEP, work.as_mut()).await {
                    return Ok(Some(done));
                }
                match self.watch.stopped() {
                    Some(Stopped::Canceled) => return Err(Fault::Canceled),
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

    fn unreachable(&self, error: &std::io::Error) -> Fault {
        let message = format!("no connection to {} at port {}: {error}", visible(&self.server.host), self.server.port);
        Fault::new(message, "check host and port, and that the server runs")
    }

    /// Returns an error in words, without the password should the server repeat it.
    fn fault(&self, error: &tokio_postgres::Error) -> Fault {
        if self.budget.is_spent() {
            let message = format!("the server sends more than {} MB", MAX_BYTES >> 20);
            return Fault::new(message, "narrow the statement, such as by WHERE or LIMIT");
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
            return Fault::NeedsPassword;
        }
        if words == "server does not support TLS" {
            return Fault::new(
                "the server can't encrypt the connection",
                "use sslmode=disable only in a network where nobody listens",
            );
        }
        let Some(error) = error.as_db_error() else {
            return Fault::new(
                format!("the connection failed: {}", self.shown(&words)),
                "check host and port, or try again",
            );
        };
        let detail = [error.detail(), error.hint()].into_iter().flatten().map(|text| format!(" ({text})"));
        let message = self.shown(&format!("{}{}", error.message(), detail.collect::<String>()));
        let code = error.code();
        if *code == SqlState::QUERY_CANCELED {
            return Fault::of_watch(&self.watch);
        }
        let remedy = if *code == SqlState::INVALID_PASSWORD || *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION {
            "check user and password"
        } else if *code == SqlState::INVALID_CATALOG_NAME {
            "check the name of the database"
        } else if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
            "only reading is allowed: leave out what changes the database"
        } else if *code == SqlState::INSUFFICIENT_PRIVILEGE {
            "ask for the right to read it"
        } else {
            "check the statement; --list names tables and columns"
        };
        Fault::new(message, remedy)
    }

    /// Returns the words of a server as they can be shown.
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
    fn wait<T>(&self, work: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, Fault> {
        let Some(runtime) = &self.runtime else { return Err(Fault::Canceled) };
        let waited = self.link.wait(runtime, None, work);
        match waited {
            Ok(Some(done)) => done.map_err(|error| self.link.fault(&error)),
            Ok(None) => Err(self.give_up(Fault::too_slow(&self.link.watch))),
            Err(fault) => Err(self.give_up(fault)),
        }
    }

    /// Cancels the statement, and returns the reason.
    fn give_up(&self, fault: Fault) -> Fault {
        if let Some(runtime) = &self.runtime {
            self.cancel(runtime);
        }
        fault
    }

    /// Asks the server to stop what it does, over a connection of its own.
    fn cancel(&self, runtime: &Runtime) {
        let token: CancelToken = self.client.cancel_token();
        let Link { server, encryption, budget, .. } = &self.link;
        let asking = async {
            if let Ok(wire) = Wire::connect(server, budget.clone()).await {
                let _ = token.cancel_query_raw(wire, encryption.clone()).await;
            }
        };
        let _ = runtime.block_on(async { timeout(LAST_WORD, asking).await });
    }

    fn begin(&mut self) -> Result<(), Fault> {
        self.link.watch.start_statement();
        let limit = (self.link.watch.timeout() + GRACE).as_millis();
        // Servers of other makes may not know all of them.
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

impl Connection for PostgresConnection {
    fn relations(&mut self) -> Result<Vec<Relation>, Fault> {
        let text = format!(
            "SELECT n.nspname, c.relname, c.relkind IN ('v', 'm'), c.reltuples, a.attname \
             FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
             JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
             WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') \
             AND n.nspname NOT LIKE 'pg\\_%' AND pg_catalog.has_table_privilege(c.oid, 'SELECT') \
             ORDER BY n.nspname, c.relname, a.attnum LIMIT {MAX_LISTED}"
        );
        let mut listed = RelationSink(Vec::new());
        self.query(&text, &[], &mut listed)?;
        Ok(listed.0)
    }

    fn query(&mut self, text: &str, values: &[String], sink: &mut dyn Sink) -> Result<(), Fault> {
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
                Ok(Taken::All) => break,
                Ok(Taken::Some) if self.link.watch.stopped().is_none() => {}
                Ok(Taken::Some) => return Err(self.give_up(Fault::of_watch(&self.link.watch))),
                Err(TakeError::Server(error)) => return Err(self.link.fault(&error)),
                Err(TakeError::Sink(fault)) => return Err(self.give_up(fault)),
            }
        }
        self.notes.extend(notes_on_blobs(&names, &blobs));
        Ok(())
    }

    fn end(&mut self) -> Result<Vec<Note>, Fault> {
        Ok(std::mem::take(&mut self.notes))
    }
}

/// What became of rows that were waited for.
enum Taken {
    /// There may be more.
    Some,
    All,
}

enum TakeError {
    Server(tokio_postgres::Error),
    Sink(Fault),
}

/// Takes some rows of an answer.
async fn take_rows(
    mut rows: Pin<&mut RowStream>,
    sorts: &[Sort],
    blobs: &mut [u64],
    watch: &Watch,
    sink: &mut dyn Sink,
) -> Result<Taken, TakeError> {
    for _ in 0..ROWS_AT_ONCE {
        let Some(row) = poll_fn(|context| rows.as_mut().poll_next(context)).await else { return Ok(Taken::All) };
        let row = row.map_err(TakeError::Server)?;
        watch.count_row();
        let mut cells: Vec<Value<'_>> = Vec::with_capacity(sorts.len());
        for (column, sort) in sorts.iter().enumerate() {
            let text = row.try_get::<_, Option<&str>>(column).map_err(TakeError::Server)?;
            cells.push(sort.cell(text.unwrap_or_default(), &mut blobs[column]));
        }
        sink.row(&cells).map_err(TakeError::Sink)?;
    }
    Ok(Taken::Some)
}

/// Returns a statement whose values the server casts to text.
fn with_casts(text: &str, columns: &[Column]) -> String {
    let cast = |(index, column): (usize, &Column)| match Sort::of(column.type_()) {
        Sort::Bytes => format!(
            "CASE WHEN octet_length(q.c{index}) <= {MAX_HEX_BYTES} THEN encode(q.c{index}, 'hex') \
             WHEN q.c{index} IS NOT NULL THEN '{LONG_BLOB}' END"
        ),
        _ => format!("q.c{index}::text"),
    };
    let casts: Vec<String> = columns.iter().enumerate().map(cast).collect();
    let names: Vec<String> = (0..columns.len()).map(|index| format!("c{index}")).collect();
    // A comment may stand at the end of the statement.
    format!("SELECT {} FROM (\n{text}\n) AS q({})", casts.join(", "), names.join(", "))
}

/// What values of a type are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Truth,
    Number,
    Day,
    Time,
    Bytes,
    Other,
}

impl Sort {
    fn of(of_type: &Type) -> Self {
        match *of_type {
            Type::BOOL => Self::Truth,
            Type::INT2 | Type::INT4 | Type::INT8 | Type::FLOAT4 | Type::FLOAT8 | Type::NUMERIC | Type::OID => {
                Self::Number
            }
            Type::DATE => Self::Day,
            Type::TIMESTAMP | Type::TIMESTAMPTZ => Self::Time,
            Type::BYTEA => Self::Bytes,
            _ => match of_type.kind() {
                tokio_postgres::types::Kind::Domain(inner) => Self::of(inner),
                _ => Self::Other,
            },
        }
    }

    /// Returns a text of the server as a cell; a long binary value is counted and left out.
    fn cell<'a>(self, text: &'a str, blobs: &mut u64) -> Value<'a> {
        // A time at midnight is a day.
        let day = text.split_once(" 00:00:00").map(|(day, zone)| (day, zone.trim_start_matches(['+', '-', '0', ':'])));
        match self {
            Self::Truth => (ValueKind::Bool, Cow::Borrowed(text)),
            Self::Number => (number_kind(text), Cow::Borrowed(text)),
            Self::Day if is_day(text) => (ValueKind::Date, Cow::Borrowed(text)),
            Self::Time => match day {
                Some((day, "")) if is_day(day) => (ValueKind::Date, Cow::Borrowed(day)),
                _ => (ValueKind::Text, Cow::Borrowed(text)),
            },
            Self::Bytes if text == LONG_BLOB => {
                *blobs += 1;
                (ValueKind::Text, Cow::Borrowed(""))
            }
            Self::Day | Self::Bytes | Self::Other => (ValueKind::Text, Cow::Borrowed(text)),
        }
    }
}

/// A value for a parameter of any type, which the server reads from its text.
#[derive(Debug)]
struct TextValue<'a>(&'a str);

impl ToSql for TextValue<'_> {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        out.extend_from_slice(self.0.as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    to_sql_checked!();
}

/// Collects tables from the rows of their columns.
struct RelationSink(Vec<Relation>);

impl Sink for RelationSink {
    fn columns(&mut self, _: &[String]) -> Result<(), Fault> {
        Ok(())
    }

    fn row(&mut self, cells: &[Value<'_>]) -> Result<(), Fault> {
        let [schema, name, is_view, rows, column] = cells else { return Ok(()) };
        let (schema, name) = (schema.1.as_ref(), name.1.as_ref());
        let is_same = |relation: &Relation| relation.name == name && relation.schema.as_deref() == Some(schema);
        if !self.0.last().is_some_and(is_same) {
            // A table that was never analyzed is estimated at less than nothing.
            let rows =
                rows.1.parse::<f64>().ok().filter(|rows| *rows >= 0.0).map(|rows| RowEstimate::About(rows as u64));
            let is_view = is_view.1 == "true";
            let rows = rows.filter(|_| !is_view);
            self.0.push(Relation {
                schema: Some(schema.to_owned()),
                name: name.to_owned(),
                is_view,
                columns: Vec::new(),
                rows,
            });
        }
        if let Some(relation) = self.0.last_mut() {
            relation.columns.push(column.1.to_string());
        }
        Ok(())
    }
}
