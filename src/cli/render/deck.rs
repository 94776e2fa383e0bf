//! The decks that `tieline render` leaves alone, and the template of a deck.

use std::path::Path;

use anyhow::Context as _;

use super::arguments::OutputArguments;
use crate::export::pptx::HouseStyle;
use crate::load::{ThemeStyle, read_theme};
use crate::publish::{Format, page_path};
use crate::save::{KeptDeck, read_presentation};

/// Gives decks whose file exists the next free name.
///
/// # Errors
///
/// When an existing deck can't be read.
pub(super) fn keep_decks(outputs: &mut [OutputArguments]) -> anyhow::Result<Vec<KeptDeck>> {
    let mut kept = Vec::new();
    for output in outputs.iter_mut().filter(|output| output.format == Format::Pptx) {
        if let Some(deck) = KeptDeck::find(&output.path, page_path)? {
            output.path.clone_from(&deck.new);
            kept.push(deck);
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
