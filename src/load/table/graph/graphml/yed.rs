//! What yEd and other programs of yWorks draw: labels, places, colors, shapes and arrows.

use std::borrow::Cow;

use crate::load::table::graph::color::color_of;
use crate::load::table::graph::elements::GraphRows;
use crate::load::table::graph::markup::GraphXml;
use crate::load::table::types::{Cell, Stop};
use crate::wording::read::Role;

/// How a node or edge is drawn.
#[derive(Debug, Default)]
pub(super) struct YedDrawing<'a> {
    /// The labels that are seen, as plain text.
    pub(super) labels: Vec<String>,
    /// Whether an edge has an arrow at its start, and at its end; `None` if nothing is said.
    pub(super) arrows: Option<[bool; 2]>,
    center: Option<[f64; 2]>,
    color: Option<String>,
    shape: Option<Cow<'a, str>>,
    /// Further lines of text in a card of UML.
    details: Vec<String>,
    line_color: Option<String>,
    line_style: Option<Cow<'a, str>>,
    line_width: Option<Cow<'a, str>>,
}

impl<'a> YedDrawing<'a> {
    /// Reads the content of a `data` element up to its end.
    pub(super) fn read(&mut self, xml: &mut GraphXml<'a>) -> Result<(), Stop> {
        // A group is drawn in two ways, opened and closed; one of them is in use.
        let mut ways: Option<(usize, usize)> = None;
        let mut way = 0;
        xml.each_within(|xml, name, depth| {
            if let Some((around, active)) = ways {
                way += usize::from(depth == around + 1);
                if depth > around && way != active + 1 {
                    return Ok(false);
                }
            }
            if name == "Realizers" && ways.is_none() {
                let [active] = xml.attributes(["active"]);
                ways = Some((depth, active.and_then(|active| active.parse().ok()).unwrap_or(0)));
                return Ok(false);
            }
            self.read_element(xml, name)
        })
    }

    fn read_element(&mut self, xml: &mut GraphXml<'a>, name: &str) -> Result<bool, Stop> {
        match name {
            "Geometry" => self.set_center(xml.attributes(["x", "y", "width", "height"])),
            "RectD" => self.set_center(xml.attributes(["X", "Y", "Width", "Height"])),
            "Fill" => {
                let [color, transparent] = xml.attributes(["color", "transparent"]);
                if transparent.as_deref() != Some("true") && self.color.is_none() {
                    self.color = color.as_deref().and_then(color_of);
                }
            }
            "NodeLabel" | "EdgeLabel" => {
                let [visible] = xml.attributes(["visible"]);
                let text = super::plain(xml.text()?);
                if visible.as_deref() != Some("false") {
                    self.add_label(&text);
                }
                return Ok(true);
            }
            "Label.Text" => {
                let text = super::plain(xml.text()?);
                self.add_label(&text);
                return Ok(true);
            }
            "Label" => {
                let [text] = xml.attributes(["Text"]);
                self.add_label(&text.map(super::plain).unwrap_or_default());
            }
            "AttributeLabel" | "MethodLabel" => {
                let text = super::plain(xml.text()?);
                self.details.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
                return Ok(true);
            }
            "Shape" => self.shape = xml.attributes(["type"]).into_iter().flatten().next(),
            "GenericNode" => self.shape = xml.attributes(["configuration"]).into_iter().flatten().next(),
            "Arrows" => {
                let has_arrow = |end: Option<Cow<'_, str>>| end.is_some_and(|end| end != "none");
                let [source, target] = xml.attributes(["source", "target"]);
                self.arrows = Some([has_arrow(source), has_arrow(target)]);
            }
            "LineStyle" => {
                let [color, style, width] = xml.attributes(["color", "type", "width"]);
                // What is drawn as any other line says nothing.
                self.line_color = color.as_deref().and_then(color_of).filter(|color| color != "#000000");
                self.line_style = style.filter(|style| style != "line");
                self.line_width = width.filter(|width| width.parse() != Ok(1.0));
            }
            _ => {}
        }
        Ok(false)
    }

    fn set_center(&mut self, [x, y, width, height]: [Option<Cow<'_, str>>; 4]) {
        let number = |text: Option<Cow<'_, str>>| text.and_then(|text| text.trim().parse::<f64>().ok());
        if let (None, Some(x), Some(y)) = (self.center, number(x), number(y)) {
            let (width, height) = (number(width).unwrap_or(0.0), number(height).unwrap_or(0.0));
            self.center = Some([x + width / 2.0, y + height / 2.0]);
        }
    }

    fn add_label(&mut self, text: &str) {
        let label = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !label.is_empty() {
            self.labels.push(label);
        }
    }

    pub(super) fn has_place(&self) -> bool {
        self.center.is_some()
    }

    /// Puts what is drawn of an actor into its row. A group has no place of its own: its members are there.
    pub(super) fn put_of_actor(self, is_group: bool, rows: &mut GraphRows<'a>) {
        if !is_group {
            if let Some([x, y]) = self.center {
                rows.put_cell("x", Some(Role::X), Cell::number(x.to_string()));
                rows.put_cell("y", Some(Role::Y), Cell::number(y.to_string()));
            }
            if let Some(color) = self.color {
                rows.put("color", Some(Role::Color), color);
            }
        }
        if let Some(shape) = self.shape {
            rows.put("shape", Some(Role::Keep), shape);
        }
        if !self.details.is_empty() {
            rows.put("details", Some(Role::Summary), self.details.join("\n"));
        }
    }

    /// Puts what is drawn of a tie into its row.
    pub(super) fn put_of_tie(self, rows: &mut GraphRows<'a>) {
        if !self.labels.is_empty() {
            rows.put("label", Some(Role::Label), self.labels.join(" / "));
        }
        let lines = [
            ("line color", self.line_color.map(Cell::text)),
            ("line style", self.line_style.map(Cell::text)),
            ("line width", self.line_width.map(Cell::number)),
        ];
        for (heading, cell) in lines {
            if let Some(cell) = cell {
                rows.put_cell(heading, Some(Role::Keep), cell);
            }
        }
    }
}
