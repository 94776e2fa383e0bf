//! What a person asks for: a click, a key, a menu entry. Panels and the canvas push; the window carries out.

use std::path::PathBuf;

use crate::document::Command;
use crate::model::Item;

use super::selection::Selection;

/// Something to do that is not undone by undo.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AppCommand {
    /// A change to the document; recorded, undoable.
    Change(Command),
    /// Takes the last change back.
    Undo,
    /// Does the last undone change again.
    Redo,
    /// Makes this the selection.
    Select(Selection),
    /// Adds to the selection, or takes from it what is in it already.
    ToggleSelected(Item),
    /// Brings an item into view without changing the zoom more than needed.
    Reveal(Item),
    /// Narrows the picture to the neighborhood of an actor; everything else is faded out.
    FocusNeighborhood(crate::model::ActorId),
    /// Opens a link, after its address was shown; http and https only.
    OpenLink(String),
    /// Puts text on the clipboard; the second is what the notice says was copied.
    CopyText(String, &'static str),
    /// Opens this map file.
    OpenPath(PathBuf),
    /// Runs an action as if its menu entry had been clicked.
    Run(super::command::Action),
}

/// What menus, keys and the command palette list. Carries nothing; each has a label, tooltip and shortcut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    /// Asks for a file and opens it.
    Open,
    /// Fits the selection, or all, into the canvas.
    Fit,
    /// Zooms in by one step.
    ZoomIn,
    /// Zooms out by one step.
    ZoomOut,
    /// Zooms to 100 %.
    ZoomActual,
    /// Clears the selection, or leaves a focus.
    Clear,
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
