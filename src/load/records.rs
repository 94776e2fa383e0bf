//! The records of a map file as in JSON: field names, types and descriptions.
//!
//! Reading a record never fails because of its contents: wrong types, repeated and unknown fields are recorded for
//! `build`. Only invalid JSON is an error.

mod claim;
mod declare;
mod tables;
mod value;
mod value_schema;
mod views;

use serde::de::{IgnoredAny, MapAccess};

use super::loose::{Entries, FromJson, Loose, Name, Rare, Unused};
pub(crate) use claim::{
    AmountJson, AmountRecord, CitedInJson, CitedInRecord, ClaimJson, ClaimRecord, EvidenceJson, EvidenceRecord,
    PartyJson, PartyRecord, QuoteJson, QuoteRecord, RetractionJson, RetractionRecord, StageJson, StageRecord,
};
pub(crate) use declare::Extra;
use declare::{FieldSlot, record};
pub(crate) use tables::{CheckJson, CheckRecord, ImportJson, ImportRecord, RowJson, RowRecord};
pub(crate) use value::{JsonText, List, Raw};
pub(crate) use views::{
    CommunitiesJson, CommunitiesRecord, FiltersJson, FiltersRecord, LayoutJson, LayoutRecord, NoteJson, NoteRecord,
    PairJson, PairList, PairRecord, StepJson, StepRecord, ViewJson, ViewRecord,
};

record! {
    /// A relationship map: who is tied to whom, and the sources that prove it.
    FileRecord, FileJson "Tieline map" requires ["format", "version"] {
        /// Where the schema of this file is.
        schema: "$schema" as Loose<Unused>,
        /// Always "tieline".
        #[schemars(with = "value_schema::FormatWord")]
        format: "format" as Loose<JsonText<'a>>,
        /// Version of the format, MAJOR.MINOR.
        #[schemars(with = "value_schema::VersionText")]
        version: "version" as Loose<JsonText<'a>>,
        /// Features that a program must know to edit the file safely.
        requires: "requires" as Loose<List<JsonText<'a>>>,
        /// What the map says about itself.
        map: "map" as Loose<Box<MetaRecord<'a>>>,
        /// The vocabulary: kinds of actors and ties.
        kinds: "kinds" as Loose<Box<KindsRecord<'a>>>,
        /// Who or what ties connect.
        actors: "actors" as Loose<List<Box<ActorRecord<'a>>>>,
        /// One record per document that someone can read.
        sources: "sources" as Loose<List<Box<SourceRecord<'a>>>>,
        /// One record per claim that relates actors.
        #[schemars(with = "claim::Ties")]
        ties: "ties" as Loose<List<Box<ClaimRecord<'a>>>>,
        /// One record per claim about a single actor.
        #[schemars(with = "claim::Facts")]
        facts: "facts" as Loose<List<Box<ClaimRecord<'a>>>>,
        /// Saved looks, apart from the claims.
        views: "views" as Loose<List<Box<ViewRecord<'a>>>>,
        /// Pairs of ids of actors that were judged not to be the same.
        #[schemars(with = "Option<Vec<value_schema::TwoIds>>")]
        distinct: "distinct" as Loose<List<List<JsonText<'a>>>>,
        /// The tables that records were made from.
        imports: "imports" as Loose<List<Box<ImportRecord<'a>>>>,
    }
}

record! {
    /// What the map says about itself.
    MetaRecord, MetaJson "About the map" requires [] {
        /// Its title.
        title: "title" as Loose<JsonText<'a>>,
        /// A line under the title.
        subtitle: "subtitle" as Loose<JsonText<'a>>,
        /// The day up to which it is true.
        as_of: "asOf" as Loose<JsonText<'a>>,
        /// Its language, as a BCP 47 tag.
        language: "language" as Loose<JsonText<'a>>,
        /// Who made it.
        authors: "authors" as Loose<List<JsonText<'a>>>,
        /// Its license, as an SPDX id.
        license: "license" as Loose<JsonText<'a>>,
        /// A remark of its authors.
        note: "note" as Loose<JsonText<'a>>,
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
        label: "label" as Loose<JsonText<'a>>,
        /// Its color, `#RRGGBB`.
        #[schemars(with = "Option<value_schema::Color>")]
        color: "color" as Loose<JsonText<'a>>,
        /// Name of a Phosphor icon.
        icon: "icon" as Loose<JsonText<'a>>,
        /// Whether the program chose its look; a choice made by hand takes this out.
        auto: "auto" as Loose<bool>,
    }
}

