//! The formats that can be written: their names, endings, writers, and what each can't hold.

use std::path::Path;

use super::content::DataContent;
use super::feature::Feature;
use super::{DataError, DataFile};

/// A format of data.
pub struct DataFormat {
    /// The word for it on the command line.
    pub word: &'static str,
    /// Its name in lists.
    pub name: &'static str,
    /// The endings of its files without the first dot, the usual one first; some have two parts.
    pub endings: &'static [&'static str],
    /// What it is for, in a few words.
    pub purpose: &'static str,
    /// Refuses a map that has nothing that the format is for.
    check: Option<FitCheck>,
    pub(super) lacks: &'static [Feature],
    write: DataWriter,
}

/// Says whether a map has what a format is for.
type FitCheck = fn(&DataContent) -> Result<(), DataError>;

/// How a format is written.
#[derive(Clone, Copy)]
enum DataWriter {
    /// Any map can be.
    Whole(fn(&DataContent) -> Vec<DataFile>),
    /// A map may be too large.
    Limited(fn(&DataContent) -> Result<Vec<DataFile>, DataError>),
}

impl DataFormat {
    /// Returns the last part of its usual ending: "json" of "csl.json".
    #[must_use]
    pub fn last_ending(&self) -> &'static str {
        self.endings.first().and_then(|ending| ending.rsplit('.').next()).unwrap_or_default()
    }

    /// Checks that a map has what the format is for.
    ///
    /// # Errors
    ///
    /// When it has not; says what is missing.
    pub fn check(&self, content: &DataContent) -> Result<(), DataError> {
        self.check.map_or(Ok(()), |check| check(content))
    }

    /// Writes a map.
    ///
    /// # Errors
    ///
    /// When the map has nothing that the format is for, or is too large for it.
    pub fn write(&self, content: &DataContent) -> Result<Vec<DataFile>, DataError> {
        self.check(content)?;
        match self.write {
            DataWriter::Whole(write) => Ok(write(content)),
            DataWriter::Limited(write) => write(content),
        }
    }
}

impl std::fmt::Debug for DataFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word)
    }
}

use Feature as F;

/// What graphs lack of a view.
macro_rules! lacks {
    ($($feature:ident),* $(,)?) => { &[$(F::$feature),*] };
}

