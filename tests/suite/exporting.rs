//! Maps in the formats of other programs: what comes back from them, what is said to be lost, and what is never in them.

mod contents;
mod graphs;
mod hostile;
mod tables;
mod workbook;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tieline::document::Document;
use tieline::export_data::{DataContent, DataFile, format_of_word};
use tieline::load::{BUNDLED, ImportFile, ImportOptions, ImportReport, import_tables, load_bundled, load_map};
use tieline::model::Map;

/// Returns the bundled maps and all maps of the tests that can be read, by name.
pub(crate) fn all_maps() -> Vec<(String, Document)> {
    let bundled = BUNDLED.iter().map(|name| {
        let (loaded, origin) = load_bundled(name).expect("a map");
        ((*name).to_owned(), Document::new(Arc::new(loaded.map), Arc::new(origin)))
    });
    let mut maps: Vec<_> = bundled.collect();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut paths = vec![data.join("version-1-1.tieline.jsonc")];
    for folder in ["maps", "broken", "saving/before", "saving/after"] {
        let entries = fs::read_dir(data.join(folder)).expect("a folder");
        let mut found: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        found.retain(|path| path.extension().is_some_and(|ending| ending == "json" || ending == "jsonc"));
        found.sort();
        paths.extend(found);
    }
    for path in paths {
        let bytes = fs::read(&path).expect("read");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        // Many of the broken files are no maps at all.
        if let Ok(loaded) = load_map(&bytes, &name)
            && !loaded.map.actors().is_empty()
        {
            maps.push((name, Document::new(Arc::new(loaded.map), Arc::default())));
        }
    }
    assert!(maps.len() > 150, "{} maps", maps.len());
    maps
}

/// Returns the document of a map written as JSON.
pub(crate) fn document(json: &str) -> Document {
    let map = load_map(json.as_bytes(), "map.tieline.json").expect("a map").map;
    Document::new(Arc::new(map), Arc::default())
}

/// Returns the files of a document in a format.
pub(crate) fn export(document: &Document, word: &str) -> Vec<DataFile> {
    let format = format_of_word(word).expect("a format");
    format.write(&DataContent::new(document)).unwrap_or_else(|error| panic!("{word}: {error}"))
}

/// Returns the only file of a document in a format.
pub(crate) fn exported(document: &Document, word: &str) -> Vec<u8> {
    let mut files = export(document, word);
    assert_eq!(files.len(), 1);
    files.remove(0).bytes
}

/// Imports files.
pub(crate) fn imported(files: Vec<(&str, Vec<u8>)>) -> (Map, ImportReport) {
    let file = |(name, bytes): (&str, Vec<u8>)| ImportFile { name: name.into(), bytes: bytes.into() };
    let files: Vec<ImportFile> = files.into_iter().map(file).collect();
    import_tables(&files, &ImportOptions::default(), &|_| true).unwrap_or_else(|error| panic!("{error}"))
}

/// Returns a map in our own format.
pub(crate) fn own_text(document: &Document) -> String {
    String::from_utf8(exported(document, "tieline")).expect("UTF-8")
}
