//! Reads imports, rows, checks and other links of a map to its tables and reviewers.

use std::collections::HashSet;

use crate::load::faults::{FieldPath, Quoted, ReferenceKind};
use crate::load::loose::{Entries, Loose};
use crate::load::records::{CheckRecord, ImportRecord, JsonText, List, RowRecord};
use crate::model::{Check, CheckResult, Date, Import, ImportId, ImportRow, Key, Pair, RawJson, Severity, Word};

use super::ids::{Ids, ListName};
use super::own_fields::own_fields;
use super::values::ValueReader;

impl ValueReader {
    /// Reads the imports and registers their ids.
    pub(super) fn imports(&mut self, ids: &mut Ids, records: Loose<List<Box<ImportRecord>>>) -> Vec<Import> {
        let list = FieldPath::Root.field("imports");
        let mut imports = Vec::new();
        for (index, mut record) in self.elements(&list, records) {
            let at = list.index(index);
            let id = std::mem::take(&mut record.id);
            let key = ids.read(self, &at, (ListName::Imports, index), id);
            let key = key.filter(|key| ids.put(self, &at, key, (ListName::Imports, index)));
            let import = self.import(ids, &at, *record);
            if let Some(key) = key {
                ids.add_import(&key, ImportId::from_index(imports.len()));
                imports.push(Import { key, ..import });
            }
        }
        imports
    }

    /// Reads an import except for its id.
    fn import(&mut self, ids: &Ids, at: &FieldPath, record: ImportRecord) -> Import {
        self.extras(at, &record.extras, ImportRecord::FIELDS);
        let at_file = at.field("file");
        let file = self.line(&at_file, record.file);
        match &file {
            None => {
                self.faults.warn(
                    at,
                    format_args!("the import has no file"),
                    "add the file name of its table as “file”",
                );
            }
            Some(file) if file.contains(['/', '\\']) => {
                let message = format_args!("{} is a path, which may reveal private folder names", Quoted(file));
                self.faults.warn(&at_file, message, "write only the file name");
            }
            Some(_) => {}
        }
        let at_hash = at.field("sha256");
        let sha256 = self.line(&at_hash, record.sha256);
        if let Some(hash) = &sha256
            && (hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            let message = format_args!("{} is not a hash of 64 hexadecimal digits", Quoted(hash));
            self.faults.warn(&at_hash, message, "remove it");
        }
        if record.recipe.is_some_and(|recipe| !recipe.get().starts_with('{')) {
            let message = format_args!("“recipe” is not an object; it is kept but not used");
            self.faults.warn(&at.field("recipe"), message, "write { \"version\": 1, \"columns\": { … } }");
        }
        Import {
            key: Key::default(),
            file,
            sheet: self.line(&at.field("sheet"), record.sheet),
            query: self.prose(&at.field("query"), record.query),
            sha256,
            read: self.date(&at.field("read"), record.read),
            source: ids.source(self, &at.field("source"), record.source),
            columns: self.lines(&at.field("key"), record.key),
            gone: self.lines(&at.field("gone"), record.gone),
            recipe: record.recipe.map(|recipe| RawJson::of_sound(recipe.get())),
            own: own_fields(&record.extras),
        }
    }

    /// Reads the row that a record was made from.
    pub(super) fn row(&mut self, ids: &Ids, at: &FieldPath, record: Loose<Box<RowRecord>>) -> Option<ImportRow> {
        let record = self.good(at, record)?;
        self.extras(at, &record.extras, RowRecord::FIELDS);
        let own = own_fields(&record.extras);
        let import = if record.import.is_absent() {
            let message = format_args!("the row has no import; it is kept but not used");
            self.faults.warn(at, message, "add the id of an import as “import”");
            None
        } else {
            self.import_of(ids, &at.field("import"), record.import)
        };
        let keys = self.lines(&at.field("keys"), record.keys);
        let was = self.named_lines(&at.field("was"), record.was);
        Some(ImportRow { import: import?, keys, was, own })
    }

    /// Resolves a reference to an import.
    fn import_of(&mut self, ids: &Ids, at: &FieldPath, id: Loose<JsonText>) -> Option<ImportId> {
        let id = self.good(at, id)?;
        let import = ids.import(&id);
        if import.is_none() {
            let message = format_args!("no import has the id {}; the row is kept but not used", Quoted(&id));
            let close = (&*id, ReferenceKind::Import, "correct the id, or add the missing import");
            self.faults.unknown_id(Severity::Warning, at, message, close, None);
        }
        import
    }

