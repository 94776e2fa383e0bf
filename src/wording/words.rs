//! English words for closed lists and field names of the format.

use crate::model::{Claim, Confidence, SourceKind, Stage, Stance, Status, Word};

use crate::hidden_characters::visible;

/// Returns the word for a stage; unknown words as they are.
#[must_use]
pub fn stage_word(stage: &Word<Stage>) -> String {
    match stage {
        Word::Known(stage) => stage.word().to_owned(),
        Word::Other(word) => visible(word).into_owned(),
    }
}

/// Returns the word for a status.
#[must_use]
pub fn status_word(status: &Word<Status>) -> String {
    match status {
        Word::Known(status) => status.word().to_owned(),
        Word::Other(word) => visible(word).into_owned(),
    }
}

/// Returns the status of a record; asserted if the file gives none.
#[must_use]
pub fn status_of(claim: &Claim) -> Word<Status> {
    claim.status.clone().unwrap_or(Word::Known(Status::Asserted))
}

/// Returns the word for the confidence of the map's authors, such as "high".
#[must_use]
pub fn confidence_word(confidence: &Word<Confidence>) -> String {
    match confidence {
        Word::Known(confidence) => confidence.word().to_owned(),
        Word::Other(word) => visible(word).into_owned(),
    }
}

/// Returns the word for the stance of evidence, such as "supports".
#[must_use]
pub fn stance_word(stance: &Word<Stance>) -> String {
    match stance {
        Word::Known(stance) => stance.word().to_owned(),
        Word::Other(word) => visible(word).into_owned(),
    }
}

/// Returns a noun for a kind of source, such as "news report".
#[must_use]
pub fn source_kind_word(kind: &Word<SourceKind>) -> String {
    match kind {
        Word::Known(kind) => match kind {
            SourceKind::News => "news report",
            SourceKind::Filing => "filing",
            SourceKind::Register => "register entry",
            SourceKind::Statement => "statement",
            SourceKind::Report => "report",
            SourceKind::Court => "court document",
            SourceKind::Book => "book",
            SourceKind::Dataset => "data set",
            SourceKind::Interview => "interview",
            SourceKind::Post => "post",
            SourceKind::Other => "document",
        }
        .to_owned(),
        Word::Other(word) => visible(word).into_owned(),
    }
}

/// Returns a phrase for a field that evidence proves: "the amount", "when it was first seen".
#[must_use]
pub fn field_phrase(field: &str) -> String {
    let phrase = match field {
        "kind" => "the kind of tie",
        "from" | "to" | "parties" => "who is involved",
        "actor" => "whom it is about",
        "text" => "the statement",
        "label" => "the label",
        "summary" => "the summary",
        "scope" => "the scope",
        "via" => "the channel",
        "directed" => "the direction",
        "startDate" => "the start",
        "endDate" => "the end",
        "date" => "the date",
        "firstSeen" => "when it was first seen",
        "lastSeen" => "when it was last seen",
        "stage" => "the stage",
        "stages" => "the history",
        "status" => "the status",
        "statusDate" => "the status date",
        "amount" => "the amount",
        "share" => "the share",
        "quantity" => "the quantity",
        other => return format!("“{}”", visible(other.strip_prefix("x-").unwrap_or(other))),
    };
    phrase.to_owned()
}

/// Returns the name of a register of identifiers: "LEI", "Companies House". One that is not known keeps its own name,
/// without the `x-` that marks custom fields in a file.
#[must_use]
pub fn register_name(register: &str) -> String {
    let own = register.trim();
    let own = own.strip_prefix("x-").map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(own);
    let plain: String = own.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let known = match plain.as_str() {
        "bvd" | "bvdid" => "BvD ID",
        "cik" | "seccik" => "SEC CIK",
        "companieshouse" | "gbcoh" => "Companies House",
        "crunchbase" => "Crunchbase",
        "doi" => "DOI",
        "duns" => "D-U-N-S number",
        "ein" => "EIN",
        "figi" => "FIGI",
        "gnd" => "GND",
        "handelsregister" => "Handelsregister",
        "imo" => "IMO number",
        "isin" => "ISIN",
        "isni" => "ISNI",
        "lei" => "LEI",
        "littlesis" => "LittleSis",
        "opencorporates" => "OpenCorporates",
        "opensanctions" => "OpenSanctions",
        "orcid" => "ORCID",
        "permid" => "PermID",
        "purl" => "Package URL",
        "ror" => "ROR",
        "siren" => "SIREN",
        "vat" | "vatid" | "vatnumber" => "VAT number",
        "viaf" => "VIAF",
        "wikidata" => "Wikidata",
        _ => return visible(own).into_owned(),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{field_phrase, register_name, source_kind_word, stage_word};
    use crate::model::{SourceKind, Stage, Word};

    #[test]
    fn known_words_are_plain_and_others_stay() {
        assert_eq!(stage_word(&Word::Known(Stage::Announced)), "announced");
        assert_eq!(stage_word(&Word::Other("brewing\u{202E}".into())), "brewing[U+202E]");
        assert_eq!(source_kind_word(&Word::Known(SourceKind::Court)), "court document");
        assert_eq!(field_phrase("amount"), "the amount");
        assert_eq!(field_phrase("x-deal"), "“deal”");
    }

    #[test]
    fn registers_are_named_as_people_know_them() {
        let names = ["x-lei", "LEI", "companies-house", "x-Companies House", "x-Founded in", "wikidata", "x-", "taxNo"];
        let shown = ["LEI", "LEI", "Companies House", "Companies House", "Founded in", "Wikidata", "x-", "taxNo"];
        assert_eq!(names.map(register_name), shown);
    }
}
