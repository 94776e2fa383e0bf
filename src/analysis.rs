//! Analyses of a whole map: connectivity, quality of sourcing, sums of money.
//!
//! Results are ids and numbers; `wording` and `view` phrase them.

mod checks;
mod coverage;
mod duplicates;
mod measures;
mod network;
mod pair;
mod rank;
mod related;
mod sums;
mod years;

pub use checks::{Concern, ConcernKind, concerns};
pub use coverage::{Coverage, Support, coverage, independent_publishers, support};
pub use duplicates::{Duplicates, LikelyPair, Likeness, likely_duplicates};
pub use measures::{ActorMeasure, MAX_PIVOTS, Measured, measure};
pub use network::{Hop, MAX_PATHS, components, neighborhood, neighbors, paths};
pub use pair::{PairSummary, summarize_pair};
pub use rank::rank;
pub use related::{RelatedClaims, related};
pub use sums::{Sum, main_currency, sums};
pub use years::first_years;
