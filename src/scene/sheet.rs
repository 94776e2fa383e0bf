//! A page: title, map, legend, numbered sources and credits, composed to a given size.

mod block;
mod words;

use emath::{Rect, Vec2, pos2, vec2};

use self::block::{Block, Desk};
use super::plan::Plan;
use super::{Legend, Scene, SceneItem, Theme};
use crate::model::Map;
use crate::text::Fonts;

/// Page area at which texts have their plain sizes: 1920 by 1080 pixels.
const PLAIN_AREA: f32 = 1920.0 * 1080.0;
/// The most by which a small map is enlarged, times the page's unit.
const MOST_ENLARGED: f32 = 2.0;
/// Page pixels per world unit, times the page's unit, from which on all texts of a map can be read.
const READABLE: f32 = 1.1;
/// The share of its height by which a page that grows anyway may grow to show a large map larger.
const MOST_TALLER: f32 = 0.4;
/// The source block moves below the page when it would leave the map less than this share of its size without it.
const LEAST_SHARE: f32 = 0.66;

/// What a page holds.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "four parts that are switched on and off one by one")]
pub struct SheetOptions {
    /// Size of the page in pixels; it grows downwards if sources don't fit.
    pub size_px: Vec2,
    /// Whether title, subtitle and as-of date stand above the map.
    pub has_title: bool,
    /// Whether the signs are explained.
    pub has_legend: bool,
    /// Whether the numbered sources are listed.
    pub has_sources: bool,
    /// Whether coverage, authors and license stand at the foot.
    pub has_credits: bool,
}

impl Default for SheetOptions {
    fn default() -> Self {
        Self { size_px: vec2(1920.0, 1080.0), has_title: true, has_legend: true, has_sources: true, has_credits: true }
    }
}

/// Where legend and sources stand.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Arrangement {
    /// In a column to the right of the map.
    Side,
    /// Under the map, on the page.
    Bottom,
    /// Under the page, which grows.
    Below,
}

/// The parts of a page, measured, with the room that one arrangement leaves for the map.
struct Composition {
    arrangement: Arrangement,
    map_area: Rect,
    notes: Block,
    notes_pos: emath::Pos2,
    page: Rect,
}

/// Sets the scene of a map on a page. World units of the result are the page's pixels.
#[must_use]
pub fn compose_sheet(
    map: &Map,
    plan: &Plan,
    scene: &Scene,
    fonts: &Fonts,
    theme: &Theme,
    options: &SheetOptions,
) -> Scene {
    let size = options.size_px.clamp(Vec2::splat(200.0), Vec2::splat(30_000.0));
    let unit = (size.x * size.y / PLAIN_AREA).sqrt();
    let desk = Desk { map, plan, fonts, theme, options, unit };
    let head = desk.head(size.x - 2.0 * desk.margin());
    let foot = desk.foot(size.x - 2.0 * desk.margin());
    let legend = Legend::of_plan(map, plan);
    let best = choose(&desk, &legend, scene, size, head.height, foot.height);
    let scale = map_scale(scene, best.map_area, unit);

    let mut items = placed_map(scene, best.map_area, scale);
    let left = best.page.left() + desk.margin();
    head.place(pos2(left, best.page.top() + desk.margin()), &mut items);
    let notes = if best.notes.height > 0.0 {
        desk.notes(&legend, best.arrangement, best.notes.width, scale)
    } else {
        best.notes
    };
    notes.place(best.notes_pos, &mut items);
    let foot_top = best.page.bottom() - desk.margin() - foot.height;
    foot.place(pos2(left, foot_top), &mut items);
    Scene { items, bounds: best.page, background: scene.background }
}