/// All formats, in the order of lists.
pub const DATA_FORMATS: &[DataFormat] = &[
    DataFormat {
        word: "xlsx",
        name: "Excel workbook",
        endings: &["xlsx"],
        purpose: "everything, as sheets that Tieline reads back",
        check: None,
        lacks: &[],
        write: DataWriter::Limited(super::workbook::write),
    },
    DataFormat {
        word: "csv",
        name: "CSV tables",
        endings: &["csv"],
        purpose: "two tables, OUT-actors.csv and OUT-ties.csv",
        check: None,
        lacks: TABLE_LACKS,
        write: DataWriter::Whole(super::csv::write),
    },
    DataFormat {
        word: "csv-zip",
        name: "CSV tables in a ZIP archive",
        endings: &["zip"],
        purpose: "the same two tables in one file",
        check: None,
        lacks: TABLE_LACKS,
        write: DataWriter::Limited(super::csv::write_zip),
    },
    DataFormat {
        word: "graphml",
        name: "GraphML",
        endings: &["graphml"],
        purpose: "yEd, Gephi, Cytoscape, NetworkX, igraph",
        check: None,
        lacks: lacks![Notes, Bends, ViewChoices, Steps, OtherViews, PartyRoles, MixedDirections, ControlCharacters],
        write: DataWriter::Whole(super::graph::graphml::write),
    },
    DataFormat {
        word: "gexf",
        name: "GEXF 1.3",
        endings: &["gexf"],
        purpose: "Gephi, with places, colors and years",
        check: None,
        lacks: lacks![
            Notes,
            Bends,
            ViewChoices,
            Steps,
            OtherViews,
            About,
            KindLooks,
            Facts,
            PartyRoles,
            AllSources,
            Provenance,
            Distinct,
            ControlCharacters
        ],
        write: DataWriter::Whole(super::graph::gexf::write),
    },
    DataFormat {
        word: "node-link",
        name: "Node-link JSON",
        endings: &["json"],
        purpose: "NetworkX and D3",
        check: None,
        lacks: lacks![Notes, Bends, ViewChoices, Steps, OtherViews, PartyRoles, MixedDirections],
        write: DataWriter::Whole(super::graph::node_link::write),
    },
    DataFormat {
        word: "cyjs",
        name: "Cytoscape JSON",
        endings: &["cyjs"],
        purpose: "Cytoscape and Cytoscape.js",
        check: None,
        lacks: lacks![Notes, Bends, ViewChoices, Steps, OtherViews, PartyRoles, MixedDirections],
        write: DataWriter::Whole(super::graph::cyjs::write),
    },
    DataFormat {
        word: "kumu",
        name: "Kumu workbook",
        endings: &["kumu.xlsx"],
        purpose: "the sheets Elements and Connections",
        check: None,
        lacks: TABLE_LACKS,
        write: DataWriter::Limited(super::kumu::write),
    },
    DataFormat {
        word: "ftm",
        name: "FollowTheMoney entities",
        endings: &["ftm.json", "ndjson", "jsonl"],
        purpose: "OpenSanctions and Aleph",
        check: None,
        lacks: lacks![
            Notes,
            Bends,
            Places,
            ViewChoices,
            Steps,
            OtherViews,
            About,
            KindLooks,
            KindColors,
            Facts,
            PartyRoles,
            Withdrawn,
            MixedDirections,
            EvidenceDetails,
            ClaimDetails,
            History,
            Weights,
            Provenance,
            OwnFields,
            Distinct
        ],
        write: DataWriter::Whole(super::ftm::write),
    },
    DataFormat {
        word: "bods",
        name: "Beneficial ownership data (BODS 0.4)",
        endings: &["bods.json"],
        purpose: "ties of ownership, with shares as bounds",
        check: Some(super::bods::check),
        lacks: lacks![
            Notes,
            Bends,
            Places,
            ViewChoices,
            Steps,
            OtherViews,
            KindLooks,
            KindColors,
            Facts,
            OtherTies,
            Withdrawn,
            LoneActors,
            Figures,
            FurtherEvidence,
            EvidenceDetails,
            SourceDetails,
            PartialDates,
            Provenance,
            OwnFields,
            Tags,
            Weights,
            Distinct
        ],
        write: DataWriter::Whole(super::bods::write),
    },
    DataFormat {
        word: "csl",
        name: "Sources as CSL-JSON",
        endings: &["csl.json"],
        purpose: "Zotero",
        check: Some(super::csl::check),
        lacks: REFERENCES_LACK,
        write: DataWriter::Whole(super::csl::write),
    },
    DataFormat {
        word: "bibtex",
        name: "Sources as BibTeX",
        endings: &["bib"],
        purpose: "LaTeX and reference managers",
        check: Some(super::csl::check),
        lacks: REFERENCES_LACK,
        write: DataWriter::Whole(super::bibtex::write),
    },
    DataFormat {
        word: "markdown",
        name: "Report in Markdown",
        endings: &["md", "markdown"],
        purpose: "each tie a sentence with the numbers of its sources",
        check: None,
        lacks: lacks![
            Notes,
            Bends,
            Places,
            ViewChoices,
            Steps,
            OtherViews,
            KindColors,
            History,
            Weights,
            Tags,
            Provenance,
            OwnFields,
            Distinct
        ],
        write: DataWriter::Whole(super::markdown::write),
    },
    DataFormat {
        word: "tieline",
        name: "Tieline map",
        endings: &["tieline.json", "tieline.jsonc", "jsonc"],
        purpose: "a copy, for example a redacted one",
        check: None,
        lacks: &[],
        write: DataWriter::Whole(super::tieline::write),
    },
];

/// What two tables lack.
const TABLE_LACKS: &[Feature] = lacks![
    Notes,
    Bends,
    Places,
    ViewChoices,
    Steps,
    OtherViews,
    About,
    KindLooks,
    KindColors,
    Facts,
    PartyRoles,
    FurtherEvidence,
    EvidenceDetails,
    SourceDetails,
    UncitedSources,
    ClaimDetails,
    UnusualDates,
    Provenance,
    Distinct,
];

/// What lists of sources lack.
const REFERENCES_LACK: &[Feature] =
    lacks![AllActors, AllTies, Facts, Notes, Bends, Places, ViewChoices, Steps, OtherViews, About];

/// Returns the format with this word.
#[must_use]
pub fn format_of_word(word: &str) -> Option<&'static DataFormat> {
    DATA_FORMATS.iter().find(|format| format.word.eq_ignore_ascii_case(word))
}

/// Returns the format of a file with this name: the one with the longest ending that fits.
#[must_use]
pub fn format_of_path(path: &Path) -> Option<&'static DataFormat> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let length = |format: &DataFormat| {
        let endings = format.endings.iter().filter(|ending| name.ends_with(&format!(".{ending}")));
        endings.map(|ending| ending.len()).max()
    };
    DATA_FORMATS
        .iter()
        .filter_map(|format| Some((length(format)?, format)))
        .max_by_key(|(length, _)| *length)
        .map(|(_, format)| format)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::Path;

    use super::{DATA_FORMATS, format_of_path, format_of_word};

    #[test]
    fn each_format_is_found_by_its_word_and_its_endings() {
        let mut words = HashSet::new();
        for format in DATA_FORMATS {
            assert!(words.insert(format.word));
            assert_eq!(format_of_word(format.word).map(|found| found.word), Some(format.word));
            for ending in format.endings {
                let found = format_of_path(Path::new(&format!("a.b.{ending}"))).map(|found| found.word);
                assert_eq!(found, Some(format.word), "{ending}");
            }
        }
        assert!(format_of_path(Path::new("map.png")).is_none() && format_of_path(Path::new("xlsx")).is_none());
    }
}
