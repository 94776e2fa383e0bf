//! What few records have: tags, a weight, the row they came from, checks, own fields.

use std::ops::{Deref, DerefMut};

use rust_decimal::Decimal;

use crate::model::word::closed_list;
use crate::model::{Date, ImportRow, OwnFields, Word};

closed_list! {
    /// What comes out of a check.
    CheckResult {
        /// The sources say it.
        Ok = "ok",
        /// They say something else.
        Wrong = "wrong",
        /// They do not say enough.
        Unclear = "unclear",
    }
}

/// That someone compared a field with its sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The name of the field in the file.
    pub field: String,
    /// What came out.
    pub result: Word<CheckResult>,
    /// Who checked it.
    pub by: Option<String>,
    /// When.
    pub on: Option<Date>,
    /// A remark.
    pub note: Option<String>,
    /// The hash of the value that was checked, so that a later change shows.
    pub value: Option<String>,
    /// What the format does not have.
    pub own: OwnFields,
}

/// What few actors, ties and facts have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MetadataFields {
    /// Words that group it with others.
    pub tags: Vec<String>,
    /// How much it counts, without a unit; no money.
    pub weight: Option<Decimal>,
    /// The row of a table that it was made from.
    pub row: Option<ImportRow>,
    /// Which of its fields were checked.
    pub checks: Vec<Check>,
    /// What the format does not have.
    pub own: OwnFields,
}

/// The same, a pointer wide, since there may be many records without any of it. Changing a field makes room for all.
#[derive(Clone, Debug, Default)]
pub struct Metadata(pub(in crate::model) Option<Box<MetadataFields>>);

/// What a record without an metadata has.
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

/// Room for nothing is nothing.
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
