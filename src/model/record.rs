//! The record types of a map: actors, ties and facts, sources, and their components.

mod actor;
mod amount;
mod claim;
mod date;
mod evidence;
mod import;
mod kind;
mod metadata;
mod own_field;
mod pair;
mod source;
mod tie;
mod validity;

pub use actor::Actor;
pub use amount::{Amount, Bound};
pub use claim::{Claim, Confidence, Retraction, Stage, StageChange, Status};
pub use date::{Date, DateError, Day, Validity};
pub use evidence::{CitedIn, Evidence, Quote, Stance};
pub use import::{Import, ImportRow};
pub use kind::{ActorKind, TieKind};
pub use metadata::{Check, CheckResult, Metadata, MetadataFields};
pub use own_field::{OwnField, OwnFields, OwnNumber, OwnValue, RawJson};
pub use pair::Pair;
pub use source::{Source, SourceKind};
pub use tie::{Ends, Fact, Party, Tie};
