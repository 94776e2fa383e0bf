//! JSON Canvas, the format of Obsidian: cards of text, files, links and groups, with edges between them.

use std::borrow::Cow;

use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, CellKind, Stop};
use crate::wording::read::Role;

use super::attributes::{LeftOut, brief, put_fields};
use super::document::{LineCounter, scan_noted};
use super::value::JsonValue;

/// The colors that are numbers, in the order of the format: red, orange, yellow, green, cyan, purple.
const COLORS: [&str; 6] = ["#fb464c", "#e9973f", "#e0de71", "#44cf6e", "#53dfdd", "#a882ff"];

/// Fields of cards and of edges that are read.
const OF_CARDS: [&str; 8] = ["id", "x", "y", "width", "height", "color", "type", "label"];
const OF_EDGES: [&str; 9] = ["id", "fromNode", "toNode", "fromEnd", "toEnd", "label", "fromSide", "toSide", "color"];

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy)]
struct CardFrame([f64; 4]);

impl CardFrame {
    fn of(node: JsonValue<'_, '_>) -> Option<Self> {
        let [x, y, width, height] =
            ["x", "y", "width", "height"].map(|name| node.get(name).and_then(JsonValue::number));
        let (x, y) = (x?, y?);
        Some(Self([x, y, x + width.unwrap_or(0.0), y + height.unwrap_or(0.0)]))
    }

    fn center(self) -> [f64; 2] {
        let [left, top, right, bottom] = self.0;
        [f64::midpoint(left, right), f64::midpoint(top, bottom)]
    }

    fn area(self) -> f64 {
        let [left, top, right, bottom] = self.0;
        (right - left) * (bottom - top)
    }

    fn contains(self, other: Self) -> bool {
        let [left, top, right, bottom] = self.0;
        other.0[0] >= left && other.0[1] >= top && other.0[2] <= right && other.0[3] <= bottom
    }
}

/// The maximum number of groups in which cards are looked for.
const MAX_GROUPS: usize = 1000;

/// Reads a canvas.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let tape = scan_noted(text, &mut graph.notes, meter)?;
    let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
    let list = |name: &str| root.get(name).into_iter().flat_map(JsonValue::items);
    let groups = list("nodes").filter(|node| node.says("type", "group"));
    let groups: Vec<(CardFrame, Cow<'a, str>)> =
        groups.filter_map(|group| Some((CardFrame::of(group)?, group.word_of("id")?))).take(MAX_GROUPS).collect();
    let (mut lines, mut left_out) = (LineCounter::new(text), LeftOut::default());
    for (index, node) in list("nodes").enumerate() {
        let number = lines.line(node.offset());
        card(node, index, &groups, (number, meter), graph)?;
    }
    for edge in list("edges") {
        let number = lines.line(edge.offset());
        let mut ends = ["fromNode", "toNode"].map(|end| edge.word_of(end).unwrap_or_default());
        let has_arrow = |end: &str, usual: &str| edge.word_of(end).as_deref().unwrap_or(usual) == "arrow";
        let (at_start, at_end) = (has_arrow("fromEnd", "none"), has_arrow("toEnd", "arrow"));
        if at_start && !at_end {
            ends.swap(0, 1);
        }
        graph.set_tie(edge.word_of("id").unwrap_or_default(), ends, Some(at_start != at_end));
        if let Some(label) = edge.word_of("label") {
            graph.ties.put("label", Some(Role::Label), label);
        }
        for name in ["fromSide", "toSide", "color"].into_iter().filter(|name| edge.has(name)) {
            left_out.add(name);
        }
        put_fields(&mut graph.ties, edge, &OF_EDGES, (number, meter))?;
        graph.ties.end(number, meter)?;
    }
    left_out.note("what describes only how an edge is drawn is", &mut graph.notes);
    Ok(())
}

