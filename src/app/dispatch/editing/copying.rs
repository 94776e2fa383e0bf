//! Copies records: to be pasted into this or another map, and as rows of a table for other programs.

use egui::Context;

use crate::document::edit::{CopyPlace, Fragment, remove};
use crate::model::Item;
use crate::view::rows_of;

use crate::app::App;
use crate::app::ask::action::Action;
use crate::app::ask::copied::CopiedRecords;
use crate::app::ask::selection::Selection;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Copies the selected actors, ties and facts.
    pub(crate) fn copy_records(&mut self, ctx: &Context) {
        if let Some(words) = self.take_copy(ctx) {
            self.toasts.say(ToastKind::Done, format!("Copied {words}"));
        }
    }

    /// Puts the selected records on the clipboard; returns what they are.
    fn take_copy(&mut self, ctx: &Context) -> Option<String> {
        let items: Vec<Item> = self.selection.items().collect();
        let fragment = Fragment::of(&self.session.document, &items)?;
        let (words, text) = (fragment.words(), rows_of(fragment.document(), fragment.items()));
        ctx.copy_text(text.clone());
        self.copied = Some(CopiedRecords { fragment, text, is_of_other_map: false });
        Some(words)
    }

    /// Copies the selected records and deletes them.
    pub(crate) fn cut_records(&mut self, ctx: &Context) {
        let Some(words) = self.take_copy(ctx) else { return };
        let Some(copied) = &self.copied else { return };
        let items = copied.fragment.items().to_vec();
        let cut = remove(&self.session.document, &items).and_then(|mut transaction| {
            transaction.label = format!("Cut {words}");
            self.session.edit(&transaction)
        });
        match cut {
            Ok(()) => {
                self.selection = Selection::default();
                self.toasts.offer(format!("Cut {words}"), "Undo", Action::Undo);
            }
            Err(error) => self.toasts.say(ToastKind::Failed, format!("Not cut: {error}")),
        }
    }

    /// Makes a copy of the selected records, placed beside them.
    pub(crate) fn duplicate_selected(&mut self) {
        let items: Vec<Item> = self.selection.items().collect();
        if let Some(fragment) = Fragment::of(&self.session.document, &items) {
            self.add_copies(&fragment, CopyPlace::Aside, "Duplicate");
        }
    }

    /// Pastes the copied records if `text`, which is on the clipboard, is theirs; returns whether it is.
    pub(crate) fn paste_records(&mut self, ctx: &Context, text: &str) -> bool {
        let lines = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
        let Some(copied) = self.copied.as_ref().filter(|copied| lines(&copied.text) == lines(text)) else {
            return false;
        };
        let (fragment, is_of_other_map) = (copied.fragment.clone(), copied.is_of_other_map);
        let place = if is_of_other_map {
            let at = self.pointer_or_middle(ctx);
            CopyPlace::Around(at)
        } else {
            CopyPlace::Aside
        };
        self.add_copies(&fragment, place, "Paste");
        true
    }

    fn add_copies(&mut self, fragment: &Fragment, place: CopyPlace, verb: &str) {
        let pasted = fragment.paste(&self.session.document, place, verb);
        match pasted.and_then(|(transaction, new)| self.session.edit(&transaction).map(|()| (transaction.label, new))) {
            Ok((label, new)) => {
                self.selection = Selection::new(new);
                self.toasts.offer(label, "Undo", Action::Undo);
            }
            Err(error) => self.toasts.say(ToastKind::Failed, format!("Not added: {error}")),
        }
    }
}
