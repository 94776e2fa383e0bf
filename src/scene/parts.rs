//! The items of a plan by part, so that only changed parts are redrawn.
//!
//! Each item has an [`Order`], which doesn't depend on the number of items before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use emath::{Pos2, Rect};

use super::item::{Drawing, hub_item, lane_item, note_item, pill_item, role_item};
use super::plan::Plan;
use super::{Part, Scene, SceneItem, Theme};
use crate::layout::Layout;
use crate::model::{Map, Rgb};

/// Drawing order of an item; greater values are on top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order(u64);

impl Order {
    /// Returns the order of an item, given its layer and its index in it.
    pub(super) fn new(layer: DrawingLayer, number: usize) -> Self {
        Self((layer as u64) << 56 | number as u64)
    }

    /// Returns the order of the nth item of a scene.
    #[must_use]
    pub fn of_index(index: usize) -> Self {
        Self(index as u64)
    }
}

/// The layers of a picture, from back to front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DrawingLayer {
    Notes,
    Lanes,
    Roles,
    Pills,
    Hubs,
    Headings,
    Cards,
    /// Names of actors beside their dots.
    Names,
}

/// An item and its bounding box.
#[derive(Clone, Debug)]
struct DrawnItem {
    item: Arc<SceneItem>,
    bounds: Rect,
}

impl DrawnItem {
    fn new(item: SceneItem) -> Self {
        let bounds = item.shapes.iter().fold(Rect::NOTHING, |all, shape| all.union(shape.bounds()));
        Self { item: Arc::new(item), bounds }
    }
}

/// Parts that must be redrawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// Indices of moved nodes.
    pub nodes: Vec<u32>,
    /// Indices of lines whose course or label position changed.
    pub lines: Vec<u32>,
    /// Whether notes have changed.
    pub has_notes: bool,
}

/// All items of one part, each with its drawing order.
pub type Items = Vec<(Order, Arc<SceneItem>)>;

/// Builds the scene of a plan at the positions of its layout: notes, lines, roles, pills, headings, cards, from back
/// to front.
#[must_use]
pub fn build_scene(map: &Map, plan: &Plan, layout: &Layout, theme: &Theme) -> Scene {
    Parts::new(Drawing { map, plan, layout, theme }).scene()
}

/// Items of a picture, by part.
#[derive(Clone, Debug)]
pub struct Parts {
    notes: Vec<DrawnItem>,
    /// Lane of each line; `None` if an earlier line's item includes it, as for the spokes of a hub.
    lanes: Vec<Option<DrawnItem>>,
    roles: Vec<Option<DrawnItem>>,
    pills: Vec<Option<DrawnItem>>,
    hubs: Vec<Option<DrawnItem>>,
    headings: Vec<DrawnItem>,
    cards: Vec<[DrawnItem; 2]>,
    background: Rgb,
}

impl Parts {
    /// Draws all items.
    #[must_use]
    pub fn new(of: Drawing<'_>) -> Self {
        let Drawing { plan, layout, theme, .. } = of;
        let count = plan.lines.len().min(layout.lanes.len());
        let slots = |item: &dyn Fn(Drawing<'_>, usize) -> Option<SceneItem>| {
            (0..count).map(|line| item(of, line).map(DrawnItem::new)).collect::<Vec<_>>()
        };
        Self {
            notes: plan.notes.iter().map(|note| DrawnItem::new(note_item(note, theme))).collect(),
            lanes: slots(&lane_item),
            roles: slots(&role_item),
            pills: slots(&pill_item),
            hubs: (0..plan.hubs.len()).map(|hub| hub_item(of, hub).map(DrawnItem::new)).collect(),
            headings: headings(of),
            cards: plan.cards.iter().zip(&layout.centers).map(|(card, &center)| card_slots(of, card, center)).collect(),
            background: theme.background,
        }
    }

