//! Detection of amounts in texts.

use super::fold::{Gap, Token, decoded, tokens};
use super::lexicon::{FRACTIONS, LOCATORS, MONEY_WORDS, NUMBER_WORDS, UNITS};
use super::matcher::Matcher;
use super::spellings::Spellings;
use crate::model::Amount;

/// Number of words after a number word that are searched for a unit.
const REACH: usize = 2;

/// Detects amounts, including those written in words of the map.
pub(super) struct Amounts {
    own: Option<Matcher>,
}

impl Amounts {
    /// Collects the texts and units of the map's own amounts.
    pub(super) fn new<'a>(amounts: impl Iterator<Item = &'a Amount>) -> Self {
        let mut own = Spellings::default();
        for amount in amounts {
            for text in [&amount.text, &amount.unit].into_iter().flatten() {
                own.add_phrase(text);
            }
        }
        Self { own: Matcher::new(own) }
    }

    /// Whether the text mentions an amount: a currency sign or money word, a fraction, a number next to a unit, the
    /// words of an amount of the map, or any number that is not a date, an ordinal or a locator.
    pub(super) fn touches(&self, text: &str) -> bool {
        let plain = decoded(text);
        let tokens = tokens(text);
        plain.chars().any(is_sign)
            || has_large_number(&plain)
            || has_han_number(&plain)
            || tokens.iter().any(|token| MONEY_WORDS.contains(token.word()) || FRACTIONS.contains(token.word()))
            || (0..tokens.len()).any(|at| is_amount(&tokens, at))
            || self.own.as_ref().is_none_or(|own| own.touches(text))
    }
}

fn is_sign(c: char) -> bool {
    let is_fraction = matches!(c, '¼'..='¾' | '\u{2150}'..='\u{215e}');
    is_fraction
        || matches!(c, '$' | '£' | '¥' | '%' | '‰' | '‱' | '\u{20a0}'..='\u{20cf}' | '\u{a2}'..='\u{a5}' | '٪' | '％' | '＄' | '￡' | '￥')
}

/// Whether the word at this position is a number that states an amount.
fn is_amount(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let is_unit = |token: &Token| UNITS.contains(token.word());
    let is_digits = |token: &Token| token.raw.chars().all(char::is_numeric);
    if !is_digits(token) {
        return NUMBER_WORDS.contains(token.word()) && tokens[at + 1..].iter().take(REACH).any(is_unit);
    }
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let after = tokens.get(at + 1);
    if after.is_some_and(|next| is_unit(next) && !(next.gap == Gap::Apart && is_year(token) && next.len() < 3)) {
        return true;
    }
    let is_ordinal = after.is_some_and(|next| next.gap == Gap::Glued);
    let is_name = before.is_some_and(|last| token.gap == Gap::Glued && !is_digits(last));
    let is_place = before.is_some_and(|last| LOCATORS.contains(last.word()));
    let is_of_month = after.is_some_and(|next| is_month(next.word()));
    let is_of_year = [before, after].into_iter().flatten().any(|near| is_digits(near) && is_year(near));
    let is_of_date = is_of_year || is_iso_part(tokens, at);
    !(is_ordinal || is_name || is_place || is_of_month || is_of_date || is_year(token))
}

/// Whether a number is a year from 1400 to 2199.
fn is_year(token: &Token) -> bool {
    token.raw.len() == 4 && token.raw.parse::<u32>().is_ok_and(|year| (1400..2200).contains(&year))
}

/// Whether a number is part of a date with its year first or last, such as "2024-05-17".
fn is_iso_part(tokens: &[Token], at: usize) -> bool {
    let is_short = |token: &Token| token.raw.len() <= 2 && token.raw.chars().all(char::is_numeric);
    at >= 2 && is_short(&tokens[at]) && is_short(&tokens[at - 1]) && is_year(&tokens[at - 2])
        || at + 2 < tokens.len() && is_short(&tokens[at]) && is_short(&tokens[at + 1]) && is_year(&tokens[at + 2])
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 23] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "januar",
        "februar",
        "marz",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "janvier",
        "juin",
        "juillet",
        "aout",
    ];
    MONTHS.contains(&word)
}

