//! A large map seen from afar: areas, dots, thin lines and words instead of cards, lanes and labels.
//!
//! What is drawn is kept until the zoom, the colors or what is faded change, and only moved while the view pans.

mod dot_index;
mod emphasis;
mod interaction;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Painter, Pos2, Rect, Shape, Vec2};

use crate::model::{ActorId, Item};
use crate::scene::{
    LabelMaterials, LabelingCounts, Level, Overview, OverviewView, OverviewWords, SceneItem, WordMaterials,
};
use crate::text::Fonts;

use self::dot_index::DotIndex;
use super::camera::{Transform, Viewpoint, fitting};
use super::map_graph::Element;
use super::paint::art::{Art, Ink};
use super::paint::lettering::{Lettering, Setting};
use crate::app::ui::theme::opaque;

/// The smallest size of names, in points.
const LEAST_NAME: f32 = 11.0;
/// The margin around the view that is drawn too, as a share of the view, so that small pans draw nothing anew.
const AROUND: f32 = 0.35;
/// How far a click may miss a dot, in points.
const HIT_RADIUS: f32 = 8.0;
/// Mean spacing of actors at which a single one or an area is shown, in points.
const CLOSE: f32 = 24.0;
/// How strongly areas, ties, dots and words are drawn beside a selection.
const FADED: Strengths = Strengths { areas: 0.4, ties: 0.22, dots: 0.32, words: 0.5 };
const FULL: Strengths = Strengths { areas: 1.0, ties: 1.0, dots: 1.0, words: 1.0 };

#[derive(Clone, Copy)]
struct Strengths {
    areas: f32,
    ties: f32,
    dots: f32,
    words: f32,
}

/// Records that stay bright; `None` if nothing is faded.
pub(super) type BrightRecords = Option<Rc<BTreeSet<Item>>>;

/// What a view is drawn with.
pub(super) struct OverviewScope<'a> {
    pub(super) of: LabelMaterials<'a>,
    pub(super) fonts: &'a Fonts,
    pub(super) letters: &'a Lettering,
    pub(super) bright: BrightRecords,
    pub(super) hovered: Option<ActorId>,
    pub(super) selected: &'a BTreeSet<ActorId>,
    /// Dragged actors with their present centers.
    pub(super) moved: &'a [(ActorId, Pos2)],
}

/// What is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OverviewHit {
    Actor(ActorId),
    /// The title of an area.
    Title(u32),
}

/// The overview in the window, with its state between frames.
pub(super) struct OverviewLayer {
    overview: Option<Arc<Overview>>,
    level: Level,
    index: DotIndex,
    drawn: Option<Drawn>,
}

/// What is drawn until something but the pan changes.
struct Drawn {
    view: OverviewView,
    pixels_per_point: f32,
    is_dark: bool,
    bright: BrightRecords,
    areas: Vec<Shape>,
    marks: Vec<Shape>,
    words: OverviewWords,
    word_shapes: Vec<Shape>,
    counts: LabelingCounts,
    /// Number of dots and ties in the view.
    count: usize,
}

impl Default for OverviewLayer {
    fn default() -> Self {
        Self { overview: None, level: Level::Near, index: DotIndex::default(), drawn: None }
    }
}

impl OverviewLayer {
    /// Takes the overview of a picture and chooses the level of detail for a zoom.
    pub(super) fn follow(&mut self, overview: Option<&Arc<Overview>>, zoom: f32) {
        let is_same = match (&self.overview, overview) {
            (Some(was), Some(is)) => Arc::ptr_eq(was, is),
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            self.level = overview.map_or(Level::Near, |overview| overview.level(zoom));
            self.index = overview.map_or_else(DotIndex::default, |overview| DotIndex::new(&overview.dots().centers));
            self.overview = overview.cloned();
            self.drawn = None;
        }
        if let Some(overview) = &self.overview {
            self.level = overview.level_from(self.level, zoom);
        }
    }

    /// Returns the overview and the level of detail, or `None` if cards and lanes are drawn.
    pub(super) fn shown(&self) -> Option<(&Overview, Level)> {
        self.overview.as_deref().filter(|_| self.level < Level::Near).map(|overview| (overview, self.level))
    }

    /// Returns how many actors have a name in the view; `None` if cards and lanes are drawn.
    pub(super) fn counts(&self) -> Option<LabelingCounts> {
        self.shown()?;
        self.drawn.as_ref().map(|drawn| drawn.counts)
    }

    /// Returns the number of dots and ties drawn in the last frame.
    pub(super) fn drawn_count(&self) -> usize {
        self.drawn.as_ref().map_or(0, |drawn| drawn.count)
    }

