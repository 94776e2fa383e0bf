//! Roles of columns in an imported table.

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $word:literal, $label:literal;)+) => {
        /// What the values of a column are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $($(#[$doc])* $variant,)+ }

        impl Role {
            /// All roles, in the order of lists.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Returns the word for the role in recipes.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Parses the word of a recipe.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// Returns the words of all roles, for messages.
            #[must_use]
            pub fn words() -> String {
                let words: Vec<&str> = Self::ALL.iter().map(|role| role.word()).collect();
                words.join(", ")
            }

            /// Returns a short name for a list in the window.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }
    };
}

roles! {
    /// Name of an actor.
    ActorName = "actor-name", "Name";
    /// Id of an actor.
    ActorId = "actor-id", "Id";
    /// Actor at the start of a tie.
    From = "from", "From";
    /// Actor at the end of a tie.
    To = "to", "To";
    /// Kind of the actor at the start.
    FromKind = "from-kind", "Kind of from";
    /// Kind of the actor at the end.
    ToKind = "to-kind", "Kind of to";
    /// Name of the actor at the start, beside its id.
    FromName = "from-name", "Name of from";
    /// Name of the actor at the end, beside its id.
    ToName = "to-name", "Name of to";
    /// Kind of an actor or tie.
    Kind = "kind", "Kind";
    /// Label of a tie.
    Label = "label", "Label";
    /// Whether a tie is directed.
    Direction = "direction", "Direction";
    /// Start of a tie.
    Start = "start", "Start";
    /// End of a tie.
    End = "end", "End";
    /// Date or period.
    Date = "date", "Date";
    /// Periods, as Gephi writes them.
    Timeset = "timeset", "Time set";
    /// Amount of money.
    Amount = "amount", "Amount";
    /// Currency of the amount.
    Currency = "currency", "Currency";
    /// Share in percent.
    Share = "share", "Share";
    /// Weight or strength.
    Weight = "weight", "Weight";
    /// Quantity with its unit.
    Quantity = "quantity", "Quantity";
    /// Stage in the real world.
    Stage = "stage", "Stage";
    /// Status given by the authors.
    Status = "status", "Status";
    /// Confidence of the authors.
    Confidence = "confidence", "Confidence";
    /// Summary or description.
    Summary = "summary", "Summary";
    /// Other names of an actor.
    Alias = "alias", "Other names";
    /// Tags.
    Tag = "tag", "Tags";
    /// Web address of an actor.
    Url = "url", "Web address";
    /// Picture of an actor.
    Image = "image", "Image";
    /// Title of the source that reports the tie.
    SourceTitle = "source-title", "Source";
    /// Web address of the source.
    SourceUrl = "source-url", "Source: web address";
    /// Publisher of the source.
    SourcePublisher = "source-publisher", "Source: publisher";
    /// Date of publication of the source.
    SourcePublished = "source-published", "Source: published";
    /// Date of access to the source.
    SourceAccessed = "source-accessed", "Source: accessed";
    /// Kind of the source.
    SourceKind = "source-kind", "Source: kind";
    /// Words of the source.
    Quote = "quote", "Quote";
    /// Place within the source.
    Locator = "locator", "Page";
    /// Id of a tie.
    TieId = "tie-id", "Tie id";
    /// One of three or more parties to a tie.
    Party = "party", "Party";
    /// Actor that an actor belongs to.
    PartOf = "part-of", "Part of";
    /// Id in a public register, which the heading names.
    Identifier = "identifier", "Register id";
    /// Place of an actor from left to right.
    X = "x", "Place: x";
    /// Place of an actor from top to bottom.
    Y = "y", "Place: y";
    /// Color of an actor.
    Color = "color", "Color";
    /// Kept as a field of the record, whatever the heading and the values look like.
    Keep = "keep", "Keep as a field";
    /// Not imported.
    Ignore = "ignore", "Do not import";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Role;

    #[test]
    fn words_and_labels_are_unique_and_parse_back() {
        assert_eq!(Role::ALL.len(), 45);
        let words: HashSet<_> = Role::ALL.iter().map(|role| role.word()).collect();
        let labels: HashSet<_> = Role::ALL.iter().map(|role| role.label()).collect();
        assert_eq!((words.len(), labels.len()), (Role::ALL.len(), Role::ALL.len()));
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.word()), Some(*role));
        }
        assert_eq!(Role::from_word("From"), None);
    }
}
