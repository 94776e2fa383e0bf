//! Writes an edition as the slides of a `PowerPoint` file: the map, and the sources that have no room beside it.

use std::collections::{BTreeMap, HashSet};

use super::story::{DrawnStep, unique};
use super::{Citations, Edition, Format};
use crate::export::pptx::{
    DEFAULT_TYPEFACE, Deck, DeckColors, DeckSlide, DeckSource, HouseStyle, MorphNames, SlideContent, write_deck,
};
use crate::export::{Captions, ExportError};
use crate::model::Map;
use crate::scene::{Part, Scene};
use crate::wording;

/// Writes the file: a slide for the map or for each step of its story, then the sources. The notes of each slide with a
/// map have its sources in full.
///
/// # Errors
///
/// As [`write_deck`].
pub(super) fn write(edition: &Edition<'_>) -> Result<Vec<u8>, ExportError> {
    let sheet = edition.composed(Format::Pptx);
    let captions = edition.captions();
    let maps = map_slides(edition, &captions);
    let citations = citations(&edition.document.map);
    let outside = edition.theme.outside();
    let pages: Vec<&Scene> = std::iter::once(&sheet.first).chain(&sheet.more).collect();
    let titles = further_titles([sheet.caption_pages, pages.len() - maps.len() - sheet.caption_pages], &maps);
    let (with_map, further) = pages.split_at(maps.len());
    let with_map = with_map.iter().zip(&maps).enumerate().map(|(index, (scene, map))| DeckSlide {
        scene,
        title: &map.title,
        content: edition.options.slide,
        captions: &map.captions,
        has_morph: index > 0,
        notes: map.notes.as_deref(),
    });
    // Sources are always text, so that their links work and they can be copied.
    let further = further.iter().zip(&titles).map(|(scene, title)| DeckSlide {
        scene,
        title,
        content: SlideContent::Shapes,
        captions: &captions,
        has_morph: false,
        notes: None,
    });
    let slides: Vec<DeckSlide<'_>> = with_map.chain(further).collect();
    let names = if maps.len() > 1 { names(edition) } else { MorphNames::default() };
    let house_style = edition.options.house_style.as_ref();
    let typeface = |of_style: fn(&HouseStyle) -> Option<&str>| {
        let own = edition.options.typeface.as_deref();
        own.or_else(|| of_style(house_style?)).unwrap_or(DEFAULT_TYPEFACE)
    };
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
        typeface: typeface(|style| style.text_font.as_deref()),
        heading_typeface: typeface(|style| style.heading_font.as_deref()),
        house_style,
        captions: &captions,
        names: &names,
        citations: &citations,
    };
    write_deck(&slides, &deck)
}

/// A slide with a map.
struct MapSlide {
    title: String,
    captions: Captions,
    notes: Option<String>,
}

fn map_slides(edition: &Edition<'_>, whole: &Captions) -> Vec<MapSlide> {
    let options = &edition.options;
    let has_citations = options.citations != Citations::None;
    let of_step = |step: &DrawnStep| MapSlide {
        title: step.title.clone(),
        captions: step.captions(options),
        notes: step.notes_on_slide(options, has_citations),
    };
    match edition.steps() {
        [] => {
            let notes = has_citations.then(|| edition.notes());
            vec![MapSlide { title: whole.title.clone(), captions: whole.clone(), notes }]
        }
        steps => steps.iter().map(of_step).collect(),
    }
}

/// Returns the names of all actors and ties, by the ids of the file.
fn names(edition: &Edition<'_>) -> MorphNames {
    let map = &edition.document.map;
    let actors = map.actor_ids().map(|actor| (Part::Card(actor), &*map.actor(actor).key));
    let ties = map.tie_ids().flat_map(|tie| {
        let parts = [Part::Pill(tie), Part::Lane(tie), Part::RibbonPill(tie), Part::Ribbon(tie)];
        parts.map(|part| (part, &*map.tie(tie).claim.key))
    });
    MorphNames::new(actors.chain(ties))
}

/// Returns the titles of the slides with captions and of those with sources, which must differ within a deck.
fn further_titles(counts: [usize; 2], maps: &[MapSlide]) -> Vec<String> {
    let mut taken: HashSet<String> = maps.iter().map(|slide| slide.title.clone()).collect();
    let all = ["Captions", "Sources"].into_iter().zip(counts).flat_map(|(word, count)| {
        (1..=count).map(move |number| match count {
            1 => word.to_owned(),
            _ => format!("{word} ({number} of {count})"),
        })
    });
    all.map(|title| unique(title, &mut taken)).collect()
}

fn citations(map: &Map) -> BTreeMap<u32, DeckSource> {
    let cited = |(number, &source)| (number, DeckSource { source, reference: wording::reference(map, source) });
    (1..).zip(map.cited_sources()).map(cited).collect()
}
