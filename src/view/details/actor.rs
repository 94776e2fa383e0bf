//! Details of an actor: description, facts and ties.

use crate::model::{ActorId, ClaimId, FactId, Item, Map};
use crate::wording::{actor_name, counted, number, register_name, visible};

use super::super::line::tie_lines;
use super::claim::push_inner_claim;
use super::metadata::{push_fields, push_row};
use super::{Block, Blocks, Details, Line, Link, Mark};

pub(super) fn of_actor(map: &Map, id: ActorId) -> Details {
    let actor = map.actor(id);
    let mut blocks = Blocks::default();
    blocks.text(actor.summary.as_deref());
    let aliases: Vec<String> = actor.aliases.iter().map(|alias| visible(alias).into_owned()).collect();
    blocks.row("Also known as", (!aliases.is_empty()).then(|| aliases.join(", ")));
    for (register, number) in &actor.identifiers {
        blocks.row("Identifier", Some(format!("{}: {}", register_name(register), visible(number))));
    }
    blocks.web_row("Site", actor.url.as_deref());
    if let Some(whole) = actor.part_of {
        blocks.link_row("Part of", actor_name(map, whole), Link::Item(Item::Actor(whole)));
    }
    for part in map.parts_of(id).iter().copied() {
        blocks.link_row("Includes", actor_name(map, part), Link::Item(Item::Actor(part)));
    }
    push_fields(&mut blocks, &actor.metadata);
    let facts = map.facts_of(id);
    if !facts.is_empty() {
        blocks.0.push(Block::Heading("Facts".to_owned(), number(facts.len())));
        for &fact in facts {
            push_fact(&mut blocks, map, fact);
        }
    }
    let ties = map.ties_of(id);
    blocks.lines("Ties", number(ties.len()), tie_lines(map, ties.iter().copied()));
    push_row(&mut blocks, map, &actor.metadata);
    let kind = map.actor_kind(id).map(|kind| visible(&kind.label).into_owned());
    let count = counted(ties.len(), "tie", "ties");
    Details {
        claim: None,
        answer: None,
        title: actor_name(map, id),
        subtitle: kind.into_iter().chain([count]).collect::<Vec<_>>().join(" · "),
        figure: None,
        exact_figure: None,
        blocks: blocks.0,
        ..Details::default()
    }
}

/// Adds a fact with its evidence; the line links to the fact.
fn push_fact(blocks: &mut Blocks, map: &Map, id: FactId) {
    let fact = map.fact(id);
    let marks = Mark::of(map, ClaimId::Fact(id));
    let text = visible(&fact.text).into_owned();
    blocks.0.push(Block::Line(Line { text, note: String::new(), marks, item: Item::Fact(id) }));
    push_inner_claim(blocks, map, ClaimId::Fact(id));
}
