//! Reads networks of Pajek, alone (`.net`) or in a project with partitions and vectors (`.paj`).

mod words;

use std::borrow::Cow;

use crate::hidden_characters::{Quoted, visible};
use crate::load::table::limits::Meter;
use crate::load::table::types::{Cell, Stop};
use crate::wording::read::Role;

use super::GraphFormat;
use super::elements::GraphTables;
use super::html::decode_references;
use super::numbered::{MatrixEntry, NumberedActors, is_zero, put_matrix};
use words::{PajekWord, PajekWords, color_of_pajek, time_of};

pub(super) const FORMATS: &[GraphFormat] =
    &[GraphFormat { format: "pajek", sniff: |text, _| is_pajek(text), has_shared_ids: false, read }];

/// The number of lines between two progress reports.
const LINES_PER_REPORT: u32 = 8192;
/// Shapes of vertices, which have no name before them.
const SHAPES: [&str; 9] = ["ellipse", "circle", "box", "diamond", "triangle", "cross", "house", "empty", "man"];

/// Whether the first line that is no comment begins a network.
fn is_pajek(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('%'));
    let starts = |word: &str| {
        first.and_then(|first| first.get(..word.len())).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    starts("*vertices") || starts("*network")
}

fn read<'a>(text: &'a str, tables: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let actors = NumberedActors::new(text);
    let mut reader = PajekReader {
        tables,
        meter,
        actors,
        part: PajekPart::None,
        kind: None,
        networks: 0,
        sides: None,
        entries: Vec::new(),
    };
    let mut read = 0;
    for (line, number) in text.lines().zip(1_u32..) {
        read += line.len() + 1;
        if number.is_multiple_of(LINES_PER_REPORT) {
            meter.report(read as f32 / text.len() as f32)?;
        }
        let line = line.trim();
        if line.is_empty() || line.starts_with('%') {
            continue;
        }
        match line.strip_prefix('*') {
            Some(heading) => reader.begin(heading, number)?,
            None => reader.read_line(line, number)?,
        }
    }
    reader.end_part()?;
    let PajekReader { actors, tables, .. } = reader;
    actors.put(tables, meter)
}

/// What the lines below a heading are.
#[derive(Debug)]
enum PajekPart<'a> {
    None,
    Vertices,
    /// Pairs of ends, with a weight; whether they have a direction.
    Lines(bool),
    /// An end and all others that it is tied to.
    Lists(bool),
    Matrix {
        row: usize,
        column: usize,
    },
    /// A value for each vertex: what it is called, and the next vertex.
    Values {
        heading: Cow<'a, str>,
        next: usize,
    },
    /// What no map has a place for.
    Other,
}

struct PajekReader<'a, 't, 'p> {
    tables: &'t mut GraphTables<'a>,
    meter: &'t Meter<'p>,
    actors: NumberedActors<'a>,
    part: PajekPart<'a>,
    /// The relation that the lines are of.
    kind: Option<Cow<'a, str>>,
    networks: usize,
    /// The number of vertices on the first side of a network with two.
    sides: Option<usize>,
    entries: Vec<MatrixEntry<'a>>,
}

impl<'a> PajekReader<'a, '_, '_> {
    /// Begins the part of a heading.
    fn begin(&mut self, heading: &'a str, line: u32) -> Result<(), Stop> {
        self.end_part()?;
        let (word, rest) = heading.split_once(char::is_whitespace).unwrap_or((heading, ""));
        let rest = rest.trim();
        let (word, relation) = match word.split_once(':') {
            Some((word, _)) => (word, rest),
            None => (word, rest),
        };
        let word = word.to_ascii_lowercase();
        let is_later = self.networks > 1;
        self.part = match word.as_str() {
            "network" => {
                self.networks += 1;
                if self.networks == 1 {
                    self.tables.title = Some(visible(rest).into_owned()).filter(|title| !title.is_empty());
                } else {
                    let message = format!("only the first network of the file is read, not {}", Quoted(rest));
                    self.tables.warn(line, message, "give each network a file of its own");
                }
                PajekPart::None
            }
            "vertices" => match std::mem::replace(&mut self.part, PajekPart::None) {
                // The values of a partition or vector have their number above them.
                values @ PajekPart::Values { .. } => values,
                PajekPart::Other => PajekPart::Other,
                _ if is_later => PajekPart::Other,
                _ => {
                    let mut numbers = rest.split_whitespace().map(str::parse);
                    let Some(Ok(count)) = numbers.next() else {
                        let message = format!("line {line} does not say how many vertices there are");
                        return Err(Stop::refused(message, "write *Vertices and their number"));
                    };
                    self.actors.set_count(count, line);
                    self.sides = numbers.next().and_then(Result::ok).filter(|first| *first < count);
                    PajekPart::Vertices
                }
            },
            "arcs" | "edges" | "arcslist" | "edgeslist" | "matrix" if !is_later => {
                self.kind = relation_of(relation);
                match word.as_str() {
                    "matrix" => PajekPart::Matrix { row: 0, column: 0 },
                    "arcslist" | "edgeslist" => PajekPart::Lists(word == "arcslist"),
                    _ => PajekPart::Lines(word == "arcs"),
                }
            }
            "partition" | "vector" => {
                let name = rest.rsplit(['/', '\\']).next().unwrap_or(rest);
                let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
                PajekPart::Values { heading: if name.is_empty() { word.into() } else { name.into() }, next: 1 }
            }
            _ => {
                if !is_later {
                    let message = format!("what is below *{} is left out", visible(heading));
                    self.tables.warn(line, message, "nothing to do, unless it has actors or ties");
                }
                PajekPart::Other
            }
        };
        Ok(())
    }

