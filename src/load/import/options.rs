//! What a person says about tables to import, and its form as a recipe file.

pub(super) mod again;
mod recipe_book;

use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::Date;
use crate::wording::read::{Role, fold_heading};

pub use recipe_book::RecipeBook;

/// A file to import.
#[derive(Clone, Debug)]
pub struct ImportFile {
    /// Its name without the folder.
    pub name: Arc<str>,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// A table of an import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableName {
    /// The name of its file, or of the member of an archive.
    pub file: Arc<str>,
    /// The name of its sheet; `None` for text files.
    pub sheet: Option<String>,
}

/// What a column is said to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The table, or `None` for all.
    pub table: Option<TableName>,
    /// The heading of the column. Case, accents and punctuation don't matter.
    pub heading: String,
    /// Its role.
    pub role: Role,
}

/// The tables as a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableSource {
    /// The title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its web address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
}

/// The side of a table whose actors are tied to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Projection {
    /// The starts of the ties, or the rows of a matrix.
    First,
    /// The ends of the ties, or the columns of a matrix.
    Second,
}

impl Projection {
    /// Returns the word for it, as the command line takes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
        }
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "{sheet}” of “{}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// What the user says about tables to import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportOptions {
    /// What columns are, in place of what is recognized. Of several for one column, the first counts.
    pub columns: Vec<ColumnChoice>,
    /// The tables that are used or left out against the rule that hidden sheets are left out.
    pub tables: Vec<(TableName, bool)>,
    /// The tables as a source of all their ties, if they are one.
    pub source: Option<TableSource>,
    /// The only sheet of workbooks to read.
    pub sheet: Option<String>,
    /// Ties the actors of one side of tables of two sorts of actors by what they share; not when tables are added.
    pub projection: Option<Projection>,
    /// The kind of the ties of tables without a column for it.
    pub tie_kind: Option<String>,
    /// Whether ties that the map has already are added once more.
    pub adds_known: bool,
    /// What is known of tables that were imported before. If there are any, all others are left out.
    pub again: Vec<KnownTable>,
}

/// What a map knows of a table that it was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownTable {
    /// The table.
    pub table: TableName,
    /// The columns that identify a row; empty if only its number does.
    pub key: Vec<String>,
    /// The kind of its ties if it has no column for it.
    pub tie_kind: Option<String>,
    /// The table as a source of all its ties, if it is one.
    pub source: Option<TableSource>,
}

impl ColumnChoice {
    /// Returns a choice for the columns of all tables with this heading.
    #[must_use]
    pub fn everywhere(heading: &str, role: Role) -> Self {
        Self { table: None, heading: heading.to_owned(), role }
    }

    /// Returns whether the choice is for a column: `name` is its unique name in the table, `folded` its heading.
    pub(super) fn is_for(&self, table: &TableName, name: &str, folded: &str) -> bool {
        self.table.as_ref().is_none_or(|wanted| wanted == table)
            && (self.heading == name || (!folded.is_empty() && fold_heading(&self.heading) == folded))
    }
}

impl ImportOptions {
    /// Says what a column of a table is, in place of what was said before.
    pub fn choose(&mut self, table: &TableName, heading: &str, role: Role) {
        let is_for = |choice: &ColumnChoice| choice.table.as_ref() == Some(table) && choice.heading == heading;
        self.columns.retain(|choice| !is_for(choice));
        self.columns.insert(0, ColumnChoice { table: Some(table.clone()), heading: heading.to_owned(), role });
    }

    /// Uses a table, or leaves it out.
    pub fn use_table(&mut self, table: &TableName, is_used: bool) {
        self.tables.retain(|(name, _)| name != table);
        self.tables.push((table.clone(), is_used));
    }

    /// Returns what is known of a table that was imported before.
    pub(super) fn known(&self, table: &TableName) -> Option<&KnownTable> {
        self.again.iter().find(|known| known.table == *table)
    }

    pub(super) fn uses(&self, table: &TableName, is_hidden: bool) -> bool {
        if !self.again.is_empty() {
            return self.known(table).is_some();
        }
        let chosen = self.tables.iter().find(|(name, _)| name == table);
        let is_wanted = self.sheet.as_ref().is_none_or(|sheet| table.sheet.as_ref() == Some(sheet));
        // A hidden sheet that is asked for by name is meant.
        let is_hidden = is_hidden && self.sheet.is_none();
        chosen.map_or(is_wanted && !is_hidden, |(_, is_used)| *is_used)
    }
}

/// Returns a recipe with these columns as JSON: `{ "version": 1, "columns": { "Payer": "from" } }`.
#[must_use]
pub fn recipe_json<'a>(columns: impl IntoIterator<Item = (&'a str, Role)>) -> Value {
    let columns = columns.into_iter().map(|(heading, role)| (heading.to_owned(), Value::from(role.word())));
    json!({ "version": 1, "columns": columns.collect::<serde_json::Map<String, Value>>() })
}

/// Reads the columns of a recipe.
///
/// # Errors
///
/// If the text is not a recipe; says why.
pub fn read_recipe(text: &str) -> Result<Vec<ColumnChoice>, String> {
    let recipe: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if recipe["version"] != 1 {
        return Err("its version is not 1".to_owned());
    }
    let columns = recipe["columns"].as_object().ok_or("it has no columns")?;
    let choice = |(heading, role): (&String, &Value)| {
        let known = role.as_str().and_then(Role::from_word);
        let role = known.ok_or_else(|| format!("{role} is not a role; roles are {}", Role::words()))?;
        Ok(ColumnChoice::everywhere(heading, role))
    };
    columns.iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::{ImportOptions, TableName, read_recipe, recipe_json};
    use crate::wording::read::Role;

    #[test]
    fn a_recipe_is_read_as_it_was_written() {
        let columns = [("Payer", Role::From), ("Notes", Role::Keep)];
        let read = read_recipe(&recipe_json(columns).to_string()).expect("a recipe");
        let read: Vec<_> = read.iter().map(|choice| (choice.heading.as_str(), choice.role)).collect();
        assert_eq!(read, columns);
    }

    #[test]
    fn what_is_no_recipe_is_refused_with_the_reason() {
        for (text, reason) in [
            ("[", "EOF"),
            (r#"{"version":2,"columns":{}}"#, "version"),
            (r#"{"version":1}"#, "no columns"),
            (r#"{"version":1,"columns":{"A":"payer"}}"#, "\"payer\" is not a role; roles are"),
            (r#"{"version":1,"columns":{"A":3}}"#, "3 is not a role"),
        ] {
            let refused = read_recipe(text).expect_err(text);
            assert!(refused.contains(reason), "{text}: {refused}");
        }
    }

    #[test]
    fn a_later_choice_replaces_an_earlier_one() {
        let table = TableName { file: "a.csv".into(), sheet: None };
        let other = TableName { file: "b.csv".into(), sheet: None };
        let mut options = ImportOptions::default();
        options.choose(&table, "Sum", Role::Amount);
        options.choose(&table, "Sum", Role::Keep);
        let is_for: Vec<_> = options.columns.iter().filter(|choice| choice.is_for(&table, "Sum", "sum")).collect();
        assert!(matches!(is_for.as_slice(), [choice] if choice.role == Role::Keep));
        assert!(!options.columns[0].is_for(&other, "Sum", "sum"));
        options.use_table(&other, false);
        assert!(options.uses(&table, false) && !options.uses(&table, true) && !options.uses(&other, false));
        options.use_table(&other, true);
        assert!(options.uses(&other, true), "a hidden sheet that was chosen");
    }
}
