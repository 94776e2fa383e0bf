//! The overview as part of the canvas: what the pointer finds, where clicks lead, and what is drawn.

use std::collections::BTreeSet;

use egui::{Painter, Pos2, Rect};

use crate::derive::Work;
use crate::model::{ActorId, Item, Placed};
use crate::scene::Part;

use super::{OverviewHit, OverviewScope};
use crate::app::canvas::camera::Transform;
use crate::app::canvas::drag::Drag;
use crate::app::canvas::highlight::AppliedHighlight;
use crate::app::canvas::input::CanvasInput;
use crate::app::canvas::paint::gpu::FarGpu;
use crate::app::canvas::{Aim, Canvas};

impl Canvas {
    /// Returns the part and the record at a screen position of the overview; `None` for what the map no longer has.
    pub(in crate::app::canvas) fn pick_in_overview(
        &self,
        input: &CanvasInput<'_>,
        transform: Transform,
        pos: Pos2,
    ) -> Option<(Part, Item)> {
        match self.overview.pick(pos, transform)? {
            OverviewHit::Actor(actor) if input.document.map.actors().has(actor) => {
                Some((Part::Card(actor), Item::Actor(actor)))
            }
            OverviewHit::Actor(_) | OverviewHit::Title(_) => None,
        }
    }

    /// Goes to the area whose title was clicked, or into the area that was double-clicked away from dots; returns
    /// whether the click was for an area.
    pub(in crate::app::canvas) fn click_area(&mut self, pos: Pos2, is_double: bool, transform: Transform) -> bool {
        let area = match self.overview.pick(pos, transform) {
            Some(OverviewHit::Title(area)) => Some(area),
            None if is_double => self.overview.area_at(pos, transform),
            _ => None,
        };
        let goal = area.and_then(|area| self.overview.view_of_area(area, self.view));
        self.aim = goal.map(Aim::View).or(self.aim);
        area.is_some()
    }

    /// Brings an area into view.
    pub(crate) fn show_area(&mut self, area: u32) {
        self.aim = Some(Aim::Area(area));
    }

    /// Draws the overview with the selection and what the pointer is over; returns `false` if cards are to be drawn.
    pub(in crate::app::canvas) fn draw_overview(
        &mut self,
        painter: &Painter,
        input: &CanvasInput<'_>,
        transform: Transform,
    ) -> bool {
        let Some(of) = input.labels.filter(|_| self.overview.shown().is_some()) else { return false };
        let actor_of = |item: Item| if let Item::Actor(actor) = item { Some(actor) } else { None };
        let ends = |item: Item| match item {
            Item::Actor(actor) => vec![actor],
            Item::Tie(tie) => input.document.map.tie(tie).ends.actors().into_iter().collect(),
            Item::Fact(_) | Item::Source(_) => Vec::new(),
        };
        let selected: BTreeSet<ActorId> = input.selection.items().flat_map(ends).collect();
        let moved: Vec<(ActorId, Pos2)> = self
            .drag
            .iter()
            .flat_map(Drag::moved)
            .map(|(placed, at)| (placed, at))
            .chain(input.moved)
            .filter_map(|(placed, at)| match placed {
                Placed::Actor(actor) => Some((*actor, *at)),
                Placed::Hub(_) => None,
            })
            .collect();
        let scope = OverviewScope {
            of,
            fonts: self.letters.fonts(),
            letters: &self.letters,
            bright: self.highlight.as_ref().and_then(AppliedHighlight::bright),
            hovered: self.hovered.and_then(actor_of),
            selected: &selected,
            moved: &moved,
        };
        let before = self.overview.counts();
        let uploads = self.overview.uploads();
        let Some(work) = self.overview.draw(painter, transform, &scope) else { return false };
        let is_selection_new = self.elements_of != selected;
        if let Some(map_graph) = &mut self.map_graph
            && (work.has_new_words || is_selection_new || map_graph.elements.is_empty())
        {
            map_graph.elements = self.overview.elements(&selected);
            // While a change is derived, the overview shows what may be gone.
            map_graph.elements.retain(|element| input.document.map.has(element.item));
            self.elements_of.clone_from(&selected);
        }
        // The status line was drawn with the counts before.
        self.has_new_counts |= self.overview.counts() != before;
        self.is_overview_unfinished = work.is_unfinished;
        // What is sent in this frame is counted in the next.
        let uploads = uploads - std::mem::replace(&mut self.uploads, uploads);
        self.work += Work { drawn: work.drawn, walked: work.walked, uploads, ..Work::default() };
        true
    }

    /// Returns the margins that a map seen from afar needs for titles and names around it.
    pub(crate) fn room_for_words(view: Rect) -> Rect {
        view.shrink2(egui::vec2((view.width() * 0.05).min(48.0), (view.height() * 0.05).min(36.0)))
    }

    /// Draws dots and ties of large maps on this adapter from now on.
    pub(crate) fn draw_on(&mut self, gpu: FarGpu) {
        self.overview.draw_on(gpu);
    }

    /// Returns whether the names of a large map have to be drawn again, since panels drawn after them moved glyphs.
    pub(crate) fn has_moved_glyphs(&self, ctx: &egui::Context) -> bool {
        self.overview.has_moved_glyphs(ctx)
    }

    /// Returns whether a map seen from afar is drawn.
    pub(crate) fn is_overview(&self) -> bool {
        self.overview.shown().is_some()
    }

    /// Returns the legend of a map seen from afar; `None` if cards are drawn.
    pub(crate) fn overview_legend(&self) -> Option<crate::scene::Legend> {
        let (overview, level) = self.overview.shown()?;
        Some(crate::scene::Legend::of_overview(overview, level))
    }
}
