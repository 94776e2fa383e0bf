//! Figures with decimal marks and grouped thousands in the styles of several countries.
//!
//! Most figures show by themselves which mark is decimal. Where one does not ("1,125", "750.000"), the other values of
//! its column decide.

use rust_decimal::Decimal;

use super::token::{DigitRun, Figure, Lexeme, Separator, tokens};

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
                let Lexeme::Figure(figure) = token.token else { continue };
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

/// What the separators of a figure mean.
enum FigureReading {
    /// All separators group, and these are none of the two marks, or a mark that occurs several times.
    Whole,
    /// The last separator is the decimal mark.
    Fraction(DecimalMark),
    /// The only separator is a mark with three digits after it.
    Either(DecimalMark),
    /// Not a number.
    Wrong,
}

impl Figure<'_> {
    /// Returns the number, and whether the style decided between two readings.
    pub(super) fn value(&self, style: NumberStyle) -> Option<(Decimal, bool)> {
        let (has_fraction, is_by_style) = match self.reading() {
            FigureReading::Whole => (false, false),
            FigureReading::Fraction(_) => (true, false),
            FigureReading::Either(mark) => (mark == style.decimal_mark, true),
            FigureReading::Wrong => return None,
        };
        let mut text = String::new();
        for (index, run) in self.runs.iter().enumerate() {
            if has_fraction && index + 1 == self.runs.len() {
                text.push('.');
            }
            text.push_str(run.digits);
        }
        if text.starts_with('.') {
            text.insert(0, '0');
        }
        Some((Decimal::from_str_exact(&text).ok()?, is_by_style))
    }

    /// Returns the decimal mark if the figure shows it, be it by its grouping.
    fn shown_mark(&self) -> Option<DecimalMark> {
        match self.reading() {
            FigureReading::Fraction(mark) => Some(mark),
            FigureReading::Whole => self.runs.iter().find_map(|run| match run.separator? {
                Separator::Dot => Some(DecimalMark::Comma),
                Separator::Comma => Some(DecimalMark::Dot),
                Separator::Group => None,
            }),
            FigureReading::Either(_) | FigureReading::Wrong => None,
        }
    }

    fn reading(&self) -> FigureReading {
        let Some(last) = self.runs.last() else { return FigureReading::Wrong };
        let count = |wanted| self.runs.iter().filter(|run| run.separator == Some(wanted)).count();
        let mark = match last.separator {
            None => return if last.digits.is_empty() { FigureReading::Wrong } else { FigureReading::Whole },
            Some(Separator::Group) if count(Separator::Dot) + count(Separator::Comma) > 0 => {
                return FigureReading::Wrong;
            }
            Some(Separator::Group) => {
                return if groups(&self.runs) { FigureReading::Whole } else { FigureReading::Wrong };
            }
            Some(Separator::Dot) => DecimalMark::Dot,
            Some(Separator::Comma) => DecimalMark::Comma,
        };
        let before = &self.runs[..self.runs.len() - 1];
        let is_only_mark = before.iter().all(|run| !matches!(run.separator, Some(Separator::Dot | Separator::Comma)));
        let occurs_before = before.iter().any(|run| run.separator == last.separator);
        if occurs_before {
            let is_alone = self.runs[1..].iter().all(|run| run.separator == last.separator);
            return if is_alone && groups(&self.runs) { FigureReading::Whole } else { FigureReading::Wrong };
        }
        if before.len() > 1 {
            return if groups(before) { FigureReading::Fraction(mark) } else { FigureReading::Wrong };
        }
        let whole = before[0].digits;
        let may_group = last.digits.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        if is_only_mark && may_group { FigureReading::Either(mark) } else { FigureReading::Fraction(mark) }
    }
}

/// Whether the runs are groups of three digits, or of two with three at the end, as in India.
fn groups(runs: &[DigitRun<'_>]) -> bool {
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
mod tests {
    use rust_decimal::Decimal;

    use super::super::token::{Lexeme, tokens};
    use super::{DecimalMark, Figure, NumberStyle};

    fn figure(text: &str) -> Figure<'_> {
        let found = tokens(text).into_iter().find_map(|placed| match placed.token {
            Lexeme::Figure(figure) => Some(figure),
            _ => None,
        });
        found.expect("a figure")
    }

    #[test]
    fn figures_that_show_their_mark_need_no_style() {
        for (text, value) in [
            ("13.000.000,00", "13000000.00"),
            ("1,234,567.5", "1234567.5"),
            ("1 234,5", "1234.5"),
            ("1\u{202f}234\u{202f}567,89", "1234567.89"),
            ("1'000'000.50", "1000000.50"),
            ("1’000", "1000"),
            ("12,34,567", "1234567"),
            ("0.125", "0.125"),
            ("0,125", "0.125"),
            ("1234,567", "1234.567"),
            (".5", "0.5"),
            ("25,5", "25.5"),
            ("007", "7"),
        ] {
            for style in [NumberStyle::DOT, NumberStyle::COMMA] {
                let expected = (value.parse::<Decimal>().expect("a number"), false);
                assert_eq!(figure(text).value(style), Some(expected), "{text}");
            }
        }
    }

    #[test]
    fn the_style_decides_between_two_readings() {
        for (text, dot, comma) in [("1,125", "1125", "1.125"), ("750.000", "750.000", "750000")] {
            let read = |style| figure(text).value(style).expect("a number");
            assert_eq!(read(NumberStyle::DOT), (dot.parse().expect("a number"), true), "{text}");
            assert_eq!(read(NumberStyle::COMMA), (comma.parse().expect("a number"), true), "{text}");
        }
    }

    #[test]
    fn figures_in_no_style_are_refused() {
        for text in ["1.2.3", "1,23,4", "1.234,567.8", "3.4.2021", "1,234.567.890", "99999999999999999999999999999999"]
        {
            assert_eq!(figure(text).value(NumberStyle::DOT), None, "{text}");
        }
    }

    #[test]
    fn the_column_shows_its_style() {
        let cases: [(&[&str], DecimalMark, bool); 11] = [
            (&["750.000", "1.234,56"], DecimalMark::Comma, false),
            (&["1,200", "12,050,000"], DecimalMark::Dot, false),
            (&["1,125", "25,5"], DecimalMark::Comma, false),
            (&["0,75", "2,5", "12", "1,125", "3"], DecimalMark::Comma, false),
            (
                &["1.234,56 €", "2.500.000,00 €", "750.000 €", "1 234 567,89 €", "CHF 1'000'000.50"],
                DecimalMark::Comma,
                false,
            ),
            (&["731,054", "1,200", "12,050,000"], DecimalMark::Dot, false),
            (&["1,25", "3,5"], DecimalMark::Comma, false),
            (&["$13bn", "US$ 1,250,000", "1.487,25 €", "€2.5m"], DecimalMark::Dot, false),
            (&["1,200", "3,400"], DecimalMark::Dot, true),
            (&["750.000"], DecimalMark::Dot, true),
            (&["", "n/a"], DecimalMark::Dot, true),
        ];
        for (values, decimal_mark, is_assumed) in cases {
            let style = NumberStyle::of_column(values.iter().copied());
            assert_eq!(style, NumberStyle { decimal_mark, is_assumed }, "{values:?}");
        }
    }
}
