//! Words of the format's closed lists, and unknown words in their place.

/// A word from a closed list of the format, or an unknown one, which is kept and shown as is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Word<T> {
    /// A word from the list.
    Known(T),
    /// Any other word, as written in the file.
    Other(Box<str>),
}

impl<T: Copy> Word<T> {
    /// Returns the known word, if it is one.
    #[must_use]
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(word) => Some(*word),
            Self::Other(_) => None,
        }
    }
}

impl<T: PartialEq> Word<T> {
    /// Whether this is the given known word.
    #[must_use]
    pub fn is(&self, word: &T) -> bool {
        matches!(self, Self::Known(known) if known == word)
    }
}

/// Declares a closed list: an enum and the spelling of each variant in the file.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every word of the list, in the order of the format specification.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Returns the word as spelled in the file.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Parses a word of the file; keeps a word outside the list as is.
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
