//! What a relationship map says: actors, ties, facts, sources and the evidence that connects them.
//!
//! Plain data without files, screen or clock. The [`Map`] is the truth; graphs, scenes and panels
//! are derived from it and carry its typed ids.

mod actor;
mod amount;
mod annex;
mod change;
mod check;
mod claim;
mod color;
mod contest;
mod date;
mod evidence;
mod filter;
#[cfg(test)]
pub(crate) mod fixture;
mod groups;
mod held;
mod id;
mod import;
mod index;
mod kind;
mod map;
mod own_field;
mod pair;
mod problem;
mod records;
mod redaction;
mod reference;
mod slots;
mod source;
mod step;
mod tie;
mod view;
mod word;

pub use actor::Actor;
pub use amount::{Amount, Bound};
pub use annex::{Annex, AnnexFields, Check, CheckResult};
pub use change::{RecordChange, RecordSlot, Swap};
pub use check::MapError;
pub use claim::{Claim, Confidence, Retraction, Stage, StageChange, Status};
pub use color::Rgb;
pub(crate) use contest::Relation;
pub use date::{Date, DateError, Day, Held};
pub use evidence::{CitedIn, Evidence, Quote, Stance};
pub use filter::Filter;
pub use id::{
    ActorId, ActorKindId, ClaimId, FactId, ImportId, Item, Key, NoteId, SlotId, SourceId, TieId, TieKindId, ViewId,
};
pub use import::{Import, Row};
pub use kind::{ActorKind, TieKind};
pub use map::Map;
pub use own_field::{OwnField, OwnFields, OwnNumber, OwnValue, RawJson};
pub use pair::Pair;
pub use problem::{Place, Position, Problem, Related, Severity};
pub use records::{MapMeta, MapParts, Records};
pub use redaction::{Redaction, Redactor, RemainingText, TextOwner, TextPlace, WITHHELD, redact};
pub(crate) use reference::{Reference, Refers, Translate, translate, translate_story, translate_view};
pub use slots::Slots;
pub use source::{Source, SourceKind};
pub use step::{Camera, Step};
pub use tie::{Ends, Fact, Party, Tie};
pub use view::{Arrangement, BendPoint, LabelChoice, LabelMode, Note, PairMode, Placed, View};
pub use word::Word;
