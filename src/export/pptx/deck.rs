//! What the slides of a deck show and have in common, as callers state it.

use std::collections::BTreeMap;

use super::house_style::HouseStyle;
use super::morph::MorphNames;
use crate::export::Captions;
use crate::model::{Rgb, SourceId};
use crate::scene::Scene;
use crate::text::Fonts;

/// How a slide shows its map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SlideContent {
    /// As shapes and text; as a picture with names as text if there are more than [`MAX_SHAPES`](super::MAX_SHAPES).
    #[default]
    Shapes,
    /// The whole slide as one picture, which looks exactly like the other formats and can't be edited.
    Picture,
}

/// One slide.
#[derive(Clone, Copy, Debug)]
pub struct DeckSlide<'a> {
    /// The page to show; its bounds fill the slide.
    pub scene: &'a Scene,
    /// Title for the outline and for screen readers.
    pub title: &'a str,
    /// How the map is shown.
    pub content: SlideContent,
    /// Text alternatives of its parts, and addresses of its sources.
    pub captions: &'a Captions,
    /// Whether its objects move here from their places on the previous slide.
    pub has_morph: bool,
    /// Text for the speaker, one paragraph a line; `None` for no notes.
    pub notes: Option<&'a str>,
}

/// Main colors of a deck, which become those of its theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeckColors {
    /// Background of the slides.
    pub background: Rgb,
    /// Names and other main text on the background.
    pub text: Rgb,
    /// Secondary text on the background.
    pub muted: Rgb,
    /// Fill of cards.
    pub card: Rgb,
}

impl DeckColors {
    /// Black on white paper.
    pub(super) const PAPER: Self =
        Self { background: Rgb([255; 3]), text: Rgb([0; 3]), muted: Rgb([0x55, 0x5e, 0x69]), card: Rgb([255; 3]) };

    /// Returns whether the background is dark.
    #[must_use]
    pub fn is_dark(&self) -> bool {
        self.background.luminance() < self.text.luminance()
    }
}

/// A source that numbers in labels refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeckSource {
    /// The source.
    pub source: SourceId,
    /// Its reference, shown under the pointer.
    pub reference: String,
}

/// What all slides of a deck have in common.
#[derive(Clone, Copy)]
pub struct Deck<'a> {
    /// The fonts of the scenes.
    pub fonts: &'a Fonts,
    /// Length of a world unit of the scenes in points.
    pub points: f32,
    /// The main colors.
    pub colors: DeckColors,
    /// Background of pictures; `None` for a transparent one.
    pub background: Option<Rgb>,
    /// Name of the typeface, which need not be installed.
    pub typeface: &'a str,
    /// Name of the typeface of titles.
    pub heading_typeface: &'a str,
    /// Colors of the user's template for the theme.
    pub house_style: Option<&'a HouseStyle>,
    /// Title, description, language and authors of the file.
    pub captions: &'a Captions,
    /// Names of objects that are on several slides.
    pub names: &'a MorphNames,
    /// The cited sources by number.
    pub citations: &'a BTreeMap<u32, DeckSource>,
}
