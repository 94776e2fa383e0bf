//! Tells what a file is by its contents, and opens archives of tables.

use std::borrow::Cow;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::compound::Compound;
use super::encoding::{DecodedText, decode_text};
use super::graph::graph_format;
use super::limits::Meter;
use super::rows::is_rows;
use super::types::{Stop, TableNote};
use super::xls::{XlsWorkbook, open_xls};
use super::xlsx::Workbook;
use super::zip::{Archive, inflate};
use crate::model::Severity;

/// What has been opened so far of a file or of the members of an archive.
#[derive(Debug, Default)]
pub(super) struct Contents<'a> {
    pub(super) files: Vec<Opened<'a>>,
    pub(super) notes: Vec<TableNote>,
    pub(super) is_archive: bool,
}

/// A file of one make.
#[derive(Debug)]
pub(super) enum Opened<'a> {
    Text {
        name: Arc<str>,
        decoded: DecodedText<'a>,
    },
    Xlsx {
        name: Arc<str>,
        workbook: Workbook,
        bytes: Cow<'a, [u8]>,
    },
    Xls {
        name: Arc<str>,
        workbook: XlsWorkbook,
    },
    Ods {
        name: Arc<str>,
        content: String,
    },
    /// Rows of a database.
    Rows {
        name: Arc<str>,
        bytes: Cow<'a, [u8]>,
    },
}

const SAVE_AS: &str = "save it as .xlsx or .csv in the program it comes from";
const UNLOCK: &str = "open it in Excel or LibreOffice with the password, and save it without one";
/// Endings of files in archives that may be tables.
const ENDINGS: [&str; 20] = [
    "csv", "tsv", "tab", "txt", "sif", "ncol", "psv", "xlsx", "xlsm", "xltx", "xls", "ods", "graphml", "gexf", "dot",
    "gv", "gml", "net", "paj", "dl",
];
/// Endings of graphs in JSON.
const JSON_ENDINGS: [&str; 7] = ["json", "jsonl", "ndjson", "cyjs", "cx2", "canvas", "js"];
/// Endings of archives, which are not opened within another one.
const ARCHIVES: [&str; 8] = ["zip", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar"];
const MAX_LISTED: usize = 20;

/// Opens a file of any make, or all tables of an archive.
pub(super) fn open_any<'a>(bytes: Cow<'a, [u8]>, name: &Arc<str>, meter: &Meter) -> Result<Contents<'a>, Stop> {
    if bytes.starts_with(b"\x1f\x8b") {
        let inner = inflate(MultiGzDecoder::new(&*bytes), 0, meter)?;
        let inner_name: Arc<str> = name.strip_suffix(".gz").map_or_else(|| Arc::clone(name), Arc::from);
        let files = vec![open_file(Cow::Owned(inner), &inner_name, meter)?];
        return Ok(Contents { files, ..Contents::default() });
    }
    if is_rows(&bytes) {
        return Ok(Contents { files: vec![Opened::Rows { name: Arc::clone(name), bytes }], ..Contents::default() });
    }
    if is_plain_archive(&bytes)? {
        return open_members(&bytes, meter);
    }
    Ok(Contents { files: vec![open_file(bytes, name, meter)?], ..Contents::default() })
}

fn nested() -> Stop {
    Stop::refused("it is an archive within an archive", "unpack it, and open the tables")
}

fn no_table() -> Stop {
    Stop::refused("it is not a table", "nothing to do, unless it is a table under another name")
}

fn is_graph(file: &Opened<'_>, ending: &str) -> bool {
    matches!(file, Opened::Text { decoded, .. } if graph_format(&decoded.text, ending).is_some())
}

/// Returns whether a file is a ZIP archive and not an office document.
fn is_plain_archive(bytes: &[u8]) -> Result<bool, Stop> {
    if !bytes.starts_with(b"PK") {
        return Ok(false);
    }
    let archive = Archive::open(bytes)?;
    let is_office = ["[Content_Types].xml", "META-INF/manifest.xml", "xl/workbook.xml", "content.xml"];
    Ok(!is_office.iter().any(|name| archive.find(name).is_some()))
}

/// Opens a file that must not be an archive.
fn open_file<'a>(bytes: Cow<'a, [u8]>, name: &Arc<str>, meter: &Meter) -> Result<Opened<'a>, Stop> {
    if bytes.starts_with(b"\x1f\x8b") || is_plain_archive(&bytes)? {
        return Err(nested());
    }
    if bytes.starts_with(b"SQLite format 3\0") {
        let remedy = "use File › Open from database…, or write sqlite:FILE with --actors or --ties";
        return Err(Stop::refused("it is an SQLite database", remedy));
    }
    if bytes.starts_with(b"PK") {
        return open_office(bytes, name, meter);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return open_compound(&bytes, name, meter);
    }
    let decoded = match bytes {
        Cow::Borrowed(bytes) => decode_text(bytes),
        Cow::Owned(bytes) => {
            let decoded = decode_text(&bytes);
            let (encoding, notes) = (decoded.encoding, decoded.notes);
            DecodedText { text: Cow::Owned(decoded.text.into_owned()), encoding, notes }
        }
    };
    if is_binary(&decoded.text) {
        return Err(Stop::refused(
            "it is neither text nor a workbook",
            "choose a .csv, .tsv, .xlsx, .xls or .ods file",
        ));
    }
    Ok(Opened::Text { name: Arc::clone(name), decoded })
}

