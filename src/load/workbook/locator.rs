//! Where the records of a map stand in its workbook, for problems.

use std::collections::HashMap;
use std::sync::Arc;

use crate::jsonc::PathStep;
use crate::load::faults::{FaultLocation, render};
use crate::load::locations::Locate;
use crate::model::Position;

/// The row of a record, and the columns of its fields.
#[derive(Debug, Default)]
pub(super) struct RecordPlace {
    /// The index of the table.
    pub(super) table: usize,
    /// The row, from 1; 0 for a record without one.
    pub(super) row: u32,
    /// The columns, from 1, by the path of the field.
    pub(super) columns: Vec<(&'static [&'static str], u32)>,
    /// The rows of its evidence.
    pub(super) evidence: Vec<RecordPlace>,
}

/// The places of the records of all lists.
#[derive(Debug, Default)]
pub(super) struct ListPlaces(HashMap<&'static str, Vec<RecordPlace>>);

impl ListPlaces {
    pub(super) fn add(&mut self, list: &'static str, places: Vec<RecordPlace>) {
        self.0.insert(list, places);
    }
}

/// Locates faults in the sheets of a workbook.
pub(super) struct CellLocator {
    pub(super) places: ListPlaces,
    /// The names of the sheets, by the index of the table.
    pub(super) sheets: Vec<Arc<str>>,
}

impl CellLocator {
    fn position(&self, steps: &[PathStep]) -> Option<Position> {
        let [PathStep::Field(list) | PathStep::Name(list), PathStep::Index(index), fields @ ..] = steps else {
            return None;
        };
        let mut place = self.places.0.get(list.as_str())?.get(*index)?;
        let mut fields = fields;
        if let [PathStep::Field(name), PathStep::Index(index), rest @ ..] = fields
            && name == "evidence"
            && let Some(piece) = place.evidence.get(*index)
        {
            (place, fields) = (piece, rest);
        }
        let names: Vec<&str> = fields
            .iter()
            .map_while(|step| match step {
                PathStep::Field(name) | PathStep::Name(name) => Some(name.as_str()),
                PathStep::Index(_) => None,
            })
            .collect();
        let begins = |path: &[&str]| path.iter().zip(&names).all(|(a, b)| a == b) && !names.is_empty();
        let column = place.columns.iter().find(|(path, _)| begins(path)).map_or(1, |(_, column)| *column);
        let sheet = self.sheets.get(place.table)?;
        (place.row > 0).then(|| Position::Cell { sheet: Arc::clone(sheet), row: place.row, column })
    }
}

impl Locate for CellLocator {
    fn positions(&self, locations: &[&FaultLocation]) -> Vec<Option<Position>> {
        let position = |location: &&FaultLocation| match location {
            FaultLocation::Path(steps) | FaultLocation::Offset(_, steps) => self.position(steps),
            FaultLocation::Whole => None,
        };
        locations.iter().map(position).collect()
    }

    fn name(&self, location: &FaultLocation) -> String {
        match location {
            FaultLocation::Path(steps) | FaultLocation::Offset(_, steps) => render(steps),
            FaultLocation::Whole => String::new(),
        }
    }
}