    fn read_line(&mut self, line: &'a str, number: u32) -> Result<(), Stop> {
        match &mut self.part {
            PajekPart::Vertices => {
                self.read_vertex(line, number);
                Ok(())
            }
            PajekPart::Lines(is_directed) => {
                let is_directed = *is_directed;
                self.read_tie(line, is_directed, number)
            }
            PajekPart::Lists(is_directed) => {
                let is_directed = *is_directed;
                self.read_list(line, is_directed, number)
            }
            PajekPart::Matrix { .. } => {
                self.read_matrix(line, number);
                Ok(())
            }
            PajekPart::Values { heading, next } => {
                let heading = heading.clone();
                self.meter.count_copies(heading.len(), 1)?;
                let number = *next;
                *next += 1;
                // Vertices are there before their values, if not in another file.
                if number <= self.actors.len()
                    && let Some(actor) = self.actors.get(number)
                {
                    actor.fields.push((heading, None, Cell::number(line)));
                }
                Ok(())
            }
            PajekPart::None | PajekPart::Other => Ok(()),
        }
    }

    fn read_vertex(&mut self, line: &'a str, number: u32) {
        let mut words = PajekWords::new(line);
        let index = words.next().and_then(|word| word.text().parse().ok());
        let sides = self.sides;
        let Some(actor) = index.and_then(|index| self.actors.get(index)) else {
            let message = format!("{} does not begin with the number of a vertex; it is left out", Quoted(line));
            self.tables.warn(number, message, "number the vertices from 1 on");
            return;
        };
        actor.line = number;
        actor.fields.clear();
        if let Some(name) = words.next() {
            actor.name = decode_references(name.text());
        }
        if let (Some(first), Some(index)) = (sides, index) {
            let mode = if index <= first { "1" } else { "2" };
            actor.fields.push(("mode".into(), Some(Role::Keep), Cell::number(mode)));
        }
        let mut put = |heading: &'static str, role: Role, cell: Cell<'a>| {
            actor.fields.push((heading.into(), Some(role), cell));
        };
        let mut coordinates = Vec::new();
        while let Some(word) = words.next() {
            let text = word.text();
            let is_shape = || SHAPES.iter().any(|shape| text.eq_ignore_ascii_case(shape));
            match word {
                PajekWord::Time(time) => {
                    let (heading, role, text) = time_of(time);
                    put(heading, role, Cell::text(text));
                }
                _ if coordinates.len() < 3 && text.parse::<f64>().is_ok_and(f64::is_finite) => coordinates.push(text),
                _ if is_shape() => put("shape", Role::Keep, Cell::text(text)),
                _ => {
                    let Some(value) = words.next() else { continue };
                    match text.to_ascii_lowercase().as_str() {
                        "ic" => put("color", Role::Color, Cell::text(color_of_pajek(value.text()))),
                        "url" => put("url", Role::Url, Cell::text(value.text())),
                        // What is left says how it is drawn.
                        "x_fact" | "y_fact" => put("size", Role::Keep, Cell::number(value.text())),
                        _ => {}
                    }
                }
            }
        }
        if let [x, y, ..] = *coordinates {
            put("x", Role::X, Cell::number(x));
            put("y", Role::Y, Cell::number(y));
        }
    }

