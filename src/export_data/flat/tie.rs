//! Ties as named values.

use rust_decimal::Decimal;

use crate::model::{Amount, Bound, Claim, Confidence, Date, Evidence, Item, Quote, Stage, Status, TieId};
use crate::wording::read::{NumberStyle, Reading, read_amount};

use crate::export_data::content::DataContent;

use super::{FlatRecord, FlatValue, KindLabels, put_json, put_list, put_own, put_text, word};

/// How the sources of a tie are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export_data) enum TieProof {
    /// The first source alone, in columns of its own.
    First,
    /// All evidence, as JSON that refers to sources by id, with everything else that a plain value can't hold.
    All,
}

/// Returns the values of a tie but its id and its ends.
pub(in crate::export_data) fn flat_tie(
    content: &DataContent,
    kinds: &KindLabels,
    id: TieId,
    proof: TieProof,
) -> FlatRecord {
    let tie = content.map.tie(id);
    let claim = &tie.claim;
    let mut record = FlatRecord::new();
    put_text(&mut record, "kind", Some(kinds.tie(tie.kind)));
    put_text(&mut record, "label", claim.label.as_deref());
    let dates = [
        ("startDate", &claim.start),
        ("endDate", &claim.end),
        ("date", &claim.date),
        ("firstSeen", &claim.first_seen),
        ("lastSeen", &claim.last_seen),
    ];
    for (name, date) in dates {
        put_text(&mut record, name, date.as_ref().map(Date::text));
    }
    put_text(&mut record, "stage", word(claim.stage.as_ref(), Stage::word).as_deref());
    put_text(&mut record, "status", word(claim.status.as_ref(), Status::word).as_deref());
    put_text(&mut record, "statusDate", claim.status_date.as_ref().map(Date::text));
    put_text(&mut record, "confidence", word(claim.confidence.as_ref(), Confidence::word).as_deref());
    put_figures(&mut record, claim);
    put_text(&mut record, "summary", claim.summary.as_deref());
    put_text(&mut record, "scope", claim.scope.as_deref());
    put_text(&mut record, "via", claim.via.as_deref());
    put_list(&mut record, "tags", claim.metadata.tags.clone());
    record.extend(claim.metadata.weight.map(|weight| ("weight".to_owned(), FlatValue::Number(weight.to_string()))));
    put_text(&mut record, "partOf", claim.part_of.map(|whole| &*content.map.claim(whole).key));
    let keys = |ids: &[crate::model::ClaimId]| ids.iter().map(|id| content.map.claim(*id).key.to_string()).collect();
    put_list(&mut record, "supersedes", keys(&claim.supersedes));
    put_list(&mut record, "contradicts", keys(&claim.contradicts));
    put_history(&mut record, claim);
    match proof {
        TieProof::First => put_first_source(&mut record, content, claim),
        TieProof::All => {
            let names = ["stages", "retraction", "evidence", "row", "checks"];
            put_json(&mut record, content, Item::Tie(id), &names);
        }
    }
    put_own(&mut record, &claim.metadata.own);
    record
}

fn put_history(record: &mut FlatRecord, claim: &Claim) {
    let step = |change: &crate::model::StageChange| {
        let stage = word(Some(&change.stage), Stage::word).unwrap_or_default();
        change.date.as_ref().map_or_else(|| stage.clone(), |date| format!("{stage}: {}", date.text()))
    };
    put_list(record, "history", claim.stages.iter().map(step).collect());
}

fn put_figures(record: &mut FlatRecord, claim: &Claim) {
    if let Some(amount) = claim.amount.as_deref() {
        let value = figure(amount, |text| in_words(text, amount));
        record.extend(value.map(|value| ("amount".to_owned(), value)));
        put_text(record, "currency", amount.currency.as_deref());
        put_text(record, "amountInWords", words_beside(amount));
    }
    if let Some(share) = claim.share.as_deref() {
        record.extend(figure(share, |_| false).map(|value| ("share".to_owned(), value)));
        put_text(record, "shareInWords", words_beside(share));
    }
    if let Some(quantity) = claim.quantity.as_deref() {
        let value = figure(quantity, |_| false);
        let unit = quantity.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let value = value.map(|value| match value {
            FlatValue::Number(text) | FlatValue::Text(text)
                if !unit.is_empty() && quantity.lower.or(quantity.upper).is_some() =>
            {
                FlatValue::Text(format!("{text}{unit}"))
            }
            other => other,
        });
        record.extend(value.map(|value| ("quantity".to_owned(), value)));
        put_text(record, "quantityInWords", words_beside(quantity));
    }
}

