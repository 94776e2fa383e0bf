//! Reads a single date, in the precision of its words.

use crate::model::Date;

use super::date_words::{DateWord, MAX_WORDS, date_word};
use super::reading::DateOrder;
use super::token::{Lexeme, tokens};

/// A single date as EDTF text, and what is doubtful about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Single {
    pub edtf: String,
    pub is_ambiguous: bool,
    pub is_century_assumed: bool,
}

impl Single {
    fn certain(edtf: String) -> Self {
        Self { edtf, is_ambiguous: false, is_century_assumed: false }
    }
}

/// A number or word of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DatePart {
    Number(String),
    Word(DateWord),
    Sign(char),
}

/// A part with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlacedPart {
    pub part: DatePart,
    pub start: usize,
    pub end: usize,
    pub is_glued: bool,
}

/// Splits a text into parts; `None` if it has a word that no date has.
pub(super) fn parts(text: &str) -> Option<Vec<PlacedPart>> {
    let tokens = tokens(text);
    let mut found = Vec::with_capacity(tokens.len());
    let end_of = |index: usize| tokens.get(index).map_or(text.len(), |next| next.at);
    let mut index = 0;
    while let Some(placed) = tokens.get(index) {
        let (start, is_glued) = (placed.at, placed.is_glued);
        match &placed.token {
            Lexeme::Sign(sign) => {
                let end = start + sign.len_utf8();
                found.push(PlacedPart { part: DatePart::Sign(*sign), start, end, is_glued });
            }
            Lexeme::Figure(_) => push_numbers(&text[start..end_of(index + 1)], start, is_glued, &mut found),
            Lexeme::Word(_) => {
                let words: Vec<&str> = tokens[index..]
                    .iter()
                    .map_while(|placed| match &placed.token {
                        Lexeme::Word(word) => Some(word.folded.as_str()),
                        _ => None,
                    })
                    .take(MAX_WORDS)
                    .collect();
                let (count, word) =
                    (1..=words.len()).rev().find_map(|count| Some((count, date_word(&words[..count].join(" "))?)))?;
                index += count - 1;
                let Lexeme::Word(last) = &tokens[index].token else { return None };
                let end = tokens[index].at + last.raw.len();
                found.push(PlacedPart { part: DatePart::Word(word), start, end, is_glued });
            }
        }
        index += 1;
    }
    Some(found)
}

/// Splits what looks like a figure at its separators: "3.4.2021".
fn push_numbers(text: &str, start: usize, is_glued: bool, found: &mut Vec<PlacedPart>) {
    let mut begin: Option<usize> = None;
    let mut is_glued = is_glued;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_ascii_digit() && at < text.len() {
            begin.get_or_insert(at);
            continue;
        }
        if let Some(from) = begin.take() {
            let part = DatePart::Number(text[from..at].to_owned());
            found.push(PlacedPart { part, start: start + from, end: start + at, is_glued });
            is_glued = true;
        }
        // A dot behind the last digits was dropped by no token: it follows as a sign of its own.
        let is_inside = text[at.min(text.len())..].contains(|c: char| c.is_ascii_digit());
        if !is_inside {
            break;
        }
        if c.is_whitespace() {
            is_glued = false;
        } else {
            found.push(PlacedPart {
                part: DatePart::Sign(c),
                start: start + at,
                end: start + at + c.len_utf8(),
                is_glued,
            });
        }
    }
}

/// Reads a single date.
pub(super) fn single(text: &str, order: DateOrder) -> Option<Single> {
    let text = text.trim();
    if let Some(edtf) = as_edtf(text) {
        return Some(Single::certain(edtf));
    }
    let mut parts = parts(without_time(text))?;
    let mut qualifier = Qualifier::default();
    parts.retain(|placed| qualifier.keeps(&placed.part));
    let mut single = shaped(&parts, order)?;
    single.edtf.push_str(qualifier.suffix());
    Date::parse(&single.edtf).ok().map(|_| single)
}

