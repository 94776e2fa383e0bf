//! Writes the changes of a map as edits of its file's text, field by field, in one pass. Keeps comments, order, unknown
//! fields and the formatting of everything unchanged.

mod lists;
mod values;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use serde_json::Map as Object;

use crate::jsonc::{Editor, Overlap, quoted};
use crate::load::json::{
    Defaults, Fields, VERSION, VERSION_BEFORE, distinct_json, record_json, uses_new_fields, view_json,
};
use crate::model::{Item, Key, Map, RecordChange, RecordSlot, SlotId, Slots, TieKind, TieKindId, View};

use lists::{RecordEdit, patch_records};
use values::{patch_object, spaced};

/// A map and the content of its first view.
#[derive(Clone, Copy, Debug)]
pub struct MapContent<'a> {
    /// The records.
    pub map: &'a Map,
    /// The first view to write, instead of the map's own.
    pub view: &'a View,
}

/// The id of the first view if the file has no views yet.
const NEW_VIEW: &str = "main";

/// Returns the text of a file with content `before`, changed to content `now`. Both must use the same record ids.
///
/// # Errors
///
/// When two edits overlap, which would be a bug.
pub(super) fn patch(mut editor: Editor<'_>, before: MapContent<'_>, now: MapContent<'_>) -> Result<String, Overlap> {
    let Some(root) = editor.tape.root() else { return editor.finish() };
    let changes = now.map.records().changes_from(before.map.records());
    let mut fields = NewFields::default();
    let uses_new_fields = patch_head(&mut editor, root, before.map, now.map, &changes, &mut fields);
    let records = |list: &dyn Fn(&RecordChange) -> Option<RecordEdit>| -> Vec<RecordEdit> {
        changes.iter().filter_map(list).collect()
    };
    let edit = |change: &RecordChange, after: Option<Key>| {
        let slot = change.slot();
        let json = |map: &Map| record_json(map.records(), slot);
        let key = change.keys().next().cloned().unwrap_or_default();
        RecordEdit { key, before: json(before.map), now: json(now.map), after }
    };
    let actors = records(&|change| match change {
        RecordChange::Actor(id, _) => Some(edit(change, key_before(now.map.actors(), *id, |actor| &actor.key))),
        _ => None,
    });
    let sources = records(&|change| match change {
        RecordChange::Source(id, _) => Some(edit(change, key_before(now.map.sources(), *id, |source| &source.key))),
        _ => None,
    });
    let ties = records(&|change| match change {
        RecordChange::Tie(id, _) => Some(edit(change, key_before(now.map.ties(), *id, |tie| &tie.claim.key))),
        _ => None,
    });
    let ties = with_ties_of_turned_kinds(ties, &changes, before, now);
    let facts = records(&|change| match change {
        RecordChange::Fact(id, _) => Some(edit(change, key_before(now.map.facts(), *id, |fact| &fact.claim.key))),
        _ => None,
    });
    let mut views = records(&|change| match change {
        // The first view is the open one, which is compared below.
        RecordChange::View(id, _) if now.map.views().ids().next() != Some(*id) => {
            Some(edit(change, key_before(now.map.views(), *id, |view| &view.key)))
        }
        _ => None,
    });
    views.push(open_view(before, now));
    let imports = records(&|change| match change {
        RecordChange::Import(id, _) => Some(edit(change, key_before(now.map.imports(), *id, |import| &import.key))),
        _ => None,
    });
    let lists = [
        ("actors", actors),
        ("sources", sources),
        ("ties", ties),
        ("facts", facts),
        ("views", views),
        ("imports", imports),
    ];
    let is_new = |(list, edits): &(&str, Vec<RecordEdit>)| edits.iter().any(|edit| edit.uses_new_fields(now.map, list));
    if uses_new_fields || lists.iter().any(is_new) {
        raise_version(&mut editor, root);
    }
    for (name, edits) in lists {
        if let Some(new) = patch_records(&mut editor, root, name, &edits) {
            fields.0.push(new);
        }
    }
    editor.append(root, &fields.0, true);
    editor.finish()
}

/// Adds the ties whose kind no longer says what it said of their direction, so that the file says it where they need it.
fn with_ties_of_turned_kinds(
    mut ties: Vec<RecordEdit>,
    changes: &[RecordChange],
    before: MapContent<'_>,
    now: MapContent<'_>,
) -> Vec<RecordEdit> {
    let is_directed = |kind: &Option<Arc<TieKind>>| kind.as_ref().is_none_or(|kind| kind.is_directed);
    let turned = |change: &RecordChange| match change {
        RecordChange::TieKind(id, swap) => (is_directed(&swap.was) != is_directed(&swap.is)).then_some(*id),
        _ => None,
    };
    let turned: BTreeSet<TieKindId> = changes.iter().filter_map(turned).collect();
    if turned.is_empty() {
        return ties;
    }
    let edited: HashSet<Key> = ties.iter().map(|edit| Key::clone(&edit.key)).collect();
    for (id, tie) in now.map.ties().iter() {
        let key = &tie.claim.key;
        if turned.contains(&tie.kind) && before.map.ties().has(id) && !edited.contains(key) {
            let json = |map: &Map| record_json(map.records(), RecordSlot::Item(Item::Tie(id)));
            let (before, now) = (json(before.map), json(now.map));
            ties.push(RecordEdit { key: Key::clone(key), before, now, after: None });
        }
    }
    ties
}

/// Raises the format version of the file to the current one.
fn raise_version(editor: &mut Editor<'_>, root: usize) {
    if let Some(version) = editor.field(root, "version").filter(|version| editor.is_text(*version))
        && editor.words(version) == VERSION_BEFORE
    {
        editor.replace(version, quoted(VERSION));
    }
}

