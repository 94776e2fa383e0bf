//! Which ties are labeled, and how much of a label is shown.

use std::collections::BTreeMap;

use crate::model::{LabelChoice, LabelMode, TieId};

use super::rank::Ranks;

/// A look's choice of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// The rule for all ties.
    pub mode: LabelMode,
    /// What a hand has chosen against it.
    pub by_hand: BTreeMap<TieId, LabelChoice>,
}

impl Default for Labels {
    fn default() -> Self {
        Self { mode: LabelMode::All, by_hand: BTreeMap::new() }
    }
}

impl Labels {
    /// Whether the label of a tie is shown, if it finds room.
    pub(super) fn shows(&self, tie: TieId, ranks: &Ranks) -> bool {
        match (self.by_hand.get(&tie), self.mode) {
            (Some(LabelChoice::Show), _) | (None, LabelMode::All) => true,
            (None, LabelMode::Important) => ranks.is_important(tie),
            (Some(LabelChoice::Hide), _) | (None, LabelMode::None) => false,
        }
    }

    /// Whether its room goes before that of all others.
    pub(super) fn is_first(&self, tie: TieId) -> bool {
        self.by_hand.get(&tie) == Some(&LabelChoice::Show)
    }
}
