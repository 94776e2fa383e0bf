//! Scenes as pictures on a slide: an SVG, and a PNG for programs that don't read SVG.

use std::sync::Arc;

use super::deck::{Deck, DeckSlide};
use super::model::{Label, PictureElement, SlideElement};
use super::units::Units;
use crate::export::svg::{TextMode, write_captioned_svg};
use crate::export::{Captions, ExportError, Frame, bitmap, png};
use crate::scene::{Part, Scene, Shape};
use crate::text::Face;

/// The most shapes that the map of a slide has; with more, editing it by hand is impractical and presentation programs
/// become slow.
pub const MAX_SHAPES: usize = 400;
/// Pixels of the PNG per point of the slide: twice those of a full-HD screen.
const PIXELS_PER_POINT: f32 = 4.0;
/// The most pixels that presentation programs accept on a side.
const MAX_SIDE: f32 = 8_000.0;
/// The most pixels in all; programs on the web refuse pictures of 25 million.
const MAX_PIXELS: f32 = 20e6;

/// Returns a picture of a scene that fills the slide.
///
/// # Errors
///
/// When the picture can't be drawn.
pub(super) fn picture(
    scene: &Scene,
    (deck, slide): (&Deck<'_>, &DeckSlide<'_>),
    units: Units,
    name: &str,
) -> Result<SlideElement, ExportError> {
    let size = scene.bounds.size();
    let frame = Frame { view: scene.bounds, size_px: size, background: deck.background };
    let captions = Captions::titled(&slide.captions.title);
    let svg = write_captioned_svg(scene, deck.fonts, &frame, TextMode::Paths, &captions).into_bytes();
    let scale = (deck.points * PIXELS_PER_POINT)
        .min(MAX_SIDE / size.max_elem().max(1.0))
        .min((MAX_PIXELS / (size.x * size.y).max(1.0)).sqrt());
    let drawn = bitmap::draw(scene, deck.fonts, &frame, scale)?;
    let png = png::encode_png(&drawn, scale * 72.0 / deck.points.max(1e-3), None)?;
    let description = [&*slide.captions.title, &*slide.captions.description];
    let description = description.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(". ");
    let label = Label { name: name.to_owned(), description, is_decorative: false };
    Ok(SlideElement::Picture(PictureElement { label, rect: units.rect(scene.bounds), svg, png }))
}

/// Returns whether a part belongs to the map itself.
pub(super) fn is_of_map(part: Part) -> bool {
    !matches!(part, Part::Title | Part::Legend | Part::Sources | Part::Source(_))
}

/// Returns whether a text stays text where the map is a picture: names of actors, of areas and of columns.
pub(super) fn is_name(part: Part, shape: &Shape) -> bool {
    let is_text = matches!(shape, Shape::Text { text, .. } if text.style.face != Face::Icon);
    is_text && matches!(part, Part::Card(_) | Part::Area(_) | Part::Heading(_))
}

/// Returns the map of a page without its names, on the whole page.
pub(super) fn map_without_names(scene: &Scene) -> Scene {
    let mut items: Vec<_> = scene.items.iter().filter(|item| is_of_map(item.part)).map(Arc::clone).collect();
    for item in &mut items {
        let part = item.part;
        if item.shapes.iter().any(|shape| is_name(part, shape)) {
            Arc::make_mut(item).shapes.retain(|shape| !is_name(part, shape));
        }
    }
    Scene { items, bounds: scene.bounds, background: scene.background }
}

/// Returns whether the map of a slide has too many shapes to be written as shapes.
#[must_use]
pub fn has_too_many_shapes(scene: &Scene) -> bool {
    shape_count(scene) > MAX_SHAPES
}

/// Returns how many shapes the map of a page has.
fn shape_count(scene: &Scene) -> usize {
    let items = scene.items.iter().filter(|item| item.min_scale <= 1.0 && is_of_map(item.part));
    let count = |shape: &Shape| match shape {
        Shape::Segments { lines, .. } => lines.len(),
        Shape::Dots { dots, .. } => dots.len(),
        // Arrowheads belong to their lines, and texts to their shapes.
        Shape::Polygon { .. } | Shape::Halo { .. } => 0,
        Shape::Text { text, .. } => usize::from(text.style.face == Face::Icon),
        Shape::Rect { .. } | Shape::Curve { .. } | Shape::Region { .. } => 1,
    };
    items.flat_map(|item| &item.shapes).map(count).sum()
}
