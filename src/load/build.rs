//! Builds a map from records: resolves ids, checks all rules of the format, and leaves out only the parts that break
//! one.

mod amounts;
mod claims;
mod csl;
mod cycles;
mod head;
mod ids;
mod own_fields;
mod sources;
mod tables;
mod values;
mod views;

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::hidden_characters::visible;
use crate::model::{Actor, ActorId, Ends, Item, Key, MapParts, MetadataFields, Source};

use super::faults::{Faults, FieldPath};
use super::loose::Loose;
use super::records::{ActorRecord, ClaimRecord, FileRecord, JsonText, List, SourceRecord};
use super::{LoadError, ProgressFn, report_progress, share};
use head::Kinds;
use ids::{Ids, Kept, ListName};
use own_fields::own_fields;
use values::ValueReader;

pub(super) use views::{StoryPlaces, check_stories};

/// The result of building a map.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) parts: MapParts,
    /// The records by id.
    pub(crate) items: HashMap<Key, Item>,
    pub(crate) faults: Faults,
    /// The places of views and their steps.
    pub(crate) stories: Vec<StoryPlaces>,
    /// The reasons why the file must not be overwritten.
    pub(crate) read_only: Vec<String>,
}

/// Builds the parts of a map; `faults` contains earlier faults.
///
/// # Errors
///
/// If canceled.
pub(crate) fn build(file: FileRecord, faults: Faults, on_progress: ProgressFn) -> Result<Built, LoadError> {
    let mut reader = ValueReader { faults, ..ValueReader::default() };
    let reader = &mut reader;
    let read_only = reader.header(&file);
    reader.extras(&FieldPath::Root, &file.extras, FileRecord::FIELDS);
    let meta = reader.meta(file.map);
    let mut kinds = reader.kinds(file.kinds);

    let mut ids =
        Ids::with_capacity(length(&file.actors) + length(&file.sources) + length(&file.ties) + length(&file.facts));
    let actors = reader.keep_actors(&mut ids, file.actors);
    let sources = reader.keep_sources(&mut ids, file.sources);
    let ties = reader.keep_ties(&mut ids, file.ties);
    let facts = reader.keep_facts(&mut ids, file.facts);
    let imports = reader.imports(&mut ids, file.imports);
    report_progress(on_progress, share::KEPT)?;

    let mut parts = MapParts { meta, imports, ..MapParts::default() };
    parts.actors = actors.into_iter().map(|kept| reader.actor(&ids, &mut kinds, kept)).collect();
    parts.sources = sources.into_iter().map(|kept| reader.source(&ids, kept)).collect();
    parts.ties = ties.into_iter().map(|(kept, ends)| reader.tie(&ids, &mut kinds, kept, ends)).collect();
    parts.facts = facts.into_iter().map(|(kept, actor, text)| reader.fact(&ids, kept, actor, text)).collect();
    report_progress(on_progress, share::LINKED)?;
    reader.break_cycles(&mut parts, &ids);
    (parts.actor_kinds, parts.tie_kinds) = kinds.into_lists();
    parts.distinct = reader.distinct(&ids, file.distinct);
    let stories;
    (parts.views, stories) = reader.views(&mut ids, &parts, file.views);
    reader.remark_unused_sources(&parts, &ids);
    if parts.actors.is_empty() {
        let remedy = "add an actor: { \"id\": \"openai\", \"name\": \"OpenAI\" }";
        reader.faults.warn(&FieldPath::Root.field("actors"), format_args!("the map has no actors"), remedy);
    }
    ids.fill_suggestions(reader);
    Ok(Built { parts, items: ids.into_items(), faults: std::mem::take(&mut reader.faults), stories, read_only })
}

/// Reads a CSL-JSON item that is in no file; returns the source and the problems as sentences.
pub(crate) fn source_of_csl(item: &RawValue) -> (Source, Vec<String>) {
    let mut reader = ValueReader::default();
    let mut source = Source::default();
    reader.fill_from_csl(&FieldPath::Root, Some(item), &mut source);
    (source, reader.faults.listed.into_iter().map(|fault| fault.message).collect())
}

fn length<T>(list: &Loose<List<T>>) -> usize {
    match list {
        Loose::Good(list) => list.len(),
        Loose::Absent | Loose::Bad(_) => 0,
    }
}

