//! Entities that are ties, and properties of actors that name other actors.

use std::borrow::Cow;

use crate::load::table::graph::json::attributes::brief;
use crate::load::table::graph::json::document::add_note;
use crate::load::table::graph::json::value::JsonValue;
use crate::load::table::types::{Stop, TableNote};
use crate::model::Severity;
use crate::wording::read::{Role, read_stage};

use super::schema::{EdgeSchema, is_reference, letter_of};
use super::source::{FtmDocument, sources_of};
use super::{FtmReader, MAX_TIES, dates, id_of, values, words};

/// The properties that say what one end is to the other; the first that an entity has is its label.
const LABELS: [&str; 6] = ["role", "relationship", "controlType", "purpose", "subject", "goodsDescription"];
/// The bytes of the properties of all ties that one entity is.
pub(super) const MAX_COPIED: usize = 1 << 20;
/// The properties of a letter that its tie has; the others are of the document.
const OF_LETTERS: [&str; 3] = ["subject", "threadTopic", "date"];
pub(super) const SUMMARIES: [&str; 3] = ["summary", "description", "notes"];
/// Properties that say where an entity comes from, which sources have.
pub(super) const OF_SOURCES: [&str; 3] = ["sourceUrl", "publisher", "retrievedAt"];

impl<'a> FtmReader<'_, 'a, '_> {
    /// Makes a tie of each pair of ends.
    pub(super) fn tie(
        &mut self,
        (id, schema): (Cow<'a, str>, &Cow<'a, str>),
        properties: JsonValue<'a, '_>,
        edge: EdgeSchema,
        number: u32,
    ) -> Result<(), Stop> {
        let ends = |end: &str| values(properties, end).filter_map(id_of).collect::<Vec<Cow<'a, str>>>();
        let (mut from, mut to) = (ends(edge.source), ends(edge.target));
        let pairs = from.len() * to.len();
        // Each tie gets a copy of all properties.
        let is_large = || pairs > 1 && pairs.saturating_mul(properties.json().len()) > MAX_COPIED;
        if pairs > MAX_TIES || is_large() {
            let message = format!("ties between {} and {} ends are too many for one entity", from.len(), to.len());
            let note = TableNote::new(Severity::Error, message, "give each pair an entity of its own");
            add_note(&mut self.graph.notes, note.in_sheet(Some("ties")).at_row(number));
            return Ok(());
        }
        // A missing end is reported when the row is read.
        for ends in [&mut from, &mut to].into_iter().filter(|ends| ends.is_empty()) {
            ends.push(Cow::Borrowed(""));
        }
        let sources = self.sources(&id, schema, properties);
        let pairs = from.iter().flat_map(|from| to.iter().map(move |to| [from.clone(), to.clone()]));
        for (index, pair) in pairs.enumerate() {
            self.graph.set_tie(id.clone(), pair, Some(edge.is_directed));
            self.graph.ties.put("schema", Some(Role::Kind), schema.clone());
            // Values of which one is chosen are noted once.
            self.put_properties(properties, edge, !sources.is_empty(), number, index == 0);
            self.meter.check_columns(self.graph.ties.width(), number)?;
            let mut sources = sources.iter().cloned();
            if let Some(first) = sources.next() {
                first.put(&mut self.graph.ties);
            }
            self.graph.ties.end(number, self.meter)?;
            for further in sources.filter(|_| !id.is_empty()) {
                self.graph.set_tie(id.clone(), Default::default(), None);
                further.put(&mut self.graph.ties);
                self.graph.ties.end(number, self.meter)?;
            }
        }
        Ok(())
    }

    /// Returns the sources of a tie; a letter is its own.
    fn sources(&self, id: &str, schema: &str, properties: JsonValue<'a, '_>) -> Vec<FtmDocument<'a>> {
        let letter = letter_of(schema).and_then(|_| self.known.documents.find(id).cloned());
        match letter.filter(FtmDocument::is_named) {
            Some(letter) => vec![letter],
            None => sources_of(properties, &self.known.documents),
        }
    }

    /// Makes ties of a letter between actors; returns whether it is one.
    pub(super) fn letter(
        &mut self,
        (id, schema): (&Cow<'a, str>, &Cow<'a, str>),
        properties: JsonValue<'a, '_>,
        number: u32,
    ) -> Result<bool, Stop> {
        let Some(letter) = letter_of(schema) else { return Ok(false) };
        let names = |end: &str| values(properties, end).any(|value| id_of(value).is_some());
        if !names(letter.source) || !names(letter.target) {
            return Ok(false);
        }
        self.tie((id.clone(), schema), properties, letter, number)?;
        Ok(true)
    }

    fn put_properties(
        &mut self,
        properties: JsonValue<'a, '_>,
        edge: EdgeSchema,
        has_source: bool,
        number: u32,
        is_first: bool,
    ) {
        let first = |names: &[&'static str]| names.iter().find(|name| !words(properties, name).is_empty()).copied();
        let (label, summary) = (first(&LABELS), first(&SUMMARIES));
        let mut notes = Vec::new();
        for (property, value) in properties.fields() {
            let mut all: Vec<Cow<'a, str>> = value.each().filter_map(id_of).collect();
            let role = match &*property {
                property if edge.is_letter() && !OF_LETTERS.contains(&property) => continue,
                property if property == edge.source || property == edge.target => continue,
                "proof" if all.iter().all(|id| self.known.documents.find(id).is_some()) => continue,
                property if has_source && OF_SOURCES.contains(&property) => continue,
                property if Some(property) == label => Role::Label,
                property if Some(property) == summary => Role::Summary,
                "startDate" => Role::Start,
                "endDate" => Role::End,
                "date" => Role::Date,
                "percentage" => Role::Share,
                "amount" => Role::Amount,
                "currency" => {
                    all = all.iter().map(|code| code.to_uppercase().into()).collect();
                    Role::Currency
                }
                "status" if all.first().is_some_and(|word| read_stage(word).is_some()) => Role::Stage,
                _ => Role::Keep,
            };
            dates::put(&property, role, all, (number, &mut notes), &mut self.graph.ties);
        }
        if is_first {
            for note in notes {
                add_note(&mut self.graph.notes, note.in_sheet(Some("ties")));
            }
        }
    }

    /// Makes ties of the actors that an actor names in its properties.
    pub(super) fn references(
        &mut self,
        id: Cow<'a, str>,
        properties: JsonValue<'a, '_>,
        number: u32,
    ) -> Result<(), Stop> {
        let id = brief(id);
        let source = sources_of(properties, &self.known.documents).into_iter().next().map(FtmDocument::brief);
        for (property, value) in properties.fields().filter(|(property, _)| is_reference(property)) {
            for other in value.each().filter_map(id_of).filter(|other| self.known.is_actor(other)) {
                self.graph.set_tie("", [id.clone(), other], Some(true));
                let kind = if property == "addressEntity" { "address".into() } else { property.clone() };
                self.graph.ties.put("schema", Some(Role::Kind), kind);
                if let Some(source) = source.clone() {
                    source.put(&mut self.graph.ties);
                }
                self.graph.ties.end(number, self.meter)?;
            }
        }
        Ok(())
    }
}
