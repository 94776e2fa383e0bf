//! Details of a tie or a fact: its content, then its evidence.

use crate::analysis::{Support, related, support};
use crate::model::{Claim, ClaimId, Ends, FactId, Item, Map, Status, TieId};
use crate::wording::{
    actor_name, amount_figures, amount_label_long, amount_text, capitalized, claim_sentence, confidence_word, counted,
    date_phrase, date_text, history_texts, share_figures, share_text, source_name, stage_word, status_word, tie_label,
    tie_sentence_without_figures, tie_title, visible,
};

use super::super::line::{Mark, item_of, tie_note};
use super::metadata::{push_fields, push_row};
use super::{Block, Blocks, Details, EvidenceDetails, Line, Link};

pub(super) fn of_tie(map: &Map, id: TieId) -> Details {
    let claim = &map.tie(id).claim;
    let mut blocks = Blocks::default();
    // The figure is told above, in large letters.
    blocks.0.push(Block::Text(format!("{}.", tie_sentence_without_figures(map, id))));
    blocks.text(claim.summary.as_deref());
    push_marks(&mut blocks, map, ClaimId::Tie(id));
    push_ends(&mut blocks, map, id);
    push_claim(&mut blocks, map, ClaimId::Tie(id));
    let kind = capitalized(&visible(&map.tie_kind(id).label));
    let label = tie_label(map, id);
    let label = (capitalized(&label) != kind).then_some(label);
    let stage = claim.stage.as_ref().map(stage_word);
    Details {
        claim: Some(ClaimId::Tie(id)),
        answer: None,
        title: tie_title(map, id),
        subtitle: [Some(kind), label, stage].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        figure: amount_label_long(claim),
        exact_figure: exact_figures(claim),
        blocks: blocks.0,
        ..Details::default()
    }
}

pub(super) fn of_fact(map: &Map, id: FactId) -> Details {
    let fact = map.fact(id);
    let mut blocks = Blocks::default();
    blocks.text(Some(&fact.text));
    blocks.text(fact.claim.summary.as_deref());
    push_marks(&mut blocks, map, ClaimId::Fact(id));
    blocks.link_row("About", actor_name(map, fact.actor), Link::Item(Item::Actor(fact.actor)));
    push_claim(&mut blocks, map, ClaimId::Fact(id));
    let stage = fact.claim.stage.as_ref().map(stage_word);
    Details {
        claim: Some(ClaimId::Fact(id)),
        answer: None,
        title: actor_name(map, fact.actor),
        subtitle: [Some("Fact".to_owned()), stage].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        figure: amount_label_long(&fact.claim),
        exact_figure: exact_figures(&fact.claim),
        blocks: blocks.0,
        ..Details::default()
    }
}

/// Adds the warnings of a claim, if any.
pub(super) fn push_marks(blocks: &mut Blocks, map: &Map, id: ClaimId) {
    let marks = Mark::of(map, id);
    if !marks.is_empty() {
        blocks.0.push(Block::Marks(marks));
    }
}

fn push_ends(blocks: &mut Blocks, map: &Map, id: TieId) {
    let tie = map.tie(id);
    let actor = |id| (actor_name(map, id), Link::Item(Item::Actor(id)));
    match &tie.ends {
        Ends::Pair { from, to } => {
            let labels = if tie.is_directed { ["From", "To"] } else { ["Between", "And"] };
            for (label, end) in labels.into_iter().zip([*from, *to]) {
                let (name, link) = actor(end);
                blocks.link_row(label, name, link);
            }
            blocks.row("Direction", (!tie.is_directed).then(|| "undirected".to_owned()));
        }
        Ends::Parties(parties) => {
            for party in parties {
                let (name, link) = actor(party.actor);
                let role = party.role.as_deref().map(|role| format!(" ({})", visible(role))).unwrap_or_default();
                blocks.link_row("Party", format!("{name}{role}"), link);
            }
        }
    }
}

/// Adds the blocks common to ties and facts, ending with the evidence and the related claims. Leaves the amounts to the
/// figure above.
pub(super) fn push_claim(blocks: &mut Blocks, map: &Map, id: ClaimId) {
    let claim = map.claim(id);
    push_times(blocks, claim);
    push_record(blocks, map, id);
    push_fields(blocks, &claim.metadata);
    blocks.0.push(Block::Heading("Evidence".to_owned(), support_text(&support(map, id), id)));
    push_evidence(blocks, map, id);
    push_related(blocks, map, id);
    push_row(blocks, map, &claim.metadata);
}

/// Like [`push_claim`], for a fact listed under its actor: the evidence gets a row instead of a heading, and related
/// claims are left to the details of the fact itself.
pub(super) fn push_inner_claim(blocks: &mut Blocks, map: &Map, id: ClaimId) {
    let claim = map.claim(id);
    push_measures(blocks, claim);
    push_times(blocks, claim);
    push_record(blocks, map, id);
    blocks.row("Evidence", Some(support_text(&support(map, id), id)));
    push_evidence(blocks, map, id);
}

/// Adds the amounts of a claim that has no figure above it.
fn push_measures(blocks: &mut Blocks, claim: &Claim) {
    let rows = [
        ("Amount", claim.amount.as_deref().map(|amount| (amount_text(amount), amount_figures(amount)))),
        ("Share", claim.share.as_deref().map(|share| (share_text(share), share_figures(share)))),
        ("Quantity", claim.quantity.as_deref().map(|quantity| (amount_text(quantity), amount_figures(quantity)))),
    ];
    for (label, value) in rows {
        let value = value.map(|(words, figures)| match differing(&words, figures) {
            Some(figures) => format!("{words} ({figures})"),
            None => words,
        });
        blocks.row(label, value);
    }
}