impl ValueReader {
    /// Keeps the records with a valid id; `extra` reads other required fields.
    fn keep<'a, R, X>(
        &mut self,
        ids: &mut Ids,
        list: ListName,
        records: Vec<(usize, R)>,
        id_of: impl Fn(&mut R) -> Loose<JsonText<'a>>,
        mut extra: impl FnMut(&mut Self, &mut Ids, &FieldPath, &mut R) -> Option<X>,
    ) -> Vec<(Kept<R>, X)> {
        let at = FieldPath::Root.field(list.field());
        let mut kept = Vec::with_capacity(records.len());
        for (index, mut record) in records {
            let at = at.index(index);
            let Some(key) = ids.read(self, &at, (list, index), id_of(&mut record)) else { continue };
            match extra(self, ids, &at, &mut record) {
                None => ids.leave_out(&key, (list, index)),
                Some(extra) if ids.put(self, &at, &key, (list, index)) => {
                    kept.push((Kept { index, key, record }, extra));
                }
                Some(_) => {}
            }
        }
        kept
    }

    fn keep_actors<'a>(
        &mut self,
        ids: &mut Ids,
        records: Loose<List<Box<ActorRecord<'a>>>>,
    ) -> Vec<(Kept<Box<ActorRecord<'a>>>, String)> {
        let records = self.elements(&FieldPath::Root.field("actors"), records);
        self.keep(
            ids,
            ListName::Actors,
            records,
            |record| std::mem::take(&mut record.id),
            |reader, _, at, record| {
                let is_absent = record.name.is_absent();
                let name = reader.line(&at.field("name"), std::mem::take(&mut record.name));
                if name.is_none() {
                    let what = if is_absent { "has no name" } else { "has a name that is empty or not text" };
                    reader.faults.error(at, format_args!("the actor {what}; it is left out"), "add “name”");
                }
                name
            },
        )
    }

    fn keep_sources<'a>(
        &mut self,
        ids: &mut Ids,
        records: Loose<List<Box<SourceRecord<'a>>>>,
    ) -> Vec<Kept<Box<SourceRecord<'a>>>> {
        let records = self.elements(&FieldPath::Root.field("sources"), records);
        let kept = self.keep(
            ids,
            ListName::Sources,
            records,
            |record| std::mem::take(&mut record.id),
            |reader, _, at, record| {
                let is_named = !record.title.is_absent() || !record.url.is_absent() || record.csl.is_some();
                if !is_named {
                    let message =
                        format_args!("the source has neither a title nor an address, so readers can't find it");
                    reader.faults.warn(at, message, "add “title”, “url” or “csl”");
                }
                Some(())
            },
        );
        kept.into_iter().map(|(kept, ())| kept).collect()
    }

    fn keep_ties<'a>(
        &mut self,
        ids: &mut Ids,
        records: Loose<List<Box<ClaimRecord<'a>>>>,
    ) -> Vec<(Kept<Box<ClaimRecord<'a>>>, Ends)> {
        let records = self.elements(&FieldPath::Root.field("ties"), records);
        let id_of = |record: &mut Box<ClaimRecord<'a>>| std::mem::take(&mut record.id);
        self.keep(ids, ListName::Ties, records, id_of, |reader, ids, at, record| reader.ends(ids, at, record))
    }

    fn keep_facts<'a>(
        &mut self,
        ids: &mut Ids,
        records: Loose<List<Box<ClaimRecord<'a>>>>,
    ) -> Vec<(Kept<Box<ClaimRecord<'a>>>, ActorId, String)> {
        let records = self.elements(&FieldPath::Root.field("facts"), records);
        let id_of = |record: &mut Box<ClaimRecord<'a>>| std::mem::take(&mut record.id);
        let kept =
            self.keep(ids, ListName::Facts, records, id_of, |reader, ids, at, record| reader.subject(ids, at, record));
        kept.into_iter().map(|(kept, (actor, text))| (kept, actor, text)).collect()
    }

    fn actor(&mut self, ids: &Ids, kinds: &mut Kinds, (kept, name): (Kept<Box<ActorRecord>>, String)) -> Actor {
        let list = FieldPath::Root.field("actors");
        let at = list.index(kept.index);
        let record = *kept.record;
        self.extras(&at, &record.extras, ActorRecord::FIELDS);
        let kind = self.line(&at.field("kind"), record.kind);
        let start = self.date(&at.field("startDate"), record.start.open());
        let end = self.end_date(&at.field("endDate"), record.end.open());
        self.check_span(&at, start.as_ref(), end.as_ref());
        let metadata = MetadataFields {
            tags: self.lines(&at.field("tags"), record.tags.open()),
            weight: self.number(&at.field("weight"), record.weight),
            row: self.row(ids, &at.field("row"), record.row.open()),
            checks: self.checks(&at.field("checks"), record.checks.open(), ActorRecord::FIELDS),
            own: own_fields(&record.extras),
        };
        Actor {
            key: kept.key,
            kind: kind.map(|word| kinds.actor_kind(self, &at.field("kind"), &word)),
            name,
            aliases: self.lines(&at.field("aliases"), record.aliases),
            summary: self.prose(&at.field("summary"), record.summary),
            part_of: ids.actor(self, &at.field("partOf"), record.part_of),
            identifiers: self.identifiers(&at.field("identifiers"), record.identifiers),
            url: self.url(&at.field("url"), record.url),
            start,
            end,
            former_ids: self.former_ids(ids, &at.field("formerIds"), record.former_ids.open()),
            metadata: metadata.into(),
        }
    }

    fn identifiers(
        &mut self,
        at: &FieldPath,
        entries: Loose<super::loose::Entries<JsonText>>,
    ) -> Vec<(String, String)> {
        let Some(entries) = self.good(at, entries) else { return Vec::new() };
        let mut identifiers = Vec::with_capacity(entries.0.len());
        for (register, id) in entries.0 {
            if let Some(id) = self.line(&at.field(&register), id) {
                identifiers.push((visible(&register).into_owned(), id));
            }
        }
        identifiers
    }
}
