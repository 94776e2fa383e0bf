//! Chooses places of names that overlap nothing, as many as possible, the more important first.
//!
//! Large maps are filled greedily. On small ones, a name without room may push others to other places, which may push
//! further ones.

use emath::Rect;

use super::name_places::{CandidateLimits, NamePlace, NameToPlace, build_candidates};
use super::occupied::Occupied;

/// On small maps, the dots of all names that have a place stay free anyway.
const SMALL_MAP: CandidateLimits<'_> = CandidateLimits { most_covered: usize::MAX, gaps: &GAPS };
/// Number of actors whose names may cover dots on any map.
const IMPORTANT_COUNT: usize = 12;
/// Maximum number of names that are moved to make room for others.
const MAX_MOVED: usize = 150;
/// Additional distances from the dot at which names are tried on small maps, in pixels.
const GAPS: [f32; 5] = [0.0, 7.0, 14.0, 21.0, 28.0];
/// Maximum number of moves to make room for one name, for each attempt.
const MAX_MOVES: usize = 300;
/// Maximum number of comparisons of two places to make room, for all names together. Names are placed anew in each
/// frame of a zoom, and these take some 10 ms.
const MAX_COMPARISONS: usize = 1_500_000;
/// Number of moves before a name may return to a place that it left, for each attempt.
const TABU: [usize; 3] = [8, 20, 3];

/// Returns the place of each name, or `None` where there is no room. Names are given by importance; chosen places are
/// added to what is occupied.
pub(super) fn place_names(
    names: &[NameToPlace],
    most_covered: usize,
    occupied: &mut Occupied,
) -> Vec<Option<NamePlace>> {
    if names.len() > MAX_MOVED {
        return names
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let most_covered = if at < IMPORTANT_COUNT { usize::MAX } else { most_covered };
                let limits = CandidateLimits { most_covered, gaps: &GAPS[..1] };
                let place = build_candidates(name, limits, occupied).first().copied()?;
                occupied.take(place.taken(), name.owner);
                occupied.take(name.dot(), name.owner);
                Some(place)
            })
            .collect();
    }
    let candidates = names.iter().map(|name| build_candidates(name, SMALL_MAP, occupied)).collect();
    let places = NameSearch::new(candidates, names.iter().map(NameToPlace::dot).collect()).run();
    for (name, place) in names.iter().zip(&places) {
        occupied.take(name.dot(), name.owner);
        if let Some(place) = place {
            occupied.take(place.taken(), name.owner);
        }
    }
    places
}

/// The search for places of all names together.
struct NameSearch {
    /// Places of each name, the best first.
    candidates: Vec<Vec<NamePlace>>,
    /// The area of each dot.
    dots: Vec<Rect>,
    /// For each name, the others that it can overlap.
    neighbors: Vec<Vec<usize>>,
    /// Index of the chosen candidate of each name.
    chosen: Vec<Option<usize>>,
    /// Number of comparisons of two places so far to make room.
    comparisons: usize,
}

impl NameSearch {
    fn new(candidates: Vec<Vec<NamePlace>>, dots: Vec<Rect>) -> Self {
        let reach =
            |(places, dot): (&Vec<NamePlace>, &Rect)| places.iter().fold(*dot, |all, place| all | place.taken());
        let reach: Vec<Rect> = candidates.iter().zip(&dots).map(reach).collect();
        let near =
            |at: usize| (0..reach.len()).filter(|&other| other != at && reach[at].intersects(reach[other])).collect();
        let neighbors = (0..reach.len()).map(near).collect();
        Self { chosen: vec![None; candidates.len()], candidates, dots, neighbors, comparisons: 0 }
    }

    fn run(mut self) -> Vec<Option<NamePlace>> {
        for at in 0..self.candidates.len() {
            if self.choose_free(at) {
                continue;
            }
            for tabu in TABU {
                if self.comparisons >= MAX_COMPARISONS || self.make_room(at, tabu) {
                    break;
                }
            }
        }
        (0..self.candidates.len()).map(|at| self.chosen[at].map(|index| self.candidates[at][index])).collect()
    }

    /// Chooses the best place over no other name.
    fn choose_free(&mut self, at: usize) -> bool {
        self.chosen[at] = (0..self.candidates[at].len()).find(|&index| !self.overlaps_any(at, index));
        self.chosen[at].is_some()
    }

