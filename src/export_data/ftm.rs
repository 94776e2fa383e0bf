//! Entities of `FollowTheMoney`, one JSON object in each line: actors, ties as intervals, and sources as documents.

pub(super) mod schema;

use std::fmt::Write as _;

use serde_json::{Map as Object, Value, json};
use sha2::{Digest as _, Sha256};

use crate::model::{Actor, Claim, Date, Ends, Evidence, Source, TieId};
use crate::wording::{amount_text, is_openable, share_text, stage_word};

use self::schema::{Interval, actor_schema, tie_schema};
use super::content::DataContent;
use super::flat::KindLabels;
use super::flat::tie::first_evidence;
use super::{DataFile, one_file};

/// An entity in the making.
struct Entity {
    id: String,
    schema: &'static str,
    properties: Object<String, Value>,
}

impl Entity {
    fn new(key: &str, schema: &'static str) -> Self {
        Self { id: entity_id(key), schema, properties: Object::new() }
    }

    /// Adds a value to a property, unless it is empty.
    fn add(&mut self, property: &str, value: impl Into<String>) {
        let value: String = value.into();
        let value = crate::hidden_characters::visible(value.trim()).into_owned();
        if !value.is_empty() {
            let values = self.properties.entry(property).or_insert_with(|| json!([]));
            if let Value::Array(values) = values
                && !values.contains(&Value::from(value.as_str()))
            {
                values.push(value.into());
            }
        }
    }

    fn add_all(&mut self, property: &str, values: impl IntoIterator<Item = String>) {
        values.into_iter().for_each(|value| self.add(property, value));
    }

    fn line(self) -> String {
        json!({ "id": self.id, "schema": self.schema, "properties": self.properties }).to_string() + "\n"
    }
}

/// Returns an id of letters, digits and hyphens. A key with anything else is replaced by its hash.
fn entity_id(key: &str) -> String {
    let is_plain = key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
        && key.starts_with(|c: char| c.is_ascii_alphanumeric())
        && key.ends_with(|c: char| c.is_ascii_alphanumeric())
        && key.len() <= 200;
    if is_plain { key.to_owned() } else { format!("tieline-{}", hex(key)) }
}

