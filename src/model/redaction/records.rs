//! Records without what is redacted in them: what refers to something redacted goes whole.

use std::collections::HashSet;

use super::secrets::Secrets;
use super::{QUOTE_WITHHELD, Redaction, TITLE_WITHHELD, WITHHELD, letters};
use crate::model::{
    Actor, ActorId, ActorKindId, Amount, Claim, ClaimId, Ends, Evidence, FactId, Map, MapParts, Quote, Source,
    SourceId, TieId, TieKindId,
};

/// Strips all records.
pub(super) fn strip(map: &Map, redaction: &Redaction, secrets: &Secrets, parts: &mut MapParts) {
    strip_kinds(map, redaction, secrets, parts);
    strip_actors(map, redaction, secrets, parts);
    for (index, source) in parts.sources.iter_mut().enumerate() {
        if secrets.sources.contains(&SourceId::from_index(index)) {
            strip_source(source);
        }
    }
    let strip_claim = |id: ClaimId, claim: &mut Claim, is_left_out: bool| {
        if is_left_out {
            let (status, evidence) = (claim.status.take(), std::mem::take(&mut claim.evidence));
            *claim = Claim { status, evidence, ..Claim::default() };
        }
        strip_claim(redaction, secrets, claim, secrets.claims.contains(&id));
    };
    for (index, tie) in parts.ties.iter_mut().enumerate() {
        let is_left_out = redaction.tie_kinds.contains(&tie.kind);
        if let Ends::Parties(parties) = &mut tie.ends {
            let hidden = parties.iter_mut().filter(|party| secrets.actors.contains(&party.actor));
            for role in hidden.filter_map(|party| party.role.as_mut()) {
                WITHHELD.clone_into(role);
            }
        }
        strip_claim(ClaimId::Tie(TieId::from_index(index)), &mut tie.claim, is_left_out);
    }
    for (index, fact) in parts.facts.iter_mut().enumerate() {
        let id = ClaimId::Fact(FactId::from_index(index));
        let is_about_hidden = secrets.actors.contains(&fact.actor);
        if secrets.claims.contains(&id) {
            WITHHELD.clone_into(&mut fact.text);
        }
        strip_claim(id, &mut fact.claim, is_about_hidden);
    }
}

/// Gives all records keys that tell nothing: keys carry names.
pub(super) fn rename_keys(parts: &mut MapParts) {
    for (index, actor) in parts.actors.iter_mut().enumerate() {
        actor.key = format!("actor-{}", index + 1).into();
    }
    for (index, source) in parts.sources.iter_mut().enumerate() {
        source.key = format!("source-{}", index + 1).into();
    }
    for (index, tie) in parts.ties.iter_mut().enumerate() {
        tie.claim.key = format!("tie-{}", index + 1).into();
    }
    for (index, fact) in parts.facts.iter_mut().enumerate() {
        fact.claim.key = format!("fact-{}", index + 1).into();
    }
    for (index, view) in parts.views.iter_mut().enumerate() {
        view.key = format!("view-{}", index + 1).into();
    }
}

/// Kinds that are left out, and those that occur with redacted actors only, lose their words.
fn strip_kinds(map: &Map, redaction: &Redaction, secrets: &Secrets, parts: &mut MapParts) {
    let told = map.actor_ids().filter(|id| !secrets.asked.contains(id)).filter_map(|id| map.actor(id).kind);
    let told: HashSet<ActorKindId> = told.collect();
    let hidden: HashSet<ActorKindId> = secrets.asked.iter().filter_map(|id| map.actor(*id).kind).collect();
    for (index, kind) in parts.actor_kinds.iter_mut().enumerate() {
        let id = ActorKindId::from_index(index);
        if redaction.actor_kinds.contains(&id) || (hidden.contains(&id) && !told.contains(&id)) {
            kind.key = format!("actor-kind-{}", index + 1).into();
            WITHHELD.clone_into(&mut kind.label);
            kind.icon = None;
        }
    }
    let is_hidden = |id: &TieId| map.tie(*id).ends.actors().iter().any(|actor| secrets.actors.contains(actor));
    let (hidden, told): (Vec<TieId>, Vec<TieId>) = map.tie_ids().partition(is_hidden);
    let kinds = |ties: &[TieId]| ties.iter().map(|id| map.tie(*id).kind).collect::<HashSet<TieKindId>>();
    let (hidden, told) = (kinds(&hidden), kinds(&told));
    for (index, kind) in parts.tie_kinds.iter_mut().enumerate() {
        let id = TieKindId::from_index(index);
        // A word that the map does not declare was made up for these ties.
        let is_only_there = hidden.contains(&id) && !told.contains(&id) && !kind.is_listed;
        if redaction.tie_kinds.contains(&id) || is_only_there {
            kind.key = format!("tie-kind-{}", index + 1).into();
            WITHHELD.clone_into(&mut kind.label);
            kind.verb = None;
            kind.icon = None;
        }
    }
}

