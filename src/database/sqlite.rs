//! Reads databases of SQLite without writing anything beside them: no journal, no write-ahead log, no lock. The files are
//! untrusted, so nothing in them may run, attach or load anything, and each statement has a limit of time and memory.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs::Metadata;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{ErrorCode, OpenFlags, params_from_iter};

use super::connection::{DatabaseConnection, DatabaseFault, DatabaseNote, Sink, Value};
use super::relation::{DatabaseTable, RowEstimate};
use super::statement::quoted_name;
use super::values::{MAX_HEX_BYTES, hex, is_day, number_kind};
use super::watch::Watch;
use crate::hidden_characters::visible;
use crate::load::ValueKind;
use crate::model::Severity;

/// Characters that stay as they are in the path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');
/// Bytes of memory for all statements of the program.
const HEAP_BYTES: u64 = 1 << 30;
/// Bytes of a text, a blob or a row.
const MAX_VALUE_BYTES: i32 = 64 << 20;
/// Instructions of a statement between two checks of the time limit.
const STEPS: i32 = 10_000;
/// Rows of a table that are counted.
const MAX_COUNTED: u64 = 1_000_000;
/// Tables and views that are listed.
const MAX_RELATIONS: usize = 2_000;
/// The first bytes of each database.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// An open database.
pub(super) struct SqliteConnection {
    db: rusqlite::Connection,
    path: PathBuf,
    /// The file as it was when it was opened.
    before: Option<Metadata>,
    watch: Arc<Watch>,
    notes: Vec<DatabaseNote>,
}

/// Opens a database.
pub(super) fn open(path: &Path, watch: &Arc<Watch>) -> Result<SqliteConnection, DatabaseFault> {
    let unreadable =
        |error: std::io::Error| DatabaseFault::new(error.to_string(), "check the path and its permissions");
    let before = std::fs::metadata(path).map_err(unreadable)?;
    if !before.is_file() {
        return Err(DatabaseFault::new("it is not a file", "choose the file of an SQLite database"));
    }
    if before.len() == 0 {
        return Err(DatabaseFault::new("it is empty", "choose the file of an SQLite database"));
    }
    if !begins_as_database(path).map_err(unreadable)? {
        return Err(not_a_database());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = rusqlite::Connection::open_with_flags(uri(path).map_err(unreadable)?, flags);
    let mut db = db.map_err(|error| fault_of(&error, watch))?;
    secure(&mut db, watch).map_err(|error| fault_of(&error, watch))?;
    let notes = notes_on_files_beside(path);
    Ok(SqliteConnection { db, path: path.to_owned(), before: Some(before), watch: Arc::clone(watch), notes })
}

pub(super) fn begins_as_database(path: &Path) -> std::io::Result<bool> {
    use std::io::Read as _;
    let mut start = Vec::new();
    std::fs::File::open(path)?.take(MAGIC.len() as u64).read_to_end(&mut start)?;
    Ok(start == MAGIC)
}

fn not_a_database() -> DatabaseFault {
    DatabaseFault::new("it is not an SQLite database, or it is encrypted", "choose another file")
}

/// Returns the URI by which SQLite opens a file as immutable: it then writes nothing
/// beside it.
fn uri(path: &Path) -> std::io::Result<String> {
    let path = std::path::absolute(path)?;
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    let bytes = format!("/{}", path.to_string_lossy().replace('\\', "/")).into_bytes();
    Ok(format!("file:{}?mode=ro&immutable=1", percent_encode(&bytes, PATH)))
}

/// Forbids all that a reader of rows has no use for.
fn secure(db: &mut rusqlite::Connection, watch: &Arc<Watch>) -> rusqlite::Result<()> {
    for (config, is_on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
        // A text in double quotes is a name, and a misspelled one an error.
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        db.set_db_config(config, is_on)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 500),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 200),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        db.set_limit(limit, most)?;
    }
    let of_handler = Arc::clone(watch);
    db.progress_handler(STEPS, Some(move || of_handler.stopped().is_some()))?;
    // Sorting in memory, since nothing is written anywhere.
    db.execute_batch(
        "PRAGMA temp_store = MEMORY; PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON;",
    )?;
    check_schema(db)?;
    db.query_row(&format!("PRAGMA hard_heap_limit = {HEAP_BYTES}"), [], |_| Ok(()))?;
    db.authorizer(Some(authorize))
}

/// Checks that the names in a database are text, on which rusqlite relies.
fn check_schema(db: &rusqlite::Connection) -> rusqlite::Result<()> {
    let mut statement = db.prepare("SELECT name, tbl_name, sql FROM sqlite_schema")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..3 {
            if let ValueRef::Text(bytes) = row.get_ref(column)? {
                std::str::from_utf8(bytes).map_err(|error| rusqlite::Error::Utf8Error(column, error))?;
            }
        }
    }
    Ok(())
}

