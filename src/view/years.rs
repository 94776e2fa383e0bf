//! The ties of a map over the years: how many may have held in each, and how many began.

use crate::document::{Filter, Look, Shown};
use crate::model::{Date, Day, Map};

/// Maximum number of bars; in a longer span, each stands for several years.
const MAX_BARS: u64 = 240;

/// The ties of a map over the years.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Years {
    /// The first year in which a tie begins.
    pub first: i64,
    /// The last year in which a tie begins or ends, or the year of the map's own date, if later.
    pub last: i64,
    /// Consecutive bars, from the first year to the last.
    pub bars: Vec<YearBar>,
}

/// The ties in one year, or in some consecutive years of a long span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearBar {
    /// The first year.
    pub first: i64,
    /// The last year.
    pub last: i64,
    /// The number of ties that may have held in these years.
    pub held: usize,
    /// The number of ties that began in these years.
    pub began: usize,
}

impl Years {
    /// Returns the bar of a year within the span.
    #[must_use]
    pub fn bar(&self, year: i64) -> Option<&YearBar> {
        let after = self.bars.partition_point(|bar| bar.first <= year);
        self.bars[..after].last().filter(|bar| year <= bar.last)
    }

    /// Returns the highest number of ties that may have held in a bar.
    #[must_use]
    pub fn most_held(&self) -> usize {
        self.bars.iter().map(|bar| bar.held).max().unwrap_or(0)
    }
}

/// Counts the ties over the years that the filter shows, whatever its date; `shown` is what it shows at its date. `None`
/// if the dates of the map's ties do not span more than one year.
#[must_use]
pub fn build_years(map: &Map, look: &Look, shown: &Shown) -> Option<Years> {
    let (first, last) = span(map).filter(|(first, last)| first < last)?;
    let at_any_time = look.filter.as_of.is_some().then(|| {
        let filter = Filter { as_of: None, ..look.filter.clone() };
        Shown::new(map, &Look { filter, ..look.clone() })
    });
    let shown = at_any_time.as_ref().unwrap_or(shown);
    // A span can be longer than the largest signed number.
    let length = last.abs_diff(first);
    let step = length / MAX_BARS + 1;
    let count = (length / step) as usize + 1;
    let index = |year: i64| (year.clamp(first, last).abs_diff(first) / step) as usize;
    let mut bars: Vec<YearBar> = (0..count as u64)
        .map(|number| {
            let first = first.saturating_add_unsigned(number * step);
            YearBar { first, last: first.saturating_add_unsigned(step - 1).min(last), ..YearBar::default() }
        })
        .collect();
    // The changes of the number of ties from each bar to the next.
    let (mut more, mut fewer) = (vec![0_usize; count], vec![0_usize; count + 1]);
    for tie in shown.ties() {
        let claim = &map.tie(tie).claim;
        let (begin, end) = claim.may_hold();
        let (begin, end) = (begin.map_or(first, |day| day.year), end.map_or(last, |day| day.year));
        if begin <= end && begin <= last && end >= first {
            more[index(begin)] += 1;
            fewer[index(end) + 1] += 1;
        }
        if let Some(Day { year, .. }) = claim.begins() {
            bars[index(year)].began += 1;
        }
    }
    let mut held = 0;
    for (index, bar) in bars.iter_mut().enumerate() {
        held = held + more[index] - fewer[index];
        bar.held = held;
    }
    Some(Years { first, last, bars })
}

/// Returns a year as a date.
#[must_use]
pub fn date_of_year(year: i64) -> Option<Date> {
    let digits = year.unsigned_abs();
    let sign = if year < 0 { "-" } else { "" };
    let text = if digits > 9999 { format!("Y{year}") } else { format!("{sign}{digits:04}") };
    Date::parse(&text).ok()
}

/// Returns the first year in which a tie begins and the last in which a tie begins or ends, or of the map's own date.
fn span(map: &Map) -> Option<(i64, i64)> {
    let begins = || map.ties().values().filter_map(|tie| tie.claim.begins());
    let ends = map.ties().values().filter_map(|tie| tie.claim.ends());
    let looked = map.meta().as_of.as_ref().and_then(Date::latest);
    let last = begins().chain(ends).chain(looked).max()?;
    Some((begins().min()?.year, last.year))
}

