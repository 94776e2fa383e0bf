//! Reads GML as `NetworkX`, igraph, Gephi and yEd write it: nested pairs of a key and a value.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memchr;

use crate::hidden_characters::visible;
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop};
use crate::wording::read::Role;

use super::GraphFormat;
use super::color::color_of;
use super::elements::{GraphRows, GraphTables};
use super::html::{decode_references, text_of_html};
use super::markup::cut_off;

pub(super) const FORMATS: &[GraphFormat] = &[GraphFormat {
    format: "gml",
    sniff: |text, ending| ending == "gml" || is_gml(text),
    has_shared_ids: false,
    read,
}];

/// The number of elements between two progress reports.
const ELEMENTS_PER_REPORT: usize = 4096;
/// What `NetworkX` writes before a list of one value.
const LIST_START: &str = "_networkx_list_start";

/// Whether a text begins with pairs of keys and values, of which one is a graph.
fn is_gml(text: &str) -> bool {
    let mut lexer = GmlLexer::new(text);
    let mut depth = 0_usize;
    for _ in 0..40 {
        match lexer.next() {
            Ok(Some(GmlToken::Open)) => depth += 1,
            Ok(Some(GmlToken::Close)) if depth > 0 => depth -= 1,
            Ok(Some(GmlToken::Word(word))) if depth == 0 && word.eq_ignore_ascii_case("graph") => {
                return matches!(lexer.next(), Ok(Some(GmlToken::Open))) && text.contains("node");
            }
            Ok(Some(GmlToken::Word(_) | GmlToken::Text(_))) => {}
            _ => return false,
        }
    }
    false
}

fn read<'a>(text: &'a str, tables: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let mut reader = GmlReader {
        lexer: GmlLexer::new(text),
        tables,
        meter,
        path: Vec::new(),
        is_directed: false,
        element: None,
        elements: 0,
    };
    reader.read()
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum GmlToken<'a> {
    Open,
    Close,
    /// A key or a number.
    Word(&'a str),
    /// A text in quotes.
    Text(&'a str),
}

struct GmlLexer<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> GmlLexer<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    fn next(&mut self) -> Result<Option<GmlToken<'a>>, Stop> {
        let bytes = self.text.as_bytes();
        loop {
            let Some(byte) = bytes.get(self.at) else { return Ok(None) };
            match byte {
                b'\n' => self.line += 1,
                b'#' => {
                    let rest = &bytes[self.at..];
                    self.at += memchr(b'\n', rest).unwrap_or(rest.len());
                    continue;
                }
                byte if byte.is_ascii_whitespace() || *byte == b',' => {}
                b'[' => {
                    self.at += 1;
                    return Ok(Some(GmlToken::Open));
                }
                b']' => {
                    self.at += 1;
                    return Ok(Some(GmlToken::Close));
                }
                b'"' => {
                    let start = self.at + 1;
                    let Some(length) = memchr(b'"', &bytes[start..]) else { return Err(cut_off()) };
                    let text = &self.text[start..start + length];
                    self.line += memchr::memchr_iter(b'\n', text.as_bytes()).count() as u32;
                    self.at = start + length + 1;
                    return Ok(Some(GmlToken::Text(text)));
                }
                _ => {
                    let rest = &self.text[self.at..];
                    let end = rest
                        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '[' | ']' | '"'))
                        .unwrap_or(rest.len());
                    self.at += end;
                    return Ok(Some(GmlToken::Word(&rest[..end])));
                }
            }
            self.at += 1;
        }
    }
}

/// A value of an element.
#[derive(Debug)]
struct GmlValue<'a> {
    text: Cow<'a, str>,
    is_quoted: bool,
}

/// A node or edge while it is read.
#[derive(Debug, Default)]
struct GmlElement<'a> {
    is_edge: bool,
    line: u32,
    /// The values of each key; nested keys are joined by dots.
    values: Vec<(Cow<'a, str>, Vec<GmlValue<'a>>)>,
    by_key: HashMap<Cow<'a, str>, usize>,
}

impl<'a> GmlElement<'a> {
    fn add(&mut self, key: Cow<'a, str>, value: GmlValue<'a>) {
        let index = *self.by_key.entry(key.clone()).or_insert_with(|| {
            self.values.push((key, Vec::new()));
            self.values.len() - 1
        });
        self.values[index].1.push(value);
    }

