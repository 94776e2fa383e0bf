//! Which rows of the details can be edited, and which fields could be filled.

use crate::document::edit::{Field, TextEntry};
use crate::model::{Item, Map};

use super::{Block, Details};

/// Returns the fields of a record that are typed into, with their labels in the details, in their order.
#[must_use]
pub fn entries_of(item: Item) -> &'static [(&'static str, TextEntry)] {
    const fn of(field: Field) -> TextEntry {
        TextEntry::Field(field)
    }
    const TIE: &[(&str, TextEntry)] = &[
        ("How much", TextEntry::HowMuch),
        ("When", TextEntry::When),
        ("Date", of(Field::Date)),
        ("Start", of(Field::Start)),
        ("End", of(Field::End)),
        ("Stage", of(Field::Stage)),
        ("History", of(Field::Stages)),
        ("Status", of(Field::Status)),
        ("Confidence", of(Field::Confidence)),
        ("Label", of(Field::Label)),
        ("Scope", of(Field::Scope)),
        ("Via", of(Field::Via)),
        ("Summary", of(Field::Summary)),
        ("Part of", of(Field::PartOf)),
        ("Direction", of(Field::Directed)),
        ("First seen", of(Field::FirstSeen)),
        ("Last seen", of(Field::LastSeen)),
        ("Tags", of(Field::Tags)),
        ("Weight", of(Field::Weight)),
    ];
    const ACTOR: &[(&str, TextEntry)] = &[
        ("Name", of(Field::Name)),
        ("Also known as", of(Field::Aliases)),
        ("Summary", of(Field::Summary)),
        ("Site", of(Field::Url)),
        ("Identifier", of(Field::Identifiers)),
        ("Part of", of(Field::PartOf)),
        ("Start", of(Field::Start)),
        ("End", of(Field::End)),
        ("Tags", of(Field::Tags)),
        ("Weight", of(Field::Weight)),
    ];
    const SOURCE: &[(&str, TextEntry)] = &[
        ("Title", of(Field::Title)),
        ("Kind", of(Field::Kind)),
        ("Publisher", of(Field::Publisher)),
        ("Authors", of(Field::Authors)),
        ("Published", of(Field::Published)),
        ("Address", of(Field::Url)),
        ("Read", of(Field::Accessed)),
        ("Archived copy", of(Field::ArchiveUrl)),
        ("Language", of(Field::Language)),
        ("Note", of(Field::Note)),
    ];
    match item {
        Item::Tie(_) => TIE,
        Item::Fact(_) => FACT,
        Item::Actor(_) => ACTOR,
        Item::Source(_) => SOURCE,
    }
}

const FACT: &[(&str, TextEntry)] = &[
    ("Fact", TextEntry::Field(Field::Text)),
    ("How much", TextEntry::HowMuch),
    ("When", TextEntry::When),
    ("Date", TextEntry::Field(Field::Date)),
    ("Start", TextEntry::Field(Field::Start)),
    ("End", TextEntry::Field(Field::End)),
    ("Stage", TextEntry::Field(Field::Stage)),
    ("History", TextEntry::Field(Field::Stages)),
    ("Status", TextEntry::Field(Field::Status)),
    ("Confidence", TextEntry::Field(Field::Confidence)),
    ("Scope", TextEntry::Field(Field::Scope)),
    ("Via", TextEntry::Field(Field::Via)),
    ("Summary", TextEntry::Field(Field::Summary)),
    ("Part of", TextEntry::Field(Field::PartOf)),
    ("Tags", TextEntry::Field(Field::Tags)),
];

