//! Texts typed into forms of the window that are in no record yet, as a journal keeps them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{JournalChange, what};
use crate::model::Map;

/// A form with texts that are in no record yet. Records are named by their keys in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypedForm {
    /// Where the texts are in the window.
    pub state: TypedState,
    /// What the form makes or changes; a word that the window chooses.
    pub form: String,
    /// The keys of the records that it is about; an empty key stands for none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
    /// The part of the records that it is about, such as the name of a field.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// The place of a new actor, in world units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<[f32; 2]>,
    /// The texts, row by row.
    pub rows: Vec<TypedRow>,
}

/// Where the texts of a form are in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TypedState {
    /// The form is open.
    Open,
    /// The text can't be read, and the record keeps its value.
    Draft,
    /// The form was canceled, and can be reopened.
    Aside,
}

/// The text in a row of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedRow {
    /// The text that the row shows.
    pub text: String,
    /// What was pasted, if the row shows a name for it instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pasted: Option<String>,
}

impl TypedForm {
    /// Returns the key that tells it from the other forms in a journal: at most one is open, one put aside, and one a
    /// draft of each field.
    fn key(&self) -> String {
        match self.state {
            TypedState::Open => "open".to_owned(),
            TypedState::Aside => "aside".to_owned(),
            TypedState::Draft => serde_json::to_string(&(&self.of, &self.part)).unwrap_or_default(),
        }
    }

    /// Returns it as a change of a journal.
    #[must_use]
    pub fn change(&self) -> JournalChange {
        let to = serde_json::to_value(self).unwrap_or_default();
        JournalChange { what: what::TYPED.to_owned(), of: self.key(), to, was: Value::Null, same: false }
    }

    /// Reads it from the value of a change; `None` if it can't be read, or a record that it is about is missing.
    pub(super) fn read(map: &Map, value: &Value) -> Option<Self> {
        let form = Self::deserialize(value).ok()?;
        let is_there = |key: &String| key.is_empty() || map.find(key).is_some();
        let is_at_place = form.at.is_none_or(|at| at.iter().all(|value| value.is_finite()));
        (is_at_place && form.of.iter().all(is_there)).then_some(form)
    }
}

/// Returns the changes that turn one list of forms into another.
#[must_use]
pub fn typed_changes(before: &[TypedForm], now: &[TypedForm]) -> Vec<JournalChange> {
    let by_key = |forms: &[TypedForm]| -> BTreeMap<String, JournalChange> {
        forms.iter().map(|form| (form.key(), form.change())).collect()
    };
    let (before, mut now) = (by_key(before), by_key(now));
    let mut changes = Vec::new();
    for (key, was) in before {
        match now.remove(&key) {
            Some(is) if is == was => {}
            Some(is) => changes.push(is),
            None => changes.push(JournalChange { to: Value::Null, same: true, ..was }),
        }
    }
    changes.extend(now.into_values());
    changes
}
