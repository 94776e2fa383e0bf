//! The two parties of a relationship, which a statement may leave unsaid, with a reason.

use std::borrow::Cow;

use crate::load::table::graph::json::value::JsonValue;

/// A party of a relationship.
pub(super) enum StatedParty<'a> {
    /// The id of its statement or record.
    Known(Cow<'a, str>),
    /// It is not said who it is; this may be said in place of a name.
    Unspecified(Cow<'a, str>),
    /// The statement has none.
    Missing,
}

/// Returns a party.
pub(super) fn party_of<'a>(value: Option<JsonValue<'a, '_>>) -> StatedParty<'a> {
    let Some(value) = value else { return StatedParty::Missing };
    if let Some(id) = value.word().filter(|id| !id.is_empty()) {
        return StatedParty::Known(id);
    }
    let described = ["describedByEntityStatement", "describedByPersonStatement"];
    if let Some(id) = value.first_word(&described) {
        return StatedParty::Known(id);
    }
    let unspecified = value.get("unspecified").unwrap_or(value);
    if unspecified.has("reason") { StatedParty::Unspecified(name_of_reason(unspecified)) } else { StatedParty::Missing }
}

/// Returns what is shown in place of a name: the description, with the reason behind.
pub(super) fn name_of_reason<'a>(unspecified: JsonValue<'a, '_>) -> Cow<'a, str> {
    let reason = unspecified.word_of("reason").unwrap_or_default();
    let words = match &*reason {
        "noBeneficialOwners" => "no beneficial owners",
        "subjectUnableToConfirmOrIdentifyBeneficialOwner" => "not identified",
        "interestedPartyHasNotProvidedInformation" => "not provided",
        "subjectExemptFromDisclosure" | "interestedPartyExemptFromDisclosure" => "exempt from disclosure",
        "informationUnknownToPublisher" => "unknown to the publisher",
        "unknown" | "" => "unknown",
        other => other,
    };
    match unspecified.word_of("description") {
        Some(description) => format!("{description} ({words})").into(),
        None => format!("Unspecified ({words})").into(),
    }
}
