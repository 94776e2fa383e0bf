//! Bundles of STIX 2: objects as actors, relationships and sightings as ties, whose references and reports are their
//! sources.

mod source;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::load::table::graph::GraphTables;
use crate::load::table::limits::Meter;
use crate::load::table::types::Stop;
use crate::wording::read::Role;

use super::attributes::{LeftOut, brief, joined, put_value};
use super::document::{LineCounter, scan_noted};
use super::value::JsonValue;
use source::Sources;

/// Objects that say how others are marked or written.
const FRAMES: [&str; 3] = ["marking-definition", "extension-definition", "language-content"];
/// Fields of all objects that say how they were made.
const FRAME_FIELDS: [&str; 12] = [
    "type",
    "id",
    "spec_version",
    "created",
    "modified",
    "created_by_ref",
    "object_marking_refs",
    "granular_markings",
    "lang",
    "extensions",
    "defanged",
    "relationship_type",
];

/// The maximum number of places where one sighting was.
const MAX_PLACES: usize = 64;
/// About what an object takes in the index of objects.
const BYTES_OF_OBJECT: usize = 150;

/// Reads a bundle.
pub(super) fn read<'a>(text: &'a str, graph: &mut GraphTables<'a>, meter: &Meter) -> Result<(), Stop> {
    let tape = scan_noted(text, &mut graph.notes, meter)?;
    let Some(root) = JsonValue::root(text, &tape) else { return Ok(()) };
    let count = root.get("objects").map_or(0, |objects| objects.items().count());
    meter.count_index(count, BYTES_OF_OBJECT)?;
    let all: Vec<JsonValue<'a, '_>> = root.get("objects").into_iter().flat_map(JsonValue::items).collect();
    let objects = Objects::new(&all);
    let sources = Sources::new(&all, &objects);
    let mut lines = LineCounter::new(text);
    let mut reader = StixReader { graph, meter, objects: &objects, sources: &sources, left_out: LeftOut::default() };
    for (index, object) in all.iter().enumerate() {
        let number = lines.line(object.offset());
        let kind = object.word_of("type").unwrap_or_default();
        match &*kind {
            _ if !objects.is_newest(*object, index) => reader.left_out.add("earlier versions"),
            "relationship" => reader.relationship(*object, number)?,
            "sighting" => reader.sighting(*object, number)?,
            kind if FRAMES.contains(&kind) => reader.left_out.add(kind),
            _ if sources.is_source(*object) => {}
            _ => reader.actor(*object, &kind, number)?,
        }
    }
    reader.left_out.note("objects that are neither actors nor ties are", &mut reader.graph.notes);
    Ok(())
}

/// The objects of a bundle: the place of the newest version of each, by id.
struct Objects<'a, 't> {
    newest: HashMap<Cow<'a, str>, (usize, JsonValue<'a, 't>)>,
}

impl<'a, 't> Objects<'a, 't> {
    fn new(all: &[JsonValue<'a, 't>]) -> Self {
        let mut newest: HashMap<Cow<'a, str>, (usize, JsonValue<'a, 't>)> = HashMap::new();
        for (index, object) in all.iter().enumerate() {
            let Some(id) = object.word_of("id") else { continue };
            let modified = |object: JsonValue<'a, 't>| object.word_of("modified").unwrap_or_default();
            let before = newest.entry(id).or_insert((index, *object));
            if modified(*object) >= modified(before.1) {
                *before = (index, *object);
            }
        }
        Self { newest }
    }

    fn is_newest(&self, object: JsonValue<'a, '_>, index: usize) -> bool {
        object.word_of("id").and_then(|id| self.newest.get(&id)).is_none_or(|(newest, _)| *newest == index)
    }

    fn find(&self, id: &str) -> Option<JsonValue<'a, 't>> {
        self.newest.get(id).map(|(_, object)| *object)
    }

    /// Returns the name of who made an object.
    fn creator(&self, object: JsonValue<'a, '_>) -> Option<Cow<'a, str>> {
        self.find(&object.word_of("created_by_ref")?)?.word_of("name")
    }
}

struct StixReader<'g, 'a, 't, 'm> {
    graph: &'g mut GraphTables<'a>,
    meter: &'m Meter<'m>,
    objects: &'g Objects<'a, 't>,
    sources: &'g Sources<'a>,
    left_out: LeftOut,
}

