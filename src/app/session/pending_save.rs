//! A save of the open map, which a job writes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::document::Snapshot;
use crate::load::Origin;
use crate::recovery::{Flusher, base_hash};
use crate::save::{self, Disk, IfChanged, MapContent, SaveError};

/// How long a save waits for the journal, which matters only if the program is killed right after the save.
const ANNOUNCED_WITHIN: Duration = Duration::from_secs(2);

/// A prepared save: the map as it was when saving was requested.
pub(crate) struct PendingSave {
    /// The current content of the file.
    pub(super) before: Snapshot,
    pub(super) now: Snapshot,
    pub(super) origin: Arc<Origin>,
    pub(super) path: PathBuf,
    pub(super) if_changed: IfChanged,
    /// The journal, which is notified of what is about to be written to the file.
    pub(crate) journal: Option<Flusher>,
}

/// The result of a save.
#[derive(Debug)]
pub(crate) struct Written {
    pub(super) now: Snapshot,
    pub(super) origin: Origin,
    pub(super) rewritten: Option<String>,
}

impl Written {
    /// Returns whether it was written to a device or pipe, from which it can't be read again.
    pub(crate) fn is_gone(&self) -> bool {
        self.origin.path().is_none()
    }
}

impl PendingSave {
    /// Writes the map to the file. Returns `None` if `may_write`, which is called last, returns `false`.
    pub(crate) fn write(self, may_write: impl FnOnce() -> bool) -> Option<Result<Written, SaveError>> {
        let Self { before, now, origin, path, if_changed, journal } = self;
        let [was, is] = [&before, &now].map(|snapshot| snapshot.look.to_view(&snapshot.map));
        let before = MapContent { map: &before.map, view: &was };
        let text = match save::save_text(&origin, before, MapContent { map: &now.map, view: &is }) {
            Ok(text) => text,
            Err(error) => return Some(Err(error)),
        };
        may_write().then(|| {
            let origin = if origin.own_path() == Some(&*path) {
                if let Some(journal) = journal {
                    let _ = journal.announce(base_hash(text.text.as_bytes()), ANNOUNCED_WITHIN);
                }
                save::save_over(&origin, &text.text, if_changed, &Disk)?
            } else {
                save::save_as(&origin, &path, &text.text, &Disk)?
            };
            Ok(Written { now, origin, rewritten: text.rewritten })
        })
    }
}
