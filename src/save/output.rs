//! Writes files together: all targets are checked before the first is written, and regular files are written as
//! temporary files in their folders, synced, and then renamed into place.

use std::io;
use std::path::{Path, PathBuf};

use super::attributes::LostMetadata;
use super::error::{SaveError, UNTOUCHED, failure};
use super::pending::Pending;
use super::storage::{FileAccess, Storage, StoredFile};
use super::target::{FileId, Target, folder_of};
use super::temporary::{temporary_name, temporary_path};

/// A target for one file, checked to be writable.
pub struct Output {
    /// Path as given by the user.
    path: PathBuf,
    way: WriteMode,
    access: FileAccess,
}

enum WriteMode {
    /// Replaces or creates the file at this path, which is free of links.
    Replace(PathBuf),
    /// Writes to this open file.
    Append(Box<dyn StoredFile>),
}

impl Output {
    /// Checks a target, and opens it if it is a device or pipe.
    pub(crate) fn open(path: &Path, storage: &dyn Storage) -> Result<Self, SaveError> {
        let followed = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => no_folder(path),
            _ => failure(path, "resolving its links", source, UNTOUCHED),
        };
        let way = match storage.target(path).map_err(followed)? {
            Target::File(real) => {
                storage.check(&real).map_err(|source| match source.kind() {
                    io::ErrorKind::NotFound => no_folder(path),
                    _ => failure(path, "checking write permission", source, UNTOUCHED),
                })?;
                WriteMode::Replace(real)
            }
            Target::Stream => {
                let refused = |source| SaveError::Stream { path: path.to_owned(), source };
                WriteMode::Append(storage.open_stream(path).map_err(refused)?)
            }
            Target::Other(found) => return Err(SaveError::NotAFile { path: path.to_owned(), found }),
        };
        Ok(Self { path: path.to_owned(), way, access: FileAccess::LikeReplaced })
    }

    /// Checks a target like [`Self::open`], for a file that only its owner can access.
    pub(super) fn open_private(path: &Path, storage: &dyn Storage) -> Result<Self, SaveError> {
        Ok(Self { access: FileAccess::OwnerOnly, ..Self::open(path, storage)? })
    }

    /// Returns whether the target is a device or pipe.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self.way, WriteMode::Append(_))
    }

    /// Returns the metadata of the existing file that would be lost by writing.
    ///
    /// # Errors
    ///
    /// When no file can be created beside it.
    pub fn losses(&self, storage: &dyn Storage) -> Result<Vec<LostMetadata>, SaveError> {
        let WriteMode::Replace(real) = &self.way else { return Ok(Vec::new()) };
        if storage.modified(real).is_none() {
            return Ok(Vec::new());
        }
        let (temporary, _pending, made) = make_beside(real, self.access, storage);
        let made = made.map(|file| file.losses().to_vec());
        if made.is_ok() {
            let _ = storage.remove(&temporary);
        }
        made.map_err(|source| failure(&self.path, MAKING, source, UNTOUCHED))
    }
}

/// Checks all targets to be written together, before any is written.
///
/// # Errors
///
/// When one can't be written, or is the same file as another one or one of `inputs`.
pub fn open_outputs(paths: &[&Path], inputs: &[&Path], storage: &dyn Storage) -> Result<Vec<Output>, SaveError> {
    let mut known: Vec<(&Path, FileId)> =
        inputs.iter().filter_map(|path| Some((*path, storage.file_id(path)?))).collect();
    for path in paths {
        let Some(id) = storage.file_id(path) else { continue };
        if let Some((other, _)) = known.iter().find(|(_, other)| *other == id) {
            return Err(SaveError::SameFile { path: path.to_path_buf(), other: other.to_path_buf() });
        }
        known.push((path, id));
    }
    paths.iter().map(|path| Output::open(path, storage)).collect()
}

/// Looks at places of files that are written beside one that a person named, such as the further pages of a picture.
/// `taken` are the files that are read or written besides.
///
/// # Errors
///
/// As [`open_outputs`], and when there is a file of which `may_replace` says no.
pub fn open_companions(
    paths: &[PathBuf],
    taken: &[&Path],
    may_replace: impl Fn(&[u8]) -> bool,
    storage: &dyn Storage,
) -> Result<Vec<Output>, SaveError> {
    for path in paths {
        let old = storage.read(path).map_err(|source| failure(path, "reading the existing file", source, UNTOUCHED))?;
        if old.is_some_and(|old| !may_replace(&old)) {
            return Err(SaveError::Occupied { path: path.clone() });
        }
    }
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    open_outputs(&paths, taken, storage)
}

