//! Maps to the disk, all or nothing, and not over what someone else has written meanwhile.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;

use super::attributes::Loss;
use super::error::{SaveError, UNTOUCHED, failure};
use super::output::{Output, open_outputs, write_outputs};
use super::private::{make_private_folder, private_options, tighten};
use super::storage::{Disk, Storage};
use super::target::is_same_file;
use crate::load::Origin;

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
    let path = origin.own_path().ok_or(SaveError::NoPath)?;
    if let Some(reason) = origin.read_only() {
        return Err(SaveError::ReadOnly { path: path.to_owned(), reason: reason.to_owned() });
    }
    if if_changed == IfChanged::Refuse {
        let failed = |source| failure(path, "reading it once more", source, UNTOUCHED);
        let is_as_opened = storage.read(path).map_err(failed)?.is_none_or(|bytes| *bytes == **origin.bytes());
        if !is_as_opened {
            return Err(SaveError::ChangedOnDisk { path: path.to_owned() });
        }
    }
    save_file(path, text, storage)
}

/// Saves to another file than the map's own, but never over the file that it was imported from.
///
/// # Errors
///
/// When it is that file, or the disk refuses.
pub fn save_as(origin: &Origin, path: &Path, text: &str, storage: &dyn Storage) -> Result<Origin, SaveError> {
    if let Some((_, format)) = origin.imported_from().filter(|(imported, _)| is_same_file(imported, path)) {
        return Err(SaveError::Imported { path: path.to_owned(), format });
    }
    save_file(path, text, storage)
}

/// Writes a text to a file, all or nothing; gives what to remember of the file. After writing to a device or pipe,
/// which can't be opened again, that is no path.
///
/// # Errors
///
/// When the disk refuses. The file is then as it was, but for a failure of the very last step.
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

/// Writes bytes to a file, all or nothing: a picture or any other file beside a map.
///
/// # Errors
///
/// When the disk refuses. The file is then as it was, but for a failure of the very last step.
pub fn save_bytes(path: &Path, bytes: &[u8], storage: &dyn Storage) -> Result<(), SaveError> {
    let outputs = open_outputs(&[path], &[], storage)?;
    write_outputs(outputs.into_iter().map(|output| (output, bytes)).collect(), storage)
}

/// Writes a file that its owner alone can read, all or nothing; makes its folder likewise.
///
/// # Errors
///
/// When the folder can't be made or the file not be written; an old file then stays.
pub fn save_private(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let failed = |source| failure(path, "making it", source, UNTOUCHED);
    if let Some(folder) = path.parent() {
        make_private_folder(folder).map_err(failed)?;
    }
    // Rights are kept when a file is replaced: so there is one with the right ones first.
    match private_options(&mut OpenOptions::new()).write(true).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => tighten(path),
        made => drop(made.map_err(failed)?),
    }
    save_bytes(path, bytes, &Disk)
}

/// What of the file at a path would be lost by saving over it. For an answer that holds, a file like it is made beside
/// it and taken away again.
///
/// # Errors
///
/// When nothing can be saved there.
pub fn losses(path: &Path, storage: &dyn Storage) -> Result<Vec<Loss>, SaveError> {
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
