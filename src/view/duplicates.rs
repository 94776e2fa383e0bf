//! The list of actors that may be the same, in words.

use crate::analysis::{Duplicates, Likeness};
use crate::model::{Map, Pair};
use crate::wording::{actor_name, counted, register_name, visible};

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateRow {
    /// The actors.
    pub pair: Pair,
    /// "OpenAI and Open AI".
    pub title: String,
    /// Why they may be the same: "Same name but for “Ltd”".
    pub reason: String,
    /// How many ties each has: "10 ties, 1 tie".
    pub ties: String,
}

/// Returns the rows of the pairs whose actors are in the map.
#[must_use]
pub fn duplicate_rows(map: &Map, found: &Duplicates) -> Vec<DuplicateRow> {
    let is_there = |pair: &Pair| pair.actors().into_iter().all(|actor| map.actors().has(actor));
    let open = found.pairs.iter().filter(|found| is_there(&found.pair));
    let row = |found: &crate::analysis::LikelyPair| {
        let actors = found.pair.actors();
        let [one, other] = actors.map(|actor| actor_name(map, actor));
        let reasons: Vec<String> = found.reasons.iter().map(likeness_words).collect();
        DuplicateRow {
            pair: found.pair,
            title: format!("{one} and {other}"),
            reason: reasons.join(" · "),
            ties: actors.map(|actor| counted(map.ties_of(actor).len(), "tie", "ties")).join(", "),
        }
    };
    open.map(row).collect()
}

fn likeness_words(likeness: &Likeness) -> String {
    match likeness {
        Likeness::Identifier(register) => format!("Same {}", visible(&register_name(register))),
        Likeness::Name => "Same name".to_owned(),
        Likeness::NameBut(words) => format!("Same name except for “{}”", visible(words)),
        Likeness::Alias => "Alias of the other".to_owned(),
        Likeness::WordOrder => "Same words in another order".to_owned(),
        Likeness::Address => "Same address".to_owned(),
        Likeness::Similar => "Similar names".to_owned(),
    }
}
