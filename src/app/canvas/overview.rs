//! A large map seen from afar: areas, dots, thin lines and words instead of cards, lanes and labels.
//!
//! Dots and ties are drawn on the graphics adapter ([`far`]), or else as egui's shapes ([`backdrop`]); areas and words
//! ([`words`]) always are such shapes. What is derived from a view is derived anew only now and then while it moves, so
//! that a frame costs little.

mod backdrop;
mod emphasis;
mod far;
mod instances;
mod interaction;
mod stage;
mod tiles;
mod word_mesh;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Painter, Pos2, Rect, Vec2};

use crate::model::{ActorId, Item};
use crate::scene::{LabelingCounts, Level, Overview};

use self::backdrop::Backdrop;
use self::far::FarState;
pub(super) use self::stage::{OverviewScope, OverviewWork};
use self::stage::{OverviewWord, Stage};
use self::words::WordLayer;
use super::camera::{Transform, Viewpoint, fitting};
use super::map_graph::Element;
use super::paint::gpu::FarGpu;

/// How far a click may miss a dot, in points.
const HIT_RADIUS: f32 = 8.0;
/// Mean spacing of actors at which a single one or an area is shown, in points.
const CLOSE: f32 = 24.0;

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
    backdrop: Option<Backdrop>,
    far: Option<FarState>,
    words: WordLayer,
}

impl Default for OverviewLayer {
    fn default() -> Self {
        Self { overview: None, level: Level::Near, backdrop: None, far: None, words: WordLayer::default() }
    }
}

impl OverviewLayer {
    /// Draws dots and ties on this adapter from now on.
    pub(super) fn draw_on(&mut self, gpu: FarGpu) {
        self.far = Some(FarState::new(gpu));
    }

    /// Returns how often dots and ties were sent to the adapter.
    pub(super) fn uploads(&self) -> usize {
        self.far.as_ref().map_or(0, FarState::uploads)
    }

    /// Returns whether glyphs have moved in the font atlas since the words were made.
    pub(super) fn has_moved_glyphs(&self, ctx: &egui::Context) -> bool {
        self.shown().is_some() && self.words.has_moved_glyphs(ctx)
    }

    /// Takes the overview of a picture and chooses the level of detail for a zoom.
    pub(super) fn follow(&mut self, overview: Option<&Arc<Overview>>, zoom: f32) {
        let is_same = match (&self.overview, overview) {
            (Some(was), Some(is)) => Arc::ptr_eq(was, is),
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            self.level = overview.map_or(Level::Near, |overview| overview.level(zoom));
            self.overview = overview.cloned();
            self.backdrop = None;
            self.words.forget();
            self.far.iter_mut().for_each(FarState::forget);
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
        self.words.counts()
    }

    /// Returns what is at a screen position: a name, a title, or the nearest dot.
    pub(super) fn pick(&self, pos: Pos2, transform: Transform) -> Option<OverviewHit> {
        let (overview, _) = self.shown()?;
        match self.words.at(pos, transform) {
            Some(OverviewWord::Title(area)) => return Some(OverviewHit::Title(area)),
            Some(OverviewWord::Name(node)) => return overview.dots().actor(node).map(OverviewHit::Actor),
            None => {}
        }
        let sizes = overview.dot_sizes(transform.zoom);
        let world = transform.pos_in_world(pos);
        let reach = sizes.most.max(HIT_RADIUS) / transform.zoom;
        let mut best: Option<(f32, u32)> = None;
        overview.each_dot_in(Rect::from_center_size(world, Vec2::splat(2.0 * reach)), |node| {
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
        let (Some((overview, _)), Some((words, scale))) = (self.shown(), self.words.placed()) else {
            return Vec::new();
        };
        let sizes = overview.dot_sizes(scale);
        let titles = words.titles.iter().map(|title| overview.areas()[title.area as usize].hub);
        let selected = selected.iter().filter_map(|&actor| node_of(overview, actor));
        let named: BTreeSet<u32> = words.names.iter().map(|name| name.node).chain(titles).chain(selected).collect();
        let element = |node: u32| {
            let radius = sizes.radius(overview.dots().degrees[node as usize]).max(HIT_RADIUS);
            let center = overview.dots().centers[node as usize];
            let area = Rect::from_center_size(center, Vec2::splat(2.0 * radius / scale));
            overview.dots().actor(node).map(|actor| Element { item: Item::Actor(actor), area, min_scale: 0.0 })
        };
        named.into_iter().filter_map(element).collect()
    }

    /// Draws areas, ties, dots and words, with the selection and the hovered actor above them; `None` if cards are to be
    /// drawn.
    pub(super) fn draw(
        &mut self,
        painter: &Painter,
        transform: Transform,
        scope: &OverviewScope<'_>,
    ) -> Option<OverviewWork> {
        let overview = self.overview.clone().filter(|_| self.level < Level::Near)?;
        let now_secs = painter.ctx().input(|input| input.time);
        let stage = Stage { painter, transform, level: self.level, scope, now_secs };
        let mut work = OverviewWork::default();
        let far = self.far.as_mut().filter(|far| far.can_hold(&overview));
        let kept = self.backdrop.take().filter(|backdrop| backdrop.serves(&stage));
        let backdrop = self.backdrop.insert(kept.unwrap_or_else(|| Backdrop::new(&overview, &stage, far.is_none())));
        backdrop.draw(&stage, &mut work);
        if let Some(far) = far {
            far.draw(&overview, &stage, &mut work);
        }
        let emphasis = emphasis::Emphasis { overview: &overview, view: stage.view(), scope };
        emphasis.draw_ties(painter);
        emphasis.draw_dots(painter);
        self.words.draw(&overview, &stage, &mut work);
        emphasis.draw_names(painter);
        Some(work)
    }
}

/// Returns the dot of an actor.
fn node_of(overview: &Overview, actor: ActorId) -> Option<u32> {
    let dots = overview.dots();
    let found = if dots.has_sorted_actors {
        dots.actors.binary_search(&actor).ok()
    } else {
        dots.actors.iter().position(|other| *other == actor)
    };
    found.map(|node| node as u32)
}
