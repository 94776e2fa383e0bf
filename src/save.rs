//! A map back to its file: only what changed is changed in the text, and the file on the disk is the old one
//! or the new one, never something between.

mod canonical;
mod edit;
mod error;
mod filters;
mod storage;
mod sync;
mod write;

pub use canonical::write_map;
pub use error::SaveError;
pub use storage::{Disk, Storage, StoredFile};
pub use sync::{SavedText, is_same_view, save_text};
pub use write::{IfChanged, save_bytes, save_file, save_over};
