//! Crash recovery: a journal of unsaved changes for each running program, and the journals left by crashes.
//!
//! A [`JournalThread`] writes the unsaved changes of the open map to a journal in the user's data folder on a
//! background thread, and removes it when everything is saved. [`scan`] finds the journals of programs that no longer
//! run. The format is that of [`crate::document::journal`]; map files are never written here.

mod folder;
mod journal_thread;
mod own_journal;
mod scan;
mod summary;
mod unsaved;

pub use folder::{FoundJournal, find};
pub use journal_thread::{Flusher, JournalThread, WRITE_DELAY};
pub use scan::{Base, JournalContent, Offer, OfferedFile, base_hash, is_same_file, scan};
pub use summary::{offer_text, offer_title, what_differs, what_is_unsaved};
pub use unsaved::Unsaved;
