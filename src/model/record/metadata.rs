//! Metadata that few records have: tags, a weight, the imported row, checks, own fields.

use std::ops::{Deref, DerefMut};

use rust_decimal::Decimal;

use crate::model::word::closed_list;
use crate::model::{Date, ImportRow, OwnFields, Word};

closed_list! {
    /// Result of a check.
    CheckResult {
        /// The sources confirm the value.
        Ok = "ok",
        /// The sources contradict the value.
        Wrong = "wrong",
        /// The sources are inconclusive.
        Unclear = "unclear",
    }
}

/// Record of someone comparing a field with its sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Name of the field in the file.
    pub field: String,
    /// The result.
    pub result: Word<CheckResult>,
    /// Name of the person who checked.
    pub by: Option<String>,
    /// Date of the check.
    pub on: Option<Date>,
    /// A remark.
    pub note: Option<String>,
    /// Hash of the checked value, to detect later changes.
    pub value: Option<String>,
    /// Fields outside the format.
    pub own: OwnFields,
}

/// Metadata of an actor, tie or fact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MetadataFields {
    /// Tags that group records.
    pub tags: Vec<String>,
    /// Relative importance, without a unit; not money.
    pub weight: Option<Decimal>,
    /// The row of an imported table that the record was made from.
    pub row: Option<ImportRow>,
    /// Checks of its fields.
    pub checks: Vec<Check>,
    /// Fields outside the format.
    pub own: OwnFields,
}

/// Optional [`MetadataFields`] in the size of a pointer, because most records have none. Mutable access allocates them.
#[derive(Clone, Debug, Default)]
pub struct Metadata(pub(in crate::model) Option<Box<MetadataFields>>);

/// Contents of an empty [`Metadata`].
static NONE: MetadataFields =
    MetadataFields { tags: Vec::new(), weight: None, row: None, checks: Vec::new(), own: OwnFields::NONE };

impl Deref for Metadata {
    type Target = MetadataFields;

    fn deref(&self) -> &MetadataFields {
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Metadata {
    fn deref_mut(&mut self) -> &mut MetadataFields {
        self.0.get_or_insert_default()
    }
}

impl From<MetadataFields> for Metadata {
    fn from(fields: MetadataFields) -> Self {
        Self((fields != NONE).then(|| Box::new(fields)))
    }
}

/// Allocated but empty metadata equals missing metadata.
impl PartialEq for Metadata {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

#[cfg(test)]
mod tests {
    use super::{Metadata, MetadataFields};
    use crate::model::Claim;

    #[test]
    fn room_for_nothing_is_nothing() {
        let mut metadata = Metadata::default();
        metadata.tags.push("a".to_owned());
        assert_ne!(metadata, Metadata::default());
        metadata.tags.clear();
        assert!(metadata == Metadata::default() && metadata.0.is_some());
        assert!(Metadata::from(MetadataFields::default()).0.is_none());
    }

    #[test]
    fn claims_grow_by_one_word() {
        assert_eq!(size_of::<Metadata>(), size_of::<usize>());
        assert!(size_of::<Claim>() <= 46 * size_of::<usize>() + size_of::<usize>(), "{}", size_of::<Claim>());
    }
}
