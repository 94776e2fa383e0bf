//! Selects the ties to label, and the amount of detail of each label.

use imbl::OrdMap;

use super::rank::Ranks;
use crate::model::{Date, LabelChoice, LabelMode, TieId};

/// Label settings of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Rule for all ties.
    pub mode: LabelMode,
    /// Manual exceptions to the rule.
    pub by_hand: OrdMap<TieId, LabelChoice>,
    /// Date at which ties are marked that may have held, but not surely.
    pub as_of: Option<Date>,
}

/// Amount of detail in a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scene) enum LabelDetail {
    /// Words, figure and citation numbers.
    Whole,
    /// Icon and citation numbers.
    Numbers,
    /// Only the signs of doubt.
    Signs,
}

impl Default for Labels {
    fn default() -> Self {
        Self { mode: LabelMode::All, by_hand: OrdMap::new(), as_of: None }
    }
}

impl Labels {
    /// Returns the detail of a tie's label, if there is room for it.
    pub(in crate::scene) fn shown(&self, tie: TieId, ranks: &Ranks) -> LabelDetail {
        match (self.by_hand.get(&tie), self.mode) {
            (Some(LabelChoice::Show), _) | (None, LabelMode::All) => LabelDetail::Whole,
            (None, LabelMode::Important) if ranks.is_important(tie) => LabelDetail::Whole,
            (None, LabelMode::Numbers) => LabelDetail::Numbers,
            (Some(LabelChoice::Hide), _) | (None, LabelMode::Important | LabelMode::None) => LabelDetail::Signs,
        }
    }

    /// Returns whether the tie's label takes precedence over all others.
    pub(in crate::scene) fn is_first(&self, tie: TieId) -> bool {
        self.by_hand.get(&tie) == Some(&LabelChoice::Show)
    }
}
