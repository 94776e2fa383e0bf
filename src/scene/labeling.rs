//! Names and labels at a scale: text that would be too small to read is enlarged where it finds room.
//!
//! A card whose name would be too small becomes a small box with the name at a readable size, or a dot with the name
//! beside it, or a dot alone. The more important actor gets its place first. Labels of ties follow: enlarged, or reduced
//! to icon and citation numbers, or left out. Nothing overlaps.

mod lane_ends;
mod name_places;
mod names;
mod occupied;
mod search;
mod tie_labels;

use std::collections::HashMap;
use std::sync::Arc;

use emath::{Pos2, Rect, Vec2};

use self::occupied::Occupied;
use super::parts::{DrawingLayer, Items, Order};
use super::plan::Plan;
use super::{Part, Scene, SceneItem, Shape, Theme};
use crate::model::{ActorId, Map, TieId};

/// Text may be smaller than required by this factor, which nobody sees, so that rounding hides nothing.
const TOLERANCE: f32 = 0.995;

/// Margin around the room within which names may lie, in pixels.
const MARGIN_PX: f32 = 8.0;

/// The smallest sizes of text that are readable, in pixels of the screen or page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReadableSizes {
    /// Names of actors, and headings of columns.
    pub name_px: f32,
    /// Labels and roles of ties.
    pub label_px: f32,
}

impl ReadableSizes {
    /// The sizes for a screen, in points.
    pub const SCREEN: Self = Self { name_px: 11.0, label_px: 9.0 };

    /// Returns the sizes for a page: 8 points in print.
    #[must_use]
    pub fn of_page(points_per_px: f32) -> Self {
        let px = 8.0 / points_per_px.max(f32::EPSILON);
        Self { name_px: px, label_px: px }
    }
}

/// The contents and colors of names and labels.
#[derive(Clone, Copy)]
pub struct LabelMaterials<'a> {
    /// The map.
    pub map: &'a Map,
    /// Measured cards and labels.
    pub plan: &'a Plan,
    /// The colors.
    pub theme: &'a Theme,
}

/// Everything that names and labels depend on besides the items of the scene.
#[derive(Clone, Copy)]
pub struct LabelingInput<'a> {
    /// Contents and colors.
    pub of: LabelMaterials<'a>,
    /// Pixels per world unit.
    pub scale: f32,
    /// The smallest readable sizes.
    pub readable: ReadableSizes,
    /// The room for the whole scene, in world units, which names do not leave.
    pub room: Rect,
}

/// Returns the room that a view or area of this size, in world units, has for a scene in its middle.
#[must_use]
pub fn room_for(bounds: Rect, size: Vec2) -> Rect {
    Rect::from_center_size(bounds.center(), bounds.size().max(size))
}

/// How many names and labels are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelingCounts {
    /// Actors with a readable name.
    pub named: usize,
    /// Actors without a name.
    pub nameless: usize,
    /// Labels of ties that are drawn at all.
    pub labeled: usize,
    /// Labels of ties that were reduced to their icon and citation numbers.
    pub reduced: usize,
    /// Labels of ties that are left out.
    pub unlabeled: usize,
    /// Titles of areas.
    pub titles: usize,
}

/// The items that replace those of a scene at a scale.
#[derive(Clone, Debug, Default)]
pub struct Labeling {
    replaced: HashMap<Part, Vec<Replacement>>,
    /// Cards that are drawn as dots, with or without a name.
    dots: HashMap<ActorId, Dot>,
    /// Hubs of many-party ties that are drawn as dots.
    hub_dots: HashMap<TieId, Dot>,
    /// Centers of labels that are not where they belong, for lack of room.
    moved: HashMap<TieId, Pos2>,
    counts: LabelingCounts,
}

/// An item drawn instead, and its index among those drawn above everything else; `None` if it takes the place of the
/// original.
type Replacement = (Option<usize>, Arc<SceneItem>);