/// Reads a card or group.
fn card<'a>(
    node: JsonValue<'a, '_>,
    index: usize,
    groups: &[(CardFrame, Cow<'a, str>)],
    (number, meter): (u32, &Meter),
    graph: &mut GraphTables<'a>,
) -> Result<(), Stop> {
    let id = node.word_of("id").unwrap_or_else(|| format!("card {}", index + 1).into());
    let kind = node.word_of("type").unwrap_or_default();
    let words = |name: &str| node.word_of(name).unwrap_or_default();
    let (name, summary): (Cow<'a, str>, Option<String>) = match &*kind {
        "file" => (file_stem(&words("file")).into(), None),
        "link" => (words("url"), None),
        "group" => (words("label"), None),
        _ => {
            let text = words("text");
            let mut lines = text.lines().map(str::trim).skip_while(|line| without_marks(line).is_empty());
            let name = lines.next().map(without_marks).unwrap_or_default();
            let rest = lines.collect::<Vec<_>>().join("\n");
            (name.into(), Some(rest.trim().to_owned()))
        }
    };
    let is_group = kind == "group";
    let name = if name.is_empty() && is_group { Cow::Borrowed("Group") } else { name };
    let frame = CardFrame::of(node);
    graph.set_actor(id.clone(), if name.is_empty() { id.clone() } else { name });
    let actors = &mut graph.actors;
    if let Some(summary) = summary.filter(|summary| !summary.is_empty()) {
        actors.put("text", Some(Role::Summary), summary);
    }
    if kind == "link" {
        actors.put("url", Some(Role::Url), words("url"));
    }
    if let Some(frame) = frame {
        for (name, role, at) in [("x", Role::X, frame.center()[0]), ("y", Role::Y, frame.center()[1])] {
            let column = actors.column(name, Some(role));
            actors.set(column, Cell { text: at.to_string().into(), kind: CellKind::Number });
        }
        let around = groups.iter().filter(|(group, other)| *other != id && group.contains(frame));
        // A group of the same size is not around another one, or each would be in the other.
        let around = around.filter(|(group, _)| !is_group || group.area() > frame.area());
        if let Some((_, group)) = around.min_by(|(a, _), (b, _)| a.area().total_cmp(&b.area())) {
            actors.put("group", Some(Role::PartOf), brief(group.clone()));
        }
    }
    if let Some(color) = node.word_of("color") {
        let preset = color.parse::<usize>().ok().and_then(|number| COLORS.get(number.checked_sub(1)?));
        actors.put("color", Some(Role::Color), preset.map_or(color, |preset| Cow::Borrowed(*preset)));
    }
    let own = match &*kind {
        "text" => "text",
        "link" => "url",
        _ => "",
    };
    for (name, value) in node.fields().filter(|(name, _)| !OF_CARDS.contains(&&**name) && name != own) {
        super::attributes::put_value(actors, name, None, value, (number, meter))?;
    }
    if kind != "text" {
        actors.put("type", Some(Role::Keep), kind);
    }
    actors.end(number, meter)
}

/// Returns the name of a file without folder and extension.
fn file_stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem }).to_owned()
}

/// Returns a line of Markdown without the marks of headings, lists, emphasis and links.
fn without_marks(line: &str) -> String {
    let line = line.trim_start_matches(['#', '>', ' ']).trim();
    let line = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
    let line = line.replace("**", "").replace("__", "").replace("==", "").replace("[[", "").replace("]]", "");
    let line = line.trim();
    let inner = ["*", "_", "`"].iter().find_map(|mark| line.strip_prefix(mark)?.strip_suffix(mark));
    let line = inner.unwrap_or(line);
    let link = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(')')?.split_once("]("));
    link.map_or(line, |(words, _)| words).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{file_stem, without_marks};

    #[test]
    fn names_are_plain_words() {
        for (line, plain) in [
            ("**Mayor Lindt**", "Mayor Lindt"),
            ("## Heading", "Heading"),
            ("- *leaning*", "leaning"),
            ("[[People/Otto]]", "People/Otto"),
            ("[words](https://example.org)", "words"),
            ("a*b", "a*b"),
            ("**", ""),
        ] {
            assert_eq!(without_marks(line), plain, "{line}");
        }
        assert_eq!(file_stem("People/Otto Brink.md"), "Otto Brink");
        assert_eq!((file_stem(".hidden"), file_stem("a.b.md")), (".hidden".to_owned(), "a.b".to_owned()));
    }
}
