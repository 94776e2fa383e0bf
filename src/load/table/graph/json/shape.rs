//! Tells which program a JSON file comes from, by the fields of its outermost value and of its first elements.

use super::value::JsonValue;

/// The formats of graphs in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonShape {
    /// Nodes and links of D3, `NetworkX`, graphology, sigma.js, vis.js.
    NodeLink,
    /// Cytoscape's `.cyjs`, and the networks of its web export.
    Cytoscape,
    /// CX2 of `NDEx` and Cytoscape Web.
    Cx2,
    /// Blueprints and projects of Kumu.
    Kumu,
    /// Maps of Oligrapher 2 and 3.
    Oligrapher,
    /// Entities and relationships of the `LittleSis` API.
    LittleSis,
    /// Entities of `FollowTheMoney`.
    FollowTheMoney,
    /// Statements of the Beneficial Ownership Data Standard.
    Bods,
    /// What Neo4j's APOC exports.
    Apoc,
    /// JSON Canvas of Obsidian.
    Canvas,
    /// JSON Graph Format.
    GraphFormat,
    /// Bundles of STIX 2.
    Stix,
    /// Results of a SPARQL query.
    Sparql,
    /// Objects of one sort, as rows of a table.
    Records,
}

/// Returns the format of a JSON file by its first value; `None` if it is none of these.
pub(super) fn shape_of(root: JsonValue<'_, '_>) -> Option<JsonShape> {
    if root.is_list() { shape_of_list(root) } else { shape_of_object(root) }
}

fn shape_of_list(root: JsonValue<'_, '_>) -> Option<JsonShape> {
    let first = root.items().next().filter(|first| first.is_object())?;
    if let Some(shape) = shape_of_element(first) {
        return Some(shape);
    }
    let is_reference = first.has("type") && ["issued", "author", "title"].iter().any(|name| first.has(name));
    let is_table = !is_reference && first.fields().any(|(_, value)| value.word().is_some());
    match first {
        _ if first.has("CXVersion") => Some(JsonShape::Cx2),
        _ if first.get("data").is_some_and(|data| data.has("id") || data.has("source")) => Some(JsonShape::Cytoscape),
        _ if is_table => Some(JsonShape::Records),
        _ => None,
    }
}

/// Returns the format of an element of a list, or of a line.
fn shape_of_element(element: JsonValue<'_, '_>) -> Option<JsonShape> {
    let has_properties = || element.get("properties").is_some_and(JsonValue::is_object);
    if element.has_all(&["id", "schema"]) && has_properties() {
        return Some(JsonShape::FollowTheMoney);
    }
    if is_statement(element) {
        return Some(JsonShape::Bods);
    }
    let is_node = element.says("type", "node") && element.has("id") && (element.has("labels") || has_properties());
    if is_node || (element.says("type", "relationship") && element.has_all(&["start", "end"])) {
        return Some(JsonShape::Apoc);
    }
    is_of_littlesis(element).then_some(JsonShape::LittleSis)
}

/// Whether a value is a statement of BODS 0.1 to 0.4.
fn is_statement(value: JsonValue<'_, '_>) -> bool {
    value.has_all(&["statementID", "statementType"]) || value.has_all(&["statementId", "recordType"])
}

fn is_of_littlesis(value: JsonValue<'_, '_>) -> bool {
    let has = |name: &str| value.path(&["attributes", name]).is_some();
    (value.says("type", "entities") && has("name")) || (value.says("type", "relationships") && has("entity1_id"))
}

fn shape_of_object(root: JsonValue<'_, '_>) -> Option<JsonShape> {
    let is_list = |name: &str| root.get(name).is_some_and(JsonValue::is_list);
    if let Some(shape) = shape_of_element(root) {
        return Some(shape);
    }
    if root.says("type", "bundle") && root.has("id") && is_list("objects") {
        return Some(JsonShape::Stix);
    }
    if root.path(&["head", "vars"]).is_some() && root.path(&["results", "bindings"]).is_some() {
        return Some(JsonShape::Sparql);
    }
    let data = root.get("data").and_then(|data| data.each().next());
    if data.is_some_and(is_of_littlesis) {
        return Some(JsonShape::LittleSis);
    }
    if is_list("elements") && is_list("connections") {
        return Some(JsonShape::Kumu);
    }
    if is_network(root) || root.fields().next().is_some_and(|(_, first)| is_network(first)) {
        return Some(JsonShape::Cytoscape);
    }
    let graph = root.get("graph");
    if graph.is_some_and(is_of_oligrapher) || is_of_oligrapher(root) {
        return Some(JsonShape::Oligrapher);
    }
    if is_list("nodes") || root.get("nodes").is_some_and(JsonValue::is_object) {
        return shape_of_nodes(root);
    }
    let is_graph = |graph: JsonValue<'_, '_>| graph.has("nodes") || graph.has("edges");
    let graphs = root.get("graphs").into_iter().flat_map(JsonValue::items);
    graph.into_iter().chain(graphs).any(is_graph).then_some(JsonShape::GraphFormat)
}

/// Returns the format of an object with nodes.
fn shape_of_nodes(root: JsonValue<'_, '_>) -> Option<JsonShape> {
    if root.has("rels") {
        return Some(JsonShape::Apoc);
    }
    let is_card = |node: JsonValue<'_, '_>| {
        node.has_all(&["x", "y", "width", "height"])
            && ["text", "file", "link", "group"].iter().any(|sort| node.says("type", sort))
    };
    let nodes = root.get("nodes").into_iter().flat_map(JsonValue::items);
    if nodes.take(1).any(is_card) {
        return Some(JsonShape::Canvas);
    }
    ["links", "edges", "adjacency"].iter().any(|name| root.has(name)).then_some(JsonShape::NodeLink)
}

/// Whether an object is a network of Cytoscape.
fn is_network(value: JsonValue<'_, '_>) -> bool {
    let Some(elements) = value.get("elements") else { return false };
    let of_data = |list: JsonValue<'_, '_>| list.items().take(1).any(|element| element.has("data"));
    if elements.is_list() {
        return of_data(elements);
    }
    let (nodes, edges) = (elements.get("nodes"), elements.get("edges"));
    nodes.is_some_and(of_data)
        || edges.is_some_and(of_data)
        || (nodes.is_some_and(JsonValue::is_list) && value.has("data"))
}

/// Whether nodes and edges are objects by id, as in Oligrapher.
fn is_of_oligrapher(graph: JsonValue<'_, '_>) -> bool {
    let (Some(nodes), Some(edges)) = (graph.get("nodes"), graph.get("edges")) else { return false };
    let is_edge = |edge: JsonValue<'_, '_>| edge.has_all(&["node1_id", "node2_id"]);
    let first = edges.fields().next();
    nodes.is_object() && edges.is_object() && (first.is_some_and(|(_, edge)| is_edge(edge)) || graph.has("captions"))
}
