//! Since when a map knows of its actors.

use crate::model::{Day, Map};

/// For each actor, by id, the year in which the first of its ties begins that is not withdrawn; none if no date is known.
///
/// A tie begins with its start, else its date, the first step of its history, or the day from which a source shows it.
#[must_use]
pub fn first_years(map: &Map) -> Vec<Option<i64>> {
    let mut years: Vec<Option<i64>> = vec![None; map.actors().bound()];
    for tie in map.ties().values().filter(|tie| !tie.claim.is_withdrawn()) {
        let Some(Day { year, .. }) = tie.claim.begins() else { continue };
        for actor in tie.ends.actors() {
            let first = &mut years[actor.index()];
            *first = Some(first.map_or(year, |first| first.min(year)));
        }
    }
    years
}