/// Marks the rows of a record that can be edited, and notes the fields that are still empty.
pub(super) fn mark(details: &mut Details, map: &Map, item: Item) {
    if !map.has(item) {
        return;
    }
    let entries = entries_of(item);
    let mut has_row = Vec::new();
    // Below the first heading stand other records: evidence, ties, facts.
    let own = details.blocks.iter_mut().take_while(|block| !matches!(block, Block::Heading(..)));
    for block in own {
        let Block::Row(row) = block else { continue };
        // Of several rows of one field, such as identifiers, the first stands for all.
        let entry = entries.iter().find(|(label, _)| row.label == *label).filter(|(_, entry)| !has_row.contains(entry));
        if let Some((_, entry)) = entry {
            row.entry = Some(*entry);
            has_row.push(*entry);
        }
    }
    let document_has = |field: Field| has_value(map, item, field);
    details.item = Some(item);
    details.empty = entries
        .iter()
        .filter(|(_, entry)| match entry {
            _ if has_row.contains(entry) => false,
            TextEntry::HowMuch => ![Field::Amount, Field::Share, Field::Quantity].into_iter().any(document_has),
            TextEntry::When => ![Field::Date, Field::Start, Field::End].into_iter().any(document_has),
            // These fill rows that "When" opens; a name or title stands in the heading.
            TextEntry::Field(Field::Date | Field::Start | Field::End)
                if matches!(item, Item::Tie(_) | Item::Fact(_)) =>
            {
                false
            }
            TextEntry::Field(Field::Name | Field::Directed) => false,
            TextEntry::Field(field) => !document_has(*field),
        })
        .copied()
        .collect();
}

/// Returns whether a field of a record has a value.
fn has_value(map: &Map, item: Item, field: Field) -> bool {
    let of_claim = |claim: &crate::model::Claim| match field {
        Field::Amount => claim.amount.is_some(),
        Field::Share => claim.share.is_some(),
        Field::Quantity => claim.quantity.is_some(),
        Field::Date => claim.date.is_some(),
        Field::Start => claim.start.is_some(),
        Field::End => claim.end.is_some(),
        Field::Stage => claim.stage.is_some(),
        Field::Stages => !claim.stages.is_empty(),
        Field::PartOf => claim.part_of.is_some(),
        Field::Status => claim.status.is_some(),
        Field::Confidence => claim.confidence.is_some(),
        Field::Label => claim.label.is_some(),
        Field::Scope => claim.scope.is_some(),
        Field::Via => claim.via.is_some(),
        Field::Summary => claim.summary.is_some(),
        Field::FirstSeen => claim.first_seen.is_some(),
        Field::LastSeen => claim.last_seen.is_some(),
        Field::Tags => !claim.metadata.tags.is_empty(),
        Field::Weight => claim.metadata.weight.is_some(),
        Field::Text => true,
        _ => false,
    };
    match item {
        Item::Tie(tie) => of_claim(&map.tie(tie).claim),
        Item::Fact(fact) => of_claim(&map.fact(fact).claim),
        Item::Actor(actor) => {
            let actor = map.actor(actor);
            match field {
                Field::Aliases => !actor.aliases.is_empty(),
                Field::Identifiers => !actor.identifiers.is_empty(),
                Field::PartOf => actor.part_of.is_some(),
                Field::Summary => actor.summary.is_some(),
                Field::Url => actor.url.is_some(),
                Field::Start => actor.start.is_some(),
                Field::End => actor.end.is_some(),
                Field::Tags => !actor.metadata.tags.is_empty(),
                Field::Weight => actor.metadata.weight.is_some(),
                _ => false,
            }
        }
        Item::Source(source) => {
            let source = map.source(source);
            match field {
                Field::Title => source.title.is_some(),
                Field::Kind => source.kind.is_some(),
                Field::Publisher => source.publisher.is_some(),
                Field::Authors => !source.authors.is_empty(),
                Field::Published => source.published.is_some(),
                Field::Url => source.url.is_some(),
                Field::Accessed => source.accessed.is_some(),
                Field::ArchiveUrl => source.archive_url.is_some(),
                Field::Language => source.language.is_some(),
                Field::Note => source.note.is_some(),
                _ => false,
            }
        }
    }
}
