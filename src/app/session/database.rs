//! Maps with rows of a database: how it was reached, and what is asked for the neighbors of an actor.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::database::{Access, DatabaseSource, Exploration};
use crate::document::Document;
use crate::load::{ImportFile, read_recipe};
use crate::model::{Actor, ActorId, Import, Map, MapMeta, MapParts};
use crate::wording;
use crate::wording::read::Role;

use super::Session;
use crate::app::ask::database::{MOST_NEIGHBORS, NeighborRequest};

/// The database whose rows were read since the map was opened. It is kept in memory alone, with the password.
#[derive(Clone, Debug)]
pub(crate) struct AskedDatabase {
    pub(crate) access: Access,
    /// The statements that the user asked.
    statements: BTreeSet<String>,
}

impl AskedDatabase {
    pub(crate) fn new(access: Access, statements: impl IntoIterator<Item = String>) -> Self {
        Self { access, statements: statements.into_iter().map(|statement| plain(&statement).to_owned()).collect() }
    }

    fn has_asked(&self, statement: &str) -> bool {
        self.statements.contains(plain(statement))
    }
}

/// Returns a statement without the surrounding blanks and semicolon, which a map doesn't keep.
fn plain(statement: &str) -> &str {
    statement.trim().trim_end_matches(';').trim_end()
}

impl Session {
    /// Starts a map for the rows of a database, which are added once it is shown.
    pub(crate) fn of_database(asked: AskedDatabase, rows: ImportFile) -> Self {
        let title = rows.name.split('.').next().map(|stem| stem.replace('_', " "));
        let meta = MapMeta { title: title.filter(|title| !title.trim().is_empty()), ..MapMeta::default() };
        // A map without records is always valid.
        let map = Map::new(MapParts { meta, ..MapParts::default() }).unwrap_or_default();
        let document = Document::new(Arc::new(map), Arc::default());
        let made = Self::made();
        Self {
            is_made: made.is_made,
            asked: Some(Arc::new(asked)),
            pending_rows: vec![rows],
            ..Self::new(document, Vec::new())
        }
    }

    /// Returns the rows that are to be added, once.
    pub(crate) fn take_pending_rows(&mut self) -> Vec<ImportFile> {
        std::mem::take(&mut self.pending_rows)
    }

    /// Remembers how a database was reached and what was asked, as long as the map is open.
    pub(crate) fn remember_database(&mut self, access: Access, statements: impl IntoIterator<Item = String>) {
        let mut asked = AskedDatabase::new(access, statements);
        if let Some(known) = self.asked.take().filter(|known| known.access.address == asked.access.address) {
            asked.statements.extend(known.statements.iter().cloned());
        }
        self.asked = Some(Arc::new(asked));
    }

    /// Returns how a request for neighbors can be answered without a question: its database was asked since the map was
    /// opened, by the user's own statements. Those of a map that somebody else made are shown before.
    pub(crate) fn access_for(&self, request: &NeighborRequest) -> Option<Access> {
        let asked = self.asked.as_deref()?;
        let is_known = |statement: &str| asked.has_asked(statement);
        let are_known = is_known(&request.query) && request.actors.as_deref().is_none_or(is_known);
        (are_known && asked.access.address.name() == request.database).then(|| asked.access.clone())
    }

    /// Like [`Session::access_for`], for an update.
    pub(crate) fn access_for_update(&self, source: &DatabaseSource) -> Option<Access> {
        let asked = self.asked.as_deref().filter(|asked| asked.access.address.name() == source.name)?;
        let are_known = source.questions.iter().all(|question| asked.has_asked(&question.statement));
        are_known.then(|| asked.access.clone())
    }

    /// Returns what is asked for the neighbors of actors; `None` if the map has no ties of a database.
    pub(crate) fn neighbor_request(&self, of: &[ActorId]) -> Option<NeighborRequest> {
        let map = &self.document.map;
        let actors: Vec<&Actor> = of.iter().filter_map(|actor| map.actors().get(*actor)).collect();
        let of_row = actors.first().and_then(|actor| import_of(map, actor));
        let ties: Vec<&Import> = map.imports().values().filter(|import| has_ties(import)).collect();
        // Of several databases that of the actor, else the last.
        let is_of_actor = |import: &&&Import| of_row.is_some_and(|row| row.file == import.file);
        let ties = ties.iter().rfind(is_of_actor).or(ties.last())?;
        let query = ties.query.clone()?;
        let is_of_actors = |import: &&Import| {
            import.file == ties.file && import.query.is_some() && has_role(import, &[Role::ActorId, Role::ActorName])
        };
        let listed = map.imports().values().rfind(is_of_actors);
        let ties_of_actor = if query.to_ascii_lowercase().contains(":actor") {
            query.clone()
        } else {
            Exploration::neighbors_in(&query, &ends(ties))
        };
        let names = match actors.as_slice() {
            [] => return None,
            [actor] => actor.name.clone(),
            several => wording::counted(several.len(), "actor", "actors"),
        };
        Some(NeighborRequest {
            names,
            ids: actors.iter().map(|actor| id_in_database(map, actor)).collect(),
            query,
            ties: ties_of_actor,
            actors: listed.and_then(|import| import.query.clone()),
            database: ties.file.clone().unwrap_or_default(),
            most: MOST_NEIGHBORS,
        })
    }
}

/// Returns the import that an actor was made from.
fn import_of<'m>(map: &'m Map, actor: &Actor) -> Option<&'m Import> {
    map.imports().get(actor.metadata.row.as_ref()?.import)
}

/// Returns what the database writes at the ends of ties: the id of an actor that has one there, else its name.
fn id_in_database(map: &Map, actor: &Actor) -> String {
    let ids = [Role::ActorId, Role::FromName, Role::ToName];
    let has_id = import_of(map, actor).is_some_and(|import| has_role(import, &ids));
    if has_id { actor.key.to_string() } else { actor.name.clone() }
}

/// Returns the headings of the columns of an import with their roles.
fn columns(import: &Import) -> Vec<(String, Role)> {
    let recipe = import.recipe.as_ref().and_then(|recipe| read_recipe(recipe.text()).ok()).unwrap_or_default();
    recipe.into_iter().map(|choice| (choice.heading, choice.role)).collect()
}

fn has_role(import: &Import, roles: &[Role]) -> bool {
    columns(import).iter().any(|(_, role)| roles.contains(role))
}

/// Returns whether an import is of a database, and has columns for both ends of ties.
fn has_ties(import: &Import) -> bool {
    import.query.is_some() && has_role(import, &[Role::From]) && has_role(import, &[Role::To])
}

/// Returns the headings of the columns that name the ends of ties.
fn ends(import: &Import) -> Vec<String> {
    let is_end = |role: Role| matches!(role, Role::From | Role::To);
    columns(import).into_iter().filter(|(_, role)| is_end(*role)).map(|(heading, _)| heading).collect()
}

/// Returns whether a map has ties of a database.
pub(crate) fn has_database(map: &Map) -> bool {
    map.imports().values().any(|import| import.query.is_some())
}
