//! Years in which actors first appear.

use crate::model::{Day, Map};

/// Returns per actor slot the year in which its first tie begins, ignoring withdrawn ties; `None` if no date is known.
///
/// A tie begins at its start, else its date, the first step of its history, or its first-seen date.
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
