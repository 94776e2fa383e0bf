//! Reads dates and periods as people write them, in the precision of the source.

use crate::model::Date;

use super::date_words::DateWord;
use super::day::{DatePart, PlacedPart, Single, parts, single};
use super::lexicon::{is_blank, is_unsaid};
use super::reading::{DateOrder, ReadDates, Reading};
use super::timeset::timeset;
use super::token::is_space;

impl DateOrder {
    /// Determines the order from the values of a column with a number above 12.
    pub fn of_column<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut has_day_first, mut has_month_first) = (false, false);
        // A date of three numbers has two separators, so most values need not be taken apart.
        let may_show =
            |text: &&str| !text.is_ascii() || text.bytes().filter(|byte| matches!(byte, b'/' | b'-')).nth(1).is_some();
        for parts in values.into_iter().filter(may_show).filter_map(parts) {
            for window in parts.windows(5) {
                let Some((first, second)) = leading_numbers(window) else { continue };
                has_day_first |= (13..=31).contains(&first) && (1..=12).contains(&second);
                has_month_first |= (1..=12).contains(&first) && (13..=31).contains(&second);
            }
        }
        match (has_day_first, has_month_first) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            _ => Self::Unknown,
        }
    }
}

/// Returns the first two numbers of a date of three with slashes or hyphens and the year at the end.
fn leading_numbers(window: &[PlacedPart]) -> Option<(u8, u8)> {
    let [a, b, c, d, e] = window else { return None };
    let (DatePart::Number(first), DatePart::Sign(sign), DatePart::Number(second)) = (&a.part, &b.part, &c.part) else {
        return None;
    };
    let (DatePart::Sign(other), DatePart::Number(last)) = (&d.part, &e.part) else { return None };
    let fits = matches!(sign, '/' | '-') && sign == other && matches!(last.len(), 2 | 4);
    let small = |text: &str| (text.len() <= 2).then(|| text.parse().ok()).flatten();
    if fits { Some((small(first)?, small(second)?)) } else { None }
}

/// Reads a date or a period.
///
/// Bare numbers are years from 1000 to 2999, or days of eight digits. Day counts of spreadsheets are
/// [`Reading::Unreadable`].
#[must_use]
pub fn read_dates(text: &str, order: DateOrder) -> Reading<ReadDates> {
    let text = text.trim_matches(is_space);
    let has_no_digit_but_zero = text.contains('0') && text.chars().all(|c| matches!(c, '0' | '-' | '/' | '.'));
    if is_blank(text) || (has_no_digit_but_zero && text.len() > 4) {
        return Reading::Empty;
    }
    if text.starts_with('<') {
        return timeset(text, order).map_or(Reading::Unreadable, Reading::Value);
    }
    if text.len() > 200 {
        return Reading::Unreadable;
    }
    let text = text.replace(is_space, " ");
    if let Some(single) = single(&text, order) {
        return date_of(&single).map_or(Reading::Unreadable, |date| {
            Reading::Value(ReadDates { date: Some(date), ..flags(&[Some(&single)]) })
        });
    }
    match period(&text, order) {
        Some(dates) => Reading::Value(dates),
        None if is_unsaid(&text) => Reading::WordsOnly,
        None => Reading::Unreadable,
    }
}

fn date_of(single: &Single) -> Option<Date> {
    Date::parse(&single.edtf).ok()
}

fn flags(ends: &[Option<&Single>]) -> ReadDates {
    let any = |flag: fn(&Single) -> bool| ends.iter().flatten().any(|single| flag(single));
    ReadDates {
        is_ambiguous: any(|single| single.is_ambiguous),
        is_century_assumed: any(|single| single.is_century_assumed),
        ..ReadDates::default()
    }
}

/// One end of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PeriodEnd {
    Date(Single),
    Open,
    Unknown,
}

impl PeriodEnd {
    fn single(&self) -> Option<&Single> {
        match self {
            Self::Date(single) => Some(single),
            Self::Open | Self::Unknown => None,
        }
    }
}

fn period(text: &str, order: DateOrder) -> Option<ReadDates> {
    if text == ".." {
        return dates(&PeriodEnd::Unknown, &PeriodEnd::Open);
    }
    let parts = parts(text)?;
    let rest = text.get(parts.first()?.end..)?;
    match parts.first()?.part {
        DatePart::Word(DateWord::Open) if parts.len() == 1 => dates(&PeriodEnd::Unknown, &PeriodEnd::Open),
        DatePart::Word(DateWord::Between) => {
            let found = split(rest, order)?;
            let (start, end) = (found.start?, found.end.filter(|end| !end.is_open())?);
            let date = Date::parse(&format!("[{}..{}]", start.text(), end.text())).ok()?;
            Some(ReadDates { date: Some(date), start: None, end: None, ..found })
        }
        DatePart::Word(DateWord::Since) => {
            split(rest, order).or_else(|| dates(&PeriodEnd::Date(single(rest, order)?), &PeriodEnd::Open))
        }
        DatePart::Word(DateWord::From) => {
            split(rest, order).or_else(|| dates(&PeriodEnd::Date(single(rest, order)?), &PeriodEnd::Open))
        }
        DatePart::Word(DateWord::Until) => match end(rest, order)? {
            PeriodEnd::Unknown => None,
            last => dates(&PeriodEnd::Unknown, &last),
        },
        _ => split(text, order),
    }
}

/// The number of places at which a text is split on trial.
const MAX_SPLITS: usize = 12;