/// The arrangement that shows the map largest; the page grows only if all others would make it far smaller.
fn choose(desk: &Desk<'_>, legend: &Legend, scene: &Scene, size: Vec2, head: f32, foot: f32) -> Composition {
    let margin = desk.margin();
    let page = Rect::from_min_size(pos2(0.0, 0.0), size);
    let gap = desk.gap();
    let head_gap = if head > 0.0 { gap } else { 0.0 };
    let foot_gap = if foot > 0.0 { gap } else { 0.0 };
    let inner = Rect::from_min_max(
        pos2(margin, margin + head + head_gap),
        pos2(size.x - margin, size.y - margin - foot - foot_gap),
    );
    let compose = |arrangement: Arrangement| {
        let width = if arrangement == Arrangement::Side { desk.side_width() } else { inner.width() };
        let notes = desk.notes(legend, arrangement, width, 1.0);
        let (mut map_area, mut page, mut notes_pos) = (
            inner,
            page,
            match arrangement {
                Arrangement::Side => pos2(inner.right() - width, inner.top()),
                Arrangement::Bottom => pos2(inner.left(), inner.bottom() - notes.height),
                Arrangement::Below => pos2(inner.left(), inner.bottom() + gap),
            },
        );
        match arrangement {
            Arrangement::Side => map_area.max.x = notes_pos.x - 1.5 * gap,
            Arrangement::Bottom => map_area.max.y = notes_pos.y - gap,
            Arrangement::Below => {
                let taller = missing_height(scene, inner, desk.unit).min(MOST_TALLER * size.y);
                map_area.max.y += taller;
                notes_pos.y += taller;
                page.max.y += notes.height + gap + taller;
            }
        }
        Composition { arrangement, map_area, notes, notes_pos, page }
    };
    let below = compose(Arrangement::Below);
    if below.notes.height <= 0.0 {
        return Composition { page, map_area: inner, ..below };
    }
    let full_scale = map_scale(scene, inner, desk.unit);
    let side = compose(Arrangement::Side);
    let side = Some(side).filter(|side| side.notes.height <= inner.height());
    let candidates = side.into_iter().chain([compose(Arrangement::Bottom)]);
    let scaled = candidates.map(|candidate| (map_scale(scene, candidate.map_area, desk.unit), candidate));
    let best = scaled.max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((scale, best)) if scale >= LEAST_SHARE * full_scale => best,
        _ => below,
    }
}

/// How much more height a map needs to fill the width of an area, unless it is already large enough to read.
fn missing_height(scene: &Scene, area: Rect, unit: f32) -> f32 {
    let size = scene.bounds.size().max(Vec2::splat(1.0));
    let scale = (area.width() / size.x).min(READABLE * unit);
    (size.y * scale - area.height()).max(0.0)
}

/// Page pixels per world unit of the map, so that it fits an area.
fn map_scale(scene: &Scene, area: Rect, unit: f32) -> f32 {
    let size = scene.bounds.size().max(Vec2::splat(1.0));
    let fit = (area.width() / size.x).min(area.height() / size.y);
    fit.clamp(0.0, MOST_ENLARGED * unit)
}

fn placed_map(scene: &Scene, area: Rect, scale: f32) -> Vec<SceneItem> {
    let offset = area.center().to_vec2() - scene.bounds.center().to_vec2() * scale;
    let mut items = scene.items.clone();
    for item in &mut items {
        item.min_scale = if scale > 0.0 { item.min_scale / scale } else { f32::INFINITY };
        item.shapes.iter_mut().for_each(|shape| shape.transform(scale, offset));
    }
    items
}

impl Block {
    /// Moves its parts to a place on the page.
    fn place(self, pos: emath::Pos2, items: &mut Vec<SceneItem>) {
        for (part, mut shapes) in self.parts {
            for shape in &mut shapes {
                shape.transform(1.0, pos.to_vec2());
            }
            items.push(SceneItem { part, min_scale: 0.0, shapes });
        }
    }

    /// Puts another block under this one.
    fn push_below(&mut self, gap: f32, other: Self) {
        if other.height <= 0.0 {
            return;
        }
        let top = if self.height > 0.0 { self.height + gap } else { 0.0 };
        for (part, mut shapes) in other.parts {
            for shape in &mut shapes {
                shape.transform(1.0, vec2(0.0, top));
            }
            self.parts.push((part, shapes));
        }
        self.height = top + other.height;
        self.width = self.width.max(other.width);
    }
}
