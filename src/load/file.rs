//! A map from the disk, and what is remembered of its file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::{LoadError, Loaded, load_map};

/// The file behind a map: what saving needs to change only what changed.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Where the file is; none for the map that is compiled into the program.
    pub path: Option<PathBuf>,
    /// The bytes as read.
    pub bytes: Arc<[u8]>,
    /// Why the file must not be written; none if it may.
    pub read_only: Option<String>,
    /// When the file was last changed, as far as the system knows: a quick sign that it may have changed since.
    pub modified: Option<SystemTime>,
}

impl Origin {
    /// The file's name without its folder, or what stands for it.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.path.as_deref().and_then(Path::file_name);
        name.map_or_else(|| "untitled".to_owned(), |name| name.to_string_lossy().into_owned())
    }
}

/// Reads a map from a file.
///
/// # Errors
///
/// When the file cannot be read or is no map at all.
pub fn load_file(path: &Path) -> Result<(Loaded, Origin), LoadError> {
    let fail = |source| LoadError::Read { path: path.to_owned(), source };
    // The time is taken first: a change while reading then shows as one.
    let modified = std::fs::metadata(path).and_then(|meta| meta.modified()).ok();
    let bytes: Arc<[u8]> = std::fs::read(path).map_err(fail)?.into();
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    let loaded = load_map(&bytes, &name)?;
    let origin = Origin { path: Some(path.to_owned()), bytes, read_only: loaded.read_only.clone(), modified };
    Ok((loaded, origin))
}
