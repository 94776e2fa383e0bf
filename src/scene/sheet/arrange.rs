//! Positions legend and sources on a page, which determines the room for the map.

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::block::{BlockBuilder, NotesContent, NotesPosition};
use super::options::Overflow;
use crate::scene::Legend;

/// Maximum enlargement of a small map, as a multiple of the page's unit.
const MAX_ENLARGED: f32 = 2.0;
/// Scale from which all text of a map is readable, in page pixels per world unit, as a multiple of the page's unit.
const READABLE: f32 = 1.1;
/// Maximum share of its height by which a growing page grows to show a large map larger.
const MAX_TALLER: f32 = 0.4;
/// Minimum share of the map's size, compared to a page without sources, for sources to stay on the page.
const MIN_SHARE: f32 = 0.66;
/// The same for pages that don't grow, which must keep the legend.
const MIN_SHARE_FIXED: f32 = 0.78;

/// One arrangement of a page: positions of its parts, and the room for the map.
#[derive(Clone, Debug)]
pub(super) struct Composition {
    pub(super) arrangement: NotesPosition,
    pub(super) content: NotesContent,
    pub(super) map_area: Rect,
    pub(super) notes_pos: Pos2,
    pub(super) notes_size: Vec2,
    pub(super) page: Rect,
}

/// Returns the height of legend and sources, given what there is of them, where they are and how wide.
pub(super) type NotesHeight<'a> = &'a dyn Fn(NotesContent, NotesPosition, f32) -> f32;

/// Common parts of all compositions of a page.
struct PageFrame<'a> {
    builder: &'a BlockBuilder<'a>,
    notes_height: NotesHeight<'a>,
    page: Rect,
    /// Area between head and foot, within the margins.
    inner: Rect,
}

impl<'a> PageFrame<'a> {
    fn new(builder: &'a BlockBuilder<'a>, notes_height: NotesHeight<'a>, head: f32, foot: f32) -> Self {
        let (margin, gap, size) = (builder.margin(), builder.gap(), builder.size);
        let below = |height: f32| if height > 0.0 { height + gap } else { 0.0 };
        let inner = Rect::from_min_max(
            pos2(margin, margin + below(head)),
            pos2(size.x - margin, size.y - margin - below(foot)),
        );
        Self { builder, notes_height, page: Rect::from_min_size(Pos2::ZERO, size), inner }
    }

    fn compose(&self, content: NotesContent, arrangement: NotesPosition, map_size: Vec2) -> Composition {
        let Self { builder, page, inner, .. } = *self;
        let width = if arrangement == NotesPosition::Side { builder.side_width() } else { inner.width() };
        let height = (self.notes_height)(content, arrangement, width);
        let notes_size = vec2(width, height);
        let bare = Composition { arrangement, content, map_area: inner, notes_pos: inner.min, notes_size, page };
        if height <= 0.0 {
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
                let notes_pos = pos2(inner.left(), inner.bottom() - height);
                let map_area = Rect::from_min_max(inner.min, pos2(inner.right(), notes_pos.y - gap));
                Composition { map_area, notes_pos, ..bare }
            }
            NotesPosition::Below => {
                let taller = missing_height(map_size, inner, builder.unit).min(MAX_TALLER * builder.size.y);
                let map_area = Rect::from_min_max(inner.min, inner.max + vec2(0.0, taller));
                let notes_pos = pos2(inner.left(), inner.bottom() + taller + gap);
                let bottom = page.bottom() + taller + height + gap;
                let page = Rect::from_min_max(page.min, pos2(page.right(), bottom));
                Composition { map_area, notes_pos, page, ..bare }
            }
        }
    }

    /// Returns the compositions that keep the page's size and have enough room.
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

    /// Returns the composition of the page's size that shows the map largest, with its scale.
    fn best(&self, content: NotesContent, map_size: Vec2) -> Option<(f32, Composition)> {
        let scaled = self.fixed(content).map(|one| (map_scale(map_size, one.map_area, self.builder.unit), one));
        scaled.max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

/// Chooses the composition with as much content as possible that still shows the map large enough.
pub(super) fn choose(builder: &BlockBuilder<'_>, legend: &Legend, map_size: Vec2, head: f32, foot: f32) -> Composition {
    choose_for(builder, &notes_height(builder, legend), map_size, head, foot)
}

/// Returns the height of legend and sources of one page.
fn notes_height<'a>(
    builder: &'a BlockBuilder<'a>,
    legend: &'a Legend,
) -> impl Fn(NotesContent, NotesPosition, f32) -> f32 + 'a {
    |content, arrangement, width| builder.notes(legend, content, arrangement, width, 1.0).height
}

