//! The status line: how much of the map is visible and how well it is sourced.

use crate::analysis::Coverage;
use crate::document::{Filter, Look, Shown};
use crate::model::{Date, Map, Status, Validity};
use crate::wording::{counted, date_text, joined_and, number};

/// The contents of the status line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusLine {
    /// "4 actors · 11 of 11 ties · 10 sources · all sourced, 7 independently".
    pub text: String,
    /// Whether a filter, a hidden actor or a hidden tie hides something that is visible by default, so that "reset" is offered.
    pub is_filtered: bool,
}

/// Builds the status line; `coverage` is that of the visible ties.
#[must_use]
pub fn build_status_line(map: &Map, look: &Look, shown: &Shown, coverage: &Coverage) -> StatusLine {
    let shown_actors = shown.actors().count();
    let actors = if shown_actors == map.actors().len() {
        counted(shown_actors, "actor", "actors")
    } else {
        format!("{} of {}", number(shown_actors), counted(map.actors().len(), "actor", "actors"))
    };
    let ties = format!("{} of {}", number(shown.ties().count()), counted(map.ties().len(), "tie", "ties"));
    let sources = counted(map.sources().len(), "source", "sources");
    let coverage = coverage_text(coverage);
    let time = look.filter.as_of.as_ref().map(|time| time_text(map, shown, time));
    let parts = [Some(actors), Some(ties), time, Some(sources), coverage, withdrawn_text(map, look)];
    StatusLine {
        text: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        is_filtered: look.filter != Filter::default() || look.hides_any(),
    }
}

/// Returns "as of 2023, 3 uncertain".
fn time_text(map: &Map, shown: &Shown, time: &Date) -> String {
    let possible = shown.ties().filter(|&tie| map.tie(tie).claim.validity_at(time) == Validity::Possibly).count();
    let doubt = if possible > 0 { format!(", {} uncertain", number(possible)) } else { String::new() };
    format!("as of {}{doubt}", date_text(time))
}

/// Returns "all sourced, 7 independently"; `None` if no tie is visible.
fn coverage_text(coverage: &Coverage) -> Option<String> {
    let sourced = match (coverage.ties, coverage.sourced) {
        (0, _) => return None,
        (_, 0) => return Some("none sourced".to_owned()),
        (ties, sourced) if ties == sourced => "all sourced".to_owned(),
        (ties, sourced) => format!("{} of {} sourced", number(sourced), number(ties)),
    };
    Some(format!("{sourced}, {} independently", number(coverage.independent)))
}

/// Returns "1 superseded and 1 retracted hidden"; `None` if no such tie is filtered out.
fn withdrawn_text(map: &Map, look: &Look) -> Option<String> {
    let count = |status: Status| {
        let is_left_out = look.filter.hidden_statuses.contains(&status);
        map.ties().values().filter(|tie| is_left_out && tie.claim.has_status(status)).count()
    };
    let counts = [(count(Status::Superseded), "superseded"), (count(Status::Retracted), "retracted")];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {word}", number(count)))
        .collect();
    (!parts.is_empty()).then(|| format!("{} hidden", joined_and(&parts)))
}

#[cfg(test)]
mod tests {
    use super::build_status_line;
    use crate::analysis::coverage;
    use crate::document::{Filter, Look, Shown};
    use crate::model::fixture::{self, DANA};
    use crate::model::{Claim, Date, Map, MapParts, Tie, TieId, TieKindId};

    fn line(map: &Map, look: &Look) -> super::StatusLine {
        let shown = Shown::new(map, look);
        build_status_line(map, look, &shown, &coverage(map, shown.ties()))
    }

    #[test]
    fn says_what_is_shown_sourced_and_withdrawn() {
        let status = line(&fixture::map(), &Look::default());
        assert_eq!(
            status.text,
            "4 actors · 7 of 8 ties · 5 sources · 4 of 7 sourced, 3 independently · 1 retracted hidden"
        );
        assert!(!status.is_filtered);
    }

    #[test]
    fn every_count_has_separators() {
        let map = fixture::map();
        let first = map.tie(TieId(0));
        let copy = |number: u32| Tie {
            claim: Claim { key: format!("copy-{number}").into(), ..Claim::default() },
            ..first.clone()
        };
        let mut parts = fixture::parts();
        parts.ties.extend((0..1_500).map(copy));
        let status = line(&Map::new(parts).expect("a sound map"), &Look::default());
        assert!(status.text.contains("1,507 of 1,508 ties"), "{}", status.text);
        assert!(status.text.contains("4 of 1,507 sourced"), "{}", status.text);
    }

    #[test]
    fn says_when_something_is_hidden() {
        let filter = Filter { hidden_tie_kinds: [TieKindId(3), TieKindId(2)].into(), ..Filter::default() };
        let look = Look { hidden: vec![DANA].into(), filter, ..Look::default() };
        let status = line(&fixture::map(), &look);
        assert_eq!(
            status.text,
            "3 of 4 actors · 3 of 8 ties · 5 sources · 2 of 3 sourced, 1 independently · 1 retracted hidden"
        );
        assert!(status.is_filtered);
    }

    #[test]
    fn says_of_which_time_it_speaks() {
        let filter = Filter { as_of: Date::parse("1066-10").ok(), ..Filter::default() };
        let map = fixture::map();
        let status = line(&map, &Look { filter: filter.clone(), ..Look::default() });
        let shown = map.tie_ids().filter(|&tie| filter.lets_tie(&map, tie)).count();
        assert!(shown > 0 && shown < map.ties().len(), "some have no begin, others have one");
        let words = format!("{shown} of 8 ties · as of October 1066, {shown} uncertain · 5 sources");
        assert!(status.text.contains(&words) && status.is_filtered, "{}", status.text);
    }

    #[test]
    fn an_empty_map_is_told_plainly() {
        let status = line(&Map::new(MapParts::default()).expect("a sound map"), &Look::default());
        assert_eq!(status.text, "0 actors · 0 of 0 ties · 0 sources");
    }
}
