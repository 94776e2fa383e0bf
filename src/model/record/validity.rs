//! The time in which a claim held, by its dates.

use crate::model::{Claim, Date, Day, Stage, Validity};

impl Claim {
    /// Returns the first day on which the claim may have begun: by its start, else its date, the first dated stage, or
    /// its first-seen date.
    #[must_use]
    pub fn begins(&self) -> Option<Day> {
        [self.began(), self.first_seen.as_ref()].into_iter().flatten().find_map(Date::earliest)
    }

    /// Returns the last day on which the claim may have ended; `None` while it lasts or if that is unknown.
    #[must_use]
    pub fn ends(&self) -> Option<Day> {
        self.ended().and_then(Date::latest)
    }

    /// Returns the first and the last day on which the claim may have held; `None` where that is unknown or open.
    #[must_use]
    pub fn may_hold(&self) -> (Option<Day>, Option<Day>) {
        (self.began().and_then(Date::earliest), self.ends())
    }

    /// Returns whether the claim held at some time within a date. A momentary event may hold from then on; an unknown
    /// start or end may be at any time.
    #[must_use]
    pub fn validity_at(&self, time: &Date) -> Validity {
        let (first, last) = (time.earliest(), time.latest());
        let (begin, end) = self.may_hold();
        if is_before(last, begin) || is_before(end, first) {
            return Validity::No;
        }
        let began_by = [self.began(), self.first_seen.as_ref()].into_iter().flatten().filter_map(Date::latest).min();
        let has_begun = began_by.is_some() && !is_before(last, began_by);
        let runs = self.end.as_ref().is_some_and(Date::is_open);
        let held_until = [self.ended(), self.last_seen.as_ref()].into_iter().flatten().filter_map(Date::earliest).max();
        let goes_on = runs || (held_until.is_some() && !is_before(held_until, first));
        if has_begun && goes_on { Validity::Surely } else { Validity::Possibly }
    }

    fn began(&self) -> Option<&Date> {
        let step = self.stages.iter().find_map(|step| step.date.as_ref());
        let is_bounded = |date: &&Date| date.earliest().or(date.latest()).is_some();
        [self.start.as_ref(), self.date.as_ref(), step].into_iter().flatten().find(is_bounded)
    }

    fn ended(&self) -> Option<&Date> {
        let is_over =
            |step: &&crate::model::StageChange| step.stage.is(&Stage::Ended) || step.stage.is(&Stage::Canceled);
        let step = self.stages.iter().find(is_over).and_then(|step| step.date.as_ref());
        self.end.as_ref().or(step)
    }
}

/// Whether both days are known and `day` precedes `other`.
fn is_before(day: Option<Day>, other: Option<Day>) -> bool {
    day.zip(other).is_some_and(|(day, other)| day < other)
}

#[cfg(test)]
mod tests {
    use crate::model::{Claim, Date, Stage, StageChange, Validity, Word};

    fn date(text: &str) -> Option<Date> {
        Some(Date::parse(text).expect("a date"))
    }

    fn held(claim: &Claim, time: &str) -> Validity {
        claim.validity_at(&Date::parse(time).expect("a date"))
    }

    #[test]
    fn known_dates_decide() {
        let claim = Claim { start: date("2019"), end: date("2023-06"), ..Claim::default() };
        assert_eq!(held(&claim, "2018"), Validity::No);
        assert_eq!(held(&claim, "2018-12-31"), Validity::No);
        assert_eq!(held(&claim, "2019-05-01"), Validity::Possibly, "some day of 2019");
        assert_eq!(held(&claim, "2020"), Validity::Surely);
        assert_eq!(held(&claim, "2023-06-15"), Validity::Possibly);
        assert_eq!(held(&claim, "2023"), Validity::Surely);
        assert_eq!(held(&claim, "2023-07-01"), Validity::No);
        let runs = Claim { end: date(".."), ..claim };
        assert_eq!(held(&runs, "2030"), Validity::Surely);
    }

    #[test]
    fn a_start_goes_before_what_was_seen() {
        let begins = |claim: &Claim| claim.begins().map(|day| day.year);
        let claim = Claim { start: date("2019"), first_seen: date("2024-05"), ..Claim::default() };
        assert_eq!(begins(&claim), Some(2019));
        assert_eq!(begins(&Claim { first_seen: date("2024-05"), ..Claim::default() }), Some(2024));
        assert_eq!(begins(&Claim { start: date(".."), date: date("2021-03-04"), ..Claim::default() }), Some(2021));
        let stages = vec![StageChange { stage: Word::Known(Stage::Announced), date: date("2026-02-27") }];
        assert_eq!(begins(&Claim { stages, ..Claim::default() }), Some(2026));
        assert_eq!(begins(&Claim::default()), None);
    }

    #[test]
    fn what_is_unknown_is_possible() {
        assert_eq!(held(&Claim::default(), "2020"), Validity::Possibly);
        let begun = Claim { start: date("2019"), ..Claim::default() };
        assert_eq!(held(&begun, "2020"), Validity::Possibly, "it may have ended");
        let seen = Claim { first_seen: date("2019"), last_seen: date("2021"), ..Claim::default() };
        assert_eq!(held(&seen, "2018"), Validity::Possibly, "it may have begun long before it was seen");
        assert_eq!(held(&seen, "2020"), Validity::Surely);
        assert_eq!(held(&seen, "2022"), Validity::Possibly);
    }

    #[test]
    fn what_happened_stays_and_steps_tell_begin_and_end() {
        let paid = Claim { date: date("2019-03"), ..Claim::default() };
        assert_eq!((held(&paid, "2018"), held(&paid, "2024")), (Validity::No, Validity::Possibly));
        let step = |stage, text| StageChange { stage: Word::Known(stage), date: date(text) };
        let stages = vec![step(Stage::Announced, "2020-02"), step(Stage::Canceled, "2021-05-01")];
        let called_off = Claim { stages, ..Claim::default() };
        assert_eq!(held(&called_off, "2020-01"), Validity::No);
        assert_eq!(held(&called_off, "2020-09"), Validity::Surely);
        assert_eq!(held(&called_off, "2021-06"), Validity::No);
    }
}
