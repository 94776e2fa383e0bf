//! The menu of recent files. Missing files are marked and can be removed from the list.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use egui::{Id, RichText, Ui};

use crate::app::ask::command::{AppCommand, Commands};

/// How long drawing waits for the disk before files are shown unchecked; a network drive may take minutes.
const PATIENCE: Duration = Duration::from_millis(50);

/// The results of checking the files while the menu is open.
#[derive(Default)]
struct Looked {
    /// The frame in which the menu was last drawn.
    frame: u64,
    missing: BTreeSet<PathBuf>,
    answers: Option<Receiver<PathBuf>>,
}

impl Looked {
    /// Checks the files again when the menu opens, and collects the results.
    fn refresh(&mut self, ui: &Ui, files: &[PathBuf]) {
        let frame = ui.ctx().cumulative_frame_nr();
        let is_open_already = self.frame == frame || self.frame + 1 == frame;
        self.frame = frame;
        if !is_open_already {
            self.missing.clear();
            self.answers = Some(look_for(ui, files));
        }
        let wait = if is_open_already { Duration::ZERO } else { PATIENCE };
        let Some(answers) = &self.answers else { return };
        while let Ok(path) = answers.recv_timeout(wait) {
            self.missing.insert(path);
        }
    }
}

/// Starts a thread that checks the files and sends those that are missing.
fn look_for(ui: &Ui, files: &[PathBuf]) -> Receiver<PathBuf> {
    let (sender, receiver) = channel();
    let (files, wake) = (files.to_vec(), ui.ctx().clone());
    std::thread::spawn(move || {
        for path in files.into_iter().filter(|path| !path.exists()) {
            if sender.send(path).is_err() {
                return;
            }
        }
        drop(sender);
        wake.request_repaint();
    });
    receiver
}

/// Draws the recent files, newest first.
pub(crate) fn recent_ui(ui: &mut Ui, files: &[PathBuf], commands: &mut Commands) {
    let looked: Arc<Mutex<Looked>> = ui.data_mut(|data| Arc::clone(data.get_temp_mut_or_default(Id::new("recent"))));
    let mut looked = looked.lock().unwrap_or_else(PoisonError::into_inner);
    looked.refresh(ui, files);
    for path in files {
        file_ui(ui, path, looked.missing.contains(path), commands);
    }
}

fn file_ui(ui: &mut Ui, path: &Path, is_missing: bool, commands: &mut Commands) {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    let name = crate::wording::visible(&name).into_owned();
    if !is_missing {
        if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
            commands.push(AppCommand::OpenPath(path.to_owned()));
        }
        return;
    }
    ui.horizontal(|ui| {
        // It may be back, for example on a drive that was plugged in again.
        let button = ui.button(RichText::new(format!("{name} (missing)")).weak());
        if button.on_hover_text(format!("{} is not there", path.display())).clicked() {
            commands.push(AppCommand::OpenPath(path.to_owned()));
        }
        let words = format!("Remove {name} from the list");
        let remove = ui.small_button("Remove");
        remove.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &words));
        if remove.clicked() {
            commands.push(AppCommand::ForgetRecent(path.to_owned()));
        }
    });
}
