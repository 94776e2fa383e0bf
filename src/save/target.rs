//! Resolves a path before anything is written to it.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Maximum number of symbolic links followed, as on Linux.
const MAX_LINKS: usize = 40;

/// The kind of file at a path, after following links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A regular file, or none yet. The path is absolute and free of links.
    File(PathBuf),
    /// A character device, a pipe or an already open file, written to in place.
    Stream,
    /// Not writable as a file; names the kind.
    Other(&'static str),
}

/// Identity of a file, independent of its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileId {
    /// Device and inode number.
    Node(u64, u64),
    /// Path without links, for files that don't exist yet or systems without file numbers.
    Path(PathBuf),
}

/// Resolves a path without opening or creating anything.
///
/// # Errors
///
/// When the system refuses, for example for circular links or a missing parent folder.
pub(crate) fn look_at(path: &Path) -> io::Result<Target> {
    if own_descriptor(path).is_some() {
        return Ok(Target::Stream);
    }
    match fs::metadata(path) {
        Ok(meta) if meta.is_file() => fs::canonicalize(path).map(Target::File),
        Ok(meta) => Ok(kind_of(&meta)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => place_of_new(path).map(Target::File),
        Err(error) => Err(error),
    }
}

/// Returns the identity of the file at a path, or `None` if it can't be resolved.
pub(crate) fn file_id(path: &Path) -> Option<FileId> {
    match fs::metadata(path) {
        Ok(meta) => Some(node_of(&meta).unwrap_or_else(|| FileId::Path(fs::canonicalize(path).unwrap_or(path.into())))),
        Err(_) => place_of_new(path).ok().map(|path| FileId::Path(folded(path))),
    }
}

/// Returns whether two paths lead to the same file.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    one == other || file_id(one).is_some_and(|id| file_id(other) == Some(id))
}

/// Returns the path at which a missing file would be created, following links that lead to it.
fn place_of_new(path: &Path) -> io::Result<PathBuf> {
    let mut at = path.to_owned();
    for _ in 0..MAX_LINKS {
        let name = at.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        let real = fs::canonicalize(folder_of(&at))?.join(name);
        match fs::read_link(&real) {
            Ok(next) => at = folder_of(&real).join(next),
            Err(_) => return Ok(real),
        }
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// Returns the parent folder of a path; `.` for a bare name.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Lower-cases the path on systems whose file systems ignore case.
fn folded(path: PathBuf) -> PathBuf {
    let is_folding = cfg!(any(target_os = "windows", target_os = "macos"));
    if is_folding { path.to_string_lossy().to_lowercase().into() } else { path }
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "other systems have no numbers")]
fn node_of(meta: &Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    Some(FileId::Node(meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn node_of(_: &Metadata) -> Option<FileId> {
    None
}

#[cfg(unix)]
fn kind_of(meta: &Metadata) -> Target {
    use std::os::unix::fs::FileTypeExt as _;
    let kind = meta.file_type();
    match () {
        () if kind.is_dir() => Target::Other("a folder"),
        () if kind.is_fifo() || kind.is_char_device() => Target::Stream,
        // Writing to a whole disk is hardly ever intended and would destroy its content.
        () if kind.is_block_device() => Target::Other("a disk"),
        () if kind.is_socket() => Target::Other("a socket"),
        () => Target::Other("not a file"),
    }
}

#[cfg(not(unix))]
fn kind_of(meta: &Metadata) -> Target {
    Target::Other(if meta.is_dir() { "a folder" } else { "not a file" })
}

/// Returns the number of this process's open file that a path refers to, such as 1 for `/dev/stdout`.
#[cfg(unix)]
pub(crate) fn own_descriptor(path: &Path) -> Option<u32> {
    let folders: Vec<PathBuf> =
        ["/proc/self/fd", "/dev/fd"].iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
    let mut at = path.to_owned();
    for _ in 0..MAX_LINKS {
        let name = at.file_name()?.to_owned();
        let folder = fs::canonicalize(folder_of(&at)).ok()?;
        if folders.contains(&folder) {
            return name.to_str()?.parse().ok();
        }
        at = folder.join(fs::read_link(folder.join(name)).ok()?);
    }
    None
}

#[cfg(not(unix))]
pub(crate) fn own_descriptor(_: &Path) -> Option<u32> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};

    use super::{Target, is_same_file, look_at, own_descriptor};

    #[test]
    fn links_are_followed_to_files_that_are_there_or_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let real = fs::canonicalize(folder.path()).expect("real");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), "").expect("written");
        symlink("file", at("link")).expect("linked");
        symlink("new", at("dangling")).expect("linked");
        symlink("dangling", at("again")).expect("linked");
        symlink("circle", at("circle")).expect("linked");
        symlink("none/new", at("lost")).expect("linked");
        assert_eq!(look_at(&at("link")).expect("looked"), Target::File(real.join("file")));
        assert_eq!(look_at(&at("again")).expect("looked"), Target::File(real.join("new")));
        assert!(look_at(&at("circle")).is_err() && look_at(&at("lost")).is_err());
        assert_eq!(look_at(folder.path()).expect("looked"), Target::Other("a folder"));
    }

    #[test]
    fn devices_are_streams_and_open_files_are_found_by_their_number() {
        assert_eq!(look_at(Path::new("/dev/null")).expect("looked"), Target::Stream);
        let folder = tempfile::tempdir().expect("a folder");
        let link = folder.path().join("out.svg");
        symlink("/dev/stdout", &link).expect("linked");
        assert_eq!(own_descriptor(&link), Some(1));
        assert_eq!(own_descriptor(Path::new("/dev/null")), None);
    }

    #[test]
    fn one_file_is_one_by_any_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "").expect("written");
        fs::hard_link(at("a"), at("b")).expect("linked");
        let dotted = PathBuf::from(format!("{}/./new", folder.path().display()));
        assert!(is_same_file(&at("a"), &at("b")) && is_same_file(&at("new"), &dotted));
        assert!(!is_same_file(&at("a"), &at("new")) && !is_same_file(&at("new"), &at("other")));
    }
}
