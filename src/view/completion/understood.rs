//! What a field asks for, and how a typed text is understood: the vocabulary of completion.

use crate::document::edit::{ActorChoice, FieldValues, KindChoice, SourceChoice, TextEntry};
use crate::model::{ActorKindId, ClaimId, Item, Quote, Source, Stance};

/// The most suggestions of a list.
pub(super) const MAX_ROWS: usize = 8;

/// What a field asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// An actor, or the name of a new one.
    Actor,
    /// A kind of ties, or the label of a new one.
    TieKind,
    /// A kind of actors, or the label of a new one.
    ActorKind,
    /// A source, or what makes a new one: a title, an address, a DOI, an entry of a bibliography.
    Source,
    /// The words of a quotation.
    Quote,
    /// Whether a source supports a claim.
    Stance,
    /// The fields that evidence for this claim proves.
    Proves(ClaimId),
    /// The value of a field of this record.
    Entry(Item, TextEntry),
    /// Any text.
    Text,
}

/// The answer of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// An actor.
    Actor(ActorChoice),
    /// A kind of ties.
    TieKind(KindChoice),
    /// A kind of actors; a label for a new one.
    ActorKind(Result<ActorKindId, String>),
    /// A source, the words that a link to a highlight quotes, and the new sources that were pasted with it.
    Source(SourceChoice, Option<Quote>, Vec<Source>),
    /// The values of fields.
    Values(FieldValues),
    /// Whether a source supports a claim.
    Stance(Stance),
    /// The names of fields in the file.
    Proves(Vec<String>),
    /// The field is emptied.
    Nothing,
    /// Any text.
    Text(String),
}

/// A row of the list below a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What the field says once it is taken.
    pub words: String,
    /// What is said beside it: "Company, 10 ties".
    pub note: String,
    /// The answer.
    pub answer: Answered,
}

/// How a typed text is understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// What to offer, best first.
    pub suggestions: Vec<Suggestion>,
    /// The suggestion that Enter takes if the person has marked none.
    pub marked: Option<usize>,
    /// What is shown below the field: how the text is read, or why it isn't.
    pub remark: String,
    /// Whether the remark says that the text can't be taken.
    pub is_refused: bool,
}

impl Understood {
    pub(super) fn list(suggestions: Vec<Suggestion>, marked: Option<usize>) -> Self {
        Self { suggestions, marked, remark: String::new(), is_refused: false }
    }

    pub(super) fn refused(reason: String) -> Self {
        Self { suggestions: Vec::new(), marked: None, remark: reason, is_refused: true }
    }

    pub(super) fn only(words: &str, remark: String, answer: Answered) -> Self {
        let only = Suggestion { words: words.to_owned(), note: String::new(), answer };
        Self { suggestions: vec![only], marked: Some(0), remark, is_refused: false }
    }

    /// Returns the answer that Enter takes.
    #[must_use]
    pub fn answer(&self, marked: Option<usize>) -> Option<&Answered> {
        marked.or(self.marked).and_then(|index| self.suggestions.get(index)).map(|suggestion| &suggestion.answer)
    }

    /// Returns whether there is something to choose from.
    #[must_use]
    pub fn has_list(&self) -> bool {
        self.suggestions.len() > 1 || self.suggestions.iter().any(|row| !row.note.is_empty())
    }
}

/// How well a name fits what is typed; the lower, the better.
pub(super) fn rank(name: &str, typed: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name == typed {
        Some(0)
    } else if name.starts_with(typed) {
        Some(1)
    } else if name.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(typed)) {
        Some(2)
    } else if name.contains(typed) {
        Some(4)
    } else {
        None
    }
}

/// Returns the entries that fit best, with their ranks.
pub(super) fn best<T: Clone + Ord>(entries: impl Iterator<Item = (u8, usize, T)>) -> Vec<(u8, T)> {
    let mut found: Vec<(u8, std::cmp::Reverse<usize>, T)> =
        entries.map(|(rank, weight, entry)| (rank, std::cmp::Reverse(weight), entry)).collect();
    found.sort();
    found.truncate(MAX_ROWS);
    found.into_iter().map(|(rank, _, entry)| (rank, entry)).collect()
}
