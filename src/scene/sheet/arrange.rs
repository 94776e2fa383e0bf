//! Where on a page legend and sources stand, and how much room that leaves for the map.

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::block::{BlockBuilder, NotesContent, NotesPosition};
use super::options::Overflow;
use crate::scene::Legend;

/// The most by which a small map is enlarged, times the page's unit.
const MOST_ENLARGED: f32 = 2.0;
/// Page pixels per world unit, times the page's unit, from which on all texts of a map can be read.
const READABLE: f32 = 1.1;
/// The share of its height by which a page that grows anyway may grow to show a large map larger.
const MOST_TALLER: f32 = 0.4;
/// Sources leave the page when they would leave the map less than this share of its size without them.
const LEAST_SHARE: f32 = 0.66;
/// The same for pages that don't grow, which have to keep the legend.
const LEAST_SHARE_FIXED: f32 = 0.78;

/// The parts of a page, measured, with the room that one arrangement leaves for the map.
#[derive(Clone, Debug)]
pub(super) struct Composition {
    pub(super) arrangement: NotesPosition,
    pub(super) content: NotesContent,
    pub(super) map_area: Rect,
    pub(super) notes_pos: Pos2,
    pub(super) notes_size: Vec2,
    pub(super) page: Rect,
}

/// What compositions of one page have in common.
struct PageFrame<'a> {
    builder: &'a BlockBuilder<'a>,
    legend: &'a Legend,
    page: Rect,
    /// Between head and foot, within the margins.
    inner: Rect,
}

impl<'a> PageFrame<'a> {
    fn new(builder: &'a BlockBuilder<'a>, legend: &'a Legend, head: f32, foot: f32) -> Self {
        let (margin, gap, size) = (builder.margin(), builder.gap(), builder.size);
        let below = |height: f32| if height > 0.0 { height + gap } else { 0.0 };
        let inner = Rect::from_min_max(
            pos2(margin, margin + below(head)),
            pos2(size.x - margin, size.y - margin - below(foot)),
        );
        Self { builder, legend, page: Rect::from_min_size(Pos2::ZERO, size), inner }
    }

    fn compose(&self, content: NotesContent, arrangement: NotesPosition, map_size: Vec2) -> Composition {
        let Self { builder, page, inner, .. } = *self;
        let width = if arrangement == NotesPosition::Side { builder.side_width() } else { inner.width() };
        let notes = builder.notes(self.legend, content, arrangement, width, 1.0);
        let notes_size = vec2(width, notes.height);
        let bare = Composition { arrangement, content, map_area: inner, notes_pos: inner.min, notes_size, page };
        if notes.height <= 0.0 {
            return bare;
        }
        let gap = builder.gap();
        match arrangement {
            NotesPosition::Side => {
                let notes_pos = pos2(inner.right() - width, inner.top());
                let map_area = Rect::from_min_max(inner.min, pos2(notes_pos.x - 1.5 * gap, inner.bottom()));
                Composition { map_area, notes_pos, ..bare }
            }
            NotesPosition::Bottom => {
                let notes_pos = pos2(inner.left(), inner.bottom() - notes.height);
                let map_area = Rect::from_min_max(inner.min, pos2(inner.right(), notes_pos.y - gap));
                Composition { map_area, notes_pos, ..bare }
            }
            NotesPosition::Below => {
                let taller = missing_height(map_size, inner, builder.unit).min(MOST_TALLER * builder.size.y);
                let map_area = Rect::from_min_max(inner.min, inner.max + vec2(0.0, taller));
                let notes_pos = pos2(inner.left(), inner.bottom() + taller + gap);
                let bottom = page.bottom() + taller + notes.height + gap;
                let page = Rect::from_min_max(page.min, pos2(page.right(), bottom));
                Composition { map_area, notes_pos, page, ..bare }
            }
        }
    }

    /// The compositions that keep the page's size and find room on it.
    fn fixed(&self, content: NotesContent) -> impl Iterator<Item = Composition> + use<'_, 'a> {
        let composed = [NotesPosition::Side, NotesPosition::Bottom].map(|kind| self.compose(content, kind, Vec2::ZERO));
        let fits = |one: &Composition| {
            let size = one.map_area.size();
            one.notes_size.y <= self.inner.height()
                && size.x > 0.2 * self.inner.width()
                && size.y > 0.2 * self.inner.height()
        };
        composed.into_iter().filter(fits)
    }

    /// Of those that keep the page's size the one that shows the map largest, with its scale.
    fn best(&self, content: NotesContent, map_size: Vec2) -> Option<(f32, Composition)> {
        let scaled = self.fixed(content).map(|one| (map_scale(map_size, one.map_area, self.builder.unit), one));
        scaled.max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

/// The composition that shows the map large enough with as much as possible on the page.
pub(super) fn choose(builder: &BlockBuilder<'_>, legend: &Legend, map_size: Vec2, head: f32, foot: f32) -> Composition {
    let frame = PageFrame::new(builder, legend, head, foot);
    let all = NotesContent::of(builder.options);
    let below = || frame.compose(all, NotesPosition::Below, map_size);
    let readable = READABLE * builder.unit;
    if builder.options.overflow == Overflow::Grow {
        let full_scale = map_scale(map_size, frame.inner, builder.unit);
        return match frame.best(all, map_size) {
            Some((scale, best)) if scale >= (LEAST_SHARE * full_scale).min(readable) => best,
            _ => below(),
        };
    }
    let without = NotesContent { has_sources: false, ..all };
    match (frame.best(all, map_size), frame.best(without, map_size)) {
        (Some((scale, best)), Some((larger, _))) if scale >= (LEAST_SHARE_FIXED * larger).min(readable) => best,
        (_, Some((_, best))) | (Some((_, best)), None) => best,
        // Not even the legend finds room.
        (None, None) if builder.options.overflow == Overflow::NextPage => {
            frame.compose(NotesContent::default(), NotesPosition::Bottom, map_size)
        }
        (None, None) => below(),
    }
}

/// The size of the largest room that is left for a map of proportions that are not known yet.
pub(super) fn room(builder: &BlockBuilder<'_>, legend: &Legend, head: f32, foot: f32) -> Vec2 {
    let frame = PageFrame::new(builder, legend, head, foot);
    let all = NotesContent::of(builder.options);
    let largest =
        |content| frame.fixed(content).map(|one| one.map_area.size()).max_by(|a, b| area(*a).total_cmp(&area(*b)));
    let least = LEAST_SHARE * LEAST_SHARE * area(frame.inner.size());
    let without = NotesContent { has_sources: false, ..all };
    let found = largest(all).filter(|size| area(*size) >= least);
    let fixed = || largest(without).filter(|_| builder.options.overflow != Overflow::Grow);
    found.or_else(fixed).unwrap_or(frame.inner.size()).max(Vec2::splat(1.0))
}

fn area(size: Vec2) -> f32 {
    size.x.max(0.0) * size.y.max(0.0)
}

/// How much more height a map needs to fill the width of an area, unless it is already large enough to read.
fn missing_height(map_size: Vec2, area: Rect, unit: f32) -> f32 {
    let size = map_size.max(Vec2::splat(1.0));
    let scale = (area.width() / size.x).min(READABLE * unit);
    (size.y * scale - area.height()).max(0.0)
}

/// Page pixels per world unit of the map, so that it fits an area.
pub(super) fn map_scale(map_size: Vec2, area: Rect, unit: f32) -> f32 {
    let size = map_size.max(Vec2::splat(1.0));
    let fit = (area.width() / size.x).min(area.height() / size.y);
    fit.clamp(0.0, MOST_ENLARGED * unit)
}
