//! Evidence that was cited for a value which has changed since.

use crate::document::{Document, EditError, Transaction};
use crate::model::{ClaimId, Item, SourceId, Stance, Word};
use crate::wording::source_name;

use super::claim_words;
use super::field::{self, Field, FieldValue};

/// A piece of evidence that names a field whose value has changed since it was cited.
#[derive(Clone, Debug, PartialEq)]
pub struct OldProof {
    /// The claim.
    pub claim: ClaimId,
    /// The index of the piece of evidence.
    pub index: usize,
    /// Its source.
    pub source: SourceId,
    /// The field, as named in the file.
    pub field: String,
    /// The value that it was cited for.
    before: FieldValue,
}

/// Returns the evidence of these records that names a field whose value differs between two documents.
#[must_use]
pub fn old_proofs(before: &Document, now: &Document, items: &[Item]) -> Vec<OldProof> {
    let claim = |item: &Item| match item {
        Item::Tie(tie) => Some(ClaimId::Tie(*tie)),
        Item::Fact(fact) => Some(ClaimId::Fact(*fact)),
        Item::Actor(_) | Item::Source(_) => None,
    };
    let claims = items.iter().filter_map(claim).filter(|claim| before.map.has((*claim).into()));
    let of = |claim: ClaimId| {
        let pieces = before.map.claim(claim).evidence.iter().enumerate();
        pieces.flat_map(move |(index, piece)| {
            piece.proves.iter().filter_map(move |name| {
                let before = value(before, claim, name)?;
                let (source, field) = (piece.source, name.clone());
                let proof = OldProof { claim, index, source, field, before };
                is_old_proof(now, &proof).then_some(proof)
            })
        })
    };
    claims.flat_map(of).collect()
}

/// Returns whether the evidence still names the field, and the value is still another one.
#[must_use]
pub fn is_old_proof(now: &Document, proof: &OldProof) -> bool {
    let is_cited = || {
        let piece = now.map.claim(proof.claim).evidence.get(proof.index);
        piece.is_some_and(|piece| piece.source == proof.source && piece.proves.contains(&proof.field))
    };
    now.map.has(proof.claim.into())
        && is_cited()
        && value(now, proof.claim, &proof.field).is_some_and(|value| value != proof.before)
}

fn value(document: &Document, claim: ClaimId, name: &str) -> Option<FieldValue> {
    // Both ends are one value.
    let name = if matches!(name, "to" | "parties") { "from" } else { name };
    let field = Field::ALL.iter().find(|field| field.name() == name)?;
    field::field(document, claim.into(), *field).ok()
}

/// Returns the edit after which the evidence no longer names the field. Evidence that names no other field then only
/// mentions the claim: without any it would be cited for all of it.
///
/// # Errors
///
/// If the evidence is gone.
pub fn unlink_proof(document: &Document, proof: &OldProof) -> Result<Transaction, EditError> {
    if !document.map.has(proof.claim.into()) {
        return Err(EditError::Gone);
    }
    let mut pieces = document.map.claim(proof.claim).evidence.clone();
    let piece = pieces.get_mut(proof.index).filter(|piece| piece.source == proof.source).ok_or(EditError::Gone)?;
    piece.proves.retain(|name| *name != proof.field);
    if piece.proves.is_empty() {
        piece.stance = Word::Known(Stance::Mentions);
    }
    let transaction = super::set_field(document, proof.claim.into(), Field::Evidence, FieldValue::Evidence(pieces))?;
    let (source, claim) = (source_name(&document.map, proof.source), claim_words(&document.map, proof.claim));
    Ok(Transaction { label: format!("Unlink {source} from {claim}"), ..transaction })
}
