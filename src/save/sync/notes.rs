//! The notes of a look in the text of its map.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::jsonc::Editor;
use crate::model::Note;
use crate::save::canonical::number;
use crate::visible::prose;

use super::{Block, as_written};

/// The field of a view that holds them.
pub(super) const NOTES: &str = "notes";

/// How many decimals a place or a width is written with.
const DECIMALS: i32 = 1;

/// A note as the file shall have it; place and width as JSON.
#[derive(Debug, PartialEq)]
pub(super) struct WantedNote {
    key: String,
    text: String,
    at: String,
    width: Option<String>,
}

impl WantedNote {
    pub(super) fn new(note: &Note) -> Self {
        Self {
            key: note.key.to_string(),
            text: note.text.clone(),
            at: format!("[{}, {}]", number(note.at.x, DECIMALS), number(note.at.y, DECIMALS)),
            width: note.width.map(|width| number(width, DECIMALS)),
        }
    }

    fn record(&self) -> String {
        let width = self.width.as_ref().map(|width| format!(", \"width\": {width}")).unwrap_or_default();
        format!("{{ \"id\": {}, \"text\": {}, \"at\": {}{width} }}", quoted(&self.key), quoted(&self.text), self.at)
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The list of notes of a view, if it has one.
fn list_of(editor: &Editor, view: usize) -> Option<usize> {
    editor.field(view, NOTES).filter(|list| editor.is_list(*list))
}

/// The id of a record that is read as a note; others are kept as they stand.
fn id_of<'a>(editor: &'a Editor, record: usize) -> Option<Cow<'a, str>> {
    let text =
        |name| editor.field(record, name).filter(|entry| editor.is_text(*entry)).map(|entry| editor.words(entry));
    let id = text("id").filter(|id| !id.trim().is_empty());
    let has_words = text("text").is_some_and(|words| !words.trim().is_empty());
    let place = editor.field(record, "at").map(|at| serde_json::from_str::<[f64; 2]>(editor.json_of(at)));
    id.filter(|_| editor.is_object(record) && has_words && place.is_some_and(|place| place.is_ok()))
}

/// Replaces what differs, and takes out notes that are gone.
pub(super) fn correct(editor: &mut Editor, view: usize, wanted: &[WantedNote]) {
    let Some(list) = list_of(editor, view) else { return };
    let mut seen = HashSet::new();
    let mut goes = Vec::new();
    let mut changes = Vec::new();
    for record in editor.tape.children(list).collect::<Vec<_>>() {
        let id = id_of(editor, record).map(Cow::into_owned);
        let note = id.as_ref().and_then(|id| wanted.iter().find(|note| note.key == *id));
        // A second record with the id of a note would come to light once the first is gone.
        goes.push(id.is_some() && note.is_none());
        if let Some(note) = note.filter(|note| seen.insert(note.key.as_str())) {
            changes.extend(differences(editor, record, note));
        }
    }
    for (entry, value) in changes {
        editor.replace(entry, value);
    }
    editor.remove(list, &goes);
}

/// The values of a record that differ from a note, with those that they shall have.
fn differences(editor: &Editor, record: usize, note: &WantedNote) -> Vec<(usize, String)> {
    let mut changes = Vec::new();
    if let Some(text) = editor.field(record, "text")
        && prose(&editor.words(text)) != note.text
    {
        changes.push((text, quoted(&note.text)));
    }
    if let Some(at) = editor.field(record, "at")
        && as_written(editor.json_of(at), DECIMALS) != note.at
    {
        changes.push((at, note.at.clone()));
    }
    changes
}

/// Appends the notes that the file lacks; gives the field if the view has none yet.
pub(super) fn complete(editor: &mut Editor, view: usize, wanted: &[WantedNote]) -> Option<Block> {
    let list = list_of(editor, view);
    let records = list.map(|list| editor.tape.children(list).collect::<Vec<_>>()).unwrap_or_default();
    let has: HashSet<String> =
        records.into_iter().filter_map(|record| id_of(editor, record)).map(Cow::into_owned).collect();
    let missing: Vec<String> = wanted.iter().filter(|note| !has.contains(&note.key)).map(WantedNote::record).collect();
    match list {
        Some(list) => editor.append(list, &missing, true),
        None if !missing.is_empty() => return Some(Block::Records(missing)),
        None => {}
    }
    None
}
