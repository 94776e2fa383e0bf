//! Writes the files of a format: all or none, over those that were named and over earlier exports only.

use std::path::{Path, PathBuf};

use crate::save::{Disk, LostMetadata, SaveError, open_companions, open_outputs, write_outputs};

use super::{DataFile, csv};

/// The files that were written.
#[derive(Debug, Default)]
pub struct WrittenFiles {
    /// Their paths.
    pub paths: Vec<PathBuf>,
    /// What files that were replaced had and the new ones don't.
    pub lost: Vec<(PathBuf, LostMetadata)>,
}

/// Writes the files of a format to a path, and another file beside them. `inputs` are files that are never overwritten.
/// Asks `may_write` just before anything is written.
///
/// A file that the path names is replaced. Nobody names the two files of a pair one by one, so they replace only tables
/// that were exported before.
///
/// # Errors
///
/// When a file can't be written, is one of `inputs`, or would replace something else than an earlier export. All files are
/// then as they were.
pub fn write_files(
    files: Vec<DataFile>,
    path: &Path,
    beside: Option<(&Path, Vec<u8>)>,
    inputs: &[&Path],
    may_write: impl FnOnce() -> bool,
) -> Result<WrittenFiles, SaveError> {
    let (named, companions): (Vec<DataFile>, Vec<DataFile>) =
        files.into_iter().partition(|file| file.suffix.is_empty());
    let own = named.iter().map(|_| path);
    let named_paths: Vec<&Path> = own.chain(beside.as_ref().map(|(path, _)| *path)).collect();
    let mut outputs = open_outputs(&named_paths, inputs, &Disk)?;
    let companion_paths: Vec<PathBuf> = companions.iter().map(|file| data_path(path, file.suffix)).collect();
    let taken: Vec<&Path> = named_paths.iter().chain(inputs).copied().collect();
    outputs.extend(open_companions(&companion_paths, &taken, csv::is_exported, &Disk)?);
    let paths: Vec<PathBuf> = named_paths.iter().map(|path| path.to_path_buf()).chain(companion_paths).collect();
    let mut lost = Vec::new();
    for (output, path) in outputs.iter().zip(&paths) {
        lost.extend(output.losses(&Disk)?.into_iter().map(|loss| (path.clone(), loss)));
    }
    let contents = named.into_iter().map(|file| file.bytes).chain(beside.map(|(_, bytes)| bytes));
    let contents: Vec<Vec<u8>> = contents.chain(companions.into_iter().map(|file| file.bytes)).collect();
    if !may_write() {
        return Ok(WrittenFiles::default());
    }
    write_outputs(outputs.into_iter().zip(contents).collect(), &Disk)?;
    Ok(WrittenFiles { paths, lost })
}

/// Returns the path of a file of a pair: `deals.csv` becomes `deals-ties.csv`.
fn data_path(path: &Path, suffix: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}{suffix}{ending}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{DataFile, write_files};
    use crate::export_data::{ACTORS_SUFFIX, TIES_SUFFIX};

    fn pair(words: &str) -> Vec<DataFile> {
        let file = |suffix, head: &str| DataFile { suffix, bytes: format!("\u{feff}{head},{words}\r\n").into_bytes() };
        vec![file(ACTORS_SUFFIX, "Id,Name"), file(TIES_SUFFIX, "Id,From,To")]
    }

    #[test]
    fn a_pair_replaces_an_earlier_pair_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deals.csv");
        let map = folder.path().join("map.json");
        fs::write(&map, "map").expect("written");
        let write = |words: &str| write_files(pair(words), &path, None, &[&map], || true);
        let written = write("one").expect("written");
        let names: Vec<_> = written.paths.iter().map(|path| path.file_name().expect("a name").to_owned()).collect();
        assert_eq!(names, ["deals-actors.csv", "deals-ties.csv"]);
        write("two").expect("replaced");
        let ties = folder.path().join("deals-ties.csv");
        assert!(fs::read_to_string(&ties).expect("read").contains("two"));
        fs::write(&ties, "From,To\na,b\n").expect("written");
        let refused = write("three").expect_err("somebody's own table");
        assert!(refused.to_string().contains("deals-ties.csv"), "{refused}");
        let actors = fs::read_to_string(folder.path().join("deals-actors.csv")).expect("read");
        assert!(actors.contains("two"), "all or none");
    }

    #[test]
    fn the_map_itself_is_never_replaced_and_a_canceled_copy_is_not_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let map = folder.path().join("map.md");
        fs::write(&map, "map").expect("written");
        let file = || vec![DataFile { suffix: "", bytes: b"new".to_vec() }];
        assert!(write_files(file(), &map, None, &[&map], || true).is_err());
        let other = folder.path().join("other.md");
        assert!(write_files(file(), &other, None, &[&map], || false).expect("canceled").paths.is_empty());
        assert!(!other.exists());
        assert_eq!(fs::read_to_string(&map).expect("read"), "map");
    }
}
