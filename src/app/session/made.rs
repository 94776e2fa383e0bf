//! Maps that are started in the window.

use super::Session;

impl Session {
    /// Starts an empty map, to be made in the window.
    pub(crate) fn made() -> Self {
        Self { is_made: true, ..Self::empty() }
    }

    /// Returns whether the map was started in the window.
    pub(crate) fn is_made(&self) -> bool {
        self.is_made
    }
}
