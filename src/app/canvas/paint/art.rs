//! Tessellation of scene items into meshes and text, done once per scale and only moved when the view pans.

use std::sync::Arc;

use egui::epaint::tessellator::path;
use egui::epaint::{CornerRadiusF32, Mesh, RectShape, TessellationOptions, Tessellator};
use egui::{Color32, CornerRadius, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};

use crate::scene::{self, SceneItem, region_strips};

use super::flatten::{dash, flatten, hull, trim};
use super::lettering::{Lettering, Setting};
use crate::app::ui::theme::opaque;

/// Minimum width of lines, in points.
const THINNEST: f32 = 1.0;

/// An item tessellated for one scale; layers are ordered back to front.
#[derive(Clone)]
pub(crate) struct Art {
    zoom: f32,
    pixels_per_point: f32,
    layers: Vec<Layer>,
}

/// A layer of an item: adjacent shapes form one mesh, texts stay separate.
#[derive(Clone)]
enum Layer {
    /// Triangles, in points relative to the world's origin.
    Mesh(Mesh),
    /// The index of a text shape in the item.
    Text(usize),
}

/// How strongly colors are drawn: unchanged at 1, as the background at 0.
#[derive(Clone, Copy)]
pub(crate) struct Ink {
    /// The color to fade into.
    pub(crate) background: Color32,
    /// The remaining fraction of the color, from 0 to 1.
    pub(crate) strength: f32,
}

impl Ink {
    /// Returns the faded color. Colors are blended into the background instead of made transparent, so that nothing
    /// shines through.
    pub(crate) fn color(self, color: Color32) -> Color32 {
        if self.strength >= 1.0 {
            return color;
        }
        let [r, g, b, a] = color.to_array();
        let [br, bg, bb, _] = self.background.to_array();
        let mix = |from: u8, to: u8| {
            let to = f32::from(to) * f32::from(a) / 255.0;
            (to + (f32::from(from) - to) * self.strength).round() as u8
        };
        Color32::from_rgba_premultiplied(mix(r, br), mix(g, bg), mix(b, bb), a)
    }
}

impl Art {
    /// Tessellates an item for a scale.
    pub(crate) fn new(item: &SceneItem, zoom: f32, pixels_per_point: f32) -> Self {
        let mut tessellator = Tessellator::new(pixels_per_point, TessellationOptions::default(), [1, 1], Vec::new());
        let mut layers = Vec::new();
        let mut mesh = Mesh::default();
        for (index, shape) in item.shapes.iter().enumerate() {
            if matches!(shape, scene::Shape::Text { .. } | scene::Shape::Halo { .. }) {
                if !mesh.is_empty() {
                    layers.push(Layer::Mesh(std::mem::take(&mut mesh)));
                }
                layers.push(Layer::Text(index));
            } else {
                for shape in outlines(shape, zoom, pixels_per_point) {
                    tessellator.tessellate_shape(shape, &mut mesh);
                }
            }
        }
        if !mesh.is_empty() {
            layers.push(Layer::Mesh(mesh));
        }
        Self { zoom, pixels_per_point, layers }
    }

    /// Returns whether the item was tessellated for this scale.
    pub(crate) fn fits(&self, zoom: f32, pixels_per_point: f32) -> bool {
        (self.zoom, self.pixels_per_point) == (zoom, pixels_per_point)
    }

    /// Returns the egui shapes to draw.
    pub(crate) fn shapes(&self, item: &SceneItem, setting: Setting<'_>, ink: Ink, letters: &Lettering) -> Vec<Shape> {
        let mut shapes = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            match layer {
                Layer::Mesh(mesh) => shapes.push(Shape::Mesh(Arc::new(placed(mesh, setting.pan, ink)))),
                Layer::Text(index) => match &item.shapes[*index] {
                    scene::Shape::Text { pos, text, paint } => {
                        letters.shapes(setting, *pos, text, ink.color(color(*paint)), &mut shapes);
                    }
                    scene::Shape::Halo { pos, text, paint, width } => {
                        // The letters, shifted in all directions.
                        for offset in around(*width) {
                            letters.shapes(setting, *pos + offset, text, ink.color(color(*paint)), &mut shapes);
                        }
                    }
                    _ => {}
                },
            }
        }
        shapes
    }
}

