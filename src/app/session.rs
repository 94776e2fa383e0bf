//! The open map: its document, its undo history, its saved state, and the problems in its file.

mod database;
mod made;
mod pending_save;
mod recovered;
mod tables;
mod undecided;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use emath::Pos2;

use crate::document::edit::OldProof;
use crate::document::journal::JournalState;
use crate::document::{self, Command, Delta, Document, EditError, History, Merged, Series, Snapshot, Transaction};
use crate::load::{self, ImportFile, LoadError, Loaded, Origin, ProblemCounts, ProgressFn, RecipeBook};
use crate::model::{Placed, Problem};
use crate::save::IfChanged;
use crate::wording;

use crate::app::panels::problems::FileProblems;

pub(crate) use database::{AskedDatabase, has_database};
pub(crate) use pending_save::{PendingSave, Written};
pub(crate) use tables::ImportedTables;
pub(crate) use undecided::Undecided;

/// The open map.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// The current document.
    pub(crate) document: Document,
    /// The steps to undo and redo.
    pub(crate) history: History,
    /// The listed problems in the file.
    pub(crate) problems: Vec<Problem>,
    counts: ProblemCounts,
    /// The content of the file.
    on_disk: Snapshot,
    /// The content of the file, with settled positions filled in.
    saved: Snapshot,
    /// The content being written, with settled positions filled in.
    writing: Option<Snapshot>,
    /// Whether there are unsaved changes.
    is_unsaved: bool,
    /// The tables that the map was made of, until it is saved.
    pub(crate) tables: Option<Arc<ImportedTables>>,
    /// Whether the map was started in the window.
    is_made: bool,
    /// The file that the user agreed to save although parts of it can't be kept.
    loses: Option<PathBuf>,
    /// The database that was asked since the map was opened.
    pub(crate) asked: Option<Arc<AskedDatabase>>,
    /// Rows of a database that are to be added once the map is shown.
    pending_rows: Vec<ImportFile>,
    /// What was changed both here and in the file.
    pub(crate) undecided: Undecided,
    /// Evidence that was cited for values which have changed since, until the user has reviewed it.
    pub(crate) old_proofs: Vec<OldProof>,
}

impl Session {
    /// Creates a session from a loaded map.
    pub(crate) fn new(document: Document, problems: Vec<Problem>) -> Self {
        let on_disk = document.base();
        let (history, counts) = (History::default(), ProblemCounts::default());
        let saved = on_disk.clone();
        Self {
            document,
            history,
            counts,
            problems,
            on_disk,
            saved,
            writing: None,
            is_unsaved: false,
            tables: None,
            is_made: false,
            loses: None,
            asked: None,
            pending_rows: Vec::new(),
            undecided: Undecided::default(),
            old_proofs: Vec::new(),
        }
    }

    /// Loads the sample map, which is compiled into the program.
    ///
    /// # Errors
    ///
    /// Fails if it is not a valid map, which a test rules out.
    pub(crate) fn sample() -> Result<Self, LoadError> {
        load::load_bundled(load::BUNDLED[0]).map(Self::of)
    }

    /// Creates an empty map.
    pub(crate) fn empty() -> Self {
        Self::new(Document::new(Arc::default(), Arc::default()), Vec::new())
    }

    /// Reads a map file, or the tables in a file, for as long as `on_progress` returns `true`. A map of tables in which
    /// nothing was found is empty.
    ///
    /// # Errors
    ///
    /// Fails if the file can't be read, is neither a map nor a table, or reading was canceled.
    pub(crate) fn load(path: &Path, recipes: &RecipeBook, on_progress: ProgressFn) -> Result<Self, LoadError> {
        match load::load_file_while(path, on_progress) {
            Ok(loaded) => Self::with_report(loaded).with_recipes(recipes, on_progress),
            Err(LoadError::NothingToImport { .. }) => Self::load_tables(&[path.to_owned()], recipes, on_progress),
            Err(error) => Err(error),
        }
    }

    fn of((loaded, origin): (Loaded, Origin)) -> Self {
        let counts = loaded.counts;
        let document = Document::new(Arc::new(loaded.map), Arc::new(origin));
        Self { counts, ..Self::new(document, loaded.problems) }
    }

