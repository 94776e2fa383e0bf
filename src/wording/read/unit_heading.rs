//! Currencies and scales that the heading of a column names: "Amount (EUR)", "in Tsd. €", "USD m".

use rust_decimal::Decimal;

use super::currency::{Code, Money, money_of_code, money_of_prefixed_sign, money_of_sign};
use super::lexicon::{Meaning, meaning_of};
use super::token::{Lexeme, PlacedToken, tokens};

/// Returns the currency that a heading names.
#[must_use]
pub fn currency_of_heading(heading: &str) -> Option<Code> {
    let units = units(heading);
    units.iter().find_map(|unit| match unit {
        Unit::Money(Money::Named(code) | Money::Usual(code)) => Some(*code),
        _ => None,
    })
}

/// Returns the factor that a heading names: 1000 for "in Tsd. €".
#[must_use]
pub fn scale_of_heading(heading: &str) -> Option<Decimal> {
    let units = units(heading);
    let has_money = units.iter().any(|unit| matches!(unit, Unit::Money(_)));
    units.iter().find_map(|unit| match unit {
        Unit::Scale { power, is_letter } if has_money || !is_letter => Some(Decimal::from(10_u64.pow(*power))),
        _ => None,
    })
}

/// Whether a heading names a currency, a scale or percent.
pub(super) fn names_unit(heading: &str) -> bool {
    !units(heading).is_empty()
}

#[derive(Clone, Copy)]
enum Unit {
    Money(Money),
    /// A single letter is a scale only beside a currency.
    Scale {
        power: u32,
        is_letter: bool,
    },
    Percent,
}

/// Longer headings are sentences.
const MAX_HEADING_BYTES: usize = 200;

fn units(heading: &str) -> Vec<Unit> {
    if heading.len() > MAX_HEADING_BYTES {
        return Vec::new();
    }
    let text = heading.replace('_', " ");
    let tokens = tokens(&text);
    let mut found = Vec::new();
    for (index, placed) in tokens.iter().enumerate() {
        match &placed.token {
            Lexeme::Sign('%') => found.push(Unit::Percent),
            Lexeme::Sign(sign) => {
                let before = index.checked_sub(1).and_then(|before| tokens.get(before)).map(|before| &before.token);
                let prefixed = match before {
                    Some(Lexeme::Word(word)) if placed.is_glued => money_of_prefixed_sign(word.raw, *sign),
                    _ => None,
                };
                found.extend(prefixed.or_else(|| money_of_sign(*sign)).map(Unit::Money));
            }
            Lexeme::Figure(figure) => {
                found.extend(figure_scale(figure).map(|power| Unit::Scale { power, is_letter: false }));
            }
            Lexeme::Word(word) => found.extend(word_units(&word.folded, word.raw, &tokens[index + 1..])),
        }
    }
    found
}

fn word_units(folded: &str, raw: &str, rest: &[PlacedToken]) -> Vec<Unit> {
    if let Some(money) = money_of_code(raw) {
        return vec![Unit::Money(money)];
    }
    if let Some((power, money)) = super::draft::scaled_code(raw) {
        return vec![Unit::Money(money), Unit::Scale { power, is_letter: false }];
    }
    let is_before_sign = matches!(rest.first(), Some(PlacedToken { token: Lexeme::Sign('€'), is_glued: true, .. }));
    match meaning_of(folded) {
        // English "miles" are a distance.
        Some(Meaning::Scale(_)) if folded == "miles" && !rest.iter().any(is_de) => vec![],
        Some(Meaning::Scale(power)) => vec![Unit::Scale { power, is_letter: folded.len() <= 2 }],
        Some(Meaning::Money(money)) => vec![Unit::Money(money)],
        Some(Meaning::Percent) => vec![Unit::Percent],
        None if folded == "t" && is_before_sign => vec![Unit::Scale { power: 3, is_letter: true }],
        _ => vec![],
    }
}

fn is_de(placed: &PlacedToken) -> bool {
    matches!(&placed.token, Lexeme::Word(word) if word.folded == "de")
}

/// Reads "000", "000s", "1,000", "1.000" and "1000000" as scales.
fn figure_scale(figure: &super::token::Figure) -> Option<u32> {
    let digits: String = figure.runs.iter().map(|run| run.digits).collect();
    match digits.as_str() {
        "000" | "1000" => Some(3),
        "000000" | "1000000" => Some(6),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{currency_of_heading, scale_of_heading};

    #[test]
    fn headings_name_currency_and_scale() {
        for (heading, currency, scale) in [
            ("Amount (EUR)", Some("EUR"), None),
            ("USD m", Some("USD"), Some("1000000")),
            ("in Tsd. €", Some("EUR"), Some("1000")),
            ("Betrag in Mio. EUR", Some("EUR"), Some("1000000")),
            ("amount_usd", Some("USD"), None),
            ("Value (US$ bn)", Some("USD"), Some("1000000000")),
            ("Value C$m", Some("CAD"), Some("1000000")),
            ("T€", Some("EUR"), Some("1000")),
            ("TEUR", Some("EUR"), Some("1000")),
            ("£ '000", Some("GBP"), Some("1000")),
            ("$000s", Some("USD"), Some("1000")),
            ("Montant (millions d'euros)", Some("EUR"), Some("1000000")),
            ("importe en miles de euros", Some("EUR"), Some("1000")),
            ("Amount", None, None),
            ("All amounts", None, None),
            ("miles", None, None),
            ("m", None, None),
            ("", None, None),
        ] {
            assert_eq!(currency_of_heading(heading), currency, "{heading}");
            let scale = scale.map(|scale| scale.parse().expect("a number"));
            assert_eq!(scale_of_heading(heading), scale, "{heading}");
        }
    }
}
