//! Titles and sentences of ties and facts.

use crate::model::{ActorId, Claim, ClaimId, Ends, FactId, Map, Party, Status, Tie, TieId, Word};

use super::claim::{adverbial_period, amount_words, period_text, stage_text};
use super::grammar::{capitalized, joined_and};
use super::words::{status_of, status_word};
use crate::hidden_characters::visible;

/// Returns the name of an actor, with hidden characters made visible.
#[must_use]
pub fn actor_name(map: &Map, id: ActorId) -> String {
    visible(&map.actor(id).name).into_owned()
}

/// Returns the label of a tie: its own, else that of its kind.
#[must_use]
pub fn tie_label(map: &Map, id: TieId) -> String {
    let own = map.tie(id).claim.label.as_deref().filter(|label| !label.trim().is_empty());
    visible(own.unwrap_or(&map.tie_kind(id).label)).into_owned()
}

/// Returns the title of a tie: "Microsoft → OpenAI", "Amazon – Anthropic", "Port → itself", "A · B · C".
#[must_use]
pub fn tie_title(map: &Map, id: TieId) -> String {
    let tie = map.tie(id);
    match &tie.ends {
        Ends::Pair { from, to } => {
            let joint = if tie.is_directed { "→" } else { "–" };
            let other = if from == to { "itself".to_owned() } else { actor_name(map, *to) };
            format!("{} {joint} {other}", actor_name(map, *from))
        }
        Ends::Parties(_) => {
            let names: Vec<String> = tie.ends.actors().into_iter().map(|actor| actor_name(map, actor)).collect();
            names.join(" · ")
        }
    }
}

/// Formats a tie as a sentence without full stop: "Microsoft invests in OpenAI: more than $13 billion, since 2019,
/// active", "Alder Mill lends to Birch Mill in 2019".
#[must_use]
pub fn tie_sentence(map: &Map, id: TieId) -> String {
    with_details(map, id, amount_words(&map.tie(id).claim))
}

/// Like [`tie_sentence`], without amount, share and quantity, for where these stand beside it.
#[must_use]
pub fn tie_sentence_without_figures(map: &Map, id: TieId) -> String {
    with_details(map, id, std::iter::empty())
}

/// Formats the subject with the details of a tie: label and figures, channel, period, stage and warnings. Without label
/// and figures, channel and period are part of the sentence, where grammar allows it.
fn with_details(map: &Map, id: TieId, figures: impl Iterator<Item = String>) -> String {
    let claim = &map.tie(id).claim;
    let mut sentence = subject(map, id);
    let mut details: Vec<String> = label(claim).into_iter().chain(figures).collect();
    let mut via = claim.via.as_deref().map(|via| format!("via {}", visible(via)));
    let mut period = period_text(claim);
    if details.is_empty() {
        if let Some(via) = via.take() {
            sentence = format!("{sentence} {via}");
        }
        if let Some(adverbial) = adverbial_period(claim) {
            // "Loan from Alder to Birch from 2011 to 2022" would be hard to read.
            let is_range_of_noun = verb(map, id).is_none() && adverbial.starts_with("from ");
            sentence = format!("{sentence}{} {adverbial}", if is_range_of_noun { "," } else { "" });
            period = None;
        }
    }
    let has_period = period.is_some();
    details.extend(via.into_iter().chain(period).chain(marks(map, ClaimId::Tie(id))));
    match &*details {
        [] => sentence,
        [period] if has_period => format!("{sentence}, {period}"),
        details => format!("{sentence}: {}", details.join(", ")),
    }
}

/// Returns the verb of a tie; `None` if it has none, or if that of its kind would be wrong.
fn verb(map: &Map, id: TieId) -> Option<&str> {
    let (tie, kind) = (map.tie(id), map.tie_kind(id));
    // A directed verb would be wrong for an undirected tie.
    let fits = matches!(tie.ends, Ends::Pair { .. }) && (tie.is_directed || !kind.is_directed);
    kind.verb.as_deref().map(str::trim).filter(|verb| fits && !verb.is_empty())
}

/// Formats a fact as a sentence: "Amazon: Plans $200 billion in capital expenditures in 2026 (planned)". Omits other
/// details, which its text contains.
#[must_use]
pub fn fact_sentence(map: &Map, id: FactId) -> String {
    let fact = map.fact(id);
    let text = visible(fact.text.trim());
    let marks = marks(map, ClaimId::Fact(id));
    let text = text.strip_suffix('.').unwrap_or(&text);
    let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
    format!("{}: {text}{marks}", actor_name(map, fact.actor))
}

/// Formats a tie or fact as a sentence without full stop.
#[must_use]
pub fn claim_sentence(map: &Map, id: ClaimId) -> String {
    match id {
        ClaimId::Tie(tie) => tie_sentence(map, tie),
        ClaimId::Fact(fact) => fact_sentence(map, fact),
    }
}

/// Formats the subject of a tie: "Microsoft invests in OpenAI", "Agreement between A (lead), B and C".
fn subject(map: &Map, id: TieId) -> String {
    let tie = map.tie(id);
    let kind = map.tie_kind(id);
    match &tie.ends {
        Ends::Pair { from, to } => {
            let name = actor_name(map, *from);
            let other = if from == to { reflexive(map, *from).to_owned() } else { actor_name(map, *to) };
            match verb(map, id) {
                Some(verb) => format!("{name} {} {other}", visible(verb)),
                None => format!("{} {}", capitalized(&visible(&kind.label)), joint(tie, &name, &other)),
            }
        }
        Ends::Parties(parties) => {
            let names: Vec<String> = parties.iter().map(|party| party_name(map, party)).collect();
            let joint = if names.len() > 1 { "between" } else { "of" };
            format!("{} {joint} {}", capitalized(&visible(&kind.label)), joined_and(&names))
        }
    }
}

fn joint(tie: &Tie, name: &str, other: &str) -> String {
    if tie.is_directed { format!("from {name} to {other}") } else { format!("between {name} and {other}") }
}

fn reflexive(map: &Map, id: ActorId) -> &'static str {
    match map.actor_kind(id).map(|kind| &*kind.key) {
        Some("person" | "people") => "themselves",
        _ => "itself",
    }
}

fn party_name(map: &Map, party: &Party) -> String {
    let name = actor_name(map, party.actor);
    let role = party.role.as_deref().map(str::trim).filter(|role| !role.is_empty());
    role.map_or_else(|| name.clone(), |role| format!("{name} ({})", visible(role)))
}

/// Returns the own label of a claim.
fn label(claim: &Claim) -> Option<String> {
    let label = claim.label.as_deref().map(str::trim).filter(|label| !label.is_empty());
    label.map(|label| visible(label).into_owned())
}

/// Returns stage, status unless asserted, and a missing source.
fn marks(map: &Map, id: ClaimId) -> Vec<String> {
    let claim = map.claim(id);
    let mut marks: Vec<String> = stage_text(claim).into_iter().collect();
    let status = map.status(id).map_or_else(|| status_of(claim), Word::Known);
    if !status.is(&Status::Asserted) {
        marks.push(status_word(&status));
    }
    if claim.evidence.is_empty() {
        marks.push("no source".to_owned());
    }
    marks
}

#[cfg(test)]
#[path = "sentence_tests.rs"]
mod tests;
