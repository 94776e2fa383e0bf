//! The rows of each form.

use crate::document::Document;
use crate::document::edit::{ActorChoice, Field, KindChoice, SourceChoice, TextEntry, entry_text};
use crate::model::{ClaimId, Ends, Item, MapMeta, TieId};
use crate::view::{Answered, Asked, proves_text};
use crate::wording::typed::date_entry;
use crate::wording::{source_name, stance_word};

use super::FormRow;
use crate::app::ask::form::{FormPurpose, MapField, TieEnd};

/// What the field says that asks for the document in which a source was read.
const READ_IN: &str = "the document in which the source was read";

/// A tie that is not there yet: its figures and dates are read as those of any claim.
const NO_TIE: Item = Item::Tie(TieId(u32::MAX));

/// Returns the heading of a form; those of one value have none.
pub(super) fn title_of(purpose: &FormPurpose) -> Option<&'static str> {
    match purpose {
        FormPurpose::NewActor { .. } => Some("New actor"),
        FormPurpose::NewTie { .. } => Some("New tie"),
        FormPurpose::NewFact(_) => Some("New fact"),
        FormPurpose::Cite(_) => Some("Add a source"),
        FormPurpose::Evidence(..) => Some("Evidence"),
        FormPurpose::Merge { .. } => Some("Merge"),
        FormPurpose::Set(..)
        | FormPurpose::TieKind(_)
        | FormPurpose::ActorKind(_)
        | FormPurpose::End(..)
        | FormPurpose::Map(_) => None,
    }
}

/// Returns the words of the button that keeps a form of several rows.
pub(super) fn verb_of(purpose: &FormPurpose) -> &'static str {
    match purpose {
        FormPurpose::NewTie { .. } => "Add tie",
        FormPurpose::NewFact(_) => "Add fact",
        FormPurpose::Cite(_) => "Cite",
        _ => "Keep",
    }
}

/// Returns the rows of a form, filled with what is known.
pub(super) fn rows_of(document: &Document, purpose: &FormPurpose) -> Vec<FormRow> {
    let map = &document.map;
    match purpose {
        FormPurpose::NewActor { .. } => vec![needed("Name", "who", Asked::Actor)],
        FormPurpose::NewTie { from, to, .. } => {
            let end = |label, actor: &Option<_>| {
                let row = needed(label, "who", Asked::Actor);
                match actor.filter(|actor| map.actors().has(*actor)) {
                    Some(actor) => {
                        let name = map.actor(actor).name.clone();
                        filled(row, &name, Answered::Actor(ActorChoice::Known(actor)))
                    }
                    None => row,
                }
            };
            vec![
                end("From", from),
                needed("Kind", "does what: invests in, owns, lends to …", Asked::TieKind),
                end("To", to),
                row("How much", "$13bn, 27%, 2 GW", Asked::Entry(NO_TIE, TextEntry::HowMuch)),
                row("When", "since March 2019", Asked::Entry(NO_TIE, TextEntry::When)),
                row("Source", "title, address, DOI, BibTeX …", Asked::Source),
                row("Quote", "the exact words", Asked::Quote),
            ]
        }
        FormPurpose::NewFact(_) => vec![
            needed("Fact", "a statement about the actor", Asked::Text),
            row("Source", "title, address, DOI, BibTeX …", Asked::Source),
            row("Quote", "the exact words", Asked::Quote),
        ],
        FormPurpose::Cite(_) => vec![
            needed("Source", "title, address, DOI, BibTeX …", Asked::Source),
            row("Quote", "the exact words", Asked::Quote),
            row("Place", "page 12, 03:15", Asked::Text),
            row("Stance", "supports, disputes, mentions", Asked::Stance),
            row("Read in", READ_IN, Asked::Source),
        ],
        FormPurpose::Evidence(claim, index) => evidence_rows(document, *claim, *index),
        FormPurpose::Set(items, entry) => {
            let first = items.first().copied().unwrap_or(NO_TIE);
            let text =
                if items.len() == 1 { entry_text(document, first, *entry).unwrap_or_default() } else { String::new() };
            let asked = Asked::Entry(first, *entry);
            vec![opened(row(label_of(*entry), hint_of(*entry), asked), text)]
        }
        FormPurpose::TieKind(ties) => {
            let text = match ties.as_slice() {
                [tie] if map.ties().has(*tie) => map.tie_kind(*tie).label.clone(),
                _ => String::new(),
            };
            vec![opened(needed("Kind", "does what: invests in, owns, lends to …", Asked::TieKind), text)]
        }
        FormPurpose::ActorKind(actors) => {
            let kind = match actors.as_slice() {
                [actor] => map.actors().get(*actor).and_then(|actor| actor.kind),
                _ => None,
            };
            let text = kind.map(|kind| map.actor_kinds()[kind].label.clone()).unwrap_or_default();
            vec![opened(row("Kind", "company, person, fund …", Asked::ActorKind), text)]
        }
        FormPurpose::End(tie, end) => {
            let actor = map.ties().get(*tie).and_then(|tie| match (&tie.ends, end) {
                (Ends::Pair { from, .. }, TieEnd::From) => Some(*from),
                (Ends::Pair { to, .. }, TieEnd::To) => Some(*to),
                (Ends::Parties(_), _) => None,
            });
            let name = actor.map(|actor| map.actor(actor).name.clone()).unwrap_or_default();
            let label = if *end == TieEnd::From { "From" } else { "To" };
            vec![opened(needed(label, "who", Asked::Actor), name)]
        }
        FormPurpose::Map(field) => {
            vec![opened(row(field.label(), map_hint(*field), Asked::Text), map_text(map.meta(), *field))]
        }
        FormPurpose::Merge { .. } => Vec::new(),
    }
}

