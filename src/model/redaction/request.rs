//! The choice of what to redact.

use std::collections::BTreeSet;

use super::fields::{TextOwner, TextPlace, judge_texts};
use crate::model::{ActorId, ActorKindId, Item, Map, SourceId, TieKindId};

/// Records, texts and categories to redact in an output for others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redaction {
    /// Actors to rename to "Company A", "Person B".
    pub actors: BTreeSet<ActorId>,
    /// Actors that keep their name although they share it with a redacted one.
    pub kept_actors: BTreeSet<ActorId>,
    /// Kinds of actors to redact, with everything about their actors.
    pub actor_kinds: BTreeSet<ActorKindId>,
    /// Kinds of ties to redact, with the contents of their ties.
    pub tie_kinds: BTreeSet<TieKindId>,
    /// Sources to reduce to their citation number.
    pub sources: BTreeSet<SourceId>,
    /// Single texts to withhold.
    pub texts: BTreeSet<TextPlace>,
    /// Whether to withhold amounts, shares, quantities and texts that mention them.
    pub hides_amounts: bool,
    /// Whether to withhold all quotes and texts that repeat them.
    pub hides_quotes: bool,
    /// Whether to withhold all texts, leaving names, kinds, stages, dates and numbers.
    pub hides_texts: bool,
}

impl Redaction {
    /// Whether nothing is redacted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { kept_actors: self.kept_actors.clone(), ..Self::default() }
    }

    /// Returns a remark for readers, such as "names, amounts and quotes withheld"; `None` if nothing is redacted.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        let kinds = self.actor_kinds.len() + self.tie_kinds.len();
        let texts = if self.hides_texts { "texts" } else { "some texts" };
        let parts: Vec<&str> = [
            (!self.actors.is_empty(), "names"),
            (self.hides_amounts, "amounts"),
            (self.hides_quotes, "quotes"),
            (self.hides_texts || !self.texts.is_empty(), texts),
            (!self.sources.is_empty(), "sources"),
            (kinds > 0, if kinds == 1 { "one kind" } else { "some kinds" }),
        ]
        .into_iter()
        .filter_map(|(is_so, word)| is_so.then_some(word))
        .collect();
        match parts.as_slice() {
            [] => None,
            [one] => Some(format!("{one} withheld")),
            [most @ .., last] => Some(format!("{} and {last} withheld", most.join(", "))),
        }
    }

    /// Adds the actor or source with this key; returns `false` if there is none. Ties and facts can't be redacted
    /// singly.
    #[must_use]
    pub fn add_record(&mut self, map: &Map, key: &str) -> bool {
        match map.find(key) {
            Some(Item::Actor(actor)) => self.actors.insert(actor),
            Some(Item::Source(source)) => self.sources.insert(source),
            Some(Item::Tie(_) | Item::Fact(_)) | None => return false,
        };
        true
    }

    /// Adds all kinds of actors and ties with this key or label, case-insensitively; returns `false` if that adds none.
    #[must_use]
    pub fn add_kind(&mut self, map: &Map, word: &str) -> bool {
        let is_named =
            |key: &str, label: &str| key.eq_ignore_ascii_case(word) || label.to_lowercase() == word.to_lowercase();
        let before = self.actor_kinds.len() + self.tie_kinds.len();
        let actor_kinds = map.actor_kinds().iter().filter(|(_, kind)| is_named(&kind.key, &kind.label));
        self.actor_kinds.extend(actor_kinds.map(|(id, _)| id));
        let tie_kinds = map.tie_kinds().iter().filter(|(_, kind)| is_named(&kind.key, &kind.label));
        self.tie_kinds.extend(tie_kinds.map(|(id, _)| id));
        self.actor_kinds.len() + self.tie_kinds.len() > before
    }

    /// Adds the text at a place written like [`TextPlace`], in the map or among `notes` notes on the canvas; returns
    /// `false` if there is none.
    #[must_use]
    pub fn add_text(&mut self, map: &Map, notes: u32, place: &str) -> bool {
        let mut found = None;
        judge_texts(&mut map.records().clone(), &mut |at, _, _| {
            if at.to_string() == place {
                found = Some(at);
            }
            false
        });
        let note = (0..notes).map(TextPlace::of_note).find(|at| at.to_string() == place);
        found.or(note).is_some_and(|at| {
            self.texts.insert(at);
            true
        })
    }
}

impl TextPlace {
    /// Returns the place of a note on the canvas, by its index.
    #[must_use]
    pub fn of_note(index: u32) -> Self {
        Self { owner: TextOwner::Note(index), field: "", entry: None }
    }
}