/// Takes a text that is EDTF, unless it reads otherwise in a table: bare numbers, and "2019-21".
fn as_edtf(text: &str) -> Option<String> {
    let is_number = text.strip_prefix('-').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit());
    let has_group = text.len() == 7 && text.as_bytes()[4] == b'-' && text[5..].parse::<u8>().is_ok_and(|n| n > 12);
    // "~1999" qualifies the year alone, which is the same as the whole.
    let is_marked = text.starts_with(['~', '?', '%']);
    if is_number || has_group || is_marked || text.contains('/') || text == ".." || Date::parse(text).is_err() {
        return None;
    }
    // Only the day of a date with a time is kept.
    let Some((day, _)) = text.split_once('T') else { return Some(text.to_owned()) };
    Date::parse(day).ok().map(|_| day.to_owned())
}

/// Cuts off a time of day: "2019-05-03 10:00:00 AM".
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let start = text[..colon].rfind([' ', 'T', ',']).unwrap_or(0);
    let hours = text[start..colon].trim_start_matches([' ', 'T', ',']);
    let is_time = (1..=2).contains(&hours.len()) && hours.bytes().all(|byte| byte.is_ascii_digit());
    let rest =
        text[colon..].to_ascii_uppercase().replace("AM", "").replace("PM", "").replace("UTC", "").replace("UHR", "");
    let is_rest = rest.chars().all(|c| c.is_ascii_digit() || " :.+-Z\u{a0}\u{202f}".contains(c));
    if is_time && is_rest { &text[..start] } else { text }
}

#[derive(Default)]
struct Qualifier {
    is_approximate: bool,
    is_uncertain: bool,
}

impl Qualifier {
    /// Notes words and signs of doubt, which are then left out.
    fn keeps(&mut self, part: &DatePart) -> bool {
        match part {
            DatePart::Word(DateWord::Approximate) | DatePart::Sign('~' | '≈') => self.is_approximate = true,
            DatePart::Word(DateWord::Uncertain) | DatePart::Sign('?') => self.is_uncertain = true,
            DatePart::Word(DateWord::Filler) | DatePart::Sign(',' | '(' | ')') => {}
            _ => return true,
        }
        false
    }

    fn suffix(&self) -> &'static str {
        match (self.is_approximate, self.is_uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        }
    }
}

/// Reads the parts of a date by their number and order.
fn shaped(parts: &[PlacedPart], order: DateOrder) -> Option<Single> {
    let mut items: Vec<&DatePart> = Vec::new();
    let mut signs = Vec::new();
    for placed in parts {
        match &placed.part {
            DatePart::Sign(sign @ ('-' | '/' | '.')) => signs.push(*sign),
            DatePart::Sign(_) => return None,
            // "3 de mayo de 2023"
            DatePart::Word(DateWord::From) if !items.is_empty() => {}
            // "1er août 2023"
            DatePart::Word(DateWord::Decade) if matches!(items.last(), Some(DatePart::Number(day)) if day.len() <= 2) =>
                {}
            part => items.push(part),
        }
        if items.len() > 3 || signs.len() > 3 {
            return None;
        }
    }
    let sign = signs.first().copied();
    let is_mixed = signs.iter().any(|other| Some(*other) != sign);
    match items.as_slice() {
        [DatePart::Number(date)] if signs.is_empty() && date.len() == 8 => {
            day_of(year(&date[..4])?, small(&date[4..6])?, small(&date[6..])?).map(Single::certain)
        }
        [DatePart::Number(only)] if signs.is_empty() => Some(Single::certain(format!("{:04}", year(only)?))),
        [DatePart::Number(decade), DatePart::Word(DateWord::Decade)] if signs.is_empty() => {
            year(decade)?;
            decade.strip_suffix('0').map(|tens| Single::certain(format!("{tens}X")))
        }
        // "2019.5" is a number with a fraction.
        [DatePart::Number(a), DatePart::Number(b)] if a.len() == 4 && b.len() == 1 && sign == Some('.') => None,
        [DatePart::Number(a), DatePart::Number(b)] if signs.len() == 1 => {
            let (year_text, month) = if a.len() == 4 { (a, b) } else { (b, a) };
            day_of(year(year_text)?, small(month)?, 0).map(Single::certain)
        }
        [DatePart::Number(a), DatePart::Number(b), DatePart::Number(c)] if signs.len() == 2 && !is_mixed => {
            numeric([a, b, c], sign?, order)
        }
        items => in_words(items),
    }
}

