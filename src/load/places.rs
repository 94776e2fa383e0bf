//! Faults to problems: looks up the line and column of each, in one walk over the text.

use std::sync::Arc;

#[cfg(any(feature = "gui", test))]
use crate::jsonc::lex::line_end;
use crate::jsonc::{Lists, Tape};
use crate::model::{Place, Problem};

use super::faults::{Fault, Faults, Spot, render};

/// Problems in the order of the file, those of the whole file first.
pub(crate) fn problems(faults: Faults, text: &str, tape: &Tape, file: &Arc<str>) -> Vec<Problem> {
    let lists = Lists::new(tape, text);
    let mut placed: Vec<(Option<usize>, Fault)> = Vec::with_capacity(faults.listed.len());
    for fault in faults.listed {
        let offset = match &fault.spot {
            Spot::Whole => None,
            Spot::Offset(offset, _) => Some(*offset),
            Spot::Path(steps) => Some(tape.find(text, steps, &lists)),
        };
        placed.push((offset, fault));
    }
    placed.sort_by_key(|(offset, _)| *offset);
    let mut walk = Walk { text, offset: 0, place: Place { line: 1, column: 1 } };
    placed.into_iter().map(|(offset, fault)| problem(fault, offset.map(|offset| walk.to(offset)), file)).collect()
}

fn problem(fault: Fault, place: Option<Place>, file: &Arc<str>) -> Problem {
    let field = match &fault.spot {
        Spot::Path(steps) | Spot::Offset(_, steps) => render(steps),
        Spot::Whole => String::new(),
    };
    let remedy = fault.remedy.into_text();
    let remedy = (!remedy.is_empty()).then_some(remedy);
    Problem { severity: fault.severity, file: Arc::clone(file), place, field, message: fault.message, remedy }
}

/// Counts lines and columns forward through a text.
struct Walk<'a> {
    text: &'a str,
    offset: usize,
    place: Place,
}

impl Walk<'_> {
    /// The place of a byte that is not before the last one.
    fn to(&mut self, offset: usize) -> Place {
        let offset = (0..=offset.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let between = self.text.get(self.offset..offset).unwrap_or_default();
        let bytes = self.text.as_bytes();
        // A carriage return and a line feed are one break together, and each is one alone.
        let is_break = |at: usize| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        let lines = (self.offset..offset).filter(|at| is_break(*at)).count();
        let last =
            (self.offset..offset).rev().find(|at| is_break(*at)).map_or(between, |at| &self.text[at + 1..offset]);
        let columns = last.chars().count() as u32;
        self.place.column = if lines > 0 { 1 + columns } else { self.place.column + columns };
        self.place.line += lines as u32;
        self.offset = offset;
        self.place
    }
}

/// The line with this number, counted from 1, without its break.
#[cfg(any(feature = "gui", test))]
pub(crate) fn line(text: &str, number: u32) -> Option<&str> {
    let mut start = 0;
    for _ in 1..number {
        let end = line_end(text, start);
        let is_pair = text[end..].starts_with("\r\n");
        start = end + if is_pair { 2 } else { 1 };
        if start > text.len() {
            return None;
        }
    }
    (number > 0).then(|| &text[start..line_end(text, start)])
}

/// The place of one byte of a text.
pub(crate) fn place_of(text: &str, offset: usize) -> Place {
    Walk { text, offset: 0, place: Place { line: 1, column: 1 } }.to(offset)
}

#[cfg(test)]
mod tests {
    use super::{line, place_of};
    use crate::model::Place;

    #[test]
    fn counts_lines_and_characters() {
        let text = "{\n  \"é\": 1,\r\n  x";
        assert_eq!(place_of(text, 0), Place { line: 1, column: 1 });
        assert_eq!(place_of(text, text.find('1').unwrap_or(0)), Place { line: 2, column: 8 });
        assert_eq!(place_of(text, text.len()), Place { line: 3, column: 4 });
    }

    #[test]
    fn each_system_and_each_mixture_has_its_lines() {
        for (text, line, column) in [
            ("a\rb\rcx", 3, 2),
            ("a\r\nb\rc\nx", 4, 1),
            ("\r\r\n\n\rx", 5, 1),
            ("\n\r\nx", 3, 1),
            // Editors that take these for line breaks are few, and JSON does not.
            ("a\u{2028}b\u{85}x", 1, 5),
        ] {
            let place = place_of(text, text.find('x').unwrap_or(0));
            assert_eq!((place.line, place.column), (line, column), "{text:?}");
        }
        assert_eq!(line("a\rb\r\nc\nd", 3), Some("c"));
        assert_eq!((line("a\r", 2), line("a\r", 3), line("a", 2), line("a", 0)), (Some(""), None, None, None));
        let mut walk = super::Walk { text: "a\r\nb", offset: 0, place: Place { line: 1, column: 1 } };
        assert_eq!(walk.to(2), Place { line: 1, column: 3 }, "between the two halves of a break");
        assert_eq!(walk.to(3), Place { line: 2, column: 1 });
    }
}
