//! A map from the disk, and what is remembered of its file.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::jsonc;
use crate::visible::visible;

use super::formats::{FORMATS, FileFormat};
use super::{GoesOn, LoadError, Loaded, go_on, load_map_as, share};

/// What a map came from: what saving needs to change only what changed, and where it may write.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    kind: Kind,
    bytes: Arc<[u8]>,
    read_only: Option<String>,
}

/// Where a map came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Kind {
    /// From no file: it is new, or was written to where nothing can be opened again.
    #[default]
    New,
    /// From the program itself.
    Bundled,
    /// From its own file.
    Own(PathBuf),
    /// From a file of another format.
    Imported { path: PathBuf, format: &'static str },
}

impl Origin {
    /// A map's own file with the bytes as read; `read_only` says why it must not be written.
    #[must_use]
    pub fn own(path: PathBuf, bytes: Arc<[u8]>, read_only: Option<String>) -> Self {
        Self { kind: Kind::Own(path), bytes, read_only }
    }

    /// A file of another format, which is never written; `format` is its name with the article.
    #[must_use]
    pub fn imported(path: PathBuf, format: &'static str, bytes: Arc<[u8]>) -> Self {
        Self { kind: Kind::Imported { path, format }, bytes, read_only: None }
    }

    /// A map that is compiled into the program.
    #[must_use]
    pub fn bundled(bytes: Arc<[u8]>, read_only: Option<String>) -> Self {
        Self { kind: Kind::Bundled, bytes, read_only }
    }

    /// The text of a map that lies in no file which could be opened again.
    #[must_use]
    pub fn without_file(bytes: Arc<[u8]>) -> Self {
        Self { kind: Kind::New, bytes, read_only: None }
    }

    /// The file that was read, whatever its format.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.kind {
            Kind::Own(path) | Kind::Imported { path, .. } => Some(path),
            Kind::New | Kind::Bundled => None,
        }
    }

    /// The map's own file, over which it is saved.
    #[must_use]
    pub fn own_path(&self) -> Option<&Path> {
        if let Kind::Own(path) = &self.kind { Some(path) } else { None }
    }

    /// The file that it was imported from, and the name of its format with the article.
    #[must_use]
    pub fn imported_from(&self) -> Option<(&Path, &'static str)> {
        if let Kind::Imported { path, format } = &self.kind { Some((path, format)) } else { None }
    }

    /// Whether saving writes over the file that was read.
    #[must_use]
    pub fn can_save_in_place(&self) -> bool {
        self.own_path().is_some()
    }

    /// The bytes as read, whatever their format.
    #[must_use]
    pub fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }

    /// The bytes of a map in our own format; empty where there is no such text.
    #[must_use]
    pub fn map_bytes(&self) -> &[u8] {
        if self.imported_from().is_some() { &[] } else { &self.bytes }
    }

    /// Why the file must not be written; `None` if it may.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// The file's name without its folder, or what stands for it.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.path().and_then(Path::file_name);
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
    load_file_as(path, FORMATS, goes_on)
}

/// Reads a map from a file of one of these formats.
pub(super) fn load_file_as(
    path: &Path,
    formats: &[&'static [FileFormat]],
    goes_on: GoesOn,
) -> Result<(Loaded, Origin), LoadError> {
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
    let bytes: Arc<[u8]> = read(path, meta.len() as usize, goes_on).map_err(fail)?.into();
    let loaded = load_map_as(&bytes, &name, formats, goes_on)?;
    let origin = match loaded.imported {
        Some(format) => Origin::imported(path.to_owned(), format, bytes),
        None => Origin::own(path.to_owned(), bytes, loaded.read_only.clone()),
    };
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
