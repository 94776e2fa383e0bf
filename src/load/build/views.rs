//! Reads saved views: positions, pins, hidden records, labels and bends.

mod filters;
mod pairs;
mod steps;

use emath::pos2;

use crate::load::faults::{Faults, FieldPath, Quoted, ReferenceKind};
use crate::load::loose::{Entries, Loose};
use crate::load::records::{JsonText, LayoutRecord, List, NoteRecord, ViewRecord};
use crate::model::{
    Arrangement, BendPoint, Ends, Item, Key, LabelChoice, LabelMode, Map, MapParts, Note, Severity, StoryFault,
    StoryProblem, TieId, View, story_problems,
};

use super::ids::{Ids, ListName};
use super::own_fields::own_fields;
use super::values::{ValueReader, words_of};
use steps::once;

/// The maximum absolute coordinate, in world units.
const MAX_COORDINATE: f64 = 1e7;

/// The places of a view and its steps in the lists of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoryPlaces {
    view: usize,
    steps: Vec<usize>,
}

/// Reports the steps of stories that don't show what they say.
pub(crate) fn check_stories(map: &Map, places: &[StoryPlaces], faults: &mut Faults) {
    if places.iter().all(|place| place.steps.is_empty()) {
        return;
    }
    for StoryProblem { view, step, fault } in story_problems(map) {
        let Some(place) = places.get(view) else { continue };
        let Some(&step) = place.steps.get(step) else { continue };
        let list = FieldPath::Root.field("views");
        let view = list.index(place.view);
        let steps = view.field("steps");
        let step = steps.index(step);
        let at = fault.field().map(|field| step.field(field));
        let key = fault.item().and_then(|item| map.records().key(item)).map_or("", |key| &**key);
        let (message, remedy) = words(fault, key);
        faults.warn(at.as_ref().unwrap_or(&step), format_args!("{message}"), remedy);
    }
}

/// Returns message and remedy for a fault of a step; `key` is the id of the record that it is about.
fn words(fault: StoryFault, key: &str) -> (String, &'static str) {
    let all_hidden = "the view or the date hides everything that the step lists";
    match fault {
        StoryFault::NothingListed => {
            ("the step shows nothing".to_owned(), "list actors or ties in “show”, or remove the field to show all")
        }
        StoryFault::AllHidden => (all_hidden.to_owned(), "show them in the view, or list others in “show”"),
        StoryFault::NothingVisible => {
            ("the step shows nothing, since the view hides everything".to_owned(), "show something in the view")
        }
        StoryFault::Hidden(_) => (
            format!("the view or the date of the step hides {}", Quoted(key)),
            "show it in the view, or remove it from “show”",
        ),
        StoryFault::OutOfSight(_) => (
            format!("{} is in focus, but the step doesn't show it", Quoted(key)),
            "add it to “show”, or remove it from “focus”",
        ),
    }
}

impl ValueReader {
    /// Reads all views of a file, with their places in it.
    pub(crate) fn views(
        &mut self,
        ids: &mut Ids,
        parts: &MapParts,
        records: Loose<List<Box<ViewRecord>>>,
    ) -> (Vec<View>, Vec<StoryPlaces>) {
        let list = FieldPath::Root.field("views");
        // A view needs no id; the default is "main".
        let (mut views, mut places) = (Vec::new(), Vec::new());
        for (index, mut record) in self.elements(&list, records) {
            let at = list.index(index);
            let id = std::mem::take(&mut record.id);
            let key = if id.is_absent() {
                Key::from("main")
            } else {
                let Some(key) = ids.read(self, &at, (ListName::Views, index), id) else { continue };
                if !ids.put(self, &at, &key, (ListName::Views, index)) {
                    continue;
                }
                key
            };
            let (view, steps) = self.view(ids, parts, &at, key, *record);
            views.push(view);
            places.push(StoryPlaces { view: index, steps });
        }
        (views, places)
    }

