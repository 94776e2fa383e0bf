//! Data model of a relationship map: actors, ties, facts, sources, and the evidence that connects them.
//!
//! Plain data, independent of files, screen and clock. The [`Map`] is the single source of truth; graphs, scenes and
//! panels are derived from it and refer to it by typed ids.

mod color;
#[cfg(test)]
pub(crate) mod fixture;
mod id;
mod map;
mod problem;
mod record;
mod redaction;
mod shown;
mod story;
mod view;
mod word;

pub use color::{Rgb, SAFE_COLORS};
pub use id::{
    ActorId, ActorKindId, ClaimId, FactId, ImportId, Item, Key, NoteId, SlotId, SourceId, TieId, TieKindId, ViewId,
};
pub use map::{Map, MapError, MapMeta, MapParts, RecordChange, RecordSlot, Records, Slots, Swap};
pub(crate) use map::{Reference, Refers, Relation, Translate, translate, translate_story, translate_view};
pub use problem::{Location, Position, Problem, RelatedLocation, Severity};
pub use record::{
    Actor, ActorKind, Amount, Bound, Check, CheckResult, CitedIn, Claim, Confidence, Date, DateError, Day, Ends,
    Evidence, Fact, Import, ImportRow, Metadata, MetadataFields, OwnField, OwnFields, OwnNumber, OwnValue, Pair, Party,
    Quote, RawJson, Retraction, Source, SourceKind, Stage, StageChange, Stance, Status, Tie, TieKind, Validity,
};
pub use redaction::{Redaction, Redactor, RemainingText, TextOwner, TextPlace, WITHHELD, redact};
pub use shown::Shown;
pub(crate) use shown::{lets_actor, lets_tie};
pub use story::{ResolvedStep, StepCamera, StoryFault, StoryProblem, resolve_step, spread, story_problems};
pub use view::{
    Arrangement, BendPoint, Filter, LabelChoice, LabelMode, Note, PairMode, Placed, StoryCamera, StoryStep, View,
    ViewVisibility, Visibility,
};
pub use word::Word;
