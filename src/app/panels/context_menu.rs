//! Context menus: of the canvas, of rows in the lists, and of records in the details. All entries are actions, so that a
//! context menu says the same as the menus and the command palette.

mod neighbors;

use egui::{Popup, Pos2, Response, SetOpenCommand, Ui};

use crate::document::Document;

use crate::app::ask::action::Action;
use crate::app::ask::command::{AppCommand, Commands};
use crate::app::ask::context::ActionContext;
use crate::app::ask::selection::Selection;
use crate::app::panels::menu::Entry::{Run, Sub};
use crate::app::panels::menu::{Entry, MENU_WIDTH, entry_ui, walk_entries};
use crate::app::ui::theme;
use neighbors::neighbor_menu_ui;

/// Returns the entries for selected records and notes, in groups. Only those that can be run are shown.
fn entries_of_selection() -> [Vec<Entry>; 4] {
    let arrange: Vec<Action> = Action::ALL.iter().copied().filter(|action| action.alignment().is_some()).collect();
    [
        vec![
            Run(Action::EditInPlace),
            Run(Action::NewTie),
            Run(Action::Cite),
            Run(Action::ChangeKind),
            Run(Action::ChangeAmount),
            Run(Action::ChangeDate),
            Run(Action::Merge),
            Run(Action::Delete),
        ],
        vec![
            Run(Action::Cut),
            Run(Action::Copy),
            Run(Action::Duplicate),
            Run(Action::CopyCitation),
            Run(Action::CopyForZotero),
            Run(Action::OpenSource),
        ],
        vec![
            Run(Action::Hide),
            Run(Action::ShowSelected),
            Run(Action::StartFrom),
            Run(Action::BringIn),
            Run(Action::AskNeighbors),
            Run(Action::TakeAway),
            Run(Action::Among),
            Run(Action::Focus),
            Run(Action::Connection),
            Run(Action::SelectEnds),
            Run(Action::SelectTies),
            Run(Action::SelectSources),
        ],
        vec![
            Run(Action::SpreadTies),
            Run(Action::GatherTies),
            Run(Action::ShowLabel),
            Run(Action::HideLabel),
            Run(Action::FreeLabel),
            Run(Action::Pin),
            Run(Action::Unpin),
            Sub("Align", arrange),
        ],
    ]
}

/// Returns the entries for the map as a whole.
fn entries_of_map() -> [Vec<Entry>; 5] {
    [
        vec![Run(Action::NewActor), Run(Action::NewTie), Run(Action::AddNote), Run(Action::Paste)],
        vec![Run(Action::SelectAll), Run(Action::ShowHidden), Run(Action::ShowAll)],
        vec![Run(Action::StartFrom), Run(Action::ShowWholeMap)],
        vec![Run(Action::Fit), Run(Action::LayOutAgain)],
        vec![Run(Action::CopyPicture), Run(Action::Export)],
    ]
}

/// A context menu of the canvas that is opened by a key instead of a right click. The key named Menu on some keyboards
/// isn't reported by the toolkit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum KeyMenu {
    /// There is none.
    #[default]
    Closed,
    /// It is to open here on screen.
    Asked(Pos2),
    /// It is open.
    Open(Pos2),
}

impl KeyMenu {
    /// Returns the menu of a canvas at its position, and tracks whether it is still open.
    fn popup<'a>(&mut self, canvas: &Response) -> Popup<'a> {
        let popup = Popup::context_menu(canvas);
        if canvas.secondary_clicked() {
            *self = Self::Closed;
        }
        match *self {
            Self::Closed => popup,
            Self::Asked(at) => {
                *self = Self::Open(at);
                popup.at_position(at).open_memory(Some(SetOpenCommand::Bool(true)))
            }
            Self::Open(at) if popup.is_open() => popup.at_position(at),
            Self::Open(_) => {
                *self = Self::Closed;
                popup
            }
        }
    }
}

/// Shows the context menu of the canvas after a right click or its key: what can be done with the selection, or with the
/// map if nothing lies there.
pub(crate) fn canvas_menu_ui(
    canvas: &Response,
    key_menu: &mut KeyMenu,
    (document, selection): (&Document, &Selection),
    now: &ActionContext,
    commands: &mut Commands,
) {
    let popup = key_menu.popup(canvas);
    let has_keys = *key_menu != KeyMenu::Closed;
    popup.show(|ui| {
        if now.is_anything_selected() {
            ui.set_width(MENU_WIDTH);
            neighbor_menu_ui(ui, document, selection, commands);
            groups_ui(ui, &entries_of_selection(), now, commands);
        } else {
            groups_ui(ui, &entries_of_map(), now, commands);
        }
        walk_entries(ui, has_keys);
    });
}

/// Shows the context menu of a row, whose record the right click has selected.
pub(crate) fn row_menu_ui(row: &Response, now: &ActionContext, commands: &mut Commands) {
    row.context_menu(|ui| groups_ui(ui, &entries_of_selection(), now, commands));
}

/// Shows the context menu of something that stands for other records than the selected ones; the selection stays, so
/// that what was right-clicked does too. `quote` is the text that it quotes.
pub(crate) fn target_menu_ui(
    on: &Response,
    target: &Selection,
    quote: Option<&str>,
    (document, now): (&Document, &ActionContext),
    commands: &mut Commands,
) {
    // Texts and links inside take the click itself, so it is looked up by its place.
    let is_clicked = on.contains_pointer() && on.ctx.input(|input| input.pointer.secondary_clicked());
    let command = is_clicked.then_some(SetOpenCommand::Bool(true));
    Popup::menu(on).open_memory(command).at_pointer_fixed().show(|ui| {
        let now = now.clone().with_selection(document, target);
        let mut run = Commands::default();
        if let Some(quote) = quote {
            ui.set_width(MENU_WIDTH);
            if ui.button("Copy quote").clicked() {
                commands.push(AppCommand::CopyText(quote.to_owned(), "the quote"));
                ui.close();
            }
        }
        groups_ui(ui, &entries_of_selection(), &now, &mut run);
        for command in run.take() {
            commands.push(match command {
                AppCommand::Run(action) => AppCommand::RunOn(target.clone(), action),
                other => other,
            });
        }
    });
}

/// Draws the entries that can be run, with a line between groups.
fn groups_ui(ui: &mut Ui, groups: &[Vec<Entry>], now: &ActionContext, commands: &mut Commands) {
    ui.set_width(MENU_WIDTH);
    let mut is_first = true;
    for group in groups {
        let entries: Vec<&Entry> = group.iter().filter(|entry| entry.can_be_run(now)).collect();
        if !entries.is_empty() && !std::mem::take(&mut is_first) {
            theme::hairline(ui);
        }
        for entry in entries {
            entry_ui(ui, entry, now, &[], commands);
        }
    }
}
