//! The map as a graph of drawable nodes and edges, derived from the scene and made again when it changes.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Painter, Pos2, Rect, Shape, Vec2};
use egui_graphs::{DisplayEdge, DisplayNode, DrawContext, MetadataFrame, SettingsStyle};
use petgraph::stable_graph::{EdgeIndex, NodeIndex};

use super::element::{Drawn, EdgeLoad, MapGraph, NodeLoad, Sheet};
use super::flatten::on_cubic;
use super::lettering::Lettering;
use crate::document::Document;
use crate::model::{ActorId, Ends, Item, Map, NoteId, Placed, TieId};
use crate::scene::{self, Part, Ribbons, Scene, SceneItem};

/// The area of a tie without a pill, in world units.
const LANE_AREA: Vec2 = Vec2::new(28.0, 18.0);

/// What can be reached by keyboard and screen reader.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// An actor or a tie.
    pub(super) item: Item,
    /// Its card or pill, else a spot on its lane; in world units.
    pub(super) area: Rect,
    /// The scale below which it is not drawn.
    pub(super) min_scale: f32,
}

/// Where something is in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// A card or a hub.
    Node(NodeIndex),
    /// A lane with its pill.
    Edge(EdgeIndex),
}

/// The graph with the tables from our ids to its own.
pub(super) struct Mirror {
    /// The graph, its marks and how it is drawn.
    pub(super) graph: MapGraph,
    /// Actors in the file's order, then ties.
    pub(super) elements: Vec<Element>,
    scene: Arc<Scene>,
    revision: u64,
    nodes: BTreeMap<Placed, NodeIndex>,
    edges: BTreeMap<TieId, EdgeIndex>,
    /// For each tie in a ribbon, the tie by which the ribbon is known.
    lead_of: BTreeMap<TieId, TieId>,
    /// What is no record: notes, title, legend, sources.
    backdrop: Vec<(Part, Arc<[u32]>, Drawn)>,
}

/// The record that a part shows; a ribbon stands for the first of its ties.
pub(super) fn item_of(part: Part) -> Option<Item> {
    match part {
        Part::Card(actor) => Some(Item::Actor(actor)),
        Part::Lane(tie) | Part::Pill(tie) | Part::Role(tie, _) | Part::Ribbon(tie) | Part::RibbonPill(tie) => {
            Some(Item::Tie(tie))
        }
        Part::Note(_) | Part::Heading(_) | Part::Title | Part::Legend | Part::Sources | Part::Source(_) => None,
    }
}

impl Mirror {
    /// Derives the graph; what looks the same as in an earlier one is not made again.
    pub(super) fn build(
        scene: &Arc<Scene>,
        (document, ribbons): (&Document, &Ribbons),
        letters: &Rc<Lettering>,
        earlier: Option<Self>,
    ) -> Self {
        let mut mirror = Self {
            graph: MapGraph::new(),
            elements: Vec::new(),
            scene: Arc::clone(scene),
            revision: document.revision,
            nodes: BTreeMap::new(),
            edges: BTreeMap::new(),
            lead_of: ribbons.iter().flat_map(|(lead, it)| it.ties.iter().map(move |&tie| (tie, lead))).collect(),
            backdrop: Vec::new(),
        };
        let mut by_item: BTreeMap<Item, Vec<u32>> = BTreeMap::new();
        let sheet = |indices: Vec<u32>| Sheet {
            scene: Arc::clone(scene),
            indices: indices.into(),
            letters: Rc::clone(letters),
        };
        for (index, item) in scene.items.iter().enumerate() {
            // While a map is read again, the scene of the map before may still be shown.
            if let Some(record) = item_of(item.part).filter(|record| exists(&document.map, *record)) {
                by_item.entry(record).or_default().push(index as u32);
            } else {
                let sheet = sheet(vec![index as u32]);
                mirror.backdrop.push((item.part, Arc::clone(&sheet.indices), Drawn::new(sheet)));
            }
        }
        for (record, indices) in by_item {
            mirror.elements.push(element(record, &indices, scene));
            match record {
                Item::Actor(actor) => drop(mirror.add_node(Placed::Actor(actor), sheet(indices))),
                Item::Tie(tie) => mirror.add_tie(tie, document, sheet(indices), &sheet(Vec::new())),
                Item::Fact(_) | Item::Source(_) => {}
            }
        }
        if let Some(earlier) = earlier {
            mirror.inherit(earlier);
        }
        mirror
    }

