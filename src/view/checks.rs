//! What a map's author may want to fix, in words, with the field to fix it in.

use crate::analysis::{Concern, ConcernKind, concerns};
use crate::document::edit::{Field, TextEntry};
use crate::model::{ClaimId, Item, Map};
use crate::wording::{counted, fact_sentence, tie_sentence};

/// The number of concerns of one kind that are listed.
const MAX_LISTED: usize = 200;

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckRow {
    /// The record that it is about, in words.
    pub about: String,
    /// What is wrong.
    pub message: String,
    /// What can be done.
    pub remedy: &'static str,
    /// The records to select.
    pub items: Vec<Item>,
    /// Where it is mended.
    pub mend: Mend,
}

/// Where something is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mend {
    /// In a field of the record.
    Entry(TextEntry),
    /// By citing a source for the claim.
    Cite(ClaimId),
    /// By looking at the records.
    Look,
}

/// What a map's author may want to mend.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checks {
    /// The first of each kind.
    pub rows: Vec<CheckRow>,
    /// The number of all.
    pub count: usize,
    /// The number of claims without a source among them.
    pub unsourced: usize,
}

impl Checks {
    /// Returns the number of concerns in words: "2 to look at, 12 without a source".
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let others = self.count - self.unsourced;
        let parts = [
            (others > 0).then(|| counted(others, "to look at", "to look at")),
            (self.unsourced > 0).then(|| counted(self.unsourced, "without a source", "without a source")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// Returns what a map's author may want to mend.
#[must_use]
pub fn build_checks(map: &Map) -> Checks {
    let found = concerns(map);
    let unsourced = found.iter().filter(|concern| concern.kind == ConcernKind::Unsourced).count();
    let (mut rows, mut listed) = (Vec::new(), 0);
    let mut last = None;
    for concern in &found {
        let kind = std::mem::discriminant(&concern.kind);
        listed = if last == Some(kind) { listed + 1 } else { 0 };
        last = Some(kind);
        if listed < MAX_LISTED {
            rows.push(row(map, concern));
        }
    }
    Checks { rows, count: found.len(), unsourced }
}

fn row(map: &Map, Concern { item, kind }: &Concern) -> CheckRow {
    let name = |actor| map.actor(actor).name.as_str();
    let about = match *item {
        Item::Actor(id) => name(id).to_owned(),
        Item::Tie(id) => tie_sentence(map, id),
        Item::Fact(id) => fact_sentence(map, id),
        Item::Source(_) => String::new(),
    };
    let end = Mend::Entry(match item {
        Item::Actor(_) => TextEntry::Field(Field::End),
        _ => TextEntry::When,
    });
    let mut items = vec![*item];
    let (message, remedy, mend) = match kind {
        ConcernKind::EndBeforeStart => ("It ends before it starts".to_owned(), "Correct one of the dates", end),
        ConcernKind::BeforeActor(actor) => {
            (format!("It begins before {} does", name(*actor)), "Correct the date, or that of the actor", end)
        }
        ConcernKind::AfterActor(actor) => {
            (format!("It continues after the end of {}", name(*actor)), "Correct the date, or that of the actor", end)
        }
        ConcernKind::ShareOverWhole => {
            ("A share of more than 100%".to_owned(), "Correct the share", Mend::Entry(TextEntry::HowMuch))
        }
        ConcernKind::SharesOverWhole(ties, sum) => {
            items = ties.iter().map(|tie| Item::Tie(*tie)).collect();
            let message =
                format!("{} of it add up to at least {}%", counted(ties.len(), "share", "shares"), sum.normalize());
            (message, "Correct a share, or say when it ended", Mend::Look)
        }
        ConcernKind::DisputedAlone => (
            "Disputed, but nothing here says what is claimed instead".to_owned(),
            "Add the other claim, and say that they contradict each other",
            Mend::Look,
        ),
        ConcernKind::Unsourced => {
            let claim = match *item {
                Item::Tie(id) => Mend::Cite(ClaimId::Tie(id)),
                Item::Fact(id) => Mend::Cite(ClaimId::Fact(id)),
                Item::Actor(_) | Item::Source(_) => Mend::Look,
            };
            ("No source".to_owned(), "Add a source", claim)
        }
    };
    CheckRow { about, message, remedy, items, mend }
}
