//! Signs of doubt about ties, beside their citation numbers.

use crate::model::{ClaimId, Date, Map, TieId, Validity};

/// The doubt about a tie, or about any tie of a ribbon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::scene) struct Doubt {
    /// Whether it is contested, see [`Map::is_contested`].
    is_contested: bool,
    /// Whether it may have held at the date of the view, but not surely.
    is_uncertain: bool,
}

/// Returns whether a tie may have held at a date, but not surely; `false` without a date.
pub(super) fn is_uncertain(map: &Map, tie: TieId, as_of: Option<&Date>) -> bool {
    as_of.is_some_and(|time| map.tie(tie).claim.validity_at(time) == Validity::Possibly)
}

impl Doubt {
    /// Returns the doubt about any of these ties.
    pub(super) fn of(map: &Map, ties: &[TieId], as_of: Option<&Date>) -> Self {
        Self {
            is_contested: ties.iter().any(|&tie| map.is_contested(ClaimId::Tie(tie))),
            is_uncertain: ties.iter().any(|&tie| is_uncertain(map, tie, as_of)),
        }
    }

    /// Returns a text followed by the signs.
    pub(super) fn after(self, text: &str) -> String {
        let contested = if self.is_contested { "‡" } else { "" };
        let text = format!("{text}{contested}");
        match (self.is_uncertain, text.is_empty()) {
            (false, _) => text,
            (true, true) => "?".to_owned(),
            // Set apart, since "no source?" would be a question.
            (true, false) => format!("{text}\u{a0}?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Doubt;

    #[test]
    fn signs_follow_what_they_doubt() {
        let after = |is_contested, is_uncertain, text: &str| Doubt { is_contested, is_uncertain }.after(text);
        assert_eq!((after(false, false, "[1]"), after(false, false, "")), ("[1]".to_owned(), String::new()));
        assert_eq!((after(true, false, "[1]"), after(true, false, "")), ("[1]‡".to_owned(), "‡".to_owned()));
        assert_eq!((after(false, true, "[1]"), after(false, true, "")), ("[1]\u{a0}?".to_owned(), "?".to_owned()));
        assert_eq!(after(true, true, "no source"), "no source‡\u{a0}?");
    }
}
