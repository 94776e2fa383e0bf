//! The contents of panels as plain data without widgets: details, lists, status line, search hits, connections.
//!
//! All texts are ready for display and all ids are typed; the caller decides only on appearance.

mod checks;
mod citing;
mod comparing;
mod completion;
mod connection;
mod copied;
mod details;
mod duplicates;
mod evidence;
mod facets;
mod hover;
mod line;
mod lists;
mod merging;
mod neighbors;
mod search;
mod status;
mod story;
mod years;

pub use checks::{CheckRow, Checks, Mend, build_checks};
pub use citing::{citation_of, csl_of, link_of, sources_of};
pub use comparing::{FileDifference, differences};
pub use completion::{Answered, Asked, Suggestion, Understood, further_words, proves_text, understand};
pub use connection::{CitedSentence, CitedSource, Connection, ConnectionPath, build_connection};
pub use copied::rows_of;
pub use details::{
    Block, DetailRow, Details, MapCounts, ProofQuestion, build_details, build_map_details, build_pair_details,
    entries_of, proof_question,
};
pub use duplicates::{DuplicateRow, duplicate_rows};
pub use evidence::{EvidenceDetails, QuoteDetails, SourceCitation};
pub use facets::{Facet, FacetRow, Facets, build_facets, is_alone, switched_alone};
pub use hover::{actor_hover, actor_name_on_map, pair_hover, pair_name_on_map, tie_hover, tie_name_on_map};
pub use line::{Line, Link, Mark, WebLink};
pub use lists::{ActorRow, Lists, SourceRow, StaleRows, TieRow, build_lists, update_lists};
pub use merging::merge_lines;
pub use neighbors::{NeighborGroup, NeighborGroups, build_neighbor_groups};
pub use search::{HitGroup, MarkedText, MatchedField, SearchHit, SearchResults, search, searched_fields};
pub use status::{StatusLine, build_status_line};
pub use story::{NoStory, propose_story, seen_step_title};
pub use years::{YearBar, Years, build_years, date_of_year};
