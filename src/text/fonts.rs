//! Available fonts, shared by all threads: bundled faces, and system fonts once a script needs them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{FontContext, FontData, LayoutContext};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::faces::{FACES, face_bytes};
use super::shaping_state::{ShapingState, font_ref};
use super::text_cache::{ShapeKey, TextCache};
use super::{FontId, PathSegment, Style, Text, outline, shape};

/// Capacity of the outline cache, some 600 bytes per entry; it is cleared when full.
const MAX_OUTLINES: usize = 10_000;

/// A font file, for embedding.
#[derive(Clone)]
pub struct FontFile {
    /// Contents of the file.
    pub bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// Index of the font in a collection.
    pub index: u32,
}

impl FontFile {
    /// Whether both are the same font, compared by pointer.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let [this, that] = [self, other].map(|file| (*file.bytes).as_ref().as_ptr());
        this == that && self.index == other.index
    }
}

/// Fonts, shaper and caches. Cheap to create, but share one for its caches.
pub struct Fonts {
    state: Mutex<ShapingState>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self::new()
    }
}

impl Fonts {
    /// Registers the bundled faces; system fonts are loaded when a text first needs them.
    #[must_use]
    pub fn new() -> Self {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let mut fonts = Vec::with_capacity(FACES.len());
        let mut baselines = [1.0; FACES.len()];
        for (baseline, face) in baselines.iter_mut().zip(FACES) {
            let blob = Blob::new(Arc::new(face_bytes(face)));
            let named = FontInfoOverride { family_name: Some(face.family()), ..FontInfoOverride::default() };
            collection.register_fonts(blob.clone(), Some(named));
            fonts.push(FontData::new(blob, 0));
            *baseline = baseline_share(face);
        }
        let font_context = FontContext { collection, source_cache: SourceCache::default() };
        let state = ShapingState {
            font_context,
            layout_context: LayoutContext::new(),
            has_system_fonts: false,
            fonts,
            baselines,
            texts: TextCache::new(),
            asked: 0,
            outlines: HashMap::new(),
            can_draw: HashMap::new(),
        };
        Self { state: Mutex::new(state) }
    }

    /// Shapes a text. Breaks lines at words to fit `max_width` world units (inside a word only if it is too long), and
    /// truncates with "…" after `max_lines`. If `max_lines` is at most three, line lengths are balanced.
    #[must_use]
    pub fn shape(&self, text: &str, style: Style, max_width: Option<f32>, max_lines: Option<usize>) -> Arc<Text> {
        self.shape_with(text, style, (max_width, max_lines), &[])
    }

    /// As [`Fonts::shape`], but does not break these parts of the text across lines if they fit a line.
    #[must_use]
    pub fn shape_unbroken(
        &self,
        text: &str,
        style: Style,
        (max_width, max_lines): (f32, usize),
        unbroken: &[String],
    ) -> Arc<Text> {
        let plain = self.shape(text, style, Some(max_width), Some(max_lines));
        let is_whole = |part: &String| plain.lines.iter().any(|line| line.text.contains(&**part));
        if unbroken.iter().all(is_whole) {
            return plain;
        }
        let fits = |part: &&String| self.shape(part, style, None, None).size.x <= max_width;
        let parts: Vec<&str> = unbroken.iter().filter(fits).map(String::as_str).collect();
        self.shape_with(text, style, (Some(max_width), Some(max_lines)), &parts)
    }

    fn shape_with(
        &self,
        text: &str,
        style: Style,
        (max_width, max_lines): (Option<f32>, Option<usize>),
        unbroken: &[&str],
    ) -> Arc<Text> {
        let key = ShapeKey {
            text: text.into(),
            face: style.face,
            size: style.size.to_bits(),
            max_width: max_width.map(f32::to_bits),
            max_lines,
            unbroken: unbroken.iter().map(|&part| part.into()).collect(),
        };
        let mut state = self.lock();
        state.asked += 1;
        if let Some(text) = state.texts.get(&key) {
            return text;
        }
        let shaped = Arc::new(shape::shape(&mut state, text, style, (max_width, max_lines), unbroken));
        state.texts.insert(key, Arc::clone(&shaped));
        shaped
    }

    /// Returns the number of calls of [`Fonts::shape`], cached or not, as a measure of work.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.lock().asked
    }

    /// Returns the outline of a glyph at a font size, relative to its origin on the baseline; empty for a blank glyph.
    #[must_use]
    pub fn outline(&self, font: FontId, glyph: u32, size: f32) -> Arc<[PathSegment]> {
        let mut state = self.lock();
        let key = (font, glyph, size.to_bits());
        if let Some(steps) = state.outlines.get(&key) {
            return Arc::clone(steps);
        }
        let data = state.fonts.get(font.0 as usize).and_then(font_ref);
        let steps: Arc<[PathSegment]> = data.map_or_else(Vec::new, |font| outline::draw(&font, glyph, size)).into();
        if state.outlines.len() >= MAX_OUTLINES {
            state.outlines.clear();
        }
        state.outlines.insert(key, Arc::clone(&steps));
        steps
    }

    /// Returns the file of a font, for formats that embed fonts.
    #[must_use]
    pub fn font_file(&self, font: FontId) -> Option<FontFile> {
        let data = self.lock().fonts.get(font.0 as usize).cloned()?;
        Some(FontFile { bytes: Arc::new(data.data), index: data.index })
    }

    /// Ignores poisoning: a panic while shaping can't leave inconsistent state, only caches and scratch space.
    fn lock(&self) -> MutexGuard<'_, ShapingState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the baseline offset, per unit of size, that centers ascent and descent in the line.
fn baseline_share(face: super::Face) -> f32 {
    let Ok(font) = FontRef::new(face_bytes(face)) else { return 1.0 };
    let metrics = font.metrics(Size::new(1.0), LocationRef::default());
    let extent = metrics.ascent - metrics.descent;
    (face.line_height() - extent) / 2.0 + metrics.ascent
}
