//! The map as a graph of drawable nodes and edges, derived from the scene and made again when it changes.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Painter, Pos2, Rect, Shape, Vec2};
use petgraph::stable_graph::{EdgeIndex, NodeIndex};

use crate::model::{ActorId, Ends, Item, Map, NoteId, Placed, TieId};
use crate::scene::{self, Items, Order, Part, Scene, SceneItem};

use super::art;
use super::camera::Transform;
use super::drawable::{Drawable, ItemGroup};
use super::far_layer::FarLayer;
use super::flatten::on_cubic;
use super::graph::{ElementGraph, ElementKey};
use super::graph_contents::{self, GraphContents, GraphExtent, VisibleArea, choose, is_large, items_of};
use super::input::CanvasInput;
use super::lettering::Lettering;
use super::records::{exists, record_of};

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

/// The graph with the tables from our ids to its own.
pub(super) struct MapGraph {
    /// The graph, its marks and how it is drawn.
    pub(super) graph: ElementGraph,
    /// Actors in the file's order, then ties.
    pub(super) elements: Vec<Element>,
    extent: GraphExtent,
    pub(super) scene: Arc<Scene>,
    map: Arc<Map>,
    pub(super) letters: Rc<Lettering>,
    nodes: BTreeMap<Placed, NodeIndex>,
    edges: BTreeMap<TieId, EdgeIndex>,
    /// For each tie in a ribbon, the tie by which the ribbon is known.
    lead_of: BTreeMap<TieId, TieId>,
    /// What is no record: notes, title, legend, sources.
    pub(super) backdrop: Vec<(Part, Drawable)>,
    /// Everything in view, where that is more than the graph holds.
    pub(super) far_layer: Option<FarLayer>,
    /// What is lifted out of the far layer.
    pub(super) lifted: BTreeMap<Item, Drawable>,
}

impl MapGraph {
    /// Derives the graph; what looks the same as in an earlier one is not made again.
    pub(super) fn build(
        input: &CanvasInput<'_>,
        seen: VisibleArea,
        letters: &Rc<Lettering>,
        earlier: Option<Self>,
    ) -> Self {
        let GraphContents { extent, records, backdrop, far_layer } = choose(input, seen);
        let background = art::opaque(input.scene.background);
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
            map_graph.far_layer =
                Some(FarLayer::new(far_layer, earlier.as_mut().and_then(|earlier| earlier.far_layer.take())));
        }
        if let Some(earlier) = earlier {
            map_graph.inherit(earlier);
        }
        map_graph
    }

    /// Whether it was derived from this scene and map, and holds enough for what is in view.
    pub(super) fn is_of(&self, input: &CanvasInput<'_>, seen: VisibleArea) -> bool {
        Arc::ptr_eq(&self.scene, input.scene)
            && Arc::ptr_eq(&self.map, &input.document.map)
            && (self.extent == GraphExtent::All) != is_large(input.picker)
            && self.extent.covers(seen)
    }

    /// Whether it holds a part of the picture only.
    pub(super) fn is_part(&self) -> bool {
        self.extent != GraphExtent::All
    }

    fn add_node(&mut self, placed: Placed, group: ItemGroup) -> NodeIndex {
        let index = self.graph.add_node(group);
        self.nodes.insert(placed, index);
        index
    }

    /// Actors come before ties in the order of items, so that both ends are there.
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
        // Edges first: a node that is taken out takes its edges along.
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

    /// Where a record is in the graph.
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

    /// What a record covers, in world units; found in the whole picture, whatever part of it the graph holds.
    pub(super) fn rect(&self, item: Item, input: &CanvasInput<'_>) -> Option<Rect> {
        let rect = match self.extent {
            GraphExtent::All => self.graph.drawn(self.key(item)?).map(Drawable::bounds),
            GraphExtent::Area(_) | GraphExtent::Nearest(..) => {
                Some(graph_contents::bounds_of(&self.items(item, input)?))
            }
        };
        rect.filter(Rect::is_positive)
    }

    /// The center of a record's card or pill, in world units; likewise.
    pub(super) fn center(&self, item: Item, input: &CanvasInput<'_>) -> Option<Pos2> {
        match self.extent {
            GraphExtent::All => self.graph.drawn(self.key(item)?).map(|drawn| drawn.frame().center()),
            GraphExtent::Area(_) | GraphExtent::Nearest(..) => {
                graph_contents::frame_of_items(&self.items(item, input)?).map(|rect| rect.center())
            }
        }
    }

    /// Whether a record is in the picture.
    pub(super) fn has(&self, item: Item, input: &CanvasInput<'_>) -> bool {
        match self.extent {
            GraphExtent::All => self.key(item).is_some(),
            GraphExtent::Area(_) | GraphExtent::Nearest(..) => self.items(item, input).is_some(),
        }
    }

    pub(super) fn items(&self, item: Item, input: &CanvasInput<'_>) -> Option<Items> {
        let record = record_of(item, input).filter(|&record| exists(&self.map, record))?;
        Some(items_of(input.picker, &self.map, record)).filter(|items| !items.is_empty())
    }

    /// Calls back for every drawable group that can be touched.
    pub(super) fn for_each_drawn(&mut self, mut each: impl FnMut(&mut Drawable)) {
        self.graph.for_each_node(&mut each);
        for &index in self.edges.values() {
            if let Some(drawn) = self.graph.drawn_mut(ElementKey::Edge(index)) {
                each(drawn);
            }
        }
    }

    /// Every note with what it covers, in world units.
    pub(super) fn notes(&self) -> impl Iterator<Item = (NoteId, Rect)> {
        self.backdrop.iter().filter_map(|(part, drawn)| match part {
            Part::Note(note) => Some((*note, drawn.frame())),
            _ => None,
        })
    }

    /// How many nodes and edges there are to go over.
    pub(super) fn held_count(&self) -> usize {
        self.graph.count()
    }

    /// Draws all that is in view, in the order of the scene; says how many items.
    pub(super) fn draw(&mut self, painter: &Painter, transform: Transform) -> usize {
        let background = art::opaque(self.scene.background);
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

/// Paints shapes in their order; says how many.
fn extend(painter: &Painter, mut shapes: Vec<(Order, Shape)>) -> usize {
    shapes.sort_by_key(|(order, _)| *order);
    let count = shapes.len();
    painter.extend(shapes.into_iter().map(|(_, shape)| shape));
    count
}

/// Where a record is reached by keyboard.
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
