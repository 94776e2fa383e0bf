//! Scene items that are drawn, highlighted and faded together: a card, a lane with its pill, a note.

use std::rc::Rc;
use std::sync::Arc;

use crate::scene::{Labeling, Order, SceneItem};
use egui::{Color32, Painter, Rect, Shape};

use super::super::camera::Transform;
use super::art::{self, Art, Halo, Ink};
use super::lettering::{Lettering, Setting};

/// The fraction of color that faded elements keep.
pub(crate) const FADED: f32 = 0.22;
/// Duration of fading, in seconds.
const FADE_SECS: f32 = 0.15;
/// Width of the halo around selected elements, in points.
const SELECTED_HALO: f32 = 3.0;
/// Width of the halo around hovered elements, in points.
const HOVERED_HALO: f32 = 2.5;

/// The color of halos: a hue that no tie kind has by default, with enough contrast on light and dark backgrounds.
const ACCENT: Color32 = Color32::from_rgb(0xff, 0xab, 0x1a);
/// Strength of the halo beside a line, relative to that of a ring.
const GLOW: f32 = 0.5;

/// Scene items that are drawn together, with the means to draw them.
#[derive(Clone)]
pub(crate) struct ItemGroup {
    /// The items with their drawing order, back to front.
    pub(crate) items: Rc<[(Order, Arc<SceneItem>)]>,
    /// The background color that elements fade into.
    pub(crate) background: Color32,
    pub(crate) letters: Rc<Lettering>,
}

impl ItemGroup {
    /// Returns the items, back to front.
    pub(crate) fn items(&self) -> impl Iterator<Item = &SceneItem> {
        self.items.iter().map(|(_, item)| &**item)
    }

    /// Returns a copy without items.
    pub(crate) fn emptied(&self) -> Self {
        Self { items: Rc::default(), ..self.clone() }
    }
}

/// The highlight of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lift {
    #[default]
    None,
    /// Under the pointer, or dragged.
    Hovered,
    Selected,
}

/// The marks of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ElementMark {
    pub(crate) is_selected: bool,
    pub(crate) is_hovered: bool,
    pub(crate) is_dragged: bool,
}

impl ElementMark {
    /// Returns the resulting highlight.
    pub(crate) fn lift(self) -> Lift {
        match (self.is_selected, self.is_hovered || self.is_dragged) {
            (true, _) => Lift::Selected,
            (false, true) => Lift::Hovered,
            (false, false) => Lift::None,
        }
    }
}

/// A group of items with its drawing state.
#[derive(Clone)]
pub(crate) struct Drawable {
    pub(crate) group: ItemGroup,
    /// The items drawn at the current zoom, with their bounding boxes.
    drawn: Rc<[(Order, Arc<SceneItem>)]>,
    bounds: Vec<Rect>,
    art: Vec<Option<Art>>,
    lift: Lift,
    strength: f32,
    goal: f32,
}

impl Drawable {
    /// Creates a group that has not been drawn yet.
    pub(crate) fn new(group: ItemGroup) -> Self {
        let bounds: Vec<Rect> = group.items().map(art::bounds).collect();
        let art = vec![None; bounds.len()];
        Self { drawn: Rc::clone(&group.items), group, bounds, art, lift: Lift::None, strength: 1.0, goal: 1.0 }
    }

    /// Takes over the drawing state of the same element in an earlier scene, as far as its items are unchanged.
    pub(crate) fn inherit(&mut self, earlier: Self) {
        self.lift = earlier.lift;
        self.goal = earlier.goal;
        self.strength = earlier.strength;
        self.reuse(&earlier.drawn, earlier.art);
    }

    /// Replaces names and labels by those for the current zoom.
    pub(crate) fn substitute(&mut self, labeling: &Labeling) {
        let items: Rc<[_]> = if labeling.is_empty() {
            Rc::clone(&self.group.items)
        } else {
            labeling.substitute(&self.group.items).into()
        };
        let before = std::mem::replace(&mut self.drawn, items);
        self.bounds = self.drawn.iter().map(|(_, item)| art::bounds(item)).collect();
        let art = std::mem::replace(&mut self.art, vec![None; self.drawn.len()]);
        self.reuse(&before, art);
    }

