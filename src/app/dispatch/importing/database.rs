//! Reads databases: the dialog's requests, and what is made of their answers.

use std::path::Path;

use egui::Context;

use crate::app::App;
use crate::app::ask::command::JobKind;
use crate::app::ask::database::{DatabaseForm, DatabasePurpose, DatabaseRequest, MOST_ACTORS};
use crate::app::ask::question::{Dialog, PathRequest};
use crate::app::flow::databases::{AskingDatabase, DatabaseAnswer, DatabaseRows, DatabaseWork};
use crate::app::flow::importing::Importing;
use crate::app::flow::task::Task;
use crate::app::session::{AskedDatabase, Session};
use crate::app::ui::toast::ToastKind;
use crate::database::{Access, DatabaseAddress, DatabaseSource, Explored};
use crate::load::ImportFile;
use crate::model::ActorId;
use crate::wording;

impl App {
    /// Shows the dialog for a database.
    pub(crate) fn ask_for_database(&mut self, purpose: DatabasePurpose) {
        let last = self.session.asked.as_ref().map(|asked| &asked.access.address);
        let form = DatabaseForm::new(purpose, last);
        self.show_dialog(Dialog::Database(Box::new(form)));
    }

    /// Shows the dialog for a database in this file.
    pub(crate) fn ask_for_file_of_database(&mut self, purpose: DatabasePurpose, path: &Path) {
        let form = DatabaseForm::new(purpose, Some(&DatabaseAddress::Sqlite(path.to_owned())));
        self.show_dialog(Dialog::Database(Box::new(form)));
    }

    /// Asks the database of the map for the neighbors of the selected actors; shows the dialog if the map says what to ask,
    /// but the user has not.
    pub(crate) fn ask_for_neighbors(&mut self, ctx: &Context) {
        let selected: Vec<ActorId> = self.selection.actors().take(MOST_ACTORS).collect();
        let Some(request) = self.session.neighbor_request(&selected) else {
            let text = "The map does not say which columns of the database name the ends of ties";
            self.toasts.say(ToastKind::Told, text);
            return;
        };
        match self.session.access_for(&request) {
            Some(access) => {
                let work = DatabaseWork::Explore(request.exploration());
                self.start_asking(ctx, access, work, DatabasePurpose::Neighbors(request), false);
            }
            None => self.ask_for_database(DatabasePurpose::Neighbors(request)),
        }
    }

    pub(crate) fn take_database_request(&mut self, ctx: &Context, request: DatabaseRequest) {
        let (form, is_list) = match request {
            DatabaseRequest::ChooseFile => return self.ask_for_file(ctx, PathRequest::Database),
            DatabaseRequest::List(form) => (form, true),
            DatabaseRequest::Read(form) => (form, false),
        };
        let work = match &form.purpose {
            _ if is_list => Ok(DatabaseWork::List),
            DatabasePurpose::Neighbors(request) => Ok(DatabaseWork::Explore(request.exploration())),
            DatabasePurpose::Update(source) => Ok(DatabaseWork::Read(source.questions.clone())),
            DatabasePurpose::Open | DatabasePurpose::Add => form.exploration().map(|exploration| match exploration {
                Some(exploration) => DatabaseWork::Explore(exploration),
                None => DatabaseWork::Read(form.questions()),
            }),
        };
        match form.access().and_then(|access| Ok((access, work?))) {
            Ok((access, work)) => self.start_asking(ctx, access, work, form.purpose, true),
            Err(error) => self.tell_in_dialog(error),
        }
    }

    /// Asks a database again for what the map has of it; shows the dialog if the map says what to ask, but the user has
    /// not.
    pub(super) fn ask_again(&mut self, ctx: &Context, source: DatabaseSource) {
        match self.session.access_for_update(&source) {
            Some(access) => {
                let work = DatabaseWork::Read(source.questions.clone());
                self.start_asking(ctx, access, work, DatabasePurpose::Update(source), false);
            }
            None => self.ask_for_database(DatabasePurpose::Update(source)),
        }
    }

    fn start_asking(
        &mut self,
        ctx: &Context,
        access: Access,
        work: DatabaseWork,
        purpose: DatabasePurpose,
        is_in_dialog: bool,
    ) {
        let (asked, statements) = (access.clone(), work.statements());
        let task = Task::start(ctx, JobKind::Asking, "Asking the database", move |job| {
            work.run(&asked, &|done| {
                job.report(done);
                !job.is_canceled()
            })
        });
        if let Some(form) = self.modal.database_mut() {
            (form.is_asking, form.error) = (true, None);
        }
        self.asking = Some(AskingDatabase { access, purpose, statements, is_in_dialog, task });
    }

