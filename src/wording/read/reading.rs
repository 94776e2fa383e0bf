//! What a cell may say: a value, words in its place, or nothing.

/// What the text of a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// A value.
    Value(T),
    /// Words such as "undisclosed", which say that the value is not known.
    WordsOnly,
    /// Nothing, or a dash.
    Empty,
    /// None of these.
    Unreadable,
}

impl<T> Reading<T> {
    /// Returns the value, if there is one.
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::WordsOnly | Self::Empty | Self::Unreadable => None,
        }
    }
}
