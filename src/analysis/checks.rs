//! Checks of a map's content while it is edited: claims without evidence, impossible dates, shares of more than the
//! whole, disputes of which one side is missing. A withdrawn claim is not checked.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::{ActorId, Claim, ClaimId, Date, Ends, Item, Map, Stance, Status, TieId, TieKindId};

/// Something that a map's author may want to fix.
#[derive(Clone, Debug, PartialEq)]
pub struct Concern {
    /// The record that it is about.
    pub item: Item,
    /// What it is.
    pub kind: ConcernKind,
}

/// What should be fixed.
#[derive(Clone, Debug, PartialEq)]
pub enum ConcernKind {
    /// Its end is before its start.
    EndBeforeStart,
    /// It begins before this actor does.
    BeforeActor(ActorId),
    /// It goes on after this actor's end.
    AfterActor(ActorId),
    /// A share is more than the whole.
    ShareOverWhole,
    /// These ties add up to more than the whole of an actor: at least this many percent.
    SharesOverWhole(Vec<TieId>, Decimal),
    /// It is disputed, and no claim says what is said instead.
    DisputedAlone,
    /// No source proves it.
    Unsourced,
}

/// Returns the concerns: impossible dates and shares, then disputes, then claims without a source; each in file
/// order.
#[must_use]
pub fn concerns(map: &Map) -> Vec<Concern> {
    let mut found = Vec::new();
    for (id, actor) in map.actors().iter() {
        if is_reversed(actor.start.as_ref(), actor.end.as_ref()) {
            found.push(Concern { item: Item::Actor(id), kind: ConcernKind::EndBeforeStart });
        }
    }
    let claims = || map.records().claims().filter(|(_, claim)| !claim.is_withdrawn());
    for (id, claim) in claims() {
        let mut add = |kind| found.push(Concern { item: id.into(), kind });
        if is_reversed(claim.start.as_ref(), claim.end.as_ref()) {
            add(ConcernKind::EndBeforeStart);
        }
        if let Some(kind) = outside_of_life(map, id, claim) {
            add(kind);
        }
        if claim.share.as_ref().and_then(|share| share.lower).is_some_and(|lower| lower.value > Decimal::ONE_HUNDRED) {
            add(ConcernKind::ShareOverWhole);
        }
    }
    found.extend(shares_over_whole(map));
    let disputed = claims()
        .filter(|(id, claim)| is_disputed(claim) && map.contested_by(*id).is_empty() && claim.contradicts.is_empty());
    found.extend(disputed.map(|(id, _)| Concern { item: id.into(), kind: ConcernKind::DisputedAlone }));
    let unsourced = claims().filter(|(_, claim)| claim.evidence.is_empty());
    found.extend(unsourced.map(|(id, _)| Concern { item: id.into(), kind: ConcernKind::Unsourced }));
    found
}

/// Whether all days of the end are before all of the start.
fn is_reversed(start: Option<&Date>, end: Option<&Date>) -> bool {
    is_before(end, start)
}

fn is_before(one: Option<&Date>, other: Option<&Date>) -> bool {
    let (one, other) = (one.and_then(Date::latest), other.and_then(Date::earliest));
    matches!((one, other), (Some(one), Some(other)) if one < other)
}

/// Returns the first actor of a claim that did not exist when it began, or no longer when it ended.
fn outside_of_life(map: &Map, id: ClaimId, claim: &Claim) -> Option<ConcernKind> {
    let actors = match id {
        ClaimId::Tie(tie) => map.tie(tie).ends.actors(),
        ClaimId::Fact(fact) => vec![map.fact(fact).actor],
    };
    let start = claim.start.as_ref().or(claim.date.as_ref());
    let last = claim.end.as_ref().filter(|end| !end.is_open()).or(claim.date.as_ref()).or(start);
    actors.into_iter().find_map(|id| {
        let actor = map.actor(id);
        if is_before(start, actor.start.as_ref()) {
            return Some(ConcernKind::BeforeActor(id));
        }
        let ended = actor.end.as_ref().filter(|end| !end.is_open());
        is_before(ended, last).then_some(ConcernKind::AfterActor(id))
    })
}

fn is_disputed(claim: &Claim) -> bool {
    let is_against = |stance: &crate::model::Word<Stance>| stance.is(&Stance::Disputes);
    claim.has_status(Status::Disputed) || claim.evidence.iter().any(|piece| is_against(&piece.stance))
}

/// Returns the actors of which ties of one kind hold more than 100% at the same time. Ties that ended, are parts of
/// others or contradict others are not added up.
fn shares_over_whole(map: &Map) -> impl Iterator<Item = Concern> {
    let mut by_whole: BTreeMap<(ActorId, TieKindId), Vec<(TieId, Decimal)>> = BTreeMap::new();
    for (id, tie) in map.ties().iter() {
        let claim = &tie.claim;
        let has_ended = claim.end.as_ref().is_some_and(|end| !end.is_open());
        if claim.is_withdrawn() || has_ended || claim.part_of.is_some() || map.is_contested(ClaimId::Tie(id)) {
            continue;
        }
        let least = claim.share.as_ref().and_then(|share| share.lower);
        if let (Ends::Pair { to, .. }, Some(least), true) = (&tie.ends, least, tie.is_directed) {
            by_whole.entry((*to, tie.kind)).or_default().push((id, least.value));
        }
    }
    by_whole.into_iter().filter_map(|((whole, _), shares)| {
        let sum = shares.iter().fold(Decimal::ZERO, |sum, (_, share)| sum.saturating_add(*share));
        let ties: Vec<TieId> = shares.iter().map(|(tie, _)| *tie).collect();
        let is_over = ties.len() > 1 && sum > Decimal::ONE_HUNDRED;
        is_over.then_some(Concern { item: Item::Actor(whole), kind: ConcernKind::SharesOverWhole(ties, sum) })
    })
}

