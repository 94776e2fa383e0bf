//! Converts faults to problems: finds all lines and columns in one pass over the text.

use std::sync::Arc;

#[cfg(any(feature = "gui", test))]
use crate::jsonc::lex::line_end;
use crate::jsonc::{RootLists, Tape};
use crate::model::{Location, Position, Problem, RelatedLocation};

use super::faults::{FaultLocation, Faults, render};

/// Locates faults in the terms of a file format.
pub(crate) trait Locate {
    /// Returns the position of each location; `None` for the whole file. Takes all locations, so that the text is
    /// walked once.
    fn positions(&self, locations: &[&FaultLocation]) -> Vec<Option<Position>>;

    /// Returns the display name of a location, such as `ties[3].from`; empty for the whole file.
    fn name(&self, location: &FaultLocation) -> String;
}

/// Converts faults to problems, in file order, those of the whole file first.
pub(crate) fn problems(faults: Faults, locate: &dyn Locate, file: &Arc<str>) -> Vec<Problem> {
    let related = faults.listed.iter().filter_map(|fault| fault.related.as_ref().map(|(location, _)| location));
    let locations: Vec<&FaultLocation> = faults.listed.iter().map(|fault| &fault.location).chain(related).collect();
    let mut positions = locate.positions(&locations);
    let mut related = positions.split_off(faults.listed.len()).into_iter();
    let in_file = |position: Option<Position>| position.map(|position| Location { file: Arc::clone(file), position });
    let mut problems: Vec<Problem> = Vec::with_capacity(faults.listed.len());
    for (fault, position) in faults.listed.into_iter().zip(positions) {
        let remedy = fault.remedy.into_text();
        let related = fault.related.and_then(|(place, words)| {
            let location = in_file(related.next().flatten())?;
            Some(RelatedLocation { location, field: locate.name(&place), words: words.to_owned() })
        });
        problems.push(Problem {
            severity: fault.severity,
            file: Arc::clone(file),
            location: in_file(position),
            field: locate.name(&fault.location),
            message: fault.message,
            remedy: (!remedy.is_empty()).then_some(remedy),
            related,
        });
    }
    problems.sort_by(|one, other| one.location.cmp(&other.location));
    problems
}

/// Locates faults in JSON text by its tape.
pub(crate) struct TextLocator<'a> {
    pub(crate) text: &'a str,
    pub(crate) tape: Tape,
}

impl Locate for TextLocator<'_> {
    fn positions(&self, locations: &[&FaultLocation]) -> Vec<Option<Position>> {
        let lists = RootLists::new(&self.tape, self.text);
        let offset = |location: &&FaultLocation| match location {
            FaultLocation::Whole => None,
            FaultLocation::Offset(offset, _) => Some(*offset),
            FaultLocation::Path(steps) => Some(self.tape.find(self.text, steps, &lists)),
        };
        let mut offsets: Vec<(Option<usize>, usize)> = locations.iter().map(offset).zip(0..).collect();
        offsets.sort_unstable();
        let mut positions = vec![None; locations.len()];
        let mut walk = Walk::new(self.text);
        for (offset, index) in offsets {
            positions[index] = offset.map(|offset| walk.to(offset));
        }
        positions
    }

    fn name(&self, location: &FaultLocation) -> String {
        match location {
            FaultLocation::Path(steps) | FaultLocation::Offset(_, steps) => render(steps),
            FaultLocation::Whole => String::new(),
        }
    }
}

/// Counts lines and columns forward through a text.
struct Walk<'a> {
    text: &'a str,
    offset: usize,
    line: u32,
    column: u32,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, offset: 0, line: 1, column: 1 }
    }

    /// Moves to a byte offset, which must not be before the last one, and returns its position.
    fn to(&mut self, offset: usize) -> Position {
        let offset = (0..=offset.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let between = self.text.get(self.offset..offset).unwrap_or_default();
        let bytes = self.text.as_bytes();
        // "\r\n" is one break; "\r" and "\n" alone are one each.
        let is_break = |at: usize| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        let lines = (self.offset..offset).filter(|at| is_break(*at)).count();
        let last =
            (self.offset..offset).rev().find(|at| is_break(*at)).map_or(between, |at| &self.text[at + 1..offset]);
        let columns = last.chars().count() as u32;
        self.column = if lines > 0 { 1 + columns } else { self.column + columns };
        self.line += lines as u32;
        self.offset = offset;
        Position::Text { line: self.line, column: self.column }
    }
}

/// Returns the line with this number, counted from 1, without its line break.
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

/// Returns line and column of a byte offset, counted from 1.
pub(crate) fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let mut walk = Walk::new(text);
    walk.to(offset);
    (walk.line, walk.column)
}

#[cfg(test)]
mod tests {
    use super::{Walk, line, line_and_column};
    use crate::model::Position;

    #[test]
    fn counts_lines_and_characters() {
        let text = "{\n  \"é\": 1,\r\n  x";
        assert_eq!(line_and_column(text, 0), (1, 1));
        assert_eq!(line_and_column(text, text.find('1').unwrap_or(0)), (2, 8));
        assert_eq!(line_and_column(text, text.len()), (3, 4));
    }

    #[test]
    fn each_system_and_each_mixture_has_its_lines() {
        for (text, line, column) in [
            ("a\rb\rcx", 3, 2),
            ("a\r\nb\rc\nx", 4, 1),
            ("\r\r\n\n\rx", 5, 1),
            ("\n\r\nx", 3, 1),
            // Few editors break lines at these characters, and JSON doesn't.
            ("a\u{2028}b\u{85}x", 1, 5),
        ] {
            let place = line_and_column(text, text.find('x').unwrap_or(0));
            assert_eq!(place, (line, column), "{text:?}");
        }
        assert_eq!(line("a\rb\r\nc\nd", 3), Some("c"));
        assert_eq!((line("a\r", 2), line("a\r", 3), line("a", 2), line("a", 0)), (Some(""), None, None, None));
        let mut walk = Walk::new("a\r\nb");
        assert_eq!(walk.to(2), Position::Text { line: 1, column: 3 }, "between the two halves of a break");
        assert_eq!(walk.to(3), Position::Text { line: 2, column: 1 });
    }
}
