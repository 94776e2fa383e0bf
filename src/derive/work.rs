//! Counters of work, for tests that the cost of an update is proportional to the change.

use std::fmt;
use std::ops::{AddAssign, Sub};

/// The number of items processed and created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Records and look entries walked, counted each time.
    pub records: usize,
    /// Texts requested, whether shaped or found in the cache.
    pub texts: usize,
    /// Lanes routed.
    pub lanes: usize,
    /// Scene items created.
    pub made: usize,
    /// Scene items drawn.
    pub drawn: usize,
    /// Cards, hubs and lanes that the canvas iterated over for drawing.
    pub held: usize,
    /// Dots and ties of a large map looked at to choose what is drawn and named.
    pub walked: usize,
    /// How often the dots and ties of a large map were sent to the graphics adapter.
    pub uploads: usize,
}

impl AddAssign for Work {
    fn add_assign(&mut self, other: Self) {
        self.records += other.records;
        self.texts += other.texts;
        self.lanes += other.lanes;
        self.made += other.made;
        self.drawn += other.drawn;
        self.held += other.held;
        self.walked += other.walked;
        self.uploads += other.uploads;
    }
}

impl Sub for Work {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            records: self.records - other.records,
            texts: self.texts - other.texts,
            lanes: self.lanes - other.lanes,
            made: self.made - other.made,
            drawn: self.drawn - other.drawn,
            held: self.held - other.held,
            walked: self.walked - other.walked,
            uploads: self.uploads - other.uploads,
        }
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { records, texts, lanes, made, drawn, held, walked, uploads } = self;
        write!(
            f,
            "{records} records walked, {texts} texts shaped, {lanes} lanes routed, {made} items made, {drawn} drawn of {held} held, \
             {walked} dots and ties looked at, {uploads} uploads"
        )
    }
}
