//! Makes maps of the tables in files of all makes. Most are detected as text or by their bytes.

use std::sync::Arc;

use crate::load::Loaded;
use crate::load::import::{ImportFile, ImportOptions, import_tables};

use super::{Confidence, FileFormat, FormatReader, FormatRefusal, Input};

/// Tables that only the ending of the file tells.
pub(super) const FORMATS: &[FileFormat] = &[FileFormat {
    name: "a network of Cytoscape (SIF)",
    endings: &["sif"],
    sniff: |_| Confidence::No,
    reader: FormatReader::Known(read),
}];

/// Makes a map of the tables in a file.
pub(super) fn read(input: &Input) -> Result<Loaded, FormatRefusal> {
    let files = [ImportFile { name: Arc::clone(input.file), bytes: input.bytes.into() }];
    let (map, report) = import_tables(&files, &ImportOptions::default(), input.on_progress)?;
    report.check(&map, &files)?;
    let (problems, counts) = (report.problems.clone(), report.counts);
    Ok(Loaded { map, problems, counts, read_only: None, imported: None, report: Some(Box::new(report)) })
}
