//! List of the texts that remain after redaction, for review by a person.

use std::collections::HashSet;

use super::Redactor;
use super::fields::{TextCategory, TextOwner, TextPlace, judge_texts};
use super::fold::tokens;
use super::lexicon::TITLES;
use super::placeholders::is_mark;
use crate::model::{ClaimId, Item, Map};

/// A text that the redacted output shows or may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemainingText {
    /// Place of the text.
    pub place: TextPlace,
    /// The text.
    pub text: String,
    /// Reason to check the text, if any.
    pub suspicion: Option<String>,
}

impl Redactor<'_> {
    /// Returns all texts of the redacted map and the canvas notes: suspicious ones first, then in the map's order.
    #[must_use]
    pub fn remaining_texts<'n>(&self, redacted: &Map, notes: impl Iterator<Item = &'n str>) -> Vec<RemainingText> {
        let mut found = Vec::new();
        judge_texts(&mut redacted.records().clone(), &mut |place, sort, text| {
            let says_nothing = text.is_empty() || is_mark(text);
            // Ids of kinds and names of views are never drawn.
            let is_seen = !place.is_never_drawn() && sort != TextCategory::Code && place.field != "id";
            if !says_nothing && is_seen && place.field != "icon" {
                found.push((place, sort, text.to_owned()));
            }
            false
        });
        let notes = notes.zip(0..).filter(|(words, index)| !self.is_note_withheld(*index, words));
        found.extend(notes.map(|(words, index)| (TextPlace::of_note(index), TextCategory::Free, words.to_owned())));
        let near = self.neighbors();
        let mut all: Vec<(u8, RemainingText)> = found
            .into_iter()
            .map(|(place, sort, text)| {
                let (rank, suspicion) = self.suspicion(place, sort, &text, &near).unzip();
                (rank.unwrap_or(u8::MAX), RemainingText { place, text, suspicion })
            })
            .collect();
        all.sort_by_key(|(rank, _)| *rank);
        all.into_iter().map(|(_, remaining)| remaining).collect()
    }

    /// Returns a reason to check a text, with its rank; 0 is the strongest.
    fn suspicion(
        &self,
        place: TextPlace,
        sort: TextCategory,
        text: &str,
        near: &HashSet<Item>,
    ) -> Option<(u8, String)> {
        let words = tokens(text);
        let parts = || self.secrets.matcher.iter().flat_map(super::matcher::Matcher::parts);
        for token in &words {
            if let Some(part) = parts().find(|part| is_nearly(token.word(), part)) {
                return Some((0, format!("“{}” is similar to “{part}”, which is withheld", token.raw)));
            }
        }
        let is_free = matches!(sort, TextCategory::Free | TextCategory::Title | TextCategory::Quote);
        if is_free && !self.secrets.actors.is_empty() {
            if let Some(title) = words.iter().find(|token| token.len() > 2 && TITLES.contains(token.word())) {
                return Some((1, format!("“{}” may refer to someone", title.raw)));
            }
            if let TextOwner::Item(item) = place.owner
                && near.contains(&item)
            {
                return Some((3, "it belongs to a record tied to a withheld actor".to_owned()));
            }
        }
        let has_digit = is_free && text.chars().any(char::is_numeric);
        (self.redaction.hides_amounts && has_digit).then(|| (2, "it contains a number".to_owned()))
    }

    /// Returns the actors tied to redacted ones, and the sources of hidden claims.
    fn neighbors(&self) -> HashSet<Item> {
        let mut near = HashSet::new();
        for id in &self.secrets.claims {
            if let ClaimId::Tie(tie) = id {
                near.extend(self.map.tie(*tie).ends.actors().into_iter().map(Item::Actor));
            }
            near.extend(self.map.claim(*id).evidence.iter().map(|piece| Item::Source(piece.source)));
        }
        near
    }
}

/// Whether two words differ by at most one edit, or two for longer words.
fn is_nearly(word: &str, part: &str) -> bool {
    let (length, part_length) = (word.chars().count(), part.chars().count());
    let reach = if part_length >= 7 { 2 } else { 1 };
    part_length >= 4 && length.abs_diff(part_length) <= reach && strsim::damerau_levenshtein(word, part) <= reach
}