/// Reads a day of three numbers.
fn numeric([a, b, c]: [&str; 3], sign: char, order: DateOrder) -> Option<Single> {
    if a.len() == 4 {
        return day_of(year(a)?, small(b)?, small(c)?).map(Single::certain);
    }
    let (year, is_century_assumed) = match c.len() {
        2 if sign != '-' => (century(small(c)?), true),
        _ => (year(c)?, false),
    };
    let (first, second) = (small(a)?, small(b)?);
    let both_fit = (1..=12).contains(&first) && (1..=12).contains(&second) && first != second;
    let day_first = match order {
        _ if sign == '.' => true,
        _ if !both_fit => second <= 12,
        DateOrder::DayFirst => true,
        DateOrder::MonthFirst => false,
        DateOrder::Unknown => {
            let edtf = format!("{year:04}");
            return Some(Single { edtf, is_ambiguous: true, is_century_assumed });
        }
    };
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    Some(Single { edtf: day_of(year, month, day)?, is_ambiguous: false, is_century_assumed })
}

/// Reads a date with the name of a month, season, quarter or half-year.
fn in_words(items: &[&DatePart]) -> Option<Single> {
    let mut numbers = Vec::new();
    let mut word = None;
    for (index, item) in items.iter().enumerate() {
        match item {
            DatePart::Number(number) => numbers.push(number.as_str()),
            DatePart::Word(DateWord::Ordinal(number)) => {
                numbers.push(["1", "2", "3", "4"][usize::from(number - 1).min(3)]);
            }
            DatePart::Word(other) if word.is_none() => word = Some((index, *other)),
            _ => return None,
        }
    }
    let (place, word) = word?;
    match (word, numbers.as_slice()) {
        (DateWord::Month(month), [only]) => day_of(year(only)?, month, 0).map(Single::certain),
        (DateWord::Month(month), [a, b]) if a.len() == 4 => day_of(year(a)?, month, small(b)?).map(Single::certain),
        (DateWord::Month(month), [day, short]) if short.len() == 2 && place == 1 => {
            let edtf = day_of(century(small(short)?), month, small(day)?)?;
            Some(Single { edtf, is_ambiguous: false, is_century_assumed: true })
        }
        (DateWord::Month(month), [day, full]) => day_of(year(full)?, month, small(day)?).map(Single::certain),
        (DateWord::Season(code), [only]) => Some(Single::certain(format!("{:04}-{code}", year(only)?))),
        (DateWord::Quarter | DateWord::Half, [a, b]) => {
            let (year_text, number) = if a.len() == 4 { (a, b) } else { (b, a) };
            let (base, most) = if word == DateWord::Quarter { (32, 4) } else { (39, 2) };
            let number = small(number).filter(|number| (1..=most).contains(number))?;
            Some(Single::certain(format!("{:04}-{}", year(year_text)?, base + number)))
        }
        _ => None,
    }
}

/// Returns a year from 1000 to 2999.
fn year(text: &str) -> Option<u16> {
    let year = (text.len() == 4).then(|| text.parse().ok()).flatten()?;
    (1000..=2999).contains(&year).then_some(year)
}

fn small(text: &str) -> Option<u8> {
    (1..=2).contains(&text.len()).then(|| text.parse().ok()).flatten()
}

/// Returns the year of two digits as POSIX does: 69 to 99 in the last century, 0 to 68 in this one.
fn century(two: u8) -> u16 {
    u16::from(two) + if two >= 69 { 1900 } else { 2000 }
}

/// Writes a date; a month or day of zero is unknown.
fn day_of(year: u16, month: u8, day: u8) -> Option<String> {
    match (month, day) {
        (0, 0) => Some(format!("{year:04}")),
        (1..=12, 0) => Some(format!("{year:04}-{month:02}")),
        (1..=12, 1..=31) => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => None,
    }
}
