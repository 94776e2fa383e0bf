//! Assembles figures, scales, currencies and bounds into an amount.

use rust_decimal::Decimal;

use crate::model::{Amount, Bound};

use super::currency::{Money, may_mean, money_of_code, money_of_prefixed_sign, money_of_sign};
use super::figure::NumberStyle;
use super::lexicon::{MAX_WORDS, Meaning, meaning_of};
use super::reading::ReadAmount;
use super::token::{Lexeme, PlacedToken, WordToken, tokens};

/// What kind of number is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Money,
    Share,
    /// Words behind the figures are the unit.
    Quantity,
}

#[derive(Clone, Copy)]
struct DraftPart {
    value: Decimal,
    power: Option<u32>,
    /// `(is_lower, is_inclusive)`
    bound: Option<(bool, bool)>,
}

/// The parts of an amount met so far.
#[expect(clippy::struct_excessive_bools, reason = "each is a separate thing that a text may say")]
#[derive(Default)]
pub(super) struct Draft<'a> {
    parts: Vec<DraftPart>,
    money: Option<Money>,
    /// A scale before the first figure: "Mio. € 5".
    leading_power: Option<u32>,
    bound: Option<(bool, bool)>,
    unit: Option<&'a str>,
    is_approximate: bool,
    is_percentage: bool,
    is_between: bool,
    is_joined: bool,
    is_negative: bool,
    is_ambiguous: bool,
    has_words: bool,
}

impl<'a> Draft<'a> {
    /// Reads the tokens of a text; `None` if one of them doesn't fit.
    pub(super) fn parse(text: &'a str, style: NumberStyle, mode: Mode) -> Option<Self> {
        let tokens = tokens(text);
        let mut draft = Draft::default();
        let (mut index, mut depth) = (0, 0_usize);
        while let Some(placed) = tokens.get(index) {
            let taken = match &placed.token {
                // Parentheses around figures are negative numbers in accounting, or further amounts.
                Lexeme::Figure(_) if depth > 0 => None,
                Lexeme::Figure(figure) => {
                    let (value, is_by_style) = figure.value(style)?;
                    draft.is_ambiguous |= is_by_style && style.is_assumed;
                    draft.take_figure(value).map(|()| 1)
                }
                // Words in parentheses are remarks, which the text keeps.
                Lexeme::Word(word) if depth > 0 => {
                    draft.has_words = true;
                    draft.take_word(word, &tokens[index..], mode).or(Some(1))
                }
                Lexeme::Word(word) => draft.take_word(word, &tokens[index..], mode),
                Lexeme::Sign('(') => {
                    depth += 1;
                    Some(1)
                }
                Lexeme::Sign(')') => {
                    depth = depth.checked_sub(1)?;
                    Some(1)
                }
                Lexeme::Sign(sign) => draft.take_sign(*sign, &tokens[index..]),
            };
            let Some(count) = taken else {
                draft.take_unit(text, &tokens[index..], mode)?;
                break;
            };
            index += count;
        }
        Some(draft)
    }

    fn take_figure(&mut self, value: Decimal) -> Option<()> {
        match self.parts.len() {
            0 => {}
            1 if self.is_joined => {}
            _ => return None,
        }
        let value = if std::mem::take(&mut self.is_negative) { -value } else { value };
        self.parts.push(DraftPart { value, power: self.leading_power, bound: self.bound.take() });
        self.is_joined = false;
        Some(())
    }

