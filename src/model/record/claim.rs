//! A claim: what ties and facts have in common, from dates and amounts to evidence.

use crate::model::word::closed_list;
use crate::model::{Amount, ClaimId, Date, Evidence, Key, Metadata, SourceId, Word};

closed_list! {
    /// How far something has come in the world.
    Stage {
        /// Someone says that it might be.
        Rumored = "rumored",
        /// Its parties have said that it will be.
        Announced = "announced",
        /// Someone plans it.
        Planned = "planned",
        /// It will be if a condition is met.
        Conditional = "conditional",
        /// It is agreed and binding.
        Agreed = "agreed",
        /// It runs.
        Active = "active",
        /// It happened and is complete.
        Done = "done",
        /// It ran and has ended.
        Ended = "ended",
        /// It was called off before it began.
        Canceled = "canceled",
    }
}

closed_list! {
    /// What the map's authors say about the record.
    Status {
        /// They state it.
        Asserted = "asserted",
        /// Someone disputes it.
        Disputed = "disputed",
        /// A later record takes its place.
        Superseded = "superseded",
        /// They took it back.
        Retracted = "retracted",
    }
}

closed_list! {
    /// How sure the map's authors are.
    Confidence {
        /// Very.
        High = "high",
        /// Fairly.
        Medium = "medium",
        /// Not very.
        Low = "low",
    }
}

/// One step in the history of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct StageChange {
    /// The stage it reached.
    pub stage: Word<Stage>,
    /// When, if known.
    pub date: Option<Date>,
}

/// Why and when a record was taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Retraction {
    /// When.
    pub date: Option<Date>,
    /// Why.
    pub reason: Option<String>,
    /// The source that says so.
    pub source: Option<SourceId>,
}

/// What a tie or a fact states, apart from whom it is about.
///
/// What most claims lack is boxed: there may be many claims.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    /// Its id in the file.
    pub key: Key,
    /// A short label that replaces the kind's on the map.
    pub label: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// What it covers.
    pub scope: Option<String>,
    /// The product or channel through which it runs.
    pub via: Option<String>,
    /// When it began.
    pub start: Option<Date>,
    /// When it ended; ".." while it runs.
    pub end: Option<Date>,
    /// When it happened, for what happens at once.
    pub date: Option<Date>,
    /// The first time that a source shows that it held.
    pub first_seen: Option<Date>,
    /// The last time that a source shows that it held.
    pub last_seen: Option<Date>,
    /// How far it has come; the last of `stages` if the file gives only those.
    pub stage: Option<Word<Stage>>,
    /// Its history, oldest first as in the file.
    pub stages: Vec<StageChange>,
    /// What the authors say about the record; asserted if the file is silent.
    pub status: Option<Word<Status>>,
    /// Since when the status holds.
    pub status_date: Option<Date>,
    /// Records whose place it takes; never a cycle.
    pub supersedes: Vec<ClaimId>,
    /// Records that cannot be true together with it, as the file lists them (one way is enough).
    pub contradicts: Vec<ClaimId>,
    /// Why it was taken back.
    pub retraction: Option<Box<Retraction>>,
    /// The claim it is a part of, so that sums do not count it twice; never a cycle.
    pub part_of: Option<ClaimId>,
    /// How sure the authors are.
    pub confidence: Option<Word<Confidence>>,
    /// Money.
    pub amount: Option<Box<Amount>>,
    /// A share in percent.
    pub share: Option<Box<Amount>>,
    /// Any other quantity, with its unit.
    pub quantity: Option<Box<Amount>>,
    /// Who says so, in the order of the file.
    pub evidence: Vec<Evidence>,
    /// Tags, weight, row, checks and own fields.
    pub metadata: Metadata,
}

impl Claim {
    /// Whether the record has this status; a record without one is asserted.
    #[must_use]
    pub fn has_status(&self, status: Status) -> bool {
        match &self.status {
            Some(word) => word.is(&status),
            None => status == Status::Asserted,
        }
    }

    /// Whether it has this stage.
    #[must_use]
    pub fn has_stage(&self, stage: Stage) -> bool {
        self.stage.as_ref().is_some_and(|word| word.is(&stage))
    }

    /// Whether a later record or a retraction took it out of the picture: hidden at first, left out of sums.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.has_status(Status::Superseded) || self.has_status(Status::Retracted)
    }
}
