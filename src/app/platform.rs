//! What the window asks of the system: opening links, asking for files, a folder for its settings.
//!
//! Traits, so that tests can look on without a browser or a dialog.

mod browser;
mod file_dialog;

use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::app::ask::question::FileQuestion;

/// Opens a link in the person's browser.
pub trait Opener {
    /// Opens an address that [`crate::wording::is_openable`] has let through.
    ///
    /// # Errors
    ///
    /// When the browser can't be started; the text says why.
    fn open(&mut self, url: &str) -> Result<(), String>;
}

/// Asks a person for a file.
pub trait FileDialogs {
    /// Why no dialog can be shown; none if one can.
    fn missing(&mut self) -> Option<String>;

    /// Shows a dialog with a suggested name. The answer comes later, none when it was canceled; `wake` is
    /// called when it is there.
    fn ask(
        &mut self,
        question: &FileQuestion,
        suggestion: Option<PathBuf>,
        wake: Box<dyn Fn() + Send>,
    ) -> Receiver<Option<PathBuf>>;
}

/// All that the window asks of the system.
pub struct Platform {
    /// Opens links.
    pub opener: Box<dyn Opener>,
    /// Asks for files.
    pub dialogs: Box<dyn FileDialogs>,
    /// Where settings are kept; none to keep none.
    pub config_folder: Option<PathBuf>,
    /// Where unsaved work is kept for after a crash; none to keep none.
    pub data_folder: Option<PathBuf>,
    /// How long after a change it is kept there, at most.
    pub kept_after: Duration,
}

impl Platform {
    /// The real ones.
    #[must_use]
    pub fn system() -> Self {
        Self {
            opener: Box::new(browser::Browser),
            dialogs: Box::new(file_dialog::SystemDialogs::default()),
            config_folder: dirs::config_dir().map(|folder| folder.join("tieline")),
            data_folder: dirs::data_dir().map(|folder| folder.join("tieline")),
            kept_after: crate::recovery::WRITTEN_AFTER,
        }
    }
}
