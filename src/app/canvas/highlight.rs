//! What is lifted out of the picture and what fades: selection, hover, focus.

use std::collections::BTreeSet;

use petgraph::Direction;
use petgraph::stable_graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::element::{Lift, MapGraph};
use super::mirror::{Mirror, Owner, exists};
use crate::app::focus::Focus;
use crate::app::selection::Selection;
use crate::model::{ClaimId, Item, Map, NoteId, Placed};
use egui_graphs::{DisplayEdge, DisplayNode};

/// What decides on marks and fading; equal ones need no new look at the graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Highlight {
    /// What is selected.
    pub(super) selection: Selection,
    /// What lies under the pointer.
    pub(super) hovered: Option<Item>,
    /// The note under the pointer.
    pub(super) hovered_note: Option<NoteId>,
    /// What is being dragged.
    pub(super) dragged: Option<Item>,
    /// What is looked at.
    pub(super) focus: Option<Focus>,
}

/// The nodes and edges that do not fade.
#[derive(Default)]
struct Bright {
    nodes: BTreeSet<NodeIndex>,
    edges: BTreeSet<EdgeIndex>,
}

impl Highlight {
    /// Sets the marks of the graph and what its parts fade to.
    pub(super) fn apply(&self, mirror: &mut Mirror, map: &Map) {
        let bright = self.bright(mirror, map);
        mirror.for_each_drawn(|owner, drawn| {
            drawn.set_bright(bright.as_ref().is_none_or(|bright| match owner {
                Owner::Node(node) => bright.nodes.contains(&node),
                Owner::Edge(edge) => bright.edges.contains(&edge),
            }));
        });
        self.mark(mirror);
        mirror.for_each_note(|note, drawn| {
            drawn.set_lift(match (self.selection.note() == Some(note), self.hovered_note == Some(note)) {
                (true, _) => Lift::Selected,
                (false, true) => Lift::Hovered,
                (false, false) => Lift::None,
            });
        });
    }

    fn mark(&self, mirror: &mut Mirror) {
        let selected: BTreeSet<Owner> = self.selection.items().filter_map(|item| mirror.owner(item)).collect();
        let hovered = self.hovered.and_then(|item| mirror.owner(item));
        let dragged = self.dragged.and_then(|item| mirror.owner(item));
        let graph = &mut mirror.graph;
        for index in graph.g().node_indices().collect::<Vec<_>>() {
            let Some(node) = graph.node_mut(index) else { continue };
            let owner = Owner::Node(index);
            node.set_selected(selected.contains(&owner));
            node.set_hovered(hovered == Some(owner));
            node.set_dragged(dragged == Some(owner));
            let props = node.props().clone();
            node.display_mut().update(&props);
        }
        for index in graph.g().edge_indices().collect::<Vec<_>>() {
            let Some(edge) = graph.edge_mut(index) else { continue };
            let owner = Owner::Edge(index);
            edge.set_selected(selected.contains(&owner));
            edge.display_mut().is_hovered = [hovered, dragged].contains(&Some(owner));
            let props = edge.props().clone();
            edge.display_mut().update(&props);
        }
        let node_of =
            |owner: Option<Owner>| owner.and_then(|it| if let Owner::Node(it) = it { Some(it) } else { None });
        let edge_of = |owner: &Owner| if let Owner::Edge(edge) = owner { Some(*edge) } else { None };
        graph.set_selected_nodes(selected.iter().filter_map(|it| node_of(Some(*it))).collect());
        graph.set_selected_edges(selected.iter().filter_map(edge_of).collect());
        graph.set_hovered_node(node_of(hovered));
        graph.set_dragged_node(node_of(dragged));
    }

    /// What stays bright; none if all does.
    fn bright(&self, mirror: &Mirror, map: &Map) -> Option<Bright> {
        let mut bright = Bright::default();
        match &self.focus {
            Some(Focus::Neighborhood(actor)) => {
                bright.add_neighborhood(&mirror.graph, mirror.node(Placed::Actor(*actor))?);
                return Some(bright);
            }
            Some(Focus::Ways(items)) => {
                for item in items {
                    bright.add(mirror, *item, Reach::Itself);
                }
                return Some(bright);
            }
            None => {}
        }
        for item in self.selection.items().filter(|item| exists(map, *item)) {
            match item {
                Item::Actor(_) | Item::Tie(_) => bright.add(mirror, item, Reach::Neighbors),
                Item::Fact(fact) => bright.add(mirror, Item::Actor(map.fact(fact).actor), Reach::Itself),
                Item::Source(source) => {
                    for claim in map.claims_of(source) {
                        match *claim {
                            ClaimId::Tie(tie) => bright.add(mirror, Item::Tie(tie), Reach::Neighbors),
                            ClaimId::Fact(fact) => {
                                bright.add(mirror, Item::Actor(map.fact(fact).actor), Reach::Itself);
                            }
                        }
                    }
                }
            }
        }
        (!bright.nodes.is_empty()).then_some(bright)
    }
}

/// How far brightness reaches from an actor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The actor alone.
    Itself,
    /// Its ties and whom they lead to, too.
    Neighbors,
}

impl Bright {
    fn add(&mut self, mirror: &Mirror, item: Item, reach: Reach) {
        match mirror.owner(item) {
            Some(Owner::Node(node)) if reach == Reach::Neighbors => self.add_neighborhood(&mirror.graph, node),
            Some(Owner::Node(node)) => drop(self.nodes.insert(node)),
            Some(Owner::Edge(edge)) => {
                self.edges.insert(edge);
                if let Some((from, to)) = mirror.graph.edge_endpoints(edge) {
                    self.nodes.extend([from, to]);
                }
            }
            None => {}
        }
    }

    /// A node with all that it is tied to, through hubs to their other parties.
    fn add_neighborhood(&mut self, graph: &MapGraph, node: NodeIndex) {
        self.nodes.insert(node);
        for neighbor in self.add_edges(graph, node) {
            let is_hub = graph.node(neighbor).is_some_and(|it| matches!(it.payload().placed, Placed::Hub(_)));
            if is_hub {
                self.add_edges(graph, neighbor);
            }
        }
    }

    fn add_edges(&mut self, graph: &MapGraph, node: NodeIndex) -> Vec<NodeIndex> {
        let mut others = Vec::new();
        for direction in [Direction::Outgoing, Direction::Incoming] {
            for edge in graph.edges_directed(node, direction) {
                self.edges.insert(edge.id());
                others.push(if direction == Direction::Outgoing { edge.target() } else { edge.source() });
            }
        }
        self.nodes.extend(others.iter().copied());
        others
    }
}
