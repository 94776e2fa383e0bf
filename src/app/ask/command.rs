//! User requests from clicks, keys and menu entries. Panels and the canvas push them; the window executes them.

use std::path::PathBuf;

use crate::document::edit::{KindRef, KindValue, OldProof};
use crate::document::{Command, MergeSide, NeighborChoice, Series};
use crate::load::ImportOptions;
use crate::model::{ActorId, Item, Pair, SourceId, TieId};

pub(crate) use crate::app::ask::action::Action;
use crate::app::ask::database::DatabaseRequest;
use crate::app::ask::form::{FormRequest, TieEnd};
use crate::app::ask::question::{Answer, ExportAnswer};
use crate::app::ask::selection::Selection;
use crate::app::ask::story::StepRequest;

/// A request to the window. Only [`AppCommand::Change`] goes through the undo history.
#[derive(Clone, Debug)]
pub(crate) enum AppCommand {
    /// Applies an undoable change to the document.
    Change(Command),
    /// Applies a change that is one undo step with those of the same series right before it.
    ChangeInSeries(Command, Series),
    /// Replaces the selection.
    Select(Selection),
    /// Adds the item to the selection, or removes it if it is already selected.
    ToggleSelected(Item),
    /// Brings an item into view, zooming no more than needed.
    Reveal(Item),
    /// Brings a search hit into view, or offers to show it if it is hidden.
    RevealFound(Item),
    /// Focuses on the neighborhood of an actor; everything else is faded out.
    FocusNeighborhood(ActorId),
    /// Shows an actor and its neighbors alone.
    StartFrom(ActorId),
    /// Brings neighbors of actors into the explored part, at most this many.
    BringIn(Vec<ActorId>, NeighborChoice, usize),
    /// Brings an area of a large map into view, by its index in the overview.
    ShowArea(u32),
    /// Hides the offer to start from an actor.
    DeclineStart,
    /// Names a new actor at this world position.
    NameActor(egui::Pos2),
    /// Handles a request about a form.
    Form(FormRequest),
    /// Gives a tie another actor at one end.
    MoveEnd(TieId, TieEnd, ActorId),
    /// Cites a source that was dropped on a tie.
    CiteDropped(SourceId, TieId),
    /// Handles a request about kinds.
    Kind(KindRequest),
    /// Handles the answer to a question about evidence.
    Proof(ProofRequest),
    /// Remembers that two actors are not the same.
    MarkDistinct(Pair),
    /// Handles a request about differences from the file.
    Compare(CompareRequest),
    /// Handles a request about the steps of the story.
    Step(StepRequest),
    /// Commits the note being written, as every other command does too.
    FinishNote,
    /// Opens an http or https link, once its address is confirmed.
    OpenLink(String),
    /// Copies text to the clipboard; the second field names it in the notice.
    CopyText(String, &'static str),
    OpenPath(PathBuf),
    /// Removes a file from the recent files.
    ForgetRecent(PathBuf),
    /// Cancels the running job of this kind.
    Cancel(JobKind),
    /// Handles the answer given in a dialog.
    Answer(Answer),
    /// Handles what the import panel asks for.
    Import(ImportRequest),
    /// Handles a request of the database dialog.
    Database(DatabaseRequest),
    /// Handles a request of the update panel.
    Update(UpdateRequest),
    /// Adds copied rows of a table to the open map.
    AddRows(String),
    /// Handles the answer given in the export dialog.
    Export(ExportAnswer),
    /// Runs an action as its menu entry does.
    Run(Action),
    /// Runs an action on these records instead of the selected ones.
    RunOn(Selection, Action),
}

/// A change of the vocabulary.
#[derive(Clone, Debug)]
pub(crate) enum KindRequest {
    /// Changes a value of a kind.
    Set(KindRef, KindValue),
    /// Adds a kind with this label.
    Add { label: String, is_of_ties: bool },
    /// Takes a kind out of the vocabulary.
    Remove(KindRef),
}

/// The answer to a question about evidence that was cited for a value which has changed since.
#[derive(Clone, Debug)]
pub(crate) enum ProofRequest {
    /// It is cited for the new value, too.
    Keep(OldProof),
    /// It is no longer cited for this value.
    Unlink(OldProof),
}

/// A request about what was changed both here and in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CompareRequest {
    /// Chooses a side of a difference, by its index.
    Choose(usize, MergeSide),
    /// Chooses a side of all differences that have it.
    ChooseAll(MergeSide),
    /// Makes the edit that was chosen.
    Apply,
    /// Closes the panel; what was chosen stays chosen.
    Close,
}

/// A request of the import panel.
#[derive(Clone, Debug)]
pub(crate) enum ImportRequest {
    /// Imports again with these options.
    Change(Box<ImportOptions>),
    /// Keeps what is shown, and closes the panel.
    Confirm,
    /// Takes back what would be added, and closes the panel.
    Cancel,
}

/// A request of the panel that shows what an update would do.
#[derive(Clone, Debug)]
pub(crate) enum UpdateRequest {
    /// Takes these entries, or leaves them out.
    Take(Vec<usize>, bool),
    /// Takes what the table says in a field of an entry that was corrected by hand, or keeps the correction.
    TakeTheirs(usize, String, bool),
    /// Makes the changes, and closes the panel.
    Confirm,
    /// Closes the panel.
    Cancel,
}

/// The kind of a background job; at most one job of each kind runs at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobKind {
    /// Reading a map file.
    Opening,
    /// Importing tables.
    Importing,
    /// Asking a database.
    Asking,
    /// Saving the map.
    Saving,
    /// Computing a layout.
    Layout,
    /// Creating a picture.
    Picture,
    /// Writing a copy for another program.
    Copy,
    /// Measuring the actors.
    Measuring,
    /// Comparing the actors.
    Duplicates,
}

/// The queue of commands between drawing and execution.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    queue: Vec<AppCommand>,
}

impl Commands {
    /// Adds a command; it is executed before the next frame is drawn.
    pub(crate) fn push(&mut self, command: AppCommand) {
        self.queue.push(command);
    }

    /// Adds several commands.
    pub(crate) fn extend(&mut self, commands: impl IntoIterator<Item = AppCommand>) {
        self.queue.extend(commands);
    }

    /// Returns whether the queue is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// Removes and returns all commands, in the order they were pushed.
    pub(crate) fn take(&mut self) -> Vec<AppCommand> {
        std::mem::take(&mut self.queue)
    }
}
