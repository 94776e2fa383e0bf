//! Loads a map from disk, and describes its origin.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::hidden_characters::visible;
use crate::jsonc;
use crate::model::Map;

use super::formats::{FORMATS, FileFormat};
use super::import::{ImportFile, ImportOptions, ImportReport, import_tables};
use super::{LoadError, Loaded, ProgressFn, load_map_as, report_progress, share};

/// The origin of a map: the path to save to, and the original bytes, in which saving changes only the edited parts.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    kind: Kind,
    bytes: Arc<[u8]>,
    read_only: Option<String>,
    /// Further tables that the map was made of.
    further: Vec<PathBuf>,
}

/// The source of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Kind {
    /// No file: the map is new, or was written to a destination that can't be reopened.
    #[default]
    New,
    /// Compiled into the program.
    Bundled,
    /// A file in our own format.
    Own(PathBuf),
    /// A file in another format.
    Imported { path: PathBuf, format: &'static str },
}

impl Origin {
    /// Creates the origin of a map in our own format; `read_only` is the reason why the file must not be overwritten.
    #[must_use]
    pub fn own(path: PathBuf, bytes: Arc<[u8]>, read_only: Option<String>) -> Self {
        Self { kind: Kind::Own(path), bytes, read_only, further: Vec::new() }
    }

    /// Creates the origin of an imported file, which is never overwritten; `format` is the format's name with its
    /// article.
    #[must_use]
    pub fn imported(path: PathBuf, format: &'static str, bytes: Arc<[u8]>) -> Self {
        Self { kind: Kind::Imported { path, format }, bytes, read_only: None, further: Vec::new() }
    }

    /// Creates the origin of a bundled map.
    #[must_use]
    pub fn bundled(bytes: Arc<[u8]>, read_only: Option<String>) -> Self {
        Self { kind: Kind::Bundled, bytes, read_only, further: Vec::new() }
    }

    /// Creates the origin of a map with this text that has no file to reopen.
    #[must_use]
    pub fn without_file(bytes: Arc<[u8]>) -> Self {
        Self { kind: Kind::New, bytes, read_only: None, further: Vec::new() }
    }

    /// Returns the path of the file that was read, in any format.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match &self.kind {
            Kind::Own(path) | Kind::Imported { path, .. } => Some(path),
            Kind::New | Kind::Bundled => None,
        }
    }

    /// Returns the path of the map's own file, which saving overwrites.
    #[must_use]
    pub fn own_path(&self) -> Option<&Path> {
        if let Kind::Own(path) = &self.kind { Some(path) } else { None }
    }

    /// Returns the path of the imported file and the name of its format with the article.
    #[must_use]
    pub fn imported_from(&self) -> Option<(&Path, &'static str)> {
        if let Kind::Imported { path, format } = &self.kind { Some((path, format)) } else { None }
    }

    /// Adds further tables that the map was made of, which are never overwritten either.
    #[must_use]
    pub fn with_further(self, further: Vec<PathBuf>) -> Self {
        Self { further, ..self }
    }

    /// Returns the paths of all files that the map was imported from.
    pub fn imported_files(&self) -> impl Iterator<Item = &Path> {
        let first = self.imported_from().map(|(path, _)| path);
        first.into_iter().chain(self.further.iter().map(PathBuf::as_path))
    }

    /// Returns whether saving overwrites the file that was read.
    #[must_use]
    pub fn can_save_in_place(&self) -> bool {
        self.own_path().is_some()
    }

    /// Returns the bytes that were read, in any format.
    #[must_use]
    pub fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }

    /// Returns the bytes of a map in our own format; empty for an imported file.
    #[must_use]
    pub fn map_bytes(&self) -> &[u8] {
        if self.imported_from().is_some() { &[] } else { &self.bytes }
    }

    /// Returns the reason why the file must not be overwritten; `None` if it may.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Returns the file name without its folder, or "untitled".
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.path().and_then(Path::file_name);
        name.map_or_else(|| "untitled".to_owned(), |name| name.to_string_lossy().into_owned())
    }
}

