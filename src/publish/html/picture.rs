//! The picture of an HTML page, drawn for each scale at which it may be seen: names and labels are placed anew wherever
//! those of the whole picture would be too small, as in the window.

mod overview;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::derive::{self, LayoutInput, StepPicture};
use crate::document::Document;
use crate::export::html::Occurrence;
use crate::layout::Layout;
use crate::publish::Edition;
use crate::publish::story::DrawnStep;
use crate::scene::{Placement, ReadableSizes, Scene, SceneItem, SheetInputs, SheetOptions, Theme};
use crate::text::Fonts;

/// Width of the picture on the narrowest screens, in pixels.
const NARROWEST: f32 = 340.0;
/// Ratio between the scales at which names are placed anew.
const RATIO: f32 = 1.35;
/// The largest scale of a page.
const LARGEST: f32 = 8.0;

/// An item in light and in dark colors.
type TwoThemes = [Arc<SceneItem>; 2];

/// The picture of a page.
pub(super) struct PagePicture {
    /// In light colors.
    pub(super) light: Scene,
    /// The same items in dark colors.
    pub(super) dark: Scene,
    /// When each item is drawn.
    pub(super) occurrences: Vec<Occurrence>,
    /// Where the map is on the page; `None` for an overview.
    pub(super) placement: Option<Placement>,
}

/// Draws the picture of an edition with the given steps.
pub(super) fn draw(edition: &Edition<'_>, options: &SheetOptions, steps: &[DrawnStep]) -> PagePicture {
    match &edition.overview {
        Some(overview) => overview::draw(edition, overview, options, steps),
        None => draw_map(edition, options, steps),
    }
}

/// What is drawn of a step, or of the whole map.
struct DrawnState<'a> {
    document: &'a Document,
    input: &'a LayoutInput,
    /// In light and in dark colors.
    scenes: [Scene; 2],
}

impl<'a> DrawnState<'a> {
    fn new(document: &'a Document, input: &'a LayoutInput, layout: &Layout) -> Self {
        let scenes = [Theme::light(), Theme::dark()].map(|theme| derive::build_scene(document, input, layout, &theme));
        Self { document, input, scenes }
    }

    fn of_step(step: &'a DrawnStep) -> Self {
        let StepPicture { document, input, layout, .. } = &step.picture;
        Self::new(document, input, layout)
    }

    /// Returns the items as they are on the page, with names and labels of at least these sizes if they are given.
    fn items(&self, fonts: &Fonts, placement: &Placement, readable: Option<ReadableSizes>) -> Vec<TwoThemes> {
        let drawn = |theme: &Theme, scene: &Scene| match readable {
            Some(readable) => {
                let materials = SheetInputs { map: &self.document.map, plan: &self.input.plan, fonts, theme };
                placement.labeled_items(materials, scene, readable)
            }
            None => placement.items(scene),
        };
        let [light, dark] = &self.scenes;
        paired(drawn(&Theme::light(), light), drawn(&Theme::dark(), dark))
    }
}

fn draw_map(edition: &Edition<'_>, options: &SheetOptions, steps: &[DrawnStep]) -> PagePicture {
    let whole = DrawnState::new(&edition.document, &edition.input, &edition.layout);
    let [light, dark] = [(Theme::light(), 0), (Theme::dark(), 1)].map(|(theme, index)| {
        let scene = &whole.scenes[index];
        derive::build_sheet(&edition.document, &edition.input, scene, edition.fonts, &theme, options)
    });
    let placement = light.placement;
    let states: Vec<DrawnState<'_>> = std::iter::once(whole).chain(steps.iter().map(DrawnState::of_step)).collect();
    let merged = placement.map(|placement| merge_states(&states, edition.fonts, &placement, options.size_px.x));
    let map = merged.map(|merged| merged.into_occurrences(states.len())).unwrap_or_default();
    let (pairs, occurrences) = map.into_iter().unzip();
    picture(pairs, occurrences, [&light.first, &dark.first], placement)
}

