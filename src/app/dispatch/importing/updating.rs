//! Brings the open map up to date with the tables that it was made of.

use std::path::{Path, PathBuf};

use egui::Context;

use crate::database::{DatabaseSource, database_sources};
use crate::document::{UpdateSort, find_source_files};
use crate::load::{ImportFile, LoadError};
use crate::model::Item;
use crate::wording;

use crate::app::App;
use crate::app::ask::command::{JobKind, UpdateRequest};
use crate::app::ask::question::{Dialog, PathRequest};
use crate::app::ask::selection::Selection;
use crate::app::flow::importing::Importing;
use crate::app::flow::opening::READ_AT_ONCE;
use crate::app::flow::task::Task;
use crate::app::flow::updating::{MapSources, UpdateResult, Updating, read_update};
use crate::app::ui::toast::ToastKind;

impl App {
    /// Returns whether an update is read or shown, so that the map must not change.
    pub(crate) fn is_updating(&self) -> bool {
        matches!(self.updating, Some(Updating::Reading(_) | Updating::Shown(_)))
    }

    /// Returns whether what an update would do is shown.
    pub(crate) fn shows_update(&self) -> bool {
        self.updating.as_ref().is_some_and(|updating| updating.shown().is_some())
    }

    /// Returns whether rows wait for an answer of the user, so that the map must not change.
    pub(crate) fn is_choosing_rows(&self) -> bool {
        self.is_adding() || self.is_updating()
    }

    /// Returns whether a job reads tables.
    pub(crate) fn is_reading_tables(&self) -> bool {
        let is_importing = self.importing.as_ref().is_some_and(|importing: &Importing| importing.task.is_some());
        is_importing || matches!(self.updating, Some(Updating::Reading(_)))
    }

