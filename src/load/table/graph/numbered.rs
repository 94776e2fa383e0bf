//! Actors that a file numbers from 1 on, whether it names them or not, and ties as a matrix of numbers.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop};
use crate::wording::read::Role;

use super::elements::GraphTables;

/// Actors known only by the declared count are left out beyond this number plus one for each byte of the file.
const MAX_UNNAMED: usize = 100_000;

/// An actor with a number.
#[derive(Debug, Default)]
pub(super) struct Numbered<'a> {
    pub(super) name: Cow<'a, str>,
    /// The line that names it; 0 if none does.
    pub(super) line: u32,
    pub(super) fields: Vec<(Cow<'a, str>, Option<Role>, Cell<'a>)>,
}

/// All actors of a file by their numbers.
#[derive(Debug, Default)]
pub(super) struct NumberedActors<'a> {
    list: Vec<Numbered<'a>>,
    /// The number of actors that the file says.
    count: usize,
    /// The line that says it.
    line: u32,
    /// The number of bytes of the file.
    max: usize,
}

impl<'a> NumberedActors<'a> {
    pub(super) fn new(text: &str) -> Self {
        Self { max: MAX_UNNAMED + text.len(), ..Self::default() }
    }

    /// Sets how many actors there are at least.
    pub(super) fn set_count(&mut self, count: usize, line: u32) {
        (self.count, self.line) = (count, line);
        if count <= self.max && count > self.list.len() {
            self.list.resize_with(count, Numbered::default);
        }
    }

    /// Returns the actor with a number from 1 on; `None` for numbers that no file can have.
    pub(super) fn get(&mut self, number: usize) -> Option<&mut Numbered<'a>> {
        let index = number.checked_sub(1).filter(|index| *index < self.max)?;
        if index >= self.list.len() {
            self.list.resize_with(index + 1, Numbered::default);
        }
        self.list.get_mut(index)
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Puts all actors into their table; the id of each is its number.
    pub(super) fn put(self, tables: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
        if self.count > self.list.len() {
            let message = format!("it says that it has {} actors, but names only {}", self.count, self.list.len());
            tables.warn(self.line.max(1), message, "correct the number");
        }
        let line = self.line.max(1);
        for (number, actor) in (1_usize..).zip(self.list) {
            let id = number.to_string();
            let name = if actor.name.trim().is_empty() { id.clone().into() } else { actor.name };
            tables.set_actor(id, name);
            for (heading, role, cell) in actor.fields {
                tables.actors.put_cell(heading, role, cell);
            }
            tables.actors.end(if actor.line > 0 { actor.line } else { line }, meter)?;
        }
        Ok(())
    }
}

/// A number of a matrix that is not zero.
#[derive(Clone, Debug)]
pub(super) struct MatrixEntry<'a> {
    /// The ids of the actors of its row and column.
    pub(super) ends: [usize; 2],
    pub(super) value: &'a str,
    pub(super) line: u32,
}

/// Returns whether a number is zero, `None` if it is no number.
pub(super) fn is_zero(text: &str) -> Option<bool> {
    let number: f64 = text.parse().ok()?;
    Some(number == 0.0 || number.is_nan())
}

/// Makes ties of a matrix. One that is the same on both sides of its diagonal has no directions.
pub(super) fn put_matrix<'a>(
    entries: &[MatrixEntry<'a>],
    kind: Option<&str>,
    has_sides: bool,
    tables: &mut GraphTables<'a>,
    meter: &Meter,
) -> Result<(), Stop> {
    let all: HashSet<([usize; 2], &str)> = entries.iter().map(|entry| (entry.ends, entry.value)).collect();
    let is_mirrored = |entry: &MatrixEntry<'_>| all.contains(&([entry.ends[1], entry.ends[0]], entry.value));
    let is_symmetric =
        !has_sides && entries.iter().any(|entry| entry.ends[0] != entry.ends[1]) && entries.iter().all(is_mirrored);
    for MatrixEntry { ends: [from, to], value, line } in entries {
        if is_symmetric && from > to {
            continue;
        }
        tables.ties.put_cell("weight", Some(Role::Weight), Cell::number(*value));
        if let Some(kind) = kind {
            meter.count_copies(kind.len(), 1)?;
            tables.ties.put("kind", Some(Role::Kind), kind.to_owned());
        }
        let ends = [from.to_string().into(), to.to_string().into()];
        tables.set_tie("", ends, Some(!is_symmetric && !has_sides));
        tables.end_tie(*line, meter)?;
    }
    Ok(())
}
