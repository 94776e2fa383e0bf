//! The records of ties and facts, with their amounts, evidence and quotes.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{IgnoredAny, MapAccess};

use super::declare::{Extra, FieldSlot, record};
use super::tables::{CheckRecord, RowRecord};
use super::value::{JsonText, List, Raw};
use super::value_schema::inline_schema;
use crate::load::loose::{FromJson, Loose, Name, Rare};

record! {
    /// One claim: a tie between actors, or a fact about one.
    ClaimRecord, ClaimJson "Claim" requires ["id"] {
        /// Its id, unique in the file.
        id: "id" as Loose<JsonText<'a>>,
        /// What kind of tie it is: a word of `kinds.tie`.
        kind: "kind" as Loose<JsonText<'a>>,
        /// Id of the actor where it starts.
        from: "from" as Loose<JsonText<'a>>,
        /// Id of the actor to which it leads.
        to: "to" as Loose<JsonText<'a>>,
        /// Three or more parties, instead of `from` and `to`.
        parties: "parties" as Rare<List<Box<PartyRecord<'a>>>>,
        /// Whether it has a direction; if absent, its kind says so.
        directed: "directed" as Rare<bool>,
        /// Id of the actor that the fact is about.
        actor: "actor" as Rare<JsonText<'a>>,
        /// What the fact says.
        text: "text" as Rare<JsonText<'a>>,
        /// A short label that replaces the kind's on the map.
        label: "label" as Rare<JsonText<'a>>,
        /// One or two sentences.
        summary: "summary" as Rare<JsonText<'a>>,
        /// What it covers.
        scope: "scope" as Rare<JsonText<'a>>,
        /// The product or channel through which it runs.
        via: "via" as Rare<JsonText<'a>>,
        /// When it began (EDTF).
        start: "startDate" as Loose<JsonText<'a>>,
        /// When it ended (EDTF); ".." while it runs.
        end: "endDate" as Loose<JsonText<'a>>,
        /// When it happened (EDTF), for what happens at once.
        date: "date" as Rare<JsonText<'a>>,
        /// The first time that a source shows that it held (EDTF).
        first_seen: "firstSeen" as Rare<JsonText<'a>>,
        /// The last time that a source shows that it held (EDTF).
        last_seen: "lastSeen" as Rare<JsonText<'a>>,
        /// How far it has come in the world.
        #[schemars(with = "super::value_schema::WordOf<crate::model::Stage>")]
        stage: "stage" as Loose<JsonText<'a>>,
        /// Its history, oldest first.
        stages: "stages" as Rare<List<Box<StageRecord<'a>>>>,
        /// What the map's authors say about the record.
        #[schemars(with = "super::value_schema::WordOf<crate::model::Status>")]
        status: "status" as Rare<JsonText<'a>>,
        /// Since when the status holds (EDTF).
        status_date: "statusDate" as Rare<JsonText<'a>>,
        /// Ids of records whose place it takes.
        supersedes: "supersedes" as Rare<List<JsonText<'a>>>,
        /// Ids of records that cannot be true together with it.
        contradicts: "contradicts" as Rare<List<JsonText<'a>>>,
        /// Why it was taken back.
        retraction: "retraction" as Rare<Box<RetractionRecord<'a>>>,
        /// Id of the claim it is a part of, so that sums do not count it twice.
        part_of: "partOf" as Rare<JsonText<'a>>,
        /// How sure the map's authors are.
        #[schemars(with = "super::value_schema::WordOf<crate::model::Confidence>")]
        confidence: "confidence" as Rare<JsonText<'a>>,
        /// Money.
        amount: "amount" as Loose<Box<AmountRecord<'a>>>,
        /// A share in percent.
        share: "share" as Rare<Box<AmountRecord<'a>>>,
        /// Any other quantity, with its unit.
        quantity: "quantity" as Rare<Box<AmountRecord<'a>>>,
        /// Who says so.
        evidence: "evidence" as Loose<List<Box<EvidenceRecord<'a>>>>,
        /// Words that group it with others.
        tags: "tags" as Rare<List<JsonText<'a>>>,
        /// How much it counts, without a unit; no money.
        #[schemars(with = "Option<super::value_schema::Number>")]
        weight: "weight" as Raw<'a>,
        /// The row of a table that it was made from.
        row: "row" as Rare<Box<RowRecord<'a>>>,
        /// Which of its fields were checked.
        checks: "checks" as Rare<List<Box<CheckRecord<'a>>>>,
    }
}

record! {
    /// A party to a tie.
    PartyRecord, PartyJson "Party" requires ["actor"] {
        /// Id of the actor.
        actor: "actor" as Loose<JsonText<'a>>,
        /// In which role.
        role: "role" as Loose<JsonText<'a>>,
    }
}

