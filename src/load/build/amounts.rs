//! Amounts, shares and quantities.

use iso_currency::Currency;
use rust_decimal::Decimal;

use crate::load::faults::{FieldPath, Quoted};
use crate::load::loose::Loose;
use crate::load::records::{AmountRecord, Raw};
use crate::model::{Amount, Bound};

use super::values::ValueReader;

/// The type of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Money, with a currency.
    Money,
    /// A share in percent.
    Share,
    /// A quantity with any unit.
    Quantity,
}

impl ValueReader {
    /// Reads an amount, keeping the valid parts.
    pub(crate) fn amount(
        &mut self,
        at: &FieldPath,
        record: Loose<Box<AmountRecord>>,
        measure: Measure,
    ) -> Option<Box<Amount>> {
        let record = *self.good(at, record)?;
        self.extras(at, &record.extras, AmountRecord::FIELDS);
        let (lower, upper) = self.bounds(at, &record);
        let amount = Box::new(Amount {
            lower,
            upper,
            is_approximate: self.good(&at.field("approx"), record.approx.open()).unwrap_or(false),
            currency: self.currency(&at.field("currency"), record.currency),
            unit: self.line(&at.field("unit"), record.unit.open()),
            text: self.line(&at.field("text"), record.text.open()),
        });
        self.check(at, &amount, measure);
        Some(amount)
    }

    fn bounds(&mut self, at: &FieldPath, record: &AmountRecord) -> (Option<Bound>, Option<Bound>) {
        let exact = self.number(&at.field("exact"), record.exact);
        let lower = self.one_end(at, ["minimum", "exclusiveMinimum"], [record.minimum, record.exclusive_minimum]);
        let upper = self.one_end(at, ["maximum", "exclusiveMaximum"], [record.maximum, record.exclusive_maximum]);
        if let Some(value) = exact {
            if lower.is_some() || upper.is_some() {
                self.faults.error(
                    at,
                    format_args!("the amount has both an exact number and bounds; the bounds are ignored"),
                    "keep either “exact” or the bounds",
                );
            }
            let bound = Some(Bound { value, is_inclusive: true });
            return (bound, bound);
        }
        if let (Some(low), Some(high)) = (lower, upper) {
            let is_empty =
                low.value > high.value || (low.value == high.value && !(low.is_inclusive && high.is_inclusive));
            if is_empty {
                self.faults.error(
                    at,
                    format_args!("no number is above {} and below {}; both bounds are ignored", low.value, high.value),
                    "correct the bounds",
                );
                return (None, None);
            }
        }
        (lower, upper)
    }

    /// Reads one bound from its inclusive and exclusive fields.
    fn one_end(&mut self, at: &FieldPath, names: [&str; 2], raw: [Raw; 2]) -> Option<Bound> {
        let inclusive = self.number(&at.field(names[0]), raw[0]);
        let exclusive = self.number(&at.field(names[1]), raw[1]);
        if inclusive.is_some() && exclusive.is_some() {
            self.faults.error(
                &at.field(names[0]),
                format_args!("the amount has both “{}” and “{}”; the second is used", names[0], names[1]),
                "keep one of them",
            );
        }
        let exclusive = exclusive.map(|value| Bound { value, is_inclusive: false });
        exclusive.or(inclusive.map(|value| Bound { value, is_inclusive: true }))
    }

    /// Parses a number from its digits, without a lossy float in between.
    pub(super) fn number(&mut self, at: &FieldPath, raw: Raw) -> Option<Decimal> {
        let text = raw?.get();
        let digits = match text.strip_prefix('"') {
            Some(rest) => rest.strip_suffix('"').unwrap_or(rest),
            None if text.starts_with(['[', '{', 't', 'f']) => {
                self.faults.error(
                    at,
                    format_args!("this is not a number; it is ignored"),
                    "write a whole number, or a decimal number in quotes",
                );
                return None;
            }
            None => text,
        };
        let value = match digits.find(['e', 'E']) {
            // Zero is zero for any exponent.
            Some(end) if magnitude(digits).is_some() && !digits[..end].contains(|c| matches!(c, '1'..='9')) => {
                Ok(Decimal::ZERO)
            }
            Some(_) => Decimal::from_scientific(digits),
            None => Decimal::from_str_exact(digits),
        };
        if value.is_err() {
            let (why, remedy) = number_error(digits);
            self.faults.error(at, format_args!("{} {why}; it is ignored", Quoted(digits)), remedy);
        }
        value.ok()
    }

