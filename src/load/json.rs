//! Converts the records of a map to JSON, with the fields declared by the record structs. Default values are left out.

mod raw;
mod tables;
mod version;
mod views;

use serde_json::{Map as Object, Value, json};

use crate::model::{
    Actor, ActorKind, Amount, Bound, CitedIn, Claim, ClaimId, Date, Ends, Evidence, Fact, Item, Map, MapMeta, Pair,
    Party, Quote, RecordSlot, Records, Retraction, Rgb, Source, StageChange, Tie, TieKind, Word,
};

use super::records::{
    ActorJson, ActorKindJson, AmountJson, CitedInJson, ClaimJson, EvidenceJson, MetaJson, PartyJson, QuoteJson,
    RetractionJson, SourceJson, StageJson, TieKindJson,
};

pub(crate) use raw::{json_text, plain_object};
use raw::{raw_value, with_own};
use tables::check_json;
pub(crate) use version::{VERSION, VERSION_BEFORE, uses_new_fields};
pub(crate) use views::{Defaults, view_json};

/// The fields of a JSON object.
pub(crate) type Fields = Object<String, Value>;

/// Returns the whole map as the root object of a file, with these views, in the order of the format.
pub(crate) fn file_json(map: &Map, views: impl Iterator<Item = Fields>) -> Fields {
    let records = map.records();
    let json_of = |slot| record_json(records, slot).unwrap_or_default();
    let mut file = Fields::new();
    file.insert("format".to_owned(), json!("tieline"));
    file.insert("version".to_owned(), json!(VERSION_BEFORE));
    put(&mut file, "map", json_of(RecordSlot::Meta).into());
    let mut kinds = Fields::new();
    let actor_kinds = map.actor_kinds().iter().filter(|(_, kind)| kind.is_listed);
    let actor_kinds = actor_kinds.map(|(id, kind)| (kind.key.to_string(), json_of(RecordSlot::ActorKind(id)).into()));
    put(&mut kinds, "actor", Value::Object(actor_kinds.collect()));
    let tie_kinds = map.tie_kinds().iter().filter(|(_, kind)| kind.is_listed);
    let tie_kinds = tie_kinds.map(|(id, kind)| (kind.key.to_string(), json_of(RecordSlot::TieKind(id)).into()));
    put(&mut kinds, "tie", Value::Object(tie_kinds.collect()));
    put(&mut file, "kinds", kinds.into());
    let list = |ids: &mut dyn Iterator<Item = Item>| ids.map(|id| json_of(RecordSlot::Item(id))).collect::<Value>();
    file.insert("actors".to_owned(), list(&mut map.actor_ids().map(Item::Actor)));
    put(&mut file, "sources", list(&mut map.source_ids().map(Item::Source)));
    put(&mut file, "ties", list(&mut map.tie_ids().map(Item::Tie)));
    put(&mut file, "facts", list(&mut map.fact_ids().map(Item::Fact)));
    put(&mut file, "views", views.collect());
    put(&mut file, "distinct", distinct_json(records));
    let imports = map.imports().ids().map(|id| json_of(RecordSlot::Import(id)));
    put(&mut file, "imports", imports.collect());
    if version::is_needed(map, &file) {
        file.insert("version".to_owned(), json!(VERSION));
    }
    file
}

/// Returns the pairs of distinct actors.
pub(crate) fn distinct_json(records: &Records) -> Value {
    let keys = RecordKeys(records);
    let pair = |pair: &Pair| Value::from(pair.actors().map(|id| keys.key(Item::Actor(id))).to_vec());
    records.distinct.iter().map(pair).collect()
}

