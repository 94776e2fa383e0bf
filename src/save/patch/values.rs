//! Patches values inside a record.

use std::collections::HashMap;

use serde_json::Value;

use crate::jsonc::{Editor, quoted};
use crate::load::json::{Fields, json_text, plain_object};

/// Lists and objects that are written with one entry per line when they are new.
const BY_LINES: [&str; 10] =
    ["positions", "labels", "bends", "notes", "pairs", "evidence", "stages", "parties", "kinds", "steps"];

/// Patches the fields of an object that differ; returns the fields that it lacks, with their values.
#[must_use]
pub(super) fn patch_object(
    editor: &mut Editor<'_>,
    object: usize,
    before: &Fields,
    now: &Fields,
) -> Vec<(String, Value)> {
    let mut new = Vec::new();
    for (name, value) in now {
        let was = before.get(name);
        if was == Some(value) {
            continue;
        }
        match editor.field(object, name) {
            Some(entry) => patch_value(editor, entry, name, was, value),
            None => new.extend(difference(was, value).map(|value| (name.clone(), value))),
        }
    }
    let gone: Vec<&String> = before.keys().filter(|name| !now.contains_key(*name)).collect();
    if !gone.is_empty() {
        let goes: Vec<bool> =
            editor.fields(object).iter().map(|(name, _)| gone.iter().any(|gone| *gone == name)).collect();
        editor.remove(object, &goes);
    }
    new
}

/// Returns the part to add of a value that the file lacks: of an object, only the fields that differ.
fn difference(was: Option<&Value>, is: &Value) -> Option<Value> {
    let (Some(was), Some(is_fields)) = (was.and_then(plain_object), plain_object(is)) else { return Some(is.clone()) };
    let is = is_fields;
    let fields = is.iter().filter_map(|(name, value)| match was.get(name) {
        Some(same) if same == value => None,
        was => difference(was, value).map(|value| (name.clone(), value)),
    });
    let fields: Fields = fields.collect();
    (!fields.is_empty()).then_some(Value::Object(fields))
}

fn patch_value(editor: &mut Editor<'_>, entry: usize, name: &str, was: Option<&Value>, is: &Value) {
    let nothing = (Fields::new(), Vec::new());
    // A placeholder for text of the file is replaced as a whole.
    let is_plain = |value: &Value| !value.is_object() || plain_object(value).is_some();
    let is_patched = is_plain(is) && was.is_none_or(is_plain) && !(is.is_array() && name.starts_with("x-"));
    match is {
        Value::Object(_) if is_patched && editor.is_object(entry) => {
            let is = is.as_object().unwrap_or(&nothing.0);
            let was = was.and_then(Value::as_object).unwrap_or(&nothing.0);
            let new = patch_object(editor, entry, was, is);
            let new: Vec<String> = new.iter().map(|(name, value)| field_text(editor, entry, name, value)).collect();
            editor.append(entry, &new, BY_LINES.contains(&name));
        }
        // A pair of numbers is replaced as a whole, and so is a list in a custom field, which may have duplicates.
        Value::Array(is) if is_patched && editor.is_list(entry) && !is.iter().any(Value::is_number) => {
            patch_list(editor, entry, name, was.and_then(Value::as_array).unwrap_or(&nothing.1), is);
        }
        _ => {
            let text = value_text(editor, entry, name, is);
            editor.replace(entry, text);
        }
    }
}

/// Formats a new field of an object.
pub(super) fn field_text(editor: &Editor<'_>, object: usize, name: &str, value: &Value) -> String {
    let indent = editor.indent_of(object) + editor.unit();
    format!("{}: {}", quoted(name), block(editor, &indent, name, value))
}

fn value_text(editor: &Editor<'_>, entry: usize, name: &str, value: &Value) -> String {
    block(editor, &editor.indent_of(entry), name, value)
}

/// Formats a value, with one entry per line if its field is in [`BY_LINES`] and it is long enough.
fn block(editor: &Editor<'_>, indent: &str, name: &str, value: &Value) -> String {
    let (open, entries, close) = match value {
        Value::Object(fields) if !fields.is_empty() && plain_object(value).is_some() => {
            let field = |(name, value): (&String, &Value)| format!("{}: {}", quoted(name), spaced(value));
            ('{', fields.iter().map(field).collect::<Vec<_>>(), '}')
        }
        Value::Array(list) if !list.is_empty() => ('[', list.iter().map(spaced).collect(), ']'),
        _ => return spaced(value),
    };
    let is_short = entries.len() == 1 && !["positions", "labels", "bends", "notes", "pairs", "steps"].contains(&name);
    if !BY_LINES.contains(&name) || is_short {
        return spaced(value);
    }
    let (inner, outer) = (editor.new_line(&(indent.to_owned() + editor.unit())), editor.new_line(indent));
    format!("{open}{inner}{}{outer}{close}", entries.join(&format!(",{inner}")))
}

