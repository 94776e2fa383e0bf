//! Removal of contents from records that are redacted or refer to redacted ones.

use std::collections::HashSet;

use super::fields::TextCategory;
use super::placeholders::{QUOTE_WITHHELD, TITLE_WITHHELD, WITHHELD};
use super::request::Redaction;
use super::secrets::Secrets;
use crate::model::{
    Actor, ActorKindId, Amount, Claim, ClaimId, Ends, Evidence, Map, Metadata, MetadataFields, OwnFields, Quote,
    Records, Slots, Source, SourceId, StoryCamera, StoryStep, TieId, TieKindId,
};

/// Strips all records.
pub(super) fn strip(map: &Map, redaction: &Redaction, secrets: &Secrets, records: &mut Records) {
    strip_workings(records);
    strip_kinds(map, redaction, secrets, records);
    strip_actors(map, redaction, secrets, records);
    if redaction.hides_amounts {
        records.actors.iter_mut().for_each(|(_, actor)| strip_weight(&mut actor.metadata));
        records.views.iter_mut().for_each(|(_, view)| view.filter.min_weight = None);
    }
    for (id, source) in records.sources.iter_mut() {
        if secrets.sources.contains(&id) {
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
    for (id, tie) in records.ties.iter_mut() {
        let is_left_out = redaction.tie_kinds.contains(&tie.kind);
        if let Ends::Parties(parties) = &mut tie.ends {
            let hidden = parties.iter_mut().filter(|party| secrets.actors.contains(&party.actor));
            for role in hidden.filter_map(|party| party.role.as_mut()) {
                WITHHELD.clone_into(role);
            }
        }
        strip_claim(ClaimId::Tie(id), &mut tie.claim, is_left_out);
    }
    for (id, fact) in records.facts.iter_mut() {
        let id = ClaimId::Fact(id);
        let is_about_hidden = secrets.actors.contains(&fact.actor);
        if secrets.claims.contains(&id) {
            WITHHELD.clone_into(&mut fact.text);
        }
        strip_claim(id, &mut fact.claim, is_about_hidden);
    }
}

/// Removes working data, which only the map's authors need, regardless of the redaction: imports, checks, own fields.
fn strip_workings(records: &mut Records) {
    let strip = |metadata: &mut Metadata| {
        if *metadata != Metadata::default() {
            let MetadataFields { tags, weight, .. } = std::mem::take(&mut **metadata);
            *metadata = MetadataFields { tags, weight, ..MetadataFields::default() }.into();
        }
    };
    records.imports = Slots::default();
    records.distinct.clear();
    for (_, actor) in records.actors.iter_mut() {
        actor.former_ids.clear();
        strip(&mut actor.metadata);
    }
    for (_, source) in records.sources.iter_mut() {
        (source.row, source.own) = (None, OwnFields::NONE);
    }
    records.ties.iter_mut().for_each(|(_, tie)| strip(&mut tie.claim.metadata));
    records.facts.iter_mut().for_each(|(_, fact)| strip(&mut fact.claim.metadata));
    for (_, view) in records.views.iter_mut() {
        view.communities.clear();
        view.own = OwnFields::NONE;
        for (number, step) in (1..).zip(&mut view.steps) {
            let StoryStep { title, caption, show, focus, as_of, camera, notes, .. } = std::mem::take(step);
            // An unknown camera may contain any text.
            let camera = if let StoryCamera::Other(_) = camera { StoryCamera::All } else { camera };
            let (key, checks, own) = (format!("step-{number}").into(), Vec::new(), OwnFields::NONE);
            *step = StoryStep { key, title, caption, show, focus, as_of, camera, notes, checks, own };
        }
    }
}

/// Removes a weight, which may stand for an amount.
fn strip_weight(metadata: &mut Metadata) {
    if metadata.weight.is_some() {
        metadata.weight = None;
    }
}

/// Gives all records neutral keys, because keys may contain names. Numbers count records, not slots.
pub(super) fn rename_keys(records: &mut Records) {
    for (number, (_, actor)) in (1..).zip(records.actors.iter_mut()) {
        actor.key = format!("actor-{number}").into();
    }
    for (number, (_, source)) in (1..).zip(records.sources.iter_mut()) {
        source.key = format!("source-{number}").into();
    }
    for (number, (_, tie)) in (1..).zip(records.ties.iter_mut()) {
        tie.claim.key = format!("tie-{number}").into();
    }
    for (number, (_, fact)) in (1..).zip(records.facts.iter_mut()) {
        fact.claim.key = format!("fact-{number}").into();
    }
    for (number, (_, view)) in (1..).zip(records.views.iter_mut()) {
        view.key = format!("view-{number}").into();
    }
}

/// Strips redacted kinds, and kinds that only redacted records use.
fn strip_kinds(map: &Map, redaction: &Redaction, secrets: &Secrets, records: &mut Records) {
    let told = map.actor_ids().filter(|id| !secrets.asked.contains(id)).filter_map(|id| map.actor(id).kind);
    let told: HashSet<ActorKindId> = told.collect();
    let hidden: HashSet<ActorKindId> = secrets.asked.iter().filter_map(|id| map.actor(*id).kind).collect();
    for (number, (id, kind)) in (1..).zip(records.actor_kinds.iter_mut()) {
        if redaction.actor_kinds.contains(&id) || (hidden.contains(&id) && !told.contains(&id)) {
            kind.key = format!("actor-kind-{number}").into();
            WITHHELD.clone_into(&mut kind.label);
            kind.icon = None;
        }
    }
    let is_hidden = |id: &TieId| map.tie(*id).ends.actors().iter().any(|actor| secrets.actors.contains(actor));
    let (hidden, told): (Vec<TieId>, Vec<TieId>) = map.tie_ids().partition(is_hidden);
    let kinds = |ties: &[TieId]| ties.iter().map(|id| map.tie(*id).kind).collect::<HashSet<TieKindId>>();
    let (hidden, told) = (kinds(&hidden), kinds(&told));
    for (number, (id, kind)) in (1..).zip(records.tie_kinds.iter_mut()) {
        // An undeclared kind exists only for these ties.
        let is_only_there = hidden.contains(&id) && !told.contains(&id) && !kind.is_listed;
        if redaction.tie_kinds.contains(&id) || is_only_there {
            kind.key = format!("tie-kind-{number}").into();
            WITHHELD.clone_into(&mut kind.label);
            kind.verb = None;
            kind.icon = None;
        }
    }
}

/// Gives redacted actors new names with letters in the map's order, and removes everything else.
fn strip_actors(map: &Map, redaction: &Redaction, secrets: &Secrets, records: &mut Records) {
    let kinds = &records.actor_kinds;
    let mut count = 0;
    for (id, actor) in records.actors.iter_mut() {
        if !secrets.actors.contains(&id) {
            continue;
        }
        let kind = actor.kind.filter(|kind| !redaction.actor_kinds.contains(kind)).map(|kind| &kinds[kind]);
        let label = kind.map(|kind| kind.label.as_str());
        let label = label.filter(|label| *label != WITHHELD && !secrets.touch(TextCategory::Kind, label));
        let name = format!("{} {}", label.unwrap_or("Actor"), letters(count));
        let (key, kind, part_of) = (actor.key.clone(), actor.kind, map.actor(id).part_of);
        *actor = Actor { key, kind, name, part_of, ..Actor::default() };
        count += 1;
    }
}

/// Strips a redacted source. Keeps its key, its own actors and its link to copies.
fn strip_source(source: &mut Source) {
    *source = Source {
        key: source.key.clone(),
        title: Some(TITLE_WITHHELD.to_owned()),
        by: std::mem::take(&mut source.by),
        same_as: source.same_as,
        ..Source::default()
    };
}

/// Strips a claim; `is_hidden` removes its free text, by which it could be identified.
fn strip_claim(redaction: &Redaction, secrets: &Secrets, claim: &mut Claim, is_hidden: bool) {
    if is_hidden {
        for text in [&mut claim.label, &mut claim.summary, &mut claim.scope, &mut claim.via].into_iter().flatten() {
            WITHHELD.clone_into(text);
        }
        // The label of the kind is more useful than "withheld".
        claim.label = None;
        if !claim.metadata.tags.is_empty() {
            claim.metadata.tags.clear();
        }
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
        strip_weight(&mut claim.metadata);
    }
    for piece in &mut claim.evidence {
        strip_evidence(redaction, secrets, piece, is_hidden);
    }
}

fn strip_evidence(redaction: &Redaction, secrets: &Secrets, piece: &mut Evidence, is_hidden: bool) {
    let is_hidden_source = |source: &SourceId| secrets.sources.contains(source);
    // Evidence that is, or was read in, a redacted document may repeat its words.
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

/// Returns A, B, … Z, AA, AB, … for 0, 1, ….
pub(super) fn letters(index: usize) -> String {
    let last = char::from(b'A' + (index % 26) as u8);
    if index < 26 { last.to_string() } else { format!("{}{last}", letters(index / 26 - 1)) }
}
