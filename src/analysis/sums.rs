//! Sums of the amounts of ties, one per currency; no conversion.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use petgraph::unionfind::UnionFind;
use rust_decimal::Decimal;

use crate::model::{Amount, Bound, ClaimId, Confidence, Map, Status, TieId, Word};

use super::coverage::independent_publishers;

/// The sum of all amounts in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The total within its known bounds; an exclusive lower bound means "more than".
    pub amount: Amount,
    /// The ties included in the sum, in file order.
    pub ties: Vec<TieId>,
}

/// Adds up the amounts of ties, one sum per currency, ordered by currency code.
///
/// Excludes superseded and retracted ties, parts of an included tie, amounts without a currency, and all but the best
/// supported of ties that contradict each other.
#[must_use]
pub fn sums(map: &Map, ties: impl IntoIterator<Item = TieId>) -> Vec<Sum> {
    let with_money: BTreeSet<TieId> = ties.into_iter().filter(|&tie| has_money(map, tie)).collect();
    let mut known = HashMap::new();
    let is_whole = |&tie: &TieId| !is_part_of_any(map, tie, &with_money, &mut known);
    let whole: Vec<TieId> = with_money.iter().copied().filter(is_whole).collect();
    let mut by_currency: BTreeMap<&str, Vec<TieId>> = BTreeMap::new();
    for tie in without_rivals(map, &whole) {
        if let Some(currency) = map.tie(tie).claim.amount.as_deref().and_then(|amount| amount.currency.as_deref()) {
            by_currency.entry(currency).or_default().push(tie);
        }
    }
    by_currency.into_iter().map(|(currency, ties)| Sum { amount: added(map, currency, &ties), ties }).collect()
}

/// Returns the most frequent currency of these ties, on equal counts the alphabetically first; `None` if no tie has
/// one.
#[must_use]
pub fn main_currency(map: &Map, ties: impl IntoIterator<Item = TieId>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tie in ties {
        if let Some(currency) = map.tie(tie).claim.amount.as_deref().and_then(|amount| amount.currency.as_deref()) {
            *counts.entry(currency).or_default() += 1;
        }
    }
    let most = counts.iter().max_by_key(|&(currency, count)| (*count, std::cmp::Reverse(*currency)));
    most.map(|(currency, _)| (*currency).to_owned())
}

fn has_money(map: &Map, tie: TieId) -> bool {
    let claim = &map.tie(tie).claim;
    let has_figure = |amount: &Amount| amount.currency.is_some() && (amount.lower.is_some() || amount.upper.is_some());
    !claim.is_withdrawn() && claim.amount.as_deref().is_some_and(has_figure)
}

/// Whether a tie is directly or indirectly part of a tie in `counted`. `known` caches the answers along the chain, so
/// that a long chain is walked only once.
fn is_part_of_any(map: &Map, tie: TieId, counted: &BTreeSet<TieId>, known: &mut HashMap<ClaimId, bool>) -> bool {
    let mut way = vec![ClaimId::Tie(tie)];
    let mut seen: HashSet<ClaimId> = way.iter().copied().collect();
    let mut above = map.tie(tie).claim.part_of;
    let answer = loop {
        let Some(parent) = above else { break false };
        if let Some(&answer) = known.get(&parent).filter(|answer| **answer) {
            break answer;
        }
        if matches!(parent, ClaimId::Tie(parent) if parent != tie && counted.contains(&parent)) {
            break true;
        }
        if let Some(&answer) = known.get(&parent) {
            break answer;
        }
        if !seen.insert(parent) {
            // A cycle in a faulty file: the answer need not hold for its other claims, so don't cache it.
            return false;
        }
        way.push(parent);
        above = map.claim(parent).part_of;
    };
    known.extend(way.into_iter().map(|claim| (claim, answer)));
    answer
}

