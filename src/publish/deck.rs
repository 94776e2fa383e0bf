//! Writes an edition as the slides of a `PowerPoint` file: the map, and the sources that have no room beside it.

use std::collections::BTreeMap;

use super::{Citations, Edition, Format};
use crate::export::ExportError;
use crate::export::pptx::{DEFAULT_TYPEFACE, Deck, DeckColors, DeckSlide, DeckSource, SlideContent, write_deck};
use crate::model::Map;
use crate::wording;

/// Writes the file. The notes of the first slide have all sources in full.
///
/// # Errors
///
/// As [`write_deck`].
pub(super) fn write(edition: &Edition<'_>) -> Result<Vec<u8>, ExportError> {
    let sheet = edition.composed(Format::Pptx);
    let captions = edition.captions();
    let citations = citations(&edition.document.map);
    let outside = edition.theme.outside();
    let has_citations = edition.options.citations != Citations::None;
    let notes = has_citations.then(|| edition.notes());
    let titles = source_titles(sheet.more.len());
    let first = DeckSlide {
        scene: &sheet.first,
        title: &captions.title,
        content: edition.options.slide,
        notes: notes.as_deref(),
    };
    // Text is what sources are for: their links work, and they can be copied.
    let more = sheet.more.iter().zip(&titles).map(|(scene, title)| DeckSlide {
        scene,
        title,
        content: SlideContent::Shapes,
        notes: None,
    });
    let slides: Vec<DeckSlide<'_>> = std::iter::once(first).chain(more).collect();
    let deck = Deck {
        fonts: edition.fonts,
        points: edition.options.page.points_per_px,
        colors: DeckColors {
            background: edition.theme.background,
            text: outside.text,
            muted: outside.muted,
            card: edition.theme.card,
        },
        background: edition.background(),
        typeface: edition.options.typeface.as_deref().unwrap_or(DEFAULT_TYPEFACE),
        captions: &captions,
        citations: &citations,
    };
    write_deck(&slides, &deck)
}

/// Returns the titles of the slides with sources, which must differ within a deck.
fn source_titles(count: usize) -> Vec<String> {
    match count {
        1 => vec!["Sources".to_owned()],
        _ => (1..=count).map(|number| format!("Sources ({number} of {count})")).collect(),
    }
}

fn citations(map: &Map) -> BTreeMap<u32, DeckSource> {
    let cited = |(number, &source)| (number, DeckSource { source, reference: wording::reference(map, source) });
    (1..).zip(map.cited_sources()).map(cited).collect()
}
