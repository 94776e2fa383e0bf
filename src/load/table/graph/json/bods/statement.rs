//! Statements in the forms of all versions, and which of them still hold.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::load::table::graph::json::value::JsonValue;

/// What a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatementSort {
    /// An entity or person.
    Actor,
    Relationship,
}

/// A statement of any version.
pub(super) struct Statement<'a, 't> {
    pub(super) value: JsonValue<'a, 't>,
    /// Where its claims are.
    pub(super) details: JsonValue<'a, 't>,
    pub(super) sort: StatementSort,
    /// What other statements refer to: that of the record from 0.4 on.
    pub(super) id: Cow<'a, str>,
    pub(super) own_id: Cow<'a, str>,
    pub(super) is_closed: bool,
}

impl<'a, 't> Statement<'a, 't> {
    /// Returns a statement; `None` if the value isn't one.
    pub(super) fn of(value: JsonValue<'a, 't>) -> Option<Self> {
        let own_id = value.first_word(&["statementId", "statementID"])?;
        let sort = match &*value.first_word(&["recordType", "statementType"])? {
            "entity" | "person" | "entityStatement" | "personStatement" => StatementSort::Actor,
            "relationship" | "ownershipOrControlStatement" => StatementSort::Relationship,
            _ => return None,
        };
        let details = value.get("recordDetails").unwrap_or(value);
        let id = value.word_of("recordId").unwrap_or_else(|| own_id.clone());
        let is_closed = value.says("recordStatus", "closed");
        Some(Self { value, details, sort, id, own_id, is_closed })
    }
}

/// Whether a field says how a file of statements was made rather than what is claimed.
pub(super) fn is_frame(name: &str) -> bool {
    [
        "statementID",
        "statementId",
        "statementType",
        "statementDate",
        "recordId",
        "recordType",
        "recordStatus",
        "declaration",
        "declarationSubject",
        "publicationDetails",
        "replacesStatements",
        "componentStatementIDs",
        "componentRecords",
        "isComponent",
        "source",
    ]
    .contains(&name)
}

/// Which statements later ones replace.
#[derive(Default)]
pub(super) struct Replaced<'a> {
    /// The statement that replaces another, by ids.
    by: HashMap<Cow<'a, str>, Cow<'a, str>>,
    /// The newest statement on each record: its date, its place in the file.
    newest: HashMap<Cow<'a, str>, (Cow<'a, str>, usize)>,
    count: usize,
}

impl<'a> Replaced<'a> {
    /// Notes what a statement replaces.
    pub(super) fn add(&mut self, value: JsonValue<'a, '_>) {
        let Some(statement) = Statement::of(value) else { return };
        for old in value.get("replacesStatements").into_iter().flat_map(JsonValue::each).filter_map(JsonValue::word) {
            self.by.insert(old, statement.own_id.clone());
        }
        if let Some(record) = value.word_of("recordId") {
            let new = (value.word_of("statementDate").unwrap_or_default(), self.count);
            let newest = self.newest.entry(record).or_insert_with(|| new.clone());
            // Dates in one form compare as texts; of one day, the later in the file is the newer.
            if new.0 >= newest.0 {
                *newest = new;
            }
        }
        self.count += 1;
    }

    pub(super) fn is_replaced(&self, statement: &Statement<'a, '_>, index: usize) -> bool {
        let newest = statement.value.word_of("recordId").and_then(|record| self.newest.get(&record));
        newest.is_some_and(|(_, newest)| *newest != index) || self.by.contains_key(&statement.own_id)
    }

    /// Returns the id of the statement that holds in place of another.
    pub(super) fn current(&self, id: Cow<'a, str>) -> Cow<'a, str> {
        let mut seen = HashSet::new();
        let mut current = id;
        while let Some(next) = self.by.get(&current) {
            if !seen.insert(current.clone()) {
                break;
            }
            current = next.clone();
        }
        current
    }
}
