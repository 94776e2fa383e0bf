//! Entities of `FollowTheMoney`, one in each line, as Aleph and `OpenSanctions` write them. Ties are entities, too:
//! Ownership, Directorship and others, with their sources; so are facts about actors, such as Sanction and Passport.

mod dates;
mod facts;
mod interval;
mod schema;
mod source;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::hidden_characters::visible;
use crate::load::table::graph::{GraphRows, GraphTables};
use crate::load::table::limits::Meter;
use crate::load::table::types::{Stop, TableNote};
use crate::model::Severity;
use crate::wording::read::Role;

use super::attributes::{LeftOut, brief, joined};
use super::document::{add_note, for_each_value};
use super::value::JsonValue;
use schema::{SchemaSort, sort_of};
use source::{Documents, FtmDocument};

/// How deep entities are written within others.
const MAX_NESTED: usize = 4;
/// The maximum number of ties that one entity becomes, between all its ends.
const MAX_TIES: usize = 64;
/// Properties that are shown in place of a name, the first that an entity has.
const NAMES: [&str; 5] = ["title", "full", "subject", "fileName", "summary"];
/// Fields of the entity itself that are kept.
const KEPT: [&str; 2] = ["datasets", "referents"];

/// Reads entities.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let mut notes = std::mem::take(&mut graph.notes);
    let mut known = Known::default();
    for_each_value(text, &mut notes, meter, |value, number, notes| {
        known.add(value, MAX_NESTED);
        check_form(value, number, notes);
        Ok(())
    })?;
    known.settle_addresses();
    let mut reader = FtmReader { graph, meter, known: &known, done: HashSet::new(), left_out: LeftOut::default() };
    // What is wrong with the file was noted when it was read first.
    for_each_value(text, &mut Vec::new(), meter, |value, number, _| reader.entity(value, number, MAX_NESTED))?;
    let FtmReader { graph, left_out, .. } = reader;
    left_out.note("what is neither an actor, a tie, a fact nor a source is", &mut notes);
    notes.append(&mut graph.notes);
    graph.notes = notes;
    Ok(())
}

/// Notes properties that are no lists.
fn check_form(entity: JsonValue<'_, '_>, number: u32, notes: &mut Vec<TableNote>) {
    let properties = entity.get("properties").into_iter().flat_map(JsonValue::fields);
    let odd = properties.filter(|(_, value)| !value.is_list() && value.word().is_some()).map(|(name, _)| name).next();
    if let Some(name) = odd {
        let message = format!("“{}” is not a list; its value is read as a list of one", visible(&name));
        add_note(notes, TableNote::new(Severity::Remark, message, "").at_row(number));
    }
}

/// The name of a register, and a number in it.
type RegisterNumber<'a> = (Cow<'a, str>, Cow<'a, str>);

/// What the entities of a file are, before they are read.
#[derive(Default)]
struct Known<'a> {
    actors: HashSet<Cow<'a, str>>,
    documents: Documents<'a>,
    /// The ends of ties, which may be documents.
    ends: HashSet<Cow<'a, str>>,
    /// The numbers of passports and the like by their holder, with their registers.
    numbers: HashMap<Cow<'a, str>, Vec<RegisterNumber<'a>>>,
    /// Addresses with the only actor that has each, or `None` if several have it.
    addresses: HashMap<Cow<'a, str>, Option<Cow<'a, str>>>,
}

