//! The adapter to `egui_graphs`, and the only file that uses it: drawable nodes and edges, marked as selected, hovered
//! and dragged. The rest of the canvas works with element keys and drawables.

use egui::{Painter, Pos2, Shape, Vec2};
use egui_graphs::{DisplayEdge, DisplayNode, DrawContext, EdgeProps, Graph, Node, NodeProps};
use petgraph::Directed;
use petgraph::stable_graph::{DefaultIx, EdgeIndex, NodeIndex};

use crate::layout::curve::segment_distance;
use crate::scene::{self, Order};

use super::camera::Transform;
use super::paint::drawable::{Drawable, ElementMark, ItemGroup, Lift};
use super::paint::flatten::{flatten, hull};

/// The location of a record in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ElementKey {
    /// A card or a hub.
    Node(NodeIndex),
    /// A lane with its pill.
    Edge(EdgeIndex),
}

/// The items of a node or an edge. The spokes of a tie with three or more parties have none; its hub draws them all.
#[derive(Clone)]
struct Payload {
    group: ItemGroup,
}

type Inner = Graph<Payload, Payload, Directed, DefaultIx, NodeArt, EdgeArt>;
type MapNode = Node<Payload, Payload, Directed, DefaultIx, NodeArt>;

/// The graph of touchable elements.
pub(super) struct ElementGraph(Inner);

impl ElementGraph {
    /// Returns an empty graph.
    pub(super) fn new() -> Self {
        Self(Inner::new())
    }

    /// Adds a card or a hub.
    pub(super) fn add_node(&mut self, group: ItemGroup) -> NodeIndex {
        let index = self.0.add_node(Payload { group });
        if let Some(node) = self.0.node_mut(index) {
            let center = node.display().drawn.frame().center();
            node.set_location(center);
        }
        index
    }

    /// Adds a lane with its pill.
    pub(super) fn add_edge(&mut self, from: NodeIndex, to: NodeIndex, group: ItemGroup) -> EdgeIndex {
        self.0.add_edge_custom(from, to, Payload { group }, |_| {})
    }

    /// Returns the drawable of an element.
    pub(super) fn drawn(&self, key: ElementKey) -> Option<&Drawable> {
        match key {
            ElementKey::Node(index) => self.0.node(index).map(|node| &node.display().drawn),
            ElementKey::Edge(index) => self.0.edge(index).map(|edge| &edge.display().drawn),
        }
    }

    /// Returns the drawable of an element.
    pub(super) fn drawn_mut(&mut self, key: ElementKey) -> Option<&mut Drawable> {
        match key {
            ElementKey::Node(index) => self.0.node_mut(index).map(|node| &mut node.display_mut().drawn),
            ElementKey::Edge(index) => self.0.edge_mut(index).map(|edge| &mut edge.display_mut().drawn),
        }
    }

    /// Takes the drawable of an element; removes a node with its edges, and leaves an edge empty.
    pub(super) fn take(&mut self, key: ElementKey) -> Option<Drawable> {
        match key {
            ElementKey::Node(index) => self.0.g_mut().remove_node(index).map(|node| node.display().drawn.clone()),
            ElementKey::Edge(index) => self.0.edge_mut(index).map(|edge| edge.display_mut().take().drawn),
        }
    }

    /// Sets the marks of an element and updates its highlight.
    pub(super) fn mark(&mut self, key: ElementKey, mark: ElementMark) {
        match key {
            ElementKey::Node(index) => {
                let Some(node) = self.0.node_mut(index) else { return };
                node.set_selected(mark.is_selected);
                node.set_hovered(mark.is_hovered);
                node.set_dragged(mark.is_dragged);
                node.display_mut().drawn.set_lift(mark.lift());
            }
            ElementKey::Edge(index) => {
                let Some(edge) = self.0.edge_mut(index) else { return };
                edge.set_selected(mark.is_selected);
                edge.display_mut().is_hovered = mark.is_hovered || mark.is_dragged;
                edge.display_mut().drawn.set_lift(mark.lift());
            }
        }
    }