#[cfg(test)]
mod tests {
    use super::{MAX_BARS, Years, build_years, date_of_year};
    use crate::document::{Filter, Look, Shown};
    use crate::load::load_map;
    use crate::model::{Date, Map, Status, TieKindId};

    fn map(ties: &[&str]) -> Map {
        let ties: Vec<String> = ties
            .iter()
            .enumerate()
            .map(|(n, dates)| format!(r#"{{"id": "t{n}", "kind": "k{}", "from": "a", "to": "b", {dates}}}"#, n % 2))
            .collect();
        let text = format!(
            r#"{{"format": "tieline", "version": "1.0", "actors": [{{"id": "a", "name": "A"}}, {{"id": "b", "name": "B"}}],
                "ties": [{}]}}"#,
            ties.join(",")
        );
        load_map(text.as_bytes(), "test").expect("opens").map
    }

    const TIES: [&str; 6] = [
        r#""startDate": "2015", "endDate": "2018-03""#,
        r#""startDate": "2017-06""#,
        r#""startDate": "2016", "endDate": ".." "#,
        r#""label": "no date""#,
        r#""firstSeen": "2019", "endDate": "2020""#,
        r#""startDate": "2018", "endDate": "2019", "status": "retracted""#,
    ];

    #[test]
    fn a_bar_counts_what_its_year_would_show() {
        let map = map(&TIES);
        let shown = |look: &Look, year: i64| {
            let filter = Filter { as_of: date_of_year(year), ..look.filter.clone() };
            Shown::new(&map, &Look { filter, ..look.clone() }).ties().count()
        };
        let filters = [
            Filter::default(),
            Filter { hidden_tie_kinds: [TieKindId(0)].into(), ..Filter::default() },
            Filter { hidden_statuses: [Status::Disputed].into(), as_of: Date::parse("2016").ok(), ..Filter::default() },
        ];
        for filter in filters {
            let look = Look { filter, ..Look::default() };
            let years = build_years(&map, &look, &Shown::new(&map, &look)).expect("several years");
            assert_eq!((years.first, years.last, years.bars.len()), (2015, 2020, 6));
            for bar in &years.bars {
                assert_eq!(bar.first, bar.last);
                assert_eq!(bar.held, shown(&look, bar.first), "{bar:?}");
            }
        }
        let began: Vec<usize> = build_years(&map, &Look::default(), &Shown::new(&map, &Look::default()))
            .expect("years")
            .bars
            .iter()
            .map(|bar| bar.began)
            .collect();
        assert_eq!(began, [1, 1, 1, 0, 1, 0], "the retracted one is hidden");
    }

    #[test]
    fn a_map_without_two_years_has_none() {
        for ties in [&[r#""label": "x""#][..], &[r#""startDate": "2019-02", "endDate": "2019-11""#]] {
            assert_eq!(build_years(&map(ties), &Look::default(), &Shown::new(&map(ties), &Look::default())), None);
        }
    }

    #[test]
    fn a_long_span_has_few_bars_without_gaps() {
        let ends = ["Y9223372036854775807", "Y170000002", "2400", "2255"];
        let begins = ["Y-9223372036854775807", "-0044", "2015"];
        for (begin, end) in begins.iter().flat_map(|begin| ends.map(|end| (begin, end))) {
            let dates = format!(r#""startDate": "{begin}", "endDate": "{end}""#);
            let map = map(&[&dates, r#""startDate": "2019", "endDate": "2019""#]);
            let Years { first, last, bars } =
                build_years(&map, &Look::default(), &Shown::new(&map, &Look::default())).expect("several years");
            assert!(bars.len() as u64 <= MAX_BARS, "{}", bars.len());
            assert_eq!((bars[0].first, bars.last().map(|bar| bar.last)), (first, Some(last)), "{begin} to {end}");
            assert!(bars.windows(2).all(|pair| pair[0].last + 1 == pair[1].first), "{begin} to {end}");
            assert!(bars.iter().all(|bar| (1..=2).contains(&bar.held)), "{begin} to {end}");
        }
    }

    #[test]
    fn any_year_is_a_date() {
        for year in [2023, 800, 0, -44, 17_000, -17_000] {
            let date = date_of_year(year).expect("a date");
            assert_eq!(date.earliest().map(|day| day.year), Some(year), "{}", date.text());
            assert_eq!(date.latest().map(|day| day.year), Some(year), "{}", date.text());
        }
    }
}