    /// Takes one or several words; returns their number.
    fn take_word(&mut self, word: &WordToken, rest: &[PlacedToken], mode: Mode) -> Option<usize> {
        if let Some(PlacedToken { token: Lexeme::Sign(sign), is_glued: true, .. }) = rest.get(1)
            && let Some(money) = money_of_prefixed_sign(word.raw, *sign)
        {
            return self.take_money(money).map(|()| 2);
        }
        let words: Vec<&str> = rest
            .iter()
            .map_while(|placed| match &placed.token {
                Lexeme::Word(word) => Some(word.folded.as_str()),
                _ => None,
            })
            .take(MAX_WORDS)
            .collect();
        let is_unit =
            mode == Mode::Quantity && matches!(word.folded.as_str(), "m" | "mm" | "mi" | "b" | "c" | "cr" | "t");
        for count in (1..=words.len()).rev() {
            let Some(meaning) = meaning_of(&words[..count].join(" ")).filter(|_| !is_unit) else { continue };
            return self.take_meaning(meaning).map(|()| count);
        }
        if let Some(money) = money_of_code(word.raw) {
            return self.take_money(money).map(|()| 1);
        }
        if word.folded == "t" && !is_unit {
            return self.take_t(rest).map(|()| 1);
        }
        let (power, money) = scaled_code(word.raw)?;
        self.take_money(money)?;
        self.take_scale(power).map(|()| 1)
    }

    /// Takes the letter T: thousand in "500 T€", trillion in "$1.2T"; unclear in "5 T EUR".
    fn take_t(&mut self, rest: &[PlacedToken]) -> Option<()> {
        let is_before_sign = matches!(rest.get(1), Some(PlacedToken { token: Lexeme::Sign('€'), is_glued: true, .. }));
        if is_before_sign {
            return self.take_scale(3);
        }
        let is_before_code = match rest.get(1).map(|placed| &placed.token) {
            Some(Lexeme::Word(word)) => money_of_code(word.raw).is_some() || meaning_of(&word.folded).is_some(),
            Some(Lexeme::Sign(sign)) => money_of_sign(*sign).is_some(),
            _ => false,
        };
        if is_before_code || self.parts.is_empty() { None } else { self.take_scale(12) }
    }

    fn take_meaning(&mut self, meaning: Meaning) -> Option<()> {
        self.has_words = true;
        match meaning {
            Meaning::Scale(power) => self.take_scale(power),
            Meaning::Money(money) => self.take_money(money),
            Meaning::Approximate => {
                self.is_approximate = true;
                Some(())
            }
            Meaning::Lower(is_inclusive) => self.take_bound(true, is_inclusive),
            Meaning::Upper(is_inclusive) => self.take_bound(false, is_inclusive),
            Meaning::OrMore => self.take_bound_behind(true),
            Meaning::OrLess => self.take_bound_behind(false),
            Meaning::To if self.parts.is_empty() => self.take_bound(false, true),
            Meaning::To => self.take_join(),
            Meaning::And if self.is_between || self.parts.last()?.bound.is_some() => self.take_join(),
            Meaning::Between if self.parts.is_empty() => {
                self.is_between = true;
                Some(())
            }
            Meaning::And | Meaning::Between => None,
            Meaning::Percent => self.take_percent(),
            Meaning::Filler => Some(()),
        }
    }

    fn take_sign(&mut self, sign: char, rest: &[PlacedToken]) -> Option<usize> {
        if let Some(money) = money_of_sign(sign) {
            return self.take_money(money).map(|()| 1);
        }
        let next = rest.get(1).map(|placed| &placed.token);
        let has_equal = next == Some(&Lexeme::Sign('='));
        let taken = if has_equal { 2 } else { 1 };
        match sign {
            '>' | '<' => self.take_bound(sign == '>', has_equal)?,
            '≥' | '⩾' => return self.take_bound(true, true).map(|()| 1),
            '≤' | '⩽' => return self.take_bound(false, true).map(|()| 1),
            '~' | '≈' | '∼' | '≅' | '±' => {
                self.is_approximate = true;
                self.has_words = true;
                return Some(1);
            }
            '%' | '％' => return self.take_percent().map(|()| 1),
            '+' if self.parts.is_empty() => return Some(1),
            '+' => return self.take_bound_behind(true).map(|()| 1),
            ',' | '.' if !self.parts.is_empty() && matches!(next, Some(Lexeme::Sign('-' | '–' | '—'))) => {
                return no_cents(rest);
            }
            '-' | '–' | '—' | '−' | '‒' | '‑' => return self.take_dash(sign, next).map(|()| 1),
            _ => return None,
        }
        Some(taken)
    }