    /// Prepares saving the current map; later changes stay unsaved.
    pub(crate) fn start_writing(&mut self, path: &Path, if_changed: IfChanged) -> PendingSave {
        let (now, origin) = (self.document.base(), Arc::clone(&self.document.origin));
        self.writing = Some(now.clone());
        PendingSave { before: self.on_disk.clone(), now, origin, path: path.to_owned(), if_changed, journal: None }
    }

    /// Updates the saved state after a save; the written file becomes the map's own file. Returns why more than the
    /// changed lines was rewritten, if so.
    pub(crate) fn take_written(&mut self, written: Written) -> Option<String> {
        self.document.origin = Arc::new(written.origin);
        (self.tables, self.undecided) = (None, Undecided::default());
        self.on_disk = written.now;
        self.saved = self.writing.take().unwrap_or_else(|| self.saved.clone());
        self.compare_to_saved();
        written.rewritten
    }

    /// Returns whether the user agreed to save to this file although parts of it can't be kept.
    pub(crate) fn may_lose(&self, path: &Path) -> bool {
        self.loses.as_deref() == Some(path)
    }

    /// Remembers that the user agreed to that.
    pub(crate) fn let_lose(&mut self, path: &Path) {
        self.loses = Some(path.to_owned());
    }

    /// Forgets the prepared save, because it was not written.
    pub(crate) fn stop_writing(&mut self) {
        self.writing = None;
    }

    /// Returns whether the file on disk differs from what was last read or written.
    pub(crate) fn differs_from_disk(&self) -> bool {
        let origin = &self.document.origin;
        let Some(path) = origin.own_path() else { return false };
        std::fs::read(path).is_ok_and(|bytes| bytes != **origin.bytes())
    }

