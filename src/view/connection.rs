//! The connection between two actors, in cited sentences.

use std::fmt::Write as _;

use crate::analysis::{Hop, MAX_PATHS, paths};
use crate::document::Shown;
use crate::model::{ActorId, ClaimId, Item, Map, SourceId, TieId};
use crate::wording::{actor_name, counted, evidence_numbers, joined_and, number, source_name, tie_sentence};

/// The maximum number of indirect paths described in full.
const MAX_TOLD: usize = 3;

/// A tie as a sentence, with the numbers of its sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedSentence {
    /// The tie.
    pub tie: TieId,
    /// The sentence with its full stop: "Microsoft invests in OpenAI: more than $13 billion, since 2019, active."
    pub text: String,
    /// The sources by ascending number; empty for a tie without a source, whose sentence says so.
    pub sources: Vec<CitedSource>,
}

/// A source cited by a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedSource {
    /// Its citation number, from 1.
    pub number: u32,
    /// The source.
    pub id: SourceId,
    /// Its display name.
    pub name: String,
}

impl CitedSentence {
    fn new(map: &Map, tie: TieId) -> Self {
        let cited = map.cited_sources();
        let source = |number: u32| {
            let id = *cited.get((number as usize).checked_sub(1)?)?;
            Some(CitedSource { number, id, name: source_name(map, id) })
        };
        let sources = evidence_numbers(map, ClaimId::Tie(tie)).into_iter().filter_map(source).collect();
        Self { tie, text: format!("{}.", tie_sentence(map, tie)), sources }
    }

    /// Returns the sentence with its citations: "… active \[1, 5\]."
    #[must_use]
    pub fn cited(&self) -> String {
        let numbers: Vec<String> = self.sources.iter().map(|source| source.number.to_string()).collect();
        if numbers.is_empty() {
            return self.text.clone();
        }
        format!("{} [{}].", self.text.trim_end_matches('.'), numbers.join(", "))
    }
}

/// A path from the first actor to the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionPath {
    /// The actors in between, in order; empty for the direct ties.
    pub through: Vec<ActorId>,
    /// Its ties, hop by hop.
    pub sentences: Vec<CitedSentence>,
}

impl ConnectionPath {
    fn new(map: &Map, chain: &[Hop]) -> Self {
        let through = chain[..chain.len() - 1].iter().map(|hop| hop.to).collect();
        let ties = chain.iter().flat_map(|hop| hop.ties.iter());
        Self { through, sentences: ties.map(|&tie| CitedSentence::new(map, tie)).collect() }
    }

    /// Returns the heading: "Directly" or "Through OpenAI and Broadcom".
    #[must_use]
    pub fn heading(&self, map: &Map) -> String {
        if self.through.is_empty() { "Directly".to_owned() } else { format!("Through {}", names(map, &self.through)) }
    }
}

/// The answer to "how are A and B connected?".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The two actors.
    pub ends: [ActorId; 2],
    /// The answer in a sentence or two: "Amazon and Microsoft are connected through OpenAI."
    pub answer: String,
    /// The direct ties if any, then the shortest indirect paths, at most three.
    pub paths: Vec<ConnectionPath>,
}

impl Connection {
    /// Returns all records on the paths: both actors, the actors in between, and the ties.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let between = self.paths.iter().flat_map(|way| way.through.iter().copied());
        let actors = self.ends.into_iter().chain(between).map(Item::Actor);
        let ties = self.paths.iter().flat_map(|way| way.sentences.iter().map(|sentence| Item::Tie(sentence.tie)));
        actors.chain(ties).collect()
    }

    /// Returns the answer with all sentences, for copying.
    #[must_use]
    pub fn text(&self, map: &Map) -> String {
        let mut text = self.answer.clone();
        for way in &self.paths {
            // Writing to a string can't fail.
            let _ = write!(text, "\n\n{}:", way.heading(map));
            for sentence in &way.sentences {
                let _ = write!(text, "\n– {}", sentence.cited());
            }
        }
        text
    }
}

/// Describes how two actors are connected through the visible ties.
#[must_use]
pub fn build_connection(map: &Map, from: ActorId, to: ActorId, shown: &Shown) -> Connection {
    let ends = [from, to];
    let is_direct = |tie: TieId| {
        let actors = map.tie(tie).ends.actors();
        from != to && actors.contains(&from) && actors.contains(&to)
    };
    let direct: Vec<TieId> =
        map.ties_of(from).iter().copied().filter(|&tie| shown.has_tie(tie) && is_direct(tie)).collect();
    let around = paths(map, from, to, |tie| shown.has_tie(tie) && !is_direct(tie));
    let sentences = direct.iter().map(|&tie| CitedSentence::new(map, tie)).collect();
    let first = (!direct.is_empty()).then_some(ConnectionPath { through: Vec::new(), sentences });
    let others = around.iter().take(MAX_TOLD).map(|chain| ConnectionPath::new(map, chain));
    let answer = match (&*direct, &*around) {
        _ if from == to => format!("Both selected actors are {}.", actor_name(map, from)),
        ([], []) => unconnected(map, ends, shown),
        (direct, around) => connected(map, ends, direct.len(), around),
    };
    Connection { ends, answer, paths: first.into_iter().chain(others).collect() }
}

