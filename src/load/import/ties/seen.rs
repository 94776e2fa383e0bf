//! The ties of a table by what they say, so that repeated rows are found.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hash as _, Hasher, RandomState};

use crate::model::{ActorId, Evidence, SourceId, TieId};

/// The first tie with some values.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// The index of its row in the table.
    pub(super) row: u32,
    pub(super) tie: TieId,
}

/// Passes on a hash that is random already.
#[derive(Clone, Copy, Default)]
struct HashedAlready(u64);

impl Hasher for HashedAlready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// What tells one piece of evidence of a tie from another, if tables made it.
type EvidenceMark = (SourceId, Option<String>, Option<String>);

/// The first ties with some values, by the hash of ends and values.
pub(super) struct SeenTies {
    hasher: RandomState,
    by_hash: HashMap<u64, Seen, BuildHasherDefault<HashedAlready>>,
    /// The evidence of ties that several rows prove.
    evidence: HashMap<TieId, KnownEvidence>,
    #[cfg(test)]
    looked_at: usize,
}

/// The evidence of a tie that was looked at.
#[derive(Default)]
struct KnownEvidence {
    count: usize,
    marks: HashSet<EvidenceMark>,
}

impl SeenTies {
    pub(super) fn with_capacity(ties: usize) -> Self {
        let by_hash = HashMap::with_capacity_and_hasher(ties, BuildHasherDefault::default());
        Self {
            hasher: RandomState::new(),
            by_hash,
            evidence: HashMap::new(),
            #[cfg(test)]
            looked_at: 0,
        }
    }

    pub(super) fn hash<'r>(&self, from: ActorId, to: ActorId, values: impl Iterator<Item = &'r str>) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        (from, to).hash(&mut hasher);
        for value in values {
            value.hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Returns the first tie with this hash.
    pub(super) fn first(&self, hash: u64) -> Option<Seen> {
        self.by_hash.get(&hash).copied()
    }

    /// Notes a tie, unless another one has this hash.
    pub(super) fn add(&mut self, hash: u64, seen: Seen) {
        self.by_hash.entry(hash).or_insert(seen);
    }

    /// Returns whether a tie with this evidence lacks a piece. Evidence that was looked at before is not again.
    pub(super) fn lacks(&mut self, tie: TieId, evidence: &[Evidence], piece: &Evidence) -> bool {
        let known = self.evidence.entry(tie).or_default();
        #[cfg(test)]
        {
            self.looked_at += evidence.len() - known.count;
        }
        known.marks.extend(evidence.iter().skip(known.count).filter_map(mark));
        known.count = evidence.len();
        mark(piece).is_none_or(|mark| !known.marks.contains(&mark))
    }
}

/// Returns the mark of a piece of evidence; `None` if it says more than tables can.
fn mark(evidence: &Evidence) -> Option<EvidenceMark> {
    let Evidence { source, locator, quote, .. } = evidence;
    let plain = Evidence { locator: locator.clone(), quote: quote.clone(), ..Evidence::supporting(*source) };
    let exact = quote.as_ref().map(|quote| (quote.exact.clone(), quote.prefix.is_some() || quote.suffix.is_some()));
    let is_plain = plain == *evidence && !exact.as_ref().is_some_and(|(_, has_context)| *has_context);
    is_plain.then(|| (*source, locator.clone(), exact.map(|(exact, _)| exact)))
}

#[cfg(test)]
mod tests {
    use super::SeenTies;
    use crate::model::{Evidence, Quote, SourceId, TieId};

    #[test]
    fn evidence_is_compared_as_a_whole() {
        let mut seen = SeenTies::with_capacity(1);
        let quote = |exact: &str| Some(Quote { exact: exact.to_owned(), prefix: None, suffix: None });
        let piece = |source: u32| Evidence::supporting(SourceId(source));
        let mut has = vec![piece(0), Evidence { quote: quote("a"), ..piece(1) }];
        for (new, lacks) in [
            (piece(0), false),
            (piece(1), true),
            (Evidence { quote: quote("a"), ..piece(1) }, false),
            (Evidence { quote: quote("b"), ..piece(1) }, true),
            (Evidence { locator: Some("page 2".to_owned()), ..piece(0) }, true),
        ] {
            assert_eq!(seen.lacks(TieId(0), &has, &new), lacks, "{new:?}");
            assert_eq!(!has.contains(&new), lacks, "as a comparison with each of them says");
        }
        has.push(piece(1));
        assert!(!seen.lacks(TieId(0), &has, &piece(1)), "evidence added since is known");
        assert!(seen.lacks(TieId(1), &[piece(0)], &piece(1)), "each tie has its own");
    }

    #[test]
    fn each_piece_of_evidence_is_looked_at_once() {
        let mut seen = SeenTies::with_capacity(1);
        let mut has = vec![Evidence::supporting(SourceId(0))];
        for source in 1..500 {
            let new = Evidence::supporting(SourceId(source));
            assert!(seen.lacks(TieId(0), &has, &new));
            has.push(new);
        }
        assert_eq!(seen.looked_at, 499, "not the half of 499 times 500");
    }
}
