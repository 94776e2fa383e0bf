//! The open map: its claims, its look and its origin.
//!
//! A [`Document`] is cheap to clone because its parts are shared. Only a [`Transaction`] changes it, by producing a new
//! one.

mod align;
mod command;
pub mod edit;
mod explore;
mod explore_step;
mod history;
mod id_map;
pub mod journal;
mod look;
mod look_change;
mod merge;
mod provenance;
mod snapshot;
mod transaction;
mod update;

pub use align::{Alignment, aligned};
pub use command::Command;
pub use explore::{
    MOST_AT_ONCE, NeighborChoice, UnseenNeighbor, among, bring_in, show_whole_map, start_from, take_away, unseen_count,
    unseen_neighbors, year_of,
};
pub use explore_step::ExploreStep;
pub use history::{History, Series, StepId};
pub use look::Look;
pub use look_change::{Changed, LookChange, LookSlot};
pub use merge::{Conflict, Decision, Disagreement, MergeSide, Merged, decide, merge};
pub use provenance::add_rows;
pub use snapshot::Snapshot;
pub use transaction::{Applied, Change, Delta, EditError, Slot, Transaction};
pub use update::{
    Choices, FieldUpdate, ReadAgain, SourceFile, UpdateEntry, UpdatePlan, UpdateSort, WithheldRow, find_source_files,
    plan_update,
};

use std::sync::Arc;

pub use crate::model::{Filter, Shown};

use crate::load::Origin;
use emath::Pos2;
use imbl::OrdSet;

use crate::hidden_characters::prose;
use crate::model::{Map, Note, NoteId, Placed, Status, StoryStep};

/// A map with its look and the file behind it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The claims.
    pub map: Arc<Map>,
    /// Positions, pins, filters, hidden actors and hidden ties.
    pub look: Arc<Look>,
    /// The origin of the map, used for saving.
    pub origin: Arc<Origin>,
    /// Items whose position was computed by a layout, not set by the file or by hand.
    settled: OrdSet<Placed>,
    /// Increases with every change, so that derived data can detect that it is stale.
    pub revision: u64,
}

impl Document {
    /// Creates a document from a map, with the look of its first view.
    #[must_use]
    pub fn new(map: Arc<Map>, origin: Arc<Origin>) -> Self {
        let look = Arc::new(Look::of_map(&map));
        Self { map, look, origin, settled: OrdSet::new(), revision: 0 }
    }

    /// Returns the document with another map and look and no file, for example to draw a reduced picture.
    #[must_use]
    pub fn with_parts(&self, map: Arc<Map>, look: Arc<Look>) -> Self {
        Self { map, look, origin: Arc::default(), ..self.clone() }
    }

    /// Returns the document with the command applied to its look; not an undo step.
    #[must_use]
    pub fn with(&self, command: Command) -> Self {
        let mut look = Look::clone(&self.look);
        command.apply(&self.map, &mut look);
        self.with_look(Arc::new(look))
    }

    /// Returns the document with another look; not an undo step.
    #[must_use]
    pub fn with_look(&self, look: Arc<Look>) -> Self {
        Self { look, revision: self.revision + 1, ..self.clone() }
    }

    /// Returns the document with layout positions added for items without one; not an undo step.
    #[must_use]
    pub fn with_settled(&self, places: impl IntoIterator<Item = (Placed, Pos2)>) -> Self {
        let mut look = Look::clone(&self.look);
        let mut settled = self.settled.clone();
        for (place, pos) in places {
            if !look.positions.contains_key(&place) {
                look.positions.insert(place, pos);
                settled.insert(place);
            }
        }
        Self { settled, ..self.with_look(Arc::new(look)) }
    }

    /// Creates a note and the command that adds it to the canvas. Hidden characters are written out.
    #[must_use]
    pub fn new_note(&self, text: &str, at: Pos2) -> (NoteId, Command) {
        let notes = &self.look.notes;
        let id = notes.get_max().map_or(0, |(last, _)| last.0.saturating_add(1));
        let is_taken = |key: &str| self.map.find(key).is_some() || notes.values().any(|note| &*note.key == key);
        let key = (1..=u32::MAX).map(|number| format!("note-{number}")).find(|key| !is_taken(key)).unwrap_or_default();
        let note = Note { key: key.into(), text: prose(text), at, width: None };
        (NoteId(id), Command::AddNote(NoteId(id), note))
    }

    /// Returns the steps of the story that the map's first view tells.
    #[must_use]
    pub fn steps(&self) -> &[StoryStep] {
        self.map.first_view().map_or(&[], |view| &view.steps)
    }

    /// Returns the claims and the look as a [`Snapshot`].
    #[must_use]
    pub fn base(&self) -> Snapshot {
        Snapshot { map: Arc::clone(&self.map), look: Arc::clone(&self.look) }
    }

    /// Iterates over the positions computed by a layout.
    pub fn settled_places(&self) -> impl Iterator<Item = (Placed, Pos2)> {
        self.settled.iter().filter_map(|placed| Some((*placed, *self.look.positions.get(placed)?)))
    }

    /// Returns the records of the explored part that pass the filter and are not hidden by hand.
    #[must_use]
    pub fn shown(&self) -> Shown {
        Shown::new(&self.map, &*self.look)
    }

    /// Like [`Self::shown`], but includes superseded and retracted records, since other records may refer to them.
    #[must_use]
    pub fn shown_with_withdrawn(&self) -> Shown {
        let mut look = Look::clone(&self.look);
        look.filter.hidden_statuses.retain(|status| !matches!(status, Status::Superseded | Status::Retracted));
        Shown::new(&self.map, &look)
    }
}
