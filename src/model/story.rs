//! What a step of a story shows: its references resolved against the map and what its view lets through.
//!
//! A step is an absolute state, not a difference to the one before. It never shows what its view hides by hand, by
//! filter or by exploring; only its date replaces that of the view.

mod problem;

pub use problem::{StoryFault, StoryProblem, story_problems};

use std::collections::BTreeSet;

use emath::{Rect, Vec2, pos2, vec2};

use super::{
    ActorId, ClaimId, Date, Ends, Filter, Item, Map, Shown, SourceId, StoryCamera, StoryStep, TieId, Visibility,
};

/// Size of the canvas, in pixels, to which the zoom of a camera refers.
const CANVAS: Vec2 = vec2(960.0, 720.0);
/// Zooms of a camera that are applied; others count as the nearest of these.
const ZOOMS: std::ops::RangeInclusive<f64> = 0.001..=100.0;
/// Largest distance of a camera from the origin, in world units.
const FARTHEST: f64 = 1e7;

/// A step of a story, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedStep {
    /// The actors and ties to draw.
    pub shown: Shown,
    /// Those of them that are in focus, while all others are faded; `None` if nothing is faded.
    pub focus: Option<Shown>,
    /// The date of the step, else that of the view.
    pub as_of: Option<Date>,
    /// The visible part of the map.
    pub camera: StepCamera,
}

impl ResolvedStep {
    /// Returns whether this actor or tie is drawn in full color; `false` if it is not drawn at all.
    #[must_use]
    pub fn is_in_focus(&self, item: Item) -> bool {
        let bright = self.focus.as_ref().unwrap_or(&self.shown);
        match item {
            Item::Actor(actor) => bright.has_actor(actor),
            Item::Tie(tie) => bright.has_tie(tie),
            Item::Fact(_) | Item::Source(_) => false,
        }
    }
}

/// The visible part of the map in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StepCamera {
    /// The whole map as the view shows it, at the same place in every step.
    All,
    /// What the step shows.
    Shown,
    /// At least this rectangle, in world units.
    At(Rect),
}

impl StoryCamera {
    /// Returns the camera that shows a rectangle of the world.
    #[must_use]
    pub fn of_rect(rect: Rect) -> Self {
        let size = rect.size().max(Vec2::splat(1e-3));
        let zoom = (CANVAS.x / size.x).min(CANVAS.y / size.y);
        let tidy = |number: f32, scale: f64| (f64::from(number) * scale).round() / scale;
        Self::At { x: tidy(rect.center().x, 10.0), y: tidy(rect.center().y, 10.0), zoom: tidy(zoom, 10_000.0) }
    }

    /// Returns the camera with sound numbers; everything that can't be understood shows the whole map.
    fn resolved(&self) -> StepCamera {
        match *self {
            Self::Shown => StepCamera::Shown,
            Self::At { x, y, zoom } if x.is_finite() && y.is_finite() && zoom > 0.0 => {
                let place = |number: f64| number.clamp(-FARTHEST, FARTHEST) as f32;
                let zoom = zoom.clamp(*ZOOMS.start(), *ZOOMS.end()) as f32;
                StepCamera::At(Rect::from_center_size(pos2(place(x), place(y)), CANVAS / zoom))
            }
            Self::All | Self::Other(_) | Self::At { .. } => StepCamera::All,
        }
    }
}

/// A view with another date.
struct AtDate<'a, V> {
    view: &'a V,
    filter: Filter,
}

impl<V: Visibility> Visibility for AtDate<'_, V> {
    fn hides_actor(&self, actor: ActorId) -> bool {
        self.view.hides_actor(actor)
    }

    fn hides_tie(&self, tie: TieId) -> bool {
        self.view.hides_tie(tie)
    }

    fn filter(&self) -> &Filter {
        &self.filter
    }

    fn explored(&self) -> Option<impl Iterator<Item = ActorId>> {
        self.view.explored()
    }
}

/// Resolves a step against its map and view.
#[must_use]
pub fn resolve_step(map: &Map, view: &impl Visibility, step: &StoryStep) -> ResolvedStep {
    let as_of = step.as_of.clone().or_else(|| view.filter().as_of.clone());
    let view = AtDate { view, filter: Filter { as_of: as_of.clone(), ..view.filter().clone() } };
    let visible = Shown::new(map, &view);
    let shown = match &step.show {
        None => visible,
        Some(items) => among(map, items, &visible),
    };
    let focus = Some(among(map, &step.focus, &shown)).filter(|focus| focus.actors().next().is_some());
    ResolvedStep { shown, focus, as_of, camera: step.camera.resolved() }
}

