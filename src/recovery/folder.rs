//! The folder of journals: names, rights, and the locks that tell living programs from dead ones.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::save::private_options;

/// How the name of a journal ends.
const JOURNAL: &str = "journal";
/// How the name of a lock ends, beside its journal.
const LOCK: &str = "lock";
/// How the name of a journal ends that is being written anew.
const TEMPORARY: &str = "tmp";

/// Makes the folder, which only its owner may enter.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let meta = fs::metadata(folder)?;
        if meta.permissions().mode() & 0o777 != 0o700 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

/// How a file is opened that only its owner may read.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    private_options(&mut options).write(true).create(true);
    options
}

/// A name that no other running program, and nothing else in this one, has.
pub(super) fn unique_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
    format!("{time:x}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The paths that belong to one journal.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    pub(super) journal: PathBuf,
    pub(super) lock: PathBuf,
    pub(super) temporary: PathBuf,
}

impl Paths {
    pub(super) fn new(folder: &Path, name: &str) -> Self {
        let with = |ending| folder.join(format!("{name}.{ending}"));
        Self { journal: with(JOURNAL), lock: with(LOCK), temporary: with(TEMPORARY) }
    }

    /// Takes the lock; `None` if another program, or another part of this one, holds it.
    pub(super) fn try_lock(&self) -> io::Result<Option<File>> {
        let file = private().truncate(false).open(&self.lock)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Removes all of them; the journal first, since a lock without one means nothing.
    pub(super) fn remove(&self) -> io::Result<()> {
        let removed = [&self.journal, &self.temporary, &self.lock].map(|path| remove_if_there(path));
        removed.into_iter().collect()
    }
}

pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// A journal whose program is gone. Its lock is held as long as this lives, so that no other window offers it, too.
#[derive(Debug)]
pub struct Found {
    paths: Paths,
    _lock: File,
}

impl Found {
    /// The journal's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.paths.journal
    }

    /// Removes the journal for good.
    ///
    /// # Errors
    ///
    /// When the system refuses; the journal may then still be there.
    pub fn remove(&self) -> io::Result<()> {
        self.paths.remove()
    }
}

/// Finds the journals in a folder whose programs are gone, and sweeps what is left of others. A folder that cannot
/// be read holds none.
#[must_use]
pub fn find(folder: &Path) -> Vec<Found> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    let has_ending = |path: &Path, ending: &str| path.extension().is_some_and(|found| found == ending);
    let mut names: Vec<String> = paths
        .iter()
        .filter(|path| [JOURNAL, LOCK, TEMPORARY].iter().any(|ending| has_ending(path, ending)))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort_unstable();
    names.dedup();
    names.iter().filter_map(|name| take(Paths::new(folder, name))).collect()
}

/// Takes a journal that nobody holds. A lock that cannot be asked for counts as held: better not offered than taken
/// from under a running program.
fn take(paths: Paths) -> Option<Found> {
    let lock = paths.try_lock().inspect_err(|error| tracing::warn!("{}: {error}", paths.lock.display())).ok()??;
    if paths.journal.exists() {
        // What is half-written beside it never took its place.
        let _ = remove_if_there(&paths.temporary);
        return Some(Found { paths, _lock: lock });
    }
    // Left behind by a program that had nothing unsaved.
    let _ = paths.remove();
    None
}
