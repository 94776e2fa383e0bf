//! Dimensions of pills.

use crate::model::Map;
use crate::text::{Face, Style};

/// Maps with more ties than this have smaller pills, which show only the figure where a tie has one.
pub(super) const MANY_TIES: usize = 24;

/// Dimensions that depend on the number of ties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PillMeasures {
    pub(super) font: f32,
    pub(super) icon: f32,
    /// Height of a pill with one line.
    pub(super) height: f32,
    /// Space at both ends.
    pub(super) padding: f32,
    /// Space between icon, text and numbers.
    pub(super) gap: f32,
}

impl PillMeasures {
    pub(super) fn of_map(map: &Map) -> Self {
        if map.ties().len() > MANY_TIES {
            Self { font: 12.0, icon: 12.5, height: 20.0, padding: 7.0, gap: 4.0 }
        } else {
            Self { font: 12.5, icon: 13.5, height: 25.0, padding: 9.0, gap: 5.0 }
        }
    }

    pub(super) fn style(self, face: Face) -> Style {
        Style { face, size: if face == Face::Icon { self.icon } else { self.font } }
    }
}
