//! The tables whose columns are shown: those that the open map was made of, or those that are added to it.
//!
//! What would be added is shown as the open map, and the map before is kept until the user decides.

use crate::document::EditError;
use crate::load::{ImportReport, LoadError};
use crate::model::{Item, RecordChange, RecordSlot};

use crate::app::flow::task::Task;
use crate::app::panels::import::ImportPanel;
use crate::app::session::{ImportedTables, Session};

/// The state while the import panel is open.
pub(crate) struct Importing {
    /// The map that the tables are added to; `None` if the open map was made of them.
    pub(crate) before: Option<Box<Session>>,
    /// The tables with what was found last.
    pub(crate) tables: ImportedTables,
    /// The records that are new.
    pub(crate) added: Vec<Item>,
    /// The import that runs.
    pub(crate) task: Option<Task<ImportResult>>,
    pub(crate) panel: ImportPanel,
}

/// The result of an import job.
pub(crate) type ImportResult = Result<Imported, LoadError>;

/// What a job has imported.
pub(crate) enum Imported {
    /// A map of its own.
    Map(Box<Session>),
    /// Changes that add tables to a map.
    Changes { changes: Vec<RecordChange>, tables: Box<ImportedTables> },
}

impl Importing {
    pub(crate) fn new(before: Option<Box<Session>>, tables: ImportedTables) -> Self {
        Self { before, tables, added: Vec::new(), task: None, panel: ImportPanel::default() }
    }

    /// Returns whether the tables are added to a map.
    pub(crate) fn is_adding(&self) -> bool {
        self.before.is_some()
    }

    pub(crate) fn report(&self) -> &ImportReport {
        &self.tables.report
    }
}

/// Returns the map with these changes as one undo step, and the records that are new.
///
/// # Errors
///
/// If they don't fit the map, which would be a bug.
pub(crate) fn with_changes(
    before: &Session,
    changes: Vec<RecordChange>,
    tables: &ImportedTables,
) -> Result<(Session, Vec<Item>), EditError> {
    let new = |change: &RecordChange| match change.slot() {
        RecordSlot::Item(item) if !before.document.map.has(item) => Some(item),
        _ => None,
    };
    let added = changes.iter().filter_map(new).collect();
    let mut session = before.clone();
    let names: Vec<&str> = tables.files.iter().map(|file| &*file.name).collect();
    session.add(&crate::wording::joined_and(&names), changes)?;
    Ok((session, added))
}
