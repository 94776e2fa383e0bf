//! Laying out again without loss: the current places compete with the new ones, by the score of [`quality`].

use crate::layout::quality::measure;
use crate::layout::{Layout, Progress, Request, route_and_label};
use crate::model::Placed;

use super::{LayoutInput, Picture, lay_out};

/// Up to this many lines, readability is compared. Larger maps are laid out without a search, and measuring them would
/// take about as long as that.
const MAX_COMPARED: usize = 2_000;

/// A finished picture that a new layout of the same records has to beat.
#[derive(Clone, Debug)]
pub struct Incumbent {
    request: Request,
    layout: Layout,
    places: Vec<Placed>,
}

/// The result of laying out again.
#[derive(Clone, Debug, PartialEq)]
pub struct Improved {
    /// The layout: a more readable one, or one with the current places.
    pub layout: Layout,
    /// Whether the current places were kept, because the search found nothing more readable.
    pub is_kept: bool,
}

impl Incumbent {
    /// Returns the incumbent for a picture as it is drawn.
    #[must_use]
    pub fn of(picture: &Picture) -> Self {
        let input = picture.input();
        Self { request: input.request.clone(), layout: picture.layout().clone(), places: input.places() }
    }

    /// Returns whether both show the same cards and lines, so that their readability can be compared.
    fn is_comparable(&self, input: &LayoutInput) -> bool {
        let (was, is) = (&self.request, &input.request);
        let nodes = was.nodes.iter().zip(&is.nodes);
        is.edges.len() <= MAX_COMPARED
            && self.places == input.places()
            && was.edges.len() == is.edges.len()
            && nodes
                .zip(&self.layout.centers)
                .all(|((was, is), center)| was.size == is.size && is.fixed.is_none_or(|fixed| fixed == *center))
            && was
                .edges
                .iter()
                .zip(&is.edges)
                .all(|(was, is)| (was.from, was.to, was.label, was.arrow) == (is.from, is.to, is.label, is.arrow))
    }
}

/// Lays out an input again, keeping the places of `current` unless the new ones are more readable. Only compares
/// pictures of the same cards and lines. `None` if canceled.
#[must_use]
pub fn lay_out_better(input: &LayoutInput, current: &Incumbent, progress: &dyn Progress) -> Option<Improved> {
    let found = lay_out(input, progress)?;
    if !current.is_comparable(input) {
        return Some(Improved { layout: found, is_kept: false });
    }
    // Bends set by hand are part of the current picture, but not of the new request.
    let request = Request { aspect: input.request.aspect, ..current.request.clone() };
    let is_better = measure(&input.request, &found).score() < measure(&request, &current.layout).score();
    let layout = if is_better { found } else { route_and_label(&input.request, &current.layout.centers) };
    Some(Improved { layout, is_kept: !is_better })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use emath::pos2;

    use super::{Improved, Incumbent, lay_out_better, measure};
    use crate::derive::{LayoutInput, Picture, Work, build_request, lay_out};
    use crate::document::{Command, Document};
    use crate::layout::{Layout, NoProgress, route_and_label};
    use crate::model::{Arrangement, Item, fixture};
    use crate::scene::Theme;
    use crate::text::Fonts;

    fn document(arrangement: Arrangement) -> Document {
        let document = Document::new(Arc::new(fixture::map()), Arc::default());
        document.with(Command::LayOutAgain { arrangement, seed: 1 })
    }

    fn input(document: &Document) -> LayoutInput {
        build_request(document, &Fonts::new(), 1.25)
    }

    fn incumbent(document: &Document, layout: Layout) -> Incumbent {
        let map = Arc::clone(&document.map);
        Incumbent::of(&Picture::new(map, input(document), layout, Theme::light(), &mut Work::default()))
    }

    fn score(input: &LayoutInput, layout: &Layout) -> f64 {
        measure(&input.request, layout).score()
    }

    #[test]
    fn places_that_a_search_can_not_better_are_kept() {
        // The best of many starts, which the single start of the other method does not reach.
        let auto = document(Arrangement::Auto);
        let best = lay_out(&input(&auto), &NoProgress).expect("not canceled");
        let force = input(&document(Arrangement::Force));
        let found = lay_out(&force, &NoProgress).expect("not canceled");
        assert!(score(&force, &found) > score(&force, &best), "the map is too easy for this test");
        let again = lay_out_better(&force, &incumbent(&auto, best.clone()), &NoProgress).expect("not canceled");
        assert!(again.is_kept);
        assert_eq!(again.layout, best);
    }

    #[test]
    fn places_that_a_search_betters_are_replaced() {
        let document = document(Arrangement::Auto);
        let input = input(&document);
        let row: Vec<_> = (0..input.request.nodes.len()).map(|index| pos2(index as f32 * 300.0, 0.0)).collect();
        let row = route_and_label(&input.request, &row);
        let current = incumbent(&document, row.clone());
        let Improved { layout, is_kept } = lay_out_better(&input, &current, &NoProgress).expect("not canceled");
        assert!(!is_kept && score(&input, &layout) < score(&input, &row));
        assert_eq!(Some(&layout), lay_out(&input, &NoProgress).as_ref());
    }

    #[test]
    fn pictures_of_other_records_are_not_compared() {
        let auto = document(Arrangement::Auto);
        let best = lay_out(&input(&auto), &NoProgress).expect("not canceled");
        let current = incumbent(&auto, best);
        let fewer = auto.with(Command::Hide(vec![Item::Actor(fixture::DANA)]));
        let fewer = input(&fewer.with(Command::LayOutAgain { arrangement: Arrangement::Auto, seed: 1 }));
        let found = lay_out_better(&fewer, &current, &NoProgress).expect("not canceled");
        assert!(!found.is_kept);
        assert_eq!(Some(&found.layout), lay_out(&fewer, &NoProgress).as_ref());
    }
}