    /// Takes the first value of a key.
    fn take(&mut self, key: &str) -> Option<Cow<'a, str>> {
        let values = &mut self.values[*self.by_key.get(key)?].1;
        if values.is_empty() { None } else { Some(values.remove(0).text) }
    }

    fn take_number(&mut self, key: &str) -> Option<f64> {
        self.take(key)?.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }
}

struct GmlReader<'a, 't, 'p> {
    lexer: GmlLexer<'a>,
    tables: &'t mut GraphTables<'a>,
    meter: &'t Meter<'p>,
    /// The keys whose values are open.
    path: Vec<&'a str>,
    is_directed: bool,
    element: Option<GmlElement<'a>>,
    elements: usize,
}

impl<'a> GmlReader<'a, '_, '_> {
    fn read(&mut self) -> Result<(), Stop> {
        let mut key: Option<&'a str> = None;
        while let Some(token) = self.lexer.next()? {
            match (token, key.take()) {
                (GmlToken::Word(word), None) => key = Some(word),
                (GmlToken::Word(word), Some(key)) => self.add(key, Cow::Borrowed(word), false),
                (GmlToken::Text(text), Some(key)) => self.add(key, decode_references(text), true),
                (GmlToken::Open, Some(key)) => self.open(key)?,
                (GmlToken::Close, None) if !self.path.is_empty() => self.close()?,
                (_, _) => {
                    let message = format!("in line {}, a key and its value are expected", self.lexer.line);
                    return Err(Stop::refused(message, "save it again in the program it comes from"));
                }
            }
        }
        if self.path.is_empty() && key.is_none() { Ok(()) } else { Err(cut_off()) }
    }

