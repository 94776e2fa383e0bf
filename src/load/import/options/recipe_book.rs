//! Recipes of earlier imports, found again by the headings of a table.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ImportOptions, read_recipe, recipe_json};
use crate::load::import::report::preview::TablePreview;
use crate::wording::read::Role;

/// What was said about tables earlier. The latest is the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecipeBook(Vec<RememberedRecipe>);

/// What was said about the columns of a table with these headings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct RememberedRecipe {
    /// The headings in their order.
    headings: Vec<String>,
    /// The recipe as the command line writes it.
    recipe: Value,
}

/// The number of recipes that are remembered.
const MAX_RECIPES: usize = 50;

fn headings(table: &TablePreview) -> impl Iterator<Item = &String> {
    table.columns.iter().map(|column| &column.heading)
}

impl RecipeBook {
    /// Remembers the roles of the columns of a table. Those of an earlier table with the same headings are replaced.
    pub fn remember(&mut self, table: &TablePreview) {
        let recipe = recipe_json(
            table.columns.iter().map(|column| (column.heading.as_str(), column.role.unwrap_or(Role::Keep))),
        );
        self.0.retain(|known| !headings(table).eq(&known.headings));
        self.0.insert(0, RememberedRecipe { headings: headings(table).cloned().collect(), recipe });
        self.0.truncate(MAX_RECIPES);
    }

    /// Returns the options with what was said about tables with the headings of these; `None` if nothing was.
    #[must_use]
    pub fn options_for(&self, tables: &[TablePreview], options: &ImportOptions) -> Option<ImportOptions> {
        let mut found = options.clone();
        for table in tables.iter().filter(|table| !table.columns.is_empty()) {
            let Some(known) = self.0.iter().find(|known| headings(table).eq(&known.headings)) else { continue };
            // A recipe of a later version may have roles that this one doesn't know.
            for choice in read_recipe(&known.recipe.to_string()).unwrap_or_default() {
                found.choose(&table.name, &choice.heading, choice.role);
            }
        }
        (found != *options).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_RECIPES, RecipeBook};
    use crate::load::import::report::preview::{PreviewColumn, TablePreview, TableShape};
    use crate::load::import::{ImportOptions, TableName};
    use crate::wording::read::Role;

    fn table(file: &str, columns: &[(&str, Option<Role>)]) -> TablePreview {
        let column = |&(heading, role): &(&str, Option<Role>)| PreviewColumn {
            heading: heading.to_owned(),
            role,
            is_guess: false,
        };
        TablePreview {
            name: TableName { file: file.into(), sheet: None },
            shape: TableShape::Ties,
            is_used: true,
            is_hidden: false,
            columns: columns.iter().map(column).collect(),
            row_count: 0,
            rows: Vec::new(),
        }
    }

    #[test]
    fn what_was_said_is_found_again_by_the_headings_alone() {
        let mut book = RecipeBook::default();
        book.remember(&table("may.csv", &[("Zahler", Some(Role::From)), ("Notiz", None)]));
        let text = serde_json::to_string(&book).expect("JSON");
        let book: RecipeBook = serde_json::from_str(&text).expect("as it was");
        let june = table("june.csv", &[("Zahler", None), ("Notiz", Some(Role::Summary))]);
        let options = book.options_for(std::slice::from_ref(&june), &ImportOptions::default()).expect("known");
        let roles: Vec<_> = options.columns.iter().map(|choice| (choice.heading.as_str(), choice.role)).collect();
        assert_eq!(roles, [("Notiz", Role::Keep), ("Zahler", Role::From)]);
        assert_eq!(options.columns[0].table.as_ref(), Some(&june.name));
        let other = table("june.csv", &[("Notiz", None), ("Zahler", None)]);
        assert_eq!(book.options_for(&[other], &ImportOptions::default()), None, "another order is another table");
    }

    #[test]
    fn a_later_recipe_replaces_an_earlier_one_and_old_ones_are_forgotten() {
        let mut book = RecipeBook::default();
        let first = table("a.csv", &[("A", Some(Role::From))]);
        book.remember(&first);
        book.remember(&table("a.csv", &[("A", Some(Role::To))]));
        assert_eq!(book.0.len(), 1);
        let options = book.options_for(std::slice::from_ref(&first), &ImportOptions::default()).expect("known");
        assert_eq!(options.columns[0].role, Role::To);
        for number in 0..MAX_RECIPES {
            book.remember(&table("b.csv", &[(&number.to_string(), None)]));
        }
        assert_eq!(book.options_for(&[first], &ImportOptions::default()), None);
    }
}
