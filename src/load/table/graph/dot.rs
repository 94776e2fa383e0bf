//! Reads DOT, the language of Graphviz: chains of edges, sets of nodes, clusters, and defaults.

mod labels;
mod lexer;
mod rows;
mod scopes;

use std::borrow::Cow;

use crate::hidden_characters::visible;
use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;
use crate::wording::read::Role;

use super::GraphFormat;
use super::elements::GraphTables;
use super::markup::cut_off;
use labels::{EscapeNames, text_of};
use lexer::{DotLexer, DotToken, is_dot};
use rows::{is_layout, put, put_color, put_place};
use scopes::{DotAttributes, DotScope, DotValue, EdgeEnd, Scopes};

pub(super) const FORMATS: &[GraphFormat] = &[GraphFormat {
    format: "dot",
    sniff: |text, ending| matches!(ending, "dot" | "gv") || is_dot(text),
    has_shared_ids: false,
    read,
}];

/// The number of statements between two progress reports.
const STATEMENTS_PER_REPORT: usize = 4096;
/// Maximum number of node names in sets at the ends of edges: a file of a few bytes could repeat them endlessly.
const MAX_SET_MEMBERS: usize = 20_000_000;
/// Titles that say nothing.
const NO_TITLES: [&str; 4] = ["", "G", "g", "graph"];

fn read<'a>(text: &'a str, tables: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let mut reader = DotReader {
        lexer: DotLexer::new(text),
        tables,
        meter,
        is_directed: false,
        name: Cow::Borrowed(""),
        scopes: Scopes::default(),
        statements: 0,
        set_members: 0,
    };
    let done = reader.read();
    // Nodes get their attributes in any statement, so they are known only at the end.
    reader.put_actors()?;
    done
}

struct DotReader<'a, 't, 'p> {
    lexer: DotLexer<'a>,
    tables: &'t mut GraphTables<'a>,
    meter: &'t Meter<'p>,
    is_directed: bool,
    /// What the graph is called.
    name: Cow<'a, str>,
    scopes: Scopes<'a>,
    statements: usize,
    set_members: usize,
}

impl<'a> DotReader<'a, '_, '_> {
    fn read(&mut self) -> Result<(), Stop> {
        self.read_head()?;
        while !self.scopes.open.is_empty() {
            self.statements += 1;
            if self.statements.is_multiple_of(STATEMENTS_PER_REPORT) {
                self.meter.report(self.lexer.progress())?;
            }
            match self.lexer.next()? {
                None => {
                    self.finish_statement()?;
                    return Err(cut_off());
                }
                Some(DotToken::Sign(b'{')) => self.open_scope(None)?,
                Some(DotToken::Sign(b'}')) => {
                    self.finish_statement()?;
                    self.close_scope();
                }
                Some(DotToken::Sign(b';' | b',')) => self.finish_statement()?,
                Some(DotToken::Sign(b'[')) => {
                    let attributes = self.read_attributes()?;
                    self.scopes.top().attributes.extend(attributes);
                }
                Some(DotToken::Edge) if !self.scopes.top().chain.is_empty() => self.scopes.top().is_awaited = true,
                Some(DotToken::Word(word)) => self.read_word(word)?,
                Some(DotToken::Text(name)) => self.read_name(name)?,
                Some(DotToken::Html(name)) => self.read_name(Cow::Borrowed(name))?,
                Some(DotToken::Edge | DotToken::Sign(_)) => {
                    let message = format!("line {} is not a DOT statement", self.lexer.token_line());
                    return Err(Stop::refused(message, "check it with Graphviz"));
                }
            }
        }
        if self.lexer.next()?.is_some() {
            let line = self.lexer.token_line();
            self.tables.warn(line, "only the first graph of the file is read", "give each graph a file of its own");
        }
        Ok(())
    }

    fn read_head(&mut self) -> Result<(), Stop> {
        let no_graph = || Stop::refused("it has no graph", "begin with graph { or digraph {");
        loop {
            match self.lexer.next()? {
                Some(DotToken::Word(word)) if word.eq_ignore_ascii_case("digraph") => self.is_directed = true,
                Some(DotToken::Word(word))
                    if ["strict", "graph"].iter().any(|known| word.eq_ignore_ascii_case(known)) => {}
                Some(DotToken::Word(name) | DotToken::Html(name)) => self.name = Cow::Borrowed(name),
                Some(DotToken::Text(name)) => self.name = name,
                Some(DotToken::Sign(b'{')) => break,
                _ => return Err(no_graph()),
            }
        }
        if !NO_TITLES.contains(&&*self.name) {
            self.tables.title = Some(visible(&self.name).into_owned());
        }
        self.scopes.open.push(DotScope::default());
        Ok(())
    }

