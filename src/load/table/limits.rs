//! Limits on what an untrusted file may cost, and the meter that holds them while it is read.

use std::cell::Cell;

use super::super::{ProgressFn, share};
use super::types::{Cell as TableCell, RowSpan, Stop};

/// What a file may contain at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of all unpacked parts.
    pub(crate) unpacked_bytes: u64,
    /// Unpacked bytes for each packed one, beyond `small_bytes`.
    pub(crate) ratio: u64,
    /// Unpacked bytes that are allowed whatever the ratio; formatted empty rows pack very well.
    pub(crate) small_bytes: u64,
    /// Bytes of the text of a cell.
    pub(crate) cell_bytes: usize,
    /// Cells of a row.
    pub(crate) columns: usize,
    /// Cells of all tables.
    pub(crate) cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked_bytes: 1 << 30,
            ratio: 200,
            small_bytes: 16 << 20,
            cell_bytes: 50 << 20,
            columns: 16_384,
            cells: 20_000_000,
        }
    }
}

/// Counts what has been read of a file, and reports progress.
pub(super) struct Meter<'p> {
    limits: Limits,
    unpacked: Cell<u64>,
    cells: Cell<usize>,
    rows: Cell<usize>,
    /// Bytes of texts that cells have of their own, instead of borrowing them from the file.
    owned: Cell<usize>,
    packed_bytes: u64,
    /// Bytes that a reader needs beside cells, for the structure of the text and for finding elements again.
    structure: Cell<u64>,
    indexed: Cell<u64>,
    /// The unpacked bytes that the file may have, by its size.
    max_unpacked: u64,
    on_progress: ProgressFn<'p>,
}

/// Bytes of memory that cells may take for each byte of the file, beyond `SMALL_CELL_MEMORY`.
const CELL_MEMORY: u64 = 6;
const SMALL_CELL_MEMORY: u64 = 48 << 20;
/// Bytes that an allocation takes beside its contents, about.
const BYTES_OF_ALLOCATION: usize = 24;
/// The remedy for files that exceed a limit.
const SPLIT: &str = "split the file";

impl<'p> Meter<'p> {
    pub(super) fn new(limits: Limits, packed_bytes: usize, on_progress: ProgressFn<'p>) -> Self {
        let by_ratio = (packed_bytes as u64).saturating_mul(limits.ratio).max(limits.small_bytes);
        let max_unpacked = by_ratio.min(limits.unpacked_bytes);
        let packed_bytes = packed_bytes as u64;
        Self {
            limits,
            unpacked: Cell::new(0),
            cells: Cell::new(0),
            rows: Cell::new(0),
            owned: Cell::new(0),
            packed_bytes,
            structure: Cell::new(0),
            indexed: Cell::new(0),
            max_unpacked,
            on_progress,
        }
    }

    /// Reports progress between 0 and 1 of reading; an error if canceled.
    pub(super) fn report(&self, done: f32) -> Result<(), Stop> {
        let done = share::READ + (share::PARSED - share::READ) * done.clamp(0.0, 1.0);
        if (self.on_progress)(done) { Ok(()) } else { Err(Stop::Canceled) }
    }

    /// Returns the number of bytes that may still be unpacked.
    pub(super) fn unpacked_left(&self) -> u64 {
        self.max_unpacked - self.unpacked.get()
    }

    /// Counts unpacked bytes; an error if the file unpacks to more than it may.
    pub(super) fn count_unpacked(&self, bytes: usize) -> Result<(), Stop> {
        let unpacked = self.unpacked.get().saturating_add(bytes as u64);
        if unpacked > self.max_unpacked {
            let message = format!("it unpacks to more than {}", self.max_unpacked_words());
            return Err(exceeded(message, "unpack it yourself if you trust it, and open the tables one by one"));
        }
        self.unpacked.set(unpacked);
        Ok(())
    }

    /// Counts the bytes of a text that is repeated: copies of one text may take more memory than the file unpacked.
    pub(super) fn count_copies(&self, bytes: usize, copies: usize) -> Result<(), Stop> {
        self.count_unpacked(bytes.saturating_mul(copies))
    }

    fn max_unpacked_words(&self) -> String {
        if self.max_unpacked == self.limits.unpacked_bytes {
            format!("{} MB", self.max_unpacked >> 20)
        } else {
            format!("{} times its size", self.limits.ratio)
        }
    }

