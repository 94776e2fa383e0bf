//! Writes a map in the formats of other programs. What a format can't hold is counted first, see [`losses`].
//!
//! Each format is one file below this one and one entry in `formats`. `flat` turns records into named values, which tables
//! and graphs share; the names are the headings that the import of tables knows. Nothing that is written runs: no cell is a
//! formula, no text is markup. The same map gives the same bytes.

mod bibtex;
mod bods;
mod content;
mod csl;
mod csv;
mod feature;
mod files;
mod flat;
mod formats;
mod ftm;
mod graph;
mod kumu;
mod loss;
mod markdown;
mod tieline;
mod workbook;
mod xlsx;
mod xml;

pub use content::DataContent;
pub use files::{WrittenFiles, write_files};
pub use formats::{DATA_FORMATS, DataFormat, format_of_path, format_of_word};
pub use loss::{Loss, losses};

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// What is added to the stem of the name that was asked for, such as "-ties"; empty for the only file.
    pub suffix: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Error of writing a map in another format.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The map has nothing that the format is for.
    #[error("could not write {format}: {reason}; {remedy}")]
    Unfit {
        /// The name of the format.
        format: &'static str,
        /// What is missing.
        reason: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// The map is too large for the format.
    #[error("could not write {format}: {reason}; choose CSV or GraphML")]
    TooLarge {
        /// The name of the format.
        format: &'static str,
        /// Which limit is exceeded.
        reason: String,
    },
}

/// Returns the only file of a format.
fn one_file(bytes: impl Into<Vec<u8>>) -> Vec<DataFile> {
    vec![DataFile { suffix: "", bytes: bytes.into() }]
}

/// The end of the name of the file with actors, where a format has two.
const ACTORS_SUFFIX: &str = "-actors";
/// The end of the name of the file with ties.
const TIES_SUFFIX: &str = "-ties";
