//! Fallback fonts for panels: system fonts are added when drawn text has characters that the bundled fonts lack.
//!
//! The canvas doesn't need this: its text is shaped by [`crate::text`], which has its own fallback.

use std::collections::HashSet;
use std::sync::Arc;

use egui::{Context, LayerId, Shape};

use crate::text::{Face, FontFile, Fonts, Style};

use crate::app::ui::fonts;

/// The characters seen so far, and the system fonts added for them.
pub(crate) struct FallbackFonts {
    fonts: Arc<Fonts>,
    met: HashSet<char>,
    files: Vec<FontFile>,
}

impl FallbackFonts {
    /// Installs the bundled fonts only.
    pub(crate) fn new(ctx: &Context, fonts: Arc<Fonts>) -> Self {
        fonts::install_fonts(ctx, &[]);
        Self { fonts, met: HashSet::new(), files: Vec::new() }
    }

    /// Adds fonts for characters that first appear in this frame, and requests a repaint if any were added.
    pub(crate) fn follow(&mut self, ctx: &Context) {
        let layers: Vec<LayerId> = ctx.memory(|memory| memory.layer_ids().collect());
        let layers = layers.into_iter().chain([LayerId::background()]);
        let mut new = String::new();
        ctx.graphics(|graphics| self.meet(graphics, layers, &mut new));
        if new.is_empty() {
            return;
        }
        let style = Style { face: Face::Regular, size: 16.0 };
        let text = self.fonts.shape(&new, style, None, None);
        let runs = text.lines.iter().flat_map(|line| &line.runs);
        let known = self.files.len();
        for file in runs.filter(|run| !run.font.is_bundled()).filter_map(|run| self.fonts.font_file(run.font)) {
            if !self.files.iter().any(|known| known.is_same(&file)) {
                self.files.push(file);
            }
        }
        if self.files.len() > known {
            fonts::install_fonts(ctx, &self.files);
            ctx.request_repaint();
        }
    }

    /// Collects new characters beyond Latin Extended-B into `new`.
    fn meet(
        &mut self,
        graphics: &egui::layers::GraphicLayers,
        layers: impl Iterator<Item = LayerId>,
        new: &mut String,
    ) {
        let shapes = layers.filter_map(|layer| graphics.get(layer)).flat_map(egui::layers::PaintList::all_entries);
        for clipped in shapes {
            if let Shape::Text(text) = &clipped.shape {
                let letters = text.galley.text().chars().filter(|letter| *letter > '\u{24F}');
                new.extend(letters.filter(|letter| self.met.insert(*letter)));
            }
        }
    }
}
