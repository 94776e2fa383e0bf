//! What the number format of a cell says about its value: a date, money of a currency, a percentage, leading zeros.

use iso_currency::Currency;

/// How a cell shows a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::load::table) enum NumberShape {
    Number,
    Text,
    Percent,
    Money(Currency),
    Date(DatePrecision),
    /// A time of day or a duration, without a date.
    Time,
    /// A whole number with leading zeros, as a pattern of zeros and signs between them.
    Digits(String),
}

/// The smallest unit that a date format shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load::table) enum DatePrecision {
    Year,
    Month,
    Day,
}

/// Returns what the built-in format of this number shows.
pub(in crate::load::table) fn built_in(id: u32) -> NumberShape {
    match id {
        9 | 10 => NumberShape::Percent,
        14..=16 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => NumberShape::Date(DatePrecision::Day),
        17 => NumberShape::Date(DatePrecision::Month),
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => NumberShape::Time,
        49 => NumberShape::Text,
        _ => NumberShape::Number,
    }
}

/// A part of a format: a placeholder, or text that is shown as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum FormatToken {
    Sign(char),
    Literal(String),
    /// What brackets contain: a currency, a color, a condition, or elapsed time.
    Bracket(String),
}

/// Returns what a format code shows for positive numbers.
pub(in crate::load::table) fn parse_format(code: &str) -> NumberShape {
    let tokens = tokens(code);
    let has =
        |wanted: &[char]| tokens.iter().any(|token| matches!(token, FormatToken::Sign(sign) if wanted.contains(sign)));
    let is_general = code.trim_start().get(..7).is_some_and(|word| word.eq_ignore_ascii_case("general"));
    if is_general || (has(&['@']) && !has(&['0', '#', 'y', 'd'])) {
        return if is_general { NumberShape::Number } else { NumberShape::Text };
    }
    if let Some(shown) = date_or_time(&tokens) {
        return shown;
    }
    if has(&['%']) {
        return NumberShape::Percent;
    }
    if let Some(currency) = currency(&tokens) {
        return NumberShape::Money(currency);
    }
    zeros(&tokens).map_or(NumberShape::Number, NumberShape::Digits)
}

/// Splits the first section of a format code. Letters are lower case.
fn tokens(code: &str) -> Vec<FormatToken> {
    let mut tokens = Vec::new();
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => break,
            '"' => tokens.push(FormatToken::Literal(signs.by_ref().take_while(|sign| *sign != '"').collect())),
            '[' => tokens.push(FormatToken::Bracket(signs.by_ref().take_while(|sign| *sign != ']').collect())),
            '\\' => tokens.extend(signs.next().map(|sign| FormatToken::Literal(sign.to_string()))),
            // A blank as wide as the next sign, and a sign that is repeated.
            '_' | '*' => {
                signs.next();
            }
            _ => tokens.push(FormatToken::Sign(sign.to_ascii_lowercase())),
        }
    }
    tokens
}

/// Returns the kind of a date or time format; `None` for formats of numbers.
fn date_or_time(tokens: &[FormatToken]) -> Option<NumberShape> {
    let mut letters: Vec<char> = Vec::new();
    let mut is_elapsed = false;
    for token in tokens {
        match token {
            // Placeholders of digits belong to fractions of seconds if there is a time, else to numbers.
            FormatToken::Sign('#' | '?') => return None,
            FormatToken::Sign(sign @ ('y' | 'm' | 'd' | 'h' | 's' | 'e' | 'b')) if letters.last() != Some(sign) => {
                letters.push(*sign);
            }
            FormatToken::Bracket(text) if matches!(text.to_ascii_lowercase().trim_matches(['h', 'm', 's']), "") => {
                is_elapsed |= !text.is_empty();
            }
            _ => {}
        }
    }
    let has_digits = tokens.contains(&FormatToken::Sign('0'));
    let has_time = is_elapsed || letters.contains(&'h') || letters.contains(&'s');
    if has_digits && !has_time {
        return None;
    }
    // Minutes come after hours or before seconds, and the last letter of AM/PM after both; all others are months.
    let is_minute = |index: usize| {
        let before = index.checked_sub(1).and_then(|index| letters.get(index));
        matches!(before, Some('h' | 's')) || letters.get(index + 1) == Some(&'s')
    };
    let has_month = letters.iter().enumerate().any(|(index, letter)| *letter == 'm' && !is_minute(index));
    let has_day = letters.contains(&'d');
    let has_year = letters.iter().any(|letter| matches!(letter, 'y' | 'e' | 'b'));
    match (has_day, has_month && !is_elapsed, has_year) {
        (true, ..) => Some(NumberShape::Date(DatePrecision::Day)),
        (false, true, _) => Some(NumberShape::Date(DatePrecision::Month)),
        (false, false, true) => Some(NumberShape::Date(DatePrecision::Year)),
        (false, false, false) => has_time.then_some(NumberShape::Time),
    }
}

/// Returns the currency that a format shows.
fn currency(tokens: &[FormatToken]) -> Option<Currency> {
    let bracketed = tokens.iter().find_map(|token| match token {
        FormatToken::Bracket(text) => {
            let (symbol, locale) = text.strip_prefix('$')?.rsplit_once('-').unwrap_or((&text[1..], ""));
            currency_of(symbol, locale)
        }
        _ => None,
    });
    bracketed.or_else(|| {
        let words: String = tokens.iter().map(shown_text).collect();
        words.split_whitespace().find_map(|word| currency_of(word, ""))
    })
}

