//! Amounts as typed: "more than $13bn", "27 %", "2 GW", "13 billion".

use rust_decimal::Decimal;

use crate::model::{Amount, Bound};
use crate::wording::amount::{amount_text, share_text};
use crate::wording::read::{
    NumberStyle, ReadAmount, Reading, amount_of_words, currency_may_mean, currency_name, read_amount, read_quantity,
    read_share,
};

use super::{Typed, TypedMeaning};

/// A figure of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedFigure {
    /// Money, or words in place of it.
    Money(Amount),
    /// A share in percent.
    Share(Amount),
    /// A quantity with a unit.
    Quantity(Amount),
}

/// The longest text that is read, in bytes.
const MAX_BYTES: usize = 400;

/// Currencies offered for a bare number, after those that the map uses.
const OFFERED: [&str; 3] = ["USD", "EUR", "GBP"];

/// Words between a figure and the time that it is for; they stay in the words only.
const PER: [&str; 8] = [" a year", " per year", " a month", " per month", " a day", " per day", " annually", " p.a."];

/// Fractions in words, in percent.
const FRACTIONS: [(&str, u8); 6] =
    [("half", 50), ("one half", 50), ("a half", 50), ("a quarter", 25), ("one quarter", 25), ("three quarters", 75)];

/// Words before a number in words, with what they make of it.
const LIMITS: [(&str, Limit); 14] = [
    ("more than ", Limit::Above),
    ("over ", Limit::Above),
    ("above ", Limit::Above),
    ("less than ", Limit::Below),
    ("under ", Limit::Below),
    ("below ", Limit::Below),
    ("at least ", Limit::AtLeast),
    ("at most ", Limit::AtMost),
    ("up to ", Limit::AtMost),
    ("about ", Limit::About),
    ("around ", Limit::About),
    ("roughly ", Limit::About),
    ("nearly ", Limit::Nearly),
    ("almost ", Limit::Nearly),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limit {
    Above,
    Below,
    AtLeast,
    AtMost,
    About,
    Nearly,
}

/// Reads any figure of a claim: money, a share or a quantity, whichever fits. `used` are the currencies of the map,
/// most used first.
#[must_use]
pub fn read_figure(text: &str, used: &[String]) -> Typed<TypedFigure> {
    let text = text.trim();
    if let Some(early) = before_reading(text) {
        return early.map(TypedFigure::Money);
    }
    if let Some(share) = fraction(text) {
        return Typed::Means(share_meaning(share));
    }
    let mut meanings = Vec::new();
    let mut usual = None;
    let base = without_period(text);
    match read_amount(base, NumberStyle::default()) {
        Reading::Value(read) if read.is_percentage => {
            return Typed::Means(share_meaning(Amount { currency: None, unit: None, ..finish(read.amount, text) }));
        }
        Reading::Value(read) => (meanings, usual) = money_meanings(text, base, &read, used),
        Reading::WordsOnly => return Typed::Means(money_meaning(amount_of_words(text), "")),
        Reading::Empty => return Typed::Empty,
        Reading::Unreadable => {}
    }
    // "2,000 t" is two thousand tonnes rather than two quadrillion dollars.
    let is_weight = base.ends_with(" t") && !names_currency(base);
    if (meanings.is_empty() || is_weight)
        && let Some(quantity) = quantity(text, base)
    {
        return Typed::Means(quantity);
    }
    match Typed::of(meanings) {
        Some(Typed::Several { meanings, .. }) => Typed::Several { meanings, usual },
        Some(typed) => typed,
        None => Typed::Unreadable(reason(text)),
    }
}

/// Reads money, or words in place of it.
#[must_use]
pub fn read_money(text: &str, used: &[String]) -> Typed<Amount> {
    only(read_figure(text, used), "an amount of money", |figure| match figure {
        TypedFigure::Money(amount) => Some(amount),
        _ => None,
    })
}

/// Reads a share in percent; the sign may be missing.
#[must_use]
pub fn read_share_entry(text: &str) -> Typed<Amount> {
    let text = text.trim();
    if let Some(early) = before_reading(text) {
        return early;
    }
    if let Some(share) = fraction(text) {
        return Typed::Means(TypedMeaning { shown: share_text(&without_text(&share)), value: share });
    }
    match read_share(text, NumberStyle::default()) {
        Reading::Value(read) => {
            let share = finish(read.amount, text);
            Typed::Means(TypedMeaning { shown: share_shown(&share), value: share })
        }
        Reading::WordsOnly => Typed::Means(TypedMeaning { shown: text.to_owned(), value: amount_of_words(text) }),
        Reading::Empty => Typed::Empty,
        Reading::Unreadable => Typed::Unreadable(reason(text)),
    }
}

/// Reads a quantity with its unit.
#[must_use]
pub fn read_quantity_entry(text: &str) -> Typed<Amount> {
    let text = text.trim();
    if let Some(early) = before_reading(text) {
        return early;
    }
    match read_quantity(text, NumberStyle::default()) {
        Reading::Value(read) if read.is_percentage || read.amount.currency.is_some() => Typed::Unreadable(
            "A quantity has a unit such as GW or t; money and shares have fields of their own.".into(),
        ),
        Reading::Value(read) => {
            let amount = finish(read.amount, text);
            Typed::Means(TypedMeaning { shown: amount_text(&without_text(&amount)), value: amount })
        }
        Reading::WordsOnly => Typed::Means(TypedMeaning { shown: text.to_owned(), value: amount_of_words(text) }),
        Reading::Empty => Typed::Empty,
        Reading::Unreadable => Typed::Unreadable(reason(text)),
    }
}

/// Answers for texts that need no reading: too long ones, and words that empty the field.
fn before_reading(text: &str) -> Option<Typed<Amount>> {
    if text.len() > MAX_BYTES {
        return Some(Typed::Unreadable("This is too long for a figure. Put the words into the summary.".to_owned()));
    }
    let is_unknown = matches!(text.to_lowercase().as_str(), "" | "-" | "–" | "?" | "unknown");
    is_unknown.then_some(Typed::Empty)
}

fn only(figure: Typed<TypedFigure>, wanted: &str, take: fn(TypedFigure) -> Option<Amount>) -> Typed<Amount> {
    let unfit = || Typed::Unreadable(format!("This is not {wanted}."));
    let take =
        |meaning: TypedMeaning<TypedFigure>| Some(TypedMeaning { value: take(meaning.value)?, shown: meaning.shown });
    match figure {
        Typed::Empty => Typed::Empty,
        Typed::Means(meaning) => take(meaning).map_or_else(unfit, Typed::Means),
        Typed::Several { meanings, usual } => match Typed::of(meanings.into_iter().filter_map(take).collect()) {
            Some(Typed::Several { meanings, .. }) => Typed::Several { meanings, usual },
            Some(typed) => typed,
            None => unfit(),
        },
        Typed::Unreadable(reason) => Typed::Unreadable(reason),
    }
}

/// Returns the text without the words for a time at its end: "$13bn a year" is $13bn in figures.
fn without_period(text: &str) -> &str {
    PER.iter().find_map(|per| text.strip_suffix(per)).unwrap_or(text)
}

/// Returns the meanings of a number of money, and why the first one may be taken if there are several.
fn money_meanings(
    text: &str,
    base: &str,
    read: &ReadAmount,
    used: &[String],
) -> (Vec<TypedMeaning<TypedFigure>>, Option<&'static str>) {
    let amounts = by_decimal_mark(base, read);
    let has_sign_of_none = read.amount.currency.is_none() && read.possible_currencies.is_empty();
    let codes: Vec<String> = if let Some(code) = &read.amount.currency {
        let is_open = read.is_usual_currency;
        match used.iter().find(|used| is_open && read_may_be(read, used)) {
            // The map already uses another currency of this sign: "$" in a map of Canadian dollars.
            Some(other) if other != code && used.iter().filter(|it| read_may_be(read, it)).count() == 1 => {
                vec![other.clone()]
            }
            None if code == "JPY" && is_open => vec!["JPY".to_owned(), "CNY".to_owned()],
            _ => vec![code.clone()],
        }
    } else if has_sign_of_none {
        let offered = OFFERED.iter().map(|code| (*code).to_owned());
        let mut codes: Vec<String> = used.iter().cloned().chain(offered).collect();
        let mut seen = std::collections::HashSet::new();
        codes.retain(|code| seen.insert(code.clone()));
        codes.truncate(4);
        codes
    } else {
        let possible = read.possible_currencies;
        match used.iter().find(|code| possible.contains(&code.as_str())) {
            Some(code) => vec![code.clone()],
            // These words have one meaning that is far more common than the others.
            None if matches!(possible.first(), Some(&("CHF" | "INR"))) => vec![possible[0].to_owned()],
            None => possible.iter().map(|code| (*code).to_owned()).collect(),
        }
    };
    let usual = (has_sign_of_none && used.len() == 1 && amounts.len() == 1).then_some("as elsewhere in this map");
    let is_named = !read.is_usual_currency && read.amount.currency.is_some();
    let in_currency = |amount: &Amount, code: &String| {
        let amount = Amount { currency: Some(code.clone()), ..finish(amount.clone(), text) };
        money_meaning(amount, if is_named { "" } else { code })
    };
    let meanings = amounts.iter().flat_map(|amount| codes.iter().map(move |code| in_currency(amount, code)));
    (meanings.collect(), usual)
}

fn read_may_be(read: &ReadAmount, code: &str) -> bool {
    match read.amount.currency.as_deref() {
        Some(usual) => usual == code || currency_may_mean(usual, code),
        None => false,
    }
}

/// Returns both values of a number such as "1.234"; a comma before three digits separates thousands in English.
fn by_decimal_mark(base: &str, read: &ReadAmount) -> Vec<Amount> {
    let is_open = read.is_ambiguous && base.contains('.') && !base.contains(',');
    let with = |style| Some(read_amount(base, style).value()?.amount);
    if !is_open && read.is_ambiguous {
        return vec![with(NumberStyle::DOT).unwrap_or_else(|| read.amount.clone())];
    }
    if !is_open {
        return vec![read.amount.clone()];
    }
    [NumberStyle::COMMA, NumberStyle::DOT].into_iter().filter_map(with).collect()
}

/// Returns a quantity with a unit of its own; a misspelled scale ("13bm") is none.
fn quantity(text: &str, base: &str) -> Option<TypedMeaning<TypedFigure>> {
    let read = read_quantity(base, NumberStyle::default()).value()?;
    let unit = read.amount.unit.as_deref()?;
    if read.amount.currency.is_some() || read.is_percentage || is_scale_like(unit) {
        return None;
    }
    let amount = read_quantity(base, NumberStyle::DOT);
    let amount = finish(amount.value().map_or(read.amount, |read| read.amount), text);
    let shown = format!("a quantity: {}", amount_text(&without_text(&amount)));
    Some(TypedMeaning { value: TypedFigure::Quantity(amount), shown })
}

fn names_currency(base: &str) -> bool {
    let read = read_amount(base, NumberStyle::default()).value();
    read.is_some_and(|read| read.amount.currency.is_some() || !read.possible_currencies.is_empty())
}

/// Reads "more than half" and the like.
fn fraction(text: &str) -> Option<Amount> {
    let folded = text.to_lowercase();
    let (limit, rest) = LIMITS
        .iter()
        .find_map(|(words, limit)| Some((Some(*limit), folded.strip_prefix(words)?)))
        .unwrap_or((None, &folded));
    let rest = rest.trim_end_matches(" of it").trim();
    let (_, percent) = FRACTIONS.iter().find(|(words, _)| *words == rest)?;
    let bound = |is_inclusive| Some(Bound { value: Decimal::from(*percent), is_inclusive });
    let (lower, upper) = match limit {
        Some(Limit::Above) => (bound(false), None),
        Some(Limit::AtLeast) => (bound(true), None),
        Some(Limit::Below | Limit::Nearly) => (None, bound(false)),
        Some(Limit::AtMost) => (None, bound(true)),
        Some(Limit::About) | None => (bound(true), bound(true)),
    };
    let is_approximate = matches!(limit, Some(Limit::About | Limit::Nearly));
    Some(Amount { lower, upper, is_approximate, text: Some(text.to_owned()), ..Amount::default() })
}

/// Keeps the words only if they say more than signs, digits and short scales; reads "nearly" as an upper bound.
fn finish(mut amount: Amount, text: &str) -> Amount {
    let folded = text.to_lowercase();
    let is_nearly = LIMITS.iter().any(|(words, limit)| *limit == Limit::Nearly && folded.starts_with(words));
    if is_nearly && amount.lower == amount.upper {
        amount.lower = None;
        amount.upper = amount.upper.map(|bound| Bound { is_inclusive: false, ..bound });
        amount.is_approximate = true;
    }
    amount.text = (!is_shorthand(text, &amount)).then(|| text.to_owned());
    amount
}

/// Returns whether a text consists of digits, signs, codes and short scales only: "~35m EUR", "$13bn+", "2 GW".
fn is_shorthand(text: &str, amount: &Amount) -> bool {
    let unit = amount.unit.as_deref().unwrap_or_default();
    let rest = if unit.is_empty() { text.to_owned() } else { text.replace(unit, " ") };
    let words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_short = |word: &str| {
        matches!(word.to_lowercase().as_str(), "k" | "m" | "mn" | "mio" | "bn" | "b" | "tn" | "t" | "fr" | "kr")
            || (word.len() == 3 && word.chars().all(|c| c.is_ascii_uppercase()))
            || matches!(word, "US" | "C" | "CA" | "A" | "AU" | "NZ" | "HK" | "S")
    };
    words.into_iter().all(is_short)
}

/// Returns whether a word looks like a misspelled scale: "bm", "milion".
fn is_scale_like(word: &str) -> bool {
    near_scale(word).is_some()
}

/// Returns the scale that a word may be a misspelling of.
fn near_scale(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    match word.as_str() {
        "bm" | "bb" | "nb" | "bnn" => Some("bn"),
        "nm" | "mnn" => Some("m"),
        "tm" | "tnn" => Some("tn"),
        _ if word.len() >= 5 => ["million", "billion", "trillion", "thousand"]
            .into_iter()
            .find(|scale| *scale != word && strsim::osa_distance(scale, &word) == 1),
        _ => None,
    }
}

fn reason(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for word in words {
        if let Some(scale) = near_scale(word) {
            return format!("“{word}” is not a number word. Did you mean {scale}?");
        }
    }
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return "There is no number here. Write it in digits, such as $13bn, 27% or 2 GW.".to_owned();
    }
    let is_range = text.contains(['–', '-', '—']) || text.contains(" to ");
    if is_range && is_descending(text) {
        return "The second number is smaller than the first.".to_owned();
    }
    "This cannot be read as a figure. Write it like $13bn, more than €5m, 27% or 2 GW.".to_owned()
}

