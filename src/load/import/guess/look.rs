//! What the values of a column look like: dates, money, percentages, addresses, names, or numbers. For columns whose
//! heading says nothing.

use crate::load::table::{Cell, CellKind, Table, TableRow};
use crate::wording::read::{AmountColumn, DateOrder, Reading, currency_of_heading, read_dates, read_share};

use crate::load::import::cells::{is_number, text, trimmed};
use crate::load::import::columns::headings::Heading;
use crate::load::import::values;

/// A kind of values that can be told from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueLook {
    Date,
    Money,
    Percent,
    Link,
}

impl ValueLook {
    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Date => "dates",
            Self::Money => "amounts of money",
            Self::Percent => "percentages",
            Self::Link => "web addresses",
        }
    }
}

/// How many rows are looked at.
const SAMPLE: usize = 1000;
/// Fewer values than these show nothing, unless each row has one.
const MIN_VALUES: usize = 3;
/// Longer texts are prose, even if they begin with a date.
const MAX_VALUE_BYTES: usize = 60;
/// Bare numbers that may be years.
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 1800..=2100;
/// More bare years than these, each another one, are numbers of records.
const MAX_DISTINCT_YEARS: usize = 12;

/// Words in headings of percentages that are no part of anything.
const NO_SHARES: &[&str] = &[
    "rate",
    "interest",
    "coupon",
    "yield",
    "growth",
    "change",
    "tax",
    "margin",
    "vat",
    "discount",
    "return",
    "spread",
    "inflation",
    "zins",
    "zinssatz",
    "rendite",
    "wachstum",
    "steuer",
    "rabatt",
    "taux",
    "rendement",
    "croissance",
    "remise",
    "tasa",
    "interes",
    "rendimiento",
    "crecimiento",
    "descuento",
    "iva",
    "tva",
    "mwst",
];

/// The values of a column, for a look at them.
struct Values<'a, 't> {
    cells: Vec<&'a Cell<'t>>,
    order: DateOrder,
    amounts: AmountColumn,
}

/// Returns what nearly all values of a column look like, below the headings.
pub(super) fn look(table: &Table<'_>, column: usize) -> Option<ValueLook> {
    let rows = || table.rows().skip(1).take(SAMPLE);
    let cells: Vec<&Cell<'_>> = rows().filter_map(|row| filled(row, column)).collect();
    if cells.is_empty() || !is_enough(cells.len(), rows().len()) {
        return None;
    }
    let texts = || cells.iter().map(|cell| trimmed(&cell.text));
    let (order, amounts) = (DateOrder::of_column(texts()), AmountColumn::of("", texts()));
    let values = Values { cells, order, amounts };
    [ValueLook::Link, ValueLook::Percent, ValueLook::Money, ValueLook::Date].into_iter().find(|&look| values.are(look))
}

/// Returns what a column holds by its values; its heading may say that numbers are money, or that percentages are no
/// shares.
pub(super) fn look_of(table: &Table<'_>, column: usize, heading: &Heading) -> Option<ValueLook> {
    match look(table, column) {
        None if currency_of_heading(&heading.text).is_some() && holds_numbers(table, column) => Some(ValueLook::Money),
        Some(ValueLook::Percent) if heading.folded.split(' ').any(|word| NO_SHARES.contains(&word)) => None,
        look => look,
    }
}

/// Whether a cell has a look on its own.
pub(super) fn cell_looks_like(cell: &Cell<'_>, look: ValueLook) -> bool {
    let values = Values { cells: Vec::new(), order: DateOrder::Unknown, amounts: AmountColumn::default() };
    values.is(cell, look)
}

/// Whether as many values as these show what a column holds.
pub(super) fn is_enough(values: usize, rows: usize) -> bool {
    values >= MIN_VALUES || (values > 0 && values == rows)
}

/// Whether so many values of all are nearly all.
pub(super) fn is_nearly_all(good: usize, all: usize) -> bool {
    all > 0 && good * 10 >= all * 9
}

/// Returns the cell of a row unless it is empty or an error.
pub(super) fn filled<'a, 't>(row: TableRow<'a, 't>, column: usize) -> Option<&'a Cell<'t>> {
    row.cells.get(column).filter(|_| !text(row, column).is_empty())
}

impl Values<'_, '_> {
    fn are(&self, look: ValueLook) -> bool {
        let good = self.cells.iter().filter(|cell| self.is(cell, look)).count();
        is_nearly_all(good, self.cells.len()) && (look != ValueLook::Date || !self.may_be_record_numbers())
    }

