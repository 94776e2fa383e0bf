//! File operations needed for saving, as a trait, so that tests can make each of them fail.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::attributes::{self, LostMetadata};
use super::target::{self, FileId, Target};

/// File system operations.
pub trait Storage {
    /// Resolves a path, following links.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn target(&self, path: &Path) -> io::Result<Target>;

    /// Returns the identity of the file at a path, to detect two names of one file.
    fn file_id(&self, path: &Path) -> Option<FileId>;

    /// Checks that a file may be created or replaced at a path without links; writes nothing.
    ///
    /// # Errors
    ///
    /// When the folder is missing or not writable, or the file is write-protected.
    fn check(&self, path: &Path) -> io::Result<()>;

    /// Opens a device or pipe for writing, without waiting for a reader.
    ///
    /// # Errors
    ///
    /// When the system refuses, or the pipe has no reader.
    fn open_stream(&self, path: &Path) -> io::Result<Box<dyn StoredFile>>;

    /// Reads a file; `None` if it doesn't exist.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>>;

    /// Creates a new file that is to replace `old`, which need not exist.
    ///
    /// # Errors
    ///
    /// When the system refuses, or `old` is write-protected.
    fn create(&self, path: &Path, old: &Path, access: FileAccess) -> io::Result<Box<dyn StoredFile>>;

    /// Renames a file atomically, replacing an existing one.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Waits until the entries of a folder are on disk.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Returns the files in a folder with this prefix and suffix that no process is writing.
    fn leftovers(&self, folder: &Path, start: &str, end: &str) -> Vec<PathBuf>;

    /// Returns the modification time of a file, if known.
    fn modified(&self, path: &Path) -> Option<SystemTime>;
}

/// The access to a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileAccess {
    /// Owner, permissions and attributes of the replaced file, or the defaults of the system if there is none.
    LikeReplaced,
    /// Only its owner can read and write it.
    OwnerOnly,
}

/// A file that is being written.
pub trait StoredFile: Write {
    /// Waits until everything written is on disk.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn sync(&mut self) -> io::Result<()>;

    /// Returns the metadata of the original file that could not be kept.
    fn losses(&self) -> &[LostMetadata] {
        &[]
    }
}

/// The local file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

/// Age from which a file counts as abandoned, where locks don't work.
const ABANDONED_AFTER: Duration = Duration::from_mins(1);

/// Maximum number of attempts to create a file, in case another process sweeps it before it is locked.
const TRIES: usize = 3;

impl Storage for Disk {
    fn target(&self, path: &Path) -> io::Result<Target> {
        target::look_at(path)
    }

    fn file_id(&self, path: &Path) -> Option<FileId> {
        target::file_id(path)
    }

    fn check(&self, path: &Path) -> io::Result<()> {
        let folder = target::folder_of(path);
        if !fs::metadata(&folder)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        refuse_protected(path)?;
        #[cfg(unix)]
        rustix::fs::access(&folder, rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK)?;
        Ok(())
    }

    fn open_stream(&self, path: &Path) -> io::Result<Box<dyn StoredFile>> {
        open_stream(path).map(|file| Box::new(Stream(file)) as Box<dyn StoredFile>)
    }

    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            bytes => bytes.map(Some),
        }
    }

    fn create(&self, path: &Path, old: &Path, access: FileAccess) -> io::Result<Box<dyn StoredFile>> {
        refuse_protected(old)?;
        let meta = match access {
            FileAccess::LikeReplaced => fs::metadata(old).ok(),
            FileAccess::OwnerOnly => None,
        };
        let file = create_locked(path, meta.is_some() || access == FileAccess::OwnerOnly)?;
        let Some(meta) = meta else { return Ok(Box::new(NewFile { file, losses: Vec::new() })) };
        match attributes::keep(old, &meta, &file) {
            Ok(losses) => Ok(Box::new(NewFile { file, losses })),
            Err(error) => {
                let _ = fs::remove_file(path);
                Err(error)
            }
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    // Other systems can't open folders as files, so syncing them isn't possible.
    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn leftovers(&self, folder: &Path, start: &str, end: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let is_ours = |name: &str| name.starts_with(start) && name.ends_with(end);
        let ours = entries.filter(|entry| entry.file_name().to_str().is_some_and(is_ours)).map(|entry| entry.path());
        ours.filter(|path| is_abandoned(path)).collect()
    }

    fn modified(&self, path: &Path) -> Option<SystemTime> {
        fs::metadata(path).and_then(|meta| meta.modified()).ok()
    }
}

/// Returns an error for a write-protected file; root could write to it regardless.
fn refuse_protected(path: &Path) -> io::Result<()> {
    let is_protected = fs::metadata(path).is_ok_and(|meta| meta.permissions().readonly());
    if is_protected {
        Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is write-protected"))
    } else {
        Ok(())
    }
}

/// Creates a file and locks it while open, which keeps other processes from sweeping it. A private file is readable
/// only by its owner, at least until it gets the permissions of the file it replaces.
fn create_locked(path: &Path, is_private: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if is_private {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = is_private;
    for _ in 1..TRIES {
        let file = options.open(path)?;
        // Some network file systems have no locks; there, files are swept by age.
        let _ = file.try_lock();
        if fs::symlink_metadata(path).is_ok() {
            return Ok(file);
        }
    }
    options.open(path)
}

/// Returns whether a path is a regular file that no process holds open for writing.
pub(crate) fn is_abandoned(path: &Path) -> bool {
    let Ok(meta) = fs::symlink_metadata(path) else { return false };
    if !meta.is_file() {
        return false;
    }
    match File::open(path).map(|file| file.try_lock()) {
        Ok(Ok(())) => true,
        Ok(Err(TryLockError::WouldBlock)) => false,
        Ok(Err(TryLockError::Error(_))) | Err(_) => {
            let age = meta.modified().ok().and_then(|time| time.elapsed().ok());
            age.is_some_and(|age| age > ABANDONED_AFTER)
        }
    }
}

/// Opens a device or pipe for writing in place. Output to this process's own streams uses the file already open, so
/// that it is neither truncated nor replaced.
#[cfg(unix)]
fn open_stream(path: &Path) -> io::Result<File> {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    let descriptor = target::own_descriptor(path);
    match descriptor {
        Some(1) => return io::stdout().as_fd().try_clone_to_owned().map(File::from),
        Some(2) => return io::stderr().as_fd().try_clone_to_owned().map(File::from),
        _ => {}
    }
    // Nonblocking mode refuses a pipe without a reader at once instead of waiting.
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let mut options = OpenOptions::new();
    options.write(true).append(descriptor.is_some()).custom_flags(flags.bits().cast_signed());
    let file = options.open(path).map_err(|error| match error.raw_os_error() {
        Some(code) if code == rustix::io::Errno::NXIO.raw_os_error() => {
            io::Error::new(io::ErrorKind::BrokenPipe, "no program reads from it")
        }
        _ => error,
    })?;
    if descriptor.is_none() && file.metadata()?.is_file() {
        return Err(io::Error::other("it was replaced by a file"));
    }
    fcntl_setfl(&file, fcntl_getfl(&file)? - OFlags::NONBLOCK)?;
    Ok(file)
}

#[cfg(not(unix))]
fn open_stream(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).open(path)
}

/// A regular file under its temporary name.
struct NewFile {
    file: File,
    losses: Vec<LostMetadata>,
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl StoredFile for NewFile {
    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_all()
    }

    fn losses(&self) -> &[LostMetadata] {
        &self.losses
    }
}

/// A device or pipe; there is nothing to sync.
struct Stream(File);

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl StoredFile for Stream {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}