/// Returns what records stand for, as far as it is visible: actors with the ties among them, ties with their ends, the
/// subjects of facts, and the claims that sources prove.
fn among(map: &Map, items: &[Item], visible: &Shown) -> Shown {
    let (mut actors, mut ties) = (BTreeSet::new(), BTreeSet::new());
    for &item in items.iter().filter(|item| map.has(**item)) {
        match item {
            Item::Actor(actor) => _ = actors.insert(actor),
            Item::Tie(tie) => _ = ties.insert(tie),
            Item::Fact(fact) => _ = actors.insert(map.fact(fact).actor),
            Item::Source(source) => ties.extend(ties_of_source(map, source)),
        }
    }
    actors.retain(|&actor| visible.has_actor(actor));
    ties.retain(|&tie| visible.has_tie(tie));
    let (mut actors, mut ties) = spread(map, &actors, &ties);
    actors.retain(|&actor| visible.has_actor(actor));
    ties.retain(|&tie| visible.has_tie(tie));
    Shown::only(map, &actors, &ties)
}

/// Iterates over the ties that a source is cited for.
fn ties_of_source(map: &Map, source: SourceId) -> impl Iterator<Item = TieId> + '_ {
    map.claims_of(source).iter().filter_map(|claim| match claim {
        ClaimId::Tie(tie) => Some(*tie),
        ClaimId::Fact(_) => None,
    })
}

/// Returns these actors with the ends of these ties, and these ties with those between these actors.
#[must_use]
pub fn spread(map: &Map, actors: &BTreeSet<ActorId>, ties: &BTreeSet<TieId>) -> (BTreeSet<ActorId>, BTreeSet<TieId>) {
    let ends = ties.iter().flat_map(|&tie| map.tie(tie).ends.actors());
    let with_ends = actors.iter().copied().chain(ends).collect();
    let own = actors.iter().flat_map(|&actor| map.ties_of(actor)).copied();
    let between: BTreeSet<TieId> = own.filter(|&tie| lies_between(map, tie, actors)).collect();
    (with_ends, ties.iter().copied().chain(between).collect())
}

