//! Statements of the Beneficial Ownership Data Standard, 0.1 to 0.4: who owns or controls what, how much of it is known,
//! and who says so. Statements that later ones replace are left out.

mod party;
mod share;
mod statement;

use std::borrow::Cow;

use crate::load::table::graph::{GraphRows, GraphTables};
use crate::load::table::limits::Meter;
use crate::load::table::types::{Stop, TableNote};
use crate::model::Severity;
use crate::wording::counted;
use crate::wording::read::Role;

use super::attributes::{LeftOut, brief, joined, put_value};
use super::document::for_each_value;
use super::value::JsonValue;
use party::{StatedParty, party_of};
use share::share_cell;
use statement::{Replaced, Statement, StatementSort};

/// What the kind of a tie is without any interest.
const NO_INTEREST: &str = "ownership or control";

/// The bytes of one statement for all of its interests, each of which gets a copy of its source.
const MAX_COPIED: usize = 8 << 20;

/// Reads statements.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let mut notes = std::mem::take(&mut graph.notes);
    let mut replaced = Replaced::default();
    for_each_value(text, &mut notes, meter, |value, _, _| {
        replaced.add(value);
        Ok(())
    })?;
    let mut reader = BodsReader { graph, meter, replaced, index: 0, count: 0, left_out: LeftOut::default() };
    // What is wrong with the file was noted when it was read first.
    for_each_value(text, &mut Vec::new(), meter, |value, number, _| reader.value(value, number))?;
    let BodsReader { count, left_out, .. } = reader;
    if count > 0 {
        let message = counted(
            count,
            "statement that a later one replaces is left out",
            "statements that later ones replace are left out",
        );
        notes.push(TableNote::new(Severity::Remark, message, ""));
    }
    left_out.note("what describes only how the file was made is", &mut notes);
    graph.notes = notes;
    Ok(())
}

struct BodsReader<'g, 'a, 'm> {
    graph: &'g mut GraphTables<'a>,
    meter: &'m Meter<'m>,
    replaced: Replaced<'a>,
    /// The place of the next statement in the file.
    index: usize,
    /// The number of statements that others replace.
    count: usize,
    left_out: LeftOut,
}

impl<'a> BodsReader<'_, 'a, '_> {
    fn value(&mut self, value: JsonValue<'a, '_>, number: u32) -> Result<(), Stop> {
        let Some(statement) = Statement::of(value) else { return Ok(()) };
        let index = self.index;
        self.index += 1;
        if self.replaced.is_replaced(&statement, index) {
            self.count += 1;
            return Ok(());
        }
        match statement.sort {
            StatementSort::Actor => self.actor(&statement, number),
            StatementSort::Relationship => self.relationship(&statement, number),
        }
    }

    /// Reads an entity or person.
    fn actor(&mut self, statement: &Statement<'a, '_>, number: u32) -> Result<(), Stop> {
        let (details, at) = (statement.details, (number, self.meter));
        let names = names_of(details);
        let unspecified = details.first_of(&["unspecifiedPersonDetails", "unspecifiedEntityDetails"]);
        let named = names.first().cloned().or_else(|| unspecified.map(party::name_of_reason));
        self.graph.set_actor(statement.id.clone(), named.unwrap_or_default());
        let actors = &mut self.graph.actors;
        let kind = details.first_of(&["entityType", "personType"]);
        if let Some(kind) = kind.and_then(|kind| kind.word().or_else(|| kind.word_of("type"))) {
            actors.put("type", Some(Role::Kind), kind);
        }
        let further = details.get("alternateNames").into_iter().flat_map(JsonValue::each).filter_map(JsonValue::word);
        if let Some(aliases) = joined(names.into_iter().skip(1).chain(further)) {
            actors.put("names", Some(Role::Alias), aliases);
        }
        for identifier in details.get("identifiers").into_iter().flat_map(JsonValue::items) {
            if let Some(id) = identifier.first_word(&["id", "uri"]) {
                let register = identifier.first_word(&["scheme", "schemeName"]).unwrap_or("identifier".into());
                actors.put(register, Some(Role::Identifier), id);
            }
        }
        if statement.is_closed {
            actors.put("record status", Some(Role::Keep), "closed");
        }
        for (name, value) in details.fields() {
            let role = match &*name {
                "foundingDate" => Role::Start,
                "dissolutionDate" => Role::End,
                "uri" => Role::Url,
                "name" | "names" | "alternateNames" | "identifiers" | "personType" | "isComponent" => continue,
                // What a type says beside its word stays.
                "entityType" if !value.is_object() || value.fields().count() < 2 => continue,
                name if statement::is_frame(name) => {
                    self.left_out.add(name);
                    continue;
                }
                _ => Role::Keep,
            };
            put_value(actors, name, Some(role), shortened(value), at)?;
        }
        let url = statement.value.path(&["source", "url"]);
        if let Some(url) = url {
            put_value(actors, "source", Some(Role::Keep), url, at)?;
        }
        actors.end(number, self.meter)
    }

