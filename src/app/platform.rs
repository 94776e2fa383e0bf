//! The services of the operating system: opening links, file dialogs, the clipboard, and folders for settings and
//! recovery files.
//!
//! They are traits, so that tests can replace them.

mod browser;
mod clipboard;
mod file_dialog;

use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::app::ask::question::FileQuestion;

/// Opens links in the user's browser.
pub trait Opener {
    /// Opens an address accepted by [`crate::wording::is_openable`].
    ///
    /// # Errors
    ///
    /// Fails with an explanation if the browser can't be started.
    fn open(&mut self, url: &str) -> Result<(), String>;
}

/// Shows file dialogs.
pub trait FileDialogs {
    /// Returns why no dialog can be shown, or `None` if one can.
    fn missing(&mut self) -> Option<String>;

    /// Shows a dialog with a suggested name. The receiver gets the chosen path, or several files to read; none if the
    /// dialog was canceled. `wake` is called when it does.
    fn ask(
        &mut self,
        question: &FileQuestion,
        suggestion: Option<PathBuf>,
        wake: Box<dyn Fn() + Send>,
    ) -> Receiver<Vec<PathBuf>>;
}

/// A picture to copy, in all its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedPicture {
    /// For programs that take bitmaps.
    pub png: Vec<u8>,
    /// For programs that take vector graphics.
    pub svg: Vec<u8>,
    /// For programs that take text with pictures: the picture and its sources.
    pub html: String,
}

/// Puts pictures on the clipboard in several forms at once.
pub trait Clipboard {
    /// Puts all forms on the clipboard; the program that pastes chooses one.
    ///
    /// # Errors
    ///
    /// Fails if the system supports only one form; the clipboard is then unchanged.
    fn copy_picture(&mut self, picture: &CopiedPicture) -> Result<(), String>;
}

/// The services and folders provided by the operating system.
pub struct Platform {
    /// Opens links.
    pub opener: Box<dyn Opener>,
    /// Asks for files.
    pub dialogs: Box<dyn FileDialogs>,
    /// Copies pictures.
    pub clipboard: Box<dyn Clipboard>,
    /// Folder of the settings, or `None` to store none.
    pub config_folder: Option<PathBuf>,
    /// Folder of the recovery files, or `None` to store none.
    pub data_folder: Option<PathBuf>,
    /// The maximum delay between a change and writing it to the recovery file.
    pub kept_after: Duration,
}

impl Platform {
    /// Returns the services of the actual system.
    #[must_use]
    pub fn system() -> Self {
        Self {
            opener: Box::new(browser::Browser),
            dialogs: Box::new(file_dialog::SystemDialogs::default()),
            clipboard: Box::new(clipboard::SystemClipboard::default()),
            config_folder: dirs::config_dir().map(|folder| folder.join("tieline")),
            data_folder: dirs::data_dir().map(|folder| folder.join("tieline")),
            kept_after: crate::recovery::WRITE_DELAY,
        }
    }
}
