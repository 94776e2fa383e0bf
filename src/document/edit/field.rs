//! Reads and sets single fields; one table maps each field to its place in a record and its value type.

use rust_decimal::Decimal;

use crate::address::Address;
use crate::document::{Document, EditError, Transaction};
use crate::model::{
    Actor, ActorId, ActorKindId, Amount, Claim, ClaimId, Confidence, Date, Ends, Evidence, Fact, Item, Retraction,
    Source, SourceId, SourceKind, Stage, StageChange, Status, Tie, TieKindId, Word,
};

use super::{Editing, item_words};

/// Declares the fields with their names in the file and in the window.
macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident = $name:literal, $words:literal;)+) => {
        /// A field of a record.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* $field,)+
        }

        impl Field {
            /// All fields.
            pub const ALL: &'static [Self] = &[$(Self::$field,)+];

            /// Returns the name of the field in the file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$field => $name,)+ }
            }

            /// Returns the name of the field in the window.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Self::$field => $words,)+ }
            }
        }
    };
}

fields! {
    /// The name of an actor.
    Name = "name", "name";
    /// The kind of an actor, a tie or a source.
    Kind = "kind", "kind";
    /// Other names of an actor.
    Aliases = "aliases", "aliases";
    /// A short description of an actor or a claim.
    Summary = "summary", "summary";
    /// The record that this one is part of.
    PartOf = "partOf", "whole";
    /// Identifiers of an actor in external registers.
    Identifiers = "identifiers", "identifiers";
    /// A web address.
    Url = "url", "address";
    /// The ends of a tie.
    Ends = "from", "ends";
    /// Whether a tie has a direction.
    Directed = "directed", "direction";
    /// The actor that a fact is about.
    Actor = "actor", "actor";
    /// The text of a fact.
    Text = "text", "text";
    /// The label of a claim.
    Label = "label", "label";
    /// The scope of a claim.
    Scope = "scope", "scope";
    /// The product or channel of a claim.
    Via = "via", "channel";
    /// The start date of an actor or a claim.
    Start = "startDate", "start";
    /// The end date of an actor or a claim.
    End = "endDate", "end";
    /// The date of an event.
    Date = "date", "date";
    /// The earliest date at which a source shows it.
    FirstSeen = "firstSeen", "date first seen";
    /// The latest date at which a source shows it.
    LastSeen = "lastSeen", "date last seen";
    /// The current stage.
    Stage = "stage", "stage";
    /// The stages with their dates.
    Stages = "stages", "history";
    /// The status assigned by the authors.
    Status = "status", "status";
    /// The date since which the status holds.
    StatusDate = "statusDate", "status date";
    /// Claims that it replaces.
    Supersedes = "supersedes", "list of superseded records";
    /// Claims that can't be true together with it.
    Contradicts = "contradicts", "list of contradicted records";
    /// The reason for the retraction, with its date and source.
    Retraction = "retraction", "retraction";
    /// The authors' confidence in the claim.
    Confidence = "confidence", "confidence";
    /// An amount of money.
    Amount = "amount", "amount";
    /// A share in percent.
    Share = "share", "share";
    /// Another quantity.
    Quantity = "quantity", "quantity";
    /// The evidence of a claim.
    Evidence = "evidence", "evidence";
    /// The title of a source.
    Title = "title", "title";
    /// The publisher of a source.
    Publisher = "publisher", "publisher";
    /// The authors of a source.
    Authors = "authors", "authors";
    /// The publication date of a source.
    Published = "published", "publication date";
    /// The date at which a source was read.
    Accessed = "accessed", "access date";
    /// An archived copy of a source.
    ArchiveUrl = "archiveUrl", "archived copy";
    /// The language of a source.
    Language = "language", "language";
    /// A remark on a source.
    Note = "note", "note";
    /// Actors who speak for themselves in a source.
    By = "by", "speakers";
    /// Another source with the same text.
    SameAs = "sameAs", "source with the same text";
    /// Tags of an actor or a claim.
    Tags = "tags", "tags";
    /// The weight of an actor or a claim.
    Weight = "weight", "weight";
}

