//! What is typed about a piece of evidence: its stance, and the fields that it proves.

use crate::document::edit::Field;
use crate::model::{ClaimId, Ends, Map, Stance, Word};
use crate::wording::{joined_or, stance_word, visible};

use super::understood::{Answered, Suggestion, Understood, rank};

/// Offers the stances.
pub(super) fn stances(text: &str) -> Understood {
    let typed = text.to_lowercase();
    let fits = |stance: &&Stance| text.is_empty() || rank(stance.word(), &typed).is_some();
    let row = |stance: &Stance| Suggestion {
        words: stance.word().to_owned(),
        note: match stance {
            Stance::Supports => "says that it is so",
            Stance::Disputes => "says that it is not so",
            Stance::Mentions => "takes no side",
        }
        .to_owned(),
        answer: Answered::Stance(*stance),
    };
    let rows: Vec<Suggestion> = Stance::ALL.iter().filter(fits).map(row).collect();
    if rows.is_empty() {
        let all: Vec<String> = Stance::ALL.iter().map(|stance| stance_word(&Word::Known(*stance))).collect();
        return Understood::refused(format!("Type {}.", joined_or(&all)));
    }
    Understood::list(rows, (!text.is_empty()).then_some(0))
}

/// Returns the fields of a claim that evidence can prove, with their names in the file and in the window.
fn provable(map: &Map, claim: ClaimId) -> Vec<(&'static str, &'static str)> {
    let mut fields = match claim {
        ClaimId::Tie(tie) => match map.ties().get(tie).map(|tie| &tie.ends) {
            Some(Ends::Parties(_)) => vec![("kind", "kind"), ("parties", "parties")],
            _ => vec![("kind", "kind"), ("from", "start of the tie"), ("to", "end of the tie")],
        },
        ClaimId::Fact(_) => vec![("text", "text")],
    };
    let of_claim = [
        Field::Amount,
        Field::Share,
        Field::Quantity,
        Field::Date,
        Field::Start,
        Field::End,
        Field::Stage,
        Field::Stages,
        Field::Status,
        Field::Scope,
        Field::Via,
        Field::FirstSeen,
        Field::LastSeen,
    ];
    fields.extend(of_claim.into_iter().map(|field| (field.name(), field.words())));
    fields
}

/// Reads the names of fields, separated by commas; none at all stands for the whole claim.
pub(super) fn proves(map: &Map, claim: ClaimId, text: &str) -> Understood {
    let fields = provable(map, claim);
    let mut names = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let is = |name: &str, words: &str| name.eq_ignore_ascii_case(part) || words.eq_ignore_ascii_case(part);
        match fields.iter().find(|(name, words)| is(name, words)) {
            Some((name, _)) => names.push((*name).to_owned()),
            None if part.starts_with("x-") => names.push(part.to_owned()),
            None => {
                let known: Vec<String> = fields.iter().map(|(_, words)| (*words).to_owned()).collect();
                return Understood::refused(format!(
                    "“{}” is not a field here. Type {}.",
                    visible(part),
                    joined_or(&known)
                ));
            }
        }
    }
    Understood::only(text, String::new(), Answered::Proves(names))
}

/// Returns the text with which the field opens.
#[must_use]
pub fn proves_text(map: &Map, claim: ClaimId, proves: &[String]) -> String {
    let fields = provable(map, claim);
    let words = |name: &String| {
        fields.iter().find(|(known, _)| known == name).map_or_else(|| name.clone(), |(_, words)| (*words).to_owned())
    };
    proves.iter().map(words).collect::<Vec<_>>().join(", ")
}
