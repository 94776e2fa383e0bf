//! The selection and the hovered actor of an overview: their ties in the colors of their kinds, rings, and names.

use std::collections::BTreeSet;

use egui::{CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2};

use crate::model::{ActorId, Item};
use crate::scene::{LabelMaterials, Level, Overview, OverviewView};
use crate::wording;

use super::{OverviewScope, node_of};
use crate::app::canvas::paint::lettering::Setting;
use crate::app::ui::theme::opaque;
use crate::text::{Face, Style};

/// Width and opacity of ties of the selection and of the hovered actor.
const TIE_WIDTH: f32 = 1.8;
const TIE_OPACITY: f32 = 0.95;
/// Most ties and most names that are drawn for a selection.
const MAX_TIES: usize = 5_000;
const MAX_NAMES: usize = 60;
/// Width of the ring around the hovered or a selected dot, in points.
const RING: f32 = 2.0;
/// Size of the hovered actor's name, in points.
const NAME_SIZE: f32 = 13.0;

/// What is drawn above the overview.
pub(super) struct Emphasis<'a> {
    pub(super) overview: &'a Overview,
    pub(super) view: OverviewView,
    pub(super) scope: &'a OverviewScope<'a>,
}

impl Emphasis<'_> {
    /// Returns the selected and the hovered actors.
    fn centers_of_attention(&self) -> impl Iterator<Item = ActorId> {
        self.scope.selected.iter().copied().chain(self.scope.hovered)
    }

    fn node_of(&self, actor: ActorId) -> Option<u32> {
        node_of(self.overview, actor)
    }

    fn pos(&self, node: u32) -> Pos2 {
        let dots = self.overview.dots();
        let moved = |actor: ActorId| self.scope.moved.iter().find(|(other, _)| *other == actor).map(|(_, at)| *at);
        let center = dots.actor(node).filter(|_| !self.scope.moved.is_empty()).and_then(moved);
        self.view.pos(center.unwrap_or(dots.centers[node as usize]))
    }

    fn radius(&self, node: u32) -> f32 {
        self.overview.dot_radius(node, self.view.scale)
    }

    /// Draws the ties of the selected and of the hovered actors.
    pub(super) fn draw_ties(&self, painter: &Painter) {
        let LabelMaterials { map, theme, .. } = self.scope.of;
        let mut drawn = BTreeSet::new();
        for actor in self.centers_of_attention() {
            for &tie in map.ties_of(actor) {
                if drawn.len() >= MAX_TIES {
                    return;
                }
                if !drawn.insert(tie) {
                    continue;
                }
                let color = opaque(theme.tie_kind(map, map.tie(tie).kind)).gamma_multiply(TIE_OPACITY);
                let ends: Vec<Pos2> = map
                    .tie(tie)
                    .ends
                    .actors()
                    .into_iter()
                    .filter_map(|end| self.node_of(end).map(|node| self.pos(node)))
                    .collect();
                let Some(from) = self.node_of(actor).map(|node| self.pos(node)) else { continue };
                for to in ends {
                    painter.line_segment([from, to], Stroke::new(TIE_WIDTH, color));
                }
            }
        }
    }

    /// Draws the dots that stay bright, with rings around the selected and the hovered ones.
    pub(super) fn draw_dots(&self, painter: &Painter) {
        let LabelMaterials { map, theme, .. } = self.scope.of;
        let palette = self.overview.palette(Level::Middle, map, theme);
        let background = opaque(theme.backing());
        let bright = self.scope.bright.iter().flat_map(|bright| bright.iter());
        let bright = bright.filter_map(|item| if let Item::Actor(actor) = item { Some(*actor) } else { None });
        let moved = self.scope.moved.iter().map(|(actor, _)| *actor);
        for node in bright.chain(moved).chain(self.scope.hovered).filter_map(|actor| self.node_of(actor)) {
            let (pos, radius) = (self.pos(node), self.radius(node).max(2.5));
            if self.view.visible.expand(radius).contains(pos) {
                painter.circle_filled(pos, radius + 1.0, background);
                painter.circle_filled(pos, radius, opaque(palette.dot(node)));
            }
        }
        let ring = Stroke::new(RING, opaque(theme.text));
        for node in self.centers_of_attention().filter_map(|actor| self.node_of(actor)) {
            painter.circle_stroke(self.pos(node), self.radius(node).max(2.5) + RING, ring);
        }
    }

    /// Draws the names of what is selected and of its neighbors on cards, as far as they have room.
    pub(super) fn draw_names(&self, painter: &Painter) {
        let LabelMaterials { map, theme, .. } = self.scope.of;
        let mut taken: Vec<Rect> = Vec::new();
        // The tooltip names the hovered actor.
        let first: Vec<ActorId> = self.scope.selected.iter().copied().collect();
        let mut others: Vec<u32> = (self.scope.bright.iter().flat_map(|bright| bright.iter()))
            .filter_map(|item| if let Item::Actor(actor) = item { self.node_of(*actor) } else { None })
            .collect();
        others.sort_by_key(|&node| self.overview.dots().ranks[node as usize]);
        let first = first.into_iter().rev().filter_map(|actor| self.node_of(actor));
        for node in first.chain(others) {
            let pos = self.pos(node);
            let Some(actor) = self.overview.dots().actor(node).filter(|_| self.view.visible.contains(pos)) else {
                continue;
            };
            if taken.len() >= MAX_NAMES {
                break;
            }
            let style = Style { face: Face::SemiBold, size: NAME_SIZE };
            let text = self.scope.fonts.shape(&wording::actor_name(map, actor), style, None, Some(1));
            let gap = self.radius(node).max(2.5) + RING + 5.0;
            let right = Rect::from_min_size(pos + Vec2::new(gap, -text.size.y / 2.0), text.size);
            let left = right.translate(Vec2::new(-2.0 * gap - text.size.x, 0.0));
            let rect =
                if right.right() < self.view.visible.right() { right } else { left }.expand2(Vec2::new(4.0, 2.0));
            if taken.iter().any(|other| other.intersects(rect)) {
                continue;
            }
            taken.push(rect);
            let (fill, line) = (opaque(theme.backing()), opaque(theme.muted).gamma_multiply(0.35));
            painter.rect(rect, CornerRadius::same(3), fill, Stroke::new(1.0, line), StrokeKind::Outside);
            let setting = Setting { ctx: painter.ctx(), zoom: 1.0, pan: Vec2::ZERO, clip: Rect::EVERYTHING };
            let mut letters = Vec::new();
            let at = rect.min + Vec2::new(4.0, 2.0);
            self.scope.letters.shapes(setting, at, &text, opaque(theme.text), &mut letters);
            painter.extend(letters);
        }
    }
}
