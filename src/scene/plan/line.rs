//! A line of a plan: its ends and appearance.

use std::sync::Arc;

use crate::model::TieId;
use crate::scene::lane::{LineStyle, Tip};
use crate::text::Text;

/// One line of a tie: its only one, a spoke from an actor to its hub, or the lane of a ribbon.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanLine {
    /// Tie of the line; for a ribbon, its first tie.
    pub tie: TieId,
    /// Index of the party at the spoke's end, for a many-party tie.
    pub party: Option<u32>,
    /// Index of the node where the line starts.
    pub from: u32,
    /// Index of the node where the line ends.
    pub to: u32,
    pub(in crate::scene) width: f32,
    pub(in crate::scene) style: LineStyle,
    pub(in crate::scene) tip: Tip,
    pub(in crate::scene) role: Option<Arc<Text>>,
}