/// Whether the text contains a number of five or more digits, grouped digits or decimals: "13000000", "13,000", "13
/// 000", "1.3e7".
fn has_large_number(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_numeric() {
            at += 1;
            continue;
        }
        let mut groups = vec![0_usize];
        let mut separators: Vec<char> = Vec::new();
        while at < chars.len() {
            let next_is_digit = chars.get(at + 1).is_some_and(|c| c.is_numeric());
            if chars[at].is_numeric() {
                *groups.last_mut().unwrap_or(&mut 0) += 1;
            } else if is_separator(chars[at]) && next_is_digit {
                separators.push(chars[at]);
                groups.push(0);
            } else {
                break;
            }
            at += 1;
        }
        if is_large(&groups, &separators) {
            return true;
        }
    }
    false
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '_' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2007}' | '٫' | '٬')
}

fn is_large(groups: &[usize], separators: &[char]) -> bool {
    let is_spaced = |c: &char| c.is_whitespace();
    let is_date = matches!(groups, [1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2]) && separators.iter().all(|c| *c == '.');
    let groups_of_three = groups.len() > 1 && groups[0] <= 3 && groups[1..].iter().all(|count| *count == 3);
    let has_decimals = separators.iter().any(|c| !is_spaced(c));
    groups.iter().any(|count| *count >= 5) || groups_of_three || (has_decimals && !is_date)
}

/// Whether the text contains a number in Han characters followed by a magnitude or currency.
fn has_han_number(text: &str) -> bool {
    let is_digit = |c: char| c.is_numeric() || "一二三四五六七八九十百千零〇两兩几幾数數半".contains(c);
    let is_unit = |c: char| "百千万萬億亿兆元円圓圆倍股成".contains(c);
    let chars: Vec<char> = text.chars().collect();
    chars.windows(2).any(|pair| is_digit(pair[0]) && is_unit(pair[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_from_dates_and_places() {
        let amounts = Amounts::new(std::iter::empty());
        for text in [
            "paid 13m",
            "zahlte 13 Mio.",
            "pagó 13 millones",
            "paid 13 lakh",
            "paid five hundred",
            "CHF 500",
            "500 zł",
            "13 000 000",
            "13’000’000",
            "1,30,00,000",
            "27 pct",
            "owns half",
            "5 BTC",
            "支付1300万美元",
            "支付十三亿元",
            "2tn",
            "27 bps",
            "1.3e7",
            "50 cents",
            "a 27-percentage-point stake",
            "supplies two gigawatts",
            "a third",
            "https://a.example/birch-pays-13-mln",
            "paid 500",
            "٥٠٠ ريال",
            "½ of it",
            "a few million",
            "€5",
            "27 %",
            "13,000 people",
            "two thirds",
        ] {
            assert!(amounts.touches(text), "{text}");
        }
        for text in [
            "in 2019",
            "since 17 May 2024",
            "on May 17",
            "page 5",
            "paragraph 12",
            "Concession 014/2019",
            "2024-05-17",
            "Order in case 118/2023",
            "the 3rd meeting",
            "stage 2 of the works",
            "Q3",
            "no digits",
            "17.05.2024",
            "https://a.example/2024/05/17/story",
        ] {
            assert!(!amounts.touches(text), "{text}");
        }
    }

    #[test]
    fn the_words_of_own_amounts_tell() {
        let amount = Amount { text: Some("thirteen pearls".to_owned()), ..Amount::default() };
        let amounts = Amounts::new(std::iter::once(&amount));
        assert!(amounts.touches("for Thirteen Pearls, they say"));
        assert!(!amounts.touches("for pearls"));
    }
}
