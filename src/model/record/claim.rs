//! Claims: the common data of ties and facts, from dates and amounts to evidence.

use crate::model::word::closed_list;
use crate::model::{Amount, ClaimId, Date, Evidence, Key, Metadata, SourceId, Word};

closed_list! {
    /// Stage of a claim in the real world.
    Stage {
        /// Someone says that it might happen.
        Rumored = "rumored",
        /// The parties have announced it.
        Announced = "announced",
        /// Someone plans it.
        Planned = "planned",
        /// It happens if a condition is met.
        Conditional = "conditional",
        /// It is agreed and binding.
        Agreed = "agreed",
        /// It is in effect.
        Active = "active",
        /// It is completed.
        Done = "done",
        /// It was in effect and has ended.
        Ended = "ended",
        /// It was canceled before it began.
        Canceled = "canceled",
    }
}

closed_list! {
    /// Status that the map's authors give to a record.
    Status {
        /// The authors assert it.
        Asserted = "asserted",
        /// Someone disputes it.
        Disputed = "disputed",
        /// A later record replaces it.
        Superseded = "superseded",
        /// The authors retracted it.
        Retracted = "retracted",
    }
}

closed_list! {
    /// Confidence of the map's authors.
    Confidence {
        /// High.
        High = "high",
        /// Medium.
        Medium = "medium",
        /// Low.
        Low = "low",
    }
}

/// One step in the history of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct StageChange {
    /// The stage that was reached.
    pub stage: Word<Stage>,
    /// The date, if known.
    pub date: Option<Date>,
}

/// Details of a retraction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Retraction {
    /// Date of the retraction.
    pub date: Option<Date>,
    /// Reason for the retraction.
    pub reason: Option<String>,
    /// The source that states the retraction.
    pub source: Option<SourceId>,
}

/// The content of a tie or fact, except for its actors.
///
/// Fields that most claims lack are boxed, because there may be many claims.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    /// Its id in the file.
    pub key: Key,
    /// A short label shown on the map instead of the label of the kind.
    pub label: Option<String>,
    /// One or two sentences about it.
    pub summary: Option<String>,
    /// Its scope.
    pub scope: Option<String>,
    /// The product or channel through which it runs.
    pub via: Option<String>,
    /// Start.
    pub start: Option<Date>,
    /// End; ".." while it lasts.
    pub end: Option<Date>,
    /// Date of a momentary event.
    pub date: Option<Date>,
    /// First date on which a source shows it in effect.
    pub first_seen: Option<Date>,
    /// Last date on which a source shows it in effect.
    pub last_seen: Option<Date>,
    /// Current stage; the last of `stages` if the file gives only those.
    pub stage: Option<Word<Stage>>,
    /// History of stages, in file order: oldest first.
    pub stages: Vec<StageChange>,
    /// Status given by the authors; `None` means asserted.
    pub status: Option<Word<Status>>,
    /// Date from which the status applies.
    pub status_date: Option<Date>,
    /// Records that it replaces; never cyclic.
    pub supersedes: Vec<ClaimId>,
    /// Records that contradict it, as stated in the file; one side suffices.
    pub contradicts: Vec<ClaimId>,
    /// Details of the retraction.
    pub retraction: Option<Box<Retraction>>,
    /// The claim that it is a part of, so that sums don't count it twice; never cyclic.
    pub part_of: Option<ClaimId>,
    /// Confidence of the authors.
    pub confidence: Option<Word<Confidence>>,
    /// Money.
    pub amount: Option<Box<Amount>>,
    /// A share in percent.
    pub share: Option<Box<Amount>>,
    /// Any other quantity, with its unit.
    pub quantity: Option<Box<Amount>>,
    /// Evidence, in file order.
    pub evidence: Vec<Evidence>,
    /// Tags, weight, row, checks and own fields.
    pub metadata: Metadata,
}

impl Claim {
    /// Whether the claim has this status; a claim without a status is asserted.
    #[must_use]
    pub fn has_status(&self, status: Status) -> bool {
        match &self.status {
            Some(word) => word.is(&status),
            None => status == Status::Asserted,
        }
    }

    /// Whether the claim is superseded or retracted: hidden by default and excluded from sums.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.has_status(Status::Superseded) || self.has_status(Status::Retracted)
    }
}