/// Inserts a value unless it is an empty list or object.
fn put(object: &mut Fields, name: &str, value: Value) {
    let is_nothing = match &value {
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    if !is_nothing {
        object.insert(name.to_owned(), value);
    }
}

/// Returns a record as JSON; `None` if the slot is empty, for a kind that the file doesn't list, and for a pair of
/// distinct actors.
pub(crate) fn record_json(records: &Records, slot: RecordSlot) -> Option<Fields> {
    let keys = RecordKeys(records);
    Some(match slot {
        RecordSlot::Meta => meta(&records.meta),
        RecordSlot::ActorKind(id) => actor_kind(records.actor_kinds.get(id).filter(|kind| kind.is_listed)?),
        RecordSlot::TieKind(id) => tie_kind(records.tie_kinds.get(id).filter(|kind| kind.is_listed)?),
        RecordSlot::Item(Item::Actor(id)) => keys.actor_json(records.actors.get(id)?),
        RecordSlot::Item(Item::Source(id)) => keys.source_json(records.sources.get(id)?),
        RecordSlot::Item(Item::Tie(id)) => keys.tie_json(records.ties.get(id)?),
        RecordSlot::Item(Item::Fact(id)) => keys.fact_json(records.facts.get(id)?),
        RecordSlot::View(id) => view_json(records, records.views.get(id)?, Defaults::LeftOut),
        RecordSlot::Import(id) => keys.import_json(records.imports.get(id)?),
        RecordSlot::Distinct(_) => return None,
    })
}

fn text(text: Option<&str>) -> Option<Value> {
    text.map(Value::from)
}

fn date(date: Option<&Date>) -> Option<Value> {
    date.map(|date| date.text().into())
}

fn word<T: Copy>(word: Option<&Word<T>>, spell: fn(T) -> &'static str) -> Option<Value> {
    word.map(|word| match word {
        Word::Known(known) => spell(*known).into(),
        Word::Other(other) => other.to_string().into(),
    })
}

/// Returns a list, or `None` if it is empty.
fn list(values: impl IntoIterator<Item = impl Into<Value>>) -> Option<Value> {
    let list: Vec<Value> = values.into_iter().map(Into::into).collect();
    (!list.is_empty()).then_some(Value::Array(list))
}

/// Returns an object, or `None` if it is empty.
fn object(fields: Fields) -> Option<Value> {
    (!fields.is_empty()).then_some(Value::Object(fields))
}

fn color(color: Option<Rgb>) -> Option<Value> {
    color.map(|color| color.to_string().into())
}

fn meta(meta: &MapMeta) -> Fields {
    MetaJson {
        title: text(meta.title.as_deref()),
        subtitle: text(meta.subtitle.as_deref()),
        as_of: date(meta.as_of.as_ref()),
        language: text(meta.language.as_deref()),
        authors: list(meta.authors.iter().cloned()),
        license: text(meta.license.as_deref()),
        note: text(meta.note.as_deref()),
    }
    .into_object()
}

fn actor_kind(kind: &ActorKind) -> Fields {
    ActorKindJson {
        label: text((*kind.label != *kind.key).then_some(&kind.label)),
        color: color(kind.color),
        icon: text(kind.icon.as_deref()),
        auto: kind.is_auto.then_some(true.into()),
    }
    .into_object()
}

fn tie_kind(kind: &TieKind) -> Fields {
    TieKindJson {
        label: text((*kind.label != *kind.key).then_some(&kind.label)),
        verb: text(kind.verb.as_deref()),
        directed: (!kind.is_directed).then_some(false.into()),
        color: color(kind.color),
        icon: text(kind.icon.as_deref()),
        auto: kind.is_auto.then_some(true.into()),
    }
    .into_object()
}

/// Converts ids to the keys in the file.
struct RecordKeys<'a>(&'a Records);

