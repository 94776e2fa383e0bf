//! The questions that the window asks, and their answers.

use std::borrow::Cow;
use std::path::PathBuf;

use crate::export_data::format_of_word;
use crate::load;
use crate::publish::Format;
use crate::save::IfChanged;
use crate::wording;

use crate::app::ask::action::Action;
use crate::app::ask::database::{DatabaseForm, DatabasePurpose};
use crate::app::ask::picture_order::PictureOrder;

/// The purpose of a file dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileQuestion {
    /// Choose the map to open.
    Open,
    /// Choose the table to add to the open map.
    AddTable,
    /// Choose the file of a database.
    Database,
    /// Find a table of this name that the map was made of.
    SourceFile(String),
    /// Choose where to save the map.
    SaveMap,
    /// Choose where to write the picture in this format.
    SavePicture(Format),
    /// Choose where to write the screenshot.
    SaveScreenshot,
    /// Choose where to write a copy in this format.
    SaveCopy(&'static str),
}

impl FileQuestion {
    /// Returns the title of the dialog.
    #[must_use]
    pub fn title(&self) -> Cow<'static, str> {
        let title = match self {
            Self::SourceFile(name) => return format!("Where is {}?", wording::visible(name)).into(),
            Self::Open => "Open a map",
            Self::AddTable => "Add a table to the map",
            Self::Database => "Choose a database",
            Self::SaveMap => "Save the map",
            Self::SavePicture(_) => "Save the picture",
            Self::SaveScreenshot => "Save a screenshot",
            Self::SaveCopy(_) => "Save a copy",
        };
        title.into()
    }

    /// Returns the offered file types: a name with its extensions.
    #[must_use]
    pub fn kinds(&self) -> Vec<(&'static str, Vec<&'static str>)> {
        let kind = match self {
            Self::Open => ("Maps and tables", load::readable_endings()),
            Self::SourceFile(_) => ("Tables and graphs", load::readable_endings()),
            Self::AddTable => ("Tables", load::table_endings()),
            Self::Database => ("SQLite databases", vec!["db", "sqlite", "sqlite3", "db3"]),
            Self::SaveMap => ("Tieline map", vec!["jsonc", "json"]),
            Self::SavePicture(Format::Png) | Self::SaveScreenshot => ("PNG picture", vec!["png"]),
            Self::SavePicture(Format::Svg) => ("SVG picture", vec!["svg"]),
            Self::SavePicture(Format::Pdf) => ("PDF document", vec!["pdf"]),
            Self::SavePicture(Format::Html) => ("HTML page", vec!["html"]),
            Self::SavePicture(Format::Pptx) => ("PowerPoint slides", vec!["pptx"]),
            Self::SavePicture(Format::Gif) => ("GIF picture", vec!["gif"]),
            Self::SavePicture(Format::Apng) => ("APNG picture", vec!["apng"]),
            Self::SaveCopy(word) => match format_of_word(word) {
                // File dialogs can't filter by extensions that contain a dot.
                Some(format) => (format.name, vec![format.last_ending()]),
                None => ("All files", vec!["*"]),
            },
        };
        vec![kind]
    }

    /// Returns whether the dialog asks for an existing file.
    #[must_use]
    pub fn is_for_reading(&self) -> bool {
        matches!(self, Self::Open | Self::AddTable | Self::Database | Self::SourceFile(_))
    }
}

/// The step that follows once an unsaved map is saved or discarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Close the window.
    Quit,
    /// Show the map that has already been read.
    ShowOpened,
}

/// A request for a path, with its purpose.
#[derive(Clone, Debug)]
pub(crate) enum PathRequest {
    /// Opens the map.
    Open,
    /// Adds the table to the open map.
    AddTable,
    /// Names the file in the dialog for databases.
    Database,
    /// Updates the open map from the table of this name.
    SourceFile(String),
    /// Saves the map, then runs the follow-up action.
    SaveMap { then: Option<Next> },
    /// Writes this picture.
    SavePicture(Box<PictureOrder>),
    /// Writes the screenshot.
    SaveScreenshot,
    /// Writes a copy of the open map in the format with this word.
    SaveCopy(&'static str),
}

impl PathRequest {
    /// Returns the question that a file dialog shows.
    pub(crate) fn question(&self) -> FileQuestion {
        match self {
            Self::Open => FileQuestion::Open,
            Self::AddTable => FileQuestion::AddTable,
            Self::Database => FileQuestion::Database,
            Self::SourceFile(name) => FileQuestion::SourceFile(name.clone()),
            Self::SaveMap { .. } => FileQuestion::SaveMap,
            Self::SavePicture(order) => FileQuestion::SavePicture(order.format),
            Self::SaveScreenshot => FileQuestion::SaveScreenshot,
            Self::SaveCopy(word) => FileQuestion::SaveCopy(word),
        }
    }

    /// Returns whether the path is for the map that is open now.
    pub(crate) fn is_about_open_map(&self) -> bool {
        matches!(self, Self::SaveMap { .. } | Self::SaveCopy(_) | Self::SourceFile(_))
    }

    /// Returns the follow-up action that waits for the path.
    pub(crate) fn then(&self) -> Option<Next> {
        if let Self::SaveMap { then } = self { *then } else { None }
    }
}

/// A save of the open map to a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SaveRequest {
    pub(crate) path: PathBuf,
    /// The action if the file changed since it was read.
    pub(crate) if_changed: IfChanged,
    /// The follow-up action once the map is saved; canceled with the save.
    pub(crate) then: Option<Next>,
}