record! {
    /// One step in the history of a claim.
    StageRecord, StageJson "Step" requires ["stage"] {
        /// The stage it reached.
        #[schemars(with = "super::value_schema::WordOf<crate::model::Stage>")]
        stage: "stage" as Loose<JsonText<'a>>,
        /// When (EDTF).
        date: "date" as Loose<JsonText<'a>>,
    }
}

record! {
    /// Why and when a record was taken back.
    RetractionRecord, RetractionJson "Retraction" requires [] {
        /// When (EDTF).
        date: "date" as Loose<JsonText<'a>>,
        /// Why.
        reason: "reason" as Loose<JsonText<'a>>,
        /// Id of the source that says so.
        source: "source" as Loose<JsonText<'a>>,
    }
}

record! {
    /// A number with a unit, as far as it is known: whole numbers, or decimals in quotes.
    AmountRecord, AmountJson "Amount" requires [] {
        /// The number, if it is known exactly.
        #[schemars(with = "Option<super::value_schema::Number>")]
        exact: "exact" as Raw<'a>,
        /// "At least" this.
        #[schemars(with = "Option<super::value_schema::Number>")]
        minimum: "minimum" as Raw<'a>,
        /// "At most" this.
        #[schemars(with = "Option<super::value_schema::Number>")]
        maximum: "maximum" as Raw<'a>,
        /// "More than" this.
        #[schemars(with = "Option<super::value_schema::Number>")]
        exclusive_minimum: "exclusiveMinimum" as Raw<'a>,
        /// "Less than" this.
        #[schemars(with = "Option<super::value_schema::Number>")]
        exclusive_maximum: "exclusiveMaximum" as Raw<'a>,
        /// Whether it is a rough figure.
        approx: "approx" as Rare<bool>,
        /// ISO 4217 code, for money.
        currency: "currency" as Loose<JsonText<'a>>,
        /// The unit, for a quantity.
        unit: "unit" as Rare<JsonText<'a>>,
        /// The words in which people should read it.
        text: "text" as Rare<JsonText<'a>>,
    }
}

record! {
    /// One source's word on one claim.
    EvidenceRecord, EvidenceJson "Evidence" requires ["source"] {
        /// Id of the source that says it.
        source: "source" as Loose<JsonText<'a>>,
        /// Whether it supports, disputes or merely mentions the claim.
        #[schemars(with = "super::value_schema::WordOf<crate::model::Stance>")]
        stance: "stance" as Rare<JsonText<'a>>,
        /// Names of the fields it proves; absent for the claim as a whole.
        proves: "for" as Rare<List<JsonText<'a>>>,
        /// The place in the source, such as "page 12".
        locator: "locator" as Loose<JsonText<'a>>,
        /// Words of this very source.
        quote: "quote" as Loose<Box<QuoteRecord<'a>>>,
        /// The document it was read in, if not the source itself.
        cited_in: "citedIn" as Rare<Box<CitedInRecord<'a>>>,
        /// A remark of the map's authors.
        note: "note" as Rare<JsonText<'a>>,
    }
}

record! {
    /// Words taken from a document, as a W3C text quote selector.
    QuoteRecord, QuoteJson "Quote" requires ["exact"] {
        /// The words, letter by letter.
        exact: "exact" as Loose<JsonText<'a>>,
        /// The words right before.
        prefix: "prefix" as Loose<JsonText<'a>>,
        /// The words right after.
        suffix: "suffix" as Loose<JsonText<'a>>,
    }
}

record! {
    /// The document in which a source was read.
    CitedInRecord, CitedInJson "Cited in" requires ["source"] {
        /// Id of that document among the sources.
        source: "source" as Loose<JsonText<'a>>,
        /// The place in it.
        locator: "locator" as Loose<JsonText<'a>>,
        /// Its words.
        quote: "quote" as Loose<Box<QuoteRecord<'a>>>,
        /// When it was read (EDTF).
        accessed: "accessed" as Loose<JsonText<'a>>,
    }
}

/// A list of ties: claims with a kind, and either two ends or parties.
pub(crate) struct Ties;
inline_schema!(Ties, "Ties", |generator| {
    let claim = generator.subschema_for::<ClaimRecord>();
    let ends = json_schema!({ "anyOf": [{ "required": ["from", "to"] }, { "required": ["parties"] }] });
    json_schema!({ "type": ["array", "null"], "items": { "allOf": [claim, { "required": ["kind"] }, ends] } })
});

/// A list of facts: claims with an actor and a text.
pub(crate) struct Facts;
inline_schema!(Facts, "Facts", |generator| {
    let claim = generator.subschema_for::<ClaimRecord>();
    json_schema!({ "type": ["array", "null"], "items": { "allOf": [claim, { "required": ["actor", "text"] }] } })
});
