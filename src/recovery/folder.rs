//! The folder of journals: file names, permissions, and the locks that mark journals of running programs.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::save::{private_options, sweep_folder};

/// The file extension of a journal.
const JOURNAL: &str = "journal";
/// The file extension of a journal's lock.
const LOCK: &str = "lock";

/// Returns a file name that is unique among running programs and within this one.
pub(super) fn unique_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
    format!("{time:x}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The paths of one journal.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    pub(super) journal: PathBuf,
    pub(super) lock: PathBuf,
}

impl Paths {
    pub(super) fn new(folder: &Path, name: &str) -> Self {
        let with = |ending| folder.join(format!("{name}.{ending}"));
        Self { journal: with(JOURNAL), lock: with(LOCK) }
    }

    /// Acquires the lock; `None` if another program, or another part of this one, holds it.
    pub(super) fn try_lock(&self) -> io::Result<Option<JournalLock>> {
        let mut options = OpenOptions::new();
        let file = private_options(&mut options).write(true).create(true).truncate(false).open(&self.lock)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(JournalLock(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Removes all files; the journal first, since a lock without one has no meaning.
    pub(super) fn remove(&self) -> io::Result<()> {
        let removed = [&self.journal, &self.lock].map(|path| remove_if_there(path));
        removed.into_iter().collect()
    }
}

/// The lock of a journal, released when this is dropped.
#[derive(Debug)]
pub(super) struct JournalLock(File);

impl Drop for JournalLock {
    fn drop(&mut self) {
        // Closing the file is not enough: a process that is being started still holds a copy of it for a moment.
        let _ = self.0.unlock();
    }
}

pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// A journal whose program no longer runs. Its lock is held until this is dropped, so that no other window offers it.
#[derive(Debug)]
pub struct FoundJournal {
    paths: Paths,
    _lock: JournalLock,
}

impl FoundJournal {
    /// Returns the path of the journal.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.paths.journal
    }

    /// Removes the journal permanently.
    ///
    /// # Errors
    ///
    /// If the system refuses; the journal may still exist then.
    pub fn remove(&self) -> io::Result<()> {
        self.paths.remove()
    }
}

/// Finds the journals in a folder whose programs no longer run, and removes leftover files. Returns none if the folder
/// can't be read.
#[must_use]
pub fn find(folder: &Path) -> Vec<FoundJournal> {
    // A journal that was being rewritten when its program ended never took effect.
    sweep_folder(folder);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    let has_ending = |path: &Path, ending: &str| path.extension().is_some_and(|found| found == ending);
    let mut names: Vec<String> = paths
        .iter()
        .filter(|path| [JOURNAL, LOCK].iter().any(|ending| has_ending(path, ending)))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort_unstable();
    names.dedup();
    names.iter().filter_map(|name| take(Paths::new(folder, name))).collect()
}

/// Takes over a journal that no program has locked. If the lock can't be checked, it counts as held: it is safer not to
/// offer a journal than to take it from a running program.
fn take(paths: Paths) -> Option<FoundJournal> {
    let lock = paths.try_lock().inspect_err(|error| tracing::warn!("{}: {error}", paths.lock.display())).ok()??;
    if paths.journal.exists() {
        return Some(FoundJournal { paths, _lock: lock });
    }
    // Left behind by a program without unsaved changes.
    let _ = paths.remove();
    None
}

#[cfg(test)]
mod tests {
    use super::Paths;

    #[test]
    fn a_lock_ends_with_its_owner_though_a_child_has_a_copy_of_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = Paths::new(folder.path(), "one");
        let lock = paths.try_lock().expect("a lock").expect("free");
        let copy = lock.0.try_clone().expect("a copy");
        assert!(paths.try_lock().expect("no error").is_none(), "it is held");
        drop(lock);
        assert!(paths.try_lock().expect("no error").is_some(), "it is free");
        drop(copy);
    }
}
