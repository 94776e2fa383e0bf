//! Detects cycles of `partOf` and `supersedes`, which are invalid, and removes the reference that closes each.

use crate::load::faults::{FieldPath, Quoted};
use crate::model::{Claim, ClaimId, Key, MapParts};

use super::ids::{Ids, ListName};
use super::values::ValueReader;

impl ValueReader {
    /// Breaks all cycles of actors and claims; faults refer to positions in the file's lists.
    pub(crate) fn break_cycles(&mut self, parts: &mut MapParts, ids: &Ids) {
        let parents: Vec<Vec<usize>> =
            parts.actors.iter().map(|actor| actor.part_of.iter().map(|parent| parent.index()).collect()).collect();
        for (child, parent) in closing_references(&parents) {
            let places = [child, parent].map(|index| ("actors", ids.place(ListName::Actors, index)));
            self.cycle("partOf", places, &parts.actors[child].key, "part of itself");
            parts.actors[child].part_of = None;
        }
        let claims = Claims { ties: parts.ties.len(), count: parts.ties.len() + parts.facts.len() };
        let part_of = |claim: &Claim| claim.part_of.iter().map(|id| claims.flat(*id)).collect();
        let parents: Vec<Vec<usize>> = (0..claims.count).map(|flat| part_of(claims.get(parts, flat))).collect();
        for (child, parent) in closing_references(&parents) {
            let claim = claims.get_mut(parts, child);
            self.cycle("partOf", [child, parent].map(|flat| claims.place(ids, flat)), &claim.key, "part of itself");
            claim.part_of = None;
        }
        let older = |claim: &Claim| claim.supersedes.iter().map(|id| claims.flat(*id)).collect();
        let older: Vec<Vec<usize>> = (0..claims.count).map(|flat| older(claims.get(parts, flat))).collect();
        for (newer, target) in closing_references(&older) {
            let places = [newer, target].map(|flat| claims.place(ids, flat));
            let claim = claims.get_mut(parts, newer);
            self.cycle("supersedes", places, &claim.key, "superseded by itself");
            claim.supersedes.retain(|id| claims.flat(*id) != target);
        }
    }

    /// Reports a reference that closes a cycle: a field of record `from` that refers to record `to`.
    fn cycle(&mut self, field: &str, [from, to]: [(&'static str, usize); 2], key: &Key, what: &str) {
        let is_direct = from == to;
        let lists = [from, to].map(|(list, _)| FieldPath::Root.field(list));
        let records = [lists[0].index(from.1), lists[1].index(to.1)];
        let next = records[1].field(field);
        let way = if is_direct { "" } else { "indirectly " };
        let message = format_args!("{} is {way}{what}; this reference is ignored", Quoted(key));
        let remedy = if is_direct { "remove the reference" } else { "remove one reference of the cycle" };
        let next = (!is_direct).then_some((&next, "the cycle continues here"));
        self.faults.error_with_related(&records[0].field(field), message, remedy, next);
    }
}

/// A joint index of ties and facts; ties come first.
#[derive(Clone, Copy)]
struct Claims {
    ties: usize,
    count: usize,
}

impl Claims {
    fn flat(self, id: ClaimId) -> usize {
        match id {
            ClaimId::Tie(tie) => tie.index(),
            ClaimId::Fact(fact) => self.ties + fact.index(),
        }
    }

    fn get(self, parts: &MapParts, flat: usize) -> &Claim {
        if flat < self.ties { &parts.ties[flat].claim } else { &parts.facts[flat - self.ties].claim }
    }

    fn get_mut(self, parts: &mut MapParts, flat: usize) -> &mut Claim {
        if flat < self.ties { &mut parts.ties[flat].claim } else { &mut parts.facts[flat - self.ties].claim }
    }

    fn place(self, ids: &Ids, flat: usize) -> (&'static str, usize) {
        if flat < self.ties {
            ("ties", ids.place(ListName::Ties, flat))
        } else {
            ("facts", ids.place(ListName::Facts, flat - self.ties))
        }
    }
}

/// Returns the references `(from, to)` that close a cycle in a depth-first search in file order.
fn closing_references(targets: &[Vec<usize>]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum VisitState {
        New,
        Open,
        Done,
    }
    let mut marks = vec![VisitState::New; targets.len()];
    let mut closing = Vec::new();
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..targets.len() {
        if marks[start] != VisitState::New || targets[start].is_empty() {
            continue;
        }
        marks[start] = VisitState::Open;
        path.push((start, 0));
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            let Some(&target) = targets[node].get(*next) else {
                marks[node] = VisitState::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match marks[target] {
                VisitState::New => {
                    marks[target] = VisitState::Open;
                    path.push((target, 0));
                }
                VisitState::Open => closing.push((node, target)),
                VisitState::Done => {}
            }
        }
    }
    closing
}

#[cfg(test)]
mod tests {
    use super::closing_references;

    #[test]
    fn finds_the_reference_that_closes_each_circle() {
        assert_eq!(closing_references(&[vec![1], vec![2], vec![0]]), [(2, 0)]);
        assert_eq!(closing_references(&[vec![0]]), [(0, 0)]);
        assert_eq!(closing_references(&[vec![1, 2], vec![2], vec![]]), []);
        assert_eq!(closing_references(&[vec![1], vec![0, 2], vec![1]]), [(1, 0), (2, 1)]);
    }

    #[test]
    fn a_chain_as_long_as_a_file_does_not_overflow() {
        let chain: Vec<Vec<usize>> = (1..=200_000).map(|next| vec![next % 200_000]).collect();
        assert_eq!(closing_references(&chain), [(199_999, 0)]);
    }
}