/// Returns what is said of the map as a whole.
fn map_text(meta: &MapMeta, field: MapField) -> String {
    match field {
        MapField::Title => meta.title.clone(),
        MapField::Subtitle => meta.subtitle.clone(),
        MapField::AsOf => meta.as_of.as_ref().map(date_entry),
        MapField::Authors => Some(meta.authors.join("; ")),
        MapField::License => meta.license.clone(),
        MapField::Language => meta.language.clone(),
        MapField::Note => meta.note.clone(),
    }
    .unwrap_or_default()
}

fn map_hint(field: MapField) -> &'static str {
    match field {
        MapField::Title => "what the map shows",
        MapField::Subtitle => "a line below the title",
        MapField::AsOf => "the day up to which it is accurate",
        MapField::Authors => "separate several with semicolons",
        MapField::License => "CC-BY-4.0",
        MapField::Language => "en",
        MapField::Note => "a remark",
    }
}

fn evidence_rows(document: &Document, claim: ClaimId, index: usize) -> Vec<FormRow> {
    let map = &document.map;
    let is_there = map.has(item_of(claim));
    let Some(evidence) = is_there.then(|| map.claim(claim)).and_then(|claim| claim.evidence.get(index)) else {
        return vec![row("Quote", "the exact words", Asked::Quote)];
    };
    let source = filled(
        needed("Source", "title, address, DOI, BibTeX …", Asked::Source),
        &source_name(map, evidence.source),
        Answered::Source(SourceChoice::Known(evidence.source), None, Vec::new()),
    );
    // Evidence that was read elsewhere has its words and place there.
    let read = evidence.cited_in.as_ref();
    let quote = evidence.quote.as_ref().or(read.and_then(|read| read.quote.as_ref()));
    let quote = quote.map(|quote| quote.exact.clone()).unwrap_or_default();
    let place = evidence.locator.as_ref().or(read.and_then(|read| read.locator.as_ref())).cloned().unwrap_or_default();
    vec![
        source,
        opened(row("Quote", "the exact words", Asked::Quote), quote),
        opened(row("Place", "page 12, 03:15", Asked::Text), place),
        filled(
            row("Stance", "supports, disputes, mentions", Asked::Stance),
            &stance_word(&evidence.stance),
            Answered::Nothing,
        ),
        opened(
            row("Proves only", "amount, start; empty for all of it", Asked::Proves(claim)),
            proves_text(map, claim, &evidence.proves),
        ),
        match &evidence.cited_in {
            None => row("Read in", READ_IN, Asked::Source),
            Some(read) => filled(
                row("Read in", READ_IN, Asked::Source),
                &source_name(map, read.source),
                Answered::Source(SourceChoice::Known(read.source), None, Vec::new()),
            ),
        },
    ]
}