/// Declares the value types of fields.
macro_rules! values {
    ($($(#[$doc:meta])* $value:ident($type:ty);)+) => {
        /// The value of a field.
        #[derive(Clone, Debug, PartialEq)]
        pub enum FieldValue {
            $($(#[$doc])* $value($type),)+
        }

        /// A mutable reference to a field of a record.
        enum FieldMut<'a> {
            $($value(&'a mut $type),)+
        }

        impl FieldMut<'_> {
            fn get(&self) -> FieldValue {
                match self { $(Self::$value(value) => FieldValue::$value((*value).clone()),)+ }
            }

            /// Stores a value; returns `false` if its type doesn't match the field.
            fn put(self, value: FieldValue) -> bool {
                match (self, value) {
                    $((Self::$value(place), FieldValue::$value(value)) => *place = value,)+
                    _ => return false,
                }
                true
            }
        }
    };
}

values! {
    /// Required text.
    Words(String);
    /// Optional text.
    OptionalWords(Option<String>);
    /// A list of texts.
    List(Vec<String>);
    /// Names with their values.
    Pairs(Vec<(String, String)>);
    /// An optional date.
    Date(Option<Date>);
    /// A Boolean.
    Flag(bool);
    /// An optional kind of actor.
    ActorKind(Option<ActorKindId>);
    /// A kind of tie.
    TieKind(TieKindId);
    /// An optional kind of source.
    SourceKind(Option<Word<SourceKind>>);
    /// An optional stage.
    Stage(Option<Word<Stage>>);
    /// The entries of a history.
    Stages(Vec<StageChange>);
    /// An optional status.
    Status(Option<Word<Status>>);
    /// An optional confidence.
    Confidence(Option<Word<Confidence>>);
    /// The ends of a tie.
    Ends(Ends);
    /// An actor.
    Actor(ActorId);
    /// An optional actor.
    OptionalActor(Option<ActorId>);
    /// Actors.
    Actors(Vec<ActorId>);
    /// An optional source.
    OptionalSource(Option<SourceId>);
    /// An optional claim.
    OptionalClaim(Option<ClaimId>);
    /// Claims.
    Claims(Vec<ClaimId>);
    /// An optional retraction.
    Retraction(Option<Box<Retraction>>);
    /// An optional amount.
    Amount(Option<Box<Amount>>);
    /// Pieces of evidence.
    Evidence(Vec<Evidence>);
    /// An optional number without a unit.
    Number(Option<Decimal>);
}

fn of_actor(actor: &mut Actor, field: Field) -> Option<FieldMut<'_>> {
    Some(match field {
        Field::Name => FieldMut::Words(&mut actor.name),
        Field::Kind => FieldMut::ActorKind(&mut actor.kind),
        Field::Aliases => FieldMut::List(&mut actor.aliases),
        Field::Summary => FieldMut::OptionalWords(&mut actor.summary),
        Field::PartOf => FieldMut::OptionalActor(&mut actor.part_of),
        Field::Identifiers => FieldMut::Pairs(&mut actor.identifiers),
        Field::Url => FieldMut::OptionalWords(&mut actor.url),
        Field::Start => FieldMut::Date(&mut actor.start),
        Field::End => FieldMut::Date(&mut actor.end),
        Field::Tags => FieldMut::List(&mut actor.metadata.tags),
        Field::Weight => FieldMut::Number(&mut actor.metadata.weight),
        _ => return None,
    })
}

fn of_source(source: &mut Source, field: Field) -> Option<FieldMut<'_>> {
    Some(match field {
        Field::Kind => FieldMut::SourceKind(&mut source.kind),
        Field::Title => FieldMut::OptionalWords(&mut source.title),
        Field::Publisher => FieldMut::OptionalWords(&mut source.publisher),
        Field::Authors => FieldMut::List(&mut source.authors),
        Field::Published => FieldMut::Date(&mut source.published),
        Field::Url => FieldMut::OptionalWords(&mut source.url),
        Field::Accessed => FieldMut::Date(&mut source.accessed),
        Field::ArchiveUrl => FieldMut::OptionalWords(&mut source.archive_url),
        Field::Language => FieldMut::OptionalWords(&mut source.language),
        Field::Note => FieldMut::OptionalWords(&mut source.note),
        Field::By => FieldMut::Actors(&mut source.by),
        Field::SameAs => FieldMut::OptionalSource(&mut source.same_as),
        _ => return None,
    })
}

fn of_tie(tie: &mut Tie, field: Field) -> Option<FieldMut<'_>> {
    match field {
        Field::Kind => Some(FieldMut::TieKind(&mut tie.kind)),
        Field::Ends => Some(FieldMut::Ends(&mut tie.ends)),
        Field::Directed => Some(FieldMut::Flag(&mut tie.is_directed)),
        _ => of_claim(&mut tie.claim, field),
    }
}

fn of_fact(fact: &mut Fact, field: Field) -> Option<FieldMut<'_>> {
    match field {
        Field::Actor => Some(FieldMut::Actor(&mut fact.actor)),
        Field::Text => Some(FieldMut::Words(&mut fact.text)),
        _ => of_claim(&mut fact.claim, field),
    }
}