    fn is(&self, cell: &Cell<'_>, look: ValueLook) -> bool {
        let text = trimmed(&cell.text);
        if text.len() > MAX_VALUE_BYTES && look != ValueLook::Link {
            return false;
        }
        match (look, cell.kind) {
            (ValueLook::Date, CellKind::Date)
            | (ValueLook::Money, CellKind::Money(_))
            | (ValueLook::Percent, CellKind::Percent) => true,
            (ValueLook::Date, CellKind::Number) => bare_year(text).is_some(),
            (_, CellKind::Text) => match look {
                ValueLook::Date => self.is_date(text),
                ValueLook::Money => self.is_money(text),
                ValueLook::Percent => {
                    text.ends_with('%') && matches!(read_share(text, self.amounts.style), Reading::Value(_))
                }
                ValueLook::Link => {
                    let has_scheme = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
                    has_scheme && !text.contains(char::is_whitespace) && values::address(text).is_some()
                }
            },
            _ => false,
        }
    }

    fn is_date(&self, text: &str) -> bool {
        let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if is_digits && text.len() != 8 {
            return bare_year(text).is_some();
        }
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        // Phone numbers and codes may be read as dates of other ages.
        let read = read_dates(text, self.order).value();
        let ends = read.iter().flat_map(|read| [&read.date, &read.start, &read.end]).flatten();
        let mut years = ends.filter_map(|date| date.text().get(..4)?.parse::<u32>().ok()).peekable();
        years.peek().is_some() && years.all(|year| YEARS.contains(&year))
    }

    fn is_money(&self, text: &str) -> bool {
        let Some(read) = self.amounts.read(text).value() else { return false };
        let has_currency = read.amount.currency.is_some() || !read.possible_currencies.is_empty();
        has_currency && !read.is_percentage && (read.amount.lower.is_some() || read.amount.upper.is_some())
    }

    /// Whether values that could be bare years may as well be numbers of records: one is none, they count up by one,
    /// or there are many and no two are equal.
    fn may_be_record_numbers(&self) -> bool {
        let texts = || self.cells.iter().map(|cell| trimmed(&cell.text));
        let is_bare = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() < 8;
        if !texts().any(is_bare) {
            return false;
        }
        if texts().any(|text| is_bare(text) && bare_year(text).is_none()) {
            return true;
        }
        let years: Vec<u32> = texts().filter_map(bare_year).collect();
        if years.len() < self.cells.len() {
            return false;
        }
        let distinct: std::collections::HashSet<u32> = years.iter().copied().collect();
        counts_up(&years) || (distinct.len() == years.len() && years.len() > MAX_DISTINCT_YEARS)
    }
}

/// Whether numbers are at least three that count up by one.
pub(super) fn counts_up(numbers: &[u32]) -> bool {
    numbers.len() >= MIN_VALUES && numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]))
}

/// Reads a year of four digits of the last centuries.
pub(super) fn bare_year(text: &str) -> Option<u32> {
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| is_year && YEARS.contains(year))
}

/// Whether nearly all values of a column are numbers.
pub(super) fn holds_numbers(table: &Table<'_>, column: usize) -> bool {
    let rows = || table.rows().skip(1).take(SAMPLE);
    let values = rows().filter_map(|row| filled(row, column));
    let (mut good, mut all) = (0, 0);
    for cell in values {
        all += 1;
        good += usize::from(cell.kind == CellKind::Number || is_number(trimmed(&cell.text)));
    }
    is_enough(all, rows().len()) && is_nearly_all(good, all)
}

/// Whether a column has short texts with letters, none of which is an address.
pub(super) fn holds_names(table: &Table<'_>, column: usize) -> bool {
    let mut values =
        table.rows().skip(1).take(200).map(|row| text(row, column)).filter(|text| !text.is_empty()).peekable();
    let is_name = |text: &str| text.len() <= 120 && text.chars().any(char::is_alphabetic) && !text.contains("://");
    values.peek().is_some() && values.all(is_name)
}

/// Whether a text is the name of something rather than prose, code or data.
pub(super) fn is_plain_name(text: &str) -> bool {
    let is_prose = text.ends_with(['.', ':', ';', ',', '!', '?']) && text.split_whitespace().count() > 4;
    text.len() <= 80
        && text.split_whitespace().count() <= 8
        && text.chars().any(char::is_alphabetic)
        && text.starts_with(char::is_alphanumeric)
        && !text.contains(['{', '}', '[', ']', '<', '>', '=', '"', '\\', '|', '\t', '\n', '\0', '\u{fffd}'])
        && !text.contains("://")
        && !is_prose
}
