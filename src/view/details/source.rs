//! Details of a source: description, addresses, and the claims based on it.

use crate::model::{ClaimId, Map, SourceId};
use crate::wording::{
    actor_name, capitalized, date_text, joined_and, source_kind_word, source_name, stance_word, visible,
};

use super::super::line::item_of;
use super::claim::claim_line;
use super::whole_map::selection_text;
use super::{Blocks, Details, Line, Link};
use crate::model::Item;

pub(super) fn of_source(map: &Map, id: SourceId) -> Details {
    let source = map.source(id);
    let mut blocks = Blocks::default();
    blocks.row("Authors", (!source.authors.is_empty()).then(|| joined_and(&shown(&source.authors))));
    blocks.row("Publisher", source.publisher.as_deref().map(|publisher| visible(publisher).into_owned()));
    blocks.row("Published", source.published.as_ref().map(date_text));
    blocks.web_row("Address", source.url.as_deref());
    blocks.web_row("Archived copy", source.archive_url.as_deref());
    blocks.row("Read", source.accessed.as_ref().map(date_text));
    blocks.row("Language", source.language.as_deref().map(|language| visible(language).into_owned()));
    for &speaker in &source.by {
        blocks.link_row("Statement by", actor_name(map, speaker), Link::Item(Item::Actor(speaker)));
    }
    if let Some(first) = source.same_as {
        blocks.link_row("Same text as", source_name(map, first), Link::Item(Item::Source(first)));
    }
    for copy in map.copies_of(id).iter().copied() {
        blocks.link_row("Same text in", source_name(map, copy), Link::Item(Item::Source(copy)));
    }
    blocks.row("Note", source.note.as_deref().map(|note| visible(note).into_owned()));
    push_claims(&mut blocks, map, id);
    let kind = source.kind.as_ref().map(|kind| capitalized(&source_kind_word(kind)));
    let number = map.citation_number(id).map(|number| format!("[{number}]"));
    let title = source.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    Details {
        claim: None,
        answer: None,
        title: title.map_or_else(|| source_name(map, id), |title| visible(title).into_owned()),
        subtitle: number.into_iter().chain(kind).collect::<Vec<_>>().join(" · "),
        figure: None,
        exact_figure: None,
        blocks: blocks.0,
        ..Details::default()
    }
}

fn push_claims(blocks: &mut Blocks, map: &Map, id: SourceId) {
    let claims = map.claims_of(id);
    let lines: Vec<Line> = claims
        .iter()
        .map(|&claim| {
            let line = claim_line(map, claim);
            Line { note: format!("{} · {}", line.note, roles(map, claim, id)), ..line }
        })
        .collect();
    if lines.is_empty() {
        blocks.text(Some("No tie or fact cites this source."));
    }
    let citing: Vec<Item> = claims.iter().map(|&claim| item_of(claim)).collect();
    blocks.lines("What rests on it", selection_text(&citing), lines);
}

/// Describes the roles of the source for a claim: "supports", "cites …", "reports the retraction".
fn roles(map: &Map, claim: ClaimId, id: SourceId) -> String {
    let mut roles: Vec<String> = Vec::new();
    let mut cited: Vec<String> = Vec::new();
    for piece in &map.claim(claim).evidence {
        if piece.source == id {
            roles.push(stance_word(&piece.stance));
        }
        if piece.cited_in.as_ref().is_some_and(|cited| cited.source == id) {
            let name = source_name(map, piece.source);
            if !cited.contains(&name) {
                cited.push(name);
            }
        }
    }
    roles.dedup();
    if !cited.is_empty() {
        roles.push(format!("cites {}", joined_and(&cited)));
    }
    let retraction = map.claim(claim).retraction.as_ref().and_then(|retraction| retraction.source);
    if retraction == Some(id) {
        roles.push("reports the retraction".to_owned());
    }
    roles.join(", ")
}

fn shown(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| visible(text).into_owned()).collect()
}
