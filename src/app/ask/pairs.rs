//! Drawing the ties of a pair as one ribbon, or each as a lane.

use crate::document::{Command, Document, Shown};
use crate::model::{Pair, PairMode, TieId};
use crate::scene::MOST_LANES;

/// Draws each tie of a pair as a lane; `count` of them are shown.
pub(crate) fn spread_out(pair: Pair, count: usize) -> Command {
    Command::SetPair(pair, (count > MOST_LANES).then_some(PairMode::Ties))
}

/// Draws the ties of a pair as one ribbon; `count` of them are shown.
pub(crate) fn gathered(pair: Pair, count: usize) -> Command {
    Command::SetPair(pair, (count <= MOST_LANES).then_some(PairMode::Ribbon))
}

/// The pair of the selected ties, if it is the same for all, and how many of its ties are shown.
pub(crate) fn pair_of(
    document: &Document,
    shown: &Shown,
    mut ties: impl Iterator<Item = TieId>,
) -> Option<(Pair, usize)> {
    let map = &document.map;
    let pair = |tie: TieId| Pair::of_ends(&map.tie(tie).ends);
    let first = pair(ties.next()?)?;
    if !ties.all(|tie| pair(tie) == Some(first)) {
        return None;
    }
    let of_first = map.ties_of(first.actors()[0]).iter();
    let count = of_first.filter(|&&tie| shown.has_tie(tie) && pair(tie) == Some(first)).count();
    Some((first, count))
}

/// Whether so many ties of a pair are drawn as one ribbon.
pub(crate) fn is_ribbon(document: &Document, pair: Pair, count: usize) -> bool {
    match document.look.pairs.get(&pair) {
        Some(PairMode::Ribbon) => count > 1,
        Some(PairMode::Ties) => false,
        None => count > MOST_LANES,
    }
}