/// Formats a value on one line, such as `{ "a": [1, 2] }`.
pub(super) fn spaced(value: &Value) -> String {
    match value {
        Value::Object(fields) if !fields.is_empty() && plain_object(value).is_some() => {
            let field = |(name, value): (&String, &Value)| format!("{}: {}", quoted(name), spaced(value));
            format!("{{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(spaced).collect::<Vec<_>>().join(", ")),
        other => json_text(other),
    }
}

/// Fields that identify an element of a list, in order of precedence.
const NAMES: [&str; 6] = ["id", "source", "actor", "stage", "of", "field"];

/// Returns the identity of a list element: its text, or the field that identifies it.
fn mark(value: &Value) -> String {
    match value {
        Value::Object(fields) => NAMES.iter().find_map(|name| fields.get(*name)).map(mark).unwrap_or_default(),
        Value::Array(ids) => unordered(ids),
        other => other.to_string(),
    }
}

/// Like [`mark`], for an element of the file, which may contain numbers that [`Value`] can't represent.
fn mark_in_file(editor: &Editor<'_>, entry: usize) -> String {
    let named =
        if editor.is_object(entry) { NAMES.iter().find_map(|name| editor.field(entry, name)) } else { Some(entry) };
    let value = named.and_then(|entry| serde_json::from_str(editor.json_of(entry)).ok());
    value.as_ref().map(mark).unwrap_or_default()
}

/// Joins ids in sorted order, so that lists with the same ids are equal.
fn unordered(ids: &[Value]) -> String {
    let mut ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.sort_unstable();
    ids.join(" ")
}

/// Patches a list of texts or records. Elements of the file that could not be read stay in place.
fn patch_list(editor: &mut Editor<'_>, list: usize, name: &str, was: &[Value], is: &[Value]) {
    let entries: Vec<usize> = editor.tape.children(list).collect();
    let marks: Vec<String> = entries.iter().map(|entry| mark_in_file(editor, *entry)).collect();
    let was_marks: Vec<String> = was.iter().map(mark).collect();
    // The position of each earlier element in the file.
    let places = common(&was_marks, &marks);
    let same = pairs(was, is);
    let mut goes = vec![false; entries.len()];
    let mut edits = Vec::new();
    for (index, place) in places.iter().enumerate() {
        let Some(place) = *place else { continue };
        match same.iter().find(|(before, _)| *before == index) {
            Some((_, after)) => edits.push((place, index, *after)),
            // Of duplicates only the first is read, so the others must go with it.
            None => (0..entries.len())
                .filter(|at| marks[*at] == marks[place] && (*at == place || is_told_once(&was[index])))
                .for_each(|at| goes[at] = true),
        }
    }
    for (place, before, after) in edits {
        if was[before] != is[after] {
            patch_value(editor, entries[place], "", Some(&was[before]), &is[after]);
        }
    }
    let place_of: HashMap<usize, usize> =
        same.iter().filter_map(|(before, after)| Some((*after, (*places.get(*before)?)?))).collect();
    let mut last: Option<usize> = None;
    for (after, value) in is.iter().enumerate() {
        if let Some(place) = place_of.get(&after) {
            last = Some(*place);
            continue;
        }
        // The file may already have this text in an element that was not read.
        if is_text(value) && marks.iter().zip(&goes).any(|(known, goes)| !goes && *known == mark(value)) {
            continue;
        }
        let new = [spaced(value)];
        let is_last = place_of.keys().all(|known| *known < after);
        match last {
            _ if is_last || entries.is_empty() => editor.append(list, &new, BY_LINES.contains(&name)),
            Some(place) => editor.insert_after(list, place, &new),
            None => editor.insert_first(list, &new, BY_LINES.contains(&name)),
        }
    }
    editor.remove(list, &goes);
}

fn is_text(value: &Value) -> bool {
    value.is_string()
}

/// Returns whether a duplicate of this element, so far ignored, would be read once the first is removed.
fn is_told_once(value: &Value) -> bool {
    is_text(value) || value.is_array() || value.get("id").is_some()
}

/// Returns, for each element of `one`, the index of an equal element of `other`, by longest common subsequence; in very
/// long lists, in order of occurrence.
fn common(one: &[String], other: &[String]) -> Vec<Option<usize>> {
    const MAX_CELLS: usize = 1_000_000;
    let (rows, columns) = (one.len(), other.len());
    if one == other {
        return (0..rows).map(Some).collect();
    }
    if rows.saturating_mul(columns) > MAX_CELLS {
        let mut places: HashMap<&str, std::collections::VecDeque<usize>> = HashMap::new();
        for (index, mark) in other.iter().enumerate() {
            places.entry(mark).or_default().push_back(index);
        }
        return one
            .iter()
            .map(|mark| places.get_mut(mark.as_str()).and_then(std::collections::VecDeque::pop_front))
            .collect();
    }
    let mut lengths = vec![vec![0_u32; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            lengths[row][column] = if one[row] == other[column] {
                lengths[row + 1][column + 1] + 1
            } else {
                lengths[row + 1][column].max(lengths[row][column + 1])
            };
        }
    }
    let mut found = vec![None; rows];
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        if one[row] == other[column] {
            found[row] = Some(column);
            row += 1;
            column += 1;
        } else if lengths[row + 1][column] >= lengths[row][column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    found
}

/// Matches the elements of two lists: equal ones, then objects between those that have the same [`mark`].
fn pairs(was: &[Value], is: &[Value]) -> Vec<(usize, usize)> {
    let texts = |list: &[Value]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut pairs: Vec<(usize, usize)> = common(&texts(was), &texts(is))
        .into_iter()
        .enumerate()
        .filter_map(|(before, after)| Some((before, after?)))
        .collect();
    let mut bounds = pairs.clone();
    bounds.push((was.len(), is.len()));
    let (mut from, mut to) = (0, 0);
    for (before, after) in bounds {
        let (old, new) = (&was[from..before], &is[to..after]);
        if old.iter().chain(new).all(Value::is_object) {
            let [one, other] = [old, new].map(|list| list.iter().map(mark).collect::<Vec<_>>());
            let alike = common(&one, &other).into_iter().enumerate();
            pairs.extend(alike.filter_map(|(index, place)| Some((from + index, to + place?))));
        }
        (from, to) = (before + 1, after + 1);
    }
    pairs
}
