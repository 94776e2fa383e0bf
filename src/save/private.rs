//! Rights of files and folders that are for their owner alone: settings, recent files, what is recovered after a crash.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

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
pub(super) fn tighten(path: &Path) {
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
pub(super) fn tighten(_: &Path) {}

/// Lets the owner alone read and write a file that is made.
pub(super) fn private_options(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
