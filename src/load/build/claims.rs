//! Reads ties and facts with all their fields.

use std::mem::take;

use crate::load::faults::FieldPath;
use crate::load::loose::Loose;
use crate::load::records::{
    CitedInRecord, ClaimRecord, EvidenceRecord, JsonText, List, PartyRecord, QuoteRecord, RetractionRecord, StageRecord,
};
use crate::model::{
    ActorId, CitedIn, Claim, Confidence, Date, Ends, Evidence, Fact, Key, Metadata, MetadataFields, Party, Quote,
    Retraction, Stage, StageChange, Stance, Status, Tie, TieKindId, Word,
};

use super::amounts::Measure;
use super::head::Kinds;
use super::ids::{Ids, Kept};
use super::own_fields::own_fields;
use super::values::{ValueReader, words_of};

/// Fields that only facts have.
const OF_FACTS: [&str; 2] = ["actor", "text"];
/// Fields that only ties have.
const OF_TIES: [&str; 4] = ["from", "to", "parties", "directed"];

impl ValueReader {
    /// Reads the ends of a tie and checks that it has a kind; `None`, with a fault, if the tie must be left out.
    pub(crate) fn ends(&mut self, ids: &Ids, at: &FieldPath, record: &mut ClaimRecord) -> Option<Ends> {
        self.misplaced(at, "tie", &OF_FACTS, [!record.actor.is_absent(), !record.text.is_absent()]);
        if record.kind.is_absent() {
            self.faults.error(
                at,
                format_args!("the tie has no kind; it is left out"),
                "add “kind”, such as \"investment\"",
            );
            return None;
        }
        let has_pair = !record.from.is_absent() || !record.to.is_absent();
        let has_parties = !record.parties.is_absent();
        if has_pair && has_parties {
            self.faults.error(
                &at.field("parties"),
                format_args!("the tie has “parties” besides “from” and “to”; the parties are ignored"),
                "keep one of the two",
            );
        }
        if !has_pair && has_parties {
            let parties = take(&mut record.parties).open();
            return self.parties(ids, at, parties);
        }
        for (name, end) in [("from", &record.from), ("to", &record.to)] {
            if end.is_absent() {
                let message = format_args!("the tie has no “{name}”; it is left out");
                self.faults.error(at, message, &format!("add the id of an actor as “{name}”"));
                return None;
            }
        }
        let left_out = "the tie is left out";
        let has_bad_type = matches!((&record.from, &record.to), (Loose::Bad(_), _) | (_, Loose::Bad(_)));
        let from = ids.actor_or(self, &at.field("from"), take(&mut record.from), left_out);
        let to = ids.actor_or(self, &at.field("to"), take(&mut record.to), left_out);
        if has_bad_type {
            let message = format_args!("the tie lacks one of its two actors; it is left out");
            self.faults.error(at, message, "add the ids of two actors as “from” and “to”");
        }
        let (from, to) = from.zip(to)?;
        if from == to {
            let message = format_args!("the tie connects an actor to itself");
            self.faults.remark(&at.field("to"), message, "if this is not intended, correct “from” or “to”");
        }
        Some(Ends::Pair { from, to })
    }

    fn parties(&mut self, ids: &Ids, at: &FieldPath, parties: Loose<List<Box<PartyRecord>>>) -> Option<Ends> {
        let list = at.field("parties");
        let mut good: Vec<Party> = Vec::new();
        for (index, record) in self.elements(&list, parties) {
            let at = &list.index(index);
            self.extras(at, &record.extras, PartyRecord::FIELDS);
            if record.actor.is_absent() {
                let message = format_args!("the party has no actor; it is left out");
                self.faults.error(at, message, "add the id of an actor as “actor”");
            }
            let role = self.line(&at.field("role"), record.role);
            if let Some(actor) = ids.actor_or(self, &at.field("actor"), record.actor, "the party is left out") {
                good.push(Party { actor, role });
            }
        }
        if good.len() < 2 {
            self.faults.error(
                &list,
                format_args!("the tie has fewer than two parties; it is left out"),
                "list each party with the id of its actor",
            );
            return None;
        }
        Some(Ends::Parties(good))
    }