    /// Counts cells; an error if there are more than a map can use.
    pub(super) fn count_cells(&self, cells: usize) -> Result<(), Stop> {
        let count = self.cells.get().saturating_add(cells);
        if count > self.limits.cells {
            return Err(exceeded(format!("it has more than {} cells", self.limits.cells), SPLIT));
        }
        self.cells.set(count);
        // A cell of a single character takes far more memory than it takes in the file.
        let spans = self.rows.get() * size_of::<RowSpan>();
        let memory = (count * size_of::<TableCell>() + spans).saturating_add(self.owned.get());
        if memory as u64 > self.cell_memory() {
            let message = format!("it has more than {count} cells, most of them blank or of a single character");
            return Err(exceeded(message, "remove empty columns, or split the file"));
        }
        Ok(())
    }

    /// Counts a row of text with its cells.
    pub(super) fn count_row(&self, cells: usize) -> Result<(), Stop> {
        self.rows.set(self.rows.get() + 1);
        self.count_cells(cells)
    }

    /// Counts a text that a cell owns, by its bytes of memory; the next row or cell is refused if texts take too much.
    pub(super) fn count_owned(&self, bytes: usize) {
        self.owned.set(self.owned.get().saturating_add(bytes + BYTES_OF_ALLOCATION));
    }

    /// The number of cells that all tables may have.
    pub(super) fn most_cells(&self) -> usize {
        self.limits.cells
    }

    /// The number of cells that are read of a row: one more than it may have.
    pub(super) fn read_columns(&self) -> usize {
        self.limits.columns + 1
    }

    /// Checks the size of a table whose rows are all taken to be as long as the longest, since each column is looked for
    /// in each row.
    pub(super) fn check_area(&self, columns: usize, rows: usize) -> Result<(), Stop> {
        if columns.saturating_mul(rows) <= self.limits.cells {
            return Ok(());
        }
        let message = format!("{rows} rows of up to {columns} columns are more than {} cells", self.limits.cells);
        Err(exceeded(message, SPLIT))
    }

    /// Checks the number of attributes that an element of a graph has, and of the columns that they would take.
    pub(super) fn check_attributes(&self, columns: usize, line: u32) -> Result<(), Stop> {
        if columns <= self.limits.columns {
            return Ok(());
        }
        let message = format!("up to line {line} its elements have more than {} attributes", self.limits.columns);
        Err(exceeded(message, "leave out those that no map needs"))
    }

    /// Checks the size of a table of elements of a graph, see [`Meter::check_area`].
    pub(super) fn check_elements(&self, attributes: usize, elements: usize) -> Result<(), Stop> {
        if attributes.saturating_mul(elements) <= self.limits.cells {
            return Ok(());
        }
        let message = format!("{elements} elements of up to {attributes} attributes are too many");
        Err(exceeded(message, "leave out attributes that no map needs, or split the file"))
    }

    /// Counts the memory of the structure of a text, in place of that of the text before.
    pub(super) fn count_structure(&self, entries: usize, bytes_each: usize) -> Result<(), Stop> {
        self.structure.set(entries.saturating_mul(bytes_each) as u64);
        self.count_index(0, 0)
    }

    /// Counts the memory that finding elements again takes, in place of what was counted before.
    pub(super) fn count_index(&self, elements: usize, bytes_each: usize) -> Result<(), Stop> {
        self.indexed.set(elements.saturating_mul(bytes_each) as u64);
        if self.cell_memory() > 0 {
            return Ok(());
        }
        Err(exceeded("it has too many elements for its size, most of them without contents".to_owned(), SPLIT))
    }

    /// Returns the bytes that all cells may take.
    fn cell_memory(&self) -> u64 {
        let bytes = self.unpacked.get().max(self.packed_bytes);
        let beside = self.structure.get().saturating_add(self.indexed.get());
        let (each, small) = match beside {
            0 => (CELL_MEMORY, SMALL_CELL_MEMORY),
            _ => (CELL_MEMORY + 1, SMALL_CELL_MEMORY / 3 * 2),
        };
        (each.saturating_mul(bytes) + small).saturating_sub(beside)
    }

    /// Checks the length of a row.
    pub(super) fn check_columns(&self, columns: usize, row: u32) -> Result<(), Stop> {
        if columns <= self.limits.columns {
            return Ok(());
        }
        let message = format!("row {row} has more than {} columns", self.limits.columns);
        Err(exceeded(message, "check the separator between its columns"))
    }

    /// Checks the length of a text.
    pub(super) fn check_text(&self, bytes: usize, row: u32) -> Result<(), Stop> {
        if bytes <= self.limits.cell_bytes {
            return Ok(());
        }
        let message = format!("row {row} has a cell of more than {} MB", self.limits.cell_bytes >> 20);
        Err(exceeded(message, "check the quotes in the file"))
    }
}

fn exceeded(message: String, remedy: &'static str) -> Stop {
    Stop::Exceeded { message, remedy }
}
