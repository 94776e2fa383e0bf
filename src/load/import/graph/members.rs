//! Finds out which actors may belong to which others: no cycles, and no endless chains.

use std::collections::{HashMap, HashSet};

use crate::model::ActorId;

/// Maximum depth of actors that are part of other actors.
const MAX_DEPTH: usize = 1000;

/// Why an actor does not get the parent that a file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It has another parent already.
    HasParent,
    /// The parent belongs to it, by way of others or not.
    Circle,
    TooDeep,
}

/// Decides which of the wanted pairs of an actor and its parent hold, beside those that are there: the first parent of
/// each actor. Time is linear.
pub(super) fn settle(wanted: &[(ActorId, ActorId)], old: &HashMap<ActorId, ActorId>) -> Vec<Result<(), Refused>> {
    let mut results = vec![Ok(()); wanted.len()];
    let mut new: HashMap<ActorId, (ActorId, usize)> = HashMap::new();
    for (index, (actor, parent)) in wanted.iter().enumerate() {
        if old.contains_key(actor) || new.contains_key(actor) {
            results[index] = Err(Refused::HasParent);
        } else {
            new.insert(*actor, (*parent, index));
        }
    }
    // The number of actors above each one that was looked at.
    let mut depths: HashMap<ActorId, usize> = HashMap::new();
    for (actor, _) in wanted {
        let (mut path, mut on_path) = (Vec::new(), HashSet::new());
        let mut at = *actor;
        let mut depth = loop {
            if let Some(depth) = depths.get(&at) {
                break *depth;
            }
            if !on_path.insert(at) {
                // All links of a circle are on the path from its second visit on; an old map has none.
                let first = path.iter().position(|known| *known == at).unwrap_or(0);
                let opened = path[first..].iter().filter_map(|member| new.get(member).map(|(_, index)| *index)).min();
                let Some(index) = opened else { break 0 };
                new.remove(&wanted[index].0);
                results[index] = Err(Refused::Circle);
                (path, on_path, at) = (Vec::new(), HashSet::new(), *actor);
                continue;
            }
            path.push(at);
            match old.get(&at).copied().or_else(|| new.get(&at).map(|(parent, _)| *parent)) {
                Some(parent) => at = parent,
                None => break 0,
            }
        };
        for member in path.into_iter().rev() {
            let has_parent = old.contains_key(&member) || new.contains_key(&member);
            depth = if has_parent { depth + 1 } else { 0 };
            if depth > MAX_DEPTH
                && let Some((_, index)) = new.remove(&member)
            {
                results[index] = Err(Refused::TooDeep);
                depth = 0;
            }
            depths.insert(member, depth);
        }
    }
    results
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{MAX_DEPTH, Refused, settle};
    use crate::model::ActorId;

    fn pairs(pairs: &[(u32, u32)]) -> Vec<(ActorId, ActorId)> {
        pairs.iter().map(|(actor, parent)| (ActorId(*actor), ActorId(*parent))).collect()
    }

    #[test]
    fn a_circle_is_opened_at_its_first_link() {
        let settled = settle(&pairs(&[(1, 2), (2, 3), (3, 1), (4, 1), (5, 5)]), &HashMap::new());
        assert_eq!(settled, [Err(Refused::Circle), Ok(()), Ok(()), Ok(()), Err(Refused::Circle)]);
        let old = HashMap::from([(ActorId(1), ActorId(2))]);
        assert_eq!(settle(&pairs(&[(2, 1), (1, 7)]), &old), [Err(Refused::Circle), Err(Refused::HasParent)]);
    }

    #[test]
    fn long_chains_are_parted_in_linear_time() {
        let chain: Vec<(u32, u32)> = (1..200_000).map(|actor| (actor, actor - 1)).collect();
        for chain in [chain.clone(), chain.into_iter().rev().collect()] {
            let settled = settle(&pairs(&chain), &HashMap::new());
            let parted = settled.iter().filter(|result| **result == Err(Refused::TooDeep)).count();
            assert_eq!(parted, 199_999 / (MAX_DEPTH + 1));
        }
    }
}
