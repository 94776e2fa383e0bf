//! Reads amounts, shares and quantities as people write them: "$13bn", "ca. 5 Mio. €", "at least £750k", "25,5 %".

use rust_decimal::Decimal;

use crate::model::Amount;

use super::currency::Code;
use super::draft::{Draft, Mode};
use super::figure::NumberStyle;
use super::lexicon::{is_blank, is_unsaid};
use super::reading::{ReadAmount, Reading};

/// Returns an amount that consists of words only, such as "undisclosed".
#[must_use]
pub fn amount_of_words(text: &str) -> Amount {
    Amount { text: Some(text.trim().to_owned()), ..Amount::default() }
}

/// Reads money, or a bare number.
///
/// A percentage is read, too, and says so in [`ReadAmount::is_percentage`].
#[must_use]
pub fn read_amount(text: &str, style: NumberStyle) -> Reading<ReadAmount> {
    read(text, style, Mode::Money)
}

/// Reads a share in percent, with or without the sign: "0.25" is a quarter of a percent.
///
/// Words such as "majority" are [`Reading::WordsOnly`].
#[must_use]
pub fn read_share(text: &str, style: NumberStyle) -> Reading<ReadAmount> {
    const WORDS: [&str; 16] = [
        "majority",
        "minority",
        "controlling",
        "majority stake",
        "minority stake",
        "controlling stake",
        "wholly owned",
        "mehrheit",
        "minderheit",
        "mehrheitlich",
        "majorite",
        "majoritaire",
        "minorite",
        "minoritaire",
        "mayoria",
        "minoria",
    ];
    if text.len() <= 64 && WORDS.contains(&super::fold::fold_words(text).as_str()) {
        return Reading::WordsOnly;
    }
    match read(text, style, Mode::Share) {
        Reading::Value(share) if share.amount.currency.is_some() || !share.possible_currencies.is_empty() => {
            Reading::Unreadable
        }
        reading => reading,
    }
}

/// Reads a quantity with its unit: "2,000 t", "1.5 GW", "about 120 ships". The letters m, b and t are units here.
#[must_use]
pub fn read_quantity(text: &str, style: NumberStyle) -> Reading<ReadAmount> {
    read(text, style, Mode::Quantity)
}

/// Reads a bare number such as a weight: figures with an optional sign, nothing else.
#[must_use]
pub fn read_number(text: &str, style: NumberStyle) -> Option<Decimal> {
    let read = read(text, style, Mode::Money).value()?;
    (read.amount.text.is_none() && !read.is_percentage).then(|| read.amount.exact()).flatten()
}

fn read(text: &str, style: NumberStyle, mode: Mode) -> Reading<ReadAmount> {
    if is_blank(text) {
        return Reading::Empty;
    }
    if is_unsaid(text) {
        return Reading::WordsOnly;
    }
    if let Some(value) = scientific(text.trim()) {
        return Reading::Value(ReadAmount::of_number(value));
    }
    let negative = negative_in_accounting(text);
    let figures = negative.as_deref().unwrap_or(text);
    let Some(read) = Draft::parse(figures, style, mode).and_then(|draft| draft.finish(text, mode)) else {
        return Reading::Unreadable;
    };
    // Without a currency, a number in parentheses may be that of a footnote.
    let has_currency = read.amount.currency.is_some() || !read.possible_currencies.is_empty();
    if negative.is_some() && !has_currency { Reading::Unreadable } else { Reading::Value(read) }
}

/// Returns "-250 USD" for "(250) USD", as accountants write negative numbers; `None` for other texts.
fn negative_in_accounting(text: &str) -> Option<String> {
    let (before, rest) = text.split_once('(')?;
    let (inside, after) = rest.split_once(')')?;
    let has_figure = |text: &str| text.contains(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')'));
    let is_figure = has_figure(inside) && !inside.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '-');
    (is_figure && !has_figure(before) && !has_figure(after))
        .then(|| format!("-{}{}{after}", before.trim(), inside.trim()))
}

/// Reads a number as spreadsheets show large ones: "1.2E+09".
fn scientific(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let is_mantissa = mantissa.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let digits = exponent.trim_start_matches(['+', '-']);
    let is_exponent = (1..=2).contains(&digits.len()) && exponent.len() <= digits.len() + 1;
    let text = text.replace(',', ".");
    (is_mantissa && is_exponent).then(|| Decimal::from_scientific(&text).ok()).flatten().map(|value| value.normalize())
}

/// How the amounts of a column are written: number style, and currency and scale of the heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AmountColumn {
    /// The number style of its values.
    pub style: NumberStyle,
    /// Currency of amounts that name none.
    pub currency: Option<Code>,
    /// Factor for amounts that name no scale.
    pub scale: Option<Decimal>,
}

impl AmountColumn {
    /// Determines the style from the values, currency and scale from the heading.
    pub fn of<'a>(heading: &str, values: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            style: NumberStyle::of_column(values),
            currency: super::unit_heading::currency_of_heading(heading),
            scale: super::unit_heading::scale_of_heading(heading),
        }
    }

    /// Reads an amount of the column.
    #[must_use]
    pub fn read(&self, text: &str) -> Reading<ReadAmount> {
        let read = self.complete(read_amount(text, self.style));
        let is_money = matches!(&read, Reading::Value(read) if read.amount.currency.is_some());
        // Without a dot, the other style reads smaller numbers at most.
        if is_money && text.contains('.') {
            grouped(read, self.style, |style| self.complete(read_amount(text, style)))
        } else {
            read
        }
    }

    /// Adds the currency and the scale of the heading to an amount that names none.
    #[must_use]
    pub fn complete(&self, reading: Reading<ReadAmount>) -> Reading<ReadAmount> {
        let mut read = match reading {
            Reading::Value(read) => read,
            other => return other,
        };
        if read.is_percentage {
            return Reading::Value(read);
        }
        if let Some(currency) = self.currency.filter(|currency| read.may_be_in(currency)) {
            read.amount.currency = Some(currency.to_owned());
            read.is_usual_currency = false;
            read.possible_currencies = &[];
        }
        let Some(scale) = self.scale.filter(|_| !read.has_scale) else { return Reading::Value(read) };
        for bound in [&mut read.amount.lower, &mut read.amount.upper].into_iter().flatten() {
            let Some(value) = bound.value.checked_mul(scale) else { return Reading::Unreadable };
            bound.value = value.normalize();
        }
        read.has_scale = true;
        // The words of the cell would be read without the scale of the heading.
        read.amount.text = None;
        Reading::Value(read)
    }
}

/// Reads "250.000 €" as a quarter of a million where no value shows the decimal mark: money has no three decimals,
/// unless they are of millions.
fn grouped(
    read: Reading<ReadAmount>,
    style: NumberStyle,
    again: impl FnOnce(NumberStyle) -> Reading<ReadAmount>,
) -> Reading<ReadAmount> {
    let Reading::Value(first) = &read else { return read };
    if !style.is_assumed || !first.is_ambiguous || first.has_scale {
        return read;
    }
    let other = again(NumberStyle { is_assumed: true, ..NumberStyle::COMMA });
    let largest = |read: &ReadAmount| read.amount.upper.or(read.amount.lower).map(|bound| bound.value.abs());
    match &other {
        Reading::Value(second) if largest(second) > largest(first) => other,
        _ => read,
    }
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
