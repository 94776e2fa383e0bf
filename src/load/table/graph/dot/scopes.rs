//! The nodes of a graph in DOT, and the scopes in which their attributes and those of edges have defaults.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DotValue<'a> {
    Text(Cow<'a, str>),
    Html(&'a str),
}

impl DotValue<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Html(html) => html.len(),
        }
    }
}

/// Attributes in the order of their statement.
pub(super) type DotAttributes<'a> = Vec<(Cow<'a, str>, DotValue<'a>)>;
type DotDefaults<'a> = Rc<BTreeMap<Cow<'a, str>, DotValue<'a>>>;

/// An end of edges: a node, or the members of a set as a part of all mentions.
#[derive(Clone, Debug)]
pub(super) enum EdgeEnd {
    Node(usize),
    Set(Range<usize>),
}

impl EdgeEnd {
    /// Returns how many mentions of nodes it has.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Node(_) => 1,
            Self::Set(mentions) => mentions.len(),
        }
    }
}

/// A graph or subgraph that is open, with its current statement.
#[derive(Debug, Default)]
pub(super) struct DotScope<'a> {
    node_defaults: DotDefaults<'a>,
    edge_defaults: DotDefaults<'a>,
    /// The cluster in which it is.
    cluster: Option<usize>,
    name: Option<Cow<'a, str>>,
    /// The first of its mentions of nodes.
    first_mention: usize,
    /// The ends of the edges of the statement so far, and whether a further one is awaited.
    pub(super) chain: Vec<EdgeEnd>,
    pub(super) is_awaited: bool,
    pub(super) attributes: DotAttributes<'a>,
    /// The line where the statement begins.
    pub(super) line: u32,
}

#[derive(Debug)]
struct Cluster {
    label: String,
    around: Option<usize>,
}

#[derive(Debug)]
pub(super) struct DotNode<'a> {
    pub(super) id: Cow<'a, str>,
    /// The line where it is mentioned first.
    pub(super) line: u32,
    defaults: DotDefaults<'a>,
    own: DotAttributes<'a>,
    cluster: Option<usize>,
}

/// All nodes, and the open scopes from the outermost on.
#[derive(Debug, Default)]
pub(super) struct Scopes<'a> {
    pub(super) open: Vec<DotScope<'a>>,
    pub(super) nodes: Vec<DotNode<'a>>,
    by_id: HashMap<Cow<'a, str>, usize>,
    clusters: Vec<Cluster>,
    /// Each mention of a node, in file order.
    mentions: Vec<usize>,
    /// The mentions within subgraphs that have a name.
    pub(super) named: HashMap<Cow<'a, str>, Range<usize>>,
    /// A scope for what comes before any graph.
    spare: DotScope<'a>,
}

/// Maximum number of clusters around a node that its group names.
const MAX_NAMED_CLUSTERS: usize = 8;

impl<'a> Scopes<'a> {
    pub(super) fn top(&mut self) -> &mut DotScope<'a> {
        self.open.last_mut().unwrap_or(&mut self.spare)
    }

    pub(super) fn open_scope(&mut self, name: Option<Cow<'a, str>>) {
        let first_mention = self.mentions.len();
        let top = self.top();
        let (node_defaults, edge_defaults) = (Rc::clone(&top.node_defaults), Rc::clone(&top.edge_defaults));
        let mut cluster = top.cluster;
        if let Some(label) = name.as_ref().and_then(|name| name.strip_prefix("cluster")) {
            let plain = label.trim_matches(['_', '-', ' ']);
            let is_number = plain.bytes().all(|byte| byte.is_ascii_digit());
            let label = if is_number { name.as_deref().unwrap_or_default() } else { plain }.to_owned();
            self.clusters.push(Cluster { label, around: cluster });
            cluster = Some(self.clusters.len() - 1);
        }
        self.open.push(DotScope { node_defaults, edge_defaults, cluster, name, first_mention, ..DotScope::default() });
    }

    /// Closes the innermost scope and returns the mentions of nodes in it; `None` for the graph itself.
    pub(super) fn close_scope(&mut self) -> Option<Range<usize>> {
        let scope = self.open.pop()?;
        let members = scope.first_mention..self.mentions.len();
        if let Some(name) = scope.name {
            self.named.insert(name, members.clone());
        }
        (!self.open.is_empty()).then_some(members)
    }

    pub(super) fn set_cluster_label(&mut self, label: String) {
        let (cluster, around) = match self.open.as_slice() {
            [.., around, top] => (top.cluster, around.cluster),
            _ => return,
        };
        // A subgraph that is no cluster has the cluster that is around it.
        if let Some(cluster) = cluster.filter(|cluster| Some(*cluster) != around && !label.is_empty()) {
            self.clusters[cluster].label = label;
        }
    }

    pub(super) fn set_default(&mut self, is_of_nodes: bool, name: Cow<'a, str>, value: DotValue<'a>) {
        let top = self.top();
        let defaults = if is_of_nodes { &mut top.node_defaults } else { &mut top.edge_defaults };
        Rc::make_mut(defaults).insert(name, value);
    }

    /// Returns the node with an id, which is made where it is mentioned first.
    pub(super) fn node(&mut self, id: Cow<'a, str>, line: u32) -> usize {
        let top = self.top();
        let (defaults, cluster) = (Rc::clone(&top.node_defaults), top.cluster);
        let next = self.nodes.len();
        let index = *self.by_id.entry(id.clone()).or_insert(next);
        if index == next {
            self.nodes.push(DotNode { id, line, defaults, own: Vec::new(), cluster: None });
        }
        let node = &mut self.nodes[index];
        // The first cluster stays, but for one within it.
        let is_within = || cluster.and_then(|cluster| self.clusters[cluster].around) == node.cluster;
        if node.cluster.is_none() || is_within() {
            node.cluster = cluster.or(node.cluster);
        }
        self.mentions.push(index);
        index
    }

    pub(super) fn set_of_node(&mut self, node: usize, attributes: DotAttributes<'a>) {
        self.nodes[node].own.extend(attributes);
    }

    /// Returns the nodes of an end, each once.
    pub(super) fn members(&self, end: &EdgeEnd) -> Vec<usize> {
        match end {
            EdgeEnd::Node(node) => vec![*node],
            EdgeEnd::Set(mentions) => {
                let mut known = HashSet::new();
                let mentions = self.mentions.get(mentions.clone()).unwrap_or_default();
                mentions.iter().copied().filter(|node| known.insert(*node)).collect()
            }
        }
    }

    /// Returns all attributes of an edge in the innermost scope.
    pub(super) fn with_edge_defaults(&mut self, own: &DotAttributes<'a>) -> BTreeMap<Cow<'a, str>, DotValue<'a>> {
        let mut all = BTreeMap::clone(&self.top().edge_defaults);
        all.extend(own.iter().cloned());
        all
    }

    pub(super) fn with_node_defaults(&self, node: usize) -> BTreeMap<Cow<'a, str>, DotValue<'a>> {
        let node = &self.nodes[node];
        let mut all = BTreeMap::clone(&node.defaults);
        all.extend(node.own.iter().cloned());
        all
    }

    /// Returns the labels of the clusters in which a node is, the outermost first.
    pub(super) fn group_of(&self, node: usize) -> Option<String> {
        let clusters = std::iter::successors(self.nodes[node].cluster, |cluster| self.clusters[*cluster].around);
        let mut labels: Vec<&str> =
            clusters.take(MAX_NAMED_CLUSTERS).map(|at| self.clusters[at].label.as_str()).collect();
        labels.reverse();
        (!labels.is_empty()).then(|| labels.join(" / "))
    }
}
