//! A line of a plan: its ends, and what it looks like.

use std::sync::Arc;

use super::lane::{LineStyle, Tip};
use crate::model::TieId;
use crate::text::Text;

/// One line of a tie: the tie's only one, or a spoke from an actor to its hub; or the lane of a ribbon.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// Whose line it is; for a ribbon, the first of its ties.
    pub tie: TieId,
    /// Which of its parties it leads to, for a many-party tie.
    pub party: Option<u32>,
    /// Index of the node it leaves.
    pub from: u32,
    /// Index of the node it enters.
    pub to: u32,
    pub(super) width: f32,
    pub(super) style: LineStyle,
    pub(super) tip: Tip,
    pub(super) role: Option<Arc<Text>>,
}
