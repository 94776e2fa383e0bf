//! The rows of a server: all values are asked for as text, and become cells by the types of their columns.

use std::borrow::Cow;
use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream as _;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{Format, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Column, RowStream};

use crate::database::connection::{DatabaseFault, Sink, Value};
use crate::database::relation::{DatabaseTable, RowEstimate};
use crate::database::values::{MAX_HEX_BYTES, is_day, number_kind};
use crate::database::watch::Watch;
use crate::load::ValueKind;

/// What the server says of a binary value that is too long to be written out.
const LONG_BLOB: &str = "\\x";
/// Rows between two checks of the time limit.
const ROWS_AT_ONCE: usize = 256;

/// The result of waiting for rows.
pub(super) enum RowBatch {
    /// There may be more.
    Some,
    All,
}

pub(super) enum TakeError {
    Server(tokio_postgres::Error),
    Sink(DatabaseFault),
}

/// Takes some rows of an answer.
pub(super) async fn take_rows(
    mut rows: Pin<&mut RowStream>,
    sorts: &[Sort],
    blobs: &mut [u64],
    watch: &Watch,
    sink: &mut dyn Sink,
) -> Result<RowBatch, TakeError> {
    for _ in 0..ROWS_AT_ONCE {
        let Some(row) = poll_fn(|context| rows.as_mut().poll_next(context)).await else { return Ok(RowBatch::All) };
        let row = row.map_err(TakeError::Server)?;
        watch.count_row();
        let mut cells: Vec<Value<'_>> = Vec::with_capacity(sorts.len());
        for (column, sort) in sorts.iter().enumerate() {
            let text = row.try_get::<_, Option<&str>>(column).map_err(TakeError::Server)?;
            cells.push(sort.cell(text.unwrap_or_default(), &mut blobs[column]));
        }
        sink.row(&cells).map_err(TakeError::Sink)?;
    }
    Ok(RowBatch::Some)
}

/// Returns a statement whose values the server casts to text.
pub(super) fn with_casts(text: &str, columns: &[Column]) -> String {
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
pub(super) enum Sort {
    Truth,
    Number,
    Day,
    Time,
    Bytes,
    Other,
}

impl Sort {
    pub(super) fn of(of_type: &Type) -> Self {
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
pub(super) struct TextValue<'a>(pub(super) &'a str);

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
#[derive(Default)]
pub(super) struct ListSink {
    pub(super) tables: Vec<DatabaseTable>,
}

impl Sink for ListSink {
    fn columns(&mut self, _: &[String]) -> Result<(), DatabaseFault> {
        Ok(())
    }

    fn row(&mut self, cells: &[Value<'_>]) -> Result<(), DatabaseFault> {
        let [schema, name, is_view, rows, column] = cells else { return Ok(()) };
        let (schema, name) = (schema.1.as_ref(), name.1.as_ref());
        let is_same = |relation: &DatabaseTable| relation.name == name && relation.schema.as_deref() == Some(schema);
        if !self.tables.last().is_some_and(is_same) {
            // A table that was never analyzed is estimated at less than nothing.
            let rows =
                rows.1.parse::<f64>().ok().filter(|rows| *rows >= 0.0).map(|rows| RowEstimate::About(rows as u64));
            let is_view = is_view.1 == "true";
            let rows = rows.filter(|_| !is_view);
            self.tables.push(DatabaseTable {
                schema: Some(schema.to_owned()),
                name: name.to_owned(),
                is_view,
                columns: Vec::new(),
                rows,
            });
        }
        if let Some(relation) = self.tables.last_mut() {
            relation.columns.push(column.1.to_string());
        }
        Ok(())
    }
}
