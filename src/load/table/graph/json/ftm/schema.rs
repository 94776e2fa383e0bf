//! The schemata and properties of `FollowTheMoney` 4.

use crate::load::table::graph::json::attributes::cell_of;
use crate::load::table::graph::json::value::JsonValue;

/// A schema whose entities are ties.
#[derive(Clone, Copy, Debug)]
pub(super) struct EdgeSchema {
    schema: &'static str,
    /// The properties with the two ends.
    pub(super) source: &'static str,
    pub(super) target: &'static str,
    pub(super) is_directed: bool,
}

const fn edge(schema: &'static str, source: &'static str, target: &'static str, is_directed: bool) -> EdgeSchema {
    EdgeSchema { schema, source, target, is_directed }
}

const EDGES: [EdgeSchema; 17] = [
    edge("Associate", "person", "associate", false),
    edge("Call", "caller", "receiver", true),
    edge("ContractAward", "contract", "supplier", true),
    edge("Control", "controller", "controlled", true),
    edge("CourtCaseParty", "party", "case", true),
    edge("Debt", "debtor", "creditor", true),
    edge("Directorship", "director", "organization", true),
    edge("Employment", "employee", "employer", true),
    edge("Family", "person", "relative", false),
    edge("Membership", "member", "organization", true),
    edge("Occupancy", "holder", "post", true),
    edge("Ownership", "owner", "asset", true),
    edge("Payment", "payer", "beneficiary", true),
    edge("ProjectParticipant", "participant", "project", true),
    edge("Representation", "agent", "client", true),
    edge("Succession", "predecessor", "successor", true),
    edge("UnknownLink", "subject", "object", false),
];

/// Schemata whose entities say something of an actor, with the property that names it.
const REMARKS: [(&str, &str); 6] = [
    ("Sanction", "entity"),
    ("Risk", "entity"),
    ("Note", "entity"),
    ("Identification", "holder"),
    ("Passport", "holder"),
    ("TaxRoll", "taxee"),
];

const DOCUMENTS: [&str; 15] = [
    "Article",
    "Audio",
    "Document",
    "Email",
    "Folder",
    "HyperText",
    "Image",
    "Message",
    "Package",
    "Page",
    "Pages",
    "PlainText",
    "Table",
    "Video",
    "Workbook",
];

/// Schemata of which nothing is shown.
const OTHERS: [&str; 4] = ["Documentation", "EconomicActivity", "Mention", "Similar"];

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
    /// It says something of the actor in this property.
    Remark(&'static str),
    Other,
}

/// Returns what the entities of a schema are; unknown ones are actors.
pub(super) fn sort_of(schema: &str) -> SchemaSort {
    if let Some(edge) = EDGES.iter().find(|edge| edge.schema == schema) {
        return SchemaSort::Tie(*edge);
    }
    if let Some((_, holder)) = REMARKS.iter().find(|(remark, _)| *remark == schema) {
        return SchemaSort::Remark(holder);
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
pub(super) fn remark_of(properties: JsonValue<'_, '_>, holder: &str) -> String {
    let said = properties.fields().filter(|(name, _)| name != holder).filter_map(|(name, value)| {
        let cell = cell_of(value)?;
        Some(format!("{name}: {}", cell.text))
    });
    said.collect::<Vec<_>>().join("; ")
}
