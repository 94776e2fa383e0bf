//! Draws the nodes and edges of the graph from their scene items.

use std::rc::Rc;
use std::sync::Arc;

use egui::{Color32, Pos2, Rect, Shape, Vec2};
use egui_graphs::{DisplayEdge, DisplayNode, DrawContext, EdgeProps, Graph, Node, NodeProps};
use petgraph::Directed;
use petgraph::stable_graph::DefaultIx;

use crate::layout::curve::segment_distance;
use crate::model::TieId;
use crate::scene::{self, Order, SceneItem};

use super::art::{self, Art, Halo, Ink};
use super::flatten::{flatten, hull};
use super::lettering::{Lettering, Setting};

/// The fraction of color that faded elements keep.
pub(super) const FADED: f32 = 0.22;
/// Duration of fading, in seconds.
const FADE_SECS: f32 = 0.15;
/// Width of the halo around selected elements, in points.
const SELECTED_HALO: f32 = 3.0;
/// Width of the halo around hovered elements, in points.
const HOVERED_HALO: f32 = 2.5;

/// The color of halos: a hue that no tie kind has by default, with enough contrast on light and dark.
const ACCENT: Color32 = Color32::from_rgb(0xff, 0xab, 0x1a);
/// Strength of the halo beside a line, relative to that of a ring.
const GLOW: f32 = 0.5;

/// The graph of touchable elements.
pub(super) type MapGraph = Graph<NodeLoad, EdgeLoad, Directed, DefaultIx, NodeArt, EdgeArt>;

/// Scene items that are drawn together, with the means to draw them.
#[derive(Clone)]
pub(super) struct Sheet {
    /// The items with their drawing order, back to front.
    pub(super) items: Rc<[(Order, Arc<SceneItem>)]>,
    /// The background color that elements fade into.
    pub(super) background: Color32,
    pub(super) letters: Rc<Lettering>,
}

impl Sheet {
    /// Returns the items, back to front.
    fn items(&self) -> impl Iterator<Item = &SceneItem> {
        self.items.iter().map(|(_, item)| &**item)
    }

    /// Returns a copy without items.
    fn emptied(&self) -> Self {
        Self { items: Rc::default(), ..self.clone() }
    }
}

/// The payload of a node.
#[derive(Clone)]
pub(super) struct NodeLoad {
    pub(super) sheet: Sheet,
}

/// The payload of an edge. Spokes of a many-party tie have no items, because the hub draws all of them.
#[derive(Clone)]
pub(super) struct EdgeLoad {
    pub(super) tie: TieId,
    pub(super) sheet: Sheet,
}

/// The highlight of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Lift {
    #[default]
    None,
    /// It is under the pointer.
    Hovered,
    Selected,
}

/// A group of items with its drawing state.
#[derive(Clone)]
pub(super) struct Drawn {
    sheet: Sheet,
    bounds: Vec<Rect>,
    art: Vec<Option<Art>>,
    lift: Lift,
    strength: f32,
    goal: f32,
}

impl Drawn {
    /// Creates a group that has not been drawn yet.
    pub(super) fn new(sheet: Sheet) -> Self {
        let bounds: Vec<Rect> = sheet.items().map(art::bounds).collect();
        let art = vec![None; bounds.len()];
        Self { sheet, bounds, art, lift: Lift::None, strength: 1.0, goal: 1.0 }
    }

    /// Takes over the drawing state of the same element in an earlier scene, as far as its items are unchanged.
    pub(super) fn inherit(&mut self, earlier: Self) {
        self.lift = earlier.lift;
        self.goal = earlier.goal;
        self.strength = earlier.strength;
        let mut kept: Vec<_> = earlier.sheet.items.iter().zip(earlier.art).collect();
        for (slot, (_, item)) in self.art.iter_mut().zip(&*self.sheet.items) {
            let is_same = |old: &Arc<SceneItem>| Arc::ptr_eq(old, item) || old == item;
            if let Some((_, art)) = kept.iter_mut().find(|((_, old), art)| art.is_some() && is_same(old)) {
                *slot = art.take();
            }
        }
    }

