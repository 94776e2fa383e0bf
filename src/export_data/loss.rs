//! What a format can't hold, counted before it is lost.

use crate::wording::{joined_and, number};

use super::content::DataContent;
use super::feature::Feature;
use super::formats::DataFormat;

/// Something of a map that a format can't hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What it is, in the plural: "notes on the map".
    pub what: &'static str,
    /// How many the map has.
    pub count: usize,
}

impl Loss {
    /// Returns what is lost with its number: "notes on the map (3)".
    #[must_use]
    pub fn text(&self) -> String {
        format!("{} ({})", self.what, number(self.count))
    }

    /// Returns a sentence about all losses without a full stop; `None` if there are none.
    #[must_use]
    pub fn sentence(losses: &[Self]) -> Option<String> {
        let texts: Vec<String> = losses.iter().map(Self::text).collect();
        (!texts.is_empty()).then(|| joined_and(&texts))
    }
}

/// Returns what a format can't hold of this map, in a fixed order; only what the map has.
#[must_use]
pub fn losses(content: &DataContent, format: &DataFormat) -> Vec<Loss> {
    let of = |feature: &Feature| Loss { what: feature.words(), count: feature.count(content) };
    format.lacks.iter().map(of).filter(|loss| loss.count > 0).collect()
}
