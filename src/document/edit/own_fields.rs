//! Custom fields (`x-…`), read and set by name.

use crate::document::{Document, EditError, Transaction};
use crate::model::{Item, OwnFields, OwnValue};

use super::{Editing, item_words};

/// Returns the value of a custom field, or `None` if the record has no field of this name.
///
/// # Errors
///
/// If the record doesn't exist.
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

/// Sets a custom field, or removes it if `value` is `None`. The name is `x-` followed by a heading.
///
/// # Errors
///
/// If the record doesn't exist or the name has another form.
pub fn set_own_field(
    document: &Document,
    item: Item,
    name: &str,
    value: Option<OwnValue>,
) -> Result<Transaction, EditError> {
    let heading = name.strip_prefix("x-").map(str::trim).filter(|heading| !heading.is_empty());
    let Some(heading) = heading else {
        return Err(EditError::Refused("the name of a custom field must be “x-” followed by a heading".to_owned()));
    };
    let mut editing = Editing::new(document);
    own(&mut editing, item)?.set(name, value);
    let label =
        format!("Change “{}” of {}", crate::hidden_characters::visible(heading), item_words(&document.map, item));
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