    /// Reads the actor and the text of a fact; `None`, with a fault, if the fact must be left out.
    pub(crate) fn subject(&mut self, ids: &Ids, at: &FieldPath, record: &mut ClaimRecord) -> Option<(ActorId, String)> {
        let misplaced = [&record.from, &record.to].map(|end| !end.is_absent());
        let misplaced = [misplaced[0], misplaced[1], !record.parties.is_absent(), !record.directed.is_absent()];
        self.misplaced(at, "fact", &OF_TIES, misplaced);
        for (name, is_absent) in [("actor", record.actor.is_absent()), ("text", record.text.is_absent())] {
            if is_absent {
                self.faults.error(at, format_args!("the fact has no {name}; it is left out"), &format!("add “{name}”"));
                return None;
            }
        }
        let actor = ids.actor_or(self, &at.field("actor"), take(&mut record.actor).open(), "the fact is left out");
        let text = self.prose(&at.field("text"), take(&mut record.text).open());
        if text.is_none() {
            let message = format_args!("the fact has a text that is empty or not text; it is left out");
            self.faults.error(at, message, "write the fact as text");
        }
        actor.zip(text)
    }

    fn misplaced<const N: usize>(&mut self, at: &FieldPath, list: &str, names: &[&str; N], is_there: [bool; N]) {
        for (name, is_there) in names.iter().zip(is_there) {
            if is_there {
                let message = format_args!("a {list} can't have the field “{name}”; it is kept but not used");
                self.faults.warn(&at.name(name), message, "remove it, or move the record to the other list");
            }
        }
    }

    /// Builds a tie from its ends and record.
    pub(crate) fn tie(&mut self, ids: &Ids, kinds: &mut Kinds, kept: Kept<Box<ClaimRecord>>, ends: Ends) -> Tie {
        let Kept { index, key, mut record } = kept;
        let list = FieldPath::Root.field("ties");
        let at = list.index(index);
        let kind = self.tie_kind(kinds, &at.field("kind"), take(&mut record.kind));
        let directed = self.good(&at.field("directed"), take(&mut record.directed).open());
        let is_directed = directed.unwrap_or_else(|| kinds.is_directed(kind));
        Tie { kind, ends, is_directed, claim: self.claim(ids, &at, key, &mut record) }
    }

    /// Returns the kind of a tie; a kind that the file doesn't list is added.
    fn tie_kind(&mut self, kinds: &mut Kinds, at: &FieldPath, word: Loose<JsonText>) -> TieKindId {
        if let Loose::Good(word) = &word
            && let Some(kind) = kinds.known_tie_kind(word)
        {
            return kind;
        }
        let word = self.line(at, word).unwrap_or_else(|| "other".to_owned());
        kinds.tie_kind(self, at, &word)
    }

    /// Builds a fact from its actor, text and record.
    pub(crate) fn fact(&mut self, ids: &Ids, kept: Kept<Box<ClaimRecord>>, actor: ActorId, text: String) -> Fact {
        let list = FieldPath::Root.field("facts");
        let Kept { index, key, mut record } = kept;
        Fact { actor, text, claim: self.claim(ids, &list.index(index), key, &mut record) }
    }