/// Keeps only the best supported tie of each group of contradicting ties.
fn without_rivals(map: &Map, ties: &[TieId]) -> Vec<TieId> {
    let place: BTreeMap<TieId, usize> = ties.iter().enumerate().map(|(index, &tie)| (tie, index)).collect();
    let mut groups: UnionFind<usize> = UnionFind::new(ties.len());
    for (index, &tie) in ties.iter().enumerate() {
        for rival in &map.tie(tie).claim.contradicts {
            if let ClaimId::Tie(rival) = rival
                && let Some(&other) = place.get(rival)
            {
                groups.union(index, other);
            }
        }
    }
    let mut best: BTreeMap<usize, TieId> = BTreeMap::new();
    for (index, &tie) in ties.iter().enumerate() {
        let kept = best.entry(groups.find(index)).or_insert(tie);
        if *kept != tie && weight(map, tie) > weight(map, *kept) {
            *kept = tie;
        }
    }
    let kept: BTreeSet<TieId> = best.into_values().collect();
    kept.into_iter().collect()
}

/// Sort key for rivals: independent publishers, then undisputed before disputed, then confidence.
fn weight(map: &Map, tie: TieId) -> (usize, bool, u8) {
    let claim = &map.tie(tie).claim;
    let confidence = match claim.confidence.as_ref().and_then(Word::known) {
        Some(Confidence::High) => 3,
        Some(Confidence::Medium) | None => 2,
        Some(Confidence::Low) => 1,
    };
    (independent_publishers(map, ClaimId::Tie(tie)).len(), !claim.has_status(Status::Disputed), confidence)
}

fn added(map: &Map, currency: &str, ties: &[TieId]) -> Amount {
    let amounts: Vec<&Amount> = ties.iter().filter_map(|&tie| map.tie(tie).claim.amount.as_deref()).collect();
    Amount {
        // An amount with only an upper bound may be zero.
        lower: total(amounts.iter().map(|amount| amount.lower.or(nothing(amount)))),
        upper: total(amounts.iter().map(|amount| amount.upper)),
        is_approximate: amounts.iter().any(|amount| amount.is_approximate),
        currency: Some(currency.to_owned()),
        ..Amount::default()
    }
}

fn nothing(amount: &Amount) -> Option<Bound> {
    amount
        .upper
        .filter(|upper| !upper.value.is_sign_negative())
        .map(|_| Bound { value: Decimal::ZERO, is_inclusive: true })
}

/// Adds up all bounds; `None` if one is missing or the sum overflows `Decimal`.
fn total(mut bounds: impl Iterator<Item = Option<Bound>>) -> Option<Bound> {
    bounds.try_fold(Bound { value: Decimal::ZERO, is_inclusive: true }, |sum, bound| {
        let bound = bound?;
        Some(Bound { value: sum.value.checked_add(bound.value)?, is_inclusive: sum.is_inclusive && bound.is_inclusive })
    })
}

#[cfg(test)]
mod tests {
    use super::{main_currency, sums};
    use crate::model::fixture::{self, INVESTS, LENDS, PART, RETRACTED, RIVAL, money, more_than};
    use crate::model::{Amount, Bound, ClaimId, FactId, Map, MapParts, TieId};

    fn texts(parts: MapParts) -> Vec<String> {
        let map = Map::new(parts).expect("a sound map");
        sums(&map, map.tie_ids()).iter().map(|sum| told(&sum.amount)).collect()
    }

    /// Formats a sum as "EUR 3 to 4", with "over" before an exclusive lower bound and "?" for an unknown one.
    fn told(amount: &Amount) -> String {
        let end = |bound: Option<Bound>| bound.map_or_else(|| "?".to_owned(), |bound| bound.value.to_string());
        let over = if amount.lower.is_some_and(|lower| !lower.is_inclusive) { "over " } else { "" };
        let about = if amount.is_approximate { "about " } else { "" };
        let currency = amount.currency.as_deref().unwrap_or_default();
        format!("{currency} {about}{over}{} to {}", end(amount.lower), end(amount.upper))
    }

    #[test]
    fn parts_withdrawn_ties_and_rivals_are_left_out() {
        let map = fixture::map();
        let found = sums(&map, map.tie_ids());
        let counted: Vec<Vec<TieId>> = found.iter().map(|sum| sum.ties.clone()).collect();
        // Both rivals have one publisher, but the loan is disputed.
        assert_eq!(counted, [vec![RIVAL], vec![INVESTS]]);
        assert_eq!(texts(fixture::parts()), ["EUR 4000000 to 4000000", "USD over 13000000000 to ?"]);
        assert!(!counted.concat().contains(&PART) && !counted.concat().contains(&RETRACTED));
    }