    /// Reads a word that may be a keyword.
    fn read_word(&mut self, word: &'a str) -> Result<(), Stop> {
        let is = |known: &str| word.eq_ignore_ascii_case(known);
        if is("subgraph") {
            let name = match self.lexer.peek()? {
                Some(DotToken::Word(_) | DotToken::Text(_) | DotToken::Html(_)) => self.lexer.next()?,
                _ => None,
            };
            let name = match name {
                Some(DotToken::Word(name) | DotToken::Html(name)) => Some(Cow::Borrowed(name)),
                Some(DotToken::Text(name)) => Some(name),
                _ => None,
            };
            if self.lexer.is_next(b'{')? {
                self.lexer.next()?;
                return self.open_scope(name);
            }
            self.begin_end()?;
            let members = name.and_then(|name| self.scopes.named.get(&name).cloned()).unwrap_or_default();
            self.scopes.top().chain.push(EdgeEnd::Set(members));
            return Ok(());
        }
        if (is("graph") || is("node") || is("edge")) && self.lexer.is_next(b'[')? {
            self.finish_statement()?;
            while self.lexer.is_next(b'[')? {
                self.lexer.next()?;
                let attributes = self.read_attributes()?;
                for (name, value) in attributes {
                    if is("graph") {
                        self.set_of_graph(&name, &value);
                    } else {
                        self.scopes.set_default(is("node"), name, value);
                    }
                }
            }
            return Ok(());
        }
        self.read_name(Cow::Borrowed(word))
    }

    /// Reads what begins with a name: a node, or an attribute of the graph.
    fn read_name(&mut self, name: Cow<'a, str>) -> Result<(), Stop> {
        let line = self.lexer.token_line();
        self.begin_end()?;
        if self.scopes.top().chain.is_empty() && self.lexer.is_next(b'=')? {
            self.lexer.next()?;
            if let Some(value) = self.read_value()? {
                self.set_of_graph(&name, &value);
            }
            return Ok(());
        }
        // A port says where at its node an edge ends.
        for _ in 0..2 {
            if self.lexer.is_next(b':')? {
                self.lexer.next()?;
                self.lexer.next()?;
            }
        }
        let node = self.scopes.node(name, line);
        self.scopes.top().chain.push(EdgeEnd::Node(node));
        Ok(())
    }

    /// Ends the statement before, unless an end of an edge is awaited.
    fn begin_end(&mut self) -> Result<(), Stop> {
        if !self.scopes.top().is_awaited {
            self.finish_statement()?;
        }
        let line = self.lexer.token_line();
        let top = self.scopes.top();
        if top.chain.is_empty() {
            top.line = line;
        }
        top.is_awaited = false;
        Ok(())
    }

