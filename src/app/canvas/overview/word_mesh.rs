//! Words as meshes: a halo is many copies of its letters, which are laid out and tessellated once.

use std::sync::Arc;

use egui::epaint::mutex::RwLock;
use egui::epaint::{Mesh, TessellationOptions, Tessellator, TextureManager};
use egui::{Color32, Context, Rect, Shape, TextureId, Vec2};

use super::stage::Stage;
use crate::app::canvas::paint::art::{Ink, around, color};
use crate::app::canvas::paint::lettering::Setting;
use crate::app::ui::theme::opaque;
use crate::scene::{self, SceneItem};

/// Size and fill ratio of egui's font atlas, in which meshes look up glyphs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct GlyphAtlas {
    size: [usize; 2],
    filled: f32,
}

impl GlyphAtlas {
    pub(super) fn of(ctx: &Context) -> Self {
        ctx.fonts(|fonts| Self { size: fonts.font_image_size(), filled: fonts.font_atlas_fill_ratio() })
    }

    /// Returns whether glyphs are where they were in an earlier one: a larger or a fresh texture has them elsewhere.
    pub(super) fn holds(self, earlier: Self) -> bool {
        self.size == earlier.size && self.filled >= earlier.filled
    }
}

/// Textures that are kept as long as meshes show them: those of color glyphs belong to a cache that may evict them.
struct KeptTextures {
    manager: Arc<RwLock<TextureManager>>,
    ids: Vec<TextureId>,
}

impl KeptTextures {
    fn of(ctx: &Context, meshes: &[Mesh]) -> Self {
        let is_kept = |id: &TextureId| matches!(id, TextureId::Managed(_)) && *id != TextureId::default();
        let ids: Vec<TextureId> = meshes.iter().map(|mesh| mesh.texture_id).filter(is_kept).collect();
        let manager = ctx.tex_manager();
        for id in &ids {
            manager.write().retain(*id);
        }
        Self { manager, ids }
    }
}

impl Drop for KeptTextures {
    fn drop(&mut self) {
        for id in &self.ids {
            self.manager.write().free(*id);
        }
    }
}

/// The meshes of a name or a title.
pub(super) struct WordMesh {
    meshes: Vec<Arc<Mesh>>,
    _textures: KeptTextures,
    /// How far they were moved since they were made.
    moved: Vec2,
}

impl WordMesh {
    pub(super) fn new(item: &SceneItem, stage: &Stage<'_>) -> Self {
        let ctx = stage.painter.ctx();
        let setting = Setting { ctx, zoom: 1.0, pan: Vec2::ZERO, clip: Rect::EVERYTHING };
        let ink = Ink { background: opaque(stage.scope.of.theme.background), strength: stage.strengths().words };
        let mut meshes: Vec<Mesh> = Vec::new();
        let mut letters = Vec::new();
        for shape in &item.shapes {
            let (scene::Shape::Halo { pos, text, paint, .. } | scene::Shape::Text { pos, text, paint }) = shape else {
                continue;
            };
            let color = ink.color(color(*paint));
            letters.clear();
            stage.scope.letters.shapes(setting, *pos, text, color, &mut letters);
            for letters in letters.drain(..) {
                let mesh = tessellated(ctx, letters);
                match shape {
                    scene::Shape::Halo { width, .. } => {
                        around(*width).for_each(|offset| push(&mut meshes, &mesh, offset, color));
                    }
                    _ => push(&mut meshes, &mesh, Vec2::ZERO, color),
                }
            }
        }
        let textures = KeptTextures::of(ctx, &meshes);
        Self { meshes: meshes.into_iter().map(Arc::new).collect(), _textures: textures, moved: Vec2::ZERO }
    }

    /// Moves the word to a distance from where it was made.
    pub(super) fn move_to(&mut self, moved: Vec2) {
        let by = moved - std::mem::replace(&mut self.moved, moved);
        if by != Vec2::ZERO {
            self.meshes.iter_mut().for_each(|mesh| Arc::make_mut(mesh).translate(by));
        }
    }

    pub(super) fn shapes(&self) -> impl Iterator<Item = Shape> + '_ {
        self.meshes.iter().map(|mesh| Shape::Mesh(Arc::clone(mesh)))
    }
}

fn tessellated(ctx: &Context, letters: Shape) -> Mesh {
    if let Shape::Mesh(mesh) = letters {
        return Arc::unwrap_or_clone(mesh);
    }
    let atlas = GlyphAtlas::of(ctx);
    let mut mesh = Mesh::default();
    let options = TessellationOptions::default();
    Tessellator::new(ctx.pixels_per_point(), options, atlas.size, Vec::new()).tessellate_shape(letters, &mut mesh);
    mesh
}

/// Appends a copy of a mesh, moved and colored.
fn push(meshes: &mut Vec<Mesh>, mesh: &Mesh, offset: Vec2, color: Color32) {
    if meshes.last().is_none_or(|last| last.texture_id != mesh.texture_id) {
        meshes.push(Mesh::with_texture(mesh.texture_id));
    }
    let Some(all) = meshes.last_mut() else { return };
    let first = all.vertices.len();
    all.append_ref(mesh);
    for vertex in &mut all.vertices[first..] {
        vertex.pos += offset;
        vertex.color = color;
    }
}