    /// Redraws stale items; returns all parts affected, with their current items.
    pub fn refresh(&mut self, of: Drawing<'_>, stale: &Stale) -> BTreeMap<Part, Items> {
        let plan = of.plan;
        let mut touched = BTreeMap::new();
        for &line in &stale.lines {
            // The first spoke of a hub draws all of them.
            let mut first = line as usize;
            while first > 0 && plan.lines[first - 1].tie == plan.lines[first].tie {
                first -= 1;
            }
            let line = line as usize;
            replace(&mut self.lanes[first], lane_item(of, first), Order::new(DrawingLayer::Lanes, first), &mut touched);
            replace(&mut self.roles[line], role_item(of, line), Order::new(DrawingLayer::Roles, line), &mut touched);
            replace(&mut self.pills[line], pill_item(of, line), Order::new(DrawingLayer::Pills, line), &mut touched);
        }
        for &node in &stale.nodes {
            let node = node as usize;
            if let Some((card, slots)) = plan.cards.get(node).zip(self.cards.get_mut(node)) {
                *slots = card_slots(of, card, of.layout.centers[node]);
                let order = |at| Order::new(DrawingLayer::Cards, 2 * node + at);
                let items = slots.iter().enumerate().map(|(at, slot)| (order(at), Arc::clone(&slot.item)));
                touched.insert(Part::Card(card.actor), items.collect());
            } else if let Some(hub) = node.checked_sub(plan.cards.len()).filter(|&hub| hub < self.hubs.len()) {
                replace(&mut self.hubs[hub], hub_item(of, hub), Order::new(DrawingLayer::Hubs, hub), &mut touched);
            }
        }
        if stale.has_notes {
            let notes = plan.notes.iter().map(|note| DrawnItem::new(note_item(note, of.theme))).collect();
            replace_all(&mut self.notes, notes, DrawingLayer::Notes, &mut touched);
        }
        if !stale.nodes.is_empty() && plan.columns.is_some() {
            replace_all(&mut self.headings, headings(of), DrawingLayer::Headings, &mut touched);
        }
        touched
    }

    /// Iterates over all items from back to front, with their order.
    pub fn iter(&self) -> impl Iterator<Item = (Order, &Arc<SceneItem>)> {
        self.slots().map(|(order, slot)| (order, &slot.item))
    }

    fn slots(&self) -> impl Iterator<Item = (Order, &DrawnItem)> {
        fn all(layer: DrawingLayer, slots: &[DrawnItem]) -> impl Iterator<Item = (Order, &DrawnItem)> {
            slots.iter().enumerate().map(move |(number, slot)| (Order::new(layer, number), slot))
        }
        fn some(layer: DrawingLayer, slots: &[Option<DrawnItem>]) -> impl Iterator<Item = (Order, &DrawnItem)> {
            slots.iter().enumerate().filter_map(move |(at, slot)| Some((Order::new(layer, at), slot.as_ref()?)))
        }
        let cards = self.cards.iter().flatten().enumerate();
        all(DrawingLayer::Notes, &self.notes)
            .chain(some(DrawingLayer::Lanes, &self.lanes))
            .chain(some(DrawingLayer::Roles, &self.roles))
            .chain(some(DrawingLayer::Pills, &self.pills))
            .chain(some(DrawingLayer::Hubs, &self.hubs))
            .chain(all(DrawingLayer::Headings, &self.headings))
            .chain(cards.map(|(number, slot)| (Order::new(DrawingLayer::Cards, number), slot)))
    }

    /// Returns all items as a scene that shares them.
    #[must_use]
    pub fn scene(&self) -> Scene {
        let covered = self.slots().fold(Rect::NOTHING, |all, (_, slot)| all.union(slot.bounds));
        let bounds = if covered.is_finite() { covered } else { Rect::from_min_max(Pos2::ZERO, Pos2::ZERO) };
        let items = self.slots().map(|(_, slot)| Arc::clone(&slot.item)).collect();
        Scene { items, bounds, background: self.background }
    }
}

fn card_slots(of: Drawing<'_>, card: &super::Card, center: Pos2) -> [DrawnItem; 2] {
    card.items(of.map, center, of.theme).map(DrawnItem::new)
}

fn headings(of: Drawing<'_>) -> Vec<DrawnItem> {
    let columns = of.plan.columns.iter();
    columns
        .flat_map(|columns| columns.items(&of.plan.cards, &of.layout.centers, of.theme))
        .map(DrawnItem::new)
        .collect()
}

/// Replaces the item in a slot and records the parts affected.
fn replace(slot: &mut Option<DrawnItem>, item: Option<SceneItem>, order: Order, touched: &mut BTreeMap<Part, Items>) {
    if let Some(old) = slot.take() {
        touched.entry(old.item.part).or_default();
    }
    *slot = item.map(DrawnItem::new);
    if let Some(new) = slot {
        touched.insert(new.item.part, vec![(order, Arc::clone(&new.item))]);
    }
}

fn replace_all(
    slots: &mut Vec<DrawnItem>,
    new: Vec<DrawnItem>,
    layer: DrawingLayer,
    touched: &mut BTreeMap<Part, Items>,
) {
    for old in slots.iter() {
        touched.entry(old.item.part).or_default();
    }
    *slots = new;
    for (number, slot) in slots.iter().enumerate() {
        touched.insert(slot.item.part, vec![(Order::new(layer, number), Arc::clone(&slot.item))]);
    }
}
