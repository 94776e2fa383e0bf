//! How two actors are connected, in cited sentences.

use std::fmt::Write as _;

use crate::analysis::paths;
use crate::document::Shown;
use crate::model::{ActorId, ClaimId, Map, TieId};
use crate::wording::{actor_name, counted, evidence_numbers, joined_and, tie_sentence};

/// One tie of a chain as a cited sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionStep {
    /// Which tie.
    pub tie: TieId,
    /// The sentence with the numbers of its sources: "Microsoft invests in OpenAI: … \[2\]."
    pub sentence: String,
    /// The number of the link in its chain, from 1; parallel ties share it.
    pub link: usize,
}

/// The answer to "how are A and B connected?".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The answer in one sentence: "Amazon and Microsoft are connected through OpenAI."
    pub answer: String,
    /// The shortest chains, each with its actors from one end to the other and its ties.
    pub chains: Vec<(Vec<ActorId>, Vec<ConnectionStep>)>,
}

impl Connection {
    /// The answer with its sentences, to copy.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.answer.clone();
        for (_, steps) in &self.chains {
            text.push('\n');
            for step in steps {
                // Writing to a string can't fail.
                let _ = write!(text, "\n{}. {}", step.link, step.sentence);
            }
        }
        text
    }
}

/// Answers how two actors are connected through the ties that are shown.
#[must_use]
pub fn build_connection(map: &Map, from: ActorId, to: ActorId, shown: &Shown) -> Connection {
    let found = paths(map, from, to, |tie| shown.has_tie(tie));
    let names = (actor_name(map, from), actor_name(map, to));
    let answer = match found.first().map(Vec::len) {
        _ if from == to => format!("{} is one and the same actor.", names.0),
        None => format!("No shown ties connect {} and {}.", names.0, names.1),
        Some(1) => {
            let ties = found.iter().flatten().map(|hop| hop.ties.len()).sum();
            format!("{} and {} are connected directly, by {}.", names.0, names.1, counted(ties, "tie", "ties"))
        }
        Some(links) => {
            let through = match found.as_slice() {
                [only] => joined_and(&only[..links - 1].iter().map(|hop| actor_name(map, hop.to)).collect::<Vec<_>>()),
                several => format!("{}, in {} ways", counted(links - 1, "other actor", "other actors"), several.len()),
            };
            format!("{} and {} are connected through {through}.", names.0, names.1)
        }
    };
    let chains = found.iter().map(|chain| {
        let actors = std::iter::once(from).chain(chain.iter().map(|hop| hop.to)).collect();
        let steps = chain.iter().enumerate().flat_map(|(index, hop)| hop.ties.iter().map(move |&tie| (index + 1, tie)));
        (actors, steps.map(|(link, tie)| ConnectionStep { tie, sentence: cited(map, tie), link }).collect())
    });
    Connection { answer, chains: chains.collect() }
}

/// A tie's sentence with the numbers of its sources: "… active [1, 5]."
fn cited(map: &Map, tie: TieId) -> String {
    let numbers: Vec<String> = evidence_numbers(map, ClaimId::Tie(tie)).iter().map(u32::to_string).collect();
    let numbers = if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join(", ")) };
    format!("{}{numbers}.", tie_sentence(map, tie))
}

#[cfg(test)]
mod tests {
    use super::build_connection;
    use crate::document::{Look, Shown};
    use crate::model::fixture::{self, ALDER, BIRCH, CEDAR, DANA};

    #[test]
    fn answers_in_cited_sentences() {
        let map = fixture::map();
        let shown = Shown::new(&map, &Look::default());
        let found = build_connection(&map, ALDER, BIRCH, &shown);
        assert_eq!(found.answer, "Alder and Birch are connected directly, by 4 ties.");
        assert_eq!(
            found.chains[0].1[0].sentence,
            "Alder invests in Birch: more than $13 billion, since 2019, active [1]."
        );
        assert_eq!(found.chains[0].0, [ALDER, BIRCH]);
        assert_eq!(build_connection(&map, ALDER, DANA, &shown).answer, "No shown ties connect Alder and Dana Elm.");
        assert_eq!(build_connection(&map, ALDER, ALDER, &shown).answer, "Alder is one and the same actor.");
    }

    #[test]
    fn longer_ways_are_counted_and_numbered() {
        let mut parts = fixture::parts();
        parts.ties.remove(5);
        let map = crate::model::Map::new(crate::model::MapParts { ties: parts.ties, ..parts });
        let shown = Shown::new(&map, &Look::default());
        let found = build_connection(&map, ALDER, CEDAR, &shown);
        assert_eq!(found.answer, "Alder and Cedar Bank are connected through Birch.");
        let text = found.text();
        assert!(text.contains("\n1. Alder invests in Birch: "), "{text}");
        assert!(text.contains("\n2. Cedar Bank lends to Birch: €5 million, disputed [1, 5]."), "{text}");
    }
}
