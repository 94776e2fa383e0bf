//! The system's file dialogs, through rfd, with a check whether they are available.
//!
//! rfd doesn't distinguish a canceled dialog from a missing one, so availability is checked first.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use crate::app::ask::question::FileQuestion;
use crate::app::platform::FileDialogs;

/// The system's dialogs; their availability is checked once, on first use.
#[derive(Default)]
pub(crate) struct SystemDialogs {
    looked: OnceCell<Option<String>>,
}

impl FileDialogs for SystemDialogs {
    fn missing(&mut self) -> Option<String> {
        self.looked.get_or_init(why_no_dialog).clone()
    }

    fn ask(
        &mut self,
        question: &FileQuestion,
        suggestion: Option<PathBuf>,
        wake: Box<dyn Fn() + Send>,
    ) -> Receiver<Vec<PathBuf>> {
        let (sender, receiver) = channel();
        let dialog = dialog(question, suggestion);
        let is_for_reading = question.is_for_reading();
        let ask = move || {
            let answer = if is_for_reading { dialog.pick_files() } else { dialog.save_file().map(|path| vec![path]) };
            let answer = answer.unwrap_or_default();
            // The receiver is dropped if the window was closed meanwhile.
            let _ = sender.send(answer);
            wake();
        };
        if cfg!(target_os = "macos") {
            // AppKit shows dialogs on the main thread only.
            ask();
        } else {
            std::thread::spawn(ask);
        }
        receiver
    }
}

fn dialog(question: &FileQuestion, suggestion: Option<PathBuf>) -> rfd::FileDialog {
    let mut dialog = rfd::FileDialog::new().set_title(question.title());
    for (name, endings) in question.kinds() {
        dialog = dialog.add_filter(name, &endings);
    }
    if question.is_for_reading() {
        dialog = dialog.add_filter("All files", &["*"]);
    }
    let Some(suggestion) = suggestion else { return dialog };
    if let Some(folder) = suggestion.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    match suggestion.file_name().filter(|_| !question.is_for_reading()) {
        Some(name) => dialog.set_file_name(name.to_string_lossy()),
        None => dialog,
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn why_no_dialog() -> Option<String> {
    None
}

#[cfg(all(unix, not(target_os = "macos")))]
fn why_no_dialog() -> Option<String> {
    if is_on_path("zenity") || has_portal() {
        return None;
    }
    Some(
        "This system has neither a desktop portal nor zenity, so no file dialog can be shown. Type or paste the path."
            .to_owned(),
    )
}

#[cfg(all(unix, not(target_os = "macos")))]
fn is_on_path(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Returns whether a file chooser portal is available on the session bus or can be activated there.
#[cfg(all(unix, not(target_os = "macos")))]
fn has_portal() -> bool {
    if std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_none() && !has_default_bus() {
        return false;
    }
    let folders = std::env::var("XDG_DATA_DIRS").unwrap_or_else(|_| "/usr/local/share:/usr/share".to_owned());
    let services = std::env::split_paths(&folders).map(|folder| folder.join("dbus-1/services"));
    services.into_iter().any(|folder| folder.join("org.freedesktop.portal.Desktop.service").is_file())
}

#[cfg(all(unix, not(target_os = "macos")))]
fn has_default_bus() -> bool {
    std::env::var_os("XDG_RUNTIME_DIR").is_some_and(|folder| PathBuf::from(folder).join("bus").exists())
}
