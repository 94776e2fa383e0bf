//! Whether a text speaks of money or another amount.

/// Words that stand beside amounts.
const WORDS: [&str; 22] = [
    "thousand",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "trillions",
    "bn",
    "mn",
    "percent",
    "dollar",
    "dollars",
    "euro",
    "euros",
    "pound",
    "pounds",
    "yen",
    "yuan",
    "rupees",
    "usd",
    "eur",
    "gbp",
];

/// Whether a text speaks of an amount: a currency sign, a percent sign, grouped digits, or a word as "billion".
pub(super) fn speaks_of_amounts(text: &str) -> bool {
    text.chars().any(is_sign) || has_grouped_digits(text) || text.split(|c: char| !c.is_alphabetic()).any(is_word)
}

/// The same for an address, where a percent sign is part of the spelling.
pub(super) fn address_speaks_of_amounts(url: &str) -> bool {
    url.split(|c: char| !c.is_alphabetic()).any(is_word)
}

fn is_word(token: &str) -> bool {
    WORDS.iter().any(|word| token.eq_ignore_ascii_case(word))
}

fn is_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '%' | '‰' | '\u{20a0}'..='\u{20cf}' | '\u{a2}'..='\u{a5}' | '＄' | '￡' | '￥')
}

/// "13,000" or "13.000": a digit, a separator, three digits and no fourth.
fn has_grouped_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (1..bytes.len()).any(|at| {
        let is_group = (at + 1..at + 4).all(is_digit) && !is_digit(at + 4);
        matches!(bytes[at], b',' | b'.' | b'\'') && is_digit(at - 1) && is_group
    })
}

#[cfg(test)]
mod tests {
    use super::{address_speaks_of_amounts, speaks_of_amounts};

    #[test]
    fn amounts_are_told_from_years_and_counts() {
        for text in ["$50 billion", "27 %", "a few million", "13,000 people", "pays 5 EUR", "€5"] {
            assert!(speaks_of_amounts(text), "{text}");
        }
        assert!(address_speaks_of_amounts("https://news.example/x-raises-110-billion"));
        assert!(!address_speaks_of_amounts("https://news.example/a%20b"));
        for text in ["since 2019", "Article 12.3", "on 27 February 2026", "a bnp study", ""] {
            assert!(!speaks_of_amounts(text), "{text}");
        }
    }
}
