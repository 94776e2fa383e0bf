//! Patches the lists of records in a file: matches entries to records and inserts new ones.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::jsonc::Editor;
use crate::load::json::{Fields, plain_object, uses_new_fields};
use crate::model::{Key, Map};

use super::values::{field_text, patch_object, spaced};

/// A change to one record of a list.
pub(super) struct RecordEdit {
    pub(super) key: Key,
    pub(super) before: Option<Fields>,
    pub(super) now: Option<Fields>,
    /// Key of the preceding record; `None` for the first one.
    pub(super) after: Option<Key>,
}

impl RecordEdit {
    /// Returns whether the change needs a newer version of the format than the record did before.
    pub(super) fn uses_new_fields(&self, map: &Map, list: &str) -> bool {
        self.now.as_ref().is_some_and(|now| uses_new_fields(map, list, self.before.as_ref(), now))
    }
}

/// Applies the changes to a list; returns the whole list as a root field if the file has none.
#[must_use]
pub(super) fn patch_records(editor: &mut Editor<'_>, root: usize, name: &str, edits: &[RecordEdit]) -> Option<String> {
    let is_open_view = |edit: &RecordEdit| name == "views" && edit.before.is_some();
    if edits.iter().all(|edit| edit.before == edit.now) {
        return None;
    }
    let field = editor.field(root, name);
    let Some(list) = field.filter(|list| editor.is_list(*list)) else {
        let new: Vec<String> = edits.iter().filter_map(|edit| new_record(edit, name == "views")).collect();
        if new.is_empty() {
            return None;
        }
        let unit = editor.unit().to_owned();
        let (inner, outer) = (editor.new_line(&(unit.clone() + &unit)), editor.new_line(&unit));
        let text = format!("[{inner}{}{outer}]", new.join(&format!(",{inner}")));
        if let Some(other) = field {
            editor.replace(other, text);
            return None;
        }
        return Some(format!("\"{name}\": {text}"));
    };
    let entries: Vec<usize> = editor.tape.children(list).collect();
    let places = places(editor, &entries, edits, name == "views");
    let mut new_behind: HashMap<&str, Option<usize>> = HashMap::new();
    let gone: HashSet<&str> = edits.iter().filter(|edit| edit.now.is_none()).map(|edit| &*edit.key).collect();
    for edit in edits {
        match (&edit.before, &edit.now, places.get(&*edit.key)) {
            (Some(before), Some(now), Some(place)) => {
                let object = entries[*place];
                let new = patch_object(editor, object, before, now);
                let new: Vec<String> =
                    new.iter().map(|(name, value)| field_text(editor, object, name, value)).collect();
                editor.append(object, &new, name == "views");
            }
            (_, Some(_), _) if edit.before != edit.now => {
                let Some(new) = new_record(edit, is_open_view(edit)) else { continue };
                // Consecutive new records share the entry they follow, in order.
                let anchor = edit.after.as_deref().map_or(Some(None), |key| {
                    new_behind.get(key).copied().or_else(|| places.get(key).map(|place| Some(*place)))
                });
                match anchor {
                    Some(Some(place)) => editor.insert_after(list, place, &[new]),
                    Some(None) if !entries.is_empty() && !is_open_view(edit) => editor.insert_first(list, &[new], true),
                    _ => editor.append(list, &[new], true),
                }
                if let Some(anchor) = anchor {
                    new_behind.insert(&*edit.key, anchor);
                }
            }
            _ => {}
        }
    }
    if !gone.is_empty() {
        // Also remove later records with the same id, which would otherwise take effect.
        let goes: Vec<bool> =
            entries.iter().map(|entry| id_of(editor, *entry).is_some_and(|id| gone.contains(id.as_str()))).collect();
        editor.remove(list, &goes);
    }
    None
}

/// Returns a record as text; for an open view that is missing in the file, only the fields that differ from the
/// defaults.
fn new_record(edit: &RecordEdit, is_view: bool) -> Option<String> {
    let now = edit.now.as_ref()?;
    let Some(before) = edit.before.as_ref().filter(|_| is_view) else { return Some(spaced(&now.clone().into())) };
    let mut fields = Fields::new();
    fields.insert("id".to_owned(), Value::from(&*edit.key));
    for (name, value) in now {
        if before.get(name) != Some(value) {
            let is = plain_object(value).map(|is| {
                let was = before.get(name).and_then(Value::as_object);
                let changed = is.iter().filter(|(name, value)| was.and_then(|was| was.get(*name)) != Some(value));
                Value::Object(changed.map(|(name, value)| (name.clone(), value.clone())).collect())
            });
            fields.insert(name.clone(), is.unwrap_or_else(|| value.clone()));
        }
    }
    Some(spaced(&fields.into()))
}

fn id_of(editor: &Editor<'_>, entry: usize) -> Option<String> {
    let id = editor.field(entry, "id").filter(|_| editor.is_object(entry))?;
    editor.is_text(id).then(|| editor.words(id).into_owned())
}

/// Returns the index in the list of each record named by an edit: the first object with its id. A view without an id
/// counts as `main`.
fn places<'e>(
    editor: &Editor<'_>,
    entries: &[usize],
    edits: &'e [RecordEdit],
    has_nameless: bool,
) -> HashMap<&'e str, usize> {
    let wanted: HashSet<&'e str> =
        edits.iter().flat_map(|edit| std::iter::once(&edit.key).chain(&edit.after)).map(|key| &**key).collect();
    let mut places = HashMap::new();
    for (place, &entry) in entries.iter().enumerate() {
        if !editor.is_object(entry) {
            continue;
        }
        let id = id_of(editor, entry);
        let id = match &id {
            Some(id) => id.as_str(),
            None if has_nameless && editor.field(entry, "id").is_none() => super::NEW_VIEW,
            None => continue,
        };
        if let Some(key) = wanted.get(id) {
            places.entry(*key).or_insert(place);
        }
    }
    places
}
