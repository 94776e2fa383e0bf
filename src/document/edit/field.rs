//! Reading and setting single fields: one list of fields says where each lies and what it holds.

use rust_decimal::Decimal;

use crate::address::Address;
use crate::document::{Document, EditError, Transaction};
use crate::model::{
    Actor, ActorId, ActorKindId, Amount, Claim, ClaimId, Confidence, Date, Ends, Evidence, Fact, Item, Retraction,
    Source, SourceId, SourceKind, Stage, StageChange, Status, Tie, TieKindId, Word,
};

use super::{Editing, item_words};

/// Lists the fields with their names in the file and in the window.
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

            /// Returns its name in the file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$field => $name,)+ }
            }

            /// Returns what people call it.
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
    /// A sentence or two on an actor or a claim.
    Summary = "summary", "summary";
    /// What a record is a part of.
    PartOf = "partOf", "whole";
    /// Ids of an actor in registers.
    Identifiers = "identifiers", "identifiers";
    /// An address.
    Url = "url", "address";
    /// The ends of a tie.
    Ends = "from", "ends";
    /// Whether a tie has a direction.
    Directed = "directed", "direction";
    /// The actor that a fact is about.
    Actor = "actor", "actor";
    /// What a fact says.
    Text = "text", "words";
    /// The label of a claim.
    Label = "label", "label";
    /// What a claim covers.
    Scope = "scope", "scope";
    /// The product or channel of a claim.
    Via = "via", "channel";
    /// When an actor or a claim began.
    Start = "startDate", "start";
    /// When an actor or a claim ended.
    End = "endDate", "end";
    /// When it happened.
    Date = "date", "date";
    /// The first time that a source shows it.
    FirstSeen = "firstSeen", "first sighting";
    /// The last time that a source shows it.
    LastSeen = "lastSeen", "last sighting";
    /// How far it has come.
    Stage = "stage", "stage";
    /// Its history.
    Stages = "stages", "history";
    /// What the authors say about the record.
    Status = "status", "status";
    /// Since when the status holds.
    StatusDate = "statusDate", "date of the status";
    /// Claims whose place it takes.
    Supersedes = "supersedes", "earlier claims";
    /// Claims that can't be true together with it.
    Contradicts = "contradicts", "counter-claims";
    /// Why it was taken back.
    Retraction = "retraction", "retraction";
    /// How sure the authors are.
    Confidence = "confidence", "confidence";
    /// Money.
    Amount = "amount", "amount";
    /// A share in percent.
    Share = "share", "share";
    /// Another quantity.
    Quantity = "quantity", "quantity";
    /// Who says so.
    Evidence = "evidence", "evidence";
    /// The title of a source.
    Title = "title", "title";
    /// Who published a source.
    Publisher = "publisher", "publisher";
    /// Who wrote a source.
    Authors = "authors", "authors";
    /// When a source was published.
    Published = "published", "date of publication";
    /// When a source was read.
    Accessed = "accessed", "date of reading";
    /// An archived copy of a source.
    ArchiveUrl = "archiveUrl", "archived copy";
    /// The language of a source.
    Language = "language", "language";
    /// A remark on a source.
    Note = "note", "remark";
    /// Actors who speak for themselves in a source.
    By = "by", "speakers";
    /// The source that has the same text.
    SameAs = "sameAs", "same text";
    /// Words that group an actor or a claim with others.
    Tags = "tags", "tags";
    /// How much an actor or a claim counts.
    Weight = "weight", "weight";
}

/// Lists what a field can hold, with the place in the record that it is put into.
macro_rules! values {
    ($($(#[$doc:meta])* $value:ident($type:ty);)+) => {
        /// The value of a field.
        #[derive(Clone, Debug, PartialEq)]
        pub enum FieldValue {
            $($(#[$doc])* $value($type),)+
        }

        /// A field in a record.
        enum FieldMut<'a> {
            $($value(&'a mut $type),)+
        }

        impl FieldMut<'_> {
            fn get(&self) -> FieldValue {
                match self { $(Self::$value(value) => FieldValue::$value((*value).clone()),)+ }
            }

            /// Puts a value there; false if it is one of another sort.
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
    /// Words that must be there.
    Words(String);
    /// Words that may be absent.
    OptionalWords(Option<String>);
    /// A list of words.
    List(Vec<String>);
    /// Names and what they stand for.
    Pairs(Vec<(String, String)>);
    /// A date.
    Date(Option<Date>);
    /// Whether something is so.
    Flag(bool);
    /// A kind of actor.
    ActorKind(Option<ActorKindId>);
    /// A kind of tie.
    TieKind(TieKindId);
    /// A kind of source.
    SourceKind(Option<Word<SourceKind>>);
    /// A stage.
    Stage(Option<Word<Stage>>);
    /// A history.
    Stages(Vec<StageChange>);
    /// A status.
    Status(Option<Word<Status>>);
    /// How sure the authors are.
    Confidence(Option<Word<Confidence>>);
    /// The ends of a tie.
    Ends(Ends);
    /// An actor.
    Actor(ActorId);
    /// An actor that may be absent.
    OptionalActor(Option<ActorId>);
    /// Actors.
    Actors(Vec<ActorId>);
    /// A source that may be absent.
    OptionalSource(Option<SourceId>);
    /// A claim that may be absent.
    OptionalClaim(Option<ClaimId>);
    /// Claims.
    Claims(Vec<ClaimId>);
    /// Why a claim was taken back.
    Retraction(Option<Box<Retraction>>);
    /// An amount.
    Amount(Option<Box<Amount>>);
    /// Evidence.
    Evidence(Vec<Evidence>);
    /// A number without a unit.
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
/// When the record is not there or has no such field.
pub fn field(document: &Document, item: Item, field: Field) -> Result<FieldValue, EditError> {
    Ok(place(&mut Editing::new(document), item, field)?.get())
}

/// Sets a field. The hub of a tie that has two ends then loses its place; the last stage of a history is the stage.
///
/// # Errors
///
/// When the record is not there, has no such field, or the field holds values of another sort; words that must be there
/// are refused if they are empty, and addresses that may not be opened.
pub fn set_field(document: &Document, item: Item, field: Field, value: FieldValue) -> Result<Transaction, EditError> {
    if matches!(&value, FieldValue::Words(words) if words.trim().is_empty()) {
        return Err(EditError::Refused(format!("the {} can't be empty", field.words())));
    }
    if let (Field::Url | Field::ArchiveUrl, FieldValue::OptionalWords(Some(address))) = (field, &value)
        && let Err(refusal) = Address::openable(address)
    {
        return Err(EditError::Refused(format!("the {} {refusal}: {}", field.words(), refusal.remedy())));
    }
    let mut editing = Editing::new(document);
    if !place(&mut editing, item, field)?.put(value) {
        return Err(EditError::Refused(format!("the {} can't hold a value of this sort", field.words())));
    }
    if field == Field::Stages {
        set_last_stage(&mut editing, item)?;
    }
    if let Item::Tie(id) = item
        && matches!(editing.tie(id)?.ends, Ends::Pair { .. })
    {
        editing.look.forget_hub(id);
    }
    let label = label(document, item, field, &editing);
    Ok(editing.finish(label))
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
