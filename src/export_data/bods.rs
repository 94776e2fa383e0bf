//! The Beneficial Ownership Data Standard 0.4, for maps about ownership: statements about people, entities, and the
//! relationships between them.

use std::collections::BTreeSet;

use rust_decimal::prelude::ToPrimitive as _;
use serde_json::{Map as Object, Value, json};

use crate::model::{Actor, ActorId, Amount, Bound, Claim, Date, Ends, Tie, TieId};
use crate::wording::{is_openable, source_name, tie_sentence};

use super::content::DataContent;
use super::flat::KindLabels;
use super::flat::tie::first_evidence;
use super::ftm::hex;
use super::ftm::schema::{actor_schema, tie_schema};
use super::{DataError, DataFile, one_file};

/// Returns the ties that are about ownership or control: those with a share, and those of a kind that says so.
pub(super) fn ownership_ties(content: &DataContent) -> Vec<TieId> {
    let kinds = KindLabels::new(content);
    let is_meant = |tie: &Tie| {
        let Ends::Pair { from, to } = tie.ends else { return false };
        let word = format!("{} {}", kinds.tie(tie.kind), content.map.tie_kinds()[tie.kind].key);
        let schema = |id: ActorId| actor_schema(content.map.actor(id).kind.map(|kind| kinds.actor(kind)));
        let is_owned = matches!(tie_schema(&word, [schema(from), schema(to)]).schema, "Ownership");
        from != to && !tie.claim.is_withdrawn() && schema(to) != "Person" && (tie.claim.share.is_some() || is_owned)
    };
    content.map.ties().iter().filter(|(_, tie)| is_meant(tie)).map(|(id, _)| id).collect()
}

/// Refuses a map without ownership.
pub(super) fn check(content: &DataContent) -> Result<(), DataError> {
    if ownership_ties(content).is_empty() {
        return Err(DataError::Unfit {
            format: "a BODS file",
            reason: "the map has no ownership ties",
            remedy: "give ties a share or a kind such as “owns”, or choose another format",
        });
    }
    if statement_day(content).is_none() {
        return Err(DataError::Unfit {
            format: "a BODS file",
            reason: "the map does not say as of which day it is accurate",
            remedy: "set the “As of” date of the map, such as 2026-04-13",
        });
    }
    Ok(())
}

/// Returns the day as of which the map is accurate, which each statement needs: that of the map, else the first of its
/// month or year, else the latest day on which a source was read or published.
fn statement_day(content: &DataContent) -> Option<String> {
    let map = &content.map;
    let as_of = map.meta().as_of.as_ref();
    let first = as_of.and_then(Date::earliest).filter(|day| (0..=9999).contains(&day.year));
    let first = first.map(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day));
    let of_sources = || {
        let dates = map.sources().values().flat_map(|source| [source.accessed.as_ref(), source.published.as_ref()]);
        dates.filter_map(full_day).max()
    };
    full_day(as_of).or(first).or_else(of_sources)
}

pub(super) fn write(content: &DataContent) -> Vec<DataFile> {
    let ties = ownership_ties(content);
    let kinds = KindLabels::new(content);
    let map = &content.map;
    let ends: BTreeSet<ActorId> = ties.iter().flat_map(|id| map.tie(*id).ends.actors()).collect();
    let mut statements = Vec::new();
    for &id in &ends {
        let actor = map.actor(id);
        let word = actor.kind.map(|kind| kinds.actor(kind));
        let details = if actor_schema(word) == "Person" { person(actor) } else { entity(actor, word) };
        let sort = if actor_schema(word) == "Person" { "person" } else { "entity" };
        statements.push(statement(content, &actor.key, sort, &actor.key, details));
    }
    for id in ties {
        let tie = map.tie(id);
        let Ends::Pair { to, .. } = tie.ends else { continue };
        let mut record =
            statement(content, &tie.claim.key, "relationship", &map.actor(to).key, relationship(content, id));
        if let (Some(source), Some(object)) = (source(content, &tie.claim), record.as_object_mut()) {
            object.insert("source".to_owned(), source);
        }
        statements.push(record);
    }
    one_file(format!("{:#}\n", Value::from(statements)))
}

/// Returns a statement about a record; `subject` is the one whose owners are declared.
fn statement(content: &DataContent, key: &str, sort: &str, subject: &str, details: Value) -> Value {
    let mut out = Object::new();
    out.insert("statementId".to_owned(), hex(&format!("{sort}/{key}")).into());
    out.insert("declarationSubject".to_owned(), subject.into());
    let day = statement_day(content).unwrap_or_default();
    out.insert("statementDate".to_owned(), day.as_str().into());
    out.insert("recordId".to_owned(), key.into());
    out.insert("recordType".to_owned(), sort.into());
    out.insert("recordStatus".to_owned(), "new".into());
    out.insert("recordDetails".to_owned(), details);
    let meta = content.map.meta();
    let named = [meta.authors.first(), meta.title.as_ref()].into_iter().flatten().find(|name| !name.trim().is_empty());
    let publisher = named.map_or("not stated", String::as_str);
    let publication = json!({ "publicationDate": day, "bodsVersion": "0.4", "publisher": { "name": publisher } });
    out.insert("publicationDetails".to_owned(), publication);
    Value::Object(out)
}