/// Returns the words of an amount that has a figure, too.
fn words_beside(amount: &Amount) -> Option<&str> {
    amount.text.as_deref().filter(|_| amount.lower.or(amount.upper).is_some())
}

/// Returns a figure as it is read again: digits for an exact one, words for one within bounds.
fn figure(amount: &Amount, are_words_enough: impl Fn(&str) -> bool) -> Option<FlatValue> {
    if let (Some(exact), false) = (amount.exact(), amount.is_approximate) {
        return Some(FlatValue::Number(digits(exact)));
    }
    let text = match (amount.lower, amount.upper) {
        (None, None) => amount.text.clone()?,
        _ => match amount.text.as_deref().filter(|text| are_words_enough(text)) {
            Some(text) => text.to_owned(),
            None => bounds_text(amount),
        },
    };
    Some(FlatValue::Text(text))
}

/// Whether the words of an amount are read as the same amount.
fn in_words(text: &str, amount: &Amount) -> bool {
    match read_amount(text, NumberStyle::default()) {
        Reading::Value(read) => {
            let figures =
                |amount: &Amount| (amount.lower, amount.upper, amount.is_approximate, amount.currency.clone());
            !read.is_ambiguous && !read.is_percentage && figures(&read.amount) == figures(amount)
        }
        _ => false,
    }
}

/// Returns the digits of a decimal. Three behind the point would look like thousands.
fn digits(value: Decimal) -> String {
    let text = value.to_string();
    let is_ambiguous = text.rsplit_once('.').is_some_and(|(_, fraction)| fraction.len() == 3);
    if is_ambiguous { format!("{text}0") } else { text }
}

fn bounds_text(amount: &Amount) -> String {
    let about = if amount.is_approximate { "about " } else { "" };
    let one = |bound: Bound, open: &str, closed: &str| {
        format!("{}{}", if bound.is_inclusive { closed } else { open }, digits(bound.value))
    };
    match (amount.lower, amount.upper) {
        (Some(low), Some(high)) if low == high => format!("{about}{}", digits(low.value)),
        (Some(low), Some(high)) if low.is_inclusive && high.is_inclusive => {
            format!("{about}{} to {}", digits(low.value), digits(high.value))
        }
        (Some(low), Some(high)) => {
            format!("{} and {}", one(low, "more than ", "at least "), one(high, "less than ", "at most "))
        }
        (Some(low), None) => one(low, "more than ", "at least "),
        (None, Some(high)) => one(high, "less than ", "at most "),
        (None, None) => String::new(),
    }
}

/// Adds the first source that says something, in columns of its own.
fn put_first_source(record: &mut FlatRecord, content: &DataContent, claim: &Claim) {
    let Some(piece) = first_evidence(claim) else { return };
    let source = content.map.source(piece.source);
    put_text(record, "sourceTitle", source.title.as_deref());
    put_text(record, "sourceUrl", source.url.as_deref());
    put_text(record, "sourcePublisher", source.publisher.as_deref());
    put_text(record, "sourcePublished", source.published.as_ref().map(Date::text));
    put_text(record, "sourceAccessed", source.accessed.as_ref().map(Date::text));
    put_text(record, "quote", piece.quote.as_ref().map(|quote: &Quote| quote.exact.as_str()));
    put_text(record, "locator", piece.locator.as_deref());
}

/// Returns the evidence that stands for a claim where there is room for one: the first that supports it.
pub(in crate::export_data) fn first_evidence(claim: &Claim) -> Option<&Evidence> {
    let supports = |piece: &&Evidence| piece.stance.is(&crate::model::Stance::Supports);
    claim.evidence.iter().find(supports).or(claim.evidence.first())
}