impl RecordKeys<'_> {
    /// Returns the key of a record; `null` if it was removed, which doesn't occur in a valid map.
    fn key(&self, item: impl Into<Item>) -> Value {
        self.0.key(item.into()).map_or(Value::Null, |key| Value::from(&**key))
    }

    fn actor_json(&self, actor: &Actor) -> Fields {
        let identifiers = actor.identifiers.iter().map(|(register, id)| (register.clone(), Value::from(id.clone())));
        let metadata = &actor.metadata;
        let fields = ActorJson {
            id: text(Some(&actor.key)),
            kind: actor.kind.map(|kind| Value::from(&*self.0.actor_kinds[kind].key)),
            name: text(Some(&actor.name)),
            aliases: list(actor.aliases.iter().cloned()),
            summary: text(actor.summary.as_deref()),
            part_of: actor.part_of.map(|id| self.key(Item::Actor(id))),
            identifiers: object(identifiers.collect()),
            url: text(actor.url.as_deref()),
            tags: list(metadata.tags.iter().cloned()),
            start: date(actor.start.as_ref()),
            end: date(actor.end.as_ref()),
            weight: metadata.weight.map(decimal),
            former_ids: list(actor.former_ids.iter().map(|key| &**key)),
            row: metadata.row.as_ref().map(|row| self.row_json(row)),
            checks: list(metadata.checks.iter().map(check_json)),
        };
        with_own(fields.into_object(), &metadata.own)
    }

    fn source_json(&self, source: &Source) -> Fields {
        let fields = SourceJson {
            id: text(Some(&source.key)),
            kind: word(source.kind.as_ref(), crate::model::SourceKind::word),
            title: text(source.title.as_deref()),
            publisher: text(source.publisher.as_deref()),
            authors: list(source.authors.iter().cloned()),
            published: date(source.published.as_ref()),
            url: text(source.url.as_deref()),
            accessed: date(source.accessed.as_ref()),
            archive_url: text(source.archive_url.as_deref()),
            language: text(source.language.as_deref()),
            note: text(source.note.as_deref()),
            by: list(source.by.iter().map(|id| self.key(Item::Actor(*id)))),
            same_as: source.same_as.map(|id| self.key(Item::Source(id))),
            csl: source.csl.as_deref().map(raw_value),
            row: source.row.as_deref().map(|row| self.row_json(row)),
        };
        with_own(fields.into_object(), &source.own)
    }

    fn tie_json(&self, tie: &Tie) -> Fields {
        let kind = &self.0.tie_kinds[tie.kind];
        let (from, to, parties) = match &tie.ends {
            Ends::Pair { from, to } => (Some(*from), Some(*to), None),
            Ends::Parties(parties) => (None, None, list(parties.iter().map(|party| self.party_json(party)))),
        };
        let fields = ClaimJson {
            kind: text(Some(&kind.key)),
            from: from.map(|id| self.key(Item::Actor(id))),
            to: to.map(|id| self.key(Item::Actor(id))),
            parties,
            directed: (tie.is_directed != kind.is_directed).then_some(tie.is_directed.into()),
            actor: None,
            text: None,
            ..self.claim_json(&tie.claim)
        };
        with_own(fields.into_object(), &tie.claim.metadata.own)
    }

    fn party_json(&self, party: &Party) -> Value {
        let actor = Some(self.key(Item::Actor(party.actor)));
        PartyJson { actor, role: text(party.role.as_deref()) }.into_object().into()
    }

    fn fact_json(&self, fact: &Fact) -> Fields {
        let actor = Some(self.key(Item::Actor(fact.actor)));
        let fields = ClaimJson { actor, text: text(Some(&fact.text)), ..self.claim_json(&fact.claim) };
        with_own(fields.into_object(), &fact.claim.metadata.own)
    }

    /// Converts the fields common to ties and facts; the others are left empty.
    fn claim_json(&self, claim: &Claim) -> ClaimJson {
        let claims = |ids: &[ClaimId]| list(ids.iter().map(|id| self.key(*id)));
        ClaimJson {
            id: text(Some(&claim.key)),
            kind: None,
            from: None,
            to: None,
            parties: None,
            directed: None,
            actor: None,
            text: None,
            label: text(claim.label.as_deref()),
            summary: text(claim.summary.as_deref()),
            scope: text(claim.scope.as_deref()),
            via: text(claim.via.as_deref()),
            start: date(claim.start.as_ref()),
            end: date(claim.end.as_ref()),
            date: date(claim.date.as_ref()),
            first_seen: date(claim.first_seen.as_ref()),
            last_seen: date(claim.last_seen.as_ref()),
            stage: word(claim.stage.as_ref(), crate::model::Stage::word),
            stages: list(claim.stages.iter().map(stage_json)),
            status: word(claim.status.as_ref(), crate::model::Status::word),
            status_date: date(claim.status_date.as_ref()),
            supersedes: claims(&claim.supersedes),
            contradicts: claims(&claim.contradicts),
            retraction: claim.retraction.as_deref().and_then(|retraction| object(self.retraction_json(retraction))),
            part_of: claim.part_of.map(|id| self.key(id)),
            confidence: word(claim.confidence.as_ref(), crate::model::Confidence::word),
            amount: claim.amount.as_deref().and_then(|amount| object(amount_json(amount))),
            share: claim.share.as_deref().and_then(|share| object(amount_json(share))),
            quantity: claim.quantity.as_deref().and_then(|quantity| object(amount_json(quantity))),
            evidence: list(claim.evidence.iter().map(|piece| self.evidence_json(piece))),
            tags: list(claim.metadata.tags.iter().cloned()),
            weight: claim.metadata.weight.map(decimal),
            row: claim.metadata.row.as_ref().map(|row| self.row_json(row)),
            checks: list(claim.metadata.checks.iter().map(check_json)),
        }
    }

    fn retraction_json(&self, retraction: &Retraction) -> Fields {
        RetractionJson {
            date: date(retraction.date.as_ref()),
            reason: text(retraction.reason.as_deref()),
            source: retraction.source.map(|id| self.key(Item::Source(id))),
        }
        .into_object()
    }

    fn evidence_json(&self, piece: &Evidence) -> Value {
        EvidenceJson {
            source: Some(self.key(Item::Source(piece.source))),
            stance: word(Some(&piece.stance), crate::model::Stance::word)
                .filter(|_| !piece.stance.is(&crate::model::Stance::Supports)),
            proves: list(piece.proves.iter().cloned()),
            locator: text(piece.locator.as_deref()),
            quote: piece.quote.as_ref().map(quote_json),
            cited_in: piece.cited_in.as_ref().map(|cited| self.cited_in_json(cited)),
            note: text(piece.note.as_deref()),
        }
        .into_object()
        .into()
    }

    fn cited_in_json(&self, cited: &CitedIn) -> Value {
        CitedInJson {
            source: Some(self.key(Item::Source(cited.source))),
            locator: text(cited.locator.as_deref()),
            quote: cited.quote.as_ref().map(quote_json),
            accessed: date(cited.accessed.as_ref()),
        }
        .into_object()
        .into()
    }
}

