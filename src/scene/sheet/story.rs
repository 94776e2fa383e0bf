//! Composes the pages of a story: the same room for the map on every page, so that nothing moves but the camera.

use std::sync::Arc;

use emath::{Rect, pos2};

use super::arrange::{Composition, choose_for, map_scale};
use super::block::{BlockBuilder, NotesContent, NotesPosition};
use super::options::{SheetInputs, SheetOptions};
use super::{Placement, add_remark, crop, words};
use crate::model::Rgb;
use crate::scene::{LabelingCounts, Legend, Part, Scene, SceneItem};

/// How far what is cropped may reach beyond the room for the map, in pixels of a page of plain size.
const OVERHANG: f32 = 8.0;

/// One page of a story.
#[derive(Clone, Copy)]
pub struct StoryPage<'a> {
    /// What the step shows; title, subtitle and date of its map are those of the step.
    pub materials: SheetInputs<'a>,
    /// The picture of the step in world units, nothing faded.
    pub scene: &'a Scene,
    /// Returns whether a part is in focus; `None` if nothing is faded.
    pub is_in_focus: Option<&'a dyn Fn(Part) -> bool>,
    /// The part of the world to show.
    pub view: Rect,
    /// Whether there is something of the picture outside that part.
    pub is_cropped: bool,
    /// The options of the page.
    pub options: &'a SheetOptions,
}

/// The composed pages of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StorySheet {
    /// The pages, each with how many names and labels it has.
    pub pages: Vec<(Scene, LabelingCounts)>,
    /// Whether there is room for the sources on the pages.
    pub has_sources: bool,
    /// Whether there is room for the legend.
    pub has_legend: bool,
}

/// Composes the pages of a story. `whole` is the part of the world that all steps share.
#[must_use]
pub fn compose_story(pages: &[StoryPage<'_>], whole: Rect) -> StorySheet {
    let story = compose(pages, whole);
    let is_told = |options: &SheetOptions| options.has_legend || options.has_coverage;
    let counts = story.pages.iter().map(|(_, counts)| counts);
    let with_names: Vec<SheetOptions> = pages
        .iter()
        .zip(counts)
        .map(|(page, counts)| {
            let left_out = words::left_out_lines(counts);
            if left_out.is_empty() || !is_told(page.options) {
                return page.options.clone();
            }
            add_remark(page.options, left_out)
        })
        .collect();
    if with_names.iter().zip(pages).all(|(options, page)| options == page.options) {
        return story;
    }
    let pages: Vec<StoryPage<'_>> =
        pages.iter().zip(&with_names).map(|(page, options)| StoryPage { options, ..*page }).collect();
    compose(&pages, whole)
}

/// Composes pages with the full sources of everything drawn, and with the legend if `has_legend`.
#[must_use]
pub fn compose_source_pages(
    materials: SheetInputs<'_>,
    options: &SheetOptions,
    has_legend: bool,
    background: Rgb,
) -> Vec<Scene> {
    let builder = BlockBuilder { explains_gaps: false, ..BlockBuilder::new(materials, options) };
    if builder.is_unsourced() {
        return Vec::new();
    }
    let legend = Legend::of_plan(materials.map, materials.plan);
    let left_over = NotesContent { has_legend: has_legend && options.has_legend, has_sources: true };
    builder.further_pages(&legend, left_over, 1.0, background)
}

fn builder<'a>(page: &StoryPage<'a>) -> BlockBuilder<'a> {
    BlockBuilder { explains_gaps: false, ..BlockBuilder::new(page.materials, page.options) }
}

fn compose(pages: &[StoryPage<'_>], whole: Rect) -> StorySheet {
    let builders: Vec<BlockBuilder<'_>> = pages.iter().map(builder).collect();
    let Some(first) = builders.first() else { return StorySheet::default() };
    let legends: Vec<Legend> =
        pages.iter().map(|page| Legend::of_plan(page.materials.map, page.materials.plan)).collect();
    let tallest = |heights: &mut dyn Iterator<Item = f32>| heights.fold(0.0, f32::max);
    let notes_height = |content: NotesContent, arrangement: NotesPosition, width: f32| {
        let of = builders.iter().zip(&legends);
        tallest(&mut of.map(|(builder, legend)| builder.notes(legend, content, arrangement, width, 1.0).height))
    };
    let head = tallest(&mut builders.iter().map(|builder| builder.head().height));
    let foot = tallest(&mut builders.iter().map(|builder| builder.foot().height));
    let best = choose_for(first, &notes_height, whole.size(), head, foot);
    let composed = pages.iter().zip(&builders).zip(&legends);
    StorySheet {
        pages: composed.map(|((page, builder), legend)| compose_page(page, builder, legend, &best)).collect(),
        has_sources: best.content.has_sources,
        has_legend: best.content.has_legend,
    }
}

fn compose_page(
    page: &StoryPage<'_>,
    builder: &BlockBuilder<'_>,
    legend: &Legend,
    best: &Composition,
) -> (Scene, LabelingCounts) {
    let area = best.map_area;
    let view = if page.is_cropped { page.scene.around_whole_parts(page.view, area.size()) } else { page.view };
    let scale = map_scale(view.size(), area, builder.unit);
    let scene = Scene { bounds: view, ..page.scene.clone() };
    let placement = Placement::new(view, area, scale, builder.unit);
    let readable = page.options.readable;
    let labeling = readable.map(|readable| placement.label(page.materials, &scene, readable)).unwrap_or_default();
    // Labels that are placed anew are faded as well.
    let labeled = labeling.apply(&scene);
    let faded = page.is_in_focus.map(|is_in_focus| labeled.faded(is_in_focus));
    let mut items = placement.items(faded.as_ref().unwrap_or(&labeled));
    if page.is_cropped {
        items = crop::cropped(&items, area.expand(OVERHANG * builder.unit));
    }
    surround(builder, legend, best, scale, &mut items);
    (Scene { items, bounds: best.page, background: page.scene.background }, labeling.counts())
}

/// Adds head, legend, sources and foot.
fn surround(
    builder: &BlockBuilder<'_>,
    legend: &Legend,
    best: &Composition,
    scale: f32,
    items: &mut Vec<Arc<SceneItem>>,
) {
    let left = best.page.left() + builder.margin();
    builder.head().place(pos2(left, best.page.top() + builder.margin()), items);
    best.draw_notes(builder, legend, scale).place(best.notes_pos, items);
    let foot = builder.foot();
    let foot_top = best.page.bottom() - builder.margin() - foot.height;
    foot.place(pos2(left, foot_top), items);
}
