//! Unsaved work on the disk: a journal of each running program, and what a crash left behind.
//!
//! A [`JournalThread`] writes the unsaved changes of the open map to a journal of its own in the person's data folder, by a
//! thread of its own, and removes it once nothing is unsaved. [`scan`] finds the journals whose programs are gone.
//! The format is that of [`crate::document::journal`]; no document is ever written from here.

mod folder;
mod journal_thread;
mod own_journal;
mod scan;
mod summary;

pub use folder::{FoundJournal, find};
pub use journal_thread::{Flusher, JournalThread, Unsaved};
pub use own_journal::WRITTEN_AFTER;
pub use scan::{Base, JournalContent, Offer, OfferedFile, base_hash, is_same_file, scan};
pub use summary::{offer_text, offer_title, what_differs};
