//! Chooses places of names that overlap nothing, as many as possible, the more important first.
//!
//! Large maps are filled greedily. On small ones, a name without room may push others to other places, which may push
//! further ones.

use emath::Rect;

use super::candidates::{CandidateLimits, NamePlace, NameToPlace, build_candidates};
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
const MAX_MOVES: usize = 400;
/// The same for all names together.
const MAX_MOVES_IN_ALL: usize = 10_000;
/// Number of moves before a name may return to a place that it left, for each attempt.
const TABU: [usize; 3] = [8, 20, 3];

/// Returns the place of each name, or `None` where there is no room. Names are given by importance; chosen places are
/// added to what is occupied.
pub(super) fn place_names(
    names: &[NameToPlace],
    most_covered: usize,
    occupied: &mut Occupied,
) -> Vec<Option<NamePlace>> {
    let places = if names.len() <= MAX_MOVED {
        let candidates = names.iter().map(|name| build_candidates(name, SMALL_MAP, occupied)).collect();
        let dots = names.iter().map(NameToPlace::dot).collect();
        NameSearch { candidates, dots, chosen: vec![None; names.len()], moves: 0 }.run()
    } else {
        let mut places = Vec::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            let most_covered = if at < IMPORTANT_COUNT { usize::MAX } else { most_covered };
            let place =
                build_candidates(name, CandidateLimits { most_covered, gaps: &GAPS[..1] }, occupied).first().copied();
            if let Some(place) = place {
                occupied.take(place.taken(), name.owner);
                occupied.take(name.dot(), name.owner);
            }
            places.push(place);
        }
        return places;
    };
    for (name, place) in names.iter().zip(&places) {
        occupied.take(name.dot(), name.owner);
        if let Some(place) = place {
            occupied.take(place.taken(), name.owner);
        }
    }
    places
}

struct NameSearch {
    /// Places of each name, the best first.
    candidates: Vec<Vec<NamePlace>>,
    /// The area of each dot.
    dots: Vec<Rect>,
    /// Index of the chosen candidate of each name.
    chosen: Vec<Option<usize>>,
    /// Number of moves made so far, successful or not.
    moves: usize,
}

impl NameSearch {
    fn run(mut self) -> Vec<Option<NamePlace>> {
        for at in 0..self.candidates.len() {
            if !self.choose_free(at) && self.moves < MAX_MOVES_IN_ALL {
                let _ = TABU.iter().any(|&tabu| self.make_room(at, tabu));
            }
        }
        (0..self.candidates.len()).map(|at| self.chosen[at].map(|index| self.candidates[at][index])).collect()
    }

    /// Chooses the best place over no other name.
    fn choose_free(&mut self, at: usize) -> bool {
        self.chosen[at] = (0..self.candidates[at].len()).find(|&index| self.blockers(at, index).next().is_none());
        self.chosen[at].is_some()
    }

    /// Chooses a place for a name and moves others out of its way; leaves everything unchanged if that
    /// fails. `tabu` is the number of moves before a name may return to a place that it left.
    ///
    /// Each step moves one of the names that overlap to the place where it overlaps the least. Names gain weight each
    /// time that they are overlapped, so that those with few places stay and those with many yield (the breakout method
    /// of P. Morris, 1993).
    fn make_room(&mut self, at: usize, tabu: usize) -> bool {
        let before = self.chosen.clone();
        let mut weights = vec![1_u32; self.candidates.len()];
        // Step of the last move of each name and the candidate that it left.
        let mut left: Vec<(usize, Option<usize>)> = vec![(0, None); self.candidates.len()];
        let mut next = Some(at);
        for step in 1..=MAX_MOVES {
            let Some(name) = next else { break };
            self.moves += 1;
            let weigh = |index: usize| -> u32 {
                let overlaps = |other: usize| weights[other] * self.count_overlaps(name, index, other);
                (0..self.chosen.len()).map(overlaps).sum()
            };
            let allowed = (0..self.candidates[name].len()).filter(|&index| {
                Some(index) != self.chosen[name] && (step > left[name].0 + tabu || Some(index) != left[name].1)
            });
            let Some(index) = allowed.min_by_key(|&index| weigh(index)) else { break };
            left[name] = (step, self.chosen[name]);
            self.chosen[name] = Some(index);
            for other in self.blockers(name, index) {
                weights[other] += 1;
            }
            // Of the names that overlap, the one that has not moved for the longest time.
            let overlapping = (0..self.chosen.len())
                .filter(|&other| self.chosen[other].is_some_and(|index| self.blockers(other, index).next().is_some()));
            next = overlapping.min_by_key(|&other| left[other].0);
        }
        if next.is_some() {
            self.chosen = before;
            return false;
        }
        for name in 0..self.chosen.len() {
            if self.chosen[name].is_some() {
                self.choose_free(name);
            }
        }
        true
    }

    /// Returns the names whose chosen places, or dots, overlap a candidate.
    fn blockers(&self, at: usize, index: usize) -> impl Iterator<Item = usize> {
        (0..self.chosen.len()).filter(move |&other| self.count_overlaps(at, index, other) > 0)
    }

    /// Returns in how many ways a candidate and another name overlap: their places, and the place of one and the dot of
    /// the other.
    fn count_overlaps(&self, at: usize, index: usize, other: usize) -> u32 {
        let Some(theirs) = self.chosen[other].filter(|_| other != at) else { return 0 };
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
