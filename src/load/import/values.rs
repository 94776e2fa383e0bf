//! Reads the values of cells into the fields of records: those of typed cells as they are, others by their words.

use std::cell::RefCell;
use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::address::Address;
use crate::hidden_characters::{Quoted, visible};
use crate::load::table::{Cell, CellKind, Table};
use crate::model::{Amount, Bound, Claim};
use crate::wording::joined_or;
use crate::wording::read::{
    AmountColumn, DateOrder, NumberStyle, ReadAmount, ReadDates, Reading, Role, amount_of_words, currency_of_heading,
    read_dates, read_number, read_quantity, read_share,
};

use super::cells::{text, trimmed};
use super::report::{ImportReport, Place};

/// How the values of a column are written.
#[derive(Debug)]
pub(super) struct ColumnStyle {
    amounts: AmountColumn,
    dates: DateOrder,
    /// Whether other amounts of the column have a currency.
    has_currency: bool,
    /// Dates that were read before: those of a column repeat.
    known_dates: RefCell<HashMap<Box<str>, Reading<ReadDates>>>,
}

/// The maximum number of texts of a column whose dates are kept.
const MAX_KNOWN_DATES: usize = 1 << 14;

/// How many rows are looked at for what a few of them show.
const SAMPLE: usize = 1000;

impl ColumnStyle {
    /// Decides how a column is written by all of its values.
    pub(super) fn of_column(table: &Table<'_>, column: usize, role: Option<Role>, heading: &str) -> Self {
        let values = || table.rows().skip(1).map(move |row| text(row, column)).filter(|text| !text.is_empty());
        let cells = || table.rows().skip(1).take(SAMPLE).filter_map(move |row| row.cells.get(column));
        let amounts = match role {
            Some(Role::Amount) => AmountColumn::of(heading, values()),
            Some(Role::Share | Role::Weight | Role::Quantity) => {
                AmountColumn { style: NumberStyle::of_column(values()), ..AmountColumn::default() }
            }
            _ => AmountColumn::default(),
        };
        let dates = match role {
            Some(Role::Start | Role::End | Role::Date | Role::SourcePublished | Role::SourceAccessed) => {
                DateOrder::of_column(values())
            }
            _ => DateOrder::Unknown,
        };
        let names_currency = |cell: &Cell<'_>| match cell.kind {
            CellKind::Money(_) => true,
            CellKind::Text => amounts.read(&cell.text).value().is_some_and(|read| read.amount.currency.is_some()),
            _ => false,
        };
        let has_currency = role == Some(Role::Amount) && cells().any(names_currency);
        Self { amounts, dates, has_currency, known_dates: RefCell::default() }
    }

    /// Decides how the numbers of a matrix are written.
    pub(super) fn of_matrix(table: &Table<'_>) -> Self {
        let values = table.rows().skip(1).flat_map(|row| row.cells.iter().skip(1)).map(|cell| cell.text.trim());
        let style = NumberStyle::of_column(values.filter(|text| !text.is_empty()));
        let amounts = AmountColumn { style, ..AmountColumn::default() };
        Self { amounts, dates: DateOrder::Unknown, has_currency: false, known_dates: RefCell::default() }
    }

    fn read_dates(&self, text: &str) -> Reading<ReadDates> {
        let mut known = self.known_dates.borrow_mut();
        if let Some(read) = known.get(text) {
            return read.clone();
        }
        let read = read_dates(text, self.dates);
        if known.len() < MAX_KNOWN_DATES {
            known.insert(text.into(), read.clone());
        }
        read
    }
}

/// Reads a plain number.
pub(super) fn number(text: &str, style: &ColumnStyle) -> Option<Decimal> {
    read_number(text, style.amounts.style)
}

/// Reads a weight, and reports words that are none unless they say that there is none.
pub(super) fn weight(
    cell: &Cell<'_>,
    heading: &str,
    style: &ColumnStyle,
    (report, place): (&mut ImportReport, Place<'_, '_>),
) -> Option<Decimal> {
    let text = trimmed(&cell.text);
    let weight = match cell.kind {
        // It has a point before its decimals, whatever the column has.
        CellKind::Number => text.parse().ok(),
        _ => number(text, style),
    };
    if weight.is_none() && text.contains(char::is_alphabetic) && !is_missing(text) {
        let message = format!("{} is not a number for {}; its text is kept", Quoted(text), visible(heading));
        report.warn(place, message, "write a number");
    }
    weight
}