/// New names for those who lose theirs, lettered in the map's order.
fn strip_actors(map: &Map, redaction: &Redaction, secrets: &Secrets, parts: &mut MapParts) {
    let kinds = &parts.actor_kinds;
    let mut count = 0;
    for (index, actor) in parts.actors.iter_mut().enumerate() {
        if !secrets.actors.contains(&ActorId::from_index(index)) {
            continue;
        }
        let kind = actor.kind.filter(|kind| !redaction.actor_kinds.contains(kind)).map(|kind| &kinds[kind.index()]);
        let label = kind.map(|kind| kind.label.as_str());
        let label = label.filter(|label| *label != WITHHELD && !secrets.touch(super::Sort::Kind, label));
        let name = format!("{} {}", label.unwrap_or("Actor"), letters(count));
        let (key, kind, part_of) = (actor.key.clone(), actor.kind, map.actors[index].part_of);
        *actor =
            Actor { key, kind, name, part_of, aliases: Vec::new(), summary: None, identifiers: Vec::new(), url: None };
        count += 1;
    }
}

/// A redacted source keeps its number, whose it is, and with which others it is one text.
fn strip_source(source: &mut Source) {
    *source = Source {
        key: source.key.clone(),
        title: Some(TITLE_WITHHELD.to_owned()),
        by: std::mem::take(&mut source.by),
        same_as: source.same_as,
        ..Source::default()
    };
}

/// A claim about something redacted loses its free words, by which it could be found elsewhere.
fn strip_claim(redaction: &Redaction, secrets: &Secrets, claim: &mut Claim, is_hidden: bool) {
    if is_hidden {
        for text in [&mut claim.label, &mut claim.summary, &mut claim.scope, &mut claim.via].into_iter().flatten() {
            WITHHELD.clone_into(text);
        }
        // The kind says better what the tie is than a label of no words.
        claim.label = None;
    }
    if let Some(retraction) = claim.retraction.as_deref_mut() {
        let is_told_there = retraction.source.is_some_and(|source| secrets.sources.contains(&source));
        if is_told_there {
            retraction.date = None;
        }
        if (is_hidden || is_told_there) && retraction.reason.is_some() {
            retraction.reason = Some(WITHHELD.to_owned());
        }
    }
    if redaction.hides_amounts {
        withhold(&mut claim.amount, "amount withheld");
        withhold(&mut claim.share, "share withheld");
        withhold(&mut claim.quantity, "quantity withheld");
    }
    for piece in &mut claim.evidence {
        strip_evidence(redaction, secrets, piece, is_hidden);
    }
}

fn strip_evidence(redaction: &Redaction, secrets: &Secrets, piece: &mut Evidence, is_hidden: bool) {
    let is_hidden_source = |source: &SourceId| secrets.sources.contains(source);
    // What a redacted document cites, and what cites it, has words of it.
    let is_hidden = is_hidden
        || is_hidden_source(&piece.source)
        || piece.cited_in.as_ref().is_some_and(|cited| is_hidden_source(&cited.source));
    let cited = piece.cited_in.as_mut();
    if let Some(cited) = cited {
        if is_hidden_source(&cited.source) {
            cited.accessed = None;
        }
        strip_words(&mut cited.locator, &mut cited.quote, is_hidden, is_hidden || redaction.hides_quotes);
    }
    strip_words(&mut piece.locator, &mut piece.quote, is_hidden, is_hidden || redaction.hides_quotes);
    if is_hidden && piece.note.is_some() {
        piece.note = Some(WITHHELD.to_owned());
    }
}

fn strip_words(locator: &mut Option<String>, quote: &mut Option<Quote>, hides_locator: bool, hides_quote: bool) {
    if hides_locator && locator.is_some() {
        *locator = Some(WITHHELD.to_owned());
    }
    if hides_quote && quote.is_some() {
        *quote = Some(Quote { exact: QUOTE_WITHHELD.to_owned(), ..Quote::default() });
    }
}

fn withhold(amount: &mut Option<Box<Amount>>, words: &str) {
    if amount.is_some() {
        *amount = Some(Box::new(Amount { text: Some(words.to_owned()), ..Amount::default() }));
    }
}