/// Draws each state at each scale, up to the one at which nothing has to be enlarged.
fn merge_states(states: &[DrawnState<'_>], fonts: &Fonts, placement: &Placement, width: f32) -> ScaledPictures {
    let frames = |readable| states.iter().map(|state| state.items(fonts, placement, readable)).collect::<Vec<_>>();
    let plain = frames(None);
    let mut levels = Vec::new();
    for scale in scales(width, RATIO, LARGEST) {
        let labeled = frames(Some(sizes_at(scale)));
        let is_last = labeled == plain;
        levels.push((scale, labeled));
        if is_last {
            break;
        }
    }
    let mut merged = ScaledPictures::default();
    for (scale, frames) in levels.iter().rev() {
        merged.begin_level(*scale);
        frames.iter().enumerate().for_each(|(state, frame)| merged.add(state, frame));
    }
    merged
}

fn picture(
    pairs: Vec<TwoThemes>,
    occurrences: Vec<Occurrence>,
    [light, dark]: [&Scene; 2],
    placement: Option<Placement>,
) -> PagePicture {
    let (light_items, dark_items) = pairs.into_iter().map(|[light, dark]| (light, dark)).unzip();
    PagePicture {
        light: Scene { items: light_items, ..light.clone() },
        dark: Scene { items: dark_items, ..dark.clone() },
        occurrences,
        placement,
    }
}

fn paired(light: Vec<Arc<SceneItem>>, dark: Vec<Arc<SceneItem>>) -> Vec<TwoThemes> {
    light.into_iter().zip(dark).map(|(light, dark)| [light, dark]).collect()
}

/// Returns the scales at which names are placed anew, in pixels of the screen per pixel of a page of this width.
fn scales(width: f32, ratio: f32, largest: f32) -> impl Iterator<Item = f32> {
    let least = NARROWEST / width.max(1.0);
    std::iter::successors(Some(least), move |scale| Some(scale * ratio)).take_while(move |scale| *scale <= largest)
}

/// Returns the smallest readable sizes on a page that is seen at a scale.
fn sizes_at(scale: f32) -> ReadableSizes {
    let ReadableSizes { name_px, label_px } = ReadableSizes::SCREEN;
    ReadableSizes { name_px: name_px / scale, label_px: label_px / scale }
}

/// The pictures of several scales and steps in one, in the order in which they are drawn.
#[derive(Default)]
struct ScaledPictures {
    /// The scale of each level, from the largest.
    scales: Vec<f32>,
    entries: Vec<MergedItem>,
}

/// An item, and for each level the states in which it is drawn: 0 is the whole map, others are numbers of steps.
struct MergedItem {
    pair: TwoThemes,
    seen: Vec<BTreeSet<usize>>,
}

impl ScaledPictures {
    fn begin_level(&mut self, scale: f32) {
        self.scales.push(scale);
        self.entries.iter_mut().for_each(|entry| entry.seen.push(BTreeSet::new()));
    }

    /// Adds what is drawn in a state at the current level. An item that is there already is not added again, unless
    /// that would change the order.
    fn add(&mut self, state: usize, frame: &[TwoThemes]) {
        let levels = self.scales.len();
        let mut at = 0;
        for pair in frame {
            let is_same = |entry: &MergedItem| entry.pair[0].part == pair[0].part && entry.pair == *pair;
            let known = self.entries[at..].iter().position(is_same).map(|ahead| at + ahead);
            let place = known.unwrap_or(at);
            if known.is_none() {
                let seen = vec![BTreeSet::new(); levels];
                self.entries.insert(place, MergedItem { pair: pair.clone(), seen });
            }
            self.entries[place].seen[levels - 1].insert(state);
            at = place + 1;
        }
    }

    /// Returns each item with the scales and states in which it is drawn; several times if the states differ.
    fn into_occurrences(self, states: usize) -> Vec<(TwoThemes, Occurrence)> {
        let mut occurrences = Vec::new();
        let last = self.scales.len().saturating_sub(1);
        for MergedItem { pair, seen } in self.entries {
            let mut start = 0;
            for same in seen.chunk_by(|a, b| a == b) {
                let end = start + same.len();
                if !same[0].is_empty() {
                    // The levels run from the largest scale to the smallest, which holds for all that are smaller.
                    let from = if end > last { 0.0 } else { self.scales[end - 1] };
                    let until = if start == 0 { f32::INFINITY } else { self.scales[start - 1] };
                    let steps = (same[0].len() < states).then(|| same[0].iter().copied().collect());
                    occurrences.push((pair.clone(), Occurrence { from, until, steps, is_apart: false }));
                }
                start = end;
            }
        }
        occurrences
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ActorId;
    use crate::scene::Part;

    fn item(actor: usize, size: f32) -> TwoThemes {
        let part = Part::Card(ActorId::from_index(actor));
        [size, size].map(|min_scale| Arc::new(SceneItem { part, min_scale, shapes: Vec::new() }))
    }

    #[test]
    fn items_are_merged_by_scale_and_state() {
        let mut merged = ScaledPictures::default();
        merged.begin_level(2.0);
        merged.add(0, &[item(0, 0.0), item(1, 0.0)]);
        merged.add(1, &[item(1, 0.0)]);
        merged.begin_level(1.0);
        merged.add(0, &[item(0, 0.0), item(1, 5.0)]);
        merged.add(1, &[item(1, 0.0)]);
        merged.begin_level(0.5);
        merged.add(0, &[item(0, 7.0), item(1, 5.0)]);
        merged.add(1, &[item(1, 5.0)]);
        let told: BTreeSet<String> = merged
            .into_occurrences(2)
            .into_iter()
            .map(|([light, _], Occurrence { from, until, steps, .. })| {
                format!("{:?} {} from {from} until {until} in {steps:?}", light.part, light.min_scale)
            })
            .collect();
        let expected = [
            "Card(ActorId(0)) 0 from 1 until inf in Some([0])",
            "Card(ActorId(0)) 7 from 0 until 1 in Some([0])",
            "Card(ActorId(1)) 0 from 1 until 2 in Some([1])",
            "Card(ActorId(1)) 0 from 2 until inf in None",
            "Card(ActorId(1)) 5 from 0 until 1 in None",
            "Card(ActorId(1)) 5 from 1 until 2 in Some([0])",
        ];
        assert_eq!(told.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_order_of_drawing_is_that_of_each_picture() {
        let mut merged = ScaledPictures::default();
        let frames = [vec![item(0, 0.0), item(1, 0.0), item(2, 0.0)], vec![item(2, 0.0), item(0, 0.0), item(3, 0.0)]];
        for (frame, scale) in frames.iter().zip([2.0, 1.0]) {
            merged.begin_level(scale);
            merged.add(0, frame);
        }
        let all = merged.into_occurrences(1);
        for (frame, scale) in frames.iter().zip([2.0, 1.0]) {
            let seen = all.iter().filter(|(_, seen)| seen.from <= scale && scale < seen.until);
            assert_eq!(seen.map(|(pair, _)| pair.clone()).collect::<Vec<_>>(), *frame);
        }
    }

    #[test]
    fn scales_reach_from_the_narrowest_screen() {
        let all: Vec<f32> = scales(1_920.0, 2.0, 1.0).collect();
        assert_eq!(all.len(), 3);
        assert!((all[0] * 1_920.0 - NARROWEST).abs() < 0.1);
        assert!((sizes_at(0.5).name_px - 22.0).abs() < 0.01);
    }
}