    /// Returns what is at a screen position: a name, a title, or the nearest dot.
    pub(super) fn pick(&self, pos: Pos2, transform: Transform) -> Option<OverviewHit> {
        let (overview, _) = self.shown()?;
        if let Some(drawn) = &self.drawn {
            let at_drawing = pos - (transform.pan - drawn.view.offset);
            let is_hit = |rect: &Rect| rect.contains(at_drawing);
            if let Some(title) = drawn.words.titles.iter().find(|title| is_hit(&title.rect)) {
                return Some(OverviewHit::Title(title.area));
            }
            if let Some(name) = drawn.words.names.iter().find(|name| is_hit(&name.rect)) {
                return overview.dots().actor(name.node).map(OverviewHit::Actor);
            }
        }
        let sizes = overview.dot_sizes(transform.zoom);
        let world = transform.pos_in_world(pos);
        let reach = sizes.most.max(HIT_RADIUS) / transform.zoom;
        let mut best: Option<(f32, u32)> = None;
        self.index.each_near(world, reach, |node| {
            let distance = overview.dots().centers[node as usize].distance(world) * transform.zoom;
            let radius = sizes.radius(overview.dots().degrees[node as usize]);
            // Inside a large dot, a small one in front of it is nearer to the pointer.
            let beyond = (distance - radius).max(0.0) + 0.01 * distance;
            let is_actor = overview.dots().actor(node).is_some();
            if is_actor && distance <= radius.max(HIT_RADIUS) && best.is_none_or(|(nearest, _)| beyond < nearest) {
                best = Some((beyond, node));
            }
        });
        best.and_then(|(_, node)| overview.dots().actor(node)).map(OverviewHit::Actor)
    }

    /// Returns the view of an area, close enough to tell its actors apart.
    pub(super) fn view_of_area(&self, area: u32, view: Rect) -> Option<Viewpoint> {
        let (overview, _) = self.shown()?;
        Self::view_in(overview, area, view)
    }

    /// Returns the view of an area of an overview.
    pub(super) fn view_in(overview: &Overview, area: u32, view: Rect) -> Option<Viewpoint> {
        let bounds = overview.areas().get(area as usize)?.bounds;
        let fitted = fitting(bounds, view.shrink(40.0));
        Some(Viewpoint { scale: fitted.scale.max(overview.scale_of_spacing(CLOSE)), ..fitted })
    }

    /// Returns the area around a screen position.
    pub(super) fn area_at(&self, pos: Pos2, transform: Transform) -> Option<u32> {
        self.shown()?.0.area_at(transform.pos_in_world(pos))
    }

    /// Returns a view in which an actor is told apart from others; `None` if cards are drawn.
    pub(super) fn view_of_actor(&self, center: Pos2, now: Viewpoint) -> Option<Viewpoint> {
        let close = self.shown()?.0.scale_of_spacing(CLOSE);
        (now.scale < close).then_some(Viewpoint { center, scale: close })
    }

    /// Returns the named and the selected actors as elements for keyboard and screen reader, in the order of their ids.
    pub(super) fn elements(&self, selected: &BTreeSet<ActorId>) -> Vec<Element> {
        let (Some((overview, _)), Some(drawn)) = (self.shown(), &self.drawn) else { return Vec::new() };
        let (sizes, scale) = (overview.dot_sizes(drawn.view.scale), drawn.view.scale);
        let titles = drawn.words.titles.iter().map(|title| overview.areas()[title.area as usize].hub);
        let selected = selected.iter().filter_map(|&actor| node_of(overview, actor));
        let named: BTreeSet<u32> =
            drawn.words.names.iter().map(|name| name.node).chain(titles).chain(selected).collect();
        let element = |node: u32| {
            let radius = sizes.radius(overview.dots().degrees[node as usize]).max(HIT_RADIUS);
            let center = overview.dots().centers[node as usize];
            let area = Rect::from_center_size(center, Vec2::splat(2.0 * radius / scale));
            overview.dots().actor(node).map(|actor| Element { item: Item::Actor(actor), area, min_scale: 0.0 })
        };
        named.into_iter().filter_map(element).collect()
    }

    /// Draws areas, ties, dots and words, with the selection and the hovered actor above them. Returns whether words were
    /// placed anew.
    pub(super) fn draw(&mut self, painter: &Painter, transform: Transform, scope: &OverviewScope<'_>) -> bool {
        let Some(overview) = self.overview.clone().filter(|_| self.level < Level::Near) else { return false };
        let clip = painter.clip_rect();
        let is_kept = self.drawn.as_ref().is_some_and(|drawn| drawn.is_of(painter, transform, self.level, scope));
        if !is_kept {
            let before = self.drawn.take();
            self.drawn = Some(Drawn::new(&overview, painter, transform, self.level, scope, before.as_ref()));
        }
        let Some(drawn) = &mut self.drawn else { return false };
        drawn.pan_to(transform.pan);
        painter.extend(drawn.areas.iter().cloned());
        painter.extend(drawn.marks.iter().cloned());
        let view = OverviewView { visible: clip, ..drawn.view };
        let emphasis = emphasis::Emphasis { overview: &overview, view, scope };
        emphasis.draw_ties(painter);
        emphasis.draw_dots(painter);
        painter.extend(drawn.word_shapes.iter().cloned());
        emphasis.draw_names(painter);
        !is_kept
    }
}