    fn view(
        &mut self,
        ids: &Ids,
        parts: &MapParts,
        at: &FieldPath,
        key: Key,
        record: ViewRecord,
    ) -> (View, Vec<usize>) {
        self.extras(at, &record.extras, ViewRecord::FIELDS);
        let (algorithm, seed) = self.layout(&at.field("layout"), record.layout);
        let mut view =
            View { key, name: self.line(&at.field("name"), record.name), algorithm, seed, ..View::default() };
        self.positions(ids, parts, &at.field("positions"), record.positions, &mut view);
        view.pinned = ids.each(self, &at.field("pinned"), record.pinned, Ids::actor);
        for item in ids.each(self, &at.field("hidden"), record.hidden, Ids::actor_or_tie) {
            match item {
                Item::Actor(actor) => view.hidden.push(actor),
                Item::Tie(tie) => view.hidden_ties.push(tie),
                Item::Fact(_) | Item::Source(_) => {}
            }
        }
        view.hidden_ties = once(view.hidden_ties, |tie| *tie);
        let mode = self.word(&at.field("labelMode"), record.label_mode, words_of!(LabelMode));
        view.label_mode = mode.and_then(|mode| mode.known());
        self.labels(ids, &at.field("labels"), record.labels, &mut view);
        self.bends(ids, &at.field("bends"), record.bends, &mut view);
        view.pairs = self.pairs(ids, &at.field("pairs"), record.pairs);
        view.filter = self.filter(parts, &at.field("filters"), record.filters);
        view.filter.as_of = self.date(&at.field("asOf"), record.as_of);
        view.notes = self.notes(&at.field("notes"), record.notes);
        view.shown = self.some_actors(ids, &at.field("shown"), record.shown);
        view.colors = self.actor_colors(ids, &at.field("colors"), record.colors);
        view.communities = self.communities(ids, &at.field("communities"), record.communities);
        let steps;
        (view.steps, steps) = self.steps(ids, &at.field("steps"), record.steps);
        view.own = own_fields(&record.extras);
        (view, steps)
    }

    fn layout(&mut self, at: &FieldPath, record: Loose<Box<LayoutRecord>>) -> (Option<String>, Option<u64>) {
        let Some(record) = self.good(at, record) else { return (None, None) };
        self.extras(at, &record.extras, LayoutRecord::FIELDS);
        let word = self.word(&at.field("algorithm"), record.algorithm, words_of!(Arrangement));
        let algorithm = word.map(|word| match word {
            crate::model::Word::Known(arrangement) => arrangement.word().to_owned(),
            crate::model::Word::Other(word) => word.into(),
        });
        (algorithm, self.good(&at.field("seed"), record.seed))
    }

    fn positions(
        &mut self,
        ids: &Ids,
        parts: &MapParts,
        at: &FieldPath,
        entries: Loose<Entries<List<f64>>>,
        view: &mut View,
    ) {
        let mut is_placed = std::collections::HashSet::new();
        for (id, pair) in self.good(at, entries).map_or_else(Vec::new, |entries| entries.0) {
            let here = &at.field(&id);
            let item = ids.item(&id);
            let is_hub = |tie: TieId| matches!(parts.ties[tie.index()].ends, Ends::Parties(_));
            match item {
                Some(Item::Actor(_)) => {}
                Some(Item::Tie(tie)) if is_hub(tie) => {}
                _ => {
                    self.report_unplaceable(&at.name(&id), &id, item);
                    continue;
                }
            }
            let Some((x, y)) = self.pair(here, pair) else { continue };
            if !is_placed.insert(item) {
                let message = format_args!("{} has two positions; the first one is used", Quoted(&id));
                let second = (&at.name(&id), "the second one is here");
                self.faults.error_with_related(here, message, "remove one of them", Some(second));
                continue;
            }
            match item {
                Some(Item::Actor(actor)) => view.positions.push((actor, pos2(x, y))),
                Some(Item::Tie(tie)) => view.hub_positions.push((tie, pos2(x, y))),
                _ => {}
            }
        }
    }

    fn report_unplaceable(&mut self, at: &FieldPath, id: &str, item: Option<Item>) {
        if item.is_some() {
            let message =
                format_args!("{} can't have a position: only actors and ties between several parties can", Quoted(id));
            return self.faults.warn(at, message, "remove it");
        }
        let message = format_args!("no actor has the id {}; the position is kept but not used", Quoted(id));
        self.faults.unknown_id(
            Severity::Warning,
            at,
            message,
            (id, ReferenceKind::Actor, "correct the id, or remove the entry"),
            None,
        );
    }

