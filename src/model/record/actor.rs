//! An actor: a company, a person, a body, whatever ties connect.

use crate::model::{ActorId, ActorKindId, Date, Key, Metadata};

/// Someone or something that ties connect.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actor {
    /// Its id in the file.
    pub key: Key,
    /// What kind of actor it is, if the file says.
    pub kind: Option<ActorKindId>,
    /// Its name, never empty.
    pub name: String,
    /// Other names that a search finds it by.
    pub aliases: Vec<String>,
    /// One or two sentences on who it is.
    pub summary: Option<String>,
    /// The actor it belongs to, such as a parent company; never a cycle.
    pub part_of: Option<ActorId>,
    /// Ids in public registers: the register's name and the id there.
    pub identifiers: Vec<(String, String)>,
    /// Its own site.
    pub url: Option<String>,
    /// Since when it exists.
    pub start: Option<Date>,
    /// Until when it existed; ".." while it does.
    pub end: Option<Date>,
    /// Ids in the file of actors that were merged into it; no other record gets them.
    pub former_ids: Vec<Key>,
    /// Tags, weight, row, checks and own fields.
    pub metadata: Metadata,
}
