//! Converts saved views to JSON.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::load::records::{CommunitiesJson, FiltersJson, LayoutJson, NoteJson, PairJson, StepJson, ViewJson};
use crate::model::{
    ActorId, ActorKindId, Arrangement, Filter, Item, LabelChoice, LabelMode, Note, PairMode, Records, StoryCamera,
    StoryStep, View, Word,
};

use super::{Fields, RecordKeys, check_json, date, object as some_object, raw_value, text, with_own};

/// The number of decimals of relative positions; coordinates and widths have one.
const SHARE_DECIMALS: i32 = 3;

/// Rounds to this number of decimals.
fn rounded(value: f32, decimals: i32) -> Value {
    let scale = 10_f64.powi(decimals);
    // Adding zero turns -0 into 0.
    let rounded = (f64::from(value) * scale).round() / scale + 0.0;
    if rounded.fract() == 0.0 && rounded.abs() < 1e15 { (rounded as i64).into() } else { rounded.into() }
}

fn pair(x: f32, y: f32, decimals: i32) -> Value {
    json!([rounded(x, decimals), rounded(y, 1)])
}

/// Whether fields with default values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defaults {
    /// Left out, for a new file.
    LeftOut,
    /// Written, for comparison, so that returning to a default is a change like any other.
    Written,
}

/// Returns a view as JSON; ids are in the order of the map.
pub(crate) fn view_json(records: &Records, view: &View, defaults: Defaults) -> Fields {
    let is_full = defaults == Defaults::Written;
    let list = |values: Vec<Value>| (is_full || !values.is_empty()).then_some(Value::Array(values));
    let object = |fields: Fields| (is_full || !fields.is_empty()).then_some(Value::Object(fields));
    let keys = RecordKeys(records);
    let actor = |id| keys.0.key(Item::Actor(id)).map(ToString::to_string);
    let tie = |id| keys.0.key(Item::Tie(id)).map(ToString::to_string);
    let actors = sorted(&view.positions).into_iter().filter_map(|(id, pos)| Some((actor(id)?, pair(pos.x, pos.y, 1))));
    let hubs = sorted(&view.hub_positions).into_iter().filter_map(|(id, pos)| Some((tie(id)?, pair(pos.x, pos.y, 1))));
    let labels =
        sorted(&view.labels).into_iter().filter_map(|(id, choice)| Some((tie(id)?, label_word(choice).into())));
    let bends = sorted(&view.bends)
        .into_iter()
        .filter_map(|(id, bend)| Some((tie(id)?, pair(bend.along, bend.across, SHARE_DECIMALS))));
    let ids = |ids: &[ActorId]| {
        let ids: BTreeSet<ActorId> = ids.iter().copied().collect();
        ids.into_iter().filter_map(|id| actor(id).map(Value::from)).collect()
    };
    let algorithm = view.algorithm.as_deref().map(Arrangement::from_word);
    let arrangement = algorithm.as_ref().and_then(Word::known).unwrap_or(Arrangement::Auto);
    let label_mode = view.label_mode.unwrap_or(LabelMode::All);
    let pairs = sorted(&view.pairs).into_iter().map(|(pair, mode)| pair_json(&keys, pair, mode));
    let fields = ViewJson {
        id: text(Some(&view.key)),
        name: text(view.name.as_deref()),
        layout: object(
            LayoutJson {
                algorithm: text((is_full || arrangement != Arrangement::Auto).then(|| arrangement.word())),
                seed: Some(view.seed.unwrap_or(1)).filter(|seed| is_full || *seed != 1).map(Value::from),
            }
            .into_object(),
        ),
        positions: object(actors.chain(hubs).collect()),
        pinned: list(ids(&view.pinned)),
        hidden: list(hidden(&keys, view)),
        label_mode: text((is_full || label_mode != LabelMode::All).then(|| label_mode.word())),
        labels: object(labels.collect()),
        pairs: list(pairs.collect()),
        bends: object(bends.collect()),
        notes: list(view.notes.iter().map(note_json).collect()),
        filters: object(filters_json(records, &view.filter, is_full)),
        as_of: date(view.filter.as_of.as_ref()),
        shown: view.shown.as_ref().map(|shown| Value::Array(ids(shown))),
        colors: some_object(by_actor(&keys, &view.colors, |color| super::color(Some(*color)))),
        communities: communities(&keys, view),
        steps: super::list(view.steps.iter().map(|step| keys.step_json(step))),
    };
    with_own(fields.into_object(), &view.own)
}

/// Returns the hidden actors, then the hidden ties, in the order of the map.
fn hidden(keys: &RecordKeys<'_>, view: &View) -> Vec<Value> {
    let actors = view.hidden.iter().map(|id| Item::Actor(*id));
    let items: BTreeSet<Item> = actors.chain(view.hidden_ties.iter().map(|id| Item::Tie(*id))).collect();
    items.into_iter().filter_map(|item| keys.0.key(item)).map(|key| Value::from(&**key)).collect()
}

