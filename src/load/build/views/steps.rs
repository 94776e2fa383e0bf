//! What a view says of stories and of groups: read and checked here, not in the map yet.

use std::collections::HashMap;

use crate::load::faults::{At, Shown};
use crate::load::loose::{Entries, Loose};
use crate::load::records::{CommunitiesRecord, List, Raw, StepRecord, Text};
use crate::model::Rgb;

use super::super::ids::Ids;
use super::super::values::Reader;

impl Reader {
    /// Colors of single actors.
    pub(super) fn actor_colors(&mut self, ids: &Ids, at: &At, entries: Loose<Entries<Text>>) {
        for (id, color) in self.good(at, entries).map_or_else(Vec::new, |entries| entries.0) {
            ids.actor(self, &at.name(&id), Loose::Good(id.as_ref().into()));
            let at = at.field(&id);
            if let Some(color) = self.good(&at, color).filter(|color| Rgb::parse(color).is_none()) {
                let message = format_args!("{} is not a color; it is kept but not used", Shown(&color));
                self.faults.error(&at, message, "write it as #RRGGBB, such as #4477AA");
            }
        }
    }

    /// Names of groups that were found by computing.
    pub(super) fn communities(&mut self, ids: &Ids, at: &At, record: Loose<Box<CommunitiesRecord>>) {
        let Some(record) = self.good(at, record) else { return };
        self.extras(at, &record.extras, CommunitiesRecord::FIELDS);
        let at = at.field("names");
        for (id, name) in self.good(&at, record.names).map_or_else(Vec::new, |entries| entries.0) {
            ids.actor(self, &at.name(&id), Loose::Good(id.as_ref().into()));
            self.line(&at.field(&id), name);
        }
    }

    /// The steps of a story.
    pub(super) fn steps(&mut self, ids: &Ids, list: &At, records: Loose<List<Box<StepRecord>>>) {
        let mut taken: HashMap<String, usize> = HashMap::new();
        for (index, record) in self.elements(list, records) {
            let at = list.index(index);
            self.extras(&at, &record.extras, StepRecord::FIELDS);
            match self.line(&at.field("id"), record.id) {
                None => {
                    self.faults.warn(&at, format_args!("a step has no `id`"), "give it one, such as \"first\"");
                }
                Some(id) => match taken.get(&id) {
                    Some(first) => {
                        let message = format_args!("another step has the id {}", Shown(&id));
                        let first = list.index(*first);
                        let first = Some((&first.field("id"), "first used here"));
                        let remedy = "give one of the two another id";
                        self.faults.warn_beside(&at.field("id"), message, remedy, first);
                    }
                    None => {
                        taken.insert(id, index);
                    }
                },
            }
            self.line(&at.field("title"), record.title);
            self.prose(&at.field("caption"), record.caption);
            self.prose(&at.field("notes"), record.notes);
            ids.each(self, &at.field("show"), record.show, Ids::actor);
            ids.each(self, &at.field("focus"), record.focus, Ids::any);
            self.date(&at.field("asOf"), record.as_of);
            self.camera(&at.field("camera"), record.camera);
            self.checks(&at.field("checks"), record.checks, StepRecord::FIELDS);
        }
    }

    fn camera(&mut self, at: &At, camera: Raw) {
        let is_known = camera.is_none_or(|camera| match serde_json::from_str::<serde_json::Value>(camera.get()) {
            Ok(serde_json::Value::String(word)) => matches!(word.as_str(), "all" | "shown"),
            Ok(value) => {
                ["x", "y", "zoom"].iter().all(|name| value.get(name).is_some_and(serde_json::Value::is_number))
            }
            Err(_) => false,
        });
        if !is_known {
            let message = format_args!("this is no camera; it is kept but not used");
            self.faults.warn(at, message, "write \"all\", \"shown\" or { \"x\": 0, \"y\": 0, \"zoom\": 1 }");
        }
    }
}
