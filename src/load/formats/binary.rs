//! Binary formats, detected by their first bytes.

use super::{Confidence, FileFormat, FormatReader, Sample, table};

/// Reads the tables of workbooks and archives.
const TABLES: FormatReader = FormatReader::Known(table::read);

/// Declares a format identified by its first bytes.
macro_rules! magic {
    ($name:literal, $endings:expr, $magic:literal) => {
        FileFormat {
            name: $name,
            endings: &$endings,
            sniff: |sample| sure(starts(sample, $magic)),
            reader: FormatReader::Unsupported,
        }
    };
}

/// Declares a format of ZIP archives identified by a part of an entry name near the start.
macro_rules! zip {
    ($name:literal, $endings:expr, $part:literal) => {
        FileFormat {
            name: $name,
            endings: &$endings,
            sniff: |sample| sure(has_part(sample, $part)),
            reader: FormatReader::Unsupported,
        }
    };
}

pub(super) const FORMATS: &[FileFormat] = &[
    FileFormat { reader: TABLES, ..zip!("an Excel workbook", ["xlsx", "xlsm"], b"xl/") },
    zip!("a Word document", ["docx"], b"word/"),
    zip!("a PowerPoint presentation", ["pptx"], b"ppt/"),
    FileFormat { reader: TABLES, ..zip!("an OpenDocument spreadsheet", ["ods"], b"opendocument.spreadsheet") },
    zip!("an OpenDocument file", ["odt", "odp"], b"opendocument"),
    FileFormat {
        name: "a ZIP archive",
        endings: &["zip"],
        sniff: |sample| possible(starts(sample, ZIP)),
        reader: TABLES,
    },
    magic!("a PDF document", ["pdf"], b"%PDF-"),
    magic!("a PNG picture", ["png"], b"\x89PNG"),
    magic!("a JPEG picture", ["jpg", "jpeg"], b"\xff\xd8\xff"),
    magic!("a GIF picture", ["gif"], b"GIF8"),
    FileFormat { reader: TABLES, ..magic!("a file compressed with gzip", ["gz"], b"\x1f\x8b") },
    magic!("a file compressed with bzip2", ["bz2"], b"BZh"),
    magic!("a file compressed with xz", ["xz"], b"\xfd7zXZ"),
    magic!("a file compressed with zstd", ["zst"], b"(\xb5/\xfd"),
    magic!("a 7-Zip archive", ["7z"], b"7z\xbc\xaf"),
    magic!("a RAR archive", ["rar"], b"Rar!"),
    magic!("an SQLite database", ["sqlite", "db"], b"SQLite format 3"),
    magic!("a program", [], b"\x7fELF"),
    magic!("a Windows program", ["exe"], b"MZ"),
    FileFormat { reader: TABLES, ..magic!("an Excel workbook (.xls)", ["xls"], b"\xd0\xcf\x11\xe0") },
    magic!("an RTF document", ["rtf"], b"{\\rtf"),
    magic!("a Parquet table", ["parquet"], b"PAR1"),
    FileFormat {
        name: "a binary file of an unknown format",
        endings: &[],
        sniff: |sample| possible(is_no_text(sample)),
        reader: FormatReader::Unsupported,
    },
];

/// The first bytes of a ZIP archive.
const ZIP: &[u8] = b"PK\x03\x04";

fn sure(is_it: bool) -> Confidence {
    if is_it { Confidence::Sure } else { Confidence::No }
}

fn possible(is_it: bool) -> Confidence {
    if is_it { Confidence::Possible } else { Confidence::No }
}

fn starts(sample: &Sample, magic: &[u8]) -> bool {
    matches!(sample, Sample::Bytes(bytes) if bytes.starts_with(magic))
}

fn has_part(sample: &Sample, part: &[u8]) -> bool {
    let Sample::Bytes(bytes) = sample else { return false };
    let start = &bytes[..bytes.len().min(8192)];
    bytes.starts_with(ZIP) && start.windows(part.len()).any(|window| window == part)
}

/// Returns whether more than one byte in 20 is a control character that text doesn't contain; false for UTF-16.
fn is_no_text(sample: &Sample) -> bool {
    let Sample::Bytes(bytes) = sample else { return false };
    let is_wide = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, ..] | [0, _, ..]);
    let start = &bytes[..bytes.len().min(4096)];
    let controls = start.iter().filter(|byte| matches!(byte, 0..=8 | 14..=31)).count();
    !is_wide && controls * 20 > start.len()
}