record! {
    /// A kind of tie.
    TieKindRecord, TieKindJson "Kind of tie" requires [] {
        /// What people read.
        label: "label" as Loose<JsonText<'a>>,
        /// What stands between the two names in a sentence, such as "invests in".
        verb: "verb" as Loose<JsonText<'a>>,
        /// Whether its ties have a direction.
        directed: "directed" as Loose<bool>,
        /// Its color, `#RRGGBB`.
        #[schemars(with = "Option<value_schema::Color>")]
        color: "color" as Loose<JsonText<'a>>,
        /// Name of a Phosphor icon.
        icon: "icon" as Loose<JsonText<'a>>,
        /// Whether the program chose its look; a choice made by hand takes this out.
        auto: "auto" as Loose<bool>,
    }
}

record! {
    /// Someone or something that ties connect.
    ActorRecord, ActorJson "Actor" requires ["id", "name"] {
        /// Its id, unique in the file.
        id: "id" as Loose<JsonText<'a>>,
        /// What kind of actor it is: a word of `kinds.actor`.
        kind: "kind" as Loose<JsonText<'a>>,
        /// Its name.
        name: "name" as Loose<JsonText<'a>>,
        /// Other names that a search finds it by.
        aliases: "aliases" as Loose<List<JsonText<'a>>>,
        /// One or two sentences on who it is.
        summary: "summary" as Loose<JsonText<'a>>,
        /// Id of the actor it belongs to, such as a parent company.
        part_of: "partOf" as Loose<JsonText<'a>>,
        /// Ids in public registers, by the register's name.
        identifiers: "identifiers" as Loose<Entries<'a, JsonText<'a>>>,
        /// Its own site, http or https.
        url: "url" as Loose<JsonText<'a>>,
        /// Words that group it with others.
        tags: "tags" as Rare<List<JsonText<'a>>>,
        /// Since when it exists (EDTF).
        start: "startDate" as Rare<JsonText<'a>>,
        /// Until when it existed (EDTF); ".." while it does.
        end: "endDate" as Rare<JsonText<'a>>,
        /// How much it counts, without a unit; no money.
        #[schemars(with = "Option<value_schema::Number>")]
        weight: "weight" as Raw<'a>,
        /// Ids of actors that were merged into this one.
        former_ids: "formerIds" as Rare<List<JsonText<'a>>>,
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
        id: "id" as Loose<JsonText<'a>>,
        /// What sort of document it is.
        #[schemars(with = "value_schema::WordOf<crate::model::SourceKind>")]
        kind: "kind" as Loose<JsonText<'a>>,
        /// Its title; in square brackets if the map's authors supplied it.
        title: "title" as Loose<JsonText<'a>>,
        /// Who published it.
        publisher: "publisher" as Loose<JsonText<'a>>,
        /// Who wrote it.
        authors: "authors" as Loose<List<JsonText<'a>>>,
        /// When it was published (EDTF).
        published: "published" as Loose<JsonText<'a>>,
        /// Where it is, http or https.
        url: "url" as Loose<JsonText<'a>>,
        /// When it was read (EDTF).
        accessed: "accessed" as Loose<JsonText<'a>>,
        /// An archived copy, http or https.
        archive_url: "archiveUrl" as Loose<JsonText<'a>>,
        /// Its language, as a BCP 47 tag.
        language: "language" as Loose<JsonText<'a>>,
        /// A remark of the map's authors.
        note: "note" as Loose<JsonText<'a>>,
        /// Ids of actors that speak for themselves in it.
        by: "by" as Loose<List<JsonText<'a>>>,
        /// Id of the source that has the same text in another place: the two count once.
        same_as: "sameAs" as Loose<JsonText<'a>>,
        /// A CSL-JSON item as Zotero exports it; fills what the plain fields leave out.
        #[schemars(with = "Option<value_schema::Anything>")]
        csl: "csl" as Raw<'a>,
        /// The row of a table that it was made from.
        row: "row" as Rare<Box<RowRecord<'a>>>,
    }
}
