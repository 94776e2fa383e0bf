//! Counters of work, by which tests hold that a change takes as much as changed.

use std::fmt;
use std::ops::{AddAssign, Sub};

/// How much was looked at and made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Records of the map and of the look that were walked, each as often as it was.
    pub records: usize,
    /// Texts that were asked for, shaped or found shaped.
    pub texts: usize,
    /// Lanes that were routed.
    pub lanes: usize,
    /// Items of the scene that were made.
    pub made: usize,
    /// Items of the scene that were drawn.
    pub drawn: usize,
    /// Cards, hubs and lanes that the canvas went over to draw some of them.
    pub held: usize,
}

impl AddAssign for Work {
    fn add_assign(&mut self, other: Self) {
        self.records += other.records;
        self.texts += other.texts;
        self.lanes += other.lanes;
        self.made += other.made;
        self.drawn += other.drawn;
        self.held += other.held;
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
        }
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { records, texts, lanes, made, drawn, held } = self;
        write!(
            f,
            "{records} records walked, {texts} texts shaped, {lanes} lanes routed, {made} items made, {drawn} drawn of {held} held"
        )
    }
}
