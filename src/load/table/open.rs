//! Opens a file and reads all of its tables. Opening unpacks and decodes; reading borrows cells from what was opened.

use std::borrow::Cow;
use std::sync::Arc;

use super::super::ProgressFn;
use super::archive::{Contents, Opened, open_any};
use super::delimited::dialect::detect_dialect;
use super::delimited::read_delimited;
use super::encoding::DecodedText;
use super::graph::{graph_format, read_graph};
use super::limits::{Limits, Meter};
use super::network::{is_ncol, is_sif, read_ncol, read_sif};
use super::ods::read_ods;
use super::rows::read_rows;
use super::sheet::RawSheet;
use super::types::{Stop, Table, TableError, TableNote, Tables};
use super::xls::read_xls_sheet;
use super::zip::Archive;
use crate::model::Severity;

/// The unpacked and decoded contents of a file, from which the cells of its tables borrow.
#[derive(Debug)]
pub(crate) struct TableFiles<'a> {
    file: Arc<str>,
    contents: Contents<'a>,
    limits: Limits,
    packed_bytes: usize,
}

/// Opens a file of tables; `file` is its name without the folder.
///
/// # Errors
///
/// If the file has no tables, is protected by a password, exceeds a limit, or opening is canceled.
pub(crate) fn open_tables<'a>(
    bytes: &'a [u8],
    file: &Arc<str>,
    limits: &Limits,
    on_progress: ProgressFn,
) -> Result<TableFiles<'a>, TableError> {
    let meter = Meter::new(*limits, bytes.len(), on_progress);
    let contents = meter.report(0.0).and_then(|()| open_any(Cow::Borrowed(bytes), file, &meter));
    let contents = contents.map_err(|stop| stop.in_file(file))?;
    Ok(TableFiles { file: Arc::clone(file), contents, limits: *limits, packed_bytes: bytes.len() })
}

impl TableFiles<'_> {
    /// Reads all tables, in file order. Tables without rows are left out.
    ///
    /// # Errors
    ///
    /// If a limit is exceeded, or reading is canceled.
    pub(crate) fn read(&self, on_progress: ProgressFn) -> Result<Tables<'_>, TableError> {
        let meter = Meter::new(self.limits, self.packed_bytes, on_progress);
        let mut tables = Tables { notes: self.contents.notes.clone(), ..Tables::default() };
        for file in &self.contents.files {
            read_file(file, &mut tables, &meter).map_err(|stop| stop.in_file(&self.file))?;
        }
        if self.contents.is_archive {
            tables.format = "zip";
        } else if let [Opened::Text { decoded, .. }] = self.contents.files.as_slice() {
            tables.encoding = Some(decoded.encoding);
        }
        Ok(tables)
    }
}

fn read_file<'a>(file: &'a Opened, tables: &mut Tables<'a>, meter: &Meter) -> Result<(), Stop> {
    match file {
        Opened::Text { name, decoded } => {
            if let Some(format) = graph_format(&decoded.text, &ending(name)) {
                tables.notes.extend_from_slice(&decoded.notes);
                return read_graph(format, name, &decoded.text, tables, meter);
            }
            let table = read_text(name, decoded, meter)?;
            if table.format != "sif" {
                meter.check_area(table.width(), table.row_count())?;
            }
            tables.format = table.format;
            if table.row_count() > 0 {
                tables.tables.push(table);
            }
        }
        Opened::Xlsx { name, workbook, bytes } => {
            tables.format = "xlsx";
            let archive = Archive::open(bytes)?;
            for entry in &workbook.sheets {
                if !is_ignored(&entry.name, tables) {
                    add_sheet(tables, workbook.read_sheet(entry, &archive, meter)?, name, "xlsx", meter)?;
                }
            }
        }
        Opened::Xls { name, workbook } => {
            tables.format = "xls";
            for entry in &workbook.sheets {
                if !is_ignored(&entry.name, tables) {
                    add_sheet(tables, read_xls_sheet(workbook, entry, meter)?, name, "xls", meter)?;
                }
            }
        }
        Opened::Rows { name, bytes } => return read_rows(bytes, name, tables, meter),
        Opened::Ods { name, content } => {
            tables.format = "ods";
            for sheet in read_ods(content, meter)? {
                if !is_ignored(&sheet.name, tables) {
                    add_sheet(tables, sheet, name, "ods", meter)?;
                }
            }
        }
    }
    Ok(())
}

/// Returns the extension of a file name in lower case.
fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn read_text<'a>(name: &Arc<str>, decoded: &'a DecodedText, meter: &Meter) -> Result<Table<'a>, Stop> {
    let text = &*decoded.text;
    let ending = ending(name);
    let start = detect_dialect(text, matches!(&*ending, "tsv" | "tab"));
    let is_sif = ending == "sif" || (!matches!(&*ending, "csv" | "tsv" | "tab") && is_sif(text, &start));
    let is_ncol = || !matches!(&*ending, "csv" | "tsv" | "tab") && is_ncol(text, ending == "ncol");
    let format = match start.dialect.separator {
        _ if is_sif => "sif",
        _ if is_ncol() => "ncol",
        b'\t' => "tsv",
        _ => "csv",
    };
    let mut table = Table::new(name, None, format);
    for note in decoded.notes.iter().chain(&start.notes) {
        table.note(note.clone());
    }
    match format {
        "sif" => read_sif(&mut table, text, meter)?,
        "ncol" => read_ncol(&mut table, text, meter)?,
        _ => read_delimited(&mut table, text, start.dialect, (start.at, start.line), meter)?,
    }
    Ok(table)
}

/// Returns whether a sheet is marked to be ignored, as in Kumu's workbooks, and notes it.
fn is_ignored(name: &str, tables: &mut Tables) -> bool {
    let is_ignored = name.to_lowercase().contains("(ignore)");
    if is_ignored {
        let message = format!("the sheet “{}” is left out, as its name says", crate::hidden_characters::visible(name));
        let note = TableNote::new(Severity::Remark, message, "rename the sheet to read it");
        tables.notes.push(note.in_sheet(Some(name)));
    }
    is_ignored
}

fn add_sheet<'a>(
    tables: &mut Tables<'a>,
    sheet: RawSheet<'a>,
    name: &Arc<str>,
    format: &'static str,
    meter: &Meter,
) -> Result<(), Stop> {
    let table = sheet.into_table(name, format, meter)?;
    meter.check_area(table.width(), table.row_count())?;
    let sheet = table.sheet.as_deref().unwrap_or_default();
    if table.row_count() == 0 {
        tables.notes.extend(table.notes);
        return Ok(());
    }
    if table.is_hidden {
        let message = format!("the sheet “{}” is hidden, so it is not read", crate::hidden_characters::visible(sheet));
        let note = TableNote::new(Severity::Warning, message, "choose it among the sheets to read it");
        tables.notes.push(note.in_sheet(Some(sheet)));
    }
    tables.tables.push(table);
    Ok(())
}
