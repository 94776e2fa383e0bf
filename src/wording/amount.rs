//! Formatting of amounts: in words, in short for labels, and in full figures.
//!
//! Words and figures are exact. Short forms and [`amount_rounded`] may round, and mark that with "≈" or "about".

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::{Amount, Bound};

use super::grammar::grouped;
use crate::hidden_characters::visible;

/// Names of large numbers with their powers of ten.
const SCALES: [(u32, &str); 3] = [(12, "trillion"), (9, "billion"), (6, "million")];

/// Currencies with an unambiguous sign; all others are shown by code.
const SIGNS: [(&str, &str); 5] = [("USD", "$"), ("EUR", "€"), ("GBP", "£"), ("JPY", "¥"), ("INR", "₹")];

/// Formats money or a quantity in words: the text of the file, else e.g. "more than $13 billion" or "380,000–410,000
/// TEU".
#[must_use]
pub fn amount_text(amount: &Amount) -> String {
    own_text(amount).unwrap_or_else(|| words(amount, &Affixes::of(amount)))
}

/// Like [`amount_text`], but rounds numbers from a million on to three significant digits: "about €826–991 million",
/// "more than $13.4 billion".
#[must_use]
pub fn amount_rounded(amount: &Amount) -> String {
    let round = |bound: Bound, strategy| Bound { value: rounded(bound.value, strategy), ..bound };
    // Round a one-sided bound outwards, so that the statement stays true.
    let (below, above, is_open) = match (amount.lower, amount.upper) {
        (Some(_), None) | (None, Some(_)) => {
            (RoundingStrategy::ToNegativeInfinity, RoundingStrategy::ToPositiveInfinity, true)
        }
        _ => (RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::MidpointAwayFromZero, false),
    };
    let lower = amount.lower.map(|bound| round(bound, below));
    let upper = amount.upper.map(|bound| round(bound, above));
    let is_approximate = amount.is_approximate || (!is_open && (lower, upper) != (amount.lower, amount.upper));
    amount_text(&Amount { lower, upper, is_approximate, ..amount.clone() })
}

/// Formats a share in words: the text of the file, else e.g. "about 27%".
#[must_use]
pub fn share_text(share: &Amount) -> String {
    own_text(share).unwrap_or_else(|| words(share, &Affixes::percent()))
}

/// Formats money or a quantity for a label: ">$13 billion", "2 GW". Falls back to the text of the file.
#[must_use]
pub fn amount_short(amount: &Amount) -> String {
    short(amount, &Affixes::of(amount))
}

/// Formats a share for a label: "27%", "<5%".
#[must_use]
pub fn share_short(share: &Amount) -> String {
    short(share, &Affixes::percent())
}

/// Formats money or a quantity in full figures, with no-break spaces: "> 13,000,000,000 USD". `None` without a number.
#[must_use]
pub fn amount_figures(amount: &Amount) -> Option<String> {
    let unit = amount.currency.as_deref().or(amount.unit.as_deref());
    figures(amount, &unit.map(|unit| format!("\u{a0}{}", visible(unit))).unwrap_or_default())
}

/// Formats a share in full figures: "> 27%". `None` without a number.
#[must_use]
pub fn share_figures(share: &Amount) -> Option<String> {
    figures(share, "%")
}

fn own_text(amount: &Amount) -> Option<String> {
    amount.text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(|text| visible(text).into_owned())
}

/// Prefix and suffix of a number.
struct Affixes {
    before: String,
    after: String,
}

impl Affixes {
    fn of(amount: &Amount) -> Self {
        let before = amount.currency.as_deref().map_or_else(String::new, |code| {
            let sign = SIGNS.iter().find(|(known, _)| *known == code);
            sign.map_or_else(|| format!("{} ", visible(code)), |(_, sign)| (*sign).to_owned())
        });
        let after = amount.unit.as_deref().map_or_else(String::new, |unit| format!(" {}", visible(unit)));
        Self { before, after }
    }

    fn percent() -> Self {
        Self { before: String::new(), after: "%".to_owned() }
    }

    fn around(&self, number: &Numeral) -> String {
        let minus = if number.is_negative { "−" } else { "" };
        let scale = number.scale.map(|scale| format!(" {scale}")).unwrap_or_default();
        format!("{minus}{}{}{scale}{}", self.before, number.digits, self.after)
    }

    /// Formats a range: "$5–8 billion" if both bounds have the same scale, else "$900 million to $1.2 billion".
    fn around_range(&self, low: &Numeral, high: &Numeral) -> String {
        if low.scale != high.scale || low.is_negative || high.is_negative {
            return format!("{} to {}", self.around(low), self.around(high));
        }
        let digits = format!("{}–{}", low.digits, high.digits);
        self.around(&Numeral { digits, ..high.clone() })
    }
}

/// A formatted number: digits with thousands separators, and a scale such as "million".
#[derive(Clone)]
struct Numeral {
    is_negative: bool,
    digits: String,
    scale: Option<&'static str>,
    is_rounded: bool,
}

