//! Normalizes the texts of changed records as the loader does, so that a saved map loads unchanged: hidden characters
//! written out, single-line fields on one line, blank texts removed.

use std::sync::Arc;

use crate::hidden_characters::{Breaks, write_out};
use crate::model::{
    Actor, ActorKind, Amount, CitedIn, Claim, Ends, Evidence, Fact, MapMeta, Quote, RecordChange, Source, Swap, Tie,
    TieKind, View,
};

/// Cleans the new record of a change.
pub(super) fn cleaned(change: RecordChange) -> RecordChange {
    match change {
        RecordChange::Meta { was, is } => RecordChange::Meta { was, is: clean(is, clean_meta) },
        RecordChange::ActorKind(id, swap) => RecordChange::ActorKind(id, clean_swap(swap, clean_actor_kind)),
        RecordChange::TieKind(id, swap) => RecordChange::TieKind(id, clean_swap(swap, clean_tie_kind)),
        RecordChange::Actor(id, swap) => RecordChange::Actor(id, clean_swap(swap, clean_actor)),
        RecordChange::Source(id, swap) => RecordChange::Source(id, clean_swap(swap, clean_source)),
        RecordChange::Tie(id, swap) => RecordChange::Tie(id, clean_swap(swap, clean_tie)),
        RecordChange::Fact(id, swap) => RecordChange::Fact(id, clean_swap(swap, clean_fact)),
        RecordChange::View(id, swap) => RecordChange::View(id, clean_swap(swap, clean_view)),
        RecordChange::Import(..) | RecordChange::Distinct { .. } => change,
    }
}

fn clean_swap<T: Clone + PartialEq>(swap: Swap<T>, of: impl Fn(&mut T)) -> Swap<T> {
    Swap { is: swap.is.map(|record| clean(record, of)), ..swap }
}

/// Cleans a record; returns the same `Arc` if nothing changes.
fn clean<T: Clone + PartialEq>(record: Arc<T>, of: impl Fn(&mut T)) -> Arc<T> {
    let mut cleaned = T::clone(&record);
    of(&mut cleaned);
    if cleaned == *record { record } else { Arc::new(cleaned) }
}

fn clean_text(text: &mut String, breaks: Breaks) {
    let cleaned = write_out(text, breaks);
    if cleaned != *text {
        *text = cleaned;
    }
}

fn clean_optional(text: &mut Option<String>, breaks: Breaks) {
    text.take_if(|text| text.trim().is_empty());
    if let Some(text) = text {
        clean_text(text, breaks);
    }
}

fn clean_list(texts: &mut Vec<String>) {
    texts.retain(|text| !text.trim().is_empty());
    for text in texts {
        clean_text(text, Breaks::Joined);
    }
}

/// Cleans single-line texts.
fn clean_lines<const N: usize>(texts: [&mut Option<String>; N]) {
    for text in texts {
        clean_optional(text, Breaks::Joined);
    }
}

/// Cleans texts that may have several lines.
fn clean_prose<const N: usize>(texts: [&mut Option<String>; N]) {
    for text in texts {
        clean_optional(text, Breaks::Kept);
    }
}

fn clean_meta(meta: &mut MapMeta) {
    clean_lines([&mut meta.title, &mut meta.subtitle, &mut meta.language, &mut meta.license]);
    clean_prose([&mut meta.note]);
    clean_list(&mut meta.authors);
}

fn clean_view(view: &mut View) {
    for step in &mut view.steps {
        clean_lines([&mut step.title]);
        clean_prose([&mut step.caption, &mut step.notes]);
    }
}

fn clean_actor_kind(kind: &mut ActorKind) {
    clean_text(&mut kind.label, Breaks::Joined);
    clean_lines([&mut kind.icon]);
}

fn clean_tie_kind(kind: &mut TieKind) {
    clean_text(&mut kind.label, Breaks::Joined);
    clean_lines([&mut kind.icon, &mut kind.verb]);
}

fn clean_actor(actor: &mut Actor) {
    clean_text(&mut actor.name, Breaks::Joined);
    clean_list(&mut actor.aliases);
    clean_prose([&mut actor.summary]);
    actor.identifiers.retain(|(_, id)| !id.trim().is_empty());
    for (register, id) in &mut actor.identifiers {
        clean_text(register, Breaks::Joined);
        clean_text(id, Breaks::Joined);
    }
    if !actor.metadata.tags.is_empty() {
        clean_list(&mut actor.metadata.tags);
    }
}

fn clean_source(source: &mut Source) {
    clean_lines([&mut source.title, &mut source.publisher, &mut source.language]);
    clean_prose([&mut source.note]);
    clean_list(&mut source.authors);
}

fn clean_tie(tie: &mut Tie) {
    if let Ends::Parties(parties) = &mut tie.ends {
        for party in parties {
            clean_optional(&mut party.role, Breaks::Joined);
        }
    }
    clean_claim(&mut tie.claim);
}

fn clean_fact(fact: &mut Fact) {
    clean_text(&mut fact.text, Breaks::Kept);
    clean_claim(&mut fact.claim);
}

/// Cleans the texts of a claim. A claim with a history but no stage gets the stage of the last entry.
fn clean_claim(claim: &mut Claim) {
    clean_lines([&mut claim.label, &mut claim.via]);
    clean_prose([&mut claim.summary, &mut claim.scope]);
    if let Some(retraction) = &mut claim.retraction {
        clean_prose([&mut retraction.reason]);
    }
    for amount in [&mut claim.amount, &mut claim.share, &mut claim.quantity].into_iter().flatten() {
        let Amount { unit, text, .. } = &mut **amount;
        clean_lines([unit, text]);
    }
    for Evidence { proves, locator, quote, cited_in, note, .. } in &mut claim.evidence {
        clean_list(proves);
        clean_lines([locator]);
        clean_prose([note]);
        clean_quote(quote);
        if let Some(CitedIn { locator, quote, .. }) = cited_in {
            clean_lines([locator]);
            clean_quote(quote);
        }
    }
    if !claim.metadata.tags.is_empty() {
        clean_list(&mut claim.metadata.tags);
    }
    if claim.stage.is_none() {
        claim.stage = claim.stages.last().map(|change| change.stage.clone());
    }
}

/// Cleans a quote; removes it if it is blank.
fn clean_quote(quote: &mut Option<Quote>) {
    quote.take_if(|quote| quote.exact.trim().is_empty());
    if let Some(Quote { exact, prefix, suffix, .. }) = quote {
        clean_text(exact, Breaks::Kept);
        clean_prose([prefix, suffix]);
    }
}
