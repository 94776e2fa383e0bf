//! The schemata and properties of `FollowTheMoney` 4.

use std::borrow::Cow;

use crate::load::table::graph::json::attributes::brief;
use crate::load::table::graph::json::value::JsonValue;

use super::{id_of, values, words};

/// A schema whose entities are ties.
#[derive(Clone, Copy, Debug)]
pub(super) struct EdgeSchema {
    schema: &'static str,
    /// The properties with the two ends.
    pub(super) source: &'static str,
    pub(super) target: &'static str,
    pub(super) is_directed: bool,
}

impl EdgeSchema {
    /// Whether it is a document from one actor to others.
    pub(super) fn is_letter(&self) -> bool {
        letter_of(self.schema).is_some()
    }
}

const fn edge(schema: &'static str, source: &'static str, target: &'static str, is_directed: bool) -> EdgeSchema {
    EdgeSchema { schema, source, target, is_directed }
}

const EDGES: [EdgeSchema; 19] = [
    edge("Associate", "person", "associate", false),
    edge("Call", "caller", "receiver", true),
    edge("ContractAward", "contract", "supplier", true),
    edge("Control", "controller", "controlled", true),
    edge("CourtCaseParty", "party", "case", true),
    edge("Debt", "debtor", "creditor", true),
    edge("Directorship", "director", "organization", true),
    // Goods that cross a border.
    edge("EconomicActivity", "sender", "receiver", true),
    edge("Employment", "employee", "employer", true),
    edge("Family", "person", "relative", false),
    edge("Membership", "member", "organization", true),
    edge("Occupancy", "holder", "post", true),
    edge("Ownership", "owner", "asset", true),
    edge("Payment", "payer", "beneficiary", true),
    edge("ProjectParticipant", "participant", "project", true),
    edge("Representation", "agent", "client", true),
    // Two entities that may be the same.
    edge("Similar", "candidate", "match", false),
    edge("Succession", "predecessor", "successor", true),
    edge("UnknownLink", "subject", "object", false),
];

/// A schema whose entities say something of an actor.
#[derive(Clone, Copy, Debug)]
pub(super) struct RemarkSchema {
    /// The words that its facts begin with.
    pub(super) words: &'static str,
    /// The property that names the actor.
    pub(super) holder: &'static str,
    /// The property with a document that proves it, beside `proof`.
    pub(super) document: Option<&'static str>,
    /// Whether the authority is who says it, not who issued what it is about.
    pub(super) is_by_authority: bool,
}

const fn remark(words: &'static str, holder: &'static str) -> RemarkSchema {
    RemarkSchema { words, holder, document: None, is_by_authority: false }
}

const fn listed(words: &'static str) -> RemarkSchema {
    RemarkSchema { is_by_authority: true, ..remark(words, "entity") }
}

const fn documented(words: &'static str, holder: &'static str) -> RemarkSchema {
    RemarkSchema { document: Some("document"), ..remark(words, holder) }
}

const REMARKS: [(&str, RemarkSchema); 8] = [
    ("Documentation", documented("In a document", "entity")),
    ("Identification", remark("Identification", "holder")),
    ("Mention", documented("Mentioned in a document", "resolved")),
    ("Note", remark("Note", "entity")),
    ("Passport", remark("Passport", "holder")),
    ("Risk", listed("Risk")),
    ("Sanction", listed("Sanction")),
    ("TaxRoll", remark("Tax roll", "taxee")),
];

/// An address that one actor has.
pub(super) const ADDRESS: RemarkSchema = remark("Address", "");

/// The properties that may name the actor of an activity without two ends.
const ACTIVE: [&str; 4] = ["declarant", "sender", "receiver", "contractHolder"];

/// Returns how an activity without two ends is a fact about the actor that it names.
pub(super) fn single_of(edge: EdgeSchema, properties: JsonValue<'_, '_>) -> Option<RemarkSchema> {
    let names = |property: &str| values(properties, property).any(|value| id_of(value).is_some());
    if edge.schema != "EconomicActivity" || (names(edge.source) && names(edge.target)) {
        return None;
    }
    let holder = ACTIVE.into_iter().find(|property| names(property))?;
    Some(remark("Economic activity", holder))
}

/// The properties that describe a fact, in this order, and the maximum number of them that is shown.
const TOLD: [&str; 17] = [
    "street",
    "postalCode",
    "city",
    "name",
    "program",
    "type",
    "number",
    "passportNumber",
    "provisions",
    "authority",
    "role",
    "goodsDescription",
    "income",
    "taxPaid",
    "wealth",
    "topics",
    "country",
];
const MAX_TOLD: usize = 3;

