//! Maps made of tables: the tables stay at hand, so that the roles of their columns can be changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::document::{Change, Document, EditError, Transaction, add_rows};
use crate::load::{
    ImportFile, ImportOptions, ImportReport, LoadError, Loaded, Origin, ProgressFn, RecipeBook, declare_kinds,
    import_tables, read_import_file,
};
use crate::model::RecordChange;
use crate::wording;

use super::Session;

/// The tables that a map was made of, or that are added to one.
#[derive(Clone, Debug)]
pub(crate) struct ImportedTables {
    pub(crate) files: Vec<ImportFile>,
    pub(crate) options: ImportOptions,
    /// What the import with these options found.
    pub(crate) report: ImportReport,
}

impl Session {
    /// Adds the records of tables as one undo step; `name` is that of the tables.
    ///
    /// # Errors
    ///
    /// Fails if they don't fit the map, which would be a bug; the map is then unchanged.
    pub(crate) fn add(&mut self, name: &str, changes: Vec<RecordChange>) -> Result<(), EditError> {
        let label = format!("Add {}", wording::visible(name));
        self.edit(&add_rows(&self.document, label, changes))
    }

    /// Gives the kinds that the map uses without declaring them colors and icons, which are then written with it.
    pub(crate) fn declare_kinds(&mut self) {
        let changes: Vec<_> = declare_kinds(&self.document.map).into_iter().map(Change::Record).collect();
        // These changes were made for this map, so applying them can't fail.
        let _ = self.edit(&Transaction { label: "Give new kinds colors".to_owned(), changes });
    }

    /// Reads tables and makes one map of them. It is empty if no table has anything to show.
    ///
    /// # Errors
    ///
    /// If a file can't be read or has no tables, or reading was canceled.
    pub(crate) fn load_tables(
        paths: &[PathBuf],
        recipes: &RecipeBook,
        on_progress: ProgressFn,
    ) -> Result<Self, LoadError> {
        let files: Result<_, _> = paths.iter().map(|path| read_import_file(path, on_progress)).collect();
        let session = Self::of_tables(paths, files?, ImportOptions::default(), on_progress)?;
        session.with_recipes(recipes, on_progress)
    }

    /// Reads a map file, or tables as one map.
    ///
    /// # Errors
    ///
    /// If a file can't be read or is none of these, or reading was canceled.
    pub(crate) fn load_any(
        paths: &[PathBuf],
        recipes: &RecipeBook,
        on_progress: ProgressFn,
    ) -> Result<Self, LoadError> {
        match paths {
            [path] => Self::load(path, recipes, on_progress),
            paths => Self::load_tables(paths, recipes, on_progress),
        }
    }

    /// Makes a map of the tables in the files at these paths. It is empty if no table has anything to show.
    ///
    /// # Errors
    ///
    /// If a file has no tables, or the import was canceled.
    pub(crate) fn of_tables(
        paths: &[PathBuf],
        files: Vec<ImportFile>,
        options: ImportOptions,
        on_progress: ProgressFn,
    ) -> Result<Self, LoadError> {
        let (map, report) = import_tables(&files, &options, on_progress)?;
        let bytes = files.first().map(|file| Arc::clone(&file.bytes)).unwrap_or_default();
        let (path, further) =
            paths.split_first().map_or((Path::new("table"), &[][..]), |(path, further)| (&**path, further));
        let origin = Origin::imported(path.to_owned(), "a table", bytes).with_further(further.to_vec());
        let document = Document::new(Arc::new(map), Arc::new(origin));
        let (counts, problems) = (report.counts, report.problems.clone());
        let tables = Some(Arc::new(ImportedTables { files, options, report }));
        Ok(Self { counts, tables, ..Self::new(document, problems) })
    }

    /// Keeps the table of a map that was read from one.
    pub(super) fn with_report((mut loaded, origin): (Loaded, Origin)) -> Self {
        let file = ImportFile { name: origin.name().into(), bytes: Arc::clone(origin.bytes()) };
        let tables = loaded.report.take().map(|report| {
            Arc::new(ImportedTables { files: vec![file], options: ImportOptions::default(), report: *report })
        });
        Self { tables, ..Self::of((loaded, origin)) }
    }

    /// Returns the paths of the files with the tables that the map was made of.
    pub(crate) fn imported_paths(&self) -> Vec<PathBuf> {
        self.document.origin.imported_files().map(Path::to_owned).collect()
    }

    /// Imports again by what was said earlier about tables with these headings.
    pub(super) fn with_recipes(self, recipes: &RecipeBook, on_progress: ProgressFn) -> Result<Self, LoadError> {
        let Some(tables) = self.tables.as_deref() else { return Ok(self) };
        let options = recipes.options_for(&tables.report.tables, &tables.options);
        let Some(options) = options else { return Ok(self) };
        Self::of_tables(&self.imported_paths(), tables.files.clone(), options, on_progress)
    }
}
