//! Dates and periods as typed: "since March 2019", "early 2021", "2017 or 2018".

use jiff::civil;

use crate::model::Date;
use crate::wording::date::{MONTHS, date_phrase, date_text};
use crate::wording::read::{DateOrder, ReadDates, Reading, read_dates};

use crate::hidden_characters::visible;

use super::{Typed, TypedMeaning};

/// Dates as typed: a date, or a period with a start, an end, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedDates {
    /// The date, unless the text names a period.
    pub date: Option<Date>,
    /// Start of a period.
    pub start: Option<Date>,
    /// End of a period; ".." while it lasts.
    pub end: Option<Date>,
}

impl TypedDates {
    fn of_date(date: Date) -> Self {
        Self { date: Some(date), ..Self::default() }
    }

    /// Returns the date for a field of starts: the date, else the start of the period.
    #[must_use]
    pub fn as_start(self) -> Option<Date> {
        self.date.or(self.start)
    }

    /// Returns the date for a field of ends: the date, else the end of the period.
    #[must_use]
    pub fn as_end(self) -> Option<Date> {
        self.date.or(self.end)
    }
}

/// The days that each month has at most.
const MOST_DAYS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Reads a date or a period; `today` is the day that "today" stands for.
#[must_use]
pub fn read_typed_dates(text: &str, today: Option<civil::Date>) -> Typed<TypedDates> {
    let text = text.trim();
    let folded = text.to_lowercase();
    match (folded.as_str(), today) {
        ("" | "-" | "–" | "?" | "unknown" | "n/a", _) => return Typed::Empty,
        ("today" | "now", Some(today)) => return single(&today.to_string()),
        ("yesterday", Some(today)) => {
            return today.yesterday().map_or(Typed::Empty, |day| single(&day.to_string()));
        }
        _ => {}
    }
    if let Some(typed) = special(&folded) {
        return typed;
    }
    match read_dates(text, DateOrder::Unknown) {
        Reading::Value(read) if read.is_ambiguous => {
            let orders = [DateOrder::DayFirst, DateOrder::MonthFirst];
            let meanings = orders.into_iter().filter_map(|order| read_dates(text, order).value()).map(meaning);
            Typed::of(meanings.collect()).unwrap_or_else(|| Typed::Unreadable(reason(&folded)))
        }
        Reading::Value(read) if read.has_gap() => {
            Typed::Unreadable("These are several periods. Make a tie for each.".to_owned())
        }
        Reading::Value(read) => Typed::Means(meaning(read)),
        Reading::WordsOnly | Reading::Empty => Typed::Empty,
        Reading::Unreadable => Typed::Unreadable(reason(&folded)),
    }
}

/// Reads what people type, but tables do not have.
fn special(text: &str) -> Option<Typed<TypedDates>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let Some(typed) = year_and_two_digits(text).or_else(|| short_year(text)) {
        return Some(typed);
    }
    match words.as_slice() {
        [part @ ("early" | "mid" | "late"), year] => part_of_year(part, year),
        [joined] if joined.starts_with("mid-") => part_of_year("mid", joined.strip_prefix("mid-")?),
        ["before", ..] => open(text.strip_prefix("before")?, |date| before(date).map(|day| format!("[..{day}]"))),
        ["after", ..] => open(text.strip_prefix("after")?, |date| after(date).map(|day| format!("[{day}..]"))),
        [one, "or", other] if year(one).is_some() && year(other).is_some() => {
            Some(single(&format!("[{},{}]", (*one).min(other), (*one).max(other))))
        }
        ["the", third @ ("first" | "middle" | "last"), "third", "of", year] => {
            let code = match *third {
                "first" => 37,
                "middle" => 38,
                _ => 39,
            };
            Some(single(&format!("{year}-{code}")))
        }
        ["the", decade] | [decade] if !decade.starts_with(|c: char| c.is_ascii_digit()) => {
            let tens = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
            let ten = tens.iter().position(|it| it == decade)? + 2;
            Some(single(&format!("19{ten}X")))
        }
        ["the", decade] => {
            let digits = decade.strip_suffix('s')?.strip_suffix('0')?;
            (digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| single(&format!("{digits}X")))
        }
        _ => None,
    }
}

