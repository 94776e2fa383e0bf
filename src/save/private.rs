//! Files that are for their owner alone: settings, recent files, what is recovered after a crash.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

use super::error::SaveError;
use super::storage::Disk;
use super::write::save_bytes;

/// Writes a file that its owner alone can read, all or nothing; makes its folder likewise.
///
/// # Errors
///
/// When the folder can't be made or the file not be written; an old file then stays.
pub fn save_private(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let failed = |source| super::output::failure(path, "making it", source, super::output::UNTOUCHED);
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

/// Makes a folder into which its owner alone can look; the rights of one that is there are tightened to that.
///
/// # Errors
///
/// When the folder can't be made.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => tighten(folder),
        made => made?,
    }
    Ok(())
}

/// Tightens the rights of a folder of ours and of the files in it, which earlier versions let others read.
pub fn tighten_folder(folder: &Path) {
    if folder.is_dir() {
        tighten(folder);
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_file()) {
                tighten(&entry.path());
            }
        }
    }
}

/// Takes the rights of everyone but the owner away, as far as that is allowed.
#[cfg(unix)]
fn tighten(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(meta) = fs::metadata(path) else { return };
    let mode = meta.permissions().mode() & 0o7777;
    if mode & 0o077 != 0
        && let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700))
    {
        tracing::warn!("others may read {}: {error}", path.display());
    }
}

#[cfg(not(unix))]
fn tighten(_: &Path) {}

/// Lets the owner alone read and write a file that is made.
pub(crate) fn private_options(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;

    use super::{save_private, tighten_folder};

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
