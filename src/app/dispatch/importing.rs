//! Opens tables, adds tables to the open map, and imports again when the user says what a column is.

mod database;
mod updating;

use std::path::PathBuf;

use egui::Context;

use crate::database::is_sqlite_file;
use crate::load::{ImportFile, ImportOptions, ImportReport, LoadError, PASTED_ROWS, add_tables, read_import_file};
use crate::model::{Item, Map};
use crate::wording;

use crate::app::App;
use crate::app::ask::action::Action;
use crate::app::ask::command::{AppCommand, ImportRequest, JobKind};
use crate::app::ask::database::DatabasePurpose;
use crate::app::ask::question::{Dialog, PathRequest};
use crate::app::ask::selection::Selection;
use crate::app::flow::importing::{ImportResult, Imported, Importing, with_changes};
use crate::app::flow::opening::READ_AT_ONCE;
use crate::app::flow::task::Task;
use crate::app::session::{ImportedTables, Session};
use crate::app::ui::toast::ToastKind;

impl App {
    /// Runs an action about tables and databases; returns `false` for all others.
    pub(crate) fn run_import_action(&mut self, ctx: &Context, action: Action) -> bool {
        match action {
            Action::AddTable => self.ask_for_file(ctx, PathRequest::AddTable),
            Action::OpenDatabase => self.ask_for_database(DatabasePurpose::Open),
            Action::AddDatabase => self.ask_for_database(DatabasePurpose::Add),
            Action::AskNeighbors => self.ask_for_neighbors(ctx),
            Action::Update => self.start_update(ctx),
            Action::Columns => self.toggle_columns(ctx),
            _ => return false,
        }
        true
    }

    /// Opens the files dropped on the window.
    pub(crate) fn poll_drops(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() && !self.is_asking() {
            self.finish_note();
            self.take_dropped(ctx, dropped);
        }
    }

    /// Returns whether rows of a table are shown that may be added to the map.
    pub(crate) fn is_adding(&self) -> bool {
        self.importing.as_ref().is_some_and(Importing::is_adding)
    }

    /// Opens dropped files. Tables dropped on a map that isn't the sample may also be added to it.
    pub(crate) fn take_dropped(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        if are_tables(&paths) && self.has_map_of_user() {
            self.show_dialog(Dialog::OpenOrAdd(paths));
        } else {
            self.open_files(ctx, &paths);
        }
    }

    /// Opens a file, or several tables as one map.
    pub(crate) fn open_files(&mut self, ctx: &Context, paths: &[PathBuf]) {
        match paths {
            [] => {}
            [path] => self.open(ctx, path),
            paths if are_tables(paths) => self.open_tables(ctx, paths),
            [first, ..] => {
                self.open(ctx, first);
                let text = "Only the first file was opened, because not all of them are tables";
                self.toasts.say(ToastKind::Told, text);
            }
        }
    }

    /// Whether the open map is one of the user's own: read from a file, or changed.
    fn has_map_of_user(&self) -> bool {
        self.session.path().is_some() || self.session.is_unsaved()
    }

    /// Reads tables to be added to the open map, and shows what they would add.
    pub(crate) fn add_files(&mut self, ctx: &Context, paths: &[PathBuf]) {
        if let [path] = paths
            && is_sqlite_file(path)
        {
            self.ask_for_file_of_database(DatabasePurpose::Add, path);
            return;
        }
        match paths.iter().map(|path| read_import_file(path, &|_| true)).collect() {
            Ok(files) => self.add_tables(ctx, files),
            Err(error) => self.tell_table_error(&error),
        }
    }

    /// Shows what copied rows would add to the open map.
    pub(crate) fn add_rows(&mut self, ctx: &Context, text: &str) {
        if !text.trim().is_empty() {
            self.add_tables(ctx, vec![ImportFile { name: PASTED_ROWS.into(), bytes: text.as_bytes().into() }]);
        }
    }

    pub(super) fn add_tables(&mut self, ctx: &Context, files: Vec<ImportFile>) {
        // What is being saved must not be taken back with the rows.
        if self.saving.is_some() {
            self.toasts.say(ToastKind::Told, "The map is being saved: add the rows after that");
            return;
        }
        self.cancel_importing(ctx);
        let tables = ImportedTables { files, options: ImportOptions::default(), report: ImportReport::default() };
        let before = Some(Box::new(self.session.clone()));
        self.importing = Some(Importing::new(before, tables));
        self.import_again(ctx, ImportOptions::default());
    }

