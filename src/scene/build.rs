//! A plan and a layout become placed shapes.

use std::collections::BTreeSet;

use emath::{Pos2, Rect};

use super::plan::{Plan, PlanLine};
use super::ribbon::common_kind;
use super::theme::solid;
use super::{Part, Scene, SceneItem, Shape, Theme, lane};
use crate::layout::Layout;
use crate::model::Map;

/// Scale below which the roles of many-party ties are not drawn.
const ROLES_FROM: f32 = 0.5;

/// Draws what a plan holds in the places of a layout of the same plan: notes, lines, roles, pills, headings, cards, in this order.
#[must_use]
pub fn build_scene(map: &Map, plan: &Plan, layout: &Layout, theme: &Theme) -> Scene {
    let mut items = Vec::with_capacity(plan.lines.len() * 2 + plan.cards.len() * 2);
    items.extend(plan.notes.iter().map(|note| note.item(theme)));
    items.extend(lanes(map, plan, layout, theme));
    items.extend(roles(plan, layout, theme));
    items.extend(pills(map, plan, layout, theme));
    items.extend(plan.columns.iter().flat_map(|columns| columns.items(plan, layout, theme)));
    for (card, &center) in plan.cards.iter().zip(&layout.centers) {
        items.extend(card.items(map, center, theme));
    }
    let mut scene = Scene { items, bounds: Rect::NOTHING, background: theme.background };
    scene.bounds = scene.covered();
    scene
}

fn lanes(map: &Map, plan: &Plan, layout: &Layout, theme: &Theme) -> Vec<SceneItem> {
    let mut items: Vec<SceneItem> = Vec::new();
    for (line, lane) in plan.lines.iter().zip(&layout.lanes) {
        let (part, shapes) = if let Some(summary) = plan.ribbons.get(line.tie) {
            let hue = common_kind(summary).map_or_else(|| theme.mixed(), |kind| theme.tie_kind(map, kind));
            let hues = (hue, theme.tint(hue));
            (Part::Ribbon(line.tie), lane::ribbon_shapes(&lane.curve, line.style, hues, line.tip))
        } else {
            let hue = theme.tie_kind(map, map.tie(line.tie).kind);
            (Part::Lane(line.tie), lane::shapes(&lane.curve, line.style, line.width, hue, line.tip))
        };
        match items.last_mut().filter(|item| item.part == part) {
            Some(item) => item.shapes.extend(shapes),
            None => items.push(SceneItem { part, min_scale: 0.0, shapes }),
        }
    }
    items
}

fn roles(plan: &Plan, layout: &Layout, theme: &Theme) -> Vec<SceneItem> {
    let item = |(line, lane): (&PlanLine, &crate::layout::Lane)| {
        let (text, rect) = (line.role.as_ref()?, lane.label?);
        let shapes = vec![
            Shape::Rect { rect, radius: 4.0, fill: Some(solid(theme.backing())), stroke: None },
            Shape::Text { pos: rect.center() - text.size / 2.0, text: text.clone(), paint: solid(theme.muted) },
        ];
        Some(SceneItem { part: Part::Role(line.tie, line.party?), min_scale: ROLES_FROM, shapes })
    };
    plan.lines.iter().zip(&layout.lanes).filter_map(item).collect()
}

fn pills(map: &Map, plan: &Plan, layout: &Layout, theme: &Theme) -> Vec<SceneItem> {
    let of_lines = plan.lines.iter().zip(&layout.lanes).filter(|(line, _)| line.party.is_none());
    let on_lines = of_lines.filter_map(|(line, lane)| Some((line.tie, lane.label?.center())));
    let hubs = plan.hubs.iter().copied().zip(layout.centers.iter().skip(plan.cards.len()).copied());
    let item = |(tie, center): (crate::model::TieId, Pos2)| Some(plan.pills.get(&tie)?.item(map, center, theme));
    // Without its hub a many-party tie would fall apart into lines that end in nothing.
    let hub = |place| item(place).map(|item| SceneItem { min_scale: 0.0, ..item });
    on_lines.filter_map(item).chain(hubs.filter_map(hub)).collect()
}

impl Scene {
    /// What its items cover; an empty rectangle at the origin if there are none.
    pub(super) fn covered(&self) -> Rect {
        let shapes = self.items.iter().flat_map(|item| &item.shapes);
        let covered = shapes.fold(Rect::NOTHING, |all, shape| all.union(shape.bounds()));
        if covered.is_finite() { covered } else { Rect::from_min_max(Pos2::ZERO, Pos2::ZERO) }
    }

    /// Characters in its texts that no font at hand has, each once, in the order of their code points.
    #[must_use]
    pub fn missing(&self) -> Vec<char> {
        let texts = self.items.iter().flat_map(|item| &item.shapes).filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(text),
            _ => None,
        });
        let missing: BTreeSet<char> = texts.flat_map(|text| text.missing.iter().copied()).collect();
        missing.into_iter().collect()
    }
}
