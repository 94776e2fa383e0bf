//! A word from a closed list of the format, or one that the list does not have.

/// A word that the format knows, or one that it does not: kept and shown as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Word<T> {
    /// A word of the list.
    Known(T),
    /// Any other word, as the file spells it.
    Other(Box<str>),
}

impl<T: Copy> Word<T> {
    /// The known word, if it is one.
    #[must_use]
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(word) => Some(*word),
            Self::Other(_) => None,
        }
    }
}

impl<T: PartialEq> Word<T> {
    /// Whether it is this known word.
    #[must_use]
    pub fn is(&self, word: &T) -> bool {
        matches!(self, Self::Known(known) if known == word)
    }
}

/// Declares a closed list: the enum, all its words, and the spelling of each in the file.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every word of the list, in the order of the format's description.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word as the file spells it.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Reads a word of the file; words outside the list are kept as they stand.
            #[must_use]
            pub fn from_word(word: &str) -> $crate::model::Word<Self> {
                match word {
                    $($word => $crate::model::Word::Known(Self::$variant),)+
                    other => $crate::model::Word::Other(other.into()),
                }
            }
        }
    };
}
pub(crate) use closed_list;