    /// Reads single-line texts by arbitrary names. A blank one says that there was nothing.
    fn named_lines(&mut self, at: &FieldPath, entries: Loose<Entries<JsonText>>) -> Vec<(String, String)> {
        let (mut lines, mut known) = (Vec::new(), HashSet::new());
        for (name, text) in self.good(at, entries).map_or_else(Vec::new, |entries| entries.0) {
            let at = at.field(&name);
            let is_blank = matches!(&text, Loose::Good(text) if text.trim().is_empty());
            let line = if is_blank { Some(String::new()) } else { self.line(&at, text) };
            if let Some(line) = line
                && known.insert(name.clone())
            {
                lines.push((name.into_owned(), line));
            }
        }
        lines
    }

    /// Reads the checks of a record; `fields` are the valid field names.
    pub(super) fn checks(
        &mut self,
        at: &FieldPath,
        list: Loose<List<Box<CheckRecord>>>,
        fields: &'static [&'static str],
    ) -> Vec<Check> {
        let records = self.elements(at, list);
        records.into_iter().filter_map(|(index, record)| self.field_check(&at.index(index), *record, fields)).collect()
    }

    fn field_check(&mut self, at: &FieldPath, record: CheckRecord, fields: &'static [&'static str]) -> Option<Check> {
        self.extras(at, &record.extras, CheckRecord::FIELDS);
        let own = own_fields(&record.extras);
        let (field, result) = (record.field, record.result);
        for (name, is_absent) in [("field", field.is_absent()), ("result", result.is_absent())] {
            if is_absent {
                let message = format_args!("the check has no {name}; it is kept but not used");
                self.faults.warn(at, message, &format!("add “{name}”"));
            }
        }
        let field = self.line(&at.field("field"), field);
        if let Some(field) = &field
            && !fields.contains(&field.as_str())
            && !field.starts_with("x-")
        {
            let remedy = self.suggester.or(field, fields.iter().copied(), "name a field of this record");
            self.faults.warn(
                &at.field("field"),
                format_args!("this record can't have a field {}", Quoted(field)),
                &remedy,
            );
        }
        let result = self.line(&at.field("result"), result).map(|result| CheckResult::from_word(&result));
        if let Some(Word::Other(result)) = &result {
            let words = CheckResult::ALL.iter().map(|word| word.word());
            let remedy = self.suggester.or(result, words, "write \"ok\", \"wrong\" or \"unclear\"");
            let message = format_args!("{} is not a result of a check; it is kept but not used", Quoted(result));
            self.faults.warn(&at.field("result"), message, &remedy);
        }
        let by = self.line(&at.field("by"), record.by);
        let on = self.date(&at.field("on"), record.on);
        let note = self.prose(&at.field("note"), record.note);
        let value = self.line(&at.field("value"), record.value);
        Some(Check { field: field?, result: result?, by, on, note, value, own })
    }

    /// Reads the pairs of distinct actors.
    pub(super) fn distinct(&mut self, ids: &Ids, list: Loose<List<List<JsonText>>>) -> Vec<Pair> {
        let list_at = FieldPath::Root.field("distinct");
        let mut pairs = Vec::new();
        for (index, pair) in self.elements(&list_at, list) {
            let (at, count) = (list_at.index(index), pair.len());
            if count != 2 {
                let message = format_args!("two ids are expected, not {count}; the list is kept but not used");
                self.faults.warn(&at, message, "write the ids of two actors");
            }
            let actors = ids.each(self, &at, Loose::Good(pair), Ids::actor);
            if let ([one, other], 2) = (actors.as_slice(), count)
                && one != other
            {
                pairs.push(Pair::new(*one, *other));
            }
        }
        pairs
    }

    /// Reads the ids of actors merged into one; warns if a record still has one of them.
    pub(super) fn former_ids(&mut self, ids: &Ids, at: &FieldPath, list: Loose<List<JsonText>>) -> Vec<Key> {
        let mut former = Vec::new();
        for (index, id) in self.elements(at, list) {
            if ids.item(&id).is_some() {
                let message = format_args!("the former id {} is still used by a record", Quoted(&id));
                ids.with_holder(&id, |record| {
                    let record = record.map(|at| (at, "this record has the id"));
                    self.faults.warn_with_related(
                        &at.index(index),
                        message,
                        "remove it, or change the id of that record",
                        record,
                    );
                });
            }
            former.push(Key::from(&*id));
        }
        former
    }

    /// Warns if the end is before the start.
    pub(super) fn check_span(&mut self, at: &FieldPath, start: Option<&Date>, end: Option<&Date>) {
        let (start, end) = (start.and_then(Date::earliest), end.and_then(Date::latest));
        if matches!((start, end), (Some(start), Some(end)) if start > end) {
            let message = format_args!("“endDate” is before “startDate”; both dates are kept");
            self.faults.warn(&at.field("endDate"), message, "correct “startDate” or “endDate”");
        }
    }
}
