//! Saves a map to its file: edits only the changed parts of the text, and replaces the file atomically.

mod attributes;
mod canonical;
mod deck;
mod error;
mod output;
mod patch;
mod pending;
mod private;
mod storage;
mod target;
mod temporary;
mod text;
mod write;

pub use attributes::LostMetadata;
pub use canonical::write_map;
pub use deck::{KeptStory, read_presentation};
pub use error::SaveError;
pub use output::{Output, open_companions, open_outputs, write_outputs};
pub use patch::{MapContent, is_same_view};
pub use pending::sweep_at_start;
pub(crate) use pending::sweep_folder;
pub(crate) use private::private_options;
pub use private::{make_private_folder, tighten_folder};
pub use storage::{Disk, FileAccess, Storage, StoredFile};
pub use target::{FileId, Target, is_same_file};
pub use text::{SavedText, save_text};
pub use write::{IfChanged, losses, save_as, save_file, save_over, save_private};