    /// Whether it was derived from this scene and document.
    pub(super) fn is_of(&self, scene: &Arc<Scene>, revision: u64) -> bool {
        Arc::ptr_eq(&self.scene, scene) && self.revision == revision
    }

    fn add_node(&mut self, placed: Placed, sheet: Sheet) -> NodeIndex {
        let load = NodeLoad { placed, sheet };
        let index = self.graph.add_node(load);
        if let Some(node) = self.graph.node_mut(index) {
            let center = node.display().drawn.frame().center();
            node.set_location(center);
        }
        self.nodes.insert(placed, index);
        index
    }

    /// Actors come before ties in the order of items, so that both ends are there.
    fn add_tie(&mut self, tie: TieId, document: &Document, sheet: Sheet, empty: &Sheet) {
        let end = |nodes: &BTreeMap<_, _>, actor: ActorId| nodes.get(&Placed::Actor(actor)).copied();
        match &document.map.tie(tie).ends {
            Ends::Pair { from, to } => {
                if let (Some(from), Some(to)) = (end(&self.nodes, *from), end(&self.nodes, *to)) {
                    let index = self.graph.add_edge_custom(from, to, EdgeLoad { tie, sheet }, |_| {});
                    self.edges.insert(tie, index);
                }
            }
            ends @ Ends::Parties(_) => {
                let hub = self.add_node(Placed::Hub(tie), sheet);
                for actor in ends.actors() {
                    if let Some(party) = end(&self.nodes, actor) {
                        let spoke = EdgeLoad { tie, sheet: empty.clone() };
                        self.graph.add_edge_custom(hub, party, spoke, |_| {});
                    }
                }
            }
        }
    }

    fn inherit(&mut self, mut earlier: Self) {
        // Edges first: a node that is taken out takes its edges along.
        for index in self.edges.values() {
            let Some(edge) = self.graph.edge_mut(*index) else { continue };
            let old = earlier.edges.get(&edge.payload().tie).and_then(|old| earlier.graph.edge_mut(*old));
            if let Some(old) = old {
                edge.display_mut().drawn.inherit(old.display_mut().take().drawn);
            }
        }
        for (placed, index) in &self.nodes {
            let old = earlier.nodes.get(placed).and_then(|old| earlier.graph.g_mut().remove_node(*old));
            if let (Some(node), Some(old)) = (self.graph.node_mut(*index), old) {
                node.display_mut().drawn.inherit(old.display().drawn.clone());
            }
        }
    }

    /// Where a record is in the graph.
    pub(super) fn owner(&self, item: Item) -> Option<Owner> {
        match item {
            Item::Actor(actor) => self.nodes.get(&Placed::Actor(actor)).map(|&node| Owner::Node(node)),
            Item::Tie(tie) => {
                let hub = self.nodes.get(&Placed::Hub(tie)).map(|&node| Owner::Node(node));
                let drawn = self.lead_of.get(&tie).unwrap_or(&tie);
                hub.or_else(|| self.edges.get(drawn).map(|&edge| Owner::Edge(edge)))
            }
            Item::Fact(_) | Item::Source(_) => None,
        }
    }

    /// The node of a card or hub.
    pub(super) fn node(&self, placed: Placed) -> Option<NodeIndex> {
        self.nodes.get(&placed).copied()
    }

    /// What a record covers, in world units.
    pub(super) fn rect(&self, item: Item) -> Option<Rect> {
        self.drawn(self.owner(item)?).map(Drawn::bounds).filter(Rect::is_positive)
    }

    /// The center of a record's card or pill, in world units.
    pub(super) fn center(&self, item: Item) -> Option<Pos2> {
        self.drawn(self.owner(item)?).map(|drawn| drawn.frame().center())
    }

    fn drawn(&self, owner: Owner) -> Option<&Drawn> {
        match owner {
            Owner::Node(index) => self.graph.node(index).map(|node| &node.display().drawn),
            Owner::Edge(index) => self.graph.edge(index).map(|edge| &edge.display().drawn),
        }
    }

