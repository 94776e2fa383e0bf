//! Puts the attributes of DOT into the rows of actors and ties.

use std::borrow::Cow;

use crate::load::table::graph::color::color_of;
use crate::load::table::graph::elements::GraphRows;
use crate::load::table::types::Cell;
use crate::wording::read::Role;

use super::labels::{EscapeNames, text_of};
use super::scopes::DotValue;

/// Puts an attribute into the row of its element.
pub(super) fn put<'a>(
    rows: &mut GraphRows<'a>,
    name: Cow<'a, str>,
    value: &DotValue<'a>,
    names: &EscapeNames<'_>,
    is_node: bool,
) {
    let text = text_of(value, names);
    if text.trim().is_empty() {
        return;
    }
    let (heading, role) = match &*name {
        "label" if !is_node => ("label".into(), Some(Role::Label)),
        "URL" | "href" => ("URL".into(), None),
        "color" | "group" => (name, Some(Role::Keep)),
        "name" if is_node => (name, Some(Role::Alias)),
        _ => (name, None),
    };
    let cell = match value {
        DotValue::Text(Cow::Borrowed(_))
            if text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-')) =>
        {
            Cell::number(text)
        }
        _ => Cell::text(text),
    };
    rows.put_cell(heading, role, cell);
}

pub(super) fn put_color(rows: &mut GraphRows<'_>, text: &str) {
    // Several colors are a gradient, each perhaps with its share.
    let first = text.split([':', ';']).next().unwrap_or_default();
    match color_of(first) {
        Some(color) => rows.put("color", Some(Role::Color), color),
        None if text.trim().is_empty() || first == "transparent" => {}
        None => rows.put("color", Some(Role::Color), text.to_owned()),
    }
}

/// Puts a place in points, whose y grows upward.
pub(super) fn put_place(rows: &mut GraphRows<'_>, text: &str) {
    let mut numbers = text.trim_end_matches('!').split(',').map(|number| number.trim().parse::<f64>().ok());
    if let (Some(Some(x)), Some(Some(y))) = (numbers.next(), numbers.next()) {
        rows.put_cell("x", Some(Role::X), Cell::number(x.to_string()));
        rows.put_cell("y", Some(Role::Y), Cell::number(if y == 0.0 { y } else { -y }.to_string()));
    }
}

/// Whether an attribute only says how type is set and lines are laid out, or repeats what Graphviz computed.
pub(super) fn is_layout(name: &str, has_pos: bool) -> bool {
    let is_size = has_pos && matches!(name, "width" | "height");
    is_size
        || (name.starts_with('_') && name.ends_with('_'))
        || ["font", "labelfont", "image", "xdot"].iter().any(|start| name.starts_with(start))
        || matches!(
            name,
            "arrowhead"
                | "arrowsize"
                | "arrowtail"
                | "bb"
                | "constraint"
                | "decorate"
                | "distortion"
                | "fixedsize"
                | "headclip"
                | "headport"
                | "labelangle"
                | "labeldistance"
                | "labelfloat"
                | "labeljust"
                | "labelloc"
                | "len"
                | "lp"
                | "margin"
                | "minlen"
                | "nojustify"
                | "ordering"
                | "orientation"
                | "peripheries"
                | "rects"
                | "regular"
                | "sides"
                | "skew"
                | "tailclip"
                | "tailport"
                | "vertices"
                | "head_lp"
                | "tail_lp"
        )
}
