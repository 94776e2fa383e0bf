//! Makes maps of the tables in files of all makes. Most are detected as text or by their bytes.

use std::sync::Arc;

use crate::load::Loaded;
use crate::load::import::{ImportFile, ImportOptions, import_tables};
use crate::load::table::is_ncol;

use super::{Confidence, FileFormat, FormatReader, FormatRefusal, Input, MAX_SNIFFED_CHARS, Sample};

/// Tables that are recognized by the file extension, since their content shows little or nothing.
pub(super) const FORMATS: &[FileFormat] = &[
    FileFormat {
        name: "a Cytoscape network (SIF)",
        endings: &["sif"],
        sniff: |_| Confidence::No,
        reader: FormatReader::Known(read),
    },
    FileFormat {
        name: "an edge list (NCOL)",
        endings: &["ncol"],
        sniff: |sample| match sample {
            Sample::Text { start, .. } if is_ncol(whole_lines(start), false) => Confidence::Possible,
            _ => Confidence::No,
        },
        reader: FormatReader::Known(read),
    },
];

/// Returns a sample without its last line, which may be cut off.
fn whole_lines(sample: &str) -> &str {
    let is_short = sample.len() < MAX_SNIFFED_CHARS;
    sample.rsplit_once('\n').map_or(sample, |(lines, _)| if is_short { sample } else { lines })
}

/// Makes a map of the tables in a file.
pub(super) fn read(input: &Input) -> Result<Loaded, FormatRefusal> {
    let files = [ImportFile { name: Arc::clone(input.file), bytes: input.bytes.into() }];
    let (map, report) = import_tables(&files, &ImportOptions::default(), input.on_progress)?;
    report.check(&map, &files)?;
    let (problems, counts) = (report.problems.clone(), report.counts);
    Ok(Loaded { map, problems, counts, read_only: None, imported: None, report: Some(Box::new(report)) })
}