/// Returns a sentence like "A and B are connected directly, by 2 ties, and through C."
fn connected(map: &Map, ends: [ActorId; 2], direct: usize, around: &[Vec<Hop>]) -> String {
    let directly = (direct > 0).then(|| format!("directly, by {}", counted(direct, "tie", "ties")));
    let through = match around {
        [] => None,
        [only] => Some(format!("through {}", names(map, &between(only)))),
        several => {
            let others = counted(several[0].len() - 1, "other actor", "other actors");
            let at_least = if several.len() == MAX_PATHS { "at least " } else { "" };
            let told = format!("; {MAX_TOLD} of these paths are listed here");
            let told = if several.len() > MAX_TOLD { &*told } else { "" };
            Some(format!("through {others}, by {at_least}{} paths{told}", number(several.len())))
        }
    };
    let how: Vec<String> = directly.into_iter().chain(through).collect();
    format!("{} are connected {}.", names(map, &ends), how.join(", and "))
}

/// Returns a text that no visible path exists, with counts, and whether the hidden ties would provide one.
fn unconnected(map: &Map, [from, to]: [ActorId; 2], shown: &Shown) -> String {
    let ties_of = |actor| {
        let count = map.ties_of(actor).iter().filter(|tie| shown.has_tie(**tie)).count();
        format!("{} has {}", actor_name(map, actor), if count == 0 { "none".to_owned() } else { number(count) })
    };
    let shown_ties = shown.ties().count();
    let hidden = map.ties().len() - shown_ties;
    let mut answer = format!(
        "No connection found: no path along the {} leads from {} to {}. Of these ties, {} and {}.",
        counted(shown_ties, "shown tie", "shown ties"),
        actor_name(map, from),
        actor_name(map, to),
        ties_of(from),
        ties_of(to),
    );
    if hidden > 0 {
        let would = !paths(map, from, to, |_| true).is_empty();
        let hidden = counted(hidden, "hidden tie", "hidden ties");
        let verdict = if would { "would connect them" } else { "would not connect them either" };
        let _ = write!(answer, " The {hidden} {verdict}.");
    }
    answer
}

fn between(chain: &[Hop]) -> Vec<ActorId> {
    chain[..chain.len() - 1].iter().map(|hop| hop.to).collect()
}

fn names(map: &Map, actors: &[ActorId]) -> String {
    joined_and(&actors.iter().map(|&actor| actor_name(map, actor)).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::build_connection;
    use crate::document::{Filter, Look, Shown};
    use crate::model::fixture::{self, ALDER, BIRCH, CEDAR, DANA};
    use crate::model::{Item, Map, TieId};

    #[test]
    fn answers_in_cited_sentences() {
        let map = fixture::map();
        let shown = Shown::new(&map, &Look::default());
        let found = build_connection(&map, ALDER, BIRCH, &shown);
        assert_eq!(found.answer, "Alder and Birch are connected directly, by 4 ties.");
        let first = &found.paths[0].sentences[0];
        assert_eq!(first.cited(), "Alder invests in Birch: more than $13 billion, since 2019, active [1].");
        assert_eq!(first.sources[0].id, map.cited_sources()[0]);
        assert_eq!(found.paths[0].heading(&map), "Directly");
        assert_eq!(build_connection(&map, ALDER, ALDER, &shown).answer, "Both selected actors are Alder.");
    }

    #[test]
    fn ways_through_others_are_told_besides_direct_ties() {
        let map = fixture::map();
        let shown = Shown::new(&map, &Look::default());
        let found = build_connection(&map, ALDER, CEDAR, &shown);
        assert_eq!(found.answer, "Alder and Cedar Bank are connected directly, by 1 tie, and through Birch.");
        assert_eq!(found.paths.iter().map(|way| way.heading(&map)).collect::<Vec<_>>(), ["Directly", "Through Birch"]);
        let text = found.text(&map);
        assert!(text.contains("\n\nThrough Birch:\n– Alder invests in Birch: "), "{text}");
        assert!(text.contains("\n– Cedar Bank lends to Birch: €5 million, disputed [1, 5]."), "{text}");
        assert!(found.items().contains(&Item::Actor(BIRCH)) && found.items().contains(&Item::Tie(TieId(0))));
    }

    #[test]
    fn no_connection_is_told_with_counts() {
        let map = fixture::map();
        let shown = Shown::new(&map, &Look::default());
        let found = build_connection(&map, ALDER, DANA, &shown);
        assert!(found.paths.is_empty());
        assert!(found.answer.starts_with("No connection found: no path along the "), "{}", found.answer);
        assert!(found.answer.contains("Alder has 4 and Dana Elm has 1."), "{}", found.answer);
    }

    #[test]
    fn what_is_hidden_is_said_to_connect() {
        let map: Map = fixture::map();
        let kinds = map.ties().values().map(|tie| tie.kind).collect();
        let look = Look { filter: Filter { hidden_tie_kinds: kinds, ..Filter::default() }, ..Look::default() };
        let answer = build_connection(&map, ALDER, BIRCH, &Shown::new(&map, &look)).answer;
        assert!(answer.starts_with("No connection found: no path along the 0 shown ties"), "{answer}");
        assert!(answer.ends_with("hidden ties would connect them."), "{answer}");
    }
}
