//! Formatting of the ties of a pair.

use crate::model::{Amount, Map, Pair, TieKindId};

use super::amount::amount_short;
use super::grammar::{grouped, number};
use super::sentence::actor_name;
use crate::hidden_characters::visible;

/// Returns the title of a pair: "Microsoft – OpenAI", with arrowheads for the directions of its ties, or "Port –
/// itself".
#[must_use]
pub fn pair_title(map: &Map, pair: Pair, forward: usize, backward: usize) -> String {
    let [one, other] = pair.actors();
    if pair.is_loop() {
        return format!("{} – itself", actor_name(map, one));
    }
    let (one, other) = (actor_name(map, one), actor_name(map, other));
    match (forward > 0, backward > 0) {
        (true, false) => format!("{one} → {other}"),
        (false, true) => format!("{other} → {one}"),
        (true, true) => format!("{one} ↔ {other}"),
        (false, false) => format!("{one} – {other}"),
    }
}

/// Lists the `most` most frequent kinds and counts the rest: "loan, purchase + 3 kinds".
#[must_use]
pub fn kinds_text(map: &Map, kinds: &[(TieKindId, usize)], most: usize) -> String {
    // Naming a single remaining kind takes no more room than counting it.
    let named = if kinds.len() == most + 1 { kinds.len() } else { most.min(kinds.len()) };
    let names: Vec<String> =
        kinds[..named].iter().map(|&(kind, _)| visible(&map.tie_kinds()[kind].label).to_lowercase()).collect();
    let names = names.join(", ");
    if named == kinds.len() { names } else { format!("{names} + {} kinds", number(kinds.len() - named)) }
}

/// Formats a sum, with the number of included ties if that differs from `all`: "$40 million in 12". `None` if no bound
/// is known.
#[must_use]
pub fn sum_text(amount: &Amount, ties: usize, all: usize) -> Option<String> {
    let is_known = amount.lower.is_some() || amount.upper.is_some();
    let text = is_known.then(|| amount_short(amount))?;
    Some(if ties == all { text } else { format!("{text} in {}", number(ties)) })
}

/// Formats the numbers of ties per direction: "28 from A to B, 12 from B to A, 3 without direction". `None` for
/// self-ties or if no tie has a direction.
#[must_use]
pub fn directions_text(map: &Map, pair: Pair, (forward, backward): (usize, usize), all: usize) -> Option<String> {
    if pair.is_loop() || forward + backward == 0 {
        return None;
    }
    let [one, other] = pair.actors().map(|actor| actor_name(map, actor));
    let count = |number: usize| grouped(&number.to_string());
    match (forward, backward) {
        (ties, 0) if ties == all => return Some(format!("all from {one} to {other}")),
        (0, ties) if ties == all => return Some(format!("all from {other} to {one}")),
        _ => {}
    }
    let parts = [
        (forward > 0).then(|| format!("{} from {one} to {other}", count(forward))),
        (backward > 0).then(|| format!("{} from {other} to {one}", count(backward))),
        (forward + backward < all).then(|| format!("{} without direction", count(all - forward - backward))),
    ];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::{directions_text, kinds_text, pair_title, sum_text};
    use crate::model::fixture::{self, ALDER, BIRCH, money, more_than};
    use crate::model::{Pair, TieKindId};

    #[test]
    fn titles_tell_the_ways() {
        let map = fixture::map();
        let pair = Pair::new(BIRCH, ALDER);
        assert_eq!(pair_title(&map, pair, 2, 0), "Alder → Birch");
        assert_eq!(pair_title(&map, pair, 0, 2), "Birch → Alder");
        assert_eq!(pair_title(&map, pair, 1, 1), "Alder ↔ Birch");
        assert_eq!(pair_title(&map, Pair::new(ALDER, ALDER), 0, 0), "Alder – itself");
    }

    #[test]
    fn directions_are_counted() {
        let map = fixture::map();
        let pair = Pair::new(ALDER, BIRCH);
        let told = |ways, all| directions_text(&map, pair, ways, all);
        assert_eq!(told((9, 0), 9).as_deref(), Some("all from Alder to Birch"));
        assert_eq!(
            told((9, 1_000), 1_012).as_deref(),
            Some("9 from Alder to Birch, 1,000 from Birch to Alder, 3 without direction")
        );
        assert_eq!(told((0, 0), 9), None);
    }

    #[test]
    fn frequent_kinds_are_named_and_the_rest_counted() {
        let map = fixture::map();
        let kinds: Vec<(TieKindId, usize)> = map.tie_kinds().ids().map(|id| (id, 1)).collect();
        let label = |at: usize| map.tie_kinds()[kinds[at].0].label.to_lowercase();
        assert_eq!(kinds_text(&map, &kinds[..1], 2), label(0));
        assert_eq!(kinds_text(&map, &kinds[..2], 1), format!("{}, {}", label(0), label(1)));
        assert_eq!(kinds_text(&map, &kinds[..3], 1), format!("{} + 2 kinds", label(0)));
    }

    #[test]
    fn sums_say_over_how_many_ties_they_go() {
        let sum = |amount: Option<Box<crate::model::Amount>>, ties| sum_text(&amount.expect("an amount"), ties, 9);
        assert_eq!(sum(money(5_000_000, "EUR"), 9).as_deref(), Some("€5 million"));
        assert_eq!(sum(more_than(5_000_000, "EUR"), 3).as_deref(), Some(">€5 million in 3"));
        let unknown = crate::model::Amount { currency: Some("EUR".to_owned()), ..Default::default() };
        assert_eq!(sum_text(&unknown, 3, 9), None);
    }
}
