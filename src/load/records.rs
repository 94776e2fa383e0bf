//! The records of a map file as JSON has them: field names, types and what each field is for.
//!
//! Reading one never fails for its content: wrong types, repeated and unknown fields are remembered for
//! whoever builds the map. Only broken JSON is an error.

mod declare;
mod tables;
mod views;

use std::borrow::Cow;

use serde::de::{IgnoredAny, MapAccess};
use serde_json::value::RawValue;

use super::loose::{Entries, Loose, Name, Rare, Shape, Unused};
pub(crate) use declare::Extra;
use declare::{Slot, record};
pub(crate) use tables::{CheckJson, CheckRecord, ImportJson, ImportRecord, RowJson, RowRecord};
pub(crate) use views::{
    CommunitiesJson, CommunitiesRecord, FiltersJson, FiltersRecord, LayoutJson, LayoutRecord, NoteJson, NoteRecord,
    PairJson, PairList, PairRecord, StepJson, StepRecord, ViewJson, ViewRecord,
};

/// Text of the file, borrowed where it has no escapes.
pub(crate) type Text<'a> = Cow<'a, str>;
/// A list of values, each of which may be of the wrong type.
pub(crate) type List<T> = Vec<Loose<T>>;
/// A value in the very form in which the file has it, so that numbers lose no digit; `null` counts as absent.
pub(crate) type Raw<'a> = Option<&'a RawValue>;

record! {
    /// A relationship map: who is tied to whom, and the sources that prove it.
    FileRecord, FileJson "Tieline map" requires ["format", "version"] {
        /// Where the schema of this file is.
        schema: "$schema" as Loose<Unused>,
        /// Always "tieline".
        #[schemars(with = "super::schema::Format")]
        format: "format" as Loose<Text<'a>>,
        /// Version of the format, MAJOR.MINOR.
        #[schemars(with = "super::schema::Version")]
        version: "version" as Loose<Text<'a>>,
        /// Features that a program must know to edit the file safely.
        requires: "requires" as Loose<List<Text<'a>>>,
        /// What the map says about itself.
        map: "map" as Loose<Box<MetaRecord<'a>>>,
        /// The vocabulary: kinds of actors and ties.
        kinds: "kinds" as Loose<Box<KindsRecord<'a>>>,
        /// Who or what ties connect.
        actors: "actors" as Loose<List<Box<ActorRecord<'a>>>>,
        /// One record per document that someone can read.
        sources: "sources" as Loose<List<Box<SourceRecord<'a>>>>,
        /// One record per claim that relates actors.
        #[schemars(with = "super::schema::Ties")]
        ties: "ties" as Loose<List<Box<ClaimRecord<'a>>>>,
        /// One record per claim about a single actor.
        #[schemars(with = "super::schema::Facts")]
        facts: "facts" as Loose<List<Box<ClaimRecord<'a>>>>,
        /// Saved looks, apart from the claims.
        views: "views" as Loose<List<Box<ViewRecord<'a>>>>,
        /// Pairs of ids of actors that were judged not to be the same.
        #[schemars(with = "Option<Vec<super::schema::TwoIds>>")]
        distinct: "distinct" as Loose<List<List<Text<'a>>>>,
        /// The tables that records were made from.
        imports: "imports" as Loose<List<Box<ImportRecord<'a>>>>,
    }
}

record! {
    /// What the map says about itself.
    MetaRecord, MetaJson "About the map" requires [] {
        /// Its title.
        title: "title" as Loose<Text<'a>>,
        /// A line under the title.
        subtitle: "subtitle" as Loose<Text<'a>>,
        /// The day up to which it is true.
        as_of: "asOf" as Loose<Text<'a>>,
        /// Its language, as a BCP 47 tag.
        language: "language" as Loose<Text<'a>>,
        /// Who made it.
        authors: "authors" as Loose<List<Text<'a>>>,
        /// Its license, as an SPDX id.
        license: "license" as Loose<Text<'a>>,
        /// A remark of its authors.
        note: "note" as Loose<Text<'a>>,
    }
}

