//! What is asked about evidence that was cited for a value which has changed since.

use crate::document::edit::OldProof;
use crate::model::Map;
use crate::wording::{claim_sentence, field_phrase, source_name};

/// A question about a piece of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct ProofQuestion {
    /// The evidence.
    pub proof: OldProof,
    /// The claim, in words.
    pub about: String,
    /// "\[1\] is cited for the old amount. Still right?"
    pub text: String,
}

/// Returns the question about a piece of evidence of the map.
#[must_use]
pub fn proof_question(map: &Map, proof: &OldProof) -> ProofQuestion {
    let number = map.citation_number(proof.source);
    let who = number.map_or_else(|| source_name(map, proof.source), |number| format!("[{number}]"));
    let phrase = field_phrase(&proof.field);
    let what = phrase.strip_prefix("the ").map_or_else(|| phrase.clone(), |noun| format!("the old {noun}"));
    ProofQuestion {
        proof: proof.clone(),
        about: claim_sentence(map, proof.claim),
        text: format!("{who} is cited for {what}. Still right?"),
    }
}
