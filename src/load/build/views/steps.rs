//! Reads the story steps, colors and groups of a view.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::load::faults::{FieldPath, Quoted};
use crate::load::loose::{Entries, Loose};
use crate::load::records::{CommunitiesRecord, JsonText, List, Raw, StepRecord};
use crate::model::{ActorId, Key, RawJson, Rgb, StoryCamera, StoryStep};

use super::super::ids::Ids;
use super::super::own_fields::own_fields;
use super::super::values::ValueReader;

impl ValueReader {
    /// Reads the colors of single actors.
    pub(super) fn actor_colors(
        &mut self,
        ids: &Ids,
        at: &FieldPath,
        entries: Loose<Entries<JsonText>>,
    ) -> Vec<(ActorId, Rgb)> {
        let mut colors = Vec::new();
        for (id, color) in self.good(at, entries).map_or_else(Vec::new, |entries| entries.0) {
            let actor = ids.actor(self, &at.name(&id), Loose::Good(id.as_ref().into()));
            let at = at.field(&id);
            let Some(text) = self.good(&at, color) else { continue };
            let color = Rgb::parse(&text);
            if color.is_none() {
                let message = format_args!("{} is not a color; it is kept but not used", Quoted(&text));
                self.faults.error(&at, message, "write #RRGGBB, such as #4477AA");
            }
            colors.extend(actor.zip(color));
        }
        once(colors, |(actor, _)| *actor)
    }

    /// Reads the names of computed groups.
    pub(super) fn communities(
        &mut self,
        ids: &Ids,
        at: &FieldPath,
        record: Loose<Box<CommunitiesRecord>>,
    ) -> Vec<(ActorId, String)> {
        let Some(record) = self.good(at, record) else { return Vec::new() };
        self.extras(at, &record.extras, CommunitiesRecord::FIELDS);
        let at = at.field("names");
        let mut names = Vec::new();
        for (id, name) in self.good(&at, record.names).map_or_else(Vec::new, |entries| entries.0) {
            let actor = ids.actor(self, &at.name(&id), Loose::Good(id.as_ref().into()));
            let name = self.line(&at.field(&id), name);
            names.extend(actor.zip(name));
        }
        once(names, |(actor, _)| *actor)
    }

    /// Reads the steps of a story; also returns the index of each in the file's list.
    pub(super) fn steps(
        &mut self,
        ids: &Ids,
        list: &FieldPath,
        records: Loose<List<Box<StepRecord>>>,
    ) -> (Vec<StoryStep>, Vec<usize>) {
        let mut taken: HashMap<String, usize> = HashMap::new();
        let (mut steps, mut places) = (Vec::new(), Vec::new());
        for (index, mut record) in self.elements(list, records) {
            let at = list.index(index);
            self.extras(&at, &record.extras, StepRecord::FIELDS);
            let id = self.line(&at.field("id"), std::mem::take(&mut record.id));
            match id.as_ref().map(|id| (id, taken.get(id))) {
                None => self.faults.warn(&at, format_args!("the step has no id"), "add “id”, such as \"first\""),
                Some((id, Some(first))) => {
                    let message = format_args!("another step has the id {}", Quoted(id));
                    let first = list.index(*first);
                    let first = Some((&first.field("id"), "first used here"));
                    let remedy = "change one of the two ids";
                    self.faults.warn_with_related(&at.field("id"), message, remedy, first);
                }
                Some((id, None)) => drop(taken.insert(id.clone(), index)),
            }
            steps.push(self.step(ids, &at, id.unwrap_or_default().into(), *record));
            places.push(index);
        }
        (steps, places)
    }

    fn step(&mut self, ids: &Ids, at: &FieldPath, key: Key, record: StepRecord) -> StoryStep {
        StoryStep {
            key,
            title: self.line(&at.field("title"), record.title),
            caption: self.prose(&at.field("caption"), record.caption),
            notes: self.prose(&at.field("notes"), record.notes),
            show: self.some(ids, &at.field("show"), record.show, Ids::actor_or_tie),
            focus: once(ids.each(self, &at.field("focus"), record.focus, Ids::any), |item| *item),
            as_of: self.date(&at.field("asOf"), record.as_of),
            camera: self.camera(&at.field("camera"), record.camera),
            checks: self.checks(&at.field("checks"), record.checks, StepRecord::FIELDS),
            own: own_fields(&record.extras),
        }
    }

    /// Reads a list of actors; `None` if it is absent, which means all.
    pub(super) fn some_actors(
        &mut self,
        ids: &Ids,
        at: &FieldPath,
        list: Loose<List<JsonText>>,
    ) -> Option<Vec<ActorId>> {
        self.some(ids, at, list, Ids::actor)
    }

    /// Reads a list of references; `None` if it is absent, which means all.
    fn some<T: Copy + Ord>(
        &mut self,
        ids: &Ids,
        at: &FieldPath,
        list: Loose<List<JsonText>>,
        find: impl Fn(&Ids, &mut Self, &FieldPath, Loose<JsonText>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let is_list = matches!(list, Loose::Good(_));
        let found = ids.each(self, at, list, find);
        is_list.then(|| once(found, |one| *one))
    }

    fn camera(&mut self, at: &FieldPath, raw: Raw) -> StoryCamera {
        let Some(raw) = raw else { return StoryCamera::All };
        let camera = match serde_json::from_str::<Value>(raw.get()) {
            Ok(Value::String(word)) => match word.as_str() {
                "all" => Some(StoryCamera::All),
                "shown" => Some(StoryCamera::Shown),
                _ => None,
            },
            Ok(Value::Object(fields)) => {
                let number = |name: &str| fields.get(name).and_then(Value::as_f64);
                let place = number("x").zip(number("y")).zip(number("zoom"));
                let camera = place.map(|((x, y), zoom)| StoryCamera::At { x, y, zoom });
                // A camera with other fields is kept as written.
                camera.map(
                    |camera| if fields.len() == 3 { camera } else { StoryCamera::Other(RawJson::of_sound(raw.get())) },
                )
            }
            _ => None,
        };
        camera.unwrap_or_else(|| {
            let message = format_args!("this is not a camera position; it is kept but not used");
            self.faults.warn(at, message, "write \"all\", \"shown\" or { \"x\": 0, \"y\": 0, \"zoom\": 1 }");
            StoryCamera::Other(RawJson::of_sound(raw.get()))
        })
    }
}

/// Keeps only the first of entries with the same key.
pub(super) fn once<T, K: Ord>(all: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut seen = BTreeSet::new();
    all.into_iter().filter(|one| seen.insert(key(one))).collect()
}
