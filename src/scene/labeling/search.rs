//! Chooses places of names that overlap nothing, as many as possible, the more important first.
//!
//! Large maps are filled greedily. On small ones, a name without room may push others to their next free places, which
//! may push further ones (ejection chains).

use emath::Rect;

use super::candidates::{NamePlace, NameToPlace, Reach, build_candidates};
use super::occupied::Occupied;

/// Number of actors whose names come before all others, and may cover dots.
const IMPORTANT_COUNT: usize = 12;
/// Maximum number of names that are moved to make room for others.
const MAX_MOVED: usize = 150;
/// Additional distances from the dot at which names are tried on small maps, in pixels.
const GAPS: [f32; 4] = [0.0, 7.0, 14.0, 21.0];
/// Maximum length of a chain of names that make room for one another.
const CHAIN: usize = 4;
/// Maximum number of names that a name pushes away directly.
const MAX_PUSHED: usize = 2;
/// Maximum number of places tried to make room for one name.
const MAX_TRIED: usize = 4_000;

/// Returns the place of each name, or `None` where there is no room. Names are given by importance; chosen places are
/// added to what is occupied.
pub(super) fn place_names(
    names: &[NameToPlace],
    most_covered: usize,
    occupied: &mut Occupied,
) -> Vec<Option<NamePlace>> {
    let reach =
        |at: usize, gaps| Reach { most_covered: if at < IMPORTANT_COUNT { usize::MAX } else { most_covered }, gaps };
    let places = if names.len() <= MAX_MOVED {
        let candidates = names.iter().enumerate();
        let candidates = candidates.map(|(at, name)| build_candidates(name, reach(at, &GAPS), occupied)).collect();
        let dots = names.iter().map(NameToPlace::dot).collect();
        Search { candidates, dots, chosen: vec![None; names.len()], tried: 0 }.run()
    } else {
        let mut places = Vec::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            let place = build_candidates(name, reach(at, &GAPS[..1]), occupied).first().copied();
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

struct Search {
    /// Places of each name, the best first.
    candidates: Vec<Vec<NamePlace>>,
    /// The area of each dot.
    dots: Vec<Rect>,
    /// Index of the chosen candidate of each name.
    chosen: Vec<Option<usize>>,
    tried: usize,
}

impl Search {
    fn run(mut self) -> Vec<Option<NamePlace>> {
        for at in 0..self.candidates.len() {
            self.tried = 0;
            let mut moved = vec![at];
            if !self.choose_free(at) {
                self.make_room(at, CHAIN, &mut moved);
            }
        }
        (0..self.candidates.len()).map(|at| self.chosen[at].map(|index| self.candidates[at][index])).collect()
    }

    /// Chooses the best place over no other name.
    fn choose_free(&mut self, at: usize) -> bool {
        self.chosen[at] = (0..self.candidates[at].len()).find(|&index| self.blockers(at, index).is_empty());
        self.chosen[at].is_some()
    }

    /// Chooses a place for a name whose blockers can be moved; leaves everything unchanged if there is none.
    fn make_room(&mut self, at: usize, depth: usize, moved: &mut Vec<usize>) -> bool {
        for index in 0..self.candidates[at].len() {
            self.tried += 1;
            let blockers = self.blockers(at, index);
            let is_fixed = blockers.iter().any(|blocker| moved.contains(blocker));
            if self.tried > MAX_TRIED || is_fixed || blockers.len() > MAX_PUSHED || (depth == 0 && !blockers.is_empty())
            {
                continue;
            }
            let before = self.chosen.clone();
            let count = moved.len();
            self.chosen[at] = Some(index);
            for &blocker in &blockers {
                self.chosen[blocker] = None;
            }
            moved.extend(&blockers);
            let mut has_room = true;
            for blocker in blockers {
                has_room &= self.choose_free(blocker) || (depth > 0 && self.make_room(blocker, depth - 1, moved));
            }
            if has_room {
                return true;
            }
            self.chosen = before;
            moved.truncate(count);
        }
        false
    }

    /// Returns the names whose chosen places, or dots, overlap a candidate.
    fn blockers(&self, at: usize, index: usize) -> Vec<usize> {
        let place = self.candidates[at][index];
        let overlaps = |other: usize| {
            let Some(theirs) = self.chosen[other] else { return false };
            let theirs = self.candidates[other][theirs];
            // The dots of names in boxes are not drawn.
            let covers = |place: NamePlace, of: NamePlace, dot: usize| {
                matches!(of, NamePlace::Beside(_)) && place.taken().intersects(self.dots[dot])
            };
            place.taken().intersects(theirs.taken()) || covers(place, theirs, other) || covers(theirs, place, at)
        };
        (0..self.chosen.len()).filter(|&other| other != at && overlaps(other)).collect()
    }
}
