//! Which ties are labeled, and how much of a label is shown.

use imbl::OrdMap;

use super::rank::Ranks;
use crate::model::{LabelChoice, LabelMode, TieId};

/// A look's choice of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// The rule for all ties.
    pub mode: LabelMode,
    /// What a hand has chosen against it.
    pub by_hand: OrdMap<TieId, LabelChoice>,
}

/// How much of a label is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::scene) enum LabelDetail {
    /// Words, figure and citation numbers.
    Whole,
    /// The icon and the citation numbers.
    Numbers,
    /// What is doubtful, and nothing else.
    Signs,
}

impl Default for Labels {
    fn default() -> Self {
        Self { mode: LabelMode::All, by_hand: OrdMap::new() }
    }
}

impl Labels {
    /// How much of a tie's label is shown, if it finds room.
    pub(in crate::scene) fn shown(&self, tie: TieId, ranks: &Ranks) -> LabelDetail {
        match (self.by_hand.get(&tie), self.mode) {
            (Some(LabelChoice::Show), _) | (None, LabelMode::All) => LabelDetail::Whole,
            (None, LabelMode::Important) if ranks.is_important(tie) => LabelDetail::Whole,
            (None, LabelMode::Numbers) => LabelDetail::Numbers,
            (Some(LabelChoice::Hide), _) | (None, LabelMode::Important | LabelMode::None) => LabelDetail::Signs,
        }
    }

    /// Whether its room goes before that of all others.
    pub(in crate::scene) fn is_first(&self, tie: TieId) -> bool {
        self.by_hand.get(&tie) == Some(&LabelChoice::Show)
    }
}
