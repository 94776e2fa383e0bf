//! Since when a map knows of its actors.

use crate::model::{Claim, Date, Map};

/// For each actor, the year in which the first of its ties begins that is not withdrawn; none if no date is known.
///
/// A tie begins with its start, else its date, the first step of its history, or the day from which a source shows it.
#[must_use]
pub fn first_years(map: &Map) -> Vec<Option<i64>> {
    let mut years: Vec<Option<i64>> = vec![None; map.actors.len()];
    for tie in map.ties.iter().filter(|tie| !tie.claim.is_withdrawn()) {
        let Some(year) = begins(&tie.claim) else { continue };
        for actor in tie.ends.actors() {
            let first = &mut years[actor.index()];
            *first = Some(first.map_or(year, |first| first.min(year)));
        }
    }
    years
}

fn begins(claim: &Claim) -> Option<i64> {
    let step = claim.stages.iter().find_map(|step| step.date.as_ref());
    let dates = [claim.start.as_ref(), claim.date.as_ref(), step, claim.first_seen.as_ref()];
    dates.into_iter().flatten().find_map(Date::earliest).map(|day| day.year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StageChange;

    #[test]
    fn a_start_goes_before_what_was_seen() {
        let date = |text: &str| Date::parse(text).ok();
        let claim = Claim { start: date("2019"), first_seen: date("2024-05"), ..Claim::default() };
        assert_eq!(begins(&claim), Some(2019));
        assert_eq!(begins(&Claim { first_seen: date("2024-05"), ..Claim::default() }), Some(2024));
        assert_eq!(begins(&Claim { start: date(".."), date: date("2021-03-04"), ..Claim::default() }), Some(2021));
        let stage = crate::model::Word::Known(crate::model::Stage::Announced);
        let stages = vec![StageChange { stage, date: date("2026-02-27") }];
        assert_eq!(begins(&Claim { stages, ..Claim::default() }), Some(2026));
        assert_eq!(begins(&Claim::default()), None);
    }
}
