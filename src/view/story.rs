//! Proposes a story for a map: an overview, its central actors, the years in which ties begin, and what is disputed. A
//! person then trims it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::date_of_year;
use crate::analysis::rank;
use crate::document::Shown;
use crate::model::{ActorId, ClaimId, Item, Map, StoryCamera, StoryStep, TieId};
use crate::wording::{actor_name, counted, date_text, joined_and, number, tie_sentence, tie_title};

/// The highest number of central actors with a step of their own.
const MAX_CENTRAL: usize = 3;
/// Actors with fewer ties than this are not central.
const MIN_TIES: usize = 3;
/// The highest number of neighbors shown beside a central actor.
const MAX_NEIGHBORS: usize = 20;
/// The highest number of steps through time; more years are joined to periods.
const MAX_PERIODS: usize = 6;
/// The highest number of disputed pairs with a step of their own.
const MAX_DISPUTED: usize = 6;
/// Steps about more ties than this have no focus: too much would be bright to tell it from the rest.
const MAX_FOCUS: usize = 60;
/// The maximum number of ties that a caption describes.
const MAX_TOLD: usize = 2;
/// The highest number of names in a title.
const MAX_NAMES: usize = 3;

/// The reason why no story can be proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoStory {
    /// Nothing is shown.
    #[error("the map has no actors yet")]
    NoActors,
    /// Only one actor is shown.
    #[error("a story needs at least two actors")]
    OneActor,
    /// No ties are shown.
    #[error("none of the actors shown has a tie to another")]
    NoTies,
    /// Everything is hidden by hand or filtered out.
    #[error("nothing is shown; show what is hidden first")]
    NothingShown,
}

/// Proposes the steps of a story about what is shown. The steps have no ids yet.
///
/// # Errors
///
/// If there is too little to tell.
pub fn propose_story(map: &Map, shown: &Shown) -> Result<Vec<StoryStep>, NoStory> {
    let actors: Vec<ActorId> = shown.actors().collect();
    let ties: Vec<TieId> = shown.ties().filter(|&tie| !map.tie(tie).claim.is_withdrawn()).collect();
    match actors.len() {
        0 if map.actors().is_empty() => return Err(NoStory::NoActors),
        0 => return Err(NoStory::NothingShown),
        1 => return Err(NoStory::OneActor),
        _ if ties.is_empty() => return Err(NoStory::NoTies),
        _ => {}
    }
    let told = Told { map, actors: &actors, ties: &ties };
    let mut steps = vec![told.overview()];
    steps.extend(told.central_actors());
    steps.extend(told.periods());
    steps.extend(told.disputes());
    Ok(steps)
}

/// Proposes a title for a step made from what is seen, by what it is about; `at` is its index.
#[must_use]
pub fn seen_step_title(map: &Map, step: &StoryStep, at: usize) -> String {
    let named = |item: &Item| match *item {
        Item::Actor(actor) if map.actors().has(actor) => Some(actor_name(map, actor)),
        Item::Tie(tie) if map.ties().has(tie) => Some(tie_title(map, tie)),
        _ => None,
    };
    let names: Vec<String> = step.focus.iter().filter_map(named).collect();
    match (names.len(), &step.as_of, &step.show) {
        (1..=MAX_NAMES, ..) => joined_and(&names),
        (_, Some(date), _) => format!("As of {}", date_text(date)),
        (_, None, Some(items)) => {
            let names: Vec<String> = items.iter().filter_map(named).collect();
            if names.len() <= MAX_NAMES { joined_and(&names) } else { counted(names.len(), "actor", "actors") }
        }
        (_, None, None) if at == 0 => "Overview".to_owned(),
        (_, None, None) => format!("Step {}", at + 1),
    }
}

/// What a story is about.
#[derive(Clone, Copy)]
struct Told<'a> {
    map: &'a Map,
    actors: &'a [ActorId],
    /// The ties in force, in file order.
    ties: &'a [TieId],
}