    /// Reads what one party holds in another: a tie for each interest.
    fn relationship(&mut self, statement: &Statement<'a, '_>, number: u32) -> Result<(), Stop> {
        let details = statement.details;
        let ends = ["interestedParty", "subject"].map(|name| party_of(details.get(name)));
        let mut ids: [Cow<'a, str>; 2] = Default::default();
        for (index, (party, id)) in ends.into_iter().zip(&mut ids).enumerate() {
            *id = match party {
                StatedParty::Known(id) => brief(self.replaced.current(id)),
                StatedParty::Missing => Cow::Borrowed(""),
                StatedParty::Unspecified(name) => {
                    let statement = statement.own_id.clone();
                    let id = if index == 0 { statement } else { format!("{statement} subject").into() };
                    self.graph.set_actor(id.clone(), name);
                    self.graph.actors.put("type", Some(Role::Kind), "unspecified");
                    self.graph.actors.end(number, self.meter)?;
                    id
                }
            };
        }
        for (name, _) in details.fields().filter(|(name, _)| statement::is_frame(name)) {
            self.left_out.add(&name);
        }
        let interests: Vec<JsonValue<'a, '_>> =
            details.get("interests").into_iter().flat_map(JsonValue::items).filter(|one| one.is_object()).collect();
        let copied = interests.len().saturating_mul(if interests.len() > 1 { statement.value.json().len() } else { 0 });
        if copied > MAX_COPIED {
            let message = format!("{} interests in one statement are too many to read", interests.len());
            self.graph.warn(number, message, "write a statement for each");
            return Ok(());
        }
        for (index, interest) in interests.iter().map(Some).chain(interests.is_empty().then_some(None)).enumerate() {
            let id = match index {
                0 => statement.id.clone(),
                _ => format!("{} {}", statement.id, index + 1).into(),
            };
            self.graph.set_tie(id, ids.clone(), Some(true));
            let ties = &mut self.graph.ties;
            match interest {
                Some(interest) => interest_of(*interest, ties, (number, self.meter))?,
                None => ties.put("type", Some(Role::Kind), NO_INTEREST),
            }
            if statement.is_closed {
                ties.put("stage", Some(Role::Stage), "ended");
            }
            source_of(statement.value, ties);
            for name in ["statementDate", "annotations"] {
                if let Some(value) = statement.value.get(name) {
                    put_value(ties, name, Some(Role::Keep), value, (number, self.meter))?;
                }
            }
            ties.end(number, self.meter)?;
        }
        Ok(())
    }
}

/// Reads one interest.
fn interest_of<'a>(interest: JsonValue<'a, '_>, ties: &mut GraphRows<'a>, at: (u32, &Meter)) -> Result<(), Stop> {
    for (name, value) in interest.fields() {
        let role = match &*name {
            "type" => Role::Kind,
            "startDate" => Role::Start,
            "endDate" => Role::End,
            "details" => Role::Summary,
            "share" => {
                if let Some(cell) = share_cell(value) {
                    let column = ties.column("share", Some(Role::Share));
                    ties.set(column, cell);
                    continue;
                }
                Role::Keep
            }
            _ => Role::Keep,
        };
        put_value(ties, name, Some(role), value, at)?;
    }
    if interest.word_of("type").is_none() {
        ties.put("type", Some(Role::Kind), NO_INTEREST);
    }
    Ok(())
}

/// Puts the source of a statement: the document that it names, else who published it.
fn source_of<'a>(statement: JsonValue<'a, '_>, ties: &mut GraphRows<'a>) {
    let source = statement.get("source");
    let of_source = |name: &str| source.and_then(|source| source.word_of(name));
    let publication = statement.get("publicationDetails");
    let publisher = publication.and_then(|details| details.path(&["publisher", "name"])).and_then(JsonValue::text);
    let by = source.and_then(|source| source.get("assertedBy")).into_iter().flat_map(JsonValue::each);
    let by = joined(by.filter_map(|by| by.word_of("name")));
    let url = of_source("url");
    let title = of_source("description").or(by).or_else(|| publisher.clone());
    if url.is_none()
        && let Some(date) =
            publication.and_then(|details| details.word_of("publicationDate")).filter(|_| title.is_some())
    {
        ties.put("publicationDate", Some(Role::SourcePublished), date);
    }
    let accessed = of_source("retrievedAt").filter(|_| title.is_some() || url.is_some());
    for (heading, role, text) in [
        ("source title", Role::SourceTitle, title),
        ("source url", Role::SourceUrl, url),
        ("publisher", Role::SourcePublisher, publisher),
        ("retrievedAt", Role::SourceAccessed, accessed),
    ] {
        if let Some(text) = text {
            ties.put(heading, Some(role), text);
        }
    }
    let kinds = source.and_then(|source| source.get("type")).into_iter().flat_map(JsonValue::each);
    if let Some(kinds) = joined(kinds.filter_map(JsonValue::word)) {
        ties.put("source type", Some(Role::Keep), kinds);
    }
}

/// Returns the names of an entity or person, the usual one first.
fn names_of<'a>(details: JsonValue<'a, '_>) -> Vec<Cow<'a, str>> {
    let mut names: Vec<Cow<'a, str>> = details.word_of("name").into_iter().collect();
    let full = |name: JsonValue<'a, '_>| {
        name.word_of("fullName").or_else(|| {
            let parts = ["givenName", "patronymicName", "familyName"].iter().filter_map(|part| name.word_of(part));
            let parts: Vec<Cow<'a, str>> = parts.collect();
            (!parts.is_empty()).then(|| parts.join(" ").into())
        })
    };
    let listed: Vec<JsonValue<'a, '_>> = details.get("names").into_iter().flat_map(JsonValue::items).collect();
    let is_usual = |name: &&JsonValue<'a, '_>| name.says("type", "individual") || name.says("type", "legal");
    names.extend(listed.iter().filter(is_usual).filter_map(|name| full(*name)));
    names.extend(listed.iter().filter(|name| !is_usual(name)).filter_map(|name| full(*name)));
    names
}

/// Returns the words of a value that is an object or a list of one: the name of a country, the line of an address.
fn shortened<'a, 't>(value: JsonValue<'a, 't>) -> JsonValue<'a, 't> {
    let mut items = value.items();
    let only = items.next().filter(|_| items.next().is_none());
    let object = only.unwrap_or(value);
    let is_named = object.is_object() && object.fields().all(|(name, _)| matches!(&*name, "name" | "code"));
    object.get("name").filter(|_| is_named).unwrap_or(object)
}
