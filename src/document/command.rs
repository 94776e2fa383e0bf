//! The changes of a look; each is one undo step.

use emath::Pos2;
use imbl::OrdSet;

use crate::model::{
    ActorId, Arrangement, BendPoint, Item, LabelChoice, LabelMode, Map, Note, NoteId, Pair, PairMode, Placed, TieId,
};
use crate::wording::{counted, number};

use super::{Alignment, Document, ExploreStep, Filter, Look, Transaction};

/// A change of the look of a document.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "a few commands at a time; a box would only be in the way")]
pub enum Command {
    /// Moves cards and hubs to new centers.
    Move(Vec<(Placed, Pos2)>),
    /// Moves cards to the centers computed by an alignment.
    Align(Alignment, Vec<(Placed, Pos2)>),
    /// Makes layouts keep actors where they are.
    Pin(Vec<ActorId>),
    /// Lets layouts move actors again.
    Unpin(Vec<ActorId>),
    /// Hides actors, with their ties, and single ties.
    Hide(Vec<Item>),
    /// Shows hidden actors and ties again, also those outside the explored part.
    Show(Vec<Item>),
    /// Shows all hidden actors and ties; the filter stays.
    ShowHidden,
    /// Shows all hidden actors and ties, and resets the filter to its default.
    ShowAll,
    /// Replaces the explored part; `None` shows the whole map.
    Explore(ExploreStep, Option<OrdSet<ActorId>>),
    /// Replaces the filter.
    SetFilter(Filter),
    /// Shows or hides the labels of ties regardless of the label mode, or follows the label mode again (`None`).
    SetLabels(Vec<TieId>, Option<LabelChoice>),
    /// Sets the label mode.
    SetLabelMode(LabelMode),
    /// Draws the ties of a pair as one ribbon or as lanes, or decides by their number (`None`).
    SetPair(Pair, Option<PairMode>),
    /// Adds a note to the canvas.
    AddNote(NoteId, Note),
    /// Replaces the text of a note.
    EditNote(NoteId, String),
    /// Moves the upper-left corner of a note.
    MoveNote(NoteId, Pos2),
    /// Removes a note.
    RemoveNote(NoteId),
    /// Bends the lane of a tie and puts its label there, or removes the bend (`None`).
    Bend(TieId, Option<BendPoint>),
    /// Drops the positions of all items that are not pinned, so that they are laid out again.
    LayOutAgain {
        /// The arrangement to use.
        arrangement: Arrangement,
        /// Seed of the arrangement.
        seed: u64,
    },
}

impl Command {
    /// Returns the label for undo and redo, as in "Move OpenAI".
    #[must_use]
    pub fn label(&self, map: &Map) -> String {
        let name = |actor: ActorId| map.actors().get(actor).map_or("an actor", |actor| actor.name.as_str());
        let named = |verb: &str, actors: &[ActorId]| match actors {
            [only] => format!("{verb} {}", name(*only)),
            several => format!("{verb} {}", counted(several.len(), "actor", "actors")),
        };
        match self {
            Self::Move(places) => match places.as_slice() {
                [(Placed::Actor(actor), _)] => format!("Move {}", name(*actor)),
                [(Placed::Hub(_), _)] => "Move the hub of a tie".to_owned(),
                several => format!("Move {}", counted(several.len(), "item", "items")),
            },
            Self::Align(alignment, places) => {
                format!("{} {}", alignment.verb(), counted(places.len(), "actor", "actors"))
            }
            Self::Pin(actors) => named("Pin", actors),
            Self::Unpin(actors) => named("Unpin", actors),
            Self::Hide(items) => format!("Hide {}", items_words(map, items)),
            Self::Show(items) => format!("Show {}", items_words(map, items)),
            Self::ShowHidden => "Show what was hidden".to_owned(),
            Self::ShowAll => "Show everything".to_owned(),
            Self::Explore(step, _) => step.words(&name),
            Self::SetFilter(_) => "Change the filter".to_owned(),
            Self::SetLabels(ties, choice) => {
                let verb = match choice {
                    Some(LabelChoice::Show) => "Show",
                    Some(LabelChoice::Hide) => "Hide",
                    None => "Reset",
                };
                if ties.len() == 1 {
                    format!("{verb} a label")
                } else {
                    format!("{verb} {} labels", number(ties.len()))
                }
            }
            Self::SetLabelMode(_) => "Change which labels are shown".to_owned(),
            Self::SetPair(pair, mode) => {
                let names = pair.actors().map(name);
                let whose = if pair.is_loop() { names[0].to_owned() } else { names.join(" and ") };
                let what = match mode {
                    Some(PairMode::Ribbon) => "Gather the ties of",
                    Some(PairMode::Ties) => "Spread out the ties of",
                    None => "Restore the default drawing of the ties of",
                };
                format!("{what} {whose}")
            }
            Self::AddNote(..) => "Add a note".to_owned(),
            Self::EditNote(..) => "Edit a note".to_owned(),
            Self::MoveNote(..) => "Move a note".to_owned(),
            Self::RemoveNote(_) => "Delete a note".to_owned(),
            Self::Bend(..) => "Move the label of a tie".to_owned(),
            Self::LayOutAgain { .. } => "Arrange again".to_owned(),
        }
    }