/// Whether a text is what programs write for a missing number.
fn is_missing(text: &str) -> bool {
    ["nan", "na", "n/a", "null", "none", "-"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Returns an address that may be opened, without a password; `None` if the text is none.
pub(super) fn address(text: &str) -> Option<String> {
    let plain = crate::address::without_credentials(text);
    if Address::openable(&plain).is_ok() {
        return Some(plain.into_owned());
    }
    let is_domain = text.split('/').next().is_some_and(|host| host.contains('.') && !host.contains([':', ' ', '@']));
    let with_scheme = format!("https://{text}");
    (is_domain && text.contains('/') && Address::openable(&with_scheme).is_ok()).then_some(with_scheme)
}

fn exact(value: Decimal) -> Amount {
    let bound = Some(Bound { value, is_inclusive: true });
    Amount { lower: bound, upper: bound, ..Amount::default() }
}

/// Returns what a typed cell says: a number, with its currency or as a percentage.
fn typed(cell: &Cell<'_>) -> Option<Reading<ReadAmount>> {
    let (currency, is_percentage) = match cell.kind {
        CellKind::Number => (None, false),
        CellKind::Percent => (None, true),
        CellKind::Money(currency) => (Some(currency.code().to_owned()), false),
        CellKind::Error => return Some(Reading::Empty),
        CellKind::Text | CellKind::Date | CellKind::Bool | CellKind::List => return None,
    };
    let Ok(value) = cell.text.trim().parse::<Decimal>() else { return Some(Reading::Unreadable) };
    Some(Reading::Value(ReadAmount {
        amount: Amount { currency, ..exact(value) },
        is_percentage,
        is_ambiguous: false,
        is_usual_currency: false,
        possible_currencies: &[],
        has_scale: false,
    }))
}

/// Sets the amount or share that a cell says; `currency` is that of another column.
pub(super) fn set_amount(
    claim: &mut Claim,
    cell: &Cell<'_>,
    style: &ColumnStyle,
    currency: Option<&str>,
    (report, place): (&mut ImportReport, Place<'_, '_>),
) {
    let read = typed(cell).map_or_else(|| style.amounts.read(&cell.text), |read| style.amounts.complete(read));
    let mut read = match read {
        Reading::Value(read) => read,
        other => {
            claim.amount = without_figure(cell, &other, (report, place), "an amount").map(Box::new);
            return;
        }
    };
    if read.is_percentage {
        claim.share = Some(Box::new(read.amount));
        return;
    }
    if read.amount.currency.is_none() {
        read.amount.currency = currency.and_then(currency_of_heading).map(str::to_owned);
    }
    if read.amount.currency.is_none() && style.has_currency {
        let message = match read.possible_currencies {
            [] => "the amount has no currency, so no sum counts it".to_owned(),
            several => format!("the currency may be {}, so no sum counts the amount", joined_or(several)),
        };
        report.warn(place, message, "add its currency, such as EUR");
    }
    claim.amount = Some(Box::new(read.amount));
}

/// Reads a share in percent.
pub(super) fn share(cell: &Cell<'_>, style: &ColumnStyle, at: (&mut ImportReport, Place<'_, '_>)) -> Option<Amount> {
    match typed(cell).unwrap_or_else(|| read_share(&cell.text, style.amounts.style)) {
        Reading::Value(read) => Some(Amount { currency: None, ..read.amount }),
        other => without_figure(cell, &other, at, "a share in percent"),
    }
}

/// Reads a quantity.
pub(super) fn quantity(cell: &Cell<'_>, style: &ColumnStyle, at: (&mut ImportReport, Place<'_, '_>)) -> Option<Amount> {
    match typed(cell).unwrap_or_else(|| read_quantity(&cell.text, style.amounts.style)) {
        Reading::Value(read) => Some(Amount { currency: None, ..read.amount }),
        other => without_figure(cell, &other, at, "a quantity"),
    }
}

/// Returns an amount of words only, and reports those that can't be read.
fn without_figure(
    cell: &Cell<'_>,
    read: &Reading<ReadAmount>,
    (report, place): (&mut ImportReport, Place<'_, '_>),
    what: &str,
) -> Option<Amount> {
    let text = trimmed(&cell.text);
    let words = visible(text);
    match read {
        Reading::Empty | Reading::Value(_) => return None,
        Reading::WordsOnly => {}
        Reading::Unreadable => {
            let message = format!("{} can't be read as {what}; its words are kept", Quoted(text));
            report.warn(place, message, "write a number");
        }
    }
    Some(amount_of_words(&words))
}

/// Reads the dates of a cell, and reports those that can't be read, or only in part.
pub(super) fn dates(
    cell: &Cell<'_>,
    style: &ColumnStyle,
    (report, place): (&mut ImportReport, Place<'_, '_>),
) -> Option<ReadDates> {
    if cell.kind == CellKind::Error {
        return None;
    }
    let words = trimmed(&cell.text);
    let read = match style.read_dates(words) {
        Reading::Value(read) => read,
        Reading::Empty | Reading::WordsOnly => return None,
        Reading::Unreadable => {
            let message = format!("{} can't be read as a date", Quoted(words));
            report.warn(place, message, "write it as 2024-03-31, 2024-03 or 2024");
            return None;
        }
    };
    if read.is_ambiguous {
        let message = format!("{} may have the day or the month first; only the year is kept", Quoted(words));
        report.warn(place, message, "write it as 2024-03-31");
    } else if let Some((first, last)) = &read.gap {
        let message = format!("periods with a gap from {} to {}", first.text(), last.text());
        report.warn(place, message, "make a tie for each period");
    }
    Some(read)
}

/// Sets the dates of a claim, by the role of their column.
pub(super) fn set_dates(claim: &mut Claim, role: Option<Role>, read: ReadDates) {
    match role {
        Some(Role::Start) => {
            claim.start = read.date.or(read.start);
            claim.end = claim.end.take().or(read.end);
        }
        Some(Role::End) => claim.end = read.date.or(read.end).or(claim.end.take()),
        Some(Role::Date) if read.date.is_some() => claim.date = read.date,
        _ => {
            claim.start = read.date.or(read.start);
            claim.end = read.end;
        }
    }
}