    /// Takes over tessellations of unchanged items.
    fn reuse(&mut self, items: &[(Order, Arc<SceneItem>)], art: Vec<Option<Art>>) {
        let mut kept: Vec<_> = items.iter().zip(art).collect();
        for (slot, (_, item)) in self.art.iter_mut().zip(&*self.drawn) {
            let is_same = |old: &Arc<SceneItem>| Arc::ptr_eq(old, item) || old == item;
            if let Some((_, art)) = kept.iter_mut().find(|((_, old), art)| art.is_some() && is_same(old)) {
                *slot = art.take();
            }
        }
    }

    /// Returns the bounding box of all items, in world units, regardless of the zoom.
    pub(crate) fn bounds(&self) -> Rect {
        self.group.items().fold(Rect::NOTHING, |all, item| all | art::bounds(item))
    }

    pub(crate) fn set_lift(&mut self, lift: Lift) {
        self.lift = lift;
    }

    /// Sets whether the element is bright or faded.
    pub(crate) fn set_bright(&mut self, is_bright: bool) {
        self.goal = if is_bright { 1.0 } else { FADED };
    }

    /// Returns the current strength of its colors, from [`FADED`] to 1.
    #[cfg(test)]
    pub(crate) fn strength(&self) -> f32 {
        self.strength
    }

    /// Advances fading, or ends it immediately if `dt_secs` is `None`; returns whether it is still running. Highlighted
    /// elements are not faded.
    pub(crate) fn fade(&mut self, dt_secs: Option<f32>) -> bool {
        let goal = if self.lift == Lift::None { self.goal } else { 1.0 };
        let step = dt_secs.map_or(1.0, |dt| dt / FADE_SECS * (1.0 - FADED));
        self.strength += (goal - self.strength).clamp(-step, step);
        self.strength.to_bits() != goal.to_bits()
    }

    /// Adds the shapes of the visible items, each with its drawing order.
    pub(crate) fn draw(&mut self, painter: &Painter, transform: Transform, out: &mut Vec<(Order, Shape)>) {
        let Transform { zoom, pan } = transform;
        let pixels_per_point = painter.ctx().pixels_per_point();
        let setting = Setting { ctx: painter.ctx(), zoom, pan, clip: painter.clip_rect() };
        let background = self.group.background;
        let ink = Ink { background, strength: self.strength };
        for (at, (order, item)) in self.drawn.iter().enumerate() {
            let on_screen = art::scaled(self.bounds[at], zoom).translate(pan).expand(3.0 * SELECTED_HALO);
            if zoom < item.min_scale || !setting.clip.intersects(on_screen) {
                continue;
            }
            let art = self.art[at].take().filter(|art| art.fits(zoom, pixels_per_point));
            let art = art.unwrap_or_else(|| Art::new(item, zoom, pixels_per_point));
            let mut layers = self.halo(item, transform, background);
            layers.extend(art.shapes(item, setting, ink, &self.group.letters));
            self.art[at] = Some(art);
            out.push((*order, Shape::Vec(layers)));
        }
    }

    fn halo(&self, item: &SceneItem, transform: Transform, background: Color32) -> Vec<Shape> {
        let (width, strength) = match self.lift {
            Lift::None => return Vec::new(),
            Lift::Hovered => (HOVERED_HALO, 0.55),
            Lift::Selected => (SELECTED_HALO, 1.0),
        };
        let ink = |strength| Ink { background, strength }.color(ACCENT);
        let halo = Halo { ring: ink(strength), glow: ink(strength * GLOW), gap: background, width };
        let mut shapes = art::halo(item, transform.zoom, halo);
        for shape in &mut shapes {
            shape.translate(transform.pan);
        }
        shapes
    }

    /// Returns the frame of the first card or pill, or the bounding box if there is none.
    pub(crate) fn frame(&self) -> Rect {
        let shapes = self.group.items().flat_map(|item| &item.shapes);
        let mut rects = shapes.filter_map(art::frame);
        rects.next().unwrap_or_else(|| self.bounds())
    }
}