/// Allows reading alone. Virtual tables are refused with all else, since their code is not meant for untrusted files.
fn authorize(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select
        | AuthAction::Read { .. }
        | AuthAction::Recursive
        | AuthAction::Pragma { pragma_name: "table_xinfo", .. } => Authorization::Allow,
        AuthAction::Function { function_name } if !is_forbidden(function_name) => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

fn is_forbidden(function: &str) -> bool {
    ["load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"]
        .iter()
        .any(|name| function.eq_ignore_ascii_case(name))
}

/// Notes what another program has not written into the database yet.
fn notes_on_files_beside(path: &Path) -> Vec<DatabaseNote> {
    let has_content = |ending: &str| {
        let mut beside = OsString::from(path.as_os_str());
        beside.push(ending);
        let name = Path::new(&beside).file_name().map(|name| visible(&name.to_string_lossy()).into_owned());
        let is_filled = std::fs::metadata(&beside).is_ok_and(|meta| meta.len() > 0);
        name.filter(|_| is_filled)
    };
    let mut notes = Vec::new();
    if let Some(name) = has_content("-wal") {
        notes.push(DatabaseNote {
            severity: Severity::Warning,
            message: format!("“{name}” has changes that are not in the database yet; they are not read"),
            remedy: "close the program that uses the database, and import again".to_owned(),
        });
    }
    if let Some(name) = has_content("-journal") {
        notes.push(DatabaseNote {
            severity: Severity::Warning,
            message: format!("“{name}” shows that a transaction was not finished; the rows may be inconsistent"),
            remedy: "open the database once with the program that it belongs to, and import again".to_owned(),
        });
    }
    notes
}

impl DatabaseConnection for SqliteConnection {
    fn relations(&mut self) -> Result<Vec<DatabaseTable>, DatabaseFault> {
        let fault = |error: rusqlite::Error| fault_of(&error, &self.watch);
        let schema = "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') \
            AND sql NOT LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name";
        let mut statement = self.db.prepare(schema).map_err(fault)?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
        let mut relations = Vec::new();
        for row in rows.map_err(fault)?.take(MAX_RELATIONS) {
            let (name, kind) = row.map_err(fault)?;
            if name.to_ascii_lowercase().starts_with("sqlite_") {
                continue;
            }
            // A view whose table is gone has no columns.
            let columns = self.columns_of(&name).unwrap_or_default();
            let is_view = kind == "view";
            let rows = if is_view { None } else { self.count_rows(&name) };
            relations.push(DatabaseTable { schema: None, name, is_view, columns, rows });
            if self.watch.stopped().is_some() {
                return Err(DatabaseFault::of_watch(&self.watch));
            }
        }
        Ok(relations)
    }

    fn query(&mut self, text: &str, values: &[String], sink: &mut dyn Sink) -> Result<(), DatabaseFault> {
        // rusqlite panics if memory runs out within a value.
        let asked = catch_unwind(AssertUnwindSafe(|| self.ask(text, values, sink)));
        asked.unwrap_or_else(|_| {
            Err(DatabaseFault::new("the file is damaged, or a value needs too much memory", "narrow the statement"))
        })
    }

    fn end(&mut self) -> Result<Vec<DatabaseNote>, DatabaseFault> {
        let now = std::fs::metadata(&self.path).ok();
        let state = |meta: &Option<Metadata>| meta.as_ref().map(|meta| (meta.len(), meta.modified().ok()));
        if state(&now) != state(&self.before) {
            return Err(DatabaseFault::new("another program changed it while it was read", "try again"));
        }
        Ok(std::mem::take(&mut self.notes))
    }
}

impl SqliteConnection {
    fn ask(&mut self, text: &str, values: &[String], sink: &mut dyn Sink) -> Result<(), DatabaseFault> {
        self.watch.start_statement();
        let fault = |error: &rusqlite::Error| fault_of(error, &self.watch);
        let mut statement = self.db.prepare(text).map_err(|error| fault(&error))?;
        if !statement.readonly() {
            return Err(DatabaseFault::new("the statement would change the database", "write one SELECT"));
        }
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let declared: Vec<DeclaredType> =
            statement.columns().map(|column| DeclaredType::of(column.decl_type())).collect();
        sink.columns(&names)?;
        let mut blobs = vec![0_u64; names.len()];
        let mut rows = statement.query(params_from_iter(values)).map_err(|error| fault(&error))?;
        while let Some(row) = rows.next().map_err(|error| fault(&error))? {
            self.watch.count_row();
            let mut cells = Vec::with_capacity(declared.len());
            for (column, declared) in declared.iter().enumerate() {
                let value = row.get_ref(column).map_err(|error| fault(&error))?;
                cells.push(cell(value, *declared, &mut blobs[column]));
            }
            sink.row(&cells)?;
        }
        self.notes.extend(super::values::notes_on_blobs(&names, &blobs));
        Ok(())
    }

    fn columns_of(&self, name: &str) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.db.prepare("SELECT name FROM pragma_table_xinfo(?1) WHERE hidden <> 1")?;
        let rows = statement.query_map([name], |row| row.get(0))?;
        rows.collect()
    }

    /// Counts the rows of a table; `None` if it can't be read.
    fn count_rows(&self, name: &str) -> Option<RowEstimate> {
        let text = format!("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT {})", quoted_name(name), MAX_COUNTED + 1);
        let count: i64 = self.db.query_row(&text, [], |row| row.get(0)).ok()?;
        let count = u64::try_from(count).ok()?;
        Some(if count > MAX_COUNTED { RowEstimate::MoreThan(MAX_COUNTED) } else { RowEstimate::Exactly(count) })
    }
}

