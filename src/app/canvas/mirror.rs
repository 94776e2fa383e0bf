//! The map as a graph of drawable nodes and edges, built from the scene and rebuilt when it changes.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Painter, Pos2, Rect, Shape, Vec2};
use egui_graphs::{DrawContext, MetadataFrame, SettingsStyle};
use petgraph::stable_graph::{EdgeIndex, NodeIndex};

use crate::layout::curve;
use crate::model::{ActorId, Ends, Item, Map, NoteId, Placed, TieId};
use crate::scene::{self, Items, Order, Part, Scene, SceneItem};

use super::crowd::Crowd;
use super::element::{Drawn, EdgeLoad, MapGraph, NodeLoad, Sheet};
use super::held::{Choice, Held, Seen, choose, is_large, items_of};
use super::lettering::Lettering;
use super::{CanvasInput, art};
use crate::app::ui::theme::opaque;

/// Size of the area of a tie without a pill, in world units.
const LANE_AREA: Vec2 = Vec2::new(28.0, 18.0);

/// An element that can be reached by keyboard and screen reader.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) item: Item,
    /// The rectangle of its card or pill, otherwise a spot on its lane; in world units.
    pub(super) area: Rect,
    /// The scale below which it is not drawn.
    pub(super) min_scale: f32,
}

/// The location of a record in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// A card or a hub.
    Node(NodeIndex),
    /// A lane with its pill.
    Edge(EdgeIndex),
}

/// The graph, with indexes from record ids to its nodes and edges.
pub(super) struct Mirror {
    pub(super) graph: MapGraph,
    /// Actors, then ties, each in file order.
    pub(super) elements: Vec<Element>,
    held: Held,
    pub(super) scene: Arc<Scene>,
    map: Arc<Map>,
    pub(super) letters: Rc<Lettering>,
    nodes: BTreeMap<Placed, NodeIndex>,
    edges: BTreeMap<TieId, EdgeIndex>,
    /// For each tie in a ribbon, the tie that identifies the ribbon.
    lead_of: BTreeMap<TieId, TieId>,
    /// Parts that show no record: notes, title, legend, sources.
    pub(super) backdrop: Vec<(Part, Drawn)>,
    /// Everything in view, if that is more than the graph can hold.
    pub(super) crowd: Option<Crowd>,
    /// Highlighted records that are drawn above the crowd.
    pub(super) lifted: BTreeMap<Item, Drawn>,
}

