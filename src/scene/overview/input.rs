//! What an overview is computed from.

use emath::Pos2;

use crate::model::{ActorId, Map};
use crate::scene::plan::Plan;

/// Everything that an overview is computed from.
#[derive(Clone, Copy)]
pub struct OverviewInput<'a> {
    /// The map.
    pub map: &'a Map,
    /// The measured contents: cards and hubs are the nodes, lines the ties.
    pub plan: &'a Plan,
    /// Center of each node, in world units.
    pub centers: &'a [Pos2],
    /// Community of each node, see [`crate::layout::communities`].
    pub communities: &'a [u32],
    /// Names of areas given by a person, each by one member.
    pub names: &'a [(ActorId, String)],
}
