//! Switches a pair of actors between one ribbon and one lane per tie.

use crate::document::{Command, Document, Shown};
use crate::model::{Pair, PairMode, TieId};
use crate::scene::MAX_LANES;

/// Returns the command that draws each tie of a pair as its own lane; `count` is the number of shown ties.
pub(crate) fn spread_out(pair: Pair, count: usize) -> Command {
    Command::SetPair(pair, (count > MAX_LANES).then_some(PairMode::Ties))
}

/// Returns the command that draws the ties of a pair as one ribbon; `count` is the number of shown ties.
pub(crate) fn gathered(pair: Pair, count: usize) -> Command {
    Command::SetPair(pair, (count <= MAX_LANES).then_some(PairMode::Ribbon))
}

/// Returns the pair that all the ties join and its number of shown ties, or `None` if they join different pairs.
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

/// Returns whether a pair with `count` shown ties is drawn as one ribbon.
pub(crate) fn is_ribbon(document: &Document, pair: Pair, count: usize) -> bool {
    match document.look.pairs.get(&pair) {
        Some(PairMode::Ribbon) => count > 1,
        Some(PairMode::Ties) => false,
        None => count > MAX_LANES,
    }
}