impl Told<'_> {
    fn overview(self) -> StoryStep {
        let [actors, ties] = [(self.actors.len(), "actor", "actors"), (self.ties.len(), "tie", "ties")]
            .map(|(count, one, several)| counted(count, one, several));
        step("Overview".to_owned(), format!("{actors} and {ties}."))
    }

    /// Returns a step for each of the actors with the most ties; among equals, the most central ones.
    fn central_actors(self) -> Vec<StoryStep> {
        let mut ties_of: BTreeMap<ActorId, Vec<TieId>> = BTreeMap::new();
        for &tie in self.ties {
            for actor in self.map.tie(tie).ends.actors().into_iter().collect::<BTreeSet<_>>() {
                ties_of.entry(actor).or_default().push(tie);
            }
        }
        let ranks = rank(self.map);
        let rank_of = |actor: ActorId| ranks.get(actor.index()).copied().unwrap_or_default();
        let mut all: Vec<(ActorId, Vec<TieId>)> =
            ties_of.into_iter().filter(|(_, ties)| ties.len() >= MIN_TIES).collect();
        all.sort_by(|(one, ties), (other, other_ties)| {
            let by_ties = other_ties.len().cmp(&ties.len());
            by_ties.then(rank_of(*other).total_cmp(&rank_of(*one))).then(one.cmp(other))
        });
        all.truncate(MAX_CENTRAL);
        all.into_iter().filter_map(|(actor, ties)| self.central_actor(actor, &ties)).collect()
    }

    fn central_actor(self, actor: ActorId, ties: &[TieId]) -> Option<StoryStep> {
        let mut shared: BTreeMap<ActorId, usize> = BTreeMap::new();
        for &tie in ties {
            let ends: BTreeSet<ActorId> = self.map.tie(tie).ends.actors().into_iter().collect();
            for other in ends.into_iter().filter(|&other| other != actor) {
                *shared.entry(other).or_default() += 1;
            }
        }
        let neighbors = shared.len();
        if neighbors < 2 {
            return None;
        }
        let mut nearest: Vec<(ActorId, usize)> = shared.into_iter().collect();
        nearest.sort_by_key(|&(other, ties)| (Reverse(ties), other));
        nearest.truncate(MAX_NEIGHBORS);
        let near: BTreeSet<ActorId> = nearest.into_iter().map(|(other, _)| other).chain([actor]).collect();
        let is_near = |tie: &&TieId| self.map.tie(**tie).ends.actors().iter().all(|end| near.contains(end));
        let focus: Vec<TieId> = ties.iter().filter(is_near).copied().collect();
        let name = actor_name(self.map, actor);
        let [ties, others] = [(ties.len(), "tie", "ties"), (neighbors, "other actor", "other actors")]
            .map(|(count, one, several)| counted(count, one, several));
        let cut = if neighbors > MAX_NEIGHBORS {
            format!(" The {} with the most ties to it are shown.", number(MAX_NEIGHBORS))
        } else {
            String::new()
        };
        let caption = format!("{name} has {ties} to {others}.{cut}");
        Some(self.about(&near, &focus, step(name, caption)))
    }

    /// Returns a step for each year in which ties begin, or for each of a few periods.
    fn periods(self) -> Vec<StoryStep> {
        let mut by_year: BTreeMap<i64, Vec<TieId>> = BTreeMap::new();
        for &tie in self.ties {
            if let Some(day) = self.map.tie(tie).claim.begins() {
                by_year.entry(day.year).or_default().push(tie);
            }
        }
        let periods = joined(by_year.into_iter().collect());
        // Without a second period nothing changes over time.
        if periods.len() < 2 { Vec::new() } else { periods.iter().map(|period| self.period(period)).collect() }
    }

    fn period(self, period: &Period) -> StoryStep {
        let Period { first, last, ties } = period;
        let when = if first == last { first.to_string() } else { format!("{first}–{last}") };
        let begin = if ties.len() == 1 { "begins" } else { "begin" };
        let title = format!("{when}: {} {begin}", counted(ties.len(), "tie", "ties"));
        let step = step(title, self.sentences(ties));
        StoryStep { as_of: date_of_year(*last), focus: focus(ties), ..step }
    }

    /// Returns a step for each pair or group of actors with disputed ties.
    fn disputes(self) -> Vec<StoryStep> {
        let mut groups: Vec<(BTreeSet<ActorId>, Vec<TieId>)> = Vec::new();
        for &tie in self.ties.iter().filter(|&&tie| self.map.is_contested(ClaimId::Tie(tie))) {
            let ends: BTreeSet<ActorId> = self.map.tie(tie).ends.actors().into_iter().collect();
            match groups.iter().position(|(actors, _)| *actors == ends) {
                Some(group) => groups[group].1.push(tie),
                None if groups.len() < MAX_DISPUTED => groups.push((ends, vec![tie])),
                None => {}
            }
        }
        let dispute = |(actors, ties): (BTreeSet<ActorId>, Vec<TieId>)| {
            let names: Vec<String> = actors.iter().take(MAX_NAMES).map(|&actor| actor_name(self.map, actor)).collect();
            let who =
                if actors.len() > MAX_NAMES { counted(actors.len(), "actor", "actors") } else { joined_and(&names) };
            self.about(&actors, &ties, step(format!("Disputed: {who}"), self.sentences(&ties)))
        };
        groups.into_iter().map(dispute).collect()
    }

    /// Returns the step with these actors and ties: shown alone and filling the page, or in focus if they are all.
    fn about(self, actors: &BTreeSet<ActorId>, ties: &[TieId], step: StoryStep) -> StoryStep {
        let focus = focus(ties);
        if actors.len() == self.actors.len() {
            return StoryStep { focus, ..step };
        }
        let show = Some(actors.iter().copied().map(Item::Actor).collect());
        StoryStep { show, focus, camera: StoryCamera::Shown, ..step }
    }

    /// Tells the first ties in sentences, and how many there are besides.
    fn sentences(self, ties: &[TieId]) -> String {
        // One more takes no more room than saying that there is one more.
        let told = if ties.len() == MAX_TOLD + 1 { ties.len() } else { ties.len().min(MAX_TOLD) };
        let mut sentences: Vec<String> =
            ties[..told].iter().map(|&tie| format!("{}.", tie_sentence(self.map, tie))).collect();
        if told < ties.len() {
            sentences.push(format!("And {} more.", number(ties.len() - told)));
        }
        sentences.join(" ")
    }
}

