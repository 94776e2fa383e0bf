//! Writes the steps of an edition one after the other as a moving picture.

use super::{Edition, Format};
use crate::export::ExportError;
use crate::export::animation::{AnimationFormat, AnimationPage, write_animation};
use crate::layout::Progress;
use crate::scene::Scene;

/// Shortest and longest time for a page, in hundredths of a second.
const TIMES: (u16, u16) = (300, 900);
/// Characters that are read in a second.
const PACE: u16 = 15;

impl Edition<'_> {
    /// Returns the bytes of a moving picture of all pages, each shown as long as it takes to read its title and caption.
    ///
    /// # Errors
    ///
    /// When a page has no area, the file can't be encoded, or it was canceled.
    pub(super) fn write_animation(
        &self,
        format: AnimationFormat,
        progress: &dyn Progress,
    ) -> Result<Vec<u8>, ExportError> {
        let sheet = self.composed(Format::Png);
        let scenes: Vec<&Scene> = std::iter::once(&sheet.first).chain(&sheet.more).collect();
        let pages: Vec<AnimationPage<'_>> = scenes
            .into_iter()
            .enumerate()
            .map(|(index, scene)| AnimationPage { scene, centiseconds: self.time_of_page(index) })
            .collect();
        write_animation((format, self.options.moving), &pages, self.fonts, self.theme.background, progress)
    }

    /// Returns how long all pages of a moving picture are shown, in seconds.
    #[must_use]
    pub fn moving_secs(&self) -> f32 {
        let pages = 1 + self.composed(Format::Gif).more.len();
        (0..pages).map(|index| f32::from(self.time_of_page(index)) / 100.0).sum()
    }

    /// Returns the time for a page, in hundredths of a second.
    fn time_of_page(&self, index: usize) -> u16 {
        let Some(step) = self.steps().get(index) else { return TIMES.1 };
        let caption = step.picture.document.map.meta().subtitle.as_deref().unwrap_or_default();
        let letters = step.title.chars().chain(caption.chars()).take(1_000).count() as u16;
        (TIMES.0 / 2).saturating_add(letters.saturating_mul(100 / PACE)).clamp(TIMES.0, TIMES.1)
    }
}
