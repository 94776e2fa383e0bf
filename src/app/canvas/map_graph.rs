//! The map as a graph of drawable nodes and edges, built from the scene and rebuilt when it changes.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Painter, Pos2, Rect, Shape, Vec2};
use petgraph::stable_graph::{EdgeIndex, NodeIndex};

use crate::layout::curve;
use crate::model::{ActorId, Ends, Item, Map, NoteId, Placed, TieId};
use crate::scene::{self, Items, Labeling, Order, Part, Scene, SceneItem};

use super::camera::Transform;
use super::graph::{ElementGraph, ElementKey};
use super::graph_contents::{self, GraphContents, GraphExtent, VisibleArea, choose, is_large, items_of};
use super::input::CanvasInput;
use super::paint::art;
use super::paint::drawable::{Drawable, ItemGroup};
use super::paint::far_layer::FarLayer;
use super::paint::lettering::Lettering;
use super::records::{exists, record_of};
use crate::app::ui::theme::opaque;

/// Size of the area of a tie without a pill, in world units.
const LANE_AREA: Vec2 = Vec2::new(28.0, 18.0);

/// An element that can be reached by keyboard and screen reader.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) item: Item,
    /// The rectangle of its card or pill, otherwise an area on its lane; in world units.
    pub(super) area: Rect,
    /// The scale below which it is not drawn.
    pub(super) min_scale: f32,
}

/// The graph, with indexes from record ids to its nodes and edges.
pub(super) struct MapGraph {
    pub(super) graph: ElementGraph,
    /// Actors, then ties, each in file order.
    pub(super) elements: Vec<Element>,
    extent: GraphExtent,
    pub(super) scene: Arc<Scene>,
    map: Arc<Map>,
    pub(super) letters: Rc<Lettering>,
    /// The names and labels at the current zoom.
    pub(super) labeling: Rc<Labeling>,
    nodes: BTreeMap<Placed, NodeIndex>,
    edges: BTreeMap<TieId, EdgeIndex>,
    /// For each tie in a ribbon, the tie that identifies the ribbon.
    lead_of: BTreeMap<TieId, TieId>,
    /// Parts that show no record: notes, title, legend, sources.
    pub(super) backdrop: Vec<(Part, Drawable)>,
    /// Everything in view, if that is more than the graph can hold.
    pub(super) far_layer: Option<FarLayer>,
    /// Highlighted records of the far layer, drawn again above it.
    pub(super) lifted: BTreeMap<Item, Drawable>,
}

impl MapGraph {
    /// Builds the graph, reusing the drawings of an earlier one where items are unchanged.
    pub(super) fn build(
        input: &CanvasInput<'_>,
        seen: Option<VisibleArea>,
        letters: &Rc<Lettering>,
        labeling: &Rc<Labeling>,
        earlier: Option<Self>,
    ) -> Self {
        let GraphContents { extent, records, backdrop, far_layer } = choose(input, seen);
        let background = opaque(input.scene.background);
        let group = |items: Items| ItemGroup { items: items.into(), background, letters: Rc::clone(letters) };
        let leads = records.values().flatten().chain(&far_layer).filter_map(|(_, item)| match item.part {
            Part::Ribbon(lead) => input.ribbons.get(lead).map(|ribbon| (lead, ribbon)),
            _ => None,
        });
        let mut map_graph = Self {
            graph: ElementGraph::new(),
            elements: Vec::new(),
            extent,
            scene: Arc::clone(input.scene),
            map: Arc::clone(&input.document.map),
            letters: Rc::clone(letters),
            labeling: Rc::clone(labeling),
            nodes: BTreeMap::new(),
            edges: BTreeMap::new(),
            lead_of: leads.flat_map(|(lead, it)| it.ties.iter().map(move |&tie| (tie, lead))).collect(),
            backdrop: backdrop.into_iter().map(|(part, items)| (part, Drawable::new(group(items)))).collect(),
            far_layer: None,
            lifted: BTreeMap::new(),
        };
        for (record, items) in records {
            map_graph.elements.push(element(record, &items));
            match record {
                Item::Actor(actor) => drop(map_graph.add_node(Placed::Actor(actor), group(items))),
                Item::Tie(tie) => map_graph.add_tie(tie, &input.document.map, group(items), &group(Items::new())),
                Item::Fact(_) | Item::Source(_) => {}
            }
        }
        let mut earlier = earlier;
        if matches!(extent, GraphExtent::Nearest(..)) {
            map_graph.far_layer = Some(FarLayer::new(
                labeling.substitute(&far_layer),
                earlier.as_mut().and_then(|earlier| earlier.far_layer.take()),
            ));
        }
        if let Some(earlier) = earlier {
            map_graph.inherit(earlier);
        }
        map_graph.set_labeling(labeling);
        map_graph
    }