/// New top-level fields of the file, as text.
#[derive(Default)]
struct NewFields(Vec<String>);

/// Returns the key of the last record before a slot, or `None` if there is none.
fn key_before<I: SlotId, T>(slots: &Slots<I, T>, id: I, key: impl Fn(&T) -> &Key) -> Option<Key> {
    let mut before = (0..id.index()).rev().filter_map(|index| slots.get(I::from_index(index)));
    before.next().map(|record| Key::clone(key(record)))
}

fn open_view(before: MapContent<'_>, now: MapContent<'_>) -> RecordEdit {
    let [was, is] = [before, now].map(|content| {
        let mut fields = view_json(content.map.records(), content.view, Defaults::Written);
        // The id and name in the file are kept.
        fields.shift_remove("id");
        fields.shift_remove("name");
        fields
    });
    let key = before.map.first_view().map_or_else(|| NEW_VIEW.into(), |view| Key::clone(&view.key));
    RecordEdit { key, before: Some(was), now: Some(is), after: None }
}

/// Patches the map's metadata, its kinds and the pairs of distinct actors. Returns whether the changes need a newer
/// version of the format.
fn patch_head(
    editor: &mut Editor<'_>,
    root: usize,
    before: &Map,
    now: &Map,
    changes: &[RecordChange],
    fields: &mut NewFields,
) -> bool {
    let part = |map: &Map| {
        let mut head = Object::new();
        let (mut actor, mut tie) = (Object::new(), Object::new());
        for change in changes {
            let slot = change.slot();
            let json = record_json(map.records(), slot);
            let key = change.keys().next().map(ToString::to_string).unwrap_or_default();
            match (slot, json) {
                (RecordSlot::Meta, Some(json)) => drop(head.insert("map".to_owned(), json.into())),
                (RecordSlot::ActorKind(_), Some(json)) => drop(actor.insert(key, json.into())),
                (RecordSlot::TieKind(_), Some(json)) => drop(tie.insert(key, json.into())),
                _ => {}
            }
        }
        let kinds = Object::from_iter([("actor".to_owned(), actor.into()), ("tie".to_owned(), tie.into())]);
        head.insert("kinds".to_owned(), kinds.into());
        if changes.iter().any(|change| matches!(change, RecordChange::Distinct { .. })) {
            head.insert("distinct".to_owned(), distinct_json(map.records()));
        }
        head
    };
    let (was, is) = (part(before), part(now));
    for (name, value) in patch_object(editor, root, &was, &is) {
        fields.0.push(format!("{}: {}", quoted(&name), spaced(&value)));
    }
    changes.iter().any(|change| match change {
        RecordChange::Distinct { is, .. } => *is,
        RecordChange::ActorKind(..) | RecordChange::TieKind(..) => {
            let [was, is] = [before, now].map(|map| record_json(map.records(), change.slot()));
            is.is_some_and(|is| uses_new_fields(now, "kinds", was.as_ref(), &is))
        }
        _ => false,
    })
}

/// Returns whether two views are equal as written to a file, apart from id and name.
#[must_use]
pub fn is_same_view(map: &Map, one: &View, other: &View) -> bool {
    let [one, other] = [one, other].map(|view| {
        let mut fields = view_json(map.records(), view, Defaults::Written);
        fields.shift_remove("id");
        fields.shift_remove("name");
        fields
    });
    one == other
}

/// Returns whether a map read back from the saved text has the content that was to be saved.
pub(super) fn is_same(again: &Map, now: MapContent<'_>) -> bool {
    let (one, two) = (again.records(), now.map.records());
    let has_no_holes = two.actors == one.actors && two.sources == one.sources && two.ties == one.ties;
    let is_same_list = has_no_holes
        && two.facts == one.facts
        && two.meta == one.meta
        && two.imports == one.imports
        && two.distinct == one.distinct;
    let listed = |map: &Map| -> Vec<Fields> {
        let actor = map.actor_kinds().ids().map(RecordSlot::ActorKind);
        let kinds = actor.chain(map.tie_kinds().ids().map(RecordSlot::TieKind));
        kinds.filter_map(|slot| record_json(map.records(), slot)).collect()
    };
    // Removed records leave gaps in the ids, but not in the file, so the ids may differ.
    (is_same_list || (all_json(again).eq(all_json(now.map)) && distinct_json(one) == distinct_json(two)))
        && listed(again) == listed(now.map)
        && views_json(again, again.first_view()) == views_json(now.map, Some(now.view))
}

/// Returns all records but views and kinds as written to the file, in its order.
fn all_json(map: &Map) -> impl Iterator<Item = Option<Fields>> {
    let items = map.actor_ids().map(Item::Actor).chain(map.source_ids().map(Item::Source));
    let claims = map.tie_ids().map(Item::Tie).chain(map.fact_ids().map(Item::Fact));
    let slots = std::iter::once(RecordSlot::Meta).chain(items.chain(claims).map(RecordSlot::Item));
    let slots = slots.chain(map.imports().ids().map(RecordSlot::Import));
    slots.map(|slot| record_json(map.records(), slot))
}

fn views_json(map: &Map, first: Option<&View>) -> Vec<Fields> {
    let nothing = View::default();
    let others = map.views().values().skip(1);
    let view_json = |(index, view): (usize, &View)| {
        let mut fields = view_json(map.records(), view, Defaults::Written);
        if index == 0 {
            fields.shift_remove("id");
            fields.shift_remove("name");
        }
        fields
    };
    std::iter::once(first.unwrap_or(&nothing)).chain(others).enumerate().map(view_json).collect()
}