/// Returns the offsets at which letters are drawn to form a halo of this width.
pub(crate) fn around(width: f32) -> impl Iterator<Item = Vec2> {
    const DIRECTIONS: u8 = 12;
    let rings = [width, width / 2.0].into_iter();
    rings.flat_map(|radius| {
        (0..DIRECTIONS)
            .map(move |turn| Vec2::angled(std::f32::consts::TAU * f32::from(turn) / f32::from(DIRECTIONS)) * radius)
    })
}

fn placed(mesh: &Mesh, pan: Vec2, ink: Ink) -> Mesh {
    let mut mesh = mesh.clone();
    mesh.translate(pan);
    if ink.strength < 1.0 {
        for vertex in &mut mesh.vertices {
            vertex.color = ink.color(vertex.color);
        }
    }
    mesh
}

/// Returns a color with its opacity.
pub(crate) fn color(paint: scene::Paint) -> Color32 {
    opaque(paint.color).gamma_multiply(paint.opacity.clamp(0.0, 1.0))
}

/// Scales a world rectangle to points relative to the world's origin.
pub(crate) fn scaled(rect: Rect, zoom: f32) -> Rect {
    Rect::from_min_max((rect.min.to_vec2() * zoom).to_pos2(), (rect.max.to_vec2() * zoom).to_pos2())
}

fn pen(stroke: &scene::Stroke, zoom: f32) -> Stroke {
    Stroke::new((stroke.width * zoom).max(THINNEST), color(stroke.paint))
}

/// Adds a solid or dashed line. The tessellator feathers lines by a pixel beyond each end, so they are drawn half a
/// pixel shorter at both ends.
fn line(points: Vec<Pos2>, stroke: &scene::Stroke, zoom: f32, pixels_per_point: f32, out: &mut Vec<Shape>) {
    if points.len() < 2 || points.iter().any(|point| !point.is_finite()) {
        return;
    }
    let pattern: Vec<f32> = stroke.dashes.iter().map(|length| length * zoom).collect();
    let pen = pen(stroke, zoom);
    out.extend(dash(points, &pattern).into_iter().map(|points| {
        let (points, strength) = trim(points, 0.5 / pixels_per_point);
        Shape::line(points, Stroke::new(pen.width, pen.color.gamma_multiply(strength)))
    }));
}

/// Returns the clockwise outline of a rounded rectangle, starting after the arc of the upper left corner, where SVG
/// starts dashing.
fn outline(rect: Rect, radius: f32) -> Vec<Pos2> {
    let radius = radius.min(rect.size().min_elem() / 2.0);
    let mut points = Vec::new();
    path::rounded_rectangle(&mut points, rect, CornerRadiusF32::same(radius));
    let start = rect.min + Vec2::new(radius, 0.0);
    let nearest = (0..points.len()).min_by(|a, b| points[*a].distance(start).total_cmp(&points[*b].distance(start)));
    points.rotate_left(nearest.unwrap_or(0));
    points
}

/// Returns the egui shapes of a scene shape other than text, in points relative to the world's origin.
fn outlines(shape: &scene::Shape, zoom: f32, pixels_per_point: f32) -> Vec<Shape> {
    let mut out = Vec::new();
    match shape {
        scene::Shape::Rect { rect, radius, fill, stroke } => {
            let (rect, radius) = (scaled(*rect, zoom), radius * zoom);
            let solid = stroke.as_ref().filter(|stroke| stroke.dashes.is_empty());
            let edge = solid.map_or(Stroke::NONE, |stroke| pen(stroke, zoom));
            let fill = fill.map_or(Color32::TRANSPARENT, color);
            let corners = CornerRadius::same(radius.round().clamp(0.0, 255.0) as u8);
            out.push(RectShape::new(rect, corners, fill, edge, StrokeKind::Middle).into());
            if let Some(stroke) = stroke.as_ref().filter(|stroke| !stroke.dashes.is_empty()) {
                let mut points = outline(rect, radius);
                points.extend(points.first().copied());
                line(points, stroke, zoom, pixels_per_point, &mut out);
            }
        }
        scene::Shape::Curve { pieces, stroke } => {
            line(flatten(pieces, zoom), stroke, zoom, pixels_per_point, &mut out);
        }
        scene::Shape::Polygon { points, fill, stroke } => {
            let points = points.iter().map(|point| (point.to_vec2() * zoom).to_pos2()).collect();
            let fill = fill.map_or(Color32::TRANSPARENT, color);
            let edge = stroke.as_ref().map_or(Stroke::NONE, |stroke| pen(stroke, zoom));
            out.push(Shape::convex_polygon(points, fill, edge));
        }
        scene::Shape::Region { rings, fill, stroke } => {
            let mut rings = rings.clone();
            rings.iter_mut().flatten().for_each(|point| *point = (point.to_vec2() * zoom).to_pos2());
            if let Some(fill) = fill {
                out.push(Shape::mesh(filled(&rings, color(*fill))));
            }
            if let Some(stroke) = stroke {
                out.extend(rings.into_iter().map(|ring| Shape::closed_line(ring, pen(stroke, zoom))));
            }
        }
        scene::Shape::Segments { lines, paint, width } => {
            // A line thinner than a pixel is drawn fainter instead.
            let width = width * zoom;
            let pen = Stroke::new(width.max(THINNEST), color(*paint).gamma_multiply((width / THINNEST).min(1.0)));
            out.extend(
                lines.iter().map(|line| Shape::line_segment(line.map(|point| (point.to_vec2() * zoom).to_pos2()), pen)),
            );
        }
        scene::Shape::Dots { dots, fill, rim } => {
            for &(center, radius) in dots {
                let (center, radius) = ((center.to_vec2() * zoom).to_pos2(), radius * zoom);
                if let Some((paint, width)) = rim {
                    let width = width * zoom;
                    out.push(Shape::circle_stroke(center, radius + width / 2.0, Stroke::new(width, color(*paint))));
                }
                out.extend(fill.map(|fill| Shape::circle_filled(center, radius, color(fill))));
            }
        }
        scene::Shape::Halo { .. } | scene::Shape::Text { .. } => {}
    }
    out
}

