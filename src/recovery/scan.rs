//! Finds the journals left by crashes and the state of their files.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::document::Look;
use crate::document::journal::{AppliedJournal, Header, Journal};
use crate::load::{self, BUNDLED, Loaded};
use crate::model::Map;
use crate::save::is_same_view;

use super::folder::{FoundJournal, find};

/// The maximum size of a recovery file in bytes.
const MAX_BYTES: u64 = 1 << 30;

/// Unsaved work of a program that no longer runs.
#[derive(Debug)]
pub struct Offer {
    /// The journal, locked until this is dropped.
    pub found: FoundJournal,
    /// The contents of the journal.
    pub content: JournalContent,
}

/// The contents of a journal.
#[derive(Debug)]
pub enum JournalContent {
    /// It can't be read, for this reason.
    Unreadable(String),
    /// Changes to a map.
    Changes {
        /// The changes.
        journal: Journal,
        /// The map they belong to.
        file: OfferedFile,
        /// The state of the map's file.
        base: Base,
    },
}

/// The file that the changes belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferedFile {
    /// The bundled sample map.
    Sample,
    /// None: the map was made in the window and never saved.
    New,
    /// A file with this absolute path.
    At(PathBuf),
}

/// The state of a file compared to when its changes were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// Its bytes are the same.
    AsItWas,
    /// Its bytes differ.
    Changed {
        /// The number of changes that no longer fit, at least in part.
        left_out: usize,
    },
    /// It doesn't exist.
    Missing,
    /// It can't be opened, for this reason.
    Unusable(String),
}

impl Offer {
    /// Returns whether there is a map to apply the changes to.
    #[must_use]
    pub fn can_be_recovered(&self) -> bool {
        matches!(self.content, JournalContent::Changes { base: Base::AsItWas | Base::Changed { .. }, .. })
    }

    /// Returns the file that the changes belong to; `None` if the journal is unreadable.
    #[must_use]
    pub fn file(&self) -> Option<&OfferedFile> {
        match &self.content {
            JournalContent::Changes { file, .. } => Some(file),
            JournalContent::Unreadable(_) => None,
        }
    }

    /// The sort key: when it was last written, in seconds since 1970; unreadable journals come last.
    fn time(&self) -> u64 {
        match &self.content {
            JournalContent::Changes { journal, .. } => journal.last,
            JournalContent::Unreadable(_) => u64::MAX,
        }
    }
}

impl OfferedFile {
    fn new(header: &Header) -> Self {
        match &header.file {
            Some(path) => Self::At(path_of(path, header.file_bytes.as_deref())),
            // A new map has no text yet.
            None if header.base == base_hash(b"") => Self::New,
            None => Self::Sample,
        }
    }
}

#[cfg(unix)]
fn path_of(path: &str, bytes: Option<&[u8]>) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    bytes.map_or_else(|| path.into(), |bytes| std::ffi::OsStr::from_bytes(bytes).into())
}

#[cfg(not(unix))]
fn path_of(path: &str, _: Option<&[u8]>) -> PathBuf {
    path.into()
}

/// Finds unsaved work of programs that no longer run, oldest first; only that of one file if `only` is given. Journals
/// whose changes turn out to be saved are removed.
#[must_use]
pub fn scan(folder: &Path, only: Option<&OfferedFile>) -> Vec<Offer> {
    let mut offers: Vec<Offer> = find(folder).into_iter().filter_map(|found| look_at(found, only)).collect();
    offers.sort_by_key(Offer::time);
    offers
}

/// Reads a journal; `None` if `only` names another file or everything in it is saved.
fn look_at(found: FoundJournal, only: Option<&OfferedFile>) -> Option<Offer> {
    let read = read(found.path()).map_err(|error| error.to_string());
    let mut journal = match read.and_then(|bytes| Journal::parse(&bytes).map_err(|error| error.to_string())) {
        Ok(journal) => journal,
        Err(why) => {
            return only.is_none().then_some(Offer { found, content: JournalContent::Unreadable(why) });
        }
    };
    let file = OfferedFile::new(&journal.header);
    if only.is_some_and(|only| !is_same_file(only, &file)) {
        return None;
    }
    let base = if journal.has_changes() { base_of(&mut journal, &file) } else { None };
    let Some(base) = base else {
        // Nothing is lost: the program was killed between saving and removing it.
        let removed = found.remove();
        let _ = removed.inspect_err(|error| tracing::warn!("{} was not removed: {error}", found.path().display()));
        return None;
    };
    Some(Offer { found, content: JournalContent::Changes { journal, file, base } })
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.len() > MAX_BYTES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is too large"));
    }
    std::fs::read(path)
}

/// Determines the state of the file; `None` if it already contains all changes.
fn base_of(journal: &mut Journal, file: &OfferedFile) -> Option<Base> {
    let loaded = match file {
        OfferedFile::New => return Some(Base::AsItWas),
        OfferedFile::Sample => load::load_bundled(BUNDLED[0]),
        OfferedFile::At(path) => match std::fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Some(Base::Missing),
            // If the bytes are the same, the file need not be parsed.
            Ok(meta) if meta.is_file() && std::fs::read(path).is_ok_and(|bytes| has_hash(&bytes, journal)) => {
                return journal.has_changes().then_some(Base::AsItWas);
            }
            _ => load::load_file(path),
        },
    };
    let (Loaded { map, .. }, origin) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return Some(Base::Unusable(error.to_string())),
    };
    if has_hash(origin.bytes(), journal) {
        return journal.has_changes().then_some(Base::AsItWas);
    }
    let on_disk = Look::of_map(&map);
    let AppliedJournal { look, records, typed, left_out, .. } =
        journal.apply_to_newer(&map, &on_disk, &on_disk).applied;
    let has_more = !left_out.is_empty() || !records.is_empty() || !typed.is_empty() || journal.unreadable > 0;
    let is_saved = !has_more && says_the_same(&map, &look, &on_disk);
    (!is_saved).then_some(Base::Changed { left_out: left_out.len() })
}

/// Returns whether a journal is about a file with these bytes; changes that they contain already are forgotten.
fn has_hash(bytes: &[u8], journal: &mut Journal) -> bool {
    let hash = base_hash(bytes);
    hash == journal.header.base || journal.follow_save(&hash)
}

fn says_the_same(map: &Map, one: &Look, other: &Look) -> bool {
    is_same_view(map, &one.to_view(map), &other.to_view(map))
}

/// Returns the hash by which a journal identifies the contents of its file.
#[must_use]
pub fn base_hash(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// Returns whether two names are of one file. Any two new maps are, so that only an empty one may be named so.
#[must_use]
pub fn is_same_file(one: &OfferedFile, other: &OfferedFile) -> bool {
    let real = |path: &Path| {
        let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        std::fs::canonicalize(path).unwrap_or_else(|_| absolute())
    };
    match (one, other) {
        (OfferedFile::Sample, OfferedFile::Sample) | (OfferedFile::New, OfferedFile::New) => true,
        (OfferedFile::At(one), OfferedFile::At(other)) => one == other || real(one) == real(other),
        _ => false,
    }
}
