//! A picture with its inputs, updated incrementally: only moved parts are routed and drawn again.

mod shift;
mod shifting;

pub use shift::Shift;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use emath::{Pos2, Rect};

use crate::document::Document;
use crate::layout::{self, Layout, LayoutChange, Router, Undo};
use crate::model::{ActorId, BendPoint, Map, Placed, TieId};
use crate::scene::{Drawing, LabelMaterials, Legend, Overview, Part, Parts, Picker, Plan, Scene, Stale, Theme};
use crate::text::Fonts;

use self::shift::Shifted;
use super::{Difference, LayoutInput, Work};

/// The maximum number of pairs routed again immediately after a change; more are left to a job.
const MAX_PAIRS: usize = 300;

/// A finished picture of a map.
#[derive(Debug)]
pub struct Picture {
    /// The map it shows; its ids are only valid in this map.
    map: Arc<Map>,
    input: Arc<LayoutInput>,
    router: Router,
    parts: Parts,
    legend: Legend,
    /// The map as seen from afar, if it is large.
    overview: Option<Arc<Overview>>,
    scene: Arc<Scene>,
    picker: Picker,
    theme: Theme,
    labels_left_out: usize,
    node_of: HashMap<Placed, u32>,
    lines_of: HashMap<TieId, Range<u32>>,
    shifted: Option<Shifted>,
}

impl Picture {
    /// Draws an input at the positions of its layout.
    #[must_use]
    pub fn new(map: Arc<Map>, input: LayoutInput, layout: Layout, theme: Theme, work: &mut Work) -> Self {
        Self::after(None, map, input, layout, theme, work)
    }

    /// Draws an input at the positions of its layout; areas of a large map keep the hues of `earlier`.
    #[must_use]
    pub fn after(
        earlier: Option<&Overview>,
        map: Arc<Map>,
        input: LayoutInput,
        layout: Layout,
        theme: Theme,
        work: &mut Work,
    ) -> Self {
        let plan = &input.plan;
        let parts = Parts::new(Drawing { map: &map, plan, layout: &layout, theme: &theme });
        let scene = Arc::new(parts.scene());
        work.lanes += layout.lanes.len();
        work.made += scene.items.len();
        let mut lines_of: HashMap<TieId, Range<u32>> = HashMap::new();
        for (line, index) in plan.lines.iter().zip(0..) {
            lines_of.entry(line.tie).or_insert(index..index).end = index + 1;
        }
        Self {
            legend: Legend::of_plan(&map, plan),
            overview: overview_of(&map, &input, &layout.centers, earlier),
            picker: Picker::of_items(parts.iter()),
            labels_left_out: (0..layout.lanes.len()).filter(|&line| is_left_out(plan, &layout, line)).count(),
            node_of: plan.places().zip(0..).collect(),
            router: Router::new(&input.request, layout),
            map,
            input: Arc::new(input),
            parts,
            scene,
            theme,
            lines_of,
            shifted: None,
        }
    }

    /// Returns the input of the layout.
    #[must_use]
    pub fn input(&self) -> &LayoutInput {
        &self.input
    }

    /// Returns the input of the layout, to be compared in a job.
    #[must_use]
    pub fn shared_input(&self) -> Arc<LayoutInput> {
        Arc::clone(&self.input)
    }

