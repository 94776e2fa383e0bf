//! Dates in the precision of the source (EDTF, ISO 8601-2 level 2).

use edtf_core::{Bound, BoundDate, Edtf};

/// A day in the proleptic Gregorian calendar, ordered chronologically.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Astronomical year.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A date, an interval, a set of dates, or ".." for "still running".
///
/// Boxed, because records have many date fields and most are empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date(Box<ParsedDate>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct ParsedDate {
    text: Box<str>,
    edtf: Option<Edtf>,
}

/// Error of a text that is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not a date: {reason}")]
pub struct DateError {
    /// The text, truncated to 60 characters.
    pub text: String,
    /// The reason, with the position in the text.
    pub reason: String,
}

/// Whether a claim held at a given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// It certainly held.
    Surely,
    /// It may have held.
    Possibly,
    /// It certainly did not hold.
    No,
}

impl Date {
    /// Parses an EDTF date, or ".." for an end in the future.
    ///
    /// # Errors
    ///
    /// If the text is not EDTF, is longer than 256 bytes, or names a day that does not exist.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let fail = |reason: String| DateError { text: text.chars().take(60).collect(), reason };
        if text == ".." {
            return Ok(Self::new(text, None));
        }
        if text.len() > 256 {
            return Err(fail("it is longer than 256 bytes".to_owned()));
        }
        match Edtf::parse(text) {
            Ok(edtf) => Ok(Self::new(text, Some(edtf))),
            Err(error) => Err(fail(error.to_string())),
        }
    }

    fn new(text: &str, edtf: Option<Edtf>) -> Self {
        Self(Box::new(ParsedDate { text: text.into(), edtf }))
    }

    /// Returns the text as written in the file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Returns the parsed expression; `None` for "..".
    #[must_use]
    pub fn edtf(&self) -> Option<&Edtf> {
        self.0.edtf.as_ref()
    }

    /// Whether the date is ".." (still running).
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.edtf.is_none()
    }

    /// Returns the first possible day; `None` if unbounded or unknown.
    #[must_use]
    pub fn earliest(&self) -> Option<Day> {
        self.0.edtf.as_ref().and_then(|edtf| day(edtf.bounds().earliest))
    }

    /// Returns the last possible day; `None` if unbounded, unknown or "..".
    #[must_use]
    pub fn latest(&self) -> Option<Day> {
        self.0.edtf.as_ref().and_then(|edtf| day(edtf.bounds().latest))
    }
}

fn day(bound: Bound) -> Option<Day> {
    match bound {
        Bound::Date(BoundDate { year, month, day }) => Some(Day { year, month, day }),
        Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Day};

    #[test]
    fn keeps_the_precision_of_the_source() {
        let date = Date::parse("2026-03").expect("a month");
        assert_eq!(date.text(), "2026-03");
        assert_eq!(date.earliest(), Some(Day { year: 2026, month: 3, day: 1 }));
        assert_eq!(date.latest(), Some(Day { year: 2026, month: 3, day: 31 }));
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        for bad in ["2026-02-30", "2025-13", "yesterday", "", "2026-2-3"] {
            assert!(Date::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn two_dots_mean_still_running() {
        let date = Date::parse("..").expect("open");
        assert!(date.is_open());
        assert_eq!(date.latest(), None);
    }
}
