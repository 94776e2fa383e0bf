//! Permissions of private files and folders: settings, recent files, recovery data.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

/// Creates a folder that only its owner can access, or restricts the permissions of an existing one.
///
/// # Errors
///
/// When the folder can't be created.
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

/// Restricts the permissions of an application folder and the files in it, which earlier versions left readable to
/// others.
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

/// Removes all permissions of others than the owner, as far as allowed.
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

/// Makes created files readable and writable only by the owner.
pub(crate) fn private_options(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