/// An actor drawn as a dot.
#[derive(Clone, Copy, Debug)]
struct Dot {
    center: Pos2,
    /// In world units.
    radius: f32,
    is_named: bool,
}

/// A card of the scene.
struct PlacedCard {
    /// Index in the plan.
    index: usize,
    center: Pos2,
}

impl Labeling {
    /// Places the names and labels of these items.
    #[must_use]
    pub fn new<'i>(items: impl IntoIterator<Item = &'i Arc<SceneItem>>, input: &LabelingInput<'_>) -> Self {
        let mut labeling = Self::default();
        let (mut cards, mut lanes, mut labels, mut headings) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let index_of: HashMap<ActorId, usize> = input.of.plan.cards.iter().map(|card| card.actor).zip(0..).collect();
        for item in items {
            match item.part {
                Part::Card(actor) => {
                    let body = frame(item).zip(index_of.get(&actor));
                    cards.extend(body.map(|(rect, &index)| PlacedCard { index, center: rect.center() }));
                }
                Part::Lane(_) | Part::Ribbon(_) => lanes.push(item),
                Part::Pill(_) | Part::RibbonPill(_) | Part::Role(..) => labels.push(item),
                Part::Heading(_) => headings.push(item),
                _ => {}
            }
        }
        let room = input.to_px(input.room).expand(MARGIN_PX);
        let mut occupied = Occupied::new(room);
        labeling.place_names(&cards, input, &mut occupied);
        labeling.place_headings(&headings, input, &mut occupied);
        labeling.place_labels((&labels, &lanes), input, &mut occupied);
        labeling.fit_lanes(&lanes, input);
        labeling
    }

    /// Returns how many names and labels are drawn.
    #[must_use]
    pub fn counts(&self) -> LabelingCounts {
        self.counts
    }

    /// Returns whether an actor's card is drawn as it is.
    #[must_use]
    pub fn is_whole(&self, actor: ActorId) -> bool {
        !self.replaced.contains_key(&Part::Card(actor))
    }

    /// Returns an actor's name on an opaque plate beside its dot, regardless of what it covers; `None` if it has a name.
    #[must_use]
    pub fn name_on_top(&self, actor: ActorId, input: &LabelingInput<'_>) -> Option<SceneItem> {
        let dot = self.dots.get(&actor).filter(|dot| !dot.is_named)?;
        let card = input.of.plan.cards.iter().find(|card| card.actor == actor)?;
        Some(names::name_on_top(card, *dot, input))
    }

    /// Returns the card or label that is drawn at a point of the world in place of the scene's own.
    #[must_use]
    pub fn part_at(&self, pos: Pos2) -> Option<Part> {
        let is_text = |shape: &Shape| !matches!(shape, Shape::Curve { .. }) && shape.bounds().contains(pos);
        // Text is taller than its frame, and would overlap that of a neighbor.
        let is_at = |item: &SceneItem| match frame(item) {
            Some(frame) => frame.contains(pos),
            None => item.shapes.iter().any(is_text),
        };
        let is_pickable = |part: Part| matches!(part, Part::Card(_) | Part::Pill(_) | Part::RibbonPill(_));
        let drawn = self.replaced.iter().filter(|(part, _)| is_pickable(**part));
        let at = drawn.filter(|(_, items)| items.iter().any(|(_, item)| is_at(item)));
        at.map(|(part, _)| *part).min()
    }

    /// Returns the area of what is drawn in place of an actor's card; `None` if the card is drawn as it is.
    #[must_use]
    pub fn card_bounds(&self, actor: ActorId) -> Option<Rect> {
        let items = self.replaced.get(&Part::Card(actor))?;
        items.iter().flat_map(|(_, item)| &item.shapes).map(Shape::bounds).reduce(Rect::union)
    }

    /// Returns the frame of a tie's label that is drawn in place of the scene's own.
    #[must_use]
    pub fn label_frame(&self, tie: TieId) -> Option<Rect> {
        let placed = [Part::Pill(tie), Part::RibbonPill(tie)].into_iter().find_map(|part| self.replaced.get(&part))?;
        placed.iter().find_map(|(_, item)| frame(item))
    }

    /// Returns the whole label of a tie at a readable size around a center, regardless of what it covers; `None` if it
    /// is drawn whole anyway.
    #[must_use]
    pub fn label_on_top(&self, tie: TieId, center: Pos2, input: &LabelingInput<'_>) -> Option<SceneItem> {
        let pill = input.of.plan.pills.get(&tie)?;
        let is_replaced = [Part::Pill(tie), Part::RibbonPill(tie)].iter().any(|part| self.replaced.contains_key(part));
        let center = self.moved.get(&tie).copied().unwrap_or(center);
        is_replaced.then(|| tie_labels::label_on_top(pill, center, input))
    }

    /// Returns the scene with all replacements. At this scale, all of its items are drawn.
    #[must_use]
    pub fn apply(&self, scene: &Scene) -> Scene {
        let placed = scene.items.iter().enumerate().map(|(index, item)| (Order::of_index(index), Arc::clone(item)));
        let items: Items = placed.collect();
        let items = self.substitute(&items);
        let bounds = items.iter().flat_map(|(_, item)| &item.shapes).fold(scene.bounds, |all, shape| {
            let own = shape.bounds();
            if own.is_finite() { all.union(own) } else { all }
        });
        Scene { items: items.into_iter().map(|(_, item)| item).collect(), bounds, background: scene.background }
    }

    /// Returns items with all replacements, in drawing order.
    #[must_use]
    pub fn substitute(&self, items: &[(Order, Arc<SceneItem>)]) -> Items {
        let mut out = Items::with_capacity(items.len());
        let mut done = None;
        for (order, item) in items {
            match self.replaced.get(&item.part) {
                // The replacements of a part replace all of its items together.
                Some(_) if done == Some(item.part) => {}
                Some(instead) => out.extend(instead.iter().map(|(on_top, item)| {
                    let order = on_top.map_or(*order, |index| Order::new(DrawingLayer::Names, index));
                    (order, Arc::clone(item))
                })),
                None => out.push((*order, Arc::clone(item))),
            }
            done = Some(item.part);
        }
        out.sort_by_key(|(order, _)| *order);
        out
    }

    /// Returns whether every part is drawn as it is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.replaced.is_empty()
    }

    fn replace(&mut self, part: Part, shapes: Vec<Shape>) {
        self.replaced.entry(part).or_default().push((None, item(part, shapes)));
    }
}

