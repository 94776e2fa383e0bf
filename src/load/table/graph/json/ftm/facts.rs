//! Entities that say something of one actor: sanctions, passports, notes, and addresses that nobody shares. Documents that
//! prove nothing are sources all the same.

use std::borrow::Cow;

use crate::load::table::graph::json::document::add_note;
use crate::load::table::graph::json::value::JsonValue;
use crate::load::table::types::{Stop, TableNote};
use crate::model::Severity;
use crate::wording::read::{Role, read_stage};

use super::interval::{MAX_COPIED, OF_SOURCES, SUMMARIES};
use super::schema::{ADDRESS, RemarkSchema, remark_of};
use super::source::sources_of_fact;
use super::{FtmReader, MAX_TIES, dates, id_of, values, words};

impl<'a> FtmReader<'_, 'a, '_> {
    /// Makes a fact about each actor that an entity names.
    pub(super) fn facts(
        &mut self,
        (id, schema): (Cow<'a, str>, &Cow<'a, str>),
        properties: JsonValue<'a, '_>,
        remark: &RemarkSchema,
        number: u32,
    ) -> Result<(), Stop> {
        let holders: Vec<Cow<'a, str>> = values(properties, remark.holder).filter_map(id_of).collect();
        if holders.is_empty() {
            self.left_out.add(schema);
            return Ok(());
        }
        // Each fact gets a copy of all properties.
        let is_large = holders.len() > 1 && holders.len().saturating_mul(properties.json().len()) > MAX_COPIED;
        if holders.len() > MAX_TIES || is_large {
            let message = format!("facts about {} actors are too many for one entity", holders.len());
            let note = TableNote::new(Severity::Error, message, "give each actor an entity of its own");
            add_note(&mut self.graph.notes, note.in_sheet(Some("facts")).at_row(number));
            return Ok(());
        }
        for (index, holder) in holders.into_iter().enumerate() {
            // Values of which one is chosen are noted once.
            self.fact((id.clone(), schema), holder, properties, remark, (number, index == 0))?;
        }
        Ok(())
    }

    /// Makes a fact of an address that one actor has.
    pub(super) fn address(
        &mut self,
        (id, schema): (Cow<'a, str>, &Cow<'a, str>),
        properties: JsonValue<'a, '_>,
        number: u32,
    ) -> Result<(), Stop> {
        let Some(holder) = self.known.addresses.get(&id).cloned().flatten() else { return Ok(()) };
        self.fact((id, schema), holder, properties, &ADDRESS, (number, true))
    }

    /// Takes a document that proves nothing as a source.
    pub(super) fn document(&mut self, (id, schema): (Cow<'a, str>, &str), number: u32) -> Result<(), Stop> {
        let document = self.known.documents.find(&id).cloned().filter(super::source::FtmDocument::is_named);
        let Some(document) = document else {
            self.left_out.add(schema);
            return Ok(());
        };
        self.graph.set_fact(id, "".into(), "".into());
        document.put(&mut self.graph.facts);
        self.graph.facts.end(number, self.meter)
    }

    fn fact(
        &mut self,
        (id, schema): (Cow<'a, str>, &Cow<'a, str>),
        holder: Cow<'a, str>,
        properties: JsonValue<'a, '_>,
        remark: &RemarkSchema,
        (number, is_first): (u32, bool),
    ) -> Result<(), Stop> {
        let sources = sources_of_fact(properties, remark, &self.known.documents);
        self.graph.set_fact(id.clone(), holder, remark_of(properties, remark).into());
        self.graph.facts.put("schema", Some(Role::Keep), schema.clone());
        let has = |name: &str| !words(properties, name).is_empty();
        let summary = ["reason"].iter().chain(&SUMMARIES).find(|name| has(name)).copied();
        let is_dated = has("date") || has("startDate");
        let mut notes = Vec::new();
        for (property, value) in properties.fields() {
            let all: Vec<Cow<'a, str>> = value.each().filter_map(id_of).collect();
            let is_found = || all.iter().all(|id| self.known.documents.find(id).is_some());
            let role = match &*property {
                property if property == remark.holder => continue,
                property if (property == "proof" || Some(property) == remark.document) && is_found() => continue,
                property if !sources.is_empty() && OF_SOURCES.contains(&property) => continue,
                property if Some(property) == summary => Role::Summary,
                "startDate" => Role::Start,
                "endDate" => Role::End,
                "date" => Role::Date,
                "listingDate" if !is_dated => Role::Date,
                "status" if all.first().is_some_and(|word| read_stage(word).is_some()) => Role::Stage,
                _ => Role::Keep,
            };
            // It is kept under its own name where it is not the date.
            let property = if role == Role::Date { "date" } else { &*property };
            dates::put(property, role, all, (number, &mut notes), &mut self.graph.facts);
        }
        if is_first {
            for note in notes {
                add_note(&mut self.graph.notes, note.in_sheet(Some("facts")));
            }
        }
        self.meter.check_columns(self.graph.facts.width(), number)?;
        let mut sources = sources.into_iter();
        if let Some(first) = sources.next() {
            first.put(&mut self.graph.facts);
        }
        self.graph.facts.end(number, self.meter)?;
        for further in sources.filter(|_| !id.is_empty()) {
            self.graph.set_fact(id.clone(), "".into(), "".into());
            further.brief().put(&mut self.graph.facts);
            self.graph.facts.end(number, self.meter)?;
        }
        Ok(())
    }
}