/// Converts entries by actor to an object, in the order of the map.
fn by_actor<T>(keys: &RecordKeys<'_>, entries: &[(ActorId, T)], json: impl Fn(&T) -> Option<Value>) -> Fields {
    let mut entries: Vec<&(ActorId, T)> = entries.iter().collect();
    entries.sort_by_key(|(id, _)| *id);
    let entries = entries.into_iter().filter_map(|(id, value)| {
        let key = keys.0.key(Item::Actor(*id))?;
        Some((key.to_string(), json(value)?))
    });
    entries.collect()
}

fn communities(keys: &RecordKeys<'_>, view: &View) -> Option<Value> {
    let names = some_object(by_actor(keys, &view.communities, |name| text(Some(name))));
    some_object(CommunitiesJson { names }.into_object())
}

impl RecordKeys<'_> {
    fn step_json(&self, step: &StoryStep) -> Value {
        let camera = match &step.camera {
            StoryCamera::All => None,
            StoryCamera::Shown => Some("shown".into()),
            StoryCamera::At { x, y, zoom } => Some(json!({ "x": short(*x), "y": short(*y), "zoom": short(*zoom) })),
            StoryCamera::Other(raw) => Some(raw_value(raw.text())),
        };
        let items = |ids: &Vec<Item>| ids.iter().map(|item| self.key(*item)).collect();
        let fields = StepJson {
            id: text(Some(&*step.key).filter(|key| !key.is_empty())),
            title: text(step.title.as_deref()),
            caption: text(step.caption.as_deref()),
            show: step.show.as_ref().map(items),
            focus: super::list(step.focus.iter().map(|item| self.key(*item))),
            as_of: date(step.as_of.as_ref()),
            camera,
            notes: text(step.notes.as_deref()),
            checks: super::list(step.checks.iter().map(check_json)),
        };
        with_own(fields.into_object(), &step.own).into()
    }
}

/// Writes a whole number without decimals.
fn short(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { (value as i64).into() } else { value.into() }
}

/// Sorts choices by id; the first of duplicates is kept.
fn sorted<I: Copy + Ord, T: Copy>(choices: &[(I, T)]) -> Vec<(I, T)> {
    let mut choices = choices.to_vec();
    choices.sort_by_key(|(id, _)| *id);
    choices.dedup_by_key(|(id, _)| *id);
    choices
}

fn label_word(choice: LabelChoice) -> &'static str {
    match choice {
        LabelChoice::Show => "show",
        LabelChoice::Hide => "hide",
    }
}

fn pair_json(keys: &RecordKeys<'_>, pair: crate::model::Pair, mode: PairMode) -> Value {
    let of = Some(Value::Array(pair.actors().map(|id| keys.key(Item::Actor(id))).to_vec()));
    PairJson { of, show: text(Some(mode.word())) }.into_object().into()
}

fn note_json(note: &Note) -> Value {
    NoteJson {
        id: text(Some(&note.key)),
        text: text(Some(&note.text)),
        at: Some(pair(note.at.x, note.at.y, 1)),
        width: note.width.map(|width| rounded(width, 1)),
    }
    .into_object()
    .into()
}

fn filters_json(records: &Records, filter: &Filter, is_full: bool) -> Fields {
    let usual = Filter::default();
    let unless_usual = |is_usual: bool, words: Vec<String>| (is_full || !is_usual).then(|| Value::from(words));
    // The empty string means actors without a kind.
    let actor_kind =
        |kind: &Option<ActorKindId>| kind.map_or_else(String::new, |kind| records.actor_kinds[kind].key.to_string());
    FiltersJson {
        hidden_actor_kinds: unless_usual(
            filter.hidden_actor_kinds.is_empty(),
            filter.hidden_actor_kinds.iter().map(actor_kind).collect(),
        ),
        hidden_tie_kinds: unless_usual(
            filter.hidden_tie_kinds.is_empty(),
            filter.hidden_tie_kinds.iter().map(|kind| records.tie_kinds[*kind].key.to_string()).collect(),
        ),
        hidden_stages: unless_usual(
            filter.hidden_stages.is_empty(),
            filter.hidden_stages.iter().map(|stage| stage.word().to_owned()).collect(),
        ),
        hidden_statuses: unless_usual(
            filter.hidden_statuses == usual.hidden_statuses,
            filter.hidden_statuses.iter().map(|status| status.word().to_owned()).collect(),
        ),
        hidden_source_kinds: unless_usual(
            filter.hidden_source_kinds.is_empty(),
            filter.hidden_source_kinds.iter().map(|kind| kind.word().to_owned()).collect(),
        ),
        hide_unsourced: (is_full || filter.hides_unsourced).then(|| filter.hides_unsourced.into()),
        hidden_tags: super::list(filter.hidden_tags.iter().cloned()),
        min_ties: filter.min_ties.map(Value::from),
        min_weight: filter.min_weight.map(super::decimal),
    }
    .into_object()
}
