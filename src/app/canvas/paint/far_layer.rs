//! Draws very many items without the graph, in chunks of a few meshes each that are cached until their appearance
//! changes.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use egui::epaint::Mesh;
use egui::{Color32, Painter, Rect, Shape, Vec2};

use crate::model::Item;
use crate::scene::{Items, Part, SceneItem};

use super::super::records::item_of;
use super::art::{Art, Ink};
use super::drawable::FADED;
use super::lettering::{Lettering, Setting};

/// The average number of items in a chunk.
const CHUNK: u64 = 64;

/// Consecutive items in drawing order.
struct Chunk {
    /// The items, with whether each is bright.
    items: Vec<(Arc<SceneItem>, bool)>,
    shapes: Vec<Shape>,
    /// The number of drawn items.
    drawn: usize,
}

/// The view that the chunks were created for.
#[derive(Clone, Copy, PartialEq)]
struct ChunkSetting {
    zoom: f32,
    pixels_per_point: f32,
    pan: Vec2,
    background: Color32,
}

/// Items drawn without the graph.
#[derive(Default)]
pub(crate) struct FarLayer {
    items: Items,
    /// Items that are not faded; `None` if none are faded.
    bright: Option<Rc<BTreeSet<Item>>>,
    /// Whether items or brightness changed since the chunks were created.
    is_stale: bool,
    chunks: Vec<Chunk>,
    made: Option<ChunkSetting>,
}

/// Returns whether a chunk ends with this part. Depends only on the part, so that adding or removing an item leaves
/// other chunks unchanged.
fn is_last(part: Part) -> bool {
    let mut hasher = DefaultHasher::new();
    part.hash(&mut hasher);
    hasher.finish().is_multiple_of(CHUNK)
}

impl FarLayer {
    /// Creates a far layer that reuses the chunks of an earlier one.
    pub(crate) fn new(items: Items, earlier: Option<Self>) -> Self {
        let earlier = earlier.unwrap_or_default();
        Self { is_stale: true, items, ..earlier }
    }

    /// Fades all items but these; `None` fades nothing.
    pub(crate) fn set_bright(&mut self, bright: Option<Rc<BTreeSet<Item>>>) {
        self.is_stale |= self.bright != bright;
        self.bright = bright;
    }

    /// Draws all items; returns their number.
    pub(crate) fn draw(
        &mut self,
        painter: &Painter,
        (zoom, pan): (f32, Vec2),
        background: Color32,
        letters: &Lettering,
    ) -> usize {
        let made = ChunkSetting { zoom, pixels_per_point: painter.ctx().pixels_per_point(), pan, background };
        let before = self.made.replace(made);
        if before.is_none_or(|before| ChunkSetting { pan, ..before } != made) {
            self.chunks.clear();
        } else if let Some(before) = before.filter(|before| before.pan != pan) {
            let shapes = self.chunks.iter_mut().flat_map(|chunk| &mut chunk.shapes);
            shapes.for_each(|shape| shape.translate(pan - before.pan));
        }
        if self.is_stale || self.chunks.is_empty() {
            self.make(painter, made, letters);
            self.is_stale = false;
        }
        painter.extend(self.chunks.iter().flat_map(|chunk| chunk.shapes.iter().cloned()));
        self.chunks.iter().map(|chunk| chunk.drawn).sum()
    }

    fn make(&mut self, painter: &Painter, made: ChunkSetting, letters: &Lettering) {
        let old = std::mem::take(&mut self.chunks).into_iter();
        let first = |chunk: &Chunk| chunk.items.first().map(|(item, _)| Arc::as_ptr(item));
        let mut kept: HashMap<_, Chunk> = old.filter_map(|chunk| Some((first(&chunk)?, chunk))).collect();
        let mut items: Vec<(Arc<SceneItem>, bool)> = Vec::new();
        let mut chunks = Vec::new();
        let mut end = |items: &mut Vec<(Arc<SceneItem>, bool)>| {
            let Some((first, _)) = items.first() else { return };
            let is_same = |chunk: &Chunk| {
                let pairs = chunk.items.iter().zip(items.iter());
                chunk.items.len() == items.len()
                    && pairs.into_iter().all(|(a, b)| a.1 == b.1 && Arc::ptr_eq(&a.0, &b.0))
            };
            let chunk = match kept.remove(&Arc::as_ptr(first)).filter(is_same) {
                Some(chunk) => {
                    items.clear();
                    chunk
                }
                None => Chunk::new(std::mem::take(items), painter, made, letters),
            };
            chunks.push(chunk);
        };
        for (_, item) in self.items.iter().filter(|(_, item)| made.zoom >= item.min_scale) {
            let Some(record) = item_of(item.part) else { continue };
            let is_bright = self.bright.as_ref().is_none_or(|bright| bright.contains(&record));
            items.push((Arc::clone(item), is_bright));
            if is_last(item.part) {
                end(&mut items);
            }
        }
        end(&mut items);
        self.chunks = chunks;
    }
}

impl Chunk {
    fn new(items: Vec<(Arc<SceneItem>, bool)>, painter: &Painter, made: ChunkSetting, letters: &Lettering) -> Self {
        let ChunkSetting { zoom, pixels_per_point, pan, background } = made;
        let setting = Setting { ctx: painter.ctx(), zoom, pan, clip: Rect::EVERYTHING };
        let mut shapes = Vec::new();
        let mut mesh = Mesh::default();
        for (item, is_bright) in &items {
            let ink = Ink { background, strength: if *is_bright { 1.0 } else { FADED } };
            for shape in Art::new(item, zoom, pixels_per_point).shapes(item, setting, ink, letters) {
                match shape {
                    Shape::Mesh(part) if part.texture_id == mesh.texture_id => mesh.append_ref(&part),
                    other => {
                        if !mesh.is_empty() {
                            shapes.push(Shape::mesh(std::mem::take(&mut mesh)));
                        }
                        shapes.push(other);
                    }
                }
            }
        }
        if !mesh.is_empty() {
            shapes.push(Shape::mesh(mesh));
        }
        Self { drawn: items.len(), items, shapes }
    }
}