    fn read_attributes(&mut self) -> Result<DotAttributes<'a>, Stop> {
        let mut attributes = DotAttributes::new();
        loop {
            let name = match self.lexer.next()? {
                Some(DotToken::Sign(b']')) => return Ok(attributes),
                Some(DotToken::Sign(b',' | b';')) => continue,
                Some(DotToken::Word(name) | DotToken::Html(name)) => Cow::Borrowed(name),
                Some(DotToken::Text(name)) => name,
                None => return Err(cut_off()),
                Some(_) => {
                    let message = format!("line {} has no valid DOT attribute list", self.lexer.token_line());
                    return Err(Stop::refused(message, "check it with Graphviz"));
                }
            };
            let mut value = Some(DotValue::Text(Cow::Borrowed("true")));
            if self.lexer.is_next(b'=')? {
                self.lexer.next()?;
                value = self.read_value()?;
            }
            attributes.extend(value.map(|value| (name, value)));
        }
    }

    fn read_value(&mut self) -> Result<Option<DotValue<'a>>, Stop> {
        Ok(match self.lexer.next()? {
            Some(DotToken::Word(word)) => Some(DotValue::Text(Cow::Borrowed(word))),
            Some(DotToken::Text(text)) => Some(DotValue::Text(text)),
            Some(DotToken::Html(html)) => Some(DotValue::Html(html)),
            Some(_) => None,
            None => return Err(cut_off()),
        })
    }

    fn set_of_graph(&mut self, name: &str, value: &DotValue<'a>) {
        if name.eq_ignore_ascii_case("label") {
            let names = EscapeNames { graph: &self.name, ..EscapeNames::default() };
            let label = text_of(value, &names).split_whitespace().collect::<Vec<_>>().join(" ");
            if self.scopes.open.len() > 1 {
                self.scopes.set_cluster_label(label);
            } else if !label.is_empty() {
                self.tables.title = Some(visible(&label).into_owned());
            }
        } else if self.scopes.open.len() == 1 && ["comment", "tooltip"].contains(&name) {
            self.tables.description = Some(text_of(value, &EscapeNames::default()));
        }
    }

    fn open_scope(&mut self, name: Option<Cow<'a, str>>) -> Result<(), Stop> {
        self.begin_end()?;
        self.scopes.open_scope(name);
        Ok(())
    }

    fn close_scope(&mut self) {
        if let Some(members) = self.scopes.close_scope()
            && let Some(above) = self.scopes.open.last_mut()
        {
            above.chain.push(EdgeEnd::Set(members));
        }
    }

    /// Ends the current statement: sets the attributes of a node, or makes the edges of a chain.
    fn finish_statement(&mut self) -> Result<(), Stop> {
        let top = self.scopes.top();
        top.is_awaited = false;
        let (chain, attributes) = (std::mem::take(&mut top.chain), std::mem::take(&mut top.attributes));
        match chain.as_slice() {
            [] | [EdgeEnd::Set(_)] => Ok(()),
            [EdgeEnd::Node(node)] => {
                self.scopes.set_of_node(*node, attributes);
                Ok(())
            }
            chain => {
                let line = self.scopes.top().line;
                chain.windows(2).try_for_each(|ends| self.add_edges(&ends[0], &ends[1], &attributes, line))
            }
        }
    }

    fn add_edges(
        &mut self,
        from: &EdgeEnd,
        to: &EdgeEnd,
        attributes: &DotAttributes<'a>,
        line: u32,
    ) -> Result<(), Stop> {
        if from.count() == 0 || to.count() == 0 {
            return Ok(());
        }
        self.set_members = self.set_members.saturating_add(from.count().saturating_add(to.count()));
        if self.set_members > MAX_SET_MEMBERS {
            let message = format!("up to line {line}, its nested sets of nodes have too many members");
            return Err(Stop::Exceeded { message, remedy: "write the edges one by one" });
        }
        let (froms, tos) = (self.scopes.members(from), self.scopes.members(to));
        for from in &froms {
            for to in &tos {
                self.add_tie([*from, *to], attributes, line)?;
            }
        }
        Ok(())
    }

    fn add_tie(&mut self, ends: [usize; 2], attributes: &DotAttributes<'a>, line: u32) -> Result<(), Stop> {
        let mut ids = ends.map(|end| self.scopes.nodes[end].id.clone());
        self.meter.count_copies(ids[0].len() + ids[1].len(), 1)?;
        let all = self.scopes.with_edge_defaults(attributes);
        let text = |name: &str| match all.get(name) {
            Some(DotValue::Text(text)) => text.as_ref(),
            _ => "",
        };
        let mut is_directed = self.is_directed;
        match text("dir") {
            "back" => {
                ids.reverse();
                is_directed = true;
            }
            "forward" => is_directed = true,
            "both" | "none" => is_directed = false,
            _ if text("arrowhead") == "none" => is_directed = false,
            _ => {}
        }
        let [tail, head] = ends.map(|end| self.scopes.nodes[end].id.clone());
        let names =
            EscapeNames { graph: &self.name, node: "", tail: &tail, head: &head, is_directed: self.is_directed };
        let id = all.get("id").map_or_else(String::new, |id| text_of(id, &names));
        let rows = &mut self.tables.ties;
        let has_pos = all.contains_key("pos");
        for (name, value) in &all {
            let is_used = matches!(&**name, "dir" | "id" | "pos") || is_layout(name, has_pos);
            if !is_used {
                self.meter.count_copies(value.len(), 1)?;
                put(rows, name.clone(), value, &names, false);
            }
        }
        self.tables.set_tie(id, ids, Some(is_directed));
        self.tables.end_tie(line, self.meter)
    }

    fn put_actors(&mut self) -> Result<(), Stop> {
        for index in 0..self.scopes.nodes.len() {
            let (node, own) = (&self.scopes.nodes[index], self.scopes.with_node_defaults(index));
            let names = EscapeNames { graph: &self.name, node: &node.id, ..EscapeNames::default() };
            let rows = &mut self.tables.actors;
            let name = own.get("label").map(|label| text_of(label, &names));
            let is_record = matches!(own.get("shape"), Some(DotValue::Text(shape)) if shape.ends_with("ecord"));
            let name = name.map(|name| if is_record { labels::text_of_record(&name) } else { name });
            let name = name.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
            let name = name.filter(|name| !name.is_empty()).map_or_else(|| node.id.clone(), Cow::Owned);
            let has_pos = own.contains_key("pos");
            let has_fill = own.contains_key("fillcolor");
            for (attribute, value) in &own {
                self.meter.count_copies(value.len(), 1)?;
                match (&**attribute, value) {
                    ("label", _) => {}
                    ("pos", DotValue::Text(text)) => put_place(rows, text),
                    ("fillcolor", DotValue::Text(text)) => put_color(rows, text),
                    ("color", DotValue::Text(text)) if !has_fill => put_color(rows, text),
                    (name, _) if is_layout(name, has_pos) => {}
                    _ => put(rows, attribute.clone(), value, &names, true),
                }
            }
            if let Some(group) = self.scopes.group_of(index) {
                self.meter.count_copies(group.len(), 1)?;
                rows.put("group", Some(Role::Keep), group);
            }
            let (id, line) = (node.id.clone(), node.line);
            self.tables.set_actor(id, name);
            self.tables.actors.end(line, self.meter)?;
        }
        Ok(())
    }
}