record! {
    /// The vocabulary; a kind that is not listed works too, in gray.
    KindsRecord, KindsJson "Kinds" requires [] {
        /// Kinds of actors, by the word that actors use.
        actor: "actor" as Loose<Entries<'a, Box<ActorKindRecord<'a>>>>,
        /// Kinds of ties, by the word that ties use.
        tie: "tie" as Loose<Entries<'a, Box<TieKindRecord<'a>>>>,
    }
}

record! {
    /// A kind of actor.
    ActorKindRecord, ActorKindJson "Kind of actor" requires [] {
        /// What people read.
        label: "label" as Loose<Text<'a>>,
        /// Its color, `#RRGGBB`.
        #[schemars(with = "Option<super::schema::Color>")]
        color: "color" as Loose<Text<'a>>,
        /// Name of a Phosphor icon.
        icon: "icon" as Loose<Text<'a>>,
        /// Whether the program chose its look; a choice made by hand takes this out.
        auto: "auto" as Loose<bool>,
    }
}

record! {
    /// A kind of tie.
    TieKindRecord, TieKindJson "Kind of tie" requires [] {
        /// What people read.
        label: "label" as Loose<Text<'a>>,
        /// What stands between the two names in a sentence, such as "invests in".
        verb: "verb" as Loose<Text<'a>>,
        /// Whether its ties have a direction.
        directed: "directed" as Loose<bool>,
        /// Its color, `#RRGGBB`.
        #[schemars(with = "Option<super::schema::Color>")]
        color: "color" as Loose<Text<'a>>,
        /// Name of a Phosphor icon.
        icon: "icon" as Loose<Text<'a>>,
        /// Whether the program chose its look; a choice made by hand takes this out.
        auto: "auto" as Loose<bool>,
    }
}

record! {
    /// Someone or something that ties connect.
    ActorRecord, ActorJson "Actor" requires ["id", "name"] {
        /// Its id, unique in the file.
        id: "id" as Loose<Text<'a>>,
        /// What kind of actor it is: a word of `kinds.actor`.
        kind: "kind" as Loose<Text<'a>>,
        /// Its name.
        name: "name" as Loose<Text<'a>>,
        /// Other names that a search finds it by.
        aliases: "aliases" as Loose<List<Text<'a>>>,
        /// One or two sentences on who it is.
        summary: "summary" as Loose<Text<'a>>,
        /// Id of the actor it belongs to, such as a parent company.
        part_of: "partOf" as Loose<Text<'a>>,
        /// Ids in public registers, by the register's name.
        identifiers: "identifiers" as Loose<Entries<'a, Text<'a>>>,
        /// Its own site, http or https.
        url: "url" as Loose<Text<'a>>,
        /// Words that group it with others.
        tags: "tags" as Rare<List<Text<'a>>>,
        /// Since when it exists (EDTF).
        start: "startDate" as Rare<Text<'a>>,
        /// Until when it existed (EDTF); ".." while it does.
        end: "endDate" as Rare<Text<'a>>,
        /// How much it counts, without a unit; no money.
        #[schemars(with = "Option<super::schema::Number>")]
        weight: "weight" as Raw<'a>,
        /// Ids of actors that were merged into this one.
        former_ids: "formerIds" as Rare<List<Text<'a>>>,
        /// The row of a table that it was made from.
        row: "row" as Rare<Box<RowRecord<'a>>>,
        /// Which of its fields were checked.
        checks: "checks" as Rare<List<Box<CheckRecord<'a>>>>,
    }
}

record! {
    /// A document that someone can read.
    SourceRecord, SourceJson "Source" requires ["id"] {
        /// Its id, unique in the file.
        id: "id" as Loose<Text<'a>>,
        /// What sort of document it is.
        #[schemars(with = "super::schema::WordOf<crate::model::SourceKind>")]
        kind: "kind" as Loose<Text<'a>>,
        /// Its title; in square brackets if the map's authors supplied it.
        title: "title" as Loose<Text<'a>>,
        /// Who published it.
        publisher: "publisher" as Loose<Text<'a>>,
        /// Who wrote it.
        authors: "authors" as Loose<List<Text<'a>>>,
        /// When it was published (EDTF).
        published: "published" as Loose<Text<'a>>,
        /// Where it is, http or https.
        url: "url" as Loose<Text<'a>>,
        /// When it was read (EDTF).
        accessed: "accessed" as Loose<Text<'a>>,
        /// An archived copy, http or https.
        archive_url: "archiveUrl" as Loose<Text<'a>>,
        /// Its language, as a BCP 47 tag.
        language: "language" as Loose<Text<'a>>,
        /// A remark of the map's authors.
        note: "note" as Loose<Text<'a>>,
        /// Ids of actors that speak for themselves in it.
        by: "by" as Loose<List<Text<'a>>>,
        /// Id of the source that has the same text in another place: the two count once.
        same_as: "sameAs" as Loose<Text<'a>>,
        /// A CSL-JSON item as Zotero exports it; fills what the plain fields leave out.
        #[schemars(with = "Option<super::schema::Anything>")]
        csl: "csl" as Raw<'a>,
        /// The row of a table that it was made from.
        row: "row" as Rare<Box<RowRecord<'a>>>,
    }
}

