//! Applies redaction and the options of a picture to a document, before anything is laid out or drawn.

use std::sync::Arc;

use super::{PictureOptions, Scope};
use crate::document::{Document, Look};
use crate::model::{ActorId, Item, Map, Redactor, RemainingText};

/// Returns the document after redaction, with the requested labels and positions. Its origin is dropped, since file
/// names and texts may reveal redacted content.
pub(super) fn adapted(document: &Document, options: &PictureOptions) -> Document {
    let redaction = &options.redaction;
    let Redacted { map, withheld, is_note_withheld } = redacted(document, options);
    // The filter's date determines the map drawn, so the page must show that date.
    let map = document.look.filter.as_of.clone().map_or(Arc::clone(&map), |time| Arc::new(map.as_of(time)));
    let mut look = Look::clone(&document.look);
    let notes = std::mem::take(&mut look.notes).into_iter().zip(is_note_withheld);
    look.notes = notes.filter(|(_, is_withheld)| !is_withheld).map(|(note, _)| note).collect();
    let is_left_out = |kind| redaction.actor_kinds.contains(&kind);
    look.hidden.extend(document.map.actor_ids().filter(|&id| document.map.actor(id).kind.is_some_and(is_left_out)));
    look.filter.hidden_tie_kinds.extend(&redaction.tie_kinds);
    // What is withheld is not counted among the neighbors that are not shown either.
    let (withheld, outside): (Vec<ActorId>, Vec<ActorId>) =
        withheld.into_iter().partition(|&actor| document.look.explores(actor));
    look.hidden.extend(outside);
    // A withheld actor doesn't show its number either, since that would help to guess who it is.
    let ties = withheld.iter().flat_map(|&actor| document.map.ties_of(actor)).copied();
    look.hidden_ties.extend(ties.filter(|&tie| document.look.leaves_out(&document.map, Item::Tie(tie))));
    hide_light_ties(&document.map, &mut look);
    look.label_mode = options.labels.unwrap_or(look.label_mode);
    // With the scope of the view, the layout must match the canvas.
    if options.is_arranged_anew && !matches!(options.scope, Scope::InView(_)) {
        look.forget_places(&map);
    }
    document.with_parts(map, Arc::new(look))
}

/// Hides ties below the least weight, since redaction may take the weights out.
fn hide_light_ties(map: &Map, look: &mut Look) {
    if look.filter.min_weight.is_some() {
        look.hidden_ties.extend(map.tie_ids().filter(|&tie| !look.filter.lets_weight(map, tie)).collect::<Vec<_>>());
        look.filter.min_weight = None;
    }
}

/// A redacted map.
struct Redacted {
    map: Arc<Map>,
    /// The redacted actors.
    withheld: Vec<ActorId>,
    /// For each note on the canvas whether it is withheld.
    is_note_withheld: Vec<bool>,
}

fn redacted(document: &Document, options: &PictureOptions) -> Redacted {
    if options.redaction.is_empty() {
        let is_note_withheld = vec![false; document.look.notes.len()];
        return Redacted { map: Arc::clone(&document.map), withheld: Vec::new(), is_note_withheld };
    }
    let redactor = Redactor::new(&document.map, &options.redaction);
    let notes = document.look.notes.values().zip(0..);
    let notes = notes.map(|(note, index)| redactor.is_note_withheld(index, &note.text)).collect();
    Redacted { map: Arc::new(redactor.redact()), withheld: redactor.actors().collect(), is_note_withheld: notes }
}

/// Returns all texts that remain after redaction, suspicious ones first.
#[must_use]
pub fn remaining_texts(document: &Document, options: &PictureOptions) -> Vec<RemainingText> {
    let redactor = Redactor::new(&document.map, &options.redaction);
    let notes = document.look.notes.values().map(|note| note.text.as_str());
    redactor.remaining_texts(&redactor.redact(), notes)
}
