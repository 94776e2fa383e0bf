//! Evidence as forms answer it: the source, its words, what they prove, and where they were read.

use crate::document::edit::{Edits, Field, FieldValue, SourceChoice, is_old_proof, old_proofs, unlink_proof};
use crate::document::{Document, EditError, Transaction};
use crate::load::same_source;
use crate::model::{CitedIn, ClaimId, Evidence, Item, Quote, SourceId, Stance, Word};
use crate::view::{Answered, ProofQuestion, proof_question};

use super::words::items_words;
use crate::app::App;
use crate::app::ask::command::ProofRequest;
use crate::app::ui::toast::ToastKind;

impl App {
    /// Asks about evidence that was cited for what an edit has changed.
    pub(super) fn ask_about_proofs(&mut self, before: &Document, items: &[Item]) {
        for proof in old_proofs(before, &self.session.document, items) {
            let is_it = |known: &&crate::document::edit::OldProof| {
                (known.claim, known.index, &known.field) == (proof.claim, proof.index, &proof.field)
            };
            if !self.session.old_proofs.iter().any(|known| is_it(&known)) {
                self.session.old_proofs.push(proof);
            }
        }
    }

    /// Returns the questions about evidence that are open.
    pub(crate) fn proof_questions(&self) -> Vec<ProofQuestion> {
        let document = &self.session.document;
        let open = self.session.old_proofs.iter().filter(|proof| is_old_proof(document, proof));
        open.map(|proof| proof_question(&document.map, proof)).collect()
    }

    /// Handles the answer to such a question.
    pub(crate) fn take_proof_request(&mut self, request: &ProofRequest) {
        let (ProofRequest::Keep(proof) | ProofRequest::Unlink(proof)) = request;
        if let ProofRequest::Unlink(proof) = request {
            let edited = unlink_proof(&self.session.document, proof);
            if let Err(error) = edited.and_then(|transaction| self.session.edit(&transaction)) {
                return self.toasts.say(ToastKind::Failed, format!("Not unlinked: {error}"));
            }
        }
        self.session.old_proofs.retain(|known| known != proof);
    }

    /// Returns the change of a piece of evidence.
    pub(super) fn changed_evidence(
        &self,
        claim: ClaimId,
        index: usize,
        answers: &[Answered],
    ) -> Result<Transaction, EditError> {
        let map = &self.session.document.map;
        let mut pieces = map.claim(claim).evidence.clone();
        let mut edits = Edits::new(&self.session.document);
        let piece = pieces.get_mut(index).ok_or(EditError::Gone)?;
        if let Some((source, evidence)) = proof_in(answers) {
            let source = edits.source(&source)?;
            let proves = match answers.get(PROVES) {
                Some(Answered::Proves(names)) => names.clone(),
                _ => Vec::new(),
            };
            let stance = stance_in(answers).map_or_else(|| piece.stance.clone(), Word::Known);
            let changed = Evidence { source, stance, proves, note: piece.note.clone(), ..evidence };
            *piece = read_in(&mut edits, changed, Some(&*piece), answers)?;
        }
        let item = Item::from(claim);
        edits.set(&[item], &vec![(Field::Evidence, FieldValue::Evidence(pieces))])?;
        add_further_sources(&mut edits, answers)?;
        edits.finish(format!("Change the evidence of {}", items_words(map, &[item])))
    }
}

/// The row of the form for a piece of evidence that says which fields it proves.
const PROVES: usize = 4;

fn stance_in(answers: &[Answered]) -> Option<Stance> {
    answers.iter().find_map(|answer| if let Answered::Stance(stance) = answer { Some(*stance) } else { None })
}