record! {
    /// One claim: a tie between actors, or a fact about one.
    ClaimRecord, ClaimJson "Claim" requires ["id"] {
        /// Its id, unique in the file.
        id: "id" as Loose<Text<'a>>,
        /// What kind of tie it is: a word of `kinds.tie`.
        kind: "kind" as Loose<Text<'a>>,
        /// Id of the actor where it starts.
        from: "from" as Loose<Text<'a>>,
        /// Id of the actor to which it leads.
        to: "to" as Loose<Text<'a>>,
        /// Three or more parties, instead of `from` and `to`.
        parties: "parties" as Rare<List<Box<PartyRecord<'a>>>>,
        /// Whether it has a direction; if absent, its kind says so.
        directed: "directed" as Rare<bool>,
        /// Id of the actor that the fact is about.
        actor: "actor" as Rare<Text<'a>>,
        /// What the fact says.
        text: "text" as Rare<Text<'a>>,
        /// A short label that replaces the kind's on the map.
        label: "label" as Rare<Text<'a>>,
        /// One or two sentences.
        summary: "summary" as Rare<Text<'a>>,
        /// What it covers.
        scope: "scope" as Rare<Text<'a>>,
        /// The product or channel through which it runs.
        via: "via" as Rare<Text<'a>>,
        /// When it began (EDTF).
        start: "startDate" as Loose<Text<'a>>,
        /// When it ended (EDTF); ".." while it runs.
        end: "endDate" as Loose<Text<'a>>,
        /// When it happened (EDTF), for what happens at once.
        date: "date" as Rare<Text<'a>>,
        /// The first time that a source shows that it held (EDTF).
        first_seen: "firstSeen" as Rare<Text<'a>>,
        /// The last time that a source shows that it held (EDTF).
        last_seen: "lastSeen" as Rare<Text<'a>>,
        /// How far it has come in the world.
        #[schemars(with = "super::schema::WordOf<crate::model::Stage>")]
        stage: "stage" as Loose<Text<'a>>,
        /// Its history, oldest first.
        stages: "stages" as Rare<List<Box<StageRecord<'a>>>>,
        /// What the map's authors say about the record.
        #[schemars(with = "super::schema::WordOf<crate::model::Status>")]
        status: "status" as Rare<Text<'a>>,
        /// Since when the status holds (EDTF).
        status_date: "statusDate" as Rare<Text<'a>>,
        /// Ids of records whose place it takes.
        supersedes: "supersedes" as Rare<List<Text<'a>>>,
        /// Ids of records that cannot be true together with it.
        contradicts: "contradicts" as Rare<List<Text<'a>>>,
        /// Why it was taken back.
        retraction: "retraction" as Rare<Box<RetractionRecord<'a>>>,
        /// Id of the claim it is a part of, so that sums do not count it twice.
        part_of: "partOf" as Rare<Text<'a>>,
        /// How sure the map's authors are.
        #[schemars(with = "super::schema::WordOf<crate::model::Confidence>")]
        confidence: "confidence" as Rare<Text<'a>>,
        /// Money.
        amount: "amount" as Loose<Box<AmountRecord<'a>>>,
        /// A share in percent.
        share: "share" as Rare<Box<AmountRecord<'a>>>,
        /// Any other quantity, with its unit.
        quantity: "quantity" as Rare<Box<AmountRecord<'a>>>,
        /// Who says so.
        evidence: "evidence" as Loose<List<Box<EvidenceRecord<'a>>>>,
        /// Words that group it with others.
        tags: "tags" as Rare<List<Text<'a>>>,
        /// How much it counts, without a unit; no money.
        #[schemars(with = "Option<super::schema::Number>")]
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
        actor: "actor" as Loose<Text<'a>>,
        /// In which role.
        role: "role" as Loose<Text<'a>>,
    }
}