    fn claim(&mut self, ids: &Ids, at: &FieldPath, key: Key, record: &mut ClaimRecord) -> Claim {
        self.extras(at, &record.extras, ClaimRecord::FIELDS);
        let stages = self.stages(&at.field("stages"), take(&mut record.stages).open());
        let stage = self.word(&at.field("stage"), take(&mut record.stage), words_of!(Stage));
        let mut claim = Claim {
            key,
            label: self.line(&at.field("label"), take(&mut record.label).open()),
            summary: self.prose(&at.field("summary"), take(&mut record.summary).open()),
            scope: self.prose(&at.field("scope"), take(&mut record.scope).open()),
            via: self.line(&at.field("via"), take(&mut record.via).open()),
            start: self.date(&at.field("startDate"), take(&mut record.start)),
            end: self.end_date(&at.field("endDate"), take(&mut record.end)),
            date: self.date(&at.field("date"), take(&mut record.date).open()),
            first_seen: self.date(&at.field("firstSeen"), take(&mut record.first_seen).open()),
            last_seen: self.date(&at.field("lastSeen"), take(&mut record.last_seen).open()),
            stage: stage.or_else(|| stages.last().map(|change| change.stage.clone())),
            stages,
            status: self.word(&at.field("status"), take(&mut record.status).open(), words_of!(Status)),
            status_date: self.date(&at.field("statusDate"), take(&mut record.status_date).open()),
            supersedes: ids.each(self, &at.field("supersedes"), take(&mut record.supersedes).open(), Ids::claim),
            contradicts: ids.each(self, &at.field("contradicts"), take(&mut record.contradicts).open(), Ids::claim),
            retraction: self.retraction(ids, &at.field("retraction"), take(&mut record.retraction).open()),
            part_of: ids.claim(self, &at.field("partOf"), take(&mut record.part_of).open()),
            confidence: self.word(&at.field("confidence"), take(&mut record.confidence).open(), words_of!(Confidence)),
            amount: self.amount(&at.field("amount"), take(&mut record.amount), Measure::Money),
            share: self.amount(&at.field("share"), take(&mut record.share).open(), Measure::Share),
            quantity: self.amount(&at.field("quantity"), take(&mut record.quantity).open(), Measure::Quantity),
            evidence: self.evidence(ids, &at.field("evidence"), take(&mut record.evidence)),
            metadata: Metadata::default(),
        };
        self.check_claim(at, &claim);
        let metadata = MetadataFields {
            tags: self.lines(&at.field("tags"), take(&mut record.tags).open()),
            weight: self.number(&at.field("weight"), record.weight),
            row: self.row(ids, &at.field("row"), take(&mut record.row).open()),
            checks: self.checks(&at.field("checks"), take(&mut record.checks).open(), ClaimRecord::FIELDS),
            own: own_fields(&record.extras),
        };
        claim.metadata = metadata.into();
        claim
    }

    fn check_claim(&mut self, at: &FieldPath, claim: &Claim) {
        self.check_span(at, claim.start.as_ref(), claim.end.as_ref());
        let first = claim.first_seen.as_ref().and_then(Date::earliest);
        let last = claim.last_seen.as_ref().and_then(Date::latest);
        if matches!((first, last), (Some(first), Some(last)) if first > last) {
            let message = format_args!("“lastSeen” is before “firstSeen”; both dates are kept");
            self.faults.warn(&at.field("lastSeen"), message, "correct “firstSeen” or “lastSeen”");
        }
        if let (Some(stage), Some(change)) = (&claim.stage, claim.stages.last())
            && *stage != change.stage
        {
            let message = format_args!("“stage” is not the last entry of “stages”; “stage” is used");
            self.faults.warn(&at.field("stage"), message, "make them agree, or keep only “stages”");
        }
        if claim.retraction.is_some() && !claim.has_status(Status::Retracted) {
            let message = format_args!("the record has a retraction, but its status is not “retracted”");
            self.faults.warn(&at.field("retraction"), message, "write \"status\": \"retracted\"");
        }
    }

    fn stages(&mut self, at: &FieldPath, list: Loose<List<Box<StageRecord>>>) -> Vec<StageChange> {
        let records = self.elements(at, list);
        let mut stages = Vec::with_capacity(records.len());
        for (index, record) in records {
            let at = &at.index(index);
            self.extras(at, &record.extras, StageRecord::FIELDS);
            let date = self.date(&at.field("date"), record.date);
            match self.word(&at.field("stage"), record.stage, words_of!(Stage)) {
                Some(stage) => stages.push(StageChange { stage, date }),
                None => {
                    self.faults.error(at, format_args!("the entry has no stage; it is left out"), "add “stage”");
                }
            }
        }
        stages
    }