fn step(title: String, caption: String) -> StoryStep {
    StoryStep { title: Some(title), caption: Some(caption), ..StoryStep::default() }
}

fn focus(ties: &[TieId]) -> Vec<Item> {
    if ties.len() > MAX_FOCUS { Vec::new() } else { ties.iter().copied().map(Item::Tie).collect() }
}

/// Consecutive years with the ties that begin in them.
struct Period {
    first: i64,
    last: i64,
    ties: Vec<TieId>,
}

/// Joins years to at most [`MAX_PERIODS`] periods with about the same number of ties.
fn joined(years: Vec<(i64, Vec<TieId>)>) -> Vec<Period> {
    let is_joined = years.len() > MAX_PERIODS;
    let all: usize = years.iter().map(|(_, ties)| ties.len()).sum();
    let mut periods: Vec<Period> = Vec::new();
    let mut before = 0;
    let mut last_share = None;
    for (year, ties) in years {
        let count = ties.len();
        // The share of the ties that have begun by the middle of this year decides on its period.
        let share = (2 * before + count) * MAX_PERIODS / (2 * all).max(1);
        before += count;
        match periods.last_mut() {
            Some(period) if is_joined && last_share == Some(share) => {
                period.last = year;
                period.ties.extend(ties);
            }
            _ => periods.push(Period { first: year, last: year, ties }),
        }
        last_share = Some(share);
    }
    periods
}

#[cfg(test)]
mod tests {
    use super::{MAX_PERIODS, joined};
    use crate::model::TieId;

    fn periods(counts: &[(i64, u32)]) -> Vec<(i64, i64, usize)> {
        let years = counts.iter().map(|&(year, count)| (year, (0..count).map(TieId).collect())).collect();
        joined(years).into_iter().map(|period| (period.first, period.last, period.ties.len())).collect()
    }

    #[test]
    fn few_years_stay_apart() {
        let years: Vec<(i64, u32)> = (2018..2024).map(|year| (year, 100)).collect();
        let apart: Vec<_> = years.iter().map(|&(year, _)| (year, year, 100)).collect();
        assert_eq!((years.len(), periods(&years)), (MAX_PERIODS, apart));
        assert_eq!(periods(&[(2001, 1), (2020, 500)]), [(2001, 2001, 1), (2020, 2020, 500)]);
        assert_eq!(periods(&[]), []);
    }

    #[test]
    fn many_years_are_joined_to_periods_of_similar_weight() {
        let years: Vec<(i64, u32)> = (1990..2020).map(|year| (year, 2)).collect();
        let joined = periods(&years);
        assert_eq!(joined.len(), MAX_PERIODS);
        assert!(joined.iter().all(|&(first, last, ties)| last - first == 4 && ties == 10), "{joined:?}");
        let uneven: Vec<(i64, u32)> = (1000..2000).map(|year| (year, u32::from(year % 7 == 0) * 5 + 1)).collect();
        let joined = periods(&uneven);
        assert!(joined.len() <= MAX_PERIODS && joined[0].0 == 1000, "{joined:?}");
        assert_eq!(joined.last().map(|period| period.1), Some(1999), "nothing is lost");
        // One year with nearly all ties stays a period of its own.
        let heavy: Vec<(i64, u32)> = (2000..2010).map(|year| (year, if year == 2005 { 1000 } else { 1 })).collect();
        assert_eq!(periods(&heavy), [(2000, 2004, 5), (2005, 2005, 1000), (2006, 2009, 4)]);
    }
}
