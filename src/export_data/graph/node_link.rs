//! Node-link JSON, as `NetworkX` and D3 read it.

use serde_json::{Map as Object, Value, json};

use super::DataGraph;
use crate::export_data::content::DataContent;
use crate::export_data::flat::FlatRecord;
use crate::export_data::{DataFile, one_file};

pub(in crate::export_data) fn write(content: &DataContent) -> Vec<DataFile> {
    let graph = DataGraph::new(content, "name");
    let is_undirected = graph.is_undirected();
    let nodes = graph.nodes.iter().map(|node| {
        let mut object = Object::new();
        object.insert("id".to_owned(), node.id.as_str().into());
        fill(&mut object, &node.values);
        if let Some(at) = node.at {
            object.insert("x".to_owned(), tenth(at.x));
            object.insert("y".to_owned(), tenth(at.y));
        }
        Value::Object(object)
    });
    let links = graph.edges.iter().map(|edge| {
        let mut object = Object::new();
        for (name, id) in [("source", &edge.source), ("target", &edge.target), ("key", &edge.id), ("id", &edge.id)] {
            object.insert(name.to_owned(), id.as_str().into());
        }
        if !edge.is_directed && !is_undirected {
            object.insert("direction".to_owned(), "undirected".into());
        }
        fill(&mut object, &edge.values);
        Value::Object(object)
    });
    let about: Object<String, Value> =
        graph.about.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let file = json!({
        "directed": !is_undirected,
        "multigraph": true,
        "graph": about,
        "nodes": nodes.collect::<Vec<_>>(),
        "links": links.collect::<Vec<_>>(),
    });
    one_file(format!("{file:#}\n"))
}

/// Adds values to an object; a value never replaces another.
pub(super) fn fill(object: &mut Object<String, Value>, values: &FlatRecord) {
    for (name, value) in values {
        if !object.contains_key(name) {
            object.insert(name.clone(), value.json());
        }
    }
}

/// Returns a coordinate with one decimal.
pub(super) fn tenth(value: f32) -> Value {
    ((f64::from(value) * 10.0).round() / 10.0 + 0.0).into()
}