#[cfg(test)]
mod tests {
    use super::{ConcernKind, concerns};
    use crate::load::load_map;
    use crate::model::{Item, Map};

    fn map(body: &str) -> Map {
        let text = format!(r#"{{ "format": "tieline", "version": "1.1", {body} }}"#);
        load_map(text.as_bytes(), "test").expect("a map").map
    }

    /// Returns the concerns as the key of their record and their name.
    fn found(map: &Map) -> Vec<String> {
        let words = |kind: &ConcernKind| match kind {
            ConcernKind::BeforeActor(actor) => format!("before {}", map.actor(*actor).key),
            ConcernKind::AfterActor(actor) => format!("after {}", map.actor(*actor).key),
            ConcernKind::SharesOverWhole(ties, sum) => {
                let ties: Vec<String> = ties.iter().map(|tie| map.tie(*tie).claim.key.to_string()).collect();
                format!("{} {sum}", ties.join("+"))
            }
            other => format!("{other:?}"),
        };
        let concern = |item: Item, kind| format!("{}: {}", map.key(item), words(kind));
        concerns(map).iter().map(|it| concern(it.item, &it.kind)).collect()
    }

    const ACTORS: &str = r#""actors": [
        { "id": "a", "name": "A", "startDate": "1990", "endDate": "2010-06" },
        { "id": "b", "name": "B", "startDate": "2001", "endDate": "1999" },
        { "id": "c", "name": "C" }
    ], "sources": [ { "id": "s", "title": "S" } ]"#;

    #[test]
    fn dates_that_cannot_be_are_found_and_vague_ones_are_not() {
        let ties = [
            ("t1", "c", r#""startDate": "2005", "endDate": "2003""#),
            ("t2", "c", r#""startDate": "2005", "endDate": "2005-03""#),
            ("t3", "a", r#""startDate": "1989""#),
            ("t4", "a", r#""startDate": "1990-01", "endDate": "2010""#),
            ("t5", "a", r#""date": "2011""#),
            ("t6", "a", r#""startDate": "2000", "endDate": "..""#),
            ("t7", "a", r#""date": "2012", "status": "retracted""#),
        ];
        let evidence = r#""evidence": [ { "source": "s" } ]"#;
        let tie = |(id, to, dates): (&str, &str, &str)| {
            format!(r#"{{ "id": "{id}", "kind": "k", "from": "c", "to": "{to}", {dates}, {evidence} }}"#)
        };
        let map = map(&format!(r#"{ACTORS}, "ties": [{}]"#, ties.map(tie).join(",")));
        assert_eq!(found(&map), ["b: EndBeforeStart", "t1: EndBeforeStart", "t3: before a", "t5: after a"]);
    }

    #[test]
    fn shares_are_added_up_by_kind_while_they_hold() {
        let ties = [
            ("t1", "own", r#"{ "exact": "60" }"#, ""),
            ("t2", "own", r#"{ "exclusiveMinimum": "40" }"#, ""),
            ("t3", "own", r#"{ "exact": "90" }"#, r#", "endDate": "2003""#),
            ("t4", "vote", r#"{ "exact": "100" }"#, ""),
            ("t5", "own", r#"{ "exact": "30" }"#, r#", "partOf": "t1""#),
            ("t6", "own", r#"{ "exact": "55" }"#, r#", "contradicts": ["t7"]"#),
            ("t7", "own", r#"{ "exact": "45" }"#, ""),
            ("t8", "own", r#"{ "exact": "1" }"#, ""),
            ("t9", "vote", r#"{ "exact": "101" }"#, r#", "directed": false"#),
        ];
        let tie = |(id, kind, share, more): (&str, &str, &str, &str)| {
            format!(
                r#"{{ "id": "{id}", "kind": "{kind}", "from": "c", "to": "b", "share": {share}{more},
                    "evidence": [ {{ "source": "s" }} ] }}"#
            )
        };
        let actors = r#""actors": [ { "id": "b", "name": "B" }, { "id": "c", "name": "C" } ],
            "sources": [ { "id": "s", "title": "S" } ]"#;
        let map = map(&format!(r#"{actors}, "ties": [{}]"#, ties.map(tie).join(",")));
        assert_eq!(found(&map), ["t9: ShareOverWhole", "b: t1+t2+t8 101"]);
    }

    #[test]
    fn one_sided_disputes_and_unproven_claims_come_last() {
        let map = map(
            r#""actors": [ { "id": "a", "name": "A" }, { "id": "b", "name": "B" } ], "sources": [ { "id": "s", "title": "S" } ],
            "ties": [
                { "id": "t1", "kind": "k", "from": "a", "to": "b" },
                { "id": "t2", "kind": "k", "from": "a", "to": "b", "status": "disputed", "evidence": [ { "source": "s" } ] },
                { "id": "t3", "kind": "k", "from": "a", "to": "b", "evidence": [ { "source": "s", "stance": "disputes" } ] },
                { "id": "t4", "kind": "k", "from": "a", "to": "b", "status": "disputed", "contradicts": ["t5"], "evidence": [ { "source": "s" } ] },
                { "id": "t5", "kind": "k", "from": "a", "to": "b", "evidence": [ { "source": "s" } ] },
                { "id": "t6", "kind": "k", "from": "a", "to": "b", "status": "superseded" }
            ],
            "facts": [ { "id": "f", "actor": "a", "text": "Is there" } ]"#,
        );
        assert_eq!(found(&map), ["t2: DisputedAlone", "t3: DisputedAlone", "t1: Unsourced", "f: Unsourced"]);
    }
}