/// Returns whether a tie connects these actors: both its ends are among them, or at least two of its parties.
fn lies_between(map: &Map, tie: TieId, actors: &BTreeSet<ActorId>) -> bool {
    let ends = &map.tie(tie).ends;
    let count = ends.actors().iter().filter(|actor| actors.contains(actor)).count();
    match ends {
        Ends::Pair { from, to } => count == if from == to { 1 } else { 2 },
        Ends::Parties(_) => count >= 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{self, AGREEMENT, ALDER, BIRCH, CEDAR, DANA, INVESTS, LENDS, RETRACTED, RIVAL, SHARES};
    use crate::model::{View, ViewVisibility};

    fn resolved(view: &View, step: &StoryStep) -> ResolvedStep {
        resolve_step(&fixture::map(), &ViewVisibility::new(view), step)
    }

    fn actors(shown: &Shown) -> Vec<ActorId> {
        shown.actors().collect()
    }

    fn ties(shown: &Shown) -> Vec<TieId> {
        shown.ties().collect()
    }

    #[test]
    fn actors_bring_the_ties_among_them_and_ties_their_ends() {
        let all = resolved(&View::default(), &StoryStep::default());
        assert_eq!(all.shown, Shown::new(&fixture::map(), &ViewVisibility::new(&View::default())));
        assert_eq!((all.focus, all.camera), (None, StepCamera::All));
        let step = |items: Vec<Item>| StoryStep { show: Some(items), ..StoryStep::default() };
        let pair = resolved(&View::default(), &step(vec![Item::Actor(ALDER), Item::Actor(BIRCH)]));
        assert_eq!(actors(&pair.shown), [ALDER, BIRCH]);
        assert!([INVESTS, SHARES, AGREEMENT].iter().all(|&tie| pair.shown.has_tie(tie)), "{:?}", ties(&pair.shown));
        assert!(!pair.shown.has_tie(LENDS));
        let tie = resolved(&View::default(), &step(vec![Item::Tie(LENDS)]));
        assert_eq!((actors(&tie.shown), ties(&tie.shown)), (vec![BIRCH, CEDAR], vec![LENDS]), "without its rival");
        let nothing = resolved(&View::default(), &step(Vec::new()));
        assert_eq!((actors(&nothing.shown), ties(&nothing.shown)), (vec![], vec![]));
    }

    #[test]
    fn a_step_never_shows_what_its_view_hides() {
        let items = vec![Item::Actor(BIRCH), Item::Actor(CEDAR), Item::Tie(RETRACTED), Item::Tie(INVESTS)];
        let step = StoryStep { show: Some(items.clone()), focus: items, ..StoryStep::default() };
        let open = resolved(&View::default(), &step);
        assert!(open.shown.has_tie(INVESTS) && open.shown.has_tie(LENDS) && open.shown.has_tie(RIVAL));
        assert!(!open.shown.has_tie(RETRACTED), "hidden by the default filter");
        let view = View { hidden: vec![ALDER], hidden_ties: vec![LENDS], ..View::default() };
        let closed = resolved(&view, &step);
        assert_eq!((actors(&closed.shown), closed.shown.has_tie(LENDS)), (vec![BIRCH, CEDAR], false));
        assert_eq!(closed.focus.map(|focus| (actors(&focus), focus.has_tie(LENDS))), Some((vec![BIRCH, CEDAR], false)));
        let explored = View { shown: Some(vec![ALDER]), ..View::default() };
        assert_eq!(actors(&resolved(&explored, &step).shown), [], "Alder alone is explored, and the step shows others");
    }

    #[test]
    fn a_focus_that_is_not_shown_fades_nothing() {
        let step = |focus: Vec<Item>| StoryStep {
            show: Some(vec![Item::Actor(ALDER), Item::Actor(BIRCH)]),
            focus,
            ..StoryStep::default()
        };
        let some = resolved(&View::default(), &step(vec![Item::Tie(INVESTS), Item::Actor(DANA)]));
        assert_eq!(
            some.focus.as_ref().map(|focus| (actors(focus), ties(focus))),
            Some((vec![ALDER, BIRCH], vec![INVESTS]))
        );
        assert!(some.is_in_focus(Item::Tie(INVESTS)) && !some.is_in_focus(Item::Tie(SHARES)));
        let none = resolved(&View::default(), &step(vec![Item::Actor(DANA)]));
        assert!(none.focus.is_none() && none.is_in_focus(Item::Tie(SHARES)) && !none.is_in_focus(Item::Actor(DANA)));
    }

    #[test]
    fn the_date_of_a_step_replaces_that_of_the_view() {
        let mut parts = fixture::parts();
        parts.ties[INVESTS.index()].claim.start = fixture::date("2019");
        parts.ties[INVESTS.index()].claim.end = fixture::date("2020");
        let map = Map::new(parts).expect("a sound map");
        let view = View { filter: Filter { as_of: fixture::date("2024"), ..Filter::default() }, ..View::default() };
        let at = |as_of| resolve_step(&map, &ViewVisibility::new(&view), &StoryStep { as_of, ..StoryStep::default() });
        assert!(at(fixture::date("2019")).shown.has_tie(INVESTS));
        assert!(!at(None).shown.has_tie(INVESTS));
        assert_eq!(at(None).as_of, fixture::date("2024"));
    }

    #[test]
    fn cameras_have_sound_numbers() {
        let rect = Rect::from_center_size(pos2(100.0, -40.0), vec2(480.0, 360.0));
        assert_eq!(StoryCamera::of_rect(rect), StoryCamera::At { x: 100.0, y: -40.0, zoom: 2.0 });
        assert_eq!(StoryCamera::of_rect(rect).resolved(), StepCamera::At(rect));
        let at = |x, y, zoom| StoryCamera::At { x, y, zoom }.resolved();
        for bad in [at(f64::NAN, 0.0, 1.0), at(0.0, f64::INFINITY, 1.0), at(0.0, 0.0, 0.0), at(0.0, 0.0, -1.0)] {
            assert_eq!(bad, StepCamera::All);
        }
        for wild in [at(1e300, -1e300, 1e300), at(0.0, 0.0, 1e-300)] {
            assert!(matches!(wild, StepCamera::At(rect) if rect.is_finite() && rect.is_positive()), "{wild:?}");
        }
    }
}
