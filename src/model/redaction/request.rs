//! What is to be taken out of a map.

use std::collections::BTreeSet;

use super::fields::{TextOwner, TextPlace, judge_texts};
use crate::model::{ActorId, ActorKindId, Item, Map, SourceId, TieKindId};

/// What a picture for others must not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redaction {
    /// Actors that become "Company A", "Person B".
    pub actors: BTreeSet<ActorId>,
    /// Actors that keep their name although they bear that of a redacted one.
    pub kept_actors: BTreeSet<ActorId>,
    /// Kinds of actors that are left out, with all that is said of their actors.
    pub actor_kinds: BTreeSet<ActorKindId>,
    /// Kinds of ties that are left out, with all that is said by them.
    pub tie_kinds: BTreeSet<TieKindId>,
    /// Sources of which only the number stays.
    pub sources: BTreeSet<SourceId>,
    /// Single texts.
    pub texts: BTreeSet<TextPlace>,
    /// Whether amounts, shares, quantities and the texts that speak of them are withheld.
    pub hides_amounts: bool,
    /// Whether all quotes are withheld, and texts that repeat them.
    pub hides_quotes: bool,
    /// Whether all texts are withheld: what is left are names, kinds, stages, dates and numbers.
    pub hides_texts: bool,
}

impl Redaction {
    /// Whether nothing is to be taken out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { kept_actors: self.kept_actors.clone(), ..Self::default() }
    }

    /// What is taken out, for those who see the rest: "names, amounts and quotes withheld". `None` for nothing.
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

    /// Adds the record with this key; false if there is none that can be redacted by itself.
    #[must_use]
    pub fn add_record(&mut self, map: &Map, key: &str) -> bool {
        match map.find(key) {
            Some(Item::Actor(actor)) => self.actors.insert(actor),
            Some(Item::Source(source)) => self.sources.insert(source),
            Some(Item::Tie(_) | Item::Fact(_)) | None => return false,
        };
        true
    }

    /// Adds all kinds of actors and ties that have this word as key or label; false if there is none.
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

    /// Adds the text that stands at a place written as [`TextPlace`] writes it, whether in the map or on the canvas
    /// with so many notes; false if there is none.
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
    /// The words of a note on the canvas, by its place among the notes.
    #[must_use]
    pub fn of_note(index: u32) -> Self {
        Self { owner: TextOwner::Note(index), field: "", entry: None }
    }
}
