//! Tables of all makes, detected by their content, else by the ending of the file.

use crate::load::Loaded;
use crate::load::import::{ImportOptions, import_tables};

use super::{Confidence, FileFormat, FormatReader, FormatRefusal, Input};

/// The format of text whose file ends like a table but does not look like one, such as a single column.
pub(super) static BY_ENDING: FileFormat = FileFormat {
    name: "a table",
    endings: &["csv", "tsv", "tab", "sif"],
    sniff: |_| Confidence::No,
    reader: FormatReader::Known(read),
};

/// Whether a file name ends like that of a table.
pub(super) fn ends_like_table(file: &str) -> bool {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| BY_ENDING.endings.contains(&ending.as_str()))
}

/// Makes a map of the tables in a file.
pub(super) fn read(input: &Input) -> Result<Loaded, FormatRefusal> {
    let files = [(input.file, input.bytes)];
    let (map, report) = import_tables(&files, &ImportOptions::default(), input.on_progress)?;
    Ok(Loaded { map, problems: report.problems, counts: report.counts, read_only: None, imported: None })
}
