//! Faults to problems: looks up the line and column of each, in one walk over the text.

use std::sync::Arc;

use crate::model::{Place, Problem};

use super::faults::{Fault, Faults, Spot, render};
use super::tape::{Lists, Tape};

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
        let lines = between.bytes().filter(|byte| *byte == b'\n').count();
        let last = between.rsplit('\n').next().unwrap_or_default();
        let columns = last.chars().count() as u32;
        self.place.column = if lines > 0 { 1 + columns } else { self.place.column + columns };
        self.place.line += lines as u32;
        self.offset = offset;
        self.place
    }
}

/// The place of one byte of a text.
pub(crate) fn place_of(text: &str, offset: usize) -> Place {
    Walk { text, offset: 0, place: Place { line: 1, column: 1 } }.to(offset)
}

#[cfg(test)]
mod tests {
    use super::place_of;
    use crate::model::Place;

    #[test]
    fn counts_lines_and_characters() {
        let text = "{\n  \"é\": 1,\r\n  x";
        assert_eq!(place_of(text, 0), Place { line: 1, column: 1 });
        assert_eq!(place_of(text, text.find('1').unwrap_or(0)), Place { line: 2, column: 8 });
        assert_eq!(place_of(text, text.len()), Place { line: 3, column: 4 });
    }
}