    fn read_tie(&mut self, line: &'a str, is_directed: bool, number: u32) -> Result<(), Stop> {
        let mut words = PajekWords::new(line);
        let ends = [words.next(), words.next()].map(|word| word.and_then(|word| word.text().parse().ok()));
        let mut has_weight = false;
        let mut drawn = Vec::new();
        while let Some(word) = words.next() {
            match word {
                PajekWord::Time(time) => {
                    let (heading, role, text) = time_of(time);
                    self.tables.ties.put(heading, Some(role), text);
                }
                PajekWord::Plain(text) if !has_weight && text.parse::<f64>().is_ok() => {
                    self.tables.ties.put_cell("weight", Some(Role::Weight), Cell::number(text));
                    has_weight = true;
                }
                PajekWord::Plain(name) => drawn.extend(words.next().map(|value| (name, value.text()))),
                PajekWord::Quoted(label) => self.tables.ties.put("label", Some(Role::Label), label),
            }
        }
        for (name, value) in drawn {
            match name.to_ascii_lowercase().as_str() {
                "l" => self.tables.ties.put("label", Some(Role::Label), value),
                "c" => self.tables.ties.put("line color", Some(Role::Keep), color_of_pajek(value)),
                "w" => self.tables.ties.put_cell("line width", Some(Role::Keep), Cell::number(value)),
                "p" => self.tables.ties.put("line style", Some(Role::Keep), value),
                _ => {}
            }
        }
        self.put_tie(ends, is_directed, line, number)
    }

    fn read_list(&mut self, line: &'a str, is_directed: bool, number: u32) -> Result<(), Stop> {
        let mut words = PajekWords::new(line).map(|word| word.text().parse().ok());
        let from = words.next().flatten();
        let others: Vec<Option<usize>> = words.collect();
        others.into_iter().try_for_each(|to| self.put_tie([from, to], is_directed, line, number))
    }

    fn put_tie(&mut self, ends: [Option<usize>; 2], is_directed: bool, line: &str, number: u32) -> Result<(), Stop> {
        let known = ends.map(|end| end.filter(|end| self.actors.get(*end).is_some()));
        let [Some(from), Some(to)] = known else {
            self.tables.ties.clear();
            let message = format!("{} does not name two vertices by number; it is left out", Quoted(line));
            self.tables.warn(number, message, "write the numbers of two vertices");
            return Ok(());
        };
        if let Some(kind) = &self.kind {
            self.meter.count_copies(kind.len(), 1)?;
            self.tables.ties.put("kind", Some(Role::Kind), kind.clone());
        }
        self.tables.set_tie("", [from.to_string().into(), to.to_string().into()], Some(is_directed));
        self.tables.end_tie(number, self.meter)
    }

    /// Reads numbers of a matrix, whose rows may be broken into several lines.
    fn read_matrix(&mut self, line: &'a str, number: u32) {
        let all = self.actors.len();
        let first = self.sides.unwrap_or(0);
        // Of two sides, the rows are the first and the columns the second.
        let columns = all - first.min(all);
        let rows = self.sides.unwrap_or(all);
        let PajekPart::Matrix { row, column } = &mut self.part else { return };
        for value in line.split_whitespace() {
            if *row >= rows {
                self.tables.warn(number, "the matrix has more rows than vertices; the rest is left out", "correct it");
                self.part = PajekPart::Other;
                return;
            }
            if is_zero(value) == Some(false) {
                self.entries.push(MatrixEntry { ends: [*row + 1, first + *column + 1], value, line: number });
            }
            *column += 1;
            if *column >= columns {
                (*row, *column) = (*row + 1, 0);
            }
        }
    }

    /// Makes ties of a matrix once all of it is read.
    fn end_part(&mut self) -> Result<(), Stop> {
        let entries = std::mem::take(&mut self.entries);
        let kind = self.kind.as_deref();
        put_matrix(&entries, kind, self.sides.is_some(), self.tables, self.meter)
    }
}

/// Returns the name of a relation, without its quotes and number.
fn relation_of(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()).trim();
    let text = text.trim_matches('"').trim();
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::{is_pajek, relation_of};

    #[test]
    fn networks_are_told_by_their_first_line() {
        assert!(is_pajek("% a\n\n*Vertices 3") && is_pajek("*NETWORK x") && is_pajek("*network"));
        assert!(!is_pajek("* item\n* item") && !is_pajek("*Vertical,x") && !is_pajek(""));
        assert_eq!(relation_of("\"chairs\"").as_deref(), Some("chairs"));
        assert_eq!(relation_of(":4 \"pays\"").as_deref(), Some("pays"));
        assert_eq!(relation_of(""), None);
    }
}