impl Drawn {
    fn new(
        overview: &Overview,
        painter: &Painter,
        transform: Transform,
        level: Level,
        scope: &OverviewScope<'_>,
        before: Option<&Self>,
    ) -> Self {
        let clip = painter.clip_rect();
        let LabelMaterials { map, theme, .. } = scope.of;
        let view = OverviewView {
            scale: transform.zoom,
            offset: transform.pan,
            visible: clip.expand2(clip.size() * AROUND),
            unit: 1.0,
            least_px: LEAST_NAME,
            level,
        };
        let materials = WordMaterials { map, fonts: scope.fonts, theme };
        let kept: Vec<u32> = before.iter().flat_map(|before| before.words.names.iter().map(|name| name.node)).collect();
        // Words are placed for what is seen, so that all names that have room are in view.
        let words = overview.words(&OverviewView { visible: clip, ..view }, materials, &kept);
        let strengths = if scope.bright.is_some() { FADED } else { FULL };
        let shapes = |items: &[Arc<SceneItem>], strength: f32| shapes_of(items, painter, scope, strength);
        let areas = shapes(&overview.area_items(&view, theme), strengths.areas);
        let ties = overview.tie_items(&view, map, theme);
        let dots = overview.dot_items(&view, map, theme);
        let mut marks = shapes(&ties, strengths.ties);
        marks.extend(shapes(&dots, strengths.dots));
        let word_shapes = shapes(&words.items(overview, theme), strengths.words);
        let named = words.named(overview).len();
        let counts = LabelingCounts {
            named,
            nameless: overview.dots().actor_count() - named,
            titles: words.titles.len(),
            ..LabelingCounts::default()
        };
        Self {
            view,
            pixels_per_point: painter.ctx().pixels_per_point(),
            is_dark: theme.is_dark(),
            bright: scope.bright.clone(),
            areas,
            marks,
            words,
            word_shapes,
            counts,
            count: ties.iter().chain(&dots).map(|item| item.shapes.iter().map(marks_in).sum::<usize>()).sum(),
        }
    }

    /// Returns whether it can be drawn for this view, after moving it.
    #[expect(clippy::float_cmp, reason = "drawn for this very zoom")]
    fn is_of(&self, painter: &Painter, transform: Transform, level: Level, scope: &OverviewScope<'_>) -> bool {
        let clip = painter.clip_rect();
        let moved = transform.pan - self.view.offset;
        let is_same_bright = match (&self.bright, &scope.bright) {
            (Some(was), Some(is)) => Rc::ptr_eq(was, is),
            (None, None) => true,
            _ => false,
        };
        self.view.scale == transform.zoom
            && self.view.level == level
            && self.pixels_per_point == painter.ctx().pixels_per_point()
            && self.is_dark == scope.of.theme.is_dark()
            && is_same_bright
            && self.view.visible.translate(moved).contains_rect(clip)
    }

    /// Moves everything to another pan.
    fn pan_to(&mut self, pan: Vec2) {
        let by = pan - self.view.offset;
        if by == Vec2::ZERO {
            return;
        }
        let shapes = self.areas.iter_mut().chain(&mut self.marks).chain(&mut self.word_shapes);
        shapes.for_each(|shape| shape.translate(by));
        self.view.offset = pan;
        self.view.visible = self.view.visible.translate(by);
        let names = self.words.names.iter_mut().map(|name| &mut name.rect);
        let titles = self.words.titles.iter_mut().map(|title| &mut title.rect);
        names.chain(titles).for_each(|rect| *rect = rect.translate(by));
    }
}

/// Returns the dot of an actor.
fn node_of(overview: &Overview, actor: ActorId) -> Option<u32> {
    // Actors usually come in the order of their ids.
    let actors = &overview.dots().actors;
    let found = actors.binary_search(&actor).ok();
    found.or_else(|| actors.iter().position(|other| *other == actor)).map(|node| node as u32)
}

/// Returns the number of dots or lines of a shape.
fn marks_in(shape: &crate::scene::Shape) -> usize {
    match shape {
        crate::scene::Shape::Dots { dots, .. } => dots.len(),
        crate::scene::Shape::Segments { lines, .. } => lines.len(),
        _ => 1,
    }
}

/// Returns what egui draws for items whose positions are points of the screen.
fn shapes_of(items: &[Arc<SceneItem>], painter: &Painter, scope: &OverviewScope<'_>, strength: f32) -> Vec<Shape> {
    let ctx = painter.ctx();
    let setting = Setting { ctx, zoom: 1.0, pan: Vec2::ZERO, clip: Rect::EVERYTHING };
    let ink = Ink { background: opaque(scope.of.theme.background), strength };
    let of_item =
        |item: &Arc<SceneItem>| Art::new(item, 1.0, ctx.pixels_per_point()).shapes(item, setting, ink, scope.letters);
    items.iter().flat_map(of_item).collect()
}