/// What the type of a column says of its values, which may be of any kind nevertheless.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DeclaredType {
    Truth,
    Time,
    Other,
}

impl DeclaredType {
    fn of(declared: Option<&str>) -> Self {
        let declared = declared.unwrap_or_default().to_ascii_lowercase();
        match declared.split(['(', ' ']).next().unwrap_or_default() {
            "bool" | "boolean" => Self::Truth,
            "date" | "datetime" | "timestamp" => Self::Time,
            _ => Self::Other,
        }
    }
}

/// Returns a value as a cell; a long blob is counted and left out.
fn cell<'a>(value: ValueRef<'a>, declared: DeclaredType, blobs: &mut u64) -> Value<'a> {
    match value {
        ValueRef::Null => (ValueKind::Text, Cow::Borrowed("")),
        ValueRef::Integer(number @ (0 | 1)) if declared == DeclaredType::Truth => {
            (ValueKind::Bool, Cow::Borrowed(if number == 1 { "true" } else { "false" }))
        }
        ValueRef::Integer(number) => (ValueKind::Number, Cow::Owned(number.to_string())),
        ValueRef::Real(number) => {
            // Large numbers would be written with hundreds of digits.
            let text = if number.abs() < 1e21 { number.to_string() } else { format!("{number:e}") };
            (number_kind(&text), Cow::Owned(text))
        }
        ValueRef::Text(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            let text = if text.contains('\0') { Cow::Owned(text.replace('\0', "�")) } else { text };
            let kind = if declared == DeclaredType::Time && is_day(&text) { ValueKind::Date } else { ValueKind::Text };
            (kind, text)
        }
        ValueRef::Blob(bytes) if bytes.len() <= MAX_HEX_BYTES => (ValueKind::Text, Cow::Owned(hex(bytes))),
        ValueRef::Blob(_) => {
            *blobs += 1;
            (ValueKind::Text, Cow::Borrowed(""))
        }
    }
}

/// Returns the reason of a failure in words.
fn fault_of(error: &rusqlite::Error, watch: &Watch) -> DatabaseFault {
    let (code, message) = match error {
        rusqlite::Error::Utf8Error(..) => (Some(ErrorCode::DatabaseCorrupt), None),
        rusqlite::Error::SqliteFailure(failure, message) => (Some(failure.code), message.clone()),
        rusqlite::Error::SqlInputError { error, msg, .. } => (Some(error.code), Some(msg.clone())),
        _ => (None, None),
    };
    let message = message.unwrap_or_else(|| error.to_string());
    let is_refused = code == Some(ErrorCode::AuthorizationForStatementDenied) || message.starts_with("not authorized");
    match code {
        _ if is_refused => DatabaseFault::new(
            "the statement does more than read plain tables and views",
            "write one SELECT of what --list names",
        ),
        Some(ErrorCode::OperationInterrupted) => DatabaseFault::of_watch(watch),
        Some(ErrorCode::NotADatabase) => not_a_database(),
        Some(ErrorCode::DatabaseCorrupt) => DatabaseFault::new(
            "the file is damaged",
            "restore it from a backup, or repair it with the .recover command of sqlite3",
        ),
        Some(ErrorCode::OutOfMemory) => {
            DatabaseFault::new("the statement needs too much memory", "narrow it, such as by WHERE or LIMIT")
        }
        Some(ErrorCode::TooBig) => {
            DatabaseFault::new("a value has more than 64 MB", "leave its column out of the statement")
        }
        _ => DatabaseFault::new(message, "check the statement; --list names tables and columns"),
    }
}
