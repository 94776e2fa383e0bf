//! New maps, which have no file yet.

use crate::recovery::OfferedFile;

use super::Session;

impl Session {
    /// Starts an empty map, to be made in the window.
    pub(crate) fn made() -> Self {
        Self { is_made: true, ..Self::empty() }
    }

    /// Returns the file of the map as recovery names it; `None` for a new map that is not empty any more, since changes
    /// of another new map don't belong to it.
    pub(crate) fn offered_file(&self) -> Option<OfferedFile> {
        match self.path() {
            Some(path) => Some(OfferedFile::At(path.to_owned())),
            None if !self.is_made => Some(OfferedFile::Sample),
            None => (!self.is_unsaved()).then_some(OfferedFile::New),
        }
    }

    /// Returns whether the map was started in the window.
    pub(crate) fn is_made(&self) -> bool {
        self.is_made
    }

    /// Returns whether closing the map would lose it or changes to it: a map that was made of tables is in no file yet.
    pub(crate) fn would_be_lost(&self) -> bool {
        self.is_unsaved || self.is_never_saved()
    }

    /// Returns whether the map was made of tables and never saved.
    pub(crate) fn is_never_saved(&self) -> bool {
        self.tables.is_some() && self.own_path().is_none() && !self.document.map.actors().is_empty()
    }
}
