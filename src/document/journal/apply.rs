//! Applies the changes of a journal to a look, by keys, as far as they fit.

use std::collections::HashSet;

use emath::{Pos2, pos2};
use imbl::OrdSet;
use serde::Deserialize;
use serde_json::Value;

use crate::document::Look;
use crate::document::merge::forget_gone;
use crate::hidden_characters::{prose, visible};
use crate::model::{
    ActorId, Arrangement, BendPoint, Ends, Item, Key, LabelChoice, LabelMode, Map, Note, NoteId, Pair, PairMode,
    Placed, RecordChange, TieId,
};

use super::records::{AppliedRecords, apply_records, is_record};
use super::{Journal, JournalChange, TypedForm, filter::filter_of, what};

/// The maximum absolute value of a coordinate, as in files.
const MAX_COORDINATE: f32 = 1e7;

/// The result of applying a journal.
#[derive(Clone, Debug)]
pub struct AppliedJournal {
    /// The look after the changes.
    pub look: Look,
    /// The changes to records.
    pub records: Vec<RecordChange>,
    /// Forms with typed texts that are in no record.
    pub typed: Vec<TypedForm>,
    /// Changes that don't fit, at least in part: the record is gone, or this version doesn't support a value.
    pub left_out: Vec<JournalChange>,
    /// The number of user changes applied.
    pub made: usize,
}

#[derive(Deserialize)]
struct ArrangementValue {
    algorithm: String,
    seed: u64,
}

#[derive(Deserialize)]
struct NoteValue {
    text: String,
    at: [f32; 2],
    #[serde(default)]
    width: Option<f32>,
}

impl Journal {
    /// Applies the changes to `look`, a look of this map. Layout positions are used only for items without a position
    /// in `on_disk`, the look of the file.
    #[must_use]
    pub fn apply(&self, map: &Map, on_disk: &Look, look: &Look) -> AppliedJournal {
        let of_records = self.differences().filter(|(name, ..)| is_record(name));
        let (records, changed) = apply_records(map, of_records);
        self.apply_look(changed.as_ref().unwrap_or(map), records, on_disk, look)
    }

    /// Adds the changes of `look` to those of records, which `map` has already.
    pub(super) fn apply_look(
        &self,
        map: &Map,
        AppliedRecords { changes, gone, left_out, made }: AppliedRecords,
        on_disk: &Look,
        look: &Look,
    ) -> AppliedJournal {
        let mut target = LookTarget { map, on_disk, look: look.clone(), gone };
        let mut applied = AppliedJournal { look: Look::default(), records: changes, typed: Vec::new(), left_out, made };
        // Settled positions first, so that positions set by hand override them.
        let of_look = self.differences().filter(|(name, ..)| !is_record(name));
        let (settled, by_hand): (Vec<_>, Vec<_>) = of_look.partition(|(name, ..)| *name == what::SETTLED);
        for (_, of, to) in settled {
            target.settle(of, to);
        }
        for (name, of, to) in by_hand {
            if name == what::TYPED
                && let Some(form) = TypedForm::read(map, to)
            {
                applied.typed.push(form);
                applied.made += 1;
            } else if target.change(name, of, to).is_some() {
                applied.made += usize::from(name != what::NOTE_ORDER);
            } else {
                let change = JournalChange {
                    what: name.to_owned(),
                    of: of.to_owned(),
                    to: to.clone(),
                    was: Value::Null,
                    same: false,
                };
                applied.left_out.push(change);
            }
        }
        applied.look = target.look;
        forget_gone(&mut applied.look, map);
        applied
    }
}

/// The look being changed, with its context.
struct LookTarget<'a> {
    map: &'a Map,
    on_disk: &'a Look,
    look: Look,
    /// The keys of records removed by the journal; changes to their positions and choices are ignored.
    gone: HashSet<String>,
}

