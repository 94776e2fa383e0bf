//! A map from the disk, and what is remembered of its file.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::jsonc;
use crate::visible::visible;

use super::{GoesOn, LoadError, Loaded, go_on, load_map_while, share};

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
    load_file_while(path, &|_| true)
}

/// Reads a map from a file as long as someone waits for it.
///
/// # Errors
///
/// When the file cannot be read or is no map at all, and when nobody waits any more.
pub fn load_file_while(path: &Path, goes_on: GoesOn) -> Result<(Loaded, Origin), LoadError> {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    let fail = |source| LoadError::Read { path: path.to_owned(), source };
    let meta = std::fs::metadata(path).map_err(fail)?;
    // Pipes and devices have no end to wait for.
    if !meta.is_file() {
        return Err(LoadError::NotAFile { path: path.to_owned() });
    }
    if meta.len() > jsonc::MOST_BYTES as u64 {
        return Err(LoadError::TooLarge { file: Arc::from(&*visible(&name)) });
    }
    // The time is taken first: a change while reading then shows as one.
    let modified = meta.modified().ok();
    let bytes: Arc<[u8]> = read(path, meta.len() as usize, goes_on).map_err(fail)?.into();
    let loaded = load_map_while(&bytes, &name, goes_on)?;
    let origin = Origin { path: Some(path.to_owned()), bytes, read_only: loaded.read_only.clone(), modified };
    Ok((loaded, origin))
}

/// How many bytes are read between two questions whether someone still waits.
const CHUNK: usize = 4 << 20;

/// The bytes of a file, of which this many are expected; fewer if nobody waits any more, which the next step tells.
fn read(path: &Path, expected: usize, goes_on: GoesOn) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?.take(jsonc::MOST_BYTES as u64 + 1);
    // One more than expected, so that the end is found without more room.
    let mut bytes = Vec::with_capacity(expected + 1);
    loop {
        let chunk = (&mut file).take(CHUNK as u64).read_to_end(&mut bytes)?;
        let done = bytes.len() as f32 / expected.max(1) as f32;
        if chunk == 0 || go_on(goes_on, share::READ * done.min(1.0)).is_err() {
            return Ok(bytes);
        }
    }
}