record! {
    /// One step in the history of a claim.
    StageRecord, StageJson "Step" requires ["stage"] {
        /// The stage it reached.
        #[schemars(with = "super::schema::WordOf<crate::model::Stage>")]
        stage: "stage" as Loose<Text<'a>>,
        /// When (EDTF).
        date: "date" as Loose<Text<'a>>,
    }
}

record! {
    /// Why and when a record was taken back.
    RetractionRecord, RetractionJson "Retraction" requires [] {
        /// When (EDTF).
        date: "date" as Loose<Text<'a>>,
        /// Why.
        reason: "reason" as Loose<Text<'a>>,
        /// Id of the source that says so.
        source: "source" as Loose<Text<'a>>,
    }
}

record! {
    /// A number with a unit, as far as it is known: whole numbers, or decimals in quotes.
    AmountRecord, AmountJson "Amount" requires [] {
        /// The number, if it is known exactly.
        #[schemars(with = "Option<super::schema::Number>")]
        exact: "exact" as Raw<'a>,
        /// "At least" this.
        #[schemars(with = "Option<super::schema::Number>")]
        minimum: "minimum" as Raw<'a>,
        /// "At most" this.
        #[schemars(with = "Option<super::schema::Number>")]
        maximum: "maximum" as Raw<'a>,
        /// "More than" this.
        #[schemars(with = "Option<super::schema::Number>")]
        exclusive_minimum: "exclusiveMinimum" as Raw<'a>,
        /// "Less than" this.
        #[schemars(with = "Option<super::schema::Number>")]
        exclusive_maximum: "exclusiveMaximum" as Raw<'a>,
        /// Whether it is a rough figure.
        approx: "approx" as Rare<bool>,
        /// ISO 4217 code, for money.
        currency: "currency" as Loose<Text<'a>>,
        /// The unit, for a quantity.
        unit: "unit" as Rare<Text<'a>>,
        /// The words in which people should read it.
        text: "text" as Rare<Text<'a>>,
    }
}

record! {
    /// One source's word on one claim.
    EvidenceRecord, EvidenceJson "Evidence" requires ["source"] {
        /// Id of the source that says it.
        source: "source" as Loose<Text<'a>>,
        /// Whether it supports, disputes or merely mentions the claim.
        #[schemars(with = "super::schema::WordOf<crate::model::Stance>")]
        stance: "stance" as Rare<Text<'a>>,
        /// Names of the fields it proves; absent for the claim as a whole.
        proves: "for" as Rare<List<Text<'a>>>,
        /// The place in the source, such as "page 12".
        locator: "locator" as Loose<Text<'a>>,
        /// Words of this very source.
        quote: "quote" as Loose<Box<QuoteRecord<'a>>>,
        /// The document it was read in, if not the source itself.
        cited_in: "citedIn" as Rare<Box<CitedInRecord<'a>>>,
        /// A remark of the map's authors.
        note: "note" as Rare<Text<'a>>,
    }
}

record! {
    /// Words taken from a document, as a W3C text quote selector.
    QuoteRecord, QuoteJson "Quote" requires ["exact"] {
        /// The words, letter by letter.
        exact: "exact" as Loose<Text<'a>>,
        /// The words right before.
        prefix: "prefix" as Loose<Text<'a>>,
        /// The words right after.
        suffix: "suffix" as Loose<Text<'a>>,
    }
}

record! {
    /// The document in which a source was read.
    CitedInRecord, CitedInJson "Cited in" requires ["source"] {
        /// Id of that document among the sources.
        source: "source" as Loose<Text<'a>>,
        /// The place in it.
        locator: "locator" as Loose<Text<'a>>,
        /// Its words.
        quote: "quote" as Loose<Box<QuoteRecord<'a>>>,
        /// When it was read (EDTF).
        accessed: "accessed" as Loose<Text<'a>>,
    }
}
