//! Formatting of dates, exactly as precise as the source.

use edtf_core as edtf;
use edtf_core::{DateField, Edtf, IntervalEndpoint, SetElement, SetKind, TimeShift, Year, YearKind};

use crate::model::{Date, Day};

use super::grammar::{grouped, joined_and, joined_or};
use crate::hidden_characters::visible;

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const MONTHS_SHORT: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Formats a date in words: "27 February 2026", "about 2019", "spring 2021", "2020 to 2021", "ongoing".
#[must_use]
pub fn date_text(date: &Date) -> String {
    written(date, Length::Full)
}

/// Formats a date for a label or table: "27 Feb 2026", "c. 2019", "Q1 2019", "2020–2021".
#[must_use]
pub fn date_short(date: &Date) -> String {
    written(date, Length::Short)
}

/// Formats a date with its preposition: "on 27 February 2026", "around 2019", "from 2020 to 2021".
#[must_use]
pub fn date_phrase(date: &Date) -> String {
    let text = date_text(date);
    if let Some(rough) = text.strip_prefix("about ") {
        return format!("around {rough}");
    }
    match date.edtf() {
        None => text,
        Some(Edtf::Date(day)) => format!("{} {text}", if names_a_day(day) { "on" } else { "in" }),
        Some(Edtf::DateTime(_)) => format!("on {text}"),
        Some(Edtf::Interval(interval)) => match (interval.start.is_dated(), interval.end.is_dated()) {
            (true, true) => format!("from {text}"),
            _ => text,
        },
        Some(Edtf::Set(set)) => match set.elements.first() {
            Some(SetElement::Date(day) | SetElement::OnOrBefore(day) | SetElement::OnOrAfter(day))
                if names_a_day(day) =>
            {
                format!("on {text}")
            }
            Some(SetElement::Range(..)) => format!("from {text}"),
            _ => format!("in {text}"),
        },
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    Full,
    Short,
}

impl Length {
    fn or(self, full: &'static str, short: &'static str) -> &'static str {
        if self == Self::Full { full } else { short }
    }
}

fn names_a_day(date: &edtf::Date) -> bool {
    date.day.is_some()
}

fn written(date: &Date, length: Length) -> String {
    let Some(edtf) = date.edtf() else { return "ongoing".to_owned() };
    let text = match edtf {
        Edtf::Date(day) => single(day, length),
        Edtf::DateTime(moment) => format!("{}, {}", single(&moment.date, length), time_of_day(moment.time)),
        Edtf::Interval(interval) => interval_text(interval, length),
        Edtf::Set(set) => {
            let parts: Vec<String> = set.elements.iter().map(|element| element_text(element, length)).collect();
            if set.kind == SetKind::OneMember { joined_or(&parts) } else { joined_and(&parts) }
        }
    };
    // Fall back to the text of the file if no words fit, e.g. for a year out of range.
    if text.is_empty() { visible(date.text()).into_owned() } else { text }
}

fn interval_text(interval: &edtf::Interval, length: Length) -> String {
    let end_text = |end: &IntervalEndpoint| match end {
        IntervalEndpoint::Date(date) => single(date, length),
        IntervalEndpoint::OnOrBefore(date) => format!("{} or earlier", single(date, length)),
        IntervalEndpoint::OnOrAfter(date) => format!("{} or later", single(date, length)),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => String::new(),
    };
    let (start, end) = (end_text(&interval.start), end_text(&interval.end));
    match (interval.start.is_dated(), interval.end.is_dated()) {
        (true, true) if length == Length::Short && !start.contains(' ') && !end.contains(' ') => {
            format!("{start}–{end}")
        }
        (true, true) => format!("{start} to {end}"),
        (true, false) if interval.end == IntervalEndpoint::Open => format!("since {start}"),
        (true, false) => format!("from {start}, end unknown"),
        (false, true) if interval.start == IntervalEndpoint::Open => format!("until {end}"),
        (false, true) => format!("until {end}, start unknown"),
        (false, false) => "at an unknown time".to_owned(),
    }
}

fn element_text(element: &SetElement, length: Length) -> String {
    match element {
        SetElement::Date(date) => single(date, length),
        SetElement::OnOrBefore(date) => format!("{} or earlier", single(date, length)),
        SetElement::OnOrAfter(date) => format!("{} or later", single(date, length)),
        SetElement::Range(first, last) => format!("{} to {}", single(first, length), single(last, length)),
    }
}

fn time_of_day(time: edtf::Time) -> String {
    let seconds = if time.second > 0 { format!(":{:02}", time.second) } else { String::new() };
    let zone = match time.shift {
        None => String::new(),
        Some(TimeShift::Utc) => " UTC".to_owned(),
        Some(TimeShift::Offset { minutes, .. }) => {
            let sign = if minutes < 0 { '−' } else { '+' };
            let minutes = minutes.unsigned_abs();
            let rest = if minutes % 60 == 0 { String::new() } else { format!(":{:02}", minutes % 60) };
            format!(" UTC{sign}{}{rest}", minutes / 60)
        }
    };
    format!("{:02}:{:02}{seconds}{zone}", time.hour, time.minute)
}

