//! Graphviz: sends the request as DOT with fixed box and label sizes and reads the splines back from its JSON output.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use emath::{Pos2, Rect, Vec2};
use serde_json::Value;
use tieline::layout::{Cubic, Lane, Layout, Request};

use super::{Drawn, at};

/// Points per inch; Graphviz takes node sizes in inches.
const INCH: f32 = 72.0;

/// Lays a request out with `dot`, `neato`, `fdp` or `sfdp`, routing splines around nodes.
pub(super) fn lay_out(request: &Request, engine: &str) -> Drawn {
    let mut command = Command::new(engine);
    command.args(["-Tjson", "-Gsplines=true"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    if engine == "dot" {
        command.arg("-Grankdir=LR");
    } else {
        command.args(["-Goverlap=prism", "-Gsep=+8", "-Gstart=7"]);
    }
    let mut child = command.spawn().map_err(|_| format!("{engine} is not installed"))?;
    let text = dot(request);
    let mut input = child.stdin.take().ok_or("no input")?;
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let _ = writer.join();
    let drawn: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    read(request, &drawn).ok_or_else(|| "its output has another form".to_owned())
}

fn dot(request: &Request) -> String {
    let mut text = String::from("digraph {\nnode [shape=box, fixedsize=true, label=\"\"];\n");
    for (index, node) in request.nodes.iter().enumerate() {
        let (width, height) = (node.size.x / INCH, node.size.y / INCH);
        let _ = writeln!(text, "n{index} [width={width}, height={height}];");
    }
    for (index, edge) in request.edges.iter().enumerate() {
        let _ = write!(text, "n{} -> n{} [id=\"{index}\"", edge.from, edge.to);
        if !edge.arrow {
            text.push_str(", dir=none");
        }
        if let Some(label) = edge.label {
            let (width, height) = (label.x.round(), label.y.round());
            let _ = write!(
                text,
                ", label=<<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\" fixedsize=\"true\" width=\"{width}\" height=\"{height}\"><tr><td></td></tr></table>>"
            );
        }
        text.push_str("];\n");
    }
    text.push_str("}\n");
    text
}

fn read(request: &Request, drawn: &Value) -> Option<Layout> {
    let mut centers = vec![Pos2::ZERO; request.nodes.len()];
    for object in drawn["objects"].as_array()? {
        let index: usize = object["name"].as_str()?.strip_prefix('n')?.parse().ok()?;
        centers[index] = point(object["pos"].as_str()?)?;
    }
    let mut lanes = vec![Lane::default(); request.edges.len()];
    for edge in drawn["edges"].as_array()? {
        let index: usize = edge["id"].as_str()?.parse().ok()?;
        let size = request.edges[index].label;
        let label = edge["lp"].as_str().and_then(point).zip(size).map(|(center, size)| label_at(center, size));
        lanes[index] = Lane { curve: spline(edge["pos"].as_str()?)?, label };
    }
    Some(Layout { centers, lanes })
}

fn label_at(center: Pos2, size: Vec2) -> Rect {
    Rect::from_center_size(center, size)
}

/// Parses "x,y", flipping the y axis.
fn point(text: &str) -> Option<Pos2> {
    let (x, y) = text.split_once(',')?;
    Some(at(x.parse().ok()?, -y.parse::<f64>().ok()?))
}

/// Parses a B-spline with optional tips: "s,x,y e,x,y x,y x,y x,y x,y …".
fn spline(text: &str) -> Option<Vec<Cubic>> {
    let (mut start, mut end) = (None, None);
    let mut points = Vec::new();
    for part in text.split([' ', ';']) {
        if let Some(tip) = part.strip_prefix("s,") {
            start = point(tip);
        } else if let Some(tip) = part.strip_prefix("e,") {
            end = point(tip);
        } else {
            points.push(point(part)?);
        }
    }
    let straight = |a: Pos2, b: Pos2| [a, a + (b - a) / 3.0, b - (b - a) / 3.0, b];
    let mut curve: Vec<Cubic> = points.windows(4).step_by(3).map(|p| [p[0], p[1], p[2], p[3]]).collect();
    if let Some(tip) = start {
        curve.insert(0, straight(tip, *points.first()?));
    }
    if let Some(tip) = end {
        curve.push(straight(*points.last()?, tip));
    }
    Some(curve)
}
