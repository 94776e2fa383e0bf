//! Formatting of the content of claims: amounts, periods, stages.

use crate::model::{Claim, Date, Stage, StageChange, Word};

use super::amount::{amount_short, amount_text, share_short, share_text};
use super::date::{date_phrase, date_text};
use super::words::stage_word;

/// Returns the single figure for a label: amount, else share, else quantity.
#[must_use]
pub fn amount_label(claim: &Claim) -> Option<String> {
    let share = || claim.share.as_deref().map(share_short);
    let quantity = || claim.quantity.as_deref().map(amount_short);
    claim.amount.as_deref().map(amount_short).or_else(share).or_else(quantity)
}

/// Returns all figures of a claim in words: amount, share and quantity.
#[must_use]
pub fn amount_label_long(claim: &Claim) -> Option<String> {
    let parts: Vec<String> = amount_words(claim).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

pub(super) fn amount_words(claim: &Claim) -> impl Iterator<Item = String> {
    let amount = claim.amount.as_deref().map(amount_text);
    let share = claim.share.as_deref().map(share_text);
    let quantity = claim.quantity.as_deref().map(amount_text);
    amount.into_iter().chain(share).chain(quantity)
}

/// The words that an adverbial period begins with.
const PREPOSITIONS: [&str; 6] = ["in ", "on ", "around ", "from ", "until ", "before "];

/// Returns the period of a claim: "since 2019", "from 2011 to October 2022", "on 1 April 2019". `None` if unknown.
#[must_use]
pub fn period_text(claim: &Claim) -> Option<String> {
    let happened = claim.date.as_ref().map(date_phrase);
    happened.or_else(|| span_text(claim)).or_else(|| seen_text(claim))
}

/// Returns the period if it can follow a verb in the present: "lends to Birch in 2019" or "until 2024", but not "since
/// 2019", "first seen in 2018" or a date in words of its own.
pub(super) fn adverbial_period(claim: &Claim) -> Option<String> {
    let happened = claim.date.as_ref().filter(|date| date.edtf().is_some()).map(date_phrase);
    let span = || span_text(claim).filter(|_| claim.date.is_none());
    let is_adverbial = |text: &String| PREPOSITIONS.iter().any(|word| text.starts_with(word));
    happened.or_else(span).filter(is_adverbial)
}

fn span_text(claim: &Claim) -> Option<String> {
    match (claim.start.as_ref(), claim.end.as_ref()) {
        (Some(start), Some(end)) if end.is_open() => Some(format!("since {}", date_text(start))),
        (Some(start), Some(end)) => Some(format!("from {} to {}", date_text(start), date_text(end))),
        (Some(start), None) => Some(format!("from {}", date_text(start))),
        (None, Some(end)) if end.is_open() => Some("ongoing".to_owned()),
        (None, Some(end)) => Some(format!("until {}", date_text(end))),
        (None, None) => None,
    }
}

fn seen_text(claim: &Claim) -> Option<String> {
    match (claim.first_seen.as_ref(), claim.last_seen.as_ref()) {
        (Some(first), Some(last)) if first == last => Some(format!("seen {}", date_phrase(first))),
        (Some(first), Some(last)) => Some(format!("first seen {}, last {}", date_phrase(first), date_phrase(last))),
        (Some(first), None) => Some(format!("first seen {}", date_phrase(first))),
        (None, Some(last)) => Some(format!("last seen {}", date_phrase(last))),
        (None, None) => None,
    }
}

/// Returns the stage with the date on which it was reached, if known: "announced on 27 February 2026".
#[must_use]
pub fn stage_text(claim: &Claim) -> Option<String> {
    let stage = claim.stage.as_ref()?;
    let reached =
        claim.stages.iter().rev().find(|change| change.stage == *stage).and_then(|change| change.date.as_ref());
    // Omit a date that the period of the claim already states.
    let reached = reached.filter(|date| claim.start.as_ref() != Some(*date) && claim.date.as_ref() != Some(*date));
    Some(with_date(stage, reached))
}

/// Returns the history of stages in file order: "announced in May 2018".
#[must_use]
pub fn history_texts(claim: &Claim) -> Vec<String> {
    let text = |change: &StageChange| with_date(&change.stage, change.date.as_ref());
    claim.stages.iter().map(text).collect()
}

fn with_date(stage: &Word<Stage>, date: Option<&Date>) -> String {
    let word = stage_word(stage);
    match date {
        None => word,
        // "Active" is a lasting state; other stages are reached on a date.
        Some(date) if stage.is(&Stage::Active) => format!("{word} since {}", date_text(date)),
        Some(date) => format!("{word} {}", date_phrase(date)),
    }
}

#[cfg(test)]
mod tests {
    use super::{history_texts, period_text, stage_text};
    use crate::model::{Claim, Date, Stage, StageChange, Word};

    fn date(text: &str) -> Option<Date> {
        Some(Date::parse(text).expect("a date"))
    }

    #[test]
    fn periods_of_every_form() {
        let none = Claim::default;
        let cases = [
            (none(), None),
            (Claim { start: date("2019"), end: date(".."), ..none() }, Some("since 2019")),
            (Claim { start: date("2011"), end: date("2022-10"), ..none() }, Some("from 2011 to October 2022")),
            (Claim { start: date("2020-02-28"), ..none() }, Some("from 28 February 2020")),
            (Claim { end: date("2024"), ..none() }, Some("until 2024")),
            (Claim { end: date(".."), ..none() }, Some("ongoing")),
            (Claim { date: date("2019-04-01"), ..none() }, Some("on 1 April 2019")),
            (Claim { first_seen: date("2026-02-27"), ..none() }, Some("first seen on 27 February 2026")),
            (Claim { last_seen: date("2024"), ..none() }, Some("last seen in 2024")),
            (
                Claim { first_seen: date("2018"), last_seen: date("2023-03"), ..none() },
                Some("first seen in 2018, last in March 2023"),
            ),
            (Claim { first_seen: date("2018"), last_seen: date("2018"), ..none() }, Some("seen in 2018")),
        ];
        for (claim, expected) in cases {
            assert_eq!(period_text(&claim).as_deref(), expected);
        }
    }

    #[test]
    fn stages_tell_their_day_once() {
        let announced = Word::Known(Stage::Announced);
        let history = vec![StageChange { stage: announced.clone(), date: date("2026-02-27") }];
        let claim = Claim { stage: Some(announced), stages: history, ..Claim::default() };
        assert_eq!(stage_text(&claim).as_deref(), Some("announced on 27 February 2026"));
        assert_eq!(history_texts(&claim), ["announced on 27 February 2026"]);
        let dated = Claim { date: date("2026-02-27"), ..claim };
        assert_eq!(stage_text(&dated).as_deref(), Some("announced"));
        assert_eq!(stage_text(&Claim::default()), None);
    }
}
