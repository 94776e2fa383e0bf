//! ELK through `elkjs`: sends the request as ELK JSON and reads the routed sections back.

use std::io::Write as _;
use std::process::{Command, Stdio};

use emath::{Pos2, Rect};
use serde_json::{Value, json};
use tieline::layout::{Cubic, Lane, Layout, Request};

use super::{Drawn, at};

/// Lays a request out with ELK's `layered` or `stress`.
pub(super) fn lay_out(request: &Request, algorithm: &str) -> Drawn {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/elk.cjs");
    let mut child = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| "node is not installed".to_owned())?;
    let text = graph(request, algorithm).to_string();
    let mut input = child.stdin.take().ok_or("no input")?;
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let _ = writer.join();
    if !output.status.success() {
        return Err("elkjs is not found or failed".to_owned());
    }
    let drawn: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    read(request, &drawn).ok_or_else(|| "its output has another form".to_owned())
}

fn graph(request: &Request, algorithm: &str) -> Value {
    let node = |(index, node): (usize, &tieline::layout::Node)| json!({"id": format!("n{index}"), "width": node.size.x, "height": node.size.y});
    let edge = |(index, edge): (usize, &tieline::layout::Edge)| {
        let mut value = json!({
            "id": index.to_string(),
            "sources": [format!("n{}", edge.from)],
            "targets": [format!("n{}", edge.to)],
        });
        if let Some(label) = edge.label {
            value["labels"] = json!([{"id": format!("l{index}"), "text": "x", "width": label.x, "height": label.y}]);
        }
        value
    };
    json!({
        "id": "root",
        "layoutOptions": {
            "elk.algorithm": algorithm,
            "elk.aspectRatio": "1.7778",
            "elk.edgeLabels.inline": "true",
            "elk.edgeRouting": "SPLINES",
            "elk.direction": "RIGHT",
            "elk.stress.desiredEdgeLength": "180",
        },
        "children": request.nodes.iter().enumerate().map(node).collect::<Vec<_>>(),
        "edges": request.edges.iter().enumerate().map(edge).collect::<Vec<_>>(),
    })
}

fn read(request: &Request, drawn: &Value) -> Option<Layout> {
    let centers: Vec<Pos2> = drawn["children"]
        .as_array()?
        .iter()
        .zip(&request.nodes)
        .map(|(child, node)| Some(corner(child)? + node.size / 2.0))
        .collect::<Option<_>>()?;
    let mut lanes = vec![Lane::default(); request.edges.len()];
    for edge in drawn["edges"].as_array()? {
        let index: usize = edge["id"].as_str()?.parse().ok()?;
        let ends = (centers[request.edges[index].from as usize], centers[request.edges[index].to as usize]);
        let section = &edge["sections"][0];
        let curve = if section.is_object() { sections(section)? } else { vec![straight(ends.0, ends.1)] };
        let label = request.edges[index].label.zip(corner(&edge["labels"][0]));
        lanes[index] = Lane { curve, label: label.map(|(size, corner)| Rect::from_min_size(corner, size)) };
    }
    Some(Layout { centers, lanes })
}

fn corner(value: &Value) -> Option<Pos2> {
    Some(at(value["x"].as_f64()?, value["y"].as_f64()?))
}

fn straight(a: Pos2, b: Pos2) -> Cubic {
    let step = (b - a) / 3.0;
    [a, a + step, b - step, b]
}

/// Converts a section to curves: with splines, bend points are the control points of cubics if their number allows.
fn sections(section: &Value) -> Option<Vec<Cubic>> {
    let mut points = vec![corner(&section["startPoint"])?];
    for bend in section["bendPoints"].as_array().into_iter().flatten() {
        points.push(corner(bend)?);
    }
    points.push(corner(&section["endPoint"])?);
    if points.len() >= 4 && points.len() % 3 == 1 {
        return Some(points.windows(4).step_by(3).map(|p| [p[0], p[1], p[2], p[3]]).collect());
    }
    if points.len() == 3 {
        // A quadratic curve, raised to a cubic.
        let (a, b, c) = (points[0], points[1], points[2]);
        return Some(vec![[a, a + (b - a) * (2.0 / 3.0), c + (b - c) * (2.0 / 3.0), c]]);
    }
    Some(points.windows(2).map(|p| straight(p[0], p[1])).collect())
}
