//! Computes the changes between two states, in journal format.

use emath::Pos2;
use imbl::ordmap::DiffItem;
use imbl::{OrdMap, OrdSet};
use serde_json::{Number, Value, json};

use crate::model::{ActorId, Item, Key, LabelChoice, Map, Note, Placed};

use super::records::record_changes;
use super::{JournalChange, JournalState, filter::filter_value, what};
use crate::document::Look;

/// Returns the differences of `now` from the file that are not in `before_state`, and those that no longer apply.
/// Without `before_state`, returns all differences. Both states must have the same base.
#[must_use]
pub fn changes(before_state: Option<&JournalState>, now: &JournalState) -> Vec<JournalChange> {
    let before = Compared {
        base: &now.on_disk.look,
        saved: before_state.map_or(&now.on_disk.look, |state| &state.saved),
        look: before_state.map_or(&now.on_disk.look, |state| &state.look),
    };
    let now_compared = Compared { base: &now.on_disk.look, saved: &now.saved, look: &now.look };
    let map_before = before_state.map_or(&now.on_disk.map, |state| &state.map);
    let maps = [&*now.map, &*now.on_disk.map, &**map_before];
    let mut list = ChangeList { maps, changes: record_changes(map_before, now) };
    list.places(&before, &now_compared);
    list.rest(&before, &now_compared);
    list.notes(&before, &now_compared);
    list.changes
}

/// The look of the file (`base`), the same with layout positions (`saved`), and the current look.
struct Compared<'a> {
    base: &'a Look,
    saved: &'a Look,
    look: &'a Look,
}

/// How a position differs from the file.
#[derive(Clone, Copy, PartialEq)]
enum PlaceDifference {
    Same,
    Settled(Pos2),
    Moved(Option<Pos2>),
}

impl Compared<'_> {
    fn place(&self, place: Placed) -> PlaceDifference {
        let pos = self.look.positions.get(&place).copied();
        let on_disk = self.base.positions.get(&place).copied();
        match pos {
            _ if pos == on_disk => PlaceDifference::Same,
            Some(pos) if on_disk.is_none() && self.saved.positions.get(&place) == Some(&pos) => {
                PlaceDifference::Settled(pos)
            }
            _ => PlaceDifference::Moved(pos),
        }
    }
}

struct ChangeList<'a> {
    /// The current claims, those of the file and those before: a removed record has its key in one of them.
    maps: [&'a Map; 3],
    changes: Vec<JournalChange>,
}

