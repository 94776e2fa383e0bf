//! Files that are written together: all are looked at before the first is written, and plain ones come as temporary
//! files in their folders, forced to the disk, which then take their places in one step each.

use std::io;
use std::path::{Path, PathBuf};

use super::attributes::Loss;
use super::error::{SaveError, UNTOUCHED, failure};
use super::pending::Pending;
use super::storage::{Storage, StoredFile};
use super::target::{FileId, Target, folder_of};
use super::temporary::{temporary_name, temporary_path};

/// A place for one file, looked at and found fit to be written.
pub struct Output {
    /// How people name it.
    path: PathBuf,
    way: WriteMode,
}

enum WriteMode {
    /// Replaces, or makes, the file at this path, which is free of links.
    Replace(PathBuf),
    /// Writes into what is open here.
    Append(Box<dyn StoredFile>),
}

impl Output {
    /// Looks at one place, and opens it if it is a device or pipe.
    pub(crate) fn open(path: &Path, storage: &dyn Storage) -> Result<Self, SaveError> {
        let followed = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => no_folder(path),
            _ => failure(path, "following its links", source, UNTOUCHED),
        };
        let way = match storage.target(path).map_err(followed)? {
            Target::File(real) => {
                storage.check(&real).map_err(|source| match source.kind() {
                    io::ErrorKind::NotFound => no_folder(path),
                    _ => failure(path, "asking for the right to write", source, UNTOUCHED),
                })?;
                WriteMode::Replace(real)
            }
            Target::Stream => {
                let refused = |source| SaveError::Stream { path: path.to_owned(), source };
                WriteMode::Append(storage.open_stream(path).map_err(refused)?)
            }
            Target::Other(found) => return Err(SaveError::NotAFile { path: path.to_owned(), found }),
        };
        Ok(Self { path: path.to_owned(), way })
    }

    /// Whether it is a device or pipe, in which nothing stays.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self.way, WriteMode::Append(_))
    }

    /// What of the file that is there would be lost by writing.
    ///
    /// # Errors
    ///
    /// When no file can be made beside it.
    pub fn losses(&self, storage: &dyn Storage) -> Result<Vec<Loss>, SaveError> {
        let WriteMode::Replace(real) = &self.way else { return Ok(Vec::new()) };
        if storage.modified(real).is_none() {
            return Ok(Vec::new());
        }
        let (temporary, _pending, made) = make_beside(real, storage);
        let made = made.map(|file| file.losses().to_vec());
        if made.is_ok() {
            let _ = storage.remove(&temporary);
        }
        made.map_err(|source| failure(&self.path, MAKING, source, UNTOUCHED))
    }
}

/// Looks at all places that are to be written together, before any of them is.
///
/// # Errors
///
/// When one can't be written, or is the same file as another one or as one of `inputs`, whatever their names.
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

/// Writes files that were looked at. No file is replaced before the bytes of all are on the disk.
///
/// # Errors
///
/// When the disk refuses. All files are then as they were, but for a failure of the very last steps.
pub fn write_outputs(files: Vec<(Output, impl AsRef<[u8]>)>, storage: &dyn Storage) -> Result<(), SaveError> {
    let mut staged: Vec<Staged> = Vec::new();
    for (output, bytes) in &files {
        if let WriteMode::Replace(real) = &output.way {
            staged.push(Staged::new(&output.path, real, bytes.as_ref(), storage)?);
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

/// A file that is on the disk under its temporary name. It goes again unless it takes its place.
struct Staged<'a> {
    path: PathBuf,
    real: PathBuf,
    temporary: PathBuf,
    /// Kept open, and locked, until it has its name, so that no other program sweeps it.
    file: Option<Box<dyn StoredFile>>,
    storage: &'a dyn Storage,
    is_in_place: bool,
    _pending: Pending,
}

impl<'a> Staged<'a> {
    /// Writes the new file beside the `real` one; errors name `path`, by which people know it.
    fn new(path: &Path, real: &Path, bytes: &[u8], storage: &'a dyn Storage) -> Result<Self, SaveError> {
        let failed = |step| move |source| failure(path, step, source, UNTOUCHED);
        let (temporary, pending, file) = make_beside(real, storage);
        let file = file.map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => no_folder(path),
            _ => failed(MAKING)(source),
        })?;
        let (path, real) = (path.to_owned(), real.to_owned());
        let mut staged = Self { path, real, temporary, file: None, storage, is_in_place: false, _pending: pending };
        let file = staged.file.insert(file);
        file.write_all(bytes).and_then(|()| file.flush()).map_err(failed("writing the new file"))?;
        file.sync().map_err(failed("forcing the new file to the disk"))?;
        Ok(staged)
    }

    /// Puts the file in its place.
    fn commit(mut self) -> Result<(), SaveError> {
        let failed = |source| failure(&self.path, "putting the new file in its place", source, UNTOUCHED);
        self.storage.rename(&self.temporary, &self.real).map_err(failed)?;
        self.is_in_place = true;
        let folder = folder_of(&self.real);
        self.storage.sync_folder(&folder).map_err(|source| {
            let remedy = "the new file is in place, but may be lost if the machine stops now; save again";
            failure(&self.path, "forcing the folder to the disk", source, remedy)
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
            // What cannot be removed now is swept by a later save or start.
            let _ = self.storage.remove(&self.temporary);
        }
    }
}

/// How many names are tried for a temporary file; another machine that writes to the same folder may have the same.
const MOST_NAMES: usize = 100;

/// Makes a temporary file beside a file, like it.
fn make_beside(real: &Path, storage: &dyn Storage) -> (PathBuf, Pending, io::Result<Box<dyn StoredFile>>) {
    let make = || {
        let temporary = temporary_path(real);
        let pending = Pending::new(&temporary);
        let file = storage.create(&temporary, real);
        (temporary, pending, file)
    };
    let is_free = |(_, _, file): &(PathBuf, Pending, io::Result<Box<dyn StoredFile>>)| {
        !file.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists)
    };
    std::iter::repeat_with(make).take(MOST_NAMES).find(is_free).unwrap_or_else(make)
}

/// The step of making a temporary file.
const MAKING: &str = "making a new file beside it";

/// The folder is missing that a file was to go into, perhaps behind a link.
fn no_folder(path: &Path) -> SaveError {
    let behind = std::fs::read_link(path).map_or_else(|_| path.to_owned(), |link| folder_of(path).join(link));
    SaveError::NoFolder { path: path.to_owned(), folder: folder_of(&behind) }
}
