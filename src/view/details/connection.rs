//! Details of two actors: their connection.

use crate::document::Shown;
use crate::model::{ActorId, Item, Map};
use crate::wording::{actor_name, counted, joined_and};

use super::super::connection::build_connection;
use super::whole_map::item_line;
use super::{Block, Blocks, Details};

/// Builds the details of two actors: the answer, then each path as cited sentences.
pub(super) fn of_two(map: &Map, ends: [ActorId; 2], shown: &Shown) -> Details {
    let connection = build_connection(map, ends[0], ends[1], shown);
    let mut blocks = Blocks::default();
    blocks.text(Some(&connection.answer));
    for path in &connection.paths {
        let count = counted(path.sentences.len(), "tie", "ties");
        blocks.0.push(Block::Heading(path.heading(map), count));
        blocks.0.extend(path.sentences.iter().cloned().map(Block::Cited));
    }
    blocks.lines("Selected", String::new(), ends.map(|actor| item_line(map, Item::Actor(actor))).into());
    Details {
        answer: Some(connection.text(map)),
        title: joined_and(&ends.map(|actor| actor_name(map, actor))),
        subtitle: "How are these two connected?".to_owned(),
        blocks: blocks.0,
        ..Details::default()
    }
}
