//! Bytes to the disk, all or nothing: a temporary file in the same folder, forced to the disk, takes the
//! place of the old one in one step.

use std::io;
use std::path::{Path, PathBuf};

use crate::load::Origin;

use super::error::SaveError;
use super::storage::Storage;

/// What to do if the file is not the one that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfChanged {
    /// Refuse, so that the person can be asked.
    Refuse,
    /// Save over it.
    Overwrite,
}

/// Saves over the file that a map came from; gives what to remember of the file as it is now.
///
/// # Errors
///
/// When the map has no file, the file must not be written, was changed since, or the disk refuses. The file is
/// then as it was, but for a failure of the very last step, which the error tells.
pub fn save_over(
    origin: &Origin,
    text: &str,
    if_changed: IfChanged,
    storage: &dyn Storage,
) -> Result<Origin, SaveError> {
    let path = origin.path.as_deref().ok_or(SaveError::NoPath)?;
    if let Some(reason) = &origin.read_only {
        return Err(SaveError::ReadOnly { path: path.to_owned(), reason: reason.clone() });
    }
    if if_changed == IfChanged::Refuse {
        let failed = |source| failure(path, "reading it once more", source, UNTOUCHED);
        let is_as_opened = storage.read(path).map_err(failed)?.is_none_or(|bytes| *bytes == *origin.bytes);
        if !is_as_opened {
            return Err(SaveError::ChangedOnDisk { path: path.to_owned() });
        }
    }
    save_file(path, text, storage)
}

/// Writes a text to a file, all or nothing; gives what to remember of the file.
///
/// # Errors
///
/// When the disk refuses. The file is then as it was, but for a failure of the very last step.
pub fn save_file(path: &Path, text: &str, storage: &dyn Storage) -> Result<Origin, SaveError> {
    save_bytes(path, text.as_bytes(), storage)?;
    let modified = storage.modified(path);
    Ok(Origin { path: Some(path.to_owned()), bytes: text.as_bytes().into(), read_only: None, modified })
}

/// Writes bytes to a file, all or nothing: a picture or any other file beside a map.
///
/// # Errors
///
/// When the disk refuses. The file is then as it was, but for a failure of the very last step.
pub fn save_bytes(path: &Path, bytes: &[u8], storage: &dyn Storage) -> Result<(), SaveError> {
    let real = storage.real_path(path).map_err(|source| failure(path, "following its links", source, UNTOUCHED))?;
    let folder = folder_of(&real);
    let temporary = temporary_path(&real);
    let written = write_temporary(path, &temporary, &real, bytes, storage).and_then(|()| {
        let failed = |source| failure(path, "putting the new file in its place", source, UNTOUCHED);
        storage.rename(&temporary, &real).map_err(failed)
    });
    if let Err(error) = written {
        // What cannot be removed now is swept by a later save.
        let _ = storage.remove(&temporary);
        return Err(error);
    }
    storage.sync_folder(&folder).map_err(|source| {
        let remedy = "the new file is in place, but may be lost if the machine stops now; save again";
        failure(path, "forcing the folder to the disk", source, remedy)
    })?;
    let (start, end) = temporary_name(&real);
    for leftover in storage.leftovers(&folder, &start, end) {
        let _ = storage.remove(&leftover);
    }
    Ok(())
}

/// What to tell while the old file is still in place.
const UNTOUCHED: &str = "the file is as it was; free space or rights may be missing, so try again or save elsewhere";

fn failure(path: &Path, step: &'static str, source: io::Error, remedy: &'static str) -> SaveError {
    SaveError::Write { path: path.to_owned(), step, source, remedy }
}

/// Writes the new file beside the `real` one; errors name `path`, by which people know it.
fn write_temporary(
    path: &Path,
    temporary: &Path,
    real: &Path,
    bytes: &[u8],
    storage: &dyn Storage,
) -> Result<(), SaveError> {
    let failed = |step| move |source| failure(path, step, source, UNTOUCHED);
    let mut file = storage.create(temporary, real).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => SaveError::NoFolder { path: path.to_owned(), folder: folder_of(real) },
        _ => failed("making a new file beside it")(source),
    })?;
    file.write_all(bytes).and_then(|()| file.flush()).map_err(failed("writing the new file"))?;
    file.sync().map_err(failed("forcing the new file to the disk"))
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// How the names of our temporary files for a file begin and end.
fn temporary_name(real: &Path) -> (String, &'static str) {
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Long names must leave room for what is added: most systems allow 255 bytes.
    let cut = (0..=name.len().min(180)).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    (format!(".{}.tieline-", &name[..cut]), ".tmp")
}

fn temporary_path(real: &Path) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let (start, end) = temporary_name(real);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    folder_of(real).join(format!("{start}{}-{count}{end}", std::process::id()))
}