/// Returns whether more than one character in 20 is a control character that text doesn't contain.
fn is_binary(text: &str) -> bool {
    let start = &text.as_bytes()[..text.len().min(4096)];
    let controls = start.iter().filter(|byte| matches!(byte, 0..=8 | 14..=31)).count();
    controls * 20 > start.len()
}

fn open_office<'a>(bytes: Cow<'a, [u8]>, name: &Arc<str>, meter: &Meter) -> Result<Opened<'a>, Stop> {
    let archive = Archive::open(&bytes)?;
    let has = |part: &str| archive.members.iter().any(|member| member.name.starts_with(part));
    if has("xl/workbook.bin") {
        return Err(Stop::refused("it is a binary Excel workbook (.xlsb)", SAVE_AS));
    }
    for (part, what) in [("word/", "a Word document"), ("ppt/", "a PowerPoint presentation")] {
        if has(part) {
            return Err(Stop::refused(format!("it is {what}, not a table"), "copy its tables into a spreadsheet"));
        }
    }
    if let Some(content) = archive.read_named("content.xml", meter)? {
        let manifest = archive.read_named("META-INF/manifest.xml", meter)?.unwrap_or_default();
        if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
            return Err(Stop::refused("it is protected by a password", UNLOCK));
        }
        return Ok(Opened::Ods { name: Arc::clone(name), content: decode_text(&content).text.into_owned() });
    }
    let workbook = Workbook::open(&archive, meter)?;
    Ok(Opened::Xlsx { name: Arc::clone(name), workbook, bytes })
}

fn open_compound(bytes: &[u8], name: &Arc<str>, meter: &Meter) -> Result<Opened<'static>, Stop> {
    let compound = Compound::open(bytes)?;
    if compound.has("EncryptedPackage") {
        return Err(Stop::refused("it is protected by a password", UNLOCK));
    }
    let Some(stream) = compound.stream("Workbook") else {
        let is_old = compound.has("Book");
        let what = if is_old { "a workbook of Excel 95 or older" } else { "an old Office document, not a workbook" };
        return Err(Stop::refused(format!("it is {what}"), SAVE_AS));
    };
    meter.count_unpacked(stream.len())?;
    Ok(Opened::Xls { name: Arc::clone(name), workbook: open_xls(stream)? })
}

/// Opens all tables in an archive; what can't be read is left out with a note.
fn open_members<'a>(bytes: &[u8], meter: &Meter) -> Result<Contents<'a>, Stop> {
    let archive = Archive::open(bytes)?;
    let mut contents = Contents { is_archive: true, ..Contents::default() };
    let mut more = 0;
    for member in &archive.members {
        let name = member.name.as_str();
        let file_name = name.rsplit('/').next().unwrap_or_default();
        if file_name.is_empty() || file_name.starts_with('.') || name.starts_with("__MACOSX/") {
            continue;
        }
        let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let opened = if ENDINGS.contains(&&*ending) {
            let inner: Arc<str> = Arc::from(&*crate::hidden_characters::visible(file_name));
            archive.read(member, meter).and_then(|bytes| open_file(Cow::Owned(bytes), &inner, meter))
        } else if JSON_ENDINGS.contains(&&*ending) {
            let inner: Arc<str> = Arc::from(&*crate::hidden_characters::visible(file_name));
            let opened = archive.read(member, meter).and_then(|bytes| open_file(Cow::Owned(bytes), &inner, meter));
            // Archives of many programs contain settings in JSON.
            opened.and_then(|opened| if is_graph(&opened, &ending) { Ok(opened) } else { Err(no_table()) })
        } else if ARCHIVES.contains(&&*ending) {
            Err(nested())
        } else {
            Err(no_table())
        };
        match opened {
            Ok(file) => contents.files.push(file),
            Err(Stop::Refused { message, remedy }) => {
                if contents.notes.len() < MAX_LISTED {
                    let message =
                        format!("“{}” in the archive is left out: {message}", crate::hidden_characters::visible(name));
                    let is_expected = !ENDINGS.contains(&&*ending) && !ARCHIVES.contains(&&*ending);
                    let severity = if is_expected { Severity::Remark } else { Severity::Warning };
                    contents.notes.push(TableNote::new(severity, message, remedy));
                } else {
                    more += 1;
                }
            }
            Err(stop) => return Err(stop),
        }
    }
    if more > 0 {
        let message = format!("{more} further files in the archive are left out");
        contents.notes.push(TableNote::new(Severity::Warning, message, "open them one by one"));
    }
    if contents.files.is_empty() {
        return Err(Stop::refused("the archive has no table", "choose an archive of .csv, .xlsx, .xls or .ods files"));
    }
    Ok(contents)
}
