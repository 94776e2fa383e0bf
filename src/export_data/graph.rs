//! A map as nodes and edges, for the formats of graph programs.

pub(super) mod cyjs;
pub(super) mod gexf;
pub(super) mod graphml;
pub(super) mod node_link;

use std::collections::{HashMap, HashSet};

use emath::Pos2;
use serde_json::Value;

use crate::load::json::{Fields, file_json};
use crate::model::{ActorId, Ends, Item, Rgb, TieId};

use super::content::DataContent;
use super::flat::tie::{TieProof, flat_tie};
use super::flat::{FlatRecord, FlatValue, KindLabels, flat_actor, plain, put_json, put_text, without_marks};

/// A node: an actor, or a tie of many parties.
pub(super) struct DataNode {
    pub(super) item: Item,
    pub(super) id: String,
    pub(super) values: FlatRecord,
    /// Its name, which is also among the values.
    pub(super) name: String,
    pub(super) at: Option<Pos2>,
    pub(super) color: Option<Rgb>,
}

/// An edge: a tie, or the part of one party in a tie.
pub(super) struct DataEdge {
    /// The tie; `None` for the part of one party.
    pub(super) tie: Option<TieId>,
    pub(super) id: String,
    pub(super) source: String,
    pub(super) target: String,
    pub(super) is_directed: bool,
    pub(super) values: FlatRecord,
    pub(super) color: Option<Rgb>,
}

/// A map as a graph.
pub(super) struct DataGraph {
    pub(super) nodes: Vec<DataNode>,
    pub(super) edges: Vec<DataEdge>,
    /// Title, kinds, sources and facts as JSON, as they stand in a map file.
    pub(super) about: Vec<(&'static str, Value)>,
}

impl DataGraph {
    /// Makes the graph of a map; `name` is what the name of a node is called among its values.
    pub(super) fn new(content: &DataContent, name: &str) -> Self {
        let kinds = KindLabels::new(content);
        let places: HashMap<ActorId, Pos2> = content.view.positions.iter().copied().collect();
        let hubs: HashMap<TieId, Pos2> = content.view.hub_positions.iter().copied().collect();
        let mut nodes: Vec<DataNode> = Vec::with_capacity(content.map.actors().len());
        for (id, actor) in content.map.actors().iter() {
            let mut values = flat_actor(content, &kinds, id, name);
            put_json(&mut values, content, Item::Actor(id), &["formerIds", "row", "checks"]);
            without_marks(&mut values);
            let color = actor.kind.and_then(|kind| content.map.actor_kinds().get(kind)?.color);
            let node = DataNode {
                item: Item::Actor(id),
                id: actor.key.to_string(),
                values,
                name: actor.name.clone(),
                at: places.get(&id).copied(),
                color,
            };
            nodes.push(node);
        }
        let mut ids: HashSet<String> = content.map.ties().values().map(|tie| tie.claim.key.to_string()).collect();
        ids.extend(nodes.iter().map(|node| node.id.clone()));
        let mut edges = Vec::with_capacity(content.map.ties().len());
        for (id, tie) in content.map.ties().iter() {
            let key = tie.claim.key.to_string();
            let mut values = flat_tie(content, &kinds, id, TieProof::All);
            without_marks(&mut values);
            let color = content.map.tie_kinds().get(tie.kind).and_then(|kind| kind.color);
            match &tie.ends {
                Ends::Pair { from, to } => {
                    let [source, target] = [from, to].map(|id| content.map.actor(*id).key.to_string());
                    let (tie, is_directed) = (Some(id), tie.is_directed);
                    edges.push(DataEdge { tie, id: key, source, target, is_directed, values, color });
                }
                Ends::Parties(parties) => {
                    let hub = DataNode {
                        item: Item::Tie(id),
                        name: tie.claim.label.clone().unwrap_or_else(|| kinds.tie(tie.kind).to_owned()),
                        values: hub_values(content, id, values, name),
                        at: hubs.get(&id).copied(),
                        color,
                        id: key.clone(),
                    };
                    for (number, party) in (1..).zip(parties) {
                        let mut values = FlatRecord::new();
                        put_text(&mut values, "kind", Some("party"));
                        put_text(&mut values, "role", party.role.as_deref());
                        let (source, target) = (key.clone(), content.map.actor(party.actor).key.to_string());
                        let id = free_id(&mut ids, &format!("{key}-party-{number}"));
                        edges.push(DataEdge { tie: None, id, source, target, is_directed: false, values, color });
                    }
                    nodes.push(hub);
                }
            }
        }
        Self { nodes, edges, about: about(content) }
    }

    /// Whether no edge has a direction.
    pub(super) fn is_undirected(&self) -> bool {
        !self.edges.is_empty() && self.edges.iter().all(|edge| !edge.is_directed)
    }
}

/// Returns the values of a node that stands for a tie of many parties.
fn hub_values(content: &DataContent, id: TieId, values: FlatRecord, name: &str) -> FlatRecord {
    let mut all = vec![("record".to_owned(), FlatValue::Text("tie".to_owned()))];
    let label = values.iter().find(|(known, _)| known == "label").or(values.first()).map(|(_, value)| value.clone());
    all.extend(label.map(|label| (name.to_owned(), label)));
    all.extend(values.into_iter().filter(|(known, _)| known != name));
    put_json(&mut all, content, Item::Tie(id), &["parties"]);
    all
}

fn free_id(taken: &mut HashSet<String>, wanted: &str) -> String {
    let mut id = wanted.to_owned();
    while !taken.insert(id.clone()) {
        id.push('+');
    }
    id
}

/// Returns what the map has beside actors, ties and views.
fn about(content: &DataContent) -> Vec<(&'static str, Value)> {
    let mut file: Fields = file_json(&content.map, std::iter::empty());
    let names = ["map", "kinds", "sources", "facts", "distinct", "imports"];
    names.into_iter().filter_map(|name| Some((name, plain(&file.shift_remove(name)?)))).collect()
}