impl LookTarget<'_> {
    /// Applies a change; `None` if it doesn't fit completely.
    fn change(&mut self, name: &str, of: &str, to: &Value) -> Option<()> {
        if self.gone.contains(of) {
            return Some(());
        }
        match name {
            what::PLACE => self.place(Placed::Actor(self.actor(of)?), to),
            what::HUB => self.place(self.hub(of)?, to),
            what::PINNED => {
                let actor = self.actor(of)?;
                set_member(&mut self.look.pinned, actor, to.as_bool()?);
                Some(())
            }
            what::HIDDEN => {
                let actor = self.actor(of)?;
                set_member(&mut self.look.hidden, actor, to.as_bool()?);
                Some(())
            }
            what::HIDDEN_TIE => {
                let tie = self.tie(of)?;
                set_member(&mut self.look.hidden_ties, tie, to.as_bool()?);
                Some(())
            }
            what::LABEL => self.label(of, to),
            what::BEND => self.bend(of, to),
            what::PAIR => self.pair(of, to),
            what::NOTE => self.note(of, to),
            what::NOTE_ORDER => self.order_notes(to),
            what::LABEL_MODE => {
                self.look.label_mode = LabelMode::from_word(to.as_str()?).known()?;
                Some(())
            }
            what::ARRANGEMENT => {
                let value = ArrangementValue::deserialize(to).ok()?;
                self.look.arrangement = Arrangement::from_word(&value.algorithm).known()?;
                self.look.seed = value.seed;
                Some(())
            }
            what::FILTER => {
                let (filter, fits) = filter_of(self.map, to)?;
                self.look.filter = filter;
                fits.then_some(())
            }
            what::SHOWN => self.shown(to),
            _ => None,
        }
    }

    fn actor(&self, key: &str) -> Option<ActorId> {
        match self.map.find(key)? {
            Item::Actor(actor) => Some(actor),
            _ => None,
        }
    }

    fn tie(&self, key: &str) -> Option<TieId> {
        match self.map.find(key)? {
            Item::Tie(tie) => Some(tie),
            _ => None,
        }
    }

    /// Returns the hub of a many-party tie; `None` for other ties.
    fn hub(&self, key: &str) -> Option<Placed> {
        let tie = self.tie(key)?;
        matches!(self.map.tie(tie).ends, Ends::Parties(_)).then_some(Placed::Hub(tie))
    }

    fn place(&mut self, place: Placed, to: &Value) -> Option<()> {
        match read_or_gone(to, pos_of)? {
            Now::Is(pos) => drop(self.look.positions.insert(place, pos)),
            Now::Gone => drop(self.look.positions.remove(&place)),
        }
        Some(())
    }

    /// Sets the explored part; `None` if an actor in it is missing.
    fn shown(&mut self, to: &Value) -> Option<()> {
        let Now::Is(keys) = read_or_gone(to, |to| Vec::<String>::deserialize(to).ok())? else {
            self.look.shown = None;
            return Some(());
        };
        let keys: Vec<&String> = keys.iter().filter(|key| !self.gone.contains(*key)).collect();
        let actors: OrdSet<ActorId> = keys.iter().filter_map(|key| self.actor(key)).collect();
        let fits = actors.len() == keys.len();
        // Nothing at all is better than an empty picture.
        if actors.is_empty() && !fits {
            return None;
        }
        self.look.shown = Some(actors);
        fits.then_some(())
    }

    fn settle(&mut self, of: &str, to: &Value) {
        let place = self.actor(of).map(Placed::Actor).or_else(|| self.hub(of));
        if let Some(place) = place.filter(|place| !self.on_disk.positions.contains_key(place))
            && let Some(pos) = pos_of(to)
        {
            self.look.positions.insert(place, pos);
        }
    }

    fn label(&mut self, of: &str, to: &Value) -> Option<()> {
        let tie = self.tie(of)?;
        let choice = read_or_gone(to, |to| match to.as_str()? {
            "show" => Some(LabelChoice::Show),
            "hide" => Some(LabelChoice::Hide),
            _ => None,
        })?;
        match choice {
            Now::Is(choice) => drop(self.look.labels.insert(tie, choice)),
            Now::Gone => drop(self.look.labels.remove(&tie)),
        }
        Some(())
    }

    fn bend(&mut self, of: &str, to: &Value) -> Option<()> {
        let tie = self.tie(of)?;
        match read_or_gone(to, pos_of)? {
            Now::Is(pos) => drop(self.look.bends.insert(tie, BendPoint { along: pos.x, across: pos.y })),
            Now::Gone => drop(self.look.bends.remove(&tie)),
        }
        Some(())
    }

    fn pair(&mut self, of: &str, to: &Value) -> Option<()> {
        let [one, other] = serde_json::from_str::<[String; 2]>(of).ok()?;
        let pair = Pair::new(self.actor(&one)?, self.actor(&other)?);
        match read_or_gone(to, |to| PairMode::from_word(to.as_str()?).known())? {
            Now::Is(mode) => drop(self.look.pairs.insert(pair, mode)),
            Now::Gone => drop(self.look.pairs.remove(&pair)),
        }
        Some(())
    }

    fn note(&mut self, of: &str, to: &Value) -> Option<()> {
        let notes = &mut self.look.notes;
        let present = notes.iter().find(|(_, note)| *note.key == *of).map(|(&id, _)| id);
        let Now::Is(value) = read_or_gone(to, |to| NoteValue::deserialize(to).ok())? else {
            if let Some(id) = present {
                notes.remove(&id);
            }
            return Some(());
        };
        let [x, y] = value.at;
        let at = bounded(x).zip(bounded(y)).map(|(x, y)| pos2(x, y))?;
        let width = value.width.filter(|width| width.is_finite()).map(|width| width.clamp(0.0, MAX_COORDINATE));
        let note = Note { key: Key::from(&*visible(of)), text: prose(&value.text), at, width };
        let next = NoteId(notes.get_max().map_or(0, |(last, _)| last.0.saturating_add(1)));
        notes.insert(present.unwrap_or(next), note);
        Some(())
    }

    /// Orders notes by a list of their ids; notes not listed come last.
    fn order_notes(&mut self, to: &Value) -> Option<()> {
        let wanted: Vec<&str> = to.as_array()?.iter().filter_map(Value::as_str).collect();
        let rank: std::collections::HashMap<&str, usize> =
            wanted.iter().enumerate().map(|(rank, &key)| (key, rank)).collect();
        let mut notes: Vec<Note> = self.look.notes.values().cloned().collect();
        notes.sort_by_key(|note| rank.get(&*note.key).copied().unwrap_or(usize::MAX));
        let ids: Vec<NoteId> = self.look.notes.keys().copied().collect();
        self.look.notes = ids.into_iter().zip(notes).collect();
        Some(())
    }
}

fn set_member<I: Ord + Clone>(set: &mut OrdSet<I>, id: I, is_in: bool) {
    if is_in {
        set.insert(id);
    } else {
        set.remove(&id);
    }
}

/// The new value of something, or its removal.
enum Now<T> {
    Is(T),
    Gone,
}

/// Reads a value, or `null` as removal; `None` if it is neither.
fn read_or_gone<T>(value: &Value, read: impl FnOnce(&Value) -> Option<T>) -> Option<Now<T>> {
    if value.is_null() { Some(Now::Gone) } else { read(value).map(Now::Is) }
}

fn pos_of(value: &Value) -> Option<Pos2> {
    let [x, y] = <[f32; 2]>::deserialize(value).ok()?;
    Some(pos2(bounded(x)?, bounded(y)?))
}

fn bounded(value: f32) -> Option<f32> {
    (value.abs() <= MAX_COORDINATE).then_some(value)
}
