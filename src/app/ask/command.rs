//! What a person asks for: a click, a key, a menu entry. Panels and the canvas push; the window carries out.

use std::path::PathBuf;

use crate::document::Command;
use crate::model::Item;

pub(crate) use crate::app::ask::action::Action;
use crate::app::ask::question::{Answer, ExportAnswer};
use crate::app::ask::selection::Selection;

/// Something to do that is not undone by undo.
#[derive(Clone, Debug)]
pub(crate) enum AppCommand {
    /// A change to the document; recorded, undoable.
    Change(Command),
    /// Makes this the selection.
    Select(Selection),
    /// Adds to the selection, or takes from it what is in it already.
    ToggleSelected(Item),
    /// Brings an item into view without changing the zoom more than needed.
    Reveal(Item),
    /// Narrows the picture to the neighborhood of an actor; everything else is faded out.
    FocusNeighborhood(crate::model::ActorId),
    /// Begins a note at this point of the world, or near it where there is room.
    AddNoteNear(egui::Pos2),
    /// The note that is being written is done.
    FinishNote,
    /// Opens a link, after its address was shown; http and https only.
    OpenLink(String),
    /// Puts text on the clipboard; the second is what the notice says was copied.
    CopyText(String, &'static str),
    /// Opens this map file.
    OpenPath(PathBuf),
    /// Takes a file from the recent ones.
    ForgetRecent(PathBuf),
    /// Gives up what is being worked on.
    Cancel(JobKind),
    /// What a person answered in a dialog.
    Answer(Answer),
    /// What a person wants of the export dialog.
    Export(ExportAnswer),
    /// Runs an action as if its menu entry had been clicked.
    Run(Action),
}

/// What the window does on a thread of its own; one job of each at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobKind {
    /// A map file is read.
    Opening,
    /// The map is saved.
    Saving,
    /// Places are looked for.
    Layout,
    /// A picture is made.
    Picture,
}

/// The queue between what is drawn and what is done.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    queue: Vec<AppCommand>,
}

impl Commands {
    /// Adds a request; it is carried out before the next frame is drawn.
    pub(crate) fn push(&mut self, command: AppCommand) {
        self.queue.push(command);
    }

    /// Whether nothing was asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Takes all requests, in the order in which they came.
    pub(crate) fn take(&mut self) -> Vec<AppCommand> {
        std::mem::take(&mut self.queue)
    }
}
