//! Lists existing temporary files in a private folder of the user, so that the next start can sweep leftovers of a
//! killed save, wherever they are.
//!
//! Each process has its own list, locked while the process lives and removed when nothing is pending.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::private::{make_private_folder, private_options};
use super::storage::is_abandoned;
use super::temporary::is_temporary_name;

/// List of this process; nothing is listed before [`sweep_at_start`] has set the folder.
static LIST: Mutex<PendingList> = Mutex::new(PendingList { folder: None, open: None, pending: 0 });

struct PendingList {
    folder: Option<PathBuf>,
    open: Option<(PathBuf, File)>,
    pending: usize,
}

/// Prefix and suffix of the lists' file names.
const NAME: (&str, &str) = ("saving-", ".list");

/// Sweeps leftovers of killed processes, and sets the folder for this process's list.
pub fn sweep_at_start(folder: &Path) {
    let is_list = |name: &str| name.starts_with(NAME.0) && name.ends_with(NAME.1);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_list) {
            sweep(&entry.path());
        }
    }
    LIST.lock().unwrap_or_else(PoisonError::into_inner).folder = Some(folder.to_owned());
}

/// Removes the temporary files of this program in a folder, except those that a process is writing.
pub(crate) fn sweep_folder(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(is_temporary_name);
        if is_ours && is_abandoned(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Removes the temporary files of a list and the list itself, unless its process is alive.
fn sweep(list: &Path) {
    if !is_abandoned(list) {
        return;
    }
    let mut bytes = Vec::new();
    if File::open(list).and_then(|mut file| file.read_to_end(&mut bytes)).is_err() {
        return;
    }
    for path in bytes.split(|byte| *byte == 0).filter_map(path_of) {
        let is_ours = path.file_name().and_then(|name| name.to_str()).is_some_and(is_temporary_name);
        if path.is_absolute() && is_ours && is_abandoned(&path) {
            let _ = fs::remove_file(&path);
        }
    }
    let _ = fs::remove_file(list);
}

/// Keeps a temporary file listed until dropped.
pub(crate) struct Pending(());

impl Pending {
    /// Lists a file before it is created. If that fails, the next start can't sweep the file.
    pub(crate) fn new(path: &Path) -> Self {
        let mut list = LIST.lock().unwrap_or_else(PoisonError::into_inner);
        list.pending += 1;
        if let Err(error) = list.add(path) {
            tracing::warn!("a save is not listed for sweeping: {error}");
        }
        Self(())
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let mut list = LIST.lock().unwrap_or_else(PoisonError::into_inner);
        list.pending = list.pending.saturating_sub(1);
        if list.pending == 0
            && let Some((path, _)) = list.open.take()
        {
            let _ = fs::remove_file(path);
        }
    }
}

impl PendingList {
    fn add(&mut self, path: &Path) -> std::io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let path = std::path::absolute(path)?;
        let (_, file) = match &mut self.open {
            Some(open) => open,
            none => {
                make_private_folder(folder)?;
                none.insert(new_list(folder)?)
            }
        };
        file.write_all(&[bytes_of(&path), vec![0]].concat())
    }
}

fn new_list(folder: &Path) -> std::io::Result<(PathBuf, File)> {
    let id = std::process::id();
    // The id of a killed process may be reused before its list is swept.
    for count in 0_u32.. {
        let path = folder.join(format!("{}{id}-{count}{}", NAME.0, NAME.1));
        match private_options(&mut OpenOptions::new()).write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(file) => {
                let _ = file.try_lock();
                return Ok((path, file));
            }
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}

#[cfg(unix)]
fn bytes_of(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "other systems have names that are no bytes")]
fn path_of(bytes: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt as _;
    Some(std::ffi::OsStr::from_bytes(bytes).into())
}

#[cfg(not(unix))]
fn bytes_of(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(bytes).ok().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{bytes_of, sweep_at_start};

    #[test]
    fn only_forgotten_temporary_files_of_ours_are_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let (lost, living, theirs) = (at(".m.json.tieline-7-0.tmp"), at(".m.json.tieline-8-0.tmp"), at("mine.tmp"));
        let unlisted = at(".n.json.tieline-9-0.tmp");
        for path in [&lost, &living, &theirs, &unlisted] {
            fs::write(path, "x").expect("written");
        }
        let held = fs::File::open(&living).expect("opened");
        held.lock().expect("locked");
        let listed: Vec<u8> =
            [&lost, &living, &theirs].into_iter().flat_map(|path| [bytes_of(path), vec![0]].concat()).collect();
        let state = tempfile::tempdir().expect("a folder");
        fs::write(state.path().join("saving-7-0.list"), &listed).expect("written");
        let other = state.path().join("saving-8-0.list");
        fs::write(&other, &listed).expect("written");
        let lives = fs::File::open(&other).expect("opened");
        lives.lock().expect("locked");
        sweep_at_start(state.path());
        assert!(!lost.exists(), "what a killed process has left goes");
        assert!(living.exists() && theirs.exists() && unlisted.exists(), "everything else stays");
        assert_eq!(fs::read_dir(state.path()).expect("listed").count(), 1, "the list of who lives stays");
    }
}
