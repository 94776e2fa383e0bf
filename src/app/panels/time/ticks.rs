//! Selects the years named along the axis.

/// Minimum gap between two names, in points.
const GAP: f32 = 14.0;

/// Maximum number of round years.
const MAX_ROUND: i64 = 8;

/// A named year with the range that its name takes, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) year: i64,
    pub(super) left: f32,
    pub(super) right: f32,
}

/// Selects both ends and the round years between them whose names fit; `center` is where a year lies, `width` that of
/// its name.
pub(super) fn build_ticks(
    (first, last): (i64, i64),
    (left, right): (f32, f32),
    center: impl Fn(i64) -> f32,
    mut width: impl FnMut(i64) -> f32,
) -> Vec<Tick> {
    let mut tick = |year: i64| {
        let width = width(year);
        let start = (center(year) - width / 2.0).min(right - width).max(left);
        Tick { year, left: start, right: start + width }
    };
    let mut ticks = Vec::new();
    for end in [tick(first), tick(last)] {
        if fits(&end, &ticks) {
            ticks.push(end);
        }
    }
    let ends = ticks.len();
    let mut step = 1_i64;
    while let Some(next) = (ends == 2).then(|| rounder(step)).flatten() {
        let round = round_years(first, last, step);
        if (1..=MAX_ROUND as usize).contains(&round.len()) {
            let round: Vec<Tick> = round.into_iter().map(&mut tick).collect();
            let is_apart = |pair: &[Tick]| pair[0].right + GAP <= pair[1].left;
            if round.windows(2).all(is_apart) {
                let inner: Vec<Tick> = round.into_iter().filter(|round| fits(round, &ticks)).collect();
                ticks.extend(inner);
                break;
            }
        }
        if last.saturating_sub(first) / step == 0 {
            break;
        }
        step = next;
    }
    ticks.sort_by_key(|tick| tick.year);
    ticks
}

fn fits(tick: &Tick, others: &[Tick]) -> bool {
    others.iter().all(|other| tick.right + GAP <= other.left || other.right + GAP <= tick.left)
}

/// Returns the next larger of 1, 2, 5, 10, 20, 50 …; `None` beyond all years.
fn rounder(step: i64) -> Option<i64> {
    let mut power = 1;
    while step / power >= 10 {
        power *= 10;
    }
    let next = match step / power {
        1 => 2,
        2 => 5,
        _ => 10,
    };
    power.checked_mul(next)
}

/// Returns the multiples of `step` between both years, without these; none if they are too many.
fn round_years(first: i64, last: i64, step: i64) -> Vec<i64> {
    let start = first.div_euclid(step).saturating_add(1).saturating_mul(step);
    if last.saturating_sub(first) / step > MAX_ROUND + 1 {
        return Vec::new();
    }
    let years = std::iter::successors(Some(start), |year| year.checked_add(step));
    years.take_while(|&year| year < last).filter(|&year| year > first).collect()
}

#[cfg(test)]
mod tests {
    use super::{GAP, build_ticks};

    fn named(first: i64, last: i64, width: f32) -> Vec<i64> {
        let span = (last - first) as f32 + 1.0;
        let center = |year: i64| ((year - first) as f32 + 0.5) / span * width;
        let ticks = build_ticks((first, last), (0.0, width), center, |year| year.to_string().len() as f32 * 7.0);
        for tick in &ticks {
            assert!(tick.left >= 0.0 && tick.right <= width, "{tick:?} in {width}");
        }
        for pair in ticks.windows(2) {
            assert!(pair[0].right + GAP <= pair[1].left, "{pair:?} in {width}");
        }
        ticks.iter().map(|tick| tick.year).collect()
    }

    #[test]
    fn both_ends_and_a_few_round_years_are_named() {
        assert_eq!(named(1998, 2049, 600.0), [1998, 2010, 2020, 2030, 2040, 2049]);
        assert_eq!(named(2015, 2020, 600.0), [2015, 2016, 2017, 2018, 2019, 2020]);
        assert_eq!(named(2019, 2020, 600.0), [2019, 2020]);
        assert_eq!(named(1950, 2025, 160.0), [1950, 2025]);
        assert_eq!(named(1950, 2025, 200.0), [1950, 1980, 2000, 2025]);
        assert_eq!(named(-500, 2000, 600.0), [-500, 0, 500, 1000, 1500, 2000]);
    }

    #[test]
    fn names_never_overlap() {
        for (first, last) in [(1998, 2049), (2019, 2020), (-44, 2024), (1, 4_000_000), (1601, 1609)] {
            for width in 28..700 {
                let named = named(first, last, width as f32);
                assert!(named.first() == Some(&first) && named.len() <= 10, "{first} to {last} in {width}: {named:?}");
            }
        }
        assert_eq!(named(2019, 2049, 60.0), [2019], "two names find no room");
    }
}