    /// Chooses a place for a name and moves others out of its way; leaves everything unchanged if that fails. `tabu` is
    /// the number of moves before a name may return to a place that it left.
    ///
    /// Each step moves one of the names that overlap to the place where it overlaps the least. Names gain weight each
    /// time that they are overlapped, so that those with few places stay and those with many yield (the breakout method
    /// of P. Morris, 1993).
    fn make_room(&mut self, at: usize, tabu: usize) -> bool {
        let before = self.chosen.clone();
        let mut weights = vec![1_u32; self.candidates.len()];
        // Step of the last move of each name, and the candidate that it left.
        let mut left: Vec<(usize, Option<usize>)> = vec![(0, None); self.candidates.len()];
        let mut overlapping = vec![false; self.candidates.len()];
        let mut next = Some(at);
        for step in 1..=MAX_MOVES {
            let Some(name) = next.filter(|_| self.comparisons < MAX_COMPARISONS) else { break };
            let may_go_to = |index: usize| {
                Some(index) != self.chosen[name] && (step > left[name].0 + tabu || Some(index) != left[name].1)
            };
            let Some(index) = self.least_overlapping(name, &weights, may_go_to) else { break };
            left[name] = (step, self.chosen[name]);
            self.chosen[name] = Some(index);
            for &other in &self.neighbors[name] {
                weights[other] += u32::from(self.count_overlaps(name, index, other) > 0);
                overlapping[other] = self.chosen[other].is_some_and(|index| self.overlaps_any(other, index));
            }
            overlapping[name] = self.overlaps_any(name, index);
            let placed = self.neighbors[name].iter().filter(|&&other| self.chosen[other].is_some()).count();
            self.comparisons += placed * (self.candidates[name].len() + placed);
            // Of the names that overlap, the one that has not moved for the longest time.
            next = (0..overlapping.len()).filter(|&other| overlapping[other]).min_by_key(|&other| left[other].0);
        }
        if next.is_some() {
            self.chosen = before;
            return false;
        }
        // Those that moved keep a place, a better one if it is free, and may have left room for one that had none.
        for name in 0..=at {
            self.choose_free(name);
        }
        true
    }

    /// Returns the candidate of a name with the least weight of overlaps, the best of several.
    fn least_overlapping(&self, name: usize, weights: &[u32], may_go_to: impl Fn(usize) -> bool) -> Option<usize> {
        let weigh = |index: usize| -> u32 {
            let overlaps = |other: usize| weights[other] * self.count_overlaps(name, index, other);
            self.neighbors[name].iter().copied().map(overlaps).sum()
        };
        (0..self.candidates[name].len()).filter(|&index| may_go_to(index)).min_by_key(|&index| weigh(index))
    }

    /// Returns whether a candidate overlaps the chosen place or the dot of another name.
    fn overlaps_any(&self, at: usize, index: usize) -> bool {
        self.neighbors[at].iter().any(|&other| self.count_overlaps(at, index, other) > 0)
    }

    /// Returns in how many ways a candidate and another name overlap: their places, and the place of one and the dot of
    /// the other.
    fn count_overlaps(&self, at: usize, index: usize, other: usize) -> u32 {
        let Some(theirs) = self.chosen[other] else { return 0 };
        let (place, theirs) = (self.candidates[at][index], self.candidates[other][theirs]);
        // The dots of names in boxes are not drawn.
        let covers = |place: NamePlace, of: NamePlace, dot: usize| {
            matches!(of, NamePlace::Beside(_)) && place.taken().intersects(self.dots[dot])
        };
        u32::from(place.taken().intersects(theirs.taken()))
            + u32::from(covers(place, theirs, other))
            + u32::from(covers(theirs, place, at))
    }
}

#[cfg(test)]
mod tests {
    use emath::{Rect, pos2, vec2};

    use super::{MAX_COMPARISONS, MAX_MOVED, NameSearch, SMALL_MAP, build_candidates, place_names};
    use crate::scene::labeling::name_places::{NamePlace, NameToPlace};
    use crate::scene::labeling::occupied::Occupied;

    fn name(owner: u32, x: f32, y: f32) -> NameToPlace {
        let (card, text) = (vec2(20.0, 8.0), vec2(60.0, 13.0));
        NameToPlace { owner, center: pos2(x, y), card, text, icon: 11.0, radius: 4.0 }
    }