    /// Returns the bounding box of all items, in world units.
    pub(super) fn bounds(&self) -> Rect {
        self.bounds.iter().fold(Rect::NOTHING, |all, bounds| all | *bounds)
    }

    pub(super) fn set_lift(&mut self, lift: Lift) {
        self.lift = lift;
    }

    /// Sets whether the element is bright or faded.
    pub(super) fn set_bright(&mut self, is_bright: bool) {
        self.goal = if is_bright { 1.0 } else { FADED };
    }

    /// Returns the current strength of its colors.
    #[cfg(test)]
    pub(super) fn strength(&self) -> f32 {
        self.strength
    }

    /// Advances fading, or ends it immediately if `dt_secs` is `None`; returns whether it is still running. Highlighted
    /// elements are not faded.
    pub(super) fn fade(&mut self, dt_secs: Option<f32>) -> bool {
        let goal = if self.lift == Lift::None { self.goal } else { 1.0 };
        let step = dt_secs.map_or(1.0, |dt| dt / FADE_SECS * (1.0 - FADED));
        self.strength += (goal - self.strength).clamp(-step, step);
        self.strength.to_bits() != goal.to_bits()
    }

    /// Adds the shapes of the visible items, each with its drawing order.
    pub(super) fn draw(&mut self, ctx: &DrawContext<'_>, out: &mut Vec<(Order, Shape)>) {
        let (zoom, pan) = (ctx.meta.zoom, ctx.meta.pan);
        let pixels_per_point = ctx.ctx.pixels_per_point();
        let setting = Setting { ctx: ctx.ctx, zoom, pan, clip: ctx.painter.clip_rect() };
        let background = self.sheet.background;
        let ink = Ink { background, strength: self.strength };
        for (at, (order, item)) in self.sheet.items.iter().enumerate() {
            let on_screen = art::scaled(self.bounds[at], zoom).translate(pan).expand(3.0 * SELECTED_HALO);
            if zoom < item.min_scale || !setting.clip.intersects(on_screen) {
                continue;
            }
            let art = self.art[at].take().filter(|art| art.fits(zoom, pixels_per_point));
            let art = art.unwrap_or_else(|| Art::new(item, zoom, pixels_per_point));
            let mut layers = self.halo(item, ctx, background);
            layers.extend(art.shapes(item, setting, ink, &self.sheet.letters));
            self.art[at] = Some(art);
            out.push((*order, Shape::Vec(layers)));
        }
    }

    /// Returns the same shapes without their drawing order.
    fn shapes(&mut self, ctx: &DrawContext<'_>) -> Vec<Shape> {
        let mut shapes = Vec::new();
        self.draw(ctx, &mut shapes);
        shapes.into_iter().map(|(_, shape)| shape).collect()
    }

    fn halo(&self, item: &SceneItem, ctx: &DrawContext<'_>, background: Color32) -> Vec<Shape> {
        let (width, strength) = match self.lift {
            Lift::None => return Vec::new(),
            Lift::Hovered => (HOVERED_HALO, 0.55),
            Lift::Selected => (SELECTED_HALO, 1.0),
        };
        let ink = |strength| Ink { background, strength }.color(ACCENT);
        let halo = Halo { ring: ink(strength), glow: ink(strength * GLOW), gap: background, width };
        let mut shapes = art::halo(item, ctx.meta.zoom, halo);
        for shape in &mut shapes {
            shape.translate(ctx.meta.pan);
        }
        shapes
    }

    /// Returns the frame of the first card or pill, or the bounding box if there is none.
    pub(super) fn frame(&self) -> Rect {
        let shapes = self.sheet.items().flat_map(|item| &item.shapes);
        let mut rects = shapes.filter_map(art::frame);
        rects.next().unwrap_or_else(|| self.bounds())
    }
}