/// Reads start and end around a dash, slash or word such as "to".
fn split(text: &str, order: DateOrder) -> Option<ReadDates> {
    let parts = parts(text)?;
    let has_one_slash = parts.iter().filter(|placed| placed.part == DatePart::Sign('/')).count() == 1;
    let joints: Vec<(u8, &PlacedPart)> = parts
        .iter()
        .enumerate()
        .filter_map(|(index, placed)| Some((rank(placed, parts.get(index + 1))?, placed)))
        .take(MAX_SPLITS)
        .collect();
    // Dashes with spaces and words separate more strongly than the hyphens and slashes within a date.
    for wanted in 0..=2 {
        for (_, joint) in joints.iter().filter(|(rank, _)| *rank == wanted && (wanted != 1 || has_one_slash)) {
            let (left, right) = (text[..joint.start].trim(), text[joint.end..].trim());
            if let Some(found) = joined(left, right, &joint.part, wanted == 2, order) {
                return Some(found);
            }
        }
    }
    None
}

/// Returns how strongly a part separates: 0 most.
fn rank(placed: &PlacedPart, next: Option<&PlacedPart>) -> Option<u8> {
    match placed.part {
        DatePart::Sign('–' | '—' | '−' | '‒') | DatePart::Word(DateWord::To | DateWord::Until | DateWord::And) => {
            Some(0)
        }
        DatePart::Sign('-') if !placed.is_glued || next.is_none_or(|next| !next.is_glued) => Some(0),
        DatePart::Sign('/') => Some(1),
        DatePart::Sign('-') => Some(2),
        _ => None,
    }
}

fn joined(left: &str, right: &str, joint: &DatePart, is_hyphen: bool, order: DateOrder) -> Option<ReadDates> {
    let last = match short_year(left, right, is_hyphen) {
        Some(Ok(year)) => PeriodEnd::Date(year),
        Some(Err(unclear)) => {
            return date_of(&unclear).map(|date| ReadDates { date: Some(date), ..flags(&[Some(&unclear)]) });
        }
        None if right.is_empty() && !matches!(joint, DatePart::Sign('/')) => {
            matches!(joint, DatePart::Sign(_)).then_some(PeriodEnd::Open)?
        }
        None => end(right, order)?,
    };
    let first = match (left, &last) {
        // "-2019" is a negative number.
        ("", _) if matches!(joint, DatePart::Sign('-' | '−')) => return None,
        ("" | "..", _) => PeriodEnd::Unknown,
        (left, PeriodEnd::Date(last)) => match single(left, order) {
            Some(first) => PeriodEnd::Date(first),
            None => PeriodEnd::Date(completed(left, last)?),
        },
        (left, _) => PeriodEnd::Date(single(left, order)?),
    };
    if let (true, PeriodEnd::Date(first), PeriodEnd::Date(last)) = (is_hyphen, &first, &last)
        && first.edtf.len() != last.edtf.len()
    {
        return None;
    }
    let is_nothing = first.single().is_none() && last == PeriodEnd::Unknown;
    if is_nothing { None } else { dates(&first, &last) }
}

fn end(text: &str, order: DateOrder) -> Option<PeriodEnd> {
    let text = text.trim();
    if text.is_empty() {
        return Some(PeriodEnd::Unknown);
    }
    let is_open = text == ".."
        || parts(text)
            .is_some_and(|parts| matches!(parts.as_slice(), [PlacedPart { part: DatePart::Word(DateWord::Open), .. }]));
    if is_open { Some(PeriodEnd::Open) } else { single(text, order).map(PeriodEnd::Date) }
}

/// Reads the second year of "2013–14". With a hyphen, "2019-21" might be a season of EDTF: an error with the first
/// year only.
fn short_year(left: &str, right: &str, is_hyphen: bool) -> Option<Result<Single, Single>> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if left.len() != 4 || right.len() != 2 || !is_digits(left) || !is_digits(right) || right <= &left[2..] {
        return None;
    }
    let edtf = format!("{}{right}", &left[..2]);
    let single = |edtf: String, is_ambiguous| Single { edtf, is_ambiguous, is_century_assumed: false };
    let is_season = is_hyphen && right.parse::<u8>().is_ok_and(|code| (21..=41).contains(&code));
    Some(if is_season { Err(single(left.to_owned(), true)) } else { Ok(single(edtf, false)) })
}

/// Completes the first date of "3–5 May 2023" or "May–June 2023" by the second.
fn completed(left: &str, last: &Single) -> Option<Single> {
    let edtf = &last.edtf;
    let with_rest = match parts(left)?.as_slice() {
        [PlacedPart { part: DatePart::Word(DateWord::Month(month)), .. }] if edtf.len() >= 7 => {
            format!("{}-{month:02}", &edtf[..4])
        }
        [PlacedPart { part: DatePart::Number(day), .. }]
        | [PlacedPart { part: DatePart::Number(day), .. }, PlacedPart { part: DatePart::Sign('.'), .. }]
            if edtf.len() == 10 && day.len() <= 2 =>
        {
            format!("{}-{:02}", &edtf[..7], day.parse::<u8>().ok()?)
        }
        _ => return None,
    };
    Date::parse(&with_rest).ok()?;
    Some(Single { edtf: with_rest, ..last.clone() })
}

fn dates(first: &PeriodEnd, last: &PeriodEnd) -> Option<ReadDates> {
    let date = |end: &PeriodEnd| match end {
        PeriodEnd::Date(single) => date_of(single).map(Some),
        PeriodEnd::Open => Date::parse("..").ok().map(Some),
        PeriodEnd::Unknown => Some(None),
    };
    let (start, end) = (date(first)?, date(last)?);
    let is_reversed = match (start.as_ref().and_then(Date::earliest), end.as_ref().and_then(Date::latest)) {
        (Some(earliest), Some(latest)) => earliest > latest,
        _ => false,
    };
    (!is_reversed).then(|| ReadDates { start, end, ..flags(&[first.single(), last.single()]) })
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