    fn take_dash(&mut self, sign: char, next: Option<&Lexeme>) -> Option<()> {
        next?;
        if !self.parts.is_empty() && !self.is_joined {
            return self.take_join();
        }
        let is_minus = matches!(sign, '-' | '−' | '–') && !self.is_negative;
        self.is_negative = is_minus;
        is_minus.then_some(())
    }

    fn take_join(&mut self) -> Option<()> {
        self.has_words = true;
        let may_join = self.parts.len() == 1 && !std::mem::replace(&mut self.is_joined, true);
        may_join.then_some(())
    }

    fn take_bound(&mut self, is_lower: bool, is_inclusive: bool) -> Option<()> {
        self.has_words = true;
        self.bound.replace((is_lower, is_inclusive)).is_none().then_some(())
    }

    fn take_bound_behind(&mut self, is_lower: bool) -> Option<()> {
        self.has_words = true;
        let [part] = self.parts.as_mut_slice() else { return None };
        part.bound.replace((is_lower, true)).is_none().then_some(())
    }

    fn take_percent(&mut self) -> Option<()> {
        self.is_percentage = true;
        (!self.parts.is_empty()).then_some(())
    }

    fn take_scale(&mut self, power: u32) -> Option<()> {
        self.has_words = true;
        let place = match self.parts.last_mut() {
            Some(part) => &mut part.power,
            None => &mut self.leading_power,
        };
        // "5 lakh crore" and "2 thousand million" multiply.
        *place = Some(place.unwrap_or(0) + power).filter(|power| *power <= 18);
        place.map(|_| ())
    }

    fn take_money(&mut self, money: Money) -> Option<()> {
        self.has_words = true;
        let joined = match (self.money, money) {
            (None, money) => money,
            (Some(old), new) if old == new => old,
            (Some(Money::Usual(usual)), Money::Named(code)) | (Some(Money::Named(code)), Money::Usual(usual))
                if may_mean(usual, code) =>
            {
                Money::Named(code)
            }
            (Some(Money::Unclear(codes)), Money::Named(code)) | (Some(Money::Named(code)), Money::Unclear(codes))
                if codes.contains(&code) =>
            {
                Money::Named(code)
            }
            _ => return None,
        };
        self.money = Some(joined);
        Some(())
    }

    /// Takes the rest of the text as the unit of a quantity.
    fn take_unit(&mut self, text: &'a str, rest: &[PlacedToken], mode: Mode) -> Option<()> {
        let starts_with_word = matches!(rest.first()?.token, Lexeme::Word(_) | Lexeme::Sign('°' | 'µ' | 'μ'));
        let has_figure = rest.iter().any(|placed| matches!(placed.token, Lexeme::Figure(_)));
        let fits =
            mode == Mode::Quantity && !self.parts.is_empty() && !self.is_joined && starts_with_word && !has_figure;
        self.unit = fits.then(|| text[rest[0].at..].trim());
        self.unit.map(|_| ())
    }

