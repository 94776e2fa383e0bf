//! A line of a plan: its ends, and what it looks like.

use std::sync::Arc;

use crate::model::TieId;
use crate::scene::lane::{LineStyle, Tip};
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
    pub(in crate::scene) width: f32,
    pub(in crate::scene) style: LineStyle,
    pub(in crate::scene) tip: Tip,
    pub(in crate::scene) role: Option<Arc<Text>>,
}