    fn open(&mut self, key: &'a str) -> Result<(), Stop> {
        self.path.push(key);
        let is_edge = key.eq_ignore_ascii_case("edge");
        let is_element = is_edge || key.eq_ignore_ascii_case("node");
        if self.path.len() == 2 && is_element && self.path[0].eq_ignore_ascii_case("graph") {
            self.elements += 1;
            if self.elements.is_multiple_of(ELEMENTS_PER_REPORT) {
                self.meter.report(self.lexer.at as f32 / self.lexer.text.len().max(1) as f32)?;
            }
            self.element = Some(GmlElement { is_edge, line: self.lexer.line, ..GmlElement::default() });
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), Stop> {
        self.path.pop();
        if self.path.len() == 1
            && let Some(element) = self.element.take()
        {
            return if element.is_edge { self.add_tie(element) } else { self.add_actor(element) };
        }
        Ok(())
    }

    fn add(&mut self, key: &'a str, text: Cow<'a, str>, is_quoted: bool) {
        match &mut self.element {
            Some(element) => {
                let key = match self.path.get(2..) {
                    // What is deeper than anybody writes has no name.
                    Some([]) | None => Cow::Borrowed(key),
                    Some([inner]) => format!("{inner}.{key}").into(),
                    Some([inner, .., last]) => format!("{inner}.{last}.{key}").into(),
                };
                element.add(key, GmlValue { text, is_quoted });
            }
            None if self.path.len() == 1 && self.path[0].eq_ignore_ascii_case("graph") => {
                let value = text.trim();
                match key.to_ascii_lowercase().as_str() {
                    "directed" => self.is_directed = value != "0",
                    "label" | "name" if !value.is_empty() => self.tables.title = Some(visible(value).into_owned()),
                    "comment" | "description" if !value.is_empty() => self.tables.description = Some(value.to_owned()),
                    _ => {}
                }
            }
            None => {}
        }
    }

    fn add_actor(&mut self, mut element: GmlElement<'a>) -> Result<(), Stop> {
        let id = element.take("id").filter(|id| !id.trim().is_empty());
        let id = id.unwrap_or_else(|| format!("node in line {}", element.line).into());
        let name = ["label", "name", "LabelGraphics.text"]
            .iter()
            .find_map(|key| element.take(key).filter(|name| !name.trim().is_empty()));
        let name = name.map_or_else(|| id.clone(), |name| plain(&name));
        let is_group = element.take("isGroup").is_some_and(|flag| flag != "0");
        let rows = &mut self.tables.actors;
        if let (Some(x), Some(y), false) =
            (element.take_number("graphics.x"), element.take_number("graphics.y"), is_group)
        {
            rows.put_cell("x", Some(Role::X), Cell::number(x.to_string()));
            rows.put_cell("y", Some(Role::Y), Cell::number(y.to_string()));
        }
        if let Some(color) = element.take("graphics.fill").as_deref().and_then(color_of).filter(|_| !is_group) {
            rows.put("color", Some(Role::Color), color);
        }
        if let Some(shape) = element.take("graphics.type") {
            rows.put("shape", Some(Role::Keep), shape);
        }
        if let Some(parent) = element.take("gid") {
            self.meter.count_copies(parent.len(), 1)?;
            rows.put("part of", Some(Role::PartOf), parent);
        }
        if let Some(other) = element.take("name").filter(|other| *other != name && *other != id) {
            rows.put_cell("other names", Some(Role::Alias), Cell::list([other]));
        }
        put_values(&mut element, rows);
        self.tables.set_actor(id, name);
        self.tables.actors.end(element.line, self.meter)
    }

    fn add_tie(&mut self, mut element: GmlElement<'a>) -> Result<(), Stop> {
        let mut ends = ["source", "target"].map(|end| element.take(end).unwrap_or_default());
        let id = element.take("id").unwrap_or_default();
        let mut is_directed = element.take("directed").map_or(self.is_directed, |flag| flag != "0");
        let arrows = match element.take("graphics.arrow").as_deref() {
            Some("last") => Some([false, true]),
            Some("first") => Some([true, false]),
            Some("both") => Some([true, true]),
            Some("none") => Some([false, false]),
            _ => {
                let arrow = ["graphics.sourceArrow", "graphics.targetArrow"].map(|key| element.take(key));
                let is_said = arrow.iter().any(Option::is_some);
                is_said.then(|| arrow.map(|arrow| arrow.is_some_and(|arrow| arrow != "none")))
            }
        };
        if let Some([is_start, is_end]) = arrows {
            is_directed = is_start != is_end;
            if is_start && !is_end {
                ends.reverse();
            }
        }
        let rows = &mut self.tables.ties;
        let label = ["label", "LabelGraphics.text"]
            .iter()
            .find_map(|key| element.take(key).filter(|label| !label.trim().is_empty()));
        if let Some(label) = label {
            rows.put("label", Some(Role::Label), plain(&label));
        }
        if let Some(color) = element.take("graphics.fill").filter(|color| color != "#000000") {
            rows.put("line color", Some(Role::Keep), color);
        }
        put_values(&mut element, rows);
        self.tables.set_tie(id, ends, Some(is_directed));
        self.tables.end_tie(element.line, self.meter)
    }
}

/// Puts the values that are left into the columns of their keys; what only says how something is drawn is left out.
fn put_values<'a>(element: &mut GmlElement<'a>, rows: &mut GraphRows<'a>) {
    for (key, mut values) in element.values.drain(..) {
        let is_drawn = key.starts_with("graphics.") || key.starts_with("LabelGraphics.") || key.starts_with("Line.");
        if is_drawn || values.is_empty() {
            continue;
        }
        let is_list = values.len() > 1;
        values.retain(|value| value.text != LIST_START && !value.text.trim().is_empty());
        let cell = match (values.pop(), is_list) {
            (None, _) => continue,
            (Some(last), true) => {
                values.push(last);
                Cell::list(values.iter().map(|value| &value.text))
            }
            (Some(GmlValue { text, is_quoted: true }), false) => Cell::text(text),
            (Some(GmlValue { text, .. }), false) if text.eq_ignore_ascii_case("nan") => continue,
            (Some(GmlValue { text, .. }), false) => Cell::number(text),
        };
        rows.put_cell(key, None, cell);
    }
}

/// Returns a label as plain text.
fn plain(label: &str) -> Cow<'static, str> {
    let start = label.trim_start();
    if start.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("<html")) {
        return text_of_html(start).into();
    }
    label.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

#[cfg(test)]
mod tests {
    use super::is_gml;

    #[test]
    fn gml_is_told_by_its_first_keys() {
        for (text, is_one) in [
            ("graph [ directed 1 node [ id 1 ] ]", true),
            ("# c\nCreator \"x [\"\nVersion 1\ngraph\n[\n node [", true),
            ("graph { node [x] }", false),
            ("a,b\ngraph,node\n", false),
            ("graph", false),
            ("", false),
        ] {
            assert_eq!(is_gml(text), is_one, "{text}");
        }
    }
}
