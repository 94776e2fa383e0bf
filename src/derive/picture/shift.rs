//! A temporary displacement, as of a drag, which is not in the document.

use emath::Pos2;

use crate::layout::Undo;
use crate::model::{BendPoint, NoteId, Placed, TieId};

/// A temporary displacement that is not in the document, for example during a drag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shift {
    /// Cards and hubs with their temporary centers.
    pub moved: Vec<(Placed, Pos2)>,
    /// A tie with the temporary bend of its lane.
    pub bent: Option<(TieId, BendPoint)>,
    /// A note with its temporary upper-left corner.
    pub noted: Option<(NoteId, Pos2)>,
}

impl Shift {
    /// Returns whether nothing is displaced.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An active shift with the data to revert it.
#[derive(Debug)]
pub(super) struct Shifted {
    pub(super) shift: Shift,
    pub(super) undo: Undo,
    /// The shifted note with its original position.
    pub(super) note: Option<(NoteId, Pos2)>,
}
