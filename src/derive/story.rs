//! Draws the steps of a story: every step is a part of one layout, so nothing moves between them but the camera.

use std::collections::BTreeSet;
use std::sync::Arc;

use emath::Rect;

use super::LayoutInput;
use crate::document::{Document, Look};
use crate::layout::Layout;
use crate::model::{ActorId, Item, ResolvedStep, StepCamera, StoryStep, TieId, resolve_step};
use crate::scene::{self, Overview, Part, Plan, Scene, Theme};
use crate::text::Fonts;

/// Returns the document to lay out for a story: the view without its date if a step has one of its own, so that all
/// dates share one layout.
#[must_use]
pub fn story_document(document: &Document) -> Document {
    let has_dates = document.steps().iter().any(|step| step.as_of.is_some());
    if !has_dates || document.look.filter.as_of.is_none() {
        return document.clone();
    }
    let mut look = Look::clone(&document.look);
    look.filter.as_of = None;
    document.with_look(Arc::new(look))
}

/// The layout that all steps of a story share.
#[derive(Clone, Copy)]
pub struct StoryLayout<'a> {
    /// The document as it is; its view says what steps must not show, and the date of steps that have none.
    pub document: &'a Document,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The input of the layout, of [`story_document`].
    pub input: &'a LayoutInput,
    /// The layout; one with centers alone is completed for each step.
    pub layout: &'a Layout,
    /// The bounds of the whole picture, in world units.
    pub whole: Rect,
}

/// The picture of a step in world units, without a page.
#[derive(Clone, Debug)]
pub struct StepPicture {
    /// The document at the date of the step.
    pub document: Document,
    /// What the step shows, measured; at the places of the story's layout.
    pub input: LayoutInput,
    /// The places and routes of it.
    pub layout: Layout,
    /// The drawn items, those out of focus faded; none if there is an overview.
    pub scene: Scene,
    /// The drawn items, nothing faded, for labels to be placed anew.
    pub bright: Scene,
    /// Instead of the scene, if the step shows a large map.
    pub overview: Option<Overview>,
    /// The part of the world that the camera shows.
    pub view: Rect,
}

impl StoryLayout<'_> {
    /// Resolves a step.
    #[must_use]
    pub fn resolve(&self, step: &StoryStep) -> ResolvedStep {
        resolve_step(&self.document.map, &*self.document.look, step)
    }

    /// Draws a step.
    #[must_use]
    pub fn draw(&self, step: &ResolvedStep, theme: &Theme) -> StepPicture {
        let (document, input, mut layout) = self.cut(step);
        let map = &document.map;
        let is_bare = layout.lanes.len() < input.plan.lines.len();
        let overview =
            (is_bare && super::is_large(&input)).then(|| super::build_overview(map, &input, &layout.centers, None));
        let scene = if overview.is_some() {
            Scene { items: Vec::new(), bounds: self.whole, background: theme.background }
        } else {
            if is_bare {
                layout = super::route(&input, &layout.centers);
            }
            scene::build_scene(map, &input.plan, &layout, theme)
        };
        let view = match step.camera {
            StepCamera::Shown if scene.bounds.is_positive() => scene.bounds,
            StepCamera::All | StepCamera::Shown => self.whole,
            StepCamera::At(rect) => scene.around_whole_parts(rect, rect.size()),
        };
        let bright = scene;
        let scene = match step.focus {
            Some(_) => bright.faded(|part| is_part_in_focus(step, &input.plan, part)),
            None => bright.clone(),
        };
        StepPicture { document, input, layout, scene, bright, overview, view }
    }

    /// Returns the document, input and layout of what a step shows.
    #[must_use]
    pub fn cut(&self, step: &ResolvedStep) -> (Document, LayoutInput, Layout) {
        let actors: BTreeSet<ActorId> = step.shown.actors().collect();
        let ties: BTreeSet<TieId> = step.shown.ties().collect();
        let plan = &self.input.plan;
        let is_whole = plan.cards.iter().all(|card| actors.contains(&card.actor)) && plan.ties().is_subset(&ties);
        let (mut input, mut layout) = if is_whole {
            (self.input.clone(), self.layout.clone())
        } else {
            self.input.excerpt((self.document, self.fonts), self.layout, &actors, &ties)
        };
        let map = match &step.as_of {
            Some(time) if self.document.map.meta().as_of.as_ref() != Some(time) => {
                Arc::new(self.document.map.as_of(time.clone()))
            }
            _ => Arc::clone(&self.document.map),
        };
        input.plan.set_date((&map, self.fonts), &mut layout, step.as_of.as_ref());
        (self.document.with_parts(map, Arc::clone(&self.document.look)), input, layout)
    }
}

/// Returns whether a part of a step's picture is in focus. Headings belong to what is below them.
#[must_use]
pub fn is_part_in_focus(step: &ResolvedStep, plan: &Plan, part: Part) -> bool {
    match part {
        Part::Card(actor) => step.is_in_focus(Item::Actor(actor)),
        Part::Lane(tie) | Part::Pill(tie) | Part::Role(tie, _) => step.is_in_focus(Item::Tie(tie)),
        Part::Ribbon(lead) | Part::RibbonPill(lead) => {
            let ties = plan.ribbons.get(lead).into_iter().flat_map(|summary| &summary.ties);
            ties.into_iter().any(|&tie| step.is_in_focus(Item::Tie(tie)))
        }
        Part::Heading(_) | Part::Title | Part::Legend | Part::Sources | Part::Source(_) => true,
        Part::Note(_) | Part::Area(_) | Part::Ties | Part::Dots => false,
    }
}