/// Returns the text that a token shows, or a blank for a placeholder.
fn shown_text(token: &FormatToken) -> String {
    match token {
        FormatToken::Literal(text) => text.replace('\u{a0}', " "),
        FormatToken::Bracket(_) | FormatToken::Sign('0' | '#' | '?' | ',' | '.' | '%') => " ".to_owned(),
        FormatToken::Sign(sign) => sign.to_string(),
    }
}

/// Returns the currency of a symbol; the locale is the code in hexadecimal that Excel writes after it.
fn currency_of(symbol: &str, locale: &str) -> Option<Currency> {
    let locale = u32::from_str_radix(locale, 16).unwrap_or(0) & 0xffff;
    Some(match symbol.trim() {
        "€" => Currency::EUR,
        "£" => Currency::GBP,
        "₹" => Currency::INR,
        "₽" => Currency::RUB,
        "₺" => Currency::TRY,
        "₴" => Currency::UAH,
        "₩" => Currency::KRW,
        "₪" => Currency::ILS,
        "zł" => Currency::PLN,
        "Kč" => Currency::CZK,
        "Ft" => Currency::HUF,
        "R$" => Currency::BRL,
        "US$" => Currency::USD,
        "Fr." | "SFr." => Currency::CHF,
        "¥" | "￥" => {
            if locale & 0x3ff == 4 {
                Currency::CNY
            } else {
                Currency::JPY
            }
        }
        "$" => dollar(locale),
        "kr" | "kr." => match locale & 0x3ff {
            0x1d => Currency::SEK,
            0x14 => Currency::NOK,
            0x06 => Currency::DKK,
            0x0f => Currency::ISK,
            _ => return None,
        },
        code => {
            let code = code.to_ascii_uppercase();
            return (code.len() == 3).then(|| Currency::from_code(&code)).flatten();
        }
    })
}

/// Returns the dollar (or peso) of a locale; that of the United States if it is not known.
fn dollar(locale: u32) -> Currency {
    match locale {
        0x1009 | 0x0c0c => Currency::CAD,
        0x0c09 => Currency::AUD,
        0x1409 => Currency::NZD,
        0x4809 | 0x1004 => Currency::SGD,
        0x0c04 => Currency::HKD,
        0x0404 => Currency::TWD,
        0x080a => Currency::MXN,
        0x2c0a => Currency::ARS,
        0x340a => Currency::CLP,
        0x240a => Currency::COP,
        _ => Currency::USD,
    }
}

/// Returns the pattern of a format that shows leading zeros: nothing but zeros, and signs between them.
fn zeros(tokens: &[FormatToken]) -> Option<String> {
    let mut pattern = String::new();
    for token in tokens {
        match token {
            FormatToken::Sign(sign @ ('0' | '-' | ' ' | '/')) => pattern.push(*sign),
            FormatToken::Literal(text) if !text.contains('0') => pattern.push_str(text),
            FormatToken::Bracket(_) => {}
            _ => return None,
        }
    }
    (pattern.matches('0').count() > 1).then_some(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_what_a_number_is() {
        let date = NumberShape::Date;
        for (code, expected) in [
            ("General", NumberShape::Number),
            ("General\" t\"", NumberShape::Number),
            ("0.00", NumberShape::Number),
            ("#,##0", NumberShape::Number),
            ("0.00E+00", NumberShape::Number),
            ("# ?/?", NumberShape::Number),
            ("[Red]-0.0", NumberShape::Number),
            ("#,##0\" days\"", NumberShape::Number),
            ("@", NumberShape::Text),
            ("0.0%", NumberShape::Percent),
            ("0\\ %", NumberShape::Percent),
            ("yyyy", date(DatePrecision::Year)),
            ("mmm yyyy", date(DatePrecision::Month)),
            ("yyyy-mm", date(DatePrecision::Month)),
            ("[$-407]mmmm\\ yyyy;@", date(DatePrecision::Month)),
            ("dd/mm/yyyy", date(DatePrecision::Day)),
            ("d\" de \"mmmm\" de \"yyyy h:mm", date(DatePrecision::Day)),
            ("yyyy-mm-dd h:mm:ss.000", date(DatePrecision::Day)),
            ("h:mm AM/PM", NumberShape::Time),
            ("[h]:mm:ss", NumberShape::Time),
            ("mm:ss.0", NumberShape::Time),
            ("00000000", NumberShape::Digits("00000000".to_owned())),
            ("000\\-00\\-0000", NumberShape::Digits("000-00-0000".to_owned())),
            ("#,##0.00\\ \"€\"", NumberShape::Money(Currency::EUR)),
            ("[$$-409]#,##0.00", NumberShape::Money(Currency::USD)),
            ("[$$-1009]#,##0.00", NumberShape::Money(Currency::CAD)),
            ("[$£-809]#,##0.00", NumberShape::Money(Currency::GBP)),
            ("[$CHF]\\ #,##0.00", NumberShape::Money(Currency::CHF)),
            ("#,##0.00\\ [$kr-41D]", NumberShape::Money(Currency::SEK)),
            ("#,##0\\ \"kr\"", NumberShape::Number),
            ("_-* #,##0.00\\ [$€-407]_-;-* #,##0.00", NumberShape::Money(Currency::EUR)),
            ("\"$\"#,##0_);\\(\"$\"#,##0\\)", NumberShape::Money(Currency::USD)),
            ("$#,##0.00", NumberShape::Money(Currency::USD)),
            ("#,##0 \"PLN\"", NumberShape::Money(Currency::PLN)),
        ] {
            assert_eq!(parse_format(code), expected, "{code}");
        }
    }

    #[test]
    fn unfinished_formats_are_read_to_their_end() {
        for code in ["\"", "[", "\\", "_", "*", "[$", "[$-", "[$€", "", ";", "€", "\"€", "ä", "[hä]", "Generäl"]
        {
            parse_format(code);
        }
    }
}
