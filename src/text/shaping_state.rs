//! What shaping works on and keeps: fonts by id, texts and outlines made before.

use std::collections::HashMap;
use std::sync::Arc;

use parley::{FontContext, FontData, LayoutContext};
use skrifa::{FontRef, MetadataProvider};

use super::faces::FACES;
use super::{Face, FontId, PathSegment, Style, Text};

/// What a shaped text depends on; the bits of the floats, since equal floats shape alike.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct ShapeKey {
    pub(super) text: Box<str>,
    pub(super) face: Face,
    pub(super) size: u32,
    pub(super) max_width: Option<u32>,
    pub(super) max_lines: Option<usize>,
}

/// Everything that shaping changes.
pub(super) struct ShapingState {
    pub(super) font_context: FontContext,
    pub(super) layout_context: LayoutContext<()>,
    pub(super) has_system_fonts: bool,
    /// Fonts by id; the first are the bundled faces.
    pub(super) fonts: Vec<FontData>,
    /// Share of the size from the top of a line to its baseline, by face.
    pub(super) baselines: [f32; FACES.len()],
    pub(super) texts: HashMap<ShapeKey, Arc<Text>>,
    /// How many texts were asked for.
    pub(super) asked: usize,
    /// Outlines by font, glyph and the bits of the size. Finding a glyph means reading the font's head again, which
    /// takes longer than drawing it.
    pub(super) outlines: HashMap<(FontId, u32, u32), Arc<[PathSegment]>>,
    /// Whether a glyph of a font can be drawn.
    pub(super) can_draw: HashMap<(FontId, u32), bool>,
}

impl ShapingState {
    /// The id of a font that the shaper chose.
    pub(super) fn font_id(&mut self, font: &FontData) -> FontId {
        let known = self.fonts.iter().position(|known| known.data.id() == font.data.id() && known.index == font.index);
        let index = known.unwrap_or_else(|| {
            self.fonts.push(font.clone());
            self.fonts.len() - 1
        });
        FontId(index as u32)
    }

    /// Whether a glyph of this font can be drawn (or has no ink by design, as a space).
    pub(super) fn can_draw(&mut self, font: FontId, glyph: u32) -> bool {
        let Self { fonts, can_draw, .. } = self;
        *can_draw.entry((font, glyph)).or_insert_with(|| {
            let data = fonts.get(font.0 as usize).and_then(font_ref);
            data.is_some_and(|font| font.outline_glyphs().get(skrifa::GlyphId::new(glyph)).is_some())
        })
    }

    /// Looks for system fonts, once; says whether there is anything new.
    pub(super) fn load_system_fonts(&mut self) -> bool {
        if self.has_system_fonts {
            return false;
        }
        self.has_system_fonts = true;
        self.font_context.collection.load_system_fonts();
        true
    }

    /// Distance from the top of a line to its baseline.
    pub(super) fn baseline(&self, style: Style) -> f32 {
        self.baselines[style.face.index()] * style.size
    }
}

pub(super) fn font_ref(data: &FontData) -> Option<FontRef<'_>> {
    FontRef::from_index(data.data.as_ref(), data.index).ok()
}
