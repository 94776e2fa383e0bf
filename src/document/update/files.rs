//! The files that a map was made of: which there are, and where they lie now.

use std::path::{Path, PathBuf};

use crate::load::{RowsFrom, rows_from};
use crate::model::Map;

/// A file that a map was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name in the map.
    pub name: String,
    /// Where it lies now; `None` if it was not found.
    pub path: Option<PathBuf>,
}

/// Finds the files that a map was made of: among those given, by name, else in the first of the folders that has it. A
/// single given file of another name is the only one that is missing.
///
/// # Errors
///
/// The given files that the map was not made of.
pub fn find_source_files(map: &Map, given: &[PathBuf], folders: &[&Path]) -> Result<Vec<SourceFile>, Vec<PathBuf>> {
    let mut files: Vec<SourceFile> = Vec::new();
    for import in map.imports().values() {
        let RowsFrom::File(name) = rows_from(import) else { continue };
        if files.iter().any(|file| file.name == name) {
            continue;
        }
        let has_name = |path: &&PathBuf| path.file_name().is_some_and(|file| file.to_string_lossy() == name);
        let is_plain = Path::new(name).components().count() == 1;
        let beside = || {
            let paths = folders.iter().filter(|_| is_plain).map(|folder| folder.join(name));
            paths.into_iter().find(|path| path.is_file())
        };
        let path = given.iter().find(has_name).cloned().or_else(beside);
        files.push(SourceFile { name: name.to_owned(), path });
    }
    let is_used = |path: &&PathBuf| files.iter().any(|file| file.path.as_ref() == Some(path));
    let others: Vec<PathBuf> = given.iter().filter(|path| !is_used(path)).cloned().collect();
    let mut missing = files.iter_mut().filter(|file| file.path.is_none());
    match (others.as_slice(), missing.next(), missing.next()) {
        ([], ..) => Ok(files),
        ([other], Some(file), None) => {
            file.path = Some(other.clone());
            Ok(files)
        }
        _ => Err(others),
    }
}
