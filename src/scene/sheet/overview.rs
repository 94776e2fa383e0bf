//! Pages of large maps, on which actors are dots: title, map, legend and credits. Ties have no numbers there, so no
//! sources are listed.

use emath::{Rect, Vec2, pos2, vec2};

use super::arrange::{self, Composition, choose, map_scale};
use super::block::BlockBuilder;
use super::options::{SheetInputs, SheetOptions};
use super::words::{drawn_line, named_line};
use super::{Sheet, add_remark};
use crate::scene::overview::{Level, MAX_DRAWN_TIES, Overview, OverviewView, WordMaterials, mean_spacing};
use crate::scene::{LabelingCounts, Legend, OverviewSigns, Scene};
use crate::wording::counted;

/// Size of text on a page of plain size, as a multiple of that in a window.
const TEXT: f32 = 1.25;
/// The same for maps of many actors.
const TEXT_OF_MANY: f32 = 1.2;
/// Actors from which on a map has many.
const MANY: usize = 10_000;
/// The smallest size of names in a window, in pixels.
const LEAST_NAME: f32 = 11.0;
/// Room for titles around the outermost dots, in pixels of a page of plain size.
const AROUND: Vec2 = vec2(44.0, 34.0);

/// Usual aspect ratio of a large map.
const ASPECT: f32 = 1.6;
/// Width of a legend beside the map, in pixels of a page of plain size.
const SIDE: f32 = 404.0;

fn builder<'a>(materials: SheetInputs<'a>, options: &'a SheetOptions) -> BlockBuilder<'a> {
    BlockBuilder { side: SIDE, ..BlockBuilder::new(materials, options) }
}

/// The room that a page leaves for a large map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OverviewRoom {
    /// Its size in page pixels.
    pub size: Vec2,
    /// Size of a pixel of the plain page on this page.
    unit: f32,
}

impl OverviewRoom {
    /// Returns the room on a page with these options.
    #[must_use]
    pub fn new(materials: SheetInputs<'_>, options: &SheetOptions) -> Self {
        let options = SheetOptions { has_sources: false, ..options.clone() };
        let builder = builder(materials, &options);
        let signs = OverviewSigns {
            area: Some(crate::model::Rgb([0x80; 3])),
            is_by_area: true,
            has_between: true,
            bridge_reach: Some(4),
            ..OverviewSigns::default()
        };
        let legend = Legend { overview: Some(signs), ..Legend::default() };
        let size = arrange::room_for_aspect(&builder, &legend, builder.head().height, builder.foot().height, ASPECT);
        Self { size, unit: builder.unit }
    }

    /// Returns whether a map of so many actors within these bounds, in world units, is too dense to be drawn in full.
    #[must_use]
    pub fn is_dense(&self, bounds: Rect, count: usize) -> bool {
        let scale = map_scale(bounds.size(), Rect::from_min_size(pos2(0.0, 0.0), self.size), self.unit);
        Level::of_spacing(mean_spacing(bounds, count) * scale / self.unit) < Level::Near
    }
}

/// Returns the legend of a large map that fills a page.
#[must_use]
pub fn overview_legend(materials: SheetInputs<'_>, overview: &Overview, options: &SheetOptions) -> Legend {
    let BlockBuilder { size, unit, .. } = builder(materials, options);
    let area = Rect::from_min_size(pos2(0.0, 0.0), size).shrink2(AROUND * unit);
    let level = overview.level(map_scale(overview.bounds().size(), area, unit) / unit).min(Level::Middle);
    Legend::of_overview(overview, level)
}

/// Composes a large map onto a page. World units of the result are page pixels. The foot says what the picture leaves
/// out.
#[must_use]
pub fn compose_overview_sheet(materials: SheetInputs<'_>, overview: &Overview, options: &SheetOptions) -> Sheet {
    let options = SheetOptions { has_sources: false, ..options.clone() };
    let sheet = compose(materials, overview, &options);
    if !(options.has_legend || options.has_coverage) {
        return sheet;
    }
    let LabelingCounts { named, nameless, .. } = sheet.labeling;
    let ties = overview.ties().len();
    let drawn = (ties > MAX_DRAWN_TIES).then(|| drawn_line(MAX_DRAWN_TIES, ties));
    let told = (nameless > 0).then(|| named_line(named, named + nameless));
    let areas = (!overview.areas().is_empty()).then(|| counted(overview.areas().len(), "area", "areas"));
    let lines: Vec<String> = areas.into_iter().chain(told).chain(drawn).collect();
    if lines.is_empty() {
        return sheet;
    }
    compose(materials, overview, &add_remark(&options, lines))
}

fn compose(materials: SheetInputs<'_>, overview: &Overview, options: &SheetOptions) -> Sheet {
    let builder = builder(materials, options);
    let unit = builder.unit;
    let (head, foot) = (builder.head(), builder.foot());
    let bounds = overview.bounds();
    let arranged = |level: Level| {
        let legend = Legend::of_overview(overview, level);
        let best = choose(&builder, &legend, bounds.size(), head.height, foot.height);
        let scale = map_scale(bounds.size(), best.map_area.shrink2(AROUND * unit), unit);
        (legend, best, scale)
    };
    // The level depends on the room for the map, which depends on the legend of the level.
    let (legend, best, scale) = arranged(Level::Far);
    let level = overview.level(scale / unit).min(Level::Middle);
    let (legend, best, scale) = if level == Level::Far { (legend, best, scale) } else { arranged(level) };

    let view = view(overview, &best, (scale, unit), options, level);
    let of = WordMaterials { map: materials.map, fonts: materials.fonts, theme: &builder.theme };
    let (mut items, words) = overview.items(&view, of);
    for shape in items.iter_mut().map(std::sync::Arc::make_mut).flat_map(|item| &mut item.shapes) {
        shape.transform(unit, Vec2::ZERO);
    }
    let left = best.page.left() + builder.margin();
    head.place(pos2(left, best.page.top() + builder.margin()), &mut items);
    best.draw_notes(&builder, &legend, scale).place(best.notes_pos, &mut items);
    let foot_top = best.page.bottom() - builder.margin() - foot.height;
    foot.place(pos2(left, foot_top), &mut items);
    let named = words.named(overview).len();
    let nameless = overview.dots().actor_count() - named;
    let labeling = LabelingCounts { named, nameless, titles: words.titles.len(), ..LabelingCounts::default() };
    let first = Scene { items, bounds: best.page, background: materials.theme.background };
    Sheet { first, more: Vec::new(), caption_pages: 0, lacks_sources: false, labeling, placement: None }
}

/// Returns the view of a whole map on a page, in pixels of a page of plain size.
fn view(
    overview: &Overview,
    best: &Composition,
    (scale, unit): (f32, f32),
    options: &SheetOptions,
    level: Level,
) -> OverviewView {
    let area = best.map_area;
    let visible = Rect::from_min_max((area.min.to_vec2() / unit).to_pos2(), (area.max.to_vec2() / unit).to_pos2());
    let scale = scale / unit;
    let text = if overview.dots().actor_count() < MANY { TEXT } else { TEXT_OF_MANY };
    OverviewView {
        scale,
        offset: visible.center().to_vec2() - overview.bounds().center().to_vec2() * scale,
        visible,
        unit: text,
        least_px: options.readable.map_or(LEAST_NAME * text, |readable| readable.name_px / unit),
        level,
    }
}