fn person(actor: &Actor) -> Value {
    let mut names = vec![json!({ "type": "legal", "fullName": actor.name })];
    names.extend(actor.aliases.iter().map(|alias| json!({ "type": "alternative", "fullName": alias })));
    let mut details = json!({ "isComponent": false, "personType": "knownPerson", "names": names });
    put(&mut details, "identifiers", identifiers(actor));
    put(&mut details, "birthDate", full_day(actor.start.as_ref()).map(Value::from));
    details
}

fn entity(actor: &Actor, kind: Option<&str>) -> Value {
    let sort = match actor_schema(kind) {
        "Company" => "registeredEntity",
        "PublicBody" => "stateBody",
        _ => "unknownEntity",
    };
    let mut kind_of = json!({ "type": sort });
    put(&mut kind_of, "details", kind.map(Value::from));
    let mut details = json!({ "isComponent": false, "entityType": kind_of, "name": actor.name });
    let others = (!actor.aliases.is_empty()).then(|| actor.aliases.clone().into());
    put(&mut details, "alternateNames", others);
    put(&mut details, "identifiers", identifiers(actor));
    put(&mut details, "foundingDate", full_day(actor.start.as_ref()).map(Value::from));
    put(&mut details, "dissolutionDate", full_day(actor.end.as_ref()).map(Value::from));
    put(&mut details, "uri", actor.url.as_deref().filter(|url| is_openable(url)).map(Value::from));
    details
}

fn identifiers(actor: &Actor) -> Option<Value> {
    let scheme = |register: &str| match register.to_lowercase().as_str() {
        "lei" => Some("XI-LEI"),
        "wikidata" => Some("WIKIDATA"),
        _ => None,
    };
    let list: Vec<Value> = actor
        .identifiers
        .iter()
        .map(|(register, id)| match scheme(register) {
            Some(scheme) => json!({ "id": id, "scheme": scheme, "schemeName": register }),
            None => json!({ "id": id, "schemeName": register }),
        })
        .collect();
    (!list.is_empty()).then(|| list.into())
}

fn relationship(content: &DataContent, id: TieId) -> Value {
    let tie = content.map.tie(id);
    let Ends::Pair { from, to } = tie.ends else { return Value::Null };
    let claim = &tie.claim;
    let sort = if claim.share.is_some() { "shareholding" } else { "unknownInterest" };
    let mut interest = json!({ "type": sort, "directOrIndirect": "unknown" });
    put(&mut interest, "share", claim.share.as_deref().and_then(share));
    put(&mut interest, "startDate", full_day(claim.start.as_ref()).map(Value::from));
    put(&mut interest, "endDate", full_day(claim.end.as_ref()).map(Value::from));
    put(&mut interest, "details", Some(format!("{}.", tie_sentence(&content.map, id)).into()));
    json!({
        "isComponent": false,
        "subject": &*content.map.actor(to).key,
        "interestedParty": &*content.map.actor(from).key,
        "interests": [interest],
    })
}

/// Returns a share with its bounds; `None` if it has no number from 0 to 100.
fn share(share: &Amount) -> Option<Value> {
    let mut out = Object::new();
    if let Some(exact) = share.exact().filter(|_| !share.is_approximate) {
        out.insert("exact".to_owned(), percent(Bound { value: exact, is_inclusive: true })?);
        return Some(out.into());
    }
    for (bound, [inclusive, exclusive]) in
        [(share.lower, ["minimum", "exclusiveMinimum"]), (share.upper, ["maximum", "exclusiveMaximum"])]
    {
        if let Some(bound) = bound {
            let name = if bound.is_inclusive { inclusive } else { exclusive };
            out.insert(name.to_owned(), percent(bound)?);
        }
    }
    (!out.is_empty()).then(|| out.into())
}

fn percent(bound: Bound) -> Option<Value> {
    let number = bound.value.to_f64().filter(|number| (0.0..=100.0).contains(number))?;
    Some(if number.fract() == 0.0 { (number as i64).into() } else { number.into() })
}

fn source(content: &DataContent, claim: &Claim) -> Option<Value> {
    let piece = first_evidence(claim)?;
    let source = content.map.source(piece.source);
    let mut out = json!({ "type": ["thirdParty"], "description": source_name(&content.map, piece.source) });
    put(&mut out, "url", source.url.as_deref().filter(|url| is_openable(url)).map(Value::from));
    put(&mut out, "retrievedAt", full_day(source.accessed.as_ref()).map(Value::from));
    Some(out)
}

/// Returns a date that is a full day; the format knows no other.
fn full_day(date: Option<&Date>) -> Option<String> {
    let text = date?.text();
    let day: jiff::civil::Date = text.parse().ok()?;
    (day.to_string() == text).then(|| text.to_owned())
}

fn put(object: &mut Value, name: &str, value: Option<Value>) {
    if let (Some(fields), Some(value)) = (object.as_object_mut(), value) {
        fields.insert(name.to_owned(), value);
    }
}