    /// Calls `each` for every node.
    pub(super) fn for_each_node(&mut self, mut each: impl FnMut(&mut Drawable)) {
        for node in self.0.g_mut().node_weights_mut() {
            each(&mut node.display_mut().drawn);
        }
    }

    /// Returns the number of nodes and edges.
    pub(super) fn count(&self) -> usize {
        self.0.node_count() + self.0.edge_count()
    }
}

/// Returns shapes as the drawing loop of `egui_graphs` expects them, without their drawing order.
fn shapes_of(drawn: &mut Drawable, ctx: &DrawContext<'_>) -> Vec<Shape> {
    let mut shapes: Vec<(Order, Shape)> = Vec::new();
    let painter: &Painter = ctx.painter;
    drawn.draw(painter, Transform { zoom: ctx.meta.zoom, pan: ctx.meta.pan }, &mut shapes);
    shapes.into_iter().map(|(_, shape)| shape).collect()
}

/// The drawing of a card or hub.
#[derive(Clone)]
struct NodeArt {
    drawn: Drawable,
}

impl From<NodeProps<Payload>> for NodeArt {
    fn from(props: NodeProps<Payload>) -> Self {
        Self { drawn: Drawable::new(props.payload.group) }
    }
}

impl DisplayNode<Payload, Payload, Directed, DefaultIx> for NodeArt {
    fn closest_boundary_point(&self, dir: Vec2) -> Pos2 {
        let frame = self.drawn.frame();
        let half = frame.size() / 2.0;
        let share = (half.x / dir.x.abs()).min(half.y / dir.y.abs());
        if share.is_finite() { frame.center() + dir * share } else { frame.center() }
    }

    fn shapes(&mut self, ctx: &DrawContext<'_>) -> Vec<Shape> {
        shapes_of(&mut self.drawn, ctx)
    }

    fn update(&mut self, state: &NodeProps<Payload>) {
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
struct EdgeArt {
    drawn: Drawable,
    /// Stored here because `egui_graphs` doesn't mark edges as hovered.
    is_hovered: bool,
}

impl EdgeArt {
    /// Takes the drawing out, leaving an empty one.
    fn take(&mut self) -> Self {
        let empty = Self { drawn: Drawable::new(self.drawn.group.emptied()), is_hovered: false };
        std::mem::replace(self, empty)
    }
}

impl From<EdgeProps<Payload>> for EdgeArt {
    fn from(props: EdgeProps<Payload>) -> Self {
        Self { drawn: Drawable::new(props.payload.group), is_hovered: false }
    }
}

impl DisplayEdge<Payload, Payload, Directed, DefaultIx, NodeArt> for EdgeArt {
    fn shapes(&mut self, _start: &MapNode, _end: &MapNode, ctx: &DrawContext<'_>) -> Vec<Shape> {
        shapes_of(&mut self.drawn, ctx)
    }

    fn update(&mut self, state: &EdgeProps<Payload>) {
        self.drawn.set_lift(match (state.selected, self.is_hovered) {
            (true, _) => Lift::Selected,
            (false, true) => Lift::Hovered,
            (false, false) => Lift::None,
        });
    }

    fn is_inside(&self, _start: &MapNode, _end: &MapNode, pos: Pos2) -> bool {
        let shapes = self.drawn.group.items().flat_map(|item| &item.shapes);
        shapes.into_iter().any(|shape| match shape {
            scene::Shape::Rect { rect, .. } => rect.contains(pos),
            scene::Shape::Curve { pieces, stroke } => {
                let reach = stroke.width / 2.0;
                let near = |pair: &[Pos2]| segment_distance(pair[0], pair[1], pos) <= reach;
                hull(pieces).expand(reach).contains(pos) && flatten(pieces, 1.0).windows(2).any(near)
            }
            _ => false,
        })
    }

    fn extra_bounds(&self, _start: &MapNode, _end: &MapNode) -> Option<(Pos2, Pos2)> {
        let bounds = self.drawn.bounds();
        bounds.is_positive().then_some((bounds.min, bounds.max))
    }
}