    /// Shows or hides the columns of the tables that the open map was made of.
    pub(crate) fn toggle_columns(&mut self, ctx: &Context) {
        self.importing = match (self.importing.take(), &self.session.tables) {
            (Some(importing), _) if importing.is_adding() => Some(importing),
            (None, Some(tables)) => {
                let tables = ImportedTables::clone(tables);
                Some(Importing::new(None, tables))
            }
            _ => None,
        };
        self.toasts.take_back_offers(Action::Columns);
        ctx.request_repaint();
    }

    pub(crate) fn take_import_request(&mut self, ctx: &Context, request: ImportRequest) {
        match request {
            ImportRequest::Change(options) => {
                self.import_again(ctx, *options);
                self.remember_columns();
            }
            ImportRequest::Confirm => self.confirm_importing(),
            ImportRequest::Cancel => self.cancel_importing(ctx),
        }
    }

    /// Imports with other options, small tables within the frame.
    fn import_again(&mut self, ctx: &Context, options: ImportOptions) {
        let Some(importing) = &mut self.importing else { return };
        importing.tables.options = options.clone();
        let files = importing.tables.files.clone();
        let recipes = (importing.tables.report.tables.is_empty()).then(|| self.settings.recipes.clone());
        let before = importing.before.as_ref().map(|before| std::sync::Arc::clone(&before.document.map));
        let paths = self.session.imported_paths();
        let size: usize = files.iter().map(|file| file.bytes.len()).sum();
        let import = move |on_progress: crate::load::ProgressFn<'_>| -> ImportResult {
            let Some(map) = before else {
                return Session::of_tables(&paths, files, options, on_progress).map(|map| Imported::Map(Box::new(map)));
            };
            added(&map, files, options, recipes.as_ref(), on_progress)
        };
        importing.task = None;
        if size as u64 <= READ_AT_ONCE {
            let imported = import(&|_| true);
            self.take_imported(ctx, imported);
            return;
        }
        let task = Task::start(ctx, JobKind::Importing, "Reading the table", move |job| {
            import(&|done| {
                job.report(done);
                !job.is_canceled()
            })
        });
        importing.task = Some(task);
    }

    /// Takes in what a job has imported.
    pub(crate) fn poll_importing(&mut self, ctx: &Context) {
        self.poll_updating(ctx);
        let Some(importing) = &mut self.importing else { return };
        let Some(imported) = importing.task.as_ref().and_then(Task::poll) else { return };
        importing.task = None;
        match imported {
            Ok(imported) => self.take_imported(ctx, imported),
            Err(fault) => self.toasts.say(ToastKind::Failed, wording::capitalized(&fault.to_string())),
        }
    }

    fn take_imported(&mut self, ctx: &Context, imported: ImportResult) {
        let Some(importing) = &mut self.importing else { return };
        match imported {
            Err(LoadError::Canceled) => {}
            Err(error) => {
                self.cancel_importing(ctx);
                self.tell_table_error(&error);
            }
            Ok(Imported::Map(fresh)) => {
                if let Some(tables) = &fresh.tables {
                    importing.tables = ImportedTables::clone(tables);
                }
                self.show_imported_again(ctx, *fresh);
            }
            Ok(Imported::Changes { changes, tables }) => {
                importing.tables = *tables;
                let Some(before) = &importing.before else { return };
                match with_changes(before, changes, &importing.tables) {
                    Ok((session, added)) => {
                        importing.added = added;
                        self.session = session;
                        self.fits_when_settled = true;
                    }
                    Err(error) => {
                        self.cancel_importing(ctx);
                        self.toasts.say(ToastKind::Failed, format!("The rows could not be added: {error}"));
                    }
                }
            }
        }
        ctx.request_repaint();
    }

    /// Shows the map of the same tables with other columns; changes made since are kept.
    fn show_imported_again(&mut self, ctx: &Context, fresh: Session) {
        let is_untouched = self.session.history.undo_label().is_none() && self.session.history.redo_label().is_none();
        self.focus = None;
        if is_untouched {
            self.selection = Selection::default();
            self.session = fresh;
            self.pipeline.forget();
        } else if let Err(error) = self.session.merge(fresh) {
            let text = format!("The table could not be read anew with your changes: {error}");
            self.toasts.say(ToastKind::Failed, text);
        }
        self.fits_when_settled = true;
        ctx.request_repaint();
    }

    /// Remembers what was said about the columns, for the next table with the same headings.
    fn remember_columns(&mut self) {
        let Some(importing) = &self.importing else { return };
        let chosen = &importing.tables.options.columns;
        for table in &importing.report().tables {
            if chosen.iter().any(|choice| choice.table.as_ref() == Some(&table.name)) {
                self.settings.recipes.remember(table);
            }
        }
        self.remember();
    }

    pub(super) fn confirm_importing(&mut self) {
        let Some(importing) = self.importing.take() else { return };
        if importing.is_adding() {
            let actors: Vec<Item> = importing.added.iter().copied().filter(|item| is_actor(*item)).collect();
            let ties = importing.added.iter().copied().filter(|item| matches!(item, Item::Tie(_)));
            self.selection = if actors.is_empty() { Selection::new(ties) } else { Selection::new(actors) };
            let report = importing.report();
            self.toasts.say(ToastKind::Done, format!("Added {}", found_words(report)));
        }
    }

    /// Closes the panel, and takes back what would have been added.
    pub(crate) fn cancel_importing(&mut self, ctx: &Context) {
        self.updating = None;
        if self.asking.as_ref().is_some_and(|asking| matches!(asking.purpose, DatabasePurpose::Update(_))) {
            self.cancel_asking();
        }
        let Some(importing) = self.importing.take() else { return };
        if let Some(before) = importing.before {
            self.session = *before;
            (self.fits_when_settled, self.focus) = (true, None);
            self.selection.keep_existing(&self.session.document.map);
        }
        ctx.request_repaint();
    }

    /// Opens the panel of a map that was just made of tables, if something in them was guessed or nothing was found;
    /// else says what was made of them.
    pub(crate) fn tell_tables(&mut self, ctx: &Context) {
        let Some(tables) = self.session.tables.clone() else { return };
        let report = &tables.report;
        let is_guess = report.tables.iter().flat_map(|table| &table.columns).any(|column| column.is_guess);
        if is_guess || self.session.document.map.actors().is_empty() {
            self.toggle_columns(ctx);
            return;
        }
        let found = found_words(report);
        let rows = wording::counted(report.rows.read, "row", "rows");
        let skipped = match report.rows.skipped {
            0 => String::new(),
            count => format!("; {} left out", wording::counted(count, "row", "rows")),
        };
        let problems = self.session.problem_words().map_or_else(String::new, |words| format!(", {words}"));
        let name = self.session.file_name();
        let text = format!("{name}: {found} from {rows}{skipped}{problems}");
        self.toasts.offer(text, "Columns", Action::Columns);
    }

    /// Returns whether a command may run while rows are shown that may be added: it neither changes the map nor
    /// replaces or writes it.
    pub(crate) fn may_run_while_adding(command: &AppCommand) -> bool {
        match command {
            AppCommand::Change(_)
            | AppCommand::ChangeInSeries(..)
            | AppCommand::NameActor(_)
            | AppCommand::Form(_)
            | AppCommand::Database(_)
            | AppCommand::Kind(_)
            | AppCommand::Export(_) => false,
            AppCommand::Run(action) | AppCommand::RunOn(_, action) => action.only_looks(),
            _ => true,
        }
    }

    fn tell_table_error(&mut self, error: &LoadError) {
        let text = wording::capitalized(&error.to_string());
        self.show_dialog(Dialog::Message { title: "The table was not read".to_owned(), text });
    }
}

