//! The JSON of Cytoscape and Cytoscape.js.

use serde_json::{Map as Object, Value, json};

use super::DataGraph;
use super::node_link::{fill, tenth};
use crate::export_data::content::DataContent;
use crate::export_data::{DataFile, one_file};

pub(in crate::export_data) fn write(content: &DataContent) -> Vec<DataFile> {
    let graph = DataGraph::new(content, "name");
    let nodes = graph.nodes.iter().map(|node| {
        let mut data = Object::new();
        data.insert("id".to_owned(), node.id.as_str().into());
        fill(&mut data, &node.values);
        match node.at {
            Some(at) => json!({ "data": data, "position": { "x": tenth(at.x), "y": tenth(at.y) } }),
            None => json!({ "data": data }),
        }
    });
    let edges = graph.edges.iter().map(|edge| {
        let mut data = Object::new();
        for (name, value) in [("id", &edge.id), ("source", &edge.source), ("target", &edge.target)] {
            data.insert(name.to_owned(), value.as_str().into());
        }
        let kind = edge.values.iter().find(|(name, _)| name == "kind").map(|(_, kind)| kind.json());
        data.extend(kind.map(|kind| ("interaction".to_owned(), kind)));
        if !edge.is_directed {
            data.insert("direction".to_owned(), "undirected".into());
        }
        fill(&mut data, &edge.values);
        json!({ "data": data })
    });
    let mut about: Object<String, Value> =
        graph.about.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    if let Some(title) = &content.map.meta().title {
        about.insert("name".to_owned(), title.as_str().into());
    }
    let file = json!({
        "format_version": "1.0",
        "generated_by": "Tieline",
        "target_cytoscapejs_version": "~3",
        "data": about,
        "elements": { "nodes": nodes.collect::<Vec<_>>(), "edges": edges.collect::<Vec<_>>() },
    });
    one_file(format!("{file:#}\n"))
}