/// Like [`choose`], for pages that share one composition.
pub(super) fn choose_for(
    builder: &BlockBuilder<'_>,
    notes_height: NotesHeight<'_>,
    map_size: Vec2,
    head: f32,
    foot: f32,
) -> Composition {
    let frame = PageFrame::new(builder, notes_height, head, foot);
    let all = NotesContent::of(builder.options);
    let below = || frame.compose(all, NotesPosition::Below, map_size);
    let readable = READABLE * builder.unit;
    if builder.options.overflow == Overflow::Grow {
        let full_scale = map_scale(map_size, frame.inner, builder.unit);
        return match frame.best(all, map_size) {
            Some((scale, best)) if scale >= (MIN_SHARE * full_scale).min(readable) => best,
            _ => below(),
        };
    }
    let without = NotesContent { has_sources: false, ..all };
    match (frame.best(all, map_size), frame.best(without, map_size)) {
        (Some((scale, best)), Some((larger, _))) if scale >= (MIN_SHARE_FIXED * larger).min(readable) => best,
        (_, Some((_, best))) | (Some((_, best)), None) => best,
        // There is not even room for the legend.
        (None, None) if builder.options.overflow == Overflow::NextPage => {
            frame.compose(NotesContent::default(), NotesPosition::Bottom, map_size)
        }
        (None, None) => below(),
    }
}

/// Returns the size of the largest room for a map whose aspect ratio is not known yet.
pub(super) fn room(builder: &BlockBuilder<'_>, legend: &Legend, head: f32, foot: f32) -> Vec2 {
    let notes_height = notes_height(builder, legend);
    let frame = PageFrame::new(builder, &notes_height, head, foot);
    let all = NotesContent::of(builder.options);
    let largest =
        |content| frame.fixed(content).map(|one| one.map_area.size()).max_by(|a, b| area(*a).total_cmp(&area(*b)));
    let least = MIN_SHARE * MIN_SHARE * area(frame.inner.size());
    let without = NotesContent { has_sources: false, ..all };
    let found = largest(all).filter(|size| area(*size) >= least);
    let fixed = || largest(without).filter(|_| builder.options.overflow != Overflow::Grow);
    found.or_else(fixed).unwrap_or(frame.inner.size()).max(Vec2::splat(1.0))
}

/// Returns the size of the room that shows a map of this aspect ratio largest, on a page without sources.
pub(super) fn room_for_aspect(builder: &BlockBuilder<'_>, legend: &Legend, head: f32, foot: f32, aspect: f32) -> Vec2 {
    let notes_height = notes_height(builder, legend);
    let frame = PageFrame::new(builder, &notes_height, head, foot);
    let content = NotesContent { has_sources: false, ..NotesContent::of(builder.options) };
    let best = frame.best(content, vec2(1000.0 * aspect, 1000.0));
    best.map_or(frame.inner.size(), |(_, one)| one.map_area.size()).max(Vec2::splat(1.0))
}

fn area(size: Vec2) -> f32 {
    size.x.max(0.0) * size.y.max(0.0)
}

/// Returns the additional height for a map to fill the width of an area, or 0 if it is already readable.
fn missing_height(map_size: Vec2, area: Rect, unit: f32) -> f32 {
    let size = map_size.max(Vec2::splat(1.0));
    let scale = (area.width() / size.x).min(READABLE * unit);
    (size.y * scale - area.height()).max(0.0)
}

/// Returns the scale at which the map fits an area, in page pixels per world unit.
pub(super) fn map_scale(map_size: Vec2, area: Rect, unit: f32) -> f32 {
    let size = map_size.max(Vec2::splat(1.0));
    let fit = (area.width() / size.x).min(area.height() / size.y);
    fit.clamp(0.0, MAX_ENLARGED * unit)
}
