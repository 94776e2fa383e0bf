//! Time sets of Gephi: "<[2013,2015)>", "<[2019-03-01,2020-06-30];[2021-01-01,2021-12-31]>".

use crate::model::{Date, Day};

use super::day::single;
use super::reading::{DateOrder, ReadDates};

/// A period of a time set; `None` where it is unbounded.
struct Spell {
    start: Option<Date>,
    end: Option<Date>,
}

/// Reads a time set as one period from the first start to the last end, with the first gap.
pub(super) fn timeset(text: &str, order: DateOrder) -> Option<ReadDates> {
    let inside = text.trim().strip_prefix('<')?.strip_suffix('>')?;
    let mut spells = Vec::new();
    let mut rest = inside.trim();
    while !rest.is_empty() {
        let close = rest.find([']', ')'])?;
        let (body, closing) = (rest.get(..close)?, rest.as_bytes()[close]);
        spells.push(spell(body, closing == b')', order)?);
        rest = rest.get(close + 1..)?.trim_start_matches([';', ',', ' ']);
    }
    spells.sort_by_key(|spell| spell.start.as_ref().and_then(Date::earliest));
    let first = spells.first()?;
    let start = first.start.clone();
    let mut end = first.end.clone();
    let mut gap = None;
    for next in &spells[1..] {
        let (Some(last), Some(begin)) =
            (end.as_ref().and_then(Date::latest), next.start.as_ref().and_then(Date::earliest))
        else {
            end = if end.is_none() { None } else { next.end.clone() };
            continue;
        };
        let after = moved(last, 1)?;
        if after < begin && gap.is_none() {
            gap = Some((day_date(after)?, day_date(moved(begin, -1)?)?));
        }
        let is_later = next.end.as_ref().and_then(Date::latest).is_none_or(|latest| latest > last);
        if is_later {
            end.clone_from(&next.end);
        }
    }
    if start.is_none() && end.is_none() {
        return None;
    }
    let end = match end {
        None => Some(Date::parse("..").ok()?),
        end => end,
    };
    Some(ReadDates { start, end, gap, ..ReadDates::default() })
}

fn spell(body: &str, excludes_end: bool, order: DateOrder) -> Option<Spell> {
    let body = body.trim();
    let excludes_start = body.starts_with('(');
    let mut values = body.strip_prefix(['[', '('])?.split(',').map(str::trim);
    let first = values.next()?;
    let mut last = first;
    for (index, value) in values.enumerate() {
        // A third value may be that of an attribute in the period.
        if index > 0 && bound(value, order).is_none() {
            break;
        }
        last = value;
    }
    let excludes_end = excludes_end && last != first;
    let end_of = |text, is_excluded, by| match bound(text, order)? {
        TimesetBound::Infinite => Some(None),
        TimesetBound::At(date) => shifted(date, is_excluded, by).map(Some),
    };
    Some(Spell { start: end_of(first, excludes_start, 1)?, end: end_of(last, excludes_end, -1)? })
}

enum TimesetBound {
    Infinite,
    At(Date),
}

fn bound(text: &str, order: DateOrder) -> Option<TimesetBound> {
    let text = text.trim_matches(['"', ' ']);
    if text.trim_start_matches(['-', '+']).eq_ignore_ascii_case("infinity") {
        return Some(TimesetBound::Infinite);
    }
    let text = text.strip_suffix(".0").unwrap_or(text);
    Date::parse(&single(text, order)?.edtf).ok().map(TimesetBound::At)
}

/// Moves a date whose bound is excluded by one unit of its precision.
fn shifted(date: Date, is_excluded: bool, by: i8) -> Option<Date> {
    if !is_excluded {
        return Some(date);
    }
    let day = date.earliest()?;
    let text = match date.text().len() {
        4 => format!("{:04}", day.year.checked_add(i64::from(by))?),
        7 => {
            let months = day.year.checked_mul(12)?.checked_add(i64::from(day.month) - 1)?.checked_add(i64::from(by))?;
            format!("{:04}-{:02}", months.div_euclid(12), months.rem_euclid(12) + 1)
        }
        10 => return day_date(moved(day, by)?),
        _ => return Some(date),
    };
    Date::parse(&text).ok()
}

fn moved(day: Day, by: i8) -> Option<Day> {
    let date =
        jiff::civil::Date::new(i16::try_from(day.year).ok()?, day.month.cast_signed(), day.day.cast_signed()).ok()?;
    let moved = if by > 0 { date.tomorrow() } else { date.yesterday() }.ok()?;
    Some(Day { year: i64::from(moved.year()), month: moved.month().cast_unsigned(), day: moved.day().cast_unsigned() })
}

fn day_date(day: Day) -> Option<Date> {
    Date::parse(&format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)).ok()
}