    /// Returns what to do before the map can be changed.
    pub(crate) fn words_while_adding(&self) -> &'static str {
        if self.is_updating() {
            "Update the map from its sources first, or cancel"
        } else {
            "Add the rows of the table first, or cancel"
        }
    }

    /// Finds the tables that the map was made of, beside it or in the folder of the last other file, and reads them.
    pub(crate) fn start_update(&mut self, ctx: &Context) {
        // What is being saved must not be taken back with the update.
        if self.saving.is_some() {
            self.toasts.say(ToastKind::Told, "The map is being saved; update it afterwards");
            return;
        }
        self.cancel_importing(ctx);
        let own = self.session.path().map(Path::to_owned);
        let other = self.settings.recent.iter().find(|recent| own.as_ref() != Some(recent)).cloned();
        let folders: Vec<PathBuf> =
            [own, other].into_iter().flatten().filter_map(|path| path.parent().map(Path::to_owned)).collect();
        let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
        let given = self.session.imported_paths();
        let map = &self.session.document.map;
        // Tables may have been opened and not been taken.
        let files = find_source_files(map, &given, &folders).or_else(|_| find_source_files(map, &[], &folders));
        let files = files.unwrap_or_default();
        let (databases, explored): (Vec<_>, Vec<_>) =
            database_sources(map).into_iter().partition(|source| !source.questions.is_empty());
        if files.is_empty() && databases.is_empty() {
            let names: Vec<&str> = explored.iter().map(|source| source.name.as_str()).collect();
            let list = wording::visible(&wording::joined_and(&names)).into_owned();
            let text = match names.len() {
                0 => "The tables that the map was made from were not found".to_owned(),
                1 => format!("{list} was only asked for the neighbors of single actors: ask for them again"),
                _ => format!("{list} were only asked for the neighbors of single actors: ask for them again"),
            };
            self.toasts.say(ToastKind::Told, text);
            return;
        }
        self.go_on_finding(ctx, MapSources { files, databases, rows: Vec::new() });
    }

    /// Takes the place of a table that was not found.
    pub(crate) fn take_source_file(&mut self, ctx: &Context, name: &str, path: PathBuf) {
        let Some(Updating::Finding(mut sources)) = self.updating.take() else { return };
        if let Some(file) = sources.files.iter_mut().find(|file| file.name == name) {
            file.path = Some(path);
        }
        self.go_on_finding(ctx, sources);
    }

    /// Takes what a database answered.
    pub(super) fn take_rows_again(&mut self, ctx: &Context, source: &DatabaseSource, rows: ImportFile) {
        let Some(Updating::Finding(mut sources)) = self.updating.take() else { return };
        sources.databases.retain(|waiting| waiting != source);
        if let Some(words) = source.words_for_others() {
            self.toasts.say(ToastKind::Told, words);
        }
        sources.rows.push((source.name.clone(), rows));
        self.go_on_finding(ctx, sources);
    }

    /// Asks for the first table that is missing, then the first database, or reads all of them.
    fn go_on_finding(&mut self, ctx: &Context, sources: MapSources) {
        let missing = sources.files.iter().find(|file| file.path.is_none()).map(|file| file.name.clone());
        if let Some(name) = missing {
            self.updating = Some(Updating::Finding(sources));
            self.ask_for_file(ctx, PathRequest::SourceFile(name));
            return;
        }
        if let Some(database) = sources.databases.first().cloned() {
            self.updating = Some(Updating::Finding(sources));
            self.ask_again(ctx, database);
            return;
        }
        let MapSources { files, rows, .. } = sources;
        let files: Vec<(String, PathBuf)> =
            files.into_iter().filter_map(|file| Some((file.name, file.path?))).collect();
        let size: u64 = files.iter().filter_map(|(_, path)| Some(path.metadata().ok()?.len())).sum();
        let document = self.session.document.clone();
        let of_rows: usize = rows.iter().map(|(_, rows)| rows.bytes.len()).sum();
        if size + of_rows as u64 <= READ_AT_ONCE {
            let read = read_update(&document, &files, rows, &|_| true);
            self.take_update(ctx, read);
            return;
        }
        let task = Task::start(ctx, JobKind::Importing, "Reading the tables", move |job| {
            read_update(&document, &files, rows, &|done| {
                job.report(done);
                !job.is_canceled()
            })
        });
        self.updating = Some(Updating::Reading(task));
    }

    /// Shows what a job has read.
    pub(crate) fn poll_updating(&mut self, ctx: &Context) {
        let Some(read) = self.updating.as_ref().and_then(Updating::task).and_then(Task::poll) else { return };
        self.updating = None;
        match read {
            Ok(read) => self.take_update(ctx, read),
            Err(fault) => self.toasts.say(ToastKind::Failed, wording::capitalized(&fault.to_string())),
        }
    }

    fn take_update(&mut self, ctx: &Context, read: UpdateResult) {
        self.updating = None;
        match read {
            Ok(shown) if shown.plan.changed_files.is_empty() => {
                let files: Vec<&str> = shown.plan.unchanged_files.iter().map(String::as_str).collect();
                let files = wording::visible(&wording::joined_and(&files)).into_owned();
                let verb = if shown.plan.unchanged_files.len() == 1 { "is" } else { "are" };
                let text = format!("Nothing to update: {files} {verb} unchanged");
                self.toasts.say(ToastKind::Told, text);
            }
            Ok(shown) => self.updating = Some(Updating::Shown(Box::new(shown))),
            Err(LoadError::Canceled) => {}
            Err(error) => {
                let text = wording::capitalized(&error.to_string());
                self.show_dialog(Dialog::Message { title: "The map was not updated".to_owned(), text });
            }
        }
        ctx.request_repaint();
    }

    /// Handles what the panel asks for.
    pub(crate) fn take_update_request(&mut self, ctx: &Context, request: UpdateRequest) {
        let Some(Updating::Shown(shown)) = &mut self.updating else { return };
        match request {
            UpdateRequest::Take(entries, true) => shown.choices.taken.extend(entries),
            UpdateRequest::Take(entries, false) => {
                for entry in entries {
                    shown.choices.taken.remove(&entry);
                }
            }
            UpdateRequest::TakeTheirs(entry, field, true) => drop(shown.choices.theirs.insert((entry, field))),
            UpdateRequest::TakeTheirs(entry, field, false) => drop(shown.choices.theirs.remove(&(entry, field))),
            UpdateRequest::Cancel => self.updating = None,
            UpdateRequest::Confirm => self.confirm_update(),
        }
        ctx.request_repaint();
    }

    fn confirm_update(&mut self) {
        let Some(Updating::Shown(shown)) = self.updating.take() else { return };
        let transaction = shown.plan.transaction(&self.session.document, &shown.choices);
        let done = transaction.and_then(|transaction| self.session.edit(&transaction));
        if let Err(error) = done {
            self.toasts.say(ToastKind::Failed, format!("The map could not be updated: {error}"));
            return;
        }
        // Its columns are those of the tables as they were before.
        self.session.tables = None;
        self.fits_when_settled = true;
        let map = &self.session.document.map;
        let new = shown.plan.of_sort(UpdateSort::New).map(|(_, entry)| entry.item);
        let new: Vec<Item> = new.filter(|item| matches!(item, Item::Actor(_)) && map.has(*item)).collect();
        self.selection = Selection::new(new);
        let taken = shown.plan.count_taken(&shown.choices);
        let count = |sort, word: &str| {
            let count = taken.get(&sort).copied().unwrap_or(0);
            format!("{} {word}", wording::number(count))
        };
        let words =
            [count(UpdateSort::New, "new"), count(UpdateSort::Changed, "changed"), count(UpdateSort::Gone, "removed")];
        self.toasts.say(ToastKind::Done, format!("Updated: {}", words.join(", ")));
    }
}
