//! Reads what a person types into a field, and says how it was understood.
//!
//! Unlike a cell of a table, a field can ask back: where a text has several meanings, all are returned, and none is
//! taken silently; a text without a meaning gets a reason and a remedy. What is read is written by the same words:
//! [`amount_entry`] and [`date_entry`] return the text with which a field opens.

mod amount;
mod date;
mod entry;
#[cfg(test)]
mod tests;

pub use amount::{TypedFigure, read_figure, read_money, read_quantity_entry, read_share_entry};
pub use date::{TypedDates, read_typed_dates};
pub use entry::{amount_entry, date_entry, share_entry};

/// What a typed text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed<T> {
    /// Nothing, or a word for "unknown": the field gets empty.
    Empty,
    /// One meaning.
    Means(TypedMeaning<T>),
    /// Several meanings.
    Several {
        /// The meanings, most likely first.
        meanings: Vec<TypedMeaning<T>>,
        /// Why the first may be taken without asking, if there is a reason: "as elsewhere in this map".
        usual: Option<&'static str>,
    },
    /// None; the reason, with a remedy where there is one.
    Unreadable(String),
}

/// One meaning of a typed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedMeaning<T> {
    /// The value.
    pub value: T,
    /// The value in words: "more than $13 billion (US dollars)".
    pub shown: String,
}

impl<T> Typed<T> {
    /// Converts the values of all meanings.
    pub fn map<U>(self, convert: impl Fn(T) -> U) -> Typed<U> {
        let convert = |meaning: TypedMeaning<T>| TypedMeaning { value: convert(meaning.value), shown: meaning.shown };
        match self {
            Self::Empty => Typed::Empty,
            Self::Means(meaning) => Typed::Means(convert(meaning)),
            Self::Several { meanings, usual } => {
                Typed::Several { meanings: meanings.into_iter().map(convert).collect(), usual }
            }
            Self::Unreadable(reason) => Typed::Unreadable(reason),
        }
    }

    /// Returns the meaning that may be taken without asking.
    #[must_use]
    pub fn sole(&self) -> Option<&TypedMeaning<T>> {
        match self {
            Self::Means(meaning) => Some(meaning),
            Self::Several { meanings, usual: Some(_) } => meanings.first(),
            Self::Several { .. } | Self::Empty | Self::Unreadable(_) => None,
        }
    }

    /// Returns one or several meanings; those that say the same count once.
    fn of(mut meanings: Vec<TypedMeaning<T>>) -> Option<Self> {
        let mut seen = std::collections::HashSet::new();
        meanings.retain(|meaning| seen.insert(meaning.shown.clone()));
        match meanings.len() {
            0 => None,
            1 => meanings.pop().map(Self::Means),
            _ => Some(Self::Several { meanings, usual: None }),
        }
    }
}