    /// Reads two numbers with an absolute value of at most [`MAX_COORDINATE`].
    fn pair(&mut self, at: &FieldPath, list: Loose<List<f64>>) -> Option<(f32, f32)> {
        let remedy = "write two numbers, such as [120, -40]";
        let list = self.good(at, list)?;
        let [Loose::Good(first), Loose::Good(second)] = list.as_slice() else {
            self.faults.error(at, format_args!("two numbers are expected here; the value is ignored"), remedy);
            return None;
        };
        if first.abs() > MAX_COORDINATE || second.abs() > MAX_COORDINATE {
            let remedy = "use numbers from -10,000,000 to 10,000,000";
            self.faults.error(at, format_args!("a number is out of range; the value is ignored"), remedy);
            return None;
        }
        Some((*first as f32, *second as f32))
    }

    fn notes(&mut self, list: &FieldPath, records: Loose<List<Box<NoteRecord>>>) -> Vec<Note> {
        let mut notes: Vec<Note> = Vec::new();
        let mut taken = std::collections::HashMap::new();
        for (index, record) in self.elements(list, records) {
            let at = list.index(index);
            self.extras(&at, &record.extras, NoteRecord::FIELDS);
            let id = self.line(&at.field("id"), record.id);
            let text = self.prose(&at.field("text"), record.text);
            let place = self.pair(&at.field("at"), record.at);
            let width = self.good(&at.field("width"), record.width);
            let Some(((id, text), (x, y))) = id.zip(text).zip(place) else {
                let message = format_args!("the note lacks an id, a text or a position; it is kept but not shown");
                self.faults.warn(&at, message, "add “id”, “text” and “at”, or remove the note");
                continue;
            };
            let key = Key::from(id);
            if let Some(first) = taken.get(&key) {
                let message = format_args!("another note has the id {}; this one is kept but not shown", Quoted(&key));
                let first = list.index(*first);
                let first = Some((&first.field("id"), "first used here"));
                self.faults.error_with_related(&at.field("id"), message, "change one of the two ids", first);
                continue;
            }
            taken.insert(Key::clone(&key), index);
            // Larger widths are limited where notes are drawn.
            let width = width.filter(|width| width.is_finite()).map(|width| width.clamp(0.0, MAX_COORDINATE) as f32);
            notes.push(Note { key, text, at: pos2(x, y), width });
        }
        notes
    }

    fn labels(&mut self, ids: &Ids, at: &FieldPath, entries: Loose<Entries<JsonText>>, view: &mut View) {
        for (id, choice) in self.good(at, entries).map_or_else(Vec::new, |entries| entries.0) {
            let here = &at.field(&id);
            let Some(tie) = self.tie_of_entry(ids, &at.name(&id), &id) else { continue };
            let Some(choice) = self.good(here, choice) else { continue };
            match &*choice {
                "show" => view.labels.push((tie, LabelChoice::Show)),
                "hide" => view.labels.push((tie, LabelChoice::Hide)),
                other => {
                    let remedy = self.suggester.or(other, ["show", "hide"], "write \"show\" or \"hide\"");
                    self.faults.warn(
                        here,
                        format_args!("{} is not a label mode; it is ignored", Quoted(other)),
                        &remedy,
                    );
                }
            }
        }
    }

    fn bends(&mut self, ids: &Ids, at: &FieldPath, entries: Loose<Entries<List<f64>>>, view: &mut View) {
        for (id, pair) in self.good(at, entries).map_or_else(Vec::new, |entries| entries.0) {
            let Some(tie) = self.tie_of_entry(ids, &at.name(&id), &id) else { continue };
            if let Some((along, across)) = self.pair(&at.field(&id), pair) {
                view.bends.push((tie, BendPoint { along, across }));
            }
        }
    }

    fn tie_of_entry(&mut self, ids: &Ids, at: &FieldPath, id: &str) -> Option<TieId> {
        if let Some(Item::Tie(tie)) = ids.item(id) {
            return Some(tie);
        }
        let message = format_args!("no tie has the id {}; the entry is kept but not used", Quoted(id));
        self.faults.unknown_id(
            Severity::Warning,
            at,
            message,
            (id, ReferenceKind::Claim, "correct the id, or remove the entry"),
            None,
        );
        None
    }
}
