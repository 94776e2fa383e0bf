//! What a cell may say: a value with its doubts, words in place of a value, or nothing.

use rust_decimal::Decimal;

use crate::model::{Amount, Bound, Date};

use super::currency::may_mean;

/// What the text of a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// A value.
    Value(T),
    /// Words such as "undisclosed", which say that the value is not known.
    WordsOnly,
    /// Nothing, or a dash.
    Empty,
    /// None of these.
    Unreadable,
}

impl<T> Reading<T> {
    /// Returns the value, if there is one.
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::WordsOnly | Self::Empty | Self::Unreadable => None,
        }
    }
}

/// An amount read from a text, and what is doubtful about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate doubt or remark")]
pub struct ReadAmount {
    /// The amount. Its `text` keeps the words that say more than the figures.
    pub amount: Amount,
    /// Whether the text calls it a percentage.
    pub is_percentage: bool,
    /// Whether a mark may be decimal or grouping, and no value of the column shows which.
    pub is_ambiguous: bool,
    /// Whether the sign of the currency is that of several, such as "$"; the most usual one was taken.
    pub is_usual_currency: bool,
    /// The currencies that the text may mean, if it leaves them open ("kr"); the amount then has none.
    pub possible_currencies: &'static [&'static str],
    /// Whether the text names its scale, such as "million".
    pub has_scale: bool,
}

impl ReadAmount {
    /// Returns a bare number without any doubt.
    pub(super) fn of_number(value: Decimal) -> Self {
        let bound = Some(Bound { value, is_inclusive: true });
        Self {
            amount: Amount { lower: bound, upper: bound, ..Amount::default() },
            is_percentage: false,
            is_ambiguous: false,
            is_usual_currency: false,
            possible_currencies: &[],
            has_scale: false,
        }
    }

    /// Whether a currency does not contradict the text.
    pub(super) fn may_be_in(&self, code: &'static str) -> bool {
        match self.amount.currency.as_deref() {
            Some(usual) if self.is_usual_currency => may_mean(usual, code),
            Some(own) => own == code,
            None => self.possible_currencies.is_empty() || self.possible_currencies.contains(&code),
        }
    }
}

/// Which of the first two numbers is the day in dates such as 3/4/2021.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/12/2021
    DayFirst,
    /// 12/31/2021
    MonthFirst,
    /// No value of the column shows the order, or values contradict each other.
    #[default]
    Unknown,
}

/// Dates read from a text: a date, or a period with a start, an end, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadDates {
    /// The date, unless the text names a period.
    pub date: Option<Date>,
    /// Start of a period.
    pub start: Option<Date>,
    /// End of a period; ".." if it has not ended.
    pub end: Option<Date>,
    /// Whether day and month can't be told apart, so that only the year was read.
    pub is_ambiguous: bool,
    /// Whether the year was written with two digits.
    pub is_century_assumed: bool,
    /// First and last day of the first gap, if the text names several periods that do not meet.
    pub gap: Option<(Date, Date)>,
}

impl ReadDates {
    /// Whether the text names several periods that do not meet.
    #[must_use]
    pub fn has_gap(&self) -> bool {
        self.gap.is_some()
    }

    /// Returns the date for a column of starts: the date, else the start of the period.
    #[must_use]
    pub fn as_start(&self) -> Option<&Date> {
        self.date.as_ref().or(self.start.as_ref())
    }

    /// Returns the date for a column of ends: the date, else the end of the period.
    #[must_use]
    pub fn as_end(&self) -> Option<&Date> {
        self.date.as_ref().or(self.end.as_ref())
    }
}