    /// Returns the problems in the file, with the data needed to show them.
    pub(crate) fn file_problems(&self) -> FileProblems<'_> {
        FileProblems {
            listed: &self.problems,
            words: self.problem_words(),
            count: self.problem_count(),
            has_faults: self.has_faults(),
            file_name: self.file_name(),
            bytes: self.document.origin.bytes(),
            map: &self.document.map,
        }
    }

    /// Returns the number of problems, including unlisted ones.
    pub(crate) fn problem_count(&self) -> usize {
        self.counts.total()
    }

    /// Returns the counts by severity, such as "1 error, 2 remarks"; `None` if there are no problems.
    pub(crate) fn problem_words(&self) -> Option<String> {
        let ProblemCounts { errors, warnings, remarks } = self.counts;
        let kinds = [(errors, "error", "errors"), (warnings, "warning", "warnings"), (remarks, "remark", "remarks")];
        let words = kinds.into_iter().filter(|(count, ..)| *count > 0);
        let words: Vec<String> = words.map(|(count, one, many)| wording::counted(count, one, many)).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// Returns whether there are problems other than remarks.
    pub(crate) fn has_faults(&self) -> bool {
        self.counts.errors + self.counts.warnings > 0
    }

    /// Applies an undoable change; a change without effect adds no undo step.
    pub(crate) fn change(&mut self, command: Command) {
        let transaction = command.transaction(&self.document);
        // The transaction of a command always fits the document it was created for.
        let _ = self.edit(&transaction);
    }

    /// Applies a change as one undo step with those of the same series right before it.
    pub(crate) fn change_in_series(&mut self, command: Command, series: Series) {
        let transaction = command.transaction(&self.document);
        let _ = self.apply(&transaction, |history, inverse| history.record_in_series(inverse, series));
    }

    /// Applies a transaction as one undo step; an empty one adds no step.
    ///
    /// # Errors
    ///
    /// Fails if it doesn't fit the document, which is then unchanged.
    pub(crate) fn edit(&mut self, transaction: &Transaction) -> Result<(), EditError> {
        self.apply(transaction, History::record)
    }

    fn apply(
        &mut self,
        transaction: &Transaction,
        record: impl FnOnce(&mut History, Transaction),
    ) -> Result<(), EditError> {
        if !transaction.is_empty() {
            let applied = self.document.apply(transaction)?;
            record(&mut self.history, applied.inverse);
            self.document = applied.document;
            self.compare_to_saved();
        }
        Ok(())
    }

    /// Undoes the last change.
    ///
    /// # Errors
    ///
    /// Fails if the step doesn't fit the document, which would be a bug; the step is kept.
    pub(crate) fn undo(&mut self) -> Result<(), EditError> {
        let undone = self.history.undo(&self.document);
        self.take_step(undone)
    }

    /// Redoes the last undone change.
    ///
    /// # Errors
    ///
    /// Fails if the step doesn't fit the document, which would be a bug; the step is kept.
    pub(crate) fn redo(&mut self) -> Result<(), EditError> {
        let redone = self.history.redo(&self.document);
        self.take_step(redone)
    }

    fn take_step(&mut self, step: Option<Result<(Document, Delta), EditError>>) -> Result<(), EditError> {
        if let Some(step) = step {
            (self.document, _) = step?;
            self.compare_to_saved();
        }
        Ok(())
    }

    fn compare_to_saved(&mut self) {
        let Document { map, look, .. } = &self.document;
        let is_same_map = Arc::ptr_eq(map, &self.saved.map) || map.records() == self.saved.map.records();
        self.is_unsaved = !is_same_map || (!Arc::ptr_eq(look, &self.saved.look) && *look != self.saved.look);
    }

    /// Adds the positions found by a layout. They count as saved, because the next layout finds them again.
    pub(crate) fn settle(&mut self, places: &[(Placed, Pos2)]) {
        self.document = self.document.with_settled(places.iter().copied());
        for base in std::iter::once(&mut self.saved).chain(&mut self.writing) {
            let positions = &mut Arc::make_mut(&mut base.look).positions;
            for &(place, pos) in places.iter().filter(|(place, _)| base.map.has(place.item())) {
                positions.entry(place).or_insert(pos);
            }
        }
        self.compare_to_saved();
    }

    /// Merges the file that another program changed, as one undo step; changes made here since it was read are kept.
    ///
    /// # Errors
    ///
    /// Fails if the result doesn't fit the document, which would be a bug; the document is then unchanged.
    pub(crate) fn merge(&mut self, fresh: Self) -> Result<Merged, EditError> {
        let before = Arc::clone(&self.on_disk.map);
        let merged = document::merge(&self.on_disk, &self.document, &fresh.document.map);
        self.edit(&merged.transaction)?;
        self.history.set_apart();
        self.undecided.add(&before, &merged);
        let Self { problems, counts, tables, document: Document { origin, .. }, .. } = fresh;
        (self.problems, self.counts, self.document.origin, self.tables) = (problems, counts, origin, tables);
        self.on_disk = merged.theirs.clone();
        self.saved = merged.theirs.clone();
        // Settled positions stay although they are not saved, so that the picture doesn't jump.
        let settled: Vec<(Placed, Pos2)> = self.document.settled_places().collect();
        let positions = &mut Arc::make_mut(&mut self.saved.look).positions;
        for (placed, pos) in settled.into_iter().filter(|(placed, _)| self.saved.map.has(placed.item())) {
            positions.entry(placed).or_insert(pos);
        }
        self.compare_to_saved();
        Ok(merged)
    }

    /// Returns the current state and the saved state that it is compared to.
    pub(crate) fn state(&self) -> JournalState {
        let Document { map, look, .. } = self.document.clone();
        JournalState { map, look, on_disk: self.on_disk.clone(), saved: Arc::clone(&self.saved.look) }
    }

    /// Returns whether there are unsaved changes.
    pub(crate) fn is_unsaved(&self) -> bool {
        self.is_unsaved
    }

    /// Returns the path of the file, or `None` for the sample map.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.document.origin.path()
    }

    /// Returns the path of the file that the map is saved to; `None` for the sample map and imported maps.
    pub(crate) fn own_path(&self) -> Option<&Path> {
        self.document.origin.own_path()
    }

    /// Returns the title of the map, or the file name if it has none.
    pub(crate) fn title(&self) -> String {
        match &self.document.map.meta().title {
            Some(title) => title.clone(),
            None => self.file_name(),
        }
    }

    /// Returns the name of the file without its folder.
    pub(crate) fn file_name(&self) -> String {
        let name = self.path().and_then(Path::file_name);
        let unnamed = if self.is_made { "new map" } else { "sample map" };
        name.map_or_else(|| unnamed.to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// Returns the title of the window.
    pub(crate) fn window_title(&self) -> String {
        let mark = if self.would_be_lost() { "• " } else { "" };
        format!("{mark}Tieline – {} – {}", self.title(), self.file_name())
    }
}

#[cfg(test)]
mod tests;
