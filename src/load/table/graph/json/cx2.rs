//! CX2, the format of `NDEx` and Cytoscape Web: aspects in fragments, with declared attributes that have short names and
//! defaults.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::load::table::graph::{GraphRows, GraphTables};
use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;
use crate::wording::read::Role;

use super::attributes::{LeftOut, described, put_value};
use super::document::{LineCounter, scan_noted};
use super::value::JsonValue;

/// Aspects that are read, or that say how the file is made.
const READ: [&str; 8] =
    ["CXVersion", "hasFragments", "metaData", "attributeDeclarations", "networkAttributes", "nodes", "edges", "status"];

/// The longest default with escapes or of several values, in bytes of JSON.
const MAX_DEFAULT: usize = 100;

/// The declared attributes of nodes or edges: full names by short ones, and defaults by full names.
#[derive(Default)]
struct Declared<'a, 't> {
    full: HashMap<Cow<'a, str>, Cow<'a, str>>,
    defaults: Vec<(Cow<'a, str>, JsonValue<'a, 't>)>,
}

impl<'a, 't> Declared<'a, 't> {
    fn new(declarations: Option<JsonValue<'a, 't>>) -> Self {
        let mut declared = Self::default();
        for (name, declaration) in declarations.into_iter().flat_map(JsonValue::fields) {
            if let Some(short) = declaration.word_of("a") {
                declared.full.insert(short, name.clone());
            }
            // A default that isn't borrowed would be copied to each element.
            let default = declaration
                .get("v")
                .filter(|value| matches!(value.text(), Some(Cow::Borrowed(_))) || value.json().len() <= MAX_DEFAULT);
            declared.defaults.extend(default.map(|value| (name, value)));
        }
        declared
    }

    /// Returns all attributes of an element by their full names, defaults too.
    fn attributes(&self, element: JsonValue<'a, 't>) -> Vec<(Cow<'a, str>, JsonValue<'a, 't>)> {
        let own = element.get("v").into_iter().flat_map(JsonValue::fields);
        let own = own.map(|(name, value)| (self.full.get(&name).cloned().unwrap_or(name), value));
        let mut all: Vec<_> = own.collect();
        let own: HashSet<Cow<'a, str>> = all.iter().map(|(name, _)| name.clone()).collect();
        all.extend(self.defaults.iter().filter(|(name, _)| !own.contains(name)).cloned());
        all
    }
}

/// Reads a network.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let tape = scan_noted(text, &mut graph.notes, meter)?;
    let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
    let of = |name: &'static str| {
        let fragments = root.items().filter_map(move |fragment| fragment.get(name));
        fragments.flat_map(JsonValue::items)
    };
    let declarations: Vec<JsonValue<'a, '_>> = of("attributeDeclarations").collect();
    let declared = |name: &str| Declared::new(declarations.iter().find_map(|declaration| declaration.get(name)));
    let (of_nodes, of_edges) = (declared("nodes"), declared("edges"));
    for attributes in of("networkAttributes") {
        graph.title = graph.title.take().or_else(|| attributes.word_of("name").map(Cow::into_owned));
        graph.description = graph.description.take().or_else(|| described(attributes, &["name"]));
    }
    let mut lines = LineCounter::new(text);
    for node in of("nodes") {
        let number = lines.line(node.offset());
        let attributes = of_nodes.attributes(node);
        let id = node.word_of("id").unwrap_or_default();
        let name = attributes.iter().find(|(name, _)| name == "name").and_then(|(_, name)| name.word());
        graph.set_actor(id.clone(), name.unwrap_or(id));
        for (axis, role) in [("x", Role::X), ("y", Role::Y)] {
            if let Some(at) = node.get(axis).filter(|at| at.number().is_some()) {
                put_value(&mut graph.actors, axis, Some(role), at, (number, meter))?;
            }
        }
        put_all(&mut graph.actors, attributes, "name", (number, meter))?;
        graph.actors.end(number, meter)?;
    }
    for edge in of("edges") {
        let number = lines.line(edge.offset());
        let ends = ["s", "t"].map(|end| edge.word_of(end).unwrap_or_default());
        graph.set_tie(edge.word_of("id").unwrap_or_default(), ends, None);
        put_all(&mut graph.ties, of_edges.attributes(edge), "", (number, meter))?;
        graph.ties.end(number, meter)?;
    }
    let mut left_out = LeftOut::default();
    for (name, _) in root.items().flat_map(JsonValue::fields).filter(|(name, _)| !READ.contains(&&**name)) {
        left_out.add(&name);
    }
    left_out.note("parts that only Cytoscape needs are", &mut graph.notes);
    Ok(())
}

/// Puts attributes but that of one name.
fn put_all<'a>(
    rows: &mut GraphRows<'a>,
    attributes: Vec<(Cow<'a, str>, JsonValue<'a, '_>)>,
    known: &str,
    at: (u32, &Meter),
) -> Result<(), Stop> {
    for (name, value) in attributes.into_iter().filter(|(name, _)| name != known) {
        put_value(rows, name, None, value, at)?;
    }
    Ok(())
}