/// Formats a single date with its qualifiers; empty if not expressible in words.
fn single(date: &edtf::Date, length: Length) -> String {
    let core = if date.has_unspecified() { unspecified(date, length) } else { specified(date, length) };
    if core.is_empty() {
        return core;
    }
    let about = if date.is_approximate() { length.or("about ", "c. ") } else { "" };
    let doubt = if date.is_uncertain() { length.or(" (uncertain)", "?") } else { "" };
    format!("{about}{core}{doubt}")
}

fn specified(date: &edtf::Date, length: Length) -> String {
    let year = year_text(&date.year, length);
    let Some(month) = date.month.and_then(DateField::value) else { return year };
    if year.is_empty() {
        return year;
    }
    match (month, date.day.and_then(DateField::value)) {
        (1..=12, None) => format!("{} {year}", month_name(month, length)),
        (1..=12, Some(day)) => format!("{day} {} {year}", month_name(month, length)),
        (season, _) => season_text(season, &year, length),
    }
}

fn month_name(month: u8, length: Length) -> &'static str {
    let index = usize::from(month).saturating_sub(1).min(11);
    length.or(MONTHS[index], MONTHS_SHORT[index])
}

/// Formats the groupings of months in ISO 8601-2 §4.8, codes 21 to 41.
fn season_text(code: u8, year: &str, length: Length) -> String {
    let ordinal = |number: u8| ["first", "second", "third", "fourth"][usize::from(number.min(3))];
    match code {
        21..=32 => {
            let season = ["spring", "summer", "fall", "winter"][usize::from((code - 21) % 4)];
            let place = match code {
                21..=24 => "",
                25..=28 => length.or(" (northern hemisphere)", " (N)"),
                _ => length.or(" (southern hemisphere)", " (S)"),
            };
            format!("{season} {year}{place}")
        }
        33..=36 if length == Length::Short => format!("Q{} {year}", code - 32),
        33..=36 => format!("the {} quarter of {year}", ordinal(code - 33)),
        37..=39 => format!("the {} third of {year}", ordinal(code - 37)),
        40 | 41 if length == Length::Short => format!("H{} {year}", code - 39),
        40 | 41 => format!("the {} half of {year}", ordinal(code - 40)),
        _ => String::new(),
    }
}

fn year_text(year: &Year, length: Length) -> String {
    let Some(value) = year.value() else { return String::new() };
    match year.significant_digits {
        Some(_) => format!("{} {}", length.or("roughly", "c."), year_name(value)),
        None => year_name(value),
    }
}

/// Formats an astronomical year: year 0 is 1 BC.
fn year_name(value: i64) -> String {
    let digits = |year: u64| if year > 9999 { grouped(&year.to_string()) } else { year.to_string() };
    if value > 0 {
        digits(value.unsigned_abs())
    } else {
        format!("{} BC", digits(value.unsigned_abs().saturating_add(1)))
    }
}

/// Formats a date with unspecified digits: "the 2020s", "some day in June 2004".
fn unspecified(date: &edtf::Date, length: Length) -> String {
    let whole_month = date.month.is_none_or(|month| month.digits == [None, None]);
    let whole_day = date.day.is_none_or(|day| day.digits == [None, None]);
    let some = if date.day.is_some() { "some day" } else { "some month" };
    if !date.year.has_unspecified() {
        let year = year_text(&date.year, length);
        match date.month.and_then(DateField::value) {
            None if whole_month && whole_day => return format!("{some} of {year}"),
            Some(month @ 1..=12) if whole_day => return format!("some day in {} {year}", month_name(month, length)),
            _ => {}
        }
    } else if let (YearKind::Standard { negative: false, digits }, None) = (date.year.kind, date.month) {
        match digits {
            [None, None, None, None] => return "an unknown year".to_owned(),
            [Some(a), Some(b), Some(c), None] => return format!("the {a}{b}{c}0s"),
            _ => {}
        }
    }
    between_bounds(date, length)
}

/// Formats the general case, by the first and last possible day.
fn between_bounds(date: &edtf::Date, length: Length) -> String {
    let bounds = Edtf::Date(*date).bounds();
    let (edtf::Bound::Date(first), edtf::Bound::Date(last)) = (bounds.earliest, bounds.latest) else {
        return String::new();
    };
    if date.month.is_none() {
        return format!("some year from {} to {}", year_name(first.year), year_name(last.year));
    }
    let day = |day: Day| format!("{} {} {}", day.day, month_name(day.month, length), year_name(day.year));
    let (first, last) = (
        Day { year: first.year, month: first.month, day: first.day },
        Day { year: last.year, month: last.month, day: last.day },
    );
    format!("some day from {} to {}", day(first), day(last))
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