/// Reads "2019-21": a period, or a season of EDTF.
fn year_and_two_digits(text: &str) -> Option<Typed<TypedDates>> {
    let (first, second) = text.split_once(['-', '–', '/'])?;
    let from = year(first)?;
    let (two, is_two_digits) = (second.parse::<u16>().ok()?, second.len() == 2);
    if !is_two_digits || two <= 12 || two <= from % 100 {
        return None;
    }
    let to = from / 100 * 100 + two;
    let period =
        TypedDates { start: Date::parse(first).ok(), end: Date::parse(&to.to_string()).ok(), ..TypedDates::default() };
    let period = TypedMeaning { shown: shown(&period), value: period };
    let season = Date::parse(&format!("{first}-{second}"))
        .ok()
        .filter(|_| text.contains('-'))
        .map(|date| TypedMeaning { shown: format!("{} (EDTF)", date_text(&date)), value: TypedDates::of_date(date) });
    Typed::of(std::iter::once(period).chain(season).collect())
}

/// Reads "'19": a year of this century or of the last.
fn short_year(text: &str) -> Option<Typed<TypedDates>> {
    let two = text.strip_prefix(['\'', '’'])?;
    if two.len() != 2 || !two.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let dates = ["20", "19"].into_iter().filter_map(|century| Date::parse(&format!("{century}{two}")).ok());
    Typed::of(dates.map(|date| TypedMeaning { shown: date_text(&date), value: TypedDates::of_date(date) }).collect())
}

/// Reads "early 2021": the year, or its first third.
fn part_of_year(part: &str, text: &str) -> Option<Typed<TypedDates>> {
    year(text)?;
    let (code, words) = match part {
        "early" => (37, "the first third"),
        "mid" => (38, "the middle third"),
        _ => (39, "the last third"),
    };
    let year = TypedMeaning { shown: format!("in {text}"), value: TypedDates::of_date(Date::parse(text).ok()?) };
    let third = Date::parse(&format!("{text}-{code}")).ok()?;
    let third = TypedMeaning { shown: format!("{words} of {text}"), value: TypedDates::of_date(third) };
    Typed::of(vec![year, third])
}

/// Reads a date after "before" or "after".
fn open(rest: &str, edtf: impl Fn(&Date) -> Option<String>) -> Option<Typed<TypedDates>> {
    match read_dates(rest.trim(), DateOrder::Unknown) {
        Reading::Value(read) if read.is_ambiguous => {
            let orders = [DateOrder::DayFirst, DateOrder::MonthFirst];
            let dates = orders.into_iter().filter_map(|order| read_dates(rest.trim(), order).value()?.date);
            let dates = dates.filter_map(|date| Date::parse(&edtf(&date)?).ok());
            Typed::of(
                dates
                    .map(|date| TypedMeaning { shown: date_phrase(&date), value: TypedDates::of_date(date) })
                    .collect(),
            )
        }
        Reading::Value(read) => edtf(&read.date?).map(|text| single(&text)),
        _ => None,
    }
}

/// Returns the last year, month or day before a date.
fn before(date: &Date) -> Option<String> {
    let day = date.earliest()?;
    Some(match precision(date.text())? {
        1 => format!("{:04}", day.year - 1),
        2 if day.month == 1 => format!("{:04}-12", day.year - 1),
        2 => format!("{:04}-{:02}", day.year, day.month - 1),
        _ => civil::Date::new(day.year.try_into().ok()?, day.month.cast_signed(), day.day.cast_signed())
            .ok()?
            .yesterday()
            .ok()?
            .to_string(),
    })
}

