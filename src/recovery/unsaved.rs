//! The state of a document that is handed to the journal thread.

use std::sync::Arc;

use crate::document::journal::{JournalState, TypedForm};
use crate::load::Origin;

/// The state to be journaled, with the file it belongs to.
#[derive(Clone, Debug)]
pub struct Unsaved {
    /// The look and claims with their base.
    pub state: JournalState,
    /// The file of the map.
    pub origin: Arc<Origin>,
    /// Forms with typed texts that are in no record.
    pub typed: Vec<TypedForm>,
}