    fn retraction(
        &mut self,
        ids: &Ids,
        at: &FieldPath,
        record: Loose<Box<RetractionRecord>>,
    ) -> Option<Box<Retraction>> {
        let record = self.good(at, record)?;
        self.extras(at, &record.extras, RetractionRecord::FIELDS);
        Some(Box::new(Retraction {
            date: self.date(&at.field("date"), record.date),
            reason: self.prose(&at.field("reason"), record.reason),
            source: ids.source(self, &at.field("source"), record.source),
        }))
    }

    fn evidence(&mut self, ids: &Ids, at: &FieldPath, list: Loose<List<Box<EvidenceRecord>>>) -> Vec<Evidence> {
        let records = self.elements(at, list);
        // Collecting would reserve room for four elements; mostly there is one.
        let mut pieces = Vec::with_capacity(records.len());
        pieces.extend(records.into_iter().filter_map(|(index, record)| self.piece(ids, &at.index(index), *record)));
        pieces
    }

    fn piece(&mut self, ids: &Ids, at: &FieldPath, record: EvidenceRecord) -> Option<Evidence> {
        self.extras(at, &record.extras, EvidenceRecord::FIELDS);
        if record.source.is_absent() {
            let message = format_args!("the evidence has no source; it is left out");
            self.faults.error(at, message, "add the id of a source as “source”");
            return None;
        }
        let source = ids.source_or(self, &at.field("source"), record.source, "the evidence is left out")?;
        let stance = self.word(&at.field("stance"), record.stance.open(), words_of!(Stance));
        let proves = self.lines(&at.field("for"), record.proves.open());
        for (index, field) in proves.iter().enumerate() {
            if !ClaimRecord::FIELDS.contains(&field.as_str()) && !field.starts_with("x-") {
                let remedy =
                    self.suggester.or(field, ClaimRecord::FIELDS.iter().copied(), "name a field of this record");
                let message = format_args!("this record can't have a field {}", crate::load::faults::Quoted(field));
                self.faults.warn(&at.field("for").index(index), message, &remedy);
            }
        }
        Some(Evidence {
            source,
            stance: stance.unwrap_or(Word::Known(Stance::Supports)),
            proves,
            locator: self.line(&at.field("locator"), record.locator),
            quote: self.quote(&at.field("quote"), record.quote),
            cited_in: self.cited_in(ids, &at.field("citedIn"), record.cited_in.open()),
            note: self.prose(&at.field("note"), record.note.open()),
        })
    }

    fn quote(&mut self, at: &FieldPath, record: Loose<Box<QuoteRecord>>) -> Option<Quote> {
        let record = self.good(at, record)?;
        self.extras(at, &record.extras, QuoteRecord::FIELDS);
        let exact = self.prose(&at.field("exact"), record.exact);
        if exact.is_none() {
            let message = format_args!("the quote has no text; it is left out");
            self.faults.error(at, message, "add the text as “exact”");
        }
        Some(Quote {
            exact: exact?,
            prefix: self.prose(&at.field("prefix"), record.prefix),
            suffix: self.prose(&at.field("suffix"), record.suffix),
        })
    }

    fn cited_in(&mut self, ids: &Ids, at: &FieldPath, record: Loose<Box<CitedInRecord>>) -> Option<CitedIn> {
        let record = self.good(at, record)?;
        self.extras(at, &record.extras, CitedInRecord::FIELDS);
        if record.source.is_absent() {
            let message = format_args!("“citedIn” has no source; it is left out");
            self.faults.error(at, message, "add the id of the source that was read as “source”");
            return None;
        }
        Some(CitedIn {
            source: ids.source_or(self, &at.field("source"), record.source, "“citedIn” is left out")?,
            locator: self.line(&at.field("locator"), record.locator),
            quote: self.quote(&at.field("quote"), record.quote),
            accessed: self.date(&at.field("accessed"), record.accessed),
        })
    }
}
