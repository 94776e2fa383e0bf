//! Finds the records that an edit names, by id or name, and suggests similar ones where there is none.

use std::collections::HashMap;

use crate::hidden_characters::Quoted;
use crate::load::Suggester;
use crate::model::{ActorId, ClaimId, Item, Map, SourceId};

/// Ids that were given to sources which the map had already.
pub(super) type OtherIds = HashMap<String, Item>;

/// Looks records up in a map.
#[derive(Clone, Copy)]
pub(super) struct RecordFinder<'a> {
    pub(super) map: &'a Map,
    pub(super) other_ids: &'a OtherIds,
}

impl RecordFinder<'_> {
    /// Returns the record with this id.
    pub(super) fn by_id(self, id: &str) -> Option<Item> {
        self.map.find(id).or_else(|| self.other_ids.get(id).copied())
    }

    /// Returns the record with this id, or the only actor with this name.
    pub(super) fn item(self, text: &str) -> Result<Item, String> {
        let text = text.trim();
        if let Some(item) = self.by_id(text) {
            return Ok(item);
        }
        let named = self.actors_named(text);
        match named.as_slice() {
            [actor] => Ok(Item::Actor(*actor)),
            [] => Err(format!("the map has no record {}; {}", Quoted(text), self.remedy(text))),
            several => {
                let ids: Vec<_> = several.iter().map(|actor| Quoted(&self.map.actor(*actor).key).to_string()).collect();
                Err(format!("several actors are named {}; write the id of one: {}", Quoted(text), ids.join(", ")))
            }
        }
    }

    /// Returns the actors with this name, else those with this alias; case makes no difference.
    pub(super) fn actors_named(self, name: &str) -> Vec<ActorId> {
        let name = name.trim().to_lowercase();
        let is_name = |text: &str| text.trim().to_lowercase() == name;
        let with = |has: &dyn Fn(ActorId) -> bool| self.map.actors().ids().filter(|id| has(*id)).collect::<Vec<_>>();
        let by_name = with(&|id| is_name(&self.map.actor(id).name));
        if by_name.is_empty() {
            with(&|id| self.map.actor(id).aliases.iter().any(|alias| is_name(alias)))
        } else {
            by_name
        }
    }

    fn remedy(self, text: &str) -> String {
        let names = self.map.actors().values().map(|actor| actor.name.as_str());
        let known = self.map.records().items().map(|(_, key)| &**key).chain(names);
        Suggester::default().or(text, known, "look up its id in the file")
    }

    pub(super) fn actor(self, text: &str) -> Result<ActorId, String> {
        match self.item(text)? {
            Item::Actor(actor) => Ok(actor),
            other => Err(format!("{} is {}, not an actor", Quoted(text), noun(other))),
        }
    }

    pub(super) fn source(self, text: &str) -> Result<SourceId, String> {
        match self.item(text)? {
            Item::Source(source) => Ok(source),
            other => Err(format!("{} is {}, not a source", Quoted(text), noun(other))),
        }
    }

    pub(super) fn claim(self, text: &str) -> Result<ClaimId, String> {
        match self.item(text)? {
            Item::Tie(tie) => Ok(ClaimId::Tie(tie)),
            Item::Fact(fact) => Ok(ClaimId::Fact(fact)),
            other => Err(format!("{} is {}, not a tie or fact", Quoted(text), noun(other))),
        }
    }

    /// Splits "ID=TEXT" at the first equals sign before which a known record stands, else at the first one.
    pub(super) fn split(self, text: &str) -> Option<(&str, &str)> {
        let parts = || text.match_indices('=').map(|(at, _)| (text[..at].trim(), &text[at + 1..]));
        parts().find(|(id, _)| self.by_id(id).is_some()).or_else(|| parts().next())
    }
}

/// Returns "a tie" and the like.
pub(super) fn noun(item: Item) -> &'static str {
    match item {
        Item::Actor(_) => "an actor",
        Item::Source(_) => "a source",
        Item::Tie(_) => "a tie",
        Item::Fact(_) => "a fact",
    }
}

/// Splits "ID=TEXT" if the left side is an id as scripts write them, so that addresses and names with an equals sign stay
/// whole.
pub(super) fn split_new_id(text: &str) -> (Option<&str>, &str) {
    let is_id = |id: &str| {
        !id.is_empty()
            && id.len() <= 60
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    match text.split_once('=') {
        Some((id, rest)) if is_id(id) => (Some(id), rest),
        _ => (None, text),
    }
}

/// Checks that an id is free.
pub(super) fn check_new_id(map: &Map, id: &str) -> Result<(), String> {
    if map.was_key_used(id) {
        return Err(format!("the id {} is taken; choose another one", Quoted(id)));
    }
    Ok(())
}
