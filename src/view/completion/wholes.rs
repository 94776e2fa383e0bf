//! What a record may be part of.

use crate::document::Document;
use crate::document::edit::{Field, FieldValue, TextEntry, claim_name, possible_wholes, read_typed};
use crate::model::{ClaimId, Item};
use crate::wording::typed::Typed;
use crate::wording::{actor_name, counted};

use super::understood::{Answered, Suggestion, Understood, best, rank};

/// Offers the records that fit a typed text: other actors, or other ties and facts of the same actors.
pub(super) fn wholes(document: &Document, item: Item, text: &str) -> Understood {
    let (map, typed) = (&document.map, text.to_lowercase());
    let entry = TextEntry::Field(Field::PartOf);
    let (rows, noun): (Vec<Suggestion>, _) = match item {
        Item::Actor(actor) => {
            let others = map.actors().iter().filter(|(id, _)| *id != actor);
            let ranked = others.filter_map(|(id, other)| Some((rank(&other.name, &typed)?, map.ties_of(id).len(), id)));
            let row = |(_, id)| Suggestion {
                words: actor_name(map, id),
                note: counted(map.ties_of(id).len(), "tie", "ties"),
                answer: Answered::Values(vec![(Field::PartOf, FieldValue::OptionalActor(Some(id)))]),
            };
            (best(ranked).into_iter().map(row).collect(), "actor")
        }
        Item::Tie(_) | Item::Fact(_) => {
            let claim = match item {
                Item::Tie(tie) => ClaimId::Tie(tie),
                Item::Fact(fact) => ClaimId::Fact(fact),
                Item::Actor(_) | Item::Source(_) => return Understood::refused(String::new()),
            };
            let ranked = possible_wholes(map, claim).into_iter();
            let ranked = ranked.filter_map(|id| Some((rank(&claim_name(map, id), &typed)?, 0, id)));
            let row = |(_, id): (u8, ClaimId)| Suggestion {
                words: claim_name(map, id),
                note: map.key(id.into()).to_string(),
                answer: Answered::Values(vec![(Field::PartOf, FieldValue::OptionalClaim(Some(id)))]),
            };
            (best(ranked).into_iter().map(row).collect(), "tie or fact")
        }
        Item::Source(_) => (Vec::new(), "record"),
    };
    if let (true, Typed::Means(meaning)) = (rows.is_empty(), read_typed(document, item, entry, text, None)) {
        return Understood::only(text, String::new(), Answered::Values(meaning.value));
    }
    if rows.is_empty() {
        return Understood::refused(format!("No other {noun} matches. You can also type its id."));
    }
    Understood::list(rows, Some(0))
}
