//! Sets single fields of records to what their rows say.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::document::provenance::{claim_of, field_texts, parts_of};
use crate::model::{Actor, Claim, Ends, Item, Metadata, Records, Source, Tie};

macro_rules! copy {
    ($own:ident, $new:ident, $field:ident, { $($name:literal => $($place:ident).+,)+ } else $other:expr) => {
        match $field {
            $($name => $own.$($place).+.clone_from(&$new.$($place).+),)+
            _ => $other,
        }
    };
}

/// Sets a field of a record of `ours` to what `theirs` says.
pub(super) fn set_field(ours: &mut Records, theirs: &Records, item: Item, field: &str) {
    match item {
        Item::Actor(id) => {
            if let (Some(own), Some(new)) = (ours.actors.get_mut(id), theirs.actors.get(id)) {
                set_of_actor(own, new, field);
            }
        }
        Item::Source(id) => {
            if let (Some(own), Some(new)) = (ours.sources.get_mut(id), theirs.sources.get(id)) {
                set_of_source(own, new, field);
            }
        }
        Item::Tie(id) => {
            if let (Some(own), Some(new)) = (ours.ties.get_mut(id), theirs.ties.get(id)) {
                set_of_tie(own, new, field);
            }
        }
        Item::Fact(id) => {
            if let (Some(own), Some(new)) = (ours.facts.get_mut(id), theirs.facts.get(id)) {
                copy!(own, new, field, { "actor" => actor, "text" => text, } else {
                    set_of_claim(&mut own.claim, &new.claim, field);
                });
            }
        }
    }
}

fn set_of_actor(own: &mut Actor, new: &Actor, field: &str) {
    copy!(own, new, field, {
        "name" => name,
        "kind" => kind,
        "aliases" => aliases,
        "summary" => summary,
        "partOf" => part_of,
        "identifiers" => identifiers,
        "url" => url,
        "startDate" => start,
        "endDate" => end,
    } else set_of_metadata(&mut own.metadata, &new.metadata, field));
}

fn set_of_source(own: &mut Source, new: &Source, field: &str) {
    copy!(own, new, field, {
        "title" => title,
        "publisher" => publisher,
        "published" => published,
        "url" => url,
        "accessed" => accessed,
        "kind" => kind,
    } else ());
}

fn set_of_tie(own: &mut Tie, new: &Tie, field: &str) {
    match (field, &mut own.ends, &new.ends) {
        ("from", Ends::Pair { from, .. }, Ends::Pair { from: new, .. }) => *from = *new,
        ("to", Ends::Pair { to, .. }, Ends::Pair { to: new, .. }) => *to = *new,
        ("from" | "to" | "parties", own, new) => own.clone_from(new),
        _ => copy!(own, new, field, { "kind" => kind, "directed" => is_directed, } else {
            set_of_claim(&mut own.claim, &new.claim, field);
        }),
    }
}

fn set_of_claim(own: &mut Claim, new: &Claim, field: &str) {
    copy!(own, new, field, {
        "label" => label,
        "summary" => summary,
        "scope" => scope,
        "via" => via,
        "startDate" => start,
        "endDate" => end,
        "date" => date,
        "stage" => stage,
        "status" => status,
        "confidence" => confidence,
        "amount" => amount,
        "share" => share,
        "quantity" => quantity,
        "evidence" => evidence,
    } else set_of_metadata(&mut own.metadata, &new.metadata, field));
}

fn set_of_metadata(own: &mut Metadata, new: &Metadata, field: &str) {
    copy!(own, new, field, {
        "tags" => tags,
        "weight" => weight,
    } else own.own.set(field, new.own.get(field).cloned()));
}

/// Adds the values that the row gained to a list, and removes those that it lost.
pub(super) fn join_list(ours: &mut Records, theirs: &Records, item: Item, field: &str, old: Option<&str>) {
    let texts = |records: &Records| parts_of(field_texts(records, item).get(field).map_or("", String::as_str));
    let (mine, new) = (texts(ours), texts(theirs));
    let old: BTreeSet<String> = old.map(parts_of).unwrap_or_default().into_iter().collect();
    let stays = |text: &String| !old.contains(text) || new.contains(text);
    let is_added = |text: &String| !old.contains(text) && !mine.contains(text);
    match (field, item) {
        ("evidence", Item::Tie(_) | Item::Fact(_)) => {
            let added = claim_of(theirs, item).map(|claim| claim.evidence.clone()).unwrap_or_default();
            let added = added.into_iter().zip(&new).filter(|(_, text)| is_added(text)).map(|(piece, _)| piece);
            let Some(claim) = claim_mut(ours, item) else { return };
            let own = std::mem::take(&mut claim.evidence);
            let own = own.into_iter().zip(&mine).filter(|(_, text)| stays(text)).map(|(piece, _)| piece);
            claim.evidence = own.chain(added).collect();
        }
        ("tags" | "aliases", Item::Actor(id)) => {
            let Some(actor) = ours.actors.get_mut(id) else { return };
            let list = if field == "tags" { &mut actor.metadata.tags } else { &mut actor.aliases };
            join_texts(list, &new, &stays, &is_added);
        }
        ("tags", Item::Tie(_) | Item::Fact(_)) => {
            let Some(claim) = claim_mut(ours, item) else { return };
            join_texts(&mut claim.metadata.tags, &new, &stays, &is_added);
        }
        _ => {}
    }
}

fn claim_mut(records: &mut Records, item: Item) -> Option<&mut Claim> {
    match item {
        Item::Tie(id) => records.ties.get_mut(id).map(|tie| &mut tie.claim),
        Item::Fact(id) => records.facts.get_mut(id).map(|fact| &mut fact.claim),
        Item::Actor(_) | Item::Source(_) => None,
    }
}

fn join_texts(
    list: &mut Vec<String>,
    new: &[String],
    stays: &dyn Fn(&String) -> bool,
    is_added: &dyn Fn(&String) -> bool,
) {
    list.retain(|text| stays(&Value::from(text.as_str()).to_string()));
    let added = new.iter().filter(|text| is_added(text)).filter_map(|text| serde_json::from_str(text).ok());
    list.extend(added);
}

/// Copies a record to a slot.
pub(super) fn copy_record(ours: &mut Records, theirs: &Records, item: Item) {
    match item {
        Item::Actor(id) => ours.actors.set(id, theirs.actors.shared(id).map(Arc::clone)),
        Item::Source(id) => ours.sources.set(id, theirs.sources.shared(id).map(Arc::clone)),
        Item::Tie(id) => ours.ties.set(id, theirs.ties.shared(id).map(Arc::clone)),
        Item::Fact(id) => ours.facts.set(id, theirs.facts.shared(id).map(Arc::clone)),
    }
}