/// The drawing of a card or hub.
#[derive(Clone)]
pub(super) struct NodeArt {
    pub(super) drawn: Drawn,
}

impl From<NodeProps<NodeLoad>> for NodeArt {
    fn from(props: NodeProps<NodeLoad>) -> Self {
        Self { drawn: Drawn::new(props.payload.sheet) }
    }
}

impl DisplayNode<NodeLoad, EdgeLoad, Directed, DefaultIx> for NodeArt {
    fn closest_boundary_point(&self, dir: Vec2) -> Pos2 {
        let frame = self.drawn.frame();
        let half = frame.size() / 2.0;
        let share = (half.x / dir.x.abs()).min(half.y / dir.y.abs());
        if share.is_finite() { frame.center() + dir * share } else { frame.center() }
    }

    fn shapes(&mut self, ctx: &DrawContext<'_>) -> Vec<Shape> {
        self.drawn.shapes(ctx)
    }

    fn update(&mut self, state: &NodeProps<NodeLoad>) {
        self.drawn.set_lift(match (state.selected, state.hovered || state.dragged) {
            (true, _) => Lift::Selected,
            (false, true) => Lift::Hovered,
            (false, false) => Lift::None,
        });
    }

    fn is_inside(&self, pos: Pos2) -> bool {
        self.drawn.frame().contains(pos)
    }
}

/// The drawing of a lane with its pill.
#[derive(Clone)]
pub(super) struct EdgeArt {
    pub(super) drawn: Drawn,
    /// Stored here because `egui_graphs` doesn't mark edges as hovered.
    pub(super) is_hovered: bool,
}

impl EdgeArt {
    /// Takes the drawing out, leaving an empty one.
    pub(super) fn take(&mut self) -> Self {
        let empty = Self { drawn: Drawn::new(self.drawn.sheet.emptied()), is_hovered: false };
        std::mem::replace(self, empty)
    }
}

impl From<EdgeProps<EdgeLoad>> for EdgeArt {
    fn from(props: EdgeProps<EdgeLoad>) -> Self {
        Self { drawn: Drawn::new(props.payload.sheet), is_hovered: false }
    }
}

type MapNode = Node<NodeLoad, EdgeLoad, Directed, DefaultIx, NodeArt>;

impl DisplayEdge<NodeLoad, EdgeLoad, Directed, DefaultIx, NodeArt> for EdgeArt {
    fn shapes(&mut self, _start: &MapNode, _end: &MapNode, ctx: &DrawContext<'_>) -> Vec<Shape> {
        self.drawn.shapes(ctx)
    }

    fn update(&mut self, state: &EdgeProps<EdgeLoad>) {
        self.drawn.set_lift(match (state.selected, self.is_hovered) {
            (true, _) => Lift::Selected,
            (false, true) => Lift::Hovered,
            (false, false) => Lift::None,
        });
    }

    fn is_inside(&self, _start: &MapNode, _end: &MapNode, pos: Pos2) -> bool {
        let shapes = self.drawn.sheet.items().flat_map(|item| &item.shapes);
        shapes.into_iter().any(|shape| match shape {
            scene::Shape::Rect { rect, .. } => rect.contains(pos),
            scene::Shape::Curve { pieces, stroke } => {
                let reach = stroke.width / 2.0;
                let near = |pair: &[Pos2]| segment_distance(pair[0], pair[1], pos) <= reach;
                hull(pieces).expand(reach).contains(pos) && flatten(pieces, 1.0).windows(2).any(near)
            }
            scene::Shape::Polygon { .. } | scene::Shape::Text { .. } => false,
        })
    }

    fn extra_bounds(&self, _start: &MapNode, _end: &MapNode) -> Option<(Pos2, Pos2)> {
        let bounds = self.drawn.bounds();
        bounds.is_positive().then_some((bounds.min, bounds.max))
    }
}
