//! Reads what a map was made of: the files beside it or those named, and a database that is named.

use std::path::{Path, PathBuf};

use crate::cli::import::ImportArguments;
use crate::cli::import::database::ask_again;
use crate::database::{DatabaseAddress, DatabaseSource, database_sources};
use crate::document::{Document, ReadAgain, find_source_files};
use crate::hidden_characters::visible;
use crate::load::{ImportFile, RowsFrom, read_import_file, rows_from, sha256};
use crate::model::Import;
use crate::wording::joined_and;

pub(super) type FilesRead = (Vec<ImportFile>, Vec<ReadAgain>);

impl ImportArguments {
    /// Reads the tables and asks the database that the map was made of. Where some are named, only those.
    pub(super) fn read_again(
        &self,
        document: &Document,
        map: &Path,
        address: Option<&DatabaseAddress>,
    ) -> anyhow::Result<Result<FilesRead, String>> {
        let named: Vec<PathBuf> = self.tables.iter().filter(|table| !is_database(table)).cloned().collect();
        let sources = database_sources(&document.map);
        let (mut files, mut read) = (Vec::new(), Vec::new());
        if let Some(address) = address {
            let source = match source_at(&sources, address) {
                Ok(source) => source,
                Err(reason) => return Ok(Err(reason)),
            };
            let rows = ask_again(self.database.timeout, address, source)?;
            read.push(ReadAgain { name: source.name.clone(), now: rows.name.to_string(), sha256: sha256(&rows.bytes) });
            files.push(ImportFile { name: source.name.as_str().into(), bytes: rows.bytes });
            if named.is_empty() {
                // The files beside the map identify the actors of the rows, but are not updated.
                let folder = map.parent().unwrap_or(Path::new(""));
                let beside = find_source_files(&document.map, &[], &[folder]).unwrap_or_default();
                for (name, path) in beside.into_iter().filter_map(|file| Some((file.name, file.path?))) {
                    let bytes = read_import_file(&path, &|_| true)?.bytes;
                    files.push(ImportFile { name: name.as_str().into(), bytes });
                }
                return Ok(Ok((files, read)));
            }
        } else if let [source, ..] = sources.as_slice()
            && named.is_empty()
            && !document.map.imports().values().any(is_from_file)
        {
            let reason = format!(
                "the map was made of the database “{}”; name where it is: tieline import --update MAP sqlite:FILE or \
                 postgres://USER@HOST:PORT/DATABASE",
                visible(&source.name)
            );
            return Ok(Err(reason));
        }
        if address.is_none() {
            for source in sources.iter().filter(|source| !source.questions.is_empty()) {
                let name = visible(&source.name);
                eprintln!("tieline: the database “{name}” is not read; name it, too, to update its rows");
            }
        }
        Ok(read_files(document, map, &named)?.map(|(more, more_read)| {
            files.extend(more);
            read.extend(more_read);
            (files, read)
        }))
    }
}

fn is_database(table: &Path) -> bool {
    table.to_str().is_some_and(DatabaseAddress::is_meant)
}

fn is_from_file(import: &Import) -> bool {
    matches!(rows_from(import), RowsFrom::File(_))
}

/// Finds what the map has of a database: that of its name, else the only one.
fn source_at<'s>(sources: &'s [DatabaseSource], address: &DatabaseAddress) -> Result<&'s DatabaseSource, String> {
    let named = sources.iter().find(|source| source.name == address.name());
    let found = named.or(if let [only] = sources { Some(only) } else { None });
    let Some(source) = found else {
        let known: Vec<String> = sources.iter().map(|source| format!("“{}”", visible(&source.name))).collect();
        let of = if known.is_empty() { "from no database".to_owned() } else { format!("from {}", joined_and(&known)) };
        return Err(format!("the map was not made from “{address}”, but {of}"));
    };
    if source.questions.is_empty() {
        return Err(format!(
            "the map has only neighbors that “{address}” was asked for, one actor after the other; ask again by --into \
             MAP, --neighbors and --from"
        ));
    }
    Ok(source)
}

/// Reads the files that the map was made of. Where some are named, only those.
fn read_files(document: &Document, map: &Path, named: &[PathBuf]) -> anyhow::Result<Result<FilesRead, String>> {
    let imports = document.map.imports();
    if !imports.values().any(is_from_file) {
        let reason =
            "the map was not made from tables, or doesn't say which; make one with `tieline import TABLE -o MAP`";
        return Ok(Err(reason.to_owned()));
    }
    let folder = map.parent().unwrap_or(Path::new(""));
    let found = match find_source_files(&document.map, named, &[folder]) {
        Ok(found) => found,
        Err(others) => {
            let others: Vec<String> = others.iter().map(|path| format!("“{}”", path.display())).collect();
            let known: Vec<&str> = imports.values().filter_map(|import| import.file.as_deref()).collect();
            let reason = format!("the map was not made from {}, but from {}", joined_and(&others), joined_and(&known));
            return Ok(Err(reason));
        }
    };
    let missing: Vec<&str> = found.iter().filter(|file| file.path.is_none()).map(|file| file.name.as_str()).collect();
    if !missing.is_empty() && (named.is_empty() || missing.len() == found.len()) {
        let reason = format!(
            "could not find {} beside the map; give its path: tieline import --update MAP FOLDER/{}",
            joined_and(&missing),
            missing[0]
        );
        return Ok(Err(reason));
    }
    let is_wanted = |path: &PathBuf| named.is_empty() || named.contains(path);
    let (mut files, mut read) = (Vec::new(), Vec::new());
    for file in &found {
        let Some(path) = file.path.as_ref() else { continue };
        let now = read_import_file(path, &|_| true)?;
        // The others say who the named ones mean, but are not updated.
        let sha256 = sha256(&now.bytes);
        if is_wanted(path) {
            read.push(ReadAgain { name: file.name.clone(), now: now.name.to_string(), sha256 });
        }
        files.push(ImportFile { name: file.name.as_str().into(), bytes: now.bytes });
    }
    Ok(Ok((files, read)))
}
