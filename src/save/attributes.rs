//! Metadata that a new file inherits from the one it replaces: owner, group, permissions, extended attributes.

use std::fmt;
use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// File metadata that is lost on saving, since a new file replaces the old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LostMetadata {
    /// Number of other hard links to the file, which keep the old content.
    Links(u64),
    /// The owner; the new file belongs to the user who saves it.
    Owner,
    /// The group, and with it the permissions of its members.
    Group,
    /// Names of extended attributes, possibly including access control lists.
    Attributes(Vec<String>),
}

impl fmt::Display for LostMetadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Links(1) => f.write_str("its other hard link will keep the old content"),
            Self::Links(count) => write!(f, "its {count} other hard links will keep the old content"),
            Self::Owner => f.write_str("it will belong to you instead of its current owner"),
            Self::Group => f.write_str("it will lose its group and the group’s permissions"),
            Self::Attributes(names) => write!(f, "it will lose the extended attributes {}", names.join(", ")),
        }
    }
}

/// Copies the metadata of the old file at `path` to the new file; returns what could not be kept.
///
/// # Errors
///
/// When permissions can't be set, since the new file might then be readable by more people than the old one.
#[cfg(unix)]
pub(crate) fn keep(path: &Path, old: &Metadata, file: &File) -> io::Result<Vec<LostMetadata>> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let mut losses = Vec::new();
    if old.nlink() > 1 {
        losses.push(LostMetadata::Links(old.nlink() - 1));
    }
    let new = file.metadata()?;
    let mut mode = old.mode() & 0o7777;
    if new.uid() != old.uid() && fchown(file, Some(old.uid()), None).is_err() {
        losses.push(LostMetadata::Owner);
        mode &= 0o1777;
    }
    if new.gid() != old.gid() && fchown(file, None, Some(old.gid())).is_err() {
        losses.push(LostMetadata::Group);
        // The old group's permissions must not pass to members of another group unless everyone has them.
        mode = (mode & 0o1707) | (((mode & 0o007) << 3) & mode);
    }
    file.set_permissions(std::fs::Permissions::from_mode(mode))?;
    let lost = keep_attributes(path, file);
    if !lost.is_empty() {
        losses.push(LostMetadata::Attributes(lost));
    }
    Ok(losses)
}

/// Copies extended attributes, and removes an access control list inherited from the folder; returns the names of
/// attributes that could not be kept.
#[cfg(unix)]
fn keep_attributes(path: &Path, file: &File) -> Vec<String> {
    use xattr::FileExt as _;
    // Signatures of the content; the system creates them anew for each file.
    const OF_CONTENT: [&str; 2] = ["security.ima", "security.evm"];
    const RIGHTS: &str = "system.posix_acl_access";
    // If attributes aren't supported, none are lost.
    let Ok(names) = xattr::list(path) else { return Vec::new() };
    let names: Vec<_> = names.filter(|name| !OF_CONTENT.iter().any(|of_content| name == of_content)).collect();
    if !names.iter().any(|name| name == RIGHTS) {
        let _ = file.remove_xattr(RIGHTS);
    }
    let is_kept = |name: &std::ffi::OsString| {
        let Ok(Some(value)) = xattr::get(path, name) else { return false };
        file.get_xattr(name).is_ok_and(|has| has.as_ref() == Some(&value)) || file.set_xattr(name, &value).is_ok()
    };
    let lost = names.iter().filter(|name| !is_kept(name));
    lost.map(|name| name.to_string_lossy().into_owned()).collect()
}

#[cfg(not(unix))]
pub(crate) fn keep(_: &Path, old: &Metadata, file: &File) -> io::Result<Vec<LostMetadata>> {
    file.set_permissions(old.permissions())?;
    Ok(Vec::new())
}
