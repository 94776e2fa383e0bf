//! Documents with cards placed on a grid, so that no layout is needed.

use std::sync::Arc;

use emath::pos2;
use tieline::document::Document;
use tieline::model::{Map, Placed};

/// Creates a document with a position for every card and hub.
pub(crate) fn placed(map: Map) -> Document {
    let count = map.actors().len() as u32;
    let columns = f64::from(count).sqrt().ceil() as u32;
    let place = |index: u32| pos2((index % columns) as f32 * 420.0, (index / columns) as f32 * 260.0);
    let hubs = map.tie_ids().map(|tie| (Placed::Hub(tie), place(tie.0 % count) + emath::vec2(190.0, 130.0)));
    let cards = map.actor_ids().map(|actor| (Placed::Actor(actor), place(actor.0)));
    let places: Vec<_> = cards.chain(hubs).collect();
    Document::new(Arc::new(map), Arc::default()).with_settled(places)
}
