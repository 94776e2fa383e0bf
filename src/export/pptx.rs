//! Writes scenes as the slides of a PowerPoint file: cards and labels as shapes with their text, lanes as paths with
//! arrowheads, alternative texts, links to the sources, and speaker notes.
//!
//! The package is written here as well, on top of deflate alone. It holds no time, path or user name: the same scenes
//! give the same bytes.

mod build;
mod deck;
mod entry;
mod house_style;
mod label;
mod lanes;
mod markup;
mod metrics;
mod model;
mod morph;
mod names;
mod package;
mod paths;
mod picture;
mod relationships;
mod shape;
mod sources;
mod text;
mod units;
mod xml;

pub use deck::{Deck, DeckColors, DeckSlide, DeckSource, SlideContent};
pub use house_style::HouseStyle;
pub use metrics::{DEFAULT_TYPEFACE, arial_width};
pub use morph::MorphNames;
pub use picture::{MAX_SHAPES, has_too_many_shapes};

use std::collections::BTreeMap;
use std::fmt::Write as _;

use emath::Vec2;

use super::ExportError;
use crate::scene::Part;

use self::build::SlideBuilder;
use self::markup::{NAMESPACES, TREE_ROOT};
use self::model::{EMU_PER_POINT, SlideElement};
use self::package::SlideParts;
use self::relationships::{RelationshipTarget, Relationships};
use self::text::HeadScale;
use self::units::Units;
use self::xml::SlideXml;

/// Sides of a slide that presentation programs accept, in EMU: 1 to 56 inches.
const SIDES: std::ops::RangeInclusive<f64> = 914_400.0..=51_206_400.0;

/// Writes a file with these slides, all of the size of the first.
///
/// # Errors
///
/// When a picture would be too large, or the file exceeds the limits of the format.
pub fn write_deck(slides: &[DeckSlide<'_>], deck: &Deck<'_>) -> Result<Vec<u8>, ExportError> {
    let page = slides.first().map_or(Vec2::splat(1.0), |slide| slide.scene.bounds.size());
    let (size, emu_per_unit) = slide_size(page, deck.points);
    // The slide that lists each source; the last, since that of a story has the sources of all its steps.
    let mut listed = BTreeMap::new();
    for (index, slide) in slides.iter().enumerate() {
        for item in &slide.scene.items {
            if let Part::Source(source) = item.part {
                listed.insert(source, index);
            }
        }
    }
    let language = deck.captions.language.as_deref().unwrap_or("en-US");
    let head_scale = HeadScale::new(deck, slides);
    let mut elements = Vec::new();
    for (index, slide) in slides.iter().enumerate() {
        let units = Units::new(slide.scene.bounds.min, emu_per_unit);
        let builder = SlideBuilder { deck, slide, units, index, listed: &listed, head_scale: &head_scale };
        elements.push(builder.elements()?);
    }
    morph::unmark_mixed(&mut elements);
    let parts = elements.iter().zip(slides).enumerate();
    let parts = parts.map(|(index, (elements, slide))| slide_parts(elements, slide, index, language)).collect();
    package::write(deck, size, parts).map_err(ExportError::Package)
}

/// Returns the size of the slides in EMU, and the length of a world unit in EMU. Pages of a size that presentation
/// programs don't accept are scaled.
fn slide_size(page: Vec2, points: f32) -> ([i64; 2], f64) {
    let emu = f64::from(points) * EMU_PER_POINT;
    let (width, height) = (f64::from(page.x).max(1e-3) * emu, f64::from(page.y).max(1e-3) * emu);
    let fit = (SIDES.end() / width.max(height)).min((SIDES.start() / width.min(height)).max(1.0));
    let side = |length: f64| (length * fit).clamp(*SIDES.start(), *SIDES.end()).round() as i64;
    ([side(width), side(height)], emu * fit)
}

fn slide_parts(elements: &[SlideElement], slide: &DeckSlide<'_>, index: usize, language: &str) -> SlideParts {
    let mut relationships = Relationships::to(&[("slideLayout", "../slideLayouts/slideLayout1.xml")]);
    let notes = slide.notes.map(|notes| {
        let path = format!("../notesSlides/notesSlide{}.xml", index + 1);
        relationships.id(RelationshipTarget::Part("notesSlide", path));
        package::notes_slide(notes, language)
    });
    let mut writer = SlideXml { out: markup::start(), relationships: &mut relationships, language, last_id: 1 };
    let _ = write!(writer.out, "<p:sld {NAMESPACES}><p:cSld><p:spTree>{TREE_ROOT}");
    for element in elements {
        writer.element(element);
    }
    writer.out.push_str("</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>");
    writer.out.push_str(if slide.has_morph { morph::TRANSITION } else { "" });
    writer.out.push_str("</p:sld>");
    let xml = writer.out;
    SlideParts { xml, relationships, notes }
}

#[cfg(test)]
mod tests {
    use emath::vec2;

    use super::slide_size;

    #[test]
    fn slides_have_sizes_that_programs_accept() {
        assert_eq!(slide_size(vec2(1920.0, 1080.0), 0.5).0, [12_192_000, 6_858_000]);
        assert_eq!(slide_size(vec2(1440.0, 1080.0), 0.5).0, [9_144_000, 6_858_000]);
        for (page, points) in [(vec2(20_000.0, 10_000.0), 0.75), (vec2(10.0, 10.0), 0.75), (vec2(20_000.0, 1.0), 0.75)]
        {
            let (size, _) = slide_size(page, points);
            assert!(size.iter().all(|side| (914_400..=51_206_400).contains(side)), "{page:?}: {size:?}");
        }
    }
}