    /// Returns the current positions and routes.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        self.router.layout()
    }

    /// Returns the legend of the symbols that occur.
    #[must_use]
    pub fn legend(&self) -> &Legend {
        &self.legend
    }

    /// Returns the map as seen from afar, if it is large.
    #[must_use]
    pub fn overview(&self) -> Option<&Arc<Overview>> {
        self.overview.as_ref()
    }

    /// Returns the drawn items.
    #[must_use]
    pub fn scene(&self) -> &Arc<Scene> {
        &self.scene
    }

    /// Returns the index of items by position and by part.
    #[must_use]
    pub fn picker(&self) -> &Picker {
        &self.picker
    }

    /// Returns what names and labels are made of, for placing them at a scale.
    #[must_use]
    pub fn label_materials(&self) -> LabelMaterials<'_> {
        LabelMaterials { map: &self.map, plan: &self.input.plan, theme: &self.theme }
    }

    /// Returns the number of labels left out for lack of space.
    #[must_use]
    pub fn labels_left_out(&self) -> usize {
        self.labels_left_out
    }

    /// Returns whether it shows this state of the claims, by pointer.
    #[must_use]
    pub fn is_of(&self, map: &Arc<Map>) -> bool {
        Arc::ptr_eq(&self.map, map)
    }

    /// Returns the map it shows.
    #[must_use]
    pub fn map(&self) -> &Map {
        &self.map
    }

    /// Returns whether it has no items.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.scene.items.is_empty()
    }

    /// Returns whether its layout is valid for this input.
    #[must_use]
    pub fn fits(&self, input: &LayoutInput) -> bool {
        self.input.request == input.request
    }

    /// Replaces the map by one that looks the same, for example after a change of text that is not drawn. Returns
    /// `false`, without changing anything, if it looks different. Both maps must use the same ids.
    pub fn take_claims(&mut self, map: &Arc<Map>, input: &LayoutInput, difference: &Difference) -> bool {
        let is_same = self.has_same_kinds(map, difference) && *self.input == *input;
        if is_same {
            self.take_same(map, Legend::of_plan(map, &input.plan));
        }
        is_same
    }

    /// Returns whether a map that differs in these records has the kinds of the shown one, so that it looks the same if
    /// it measures the same. Both maps must use the same ids.
    #[must_use]
    pub fn has_same_kinds(&self, map: &Map, difference: &Difference) -> bool {
        let (was, is, records) = (&self.map, map, &difference.records);
        let has_same_kind =
            |&id: &ActorId| was.actors().get(id).map(|it| it.kind) == is.actors().get(id).map(|it| it.kind);
        let is_same_tie = |&id: &TieId| was.ties().get(id).map(|it| it.kind) == is.ties().get(id).map(|it| it.kind);
        self.shifted.is_none()
            && !records.has_others
            && records.actors.iter().all(has_same_kind)
            && records.ties.iter().all(is_same_tie)
    }

    /// Replaces the map by one that differs in nothing drawn but the legend. Both maps must use the same ids.
    pub fn take_same(&mut self, map: &Arc<Map>, legend: Legend) {
        self.map = Arc::clone(map);
        self.legend = legend;
    }

    /// Iterates over all cards and hubs with their centers.
    pub fn places(&self) -> impl Iterator<Item = (Placed, Pos2)> {
        self.input.plan.places().zip(self.layout().centers.iter().copied())
    }

    /// Iterates over the cards and hubs that the layout placed elsewhere than its input, or that had no place, with their
    /// centers.
    pub fn new_places(&self) -> impl Iterator<Item = (Placed, Pos2)> {
        let nodes = self.input.request.nodes.iter();
        self.places().zip(nodes).filter(|((_, center), node)| node.fixed != Some(*center)).map(|(placed, _)| placed)
    }

    /// Iterates over all cards and hubs with their bounding boxes.
    pub fn boxes(&self) -> impl Iterator<Item = (Placed, Rect)> {
        let sizes = self.input.request.nodes.iter().map(|node| node.size);
        self.places().zip(sizes).map(|((place, center), size)| (place, Rect::from_center_size(center, size)))
    }

    /// Returns whether it is drawn with this theme.
    #[must_use]
    pub fn has_theme(&self, theme: &Theme) -> bool {
        self.theme == *theme
    }

    /// Marks all positions computed by the layout as fixed, once the document has them.
    pub fn settle(&mut self) {
        let request = &mut Arc::make_mut(&mut self.input).request;
        for (node, &center) in request.nodes.iter_mut().zip(&self.router.layout().centers) {
            node.fixed = Some(center);
        }
    }

    /// Redraws it with another theme.
    pub fn recolor(&mut self, theme: Theme, work: &mut Work) {
        self.theme = theme;
        let drawing = self.drawing();
        self.parts = Parts::new(drawing);
        self.scene = Arc::new(self.parts.scene());
        self.picker = Picker::of_items(self.parts.iter());
        work.made += self.scene.items.len();
    }

    fn drawing(&self) -> Drawing<'_> {
        Drawing { map: &self.map, plan: &self.input.plan, layout: self.router.layout(), theme: &self.theme }
    }

    /// Returns the input for a document that differs from the displayed one in nothing measured
    /// ([`Difference::keeps_measures`]). `None` if an item lacks a position.
    #[must_use]
    pub fn updated_input(&self, document: &Document, difference: &Difference, fonts: &Fonts) -> Option<LayoutInput> {
        let change = self.change(document, difference)?;
        let mut input = (*self.input).clone();
        apply_to_request(&mut input, &change);
        if difference.has_notes {
            input.plan.set_notes(&document.look.notes, fonts);
        }
        Some(input)
    }

    /// Updates the picture to a document that differs from the displayed one in nothing measured. Returns `false`,
    /// without changing anything, if an item lacks a position or too many pairs must be routed again.
    pub fn update(&mut self, document: &Document, difference: &Difference, fonts: &Fonts, work: &mut Work) -> bool {
        let Some(change) = self.change(document, difference) else { return false };
        let shift = self.shifted.as_ref().map(|shifted| shifted.shift.clone());
        self.restore(work);
        let Some(undo) = self.route(&change, MAX_PAIRS, work) else {
            self.shift(shift.unwrap_or_default(), work);
            return false;
        };
        let input = Arc::make_mut(&mut self.input);
        apply_to_request(input, &change);
        if difference.has_notes {
            let before = fonts.asked();
            input.plan.set_notes(&document.look.notes, fonts);
            work.texts += fonts.asked() - before;
        }
        self.draw(&undo, difference.has_notes, work);
        if undo.nodes().next().is_some() {
            let before = self.overview.take();
            self.overview = overview_of(&self.map, &self.input, &self.router.layout().centers, before.as_deref());
        }
        true
    }

    /// Converts a difference to a layout change; `None` if an item lacks a position.
    fn change(&self, document: &Document, difference: &Difference) -> Option<LayoutChange> {
        let look = &document.look;
        let mut change = LayoutChange::default();
        for place in &difference.places {
            // A hidden item may move without effect.
            let Some(&node) = self.node_of.get(place) else { continue };
            change.centers.push((node, *look.positions.get(place)?));
        }
        for tie in &difference.bends {
            let bend = look.bends.get(tie).copied();
            change.bends.extend(self.bend(*tie, bend));
        }
        Some(change)
    }

    /// Returns the bends of a tie's lines; none for a tie in a ribbon, because only a lane can be bent.
    fn bend(&self, tie: TieId, bend: Option<BendPoint>) -> Vec<(u32, Option<layout::Bend>)> {
        if self.input.plan.ribbons.get(tie).is_some() {
            return Vec::new();
        }
        let bend = bend.map(|bend| layout::Bend { along: bend.along, across: bend.across });
        self.lines_of.get(&tie).into_iter().flat_map(Clone::clone).map(|line| (line, bend)).collect()
    }

    fn route(&mut self, change: &LayoutChange, most_pairs: usize, work: &mut Work) -> Option<Undo> {
        let (picker, lines_of) = (&self.picker, &self.lines_of);
        let near = |rect: Rect| -> Vec<u32> {
            let ties = picker.in_view(rect).into_iter().filter_map(|part| match part {
                Part::Lane(tie) | Part::Ribbon(tie) | Part::Pill(tie) | Part::RibbonPill(tie) | Part::Role(tie, _) => {
                    Some(tie)
                }
                _ => None,
            });
            ties.filter_map(|tie| lines_of.get(&tie)).flat_map(Clone::clone).collect()
        };
        let undo = self.router.change(change, &near, most_pairs)?;
        work.lanes += undo.routed;
        Some(undo)
    }

    /// Redraws the parts affected by a layout change, given by the values it replaced.
    fn draw(&mut self, undo: &Undo, has_notes: bool, work: &mut Work) {
        let mut stale = Stale { nodes: undo.nodes().collect(), lines: Vec::new(), has_notes };
        for (line, before) in undo.lanes() {
            stale.lines.push(line);
            let was_left_out = has_room_for_label(&self.input.plan, line as usize) && before.label.is_none();
            let is_left_out = is_left_out(&self.input.plan, self.router.layout(), line as usize);
            self.labels_left_out = self.labels_left_out + usize::from(is_left_out) - usize::from(was_left_out);
        }
        self.redraw(&stale, work);
    }

    fn redraw(&mut self, stale: &Stale, work: &mut Work) {
        let of = Drawing { map: &self.map, plan: &self.input.plan, layout: self.router.layout(), theme: &self.theme };
        for (part, items) in self.parts.refresh(of, stale) {
            work.made += items.len();
            self.picker.replace(part, items);
        }
        self.scene = Arc::new(self.parts.scene());
    }
}

fn overview_of(map: &Map, input: &LayoutInput, centers: &[Pos2], before: Option<&Overview>) -> Option<Arc<Overview>> {
    super::is_large(input).then(|| Arc::new(super::build_overview(map, input, centers, before)))
}

fn apply_to_request(input: &mut LayoutInput, change: &LayoutChange) {
    for &(node, center) in &change.centers {
        input.request.nodes[node as usize].fixed = Some(center);
    }
    for &(line, bend) in &change.bends {
        input.request.edges[line as usize].bend = bend;
    }
}

/// Returns whether a line has its own label, which is shown if there is room.
fn has_room_for_label(plan: &Plan, line: usize) -> bool {
    let line = &plan.lines[line];
    line.party.is_none() && plan.pills.contains_key(&line.tie)
}

fn is_left_out(plan: &Plan, layout: &Layout, line: usize) -> bool {
    layout.lanes[line].label.is_none() && has_room_for_label(plan, line)
}