const DOCUMENTS: [&str; 13] = [
    "Article",
    "Audio",
    "Document",
    "Email",
    "HyperText",
    "Image",
    "Message",
    "Package",
    "Pages",
    "PlainText",
    "Table",
    "Video",
    "Workbook",
];

/// Schemata of which nothing is shown: parts of documents, and what holds them.
const OTHERS: [&str; 2] = ["Folder", "Page"];

/// Documents from one actor to others.
const LETTERS: [EdgeSchema; 2] =
    [edge("Email", "emitters", "recipients", true), edge("Message", "sender", "recipients", true)];

/// Returns the ends of a document that is a letter.
pub(super) fn letter_of(schema: &str) -> Option<EdgeSchema> {
    LETTERS.iter().find(|letter| letter.schema == schema).copied()
}

/// Properties of actors that name other entities.
const REFERENCES: &str = "addressEntity authority bank callForTenders contract endLocation holder involved issuer \
    onBehalfOf operator organization organizer owner parent partOf project startLocation tenderers vehicle";

/// Properties that are identifiers in registers.
const IDENTIFIERS: &str = "accountNumber bic bikCode brightQueryId brightQueryOrgId bvdId cageCode callSign caseNumber \
    ccdNumber cikCode coatoCode crsNumber dunsCode figiCode fnsCode giiNumber iban icaoCode idNumber imoNumber innCode \
    ipoCode irsCode isin isinCode jibCode kppCode leiCode licenseNumber mbsCode mmsi npiCode ogrnCode okpoCode osmId \
    passportNumber permId publicKey registrationNumber ricCode sayariId serialNumber socialSecurityNumber swiftBic \
    taxNumber ticker uniqueEntityId unscId uscCode vatCode voenCode wikidataId";

/// What the entities of a schema are.
#[derive(Clone, Copy, Debug)]
pub(super) enum SchemaSort {
    Actor,
    Tie(EdgeSchema),
    Document,
    /// It says something of an actor.
    Remark(RemarkSchema),
    Other,
}

/// Returns what the entities of a schema are; unknown ones are actors.
pub(super) fn sort_of(schema: &str) -> SchemaSort {
    if let Some(edge) = EDGES.iter().find(|edge| edge.schema == schema) {
        return SchemaSort::Tie(*edge);
    }
    if let Some((_, remark)) = REMARKS.iter().find(|(remark, _)| *remark == schema) {
        return SchemaSort::Remark(*remark);
    }
    match schema {
        schema if DOCUMENTS.contains(&schema) => SchemaSort::Document,
        schema if OTHERS.contains(&schema) => SchemaSort::Other,
        _ => SchemaSort::Actor,
    }
}

/// Whether a property of an actor names another entity.
pub(super) fn is_reference(property: &str) -> bool {
    REFERENCES.split_whitespace().any(|reference| reference == property)
}

/// Whether a property is an identifier in a register.
pub(super) fn is_identifier(property: &str) -> bool {
    IDENTIFIERS.split_whitespace().any(|identifier| identifier == property)
}

/// Returns what an entity says of its actor, in one line.
pub(super) fn remark_of(properties: JsonValue<'_, '_>, schema: &RemarkSchema) -> String {
    let first = |name: &str| words(properties, name).into_iter().next().map(brief);
    let mut told: Vec<Cow<'_, str>> = match first("full") {
        Some(full) => vec![full],
        None => {
            TOLD.iter().filter(|name| **name != schema.holder).filter_map(|name| first(name)).take(MAX_TOLD).collect()
        }
    };
    told.dedup();
    if told.is_empty() {
        told.extend(["description", "summary"].into_iter().find_map(first));
    }
    if told.is_empty() { schema.words.to_owned() } else { format!("{}: {}", schema.words, told.join(", ")) }
}

/// Returns the register and the number of a document that identifies its holder.
pub(super) fn identifier_of<'a>(schema: &str, properties: JsonValue<'a, '_>) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
    let number = |names: &[&str]| names.iter().find_map(|name| words(properties, name).into_iter().next());
    match schema {
        "Passport" => Some(("passportNumber".into(), number(&["number", "passportNumber"])?)),
        "Identification" => Some((number(&["type"]).map_or("idNumber".into(), brief), number(&["number"])?)),
        _ => None,
    }
}