/// Returns the first half of the SHA-256 hash of a text.
pub(super) fn hex(text: &str) -> String {
    let mut hash = String::with_capacity(32);
    for byte in Sha256::digest(text.as_bytes()).iter().take(16) {
        // Writing to a string can't fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

pub(super) fn write(content: &DataContent) -> Vec<DataFile> {
    let map = &content.map;
    let kinds = KindLabels::new(content);
    let schema = |actor: &Actor| actor_schema(actor.kind.map(|kind| kinds.actor(kind)));
    let mut out = String::new();
    for actor in map.actors().values() {
        let entity = actor_entity(content, actor, schema(actor), actor.kind.map(|kind| kinds.actor(kind)));
        out.push_str(&entity.line());
    }
    for source in map.sources().values() {
        out.push_str(&source_entity(source).line());
    }
    for (id, tie) in map.ties().iter().filter(|(_, tie)| !tie.claim.is_withdrawn()) {
        let word = format!("{} {}", kinds.tie(tie.kind), map.tie_kinds()[tie.kind].key);
        for (number, (from, to)) in pairs(&tie.ends).into_iter().enumerate() {
            let (from, to) = (map.actor(from), map.actor(to));
            let interval = tie_schema(&word, [schema(from), schema(to)]);
            let key = if number == 0 { tie.claim.key.to_string() } else { format!("{}-{}", tie.claim.key, number + 1) };
            out.push_str(&tie_entity(content, id, &key, interval, [from, to], kinds.tie(tie.kind)).line());
        }
    }
    one_file(out)
}

/// Returns the pairs that a tie is written as: itself, or the first party with each other.
fn pairs(ends: &Ends) -> Vec<(crate::model::ActorId, crate::model::ActorId)> {
    match ends {
        Ends::Pair { from, to } => vec![(*from, *to)],
        Ends::Parties(parties) => {
            let Some((first, others)) = parties.split_first() else { return Vec::new() };
            others.iter().map(|other| (first.actor, other.actor)).collect()
        }
    }
}

fn actor_entity(content: &DataContent, actor: &Actor, schema: &'static str, kind: Option<&str>) -> Entity {
    let mut entity = Entity::new(&actor.key, schema);
    entity.add("name", actor.name.as_str());
    entity.add_all("alias", actor.aliases.iter().cloned());
    entity.add_all("summary", actor.summary.clone());
    entity.add_all("keywords", actor.metadata.tags.iter().cloned());
    let is_legal = matches!(schema, "Person" | "Company" | "Organization" | "PublicBody" | "LegalEntity");
    let is_person = schema == "Person";
    if is_legal {
        entity.add_all("website", actor.url.clone());
    } else {
        entity.add_all("sourceUrl", actor.url.clone());
    }
    if is_legal {
        let dates = if is_person { ("birthDate", "deathDate") } else { ("incorporationDate", "dissolutionDate") };
        let (start, end) = dates;
        entity.add_all(start, plain_date(actor.start.as_ref()));
        entity.add_all(end, plain_date(actor.end.as_ref()));
    }
    if schema == "Company" {
        entity.add_all("legalForm", kind.map(str::to_owned));
    }
    for (register, id) in &actor.identifiers {
        match register.to_lowercase().as_str() {
            "wikidata" => entity.add("wikidataId", id.as_str()),
            "lei" if is_legal => entity.add("leiCode", id.as_str()),
            _ if is_legal => entity.add("registrationNumber", id.as_str()),
            _ => entity.add("notes", format!("{register}: {id}")),
        }
    }
    if let Some(whole) = actor.part_of {
        entity.add("notes", format!("Part of {}", content.map.actor(whole).name));
    }
    entity
}

fn source_entity(source: &Source) -> Entity {
    let mut entity = Entity::new(&source.key, "Document");
    entity.add_all("title", source.title.clone());
    entity.add_all("author", source.authors.iter().cloned());
    entity.add_all("publisher", source.publisher.clone());
    entity.add_all("date", plain_date(source.published.as_ref()));
    entity.add_all("retrievedAt", plain_date(source.accessed.as_ref()));
    entity.add_all("sourceUrl", source.url.clone().filter(|url| is_openable(url)));
    entity.add_all("notes", source.note.clone());
    // A document needs the name of a file, whatever it is.
    let name = source.title.as_deref().or(source.url.as_deref()).filter(|name| !name.trim().is_empty());
    entity.add("fileName", name.unwrap_or(&source.key));
    entity
}

fn tie_entity(
    content: &DataContent,
    id: TieId,
    key: &str,
    interval: Interval,
    [from, to]: [&Actor; 2],
    kind: &str,
) -> Entity {
    let claim = &content.map.tie(id).claim;
    let mut entity = Entity::new(key, interval.schema);
    entity.add(interval.from, entity_id(&from.key));
    entity.add(interval.to, entity_id(&to.key));
    let role = match interval.schema {
        "Family" | "Associate" => "relationship",
        "Payment" => "purpose",
        "Debt" => "description",
        _ => "role",
    };
    entity.add(role, claim.label.as_deref().unwrap_or(kind));
    entity.add_all("startDate", plain_date(claim.start.as_ref()));
    entity.add_all("endDate", plain_date(claim.end.as_ref()));
    entity.add_all("date", plain_date(claim.date.as_ref()));
    entity.add_all("summary", claim.summary.clone());
    if matches!(interval.schema, "Ownership" | "Directorship") {
        entity.add_all("status", claim.stage.as_ref().map(stage_word));
    }
    put_amounts(&mut entity, claim, interval.schema);
    entity.add_all("proof", claim.evidence.iter().map(|piece| entity_id(&content.map.source(piece.source).key)));
    if let Some(piece) = first_evidence(claim) {
        put_source(&mut entity, content, piece);
    }
    entity
}

fn put_amounts(entity: &mut Entity, claim: &Claim, schema: &str) {
    if let Some(share) = claim.share.as_deref() {
        match share.exact() {
            Some(exact) if schema == "Ownership" => entity.add("percentage", exact.to_string()),
            _ => entity.add(if schema == "Ownership" { "percentage" } else { "description" }, share_text(share)),
        }
    }
    if let Some(amount) = claim.amount.as_deref() {
        let exact = amount.exact().filter(|_| matches!(schema, "Payment" | "Debt"));
        match exact {
            Some(exact) => {
                entity.add("amount", exact.to_string());
                entity.add_all("currency", amount.currency.clone());
            }
            None => entity.add("description", amount_text(amount)),
        }
    }
    if let Some(quantity) = claim.quantity.as_deref() {
        entity.add("description", amount_text(quantity));
    }
}

fn put_source(entity: &mut Entity, content: &DataContent, piece: &Evidence) {
    let source = content.map.source(piece.source);
    entity.add_all("sourceUrl", source.url.clone().filter(|url| is_openable(url)));
    entity.add_all("publisher", source.publisher.clone());
    entity.add_all("retrievedAt", plain_date(source.accessed.as_ref()));
}

/// Returns a date of the form that the format knows: a year, a month or a day.
fn plain_date(date: Option<&Date>) -> Option<String> {
    let text = date?.text();
    let is_plain = matches!(text.len(), 4 | 7 | 10)
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
        && text.get(5..7).is_none_or(|month| month <= "12");
    is_plain.then(|| text.to_owned())
}
