//! Requests about the steps of the story, by index, and what the actions about steps depend on.

use crate::document::edit::StepText;

/// A request about a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StepRequest {
    /// Shows a step on the canvas.
    Show(usize),
    /// Leaves the step and shows the map as its view has it.
    Leave,
    /// Replaces a text of a step.
    SetText(usize, StepText, String),
    /// Moves a step to another index.
    Move {
        /// Its index.
        from: usize,
        /// The index it gets.
        to: usize,
    },
    /// Runs a change on a step.
    Change(usize, StepChange),
}

/// A change of a step that needs no further input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepChange {
    /// Opens the field of its title.
    Rename,
    /// Makes it show the current view.
    Retake,
    /// Adds a copy after it.
    Duplicate,
    /// Moves it one place to the front.
    MoveBack,
    /// Moves it one place to the end.
    MoveOn,
    /// Deletes it.
    Delete,
}

/// What the actions about steps depend on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each asked by its own action")]
pub(crate) struct StoryContext {
    /// The number of steps.
    pub(crate) steps: usize,
    /// The step that menu entries act on: the one with the keyboard focus, else the one that is shown.
    pub(crate) at: Option<usize>,
    /// Whether a step has the keyboard focus, so that Delete and similar keys apply to it.
    pub(crate) is_focused: bool,
    /// Whether the strip of steps is open.
    pub(crate) shows_strip: bool,
    /// Whether the map is presented.
    pub(crate) is_presenting: bool,
    /// Whether the screen is black.
    pub(crate) is_black: bool,
    /// Whether the pointer is shown as a spot.
    pub(crate) has_spot: bool,
    /// Whether the speaker window is open.
    pub(crate) has_speaker: bool,
}

impl StoryContext {
    /// Returns whether the step that menu entries act on can be moved to the front.
    pub(crate) fn can_move_back(self) -> bool {
        self.at.is_some_and(|at| at > 0)
    }

    /// Returns whether it can be moved to the end.
    pub(crate) fn can_move_on(self) -> bool {
        self.at.is_some_and(|at| at + 1 < self.steps)
    }

    /// Returns whether there are steps to move through.
    pub(crate) fn can_walk(self) -> bool {
        self.steps > 0
    }
}
