//! Decides what was changed both here and in the file.

use crate::document::MergeSide;
use crate::wording::{counted, number};

use crate::app::App;
use crate::app::ask::command::{Action, CompareRequest};
use crate::app::session::Undecided;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Opens the panel in which differences from the file are decided.
    pub(crate) fn open_comparison(&mut self) {
        self.toasts.take_back_offers(Action::Compare);
        if self.session.compared().is_empty() {
            // Undone, or changed to the same meanwhile.
            self.session.undecided = Undecided::default();
            return self.toasts.say(ToastKind::Told, "There is nothing left to decide");
        }
        self.settings.shows_details = true;
        self.session.undecided.open();
    }

    /// Handles a request about differences from the file.
    pub(crate) fn take_compare_request(&mut self, request: CompareRequest) {
        match request {
            CompareRequest::Choose(index, side) => self.session.undecided.choose(index, side),
            CompareRequest::ChooseAll(side) => {
                for (difference, _) in self.session.compared() {
                    let side = if difference.take.is_some() { side } else { MergeSide::Mine };
                    self.session.undecided.choose(difference.index, side);
                }
            }
            CompareRequest::Apply if self.session.undecided_count() == 0 => match self.session.apply_choices() {
                Ok(()) => self.selection.keep_existing(&self.session.document.map),
                Err(error) => self.toasts.say(ToastKind::Failed, format!("Not decided: {error}")),
            },
            CompareRequest::Apply => {}
            CompareRequest::Close => self.session.undecided.close(),
        }
    }

    /// Reports differences from the file that are not decided; returns whether there are any.
    pub(crate) fn tell_undecided(&mut self) -> bool {
        let count = if self.session.undecided.is_empty() { 0 } else { self.session.compared().len() };
        if count > 0 {
            let are = if count == 1 { "is" } else { "are" };
            let text =
                format!("Not saved: {} from the file {are} not decided", counted(count, "difference", "differences"));
            self.toasts.offer(text, "Compare", Action::Compare);
        }
        count > 0
    }

    /// Shows a notice, with a button to compare if there is something to decide.
    pub(crate) fn say_or_compare(&mut self, kind: ToastKind, text: String) {
        if self.session.undecided.is_empty() {
            self.toasts.say(kind, text);
        } else {
            self.toasts.offer(text, "Compare", Action::Compare);
        }
    }
}

/// Returns how many differences wait for a choice, as the end of a sentence.
pub(crate) fn conflict_words(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "; one value was changed in both places and needs your choice".to_owned(),
        count => format!("; {} values were changed in both places and need your choice", number(count)),
    }
}
