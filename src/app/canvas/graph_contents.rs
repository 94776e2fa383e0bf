//! Chooses the content of the canvas graph: all of a small map, or the elements in view of a large one, up to 1,500.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Rect, Vec2};

use crate::model::{Ends, Item, Map};
use crate::scene::{Items, Order, Part, Picker, Scene};

use super::input::CanvasInput;
use super::paint::art;
use super::records::{exists, item_of};

/// The maximum number of actors and ties in the graph.
pub(super) const MAX_ELEMENTS: usize = 1_500;
/// The margin around the view that is held too, as a fraction of the view, so that small pans need no rebuild.
const AROUND: f32 = 0.25;
/// A held area is replaced once it is more than this many times as wide as the view, after zooming in.
const WIDEST: f32 = 4.0;
/// The minimum height of elements that can be touched while only part of the picture is held, in points.
pub(super) const MIN_HEIGHT: f32 = 8.0;

/// The part of the picture that the graph holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum GraphExtent {
    /// The whole picture.
    All,
    /// Everything in this area, in world units.
    Area(Rect),
    /// Nothing but notes, since an overview is drawn instead.
    Overview,
    /// This area has more elements than the graph can hold. The graph holds those nearest to the center that are large
    /// enough to be touched at this zoom; everything is drawn without it.
    Nearest(Rect, f32),
}

/// The visible part of the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct VisibleArea {
    /// The rectangle, in world units.
    pub(super) rect: Rect,
    /// Points per world unit.
    pub(super) zoom: f32,
}

impl GraphExtent {
    /// Returns whether the held part still suffices for the visible area.
    pub(super) fn covers(self, seen: VisibleArea) -> bool {
        match self {
            Self::All | Self::Overview => true,
            Self::Area(rect) => rect.contains_rect(seen.rect) && rect.width() <= seen.rect.width() * WIDEST,
            #[expect(clippy::float_cmp, reason = "drawn for this very zoom")]
            Self::Nearest(rect, zoom) => rect.contains_rect(seen.rect) && zoom == seen.zoom,
        }
    }
}

/// The content of the graph: records with their items.
pub(super) struct GraphContents {
    pub(super) extent: GraphExtent,
    pub(super) records: BTreeMap<Item, Items>,
    /// Parts that show no record.
    pub(super) backdrop: Vec<(Part, Items)>,
    /// Items drawn without the graph, back to front.
    pub(super) far_layer: Items,
}

/// Returns whether a picture is too large to be held as a whole.
pub(super) fn is_large(picker: &Picker) -> bool {
    picker.record_count() > MAX_ELEMENTS
}

/// Chooses the part of the picture that the graph holds; without a visible area, an overview is drawn instead.
pub(super) fn choose(input: &CanvasInput<'_>, seen: Option<VisibleArea>) -> GraphContents {
    let Some(seen) = seen else { return notes_of(input) };
    if is_large(input.picker) { part_of(input, seen) } else { all_of(input.scene, &input.document.map) }
}

fn all_of(scene: &Scene, map: &Map) -> GraphContents {
    let mut records: BTreeMap<Item, Items> = BTreeMap::new();
    let mut backdrop = Vec::new();
    for (index, item) in scene.items.iter().enumerate() {
        let placed = (Order::of_index(index), Arc::clone(item));
        // While a map is being reloaded, the scene of the previous map may still be shown.
        if let Some(record) = item_of(item.part).filter(|record| exists(map, *record)) {
            records.entry(record).or_default().push(placed);
        } else {
            backdrop.push((item.part, vec![placed]));
        }
    }
    GraphContents { extent: GraphExtent::All, records, backdrop, far_layer: Items::new() }
}

fn notes_of(input: &CanvasInput<'_>) -> GraphContents {
    // Notes come first.
    let notes = input.scene.items.iter().enumerate().take_while(|(_, item)| matches!(item.part, Part::Note(_)));
    let backdrop = notes.map(|(index, item)| (item.part, vec![(Order::of_index(index), Arc::clone(item))])).collect();
    GraphContents { extent: GraphExtent::Overview, records: BTreeMap::new(), backdrop, far_layer: Items::new() }
}