    /// Cancels the running query.
    pub(crate) fn cancel_asking(&mut self) {
        self.asking = None;
        if let Some(form) = self.modal.database_mut() {
            form.is_asking = false;
        }
    }

    /// Handles the answer of a database.
    pub(crate) fn poll_database(&mut self, ctx: &Context) {
        let Some(asking) = &self.asking else { return };
        if asking.is_in_dialog && self.modal.database_mut().is_none() {
            // Closing the dialog cancels.
            self.asking = None;
            return;
        }
        let Some(done) = self.asking.as_ref().and_then(|asking| asking.task.poll()) else { return };
        let Some(asking) = self.asking.take() else { return };
        if let Some(form) = self.modal.database_mut() {
            form.is_asking = false;
        }
        let answer: DatabaseAnswer = done.unwrap_or_else(|fault| Err(fault.to_string()));
        match answer {
            Err(error) if asking.is_in_dialog => self.tell_in_dialog(wording::capitalized(&error)),
            Err(error) => self.toasts.say(ToastKind::Failed, wording::capitalized(&error)),
            Ok(DatabaseRows::Tables(tables)) => {
                if let Some(form) = self.modal.database_mut() {
                    form.take_tables(tables);
                }
            }
            Ok(DatabaseRows::Rows(rows)) => self.take_rows(ctx, asking, rows),
            Ok(DatabaseRows::Neighbors(explored)) => self.take_explored(ctx, asking, explored),
        }
        ctx.request_repaint();
    }

    fn tell_in_dialog(&mut self, error: String) {
        if let Some(form) = self.modal.database_mut() {
            form.error = Some(error);
        }
    }

    /// Makes a map of rows, or shows what they would add to the open one.
    fn take_rows(&mut self, ctx: &Context, asking: AskingDatabase, rows: ImportFile) {
        self.modal.close_database();
        if asking.purpose == DatabasePurpose::Open {
            let session = Session::of_database(AskedDatabase::new(asking.access, asking.statements), rows);
            self.show_or_ask(ctx, session);
            return;
        }
        self.session.remember_database(asking.access, asking.statements);
        match asking.purpose {
            DatabasePurpose::Update(source) => self.take_rows_again(ctx, &source, rows),
            _ => self.add_tables(ctx, vec![rows]),
        }
    }

    /// Adds the ties of an actor to the map, or starts a map with them.
    fn take_explored(&mut self, ctx: &Context, asking: AskingDatabase, explored: Explored) {
        let left_out = left_out_words(&explored);
        match &asking.purpose {
            _ if explored.ties == 0 => {
                let text = "The database has no ties of this actor: check that its id is written as in the database";
                if asking.is_in_dialog {
                    self.tell_in_dialog(text.to_owned());
                } else {
                    self.toasts.say(ToastKind::Told, text);
                }
                return;
            }
            DatabasePurpose::Open | DatabasePurpose::Add | DatabasePurpose::Update(_) => {
                self.take_rows(ctx, asking, explored.file);
            }
            DatabasePurpose::Neighbors(request) => {
                let name = request.names.clone();
                self.take_rows(ctx, asking, explored.file);
                self.confirm_neighbors(ctx, &name);
            }
        }
        if let Some(words) = left_out {
            self.toasts.say(ToastKind::Told, words);
        }
    }

    /// Adds neighbors without a question, unless something in them had to be guessed.
    fn confirm_neighbors(&mut self, ctx: &Context, name: &str) {
        let read = self.importing.as_ref().filter(|importing| importing.task.is_none());
        let Some(report) = read.map(Importing::report) else { return };
        if report.ties == 0 && report.actors == 0 {
            self.cancel_importing(ctx);
            let text = format!("The map already has all ties of {} that are in the database", wording::visible(name));
            self.toasts.say(ToastKind::Told, text);
        } else if !report.tables.iter().flat_map(|table| &table.columns).any(|column| column.is_guess) {
            self.confirm_importing();
        }
    }
}

/// Says how many ties were left out.
fn left_out_words(explored: &Explored) -> Option<String> {
    let left_out = explored.left_out;
    let least = if left_out.has_more { "More than " } else { "" };
    let ties = wording::counted(left_out.ties, "further tie", "further ties");
    let all = wording::number(explored.ties);
    (left_out.ties > 0).then(|| format!("{least}{ties} left out: at most {all} are read at once"))
}