fn are_tables(paths: &[PathBuf]) -> bool {
    paths.iter().all(|path| crate::load::is_table_name(path))
}

fn is_actor(item: Item) -> bool {
    matches!(item, Item::Actor(_))
}

/// Returns the changes that add tables to a map, by what was said about such tables earlier.
fn added(
    map: &Map,
    files: Vec<ImportFile>,
    options: ImportOptions,
    recipes: Option<&crate::load::RecipeBook>,
    on_progress: crate::load::ProgressFn<'_>,
) -> ImportResult {
    let (mut changes, mut report) = add_tables(map, &files, &options, on_progress)?;
    let mut options = options;
    if let Some(remembered) = recipes.and_then(|recipes| recipes.options_for(&report.tables, &options)) {
        (changes, report) = add_tables(map, &files, &remembered, on_progress)?;
        options = remembered;
    }
    Ok(Imported::Changes { changes, tables: Box::new(ImportedTables { files, options, report }) })
}

/// Returns how many records an import found.
fn found_words(report: &ImportReport) -> String {
    let mut found =
        vec![wording::counted(report.actors, "actor", "actors"), wording::counted(report.ties, "tie", "ties")];
    if report.facts > 0 {
        found.push(wording::counted(report.facts, "fact", "facts"));
    }
    wording::joined_and(&found)
}