/// Returns new evidence as the rows of a form say it, with its source.
pub(super) fn cited_evidence(
    edits: &mut Edits,
    answers: &[Answered],
) -> Result<Option<(SourceChoice, Evidence)>, EditError> {
    let Some((source, evidence)) = proof_in(answers) else { return Ok(None) };
    let stance = Word::Known(stance_in(answers).unwrap_or(Stance::Supports));
    let evidence = read_in(edits, Evidence { stance, ..evidence }, None, answers)?;
    Ok(Some((source, evidence)))
}

/// Moves words and place to the document in which the source was read, if a second source is named.
fn read_in(
    edits: &mut Edits,
    evidence: Evidence,
    before: Option<&Evidence>,
    answers: &[Answered],
) -> Result<Evidence, EditError> {
    let mut sources = answers.iter().filter_map(|answer| match answer {
        Answered::Source(source, ..) => Some(source),
        _ => None,
    });
    let quote = match before.and_then(shown_quote) {
        // What was not changed keeps the words around it.
        Some(old) if evidence.quote.as_ref().is_some_and(|quote| quote.exact == old.exact) => Some(old.clone()),
        _ => evidence.quote.clone(),
    };
    let Some(read) = sources.nth(1) else { return Ok(Evidence { quote, cited_in: None, ..evidence }) };
    let source = edits.source(read)?;
    let old = before.and_then(|before| before.cited_in.as_ref());
    let accessed = old.filter(|old| old.source == source).and_then(|old| old.accessed.clone());
    let mut cited = CitedIn { source, locator: None, quote: None, accessed };
    // Evidence may have words of its own beside those that were read; then the form shows the former.
    let (has_quote, has_place) = match (before, old) {
        (Some(before), Some(_)) => (before.quote.is_some(), before.locator.is_some()),
        _ => (false, false),
    };
    let mut own = Evidence { quote: None, locator: None, ..evidence.clone() };
    if has_quote {
        (own.quote, cited.quote) = (quote, old.and_then(|old| old.quote.clone()));
    } else {
        cited.quote = quote;
    }
    if has_place {
        (own.locator, cited.locator) = (evidence.locator, old.and_then(|old| old.locator.clone()));
    } else {
        cited.locator = evidence.locator;
    }
    Ok(Evidence { cited_in: Some(cited), ..own })
}

/// Returns the words that the form of a piece of evidence shows.
fn shown_quote(piece: &Evidence) -> Option<&Quote> {
    piece.quote.as_ref().or(piece.cited_in.as_ref().and_then(|read| read.quote.as_ref()))
}

/// Adds the sources that were pasted together with the one that is cited, but for those that are there already.
pub(super) fn add_further_sources(edits: &mut Edits, answers: &[Answered]) -> Result<(), EditError> {
    for answer in answers {
        let Answered::Source(_, _, further) = answer else { continue };
        for source in further {
            if same_source(&edits.document().map, source).is_none() {
                edits.source(&SourceChoice::New(Box::new(source.clone())))?;
            }
        }
    }
    Ok(())
}

/// Returns the source that rows name, with the quotation and the place in the rows behind it.
pub(super) fn proof_in(answers: &[Answered]) -> Option<(SourceChoice, Evidence)> {
    let at = answers.iter().position(|answer| matches!(answer, Answered::Source(..)))?;
    let Answered::Source(source, linked, _) = &answers[at] else { return None };
    let typed = text_at(answers, at + 1).filter(|text| !text.trim().is_empty());
    let quote = match (typed, linked) {
        (Some(exact), Some(linked)) if linked.exact == exact => Some(linked.clone()),
        (Some(exact), _) => Some(Quote { exact, ..Quote::default() }),
        (None, linked) => linked.clone(),
    };
    let evidence = Evidence { locator: text_at(answers, at + 2), quote, ..Evidence::supporting(SourceId(0)) };
    Some((source.clone(), evidence))
}

/// Returns the text that a row answers.
pub(super) fn text_at(answers: &[Answered], at: usize) -> Option<String> {
    match answers.get(at) {
        Some(Answered::Text(text)) => Some(text.clone()),
        _ => None,
    }
}