    /// Calls back for every drawable group that can be touched.
    pub(super) fn for_each_drawn(&mut self, mut each: impl FnMut(Owner, &mut Drawn)) {
        for index in self.graph.g().node_indices().collect::<Vec<_>>() {
            if let Some(node) = self.graph.node_mut(index) {
                each(Owner::Node(index), &mut node.display_mut().drawn);
            }
        }
        for &index in self.edges.values() {
            if let Some(edge) = self.graph.edge_mut(index) {
                each(Owner::Edge(index), &mut edge.display_mut().drawn);
            }
        }
    }

    /// Calls back for every note.
    pub(super) fn for_each_note(&mut self, mut each: impl FnMut(NoteId, &mut Drawn)) {
        for (part, _, drawn) in &mut self.backdrop {
            if let Part::Note(note) = part {
                each(*note, drawn);
            }
        }
    }

    /// Every note with what it covers, in world units.
    pub(super) fn notes(&self) -> impl Iterator<Item = (NoteId, Rect)> {
        self.backdrop.iter().filter_map(|(part, _, drawn)| match part {
            Part::Note(note) => Some((*note, drawn.frame())),
            _ => None,
        })
    }

    /// Draws all that is in view, in the order of the scene.
    pub(super) fn draw(&mut self, painter: &Painter, meta: &MetadataFrame) {
        let style = SettingsStyle::default();
        let ctx = DrawContext { ctx: painter.ctx(), painter, style: &style, is_directed: true, meta };
        let mut slots = vec![Shape::Noop; self.scene.items.len()];
        let mut fill = |indices: &[u32], shapes: Vec<Shape>| {
            for (index, shape) in indices.iter().zip(shapes) {
                slots[*index as usize] = shape;
            }
        };
        for node in self.graph.g_mut().node_weights_mut() {
            let shapes = node.display_mut().shapes(&ctx);
            fill(&node.payload().sheet.indices, shapes);
        }
        for &index in self.edges.values() {
            let Some((from, to)) = self.graph.edge_endpoints(index) else { continue };
            let Some(edge) = self.graph.edge_mut(index) else { continue };
            let indices = Arc::clone(&edge.payload().sheet.indices);
            // An edge is drawn with its ends at hand, which the graph can't lend while the edge is changed:
            // so its art steps out for as long.
            let mut display = edge.display_mut().take();
            if let (Some(from), Some(to)) = (self.graph.node(from), self.graph.node(to)) {
                fill(&indices, display.shapes(from, to, &ctx));
            }
            if let Some(edge) = self.graph.edge_mut(index) {
                *edge.display_mut() = display;
            }
        }
        for (_, indices, drawn) in &mut self.backdrop {
            fill(indices, drawn.shapes(&ctx));
        }
        painter.extend(slots);
    }
}

/// Whether the map has a record with this id.
pub(super) fn exists(map: &Map, record: Item) -> bool {
    map.has(record)
}

/// Where a record is reached by keyboard.
fn element(record: Item, indices: &[u32], scene: &Scene) -> Element {
    let items: Vec<&SceneItem> = indices.iter().map(|&index| &scene.items[index as usize]).collect();
    let min_scale = items.iter().map(|item| item.min_scale).fold(f32::INFINITY, f32::min);
    let frame = |item: &&SceneItem| {
        let rects = item.shapes.iter();
        rects.into_iter().find_map(|shape| if let scene::Shape::Rect { rect, .. } = shape { Some(*rect) } else { None })
    };
    let label = items
        .iter()
        .filter(|item| !matches!(item.part, Part::Role(..) | Part::Lane(_) | Part::Ribbon(_)))
        .find_map(frame);
    let area = label.or_else(|| items.iter().find_map(|item| middle(item))).unwrap_or(Rect::ZERO);
    Element { item: record, area, min_scale }
}

/// A spot in the middle of a lane.
fn middle(item: &SceneItem) -> Option<Rect> {
    let pieces = item
        .shapes
        .iter()
        .find_map(|shape| if let scene::Shape::Curve { pieces, .. } = shape { Some(pieces) } else { None })?;
    let piece = pieces.get(pieces.len() / 2)?;
    let t = if pieces.len() % 2 == 0 { 0.0 } else { 0.5 };
    Some(Rect::from_center_size(on_cubic(*piece, t), LANE_AREA))
}