impl Numeral {
    fn plain(value: Decimal) -> Self {
        let text = value.abs().to_string();
        let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
        let fraction = fraction.map(|digits| format!(".{digits}")).unwrap_or_default();
        let is_negative = value.is_sign_negative() && !value.is_zero();
        Self { is_negative, digits: format!("{}{fraction}", grouped(whole)), scale: None, is_rounded: false }
    }

    /// Uses a scale if that needs at most three decimals, else all digits.
    fn exact(value: Decimal) -> Self {
        Self::scaled(value, 3).filter(|number| !number.is_rounded).unwrap_or_else(|| Self::plain(value))
    }

    /// Uses a scale if the number is large, rounded to two decimals.
    fn brief(value: Decimal) -> Self {
        Self::scaled(value, 2).unwrap_or_else(|| Self::plain(value))
    }

    fn scaled(value: Decimal, decimals: u32) -> Option<Self> {
        let (power, scale) = SCALES.into_iter().find(|(power, _)| value.abs() >= power_of_ten(*power))?;
        let divided = value.checked_div(power_of_ten(power))?;
        let kept = divided.round_dp(decimals).normalize();
        let is_rounded = kept.checked_mul(power_of_ten(power)) != Some(value);
        Some(Self { scale: Some(scale), is_rounded, ..Self::plain(kept) })
    }
}

fn rounded(value: Decimal, strategy: RoundingStrategy) -> Decimal {
    let is_large = SCALES.iter().any(|(power, _)| value.abs() >= power_of_ten(*power));
    let rounded = is_large.then(|| value.round_sf_with_strategy(3, strategy)).flatten();
    rounded.unwrap_or(value)
}

fn power_of_ten(power: u32) -> Decimal {
    Decimal::from(10_u64.pow(power))
}

fn words(amount: &Amount, frame: &Affixes) -> String {
    let about = if amount.is_approximate { "about " } else { "" };
    let one = |bound: Bound| frame.around(&Numeral::exact(bound.value));
    if let Some(value) = amount.exact() {
        return format!("{about}{}", frame.around(&Numeral::exact(value)));
    }
    match (amount.lower, amount.upper) {
        (None, None) => "unknown".to_owned(),
        (Some(low), None) => {
            format!("{} {about}{}", if low.is_inclusive { "at least" } else { "more than" }, one(low))
        }
        (None, Some(high)) => {
            format!("{} {about}{}", if high.is_inclusive { "up to" } else { "less than" }, one(high))
        }
        (Some(low), Some(high)) => match (low.is_inclusive, high.is_inclusive) {
            (true, true) => {
                format!("{about}{}", frame.around_range(&Numeral::exact(low.value), &Numeral::exact(high.value)))
            }
            (false, false) => format!("between {about}{} and {}", one(low), one(high)),
            (false, true) => format!("more than {about}{} and up to {}", one(low), one(high)),
            (true, false) => format!("at least {about}{} and less than {}", one(low), one(high)),
        },
    }
}

fn short(amount: &Amount, frame: &Affixes) -> String {
    let sign = |is_inclusive: bool, open: &'static str, closed: &'static str| if is_inclusive { closed } else { open };
    let (bound_sign, body, is_rounded) = match (amount.lower, amount.upper) {
        (None, None) => return own_text(amount).unwrap_or_else(|| "unknown".to_owned()),
        (Some(low), Some(high)) if low.value == high.value => one_short("", low, frame),
        (Some(low), None) => one_short(sign(low.is_inclusive, ">", "≥"), low, frame),
        (None, Some(high)) => one_short(sign(high.is_inclusive, "<", "≤"), high, frame),
        (Some(low), Some(high)) => {
            let (low, high) = (Numeral::brief(low.value), Numeral::brief(high.value));
            ("", frame.around_range(&low, &high), low.is_rounded || high.is_rounded)
        }
    };
    // A rounded bound is no longer a strict bound, so "≈" replaces the sign.
    let is_about = is_rounded || (amount.is_approximate && bound_sign.is_empty());
    format!("{}{body}", if is_about { "≈" } else { bound_sign })
}

fn one_short(sign: &'static str, bound: Bound, frame: &Affixes) -> (&'static str, String, bool) {
    let number = Numeral::brief(bound.value);
    (sign, frame.around(&number), number.is_rounded)
}

fn figures(amount: &Amount, unit: &str) -> Option<String> {
    let digits = |bound: Bound| {
        let number = Numeral::plain(bound.value);
        format!("{}{}", if number.is_negative { "−" } else { "" }, number.digits)
    };
    let about = if amount.is_approximate { "≈\u{a0}" } else { "" };
    let body = match (amount.lower, amount.upper) {
        (None, None) => return None,
        (Some(low), Some(high)) if low.value == high.value => digits(low),
        (Some(low), None) => format!("{}\u{a0}{}", if low.is_inclusive { "≥" } else { ">" }, digits(low)),
        (None, Some(high)) => format!("{}\u{a0}{}", if high.is_inclusive { "≤" } else { "<" }, digits(high)),
        (Some(low), Some(high)) => format!("{}–{}", digits(low), digits(high)),
    };
    Some(format!("{about}{body}{unit}"))
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