fn stage_json(change: &StageChange) -> Value {
    let stage = word(Some(&change.stage), crate::model::Stage::word);
    StageJson { stage, date: date(change.date.as_ref()) }.into_object().into()
}

fn quote_json(quote: &Quote) -> Value {
    QuoteJson {
        exact: text(Some(&quote.exact)),
        prefix: text(quote.prefix.as_deref()),
        suffix: text(quote.suffix.as_deref()),
    }
    .into_object()
    .into()
}

fn amount_json(amount: &Amount) -> Fields {
    let exact = amount.exact();
    let bound = |bound: Option<Bound>, is_inclusive| {
        bound.filter(|bound| exact.is_none() && bound.is_inclusive == is_inclusive).map(|bound| decimal(bound.value))
    };
    AmountJson {
        exact: exact.map(decimal),
        minimum: bound(amount.lower, true),
        maximum: bound(amount.upper, true),
        exclusive_minimum: bound(amount.lower, false),
        exclusive_maximum: bound(amount.upper, false),
        approx: amount.is_approximate.then_some(true.into()),
        currency: text(amount.currency.as_deref()),
        unit: text(amount.unit.as_deref()),
        text: text(amount.text.as_deref()),
    }
    .into_object()
}

/// Writes a whole number as a number and any other as text, so that no digit is lost.
fn decimal(value: rust_decimal::Decimal) -> Value {
    match i64::try_from(value) {
        Ok(whole) if value.scale() == 0 => whole.into(),
        _ => value.to_string().into(),
    }
}
