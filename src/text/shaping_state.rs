//! Mutable state of shaping: fonts by id, caches of texts and outlines.

use std::collections::HashMap;
use std::sync::Arc;

use parley::{FontContext, FontData, LayoutContext};
use skrifa::{FontRef, MetadataProvider};

use super::faces::FACES;
use super::text_cache::TextCache;
use super::{FontId, PathSegment, Style};

pub(super) struct ShapingState {
    pub(super) font_context: FontContext,
    pub(super) layout_context: LayoutContext<()>,
    pub(super) has_system_fonts: bool,
    /// Fonts by id, bundled faces first.
    pub(super) fonts: Vec<FontData>,
    /// Distance from the top of a line to its baseline per unit of size, by face.
    pub(super) baselines: [f32; FACES.len()],
    pub(super) texts: TextCache,
    /// Number of shaping requests.
    pub(super) asked: usize,
    /// Outlines by font, glyph and bits of the size. Cached because locating a glyph parses the font header again,
    /// which takes longer than drawing.
    pub(super) outlines: HashMap<(FontId, u32, u32), Arc<[PathSegment]>>,
    /// Whether a glyph has an outline.
    pub(super) can_draw: HashMap<(FontId, u32), bool>,
}

impl ShapingState {
    /// Returns the id of a font chosen by the shaper.
    pub(super) fn font_id(&mut self, font: &FontData) -> FontId {
        let known = self.fonts.iter().position(|known| known.data.id() == font.data.id() && known.index == font.index);
        let index = known.unwrap_or_else(|| {
            self.fonts.push(font.clone());
            self.fonts.len() - 1
        });
        FontId(index as u32)
    }

    /// Whether a glyph of a font has an outline, possibly an empty one as for a space.
    pub(super) fn can_draw(&mut self, font: FontId, glyph: u32) -> bool {
        let Self { fonts, can_draw, .. } = self;
        *can_draw.entry((font, glyph)).or_insert_with(|| {
            let data = fonts.get(font.0 as usize).and_then(font_ref);
            data.is_some_and(|font| font.outline_glyphs().get(skrifa::GlyphId::new(glyph)).is_some())
        })
    }

    /// Loads system fonts on the first call; returns whether it did.
    pub(super) fn load_system_fonts(&mut self) -> bool {
        if self.has_system_fonts {
            return false;
        }
        self.has_system_fonts = true;
        self.font_context.collection.load_system_fonts();
        true
    }

    /// Returns the distance from the top of a line to its baseline.
    pub(super) fn baseline(&self, style: Style) -> f32 {
        self.baselines[style.face.index()] * style.size
    }
}

pub(super) fn font_ref(data: &FontData) -> Option<FontRef<'_>> {
    FontRef::from_index(data.data.as_ref(), data.index).ok()
}
