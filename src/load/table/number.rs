//! Numbers of spreadsheets as text: decimals as precise as Excel shows them, and dates from day counts.

pub(super) mod format;

use std::borrow::Cow;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::types::{Cell, CellKind};
use format::{DatePrecision, NumberShape};

/// The day that a workbook counts dates from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1900-01-01, and 1900-02-29 is counted though it never was.
    #[default]
    Year1900,
    /// Day 0 is 1904-01-01, as in old files of Excel for the Mac.
    Year1904,
}

/// The last day that Excel knows: 9999-12-31.
const LAST_DAY: f64 = 2_958_465.0;

/// Returns the cell of a number, as its format shows it.
pub(super) fn number_cell(value: f64, shown: &NumberShape, epoch: Epoch) -> Cell<'static> {
    let (text, kind) = match shown {
        NumberShape::Number | NumberShape::Text => (decimal(value, 0), CellKind::Number),
        NumberShape::Percent => (decimal(value, 2), CellKind::Percent),
        NumberShape::Money(currency) => (decimal(value, 0), CellKind::Money(*currency)),
        NumberShape::Digits(pattern) => match digits(value, pattern) {
            Some(text) => (text, CellKind::Text),
            None => (decimal(value, 0), CellKind::Number),
        },
        NumberShape::Time => (time(value), CellKind::Text),
        NumberShape::Date(precision) => match date(value, epoch) {
            Some(date) => (date_text(date, *precision), CellKind::Date),
            None => (decimal(value, 0), CellKind::Number),
        },
    };
    Cell { text: text.into(), kind }
}

impl<'a> Cell<'a> {
    /// Returns the cell of a number in any form that programs write; of text if it is none.
    pub(super) fn number(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit())
            && digits.bytes().filter(|byte| *byte == b'.').count() < 2;
        if is_plain && digits.len() <= 28 {
            return Self { text, kind: CellKind::Number };
        }
        let starts_as_number =
            text.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
        match text.trim().parse::<f64>() {
            Ok(value) if value.is_finite() && starts_as_number => {
                Self { text: decimal(value, 0).into(), kind: CellKind::Number }
            }
            _ => Self::text(text),
        }
    }
}

/// Formats a number as a plain decimal, multiplied by a power of ten, with 15 significant digits as Excel keeps them.
pub(super) fn decimal(value: f64, power: i32) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    if let Some(plain) = short_decimal(value).filter(|_| power == 0) {
        return plain;
    }
    let scientific = format!("{value:.14e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    let all: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let significant = all.trim_end_matches('0');
    if significant.is_empty() {
        return "0".to_owned();
    }
    // The number of digits before the point.
    let point = exponent.parse::<i32>().unwrap_or(0) + power + 1;
    let length = i32::try_from(significant.len()).unwrap_or(i32::MAX);
    if point <= 0 {
        format!("{sign}0.{}{significant}", "0".repeat(point.unsigned_abs() as usize))
    } else if point >= length {
        format!("{sign}{significant}{}", "0".repeat((point - length) as usize))
    } else {
        let (whole, part) = significant.split_at(point as usize);
        format!("{sign}{whole}.{part}")
    }
}

/// Returns the shortest decimal of a usual number if it has at most 15 significant digits: they are those that Excel
/// keeps, too, since a number of that many digits is never changed by its binary form.
fn short_decimal(value: f64) -> Option<String> {
    if value == 0.0 || !(1e-4..1e15).contains(&value.abs()) {
        return None;
    }
    let text = value.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    (digits <= 15).then_some(text)
}

/// Fills the zeros of a pattern such as `00-0000` with the digits of a whole number; `None` for other numbers.
fn digits(value: f64, pattern: &str) -> Option<String> {
    if value < 0.0 || value.fract() != 0.0 {
        return None;
    }
    let text = decimal(value, 0);
    let mut rest = text.bytes().rev();
    let mut filled = Vec::new();
    for sign in pattern.chars().rev() {
        filled.push(if sign == '0' { rest.next().map_or('0', char::from) } else { sign });
    }
    filled.extend(rest.map(char::from));
    Some(filled.iter().rev().collect())
}

