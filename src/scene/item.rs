//! Builds the scene items of a plan at the positions of a layout, one at a time.

use super::plan::{Plan, common_kind};
use super::theme::solid;
use super::{NoteBox, Part, SceneItem, Shape, Theme, lane};
use crate::layout::Layout;
use crate::model::Map;

/// Scale from which the roles of many-party ties are drawn.
const ROLES_FROM: f32 = 0.5;

/// Everything an item depends on besides its index.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    /// The map.
    pub map: &'a Map,
    /// Measured contents.
    pub plan: &'a Plan,
    /// Positions of all nodes and lanes.
    pub layout: &'a Layout,
    /// The colors.
    pub theme: &'a Theme,
}

pub(super) fn note_item(note: &NoteBox, theme: &Theme) -> SceneItem {
    note.item(theme)
}

/// Returns the lane starting at a line: its own, or all spokes of a hub; `None` if an earlier line already covers it.
pub(super) fn lane_item(of: Drawing<'_>, first: usize) -> Option<SceneItem> {
    let Drawing { map, plan, layout, theme } = of;
    let tie = plan.lines[first].tie;
    if first > 0 && plan.lines[first - 1].tie == tie {
        return None;
    }
    let own = plan.lines[first..].iter().zip(&layout.lanes[first..]).take_while(|(line, _)| line.tie == tie);
    if let Some(summary) = plan.ribbons.get(tie) {
        let hue = common_kind(summary).map_or_else(|| theme.mixed(), |kind| theme.tie_kind(map, kind));
        let hues = (hue, theme.tint(hue));
        let shapes = own.flat_map(|(line, lane)| lane::ribbon_shapes(&lane.curve, line.style, hues, line.tip));
        return Some(SceneItem { part: Part::Ribbon(tie), min_scale: 0.0, shapes: shapes.collect() });
    }
    let hue = theme.tie_kind(map, map.tie(tie).kind);
    let shapes = own.flat_map(|(line, lane)| lane::shapes(&lane.curve, line.style, line.width, hue, line.tip));
    Some(SceneItem { part: Part::Lane(tie), min_scale: 0.0, shapes: shapes.collect() })
}

/// Returns the role of a party at its line, if it has one and there is room.
pub(super) fn role_item(of: Drawing<'_>, line: usize) -> Option<SceneItem> {
    let (line, theme, rect) = (&of.plan.lines[line], of.theme, of.layout.lanes[line].label);
    let (text, rect) = (line.role.as_ref()?, rect?);
    let shapes = vec![
        Shape::Rect { rect, radius: 4.0, fill: Some(solid(theme.backing())), stroke: None },
        Shape::Text { pos: rect.center() - text.size / 2.0, text: text.clone(), paint: solid(theme.muted) },
    ];
    Some(SceneItem { part: Part::Role(line.tie, line.party?), min_scale: ROLES_FROM, shapes })
}

/// Returns the label of a line, if there is room for it.
pub(super) fn pill_item(of: Drawing<'_>, line: usize) -> Option<SceneItem> {
    let center = of.layout.lanes[line].label?.center();
    let line = &of.plan.lines[line];
    let pill = of.plan.pills.get(&line.tie).filter(|_| line.party.is_none())?;
    Some(pill.item(of.map, center, of.theme))
}

/// Returns the hub of a many-party tie.
pub(super) fn hub_item(of: Drawing<'_>, hub: usize) -> Option<SceneItem> {
    let center = *of.layout.centers.get(of.plan.cards.len() + hub)?;
    let item = of.plan.pills.get(&of.plan.hubs[hub])?.item(of.map, center, of.theme);
    // Without its hub, a many-party tie would fall apart into loose lines.
    Some(SceneItem { min_scale: 0.0, ..item })
}
