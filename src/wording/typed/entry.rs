//! The text with which a field opens: reading it again gives the same value.

use crate::model::{Amount, Bound, Date};

use crate::wording::amount::{amount_text, share_text};
use crate::wording::date::date_text;

use super::{Typed, TypedFigure, read_figure, read_typed_dates};

/// Returns the text of an amount or quantity for editing: the words of the file if they say the same, else figures.
#[must_use]
pub fn amount_entry(amount: &Amount) -> String {
    let is_same = |text: &String| match read_figure(text, amount.currency.as_slice()).sole().map(|it| &it.value) {
        Some(TypedFigure::Money(read) | TypedFigure::Quantity(read)) => is_same_value(read, amount),
        _ => false,
    };
    [amount_text(amount), amount_text(&without_text(amount))]
        .into_iter()
        .find(is_same)
        .unwrap_or_else(|| figures(amount))
}

/// Returns the text of a share for editing.
#[must_use]
pub fn share_entry(share: &Amount) -> String {
    let is_same = |text: &String| match read_figure(text, &[]).sole().map(|it| &it.value) {
        Some(TypedFigure::Share(read)) => is_same_value(read, share),
        _ => false,
    };
    let words = [share_text(share), share_text(&without_text(share))];
    words.into_iter().find(is_same).unwrap_or_else(|| format!("{}%", figures(share)))
}

/// Returns the text of a date for editing: in words if they are read as the same date, else in EDTF.
#[must_use]
pub fn date_entry(date: &Date) -> String {
    let words = date_text(date);
    match read_typed_dates(&words, None) {
        Typed::Means(meaning) if meaning.value.date.as_ref() == Some(date) => words,
        _ => date.text().to_owned(),
    }
}

fn without_text(amount: &Amount) -> Amount {
    Amount { text: None, ..amount.clone() }
}

fn is_same_value(read: &Amount, amount: &Amount) -> bool {
    without_text(read) == without_text(amount)
}

/// Returns plain figures: "~3-5 USD", ">3 t".
fn figures(amount: &Amount) -> String {
    let sign = |bound: Bound, strict: &'static str, loose: &'static str| {
        format!("{}{}", if bound.is_inclusive { loose } else { strict }, bound.value)
    };
    let number = match (amount.lower, amount.upper) {
        (Some(low), Some(high)) if low == high => low.value.to_string(),
        (Some(low), Some(high)) => format!("{}–{}", low.value, high.value),
        (Some(low), None) => sign(low, ">", "≥"),
        (None, Some(high)) => sign(high, "<", "≤"),
        (None, None) => return amount.text.clone().unwrap_or_default(),
    };
    let about = if amount.is_approximate { "~" } else { "" };
    let unit = amount.currency.as_deref().or(amount.unit.as_deref()).map(|unit| format!(" {unit}"));
    format!("{about}{number}{}", unit.unwrap_or_default())
}