    /// Makes the amount of the parts; `None` if they don't go together.
    pub(super) fn finish(self, text: &str, mode: Mode) -> Option<ReadAmount> {
        let (lower, upper) = self.bounds()?;
        if self.is_joined || self.bound.is_some() || self.is_negative || (self.is_percentage && self.money.is_some()) {
            return None;
        }
        let (currency, possible_currencies): (_, &'static [&'static str]) = match self.money {
            None => (None, &[]),
            Some(Money::Named(code) | Money::Usual(code)) => (Some(code.to_owned()), &[]),
            Some(Money::Unclear(codes)) => (None, codes),
        };
        let is_plain_quantity = mode == Mode::Quantity && self.money.is_none() && self.parts.len() == 1;
        let keeps_text = self.has_words && !(is_plain_quantity && self.is_bare());
        Some(ReadAmount {
            amount: Amount {
                lower,
                upper,
                is_approximate: self.is_approximate,
                currency,
                unit: self.unit.map(str::to_owned),
                text: keeps_text.then(|| text.trim().to_owned()),
            },
            is_percentage: self.is_percentage,
            is_ambiguous: self.is_ambiguous,
            is_usual_currency: matches!(self.money, Some(Money::Usual(_))),
            possible_currencies,
            has_scale: self.parts.iter().any(|part| part.power.is_some()),
        })
    }

    fn is_bare(&self) -> bool {
        !self.is_approximate && self.parts.iter().all(|part| part.power.is_none() && part.bound.is_none())
    }

    fn bounds(&self) -> Option<(Option<Bound>, Option<Bound>)> {
        let at = |value, is_inclusive| Some(Bound { value, is_inclusive });
        match self.parts.as_slice() {
            [part] if !self.is_between => {
                let value = scaled(part.value, part.power)?;
                Some(match part.bound {
                    None => (at(value, true), at(value, true)),
                    Some((true, is_inclusive)) => (at(value, is_inclusive), None),
                    Some((false, is_inclusive)) => (None, at(value, is_inclusive)),
                })
            }
            [first, second] => {
                let high = scaled(second.value, second.power)?;
                let low = match first.power.or(second.power) {
                    power if power == first.power => scaled(first.value, power)?,
                    // "$10–12m" shares the scale, "900,000 – 1.2m" does not.
                    power => match scaled(first.value, power).filter(|low| *low <= high) {
                        Some(low) => low,
                        None if first.value >= Decimal::ONE_THOUSAND => first.value,
                        None => return None,
                    },
                };
                let includes_low = first.bound.map_or(Some(true), |(is_lower, is_in)| is_lower.then_some(is_in))?;
                let includes_high =
                    second.bound.map_or(Some(true), |(is_lower, is_in)| (!is_lower).then_some(is_in))?;
                (low < high).then_some((at(low, includes_low), at(high, includes_high)))
            }
            _ => None,
        }
    }
}

/// Counts the tokens that stand for no cents: "500,-", "500.–", "500,--".
fn no_cents(rest: &[PlacedToken]) -> Option<usize> {
    let dashes = rest[1..].iter().take(3).take_while(|placed| matches!(placed.token, Lexeme::Sign('-' | '–' | '—')));
    let count = 1 + dashes.count();
    let is_end = !matches!(rest.get(count), Some(PlacedToken { token: Lexeme::Figure(_), .. }));
    is_end.then_some(count)
}

fn scaled(value: Decimal, power: Option<u32>) -> Option<Decimal> {
    match power {
        None => Some(value),
        Some(power) => Some(value.checked_mul(Decimal::from(10_u64.checked_pow(power)?))?.normalize()),
    }
}

/// Splits a code with its scale: TEUR, `EURm`, `USDbn`.
pub(super) fn scaled_code(raw: &str) -> Option<(u32, Money)> {
    if !raw.is_ascii() || raw.len() < 4 {
        return None;
    }
    let (head, code) = raw.split_at(raw.len() - 3);
    let (lead, tail) = raw.split_at(3);
    let is_code = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase());
    let (scale, code) = if is_code(code) && !head.is_empty() && scale_of_letters(head).is_some() {
        (head, code)
    } else if is_code(lead) {
        (tail, lead)
    } else {
        return None;
    };
    Some((scale_of_letters(scale)?, money_of_code(code)?))
}

fn scale_of_letters(letters: &str) -> Option<u32> {
    match letters.to_ascii_lowercase().as_str() {
        "t" => Some(3),
        letters => match meaning_of(letters)? {
            Meaning::Scale(power) => Some(power),
            _ => None,
        },
    }
}