/// Returns whether the numbers of a range descend.
fn is_descending(text: &str) -> bool {
    let numbers: Vec<Decimal> = text
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .filter_map(|number| number.trim_matches('.').parse().ok())
        .collect();
    matches!(numbers.as_slice(), [first, second] if second < first)
}

fn without_text(amount: &Amount) -> Amount {
    Amount { text: None, ..amount.clone() }
}

fn share_meaning(share: Amount) -> TypedMeaning<TypedFigure> {
    TypedMeaning { shown: share_shown(&share), value: TypedFigure::Share(share) }
}

fn share_shown(share: &Amount) -> String {
    let is_over = share.lower.or(share.upper).is_some_and(|bound| bound.value > Decimal::ONE_HUNDRED);
    let words = share_text(&without_text(share));
    if is_over { format!("{words}, more than the whole") } else { words }
}

/// Returns a meaning as money; the name of its currency is added unless the text itself names it.
fn money_meaning(amount: Amount, code: &str) -> TypedMeaning<TypedFigure> {
    if amount.lower.or(amount.upper).is_none() {
        return TypedMeaning {
            shown: "no number: the amount is drawn as unknown".to_owned(),
            value: TypedFigure::Money(amount),
        };
    }
    let words = amount_text(&without_text(&amount));
    let shown = match currency_name(code) {
        Some(name) => format!("{words} ({name})"),
        _ => words,
    };
    TypedMeaning { shown, value: TypedFigure::Money(amount) }
}
