//! Figures with decimal marks and grouped thousands in the styles of several countries.
//!
//! Most figures show by themselves which mark is decimal. Where one does not ("1,125", "750.000"), the other values of
//! its column decide.

use rust_decimal::Decimal;

use super::token::{Token, tokens};

/// The decimal mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// "1,234.5"
    Dot,
    /// "1.234,5"
    Comma,
}

/// The style in which a column writes its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberStyle {
    /// The decimal mark of figures that do not show it themselves.
    pub decimal_mark: DecimalMark,
    /// Whether no value of the column shows which mark is decimal.
    pub is_assumed: bool,
}

impl NumberStyle {
    /// Decimal dot, as the column shows.
    pub const DOT: Self = Self { decimal_mark: DecimalMark::Dot, is_assumed: false };
    /// Decimal comma, as the column shows.
    pub const COMMA: Self = Self { decimal_mark: DecimalMark::Comma, is_assumed: false };
    /// Decimal dot, for lack of evidence.
    pub const ASSUMED: Self = Self { decimal_mark: DecimalMark::Dot, is_assumed: true };

    /// Determines the style by majority of the figures that show their decimal mark.
    pub fn of_column<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut dots, mut commas) = (0_usize, 0_usize);
        for text in values {
            for token in tokens(text) {
                let Token::Figure(figure) = token.token else { continue };
                match figure.shown_mark() {
                    Some(DecimalMark::Dot) => dots += 1,
                    Some(DecimalMark::Comma) => commas += 1,
                    None => {}
                }
            }
        }
        match dots.cmp(&commas) {
            std::cmp::Ordering::Greater => Self::DOT,
            std::cmp::Ordering::Less => Self::COMMA,
            std::cmp::Ordering::Equal => Self::ASSUMED,
        }
    }
}

impl Default for NumberStyle {
    fn default() -> Self {
        Self::ASSUMED
    }
}

/// A run of digits and the separator before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// `None` for the first run, which is empty in ".5".
    pub separator: Option<Separator>,
    pub digits: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    Dot,
    Comma,
    /// A space or an apostrophe, which only ever group.
    Group,
}

/// A figure as written: runs of digits between separators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub runs: Vec<Run>,
}

/// What the separators of a figure mean.
enum Reading {
    /// All separators group, and these are none of the two marks, or a mark that occurs several times.
    Whole,
    /// The last separator is the decimal mark.
    Fraction(DecimalMark),
    /// The only separator is a mark with three digits after it.
    Either(DecimalMark),
    /// Not a number.
    Wrong,
}

impl Figure {
    /// Returns the number, and whether the style decided between two readings.
    pub(super) fn value(&self, style: NumberStyle) -> Option<(Decimal, bool)> {
        let (has_fraction, is_by_style) = match self.reading() {
            Reading::Whole => (false, false),
            Reading::Fraction(_) => (true, false),
            Reading::Either(mark) => (mark == style.decimal_mark, true),
            Reading::Wrong => return None,
        };
        let mut text = String::new();
        for (index, run) in self.runs.iter().enumerate() {
            if has_fraction && index + 1 == self.runs.len() {
                text.push('.');
            }
            text.push_str(&run.digits);
        }
        if text.starts_with('.') {
            text.insert(0, '0');
        }
        Some((Decimal::from_str_exact(&text).ok()?, is_by_style))
    }

    /// Returns the decimal mark if the figure shows it, be it by its grouping.
    fn shown_mark(&self) -> Option<DecimalMark> {
        match self.reading() {
            Reading::Fraction(mark) => Some(mark),
            Reading::Whole => self.runs.iter().find_map(|run| match run.separator? {
                Separator::Dot => Some(DecimalMark::Comma),
                Separator::Comma => Some(DecimalMark::Dot),
                Separator::Group => None,
            }),
            Reading::Either(_) | Reading::Wrong => None,
        }
    }

    fn reading(&self) -> Reading {
        let Some(last) = self.runs.last() else { return Reading::Wrong };
        let count = |wanted| self.runs.iter().filter(|run| run.separator == Some(wanted)).count();
        let mark = match last.separator {
            None => return if last.digits.is_empty() { Reading::Wrong } else { Reading::Whole },
            Some(Separator::Group) if count(Separator::Dot) + count(Separator::Comma) > 0 => return Reading::Wrong,
            Some(Separator::Group) => return if groups(&self.runs) { Reading::Whole } else { Reading::Wrong },
            Some(Separator::Dot) => DecimalMark::Dot,
            Some(Separator::Comma) => DecimalMark::Comma,
        };
        let before = &self.runs[..self.runs.len() - 1];
        let is_only_mark = before.iter().all(|run| !matches!(run.separator, Some(Separator::Dot | Separator::Comma)));
        let occurs_before = before.iter().any(|run| run.separator == last.separator);
        if occurs_before {
            let is_alone = self.runs[1..].iter().all(|run| run.separator == last.separator);
            return if is_alone && groups(&self.runs) { Reading::Whole } else { Reading::Wrong };
        }
        if before.len() > 1 {
            return if groups(before) { Reading::Fraction(mark) } else { Reading::Wrong };
        }
        let whole = &before[0].digits;
        let may_group = last.digits.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        if is_only_mark && may_group { Reading::Either(mark) } else { Reading::Fraction(mark) }
    }
}

/// Whether the runs are groups of three digits, or of two with three at the end, as in India.
fn groups(runs: &[Run]) -> bool {
    let Some((first, others)) = runs.split_first() else { return false };
    let Some((last, middle)) = others.split_last() else { return true };
    let is_one_kind = others.iter().all(|run| run.separator == last.separator);
    let is_indian = last.separator == Some(Separator::Comma)
        && (1..=2).contains(&first.digits.len())
        && middle.iter().all(|run| run.digits.len() == 2);
    let is_plain = (1..=3).contains(&first.digits.len()) && middle.iter().all(|run| run.digits.len() == 3);
    is_one_kind && last.digits.len() == 3 && (is_plain || is_indian)
}

#[cfg(test)]
#[path = "figure_tests.rs"]
mod tests;