    fn currency(&mut self, at: &FieldPath, text: Loose<crate::load::records::JsonText>) -> Option<String> {
        let text = self.line(at, text)?;
        if Currency::from_code(&text).is_some() {
            return Some(text);
        }
        let capitals = text.trim().to_ascii_uppercase();
        if Currency::from_code(&capitals).is_some() {
            self.faults.warn(
                at,
                format_args!("{} is read as {capitals}", Quoted(&text)),
                &format!("write \"{capitals}\""),
            );
            return Some(capitals);
        }
        let common = ["USD", "EUR", "GBP", "JPY", "CNY", "CHF", "CAD", "AUD", "INR", "SEK", "NOK", "DKK", "PLN", "BRL"];
        let by_sign = match text.as_str() {
            "$" | "US$" => Some("USD"),
            "€" => Some("EUR"),
            "£" => Some("GBP"),
            "¥" => Some("JPY"),
            _ => self.suggester.closest(&capitals, common),
        };
        let remedy = by_sign.map_or_else(
            || "write a three-letter code of ISO 4217, such as USD".to_owned(),
            |close| format!("did you mean “{close}”?"),
        );
        self.faults.warn(
            at,
            format_args!("{} is not a currency code of ISO 4217; it is shown as written", Quoted(&text)),
            &remedy,
        );
        Some(text)
    }

    fn check(&mut self, at: &FieldPath, amount: &Amount, measure: Measure) {
        let has_number = amount.lower.is_some() || amount.upper.is_some();
        if !has_number && amount.text.is_none() {
            self.faults.warn(
                at,
                format_args!("the amount is empty: it has neither a number nor a text"),
                "add “exact”, a bound or “text”",
            );
        }
        if measure == Measure::Money && has_number && amount.currency.is_none() {
            self.faults.warn(
                at,
                format_args!("the amount has no currency, so it is not part of any sum"),
                "add “currency”, such as \"USD\"",
            );
        }
        if measure != Measure::Money && amount.currency.is_some() {
            self.faults.warn(at, format_args!("only an amount can have a currency"), "move the money to “amount”");
        }
        let hundred = Decimal::ONE_HUNDRED;
        let out_of_range =
            |bound: &Bound| bound.value.is_sign_negative() && !bound.value.is_zero() || bound.value > hundred;
        if measure == Measure::Share && [amount.lower, amount.upper].iter().flatten().any(out_of_range) {
            self.faults.warn(
                at,
                format_args!("the share is not between 0 and 100 percent"),
                "write the share in percent, such as 27 for 27%",
            );
        }
    }
}

/// Returns the approximate magnitude, infinite beyond `f64`; `None` if it is not a number.
fn magnitude(digits: &str) -> Option<f64> {
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    digits.parse::<f64>().ok().filter(|_| is_plain)
}

/// Returns why digits can't be represented, with a remedy.
fn number_error(digits: &str) -> (&'static str, &'static str) {
    let most = rust_decimal::prelude::ToPrimitive::to_f64(&Decimal::MAX).unwrap_or(f64::MAX);
    match magnitude(digits) {
        None => {
            ("is not a number", "write digits only, such as 13000000000 or \"12.5\", without spaces, commas or units")
        }
        Some(value) if value.abs() >= most => (
            "is too large: the largest number is about 7.9e28",
            "check its exponent and digits, or describe it in “text”",
        ),
        Some(value) if value.abs() < 1.0 => ("has more than 28 decimals", "round it, or describe it in “text”"),
        Some(_) => ("has more than 28 digits", "round it, or describe it in “text”"),
    }
}
