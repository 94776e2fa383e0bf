//! Converts imports, rows and checks to JSON.

use serde_json::Value;

use crate::load::records::{CheckJson, ImportJson, RowJson};
use crate::model::{Check, CheckResult, Import, ImportRow, Item};

use super::{Fields, RecordKeys, date, list, object, raw_value, text, with_own, word};

impl RecordKeys<'_> {
    pub(super) fn import_json(&self, import: &Import) -> Fields {
        let fields = ImportJson {
            id: text(Some(&import.key)),
            file: text(import.file.as_deref()),
            sheet: text(import.sheet.as_deref()),
            query: text(import.query.as_deref()),
            sha256: text(import.sha256.as_deref()),
            read: date(import.read.as_ref()),
            source: import.source.map(|id| self.key(Item::Source(id))),
            key: list(import.columns.iter().cloned()),
            gone: list(import.gone.iter().cloned()),
            recipe: import.recipe.as_ref().map(|recipe| raw_value(recipe.text())),
        };
        with_own(fields.into_object(), &import.own)
    }

    pub(super) fn row_json(&self, row: &ImportRow) -> Value {
        let import = self.0.imports.get(row.import).map(|import| Value::from(&*import.key));
        let was = row.was.iter().map(|(name, words)| (name.clone(), Value::from(words.as_str())));
        let fields = RowJson { import, keys: list(row.keys.iter().cloned()), was: object(was.collect()) };
        with_own(fields.into_object(), &row.own).into()
    }
}

pub(super) fn check_json(check: &Check) -> Value {
    let fields = CheckJson {
        field: text(Some(&check.field)),
        result: word(Some(&check.result), CheckResult::word),
        by: text(check.by.as_deref()),
        on: date(check.on.as_ref()),
        note: text(check.note.as_deref()),
        value: text(check.value.as_deref()),
    };
    with_own(fields.into_object(), &check.own).into()
}