    /// Returns the transaction that applies the command to a document.
    #[must_use]
    pub fn transaction(self, document: &Document) -> Transaction {
        let label = self.label(&document.map);
        let mut look = Look::clone(&document.look);
        self.apply(&document.map, &mut look);
        Transaction::of_looks(label, &document.look, &look)
    }

    /// Applies the command to a look.
    pub(crate) fn apply(self, map: &Map, look: &mut Look) {
        match self {
            Self::Move(places) | Self::Align(_, places) => look.positions.extend(places),
            Self::Pin(actors) => look.pinned.extend(actors),
            Self::Unpin(actors) => remove_all(&mut look.pinned, &actors),
            Self::Hide(items) => {
                let (actors, ties) = actors_and_ties(&items);
                look.hidden.extend(actors);
                look.hidden_ties.extend(ties);
            }
            Self::Show(items) => look.show(map, &items),
            Self::Explore(step, shown) => {
                if let ExploreStep::Start(actor) = step {
                    look.hidden.remove(&actor);
                }
                look.set_shown(map, shown);
            }
            Self::ShowHidden => show_hidden(look),
            Self::ShowAll => {
                show_hidden(look);
                look.filter = Filter::default();
            }
            Self::SetFilter(filter) => look.filter = filter,
            Self::SetLabels(ties, choice) => {
                for tie in ties {
                    set_or_remove(&mut look.labels, tie, choice);
                }
            }
            Self::SetLabelMode(mode) => look.label_mode = mode,
            Self::SetPair(pair, mode) => set_or_remove(&mut look.pairs, pair, mode),
            Self::AddNote(id, note) => drop(look.notes.insert(id, note)),
            Self::EditNote(id, text) => change_note(look, id, |note| note.text = text),
            Self::MoveNote(id, at) => change_note(look, id, |note| note.at = at),
            Self::RemoveNote(id) => drop(look.notes.remove(&id)),
            Self::Bend(tie, bend) => set_or_remove(&mut look.bends, tie, bend),
            Self::LayOutAgain { arrangement, seed } => {
                look.forget_places(map);
                look.arrangement = arrangement;
                look.seed = seed;
            }
        }
    }
}

fn change_note(look: &mut Look, id: NoteId, change: impl FnOnce(&mut Note)) {
    if let Some(note) = look.notes.get_mut(&id) {
        change(note);
    }
}

fn show_hidden(look: &mut Look) {
    look.hidden.clear();
    look.hidden_ties.clear();
}

/// Splits actors from ties; facts and sources are not drawn, so they can't be hidden.
fn actors_and_ties(items: &[Item]) -> (Vec<ActorId>, Vec<TieId>) {
    let actors = items.iter().filter_map(|item| if let Item::Actor(actor) = item { Some(*actor) } else { None });
    let ties = items.iter().filter_map(|item| if let Item::Tie(tie) = item { Some(*tie) } else { None });
    (actors.collect(), ties.collect())
}

/// Returns "OpenAI", "a tie of OpenAI and Microsoft", "3 actors", "2 ties" or "1 actor and 2 ties".
fn items_words(map: &Map, items: &[Item]) -> String {
    let (actors, ties) = actors_and_ties(items);
    let name = |actor: ActorId| map.actors().get(actor).map_or("an actor", |actor| actor.name.as_str());
    match (actors.as_slice(), ties.as_slice()) {
        ([only], []) => name(*only).to_owned(),
        ([], [only]) => {
            let ends = map.ties().get(*only).map(|tie| tie.ends.actors()).unwrap_or_default();
            let names: Vec<&str> = ends.into_iter().map(name).collect();
            format!("a tie of {}", names.join(" and "))
        }
        (actors, []) => format!("{} actors", actors.len()),
        ([], ties) => format!("{} ties", ties.len()),
        (actors, ties) => {
            let counted = |count, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
            format!("{} and {}", counted(actors.len(), "actor"), counted(ties.len(), "tie"))
        }
    }
}

fn remove_all<I: Ord + Clone>(set: &mut imbl::OrdSet<I>, ids: &[I]) {
    for id in ids {
        set.remove(id);
    }
}

fn set_or_remove<K: Ord + Clone, V: Clone>(map: &mut imbl::OrdMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}
