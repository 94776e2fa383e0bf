//! Composes a page of a given size: title, map, legend, numbered sources and credits; sources without room go below
//! the map, onto further pages, or into a separate text.

mod arrange;
mod block;
mod captions;
mod crop;
mod options;
mod overview;
mod sources;
mod story;
mod words;

pub use captions::{CaptionPages, LongCaption, MAX_CAPTION_PAGES, compose_caption_pages, is_caption_cut};
pub use options::{Overflow, SheetInputs, SheetOptions};
pub use overview::{OverviewRoom, compose_overview_sheet, overview_legend};
pub use story::{StoryPage, StorySheet, compose_source_pages, compose_story};
pub use words::{Detail, SourceLine, coverage_line, credit_line, skipped_line, source_lines};

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2, pos2};

use self::arrange::{Composition, choose, map_scale};
use self::block::{BlockBuilder, NotesContent, SheetBlock};
use super::{
    LabelMaterials, Labeling, LabelingCounts, LabelingInput, Legend, ReadableSizes, Scene, SceneItem, room_for,
};

/// A composed picture: the page with the map, and further pages for the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The page with the map.
    pub first: Scene,
    /// Further pages of the same size: the other steps of a story, long captions, sources.
    pub more: Vec<Scene>,
    /// The number of further pages with captions, which are before those with sources.
    pub caption_pages: usize,
    /// Whether requested sources are on none of the pages.
    pub lacks_sources: bool,
    /// How many names and labels the map has.
    pub labeling: LabelingCounts,
    /// Where the map is on its page; `None` for an overview.
    pub placement: Option<Placement>,
}

/// Where a map is on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placement {
    /// Page pixels per world unit.
    scale: f32,
    /// Place of the world's origin on the page.
    offset: Vec2,
    /// Size of a pixel of the plain page on this page.
    unit: f32,
    /// Size of the area for the map, in page pixels.
    area: Vec2,
}

impl Placement {
    /// Returns the place that shows a part of the world in the middle of an area of the page.
    fn new(view: Rect, area: Rect, scale: f32, unit: f32) -> Self {
        Self { scale, offset: area.center().to_vec2() - view.center().to_vec2() * scale, unit, area: area.size() }
    }

    /// Returns the items of a map as they are on the page, with names and labels of at least these sizes in page pixels
    /// where they find room.
    #[must_use]
    pub fn labeled_items(
        &self,
        materials: SheetInputs<'_>,
        scene: &Scene,
        readable: ReadableSizes,
    ) -> Vec<Arc<SceneItem>> {
        self.items(&self.label(materials, scene, readable).apply(scene))
    }

    /// Places names and labels that would be too small on the page.
    fn label(&self, materials: SheetInputs<'_>, scene: &Scene, readable: ReadableSizes) -> Labeling {
        if self.scale <= 0.0 {
            return Labeling::default();
        }
        let SheetInputs { map, plan, theme, .. } = materials;
        let of = LabelMaterials { map, plan, theme };
        let room = room_for(scene.bounds, self.area / self.scale);
        Labeling::new(&scene.items, &LabelingInput { of, scale: self.scale, readable, room })
    }

    /// Returns the items of a map as they are on the page.
    #[must_use]
    pub fn items(&self, scene: &Scene) -> Vec<Arc<SceneItem>> {
        let mut items = scene.items.clone();
        for item in items.iter_mut().map(Arc::make_mut) {
            // Readability depends on the size relative to the page, not on the page's number of pixels.
            item.min_scale = if self.scale > 0.0 { item.min_scale * self.unit / self.scale } else { f32::INFINITY };
            item.shapes.iter_mut().for_each(|shape| shape.transform(self.scale, self.offset));
        }
        items
    }

    /// Returns a part of the world as it is on the page.
    #[must_use]
    pub fn rect(&self, rect: Rect) -> Rect {
        let place = |point: Pos2| (point.to_vec2() * self.scale + self.offset).to_pos2();
        Rect::from_min_max(place(rect.min), place(rect.max))
    }
}

/// Composes the scene of a map onto pages. World units of the result are page pixels.
///
/// If actors have no name, or ties no label, for lack of room, the foot says how many.
#[must_use]
pub fn compose_sheet(materials: SheetInputs<'_>, scene: &Scene, options: &SheetOptions) -> Sheet {
    let sheet = compose(materials, scene, options);
    let left_out = words::left_out_lines(&sheet.labeling);
    if left_out.is_empty() || !(options.has_legend || options.has_coverage) {
        return sheet;
    }
    compose(materials, scene, &add_remark(options, left_out))
}

/// Returns options with further sentences for the foot.
fn add_remark(options: &SheetOptions, more: impl IntoIterator<Item = String>) -> SheetOptions {
    let remark = options.remark.iter().cloned().chain(more).collect::<Vec<_>>().join(" · ");
    SheetOptions { remark: Some(remark), ..options.clone() }
}

fn compose(materials: SheetInputs<'_>, scene: &Scene, options: &SheetOptions) -> Sheet {
    let builder = BlockBuilder::new(materials, options);
    let (head, foot) = (builder.head(), builder.foot());
    let legend = Legend::of_plan(materials.map, materials.plan);
    let best = choose(&builder, &legend, scene.bounds.size(), head.height, foot.height);
    let scale = map_scale(scene.bounds.size(), best.map_area, builder.unit);

    let placement = Placement::new(scene.bounds, best.map_area, scale, builder.unit);
    let readable = options.readable;
    let labeling = readable.map(|readable| placement.label(materials, scene, readable)).unwrap_or_default();
    let mut items = placement.items(&labeling.apply(scene));
    let left = best.page.left() + builder.margin();
    head.place(pos2(left, best.page.top() + builder.margin()), &mut items);
    // Signs are drawn as large as on the map, whose scale is only known now.
    best.draw_notes(&builder, &legend, scale).place(best.notes_pos, &mut items);
    let foot_top = best.page.bottom() - builder.margin() - foot.height;
    foot.place(pos2(left, foot_top), &mut items);
    let first = Scene { items, bounds: best.page, background: scene.background };
    let moved = builder.options.has_sources && !best.content.has_sources;
    let more = if moved && options.overflow == Overflow::NextPage {
        let left_over = NotesContent { has_legend: options.has_legend && !best.content.has_legend, has_sources: true };
        builder.further_pages(&legend, left_over, scale, scene.background)
    } else {
        Vec::new()
    };
    let lacks_sources = moved && more.is_empty() && !builder.is_unsourced();
    let (labeling, placement) = (labeling.counts(), Some(placement));
    Sheet { first, more, caption_pages: 0, lacks_sources, labeling, placement }
}

/// Returns the room that a page leaves for its map, in page pixels, for the layout's aspect ratio.
#[must_use]
pub fn map_room(materials: SheetInputs<'_>, options: &SheetOptions) -> Vec2 {
    let builder = BlockBuilder::new(materials, options);
    let legend = Legend::of_plan(materials.map, materials.plan);
    arrange::room(&builder, &legend, builder.head().height, builder.foot().height)
}

impl Composition {
    fn draw_notes(&self, builder: &BlockBuilder<'_>, legend: &Legend, scale: f32) -> SheetBlock {
        if self.notes_size.y > 0.0 {
            builder.notes(legend, self.content, self.arrangement, self.notes_size.x, scale)
        } else {
            SheetBlock::default()
        }
    }
}