    #[test]
    fn a_part_counts_where_its_whole_does_not() {
        let map = fixture::map();
        let found = sums(&map, [PART, LENDS]);
        assert_eq!(found.iter().flat_map(|sum| sum.ties.clone()).collect::<Vec<_>>(), [LENDS, PART]);

        let mut parts = fixture::parts();
        parts.ties[INVESTS.index()].claim.amount = None;
        assert_eq!(texts(parts), ["EUR 4000000 to 4000000", "USD 3000000000 to 3000000000"]);
    }

    #[test]
    fn bounds_add_up_and_open_ends_stay_open() {
        let mut parts = fixture::parts();
        parts.ties.truncate(2);
        parts.ties[0].claim.amount = money(1_000_000_000, "USD");
        parts.ties[1].claim.amount = more_than(500_000_000, "USD");
        assert_eq!(texts(parts.clone()), ["USD over 1500000000 to ?"]);
        let bound = |value: i64| Some(Bound { value: value.into(), is_inclusive: true });
        let dollar = || *money(1, "USD").expect("money");
        let between = Amount { lower: bound(2_000_000_000), upper: bound(3_000_000_000), ..dollar() };
        parts.ties[1].claim.amount = Some(Box::new(between));
        assert_eq!(texts(parts.clone()), ["USD 3000000000 to 4000000000"]);
        let at_most = Amount { lower: None, upper: bound(3_000_000_000), ..dollar() };
        parts.ties[1].claim.amount = Some(Box::new(at_most));
        assert_eq!(texts(parts.clone()), ["USD 1000000000 to 4000000000"]);
        let about = Amount { is_approximate: true, ..*money(1_000_000_000, "USD").expect("money") };
        parts.ties[1].claim.amount = Some(Box::new(about));
        assert_eq!(texts(parts), ["USD about 2000000000 to 2000000000"]);
    }

    #[test]
    fn cents_add_up_exactly() {
        let mut parts = fixture::parts();
        parts.ties.truncate(2);
        let cents = |text: &str| {
            let bound = Some(Bound { value: text.parse().expect("a number"), is_inclusive: true });
            let currency = Some("EUR".to_owned());
            Some(Box::new(Amount { lower: bound, upper: bound, currency, ..Amount::default() }))
        };
        parts.ties[0].claim.amount = cents("0.10");
        parts.ties[1].claim.amount = cents("0.20");
        assert_eq!(texts(parts), ["EUR 0.30 to 0.30"]);
    }

    #[test]
    fn a_sum_too_large_is_unknown_not_wrong() {
        let mut parts = fixture::parts();
        parts.ties.truncate(2);
        for tie in &mut parts.ties {
            let bound = Some(Bound { value: rust_decimal::Decimal::MAX, is_inclusive: true });
            let currency = Some("EUR".to_owned());
            tie.claim.amount = Some(Box::new(Amount { lower: bound, upper: bound, currency, ..Amount::default() }));
        }
        assert_eq!(texts(parts), ["EUR ? to ?"]);
    }

    #[test]
    fn circles_of_parts_end() {
        let mut parts = fixture::parts();
        parts.ties[INVESTS.index()].claim.part_of = Some(ClaimId::Fact(FactId(0)));
        parts.facts[0].claim.part_of = Some(ClaimId::Tie(INVESTS));
        assert_eq!(texts(parts), ["EUR 4000000 to 4000000", "USD over 13000000000 to ?"]);
    }

    #[test]
    fn the_main_currency_is_the_most_frequent() {
        let map = fixture::map();
        assert_eq!(main_currency(&map, map.tie_ids()).as_deref(), Some("EUR"));
        assert_eq!(main_currency(&map, [INVESTS]).as_deref(), Some("USD"));
        assert_eq!(main_currency(&map, []), None);
    }
}
