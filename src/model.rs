//! What a relationship map says: actors, ties, facts, sources and the evidence that connects them.
//!
//! Plain data without files, screen or clock. The [`Map`] is the truth; graphs, scenes and panels
//! are derived from it and carry its typed ids.

mod actor;
mod amount;
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
mod index;
mod kind;
mod map;
mod problem;
mod records;
mod redaction;
mod reference;
mod slots;
mod source;
mod tie;
mod view;
mod word;

pub use actor::Actor;
pub use amount::{Amount, Bound};
pub use change::{RecordChange, Swap};
pub use check::MapError;
pub use claim::{Claim, Confidence, Retraction, Stage, StageChange, Status};
pub use color::Rgb;
pub(crate) use contest::Relation;
pub use date::{Date, DateError, Day, Held};
pub use evidence::{CitedIn, Evidence, Quote, Stance};
pub use filter::Filter;
pub use id::{ActorId, ActorKindId, ClaimId, FactId, Key, NoteId, SlotId, SourceId, TieId, TieKindId, ViewId};
pub use kind::{ActorKind, TieKind};
pub use map::Map;
pub use problem::{Place, Position, Problem, Related, Severity};
pub use records::{Item, MapMeta, MapParts, RecordSlot, Records};
pub use redaction::{Redaction, Redactor, RemainingText, TextOwner, TextPlace, WITHHELD, redact};
pub(crate) use reference::{Reference, Refers, Translate, translate, translate_view};
pub use slots::Slots;
pub use source::{Source, SourceKind};
pub use tie::{Ends, Fact, Party, Tie};
pub use view::{Arrangement, BendPoint, LabelChoice, LabelMode, Note, Pair, PairMode, Placed, View};
pub use word::Word;
