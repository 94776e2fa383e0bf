//! What was changed, as text and as JSON.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map as JsonMap, Value, json};

use super::difference::unified;
use super::session::EditDone;
use crate::document::Document;
use crate::hidden_characters::visible;
use crate::load::decode::decode;
use crate::load::json::record_json;
use crate::model::{Item, RecordChange, RecordSlot};

/// Everything that is reported about an edit.
pub(super) struct EditReport<'a> {
    pub(super) file: &'a Path,
    /// The file that is or would be written.
    pub(super) target: &'a Path,
    pub(super) before: &'a Document,
    pub(super) after: &'a Document,
    pub(super) done: &'a [EditDone],
    /// The text of the changed map.
    pub(super) text: &'a str,
    pub(super) is_written: bool,
}

impl EditReport<'_> {
    /// Returns a line for each edit, then the difference of the text.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for done in self.done {
            let _ = writeln!(out, "{}", visible(&done.sentence));
            for detail in &done.details {
                let _ = writeln!(out, "  {}", visible(detail));
            }
        }
        out + &self.difference()
    }

    fn difference(&self) -> String {
        let before = decode(self.before.origin.map_bytes());
        let after = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
        unified(&before.text, after, &self.target.display().to_string())
    }

    /// Returns a line on what was written.
    pub(super) fn verdict(&self, is_dry_run: bool) -> String {
        let target = self.target.display().to_string();
        match (self.is_written, is_dry_run) {
            (true, _) => format!("wrote {}", visible(&target)),
            (false, true) => "nothing was written (--dry-run)".to_owned(),
            (false, false) => "nothing changes, so nothing was written".to_owned(),
        }
    }

    pub(super) fn json(&self) -> Value {
        let edits: Vec<Value> = self
            .done
            .iter()
            .map(|done| {
                let ids: Vec<&str> = done.ids.iter().map(|key| &**key).collect();
                json!({ "option": done.option, "text": done.text, "sentence": done.sentence, "details": done.details,
                    "ids": ids })
            })
            .collect();
        json!({
            "file": self.file.display().to_string(),
            "output": self.target.display().to_string(),
            "written": self.is_written,
            "edits": edits,
            "changes": self.changes(),
            "difference": self.difference(),
        })
    }

    /// Returns each changed record with the fields that differ, as in the file.
    fn changes(&self) -> Vec<Value> {
        let (was, is) = (self.before.map.records(), self.after.map.records());
        let change = |change: &RecordChange| {
            let slot = change.slot();
            let before = record_json(was, slot).unwrap_or_default();
            let after = record_json(is, slot).unwrap_or_default();
            let what = match (before.is_empty(), after.is_empty()) {
                (true, _) => "added",
                (_, true) => "deleted",
                _ => "changed",
            };
            let key = change.keys().next().map(ToString::to_string);
            json!({ "list": list_of(slot), "id": key, "change": what, "fields": fields(&before, &after) })
        };
        is.changes_from(was).iter().map(change).collect()
    }
}

fn fields(before: &JsonMap<String, Value>, after: &JsonMap<String, Value>) -> Vec<Value> {
    let new = after.keys().filter(|name| !before.contains_key(*name));
    let names = before.keys().chain(new);
    let changed = names.filter(|name| before.get(*name) != after.get(*name));
    changed.map(|name| json!({ "field": name, "before": before.get(name), "after": after.get(name) })).collect()
}

/// Returns the name of the list in the file.
fn list_of(slot: RecordSlot) -> &'static str {
    match slot {
        RecordSlot::Meta => "map",
        RecordSlot::ActorKind(_) => "kinds.actor",
        RecordSlot::TieKind(_) => "kinds.tie",
        RecordSlot::Item(Item::Actor(_)) => "actors",
        RecordSlot::Item(Item::Source(_)) => "sources",
        RecordSlot::Item(Item::Tie(_)) => "ties",
        RecordSlot::Item(Item::Fact(_)) => "facts",
        RecordSlot::View(_) => "views",
        RecordSlot::Import(_) => "imports",
        RecordSlot::Distinct(_) => "distinct",
    }
}