/// Returns the record that a part shows; a ribbon is represented by its first tie.
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
    /// Builds the graph, reusing the drawings of an earlier one where items are unchanged.
    pub(super) fn build(input: &CanvasInput<'_>, seen: Seen, letters: &Rc<Lettering>, earlier: Option<Self>) -> Self {
        let Choice { held, records, backdrop, crowd } = choose(input, seen);
        let background = opaque(input.scene.background);
        let sheet = |items: Items| Sheet { items: items.into(), background, letters: Rc::clone(letters) };
        let leads = records.values().flatten().chain(&crowd).filter_map(|(_, item)| match item.part {
            Part::Ribbon(lead) => input.ribbons.get(lead).map(|ribbon| (lead, ribbon)),
            _ => None,
        });
        let mut mirror = Self {
            graph: MapGraph::new(),
            elements: Vec::new(),
            held,
            scene: Arc::clone(input.scene),
            map: Arc::clone(&input.document.map),
            letters: Rc::clone(letters),
            nodes: BTreeMap::new(),
            edges: BTreeMap::new(),
            lead_of: leads.flat_map(|(lead, it)| it.ties.iter().map(move |&tie| (tie, lead))).collect(),
            backdrop: backdrop.into_iter().map(|(part, items)| (part, Drawn::new(sheet(items)))).collect(),
            crowd: None,
            lifted: BTreeMap::new(),
        };
        for (record, items) in records {
            mirror.elements.push(element(record, &items));
            match record {
                Item::Actor(actor) => drop(mirror.add_node(Placed::Actor(actor), sheet(items))),
                Item::Tie(tie) => mirror.add_tie(tie, &input.document.map, sheet(items), &sheet(Items::new())),
                Item::Fact(_) | Item::Source(_) => {}
            }
        }
        let mut earlier = earlier;
        if matches!(held, Held::Crowd(..)) {
            mirror.crowd = Some(Crowd::new(crowd, earlier.as_mut().and_then(|earlier| earlier.crowd.take())));
        }
        if let Some(earlier) = earlier {
            mirror.inherit(earlier);
        }
        mirror
    }

    /// Returns whether it was built from this scene and map, and holds enough for the visible part.
    pub(super) fn is_of(&self, input: &CanvasInput<'_>, seen: Seen) -> bool {
        Arc::ptr_eq(&self.scene, input.scene)
            && Arc::ptr_eq(&self.map, &input.document.map)
            && (self.held == Held::All) != is_large(input.picker)
            && self.held.covers(seen)
    }

    /// Returns whether the graph holds only part of the picture.
    pub(super) fn is_part(&self) -> bool {
        self.held != Held::All
    }

    fn add_node(&mut self, placed: Placed, sheet: Sheet) -> NodeIndex {
        let index = self.graph.add_node(NodeLoad { sheet });
        if let Some(node) = self.graph.node_mut(index) {
            let center = node.display().drawn.frame().center();
            node.set_location(center);
        }
        self.nodes.insert(placed, index);
        index
    }

    /// Requires both ends to be in the graph already; actors come before ties in the order of items.
    fn add_tie(&mut self, tie: TieId, map: &Map, sheet: Sheet, empty: &Sheet) {
        let end = |nodes: &BTreeMap<_, _>, actor: ActorId| nodes.get(&Placed::Actor(actor)).copied();
        match &map.tie(tie).ends {
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
        // Edges first, because removing a node removes its edges.
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

    /// Returns the location of a record in the graph.
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

    /// Returns the bounding box of a record in world units, even if the graph doesn't hold it.
    pub(super) fn rect(&self, item: Item, input: &CanvasInput<'_>) -> Option<Rect> {
        let rect = match self.held {
            Held::All => self.drawn(self.owner(item)?).map(Drawn::bounds),
            Held::Area(_) | Held::Crowd(..) => Some(super::held::bounds_of(&self.items(item, input)?)),
        };
        rect.filter(Rect::is_positive)
    }

    /// Returns the center of a record's card or pill in world units, even if the graph doesn't hold it.
    pub(super) fn center(&self, item: Item, input: &CanvasInput<'_>) -> Option<Pos2> {
        match self.held {
            Held::All => self.drawn(self.owner(item)?).map(|drawn| drawn.frame().center()),
            Held::Area(_) | Held::Crowd(..) => {
                super::held::frame_of_items(&self.items(item, input)?).map(|rect| rect.center())
            }
        }
    }

    /// Returns whether a record is in the picture.
    pub(super) fn has(&self, item: Item, input: &CanvasInput<'_>) -> bool {
        match self.held {
            Held::All => self.owner(item).is_some(),
            Held::Area(_) | Held::Crowd(..) => self.items(item, input).is_some(),
        }
    }

    pub(super) fn items(&self, item: Item, input: &CanvasInput<'_>) -> Option<Items> {
        let record = record_of(item, input).filter(|&record| exists(&self.map, record))?;
        Some(items_of(input.picker, &self.map, record)).filter(|items| !items.is_empty())
    }

    fn drawn(&self, owner: Owner) -> Option<&Drawn> {
        match owner {
            Owner::Node(index) => self.graph.node(index).map(|node| &node.display().drawn),
            Owner::Edge(index) => self.graph.edge(index).map(|edge| &edge.display().drawn),
        }
    }

    /// Calls `each` for every node and edge.
    pub(super) fn for_each_drawn(&mut self, mut each: impl FnMut(&mut Drawn)) {
        for node in self.graph.g_mut().node_weights_mut() {
            each(&mut node.display_mut().drawn);
        }
        for &index in self.edges.values() {
            if let Some(edge) = self.graph.edge_mut(index) {
                each(&mut edge.display_mut().drawn);
            }
        }
    }

    /// Returns every note with its rectangle, in world units.
    pub(super) fn notes(&self) -> impl Iterator<Item = (NoteId, Rect)> {
        self.backdrop.iter().filter_map(|(part, drawn)| match part {
            Part::Note(note) => Some((*note, drawn.frame())),
            _ => None,
        })
    }

    /// Returns the number of nodes and edges.
    pub(super) fn held_count(&self) -> usize {
        self.graph.node_count() + self.graph.edge_count()
    }

    /// Draws everything in view, in the order of the scene; returns the number of items drawn.
    pub(super) fn draw(&mut self, painter: &Painter, meta: &MetadataFrame) -> usize {
        let style = SettingsStyle::default();
        let ctx = DrawContext { ctx: painter.ctx(), painter, style: &style, is_directed: true, meta };
        let background = opaque(self.scene.background);
        let mut shapes: Vec<(Order, Shape)> = Vec::new();
        self.backdrop.iter_mut().for_each(|(_, drawn)| drawn.draw(&ctx, &mut shapes));
        let Some(crowd) = &mut self.crowd else {
            self.draw_graph(&ctx, &mut shapes);
            return extend(painter, shapes);
        };
        let below = extend(painter, std::mem::take(&mut shapes));
        let drawn = crowd.draw(painter, (meta.zoom, meta.pan), background, &self.letters);
        self.lifted.values_mut().for_each(|drawn| drawn.draw(&ctx, &mut shapes));
        below + drawn + extend(painter, shapes)
    }

    fn draw_graph(&mut self, ctx: &DrawContext<'_>, shapes: &mut Vec<(Order, Shape)>) {
        for node in self.graph.g_mut().node_weights_mut() {
            node.display_mut().drawn.draw(ctx, shapes);
        }
        for &index in self.edges.values() {
            if let Some(edge) = self.graph.edge_mut(index) {
                edge.display_mut().drawn.draw(ctx, shapes);
            }
        }
    }
}

/// Paints shapes in drawing order; returns their number.
fn extend(painter: &Painter, mut shapes: Vec<(Order, Shape)>) -> usize {
    shapes.sort_by_key(|(order, _)| *order);
    let count = shapes.len();
    painter.extend(shapes.into_iter().map(|(_, shape)| shape));
    count
}

/// Returns the record that is drawn for another: for a tie in a ribbon, the tie that identifies the ribbon.
pub(super) fn record_of(item: Item, input: &CanvasInput<'_>) -> Option<Item> {
    match item {
        Item::Tie(tie) => Some(Item::Tie(input.ribbons.lead(tie).unwrap_or(tie))),
        Item::Actor(_) => Some(item),
        Item::Fact(_) | Item::Source(_) => None,
    }
}

/// Returns whether the map has this record.
pub(super) fn exists(map: &Map, record: Item) -> bool {
    map.has(record)
}

/// Creates the element by which a record is reached.
fn element(record: Item, items: &Items) -> Element {
    let items: Vec<&SceneItem> = items.iter().map(|(_, item)| &**item).collect();
    let min_scale = items.iter().map(|item| item.min_scale).fold(f32::INFINITY, f32::min);
    let frame = |item: &&SceneItem| item.shapes.iter().find_map(art::frame);
    let label = items
        .iter()
        .filter(|item| !matches!(item.part, Part::Role(..) | Part::Lane(_) | Part::Ribbon(_)))
        .find_map(frame);
    let area = label.or_else(|| items.iter().find_map(|item| middle(item))).unwrap_or(Rect::ZERO);
    Element { item: record, area, min_scale }
}

/// Returns a spot in the middle of a lane.
fn middle(item: &SceneItem) -> Option<Rect> {
    let pieces = item
        .shapes
        .iter()
        .find_map(|shape| if let scene::Shape::Curve { pieces, .. } = shape { Some(pieces) } else { None })?;
    let piece = pieces.get(pieces.len() / 2)?;
    let t = if pieces.len() % 2 == 0 { 0.0 } else { 0.5 };
    Some(Rect::from_center_size(curve::point(piece, t), LANE_AREA))
}
