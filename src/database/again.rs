//! What a map asked a database for, to ask it again.

use std::collections::BTreeMap;

use super::DatabaseQuestion;
use crate::load::{RowsFrom, rows_from};
use crate::model::Map;

/// What the table of rows is called whose import doesn't say.
const NAMELESS: &str = "rows";

/// The statements of a map for one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseSource {
    /// The name of the database in the map: never its address.
    pub name: String,
    /// The latest statement for each table. They come from the map, which may be anyone's: show them before, with the
    /// address that the user named.
    pub questions: Vec<DatabaseQuestion>,
}

/// Returns the databases that a map has rows of. Statements for the neighbors of single actors are left out, since they
/// don't say whose: a database that was only explored has no questions.
#[must_use]
pub fn database_sources(map: &Map) -> Vec<DatabaseSource> {
    let mut sources: Vec<DatabaseSource> = Vec::new();
    let mut latest: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for import in map.imports().values() {
        let (RowsFrom::Query(name), Some(query)) = (rows_from(import), import.query.as_deref()) else { continue };
        if !sources.iter().any(|source| source.name == name) {
            sources.push(DatabaseSource { name: name.to_owned(), questions: Vec::new() });
        }
        if !query.to_ascii_lowercase().contains(":actor") {
            latest.insert((name, import.sheet.as_deref().unwrap_or(NAMELESS)), query);
        }
    }
    for source in &mut sources {
        let own = latest.iter().filter(|((name, _), _)| *name == source.name);
        let question = |(&(_, table), &query): (&(&str, &str), &&str)| DatabaseQuestion {
            name: table.to_owned(),
            statement: query.to_owned(),
        };
        source.questions = own.map(question).collect();
    }
    sources
}