/// Returns the triangles of a region.
fn filled(rings: &[Vec<Pos2>], color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for corners in region_strips(rings) {
        let first = mesh.vertices.len() as u32;
        for corner in corners {
            mesh.colored_vertex(corner, color);
        }
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first, first + 2, first + 3);
    }
    mesh
}

/// Returns the bounding box of an item, in world units.
pub(crate) fn bounds(item: &SceneItem) -> Rect {
    item.shapes.iter().fold(Rect::NOTHING, |all, shape| all | shape_bounds(shape))
}

/// Returns the rectangle of a rectangular shape, such as the frame of a card.
pub(crate) fn frame(shape: &scene::Shape) -> Option<Rect> {
    if let scene::Shape::Rect { rect, .. } = shape { Some(*rect) } else { None }
}

fn shape_bounds(shape: &scene::Shape) -> Rect {
    match shape {
        scene::Shape::Curve { pieces, stroke } => hull(pieces).expand(stroke.width / 2.0),
        _ => shape.bounds(),
    }
}

/// The style of the halo around a highlighted item.
#[derive(Clone, Copy)]
pub(crate) struct Halo {
    /// Color of the ring around a frame.
    pub(crate) ring: Color32,
    /// Color beside a line: paler, so that the line's hue and dashes stay recognizable.
    pub(crate) glow: Color32,
    /// Color of the gap between frame and ring.
    pub(crate) gap: Color32,
    /// Width of the ring, in points.
    pub(crate) width: f32,
}

/// Width of the gap between a frame and its ring, in points.
const RING_GAP: f32 = 1.5;

/// Returns shapes that highlight an item; drawn below it, they leave its own appearance unchanged.
pub(crate) fn halo(item: &SceneItem, zoom: f32, halo: Halo) -> Vec<Shape> {
    let mut out = Vec::new();
    let mut has_frame = false;
    for shape in &item.shapes {
        match shape {
            scene::Shape::Rect { rect, radius, .. } if !has_frame => {
                has_frame = true;
                for (reach, color) in [(RING_GAP + halo.width, halo.ring), (RING_GAP, halo.gap)] {
                    let corners = CornerRadius::same((radius * zoom + reach).round().clamp(0.0, 255.0) as u8);
                    out.push(RectShape::filled(scaled(*rect, zoom).expand(reach), corners, color).into());
                }
            }
            scene::Shape::Curve { pieces, stroke } => {
                let around = (stroke.width * zoom).max(THINNEST) + 2.0 * (RING_GAP + halo.width);
                out.push(Shape::line(flatten(pieces, zoom), Stroke::new(around, halo.glow)));
            }
            scene::Shape::Polygon { points, .. } if !has_frame => {
                let points = points.iter().map(|point| (point.to_vec2() * zoom).to_pos2()).collect();
                let around = Stroke::new(2.0 * halo.width, halo.glow);
                out.push(Shape::convex_polygon(points, halo.glow, around));
            }
            _ => {}
        }
    }
    out
}
