//! Compares what rows say with what they said before and with what the map says.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::provenance::{FieldTexts, field_texts, is_same_text, row_texts};
use crate::load::ColumnChoice;
use crate::model::{Item, Records};
use crate::wording::read::Role;

/// The fields that hold several independent values.
const LISTS: [&str; 3] = ["aliases", "tags", "evidence"];

/// What happens to a field for which a row has a new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldFate {
    /// The map has what the row said, so it takes what it says now.
    Take,
    /// The map was corrected to what the row says now.
    Agree,
    /// Values that the row gained or lost are added or removed, in addition to what was changed by hand.
    Join,
    /// The map was corrected to something else, which stays unless the user takes what the row says.
    Keep,
}

/// A field for which a row has a new value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FieldOutcome {
    pub(super) field: String,
    /// What the row said before, what it says now, and what the map says.
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    pub(super) mine: Option<String>,
    pub(super) outcome: FieldFate,
}

/// Returns the fields of a record for which its row has a new value; `is_spoken` tells the fields that the
/// table has a column for.
pub(super) fn field_outcomes(ours: &Records, theirs: &Records, item: Item, spoken: &SpokenFields) -> Vec<FieldOutcome> {
    let (old, mine, new) = (row_texts(ours, item), field_texts(ours, item), field_texts(theirs, item));
    let fields: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let outcome = |field: &String| {
        let (old, mine, new) = (old.get(field), mine.get(field), new.get(field));
        if is_same_text(old, new) || !spoken.has(field, new.is_some()) {
            return None;
        }
        let outcome = if is_same_text(mine, old) {
            FieldFate::Take
        } else if is_same_text(mine, new) {
            FieldFate::Agree
        } else if LISTS.contains(&field.as_str()) {
            FieldFate::Join
        } else {
            FieldFate::Keep
        };
        let [old, new, mine] = [old, new, mine].map(Option::<&String>::cloned);
        Some(FieldOutcome { field: field.clone(), old, new, mine, outcome })
    };
    fields.into_iter().filter_map(outcome).collect()
}

/// The fields that a table has columns for.
#[derive(Clone, Debug, Default)]
pub(super) struct SpokenFields {
    fields: BTreeSet<String>,
    /// Whether the records are rows of the table, not only mentioned in it.
    is_row: bool,
}

impl SpokenFields {
    /// The fields that the columns of a table are for.
    pub(super) fn of_columns(columns: &[ColumnChoice], is_cited: bool) -> Self {
        let mut fields = BTreeSet::new();
        for choice in columns {
            fields.extend(fields_of(choice.role).iter().map(|field| (*field).to_owned()));
            let own = if choice.heading.starts_with("x-") { "" } else { "x-" };
            fields.insert(format!("{own}{}", choice.heading));
        }
        if is_cited {
            fields.insert("evidence".to_owned());
        }
        Self { fields, is_row: true }
    }

    /// The fields of records that a table only mentions: those that it says nothing of elsewhere.
    pub(super) fn of_mention() -> Self {
        Self::default()
    }

    /// Whether a field follows the table; `is_said` if the row says something in it.
    fn has(&self, field: &str, is_said: bool) -> bool {
        // Where no column says the kind or direction of ties, they are those of the import.
        let is_given = !matches!(field, "kind" | "directed");
        self.is_row && (self.fields.contains(field) || (is_said && is_given))
    }
}

/// Returns the fields that a column sets.
fn fields_of(role: Role) -> &'static [&'static str] {
    match role {
        Role::ActorName => &["name"],
        Role::Kind => &["kind", "x-labels"],
        Role::Alias => &["aliases"],
        Role::Tag => &["tags"],
        Role::Summary => &["summary"],
        Role::Label => &["label", "text"],
        Role::Url => &["url"],
        Role::Start | Role::End | Role::Date | Role::Timeset => &["startDate", "endDate", "date"],
        Role::Identifier => &["identifiers"],
        Role::PartOf => &["partOf"],
        Role::Weight => &["weight"],
        Role::From | Role::To | Role::Party => &["from", "to", "parties", "actor"],
        Role::Direction => &["directed", "from", "to"],
        Role::Stage => &["stage"],
        Role::Status => &["status"],
        Role::Confidence => &["confidence"],
        Role::Amount | Role::Currency => &["amount", "share"],
        Role::Share => &["share"],
        Role::Quantity => &["quantity"],
        Role::SourceTitle
        | Role::SourceUrl
        | Role::SourcePublisher
        | Role::SourcePublished
        | Role::SourceAccessed
        | Role::Quote
        | Role::Locator => &["evidence", "title", "url", "publisher", "published", "accessed"],
        _ => &[],
    }
}

/// Returns what a record says beyond its row, by field.
pub(super) fn beyond_row(ours: &Records, item: Item) -> BTreeMap<String, (Option<String>, Option<String>)> {
    let (row, mine): (FieldTexts, FieldTexts) = (row_texts(ours, item), field_texts(ours, item));
    let fields: BTreeSet<&String> = row.keys().chain(mine.keys()).collect();
    let differs = fields.into_iter().filter(|field| !is_same_text(row.get(*field), mine.get(*field)));
    differs.map(|field| (field.clone(), (row.get(field).cloned(), mine.get(field).cloned()))).collect()
}