impl<'a> Known<'a> {
    fn add(&mut self, entity: JsonValue<'a, '_>, depth: usize) {
        let Some(properties) = entity.get("properties").filter(|properties| properties.is_object()) else { return };
        let (id, schema) = (entity.word_of("id").unwrap_or_default(), entity.word_of("schema").unwrap_or_default());
        match sort_of(&schema) {
            SchemaSort::Actor => {
                self.add_addresses(entity, properties);
                self.actors.insert(id);
            }
            SchemaSort::Document => self.documents.add(id, FtmDocument::of(entity, properties)),
            SchemaSort::Tie(edge) => {
                for end in [edge.source, edge.target] {
                    self.ends.extend(values(properties, end).filter_map(id_of));
                }
                self.documents.cited.extend(values(properties, "proof").filter_map(id_of));
            }
            SchemaSort::Remark(remark) => {
                let number =
                    schema::identifier_of(&schema, properties).map(|(register, number)| (register, brief(number)));
                for holder in values(properties, remark.holder).filter_map(id_of) {
                    if let Some(number) = number.clone() {
                        self.numbers.entry(holder.clone()).or_default().push(number);
                    }
                    // A document of which something is said is shown.
                    self.ends.insert(holder);
                }
                let proofs = ["proof"].into_iter().chain(remark.document).flat_map(|name| values(properties, name));
                self.documents.cited.extend(proofs.filter_map(id_of));
            }
            SchemaSort::Other => {}
        }
        if depth > 0 {
            for (_, value) in properties.fields() {
                for inner in value.each().filter(|inner| inner.is_object()) {
                    self.add(inner, depth - 1);
                }
            }
        }
    }

    fn add_addresses(&mut self, holder: JsonValue<'a, '_>, properties: JsonValue<'a, '_>) {
        for (property, value) in properties.fields().filter(|(property, _)| schema::is_reference(property)) {
            for other in value.each().filter_map(id_of) {
                let holder = holder.word_of("id").filter(|_| property == "addressEntity");
                let known = self.addresses.entry(other).or_insert_with(|| holder.clone());
                if *known != holder {
                    *known = None;
                }
            }
        }
    }

    /// Takes the addresses that one actor has for facts about it; one that several have ties them, so it stays an actor.
    fn settle_addresses(&mut self) {
        let Self { actors, ends, addresses, .. } = self;
        addresses.retain(|address, holder| {
            let is_held = holder.as_ref().is_some_and(|holder| holder != address && actors.contains(holder));
            is_held && actors.contains(address) && !ends.contains(address)
        });
    }

    /// Whether an entity is an actor or a fact about one.
    fn is_shown(&self, id: &str) -> bool {
        self.is_actor(id) || self.addresses.contains_key(id)
    }

    /// Whether an entity is an actor: a document is one if it is the end of a tie or something is said of it.
    fn is_actor(&self, id: &str) -> bool {
        (self.actors.contains(id) && !self.addresses.contains_key(id))
            || (self.ends.contains(id) && self.documents.find(id).is_some())
    }
}

/// Returns the values of a property.
fn values<'a, 't>(properties: JsonValue<'a, 't>, name: &str) -> impl Iterator<Item = JsonValue<'a, 't>> + use<'a, 't> {
    properties.get(name).into_iter().flat_map(JsonValue::each)
}

/// Returns the words of the values of a property.
fn words<'a>(properties: JsonValue<'a, '_>, name: &str) -> Vec<Cow<'a, str>> {
    values(properties, name).filter_map(JsonValue::word).filter(|word| !word.trim().is_empty()).collect()
}

/// Returns the id of an entity, which may stand whole in the place of its id.
fn id_of<'a>(value: JsonValue<'a, '_>) -> Option<Cow<'a, str>> {
    value.word().or_else(|| value.word_of("id")).filter(|id| !id.is_empty())
}

/// Puts the numbers of documents that an actor holds, but those that it has as properties.
fn put_numbers<'a>(numbers: &[RegisterNumber<'a>], properties: JsonValue<'a, '_>, actors: &mut GraphRows<'a>) {
    let mut by_register: BTreeMap<&Cow<'a, str>, Vec<Cow<'a, str>>> = BTreeMap::new();
    for (register, number) in numbers {
        let own = words(properties, register);
        let all = by_register.entry(register).or_insert(own);
        if !all.contains(number) {
            all.push(number.clone());
        }
    }
    for (register, numbers) in by_register {
        if let Some(numbers) = joined(numbers) {
            actors.put(register.clone(), Some(Role::Identifier), numbers);
        }
    }
}

struct FtmReader<'g, 'a, 'm> {
    graph: &'g mut GraphTables<'a>,
    meter: &'m Meter<'m>,
    known: &'g Known<'a>,
    /// Entities that stand within others and were read there.
    done: HashSet<Cow<'a, str>>,
    left_out: LeftOut,
}

