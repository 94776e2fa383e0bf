//! The update of a map from the tables that it was made of: finds them, reads them, and keeps what they would change
//! until the user decides.

use std::path::PathBuf;

use crate::database::DatabaseSource;
use crate::document::{Choices, Document, ReadAgain, SourceFile, UpdatePlan, plan_update};
use crate::load::{ImportFile, ImportReport, LoadError, ProgressFn, import_again, read_import_file, sha256};

use crate::app::flow::task::Task;
use crate::app::panels::import::update::{UpdateLine, update_lines};

/// The state of an update.
pub(crate) enum Updating {
    /// Some of its files are not found yet, or some of its databases have not answered.
    Finding(MapSources),
    /// The files are read.
    Reading(Task<UpdateResult>),
    /// What they would change is shown.
    Shown(Box<ShownUpdate>),
}

/// What a map was made of, and where it is.
#[derive(Default)]
pub(crate) struct MapSources {
    pub(crate) files: Vec<SourceFile>,
    /// Databases to ask.
    pub(crate) databases: Vec<DatabaseSource>,
    /// What databases answered, each under its name in the map.
    pub(crate) rows: Vec<(String, ImportFile)>,
}

/// What reading the files found.
pub(crate) type UpdateResult = Result<ShownUpdate, LoadError>;

/// What an update would do, and what the user wants of it.
pub(crate) struct ShownUpdate {
    pub(crate) plan: UpdatePlan,
    pub(crate) choices: Choices,
    pub(crate) report: ImportReport,
    /// The lines of the panel.
    pub(crate) lines: Vec<UpdateLine>,
}

impl Updating {
    /// Returns what is shown; `None` while files are found and read.
    pub(crate) fn shown(&self) -> Option<&ShownUpdate> {
        if let Self::Shown(shown) = self { Some(shown) } else { None }
    }

    /// Returns the job that reads the files.
    pub(crate) fn task(&self) -> Option<&Task<UpdateResult>> {
        if let Self::Reading(task) = self { Some(task) } else { None }
    }
}

/// Reads files again, and finds out what they and the rows of databases would change; each has its name in the map.
///
/// # Errors
///
/// If a file can't be read, lacks a table or column, or reading or comparing is canceled.
pub(crate) fn read_update(
    document: &Document,
    files: &[(String, PathBuf)],
    rows: Vec<(String, ImportFile)>,
    on_progress: ProgressFn,
) -> UpdateResult {
    let (mut tables, mut read) = (Vec::with_capacity(files.len()), Vec::with_capacity(files.len()));
    let files = files.iter().map(|(name, path)| Ok((name.clone(), read_import_file(path, on_progress)?)));
    for named in files.chain(rows.into_iter().map(Ok)) {
        let (name, now) = named?;
        read.push(ReadAgain { name: name.clone(), now: now.name.to_string(), sha256: sha256(&now.bytes) });
        tables.push(ImportFile { name: name.as_str().into(), bytes: now.bytes });
    }
    let (fresh, report) = import_again(&document.map, &tables, on_progress)?;
    let plan = plan_update(document, &fresh, &read, on_progress)?;
    let lines = update_lines(&plan);
    Ok(ShownUpdate { choices: plan.default_choices(), plan, report, lines })
}
