//! The picture of a page of a large map. Each step is drawn anew for what it shows and for its camera, as on a slide.

use super::{LARGEST, PagePicture, ScaledPictures, TwoThemes, paired, picture, scales, sizes_at};
use crate::derive::{self, StepPicture};
use crate::model::StepCamera;
use crate::publish::Edition;
use crate::publish::story::DrawnStep;
use crate::scene::{Overview, Part, Scene, SheetInputs, SheetOptions, StoryPage, Theme, compose_story};

/// Ratio between the scales at which names are placed anew; larger than for small maps, since pictures take longer.
const RATIO: f32 = 2.0;
/// The scales for which steps are drawn; closer or farther they look alike.
const STEP_SCALES: [f32; 2] = [0.3, 1.5];
/// Most shapes of the pictures of all steps, in one theme, which are some 20 MB; later steps show the whole map.
const MAX_SHAPES: usize = 200_000;

/// Draws the whole map, and the steps.
pub(super) fn draw(
    edition: &Edition<'_>,
    overview: &Overview,
    options: &SheetOptions,
    steps: &[DrawnStep],
) -> PagePicture {
    let themes = [Theme::light(), Theme::dark()];
    let (document, input, fonts) = (&edition.document, &edition.input, edition.fonts);
    let sheet = |theme: &Theme, scale: f32| {
        let options = SheetOptions { readable: Some(sizes_at(scale)), ..options.clone() };
        derive::build_overview_sheet(document, input, overview, fonts, theme, &options).first
    };
    let scales: Vec<f32> = scales(options.size_px.x, RATIO, LARGEST).collect();
    let whole = scales.iter().map(|scale| {
        let [light, dark] = themes.each_ref().map(|theme| sheet(theme, *scale));
        paired(light.items, dark.items)
    });
    let whole: Vec<Vec<TwoThemes>> = whole.collect();
    let told = draw_steps(edition, options, steps, (&scales, &whole));
    let mut merged = ScaledPictures::default();
    for (level, (&scale, whole)) in scales.iter().zip(&whole).enumerate().rev() {
        merged.begin_level(scale);
        merged.add(0, whole);
        for (number, frames) in (1..).zip(&told) {
            merged.add(number, frames.at(level).unwrap_or(whole));
        }
    }
    let occurrences = merged.into_occurrences(1 + steps.len()).into_iter().map(|(pair, mut seen)| {
        seen.is_apart = seen.steps.as_ref().is_some_and(|steps| !steps.contains(&0));
        (pair, seen)
    });
    let (pairs, occurrences) = occurrences.unzip();
    let [light, dark] = themes.each_ref().map(|theme| sheet(theme, 1.0));
    picture(pairs, occurrences, [&light, &dark], None)
}

/// The pictures of a step, from the smallest scale; none if it looks like the whole map.
struct StepFrames {
    /// The index of the scale that the first picture is for.
    first: usize,
    frames: Vec<Vec<TwoThemes>>,
}

impl StepFrames {
    /// Returns the picture for the scale with this index.
    fn at(&self, level: usize) -> Option<&[TwoThemes]> {
        let last = self.frames.len().checked_sub(1)?;
        self.frames.get(level.saturating_sub(self.first).min(last)).map(Vec::as_slice)
    }
}

fn draw_steps(
    edition: &Edition<'_>,
    options: &SheetOptions,
    steps: &[DrawnStep],
    (scales, whole): (&[f32], &[Vec<TwoThemes>]),
) -> Vec<StepFrames> {
    let [least, most] = STEP_SCALES;
    let is_meant = |scale: &f32| (least..=most).contains(scale);
    let first = scales.iter().position(is_meant).unwrap_or(0);
    let mut shapes = 0;
    let draw = |step: &DrawnStep| {
        let mut frames = Vec::new();
        if shapes < MAX_SHAPES {
            frames.extend(scales.iter().copied().filter(is_meant).map(|scale| frame(edition, options, step, scale)));
        }
        if frames.iter().zip(&whole[first..]).all(|(frame, whole)| frame == whole) {
            // The step shows the whole map, which is drawn for more scales.
            frames.clear();
        }
        let drawn = frames.iter().flatten().map(|[light, _]| light.shapes.len());
        shapes += drawn.sum::<usize>();
        StepFrames { first, frames }
    };
    steps.iter().map(draw).collect()
}

/// Draws a step for a scale of the page, without legend: that of the whole map would not fit it.
fn frame(edition: &Edition<'_>, options: &SheetOptions, step: &DrawnStep, scale: f32) -> Vec<TwoThemes> {
    let options = SheetOptions { readable: Some(sizes_at(scale)), has_legend: false, ..options.clone() };
    let [light, dark] = [Theme::light(), Theme::dark()].map(|theme| items(edition, &options, step, &theme));
    paired(light.items, dark.items)
}

fn items(edition: &Edition<'_>, options: &SheetOptions, step: &DrawnStep, theme: &Theme) -> Scene {
    let StepPicture { document, input, layout, overview, view, .. } = &step.picture;
    let is_in_focus = |part: Part| derive::is_part_in_focus(&step.resolved, &input.plan, part);
    let has_focus = step.resolved.focus.is_some();
    if let Some(overview) = overview {
        let sheet = derive::build_overview_sheet(document, input, overview, edition.fonts, theme, options).first;
        return if has_focus { sheet.faded(is_in_focus) } else { sheet };
    }
    let page = StoryPage {
        materials: SheetInputs { map: &document.map, plan: &input.plan, fonts: edition.fonts, theme },
        scene: &derive::build_scene(document, input, layout, theme),
        is_in_focus: has_focus.then_some(&is_in_focus),
        view: *view,
        is_cropped: matches!(step.resolved.camera, StepCamera::At(_)),
        options,
    };
    let mut pages = compose_story(&[page], edition.scene.bounds).pages;
    pages.pop().map_or_else(|| edition.scene.clone(), |(scene, _)| scene)
}