/// Loads a map from a file.
///
/// # Errors
///
/// If the file can't be read or is not a map at all.
pub fn load_file(path: &Path) -> Result<(Loaded, Origin), LoadError> {
    load_file_while(path, &|_| true)
}

/// Loads a map from a file; `on_progress` can cancel it.
///
/// # Errors
///
/// If the file can't be read, is not a map at all, or loading is canceled.
pub fn load_file_while(path: &Path, on_progress: ProgressFn) -> Result<(Loaded, Origin), LoadError> {
    load_file_as(path, FORMATS, on_progress)
}

/// Loads a map from a file in one of these formats.
pub(super) fn load_file_as(
    path: &Path,
    formats: &[&'static [FileFormat]],
    on_progress: ProgressFn,
) -> Result<(Loaded, Origin), LoadError> {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    let bytes: Arc<[u8]> = read_file(path, on_progress)?.into();
    let loaded = load_map_as(&bytes, &name, formats, on_progress)?;
    let origin = match loaded.imported {
        Some(format) => Origin::imported(path.to_owned(), format, bytes),
        None => Origin::own(path.to_owned(), bytes, loaded.read_only.clone()),
    };
    Ok((loaded, origin))
}

/// Makes one map of the tables in several files.
///
/// # Errors
///
/// If a file can't be read or has no tables, or no table has anything that a map shows.
pub fn import_files(paths: &[PathBuf], options: &ImportOptions) -> Result<(Map, ImportReport), LoadError> {
    let files: Vec<ImportFile> =
        paths.iter().map(|path| read_import_file(path, &|_| true)).collect::<Result<_, _>>()?;
    import_read_files(&files, options)
}

/// Makes one map of the tables in several files that were read.
///
/// # Errors
///
/// If a file has no tables, or no table has anything that a map shows.
pub fn import_read_files(files: &[ImportFile], options: &ImportOptions) -> Result<(Map, ImportReport), LoadError> {
    let (map, report) = import_tables(files, options, &|_| true)?;
    report.check(&map, files)?;
    Ok((map, report))
}

/// Reads a file whose tables are to be imported.
///
/// # Errors
///
/// If the file can't be read.
pub fn read_import_file(path: &Path, on_progress: ProgressFn) -> Result<ImportFile, LoadError> {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    Ok(ImportFile { name: Arc::from(&*visible(&name)), bytes: read_file(path, on_progress)?.into() })
}

/// Reads a file that must be one, up to the maximum size.
fn read_file(path: &Path, on_progress: ProgressFn) -> Result<Vec<u8>, LoadError> {
    let fail = |source| LoadError::Read { path: path.to_owned(), source };
    let meta = std::fs::metadata(path).map_err(fail)?;
    // Pipes and devices may never end.
    if !meta.is_file() {
        return Err(LoadError::NotAFile { path: path.to_owned() });
    }
    if meta.len() > jsonc::MAX_BYTES as u64 {
        let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        return Err(LoadError::TooLarge { file: Arc::from(&*visible(&name)) });
    }
    read(path, meta.len() as usize, on_progress).map_err(fail)
}

/// The number of bytes read between two checks for cancellation.
const CHUNK: usize = 4 << 20;

/// Reads a file of about `expected` bytes; returns early if canceled, which the next step detects.
fn read(path: &Path, expected: usize, on_progress: ProgressFn) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?.take(jsonc::MAX_BYTES as u64 + 1);
    // One more than expected, so that the end is detected without reallocating.
    let mut bytes = Vec::with_capacity(expected + 1);
    loop {
        let chunk = (&mut file).take(CHUNK as u64).read_to_end(&mut bytes)?;
        let done = bytes.len() as f32 / expected.max(1) as f32;
        if chunk == 0 || report_progress(on_progress, share::READ * done.min(1.0)).is_err() {
            return Ok(bytes);
        }
    }
}
