//! Changes and swaps the ends of ties, and cites sources that are dropped on them.

use crate::document::edit::{ActorChoice, Edits, Field, FieldValue, SourceChoice};
use crate::document::{Document, EditError, Transaction};
use crate::model::{ActorId, ClaimId, Ends, Evidence, Item, SourceId, TieId};
use crate::wording;

use crate::app::App;
use crate::app::ask::form::{FormPurpose, TieEnd, Where};
use crate::app::ask::selection::Selection;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Gives a tie another actor at one end.
    pub(crate) fn move_end(&mut self, tie: TieId, end: TieEnd, actor: ActorId) {
        let document = &self.session.document;
        let Some(Ends::Pair { from, to }) = document.map.ties().get(tie).map(|tie| tie.ends.clone()) else { return };
        if actor == if end == TieEnd::From { from } else { to } {
            return;
        }
        let edited = changed_end(document, tie, end, &ActorChoice::Known(actor));
        self.take_edit(edited, Selection::one(Item::Tie(tie)));
    }

    /// Swaps the ends of the selected tie.
    pub(super) fn swap_ends(&mut self) {
        let Some(Item::Tie(tie)) = self.selection.single() else { return };
        let edited = swapped(&self.session.document, tie);
        self.take_edit(edited, Selection::one(Item::Tie(tie)));
    }

    /// Opens the field of an end of the selected tie.
    pub(super) fn open_end(&mut self, end: TieEnd) {
        if let Some(Item::Tie(tie)) = self.selection.single() {
            self.open_form(FormPurpose::End(tie, end), Where::Details);
        }
    }

    /// Cites a source that was dropped on a tie, and opens the field for the words that it says.
    pub(crate) fn cite_dropped(&mut self, source: SourceId, tie: TieId) {
        let document = &self.session.document;
        if !document.map.sources().has(source) || !document.map.ties().has(tie) {
            return;
        }
        let index = document.map.tie(tie).claim.evidence.len();
        let edited = cited(document, source, tie);
        if self.take_edit(edited, Selection::one(Item::Tie(tie))) {
            self.open_form(FormPurpose::Evidence(ClaimId::Tie(tie), index), Where::Details);
            if let Some(form) = self.form.as_mut().filter(|form| form.rows.len() > 1) {
                form.go_to(1);
            }
        }
    }

    /// Makes an edit and selects what it is about; returns whether it could be made.
    fn take_edit(&mut self, edited: Result<Transaction, EditError>, selection: Selection) -> bool {
        let before = self.session.document.clone();
        match edited.and_then(|transaction| self.session.edit(&transaction)) {
            Ok(()) => {
                self.ask_about_proofs(&before, &selection.items().collect::<Vec<_>>());
                self.selection = selection;
                true
            }
            Err(error) => {
                self.toasts.say(ToastKind::Failed, format!("Not changed: {error}"));
                false
            }
        }
    }
}

/// Returns the edit that gives a tie another actor at one end; ties of several parties have no ends.
pub(super) fn changed_end(
    document: &Document,
    tie: TieId,
    end: TieEnd,
    choice: &ActorChoice,
) -> Result<Transaction, EditError> {
    let mut edits = Edits::new(document);
    let actor = edits.actor(choice)?;
    let ends = match (&document.map.tie(tie).ends, end) {
        (Ends::Pair { to, .. }, TieEnd::From) => Ends::Pair { from: actor, to: *to },
        (Ends::Pair { from, .. }, TieEnd::To) => Ends::Pair { from: *from, to: actor },
        (Ends::Parties(_), _) => return Ok(Transaction::default()),
    };
    edits.set(&[Item::Tie(tie)], &vec![(Field::Ends, FieldValue::Ends(ends))])?;
    edits.finish(format!("Change the end of {}", wording::tie_title(&document.map, tie)))
}

fn swapped(document: &Document, tie: TieId) -> Result<Transaction, EditError> {
    let Ends::Pair { from, to } = document.map.tie(tie).ends else { return Ok(Transaction::default()) };
    let mut edits = Edits::new(document);
    let ends = Ends::Pair { from: to, to: from };
    edits.set(&[Item::Tie(tie)], &vec![(Field::Ends, FieldValue::Ends(ends))])?;
    edits.finish(format!("Swap {}", wording::tie_title(&document.map, tie)))
}

fn cited(document: &Document, source: SourceId, tie: TieId) -> Result<Transaction, EditError> {
    let mut edits = Edits::new(document);
    let evidence = Evidence::supporting(source);
    edits.cite(&[ClaimId::Tie(tie)], &SourceChoice::Known(source), &evidence)?;
    let [source, tie] = [wording::source_name(&document.map, source), wording::tie_title(&document.map, tie)];
    edits.finish(format!("Cite {source} for {tie}"))
}