/// Writes the checked files. No file is replaced before the bytes of all are on disk.
///
/// # Errors
///
/// When a step fails. All files are then unchanged, unless one of the final renames or folder syncs failed.
pub fn write_outputs(files: Vec<(Output, impl AsRef<[u8]>)>, storage: &dyn Storage) -> Result<(), SaveError> {
    let mut staged: Vec<Staged> = Vec::new();
    for (output, bytes) in &files {
        if let WriteMode::Replace(real) = &output.way {
            staged.push(Staged::new(output, real, bytes.as_ref(), storage)?);
        }
    }
    for (output, bytes) in files {
        if let WriteMode::Append(mut file) = output.way {
            let written = file.write_all(bytes.as_ref()).and_then(|()| file.flush()).and_then(|()| file.sync());
            written.map_err(|source| SaveError::Stream { path: output.path, source })?;
        }
    }
    staged.into_iter().try_for_each(Staged::commit)
}

/// A file on disk under its temporary name, removed on drop unless committed.
struct Staged<'a> {
    path: PathBuf,
    real: PathBuf,
    temporary: PathBuf,
    /// Kept open and locked until renamed, so that no other process sweeps it.
    file: Option<Box<dyn StoredFile>>,
    storage: &'a dyn Storage,
    is_in_place: bool,
    _pending: Pending,
}

impl<'a> Staged<'a> {
    /// Writes the new file beside `real`; errors name the path as given by the user.
    fn new(output: &Output, real: &Path, bytes: &[u8], storage: &'a dyn Storage) -> Result<Self, SaveError> {
        let path = output.path.as_path();
        let failed = |step| move |source| failure(path, step, source, UNTOUCHED);
        let (temporary, pending, file) = make_beside(real, output.access, storage);
        let file = file.map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => no_folder(path),
            _ => failed(MAKING)(source),
        })?;
        let (path, real) = (path.to_owned(), real.to_owned());
        let mut staged = Self { path, real, temporary, file: None, storage, is_in_place: false, _pending: pending };
        let file = staged.file.insert(file);
        file.write_all(bytes).and_then(|()| file.flush()).map_err(failed("writing the new file"))?;
        file.sync().map_err(failed("syncing the new file to disk"))?;
        Ok(staged)
    }

    /// Renames the file into place.
    fn commit(mut self) -> Result<(), SaveError> {
        let failed = |source| failure(&self.path, "moving the new file into place", source, UNTOUCHED);
        self.storage.rename(&self.temporary, &self.real).map_err(failed)?;
        self.is_in_place = true;
        let folder = folder_of(&self.real);
        self.storage.sync_folder(&folder).map_err(|source| {
            let remedy = "the new file is in place, but a power failure could still lose it; save again";
            failure(&self.path, "syncing the folder to disk", source, remedy)
        })?;
        let (start, end) = temporary_name(&self.real);
        for leftover in self.storage.leftovers(&folder, &start, end) {
            let _ = self.storage.remove(&leftover);
        }
        Ok(())
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        self.file = None;
        if !self.is_in_place {
            // A file that can't be removed now is swept by a later save or start.
            let _ = self.storage.remove(&self.temporary);
        }
    }
}

/// Maximum number of names tried for a temporary file; another machine may use the same ones in a shared folder.
const MAX_NAMES: usize = 100;

/// Creates a temporary file beside the file that it is to replace.
fn make_beside(
    real: &Path,
    access: FileAccess,
    storage: &dyn Storage,
) -> (PathBuf, Pending, io::Result<Box<dyn StoredFile>>) {
    let make = || {
        let temporary = temporary_path(real);
        let pending = Pending::new(&temporary);
        let file = storage.create(&temporary, real, access);
        (temporary, pending, file)
    };
    let is_free = |(_, _, file): &(PathBuf, Pending, io::Result<Box<dyn StoredFile>>)| {
        !file.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists)
    };
    std::iter::repeat_with(make).take(MAX_NAMES).find(is_free).unwrap_or_else(make)
}

/// Description of the step that creates a temporary file.
const MAKING: &str = "creating a temporary file in its folder";

/// Returns the error for a missing parent folder, possibly behind a link.
fn no_folder(path: &Path) -> SaveError {
    let behind = std::fs::read_link(path).map_or_else(|_| path.to_owned(), |link| folder_of(path).join(link));
    SaveError::NoFolder { path: path.to_owned(), folder: folder_of(&behind) }
}
