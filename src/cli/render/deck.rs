//! The decks and moving pictures that `tieline render` leaves alone, and the template of a deck.

use std::path::Path;

use anyhow::Context as _;

use super::arguments::OutputArguments;
use crate::export::pptx::HouseStyle;
use crate::load::{ThemeStyle, read_theme};
use crate::publish::{Format, page_path};
use crate::save::{KeptStory, read_presentation};

/// Gives decks and moving pictures whose file exists the next free name.
///
/// # Errors
///
/// When an existing file can't be read.
pub(super) fn keep_stories(outputs: &mut [OutputArguments]) -> anyhow::Result<Vec<KeptStory>> {
    let mut kept = Vec::new();
    let is_kept = |output: &&mut OutputArguments| output.format == Format::Pptx || output.format.is_moving();
    for output in outputs.iter_mut().filter(is_kept) {
        if let Some(story) = KeptStory::find(&output.path, page_path)? {
            output.path.clone_from(&story.new);
            kept.push(story);
        }
    }
    Ok(kept)
}

/// Reads the colors and typefaces of a template.
///
/// # Errors
///
/// When the file can't be read or has none.
pub(super) fn house_style(path: &Path) -> anyhow::Result<HouseStyle> {
    let bytes = read_presentation(path)?;
    let theme = read_theme(&bytes).with_context(|| format!("could not use {} as a template", path.display()))?;
    let ThemeStyle { dark, light, accents, heading_font, text_font } = theme;
    Ok(HouseStyle { dark, light, accents, heading_font, text_font })
}
