//! The few operations on files that saving needs, so that a test can let each of them fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Where files are.
pub trait Storage {
    /// The real file behind symbolic links; the path itself if there is no file yet.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;

    /// The bytes of a file; none if there is no such file.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>>;

    /// Makes a file that was not there, with the rights of another one if that exists.
    ///
    /// # Errors
    ///
    /// When the system refuses, or the other file must not be written.
    fn create(&self, path: &Path, like: &Path) -> io::Result<Box<dyn StoredFile>>;

    /// Puts a file in the place of another, at once.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Waits until the entries of a folder are on the disk.
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

    /// Files of a folder whose names begin and end so and that nobody has touched for a minute.
    fn leftovers(&self, folder: &Path, start: &str, end: &str) -> Vec<PathBuf>;

    /// When a file was last changed, if the system knows.
    fn modified(&self, path: &Path) -> Option<SystemTime>;
}

/// A file that is being written.
pub trait StoredFile: Write {
    /// Waits until all that was written is on the disk.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn sync(&mut self) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

/// How long a temporary file must have been left alone before it counts as forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(1);

impl Storage for Disk {
    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        match fs::canonicalize(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(path.to_owned()),
            found => found,
        }
    }

    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            bytes => bytes.map(Some),
        }
    }

    fn create(&self, path: &Path, like: &Path) -> io::Result<Box<dyn StoredFile>> {
        let rights = fs::metadata(like).ok().map(|meta| meta.permissions());
        if rights.as_ref().is_some_and(fs::Permissions::readonly) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is write-protected"));
        }
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        if let Some(rights) = rights
            && let Err(error) = file.set_permissions(rights)
        {
            drop(file);
            let _ = fs::remove_file(path);
            return Err(error);
        }
        Ok(Box::new(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    // Elsewhere folders cannot be opened as files; renaming is all that can be asked for.
    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn leftovers(&self, folder: &Path, start: &str, end: &str) -> Vec<PathBuf> {
        let is_forgotten = |entry: &fs::DirEntry| {
            let name = entry.file_name();
            let is_ours = name.to_str().is_some_and(|name| name.starts_with(start) && name.ends_with(end));
            let age = entry.metadata().and_then(|meta| meta.modified()).ok().and_then(|time| time.elapsed().ok());
            is_ours && age.is_some_and(|age| age > FORGOTTEN_AFTER)
        };
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter(is_forgotten).map(|entry| entry.path()).collect()
    }

    fn modified(&self, path: &Path) -> Option<SystemTime> {
        fs::metadata(path).and_then(|meta| meta.modified()).ok()
    }
}

impl StoredFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}
