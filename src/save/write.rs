//! Saves maps atomically, and detects changes made to the file by others.

use std::path::Path;

use super::attributes::LostMetadata;
use super::error::{SaveError, UNTOUCHED, failure};
use super::output::{Output, write_outputs};
use super::private::make_private_folder;
use super::storage::{Disk, Storage};
use super::target::is_same_file;
use crate::load::Origin;

/// Action if the file has changed since it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfChanged {
    /// Refuse, so that the user can decide.
    Refuse,
    /// Overwrite it.
    Overwrite,
}

/// Saves to the file that a map came from; returns its new origin.
///
/// # Errors
///
/// When the map has no file, the file is read-only or has been changed, or writing fails. The file is then unchanged,
/// unless the error says that only the final folder sync failed.
pub fn save_over(
    origin: &Origin,
    text: &str,
    if_changed: IfChanged,
    storage: &dyn Storage,
) -> Result<Origin, SaveError> {
    let path = origin.own_path().ok_or(SaveError::NoPath)?;
    if let Some(reason) = origin.read_only() {
        return Err(SaveError::ReadOnly { path: path.to_owned(), reason: reason.to_owned() });
    }
    if if_changed == IfChanged::Refuse {
        let failed = |source| failure(path, "reading it again", source, UNTOUCHED);
        let is_as_opened = storage.read(path).map_err(failed)?.is_none_or(|bytes| *bytes == **origin.bytes());
        if !is_as_opened {
            return Err(SaveError::ChangedOnDisk { path: path.to_owned() });
        }
    }
    save_file(path, text, storage)
}

/// Saves to another file than the map's own, but never to a file it was imported from.
///
/// # Errors
///
/// When it is such a file, or writing fails.
pub fn save_as(origin: &Origin, path: &Path, text: &str, storage: &dyn Storage) -> Result<Origin, SaveError> {
    if let Some((_, format)) = origin.imported_from()
        && origin.imported_files().any(|imported| is_same_file(imported, path))
    {
        return Err(SaveError::Imported { path: path.to_owned(), format });
    }
    save_file(path, text, storage)
}

/// Writes a text to a file atomically; returns the new origin, which has no path after writing to a device or pipe,
/// since these can't be reopened.
///
/// # Errors
///
/// When writing fails. The file is then unchanged, unless only the final folder sync failed.
pub fn save_file(path: &Path, text: &str, storage: &dyn Storage) -> Result<Origin, SaveError> {
    let output = Output::open(path, storage)?;
    let path = (!output.is_stream()).then(|| path.to_owned());
    write_outputs(vec![(output, text.as_bytes())], storage)?;
    let bytes = text.as_bytes().into();
    Ok(match path {
        Some(path) => Origin::own(path, bytes, None),
        None => Origin::without_file(bytes),
    })
}

/// Writes a private file atomically, readable only by its owner; creates its folder likewise. At any moment, the path
/// has the old file, the new one, or none if there was none.
///
/// # Errors
///
/// When the folder or the file can't be written; an old file is then unchanged.
pub fn save_private(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let failed = |source| failure(path, "creating its folder", source, UNTOUCHED);
    if let Some(folder) = path.parent() {
        make_private_folder(folder).map_err(failed)?;
    }
    write_outputs(vec![(Output::open_private(path, &Disk)?, bytes)], &Disk)
}

/// Returns the metadata of the file at a path that saving over it would lose. Creates and removes a file beside it to
/// find out reliably.
///
/// # Errors
///
/// When nothing can be saved there.
pub fn losses(path: &Path, storage: &dyn Storage) -> Result<Vec<LostMetadata>, SaveError> {
    Output::open(path, storage)?.losses(storage)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;

    use super::save_private;
    use crate::save::tighten_folder;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("is there").permissions().mode() & 0o7777
    }

    #[test]
    fn private_files_are_for_their_owner_alone_old_ones_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("tieline");
        let file = inner.join("window.json");
        save_private(&file, b"1").expect("saved");
        assert_eq!((mode(&inner), mode(&file)), (0o700, 0o600));
        fs::set_permissions(&inner, Permissions::from_mode(0o755)).expect("set");
        fs::set_permissions(&file, Permissions::from_mode(0o644)).expect("set");
        save_private(&file, b"2").expect("saved");
        assert_eq!((mode(&inner), mode(&file)), (0o700, 0o600));
        assert_eq!(fs::read(&file).expect("read"), b"2");
        fs::set_permissions(&file, Permissions::from_mode(0o666)).expect("set");
        tighten_folder(&inner);
        assert_eq!(mode(&file), 0o600);
    }
}