impl ChangeList<'_> {
    /// Records how something differs from the file, or that it doesn't (`None`).
    fn say(&mut self, what: &str, of: &str, difference: Option<Value>) {
        let same = difference.is_none();
        let to = difference.unwrap_or_default();
        self.changes.push(JournalChange { what: what.to_owned(), of: of.to_owned(), to, was: Value::Null, same });
    }

    fn key(&self, item: Item) -> Key {
        key_in(&self.maps, item)
    }

    fn places(&mut self, before: &Compared, now: &Compared) {
        let mut places = changed_keys(&before.look.positions, &now.look.positions);
        // Whether a position counts as settled depends on the saved look.
        places.extend(changed_keys(&before.saved.positions, &now.saved.positions));
        places.sort_unstable();
        places.dedup();
        for place in places {
            let (was, is) = (before.place(place), now.place(place));
            if was == is {
                continue;
            }
            let (moved, key) = match place {
                Placed::Actor(actor) => (what::PLACE, self.key(Item::Actor(actor))),
                Placed::Hub(tie) => (what::HUB, self.key(Item::Tie(tie))),
            };
            let word = |difference| match difference {
                PlaceDifference::Same => None,
                PlaceDifference::Settled(_) => Some(what::SETTLED),
                PlaceDifference::Moved(_) => Some(moved),
            };
            if let Some(word) = word(was).filter(|old| Some(*old) != word(is)) {
                self.say(word, &key, None);
            }
            match is {
                PlaceDifference::Same => {}
                PlaceDifference::Settled(pos) => self.say(what::SETTLED, &key, Some(pos_value(pos))),
                PlaceDifference::Moved(pos) => self.say(moved, &key, Some(pos.map(pos_value).into())),
            }
        }
    }

    fn rest(&mut self, before: &Compared, now: &Compared) {
        let (base, was, is) = (now.base, before.look, now.look);
        self.members(what::PINNED, [base, was, is].map(|look| &look.pinned), Item::Actor);
        self.members(what::HIDDEN, [base, was, is].map(|look| &look.hidden), Item::Actor);
        self.members(what::HIDDEN_TIE, [base, was, is].map(|look| &look.hidden_ties), Item::Tie);
        for (tie, choice) in differing(&base.labels, &was.labels, &is.labels) {
            let choice = choice.map(|choice| choice.map(|&choice| choice_word(choice)).into());
            self.say(what::LABEL, &self.key(Item::Tie(tie)), choice);
        }
        for (tie, bend) in differing(&base.bends, &was.bends, &is.bends) {
            let bend = bend.map(|bend| bend.map(|bend| pair_value(bend.along, bend.across)).into());
            self.say(what::BEND, &self.key(Item::Tie(tie)), bend);
        }
        for (pair, mode) in differing(&base.pairs, &was.pairs, &is.pairs) {
            let mode = mode.map(|mode| mode.map(|mode| mode.word()).into());
            let of = pair.actors().map(|actor| Value::from(&*self.key(Item::Actor(actor))));
            self.say(what::PAIR, &Value::from(of.to_vec()).to_string(), mode);
        }
        self.whole(what::LABEL_MODE, [base, was, is].map(|look| look.label_mode), |mode| mode.word().into());
        self.whole(
            what::ARRANGEMENT,
            [base, was, is].map(|look| (look.arrangement, look.seed)),
            |(arrangement, seed)| json!({ "algorithm": arrangement.word(), "seed": seed }),
        );
        let maps = self.maps;
        self.whole(what::SHOWN, [base, was, is].map(|look| &look.shown), |shown| {
            let key = |actor: &ActorId| Value::from(&*key_in(&maps, Item::Actor(*actor)));
            shown.as_ref().map(|shown| shown.iter().map(key).collect::<Vec<_>>()).into()
        });
        let map = self.maps[0];
        self.whole(what::FILTER, [base, was, is].map(|look| &look.filter), |filter| filter_value(map, filter));
    }

    /// Compares a set: in the file, before and now.
    fn members<I: Ord + Copy>(&mut self, what: &str, [base, was, is]: [&OrdSet<I>; 3], item: fn(I) -> Item) {
        let changed = was.diff(is).map(|item| match item {
            imbl::ordset::DiffItem::Add(id) | imbl::ordset::DiffItem::Remove(id) => *id,
        });
        for id in changed {
            let is_in = is.contains(&id);
            let key = self.key(item(id));
            self.say(what, &key, (is_in != base.contains(&id)).then(|| is_in.into()));
        }
    }

    /// Compares a setting that a look has once: in the file, before and now.
    fn whole<T: PartialEq>(&mut self, what: &str, [base, was, is]: [T; 3], value: impl FnOnce(T) -> Value) {
        if was != is {
            self.say(what, "", (is != base).then(|| value(is)));
        }
    }

    fn notes(&mut self, before: &Compared, now: &Compared) {
        let by_key = |look: &'_ Look| -> OrdMap<Key, Note> {
            look.notes.values().map(|note| (Key::clone(&note.key), note.clone())).collect()
        };
        let order = |look: &'_ Look| -> Vec<Key> { look.notes.values().map(|note| Key::clone(&note.key)).collect() };
        if before.look.notes == now.look.notes {
            return;
        }
        let looks = [now.base, before.look, now.look];
        let [base, was, is] = looks.map(by_key);
        for (key, note) in differing(&base, &was, &is) {
            self.say(what::NOTE, &key, note.map(|note| note.map(note_value).into()));
        }
        self.whole(what::NOTE_ORDER, looks.map(order), |keys| keys.iter().map(|key| Value::from(&**key)).collect());
    }
}

fn key_in(maps: &[&Map], item: Item) -> Key {
    maps.iter().find_map(|map| map.records().key(item).cloned()).unwrap_or_default()
}

/// Returns the keys of the entries that differ between two maps.
fn changed_keys<K: Ord + Copy, V: PartialEq>(was: &OrdMap<K, V>, is: &OrdMap<K, V>) -> Vec<K> {
    let key = |item: DiffItem<'_, '_, K, V>| match item {
        DiffItem::Add(key, _) | DiffItem::Remove(key, _) => *key,
        DiffItem::Update { new, .. } => *new.0,
    };
    was.diff(is).map(key).collect()
}

/// Returns the entries that changed: the current value if it differs from the base, or `None` if it no longer does.
fn differing<'a, K: Ord + Clone, V: PartialEq>(
    base: &'a OrdMap<K, V>,
    was: &'a OrdMap<K, V>,
    is: &'a OrdMap<K, V>,
) -> impl Iterator<Item = (K, Option<Option<&'a V>>)> {
    let key = |item: DiffItem<'_, '_, K, V>| match item {
        DiffItem::Add(key, _) | DiffItem::Remove(key, _) => key.clone(),
        DiffItem::Update { new, .. } => new.0.clone(),
    };
    was.diff(is).map(key).map(move |key| {
        let now = is.get(&key);
        let difference = (now != base.get(&key)).then_some(now);
        (key, difference)
    })
}

fn choice_word(choice: LabelChoice) -> &'static str {
    match choice {
        LabelChoice::Show => "show",
        LabelChoice::Hide => "hide",
    }
}

fn note_value(note: &Note) -> Value {
    let width = note.width.map(number);
    json!({ "text": note.text, "at": pos_value(note.at), "width": width })
}

fn pos_value(pos: Pos2) -> Value {
    pair_value(pos.x, pos.y)
}

fn pair_value(first: f32, second: f32) -> Value {
    Value::from(vec![number(first), number(second)])
}

/// Converts to the shortest JSON number that reads back as the same `f32`; `null` if it is not finite.
fn number(value: f32) -> Value {
    let short = value.to_string().parse::<f64>().ok().filter(|short| (*short as f32).to_bits() == value.to_bits());
    Number::from_f64(short.unwrap_or_else(|| value.into())).map_or(Value::Null, Value::Number)
}
