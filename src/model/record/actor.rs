//! An actor: a company, person, organization or anything else that ties connect.

use crate::model::{ActorId, ActorKindId, Date, Key, Metadata};

/// A person, organization or thing that ties connect.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actor {
    /// Its id in the file.
    pub key: Key,
    /// Its kind, if the file states one.
    pub kind: Option<ActorKindId>,
    /// Its name, never empty.
    pub name: String,
    /// Other names that searches match.
    pub aliases: Vec<String>,
    /// One or two sentences about it.
    pub summary: Option<String>,
    /// The actor it belongs to, such as a parent company; never cyclic.
    pub part_of: Option<ActorId>,
    /// Ids in public registers, as pairs of register and id.
    pub identifiers: Vec<(String, String)>,
    /// Its website.
    pub url: Option<String>,
    /// Start of its existence.
    pub start: Option<Date>,
    /// End of its existence; ".." if it still exists.
    pub end: Option<Date>,
    /// Ids in the file of actors merged into this one; reserved.
    pub former_ids: Vec<Key>,
    /// Tags, weight, row, checks and own fields.
    pub metadata: Metadata,
}