    /// Returns names at random places of a room, which hold more names the larger `side` is.
    fn scattered(count: usize, side: f32, seed: u64) -> (Vec<NameToPlace>, Rect) {
        let mut state = seed;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1_u64 << 24) as f32 * side
        };
        let names = (0..count as u32).map(|owner| name(owner, random(), random())).collect();
        (names, Rect::from_min_size(pos2(0.0, 0.0), vec2(side, side)))
    }

    fn placed(names: &[NameToPlace], room: Rect) -> Vec<Option<NamePlace>> {
        let mut occupied = Occupied::new(room);
        occupied.set_dots(names.iter().map(|name| (name.center, name.owner)));
        place_names(names, usize::MAX, &mut occupied)
    }

    #[test]
    fn names_never_overlap_each_other_or_the_dots_of_others() {
        for seed in 0..6 {
            let (names, room) = scattered(40, 260.0, seed);
            let places = placed(&names, room);
            let count = places.iter().flatten().count();
            assert!(count >= 20, "only {count} names at seed {seed}");
            for (at, place) in places.iter().enumerate() {
                let Some(place) = place else { continue };
                assert!(room.contains_rect(place.taken().expand(-1.5)), "{place:?} leaves the room");
                for (other, theirs) in places.iter().enumerate().filter(|(other, _)| *other != at) {
                    let Some(theirs) = theirs else { continue };
                    assert!(!place.taken().expand(-1.0).intersects(theirs.taken().expand(-1.0)), "seed {seed}");
                    let has_dot = matches!(theirs, NamePlace::Beside(_));
                    assert!(!has_dot || !place.taken().intersects(names[other].dot()), "a covered dot at seed {seed}");
                }
            }
        }
    }

    #[test]
    fn more_names_find_room_than_one_after_the_other() {
        let (mut together, mut in_turn) = (0, 0);
        for seed in 0..6 {
            let (names, room) = scattered(40, 260.0, seed);
            together += placed(&names, room).iter().flatten().count();
            let mut occupied = Occupied::new(room);
            occupied.set_dots(names.iter().map(|name| (name.center, name.owner)));
            let candidates = names.iter().map(|name| build_candidates(name, SMALL_MAP, &occupied)).collect();
            let mut search = NameSearch::new(candidates, names.iter().map(NameToPlace::dot).collect());
            in_turn += (0..names.len()).filter(|&at| search.choose_free(at)).count();
        }
        assert!(together * 100 > in_turn * 110, "{together} names together, {in_turn} in turn");
    }

    #[test]
    fn no_name_makes_room_for_a_less_important_one() {
        for seed in 0..6 {
            let (names, room) = scattered(40, 240.0, seed);
            let mut occupied = Occupied::new(room);
            occupied.set_dots(names.iter().map(|name| (name.center, name.owner)));
            let run = |count: usize| {
                let names = &names[..count];
                let candidates = names.iter().map(|name| build_candidates(name, SMALL_MAP, &occupied)).collect();
                NameSearch::new(candidates, names.iter().map(NameToPlace::dot).collect()).run()
            };
            let (first, all) = (run(20), run(40));
            let lost = first.iter().zip(&all).filter(|(first, all)| first.is_some() && all.is_none()).count();
            assert_eq!(lost, 0, "at seed {seed}");
        }
    }

    #[test]
    fn no_name_is_left_out_that_has_room_in_the_end() {
        for (count, side, seed) in (0..4).flat_map(|seed| [(25, 180.0, seed), (40, 240.0, seed), (60, 250.0, seed)]) {
            let (names, room) = scattered(count, side, seed);
            let mut occupied = Occupied::new(room);
            occupied.set_dots(names.iter().map(|name| (name.center, name.owner)));
            let candidates: Vec<_> = names.iter().map(|name| build_candidates(name, SMALL_MAP, &occupied)).collect();
            let places = place_names(&names, usize::MAX, &mut occupied);
            for (at, _) in places.iter().enumerate().filter(|(_, place)| place.is_none()) {
                for candidate in &candidates[at] {
                    let blocks = |(other, theirs): (usize, &Option<NamePlace>)| {
                        let Some(theirs) = theirs else { return false };
                        let dot = matches!(theirs, NamePlace::Beside(_)).then(|| names[other].dot());
                        let own_dot = matches!(candidate, NamePlace::Beside(_)).then(|| names[at].dot());
                        candidate.taken().intersects(theirs.taken())
                            || dot.is_some_and(|dot| candidate.taken().intersects(dot))
                            || own_dot.is_some_and(|dot| theirs.taken().intersects(dot))
                    };
                    assert!(places.iter().enumerate().any(blocks), "{candidate:?} of {at} is free at seed {seed}");
                }
            }
        }
    }

    #[test]
    fn the_work_is_bounded_where_most_names_have_no_room() {
        let (names, room) = scattered(MAX_MOVED, 200.0, 1);
        let mut occupied = Occupied::new(room);
        occupied.set_dots(names.iter().map(|name| (name.center, name.owner)));
        let candidates = names.iter().map(|name| build_candidates(name, SMALL_MAP, &occupied)).collect();
        let mut search = NameSearch::new(candidates, names.iter().map(NameToPlace::dot).collect());
        let mut attempts = 0;
        for at in 0..names.len() {
            if !search.choose_free(at) && search.comparisons < MAX_COMPARISONS {
                search.make_room(at, 8);
                attempts += 1;
            }
        }
        assert!(attempts > 2, "the test has names without room");
        // The last move may exceed the limit.
        assert!(search.comparisons < MAX_COMPARISONS + 2 * MAX_MOVED * MAX_MOVED * 2, "{}", search.comparisons);
    }
}
