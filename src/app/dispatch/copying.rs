//! Saves copies of the map for other programs.

use std::path::{Path, PathBuf};

use egui::Context;

use crate::export_data::{DATA_FORMATS, DataContent, DataFormat, Loss, format_of_word, losses};
use crate::wording::joined_and;

use crate::app::App;
use crate::app::ask::command::JobKind;
use crate::app::ask::question::{CopyQuestion, Dialog};
use crate::app::flow::copying::write_copy;
use crate::app::flow::task::Task;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Asks for the format of a copy.
    pub(crate) fn open_copy(&mut self) {
        let content = DataContent::new(&self.session.document);
        let verdict = |format: &DataFormat| match format.check(&content) {
            Ok(()) => Ok(losses(&content, format).iter().map(Loss::text).collect()),
            Err(error) => Err(error.to_string()),
        };
        let verdicts = DATA_FORMATS.iter().map(verdict).collect();
        self.show_dialog(Dialog::SaveCopy(CopyQuestion { chosen: 0, verdicts }));
    }

    /// Writes a copy to the chosen path.
    pub(crate) fn save_copy(&mut self, ctx: &Context, path: PathBuf, word: &'static str) {
        let Some(format) = format_of_word(word) else { return };
        let content = DataContent::new(&self.session.document);
        let imported = self.session.document.origin.imported_files().map(Path::to_owned);
        let inputs: Vec<PathBuf> = self.session.path().map(Path::to_owned).into_iter().chain(imported).collect();
        let task = Task::start(ctx, JobKind::Copy, "Writing the copy", move |job| {
            write_copy(&content, format, &path, &inputs, job)
        });
        self.copy = Some(task);
    }

    /// Cancels the copy, unless its file is already being written.
    pub(crate) fn cancel_copy(&mut self) {
        self.copy = self.copy.take().filter(|task| !task.cancel());
    }

    /// Handles a finished copy.
    pub(crate) fn poll_copy(&mut self) {
        let Some(made) = self.copy.as_ref().and_then(Task::poll) else { return };
        self.copy = None;
        match made.map_err(anyhow::Error::from).flatten() {
            Ok(saved) => {
                let names: Vec<String> = saved.paths.iter().map(|path| path.display().to_string()).collect();
                let lost = saved.lost.map(|lost| format!("; not in it: {lost}")).unwrap_or_default();
                self.toasts.say(ToastKind::Done, format!("Saved {}{lost}", joined_and(&names)));
            }
            Err(error) => self.toasts.say(ToastKind::Failed, format!("The copy was not saved: {error:#}")),
        }
    }
}
