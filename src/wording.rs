//! Formats amounts, dates, references and sentences, and reads what people write and type for
//! them; no other module does either.
//!
//! All text from files passes through [`visible`], so that hidden characters can't disguise a sentence. The language is
//! American English.

mod amount;
mod cite;
mod claim;
mod csl;
mod date;
mod doi;
mod grammar;
mod link;
mod pair;
pub mod read;
mod reference;
mod sentence;
pub mod typed;
mod words;

pub use crate::hidden_characters::{is_hidden, visible};
pub use amount::{amount_figures, amount_rounded, amount_short, amount_text, share_figures, share_short, share_text};
pub use cite::{
    ALL_TIES, attribution, citation_text, common_source, common_source_line, evidence_numbers,
    second_hand_address_remark,
};
pub use claim::{amount_label, amount_label_long, history_texts, period_text, stage_text};
pub use csl::csl_json;
pub use date::{date_phrase, date_short, date_text};
pub use doi::{doi_address, doi_of, read_doi};
pub use grammar::{capitalized, counted, joined_and, joined_or, number, plural, quoted};
pub use link::{is_openable, link_address, link_host};
pub use pair::{directions_text, kinds_text, pair_title, sum_text};
pub use reference::{reference, reference_full, reference_line, source_name};
pub use sentence::{
    actor_name, claim_sentence, fact_sentence, tie_label, tie_sentence, tie_sentence_without_figures, tie_title,
};
pub use words::{
    confidence_word, field_phrase, register_name, source_kind_word, stage_word, stance_word, status_of, status_word,
};