    /// Replaces the names and labels.
    pub(super) fn set_labeling(&mut self, labeling: &Rc<Labeling>) {
        self.labeling = Rc::clone(labeling);
        self.for_each_drawn(|drawn| drawn.substitute(labeling));
        self.lifted.values_mut().for_each(|drawn| drawn.substitute(labeling));
        self.backdrop.iter_mut().for_each(|(_, drawn)| drawn.substitute(labeling));
    }

    /// Returns whether it was built from this scene and map, and holds enough for the visible part.
    pub(super) fn is_of(&self, input: &CanvasInput<'_>, seen: VisibleArea, is_overview: bool) -> bool {
        let is_large = is_large(input.picker);
        Arc::ptr_eq(&self.scene, input.scene)
            && Arc::ptr_eq(&self.map, &input.document.map)
            && (self.extent == GraphExtent::Overview) == is_overview
            && (is_overview || (self.extent == GraphExtent::All) != is_large)
            && self.extent.covers(seen)
    }

    /// Returns whether the graph holds only part of the picture.
    pub(super) fn is_part(&self) -> bool {
        self.extent != GraphExtent::All
    }

    fn add_node(&mut self, placed: Placed, group: ItemGroup) -> NodeIndex {
        let index = self.graph.add_node(group);
        self.nodes.insert(placed, index);
        index
    }

    /// Requires both ends to be in the graph already; actors come before ties in the order of items.
    fn add_tie(&mut self, tie: TieId, map: &Map, group: ItemGroup, empty: &ItemGroup) {
        let end = |nodes: &BTreeMap<_, _>, actor: ActorId| nodes.get(&Placed::Actor(actor)).copied();
        match &map.tie(tie).ends {
            Ends::Pair { from, to } => {
                if let (Some(from), Some(to)) = (end(&self.nodes, *from), end(&self.nodes, *to)) {
                    let index = self.graph.add_edge(from, to, group);
                    self.edges.insert(tie, index);
                }
            }
            ends @ Ends::Parties(_) => {
                let hub = self.add_node(Placed::Hub(tie), group);
                for actor in ends.actors() {
                    if let Some(party) = end(&self.nodes, actor) {
                        self.graph.add_edge(hub, party, empty.clone());
                    }
                }
            }
        }
    }

    fn inherit(&mut self, mut earlier: Self) {
        // Edges first, because removing a node removes its edges.
        for (tie, &index) in &self.edges {
            let old = earlier.edges.get(tie).and_then(|&old| earlier.graph.take(ElementKey::Edge(old)));
            if let (Some(drawn), Some(old)) = (self.graph.drawn_mut(ElementKey::Edge(index)), old) {
                drawn.inherit(old);
            }
        }
        for (placed, &index) in &self.nodes {
            let old = earlier.nodes.get(placed).and_then(|&old| earlier.graph.take(ElementKey::Node(old)));
            if let (Some(drawn), Some(old)) = (self.graph.drawn_mut(ElementKey::Node(index)), old) {
                drawn.inherit(old);
            }
        }
    }

    /// Returns the location of a record in the graph.
    pub(super) fn key(&self, item: Item) -> Option<ElementKey> {
        match item {
            Item::Actor(actor) => self.nodes.get(&Placed::Actor(actor)).map(|&node| ElementKey::Node(node)),
            Item::Tie(tie) => {
                let hub = self.nodes.get(&Placed::Hub(tie)).map(|&node| ElementKey::Node(node));
                let drawn = self.lead_of.get(&tie).unwrap_or(&tie);
                hub.or_else(|| self.edges.get(drawn).map(|&edge| ElementKey::Edge(edge)))
            }
            Item::Fact(_) | Item::Source(_) => None,
        }
    }

