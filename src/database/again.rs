//! What a map asked a database for, to ask it again.

use std::collections::BTreeSet;

use super::DatabaseQuestion;
use crate::load::{RowsFrom, imports_read_again, rows_from};
use crate::model::{Import, ImportId, Map};

/// The name of the table if the import doesn't give one.
const NAMELESS: &str = "rows";

/// The statements of a map for one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseSource {
    /// The name of the database in the map: never its address.
    pub name: String,
    /// The latest statement for each table. They come from the map, which may be anyone's: show them before, with the
    /// address that the user named.
    pub questions: Vec<DatabaseQuestion>,
    /// The number of other statements, whose rows stay as they are, see [`imports_read_again`].
    pub others: usize,
}

/// Returns the databases that a map has rows of. One that was only explored from single actors has no questions.
#[must_use]
pub fn database_sources(map: &Map) -> Vec<DatabaseSource> {
    let read_again = imports_read_again(map);
    let of_query = |(id, import)| match rows_from(import) {
        RowsFrom::Query(name) => Some((name, id, import)),
        _ => None,
    };
    let imports: Vec<(&str, ImportId, &Import)> = map.imports().iter().filter_map(of_query).collect();
    let mut names: Vec<&str> = Vec::new();
    for (name, ..) in &imports {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let of_name = |name: &str| {
        let statements = |is_asked: bool| -> BTreeSet<(String, String)> {
            let own = imports.iter().filter(|(other, id, _)| *other == name && read_again.contains(id) == is_asked);
            let table = |import: &Import| import.sheet.as_deref().unwrap_or(NAMELESS).to_owned();
            own.map(|(.., import)| (table(import), import.query.clone().unwrap_or_default())).collect()
        };
        let (asked, others) = (statements(true), statements(false));
        let question = |(name, statement)| DatabaseQuestion { name, statement };
        DatabaseSource {
            name: name.to_owned(),
            others: others.difference(&asked).count(),
            questions: asked.into_iter().map(question).collect(),
        }
    };
    names.into_iter().map(of_name).collect()
}

impl DatabaseSource {
    /// Says that other statements are not asked; `None` if there are none.
    #[must_use]
    pub fn words_for_others(&self) -> Option<String> {
        let (verb, whose) = if self.others == 1 { ("is", "its") } else { ("are", "their") };
        let others = crate::wording::counted(self.others, "other statement", "other statements");
        (self.others > 0).then(|| format!("{others} of the map {verb} not run again; {whose} rows stay as they are"))
    }
}
