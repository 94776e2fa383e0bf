//! The journal file of this program: rewritten at first and when it has grown, appended to otherwise.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::document::journal::{Header, JournalChange, TypedForm, batch_line, changes, saving_line, typed_changes};
use crate::load::Origin;
use crate::save::{SaveError, make_private_folder, save_private};

use super::folder::{JournalLock, Paths, remove_if_there, unique_name};
use super::scan::base_hash;
use super::unsaved::Unsaved;

/// The minimum size in bytes at which a journal is rewritten; it must also exceed twice its size after the last
/// rewrite.
const MIN_COMPACTED: u64 = 1 << 18;

/// The journal file of one program.
pub(super) struct OwnJournal {
    folder: PathBuf,
    paths: Paths,
    /// Held from the first write until the program ends.
    lock: Option<JournalLock>,
    /// The journal on disk; `None` if there is none or its state is uncertain.
    written: Option<OpenJournal>,
    /// The hash of the map's file, computed once per origin.
    base: Option<(Arc<Origin>, String)>,
    /// Changes of an earlier journal that didn't fit; kept until the map is saved.
    carried: Vec<JournalChange>,
}

struct OpenJournal {
    file: File,
    unsaved: Unsaved,
    len: u64,
    /// Its length in bytes after the last rewrite.
    whole_len: u64,
}

impl OwnJournal {
    pub(super) fn new(folder: PathBuf) -> Self {
        let paths = Paths::new(&folder, &unique_name());
        Self { folder, paths, lock: None, written: None, base: None, carried: Vec::new() }
    }

    /// Keeps changes of an earlier journal unchanged.
    pub(super) fn carry(&mut self, changes: Vec<JournalChange>) {
        if !changes.is_empty() {
            self.carried.extend(changes);
            self.written = None;
        }
    }

    /// Writes the unsaved changes to the journal; removes it if there are none.
    pub(super) fn write(&mut self, unsaved: &Unsaved) -> io::Result<()> {
        if !unsaved.state.is_unsaved() && unsaved.typed.is_empty() {
            return self.remove();
        }
        // A failed append may leave a truncated line, so the next write replaces the file.
        if let Some(written) = self.written.take()
            && let Some(written) = written.append(unsaved)?
        {
            self.written = Some(written);
            return Ok(());
        }
        self.write_whole(unsaved)
    }

    /// Announces that the file is about to get the bytes with this hash, which contain what was written so far.
    pub(super) fn announce(&mut self, hash: &str) -> io::Result<()> {
        // A failed append may leave a truncated line, so the next write replaces the file.
        let Some(mut written) = self.written.take() else { return Ok(()) };
        written.append_line(&saving_line(hash))?;
        self.written = Some(written);
        Ok(())
    }

    /// Removes the journal.
    pub(super) fn remove(&mut self) -> io::Result<()> {
        self.written = None;
        self.carried.clear();
        if self.lock.is_none() {
            return Ok(());
        }
        remove_if_there(&self.paths.journal)
    }

    /// Removes the journal and the lock at the end of the program.
    pub(super) fn leave(&mut self) -> io::Result<()> {
        self.remove()?;
        if self.lock.take().is_some() { remove_if_there(&self.paths.lock) } else { Ok(()) }
    }

    fn write_whole(&mut self, unsaved: &Unsaved) -> io::Result<()> {
        let origin = &unsaved.origin;
        make_private_folder(&self.folder)?;
        if self.lock.is_none() {
            let lock = self
                .paths
                .try_lock()?
                .ok_or_else(|| io::Error::other("another program has locked the recovery file"))?;
            self.lock = Some(lock);
        }
        let (file, file_bytes) = file_words(origin.path());
        let header = Header::new(file, file_bytes, self.base_of(origin), now());
        let mut text = header.line();
        if !self.carried.is_empty() {
            text += &batch_line(now(), &self.carried);
        }
        text += &batch_line(now(), &all_changes(None, unsaved));
        save_private(&self.paths.journal, text.as_bytes()).map_err(SaveError::into_cause)?;
        let file = OpenOptions::new().append(true).open(&self.paths.journal)?;
        let len = text.len() as u64;
        self.written = Some(OpenJournal { file, unsaved: unsaved.clone(), len, whole_len: len });
        Ok(())
    }

    fn base_of(&mut self, origin: &Arc<Origin>) -> String {
        if let Some((known, hash)) = &self.base
            && Arc::ptr_eq(known, origin)
        {
            return hash.clone();
        }
        let hash = base_hash(origin.bytes());
        self.base = Some((Arc::clone(origin), hash.clone()));
        hash
    }
}

impl OpenJournal {
    /// Appends the changes; `None` if the journal must be rewritten instead.
    fn append(mut self, unsaved: &Unsaved) -> io::Result<Option<Self>> {
        let is_of_file = Arc::ptr_eq(&self.unsaved.origin, &unsaved.origin);
        if !is_of_file || !unsaved.state.has_base_of(&self.unsaved.state) {
            return Ok(None);
        }
        let changes = all_changes(Some(&self.unsaved), unsaved);
        if changes.is_empty() {
            return Ok(Some(self));
        }
        let line = batch_line(now(), &changes);
        let len = self.len + line.len() as u64;
        if len > MIN_COMPACTED.max(2 * self.whole_len) {
            return Ok(None);
        }
        self.append_line(&line)?;
        self.unsaved = unsaved.clone();
        Ok(Some(self))
    }

    fn append_line(&mut self, line: &str) -> io::Result<()> {
        self.file.write_all(line.as_bytes())?;
        self.file.sync_data()?;
        self.len += line.len() as u64;
        Ok(())
    }
}

/// Returns the changes since an earlier state, or all, with those of the forms.
fn all_changes(before: Option<&Unsaved>, now: &Unsaved) -> Vec<JournalChange> {
    let mut all = changes(before.map(|before| &before.state), &now.state);
    let typed_before: &[TypedForm] = before.map_or(&[], |before| &before.typed);
    all.extend(typed_changes(typed_before, &now.typed));
    all
}

/// Returns the absolute path of a map's file for a header, with its bytes if it is not UTF-8.
fn file_words(path: Option<&Path>) -> (Option<String>, Option<Vec<u8>>) {
    let Some(path) = path else { return (None, None) };
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let bytes = path.to_str().is_none().then(|| path.as_os_str().as_encoded_bytes().to_owned());
    (Some(path.to_string_lossy().into_owned()), bytes)
}

/// Returns the current time in seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}