fn part_of(input: &CanvasInput<'_>, seen: VisibleArea) -> GraphContents {
    let (picker, map) = (input.picker, &*input.document.map);
    let area = seen.rect.expand2(seen.rect.size() * AROUND);
    let (mut records, mut backdrop) = (BTreeSet::new(), Vec::new());
    let is_whole = area.contains_rect(input.scene.bounds);
    let parts = if is_whole { Vec::new() } else { picker.in_view(area) };
    let all = is_whole.then(|| input.scene.items.iter().map(|item| item.part)).into_iter().flatten();
    for part in parts.iter().copied().chain(all) {
        match item_of(part) {
            Some(record) => drop(records.insert(record)),
            None => backdrop.push(part),
        }
    }
    backdrop.extend(picker.loose());
    backdrop.sort_unstable();
    backdrop.dedup();
    let backdrop = backdrop.into_iter().map(|part| (part, picker.items(part).to_vec())).collect();
    records.retain(|record| exists(map, *record));
    let with_items = |record: Item| (record, items_of(picker, map, record));
    if let Some(held) = with_ends(&records, picker, map) {
        let records = held.into_iter().map(with_items).collect();
        return GraphContents { extent: GraphExtent::Area(area), records, backdrop, far_layer: Items::new() };
    }
    let far_layer = if is_whole {
        let items = input.scene.items.iter().enumerate();
        items.map(|(index, item)| (Order::of_index(index), Arc::clone(item))).collect()
    } else {
        let mut items: Items = parts.iter().flat_map(|&part| picker.items(part).iter().cloned()).collect();
        items.sort_unstable_by_key(|(order, _)| *order);
        items
    };
    let near = nearest(&records, picker, map, seen);
    let records = near.into_iter().map(with_items).collect();
    GraphContents { extent: GraphExtent::Nearest(area, seen.zoom), records, backdrop, far_layer }
}

/// Returns the records and the actors at the ends of their ties, or `None` if there are too many.
fn with_ends(records: &BTreeSet<Item>, picker: &Picker, map: &Map) -> Option<BTreeSet<Item>> {
    if records.len() > MAX_ELEMENTS {
        return None;
    }
    let mut all = records.clone();
    for record in records {
        if let Item::Tie(tie) = record {
            let actors = map.tie(*tie).ends.actors().into_iter();
            all.extend(actors.filter(|&actor| !picker.items(Part::Card(actor)).is_empty()).map(Item::Actor));
        }
    }
    (all.len() <= MAX_ELEMENTS).then_some(all)
}

/// Returns the records large enough to be touched, actors first, then by distance from the center of the view, up to
/// the maximum.
fn nearest(records: &BTreeSet<Item>, picker: &Picker, map: &Map, seen: VisibleArea) -> BTreeSet<Item> {
    let mut sized: Vec<(bool, f32, Item)> = Vec::new();
    for &record in records {
        let is_tie = matches!(record, Item::Tie(_));
        let rect = main_parts(record).into_iter().find_map(|part| frame_of(picker, part, seen.zoom));
        if let Some(rect) = rect.filter(|rect| rect.height() * seen.zoom >= MIN_HEIGHT) {
            sized.push((is_tie, rect.center().distance_sq(seen.rect.center()), record));
        }
    }
    sized.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut held = BTreeSet::new();
    for (_, _, record) in sized {
        if held.len() + 3 > MAX_ELEMENTS {
            break;
        }
        if let Item::Tie(tie) = record
            && let Ends::Pair { from, to } = &map.tie(tie).ends
        {
            held.extend([Item::Actor(*from), Item::Actor(*to)]);
        }
        held.insert(record);
    }
    held
}

/// Returns the parts by which a record is touched: the card of an actor or the label of a tie.
fn main_parts(record: Item) -> Vec<Part> {
    match record {
        Item::Actor(actor) => vec![Part::Card(actor)],
        Item::Tie(tie) => vec![Part::Pill(tie), Part::RibbonPill(tie)],
        Item::Fact(_) | Item::Source(_) => Vec::new(),
    }
}

fn frame_of(picker: &Picker, part: Part, zoom: f32) -> Option<Rect> {
    let (_, item) = picker.items(part).first()?;
    if zoom < item.min_scale {
        return None;
    }
    item.shapes.iter().find_map(art::frame)
}

/// Returns all items of a record, back to front.
pub(super) fn items_of(picker: &Picker, map: &Map, record: Item) -> Items {
    let mut parts = main_parts(record);
    if let Item::Tie(tie) = record {
        parts.extend([Part::Lane(tie), Part::Ribbon(tie)]);
        if let Ends::Parties(parties) = &map.tie(tie).ends {
            parts.extend((0..parties.len() as u32).map(|party| Part::Role(tie, party)));
        }
    }
    let mut items: Items = parts.into_iter().flat_map(|part| picker.items(part).iter().cloned()).collect();
    items.sort_unstable_by_key(|(order, _)| *order);
    items
}

/// Returns the bounding box of items, in world units.
pub(super) fn bounds_of(items: &Items) -> Rect {
    items.iter().fold(Rect::NOTHING, |all, (_, item)| all | art::bounds(item))
}

/// Returns the frame of the first card or pill, or the bounding box if there is none.
pub(super) fn frame_of_items(items: &Items) -> Option<Rect> {
    let frame = items.iter().flat_map(|(_, item)| &item.shapes).find_map(art::frame);
    frame.or_else(|| Some(bounds_of(items)).filter(|rect| rect.size() != Vec2::ZERO && rect.is_finite()))
}