fn of_claim(claim: &mut Claim, field: Field) -> Option<FieldMut<'_>> {
    Some(match field {
        Field::Label => FieldMut::OptionalWords(&mut claim.label),
        Field::Summary => FieldMut::OptionalWords(&mut claim.summary),
        Field::Scope => FieldMut::OptionalWords(&mut claim.scope),
        Field::Via => FieldMut::OptionalWords(&mut claim.via),
        Field::Start => FieldMut::Date(&mut claim.start),
        Field::End => FieldMut::Date(&mut claim.end),
        Field::Date => FieldMut::Date(&mut claim.date),
        Field::FirstSeen => FieldMut::Date(&mut claim.first_seen),
        Field::LastSeen => FieldMut::Date(&mut claim.last_seen),
        Field::Stage => FieldMut::Stage(&mut claim.stage),
        Field::Stages => FieldMut::Stages(&mut claim.stages),
        Field::Status => FieldMut::Status(&mut claim.status),
        Field::StatusDate => FieldMut::Date(&mut claim.status_date),
        Field::Supersedes => FieldMut::Claims(&mut claim.supersedes),
        Field::Contradicts => FieldMut::Claims(&mut claim.contradicts),
        Field::Retraction => FieldMut::Retraction(&mut claim.retraction),
        Field::PartOf => FieldMut::OptionalClaim(&mut claim.part_of),
        Field::Confidence => FieldMut::Confidence(&mut claim.confidence),
        Field::Amount => FieldMut::Amount(&mut claim.amount),
        Field::Share => FieldMut::Amount(&mut claim.share),
        Field::Quantity => FieldMut::Amount(&mut claim.quantity),
        Field::Evidence => FieldMut::Evidence(&mut claim.evidence),
        Field::Tags => FieldMut::List(&mut claim.metadata.tags),
        Field::Weight => FieldMut::Number(&mut claim.metadata.weight),
        _ => return None,
    })
}

fn place<'e>(editing: &'e mut Editing<'_>, item: Item, field: Field) -> Result<FieldMut<'e>, EditError> {
    let place = match item {
        Item::Actor(id) => of_actor(editing.actor(id)?, field),
        Item::Source(id) => of_source(editing.source(id)?, field),
        Item::Tie(id) => of_tie(editing.tie(id)?, field),
        Item::Fact(id) => of_fact(editing.fact(id)?, field),
    };
    place.ok_or_else(|| EditError::Refused(format!("this record has no {}", field.words())))
}

/// Returns the value of a field.
///
/// # Errors
///
/// If the record doesn't exist or has no such field.
pub fn field(document: &Document, item: Item, field: Field) -> Result<FieldValue, EditError> {
    Ok(place(&mut Editing::new(document), item, field)?.get())
}

/// Sets a field. The hub of a tie with two ends loses its position; setting a history also sets the stage to that of
/// its last entry.
///
/// # Errors
///
/// If the record doesn't exist, has no such field, or the value has the wrong type; also if a required text is blank or
/// an address may not be opened.
pub fn set_field(document: &Document, item: Item, field: Field, value: FieldValue) -> Result<Transaction, EditError> {
    let mut editing = Editing::new(document);
    put(&mut editing, item, field, value)?;
    let label = label(document, item, field, &editing);
    Ok(editing.finish(label))
}

/// Sets a field of a working copy; errors as for [`set_field`].
pub(super) fn put(editing: &mut Editing<'_>, item: Item, field: Field, value: FieldValue) -> Result<(), EditError> {
    if matches!(&value, FieldValue::Words(words) if words.trim().is_empty()) {
        return Err(EditError::Refused(format!("the {} can't be empty", field.words())));
    }
    if let (Field::Url | Field::ArchiveUrl, FieldValue::OptionalWords(Some(address))) = (field, &value)
        && let Err(refusal) = Address::openable(address)
    {
        return Err(EditError::Refused(format!("the {} {refusal}: {}", field.words(), refusal.remedy())));
    }
    if !place(editing, item, field)?.put(value) {
        return Err(EditError::Refused(format!("the {} can't have a value of this type", field.words())));
    }
    if field == Field::Stages {
        set_last_stage(editing, item)?;
    }
    if let Item::Tie(id) = item
        && matches!(editing.tie(id)?.ends, Ends::Pair { .. })
    {
        editing.look.forget_hub(id);
    }
    Ok(())
}

fn set_last_stage(editing: &mut Editing<'_>, item: Item) -> Result<(), EditError> {
    let claim = match item {
        Item::Tie(id) => &mut editing.tie(id)?.claim,
        Item::Fact(id) => &mut editing.fact(id)?.claim,
        Item::Actor(_) | Item::Source(_) => return Ok(()),
    };
    if let Some(change) = claim.stages.last() {
        claim.stage = Some(change.stage.clone());
    }
    Ok(())
}

fn label(document: &Document, item: Item, field: Field, editing: &Editing<'_>) -> String {
    let map = &document.map;
    match (item, field) {
        (Item::Actor(id), Field::Name) => {
            format!("Rename {} to {}", map.actor(id).name, editing.records.actors[id].name)
        }
        (item, _) => format!("Change the {} of {}", field.words(), item_words(map, item)),
    }
}
