//! The tables and views of a database, to choose from.

use super::statement::quoted_name;
use crate::hidden_characters::visible;
use crate::wording::counted;

/// A table or view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseTable {
    /// The schema that it is in; `None` for databases without schemas.
    pub schema: Option<String>,
    /// Its name.
    pub name: String,
    /// Whether it is a view.
    pub is_view: bool,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// The number of its rows; `None` if it is not known without reading them all.
    pub rows: Option<RowEstimate>,
}

/// A number of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowEstimate {
    /// Counted.
    Exactly(u64),
    /// As the server estimates it.
    About(u64),
    /// Counting ended there.
    MoreThan(u64),
}

impl DatabaseTable {
    /// Returns the name with its schema, unless that is the usual one.
    #[must_use]
    pub fn full_name(&self) -> String {
        match self.schema.as_deref().filter(|schema| *schema != "public") {
            Some(schema) => format!("{schema}.{}", self.name),
            None => self.name.clone(),
        }
    }

    /// Returns its name with the number of its rows and its columns.
    #[must_use]
    pub fn words(&self) -> String {
        let counted = |rows: u64| counted(usize::try_from(rows).unwrap_or(usize::MAX), "row", "rows");
        let rows = match self.rows {
            Some(RowEstimate::Exactly(rows)) => counted(rows),
            Some(RowEstimate::About(rows)) => format!("about {}", counted(rows)),
            Some(RowEstimate::MoreThan(rows)) => format!("more than {}", counted(rows)),
            None if self.is_view => "view".to_owned(),
            None => "table".to_owned(),
        };
        visible(&format!("{} ({rows}): {}", self.full_name(), self.columns.join(", "))).into_owned()
    }

    /// Returns a statement that reads all of it.
    #[must_use]
    pub fn select(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|name| quoted_name(name)).collect();
        let columns = if columns.is_empty() { "*".to_owned() } else { columns.join(", ") };
        let schema = self.schema.as_ref().map(|schema| format!("{}.", quoted_name(schema))).unwrap_or_default();
        format!("SELECT {columns} FROM {schema}{}", quoted_name(&self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::{DatabaseTable, RowEstimate};

    #[test]
    fn tables_are_told_with_their_rows_and_columns() {
        let columns = vec!["id".to_owned(), "name".to_owned()];
        let table = |is_view, rows| DatabaseTable {
            schema: None,
            name: "a".to_owned(),
            is_view,
            columns: columns.clone(),
            rows,
        };
        assert_eq!(table(false, Some(RowEstimate::Exactly(1))).words(), "a (1 row): id, name");
        assert_eq!(table(false, Some(RowEstimate::About(1200))).words(), "a (about 1,200 rows): id, name");
        assert_eq!(table(false, Some(RowEstimate::MoreThan(9))).words(), "a (more than 9 rows): id, name");
        assert_eq!(table(true, None).words(), "a (view): id, name");
    }

    #[test]
    fn names_are_quoted() {
        let columns = vec!["from".to_owned(), "odd\"name".to_owned()];
        let mut relation = DatabaseTable { schema: None, name: "ties".to_owned(), is_view: false, columns, rows: None };
        assert_eq!(relation.select(), r#"SELECT "from", "odd""name" FROM "ties""#);
        relation.schema = Some("Deals".to_owned());
        relation.columns.clear();
        assert_eq!(relation.select(), r#"SELECT * FROM "Deals"."ties""#);
        assert_eq!(relation.full_name(), "Deals.ties");
    }
}
