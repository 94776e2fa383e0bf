//! The document with the edits so far, and what each of them did.

use super::find::{OtherIds, RecordFinder};
use crate::document::edit::{Edits, KindChoice};
use crate::document::{Document, EditError, Transaction};
use crate::hidden_characters::{Quoted, visible};
use crate::load::Suggester;
use crate::model::{Item, Key};

/// What an edit did.
#[derive(Clone, Debug, Default)]
pub(super) struct EditDone {
    /// The name of the undo step, with the values.
    pub(super) sentence: String,
    /// What else changed, for people to read.
    pub(super) details: Vec<String>,
    /// The ids of the records that were named or made.
    pub(super) ids: Vec<Key>,
    /// The edit as given.
    pub(super) option: &'static str,
    pub(super) text: String,
}

impl EditDone {
    pub(super) fn new(sentence: impl Into<String>, ids: Vec<Key>) -> Self {
        Self { sentence: visible(&sentence.into()).into_owned(), ids, ..Self::default() }
    }
}

/// The edits so far.
pub(super) struct EditSession {
    pub(super) edits: Edits,
    pub(super) other_ids: OtherIds,
}

impl EditSession {
    pub(super) fn document(&self) -> &Document {
        self.edits.document()
    }

    pub(super) fn finder(&self) -> RecordFinder<'_> {
        RecordFinder { map: &self.document().map, other_ids: &self.other_ids }
    }

    pub(super) fn key(&self, item: Item) -> Key {
        Key::clone(self.document().map.key(item))
    }

    /// Runs a transaction; its label becomes the sentence.
    pub(super) fn run(
        &mut self,
        transaction: Result<Transaction, EditError>,
        ids: Vec<Key>,
    ) -> Result<EditDone, String> {
        let transaction = transaction.map_err(|error| error.to_string())?;
        let label = transaction.label.clone();
        self.edits.run(transaction).map_err(|error| error.to_string())?;
        Ok(EditDone::new(label, ids))
    }
}

/// Returns the kind of tie that a word names, and a remark if it is new; a word that may be mistyped is refused.
pub(super) fn kind_choice(session: &EditSession, word: &str) -> Result<(KindChoice, Option<String>), String> {
    let map = &session.document().map;
    let word = word.trim();
    let is = |text: &str| text.eq_ignore_ascii_case(word);
    let verb_is = |verb: Option<&str>| verb.is_some_and(is);
    let kinds = || map.tie_kinds().iter();
    let found = kinds().find(|(_, kind)| &*kind.key == word || is(&kind.label));
    let found = found.or_else(|| kinds().find(|(_, kind)| verb_is(kind.verb.as_deref())));
    if let Some((kind, _)) = found {
        return Ok((KindChoice::Known(kind), None));
    }
    let words = map.tie_kinds().values().flat_map(|kind| [&*kind.key, kind.label.as_str()]);
    if let Some(close) = Suggester::default().closest(word, words) {
        return Err(format!("the map has no kind {}; did you mean {}?", Quoted(word), Quoted(close)));
    }
    Ok((KindChoice::New(word.to_owned()), Some(format!("{} is a new kind of tie", Quoted(word)))))
}