impl<'a> FtmReader<'_, 'a, '_> {
    fn entity(&mut self, entity: JsonValue<'a, '_>, number: u32, depth: usize) -> Result<(), Stop> {
        let Some(properties) = entity.get("properties").filter(|properties| properties.is_object()) else {
            return Ok(());
        };
        let (id, schema) = (entity.word_of("id").unwrap_or_default(), entity.word_of("schema").unwrap_or_default());
        if depth > 0 {
            for (_, value) in properties.fields() {
                for inner in value.each().filter(|inner| inner.has_all(&["id", "properties"])) {
                    if inner.word_of("id").is_some_and(|id| self.done.insert(id)) {
                        self.entity(inner, number, depth - 1)?;
                    }
                }
            }
        }
        if depth == MAX_NESTED && self.done.contains(&id) {
            return Ok(());
        }
        match sort_of(&schema) {
            SchemaSort::Tie(edge) => match schema::single_of(edge, properties) {
                Some(activity) => self.facts((id, &schema), properties, &activity, number),
                None => self.tie((id, &schema), properties, edge, number),
            },
            SchemaSort::Actor if self.known.is_actor(&id) => self.actor((id, schema), entity, properties, number),
            SchemaSort::Actor => self.address((id, &schema), properties, number),
            SchemaSort::Document => {
                let is_letter = self.letter((&id, &schema), properties, number)?;
                if self.known.is_actor(&id) {
                    return self.actor((id, schema), entity, properties, number);
                }
                if is_letter || self.known.documents.is_cited(&id) {
                    return Ok(());
                }
                self.document((id, &schema), number)
            }
            SchemaSort::Remark(remark) => self.facts((id, &schema), properties, &remark, number),
            SchemaSort::Other => {
                self.left_out.add(&schema);
                Ok(())
            }
        }
    }

    fn actor(
        &mut self,
        (id, schema): (Cow<'a, str>, Cow<'a, str>),
        entity: JsonValue<'a, '_>,
        properties: JsonValue<'a, '_>,
        number: u32,
    ) -> Result<(), Stop> {
        let mut names = words(properties, "name");
        let name = entity.word_of("caption").or_else(|| names.first().cloned());
        let further = || NAMES.iter().find_map(|property| words(properties, property).into_iter().next());
        let name = name.or_else(further).unwrap_or_default();
        names.retain(|other| *other != name);
        let url = ["website", "sourceUrl"].into_iter().find(|field| !words(properties, field).is_empty());
        let summary = ["summary", "description"].into_iter().find(|field| !words(properties, field).is_empty());
        self.graph.set_actor(id.clone(), name);
        let actors = &mut self.graph.actors;
        actors.put("schema", Some(Role::Kind), schema);
        if let Some(names) = joined(names) {
            actors.put("name", Some(Role::Alias), names);
        }
        for (property, value) in properties.fields() {
            let all: Vec<Cow<'a, str>> = value.each().filter_map(id_of).collect();
            let role = match &*property {
                "name" => continue,
                property if schema::is_reference(property) && all.iter().any(|id| self.known.is_shown(id)) => continue,
                "alias" | "previousName" | "weakAlias" | "abbreviation" => Role::Alias,
                "topics" | "keywords" => Role::Tag,
                "incorporationDate" | "buildDate" => Role::Start,
                "dissolutionDate" => Role::End,
                property if Some(property) == summary => Role::Summary,
                property if Some(property) == url => {
                    let mut all = all.into_iter();
                    actors.put(property.to_owned(), Some(Role::Url), all.next().unwrap_or_default());
                    if let Some(further) = joined(all) {
                        actors.put(property.to_owned(), Some(Role::Keep), further);
                    }
                    continue;
                }
                property if schema::is_identifier(property) => Role::Identifier,
                _ => Role::Keep,
            };
            dates::put(&property, role, all, (number, &mut self.graph.notes), actors);
            self.meter.check_columns(actors.width(), number)?;
        }
        for name in KEPT {
            if let Some(kept) = entity.get(name).and_then(|kept| joined(kept.each().filter_map(JsonValue::word))) {
                actors.put(name, Some(Role::Keep), kept);
            }
        }
        put_numbers(self.known.numbers.get(&id).map_or(&[], Vec::as_slice), properties, actors);
        actors.end(number, self.meter)?;
        self.references(id, properties, number)
    }
}
