//! The modal state of the window: the command palette, the export dialog, or a question or message with the state that
//! it covers. The front one receives keys, clicks and dropped files.

use std::mem::{discriminant, take};

use crate::app::ask::database::DatabaseForm;
use crate::app::ask::question::Dialog;
use crate::app::dialogs::export::ExportDialog;
use crate::app::dialogs::palette::CommandPalette;

/// The modal that is open in front of the window.
#[derive(Default)]
pub(crate) enum ModalState {
    #[default]
    Closed,
    /// The command palette.
    Palette(CommandPalette),
    /// The export dialog.
    Export(Box<ExportDialog>),
    /// A question or message; closing it restores the state behind it.
    Dialog { dialog: Dialog, behind: Box<ModalState> },
}

impl ModalState {
    /// Returns whether anything is open.
    pub(crate) fn is_open(&self) -> bool {
        !matches!(self, Self::Closed)
    }

    /// Returns whether a dialog waits for an answer; the palette doesn't, a click outside closes it.
    pub(crate) fn is_asking(&self) -> bool {
        matches!(self, Self::Export(_) | Self::Dialog { .. })
    }

    /// Returns whether what is in front has lists that drop down.
    pub(crate) fn has_lists(&self) -> bool {
        matches!(self, Self::Export(_) | Self::Dialog { dialog: Dialog::Database(_), .. })
    }

    /// Opens a question or message in front. Closes the palette and replaces an earlier question of the same kind;
    /// other dialogs reappear afterwards.
    pub(crate) fn ask(&mut self, dialog: Dialog) {
        let behind = match take(self) {
            Self::Palette(_) => Box::default(),
            Self::Dialog { dialog: earlier, behind } if is_replaced(&earlier, &dialog) => behind,
            other => Box::new(other),
        };
        *self = Self::Dialog { dialog, behind };
    }

    /// Opens or closes the palette; does nothing while a dialog is open.
    pub(crate) fn toggle_palette(&mut self) {
        *self = match take(self) {
            Self::Closed => Self::Palette(CommandPalette::default()),
            Self::Palette(_) => Self::Closed,
            dialog => dialog,
        };
    }

    /// Opens the export dialog unless it is open; behind a question or message if there is one.
    pub(crate) fn open_export(&mut self, make: impl FnOnce() -> ExportDialog) {
        match self {
            Self::Closed | Self::Palette(_) => *self = Self::Export(Box::new(make())),
            Self::Export(_) => {}
            Self::Dialog { behind, .. } => behind.open_export(make),
        }
    }

    /// Closes the front modal.
    pub(crate) fn close_front(&mut self) {
        *self = match take(self) {
            Self::Dialog { behind, .. } => *behind,
            _ => Self::Closed,
        };
    }

    /// Closes the export dialog, in front or covered.
    pub(crate) fn close_export(&mut self) {
        match self {
            Self::Export(_) => *self = Self::Closed,
            Self::Dialog { behind, .. } => behind.close_export(),
            Self::Closed | Self::Palette(_) => {}
        }
    }

    /// Closes the questions about the open map, because another map replaces it.
    pub(crate) fn close_questions_about_map(&mut self) {
        if let Self::Dialog { dialog, behind } = self {
            behind.close_questions_about_map();
            if dialog.is_about_open_map() {
                self.close_front();
            }
        }
    }

    /// Returns the questions and messages, the front one first.
    pub(crate) fn dialogs(&self) -> impl Iterator<Item = &Dialog> {
        let mut next = self;
        std::iter::from_fn(move || {
            let Self::Dialog { dialog, behind } = next else { return None };
            next = behind;
            Some(dialog)
        })
    }

    /// Returns the form of the dialog for databases, in front or covered.
    pub(crate) fn database_mut(&mut self) -> Option<&mut DatabaseForm> {
        match self {
            Self::Dialog { dialog: Dialog::Database(form), .. } => Some(form),
            Self::Dialog { behind, .. } => behind.database_mut(),
            _ => None,
        }
    }

    /// Closes the dialog for databases, in front or covered.
    pub(crate) fn close_database(&mut self) {
        match self {
            Self::Dialog { dialog: Dialog::Database(_), .. } => self.close_front(),
            Self::Dialog { behind, .. } => behind.close_database(),
            _ => {}
        }
    }

    /// Returns the export dialog, in front or covered.
    pub(crate) fn export(&self) -> Option<&ExportDialog> {
        match self {
            Self::Export(export) => Some(export),
            Self::Dialog { behind, .. } => behind.export(),
            Self::Closed | Self::Palette(_) => None,
        }
    }

    /// Returns the export dialog, in front or covered.
    pub(crate) fn export_mut(&mut self) -> Option<&mut ExportDialog> {
        match self {
            Self::Export(export) => Some(export),
            Self::Dialog { behind, .. } => behind.export_mut(),
            Self::Closed | Self::Palette(_) => None,
        }
    }
}

/// Returns whether `dialog` replaces `earlier`, which then doesn't reappear.
fn is_replaced(earlier: &Dialog, dialog: &Dialog) -> bool {
    match (earlier, dialog) {
        // A question about a link on the page comes in front of it.
        (Dialog::Help(_), Dialog::Link(_)) => false,
        (Dialog::Keys(_) | Dialog::Help(_) | Dialog::About, _) => true,
        (Dialog::Message { text: earlier, .. }, Dialog::Message { text, .. }) => earlier == text,
        _ => discriminant(earlier) == discriminant(dialog),
    }
}