/// A question or message in front of the window. Closing it without an answer cancels its follow-up action.
#[derive(Clone, Debug)]
pub(crate) enum Dialog {
    /// A message to read.
    Message {
        title: String,
        /// Description of the event and the remedy.
        text: String,
    },
    /// Asks for a path, either by choice or where no file dialog is available.
    Path {
        /// The purpose of the path.
        request: PathRequest,
        /// The reason why there is no file dialog.
        why: Option<String>,
        /// The text typed so far.
        text: String,
    },
    /// Asks what to do with unsaved changes.
    Unsaved(Next, UnsavedWork),
    /// Asks what to do with a map that was never saved.
    NeverSaved(Next, UnsavedWork),
    /// Asks whether typed texts that are not in the map may be lost.
    LosesTyped(Next, UnsavedWork),
    /// Asks what to do with changes left behind by a crash.
    Recover(RecoverQuestion),
    /// Asks what to do if the file was changed since it was read.
    ChangedOnDisk {
        /// The follow-up action once the map is saved.
        then: Option<Next>,
    },
    /// Asks for confirmation before saving loses part of a file.
    Losing {
        /// The save that waits for the answer.
        save: SaveRequest,
        /// The parts that can't be kept.
        losses: Vec<String>,
    },
    /// Asks for the format of a copy, and says what each can't hold.
    SaveCopy(CopyQuestion),
    /// Asks for a database and what to read of it.
    Database(Box<DatabaseForm>),
    /// Asks whether dropped tables become a map of their own or are added to the open one.
    OpenOrAdd(Vec<PathBuf>),
    /// Shows an address before it is opened.
    Link(String),
    /// Lists the keyboard shortcuts.
    Keys(KeysFilter),
    /// Shows a page of help.
    Help(Action),
    /// Shows the version and licenses.
    About,
}

impl Dialog {
    /// Returns the follow-up action that waits for the answer.
    pub(crate) fn then(&self) -> Option<Next> {
        match self {
            Self::Unsaved(next, _) | Self::NeverSaved(next, _) | Self::LosesTyped(next, _) => Some(*next),
            Self::Path { request, .. } => request.then(),
            Self::ChangedOnDisk { then } => *then,
            Self::Losing { save, .. } => save.then,
            _ => None,
        }
    }

    /// Returns whether the answer applies only to the map that is open now.
    pub(crate) fn is_about_open_map(&self) -> bool {
        match self {
            Self::Unsaved(..)
            | Self::NeverSaved(..)
            | Self::LosesTyped(..)
            | Self::ChangedOnDisk { .. }
            | Self::Losing { .. }
            | Self::SaveCopy(_)
            | Self::OpenOrAdd(_) => true,
            Self::Path { request, .. } => request.is_about_open_map(),
            Self::Database(form) => form.purpose != DatabasePurpose::Open,
            _ => false,
        }
    }
}

/// What would be lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UnsavedWork {
    /// What differs from the file: "2 actors changed, 1 tie changed".
    pub(crate) words: String,
    /// The number of typed texts that are in no file: they can't be read, or their form is open.
    pub(crate) typed: usize,
    /// Whether it can be kept outside of the file until the next start.
    pub(crate) can_keep: bool,
}

/// The choice of a format for a copy of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CopyQuestion {
    /// The index of the chosen format.
    pub(crate) chosen: usize,
    /// For each format what it can't hold of this map, or why it can't be written at all.
    pub(crate) verdicts: Vec<Result<Vec<String>, String>>,
}

/// The filter of the list of keyboard shortcuts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeysFilter {
    /// The text typed so far.
    pub(crate) text: String,
    /// Whether the list has been drawn; when it opens, the field gets the focus.
    pub(crate) has_opened: bool,
}

/// The offer to recover changes left behind by a crash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecoverQuestion {
    pub(crate) title: &'static str,
    /// The file, the time and the changes, in paragraphs.
    pub(crate) text: Vec<String>,
    /// Whether there is a map to apply the changes to.
    pub(crate) can_recover: bool,
}

/// The answer to [`RecoverQuestion`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecoverAnswer {
    /// Apply the changes to the map.
    Recover,
    /// Delete the changes.
    Discard,
    /// Keep the changes and offer them again later.
    NotNow,
}

/// The answer to a [`Dialog`].
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Use the path.
    Path(PathRequest, PathBuf),
    /// Save, then continue.
    SaveAnd(Next),
    /// Discard the changes and continue.
    DiscardAnd(Next),
    /// Closes the window; the next start offers the unsaved changes again.
    KeepAndQuit,
    /// Handle the changes left behind by a crash.
    Recover(RecoverAnswer),
    /// Save although the file was changed on disk.
    Overwrite(Option<Next>),
    /// Save although part of the file can't be kept.
    SaveLosing(SaveRequest),
    /// Ask where to write a copy in the format with this word.
    SaveCopy(&'static str),
    /// Open the link.
    Open(String),
    /// Make a map of these tables.
    OpenTables(Vec<PathBuf>),
    /// Add these tables to the open map.
    AddTables(Vec<PathBuf>),
}

/// The answer given in the export dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportAnswer {
    /// Save the picture to a file.
    Save,
    /// Copy the picture to the clipboard.
    Copy,
    Cancel,
}
