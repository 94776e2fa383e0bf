//! Entities and relationships of `LittleSis`, as its API and its bulk download write them.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::{Stop, TableNote};
use crate::model::Severity;
use crate::wording::counted;
use crate::wording::read::Role;

use super::attributes::{joined, put_value};
use super::document::{LineCounter, for_each_value};
use super::value::JsonValue;

/// The categories of relationships by number, and whether they have a direction.
const CATEGORIES: [(&str, bool); 12] = [
    ("Position", true),
    ("Education", true),
    ("Membership", true),
    ("Family", false),
    ("Donation", true),
    ("Transaction", true),
    ("Lobbying", true),
    ("Social", false),
    ("Professional", false),
    ("Ownership", true),
    ("Hierarchy", true),
    ("Generic", false),
];
const ENDS: [&str; 2] = ["entity1_id", "entity2_id"];

/// Reads entities and relationships.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let mut notes = std::mem::take(&mut graph.notes);
    let mut reader = LittleSisReader { graph, meter, known: HashSet::new(), ends: Vec::new() };
    for_each_value(text, &mut notes, meter, |value, number, _| reader.value(value, number))?;
    let LittleSisReader { graph, known, ends, .. } = reader;
    graph.notes = notes;
    let mut missing = 0_usize;
    let mut added = HashSet::new();
    for (id, number) in ends {
        if !known.contains(&id) && added.insert(id.clone()) {
            missing += 1;
            // Another file may have its name.
            graph.set_actor(id, "");
            graph.actors.end(number, meter)?;
        }
    }
    if missing > 0 {
        let message = counted(
            missing,
            "entity is not in the file; its number is shown",
            "entities are not in the file; their numbers are shown",
        );
        graph.notes.push(TableNote::new(Severity::Warning, message, "open the file of entities, too"));
    }
    Ok(())
}

struct LittleSisReader<'g, 'a, 'm> {
    graph: &'g mut GraphTables<'a>,
    meter: &'m Meter<'m>,
    known: HashSet<Cow<'a, str>>,
    /// The ends of all relationships, with the numbers of those.
    ends: Vec<(Cow<'a, str>, u32)>,
}

impl<'a> LittleSisReader<'_, 'a, '_> {
    /// Reads a response of the API, or a single record of the bulk download.
    fn value(&mut self, value: JsonValue<'a, '_>, number: u32) -> Result<(), Stop> {
        let parts = ["data", "included"].map(|name| value.get(name));
        if parts[0].is_none() {
            return self.record(value, number);
        }
        let mut lines = LineCounter::new(value.source());
        for record in parts.into_iter().flatten().flat_map(JsonValue::each) {
            self.record(record, number - 1 + lines.line(record.offset()))?;
        }
        Ok(())
    }

    fn record(&mut self, record: JsonValue<'a, '_>, number: u32) -> Result<(), Stop> {
        let Some(attributes) = record.get("attributes").filter(|attributes| attributes.is_object()) else {
            return Ok(());
        };
        let id = record.word_of("id").or_else(|| attributes.word_of("id")).unwrap_or_default();
        let page = record.path(&["links", "self"]).or_else(|| record.get("self")).and_then(JsonValue::text);
        if attributes.has(ENDS[0]) {
            self.relationship(id, attributes, page, number)
        } else {
            self.entity(id, attributes, page, number)
        }
    }

    fn entity(
        &mut self,
        id: Cow<'a, str>,
        attributes: JsonValue<'a, '_>,
        page: Option<Cow<'a, str>>,
        number: u32,
    ) -> Result<(), Stop> {
        if id.is_empty() || !self.known.insert(id.clone()) {
            return Ok(());
        }
        let actors = &mut self.graph.actors;
        let own_name = attributes.word_of("name").unwrap_or_default();
        let aliases = attributes.get("aliases").into_iter().flat_map(JsonValue::each).filter_map(JsonValue::word);
        if let Some(aliases) = joined(aliases.filter(|alias| *alias != own_name)) {
            actors.put("aliases", Some(Role::Alias), aliases);
        }
        for (name, value) in attributes.fields() {
            let role = match &*name {
                "id" | "name" | "aliases" => continue,
                "primary_ext" => Some(Role::Kind),
                "blurb" => Some(Role::Summary),
                // Beside the blurb, which is one line, it is a long text.
                "summary" | "types" | "updated_at" => Some(Role::Keep),
                "website" => Some(Role::Url),
                "tags" => Some(Role::Tag),
                "start_date" => Some(Role::Start),
                "end_date" => Some(Role::End),
                _ => None,
            };
            put_value(actors, name, role, value, (number, self.meter))?;
        }
        if let Some(page) = page {
            let role = if attributes.word_of("website").is_some() { Role::Keep } else { Role::Url };
            actors.put("LittleSis", Some(role), page);
        }
        self.graph.set_actor(id, own_name);
        self.graph.actors.end(number, self.meter)
    }

    fn relationship(
        &mut self,
        id: Cow<'a, str>,
        attributes: JsonValue<'a, '_>,
        page: Option<Cow<'a, str>>,
        number: u32,
    ) -> Result<(), Stop> {
        let ends = ENDS.map(|end| attributes.word_of(end).unwrap_or_default());
        let category = attributes.word_of("category_id").and_then(|number| number.parse::<usize>().ok());
        let category = category.and_then(|number| CATEGORIES.get(number.checked_sub(1)?));
        self.ends.extend(ends.iter().filter(|end| !end.is_empty()).map(|end| (end.clone(), number)));
        self.graph.set_tie(id, ends, category.map(|(_, is_directed)| *is_directed));
        let ties = &mut self.graph.ties;
        if let Some((kind, _)) = category {
            ties.put("category", Some(Role::Kind), *kind);
        }
        let is_over = attributes.get("is_current").and_then(JsonValue::flag) == Some(false);
        if is_over {
            ties.put("stage", Some(Role::Stage), "ended");
        }
        for (name, value) in attributes.fields() {
            let role = match &*name {
                "id" | "entity1_id" | "entity2_id" | "category_name" => continue,
                "category_id" if category.is_some() => continue,
                "is_current" if is_over => continue,
                "description1" => Some(Role::Label),
                // A sentence with both names, or what the other end is to this one.
                "description" => Some(Role::Summary),
                "description2" | "goods" | "filings" | "updated_at" | "is_current" => Some(Role::Keep),
                "start_date" => Some(Role::Start),
                "end_date" => Some(Role::End),
                "amount" => Some(Role::Amount),
                "currency" => Some(Role::Currency),
                _ => None,
            };
            put_value(ties, name, role, value, (number, self.meter))?;
        }
        if let Some(page) = page {
            ties.put("source title", Some(Role::SourceTitle), "LittleSis");
            ties.put("source url", Some(Role::SourceUrl), page);
            ties.put("source publisher", Some(Role::SourcePublisher), "LittleSis");
        }
        ties.end(number, self.meter)
    }
}
