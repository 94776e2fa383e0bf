//! What the window asks a person, and the answers.

use std::path::PathBuf;

use crate::load;
use crate::publish::Format;
use crate::save::IfChanged;

use crate::app::ask::picture_order::PictureOrder;

/// What a file dialog is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileQuestion {
    /// Which map to open.
    Open,
    /// Where to save the map.
    SaveMap,
    /// Where to write the picture, in this format.
    SavePicture(Format),
    /// Where to write the screenshot.
    SaveScreenshot,
}

impl FileQuestion {
    /// The title of the dialog.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Open => "Open a map",
            Self::SaveMap => "Save the map",
            Self::SavePicture(_) => "Save the picture",
            Self::SaveScreenshot => "Save a screenshot",
        }
    }

    /// Kinds of files that it offers: a name with endings.
    #[must_use]
    pub fn kinds(&self) -> Vec<(&'static str, Vec<&'static str>)> {
        let kind = match self {
            Self::Open => ("Tieline map", load::readable_endings()),
            Self::SaveMap => ("Tieline map", vec!["jsonc", "json"]),
            Self::SavePicture(Format::Png) | Self::SaveScreenshot => ("PNG picture", vec!["png"]),
            Self::SavePicture(Format::Svg) => ("SVG picture", vec!["svg"]),
            Self::SavePicture(Format::Pdf) => ("PDF document", vec!["pdf"]),
            Self::SavePicture(Format::Html) => ("HTML page", vec!["html"]),
        };
        vec![kind]
    }

    /// Whether it asks for a file that is there already.
    #[must_use]
    pub fn is_for_reading(&self) -> bool {
        matches!(self, Self::Open)
    }
}

/// What goes on once an unsaved map was saved or given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The window closes.
    Quit,
    /// This file is opened.
    Open(PathBuf),
    /// The sample map is opened.
    OpenSample,
    /// What was offered after a crash is recovered.
    Recover,
}

/// A path that is asked for, with what it is needed for.
#[derive(Clone, Debug)]
pub(crate) enum PathRequest {
    /// Opens the map.
    Open,
    /// Saves the map, then goes on.
    SaveMap { then: Option<Next> },
    /// Writes this picture.
    SavePicture(Box<PictureOrder>),
    /// Writes the screenshot.
    SaveScreenshot,
}

impl PathRequest {
    /// Returns the question that a file dialog shows.
    pub(crate) fn question(&self) -> FileQuestion {
        match self {
            Self::Open => FileQuestion::Open,
            Self::SaveMap { .. } => FileQuestion::SaveMap,
            Self::SavePicture(order) => FileQuestion::SavePicture(order.format),
            Self::SaveScreenshot => FileQuestion::SaveScreenshot,
        }
    }

    /// Returns the follow-up action that waits for the path.
    pub(crate) fn then(&self) -> Option<&Next> {
        if let Self::SaveMap { then } = self { then.as_ref() } else { None }
    }
}

/// A save of the open map to a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SaveRequest {
    /// The file.
    pub(crate) path: PathBuf,
    /// What to do if the file changed since it was read.
    pub(crate) if_changed: IfChanged,
    /// The follow-up action once the map is saved; canceled with the save.
    pub(crate) then: Option<Next>,
}

/// A question or message in front of the window. Closing it without an answer cancels its follow-up action.
#[derive(Clone, Debug)]
pub(crate) enum Dialog {
    /// Something to read.
    Message {
        /// Its heading.
        title: String,
        /// What happened, and what to do about it.
        text: String,
    },
    /// Asks for a path where no file dialog can be shown, or where a person likes to type.
    Path {
        /// What for.
        request: PathRequest,
        /// Why there is no file dialog.
        why: Option<String>,
        /// What is typed.
        text: String,
    },
    /// Asks what to do with unsaved changes.
    Unsaved(Next),
    /// Asks what to do with changes that a crash left behind.
    Recover(RecoverQuestion),
    /// Asks what to do when the file changed since it was read.
    ChangedOnDisk {
        /// The follow-up action once the map is saved.
        then: Option<Next>,
    },
    /// Asks before something of a file is lost by saving.
    Losing {
        /// The save that waits for the answer.
        save: SaveRequest,
        /// What can't be kept.
        losses: Vec<String>,
    },
    /// Shows an address before it is opened.
    Link(String),
    /// The keys.
    Keys,
    /// What this program is.
    About,
}

impl Dialog {
    /// Returns the follow-up action that waits for the answer.
    pub(crate) fn then(&self) -> Option<&Next> {
        match self {
            Self::Unsaved(next) => Some(next),
            Self::Path { request, .. } => request.then(),
            Self::ChangedOnDisk { then } => then.as_ref(),
            Self::Losing { save, .. } => save.then.as_ref(),
            _ => None,
        }
    }

    /// Whether the answer applies to the map that is open now and to no other.
    pub(crate) fn is_about_open_map(&self) -> bool {
        match self {
            Self::Unsaved(_) | Self::ChangedOnDisk { .. } | Self::Losing { .. } => true,
            Self::Path { request, .. } => matches!(request, PathRequest::SaveMap { .. }),
            _ => false,
        }
    }
}

/// Changes that a crash left behind, as they are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecoverQuestion {
    /// The heading.
    pub(crate) title: &'static str,
    /// Which file, since when and what, in paragraphs.
    pub(crate) text: Vec<String>,
    /// Whether there is a map to put them onto.
    pub(crate) can_recover: bool,
}

/// What becomes of such changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecoverAnswer {
    /// They are put onto the map.
    Recover,
    /// They are thrown away.
    Discard,
    /// They stay, and are offered again.
    NotNow,
}

/// What a person answered.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// A path.
    Path(PathRequest, PathBuf),
    /// Save, then go on.
    SaveAnd(Next),
    /// Give the changes up and go on.
    DiscardAnd(Next),
    /// What to do with changes that a crash left behind.
    Recover(RecoverAnswer),
    /// Save although the file changed on disk.
    Overwrite(Option<Next>),
    /// Save although something of the file can't be kept.
    SaveLosing(SaveRequest),
    /// Open the link.
    Open(String),
}

/// What a person wants of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExportAnswer {
    /// A file.
    Save,
    /// The picture on the clipboard.
    Copy,
    /// Nothing.
    Cancel,
}