fn row(label: &'static str, hint: &'static str, asked: Asked) -> FormRow {
    FormRow {
        label,
        hint,
        asked,
        text: String::new(),
        before: String::new(),
        taken: None,
        pasted: None,
        refused: None,
        is_needed: false,
    }
}

fn needed(label: &'static str, hint: &'static str, asked: Asked) -> FormRow {
    FormRow { is_needed: true, ..row(label, hint, asked) }
}

fn opened(row: FormRow, text: String) -> FormRow {
    FormRow { before: text.clone(), text, ..row }
}

fn filled(row: FormRow, text: &str, answer: Answered) -> FormRow {
    FormRow { taken: Some((text.to_owned(), answer)), ..opened(row, text.to_owned()) }
}

/// Returns the label of the row of an entry.
pub(crate) fn label_of(entry: TextEntry) -> &'static str {
    match entry {
        TextEntry::HowMuch => "How much",
        TextEntry::When => "When",
        TextEntry::Field(field) => match field {
            Field::Name => "Name",
            Field::Aliases => "Other names",
            Field::Summary => "Summary",
            Field::Url => "Address",
            Field::Text => "Fact",
            Field::Label => "Label",
            Field::Scope => "Scope",
            Field::Via => "Via",
            Field::Start => "Start",
            Field::End => "End",
            Field::Date => "Date",
            Field::FirstSeen => "First seen",
            Field::LastSeen => "Last seen",
            Field::Stage => "Stage",
            Field::Status => "Status",
            Field::StatusDate => "Status since",
            Field::Confidence => "Confidence",
            Field::Amount => "Amount",
            Field::Share => "Share",
            Field::Quantity => "Quantity",
            Field::Title => "Title",
            Field::Publisher => "Publisher",
            Field::Authors => "Authors",
            Field::Published => "Published",
            Field::Accessed => "Read on",
            Field::ArchiveUrl => "Archived copy",
            Field::Language => "Language",
            Field::Note => "Note",
            Field::Tags => "Tags",
            Field::Weight => "Weight",
            Field::Kind => "Kind",
            Field::Directed => "Directed",
            Field::Stages => "History",
            Field::Identifiers => "Identifiers",
            Field::PartOf => "Part of",
            Field::Ends => "Parties",
            _ => "Value",
        },
    }
}

fn hint_of(entry: TextEntry) -> &'static str {
    match entry {
        TextEntry::HowMuch | TextEntry::Field(Field::Amount) => "$13bn, 27%, 2 GW",
        TextEntry::When | TextEntry::Field(Field::Start | Field::Date) => "since March 2019",
        TextEntry::Field(Field::End) => "2021, or ongoing",
        TextEntry::Field(Field::Aliases | Field::Authors | Field::Tags) => "separate several with semicolons",
        TextEntry::Field(Field::Summary) => "what a reader should know",
        TextEntry::Field(Field::Url | Field::ArchiveUrl) => "example.org/report",
        TextEntry::Field(Field::Label) => "words on the line",
        TextEntry::Field(Field::Via) => "product or channel",
        TextEntry::Field(Field::Stage) => "announced, agreed, active, done …",
        TextEntry::Field(Field::Stages) => "announced March 2021; active 2022",
        TextEntry::Field(Field::Identifiers) => "LEI: 5493…; Wikidata: Q42",
        TextEntry::Field(Field::PartOf) => "what it belongs to",
        TextEntry::Field(Field::Ends) => "Alder Bank (lender); Birch Mill (borrower)",
        TextEntry::Field(Field::Status) => "asserted, disputed, superseded, retracted",
        TextEntry::Field(Field::Confidence) => "high, medium, low",
        TextEntry::Field(Field::Directed) => "yes or no",
        TextEntry::Field(_) => "",
    }
}

/// Returns the kind that a row chose.
pub(crate) fn kind_in(answers: &[Answered]) -> Option<KindChoice> {
    answers.iter().find_map(|answer| match answer {
        Answered::TieKind(kind) => Some(kind.clone()),
        _ => None,
    })
}

fn item_of(claim: ClaimId) -> Item {
    match claim {
        ClaimId::Tie(tie) => Item::Tie(tie),
        ClaimId::Fact(fact) => Item::Fact(fact),
    }
}