/// Returns the figures of a claim in digits, those that differ from its words.
fn exact_figures(claim: &Claim) -> Option<String> {
    let amount = claim.amount.as_deref().and_then(|amount| differing(&amount_text(amount), amount_figures(amount)));
    let share = claim.share.as_deref().and_then(|share| differing(&share_text(share), share_figures(share)));
    let quantity =
        claim.quantity.as_deref().and_then(|quantity| differing(&amount_text(quantity), amount_figures(quantity)));
    let parts: Vec<String> = amount.into_iter().chain(share).chain(quantity).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Returns the figures unless the words have the same digits.
fn differing(words: &str, figures: Option<String>) -> Option<String> {
    let digits = |text: &str| text.chars().filter(|letter| letter.is_ascii_digit() || ".,".contains(*letter)).collect();
    let told: String = digits(words);
    figures.filter(|figures| told != digits(figures))
}

fn push_times(blocks: &mut Blocks, claim: &Claim) {
    let rows = [
        ("Date", &claim.date),
        ("Start", &claim.start),
        ("End", &claim.end),
        ("First seen", &claim.first_seen),
        ("Last seen", &claim.last_seen),
    ];
    for (label, date) in rows {
        blocks.row(label, date.as_ref().map(date_text));
    }
    blocks.row("Stage", claim.stage.as_ref().map(stage_word));
    let history = history_texts(claim);
    // A history of only the current stage without a date adds nothing.
    let is_news = history.len() > 1 || claim.stages.iter().any(|change| change.date.is_some());
    blocks.row("History", is_news.then(|| history.join(", ")));
}

fn push_record(blocks: &mut Blocks, map: &Map, id: ClaimId) {
    let claim = map.claim(id);
    let is_plain = claim.has_status(Status::Asserted) && claim.status_date.is_none();
    let since = claim.status_date.as_ref().map(|date| {
        // A withdrawal happens on a date; a dispute continues.
        let withdrawn = claim.is_withdrawn();
        if withdrawn { format!(" {}", date_phrase(date)) } else { format!(" since {}", date_text(date)) }
    });
    let since = since.unwrap_or_default();
    blocks.row(
        "Status",
        claim.status.as_ref().filter(|_| !is_plain).map(|status| format!("{}{since}", status_word(status))),
    );
    if let Some(retraction) = &claim.retraction {
        let when = retraction.date.as_ref().map(|date| format!(" {}", date_phrase(date))).unwrap_or_default();
        let why = retraction.reason.as_deref().map(|reason| format!(": {}", visible(reason))).unwrap_or_default();
        let text = format!("retracted{when}{why}");
        blocks.row("Retraction", Some(text));
        if let Some(source) = retraction.source {
            blocks.link_row("According to", source_name(map, source), Link::Item(Item::Source(source)));
        }
    }
    blocks.row("Scope", claim.scope.as_deref().map(|scope| visible(scope).into_owned()));
    blocks.row("Via", claim.via.as_deref().map(|via| visible(via).into_owned()));
    blocks.row("Confidence", claim.confidence.as_ref().map(confidence_word));
    if let Some(whole) = claim.part_of {
        blocks.link_row("Part of", claim_sentence(map, whole), Link::Item(item_of(whole)));
    }
}

fn push_evidence(blocks: &mut Blocks, map: &Map, id: ClaimId) {
    let claim = map.claim(id);
    let pieces = claim.evidence.iter().map(|piece| Block::Evidence(Box::new(EvidenceDetails::new(map, id, piece))));
    blocks.0.extend(pieces);
}

/// Describes the support of a claim: "1 independent publisher, second-hand".
pub(super) fn support_text(support: &Support, id: ClaimId) -> String {
    let who = match support.independent.len() {
        0 if support.pieces == 0 => return "no source".to_owned(),
        0 if support.is_own_word_only => match id {
            ClaimId::Tie(_) => "only the parties’ own statements".to_owned(),
            ClaimId::Fact(_) => "only the actor’s own statements".to_owned(),
        },
        0 => "no supporting evidence".to_owned(),
        count => counted(count, "independent publisher", "independent publishers"),
    };
    let second_hand = if support.is_second_hand { ", second-hand" } else { "" };
    format!("{who}{second_hand}")
}

fn push_related(blocks: &mut Blocks, map: &Map, id: ClaimId) {
    let found = related(map, id);
    let lines = |claims: &[ClaimId]| -> Vec<Line> { claims.iter().map(|&claim| claim_line(map, claim)).collect() };
    blocks.lines("Contradicts", String::new(), lines(&found.contradicts));
    blocks.lines("Supersedes", String::new(), lines(&found.supersedes));
    blocks.lines("Superseded by", String::new(), lines(&found.superseded_by));
    blocks.lines("Includes", String::new(), lines(&found.parts));
}

/// Builds a line for a tie or a fact.
pub(super) fn claim_line(map: &Map, id: ClaimId) -> Line {
    let (text, note) = match id {
        ClaimId::Tie(tie) => (tie_title(map, tie), tie_note(map, tie)),
        ClaimId::Fact(fact) => (actor_name(map, map.fact(fact).actor), visible(&map.fact(fact).text).into_owned()),
    };
    Line { text, note: capitalized(&note), marks: Mark::of(map, id), item: item_of(id) }
}
