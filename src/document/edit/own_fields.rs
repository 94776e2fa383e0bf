//! Fields of a person's own: read and set by their names.

use crate::document::{Document, EditError, Transaction};
use crate::model::{Item, OwnFields, OwnValue};

use super::{Editing, item_words};

/// Returns the value of a person's own field, or `None` if the record has none of this name.
///
/// # Errors
///
/// When the record is not there.
pub fn own_field(document: &Document, item: Item, name: &str) -> Result<Option<OwnValue>, EditError> {
    let map = &document.map;
    if !map.has(item) {
        return Err(EditError::Gone);
    }
    let own = match item {
        Item::Actor(id) => &map.actor(id).metadata.own,
        Item::Source(id) => &map.source(id).own,
        Item::Tie(id) => &map.tie(id).claim.metadata.own,
        Item::Fact(id) => &map.fact(id).claim.metadata.own,
    };
    Ok(own.get(name).cloned())
}

/// Sets a person's own field, or takes it out. Its name is `x-` with a heading behind it.
///
/// # Errors
///
/// When the record is not there or the name is another one.
pub fn set_own_field(
    document: &Document,
    item: Item,
    name: &str,
    value: Option<OwnValue>,
) -> Result<Transaction, EditError> {
    let heading = name.strip_prefix("x-").map(str::trim).filter(|heading| !heading.is_empty());
    let Some(heading) = heading else {
        return Err(EditError::Refused("the name of a field of your own is `x-` and a heading".to_owned()));
    };
    let mut editing = Editing::new(document);
    own(&mut editing, item)?.set(name, value);
    let label = format!("Change “{}” of {}", crate::visible::visible(heading), item_words(&document.map, item));
    Ok(editing.finish(label))
}

fn own<'e>(editing: &'e mut Editing<'_>, item: Item) -> Result<&'e mut OwnFields, EditError> {
    Ok(match item {
        Item::Actor(id) => &mut editing.actor(id)?.metadata.own,
        Item::Source(id) => &mut editing.source(id)?.own,
        Item::Tie(id) => &mut editing.tie(id)?.claim.metadata.own,
        Item::Fact(id) => &mut editing.fact(id)?.claim.metadata.own,
    })
}
