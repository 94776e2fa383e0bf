//! Writes copies of the map for other programs, in the background.

use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use crate::export_data::{DataContent, DataFormat, Loss, format_of_path, losses, write_files};
use crate::jobs::JobContext;

use crate::app::flow::task::Task;

/// A copy that was written.
pub(crate) struct SavedCopy {
    pub(crate) paths: Vec<PathBuf>,
    /// What it lacks, as a sentence.
    pub(crate) lost: Option<String>,
}

/// A running job that writes a copy.
pub(crate) type CopyTask = Task<anyhow::Result<SavedCopy>>;

/// Writes a copy. A name without an ending of the format gets one, and then replaces nothing. `inputs` are never overwritten.
pub(crate) fn write_copy(
    content: &DataContent,
    format: &DataFormat,
    path: &Path,
    inputs: &[PathBuf],
    job: &JobContext,
) -> anyhow::Result<SavedCopy> {
    let path = path_with_ending(path, format);
    if let Some(taken) = path.altered.filter(|path| path.exists()) {
        bail!("{} already exists; type the name with its extension to replace it", taken.display());
    }
    let lost = Loss::sentence(&losses(content, format));
    let files = format.write(content)?;
    let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    let written = write_files(files, &path.path, None, &inputs, || job.seal())?;
    ensure!(!written.paths.is_empty(), "it was canceled");
    Ok(SavedCopy { paths: written.paths, lost })
}

/// A path with an extension of its format.
struct EndedPath {
    path: PathBuf,
    /// The path, if its extension was added.
    altered: Option<PathBuf>,
}

fn path_with_ending(path: &Path, format: &DataFormat) -> EndedPath {
    let is_meant = format_of_path(path).is_some_and(|found| found.word == format.word);
    // A name such as "sources.json" is enough for a format with an ending of two parts.
    let has_last_part = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(format.last_ending()));
    if is_meant || has_last_part {
        return EndedPath { path: path.to_owned(), altered: None };
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", format.endings.first().unwrap_or(&"")));
    let path = path.with_file_name(name);
    EndedPath { altered: Some(path.clone()), path }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::path_with_ending;
    use crate::export_data::format_of_word;

    #[test]
    fn a_name_gets_the_ending_of_its_format_once() {
        for (word, name, expected, is_altered) in [
            ("csv", "deals.csv", "deals.csv", false),
            ("csv", "deals", "deals.csv", true),
            ("csv", "deals.v2", "deals.v2.csv", true),
            ("csl", "sources.json", "sources.json", false),
            ("csl", "sources.csl.json", "sources.csl.json", false),
            ("kumu", "map.xlsx", "map.xlsx", false),
            ("gexf", "map.graphml", "map.graphml.gexf", true),
        ] {
            let format = format_of_word(word).expect("a format");
            let found = path_with_ending(Path::new(name), format);
            assert_eq!((found.path.to_str(), found.altered.is_some()), (Some(expected), is_altered), "{word} {name}");
        }
    }
}