    /// Returns the bounding box of a record in world units, even if the graph doesn't hold it.
    pub(super) fn rect(&self, item: Item, input: &CanvasInput<'_>) -> Option<Rect> {
        let rect = match self.extent {
            GraphExtent::All => self.graph.drawn(self.key(item)?).map(Drawable::bounds),
            GraphExtent::Overview | GraphExtent::Area(_) | GraphExtent::Nearest(..) => {
                Some(graph_contents::bounds_of(&self.items(item, input)?))
            }
        };
        rect.filter(Rect::is_positive)
    }

    /// Returns the center of a record's card or pill in world units, even if the graph doesn't hold it.
    pub(super) fn center(&self, item: Item, input: &CanvasInput<'_>) -> Option<Pos2> {
        match self.extent {
            GraphExtent::All => self.graph.drawn(self.key(item)?).map(|drawn| drawn.frame().center()),
            GraphExtent::Overview | GraphExtent::Area(_) | GraphExtent::Nearest(..) => {
                graph_contents::frame_of_items(&self.items(item, input)?).map(|rect| rect.center())
            }
        }
    }

    /// Returns whether a record is in the picture.
    pub(super) fn has(&self, item: Item, input: &CanvasInput<'_>) -> bool {
        match self.extent {
            GraphExtent::All => self.key(item).is_some(),
            GraphExtent::Overview | GraphExtent::Area(_) | GraphExtent::Nearest(..) => {
                self.items(item, input).is_some()
            }
        }
    }

    pub(super) fn items(&self, item: Item, input: &CanvasInput<'_>) -> Option<Items> {
        let record = record_of(item, input).filter(|&record| exists(&self.map, record))?;
        Some(items_of(input.picker, &self.map, record)).filter(|items| !items.is_empty())
    }

    /// Calls `each` for every node and edge.
    pub(super) fn for_each_drawn(&mut self, mut each: impl FnMut(&mut Drawable)) {
        self.graph.for_each_node(&mut each);
        for &index in self.edges.values() {
            if let Some(drawn) = self.graph.drawn_mut(ElementKey::Edge(index)) {
                each(drawn);
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
        self.graph.count()
    }

    /// Draws everything in view, in the order of the scene; returns the number of items drawn.
    pub(super) fn draw(&mut self, painter: &Painter, transform: Transform) -> usize {
        let background = opaque(self.scene.background);
        let mut shapes: Vec<(Order, Shape)> = Vec::new();
        self.backdrop.iter_mut().for_each(|(_, drawn)| drawn.draw(painter, transform, &mut shapes));
        let Some(far_layer) = &mut self.far_layer else {
            self.for_each_drawn(|drawn| drawn.draw(painter, transform, &mut shapes));
            return extend(painter, shapes);
        };
        let below = extend(painter, std::mem::take(&mut shapes));
        let drawn = far_layer.draw(painter, (transform.zoom, transform.pan), background, &self.letters);
        self.lifted.values_mut().for_each(|drawn| drawn.draw(painter, transform, &mut shapes));
        below + drawn + extend(painter, shapes)
    }
}

/// Paints shapes in drawing order; returns their number.
fn extend(painter: &Painter, mut shapes: Vec<(Order, Shape)>) -> usize {
    shapes.sort_by_key(|(order, _)| *order);
    let count = shapes.len();
    painter.extend(shapes.into_iter().map(|(_, shape)| shape));
    count
}

/// Creates the element of a record for keyboard and screen reader.
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

/// Returns an area in the middle of a lane.
fn middle(item: &SceneItem) -> Option<Rect> {
    let pieces = item
        .shapes
        .iter()
        .find_map(|shape| if let scene::Shape::Curve { pieces, .. } = shape { Some(pieces) } else { None })?;
    let piece = pieces.get(pieces.len() / 2)?;
    let t = if pieces.len() % 2 == 0 { 0.0 } else { 0.5 };
    Some(Rect::from_center_size(curve::point(piece, t), LANE_AREA))
}
