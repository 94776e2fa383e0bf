//! Names of undo steps, and notices about edits.

use crate::document::edit::SourceChoice;
use crate::model::{ClaimId, Item, Map, SourceId};
use crate::wording::{self, counted};

pub(super) fn chosen_source_name(map: &Map, source: &SourceChoice, id: SourceId) -> String {
    match source {
        SourceChoice::Known(_) => wording::source_name(map, id),
        SourceChoice::New(source) => {
            let name = source.title.clone().or_else(|| source.publisher.clone()).or_else(|| source.url.clone());
            name.unwrap_or_else(|| "a source".to_owned())
        }
    }
}

pub(super) fn cite_label(source: &str, claims: &[ClaimId], map: &Map) -> String {
    match claims {
        [ClaimId::Tie(tie)] => format!("Cite {source} for {}", wording::tie_title(map, *tie)),
        [ClaimId::Fact(_)] => format!("Cite {source} for a fact"),
        several => format!("Cite {source} for {}", counted(several.len(), "claim", "claims")),
    }
}

/// Returns "OpenAI", "Microsoft → OpenAI" or "12 ties".
pub(super) fn items_words(map: &Map, items: &[Item]) -> String {
    match items {
        [Item::Actor(actor)] => map.actor(*actor).name.clone(),
        [Item::Tie(tie)] => wording::tie_title(map, *tie),
        [Item::Source(source)] => wording::source_name(map, *source),
        [Item::Fact(_)] => "a fact".to_owned(),
        several if several.iter().all(|item| matches!(item, Item::Tie(_))) => counted(several.len(), "tie", "ties"),
        several if several.iter().all(|item| matches!(item, Item::Actor(_))) => {
            counted(several.len(), "actor", "actors")
        }
        several => counted(several.len(), "record", "records"),
    }
}

/// Says what is deleted with what: "OpenAI, its 10 ties and 2 facts were deleted".
pub(super) fn deleted_words(map: &Map, items: &[Item]) -> String {
    let mut ties = std::collections::BTreeSet::new();
    let mut facts = 0;
    let mut cites = 0;
    for item in items {
        match item {
            Item::Actor(actor) => {
                ties.extend(map.ties_of(*actor).iter().copied().filter(|tie| !items.contains(&Item::Tie(*tie))));
                facts += map.facts_of(*actor).len();
            }
            Item::Source(source) => cites += map.claims_of(*source).len(),
            Item::Tie(_) | Item::Fact(_) => {}
        }
    }
    let whose = if items.len() == 1 { "its" } else { "their" };
    let parts = [
        (ties.len(), counted(ties.len(), "tie", "ties")),
        (facts, counted(facts, "fact", "facts")),
        (cites, counted(cites, "citation", "citations")),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    let with = if parts.is_empty() { String::new() } else { format!(" with {whose} {}", wording::joined_and(&parts)) };
    format!("Deleted {}{with}", items_words(map, items))
}
