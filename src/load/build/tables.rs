//! What ties a map to tables and to those who checked it: read and checked here, not in the map yet.

use crate::load::faults::{At, Shown, Wanted};
use crate::load::loose::{Entries, Loose};
use crate::load::records::{CheckRecord, ImportRecord, List, RowRecord, Text};
use crate::model::{Date, Severity};

use super::ids::{Ids, ListName};
use super::values::Reader;

/// What can come out of a check.
const RESULTS: [&str; 3] = ["ok", "wrong", "unclear"];

impl Reader {
    /// The tables that records were made from; their ids are known from here on.
    pub(super) fn imports(&mut self, ids: &mut Ids, records: Loose<List<Box<ImportRecord>>>) {
        let list = At::Root.field("imports");
        for (index, mut record) in self.elements(&list, records) {
            let at = list.index(index);
            let id = std::mem::take(&mut record.id);
            if let Some(key) = ids.read(self, &at, (ListName::Imports, index), id) {
                ids.put(self, &at, &key, (ListName::Imports, index));
            }
            self.import(ids, &at, *record);
        }
    }

    fn import(&mut self, ids: &Ids, at: &At, record: ImportRecord) {
        self.extras(at, &record.extras, ImportRecord::FIELDS);
        let at_file = at.field("file");
        match self.line(&at_file, record.file) {
            None => self.faults.warn(at, format_args!("an import has no `file`"), "give it the name of its table"),
            Some(file) if file.contains(['/', '\\']) => {
                let message = format_args!("{} is a path, which tells where someone keeps files", Shown(&file));
                self.faults.warn(&at_file, message, "give the name of the file alone");
            }
            Some(_) => {}
        }
        self.line(&at.field("sheet"), record.sheet);
        let at_hash = at.field("sha256");
        if let Some(hash) = self.line(&at_hash, record.sha256)
            && (hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            let message = format_args!("{} is not a hash of 64 hexadecimal digits", Shown(&hash));
            self.faults.warn(&at_hash, message, "take it out");
        }
        self.date(&at.field("read"), record.read);
        ids.source(self, &at.field("source"), record.source);
        self.lines(&at.field("key"), record.key);
        self.lines(&at.field("gone"), record.gone);
        if record.recipe.is_some_and(|recipe| !recipe.get().starts_with('{')) {
            let message = format_args!("a recipe is an object; it is kept but not used");
            self.faults.warn(&at.field("recipe"), message, "write { \"version\": 1, \"columns\": { … } }");
        }
    }

    /// The row that a record was made from.
    pub(super) fn row(&mut self, ids: &Ids, at: &At, record: Loose<Box<RowRecord>>) {
        let Some(record) = self.good(at, record) else { return };
        self.extras(at, &record.extras, RowRecord::FIELDS);
        if record.import.is_absent() {
            let message = format_args!("a row has no `import`; it is kept but not used");
            self.faults.warn(at, message, "give it the id of an import as `import`");
        } else {
            ids.import(self, &at.field("import"), record.import);
        }
        self.lines(&at.field("keys"), record.keys);
        self.named_lines(&at.field("was"), record.was);
    }

    /// Texts by names that are not fixed.
    fn named_lines(&mut self, at: &At, entries: Loose<Entries<Text>>) {
        for (name, text) in self.good(at, entries).map_or_else(Vec::new, |entries| entries.0) {
            self.line(&at.field(&name), text);
        }
    }

    /// Which fields of a record were checked, of those that it can have.
    pub(super) fn checks(&mut self, at: &At, list: Loose<List<Box<CheckRecord>>>, fields: &'static [&'static str]) {
        for (index, record) in self.elements(at, list) {
            let at = &at.index(index);
            self.extras(at, &record.extras, CheckRecord::FIELDS);
            let (field, result) = (record.field, record.result);
            for (name, is_absent) in [("field", field.is_absent()), ("result", result.is_absent())] {
                if is_absent {
                    let message = format_args!("a check has no `{name}`; it is kept but not used");
                    self.faults.warn(at, message, "give it the name of a `field` and a `result`");
                }
            }
            if let Some(field) = self.line(&at.field("field"), field)
                && !fields.contains(&field.as_str())
                && !field.starts_with("x-")
            {
                let remedy = self.suggester.or(&field, fields.iter().copied(), "name a field of the record");
                self.faults.warn(&at.field("field"), format_args!("a record has no field {}", Shown(&field)), &remedy);
            }
            if let Some(result) = self.line(&at.field("result"), result)
                && !RESULTS.contains(&result.as_str())
            {
                let remedy = self.suggester.or(&result, RESULTS, "write \"ok\", \"wrong\" or \"unclear\"");
                let message = format_args!("{} is no result of a check; it is kept but not used", Shown(&result));
                self.faults.warn(&at.field("result"), message, &remedy);
            }
            self.line(&at.field("by"), record.by);
            self.date(&at.field("on"), record.on);
            self.prose(&at.field("note"), record.note);
            self.line(&at.field("value"), record.value);
        }
    }

    /// Pairs of actors that are not the same.
    pub(super) fn distinct(&mut self, ids: &Ids, list: Loose<List<List<Text>>>) {
        let list_at = At::Root.field("distinct");
        for (index, pair) in self.elements(&list_at, list) {
            let at = list_at.index(index);
            if pair.len() != 2 {
                let message = format_args!("two ids are expected here, not {}; it is kept but not used", pair.len());
                self.faults.warn(&at, message, "give the ids of two actors");
            }
            ids.each(self, &at, Loose::Good(pair), Ids::actor);
        }
    }

    /// Ids of actors that were merged into one: no record may have them any more.
    pub(super) fn former_ids(&mut self, ids: &Ids, at: &At, list: Loose<List<Text>>) {
        for (index, id) in self.elements(at, list) {
            if ids.item(&id).is_some() {
                let message = format_args!("the former id {} is that of a record", Shown(&id));
                ids.beside(&id, |record| {
                    let record = record.map(|at| (at, "the record with this id is here"));
                    self.faults.warn_beside(&at.index(index), message, "take it out, or rename that record", record);
                });
            }
        }
    }

    /// Warns of what ends before it starts.
    pub(super) fn check_span(&mut self, at: &At, start: Option<&Date>, end: Option<&Date>) {
        let (start, end) = (start.and_then(Date::earliest), end.and_then(Date::latest));
        if matches!((start, end), (Some(start), Some(end)) if start > end) {
            let message = format_args!("it ends before it starts; both dates are kept");
            self.faults.warn(&at.field("endDate"), message, "correct `startDate` or `endDate`");
        }
    }
}

impl Ids {
    /// Checks a reference to an import.
    fn import(&self, reader: &mut Reader, at: &At, id: Loose<Text>) {
        let Some(id) = reader.good(at, id) else { return };
        if !self.is_import(&id) {
            let message = format_args!("no import has the id {}; the row is kept but not used", Shown(&id));
            let close = (&*id, Wanted::Import, "correct the id, or add the import that it means");
            reader.faults.unknown_id(Severity::Warning, at, message, close, None);
        }
    }
}