/// Returns the first year, month or day after a date.
fn after(date: &Date) -> Option<String> {
    let day = date.latest()?;
    Some(match precision(date.text())? {
        1 => format!("{:04}", day.year + 1),
        2 if day.month == 12 => format!("{:04}-01", day.year + 1),
        2 => format!("{:04}-{:02}", day.year, day.month + 1),
        _ => civil::Date::new(day.year.try_into().ok()?, day.month.cast_signed(), day.day.cast_signed())
            .ok()?
            .tomorrow()
            .ok()?
            .to_string(),
    })
}

/// Returns how many of year, month and day a plain date has; `None` for other dates.
fn precision(edtf: &str) -> Option<usize> {
    let parts: Vec<&str> = edtf.split('-').collect();
    let is_plain = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty());
    (is_plain && parts.len() <= 3 && parts[0].len() == 4).then_some(parts.len())
}

fn year(text: &str) -> Option<u16> {
    (text.len() == 4).then(|| text.parse().ok()).flatten().filter(|year| (1000..3000).contains(year))
}

fn single(edtf: &str) -> Typed<TypedDates> {
    match Date::parse(edtf) {
        Ok(date) => Typed::Means(TypedMeaning { shown: date_phrase(&date), value: TypedDates::of_date(date) }),
        Err(_) => Typed::Unreadable(reason(edtf)),
    }
}

fn meaning(read: ReadDates) -> TypedMeaning<TypedDates> {
    let dates = TypedDates { date: read.date, start: read.start, end: read.end };
    TypedMeaning { shown: shown(&dates), value: dates }
}

/// Returns dates in words: "since March 2019", "2019 to 2021".
fn shown(dates: &TypedDates) -> String {
    match (&dates.date, &dates.start, &dates.end) {
        (Some(date), ..) => date_phrase(date),
        (None, Some(start), Some(end)) if end.is_open() => format!("since {}", date_text(start)),
        (None, Some(start), Some(end)) => format!("{} to {}", date_text(start), date_text(end)),
        (None, Some(start), None) => format!("from {}", date_text(start)),
        (None, None, Some(end)) if end.is_open() => "still running".to_owned(),
        (None, None, Some(end)) => format!("until {}", date_text(end)),
        (None, None, None) => String::new(),
    }
}

/// Says why a text is not a date.
fn reason(text: &str) -> String {
    let numbers: Vec<u32> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|it| it.len() <= 4).filter_map(|it| it.parse().ok()).collect();
    let named = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() >= 3)
        .find_map(|word| MONTHS.iter().position(|month| word.starts_with(&month[..3].to_lowercase())));
    let year = numbers.iter().copied().find(|number| (1000..3000).contains(number));
    let small: Vec<u32> = numbers.iter().copied().filter(|number| Some(*number) != year).collect();
    match (year, named, small.as_slice()) {
        (None, ..) => "Tieline needs the year, such as 2019 or March 2019.".to_owned(),
        (Some(year), Some(month), [day]) if *day > days(year, month) => too_many_days(year, month),
        (Some(_), None, [month]) if *month == 0 || *month > 12 => format!("There is no month {month}."),
        (Some(year), None, [month, day]) if text.starts_with(&year.to_string()) => {
            let index = usize::try_from(*month).unwrap_or(0).wrapping_sub(1);
            match index {
                0..12 if *day > days(year, index) => too_many_days(year, index),
                0..12 => general(text),
                _ => format!("There is no month {month}."),
            }
        }
        (Some(year), None, [day, month]) => {
            let index = usize::try_from(*month).unwrap_or(0).wrapping_sub(1);
            match index {
                0..12 if *day > days(year, index) => too_many_days(year, index),
                0..12 => general(text),
                _ => format!("There is no month {month}."),
            }
        }
        _ => general(text),
    }
}

fn general(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    format!("“{}” is not a date. Write it like 2019, March 2019, 3 March 2019 or since 2019.", visible(&shown))
}

fn too_many_days(year: u32, month: usize) -> String {
    format!("{} {year} has {} days.", MONTHS[month], days(year, month))
}

fn days(year: u32, month: usize) -> u32 {
    let is_leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    if month == 1 && !is_leap { 28 } else { u32::from(MOST_DAYS[month]) }
}