impl<'a> StixReader<'_, 'a, '_, '_> {
    fn actor(&mut self, object: JsonValue<'a, '_>, kind: &str, number: u32) -> Result<(), Stop> {
        let id = object.word_of("id").unwrap_or_default();
        let name = object.first_word(&["name", "value", "path", "user_id", "subject", "key", "pattern", "abstract"]);
        self.graph.set_actor(id.clone(), name.unwrap_or(id.clone()));
        let (actors, at) = (&mut self.graph.actors, (number, self.meter));
        actors.put("type", Some(Role::Kind), kind.to_owned());
        for (name, value) in object.fields() {
            let role = match &*name {
                "name" | "external_references" => continue,
                name if FRAME_FIELDS.contains(&name) || is_reference(name) => continue,
                "description" => Role::Summary,
                "aliases" | "x_mitre_aliases" => Role::Alias,
                "labels" => Role::Tag,
                _ => Role::Keep,
            };
            put_value(actors, name, Some(role), value, at)?;
        }
        if let Some(creator) = self.objects.creator(object) {
            actors.put("created by", Some(Role::Keep), creator);
        }
        let references = object.get("external_references").into_iter().flat_map(JsonValue::items);
        let mut further = Vec::new();
        for reference in references {
            let register = reference.word_of("source_name");
            match (register, reference.word_of("external_id")) {
                (Some(register), Some(id)) => actors.put(register, Some(Role::Identifier), id),
                (register, _) => further.extend(reference.word_of("url").or(register)),
            }
            self.meter.check_columns(actors.width(), number)?;
        }
        if let Some(further) = joined(further) {
            actors.put("references", Some(Role::Keep), further);
        }
        actors.end(number, self.meter)?;
        self.references(object, id, number)
    }

    /// Makes ties of the objects that an object refers to.
    fn references(&mut self, object: JsonValue<'a, '_>, id: Cow<'a, str>, number: u32) -> Result<(), Stop> {
        let id = brief(id);
        for (name, value) in object.fields().filter(|(name, _)| is_reference(name)) {
            let kind = match name.trim_end_matches('s').trim_end_matches("_ref") {
                "object" => "refers to".to_owned(),
                kind => kind.replace('_', "-"),
            };
            for other in value.each().filter_map(JsonValue::word) {
                if self.objects.find(&other).is_some_and(|other| is_actor(other) && !self.sources.is_source(other)) {
                    self.graph.set_tie("", [id.clone(), other], Some(true));
                    self.graph.ties.put("type", Some(Role::Kind), kind.clone());
                    self.graph.ties.end(number, self.meter)?;
                }
            }
        }
        Ok(())
    }

    fn relationship(&mut self, object: JsonValue<'a, '_>, number: u32) -> Result<(), Stop> {
        let ends = ["source_ref", "target_ref"].map(|end| object.word_of(end).unwrap_or_default());
        let kind = object.word_of("relationship_type").unwrap_or("related-to".into());
        self.tie(object, ends, kind, number)
    }

    /// Reads who saw something, for each place where it was seen.
    fn sighting(&mut self, object: JsonValue<'a, '_>, number: u32) -> Result<(), Stop> {
        let seen = object.word_of("sighting_of_ref").unwrap_or_default();
        let places = object.get("where_sighted_refs").into_iter().flat_map(JsonValue::each).filter_map(JsonValue::word);
        let mut places: Vec<Cow<'a, str>> = places.collect();
        if places.is_empty() {
            places.push(object.word_of("created_by_ref").unwrap_or_default());
        }
        for place in places.into_iter().take(MAX_PLACES) {
            self.tie(object, [place, seen.clone()], "sighting".into(), number)?;
        }
        Ok(())
    }

    fn tie(
        &mut self,
        object: JsonValue<'a, '_>,
        ends: [Cow<'a, str>; 2],
        kind: Cow<'a, str>,
        number: u32,
    ) -> Result<(), Stop> {
        let id = object.word_of("id").unwrap_or_default();
        // STIX calls these relations mutual.
        let is_directed = !matches!(&*kind, "related-to" | "duplicate-of");
        self.graph.set_tie(id.clone(), ends, Some(is_directed));
        let (ties, at) = (&mut self.graph.ties, (number, self.meter));
        ties.put("type", Some(Role::Kind), kind);
        for (name, value) in object.fields() {
            let role = match &*name {
                "source_ref" | "target_ref" | "external_references" => continue,
                name if FRAME_FIELDS.contains(&name) || is_reference(name) => continue,
                "description" => Role::Summary,
                "labels" => Role::Tag,
                "start_time" | "first_seen" => Role::Start,
                "stop_time" | "last_seen" => Role::End,
                "confidence" => {
                    if let Some(word) = value.number().and_then(confidence) {
                        ties.put("confidence", Some(Role::Confidence), word);
                    }
                    ties.put("confidence", Some(Role::Keep), value.word().unwrap_or_default());
                    continue;
                }
                "revoked" => {
                    if value.flag() == Some(true) {
                        ties.put("revoked", Some(Role::Status), "retracted");
                    }
                    continue;
                }
                _ => Role::Keep,
            };
            put_value(ties, name, Some(role), value, at)?;
        }
        let mut sources = self.sources.of(object, self.objects).into_iter();
        if let Some(first) = sources.next() {
            first.put(ties);
        }
        ties.end(number, self.meter)?;
        for further in sources {
            self.graph.set_tie(id.clone(), Default::default(), None);
            further.put(&mut self.graph.ties);
            self.graph.ties.end(number, self.meter)?;
        }
        Ok(())
    }
}

/// Whether a field names other objects.
fn is_reference(name: &str) -> bool {
    name != "created_by_ref" && name != "object_marking_refs" && (name.ends_with("_ref") || name.ends_with("_refs"))
}

/// Whether an object becomes an actor, unless it is a source.
fn is_actor(object: JsonValue<'_, '_>) -> bool {
    let kind = object.word_of("type").unwrap_or_default();
    !matches!(&*kind, "relationship" | "sighting") && !FRAMES.contains(&&*kind)
}

/// Returns the word for a confidence from 0 to 100, by the scale of STIX with three steps.
fn confidence(value: f64) -> Option<&'static str> {
    match value {
        1.0..30.0 => Some("low"),
        30.0..70.0 => Some("medium"),
        70.0..=100.0 => Some("high"),
        _ => None,
    }
}