/// Returns the date of a day count, without the time of day.
pub(super) fn date(value: f64, epoch: Epoch) -> Option<Date> {
    let is_day = match epoch {
        Epoch::Year1900 => (1.0..LAST_DAY + 1.0).contains(&value),
        Epoch::Year1904 => (0.0..LAST_DAY).contains(&value),
    };
    if !is_day {
        return None;
    }
    let days = value.floor() as i64;
    let first = match epoch {
        Epoch::Year1904 => Date::constant(1904, 1, 1),
        Epoch::Year1900 if days < 60 => Date::constant(1899, 12, 31),
        Epoch::Year1900 => Date::constant(1899, 12, 30),
    };
    first.checked_add(days.days()).ok()
}

/// Formats a date in EDTF.
pub(super) fn date_text(date: Date, precision: DatePrecision) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match precision {
        DatePrecision::Year => format!("{year:04}"),
        DatePrecision::Month => format!("{year:04}-{month:02}"),
        DatePrecision::Day => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// Formats a part of a day, or a duration in days, in hours.
fn time(value: f64) -> String {
    if !(0.0..1e7).contains(&value) {
        return decimal(value, 0);
    }
    let seconds = (value * 86_400.0).round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_plain_and_as_short_as_excel_shows_them() {
        for (value, power, expected) in [
            (99.9 + f64::EPSILON * 64.0, 0, "99.9"),
            (2_500_000.0, 0, "2500000"),
            (0.255, 2, "25.5"),
            (0.07, 2, "7"),
            (1.0, 2, "100"),
            (-0.000_12, 0, "-0.00012"),
            (0.0, 2, "0"),
            (-0.0, 0, "0"),
            (1e21, 0, "1000000000000000000000"),
            (0.1 + 0.2, 0, "0.3"),
            (1e-7, 2, "0.00001"),
        ] {
            assert_eq!(decimal(value, power), expected, "{value}");
        }
    }

    #[test]
    fn short_decimals_are_those_of_15_digits() {
        let scaled = (1..200_u32).flat_map(|n| (-6..16).map(move |power| f64::from(n * 37 + 1) * 10_f64.powi(power)));
        let sums = (1..200_u32).map(|n| f64::from(n) * 0.1 + 0.2);
        for value in scaled.chain(sums).flat_map(|value| [value, -value]) {
            let Some(short) = short_decimal(value) else { continue };
            let rounded: f64 = format!("{value:.14e}").parse().expect("a number");
            assert_eq!((short.parse(), rounded), (Ok(value), value));
            assert!(!short.contains('e'), "{short}");
            assert!(!short.contains('.') || !short.ends_with('0'), "{short}");
        }
        assert_eq!(short_decimal(0.1 + 0.2), None, "17 digits");
    }

    #[test]
    fn days_are_counted_from_both_epochs() {
        let text = |value, epoch| date(value, epoch).map(|date| date_text(date, DatePrecision::Day));
        for (value, epoch, expected) in [
            (42466.0, Epoch::Year1900, Some("2016-04-06")),
            (41004.0, Epoch::Year1904, Some("2016-04-06")),
            (43_968.572_916, Epoch::Year1900, Some("2020-05-17")),
            (1.0, Epoch::Year1900, Some("1900-01-01")),
            (59.0, Epoch::Year1900, Some("1900-02-28")),
            (61.0, Epoch::Year1900, Some("1900-03-01")),
            (0.0, Epoch::Year1904, Some("1904-01-01")),
            (2_958_465.0, Epoch::Year1900, Some("9999-12-31")),
            (2_958_466.0, Epoch::Year1900, None),
            (0.5, Epoch::Year1900, None),
            (-1.0, Epoch::Year1904, None),
            (f64::NAN, Epoch::Year1900, None),
        ] {
            assert_eq!(text(value, epoch).as_deref(), expected, "{value} {epoch:?}");
        }
    }

    #[test]
    fn digits_fill_the_zeros_that_the_format_shows() {
        assert_eq!(digits(123_456.0, "00000000").as_deref(), Some("00123456"));
        assert_eq!(digits(78_051_120.0, "000-00-0000").as_deref(), Some("078-05-1120"));
        assert_eq!(digits(1234.0, "00").as_deref(), Some("1234"));
        assert_eq!(digits(1.5, "00"), None);
        assert_eq!(digits(-1.0, "00"), None);
    }
}