impl LabelingInput<'_> {
    fn to_px(self, rect: Rect) -> Rect {
        Rect::from_min_max((rect.min.to_vec2() * self.scale).to_pos2(), (rect.max.to_vec2() * self.scale).to_pos2())
    }

    fn pos_to_px(self, pos: Pos2) -> Pos2 {
        (pos.to_vec2() * self.scale).to_pos2()
    }

    fn to_world(self, rect: Rect) -> Rect {
        Rect::from_min_max((rect.min.to_vec2() / self.scale).to_pos2(), (rect.max.to_vec2() / self.scale).to_pos2())
    }
}

/// Returns the first rectangle of an item, such as the frame of a card or label.
fn frame(item: &SceneItem) -> Option<Rect> {
    item.shapes.iter().find_map(|shape| if let Shape::Rect { rect, .. } = shape { Some(*rect) } else { None })
}

fn item(part: Part, shapes: Vec<Shape>) -> Arc<SceneItem> {
    Arc::new(SceneItem { part, min_scale: 0.0, shapes })
}

/// Scales shapes by a factor around a point.
fn enlarge(shapes: &mut [Shape], around: Pos2, factor: f32) {
    let offset: Vec2 = around.to_vec2() * (1.0 - factor);
    for shape in shapes {
        shape.transform(factor, offset);
    }
}
